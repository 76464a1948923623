//! Headings that are written otherwise than a heading is known by, wherever they stand: `POSYANDU` over names of
//! posyandu, `J F M A M J …` for the months, counts `H I S A` behind an attendance, `Pilih Pustu | Pilih Klinik` of an
//! online form that branches. They get the words of what they mean, before anything else is asked of the sheet.

use super::page::{NewCell, NewSheet, replaced};
use super::rows::{column_of, up_to_signatures};
use crate::domain::format::MONTHS;
use crate::domain::period::{YEAR_MAX, YEAR_MIN};
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::mark::{Mark, planned};
use crate::recap::cells::{is_blank, is_dash, is_ditto, trim, value_text};
use crate::recap::facility_words::is_facility;
use crate::recap::heading::{NAME, anchor, is_village_heading, key};
use crate::workbook::{Cell, CellValue, Remark, Row, Sheet};

/// Kinds that alone head the names of facilities, with what is written instead.
const KINDS: [(&str, &str); 16] = [
    ("posyandu", "Nama Posyandu"),
    ("posbindu", "Nama Posbindu"),
    ("pustu", "Nama Pustu"),
    ("polindes", "Nama Polindes"),
    ("poskesdes", "Nama Poskesdes"),
    ("ponkesdes", "Nama Ponkesdes"),
    ("klinik", "Nama Klinik"),
    ("apotek", "Nama Apotek"),
    ("apotik", "Nama Apotek"),
    ("bidan", "Nama Bidan"),
    ("bpm", "Nama BPM"),
    ("pmb", "Nama PMB"),
    ("tpmb", "Nama TPMB"),
    ("sekolah", "Nama Sekolah"),
    ("pustupolindes", "Nama Faskes"),
    ("desafasilitas", "Nama Faskes"),
];
/// Known headings beside one of these.
const BESIDE_MIN: usize = 2;
/// Fewest letters of a name.
const NAME_LETTERS_MIN: usize = 3;
/// First letters of the months, and the fewest of them that are months.
const LETTERS: [&str; 12] = ["j", "f", "m", "a", "m", "j", "j", "a", "s", "o", "n", "d"];
const LETTERS_MIN: usize = 6;
/// Headings of the counts behind an attendance.
const COUNTS: [&str; 16] = [
    "h",
    "i",
    "s",
    "a",
    "th",
    "tk",
    "hadir",
    "izin",
    "ijin",
    "sakit",
    "alpa",
    "alpha",
    "tidakhadir",
    "tdkhadir",
    "%",
    "persen",
];
const ATTENDANCE: [&str; 5] = ["kehadiran", "daftar hadir", "absensi", "lokmin", "lokakarya"];
const MONTHS_MIN: usize = 2;
/// Columns of an online form of which one is filled.
const BRANCHES_MIN: usize = 2;

/// The sheet with other words in one row of headings, and what is told of it.
pub(super) fn renamed(sheet: &Sheet) -> Option<(Sheet, Vec<Remark>)> {
    if let Some(joined) = years_beside_months(sheet) {
        return Some((joined, Vec::new()));
    }
    let found = kind_over_names(sheet)
        .or_else(|| facilities_below(sheet))
        .or_else(|| letters_of_months(sheet))
        .or_else(|| counts_of_attendance(sheet));
    match found {
        Some(words) => Some((words.write(sheet), words.told.into_iter().collect())),
        None => branches(sheet),
    }
}

/// Other words for some cells of a row.
struct OtherWords {
    /// Place of the row among those of the sheet.
    at: usize,
    words: Vec<(u32, String)>,
    told: Option<Remark>,
}

impl OtherWords {
    fn write(&self, sheet: &Sheet) -> Sheet {
        let row = &sheet.rows[self.at];
        let word = |cell: &Cell, from: CellRef| {
            let word = self.words.iter().find(|(column, _)| *column == cell.column)?;
            Some(NewCell::text(&word.1, from))
        };
        let mut page = NewSheet::new(sheet);
        page.copy(&sheet.rows[..self.at]);
        page.split(row, vec![replaced(row, &word)]);
        page.copy(&sheet.rows[self.at + 1..]);
        page.finish_alike()
    }
}

/// `POSYANDU` over names, where nothing else heads them.
fn kind_over_names(sheet: &Sheet) -> Option<OtherWords> {
    let (at, column, word) = sheet.rows.iter().enumerate().find_map(|(at, row)| {
        let known = row.cells.iter().filter_map(|cell| cell.value.text()).filter(|text| is_known(text)).count();
        if known < BESIDE_MIN || column_of(row, &|key| NAME.has(key)).is_some() {
            return None;
        }
        let of_kind = |cell: &Cell| {
            let key = key(cell.value.text()?);
            let (_, word) = KINDS.iter().find(|(kind, _)| *kind == key)?;
            Some((cell.column, *word))
        };
        let mut found = row.cells.iter().filter_map(of_kind);
        let (column, word) = found.next().filter(|_| found.next().is_none())?;
        Some((at, column, word))
    })?;
    // Below a heading of names it is the kind of one of them.
    if sheet.rows[..at].iter().any(|row| column_of(row, &|key| NAME.has(key)).is_some()) {
        return None;
    }
    let (rows, _) = up_to_signatures(&sheet.rows[at + 1..]);
    let mut filled = rows.iter().filter_map(|row| row.get(column)).filter(|value| !is_blank(Some(value))).peekable();
    filled.peek()?;
    filled.all(is_name).then(|| OtherWords { at, words: vec![(column, word.to_owned())], told: None })
}

