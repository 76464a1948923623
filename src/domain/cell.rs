//! Addresses of cells (`F10`), written and read in this one place. Knows no workbook.

use std::fmt;

/// Rows of a sheet in Excel.
pub const SHEET_ROWS: u32 = 1_048_576;
/// Columns of a sheet in Excel.
pub const SHEET_COLUMNS: u32 = 16_384;

/// Address of a cell, counted from 0; displays as `F10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CellRef {
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
}

impl CellRef {
    /// Reads `F10`, `f10` or `$F$10`; none for anything else and beyond the end of Excel's sheet.
    pub fn parse(text: impl AsRef<[u8]>) -> Option<Self> {
        let text = text.as_ref();
        let text = text.strip_prefix(b"$").unwrap_or(text);
        let end = text.iter().position(|byte| !byte.is_ascii_alphabetic())?;
        let column = column_of(&text[..end])?;
        let digits = text[end..].strip_prefix(b"$").unwrap_or(&text[end..]);
        if digits.is_empty() || digits.len() > 7 {
            return None;
        }
        let row = digits
            .iter()
            .try_fold(0, |row, digit| digit.is_ascii_digit().then(|| row * 10 + u32::from(digit - b'0')))?;
        (1..=SHEET_ROWS).contains(&row).then(|| Self { row: row - 1, column })
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row + 1)
    }
}

/// Letters of a column from 0: `A`, `AB`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The column, from 0, that letters name; none beyond the end of Excel's sheet.
pub fn column_of(letters: impl AsRef<[u8]>) -> Option<u32> {
    let letters = letters.as_ref();
    if letters.len() > 3 || !letters.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let place = |letter: &u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let number = letters.iter().fold(0, |number, letter| number * 26 + place(letter));
    (1..=SHEET_COLUMNS).contains(&number).then(|| number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_shown() {
        for address in ["A1", "Z26", "AA27", "C19", "F10", "XFD1048576"] {
            assert_eq!(CellRef::parse(address).unwrap().to_string(), address);
        }
        for column in [0, 25, 26, 701, 702, 16_383] {
            assert_eq!(column_of(column_letters(column)), Some(column));
        }
        assert_eq!(CellRef::parse("$xfd$1048576"), Some(CellRef { row: 1_048_575, column: 16_383 }));
    }

    #[test]
    fn nothing_else_is_an_address() {
        let wrong =
            ["", "A", "1", "19", "A0", "XFE1", "A1048577", "F-1", "AAAA1", "A1B", "ÄÄ1", "A 1", "$", "A$", "A00000001"];
        for text in wrong {
            assert_eq!(CellRef::parse(text), None, "{text}");
        }
        assert_eq!((column_of(""), column_of("1"), column_of("ZZZ")), (None, None, None));
    }
}
