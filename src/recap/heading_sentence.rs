//! Headings that are sentences, as online forms make them: known by the words in them, where no heading is known as a
//! whole. What is found this way is told as a reading.

use super::cells::evidence_named::pieces_in;
use super::heading::ColumnMeaning;
use crate::domain::Table;
use crate::domain::name::plain_words;

/// Longest sentence that is looked at, bytes.
const SENTENCE_BYTES_MAX: usize = 200;

/// Fewest words of a sentence.
const SENTENCE_WORDS_MIN: usize = 3;

/// One way to know a column: all of these words stand in the sentence and none of those.
struct SentenceRule {
    column: ColumnMeaning,
    all: &'static [&'static str],
    none: &'static [&'static str],
}

const fn rule(column: ColumnMeaning, all: &'static [&'static str], none: &'static [&'static str]) -> SentenceRule {
    SentenceRule { column, all, none }
}

/// Words of a person, which make a name another's than the facility's.
const PERSONS: &[&str] = &["petugas", "pembina", "penanggung", "pelapor", "pengisi", "kepala", "pj", "email", "kader"];

/// In the order in which they are tried: the more telling first.
const OF_VISITS: [SentenceRule; 24] = [
    rule(ColumnMeaning::AttendanceList, &["daftar", "hadir"], &["jumlah"]),
    rule(ColumnMeaning::AttendanceList, &["absensi"], &["jumlah"]),
    rule(ColumnMeaning::Minutes, &["notulen"], &[]),
    rule(ColumnMeaning::Minutes, &["notula"], &[]),
    rule(ColumnMeaning::Photos, &["foto"], &[]),
    rule(ColumnMeaning::Photos, &["dokumentasi"], &[]),
    rule(ColumnMeaning::Maximum, &["skor", "maksimal"], &[]),
    rule(ColumnMeaning::Maximum, &["nilai", "maksimal"], &[]),
    rule(ColumnMeaning::Points, &["nilai", "tilik"], &["maksimal"]),
    rule(ColumnMeaning::Points, &["skor"], &["maksimal", "kategori"]),
    rule(ColumnMeaning::Points, &["hasil", "tilik"], &["maksimal", "kategori"]),
    rule(ColumnMeaning::Points, &["hasil", "penilaian"], &["maksimal", "kategori"]),
    rule(ColumnMeaning::Points, &["nilai", "pembinaan"], &["maksimal", "kategori"]),
    rule(ColumnMeaning::Date, &["tanggal", "pembinaan"], &["rencana", "jadwal", "tindak", "rtl", "lahir", "selesai"]),
    rule(ColumnMeaning::Date, &["tanggal", "kunjungan"], &["rencana", "jadwal", "tindak", "rtl", "selesai"]),
    rule(ColumnMeaning::Date, &["tanggal", "kegiatan"], &["rencana", "jadwal", "tindak", "rtl", "selesai"]),
    rule(ColumnMeaning::Date, &["tanggal", "pelaksanaan"], &["rencana", "jadwal", "tindak", "rtl", "selesai"]),
    rule(ColumnMeaning::Form, &["bentuk", "kegiatan"], &[]),
    rule(ColumnMeaning::Form, &["jenis", "kegiatan"], &[]),
    rule(ColumnMeaning::Finding, &["temuan"], &["tindak"]),
    rule(ColumnMeaning::Finding, &["masalah"], &["tindak"]),
    rule(ColumnMeaning::Aspect, &["materi"], &[]),
    rule(ColumnMeaning::Person, &["nama", "petugas"], &[]),
    rule(ColumnMeaning::Person, &["nama", "pembina"], &["dibina"]),
];

const OF_FOLLOW_UPS: [SentenceRule; 8] = [
    rule(ColumnMeaning::Due, &["batas", "waktu"], &[]),
    rule(ColumnMeaning::Due, &["target", "selesai"], &[]),
    rule(ColumnMeaning::Due, &["tenggat"], &[]),
    rule(ColumnMeaning::Done, &["tanggal", "selesai"], &["target", "batas"]),
    rule(ColumnMeaning::Item, &["rencana", "tindak", "lanjut"], &["batas", "waktu", "tanggal", "status", "penanggung"]),
    rule(ColumnMeaning::Item, &["rtl"], &["batas", "waktu", "tanggal", "status", "pj", "penanggung"]),
    rule(ColumnMeaning::Date, &["tanggal", "pembinaan"], &["tindak", "rtl", "selesai"]),
    rule(ColumnMeaning::Date, &["tanggal", "kunjungan"], &["tindak", "rtl", "selesai"]),
];

