//! Addresses of cells as parts write them.

use crate::domain::records::CellRef;

/// Rows and columns of a sheet.
const ROWS_MAX: u32 = 1_048_576;
const COLUMNS_MAX: u32 = 16_384;

/// `F10` or `$F$10`; none for anything else or beyond a sheet's end.
pub(super) fn parse(text: &str) -> Option<CellRef> {
    let mut column = 0_u32;
    let mut rest = text.strip_prefix('$').unwrap_or(text);
    while let Some(letter) = rest.bytes().next().filter(u8::is_ascii_alphabetic) {
        column = column.checked_mul(26)? + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        rest = &rest[1..];
    }
    rest = rest.strip_prefix('$').unwrap_or(rest);
    let row: u32 = rest.bytes().all(|b| b.is_ascii_digit()).then(|| rest.parse().ok()).flatten()?;
    let stands = (1..=COLUMNS_MAX).contains(&column) && (1..=ROWS_MAX).contains(&row);
    stands.then(|| CellRef { row: row - 1, column: column - 1 })
}

/// `B2:D4`, or one cell.
pub(super) fn parse_area(text: &str) -> Option<(CellRef, CellRef)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some((parse(first)?, parse(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_shown() {
        for address in ["A1", "Z26", "AA27", "F10", "XFD1048576"] {
            assert_eq!(parse(address).unwrap().to_string(), address);
        }
        for wrong in ["", "A", "1", "A0", "XFE1", "A1048577", "F-1", "AAAAAAAAAAAA1", "A1B"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert_eq!(parse_area("B2:D4").unwrap().1.to_string(), "D4");
    }
}
