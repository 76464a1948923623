//! Titles of the parts of a sheet of Capaian: `B. PELAYANAN DIABETES MELITUS`. Such a title tells what the rows below it
//! are counted for, and ends what the one before it told. Knows no indicator: titles of places, periods and kinds of
//! facilities are none of these.

use super::cells::date_words::month_number;
use super::facility_words::is_facility;
use super::kinds::KindWords;
use crate::domain::name::plain_words;

/// Longest mark before such a title, characters: `VIII`.
const MARK_CHARS: usize = 4;
/// Words with which such a title may begin where no mark stands before it.
const BEGINNINGS: [&str; 5] = ["pelayanan", "capaian", "cakupan", "indikator", "program"];
/// Words that say nothing of what is counted.
const USUAL: [&str; 21] = [
    "rekap",
    "rekapitulasi",
    "laporan",
    "capaian",
    "pencapaian",
    "cakupan",
    "indikator",
    "tahun",
    "bulan",
    "layanan",
    "program",
    "tabel",
    "data",
    "hasil",
    "lanjutan",
    "sambungan",
    "halaman",
    "hal",
    "kumulatif",
    "s",
    "d",
];
/// First words of titles that divide a table in another way.
const OF_PLACES: [&str; 25] = [
    "jaringan",
    "jejaring",
    "desa",
    "kelurahan",
    "kel",
    "kecamatan",
    "kec",
    "kabupaten",
    "kab",
    "kota",
    "wilayah",
    "dusun",
    "rw",
    "puskesmas",
    "upt",
    "uptd",
    "dinas",
    "pemerintah",
    "triwulan",
    "tribulan",
    "caturwulan",
    "semester",
    "minggu",
    "lembar",
    "faskes",
];

/// The thing that such a title names, in plain words; none where it names nothing that is counted.
pub(super) fn named_part(title: &str) -> Option<String> {
    let title = title.trim();
    let marked = title.split_once(['.', ')']).filter(|(mark, rest)| is_mark(mark) && !rest.trim().is_empty());
    let bare = marked.map_or(title, |(_, rest)| rest.trim());
    let words = plain_words(bare);
    let begins = words.split(' ').next().is_some_and(|first| BEGINNINGS.contains(&first));
    if marked.is_none() && !begins || is_facility(bare) {
        return None;
    }
    let said = KindWords::from_text(bare);
    if said.kind().is_some() && said.unknown == 0 {
        return None;
    }
    let is_telling = |word: &&str| {
        !USUAL.contains(word) && month_number(word).is_none() && !word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let telling: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).filter(is_telling).collect();
    let first = telling.first()?;
    (!OF_PLACES.contains(first)).then(|| telling.join(" "))
}

/// `A`, `IV`, 12.
fn is_mark(mark: &str) -> bool {
    let is_letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_roman = !mark.is_empty() && mark.bytes().all(|byte| b"IVXivx".contains(&byte));
    let is_number = !mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_digit());
    mark.chars().count() <= MARK_CHARS && (is_letter || is_roman || is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_what_divides_otherwise() {
        for (title, part) in [
            ("B. PELAYANAN DIABETES MELITUS", Some("pelayanan diabetes melitus")),
            ("II. K6", Some("k6")),
            ("CAPAIAN K1 TAHUN 2025 (LANJUTAN)", Some("k1")),
            ("B. JEJARING", None),
            ("A. Jaringan Puskesmas", None),
            ("2. POSYANDU", None),
            ("3. Klinik Sehat", None),
            ("DESA CIKADU", None),
            ("UPT PUSKESMAS CIBEUREUM", None),
            ("CAPAIAN BULAN MEI 2025", None),
        ] {
            assert_eq!(named_part(title).as_deref(), part, "{title}");
        }
    }
}
