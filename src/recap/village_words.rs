//! The village within an address, behind its title or in a line above a table.

use super::cells::{is_blank, value_text};
use super::kinds::title_case;
use crate::domain::records::CellRef;
use crate::workbook::{Cell, Row};

/// Words after which the name of a village stands.
const TITLES: [&str; 7] = ["desa", "ds", "kelurahan", "kel", "nagari", "gampong", "pekon"];
/// Words that end such a name.
const ENDS: [&str; 28] = [
    "rt",
    "rw",
    "kec",
    "kecamatan",
    "kab",
    "kabupaten",
    "kota",
    "dusun",
    "dsn",
    "dukuh",
    "dk",
    "dkh",
    "jl",
    "jln",
    "jalan",
    "no",
    "nomor",
    "gg",
    "gang",
    "blok",
    "lingkungan",
    "link",
    "lk",
    "telp",
    "hp",
    "kode",
    "prov",
    "provinsi",
];
/// Most words of a name.
const WORDS_MAX: usize = 4;

/// Reports whether a word stands before the name of a village.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word.to_lowercase().as_str())
}

/// `Dsn. Krajan RT 02, Ds. Ngasem Kec. X` → `Ngasem`; nothing where two villages are named.
pub(super) fn village_of_address(address: &str) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    let spaced = address.replace('.', ". ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    for (place, token) in tokens.iter().enumerate() {
        let title = token.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if !is_title(&title) || token.ends_with(',') {
            continue;
        }
        let name = name_from(&tokens[place + 1..]);
        if !name.is_empty() && !found.iter().any(|held| held.eq_ignore_ascii_case(&name)) {
            found.push(name);
        }
    }
    match &mut found[..] {
        [village] => Some(std::mem::take(village)),
        _ => None,
    }
}

/// The village that a line above a table is all about: `DESA : OELNASI`, `Kelurahan | : | Oelnasi`.
pub(super) fn village_above(row: &Row) -> Option<(String, CellRef)> {
    let filled: Vec<&Cell> = row.cells.iter().filter(|cell| !is_blank(Some(&cell.value))).collect();
    let place = CellRef { row: row.index, column: filled.first()?.column };
    let text = filled.iter().map(|cell| value_text(&cell.value)).collect::<Vec<_>>().join(" ");
    let is_label = text.split([' ', ':', '.']).next().is_some_and(is_title);
    let village = village_of_address(&text.replace(':', " ")).filter(|_| is_label)?;
    Some((village, place))
}

fn name_from(tokens: &[&str]) -> String {
    let mut name: Vec<&str> = Vec::new();
    for token in tokens {
        let word = token.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = word.to_lowercase();
        let is_end = word.is_empty()
            || word.bytes().any(|byte| byte.is_ascii_digit())
            || ENDS.contains(&lower.as_str())
            || TITLES.contains(&lower.as_str())
            || token.starts_with(['(', '/', '-']);
        if is_end && word.is_empty() && name.is_empty() && [":", "."].contains(token) {
            continue;
        }
        if is_end || name.len() == WORDS_MAX {
            break;
        }
        name.push(word);
        if token.ends_with([',', ';', ')', '.', '/']) {
            break;
        }
    }
    let name = name.join(" ");
    if name.chars().any(char::is_lowercase) { name } else { title_case(&name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn villages_stand_behind_their_title() {
        for (address, village) in [
            ("Ds. Ngasem RT 02 RW 01", Some("Ngasem")),
            ("Ds.Ngasem RT.02/01", Some("Ngasem")),
            ("Dsn. Krajan RT 02, Desa Karang Anyar Kec. Jati", Some("Karang Anyar")),
            ("Jl. Raya No. 5 Kel. Sukorejo, Kota X", Some("Sukorejo")),
            ("DESA NGASEM", Some("Ngasem")),
            ("Jl. Ngasem No. 3", None),
            ("Dsn. Krajan RT 02", None),
            ("Ds. Ngasem dan Ds. Wonosari", None),
            ("", None),
        ] {
            assert_eq!(village_of_address(address).as_deref(), village, "{address}");
        }
    }
}
