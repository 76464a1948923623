//! Steps of the approval of periods, and what was shown when they were taken: rows that are only ever added. Knows
//! nothing of which step may follow which.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, day, instant_text, word};
use super::names::next_id;
use super::version::{bump, version_of};
use super::{BatchId, By, Store, StoreError, kept_moments};
use crate::domain::access::Right;
use crate::domain::approval::ApprovalStep;
use crate::domain::audit::AuditAction;
use crate::domain::{Date, Period, format};

/// Rights of which one is needed to take any step; which one, whoever takes it is asked before.
const STEP_RIGHTS: [Right; 3] = [Right::Submit, Right::Approve, Right::Verify];

/// The act that a step is, in the audit.
fn action_of(step: ApprovalStep) -> AuditAction {
    match step {
        ApprovalStep::Submit => AuditAction::PeriodSubmitted,
        ApprovalStep::Approve => AuditAction::PeriodApproved,
        ApprovalStep::SendBack | ApprovalStep::Return => AuditAction::PeriodReturned,
        ApprovalStep::Verify => AuditAction::PeriodVerified,
        ApprovalStep::Unlock => AuditAction::PeriodUnlocked,
        ApprovalStep::TakeOver => AuditAction::PendingTaken,
        ApprovalStep::Leave => AuditAction::PendingLeft,
    }
}

/// Decrees and evaluation that are kept with a step.
#[derive(Clone, Copy, Debug)]
pub struct NewPin<'a> {
    /// The decrees that hold beside imported ones, as JSON.
    pub decrees: &'a str,
    /// The evaluation as the command line's JSON.
    pub contract: &'a str,
}

/// A step to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewPeriodStep<'a> {
    /// Name of the Puskesmas.
    pub puskesmas: &'a str,
    /// Period that it is about.
    pub period: Period,
    /// Step that is taken.
    pub step: ApprovalStep,
    /// The last step that whoever decides saw; `None` where there was none.
    pub after: Option<i64>,
    /// The version of the Puskesmas' facts that whoever decides saw.
    pub version: u64,
    /// Name of the one who decides.
    pub name: &'a str,
    /// Capacity in which they decide (`Kepala Puskesmas`).
    pub capacity: &'a str,
    /// Reason; may be blank.
    pub reason: &'a str,
    /// The day whose data is decided on.
    pub as_of: Date,
    /// Id of the snapshot that is decided on.
    pub snapshot: &'a str,
    /// Decrees and evaluation to keep with it; `None`: the step fixes nothing.
    pub pin: Option<NewPin<'a>>,
    /// Account, and moment.
    pub by: By<'a>,
}

/// Outcome of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepOutcome {
    /// It is kept under this number.
    Kept(i64),
    /// Somebody else took a step meanwhile.
    Overtaken,
    /// The facts changed meanwhile.
    FactsChanged,
}

/// A step as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredStep {
    /// Number; later steps have greater ones.
    pub id: i64,
    /// Period that it is about.
    pub period: Period,
    /// Step that was taken.
    pub step: ApprovalStep,
    /// Name of the one who decided.
    pub name: String,
    /// Capacity in which they decided.
    pub capacity: String,
    /// Account under which it was kept.
    pub who: String,
    /// Moment at which it was taken.
    pub at: DateTime<Utc>,
    /// Reason; may be blank.
    pub reason: String,
    /// The day whose data was decided on.
    pub as_of: Date,
    /// Id of the snapshot that was decided on.
    pub snapshot: String,
    /// Last batch that counted; 0: none.
    pub last_batch: BatchId,
    /// Number of what was kept with it.
    pub pin: Option<i64>,
}

/// Decrees and evaluation that were kept with a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodPin {
    /// The decrees that held beside imported ones, as JSON.
    pub decrees: String,
    /// The evaluation as the command line's JSON.
    pub contract: String,
}

