//! Grids → recognised tables → records and issues. Pure: no file, no database, no clock.
//!
//! [`recognise`] finds the tables of a workbook by their headings; [`read_table`] reads one of them against
//! what is known ([`ReadingContext`]), [`read_table_in_pieces`] one that may be long. Errors in the user's data are results ([`Issue`]s with cells), never `Err`.

mod about_table;
mod as_said;
mod banner;
mod bare_names;
mod beside;
mod calendar;
mod cells;
mod colours;
mod context;
mod done_beside;
mod facility_words;
mod fills;
mod heading;
mod heading_figures;
mod heading_file;
mod heading_plan;
mod heading_sentence;
mod heading_words;
mod indicator_lists;
mod issue;
mod kind_columns;
mod kinds;
mod layout;
mod leftover;
mod legend;
mod months_across;
mod notices;
mod other_activities;
mod others_rows;
mod part_titles;
mod period;
mod plan_rows;
mod planned_list;
mod planned_slots;
mod profile;
mod puskesmas_title;
mod questions;
mod read;
mod recognise;
mod relaid;
mod revised;
mod school_year;
mod section;
mod sections;
mod signatures;
mod spelling;
mod sum_rows;
mod table_months;
mod target_column;
mod target_parts;
mod title_days;
mod village_words;

pub use cells::date::typed_day;
pub use context::ReadingContext;
pub use kinds::{KindInName, kind_in_name};
pub use planned_slots::PlannedSlot;
pub use profile::{
    AlreadySaid, Chosen, ColumnChoice, FormWord, HeadingRows, Hints, KnownNames, Meant, Profile, ProfileError,
    SaidWord, SheetGuess, WordError, WordSort, choices, guess, retitled,
};
pub use read::{read_table, read_table_in_pieces};
pub use recognise::{puskesmas_named, recognise, recognise_with};
pub use relaid::lay_out;

use legend::Legend;

use crate::diagnostic::Issue;
use crate::domain::facts::LokminSort;
use crate::domain::records::CellRef;
use crate::domain::{Received, Signature, Table};
use crate::workbook::Sheet;

/// The tables, signatures and doubts of a workbook.
#[derive(Debug)]
pub struct Recognised<'w> {
    /// Tables found on visible sheets, in the order of the sheets.
    pub tables: Vec<FoundTable<'w>>,
    /// Tables that are asked about and not read, of which something can be said.
    pub asked: Vec<FoundTable<'w>>,
    /// Every sheet, in order.
    pub sheets: Vec<SheetNote>,
    /// Who signed the sheets with tables, in their order.
    pub signatures: Vec<Signature>,
    /// Issues about sheets as a whole: hidden, without a table, without a period.
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
#[derive(Clone, Debug)]
pub struct FoundTable<'w> {
    /// Its sheet.
    pub sheet: &'w Sheet,
    legend: Legend<'w>,
    /// The kind of table.
    pub table: Table,
    /// The Puskesmas as the banner writes it; of the workbook's other sheets where this one names none.
    pub puskesmas: Option<String>,
    /// The months that it covers.
    pub received: Received,
    /// `INDIKATOR : …` of the banner, with its cell.
    indicator: Option<(String, CellRef)>,
    /// Lines above it that hold a single text, and those above its neighbours too: one of them may name the indicator.
    titles: [Vec<(String, CellRef)>; 2],
    /// All words above it, in lower case.
    words: String,
    /// The facility of the whole table, where no column names it, as written.
    facility: Option<(String, CellRef)>,
    /// Sort of lokmin that the banner names.
    lokmin_sort: LokminSort,
    heading: layout::Heading,
    /// Where a schedule has rows of what was done below those of the plan: which are which.
    plan_rows: Option<plan_rows::PlanRows>,
    /// Its rows are those of a table of visits, of which it takes the columns of follow-ups: rows without an item are
    /// none of its own.
    shares_rows: bool,
    /// First and last row of each repetition of the heading, and of what belongs to no known table.
    repeated: Vec<(u32, u32)>,
    /// Last row that can belong to it.
    last_row: u32,
    /// Month cells that are planned by their fill alone, by row and column.
    planned_fills: Vec<CellRef>,
    /// Month cells that deny by their fill alone, as somebody said.
    denied_fills: Vec<CellRef>,
    /// Those of them that the legend calls done.
    done_fills: Vec<CellRef>,
    /// Month cells whose fill alone the legend calls off.
    cancelled_fills: Vec<CellRef>,
    /// Those of its signs that are read.
    signs_read: SignsRead,
    /// Filled month cells without text beside others with marks.
    fills_beside: Vec<CellRef>,
    /// Words that people said of its form, beside its columns.
    said: Vec<SaidWord>,
    counts_from_1904: bool,
    /// Its sources name different years, so that a date without one is of none.
    is_year_undecided: bool,
}

/// The signs of a table with months across that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignsRead {
    All,
    /// Those that the legend of a plan calls done: they are visits.
    Done,
    /// All but those: its colours plan.
    Planned,
}

impl FoundTable<'_> {
    /// First row of its heading.
    pub fn top(&self) -> u32 {
        self.heading.top
    }
}
