//! Approvals in sentences: for pages, papers and the command line.

use super::record::PeriodRecord;
use crate::clock::Clock;
use crate::domain::approval::{ApprovalStep, PeriodState};
use crate::domain::{Period, format};
use crate::store::StoredStep;

/// `12 Mei 2023 oleh dr. Ani (Kepala Puskesmas)`: when a step was taken, and by whom.
pub fn step_words(step: &StoredStep, clock: &Clock) -> String {
    format!("{} oleh {} ({})", format::date(clock.local(step.at).date()), step.name, step.capacity)
}

/// Says what became of a period, as pages and papers say it below their title; blank where nobody took a step. `shown` is the
/// period that is shown, which may lie within the one that was approved.
pub fn standing_words(record: &PeriodRecord, shown: Period, clock: &Clock) -> String {
    let Some(last) = record.last() else { return String::new() };
    let taken = |step: &StoredStep| step_words(step, clock);
    let words = match record.state {
        PeriodState::Submitted => format!("Diajukan {}, menunggu persetujuan Kepala Puskesmas", taken(last)),
        PeriodState::Open => {
            let reason = if last.reason.is_empty() { String::new() } else { format!(": {}", last.reason) };
            format!("{} {}{reason}", last.step.done(), taken(last))
        }
        PeriodState::Approved | PeriodState::Verified => {
            let approved = record.approval().map(|step| format!("Disetujui {}", taken(step))).unwrap_or_default();
            let verified = record.verification().map(|step| format!("; diverifikasi {}", taken(step)));
            format!("{approved}{}", verified.unwrap_or_default())
        }
    };
    if record.period == shown {
        words
    } else {
        format!("Bagian dari {}: {}", format::period(record.period), lower(&words))
    }
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

impl PeriodRecord {
    /// The step that says why the period is where it is: the one that sent it back or opened it again.
    pub fn reason_step(&self) -> Option<&StoredStep> {
        let last = self.last()?;
        let is_back = matches!(last.step, ApprovalStep::SendBack | ApprovalStep::Return | ApprovalStep::Unlock);
        is_back.then_some(last)
    }
}
