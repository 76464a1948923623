//! Papers: their text, numbers and letterheads, made, checked and handed out.

pub mod authors;
pub mod bulk;
pub mod bulk_archive;
mod bundle;
pub mod check_words;
pub mod checks;
pub mod editions;
pub mod letters;
pub mod narratives;
pub mod office_templates;
mod paper;
mod proofs;
pub mod reports;
mod request;
pub mod slides;
pub mod verified_sheets;
pub mod visit_sheets;

pub use self::bundle::Bundled;

use super::App;

/// Papers of a data folder: what stands in them, their letterhead and number, and each as a checked file.
#[derive(Clone, Copy, Debug)]
pub struct PaperService<'a> {
    app: &'a App,
}

impl<'a> PaperService<'a> {
    /// The service of an app's data folder.
    pub(super) fn new(app: &'a App) -> Self {
        Self { app }
    }
}
