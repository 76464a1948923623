//! Headings of PKP sheets: which column holds what, in one to three rows, with or without the numbers (1) … (11) below.
//! The words are data (`judul.txt`, groups `pkp …`). Knows no row below a heading.

use std::sync::LazyLock;

use crate::domain::pkp::PkpLevel;
use crate::domain::records::CellRef;
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::{WordList, key, word_group};
use crate::recap::signatures::is_opening;
use crate::workbook::{Cell, CellValue, Row, Sheet};

/// Rows of a sheet in which a heading may begin after the one before.
const HEADING_ROWS_MAX: usize = 3;
/// Longest word that must be the whole heading: `T`, `TS`.
const SHORT_WORD: usize = 3;
/// Known columns from which a row may be a heading.
const COLUMNS_MIN: usize = 3;

/// Content of a column of PKP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PkpRole {
    Number,
    /// Names of all levels.
    Name,
    /// Names of one level.
    NameOf(PkpLevel),
    Target,
    Measure,
    Population,
    Planned,
    Reached,
    Ring,
    Coverage,
    /// Performance of the rows of one level; of whatever row it stands in where none is named.
    Performance(Option<PkpLevel>),
    /// The score of management.
    Score,
    /// Words for what earns a score of management, or the mark for it.
    Scale(i64),
    Cause,
    Plan,
    FollowUp,
    Evaluation,
}

/// Words of each column.
static ROLES: LazyLock<Vec<(PkpRole, WordList)>> = LazyLock::new(|| {
    let of = |role, group| (role, word_group(group));
    vec![
        of(PkpRole::Name, "pkp uraian"),
        of(PkpRole::NameOf(PkpLevel::Effort), "pkp upaya"),
        of(PkpRole::NameOf(PkpLevel::Program), "pkp program"),
        of(PkpRole::NameOf(PkpLevel::Variable), "pkp variabel"),
        of(PkpRole::NameOf(PkpLevel::SubVariable), "pkp sub variabel"),
        of(PkpRole::Target, "pkp target"),
        of(PkpRole::Measure, "pkp satuan"),
        of(PkpRole::Population, "pkp total sasaran"),
        of(PkpRole::Planned, "pkp target sasaran"),
        of(PkpRole::Reached, "pkp pencapaian"),
        of(PkpRole::Ring, "pkp ring"),
        of(PkpRole::Coverage, "pkp cakupan"),
        of(PkpRole::Performance(None), "pkp kinerja"),
        of(PkpRole::Score, "pkp nilai"),
        of(PkpRole::Cause, "pkp penyebab"),
        of(PkpRole::Plan, "pkp rtl"),
        of(PkpRole::FollowUp, "pkp tindak lanjut"),
        of(PkpRole::Evaluation, "pkp evaluasi"),
    ]
});
static NUMBER: LazyLock<WordList> = LazyLock::new(|| word_group("nomor"));
static TITLE: LazyLock<WordList> = LazyLock::new(|| word_group("pkp judul"));

/// A heading of service or of management.
#[derive(Clone, Debug)]
pub(super) struct PkpHeading {
    /// Place of its first row among the rows of the sheet, and of the first row below it.
    pub(super) at: usize,
    pub(super) data: usize,
    pub(super) columns: Vec<(u32, PkpRole)>,
    pub(super) is_of_management: bool,
}

impl PkpHeading {
    /// Returns the next heading of a sheet from a row on.
    pub(super) fn next(sheet: &Sheet, from: usize, is_titled: bool) -> Option<Self> {
        (from..sheet.rows.len()).find_map(|at| Self::at(sheet, at, is_titled))
    }

    fn at(sheet: &Sheet, at: usize, is_titled: bool) -> Option<Self> {
        let rows = &sheet.rows[at..];
        if !begins(&rows[0]) {
            return None;
        }
        // What one row says is not taken back by the rows below it.
        let mut best: Option<Self> = None;
        for height in 1..=HEADING_ROWS_MAX.min(rows.len()) {
            if height > 1 && !is_continued(sheet, &rows[height - 1], &rows[height - 2], best.as_ref()) {
                break;
            }
            let columns = columns(sheet, &rows[..height]);
            let found = Self { at, data: at + height, columns, is_of_management: false };
            if best.as_ref().is_none_or(|held| found.columns.len() >= held.columns.len()) {
                best = Some(found);
            }
        }
        let mut heading = best?;
        if heading.columns.len() < COLUMNS_MIN {
            return None;
        }
        heading.is_of_management = heading.has_scores();
        if !heading.is_of_management && !heading.has_counts(is_titled) {
            return None;
        }
        if sheet.rows.get(heading.data).is_some_and(numbers_columns) {
            heading.data += 1;
        }
        Some(heading)
    }

