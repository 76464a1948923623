//! Words that stand once above a table and hold for all of its rows: the day of a round (`TANGGAL : 12 MEI 2025`), the village
//! of a register (`DESA : OELNASI`). They become a column.

use super::page::{NewCell, NewSheet};
use super::rows::{column_of, up_to_signatures};
use crate::domain::format;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::{date, is_blank, value_text};
use crate::recap::heading::{NAME, is_date_heading, is_month_heading, is_number_heading, is_village_heading, key};
use crate::recap::sum_rows::is_row_number;
use crate::recap::village_words::village_above;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Labels of the day of a round, before a colon or in a cell of their own.
const LABELS: [&str; 14] = [
    "tanggal",
    "tgl",
    "haritanggal",
    "haritgl",
    "hari",
    "tanggalpembinaan",
    "tglpembinaan",
    "tanggalkunjungan",
    "tglkunjungan",
    "tanggalkegiatan",
    "tglkegiatan",
    "tanggalpelaksanaan",
    "tglpelaksanaan",
    "tanggalsupervisi",
];
/// Words of titles below which rows are visits.
const COACHING: [&str; 6] = ["pembinaan", "supervisi", "kunjungan", "monev", "bimtek", "binwil"];
/// Words of titles of other tables.
const OTHERS: [&str; 7] = ["laporan", "lokmin", "lokakarya", "hadir", "capaian", "cakupan", "tindak lanjut"];
/// Words of titles of registers.
const REGISTERS: [&str; 6] =
    ["identifikasi", "daftar jaringan", "daftar jejaring", "data jaringan", "data jejaring", "daftar faskes"];
/// Fewest headings of a table.
const HEADINGS_MIN: usize = 3;

/// The value that a line above a table gives, and its cell.
struct SaidAbove {
    value: CellValue,
    place: CellRef,
}

/// The column that a table lacks: its heading, what all its rows hold, and the sentence that tells it.
struct AddedColumn {
    heading: &'static str,
    said: SaidAbove,
    message: String,
}

/// The sheet with what stands above it as a column.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let at = sheet.rows.iter().position(|row| column_of(row, &|key| NAME.has(key)).is_some())?;
    let heading = &sheet.rows[at];
    let words = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells)).words;
    let above = TableAbove { lines: &sheet.rows[..at], heading, words: &words };
    let added = above.day().or_else(|| above.village())?;
    Some(with_column(sheet, at, added))
}

/// The lines above a table, its heading, and the words of its titles.
struct TableAbove<'s> {
    lines: &'s [Row],
    heading: &'s Row,
    words: &'s str,
}

impl TableAbove<'_> {
    fn says(&self, known: &[&str]) -> bool {
        known.iter().any(|word| self.words.contains(word))
    }

    /// The one day of a table of visits without any.
    fn day(&self) -> Option<AddedColumn> {
        let texts = || self.heading.cells.iter().filter_map(|cell| cell.value.text());
        let is_of_time = |text: &str| {
            let key = key(text);
            let is_label = LABELS.contains(&key.as_str());
            is_date_heading(text) || is_month_heading(text) || month_number(&key).is_some() || is_label
        };
        let is_of_visits = self.says(&COACHING) && !self.says(&OTHERS);
        if texts().count() < HEADINGS_MIN || texts().any(is_of_time) || !is_of_visits {
            return None;
        }
        let mut days = self.lines.iter().filter_map(day_of);
        let (day, place) = days.next()?;
        let message = format!(
            "tanggal di atas tabel, {}, dibaca sebagai tanggal setiap baris; bila ada yang lain, tambahkan kolom Tanggal",
            format::date(day)
        );
        let said = SaidAbove { value: CellValue::Date(day), place };
        days.next().is_none().then_some(AddedColumn { heading: "Tanggal", said, message })
    }

    /// The one village of a register without a column of them.
    fn village(&self) -> Option<AddedColumn> {
        let has_villages = self.heading.cells.iter().any(|cell| cell.value.text().is_some_and(is_village_heading));
        if has_villages || !self.says(&REGISTERS) {
            return None;
        }
        let mut villages = self.lines.iter().filter_map(village_above);
        let (village, place) = villages.next().filter(|_| villages.next().is_none())?;
        let said = SaidAbove { value: CellValue::Text(village.into()), place };
        let message = format!(
            "\"{}\" di atas tabel dibaca sebagai desa setiap baris; bila ada yang lain, tambahkan kolom Desa",
            value_text(&said.value)
        );
        Some(AddedColumn { heading: "Desa", said, message })
    }
}

/// The sheet with one more column behind all others.
fn with_column(sheet: &Sheet, at: usize, added: AddedColumn) -> Relaid {
    let AddedColumn { heading: word, said: SaidAbove { value, place }, message } = added;
    let heading = &sheet.rows[at];
    let name = column_of(heading, &|key| NAME.has(key)).unwrap_or_default();
    let (rows, tail) = up_to_signatures(&sheet.rows[at + 1..]);
    let last = sheet.rows[at..].iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max();
    let behind = last.map_or(0, |last| last + 1);
    // Where rows are numbered, those without are sections.
    let number = heading.cells.iter().find(|cell| cell.value.text().is_some_and(is_number_heading));
    let is_numbered = |row: &Row| number.is_some_and(|number| row.get(number.column).is_some_and(is_row_number));
    let has_numbers = rows.iter().any(is_numbered);
    let is_of_table = |row: &Row| !has_numbers || is_numbered(row);
    let with = |row: &Row, value: CellValue| {
        let own = row.cells.iter().map(|cell| {
            let from = CellRef { row: row.index, column: cell.column };
            (cell.column, NewCell { value: Some(cell.value.clone()), from })
        });
        own.chain([(behind, NewCell { value: Some(value), from: place })]).collect::<Vec<_>>()
    };
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    page.split(heading, vec![with(heading, CellValue::Text(word.into()))]);
    for row in rows {
        if is_blank(row.get(name)) || !is_of_table(row) {
            page.copy(std::slice::from_ref(row));
        } else {
            page.split(row, vec![with(row, value.clone())]);
        }
    }
    page.copy(tail);
    Relaid::Table(Box::new(page.finish_alike()), vec![Remark { place, message }])
}

/// The day that a line above the table names behind a label of its own.
fn day_of(row: &Row) -> Option<(chrono::NaiveDate, CellRef)> {
    let filled: Vec<_> = row.cells.iter().filter(|cell| !is_blank(Some(&cell.value))).collect();
    let (first, rest) = filled.split_first()?;
    let text = value_text(&first.value);
    let (label, own) = text.split_once(':').map_or((text.as_str(), None), |(label, own)| (label, Some(own.trim())));
    if !LABELS.contains(&key(label).as_str()) {
        return None;
    }
    let in_cell = own.filter(|own| !own.is_empty()).map(|own| (CellValue::Text(own.into()), first.column));
    let beside = || {
        let held = rest.iter().find(|cell| value_text(&cell.value).trim() != ":")?;
        let bare = held.value.text().map(|text| CellValue::Text(text.trim_start_matches([':', ' ']).into()));
        Some((bare.unwrap_or_else(|| held.value.clone()), held.column))
    };
    let (value, column) = in_cell.or_else(beside)?;
    let day = date::read(Some(&value), false).ok().flatten()?;
    Some((day, CellRef { row: row.index, column }))
}
