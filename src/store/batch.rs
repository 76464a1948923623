//! Batches that go into the store, their recaps and rows, and the receipts of their acceptance. Plain data: knows no
//! SQL.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{By, EvidenceId};
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::records::{Accumulated, AchievementRow, ChangeRow, Field, Recap, SlotRow};
use crate::domain::{Month, Received, Signature, Table, VisitDate};

/// Number of a batch: one accepted workbook, in the order of acceptance.
pub type BatchId = i64;

/// Puskesmas that a question is about; a name is compared by [`crate::domain::name::puskesmas_key`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every Puskesmas of the database.
    All,
    /// One, by its name in any of its spellings.
    Puskesmas(String),
}

/// Content that is kept of a workbook as its original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptOriginal<'a> {
    /// The file as it came.
    AsItCame,
    /// The same, with the personal data in it.
    WithPersonalData {
        /// Reason for which they are kept.
        because: &'a str,
    },
    /// The file with cells overwritten.
    Overwritten(&'a [u8]),
    /// Its cells alone, as xlsx.
    CellsAlone(&'a [u8]),
    /// None: no copy without personal data can be made.
    Nothing,
}

impl<'a> KeptOriginal<'a> {
    /// Bytes that are kept of a file, and the word for what they are where they are not its own.
    pub(super) fn bytes(self, came: &'a [u8]) -> (&'a [u8], Option<&'static str>) {
        match self {
            Self::AsItCame | Self::WithPersonalData { .. } => (came, None),
            Self::Overwritten(bytes) => (bytes, Some("package")),
            Self::CellsAlone(bytes) => (bytes, Some("cells")),
            Self::Nothing => (&[], Some("nothing")),
        }
    }

    /// Words for what became of the personal data in a file; blank where it has none.
    pub(super) fn personal_words(self) -> String {
        match self {
            Self::AsItCame => String::new(),
            Self::WithPersonalData { because } => format!("disimpan apa adanya: {because}"),
            Self::Overwritten(_) | Self::CellsAlone(_) => "dihapus dari salinan yang disimpan".to_owned(),
            Self::Nothing => "tidak ada salinan yang disimpan".to_owned(),
        }
    }
}

/// One workbook to be accepted: whose, which, by whom.
#[derive(Clone, Copy, Debug)]
pub struct NewBatch<'a> {
    /// Name as the banner writes it.
    pub puskesmas: &'a str,
    /// Name of the file, without folders.
    pub file_name: &'a str,
    /// Its bytes as they came: by their hash the same file is known again.
    pub bytes: &'a [u8],
    /// Content that is kept of it.
    pub kept: KeptOriginal<'a>,
    /// Account that imports, and the moment of the import.
    pub by: By<'a>,
    /// True if rows that a former version had and this one lacks are taken out.
    pub replace: bool,
}

/// Recaps, issues and signatures that a workbook was read as.
#[derive(Clone, Copy, Debug, Default)]
pub struct Content<'a> {
    /// Its tables, in order.
    pub recaps: &'a [Recap],
    /// Faults and doubts that were found in it.
    pub issues: &'a [Issue],
    /// People who signed the workbook.
    pub signatures: &'a [Signature],
}

/// Outcome of an acceptance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Id of the new batch.
    pub batch: BatchId,
    /// Rows that were added.
    pub rows_added: u64,
    /// Rows that former versions had and this one lacks, in a fixed order.
    pub gone: Vec<GoneRow>,
    /// The same as warnings, many rows of a version in one line, and those about visits with two scores; kept with the
    /// batch's issues.
    pub warnings: Vec<Issue>,
}

/// A row that a former version of the same recap had.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GoneRow {
    /// Sheet of the new version.
    pub sheet: String,
    /// Table that had the row.
    pub table: Table,
    /// Description of the row for people (`Apotek Sehat, 12 Mei 2023, Supervisi`).
    pub what: String,
    /// File of the former version.
    pub file_name: String,
    /// Sheet and cell of the former version (`Pembinaan!C12`).
    pub place: String,
}

