//! The Puskesmas that a title, a label or the name of a file names: where its name begins and where it ends.

use super::cells::date_words::month_number;
use super::cells::squeeze;
use super::title_days::{full_year, number_of};
use crate::domain::format::MONTHS;
use crate::domain::name::{plain_words, puskesmas_key};

const TITLES: [&str; 5] = ["upt", "uptd", "blud", "puskesmas", "pkm"];
/// Words that end a name within a title.
const ENDS: [&str; 12] = [
    "tahun",
    "bulan",
    "kabupaten",
    "kab",
    "kota",
    "kecamatan",
    "kec",
    "provinsi",
    "periode",
    "dinas",
    "bln",
    "triwulan",
];
/// Characters around a name that are none of it.
const AROUND: [char; 9] = [':', ' ', ',', '-', '–', '(', '.', '/', '|'];
/// Words before which "Puskesmas" is not the institution that the sheet is of.
const NOT_AFTER: [&str; 7] = ["kepala", "plt", "se", "antar", "jalan", "jl", "jln"];
/// Words that cannot begin its name (`JARINGAN PELAYANAN PUSKESMAS DAN JEJARING`, `Jl. Puskesmas No. 5`).
const NOT_BEFORE: [&str; 12] =
    ["pembantu", "keliling", "dan", "di", "ke", "yang", "dalam", "jejaring", "jaringan", "no", "nomor", "bulan"];

/// Words that end a name and yet begin one: `PUSKESMAS KECAMATAN X`, as those of Jakarta are called.
const DISTRICTS: [&str; 2] = ["kecamatan", "kec"];

/// The Puskesmas that a line names, and how sure that is (0: a label or a line of its own, 1: in a title).
pub(super) fn puskesmas_of(line: &str, words: &str) -> Option<(String, u8)> {
    let tokens: Vec<&str> = words.split(' ').collect();
    let start = tokens.iter().position(|token| TITLES.contains(token))?;
    let next = tokens[start..].iter().find(|token| !TITLES.contains(token));
    if start > 0 && NOT_AFTER.contains(&tokens[start - 1])
        || next.is_none_or(|word| NOT_BEFORE.contains(word)) && !line.contains(':')
    {
        return None;
    }
    let label = start == 0 || tokens[..start] == ["nama"];
    // `Puskesmas : X`, in one cell or in three.
    if let Some((before, after)) = line.split_once(':')
        && label
        && puskesmas_key(before).replace("nama", "").trim().is_empty()
        && !puskesmas_key(after).is_empty()
    {
        let name = until_end(after);
        return is_name(&name).then_some((name, 0));
    }
    let rank = u8::from(!label);
    // The text as written, from that word on: words and pieces of text run in step.
    let pieces: Vec<&str> =
        line.split(|c: char| c.is_whitespace()).filter(|piece| !plain_words(piece).is_empty()).collect();
    let mut seen = 0;
    let mut name: Vec<&str> = Vec::new();
    for piece in pieces {
        let first = seen;
        seen += plain_words(piece).split(' ').count();
        if seen <= start {
            continue;
        }
        let word = tokens.get(first).copied().unwrap_or_default();
        let ends = !name.is_empty() && ends_name(&tokens[first..], &name);
        if ends && !(DISTRICTS.contains(&word) && awaits_name(&name)) {
            break;
        }
        name.push(piece);
    }
    let text = squeeze(name.join(" ").trim_matches(AROUND));
    is_name(&text).then_some((text, rank))
}

/// Reports whether these pieces end with the bare word Puskesmas; behind a comma follows an address.
fn awaits_name(pieces: &[&str]) -> bool {
    pieces.last().is_some_and(|last| ["puskesmas", "pkm"].contains(&plain_words(last).as_str()) && !last.ends_with(','))
}

/// Reports whether a text says which Puskesmas it is, and not only that it is one of a district.
fn is_name(text: &str) -> bool {
    let key = puskesmas_key(text);
    !key.is_empty() && !DISTRICTS.contains(&key.as_str())
}

/// The key of the Puskesmas that the name of a file or sheet tells: `rekap puskesmas abcde mei 2023.xlsx`.
pub(super) fn puskesmas_in_name(name: &str) -> Option<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let line = stem.replace(['_', '-'], " ");
    let words = plain_words(&line);
    let (found, _) = puskesmas_of(&line, &words)?;
    let key = puskesmas_key(&found);
    let is_end = |word: &&str| month_number(word).is_some() || word.bytes().any(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = key.split(' ').take_while(|word| !is_end(word)).collect();
    Some(words.join(" ")).filter(|key| !key.is_empty())
}

/// A name up to the words that end it; a district begins one where it is not the next label (`Kecamatan : X`).
fn until_end(text: &str) -> String {
    let words = plain_words(text);
    let tokens: Vec<&str> = words.split(' ').collect();
    let mut seen = 0;
    let mut name: Vec<&str> = Vec::new();
    for piece in text.split_whitespace().filter(|piece| !plain_words(piece).is_empty()) {
        let first = seen;
        seen += plain_words(piece).split(' ').count();
        let begins_with_district = name.is_empty() && DISTRICTS.contains(&tokens[first]) && !text.contains(':');
        if ends_name(&tokens[first..], &name) && !begins_with_district {
            break;
        }
        name.push(piece);
    }
    squeeze(name.join(" ").trim_matches(AROUND))
}

