//! Bytes → bounded grids of typed cells with addresses. The only module that names calamine.
//! Knows nothing of tables, headings or facilities: what the cells mean is `recap`'s business.
//!
//! One file per format (`xlsx` so far): `sniff` tells what the bytes are, the format's file fills the grid
//! within the [`Limits`]. A format that is not read has its sentence in `sniff`.

mod error;
mod grid;
mod limits;
mod sniff;
mod xlsx;

pub use error::{Excess, OpenError};
pub use grid::{Area, Cell, CellValue, Row, Sheet, Visibility, Workbook};
pub use limits::Limits;

use sniff::Kind;

/// Reads a workbook from its bytes. What it is, its content decides, never its name; the name is only
/// carried along (messages, and the period in `rekap-2023-05.xlsx`).
///
/// # Errors
/// What cannot be opened at all: not a workbook, a format not read, protected, damaged, or above `limits`.
/// Each error names the file and the way out in Indonesian.
pub fn read(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<Workbook, OpenError> {
    let file = || file_name.to_owned();
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits.file_bytes {
        return Err(OpenError::TooLarge { file: file(), excess: Excess::FileBytes(limits.file_bytes) });
    }
    if is_owner_file(file_name) {
        return Err(OpenError::OwnerFile { file: file() });
    }
    match sniff::kind(bytes) {
        Kind::Zip => xlsx::read(file_name, bytes, limits),
        other => Err(other.refusal(file_name)),
    }
}

/// `~$rekap.xlsx`: the note that Excel leaves while somebody has the workbook open.
fn is_owner_file(file_name: &str) -> bool {
    file_name.rsplit(['/', '\\']).next().is_some_and(|name| name.starts_with("~$"))
}
