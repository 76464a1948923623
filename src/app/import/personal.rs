//! Personal data in the files of an import: what becomes of them, and the copy of a file that is kept without them.
//! Stands between `privacy`, which finds them, and `marked`, which writes the copy.

use std::collections::BTreeMap;

use super::options::{Upload, base_name};
use crate::app::batches::marking::Handed;
use crate::diagnostic::Issue;
use crate::domain::SheetBooks;
use crate::marked::{OverwrittenCells, cells_alone, overwrite};
use crate::privacy::{PersonalFate, PersonalFindings, notices};
use crate::recap;
use crate::store::KeptOriginal;
use crate::workbook::{Opener, Workbook};

/// A workbook with personal data, and the same without.
pub(super) struct PersonalWorkbook {
    found: PersonalFindings,
    /// With marks in their places, laid out for reading.
    cleared: Workbook,
}

impl PersonalWorkbook {
    /// Looks through a workbook as it was opened; `None` where nothing was found.
    pub(super) fn find(book: &Workbook, books: &SheetBooks) -> Option<Self> {
        let found = PersonalFindings::of_workbook(book);
        if found.is_empty() {
            return None;
        }
        let mut cleared = found.masked(book);
        recap::lay_out(&mut cleared, books);
        Some(Self { found, cleared })
    }

    /// The workbook that is read without them.
    pub(super) fn cleared(&self) -> &Workbook {
        &self.cleared
    }

    /// Sentences about them, one a sheet.
    pub(super) fn notices(&self, keeps_because: Option<&str>) -> Vec<Issue> {
        let fate = keeps_because.map_or(PersonalFate::Removed, PersonalFate::Kept);
        notices(&self.cleared, &self.found, fate)
    }

    /// The copy of the file that is kept.
    pub(super) fn copy(&self, file: &Upload) -> ClearedCopy {
        let mut cells: OverwrittenCells<'_> = BTreeMap::new();
        for (place, found) in &self.found.sheets {
            if let Some(sheet) = self.cleared.sheets.get(*place) {
                let texts = found.iter().map(|cell| (cell.cell, cell.masked.as_str()));
                cells.entry(&sheet.name).or_default().extend(texts);
            }
        }
        if let Ok(bytes) = overwrite(&file.bytes, &cells, &self.found.data()) {
            return ClearedCopy::Package(bytes);
        }
        cells_alone(&self.cleared).map_or(ClearedCopy::Nothing, ClearedCopy::Cells)
    }
}

/// Copy of a file without the personal data in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClearedCopy {
    /// The file with cells overwritten.
    Package(Vec<u8>),
    /// Its cells alone, as xlsx.
    Cells(Vec<u8>),
    /// None can be made.
    Nothing,
}

impl ClearedCopy {
    pub(super) fn kept(&self) -> KeptOriginal<'_> {
        match self {
            Self::Package(bytes) => KeptOriginal::Overwritten(bytes),
            Self::Cells(bytes) => KeptOriginal::CellsAlone(bytes),
            Self::Nothing => KeptOriginal::Nothing,
        }
    }
}

/// The copy of a file without the personal data in it; `None` where it has none or cannot be opened. Where no copy can be
/// made its content is empty.
pub(in crate::app) fn clear(opener: &Opener, file: &Upload) -> Option<Handed> {
    let name = base_name(&file.name);
    let book = opener.read(name, &file.bytes).ok()?;
    // The copy is of the file as it lies, whatever its sheets mean.
    Some(match PersonalWorkbook::find(&book, &SheetBooks::default())?.copy(file) {
        ClearedCopy::Package(bytes) => Handed { name: name.to_owned(), bytes },
        ClearedCopy::Cells(bytes) if name.to_lowercase().ends_with(".xlsx") => Handed { name: name.to_owned(), bytes },
        ClearedCopy::Cells(bytes) => Handed { name: format!("{name}.xlsx"), bytes },
        ClearedCopy::Nothing => Handed { name: name.to_owned(), bytes: Vec::new() },
    })
}
