//! Where a figure comes from: the facts behind its numerator and denominator, those that do not count included.
//! Walks the facts themselves, without frames, so that it also checks what the frames computed.

use crate::domain::{CoachingIndicator, Date, FactRef, Period, Ratio};

use super::Evaluator;

/// Which figure of a facility is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// A coaching indicator; IND explains itself by its service indicators.
    Coaching(CoachingIndicator),
    /// A service indicator, by index in [`crate::domain::Facts::services`].
    Service(u32),
}

/// What one fact adds to a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// The fact; it leads back to its cells. For IND the place of a service indicator's own explanation.
    pub fact: FactRef,
    /// Month or date of the fact, as Indonesian readers write it.
    pub when: String,
    /// Added to the numerator.
    pub numerator: f64,
    /// Added to the denominator.
    pub denominator: f64,
    /// State of a slot, why it does not count … in Indonesian.
    pub note: String,
}

/// A figure and the facts that make it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The sums of the items; the same as in the result.
    pub ratio: Ratio,
    /// In the order of time.
    pub items: Vec<Contribution>,
    /// For IND: the service indicators behind it, each to be explained by its own figure.
    pub services: Vec<u32>,
}

/// Explains one figure of one facility.
pub fn explain(evaluator: &Evaluator, period: Period, as_of: Date, facility: u32, figure: Figure) -> Explanation {
    todo!()
}
