//! The year of a month in a table that goes over the turn of a year: by the year above it, or by the school year that its
//! title names (`TAHUN AJARAN 2025/2026`: July to June). Reads no cell.

use super::FoundTable;
use super::heading::ColumnMeaning;
use super::layout::{Heading, Layout};
use super::questions::{ASK_ONE_YEAR, ASK_TURN};
use crate::domain::name::plain_words;
use crate::domain::period::{YEAR_MAX, YEAR_MIN};
use crate::domain::{Month, Received, Table, format};

/// The month in which a school year begins.
const FIRST_MONTH: u32 = 7;

/// A year that begins in some month, by the year in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SchoolYear {
    first: i32,
    from_month: u32,
}

impl SchoolYear {
    /// The one that the words above a table name.
    pub(super) fn of(words: &str) -> Option<Self> {
        let plain = plain_words(words);
        let is_said = plain.split(' ').any(|token| ["ajaran", "pelajaran", "akademik", "tp"].contains(&token));
        Some(Self { first: pair_of(&plain)?, from_month: FIRST_MONTH }).filter(|_| is_said)
    }

    /// The same of a table whose months may go over the turn of a year themselves.
    fn of_months(words: &str, heading: &Heading) -> Option<Self> {
        match turn(heading) {
            Some(from_month) => Some(Self { first: pair_of(&plain_words(words))?, from_month }),
            None => Self::of(words),
        }
    }

    /// The year of a month, where the title names no other for it.
    pub(super) fn year_of(self, month: u32) -> i32 {
        self.first + i32::from(month < self.from_month)
    }

    /// The same, where a year was written beside the month: only the first of the two may be meant as both.
    pub(super) fn or_written(self, month: u32, written: Option<i32>) -> i32 {
        written.filter(|year| *year != self.first).unwrap_or_else(|| self.year_of(month))
    }
}

/// The first of two years in a row: `2025/2026`.
fn pair_of(plain: &str) -> Option<i32> {
    let year = |token: &str| token.parse().ok().filter(|year| (YEAR_MIN..=YEAR_MAX).contains(year));
    let tokens: Vec<&str> = plain.split(' ').collect();
    let mut firsts = tokens.windows(2).filter(|pair| year(pair[0]).map(|first| first + 1) == year(pair[1]));
    firsts.find_map(|pair| year(pair[0]))
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
    let is_told = !heading.years.is_empty() || SchoolYear::of_months(words, heading).is_some();
    if (is_told || turns) && !is_read && (is_across || is_down && table != Table::FollowUps) {
        return Some(ASK_ONE_YEAR);
    }
    (turns && !is_told).then_some(ASK_TURN)
}

impl FoundTable<'_> {
    /// The school year that its title names, where it is of a year and not of a month.
    pub(super) fn school_year(&self) -> Option<SchoolYear> {
        SchoolYear::of_months(&self.words, &self.heading).filter(|_| matches!(self.received, Received::Year(_)))
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

    /// A month of it, in the year above its column or in that of its title.
    pub(super) fn month_across(&self, month: u32, column: u32) -> Option<Month> {
        let above = self.heading.years.iter().find(|above| above.column == column).map(|above| above.year);
        let year = above.or_else(|| self.school_year().map(|school| school.year_of(month)));
        Month::new(year.unwrap_or(self.received.year()), month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_school_years() {
        for (title, first) in [
            ("JADWAL PEMBINAAN UKS TAHUN AJARAN 2025/2026", Some(2025)),
            ("tahun pelajaran 2024 - 2025", Some(2024)),
            ("UKS TP 2025/2026", Some(2025)),
            ("JADWAL TAHUN 2025", None),
            ("RENSTRA 2025-2026", None),
            ("TAHUN AJARAN 2025", None),
        ] {
            let found = SchoolYear::of(title).map(|school| school.first);
            assert_eq!(found, first, "{title}");
        }
        let school = SchoolYear { first: 2025, from_month: FIRST_MONTH };
        assert_eq!((school.year_of(7), school.year_of(2)), (2025, 2026));
        assert_eq!((school.or_written(2, Some(2025)), school.or_written(2, Some(2024))), (2026, 2024));
    }
}
