//! A person sought by a name or a number, however it is written: in any letters, with spaces, dots or dashes between
//! digits. Knows no place.

use std::ops::Range;

/// Letters or digits of what is sought, at least: shorter words are found everywhere.
const SOUGHT_CHARS_MIN: usize = 4;
/// The same of a number: shorter ones are years, days and figures too.
const SOUGHT_DIGITS_MIN: usize = 9;
/// Text that takes the place of what is erased.
const ERASED: &str = "[dihapus]";

/// A name or a number that is sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoughtPerson {
    /// Its letters and digits, in lower case.
    characters: Vec<char>,
    is_number: bool,
}

impl SoughtPerson {
    /// Of what somebody typed; `None` where it is too short to say whom it means.
    pub fn parse(typed: &str) -> Option<Self> {
        let characters: Vec<char> =
            typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let is_number = characters.iter().all(char::is_ascii_digit);
        let most = if is_number { SOUGHT_DIGITS_MIN } else { SOUGHT_CHARS_MIN };
        (characters.len() >= most).then_some(Self { characters, is_number })
    }

    /// Word for the sort of datum: never the datum itself.
    pub fn sort(&self) -> &'static str {
        if self.is_number { "nomor" } else { "nama" }
    }

    /// Where it stands in a text: as whole words, whatever stands between its letters or digits that is neither.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let letters: Vec<(Range<usize>, char)> = text
            .char_indices()
            .filter(|(_, c)| c.is_alphanumeric())
            .map(|(at, c)| (at..at + c.len_utf8(), c.to_lowercase().next().unwrap_or(c)))
            .collect();
        let mut found = Vec::new();
        let mut first = 0;
        while first + self.characters.len() <= letters.len() {
            let window = &letters[first..first + self.characters.len()];
            let is_same = window.iter().zip(&self.characters).all(|((_, c), sought)| c == sought);
            let is_near = |pair: &[(Range<usize>, char)]| pair[1].0.start - pair[0].0.end <= 2;
            let range = window[0].0.start..window[window.len() - 1].0.end;
            let touches = |at: Option<char>| at.is_some_and(char::is_alphanumeric);
            let is_whole =
                !touches(text[..range.start].chars().next_back()) && !touches(text[range.end..].chars().next());
            if is_same && is_whole && window.windows(2).all(is_near) {
                found.push(range);
                first += self.characters.len();
            } else {
                first += 1;
            }
        }
        found
    }

    /// Reports whether a text holds it.
    pub fn is_in(&self, text: &str) -> bool {
        !self.places(text).is_empty()
    }

    /// The text without it; `None` where it does not hold it.
    pub fn erased(&self, text: &str) -> Option<String> {
        let places = self.places(text);
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for place in &places {
            out += &text[done..place.start];
            out += ERASED;
            done = place.end;
        }
        (!places.is_empty()).then(|| out + &text[done..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_found_however_they_are_written() {
        let name = SoughtPerson::parse("Siti Aminah").unwrap();
        assert_eq!(name.erased("Ny. SITI  AMINAH, G2").unwrap(), "Ny. [dihapus], G2");
        assert!(!name.is_in("Siti Aminahwati") && !name.is_in("Siti. Lalu Aminah"));
        let number = SoughtPerson::parse("3523 0112 0590 0012").unwrap();
        assert_eq!(number.erased("NIK 352301-120590-0012.").unwrap(), "NIK [dihapus].");
        assert!(!number.is_in("13523011205900012"));
        assert_eq!((name.sort(), number.sort()), ("nama", "nomor"));
        assert_eq!(SoughtPerson::parse("S. A"), None);
    }
}
