//! The lines below the items of a filled checklist that sum it up (JUMLAH, SKOR, KESIMPULAN %), compared with its items.
//! Knows no table.

use super::filled_list::{AnswerColumns, FilledList, is_sum_line};
use crate::domain::format;
use crate::domain::instrument::ItemSum;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::value_text;
use crate::workbook::{CellValue, Remark, Row, Sheet};

/// Rows below the items that are looked at.
const LINES_MAX: u32 = 8;
/// Percentages nearer than this are the same where people round to whole ones.
const WHOLE_PERCENT: f64 = 0.5 + 1e-9;
/// The same where they write a decimal.
const DECIMAL_PERCENT: f64 = 0.05 + 1e-9;
/// Counts nearer than this are the same.
const SAME_COUNT: f64 = 1e-6;

/// Sums of the items as a sheet may write them.
pub(super) struct ListSums {
    pub(super) items: ItemSum,
    /// Items answered with yes, and with no.
    pub(super) yes: u32,
    pub(super) no: u32,
}

/// A written figure.
struct Figure {
    value: f64,
    is_percent: bool,
    has_decimals: bool,
    place: CellRef,
}

/// Says where the lines below a list write other sums than those of its items.
pub(super) fn differences(sheet: &Sheet, list: &FilledList<'_>, sums: &ListSums) -> Vec<Remark> {
    let start = sheet.rows.partition_point(|row| row.index < list.end);
    let lines = sheet.rows[start..].iter().take_while(|row| row.index < list.end + LINES_MAX);
    lines.filter(|row| is_sum_line(row)).flat_map(|row| differences_in(row, list, sums)).collect()
}

fn differences_in(row: &Row, list: &FilledList<'_>, sums: &ListSums) -> Vec<Remark> {
    let label = row.cells.iter().find_map(|cell| cell.value.text()).unwrap_or_default();
    let words = plain_words(label);
    let is_percent_line = label.contains('%')
        || ["kesimpulan", "persen", "prosen", "nilai akhir"].iter().any(|word| words.contains(word));
    let figures: Vec<Figure> =
        row.cells.iter().filter_map(|cell| figure(row.index, cell.column, &cell.value)).collect();
    let Some((points, maximum)) = sums.items.score() else { return Vec::new() };
    let percent = points / maximum * 100.0;
    let mut told = Vec::new();
    for figure in figures {
        let is_of_percent = figure.is_percent || is_percent_line;
        let (theirs, ours, is_same) = if is_of_percent {
            let is_fraction = !figure.is_percent && figure.value <= 1.0 && percent > 1.0;
            let theirs = if is_fraction { figure.value * 100.0 } else { figure.value };
            let tolerance = if figure.has_decimals || is_fraction { DECIMAL_PERCENT } else { WHOLE_PERCENT };
            (theirs, percent, (theirs - percent).abs() <= tolerance)
        } else {
            let Some(expected) = expected(&words, figure.place.column, list, sums) else { continue };
            let is_same = expected.iter().any(|count| (figure.value - count).abs() < SAME_COUNT);
            (figure.value, expected[0], is_same)
        };
        if !is_same {
            let shown = |value: f64| {
                if is_of_percent { format!("{} %", format::number(value, 1)) } else { format::count(value) }
            };
            let message = format!(
                "\"{}\" tertulis {}, hasil hitung dari itemnya {} (skor {} dari {}); yang dipakai hasil hitung dari item, \
                 periksa lembarnya",
                label.trim(),
                shown(theirs),
                shown(ours),
                format::count(points),
                format::count(maximum),
            );
            told.push(Remark { place: figure.place, message });
        }
    }
    told
}

/// The counts that a line may rightly show in a column; none of a column that nothing is summed in.
fn expected(words: &str, column: u32, list: &FilledList<'_>, sums: &ListSums) -> Option<Vec<f64>> {
    let ItemSum { points, maximum, .. } = sums.items;
    if ["maksimal", "maksimum", "maks"].iter().any(|word| words.contains(word)) {
        return Some(vec![maximum]);
    }
    match list.columns.answers {
        AnswerColumns::Ticks { yes, .. } if column == yes => Some(vec![points, f64::from(sums.yes)]),
        AnswerColumns::Ticks { no, .. } if column == no => Some(vec![f64::from(sums.no)]),
        AnswerColumns::Points { maximum: Some(most), .. } if column == most => Some(vec![maximum]),
        AnswerColumns::Points { column: own, .. } | AnswerColumns::Words(own) if column == own => {
            Some(vec![points, f64::from(sums.yes)])
        }
        _ => None,
    }
}

fn figure(row: u32, column: u32, value: &CellValue) -> Option<Figure> {
    let place = CellRef { row, column };
    match value {
        CellValue::Number { value, percent } => {
            let value = if *percent { *value * 100.0 } else { *value };
            Some(Figure { value, is_percent: *percent, has_decimals: value.fract() != 0.0, place })
        }
        CellValue::Text(_) => {
            let text = value_text(value);
            let own = text.rsplit([':', '=']).next().unwrap_or(&text).trim();
            let is_percent = own.ends_with('%');
            let number = own.trim_end_matches('%').trim().replace(',', ".");
            let value: f64 = number.parse().ok()?;
            Some(Figure { value, is_percent, has_decimals: number.contains('.'), place })
        }
        _ => None,
    }
}
