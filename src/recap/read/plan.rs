//! Jadwal and Perubahan Jadwal.

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use super::plan_letters::PlanLetters;
use super::row::RowReader;
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, ChangeRow, Field, SlotRow, Sourced};
use crate::domain::{ChangeApproval, Month, format};
use crate::recap::cells::mark::{Mark, any, planned};
use crate::recap::cells::month::{MonthMove, read, read_moved};
use crate::recap::cells::{self, CellFault, CellReading, date, done, is_ditto};
use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::MonthColumn;
use crate::recap::legend::signs::{SignMeaning, Signs};
use crate::recap::months_across::is_week_named;
use crate::recap::{Chosen, FoundTable, SignsRead, WordSort};
use crate::workbook::CellValue;

/// Planned months: a record for each mark.
pub(super) fn schedule(reader: &mut Reader<'_>, months: &[(u32, u32)]) -> Vec<Sourced<SlotRow>> {
    let from_1904 = reader.table.counts_from_1904;
    let mut rows = Vec::new();
    let mut seen: BTreeSet<(String, Month)> = BTreeSet::new();
    let signs = signs_of(reader, months);
    let mut told = SignsSeen { is_by_colours: reader.table.signs_read == SignsRead::Planned, ..SignsSeen::default() };
    let mut above = PersonsAbove::default();
    let mut letters = PlanLetters::from_table(reader.table);
    let remarks = remarks_of(reader);
    reader.each_row(&mut |row| {
        row.fill_down();
        warn_of_moves(row, &remarks);
        let facility = row.facility();
        let name_cells = row.cells();
        let in_charge =
            written_words(row, ColumnMeaning::Person, Field::Person).map(|person| person.named(&mut letters));
        let mut slots: Vec<(Month, CellRef)> = Vec::new();
        let mut going: Vec<(u32, WrittenWords)> = Vec::new();
        for (month, column) in months {
            let place = row.place_in(*column);
            let label = format::MONTHS[*month as usize - 1];
            let value = row.value_in(*column);
            if row.reader.is_struck_month(place) {
                continue;
            }
            let month = row.reader.month_across(*month, *column);
            let is_day = is_day_or_week(value, month, from_1904);
            let is_filled = row.reader.table.planned_fills.binary_search(&place).is_ok();
            let meaning = signs.meaning(value).filter(|_| !is_filled);
            told.count(place, value, meaning);
            let mark = one_month(row, place, mark_of(row.reader.table, value, meaning, is_filled), months);
            // Weeks stand below their month: it is planned once.
            let month = month.filter(|month| !slots.iter().any(|(known, _)| known == month));
            // Who goes there may stand in the place of a mark.
            if let Some(month) = month.filter(|_| meaning == Some(&SignMeaning::Planned)) {
                let text = value.and_then(CellValue::text).and_then(|text| letters.names(text, place));
                going.extend(text.map(|text| (month.month(), WrittenWords { text, place })));
            }
            match row.take(place, Field::Month, label, mark) {
                Some(Mark::Yes) => slots.extend(month.map(|month| (month, place))),
                Some(Mark::Unknown) if is_day => slots.extend(month.map(|month| (month, place))),
                Some(Mark::Unknown) => {
                    told.count_unknown(place, value);
                    row.unknown_value(place, label, "beri tanda X pada bulan yang direncanakan");
                    row.reader.offer_marks(place);
                }
                Some(Mark::No) | None => {}
            }
        }
        let mut persons = above.of_months(row, &mut letters);
        persons.append(&mut going);
        let Some(facility) = facility else { return };
        if slots.iter().any(|(month, _)| seen.contains(&(facility.clone(), *month))) {
            row.duplicate("bulan yang sama untuk nama ini");
        }
        if row.is_rejected() {
            return;
        }
        for (month, place) in slots {
            seen.insert((facility.clone(), month));
            let person = persons.iter().find(|(of, _)| *of == month.month()).map(|(_, person)| person);
            let person = person.or(in_charge.as_ref());
            let mut cells = name_cells.clone();
            cells.push((Field::Month, place));
            cells.extend(person.map(|person| (Field::Person, person.place)));
            let person = person.map(|person| person.text.clone());
            rows.push(Sourced { record: SlotRow { facility: facility.clone(), month, person }, cells });
        }
    });
    told.tell(reader, &signs, rows.is_empty());
    above.tell(reader);
    letters.tell(reader);
    rows
}

