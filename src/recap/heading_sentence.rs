//! Headings that are sentences, as online forms make them: known by the words in them, where no heading is known as a
//! whole. What is found this way is told as a reading.

use super::cells::evidence_named::pieces_in;
use super::heading::Column;
use crate::domain::Table;
use crate::domain::name::plain_words;

/// Longest sentence that is looked at, bytes.
const SENTENCE_BYTES_MAX: usize = 200;

/// One way to know a column: all of these words stand in the sentence and none of those.
struct Rule {
    column: Column,
    all: &'static [&'static str],
    none: &'static [&'static str],
}

const fn rule(column: Column, all: &'static [&'static str], none: &'static [&'static str]) -> Rule {
    Rule { column, all, none }
}

/// Words of a person, which make a name another's than the facility's.
const PERSONS: &[&str] = &["petugas", "pembina", "penanggung", "pelapor", "pengisi", "kepala", "pj", "email", "kader"];

/// In the order in which they are tried: the more telling first.
const OF_VISITS: [Rule; 24] = [
    rule(Column::AttendanceList, &["daftar", "hadir"], &["jumlah"]),
    rule(Column::AttendanceList, &["absensi"], &["jumlah"]),
    rule(Column::Minutes, &["notulen"], &[]),
    rule(Column::Minutes, &["notula"], &[]),
    rule(Column::Photos, &["foto"], &[]),
    rule(Column::Photos, &["dokumentasi"], &[]),
    rule(Column::Maximum, &["skor", "maksimal"], &[]),
    rule(Column::Maximum, &["nilai", "maksimal"], &[]),
    rule(Column::Points, &["nilai", "tilik"], &["maksimal"]),
    rule(Column::Points, &["skor"], &["maksimal", "kategori"]),
    rule(Column::Points, &["hasil", "tilik"], &["maksimal", "kategori"]),
    rule(Column::Points, &["hasil", "penilaian"], &["maksimal", "kategori"]),
    rule(Column::Points, &["nilai", "pembinaan"], &["maksimal", "kategori"]),
    rule(Column::Date, &["tanggal", "pembinaan"], &["rencana", "jadwal", "tindak", "rtl", "lahir", "selesai"]),
    rule(Column::Date, &["tanggal", "kunjungan"], &["rencana", "jadwal", "tindak", "rtl", "selesai"]),
    rule(Column::Date, &["tanggal", "kegiatan"], &["rencana", "jadwal", "tindak", "rtl", "selesai"]),
    rule(Column::Date, &["tanggal", "pelaksanaan"], &["rencana", "jadwal", "tindak", "rtl", "selesai"]),
    rule(Column::Form, &["bentuk", "kegiatan"], &[]),
    rule(Column::Form, &["jenis", "kegiatan"], &[]),
    rule(Column::Finding, &["temuan"], &["tindak"]),
    rule(Column::Finding, &["masalah"], &["tindak"]),
    rule(Column::Aspect, &["materi"], &[]),
    rule(Column::Person, &["nama", "petugas"], &[]),
    rule(Column::Person, &["nama", "pembina"], &["dibina"]),
];

const OF_FOLLOW_UPS: [Rule; 8] = [
    rule(Column::Due, &["batas", "waktu"], &[]),
    rule(Column::Due, &["target", "selesai"], &[]),
    rule(Column::Due, &["tenggat"], &[]),
    rule(Column::Done, &["tanggal", "selesai"], &["target", "batas"]),
    rule(Column::Item, &["rencana", "tindak", "lanjut"], &["batas", "waktu", "tanggal", "status", "penanggung"]),
    rule(Column::Item, &["rtl"], &["batas", "waktu", "tanggal", "status", "pj", "penanggung"]),
    rule(Column::Date, &["tanggal", "pembinaan"], &["tindak", "rtl", "selesai"]),
    rule(Column::Date, &["tanggal", "kunjungan"], &["tindak", "rtl", "selesai"]),
];

