//! The year's plan: slots, approved changes, and the outcome of each slot.

use super::period::Month;
use super::visit_date::VisitDate;

/// One planned coaching contact: a facility in a month of the year's plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Index in [`crate::domain::Facts::facilities`].
    pub facility: u32,
    /// Month of the plan, before changes.
    pub month: Month,
    /// Person who is to carry it out (*penanggung jawab*), where the plan says so.
    pub person: Option<String>,
}

/// An approved move of a slot to another month of the same year, or its cancellation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleChange {
    /// Index in [`crate::domain::Facts::facilities`].
    pub facility: u32,
    /// The slot's original or current month, as named in the row.
    pub named: Month,
    /// The new month, or `None` for a cancellation.
    pub moved_to: Option<Month>,
    /// Reason, as somebody wrote it (*Ket.*).
    pub reason: Option<String>,
    /// Paper by which it was approved.
    pub approval: ChangeApproval,
}

/// Approval of a change of schedule; `None` where blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeApproval {
    /// Number of the letter.
    pub number: Option<String>,
    /// Person or office that approved it.
    pub approver: Option<String>,
}

impl ChangeApproval {
    /// Takes of each field the value that is not blank, first its own.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let number = self.number.or_else(|| other.number.clone());
        Self { number, approver: self.approver.or_else(|| other.approver.clone()) }
    }

    /// `No. 12/KAK, disetujui Kepala Puskesmas`; blank where nothing is known.
    pub fn words(&self) -> String {
        let number = self.number.as_ref().map(|number| format!("No. {number}"));
        let approver = self.approver.as_ref().map(|approver| format!("disetujui {approver}"));
        [number, approver].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Outcome of a slot by the as-of date (`domain.md`, *Slots and visits*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlotState {
    /// Visited in its original, unchanged month.
    OnSchedule,
    /// Changed, visited in the new month.
    Rescheduled,
    /// Visited after its effective month.
    Late,
    /// Visited before its effective month.
    Early,
    /// No visit, month ended, and that month's recap was received.
    Missed,
    /// No visit, month ended, no recap of that month: nobody knows.
    Unreported,
    /// Its month has not ended.
    NotDue,
    /// Taken out of the plan.
    Cancelled,
}

impl SlotState {
    /// Every state, in the order of declaration.
    pub const ALL: [Self; 8] = [
        Self::OnSchedule,
        Self::Rescheduled,
        Self::Late,
        Self::Early,
        Self::Missed,
        Self::Unreported,
        Self::NotDue,
        Self::Cancelled,
    ];

    /// The code of the command-line contract.
    pub fn code(self) -> &'static str {
        match self {
            Self::OnSchedule => "on_schedule",
            Self::Rescheduled => "rescheduled",
            Self::Late => "late",
            Self::Early => "early",
            Self::Missed => "missed",
            Self::Unreported => "unreported",
            Self::NotDue => "not_due",
            Self::Cancelled => "cancelled",
        }
    }

    /// The words on pages and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::OnSchedule => "Sesuai jadwal",
            Self::Rescheduled => "Sesuai perubahan jadwal",
            Self::Late => "Terlambat",
            Self::Early => "Lebih awal",
            Self::Missed => "Tidak terlaksana",
            Self::Unreported => "Belum lapor",
            Self::NotDue => "Belum waktunya",
            Self::Cancelled => "Dibatalkan",
        }
    }
}

/// A slot with its effective month, the visit that serves it, and its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotOutcome {
    /// Month of the plan, before changes.
    pub planned: Month,
    /// Month after changes; `None` where cancelled.
    pub effective: Option<Month>,
    /// Day or month of the visit that serves it; `None` where none does.
    pub visit: Option<VisitDate>,
    /// Outcome by the as-of date.
    pub state: SlotState,
}
