//! Filled checklists whose items an instrument knows, laid out anew as rows of Daftar Tilik: whose and of when they are say
//! labels beside them or the titles above. Lists that no instrument knows are those of [`super::checklist`].

use super::filled_list::{AnswerCells, FilledList, item_code, item_text};
use super::filled_sums::{ListSums, differences};
use super::page::{NewCell, NewSheet};
use super::upright::{UprightForm, forms_outside, laid_out};
use crate::domain::format::MONTHS;
use crate::domain::instrument::{
    FittingInstrument, GivenAnswer, Instrument, InstrumentBook, ItemAnswer, ItemSum, is_same_points,
};
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::number::{Dot, read as read_number};
use crate::recap::cells::{answer, date};
use crate::recap::facility_words::is_facility;
use crate::recap::heading::ColumnMeaning;
use crate::recap::questions::{ASK_INSTRUMENT, ASK_UNFILLED, ASK_WHOSE_CHECKLIST};
use crate::workbook::{CellValue, Relaid, Remark, Sheet};
use chrono::Datelike;

/// Headings of the table that a checklist becomes.
const HEADINGS: [&str; 11] = [
    "Tanggal",
    "Nama Jaringan/Jejaring",
    "Bentuk Kegiatan",
    "Daftar Tilik",
    "Kode Item",
    "Kalimat Item",
    "Jawaban Item",
    "Nilai Item",
    "Nilai Item Maksimal",
    "Pembina",
    "Catatan Item",
];
/// Fields of a form that say no more than the items do: without others it is no row of Pembinaan.
const OF_ITEMS: [ColumnMeaning; 4] =
    [ColumnMeaning::Name, ColumnMeaning::Date, ColumnMeaning::Form, ColumnMeaning::Person];
/// Words with which the title of a checklist begins before it names the facility.
const TITLE_WORDS: [&str; 26] = [
    "daftar",
    "tilik",
    "checklist",
    "ceklis",
    "ceklist",
    "cek",
    "list",
    "instrumen",
    "formulir",
    "form",
    "lembar",
    "hasil",
    "pembinaan",
    "supervisi",
    "fasilitatif",
    "monitoring",
    "monev",
    "evaluasi",
    "kunjungan",
    "penilaian",
    "ke",
    "di",
    "untuk",
    "pada",
    "aspek",
    "nama",
];
/// Unanswered items that are named.
const NAMED_MAX: usize = 5;

/// Where and when a list was filled in.
struct ListOwner {
    name: NewCell,
    date: NewCell,
    form: Option<NewCell>,
    person: Option<NewCell>,
}

