//! Reports of one month with two columns to tick: who reported, and who did not (`Ada | Tidak Ada`). They become the one
//! column of the month.

use super::page::{NewCell, NewSheet};
use super::rows::{column_of, up_to_signatures};
use crate::domain::Month;
use crate::domain::format::MONTHS;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::is_blank;
use crate::recap::cells::mark::{Mark, planned};
use crate::recap::heading::{NAME, key};
use crate::workbook::{Relaid, Remark, Row, Sheet};

/// Keys of those who reported and of those who did not, the pairs that stand beside each other.
const PAIRS: [[&str; 2]; 15] = [
    ["ada", "tidakada"],
    ["ada", "tdkada"],
    ["ada", "tidak"],
    ["masuk", "tidakmasuk"],
    ["masuk", "belummasuk"],
    ["lapor", "tidaklapor"],
    ["melapor", "tidakmelapor"],
    ["lapor", "tidak"],
    ["kirim", "tidakkirim"],
    ["mengirim", "tidakmengirim"],
    ["dikirim", "tidakdikirim"],
    ["sudah", "belum"],
    ["sudahlapor", "belumlapor"],
    ["sudahmasuk", "belummasuk"],
    ["diterima", "tidakditerima"],
];
/// Words of titles whose ticks tell of something else than reports that came.
const OTHERS: [&str; 8] =
    ["pembinaan", "supervisi", "kunjungan", "jadwal", "hadir", "lokmin", "tindak lanjut", "capaian"];

/// The sheet with the month in the place of the pair.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let at = sheet.rows.iter().position(|row| column_of(row, &|key| NAME.has(key)).is_some())?;
    let heading = &sheet.rows[at];
    let banner = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells));
    let is_other = OTHERS.iter().any(|word| banner.words.contains(word));
    if is_other || !banner.words.contains("laporan") {
        return None;
    }
    let (number, _) = banner.month?;
    Month::new(banner.any_year()?, number)?;
    let keys: Vec<(u32, String)> =
        heading.cells.iter().filter_map(|cell| Some((cell.column, key(cell.value.text()?)))).collect();
    let pair = keys.windows(2).find(|pair| PAIRS.iter().any(|[yes, no]| pair[0].1 == *yes && pair[1].1 == *no))?;
    let came = pair[0].0;
    let not = pair[1].0;
    let (rows, tail) = up_to_signatures(&sheet.rows[at + 1..]);
    let name = column_of(heading, &|key| NAME.has(key))?;
    let line = |row: &Row, text: &str| {
        let cells = row.cells.iter().filter(|cell| cell.column != came && cell.column != not).map(|cell| {
            let from = CellRef { row: row.index, column: cell.column };
            (cell.column, NewCell { value: Some(cell.value.clone()), from })
        });
        let is_not = text == "-";
        let from = CellRef { row: row.index, column: if is_not { not } else { came } };
        let mut line: Vec<(u32, NewCell)> = cells.chain([(came, NewCell::text(text, from))]).collect();
        line.sort_by_key(|(column, _)| *column);
        line
    };
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    page.split(heading, vec![line(heading, MONTHS[number as usize - 1])]);
    for row in rows {
        let is_ticked = |column: u32| planned(row.get(column)) == Ok(Some(Mark::Yes));
        let is_clear = |column: u32| is_blank(row.get(column)) || planned(row.get(column)) == Ok(Some(Mark::No));
        match () {
            () if is_blank(row.get(name)) => page.copy(std::slice::from_ref(row)),
            () if is_ticked(came) && is_clear(not) => page.split(row, vec![line(row, "√")]),
            () if is_ticked(not) && is_clear(came) => page.split(row, vec![line(row, "-")]),
            () if is_clear(came) && is_clear(not) => page.split(row, vec![line(row, "")]),
            () => return None,
        }
    }
    page.copy(tail);
    let place = CellRef { row: heading.index, column: came };
    let message =
        format!("tanda di bawah {} dibaca sebagai laporan yang masuk, tanpa tanggalnya", words(heading, came));
    Some(Relaid::Table(Box::new(page.finish_alike()), vec![Remark { place, message }]))
}

fn words(heading: &Row, column: u32) -> String {
    let text = heading.get(column).and_then(|value| value.text()).unwrap_or_default();
    format!("\"{}\"", text.trim())
}
