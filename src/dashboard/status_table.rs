//! Facility × indicator: score, status, trend and every figure with its counts; filtered and sorted as chosen,
//! totals below, pooled.

use crate::analytics::results::{FacilityResult, ResultBlock};
use crate::analytics::{Selection, trend_points};
use crate::definitions::{Filter, StatusTable};
use crate::domain::indicator::Direction as Better;
use crate::domain::name::name_key;
use crate::domain::{CoachingIndicator, FacilityGroup, Status, Structure};

use super::context::PageContext;
use super::figure::Whose;
use super::page::{FilterOptions, FilteredTable};
use super::table::{DataCell, DataColumn, DataRow, DataTable};

/// The table, its filters and its totals.
pub fn status_table(context: &PageContext<'_>, options: &StatusTable, id: &str) -> FilteredTable {
    let shown: Vec<&FacilityResult> = context.listed().filter(|result| is_shown(context, result)).collect();
    let mut table = DataTable {
        name: id.to_owned(),
        title: "Status setiap faskes".to_owned(),
        note: format!(
            "Persen; di bawahnya pembilang/penyebut. Sel merah bergaris: kinerja terhadap target di bawah {}. {} Setiap \
             angka membuka asalnya.",
            crate::domain::format::count(context.decree.thresholds.fair_from),
            basis_note(context)
        ),
        caption: context.caption(),
        columns: columns(&options.indicators),
        rows: shown.iter().map(|result| facility_row(context, result, &options.indicators)).collect(),
        totals: totals(context, &shown, options),
    };
    if let Some((key, direction)) = &context.choice.sort {
        table.sort_by(key, *direction);
    } else {
        table.sort_by("skor", super::table::SortDirection::Descending);
    }
    if context.choice.sort.as_ref().is_none_or(|(key, _)| key == "skor" || key == "tren") {
        table.unjudged_last();
    }
    let filters = options.filters.iter().map(|filter| filter_options(context, *filter)).collect();
    FilteredTable { table, filters, rows_in_all: context.result().facilities.len() }
}

/// On how many indicators a status rests at the least; `Data belum cukup` explained.
pub fn basis_note(context: &PageContext<'_>) -> String {
    format!(
        "Status diberikan bila skor bertumpu pada minimal {} dari {} indikator; selebihnya data belum cukup.",
        context.decree.status_basis_min,
        CoachingIndicator::COUNT
    )
}

fn is_shown(context: &PageContext<'_>, result: &FacilityResult) -> bool {
    context.choice.selection.contains(context.facility(result.facility))
        && context.choice.status.is_none_or(|status| status == context.status(&result.block))
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

fn facility_row(context: &PageContext<'_>, result: &FacilityResult, indicators: &[CoachingIndicator]) -> DataRow {
    let facility = context.facility(result.facility);
    let change = context.change_of(result.facility, result.block.score);
    let name = DataCell::Facility(result.facility, facility.name.clone());
    row(context, name, &Whose::Facility(result.facility), &result.block, change, indicators)
}

fn row(
    context: &PageContext<'_>,
    name: DataCell,
    whose: &Whose,
    block: &ResultBlock,
    change: Option<f64>,
    indicators: &[CoachingIndicator],
) -> DataRow {
    let mut cells = vec![
        name,
        context.score_cell(whose.clone(), block),
        DataCell::Status(context.standing(block)),
        DataCell::Change(change, Better::HigherIsBetter),
    ];
    cells.extend(indicators.iter().map(|indicator| context.indicator_cell(whose.clone(), block, *indicator)));
    DataRow { cells }
}

/// All facilities together; where a filter hides some, the shown ones too.
fn totals(context: &PageContext<'_>, shown: &[&FacilityResult], options: &StatusTable) -> Vec<DataRow> {
    let mut rows = Vec::new();
    if shown.len() < context.result().facilities.len() {
        let indexes: Vec<u32> = shown.iter().map(|result| result.facility).collect();
        let block = context.evaluator.pool(&context.evaluation, &indexes);
        let before = context.evaluator.pool(&context.previous, &indexes);
        let change = trend_points(block.score, before.score);
        let name = format!("Yang tampil ({})", indexes.len());
        let mut shown_row =
            row(context, DataCell::Text(name), &selection_of(context), &block, change, &options.indicators);
        if context.choice.status.is_some() {
            forget_origins(&mut shown_row);
        }
        rows.push(shown_row);
    }
    let total = &context.result().total;
    let before = context.result_before().and_then(|result| result.total.score);
    let name = DataCell::Text("Semua faskes".to_owned());
    let everyone = Whose::Total(context.everyone());
    rows.push(row(context, name, &everyone, total, trend_points(total.score, before), &options.indicators));
    rows
}

fn selection_of(context: &PageContext<'_>) -> Whose {
    Whose::Total(Selection { puskesmas: Some(context.subject.puskesmas), ..context.choice.selection.clone() })
}

/// A total of those that have a certain status has no address: the status is itself a result.
fn forget_origins(row: &mut DataRow) {
    for cell in &mut row.cells {
        if let DataCell::Figure(figure) = cell {
            figure.origin = None;
        }
    }
}

fn filter_options(context: &PageContext<'_>, filter: Filter) -> FilterOptions {
    let facilities = || context.result().facilities.iter().map(|result| context.facility(result.facility));
    let selection = &context.choice.selection;
    let (options, chosen) = match filter {
        Filter::Kind => {
            let mut kinds: Vec<(String, String)> =
                facilities().map(|f| (name_key(&f.kind), f.kind.clone())).filter(|(key, _)| !key.is_empty()).collect();
            kinds.sort();
            kinds.dedup_by(|a, b| a.0 == b.0);
            (kinds, selection.kind.as_deref().map(name_key))
        }
        Filter::Group => {
            let named = |group: FacilityGroup| (group.label().to_lowercase(), group.label().to_owned());
            (FacilityGroup::ALL.map(named).to_vec(), selection.group.map(|group| named(group).0))
        }
        Filter::Structure => {
            let named = |structure: Structure| (name_key(structure.label()), structure.label().to_owned());
            (Structure::ALL.map(named).to_vec(), selection.structure.map(|structure| named(structure).0))
        }
        Filter::Status => {
            let named = |status: Status| (name_key(status.label()), status.label().to_owned());
            (Status::ALL.map(named).to_vec(), context.choice.status.map(|status| named(status).0))
        }
    };
    FilterOptions { filter, options, chosen }
}