/// Reports whether the words that follow a name within a title are no more of it: a place, or a period however it is
/// shortened (`TA. 2025`, `TW I`, `S.D MEI 2025`, the bare year).
fn ends_name(rest: &[&str], name: &[&str]) -> bool {
    let [word, after @ ..] = rest else { return false };
    let next = after.first().copied().unwrap_or_default();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |word: &str| month_number(word).is_some();
    let begins_period = |word: &str| is_month(word) || is_number(word) || ["bulan", "bln", "tahun"].contains(&word);
    match *word {
        word if ENDS.contains(&word) || full_year(word).is_some() => true,
        "ta" | "th" | "thn" => is_number(next),
        "tw" | "smt" | "sm" | "semester" | "cawu" | "caturwulan" | "tribulan" | "kuartal" => number_of(next).is_some(),
        "t" => next == "a" && after.get(1).copied().is_some_and(is_number),
        "s" => next == "d" && after.get(1).copied().is_some_and(begins_period),
        "sd" | "per" => begins_period(next),
        "sampai" => next == "dengan",
        // A Puskesmas may be called as a month begins.
        word if is_month(word) => {
            let is_named = is_name(&name.join(" ")) || MONTHS.iter().any(|month| month.to_lowercase() == word);
            is_named && (begins_period(next) || ["s", "sd", "sampai"].contains(&next))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_puskesmas_may_be_called_after_its_district() {
        let of = |line: &[&str]| {
            let line = line.join(" ");
            puskesmas_of(&line, &plain_words(&line)).map(|(name, _)| name)
        };
        for (line, expected) in [
            (&["UPT PUSKESMAS KECAMATAN TAMBORA"][..], "UPT PUSKESMAS KECAMATAN TAMBORA"),
            (&["PUSKESMAS KEC. TAMBORA KOTA JAKARTA BARAT TAHUN 2023"], "PUSKESMAS KEC. TAMBORA"),
            (&["LAPORAN PUSKESMAS KECAMATAN TAMBORA"], "PUSKESMAS KECAMATAN TAMBORA"),
            (&["Puskesmas", ":", "Kecamatan Tambora"], "Kecamatan Tambora"),
            (&["UPT PUSKESMAS ABCDE KECAMATAN TAMBORA"], "UPT PUSKESMAS ABCDE"),
            (&["Puskesmas : Abcde", "Kecamatan : Tambora"], "Abcde"),
        ] {
            assert_eq!(of(line).as_deref(), Some(expected), "{line:?}");
        }
        for none in [
            &["Kecamatan Tambora"][..],
            &["KECAMATAN TAMBORA"],
            &["Kecamatan : Tambora"],
            &["UPT PUSKESMAS, Kecamatan Tambora"],
            &["PUSKESMAS KECAMATAN"],
            &["Jl. Puskesmas Kecamatan Tambora"],
            &["Puskesmas :", "Kecamatan : Tambora"],
        ] {
            assert_eq!(of(none), None, "{none:?}");
        }
        assert_eq!(puskesmas_in_name("puskesmas_kecamatan_tambora_mei.csv").as_deref(), Some("kecamatan tambora"));
    }

    #[test]
    fn a_name_ends_where_its_period_begins() {
        for period in [
            "TA. 2025",
            "TA 2025",
            "T.A. 2025",
            "THN 2025",
            "TH. 2025",
            "- 2025",
            "(2025)",
            "2025",
            "TW I 2025",
            "TW. II TA 2025",
            "SEMESTER I TAHUN 2025",
            "SMT 2 2025",
            "S.D MEI 2025",
            "S/D BULAN MEI 2025",
            "SD MEI 2025",
            "SAMPAI DENGAN MEI 2025",
            "MEI 2025",
            "JANUARI - MEI 2025",
            "PER MEI 2025",
            "TAHUN ANGGARAN 2025",
        ] {
            for before in ["UPTD PUSKESMAS KARANGJATI", "LAPORAN PUSKESMAS KARANGJATI", "Puskesmas : Karangjati"] {
                let line = format!("{before} {period}");
                let (name, _) = puskesmas_of(&line, &plain_words(&line)).unwrap();
                assert_eq!(puskesmas_key(&name), "karangjati", "{line}: {name}");
            }
        }
        for name in ["MARE", "23 ILIR", "SD NEGERI", "TA'AN", "SEMESTER", "KARANG (ILIR)"] {
            let line = format!("UPT PUSKESMAS {name} TA. 2025");
            let (found, _) = puskesmas_of(&line, &plain_words(&line)).unwrap();
            assert_eq!(found, format!("UPT PUSKESMAS {name}"));
        }
        assert_eq!(puskesmas_of("PUSKESMAS TA. 2025", "puskesmas ta 2025"), None);
        let puskesmas = |name: &str| puskesmas_in_name(name);
        assert_eq!(puskesmas("rekap_puskesmas_bendosari_mei_2023.xlsx").as_deref(), Some("bendosari"));
        assert_eq!(puskesmas("Lokmin PKM Ngatri Lor 2023.xlsx").as_deref(), Some("ngatri lor"));
        assert_eq!((puskesmas("rekap-2023-05.xlsx"), puskesmas("puskesmas 2023.xlsx")), (None, None));
    }
}
