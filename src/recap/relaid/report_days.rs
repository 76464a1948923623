//! Reports by month of which only the day stands in the cells (3, 8): the month after the one above, where a line says so;
//! else it is asked.

use super::page::{NewCell, NewSheet, replaced};
use super::rows::{column_of, months_across, up_to_signatures};
use crate::domain::Month;
use crate::domain::format;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::heading::NAME;
use crate::recap::questions::ASK_REPORT_DAYS;
use crate::workbook::{Cell, CellValue, Relaid, Remark, Sheet};

const MONTHS_MIN: usize = 2;
/// Words of titles of the days on which reports came.
const CAME: [&str; 9] =
    ["tanggal", "tgl", "masuk", "terima", "kelengkapan", "ketepatan", "pengiriman", "pengumpulan", "rekap laporan"];
const NEXT_MONTH: [&str; 4] = ["bulan berikut", "bulan depan", "bln berikut", "bulan selanjutnya"];

/// The sheet with whole dates in the place of days.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let at = sheet
        .rows
        .iter()
        .position(|row| months_across(row).len() >= MONTHS_MIN && column_of(row, &|key| NAME.has(key)).is_some())?;
    let banner = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells));
    let says = |known: &[&str]| known.iter().any(|word| banner.words.contains(word));
    if !banner.words.contains("laporan") || !says(&CAME) || says(&["jadwal", "jumlah", "hadir", "kasus"]) {
        return None;
    }
    let months = months_across(&sheet.rows[at]);
    let (rows, _) = up_to_signatures(&sheet.rows[at + 1..]);
    let cells = || rows.iter().flat_map(|row| months.iter().filter_map(|(_, column)| row.get(*column)));
    let days = cells().filter(|value| day(value).is_some()).count();
    let others = cells().filter(|value| day(value).is_none() && !is_word(value)).count();
    // Ones alone are ticks.
    let has_days = cells().filter_map(day).any(|day| day > 1);
    if !has_days || others > 0 || days < MONTHS_MIN {
        return None;
    }
    let place = CellRef { row: sheet.rows[at].index, column: months.first()?.1 };
    let texts = sheet.rows.iter().flat_map(|row| row.cells.iter().filter_map(|cell| cell.value.text()));
    let mut texts = texts.map(str::to_lowercase);
    let says_next = texts.any(|text| NEXT_MONTH.iter().any(|word| text.contains(word)));
    let Some(year) = banner.any_year().filter(|_| says_next) else {
        return Some(Relaid::Asked(Remark { place, message: ASK_REPORT_DAYS.to_owned() }));
    };
    let date = |cell: &Cell, from: CellRef| {
        let (month, _) = months.iter().find(|(_, column)| *column == cell.column)?;
        let next = Month::new(year, *month)?.plus(1);
        let date = chrono::NaiveDate::from_ymd_opt(next.year(), next.month(), day(&cell.value)?)?;
        Some(NewCell { value: Some(CellValue::Date(date)), from })
    };
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..=at]);
    for row in rows {
        page.split(row, vec![replaced(row, &date)]);
    }
    page.copy(&sheet.rows[at + 1 + rows.len()..]);
    let message = format!(
        "angka di bawah bulan dibaca sebagai tanggal di bulan berikutnya menurut keterangan di lembar ini, misalnya {}",
        format::count(cells().find_map(day).map_or(0.0, f64::from))
    );
    Some(Relaid::Table(Box::new(page.finish_alike()), vec![Remark { place, message }]))
}

/// The day of a month that a cell holds.
fn day(value: &CellValue) -> Option<u32> {
    match value {
        CellValue::Number { value, .. } => (1..=31_u32).find(|day| (f64::from(*day) - value).abs() < f64::EPSILON),
        CellValue::Text(text) => text.trim().parse().ok().filter(|day| (1..=31).contains(day)),
        _ => None,
    }
}

/// Reports whether a cell says in words that no report came, or nothing.
fn is_word(value: &CellValue) -> bool {
    value.text().is_some_and(|text| !text.chars().any(|letter| letter.is_ascii_digit()))
}
