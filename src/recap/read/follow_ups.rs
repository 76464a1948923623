//! RTL: a row an agreed action, its due day a date, a month or a time after the visit, its end a date or a status.

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use super::often::{Often, Once};
use super::pieces::Pieces;
use super::plausible::{FollowUpDays, follow_up_day};
use super::row::{Need, RowReader};
use crate::diagnostic::{IssueCode, OfferPart};
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, Field, FollowUpRow};
use crate::domain::{Date, Month, format};
use crate::recap::WordSort;
use crate::recap::cells::date::Implied;
use crate::recap::cells::due::{self, Due};
use crate::recap::cells::progress::{self, ReadProgress};
use crate::recap::cells::{CellFault, is_blank, is_dash, quoted};
use crate::recap::heading::ColumnMeaning;
use crate::recap::profile::{part, status_choices};

/// The guesses about the rows so far: told once, with their number.
#[derive(Debug, Default)]
struct AssumedOnce {
    months: FirstAndCount,
    times: FirstAndCount,
    done: FirstAndCount,
    /// Words under a status that are no date, as they are written: first cell, how many, whether they are done, and
    /// whether somebody said so.
    statuses: BTreeMap<String, StatusWord>,
    /// Columns of remarks, where none says how far an action is.
    remarks: Vec<u32>,
    /// Remarks that said so.
    remarked: FirstAndCount,
}

/// A word under a status.
#[derive(Debug)]
struct StatusWord {
    written: String,
    place: CellRef,
    count: u32,
    /// None where nobody knows.
    is_done: Option<bool>,
    is_said: bool,
}

/// The first cell of which something was assumed, and how many there are.
#[derive(Debug, Default)]
struct FirstAndCount {
    first: Option<(CellRef, String)>,
    count: u32,
}

impl FirstAndCount {
    fn add(&mut self, place: CellRef, said: String) {
        self.first.get_or_insert((place, said));
        self.count += 1;
    }
}

/// Follow-ups of visits that nobody reported.
const UNVISITED: Often = Often {
    code: IssueCode::FollowUpWithoutVisit,
    label: "Tanggal pembinaan",
    many: "baris belum ada pembinaannya pada tanggal itu",
    remedy: "tetap dipakai, periksa tanggalnya atau impor rekap Pembinaannya",
};

/// Reads the rows of a sheet *RTL*.
pub(super) fn follow_ups(reader: &mut Reader<'_>, rows: &mut Pieces<'_, FollowUpRow>) {
    let mut seen: BTreeSet<(String, Date, String)> = BTreeSet::new();
    let mut assumed = AssumedOnce { remarks: remarks_of(reader), ..AssumedOnce::default() };
    reader.each_row(&mut |row| {
        let Some(record) = follow_up(row, &mut assumed) else { return };
        let key = (record.facility.clone(), record.visit_date, plain_words(&record.item));
        if seen.contains(&key) {
            row.duplicate("rencana tindak lanjut dengan nama, tanggal pembinaan dan isi yang sama");
        }
        if row.is_rejected() {
            return;
        }
        if let Some(place) = row.place(ColumnMeaning::Date).filter(|_| !row.reader.context.has_visit(&key.0, key.1)) {
            let whose = &key.0;
            let day = format::date(key.1);
            let alone = format!("Tanggal pembinaan: belum ada pembinaan {whose} pada {day}; {}", UNVISITED.remedy);
            row.reader.warn_once(UNVISITED, Once { place, alone, shown: format!("{whose}, {day}") });
        }
        seen.insert(key);
        rows.push(record, row.cells());
    });
    tell(reader, assumed);
}

fn follow_up(row: &mut RowReader<'_, '_>, assumed: &mut AssumedOnce) -> Option<FollowUpRow> {
    row.fill_down();
    let visit_date = row.date_within(ColumnMeaning::Date, Field::Date, Need::Required);
    let facility = row.facility();
    let item = row.checked_text(ColumnMeaning::Item, Field::Item, Need::Required);
    let item = item.filter(|item| is_action(row, item));
    let owner = row.text(ColumnMeaning::Person, Field::Person);
    let due = due_date(row, visit_date, assumed);
    let due = plausible_day(
        row,
        [ColumnMeaning::Due, ColumnMeaning::Item],
        Field::Due.label(),
        FollowUpDays { visit: visit_date, day: due },
    );
    let done = done_date(row, visit_date, assumed);
    let done = plausible_day(
        row,
        [ColumnMeaning::Done, ColumnMeaning::Status],
        Field::Done.label(),
        FollowUpDays { visit: visit_date, day: done },
    );
    Some(FollowUpRow { facility: facility?, visit_date: visit_date?, item: item?, owner, due: due?, done })
}

