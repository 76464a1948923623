//! Approval of periods: the states of a period, the steps between them, who may take each, and which approval a period
//! lies under. Plain rules; knows no database and no page.

use super::Period;
use super::access::{Right, Role};

/// Letters of a reason, or of the name of the one who decides, at most.
pub const REASON_CHARS_MAX: usize = 1_000;
/// Letters of the name of the one who decides at most.
pub const DECIDER_CHARS_MAX: usize = 120;

/// State of a period of a Puskesmas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodState {
    /// Nobody handed it in, or it came back: its figures follow the data.
    #[default]
    Open,
    /// The coordinator handed it in; its figures follow the data still.
    Submitted,
    /// The head approved it: its snapshot is what is shown, printed and sent.
    Approved,
    /// The district verified it; its snapshot stays.
    Verified,
}

impl PeriodState {
    /// Its word, as pages and papers write it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Terbuka",
            Self::Submitted => "Diajukan",
            Self::Approved => "Disetujui",
            Self::Verified => "Diverifikasi",
        }
    }

    /// Its word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Verified => "verified",
        }
    }

    /// Reports whether the figures are those of a snapshot, whatever is imported.
    pub fn is_locked(self) -> bool {
        matches!(self, Self::Approved | Self::Verified)
    }

    /// The state after a step; `None` where the step cannot be taken here.
    pub fn after(self, step: ApprovalStep) -> Option<Self> {
        match (self, step) {
            (Self::Open, ApprovalStep::Submit) => Some(Self::Submitted),
            (Self::Submitted, ApprovalStep::SendBack)
            | (Self::Approved | Self::Verified, ApprovalStep::Return | ApprovalStep::Unlock) => Some(Self::Open),
            (Self::Approved, ApprovalStep::Verify) => Some(Self::Verified),
            (Self::Submitted, ApprovalStep::Approve) | (Self::Approved | Self::Verified, ApprovalStep::TakeOver) => {
                Some(Self::Approved)
            }
            (Self::Approved | Self::Verified, ApprovalStep::Leave) => Some(self),
            _ => None,
        }
    }

    /// Steps that can be taken from here, in the order in which a page offers them.
    pub fn steps(self) -> impl Iterator<Item = ApprovalStep> {
        ApprovalStep::ALL.into_iter().filter(move |step| self.after(*step).is_some())
    }

    /// A sentence that says which step comes next and whose it is.
    pub fn next_words(self) -> &'static str {
        match self {
            Self::Open => "Koordinator mengajukannya bila datanya lengkap.",
            Self::Submitted => "Kepala Puskesmas menyetujuinya, atau mengembalikannya dengan alasan.",
            Self::Approved => "Tim TPCB atau dinas memverifikasinya, atau mengembalikannya dengan alasan.",
            Self::Verified => "Selesai. Kepala Puskesmas dapat membukanya lagi dengan alasan.",
        }
    }
}

/// Step that somebody takes with a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApprovalStep {
    /// The coordinator hands the period in.
    Submit,
    /// The head approves it.
    Approve,
    /// The head sends it back to the coordinator, with a reason.
    SendBack,
    /// The district's team verifies it.
    Verify,
    /// The district's team returns it for correction, with a reason.
    Return,
    /// The head opens it again, with a reason.
    Unlock,
    /// The head approves the figures of now in the place of the approved ones.
    TakeOver,
    /// The head saw what waits and leaves the approved figures as they are.
    Leave,
}

impl ApprovalStep {
    /// All, in the order in which a page offers them.
    pub const ALL: [Self; 8] = [
        Self::Submit,
        Self::Approve,
        Self::SendBack,
        Self::Verify,
        Self::Return,
        Self::TakeOver,
        Self::Leave,
        Self::Unlock,
    ];

