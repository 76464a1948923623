//! A person's data in a data folder: sought in every text and every kept workbook, handed over, erased. For those who
//! administer everything. Knows no page and no command.

use std::collections::BTreeMap;

use serde::Serialize;

use super::App;
use crate::domain::records::CellRef;
use crate::marked::{OverwrittenCells, cells_alone, overwrite};
use crate::privacy::SoughtPerson;
use crate::store::{By, KeptWorkbook, NewErasure, RewrittenWorkbook, StoreError, TextPlace};
use crate::workbook::{CellValue, Workbook};

/// Personal data in a data folder.
#[derive(Clone, Copy, Debug)]
pub struct PersonalService<'a> {
    app: &'a App,
}

/// A place that holds what was sought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonPlace {
    /// `basis data` or `berkas asli`.
    pub kind: &'static str,
    /// Table and column, or file and sheet.
    pub place: String,
    /// Row or cell.
    pub at: String,
    /// False where it cannot be erased here: names of facilities, offices and accounts, and the log of deeds.
    pub erasable: bool,
    /// Words around it.
    pub text: String,
}

/// Outcome of an erasure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErasureDone {
    /// Texts of the database that were rewritten.
    pub texts: usize,
    /// Workbooks that were rewritten.
    pub workbooks: usize,
    /// Places that hold it still.
    pub left: Vec<PersonPlace>,
}

/// Reason for which nothing was sought or erased. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum PersonalError {
    /// Too few letters.
    #[error("yang dicari terlalu pendek; tulis sedikitnya empat huruf dari namanya atau sembilan angka dari nomornya")]
    TooShort,
    /// No reason was given.
    #[error("alasan belum ditulis; tulis siapa yang meminta dan mengapa, tanpa menyebut datanya")]
    NoReason,
    /// The reason names what shall be erased.
    #[error("alasan menyebut data yang akan dihapus; tulis tanpa data itu")]
    ReasonTells,
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Characters of a text that are shown.
const SHOWN_CHARS_MAX: usize = 160;

impl<'a> PersonalService<'a> {
    /// The service of an app's data folder.
    pub(super) fn new(app: &'a App) -> Self {
        Self { app }
    }

    /// Reason for which commands and jobs keep personal data; `None`: they clear them.
    pub fn keeps_because(self) -> Result<Option<String>, StoreError> {
        self.app.store().keeps_personal_data()
    }

    /// Says what commands and jobs do with personal data: keep them for this reason, or clear them (blank).
    pub fn set_keeps(self, reason: &str) -> Result<(), StoreError> {
        self.app.store().set_keeps_personal_data(reason.trim(), self.by())
    }

    /// Every place that holds a name or a number. Blocking: it opens each kept workbook.
    pub fn find(self, typed: &str) -> Result<Vec<PersonPlace>, PersonalError> {
        let sought = SoughtPerson::parse(typed).ok_or(PersonalError::TooShort)?;
        self.places(&sought)
    }

