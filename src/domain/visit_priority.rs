//! Urgency of a visit to a facility: four factors, each on a scale of urgency from 0 to 100, and their weighted
//! mean. A factor of which nothing is known is left out of the mean: it is not 0. Knows no table and no page.

/// Overdue follow-ups from which on their urgency is full.
pub const FOLLOW_UPS_FULL: u32 = 4;
/// Months without a visit from which on their urgency is full: a year of the plan.
pub const MONTHS_FULL: u32 = 12;
/// Weight of each factor where a definition names none.
pub const WEIGHT_DEFAULT: u32 = 25;

/// Part of a whole: points of a maximum, open slots of those planned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FactorPart {
    /// The part.
    pub part: f64,
    /// The whole, above 0.
    pub whole: f64,
}

impl FactorPart {
    /// The part of a whole; `None` where there is no whole to be a part of.
    pub fn new(part: f64, whole: f64) -> Option<Self> {
        (whole > 0.0).then_some(Self { part, whole })
    }

    /// The part in percent.
    pub fn percent(self) -> f64 {
        self.part / self.whole * 100.0
    }
}

/// Facts of a facility that make a visit to it urgent; `None`: nothing is known of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct VisitFactors {
    /// Score of the last checklist.
    pub checklist: Option<FactorPart>,
    /// Follow-ups past their due day.
    pub overdue: Option<u32>,
    /// Whole months since that of the last visit.
    pub months: Option<u32>,
    /// Slots of the year that no visit has served, of those planned.
    pub load: Option<FactorPart>,
}

/// Weights of the factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactorWeights {
    /// Weight of the checklist's score.
    pub checklist: u32,
    /// Weight of overdue follow-ups.
    pub overdue: u32,
    /// Weight of months without a visit.
    pub months: u32,
    /// Weight of open slots.
    pub load: u32,
}

impl Default for FactorWeights {
    fn default() -> Self {
        Self { checklist: WEIGHT_DEFAULT, overdue: WEIGHT_DEFAULT, months: WEIGHT_DEFAULT, load: WEIGHT_DEFAULT }
    }
}

impl FactorWeights {
    /// Reports whether no factor counts.
    pub fn is_empty(self) -> bool {
        let Self { checklist, overdue, months, load } = self;
        [checklist, overdue, months, load] == [0; 4]
    }
}

impl VisitFactors {
    /// Urgency from 0 to 100: the weighted mean over the factors that are known; `None` where none is.
    pub fn urgency(&self, weights: FactorWeights) -> Option<f64> {
        let factors = [
            (weights.checklist, self.checklist.map(|score| 100.0 - score.percent())),
            (weights.overdue, self.overdue.map(|count| share_of_full(count, FOLLOW_UPS_FULL))),
            (weights.months, self.months.map(|count| share_of_full(count, MONTHS_FULL))),
            (weights.load, self.load.map(FactorPart::percent)),
        ];
        let mut sum = 0.0;
        let mut weight_sum = 0.0;
        for (weight, factor) in factors {
            let Some(urgency) = factor else { continue };
            sum += f64::from(weight) * urgency.clamp(0.0, 100.0);
            weight_sum += f64::from(weight);
        }
        (weight_sum > 0.0).then(|| sum / weight_sum)
    }
}

/// A count in percent of the count that is full, at most 100.
fn share_of_full(count: u32, full: u32) -> f64 {
    f64::from(count.min(full)) / f64::from(full) * 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_mean_is_over_the_factors_that_are_known() {
        let all = VisitFactors {
            checklist: FactorPart::new(15.0, 20.0),
            overdue: Some(1),
            months: Some(3),
            load: FactorPart::new(1.0, 2.0),
        };
        // 25, 25, 25 and 50.
        assert_eq!(all.urgency(FactorWeights::default()), Some(31.25));
        let without = VisitFactors { load: None, ..all };
        assert_eq!(without.urgency(FactorWeights::default()), Some(25.0));
        let unequal = FactorWeights { load: 75, ..FactorWeights::default() };
        assert_eq!(all.urgency(unequal), Some(37.5));
        assert_eq!(VisitFactors::default().urgency(FactorWeights::default()), None);
        // A known 0 is none of what is missing.
        let visited = VisitFactors { months: Some(0), ..VisitFactors::default() };
        assert_eq!(visited.urgency(FactorWeights::default()), Some(0.0));
        let ignored = FactorWeights { months: 0, ..FactorWeights::default() };
        assert_eq!(visited.urgency(ignored), None);
        assert_eq!(FactorPart::new(0.0, 0.0), None);
    }

    #[test]
    fn a_factor_is_full_at_its_bound_and_stays_so() {
        let of = |overdue, months| VisitFactors { overdue, months, ..VisitFactors::default() };
        let urgency = |factors: VisitFactors| factors.urgency(FactorWeights::default());
        assert_eq!(urgency(of(Some(FOLLOW_UPS_FULL - 1), None)), Some(75.0));
        assert_eq!(urgency(of(Some(FOLLOW_UPS_FULL), None)), Some(100.0));
        assert_eq!(urgency(of(Some(u32::MAX), None)), Some(100.0));
        assert_eq!(urgency(of(None, Some(MONTHS_FULL / 2))), Some(50.0));
        assert_eq!(urgency(of(None, Some(MONTHS_FULL + 1))), Some(100.0));
    }

    proptest! {
        #[test]
        fn more_of_a_factor_is_never_less_urgent(overdue in 0_u32..9, months in 0_u32..30, points in 0_u32..=20) {
            let at = |overdue, months, points: u32| VisitFactors {
                checklist: FactorPart::new(f64::from(points), 20.0),
                overdue: Some(overdue),
                months: Some(months),
                load: None,
            };
            let urgency = |factors: VisitFactors| factors.urgency(FactorWeights::default()).unwrap();
            let base = urgency(at(overdue, months, points));
            prop_assert!((0.0..=100.0).contains(&base));
            prop_assert!(urgency(at(overdue + 1, months, points)) >= base);
            prop_assert!(urgency(at(overdue, months + 1, points)) >= base);
            prop_assert!(points == 20 || urgency(at(overdue, months, points + 1)) < base);
        }
    }
}
