//! Rows of visits whose remark says that the visit did not take place: a date and a name alone would count it.

use super::Reader;
use super::row::RowReader;
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::domain::records::VisitRow;
use crate::recap::cells::mark::{Mark, says_not_yet, yes_no};
use crate::recap::cells::{CellFault, is_blank, squeeze, value_text};
use crate::recap::heading::{ColumnMeaning, key};
use crate::workbook::CellValue;

const REMARKS: [&str; 13] = [
    "ket",
    "keterangan",
    "catatan",
    "status",
    "statuskegiatan",
    "statuspembinaan",
    "statuspelaksanaan",
    "statuskunjungan",
    "pelaksanaan",
    "realisasi",
    "hasil",
    "hasilpembinaan",
    "hasilkunjungan",
];

/// Remarks that a visit did not take place.
const NOT_HELD: [&str; 44] = [
    "batal",
    "dibatalkan",
    "tidak terlaksana",
    "tdk terlaksana",
    "tidak dilaksanakan",
    "tdk dilaksanakan",
    "tidak jadi",
    "tdk jadi",
    "belum terlaksana",
    "blm terlaksana",
    "belum dilaksanakan",
    "blm dilaksanakan",
    "ditunda",
    "tertunda",
    "dijadwal ulang",
    "dijadwalkan ulang",
    "reschedule",
    "gagal dilaksanakan",
    "faskes tutup",
    "tidak ada kegiatan",
    "tidak dikunjungi",
    "belum dikunjungi",
    "blm dikunjungi",
    "tdk dikunjungi",
    "tidak terkunjungi",
    "petugas tidak ada",
    "petugas tdk ada",
    "tidak ada petugas",
    "tdk ada petugas",
    "tidak ada orang",
    "tidak bertemu",
    "tdk bertemu",
    "tidak ketemu",
    "tdk ketemu",
    "petugas tidak di tempat",
    "petugas tdk di tempat",
    "petugas tidak ditempat",
    "petugas tidak berada di tempat",
    "tidak buka",
    "diundur",
    "mundur ke",
    "dijadwalkan kembali",
    "pindah jadwal",
    "tidak bisa dikunjungi",
];

/// Places of which a remark may say that they were closed.
const CLOSED: [&str; 16] = [
    "klinik",
    "apotek",
    "apotik",
    "faskes",
    "posyandu",
    "praktik",
    "praktek",
    "pustu",
    "sekolah",
    "poskesdes",
    "polindes",
    "bpm",
    "tpmb",
    "sedang",
    "sudah",
    "tempat",
];
/// Remarks that a visit was not scored.
const UNSCORED: [&str; 6] =
    ["belum dinilai", "blm dinilai", "tidak dinilai", "tdk dinilai", "belum diskor", "tidak diskor"];

/// Reports whether words say that the place was closed: `klinik tutup`, or nothing else.
fn says_closed(words: &str) -> bool {
    let words: Vec<&str> = words.trim().split(' ').collect();
    let is_shut = |word: &str| ["tutup", "libur", "kosong"].contains(&word);
    words.len() == 1 && is_shut(words[0])
        || words.windows(2).any(|pair| CLOSED.contains(&pair[0]) && ["tutup", "libur"].contains(&pair[1]))
}

/// Headings that ask whether the visit took place.
const WHETHER_HELD: [&str; 4] = ["terlaksana", "dilaksanakan", "keterlaksanaan", "realisasi"];
/// Headings that ask whether it did not.
const WHETHER_CANCELLED: [&str; 16] = [
    "batal",
    "dibatalkan",
    "tidakterlaksana",
    "tdkterlaksana",
    "tidakdilaksanakan",
    "tdkdilaksanakan",
    "belumterlaksana",
    "blmterlaksana",
    "ditunda",
    "tertunda",
    "tidakdikunjungi",
    "tdkdikunjungi",
    "belumdikunjungi",
    "blmdikunjungi",
    "tidakdibina",
    "belumdibina",
];

/// The question that a column of remarks asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RemarkAsks {
    Nothing,
    /// A no, or nought, says that the visit did not take place.
    WhetherHeld,
    /// A yes says so.
    WhetherCancelled,
}

/// A column of remarks.
pub(super) struct RemarkColumn {
    column: u32,
    asks: RemarkAsks,
}

