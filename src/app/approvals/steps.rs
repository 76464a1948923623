//! Taking a step with a period: who may, when, on which figures, in whose name.

use super::ApprovalService;
use super::frozen::frozen;
use super::record::{PeriodRecord, record_over};
use crate::app::accounts::AccountError;
use crate::app::evaluation_json::EvaluationJson;
use crate::app::{AppError, Snapshot};
use crate::domain::access::{Right, Role};
use crate::domain::approval::{ApprovalStep, DECIDER_CHARS_MAX, PeriodState, REASON_CHARS_MAX};
use crate::domain::{Date, Period, format};
use crate::store::{NewPeriodStep, NewPin, StepOutcome};

/// A step that somebody wants to take.
#[derive(Clone, Copy, Debug)]
pub struct StepDecision<'a> {
    /// Name of the Puskesmas, as [`crate::app::App::resolve_puskesmas`] gives it.
    pub puskesmas: &'a str,
    /// Period that it is about.
    pub period: Period,
    /// Step that is to be taken.
    pub step: ApprovalStep,
    /// Name of the one who decides: asked of the machine's owner, who acts for others; an account decides in its own.
    pub name: &'a str,
    /// Reason; may be blank where the step needs none.
    pub reason: &'a str,
    /// State that whoever decides saw; `None`: that of now.
    pub seen: Option<SeenState<'a>>,
}

/// State of a period that somebody saw before deciding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenState<'a> {
    /// The last step; `None` where there was none.
    pub after: Option<i64>,
    /// Id of the snapshot of the data of that time.
    pub snapshot: &'a str,
}

/// State of a period on which a step can be taken, from the data of now.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The approval so far.
    pub record: PeriodRecord,
    /// The day whose data is decided on: the period's last.
    pub as_of: Date,
    /// Id of the snapshot of now.
    pub snapshot: String,
    /// The evaluation of now as the command line's JSON.
    pub contract: String,
    /// Version of the facts.
    pub version: u64,
    /// Decrees of now, as they would be kept.
    pub decrees: String,
    /// Months of the period of which a recap came.
    pub months_received: u32,
}

/// Reason for which a step is not taken. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// The step does not follow from the state.
    #[error("{} berstatus {}, jadi tidak dapat {}; {}", format::period(*period), state.label().to_lowercase(), verb(*step), next(*state))]
    NotNow {
        /// Period that it is about.
        period: Period,
        /// Its state.
        state: PeriodState,
        /// Step that was wanted.
        step: ApprovalStep,
    },
    /// The period goes on.
    #[error("{} baru berakhir {}; ajukan pada atau setelah hari itu", format::period(*.0), format::date(.0.last_day()))]
    NotEnded(Period),
    /// Nothing of the period came.
    #[error("belum ada rekap {} yang diterima; impor dahulu, lalu ajukan", format::period(*.0))]
    Nothing(Period),
    /// A wider period that holds it is approved.
    #[error("{} sudah termasuk dalam {} yang disetujui; buka dahulu {} bila memang harus diputuskan sendiri",
        format::period(*period), format::period(*within), format::period(*within))]
    Within {
        /// Period that it is about.
        period: Period,
        /// The wider one.
        within: Period,
    },
    /// A reason is missing.
    #[error("tulis alasannya: langkah “{}” tidak dapat tanpa alasan", .0.button())]
    NoReason(ApprovalStep),
    /// A text that is too long.
    #[error("{0} terlalu panjang; paling banyak {1} huruf")]
    TooLong(&'static str, usize),
    /// Nobody said who decides.
    #[error("tulis nama yang memutuskan (di baris perintah: --name \"…\")")]
    NoName,
    /// There is nothing to take over or to leave.
    #[error("tidak ada perubahan tertunda untuk {}", format::period(*.0))]
    NothingWaits(Period),
    /// Somebody else decided meanwhile.
    #[error(
        "orang lain baru saja mengambil langkah dengan periode ini; muat ulang halaman, lihat keadaannya, lalu putuskan lagi"
    )]
    Overtaken,
    /// The data is not what was seen.
    #[error("data berubah sejak halaman ini dibuka; muat ulang, lihat angkanya, lalu putuskan lagi")]
    FactsChanged,
    /// Any other failure of the app.
    #[error(transparent)]
    App(#[from] AppError),
}

fn verb(step: ApprovalStep) -> &'static str {
    match step {
        ApprovalStep::Submit => "diajukan",
        ApprovalStep::Approve => "disetujui",
        ApprovalStep::SendBack | ApprovalStep::Return => "dikembalikan",
        ApprovalStep::Verify => "diverifikasi",
        ApprovalStep::Unlock => "dibuka kembali",
        ApprovalStep::TakeOver => "disetujui dengan angka baru",
        ApprovalStep::Leave => "dibiarkan",
    }
}

