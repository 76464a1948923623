//! Codes of service indicators that a list without codes is given: one in the name, else its initials.

use std::collections::BTreeSet;

use crate::domain::name::plain_words;

/// Longest code that is looked for in a name, characters.
const CODE_CHARS: usize = 12;
/// Most initials of a code.
const INITIALS_MAX: usize = 6;
/// Words that give no initial.
const SMALL_WORDS: [&str; 16] = [
    "yang",
    "dan",
    "di",
    "ke",
    "dari",
    "pada",
    "oleh",
    "untuk",
    "dengan",
    "atau",
    "dalam",
    "persentase",
    "cakupan",
    "jumlah",
    "angka",
    "sesuai",
];

/// A code for an indicator's name that none of `taken` is.
pub(super) fn code_for(name: &str, taken: &BTreeSet<String>) -> String {
    let is_free = |code: &String| !taken.contains(&plain_words(code));
    let written = in_brackets(name).or_else(|| first_word(name)).or_else(|| word_with_digit(name));
    if let Some(code) = written.filter(is_free) {
        return code;
    }
    let base = initials(name);
    let numbered = (2..).map(|number: u32| format!("{base}{number}"));
    std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base)
}

/// `Kunjungan pertama (K1)` → `K1`.
fn in_brackets(name: &str) -> Option<String> {
    let mut parts = name.rsplit('(').filter_map(|part| part.split_once(')')).map(|(code, _)| code.trim());
    parts.find(|code| name.contains('(') && is_code(code)).map(str::to_owned)
}

fn is_code(text: &str) -> bool {
    let is_upper = text.chars().any(char::is_uppercase);
    let is_short = !text.is_empty() && text.chars().count() <= CODE_CHARS && text.split_whitespace().count() <= 2;
    let first = text.chars().next();
    is_short && is_upper && first.is_some_and(char::is_uppercase) && !has_word(text)
}

/// Reports whether a text has a word in small letters: `Ibu hamil`.
fn has_word(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|word| word.chars().filter(|c| c.is_lowercase()).count() > 1)
}

/// `K4 ibu hamil`, `D/S balita`, where the rest is not in capitals too.
fn first_word(name: &str) -> Option<String> {
    let (first, rest) = name.trim().split_once([' ', ':'])?;
    let first = first.trim_end_matches([':', '.', '-']);
    let is_capitals = first.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '/' | '-'));
    let is_word = first.chars().count() <= 4 || first.contains(|c: char| c.is_ascii_digit() || c == '/');
    let is_rest_small = rest.chars().any(char::is_lowercase);
    (is_capitals && is_word && is_rest_small && first.chars().any(char::is_uppercase)).then(|| first.to_owned())
}

/// The one word of capitals and digits: `Kunjungan ibu hamil K6`.
fn word_with_digit(name: &str) -> Option<String> {
    let is_code = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().any(|c| c.is_ascii_digit())
            && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
            && word.len() <= CODE_CHARS
    };
    let words = name.split(|c: char| !c.is_alphanumeric());
    let mut codes = words.filter(is_code);
    codes.next().filter(|_| codes.next().is_none()).map(str::to_owned)
}

fn initials(name: &str) -> String {
    let plain = plain_words(name);
    let words = plain.split(' ').filter(|word| !word.is_empty() && !SMALL_WORDS.contains(word));
    let initial = |word: &str| {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let taken = if is_number { word.len() } else { word.chars().next().map_or(0, char::len_utf8) };
        word[..taken].to_uppercase()
    };
    let initials: String = words.map(initial).take(INITIALS_MAX).collect();
    if initials.is_empty() { "IND".to_owned() } else { initials }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_from_names() {
        for (name, code) in [
            ("Kunjungan pertama ibu hamil (K1)", "K1"),
            ("Balita ditimbang (D/S)", "D/S"),
            ("Kunjungan neonatus (KN Lengkap)", "KN Lengkap"),
            ("K4 ibu hamil", "K4"),
            ("D/S balita", "D/S"),
            ("Kunjungan ibu hamil K6", "K6"),
            ("Persalinan oleh nakes di fasyankes", "PNF"),
            ("Cakupan pelayanan hipertensi (orang)", "PHO"),
            ("IMUNISASI DASAR LENGKAP", "IDL"),
            ("%", "IND"),
        ] {
            assert_eq!(code_for(name, &BTreeSet::new()), code, "{name}");
        }
    }

    #[test]
    fn no_code_comes_twice() {
        let taken: BTreeSet<String> = ["pnf", "k1", "kpih", "kpih2"].iter().map(|code| (*code).to_owned()).collect();
        assert_eq!(code_for("Persalinan oleh nakes di fasyankes", &taken), "PNF2");
        assert_eq!(code_for("Kunjungan pertama ibu hamil (K1)", &taken), "KPIHK");
    }
}
