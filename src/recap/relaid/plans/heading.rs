//! Headings and titles of RUK and RPK: which column holds what, in one to three rows, and which plan the sheet is. The words
//! are data (`judul.txt`, groups `rencana …`). Knows no row below a heading.

use std::sync::LazyLock;

use super::ProposalColumn;
use crate::domain::annual_plan::PlanDocument;
use crate::domain::format::{MONTHS, MONTHS_SHORT};
use crate::domain::records::CellRef;
use crate::recap::cells::date_words::roman_month;
use crate::recap::cells::value_text;
use crate::recap::heading::{WordList, is_strong_name, key, word_group};
use crate::workbook::{CellValue, Row, Sheet};

/// Rows of a heading.
const HEADING_ROWS_MAX: usize = 3;
/// Known columns from which a row is a heading.
const COLUMNS_MIN: usize = 4;
/// Months side by side from which they are those of a year.
const MONTHS_MIN: usize = 6;
/// Longest word of a title that must stand by itself: `RUK`, `POA`.
const SHORT_WORD: usize = 3;

/// Content of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PlanRole {
    /// A column of Simpul's own table.
    Own(ProposalColumn),
    /// Details of what an activity costs.
    Detail,
    /// Price of one unit: never the cost.
    Price,
    /// A mark in this month, counted from 0.
    Month(usize),
    /// Amounts from one source of money.
    FundAmount(String),
}

/// Words of each column; of two that know a heading the first.
static ROLES: LazyLock<Vec<(PlanRole, WordList)>> = LazyLock::new(|| {
    use ProposalColumn as C;
    let own = |column, group| (PlanRole::Own(column), word_group(group));
    vec![
        own(C::Number, "nomor"),
        own(C::Year, "rencana tahun"),
        own(C::Document, "rencana dokumen"),
        own(C::Program, "rencana program"),
        own(C::Activity, "rencana kegiatan"),
        own(C::Purpose, "rencana tujuan"),
        own(C::Group, "rencana sasaran"),
        own(C::Target, "rencana target"),
        own(C::Volume, "rencana volume"),
        (PlanRole::Price, word_group("rencana harga")),
        own(C::Cost, "rencana biaya"),
        own(C::Fund, "rencana dana"),
        own(C::Owner, "rencana penanggung jawab"),
        own(C::Time, "rencana waktu"),
        own(C::FiveYearItem, "rencana lima tahunan"),
        own(C::Verdict, "rencana telaah"),
        own(C::Note, "rencana catatan"),
        own(C::Reviewed, "rencana tanggal telaah"),
        own(C::Reply, "rencana tanggapan"),
        own(C::Replied, "rencana tanggal tanggapan"),
        (PlanRole::Detail, word_group("rencana rincian")),
    ]
});
/// Headings of a sum beside details: the cost where no other column is.
static SUM: LazyLock<WordList> = LazyLock::new(|| word_group("rencana jumlah"));
static PROPOSED: LazyLock<WordList> = LazyLock::new(|| word_group("rencana judul ruk"));
static CARRIED: LazyLock<WordList> = LazyLock::new(|| word_group("rencana judul rpk"));

/// A heading.
#[derive(Clone, Debug)]
pub(super) struct PlanHeading {
    /// Place of its first row among the rows of the sheet, and of the first row below it.
    pub(super) at: usize,
    pub(super) data: usize,
    pub(super) columns: Vec<(u32, PlanRole)>,
}

impl PlanHeading {
    /// Returns the heading that begins in a row.
    pub(super) fn at(sheet: &Sheet, at: usize) -> Option<Self> {
        let rows = &sheet.rows[at..];
        let begins = rows.first()?.cells.iter().filter_map(|cell| listed(&key_of(&cell.value)));
        if !begins.clone().any(|role| role == PlanRole::Own(ProposalColumn::Activity))
            || begins.count() < COLUMNS_MIN - 1
        {
            return None;
        }
        let heights = 1..=HEADING_ROWS_MAX.min(rows.len());
        let taken = heights.take_while(|height| *height == 1 || goes_on(sheet, &rows[height - 1], &rows[0]));
        let found = taken.map(|height| Self { at, data: at + height, columns: columns(sheet, &rows[..height]) });
        let mut heading = found.max_by_key(|heading| (heading.columns.len(), std::cmp::Reverse(heading.data)))?;
        let is_known = heading.columns.len() >= COLUMNS_MIN && heading.has(ProposalColumn::Activity);
        let is_of_facilities = rows[0].cells.iter().filter_map(|cell| cell.value.text()).any(is_strong_name);
        if !is_known || !heading.has_money() || is_of_facilities {
            return None;
        }
        if sheet.rows.get(heading.data).is_some_and(numbers_columns) {
            heading.data += 1;
        }
        Some(heading)
    }