fn next(state: PeriodState) -> String {
    let words = state.next_words();
    let mut letters = words.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

impl ApprovalService<'_> {
    /// The state of a period on which a step can be taken. Blocking.
    pub fn proposal(self, puskesmas: &str, period: Period) -> Result<Proposal, AppError> {
        let record = self.record(puskesmas, period)?;
        let snapshot = self.app.snapshot(puskesmas)?;
        let as_of = period.last_day();
        let evaluation = snapshot.evaluate_latest(period, as_of)?;
        let result = Snapshot::result_of(&evaluation).ok_or(AppError::NoData)?;
        Ok(Proposal {
            record,
            as_of,
            snapshot: snapshot.id(period, as_of),
            contract: EvaluationJson::new(snapshot.facts(), &evaluation, result).contract(),
            version: snapshot.version(),
            decrees: frozen(&self.app.definitions().decree.book, puskesmas),
            months_received: result.completeness.months.received,
        })
    }

    /// Takes a step in the name of who asks. Blocking.
    pub fn take(self, decision: &StepDecision<'_>) -> Result<PeriodRecord, DecisionError> {
        let StepDecision { puskesmas, period, step, reason, .. } = *decision;
        self.app.require(step.right(), puskesmas)?;
        let reason = reason.trim();
        if step.needs_reason() && reason.is_empty() {
            return Err(DecisionError::NoReason(step));
        }
        if reason.chars().count() > REASON_CHARS_MAX {
            return Err(DecisionError::TooLong("alasan", REASON_CHARS_MAX));
        }
        let name = self.decider(decision.name)?;
        let proposal = self.proposal(puskesmas, period)?;
        let state = proposal.record.state;
        if state.after(step).is_none() {
            return Err(DecisionError::NotNow { period, state, step });
        }
        self.check(decision, &proposal)?;
        let after = match decision.seen {
            Some(seen) if step.keeps_snapshot() && seen.snapshot != proposal.snapshot => {
                return Err(DecisionError::FactsChanged);
            }
            Some(seen) => seen.after,
            None => proposal.record.last().map(|last| last.id),
        };
        let pin = NewPin { decrees: &proposal.decrees, contract: &proposal.contract };
        let new = NewPeriodStep {
            puskesmas,
            period,
            step,
            after,
            version: proposal.version,
            name: &name,
            capacity: self.capacity(step, puskesmas).label(),
            reason,
            as_of: proposal.as_of,
            snapshot: &proposal.snapshot,
            pin: step.keeps_snapshot().then_some(pin),
            by: self.app.by(),
        };
        match self.app.store.add_period_step(&new).map_err(AppError::from)? {
            StepOutcome::Kept(_) => Ok(self.record(puskesmas, period)?),
            StepOutcome::Overtaken => Err(DecisionError::Overtaken),
            StepOutcome::FactsChanged => Err(DecisionError::FactsChanged),
        }
    }

    /// Refuses what the period itself does not allow.
    fn check(self, decision: &StepDecision<'_>, proposal: &Proposal) -> Result<(), DecisionError> {
        let StepDecision { puskesmas, period, step, .. } = *decision;
        match step {
            ApprovalStep::Submit | ApprovalStep::Approve => {
                if self.app.clock().today() < period.last_day() {
                    return Err(DecisionError::NotEnded(period));
                }
                if proposal.months_received == 0 {
                    return Err(DecisionError::Nothing(period));
                }
                let records = self.records(puskesmas)?;
                let over = record_over(&records, period).map_or(period, |record| record.period);
                if over == period { Ok(()) } else { Err(DecisionError::Within { period, within: over }) }
            }
            ApprovalStep::TakeOver | ApprovalStep::Leave => match self.pending(puskesmas, &proposal.record)? {
                Some(_) => Ok(()),
                None => Err(DecisionError::NothingWaits(period)),
            },
            _ => Ok(()),
        }
    }

    /// Name of the one who decides: of an account its person's full name, where it is known.
    fn decider(self, given: &str) -> Result<String, DecisionError> {
        let access = self.app.access();
        let name = if access.is_owner() { given.trim().to_owned() } else { self.full_name(access.account())? };
        if name.is_empty() {
            return Err(DecisionError::NoName);
        }
        if name.chars().count() > DECIDER_CHARS_MAX {
            return Err(DecisionError::TooLong("nama", DECIDER_CHARS_MAX));
        }
        Ok(name)
    }

    fn full_name(self, account: &str) -> Result<String, AppError> {
        match self.app.accounts().find(account) {
            Ok(found) if !found.full_name.is_empty() => Ok(found.full_name),
            Err(AccountError::App(error)) => Err(error),
            _ => Ok(account.to_owned()),
        }
    }

    /// Capacity in which the one who asks takes a step.
    pub fn capacity(self, step: ApprovalStep, puskesmas: &str) -> Role {
        self.app.access().role_with(step.right(), puskesmas).unwrap_or_else(|| step.usual_role())
    }

    /// Steps that the one who asks may take with a period, in the order of a page.
    pub fn steps_open_to(self, puskesmas: &str, record: &PeriodRecord) -> Vec<ApprovalStep> {
        let may = |right: Right| self.app.access().may(right, puskesmas);
        record.state.steps().filter(|step| may(step.right())).collect()
    }
}
