//! The way back from a copy of the database, and the audit through it: what was written down since the copy was made is
//! carried over, so that putting an old state back takes no act away, and the restore itself is a row. Knows nothing of files beside the database.

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OptionalExtension};

use super::audit::{self, AuditEntry, AuditFields};
use super::audit_read::{COLUMNS, chained};
use super::connection::BUSY_TIMEOUT;
use super::copy::{Holdings, end_access, open_copy};
use super::{By, Store, StoreError};
use crate::domain::audit::AuditAction;

/// A back-up that was put in the place of a database.
#[derive(Clone, Copy, Debug)]
pub struct PutBack<'a> {
    /// The back-up's file.
    pub file: &'a Path,
    /// The state before it, kept aside; `None` where there was none or it cannot be read.
    pub former: Option<&'a Path>,
}

/// Number and hash of a row.
struct Link {
    seq: i64,
    hash: String,
}

impl Store {
    /// Puts the content of a back-up in the place of this one's, in one transaction, and writes that down. Nobody is
    /// logged in afterwards, and no token of the API is good.
    pub fn restore_from(put_back: PutBack<'_>, into: &Path, by: By<'_>) -> Result<Holdings, StoreError> {
        let source = open_copy(put_back.file)?;
        let mut target = Connection::open(into)?;
        target.busy_timeout(BUSY_TIMEOUT)?;
        Backup::new(&source, &mut target)?.run_to_completion(i32::MAX, Duration::from_millis(100), None)?;
        drop(target);
        let store = Self::open(into)?;
        store.note_restored(put_back, by)?;
        store.holdings()
    }

    /// Carries the later rows of the former state over where its audit goes on from the copy's, and writes the restore
    /// down. Of an audit that does not go on from it, its end is named, by which the file kept aside is known again.
    fn note_restored(&self, put_back: PutBack<'_>, by: By<'_>) -> Result<(), StoreError> {
        let former = put_back.former.map(open_copy).transpose()?;
        self.write(|connection| {
            end_access(connection, by.at)?;
            let last = last_link(connection, i64::MAX)?;
            let mut before = AuditFields::none();
            let mut after =
                AuditFields::none().with("Baris jejak di cadangan", last.as_ref().map_or(0, |link| link.seq));
            if let Some(former) = &former {
                let end = last_link(former, i64::MAX)?;
                before = before
                    .with("Baris jejak sebelum dipulihkan", end.as_ref().map_or(0, |link| link.seq))
                    .with("Hash terakhir", end.as_ref().map_or("", |link| link.hash.as_str()));
                let same = last.as_ref().map(|last| last_link(former, last.seq)).transpose()?.flatten();
                let goes_on = last.as_ref().map(|link| &link.hash) == same.as_ref().map(|link| &link.hash);
                let carried = if goes_on { carry(former, connection, last.map_or(0, |link| link.seq))? } else { 0 };
                after = after.with("Baris jejak dibawa dari keadaan sebelumnya", carried);
                if !goes_on {
                    after = after
                        .with("Jejak sebelumnya", "bukan lanjutan cadangan ini; tersimpan di salinan yang disisihkan");
                }
            }
            let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            after = after.with("Keadaan sebelumnya", put_back.former.map(name).unwrap_or_default());
            let entry = AuditEntry::new(AuditAction::Restored, format!("cadangan {}", name(put_back.file)));
            audit::append(connection, by, &entry.before(before).after(after))
        })
    }
}

/// The last row up to a number.
fn last_link(connection: &Connection, up_to: i64) -> Result<Option<Link>, StoreError> {
    let sql = "SELECT seq, hash FROM audit WHERE seq <= $1 ORDER BY seq DESC LIMIT 1";
    let found = connection.query_row(sql, [up_to], |row| Ok(Link { seq: row.get(0)?, hash: row.get(1)? }));
    Ok(found.optional()?)
}

/// Adds the rows after `after` as they are; gives how many.
fn carry(from: &Connection, into: &Connection, after: i64) -> Result<i64, StoreError> {
    let mut statement = from.prepare(&format!("SELECT {COLUMNS} FROM audit WHERE seq > $1 ORDER BY seq"))?;
    let mut rows = statement.query([after])?;
    let mut carried = 0;
    while let Some(row) = rows.next()? {
        let (row, hash) = chained(row)?;
        audit::insert(into, &row, &hash)?;
        carried += 1;
    }
    Ok(carried)
}
