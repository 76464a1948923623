//! Pembinaan: a row a visit, with its points as far as it is known what they are out of.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use chrono::Datelike;

use super::Reader;
use super::cancelled::{leave_unscored, refuse_cancelled, remarks};
use super::evidence_cells::{ask_crosses, evidence};
use super::labelled_field::LabelledField;
use super::often::{Often, Once};
use super::pieces::Pieces;
use super::row::RowReader;
use super::stated_maximum::{Stated, stated};
use super::unmade::Unmade;
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, Field, VisitRow};
use crate::domain::{Month, Received, VisitDate, format};
use crate::recap::cells::number::{self, Dot, Number};
use crate::recap::cells::{CellFault, date, is_blank, is_dash, points, quoted};
use crate::recap::heading::{ColumnMeaning, key};
use crate::recap::{SaidWord, WordSort};
use crate::workbook::CellValue;

/// Reads the rows of a sheet *Pembinaan*.
pub(super) fn visits(reader: &mut Reader<'_>, rows: &mut Pieces<'_, VisitRow>) {
    // Few dates a facility, few forms in all: small sets of numbers instead of one large set of texts.
    let mut seen: BTreeMap<String, BTreeSet<(VisitDate, usize)>> = BTreeMap::new();
    let mut months = Dayless::from_reader(reader);
    let mut forms: BTreeMap<String, usize> = BTreeMap::new();
    tell_split(reader);
    ask_about_results(reader);
    reader.is_evidence_unclear = ask_crosses(reader);
    let scale = PointsScale::from_reader(reader);
    let remarks = remarks(reader);
    let mut unmade = Unmade::from_reader(reader);
    reader.each_row(&mut |row| {
        if unmade.count(row) {
            return;
        }
        let record = visit(row, &scale, months.are_first_days);
        refuse_cancelled(row, &remarks);
        let Some(mut record) = record else { return };
        leave_unscored(row, &remarks, &mut record);
        let next = forms.len();
        let key = (record.date, *forms.entry(plain_words(&record.form)).or_insert(next));
        let of_facility = match seen.get_mut(&record.facility) {
            Some(of_facility) => of_facility,
            None => seen.entry(record.facility.clone()).or_default(),
        };
        // Of a rejected row nothing is kept, so that a later one of its key counts.
        let is_new = if row.is_rejected() { !of_facility.contains(&key) } else { of_facility.insert(key) };
        let is_again = !is_new && record.date.day().is_none() && record.points.is_none();
        // One visit over several agreed actions: its row goes on.
        if !is_new && row.goes_on() {
            return;
        }
        if !is_new && !is_again {
            row.duplicate("pembinaan dengan nama, tanggal dan bentuk kegiatan yang sama");
        }
        if !row.is_rejected() {
            warn_outside(row, record.date);
        }
        if !row.is_rejected() {
            months.count(row, &record, is_again);
            rows.push(record, row.cells());
        }
    });
    months.tell(reader);
    reader.tell_villages(reader.table.heading.anchor);
    unmade.tell(reader);
}

/// Asks which of the columns below a heading of points is the score.
fn tell_split(reader: &mut Reader<'_>) {
    for (heading, place) in &reader.table.heading.unread {
        let message = format!(
            "\"{heading}\" terbagi atas beberapa kolom dan tidak jelas kolom mana yang skornya, jadi pembinaan tabel ini \
             disimpan tanpa skor; tambahkan kolom Skor Daftar Tilik berisi skor keseluruhan, lalu impor lagi"
        );
        reader.error(*place, IssueCode::UnknownValue, message);
    }
}

