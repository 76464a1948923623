//! Where a figure comes from: the facts behind its numerator and denominator, those that do not count included.
//! Walks the facts themselves, without frames, so that it also checks what the frames computed.

mod coaching;
mod service;

use crate::domain::facts::FactKey;
use crate::domain::{CoachingIndicator, Date, FactRef, Period, Ratio};

use super::Evaluator;
use super::window::Window;

/// Figure of a facility that is to be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExplainedFigure {
    /// A coaching indicator; IND explains itself by its service indicators.
    Coaching(CoachingIndicator),
    /// A service indicator, by index in [`crate::domain::Facts::services`].
    Service(u32),
}

/// Part of a figure that one fact adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// The fact; it leads back to its cells.
    pub fact: FactRef,
    /// Facts that decide over it: the visit that serves a slot.
    pub related: Vec<FactRef>,
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
    /// Parts of the figure in the order of time.
    pub items: Vec<Contribution>,
    /// Service indicators behind IND, each to be explained by its own figure; empty for every other figure.
    pub services: Vec<u32>,
}

/// Explains one figure of one facility; `as_of` is cut to the period's last day. Where nothing is applicable, or the
/// facility is unknown, there are no items.
pub fn explain(
    evaluator: &Evaluator,
    period: Period,
    as_of: Date,
    facility: u32,
    figure: ExplainedFigure,
) -> Explanation {
    let window = Window::new(period, as_of);
    let subject = FigureSubject { evaluator, window, facility };
    let known = evaluator.facts().facilities.len() > facility as usize && window.has_begun();
    let mut explanation = Explanation { ratio: Ratio::default(), items: Vec::new(), services: Vec::new() };
    match figure {
        _ if !known => {}
        ExplainedFigure::Coaching(CoachingIndicator::Ind) => explanation.services = service::reported(&subject),
        ExplainedFigure::Coaching(indicator) => explanation.items = coaching::items(&subject, indicator),
        ExplainedFigure::Service(service) => explanation.items = service::items(&subject, service),
    }
    for item in &explanation.items {
        let pair = Ratio { numerator: item.numerator, denominator: item.denominator };
        explanation.ratio = explanation.ratio + pair;
    }
    explanation
}

/// Facility and period whose figure is explained.
struct FigureSubject<'a> {
    evaluator: &'a Evaluator,
    window: Window,
    facility: u32,
}

impl FigureSubject<'_> {
    fn fact(&self, key: FactKey) -> FactRef {
        FactRef { facility: self.facility, key }
    }

    fn item(&self, key: FactKey, when: String, ratio: Ratio, note: String) -> Contribution {
        let Ratio { numerator, denominator } = ratio;
        Contribution { fact: self.fact(key), related: Vec::new(), when, numerator, denominator, note }
    }
}

fn one_if(counts: bool) -> f64 {
    if counts { 1.0 } else { 0.0 }
}
