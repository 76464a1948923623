//! Rows that may hold headings, and the columns of each heading: a row can hold the headings of several tables side by
//! side, beside rows of another table.

use chrono::Datelike;

use super::across::across;
use super::by_columns::{by_columns, visits_of_villages};
use super::by_place::understand;
use super::head::{HeadingFrame, bottom_of, head_columns, top_of};
use super::number_heads;
use super::shared::shared;
use super::subject::{RowsOf, Titled};
use super::{ColumnSpan, Heading, WHOLE, overlap};
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::date_words::month_number;
use crate::recap::heading::{
    HeadingAnchor, anchor, is_date_heading, is_indicator_heading, is_month_heading, is_number_heading, is_strong_name,
    is_village_heading, key,
};
use crate::recap::heading_figures::leaf;
use crate::recap::heading_plan::titles_a_plan_of_coaching;
use crate::recap::heading_sentence;
use crate::recap::indicator_lists::titles_a_register;
use crate::workbook::{CellValue, Row, Sheet};

/// The headings of a sheet, top down and from left to right.
pub(in crate::recap) fn headings(sheet: &Sheet) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for row in &sheet.rows {
        for heading in at_row(sheet, row, &open) {
            open.retain(|held| !overlap(held.extent, heading.extent));
            open.push(Open { extent: heading.extent, bottom: heading.bottom });
            found.push(heading);
        }
    }
    found
}

/// Months beside a weak heading of names by which the row is a heading.
const MONTHS_BESIDE_MIN: usize = 2;

fn is_month(value: &CellValue) -> bool {
    match value {
        CellValue::Date(date) => date.day() == 1,
        CellValue::Text(text) => month_number(&key(text)).is_some(),
        _ => false,
    }
}

/// A heading that goes on below: the columns that it takes, and its last row.
struct Open {
    extent: ColumnSpan,
    bottom: u32,
}

/// A cell by which a heading may begin, and the columns in which to look for the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Candidate {
    column: u32,
    span: ColumnSpan,
    /// A number column of its own parts it from its neighbours beyond doubt.
    is_parted: bool,
}

fn at_row(sheet: &Sheet, row: &Row, open: &[Open]) -> Vec<Heading> {
    let mut words = words_of(row);
    words.retain(|word| !is_title_over(sheet, row, word));
    if words.is_empty() {
        return Vec::new();
    }
    let within =
        |column: u32| open.iter().any(|held| row.index <= held.bottom && overlap(held.extent, (column, column)));
    let names: Vec<&HeadingCell<'_>> =
        words.iter().filter(|word| word.anchor == HeadingAnchor::Begins && !within(word.column)).collect();
    let candidates = candidates(sheet, row, &words, &names);
    let is_parted = candidates.iter().any(|candidate| candidate.is_parted);
    let several: Vec<Heading> = candidates
        .into_iter()
        .map(|candidate| bounded(row, candidate, open))
        .filter_map(|candidate| heading_at(sheet, row, candidate, RowsOf::Many))
        .collect();
    // Tables with numbers of their own never share cells, even where one of them is not known.
    if several.len() > 1 || is_parted && !several.is_empty() {
        return several;
    }
    let known = words.iter().filter(|word| !within(word.column)).count();
    let best = names
        .iter()
        .copied()
        .reduce(|best, next| if !is_strong_name(best.text) && is_strong_name(next.text) { next } else { best });
    let whole = |column| bounded(row, Candidate { column, span: WHOLE, is_parted: false }, open);
    let has_months = || row.cells.iter().filter(|cell| is_month(&cell.value)).count() >= MONTHS_BESIDE_MIN;
    let sure = best.filter(|best| known >= 2 || is_strong_name(best.text) || has_months());
    if let Some(heading) = sure.and_then(|name| heading_at(sheet, row, whole(name.column), RowsOf::Many)) {
        return vec![heading];
    }
    let others: Vec<&HeadingCell<'_>> = words.iter().filter(|word| !within(word.column)).collect();
    let has_figures = || row.cells.iter().filter_map(|cell| cell.value.text()).any(|text| leaf(&key(text)).is_some());
    let is_supported = known >= 2 || known == 1 && has_figures();
    // Each row may be of a village and name its indicator.
    let is_nameless = names.iter().all(|name| is_indicator_heading(name.text));
    let villages = others.iter().find(|word| is_nameless && is_supported && is_village_heading(word.text));
    if let Some(heading) = villages.and_then(|word| heading_at(sheet, row, whole(word.column), RowsOf::Villages)) {
        return vec![heading];
    }
    // `Bulan` over months as rows may stand alone: the figures beside it tell.
    if known < 2 && !others.iter().any(|word| is_month_heading(word.text)) {
        return Vec::new();
    }
    // `Puskesmas | : | X | Cluster | : | I` is a line of the banner.
    let mut texts = row.cells.iter().filter_map(|cell| cell.value.text()).map(str::trim);
    let is_banner = texts.any(|text| text.starts_with(':') || text.ends_with(':'));
    let is_marked = known >= 2 && !is_banner && others.iter().any(|word| word.anchor == HeadingAnchor::Marks);
    let notes = others.first().filter(|_| is_marked);
    if let Some(heading) = notes.and_then(|word| heading_at(sheet, row, whole(word.column), RowsOf::Notes)) {
        return vec![heading];
    }
    let mut months = others.iter().filter(|word| is_month_heading(word.text) || is_date_heading(word.text));
    months.find_map(|word| heading_at(sheet, row, whole(word.column), RowsOf::OneFacility)).into_iter().collect()
}

