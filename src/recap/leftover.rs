//! Areas of a sheet beside, between and below its tables that look like tables too. Nobody reads them, so they are
//! named. Helper figures, notes, legends, sums and signatures are none. Knows headings, not the register.

use super::cells::{is_blank, is_dash, value_text};
use super::heading::{ColumnMeaning, HeadingAnchor, anchor, is_number_heading, key};
use super::layout::ColumnSpan;
use super::section::Section;
use super::signatures::is_opening;
use super::sum_rows::is_signed;
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::workbook::{Cell, CellValue, Row, Sheet};

/// Texts in a row from which they may be a heading; one fewer where one of them is a name's or a number's.
const HEADINGS_MIN: usize = 3;
/// Longest heading, characters.
const HEADING_CHARS: usize = 60;
/// Rows below a heading from which it is a table's.
const ROWS_MIN: usize = 2;
/// Rows of a table without any number, date or mark.
const TEXT_ROWS_MIN: usize = 3;
/// Cells that a row of a table has at least.
const CELLS_MIN: usize = 2;
/// Longest text that is a mark or a figure and no sentence, characters.
const MARK_CHARS: usize = 3;
/// Blank rows within a table.
const GAP_MAX: u32 = 1;
/// Most cells of a row of signatures: a table's own rows are wider, and not looked at one by one.
const SIGNED_CELLS_MAX: usize = 6;

/// An area that looks like a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LeftoverBlock {
    pub(super) first: CellRef,
    pub(super) last: CellRef,
}

/// The blocks of a sheet that none of its sections takes, top down.
pub(super) fn blocks(sheet: &Sheet, sections: &[Section]) -> Vec<LeftoverBlock> {
    let claims: Vec<Claim> = sections.iter().map(|section| Claim::from_sheet(sheet, section)).collect();
    let mut found: Vec<LeftoverBlock> = Vec::new();
    for (place, row) in sheet.rows.iter().enumerate() {
        for run in runs(sheet, row, &free(row, &claims)) {
            let first = CellRef { row: row.index, column: run.first };
            let is_within = |block: &LeftoverBlock| {
                (block.first.row..=block.last.row).contains(&first.row)
                    && block.first.column <= run.last
                    && run.first <= block.last.column
            };
            if !run.is_heading() || found.iter().any(is_within) {
                continue;
            }
            let is_above = claims.iter().any(|claim| claim.is_below(row.index, (run.first, run.last)));
            let body = RowsBelow::from_below(&sheet.rows[place + 1..], row.index, &run, &claims);
            if body.is_of_table(is_above && !run.has_number) {
                found.push(LeftoverBlock { first, last: CellRef { row: body.last_row, column: run.last } });
            }
        }
    }
    found
}

/// Rows that say the heading of a register again, with another word for the name: `No | Nama PKD | Desa` below
/// `No | Nama Pustu | Desa`. They name nobody.
pub(super) fn headings_again(sheet: &Sheet, section: &Section) -> Vec<(u32, u32)> {
    let heading = &section.heading;
    // Of other tables such a row is an unknown name, which is said.
    if heading.table != Some(Table::Facilities) {
        return Vec::new();
    }
    let columns = heading.columns.get(&ColumnMeaning::No).zip(heading.columns.get(&ColumnMeaning::Name));
    let Some((number, name)) = columns.map(|(number, name)| (*number, *name)) else { return Vec::new() };
    let start = sheet.rows.partition_point(|row| row.index <= heading.bottom);
    let rows = sheet.rows[start..].iter().take_while(|row| row.index <= section.last_row);
    let is_again = |row: &&Row| {
        let is_number = row.get(number).and_then(CellValue::text).is_some_and(is_number_heading);
        let names = |text: &str| anchor(text).is_some() || key(text).starts_with("nama");
        is_number && row.get(name).and_then(CellValue::text).is_some_and(names)
    };
    rows.filter(is_again).map(|row| (row.index, row.index)).collect()
}

