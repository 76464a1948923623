//! Personal data in grids: numbers of identity, family, insurance and telephone, and names of patients. Finds them by
//! their shape and by the headings above them, and writes a mark in their place. Pure: knows no store, no recap and no
//! file format; what a column of figures holds is never touched.
//!
//! A mark holds four hexadecimal digits made from the datum, so that rows about different people stay different and
//! the same person in a later recap gives the same row; one in 65 536 others has the same ones.

mod digits;
mod headings;
mod people;
mod search;
mod sheet;
mod told;

use std::collections::BTreeMap;
use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::domain::records::CellRef;
use crate::workbook::{CellValue, Workbook};

pub use search::SoughtPerson;
pub use told::{PersonalFate, notices};

/// Sorts of personal data that are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalKind {
    /// Number of an identity card (*NIK*).
    Identity,
    /// Number of a family card (*KK*).
    FamilyCard,
    /// Number of a health insurance card (*BPJS*).
    HealthCard,
    /// Telephone number.
    Phone,
    /// Name of a patient or of a relative.
    PatientName,
}

impl PersonalKind {
    /// All, in the order of sentences.
    pub const ALL: [Self; 5] = [Self::Identity, Self::FamilyCard, Self::HealthCard, Self::Phone, Self::PatientName];

    /// Word for it in marks and sentences.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Identity => "NIK",
            Self::FamilyCard => "nomor KK",
            Self::HealthCard => "nomor BPJS",
            Self::Phone => "nomor HP",
            Self::PatientName => "nama",
        }
    }

    /// Word for several in sentences.
    pub const fn sentence_word(self) -> &'static str {
        match self {
            Self::PatientName => "nama pasien atau keluarganya",
            other => other.word(),
        }
    }

    /// Mark that stands in the place of a datum.
    fn mark(self, datum: &str) -> String {
        let told: String = datum.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let hash = Sha256::digest(format!("simpul {} {told}", self.word()));
        format!("[{} #{:02x}{:02x}]", self.word(), hash[0], hash[1])
    }
}

/// A datum in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FoundSpan {
    kind: PersonalKind,
    range: Range<usize>,
}

/// One datum of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalDatum {
    /// Sort of it.
    pub kind: PersonalKind,
    /// It as it is written.
    pub written: String,
    /// It with most of it covered (`35•• •••• •••• ••12`).
    pub shown: String,
}

/// A cell with personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalCell {
    /// Place of the cell.
    pub cell: CellRef,
    /// The data in it, in their order.
    pub data: Vec<PersonalDatum>,
    /// Text that takes the place of what was in the cell.
    pub masked: String,
}

/// Cells with personal data of a workbook: by the place of their sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalFindings {
    /// Cells of each sheet, by row and column.
    pub sheets: BTreeMap<usize, Vec<PersonalCell>>,
}

impl PersonalFindings {
    /// Looks through all sheets of a workbook as it was opened.
    pub fn of_workbook(book: &Workbook) -> Self {
        let sheets = book.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.is_notes());
        let found = sheets.map(|(place, one)| (place, sheet::personal_cells(one)));
        Self { sheets: found.filter(|(_, cells)| !cells.is_empty()).collect() }
    }

    /// Reports whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.sheets.is_empty()
    }

    /// Every datum as it is written, each once.
    pub fn data(&self) -> Vec<&str> {
        let mut data: Vec<&str> = self
            .sheets
            .values()
            .flatten()
            .flat_map(|cell| cell.data.iter().map(|datum| datum.written.as_str()))
            .collect();
        data.sort_unstable();
        data.dedup();
        data
    }

    /// The workbook with marks in the place of what was found.
    pub fn masked(&self, book: &Workbook) -> Workbook {
        let mut masked = book.clone();
        for (place, cells) in &self.sheets {
            let Some(sheet) = masked.sheets.get_mut(*place) else { continue };
            for found in cells {
                let row = sheet.rows.binary_search_by_key(&found.cell.row, |row| row.index);
                let Ok(row) = row.map(|place| &mut sheet.rows[place]) else { continue };
                if let Ok(at) = row.cells.binary_search_by_key(&found.cell.column, |cell| cell.column) {
                    row.cells[at].value = CellValue::Text(found.masked.as_str().into());
                }
            }
        }
        masked
    }
}

/// A text with marks in the place of the personal data in it; `None` where it has none. For texts without a heading:
/// what stands in free text only.
pub fn masked_text(text: &str) -> Option<String> {
    let spans = sheet::spans_of_text(text);
    (!spans.is_empty()).then(|| with_marks(text, &spans))
}

/// The text with a mark in the place of each span.
fn with_marks(text: &str, spans: &[FoundSpan]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for span in spans {
        out += &text[done..span.range.start];
        out += &span.kind.mark(&text[span.range.clone()]);
        done = span.range.end;
    }
    out + &text[done..]
}
