//! Plans that list their visits by day, one a row: a table of visits below a title that plans.

use super::banner::Banner;
use super::heading::{ColumnMeaning, key};
use super::heading_plan::{person_rank, titles_a_plan};
use super::layout::{Heading, Layout};
use crate::domain::Table;
use crate::workbook::Sheet;

/// A list of days below a title that plans is a plan, unless something was scored or proved.
pub(super) fn of_plan(sheet: &Sheet, table: Table, heading: Heading, banner: &Banner) -> (Table, Heading) {
    let proof = [
        ColumnMeaning::Points,
        ColumnMeaning::AttendanceList,
        ColumnMeaning::Minutes,
        ColumnMeaning::Photos,
        ColumnMeaning::Finding,
        ColumnMeaning::Item,
    ];
    let is_proved = proof.iter().any(|column| heading.columns.contains_key(column));
    let is_planned = titles_a_plan(&banner.words);
    if table != Table::Visits || heading.layout != Layout::Columns || !is_planned || is_proved || heading.is_nameless()
    {
        return (table, heading);
    }
    let mut heading = Heading { table: Some(Table::Schedule), ..heading };
    if let Some(person) = in_charge(sheet, &heading) {
        heading.columns.insert(ColumnMeaning::Person, person);
    }
    (Table::Schedule, heading)
}

/// The column of the person in charge, whatever a table of visits would call its coach.
fn in_charge(sheet: &Sheet, heading: &Heading) -> Option<u32> {
    let is_free =
        |column: &u32| heading.columns.iter().all(|(known, place)| *known == ColumnMeaning::Person || place != column);
    let ranked = (heading.extent.0..=heading.extent.1).filter(is_free).filter_map(|column| {
        let texts = heading.texts(sheet, column);
        let joined: String = texts.iter().map(|(_, text)| key(text)).collect();
        let keys: Vec<String> = [joined].into_iter().chain(texts.iter().rev().map(|(_, text)| key(text))).collect();
        Some((person_rank(&keys)?, column))
    });
    ranked.min().map(|(_, column)| column)
}