/// The signs of a plan, by its legend and the cells below its months.
fn signs_of(reader: &Reader<'_>, months: &[(u32, u32)]) -> Signs {
    let columns: Vec<u32> = months.iter().map(|(_, column)| *column).collect();
    Signs::from_legend(&reader.table.legend, reader.data_cells(&columns))
}

/// Asks for the meaning of signs of which none is known: they plan nothing as they stand.
fn ask_for_marks(reader: &mut Reader<'_>, place: CellRef, shown: &str) {
    let message = format!(
        "tidak satu tanda pun di tabel ini dikenal, misalnya {shown}, jadi tidak ada rencana yang disimpan; beri tanda X pada bulan yang \
         direncanakan, atau terangkan tandanya di bawah tabel (misalnya AN = Ani), lalu impor lagi"
    );
    reader.error(place, IssueCode::UnknownValue, message);
}

/// The mark of a cell, where it is of one month: a bar over several may plan one visit or one in each.
fn one_month(
    row: &RowReader<'_, '_>,
    place: CellRef,
    mark: CellReading<Mark>,
    months: &[(u32, u32)],
) -> CellReading<Mark> {
    let sheet = row.reader.table.sheet;
    let area = sheet.merge_at(place).filter(|_| matches!(mark, Ok(Some(Mark::Yes))));
    let Some(area) = area else { return mark };
    let is_below = |column: &u32| (area.first.column..=area.last.column).contains(column);
    let mut below: Vec<u32> = months.iter().filter(|(_, column)| is_below(column)).map(|(month, _)| *month).collect();
    below.dedup();
    let [first, .., last] = &below[..] else { return mark };
    let [first, last] = [first, last].map(|month| format::MONTHS[*month as usize - 1]);
    Err(CellFault {
        code: IssueCode::UnknownValue,
        why: format!(
            "satu tanda di sel gabungan {first}–{last}, tidak jelas satu kunjungan atau setiap bulan; pisahkan selnya (Unmerge \
             Cells) lalu beri tanda X pada bulan yang direncanakan"
        ),
    })
}

/// Columns of remarks of a plan.
fn remarks_of(reader: &Reader<'_>) -> Vec<u32> {
    const REMARKS: [&str; 4] = ["keterangan", "ket", "catatan", "keteranganlain"];
    reader.table.heading.columns_headed(reader.table.sheet, &REMARKS)
}

/// Warns of remarks that move or cancel a visit: the plan stays as it is marked, and whoever wrote it must know.
fn warn_of_moves(row: &mut RowReader<'_, '_>, remarks: &[u32]) {
    const MOVES: [&str; 18] = [
        "diganti",
        "ganti",
        "pindah",
        "dipindah",
        "dipindahkan",
        "diundur",
        "mundur",
        "dimajukan",
        "maju",
        "ditunda",
        "tunda",
        "batal",
        "dibatalkan",
        "dijadwal ulang",
        "dijadwalkan ulang",
        "reschedule",
        "digeser",
        "geser",
    ];
    for column in remarks {
        let Some(text) = row.value_in(*column).and_then(CellValue::text).map(str::to_owned) else { continue };
        let words = format!(" {} ", plain_words(&text));
        if MOVES.iter().any(|word| words.contains(&format!(" {word} "))) {
            let place = row.place_in(*column);
            let message = format!(
                "keterangan \"{}\" tidak dibaca, jadwalnya tetap seperti bulan yang ditandai; tulis perubahannya di tabel \
                 Perubahan Jadwal",
                text.trim()
            );
            row.reader.warn(place, IssueCode::UnknownValue, message);
        }
    }
}

/// Reports whether a cell holds the day or the week of a visit, which plans it as a mark does.
fn is_day_or_week(value: Option<&CellValue>, month: Option<Month>, from_1904: bool) -> bool {
    let is_day = month.is_some_and(|month| date::is_day_of(value, month, from_1904));
    is_day || value.and_then(CellValue::text).is_some_and(is_week_named)
}

