//! Grids → recognised tables → records and issues. Pure: no file, no database, no clock.
//!
//! [`recognise`] finds the tables of a workbook by their headings; [`read_table`] reads one of them against
//! what is known ([`Context`]). Errors in the user's data are results ([`Issue`]s with cells), never `Err`.

mod context;

pub use context::{Context, PlannedSlot};

use crate::diagnostic::Issue;
use crate::domain::records::Recap;
use crate::domain::{Received, Table};
use crate::workbook::{Sheet, Workbook};

/// What a workbook holds.
#[derive(Debug)]
pub struct Recognised<'w> {
    /// Tables found on visible sheets, in the order of the sheets.
    pub tables: Vec<FoundTable<'w>>,
    /// Every sheet, in order.
    pub sheets: Vec<SheetNote>,
    /// What is wrong or doubtful with sheets as a whole: hidden, without a table, without a period.
    pub issues: Vec<Issue>,
}

/// One sheet of a workbook, as a receipt lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetNote {
    /// Its name.
    pub name: String,
    /// Hidden sheets are listed and not read.
    pub hidden: bool,
    /// The tables found on it, in order.
    pub tables: Vec<Table>,
}

/// One table of one sheet, recognised and not yet read.
#[derive(Debug)]
pub struct FoundTable<'w> {
    /// Its sheet.
    pub sheet: &'w Sheet,
    /// Which of the ten.
    pub table: Table,
    /// The Puskesmas as the banner writes it; of the workbook's other sheets where this one names none.
    pub puskesmas: Option<String>,
    /// Which months it covers.
    pub received: Received,
}

/// Finds the tables of a workbook by their headings, whatever the sheets are called and wherever they stand.
pub fn recognise(_workbook: &Workbook) -> Recognised<'_> {
    Recognised { tables: Vec::new(), sheets: Vec::new(), issues: Vec::new() }
}

/// Reads one table: the accepted rows, and an issue for every cell that is wrong or doubtful.
pub fn read_table(_table: &FoundTable<'_>, _context: &Context) -> (Recap, Vec<Issue>) {
    (
        Recap {
            sheet: _table.sheet.name.clone(),
            received: _table.received,
            services: Vec::new(),
            rows: crate::domain::records::Rows::Facilities(Vec::new()),
            rows_seen: 0,
            rows_rejected: 0,
        },
        Vec::new(),
    )
}
