//! What a person says once about the tables of a form, beside its columns: how its figures count, what all its points
//! are out of, of what kind all its rows are. Said, it is no guess any more.

use std::fmt;

use super::form::{Form, HeadingRows, Place};
use super::{Hints, ProfileError};
use crate::domain::Table;
use crate::recap::FoundTable;
use crate::recap::cells::number::Dot;
use crate::recap::cells::points;
use crate::recap::heading::Column;
use crate::recap::read::{assumed_counting, assumed_kind};
use crate::workbook::Sheet;

/// Points that a checklist can be out of at most.
const MAXIMUM_MAX: f64 = 10_000.0;
/// Letters of a kind at most.
const KIND_CHARS_MAX: usize = 60;

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordSort {
    /// Whether figures count since January.
    Counting,
    /// What the points of all rows are out of.
    Maximum,
    /// The kind of all rows.
    Kind,
}

impl WordSort {
    /// Every sort.
    pub const ALL: [Self; 3] = [Self::Counting, Self::Maximum, Self::Kind];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Counting => "hitungan",
            Self::Maximum => "skor-maksimal",
            Self::Kind => "jenis",
        }
    }

    /// The sort of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Counting => "Angka tabel ini",
            Self::Maximum => "Skor maksimal semua baris",
            Self::Kind => "Jenis semua baris",
        }
    }
}

/// What was said.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    /// Figures count since January.
    Cumulative,
    /// Each month stands for itself.
    Monthly,
    /// All points are out of this.
    Maximum(f64),
    /// All rows are of this kind.
    Kind(String),
}

/// Why something cannot be said so. The display is the message for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordError {
    /// None of the two ways to count.
    #[error("pilih kumulatif atau bukan kumulatif")]
    Counting,
    /// No maximum.
    #[error("skor maksimal harus angka lebih dari 0 dan paling besar 10.000, misalnya 100")]
    Maximum,
    /// No kind.
    #[error("jenis harus berupa kata, paling panjang {KIND_CHARS_MAX} huruf, misalnya Posyandu")]
    Kind,
}

impl Word {
    /// A word as it is typed or kept.
    ///
    /// # Errors
    /// Says what can be written.
    pub fn parse(sort: WordSort, text: &str) -> Result<Self, WordError> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match sort {
            WordSort::Counting => match text.as_str() {
                "kumulatif" => Ok(Self::Cumulative),
                "bulanan" => Ok(Self::Monthly),
                _ => Err(WordError::Counting),
            },
            WordSort::Maximum => {
                let maximum = text.replace(',', ".").parse::<f64>().ok();
                let maximum = maximum.filter(|maximum| *maximum > 0.0 && *maximum <= MAXIMUM_MAX);
                maximum.map(Self::Maximum).ok_or(WordError::Maximum)
            }
            WordSort::Kind => {
                let is_kind = text.chars().any(char::is_alphabetic) && text.chars().count() <= KIND_CHARS_MAX;
                if is_kind { Ok(Self::Kind(text)) } else { Err(WordError::Kind) }
            }
        }
    }

    /// What it is about.
    pub fn sort(&self) -> WordSort {
        match self {
            Self::Cumulative | Self::Monthly => WordSort::Counting,
            Self::Maximum(_) => WordSort::Maximum,
            Self::Kind(_) => WordSort::Kind,
        }
    }

    /// As a person reads it.
    pub fn told(&self) -> String {
        match self {
            Self::Cumulative => "kumulatif sejak Januari".to_owned(),
            Self::Monthly => "bukan kumulatif, capaian bulan itu saja".to_owned(),
            Self::Maximum(_) | Self::Kind(_) => self.to_string(),
        }
    }
}

impl fmt::Display for Word {
    /// The inverse of [`Word::parse`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cumulative => f.write_str("kumulatif"),
            Self::Monthly => f.write_str("bulanan"),
            Self::Maximum(maximum) => f.write_str(&maximum.to_string().replace('.', ",")),
            Self::Kind(kind) => f.write_str(kind),
        }
    }
}

/// A word about the tables of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormWord {
    /// What the form is known again by.
    pub fingerprint: String,
    /// Which table it is.
    pub table: Table,
    /// What was said.
    pub word: Word,
}

/// What can be said of a table: what was said, or else what is assumed.
#[derive(Clone, Debug, PartialEq)]
pub struct WordAsked {
    /// About what.
    pub sort: WordSort,
    /// What somebody said.
    pub said: Option<Word>,
    /// What is read as long as nobody says anything.
    pub assumed: Option<Word>,
}