/// The rows of a section in which the heading of another table stands, to the end of what is below it; a heading is one
/// by its `No` among the row numbers.
pub(super) fn foreign_rows(sheet: &Sheet, section: &Section) -> Vec<(u32, u32)> {
    let heading = &section.heading;
    let Some(number) = heading.columns.get(&ColumnMeaning::No).copied() else { return Vec::new() };
    let start = sheet.rows.partition_point(|row| row.index <= heading.bottom);
    let rows = sheet.rows[start..].iter().take_while(|row| row.index <= section.last_row);
    let is_repeated = |row: u32| section.repeated.iter().any(|(first, last)| (*first..=*last).contains(&row));
    let mut found: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        let is_number = row.get(number).and_then(CellValue::text).is_some_and(is_number_heading);
        if !is_number || is_repeated(row.index) || found.last().is_some_and(|(_, last)| row.index <= *last) {
            continue;
        }
        let texts =
            row.within(heading.extent.0..=heading.extent.1).iter().filter(|cell| is_heading_text(&cell.value)).count();
        // With most of its own words it is this table's, and its faults are named cell by cell.
        let is_own = |cell: &&Cell| {
            let above = CellRef { row: heading.anchor.row, column: cell.column };
            sheet.seen(above).is_some_and(|(_, value)| key(&value_text(value)) == key(&value_text(&cell.value)))
        };
        let own = row.within(heading.extent.0..=heading.extent.1).iter().filter(is_own).count();
        if texts >= HEADINGS_MIN && own * 2 <= texts {
            let next = section.repeated.iter().map(|(first, _)| *first).filter(|first| *first > row.index).min();
            found.push((row.index, next.map_or(section.last_row, |next| next - 1)));
        }
    }
    found
}

/// `H4:M12`.
impl std::fmt::Display for LeftoverBlock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.first, self.last)
    }
}

/// The cells that a section takes.
struct Claim {
    columns: (u32, u32),
    /// First and last row of each part.
    rows: Vec<(u32, u32)>,
    top: u32,
}

impl Claim {
    /// From the heading to the signatures, and on behind a repeated heading.
    fn from_sheet(sheet: &Sheet, section: &Section) -> Self {
        let Section { heading, repeated, foreign, last_row, .. } = section;
        let start = sheet.rows.partition_point(|row| row.index <= heading.bottom);
        let mut rows = Vec::new();
        let mut open = Some(heading.top);
        for row in sheet.rows[start..].iter().take_while(|row| row.index <= *last_row) {
            let is_within = |(first, last): &(u32, u32)| (*first..=*last).contains(&row.index);
            if repeated.iter().any(is_within) {
                open.get_or_insert(row.index);
            } else if let Some(first) = open
                && (foreign.iter().any(is_within) || row.cells.len() <= SIGNED_CELLS_MAX && is_signed(row, heading))
            {
                rows.push((first, row.index - 1));
                open = None;
            }
        }
        rows.extend(open.map(|first| (first, *last_row)));
        Self { columns: heading.extent, rows, top: heading.top }
    }

    fn holds(&self, place: CellRef) -> bool {
        (self.columns.0..=self.columns.1).contains(&place.column)
            && self.rows.iter().any(|(first, last)| (*first..=*last).contains(&place.row))
    }

    /// Reports whether its heading stands below a row, over some of these columns.
    fn is_below(&self, row: u32, run: ColumnSpan) -> bool {
        let (first, last) = run;
        self.top > row && self.columns.0 <= last && first <= self.columns.1
    }
}

fn free<'r>(row: &'r Row, claims: &[Claim]) -> Vec<&'r Cell> {
    let is_free = |cell: &&Cell| {
        let place = CellRef { row: row.index, column: cell.column };
        !is_blank(Some(&cell.value)) && !claims.iter().any(|claim| claim.holds(place))
    };
    row.cells.iter().filter(is_free).collect()
}