/// The mark of a plan's cell: by its colour, by what a legend says of its sign, else as people mark.
fn mark_of(
    table: &FoundTable<'_>,
    value: Option<&CellValue>,
    meaning: Option<&SignMeaning>,
    is_filled: bool,
) -> CellReading<Mark> {
    let marks = table.chosen(WordSort::Marks);
    match meaning {
        _ if is_filled => Ok(Some(Mark::Yes)),
        // Colours plan there.
        Some(SignMeaning::Done) if table.signs_read == SignsRead::Planned => Ok(Some(Mark::No)),
        Some(SignMeaning::Planned | SignMeaning::Done | SignMeaning::Missed(_)) => Ok(Some(Mark::Yes)),
        Some(SignMeaning::Not(_)) => Ok(Some(Mark::No)),
        None if marks == Some(Chosen::AnyMark) => any(value),
        None if marks == Some(Chosen::TicksAlone) => ticked(value),
        None => planned(value),
    }
}

/// A cell of a plan in which nothing but a tick counts.
fn ticked(value: Option<&CellValue>) -> CellReading<Mark> {
    let is_tick = value.is_some_and(|value| !done::is_cross(value) && done::is_tick(value));
    Ok(planned(value)?.map(|_| if is_tick { Mark::Yes } else { Mark::No }))
}

/// A plan that lists its visits by day: the months of the days.
pub(super) fn listed(reader: &mut Reader<'_>) -> Vec<Sourced<SlotRow>> {
    let mut rows = Vec::new();
    let mut seen: BTreeMap<(String, Month), usize> = BTreeMap::new();
    let mut letters = PlanLetters::from_table(reader.table);
    let remarks = remarks_of(reader);
    reader.each_row(&mut |row| {
        row.fill_down();
        warn_of_moves(row, &remarks);
        let date = row.visit_date(false);
        let facility = row.facility();
        let mut cells = row.cells();
        let person = written_words(row, ColumnMeaning::Person, Field::Person).map(|person| person.named(&mut letters));
        let Some((facility, date)) = facility.zip(date).filter(|_| !row.is_rejected()) else { return };
        let month = date.month();
        if let Some(place) = seen.get(&(facility.clone(), month)) {
            return also(&mut rows[*place], person);
        }
        seen.insert((facility.clone(), month), rows.len());
        for (field, _) in &mut cells {
            *field = if *field == Field::Date { Field::Month } else { *field };
        }
        cells.extend(person.as_ref().map(|person| (Field::Person, person.place)));
        let person = person.map(|person| person.text);
        rows.push(Sourced { record: SlotRow { facility, month, person }, cells });
    });
    letters.tell(reader);
    if !rows.is_empty() {
        let message = format!(
            "judulnya menyebut jadwal atau rencana, maka {} bulan dibaca sebagai rencana, bukan sebagai pembinaan yang sudah \
             dilaksanakan; bila sudah dilaksanakan, tulis REKAP PEMBINAAN pada judulnya",
            rows.len()
        );
        reader.reading(reader.table.heading.anchor, message);
    }
    rows
}

/// Words of a cell and where they stand.
#[derive(Clone, Debug)]
struct WrittenWords {
    text: String,
    place: CellRef,
}

impl WrittenWords {
    /// The persons whose letters these words are, else the words themselves.
    fn named(self, letters: &mut PlanLetters) -> Self {
        let Self { text, place } = self;
        Self { text: letters.names(&text, place).unwrap_or(text), place }
    }
}

/// The words of a field's column; marks for "as above" with nothing above are named and blank. A cell that cannot be
/// read refuses its row.
fn written_words(row: &mut RowReader<'_, '_>, column: ColumnMeaning, field: Field) -> Option<WrittenWords> {
    let place = row.place(column)?;
    if row.value(column).and_then(CellValue::text).is_some_and(is_ditto) {
        row.unknown_value(place, field.label(), "di atasnya tidak ada isi yang sama; tulis isinya");
        return None;
    }
    let text = cells::text(row.value(column)).map(|text| text.filter(|text| !cells::is_dash(text)));
    match text {
        Ok(text) => text.map(|text| WrittenWords { text, place }),
        Err(fault) => {
            row.wrong(place, field.label(), &fault);
            None
        }
    }
}

/// A further day of a month that is planned already: whoever else is in charge of it.
fn also(slot: &mut Sourced<SlotRow>, person: Option<WrittenWords>) {
    let Some(WrittenWords { text, place }) = person else { return };
    match &mut slot.record.person {
        Some(known) if known.split(", ").any(|one| one == text) => {}
        Some(known) => {
            known.push_str(", ");
            known.push_str(&text);
        }
        None => {
            slot.record.person = Some(text);
            slot.cells.push((Field::Person, place));
        }
    }
}

