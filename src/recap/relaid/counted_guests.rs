//! Attendance of one meeting that counts persons (`Jumlah Undangan | Jumlah Hadir`): a facility was there where somebody of
//! it came. What may count meetings, or contradicts itself, is asked.

use super::page::{NewCell, NewSheet};
use super::rows::{column_of, up_to_signatures};
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine, NamedPeriod};
use crate::recap::cells::number::{Dot, read};
use crate::recap::cells::{is_blank, is_dash};
use crate::recap::heading::{NAME, key};
use crate::recap::heading_figures::is_total;
use crate::recap::questions::{ASK_GUESTS, ASK_GUESTS_MONTH};
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

const INVITED: [&str; 7] =
    ["undangan", "diundang", "yangdiundang", "undang", "pesertadiundang", "pesertayangdiundang", "pesertaundangan"];
const ATTENDED: [&str; 7] =
    ["hadir", "yanghadir", "kehadiran", "pesertahadir", "pesertayanghadir", "datang", "hadirundangan"];
const MEETINGS: [&str; 5] = ["lokmin", "lokakarya", "minilok", "kehadiran", "daftar hadir"];

/// Columns of such counts, and the place of their heading among the rows of the sheet.
struct GuestColumns {
    at: usize,
    name: u32,
    invited: u32,
    attended: u32,
}

/// Persons invited and come.
#[derive(Clone, Copy)]
struct Guests {
    invited: f64,
    attended: f64,
}

/// The sheet with Ya and Tidak in the place of counts.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let columns = (0..sheet.rows.len()).find_map(|at| GuestColumns::at(sheet, at))?;
    let banner = Banner::read(sheet.rows[..columns.at].iter().map(BannerLine::all_cells));
    if !MEETINGS.iter().any(|word| banner.words.contains(word)) {
        return None;
    }
    let heading = &sheet.rows[columns.at];
    let place = CellRef { row: heading.index, column: columns.attended };
    if banner.month.is_none() && NamedPeriod::read(&sheet.name).month.is_none() {
        return Some(Relaid::Asked(Remark { place, message: ASK_GUESTS_MONTH.to_owned() }));
    }
    let (rows, tail) = up_to_signatures(&sheet.rows[columns.at + 1..]);
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..columns.at]);
    page.split(heading, vec![columns.line(heading, ["Diundang", "Hadir"])]);
    let mut came = 0;
    let mut absent = 0;
    for row in rows {
        if !columns.is_of_facility(row) {
            page.copy(std::slice::from_ref(row));
            continue;
        }
        match columns.guests(row) {
            Ok(Some(guests)) => {
                let [invited, attended] = [guests.invited, guests.attended].map(|count| count > 0.0);
                came += u32::from(attended);
                absent += u32::from(invited && !attended);
                let words = [invited, attended].map(|yes| if yes { "Ya" } else { "Tidak" });
                page.split(row, vec![columns.line(row, words)]);
            }
            // Nothing is known of them.
            Ok(None) => page.split(row, Vec::new()),
            Err(place) => return Some(Relaid::Asked(Remark { place, message: ASK_GUESTS.to_owned() })),
        }
    }
    page.copy(tail);
    let message = format!(
        "angka undangan dan kehadiran dibaca sebagai jumlah orang, hadir bila sedikitnya satu orang datang: {came} nama hadir, \
         {absent} tidak; bila yang dihitung rapat, tulis satu kolom untuk setiap bulan rapat"
    );
    Some(Relaid::Table(Box::new(page.finish_alike()), vec![Remark { place, message }]))
}

/// A heading of counts without the words that say so, and whether it has them.
fn counted(heading: &str) -> (String, bool) {
    let whole = key(heading);
    let bare =
        ["jumlah", "jml", "banyaknya", "banyak"].iter().find_map(|word| whole.strip_prefix(word)).unwrap_or(&whole);
    let bare = bare.strip_suffix("orang").or_else(|| bare.strip_suffix("org")).unwrap_or(bare);
    (bare.to_owned(), bare.len() < whole.len())
}

impl GuestColumns {
    /// The columns whose heading is a row: one of both says that it counts, or holds more than one.
    fn at(sheet: &Sheet, at: usize) -> Option<Self> {
        let row = &sheet.rows[at];
        let name = column_of(row, &|key| NAME.has(key))?;
        let of = |words: &[&str]| {
            let texts = row.cells.iter().filter_map(|cell| Some((cell.column, counted(cell.value.text()?))));
            let mut found = texts.filter(|(_, (bare, _))| words.contains(&bare.as_str()));
            let first = found.next().map(|(column, (_, counts))| (column, counts));
            first.filter(|_| found.next().is_none())
        };
        let [invited, attended] = [of(&INVITED)?, of(&ATTENDED)?];
        let columns = Self { at, name, invited: invited.0, attended: attended.0 };
        let (rows, _) = up_to_signatures(&sheet.rows[at + 1..]);
        let counts: Vec<f64> =
            rows.iter().filter(|row| columns.is_of_facility(row)).flat_map(|row| columns.numbers(row)).collect();
        let is_count = invited.1 || attended.1 || counts.iter().any(|count| *count > 1.0);
        (is_count && !counts.is_empty()).then_some(columns)
    }

    fn is_of_facility(&self, row: &Row) -> bool {
        let name = row.get(self.name).and_then(CellValue::text);
        name.is_some_and(|name| !is_total(&key(name)) && name.chars().any(char::is_alphabetic))
    }

    fn numbers(&self, row: &Row) -> Vec<f64> {
        [self.invited, self.attended].into_iter().filter_map(|column| count(row.get(column)).ok().flatten()).collect()
    }

    /// The persons of a row; nothing where it counts none, the cell that nobody can take for a count.
    fn guests(&self, row: &Row) -> Result<Option<Guests>, CellRef> {
        let of = |column: u32| count(row.get(column)).map_err(|()| CellRef { row: row.index, column });
        let attended = CellRef { row: row.index, column: self.attended };
        match (of(self.invited)?, of(self.attended)?) {
            (None, None) => Ok(None),
            (Some(invited), Some(come)) if come <= invited => Ok(Some(Guests { invited, attended: come })),
            (Some(invited), None) if invited == 0.0 => Ok(Some(Guests { invited, attended: 0.0 })),
            _ => Err(attended),
        }
    }

    /// The cells of a row with other texts in both columns.
    fn line(&self, row: &Row, [invited, attended]: [&str; 2]) -> Vec<(u32, NewCell)> {
        let cells = row.cells.iter().map(|cell| {
            let from = CellRef { row: row.index, column: cell.column };
            let piece = match cell.column {
                column if column == self.invited => NewCell::text(invited, from),
                column if column == self.attended => NewCell::text(attended, from),
                _ => NewCell { value: Some(cell.value.clone()), from },
            };
            (cell.column, piece)
        });
        cells.collect()
    }
}

/// A whole number of persons; nothing where the cell tells none.
fn count(value: Option<&CellValue>) -> Result<Option<f64>, ()> {
    if is_blank(value) || value.and_then(CellValue::text).is_some_and(is_dash) {
        return Ok(None);
    }
    match read(value, Dot::Thousands) {
        Ok(Some(number)) if number.value >= 0.0 && number.value.fract() == 0.0 => Ok(Some(number.value)),
        _ => Err(()),
    }
}
