//! Workbooks into facts: the worked cases in any order of files, receipts, the same bytes again, several
//! Puskesmas, and the way back to the cell.

mod cases;
mod checklists;
mod flow;
mod long;
mod mended;
mod plans;
mod preview;
mod undo;
mod written;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeZone, Utc};
use simpul::app::import::receipt::{FileReceipt, FileStatus};
use simpul::app::import::{ImportOptions, Upload, import};
use simpul::domain::Facts;
use simpul::domain::access::{Access, Origin};
use simpul::store::{Scope, Store};
use simpul::workbook::{Limits, Opener};

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2024, 1, 2, 3, 4, 5).unwrap()
}

pub fn options() -> ImportOptions {
    ImportOptions {
        expected: None,
        puskesmas: None,
        replace: false,
        access: Arc::new(Access::owner("ani", Origin::CommandLine)),
        at: now(),
        opener: Opener::Here(Limits::default()),
        stop: std::sync::Arc::default(),
        books: simpul::definitions::load(&[]).0.books,
        personal: simpul::app::import::PersonalChoice::default(),
    }
}

pub fn run(store: &Store, files: &[Upload]) -> Vec<FileReceipt> {
    import(store, files, &options(), &mut |_| {}).files
}

pub fn status(receipts: &[FileReceipt]) -> Vec<FileStatus> {
    receipts.iter().map(|receipt| receipt.status).collect()
}

pub fn facts(store: &Store) -> Facts {
    store.facts(&Scope::All).unwrap()
}

/// The workbooks of a worked case, by name.
pub fn workbooks(case: &Path) -> Vec<Upload> {
    crate::support::workbooks(case)
        .iter()
        .map(|path| Upload {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            bytes: fs::read(path).unwrap(),
        })
        .collect()
}
