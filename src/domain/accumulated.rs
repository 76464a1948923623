//! Counts since January: the month's own count is the difference to the month before, where that is known. Pure, over
//! resolved facts, so that neither the order of files nor a correction of a former month leaves anything behind.

use std::ops::Range;

use super::Month;
use super::facts::Achievements;

/// Gives every month that holds a count since January and none of its own the difference to the month before. What it
/// is taken from is the count since January of that month, else the sum of the months' own counts where all of them are
/// known. Where it is not known, or the count fell, the month stays without a count: nobody reported it.
pub fn derive_months(held: &mut Achievements) {
    let rows: Vec<usize> = held.accumulated.keys().copied().collect();
    let mut done = 0;
    for row in rows {
        if row >= done {
            let series = series_around(held, row);
            done = series.end;
            derive_in(held, series);
        }
    }
}

/// The rows of one facility, service and year around one of them.
fn series_around(held: &Achievements, row: usize) -> Range<usize> {
    let year = |row: usize| Month::from_number(held.month[row]).year();
    let is_same = |other: &usize| {
        (held.facility[*other], held.service[*other], year(*other))
            == (held.facility[row], held.service[row], year(row))
    };
    let first = (0..row).rev().take_while(is_same).last().unwrap_or(row);
    let last = (row..held.month.len()).take_while(is_same).last().unwrap_or(row);
    first..last + 1
}

fn derive_in(held: &mut Achievements, series: Range<usize>) {
    let mut known = KnownMonths::default();
    for row in series {
        let month = Month::from_number(held.month[row]).month();
        let own = held.numerator[row];
        let accumulated = held.accumulated.get(&row).copied();
        if own.is_none() {
            held.numerator[row] =
                known.before(month).zip(accumulated).and_then(|(before, count)| own_of(before, count));
        }
        known.add(month, own, accumulated);
    }
}

/// A month's own count from those since January; none where they fell.
pub fn own_of(before: f64, count: f64) -> Option<f64> {
    (count >= before).then_some(count - before)
}

/// Counts of a year as far as its months are known. `until` and `own_until` are numbers of months; 0 where none is
/// known.
#[derive(Clone, Copy, Debug, Default)]
pub struct KnownMonths {
    /// Count since January, up to the month `until`.
    count: f64,
    until: u32,
    /// The months' own counts, all of them up to the month `own_until`.
    own: f64,
    own_until: u32,
}

impl KnownMonths {
    /// The count since January up to the month before this one, where it is known.
    pub fn before(&self, month: u32) -> Option<f64> {
        (self.until + 1 == month).then_some(self.count)
    }

    /// Takes in the next month that something is known of: its own count, and the one since January.
    pub fn add(&mut self, month: u32, own: Option<f64>, accumulated: Option<f64>) {
        if let (Some(own), true) = (own, self.own_until + 1 == month) {
            self.own += own;
            self.own_until = month;
        }
        let is_next = self.until + 1 == month;
        let count = match (accumulated, own) {
            (Some(count), _) => count,
            (None, Some(_)) if self.own_until == month => self.own,
            (None, Some(own)) if is_next => self.count + own,
            _ => return,
        };
        (self.count, self.until) = (count, month);
    }
}

/// The numerators since January of an indicator that accumulates, month after month: what the months reported, added
/// up, and the count since January itself where months before it are not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SinceJanuary {
    /// Added up so far.
    pub count: f64,
    /// The month up to which nothing is missing in it; 0: none.
    until: u32,
}

