//! Facilities by how urgent a visit is: every factor with its own number, the urgency that follows, and the rule below it.

use crate::definitions::VisitPriorityPanel;
use crate::domain::facts::Visit;
use crate::domain::visit_priority::{FOLLOW_UPS_FULL, FactorPart, MONTHS_FULL, VisitFactors};
use crate::domain::{Month, SlotState, Table, Value, VisitDate, format};

use super::context::PageContext;
use super::follow_ups;
use super::page::PanelBody;
use super::table::{DataCell, DataColumn, DataRow, DataTable, TableFigure, UNKNOWN_YET};

/// A facility with its factors and what follows from them.
struct RankedFacility {
    facility: u32,
    factors: VisitFactors,
    last_visit: Option<VisitDate>,
    urgency: Option<f64>,
}

/// The facilities, the most urgent first, and the rule; a sentence where nothing is known of any.
pub fn visit_priority(context: &PageContext<'_>, panel: VisitPriorityPanel, id: &str) -> PanelBody {
    let ranked = ranked(context, panel);
    if ranked.iter().all(|row| row.urgency.is_none()) {
        return PanelBody::Empty(
            "Belum ada jadwal, kunjungan, daftar tilik, atau RTL yang diterima; impor rekapnya lebih dulu.".to_owned(),
        );
    }
    PanelBody::Tables(vec![facilities(context, panel, Ranking { id, ranked }), rule(panel, id)])
}

/// The ranked facilities of a panel.
struct Ranking<'i> {
    id: &'i str,
    ranked: Vec<RankedFacility>,
}

/// Facilities that are active on the as-of date by urgency; equal ones, and those of which nothing is known, in the order
/// of the register.
fn ranked(context: &PageContext<'_>, panel: VisitPriorityPanel) -> Vec<RankedFacility> {
    let today = Month::from_date(context.subject.as_of);
    let overdue = follow_ups::overdue_until_now(context);
    let are_received = are_follow_ups_received(context);
    let active = context.facilities().filter(|result| context.facility(result.facility).is_active_in(today));
    let mut ranked: Vec<RankedFacility> = active
        .map(|result| {
            let facility = result.facility;
            let last_visit = visits_until_now(context, facility).map(|visit| visit.date).max();
            let is_served = |state: SlotState| !matches!(state, SlotState::Missed | SlotState::NotDue);
            let known = result.slots.iter().map(|slot| slot.state);
            let known: Vec<SlotState> =
                known.filter(|state| !matches!(state, SlotState::Cancelled | SlotState::Unreported)).collect();
            let open = known.iter().filter(|state| !is_served(**state)).count();
            // Follow-ups are agreed at visits: of whom no visit is known, none can be known to be missing.
            let has_none = last_visit.is_some() && are_received;
            let factors = VisitFactors {
                checklist: last_score(context, facility),
                overdue: overdue.get(&facility).copied().or_else(|| has_none.then_some(0)),
                months: last_visit.map(|when| months_between(when.month(), today)),
                load: FactorPart::new(counted(open), counted(known.len())),
            };
            RankedFacility { facility, factors, last_visit, urgency: factors.urgency(panel.weights) }
        })
        .collect();
    ranked.sort_by(|one, other| {
        let of = |row: &RankedFacility| row.urgency.unwrap_or(f64::NEG_INFINITY);
        of(other).total_cmp(&of(one))
    });
    ranked
}

