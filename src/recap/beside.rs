//! Attendance and reports that stand in the rows of a table of visits, below group headings of their own: `PEMBINAAN`,
//! `LOKMIN`, `LAPORAN` over one row a facility. Judges no row.

use super::FoundTable;
use super::layout::{Layout, table_beside};
use crate::domain::{Received, Table};

/// Titles of such groups.
const GROUPS: [(Table, &[&str]); 2] =
    [(Table::Lokmin, &["lokmin", "lokakarya", "minlok"]), (Table::MonthlyReports, &["laporan", "pelaporan"])];

/// The tables beside one of visits of a month.
pub(super) fn others_beside<'w>(visits: &FoundTable<'w>) -> Vec<FoundTable<'w>> {
    let is_of_month = matches!(visits.received, Received::Month(_));
    if visits.table != Table::Visits || visits.heading.layout != Layout::Columns || !is_of_month {
        return Vec::new();
    }
    let other = |(table, words): (Table, &[&str])| {
        let heading = table_beside(visits.sheet, &visits.heading, table, words)?;
        Some(FoundTable { table, heading, said: Vec::new(), ..visits.clone() })
    };
    GROUPS.into_iter().filter_map(other).collect()
}
