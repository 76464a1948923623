//! The audit as files: lines of JSON or CSV piece by piece, and the fields of a workbook's rows. Writes no file itself.

use std::io::{self, Write};

use chrono::Local;
use serde_json::{Value, json};

use super::{AuditAsked, AuditService};
use crate::app::facts_lines::LineForm;
use crate::app::{App, AppError};
use crate::domain::format::spreadsheet_text;
use crate::store::{AuditFields, AuditFilter, AuditRow};

/// Rows that a workbook holds at most; CSV and JSON hold all.
pub const BOOK_ROWS_MAX: u64 = 50_000;
/// Rows of a piece: what is held of the lines at once.
const PIECE_ROWS: u64 = 500;

/// Heads of the files.
pub const AUDIT_HEADS: [&str; 11] = [
    "Nomor",
    "Waktu",
    "Akun",
    "Asal",
    "Tindakan",
    "Puskesmas",
    "Tentang",
    "Sebelum",
    "Sesudah",
    "Kode tindakan",
    "Hash",
];

/// Lines still to be written, the newest first.
#[derive(Debug)]
pub struct AuditLines {
    form: LineForm,
    filter: AuditFilter,
    has_begun: bool,
    is_done: bool,
}

impl AuditService<'_> {
    /// The rows asked for as lines.
    pub fn lines(self, asked: &AuditAsked, form: LineForm) -> Result<AuditLines, AppError> {
        Ok(AuditLines { form, filter: self.filter(asked)?, has_begun: false, is_done: false })
    }

    /// The rows asked for as fields of a workbook: the newest of them where there are more than it holds.
    pub fn book_rows(self, asked: &AuditAsked) -> Result<Vec<[String; 11]>, AppError> {
        let rows = self.app.store().audit_rows(&self.filter(asked)?, 0, BOOK_ROWS_MAX)?;
        Ok(rows.iter().map(fields).collect())
    }
}

impl AuditLines {
    /// The next lines, a bounded number of them; `None` where all are written. Blocking.
    pub fn next_piece(&mut self, app: &App) -> Result<Option<Vec<u8>>, AppError> {
        if self.is_done {
            return Ok(None);
        }
        let rows = app.store().audit_rows(&self.filter, 0, PIECE_ROWS)?;
        self.is_done = u64::try_from(rows.len()).unwrap_or(u64::MAX) < PIECE_ROWS;
        self.filter.below = rows.last().map(|row| row.seq);
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let written = piece(self.form, &rows, is_first);
        let failed = |source| AppError::Folder { path: app.data().to_owned(), source };
        written.map(Some).map_err(failed)
    }
}

fn piece(form: LineForm, rows: &[AuditRow], is_first: bool) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    if form == LineForm::Json {
        for row in rows {
            serde_json::to_writer(&mut out, &row_json(row))?;
            out.write_all(b"\n")?;
        }
        return Ok(out);
    }
    let mut builder = csv::WriterBuilder::new();
    if form == LineForm::SpreadsheetCsv {
        if is_first {
            out.extend_from_slice("\u{feff}".as_bytes());
        }
        builder.delimiter(b';').terminator(csv::Terminator::CRLF);
    }
    let mut writer = builder.from_writer(out);
    if is_first {
        writer.write_record(AUDIT_HEADS).map_err(io::Error::other)?;
    }
    for row in rows {
        writer.write_record(fields(row).map(|field| spreadsheet_text(&field))).map_err(io::Error::other)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// A row for programs.
pub fn row_json(row: &AuditRow) -> Value {
    let values = |fields: &AuditFields| -> Vec<Value> {
        fields.pairs().iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
    };
    json!({
        "number": row.seq, "at": row.at.to_rfc3339(), "account": row.account, "origin": row.origin,
        "action": row.action, "label": row.action_label(), "puskesmas": row.puskesmas, "record": row.record,
        "before": values(&row.before), "after": values(&row.after), "hash": row.hash,
    })
}

fn fields(row: &AuditRow) -> [String; 11] {
    [
        row.seq.to_string(),
        row.at.with_timezone(&Local).format("%Y-%m-%d %H:%M:%S %:z").to_string(),
        row.account.clone(),
        row.origin.clone(),
        row.action_label().to_owned(),
        row.puskesmas.clone().unwrap_or_default(),
        row.record.clone(),
        side(&row.before),
        side(&row.after),
        row.action.clone(),
        row.hash.clone(),
    ]
}

/// `Alamat: Jl. Melati 1; Desa: Sukamaju`.
fn side(fields: &AuditFields) -> String {
    let told: Vec<String> = fields.pairs().iter().map(|(name, value)| format!("{name}: {value}")).collect();
    told.join("; ")
}
