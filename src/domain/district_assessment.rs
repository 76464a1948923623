//! The assessment of a year by one side, put together from the rows that people wrote, and how two of them compare.
//! Knows no page.

use std::collections::BTreeMap;

use super::district_case::CaseSide;
use super::district_parameter::{AssessmentConclusion, DistrictParameter, ParameterPoints};
use super::written::WrittenRecords;

/// Points of each parameter that one side assessed in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearAssessment {
    points: BTreeMap<DistrictParameter, ParameterPoints>,
}

impl YearAssessment {
    /// Gathers the rows of a Puskesmas, a year and a side. Without a written maximum the instrument's holds.
    pub fn new(written: &WrittenRecords, puskesmas: u32, year: i32, side: CaseSide) -> Self {
        let rows = written.district_assessments.iter().filter(|owned| owned.puskesmas == puskesmas);
        let rows = rows.map(|owned| &owned.row);
        let own = rows.filter(|row| row.year == year && CaseSide::from_label(&row.side) == Some(side));
        let points = own.filter_map(|row| {
            let parameter = DistrictParameter::from_label(&row.parameter)?;
            let maximum = row.maximum.unwrap_or(parameter.maximum());
            Some((parameter, ParameterPoints { points: row.points?, maximum }))
        });
        Self { points: points.collect() }
    }

    /// The points of a parameter; none where it was not assessed.
    pub fn points(&self, parameter: DistrictParameter) -> Option<ParameterPoints> {
        self.points.get(&parameter).copied()
    }

    /// Percent of a parameter; none where it was not assessed, or has more points than it can have.
    pub fn percent(&self, parameter: DistrictParameter) -> Option<f64> {
        self.points(parameter).and_then(ParameterPoints::percent)
    }

    /// Reports whether no parameter was assessed.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Concludes from its points.
    pub fn conclusion(&self) -> AssessmentConclusion {
        AssessmentConclusion::new(|parameter| self.points(parameter))
    }

    /// Percentage points by which a parameter lies above (below: negative) that of another assessment; none where one of
    /// the two is not known.
    pub fn difference(&self, other: &Self, parameter: DistrictParameter) -> Option<f64> {
        Some(self.percent(parameter)? - other.percent(parameter)?)
    }

    /// Parameters that have points which can be.
    pub fn assessed(&self) -> usize {
        self.points.values().filter(|points| points.is_possible()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::written::{DistrictAssessment, Owned};

    fn row(side: &str, parameter: &str, points: Option<u32>, maximum: Option<u32>) -> Owned<DistrictAssessment> {
        Owned::first(DistrictAssessment {
            year: 2026,
            side: side.to_owned(),
            parameter: parameter.to_owned(),
            points,
            maximum,
            note: None,
        })
    }

    #[test]
    fn each_side_has_its_own_points_and_a_blank_is_no_zero() {
        let written = WrittenRecords {
            district_assessments: vec![
                row("Puskesmas", "Mutu", Some(50), None),
                row("TPCB", "Mutu", Some(40), None),
                row("TPCB", "PPI", None, None),
                row("TPCB", "SKDR", Some(0), Some(40)),
            ],
            ..WrittenRecords::default()
        };
        let of = |side, year| YearAssessment::new(&written, 0, year, side);
        let own = of(CaseSide::Puskesmas, 2026);
        let team = of(CaseSide::Team, 2026);
        assert_eq!(team.difference(&own, DistrictParameter::Quality), Some(-20.0));
        assert_eq!(team.difference(&own, DistrictParameter::EarlyWarning), None, "the Puskesmas said nothing of it");
        assert_eq!(team.percent(DistrictParameter::EarlyWarning), Some(0.0));
        assert_eq!((team.percent(DistrictParameter::InfectionControl), team.assessed()), (None, 2));
        assert!(of(CaseSide::Team, 2025).is_empty());
        assert!(matches!(team.conclusion(), AssessmentConclusion::Unknown(missing) if missing.len() == 6));
    }
}
