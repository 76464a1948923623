//! Receipts of an import: what became of each file, sheet and cell, serialized exactly as the command line
//! promises.

use serde::Serialize;

use crate::diagnostic::{About, Issue, IssueCode, Severity};
use crate::domain::Table;
use crate::domain::records::Recap;
use crate::store::{BatchId, RecapSummary};

/// Outcome of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileStatus {
    /// Accepted; rejected rows are named among the issues.
    Imported,
    /// Known already: nothing changed.
    Unchanged,
    /// Nothing of it was taken in.
    Failed,
}

/// Reason for which a file is not taken in. The display is the sentence of the command line and of receipts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It names no Puskesmas, and there is not exactly one that it can belong to.
    #[error("{file}: berkas ini tidak menyebut nama Puskesmas{}", owner_advice(known))]
    NoOwner {
        /// Name of the file as it was given.
        file: String,
        /// The Puskesmas there are.
        known: Vec<String>,
    },
    /// It names a Puskesmas that nobody knows, and no list of its facilities comes along: perhaps a slip of the pen.
    #[error(
        "{file}: judulnya menyebut {named}, yang belum ada di folder data ini{}; kalau salah tulis, perbaiki judulnya; kalau memang Puskesmas baru, impor bersama Daftar Identifikasinya, atau sebutkan dengan --puskesmas \"{named}\"",
        known_list(known)
    )]
    NewPuskesmas {
        /// Name of the file as it was given.
        file: String,
        /// The name in its title.
        named: String,
        /// The Puskesmas there are.
        known: Vec<String>,
    },
    /// Anything else, told in words.
    #[error("{0}")]
    Other(String),
}

fn owner_advice(known: &[String]) -> String {
    if known.is_empty() {
        "; tulis di atas tabelnya (misalnya UPT PUSKESMAS ABCDE) atau sebutkan dengan --puskesmas NAMA".to_owned()
    } else {
        let names = known.join(", ");
        format!(", padahal ada beberapa; sebutkan pemiliknya dengan --puskesmas NAMA ({names})")
    }
}

fn known_list(known: &[String]) -> String {
    if known.is_empty() { String::new() } else { format!(" (yang ada: {})", known.join(", ")) }
}

impl From<String> for Refusal {
    fn from(told: String) -> Self {
        Self::Other(told)
    }
}

impl From<&str> for Refusal {
    fn from(told: &str) -> Self {
        Self::Other(told.to_owned())
    }
}

impl Serialize for Refusal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Receipt of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileReceipt {
    /// Name as it was given.
    pub file: String,
    /// Outcome of the file.
    pub status: FileStatus,
    /// Reason for which it failed; `None` where it did not.
    pub error: Option<Refusal>,
    /// One entry a recognised table.
    pub sheets: Vec<SheetReceipt>,
    /// Facts of each of them; of what was held already none is told.
    #[serde(skip)]
    pub facts: Vec<usize>,
    /// Rows that were rejected and readings that are doubtful, in the order of the sheets.
    pub issues: Vec<IssueReceipt>,
    /// The batch that holds it.
    #[serde(skip)]
    pub batch: Option<BatchId>,
    /// The Puskesmas it belongs to.
    #[serde(skip)]
    pub puskesmas: Option<String>,
}

/// One table of one sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetReceipt {
    /// Name of the sheet.
    pub sheet: String,
    /// Code of the table.
    pub table: &'static str,
    /// Number of rows with data.
    pub rows: u32,
    /// Number of these that were accepted whole.
    pub accepted: u32,
    /// Number of these with something rejected.
    pub rejected: u32,
}

/// Fault or doubt, as receipts tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IssueReceipt {
    /// Name of the sheet; empty where the file is meant.
    pub sheet: String,
    /// Cell; empty where the whole sheet or file is meant.
    pub cell: String,
    /// Code of the issue (`reading`).
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// Sentence that says what, why and what to do.
    pub message: String,
    /// Table that it is about, and what can be said to it.
    #[serde(skip)]
    pub about: Option<About>,
}

/// Everything one call of the import says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportReceipt {
    /// One receipt a file, in the order in which they were given.
    pub files: Vec<FileReceipt>,
}

