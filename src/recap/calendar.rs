//! The months of a table by its own dates and those of its neighbours, where title and sheet were copied and not
//! renewed.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::banner::{Banner, BannerLine, NamedPeriod};
use super::cells::date::Implied;
use super::cells::date::is_bare_day;
use super::cells::date_column::DateColumn;
use super::cells::date_words::parts;
use super::cells::school_year::SchoolYear;
use super::heading::ColumnMeaning;
use super::layout::Heading;
use super::read::MonthTitle;
use super::sections::BANNER_ROWS;
use crate::domain::period::{YEAR_MAX, YEAR_MIN};
use crate::domain::records::CellRef;
use crate::domain::{Date, Month, Received, Table, format};
use crate::workbook::{CellValue, Row, Visibility, Workbook};

/// Dates of a table that are looked at to tell its year.
const DATES_LOOKED_AT: usize = 2_000;

/// A table of which the dates are asked.
pub(super) struct DatedTable<'w, 'h> {
    pub(super) workbook: &'w Workbook,
    pub(super) sheet: &'w str,
    pub(super) table: Table,
    pub(super) heading: &'h Heading,
    pub(super) rows: &'w [Row],
}

/// The months of a table after its dates were heard.
pub(super) struct CalendarMonths {
    pub(super) received: Received,
    /// The sentence about the guess.
    pub(super) reading: Option<String>,
    /// Nobody can tell the year of a date without one.
    pub(super) is_year_undecided: bool,
}

impl DatedTable<'_, '_> {
    /// The table's dates; those that lie out of `month` and fall into it when turned are turned.
    fn dates(&self, month: Option<Month>, implied: Option<Implied>) -> Vec<Date> {
        let Some(column) = self.heading.columns.get(&ColumnMeaning::Date).copied() else { return Vec::new() };
        let from_1904 = self.workbook.counts_from_1904;
        let rows = self.rows.iter().take(DATES_LOOKED_AT);
        let cells: Vec<(CellRef, &CellValue)> =
            rows.filter_map(|row| Some((CellRef { row: row.index, column }, row.get(column)?))).collect();
        let dates = DateColumn::from_cells(cells.iter().copied(), from_1904, month);
        let read = |value| dates.read(Some(value), from_1904, implied).ok().flatten();
        cells.iter().filter_map(|(_, value)| read(value)).map(|dated| dated.date).collect()
    }

    /// Reports whether the table has dates and all of them lie in `month`.
    pub(super) fn holds_only(&self, month: Month) -> bool {
        let dates = self.dates(Some(month), Some(self.implied_in(month)));
        !dates.is_empty() && dates.iter().all(|date| Month::from_date(*date) == month)
    }

    /// Days without a month are of the month that is looked at; where all of them have one, nothing is said of it.
    fn implied_in(&self, month: Month) -> Implied {
        let column = self.heading.columns.get(&ColumnMeaning::Date);
        let has_month_elsewhere = self.heading.columns.contains_key(&ColumnMeaning::ReportMonth)
            || self.rows.iter().any(|row| MonthTitle::from_row(row, self.heading).is_some());
        let cells = || self.rows.iter().filter_map(|row| row.get(*column?));
        if !has_month_elsewhere && cells().take(DATES_LOOKED_AT).any(is_bare_day) {
            Implied::Month(month)
        } else {
            Implied::Year(month.year())
        }
    }

    /// The year that all dates write, where none is said above them.
    pub(super) fn year_of_all(&self) -> Option<i32> {
        let dates = self.heading.columns.get(&ColumnMeaning::Date);
        let months = self.heading.columns.get(&ColumnMeaning::ReportMonth);
        let column = self.heading.columns.get(&ColumnMeaning::Year).or(dates).or(months)?;
        let is_of_years = self.heading.columns.contains_key(&ColumnMeaning::Year);
        let in_range = |text: &str| text.parse().ok().filter(|year| (YEAR_MIN..=YEAR_MAX).contains(year));
        let written = |value: &CellValue| match value {
            CellValue::Date(date) => Some(date.year()),
            CellValue::Number { value, .. } if is_of_years => in_range(&value.to_string()),
            CellValue::Text(text) => parts(text).iter().filter(|part| part.len() == 4).find_map(|part| in_range(part)),
            _ => None,
        };
        let mut years = self.rows.iter().filter_map(|row| written(row.get(*column)?));
        let first = years.next()?;
        years.all(|year| year == first).then_some(first)
    }

