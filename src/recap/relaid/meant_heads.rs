//! Headings that mean another column below the title of their table: `Tanggal` below *REKAP LAPORAN* is the day on which a
//! report came, `Rencana | Realisasi` below *PERUBAHAN JADWAL* the month before and after. They take its word, which is told.

use super::page::{NewCell, NewSheet, replaced};
use super::rows::{column_of, up_to_signatures};
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::{date, is_blank, month};
use crate::recap::heading::{NAME, key};
use crate::workbook::{Cell, CellValue, Relaid, Remark, Row, Sheet};

/// The sort of values that the cells of a column hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Days,
    /// Months, or that there is none.
    Months,
    Texts,
}

/// A heading that means another one.
struct MeantHead {
    /// Words of which the title has one; none where the headings say enough.
    title: &'static [&'static str],
    /// Words of which it has none.
    other_titles: &'static [&'static str],
    /// The heading, as keys.
    heads: &'static [&'static str],
    /// Keys of which one stands beside it.
    beside: &'static [&'static str],
    /// Parts of keys of which none stands beside it: the column is there already.
    instead: &'static [&'static str],
    holds: Holds,
    means: &'static str,
}

const VISITS: &[&str] = &["pembinaan", "supervisi", "kunjungan", "monev", "bimtek"];
const ATTENDED: &[&str] = &["hadir", "kehadiran", "hadirtidak", "hadirtidakhadir"];
const DUE: &[&str] = &["batas", "target", "tenggat", "jatuhtempo", "rencanaselesai", "deadline"];
const ITEMS: &[&str] = &["rtl", "rencanatindaklanjut", "tindaklanjut", "rekomendasi", "saran", "uraianrtl"];

const MEANT: [MeantHead; 10] = [
    MeantHead {
        title: &[],
        other_titles: &[],
        heads: &["kode", "kodeindikator"],
        beside: &["pembilang", "capaian", "numerator", "realisasi", "hasil"],
        instead: &["indikator", "variabel", "layanan", "jenis", "target"],
        holds: Holds::Texts,
        means: "Indikator",
    },
    MeantHead {
        title: &["perubahan"],
        other_titles: &[],
        heads: &["rencana", "jadwalrencana", "rencanaawal"],
        beside: &["realisasi", "pelaksanaan"],
        instead: &["semula", "menjadi"],
        holds: Holds::Months,
        means: "Semula",
    },
    MeantHead {
        title: &["perubahan"],
        other_titles: &[],
        heads: &["realisasi", "pelaksanaan"],
        beside: &["rencana", "jadwalrencana", "rencanaawal"],
        instead: &["semula", "menjadi"],
        holds: Holds::Months,
        means: "Menjadi",
    },
    MeantHead {
        title: &["lokmin", "lokakarya", "kehadiran", "daftar hadir", "absensi", "minlok"],
        other_titles: &["laporan"],
        heads: &["tanggal", "tgl", "tanggallokmin", "tgllokmin", "tanggalrapat", "tanggalkegiatan", "haritanggal"],
        beside: ATTENDED,
        instead: &["bulan"],
        holds: Holds::Days,
        means: "Bulan",
    },
    MeantHead {
        title: &["laporan"],
        other_titles: &[
            "pembinaan",
            "supervisi",
            "kunjungan",
            "monev",
            "bimtek",
            "jadwal",
            "hadir",
            "hasil",
            "kegiatan",
        ],
        heads: &["tanggal", "tgl"],
        beside: &["ket", "keterangan", "no", "paraf", "ttd"],
        instead: &["terima", "masuk", "kirim", "lapor", "setor", "petugas", "skor", "nilai", "bentuk", "sasaran"],
        holds: Holds::Days,
        means: "Tanggal Diterima",
    },
    MeantHead {
        title: VISITS,
        other_titles: &["perubahan", "jadwal", "laporan bulanan", "lokmin"],
        heads: &["rencana", "jadwal"],
        beside: &["realisasi", "pelaksanaan", "terlaksana"],
        instead: &["tanggal", "tgl"],
        holds: Holds::Days,
        means: "Tanggal Rencana",
    },
    MeantHead {
        title: VISITS,
        other_titles: &["perubahan", "jadwal", "laporan bulanan", "lokmin"],
        heads: &["realisasi", "pelaksanaan", "terlaksana"],
        beside: &["rencana", "jadwal"],
        instead: &["tanggal", "tgl"],
        holds: Holds::Days,
        means: "Tanggal Realisasi",
    },
    MeantHead {
        title: &["tindak lanjut", "rtl"],
        other_titles: &[],
        heads: &["tanggalselesai", "tglselesai", "selesai"],
        beside: &["tanggalmulai", "tglmulai", "mulai"],
        instead: &["batas", "target", "tenggat", "realisasi", "status"],
        holds: Holds::Days,
        means: "Target Selesai",
    },
    MeantHead {
        title: &["tindak lanjut", "rtl"],
        other_titles: &[],
        heads: &["tanggalpelaksanaan", "tglpelaksanaan", "pelaksanaan", "tanggalrealisasi", "realisasiselesai"],
        beside: &["bataswaktu", "targetselesai", "tenggat", "tenggatwaktu", "rencanaselesai", "targetwaktu"],
        instead: &["tanggalselesai", "tglselesai"],
        holds: Holds::Days,
        means: "Tanggal Selesai",
    },
    MeantHead {
        title: VISITS,
        other_titles: &[],
        heads: &["waktu", "kapan", "jadwal", "waktupelaksanaan", "rencanawaktu", "waktupelaksanaanrtl"],
        beside: ITEMS,
        instead: DUE,
        holds: Holds::Days,
        means: "Batas Waktu",
    },
];

