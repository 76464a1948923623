//! Facts that people wrote beside the figures, as the comparison of states names them.

use super::{FactId, GatheredFields, Ledger, put};
use crate::domain::name::{name_key, plain_words, puskesmas_key};
use crate::domain::written::{ClusterMember, Decision, DistrictFollowUp, DistrictVisit, Problem};
use crate::domain::{Date, Facts, Table, format};

/// Adds every written row of the facts to the ledger.
pub(super) fn add(ledger: &mut Ledger, facts: &Facts) {
    let written = &facts.written;
    for row in &written.problems {
        add_problem(ledger, &row.row);
    }
    for row in &written.decisions {
        add_decision(ledger, &row.row);
    }
    for row in &written.clusters {
        let what = format!("{} ({})", row.puskesmas, row.year);
        put(ledger, member_id(row), what, GatheredFields::default().with("Cluster", Some(row.cluster.clone())));
    }
    for row in &written.district_visits {
        add_district_visit(ledger, &row.row);
    }
    for row in &written.district_follow_ups {
        let row = &row.row;
        let fields = GatheredFields::default()
            .with("Tanggal pembinaan", row.coached.map(format::date))
            .with("Penanggung jawab", row.owner.clone())
            .with("Batas waktu", row.due.map(format::date))
            .with("Tanggal pelaksanaan", row.done.map(format::date));
        put(ledger, district_follow_up_id(row), row.item.clone(), fields);
    }
}

fn add_problem(ledger: &mut Ledger, row: &Problem) {
    let whom = row.facility.as_deref().unwrap_or("Puskesmas");
    let what = format!("{whom}, {}: {}", format::period(row.period), row.problem);
    let fields = GatheredFields::default()
        .with("Penyebab", row.cause.clone())
        .with("Tindak lanjut", row.agreed.clone())
        .with("Penanggung jawab", row.owner.clone())
        .with("Batas waktu", row.due.map(format::date))
        .with("Tanggal selesai", row.done.map(format::date))
        .with("Bukti", row.proof.clone());
    put(ledger, problem_id(row), what, fields);
}

fn add_decision(ledger: &mut Ledger, row: &Decision) {
    let fields = GatheredFields::default()
        .with("Masalah", row.problem.clone())
        .with("Faskes", row.facility.clone())
        .with("Penanggung jawab", row.owner.clone())
        .with("Batas waktu", row.due.map(format::date))
        .with("Tindak lanjut", row.follow_up.clone())
        .with("Tanggal selesai", row.done.map(format::date));
    put(ledger, decision_id(row), format!("{}: {}", format::date(row.date), row.decision), fields);
}

fn add_district_visit(ledger: &mut Ledger, row: &DistrictVisit) {
    let fields = GatheredFields::default()
        .with("Temuan: fakta", row.fact.clone())
        .with("Temuan: kesimpulan", row.conclusion.clone())
        .with("Rekomendasi Puskesmas", row.for_puskesmas.clone())
        .with("Rekomendasi Dinas Kesehatan", row.for_district.clone())
        .with("Target waktu", row.due.map(format::date))
        .with("Tanggal dikirim", row.sent.map(format::date))
        .with("Tanggal diterima", row.received.map(format::date))
        .with("Tanggal ditanggapi", row.answered.map(format::date))
        .with("Tanggal ditindaklanjuti", row.followed_up.map(format::date));
    let sort = row.sort.as_deref().unwrap_or("Pembinaan TPCB");
    put(ledger, district_visit_id(row), format!("{}, {sort}", format::date(row.date)), fields);
}

fn id(table: Table, subject: &str, key: String) -> FactId {
    FactId { table, subject: subject.to_owned(), key }
}

fn key<'t>(texts: impl IntoIterator<Item = Option<&'t String>>) -> String {
    let words = texts.into_iter().map(|text| text.map(|text| plain_words(text)).unwrap_or_default());
    words.collect::<Vec<_>>().join("|")
}

fn day(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// Returns the identity of a problem: of one facility or of the Puskesmas, by period and words.
pub(super) fn problem_id(row: &Problem) -> FactId {
    let whom = row.facility.as_deref().map(name_key).unwrap_or_default();
    id(Table::Problems, &whom, format!("{} {}", row.period, plain_words(&row.problem)))
}

/// Returns the identity of a decision, by its day, its problem, its words and the facility that it is for.
pub(super) fn decision_id(row: &Decision) -> FactId {
    let whom = row.facility.as_deref().map(name_key).unwrap_or_default();
    id(Table::Decisions, &whom, format!("{} {}", row.date, key([row.problem.as_ref(), Some(&row.decision)])))
}

/// Returns the identity of a Puskesmas' membership in a cluster, one a year.
pub(super) fn member_id(row: &ClusterMember) -> FactId {
    id(Table::Clusters, &puskesmas_key(&row.puskesmas), row.year.to_string())
}

/// Returns the identity of a visit of the district's team, by its day, kind and what was found.
pub(super) fn district_visit_id(row: &DistrictVisit) -> FactId {
    id(Table::DistrictVisits, "", format!("{} {}", row.date, key([row.sort.as_ref(), row.fact.as_ref()])))
}

/// Returns the identity of an answer to such a visit, by the day of the visit and the item.
pub(super) fn district_follow_up_id(row: &DistrictFollowUp) -> FactId {
    id(Table::DistrictFollowUps, "", format!("{} {}", day(row.coached), plain_words(&row.item)))
}
