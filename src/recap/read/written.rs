//! Tables of words beside the figures: problems, decisions, clusters, coaching by the district's team.

use std::collections::BTreeSet;

use super::Reader;
use super::row::{Need, RowReader, Whom};
use crate::diagnostic::IssueCode;
use crate::domain::Date;
use crate::domain::name::{name_key, plain_words, puskesmas_key};
use crate::domain::records::{CellRef, Field, Sourced};
use crate::domain::written::{ClusterMember, Decision, DistrictFollowUp, DistrictVisit, Problem};
use crate::recap::cells::{self, CellFault, quoted};
use crate::recap::heading::ColumnMeaning;
use crate::workbook::CellValue;

/// Reads a record a row; of rows with one key the first stays.
fn read_rows<T, K: Ord>(
    reader: &mut Reader<'_>,
    what: &str,
    read: impl Fn(&mut RowReader<'_, '_>) -> Option<T>,
    key: impl Fn(&T) -> K,
) -> Vec<Sourced<T>> {
    let mut rows = Vec::new();
    let mut seen: BTreeSet<K> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let Some(record) = read(row) else { return };
        let key = key(&record);
        if seen.contains(&key) {
            row.duplicate(what);
        }
        if !row.is_rejected() {
            seen.insert(key);
            rows.push(Sourced { record, cells: row.cells() });
        }
    });
    rows
}

fn words(text: Option<&String>) -> String {
    text.map(|text| plain_words(text)).unwrap_or_default()
}

/// Rows of Evaluasi.
pub(super) fn problems(reader: &mut Reader<'_>) -> Vec<Sourced<Problem>> {
    let key = |row: &Problem| (row.facility.as_deref().map(name_key), plain_words(&row.problem));
    read_rows(reader, "masalah yang sama untuk nama ini", problem, key)
}

fn problem(row: &mut RowReader<'_, '_>) -> Option<Problem> {
    let whom = row.whom();
    let problem = row.checked_text(ColumnMeaning::Problem, Field::Problem, Need::Required);
    let cause = row.text(ColumnMeaning::Cause, Field::Cause);
    let agreed = row.text(ColumnMeaning::Agreed, Field::Agreed);
    let owner = row.text(ColumnMeaning::Person, Field::Person);
    let due = row.date(ColumnMeaning::Due, Field::Due, Need::Optional);
    let done = row.date(ColumnMeaning::Done, Field::Done, Need::Optional);
    let proof = row.text(ColumnMeaning::Proof, Field::Proof);
    let period = row.reader.table.received.period();
    let facility = match whom? {
        Whom::Facility(name) => Some(name),
        Whom::All => None,
    };
    Some(Problem { facility, period, problem: problem?, cause, agreed, owner, due, done, proof })
}

/// Rows of Notulen.
pub(super) fn decisions(reader: &mut Reader<'_>) -> Vec<Sourced<Decision>> {
    let key = |row: &Decision| {
        let whose = row.facility.as_deref().map(name_key);
        (row.date, words(row.problem.as_ref()), plain_words(&row.decision), whose)
    };
    read_rows(reader, "keputusan yang sama pada rapat ini", decision, key)
}

/// The register's name of the facility that a decision is for; the Puskesmas as a whole where none or all are named.
fn facility_for(row: &mut RowReader<'_, '_>) -> Option<Whom> {
    let column = ColumnMeaning::For;
    let Some(place) = row.place(column) else { return Some(Whom::All) };
    match cells::text(row.value(column)) {
        Ok(Some(written)) if !cells::is_dash(&written) => {
            if row.reader.context.facility(&written).is_none() && row.reader.means_all(&written) {
                return Some(Whom::All);
            }
            row.known_facility(written, place).map(Whom::Facility)
        }
        Ok(_) => Some(Whom::All),
        Err(fault) => {
            row.wrong(place, "Faskes", &fault);
            None
        }
    }
}

fn decision(row: &mut RowReader<'_, '_>) -> Option<Decision> {
    let date = row.date(ColumnMeaning::Meeting, Field::Date, Need::Required);
    let problem = row.text(ColumnMeaning::Problem, Field::Problem);
    let whom = facility_for(row);
    let decision = row.checked_text(ColumnMeaning::Decision, Field::Decision, Need::Required);
    let owner = row.text(ColumnMeaning::Person, Field::Person);
    let due = row.date(ColumnMeaning::Due, Field::Due, Need::Optional);
    let follow_up = row.text(ColumnMeaning::Agreed, Field::Agreed);
    let done = row.date(ColumnMeaning::Done, Field::Done, Need::Optional);
    let facility = match whom? {
        Whom::Facility(name) => Some(name),
        Whom::All => None,
    };
    Some(Decision { date: date?, problem, facility, decision: decision?, owner, due, follow_up, done })
}

/// Rows of Cluster.
pub(super) fn clusters(reader: &mut Reader<'_>) -> Vec<Sourced<ClusterMember>> {
    read_rows(reader, "Puskesmas ini", member, |row| puskesmas_key(&row.puskesmas))
}

/// Word of the column *Keterangan* with which a list says that a member's data are not here yet.
const NO_DATA_YET: &str = "belum";

