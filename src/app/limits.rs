//! Limits of `limits.toml`, as the bounds that the reader of workbooks takes.

use crate::definitions::{LimitName, LimitsDefinition};
use crate::workbook::Limits;

/// The built-in bounds, with those in their place that the file names.
pub(super) fn bounded(definition: &LimitsDefinition) -> Limits {
    let mut limits = Limits::default();
    for (name, value) in &definition.values {
        let bytes = u64::from(*value) << 20;
        let count = usize::try_from(*value).unwrap_or(usize::MAX);
        match name {
            LimitName::FileMb => limits.file_bytes = bytes,
            LimitName::InflatedMb => limits.inflated_bytes = bytes,
            LimitName::ZipEntries => limits.zip_entries = count,
            LimitName::Sheets => limits.sheets = count,
            LimitName::Rows => limits.rows = *value,
            LimitName::Columns => limits.columns = *value,
            LimitName::Cells => limits.cells = u64::from(*value),
            LimitName::Merges => limits.merges = count,
            LimitName::TextChars => limits.text_chars = count,
            LimitName::MemoryMb => limits.memory_bytes = bytes,
            LimitName::Seconds => limits.seconds = u64::from(*value),
        }
    }
    limits
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::workbook::Excess;

    /// Returns what is told when a limit is hit, and its value as the file writes it.
    fn excess(name: LimitName, limits: &Limits) -> (Excess, u64) {
        let sheet = String::new;
        match name {
            LimitName::FileMb => (Excess::FileBytes(limits.file_bytes), limits.file_bytes >> 20),
            LimitName::InflatedMb => (Excess::InflatedBytes(limits.inflated_bytes), limits.inflated_bytes >> 20),
            LimitName::ZipEntries => (Excess::ZipEntries(limits.zip_entries), limits.zip_entries as u64),
            LimitName::Sheets => (Excess::Sheets(limits.sheets), limits.sheets as u64),
            LimitName::Rows => (Excess::Rows { sheet: sheet(), limit: limits.rows }, u64::from(limits.rows)),
            LimitName::Columns => {
                (Excess::Columns { sheet: sheet(), limit: limits.columns }, u64::from(limits.columns))
            }
            LimitName::Cells => (Excess::Cells(limits.cells), limits.cells),
            LimitName::Merges => (Excess::Merges { sheet: sheet(), limit: limits.merges }, limits.merges as u64),
            LimitName::TextChars => {
                let limit = limits.text_chars;
                (Excess::TextChars { sheet: sheet(), cell: String::new(), limit }, limit as u64)
            }
            LimitName::MemoryMb => (Excess::MemoryBytes(limits.memory_bytes), limits.memory_bytes >> 20),
            LimitName::Seconds => (Excess::Seconds(limits.seconds), limits.seconds),
        }
    }

    #[test]
    fn every_limit_of_the_file_is_held_and_named_so() {
        for name in LimitName::ALL {
            let limits = bounded(&LimitsDefinition { values: BTreeMap::from([(name, 123)]) });
            let (excess, held) = excess(name, &limits);
            assert_eq!((excess.setting(), held), (name.key(), 123));
        }
        assert_eq!(bounded(&LimitsDefinition::default()), Limits::default());
    }

    #[test]
    fn the_docs_tell_the_built_in_limits() {
        let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuring.md")).unwrap();
        for name in LimitName::ALL {
            let (_, held) = excess(name, &Limits::default());
            let line = docs.lines().find(|line| line.starts_with(&format!("{} = ", name.key())));
            let written = line.and_then(|line| line.split(['=', '#']).nth(1)).unwrap_or_default();
            assert_eq!(written.trim().replace('_', ""), held.to_string(), "`{}`", name.key());
        }
    }
}