/// A heading that nobody knows over names of facilities, beside villages: the villages are not the names.
fn facilities_below(sheet: &Sheet) -> Option<OtherWords> {
    let at = sheet.rows.iter().position(|row| {
        let texts = || row.cells.iter().filter_map(|cell| cell.value.text());
        let has_villages = texts().any(is_village_heading);
        let has_items = texts().any(|text| ["rtl", "rencanatindaklanjut"].contains(&key(text).as_str()));
        (has_villages || has_items) && texts().filter(|text| is_known(text)).count() >= BESIDE_MIN
    })?;
    let heading = &sheet.rows[at];
    if sheet.rows[..=at].iter().any(|row| column_of(row, &|key| NAME.has(key)).is_some()) {
        return None;
    }
    let (rows, _) = up_to_signatures(&sheet.rows[at + 1..]);
    let holds_facilities = |column: u32| {
        let mut filled =
            rows.iter().filter_map(|row| row.get(column)).filter(|value| !is_blank(Some(value))).peekable();
        filled.peek().is_some() && filled.all(|value| value.text().is_some_and(is_facility))
    };
    let unknown =
        heading.cells.iter().filter(|cell| cell.value.text().is_some_and(|text| !is_known(text) && !is_facility(text)));
    let mut columns = unknown.map(|cell| cell.column).filter(|column| holds_facilities(*column));
    let column = columns.next().filter(|_| columns.next().is_none())?;
    let place = CellRef { row: heading.index, column };
    let written = heading.get(column).and_then(CellValue::text).unwrap_or_default().trim();
    let message =
        format!("kolom \"{written}\" dibaca sebagai nama, karena berisi nama faskes; bila bukan, ubah judulnya");
    let words = vec![(column, "Nama Jaringan/Jejaring".to_owned())];
    Some(OtherWords { at, words, told: Some(Remark { place, message }) })
}

fn is_known(text: &str) -> bool {
    anchor(text).is_some() || month_number(&key(text)).is_some()
}

fn is_name(value: &CellValue) -> bool {
    let Some(text) = value.text() else { return false };
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_mark = matches!(planned(Some(value)), Ok(Some(Mark::Yes | Mark::No)));
    letters >= NAME_LETTERS_MIN && !is_mark || is_dash(text) || is_ditto(text)
}

/// `J F M A M J J A S O N D`, in cells beside each other.
fn letters_of_months(sheet: &Sheet) -> Option<OtherWords> {
    sheet.rows.iter().enumerate().find_map(|(at, row)| {
        let letters: Vec<(u32, String)> =
            row.cells.iter().filter_map(|cell| Some((cell.column, key(cell.value.text()?)))).collect();
        (0..letters.len()).find_map(|start| {
            let run = letters[start..].iter().zip(LETTERS).zip(letters[start].0..);
            let run = run.take_while(|(((column, own), letter), expected)| own == letter && column == expected);
            let words: Vec<(u32, String)> =
                run.zip(MONTHS).map(|((((column, _), _), _), month)| (*column, month.to_owned())).collect();
            let place = CellRef { row: row.index, column: letters[start].0 };
            let message = "huruf di judul kolomnya dibaca sebagai bulan, mulai Januari".to_owned();
            let told = Some(Remark { place, message });
            (words.len() >= LETTERS_MIN).then_some(OtherWords { at, words, told })
        })
    })
}

/// Counts behind the months of an attendance, of which a letter would be taken for that of a figure.
fn counts_of_attendance(sheet: &Sheet) -> Option<OtherWords> {
    let is_month = |cell: &Cell| cell.value.text().is_some_and(|text| month_number(&key(text)).is_some());
    let at = sheet.rows.iter().position(|row| {
        row.cells.iter().filter(|cell| is_month(cell)).count() >= MONTHS_MIN
            && column_of(row, &|key| NAME.has(key)).is_some()
    })?;
    let words = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells)).words;
    if !ATTENDANCE.iter().any(|word| words.contains(word)) {
        return None;
    }
    let row = &sheet.rows[at];
    let last = row.cells.iter().rfind(|cell| is_month(cell))?.column;
    let behind = row.cells.iter().filter(|cell| cell.column > last);
    let counts = behind.filter(|cell| cell.value.text().is_some_and(|text| COUNTS.contains(&key(text).as_str())));
    let word = |cell: &Cell| {
        let is_sum = cell.value.text().is_some_and(|text| ["h", "hadir"].contains(&key(text).as_str()));
        if is_sum { "Jumlah" } else { "" }
    };
    let words: Vec<(u32, String)> = counts.map(|cell| (cell.column, word(cell).to_owned())).collect();
    (!words.is_empty()).then_some(OtherWords { at, words, told: None })
}