/// Cells beside each other without a blank column between.
#[derive(Debug, Default)]
struct CellRun {
    first: u32,
    last: u32,
    /// Texts that may be headings.
    texts: usize,
    /// A cell that no row of headings has: a label, a date, the opening of signatures.
    is_other: bool,
    /// `No`.
    has_number: bool,
    /// `Nama`, `Kode`.
    has_name: bool,
}

impl CellRun {
    fn is_heading(&self) -> bool {
        let needed = HEADINGS_MIN - usize::from(self.has_number || self.has_name);
        self.texts >= needed && !self.is_other
    }

    fn take(&mut self, value: &CellValue) {
        match value {
            CellValue::Text(text) if is_heading_text(value) => {
                self.texts += 1;
                self.has_number |= is_number_heading(text);
                self.has_name |= anchor(text) == Some(HeadingAnchor::Begins);
            }
            // Years and months as headings.
            CellValue::Number { value, .. } if value.fract() == 0.0 => {}
            _ => self.is_other = true,
        }
    }
}

fn runs(sheet: &Sheet, row: &Row, cells: &[&Cell]) -> Vec<CellRun> {
    let mut runs: Vec<CellRun> = Vec::new();
    for cell in cells {
        let place = CellRef { row: row.index, column: cell.column };
        let last = sheet.merge_at(place).map_or(cell.column, |area| area.last.column);
        match runs.last_mut() {
            Some(run) if cell.column <= run.last + 1 => run.last = last,
            _ => runs.push(CellRun { first: cell.column, last, ..CellRun::default() }),
        }
        if let Some(run) = runs.last_mut() {
            run.take(&cell.value);
        }
    }
    runs
}

/// Reports whether a cell may be a heading: short, with letters, no label before a colon, no line of signatures.
fn is_heading_text(value: &CellValue) -> bool {
    let Some(text) = value.text() else { return false };
    let text = text.trim();
    text.chars().any(char::is_alphabetic)
        && text.chars().count() <= HEADING_CHARS
        && !text.starts_with(':')
        && !text.ends_with(':')
        && !text.contains(" : ")
        && !text.contains(": ")
        && !is_opening(text)
}

/// The rows below a run.
struct RowsBelow {
    rows: usize,
    /// Rows with at least two numbers, dates or marks beside the row number.
    figures: usize,
    /// A cell of it is a number, a date or a mark.
    has_figure: bool,
    last_row: u32,
}

impl RowsBelow {
    fn from_below(below: &[Row], top: u32, run: &CellRun, claims: &[Claim]) -> Self {
        let mut body = Self { rows: 0, figures: 0, has_figure: false, last_row: top };
        for row in below {
            let cells: Vec<&Cell> =
                free(row, claims).into_iter().filter(|cell| (run.first..=run.last).contains(&cell.column)).collect();
            if row.index - body.last_row > GAP_MAX + 1 {
                break;
            }
            if cells.is_empty() {
                continue;
            }
            if cells.iter().any(|cell| cell.value.text().is_some_and(is_opening)) {
                break;
            }
            body.last_row = row.index;
            if cells.len() >= CELLS_MIN {
                body.rows += 1;
                let figures = cells.iter().filter(|cell| is_figure(&cell.value)).count();
                body.figures += usize::from(figures >= 2);
                body.has_figure |= figures > 0;
            }
        }
        body
    }

    /// Reports whether these are rows of a table; above the heading of another they must be so beyond doubt, for
    /// identities stand there.
    fn is_of_table(&self, is_strict: bool) -> bool {
        if is_strict {
            return self.figures >= ROWS_MIN;
        }
        self.rows >= if self.has_figure { ROWS_MIN } else { TEXT_ROWS_MIN }
    }
}

fn is_figure(value: &CellValue) -> bool {
    match value {
        CellValue::Text(text) => {
            let text = text.trim();
            !is_dash(text) && (text.chars().count() <= MARK_CHARS || text.starts_with(|c: char| c.is_ascii_digit()))
        }
        _ => true,
    }
}