    /// Returns the first column of a role.
    pub(super) fn column(&self, role: PkpRole) -> Option<u32> {
        self.columns.iter().find(|(_, held)| *held == role).map(|(column, _)| *column)
    }

    /// Returns the columns of names with their levels, from the left.
    pub(super) fn names(&self) -> Vec<(u32, PkpLevel)> {
        let level = |(column, role): &(u32, PkpRole)| match role {
            PkpRole::NameOf(level) => Some((*column, *level)),
            _ => None,
        };
        self.columns.iter().filter_map(level).collect()
    }

    /// Reports whether a row repeats it, as at the top of a page.
    pub(super) fn is_repeated(&self, row: &Row) -> bool {
        let is_role = |(column, role): &&(u32, PkpRole)| {
            row.get(*column).and_then(CellValue::text).and_then(|text| role_of(&[key(text)])) == Some(*role)
        };
        self.columns.iter().filter(is_role).count() >= COLUMNS_MIN
    }

    /// Reports whether a row has a target, a count or a score: more than a title.
    pub(super) fn has_figures(&self, row: &Row) -> bool {
        let is_figure = |role: PkpRole| {
            matches!(
                role,
                PkpRole::Target
                    | PkpRole::Population
                    | PkpRole::Planned
                    | PkpRole::Reached
                    | PkpRole::Score
                    | PkpRole::Ring
            )
        };
        self.columns.iter().any(|(column, role)| is_figure(*role) && !is_blank(row.get(*column)))
    }

    /// Returns the rows up to the first in which signatures begin; one with figures is none, whatever its name.
    pub(super) fn up_to_signatures<'r>(&self, rows: &'r [Row]) -> &'r [Row] {
        let is_signed = |row: &Row| row.cells.iter().filter_map(|cell| cell.value.text()).any(is_opening);
        let end = rows.iter().position(|row| is_signed(row) && !self.has_figures(row));
        &rows[..end.unwrap_or(rows.len())]
    }

    fn has(&self, role: PkpRole) -> bool {
        self.column(role).is_some()
    }

    fn has_name(&self) -> bool {
        self.has(PkpRole::Name) || !self.names().is_empty()
    }

    /// Reports whether counts stand below it that PKP is computed from.
    fn has_counts(&self, is_titled: bool) -> bool {
        let is_rated = self.columns.iter().any(|(_, role)| matches!(role, PkpRole::Performance(_)));
        self.has_name()
            && self.has(PkpRole::Reached)
            && (self.has(PkpRole::Population) || self.has(PkpRole::Planned))
            && self.has(PkpRole::Target)
            && (is_titled || is_rated)
    }

    /// Reports whether scores 0, 4, 7 and 10 stand below it.
    fn has_scores(&self) -> bool {
        let scales = self.columns.iter().filter(|(_, role)| matches!(role, PkpRole::Scale(_))).count();
        self.has_name() && scales >= COLUMNS_MIN && !self.has(PkpRole::Reached)
    }
}

/// Reports whether titles are those of a PKP.
pub(super) fn is_title(words: &str) -> bool {
    let key = key(words);
    TITLE.iter().any(|word| if word.len() <= SHORT_WORD { names_word(words, word) } else { key.contains(word) })
}

fn names_word(words: &str, wanted: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(wanted))
}

/// Reports whether a row may be the first of a heading: more than one of its cells is known, one of them of names. A title
/// right above it is no part of it.
fn begins(row: &Row) -> bool {
    let role = |cell: &Cell| role_in(&cell.value, false);
    // Names are texts: rows without one are not looked at any further.
    let is_name =
        |cell: &Cell| cell.value.text().is_some() && matches!(role(cell), Some(PkpRole::Name | PkpRole::NameOf(_)));
    row.cells.iter().any(is_name) && row.cells.iter().filter_map(role).nth(1).is_some()
}

/// Reports whether a row goes on with a heading: nothing new stands below the columns of numbers and names.
fn is_continued(sheet: &Sheet, row: &Row, above: &Row, heading: Option<&PkpHeading>) -> bool {
    let is_name = |column: u32| {
        let role = heading.and_then(|heading| heading.columns.iter().find(|(held, _)| *held == column));
        role.is_some_and(|(_, role)| matches!(role, PkpRole::Number | PkpRole::Name | PkpRole::NameOf(_)))
    };
    let is_own =
        |column: u32| sheet.merge_at(CellRef { row: row.index, column }).is_none_or(|area| area.first.row >= row.index);
    let is_known = row.cells.iter().any(|cell| role_in(&cell.value, true).is_some());
    let stays_clear = row.cells.iter().all(|cell| !is_name(cell.column) || !is_own(cell.column));
    // `0 | 4 | 7 | 10` are scores, `(1) | (2) | …` are numbers of columns.
    let are_scores = row.cells.first().is_some_and(|cell| value_text(&cell.value) == "0");
    row.index == above.index + 1 && is_known && stays_clear && (are_scores || !numbers_columns(row))
}

