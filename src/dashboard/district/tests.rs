//! The rules that need no evaluation: medians, and when a recap is due.

use proptest::prelude::*;

use super::standing::recap_due;
use super::{lowest_first, median};
use crate::domain::Period;

#[test]
fn the_median_is_the_middle_and_of_two_middles_their_mean() {
    assert_eq!(median([].into_iter()), None);
    assert_eq!(median([40.0].into_iter()), Some(40.0));
    assert_eq!(median([90.0, 40.0, 60.0].into_iter()), Some(60.0));
    assert_eq!(median([90.0, 40.0, 60.0, 80.0].into_iter()), Some(70.0));
}

proptest! {
    #[test]
    fn half_lie_on_either_side_of_the_median(numbers in prop::collection::vec(0.0..100.0_f64, 1..40)) {
        let middle = median(numbers.iter().copied()).unwrap();
        let below = numbers.iter().filter(|number| **number < middle).count();
        let above = numbers.iter().filter(|number| **number > middle).count();
        prop_assert!(below * 2 <= numbers.len() && above * 2 <= numbers.len());
    }
}

#[test]
fn what_is_missing_comes_before_every_number() {
    let mut scores = [Some(30.0), None, Some(0.0)];
    scores.sort_by(|one, other| lowest_first(*one, *other));
    assert_eq!(scores, [None, Some(0.0), Some(30.0)]);
}

#[test]
fn a_recap_is_due_in_the_month_after() {
    let month = |text: &str| text.parse::<Period>().unwrap().first_month();
    assert_eq!(recap_due(month("2023-07")).to_string(), "2023-08-10");
    assert_eq!(recap_due(month("2023-12")).to_string(), "2024-01-10");
}
