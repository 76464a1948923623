//! The assessment of a year by both sides, beside that of the year before.

use crate::domain::district_assessment::YearAssessment;
use crate::domain::district_case::CaseSide;
use crate::domain::district_parameter::{AssessmentConclusion, DistrictParameter};
use crate::domain::format;
use crate::domain::written::WrittenRecords;

/// The eight parameters of a year.
pub(super) struct AssessmentView {
    /// Conclusion from each side's assessment.
    pub(super) own: String,
    pub(super) team: String,
    pub(super) rows: Vec<ParameterRow>,
}

/// One parameter; blank where it is not known.
pub(super) struct ParameterRow {
    pub(super) parameter: &'static str,
    pub(super) own: String,
    pub(super) team: String,
    pub(super) gap: String,
    pub(super) before: String,
    pub(super) trend: String,
}

impl AssessmentView {
    /// The assessments of a year; none where neither side assessed anything.
    pub(super) fn new(written: &WrittenRecords, year: i32) -> Option<Self> {
        let of = |side, year| YearAssessment::new(written, 0, year, side);
        let own = of(CaseSide::Puskesmas, year);
        let team = of(CaseSide::Team, year);
        let before = of(CaseSide::Team, year - 1);
        let row = |parameter: DistrictParameter| ParameterRow {
            parameter: parameter.label(),
            own: points(&own, parameter),
            team: points(&team, parameter),
            gap: signed(team.difference(&own, parameter)),
            before: points(&before, parameter),
            trend: signed(team.difference(&before, parameter)),
        };
        (!own.is_empty() || !team.is_empty()).then(|| Self {
            own: conclusion(&own),
            team: conclusion(&team),
            rows: DistrictParameter::ALL.map(row).into(),
        })
    }
}

/// `Belum dapat disimpulkan (belum dinilai: Mutu, PPI)`.
fn conclusion(assessment: &YearAssessment) -> String {
    let conclusion = assessment.conclusion();
    let label = conclusion.label();
    match &conclusion {
        AssessmentConclusion::Unknown(missing) => {
            let is_too_high = |one: &&DistrictParameter| assessment.points(**one).is_some();
            let (high, blank): (Vec<_>, Vec<_>) = missing.iter().partition(is_too_high);
            let words = |label: &str, of: Vec<&DistrictParameter>| {
                let names: Vec<&str> = of.into_iter().map(|one| one.label()).collect();
                (!names.is_empty()).then(|| format!("{label}: {}", names.join(", ")))
            };
            let parts = [words("belum dinilai", blank), words("nilai di atas maksimal", high)];
            format!("{label} ({})", parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
        }
        _ => label.to_owned(),
    }
}

/// `250 dari 290 (86,2 %)`; blank where it was not assessed.
fn points(assessment: &YearAssessment, parameter: DistrictParameter) -> String {
    let Some(points) = assessment.points(parameter) else { return String::new() };
    let words = format!("{} dari {}", points.points, points.maximum);
    match points.percent() {
        Some(percent) => format!("{words} ({} %)", format::percent(percent)),
        None => format!("{words} (di atas maksimal)"),
    }
}

fn signed(difference: Option<f64>) -> String {
    let Some(difference) = difference else { return String::new() };
    let sign = if difference > 0.0 { "+" } else { "" };
    format!("{sign}{}", format::percent(difference))
}
