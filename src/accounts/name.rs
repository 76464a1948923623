//! Names of accounts in one normal form. Knows no list of accounts.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Characters that a name has at least.
pub const NAME_CHARS_MIN: usize = 2;
/// Characters that a name has at most: room for an address of mail.
pub const NAME_CHARS_MAX: usize = 64;
/// Characters besides letters and digits.
const MARKS: &str = ".-_@";
/// Begins the names that accounts get when they are erased; nobody may choose such a name.
pub const ERASED_PREFIX: &str = "dihapus-";

/// Name by which somebody logs in: lower-case Latin letters, digits and `.-_@`, so that one name is written in one way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountName(String);

/// Reason for which a text is no name; the display is the message for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Too few characters.
    #[error("nama akun paling sedikit {NAME_CHARS_MIN} huruf atau angka; tulis misalnya siti.aminah")]
    TooShort,
    /// Too many characters.
    #[error("nama akun paling banyak {NAME_CHARS_MAX} huruf atau angka; pendekkan, misalnya siti.aminah")]
    TooLong,
    /// A character that does not belong to names.
    #[error("nama akun memuat “{}”; pakai huruf a–z, angka, titik, -, _ atau @ saja, tanpa spasi", .0.escape_default())]
    Character(char),
    /// Begins or ends with a mark.
    #[error("nama akun harus diawali dan diakhiri huruf atau angka")]
    Edge,
    /// A name that stands for erased accounts.
    #[error("nama akun yang diawali “{ERASED_PREFIX}” dipakai untuk akun yang dihapus; pilih nama lain")]
    Reserved,
}

impl AccountName {
    /// The name that a typed text means: without spaces around it, without regard to case and to how a character is
    /// encoded.
    pub fn parse(typed: &str) -> Result<Self, NameFault> {
        // Bounded before it is looked at closer: the text comes from anybody.
        if typed.trim().chars().nth(NAME_CHARS_MAX).is_some() {
            return Err(NameFault::TooLong);
        }
        let name: String = typed.trim().nfkc().collect::<String>().to_ascii_lowercase();
        let is_plain = |character: &char| character.is_ascii_lowercase() || character.is_ascii_digit();
        if let Some(foreign) = name.chars().find(|character| !is_plain(character) && !MARKS.contains(*character)) {
            return Err(NameFault::Character(foreign));
        }
        match name.len() {
            length if length < NAME_CHARS_MIN => return Err(NameFault::TooShort),
            length if length > NAME_CHARS_MAX => return Err(NameFault::TooLong),
            _ => {}
        }
        if !name.chars().next().is_some_and(|first| is_plain(&first))
            || !name.chars().next_back().is_some_and(|last| is_plain(&last))
        {
            return Err(NameFault::Edge);
        }
        if name.starts_with(ERASED_PREFIX) {
            return Err(NameFault::Reserved);
        }
        Ok(Self(name))
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_written_in_one_way() {
        for typed in ["siti", " Siti ", "SITI", "ｓｉｔｉ"] {
            assert_eq!(AccountName::parse(typed).unwrap().as_str(), "siti", "{typed}");
        }
        assert_eq!(AccountName::parse("Dinkes@Kab-Contoh.go.id").unwrap().as_str(), "dinkes@kab-contoh.go.id");
        assert_eq!(AccountName::parse("198703122010012003").unwrap().as_str(), "198703122010012003");
    }

    #[test]
    fn hostile_names_are_refused_with_the_reason() {
        let long = "a".repeat(NAME_CHARS_MAX + 1);
        let huge = "a".repeat(1 << 20);
        for (typed, told) in [
            ("", "paling sedikit"),
            ("a", "paling sedikit"),
            (&long, "paling banyak"),
            (&huge, "paling banyak"),
            // A ligature that grows when it is taken apart.
            (&"ﷺ".repeat(60), "memuat"),
            ("siti aminah", "tanpa spasi"),
            ("siti\u{0}", "memuat"),
            ("siti\r\nSet-Cookie", "memuat"),
            ("<script>", "memuat “<”"),
            ("../../etc", "memuat “/”"),
            ("s\u{456}ti", "memuat"),
            ("siti\u{202e}x", "\\u{202e}"),
            ("=cmd", "memuat “=”"),
            (".siti", "diawali"),
            ("siti-", "diakhiri"),
            ("-rf", "diawali"),
            ("dihapus-3", "akun yang dihapus"),
        ] {
            let fault = AccountName::parse(typed).unwrap_err().to_string();
            assert!(fault.contains(told), "{typed:?}: {fault}");
            assert!(!fault.chars().any(char::is_control), "{fault:?}");
        }
    }
}
