//! The default decree (SK indikator) and what a Puskesmas changed in its data folder.
//! Rows of imported decrees come after it and are not known here.

use crate::domain::decree::{Evidence, EvidenceRule};
use crate::domain::name::puskesmas_key;
use crate::domain::{CoachingIndicator, Decree, IndicatorRule, StatusThresholds};

/// The default decree, its legal basis, and overrides.
#[derive(Clone, Debug, PartialEq)]
pub struct DecreeDefinition {
    /// In force where nothing else is said.
    pub default: Decree,
    /// Legal basis of the whole.
    pub basis: String,
    /// Legal basis by [`CoachingIndicator::index`].
    pub indicator_basis: [String; CoachingIndicator::COUNT],
    /// By year; of one year those of all Puskesmas before those of one.
    pub overrides: Vec<DecreeOverride>,
}

/// What one Puskesmas (or all) changed from a year on; `None` leaves what was in force.
#[derive(Clone, Debug, PartialEq)]
pub struct DecreeOverride {
    /// Key of the Puskesmas ([`puskesmas_key`]); `None`: all.
    pub puskesmas: Option<String>,
    /// Year from which it holds.
    pub year: i32,
    /// Targets in percent, by [`CoachingIndicator::index`].
    pub targets: [Option<f64>; CoachingIndicator::COUNT],
    /// Weights, by [`CoachingIndicator::index`].
    pub weights: [Option<f64>; CoachingIndicator::COUNT],
    /// Thresholds of the status.
    pub thresholds: Option<StatusThresholds>,
    /// Due day of the monthly report.
    pub report_due_day: Option<u32>,
    /// Evidence by form, replacing all of the rules before.
    pub evidence: Option<(Vec<EvidenceRule>, Vec<Evidence>)>,
}

impl DecreeDefinition {
    /// The decree in force for a Puskesmas (name as in the banner) in a year, before rows of imported decrees:
    /// the default, then every override of that year or an earlier one, the later year's last.
    pub fn in_force(&self, puskesmas: &str, year: i32) -> Decree {
        let key = puskesmas_key(puskesmas);
        let mut decree = self.default.clone();
        let holds = |change: &&DecreeOverride| {
            change.year <= year && change.puskesmas.as_ref().is_none_or(|named| *named == key)
        };
        for change in self.overrides.iter().filter(holds) {
            change.apply(&mut decree);
        }
        decree
    }
}

impl DecreeOverride {
    fn apply(&self, decree: &mut Decree) {
        for (index, IndicatorRule { target, weight }) in decree.indicators.iter_mut().enumerate() {
            *target = self.targets[index].unwrap_or(*target);
            *weight = self.weights[index].unwrap_or(*weight);
        }
        decree.thresholds = self.thresholds.unwrap_or(decree.thresholds);
        decree.report_due_day = self.report_due_day.unwrap_or(decree.report_due_day);
        if let Some((rules, otherwise)) = &self.evidence {
            decree.evidence.clone_from(rules);
            decree.evidence_otherwise.clone_from(otherwise);
        }
    }
}
