//! The four-monthly evaluation against the plan (terms of reference, chapter H): for every facility planned month,
//! month after change, date done, state; then its indicators. *Tidak ada jadwal* is not *tidak terlaksana*.

use crate::analytics::results::FacilityResult;
use crate::domain::schedule::SlotOutcome;
use crate::domain::{CoachingIndicator, SlotState};

use super::context::PageContext;
use super::figure::Whose;
use super::slots::{columns, slot_cells};
use super::table::{DataCell, DataColumn, DataRow, DataTable, Tone};

/// One row a slot of the period, one for arrears made up in it, one for facilities without a slot.
pub fn evaluation_table(context: &PageContext<'_>, indicators: &[CoachingIndicator], id: &str) -> DataTable {
    let mut heads = columns();
    heads.push(DataColumn::number("skor", "Skor", "Skor pembinaan (0–100)"));
    heads.push(DataColumn::text("status", "Status"));
    heads.extend(indicators.iter().map(|indicator| {
        let name = format!("{} (persen)", indicator.name());
        DataColumn::number(&indicator.code().to_lowercase(), indicator.short_name(), &name)
    }));
    let rows = context.facilities().flat_map(|result| facility_rows(context, result, indicators)).collect();
    DataTable {
        name: id.to_owned(),
        title: "Pelaksanaan terhadap jadwal".to_owned(),
        note: "Tidak ada jadwal berarti tidak direncanakan pada periode ini; itu bukan tidak terlaksana.".to_owned(),
        caption: context.caption(),
        columns: heads,
        rows,
        totals: vec![total_row(context, indicators)],
    }
}

fn facility_rows(context: &PageContext<'_>, result: &FacilityResult, indicators: &[CoachingIndicator]) -> Vec<DataRow> {
    let name = || DataCell::Facility(result.facility, context.facility(result.facility).name.clone());
    let mut rows: Vec<Vec<DataCell>> = Vec::new();
    for slot in &result.slots {
        if is_of_period(context, slot) {
            rows.push(slot_cells(name(), slot));
        } else if is_arrears_made_up(context, slot) {
            let mut cells = slot_cells(name(), slot);
            cells[4] = DataCell::State("Tunggakan terpenuhi".to_owned(), Tone::Fair);
            rows.push(cells);
        }
    }
    if rows.is_empty() {
        let nothing = || DataCell::Blank("tidak ada jadwal pada periode ini");
        let none = DataCell::State("Tidak ada jadwal".to_owned(), Tone::Neutral);
        let visits = result.unscheduled.first().map_or_else(nothing, |date| DataCell::Visit(*date));
        rows.push(vec![name(), nothing(), nothing(), visits, none]);
    }
    let figures = figures(context, &Whose::Facility(result.facility), &result.block, indicators);
    rows.into_iter()
        .enumerate()
        .map(|(place, mut cells)| {
            if place == 0 {
                cells.extend(figures.iter().cloned());
            } else {
                cells.extend(figures.iter().map(|_| DataCell::Blank("")));
            }
            DataRow { cells }
        })
        .collect()
}

fn is_of_period(context: &PageContext<'_>, slot: &SlotOutcome) -> bool {
    let period = context.subject.period;
    period.contains(slot.planned) || slot.effective.is_some_and(|month| period.contains(month))
}

fn is_arrears_made_up(context: &PageContext<'_>, slot: &SlotOutcome) -> bool {
    let visited_now = slot.visit.is_some_and(|date| context.subject.period.contains(date.month()));
    slot.state == SlotState::Late && visited_now
}

fn figures(
    context: &PageContext<'_>,
    whose: &Whose,
    block: &crate::analytics::results::ResultBlock,
    indicators: &[CoachingIndicator],
) -> Vec<DataCell> {
    let mut cells = vec![context.score_cell(whose.clone(), block), DataCell::Status(context.standing(block))];
    cells.extend(indicators.iter().map(|indicator| context.indicator_cell(whose.clone(), block, *indicator)));
    cells
}

fn total_row(context: &PageContext<'_>, indicators: &[CoachingIndicator]) -> DataRow {
    let mut cells = vec![DataCell::Text("Semua faskes".to_owned())];
    cells.extend((0..4).map(|_| DataCell::Blank("")));
    cells.extend(figures(context, &Whose::Total(context.everyone()), &context.result().total, indicators));
    DataRow { cells }
}
