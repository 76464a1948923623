//! Forms of one visit: a label at the left, its value at the right, in one cell or several; one form or several a
//! sheet. Each becomes a row of Pembinaan. Knows nothing of items that are scored ([`super::checklist`]).

use std::collections::BTreeMap;

use chrono::Datelike;

use super::checklist::{Checklist, Scored};
use super::page::{NewCell, NewSheet};
use super::table;
use crate::domain::Table;
use crate::domain::format::MONTHS;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::{date, is_blank, points, squeeze, trim};
use crate::recap::heading::{ColumnMeaning, is_name_label, key, spec_of};
use crate::recap::heading_sentence;
use crate::recap::questions::{ASK_FORM, ASK_FORM_SCORES};
use crate::workbook::{Cell, CellValue, Relaid, Remark, Row, Sheet};

/// Most cells of a row that is a label and its value without a colon: a number, the label, the value.
const CELLS_MAX: usize = 3;
/// Longest label, bytes.
const LABEL_BYTES: usize = 60;
/// Labels whose values are nobody's field and whose loss nobody regrets.
const ASIDE: [&str; 22] = [
    "alamat",
    "desa",
    "desakelurahan",
    "kelurahan",
    "kecamatan",
    "kabupaten",
    "puskesmas",
    "namapuskesmas",
    "bulan",
    "tahun",
    "no",
    "nomor",
    "telp",
    "telepon",
    "nohp",
    "email",
    "hari",
    "jam",
    "pukul",
    "nip",
    "periode",
    "program",
];

/// The heading of each column of the table that a form becomes, in their order.
const HEADINGS: [(ColumnMeaning, &str); 15] = [
    (ColumnMeaning::Date, "Tanggal Pembinaan"),
    (ColumnMeaning::Name, "Nama Jaringan/Jejaring"),
    (ColumnMeaning::Form, "Bentuk Kegiatan"),
    (ColumnMeaning::Person, "Pembina"),
    (ColumnMeaning::Points, "Skor Daftar Tilik"),
    (ColumnMeaning::Maximum, "Skor Maksimal"),
    (ColumnMeaning::AttendanceList, "Daftar Hadir"),
    (ColumnMeaning::Minutes, "Notulen"),
    (ColumnMeaning::Photos, "Foto"),
    (ColumnMeaning::Aspect, "Aspek"),
    (ColumnMeaning::Finding, "Temuan"),
    (ColumnMeaning::Item, "Rencana Tindak Lanjut"),
    (ColumnMeaning::Due, "Batas Waktu"),
    (ColumnMeaning::Done, "Tanggal Selesai"),
    (ColumnMeaning::Status, "Status RTL"),
];
/// Columns that stand there whatever the forms hold: by them the table is known.
const ALWAYS: [ColumnMeaning; 2] = [ColumnMeaning::Form, ColumnMeaning::Person];
/// Fields of which one beside name and date makes a visit.
const OF_A_VISIT: [ColumnMeaning; 10] = [
    ColumnMeaning::Form,
    ColumnMeaning::Person,
    ColumnMeaning::Points,
    ColumnMeaning::Maximum,
    ColumnMeaning::AttendanceList,
    ColumnMeaning::Minutes,
    ColumnMeaning::Photos,
    ColumnMeaning::Aspect,
    ColumnMeaning::Finding,
    ColumnMeaning::Item,
];

/// A form: labels with their values, from its first one on.
#[derive(Default)]
pub(super) struct UprightForm {
    pub(super) fields: BTreeMap<ColumnMeaning, NewCell>,
    /// The maximum of the points that its label names.
    maximum: Option<f64>,
    /// Labels that are no field.
    unknown: Vec<String>,
    /// The field that the last label named.
    last: Option<ColumnMeaning>,
    pub(super) top: CellRef,
}

impl UprightForm {
    fn is_visit(&self) -> bool {
        let has = |column: &ColumnMeaning| self.fields.get(column).is_some_and(|piece| piece.value.is_some());
        has(&ColumnMeaning::Name) && has(&ColumnMeaning::Date) && OF_A_VISIT.iter().any(has)
    }

