//! Widths of a workbook's columns and lines of its cells, by the type in which they are written. Writes no sheet.

use super::document::{Block, PaperCell, PaperTable, Part};
use super::words::cell_words;
use crate::charts::text_width;

/// Width of a figure, and room beside the text of a cell with its indent.
pub(super) const FIGURE_PIXELS: f64 = 7.0;
pub(super) const CELL_MARGIN_PIXELS: f64 = 14.0;
/// Width of the bold type of totals against plain type, at most.
pub(super) const BOLD_WIDTH: f64 = 1.12;
/// Size at which the papers' font is as wide as that of a workbook, Calibri at 11 points.
const TYPE_PIXELS: f64 = 13.0;
/// Width of each column below running text that has no table beside it.
const PROSE_SHARE: f64 = 11.5;
/// Columns over which running text lies where no table says how wide they are.
const PROSE_COLUMNS: usize = 8;

/// Widths of the columns that the tables of a part need; of a part without tables, those of running text.
pub(super) fn column_widths(part: &Part) -> Vec<f64> {
    let mut widths: Vec<f64> = Vec::new();
    let tables = part.blocks.iter().filter_map(|block| match block {
        Block::Table(table) if !(table.rows.is_empty() && table.totals.is_empty()) => Some(table),
        _ => None,
    });
    for table in tables {
        for (place, head) in table.columns.iter().enumerate() {
            let needed = table_column_width(table, place).max(column_width(head.share));
            match widths.get_mut(place) {
                Some(width) => *width = width.max(needed),
                None => widths.push(needed),
            }
        }
    }
    if widths.is_empty() { vec![PROSE_SHARE; PROSE_COLUMNS] } else { widths }
}

/// Width of a column in Excel's unit, a figure of its font.
fn column_width(share: f64) -> f64 {
    (share + 2.0).clamp(5.0, 45.0)
}

/// Width that the dates and numbers of a column need: a program shows `###` in place of one that does not fit.
fn table_column_width(table: &PaperTable, place: usize) -> f64 {
    let of =
        |rows: &[Vec<PaperCell>]| rows.iter().filter_map(|row| row.get(place)).map(whole_width).fold(0.0, f64::max);
    of(&table.rows).max(of(&table.totals))
}

/// Width of what no program breaks over two lines; nothing for words.
fn whole_width(cell: &PaperCell) -> f64 {
    match cell {
        PaperCell::Text(_) | PaperCell::Missing(_) | PaperCell::Blank => 0.0,
        PaperCell::Figure(..)
        | PaperCell::Change(_)
        | PaperCell::Count(_)
        | PaperCell::Date(_)
        | PaperCell::Month(_) => {
            let pixels = text_width(&cell_words(cell).0, TYPE_PIXELS) * BOLD_WIDTH + CELL_MARGIN_PIXELS;
            pixels / FIGURE_PIXELS
        }
    }
}

/// Lines that a cell takes in a column with that room: of words, filled one after the other; everything else is one.
pub(super) fn lines(cell: &PaperCell, room: f64) -> u32 {
    let PaperCell::Text(text) = cell else { return 1 };
    lines_of(text, room)
}

/// Lines that words take which are broken at a width in pixels.
pub(super) fn lines_of(text: &str, room: f64) -> u32 {
    let width = |text: &str| text_width(text, TYPE_PIXELS);
    let of_line = |line: &str| {
        let mut lines = 1;
        let mut filled = 0.0;
        for word in line.split_whitespace() {
            let width = width(word) + width(" ");
            if filled > 0.0 && filled + width > room {
                lines += 1;
                filled = 0.0;
            }
            filled += width;
            // A word that is too long is broken wherever its room ends.
            while filled > room {
                lines += 1;
                filled -= room;
            }
        }
        lines
    };
    text.split('\n').map(of_line).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_room_for_its_wrapped_words() {
        let words = |text: &str| PaperCell::Text(text.to_owned());
        assert_eq!(lines(&words("Pertahankan"), 182.0), 1);
        assert_eq!(lines(&words("Dahulukan pembinaan, bahas di lokmin (kurang 279 sasaran dari target)"), 182.0), 3);
        assert_eq!(lines(&words("baris\nbaru"), 182.0), 2);
        assert!(lines(&words(&"x".repeat(100)), 70.0) > 5);
        assert_eq!(lines(&PaperCell::Figure(100.0, Some((1.0, 1.0))), 5.0), 1);
    }

    #[test]
    fn a_column_is_as_wide_as_its_longest_date_and_number() {
        let date = PaperCell::Date("2023-09-30".parse().unwrap());
        assert!(whole_width(&date) > 17.0 && whole_width(&date) < 24.0);
        assert!(whole_width(&PaperCell::Count(1_234_567.0)) > 9.0);
        assert!(whole_width(&PaperCell::Text("30 September 2023".to_owned())).abs() < f64::EPSILON);
    }
}
