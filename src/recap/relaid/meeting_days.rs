//! Attendance with meetings across that are named otherwise than by their month: by day (`9 Januari`), in words (`Lokmin
//! Januari`), by quarter with the day below (`TW I`, `20 Maret`). Each becomes the month in which it was.

use chrono::Datelike;

use super::page::{NewCell, NewSheet};
use super::rows::column_of;
use crate::domain::format::MONTHS;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::{WEEKDAYS, month_number, parts, year_of};
use crate::recap::cells::is_blank;
use crate::recap::heading::NAME;
use crate::recap::layout::Layout;
use crate::recap::questions::{ASK_MEETINGS_OF_MONTH, ASK_QUARTER_MEETINGS};
use crate::recap::section::Section;
use crate::recap::sections::sections;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Fewest meetings across, and fewest months across that make a table.
const MEETINGS_MIN: usize = 2;
const MONTHS_MIN: usize = 3;
const TITLES: [&str; 6] = ["lokmin", "lokakarya", "minilok", "kehadiran", "daftar hadir", "absensi"];
/// Words around the day or month of a meeting.
const AROUND: [&str; 14] = [
    "lokmin",
    "lokakarya",
    "minilok",
    "mini",
    "bulanan",
    "bulan",
    "bln",
    "tribulanan",
    "rapat",
    "pertemuan",
    "tgl",
    "tanggal",
    "lintas",
    "sektor",
];
const QUARTERS: [&str; 5] = ["tw", "triwulan", "tribulan", "kuartal", "trw"];
const NUMBERS: [[&str; 2]; 4] = [["i", "1"], ["ii", "2"], ["iii", "3"], ["iv", "4"]];

/// When a meeting was, as its heading says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Month { month: u32, year: Option<i32> },
    Quarter(u32),
}

/// A column of a meeting.
struct MeetingColumn {
    column: u32,
    when: When,
}

/// The sheet with the months of its meetings as headings.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let (at, name) =
        sheet.rows.iter().enumerate().find_map(|(at, row)| Some((at, column_of(row, &|key| NAME.has(key))?)))?;
    let banner = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells));
    if !TITLES.iter().any(|word| banner.words.contains(word)) {
        return None;
    }
    let heading = &sheet.rows[at];
    let below = sheet.rows.get(at + 1).filter(|below| {
        let mut cells = below.cells.iter().filter(|cell| !is_blank(Some(&cell.value)));
        below.index == heading.index + 1 && is_blank(below.get(name)) && cells.all(|cell| when(&cell.value).is_some())
    });
    let below = below.filter(|below| below.cells.iter().any(|cell| !is_blank(Some(&cell.value))));
    let meetings: Vec<MeetingColumn> = heading
        .cells
        .iter()
        .filter(|cell| cell.column > name)
        .filter_map(|cell| meeting(cell.column, &cell.value, below))
        .collect();
    let is_plain =
        |meeting: &MeetingColumn| heading.get(meeting.column).and_then(CellValue::text).is_some_and(is_month_alone);
    if meetings.len() < MEETINGS_MIN || meetings.iter().all(is_plain) {
        return None;
    }
    // Days with their year are known as they stand.
    let are_known =
        |section: &Section| matches!(&section.heading.layout, Layout::Months(known) if known.len() >= meetings.len());
    if sections(sheet, &[]).iter().any(are_known) {
        return None;
    }
    let place = |meeting: &MeetingColumn| CellRef { row: heading.index, column: meeting.column };
    let asked = |meeting: &MeetingColumn, message: &str| {
        let message = message.to_owned();
        Some(Relaid::Asked(Remark { place: place(meeting), message }))
    };
    if let Some(quarter) = meetings.iter().find(|meeting| matches!(meeting.when, When::Quarter(_))) {
        return asked(quarter, ASK_QUARTER_MEETINGS);
    }
    let months: Vec<(u32, u32)> =
        meetings.iter().filter_map(|meeting| Some((meeting.month()?, meeting.column))).collect();
    let is_again = |at: usize| months[..at].iter().any(|(month, _)| *month == months[at].0);
    if let Some(again) = (0..months.len()).find(|at| is_again(*at)) {
        return asked(&meetings[again], ASK_MEETINGS_OF_MONTH);
    }
    let mut years: Vec<i32> = meetings.iter().filter_map(MeetingColumn::year).chain(banner.year).collect();
    years.sort_unstable();
    years.dedup();
    if years.len() > 1 {
        return None;
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    page.split(heading, vec![months_across(heading, &months)]);
    page.copy(&sheet.rows[at + 1 + usize::from(below.is_some())..]);
    let mut page = page.finish_alike();
    // The days alone tell the year.
    if let (None, [year]) = (banner.year, &years[..])
        && let Some(above) = page.rows.first_mut().filter(|_| at > 0)
    {
        let title = above.cells.first().and_then(|cell| cell.value.text()).map(|text| format!("{text} TAHUN {year}"));
        if let Some((cell, title)) = above.cells.first_mut().zip(title) {
            cell.value = CellValue::Text(title.into());
        }
    }
    if sections(&page, &[]).is_empty() {
        return None;
    }
    let told: Vec<String> = months.iter().map(|(month, _)| MONTHS[*month as usize - 1].to_owned()).collect();
    let message = format!("rapat di judul kolom dibaca sebagai lokmin bulan {}", told.join(", "));
    Some(Relaid::Table(Box::new(page), vec![Remark { place: place(&meetings[0]), message }]))
}

