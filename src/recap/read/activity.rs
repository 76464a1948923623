//! The monthly Lokmin and Laporan: a row a fact.

use std::collections::BTreeSet;

use super::labelled_field::LabelledField;
use super::receipts::Down;
use super::row::{Need, RowReader};
use super::{Reader, plausible, report_kinds};
use crate::diagnostic::IssueCode;
use crate::domain::facts::LokminSort;
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, Field, LokminRow, ReportRow, Sourced};
use crate::domain::{Date, Month, Received, ReportReceipt};
use crate::recap::cells::mark::{Mark, yes_no};
use crate::recap::cells::month;
use crate::recap::cells::{CellFault, is_blank};
use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::says_absent;
use crate::workbook::CellValue;

/// Rows of a month's Lokmin.
pub(super) fn lokmin(reader: &mut Reader<'_>) -> Vec<Sourced<LokminRow>> {
    let mut rows = Vec::new();
    let mut seen: BTreeSet<(String, Month, LokminSort)> = BTreeSet::new();
    let absent = absence_columns(reader);
    let mut unmarked = Unmarked::default();
    reader.each_row(&mut |row| {
        row.fill_down();
        let facility = row.facility();
        let presence = presence(row, &absent);
        let sort = lokmin_sort(row);
        let month = row.month_of_row();
        let Some((facility, month)) = facility.zip(month) else { return };
        let key = (facility.clone(), month, sort);
        if seen.contains(&key) {
            row.duplicate("nama ini");
        }
        if !row.is_rejected() {
            seen.insert(key);
            let Presence { invited, attended } = presence;
            unmarked.count(row, presence);
            rows.push(Sourced { record: LokminRow { facility, month, sort, invited, attended }, cells: row.cells() });
        }
    });
    unmarked.tell(reader);
    rows
}

/// Rows of an attendance that nothing marks, where no column says who was invited.
#[derive(Debug, Default)]
struct Unmarked {
    first: Option<CellRef>,
    count: u32,
    /// Somebody is marked.
    has_others: bool,
}

impl Unmarked {
    fn count(&mut self, row: &RowReader<'_, '_>, presence: Presence) {
        let is_marked = presence.invited.is_some() || presence.attended.is_some();
        self.has_others |= is_marked;
        let place =
            row.place(ColumnMeaning::Attended).filter(|_| !is_marked && row.place(ColumnMeaning::Invited).is_none());
        self.first = self.first.or(place);
        self.count += u32::from(place.is_some());
    }

    fn tell(self, reader: &mut Reader<'_>) {
        let Some(place) = self.first.filter(|_| self.has_others) else { return };
        let count = self.count;
        let message = format!(
            "{count} baris tanpa tanda kehadiran dibaca tidak diundang; tulis - atau Tidak hadir pada yang diundang dan tidak \
             hadir, lalu impor lagi"
        );
        reader.reading(place, message);
    }
}

/// A facility as invited and attending, as far as a row says it.
#[derive(Clone, Copy, Debug)]
struct Presence {
    invited: Option<bool>,
    attended: Option<bool>,
}

/// Who was absent had been invited: a no where nothing says who was, and words for it anywhere.
fn presence(row: &mut RowReader<'_, '_>, absent: &[u32]) -> Presence {
    let invited = row.yes_no(ColumnMeaning::Invited, Field::Invited);
    let attended = row.yes_no(ColumnMeaning::Attended, Field::Attended);
    let is_ticked = |column: &&u32| matches!(yes_no(row.value_in(**column)), Ok(Some(Mark::Yes)));
    if let Some(column) = absent.iter().find(is_ticked) {
        let place = row.place_in(*column);
        if attended == Some(true) {
            let why = "bertanda hadir dan tidak hadir sekaligus; hapus tanda yang keliru".to_owned();
            row.wrong(place, "Kehadiran", &CellFault { code: IssueCode::UnknownValue, why });
        }
        row.note(Field::Attended, place);
        row.note(Field::Invited, place);
        return Presence { invited: Some(true), attended: Some(false) };
    }
    let is_said =
        row.place(ColumnMeaning::Invited).is_none() || row.value(ColumnMeaning::Attended).is_some_and(is_word);
    if let (None, Some(false), true, Some(place)) = (invited, attended, is_said, row.place(ColumnMeaning::Attended)) {
        row.note(Field::Invited, place);
        return Presence { invited: Some(true), attended };
    }
    Presence { invited, attended }
}

