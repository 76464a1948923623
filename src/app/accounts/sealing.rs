//! The key that seals secrets of second factors: a file of the data folder, apart from the database, so that a copy of the
//! database alone gives none of them away.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::accounts::sealing::SealingKey;
use crate::accounts::totp::{BrokenSecret, SharedSecret};
use crate::disk;
use crate::store::{AccountId, StoredTotp};

use super::{AccountError, AccountService};

/// Place of the key below the data folder; no back-up holds it.
pub const SEALING_KEY_FILE: &str = "rahasia/dua-langkah.kunci";

impl AccountService<'_> {
    /// Seals the shared secret of an account; the first one makes the key.
    pub(super) fn sealed(self, id: AccountId, secret: &SharedSecret) -> Result<String, AccountError> {
        Ok(self.key_or_new()?.sealed(&secret.text(), &purpose(id), self.tools.randomness)?)
    }

    /// Opens the shared secret of an account.
    pub(super) fn opened(self, id: AccountId, totp: &StoredTotp) -> Result<SharedSecret, AccountError> {
        let key =
            read(&self.key_path())?.ok_or_else(|| AccountError::NoSealingKey("berkas itu tidak ada".to_owned()))?;
        let text = key.opened(&totp.sealed, &purpose(id)).map_err(|_broken| BrokenSecret)?;
        Ok(SharedSecret::read(&text)?)
    }

    fn key_path(&self) -> PathBuf {
        self.app.data().join(SEALING_KEY_FILE)
    }

    fn key_or_new(self) -> Result<SealingKey, AccountError> {
        let path = self.key_path();
        if let Some(key) = read(&path)? {
            return Ok(key);
        }
        let key = SealingKey::fresh(self.tools.randomness)?;
        match keep(&path, &key) {
            Ok(()) => Ok(key),
            // Another process was first: its key counts.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(&path)?.ok_or_else(|| unread(&error)),
            Err(error) => Err(unread(&error)),
        }
    }
}

/// Words that a seal is made for: a secret put into another account's row is not opened.
fn purpose(id: AccountId) -> String {
    format!("dua langkah akun {}", id.0)
}

/// The key of a file; none where there is no file.
fn read(path: &Path) -> Result<Option<SealingKey>, AccountError> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let broken = || AccountError::NoSealingKey("isinya bukan kunci".to_owned());
            SealingKey::read(&text).map(Some).ok_or_else(broken)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unread(&error)),
    }
}

/// Writes a new key for its owner alone, whole or not at all, and never over another.
fn keep(path: &Path, key: &SealingKey) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let mut passing = tempfile::NamedTempFile::new_in(folder)?;
    disk::keep_private(passing.path())?;
    writeln!(passing, "{}", key.text())?;
    passing.as_file().sync_all()?;
    passing.persist_noclobber(path)?;
    Ok(())
}

fn unread(error: &io::Error) -> AccountError {
    AccountError::NoSealingKey(disk::why(error))
}
