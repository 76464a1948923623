//! A checklist on a form: items, each with an answer or its points, and perhaps their sum. Says what the visit scored.

use super::page::NewCell;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::mark::{Mark, yes_no};
use crate::recap::cells::number::{Dot, read as read_number};
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::{
    CHECKLIST_ANSWER, CHECKLIST_ITEM, CHECKLIST_MAXIMUM, CHECKLIST_NO, CHECKLIST_POINTS, CHECKLIST_SUM, CHECKLIST_YES,
    WordList, key,
};
use crate::recap::questions::ASK_CHECKLIST;
use crate::workbook::{CellValue, Remark, Row, Sheet};

/// Fewest items of a checklist.
const ITEMS_MIN: usize = 3;

/// The way in which its items are answered.
#[derive(Clone, Copy, Debug)]
enum Answers {
    /// A mark under one of two columns.
    Pair { yes: u32, no: u32 },
    /// Points, or yes and no, in one column.
    One { column: u32, maximum: Option<u32> },
}

pub(super) struct Checklist {
    answers: Answers,
    /// Row of its heading, and that of its last item.
    rows: (u32, u32),
    heading: CellRef,
    items: Vec<u32>,
    /// The row that sums its items up.
    sum: Option<u32>,
}

/// The points of a visit.
pub(super) struct Scored {
    pub(super) points: NewCell,
    pub(super) maximum: NewCell,
    pub(super) said: String,
}

impl Checklist {
    /// Every checklist of a sheet, top down.
    pub(super) fn all(sheet: &Sheet) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for (at, row) in sheet.rows.iter().enumerate() {
            if found.last().is_none_or(|list| row.index > list.rows.1) {
                found.extend(Self::at(sheet, at));
            }
        }
        found
    }

    /// Reports whether a row is its heading, an item, or the sum of its items.
    pub(super) fn holds(&self, row: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) || self.sum == Some(row)
    }

    fn at(sheet: &Sheet, at: usize) -> Option<Self> {
        let heading = &sheet.rows[at];
        let keys: Vec<(u32, String)> =
            heading.cells.iter().filter_map(|cell| Some((cell.column, key(cell.value.text()?)))).collect();
        let of = |words: &WordList| keys.iter().find(|(_, key)| words.has(key)).map(|(column, _)| *column);
        let item = of(&CHECKLIST_ITEM)?;
        let pair = of(&CHECKLIST_YES).zip(of(&CHECKLIST_NO)).map(|(yes, no)| Answers::Pair { yes, no });
        let points = || of(&CHECKLIST_POINTS).or_else(|| of(&CHECKLIST_ANSWER));
        let one = || points().map(|column| Answers::One { column, maximum: of(&CHECKLIST_MAXIMUM) });
        let answers = pair.or_else(one)?;
        let mut items = Vec::new();
        let mut sum = None;
        for row in &sheet.rows[at + 1..] {
            let first = row.cells.iter().find_map(|cell| cell.value.text()).map(plain_words).unwrap_or_default();
            if first.split(' ').next().is_some_and(|word| CHECKLIST_SUM.has(word)) {
                let is_sum = first.starts_with("jumlah") || first.starts_with("total");
                sum = sum.or(is_sum.then_some(row.index));
                break;
            }
            let is_item = row.get(item).and_then(CellValue::text).is_some() && row.index <= heading.index + 1 + 400;
            // A section's title has no answer; a line below the list neither.
            match (is_item, answers.is_answered(row)) {
                // One that nobody answered is an item all the same.
                (true, false) if row.cells.len() <= 2 && !is_numbered(row) => {}
                (true, _) => items.push(row.index),
                (false, _) if items.is_empty() || row.cells.len() == 1 => {}
                (false, _) => break,
            }
        }
        let last = *items.last()?;
        let heading = CellRef { row: heading.index, column: item };
        (items.len() >= ITEMS_MIN).then_some(Self { answers, rows: (heading.row, last), heading, items, sum })
    }

    /// Returns the points of the visit, where its form does not state them. Fails with a question where they cannot be
    /// told.
    pub(super) fn scored(&self, sheet: &Sheet, is_stated: bool) -> Result<Option<Scored>, Remark> {
        if is_stated {
            return Ok(None);
        }
        let asked = || Remark { place: self.heading, message: ASK_CHECKLIST.to_owned() };
        let rows = self.items.iter().filter_map(|row| sheet.row(*row));
        let mut points = 0.0;
        let mut maximum = 0.0;
        for row in rows {
            let (own, most) = self.answers.points(row).ok_or_else(asked)?;
            points += own;
            maximum += most;
        }
        let (column, most) = match self.answers {
            Answers::Pair { yes, no } => (yes, no),
            Answers::One { column, maximum } => (column, maximum.unwrap_or(column)),
        };
        let sum = self.sum.and_then(|row| sheet.row(row));
        let summed = sum.and_then(|row| number(row.get(column)));
        // The sum that is written must be the sum of what is written.
        if summed.is_some_and(|summed| (summed - points).abs() > 1e-6) {
            return Err(asked());
        }
        let last = CellRef { row: self.rows.1, column };
        let from = |column| self.sum.map_or(last, |row| CellRef { row, column });
        let said = format!("; skor {points} dari {maximum} dijumlahkan dari {} item daftar tiliknya", self.items.len());
        Ok(Some(Scored {
            points: NewCell::number(points, from(column)),
            maximum: NewCell::number(maximum, from(most)),
            said,
        }))
    }
}

fn is_numbered(row: &Row) -> bool {
    row.cells.first().is_some_and(|cell| {
        matches!(cell.value, CellValue::Number { .. })
            || value_text(&cell.value).trim_end_matches('.').parse::<u32>().is_ok()
    })
}

fn number(value: Option<&CellValue>) -> Option<f64> {
    read_number(value, Dot::default()).ok().flatten().map(|number| number.value)
}

impl Answers {
    fn is_answered(self, row: &Row) -> bool {
        match self {
            Self::Pair { yes, no } => !is_blank(row.get(yes)) || !is_blank(row.get(no)),
            Self::One { column, .. } => !is_blank(row.get(column)),
        }
    }

    /// The points of an item and the most that it can have; none where it cannot be told.
    fn points(self, row: &Row) -> Option<(f64, f64)> {
        let says_yes = |column| match yes_no(row.get(column)) {
            Ok(None) => Some(false),
            // Under `Tidak` any mark is one, an x too.
            Ok(Some(Mark::Yes)) => Some(true),
            Ok(Some(Mark::No)) => {
                Some(row.get(column).is_some_and(|value| ["x", "X", "×"].contains(&value_text(value).as_str())))
            }
            _ => None,
        };
        match self {
            Self::Pair { yes, no } => match (says_yes(yes)?, says_yes(no)?) {
                (true, false) => Some((1.0, 1.0)),
                (false, true) => Some((0.0, 1.0)),
                _ => None,
            },
            Self::One { column, maximum: Some(maximum) } => {
                let own = number(row.get(column))?;
                let most = number(row.get(maximum))?;
                (own <= most).then_some((own, most))
            }
            Self::One { column, maximum: None } => match yes_no(row.get(column)).ok()?? {
                Mark::Yes => Some((1.0, 1.0)),
                Mark::No => Some((0.0, 1.0)),
                Mark::Unknown => None,
            },
        }
    }
}
