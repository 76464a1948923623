//! Spellings that mean the same name: villages without the word for one, names without the mark of their list. Knows no
//! register.

use crate::domain::name::plain_words;

/// The key of a village, without the word for one.
pub(super) fn village_key(written: &str) -> String {
    let words = plain_words(written);
    let titles = ["desa kelurahan ", "desa ", "kelurahan ", "kel ", "ds "];
    titles.iter().find_map(|title| words.strip_prefix(title)).unwrap_or(&words).to_owned()
}

/// A name without the letter or number of a list before it.
pub(super) fn without_mark(written: &str) -> Option<&str> {
    let (mark, name) = written.trim_start().split_once(['.', ')'])?;
    let is_letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_number = (1..=2).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit());
    ((is_letter || is_number) && name.starts_with(' ')).then_some(name)
}
