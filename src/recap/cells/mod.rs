//! One cell → a date, month, number, mark or text, read as a person would; or what is wrong with it.
//! Knows nothing of rows and tables.

pub(super) mod answer;
pub(super) mod date;
pub(super) mod date_column;
pub(super) mod date_text;
pub(super) mod date_words;
pub(super) mod done;
pub(super) mod due;
pub(super) mod evidence_named;
pub(super) mod mark;
pub(super) mod month;
pub(super) mod number;
pub(super) mod person_named;
pub(super) mod points;
pub(super) mod progress;
pub(super) mod receipt;
pub(super) mod rupiah;
pub(super) mod school_year;

use crate::diagnostic::IssueCode;
use crate::workbook::CellValue;

/// A fault of a cell: its code and the reason (a sentence's middle, Indonesian).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CellFault {
    pub(super) code: IssueCode,
    pub(super) why: String,
}

/// A value, blank, or wrong.
pub(super) type CellReading<T> = Result<Option<T>, CellFault>;

/// Errors as Excel spells them; such text is an error too, whoever typed it.
const ERROR_TEXTS: [&str; 8] = ["#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#GETTING_DATA"];
/// Texts that stand for "not reported".
const DASHES: [&str; 11] = ["-", "--", "---", "–", "—", "−", "n/a", "na", "n.a.", "n.a", "nihil data"];

/// The value of a cell that is neither blank nor a formula gone wrong.
pub(super) fn present(value: Option<&CellValue>) -> CellReading<&CellValue> {
    match value {
        None => Ok(None),
        Some(CellValue::Text(text)) => {
            let trimmed = trim(text);
            if trimmed.is_empty() {
                return Ok(None);
            }
            let is_error = |error: &&&str| error.eq_ignore_ascii_case(trimmed);
            match trimmed.starts_with('#').then(|| ERROR_TEXTS.iter().find(is_error)).flatten() {
                Some(error) => Err(formula_error(error)),
                None => Ok(value),
            }
        }
        Some(CellValue::Error(error)) => Err(formula_error(error)),
        Some(CellValue::FormulaNotComputed) => Err(CellFault {
            code: IssueCode::FormulaNotComputed,
            why: "rumus belum dihitung sehingga nilainya tidak tersimpan; buka di Excel, simpan, lalu impor lagi"
                .to_owned(),
        }),
        Some(_) => Ok(value),
    }
}

fn formula_error(error: &str) -> CellFault {
    CellFault {
        code: IssueCode::FormulaError,
        why: format!("rumus menghasilkan {error}; perbaiki rumusnya atau tulis angkanya langsung"),
    }
}

/// Text as a reader sees it: outer spaces gone, inner runs of white space one space; whole numbers as digits.
pub(super) fn text(value: Option<&CellValue>) -> CellReading<String> {
    Ok(present(value)?.map(value_text))
}

/// Returns a value as text, the way that a person reads it.
pub(super) fn value_text(value: &CellValue) -> String {
    match value {
        CellValue::Text(text) => squeeze(text),
        CellValue::Number { value, .. } => format!("{value}"),
        CellValue::Date(date) => date.format("%d/%m/%Y").to_string(),
        CellValue::Bool(true) => "TRUE".to_owned(),
        CellValue::Bool(false) => "FALSE".to_owned(),
        CellValue::Error(error) => (*error).to_owned(),
        CellValue::FormulaNotComputed => String::new(),
    }
}

/// Outer white space and invisible marks gone.
pub(super) fn trim(text: &str) -> &str {
    // Most texts begin and end with a letter or a mark: nothing to look for.
    if let (Some(first), Some(last)) = (text.as_bytes().first(), text.as_bytes().last())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || character.is_control()
}

/// Inner runs of white space and control characters become one space.
pub(super) fn squeeze(text: &str) -> String {
    let text = trim(text);
    if is_plain(text) {
        return text.to_owned();
    }
    let mut squeezed = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() {
            if !squeezed.ends_with(' ') {
                squeezed.push(' ');
            }
        } else if !is_invisible(character) {
            squeezed.push(character);
        }
    }
    squeezed
}

/// Reports whether a text is ASCII in words with one space between them, as most are.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    text.bytes().all(|byte| {
        let is_good = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        before = byte;
        is_good
    })
}

/// Reports whether a text stands for "nothing reported".
pub(super) fn is_dash(text: &str) -> bool {
    /// Bytes of the longest of them.
    const LONGEST: usize = 10;
    let text = trim(text);
    text.len() <= LONGEST && DASHES.iter().any(|dash| dash.eq_ignore_ascii_case(text))
}

/// Words that mean "as above", without dots, spaces and marks.
const DITTO_WORDS: [&str; 10] = [
    "idem",
    "sda",
    "samadenganatas",
    "samadengandiatas",
    "samadgdiatas",
    "sepertidiatas",
    "samasepertidiatas",
    "samadiatas",
    "ibid",
    "ditto",
];
/// Marks that mean "as above" alone, perhaps between dashes.
const DITTO_MARKS: [char; 9] = ['"', '“', '”', '„', '‟', '″', '〃', '〞', '〟'];
/// Marks that mean it in pairs.
const DITTO_HALVES: [char; 5] = [',', '\'', '’', '‘', '′'];

/// Reports whether a text means "as above": `"`, `〃`, `-"-`, `,,`, `idem`, `sda`, `s.d.a.`.
pub(in crate::recap) fn is_ditto(text: &str) -> bool {
    const LONGEST: usize = 40;
    let text = trim(text);
    if text.len() > LONGEST {
        return false;
    }
    if text.starts_with(char::is_alphanumeric) {
        // Nearly all texts begin with two letters of no such word.
        let mut first = letters(text);
        let first = [first.next(), first.next()];
        let begins_alike = |word: &&&str| word.chars().take(2).map(Some).eq(first);
        return DITTO_WORDS.iter().filter(begins_alike).any(|word| letters(text).eq(word.chars()));
    }
    let marks = text.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '.' | '(' | ')') || c.is_whitespace());
    let halves = marks.chars().filter(|c| DITTO_HALVES.contains(c)).count();
    let is_marks = marks.chars().all(|c| DITTO_MARKS.contains(&c) || DITTO_HALVES.contains(&c) || c.is_whitespace());
    is_marks && (halves >= 2 || marks.contains(DITTO_MARKS))
        || DITTO_WORDS.contains(&marks.to_lowercase().replace(['.', ' '], "").as_str())
}

/// Yields the letters and digits of a text, in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Reports whether a cell shows nothing.
pub(super) fn is_blank(value: Option<&CellValue>) -> bool {
    match value {
        None => true,
        Some(CellValue::Text(text)) => trim(text).is_empty(),
        Some(_) => false,
    }
}

/// A value short enough for a message.
pub(super) fn quoted(value: &CellValue) -> String {
    const LONGEST: usize = 40;
    let text = value_text(value);
    if text.chars().count() <= LONGEST {
        return format!("\"{text}\"");
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("\"{start}…\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_above_is_written_in_many_ways() {
        for text in [
            "\"", " \" ", "〃", "”", "''", ",,", "-\"-", "- “ -", "\" \"", "idem", "Idem.", "SDA", "s.d.a", "s.d.a.",
            "(idem)", "- sda -",
        ] {
            assert!(is_ditto(text), "{text}");
        }
        for text in ["", "-", "--", ",", "'", ".", "x", "√", "0", "Sidomulyo", "s/d", "Idemia", "\"Sehat\"", "sd"] {
            assert!(!is_ditto(text), "{text}");
        }
    }
}