/// The heading with the names of months in these columns; where they are too few for a table of months, blank ones
/// behind it.
fn months_across(heading: &Row, months: &[(u32, u32)]) -> Vec<(u32, NewCell)> {
    let named = |month: u32| MONTHS[month as usize - 1];
    let cells = heading.cells.iter().map(|cell| {
        let from = CellRef { row: heading.index, column: cell.column };
        let month = months.iter().find(|(_, column)| *column == cell.column).map(|(month, _)| named(*month));
        let own = || NewCell { value: Some(cell.value.clone()), from };
        (cell.column, month.map_or_else(own, |name| NewCell::text(name, from)))
    });
    let mut line: Vec<(u32, NewCell)> = cells.collect();
    let last = line.last().map_or(0, |(column, _)| *column);
    let others = (1..=12).filter(|month| months.iter().all(|(known, _)| known != month));
    for (column, month) in (last + 1..).zip(others).take(MONTHS_MIN.saturating_sub(months.len())) {
        line.push((column, NewCell::text(named(month), CellRef { row: heading.index, column })));
    }
    line
}

/// The meeting of a column, by its heading or by the day below it.
fn meeting(column: u32, heading: &CellValue, below: Option<&Row>) -> Option<MeetingColumn> {
    let own = when(heading)?;
    let day = below.and_then(|row| row.get(column)).and_then(when);
    let when = match (own, day) {
        (When::Quarter(quarter), Some(day @ When::Month { month, .. })) if (month - 1) / 3 + 1 == quarter => day,
        _ => own,
    };
    Some(MeetingColumn { column, when })
}

impl MeetingColumn {
    fn month(&self) -> Option<u32> {
        match self.when {
            When::Month { month, .. } => Some(month),
            When::Quarter(_) => None,
        }
    }

    fn year(&self) -> Option<i32> {
        match self.when {
            When::Month { year, .. } => year,
            When::Quarter(_) => None,
        }
    }
}

/// Reports whether a text is a month and nothing else, as tables of a year have it.
fn is_month_alone(text: &str) -> bool {
    let words = parts(text);
    matches!(&words[..], [name] if month_number(name).is_some())
}

/// When a meeting was, by the value of a heading; none of other headings.
fn when(value: &CellValue) -> Option<When> {
    let text = match value {
        CellValue::Date(date) => return Some(When::Month { month: date.month(), year: Some(date.year()) }),
        value => value.text()?,
    };
    let words = parts(text);
    let is_around = |word: &&str| AROUND.contains(word) || WEEKDAYS.contains(word);
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !is_around(word)).collect();
    let is_day = |word: &str| word.len() <= 2 && word.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
    let of_month = |name: &str, year: Option<i32>| Some(When::Month { month: month_number(name)?, year });
    match words[..] {
        [quarter, number] if QUARTERS.contains(&quarter) => {
            let number = NUMBERS.iter().position(|names| names.contains(&number))?;
            u32::try_from(number + 1).ok().map(When::Quarter)
        }
        [name] => of_month(name, None),
        [day, name] if is_day(day) => of_month(name, None),
        [name, year] if year.len() == 4 => of_month(name, Some(year_of(year)?)),
        [day, month, year] if is_day(day) && is_day(month) && year.len() == 4 => {
            let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
            Some(When::Month { month, year: Some(year_of(year)?) })
        }
        [day, name, year] if is_day(day) && year.len() == 4 => of_month(name, Some(year_of(year)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_meetings_tell_when() {
        let of = |text: &str| {
            when(&CellValue::Text(text.into())).map(|when| match when {
                When::Month { month, year } => format!("{month} {year:?}"),
                When::Quarter(quarter) => format!("TW {quarter}"),
            })
        };
        for (text, told) in [
            ("9 Januari", "1 None"),
            ("Lokmin Januari", "1 None"),
            ("Kamis, 9 Jan 2025", "1 Some(2025)"),
            ("Tgl 6 Februari", "2 None"),
            ("09/01/2025", "1 Some(2025)"),
            ("Rapat Maret 2025", "3 Some(2025)"),
            ("TW IV", "TW 4"),
            ("Triwulan 2", "TW 2"),
        ] {
            assert_eq!(of(text).as_deref(), Some(told), "{text}");
        }
        for other in ["Jumlah", "Ket", "%", "Jan - Mar", "TW V", "5", "Desa", "Minggu I"] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
