//! Visits that stand within a plan. Judges no row.

use super::layout::Layout;
use super::legend::signs::Signs;
use super::profile::SaidWord;
use super::{FoundTable, SignsRead};
use crate::domain::Table;
use crate::workbook::CellValue;

/// The visits that stand in a plan, of which people said these words: in rows of what was done, or in signs and colours that its legend calls done.
pub(super) fn done_beside<'w>(plan: &FoundTable<'w>, said: Vec<SaidWord>) -> Option<FoundTable<'w>> {
    let has_done = plan.plan_rows.as_ref().is_some_and(|rows| rows.done > 0);
    let has_done_signs = plan.table == Table::Schedule && plan.plan_rows.is_none() && says_done(plan);
    (has_done || has_done_signs).then(|| FoundTable {
        signs_read: if has_done_signs { SignsRead::Done } else { SignsRead::All },
        table: Table::Visits,
        said,
        planned_fills: Vec::new(),
        cancelled_fills: Vec::new(),
        fills_beside: Vec::new(),
        ..plan.clone()
    })
}

/// Reports whether the legend of a plan calls some of its signs or colours done.
fn says_done(plan: &FoundTable<'_>) -> bool {
    let Layout::Months(months) = &plan.heading.layout else { return false };
    let start = plan.sheet.rows.partition_point(|row| row.index <= plan.heading.bottom);
    let rows = plan.sheet.rows[start..].iter().take_while(|row| row.index <= plan.last_row);
    let cells: Vec<&CellValue> =
        rows.flat_map(|row| months.iter().filter_map(|(_, column)| row.get(*column))).collect();
    !plan.done_fills.is_empty() || Signs::from_legend(&plan.legend, cells.iter().copied()).says_done(cells.into_iter())
}