/// Reports whether a word is no heading but the title merged over a whole table below it: `JARINGAN` over `No | Nama | Jenis`.
fn is_title_over(sheet: &Sheet, row: &Row, word: &HeadingCell<'_>) -> bool {
    let area = sheet.merge_at(CellRef { row: row.index, column: word.column });
    let Some(area) = area.filter(|area| area.first.column < area.last.column) else { return false };
    let below = sheet.row(area.last.row + 1).map(|row| row.within(area.first.column..=area.last.column));
    let mut texts = below.unwrap_or_default().iter().filter_map(|cell| cell.value.text());
    word.anchor == HeadingAnchor::Begins && texts.any(|text| anchor(text) == Some(HeadingAnchor::Begins))
}

/// A text of a row that is known as a heading.
struct HeadingCell<'r> {
    column: u32,
    text: &'r str,
    anchor: HeadingAnchor,
}

fn words_of(row: &Row) -> Vec<HeadingCell<'_>> {
    let mut words = Vec::new();
    for (cell, next) in row.cells.iter().zip(row.cells.iter().skip(1).map(Some).chain([None])) {
        let Some(text) = cell.value.text() else { continue };
        let Some(anchor) = anchor(text) else { continue };
        // `Nama Jejaring | : | Klinik X` is a label.
        let is_label = next.and_then(|next| next.value.text()).is_some_and(|next| next.trim_start().starts_with(':'));
        if !is_label {
            words.push(HeadingCell { column: cell.column, text, anchor });
        }
    }
    // A form that asks for the name in a sentence: only where other headings of the row are known.
    if words.len() > 1 && words.iter().all(|word| word.anchor != HeadingAnchor::Begins) {
        let texts = row.cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?)));
        let named = texts.into_iter().find(|(_, text)| heading_sentence::is_name(text));
        words.extend(named.map(|(column, text)| HeadingCell { column, text, anchor: HeadingAnchor::Begins }));
    }
    words
}