impl ImportReceipt {
    /// Reports whether some file failed.
    pub fn has_failures(&self) -> bool {
        self.files.iter().any(|file| file.status == FileStatus::Failed)
    }
}

impl FileReceipt {
    /// A file that was not taken in.
    pub fn failed(file: &str, error: impl Into<Refusal>) -> Self {
        Self {
            file: file.to_owned(),
            status: FileStatus::Failed,
            error: Some(error.into()),
            sheets: Vec::new(),
            facts: Vec::new(),
            issues: Vec::new(),
            batch: None,
            puskesmas: None,
        }
    }

    /// `18 pembinaan`, where the rows of the table in this place are another number of facts.
    pub fn counted_facts(&self, place: usize) -> Option<String> {
        let sheet = self.sheets.get(place)?;
        let facts = self.facts.get(place)?;
        let is_same = u32::try_from(*facts).is_ok_and(|facts| facts == sheet.accepted);
        let table = Table::from_code(sheet.table).filter(|_| !is_same)?;
        Some(format!("{facts} {}", table.noun()))
    }

    /// Issues that rejected something.
    pub fn errors(&self) -> impl Iterator<Item = &IssueReceipt> {
        self.issues.iter().filter(|issue| issue.severity == Severity::Error.code())
    }
}

impl From<&Recap> for SheetReceipt {
    fn from(recap: &Recap) -> Self {
        counted(&recap.sheet, recap.rows.table().code(), recap.rows_seen, recap.rows_rejected)
    }
}

impl From<&RecapSummary> for SheetReceipt {
    fn from(recap: &RecapSummary) -> Self {
        counted(&recap.sheet, recap.table.code(), recap.rows_seen, recap.rows_rejected)
    }
}

fn counted(sheet: &str, table: &'static str, rows: u32, rejected: u32) -> SheetReceipt {
    SheetReceipt { sheet: sheet.to_owned(), table, rows, accepted: rows.saturating_sub(rejected), rejected }
}

impl IssueReceipt {
    /// The issue again; `None` for a code that nobody gives.
    pub fn to_issue(&self) -> Option<Issue> {
        Some(Issue {
            sheet: self.sheet.clone(),
            cell: self.cell.clone(),
            code: IssueCode::from_code(self.code)?,
            severity: Severity::from_code(self.severity)?,
            message: self.message.clone(),
            about: self.about.clone(),
        })
    }
}

impl From<&Issue> for IssueReceipt {
    fn from(issue: &Issue) -> Self {
        Self {
            sheet: issue.sheet.clone(),
            cell: issue.cell.clone(),
            code: issue.code.code(),
            severity: issue.severity.code(),
            message: issue.message.clone(),
            about: issue.about.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_has_the_promised_shape() {
        let receipt = ImportReceipt {
            files: vec![
                FileReceipt {
                    status: FileStatus::Imported,
                    error: None,
                    sheets: vec![counted("Pembinaan", "visits", 12, 1)],
                    issues: vec![IssueReceipt {
                        sheet: "Pembinaan".into(),
                        cell: "F10".into(),
                        code: "invalid_number",
                        severity: "error",
                        message: "bukan angka".into(),
                        about: None,
                    }],
                    batch: Some(7),
                    ..FileReceipt::failed("rekap.xlsx", "")
                },
                FileReceipt::failed("rusak.xlsx", "rusak"),
            ],
        };
        let expected = concat!(
            r#"{"files":[{"file":"rekap.xlsx","status":"imported","error":null,"#,
            r#""sheets":[{"sheet":"Pembinaan","table":"visits","rows":12,"accepted":11,"rejected":1}],"#,
            r#""issues":[{"sheet":"Pembinaan","cell":"F10","code":"invalid_number","severity":"error","#,
            r#""message":"bukan angka"}]},"#,
            r#"{"file":"rusak.xlsx","status":"failed","error":"rusak","sheets":[],"issues":[]}]}"#
        );
        assert_eq!(serde_json::to_string(&receipt).unwrap(), expected);
        assert!(receipt.has_failures());
    }
}
