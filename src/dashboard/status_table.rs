//! Facility × indicator: score, status, trend and every figure with its counts; filtered and sorted as chosen,
//! totals below, pooled.

use crate::analytics::results::{FacilityResult, PuskesmasResult};
use crate::analytics::trend_points;
use crate::definitions::{Filter, StatusTable};
use crate::domain::name::name_key;
use crate::domain::{Facility, FacilityGroup, Status, Structure};

use super::context::PageContext;
use super::figure::Whose;
use super::page::{FilterOptions, FilteredTable, OfferedColumn};
use super::status_groups;
use super::status_rows::{
    ScoreChanges, basis_note, columns_of_status, facility_row, is_by_register, of_subject, pooled_row, row,
};
use super::table::{DataCell, DataRow, DataTable};

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

/// All facilities together; where a filter hides some, the shown ones too.
fn totals(context: &PageContext<'_>, shown: &[&FacilityResult], options: &StatusTable) -> Vec<DataRow> {
    let mut rows = Vec::new();
    if shown.len() < context.result().facilities.len() {
        let members: Vec<u32> = shown.iter().map(|result| result.facility).collect();
        let name = DataCell::Text(format!("Yang tampil ({})", members.len()));
        let whose = Some(&context.choice.selection).filter(|_| is_by_register(context));
        let whose = whose.map(|selection| Whose::Total(of_subject(context, selection.clone())));
        rows.push(pooled_row(context, name, &members, whose.as_ref(), &options.indicators));
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
