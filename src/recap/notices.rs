//! Words about what a sheet holds and nobody sees or reads: hidden columns and rows, columns with headings that are not
//! known, names of which nobody can tell whether they are a row, blocks that look like tables. Nothing of it is wrong by itself.

use std::collections::BTreeSet;

use super::cells::mark::{Mark, yes_no};
use super::cells::{is_blank, squeeze, value_text};
use super::heading::{ABSENT, ColumnMeaning, anchor, key, spec_of};
use super::heading_figures::{Leaf, figure_word, is_total, leaf, months_summed, sex};
use super::indicator_lists::year_of_target;
use super::kind_columns::kind_columns;
use super::layout::{Heading, Layout};
use super::leftover::LeftoverBlock;
use super::section::Section;
use crate::domain::Table;
use crate::domain::records::{CellRef, column_letters};
use crate::workbook::{CellValue, Sheet};

/// Hidden columns of a sheet that are looked at.
const HIDDEN_COLUMNS_LISTED: usize = 50;
/// Runs of hidden rows that a notice names.
const HIDDEN_ROWS_LISTED: usize = 12;
/// Unread columns that a notice names.
const UNREAD_COLUMNS_LISTED: usize = 8;
/// Unread blocks of a sheet that have a notice of their own.
const BLOCKS_LISTED: usize = 5;
/// Characters of a heading that are shown.
const HEADING_CHARS: usize = 40;
/// Rows of a table in which an unread column is looked for.
const ROWS_LOOKED_AT: usize = 200;

/// Headings of columns that people keep for themselves, or that follow from others.
const KEPT_FOR_THEMSELVES: [&str; 33] = [
    "ttd",
    "tandatangan",
    "paraf",
    "tandatanganparaf",
    "catatan",
    "nip",
    "nik",
    "hp",
    "nohp",
    "nomorhp",
    "telp",
    "notelp",
    "telepon",
    "nomortelepon",
    "notelepon",
    "email",
    "wa",
    "nowa",
    "rt",
    "rw",
    "jam",
    "waktu",
    "pukul",
    "hari",
    "rangking",
    "ranking",
    "peringkat",
    "kategori",
    "kriteria",
    "tempat",
    "bulan",
    "tahun",
    "selisih",
];

/// Hidden columns with something in them: nobody sees what is read there.
pub(super) fn hidden_columns(sheet: &Sheet) -> Option<String> {
    let is_used = |column: u32| sheet.rows.iter().any(|row| !is_blank(row.get(column)));
    let hidden = sheet.hidden_columns.iter().flat_map(|(first, last)| *first..=*last);
    let names: Vec<String> =
        hidden.take(HIDDEN_COLUMNS_LISTED).filter(|column| is_used(*column)).map(column_letters).collect();
    (!names.is_empty()).then(|| {
        format!(
            "kolom {} tersembunyi; isinya tetap dibaca bila termasuk tabel, tampilkan di Excel (Unhide) untuk memeriksanya",
            names.join(", ")
        )
    })
}

/// Hidden rows with something in them: a filter that was left on must lose nothing.
pub(super) fn hidden_rows(sheet: &Sheet) -> Option<String> {
    let rows = &sheet.rows;
    let mut used: Vec<(u32, u32)> = Vec::new();
    for (first, last) in &sheet.hidden_rows {
        let start = rows.partition_point(|row| row.index < *first);
        let within = rows[start..].iter().take_while(|row| row.index <= *last);
        for row in within.filter(|row| row.cells.iter().any(|cell| !is_blank(Some(&cell.value)))) {
            match used.last_mut() {
                Some((_, before)) if *before + 1 == row.index => *before = row.index,
                _ => used.push((row.index, row.index)),
            }
        }
    }
    let named = used.iter().take(HIDDEN_ROWS_LISTED).map(|(first, last)| match last - first {
        0 => format!("{}", first + 1),
        _ => format!("{}–{}", first + 1, last + 1),
    });
    let named: Vec<String> = named.collect();
    let count: u32 = used.iter().map(|(first, last)| last - first + 1).sum();
    let more = if used.len() > HIDDEN_ROWS_LISTED { ", …" } else { "" };
    (count > 0).then(|| {
        format!(
            "baris {}{more} tersembunyi ({count} baris, mungkin oleh filter); isinya tetap dibaca bila termasuk tabel, tampilkan di Excel (Clear Filter atau Unhide) untuk memeriksanya",
            named.join(", ")
        )
    })
}

