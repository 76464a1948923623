//! *Siapa perlu bantuan dan mengapa*: reasons, each a number that stands on the page, and the order that follows from
//! them. Knows no weight and no score of need: reasons are counted, not added up.

use std::cmp::Reverse;

use super::{DistrictContext, DistrictRow, NO_DATA, PuskesmasStanding, lowest_first, score_cell, status_cell};
use crate::dashboard::table::{DataCell, DataColumn, DataRow, DataTable};
use crate::domain::{CoachingIndicator, Status, format};

/// Points below the median of the page's scores from which they are a reason.
const BELOW_MEDIAN_POINTS: f64 = 10.0;
/// Points by which a score fell from which the fall is a reason.
const FALL_POINTS: f64 = 5.0;

/// A Puskesmas with its reasons.
pub(super) struct NeedyRow<'a> {
    pub row: &'a DistrictRow,
    /// Sentences without a period, each with its number; none where nothing speaks for help.
    pub reasons: Vec<String>,
}

/// All Puskesmas of the page: those without data first, then by the number of reasons, then by score from low to high,
/// then by name.
pub(super) fn by_need(context: &DistrictContext) -> Vec<NeedyRow<'_>> {
    let median = context.median_score();
    let reasons = |row: &DistrictRow| match &row.standing {
        None => vec!["belum ada satu pun rekap di folder data ini".to_owned()],
        Some(standing) => reasons(context, standing, median),
    };
    let mut rows: Vec<NeedyRow<'_>> = context.rows.iter().map(|row| NeedyRow { row, reasons: reasons(row) }).collect();
    let score = |needy: &NeedyRow<'_>| needy.row.standing.as_ref().and_then(|standing| standing.total.score);
    rows.sort_by(|one, other| {
        let has_data = |needy: &NeedyRow<'_>| needy.row.standing.as_ref().is_some_and(|standing| standing.has_data());
        has_data(one)
            .cmp(&has_data(other))
            .then_with(|| Reverse(one.reasons.len()).cmp(&Reverse(other.reasons.len())))
            .then_with(|| lowest_first(score(one), score(other)))
            .then_with(|| one.row.name.cmp(&other.row.name))
    });
    rows
}

fn reasons(context: &DistrictContext, standing: &PuskesmasStanding, median: Option<f64>) -> Vec<String> {
    let found = [
        of_score(context, standing),
        below_median(standing, median),
        fall(context, standing),
        poor_indicators(standing),
        missing_recaps(context, standing),
        overdue(standing),
    ];
    found.into_iter().flatten().collect()
}

fn of_score(context: &DistrictContext, standing: &PuskesmasStanding) -> Option<String> {
    match standing.standing.status {
        Status::Poor => Some(format!("skor {} berstatus Kurang", format::percent(standing.total.score?))),
        Status::TooLittle => Some(format!(
            "skor bertumpu pada {} (minimal {})",
            standing.standing.basis_words(),
            context.decree.status_basis_min
        )),
        Status::NoData => {
            let facilities = standing.completeness.facilities;
            Some(format!("belum ada angka yang dapat dinilai dari {facilities} faskes"))
        }
        Status::Good | Status::Fair => None,
    }
}

fn below_median(standing: &PuskesmasStanding, median: Option<f64>) -> Option<String> {
    let gap = format::as_shown(median?) - format::as_shown(standing.judged_score()?);
    let words =
        || format!("{} poin di bawah median {}", format::percent(gap), format::percent(median.unwrap_or_default()));
    (format::as_shown(gap) >= BELOW_MEDIAN_POINTS).then(words)
}

fn fall(context: &DistrictContext, standing: &PuskesmasStanding) -> Option<String> {
    let change = standing.change()?;
    let since = format::period(context.period.previous());
    (change <= -FALL_POINTS).then(|| format!("turun {} poin dari {since}", format::percent(-change)))
}

fn poor_indicators(standing: &PuskesmasStanding) -> Option<String> {
    let performance = |indicator: &CoachingIndicator| standing.total.indicator(*indicator).performance;
    let poor: Vec<CoachingIndicator> = CoachingIndicator::ALL
        .into_iter()
        .filter(|indicator| standing.performances[indicator.index()] == Status::Poor)
        .collect();
    let lowest = poor.iter().min_by(|one, other| lowest_first(performance(one), performance(other)))?;
    let value = standing.total.indicator(*lowest).value.number().map(format::percent).unwrap_or_default();
    Some(format!("{} indikator Kurang, terendah {} {value} %", poor.len(), lowest.name()))
}

fn missing_recaps(context: &DistrictContext, standing: &PuskesmasStanding) -> Option<String> {
    let missing = standing.missing_recaps(context.today);
    (missing > 0).then(|| format!("{missing} rekap lewat batas dan belum masuk"))
}

fn overdue(standing: &PuskesmasStanding) -> Option<String> {
    (standing.overdue > 0).then(|| format!("{} RTL lewat batas waktu", standing.overdue))
}

/// Those with reasons, the most first, at most `limit`.
pub fn table(context: &DistrictContext, limit: u32, id: &str) -> DataTable {
    let mut needy = by_need(context);
    needy.retain(|one| !one.reasons.is_empty());
    let all = needy.len();
    needy.truncate(limit as usize);
    let rows = needy.iter().map(|one| {
        let standing = one.row.standing.as_deref();
        let cells = vec![
            one.row.name_cell(),
            one.row.cluster_cell(),
            score_cell(standing.and_then(|standing| standing.total.score)),
            standing.map_or(DataCell::Blank(NO_DATA), |standing| status_cell(standing.standing)),
            DataCell::Count(f64::from(u32::try_from(one.reasons.len()).unwrap_or(u32::MAX))),
            DataCell::Text(one.reasons.join("; ")),
        ];
        DataRow { cells }
    });
    DataTable {
        name: id.to_owned(),
        title: "Siapa perlu bantuan dan mengapa".to_owned(),
        note: "Yang belum punya data lebih dulu, lalu menurut banyaknya alasan; setiap alasan sebuah angka.".to_owned(),
        caption: format!("{} dari {all} Puskesmas yang punya alasan · {}", needy.len(), context.caption()),
        columns: vec![
            DataColumn::text("puskesmas", "Puskesmas"),
            DataColumn::text("klaster", "Cluster"),
            DataColumn::number("skor", "Skor", "Skor pembinaan (0–100)"),
            DataColumn::text("status", "Status"),
            DataColumn::number("banyak", "Alasan", "Banyaknya alasan"),
            DataColumn::text("alasan", "Mengapa"),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
    }
}
