//! The monthly Lokmin and Laporan: a row a fact.

use std::collections::BTreeSet;

use super::Reader;
use super::receipts::Down;
use super::row::{Need, RowReader};
use crate::diagnostic::IssueCode;
use crate::domain::facts::LokminSort;
use crate::domain::name::plain_words;
use crate::domain::records::{Field, LokminRow, ReportRow, Sourced};
use crate::domain::{Date, Month, Received, ReportReceipt, format};
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
    let told = Down::of(reader);
    reader.each_row(&mut |row| {
        row.fill_down();
        let facility = row.facility();
        let (value, year, from_1904) = row.month_value(Column::ReportMonth);
        // A form with the names, or the months of one facility, filled in beforehand: nothing came.
        let is_of_one_facility = row.reader.table.heading.is_nameless();
        let is_of_title = row.place(Column::ReportMonth).is_none();
        let needs_none = is_blank(value) || is_of_one_facility || is_of_title || told.is_by_ticks();
        if needs_none && told.is_silent(row) || is_blank(value) && !is_of_title && told.is_denied(row) {
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
        let received = received(row, &told, month);
        if is_of_title {
            check_title_month(row, month, received.and_then(ReportReceipt::day));
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
    told.tell(reader, &rows);
    reader.due_months = due_months(reader, &told, &rows);
    rows
}

/// The months for which such a table counts as received, where those are not the ones that its title names: reports on the
/// month of the title, and reports by ticks on the months of a year, are due in the months after.
fn due_months(reader: &Reader<'_>, told: &Down, rows: &[Sourced<ReportRow>]) -> Option<Vec<Month>> {
    let table = reader.table;
    let is_of_title = !table.heading.columns.contains_key(&Column::ReportMonth);
    let is_of_month = matches!(table.received, Received::Month(_));
    if is_of_title && is_of_month && !(told.is_by_ticks() && rows.is_empty()) {
        return Some(vec![table.received.rank_month().plus(1)]);
    }
    let of_rows = || rows.iter().map(|row| row.record.month.plus(1)).collect::<BTreeSet<Month>>();
    (told.is_by_ticks() && (is_of_title || !is_of_month)).then(|| of_rows().into_iter().collect())
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

/// How the report on `month` came; a date may leave out its year.
fn received(row: &mut RowReader<'_, '_>, told: &Down, month: Option<Month>) -> Option<ReportReceipt> {
    let place = row.place_in(told.first()?);
    if told.is_silent(row) {
        row.missing(place, Field::ReceivedOn.label(), "baris ini memerlukannya");
        return None;
    }
    match month {
        Some(month) => told.receipt(row, month),
        None => row.date(Column::ReceivedOn, Field::ReceivedOn, Need::Optional).map(ReportReceipt::Day),
    }
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
