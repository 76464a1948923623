//! The looks of rows: struck-through ones count only where the strike is taken away, coloured ones are judged by the
//! sheet's legend.

use super::rows::{RowKind, is_numbered};
use super::{Reader, rows_of};
use crate::diagnostic::IssueCode;
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::recap::cells::is_blank;
use crate::recap::colours::{colour_at, fill_at, is_covered, is_red, word_of};
use crate::recap::fills::listed;
use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::Layout;
use crate::recap::legend::colours::{ColourLegend, ColourMeaning, legend_of, legends};
use crate::recap::profile::{colour_choices, colour_parts};
use crate::recap::{Meant, WordSort};
use crate::workbook::{Cell, FillColour, Row};

/// A row that does not count, with the cell and the reason.
pub(super) struct RefusedRow {
    row: u32,
    place: CellRef,
    why: String,
    /// By which it is refused, where that is a guess.
    colour: Option<FillColour>,
}

/// A data row and its colour.
struct Coloured {
    index: u32,
    place: CellRef,
    colour: Option<FillColour>,
}

const STRUCK_ROW: &str = "baris ini dicoret, jadi tidak dihitung; hapus baris ini bila memang batal, atau hilangkan coretan \
    (Strikethrough) bila tetap berlaku";
const STRUCK_CELL: &str = "isi sel ini dicoret, jadi barisnya tidak dihitung; hapus isinya bila tidak berlaku, atau hilangkan \
    coretan (Strikethrough) bila tetap berlaku";
pub(super) const STRUCK_FIGURE: &str = "isi sel ini dicoret, jadi angka indikator ini tidak dibaca (indikator lain di baris ini dibaca); hapus \
    isinya bila tidak berlaku, atau hilangkan coretan (Strikethrough) bila tetap berlaku";
const STRUCK_PART: &str = "sebagian isi sel ini dicoret, jadi barisnya tidak dihitung; hapus bagian yang dicoret dari sel ini, \
    lalu impor lagi";
const STRUCK_WORDS: &str =
    "sebagian isi sel ini dicoret dan tetap ikut dibaca; hapus bagian yang dicoret bila tidak berlaku";

/// Columns of free words, in which a strike changes no number, name or date.
const FREE_WORDS: [ColumnMeaning; 17] = [
    ColumnMeaning::Form,
    ColumnMeaning::Person,
    ColumnMeaning::Reason,
    ColumnMeaning::LetterNumber,
    ColumnMeaning::Approver,
    ColumnMeaning::Aspect,
    ColumnMeaning::Finding,
    ColumnMeaning::Address,
    ColumnMeaning::Problem,
    ColumnMeaning::Cause,
    ColumnMeaning::Agreed,
    ColumnMeaning::Proof,
    ColumnMeaning::Decision,
    ColumnMeaning::Fact,
    ColumnMeaning::Conclusion,
    ColumnMeaning::ForPuskesmas,
    ColumnMeaning::ForDistrict,
];

impl<'r> Reader<'r> {
    /// Why a row does not count by its looks, with the cell that shows it.
    pub(super) fn refusal_by_looks(&self, row: &Row) -> Option<(CellRef, String)> {
        if self.table.sheet.marks.is_empty() {
            return None;
        }
        if let Some((place, why)) = self.struck(row).or_else(|| self.partly_struck(row)) {
            // Where each cell is a fact of its own, who reads it judges it.
            let is_name = self.table.heading.key_column() == Some(place.column);
            if why != STRUCK_ROW && !is_name && self.has_facts_by_cell() {
                return self.refusal_by_colour(row);
            }
            return Some((place, why.to_owned()));
        }
        self.refusal_by_colour(row)
    }

    fn refusal_by_colour(&self, row: &Row) -> Option<(CellRef, String)> {
        let known = self.refused.binary_search_by_key(&row.index, |refused| refused.row).ok()?;
        let RefusedRow { place, why, .. } = &self.refused[known];
        Some((*place, why.clone()))
    }

    /// Reports whether the cells of a row are facts of their own: a month each, or an indicator.
    fn has_facts_by_cell(&self) -> bool {
        match self.table.table {
            Table::Schedule | Table::Visits | Table::Lokmin | Table::MonthlyReports => {
                matches!(self.table.heading.layout, Layout::Months(_) | Layout::Receipts(_))
            }
            Table::Achievements => matches!(self.table.heading.layout, Layout::Groups(_)),
            _ => false,
        }
    }