    /// Reports whether it is one in which name or date is missing.
    fn lacks(&self) -> bool {
        let has = |column: &ColumnMeaning| self.fields.get(column).is_some_and(|piece| piece.value.is_some());
        let fields = OF_A_VISIT.iter().filter(|column| has(column)).count();
        has(&ColumnMeaning::Name) != has(&ColumnMeaning::Date) && fields > 1
    }
}

/// Rows in which the title of a letter may stand.
const TITLE_ROWS: usize = 20;

/// Reports whether a row is the title of a letter, which sends somebody or invites and tells of no visit.
fn is_letter(row: &Row) -> bool {
    const LETTERS: [&str; 6] = ["surat tugas", "surat perintah", "undangan", "surat pengantar", "spt", "sppd"];
    let [cell] = &row.cells[..] else { return false };
    let words = cell.value.text().map(plain_words).unwrap_or_default();
    LETTERS.iter().any(|title| words == *title || words.starts_with(&format!("{title} ")))
}

/// The visits of a sheet of forms.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    if sheet.rows.iter().take(TITLE_ROWS).any(is_letter) {
        return None;
    }
    let checklists = Checklist::all(sheet);
    let FoundForms { mut forms, is_doubled } =
        forms_outside(sheet, &|row| checklists.iter().any(|list| list.holds(row)));
    let first = forms.iter().find(|form| form.is_visit() || form.lacks())?.top;
    if forms.iter().any(UprightForm::lacks) || checklists.len() > 1 && checklists.len() != forms.len() {
        return Some(Relaid::Asked(Remark { place: first, message: ASK_FORM.to_owned() }));
    }
    if let Some(place) = is_doubled {
        return Some(Relaid::Asked(Remark { place, message: ASK_FORM_SCORES.to_owned() }));
    }
    forms.retain(UprightForm::is_visit);
    let mut told = format!(
        "lembar ini formulir (judul di kiri, isi di kanan), dibaca sebagai {} baris Pembinaan; bila keliru, buat rekap \
         Pembinaan dengan judul kolom templat",
        forms.len()
    );
    for (form, list) in forms.iter_mut().zip(&checklists) {
        match list.scored(sheet, form.fields.get(&ColumnMeaning::Points).is_some_and(|piece| piece.value.is_some())) {
            Ok(Some(Scored { points, maximum, said })) => {
                form.fields.insert(ColumnMeaning::Points, points);
                form.fields.insert(ColumnMeaning::Maximum, maximum);
                told.push_str(&said);
            }
            Ok(None) => {}
            Err(asked) => return Some(Relaid::Asked(asked)),
        }
    }
    let unknown: Vec<&str> = forms.iter().flat_map(|form| &form.unknown).map(String::as_str).collect();
    if let Some(name) = unknown.first() {
        told = format!("{told}; isian lain tidak dibaca, misalnya {name}");
    }
    Some(table(laid_out(sheet, &forms), Remark { place: first, message: told }))
}

/// The forms of a sheet.
pub(super) struct FoundForms {
    pub(super) forms: Vec<UprightForm>,
    /// The cell of a second score of one form.
    is_doubled: Option<CellRef>,
}

/// The forms of a sheet but for some of its rows.
pub(super) fn forms_outside(sheet: &Sheet, is_passed_over: &dyn Fn(u32) -> bool) -> FoundForms {
    let mut forms: Vec<UprightForm> = Vec::new();
    let mut is_doubled = None;
    for row in sheet.rows.iter().filter(|row| !is_passed_over(row.index)) {
        let labels = labels_of(row);
        if labels.is_empty() {
            go_on(row, &mut forms);
        }
        for label in labels {
            let begins = match (forms.last(), label.column) {
                (None, _) => true,
                (Some(form), Some(column @ (ColumnMeaning::Name | ColumnMeaning::Date))) => {
                    form.fields.contains_key(&column)
                }
                _ => false,
            };
            if begins {
                forms.push(UprightForm { top: label.place, ..UprightForm::default() });
            }
            let Some(form) = forms.last_mut() else { continue };
            is_doubled = is_doubled.or(label.write(form));
        }
    }
    FoundForms { forms, is_doubled }
}

