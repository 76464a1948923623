//! Rows of visits whose remark says that the visit did not take place: a date and a name alone would count it.

use super::Reader;
use super::row::RowReader;
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::recap::cells::{Fault, shown, squeeze};
use crate::recap::heading::{Column, key};

/// Headings of remarks.
const REMARKS: [&str; 14] = [
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
    "terlaksana",
    "hasil",
    "hasilpembinaan",
    "hasilkunjungan",
];

/// What says that a visit did not take place.
const NOT_HELD: [&str; 22] = [
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
];

/// Columns of remarks of a table.
pub(super) fn remarks(reader: &Reader<'_>) -> Vec<u32> {
    let heading = &reader.table.heading;
    let (first, last) = heading.extent;
    let is_remark = |column: &u32| {
        let texts = heading.texts(reader.table.sheet, *column);
        texts.last().is_some_and(|(_, text)| REMARKS.contains(&key(text).as_str()))
    };
    (first..=last).filter(is_remark).collect()
}

/// Refuses a row without points whose remark says that nothing took place.
pub(super) fn refuse_cancelled(row: &mut RowReader<'_, '_>, remarks: &[u32]) {
    let said = remarks.iter().find_map(|column| {
        let text = shown(row.value_in(*column)?);
        let words = format!(" {} ", plain_words(&text));
        let says = |phrase: &&str| words.contains(&format!(" {phrase} "));
        NOT_HELD.iter().any(says).then(|| (*column, squeeze(&text)))
    });
    let Some((column, text)) = said else { return };
    let place = row.place_in(column);
    let has_points = row.place(Column::Points).is_some_and(|points| row.value_in(points.column).is_some());
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
    row.wrong(place, "Keterangan", &Fault { code: IssueCode::Reading, why });
}
