//! Bounds on the reading of workbooks (`limits.toml` in the data folder): each has one name, one unit and the values
//! that it can take. What is not written there keeps its built-in value. Knows no reader.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::raw::{DefinitionReader, RawTable};

/// The file below the data folder.
pub const LIMITS_FILE: &str = "limits.toml";

/// A bound on the reading of one workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LimitName {
    /// The file itself, in MiB.
    FileMb,
    /// All entries of a zip package together, unpacked, in MiB.
    InflatedMb,
    /// Entries of a zip package.
    ZipEntries,
    /// Sheets of one workbook.
    Sheets,
    /// Rows of one sheet.
    Rows,
    /// Columns of one sheet.
    Columns,
    /// Cells with a value, over all sheets.
    Cells,
    /// Merged areas of one sheet.
    Merges,
    /// Characters of one cell's text.
    TextChars,
    /// Memory of the process that parses, beside its own program, in MiB.
    MemoryMb,
    /// Time of the process that parses, in seconds.
    Seconds,
}

impl LimitName {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 11] = [
        Self::FileMb,
        Self::InflatedMb,
        Self::ZipEntries,
        Self::Sheets,
        Self::Rows,
        Self::Columns,
        Self::Cells,
        Self::Merges,
        Self::TextChars,
        Self::MemoryMb,
        Self::Seconds,
    ];

    /// Its key in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::FileMb => "file-mb",
            Self::InflatedMb => "inflated-mb",
            Self::ZipEntries => "zip-entries",
            Self::Sheets => "sheets",
            Self::Rows => "rows",
            Self::Columns => "columns",
            Self::Cells => "cells",
            Self::Merges => "merges",
            Self::TextChars => "text-chars",
            Self::MemoryMb => "memory-mb",
            Self::Seconds => "seconds",
        }
    }

    /// Values that it can take, in its unit. Rows and columns end where Excel's do; below 64 MiB of memory no
    /// reader works.
    fn bounds(self) -> RangeInclusive<u32> {
        match self {
            Self::FileMb => 1..=1_024,
            Self::InflatedMb => 1..=16_384,
            Self::ZipEntries => 10..=100_000,
            Self::Sheets => 1..=10_000,
            Self::Rows => 10..=1_048_576,
            Self::Columns => 10..=16_384,
            Self::Cells => 100..=100_000_000,
            Self::Merges => 1..=1_000_000,
            Self::TextChars => 100..=1_000_000,
            Self::MemoryMb => 64..=65_536,
            Self::Seconds => 1..=3_600,
        }
    }
}

/// Values of `limits.toml`; a limit that it does not name keeps its built-in value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitsDefinition {
    /// Value of each bound that is written there, in its unit.
    pub values: BTreeMap<LimitName, u32>,
}

/// Lowers the file; `None` where something is wrong.
pub(super) fn lower(reader: &mut DefinitionReader<'_>, mut root: RawTable<'_>) -> Option<LimitsDefinition> {
    let before = reader.faults.len();
    let mut values = BTreeMap::new();
    for name in LimitName::ALL {
        values.extend(root.whole(reader, name.key(), name.bounds()).map(|value| (name, value)));
    }
    root.finish(reader);
    (reader.faults.len() == before).then_some(LimitsDefinition { values })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{SourceFile, load};

    fn file(text: &str) -> SourceFile {
        SourceFile { name: LIMITS_FILE.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn what_is_written_holds() {
        let (definitions, faults) = load(&[file("cells = 1_000\nmemory-mb = 256\n")]);
        assert!(faults.is_empty(), "{faults:?}");
        let expected = BTreeMap::from([(LimitName::Cells, 1_000), (LimitName::MemoryMb, 256)]);
        assert_eq!(definitions.limits.values, expected);
    }

    #[test]
    fn every_mistake_is_named_and_nothing_holds() {
        let text = "cell = 1_000\nmemory-mb = 1\nseconds = \"60\"\nrows = 50\n";
        let (definitions, faults) = load(&[file(text)]);
        assert_eq!(definitions.limits, LimitsDefinition::default());
        let said: Vec<(usize, String)> = faults.iter().map(|fault| (fault.line, fault.to_string())).collect();
        assert_eq!(said.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3], "{said:?}");
        for (place, words) in
            [(0, "maksud Anda `cells`?"), (1, "bilangan bulat dari 64 sampai 65536"), (2, "bilangan bulat")]
        {
            assert!(said[place].1.contains(words), "{said:?}");
        }
    }
}