/// Asks whether results in numbers, where no column is one of points, are those.
fn ask_about_results(reader: &mut Reader<'_>) {
    const RESULTS: [&str; 4] = ["hasil", "hasilpembinaan", "hasilkunjungan", "hasilsupervisi"];
    let heading = &reader.table.heading;
    let Some(column) = heading.columns.get(&ColumnMeaning::Finding).copied() else { return };
    let texts = heading.texts(reader.table.sheet, column);
    let result = texts.into_iter().rev().find(|(_, text)| RESULTS.contains(&key(text).as_str()));
    let (Some((place, text)), false) = (result, heading.columns.contains_key(&ColumnMeaning::Points)) else { return };
    let mut cells = reader.data_cells(slice::from_ref(&column)).peekable();
    let is_score = |value: &CellValue| matches!(points::read(Some(value), Dot::Thousands), Ok(Some(_)));
    if cells.peek().is_none() || !cells.all(is_score) {
        return ask_about_points_in_words(reader, &text, place, column);
    }
    let message = format!(
        "kolom \"{text}\" berisi angka; bila itu skor daftar tilik, ganti judulnya menjadi Skor Daftar Tilik, lalu impor lagi, \
         karena sekarang disimpan sebagai temuan dan pembinaannya tanpa skor"
    );
    reader.error(place, IssueCode::UnknownValue, message);
}

/// Asks about points that stand among the words of results: `Nilai 85, kohort lengkap`.
fn ask_about_points_in_words(reader: &mut Reader<'_>, heading: &str, place: CellRef, column: u32) {
    let says_points = |value: &&CellValue| match value {
        CellValue::Number { .. } => true,
        CellValue::Text(text) => {
            let words = plain_words(text);
            let words: Vec<&str> = words.split(' ').collect();
            let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty();
            is_number(text.trim())
                || words.windows(2).any(|pair| ["nilai", "skor"].contains(&pair[0]) && is_number(pair[1]))
        }
        _ => false,
    };
    let mut telling = reader.data_cells(slice::from_ref(&column)).filter(says_points);
    let Some(first) = telling.next() else { return };
    let count = 1 + telling.count();
    let message = format!(
        "{count} sel di kolom \"{}\" menyebut nilai, misalnya {}; nilainya tidak dibaca dan pembinaannya disimpan tanpa skor; \
         tambahkan kolom Skor Daftar Tilik berisi angkanya, lalu impor lagi",
        heading.trim(),
        quoted(first)
    );
    reader.error(place, IssueCode::UnknownValue, message);
}

/// Visits of a month without a day, counted by the column that says the month.
struct Dayless {
    columns: BTreeMap<u32, OfColumn>,
    /// Excel keeps a month as its first day: all dates of the column are such.
    are_first_days: bool,
}

/// The guesses about one column.
struct OfColumn {
    /// Its first cell, and how that was read.
    first: (CellRef, String),
    count: u32,
    /// Rows that say the same as one before.
    again: u32,
}

/// As many first days of months make a column of months.
const FIRST_DAYS_MIN: usize = 3;

impl Dayless {
    fn from_reader(reader: &Reader<'_>) -> Self {
        let column = reader.table.heading.columns.get(&ColumnMeaning::Date);
        // In the recap of one month they may stand turned round: 5/1 for the fifth of January.
        let is_of_month = matches!(reader.table.received, Received::Month(_));
        let are_first_days = !is_of_month && column.is_some_and(|column| are_first_days(reader, *column));
        Self { columns: BTreeMap::new(), are_first_days }
    }

    fn count(&mut self, row: &RowReader<'_, '_>, record: &VisitRow, is_again: bool) {
        let VisitDate::Month(month) = record.date else { return };
        let Some((_, place)) = row.cells().into_iter().find(|(field, _)| *field == Field::Date) else { return };
        let of_column = self.columns.entry(place.column).or_insert_with(|| {
            let is_of_dates = row.place(ColumnMeaning::Date) == Some(place);
            let written = row.value(if is_of_dates { ColumnMeaning::Date } else { ColumnMeaning::ReportMonth });
            let shown = written.map(quoted).unwrap_or_default();
            OfColumn { first: (place, format!("{place} {shown} dibaca {}", format::month(month))), count: 0, again: 0 }
        });
        of_column.count += 1;
        of_column.again += u32::from(is_again);
    }