/// The columns of each table of a row with several: they part at a further number column, at a blank column, or where
/// the same name column comes again.
fn candidates(sheet: &Sheet, row: &Row, words: &[HeadingCell<'_>], names: &[&HeadingCell<'_>]) -> Vec<Candidate> {
    let Some((first, more)) = names.split_first() else { return Vec::new() };
    let mut starts: Vec<(u32, &HeadingCell<'_>)> = vec![(0, *first)];
    let mut is_parted = false;
    for name in more {
        let Some((_, last)) = starts.last() else { break };
        let between = || (last.column + 1..name.column).rev();
        let is_number = |column: &u32| words.iter().any(|word| word.column == *column && is_number_heading(word.text));
        let is_blank = |column: &u32| sheet.seen(CellRef { row: row.index, column: *column }).is_none();
        let start = between()
            .find(is_number)
            .or_else(|| between().find(is_blank).filter(|_| are_alike(name.text, last.text)).map(|blank| blank + 1))
            .or_else(|| (key(name.text) == key(last.text)).then_some(name.column));
        if let Some(start) = start {
            is_parted |= is_number(&start);
            starts.push((start, name));
        }
    }
    let ends = starts.iter().skip(1).map(|(start, _)| start - 1).chain([u32::MAX]);
    let spans = starts.iter().zip(ends).map(|((start, name), end)| Candidate {
        column: name.column,
        span: (*start, end),
        is_parted,
    });
    spans.collect()
}

/// Reports whether two headings may begin tables of their own: `Jaringan/Jejaring` beside a name is a column of its
/// table.
fn are_alike(one: &str, other: &str) -> bool {
    let one = key(one);
    let other = key(other);
    one == other || one.starts_with("nama") && other.starts_with("nama")
}

/// A candidate within the tables beside it: one whose columns hold no headings in this row goes on.
fn bounded(row: &Row, candidate: Candidate, open: &[Open]) -> Candidate {
    let Candidate { column, mut span, is_parted } = candidate;
    for held in open {
        let is_heading = || {
            row.within(held.extent.0..=held.extent.1)
                .iter()
                .filter_map(|cell| cell.value.text())
                .any(|text| anchor(text).is_some())
        };
        if held.extent.1 < column && held.extent.1 >= span.0 && !is_heading() {
            span.0 = held.extent.1 + 1;
        } else if held.extent.0 > column && held.extent.0 <= span.1 && !is_heading() {
            span.1 = held.extent.0 - 1;
        }
    }
    Candidate { column, span, is_parted }
}

/// Rows above a heading in which a title of a register may stand.
const TITLE_ROWS: usize = 12;

/// Reports that are recaps of visits: what was done, not what came in.
const REPORTS_OF_VISITS: [&str; 6] = [
    "laporan hasil pembinaan",
    "laporan hasil supervisi",
    "laporan hasil kunjungan",
    "laporan kegiatan pembinaan",
    "laporan pelaksanaan pembinaan",
    "laporan pembinaan",
];

/// Reports whether a title is of visits, planned or carried out, and of nothing else.
fn titles_visits(text: &str) -> bool {
    let words = plain_words(text);
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    says(&["pembinaan", "kunjungan", "supervisi"])
        && !says(&["lokmin", "lokakarya", "capaian", "cakupan", "indikator", "hadir", "perubahan", "pasien"])
        && (!says(&["laporan"]) || says(&REPORTS_OF_VISITS))
}

/// Reports whether a title is of reports that came in, and of nothing else.
fn titles_reports(text: &str) -> bool {
    let words = plain_words(text);
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    let is_of_receipts =
        says(&["masuk", "terima", "penerimaan", "kelengkapan", "ketepatan", "pengiriman", "pengumpulan"]);
    let is_of_months = says(&["laporan bulanan", "rekap laporan"]) && !says(&["capaian", "cakupan", "hasil"]);
    says(&["laporan"])
        && (is_of_receipts || is_of_months)
        && !says(&["jadwal", "rencana", "pembinaan", "kunjungan", "supervisi", "pasien"])
}

/// Reports whether a title is of agreed actions or of how they go on.
fn titles_follow_ups(text: &str) -> bool {
    let words = format!(" {} ", plain_words(text));
    ["tindak lanjut", " rtl ", " tl ", "monitoring", "progres", "evaluasi", "rekomendasi"]
        .iter()
        .any(|word| words.contains(word))
}

/// Reports whether a title names one month and no span of them: `BULAN JUNI 2025`.
fn names_one_month(text: &str) -> bool {
    let words = plain_words(text);
    words.contains("bulan") && words.split(' ').filter(|word| month_number(word).is_some()).count() == 1
}

/// Reports whether a title is of what is marked month by month, and of no figures.
fn titles_months(text: &str) -> bool {
    let words = plain_words(text);
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    let is_marked = says(&["jadwal", "lokmin", "lokakarya", "kehadiran"]) || titles_reports(text);
    is_marked && !says(&["capaian", "cakupan", "indikator", "sasaran"])
}

/// Reports whether a title is of what is done with facilities, so that a register's columns are only carried along.
fn titles_no_register(text: &str) -> bool {
    const OTHERS: [&str; 15] = [
        "pembinaan",
        "kunjungan",
        "supervisi",
        "monev",
        "laporan",
        "hadir",
        "lokmin",
        "lokakarya",
        "absensi",
        "capaian",
        "cakupan",
        "jadwal",
        "tindak lanjut",
        "rtl",
        "rekap",
    ];
    let words = plain_words(text);
    !titles_a_register(text) && OTHERS.iter().any(|word| words.contains(word))
}

/// Reads the titles above a heading.
fn titled(sheet: &Sheet, frame: &HeadingFrame) -> Titled {
    let end = sheet.rows.partition_point(|row| row.index < frame.top);
    let above = sheet.rows[..end].iter().rev().take(TITLE_ROWS).map(|row| row.within(frame.span.0..=frame.span.1));
    let titles: Vec<&str> = above
        .filter_map(|cells| match cells {
            [cell] => cell.value.text(),
            _ => None,
        })
        .collect();
    Titled {
        is_register: titles.iter().any(|title| titles_a_register(title)),
        is_of_other: titles.iter().any(|title| titles_no_register(title)),
        is_of_visits: titles.iter().any(|title| titles_visits(title)),
        is_plan: titles_a_plan_of_coaching(&titles.join(" | ").to_lowercase()),
        is_of_reports: titles.iter().any(|title| titles_reports(title)),
        is_of_follow_ups: titles.iter().any(|title| titles_follow_ups(title)),
        is_of_one_month: titles.iter().filter(|title| names_one_month(title)).count() == 1,
        is_of_months: titles.iter().any(|title| titles_months(title)),
    }
}

fn heading_at(sheet: &Sheet, row: &Row, Candidate { column, span, .. }: Candidate, rows: RowsOf) -> Option<Heading> {
    if !matches!(row.get(column), Some(CellValue::Text(_))) {
        return None;
    }
    let anchor = CellRef { row: row.index, column };
    let top = if rows == RowsOf::Notes { row.index } else { top_of(sheet, anchor, span) };
    let frame = HeadingFrame { top, bottom: bottom_of(sheet, anchor, span), anchor, span };
    let mut head = head_columns(sheet, &frame);
    let titled = titled(sheet, &frame);
    number_heads::settle(&mut head, titled);
    understand(&mut head, anchor);
    let mut heading = across(&head, &frame, rows, titled)
        .or_else(|| by_columns(&head, &frame, rows, titled).filter(|_| rows != RowsOf::Villages))
        .or_else(|| shared(&head, &frame, rows))
        .or_else(|| visits_of_villages(&head, &frame, titled).filter(|_| rows == RowsOf::Villages))?;
    // As far as headings stand without a gap, known or not.
    let has = |column: u32| head.iter().any(|head| head.column == column);
    let mut first = column;
    let mut last = column;
    while first > 0 && has(first - 1) {
        first -= 1;
    }
    while has(last + 1) {
        last += 1;
    }
    heading.extent = heading.reach((first, last));
    Some(heading)
}