/// Columns of a table with something in them and a heading that nobody knows; at the first of them.
pub(super) fn unread_columns(sheet: &Sheet, section: &Section) -> Option<(CellRef, String)> {
    let heading = &section.heading;
    let mut read: BTreeSet<u32> = heading.columns.values().copied().chain(heading.read_columns()).collect();
    // Marks below a quarter are no sum of its months.
    let holds_marks = |column: u32| heading.table != Some(Table::Achievements) && holds_marks(sheet, section, column);
    read.extend(heading.row_sums.iter().map(|sum| sum.column).filter(|column| !holds_marks(*column)));
    read.extend(heading.persons.iter().map(|person| person.column));
    read.extend(kind_columns(sheet, heading).into_iter().map(|of| of.column));
    read.extend(complements(sheet, heading));
    let unread = (heading.extent.0..=heading.extent.1).filter(|column| !read.contains(column));
    let mut named: Vec<(CellRef, String)> = Vec::new();
    for column in unread {
        let texts = heading.texts(sheet, column);
        let is_said = texts.iter().any(|(place, _)| heading.unread.iter().any(|(_, said)| said == place));
        let is_part = is_part_of_group(heading, &texts);
        if is_target_told(heading, &texts) {
            continue;
        }
        let is_marked = || heading.row_sums.iter().any(|sum| sum.column == column) && holds_marks(column);
        let is_lost = || is_unknown(&texts) || is_again(heading, &texts) || is_part || is_marked();
        let Some((place, text)) = texts.last().filter(|_| !is_said && is_lost()) else { continue };
        // What a figure comes to since January follows from those of the months.
        let is_numerator = |text: &str| leaf(&key(text)) == Some(Leaf::Numerator);
        let before = || heading.texts(sheet, column.checked_sub(1)?).pop();
        let follows = || before().is_some_and(|(_, text)| is_numerator(&text));
        if is_cumulated(&key(text)) && follows() {
            continue;
        }
        if is_filled(sheet, section, column) {
            named.push((*place, format!("{} \"{}\"", column_letters(column), shown_with_group(&texts, text))));
        }
    }
    let (first, _) = *named.first()?;
    let more = if named.len() > UNREAD_COLUMNS_LISTED { " dan lainnya" } else { "" };
    let named: Vec<String> = named.into_iter().take(UNREAD_COLUMNS_LISTED).map(|(_, name)| name).collect();
    let message = format!(
        "kolom {}{more} berisi, tetapi judulnya tidak dikenal atau sudah dipakai kolom lain, jadi tidak dibaca; bila perlu, pakai judul kolom templat lalu impor lagi, bila tidak, abaikan",
        named.join(", ")
    );
    Some((first, message))
}

/// Columns that say the contrary of one beside them that is read: `Tidak Hadir` beside `Hadir`, `Belum` beside the day
/// of completion.
fn complements(sheet: &Sheet, heading: &Heading) -> Vec<u32> {
    const STATES: [&str; 6] = ["sudah", "belum", "blm", "sdh", "selesai", "belumselesai"];
    let has = |column: ColumnMeaning| heading.columns.contains_key(&column);
    let words: Vec<&str> = match heading.table {
        Some(Table::Lokmin) if has(ColumnMeaning::Attended) => ABSENT.iter().collect(),
        Some(Table::FollowUps) if has(ColumnMeaning::Done) => STATES.to_vec(),
        _ => return Vec::new(),
    };
    heading.columns_headed(sheet, &words)
}

