//! Notices that wait until they can be sent to somebody, and evaluations that are kept.

use chrono::{DateTime, Utc};
use rusqlite::types::ToSql;

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, instant, instant_text};
use super::ledger::RunLedger;
use super::ledger_types::Artefact;
use super::{By, StoreError};
use crate::domain::audit::AuditAction;

/// A notice to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// Keeps it from being told twice.
    pub key: String,
    /// Job that it is about.
    pub job: String,
    /// `file` (into `keluar/`), `smtp` or `webhook`.
    pub channel: String,
    /// Subject line of the mail.
    pub subject: String,
    /// Plain text of the mail; of a webhook the JSON.
    pub body: String,
    /// Papers that go with it.
    pub files: Vec<Artefact>,
}

/// A notice in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxNotice {
    /// Id, in the order in which notices were made.
    pub id: i64,
    /// Moment at which it was made.
    pub made: DateTime<Utc>,
    /// Addressee, subject and text.
    pub notice: NewNotice,
    /// Number of tries to send it so far.
    pub tries: u32,
    /// Moment at which it was sent; `None` while it waits.
    pub sent: Option<DateTime<Utc>>,
    /// Reason for which the last try failed; blank where none did.
    pub problem: String,
    /// Answer of the one who took it; blank where nobody answers, as a folder.
    pub receipt: String,
}

/// An evaluation that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEvaluation {
    /// Made from its content.
    pub id: String,
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Code of the period (`2023-C2`).
    pub period: String,
    /// Day of evaluation (`2023-08-31`).
    pub as_of: String,
    /// Moment at which it was made.
    pub made: DateTime<Utc>,
    /// Contract JSON of the evaluation.
    pub contract: String,
}

