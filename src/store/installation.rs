//! The secret of the installation's key, made once: copies of the database hold it, so that papers of before a restore are
//! still its own. Knows nothing of signatures.

use rusqlite::{Connection, OptionalExtension};

use super::codec::instant_text;
use super::{AuditEntry, By, Store, StoreError, audit};
use crate::domain::audit::AuditAction;

impl Store {
    /// The secret; `None` where nothing was signed yet.
    pub fn installation_secret(&self) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|connection| secret(connection))
    }

    /// Keeps a secret where there is none, and gives the one that counts: two processes that begin at once have one.
    pub fn keep_installation_secret(&self, new: &[u8], by: By<'_>) -> Result<Vec<u8>, StoreError> {
        self.write(|connection| {
            if let Some(known) = secret(connection)? {
                return Ok(known);
            }
            connection.execute(
                "INSERT INTO installation_keys (id, secret, who, at) VALUES (1, $1, $2, $3)",
                (new, by.who, instant_text(by.at)),
            )?;
            audit::append(connection, by, &AuditEntry::new(AuditAction::KeyMade, "kunci tanda tangan laporan"))?;
            Ok(new.to_vec())
        })
    }
}

fn secret(connection: &Connection) -> Result<Option<Vec<u8>>, StoreError> {
    let found = connection.query_row("SELECT secret FROM installation_keys WHERE id = 1", [], |row| row.get(0));
    Ok(found.optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_secret_counts() {
        let store = Store::in_memory().unwrap();
        let by = By::command_line("uji", chrono::DateTime::UNIX_EPOCH);
        assert_eq!(store.installation_secret().unwrap(), None);
        assert_eq!(store.keep_installation_secret(&[1; 32], by).unwrap(), [1; 32]);
        assert_eq!(store.keep_installation_secret(&[2; 32], by).unwrap(), [1; 32]);
        assert_eq!(store.installation_secret().unwrap(), Some(vec![1; 32]));
    }
}
