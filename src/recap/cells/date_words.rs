//! The words and numbers of which dates are written: names of months and weekdays, years, runs of letters and digits. Reads no
//! cell.

/// Two-digit years below this one are of this century.
const CENTURY_SPLIT: i32 = 70;
pub(in crate::recap) const WEEKDAYS: [&str; 9] =
    ["senin", "selasa", "rabu", "kamis", "jumat", "jum", "sabtu", "minggu", "ahad"];

/// Names in full and the abbreviations that occur, English ones too.
const NAMES: [&[&str]; 12] = [
    &["januari", "jan", "january"],
    &["februari", "feb", "pebruari", "peb", "february", "febuari", "pebuari"],
    &["maret", "mar", "mrt", "march"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "jun", "june"],
    &["juli", "jul", "july"],
    &["agustus", "agu", "ags", "agt", "agst", "agts", "agust", "agus", "aug", "august"],
    &["september", "sep", "sept", "spt"],
    &["oktober", "okt", "oct", "october"],
    &["november", "nov", "nop", "nopember"],
    &["desember", "des", "dec", "december"],
];

/// The month (1–12) of a name in lower case, in full, in short, or as its beginning (`okto`, `septem`).
pub(in crate::recap) fn month_number(name: &str) -> Option<u32> {
    // The shortest beginning that can be of one month only.
    const BEGINNING: usize = 4;
    let exact = (1..).zip(NAMES).find(|(_, names)| names.contains(&name)).map(|(month, _)| month);
    let begins = |names: &[&str]| names.iter().any(|known| known.starts_with(name));
    let by_beginning = || (1..).zip(NAMES).find(|(_, names)| begins(names)).map(|(month, _)| month);
    exact.or_else(|| if name.len() < BEGINNING { None } else { by_beginning() })
}

/// The month of a Roman numeral in small letters.
pub(in crate::recap) fn roman_month(text: &str) -> Option<u32> {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    (1..).zip(ROMAN).find(|(_, roman)| *roman == text).map(|(month, _)| month)
}

/// A written year; two digits are of this century below 70.
pub(in crate::recap) fn year_of(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year < CENTURY_SPLIT => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// Runs of letters and runs of digits, in lower case; everything else separates.
pub(in crate::recap) fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut previous = None;
    for character in text.chars() {
        let kind = if character.is_ascii_digit() {
            Some('0')
        } else if character.is_alphabetic() {
            Some('a')
        } else if character == '\'' || character == '’' {
            // Jum'at
            continue;
        } else {
            None
        };
        if let Some(kind) = kind {
            match parts.last_mut().filter(|_| previous == Some(kind)) {
                Some(part) => part.extend(character.to_lowercase()),
                None => parts.push(character.to_lowercase().collect()),
            }
        }
        previous = kind;
    }
    parts
}