    fn tell(self, reader: &mut Reader<'_>) {
        for OfColumn { first: (place, first), count, again } in self.columns.into_values() {
            let again = match again {
                0 => String::new(),
                again => {
                    format!("; {again} di antaranya mengulang nama, bulan, dan bentuk yang sama, dihitung satu kali")
                }
            };
            let why = if self.are_first_days { " (setiap tanggal di kolom ini tanggal 1)" } else { "" };
            let message = format!(
                "{count} sel menyebut bulan tanpa tanggal{why}, jadi dibaca sebagai pembinaan pada bulan itu tanpa \
                 tanggal, misalnya {first}{again}; tulis tanggalnya dengan huruf (1 Mei 2023) bila diketahui"
            );
            reader.reading(place, message);
        }
    }
}

/// Reports whether all dates of a column are first days, of several months.
fn are_first_days(reader: &Reader<'_>, column: u32) -> bool {
    let cells = || reader.data_cells(slice::from_ref(&column));
    let days = || cells().filter_map(|cell| if let CellValue::Date(day) = cell { Some(*day) } else { None });
    // Most columns say at their first rows that they are none.
    if days().any(|day| day.day() != 1) {
        return false;
    }
    let months: BTreeSet<Month> = days().map(Month::from_date).collect();
    let is_other = |cell: &CellValue| cell.text().is_some_and(|text| date::parse(text).is_some());
    months.len() > 1 && days().count() >= FIRST_DAYS_MIN && !cells().any(is_other)
}

/// Reports whether a row has a month beside a blank day and nothing else was written: a card with all months printed on
/// it.
fn is_printed(row: &RowReader<'_, '_>) -> bool {
    const WRITTEN: [ColumnMeaning; 10] = [
        ColumnMeaning::Form,
        ColumnMeaning::Person,
        ColumnMeaning::Points,
        ColumnMeaning::AttendanceList,
        ColumnMeaning::Minutes,
        ColumnMeaning::Photos,
        ColumnMeaning::Aspect,
        ColumnMeaning::Finding,
        ColumnMeaning::Item,
        ColumnMeaning::Status,
    ];
    let is_blank_in = |column: ColumnMeaning| {
        let value = row.value(column);
        is_blank(value) || value.and_then(CellValue::text).is_some_and(is_dash)
    };
    let has_day = row.place(ColumnMeaning::Date).is_some() && row.place(ColumnMeaning::ReportMonth).is_some();
    has_day && is_blank_in(ColumnMeaning::Date) && WRITTEN.into_iter().all(is_blank_in)
}

fn visit(row: &mut RowReader<'_, '_>, scale: &PointsScale, are_first_days: bool) -> Option<VisitRow> {
    if is_printed(row) {
        return None;
    }
    row.fill_down();
    let date = row.visit_date(are_first_days);
    let facility = row.facility();
    let form = row.text(ColumnMeaning::Form, Field::Form).unwrap_or_default();
    let coach = row.text(ColumnMeaning::Person, Field::Person);
    let Score { points, maximum } = score(row, scale);
    let evidence = evidence(row);
    let aspect = row.text(ColumnMeaning::Aspect, Field::Aspect);
    let finding = row.text(ColumnMeaning::Finding, Field::Finding);
    Some(VisitRow {
        facility: facility?,
        date: date?,
        form,
        coach,
        points,
        maximum,
        attendance_list: evidence.attendance_list,
        minutes: evidence.minutes,
        photos: evidence.photos,
        aspect,
        finding,
    })
}

/// Points below one are parts of a maximum that is at least this; of a smaller one they may be points.
const FRACTIONS_MAXIMUM_MIN: f64 = 10.0;

/// Points and maximum of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Score {
    points: Option<f64>,
    maximum: Option<f64>,
}

