//! The months that a sheet of a set tells of where none of its rows and columns does: by its titles, its name, its file.

use crate::domain::{Month, PeriodKind};
use crate::recap::banner::{Banner, NamedPeriod};

/// Words that say that counts are those since January.
const SO_FAR: [&str; 7] = ["s/d", "s.d", "sd", "s d", "sampai", "kumulatif", "sejak januari"];
/// A year that no title has; whole periods are asked for by number only.
const ANY_YEAR: i32 = 2024;

/// Months that a sheet's counts are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CountedSpan {
    /// Kind of the period; `None` where nothing names one.
    pub(super) kind: Option<PeriodKind>,
    /// First month, 1 to 12.
    pub(super) first: u32,
    /// Last month, 1 to 12.
    pub(super) last: u32,
    /// Says that counts are those since January.
    pub(super) is_so_far: bool,
}

impl CountedSpan {
    /// Reads the months from what stands above a table, else from the names of sheet and file, else the year's.
    pub(super) fn read(banner: &Banner, sheet: &str, file: &str) -> Self {
        let names = [NamedPeriod::read(sheet), NamedPeriod::read(file)];
        let words = format!(" {} ", banner.words);
        let is_so_far =
            SO_FAR.iter().any(|said| words.contains(&format!(" {said} ")) || words.contains(&format!("{said}. ")));
        let titled = banner.month.map(|(month, _)| month);
        let span = banner.period.and_then(|span| span.period(Some(ANY_YEAR)));
        let by_name = || names.into_iter().find_map(|name| name.month);
        let (kind, first, last) = match (span, titled) {
            (Some(span), _) => (Some(span.kind()), span.first_month().month(), span.last_month().month()),
            (None, Some(month)) => (Some(PeriodKind::Month), month, month),
            (None, None) => match by_name() {
                Some(month) => (Some(PeriodKind::Month), month, month),
                None => (Some(PeriodKind::Year), 1, 12),
            },
        };
        Self { kind, first, last, is_so_far }
    }

    /// Reports whether it is one month.
    pub(super) fn is_month(self) -> bool {
        self.kind == Some(PeriodKind::Month)
    }

    /// Reports whether it begins in January, so that its counts are those since January.
    pub(super) fn begins_the_year(self) -> bool {
        self.first == 1 && !self.is_month()
    }

    /// Returns the name of its last month.
    pub(super) fn last_name(self) -> &'static str {
        month_name(self.last)
    }
}

/// Returns the name of a month by its number.
pub(super) fn month_name(number: u32) -> &'static str {
    Month::new(ANY_YEAR, number).map_or("", crate::domain::format::month_name)
}
