//! Marks and their meanings by the legend of their sheet, where that says it: `x = ada; - = tidak ada`, `o = tidak hadir`. It
//! rules over what the marks mean elsewhere. Judges no row.

use std::collections::BTreeMap;

use super::cells::mark::Mark;
use super::cells::{shown, trim};
use crate::domain::name::plain_words;
use crate::workbook::{CellValue, Sheet};

/// Longest legend, bytes.
const LEGEND_BYTES: usize = 300;
/// Texts that are looked at for legends.
const TEXTS_MAX: usize = 200_000;
/// Longest sign, characters.
const SIGN_CHARS: usize = 3;

/// The matter that a mark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MarkOf {
    /// Who was there.
    Attendance,
    /// Pieces that are there.
    Evidence,
}

/// Signs in lower case, by what they are about; nothing where legends contradict each other.
#[derive(Clone, Debug, Default)]
pub(super) struct MarkLegend(BTreeMap<(String, MarkOf), Option<bool>>);

impl MarkLegend {
    /// The legends of a sheet.
    pub(super) fn of(sheet: &Sheet) -> Self {
        let mut found = Self::default();
        let cells = sheet.rows.iter().flat_map(|row| {
            let left = std::iter::once(None).chain(row.cells.iter().map(Some));
            row.cells.iter().zip(left)
        });
        for (cell, left) in cells.take(TEXTS_MAX) {
            let Some(text) = cell.value.text().filter(|text| text.len() <= LEGEND_BYTES) else { continue };
            // `x` and `= hadir` may stand in two cells.
            let beside = left.map(|left| shown(&left.value)).unwrap_or_default();
            found.read(text, &beside);
        }
        found
    }

    fn read(&mut self, text: &str, beside: &str) {
        let text = text.replace(" berarti ", " = ").replace(" artinya ", " = ");
        for part in text.split([',', ';', '\n', '|']) {
            let sides: Vec<&str> = part.split(['=', ':']).collect();
            for (at, pair) in sides.windows(2).enumerate() {
                let sign = last_word(pair[0]);
                let sign = if sign.is_empty() && at == 0 { trim(beside) } else { sign };
                // The sign of the next meaning stands behind this one.
                let is_last = at + 2 == sides.len();
                let said = if is_last { pair[1] } else { pair[1].strip_suffix(last_word(pair[1])).unwrap_or(pair[1]) };
                let is_figure = sign.chars().all(|c| c.is_ascii_digit()) && !part.contains('=');
                if !sign.is_empty() && sign.chars().count() <= SIGN_CHARS && !is_figure {
                    self.note(sign, said);
                }
            }
        }
    }

    fn note(&mut self, sign: &str, said: &str) {
        for (subject, means) in meanings(said) {
            let known = self.0.entry((sign.to_lowercase(), subject)).or_insert(Some(means));
            if *known != Some(means) {
                *known = None;
            }
        }
    }

    /// Reads a cell by the legend.
    pub(super) fn mark(&self, value: Option<&CellValue>, subject: MarkOf) -> Option<Mark> {
        if self.0.is_empty() {
            return None;
        }
        let sign = trim(&shown(value?)).to_lowercase();
        let means = self.0.get(&(sign, subject)).copied().flatten()?;
        Some(if means { Mark::Yes } else { Mark::No })
    }
}

/// The sign that stands last before its meaning, without brackets and quotes: `Ket. (x)` → `x`.
fn last_word(text: &str) -> &str {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '\'' | '“' | '”');
    let text = trim(text).trim_end_matches(is_between);
    text.rsplit(is_between).next().unwrap_or_default()
}

fn meanings(said: &str) -> Vec<(MarkOf, bool)> {
    let words = plain_words(said);
    let words: Vec<&str> = words.split(' ').collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    // A sentence is no meaning.
    if words.len() > 4 {
        return Vec::new();
    }
    let denies = has(&["tidak", "tdk", "belum", "blm", "tak", "tanpa"]);
    if has(&["hadir"]) {
        return vec![(MarkOf::Attendance, !denies)];
    }
    if has(&["izin", "ijin", "sakit", "alpa", "alpha", "absen", "berhalangan"]) {
        return vec![(MarkOf::Attendance, false)];
    }
    if has(&["ada", "lengkap", "terlampir", "tersedia", "dilampirkan", "memenuhi"]) {
        return vec![(MarkOf::Evidence, !denies)];
    }
    match words[..] {
        ["ya" | "iya" | "sudah"] => vec![(MarkOf::Attendance, true), (MarkOf::Evidence, true)],
        ["tidak" | "tdk" | "belum"] => vec![(MarkOf::Attendance, false), (MarkOf::Evidence, false)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str, signs: &[&str], subject: MarkOf) -> Vec<Option<Mark>> {
        let mut legend = MarkLegend::default();
        legend.read(text, "");
        signs.iter().map(|sign| legend.mark(Some(&CellValue::Text((*sign).into())), subject)).collect()
    }

    #[test]
    fn legends_of_marks() {
        let yes = Some(Mark::Yes);
        let no = Some(Mark::No);
        assert_eq!(marks("Ket: x = ada; - = tidak ada", &["X", "-", "v"], MarkOf::Evidence), [yes, no, None]);
        assert_eq!(marks("x = hadir, o = tidak hadir", &["x", "O"], MarkOf::Attendance), [yes, no]);
        assert_eq!(
            marks("H = Hadir  TH = Tidak Hadir  I = Izin", &["h", "th", "i"], MarkOf::Attendance),
            [yes, no, no]
        );
        assert_eq!(marks("tanda (x) berarti hadir", &["x"], MarkOf::Attendance), [yes]);
        assert_eq!(marks("x = hadir, x = tidak hadir", &["x"], MarkOf::Attendance), [None]);
        assert_eq!(marks("x = hadir", &["x"], MarkOf::Evidence), [None]);
        assert_eq!(marks("Tempat: ada di aula", &["tempat"], MarkOf::Evidence), [None]);
    }
}