/// The table: below the titles of the sheet, the forms of each month below its name.
pub(super) fn laid_out<'s>(sheet: &'s Sheet, forms: &[UprightForm]) -> NewSheet<'s> {
    let mut page = NewSheet::new(sheet);
    let top = forms.iter().map(|form| form.top.row).min().unwrap_or_default();
    let above = sheet.rows.partition_point(|row| row.index < top);
    page.copy(&sheet.rows[..above]);
    let month = |form: &UprightForm| {
        let day = form.fields.get(&ColumnMeaning::Date).and_then(|piece| piece.value.as_ref());
        date::read(day, false).ok().flatten().map(|day| (day.year(), day.month()))
    };
    let has = |column: &ColumnMeaning| forms.iter().any(|form| form.fields.contains_key(column));
    let shown: Vec<(ColumnMeaning, &str)> =
        HEADINGS.into_iter().filter(|(column, _)| ALWAYS.contains(column) || has(column)).collect();
    for forms in forms.chunk_by(|one, other| month(one) == month(other)) {
        let Some(first) = forms.first() else { continue };
        if let Some((year, number)) = month(first) {
            let name = MONTHS[number as usize - 1].to_uppercase();
            page.line(vec![NewCell::text(&format!("BULAN : {name} {year}"), first.top)]);
        }
        let maximum = forms.iter().find_map(|form| form.maximum);
        let heading = shown.iter().map(|(column, text)| {
            let from = first.fields.get(column).map_or(first.top, |piece| piece.from);
            match maximum.filter(|_| *column == ColumnMeaning::Points) {
                Some(maximum) => NewCell::text(&format!("Skor (maks {maximum})"), from),
                None => NewCell::text(text, from),
            }
        });
        page.line(heading.collect());
        for form in forms {
            let blank = || NewCell { value: None, from: form.top };
            let pieces = shown.iter().map(|(column, _)| form.fields.get(column).cloned().unwrap_or_else(blank));
            page.line(pieces.collect());
        }
        page.gap();
    }
    page
}

