//! Month cells that are filled and hold no text: in a plan they may be its only marks. Read only where they can mean
//! nothing else; otherwise the table is asked about.

use super::FoundTable;
use super::cells::{is_blank, is_dash, value_text};
use super::colours::fill_at;
use super::heading::ColumnMeaning;
use super::layout::{Heading, Layout};
use super::legend::colours::{ColourLegend, ColourMeaning, legend_of, legends};
use super::legend::signs::{SignMeaning, Signs};
use super::legend::{Legend, begins_notes};
use super::profile::{Meant, WordSort, colour_choices, colour_parts};
use super::sum_rows::{is_row_number, is_signed, is_sum};
use crate::diagnostic::Offer;
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::workbook::{CellMarks, CellValue, FillColour, Row, Sheet};

/// Colours that one plan has at most.
const COLOURS_MAX: usize = 3;
/// Rows of a table from which a column that is filled in all of them is no mark.
const ROWS_MIN: usize = 3;
/// Cells that a sentence names.
const CELLS_NAMED: usize = 5;

/// The outcome of looking at the filled blank month cells of a table.
pub(super) enum Fills {
    /// There are none that say anything, or these stand beside marks.
    Beside(Vec<CellRef>),
    /// The months that are planned, those of them that the legend calls done, and those that it calls off.
    Planned { all: Vec<CellRef>, done: Vec<CellRef>, cancelled: Vec<CellRef> },
    /// The months that are planned by their colours, whatever stands in them: the legend says so, and calls the signs done.
    Plans(Vec<CellRef>),
    /// Marked cells of a plan in a colour that the legend calls done, and filled ones beside the marks.
    Done { beside: Vec<CellRef>, done: Vec<CellRef> },
    /// By what somebody said of their colours: those that affirm, and those that deny.
    Said {
        /// Planned, attended or done.
        affirmed: Vec<CellRef>,
        /// Absent.
        denied: Vec<CellRef>,
    },
    /// Perhaps marks: the sentence that asks, and what can be said.
    Unclear(String, Option<Offer>),
}

/// Judges the filled blank cells of a table; `banner` holds the words above it.
pub(super) fn fills(found: &FoundTable<'_>, banner: &str) -> Fills {
    let months: Vec<(u32, u32)> = match &found.heading.layout {
        Layout::Months(months) => months.clone(),
        Layout::Receipts(months) => months.iter().flat_map(|of| of.all().map(|column| (of.month, column))).collect(),
        _ => return Fills::Beside(Vec::new()),
    };
    let FoundTable { sheet, table, ref legend, ref heading, ref repeated, last_row, .. } = *found;
    let of_months = MonthTable { sheet, table, legend, heading, months: &months, repeated, last_row, banner };
    of_months.read_by_words(found).unwrap_or_else(|| of_months.fills())
}

/// A table with months across.
struct MonthTable<'t> {
    sheet: &'t Sheet,
    table: Table,
    legend: &'t Legend<'t>,
    heading: &'t Heading,
    /// (month, column).
    months: &'t [(u32, u32)],
    /// First and last row of each repetition of the heading.
    repeated: &'t [(u32, u32)],
    last_row: u32,
    /// Words of the banner.
    banner: &'t str,
}

/// The fills of all rows, gathered.
#[derive(Default)]
struct FillReading {
    /// Filled blank cells that stand out from their row and column, by row and column.
    cells: Vec<(CellRef, FillColour)>,
    /// Month cells of the rows.
    all: usize,
    /// Month cells that hold a mark.
    marked: usize,
    /// Why fills cannot be told from the look of the table.
    doubt: Option<&'static str>,
}

