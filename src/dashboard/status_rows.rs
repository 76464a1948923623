//! Rows and columns of tables of scores: a facility, or several with their counts pooled. Knows no filter and no order.

use crate::analytics::results::{FacilityResult, ResultBlock};
use crate::analytics::{Selection, trend_points};
use crate::domain::CoachingIndicator;
use crate::domain::indicator::Direction as Better;

use super::context::PageContext;
use super::figure::Whose;
use super::table::{DataCell, DataColumn, DataRow};

/// Place of the change against the year before among the columns.
const YEARLY_PLACE: usize = 4;

/// On how many indicators a status rests at the least; `Data belum cukup` explained.
pub fn basis_note(context: &PageContext<'_>) -> String {
    format!(
        "Status diberikan bila skor bertumpu pada minimal {} dari {} indikator; selebihnya data belum cukup.",
        context.decree.status_basis_min,
        CoachingIndicator::COUNT
    )
}

/// The columns of the status table: where the year before has data, also the change against it.
pub fn columns_of_status(context: &PageContext<'_>, indicators: &[CoachingIndicator]) -> Vec<DataColumn> {
    let mut columns = columns(indicators);
    if context.has_year_before() {
        let name = "Perubahan skor terhadap periode yang sama tahun sebelumnya (poin)";
        columns.insert(YEARLY_PLACE, DataColumn::number("tahunlalu", "Thn lalu", name));
    }
    columns
}

/// Head columns of every table of scores, then the indicators.
pub fn columns(indicators: &[CoachingIndicator]) -> Vec<DataColumn> {
    let mut columns = vec![
        DataColumn::text("faskes", "Faskes"),
        DataColumn::number("skor", "Skor", "Skor pembinaan (0–100)"),
        DataColumn::text("status", "Status"),
        DataColumn::number("tren", "Tren", "Perubahan skor terhadap periode sebelumnya (poin)"),
    ];
    columns.extend(indicators.iter().map(|indicator| {
        DataColumn::number(
            &indicator.code().to_lowercase(),
            indicator.short_name(),
            &format!("{} (persen)", indicator.name()),
        )
    }));
    columns
}

/// A facility as a row.
pub fn facility_row(context: &PageContext<'_>, result: &FacilityResult, indicators: &[CoachingIndicator]) -> DataRow {
    let facility = context.facility(result.facility);
    let score = result.block.score;
    let changes = ScoreChanges {
        recent: context.change_of(result.facility, score),
        yearly: context.yearly_change_of(result.facility, score),
    };
    let name = DataCell::Facility(result.facility, facility.name.clone());
    row(context, name, &Whose::Facility(result.facility), &result.block, changes, indicators)
}

/// Changes of a score, in points.
#[derive(Clone, Copy, Debug)]
pub struct ScoreChanges {
    /// Against the period before.
    pub recent: Option<f64>,
    /// Against the same period of the year before.
    pub yearly: Option<f64>,
}

/// Some results as a row.
pub fn row(
    context: &PageContext<'_>,
    name: DataCell,
    whose: &Whose,
    block: &ResultBlock,
    changes: ScoreChanges,
    indicators: &[CoachingIndicator],
) -> DataRow {
    let mut cells = vec![
        name,
        context.score_cell(whose.clone(), block),
        DataCell::Status(context.standing(block)),
        DataCell::Change(changes.recent, Better::HigherIsBetter),
    ];
    if context.has_year_before() {
        cells.insert(YEARLY_PLACE, DataCell::Change(changes.yearly, Better::HigherIsBetter));
    }
    cells.extend(indicators.iter().map(|indicator| context.indicator_cell(whose.clone(), block, *indicator)));
    DataRow { cells }
}

/// Some facilities as one row, their counts pooled. `whose` is the address of its figures; without one they have none.
pub fn pooled_row(
    context: &PageContext<'_>,
    name: DataCell,
    members: &[u32],
    whose: Option<&Whose>,
    indicators: &[CoachingIndicator],
) -> DataRow {
    let block = context.evaluator.pool(&context.evaluation, members);
    let score_in = |evaluation| context.evaluator.pool(evaluation, members).score;
    let changes = ScoreChanges {
        recent: trend_points(block.score, score_in(&context.previous)),
        yearly: trend_points(block.score, score_in(&context.year_before)),
    };
    let address = whose.cloned().unwrap_or_else(|| context.whose());
    let mut row = row(context, name, &address, &block, changes, indicators);
    if whose.is_none() {
        forget_origins(&mut row);
    }
    row
}

/// Reports whether the facilities shown are a selection of the register: the status is itself a result, and searched
/// words are no attribute, so that such totals have no address.
pub fn is_by_register(context: &PageContext<'_>) -> bool {
    context.choice.status.is_none() && context.choice.search.is_none()
}

/// The selection within the subject's Puskesmas.
pub fn of_subject(context: &PageContext<'_>, selection: Selection) -> Selection {
    Selection { puskesmas: Some(context.subject.puskesmas), ..selection }
}

fn forget_origins(row: &mut DataRow) {
    for cell in &mut row.cells {
        if let DataCell::Figure(figure) = cell {
            figure.origin = None;
        }
    }
}
