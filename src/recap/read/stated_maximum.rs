//! The maximum of all points of a table, where a line above or below it says so (`Skor maksimal : 40`, `Skala 1 - 5`) or
//! a row of it holds the maxima of its columns.

use super::Reader;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::number::{Dot, read};
use crate::recap::cells::{is_blank, points};
use crate::recap::heading::key;
use crate::recap::layout::Heading;
use crate::workbook::Row;

/// Rows above a heading that are looked at.
const ROWS_ABOVE: u32 = 12;
/// Longest line that is believed to say it, bytes.
const LINE_BYTES: usize = 120;

/// Labels of a row or a cell of maxima.
const LABELS: [&str; 16] = [
    "skormaksimal",
    "skormaks",
    "skormax",
    "skormaksimum",
    "nilaimaksimal",
    "nilaimaks",
    "nilaimax",
    "nilaimaksimum",
    "maksimal",
    "maks",
    "skorideal",
    "nilaiideal",
    "skortertinggi",
    "nilaitertinggi",
    "skormaksimaldaftartilik",
    "bobotmaksimal",
];

/// The maximum of points as lines say it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stated {
    /// This, there.
    Of(f64, CellRef),
    /// Different maxima: these, the last of them there.
    Several(Vec<f64>, CellRef),
}

/// Reports whether a row of a table holds the maxima of its columns.
pub(in crate::recap) fn is_row_of_maxima(row: &Row, heading: &Heading) -> bool {
    let Some(first) = heading.cells(row).iter().find(|cell| !is_blank(Some(&cell.value))) else { return false };
    first.value.text().is_some_and(|text| LABELS.contains(&key(text).as_str()))
}

/// Finds what is said around a table with this column of points, of which the largest is `largest`.
pub(super) fn stated(reader: &Reader<'_>, points: u32, largest: f64) -> Option<Stated> {
    let table = reader.table;
    let heading = &table.heading;
    let first = heading.top.saturating_sub(ROWS_ABOVE);
    let rows = table.sheet.rows.iter().filter(|row| (first..=table.last_row).contains(&row.index));
    let mut found: Vec<(f64, CellRef)> = Vec::new();
    let mut scales: Vec<(f64, CellRef)> = Vec::new();
    for row in rows.filter(|row| !(heading.top..=heading.bottom).contains(&row.index)) {
        let place = |column: u32| CellRef { row: row.index, column };
        for cell in heading.cells(row) {
            let Some(text) = cell.value.text().filter(|text| text.len() <= LINE_BYTES) else { continue };
            if let Some(maximum) = maximum_said(text) {
                found.push((maximum, place(cell.column)));
            } else if let Some(maximum) = scale_said(text) {
                scales.push((maximum, place(cell.column)));
            } else if LABELS.contains(&key(text).as_str()) {
                let beside = beside_label(row, cell.column, points);
                found.extend(beside.map(|maximum| (maximum, place(cell.column))));
            }
        }
    }
    // A scale may be that of each question.
    scales.retain(|(maximum, _)| *maximum >= largest);
    let all = if found.is_empty() { scales } else { found };
    let (maximum, place) = *all.first()?;
    let mut maxima: Vec<f64> = all.iter().map(|(maximum, _)| *maximum).collect();
    maxima.sort_by(f64::total_cmp);
    maxima.dedup();
    Some(if maxima.len() == 1 { Stated::Of(maximum, place) } else { Stated::Several(maxima, place) })
}

/// The maximum beside its label: in the column of points, else the next number.
fn beside_label(row: &Row, label: u32, points: u32) -> Option<f64> {
    let number = |column: u32| read(row.get(column), Dot::Thousands).ok().flatten().map(|number| number.value);
    let behind = || row.cells.iter().filter(|cell| cell.column > label);
    let own = number(points).filter(|_| points > label);
    let numbers = || behind().filter_map(|cell| number(cell.column));
    // Of a row of several maxima only the one below the points is theirs.
    own.or_else(|| numbers().next().filter(|_| numbers().count() == 1)).filter(|maximum| *maximum > 0.0)
}

/// `Skor maksimal daftar tilik : 40`, `Ket: nilai maks. 100`.
fn maximum_said(text: &str) -> Option<f64> {
    let words = plain_words(text);
    let words: Vec<&str> = words.split(' ').collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let is_of_points = has(&["skor", "nilai", "poin", "score", "tilik"]);
    let bound = ["maksimal", "maks", "max", "maksimum", "maximal", "ideal", "tertinggi"];
    let is_of_parts =
        has(&["item", "butir", "pertanyaan", "soal", "setiap", "tiap", "per", "aspek", "variabel", "unsur"]);
    let at = words.iter().position(|word| bound.contains(word)).filter(|_| is_of_points && !is_of_parts)?;
    let number = |word: &&str| word.parse::<f64>().ok().filter(|value| *value >= 1.0);
    let behind: Vec<f64> = words[at..].iter().filter_map(number).collect();
    let all = words.iter().filter_map(number).count();
    // Of several numbers none is certain.
    match behind[..] {
        [only] if all == 1 => Some(only),
        _ => None,
    }
}

/// `(Skala penilaian 1 - 5)`, `Rentang nilai 0-100`.
fn scale_said(text: &str) -> Option<f64> {
    let words = plain_words(text);
    let is_scale = words.split(' ').any(|word| ["skala", "rentang", "interval", "range"].contains(&word));
    is_scale.then(|| points::maximum_named(text)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_say_a_maximum() {
        for (text, maximum) in [
            ("Skor maksimal daftar tilik : 40", Some(40.0)),
            ("Ket: skor maksimal 40", Some(40.0)),
            ("Nilai maks. = 50", Some(50.0)),
            ("Skor maksimal", None),
            ("Skor 80 dari nilai maksimal 100", None),
            ("Stok obat maksimal 40", None),
            ("Nilai maksimal setiap item 4", None),
        ] {
            assert_eq!(maximum_said(text), maximum, "{text}");
        }
        assert_eq!(scale_said("(Skala penilaian 1 - 5)"), Some(5.0));
        assert_eq!(scale_said("Rentang nilai 0-100"), Some(100.0));
        assert_eq!(scale_said("Skala prioritas tinggi"), None);
    }
}
