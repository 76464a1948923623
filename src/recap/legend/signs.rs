//! The meanings of the signs in a plan: by the legend of its sheet (`● = rencana, × = batal`), or because no other is
//! used. Knows no colour and judges no row.

use std::collections::BTreeMap;

use super::persons::PersonLegend;
use super::plan_words::meaning;
use super::{ExplainedSign, Legend, is_figure};
use crate::recap::cells::mark::{Mark, planned};
use crate::recap::cells::{is_dash, trim};
use crate::workbook::CellValue;

pub(in crate::recap) use super::plan_words::SignMeaning;

/// Longest sign of a plan, characters.
const SIGN_CHARS: usize = 2;

/// The signs of a plan.
#[derive(Debug, Default)]
pub(in crate::recap) struct Signs {
    by_sign: BTreeMap<String, SignMeaning>,
    persons: PersonLegend,
    /// The one symbol that all planned cells hold, where no legend says anything.
    pub(in crate::recap) only: Option<String>,
}

impl Signs {
    /// By the legends of a sheet and the cells below the months.
    pub(in crate::recap) fn from_legend<'c>(legend: &Legend<'_>, cells: impl Iterator<Item = &'c CellValue>) -> Self {
        let by_sign: BTreeMap<String, SignMeaning> = legend.signs().iter().filter_map(in_plan).collect();
        let persons = PersonLegend::from_legend(legend);
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
    pub(in crate::recap) fn says_done<'c>(&self, mut cells: impl Iterator<Item = &'c CellValue>) -> bool {
        cells.any(|cell| self.meaning(Some(cell)) == Some(&SignMeaning::Done))
    }

    /// Returns the meaning of a cell.
    pub(in crate::recap) fn meaning(&self, value: Option<&CellValue>) -> Option<&SignMeaning> {
        let text = value.and_then(CellValue::text).map(trim)?;
        if self.only.as_deref() == Some(text) {
            return Some(&SignMeaning::Planned);
        }
        let by_sign = self.by_sign.get(&text.to_lowercase());
        by_sign.or_else(|| self.persons.explains(text).then_some(&SignMeaning::Planned))
    }
}

/// Returns a sign in lower case with its meaning in a plan, where it can stand in one.
fn in_plan(explained: &ExplainedSign) -> Option<(String, SignMeaning)> {
    let ExplainedSign { sign, said, is_alone, .. } = explained;
    let is_sign = *is_alone && sign.chars().count() <= SIGN_CHARS && !is_figure(sign);
    Some((sign.to_lowercase(), meaning(said).filter(|_| is_sign)?))
}

/// Reports whether a text is one symbol that is no letter, figure or dash: `●`, `▲`, `×`.
pub(in crate::recap) fn is_symbol(text: &str) -> bool {
    let mut characters = text.chars();
    let (Some(first), None) = (characters.next(), characters.next()) else { return false };
    !first.is_alphanumeric() && !first.is_whitespace() && !is_dash(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, Row, Sheet, Visibility};

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
    fn signs_of_one_cell_need_no_comma() {
        let cells = vec![Cell { column: 1, value: CellValue::Text("● = rencana  ○ = batal".into()) }];
        let rows = vec![Row { index: 20, cells }];
        let sheet = Sheet::new("Jadwal".to_owned(), Visibility::Visible, rows, Vec::new());
        let signs = Signs::from_legend(&Legend::from_sheet(&sheet), std::iter::empty());
        let meaning = |sign: &str| signs.meaning(Some(&CellValue::Text(sign.into()))).cloned();
        assert_eq!(meaning("●"), Some(SignMeaning::Planned));
        assert_eq!(meaning("○"), Some(SignMeaning::Not("batal".to_owned())));
    }

    #[test]
    fn symbols_are_no_letters_and_no_dashes() {
        let found: Vec<&str> =
            ["●", "×", "x", "1", "-", "–", "●●", ""].into_iter().filter(|text| is_symbol(text)).collect();
        assert_eq!(found, ["●", "×"]);
    }
}
