//! A person's data in a data folder: sought in every text and every kept workbook, handed over, erased. For those who
//! administer everything, since it reaches all Puskesmas. Each search, hand-over and erasure is written down in the audit,
//! never with the datum. Knows no page and no command.

mod handover;
mod places;

use std::cell::RefCell;
use std::collections::BTreeMap;

pub use self::handover::{HandOverFormat, handed_over};
pub use self::places::PersonPlace;
use super::App;
use crate::domain::audit::AuditAction;
use crate::domain::records::CellRef;
use crate::marked::{OverwrittenCells, cells_alone, overwrite};
use crate::privacy::SoughtPerson;
use crate::store::{
    AuditEntry, AuditFields, KeptWorkbook, NewErasure, RewrittenWorkbook, Store, StoreError, StoredErasure,
};
use crate::workbook::{CellValue, Workbook};

/// Personal data in a data folder.
#[derive(Clone, Copy, Debug)]
pub struct PersonalService<'a> {
    app: &'a App,
}

/// Places that hold what was sought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonFindings {
    /// The places, those of the database first.
    pub places: Vec<PersonPlace>,
    /// Kept workbooks that could not be opened, so that nobody knows what they hold.
    pub unread: Vec<String>,
}

/// Purpose of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchPurpose {
    /// To be looked at.
    Look,
    /// To be handed over.
    HandOver,
}

/// An erasure that somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct ErasureWish<'a> {
    /// Name or number that goes.
    pub typed: &'a str,
    /// The same once more.
    pub again: &'a str,
    /// Why, and who asked for it.
    pub reason: &'a str,
}

/// Outcome of an erasure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErasureDone {
    /// Its number, which stands in the place of what was erased.
    pub number: i64,
    /// Texts of the database that were rewritten.
    pub texts: usize,
    /// Workbooks that were rewritten.
    pub workbooks: usize,
    /// Places that hold it still.
    pub left: PersonFindings,
}