/// `(1) | (2) | …` or `1 | 2 | 3`: nothing but whole numbers, each one more than the one before.
fn numbers_columns(row: &Row) -> bool {
    let number = |value: &CellValue| match value {
        CellValue::Number { value, .. } if value.fract() == 0.0 => Some(*value),
        CellValue::Text(text) => text.trim().trim_matches(['(', ')']).parse::<u32>().ok().map(f64::from),
        _ => None,
    };
    let numbers: Option<Vec<f64>> = row.cells.iter().map(|cell| number(&cell.value)).collect();
    let grow = |numbers: Vec<f64>| numbers.windows(2).all(|pair| (pair[1] - pair[0] - 1.0).abs() < f64::EPSILON);
    numbers.filter(|numbers| numbers.len() >= COLUMNS_MIN).is_some_and(grow)
}

fn columns(sheet: &Sheet, rows: &[Row]) -> Vec<(u32, PkpRole)> {
    let last = rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max().unwrap_or_default();
    let mut found: Vec<(u32, PkpRole)> = Vec::new();
    for column in 0..=last {
        // A cell merged downwards is one level.
        let mut levels: Vec<(CellRef, &CellValue)> = Vec::new();
        for row in rows {
            let seen = sheet.seen(CellRef { row: row.index, column });
            levels.extend(seen.filter(|(from, _)| levels.last().is_none_or(|(last, _)| last != from)));
        }
        let scale = levels.last().and_then(|(_, value)| role_in(value, false));
        let texts: Vec<String> = levels.iter().rev().filter_map(|(_, value)| value.text()).map(key).collect();
        let role = scale.filter(|role| matches!(role, PkpRole::Scale(_))).or_else(|| role_of(&texts));
        let is_new = |role: &PkpRole| !found.iter().any(|(_, held)| held == role);
        found.extend(role.filter(is_new).map(|role| (column, role)));
    }
    found
}

/// Returns the role that one cell may have alone.
fn role_in(value: &CellValue, is_level: bool) -> Option<PkpRole> {
    let text = value_text(value);
    let words = key(&text);
    let digits = words.trim_start_matches(|c: char| c.is_alphabetic());
    let before = &words[..words.len() - digits.len()];
    let is_scale = ["nilai", "skala", "skor", ""].contains(&before);
    let scale = digits.parse().ok().filter(|number| [0, 4, 7, 10].contains(number));
    if let Some(number) = scale.filter(|_| is_scale) {
        return Some(PkpRole::Scale(number));
    }
    let level = level_named(&words).map(|level| PkpRole::Performance(Some(level)));
    level.filter(|_| is_level).or_else(|| role_of(&[words]))
}

fn level_named(words: &str) -> Option<PkpLevel> {
    // `Rata-rata program` names its level at the end.
    let names = [
        ("subvariabel", PkpLevel::SubVariable),
        ("variabel", PkpLevel::Variable),
        ("program", PkpLevel::Program),
        ("upaya", PkpLevel::Effort),
    ];
    names.into_iter().find(|(name, _)| words.ends_with(name)).map(|(_, level)| level)
}

/// Returns the role of a column by its texts, the lowest first.
fn role_of(texts: &[String]) -> Option<PkpRole> {
    let known: Vec<Option<PkpRole>> = texts.iter().map(|words| listed(words)).collect();
    let is_rated = known.contains(&Some(PkpRole::Performance(None)));
    if is_rated {
        let level = texts.iter().find_map(|words| level_named(&without_years(words)));
        return Some(PkpRole::Performance(level));
    }
    known.into_iter().flatten().next()
}

fn without_years(words: &str) -> String {
    words.trim_end_matches(|c: char| c.is_ascii_digit() || c == '%').to_owned()
}

/// Returns the role whose longest word a heading begins with.
fn listed(words: &str) -> Option<PkpRole> {
    if NUMBER.has(words) {
        return Some(PkpRole::Number);
    }
    let is_it = |word: &str| if word.len() <= SHORT_WORD { words == word } else { words.starts_with(word) };
    let longest = |list: &WordList| list.iter().filter(|word| is_it(word)).map(str::len).max();
    let mut best: Option<(usize, PkpRole)> = None;
    for (role, list) in ROLES.iter() {
        if let Some(length) = longest(list)
            && best.is_none_or(|(held, _)| length > held)
        {
            best = Some((length, *role));
        }
    }
    best.map(|(_, role)| role)
}
