//! Attendance of one lokmin as a list that was signed: whoever signed was there; a blank says nothing.

use chrono::Datelike;

use super::page::{NewCell, NewSheet};
use super::rows::up_to_signatures;
use super::table;
use crate::domain::format::MONTHS;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::mark::{Mark, attended};
use crate::recap::cells::{date, is_dash, trim, value_text};
use crate::recap::facility_words::is_facility;
use crate::recap::heading::{NAME, key};
use crate::recap::questions::{ASK_SIGNED, ASK_SIGNED_DAY};
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

const SIGNATURE: [&str; 6] = ["tandatangan", "ttd", "paraf", "tandatanganparaf", "ttdparaf", "tandatanganpeserta"];
/// Whom a person comes from, where a column of persons stands beside it.
const FROM: [&str; 24] = [
    "unitkerjafaskes",
    "faskesunitkerja",
    "unitkerjainstansi",
    "asalunitkerja",
    "asalfaskes",
    "asal",
    "instansi",
    "asalinstansi",
    "unitkerja",
    "namainstansi",
    "perwakilan",
    "utusan",
    "asaljejaring",
    "asaljaringanjejaring",
    "asalfasyankes",
    "instansiasal",
    "unit",
    "alamatinstansi",
    "instansiunit",
    "unitinstansi",
    "instansijabatan",
    "asalunit",
    "namafaskesinstansi",
    "instansifaskes",
];
/// Names of persons.
const PERSONS: [&str; 3] = ["nama", "namapeserta", "namalengkap"];
const MEETINGS: [&str; 4] = ["lokmin", "lokakarya mini", "lokakarya", "minilokakarya"];
/// Columns that may say who came.
const REMARKS: [&str; 4] = ["keterangan", "ket", "status", "hadirtidakhadir"];
/// Those who invite.
const HOSTS: [&str; 7] = ["puskesmas", "pkm", "upt", "uptd", "dinas", "kecamatan", "kepala"];

/// The sign of a person beside a name, or its absence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signed {
    Yes,
    No,
    Blank,
}

/// Where names stand, and from which column to which they sign.
#[derive(Clone, Copy)]
struct SignedColumns {
    name: u32,
    sign: (u32, u32),
}

struct Guest {
    name: NewCell,
    key: String,
    signed: Signed,
    from: CellRef,
}

/// The attendance of a sheet.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let is_signature = |text: &str| SIGNATURE.contains(&key(text).as_str());
    let Some(at) = sheet.rows.iter().position(|row| texts(row).any(|(_, text)| is_signature(text))) else {
        return by_remark(sheet);
    };
    let heading = &sheet.rows[at];
    let banner = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells));
    let is_lokmin = MEETINGS.iter().any(|word| banner.words.contains(word));
    let has =
        |words: &[&str]| texts(heading).find(|(_, text)| words.contains(&key(text).as_str())).map(|(column, _)| column);
    if !is_lokmin || has(&["hadir", "kehadiran"]).is_some() {
        return None;
    }
    let named = || texts(heading).find(|(_, text)| NAME.has(&key(text)) && !PERSONS.contains(&key(text).as_str()));
    let name = has(&FROM).or_else(|| named().map(|(column, _)| column)).or_else(|| has(&PERSONS))?;
    let sign = texts(heading).find(|(_, text)| is_signature(text))?.0;
    let next = texts(heading).map(|(column, _)| column).find(|column| *column > sign);
    let end = next.map_or(u32::MAX, |next| next - 1);
    let guests = guests(sheet, at, SignedColumns { name, sign: (sign, end) });
    let place = CellRef { row: heading.index, column: sign };
    if guests.iter().filter(|guest| is_facility(&guest.key)).count() * 2 < guests.len() || guests.is_empty() {
        return None;
    }
    if guests.iter().all(|guest| guest.signed == Signed::Blank) {
        return Some(Relaid::Asked(Remark { place, message: ASK_SIGNED.to_owned() }));
    }
    let day = sheet.rows[..at].iter().find_map(day_of);
    if day.is_none() && banner.month.is_none() {
        return Some(Relaid::Asked(Remark { place, message: ASK_SIGNED_DAY.to_owned() }));
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    if let Some((day, from)) = day.filter(|_| banner.month.is_none()) {
        let name = MONTHS[day.month0() as usize].to_uppercase();
        page.line(vec![NewCell::text(&format!("BULAN : {name} {}", day.year()), from)]);
    }
    let headings = [("Nama Jaringan/Jejaring", name), ("Diundang", sign), ("Hadir", sign)];
    page.line(headings.map(|(text, column)| NewCell::text(text, CellRef { row: heading.index, column })).to_vec());
    let mut blank = 0;
    for guest in &guests {
        let attended = match guest.signed {
            Signed::Yes => "√",
            Signed::No => "-",
            Signed::Blank => {
                blank += 1;
                continue;
            }
        };
        let marks = ["√", attended].map(|mark| NewCell::text(mark, guest.from));
        page.line(std::iter::once(guest.name.clone()).chain(marks).collect());
    }
    let mut message = format!(
        "daftar hadir bertanda tangan dibaca sebagai kehadiran lokmin: {} nama bertanda tangan dibaca hadir",
        guests.iter().filter(|guest| guest.signed == Signed::Yes).count()
    );
    if blank > 0 {
        message =
            format!("{message}; {blank} nama tanpa tanda tangan tidak dibaca, isi - bila diundang tetapi tidak hadir");
    }
    Some(table(page, Remark { place, message }))
}

