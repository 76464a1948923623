//! Facility × indicator: score, status, trend and every figure with its counts; filtered and sorted as chosen,
//! totals below, pooled.

use crate::analytics::results::{FacilityResult, PuskesmasResult, ResultBlock};
use crate::analytics::{Selection, trend_points};
use crate::definitions::{Filter, StatusTable};
use crate::domain::indicator::Direction as Better;
use crate::domain::name::name_key;
use crate::domain::{CoachingIndicator, Facility, FacilityGroup, Status, Structure};

use super::context::PageContext;
use super::figure::Whose;
use super::page::{FilterOptions, FilteredTable, OfferedColumn};
use super::status_groups;
use super::table::{DataCell, DataColumn, DataRow, DataTable};

/// Place of the change against the year before among the columns.
const YEARLY_PLACE: usize = 4;

/// The table, its filters and its totals.
pub fn status_table(context: &PageContext<'_>, options: &StatusTable, id: &str) -> FilteredTable {
    let shown: Vec<&FacilityResult> = context.listed().filter(|result| is_shown(context, result)).collect();
    let choice = &context.choice;
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
        columns: columns_of_status(context, &options.indicators),
        rows: shown.iter().map(|result| facility_row(context, result, &options.indicators)).collect(),
        totals: totals(context, &shown, options),
    };
    if let Some((key, direction)) = &choice.sort {
        table.sort_by(key, *direction);
    } else {
        table.sort_by("skor", super::table::SortDirection::Descending);
    }
    if choice.sort.as_ref().is_none_or(|(key, _)| key == "skor" || key == "tren") {
        table.unjudged_last();
    }
    if let Some(grouping) = choice.grouping {
        table.rows = status_groups::grouped(context, table.rows, grouping, &options.indicators);
    }
    let offered = table.columns.split_off(1);
    table.columns.extend(offered.iter().cloned());
    table.keep_columns(&choice.columns);
    let columns = offered.into_iter().map(|column| OfferedColumn {
        is_shown: table.columns.iter().any(|shown| shown.key == column.key),
        key: column.key,
        label: column.label,
    });
    FilteredTable {
        columns: columns.collect(),
        filters: options.filters.iter().map(|filter| filter_options(context, *filter)).collect(),
        rows_shown: shown.len(),
        rows_in_all: context.result().facilities.len(),
        grouping: choice.grouping,
        table,
    }
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
        && context.choice.search.as_deref().is_none_or(|words| is_found(context.facility(result.facility), words))
}

/// Reports whether name, kind and village of the facility hold all the words, also by another spelling.
fn is_found(facility: &Facility, words: &str) -> bool {
    let texts = [Some(facility.name.as_str()), Some(facility.kind.as_str()), facility.village.as_deref()];
    let plain = texts.iter().flatten().map(|text| text.to_lowercase()).collect::<Vec<_>>().join(" ");
    let keys = texts.iter().flatten().map(|text| name_key(text)).collect::<Vec<_>>().join(" ");
    words.split_whitespace().all(|word| {
        let key = name_key(word);
        plain.contains(&word.to_lowercase()) || (!key.is_empty() && keys.contains(&key))
    })
}

/// The columns of the status table: where the year before has data, also the change against it.
fn columns_of_status(context: &PageContext<'_>, indicators: &[CoachingIndicator]) -> Vec<DataColumn> {
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

fn facility_row(context: &PageContext<'_>, result: &FacilityResult, indicators: &[CoachingIndicator]) -> DataRow {
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
struct ScoreChanges {
    /// Against the period before.
    recent: Option<f64>,
    /// Against the same period of the year before.
    yearly: Option<f64>,
}

fn row(
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
pub(super) fn pooled_row(
    context: &PageContext<'_>,
    name: DataCell,
    members: &[u32],
    whose: Option<Whose>,
    indicators: &[CoachingIndicator],
) -> DataRow {
    let block = context.evaluator.pool(&context.evaluation, members);
    let score_in = |evaluation| context.evaluator.pool(evaluation, members).score;
    let changes = ScoreChanges {
        recent: trend_points(block.score, score_in(&context.previous)),
        yearly: trend_points(block.score, score_in(&context.year_before)),
    };
    let address = whose.clone().unwrap_or_else(|| context.whose());
    let mut row = row(context, name, &address, &block, changes, indicators);
    if whose.is_none() {
        forget_origins(&mut row);
    }
    row
}

/// All facilities together; where a filter hides some, the shown ones too.
fn totals(context: &PageContext<'_>, shown: &[&FacilityResult], options: &StatusTable) -> Vec<DataRow> {
    let mut rows = Vec::new();
    if shown.len() < context.result().facilities.len() {
        let members: Vec<u32> = shown.iter().map(|result| result.facility).collect();
        let name = DataCell::Text(format!("Yang tampil ({})", members.len()));
        let whose = Some(&context.choice.selection).filter(|_| is_by_register(context));
        let whose = whose.map(|selection| Whose::Total(of_subject(context, selection.clone())));
        rows.push(pooled_row(context, name, &members, whose, &options.indicators));
    }
    let total = &context.result().total;
    let score_before = |result: Option<&PuskesmasResult>| result.and_then(|result| result.total.score);
    let changes = ScoreChanges {
        recent: trend_points(total.score, score_before(context.result_before())),
        yearly: trend_points(total.score, context.block_of_last_year().and_then(|block| block.score)),
    };
    let name = DataCell::Text("Semua faskes".to_owned());
    let everyone = Whose::Total(context.everyone());
    rows.push(row(context, name, &everyone, total, changes, &options.indicators));
    rows
}

/// Reports whether the facilities shown are a selection of the register: the status is itself a result, and searched
/// words are no attribute, so that such totals have no address.
pub(super) fn is_by_register(context: &PageContext<'_>) -> bool {
    context.choice.status.is_none() && context.choice.search.is_none()
}

/// The selection within the subject's Puskesmas.
pub(super) fn of_subject(context: &PageContext<'_>, selection: Selection) -> Selection {
    Selection { puskesmas: Some(context.subject.puskesmas), ..selection }
}

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
