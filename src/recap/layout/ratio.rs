//! Indicators that are called by the letters of their counts: `D/S`, `N/D (%)`, and the columns of those counts.

use crate::domain::name::plain_words;

/// The letters of an indicator such as `D/S`, in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) struct RatioLetters {
    pub(in crate::recap) above: char,
    pub(in crate::recap) below: char,
}

impl RatioLetters {
    /// Reads a heading or a code: `D/S`, `d / s`, `D/S (%)`; none of any other.
    pub(in crate::recap) fn from_text(text: &str) -> Option<Self> {
        let bare: String =
            text.split('(').next().unwrap_or_default().chars().filter(|c| !matches!(c, '%' | ' ')).collect();
        Some(Self { above: letter_above(&bare)?, below: letter_below(&bare)? })
    }

    /// Returns it as people write it: `D/S`.
    pub(super) fn label(self) -> String {
        format!("{}/{}", self.above, self.below).to_uppercase()
    }
}

/// Returns the letter above the stroke of a heading, whatever stands below it.
pub(in crate::recap) fn letter_above(text: &str) -> Option<char> {
    only_letter(text.split_once('/')?.0)
}

/// Returns the letter below the stroke of a heading or a code, whatever stands above it: the denominator of `BGM/D`.
pub(in crate::recap) fn letter_below(text: &str) -> Option<char> {
    only_letter(text.split_once('/')?.1)
}

/// Returns the letter that a text consists of, in lower case.
fn only_letter(text: &str) -> Option<char> {
    let mut letters = text.trim().chars();
    let letter = letters.next().filter(|letter| letter.is_alphabetic() && letter.is_ascii())?;
    letters.next().is_none().then(|| letter.to_ascii_lowercase())
}

/// Returns the letter that a column of counts is called by, in lower case: `D`, `Ditimbang (D)`; `N/D` is called by none.
pub(in crate::recap) fn letter_of(heading: &str) -> Option<char> {
    if RatioLetters::from_text(heading).is_some() {
        return None;
    }
    only_letter(plain_words(heading).split(' ').next_back()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_ratios_and_of_counts() {
        for (text, letters, letter) in [
            ("D/S", Some(('d', 's')), None),
            ("N / D (%)", Some(('n', 'd')), None),
            ("D/S %", Some(('d', 's')), None),
            ("L/P", Some(('l', 'p')), None),
            ("Ditimbang (D)", None, Some('d')),
            ("S", None, Some('s')),
            ("Sasaran/Capaian", None, None),
            ("K6", None, None),
        ] {
            let found = RatioLetters::from_text(text).map(|ratio| (ratio.above, ratio.below));
            assert_eq!((found, letter_of(text)), (letters, letter), "{text}");
        }
    }
}
