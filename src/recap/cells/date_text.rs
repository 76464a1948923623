//! Dates as texts write them: `12 Mei 2023`, `Jum’at, 6 Juni 2025`, `3 s/d 4 Juni`, `tgl 3 Des 2025 jam 09.00`,
//! `10/XI/2025`, `20250513`. Day first; whether a column is month first is not known here.

use chrono::NaiveDate;

use super::date_words::month_number;
use super::date_words::{WEEKDAYS, roman_month, year_of};
use crate::domain::Date;
use crate::domain::period::{YEAR_MAX, YEAR_MIN};

/// Day, month and year as far as a text writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) struct DateText {
    pub(in crate::recap) day: u32,
    pub(in crate::recap) month: Option<u32>,
    pub(in crate::recap) year: Option<i32>,
    /// Day and month are both numbers, and this stands between: which is which is not written.
    pub(in crate::recap) numbers: Option<char>,
    /// It names several days, of which this is the first.
    pub(in crate::recap) is_first: bool,
}

/// Longest text that can be a date, bytes.
const LONGEST: usize = 80;
/// Most words of which it is made.
const TOKENS_MAX: usize = 16;

/// Words that say nothing of the day.
const FILLERS: [&str; 19] = [
    "tgl", "tanggal", "tg", "hari", "pada", "pd", "bulan", "bln", "tahun", "thn", "th", "susulan", "pagi", "siang",
    "sore", "wib", "wita", "wit", "ttg",
];
/// Weekdays in short and in English, and the five days of the Javanese week.
const WEEKDAYS_OTHER: [&str; 28] = [
    "pahing",
    "paing",
    "pon",
    "wage",
    "kliwon",
    "legi",
    "senen",
    "rebo",
    "sen",
    "sel",
    "rab",
    "kam",
    "sab",
    "min",
    "mgg",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
];
/// Words before a time.
const CLOCK_WORDS: [&str; 4] = ["jam", "pukul", "pkl", "pk"];
/// Words between the first and the last of several days.
const THROUGH: [&str; 5] = ["sd", "sampai", "hingga", "dengan", "dg"];

/// A run of letters or of digits, with the marks before it: `~` for *s/d*, `&` for *dan*.
#[derive(Clone, Debug)]
struct Token {
    text: String,
    before: String,
}

impl DateText {
    pub(in crate::recap) fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST || text.contains('%') {
            return None;
        }
        let plain = without_remarks(text);
        let tokens = meaningful(tokens(without_time(&plain)));
        if tokens.is_empty() || tokens.len() > TOKENS_MAX { None } else { Self::from_tokens(&tokens) }
    }

    /// The day, where year and month are written and it exists.
    pub(in crate::recap) fn date(self) -> Option<Date> {
        NaiveDate::from_ymd_opt(self.year?, self.month?, self.day)
    }

    /// The same with day and month in the other order.
    pub(in crate::recap) fn turned(self) -> Option<Self> {
        Some(Self { day: self.month?, month: Some(self.day), ..self })
    }

    fn from_tokens(tokens: &[Token]) -> Option<Self> {
        Self::single(tokens).or_else(|| (1..tokens.len()).find_map(|place| Self::first_of(tokens, place)))
    }

    fn single(tokens: &[Token]) -> Option<Self> {
        if tokens[1..].iter().any(|token| token.before.contains(['&', '~', ',', '+']) && is_number(&token.text))
            && tokens.iter().all(|token| is_number(&token.text))
        {
            return None;
        }
        let of = |day, month, year| Some(Self { day, month, year, numbers: None, is_first: false });
        match tokens {
            [alone] if alone.text.len() == 8 && is_number(&alone.text) => compact(&alone.text),
            [day] => of(number(day)?, None, None),
            [day, month] => match named_month(&month.text) {
                Some(month) => of(number(day)?, Some(month), None),
                None => Self::numbers(day, month, None),
            },
            [year, month, day] if year.text.len() == 4 && is_number(&year.text) => {
                of(number(day)?, Some(named_month(&month.text).or_else(|| number(month))?), Some(year_of(&year.text)?))
            }
            [first, second, third] => {
                let year = Some(year_of(&third.text)?);
                if let Some(month) = named_month(&second.text) {
                    return of(number(first)?, Some(month), year);
                }
                // `Juni 6, 2025`
                match month_number(&first.text).filter(|_| third.text.len() == 4) {
                    Some(month) => of(number(second)?, Some(month), year),
                    None => Self::numbers(first, second, year),
                }
            }
            _ => None,
        }
    }

    fn numbers(day: &Token, month: &Token, year: Option<i32>) -> Option<Self> {
        let separator = month.before.trim().chars().next().unwrap_or(' ');
        Some(Self { day: number(day)?, month: Some(number(month)?), year, numbers: Some(separator), is_first: false })
    }

    /// The first of several days, of which the later ones begin at `place`.
    fn first_of(tokens: &[Token], place: usize) -> Option<Self> {
        let between = &tokens[place].before;
        let is_through = between.contains(['~', '-', '–', '—']);
        if !is_through && !between.contains(['&', ',', '+', '/']) {
            return None;
        }
        let first = Self::single(&tokens[..place])?;
        let last = Self::from_tokens(&tokens[place..])?;
        let first = Self {
            month: Some(first.month.or(last.month).unwrap_or(0)).filter(|month| *month > 0),
            year: first.year.or(last.year),
            is_first: true,
            ..first
        };
        let is_later = match (first.month, last.month) {
            (Some(first), Some(last)) if first != last => is_through && first < last,
            // What is listed and not a span is one visit only where the days follow each other.
            _ if !is_through => last.day == first.day + 1,
            _ => last.day > first.day,
        };
        // `5/9` has been looked at: what is left must say a month.
        (is_later && (last.month.is_some() || between.contains(['~', '&']))).then_some(first)
    }
}

