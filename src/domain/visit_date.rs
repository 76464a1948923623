//! When a visit was, as exactly as it is known: many recaps tick a month and write no day.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::Date;
use super::period::Month;

/// A visit's day, or its month where no day was written. A month comes after its days, so that lists in order of dates
/// end a month with what is known of it as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VisitDate {
    /// It took place on this day.
    Day(Date),
    /// Some day of this month.
    Month(Month),
}

impl VisitDate {
    /// The month in which it was.
    pub fn month(self) -> Month {
        match self {
            Self::Day(date) => Month::from_date(date),
            Self::Month(month) => month,
        }
    }

    /// Its day, where one was written.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Month(_) => None,
        }
    }

    /// The day from which on it counts: its own; a fact of a month counts once the month has begun.
    pub fn counts_from(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Month(month) => month.first_day(),
        }
    }

    /// Its place in an order of days.
    fn place(self) -> (Date, bool) {
        match self {
            Self::Day(date) => (date, false),
            Self::Month(month) => (month.last_day(), true),
        }
    }
}

impl PartialOrd for VisitDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for VisitDate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

impl From<Date> for VisitDate {
    fn from(date: Date) -> Self {
        Self::Day(date)
    }
}

/// Writes `2025-05-06` for a day, `2025-05` for a month.
impl fmt::Display for VisitDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => date.fmt(f),
            Self::Month(month) => month.fmt(f),
        }
    }
}

/// Reads what `Display` writes.
impl FromStr for VisitDate {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let month = text.split_once('-').and_then(|(year, month)| {
            (year.len() == 4 && month.len() == 2).then_some(())?;
            Month::new(year.parse().ok()?, month.parse().ok()?)
        });
        match month {
            Some(month) => Ok(Self::Month(month)),
            None => text.parse().map(Self::Day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> VisitDate {
        text.parse().unwrap()
    }

    #[test]
    fn it_is_written_as_exactly_as_it_is_known_and_read_back() {
        assert_eq!(when("2025-05-06"), VisitDate::Day(Date::from_ymd_opt(2025, 5, 6).unwrap()));
        assert_eq!(when("2025-05"), VisitDate::Month(Month::new(2025, 5).unwrap()));
        for text in ["2025-05-06", "2025-12"] {
            assert_eq!(when(text).to_string(), text);
        }
        for text in ["", "2025", "2025-13", "2025-05-32", "25-05"] {
            assert!(text.parse::<VisitDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_stands_behind_its_days() {
        let mut dates = ["2025-06-01", "2025-05", "2025-05-31", "2025-05-02", "2025-04"].map(when);
        dates.sort();
        assert_eq!(
            dates.map(|date| date.to_string()),
            ["2025-04", "2025-05-02", "2025-05-31", "2025-05", "2025-06-01"]
        );
    }
}
