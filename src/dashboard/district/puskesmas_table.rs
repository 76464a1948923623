//! Puskesmas × indicators: value, counts, status by shape and word, change against the period before, recaps that came.
//! Below the rows what is pooled over all of them, and the median. Knows no page: rows are cut elsewhere.

use super::needs::{NeedyRow, by_need};
use super::{DistrictContext, DistrictRow, NO_DATA, PuskesmasStanding, score_cell, status_cell};
use crate::analytics::results::ResultBlock;
use crate::analytics::trend_points;
use crate::dashboard::table::{
    DataCell, DataColumn, DataRow, DataTable, JudgedFigure, ScoreStatus, SortDirection, TableFigure,
};
use crate::domain::indicator::Direction as Better;
use crate::domain::{CoachingIndicator, Decree, Ratio, Status, Value};

/// Reason why a median has neither status nor change.
const MEDIAN: &str = "median tidak punya status dan perubahan";

/// The table of all Puskesmas of the page.
pub fn table(context: &DistrictContext, indicators: &[CoachingIndicator], id: &str) -> DataTable {
    let mut table = DataTable {
        name: id.to_owned(),
        title: "Puskesmas menurut indikator".to_owned(),
        note:
            "Indikator dalam persen, di bawahnya pembilang/penyebut dan perubahan dari periode sebelumnya dalam poin; \
               tanda di depan angka: kinerja terhadap target (● Baik, ▲ Cukup, ■ Kurang)."
                .to_owned(),
        caption: context.caption(),
        columns: columns(indicators),
        rows: by_need(context).iter().map(|needy| row(needy, indicators)).collect(),
        totals: totals(context, indicators),
    };
    if let Some((key, direction)) = &context.sort
        && table.sort_by(key, *direction)
    {
        table.unjudged_last();
    }
    if context.cluster.is_some() {
        let keys: Vec<String> =
            table.columns.iter().map(|column| column.key.clone()).filter(|key| key != "klaster").collect();
        table.keep_columns(&keys);
    }
    table
}

/// Columns of every table of Puskesmas, then the indicators.
fn columns(indicators: &[CoachingIndicator]) -> Vec<DataColumn> {
    let mut columns = vec![
        DataColumn::text("puskesmas", "Puskesmas"),
        DataColumn::text("klaster", "Cluster"),
        DataColumn::number("skor", "Skor", "Skor pembinaan (0–100)"),
        DataColumn::text("status", "Status"),
        DataColumn::number("tren", "Tren", "Perubahan skor terhadap periode sebelumnya (poin)"),
        DataColumn::number("alasan", "Alasan", "Banyaknya alasan untuk dibantu"),
    ];
    columns.extend(indicator_columns(indicators));
    columns.push(DataColumn::number(
        "rekap",
        "Rekap",
        "Rekap bulanan yang masuk (persen tabel dari bulan yang sudah berjalan)",
    ));
    columns.push(DataColumn::text("angka", "Angka"));
    columns
}

/// A column for each indicator.
pub(super) fn indicator_columns(indicators: &[CoachingIndicator]) -> impl Iterator<Item = DataColumn> {
    indicators.iter().map(|indicator| {
        let name = format!("{} (persen)", indicator.name());
        DataColumn::number(&indicator.code().to_lowercase(), indicator.short_name(), &name)
    })
}

fn row(needy: &NeedyRow<'_>, indicators: &[CoachingIndicator]) -> DataRow {
    let DistrictRow { standing, .. } = needy.row;
    let reasons = DataCell::Count(f64::from(u32::try_from(needy.reasons.len()).unwrap_or(u32::MAX)));
    let mut cells = vec![needy.row.name_cell(), needy.row.cluster_cell()];
    match standing {
        None => {
            cells.extend([DataCell::Blank(NO_DATA), status_cell(nothing()), DataCell::Blank(NO_DATA), reasons]);
            cells.resize(cells.len() + indicators.len() + 1, DataCell::Blank(NO_DATA));
            cells.push(DataCell::Blank(NO_DATA));
        }
        Some(standing) => {
            cells.push(score_cell(standing.total.score));
            cells.push(status_cell(standing.standing));
            cells.push(DataCell::Change(standing.change(), Better::HigherIsBetter));
            cells.push(reasons);
            cells.extend(indicators.iter().map(|indicator| indicator_cell(standing, *indicator)));
            cells.push(recaps_cell(standing));
            cells.push(DataCell::Text(approval_words(standing)));
        }
    }
    DataRow { cells }
}