    /// Returns the column of Simpul's own that holds something of its kind.
    pub(super) fn column(&self, wanted: ProposalColumn) -> Option<u32> {
        self.columns.iter().find(|(_, role)| *role == PlanRole::Own(wanted)).map(|(column, _)| *column)
    }

    /// Reports whether it has such a column.
    pub(super) fn has(&self, wanted: ProposalColumn) -> bool {
        self.column(wanted).is_some()
    }

    /// Reports whether it has a column of details.
    pub(super) fn has_details(&self) -> bool {
        self.columns.iter().any(|(_, role)| *role == PlanRole::Detail)
    }

    /// Reports whether another heading says the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.columns == other.columns
    }

    fn has_money(&self) -> bool {
        self.has(ProposalColumn::Cost) || self.columns.iter().any(|(_, role)| matches!(role, PlanRole::FundAmount(_)))
    }
}

fn key_of(value: &CellValue) -> String {
    let words = key(&value_text(value));
    let bare = words.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.is_empty() { words } else { bare.to_owned() }
}

fn listed(words: &str) -> Option<PlanRole> {
    ROLES.iter().find(|(_, list)| list.has(words)).map(|(role, _)| role.clone())
}

/// Reports whether a row belongs to the heading above it: nothing of it stands below the activities.
fn goes_on(sheet: &Sheet, row: &Row, first: &Row) -> bool {
    let activity =
        first.cells.iter().find(|cell| listed(&key_of(&cell.value)) == Some(PlanRole::Own(ProposalColumn::Activity)));
    let stays_clear = activity.is_none_or(|cell| {
        let below = CellRef { row: row.index, column: cell.column };
        sheet.get(below).is_none_or(|value| value_text(value).trim().is_empty())
    });
    let is_text =
        row.cells.iter().all(|cell| matches!(cell.value, CellValue::Text(_)) || month_of(&cell.value).is_some());
    stays_clear && is_text && !numbers_columns(row) && !row.cells.is_empty()
}

/// `(1) | (2) | …` from the first column on.
fn numbers_columns(row: &Row) -> bool {
    let number = |value: &CellValue| value_text(value).trim().trim_matches(['(', ')']).parse::<u32>().ok();
    let numbers: Option<Vec<u32>> = row.cells.iter().map(|cell| number(&cell.value)).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= COLUMNS_MIN
            && numbers.first() == Some(&1)
            && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
    })
}

/// The month that a heading names: `Jan`, `Januari`, `1`, `I`.
fn month_of(value: &CellValue) -> Option<usize> {
    let words = key(&value_text(value));
    let roman = roman_month(&words).and_then(|month| usize::try_from(month - 1).ok());
    let is_it = |place: &usize| {
        let names = [MONTHS[*place].to_lowercase(), MONTHS_SHORT[*place].to_lowercase(), (place + 1).to_string()];
        names.contains(&words) || roman == Some(*place) || words == "agt" && *place == 7
    };
    (0..MONTHS.len()).find(is_it)
}

fn columns(sheet: &Sheet, rows: &[Row]) -> Vec<(u32, PlanRole)> {
    let last = rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max().unwrap_or_default();
    let mut found: Vec<(u32, PlanRole)> = Vec::new();
    let mut sums: Vec<u32> = Vec::new();
    for column in 0..=last {
        let mut levels: Vec<(CellRef, &CellValue)> = Vec::new();
        for row in rows {
            let seen = sheet.seen(CellRef { row: row.index, column });
            levels.extend(seen.filter(|(from, _)| levels.last().is_none_or(|(last, _)| last != from)));
        }
        let Some(lowest) = levels.last().map(|(_, value)| *value) else { continue };
        let above = levels.len().checked_sub(2).and_then(|at| listed(&key_of(levels[at].1)));
        let own = listed(&key_of(lowest));
        if SUM.has(&key_of(lowest)) {
            sums.push(column);
        }
        let is_below = |wanted: ProposalColumn| above == Some(PlanRole::Own(wanted));
        let role = match own {
            Some(role) => Some(role),
            None if is_below(ProposalColumn::Fund) => Some(PlanRole::FundAmount(value_text(lowest).trim().to_owned())),
            None => month_of(lowest).map(PlanRole::Month).or(above),
        };
        let is_new = |role: &PlanRole| !found.iter().any(|(_, held)| held == role);
        found.extend(role.filter(is_new).map(|role| (column, role)));
    }
    let months = found.iter().filter(|(_, role)| matches!(role, PlanRole::Month(_))).count();
    if months < MONTHS_MIN {
        found.retain(|(_, role)| !matches!(role, PlanRole::Month(_)));
    }
    let has_cost = found.iter().any(|(_, role)| *role == PlanRole::Own(ProposalColumn::Cost));
    if let (false, Some(column)) = (has_cost, sums.last()) {
        found.retain(|(held, _)| held != column);
        found.push((*column, PlanRole::Own(ProposalColumn::Cost)));
        found.sort_by_key(|(column, _)| *column);
    }
    found
}

