//! A year that begins in some month: a school year from July (`TAHUN AJARAN 2025/2026`), or one of months that go over the
//! turn of a year. Knows no table.

use crate::domain::name::plain_words;
use crate::domain::period::{YEAR_MAX, YEAR_MIN};

/// The month in which a school year begins.
const FIRST_MONTH: u32 = 7;

/// A year that begins in some month, by the year in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) struct SchoolYear {
    pub(in crate::recap) first: i32,
    pub(in crate::recap) from_month: u32,
}

impl SchoolYear {
    /// The one that the words above a table name.
    pub(in crate::recap) fn from_words(words: &str) -> Option<Self> {
        let plain = plain_words(words);
        let is_said = plain.split(' ').any(|token| ["ajaran", "pelajaran", "akademik", "tp"].contains(&token));
        Some(Self { first: pair_of(&plain)?, from_month: FIRST_MONTH }).filter(|_| is_said)
    }

    /// The year of a month, where the title names no other for it.
    pub(in crate::recap) fn year_of(self, month: u32) -> i32 {
        self.first + i32::from(month < self.from_month)
    }

    /// The same, where a year was written beside the month: only the first of the two may be meant as both.
    pub(in crate::recap) fn or_written(self, month: u32, written: Option<i32>) -> i32 {
        written.filter(|year| *year != self.first).unwrap_or_else(|| self.year_of(month))
    }
}

/// The first of two years in a row: `2025/2026`.
pub(in crate::recap) fn pair_of(plain: &str) -> Option<i32> {
    let year = |token: &str| token.parse().ok().filter(|year| (YEAR_MIN..=YEAR_MAX).contains(year));
    let tokens: Vec<&str> = plain.split(' ').collect();
    let mut firsts = tokens.windows(2).filter(|pair| year(pair[0]).map(|first| first + 1) == year(pair[1]));
    firsts.find_map(|pair| year(pair[0]))
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
            let found = SchoolYear::from_words(title).map(|school| school.first);
            assert_eq!(found, first, "{title}");
        }
        let school = SchoolYear { first: 2025, from_month: FIRST_MONTH };
        assert_eq!((school.year_of(7), school.year_of(2)), (2025, 2026));
        assert_eq!((school.or_written(2, Some(2025)), school.or_written(2, Some(2024))), (2026, 2024));
    }
}
