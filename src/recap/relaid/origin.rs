//! Findings on a sheet that was laid out anew, said of the cells of the file.

use crate::diagnostic::Issue;
use crate::domain::cell::{CellRef, column_letters, column_of};
use crate::domain::records::Rows;
use crate::workbook::Sheet;

/// The way back from the cells of a sheet to those of the file.
#[derive(Clone, Copy)]
pub(in crate::recap) struct CellOrigins<'s>(&'s Sheet);

impl<'s> CellOrigins<'s> {
    /// The way back; none of a sheet whose cells stand where they stand.
    pub(in crate::recap) fn from_sheet(sheet: &'s Sheet) -> Option<Self> {
        (!sheet.origins.is_empty()).then_some(Self(sheet))
    }

    /// Rows with the cells of the file.
    pub(in crate::recap) fn rows(self, mut rows: Rows) -> Rows {
        rows.move_cells(&|cell| self.0.origin(cell));
        rows
    }

    /// An issue about cells of the file, in its place and in its sentence.
    pub(in crate::recap) fn issue(self, issue: Issue) -> Issue {
        let cell = cell_of(&issue.cell).map_or(issue.cell, |cell| self.0.origin(cell).to_string());
        Issue { cell, message: self.message(&issue.message), ..issue }
    }

    /// A sentence in which the cells and columns of the sheet are those of the file. What stands between quotation marks
    /// is the user's own.
    fn message(self, message: &str) -> String {
        let mut said = String::with_capacity(message.len());
        let mut is_quoted = false;
        let mut before = String::new();
        let mut word = String::new();
        for character in message.chars().chain([' ']) {
            if character.is_alphanumeric() {
                word.push(character);
                continue;
            }
            if !word.is_empty() {
                said.push_str(&if is_quoted { word.clone() } else { self.word(&before, &word) });
                before = std::mem::take(&mut word);
            }
            is_quoted ^= character == '"';
            said.push(character);
        }
        said.truncate(said.len() - 1);
        said
    }

    fn word(self, before: &str, word: &str) -> String {
        if let Some(cell) = cell_of(word) {
            return self.0.origin(cell).to_string();
        }
        let is_column = before == "kolom" && word.bytes().all(|letter| letter.is_ascii_uppercase());
        let column = is_column.then(|| column_of(word)).flatten();
        column.and_then(|column| self.column(column)).unwrap_or_else(|| word.to_owned())
    }

    /// Where the cells of a column come from, if from one column or one row.
    fn column(self, column: u32) -> Option<String> {
        let cells: Vec<CellRef> =
            self.0.origins.iter().filter(|(place, _)| place.column == column).map(|(_, from)| *from).collect();
        let last = *cells.last()?;
        let below: Vec<&CellRef> = cells.iter().rev().take(2).collect();
        if below.iter().all(|cell| cell.column == last.column) {
            return Some(column_letters(last.column));
        }
        below.iter().all(|cell| cell.row == last.row).then(|| format!("baris {}", last.row + 1))
    }
}

/// The cell that a word is the address of, as addresses are shown: `F10`.
fn cell_of(word: &str) -> Option<CellRef> {
    CellRef::parse(word).filter(|cell| cell.to_string() == word)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::workbook::Visibility;

    #[test]
    fn sentences_speak_of_the_cells_of_the_file() {
        let cell = |row, column| CellRef { row, column };
        let mut sheet = Sheet::new("MEI".to_owned(), Visibility::Visible, Vec::new(), Vec::new());
        assert!(CellOrigins::from_sheet(&sheet).is_none());
        sheet.origins = BTreeMap::from([(cell(3, 1), cell(7, 2)), (cell(4, 1), cell(7, 3))]);
        let moved = CellOrigins::from_sheet(&sheet).unwrap();
        assert_eq!(moved.message("B4 di kolom B, \"B4\" (K6)"), "C8 di kolom baris 8, \"B4\" (K6)");
    }
}