/// Takes a row below a finding or an action as more of it.
fn go_on(row: &Row, forms: &mut [UprightForm]) {
    let Some(form) = forms.last_mut() else { return };
    let Some(column @ (ColumnMeaning::Finding | ColumnMeaning::Item)) = form.last else { return };
    let texts: Vec<String> = row.cells.iter().filter_map(|cell| cell.value.text()).map(squeeze).collect();
    let is_listed = row.cells.first().is_some_and(|cell| match &cell.value {
        CellValue::Number { .. } => texts.len() == 1,
        CellValue::Text(text) => {
            trim(text).starts_with(['-', '•']) || trim(text).starts_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    });
    let Some(first) = row.cells.first().filter(|_| is_listed && !texts.is_empty()) else {
        form.last = None;
        return;
    };
    let number = matches!(first.value, CellValue::Number { .. })
        .then(|| format!("{}. ", crate::recap::cells::value_text(&first.value)));
    let line = format!("{}{}", number.unwrap_or_default(), texts.join(" "));
    let Some(piece) = form.fields.get_mut(&column) else { return };
    let held = piece.value.as_ref().and_then(CellValue::text).map(str::to_owned);
    if held.is_none() {
        piece.from = CellRef { row: row.index, column: first.column };
    }
    let text = held.map_or(line.clone(), |held| format!("{held}\n{line}"));
    piece.value = Some(CellValue::Text(text.into()));
}

/// A label and its value.
struct LabelledValue {
    column: Option<ColumnMeaning>,
    text: String,
    place: CellRef,
    piece: NewCell,
}

impl LabelledValue {
    /// Puts the value into a form; the place of a field that the form holds already with another value.
    fn write(self, form: &mut UprightForm) -> Option<CellRef> {
        form.last = self.column;
        let Some(column) = self.column else {
            if self.piece.value.is_some() && !ASIDE.contains(&key(&self.text).as_str()) {
                form.unknown.push(format!("\"{}\" ({})", self.text, self.place));
            }
            return None;
        };
        if let Some(held) = form.fields.get(&column).filter(|held| held.value.is_some()) {
            let is_same = self.piece.value.is_none() || held.value == self.piece.value;
            return (!is_same && column == ColumnMeaning::Points).then_some(self.place);
        }
        if column == ColumnMeaning::Points {
            form.maximum = points::maximum_named(&self.text);
        }
        form.fields.insert(column, self.piece);
        None
    }
}

/// The field that a label names.
pub(super) fn field(label: &str) -> Option<ColumnMeaning> {
    if label.len() > LABEL_BYTES {
        return None;
    }
    if is_name_label(label) {
        return Some(ColumnMeaning::Name);
    }
    let outside = label.split('(').next().unwrap_or_default();
    let keys = [key(label), key(outside)];
    let known =
        |table| spec_of(table).and_then(|spec| spec.column_of(&keys)).filter(|known| *known != ColumnMeaning::No);
    let visit = known(Table::Visits).or_else(|| heading_sentence::column(label, Table::Visits));
    let action = || known(Table::FollowUps).or_else(|| heading_sentence::column(label, Table::FollowUps));
    let column = visit.or_else(|| action().filter(|column| *column != ColumnMeaning::Person))?;
    HEADINGS.iter().any(|(known, _)| *known == column).then_some(column)
}

/// The labels of a row with their values.
fn labels_of(row: &Row) -> Vec<LabelledValue> {
    let mut labels = Vec::new();
    let mut cells = row.cells.iter().enumerate().peekable();
    while let Some((at, cell)) = cells.next() {
        let Some(text) = cell.value.text() else { continue };
        let place = CellRef { row: row.index, column: cell.column };
        let next = row.cells.get(at + 1);
        let starts_colon = |cell: &&Cell| cell.value.text().is_some_and(|text| trim(text).starts_with([':', '=']));
        let (label, inline) = match text.split_once(':') {
            // `09:00` and `https://` are no labels.
            Some((label, rest)) if !label.ends_with(|c: char| c.is_ascii_digit()) && !rest.starts_with("//") => {
                (trim(label).to_owned(), Some(trim(rest).to_owned()))
            }
            _ => (trim(text).to_owned(), None),
        };
        if label.is_empty() || label.len() > LABEL_BYTES {
            continue;
        }
        let column = field(&label);
        let text = squeeze(&label);
        match inline {
            Some(rest) if !rest.is_empty() => {
                labels.push(LabelledValue { column, text, place, piece: NewCell::text(&rest, place) });
            }
            inline => {
                let behind = next.filter(starts_colon);
                let is_plain = inline.is_none() && behind.is_none();
                let is_label = |cell: &&Cell| {
                    cell.value.text().is_some_and(|text| field(trim(text)).is_some() || trim(text).ends_with(':'))
                };
                if is_plain && (column.is_none() || row.cells.len() > CELLS_MAX || plain_words(&text) == "uraian") {
                    continue;
                }
                let value = match behind.and_then(|cell| Some((cell, trim(cell.value.text()?)))) {
                    Some((cell, colon)) if colon.len() > 1 => {
                        cells.next();
                        let rest = trim(colon.trim_start_matches([':', '=']));
                        Some(NewCell::text(rest, CellRef { row: row.index, column: cell.column }))
                    }
                    Some(_) => {
                        cells.next();
                        row.cells.get(at + 2).filter(|cell| !is_label(cell)).map(|cell| piece_of(row, cell))
                    }
                    None => next.filter(|cell| !is_label(cell)).map(|cell| piece_of(row, cell)),
                };
                if value.is_some()
                    && behind.is_none_or(|cell| cell.value.text().is_some_and(|text| trim(text).len() == 1))
                {
                    cells.next();
                }
                if is_plain && value.is_none() {
                    continue;
                }
                labels.push(LabelledValue {
                    column,
                    text,
                    place,
                    piece: value.unwrap_or(NewCell { value: None, from: place }),
                });
            }
        }
    }
    labels
}

fn piece_of(row: &Row, cell: &Cell) -> NewCell {
    let value = Some(&cell.value).filter(|value| !is_blank(Some(value))).cloned();
    NewCell { value, from: CellRef { row: row.index, column: cell.column } }
}