    /// Overwrites a name or a number wherever it may be, and writes down who did so, when, why, and how many places; never
    /// what it was. Blocking.
    pub fn erase(self, typed: &str, reason: &str) -> Result<ErasureDone, PersonalError> {
        let sought = SoughtPerson::parse(typed).ok_or(PersonalError::TooShort)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(PersonalError::NoReason);
        }
        if sought.is_in(reason) {
            return Err(PersonalError::ReasonTells);
        }
        let store = self.app.store();
        let mut done = ErasureDone::default();
        for kept in store.kept_workbooks()? {
            let bytes = store.kept_bytes(&kept.sha256)?;
            let Some(copy) = self.erased_copy(&sought, &kept, &bytes) else { continue };
            let bytes = copy.bytes.as_slice();
            store.rewrite_original(RewrittenWorkbook { sha256: &kept.sha256, bytes, is_cells: copy.is_cells })?;
            done.workbooks += 1;
        }
        done.texts = store.rewrite_texts(&|text| sought.erased(text))?.len();
        let erasure = NewErasure { sort: sought.sort(), reason, places: done.texts, originals: done.workbooks };
        store.add_erasure(&erasure, self.by())?;
        done.left = self.places(&sought)?;
        Ok(done)
    }

    fn by(self) -> By<'a> {
        By { who: self.app.who(), at: self.app.clock().now() }
    }

    fn places(self, sought: &SoughtPerson) -> Result<Vec<PersonPlace>, PersonalError> {
        let store = self.app.store();
        let texts = std::cell::RefCell::new(Vec::new());
        let is_meant = |text: &str| {
            let is_in = sought.is_in(text);
            if is_in {
                texts.borrow_mut().push(excerpt(sought, text));
            }
            is_in
        };
        let found = store.texts_where(&is_meant)?;
        let mut places: Vec<PersonPlace> =
            found.into_iter().zip(texts.into_inner()).map(|(place, text)| database_place(place, text)).collect();
        for kept in store.kept_workbooks()? {
            let bytes = store.kept_bytes(&kept.sha256)?;
            if let Ok(book) = self.app.opener().read(&kept.file_name, &bytes) {
                places.extend(cells_with(sought, &book).into_iter().map(|found| PersonPlace {
                    kind: "berkas asli",
                    place: format!("{}, lembar {}", kept.file_name, found.sheet),
                    at: found.cell.to_string(),
                    erasable: true,
                    text: excerpt(sought, &found.text),
                }));
            }
        }
        Ok(places)
    }

    /// The copy of a kept workbook without what is sought; `None` where it does not hold it, or cannot be opened.
    fn erased_copy(self, sought: &SoughtPerson, kept: &KeptWorkbook, bytes: &[u8]) -> Option<ErasedCopy> {
        let mut book = self.app.opener().read(&kept.file_name, bytes).ok()?;
        let found = cells_with(sought, &book);
        if found.is_empty() {
            return None;
        }
        let masked: Vec<String> = found.iter().map(|cell| sought.erased(&cell.text).unwrap_or_default()).collect();
        let mut cells: OverwrittenCells<'_> = BTreeMap::new();
        for (cell, masked) in found.iter().zip(&masked) {
            cells.entry(&cell.sheet).or_default().insert(cell.cell, masked);
        }
        let gone: Vec<&str> = found
            .iter()
            .flat_map(|cell| sought.places(&cell.text).into_iter().map(|place| &cell.text[place]))
            .collect();
        if let Ok(bytes) = overwrite(bytes, &cells, &gone) {
            return Some(ErasedCopy { bytes, is_cells: false });
        }
        for (cell, masked) in found.iter().zip(&masked) {
            book.set_text(&cell.sheet, cell.cell, masked);
        }
        let bytes = cells_alone(&book).unwrap_or_default();
        Some(ErasedCopy { bytes, is_cells: true })
    }
}

struct ErasedCopy {
    bytes: Vec<u8>,
    is_cells: bool,
}

/// Cell of a workbook that holds what is sought.
struct SoughtCell {
    sheet: String,
    cell: CellRef,
    text: String,
}

fn cells_with(sought: &SoughtPerson, book: &Workbook) -> Vec<SoughtCell> {
    let mut found = Vec::new();
    for sheet in &book.sheets {
        for row in &sheet.rows {
            for cell in &row.cells {
                let text = match &cell.value {
                    CellValue::Text(text) => text.to_string(),
                    CellValue::Number { value, .. } if value.fract() == 0.0 => format!("{value:.0}"),
                    _ => continue,
                };
                if sought.is_in(&text) {
                    let at = CellRef { row: row.index, column: cell.column };
                    found.push(SoughtCell { sheet: sheet.name.clone(), cell: at, text });
                }
            }
        }
    }
    found
}

fn database_place(place: TextPlace, text: String) -> PersonPlace {
    let TextPlace { table, column, row, is_free } = place;
    PersonPlace {
        kind: "basis data",
        place: format!("{table}.{column}"),
        at: format!("baris {row}"),
        erasable: is_free,
        text,
    }
}

/// The words around the first place.
fn excerpt(sought: &SoughtPerson, text: &str) -> String {
    let start = sought.places(text).first().map_or(0, |place| place.start);
    let before: usize = text[..start].chars().count().saturating_sub(SHOWN_CHARS_MAX / 4);
    text.chars().skip(before).take(SHOWN_CHARS_MAX).collect()
}