impl RunLedger<'_> {
    /// Puts a notice into the outbox, unless one of its key is or was there.
    pub fn post(self, notice: &NewNotice, at: DateTime<Utc>) -> Result<bool, StoreError> {
        self.write(|connection| {
            let posted = connection.execute(
                "INSERT INTO outbox (id, key, made, job, channel, subject, body, state, tries, next_try, sent, problem, \
                 receipt) VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM outbox), $1, $2, $3, $4, $5, $6, 'waiting', 0, \
                 $2, NULL, '', '') ON CONFLICT (key) DO NOTHING",
                (&notice.key, instant_text(at), &notice.job, &notice.channel, &notice.subject, &notice.body),
            )?;
            for (place, file) in (0_i64..).zip(&notice.files).take_while(|_| posted == 1) {
                connection.execute(
                    "INSERT INTO outbox_files (notice_id, place, path, size, sha256) \
                     VALUES ((SELECT id FROM outbox WHERE key = $1), $2, $3, $4, $5)",
                    (&notice.key, place, &file.path, i64::try_from(file.size).unwrap_or(i64::MAX), &file.sha256),
                )?;
            }
            Ok(posted == 1)
        })
    }

    /// The files of these that no notice of this job and channel carries yet, sent or waiting.
    pub fn never_posted(self, job: &str, channel: &str, files: Vec<Artefact>) -> Result<Vec<Artefact>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM outbox_files JOIN outbox ON outbox.id = outbox_files.notice_id \
                 WHERE outbox.job = $1 AND outbox.channel = $2 AND outbox_files.path = $3)",
            )?;
            let mut found = Vec::new();
            for file in files {
                let is_posted: bool = statement.query_row((job, channel, &file.path), |row| row.get(0))?;
                if !is_posted {
                    found.push(file);
                }
            }
            Ok(found)
        })
    }

    /// Notices that wait and may be tried at `now` (or later than `patience` from now: a clock was set back).
    pub fn waiting_notices(
        self,
        now: DateTime<Utc>,
        patience: chrono::Duration,
    ) -> Result<Vec<OutboxNotice>, StoreError> {
        self.select_notices(
            "WHERE state = 'waiting' AND (next_try <= $1 OR next_try > $2) ORDER BY id LIMIT 100",
            &[&instant_text(now), &instant_text(now + patience)],
        )
    }

    /// The last `count` notices: those that wait first, then the latest.
    pub fn notices(self, count: u32) -> Result<Vec<OutboxNotice>, StoreError> {
        self.select_notices("ORDER BY state = 'waiting' DESC, id DESC LIMIT $1", &[&count])
    }

    /// Returns the number of notices that wait to be sent.
    pub fn notices_waiting(self) -> Result<u32, StoreError> {
        self.read(|connection| {
            Ok(connection.query_row("SELECT COUNT(*) FROM outbox WHERE state = 'waiting'", [], |row| row.get(0))?)
        })
    }

    /// Marks a notice as told, with the answer of the one who took it.
    pub fn notice_sent(self, id: i64, at: DateTime<Utc>, receipt: &str) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute(
                "UPDATE outbox SET state = 'sent', tries = tries + 1, sent = $1, problem = '', receipt = $2 \
                 WHERE id = $3 AND state = 'waiting'",
                (instant_text(at), receipt, id),
            )?;
            Ok(())
        })
    }

    /// Marks a try as failed; it waits until `next`.
    pub fn notice_failed(self, id: i64, problem: &str, next: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute(
                "UPDATE outbox SET tries = tries + 1, problem = $1, next_try = $2 WHERE id = $3 AND state = 'waiting'",
                (problem, instant_text(next), id),
            )?;
            Ok(())
        })
    }

    /// Keeps an evaluation; `false` where one of this id is kept.
    pub fn keep_evaluation(self, kept: &KeptEvaluation, by: By<'_>) -> Result<bool, StoreError> {
        self.write(|connection| {
            let added = connection.execute(
                "INSERT INTO evaluations (id, puskesmas, period, as_of, made, contract) VALUES ($1, $2, $3, $4, $5, $6) \
                 ON CONFLICT (id) DO NOTHING",
                (&kept.id, &kept.puskesmas, &kept.period, &kept.as_of, instant_text(kept.made), &kept.contract),
            )?;
            if added == 1 {
                let after = AuditFields::none().with("Periode", &kept.period).with("Data per", &kept.as_of);
                let entry = AuditEntry::new(AuditAction::EvaluationKept, format!("evaluasi {}", kept.id));
                audit::append(connection, by, &entry.about(&kept.puskesmas).after(after))?;
            }
            Ok(added == 1)
        })
    }

    /// The evaluation of an id.
    pub fn kept_evaluation(self, id: &str) -> Result<Option<KeptEvaluation>, StoreError> {
        Ok(self.select_evaluations("WHERE id = $1", &[&id])?.pop())
    }

    /// The evaluations kept, the latest first.
    pub fn kept_evaluations(self, count: u32) -> Result<Vec<KeptEvaluation>, StoreError> {
        self.select_evaluations("ORDER BY made DESC, id LIMIT $1", &[&count])
    }

    fn select_evaluations(self, rest: &str, values: &[&dyn ToSql]) -> Result<Vec<KeptEvaluation>, StoreError> {
        self.store.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT id, puskesmas, period, as_of, made, contract FROM evaluations {rest}"
            ))?;
            let mut rows = statement.query(values)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                found.push(KeptEvaluation {
                    id: columns.get()?,
                    puskesmas: columns.get()?,
                    period: columns.get()?,
                    as_of: columns.get()?,
                    made: columns.instant()?,
                    contract: columns.get()?,
                });
            }
            found.retain(|kept| connection.reaches(&kept.puskesmas));
            Ok(found)
        })
    }

    fn select_notices(self, rest: &str, values: &[&dyn ToSql]) -> Result<Vec<OutboxNotice>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT id, made, key, job, channel, subject, body, tries, sent, problem, receipt FROM outbox \
                 {rest}"
            ))?;
            let mut rows = statement.query(values)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                let id = columns.get()?;
                let made = columns.instant()?;
                let notice = NewNotice {
                    key: columns.get()?,
                    job: columns.get()?,
                    channel: columns.get()?,
                    subject: columns.get()?,
                    body: columns.get()?,
                    files: files_of(connection, id)?,
                };
                let tries = columns.count()?;
                let sent = columns.get::<Option<String>>()?.map(|text| instant(&text)).transpose()?;
                found.push(OutboxNotice {
                    id,
                    made,
                    notice,
                    tries,
                    sent,
                    problem: columns.get()?,
                    receipt: columns.get()?,
                });
            }
            Ok(found)
        })
    }
}

fn files_of(connection: &rusqlite::Connection, notice: i64) -> Result<Vec<Artefact>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT path, size, sha256 FROM outbox_files WHERE notice_id = $1 ORDER BY place")?;
    let rows = statement.query_map([notice], |row| {
        let size: i64 = row.get(1)?;
        Ok(Artefact { path: row.get(0)?, size: u64::try_from(size).unwrap_or(0), sha256: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