/// The sheet with the words that its headings mean.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let at = sheet.rows.iter().position(|row| column_of(row, &|key| NAME.has(key)).is_some())?;
    let heading = &sheet.rows[at];
    let words = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells)).words;
    let (rows, _) = up_to_signatures(&sheet.rows[at + 1..]);
    let keys: Vec<(u32, String)> =
        heading.cells.iter().filter_map(|cell| Some((cell.column, key(cell.value.text()?)))).collect();
    let meant: Vec<(u32, &'static str)> =
        MEANT.iter().filter_map(|rule| Some((rule.column(&words, &keys, rows)?, rule.means))).collect();
    let (first, _) = *meant.first()?;
    let word = |cell: &Cell, from: CellRef| {
        let (_, word) = meant.iter().find(|(column, _)| *column == cell.column)?;
        Some(NewCell::text(word, from))
    };
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    page.split(heading, vec![replaced(heading, &word)]);
    page.copy(&sheet.rows[at + 1..]);
    let written = |column: u32| heading.get(column).and_then(CellValue::text).unwrap_or_default().trim();
    let told: Vec<String> =
        meant.iter().map(|(column, word)| format!("kolom \"{}\" dibaca sebagai {word}", written(*column))).collect();
    let message = format!("menurut judul tabelnya {}; bila bukan, ubah judul kolomnya", told.join(", "));
    let place = CellRef { row: heading.index, column: first };
    Some(Relaid::Table(Box::new(page.finish_alike()), vec![Remark { place, message }]))
}

impl MeantHead {
    /// The column of the heading, where the table is one in which it means another.
    fn column(&self, words: &str, keys: &[(u32, String)], rows: &[Row]) -> Option<u32> {
        let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
        if !self.title.is_empty() && !says(self.title) || says(self.other_titles) {
            return None;
        }
        let (column, _) = keys.iter().find(|(_, key)| self.heads.contains(&key.as_str()))?;
        let others = || keys.iter().filter(|(other, _)| other != column);
        let is_beside = others().any(|(_, key)| self.beside.contains(&key.as_str()));
        let is_there = others().any(|(_, key)| self.instead.iter().any(|part| key.contains(part)));
        (is_beside && !is_there && self.is_held_in(rows, *column)).then_some(*column)
    }

    /// Reports whether the cells of a column hold what they must, at least one of them and nothing else.
    fn is_held_in(&self, rows: &[Row], column: u32) -> bool {
        let is_held = |value: &CellValue| match self.holds {
            Holds::Days => matches!(date::read(Some(value), false), Ok(Some(_))),
            Holds::Texts => value.text().is_some(),
            Holds::Months => matches!(month::read_moved(Some(value), 2024, false), Ok(Some(_))),
        };
        let mut filled =
            rows.iter().filter_map(|row| row.get(column)).filter(|value| !is_blank(Some(value))).peekable();
        filled.peek().is_some() && filled.all(is_held)
    }
}
