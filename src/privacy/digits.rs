//! Numbers in texts told by their shape: groups of digits, and what they can be. Knows no sheet.

use std::ops::Range;

use super::headings::ColumnRole;
use super::{FoundSpan, PersonalKind};

/// Codes of provinces as numbers of identity begin with them.
const PROVINCES: [u8; 38] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65, 71, 72, 73, 74, 75,
    76, 81, 82, 91, 92, 93, 94, 95, 96,
];
/// Digits of a number of identity and of a family card.
const IDENTITY_DIGITS: usize = 16;
/// Digits of a number of a health insurance card.
const HEALTH_DIGITS: usize = 13;
/// Ways in which people group the digits of a number of identity.
const IDENTITY_GROUPS: [&[usize]; 7] =
    [&[16], &[4, 4, 4, 4], &[6, 6, 4], &[6, 10], &[2, 2, 2, 6, 4], &[2, 2, 2, 2, 2, 2, 4], &[8, 8]];
/// Characters before a number in which the word that says what it is stands.
const WORDS_BEFORE_CHARS: usize = 28;
/// Words after which a number is of an office, a licence, goods or a letter.
const OFFICIAL: [&str; 29] = [
    "nip",
    "nrptk",
    "nuptk",
    "npsn",
    "nib",
    "npwp",
    "str",
    "strb",
    "sip",
    "sipb",
    "sipa",
    "sipp",
    "sipttk",
    "sik",
    "sia",
    "izin",
    "ijin",
    "rekening",
    "rek",
    "batch",
    "bets",
    "lot",
    "seri",
    "pks",
    "surat",
    "faktur",
    "registrasi",
    "reg",
    "kode",
];

/// Digits that belong together, separated by one character at most between groups.
#[derive(Clone, Debug, PartialEq, Eq)]
struct DigitGroups {
    /// Bytes of each group.
    groups: Vec<Range<usize>>,
    /// True where a plus sign stands before the first.
    has_plus: bool,
}

fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '-' | '.' | '\u{a0}' | '\u{2013}')
}

/// All groups of digits of a text that can be a number of their own.
fn digit_groups(text: &str) -> Vec<DigitGroups> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|c: char| c.is_ascii_digit()).map(|at| rest + at) {
        let mut groups: Vec<Range<usize>> = Vec::new();
        let mut place = start;
        loop {
            let end = text[place..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |at| place + at);
            groups.push(place..end);
            let mut after = text[end..].chars();
            match (after.next(), after.next()) {
                (Some(separator), Some(digit)) if is_separator(separator) && digit.is_ascii_digit() => {
                    place = end + separator.len_utf8();
                }
                _ => break,
            }
        }
        let end = groups.last().map_or(start, |group| group.end);
        rest = end;
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let letters: String =
            text[..start].chars().rev().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        // Told from its end: `kin` is NIK.
        let is_joined = !letters.is_empty() && !["kin", "kk", "ph", "aw", "plet", "on"].contains(&letters.as_str());
        let is_part = matches!(before, Some('/' | ',' | '_')) && !text[..start].ends_with(", ");
        let goes_on = after.is_some_and(|c| c.is_alphabetic() || matches!(c, '/' | '_'));
        if !is_joined && !is_part && !goes_on {
            found.push(DigitGroups { groups, has_plus: before == Some('+') });
        }
    }
    found
}

/// Numbers of persons in a text below a heading of this role.
pub(super) fn numbers(text: &str, role: ColumnRole, takes_phones: bool) -> Vec<FoundSpan> {
    let mut found = Vec::new();
    if role == ColumnRole::Official || text.bytes().filter(u8::is_ascii_digit).count() < 9 {
        return found;
    }
    for DigitGroups { groups, has_plus } in digit_groups(text) {
        let mut first = 0;
        while first < groups.len() {
            let kind = (first..groups.len()).rev().find_map(|last| {
                let window = &groups[first..=last];
                let asked = NumberQuestion { text, role, takes_phones, has_plus: has_plus && first == 0 };
                asked.kind(window).map(|kind| (kind, last))
            });
            let Some((kind, last)) = kind else {
                first += 1;
                continue;
            };
            let mut range = groups[first].start..groups[last].end;
            if has_plus && first == 0 && kind == PersonalKind::Phone {
                range.start -= 1;
            }
            found.push(FoundSpan { kind, range });
            first = last + 1;
        }
    }
    found
}

/// A question about groups of digits.
struct NumberQuestion<'t> {
    text: &'t str,
    role: ColumnRole,
    takes_phones: bool,
    has_plus: bool,
}