fn counted(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn months_between(earlier: Month, later: Month) -> u32 {
    u32::try_from(later.number() - earlier.number()).unwrap_or(0)
}

/// The visits of a facility by the as-of date, of whatever year. Facts are ordered by facility.
fn visits_until_now<'f>(context: &'f PageContext<'_>, facility: u32) -> impl Iterator<Item = &'f Visit> {
    let visits = &context.evaluator.facts().visits;
    let first = visits.partition_point(|visit| visit.facility < facility);
    let own = visits[first..].iter().take_while(move |visit| visit.facility == facility);
    own.filter(|visit| visit.date.counts_from() <= context.subject.as_of)
}

/// The score of the last visit that has one.
fn last_score(context: &PageContext<'_>, facility: u32) -> Option<FactorPart> {
    let scored = visits_until_now(context, facility).filter_map(|visit| {
        let (points, maximum) = visit.score()?;
        Some((visit.date, FactorPart::new(points, maximum)?))
    });
    scored.max_by_key(|(date, _)| *date).map(|(_, score)| score)
}

/// Reports whether a table of follow-ups came for some month of the year until now: then having none is known.
fn are_follow_ups_received(context: &PageContext<'_>) -> bool {
    let subject = context.subject;
    let mut months = context.evaluator.received().months_of(subject.puskesmas, Table::FollowUps);
    months.any(|month| month.year() == subject.period.year() && month.has_begun(subject.as_of))
}

fn facilities(context: &PageContext<'_>, panel: VisitPriorityPanel, ranking: Ranking<'_>) -> DataTable {
    let Ranking { id, ranked } = ranking;
    let in_all = ranked.len();
    let limit = panel.limit as usize;
    let shown = in_all.min(limit);
    let known = |part: Option<FactorPart>| {
        part.map_or(DataCell::Blank(UNKNOWN_YET), |part| figure(part.percent(), Some((part.part, part.whole))))
    };
    let count =
        |count: Option<u32>| count.map_or(DataCell::Blank(UNKNOWN_YET), |count| DataCell::Count(f64::from(count)));
    let rows = ranked.into_iter().take(limit).map(|row| DataRow {
        cells: vec![
            DataCell::Facility(row.facility, context.facility(row.facility).name.clone()),
            row.urgency.map_or(DataCell::Blank(UNKNOWN_YET), urgency_cell),
            known(row.factors.checklist),
            count(row.factors.overdue),
            row.last_visit.map_or(DataCell::Blank(UNKNOWN_YET), DataCell::Visit),
            count(row.factors.months),
            known(row.factors.load),
        ],
    });
    DataTable {
        name: id.to_owned(),
        title: "Siapa dikunjungi berikutnya".to_owned(),
        note: "Yang paling mendesak di atas; yang sama mendesaknya menurut urutan daftar identifikasi.".to_owned(),
        caption: format!(
            "{shown} dari {in_all} faskes yang masih aktif · data per {}",
            format::date(context.subject.as_of)
        ),
        rows: rows.collect(),
        columns: vec![
            DataColumn::text("faskes", "Faskes"),
            DataColumn::number("mendesak", "Mendesak", "Mendesak, 0 sampai 100"),
            DataColumn::number("skor", "Skor daftar tilik", "Skor daftar tilik terakhir, persen"),
            DataColumn::number("rtl", "RTL lewat batas", "RTL lewat batas waktu yang belum selesai"),
            DataColumn::text("kunjungan", "Kunjungan terakhir"),
            DataColumn::number("bulan", "Bulan sejak itu", "Bulan sejak kunjungan terakhir"),
            DataColumn::number("jadwal", "Jadwal belum terlaksana", "Jadwal setahun yang belum terlaksana, persen"),
        ],
        totals: Vec::new(),
    }
}

fn figure(value: f64, parts: Option<(f64, f64)>) -> DataCell {
    DataCell::Figure(TableFigure { value: Value::Number(value), parts, is_low: false, is_main: false, origin: None })
}

fn urgency_cell(urgency: f64) -> DataCell {
    let value = Value::Number(urgency);
    DataCell::Figure(TableFigure { value, parts: None, is_low: false, is_main: true, origin: None })
}

/// The rule in a table: anybody can work the order out again by hand.
fn rule(panel: VisitPriorityPanel, id: &str) -> DataTable {
    let weights = panel.weights;
    let row = |name: &str, from: &str, scale: String, weight: u32| DataRow {
        cells: vec![
            DataCell::Text(name.to_owned()),
            DataCell::Text(from.to_owned()),
            DataCell::Text(scale),
            DataCell::Count(f64::from(weight)),
        ],
    };
    DataTable {
        name: format!("{id}-aturan"),
        title: "Cara menghitung mendesaknya".to_owned(),
        note: "Mendesak = rata-rata tertimbang nilai keempat faktor. Faktor yang belum ada tidak dihitung: bukan 0."
            .to_owned(),
        caption: "Bobotnya dapat diubah di berkas halaman (panel visit-priority).".to_owned(),
        columns: vec![
            DataColumn::text("faktor", "Faktor"),
            DataColumn::text("dari", "Dibaca dari"),
            DataColumn::text("nilai", "Nilai 0 sampai 100"),
            DataColumn::number("bobot", "Bobot", "Bobot"),
        ],
        rows: vec![
            row(
                "Skor daftar tilik",
                "kunjungan terakhir yang berskor, tahun berapa pun",
                "100 dikurangi skor dalam persen".to_owned(),
                weights.checklist,
            ),
            row(
                "RTL lewat batas",
                "RTL kunjungan yang lewat target selesai dan belum selesai, tahun berapa pun",
                format!("{} untuk setiap RTL, paling banyak 100", format::count(100.0 / f64::from(FOLLOW_UPS_FULL))),
                weights.overdue,
            ),
            row(
                "Bulan sejak kunjungan terakhir",
                "bulan kunjungan terakhir sampai bulan data",
                format!("bulan ÷ {MONTHS_FULL} × 100, paling banyak 100"),
                weights.months,
            ),
            row(
                "Jadwal belum terlaksana",
                "jadwal setahun tanpa yang dibatalkan dan yang belum dilaporkan",
                "belum terlaksana ÷ jadwal × 100".to_owned(),
                weights.load,
            ),
        ],
        totals: Vec::new(),
    }
}
