//! Bounds on the reading of workbooks (`limits.toml` in the data folder): each has one name, one unit and the values
//! that it can take. What is not written there keeps its built-in value. Knows no reader.

use std::collections::BTreeMap;

use super::keys::{DefinitionKey, KeyTable, KindDescription};
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
    pub const fn key(self) -> &'static str {
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
}

pub(super) static LIMITS: KindDescription = KindDescription {
    name: "limits",
    place: LIMITS_FILE,
    says: "Batas membaca buku kerja; yang tidak ditulis memakai bawaannya.",
    root: &ROOT,
};

/// Bounds in the order of the documentation. Rows and columns end where Excel's do; below 64 MiB of memory no reader
/// works.
static ROOT: KeyTable = KeyTable::with_keys(&[
    limit(LimitName::FileMb, 1, 1_024).says("Besar berkas, dalam MiB.").like("50"),
    limit(LimitName::InflatedMb, 1, 16_384).says("Isi berkas sesudah dibuka, dalam MiB.").like("500"),
    limit(LimitName::ZipEntries, 10, 100_000).says("Bagian di dalam berkas.").like("2_000"),
    limit(LimitName::Sheets, 1, 10_000).says("Lembar dalam satu buku kerja.").like("100"),
    limit(LimitName::Rows, 10, 1_048_576).says("Baris satu lembar.").like("20_000"),
    limit(LimitName::Columns, 10, 16_384).says("Kolom satu lembar.").like("500"),
    limit(LimitName::Cells, 100, 100_000_000).says("Sel berisi, di semua lembar.").like("1_000_000"),
    limit(LimitName::Merges, 1, 1_000_000).says("Sel gabungan satu lembar.").like("5_000"),
    limit(LimitName::TextChars, 100, 1_000_000).says("Huruf dalam satu sel.").like("5_000"),
    limit(LimitName::MemoryMb, 64, 65_536).says("Memori yang membaca, dalam MiB.").like("512"),
    limit(LimitName::Seconds, 1, 3_600).says("Waktu membaca, dalam detik.").like("60"),
]);

const fn limit(name: LimitName, from: u32, to: u32) -> DefinitionKey {
    DefinitionKey::whole_number(name.key(), from, to).without("batas bawaan")
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
        values.extend(root.whole(reader, name.key()).map(|value| (name, value)));
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