impl Store {
    /// Keeps a step, and with it the log as it stands, where nothing happened since its maker looked.
    pub fn add_period_step(&self, new: &NewPeriodStep<'_>) -> Result<StepOutcome, StoreError> {
        self.write(|connection| {
            let owner = connection.changed_puskesmas_id(&STEP_RIGHTS, new.puskesmas)?;
            let owner = owner.ok_or_else(|| StoreError::OutOfReach(new.puskesmas.to_owned()))?;
            let period = new.period.to_string();
            let latest: Option<i64> = connection.query_row(
                "SELECT MAX(id) FROM period_steps WHERE puskesmas_id = $1 AND period = $2",
                (owner, &period),
                |row| row.get(0),
            )?;
            if latest != new.after {
                return Ok(StepOutcome::Overtaken);
            }
            if version_of(connection, owner)? != new.version {
                return Ok(StepOutcome::FactsChanged);
            }
            let pin = new.pin.map(|_| next_id(connection, "period_pins")).transpose()?;
            if let (Some(pin), Some(NewPin { decrees, contract })) = (pin, new.pin) {
                connection.execute(
                    "INSERT INTO period_pins (id, puskesmas_id, decrees, contract) VALUES ($1, $2, $3, $4)",
                    (pin, owner, decrees, contract),
                )?;
                kept_moments::keep(connection, owner, pin)?;
            }
            let last_batch: i64 = connection.query_row(
                "SELECT COALESCE(MAX(id), 0) FROM batches WHERE puskesmas_id = $1 AND undone_at IS NULL",
                [owner],
                |row| row.get(0),
            )?;
            let id = next_id(connection, "period_steps")?;
            connection.execute(
                "INSERT INTO period_steps (id, puskesmas_id, period, step, name, capacity, who, at, reason, as_of, \
                 snapshot, last_batch, pin_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                (
                    id,
                    owner,
                    &period,
                    new.step.code(),
                    new.name,
                    new.capacity,
                    new.by.who,
                    instant_text(new.by.at),
                    new.reason,
                    day(new.as_of),
                    new.snapshot,
                    last_batch,
                    pin,
                ),
            )?;
            let record = format!("{}: {}", format::period(new.period), new.step.code());
            let entry = AuditEntry::new(action_of(new.step), record).about(new.puskesmas);
            let after = AuditFields::none()
                .with("Oleh", format!("{}, {}", new.name, new.capacity))
                .with("Alasan", new.reason)
                .with("Data per", format::date(new.as_of))
                .with("Versi data", new.snapshot);
            audit::append(connection, new.by, &entry.after(after))?;
            bump(connection, owner)?;
            Ok(StepOutcome::Kept(id))
        })
    }

    /// All steps of a Puskesmas, in the order in which they were taken.
    pub fn period_steps(&self, puskesmas: &str) -> Result<Vec<StoredStep>, StoreError> {
        self.read(|connection| {
            let Some(owner) = connection.puskesmas_id(puskesmas)? else { return Ok(Vec::new()) };
            let mut statement = connection.prepare_cached(
                "SELECT id, period, step, name, capacity, who, at, reason, as_of, snapshot, last_batch, pin_id \
                 FROM period_steps WHERE puskesmas_id = $1 ORDER BY id",
            )?;
            let mut rows = statement.query([owner])?;
            let mut steps = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                steps.push(StoredStep {
                    id: columns.get()?,
                    period: word(&columns.get::<String>()?, |text| text.parse().ok())?,
                    step: word(&columns.get::<String>()?, ApprovalStep::from_code)?,
                    name: columns.get()?,
                    capacity: columns.get()?,
                    who: columns.get()?,
                    at: columns.instant()?,
                    reason: columns.get()?,
                    as_of: columns.date()?,
                    snapshot: columns.get()?,
                    last_batch: columns.get()?,
                    pin: columns.get()?,
                });
            }
            Ok(steps)
        })
    }

    /// Returns the decrees and the evaluation that were kept with a step of a Puskesmas.
    pub fn period_pin(&self, puskesmas: &str, pin: i64) -> Result<Option<PeriodPin>, StoreError> {
        self.read(|connection| {
            let Some(owner) = connection.puskesmas_id(puskesmas)? else { return Ok(None) };
            let mut statement = connection
                .prepare_cached("SELECT decrees, contract FROM period_pins WHERE id = $1 AND puskesmas_id = $2")?;
            let found =
                statement.query_row((pin, owner), |row| Ok(PeriodPin { decrees: row.get(0)?, contract: row.get(1)? }));
            Ok(found.optional()?)
        })
    }
}
