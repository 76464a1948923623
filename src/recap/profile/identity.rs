//! The part of a form that stays from month to month, so that what was said of one holds for the next: title and
//! headings without months, years and dates, wherever the columns stand.

use super::ProfileError;
use super::form::{FormKey, Times, is_same_title, title, without_times};
use crate::domain::name::plain_words;
use crate::recap::FoundTable;
use crate::workbook::{Row, Sheet};

/// Beginning of a kept identity; those that were kept by the columns of their headings lack it.
const MARK: &str = "#";
/// Sign in the place of columns.
const FREE: &str = "~";
/// Texts of title and heading that a form must have to be known again.
const TEXTS_MIN: usize = 2;
/// Words of a title that only say that a time follows.
const TIME_WORDS: [&str; 16] = [
    "bulan", "bln", "tahun", "thn", "tgl", "tanggal", "periode", "per", "hari", "senin", "selasa", "rabu", "kamis",
    "jumat", "sabtu", "minggu",
];

/// Title and headings of a table, as they are kept: a line of the title, then one of all headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::recap) struct Identity {
    title: String,
    headings: String,
}

impl Identity {
    /// Of the heading rows `top` to `bottom`.
    pub(in crate::recap) fn from_sheet(sheet: &Sheet, top: u32, bottom: u32) -> Self {
        let (lines, _) = title(sheet, top);
        let lines: Vec<String> = lines.split('|').map(without_time_words).collect();
        let rows = (top..=bottom).filter_map(|row| sheet.row(row)).flat_map(headings);
        Self { title: lines.join("|"), headings: rows.collect::<Vec<_>>().join("|") }
    }

    /// Reports whether a kept word is of tables like this one, whose heading begins in the row `heading`.
    pub(in crate::recap) fn is(&self, kept: &str, sheet: &Sheet, heading: &Row) -> bool {
        match parse(kept) {
            Some(kept) => kept.headings == self.headings && is_same_title(&kept.title, &self.title),
            None => FormKey::parse(kept, Times::Telling).begins_at(sheet, heading, false),
        }
    }

    /// As it is kept.
    fn kept_text(&self) -> Result<String, ProfileError> {
        let texts = self.headings.split('|').chain(self.title.split('|'));
        let texts = texts.filter(|text| text.chars().any(char::is_alphabetic)).count();
        if texts < TEXTS_MIN || self.headings.is_empty() {
            return Err(ProfileError::NoHeading);
        }
        Ok(format!("{MARK}{}\n{FREE}{}", self.title, self.headings))
    }
}

fn parse(kept: &str) -> Option<Identity> {
    let (title, headings) = kept.strip_prefix(MARK)?.split_once('\n')?;
    Some(Identity { title: title.to_owned(), headings: headings.strip_prefix(FREE)?.to_owned() })
}

fn without_time_words(line: &str) -> String {
    line.split(' ').filter(|word| !TIME_WORDS.contains(word)).collect::<Vec<_>>().join(" ")
}

/// The headings of a row without times; those that are nothing else are left out.
fn headings(row: &Row) -> impl Iterator<Item = String> {
    row.cells.iter().filter_map(|cell| cell.value.text()).map(timeless).filter(|words| !words.is_empty())
}

fn timeless(text: &str) -> String {
    without_times(&plain_words(text))
}

impl FoundTable<'_> {
    /// Returns the text by which its form is known again.
    ///
    /// # Errors
    /// Where title and heading have too few texts.
    pub fn fingerprint(&self) -> Result<String, ProfileError> {
        Identity::from_sheet(self.sheet, self.heading.top, self.heading.bottom).kept_text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_no_part_of_a_heading() {
        for (text, expected) in [
            ("Kumulatif s/d Mei 2025", "kumulatif s d"),
            ("Capaian 31/05/2025", "capaian"),
            ("Skor 2", "skor 2"),
            ("MEI", ""),
            ("12", ""),
            ("2025", ""),
            ("Nama Jaringan/Jejaring", "nama jaringan jejaring"),
        ] {
            assert_eq!(timeless(text), expected, "{text}");
        }
        assert_eq!(without_time_words("rekap bulan pembinaan tahun"), "rekap pembinaan");
    }

    #[test]
    fn an_identity_is_kept_and_read() {
        let identity = Identity { title: "lembar|rekap".to_owned(), headings: "no|nama".to_owned() };
        assert_eq!(parse(&identity.kept_text().unwrap()), Some(identity.clone()));
        let thin = Identity { title: String::new(), headings: "no".to_owned() };
        assert_eq!(thin.kept_text(), Err(ProfileError::NoHeading));
        assert_eq!(parse("#rekap\n0=no|1=nama"), None, "kept by its columns");
    }
}
