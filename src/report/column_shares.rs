//! Shares of a table's columns on paper: those that its maker gave, but no column narrower than the longest word that
//! stands in it, which a program would break inside or print over its neighbour. Draws nothing.

use super::PAPER_ROWS_MAX;
use super::document::{PaperCell, PaperTable};
use super::sheet_widths::BOLD_WIDTH;
use super::words::cell_words;
use crate::charts::text_width;

/// Widest word, in shares of the table, for which room is made: what is wider would leave its neighbours none.
const WIDEST_WORD: f64 = 0.25;

/// Room in which a table is set, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableRoom {
    /// Width of the whole table.
    pub(super) width: f64,
    /// Size of its type.
    pub(super) size: f64,
    /// Room beside the text of a cell, left or right.
    pub(super) inset: f64,
    /// Width of the type that is read against the one by which it is measured.
    pub(super) stretch: f64,
}

/// A column on the way to its share.
struct ColumnShare {
    given: f64,
    least: f64,
    is_least: bool,
}

/// Returns the shares of the columns, in their order, with the sum of those given. Where all words fit, they are those
/// given; so they are where no shares could make room for all, in the type by which it is measured.
pub(super) fn column_shares(table: &PaperTable, room: TableRoom) -> Vec<f64> {
    let given = || table.columns.iter().map(|column| column.share).collect();
    // Words may be broken in another type than the one that is measured; figures never are.
    let with = |words| roomy_shares(table, room, Stretches { words, figures: room.stretch });
    with(room.stretch).or_else(|| with(1.0)).unwrap_or_else(given)
}

/// Widths of the type that is read against the one by which it is measured.
#[derive(Clone, Copy)]
struct Stretches {
    words: f64,
    figures: f64,
}

/// The shares with which all words fit; none where no shares do.
fn roomy_shares(table: &PaperTable, room: TableRoom, stretches: Stretches) -> Option<Vec<f64>> {
    let all: f64 = table.columns.iter().map(|column| column.share).sum();
    let in_shares = |points: f64| points * all / room.width;
    let mut shares: Vec<ColumnShare> = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let least = in_shares(least_width(table, place, room, stretches));
            ColumnShare { given: column.share, least, is_least: false }
        })
        .collect();
    let needed: f64 = shares.iter().map(|share| share.least).sum();
    if needed > all {
        return None;
    }
    while widen(&mut shares, all) {}
    let scale = FreeShares::beside_least(&shares, all).scale();
    let share = |share: &ColumnShare| if share.is_least { share.least } else { share.given * scale };
    Some(shares.iter().map(share).collect())
}

/// Room left for the columns that are not at their least.
struct FreeShares {
    left: f64,
    given: f64,
}

impl FreeShares {
    fn beside_least(shares: &[ColumnShare], all: f64) -> Self {
        let held: f64 = shares.iter().filter(|share| share.is_least).map(|share| share.least).sum();
        let given = shares.iter().filter(|share| !share.is_least).map(|share| share.given).sum();
        Self { left: all - held, given }
    }

    fn scale(&self) -> f64 {
        // Exactly as given where nothing was moved.
        if self.given > 0.0 && (self.left - self.given).abs() > 1e-9 { self.left / self.given } else { 1.0 }
    }
}

/// Holds the columns at their least that would be narrower; whether there was one.
fn widen(shares: &mut [ColumnShare], all: f64) -> bool {
    let scale = FreeShares::beside_least(shares, all).scale();
    let mut is_changed = false;
    for share in shares.iter_mut().filter(|share| !share.is_least && share.given * scale < share.least) {
        share.is_least = true;
        is_changed = true;
    }
    is_changed
}

/// Width that a column needs for its longest word, in points.
fn least_width(table: &PaperTable, place: usize, room: TableRoom, stretches: Stretches) -> f64 {
    let of = |cell: &PaperCell| {
        let is_words = matches!(cell, PaperCell::Text(_) | PaperCell::Missing(_) | PaperCell::Blank);
        let stretch = if is_words { stretches.words } else { stretches.figures };
        stretch * widest_word(&cell_words(cell).0, room)
    };
    let rows = table.rows.iter().take(PAPER_ROWS_MAX);
    let plain = rows.filter_map(|row| row.get(place)).map(of);
    let totals = table.totals.iter().filter_map(|row| row.get(place)).map(of);
    let head = table.columns.get(place).map(|column| stretches.words * widest_word(&column.label, room));
    let bold = totals.chain(head).map(|width| BOLD_WIDTH * width);
    plain.chain(bold).fold(0.0, f64::max) + 2.0 * room.inset
}