/// The attendance of a lokmin of which a remark says who came.
fn by_remark(sheet: &Sheet) -> Option<Relaid> {
    let of = |row: &Row, words: &[&str]| {
        texts(row).find(|(_, text)| words.contains(&key(text).as_str())).map(|(column, _)| column)
    };
    let named = |row: &Row| texts(row).find(|(_, text)| NAME.has(&key(text))).map(|(column, _)| column);
    let at = sheet.rows.iter().position(|row| named(row).is_some())?;
    let heading = &sheet.rows[at];
    let banner = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells));
    let (name, remark) = named(heading).zip(of(heading, &REMARKS))?;
    let is_lokmin = MEETINGS.iter().any(|word| banner.words.contains(word));
    if !is_lokmin || of(heading, &["hadir", "kehadiran", "diundang"]).is_some() {
        return None;
    }
    let (rows, _) = up_to_signatures(&sheet.rows[at + 1..]);
    let rows: Vec<&Row> = rows.iter().filter(|row| row.get(name).is_some()).collect();
    let is_known = |row: &&Row| matches!(attended(row.get(remark)), Ok(None | Some(Mark::Yes | Mark::No)));
    let is_said = rows.iter().any(|row| row.get(remark).is_some());
    if !is_said || !rows.iter().all(is_known) {
        return None;
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    let place = CellRef { row: heading.index, column: remark };
    let name_heading = CellRef { row: heading.index, column: name };
    page.line(vec![NewCell::text("Nama Jaringan/Jejaring", name_heading), NewCell::text("Hadir", place)]);
    for row in rows.iter().filter(|row| row.get(remark).is_some()) {
        page.line([name, remark].map(|column| NewCell::from_sheet(sheet, CellRef { row: row.index, column })).to_vec());
    }
    let message = "kolom keterangan dibaca sebagai kehadiran lokmin; baris tanpa keterangan tidak dibaca".to_owned();
    Some(table(page, Remark { place, message }))
}

fn texts(row: &Row) -> impl Iterator<Item = (u32, &str)> {
    row.cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?)))
}

/// Those of the list, each facility once.
fn guests(sheet: &Sheet, at: usize, columns: SignedColumns) -> Vec<Guest> {
    let SignedColumns { name, sign } = columns;
    let mut guests: Vec<Guest> = Vec::new();
    let (rows, _) = up_to_signatures(&sheet.rows[at + 1..]);
    for row in rows {
        let place = CellRef { row: row.index, column: name };
        let Some((from, CellValue::Text(text))) = sheet.seen(place) else { continue };
        let key = plain_words(text);
        let is_host = key.split(' ').next().is_some_and(|word| HOSTS.contains(&word)) && !is_facility(text);
        if key.is_empty() || is_host {
            continue;
        }
        let cells = row.within(sign.0..=sign.1);
        let signed = cells.iter().map(|cell| signed(&cell.value)).find(|signed| *signed != Signed::Blank);
        let signed = signed.unwrap_or(Signed::Blank);
        match guests.iter_mut().find(|guest| guest.key == key) {
            Some(known) if signed == Signed::Yes => known.signed = signed,
            Some(_) => {}
            None => {
                let column = cells.first().map_or(sign.0, |cell| cell.column);
                let name = NewCell { value: Some(CellValue::Text(text.clone())), from };
                guests.push(Guest { name, key, signed, from: CellRef { row: row.index, column } });
            }
        }
    }
    guests
}

/// `1.` and `2. ………` are printed; anything else was written.
fn signed(value: &CellValue) -> Signed {
    let text = value_text(value);
    if is_dash(&text) {
        return Signed::No;
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || ['.', ')', '…', '_', ':'].contains(&c));
    match plain_words(rest).as_str() {
        "" if rest.is_empty() => Signed::Blank,
        "tidak hadir" | "tidak" | "x" | "izin" | "ijin" | "sakit" | "alpa" => Signed::No,
        _ => Signed::Yes,
    }
}

/// The day that a line names: `Hari/Tanggal : Selasa, 20 Mei 2025`.
pub(in crate::recap) fn day_of(row: &Row) -> Option<(crate::domain::Date, CellRef)> {
    row.cells.iter().find_map(|cell| {
        let from = CellRef { row: row.index, column: cell.column };
        let value = match &cell.value {
            CellValue::Text(text) => {
                let (_, rest) = text.split_once(':').unwrap_or(("", text));
                CellValue::Text(trim(rest).into())
            }
            CellValue::Date(date) => return Some((*date, from)),
            _ => return None,
        };
        date::read(Some(&value), false).ok().flatten().map(|day| (day, from))
    })
}