    /// Reports whether a cell that holds something is struck through, or a part of it.
    pub(super) fn is_struck(&self, place: CellRef) -> bool {
        let marks = &self.table.sheet.marks;
        let is_struck = || marks.is_struck(place) || marks.partly_struck.binary_search(&place).is_ok();
        !marks.is_empty() && is_struck() && !is_blank(self.table.sheet.get(place))
    }

    /// Names a struck cell of months across: it says nothing of its month, the others of its row do.
    pub(super) fn is_struck_month(&mut self, place: CellRef) -> bool {
        let is_struck = self.is_struck(place);
        if is_struck {
            let fact = match self.table.table {
                Table::Lokmin => "kehadiran",
                Table::MonthlyReports => "laporan",
                Table::Visits => "pembinaan",
                _ => "rencana",
            };
            let message = format!(
                "isi sel ini dicoret, jadi bulan ini tidak dibaca sebagai {fact} (bulan lain di baris ini dibaca); hapus isinya bila \
                 tidak berlaku, atau hilangkan coretan (Strikethrough) bila tetap berlaku"
            );
            self.error(place, IssueCode::StruckRow, message);
        }
        is_struck
    }

    /// Tells why a row does not count; in a table that shares its rows with another that one says it of whole rows.
    pub(super) fn tell_refused(&mut self, place: CellRef, why: String) {
        let is_of_whole_row = why != STRUCK_CELL && why != STRUCK_PART;
        if !(self.table.shares_rows && is_of_whole_row) {
            self.error(place, IssueCode::StruckRow, why);
            let denied = self.refused.iter().filter_map(|refused| refused.colour);
            let colours: Vec<FillColour> = denied.collect();
            if !colours.is_empty() && is_of_whole_row && self.table.said_pairs(WordSort::Colours).is_empty() {
                self.offer_colours(place, colours, |_| true);
            }
        }
    }

    /// Returns the table whose rows a colour denies: those that stand beside visits go with their visit.
    fn denied(&self) -> Table {
        if self.table.shares_rows { Table::Visits } else { self.table.table }
    }

    /// The cell by which a row is struck through, or a struck cell of one that is not.
    fn struck(&self, row: &Row) -> Option<(CellRef, &'static str)> {
        let sheet = self.table.sheet;
        if sheet.marks.struck.is_empty() {
            return None;
        }
        let heading = &self.table.heading;
        let place = |column: u32| CellRef { row: row.index, column };
        if let Some(column) = heading.key_column() {
            // A name merged downwards speaks for all its rows.
            let named = sheet.seen(place(column)).map_or(place(column), |(place, _)| place);
            if named.row > heading.bottom && sheet.marks.is_struck(named) {
                return Some((place(column), STRUCK_ROW));
            }
        }
        let number = heading.columns.get(&ColumnMeaning::No).copied();
        let filled = self.own_cells(row).filter(|cell| Some(cell.column) != number);
        let mut count = 0;
        let mut struck = Vec::new();
        for cell in filled {
            count += 1;
            struck.extend(sheet.marks.is_struck(place(cell.column)).then_some(cell.column));
        }
        let first = *struck.first()?;
        // Single facts that are struck through leave the others standing.
        let is_whole = if self.has_facts_by_cell() { struck.len() + 1 >= count } else { struck.len() * 2 > count };
        if is_whole {
            return Some((place(heading.key_column().unwrap_or(first)), STRUCK_ROW));
        }
        // A change is often written as the old month struck through and the new one beside it.
        let planned = heading.columns.get(&ColumnMeaning::Planned).copied();
        let is_read = |column: &&u32| Some(**column) != planned && self.is_read(**column);
        struck.iter().find(is_read).map(|column| (place(*column), STRUCK_CELL))
    }

    /// A cell of a row in which a part of a name, a date or a number is struck through.
    fn partly_struck(&self, row: &Row) -> Option<(CellRef, &'static str)> {
        let mut cells = self.partly_struck_cells(row);
        let found = cells.find(|place| !self.is_of_free_words(place.column))?;
        Some((found, STRUCK_PART))
    }

