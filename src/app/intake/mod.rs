//! Files on their way in: drafts, what accepting them would do, and answers of people about names and forms.

mod answers;
pub mod draft;
pub mod form_words;
pub mod forms_file;
pub mod layouts;
pub mod names;
pub mod preview;

use super::App;

/// Files on their way into a data folder, and what people say about them.
#[derive(Clone, Copy, Debug)]
pub struct IntakeService<'a> {
    app: &'a App,
}

impl<'a> IntakeService<'a> {
    /// The service of an app's data folder.
    pub(super) fn new(app: &'a App) -> Self {
        Self { app }
    }
}
