//! Rules that a password keeps: length, and being none of those that are tried first. No rule about sorts of characters.
//! Knows no hash and no account but its name.

use unicode_normalization::UnicodeNormalization;

use super::name::AccountName;

/// Characters that a password has at least.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Characters that a password has at most.
pub const PASSWORD_CHARS_MAX: usize = 128;
/// Characters of a part that, repeated, makes no password.
const REPEATED_CHARS_MAX: usize = 6;

/// Rows whose parts, forwards or backwards, are tried first.
const ROWS: [&str; 6] = [
    "01234567890123456789012345678901234567890123456789",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnmqwertyuiop",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
];

/// Words and phrases that are tried first, alone or with numbers and marks around them.
const COMMON: [&str; 62] = [
    "admin",
    "adminadmin",
    "administrator",
    "adminpuskesmas",
    "akusayangkamu",
    "akucintakamu",
    "alhamdulillah",
    "assalamualaikum",
    "astaghfirullah",
    "bhinnekatunggalika",
    "bidandesa",
    "bismillah",
    "bismillahirrahmanirrahim",
    "changeme",
    "dinaskesehatan",
    "dinkes",
    "gantikatasandi",
    "iloveyou",
    "indonesia",
    "indonesiaraya",
    "indonesiasehat",
    "indonesiamerdeka",
    "inshaallah",
    "insyaallah",
    "jakarta",
    "katasandi",
    "katasandiku",
    "kemenkes",
    "kepalapuskesmas",
    "kesehatan",
    "lailahaillallah",
    "letmein",
    "masyaallah",
    "mypassword",
    "p@ssw0rd",
    "passw0rd",
    "password",
    "passwordpassword",
    "pegawainegeri",
    "posyandu",
    "princess",
    "puskesmas",
    "puskesmasku",
    "pustu",
    "qwerty",
    "qwertyqwerty",
    "rahasia",
    "rahasiabanget",
    "rahasiaku",
    "sandi",
    "sayang",
    "sayangkamu",
    "sayangku",
    "selamatpagi",
    "simpul",
    "simpulpuskesmas",
    "subhanallah",
    "sunshine",
    "superman",
    "tanahairku",
    "terimakasih",
    "welcome",
];

/// Reason for which a text is no password; the display is the message for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Too few characters.
    #[error(
        "kata sandi baru {characters} karakter, paling sedikit {PASSWORD_CHARS_MIN}; beberapa kata yang tidak berhubungan, dengan spasi, mudah diingat dan sulit ditebak"
    )]
    TooShort {
        /// Characters that it has.
        characters: usize,
    },
    /// Too many characters.
    #[error("kata sandi paling banyak {PASSWORD_CHARS_MAX} karakter; pendekkan")]
    TooLong,
    /// The account's own name.
    #[error("kata sandi sama dengan nama akun, jadi mudah ditebak; pilih yang lain")]
    IsName,
    /// Among those that are tried first.
    #[error(
        "kata sandi ini termasuk yang paling sering dipakai orang, jadi dicoba lebih dahulu oleh penebak; pilih yang lain"
    )]
    Common,
    /// One row of keys, or one short part again and again.
    #[error("kata sandi ini hanya deretan atau ulangan huruf, jadi mudah ditebak; pilih yang lain")]
    Plain,
}

/// The form in which a password is hashed: whatever keyboard and system it was typed with.
pub fn normal_form(typed: &str) -> String {
    typed.nfkc().collect()
}