impl Hints {
    /// What was said of the table whose heading begins in `top`.
    pub(in crate::recap) fn said(&self, sheet: &Sheet, table: Table, top: u32) -> Vec<Word> {
        let Some(row) = sheet.row(top) else { return Vec::new() };
        let own = self.words.iter().filter(|said| said.table == table);
        own.filter(|said| Form::parse(&said.fingerprint).begins_at(sheet, row, false))
            .map(|said| said.word.clone())
            .collect()
    }
}

impl FoundTable<'_> {
    /// What its form is known again by, with the title above it.
    ///
    /// # Errors
    /// Where its heading has too few texts.
    pub fn fingerprint(&self) -> Result<String, ProfileError> {
        let (top, bottom) = (self.heading.top, self.heading.bottom);
        let rows = HeadingRows::new(top, bottom, bottom + 1).unwrap_or_else(|| HeadingRows::one(top));
        let fingerprint = Form::read(self.sheet, rows, Place::Titled).to_string();
        if fingerprint.is_empty() { Err(ProfileError::NoHeading) } else { Ok(fingerprint) }
    }

    /// What can be said of it once.
    pub fn words(&self) -> Vec<WordAsked> {
        let has = |column| self.heading.columns.contains_key(&column);
        let said = |sort| self.said.iter().find(|word| word.sort() == sort).cloned();
        let (sort, assumed) = match self.table {
            Table::Achievements => (WordSort::Counting, assumed_counting(self)),
            Table::Visits if has(Column::Points) && !has(Column::Maximum) => {
                (WordSort::Maximum, self.assumed_maximum())
            }
            Table::Facilities if !has(Column::Kind) => (WordSort::Kind, assumed_kind(self).map(Word::Kind)),
            _ => return Vec::new(),
        };
        vec![WordAsked { sort, said: said(sort), assumed }]
    }

    /// The maximum that the heading names, or a hundred where no points exceed it.
    fn assumed_maximum(&self) -> Option<Word> {
        let column = *self.heading.columns.get(&Column::Points)?;
        let texts = self.heading.texts(self.sheet, column);
        let named = texts.iter().rev().find_map(|(_, text)| points::maximum_named(text));
        let rows = self.sheet.rows.iter().filter(|row| row.index > self.heading.bottom && row.index <= self.last_row);
        let mut values = rows.filter_map(|row| points::read(row.get(column), Dot::Thousands).ok().flatten());
        let exceeds = |found: points::Points| found.out_of.is_none() && found.value > points::PERCENT_MAXIMUM;
        let hundred = || (!values.any(exceeds)).then_some(points::PERCENT_MAXIMUM);
        named.or_else(hundred).map(Word::Maximum)
    }

    /// The maximum of all points that somebody said.
    pub(in crate::recap) fn said_maximum(&self) -> Option<f64> {
        self.said.iter().find_map(|word| if let Word::Maximum(maximum) = word { Some(*maximum) } else { None })
    }

    /// The kind of all rows that somebody said.
    pub(in crate::recap) fn said_kind(&self) -> Option<&str> {
        self.said.iter().find_map(|word| if let Word::Kind(kind) = word { Some(kind.as_str()) } else { None })
    }

    /// How its figures count, where somebody said it.
    pub(in crate::recap) fn said_counting(&self) -> Option<&Word> {
        self.said.iter().find(|word| word.sort() == WordSort::Counting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_as_they_are_typed() {
        for (sort, typed, kept) in [
            (WordSort::Counting, "kumulatif", "kumulatif"),
            (WordSort::Counting, " bulanan ", "bulanan"),
            (WordSort::Maximum, "36,5", "36,5"),
            (WordSort::Maximum, "100", "100"),
            (WordSort::Kind, " Pos  UKK ", "Pos UKK"),
        ] {
            let word = Word::parse(sort, typed).unwrap();
            assert_eq!((word.sort(), word.to_string().as_str()), (sort, kept));
            assert_eq!(Word::parse(sort, kept), Ok(word));
        }
        for (sort, typed) in [
            (WordSort::Counting, "mungkin"),
            (WordSort::Maximum, "0"),
            (WordSort::Maximum, "NaN"),
            (WordSort::Maximum, "inf"),
            (WordSort::Maximum, "seratus"),
            (WordSort::Kind, "12"),
        ] {
            assert!(Word::parse(sort, typed).is_err(), "{typed}");
        }
    }
}
