//! Files on their way in: drafts, what accepting them would do, and answers of people about names and forms.

pub mod draft;
pub mod form_words;
pub mod forms_file;
pub mod layouts;
pub mod names;
pub mod preview;
