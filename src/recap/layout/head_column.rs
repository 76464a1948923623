//! The texts above one column of a heading.

use crate::domain::records::CellRef;
use crate::recap::heading::key;

/// One heading text of one column.
#[derive(Clone)]
pub(super) struct Level {
    pub(super) place: CellRef,
    pub(super) text: String,
    pub(super) key: String,
    /// The year that a month of its own writes: `Jan 2025`, or a date.
    pub(super) year: Option<i32>,
}

/// The heading texts of one column, top down.
pub(super) struct HeadColumn {
    pub(super) column: u32,
    pub(super) levels: Vec<Level>,
}

impl HeadColumn {
    /// Keys by which the column may be known, best first.
    pub(super) fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        if self.levels.len() > 1 {
            keys.push(self.levels.iter().map(|level| level.key.as_str()).collect());
            keys.push(self.levels.iter().rev().take(2).rev().map(|level| level.key.as_str()).collect());
        }
        keys.extend(self.levels.iter().rev().map(|level| level.key.clone()));
        if let Some(text) = self.levels.last().map(|level| &level.text) {
            // `Sasaran (orang)`, `Nama Faskes *)`
            let outside: String = text.split('(').next().unwrap_or_default().to_owned();
            keys.push(key(&outside));
        }
        keys
    }
}
