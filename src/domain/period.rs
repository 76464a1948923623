//! Months and evaluation periods, and their arithmetic. Knows nothing of today's date.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};

use super::Date;

/// Earliest and latest calendar year that Simpul accepts in workbooks and periods.
pub const YEAR_MIN: i32 = 1990;
/// Last year that Simpul takes; see [`YEAR_MIN`].
pub const YEAR_MAX: i32 = 2100;

/// A calendar month, counted from year 0 so that arithmetic is plain addition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// Month `month` (1–12) of `year`, or `None` outside [`YEAR_MIN`]–[`YEAR_MAX`].
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let known = (YEAR_MIN..=YEAR_MAX).contains(&year) && (1..=12).contains(&month);
        known.then(|| Self(year * 12 + i32::try_from(month).unwrap_or(1) - 1))
    }

    /// The month in which `date` lies.
    pub fn from_date(date: Date) -> Self {
        Self(date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0))
    }

    /// The dense number used in frames and in the database: `year * 12 + (month - 1)`.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The inverse of [`Month::number`].
    pub fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Month of the year, 1–12.
    pub fn month(self) -> u32 {
        u32::try_from(self.0.rem_euclid(12)).unwrap_or(0) + 1
    }

    /// The month `count` months later (earlier where negative).
    #[must_use]
    pub fn plus(self, count: i32) -> Self {
        Self(self.0 + count)
    }

    /// First day.
    pub fn first_day(self) -> Date {
        NaiveDate::from_ymd_opt(self.year(), self.month(), 1).unwrap_or_default()
    }

    /// Last day.
    pub fn last_day(self) -> Date {
        self.first_day().checked_add_months(Months::new(1)).and_then(|d| d.pred_opt()).unwrap_or_default()
    }

    /// Reports whether the whole month lies at or before `as_of`.
    pub fn has_ended(self, as_of: Date) -> bool {
        self.last_day() <= as_of
    }

    /// Reports whether the month's first day is at or before `as_of`.
    pub fn has_begun(self, as_of: Date) -> bool {
        self.first_day() <= as_of
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

/// The kinds of period: data, a length in months and the month in which the first one starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// Bulan.
    Month,
    /// Triwulan (lokmin tribulanan).
    Quarter,
    /// Caturwulan.
    FourMonth,
    /// Semester.
    HalfYear,
    /// Tahun.
    Year,
}

impl PeriodKind {
    /// Every kind, shortest first.
    pub const ALL: [Self; 5] = [Self::Month, Self::Quarter, Self::FourMonth, Self::HalfYear, Self::Year];

    /// Length in months.
    pub fn length_months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::FourMonth => 4,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }

    /// Periods of this kind in a year.
    pub fn per_year(self) -> i32 {
        12 / self.length_months()
    }

    fn letter(self) -> &'static str {
        match self {
            Self::Quarter => "Q",
            Self::FourMonth => "C",
            Self::HalfYear => "S",
            Self::Month | Self::Year => "",
        }
    }
}

/// One evaluation period: `2023-05`, `2023-Q2`, `2023-C2`, `2023-S1` or `2023`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    kind: PeriodKind,
    /// 0-based index within the year.
    index: i32,
}

impl Period {
    /// Period number `number` (from 1) of its kind in `year`; `None` where there is no such period.
    pub fn new(kind: PeriodKind, year: i32, number: i32) -> Option<Self> {
        let known = (YEAR_MIN..=YEAR_MAX).contains(&year) && (1..=kind.per_year()).contains(&number);
        known.then_some(Self { year, kind, index: number - 1 })
    }

    /// The whole of `year`, clamped to the known years.
    pub fn whole_year(year: i32) -> Self {
        Self { year: year.clamp(YEAR_MIN, YEAR_MAX), kind: PeriodKind::Year, index: 0 }
    }

    /// The period of `kind` in which `month` lies.
    pub fn containing(kind: PeriodKind, month: Month) -> Self {
        let index = (i32::try_from(month.month()).unwrap_or(1) - 1) / kind.length_months();
        Self { year: month.year(), kind, index }
    }

    /// The period from `first` to `last`; the year of `first` where they are those of no period.
    pub fn between(first: Month, last: Month) -> Self {
        let kinds = PeriodKind::ALL.into_iter().map(|kind| Self::containing(kind, first));
        let mut same = kinds.filter(|period| (period.first_month(), period.last_month()) == (first, last));
        same.next().unwrap_or_else(|| Self::containing(PeriodKind::Year, first))
    }

    /// Kind of the period: month, quarter, four months, half-year or year.
    pub fn kind(self) -> PeriodKind {
        self.kind
    }

    /// Calendar year; no period crosses one.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Number within the year, from 1.
    pub fn number(self) -> i32 {
        self.index + 1
    }

    /// First month.
    pub fn first_month(self) -> Month {
        Month::from_number(self.year * 12 + self.index * self.kind.length_months())
    }

    /// Last month.
    pub fn last_month(self) -> Month {
        self.first_month().plus(self.kind.length_months() - 1)
    }

    /// First day.
    pub fn first_day(self) -> Date {
        self.first_month().first_day()
    }

    /// Last day.
    pub fn last_day(self) -> Date {
        self.last_month().last_day()
    }