/// The column that a sentence names in a table; none for headings of two words or fewer, which are known as a whole or
/// not at all.
pub(super) fn column(text: &str, table: Table) -> Option<ColumnMeaning> {
    // Points alone are known by a word or two.
    if text.len() > SENTENCE_BYTES_MAX || table != Table::Visits && !is_sentence(text) {
        return None;
    }
    let words = plain_words(text);
    if names_a_place(&words) {
        return Some(ColumnMeaning::Name);
    }
    if table == Table::Visits && pieces_in(text).count() > 1 {
        return Some(ColumnMeaning::Evidence);
    }
    let rules: &[SentenceRule] = match table {
        _ if !is_sentence(&words) => &[],
        Table::Visits => &OF_VISITS,
        Table::FollowUps => &OF_FOLLOW_UPS,
        _ => &[],
    };
    let has = |wanted: &&'static str| words.split(' ').any(|word| word == *wanted);
    let is_met = |rule: &&SentenceRule| rule.all.iter().all(has) && !rule.none.iter().any(has);
    let known = rules.iter().find(is_met).map(|rule| rule.column);
    known.or_else(|| if table == Table::Visits { score(&words) } else { None })
}

/// Reports whether a text has three words or more.
fn is_sentence(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(SENTENCE_WORDS_MIN).count() == SENTENCE_WORDS_MIN
}

/// `Skor observasi`, `Nilai rata-rata`: what begins with such a word and neither grades nor bounds nor looks back.
fn score(words: &str) -> Option<ColumnMeaning> {
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
    Some(if has(&BOUNDS) { ColumnMeaning::Maximum } else { ColumnMeaning::Points })
}

/// Reports whether a sentence asks for the name of the facility: `Nama fasilitas yang dibina`.
pub(super) fn is_name(text: &str) -> bool {
    text.len() <= SENTENCE_BYTES_MAX && names_a_place(&plain_words(text))
}

/// The same of its words.
fn names_a_place(words: &str) -> bool {
    const PLACES: [&str; 10] =
        ["fasilitas", "faskes", "fasyankes", "jejaring", "jaringan", "sarana", "unit", "tempat", "klinik", "puskesmas"];
    if !is_sentence(words) {
        return false;
    }
    let has = |wanted: &str| words.split(' ').any(|word| word == wanted);
    let is_asked = ["nama", "pilih", "dibina", "dikunjungi", "disupervisi", "didatangi"].iter().any(|asked| has(asked));
    let is_of_puskesmas = has("puskesmas") && !has("jaringan") && !has("jejaring");
    let is_place = PLACES.iter().any(|place| has(place));
    is_asked && is_place && !is_of_puskesmas && !PERSONS.iter().any(|word| has(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_online_forms() {
        for (text, expected) in [
            ("Nama fasilitas yang dibina", Some(ColumnMeaning::Name)),
            ("Pilih nama faskes jejaring", Some(ColumnMeaning::Name)),
            ("Nama petugas yang membina", Some(ColumnMeaning::Person)),
            ("Apakah daftar hadir ada?", Some(ColumnMeaning::AttendanceList)),
            ("Apakah notulen ada?", Some(ColumnMeaning::Minutes)),
            ("Upload foto kegiatan", Some(ColumnMeaning::Photos)),
            ("Bukti (DH/Notulen/Foto)", Some(ColumnMeaning::Evidence)),
            ("Nilai daftar tilik (0-100)", Some(ColumnMeaning::Points)),
            ("Tuliskan temuan saat pembinaan", Some(ColumnMeaning::Finding)),
            ("Nama Puskesmas Anda sekarang", None),
            ("Email Address", None),
            ("Jumlah peserta daftar hadir", None),
        ] {
            assert_eq!(column(text, Table::Visits), expected, "{text}");
        }
        assert_eq!(column("Skor observasi", Table::Visits), Some(ColumnMeaning::Points));
        assert_eq!(column("Nilai maximal", Table::Visits), Some(ColumnMeaning::Maximum));
        assert_eq!(column("Nilai bulan lalu", Table::Visits), None);
        assert_eq!(column("Batas waktu tindak lanjut", Table::FollowUps), Some(ColumnMeaning::Due));
        assert_eq!(column("Tanggal tindak lanjut selesai", Table::FollowUps), Some(ColumnMeaning::Done));
        assert_eq!(column("Batas waktu tindak lanjut", Table::Visits), None);
    }
}
