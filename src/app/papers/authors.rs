//! Who writes papers: a name that people set once for a Puskesmas or for the data folder, never an account of the
//! operating system.

use super::PaperService;
use crate::app::AppError;
use crate::report::{Author, Authors};
use crate::store::NewAuthor;

/// Letters of a name at most.
pub const NAME_CHARS_MAX: usize = 100;

/// Reason for which a name is not kept. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum AuthorError {
    /// Too long, or more than a line.
    #[error("nama penulis paling banyak {NAME_CHARS_MAX} huruf dalam satu baris")]
    TooLong,
    /// Any other failure of the app.
    #[error(transparent)]
    App(#[from] AppError),
}

impl PaperService<'_> {
    /// Names of those who write for a Puskesmas, or for the district's team.
    pub fn authors(self, puskesmas: &str) -> Result<Authors, AppError> {
        let stored = self.app.store().authors(puskesmas)?;
        Ok(Authors::new(stored.into_iter().map(|kept| Author { name: kept.name, since: kept.at }).collect()))
    }

    /// Sets who writes from now on: for a Puskesmas, or (`None`) for the whole folder; a blank name takes it back.
    pub fn set_author(self, puskesmas: Option<&str>, name: &str) -> Result<(), AuthorError> {
        let name = name.trim();
        if name.chars().count() > NAME_CHARS_MAX || name.contains(char::is_control) {
            return Err(AuthorError::TooLong);
        }
        let new = NewAuthor { puskesmas, name, by: self.app.by() };
        Ok(self.app.store().set_author(&new).map_err(AppError::from)?)
    }
}