/// Points need a maximum that they do not exceed; a maximum alone is unscored.
fn score(row: &mut RowReader<'_, '_>, scale: &PointsScale) -> Score {
    if *scale == PointsScale::Worded {
        return Score { points: None, maximum: row.number(ColumnMeaning::Maximum, Field::Maximum) };
    }
    if let PointsScale::Unscored { place, largest } = scale {
        let message = format!(
            "skor tidak dipakai: ada yang lebih dari 100 (terbesar {}) dan tidak ada kolom Skor Maksimal, jadi \
             pembinaannya dihitung tanpa skor; tambahkan kolom Skor Maksimal lalu impor lagi",
            format::count(*largest)
        );
        row.reader.reading(*place, message);
        row.reader.offer(*place, WordSort::Maximum.offer(None));
        return Score::default();
    }
    let Some(place) = row.place(ColumnMeaning::Points) else {
        return Score { points: None, maximum: row.number(ColumnMeaning::Maximum, Field::Maximum) };
    };
    let as_number = |value: Option<&CellValue>, dot: Dot| {
        let found = points::read(value, dot).map_err(|fault| in_words(value, fault))?;
        Ok(found.map(|found| Number { value: found.value, is_doubtful: found.is_doubtful }))
    };
    let value = row.number_by(place, LabelledField::from_field(Field::Points), as_number);
    let before = row.faults();
    let maximum = row.number(ColumnMeaning::Maximum, Field::Maximum);
    let is_wrong = row.faults() > before;
    let Some(value) = value else { return Score { points: None, maximum } };
    let written = points::read(row.value_in(place.column), Dot::Thousands).ok().flatten();
    let own = written.and_then(|written| written.out_of);
    let is_percent = written.is_some_and(|written| written.is_percent);
    let score = match (maximum, own, scale) {
        (Some(maximum), Some(_), _) if is_percent => of_percentage(row, place, value, maximum),
        (Some(maximum), Some(own), _) if !same(maximum, own) => {
            let why = format!(
                "tertulis dari {}, sedangkan skor maksimalnya {}; samakan keduanya",
                format::count(own),
                format::count(maximum)
            );
            row.wrong(place, "Skor daftar tilik", &CellFault { code: IssueCode::InvalidNumber, why });
            return Score { points: Some(value), maximum: Some(maximum) };
        }
        (Some(maximum), None, PointsScale::Fractions { .. }) => {
            of_percentage(row, place, number::percent_of(value), maximum)
        }
        (Some(maximum), ..) => Score { points: Some(value), maximum: Some(maximum) },
        (None, Some(own), _) => Score { points: Some(value), maximum: Some(own) },
        (None, None, PointsScale::OutOf(maximum)) => Score { points: Some(value), maximum: Some(*maximum) },
        (None, None, PointsScale::Fractions { has_maximum: false }) => {
            Score { points: Some(number::percent_of(value)), maximum: Some(points::PERCENT_MAXIMUM) }
        }
        (None, None, _) => Score { points: Some(value), maximum: None },
    };
    let is_bare_part = own.is_none() && !matches!(scale, PointsScale::Fractions { .. }) && value > 0.0 && value < 1.0;
    if is_bare_part && score.maximum.is_some_and(|maximum| maximum >= FRACTIONS_MAXIMUM_MIN) {
        let why = format!(
            "{} di bawah satu, sedangkan skor lain di kolom ini tidak; tulis {} bila maksudnya {} %, atau skor yang benar",
            format::number(value, 2),
            format::count(number::percent_of(value)),
            format::count(number::percent_of(value))
        );
        row.wrong(place, "Skor daftar tilik", &CellFault { code: IssueCode::InvalidNumber, why });
        return score;
    }
    check_score(row, place, score, is_wrong);
    score
}

/// `Baik` is no score, and a visit without one leaves its cell blank.
fn in_words(value: Option<&CellValue>, fault: CellFault) -> CellFault {
    let text = value.and_then(CellValue::text);
    let Some((value, text)) = value.zip(text).filter(|_| fault.code == IssueCode::InvalidNumber) else { return fault };
    let advice = if text.contains(|c: char| c.is_ascii_digit()) {
        "tulis angkanya, misalnya 85 atau 17/20"
    } else {
        "tulis angkanya, atau kosongkan bila tidak dinilai dengan angka"
    };
    CellFault { why: format!("{} bukan skor; {advice}", quoted(value)), ..fault }
}

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() < f64::EPSILON
}

