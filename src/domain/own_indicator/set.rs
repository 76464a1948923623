//! Ready sets of indicators of the Puskesmas, and the indicators that sheets name. Knows no file and no sheet.

use super::measure::{OwnAggregation, OwnAim, OwnMeasure};
use crate::domain::exact::Decimal;
use crate::domain::name::plain_words;

/// Fewest letters of a word by which a longer text is known.
const KNOWN_LETTERS_MIN: usize = 10;

/// A ready set.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorSet {
    /// Stem of its file.
    pub code: String,
    /// Name on pages.
    pub title: String,
    /// Paper that it follows.
    pub basis: String,
    /// Words of titles by which its sheets are known.
    pub known_by: Vec<String>,
    /// Its indicators, in the order of the paper.
    pub indicators: Vec<SetIndicator>,
}

/// An indicator of a ready set.
#[derive(Clone, Debug, PartialEq)]
pub struct SetIndicator {
    /// Code, unique over all sets.
    pub code: String,
    /// Name on pages.
    pub name: String,
    /// Other names in sheets.
    pub known_by: Vec<String>,
    /// Target in its unit; `None`: it is not judged.
    pub target: Option<Decimal>,
    /// Unit of its figures.
    pub measure: OwnMeasure,
    /// Direction in which it is better.
    pub aim: OwnAim,
    /// Way from the months to a period.
    pub aggregation: OwnAggregation,
    /// Bands of an index; blank where it has none.
    pub bands: String,
}

impl SetIndicator {
    /// Returns its names in sheets: code, name and others.
    fn names(&self) -> impl Iterator<Item = &str> {
        [self.code.as_str(), self.name.as_str()].into_iter().chain(self.known_by.iter().map(String::as_str))
    }

    /// Returns how well a text names it: the letters of the longest name that it is or holds.
    fn likeness(&self, words: &str) -> usize {
        let names = self.names().map(plain_words);
        let fits = |name: &String| {
            let is_part = name.len() >= KNOWN_LETTERS_MIN && format!(" {words} ").contains(&format!(" {name} "));
            words == name || is_part
        };
        names.filter(fits).map(|name| name.len()).max().unwrap_or(0)
    }
}

impl IndicatorSet {
    /// Reports whether a title names it.
    pub fn is_titled(&self, title: &str) -> bool {
        let title = format!(" {} ", plain_words(title));
        self.known_by.iter().any(|words| title.contains(&format!(" {} ", plain_words(words))))
    }

    /// Returns the indicator that a text names, a number before it left out.
    pub fn named(&self, text: &str) -> Option<&SetIndicator> {
        let words = plain_words(text);
        let bare = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned();
        let like = |indicator: &SetIndicator| indicator.likeness(&words).max(indicator.likeness(&bare));
        let likely = self.indicators.iter().map(|indicator| (like(indicator), indicator));
        let best = likely.filter(|(likeness, _)| *likeness > 0).max_by_key(|(likeness, _)| *likeness);
        best.map(|(_, indicator)| indicator)
    }
}

/// The sets of a data folder, by code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndicatorSetBook(Vec<IndicatorSet>);

impl IndicatorSetBook {
    /// Orders the sets by code.
    pub fn new(mut sets: Vec<IndicatorSet>) -> Self {
        sets.sort_by(|one, other| one.code.cmp(&other.code));
        Self(sets)
    }

    /// All, by code.
    pub fn all(&self) -> &[IndicatorSet] {
        &self.0
    }

    /// Returns the set of a code, without regard to case.
    pub fn find(&self, code: &str) -> Option<&IndicatorSet> {
        self.0.iter().find(|set| set.code.eq_ignore_ascii_case(code.trim()))
    }

    /// Returns the set that brings an indicator, with it.
    pub fn indicator(&self, code: &str) -> Option<(&IndicatorSet, &SetIndicator)> {
        self.0.iter().find_map(|set| {
            let found = set.indicators.iter().find(|indicator| indicator.code.eq_ignore_ascii_case(code));
            Some((set, found?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(code: &str, name: &str, known_by: &[&str]) -> SetIndicator {
        SetIndicator {
            code: code.to_owned(),
            name: name.to_owned(),
            known_by: known_by.iter().map(|word| (*word).to_owned()).collect(),
            target: None,
            measure: OwnMeasure::Percent,
            aim: OwnAim::Higher,
            aggregation: OwnAggregation::Sum,
            bands: String::new(),
        }
    }

    #[test]
    fn an_indicator_is_known_by_its_longest_name() {
        let set = IndicatorSet {
            code: "spm".to_owned(),
            title: "SPM".to_owned(),
            basis: String::new(),
            known_by: vec!["SPM".to_owned()],
            indicators: vec![
                indicator("SPM-BUMIL", "Pelayanan kesehatan ibu hamil", &["ibu hamil", "bumil"]),
                indicator("SPM-BULIN", "Pelayanan kesehatan ibu bersalin", &["ibu bersalin"]),
            ],
        };
        let code = |text: &str| set.named(text).map(|found| found.code.clone());
        assert_eq!(code("1. Pelayanan Kesehatan Ibu Hamil"), Some("SPM-BUMIL".to_owned()));
        assert_eq!(code("Setiap ibu bersalin mendapat pelayanan kesehatan ibu bersalin"), Some("SPM-BULIN".to_owned()));
        assert_eq!([code("Bumil"), code("SPM-BULIN")], [Some("SPM-BUMIL".to_owned()), Some("SPM-BULIN".to_owned())]);
        assert_eq!([code("jumlah bumil risti"), code("Balita")], [None, None]);
        assert!(set.is_titled("CAPAIAN SPM TAHUN 2025") && !set.is_titled("SPMB"));
        let book = IndicatorSetBook::new(vec![set]);
        assert!(book.find("SPM").is_some() && book.indicator("spm-bumil").is_some() && book.find("inm").is_none());
    }
}
