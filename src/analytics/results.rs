//! Results of an evaluation: plain numbers with what they rest on. Knows nothing of frames or pages.

use std::sync::Arc;

use crate::domain::schedule::SlotOutcome;
use crate::domain::{Aggregation, CoachingIndicator, Date, Direction, Period, Ratio, Status, Value, VisitDate};

/// Number of months of a figure's table that were received, out of those it rests on (ended or begun by the as-of
/// date).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MonthsReceived {
    /// Number of months received.
    pub received: u32,
    /// Number of months that the figure rests on.
    pub of: u32,
}

/// One coaching indicator of a facility or a total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndicatorResult {
    /// Counts behind the figure; `None` for IND, which is a mean of performances.
    pub ratio: Option<Ratio>,
    /// The figure in percent.
    pub value: Value,
    /// Target in force, in percent.
    pub target: f64,
    /// Weight in force, among those of the nine indicators.
    pub weight: f64,
    /// Performance against the target, 0–100; `None` where the indicator does not apply.
    pub performance: Option<f64>,
    /// Months of its table behind it.
    pub months: MonthsReceived,
}

/// One service indicator of a facility or a total: there only where a month was reported.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceResult {
    /// Index in [`crate::domain::Facts::services`].
    pub service: u32,
    /// Code, shared between the facilities.
    pub code: Arc<str>,
    /// Numerator and denominator, pooled by the aggregation.
    pub ratio: Ratio,
    /// The figure in percent; [`Value::CannotCompute`] for 0 of 0.
    pub value: Value,
    /// Target due by the as-of date (a twelfth a month where cumulative).
    pub target: f64,
    /// Weight within IND, relative to the others of the list.
    pub weight: f64,
    /// Direction in which the figure is better.
    pub direction: Direction,
    /// Way in which months became one figure.
    pub aggregation: Aggregation,
    /// Performance against the target, 0–100; `None` for 0 of 0.
    pub performance: Option<f64>,
    /// Months that the facility reported, out of those begun in the period (since January where cumulative);
    /// for a total summed over its facilities.
    pub months: MonthsReceived,
}

/// Indicators, service indicators, score and status of a facility or a total.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultBlock {
    /// Weighted mean of the applicable performances, unrounded.
    pub score: Option<f64>,
    /// Status of that score.
    pub status: Status,
    /// Results by [`CoachingIndicator::index`].
    pub indicators: [IndicatorResult; CoachingIndicator::COUNT],
    /// Results in the order of the list of indicators.
    pub service: Vec<ServiceResult>,
}

impl ResultBlock {
    /// Number of the nine indicators that the score rests on.
    pub fn basis(&self) -> u32 {
        let counted = self.indicators.iter().filter(|result| result.performance.is_some() && result.weight > 0.0);
        u32::try_from(counted.count()).unwrap_or(u32::MAX)
    }

    /// Result of one coaching indicator.
    pub fn indicator(&self, indicator: CoachingIndicator) -> &IndicatorResult {
        &self.indicators[indicator.index()]
    }
}

/// Evaluation of one facility.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilityResult {
    /// Index in [`crate::domain::Facts::facilities`].
    pub facility: u32,
    /// Indicators, score and status.
    pub block: ResultBlock,
    /// All slots of the period's year, by planned month.
    pub slots: Vec<SlotOutcome>,
    /// The period's visits up to the as-of date that serve no slot, by date.
    pub unscheduled: Vec<VisitDate>,
}

/// Completeness of the data behind an evaluation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Number of facilities listed.
    pub facilities: u32,
    /// Number of these with at least one fact of the period (a visit, a report, attendance, an achievement).
    pub facilities_with_data: u32,
    /// Months of the period begun by the as-of date for which any monthly table was received.
    pub months: MonthsReceived,
}

/// Evaluation of one Puskesmas.
#[derive(Clone, Debug, PartialEq)]
pub struct PuskesmasResult {
    /// Index in [`crate::domain::Facts::puskesmas`].
    pub puskesmas: u32,
    /// Facilities active in some month of the year, ordered by name.
    pub facilities: Vec<FacilityResult>,
    /// Pooled over all of them.
    pub total: ResultBlock,
    /// Completeness of its data.
    pub completeness: Completeness,
}

/// An evaluation of one or many Puskesmas.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Period that was evaluated.
    pub period: Period,
    /// Day of evaluation, never later than the period's last.
    pub as_of: Date,
    /// Results by Puskesmas, in the order of the facts.
    pub puskesmas: Vec<PuskesmasResult>,
}

impl PuskesmasResult {
    /// The result of the facility with this index in the facts, if it is listed.
    pub fn facility(&self, facility: u32) -> Option<&FacilityResult> {
        let place = self.facilities.binary_search_by_key(&facility, |result| result.facility).ok()?;
        self.facilities.get(place)
    }
}

impl Evaluation {
    /// Bytes that it takes in memory, about.
    pub fn bytes(&self) -> usize {
        let of_block = |block: &ResultBlock| block.service.len() * size_of::<ServiceResult>();
        let of_facility = |result: &FacilityResult| {
            size_of::<FacilityResult>()
                + of_block(&result.block)
                + result.slots.len() * size_of::<SlotOutcome>()
                + result.unscheduled.len() * size_of::<VisitDate>()
        };
        let of_puskesmas = |result: &PuskesmasResult| {
            let facilities: usize = result.facilities.iter().map(of_facility).sum();
            size_of::<PuskesmasResult>() + of_block(&result.total) + facilities
        };
        self.puskesmas.iter().map(of_puskesmas).sum()
    }

    /// The result of the Puskesmas with this index in the facts.
    pub fn of_puskesmas(&self, puskesmas: u32) -> Option<&PuskesmasResult> {
        let place = self.puskesmas.binary_search_by_key(&puskesmas, |result| result.puskesmas).ok()?;
        self.puskesmas.get(place)
    }

    /// The result of the facility with this index in the facts, if it is listed.
    pub fn facility(&self, facility: u32) -> Option<&FacilityResult> {
        self.puskesmas.iter().find_map(|result| result.facility(facility))
    }
}
