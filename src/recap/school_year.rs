//! The year of a month in a table that goes over the turn of a year: by the year above it, or by the school year that its
//! title names (`TAHUN AJARAN 2025/2026`: July to June). Reads no cell.

use super::FoundTable;
use super::cells::school_year::{SchoolYear, pair_of};
use super::heading::ColumnMeaning;
use super::layout::{Heading, Layout};
use super::questions::{ASK_ONE_YEAR, ASK_TURN};
use crate::domain::name::plain_words;
use crate::domain::{Received, Table, format};

/// The year of a table whose months may go over the turn of a year themselves.
fn of_months(words: &str, heading: &Heading) -> Option<SchoolYear> {
    match turn(heading) {
        Some(from_month) => Some(SchoolYear { first: pair_of(&plain_words(words))?, from_month }),
        None => SchoolYear::from_words(words),
    }
}

/// The first month of a table whose months across go over the turn of a year once.
fn turn(heading: &Heading) -> Option<u32> {
    let Layout::Months(months) = &heading.layout else { return None };
    let mut months = months.clone();
    months.sort_by_key(|(_, column)| *column);
    let turns = months.windows(2).filter(|pair| pair[1].0 < pair[0].0).count();
    let (first, _) = *months.first()?;
    let (last, _) = *months.last()?;
    (turns == 1 && last < first).then_some(first)
}

/// The question about the years of a table with months of two years, where it cannot be read as it is.
pub(super) fn year_question(table: Table, heading: &Heading, words: &str) -> Option<&'static str> {
    let is_across = match &heading.layout {
        Layout::Columns | Layout::Unreadable(_) => false,
        Layout::Groups(groups) => groups.iter().any(|group| group.month.is_some()),
        Layout::Months(_) | Layout::Receipts(_) | Layout::YearNumerators { .. } | Layout::YearPairs(_) => true,
    };
    let is_down = heading.has_months_down() || heading.columns.contains_key(&ColumnMeaning::ReportMonth);
    let is_read = matches!(table, Table::Schedule | Table::Visits);
    let turns = turn(heading).is_some();
    let is_told = !heading.years.is_empty() || of_months(words, heading).is_some();
    if (is_told || turns) && !is_read && (is_across || is_down && table != Table::FollowUps) {
        return Some(ASK_ONE_YEAR);
    }
    (turns && !is_told).then_some(ASK_TURN)
}

impl FoundTable<'_> {
    /// The school year that its title names, where it is of a year and not of a month.
    pub(super) fn school_year(&self) -> Option<SchoolYear> {
        of_months(&self.words, &self.heading).filter(|_| matches!(self.received, Received::Year(_)))
    }

    /// The sentence about its months, where it has some without a year.
    pub(super) fn school_year_told(&self) -> Option<String> {
        let SchoolYear { first, from_month } = self.school_year().filter(|_| self.heading.years.is_empty())?;
        let is_read = matches!(self.table, Table::Schedule | Table::Visits | Table::FollowUps | Table::ScheduleChanges);
        is_read.then(|| {
            format!(
                "judulnya menyebut tahun {first}/{}: bulan tanpa tahun mulai {} dibaca {first}, yang sebelumnya dibaca {}; tulis tahun \
                 pada tanggal atau di atas bulannya bila lain",
                first + 1,
                format::MONTHS[from_month as usize - 1],
                first + 1
            )
        })
    }
}