impl RemarkColumn {
    /// Reports whether a mark says that the visit did not take place.
    fn denies(&self, value: &CellValue) -> bool {
        let is_nought = matches!(value, CellValue::Number { value, .. } if *value == 0.0);
        match self.asks {
            RemarkAsks::Nothing => false,
            RemarkAsks::WhetherHeld => is_nought || yes_no(Some(value)) == Ok(Some(Mark::No)),
            RemarkAsks::WhetherCancelled => yes_no(Some(value)) == Ok(Some(Mark::Yes)),
        }
    }
}

/// Columns of remarks of a table.
pub(super) fn remarks(reader: &Reader<'_>) -> Vec<RemarkColumn> {
    let heading = &reader.table.heading;
    let sheet = reader.table.sheet;
    let (first, mut last) = heading.extent;
    // Of a form that was explained or guessed the extent ends with the columns that are read.
    while last < heading.span.1 && !heading.texts(sheet, last + 1).is_empty() {
        last += 1;
    }
    let remark = |column: u32| {
        let key = key(&heading.texts(sheet, column).pop()?.1);
        let is_one_of = |known: &[&str]| known.contains(&key.as_str());
        let asks = if is_one_of(&WHETHER_HELD) {
            RemarkAsks::WhetherHeld
        } else if is_one_of(&WHETHER_CANCELLED) {
            RemarkAsks::WhetherCancelled
        } else {
            RemarkAsks::Nothing
        };
        (asks != RemarkAsks::Nothing || is_one_of(&REMARKS)).then_some(RemarkColumn { column, asks })
    };
    (first..=last).filter_map(remark).collect()
}

/// Takes back nought points where a remark says that the visit was not scored.
pub(super) fn leave_unscored(row: &mut RowReader<'_, '_>, remarks: &[RemarkColumn], visit: &mut VisitRow) {
    if visit.points != Some(0.0) {
        return;
    }
    let said = remarks.iter().find_map(|RemarkColumn { column, .. }| {
        let text = value_text(row.value_in(*column)?);
        let words = format!(" {} ", plain_words(&text));
        let is_unscored = UNSCORED.iter().any(|phrase| words.contains(&format!(" {phrase} ")));
        is_unscored.then(|| (row.place_in(*column), squeeze(&text)))
    });
    let Some((place, text)) = said else { return };
    (visit.points, visit.maximum) = (None, None);
    let message = format!(
        "skor 0 dengan keterangan \"{text}\" dibaca belum dinilai, jadi pembinaannya dihitung tanpa skor; hapus keterangan \
         itu bila skornya memang 0"
    );
    row.reader.reading(place, message);
}

/// Refuses a row without points whose remark says that nothing took place.
pub(super) fn refuse_cancelled(row: &mut RowReader<'_, '_>, remarks: &[RemarkColumn]) {
    let said = remarks.iter().find_map(|remark| {
        let RemarkColumn { column, .. } = remark;
        let value = row.value_in(*column)?;
        let text = value_text(value);
        if remark.denies(value) {
            return Some((*column, squeeze(&text)));
        }
        let words = format!(" {} ", plain_words(&text));
        let says = |phrase: &&str| words.contains(&format!(" {phrase} "));
        (NOT_HELD.iter().any(says) || says_closed(&words)).then(|| (*column, squeeze(&text)))
    });
    let Some((column, text)) = said else { return };
    let place = row.place_in(column);
    let has_points = row.place(ColumnMeaning::Points).is_some_and(|points| {
        let value = row.value_in(points.column).filter(|value| !is_blank(Some(value)));
        value.is_some_and(|value| !value.text().is_some_and(says_not_yet))
    });
    if has_points {
        let message = format!(
            "keterangan \"{text}\" pada pembinaan yang diberi skor; tetap dihitung sebagai pembinaan, hapus barisnya bila \
             tidak terlaksana"
        );
        row.reader.reading(place, message);
        return;
    }
    let why = format!(
        "\"{text}\" berarti pembinaan ini tidak terlaksana, jadi tidak dihitung; hapus keterangan itu bila terlaksana, atau \
         hapus barisnya"
    );
    row.wrong(place, "Keterangan", &CellFault { code: IssueCode::Reading, why });
}