/// The column that a sentence names in a table; none for headings of two words or fewer, which are known as a whole or
/// not at all.
pub(super) fn column(text: &str, table: Table) -> Option<Column> {
    if text.len() > SENTENCE_BYTES_MAX {
        return None;
    }
    let words = plain_words(text);
    if names_a_place(&words) {
        return Some(Column::Name);
    }
    if table == Table::Visits && pieces_in(text).count() > 1 {
        return Some(Column::Evidence);
    }
    let rules: &[Rule] = match table {
        Table::Visits => &OF_VISITS,
        Table::FollowUps => &OF_FOLLOW_UPS,
        _ => &[],
    };
    let has = |wanted: &&'static str| words.split(' ').any(|word| word == *wanted);
    let is_met = |rule: &&Rule| rule.all.iter().all(has) && !rule.none.iter().any(has);
    let is_sentence = words.split(' ').count() > 2;
    let known = rules.iter().filter(|_| is_sentence).find(is_met).map(|rule| rule.column);
    known.or_else(|| if table == Table::Visits { score(&words) } else { None })
}

/// `Skor observasi`, `Nilai rata-rata`: what begins with such a word and neither grades nor bounds nor looks back.
fn score(words: &str) -> Option<Column> {
    const BOUNDS: [&str; 12] = [
        "maksimal",
        "maks",
        "max",
        "maksimum",
        "ideal",
        "tertinggi",
        "harapan",
        "penuh",
        "maximal",
        "seharusnya",
        "total maksimal",
        "tertinggi",
    ];
    const OTHERS: [&str; 18] = [
        "kategori",
        "huruf",
        "lalu",
        "sebelumnya",
        "awal",
        "target",
        "standar",
        "minimal",
        "predikat",
        "mutu",
        "kriteria",
        "batas",
        "ket",
        "keterangan",
        "grade",
        "status",
        "rp",
        "rupiah",
    ];
    let mut words = words.split(' ');
    let is_score = words.next().is_some_and(|first| ["skor", "nilai", "score"].contains(&first));
    let rest: Vec<&str> = words.collect();
    let has = |known: &[&str]| rest.iter().any(|word| known.contains(word));
    if !is_score || has(&OTHERS) {
        return None;
    }
    Some(if has(&BOUNDS) { Column::Maximum } else { Column::Points })
}

/// Reports whether a sentence asks for the name of the facility: `Nama fasilitas yang dibina`.
pub(super) fn is_name(text: &str) -> bool {
    text.len() <= SENTENCE_BYTES_MAX && names_a_place(&plain_words(text))
}

/// The same of its words.
fn names_a_place(words: &str) -> bool {
    const PLACES: [&str; 10] =
        ["fasilitas", "faskes", "fasyankes", "jejaring", "jaringan", "sarana", "unit", "tempat", "klinik", "puskesmas"];
    let has = |wanted: &str| words.split(' ').any(|word| word == wanted);
    let is_asked = ["nama", "pilih", "dibina", "dikunjungi", "disupervisi", "didatangi"].iter().any(|asked| has(asked));
    let is_of_puskesmas = has("puskesmas") && !has("jaringan") && !has("jejaring");
    let is_sentence = words.split(' ').count() > 2;
    let is_place = PLACES.iter().any(|place| has(place));
    is_sentence && is_asked && is_place && !is_of_puskesmas && !PERSONS.iter().any(|word| has(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_online_forms() {
        for (text, expected) in [
            ("Nama fasilitas yang dibina", Some(Column::Name)),
            ("Pilih nama faskes jejaring", Some(Column::Name)),
            ("Nama petugas yang membina", Some(Column::Person)),
            ("Apakah daftar hadir ada?", Some(Column::AttendanceList)),
            ("Apakah notulen ada?", Some(Column::Minutes)),
            ("Upload foto kegiatan", Some(Column::Photos)),
            ("Bukti (DH/Notulen/Foto)", Some(Column::Evidence)),
            ("Nilai daftar tilik (0-100)", Some(Column::Points)),
            ("Tuliskan temuan saat pembinaan", Some(Column::Finding)),
            ("Nama Puskesmas Anda sekarang", None),
            ("Email Address", None),
            ("Jumlah peserta daftar hadir", None),
        ] {
            assert_eq!(column(text, Table::Visits), expected, "{text}");
        }
        assert_eq!(column("Skor observasi", Table::Visits), Some(Column::Points));
        assert_eq!(column("Nilai maximal", Table::Visits), Some(Column::Maximum));
        assert_eq!(column("Nilai bulan lalu", Table::Visits), None);
        assert_eq!(column("Batas waktu tindak lanjut", Table::FollowUps), Some(Column::Due));
        assert_eq!(column("Tanggal tindak lanjut selesai", Table::FollowUps), Some(Column::Done));
        assert_eq!(column("Batas waktu tindak lanjut", Table::Visits), None);
    }
}