/// The sheet laid out; none of one without a list that an instrument knows.
pub(super) fn relaid(sheet: &Sheet, instruments: &InstrumentBook) -> Option<Relaid> {
    let lists = FilledList::all(sheet, instruments);
    let asked = |place: CellRef, message: &str| Some(Relaid::Asked(Remark { place, message: message.to_owned() }));
    if let Some(unclear) = lists.iter().find(|list| matches!(list.instrument, FittingInstrument::Several(_))) {
        return asked(unclear.heading, ASK_INSTRUMENT);
    }
    let known: Vec<(&FilledList<'_>, &Instrument)> = lists
        .iter()
        .filter_map(|list| match &list.instrument {
            FittingInstrument::One(instrument) => Some((list, *instrument)),
            _ => None,
        })
        .collect();
    let first = known.first()?.0.heading;
    let forms = forms_outside(sheet, &|row| lists.iter().any(|list| list.holds(row))).forms;
    let mut told = Vec::new();
    let mut parts: Vec<(ListOwner, &FilledList<'_>, &Instrument)> = Vec::new();
    for (list, instrument) in known {
        // A sheet of a template that nobody filled in has no day either: that it is empty says more.
        let sums = sums(sheet, list, instrument);
        if sums.as_ref().is_some_and(|sums| sums.sum.answered + sums.sum.not_applicable == 0) {
            return asked(list.heading, ASK_UNFILLED);
        }
        let Some(owner) = owner(sheet, list, &forms, &lists) else { return asked(list.heading, ASK_WHOSE_CHECKLIST) };
        told.push(told_of(list, instrument, sums.as_ref()));
        if let Some(CountedList { sum, yes, no, .. }) = sums {
            told.extend(differences(sheet, list, &ListSums { items: sum, yes, no }));
        }
        parts.push((owner, list, instrument));
    }
    let top = forms.iter().map(|form| form.top.row).chain([first.row]).min().unwrap_or(first.row);
    let with_more: Vec<UprightForm> = forms.into_iter().filter(says_more).collect();
    let mut page = if with_more.is_empty() {
        let mut page = NewSheet::new(sheet);
        page.copy(&sheet.rows[..sheet.rows.partition_point(|row| row.index < top)]);
        page
    } else {
        laid_out(sheet, &with_more)
    };
    for (owner, list, instrument) in &parts {
        lay_list(&mut page, sheet, ListPart { owner, list, instrument });
    }
    Some(Relaid::Table(Box::new(page.finish()), told))
}

/// Reports whether a form says more of a visit than its items do.
fn says_more(form: &UprightForm) -> bool {
    let has = |column: &ColumnMeaning| form.fields.get(column).is_some_and(|cell| cell.value.is_some());
    let is_more = form.fields.keys().filter(|column| !OF_ITEMS.contains(column)).any(has);
    is_more && has(&ColumnMeaning::Name) && has(&ColumnMeaning::Date)
}

/// Whose a list is: by the labels of the form above it, else by the titles.
fn owner(sheet: &Sheet, list: &FilledList<'_>, forms: &[UprightForm], lists: &[FilledList<'_>]) -> Option<ListOwner> {
    let above = forms.iter().rev().find(|form| form.top.row < list.heading.row).or_else(|| forms.first());
    let field = |column: ColumnMeaning| {
        above.and_then(|form| form.fields.get(&column)).filter(|cell| cell.value.is_some()).cloned()
    };
    let start = lists.iter().map(|other| other.end).filter(|end| *end <= list.heading.row).max().unwrap_or(0);
    let titles = || {
        let rows = sheet.rows.iter().filter(move |row| (start..list.heading.row).contains(&row.index));
        rows.flat_map(|row| row.cells.iter().map(move |cell| (CellRef { row: row.index, column: cell.column }, cell)))
            .filter_map(|(place, cell)| Some((place, cell.value.text()?)))
    };
    let name = field(ColumnMeaning::Name).or_else(|| titles().find_map(|(place, text)| name_in_title(text, place)))?;
    let date = field(ColumnMeaning::Date).or_else(|| titles().find_map(|(place, text)| date_in_title(text, place)))?;
    Some(ListOwner { name, date, form: field(ColumnMeaning::Form), person: field(ColumnMeaning::Person) })
}

/// The facility that a title names behind its first words: `DAFTAR TILIK PEMBINAAN PUSTU MELATI`.
fn name_in_title(text: &str, place: CellRef) -> Option<NewCell> {
    let is_aspect = |word: &str| crate::domain::instrument::Aspect::from_label(word).is_some();
    let is_title = |word: &str| TITLE_WORDS.contains(&plain_words(word).as_str()) || is_aspect(word);
    let mut rest = text.trim();
    while let Some((first, behind)) = rest.split_once(char::is_whitespace) {
        if !is_title(first) {
            break;
        }
        rest = behind.trim_start();
    }
    (rest.len() < text.trim().len() && is_facility(rest)).then(|| NewCell::text(rest, place))
}

/// The day that a title names: `TANGGAL 12 MEI 2025`.
fn date_in_title(text: &str, place: CellRef) -> Option<NewCell> {
    const WORDS: [&str; 4] = ["tanggal", "tgl", "hari/tanggal", "pada"];
    let trimmed = text.trim();
    let lower = trimmed.to_lowercase();
    let word = WORDS.iter().find(|word| lower.starts_with(*word))?;
    let rest = trimmed.get(word.len()..)?.trim_start_matches([':', '.', ' ']);
    let value = CellValue::Text(rest.into());
    date::read(Some(&value), false).ok().flatten().map(|_| NewCell { value: Some(value), from: place })
}

/// Items of a list, counted.
struct CountedList {
    sum: ItemSum,
    yes: u32,
    no: u32,
    /// Words of unanswered items.
    unanswered: Vec<String>,
}

/// Counts a list; none where an item or an answer of it cannot be read: the row says so itself.
fn sums(sheet: &Sheet, list: &FilledList<'_>, instrument: &Instrument) -> Option<CountedList> {
    let mut counted = CountedList { sum: ItemSum::default(), yes: 0, no: 0, unanswered: Vec::new() };
    for row in list.items.iter().filter_map(|row| sheet.row(*row)) {
        let code = item_code(row, &list.columns);
        let text = item_text(row, &list.columns).unwrap_or_default();
        let item = code.and_then(|code| instrument.item_of_code(&code)).or_else(|| instrument.item_of_text(text))?;
        let AnswerCells { answer: word, points, .. } = list.columns.answers.cells(sheet, row);
        let word = answer::read(word.and_then(|cell| cell.value).as_ref()).ok()?;
        let points = read_number(points.and_then(|cell| cell.value).as_ref(), Dot::Decimal).ok()?;
        let given = word.or(points.map(|number| GivenAnswer::Points(number.value)));
        let judged = match given {
            Some(given) => Some(ItemAnswer::judged(given, item.points)?),
            None => None,
        };
        match judged {
            None => counted.unanswered.push(item.code.clone()),
            Some(ItemAnswer::Points(points)) if is_same_points(points, item.points) => counted.yes += 1,
            Some(ItemAnswer::Points(0.0)) => counted.no += 1,
            Some(_) => {}
        }
        counted.sum.add(judged, item.points);
    }
    Some(counted)
}

/// The sentence about a list that was read.
fn told_of(list: &FilledList<'_>, instrument: &Instrument, counted: Option<&CountedList>) -> Remark {
    let title = &instrument.title;
    let mut message = format!("lembar ini dibaca sebagai daftar tilik \"{title}\" ({})", instrument.code);
    if let Some(counted) = counted {
        let ItemSum { points, maximum, answered, not_applicable, unanswered } = counted.sum;
        message = format!("{message}: {answered} item dijawab, skor {points} dari {maximum}");
        if not_applicable > 0 {
            message = format!("{message}; {not_applicable} item tidak berlaku, di luar skor maksimal");
        }
        if unanswered > 0 {
            let named = counted.unanswered.iter().take(NAMED_MAX).cloned().collect::<Vec<_>>().join(", ");
            let more = if counted.unanswered.len() > NAMED_MAX { ", …" } else { "" };
            message = format!("{message}; {unanswered} item belum dijawab ({named}{more}), tidak dihitung, bukan 0");
        }
        let absent = instrument.items.len().saturating_sub(list.items.len());
        if absent > 0 {
            message = format!("{message}; {absent} item daftar tilik itu tidak ada di lembar");
        }
    }
    Remark { place: list.heading, message }
}

/// A list to be laid out.
struct ListPart<'p, 'b> {
    owner: &'p ListOwner,
    list: &'p FilledList<'b>,
    instrument: &'p Instrument,
}

/// Adds the rows of a list below its month and headings.
fn lay_list(page: &mut NewSheet<'_>, sheet: &Sheet, ListPart { owner, list, instrument }: ListPart<'_, '_>) {
    page.gap();
    let day = date::read(owner.date.value.as_ref(), false).ok().flatten();
    if let Some(day) = day {
        let month = MONTHS[day.month0() as usize].to_uppercase();
        page.line(vec![NewCell::text(&format!("BULAN : {month} {}", day.year()), owner.date.from)]);
    }
    page.line(HEADINGS.map(|text| NewCell::text(text, list.heading)).to_vec());
    let blank = |from: CellRef| NewCell { value: None, from };
    for row in list.items.iter().filter_map(|row| sheet.row(*row)) {
        let place = CellRef { row: row.index, column: list.columns.item };
        let written = item_text(row, &list.columns).unwrap_or_default();
        let code = item_code(row, &list.columns);
        let code = code.or_else(|| instrument.item_of_text(written).map(|item| item.code.clone())).unwrap_or_default();
        let code_place = CellRef { column: list.columns.code.unwrap_or(place.column), ..place };
        let AnswerCells { answer, points, maximum } = list.columns.answers.cells(sheet, row);
        let note = list.columns.note.map(|column| NewCell::from_sheet(sheet, CellRef { column, ..place }));
        page.line(vec![
            owner.date.clone(),
            owner.name.clone(),
            owner.form.clone().unwrap_or_else(|| blank(place)),
            NewCell::text(&instrument.code, list.heading),
            NewCell::text(&code, code_place),
            NewCell::text(written, place),
            answer.unwrap_or_else(|| blank(place)),
            points.unwrap_or_else(|| blank(place)),
            maximum.unwrap_or_else(|| blank(place)),
            owner.person.clone().unwrap_or_else(|| blank(place)),
            note.unwrap_or_else(|| blank(place)),
        ]);
    }
}