/// `Tidak hadir`, `izin`: more than a mark.
fn is_word(value: &CellValue) -> bool {
    const CHARS_MIN: usize = 3;
    value.text().is_some_and(|text| text.chars().filter(|c| c.is_alphabetic()).count() >= CHARS_MIN)
}

/// Columns whose ticks say who was absent.
fn absence_columns(reader: &Reader<'_>) -> Vec<u32> {
    let heading = &reader.table.heading;
    let is_free = |column: &u32| !heading.columns.values().any(|known| known == column);
    let is_it = |column: &u32| {
        let texts = heading.texts(reader.table.sheet, *column);
        says_absent(&texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>())
    };
    (heading.extent.0..=heading.extent.1).filter(is_free).filter(is_it).collect()
}

fn lokmin_sort(row: &mut RowReader<'_, '_>) -> LokminSort {
    let of_banner = row.reader.table.lokmin_sort;
    let Some(place) = row.place(ColumnMeaning::Sort) else { return of_banner };
    let Some(text) = row.text(ColumnMeaning::Sort, Field::Attributes) else { return of_banner };
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

/// Reads the rows of a sheet *Laporan*.
pub(super) fn reports(reader: &mut Reader<'_>) -> Vec<Sourced<ReportRow>> {
    let mut rows = Vec::new();
    let mut seen: BTreeSet<(String, Month)> = BTreeSet::new();
    let told = Down::from_reader(reader);
    if report_kinds::are_asked(reader) {
        reader.each_row(&mut |row| row.refuse());
        return rows;
    }
    reader.each_row(&mut |row| {
        row.fill_down();
        let facility = row.facility();
        let (value, year, from_1904) = row.month_value(ColumnMeaning::ReportMonth);
        // A form with the names, or the months of one facility, filled in beforehand: nothing came.
        let is_of_one_facility = row.reader.table.heading.is_nameless();
        let is_of_title = row.place(ColumnMeaning::ReportMonth).is_none();
        let needs_none = is_blank(value) || is_of_one_facility || is_of_title || told.is_by_ticks();
        if needs_none && told.is_silent(row) || is_blank(value) && !is_of_title && told.is_denied(row) {
            return;
        }
        let month = if is_of_title {
            Some(row.reader.table.received.rank_month())
        } else {
            let month = row.place(ColumnMeaning::ReportMonth).and_then(|place| {
                let read = |_: &RowReader<'_, '_>| month::read(value, year, from_1904);
                row.needed(place, LabelledField { field: Field::Month, label: "Bulan laporan" }, Need::Required, read)
            });
            month.map(|month| in_year_before(row.reader.table.received, value, month))
        };
        let received = received(row, &told, month);
        check_day(row, month, received.and_then(ReportReceipt::day));
        let Some((facility, month)) = facility.zip(month) else { return };
        let Some(received) = received else { return };
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
    let is_of_title = !table.heading.columns.contains_key(&ColumnMeaning::ReportMonth);
    let is_of_month = matches!(table.received, Received::Month(_));
    if is_of_title && is_of_month && !(told.is_by_ticks() && rows.is_empty()) {
        return Some(vec![table.received.rank_month().plus(1)]);
    }
    let of_rows = || rows.iter().map(|row| row.record.month.plus(1)).collect::<BTreeSet<Month>>();
    (told.is_by_ticks() && (is_of_title || !is_of_month)).then(|| of_rows().into_iter().collect())
}

/// Refuses a day on which the report on its month cannot have come.
fn check_day(row: &mut RowReader<'_, '_>, month: Option<Month>, received: Option<Date>) {
    let (Some(month), Some(received), Some(place)) = (month, received, row.place(ColumnMeaning::ReceivedOn)) else {
        return;
    };
    if let Some(fault) = plausible::report_day(month, received) {
        row.wrong(place, "Tanggal diterima", &fault);
    }
}

/// Reads how the report on `month` came; a date may leave out its year.
fn received(row: &mut RowReader<'_, '_>, told: &Down, month: Option<Month>) -> Option<ReportReceipt> {
    let place = row.place_in(told.first()?);
    if told.is_silent(row) {
        row.missing(place, Field::ReceivedOn.label(), "baris ini memerlukannya");
        return None;
    }
    match month {
        Some(month) => told.receipt(row, month),
        None => row.date(ColumnMeaning::ReceivedOn, Field::ReceivedOn, Need::Optional).map(ReportReceipt::Day),
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