/// `20250513`, `13052025`.
fn compact(digits: &str) -> Option<DateText> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let of = |year: u32, month: u32, day: u32| {
        let year = i32::try_from(year).ok().filter(|year| (YEAR_MIN..=YEAR_MAX).contains(year))?;
        NaiveDate::from_ymd_opt(year, month, day)?;
        Some(DateText { day, month: Some(month), year: Some(year), numbers: None, is_first: false })
    };
    let year_first = of(part(0, 4)?, part(4, 6)?, part(6, 8)?);
    year_first.or_else(|| of(part(4, 8)?, part(2, 4)?, part(0, 2)?))
}

/// The day that a number of eight digits writes.
pub(super) fn of_digits(value: f64) -> Option<Date> {
    let is_whole = (19_000_101.0..100_000_000.0).contains(&value) && value.fract() == 0.0;
    if is_whole { compact(&format!("{value:.0}"))?.date() } else { None }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(token: &Token) -> Option<u32> {
    let number = token.text.parse().ok().filter(|_| token.text.len() <= 2)?;
    (1..=31).contains(&number).then_some(number)
}

fn named_month(text: &str) -> Option<u32> {
    month_number(text).or_else(|| roman_month(text))
}

/// The text without what stands between brackets.
fn without_remarks(text: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    if plain.trim().is_empty() { text.to_owned() } else { plain }
}

/// `12/05/2023 08:30` → `12/05/2023`; `4/2/25 14.00` → `4/2/25`.
fn without_time(text: &str) -> &str {
    let is_clock = |place: &usize| {
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        digit(text.as_bytes().get(place + 1)) && place.checked_sub(1).is_some_and(|at| digit(text.as_bytes().get(at)))
    };
    let Some(colon) = text.match_indices(':').map(|(place, _)| place).find(is_clock) else {
        return without_dotted_time(text);
    };
    let before = &text[..colon];
    before.rfind([' ', 'T']).map_or(text, |end| before[..end].trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// The text before a time with a dot, where a whole date stands before it.
fn without_dotted_time(text: &str) -> &str {
    let Some((date, time)) = text.trim_end().rsplit_once(' ') else { return text };
    let part = |part: &str, most: u32| part.len() == 2 && part.parse::<u32>().is_ok_and(|number| number <= most);
    let is_time = time.split_once('.').is_some_and(|(hour, minute)| part(hour, 23) && part(minute, 59));
    let is_date = date.split(['/', '-', '.']).filter(|part| !part.is_empty() && is_number(part.trim())).count() == 3;
    if is_time && is_date { date } else { text }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before = String::new();
    let mut previous = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_apostrophe = matches!(character, '\'' | '’' | '‘' | '`' | '´');
        // Jum'at
        if is_apostrophe && previous == Some('a') && characters.peek().is_some_and(|c| c.is_alphabetic()) {
            continue;
        }
        let kind = if character.is_ascii_digit() {
            '0'
        } else if character.is_alphabetic() {
            'a'
        } else {
            before.push(character);
            previous = None;
            continue;
        };
        match tokens.last_mut().filter(|_| previous == Some(kind)) {
            Some(token) => token.text.extend(character.to_lowercase()),
            None => {
                tokens.push(Token { text: character.to_lowercase().collect(), before: std::mem::take(&mut before) });
            }
        }
        previous = Some(kind);
    }
    tokens
}

/// The tokens without weekdays, fillers and times; words between days become marks.
fn meaningful(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::new();
    let mut before = String::new();
    let has_zone = tokens.last().is_some_and(|token| ["wib", "wita", "wit", "am", "pm"].contains(&token.text.as_str()));
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let word = token.text.as_str();
        if CLOCK_WORDS.contains(&word) && !kept.is_empty() {
            break;
        }
        before.push_str(&token.before);
        let is_split = word == "s" && tokens.peek().is_some_and(|next| next.text == "d");
        if is_split || THROUGH.contains(&word) {
            if is_split {
                tokens.next();
            }
            // The slash and dots of `s/d` itself say nothing.
            "~".clone_into(&mut before);
        } else if kept.len() == 1 && ["minggu", "mgg"].contains(&word) {
            // `2 minggu` is no Sunday.
            return Vec::new();
        } else if word == "dan" {
            before.push('&');
        } else if !WEEKDAYS.contains(&word) && !WEEKDAYS_OTHER.contains(&word) && !FILLERS.contains(&word) {
            kept.push(Token { text: token.text, before: std::mem::take(&mut before) });
        }
    }
    // `14 Juli 2025 09.00 WIB`
    if has_zone && kept.len() > 4 {
        let is_time = kept[kept.len() - 2..].iter().all(|token| is_number(&token.text) && token.text.len() <= 2);
        kept.truncate(if is_time { kept.len() - 2 } else { kept.len() });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        DateText::read(text).and_then(DateText::date).map(|date| date.to_string())
    }

    #[test]
    fn a_time_behind_a_date_is_left_out() {
        assert_eq!(day("4/2/25 14.00"), day("4/2/2025"));
        assert_eq!(day("4-2-2025 09:15"), day("4/2/2025"));
        assert_eq!(day("4/2/25 24.00"), None);
    }

    #[test]
    fn the_spellings_of_days() {
        for (text, expected) in [
            ("4 Agst 2025", "2025-08-04"),
            ("9 Agus 2025", "2025-08-09"),
            ("09-Ags-25", "2025-08-09"),
            ("5 Okto 2025", "2025-10-05"),
            ("5 Septem 2025", "2025-09-05"),
            ("3 Febr. 2025", "2025-02-03"),
            ("tgl 3 Des 2025", "2025-12-03"),
            ("Tgl. 3 Des 2025", "2025-12-03"),
            ("Tanggal : 3 Des 2025", "2025-12-03"),
            ("14 Juli 2025 jam 09.00", "2025-07-14"),
            ("14 Juli 2025 pukul 09.00 WIB", "2025-07-14"),
            ("14 Juli 2025, pkl. 9", "2025-07-14"),
            ("14 Juli 2025 09.00 WIB", "2025-07-14"),
            ("14 Juli 2025 09:00 - 11:00", "2025-07-14"),
            ("23 Mei'25", "2025-05-23"),
            ("23 Mei ’25", "2025-05-23"),
            ("1 Maret 2025 (susulan)", "2025-03-01"),
            ("1 Maret 2025 susulan", "2025-03-01"),
            ("Jum’at, 6 Juni 2025", "2025-06-06"),
            ("Jum'at, 6 Juni 2025", "2025-06-06"),
            ("Jumat/6 Juni 2025", "2025-06-06"),
            ("Sen, 2 Juni 2025", "2025-06-02"),
            ("hari Senin tanggal 2 bulan Juni tahun 2025", "2025-06-02"),
            ("10/XI/2025", "2025-11-10"),
            ("Selasa Pahing, 11 Maret 2025", "2025-03-11"),
            ("Senin 3/3/25", "2025-03-03"),
            ("12 -05- 2025", "2025-05-12"),
            ("20250513", "2025-05-13"),
            ("13052025", "2025-05-13"),
            ("5/6/2025 14:00:11", "2025-06-05"),
            ("5/6/2025 2:00:11 PM", "2025-06-05"),
            ("Juni 6, 2025", "2025-06-06"),
            ("2025/06/06", "2025-06-06"),
        ] {
            assert_eq!(day(text).as_deref(), Some(expected), "{text}");
            assert!(!DateText::read(text).unwrap().is_first, "{text}");
        }
    }

    #[test]
    fn of_several_days_the_first() {
        for (text, expected) in [
            ("3 s/d 4 Juni 2025", "2025-06-03"),
            ("3 s.d. 4 Juni 2025", "2025-06-03"),
            ("3 sd 4 Juni 2025", "2025-06-03"),
            ("3 sampai dengan 5 Juni 2025", "2025-06-03"),
            ("3-4 Juni 2025", "2025-06-03"),
            ("3 – 4 Juni 2025", "2025-06-03"),
            ("3 & 4 Juni 2025", "2025-06-03"),
            ("3 dan 4 Juni 2025", "2025-06-03"),
            ("3, 4 Juni 2025", "2025-06-03"),
            ("3, 4 & 5 Juni 2025", "2025-06-03"),
            ("3/4 Juni 2025", "2025-06-03"),
            ("30 Mei - 2 Juni 2025", "2025-05-30"),
            ("30 Mei 2025 s/d 2 Juni 2025", "2025-05-30"),
            ("3-4/6/2025", "2025-06-03"),
            ("Selasa-Rabu, 3-4 Juni 2025", "2025-06-03"),
            ("13/06/2025 s/d 14/06/2025", "2025-06-13"),
        ] {
            assert_eq!(day(text).as_deref(), Some(expected), "{text}");
            assert!(DateText::read(text).unwrap().is_first, "{text}");
        }
        let short = DateText::read("3 & 4 Juni").unwrap();
        assert_eq!((short.day, short.month, short.year, short.is_first), (3, Some(6), None, true));
    }

    #[test]
    fn what_is_no_day() {
        for text in [
            "31 Februari 2025",
            "4-3 Juni 2025",
            "3, 9 dan 20 Juni 2025",
            "besok",
            "Juni 2025",
            "1.292",
            "12,5",
            "85%",
            "17/20 poin",
            "3 Ju 2025",
            "12 Desa 2025",
            "2 minggu",
            "0812345678",
            "1 2 3 4 5",
            "",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