/// Reason for which nothing was sought or erased. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum PersonalError {
    /// Too few letters.
    #[error("yang dicari terlalu pendek; tulis sedikitnya empat huruf nama, atau sembilan angka nomornya")]
    TooShort,
    /// No reason was given.
    #[error("alasan belum ditulis; tulis siapa yang meminta dan mengapa, tanpa menyebut datanya")]
    NoReason,
    /// The reason names what shall be erased.
    #[error("alasan menyebut data yang akan dihapus; tulis tanpa data itu")]
    ReasonTells,
    /// The name of a facility is asked for.
    #[error("itu nama faskes di Daftar Identifikasi, bukan data seseorang; ubah di Catatan, tabel faskes")]
    OfFacility,
    /// The text that was typed once more differs.
    #[error("menghapus data pribadi tidak dapat dibatalkan; ketik sekali lagi persis yang dihapus")]
    NotConfirmed,
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Characters of a text that are shown.
const SHOWN_CHARS_MAX: usize = 160;
/// Characters of a reason that are kept.
const REASON_CHARS_MAX: usize = 300;

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
        self.app.store().set_keeps_personal_data(&shortened(reason), self.app.by())
    }

    /// Erasures so far, the last one first.
    pub fn erasures(self) -> Result<Vec<StoredErasure>, StoreError> {
        self.app.store().erasures()
    }

    /// Every place that holds a name or a number. Blocking: it opens each kept workbook.
    pub fn find(self, typed: &str, purpose: SearchPurpose) -> Result<PersonFindings, PersonalError> {
        let sought = SoughtPerson::parse(typed).ok_or(PersonalError::TooShort)?;
        let found = self.places(&sought)?;
        let action = match purpose {
            SearchPurpose::Look => AuditAction::PersonSought,
            SearchPurpose::HandOver => AuditAction::PersonExported,
        };
        let told = AuditFields::none().with("Jenis", sought.sort()).with("Tempat", found.places.len());
        self.app.audit().note(&AuditEntry::new(action, "data seseorang").after(told))?;
        Ok(found)
    }

    /// Overwrites a name or a number wherever people write freely, and writes down who did so, when, why, and how many
    /// places; never what it was. Figures stay. Blocking.
    pub fn erase(self, wish: ErasureWish<'_>) -> Result<ErasureDone, PersonalError> {
        let sought = SoughtPerson::parse(wish.typed).ok_or(PersonalError::TooShort)?;
        let reason = shortened(wish.reason);
        if reason.is_empty() {
            return Err(PersonalError::NoReason);
        }
        if sought.is_in(&reason) {
            return Err(PersonalError::ReasonTells);
        }
        if wish.again.trim() != wish.typed.trim() {
            return Err(PersonalError::NotConfirmed);
        }
        let store = self.app.store();
        if is_facility(store, &sought)? {
            return Err(PersonalError::OfFacility);
        }
        let number = store.next_erasure()?;
        let mark = mark(number);
        let mut workbooks = Vec::new();
        for kept in store.kept_workbooks()? {
            let bytes = store.kept_bytes(&kept.sha256)?;
            workbooks.extend(self.erased_copy(&sought, &mark, KeptBytes { kept: &kept, bytes: &bytes }));
        }
        let erasure =
            NewErasure { number, sort: sought.sort(), reason: &reason, workbooks: &workbooks, by: self.app.by() };
        let texts = store.erase_person(&erasure, &|text| sought.erased(text, &mark))?;
        Ok(ErasureDone { number, texts, workbooks: workbooks.len(), left: self.places(&sought)? })
    }

    fn places(self, sought: &SoughtPerson) -> Result<PersonFindings, PersonalError> {
        let store = self.app.store();
        let texts = RefCell::new(Vec::new());
        let is_meant = |text: &str| {
            let is_in = sought.is_in(text);
            if is_in {
                texts.borrow_mut().push(excerpt(sought, text));
            }
            is_in
        };
        let found = store.texts_where(&is_meant)?;
        let of_texts = found.into_iter().zip(texts.into_inner());
        let places = of_texts.map(|(place, text)| PersonPlace::of_text(place, text)).collect();
        let mut findings = PersonFindings { places, unread: Vec::new() };
        for kept in store.kept_workbooks()? {
            let bytes = store.kept_bytes(&kept.sha256)?;
            if bytes.is_empty() {
                continue;
            }
            let Ok(book) = self.app.opener().read(&kept.file_name, &bytes) else {
                findings.unread.push(kept.file_name);
                continue;
            };
            let cells = cells_with(sought, &book).into_iter();
            findings.places.extend(cells.map(|found| {
                PersonPlace::of_cell(&kept, &found.sheet, found.cell.to_string(), excerpt(sought, &found.text))
            }));
        }
        Ok(findings)
    }

    /// The copy of a kept workbook without what is sought; `None` where it does not hold it, or cannot be opened.
    fn erased_copy(self, sought: &SoughtPerson, mark: &str, of: KeptBytes<'_>) -> Option<RewrittenWorkbook> {
        let KeptBytes { kept, bytes } = of;
        let mut book = self.app.opener().read(&kept.file_name, bytes).ok()?;
        let found = cells_with(sought, &book);
        if found.is_empty() {
            return None;
        }
        let sha256 = kept.sha256.clone();
        let masked: Vec<String> =
            found.iter().map(|cell| sought.erased(&cell.text, mark).unwrap_or_else(|| mark.to_owned())).collect();
        let mut cells: OverwrittenCells<'_> = BTreeMap::new();
        for (cell, masked) in found.iter().zip(&masked) {
            cells.entry(&cell.sheet).or_default().insert(cell.cell, masked);
        }
        let gone: Vec<&str> = found
            .iter()
            .flat_map(|cell| sought.places(&cell.text).into_iter().map(|place| &cell.text[place]))
            .collect();
        if let Ok(bytes) = overwrite(bytes, &cells, &gone) {
            return Some(RewrittenWorkbook { sha256, bytes, is_cells: false });
        }
        for (cell, masked) in found.iter().zip(&masked) {
            book.set_text(&cell.sheet, cell.cell, masked);
        }
        Some(RewrittenWorkbook { sha256, bytes: cells_alone(&book).unwrap_or_default(), is_cells: true })
    }
}

/// Reports whether what is sought is the whole name of a facility: without it nothing of the facility would be read again.
fn is_facility(store: &Store, sought: &SoughtPerson) -> Result<bool, StoreError> {
    let found = store.texts_where(&|text| sought.is_all_of(text))?;
    Ok(found.iter().any(|place| place.table == "facility_names"))
}

/// Text that takes the place of what an erasure took away: of one person one text, so that rows about different people
/// stay different and none is counted with another.
fn mark(number: i64) -> String {
    format!("[dihapus {number}]")
}

/// A reason without blanks around it, as long as is kept.
fn shortened(reason: &str) -> String {
    reason.trim().chars().take(REASON_CHARS_MAX).collect()
}

/// A kept workbook with its bytes.
#[derive(Clone, Copy)]
struct KeptBytes<'k> {
    kept: &'k KeptWorkbook,
    bytes: &'k [u8],
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
                let at = CellRef { row: row.index, column: cell.column };
                let found_cell = |text: String| SoughtCell { sheet: sheet.name.clone(), cell: at, text };
                match &cell.value {
                    CellValue::Text(text) if sought.is_in(text) => found.push(found_cell(text.to_string())),
                    CellValue::Number { value, .. } if value.fract() == 0.0 => {
                        let digits = format!("{value:.0}");
                        if sought.is_number_of_cell(&digits) {
                            found.push(found_cell(digits));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    found
}

/// The words around the first place.
fn excerpt(sought: &SoughtPerson, text: &str) -> String {
    let start = sought.places(text).first().map_or(0, |place| place.start);
    let before: usize = text[..start].chars().count().saturating_sub(SHOWN_CHARS_MAX / 4);
    text.chars().skip(before).take(SHOWN_CHARS_MAX).collect()
}