    /// Tells of words that are struck through among others.
    pub(super) fn tell_struck_words(&mut self, row: &Row) {
        let is_judged = |place: &CellRef| self.has_facts_by_cell() && !self.is_of_free_words(place.column);
        let places: Vec<CellRef> = self.partly_struck_cells(row).filter(|place| !is_judged(place)).collect();
        for place in places {
            self.reading(place, STRUCK_WORDS.to_owned());
        }
    }

    /// The cells of a row that are read and of which a part is struck through.
    fn partly_struck_cells<'c>(&'c self, row: &'c Row) -> impl Iterator<Item = CellRef> + use<'c, 'r> {
        let struck = &self.table.sheet.marks.partly_struck;
        let start = struck.partition_point(|place| place.row < row.index);
        let places = struck[start..].iter().take_while(|place| place.row == row.index);
        places.copied().filter(|place| self.is_read(place.column))
    }

    fn is_of_free_words(&self, column: u32) -> bool {
        let heading = &self.table.heading;
        let is_free = |known: &ColumnMeaning| heading.columns.get(known) == Some(&column);
        heading.key_column() != Some(column) && FREE_WORDS.iter().any(is_free)
    }

    /// Reports whether a column is read.
    fn is_read(&self, column: u32) -> bool {
        let heading = &self.table.heading;
        heading.columns.values().any(|known| *known == column) || heading.read_columns().contains(&column)
    }

    /// The cells of a row within the table that hold something.
    fn own_cells<'c>(&self, row: &'c Row) -> impl Iterator<Item = &'c Cell> + use<'c> {
        row.within(self.table.heading.extent.0..=self.table.heading.extent.1)
            .iter()
            .filter(|cell| !is_blank(Some(&cell.value)))
    }

    /// Judges the colours of all rows, before any of them is read.
    pub(super) fn look_at_colours(&mut self) {
        let sheet = self.table.sheet;
        let bottom = self.table.heading.bottom;
        let is_below =
            |cells: &[crate::workbook::ColouredCell]| cells.last().is_some_and(|cell| cell.place.row > bottom);
        if !is_below(&sheet.marks.filled) && !is_below(&sheet.marks.inked) {
            return;
        }
        let mut rows: Vec<Coloured> = Vec::new();
        let mut certain: Vec<u32> = Vec::new();
        for (row, kind) in rows_of(self.table, self.context) {
            let RowKind::Data { facility, .. } = kind else { continue };
            rows.push(self.coloured(row));
            if facility.is_some() || is_numbered(row, &self.table.heading) {
                certain.push(row.index);
            }
        }
        let extent = self.table.heading.extent;
        let is_own = |place: CellRef| {
            (extent.0..=extent.1).contains(&place.column) && certain.binary_search(&place.row).is_ok()
                || (self.table.heading.top..=bottom).contains(&place.row)
        };
        let legends = legends(&self.table.legend, rows.last().map_or(bottom, |row| row.index), &is_own);
        rows.retain(|row| !self.is_settled(row));
        if legends.is_empty() {
            self.tell_red_rows(&rows);
        }
        for row in rows.iter().filter(|_| !legends.is_empty()) {
            self.judge(row, &legends);
        }
        self.tell_months(&rows, &legends);
        self.refused.sort_by_key(|refused| refused.row);
    }

    /// Reports whether somebody said what the colour of a row means; one that does not count is refused.
    fn is_settled(&mut self, row: &Coloured) -> bool {
        let Some(colour) = row.colour else { return false };
        let Some(meant) = self.table.colour_said(colour).filter(|_| !self.table.is_of_months()) else { return false };
        if meant == Meant::Not {
            let why = format!(
                "baris ini berwarna {}, yang dikatakan tidak dihitung; hilangkan warnanya bila tetap berlaku",
                word_of(colour)
            );
            self.refused.push(RefusedRow { row: row.index, place: row.place, why, colour: None });
        }
        true
    }

    /// Offers to say what the colours of rows mean.
    fn offer_colours(&mut self, place: CellRef, colours: Vec<FillColour>, denies: impl Fn(FillColour) -> bool) {
        let value = |colour: FillColour| Some(if denies(colour) { Meant::Not } else { Meant::Done });
        let parts = colour_parts(colours.into_iter(), value);
        self.offer(place, WordSort::Colours.offer_pairs(parts, colour_choices(self.table.table, true)));
    }

    /// The colour of a row: of its name, else of most of its cells.
    fn coloured(&self, row: &Row) -> Coloured {
        let sheet = self.table.sheet;
        let at = |column: u32| CellRef { row: row.index, column };
        let key = self.table.heading.key_column();
        let of_name = key.and_then(|column| colour_at(sheet, at(column)));
        let colours: Vec<Option<FillColour>> =
            self.own_cells(row).map(|cell| colour_at(sheet, at(cell.column))).collect();
        let is_of_most =
            |colour: &FillColour| colours.iter().filter(|held| **held == Some(*colour)).count() * 2 > colours.len();
        let colour = of_name.or_else(|| colours.iter().flatten().copied().find(is_of_most));
        Coloured { index: row.index, place: at(key.unwrap_or_default()), colour }
    }

    /// Refuses a row that the legend calls not done; tells of what other colours mean.
    fn judge(&mut self, row: &Coloured, legends: &[ColourLegend]) {
        let sheet = self.table.sheet;
        let mut seen = row.colour.and_then(|colour| legend_of(legends, colour)).map(|legend| (row.place, legend));
        // One cell in a colour that denies the visit is doubt enough.
        if seen.is_none_or(|(_, legend)| !denies(self.denied(), legend.meaning))
            && self.table.heading.layout == Layout::Columns
            && let Some(cells) = sheet.row(row.index)
        {
            let extent = self.table.heading.extent;
            let filled = sheet.marks.filled_in(row.index).iter().map(|cell| cell.place);
            let own = self.own_cells(cells).map(|cell| CellRef { row: row.index, column: cell.column });
            // A column of colours alone says as much.
            let own = own.chain(filled.filter(|place| (extent.0..=extent.1).contains(&place.column)));
            let found = own.into_iter().find_map(|place| {
                let is_denying = |legend: &&ColourLegend| denies(self.denied(), legend.meaning);
                // What a mark covers may have been any of the legend's colours.
                let legend = match colour_at(sheet, place) {
                    Some(colour) if self.table.colour_said(colour).is_some() => None,
                    _ if is_covered(sheet, place) => legends.iter().find(is_denying),
                    colour => legend_of(legends, colour?).filter(is_denying),
                };
                Some((place, legend?))
            });
            seen = found.or(seen);
        }
        let Some((place, ColourLegend { place: at, meaning, text, .. })) = seen else { return };
        if denies(self.denied(), *meaning) {
            let why = format!(
                "baris ini berwarna dan keterangan di {at} menyatakan \"{text}\", jadi tidak dihitung; hapus baris ini bila \
                 memang begitu, atau hilangkan warnanya bila tetap berlaku"
            );
            self.refused.push(RefusedRow { row: row.index, place, why, colour: colour_at(sheet, place) });
        } else if *meaning != ColourMeaning::Planned || self.table.table != Table::Schedule {
            let message = format!(
                "keterangan warna \"{text}\" tidak dibaca: baris berwarna dihitung seperti baris lain; tulis artinya pada \
                 kolomnya bila perlu"
            );
            let at = *at;
            self.reading(at, message);
            self.offer_colours(at, row.colour.into_iter().collect(), |_| false);
        }
    }

    /// Tells of marks under months whose colour has a meaning that takes them back.
    fn tell_months(&mut self, rows: &[Coloured], legends: &[ColourLegend]) {
        let Layout::Months(months) = &self.table.heading.layout else { return };
        let sheet = self.table.sheet;
        let places = rows.iter().flat_map(|row| {
            let place = |column: u32| CellRef { row: row.index, column };
            months.iter().map(move |(_, column)| place(*column))
        });
        let denied = places.filter(|place| !is_blank(sheet.get(*place))).filter_map(|place| {
            let legend = legend_of(legends, colour_at(sheet, place)?)?;
            matches!(legend.meaning, ColourMeaning::Cancelled | ColourMeaning::NotDone | ColourMeaning::Open)
                .then_some((place, legend))
        });
        let denied: Vec<(CellRef, &ColourLegend)> = denied.collect();
        let Some((first, ColourLegend { place: at, text, .. })) = denied.first() else { return };
        let message = format!(
            "{} sel bertanda berwarna ({}) dan keterangan di {at} menyatakan \"{text}\"; warna tidak dibaca, jadi tandanya \
             tetap dihitung; hapus tanda yang tidak berlaku",
            denied.len(),
            listed(denied.iter().map(|(place, _)| *place))
        );
        self.reading(*first, message);
    }

    /// A few red rows among others, and nothing says why.
    fn tell_red_rows(&mut self, rows: &[Coloured]) {
        if self.table.table != Table::Visits {
            return;
        }
        let is_red = |row: &&Coloured| row.colour.is_some_and(is_red);
        let red: Vec<usize> = rows.iter().enumerate().filter(|(_, row)| is_red(row)).map(|(place, _)| place).collect();
        // Every other row is a pattern.
        let is_banded = red.len() > 1 && red.windows(2).all(|pair| pair[1] - pair[0] == 2);
        let Some(first) = red.first().filter(|_| red.len() * 2 < rows.len() && !is_banded) else { return };
        let message = format!(
            "{} baris berwarna merah ({}) dan tidak ada keterangan warnanya; warna tidak dibaca, jadi baris itu tetap \
             dihitung; hapus barisnya bila kegiatannya tidak terlaksana",
            red.len(),
            listed(red.iter().map(|place| rows[*place].place))
        );
        let first = rows[*first].place;
        self.reading(first, message);
        self.offer_colours(first, red.iter().filter_map(|place| rows[*place].colour).collect(), |_| false);
    }

    /// Tells what filled cells without text were taken for.
    pub(super) fn tell_fills(&mut self) {
        let table = self.table;
        let heading = table.heading.anchor;
        let planned = &table.planned_fills;
        let beside = &table.fills_beside;
        let colours = |cells: &[CellRef]| -> Vec<FillColour> {
            cells.iter().filter_map(|place| fill_at(table.sheet, *place)).collect()
        };
        let choices = || colour_choices(table.table, false);
        if !planned.is_empty() && table.said_pairs(WordSort::Colours).is_empty() {
            let message = format!(
                "{} sel berwarna tanpa tulisan ({}) dibaca sebagai bulan rencana; isi x pada bulan yang direncanakan dan \
                 hapus warna lainnya bila bukan",
                planned.len(),
                listed(planned.iter().copied())
            );
            self.reading(heading, message);
            let parts = colour_parts(colours(planned).into_iter(), |_| Some(Meant::Planned));
            self.offer(heading, WordSort::Colours.offer_pairs(parts, choices()));
        }
        if let Some(first) = table.cancelled_fills.first() {
            let message = format!(
                "{} sel berwarna tanpa tulisan ({}) menurut keterangan warnanya batal, jadi tidak dibaca sebagai rencana; bila \
                 tetap rencana, beri warna rencana pada sel itu",
                table.cancelled_fills.len(),
                listed(table.cancelled_fills.iter().copied())
            );
            self.reading(*first, message);
        }
        if !beside.is_empty() {
            let message = format!(
                "{} sel bulan berwarna tanpa tulisan ({}) tidak dibaca, karena sel lain di tabel ini bertanda; beri tanda \
                 pada sel itu bila warnanya berarti sama",
                beside.len(),
                listed(beside.iter().copied())
            );
            self.warn(heading, IssueCode::UnknownValue, message);
            let parts = colour_parts(colours(beside).into_iter(), |_| Some(Meant::Nothing));
            self.offer(heading, WordSort::Colours.offer_pairs(parts, choices()));
        }
    }
}

/// Reports whether a legend of this meaning says that a row of the table is no fact.
fn denies(table: Table, meaning: ColourMeaning) -> bool {
    match table {
        Table::Visits | Table::DistrictVisits => {
            matches!(meaning, ColourMeaning::Cancelled | ColourMeaning::NotDone | ColourMeaning::Open)
        }
        Table::Lokmin => matches!(meaning, ColourMeaning::Cancelled | ColourMeaning::NotDone),
        Table::Facilities | Table::ServiceIndicators | Table::Decree | Table::Achievements => false,
        _ => meaning == ColourMeaning::Cancelled,
    }
}
