//! Attendance of the meetings of several months side by side, each month over columns of its own (`Und | Hdr`): a row a
//! facility and month.

use super::groups::{GroupColumn, heads};
use super::page::{NewCell, NewSheet};
use super::rows::up_to_signatures;
use super::table;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::is_blank;
use crate::recap::heading::key;
use crate::recap::layout::says_absent;
use crate::workbook::{Relaid, Remark, Sheet};

const MONTHS_MIN: usize = 2;
const INVITED: [&str; 8] = ["und", "diundang", "undangan", "undang", "diund", "jmlundangan", "jumlahundangan", "u"];
const ATTENDED: [&str; 8] = ["hdr", "hadir", "h", "kehadiran", "yanghadir", "jmlhadir", "jumlahhadir", "datang"];
const ABSENT: [&str; 5] = ["th", "tdkhadir", "tidakhadir", "tidak", "tdk"];
/// Columns beside the marks of a month that say nothing of them.
const REMARKS: [&str; 4] = ["ket", "keterangan", "ttd", "paraf"];
const REMARK: &str = "";
const MEETINGS: [&str; 4] = ["lokmin", "lokakarya", "kehadiran", "daftar hadir"];

/// The name of a column below a month in the table that is made.
fn named(bottom: &str) -> Option<&'static str> {
    let outside = key(bottom.split('(').next().unwrap_or_default());
    let is = |known: &[&str]| known.contains(&outside.as_str());
    match () {
        () if is(&INVITED) => Some("Diundang"),
        () if is(&ATTENDED) => Some("Hadir"),
        () if is(&ABSENT) || says_absent(&[bottom]) => Some("Tidak Hadir"),
        () => None,
    }
}

/// The month of a heading and the words that name it: `Maret`, `TRIBULAN I (MARET)`.
fn month_in(text: &str) -> Option<(u32, &str)> {
    let in_brackets = || text.split_once('(').and_then(|(_, rest)| rest.split(')').next());
    [Some(text), in_brackets()].into_iter().flatten().find_map(|text| Some((month_number(&key(text))?, text.trim())))
}

/// The attendance of a sheet.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let heads = (0..sheet.rows.len()).find_map(|at| heads(sheet, at))?;
    let words = Banner::read(sheet.rows[..heads.at].iter().map(BannerLine::all_cells)).words;
    if !MEETINGS.iter().any(|word| words.contains(word)) {
        return None;
    }
    let of_month = |head: &GroupColumn| {
        let month = month_in(&head.top)?.0;
        let name = if REMARKS.contains(&key(&head.bottom).as_str()) { REMARK } else { named(&head.bottom)? };
        Some((month, head.column, name))
    };
    let columns: Vec<(u32, u32, &str)> = heads.columns.iter().filter_map(of_month).collect();
    let months: Vec<&[(u32, u32, &str)]> = columns.chunk_by(|one, other| one.0 == other.0).collect();
    let has = |group: &[(u32, u32, &str)], name: &str| group.iter().filter(|(_, _, own)| *own == name).count() == 1;
    let is_told = |group: &&[(u32, u32, &str)]| group.len() > 1 && has(group, "Hadir");
    let is_lone = |group: &&[(u32, u32, &str)]| !is_told(group);
    if months.len() < MONTHS_MIN || months.iter().any(is_lone) {
        return None;
    }
    let mut names: Vec<&str> = columns.iter().map(|(_, _, name)| *name).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| *name != REMARK);
    let heading = sheet.rows[heads.at].index;
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..heads.at]);
    let first = CellRef { row: heading, column: columns.first()?.1 };
    let own = (0..=heads.name).map(|column| NewCell::from_sheet(sheet, CellRef { row: heading, column }));
    page.line(own.chain(["Bulan"].iter().chain(&names).map(|text| NewCell::text(text, first))).collect());
    let (rows, tail) = up_to_signatures(&sheet.rows[heads.data..]);
    for row in rows.iter().filter(|row| !is_blank(row.get(heads.name))) {
        let seen = |column: u32| NewCell::from_sheet(sheet, CellRef { row: row.index, column });
        for group in &months {
            let Some((_, column, _)) = group.first() else { continue };
            if group.iter().all(|(_, column, _)| is_blank(row.get(*column))) {
                continue;
            }
            let place = CellRef { row: heading, column: *column };
            let top = heads.columns.iter().find(|head| head.column == *column).map_or("", |head| head.top.as_str());
            let over = month_in(top).map_or(top, |(_, text)| text);
            let of_name = |name: &&str| {
                let own = group.iter().find(|(_, _, own)| own == name);
                own.map_or(NewCell { value: None, from: place }, |(_, column, _)| seen(*column))
            };
            let own = (0..=heads.name).map(seen);
            page.line(own.chain([NewCell::text(over, place)]).chain(names.iter().map(of_name)).collect());
        }
    }
    page.gap();
    page.copy(tail);
    let message = format!("kolom di bawah {} bulan dibaca sebagai kehadiran lokmin bulan itu", months.len());
    Some(table(page, Remark { place: first, message }))
}
