//! The words of a sheet's first row, a heading and its titles about the table below them. Judges no cell of it.

use chrono::Datelike;

use super::FoundTable;
use super::banner::{Banner, NamedPeriod};
use super::facility_words::{has_titles_of_facilities, is_facility};
use super::heading::ColumnMeaning;
use super::layout::{Heading, Layout};
use super::puskesmas_title::puskesmas_in_name;
use super::relaid::day_of;
use crate::domain::facts::LokminSort;
use crate::domain::name::{plain_words, puskesmas_key};
use crate::domain::{Received, Table};
use crate::workbook::{Row, Sheet};

/// Rows above a heading in which the day of a meeting may stand, and the cells of such a row.
const DAY_ROWS: u32 = 8;
const DAY_CELLS_MAX: usize = 4;
/// First words of sheets that hold no data by their own account: examples, help, lists behind drop-downs.
const SET_APART: [&str; 3] = ["contoh pengisian", "petunjuk pengisian", "daftar pilihan"];

/// Reports whether a sheet's first row begins by saying that it is not to be read.
pub(super) fn is_set_apart(sheet: &Sheet) -> bool {
    let first = sheet.rows.first().and_then(|row| row.cells.first()).and_then(|cell| cell.value.text());
    let words = first.map(plain_words).unwrap_or_default();
    SET_APART.iter().any(|mark| words == *mark)
}

/// A sheet without a Puskesmas in its banner belongs to the one that its workbook names elsewhere.
pub(super) fn name_the_nameless(tables: &mut [FoundTable<'_>], titles: &[String]) {
    let mut keys: Vec<String> = titles.iter().map(|name| puskesmas_key(name)).collect();
    keys.sort();
    keys.dedup();
    let ([_], Some(name)) = (keys.as_slice(), titles.first()) else { return };
    for table in tables.iter_mut().filter(|table| table.table != Table::Clusters) {
        table.puskesmas.get_or_insert_with(|| name.clone());
    }
}

/// The doubt about a file whose name tells another Puskesmas than its title.
pub(super) fn other_puskesmas(file: &str, banner: &Banner) -> Option<String> {
    let (named, written) = puskesmas_in_name(file).zip(banner.puskesmas.as_deref())?;
    let own = puskesmas_key(written);
    let is_other = !named.starts_with(&own) && !own.starts_with(&named);
    is_other.then(|| {
        format!(
            "judul menyebut \"{written}\", nama berkas menyebut Puskesmas {named}; dipakai \"{written}\", perbaiki yang keliru"
        )
    })
}

/// Months as the layout can have them.
pub(super) fn fitting(said: Received, is_yearly: bool) -> Received {
    if is_yearly { Received::Year(said.year()) } else { said }
}

/// A heading with another column of targets.
pub(super) fn with_target(mut heading: Heading, column: u32) -> Heading {
    heading.columns.insert(ColumnMeaning::Target, column);
    heading
}

/// Takes the month of a lokmin from the day above it, where no title names one.
pub(super) fn with_day_of_meeting(banner: &mut Banner, sheet: &Sheet, heading: &Heading, table: Table) {
    if table != Table::Lokmin || banner.month.is_some() || heading.layout != Layout::Columns {
        return;
    }
    let above = sheet.rows.iter().filter(|row| row.index < heading.top && row.cells.len() <= DAY_CELLS_MAX);
    let day = above.filter(|row| row.index + DAY_ROWS >= heading.top).filter_map(day_of).next_back();
    banner.month = day.map(|(day, _)| (day.month(), Some(day.year())));
}

/// The heading with the year's column of several columns of points; without one nobody knows which is the score.
pub(super) fn with_points_of_year(mut heading: Heading, year: i32) -> Heading {
    let of_years = std::mem::take(&mut heading.points_of_years);
    let Some(first) = of_years.first() else { return heading };
    if let Some(own) = of_years.iter().find(|of| of.year == year) {
        heading.columns.insert(ColumnMeaning::Points, own.column);
        return heading;
    }
    heading.columns.remove(&ColumnMeaning::Points);
    let texts: Vec<&str> = of_years.iter().map(|of| of.heading.as_str()).collect();
    heading.unread.push((texts.join(", "), first.place));
    heading
}

/// Reports whether a table is one of a year: months stand across or down, and no month is said above it.
pub(super) fn is_yearly(heading: &Heading, banner: &Banner, sheet: &str) -> bool {
    let is_across = match &heading.layout {
        Layout::Months(_) | Layout::Receipts(_) | Layout::YearNumerators { .. } | Layout::YearPairs(_) => true,
        // All of the month that the title says: a table of that month.
        Layout::Groups(groups) => {
            groups.iter().any(|group| group.month.is_some() && group.month != banner.month.map(|(month, _)| month))
        }
        Layout::Columns | Layout::Unreadable(_) => false,
    };
    let has_month = banner.month.is_some() || NamedPeriod::read(sheet).month.is_some();
    is_across || heading.has_months_down() && !has_month
}

/// Returns the meeting of an attendance by its titles: quarterly where they name a quarter or other sectors, else
/// monthly.
pub(super) fn lokmin_sort(banner: &Banner) -> LokminSort {
    let is_quarterly = ["tribulan", "triwulan", "lintas sektor"].iter().any(|word| banner.words.contains(word));
    if is_quarterly { LokminSort::Quarterly } else { LokminSort::Monthly }
}

/// Tells that a year of two digits was taken for one of four.
pub(super) fn short_year_read(year: i32) -> String {
    format!("tahun dua angka di judul dibaca {year}; bila bukan, tulis tahunnya empat angka")
}

/// Whose the rows of a table of visits are that has a column of villages: of one facility that its title, its sheet or
/// titles between its rows name, then villages are only where; else of the facilities of those villages.
pub(super) fn settle_villages(sheet: &Sheet, heading: &mut Heading, banner: &Banner, rows: &[Row]) {
    let is_of_visits = heading.table == Some(Table::Visits) && heading.has_villages;
    let is_named = || {
        banner.facility.is_some()
            || banner.titles.iter().any(|(title, _)| is_facility(title))
            || is_facility(&sheet.name)
            || has_titles_of_facilities(rows)
    };
    if is_of_visits && is_named() {
        heading.columns.remove(&ColumnMeaning::Name);
        heading.has_villages = false;
    }
}
