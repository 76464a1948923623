//! A person sought by a name or a number, however it is written: in any letters, with spaces, dots or dashes between
//! digits. Knows no place.

use std::ops::Range;

/// Letters or digits of what is sought, at least: shorter words are found everywhere.
const SOUGHT_CHARS_MIN: usize = 4;
/// The same of a number: shorter ones are years, days and figures too.
const SOUGHT_DIGITS_MIN: usize = 9;
/// Digits of a number that Excel does not keep whole.
const ROUNDED_DIGITS: usize = 16;

/// A name or a number that is sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoughtPerson {
    /// Its letters and digits, in lower case; of a telephone number in each form in which people write it.
    forms: Vec<Vec<char>>,
    is_number: bool,
}

impl SoughtPerson {
    /// Of what somebody typed; `None` where it is too short to say whom it means.
    pub fn parse(typed: &str) -> Option<Self> {
        let characters: Vec<char> =
            typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let is_number = characters.iter().all(char::is_ascii_digit);
        let least = if is_number { SOUGHT_DIGITS_MIN } else { SOUGHT_CHARS_MIN };
        if characters.len() < least {
            return None;
        }
        let typed: String = characters.iter().collect();
        let forms = if is_number { phone_forms(&typed) } else { None };
        let forms = forms.map_or_else(|| vec![characters], |forms| forms.map(|form| form.chars().collect()).into());
        Some(Self { forms, is_number })
    }

    /// Word for the sort of datum: never the datum itself.
    pub fn sort(&self) -> &'static str {
        if self.is_number { "nomor" } else { "nama" }
    }

    /// Where it stands in a text: as whole words, whatever stands between its letters or digits that is neither.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let letters: Vec<PlacedLetter> = text
            .char_indices()
            .filter(|(_, c)| c.is_alphanumeric())
            .map(|(at, c)| PlacedLetter { range: at..at + c.len_utf8(), lower: c.to_lowercase().next().unwrap_or(c) })
            .collect();
        let mut found: Vec<Range<usize>> = self.forms.iter().flat_map(|form| places_of(form, &letters, text)).collect();
        found.sort_by_key(|place| place.start);
        found
    }

    /// Reports whether a text holds it.
    pub fn is_in(&self, text: &str) -> bool {
        !self.places(text).is_empty()
    }

    /// The text with a mark in its place; `None` where it does not hold it.
    pub fn erased(&self, text: &str, mark: &str) -> Option<String> {
        let places = self.places(text);
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for place in &places {
            out += &text[done..place.start];
            out += mark;
            done = place.end;
        }
        (!places.is_empty()).then(|| out + &text[done..])
    }

    /// Reports whether a text is nothing else.
    pub fn is_all_of(&self, text: &str) -> bool {
        self.erased(text, "").is_some_and(|rest| !rest.contains(char::is_alphanumeric))
    }

    /// Reports whether a number of a cell is it, or what Excel made of it: of sixteen digits it keeps fifteen.
    pub fn is_number_of_cell(&self, digits: &str) -> bool {
        let is_same = |form: &Vec<char>| {
            let typed: String = form.iter().collect();
            let is_rounded =
                typed.len() == ROUNDED_DIGITS && digits.strip_suffix('0') == typed.get(..ROUNDED_DIGITS - 1);
            typed == digits || is_rounded
        };
        self.is_number && self.forms.iter().any(is_same)
    }
}

/// Letter or digit of a text and its place.
struct PlacedLetter {
    range: Range<usize>,
    lower: char,
}

fn places_of(form: &[char], letters: &[PlacedLetter], text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut first = 0;
    while first + form.len() <= letters.len() {
        let window = &letters[first..first + form.len()];
        let is_same = window.iter().zip(form).all(|(letter, sought)| letter.lower == *sought);
        let is_near = |pair: &[PlacedLetter]| pair[1].range.start - pair[0].range.end <= 2;
        let range = window[0].range.start..window[window.len() - 1].range.end;
        let touches = |at: Option<char>| at.is_some_and(char::is_alphanumeric);
        if is_same
            && !touches(text[..range.start].chars().next_back())
            && !touches(text[range.end..].chars().next())
            && window.windows(2).all(is_near)
        {
            found.push(range);
            first += form.len();
        } else {
            first += 1;
        }
    }
    found
}

/// The forms of a mobile number: with its zero, with the country's code, and as Excel keeps it as a number.
fn phone_forms(digits: &str) -> Option<[String; 3]> {
    let national = digits.strip_prefix("62").or_else(|| digits.strip_prefix('0')).unwrap_or(digits);
    let is_mobile = national.starts_with('8') && (9..=12).contains(&national.len());
    is_mobile.then(|| [format!("0{national}"), format!("62{national}"), national.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_found_however_they_are_written() {
        let name = SoughtPerson::parse("Siti Aminah").unwrap();
        assert_eq!(name.erased("Ny. SITI  AMINAH, G2", "[dihapus]").unwrap(), "Ny. [dihapus], G2");
        assert!(!name.is_in("Siti Aminahwati") && !name.is_in("Siti. Lalu Aminah"));
        let number = SoughtPerson::parse("3523 0112 0590 0012").unwrap();
        assert_eq!(number.erased("NIK 352301-120590-0012.", "[dihapus]").unwrap(), "NIK [dihapus].");
        assert!(!number.is_in("13523011205900012"));
        assert_eq!((name.sort(), number.sort()), ("nama", "nomor"));
        assert_eq!(SoughtPerson::parse("S. A"), None);
        assert!(number.is_number_of_cell("3523011205900010") && !number.is_number_of_cell("3523011205900020"));
    }

    #[test]
    fn a_telephone_number_is_found_in_each_of_its_forms() {
        for typed in ["0812-3456-7890", "+62 812 3456 7890", "81234567890"] {
            let sought = SoughtPerson::parse(typed).unwrap();
            for text in ["WA 081234567890", "+62 812-3456-7890", "6281234567890", "81234567890"] {
                assert!(sought.is_in(text), "{typed} in {text}");
            }
            assert!(sought.is_number_of_cell("81234567890") && !sought.is_in("0812345678901"), "{typed}");
        }
    }
}