impl GoneRow {
    /// Rows of a version that get a line each in a receipt; where there are more, one line names this many.
    pub const NAMED_MAX: usize = 5;

    /// The warnings about rows, which stayed or (with `--replace`) went.
    pub fn issues(gone: &[Self], is_removed: bool) -> Vec<Issue> {
        let mut versions: BTreeMap<(&str, &str), Vec<&Self>> = BTreeMap::new();
        for row in gone {
            versions.entry((&row.sheet, &row.file_name)).or_default().push(row);
        }
        let told = versions.into_values().flat_map(|rows| {
            if rows.len() > Self::NAMED_MAX {
                vec![Self::issue_of_many(&rows, is_removed)]
            } else {
                rows.into_iter().map(|row| row.issue(is_removed)).collect()
            }
        });
        told.collect()
    }

    fn issue(&self, is_removed: bool) -> Issue {
        let Self { what, file_name, place, .. } = self;
        let fate = fate(is_removed);
        let message =
            format!("{what}: ada di versi sebelumnya ({file_name}, {place}), tidak ada di berkas ini; {fate}");
        self.warning(message)
    }

    fn issue_of_many(rows: &[&Self], is_removed: bool) -> Issue {
        let Self { file_name, .. } = rows[0];
        let named: Vec<&str> = rows.iter().take(Self::NAMED_MAX).map(|row| row.what.as_str()).collect();
        let message = format!(
            "{} baris ada di versi sebelumnya ({file_name}), tidak ada di berkas ini: {} dan {} lainnya; {}",
            rows.len(),
            named.join("; "),
            rows.len() - named.len(),
            fate(is_removed)
        );
        rows[0].warning(message)
    }

    fn warning(&self, message: String) -> Issue {
        let code = IssueCode::RowGone;
        let severity = Severity::Warning;
        Issue { sheet: self.sheet.clone(), cell: String::new(), code, severity, message, about: None }
    }
}

fn fate(is_removed: bool) -> &'static str {
    if is_removed {
        "baris itu dikeluarkan sesuai permintaan"
    } else {
        "baris itu tetap dihitung (wajar bila kedua berkas dari pemegang program yang berbeda); bila memang harus hilang, \
         centang \"Keluarkan baris-baris itu\" di pratinjaunya, atau impor lagi dengan --replace"
    }
}

/// A live batch of the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBatch {
    /// The first batch of these bytes; what continues it ranks with it.
    pub batch: BatchId,
    /// Its recaps, counted as at the last reading.
    pub recaps: Vec<RecapSummary>,
    /// Its issues, as at the last reading.
    pub issues: Vec<Issue>,
    /// Recaps of which a later version is held.
    pub later: Vec<LaterVersion>,
}

impl HeldBatch {
    /// Reports whether something was rejected at the last reading: a row, or a heading with all below it.
    pub fn has_rejections(&self) -> bool {
        self.recaps.iter().any(|recap| recap.rows_rejected > 0)
            || self.issues.iter().any(|issue| issue.severity == Severity::Error)
    }
}

/// A later version of one recap of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaterVersion {
    /// Sheet in the older workbook.
    pub sheet: String,
    /// Table that both versions hold.
    pub table: Table,
    /// Months that both versions cover.
    pub received: Received,
    /// File that holds the later version.
    pub file_name: String,
    /// Moment at which it was accepted.
    pub at: DateTime<Utc>,
}

/// Kind and village of a registered facility, as the register writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPlace {
    /// Name as the register writes it.
    pub facility: String,
    /// Kind as the register writes it (`Klinik`); `None` where it does not say.
    pub kind: Option<String>,
    /// Village (*desa/kelurahan*); `None` where the register does not say.
    pub village: Option<String>,
}

