//! Targets that are written for each quarter of the year: the year's own is beside them, or what they grow to. Reads the
//! targets' cells, judges no row.

use std::collections::BTreeSet;

use super::cells::number::{Dot, read};
use super::heading::{ColumnMeaning, key};
use super::heading_figures::months_summed;
use super::layout::Heading;
use crate::domain::records::CellRef;
use crate::workbook::{Row, Sheet};

/// The year's target of a list with targets by quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TargetOfYear {
    /// Stands in this column.
    Own(u32),
    /// Is the last part, to which the others grow: told with its words.
    Grown {
        column: u32,
        told: String,
    },
    Unclear,
}

/// A column that holds the target of a part of the year.
struct TargetPart {
    column: u32,
    last_month: u32,
    words: String,
}

/// The year's target, where the targets of a list are those of parts of the year; `rows` are those below its heading.
pub(super) fn target_by_parts(sheet: &Sheet, heading: &Heading, rows: &[Row]) -> Option<TargetOfYear> {
    const WHOLE: [&str; 8] =
        ["tahun", "setahun", "1tahun", "satutahun", "tahunan", "total", "akhirtahun", "targettahunan"];
    let own = *heading.columns.get(&ColumnMeaning::Target)?;
    let group = group_of(heading, sheet, own)?;
    let (first, last) = heading.extent;
    let is_below = |column: &u32| heading.texts(sheet, *column).iter().any(|(place, _)| *place == group);
    // Without a merge the parts behind the first have no heading above them.
    let is_lone = |column: &u32| {
        let texts = heading.texts(sheet, *column);
        texts.len() == 1 && (months_summed(&key(&texts[0].1)).is_some() || WHOLE.contains(&key(&texts[0].1).as_str()))
    };
    let behind = (own + 1..=last).take_while(is_lone);
    let below: Vec<u32> = (first..=last).filter(is_below).chain(behind).collect();
    let lowest = |column: u32| heading.texts(sheet, column).pop().map(|(_, text)| text).unwrap_or_default();
    let parts: Vec<TargetPart> = below
        .iter()
        .filter_map(|column| {
            let words = lowest(*column);
            let last_month = months_summed(&key(&words))?.1;
            Some(TargetPart { column: *column, last_month, words })
        })
        .collect();
    if !parts.iter().any(|part| part.column == own) {
        return None;
    }
    if let Some(whole) = below.iter().find(|column| WHOLE.contains(&key(&lowest(**column)).as_str())) {
        return Some(TargetOfYear::Own(*whole));
    }
    let last = parts.iter().max_by_key(|part| part.last_month).filter(|part| part.last_month == 12)?;
    if parts.len() < 2 || !are_grown(rows, &parts) {
        return Some(TargetOfYear::Unclear);
    }
    let told = format!(
        "target ditulis per bagian tahun dan bertambah sampai \"{}\", jadi yang terakhir itu dibaca sebagai target setahun; \
         bila bukan, tulis satu kolom Target (%) dengan target setahun",
        last.words
    );
    Some(TargetOfYear::Grown { column: last.column, told })
}

/// The cell of the heading that groups a column of targets with others.
fn group_of(heading: &Heading, sheet: &Sheet, column: u32) -> Option<CellRef> {
    let texts = heading.texts(sheet, column);
    let (place, text) = texts.first().filter(|_| texts.len() > 1)?;
    key(text).contains("target").then_some(*place)
}

/// Reports whether the targets of every row grow over the year, and those of some row do so truly.
fn are_grown(rows: &[Row], parts: &[TargetPart]) -> bool {
    let columns: BTreeSet<u32> = parts.iter().map(|part| part.column).collect();
    let number =
        |row: &Row, column: u32| read(row.get(column), Dot::default()).ok().flatten().map(|number| number.value);
    let targets = |row: &Row| columns.iter().filter_map(|column| number(row, *column)).collect::<Vec<f64>>();
    let all: Vec<Vec<f64>> = rows.iter().map(targets).filter(|targets| !targets.is_empty()).collect();
    let is_whole = |targets: &Vec<f64>| targets.len() == columns.len() && targets.is_sorted();
    let has_grown = |targets: &Vec<f64>| targets.first() < targets.last();
    !all.is_empty() && all.iter().all(is_whole) && all.iter().all(has_grown)
}