/// Reports whether a column has the heading of one that tells a fact of its table and stands elsewhere: days and points
/// of the months after the first.
fn is_again(heading: &Heading, texts: &[(CellRef, String)]) -> bool {
    const TELLING: [ColumnMeaning; 6] = [
        ColumnMeaning::Date,
        ColumnMeaning::Points,
        ColumnMeaning::Name,
        ColumnMeaning::ReceivedOn,
        ColumnMeaning::Attended,
        ColumnMeaning::Moved,
    ];
    /// Counts of the answers of a checklist.
    const ANSWERS: [&str; 10] =
        ["ya", "tidak", "tdk", "jumlahya", "jumlahtidak", "jmlya", "jmltidak", "ada", "tidakada", "totalya"];
    let Some((spec, (_, bottom))) = heading.table.and_then(spec_of).zip(texts.last()) else { return false };
    if heading.table == Some(Table::Visits) && ANSWERS.contains(&key(bottom).as_str()) {
        return true;
    }
    heading.layout == Layout::Columns && spec.column_of(&[key(bottom)]).is_some_and(|column| TELLING.contains(&column))
}

/// Reports whether a column holds targets of a list of indicators beside the one that is read: those of other years and quarters.
fn is_target_told(heading: &Heading, texts: &[(CellRef, String)]) -> bool {
    let is_list = matches!(heading.table, Some(Table::Decree | Table::ServiceIndicators));
    let all: String = texts.iter().map(|(_, text)| key(text)).collect();
    let of_group = || matches!(texts, [(_, group), .., (_, part)] if key(group).contains("target") && months_summed(&key(part)).is_some());
    is_list && (year_of_target(&all).is_some() || of_group())
}

/// Reports whether a column is one part of a group of columns whose own word says nothing without the group: `Izin` over `Nomor`.
fn is_part_of_group(heading: &Heading, texts: &[(CellRef, String)]) -> bool {
    const PARTS: [&str; 22] = [
        "nomor",
        "no",
        "tanggal",
        "tgl",
        "mulai",
        "berakhir",
        "berlaku",
        "berlakusd",
        "berlakusampai",
        "masaberlaku",
        "hasil",
        "rencana",
        "pelaksanaan",
        "realisasi",
        "kirim",
        "terima",
        "diterima",
        "dikirim",
        "nama",
        "tempat",
        "waktu",
        "status",
    ];
    let Some((_, bottom)) = texts.last().filter(|_| texts.len() > 1) else { return false };
    heading.layout == Layout::Columns && PARTS.contains(&key(bottom).as_str())
}

/// A heading behind the group above it.
fn shown_with_group(texts: &[(CellRef, String)], text: &str) -> String {
    match texts {
        [.., (_, group), _] => format!("{} › {}", short(group), short(text)),
        _ => short(text),
    }
}

/// Reports whether no word above a column is known: words of other tables, sums, percentages and what people keep for
/// themselves are.
fn is_unknown(texts: &[(CellRef, String)]) -> bool {
    let Some((_, bottom)) = texts.last() else { return false };
    let is_derived = |key: &str| {
        is_total(key)
            || months_summed(key).is_some()
            || leaf(key) == Some(Leaf::Percent)
            // The month before has a recap of its own.
            || figure_word(key) == Some(Leaf::Before)
            || ["rata", "persen", "%", "ket"].iter().any(|word| key.starts_with(word))
    };
    let is_kept = |key: &str| KEPT_FOR_THEMSELVES.contains(&key) || sex(key).is_some() || leaf(key).is_some();
    let bottom_key = key(bottom);
    let is_number = bottom_key.chars().all(|c| c.is_ascii_digit());
    let is_said = bottom_key.is_empty() || is_number || anchor(bottom).is_some() || is_kept(&bottom_key);
    !is_said && texts.iter().all(|(_, text)| !is_derived(&key(text)))
}

fn is_cumulated(key: &str) -> bool {
    ["kumulatif", "kum", "capaiankumulatif", "sdbulanini", "sampaidenganbulanini", "capaiansdbulanini"].contains(&key)
}

/// Reports whether marks stand in a column of a table's rows.
fn holds_marks(sheet: &Sheet, section: &Section, column: u32) -> bool {
    let start = sheet.rows.partition_point(|row| row.index <= section.heading.bottom);
    let key = section.heading.key_column();
    let rows = sheet.rows[start..].iter().take_while(|row| row.index <= section.last_row).take(ROWS_LOOKED_AT);
    let rows = rows.filter(|row| key.is_none_or(|key| !is_blank(row.get(key))));
    let is_mark =
        |value: &CellValue| value.text().is_some() && matches!(yes_no(Some(value)), Ok(Some(Mark::Yes | Mark::No)));
    rows.filter_map(|row| row.get(column)).any(is_mark)
}