impl MonthTable<'_> {
    /// Judges its filled blank cells by the look of the table and its legend.
    fn fills(&self) -> Fills {
        if self.sheet.marks.filled.is_empty() {
            return Fills::Beside(Vec::new());
        }
        let rows = self.rows();
        if self.table != Table::Schedule && self.is_ground(&rows) {
            return Fills::Beside(Vec::new());
        }
        let found = self.found(&rows);
        let places = || found.cells.iter().map(|(place, _)| *place).collect();
        if found.marked > 0 {
            return self.beside_marks(&rows, places());
        }
        if found.cells.is_empty() && found.doubt.is_none() {
            return Fills::Beside(places());
        }
        match self.doubt(&found, &rows) {
            None => {
                let done = self.cells_that_mean(ColourMeaning::Done, &found, &rows);
                let cancelled = self.cells_that_mean(ColourMeaning::Cancelled, &found, &rows);
                let is_planned = |place: &CellRef| cancelled.binary_search(place).is_err();
                let all: Vec<CellRef> = places();
                Fills::Planned { all: all.into_iter().filter(is_planned).collect(), done, cancelled }
            }
            Some(why) => Fills::Unclear(self.question(&found, why), self.offer(&found, &rows)),
        }
    }

    /// Tells fills apart in a table with marks: plans where the legend tells colours and signs apart, and of marks in a colour
    /// that it calls done visits too.
    fn beside_marks(&self, rows: &[&Row], beside: Vec<CellRef>) -> Fills {
        if self.table != Table::Schedule {
            return Fills::Beside(beside);
        }
        let legends = self.legends(rows);
        let places = rows
            .iter()
            .flat_map(|row| self.months.iter().map(|(_, column)| CellRef { row: row.index, column: *column }));
        let places: Vec<CellRef> = places.collect();
        let meaning = |place: &CellRef| Some(legend_of(&legends, fill_at(self.sheet, *place)?)?.meaning);
        let of = |wanted: ColourMeaning| -> Vec<CellRef> {
            let mut found: Vec<CellRef> =
                places.iter().filter(|place| meaning(place) == Some(wanted)).copied().collect();
            found.sort_unstable();
            found
        };
        let is_marked = |place: &CellRef| !is_blank(self.sheet.get(*place));
        let marks = || places.iter().filter(|place| is_marked(place)).filter_map(|place| self.sheet.get(*place));
        let signs = Signs::from_legend(self.legend, marks());
        let are_done = || marks().all(|value| signs.meaning(Some(value)) == Some(&SignMeaning::Done));
        let planned = of(ColourMeaning::Planned);
        if beside.iter().all(|place| planned.binary_search(place).is_ok()) && !planned.is_empty() && are_done() {
            return Fills::Plans(planned);
        }
        let done: Vec<CellRef> = of(ColourMeaning::Done).into_iter().filter(is_marked).collect();
        if done.is_empty() { Fills::Beside(beside) } else { Fills::Done { beside, done } }
    }

    /// Judges its filled blank cells by the words of somebody; none where a colour is not spoken of.
    fn read_by_words(&self, table: &FoundTable<'_>) -> Option<Fills> {
        table.said_pairs(WordSort::Colours).first()?;
        let mut found = FillReading::default();
        for row in self.rows() {
            self.look_at(row, &mut found);
        }
        let mut affirmed = Vec::new();
        let mut denied = Vec::new();
        for (place, colour) in found.cells {
            match (table.colour_said(colour)?, self.table) {
                (Meant::Done, _)
                | (Meant::Planned, Table::Schedule)
                | (Meant::InTime | Meant::Late, Table::MonthlyReports) => affirmed.push(place),
                (Meant::Not, Table::Lokmin | Table::MonthlyReports) => denied.push(place),
                _ => {}
            }
        }
        Some(Fills::Said { affirmed, denied })
    }

    /// The rows that are named, from the heading to the signatures or the legend.
    fn rows(&self) -> Vec<&Row> {
        let start = self.sheet.rows.partition_point(|row| row.index <= self.heading.bottom);
        let rows = self.sheet.rows[start..].iter().take_while(|row| row.index <= self.last_row);
        let is_repeated = |row: u32| self.repeated.iter().any(|(first, last)| (*first..=*last).contains(&row));
        let name = |row: &Row| self.heading.key_column().and_then(|column| row.get(column)).map(value_text);
        let is_named = |row: &&Row| name(row).is_some_and(|name| name.chars().any(char::is_alphabetic));
        let rows = rows.take_while(|row| !is_signed(row, self.heading) && !begins_notes(row, self.heading));
        let named: Vec<&Row> =
            rows.filter(is_named).filter(|row| !is_sum(row, self.heading) && !is_repeated(row.index)).collect();
        let number = self.heading.columns.get(&ColumnMeaning::No).copied();
        let is_numbered = |row: &&Row| number.is_some_and(|column| row.get(column).is_some_and(is_row_number));
        // Where rows are numbered, those without are sections and notes.
        if named.iter().any(is_numbered) { named.into_iter().filter(is_numbered).collect() } else { named }
    }

    /// Reports whether every month cell of all rows has one and the same fill: the ground of cells to be filled in.
    fn is_ground(&self, rows: &[&Row]) -> bool {
        let places = rows
            .iter()
            .flat_map(|row| self.months.iter().map(|(_, column)| CellRef { row: row.index, column: *column }));
        let mut colours = places.map(|place| fill_at(self.sheet, place));
        let first = colours.next().flatten();
        first.is_some() && colours.all(|colour| colour == first)
    }

    fn found(&self, rows: &[&Row]) -> FillReading {
        let mut found = FillReading { all: rows.len() * self.months.len(), ..FillReading::default() };
        for row in rows {
            self.look_at(row, &mut found);
        }
        self.pass_columns(rows, &mut found);
        if self.has_strays(rows) {
            found.doubt.get_or_insert("sebagian di baris tanpa nama");
        }
        found
    }

    fn look_at(&self, row: &Row, found: &mut FillReading) {
        let place = |column: u32| CellRef { row: row.index, column };
        let is_empty = |column: u32| {
            let value = row.get(column);
            is_blank(value) || value.and_then(CellValue::text).is_some_and(is_dash)
        };
        let filled: Vec<(CellRef, FillColour)> = self
            .months
            .iter()
            .filter_map(|(_, column)| Some((place(*column), fill_at(self.sheet, place(*column))?)))
            .collect();
        found.marked += self.months.iter().filter(|(_, column)| !is_empty(*column)).count();
        let of_name = self.heading.key_column().and_then(|column| fill_at(self.sheet, place(column)));
        // A row that is filled throughout has the colour of its name for a ground.
        let is_filled_throughout = filled.len() == self.months.len();
        let ground = of_name.filter(|_| is_filled_throughout);
        if is_filled_throughout && ground.is_none() {
            found.doubt.get_or_insert("ada baris yang semua bulannya berwarna");
        }
        let stands_out = filled.into_iter().filter(|(_, colour)| Some(*colour) != ground);
        for (place, colour) in stands_out.filter(|(place, _)| is_blank(row.get(place.column))) {
            if self.sheet.merge_at(place).is_some_and(|area| area.first.column < area.last.column) {
                found.doubt.get_or_insert("ada sel gabungan yang meliputi beberapa bulan");
            }
            found.cells.push((place, colour));
        }
    }

    /// A month that is filled in every row is shaded and no mark.
    fn pass_columns(&self, rows: &[&Row], found: &mut FillReading) {
        if rows.len() < ROWS_MIN {
            return;
        }
        for (_, column) in self.months {
            let is_filled = |row: &&Row| fill_at(self.sheet, CellRef { row: row.index, column: *column }).is_some();
            let is_found = found.cells.iter().any(|(place, _)| place.column == *column);
            if is_found && rows.iter().all(is_filled) {
                found.cells.retain(|(place, _)| place.column != *column);
                found.doubt.get_or_insert("ada bulan yang berwarna pada semua baris");
            }
        }
    }

    /// Reports whether month cells are filled between the rows: a second row of a facility, or a section.
    fn has_strays(&self, rows: &[&Row]) -> bool {
        let Some((first, last)) = rows.first().zip(rows.last()) else { return false };
        let of_name = |row: u32| {
            let column = self.heading.key_column()?;
            fill_at(self.sheet, CellRef { row, column })
        };
        self.sheet.marks.filled.iter().any(|cell| {
            let row = cell.place.row;
            (first.index..=last.index + 1).contains(&row)
                && self.months.iter().any(|(_, column)| *column == cell.place.column)
                && rows.binary_search_by_key(&row, |row| row.index).is_err()
                && is_blank(self.sheet.get(cell.place))
                && fill_at(self.sheet, cell.place).is_some()
                && of_name(row) != Some(cell.colour)
                && !self.sheet.row(row).is_some_and(|row| is_sum(row, self.heading))
                && !self.repeated.iter().any(|(first, last)| (*first..=*last).contains(&row))
        })
    }

    /// Why the cells cannot be read as planned months; none where they can mean nothing else.
    fn doubt(&self, found: &FillReading, rows: &[&Row]) -> Option<&'static str> {
        if self.table != Table::Schedule {
            return Some("warna tidak dibaca sebagai tanda");
        }
        let mut colours: Vec<FillColour> = found.cells.iter().map(|(_, colour)| *colour).collect();
        colours.sort_unstable();
        colours.dedup();
        if let Some(doubt) = found.doubt {
            return Some(doubt);
        }
        if colours.len() > COLOURS_MAX {
            return Some("warnanya lebih dari tiga");
        }
        if found.cells.len() * 2 >= found.all {
            return Some("setengah dari sel bulannya atau lebih berwarna");
        }
        if self.sheet.marks.filled.len() >= CellMarks::MAX as usize {
            return Some("sel berwarna di lembar ini terlalu banyak");
        }
        let legends = self.legends(rows);
        let of_colours: Vec<Option<ColourMeaning>> =
            colours.iter().map(|colour| legend_of(&legends, *colour).map(|legend| legend.meaning)).collect();
        // What took place, and what did not, was planned.
        let of_a_plan = [ColourMeaning::Planned, ColourMeaning::Done, ColourMeaning::NotDone, ColourMeaning::Open];
        let tells_plan = of_colours.iter().flatten().any(|meaning| of_a_plan.contains(meaning));
        let tells_done = of_colours.contains(&Some(ColourMeaning::Done));
        let says_done =
            ["realisasi", "terlaksana", "capaian", "evaluasi"].iter().any(|word| self.banner.contains(word));
        if says_done && !(tells_done && of_colours.iter().all(Option::is_some)) {
            return Some("judulnya juga menyebut realisasi");
        }
        // What is called off says so beside what is planned.
        let of_a_plan = [&of_a_plan[..], if tells_plan { &[ColourMeaning::Cancelled] } else { &[] }].concat();
        if of_colours.iter().any(|meaning| meaning.is_some_and(|meaning| !of_a_plan.contains(&meaning))) {
            return Some("keterangan warna di lembar ini memberi arti lain");
        }
        if of_colours.contains(&None) && of_colours.iter().any(Option::is_some) {
            return Some("tidak semua warnanya diterangkan");
        }
        if of_colours.contains(&None) && !has_a_colour_a_group(&found.cells, colours.len()) {
            return Some("warnanya lebih dari satu dan tidak ada keterangannya");
        }
        None
    }

    /// The offer to say what the colours mean.
    fn offer(&self, found: &FillReading, rows: &[&Row]) -> Option<Offer> {
        if found.cells.is_empty() {
            return None;
        }
        let legends = self.legends(rows);
        let mark = if self.table == Table::Schedule { Meant::Planned } else { Meant::Done };
        let meant = |colour: FillColour| match legend_of(&legends, colour)?.meaning {
            ColourMeaning::Planned | ColourMeaning::Done => Some(mark),
            ColourMeaning::Cancelled | ColourMeaning::NotDone | ColourMeaning::Open => Some(Meant::Not),
            ColourMeaning::Other => None,
        };
        let mut parts = colour_parts(found.cells.iter().map(|(_, colour)| *colour), meant);
        // Where nothing is said, the colour of most cells is likely the mark: it is shown so, to be confirmed.
        if parts.iter().all(|part| part.value.is_empty())
            && let Some(first) = parts.first_mut()
        {
            mark.code().clone_into(&mut first.value);
        }
        Some(WordSort::Colours.offer_pairs(parts, colour_choices(self.table, false)))
    }

    /// The legends of the sheet, those in cells of the table apart.
    fn legends(&self, rows: &[&Row]) -> Vec<ColourLegend> {
        let is_own = |place: CellRef| {
            let (first, last) = self.heading.extent;
            let is_row = rows.binary_search_by_key(&place.row, |row| row.index).is_ok();
            is_row && (first..=last).contains(&place.column)
                || place.row <= self.heading.bottom && place.row >= self.heading.top
        };
        legends(self.legend, rows.last().map_or(0, |row| row.index), &is_own)
    }

    /// The cells whose colour has this meaning by the legend.
    fn cells_that_mean(&self, meaning: ColourMeaning, found: &FillReading, rows: &[&Row]) -> Vec<CellRef> {
        let legends = self.legends(rows);
        let means = |colour: FillColour| legend_of(&legends, colour).is_some_and(|legend| legend.meaning == meaning);
        found.cells.iter().filter(|(_, colour)| means(*colour)).map(|(place, _)| *place).collect()
    }

    fn question(&self, found: &FillReading, why: &str) -> String {
        let count = match found.cells.len() {
            0 => "sel bulannya".to_owned(),
            count => format!("{count} sel: {}", listed(found.cells.iter().map(|(place, _)| *place))),
        };
        let remedy = match self.table {
            Table::Schedule => "isi x pada setiap bulan yang direncanakan",
            Table::Lokmin => "isi √ pada setiap bulan yang dihadiri dan - bila diundang tetapi tidak hadir",
            Table::MonthlyReports => {
                "isi tanggal diterimanya laporan pada setiap bulannya, atau √ pada yang diterima dan - pada yang belum"
            }
            _ => "isi √ atau tanggalnya pada setiap bulan yang dilaksanakan",
        };
        format!(
            "tabel ini hanya ditandai warna tanpa tulisan ({count}) dan artinya tidak pasti ({why}), jadi tidak dibaca; \
             {remedy}, lalu impor lagi"
        )
    }
}

/// Reports whether each of the colours is that of one group of rows below each other: it names the group, not what
/// became of a month.
fn has_a_colour_a_group(cells: &[(CellRef, FillColour)], colours: usize) -> bool {
    let changes: Vec<_> = cells.windows(2).filter(|pair| pair[0].1 != pair[1].1).collect();
    changes.len() < colours.max(1) && changes.iter().all(|pair| pair[0].0.row != pair[1].0.row)
}

/// The first of some cells by their addresses.
pub(super) fn listed(cells: impl Iterator<Item = CellRef>) -> String {
    let mut names: Vec<String> = cells.take(CELLS_NAMED + 1).map(|place| place.to_string()).collect();
    if names.len() > CELLS_NAMED {
        "…".clone_into(&mut names[CELLS_NAMED]);
    }
    names.join(", ")
}
