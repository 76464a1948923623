//! Papers: their text, numbers and letterheads, made, checked and handed out.

pub mod authors;
pub mod bulk;
pub mod bulk_archive;
mod bundle;
pub mod editions;
pub mod letters;
pub mod narratives;
mod paper;
pub mod reports;
mod request;
pub mod verified_sheets;

pub use self::bundle::Bundled;