/// The status of a Puskesmas of which there is nothing.
fn nothing() -> ScoreStatus {
    ScoreStatus { status: Status::NoData, basis: 0 }
}

/// `data kini`, `Diajukan, data kini`, `Disetujui`: whether figures follow the data.
fn approval_words(standing: &PuskesmasStanding) -> String {
    match (standing.is_approved, standing.approval) {
        (true, state) => state.to_owned(),
        (false, "") => "data kini".to_owned(),
        (false, state) => format!("{state}, data kini"),
    }
}

fn indicator_cell(standing: &PuskesmasStanding, indicator: CoachingIndicator) -> DataCell {
    let result = standing.total.indicator(indicator);
    DataCell::Judged(JudgedFigure {
        value: result.value,
        parts: counts(result.ratio),
        status: standing.performances[indicator.index()],
        change: standing.change_of(indicator),
    })
}

fn counts(ratio: Option<Ratio>) -> Option<(f64, f64)> {
    ratio.filter(|ratio| ratio.denominator > 0.0).map(|ratio| (ratio.numerator, ratio.denominator))
}

/// Tables of begun months that came, of all of them.
fn recaps_cell(standing: &PuskesmasStanding) -> DataCell {
    let missing: usize = standing.months.iter().map(|month| month.not_received().len()).sum();
    let all: usize = standing.months.iter().map(|month| month.tables.len()).sum();
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let ratio = Ratio { numerator: number(all - missing), denominator: number(all) };
    DataCell::Figure(TableFigure {
        value: ratio.percent().map_or(Value::NotApplicable, Value::Number),
        parts: counts(Some(ratio)),
        is_low: false,
        is_main: false,
        origin: None,
    })
}

/// Cells of pooled figures from the score on: score, status, change, then the indicators.
pub(super) fn pooled_cells(
    now: &ResultBlock,
    before: Option<&ResultBlock>,
    decree: &Decree,
    indicators: &[CoachingIndicator],
) -> Vec<DataCell> {
    let change = trend_points(now.score, before.and_then(|before| before.score));
    let mut cells = vec![
        score_cell(now.score),
        status_cell(ScoreStatus::judged(decree, now)),
        DataCell::Change(change, Better::HigherIsBetter),
    ];
    cells.extend(indicators.iter().map(|indicator| {
        let result = now.indicator(*indicator);
        let previous = before.and_then(|before| before.indicator(*indicator).value.number());
        DataCell::Judged(JudgedFigure {
            value: result.value,
            parts: counts(result.ratio),
            status: decree.thresholds.status(result.performance),
            change: trend_points(result.value.number(), previous),
        })
    }));
    cells
}

/// Cells of medians from the score on, as [`pooled_cells`].
pub(super) fn median_cells(context: &DistrictContext, indicators: &[CoachingIndicator]) -> Vec<DataCell> {
    let mut cells = vec![score_cell(context.median_score()), DataCell::Blank(MEDIAN), DataCell::Blank(MEDIAN)];
    cells.extend(indicators.iter().map(|indicator| score_cell(context.median_of(*indicator))));
    cells
}

/// Rows below the others: all Puskesmas pooled, and the median.
fn totals(context: &DistrictContext, indicators: &[CoachingIndicator]) -> Vec<DataRow> {
    let Some(now) = context.pooled(context.standings().map(|standing| &standing.total)) else { return Vec::new() };
    let before = context.pooled(context.standings().filter_map(|standing| standing.previous.as_ref()));
    let named = |name: &str, mut figures: Vec<DataCell>| {
        let mut cells = vec![DataCell::Text(name.to_owned()), DataCell::Blank("")];
        figures.insert(3, DataCell::Blank(""));
        cells.extend(figures);
        cells.extend([DataCell::Blank(""), DataCell::Blank("")]);
        DataRow { cells }
    };
    vec![
        named("Semua, digabung", pooled_cells(&now, before.as_ref(), &context.decree, indicators)),
        named("Median Puskesmas", median_cells(context, indicators)),
    ]
}

/// Direction in which a table stands that nobody sorted.
pub const BY_NEED: (&str, SortDirection) = ("alasan", SortDirection::Descending);