    /// All months, in order.
    pub fn months(self) -> impl Iterator<Item = Month> {
        (self.first_month().number()..=self.last_month().number()).map(Month::from_number)
    }

    /// Reports whether `month` lies in the period.
    pub fn contains(self, month: Month) -> bool {
        (self.first_month()..=self.last_month()).contains(&month)
    }

    /// The period of the same kind before this one (`2023-C1` → `2022-C3`).
    #[must_use]
    pub fn previous(self) -> Self {
        Self::containing(self.kind, self.first_month().plus(-1))
    }

    /// The same period of the year before (`2023-C1` → `2022-C1`).
    #[must_use]
    pub fn year_before(self) -> Self {
        Self::containing(self.kind, self.first_month().plus(-12))
    }

    /// The period of the same kind after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self::containing(self.kind, self.last_month().plus(1))
    }

    /// `as_of` cut to the period's last day: an evaluation is never later than that.
    pub fn clamp_as_of(self, as_of: Date) -> Date {
        as_of.min(self.last_day())
    }

    /// The last month that `as_of` reaches: begun by then, in the period; `None` before the period begins.
    pub fn last_begun_month(self, as_of: Date) -> Option<Month> {
        self.months().filter(|month| month.has_begun(as_of)).last()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PeriodKind::Year => write!(f, "{:04}", self.year),
            PeriodKind::Month => write!(f, "{:04}-{:02}", self.year, self.number()),
            kind => write!(f, "{:04}-{}{}", self.year, kind.letter(), self.number()),
        }
    }
}

/// Text that names no period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "periode `{text}` tidak dikenal; contoh yang benar: 2023-05 (bulan), 2023-Q2 (triwulan), 2023-C2 (caturwulan), 2023-S1 (semester), 2023 (tahun)"
)]
pub struct UnknownPeriod {
    /// Text that was written for the period.
    pub text: String,
}

impl FromStr for Period {
    type Err = UnknownPeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownPeriod { text: text.to_owned() };
        let (year, rest) = match text.trim().split_once('-') {
            Some((year, rest)) => (year, rest),
            None => (text.trim(), ""),
        };
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(unknown());
        }
        let year: i32 = year.parse().map_err(|_error| unknown())?;
        let (kind, number) = match rest.as_bytes() {
            [] if !text.contains('-') => (PeriodKind::Year, "1"),
            [b'Q' | b'q', ..] => (PeriodKind::Quarter, &rest[1..]),
            [b'C' | b'c', ..] => (PeriodKind::FourMonth, &rest[1..]),
            [b'S' | b's', ..] => (PeriodKind::HalfYear, &rest[1..]),
            [a, b] if a.is_ascii_digit() && b.is_ascii_digit() => (PeriodKind::Month, rest),
            _ => return Err(unknown()),
        };
        let number = if number.bytes().all(|b| b.is_ascii_digit()) { number.parse().ok() } else { None };
        number.and_then(|number| Self::new(kind, year, number)).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn written_periods_read_back() {
        for text in ["2023", "2023-05", "2023-Q2", "2023-C2", "2023-S1"] {
            assert_eq!(period(text).to_string(), text);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in
            ["", "2023-", "2023-C4", "2023-Q5", "2023-13", "2023-5", "23-C1", "2023-C", "2023-C+1", "2023-X1", "1889"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_period_before_crosses_the_year() {
        assert_eq!(period("2023-C1").previous(), period("2022-C3"));
        assert_eq!(period("2023-01").previous(), period("2022-12"));
        assert_eq!(period("2023").previous(), period("2022"));
        assert_eq!(period("2023-C1").year_before(), period("2022-C1"));
        assert_eq!(period("2023-12").year_before(), period("2022-12"));
    }

    #[test]
    fn c2_is_may_to_august() {
        assert_eq!(period("2023-C2").first_day().to_string(), "2023-05-01");
        assert_eq!(period("2023-C2").last_day().to_string(), "2023-08-31");
    }

    proptest! {
        #[test]
        fn periods_of_a_kind_partition_the_year(year in YEAR_MIN..=YEAR_MAX, month in 1_u32..=12) {
            let month = Month::new(year, month).unwrap();
            for kind in PeriodKind::ALL {
                let holders = (1..=kind.per_year())
                    .filter_map(|number| Period::new(kind, year, number))
                    .filter(|period| period.contains(month))
                    .count();
                prop_assert_eq!(holders, 1);
                prop_assert!(Period::containing(kind, month).contains(month));
            }
        }

        #[test]
        fn next_undoes_previous(year in (YEAR_MIN + 1)..YEAR_MAX, month in 1_u32..=12) {
            let month = Month::new(year, month).unwrap();
            for kind in PeriodKind::ALL {
                let period = Period::containing(kind, month);
                prop_assert_eq!(period.previous().next(), period);
                prop_assert_eq!(period.previous().last_day().succ_opt(), Some(period.first_day()));
                prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
            }
        }

        #[test]
        fn as_of_is_never_later_than_the_end(days in 0_i64..40_000) {
            let date = Date::from_ymd_opt(1995, 1, 1).unwrap() + chrono::Duration::days(days);
            for text in ["2023", "2023-05", "2023-Q2", "2023-C2", "2023-S1"] {
                prop_assert!(period(text).clamp_as_of(date) <= period(text).last_day());
            }
        }
    }
}