/// Registers, figures and answers of a Puskesmas that are known before a workbook is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Names of registered facilities, as the register writes them, in its order.
    pub facilities: Vec<String>,
    /// Kind and village of each of them, sorted by name.
    pub places: Vec<KnownPlace>,
    /// Known variants: as written, and the register's name; sorted.
    pub aliases: Vec<(String, String)>,
    /// Codes and names of service indicators, sorted by code.
    pub services: Vec<(String, String)>,
    /// Planned slots by their original month, by (facility, month).
    pub slots: Vec<SlotRow>,
    /// Schedule changes with the month of their recap, by (facility, order in which they hold).
    pub changes: Vec<(Month, ChangeRow)>,
    /// (facility, date) of every visit, sorted.
    pub visits: Vec<(String, VisitDate)>,
    /// Counts since January, in the order in which they count.
    pub accumulated: Vec<Accumulated>,
    /// Figures of achievements so far, where they were asked for ([`Store::former_figures`](super::Store::former_figures)).
    pub figures: Vec<AchievementRow>,
    /// The Puskesmas that a list of clusters may name: those there are, and the members of former lists. Only the
    /// district's team has them.
    pub members: Vec<String>,
}

/// One batch as the history lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchSummary {
    /// Id of the batch.
    pub batch: BatchId,
    /// Puskesmas, as this workbook wrote it.
    pub puskesmas: String,
    /// Name of the workbook, without folders.
    pub file_name: String,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// True if it was written by a form: then nobody imported a file.
    pub by_form: bool,
    /// Account that imported it.
    pub who: String,
    /// Moment of the import.
    pub at: DateTime<Utc>,
    /// The batch that it continues (its rejected rows tried again).
    pub continues: Option<BatchId>,
    /// Moment at which it was undone, and the account; `None` while it stands.
    pub undone: Option<(DateTime<Utc>, String)>,
    /// Recaps that it held.
    pub recaps: Vec<RecapSummary>,
    /// Number of issues that rejected something.
    pub errors: u32,
    /// Number of warnings, those about rows that are gone included.
    pub warnings: u32,
}

/// One recap of a batch, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecapSummary {
    /// Name of the sheet.
    pub sheet: String,
    /// Table that the sheet was read as.
    pub table: Table,
    /// Months that the recap covers.
    pub received: Received,
    /// Rows with data that were seen.
    pub rows_seen: u32,
    /// Rows of which something was rejected.
    pub rows_rejected: u32,
}

/// Number of facts of a table something brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the summary names both fields")]
pub struct TableFacts {
    pub table: Table,
    pub facts: usize,
}

/// Files and dates that the source line of a chart names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Number of live batches.
    pub batches: u32,
    /// File of the earliest recap.
    pub first_file: Option<String>,
    /// File of the latest recap.
    pub last_file: Option<String>,
    /// Moment at which the last batch was accepted.
    pub last_accepted: Option<DateTime<Utc>>,
    /// Last month for which a monthly table was received (*data until*).
    pub data_until: Option<Month>,
}

/// A value that counts for a fact, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracedField {
    /// Field of the row that the value stands in.
    pub field: Field,
    /// The value as pages show it.
    pub value: String,
    /// Name of the workbook, without folders.
    pub file_name: String,
    /// True if somebody wrote the value by a form: then no file was imported.
    pub by_form: bool,
    /// Cell in that file, or the file itself.
    pub place: TracedPlace,
    /// Moment at which it was accepted or attached.
    pub at: DateTime<Utc>,
    /// Account that imported or wrote it.
    pub who: String,
}

/// Place of a value: a cell, or an attached file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TracedPlace {
    /// Cell of a workbook.
    Cell {
        /// Name of the sheet.
        sheet: String,
        /// Cell (`F10`), or both whose numbers were added (`F10 + G10`); empty where the value has none.
        cell: String,
        /// Batch of the workbook.
        batch: BatchId,
    },
    /// The file is the evidence.
    Attached(EvidenceId),
}

impl TracedPlace {
    /// Sheet and cell of a workbook; empty for an attached file.
    pub fn sheet_and_cell(&self) -> (&str, &str) {
        match self {
            Self::Cell { sheet, cell, .. } => (sheet, cell),
            Self::Attached(_) => ("", ""),
        }
    }
}
