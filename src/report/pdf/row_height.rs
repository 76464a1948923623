//! Layout of a table, and the heights of its rows where they can be told beforehand. To lay every cell of every row out
//! twice, first to see how high it is, takes a quarter of the time of a paper. Knows no template and no typst: a height
//! that cannot be told for certain is left to be found out.

use crate::charts::text_width;
use crate::report::column_shares::{TableRoom, column_shares};
use crate::report::document::{PaperTable, RowHeight};

/// Room between the margins in points, upright and lying.
const WIDTH_UPRIGHT: f64 = 487.5;
const WIDTH_LYING: f64 = 734.0;
/// Room beside and above the text of a cell, in points, as the template has it.
const CELL_INSET: (f64, f64) = (3.0, 3.2);
/// Heights in shares of the size of type: of capital letters, in the font's units, and of the space between two lines.
const CAPITAL: f64 = 1_462.0 / 2_048.0;
const LEADING: f64 = 0.45;
/// Size of the small line below a figure, in shares of the figure's.
const SMALL: f64 = 0.82;
/// Widths are measured with some air and without kerning: what is wider than its room by less than this share may fit
/// all the same.
const SURELY_WIDER: f64 = 1.07;

/// Size of type of a table, and the room in its columns.
pub(super) struct Face {
    /// Size of type, in points.
    pub(super) size: f64,
    /// Share of the width that each column has.
    pub(super) shares: Vec<f64>,
    /// Room for text in each column, in points; none where rows are for handwriting.
    rooms: Vec<f64>,
}

impl Face {
    pub(super) fn from_table(table: &PaperTable, lying: bool) -> Self {
        let all: f64 = table.columns.iter().map(|column| column.share).sum();
        let size = if all > 150.0 {
            7.2
        } else if all > 110.0 {
            7.5
        } else {
            8.8
        };
        let width = if lying { WIDTH_LYING } else { WIDTH_UPRIGHT };
        let shares = column_shares(table, TableRoom { width, size, inset: CELL_INSET.0, stretch: 1.0 });
        let room = |share: &f64| width * share / all - 2.0 * CELL_INSET.0;
        let rooms = match table.row_height {
            RowHeight::Text => shares.iter().map(room).collect(),
            RowHeight::Form => Vec::new(),
        };
        Self { size, shares, rooms }
    }

    /// Height of a row in points, each cell with its text and the small line below; 0 where it cannot be told.
    pub(super) fn height(&self, cells: &[[String; 2]]) -> f64 {
        if cells.len() != self.rooms.len() {
            return 0.0;
        }
        let mut highest = 0.0_f64;
        for ([text, small], room) in cells.iter().zip(&self.rooms) {
            let Some(lines) = lines(text, self.size, *room) else { return 0.0 };
            let Some(below) = lines_below(small, self.size, *room) else { return 0.0 };
            highest = highest.max(lines * CAPITAL + (lines - 1.0) * LEADING + below);
        }
        2.0 * CELL_INSET.1 + highest * self.size
    }
}

/// Returns the height that the small line adds, in shares of the size of type; `None` where it is wrapped.
fn lines_below(small: &str, size: f64, room: f64) -> Option<f64> {
    if small.is_empty() {
        return Some(0.0);
    }
    let is_one = is_line(small) && text_width(small, size * SMALL) <= room;
    is_one.then_some(LEADING + SMALL * CAPITAL)
}

/// Lines of a text that is broken between words alone, each line as full as it can be; `None` where it might be broken
/// elsewhere, or where a word may or may not fit.
fn lines(text: &str, size: f64, room: f64) -> Option<f64> {
    if is_line(text) && text_width(text, size) <= room {
        return Some(1.0);
    }
    if !text.chars().all(is_never_broken_after) {
        return None;
    }
    let space = text_width(" ", size);
    let mut lines = 1.0;
    let mut filled = 0.0;
    for word in text.split(' ') {
        let width = text_width(word, size);
        // An empty word is a second space: who knows on which side of a line's end it stands?
        if word.is_empty() || width > room {
            return None;
        }
        let both = filled + space + width;
        if filled == 0.0 {
            filled = width;
        } else if both <= room {
            filled = both;
        } else if both > room * SURELY_WIDER {
            lines += 1.0;
            filled = width;
        } else {
            return None;
        }
    }
    Some(lines)
}

/// Reports whether it holds no end of line.
fn is_line(text: &str) -> bool {
    !text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Letters, figures and marks after which no line ends by Unicode's rules (UAX #14) unless a space follows.
fn is_never_broken_after(letter: char) -> bool {
    matches!(letter, ' ' | 'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | ',' | ':' | ';' | '(' | ')' | '%' | '\'' | '"')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::PaperColumn;

    fn face(share: f64) -> Face {
        let columns = vec![PaperColumn::text("Nama", share), PaperColumn::number("Capaian", 100.0 - share)];
        Face::from_table(
            &PaperTable {
                title: String::new(),
                note: String::new(),
                columns,
                rows: Vec::new(),
                totals: Vec::new(),
                empty: String::new(),
                row_height: RowHeight::Text,
            },
            false,
        )
    }

    fn row(name: &str, small: &str) -> [[String; 2]; 2] {
        [[name.to_owned(), String::new()], ["81,2".to_owned(), small.to_owned()]]
    }

    #[test]
    fn a_row_is_as_high_as_its_highest_cell() {
        let one = face(50.0).height(&row("Apotek Sehat", ""));
        assert!((one - (6.4 + CAPITAL * 8.8)).abs() < 1e-9, "{one}");
        assert!(face(50.0).height(&row("Apotek Sehat", "13/16")) > one + 8.8);
        let two = face(50.0).height(&row("Klinik Pratama Sejahtera ".repeat(3).trim_end(), ""));
        assert!((two - (6.4 + (2.0 * CAPITAL + 0.45) * 8.8)).abs() < 1e-9, "{two}");
    }

    #[test]
    fn what_may_be_broken_in_more_than_one_way_is_not_guessed() {
        let narrow = ["Apotek Sehat Sentosa", "baris\nbaru", "a\u{2028}b"];
        for (share, name) in [(8.0, narrow[0]), (50.0, narrow[1]), (50.0, narrow[2])] {
            assert!(face(share).height(&row(name, "")).abs() < 1e-9, "{name}");
        }
        for name in ["Praktik-Mandiri/Bidan ".repeat(5), "Praktik  Mandiri Bidan ".repeat(5), "薬局 ".repeat(40)] {
            assert!(face(50.0).height(&row(name.trim_end(), "")).abs() < 1e-9, "{name}");
        }
        // Room for handwriting is the template's.
        assert!(Face { size: 8.8, shares: Vec::new(), rooms: Vec::new() }.height(&row("Apotek", "")).abs() < 1e-9);
    }

    #[test]
    fn a_word_that_only_just_fits_or_only_just_does_not_is_left_to_be_found_out() {
        let width = |text: &str| text_width(text, 8.8);
        let text = "Dahulukan pembinaan";
        assert_eq!(lines(text, 8.8, width(text) + 0.01), Some(1.0));
        assert_eq!(lines(text, 8.8, width(text) / 1.03), None);
        assert_eq!(lines(text, 8.8, width(text) / 1.08), Some(2.0));
    }
}