/// A column of years beside one of months: each month gets its own year.
fn years_beside_months(sheet: &Sheet) -> Option<Sheet> {
    const YEARS: [&str; 3] = ["tahun", "thn", "th"];
    const DAYS: [&str; 5] = ["tanggal", "tgl", "hari", "haritanggal", "haritgl"];
    let (at, month, year) = sheet.rows.iter().enumerate().find_map(|(at, row)| {
        let month = column_of(row, &|key| ["bulan", "bln", "namabulan"].contains(&key))?;
        let year = column_of(row, &|key| YEARS.contains(&key))?;
        let has_day = column_of(row, &|key| DAYS.contains(&key)).is_some();
        (!has_day && row.cells.len() > 2).then_some((at, month, year))
    })?;
    let joined = |row: &Row| {
        let of_year = value_text(row.get(year)?);
        let named = value_text(row.get(month)?);
        let of_year = of_year.trim().parse::<i32>().ok().filter(|year| (YEAR_MIN..=YEAR_MAX).contains(year))?;
        let bare = named.trim();
        let number = month_number(&key(bare)).or_else(|| bare.parse().ok().filter(|month| (1..=12).contains(month)))?;
        Some(format!("{} {of_year}", MONTHS[number as usize - 1]))
    };
    let (rows, tail) = up_to_signatures(&sheet.rows[at + 1..]);
    let mut held = rows.iter().filter(|row| !is_blank(row.get(month)) && !is_blank(row.get(year))).peekable();
    held.peek()?;
    if !held.all(|row| joined(row).is_some()) {
        return None;
    }
    let line = |row: &Row| {
        let own = row.cells.iter().filter(|cell| cell.column != year).map(|cell| {
            let from = CellRef { row: row.index, column: cell.column };
            let month = joined(row).filter(|_| cell.column == month).map(|text| NewCell::text(&text, from));
            (cell.column, month.unwrap_or_else(|| NewCell { value: Some(cell.value.clone()), from }))
        });
        vec![own.collect::<Vec<_>>()]
    };
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    page.split(&sheet.rows[at], line(&sheet.rows[at]));
    for row in rows {
        if joined(row).is_some() {
            page.split(row, line(row));
        } else {
            page.copy(std::slice::from_ref(row));
        }
    }
    page.copy(tail);
    Some(page.finish_alike())
}

/// An online form that asks for the facility in several columns, one for each kind: they become one.
fn branches(sheet: &Sheet) -> Option<(Sheet, Vec<Remark>)> {
    let is_branch = |text: &str| key(text).starts_with("pilih");
    let branches_of = |row: &Row| -> Vec<u32> {
        let texts = row.cells.iter().filter(|cell| cell.value.text().is_some_and(is_branch));
        texts.map(|cell| cell.column).collect()
    };
    let at = sheet.rows.iter().position(|row| branches_of(row).len() >= BRANCHES_MIN)?;
    let heading = &sheet.rows[at];
    let columns = branches_of(heading);
    let filled =
        |row: &Row| -> Vec<u32> { columns.iter().filter(|column| !is_blank(row.get(**column))).copied().collect() };
    let rows = &sheet.rows[at + 1..];
    let is_one = |row: &Row| matches!(filled(row)[..], [column] if row.get(column).is_some_and(is_name));
    if rows.is_empty() || !rows.iter().all(is_one) {
        return None;
    }
    let first = *columns.first()?;
    let line = |row: &Row, name: NewCell| {
        let others = row.cells.iter().filter(|cell| !columns.contains(&cell.column)).map(|cell| {
            let from = CellRef { row: row.index, column: cell.column };
            let is_kind = row.index == heading.index
                && cell.value.text().is_some_and(|text| key(text).starts_with("jenis") && anchor(text).is_none());
            let own = NewCell { value: Some(cell.value.clone()), from };
            (cell.column, if is_kind { NewCell::text("Kelompok", from) } else { own })
        });
        others.chain([(first, name)]).collect::<Vec<_>>()
    };
    let place = CellRef { row: heading.index, column: first };
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    page.split(heading, vec![sorted(line(heading, NewCell::text("Nama Jaringan/Jejaring", place)))]);
    for row in rows {
        let column = filled(row).first().copied().unwrap_or(first);
        let name = NewCell::from_sheet(sheet, CellRef { row: row.index, column });
        page.split(row, vec![sorted(line(row, name))]);
    }
    let words: Vec<&str> = columns.iter().filter_map(|column| heading.get(*column)?.text()).map(trim).collect();
    let message = format!(
        "kolom {} dibaca sebagai satu kolom nama, karena setiap baris mengisi satu di antaranya",
        words.join(", ")
    );
    Some((page.finish_alike(), vec![Remark { place, message }]))
}

fn sorted(mut line: Vec<(u32, NewCell)>) -> Vec<(u32, NewCell)> {
    line.sort_by_key(|(column, _)| *column);
    line
}
