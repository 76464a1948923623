//! The way in: a file's bytes to the reader of its format. Above all readers; none of them knows it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::collector::Collector;
use super::intake::{Intake, Sink};
use super::sniff::{self, ContentKind};
use super::{Excess, Limits, OpenError, Workbook, csv, html, packaged, spreadsheetml, xls};

/// Reads a workbook from its bytes, in this process. What it is, its content decides, never its name; the
/// name is only carried along (messages, and the period in `rekap-2023-05.xlsx`).
///
/// Bytes from outside go through [`SandboxedReader`](super::SandboxedReader): here nothing holds the limits of memory and time.
///
/// # Errors
/// Fails where the file cannot be opened: not a workbook, a format not read, protected, damaged, or above `limits`.
/// Each error names the file and the way out in Indonesian.
pub fn read(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<Workbook, OpenError> {
    let mut collector = Collector::new(file_name);
    read_into(file_name, bytes, limits, &mut collector)?;
    Ok(collector.finish())
}

/// Reads a workbook and hands its pieces to `sink`.
pub(super) fn read_into(file_name: &str, bytes: &[u8], limits: &Limits, sink: &mut dyn Sink) -> Result<(), OpenError> {
    check_name_and_size(file_name, bytes, limits)?;
    let mut intake = Intake::new(file_name, limits, sink);
    // Foreign bytes have made parsers panic before; one bad workbook must not end the service.
    let read = catch_unwind(AssertUnwindSafe(|| match sniff::kind(bytes) {
        ContentKind::Zip => packaged::read(bytes, &mut intake),
        ContentKind::OleWorkbook | ContentKind::BareBiff => xls::read(bytes, &mut intake),
        ContentKind::Html => html::read(bytes, &mut intake),
        ContentKind::SpreadsheetMl => spreadsheetml::read(bytes, &mut intake),
        ContentKind::Text => csv::read(bytes, &mut intake),
        other => Err(other.refusal(file_name)),
    }));
    read.unwrap_or_else(|_panic| Err(intake.damaged("isinya tidak sesuai format")))
}

/// Refuses a file by its name or size alone, before its content is looked at.
pub(super) fn check_name_and_size(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<(), OpenError> {
    let file = || file_name.to_owned();
    if is_owner_file(file_name) {
        return Err(OpenError::OwnerFile { file: file() });
    }
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.file_bytes {
        return Err(OpenError::TooLarge { file: file(), excess: Excess::FileBytes(limits.file_bytes) });
    }
    Ok(())
}

/// `~$rekap.xlsx`: the note that Excel leaves while somebody has the workbook open.
fn is_owner_file(file_name: &str) -> bool {
    file_name.rsplit(['/', '\\']).next().is_some_and(|name| name.starts_with("~$"))
}
