//! Words in an attendance that name who came: `Bd. Ani`, `hadir (Siti)`, `Bu Lurah`.

use crate::domain::name::plain_words;

/// Words before the name of a person.
const TITLES: [&str; 21] = [
    "bd", "bdn", "bidan", "dr", "drg", "ns", "ners", "apt", "bu", "ibu", "pak", "bapak", "bpk", "hj", "kader", "sdr",
    "sdri", "perawat", "kepala", "ka", "nakes",
];
/// Words by which nobody came.
const ABSENT: [&str; 13] =
    ["tidak", "tdk", "tak", "belum", "izin", "ijin", "sakit", "alpa", "alpha", "absen", "cuti", "berhalangan", "batal"];

/// Reports whether a text says that somebody was there, by who it was.
pub(in crate::recap) fn names_who_came(text: &str) -> bool {
    let plain = plain_words(text);
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    let is_denied = words.iter().any(|word| ABSENT.contains(word));
    let has_digits = text.chars().any(|letter| letter.is_ascii_digit());
    if is_denied || has_digits {
        return false;
    }
    match words[..] {
        ["hadir" | "diwakili" | "wakil", _, ..] => true,
        [title, _, ..] => TITLES.contains(&title),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_and_absences() {
        for text in ["Bd. Ani", "hadir (Siti)", "Bu Lurah", "dr. Sari, Sp.A", "diwakili kader"] {
            assert!(names_who_came(text), "{text}");
        }
        for text in ["izin", "Bu Ani izin", "tidak hadir", "Ani", "hadir", "-", "Kader 2", "√"] {
            assert!(!names_who_came(text), "{text}");
        }
    }
}