impl NumberQuestion<'_> {
    fn kind(&self, window: &[Range<usize>]) -> Option<PersonalKind> {
        let digits: String = window.iter().map(|group| &self.text[group.clone()]).collect();
        let lengths: Vec<usize> = window.iter().map(ExactSizeIterator::len).collect();
        let words = words_before(self.text, window.first()?.start);
        if words.iter().any(|word| OFFICIAL.contains(&word.as_str())) {
            return None;
        }
        let says = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        let is_family = self.role == ColumnRole::Family || says(&["kk"]);
        let is_identity = self.role == ColumnRole::Identity || says(&["nik", "ktp"]);
        let is_health = self.role == ColumnRole::Health || says(&["bpjs", "jkn", "kis", "jkn-kis"]);
        if digits.len() == IDENTITY_DIGITS && IDENTITY_GROUPS.contains(&lengths.as_slice()) {
            if is_family {
                return Some(PersonalKind::FamilyCard);
            }
            if is_identity || is_plausible_identity(&digits, Serial::Exact) {
                return Some(PersonalKind::Identity);
            }
        }
        // A number of identity with a digit too few or too many is one all the same.
        if (HEALTH_DIGITS + 1..IDENTITY_DIGITS + 2).contains(&digits.len()) && (is_family || is_identity) {
            return Some(if is_family { PersonalKind::FamilyCard } else { PersonalKind::Identity });
        }
        if is_health && digits.len() == HEALTH_DIGITS {
            return Some(PersonalKind::HealthCard);
        }
        (self.takes_phones && self.is_phone(&digits, &lengths)).then_some(PersonalKind::Phone)
    }

    /// Mobile numbers, as written in Indonesia or with the country's code: never groups as a date has them.
    fn is_phone(&self, digits: &str, lengths: &[usize]) -> bool {
        let national = match digits.strip_prefix("62") {
            Some(rest) if rest.starts_with('8') && (self.has_plus || lengths.first().is_some_and(|&one| one != 4)) => {
                rest
            }
            _ => match digits.strip_prefix('0') {
                Some(rest) if rest.starts_with('8') && lengths.first().is_some_and(|&one| one >= 3) => rest,
                _ => return false,
            },
        };
        let later = &lengths[1..];
        (9..=12).contains(&national.len())
            && matches!(national.as_bytes()[1], b'1'..=b'3' | b'5' | b'7'..=b'9')
            && later.iter().all(|&length| length >= 2)
            && later.len() <= 5
    }
}

/// Words before a place, in lower case, the nearest first.
fn words_before(text: &str, place: usize) -> Vec<String> {
    let before: String =
        text[..place].chars().rev().take(WORDS_BEFORE_CHARS).collect::<Vec<_>>().iter().rev().collect();
    // A word behind an earlier number is of that number.
    let near = before.rsplit(|c: char| c.is_ascii_digit() || matches!(c, ';' | ',' | '(')).next().unwrap_or_default();
    let words = near.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().into_iter().rev().take(3).collect()
}

/// Last digits of a number of identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Serial {
    /// As they were written.
    Exact,
    /// Excel keeps fifteen digits of a number and makes the last one a zero.
    Rounded,
}

/// Reports whether sixteen digits can be a number of identity: a province, a regency or city, and a day of birth, of
/// women with forty added.
fn is_plausible_identity(digits: &str, serial: Serial) -> bool {
    let pair = |place: usize| digits.get(place..place + 2).and_then(|two| two.parse::<u8>().ok()).unwrap_or(0);
    let regency = pair(2);
    let month = pair(8);
    let day = if pair(6) > 40 { pair(6) - 40 } else { pair(6) };
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    PROVINCES.contains(&pair(0))
        && (1..=79).contains(&regency)
        && pair(4) > 0
        && (1..=days).contains(&day)
        && (serial == Serial::Rounded || !digits.ends_with("0000"))
}

/// Tells a number of a cell by its digits and the heading above it.
pub(super) fn of_number(value: f64, role: ColumnRole, is_of_patients: bool) -> Option<(PersonalKind, String)> {
    /// From here on fewer digits are kept than are written.
    const WHOLE_MAX: f64 = 1e17;
    if value.fract() != 0.0 || !(1e7..WHOLE_MAX).contains(&value) {
        return None;
    }
    let digits = format!("{value:.0}");
    let kind = match role {
        ColumnRole::Official => None,
        ColumnRole::Family => (digits.len() >= HEALTH_DIGITS).then_some(PersonalKind::FamilyCard),
        ColumnRole::Identity => (digits.len() >= HEALTH_DIGITS).then_some(PersonalKind::Identity),
        ColumnRole::Health => (9..=HEALTH_DIGITS).contains(&digits.len()).then_some(PersonalKind::HealthCard),
        ColumnRole::Phone if is_of_patients => {
            let is_mobile = digits.starts_with('8') || digits.starts_with("628");
            (is_mobile && (9..=14).contains(&digits.len())).then_some(PersonalKind::Phone)
        }
        _ => {
            let is_identity = digits.len() == IDENTITY_DIGITS && is_plausible_identity(&digits, Serial::Rounded);
            is_identity.then_some(PersonalKind::Identity)
        }
    };
    kind.map(|kind| (kind, digits))
}

