//! The items of a filled checklist on a sheet: its heading (one row or two), the columns of its answers, its rows and what
//! each of them answers. Knows neither whose it is nor what an answer is worth.

use super::page::NewCell;
use crate::domain::instrument::{FittingInstrument, Instrument, InstrumentBook};
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::mark::{Mark, yes_no};
use crate::recap::cells::{is_blank, is_dash, value_text};
use crate::recap::heading::{
    CHECKLIST_ANSWER, CHECKLIST_CODE, CHECKLIST_ITEM, CHECKLIST_MAXIMUM, CHECKLIST_NO, CHECKLIST_NOT_APPLICABLE,
    CHECKLIST_NOTE, CHECKLIST_POINTS, CHECKLIST_SUM, CHECKLIST_YES, NAME, WordList, is_number_heading, key,
};
use crate::recap::signatures::is_opening;
use crate::workbook::{CellValue, Row, Sheet};

/// Rows below its heading in which items are looked for.
const ROWS_MAX: u32 = 400;

/// Columns of the answers.
#[derive(Clone, Copy, Debug)]
pub(super) enum AnswerColumns {
    /// A tick under one of two columns, or of three.
    Ticks { yes: u32, no: u32, none: Option<u32> },
    /// Words in one column.
    Words(u32),
    /// Points in one column.
    Points { column: u32, maximum: Option<u32> },
}

/// Columns of a checklist.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListColumns {
    pub(super) item: u32,
    pub(super) code: Option<u32>,
    pub(super) note: Option<u32>,
    pub(super) answers: AnswerColumns,
}

/// A checklist on a sheet, and the instrument that knows its items.
pub(super) struct FilledList<'b> {
    pub(super) columns: ListColumns,
    pub(super) heading: CellRef,
    /// Row behind its last item: sums may begin there.
    pub(super) end: u32,
    /// Rows of its items.
    pub(super) items: Vec<u32>,
    pub(super) instrument: FittingInstrument<'b>,
}

/// An answer as cells of a laid-out table, and what it says.
pub(super) struct AnswerCells {
    pub(super) answer: Option<NewCell>,
    pub(super) points: Option<NewCell>,
    pub(super) maximum: Option<NewCell>,
}

impl<'b> FilledList<'b> {
    /// Every checklist of a sheet that has items, top down.
    pub(super) fn all(sheet: &Sheet, instruments: &'b InstrumentBook) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for at in 0..sheet.rows.len() {
            if found.last().is_none_or(|list| sheet.rows[at].index >= list.end) {
                found.extend(Self::at(sheet, at, instruments));
            }
        }
        found
    }

    /// Reports whether a row is its heading or one of its items.
    pub(super) fn holds(&self, row: u32) -> bool {
        (self.heading.row..self.end).contains(&row)
    }

    fn at(sheet: &Sheet, at: usize, instruments: &'b InstrumentBook) -> Option<Self> {
        let heading = ListHeading::read(&sheet.rows[at..])?;
        let columns = heading.columns;
        let first = at + heading.rows;
        let mut end = sheet.rows[first - 1].index + 1;
        let mut candidates: Vec<&Row> = Vec::new();
        for (place, row) in sheet.rows.iter().enumerate().skip(first) {
            let is_far = row.index > sheet.rows[at].index + ROWS_MAX;
            let is_next = ListHeading::read(&sheet.rows[place..]).is_some();
            if is_far || is_next || is_end(row, &columns, instruments) {
                break;
            }
            end = row.index + 1;
            if item_text(row, &columns).is_some() {
                candidates.push(row);
            }
        }
        let is_item = |row: &&&Row| is_numbered(row, &columns) || columns.answers.is_answered(row);
        let texts: Vec<&str> = candidates.iter().filter(is_item).filter_map(|row| item_text(row, &columns)).collect();
        let above = sheet.rows[..at].iter().flat_map(|row| &row.cells).filter_map(|cell| cell.value.text());
        let titles = above.collect::<Vec<_>>().join(" ");
        let instrument = instruments.fitting(&texts, &titles);
        let is_kept = |row: &&Row| {
            is_numbered(row, &columns)
                || columns.answers.is_answered(row)
                || matches!(&instrument, FittingInstrument::One(known) if known_item(row, &columns, known))
        };
        let items: Vec<u32> = candidates.into_iter().filter(is_kept).map(|row| row.index).collect();
        let place = CellRef { row: sheet.rows[at].index, column: columns.item };
        (!items.is_empty()).then_some(Self { columns, heading: place, end, items, instrument })
    }
}