/// The persons of the rows above, in columns that belong to a month; and what was filled from them: the first cell, whom
/// it was read as, and how many.
#[derive(Default)]
struct PersonsAbove {
    by_column: BTreeMap<u32, WrittenWords>,
    first: Option<WrittenWords>,
    filled: u32,
}

impl PersonsAbove {
    /// Who is in charge of the row's visits, by month, where the months have a column for it.
    fn of_months(&mut self, row: &mut RowReader<'_, '_>, letters: &mut PlanLetters) -> Vec<(u32, WrittenWords)> {
        let mut persons = Vec::new();
        for MonthColumn { month, column } in &row.reader.table.heading.persons {
            let place = row.place_in(*column);
            let seen = row.reader.table.sheet.seen(place).filter(|(at, _)| at.row > row.reader.table.heading.bottom);
            let value = seen.map(|(_, value)| value);
            if value.and_then(CellValue::text).is_some_and(is_ditto) {
                if let Some(person) = self.by_column.get(column) {
                    self.first.get_or_insert_with(|| WrittenWords { text: person.text.clone(), place });
                    self.filled += 1;
                    persons.push((*month, person.clone()));
                }
                continue;
            }
            match cells::text(value).map(|text| text.filter(|text| !cells::is_dash(text))) {
                Ok(Some(text)) => {
                    let person = WrittenWords { text, place }.named(letters);
                    self.by_column.insert(*column, person.clone());
                    persons.push((*month, person));
                }
                Ok(None) => {}
                Err(fault) => row.wrong(place, Field::Person.label(), &fault),
            }
        }
        persons
    }

    /// Tells what was filled.
    fn tell(self, reader: &mut Reader<'_>) {
        let Some(WrittenWords { text, place }) = self.first else { return };
        let message = format!(
            "{}: {} sel bertanda sama (\", idem, sda) dibaca sama dengan sel di atasnya, misalnya {place} dibaca \"{text}\"; \
             bila bukan, isi selnya",
            Field::Person.label(),
            self.filled
        );
        reader.reading(place, message);
    }
}

/// Signs that were read by a legend, or because no other is used: the first cell of each and how many there are.
#[derive(Default)]
struct SignsSeen {
    signs: BTreeMap<String, SignSeen>,
    /// The first sign that nobody knows, as it is shown.
    unknown: Option<(CellRef, String)>,
    /// Colours plan, so that a sign of what was done plans nothing.
    is_by_colours: bool,
}

struct SignSeen {
    place: CellRef,
    meaning: SignMeaning,
    count: u32,
}

impl SignsSeen {
    fn count(&mut self, place: CellRef, value: Option<&CellValue>, meaning: Option<&SignMeaning>) {
        let Some((meaning, sign)) = meaning.zip(value.and_then(CellValue::text)) else { return };
        let seen = self.signs.entry(sign.trim().to_owned());
        seen.or_insert(SignSeen { place, meaning: meaning.clone(), count: 0 }).count += 1;
    }

    fn count_unknown(&mut self, place: CellRef, value: Option<&CellValue>) {
        self.unknown.get_or_insert_with(|| (place, value.map(cells::quoted).unwrap_or_default()));
    }

    /// Tells the signs that were read, and asks for those of a plan that has no slot.
    fn tell(self, reader: &mut Reader<'_>, signs: &Signs, is_without_slots: bool) {
        if let Some((place, shown)) = self.unknown.filter(|_| is_without_slots) {
            ask_for_marks(reader, place, &shown);
        }
        for (sign, SignSeen { place, meaning, count }) in self.signs {
            let message = match meaning {
                SignMeaning::Planned if signs.only.is_some() => format!(
                    "tanda {sign} dibaca sebagai rencana ({count} sel), karena di jadwal ini tidak ada tanda lain; pakai X bila lain"
                ),
                SignMeaning::Planned => {
                    format!("tanda {sign} dibaca sebagai rencana menurut keterangan di lembar ini ({count} sel)")
                }
                SignMeaning::Done if self.is_by_colours => format!(
                    "tanda {sign} menurut keterangan sudah terlaksana, dibaca sebagai pembinaan bulan itu; rencananya dibaca dari \
                     warna sel ({count} sel bertanda tanpa warna rencana)"
                ),
                SignMeaning::Done => format!(
                    "tanda {sign} menurut keterangan sudah terlaksana, dibaca sebagai rencana bulan itu dan sebagai pembinaan \
                     bulan itu ({count} sel)"
                ),
                SignMeaning::Missed(said) => format!(
                    "tanda {sign} menurut keterangan \"{said}\", dibaca sebagai rencana bulan itu tanpa pembinaan ({count} sel)"
                ),
                SignMeaning::Not(said) => format!(
                    "tanda {sign} menurut keterangan \"{said}\", jadi tidak dibaca sebagai rencana ({count} sel); bila tetap \
                     rencana, ganti dengan X"
                ),
            };
            reader.reading(place, message);
        }
    }
}