/// Checks a new password of an account.
pub fn check_password(name: &AccountName, typed: &str) -> Result<(), PasswordFault> {
    if typed.chars().nth(PASSWORD_CHARS_MAX).is_some() {
        return Err(PasswordFault::TooLong);
    }
    let password = normal_form(typed);
    let characters = password.chars().count();
    match characters {
        _ if characters < PASSWORD_CHARS_MIN => return Err(PasswordFault::TooShort { characters }),
        _ if characters > PASSWORD_CHARS_MAX => return Err(PasswordFault::TooLong),
        _ => {}
    }
    let lower = password.to_lowercase();
    let part = repeated_part(&lower);
    let core = core_of(&part);
    if [lower.trim(), &part, &core].contains(&name.as_str()) || (!core.is_empty() && core == core_of(name.as_str())) {
        return Err(PasswordFault::IsName);
    }
    if COMMON.contains(&core.as_str()) || COMMON.contains(&part.as_str()) {
        return Err(PasswordFault::Common);
    }
    if part.chars().count() < characters && part.chars().count() <= REPEATED_CHARS_MAX || is_row(&lower) {
        return Err(PasswordFault::Plain);
    }
    Ok(())
}

/// The shortest part that gives the text when it is repeated; the text itself where none does.
fn repeated_part(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let gives = |length: &usize| letters.iter().enumerate().all(|(place, letter)| letters[place % length] == *letter);
    let length = (1..=letters.len()).find(gives).unwrap_or(letters.len());
    letters[..length].iter().collect()
}

/// The text without spaces, and without digits and marks around it.
fn core_of(text: &str) -> String {
    let trimmed = text.trim_matches(|letter: char| !letter.is_alphabetic());
    trimmed.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn is_row(lower: &str) -> bool {
    let backwards: String = lower.chars().rev().collect();
    ROWS.iter().any(|row| row.contains(lower) || row.contains(&backwards))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str) -> Result<(), PasswordFault> {
        check_password(&AccountName::parse("siti.aminah").unwrap(), typed)
    }

    #[test]
    fn long_passwords_of_any_sort_are_taken() {
        for typed in [
            "kucing lompat pagar",
            "aaaaaaaaaaaab",
            "Ångström über ñandú",
            "päddling-öl-fähre",
            "🐈🐕🐎🐄🐖🐏🐐🐓🦆🦉🐝🦋",
        ] {
            assert_eq!(check(typed), Ok(()), "{typed}");
        }
        assert_eq!(check(&"kuda lumping ".repeat(9)), Ok(()));
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for typed in
            ["password1234", "Puskesmas2024!", "bismillah 12345", "qwertyqwerty", "Rahasia@2024", "P@ssw0rd12345"]
        {
            assert_eq!(check(typed), Err(PasswordFault::Common), "{typed}");
        }
        for typed in [
            "aaaaaaaaaaaa",
            "123456789012",
            "abcdefghijkl",
            "qwertyuiopas",
            "098765432109",
            "abcabcabcabc",
            "1q2w3e4r5t6y",
        ] {
            assert_eq!(check(typed), Err(PasswordFault::Plain), "{typed}");
        }
        for typed in ["siti.aminah1", "Siti.Aminah2024", "siti.aminahsiti.aminah"] {
            assert_eq!(check(typed), Err(PasswordFault::IsName), "{typed}");
        }
    }

    #[test]
    fn lengths_are_of_characters() {
        assert_eq!(check("kuda lumpin"), Err(PasswordFault::TooShort { characters: 11 }));
        assert_eq!(check("ééééééééééé"), Err(PasswordFault::TooShort { characters: 11 }));
        assert_eq!(check(&"kuda-lumping".repeat(11)), Err(PasswordFault::TooLong));
        assert_eq!(check(&"x".repeat(1 << 20)), Err(PasswordFault::TooLong));
    }

    #[test]
    fn one_password_is_hashed_in_one_form() {
        assert_eq!(normal_form("caf\u{65}\u{301}"), normal_form("caf\u{e9}"));
    }

    #[test]
    fn the_words_that_are_tried_first_are_in_the_form_in_which_they_are_compared() {
        for word in COMMON {
            assert!([word.to_owned(), repeated_part(word)].contains(&core_of(&word.to_lowercase())), "{word}");
        }
    }
}
