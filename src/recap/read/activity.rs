//! The monthly Lokmin and Laporan: a row a fact.

use std::collections::BTreeSet;

use super::Reader;
use super::row::{Need, RowReader};
use crate::diagnostic::IssueCode;
use crate::domain::facts::LokminSort;
use crate::domain::name::plain_words;
use crate::domain::records::{Field, LokminRow, ReportRow, Sourced};
use crate::domain::{Date, Month, Received, format};
use crate::recap::cells::date::{self, Implied};
use crate::recap::cells::mark::says_not_yet;
use crate::recap::cells::month;
use crate::recap::cells::{Fault, is_blank};
use crate::recap::heading::Column;
use crate::workbook::CellValue;

/// Rows of a month's Lokmin.
pub(super) fn lokmin(reader: &mut Reader<'_>) -> Vec<Sourced<LokminRow>> {
    let mut rows = Vec::new();
    let mut seen: BTreeSet<(String, Month, LokminSort)> = BTreeSet::new();
    reader.each_row(&mut |row| {
        row.fill_down();
        let facility = row.facility();
        let invited = row.yes_no(Column::Invited, Field::Invited);
        let attended = row.yes_no(Column::Attended, Field::Attended);
        let sort = lokmin_sort(row);
        let month = row.month_of_row();
        let (Some(facility), Some(month)) = (facility, month) else { return };
        let key = (facility.clone(), month, sort);
        if seen.contains(&key) {
            row.duplicate("nama ini");
        }
        if !row.is_rejected() {
            seen.insert(key);
            rows.push(Sourced { record: LokminRow { facility, month, sort, invited, attended }, cells: row.cells() });
        }
    });
    rows
}

fn lokmin_sort(row: &mut RowReader<'_, '_>) -> LokminSort {
    let of_banner = row.reader.table.lokmin_sort;
    let Some(place) = row.place(Column::Sort) else { return of_banner };
    let Some(text) = row.text(Column::Sort, Field::Attributes) else { return of_banner };
    let words = plain_words(&text);
    if ["tribulan", "triwulan", "lintas"].iter().any(|word| words.contains(word)) {
        LokminSort::Quarterly
    } else {
        if !words.contains("bulan") {
            row.unknown_value(place, "Jenis", "tulis Bulanan atau Tribulanan");
        }
        LokminSort::Monthly
    }
}

/// Rows of Laporan.
pub(super) fn reports(reader: &mut Reader<'_>) -> Vec<Sourced<ReportRow>> {
    let mut rows = Vec::new();
    let mut seen: BTreeSet<(String, Month)> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let facility = row.facility();
        let (value, year, from_1904) = row.month_value(Column::ReportMonth);
        let received_value = row.place(Column::ReceivedOn).and_then(|place| row.value_in(place.column));
        // A form with the names, or the months of one facility, filled in beforehand: nothing came.
        let is_of_one_facility = row.reader.table.heading.is_nameless();
        let has_not_come =
            is_blank(received_value) || received_value.and_then(CellValue::text).is_some_and(says_not_yet);
        let is_of_title = row.place(Column::ReportMonth).is_none();
        if (is_blank(value) || is_of_one_facility || is_of_title) && has_not_come {
            return;
        }
        let month = if is_of_title {
            Some(row.reader.table.received.rank_month())
        } else {
            let month = row.place(Column::ReportMonth).and_then(|place| {
                let read = |_: &RowReader<'_, '_>| month::read(value, year, from_1904);
                row.needed(place, (Field::Month, "Bulan laporan"), Need::Required, read)
            });
            month.map(|month| in_year_before(row.reader.table.received, value, month))
        };
        let received = received_on(row, month);
        if is_of_title {
            check_title_month(row, month, received);
        }
        let (Some(facility), Some(month), Some(received)) = (facility, month, received) else { return };
        let key = (facility.clone(), month);
        if seen.contains(&key) {
            row.duplicate("laporan bulan yang sama untuk nama ini");
        }
        if !row.is_rejected() {
            seen.insert(key);
            rows.push(Sourced { record: ReportRow { facility, month, received }, cells: row.cells() });
        }
    });
    rows
}

/// A report comes when its month has ended: what came within the month of the title is on another one, or mistyped.
fn check_title_month(row: &mut RowReader<'_, '_>, month: Option<Month>, received: Option<Date>) {
    let (Some(month), Some(received), Some(place)) = (month, received, row.place(Column::ReceivedOn)) else { return };
    if Month::of(received) <= month {
        let why = format!(
            "laporan {} diterima {}, sebelum bulannya berakhir; tulis bulan yang dilaporkan di kolom Bulan Laporan, atau \
             betulkan tanggalnya",
            format::month(month),
            format::date(received)
        );
        row.wrong(place, "Tanggal diterima", &Fault { code: IssueCode::InvalidDate, why });
    }
}

/// The date on which the report on `month` came; it may leave out its year.
fn received_on(row: &mut RowReader<'_, '_>, month: Option<Month>) -> Option<Date> {
    let Some((month, place)) = month.zip(row.place(Column::ReceivedOn)) else {
        return row.date(Column::ReceivedOn, Field::ReceivedOn, Need::Required);
    };
    let from_1904 = row.reader.table.counts_from_1904;
    let field = (Field::ReceivedOn, Field::ReceivedOn.label());
    row.needed(place, field, Need::Required, |row| {
        date::read_within(row.value_in(place.column), from_1904, Implied::From(month))
    })
}

/// In January's recap "Desember" without a year is last year's.
fn in_year_before(recap: Received, value: Option<&CellValue>, month: Month) -> Month {
    let has_year = match value {
        Some(CellValue::Text(text)) => text.bytes().any(|byte| byte.is_ascii_digit()),
        Some(CellValue::Number { value, .. }) => *value > 12.0,
        _ => true,
    };
    match recap {
        Received::Month(own) if !has_year && month > own => month.plus(-12),
        _ => month,
    }
}