/// Changes in row order: a change may name the month to which one before it moved the slot.
pub(super) fn changes(reader: &mut Reader<'_>) -> Vec<Sourced<ChangeRow>> {
    let mut plan = reader.context.plan();
    let mut rows = Vec::new();
    reader.each_row(&mut |row| {
        row.fill_down();
        let facility = row.facility();
        let named = needed_month(row, ColumnMeaning::Planned, Field::Month, "Jadwal Pelaksanaan", read);
        let moved = needed_month(row, ColumnMeaning::Moved, Field::MovedTo, "Perubahan Jadwal", read_moved);
        let reason = written_words(row, ColumnMeaning::Reason, Field::Reason);
        let number = written_words(row, ColumnMeaning::LetterNumber, Field::LetterNumber);
        let approver = written_words(row, ColumnMeaning::Approver, Field::Approver);
        check_year(row, named, moved);
        if let (Some(facility), Some(named)) = (&facility, named)
            && !plan.names_a_slot(facility, named)
        {
            unknown_slot(row, facility, named, &plan.months_of(facility));
        }
        if let (Some(facility), Some(named), Some(moved), false) = (facility, named, moved, row.is_rejected()) {
            let moved_to = match moved {
                MonthMove::To(month) => Some(month),
                MonthMove::Cancelled => None,
            };
            plan.apply_change(&facility, named, moved_to);
            let mut cells = row.cells();
            cells.extend(reason.as_ref().map(|reason| (Field::Reason, reason.place)));
            cells.extend(number.as_ref().map(|number| (Field::LetterNumber, number.place)));
            cells.extend(approver.as_ref().map(|approver| (Field::Approver, approver.place)));
            let reason = reason.map(|reason| reason.text);
            let approval = ChangeApproval {
                number: number.map(|number| number.text),
                approver: approver.map(|approver| approver.text),
            };
            rows.push(Sourced { record: ChangeRow { facility, named, moved_to, reason, approval }, cells });
        }
    });
    rows
}

fn needed_month<T>(
    row: &mut RowReader<'_, '_>,
    column: ColumnMeaning,
    field: Field,
    label: &str,
    read: fn(Option<&crate::workbook::CellValue>, i32, bool) -> CellReading<T>,
) -> Option<T> {
    let place = row.place(column)?;
    let (value, year, from_1904) = row.month_value(column);
    let reading = read(value, year, from_1904);
    if matches!(reading, Ok(None)) {
        row.missing(place, label, "perubahan memerlukan bulan semula dan bulan baru (atau Dibatalkan)");
        return None;
    }
    row.take(place, field, label, reading)
}

/// A slot stays in its year.
fn check_year(row: &mut RowReader<'_, '_>, named: Option<Month>, moved: Option<MonthMove>) {
    if let (Some(named), Some(MonthMove::To(moved)), Some(place)) = (named, moved, row.place(ColumnMeaning::Moved))
        && named.year() != moved.year()
    {
        let why = format!(
            "{} berada di tahun lain dari {}; jadwal hanya dapat dipindah dalam tahun yang sama",
            format::month(moved),
            format::month(named)
        );
        row.wrong(place, "Perubahan Jadwal", &CellFault { code: IssueCode::InvalidDate, why });
    }
}

fn unknown_slot(row: &mut RowReader<'_, '_>, facility: &str, named: Month, planned: &[Month]) {
    let Some(place) = row.place(ColumnMeaning::Planned) else { return };
    let planned: Vec<String> = planned.iter().map(|month| format::month(*month)).collect();
    let hint = if planned.is_empty() {
        "tidak ada jadwal untuknya; impor Jadwal dulu".to_owned()
    } else {
        format!("yang dijadwalkan {}; perbaiki bulannya", planned.join(", "))
    };
    let why = format!("{facility} tidak dijadwalkan pada {}; {hint}", format::month(named));
    row.wrong(place, "Jadwal Pelaksanaan", &CellFault { code: IssueCode::UnknownSlot, why });
}
