//! Days, years and numbers in titles that say which period is meant: `1 S/D 31 MEI 2025`, `MEI 25`, `TW II`.

use std::ops::RangeInclusive;

use super::cells::date_words::year_of;
use crate::domain::period::{YEAR_MAX, YEAR_MIN};

/// Years that two digits behind a month may mean.
const SHORT_YEARS: RangeInclusive<i32> = 2015..=2059;
/// Last days of months.
const LAST_DAYS: RangeInclusive<u32> = 28..=31;

/// `1 s/d 31` before a month: all of its days.
pub(super) fn is_whole_month(before: &[&str]) -> bool {
    let ([.., first, "s", "d", last]
    | [.., first, "sampai", "dengan", last]
    | [.., first, "sd" | "sampai" | "hingga", last]
    | [.., first, last]) = before
    else {
        return false;
    };
    *first == "1" && last.parse().is_ok_and(|day| LAST_DAYS.contains(&day))
}

/// The year of two digits right behind a month, where no other number follows: `mei 25`, `mei tahun 25`.
pub(super) fn short_year(after: &[&str]) -> Option<i32> {
    let (["tahun" | "thn" | "th", digits, more @ ..] | [digits, more @ ..]) = after else { return None };
    let is_alone = more.first().is_none_or(|next| next.chars().all(char::is_alphabetic));
    let year = year_of(digits).filter(|_| digits.len() == 2 && is_alone)?;
    SHORT_YEARS.contains(&year).then_some(year)
}

/// The year of four digits.
pub(super) fn full_year(token: &str) -> Option<i32> {
    year_of(token).filter(|year| token.len() == 4 && (YEAR_MIN..=YEAR_MAX).contains(year))
}

/// The number of a quarter, a half year or a four-month period: `ii`, `2`.
pub(super) fn number_of(token: &str) -> Option<i32> {
    const ROMAN: [&str; 4] = ["i", "ii", "iii", "iv"];
    let roman = ROMAN.iter().position(|number| *number == token).and_then(|place| i32::try_from(place + 1).ok());
    roman.or_else(|| token.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_behind_a_month_are_a_year_of_this_century() {
        assert_eq!(short_year(&["25"]), Some(2025));
        assert_eq!(short_year(&["tahun", "25", "puskesmas", "abcde"]), Some(2025));
        for other in [&["25", "2025"][..], &["2025"], &["9"], &["99"], &["puskesmas"], &[]] {
            assert_eq!(short_year(other), None, "{other:?}");
        }
    }

    #[test]
    fn all_days_of_a_month_are_the_month() {
        assert!(is_whole_month(&["tanggal", "1", "s", "d", "31"]) && is_whole_month(&["1", "30"]));
        assert!(
            !is_whole_month(&["2", "s", "d", "31"])
                && !is_whole_month(&["31"])
                && !is_whole_month(&["1", "s", "d", "5"])
        );
    }
}