/// A percentage beside a maximum: 85 % of 20 is 17.
fn of_percentage(row: &mut RowReader<'_, '_>, place: CellRef, percent: f64, maximum: f64) -> Score {
    let points = percent * maximum / points::PERCENT_MAXIMUM;
    let heading = CellRef { row: row.reader.table.heading.bottom, column: place.column };
    let message = format!(
        "skor yang tertulis sebagai persen dibaca sebagai bagian dari skor maksimal (yang pertama: {} % dari {} = {}); \
         tulis skornya tanpa persen bila maksudnya lain",
        format::count(percent),
        format::count(maximum),
        format::count(points)
    );
    row.reader.reading_once(heading, message);
    Score { points: Some(points), maximum: Some(maximum) }
}

fn check_score(row: &mut RowReader<'_, '_>, place: CellRef, score: Score, is_maximum_wrong: bool) {
    let Some(value) = score.points else { return };
    match score.maximum {
        None if !is_maximum_wrong => {
            let blank = row.place(ColumnMeaning::Maximum).unwrap_or(place);
            row.missing(blank, "Skor maksimal", "ada skor daftar tilik");
        }
        Some(maximum) if value > maximum => {
            let why = format!(
                "{} melebihi skor maksimal {}; perbaiki salah satunya",
                format::count(value),
                format::count(maximum)
            );
            row.wrong(place, "Skor daftar tilik", &CellFault { code: IssueCode::ScoreAboveMaximum, why });
        }
        _ => {}
    }
}

/// The maximum of the bare numbers in the column of points.
#[derive(Clone, Copy, Debug, PartialEq)]
enum PointsScale {
    /// The column of maxima says it, cell by cell.
    Cells,
    /// All of them of this.
    OutOf(f64),
    /// They are parts of one: 0,85 is 85 of 100, or of the maximum beside it.
    Fractions { has_maximum: bool },
    /// There is none: they are words, under a heading that need not be one of points.
    Worded,
    /// Nothing says it, and some exceed a hundred.
    Unscored { place: CellRef, largest: f64 },
}

