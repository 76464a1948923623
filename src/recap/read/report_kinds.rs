//! Reports of several kinds (LB1, LB3, LB4) in one table: whether one of them or all make the month's report nobody says,
//! so it is asked.

use std::collections::BTreeSet;

use super::Reader;
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::{ColumnMeaning, key};

const KINDS: [&str; 9] = [
    "jenislaporan",
    "jenislap",
    "namalaporan",
    "laporan",
    "bentuklaporan",
    "formulir",
    "macamlaporan",
    "format",
    "jenisformat",
];

/// Asks which kind is meant; whether it did.
pub(super) fn are_asked(reader: &mut Reader<'_>) -> bool {
    let of_heading = reader.table.heading.unread.first().cloned();
    if let Some((kinds, place)) = of_heading {
        ask(reader, place, &kinds);
        return true;
    }
    let Some((place, kinds)) = of_rows(reader) else { return false };
    ask(reader, place, &kinds);
    true
}

fn ask(reader: &mut Reader<'_>, place: CellRef, kinds: &str) {
    let message = format!(
        "ada beberapa jenis laporan ({kinds}) dan tidak jelas kapan laporan sebulan dianggap diterima: bila semuanya sudah \
         masuk, atau salah satunya; tulis satu baris untuk setiap faskes dan bulan, dengan satu kolom Tanggal Diterima, lalu \
         impor lagi"
    );
    reader.error(place, IssueCode::UnknownValue, message);
}

/// The kinds of a column, where somebody has rows of several.
fn of_rows(reader: &Reader<'_>) -> Option<(CellRef, String)> {
    let heading = &reader.table.heading;
    let sheet = reader.table.sheet;
    let name = *heading.columns.get(&ColumnMeaning::Name)?;
    let month = heading.columns.get(&ColumnMeaning::ReportMonth).copied();
    let is_free = |column: &u32| !heading.columns.values().any(|known| known == column);
    let of = |column: u32| {
        let (place, text) = heading.texts(sheet, column).pop()?;
        KINDS.contains(&key(&text).as_str()).then_some((column, place))
    };
    let mut columns = (heading.extent.0..=heading.extent.1).filter(is_free);
    let found = columns.find_map(of)?;
    let (column, place) = found;
    let mut kinds: Vec<String> = Vec::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    let mut is_several = false;
    let rows = sheet.rows.iter().filter(|row| row.index > heading.bottom && row.index <= reader.table.last_row);
    for row in rows {
        let Some(kind) = row.get(column).filter(|kind| !is_blank(Some(kind))).map(value_text) else { continue };
        let own = |column: u32| row.get(column).filter(|value| !is_blank(Some(value))).map(value_text);
        let whose = own(name).map(|name| plain_words(&name));
        let when = month.and_then(own).unwrap_or_default();
        // A blank name is that of the row above.
        is_several |= whose.is_none_or(|whose| !seen.insert((whose, plain_words(&when))));
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    (is_several && kinds.len() > 1).then(|| (place, kinds.join(", ")))
}
