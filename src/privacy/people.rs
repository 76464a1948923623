//! Names of patients in free text, told by how people write them: *Ny. Siti*, *By. Ny. Ani*, *An. Budi*. An initial is
//! no name: who wrote it has hidden the name already. Knows no sheet.

use std::ops::Range;

use super::{FoundSpan, PersonalKind};

/// Words of a name at most.
const NAME_WORDS_MAX: usize = 4;
/// Titles of patients, in lower case.
const TITLES: [&str; 9] = ["ny", "tn", "nn", "an", "by", "sdr", "sdri", "nyonya", "almh"];
/// Words before a title that make it the name of a practice or an office.
const OF_OFFICE: [&str; 19] = [
    "bidan", "bpm", "bps", "pmb", "tpmb", "klinik", "rb", "praktik", "praktek", "dr", "drg", "apotek", "apotik",
    "perawat", "posyandu", "kader", "polindes", "toko", "warung",
];
/// Words behind `An.` that make it *atas nama*: somebody signs for an office.
const OFFICES: [&str; 22] = [
    "kepala",
    "kadis",
    "kadinkes",
    "bupati",
    "walikota",
    "wali",
    "camat",
    "lurah",
    "direktur",
    "pimpinan",
    "ketua",
    "dinas",
    "sekretaris",
    "sekdis",
    "plt",
    "plh",
    "puskesmas",
    "upt",
    "pemerintah",
    "menteri",
    "gubernur",
    "dr",
];
/// Words that end a name, written in capitals too.
const NO_NAMES: [&str; 66] = [
    "tidak",
    "belum",
    "sudah",
    "datang",
    "dengan",
    "di",
    "umur",
    "usia",
    "hamil",
    "rujuk",
    "dirujuk",
    "ke",
    "dari",
    "yang",
    "dan",
    "perlu",
    "sakit",
    "alamat",
    "rt",
    "rw",
    "dusun",
    "desa",
    "hb",
    "td",
    "kek",
    "bb",
    "lahir",
    "atas",
    "nama",
    "untuk",
    "pada",
    "telah",
    "akan",
    "masih",
    "ada",
    "usg",
    "anc",
    "pnc",
    "kb",
    "imunisasi",
    "meninggal",
    "kunjungan",
    "rumah",
    "pasien",
    "risti",
    "resti",
    "anemia",
    "g1",
    "trimester",
    "nik",
    "hp",
    "no",
    "suami",
    "istri",
    "anak",
    "ibu",
    "bayi",
    "tgl",
    "tanggal",
    "bulan",
    "jam",
    "wa",
    "minum",
    "obat",
    "tb",
    "kontrol",
];

/// A word of a text and its place.
struct Word<'t> {
    text: &'t str,
    range: Range<usize>,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (place, character) in text.char_indices().chain([(text.len(), ' ')]) {
        let belongs = character.is_alphanumeric() || matches!(character, '\'' | '\u{2019}' | '`');
        match (start, belongs) {
            (None, true) => start = Some(place),
            (Some(from), false) => {
                found.push(Word { text: &text[from..place], range: from..place });
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn is_name_word(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '`'))
        && !NO_NAMES.contains(&word.to_lowercase().as_str())
}

/// Reports whether a text says no more than initials.
pub(super) fn is_initials(text: &str) -> bool {
    words(text).iter().all(|word| word.text.chars().count() < 2 || TITLES.contains(&word.text.to_lowercase().as_str()))
}

/// Names behind a title, in the order of the text.
pub(super) fn names(text: &str) -> Vec<FoundSpan> {
    let mut found = Vec::new();
    let is_title = |word: &str| TITLES.iter().any(|title| word.eq_ignore_ascii_case(title));
    if !text.split(|c: char| !c.is_alphanumeric()).any(is_title) {
        return found;
    }
    let words = words(text);
    let lower = |place: usize| words.get(place).map(|word| word.text.to_lowercase()).unwrap_or_default();
    let gap = |place: usize| words.get(place + 1).map_or("", |next| &text[words[place].range.end..next.range.start]);
    let mut place = 0;
    while place < words.len() {
        let title = lower(place);
        let is_title = TITLES.contains(&title.as_str())
            && !(place > 0 && OF_OFFICE.contains(&lower(place - 1).as_str()))
            && follows(&words[place], &title, gap(place))
            && !(title == "an" && OFFICES.contains(&lower(place + 1).as_str()));
        place += 1;
        if !is_title {
            continue;
        }
        let mut taken = 0;
        while taken < NAME_WORDS_MAX
            && words.get(place + taken).is_some_and(|word| is_name_word(word.text))
            && (taken == 0 || matches!(gap(place + taken - 1), " " | ". " | "." | "\u{a0}"))
            && !TITLES.contains(&lower(place + taken).as_str())
        {
            taken += 1;
        }
        let named = &words[place..place + taken];
        if named.iter().any(|word| word.text.chars().count() > 1)
            && let (Some(first), Some(last)) = (named.first(), named.last())
        {
            found.push(FoundSpan { kind: PersonalKind::PatientName, range: first.range.start..last.range.end });
        }
        place += taken;
    }
    found
}

/// Reports whether a word before a name is a title, by what stands between: `An.` and `By.` have their full stop, since
/// without it they are other words too.
fn follows(word: &Word<'_>, title: &str, gap: &str) -> bool {
    let is_near = matches!(gap, " " | ". " | "." | ".  " | ", " | "/ " | ".\u{a0}");
    let has_stop = gap.starts_with('.');
    is_near
        && match title {
            "an" => has_stop && word.text == "An",
            "by" => has_stop,
            _ => true,
        }
}

/// The name with most of it covered: `S••• A•••`.
pub(super) fn covered(name: &str) -> String {
    let first = words(name).iter().take(NAME_WORDS_MAX).filter_map(|word| word.text.chars().next()).collect::<Vec<_>>();
    first.iter().map(|letter| format!("{letter}•••")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        names(text).into_iter().map(|span| &text[span.range]).collect()
    }

    #[test]
    fn names_behind_titles_are_found() {
        for (text, name) in [
            ("Kunjungan rumah Ny. Siti Aminah, G2P1", "Siti Aminah"),
            ("ny. Siti belum datang", "Siti"),
            ("NY. SITI AMINAH TIDAK DATANG", "SITI AMINAH"),
            ("By. Ny. Sri Wahyuni perlu imunisasi", "Sri Wahyuni"),
            ("imunisasi An. Budi", "Budi"),
            ("Tn Suparno (TB)", "Suparno"),
            ("Rujuk Ny.Ani ke RS", "Ani"),
            ("Ny. Nur'aini", "Nur'aini"),
        ] {
            assert_eq!(found(text), [name], "{text}");
        }
        assert_eq!(found("Ny. Siti dan Tn. Budi Santoso"), ["Siti", "Budi Santoso"]);
    }

    #[test]
    fn offices_practices_and_initials_are_left() {
        for text in [
            "An. Kepala Puskesmas",
            "a.n. Kepala Dinas",
            "AN. KEPALA UPT",
            "BPM Ny. Siti Rahayu",
            "Bidan Ny. Sri",
            "Ny. S",
            "Ny. S.A. usia 25 th",
            "An. dr. Budi",
            "Perlu rujukan An organ",
            "by name by address",
            "data by. nama",
            "Tn. M umur 40",
            "Minyak An. 5 liter",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
        assert!(is_initials("Ny. S") && is_initials("S.A.") && !is_initials("Ny. Siti"));
    }

    #[test]
    fn most_of_a_name_is_covered() {
        assert_eq!(covered("Siti Aminah"), "S••• A•••");
    }
}