fn member(row: &mut RowReader<'_, '_>) -> Option<ClusterMember> {
    let puskesmas = known_puskesmas(row);
    let cluster = row.checked_text(ColumnMeaning::Cluster, Field::Cluster, Need::Required);
    let year = row.reader.table.received.year();
    Some(ClusterMember { year, puskesmas: puskesmas?, cluster: cluster? })
}

/// The Puskesmas of a row, where it is here or the row says that its data are not here yet: a slip of the pen would be
/// a member of which nobody ever finds a figure.
fn known_puskesmas(row: &mut RowReader<'_, '_>) -> Option<String> {
    let place = row.place(ColumnMeaning::Puskesmas)?;
    let written = row.checked_text(ColumnMeaning::Puskesmas, Field::Name, Need::Required)?;
    let remark = cells::text(row.value(ColumnMeaning::Reason)).ok().flatten().unwrap_or_default();
    match row.reader.context.is_member(&written) {
        Some(true) => Some(written),
        _ if plain_words(&remark).starts_with(NO_DATA_YET) => Some(written),
        Some(false) => {
            let why = unknown_puskesmas(row, &written);
            row.wrong(place, "Puskesmas", &CellFault { code: IssueCode::UnknownPuskesmas, why });
            None
        }
        None => {
            let heading = CellRef { row: row.reader.table.heading.bottom, column: place.column };
            row.reader.reading_once(heading, NOBODY_KNOWN.to_owned());
            Some(written)
        }
    }
}

/// Told of a list that came before the data of any Puskesmas.
const NOBODY_KNOWN: &str = "Puskesmas: belum ada data Puskesmas di folder ini, jadi nama di kolom ini tidak dapat \
    dicocokkan dan diterima seperti tertulis; impor Daftar Identifikasinya, lalu impor lagi daftar ini dengan ejaan yang sama";

fn unknown_puskesmas(row: &RowReader<'_, '_>, written: &str) -> String {
    let nearest: Vec<String> =
        row.reader.context.nearest_puskesmas(written).iter().map(|name| format!("\"{name}\"")).collect();
    let spelling = if nearest.is_empty() {
        "periksa ejaannya".to_owned()
    } else {
        format!("mungkin maksudnya {}: perbaiki namanya", nearest.join(" atau "))
    };
    format!(
        "{} tidak ada di Simpul maupun di berkas lain impor ini, jadi tidak dijadikan anggota cluster; {spelling}, atau impor \
         dahulu Daftar Identifikasinya, atau tulis \"belum ada data\" di kolom Keterangan baris ini bila Puskesmas itu \
         memang anggota dan datanya menyusul",
        quoted(&CellValue::Text(written.into()))
    )
}

/// Rows of Pembinaan TPCB.
pub(super) fn district_visits(reader: &mut Reader<'_>) -> Vec<Sourced<DistrictVisit>> {
    let key = |row: &DistrictVisit| (row.date, words(row.sort.as_ref()), words(row.fact.as_ref()));
    read_rows(reader, "pembinaan dengan tanggal, jenis dan temuan yang sama", district_visit, key)
}

fn day(row: &mut RowReader<'_, '_>, column: ColumnMeaning, field: Field) -> Option<Date> {
    row.date(column, field, Need::Optional)
}

fn district_visit(row: &mut RowReader<'_, '_>) -> Option<DistrictVisit> {
    let date = row.date(ColumnMeaning::Date, Field::Date, Need::Required);
    let sort = row.text(ColumnMeaning::Form, Field::Form);
    let fact = row.text(ColumnMeaning::Fact, Field::Fact);
    let conclusion = row.text(ColumnMeaning::Conclusion, Field::Conclusion);
    let for_puskesmas = row.text(ColumnMeaning::ForPuskesmas, Field::ForPuskesmas);
    let for_district = row.text(ColumnMeaning::ForDistrict, Field::ForDistrict);
    let due = day(row, ColumnMeaning::Due, Field::Due);
    let sent = day(row, ColumnMeaning::Sent, Field::Sent);
    let received = day(row, ColumnMeaning::ReceivedOn, Field::ReceivedOn);
    let answered = day(row, ColumnMeaning::Answered, Field::Answered);
    let followed_up = day(row, ColumnMeaning::Done, Field::Done);
    Some(DistrictVisit {
        date: date?,
        sort,
        fact,
        conclusion,
        for_puskesmas,
        for_district,
        due,
        sent,
        received,
        answered,
        followed_up,
    })
}

/// Rows of Tindak Lanjut TPCB.
pub(super) fn district_follow_ups(reader: &mut Reader<'_>) -> Vec<Sourced<DistrictFollowUp>> {
    read_rows(reader, "rencana tindak lanjut ini", district_follow_up, |row| (row.coached, plain_words(&row.item)))
}

fn district_follow_up(row: &mut RowReader<'_, '_>) -> Option<DistrictFollowUp> {
    let coached = day(row, ColumnMeaning::Date, Field::Date);
    let item = row.checked_text(ColumnMeaning::Item, Field::Item, Need::Required);
    let owner = row.text(ColumnMeaning::Person, Field::Person);
    let due = day(row, ColumnMeaning::Due, Field::Due);
    let done = day(row, ColumnMeaning::Done, Field::Done);
    Some(DistrictFollowUp { coached, item: item?, owner, due, done })
}