/// Lines above a heading: which plan it is, and of which program.
#[derive(Clone, Debug, Default)]
pub(super) struct PlanTitle {
    is_proposed: bool,
    is_carried: bool,
    program: Option<(String, CellRef)>,
}

impl PlanTitle {
    /// Reads the lines above a heading, and the name of the sheet.
    pub(super) fn read(sheet: &Sheet, rows: &[Row]) -> Self {
        let mut title = Self::default();
        for row in rows {
            title.take(row);
        }
        if !title.is_of_plan() {
            title.take_words(&sheet.name);
        }
        if title.program.is_none() && !names_plan(&sheet.name) && !names_no_program(&sheet.name) {
            let from = CellRef { row: rows.first().map_or(0, |row| row.index), column: 0 };
            title.program = Some((sheet.name.trim().to_owned(), from));
        }
        title
    }

    /// Reads one line; reports whether it is of a title.
    pub(super) fn take(&mut self, row: &Row) -> bool {
        let mut is_title = false;
        for cell in &row.cells {
            let Some(text) = cell.value.text() else { continue };
            is_title |= self.take_words(text);
            let named = text.split_once(':').filter(|(label, _)| {
                let words = key(label);
                ["program", "upaya", "upayakesehatan", "namaprogram", "programupaya"].contains(&words.as_str())
            });
            if let Some((_, name)) = named {
                let beside = row.cells.iter().filter(|other| other.column > cell.column);
                let beside = beside.filter_map(|other| other.value.text()).find(|text| !text.trim().is_empty());
                let name = if name.trim().is_empty() { beside.unwrap_or_default() } else { name };
                let place = CellRef { row: row.index, column: cell.column };
                self.program = (!name.trim().is_empty()).then(|| (name.trim().to_owned(), place));
                is_title = true;
            }
        }
        is_title
    }

    fn take_words(&mut self, text: &str) -> bool {
        let proposed = names_one(text, &PROPOSED);
        let carried = names_one(text, &CARRIED);
        self.is_proposed |= proposed;
        self.is_carried |= carried;
        proposed || carried
    }

    /// Reports whether it is the title of RUK or RPK.
    pub(super) fn is_of_plan(&self) -> bool {
        self.is_proposed || self.is_carried
    }

    /// Returns the plan; none where both are named.
    pub(super) fn document(&self) -> Option<PlanDocument> {
        match (self.is_proposed, self.is_carried) {
            (true, false) => Some(PlanDocument::Proposed),
            (false, true) => Some(PlanDocument::Carried),
            _ => None,
        }
    }

    /// Returns the program that it names, with its cell.
    pub(super) fn program(&self) -> Option<(String, CellRef)> {
        self.program.clone()
    }
}

fn names_plan(text: &str) -> bool {
    names_one(text, &PROPOSED) || names_one(text, &CARRIED)
}

/// Reports whether a sheet is called like any other: `Sheet1`, `2024`.
fn names_no_program(name: &str) -> bool {
    let words = key(name);
    let bare = words.trim_end_matches(|c: char| c.is_ascii_digit());
    bare.is_empty()
        || ["sheet", "lembar", "lembar kerja", "data", "rekap", "usulan"].iter().any(|plain| key(plain) == bare)
}

fn names_one(text: &str, list: &WordList) -> bool {
    let whole = key(text);
    let has_word =
        |wanted: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(wanted));
    list.iter().any(|word| if word.len() <= SHORT_WORD { has_word(word) } else { whole.contains(word) })
}
