//! The answer to an item of a checklist: Ada, Ya, MS, 1 or a tick; Tidak, TMS, 0 or an x; TB or NA. Blank is no answer.

use super::mark::{Mark, yes_no};
use super::{CellFault, CellReading, is_dash, present, quoted};
use crate::diagnostic::IssueCode;
use crate::domain::instrument::{GivenAnswer, is_same_points};
use crate::recap::heading::{CHECKLIST_NO, CHECKLIST_NOT_APPLICABLE, CHECKLIST_YES, key};
use crate::workbook::CellValue;

/// The answer of a cell. A dash may deny or leave out: it is asked about, as is a word that nobody knows.
pub(in crate::recap) fn read(value: Option<&CellValue>) -> CellReading<GivenAnswer> {
    let Some(value) = present(value)? else { return Ok(None) };
    let known = match value {
        CellValue::Text(text) => of_words(text, value),
        CellValue::Number { value, percent: false } if is_same_points(*value, 1.0) => Some(GivenAnswer::Yes),
        CellValue::Number { value, percent: false } if *value == 0.0 => Some(GivenAnswer::No),
        CellValue::Bool(true) => Some(GivenAnswer::Yes),
        CellValue::Bool(false) => Some(GivenAnswer::No),
        _ => None,
    };
    let asked = || CellFault {
        code: IssueCode::UnknownValue,
        why: format!(
            "{} bukan jawaban yang pasti; tulis Ya, Tidak, atau TB (tidak berlaku), atau kosongkan bila belum dijawab",
            quoted(value)
        ),
    };
    known.map(Some).ok_or_else(asked)
}

fn of_words(text: &str, value: &CellValue) -> Option<GivenAnswer> {
    let own = key(text);
    // Before dashes: `n/a` is one in columns of numbers.
    if CHECKLIST_NOT_APPLICABLE.has(&own) {
        return Some(GivenAnswer::NotApplicable);
    }
    if CHECKLIST_YES.has(&own) {
        return Some(GivenAnswer::Yes);
    }
    if CHECKLIST_NO.has(&own) {
        return Some(GivenAnswer::No);
    }
    if is_dash(text) || own.len() > 1 {
        return None;
    }
    match yes_no(Some(value)) {
        Ok(Some(Mark::Yes)) => Some(GivenAnswer::Yes),
        Ok(Some(Mark::No)) => Some(GivenAnswer::No),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_people_write_them() {
        let of = |text: &str| read(Some(&CellValue::Text(text.into()))).ok().flatten();
        for yes in ["ADA", "Ya", "MS", "v", "√", "✓", "1", "Memenuhi syarat", "sesuai", "☑"] {
            assert_eq!(of(yes), Some(GivenAnswer::Yes), "{yes}");
        }
        for no in ["Tidak", "TIDAK ADA", "TMS", "x", "0", "tdk", "×"] {
            assert_eq!(of(no), Some(GivenAnswer::No), "{no}");
        }
        for none in ["TB", "N/A", "na", "Tidak berlaku"] {
            assert_eq!(of(none), Some(GivenAnswer::NotApplicable), "{none}");
        }
        for asked in ["-", "mungkin", "Ya dan Tidak", "2", "ada tapi rusak"] {
            assert!(read(Some(&CellValue::Text(asked.into()))).is_err(), "{asked}");
        }
        assert_eq!(read(Some(&CellValue::Text("  ".into()))).ok(), Some(None));
        let number = |value| read(Some(&CellValue::Number { value, percent: false }));
        assert_eq!(number(1.0).ok().flatten(), Some(GivenAnswer::Yes));
        assert_eq!(number(0.0).ok().flatten(), Some(GivenAnswer::No));
        assert!(number(3.0).is_err());
    }
}
