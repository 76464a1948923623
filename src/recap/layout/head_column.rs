//! The texts above one column of a heading.

use std::cell::OnceCell;

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
    /// Found out once: the words of every table are compared with them.
    keys: OnceCell<Vec<String>>,
}

impl HeadColumn {
    /// The column with these levels.
    pub(super) fn new(column: u32, levels: Vec<Level>) -> Self {
        Self { column, levels, keys: OnceCell::new() }
    }

    /// Keys by which the column may be known, best first. Levels no longer change once somebody asked.
    pub(super) fn keys(&self) -> &[String] {
        let keys = self.keys.get_or_init(|| self.keys_of_levels());
        debug_assert_eq!(*keys, self.keys_of_levels(), "a level changed after its keys were asked for");
        keys
    }

    fn keys_of_levels(&self) -> Vec<String> {
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
