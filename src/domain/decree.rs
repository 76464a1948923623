//! The head's decree (SK indikator): targets, weights, thresholds, due day and required evidence.

use super::indicator::CoachingIndicator;
use super::name::puskesmas_key;
use super::value::{PwsStatus, Status, reaches};

/// Target and weight of one coaching indicator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndicatorRule {
    /// Target in percent, of the whole year.
    pub target: f64,
    /// Weight within the score; zero takes the indicator out.
    pub weight: f64,
}

/// Scores from which the statuses begin, unrounded.
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
            Some(score) if reaches(score, self.good_from) => Status::Good,
            Some(score) if reaches(score, self.fair_from) => Status::Fair,
            Some(_) => Status::Poor,
        }
    }
}

/// A piece of evidence that a visit leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// Attendance list (*daftar hadir*).
    AttendanceList,
    /// Minutes (*notulen*).
    Minutes,
    /// Photos (*foto*), one or more.
    Photos,
    /// Daftar tilik terisi (a score).
    Checklist,
}

/// Evidence required of visits of one form (*bentuk kegiatan*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRule {
    /// The form's name key (see [`crate::domain::name::name_key`]).
    pub form: String,
    /// Pieces that every such visit must leave.
    pub required: Vec<Evidence>,
}

/// The decree in force for one Puskesmas and year.
#[derive(Clone, Debug, PartialEq)]
pub struct Decree {
    /// Targets and weights by [`CoachingIndicator::index`].
    pub indicators: [IndicatorRule; CoachingIndicator::COUNT],
    /// Thresholds of the score's status.
    pub thresholds: StatusThresholds,
    /// Day of the following month on which a monthly report is due (1–28).
    pub report_due_day: u32,
    /// Evidence by form; the first that matches holds.
    pub evidence: Vec<EvidenceRule>,
    /// Evidence of every other form, blank ones too.
    pub evidence_otherwise: Vec<Evidence>,
    /// PWS's status for below the target and level, which the sources leave open.
    pub pws_level_below: PwsStatus,
    /// Indicators on which a score must rest so that pages and papers give it a status.
    pub status_basis_min: u32,
}

impl Decree {
    /// The rule of one indicator.
    pub fn rule(&self, indicator: CoachingIndicator) -> IndicatorRule {
        self.indicators[indicator.index()]
    }

    /// Returns the evidence that a visit of the form with this name key needs.
    pub fn required_evidence(&self, form: &str) -> &[Evidence] {
        self.evidence
            .iter()
            .find(|rule| rule.form == form)
            .map_or(self.evidence_otherwise.as_slice(), |rule| rule.required.as_slice())
    }
}

/// Decrees before the rows that workbooks bring: the default one, and what was changed from a year on.
#[derive(Clone, Debug, PartialEq)]
pub struct DecreeBook {
    /// Decree in force where nothing else is said.
    pub default: Decree,
    /// Changes by year; of one year those of all Puskesmas before those of one.
    pub changes: Vec<DecreeChange>,
}

impl DecreeBook {
    /// A book of one decree that nothing changes.
    pub fn from_decree(default: Decree) -> Self {
        Self { default, changes: Vec::new() }
    }

    /// The decree in force for a Puskesmas (name as in the banner) in a year, before rows of imported decrees:
    /// the default, then every change of that year or an earlier one, the later year's last.
    pub fn in_force(&self, puskesmas: &str, year: i32) -> Decree {
        let key = puskesmas_key(puskesmas);
        let mut decree = self.default.clone();
        let holds =
            |change: &&DecreeChange| change.year <= year && change.puskesmas.as_ref().is_none_or(|named| *named == key);
        for change in self.changes.iter().filter(holds) {
            change.apply(&mut decree);
        }
        decree
    }
}

/// Change of the decree by one Puskesmas (or for all) from a year on; `None` leaves what was in force.
#[derive(Clone, Debug, PartialEq)]
pub struct DecreeChange {
    /// Key of the Puskesmas ([`super::name::puskesmas_key`]); `None`: all.
    pub puskesmas: Option<String>,
    /// Year from which it holds.
    pub year: i32,
    /// Targets in percent, by [`CoachingIndicator::index`].
    pub targets: [Option<f64>; CoachingIndicator::COUNT],
    /// Weights within the score, by [`CoachingIndicator::index`].
    pub weights: [Option<f64>; CoachingIndicator::COUNT],
    /// Thresholds of the status.
    pub thresholds: Option<StatusThresholds>,
    /// Due day of the monthly report.
    pub report_due_day: Option<u32>,
    /// Evidence by form, replacing all of the rules before.
    pub evidence: Option<(Vec<EvidenceRule>, Vec<Evidence>)>,
    /// PWS's word for below the target and level.
    pub pws_level_below: Option<PwsStatus>,
    /// Indicators on which a status must rest.
    pub status_basis_min: Option<u32>,
}

impl DecreeChange {
    fn apply(&self, decree: &mut Decree) {
        for (index, IndicatorRule { target, weight }) in decree.indicators.iter_mut().enumerate() {
            *target = self.targets[index].unwrap_or(*target);
            *weight = self.weights[index].unwrap_or(*weight);
        }
        decree.thresholds = self.thresholds.unwrap_or(decree.thresholds);
        decree.report_due_day = self.report_due_day.unwrap_or(decree.report_due_day);
        decree.pws_level_below = self.pws_level_below.unwrap_or(decree.pws_level_below);
        decree.status_basis_min = self.status_basis_min.unwrap_or(decree.status_basis_min);
        if let Some((rules, otherwise)) = &self.evidence {
            decree.evidence.clone_from(rules);
            decree.evidence_otherwise.clone_from(otherwise);
        }
    }
}
