//! Days that are kept in parts: the month, and perhaps the year, in columns of their own or in a title between the rows.

use super::Reader;
use super::month_title::MonthTitle;
use super::row::RowReader;
use crate::domain::Month;
use crate::recap::cells::date::{Implied, is_bare_day};
use crate::recap::cells::date_words::year_of;
use crate::recap::cells::month;
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::ColumnMeaning;
use crate::workbook::Row;

impl Reader<'_> {
    /// Takes in the title of a month, of which the days below it are.
    pub(super) fn enter_month(&mut self, row: &Row) {
        if let Some(title) = MonthTitle::from_row(row, &self.table.heading) {
            self.month_title = Some(title);
        }
    }

    /// Returns the year or month that the dates of the table may leave out.
    pub(super) fn implied(&self) -> Implied {
        match self.school_year {
            _ if self.table.is_year_undecided => Implied::Undecided,
            Some(school) => Implied::SchoolYear(school),
            None => Implied::by(self.table.received),
        }
    }

    /// Returns a month of a column, in the year above it or in that of the table's title.
    pub(super) fn month_across(&self, month: u32, column: u32) -> Option<Month> {
        let above = self.table.heading.years.iter().find(|above| above.column == column).map(|above| above.year);
        let year = above.or_else(|| self.school_year.map(|school| school.year_of(month)));
        Month::new(year.unwrap_or(self.table.received.year()), month)
    }
}

impl RowReader<'_, '_> {
    /// Returns the year or month that the row's dates may leave out: by its own columns of month and year, else by the
    /// title of a month above it, else by the table.
    pub(super) fn implied(&self) -> Implied {
        let of_table = self.reader.implied();
        let own_year = self.year();
        let year = own_year.or(of_table.year());
        if let Some(month) = year.and_then(|year| self.month_beside(year)) {
            return Implied::Month(month);
        }
        let title = self.reader.month_title;
        let titled = title.and_then(|title| Month::new(title.year.or(year)?, title.month));
        match (titled, own_year) {
            (Some(month), _) => Implied::Month(month),
            (None, Some(year)) => Implied::Year(year),
            (None, None) => of_table,
        }
    }

    fn year(&self) -> Option<i32> {
        self.place(ColumnMeaning::Year)?;
        year_of(&value_text(self.value(ColumnMeaning::Year)?))
    }

    fn month_beside(&self, year: i32) -> Option<Month> {
        self.place(ColumnMeaning::ReportMonth)?;
        let (value, _, from_1904) = self.month_value(ColumnMeaning::ReportMonth);
        month::read(value, year, from_1904).ok().flatten()
    }

    /// Reports whether the row's blank month means the one above it: its day has none, or nothing but the month says
    /// when it was.
    pub(super) fn is_month_as_above(&self) -> bool {
        let Some(place) = self.place(ColumnMeaning::ReportMonth) else { return false };
        if !is_blank(self.seen(ColumnMeaning::ReportMonth)) {
            return false;
        }
        match (self.place(ColumnMeaning::Date), self.place(ColumnMeaning::Name)) {
            (Some(_), _) => self.value(ColumnMeaning::Date).is_some_and(is_bare_day),
            (None, Some(name)) => place.column < name.column && self.has_content(),
            (None, None) => false,
        }
    }
}
