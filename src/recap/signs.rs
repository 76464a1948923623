//! What the signs in a plan mean: by the legend of its sheet (`● = rencana, × = batal`), or because no other is used.
//! Knows no colour and judges no row.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::mark::{Mark, planned};
use super::cells::{is_dash, shown, trim};
use super::months_across::is_of_initials;
use crate::domain::name::plain_words;
use crate::workbook::{CellValue, Row, Sheet};

/// Longest legend, bytes.
const LEGEND_BYTES: usize = 300;
/// Texts that are looked at for legends.
const TEXTS_MAX: usize = 200_000;
/// Longest sign, characters.
const SIGN_CHARS: usize = 2;

/// What a sign says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SignMeaning {
    /// A visit is planned.
    Planned,
    /// It was planned and carried out.
    Done,
    /// It was planned and not carried out; as the legend says it.
    Missed(String),
    /// None takes place; as the legend says it.
    Not(String),
}

/// The signs of a plan.
#[derive(Debug, Default)]
pub(super) struct Signs {
    by_sign: BTreeMap<String, SignMeaning>,
    /// Initials of persons that the legend explains.
    persons: BTreeSet<String>,
    /// The one symbol that all planned cells hold, where no legend says anything.
    pub(super) only: Option<String>,
}

impl Signs {
    /// By the legends of a sheet and the cells below the months.
    pub(super) fn of<'c>(sheet: &Sheet, cells: impl Iterator<Item = &'c CellValue>) -> Self {
        let Legends { by_sign, persons } = legends(&sheet.rows);
        let mut symbols: Vec<String> = Vec::new();
        let mut has_others = false;
        for value in cells {
            match value.text().map(trim) {
                Some(text) if text.is_empty() || is_dash(text) => {}
                Some(text) if is_symbol(text) && planned(Some(value)) == Ok(Some(Mark::Unknown)) => {
                    if !symbols.iter().any(|symbol| symbol == text) {
                        symbols.push(text.to_owned());
                    }
                }
                _ => has_others = true,
            }
        }
        let only = symbols.pop().filter(|_| symbols.is_empty() && !has_others && by_sign.is_empty());
        Self { by_sign, persons, only }
    }

    /// Reports whether some cells hold a sign that the legend calls done.
    pub(super) fn says_done<'c>(&self, mut cells: impl Iterator<Item = &'c CellValue>) -> bool {
        cells.any(|cell| self.meaning(Some(cell)) == Some(&SignMeaning::Done))
    }

    /// What a cell says.
    pub(super) fn meaning(&self, value: Option<&CellValue>) -> Option<&SignMeaning> {
        let text = value.and_then(CellValue::text).map(trim)?;
        if self.only.as_deref() == Some(text) {
            return Some(&SignMeaning::Planned);
        }
        let is_of_persons = || {
            let mut parts = text.split(['/', ',', '+', '&']).map(trim);
            parts.all(|part| self.persons.contains(part))
        };
        self.by_sign.get(&text.to_lowercase()).or_else(|| is_of_persons().then_some(&SignMeaning::Planned))
    }
}

/// Letters that the legends of some rows explain as those who go there: `A = Tim KIA`.
pub(super) fn letters_of_persons(rows: &[Row]) -> Vec<String> {
    legends(rows).persons.into_iter().filter(|letter| is_letter(letter)).collect()
}

fn is_letter(sign: &str) -> bool {
    let mut characters = sign.chars();
    matches!((characters.next(), characters.next()), (Some(first), None) if first.is_uppercase() && !"XV".contains(first))
}

/// Reports whether a legend explains a letter of an attendance.
fn is_absence(said: &str) -> bool {
    let words = plain_words(said);
    ["hadir", "sakit", "izin", "ijin", "alpa", "cuti", "dinas luar", "absen"].iter().any(|word| words.contains(word))
}

/// Reports whether a text is one symbol that is no letter, figure or dash: `●`, `▲`, `×`.
pub(super) fn is_symbol(text: &str) -> bool {
    let mut characters = text.chars();
    let (Some(first), None) = (characters.next(), characters.next()) else { return false };
    !first.is_alphanumeric() && !first.is_whitespace() && !is_dash(text)
}

/// What the legends of a sheet explain.
#[derive(Default)]
struct Legends {
    by_sign: BTreeMap<String, SignMeaning>,
    persons: BTreeSet<String>,
}

fn legends(rows: &[Row]) -> Legends {
    let mut found = Legends::default();
    let texts =
        rows.iter().flat_map(|row| row.cells.iter().zip(std::iter::once(None).chain(row.cells.iter().map(Some))));
    for (cell, left) in texts.take(TEXTS_MAX) {
        let Some(text) = cell.value.text().filter(|text| text.len() <= LEGEND_BYTES) else { continue };
        for part in text.split([',', ';', '\n', '|']) {
            let Some((sign, said)) = part.split_once('=').or_else(|| part.split_once(':')) else { continue };
            let sign = sign.rsplit(':').next().map(trim).unwrap_or_default();
            // `●` and `= rencana` may stand in two cells.
            let beside = left.map(|left| shown(&left.value)).unwrap_or_default();
            let sign = if sign.is_empty() { trim(&beside) } else { sign };
            if !sign.is_empty() && sign.chars().count() <= SIGN_CHARS && !sign.chars().all(|c| c.is_ascii_digit()) {
                found.by_sign.extend(meaning(said).map(|meaning| (sign.to_lowercase(), meaning)));
            }
            let is_of_person = is_of_initials(sign) || is_letter(sign) && !is_absence(said);
            if is_of_person && meaning(said).is_none() && !trim(said).is_empty() {
                found.persons.insert(sign.to_owned());
            }
        }
    }
    found
}

fn meaning(said: &str) -> Option<SignMeaning> {
    let words = plain_words(said);
    let says = |wanted: &[&str]| wanted.iter().any(|wanted| words.contains(wanted));
    let is_of_carrying_out = says(&["terlaksana", "dilaksanakan", "laksana", "realisasi", "terealisasi", "dikunjungi"]);
    if is_of_carrying_out && says(&["tidak", "tdk", "belum", "gagal"]) && !says(&["batal"]) {
        return Some(SignMeaning::Missed(trim(said).to_owned()));
    }
    if says(&["batal", "tidak", "tdk", "tunda", "libur", "kosong", "belum", "bukan"]) {
        return Some(SignMeaning::Not(trim(said).to_owned()));
    }
    if says(&["terlaksana", "realisasi", "dilaksanakan", "pelaksanaan", "selesai", "sudah"]) {
        return Some(SignMeaning::Done);
    }
    says(&["rencana", "jadwal", "direncanakan", "pembinaan", "kunjungan", "supervisi", "target"])
        .then_some(SignMeaning::Planned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_legends() {
        for (said, expected) in [
            (" rencana", Some(SignMeaning::Planned)),
            ("jadwal kunjungan", Some(SignMeaning::Planned)),
            ("sudah dilaksanakan", Some(SignMeaning::Done)),
            ("tidak terlaksana", Some(SignMeaning::Missed("tidak terlaksana".to_owned()))),
            ("tidak jadi", Some(SignMeaning::Not("tidak jadi".to_owned()))),
            ("Klinik Sehat", None),
        ] {
            assert_eq!(meaning(said), expected, "{said}");
        }
    }

    #[test]
    fn symbols_are_no_letters_and_no_dashes() {
        let found: Vec<&str> =
            ["●", "×", "x", "1", "-", "–", "●●", ""].into_iter().filter(|text| is_symbol(text)).collect();
        assert_eq!(found, ["●", "×"]);
    }
}