impl SinceJanuary {
    /// With the next month; `None` where that reported nothing.
    #[must_use]
    pub fn with(self, month: u32, numerator: Option<f64>, accumulated: Option<f64>) -> Option<Self> {
        let is_next = self.until + 1 == month;
        match (numerator, accumulated) {
            (Some(numerator), _) if is_next => Some(Self { count: self.count + numerator, until: month }),
            (_, Some(count)) => Some(Self { count, until: month }),
            (Some(numerator), None) => Some(Self { count: self.count + numerator, ..self }),
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Months<'m> = &'m [(u32, Option<f64>, Option<f64>)];

    /// The numerators of one facility's year of (month, own count, count since January).
    fn derived(months: Months<'_>) -> Vec<Option<f64>> {
        let mut held = Achievements::default();
        for (row, (month, own, accumulated)) in months.iter().enumerate() {
            held.facility.push(0);
            held.service.push(0);
            held.month.push(Month::new(2025, *month).unwrap().number());
            held.numerator.push(*own);
            held.denominator.push(Some(88.0));
            held.accumulated.extend(accumulated.map(|count| (row, count)));
        }
        derive_months(&mut held);
        held.numerator
    }

    #[test]
    fn a_month_is_the_difference_to_the_month_before() {
        let of = |counts: &[(u32, f64)]| {
            derived(&counts.iter().map(|(month, count)| (*month, None, Some(*count))).collect::<Vec<_>>())
        };
        assert_eq!(of(&[(1, 7.0), (2, 15.0), (3, 15.0)]), [Some(7.0), Some(8.0), Some(0.0)]);
        // Without January, with a gap, and where the count fell.
        assert_eq!(of(&[(2, 15.0), (3, 22.0), (5, 35.0)]), [None, Some(7.0), None]);
        assert_eq!(of(&[(1, 15.0), (2, 14.0), (3, 21.0)]), [Some(15.0), None, Some(7.0)]);
    }

    #[test]
    fn months_own_counts_serve_where_all_are_known() {
        let own = |month, count| (month, Some(count), None);
        let since = |month, count| (month, None, Some(count));
        assert_eq!(derived(&[own(1, 5.0), own(2, 6.0), since(3, 20.0)])[2], Some(9.0));
        assert_eq!(derived(&[own(2, 6.0), since(3, 20.0)])[1], None);
        assert_eq!(derived(&[own(1, 5.0), (2, None, None), since(3, 20.0)])[2], None);
        assert_eq!(derived(&[since(1, 5.0), own(2, 6.0), since(3, 20.0)])[2], Some(9.0));
        // The month's own count stays; the count since January is what the next month is taken from.
        assert_eq!(derived(&[(1, Some(5.0), Some(7.0)), since(2, 15.0)]), [Some(5.0), Some(8.0)]);
        // Where February lacks one, all own counts.
        assert_eq!(derived(&[(1, Some(5.0), Some(7.0)), own(2, 6.0), since(3, 20.0)])[2], Some(9.0));
    }

    #[test]
    fn another_year_service_or_facility_is_another_series() {
        let mut held = Achievements::default();
        let months = [(0, 0, (2024, 12)), (0, 0, (2025, 1)), (0, 1, (2025, 2)), (1, 1, (2025, 3))];
        for (row, (facility, service, (year, month))) in months.into_iter().enumerate() {
            held.facility.push(facility);
            held.service.push(service);
            held.month.push(Month::new(year, month).unwrap().number());
            held.numerator.push(None);
            held.denominator.push(None);
            held.accumulated.insert(row, 10.0);
        }
        derive_months(&mut held);
        assert_eq!(held.numerator, [None, Some(10.0), None, None]);
    }

    #[test]
    fn numerators_since_january_take_the_count_where_months_are_not_known() {
        let after = |months: Months<'_>| {
            let sum = |held: SinceJanuary, (month, own, count): &(u32, Option<f64>, Option<f64>)| {
                held.with(*month, *own, *count).unwrap_or(held)
            };
            Some(months.iter().fold(SinceJanuary::default(), sum).count)
        };
        assert_eq!(after(&[(5, Some(6.0), Some(29.0))]), Some(29.0));
        assert_eq!(after(&[(5, None, Some(29.0)), (6, Some(4.0), None)]), Some(33.0));
        assert_eq!(after(&[(1, Some(5.0), Some(7.0)), (2, Some(6.0), None)]), Some(11.0), "own counts count");
        assert_eq!(after(&[(2, Some(5.0), None), (4, Some(6.0), None)]), Some(11.0));
    }

    proptest! {
        /// Months that were all reported come back from their counts since January, whichever of them are given so.
        #[test]
        fn what_was_added_up_comes_apart(counts in prop::collection::vec((0_u32..50, any::<bool>()), 1..=12)) {
            let mut sum = 0.0;
            let mut months = Vec::new();
            for (month, (count, is_since_january)) in (1..).zip(&counts) {
                let count = f64::from(*count);
                sum += count;
                months.push(if *is_since_january { (month, None, Some(sum)) } else { (month, Some(count), None) });
            }
            let own: Vec<Option<f64>> = counts.iter().map(|(count, _)| Some(f64::from(*count))).collect();
            prop_assert_eq!(derived(&months), own);
        }
    }
}