/// Heading of a checklist: its columns, and the rows that it takes.
struct ListHeading {
    columns: ListColumns,
    rows: usize,
}

impl ListHeading {
    /// The heading that begins in the first of `rows`: words of items and of answers, those perhaps in the row below.
    fn read(rows: &[Row]) -> Option<Self> {
        let first = rows.first()?;
        let keys = keys_of(first);
        // With a column of names it is a table of many visits, which is read as it stands.
        if column(&keys, &NAME).is_some() {
            return None;
        }
        let item = column(&keys, &CHECKLIST_ITEM)?;
        if let Some(columns) = columns_of(&keys, item) {
            // `Jawaban` may stand above `Ya` and `Tidak`.
            let below = rows.get(1).filter(|row| row.index == first.index + 1).and_then(|row| ticks_below(row, item));
            return Some(match below {
                Some(answers) => Self { columns: ListColumns { answers, ..columns }, rows: 2 },
                None => Self { columns, rows: 1 },
            });
        }
        let below = rows.get(1).filter(|row| row.index == first.index + 1)?;
        let answers = ticks_below(below, item)?;
        let code = column(&keys, &CHECKLIST_CODE);
        let note = column(&keys, &CHECKLIST_NOTE);
        Some(Self { columns: ListColumns { item, code, note, answers }, rows: 2 })
    }
}

/// Ticks whose headings stand in the second row of a heading.
fn ticks_below(row: &Row, item: u32) -> Option<AnswerColumns> {
    let keys = keys_of(row);
    let is_alone = row.get(item).is_none_or(|value| is_blank(Some(value)));
    ticks(&keys).filter(|_| is_alone)
}

/// Headings with their columns; a remark in brackets counts for nothing.
fn keys_of(row: &Row) -> Vec<(u32, String)> {
    let own = |text: &str| key(text.split('(').next().filter(|own| !own.trim().is_empty()).unwrap_or(text));
    row.cells.iter().filter_map(|cell| Some((cell.column, own(cell.value.text()?)))).collect()
}

fn column(keys: &[(u32, String)], words: &WordList) -> Option<u32> {
    keys.iter().find(|(_, key)| words.has(key)).map(|(column, _)| *column)
}

fn ticks(keys: &[(u32, String)]) -> Option<AnswerColumns> {
    let yes = column(keys, &CHECKLIST_YES)?;
    let no = column(keys, &CHECKLIST_NO)?;
    Some(AnswerColumns::Ticks { yes, no, none: column(keys, &CHECKLIST_NOT_APPLICABLE) })
}

fn columns_of(keys: &[(u32, String)], item: u32) -> Option<ListColumns> {
    let others: Vec<(u32, String)> = keys.iter().filter(|(column, _)| *column != item).cloned().collect();
    let points = || {
        let column = column(&others, &CHECKLIST_POINTS)?;
        Some(AnswerColumns::Points { column, maximum: self::column(&others, &CHECKLIST_MAXIMUM) })
    };
    let words = || column(&others, &CHECKLIST_ANSWER).map(AnswerColumns::Words);
    let answers = ticks(&others).or_else(points).or_else(words)?;
    Some(ListColumns { item, code: column(&others, &CHECKLIST_CODE), note: column(&others, &CHECKLIST_NOTE), answers })
}

/// The words of the item of a row.
pub(super) fn item_text<'r>(row: &'r Row, columns: &ListColumns) -> Option<&'r str> {
    row.get(columns.item).and_then(CellValue::text).filter(|text| !plain_words(text).is_empty())
}

/// The code of the item of a row.
pub(super) fn item_code(row: &Row, columns: &ListColumns) -> Option<String> {
    let value = columns.code.and_then(|column| row.get(column)).filter(|value| !is_blank(Some(value)))?;
    Some(value_text(value))
}

fn known_item(row: &Row, columns: &ListColumns, instrument: &Instrument) -> bool {
    item_text(row, columns).is_some_and(|text| instrument.item_of_text(text).is_some())
}