impl PointsScale {
    /// Decides by the heading and by all rows of the column, and tells what it assumes.
    fn from_reader(reader: &mut Reader<'_>) -> Self {
        let table = reader.table;
        let Some(column) = table.heading.columns.get(&ColumnMeaning::Points).copied() else { return Self::Cells };
        if let Some((place, shown)) = words_of(reader, column) {
            let message = format!(
                "kolom ini berisi kata ({shown}), bukan angka, jadi pembinaannya dihitung tanpa skor; tulis angkanya bila ada"
            );
            reader.reading(place, message);
            return Self::Worded;
        }
        let has_maximum = table.heading.columns.contains_key(&ColumnMeaning::Maximum);
        // Most tables have maxima and points above one: the first row tells.
        let exceeds_one = |value: &CellValue| {
            let found = points::read(Some(value), Dot::Thousands).ok().flatten();
            found.is_some_and(|found| found.out_of.is_none() && found.value > 1.0)
        };
        let said = table.said_maximum();
        if has_maximum && reader.cells_of(column).any(exceeds_one) {
            return said.map_or(Self::Cells, Self::OutOf);
        }
        let dot = reader.dot(column);
        let bare: Vec<f64> = reader
            .data_cells(&[column])
            .filter_map(|value| points::read(Some(value), dot).ok().flatten())
            .filter(|found| found.out_of.is_none())
            .map(|found| found.value)
            .collect();
        let Some(largest) = bare.iter().copied().max_by(f64::total_cmp) else { return Self::Cells };
        let texts = table.heading.texts(table.sheet, column);
        let place = texts.last().map_or(table.heading.anchor, |(place, _)| *place);
        let are_fractions = largest <= 1.0 && bare.iter().any(|value| *value > 0.0 && *value < 1.0);
        if let Some(maximum) = said.filter(|_| !are_fractions) {
            return Self::OutOf(maximum);
        }
        if has_maximum {
            return if are_fractions && Self::maxima_are_large(reader) {
                Self::Fractions { has_maximum }
            } else {
                Self::Cells
            };
        }
        let smallest = bare.iter().copied().fold(f64::INFINITY, f64::min);
        let named = texts.iter().rev().find_map(|(_, text)| points::maximum_named(text));
        let stated = if named.is_none() { stated(reader, column, largest) } else { None };
        if tell_several_maxima(reader, stated.as_ref()) {
            return Self::Worded;
        }
        let (scale, said) = match named {
            Some(maximum) if !are_fractions => (Self::OutOf(maximum), "menurut judul kolomnya".to_owned()),
            _ if are_fractions => (Self::Fractions { has_maximum }, "sebagai persen (0,85 = 85)".to_owned()),
            _ if let Some(Stated::Of(maximum, place)) = &stated => (Self::OutOf(*maximum), format!("menurut {place}")),
            _ if largest > points::PERCENT_MAXIMUM => return Self::Unscored { place, largest },
            _ if let Some(maximum) = maximum_by_percentages(reader, column) => {
                (Self::OutOf(maximum), "menurut persentase di sampingnya".to_owned())
            }
            _ => (Self::OutOf(points::PERCENT_MAXIMUM), "karena tidak ada kolom Skor Maksimal".to_owned()),
        };
        let maximum = if let Self::OutOf(maximum) = scale { maximum } else { points::PERCENT_MAXIMUM };
        let message = format!(
            "skor dibaca dari {} {said} ({} nilai, terendah {}, tertinggi {}); tambahkan kolom Skor Maksimal bila \
             maksimalnya lain",
            format::count(maximum),
            bare.len(),
            format::count(smallest),
            format::count(largest)
        );
        reader.reading(place, message);
        if !has_maximum {
            reader.offer(place, WordSort::Maximum.offer(Some(&SaidWord::Maximum(maximum))));
        }
        scale
    }

    /// Reports whether points below one must be parts of their maxima: of a small maximum they may be points.
    fn maxima_are_large(reader: &Reader<'_>) -> bool {
        let Some(column) = reader.table.heading.columns.get(&ColumnMeaning::Maximum) else { return false };
        let maxima = reader.data_cells(slice::from_ref(column));
        let mut values = maxima.filter_map(|value| number::read(Some(value), Dot::Thousands).ok().flatten());
        values.all(|maximum| maximum.value >= FRACTIONS_MAXIMUM_MIN)
    }
}

/// Asks which of several maxima is meant, where there are several.
fn tell_several_maxima(reader: &mut Reader<'_>, stated: Option<&Stated>) -> bool {
    let Some(Stated::Several(maxima, place)) = stated else { return false };
    let named: Vec<String> = maxima.iter().map(|maximum| format::count(*maximum)).collect();
    let message = format!(
        "beberapa skor maksimal tertulis di sekitar tabel ini ({}) dan tidak jelas mana yang berlaku, jadi pembinaannya \
         disimpan tanpa skor; tambahkan kolom Skor Maksimal, lalu impor lagi",
        named.join(", ")
    );
    reader.error(*place, IssueCode::UnknownValue, message);
    true
}

/// The heading and the first word of a column that may be one of points and holds words alone.
fn words_of(reader: &Reader<'_>, column: u32) -> Option<(CellRef, String)> {
    const MAY_BE_WORDS: [&str; 11] = [
        "hasildaftartilik",
        "hasilpenilaiandaftartilik",
        "hasiltilik",
        "hasilchecklist",
        "hasilceklist",
        "hasilceklis",
        "hasilpenilaian",
        "penilaian",
        "daftartilik",
        "ratarata",
        "hasil",
    ];
    let texts = reader.table.heading.texts(reader.table.sheet, column);
    let (place, _) = texts.iter().rev().find(|(_, text)| MAY_BE_WORDS.contains(&key(text).as_str()))?;
    let cells = || reader.data_cells(slice::from_ref(&column));
    let first = cells().find_map(|value| value.text())?;
    let has_digit = |value: &CellValue| value.text().is_none_or(|text| text.contains(|c: char| c.is_ascii_digit()));
    (!cells().any(has_digit)).then(|| (*place, quoted(&CellValue::Text(first.into()))))
}