/// Reports whether a text says what is to be done; a word that says how far it is does not, which is named.
fn is_action(row: &mut RowReader<'_, '_>, item: &str) -> bool {
    const STATES: [&str; 10] =
        ["sudah", "belum", "ada", "ya", "tidak", "selesai", "proses", "sdh", "blm", "dalam proses"];
    let is_state = STATES.contains(&plain_words(item).as_str());
    if let Some(place) = row.place(ColumnMeaning::Item).filter(|_| is_state) {
        let why = format!(
            "\"{}\" bukan rencana, melainkan keadaannya; tulis apa yang harus dilakukan, atau kosongkan bila tidak ada",
            item.trim()
        );
        row.wrong(place, Field::Item.label(), &CellFault { code: IssueCode::UnknownValue, why });
    }
    !is_state
}

/// The day of an agreed action, where it can be one; named at the first of its columns that there is.
fn plausible_day(
    row: &mut RowReader<'_, '_>,
    columns: [ColumnMeaning; 2],
    label: &'static str,
    days: FollowUpDays,
) -> Option<Date> {
    // A day that a remark told was judged there.
    let Some(place) = columns.into_iter().find_map(|column| row.place(column)) else { return days.day };
    follow_up_day(row, place, label, days)
}

/// Returns the period of a day without a year beside the visit: it is not before it.
fn implied_after(row: &RowReader<'_, '_>, visit: Option<Date>) -> Implied {
    visit.map_or_else(|| row.implied(), |visit| Implied::From(Month::from_date(visit)))
}

fn due_date(row: &mut RowReader<'_, '_>, visit: Option<Date>, assumed: &mut AssumedOnce) -> Option<Date> {
    let label = Field::Due.label();
    let Some(place) = row.place(ColumnMeaning::Due) else {
        if let Some(place) = row.place(ColumnMeaning::Item) {
            row.missing(place, label, "tabel ini tidak mempunyai kolom Target Selesai; tambahkan kolom itu");
        }
        return None;
    };
    let value = row.value(ColumnMeaning::Due);
    if is_blank(value) || value.and_then(|value| value.text()).is_some_and(is_dash) {
        row.missing(place, label, "baris ini memerlukannya");
        return None;
    }
    let implied = implied_after(row, visit);
    let as_date = row.dated(ColumnMeaning::Due, label, Some(implied));
    let (Err(fault), Some(value)) = (&as_date, value) else { return row.take(place, Field::Due, label, as_date) };
    if fault.code != IssueCode::InvalidDate {
        return row.take(place, Field::Due, label, as_date);
    }
    // Without the date of the visit nothing runs from it; that one is named already.
    let read = due::read(value, visit?);
    let due = row.take(place, Field::Due, label, read)?;
    let said = format!("{place} {} dibaca {}", quoted(value), format::date(due.date()));
    match due {
        Due::EndOf(..) => assumed.months.add(place, said),
        Due::After(_) => assumed.times.add(place, said),
    }
    Some(due.date())
}