/// Reports whether the items end before a row: it sums them up, or it is signed.
fn is_end(row: &Row, columns: &ListColumns, instruments: &InstrumentBook) -> bool {
    let is_known = || instruments.all().iter().any(|instrument| known_item(row, columns, instrument));
    let first = row.cells.iter().find_map(|cell| cell.value.text()).unwrap_or_default();
    let is_signed = || is_opening(first) && !is_numbered(row, columns);
    is_sum_line(row) && !is_numbered(row, columns) && !is_known() || is_signed()
}

/// Reports whether the first words of a row are those of a sum.
pub(super) fn is_sum_line(row: &Row) -> bool {
    let first = row.cells.iter().find_map(|cell| cell.value.text()).map(plain_words).unwrap_or_default();
    first.split(' ').next().is_some_and(|word| CHECKLIST_SUM.has(word))
}

/// Reports whether a number stands before the item.
fn is_numbered(row: &Row, columns: &ListColumns) -> bool {
    row.cells.iter().take_while(|cell| cell.column < columns.item).any(|cell| match &cell.value {
        CellValue::Number { .. } => true,
        CellValue::Text(text) => {
            let number = text.trim().trim_end_matches(['.', ')']);
            !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.') && !is_number_heading(text)
        }
        _ => false,
    })
}

impl AnswerColumns {
    fn is_answered(self, row: &Row) -> bool {
        let is_there = |column: u32| !is_blank(row.get(column));
        match self {
            Self::Ticks { yes, no, none } => is_there(yes) || is_there(no) || none.is_some_and(is_there),
            Self::Words(column) | Self::Points { column, .. } => is_there(column),
        }
    }

    /// The answer of a row as cells of the laid-out table.
    pub(super) fn cells(self, sheet: &Sheet, row: &Row) -> AnswerCells {
        let at = |column: u32| CellRef { row: row.index, column };
        match self {
            Self::Ticks { yes, no, none } => {
                let ticked = [(yes, "Ya"), (no, "Tidak")].into_iter().chain(none.map(|column| (column, "TB")));
                let ticked: Vec<(u32, &str)> =
                    ticked.filter(|(column, word)| is_ticked(row.get(*column), word)).collect();
                let answer = match ticked[..] {
                    [] => None,
                    [(column, word)] => Some(NewCell::text(word, at(column))),
                    [(column, _), ..] => {
                        let words: Vec<&str> = ticked.iter().map(|(_, word)| *word).collect();
                        Some(NewCell::text(&words.join(" dan "), at(column)))
                    }
                };
                AnswerCells { answer, points: None, maximum: None }
            }
            Self::Words(column) => {
                let cell = NewCell::from_sheet(sheet, at(column));
                AnswerCells { answer: Some(cell), points: None, maximum: None }
            }
            Self::Points { column, maximum } => {
                let cell = NewCell::from_sheet(sheet, at(column));
                let is_word = cell.value.as_ref().and_then(CellValue::text).is_some_and(is_answer_word);
                let maximum = maximum.map(|column| NewCell::from_sheet(sheet, at(column)));
                if is_word {
                    AnswerCells { answer: Some(cell), points: None, maximum }
                } else {
                    AnswerCells { answer: None, points: Some(cell), maximum }
                }
            }
        }
    }
}

fn is_answer_word(text: &str) -> bool {
    text.trim().parse::<f64>().is_err() && text.chars().all(|c| !c.is_ascii_digit())
}

/// Reports whether a cell of a column of ticks is ticked: any mark is one, an x too; 0, a dash and the word of the other
/// column are none.
fn is_ticked(value: Option<&CellValue>, word: &str) -> bool {
    let Some(value) = value.filter(|value| !is_blank(Some(value))) else { return false };
    let text = value_text(value);
    let own = key(&text);
    match yes_no(Some(value)) {
        Ok(Some(Mark::No)) if ["x", "×", "✗", "✘"].contains(&text.trim().to_lowercase().as_str()) => true,
        Ok(Some(Mark::No)) => word == "Tidak" && CHECKLIST_NO.has(&own),
        _ => !is_dash(&text) || word == "TB" && CHECKLIST_NOT_APPLICABLE.has(&own),
    }
}