    /// The word by which it is stored and named on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::SendBack => "send-back",
            Self::Verify => "verify",
            Self::Return => "return",
            Self::Unlock => "unlock",
            Self::TakeOver => "take-over",
            Self::Leave => "leave",
        }
    }

    /// The step of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Words for what was done, before "12 Mei 2023 oleh …".
    pub fn done(self) -> &'static str {
        match self {
            Self::Submit => "Diajukan",
            Self::Approve => "Disetujui",
            Self::SendBack => "Dikembalikan ke koordinator",
            Self::Verify => "Diverifikasi",
            Self::Return => "Dikembalikan untuk perbaikan",
            Self::Unlock => "Dibuka kembali",
            Self::TakeOver => "Disetujui dengan angka baru",
            Self::Leave => "Perubahan tertunda dibiarkan",
        }
    }

    /// Words of the button that takes it.
    pub fn button(self) -> &'static str {
        match self {
            Self::Submit => "Ajukan",
            Self::Approve => "Setujui",
            Self::SendBack => "Kembalikan ke koordinator",
            Self::Verify => "Verifikasi",
            Self::Return => "Kembalikan untuk perbaikan",
            Self::Unlock => "Buka kembali",
            Self::TakeOver => "Ambil angka baru",
            Self::Leave => "Biarkan dulu",
        }
    }

    /// Right that it needs.
    pub fn right(self) -> Right {
        match self {
            Self::Submit => Right::Submit,
            Self::Approve | Self::SendBack | Self::Unlock | Self::TakeOver | Self::Leave => Right::Approve,
            Self::Verify | Self::Return => Right::Verify,
        }
    }

    /// Reports whether a reason must be given.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::SendBack | Self::Return | Self::Unlock)
    }

    /// Role in which it is usually taken: what the owner of the machine takes it for.
    pub fn usual_role(self) -> Role {
        match self.right() {
            Right::Submit => Role::Coordinator,
            Right::Verify => Role::ClusterTeam,
            _ => Role::Head,
        }
    }

    /// Reports whether it keeps a snapshot: what is approved, what was handed in for it, and what was left outside.
    pub fn keeps_snapshot(self) -> bool {
        matches!(self, Self::Submit | Self::Approve | Self::TakeOver | Self::Leave)
    }
}

/// Reports whether an approval of `approved` holds for `period` too: for itself and for what lies within it. So the
/// approval of a four-month period is one of its months; a year is approved by itself alone, and a quarter that belongs
/// to two four-month periods by neither.
pub fn covers(approved: Period, period: Period) -> bool {
    approved.contains(period.first_month()) && approved.contains(period.last_month())
}

/// The narrowest of some approved periods that holds for `period`: its own before the one that it lies within.
pub fn covering(approved: impl Iterator<Item = Period>, period: Period) -> Option<Period> {
    approved.filter(|known| covers(*known, period)).min_by_key(|known| (known.kind().length_months(), *known))
}

#[cfg(test)]
mod tests {
    use super::ApprovalStep::{Approve, Leave, Return, SendBack, Submit, TakeOver, Unlock, Verify};
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn the_way_of_a_period() {
        let walk = |steps: &[ApprovalStep]| {
            steps.iter().try_fold(PeriodState::default(), |state, step| state.after(*step)).map(PeriodState::code)
        };
        assert_eq!(walk(&[Submit, Approve, Verify]), Some("verified"));
        assert_eq!(walk(&[Submit, SendBack]), Some("open"));
        assert_eq!(walk(&[Submit, Approve, Return, Submit]), Some("submitted"));
        assert_eq!(walk(&[Submit, Approve, Verify, Unlock]), Some("open"));
        assert_eq!(walk(&[Submit, Approve, Verify, TakeOver]), Some("approved"), "other figures are not verified");
        assert_eq!(walk(&[Submit, Approve, Verify, Leave]), Some("verified"));
        for wrong in [&[Approve][..], &[Verify], &[Submit, Verify], &[Submit, Submit], &[Unlock], &[Submit, Unlock]] {
            assert_eq!(walk(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn codes_lead_back() {
        for step in ApprovalStep::ALL {
            assert_eq!(ApprovalStep::from_code(step.code()), Some(step));
        }
    }

    #[test]
    fn an_approval_holds_for_what_lies_within() {
        let known = [period("2023-C2"), period("2023")];
        let of = |text: &str| covering(known.into_iter(), period(text)).map(|found| found.to_string());
        assert_eq!(of("2023-C2").as_deref(), Some("2023-C2"));
        assert_eq!(of("2023-06").as_deref(), Some("2023-C2"));
        assert_eq!(of("2023-Q2").as_deref(), Some("2023"), "April lies outside of C2");
        assert_eq!(of("2023").as_deref(), Some("2023"));
        assert_eq!(of("2022-C3"), None);
        assert_eq!(covering([period("2023-C2")].into_iter(), period("2023")), None);
    }
}
