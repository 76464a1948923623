//! Sheets that nobody can read by their headings: shown with a guess, explained by a person, and known from then
//! on by their form.

use super::IntakeService;
use super::draft::DraftError;
use crate::app::import::Upload;
use crate::domain::{Month, Received, Table};
use crate::recap::{self, ColumnChoice, Profile, ProfileError, SheetGuess, WordError};
pub use crate::recap::{AlreadySaid, HeadingRows};
use crate::store::{BatchId, DraftId, NewProfile, StoreError};
use crate::workbook::{CellValue, OpenError, Sheet, Workbook};

/// Rows of a sheet that are shown.
pub const ROWS_SHOWN: usize = 40;
/// Columns that are shown and can be named.
pub const COLUMNS_SHOWN: u32 = 60;
/// Characters of a cell that are shown.
const CELL_CHARS: usize = 60;
/// Years that a recap can be of.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A sheet to be explained.
#[derive(Clone, Debug)]
pub struct SheetView {
    /// Name of the sheet.
    pub sheet: String,
    /// Rows with something in them: row from 0, and the text of each column shown.
    pub rows: Vec<(u32, Vec<String>)>,
    /// Number of columns shown.
    pub columns: u32,
    /// True if columns or rows are left out.
    pub is_cut: bool,
    /// Table, heading and columns that it seems to have.
    pub guess: SheetGuess,
    /// Meanings that a column of it can be given.
    pub choices: Vec<ColumnChoice>,
    /// Code and name of the service indicators that the whole sheet can be of.
    pub services: Vec<(String, String)>,
}

/// Explanation of a sheet by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Table that the sheet is.
    pub table: Table,
    /// Heading, and where the data begin.
    pub rows: HeadingRows,
    /// (column from 0, code of a choice).
    pub columns: Vec<(u32, String)>,
    /// Code of the service indicator that the whole sheet is of, where it does not tell.
    pub indicator: Option<String>,
    /// Year and month, where the sheet does not tell them.
    pub period: (Option<i32>, Option<u32>),
}