    /// The month of the sheet's name where it and not the title's is right, and why: another sheet that is called
    /// after another month has the same title, or all dates lie in it.
    pub(super) fn forgotten_title(&self, banner: &Banner) -> Option<(u32, String)> {
        let is_monthly = matches!(
            self.table,
            Table::Visits | Table::FollowUps | Table::Lokmin | Table::MonthlyReports | Table::Achievements
        );
        let named = NamedPeriod::read(self.sheet).month.filter(|_| is_monthly)?;
        let (titled, _) = banner.month.filter(|(month, _)| *month != named)?;
        let dates = if self.table == Table::Visits { self.dates(None, Some(Implied::Year(2024))) } else { Vec::new() };
        let all_in = |month: u32| !dates.is_empty() && dates.iter().all(|date| date.month() == month);
        if all_in(titled) {
            return None;
        }
        let others = self.workbook.sheets.iter().filter(|other| {
            other.visibility == Visibility::Visible
                && NamedPeriod::read(&other.name).month.is_some_and(|month| month != named)
        });
        let has_title = |rows: &[Row]| {
            let lines = rows.iter().take(BANNER_ROWS).map(BannerLine::all_cells);
            Banner::read(lines).month.is_some_and(|(month, _)| month == titled)
        };
        let twin = others.map(|other| (&other.name, &other.rows)).find(|(_, rows)| has_title(rows));
        let why = match twin {
            Some((twin, _)) => format!("lembar \"{twin}\" berjudul sama"),
            None if all_in(named) => "semua tanggalnya di bulan itu".to_owned(),
            None => return None,
        };
        let of_title = month_name(titled);
        let of_sheet = month_name(named);
        let sentence = format!(
            "judul menyebut {of_title}, nama lembar \"{}\": dibaca {of_sheet}, karena {why}; \
             bila keliru, betulkan nama lembar dan judulnya",
            self.sheet
        );
        Some((named, sentence))
    }

    /// Weighs the years that sheet, title and dates name: what most of them say holds.
    pub(super) fn settle_year(&self, received: Received, banner: &Banner) -> CalendarMonths {
        let as_said = CalendarMonths { received, reading: None, is_year_undecided: false };
        if !matches!(self.table, Table::Visits | Table::FollowUps) || SchoolYear::from_words(&banner.words).is_some() {
            return as_said;
        }
        let titled = received.year();
        let mut dates = self.dates(None, None);
        if let Received::Month(month) = received {
            dates.retain(|date| date.month() == month.month());
        }
        let mut votes: BTreeMap<i32, u32> = BTreeMap::new();
        let named = NamedPeriod::read(self.sheet).year;
        for year in dates.iter().map(Datelike::year).chain(banner.any_year()).chain(named) {
            *votes.entry(year).or_default() += 1;
        }
        if votes.keys().all(|year| *year == titled) {
            return as_said;
        }
        let most = votes.values().max().copied().unwrap_or_default();
        let leading: Vec<i32> = votes.iter().filter(|(_, count)| **count == most).map(|(year, _)| *year).collect();
        let is_month = matches!(received, Received::Month(_));
        let year = match leading[..] {
            [year] => year,
            // A title of last year above a date of this one was not renewed.
            [older, newer] if is_month && older == titled && newer == titled + 1 && named.is_none() => newer,
            _ => return CalendarMonths { is_year_undecided: true, ..as_said },
        };
        if year == titled {
            return as_said;
        }
        if self.table == Table::FollowUps || matches!(received, Received::Span(_)) {
            return CalendarMonths { is_year_undecided: true, ..as_said };
        }
        let moved = match received {
            Received::Month(month) => Month::new(year, month.month()).map(Received::Month),
            _ => Some(Received::Year(year)),
        };
        let Some(moved) = moved else { return as_said };
        let count = dates.iter().filter(|date| date.year() == year).count();
        let reading = format!(
            "judul menyebut tahun {titled}, tetapi {count} tanggal di bawahnya tertulis {year}: tabel ini dibaca {} dan \
             tanggal tanpa tahun dibaca {year}; bila keliru, betulkan tahun pada judul atau pada tanggalnya",
            format::received(moved)
        );
        CalendarMonths { received: moved, reading: Some(reading), is_year_undecided: false }
    }
}

fn month_name(month: u32) -> &'static str {
    Month::new(2024, month).map_or("", format::month_name)
}
