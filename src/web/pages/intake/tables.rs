//! Tables of a preview in words: the first facts of each with their fields, what was guessed, and what can be said of
//! it once for all tables of its form.

use super::issues::{IssueLine, IssueRow, is_reading, issue};
use super::offers::{TableAt, WordView};
use crate::app::import::receipt::IssueReceipt;
use crate::app::intake::preview::{FirstFact, SheetPreview, TablePreview, counted_of};
use crate::domain::format;

/// Tables of a file up to which all of them are shown open.
const OPEN_MAX: usize = 4;
/// Fields that the words of a fact hold already.
const NAMING: [&str; 3] = ["Nama", "Bentuk kegiatan", "Rencana tindak lanjut"];

#[derive(Clone, Debug, Default)]
pub struct TableCard {
    /// Where it stands on the page.
    pub id: String,
    /// Name and months.
    pub title: String,
    pub sheet: String,
    /// Number of its facts: `18 pembinaan`.
    pub facts: String,
    /// Out of how many rows, where that is another number.
    pub note: String,
    /// Labels of the fields shown, and whether they hold numbers.
    pub heads: Vec<(&'static str, bool)>,
    /// Of each of the first facts: cell, words, and its fields in the order of the heads.
    pub lines: Vec<(String, String, Vec<String>)>,
    /// Facts that are not shown.
    pub more: String,
    /// Guesses that its reading rests on.
    pub readings: IssueRow<ReadingLine>,
    /// Words that can be said and belong to no guess.
    pub words: Vec<WordView>,
    /// True where it is shown unfolded.
    pub is_open: bool,
}

/// A guess, and what can be said to it.
#[derive(Clone, Debug)]
pub struct ReadingLine {
    /// Where it stands.
    pub place: String,
    /// A sentence about what was assumed.
    pub message: String,
    /// Words that can be said to it.
    pub words: Vec<WordView>,
}

/// The tables of the sheets of a file in their order.
pub fn cards(place: i64, sheets: &[SheetPreview]) -> Vec<TableCard> {
    let count: usize = sheets.iter().map(|sheet| sheet.tables.len()).sum();
    let mut cards: Vec<TableCard> = sheets.iter().flat_map(of_sheet).collect();
    for (number, card) in cards.iter_mut().enumerate() {
        card.id = format!("tabel-{place}-{number}");
        card.is_open = count <= OPEN_MAX || !card.readings.is_empty();
    }
    cards
}

fn whole_number(number: usize) -> String {
    format::number(u32::try_from(number).map_or(f64::from(u32::MAX), f64::from), 0)
}

fn of_sheet(sheet: &SheetPreview) -> Vec<TableCard> {
    let mut readings: Vec<Vec<&IssueReceipt>> = vec![Vec::new(); sheet.tables.len()];
    for issue in sheet.issues.iter().filter(|issue| is_reading(issue)) {
        if let Some(own) = table_of(&sheet.tables, issue).and_then(|place| readings.get_mut(place)) {
            own.push(issue);
        }
    }
    sheet.tables.iter().zip(readings).map(|(table, readings)| card(&sheet.name, table, &readings)).collect()
}

/// The table that an issue is about: as it says itself, else by its cell.
fn table_of(tables: &[TablePreview], issue: &IssueReceipt) -> Option<usize> {
    let is_it = |table: &TablePreview| {
        issue.about.as_ref().is_some_and(|about| about.table == table.table && about.top == table.top)
    };
    tables.iter().position(is_it).or_else(|| table_at(tables, &issue.cell))
}

/// The table in which a cell stands: the first of those with the nearest heading above it.
fn table_at(tables: &[TablePreview], cell: &str) -> Option<usize> {
    let row: u32 = cell.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse().unwrap_or(0);
    let above = tables.iter().filter(|table| table.top < row).map(|table| table.top).max();
    let top = above.or_else(|| tables.iter().map(|table| table.top).min())?;
    tables.iter().position(|table| table.top == top)
}

fn card(sheet: &str, table: &TablePreview, readings: &[&IssueReceipt]) -> TableCard {
    let at = TableAt { sheet, table: table.table, top: table.top };
    let guessed: Vec<ReadingLine> = readings
        .iter()
        .map(|reading| {
            let IssueLine { place, message, words, .. } = issue(reading);
            ReadingLine { place, message, words }
        })
        .collect();
    let is_at_guess = |sort: &str| guessed.iter().flat_map(|reading| &reading.words).any(|word| word.sort == sort);
    let offers = table.words.iter().filter(|offer| !is_at_guess(offer.sort));
    let words: Vec<WordView> = offers.map(|offer| WordView::new(at, offer)).collect();
    let heads = heads(&table.first);
    let more = table.facts.saturating_sub(table.first.len());
    let rows = usize::try_from(table.rows).unwrap_or(usize::MAX);
    let note = match (table.rejected, table.facts == rows) {
        (0, true) => String::new(),
        (0, false) => format!("dari {} baris", whole_number(rows)),
        (rejected, _) => format!("dari {} baris, {rejected} ditolak", whole_number(rows)),
    };
    TableCard {
        title: format!("{}, {}", table.table.label(), format::received(table.received)),
        sheet: sheet.to_owned(),
        facts: counted_of(table.table, table.facts),
        note,
        lines: table.first.iter().map(|fact| line(sheet, fact, &heads)).collect(),
        heads,
        more: if more > 0 { whole_number(more) } else { String::new() },
        readings: IssueRow::from_issues(guessed.into_iter()),
        words,
        ..TableCard::default()
    }
}

/// The fields that the facts have, each once, in their order.
fn heads(facts: &[FirstFact]) -> Vec<(&'static str, bool)> {
    let mut labels: Vec<&'static str> = Vec::new();
    for (label, _) in facts.iter().flat_map(|fact| &fact.shown.fields) {
        if !NAMING.contains(label) && !labels.contains(label) {
            labels.push(label);
        }
    }
    let is_number = |label: &str| {
        let values = facts.iter().flat_map(|fact| &fact.shown.fields).filter(|(known, _)| *known == label);
        let mut values = values.map(|(_, value)| value);
        values.all(|value| value.chars().all(|letter| letter.is_ascii_digit() || ",.-".contains(letter)))
    };
    labels.into_iter().map(|label| (label, is_number(label))).collect()
}

fn line(sheet: &str, fact: &FirstFact, heads: &[(&'static str, bool)]) -> (String, String, Vec<String>) {
    let place = fact.cell.map_or_else(|| sheet.to_owned(), |cell| cell.to_string());
    let value = |label: &str| {
        let held = fact.shown.fields.iter().find(|(known, _)| *known == label);
        held.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    (place, fact.shown.what.clone(), heads.iter().map(|(label, _)| value(label)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Month, Received, Table};

    fn table(top: u32) -> TablePreview {
        let received = Received::Month(Month::new(2025, 5).unwrap());
        let facts = 0;
        let first = Vec::new();
        let words = Vec::new();
        TablePreview { table: Table::Schedule, received, rows: 16, rejected: 0, top, facts, first, words }
    }

    #[test]
    fn a_reading_stands_at_the_table_of_its_cell() {
        let tables = [table(2), table(2), table(20)];
        for (cell, place) in [("C3", 0), ("AA20", 0), ("C21", 2), ("B400", 2), ("", 0)] {
            assert_eq!(table_at(&tables, cell), Some(place), "{cell}");
        }
        assert_eq!(table_at(&[], "C3"), None);
    }

    #[test]
    fn rows_without_a_fact_are_no_facts() {
        let card = card("Jadwal", &table(2), &[]);
        assert_eq!((card.facts.as_str(), card.note.as_str()), ("0 rencana", "dari 16 baris"));
    }
}