/// When it was done: by its own column, else by the status.
fn done_date(row: &mut RowReader<'_, '_>, visit: Option<Date>, assumed: &mut AssumedOnce) -> Option<Date> {
    let by_date = match row.place(ColumnMeaning::Done) {
        Some(place) => date_or_progress(row, place, visit, assumed),
        None => ReadProgress::Open,
    };
    let Some(place) = row.place(ColumnMeaning::Status) else {
        let has_column = row.place(ColumnMeaning::Done).is_some();
        let said = if has_column { None } else { done_by_remark(row, visit, assumed) };
        return said.or_else(|| end(row, ColumnMeaning::Done, by_date, visit, assumed));
    };
    let status = status(row, ColumnMeaning::Status, visit, assumed);
    let is_silent = is_blank(row.value(ColumnMeaning::Status));
    match (by_date, status) {
        (ReadProgress::DoneOn(date), ReadProgress::Open) if !is_silent => {
            let shown = row.value(ColumnMeaning::Status).map(quoted).unwrap_or_default();
            let why = format!(
                "{shown} bertentangan dengan tanggal selesai {}; kosongkan statusnya atau tanggalnya",
                format::date(date)
            );
            row.wrong(place, "Status", &CellFault { code: IssueCode::InvalidDate, why });
            None
        }
        // A day says more than a word, in whichever column it stands.
        (ReadProgress::Done, ReadProgress::DoneOn(_)) => end(row, ColumnMeaning::Status, status, visit, assumed),
        (ReadProgress::DoneOn(_) | ReadProgress::Done, _) => end(row, ColumnMeaning::Done, by_date, visit, assumed),
        (_, status) => end(row, ColumnMeaning::Status, status, visit, assumed),
    }
}

/// Columns of remarks of a table that has neither a status nor a day of completion.
fn remarks_of(reader: &Reader<'_>) -> Vec<u32> {
    const REMARKS: [&str; 6] = ["keterangan", "ket", "hasil", "evaluasi", "capaian", "catatan"];
    let heading = &reader.table.heading;
    let has = |column: ColumnMeaning| heading.columns.contains_key(&column);
    if has(ColumnMeaning::Done) || has(ColumnMeaning::Status) {
        return Vec::new();
    }
    heading.columns_headed(reader.table.sheet, &REMARKS)
}

/// The day of completion by a remark that says nothing else: `selesai`, `selesai 20 Maret 2025`.
fn done_by_remark(row: &mut RowReader<'_, '_>, visit: Option<Date>, assumed: &mut AssumedOnce) -> Option<Date> {
    for column in assumed.remarks.clone() {
        let Some(text) = row.value_in(column).and_then(|value| value.text()).map(str::to_owned) else { continue };
        let place = row.place_in(column);
        let date = match progress::read(row.value_in(column), implied_after(row, visit)) {
            ReadProgress::DoneOn(date) => date,
            ReadProgress::Done => {
                let last = row.reader.table.received.months().1.last_day();
                visit.map_or(last, |visit| last.max(visit))
            }
            ReadProgress::Open | ReadProgress::Unknown => continue,
        };
        assumed.remarked.add(place, format!("{place} \"{}\" dibaca selesai {}", text.trim(), format::date(date)));
        let days = FollowUpDays { visit, day: Some(date) };
        let date = follow_up_day(row, place, Field::Done.label(), days)?;
        row.note(Field::Done, place);
        return Some(date);
    }
    None
}

/// Reads the progress in a cell, by what somebody said of its words.
fn status(
    row: &RowReader<'_, '_>,
    column: ColumnMeaning,
    visit: Option<Date>,
    assumed: &mut AssumedOnce,
) -> ReadProgress {
    let value = row.value(column);
    let known = progress::read(value, implied_after(row, visit));
    let Some(text) = value.and_then(|value| value.text()).filter(|text| !is_dash(text)) else { return known };
    let said = row.reader.table.paired(WordSort::Statuses, text);
    let progress = match said {
        Some("selesai") => ReadProgress::Done,
        Some(_) => ReadProgress::Open,
        None => known,
    };
    let is_done = match progress {
        ReadProgress::DoneOn(_) => return progress,
        ReadProgress::Done => Some(true),
        ReadProgress::Open => Some(false),
        ReadProgress::Unknown => None,
    };
    let Some(place) = row.place(column).filter(|_| !is_blank(value)) else { return progress };
    let is_said = said.is_some();
    let word = StatusWord { written: text.trim().to_owned(), place, count: 0, is_done, is_said };
    assumed.statuses.entry(plain_words(text)).or_insert(word).count += 1;
    progress
}