/// The digits with most of them covered: `35•• •••• •••• ••12`.
pub(super) fn covered(datum: &str) -> String {
    let digits: Vec<char> = datum.chars().filter(char::is_ascii_digit).collect();
    let last = digits.len().saturating_sub(2);
    let mut shown = String::new();
    for (place, digit) in digits.iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            shown.push(' ');
        }
        shown.push(if place < 2 || place >= last { *digit } else { '•' });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(PersonalKind, &str)> {
        let found = numbers(text, ColumnRole::Open, true);
        found.into_iter().map(|span| (span.kind, &text[span.range])).collect()
    }

    #[test]
    fn numbers_of_people_are_told_by_their_shape() {
        use PersonalKind::{FamilyCard, HealthCard, Identity, Phone};
        for (text, kind, datum) in [
            ("3523011205900001", Identity, "3523011205900001"),
            ("NIK: 3523015205900002 (ibu)", Identity, "3523015205900002"),
            ("'3523 0152 0590 0002", Identity, "3523 0152 0590 0002"),
            ("352301-520590-0002", Identity, "352301-520590-0002"),
            ("35.23.01.520590.0002", Identity, "35.23.01.520590.0002"),
            ("No. KK 3523011205120001", FamilyCard, "3523011205120001"),
            ("BPJS 0001234567890", HealthCard, "0001234567890"),
            ("WA 081234567890", Phone, "081234567890"),
            ("hub. 0812-3456-7890 sore", Phone, "0812-3456-7890"),
            ("+62 812 3456 7890", Phone, "+62 812 3456 7890"),
            ("6281234567890", Phone, "6281234567890"),
            ("umur 25 081234567890", Phone, "081234567890"),
        ] {
            assert_eq!(kinds(text), [(kind, datum)], "{text}");
        }
    }

    #[test]
    fn look_alikes_are_left() {
        for text in [
            "NIP. 198005122005012003",
            "19800512 200501 2 003",
            "12-05-2023 10-05-2023",
            "01.02.2023-03.04.2023",
            "08-05-2023 s.d. 10-05-2023",
            "08.30 - 10.00 WIB",
            "08:30 2023.05.12 08 12",
            "STR 3523011205900001",
            "No. Registrasi: 3523011205900001",
            "kode faskes 3523011205900001",
            "SIPB: 3523 0112 0590 0001",
            "440/081234567890/2023",
            "batch 081234567890",
            "A081234567890",
            "9923011205900001",
            "3523019905900001",
            "3523013013900001",
            "0001234567890",
            "(0351) 123456",
            "Rp 3.523.011.205.900.001",
            "8.812.345.678",
            "081-082",
            "6281 2023 0512 08",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
        assert!(numbers("3523011205900001", ColumnRole::Official, true).is_empty());
    }

    #[test]
    fn numbers_of_excel_are_known_though_it_rounds_them() {
        let of = |value, role| of_number(value, role, true).map(|(kind, _)| kind);
        assert_eq!(of(3_523_011_205_900_000.0, ColumnRole::Open), Some(PersonalKind::Identity));
        assert_eq!(of(81_234_567_890.0, ColumnRole::Phone), Some(PersonalKind::Phone));
        assert_eq!(of(1_234_567_890.0, ColumnRole::Health), Some(PersonalKind::HealthCard));
        for (value, role) in [
            (1_250_000_000.0, ColumnRole::Open),
            (45_000.0, ColumnRole::Identity),
            (81_234_567_890.0, ColumnRole::Open),
            (3_523_011_205_900_000.0, ColumnRole::Official),
            (0.5, ColumnRole::Open),
        ] {
            assert_eq!(of(value, role), None, "{value}");
        }
    }

    #[test]
    fn most_of_a_number_is_covered() {
        assert_eq!(covered("3523 0112 0590 0012"), "35•• •••• •••• ••12");
        assert_eq!(covered("081234567890"), "08•• •••• ••90");
    }
}
