//! Marks and their meanings by the legend of their sheet, where that says it: `x = ada; - = tidak ada`, `o = tidak hadir`. It
//! rules over what the marks mean elsewhere. Judges no row.

use std::collections::{BTreeMap, BTreeSet};

use super::Legend;
use crate::domain::name::plain_words;
use crate::recap::cells::mark::Mark;
use crate::recap::cells::{trim, value_text};
use crate::workbook::CellValue;

/// Longest mark, characters.
const SIGN_CHARS: usize = 3;

/// The matter that a mark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::recap) enum MarkOf {
    Attendance,
    /// Pieces that are there.
    Evidence,
}

/// Signs in lower case, by what they are about; nothing where legends contradict each other.
#[derive(Clone, Debug, Default)]
pub(in crate::recap) struct MarkLegend {
    marks: BTreeMap<(String, MarkOf), Option<bool>>,
    /// Signs for whom nobody invited, or for meetings that were not held.
    not_invited: BTreeSet<String>,
}

impl MarkLegend {
    /// The legend of a sheet.
    pub(in crate::recap) fn from_legend(legend: &Legend<'_>) -> Self {
        let mut found = Self::default();
        for explained in legend.signs().iter().filter(|explained| explained.sign.chars().count() <= SIGN_CHARS) {
            found.note(&explained.sign, &explained.said);
        }
        found
    }

    fn note(&mut self, sign: &str, said: &str) {
        if says_not_invited(said) {
            self.not_invited.insert(sign.to_lowercase());
        }
        for (subject, means) in meanings(said) {
            let known = self.marks.entry((sign.to_lowercase(), subject)).or_insert(Some(means));
            if *known != Some(means) {
                *known = None;
            }
        }
    }

    /// Reads a cell by the legend.
    pub(in crate::recap) fn mark(&self, value: Option<&CellValue>, subject: MarkOf) -> Option<Mark> {
        if self.marks.is_empty() {
            return None;
        }
        let sign = trim(&value_text(value?)).to_lowercase();
        let means = self.marks.get(&(sign, subject)).copied().flatten()?;
        Some(if means { Mark::Yes } else { Mark::No })
    }

    /// Reports whether the legend says of a cell's sign that nobody was invited, which is no absence.
    pub(in crate::recap) fn is_not_invited(&self, value: Option<&CellValue>) -> bool {
        !self.not_invited.is_empty()
            && value.is_some_and(|value| self.not_invited.contains(&trim(&value_text(value)).to_lowercase()))
    }
}

/// Reports whether words say that nobody was invited, or that there was no meeting.
fn says_not_invited(said: &str) -> bool {
    const PHRASES: [&str; 11] = [
        "tidak diundang",
        "tdk diundang",
        "tak diundang",
        "belum diundang",
        "bukan undangan",
        "tidak ada undangan",
        "tidak ada lokmin",
        "tidak ada kegiatan",
        "tidak ada pertemuan",
        "tidak dilaksanakan",
        "belum dilaksanakan",
    ];
    let words = format!(" {} ", plain_words(said));
    PHRASES.iter().any(|phrase| words.contains(&format!(" {phrase} ")))
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
    if denies && has(&["keterangan", "kabar"]) {
        return vec![(MarkOf::Attendance, false)];
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
    use crate::workbook::{Cell, Row, Sheet, Visibility};

    fn marks(text: &str, signs: &[&str], subject: MarkOf) -> Vec<Option<Mark>> {
        let cells = vec![Cell { column: 1, value: CellValue::Text(text.into()) }];
        let rows = vec![Row { index: 20, cells }];
        let sheet = Sheet::new("Lembar".to_owned(), Visibility::Visible, rows, Vec::new());
        let legend = MarkLegend::from_legend(&Legend::from_sheet(&sheet));
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
        assert_eq!(marks("- = tidak diundang, A = Tanpa keterangan", &["-", "a"], MarkOf::Attendance), [None, no]);
        assert_eq!(marks("Tempat: ada di aula", &["tempat"], MarkOf::Evidence), [None]);
    }
}
