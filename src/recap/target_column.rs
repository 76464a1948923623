//! A year of figures whose Sasaran is called Target, below a title that says that they are figures: without that title
//! months beside a target are a plan.

use super::banner::Banner;
use super::heading::key;
use super::heading_figures::{Leaf, figure_word};
use super::layout::{FigureLayout, Heading, Layout};
use crate::domain::Table;
use crate::workbook::Sheet;

/// The heading with that column as its denominator, where it is such a table.
pub(super) fn with_target(sheet: &Sheet, heading: Heading, banner: &Banner) -> Heading {
    let Layout::Months(months) = &heading.layout else { return heading };
    let Some(first) = months.iter().map(|(_, column)| *column).min() else { return heading };
    if heading.table.is_some() || banner.indicator.is_none() {
        return heading;
    }
    let is_target = |column: &u32| {
        let text = heading.texts(sheet, *column).pop();
        text.is_some_and(|(_, text)| figure_word(&key(&text)) == Some(Leaf::Target))
    };
    let targets: Vec<u32> = (heading.anchor.column + 1..first).filter(is_target).collect();
    let [target] = targets[..] else { return heading };
    let months = months.iter().map(|(month, column)| (*month, FigureLayout::from(*column))).collect();
    let layout = Layout::YearNumerators { denominator: FigureLayout::from(target), months };
    Heading { table: Some(Table::Achievements), layout, ..heading }
}
