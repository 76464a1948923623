//! What a sheet's first row, a heading and its titles tell of the table below them. Judges no cell of it.

use super::banner::{Banner, NamedPeriod};
use super::heading::Column;
use super::layout::{Heading, Layout};
use crate::domain::facts::LokminSort;
use crate::domain::name::plain_words;
use crate::domain::{Received, Table};
use crate::workbook::Sheet;

/// First words of sheets that hold no data by their own account: examples, help, lists behind drop-downs.
const SET_APART: [&str; 3] = ["contoh pengisian", "petunjuk pengisian", "daftar pilihan"];

/// Reports whether a sheet's first row begins by saying that it is not to be read.
pub(super) fn is_set_apart(sheet: &Sheet) -> bool {
    let first = sheet.rows.first().and_then(|row| row.cells.first()).and_then(|cell| cell.value.text());
    let words = first.map(plain_words).unwrap_or_default();
    SET_APART.iter().any(|mark| words == *mark)
}

/// Months as the layout can have them.
pub(super) fn fitting(said: Received, is_yearly: bool) -> Received {
    if is_yearly { Received::Year(said.year()) } else { said }
}

/// A heading with another column of targets.
pub(super) fn with_target(mut heading: Heading, column: u32) -> Heading {
    heading.columns.insert(Column::Target, column);
    heading
}

/// Reports whether the rows of a table each belong to a facility, and the facility may stand above them.
pub(super) fn is_of_facilities(table: Table) -> bool {
    matches!(table, Table::Visits | Table::FollowUps | Table::Lokmin | Table::MonthlyReports | Table::Achievements)
}

/// Reports whether a table is one of a year: months stand across or down, and no month is said above it.
pub(super) fn is_yearly(heading: &Heading, banner: &Banner, sheet: &str) -> bool {
    let is_across = match &heading.layout {
        Layout::Months(_) | Layout::Receipts(_) | Layout::YearNumerators { .. } | Layout::YearPairs(_) => true,
        // All of the month that the title says: a table of that month.
        Layout::Groups(groups) => {
            groups.iter().any(|group| group.month.is_some() && group.month != banner.month.map(|(month, _)| month))
        }
        Layout::Columns | Layout::Unreadable(_) => false,
    };
    let has_month = banner.month.is_some() || NamedPeriod::read(sheet).month.is_some();
    is_across || heading.has_months_down() && !has_month
}

/// Which meeting an attendance is of, going by its titles.
pub(super) fn lokmin_sort(banner: &Banner) -> LokminSort {
    let is_quarterly = ["tribulan", "triwulan", "lintas sektor"].iter().any(|word| banner.words.contains(word));
    if is_quarterly { LokminSort::Quarterly } else { LokminSort::Monthly }
}

/// Tells that a year of two digits was taken for one of four.
pub(super) fn short_year_read(year: i32) -> String {
    format!("tahun dua angka di judul dibaca {year}; bila bukan, tulis tahunnya empat angka")
}