/// Width of the widest piece of a text between places where a line may end.
fn widest_word(text: &str, room: TableRoom) -> f64 {
    let widest = WIDEST_WORD * room.width;
    let width = |piece: &str| text_width(piece, room.size);
    pieces(text).map(width).filter(|width| *width <= widest).fold(0.0, f64::max)
}

/// Pieces of a text that stay on one line: words, and their parts up to a hyphen.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().flat_map(|word| word.split_inclusive(['-', '–']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{PaperColumn, RowHeight};

    const ROOM: TableRoom = TableRoom { width: 400.0, size: 8.0, inset: 3.0, stretch: 1.0 };

    fn table(columns: Vec<PaperColumn>, rows: &[&[&str]]) -> PaperTable {
        let cells = |row: &&[&str]| row.iter().map(|text| PaperCell::words(text)).collect();
        PaperTable {
            title: String::new(),
            note: String::new(),
            columns,
            rows: rows.iter().map(cells).collect(),
            totals: Vec::new(),
            empty: String::new(),
            row_height: RowHeight::Text,
        }
    }

    fn columns(shares: &[f64]) -> Vec<PaperColumn> {
        shares.iter().map(|share| PaperColumn::text("A", *share)).collect()
    }

    #[test]
    fn shares_stay_as_given_where_every_word_fits() {
        let found = column_shares(&table(columns(&[30.0, 50.0, 20.0]), &[&["Pustu", "Ngatri", "ya"]]), ROOM);
        assert_eq!(found, [30.0, 50.0, 20.0]);
    }

    #[test]
    fn a_column_is_as_wide_as_its_longest_word_and_the_others_give_way() {
        let words: &[&str] = &["ya", "BOK Puskesmas", "Klinik"];
        let found = column_shares(&table(columns(&[45.0, 4.0, 51.0]), &[words]), ROOM);
        let points = found[1] * ROOM.width / 100.0;
        assert!(points >= text_width("Puskesmas", 8.0) + 6.0, "{found:?}");
        assert!((found.iter().sum::<f64>() - 100.0).abs() < 1e-9, "{found:?}");
        assert!((found[0] / found[2] - 45.0 / 51.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_heading_counts_and_a_hyphen_ends_a_line() {
        let heads = vec![PaperColumn::text("Dokumen", 5.0), PaperColumn::text("Nomor", 95.0)];
        let found = column_shares(&table(heads, &[&["RUK", "440/PKS-JEJARING"]]), ROOM);
        assert!(found[0] * 4.0 >= BOLD_WIDTH * text_width("Dokumen", 8.0) + 6.0, "{found:?}");
        assert_eq!(pieces("440/PKS-JEJARING/2023 a").collect::<Vec<_>>(), ["440/PKS-", "JEJARING/2023", "a"]);
    }

    #[test]
    fn where_no_shares_make_room_they_stay_as_given() {
        let long = "Penanggungjawab";
        let row = [long; 12];
        let given = vec![8.0; 12];
        assert_eq!(column_shares(&table(columns(&given), &[&row]), ROOM), given);
        // What would fit in the type that is measured has that room, though another type would need more.
        let row = ["Puskesmas"; 8];
        let fits = TableRoom { width: 8.0 * (text_width(row[0], 8.0) + 6.5), ..ROOM };
        let tight = table(columns(&[20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 5.0]), &[&row]);
        let found = column_shares(&tight, fits);
        assert!(found[7] > 15.0, "{found:?}");
        assert_eq!(column_shares(&tight, TableRoom { stretch: 1.5, ..fits }), found);
        let endless = "x".repeat(300);
        assert_eq!(column_shares(&table(columns(&[50.0, 50.0]), &[&[&endless, "a"]]), ROOM), [50.0, 50.0]);
    }
}