/// The maximum that the percentages beside bare points come to: 17 and 85 % are of 20.
fn maximum_by_percentages(reader: &Reader<'_>, points: u32) -> Option<f64> {
    let heading = &reader.table.heading;
    let is_percentage = |column: &u32| {
        let texts = heading.texts(reader.table.sheet, *column);
        let key = texts.last().map(|(_, text)| key(text)).unwrap_or_default();
        *column != points && ["%", "persen", "persentase", "prosentase", "nilai%", "skor%"].contains(&key.as_str())
    };
    let column = (heading.extent.0..=heading.extent.1).find(is_percentage)?;
    let dot = Dot::Thousands;
    let rows = reader.table.sheet.rows.iter();
    let rows = rows.filter(|row| row.index > heading.bottom && row.index <= reader.table.last_row);
    let implied = rows.filter_map(|row| {
        let own = points::read(row.get(points), dot).ok().flatten()?.value;
        let share = number::read_percent(row.get(column), dot).ok().flatten()?.value;
        let share = if share <= 1.0 { number::percent_of(share) } else { share };
        (own > 0.0 && share > 0.0).then(|| own * points::PERCENT_MAXIMUM / share)
    });
    let implied: Vec<f64> = implied.collect();
    let maximum = implied.first()?.round();
    let is_it = |own: &f64| (own - maximum).abs() <= maximum * PERCENTAGES_TOLERANCE;
    implied.iter().all(is_it).then_some(maximum).filter(|maximum| *maximum >= 1.0)
}

/// Largest distance of rounded percentages from the maximum, as a part of it.
const PERCENTAGES_TOLERANCE: f64 = 0.03;

/// A day so many years from the title's is mistyped.
const FAR_YEARS: i32 = 2;

/// Months of a school year in the year after the one in which it begins.
const SCHOOL_MONTHS_AFTER: i32 = 6;

/// Visits out of the period of their title.
const OUTSIDE: Often = Often {
    code: IssueCode::OutsidePeriod,
    label: "Tanggal",
    many: "tanggal di luar periode yang tertulis di judul",
    remedy: "tetap dipakai, periksa tanggalnya",
};

fn warn_outside(row: &mut RowReader<'_, '_>, date: VisitDate) {
    let (first, mut last) = row.reader.table.received.months();
    if row.reader.school_year.is_some() {
        // It ends in the next year.
        last = last.plus(SCHOOL_MONTHS_AFTER);
    }
    if let Some(place) = row.place(ColumnMeaning::Date).filter(|_| !(first..=last).contains(&date.month())) {
        let period = format::received(row.reader.table.received);
        let years = (date.month().year() - row.reader.table.received.year()).abs();
        if years >= FAR_YEARS {
            let why =
                format!("{} jauh di luar {period} yang tertulis di judul; betulkan tahunnya", format::visit_date(date));
            row.wrong(place, "Tanggal", &CellFault { code: IssueCode::InvalidDate, why });
            return;
        }
        // The day and month of the title, a year beside it: a year that was not thought of.
        let received = row.reader.table.received;
        let is_month = matches!(received, Received::Month(month) if month.month() == date.month().month());
        if is_month && years == 1 {
            let why = format!(
                "{} tepat setahun di luar {period} yang tertulis di judul, mungkin salah ketik; betulkan tahunnya, atau pindahkan \
                 barisnya ke rekap {}",
                format::visit_date(date),
                format::month(date.month())
            );
            row.wrong(place, "Tanggal", &CellFault { code: IssueCode::InvalidDate, why });
            return;
        }
        let day = format::visit_date(date);
        let alone = format!("Tanggal: {day} di luar {period} yang tertulis di judul; {}", OUTSIDE.remedy);
        row.reader.warn_once(OUTSIDE, Once { place, alone, shown: day });
    }
}