fn is_filled(sheet: &Sheet, section: &Section, column: u32) -> bool {
    let start = sheet.rows.partition_point(|row| row.index <= section.heading.bottom);
    let key = section.heading.key_column();
    let rows = sheet.rows[start..].iter().take_while(|row| row.index <= section.last_row).take(ROWS_LOOKED_AT);
    let within = |row: u32| !section.foreign.iter().any(|(first, last)| (*first..=*last).contains(&row));
    let rows = rows.filter(|row| within(row.index) && key.is_none_or(|key| !is_blank(row.get(key))));
    // A number alone is a column's number or a sum; a word or a day alone may be the one that matters.
    let is_number = |value: &CellValue| matches!(value, CellValue::Number { .. });
    let filled: Vec<&CellValue> =
        rows.filter_map(|row| row.get(column)).filter(|value| !is_blank(Some(value))).collect();
    filled.len() > 1 || filled.iter().any(|value| !is_number(value))
}

/// Names alone in their row right above a repeated heading of a table without numbers: rows of it, or lines of a banner
/// that stands there again. What the sheet said before in the same words is a banner's.
pub(super) fn unread_rows(sheet: &Sheet, section: &Section) -> Vec<(CellRef, String)> {
    let Section { heading, repeated, .. } = section;
    let key_column = heading.key_column().filter(|_| !heading.columns.contains_key(&ColumnMeaning::No));
    let Some(column) = key_column.filter(|_| !repeated.is_empty()) else { return Vec::new() };
    let head = sheet.rows.partition_point(|row| row.index <= heading.bottom);
    let said: BTreeSet<String> =
        sheet.rows[..head].iter().flat_map(|row| row.cells.iter().map(|cell| key(&value_text(&cell.value)))).collect();
    let mut found = Vec::new();
    for (first, last) in repeated {
        let start = sheet.rows.partition_point(|row| row.index < *first);
        let mut above = first.checked_sub(1);
        for row in sheet.rows[start..].iter().take_while(|row| row.index <= *last) {
            let mut filled =
                row.within(heading.extent.0..=heading.extent.1).iter().filter(|cell| !is_blank(Some(&cell.value)));
            let (Some(name), None) = (filled.next(), filled.next()) else { break };
            let text = value_text(&name.value);
            let is_name = name.column == column && !text.contains(':') && !said.contains(&key(&text));
            if !is_name || above != row.index.checked_sub(1) {
                break;
            }
            above = Some(row.index);
            found.push((CellRef { row: row.index, column }, format!(
                "\"{}\" berdiri sendiri di atas judul kolom yang diulang, jadi tidak dibaca; bila itu baris tabel, isi kolom lainnya atau beri kolom No, bila hanya judul halaman, abaikan",
                short(&text)
            )));
        }
    }
    found
}

/// A notice a block; the last one tells how many more there are.
pub(super) fn unread_blocks(blocks: &[LeftoverBlock]) -> Vec<(CellRef, String)> {
    let more = blocks.len().saturating_sub(BLOCKS_LISTED);
    let listed = blocks.iter().take(BLOCKS_LISTED).enumerate();
    let notice = |(place, block): (usize, &LeftoverBlock)| {
        let others = match more {
            more if more > 0 && place + 1 == BLOCKS_LISTED => format!(" (dan {more} lainnya di lembar ini)"),
            _ => String::new(),
        };
        let message = format!(
            "tabel di {block}{others} tidak dikenali, jadi tidak dibaca; bila datanya perlu, pakai judul kolom templat atau jelaskan kolomnya di halaman Impor, bila hanya rekap atau catatan, abaikan"
        );
        (block.first, message)
    };
    listed.map(notice).collect()
}

fn short(text: &str) -> String {
    squeeze(text).chars().take(HEADING_CHARS).collect()
}