/// A cell of dates done: a date, a word for none yet, a word for done.
fn date_or_progress(
    row: &mut RowReader<'_, '_>,
    place: CellRef,
    visit: Option<Date>,
    assumed: &mut AssumedOnce,
) -> ReadProgress {
    let value = row.value(ColumnMeaning::Done);
    let implied = implied_after(row, visit);
    let own = status(row, ColumnMeaning::Done, visit, assumed);
    if own == ReadProgress::Open && value.and_then(|value| value.text()).is_some() {
        return ReadProgress::Open;
    }
    let label = Field::Done.label();
    let reading = row.dated(ColumnMeaning::Done, label, Some(implied));
    let is_text = value.and_then(|value| value.text()).is_some();
    match (&reading, own) {
        (Err(_), progress @ (ReadProgress::Done | ReadProgress::DoneOn(_))) if is_text => progress,
        _ => row.take(place, Field::Done, label, reading).map_or(ReadProgress::Open, ReadProgress::DoneOn),
    }
}

/// The date done of what a cell says.
fn end(
    row: &mut RowReader<'_, '_>,
    column: ColumnMeaning,
    progress: ReadProgress,
    visit: Option<Date>,
    assumed: &mut AssumedOnce,
) -> Option<Date> {
    let place = row.place(column)?;
    let date = match progress {
        ReadProgress::DoneOn(date) => date,
        ReadProgress::Done => {
            let last = row.reader.table.received.months().1.last_day();
            let date = visit.map_or(last, |visit| last.max(visit));
            let shown = row.value(column).map(quoted).unwrap_or_default();
            assumed.done.add(place, format!("{place} {shown} dibaca {}", format::date(date)));
            date
        }
        ReadProgress::Open => return None,
        ReadProgress::Unknown => {
            row.unknown_value(place, "Status", "tulis sudah, belum, atau tanggal selesainya");
            return None;
        }
    };
    if !row.has_noted(Field::Done) {
        row.note(Field::Done, place);
    }
    Some(date)
}

fn tell(reader: &mut Reader<'_>, assumed: AssumedOnce) {
    let AssumedOnce { months, times, done, statuses, remarked, .. } = assumed;
    if let Some((place, said)) = remarked.first {
        let count = remarked.count;
        let message = format!(
            "keterangan {count} baris dibaca sebagai status, karena tidak ada kolom Status atau Tanggal Selesai, misalnya {said}; \
             bila lain, tulis tanggalnya di kolom Tanggal Selesai"
        );
        reader.reading(place, message);
    }
    if let Some(unknown) = statuses.values().find(|word| word.is_done.is_none()) {
        offer_statuses(reader, unknown.place, &statuses);
    }
    if let Some((place, said)) = months.first {
        let count = months.count;
        let message = format!(
            "Target selesai: {count} sel hanya menyebut bulan atau triwulan, dibaca hari terakhirnya, misalnya {said}; bila lain, tulis tanggalnya"
        );
        reader.reading(place, message);
    }
    if let Some((place, said)) = times.first {
        let count = times.count;
        let message = format!(
            "Target selesai: {count} sel menyebut lamanya, dihitung dari tanggal pembinaan, misalnya {said}; bila lain, tulis tanggalnya"
        );
        reader.reading(place, message);
    }
    if let Some((place, said)) = done.first {
        let count = done.count;
        let message = format!(
            "Status: {count} baris bertanda sudah/selesai tanpa tanggal, dibaca selesai pada hari terakhir rekap, misalnya {said}; \
             bila lain, tulis tanggalnya di kolom Tanggal Selesai"
        );
        reader.reading(place, message);
        offer_statuses(reader, place, &statuses);
    }
}

/// Words under a status that are asked about at most.
const STATUSES_MAX: usize = 20;

/// Offers to say what the words under a status mean, those that nobody knows first.
fn offer_statuses(reader: &mut Reader<'_>, place: CellRef, statuses: &BTreeMap<String, StatusWord>) {
    let mut words: Vec<&StatusWord> = statuses.values().filter(|word| !word.is_said).collect();
    words.sort_by_key(|word| word.is_done.is_some());
    let value = |word: &StatusWord| match word.is_done {
        Some(true) => "selesai",
        Some(false) => "belum",
        None => "",
    };
    let label = |word: &StatusWord| format!("{} ({} baris)", word.written, word.count);
    let parts = words.iter().take(STATUSES_MAX).map(|word| part(&word.written, label(word), value(word)));
    let parts: Vec<OfferPart> = parts.collect();
    if !parts.is_empty() {
        reader.offer(place, WordSort::Statuses.offer_pairs(parts, status_choices()));
    }
}
