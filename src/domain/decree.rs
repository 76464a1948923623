//! The head's decree (SK indikator): targets, weights, thresholds, due day and required evidence.

use super::indicator::CoachingIndicator;
use super::value::Status;

/// Target and weight of one coaching indicator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndicatorRule {
    /// Target in percent.
    pub target: f64,
    /// Weight within the score; zero takes the indicator out.
    pub weight: f64,
}

/// Where the statuses begin, on the unrounded score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatusThresholds {
    /// Baik from this score on.
    pub good_from: f64,
    /// Cukup from this score on; Kurang below.
    pub fair_from: f64,
}

impl StatusThresholds {
    /// The status of a score; without one there is no data.
    pub fn status(self, score: Option<f64>) -> Status {
        match score {
            None => Status::NoData,
            Some(score) if score >= self.good_from => Status::Good,
            Some(score) if score >= self.fair_from => Status::Fair,
            Some(_) => Status::Poor,
        }
    }
}

/// A piece of evidence that a visit leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// Daftar hadir.
    AttendanceList,
    /// Notulen.
    Minutes,
    /// Foto.
    Photos,
    /// Daftar tilik terisi (a score).
    Checklist,
}

/// Evidence required of visits of one form (*bentuk kegiatan*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRule {
    /// The form's name key (see [`crate::domain::name::name_key`]).
    pub form: String,
    /// What is required.
    pub required: Vec<Evidence>,
}

/// The decree in force for one Puskesmas and year.
#[derive(Clone, Debug, PartialEq)]
pub struct Decree {
    /// By [`CoachingIndicator::index`].
    pub indicators: [IndicatorRule; CoachingIndicator::COUNT],
    /// Thresholds of the score's status.
    pub thresholds: StatusThresholds,
    /// Day of the following month on which a monthly report is due (1–28).
    pub report_due_day: u32,
    /// Evidence by form; the first that matches holds.
    pub evidence: Vec<EvidenceRule>,
    /// Evidence of every other form, blank ones too.
    pub evidence_otherwise: Vec<Evidence>,
}

impl Decree {
    /// The rule of one indicator.
    pub fn rule(&self, indicator: CoachingIndicator) -> IndicatorRule {
        self.indicators[indicator.index()]
    }

    /// What evidence a visit of the form with this name key needs.
    pub fn required_evidence(&self, form: &str) -> &[Evidence] {
        self.evidence
            .iter()
            .find(|rule| rule.form == form)
            .map_or(self.evidence_otherwise.as_slice(), |rule| rule.required.as_slice())
    }
}
