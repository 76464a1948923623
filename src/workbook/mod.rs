//! Bytes → bounded grids of typed cells with addresses. The only module that names calamine.
//! Knows nothing of tables, headings or facilities: what the cells mean is `recap`'s business.
//!
//! One file per format: `sniff` (for zips `package`) tells what the bytes are, the format's file hands its
//! cells to `intake`, which holds the [`Limits`], and `collector` keeps them. What comes from outside is read
//! in a child process ([`sandbox`]). A format that is not read has its sentence in `sniff`.

mod biff;
mod collector;
mod csv;
mod encoding;
mod error;
mod grid;
mod html;
mod intake;
mod limits;
mod marks;
mod notice;
mod ods;
mod ole;
mod opener;
mod package;
mod packaged;
mod read;
pub mod sandbox;
mod sniff;
mod spreadsheetml;
mod values;
mod xls;
mod xls_formulas;
mod xlsb;
mod xlsx;
mod xlsx_extras;
mod xlsx_looks;
mod xlsx_plain;
mod xlsx_sheets;
mod xlsx_strings;
mod xml;

pub use error::{Excess, OpenError};
pub use grid::{Area, Cell, CellValue, ColumnWidth, Merges, Relaid, Remark, Row, Sheet, Visibility, Workbook};
pub use limits::Limits;
pub use marks::{CellMark, CellMarks, ColouredCell, FillColour};
pub use notice::Notice;
pub use opener::Opener;
pub use read::read;
pub use sandbox::SandboxedReader;
pub use values::{serial_date, serial_of};