/// Reason for which a sheet cannot be explained so. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    /// The file cannot be opened.
    #[error(transparent)]
    Unreadable(#[from] OpenError),
    /// There is no such sheet, or no such row in it.
    #[error("lembar atau baris itu tidak ada; muat ulang halaman ini")]
    NoSuchPlace,
    /// There is no such table, or several could be meant.
    #[error("{0}")]
    WhichTable(String),
    /// The explanation does not make a table.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The answer cannot be.
    #[error(transparent)]
    Word(#[from] WordError),
    /// A month without a year, or a year that cannot be.
    #[error("isi tahunnya (2000 sampai 2100) bila bulannya diisi")]
    BadYear,
    /// A monthly table needs its month.
    #[error("tabel ini berisi satu bulan: isi bulan dan tahunnya")]
    NeedsMonth,
    /// Nobody knows whose form it is.
    #[error("belum diketahui milik Puskesmas mana berkas ini; isi nama Puskesmas dahulu di halaman pratinjau")]
    NoPuskesmas,
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IntakeService<'_> {
    /// A sheet of a file as it lies there, with a guess; heading and table are guessed where not given.
    pub fn sheet_view(
        self,
        Upload { name, bytes }: &Upload,
        sheet: &str,
        puskesmas: Option<&str>,
        given: AlreadySaid,
    ) -> Result<SheetView, LayoutError> {
        let workbook = self.app.opener().read(name, bytes)?;
        let found = sheet_of(&workbook, sheet)?;
        let (services, facilities) = match self.owner(&workbook, puskesmas)? {
            Some(owner) => {
                let known = self.app.store().known(&owner)?;
                (known.services, known.facilities)
            }
            None => (Vec::new(), Vec::new()),
        };
        let codes: Vec<String> = services.iter().map(|(code, _)| code.clone()).collect();
        let guess = recap::guess(found, given, recap::KnownNames { services: &codes, facilities: &facilities });
        let choices = recap::choices(guess.table, &codes);
        Ok(view(found, guess, choices, services))
    }

    /// Keeps what somebody said about a sheet: the form for its Puskesmas, the months for this very file.
    pub fn explain_sheet(
        self,
        Upload { name, bytes }: &Upload,
        sheet: &str,
        puskesmas: Option<&str>,
        said: &Explained,
    ) -> Result<(), LayoutError> {
        let workbook = self.app.opener().read(name, bytes)?;
        let found = sheet_of(&workbook, sheet)?;
        let profile = Profile::new(found, said.rows, said.table, said.columns.clone(), said.indicator.clone());
        profile.check()?;
        let period = period(said)?;
        let owner = self.owner(&workbook, puskesmas)?.ok_or(LayoutError::NoPuskesmas)?;
        let by = self.app.by();
        self.app.store().add_profile(&NewProfile {
            puskesmas: &owner,
            fingerprint: &profile.fingerprint,
            table: profile.table,
            columns: &profile.columns_text(),
            rows_to_data: profile.rows_to_data,
            indicator: profile.indicator.as_deref(),
            place: (name.as_str(), sheet),
            by,
        })?;
        if let Some(period) = period {
            self.app.store().set_sheet_period(&crate::store::sha256(bytes), sheet, period, by)?;
        }
        Ok(())
    }

    /// Keeps the year, and perhaps the month, that a sheet of a file covers.
    pub fn say_period(self, sha256: &str, sheet: &str, period: (i32, Option<u32>)) -> Result<(), LayoutError> {
        let received = received(period.0, period.1).ok_or(LayoutError::BadYear)?;
        Ok(self.app.store().set_sheet_period(sha256, sheet, received, self.app.by())?)
    }

    /// An accepted file as a draft again, so that its sheets can be explained and it is seen what that changes.
    ///
    /// # Errors
    /// As [`Self::add_draft`]; [`DraftError::NoDraft`] where there is no such import.
    pub fn draft_again(self, batch: BatchId) -> Result<DraftId, DraftError> {
        let summary = self.app.store().batch(batch)?.ok_or(DraftError::NoDraft)?;
        let (name, bytes) = self.app.store().original(batch)?;
        let draft = self.add_draft(&[Upload { name, bytes }])?;
        self.set_draft_owner(draft, &summary.puskesmas)?;
        Ok(draft)
    }

    /// Returns the owner of a workbook: as was said, as it says itself, or the only Puskesmas there is; `None` where
    /// nobody knows.
    pub(super) fn owner(self, workbook: &Workbook, said: Option<&str>) -> Result<Option<String>, StoreError> {
        let named = said.map(str::to_owned).or_else(|| recap::puskesmas_named(workbook).into_iter().next());
        if named.is_some() {
            return Ok(named);
        }
        let known = self.app.store().puskesmas()?;
        Ok((known.len() == 1).then(|| known[0].clone()))
    }
}

fn received(year: i32, month: Option<u32>) -> Option<Received> {
    if !YEARS.contains(&year) {
        return None;
    }
    match month {
        Some(month) => Some(Received::Month(Month::new(year, month)?)),
        None => Some(Received::Year(year)),
    }
}

fn period(said: &Explained) -> Result<Option<Received>, LayoutError> {
    let is_across = said.columns.iter().any(|(_, code)| code.contains("bulan:"));
    let is_monthly = matches!(said.table, Table::Lokmin | Table::Achievements) && !is_across;
    match said.period {
        (None, None) => Ok(None),
        (Some(_), None) if is_monthly => Err(LayoutError::NeedsMonth),
        (Some(year), month) => received(year, month).map(Some).ok_or(LayoutError::BadYear),
        (None, Some(_)) => Err(LayoutError::BadYear),
    }
}

fn sheet_of<'w>(workbook: &'w Workbook, name: &str) -> Result<&'w Sheet, LayoutError> {
    workbook.sheets.iter().find(|sheet| sheet.name == name).ok_or(LayoutError::NoSuchPlace)
}

fn view(sheet: &Sheet, guess: SheetGuess, choices: Vec<ColumnChoice>, services: Vec<(String, String)>) -> SheetView {
    let widest = sheet.rows.iter().take(ROWS_SHOWN).filter_map(|row| row.cells.last()).map(|cell| cell.column + 1);
    let widest = widest.max().unwrap_or(0);
    let columns = widest.min(COLUMNS_SHOWN);
    let rows = sheet.rows.iter().take(ROWS_SHOWN).map(|row| {
        let mut texts = vec![String::new(); columns as usize];
        for cell in row.cells.iter().filter(|cell| cell.column < columns) {
            texts[cell.column as usize] = cell_text(&cell.value);
        }
        (row.index, texts)
    });
    let is_cut = sheet.rows.len() > ROWS_SHOWN || widest > columns;
    SheetView { sheet: sheet.name.clone(), rows: rows.collect(), columns, is_cut, guess, choices, services }
}

pub(in crate::app) fn cell_text(value: &CellValue) -> String {
    let text = match value {
        CellValue::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        CellValue::Number { value, percent: true } => format!("{} %", crate::domain::format::count(value * 100.0)),
        CellValue::Number { value, .. } => value.to_string().replace('.', ","),
        CellValue::Date(date) => crate::domain::format::date(*date),
        CellValue::Bool(value) => if *value { "BENAR" } else { "SALAH" }.to_owned(),
        CellValue::Error(error) => (*error).to_owned(),
        CellValue::FormulaNotComputed => "(rumus belum dihitung)".to_owned(),
    };
    if text.chars().count() <= CELL_CHARS {
        return text;
    }
    text.chars().take(CELL_CHARS).chain(['…']).collect()
}
