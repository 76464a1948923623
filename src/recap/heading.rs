//! The words of headings: which column a heading names in which table. Case, spacing, dots and other marks
//! do not count (`B u l a n` = `bulan`, `Skor Maks.` = `skormaks`); `%` does.

use std::sync::LazyLock;

use super::heading_file::{ColumnHeadings, HEADINGS};
use crate::domain::Table;

pub(super) use super::heading_file::{Spec, TableWords};
pub(super) use super::heading_words::{ColumnMeaning, WordList, key};

/// Every table with one column for each field.
pub(super) fn specs() -> impl Iterator<Item = &'static Spec> {
    HEADINGS.specs.iter()
}

/// Returns the words of a group; none where the file lacks it.
pub(super) fn word_group(name: &str) -> WordList {
    HEADINGS.group(name)
}

/// The headings of a table; none of one that has months or indicators across only.
pub(super) fn spec_of(table: Table) -> Option<&'static Spec> {
    specs().find(|spec| spec.table == table)
}

/// Columns of the tables with months or indicators across, beside those.
pub(super) fn across_words() -> &'static TableWords {
    &HEADINGS.across
}

/// Headings of the numbers of rows.
static NO: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("nomor"));
/// Headings of the names of facilities.
pub(super) static NAME: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("nama"));
/// Headings that name facilities by a kind that may also be people of another table.
static KIND_NAMES: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("nama menurut jenis"));
/// Headings of the codes of indicators.
static CODE: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("kode"));
/// Headings of the names of indicators in their lists.
static INDICATOR_NAME: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("nama indikator"));
/// Headings of a column of months in tables with months as rows.
pub(super) static MONTH: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("bulan"));
/// Headings of the month that a report is on.
static REPORT_MONTH: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("bulan laporan"));
/// Headings of the days of visits.
static DATE_OF_VISIT: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("tanggal pembinaan"));
/// Headings of the names where each row is of a village.
pub(super) static VILLAGE: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("desa"));
/// Headings of the indicators where each row is of one.
pub(super) static INDICATOR: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("indikator"));
/// Headings of all pieces of evidence in one cell.
pub(super) static EVIDENCE: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("bukti"));
/// Words of who was invited and did not come.
pub(super) static ABSENT: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("tidak hadir"));
/// Headings of the items of a checklist.
pub(super) static CHECKLIST_ITEM: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("item tilik"));
/// Headings of the codes of those items.
pub(super) static CHECKLIST_CODE: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("kode tilik"));
/// Headings of ticks that mean yes, and words that do.
pub(super) static CHECKLIST_YES: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("jawaban ya tilik"));
/// Headings of ticks that mean no, and words that do.
pub(super) static CHECKLIST_NO: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("jawaban tidak tilik"));
/// Headings of ticks that take an item out, and words that do.
pub(super) static CHECKLIST_NOT_APPLICABLE: LazyLock<WordList> =
    LazyLock::new(|| HEADINGS.group("jawaban tidak berlaku tilik"));
/// Headings of one column of answers.
pub(super) static CHECKLIST_ANSWER: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("jawaban tilik"));
/// Headings of one column of points.
pub(super) static CHECKLIST_POINTS: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("nilai tilik"));
/// Headings of the points that items can have.
pub(super) static CHECKLIST_MAXIMUM: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("maksimal tilik"));
/// Headings of notes beside items.
pub(super) static CHECKLIST_NOTE: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("catatan tilik"));
/// First words of the rows that sum items up.
pub(super) static CHECKLIST_SUM: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("jumlah tilik"));
/// Words that only tables without names have: with another known heading in the row they make a heading.
static MARKS: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("ciri tabel tanpa nama"));

/// Reports whether a text heads the column of numbers.
pub(super) fn is_number_heading(text: &str) -> bool {
    NO.has(&key(text))
}

/// Reports whether a text heads a column of indicators.
pub(super) fn is_indicator_heading(text: &str) -> bool {
    INDICATOR.has(&key(text))
}

/// Reports whether a text heads a column of villages.
pub(super) fn is_village_heading(text: &str) -> bool {
    VILLAGE.has(&key(text))
}

/// Reports whether a text heads a column of months.
pub(super) fn is_month_heading(text: &str) -> bool {
    let key = key(text);
    MONTH.has(&key) || REPORT_MONTH.has(&key)
}

/// Reports whether a text heads the column of dates of visits.
pub(super) fn is_date_heading(text: &str) -> bool {
    DATE_OF_VISIT.has(&key(text))
}

/// Longest text that can be a heading of one column, bytes: longer than the longest known word, written out.
const HEADING_BYTES: usize = 60;

/// Every known word, ordered: each cell of a sheet is looked up here.
static ANCHORS: LazyLock<Vec<(&str, HeadingAnchor)>> = LazyLock::new(|| {
    let begins = [&NAME, &KIND_NAMES, &CODE, &INDICATOR_NAME].into_iter().flat_map(|list| list.iter());
    let begins = begins.map(|word| (word, HeadingAnchor::Begins));
    let marks = MARKS.iter().map(|word| (word, HeadingAnchor::Marks));
    // Remarks stand in every table: they speak for no heading.
    let is_telling = |held: &&ColumnHeadings| held.column != ColumnMeaning::Reason;
    let telling = specs().flat_map(|spec| &spec.words.columns).filter(is_telling);
    let belongs = telling.flat_map(|held| held.words.iter());
    let belongs = belongs.chain(VILLAGE.iter()).map(|word| (word, HeadingAnchor::Belongs));
    let mut anchors: Vec<(&str, HeadingAnchor)> = begins.chain(marks).chain(belongs).collect();
    // Of one word that does several, the first: what begins a heading.
    anchors.sort_by_key(|(word, anchor)| (*word, *anchor));
    anchors.dedup_by_key(|(word, _)| *word);
    anchors
});

/// The weight of a text for a heading row: it may begin one, or it belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HeadingAnchor {
    /// The name or code column.
    Begins,
    /// A column that only a table without names has.
    Marks,
    /// Another known heading.
    Belongs,
}

/// By the first and the last byte of a key ([`ends`]), a bit for each length (bytes) that known words between those have:
/// what nearly all cells of a sheet fail at.
static LENGTHS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut lengths = vec![0; 1 << 12];
    for (word, _) in ANCHORS.iter() {
        if let Some(ends) = ends(word.as_bytes()) {
            lengths[ends] |= 1 << word.len().min(63);
        }
    }
    lengths
});

/// The first and the last byte of a key, six bits of each.
fn ends(key: &[u8]) -> Option<usize> {
    Some(usize::from(key.first()? & 63) << 6 | usize::from(key.last()? & 63))
}

/// Reports whether a text begins and ends with letters or digits between which no known word stands.
fn is_between_other_ends(text: &str) -> bool {
    let is_end = |byte: &u8| byte.is_ascii_alphanumeric();
    let first = text.as_bytes().first().copied().filter(is_end);
    let last = text.as_bytes().last().copied().filter(is_end);
    let known = first.zip(last).and_then(|(first, last)| ends(&[first, last].map(|end| end.to_ascii_lowercase())));
    known.is_some_and(|ends| LENGTHS[ends] == 0)
}

/// Returns the weight of a text for a heading row; none where it is no known heading.
pub(super) fn anchor(text: &str) -> Option<HeadingAnchor> {
    if text.len() > HEADING_BYTES || is_between_other_ends(text) {
        return None;
    }
    let mut characters = [0; HEADING_BYTES];
    let owned;
    let key = if let Some(length) = ascii_key(text, &mut characters) {
        &characters[..length]
    } else {
        owned = key(text);
        owned.as_bytes()
    };
    if LENGTHS[ends(key)?] & (1 << key.len().min(63)) == 0 {
        return None;
    }
    let place = ANCHORS.binary_search_by(|(word, _)| word.as_bytes().cmp(key)).ok()?;
    Some(ANCHORS[place].1)
}

/// Each byte of an ASCII text as it stands in its key; 0 where it is left out.
const FOLDED: [u8; 128] = {
    let mut folded = [0; 128];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() || byte == b'%' {
            folded[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// Puts the key of a text that is all ASCII into `characters` and gives its length.
fn ascii_key(text: &str, characters: &mut [u8; HEADING_BYTES]) -> Option<usize> {
    let mut length = 0;
    for byte in text.bytes() {
        let folded = *FOLDED.get(usize::from(byte))?;
        // One behind the key is written over.
        *characters.get_mut(length)? = folded;
        length += usize::from(folded != 0);
    }
    Some(length)
}

/// Reports whether a text names the facility outright (`Nama …`): then it begins a heading even alone.
pub(super) fn is_strong_name(text: &str) -> bool {
    if text.len() > HEADING_BYTES {
        return false;
    }
    let key = key(text);
    let is_outright = key.len() > 4 && (key.starts_with("nama") || key.contains("jaringanjejaring"));
    is_outright && NAME.has(&key)
}

/// Reports whether a text before a colon names the one facility of a table: `Nama Jaringan/Jejaring`, `Nama Klinik`.
pub(super) fn is_name_label(text: &str) -> bool {
    const KINDS: [&str; 8] = ["klinik", "apotek", "apotik", "posyandu", "pustu", "bpm", "pmb", "sekolah"];
    if text.len() > HEADING_BYTES {
        return false;
    }
    let key = key(text);
    NAME.has(&key) || key.strip_prefix("nama").is_some_and(|kind| KINDS.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_without_case_spacing_and_dots() {
        assert_eq!(key("B u l a n"), "bulan");
        assert_eq!(key("Nama Jaringan / Jejaring"), "namajaringanjejaring");
        assert_eq!(key("Target (%)"), "target%");
        assert_eq!(anchor("NAMA  FASKES"), Some(HeadingAnchor::Begins));
        assert_eq!(anchor("Skor Maks."), Some(HeadingAnchor::Belongs));
        assert_eq!(anchor("Klinik Alvi"), None);
    }

    #[test]
    fn every_word_is_found_however_it_is_written() {
        for (word, found) in ANCHORS.iter() {
            assert_eq!(anchor(word), Some(*found), "{word}");
            assert_eq!(anchor(&format!(" {} ", word.to_uppercase())), Some(*found), "{word}");
            assert_eq!(anchor(&format!("–{word}…")), Some(*found), "{word}");
            assert_eq!(anchor(&format!("{word}x9")), None, "{word}");
        }
    }

    #[test]
    fn a_mark_is_a_word_of_a_table_without_names() {
        for mark in MARKS.iter() {
            let mut nameless = specs().filter(|spec| !spec.has_names());
            assert!(nameless.any(|spec| spec.column_of(&[mark.to_owned()]).is_some()), "{mark}");
        }
    }

    #[test]
    fn every_list_of_words_is_in_the_file() {
        let lists = [&NO, &NAME, &KIND_NAMES, &CODE, &INDICATOR_NAME, &MONTH, &REPORT_MONTH, &DATE_OF_VISIT];
        let of_checklists = [
            &CHECKLIST_ITEM,
            &CHECKLIST_CODE,
            &CHECKLIST_YES,
            &CHECKLIST_NO,
            &CHECKLIST_NOT_APPLICABLE,
            &CHECKLIST_ANSWER,
            &CHECKLIST_POINTS,
            &CHECKLIST_MAXIMUM,
            &CHECKLIST_NOTE,
            &CHECKLIST_SUM,
        ];
        let others = [&VILLAGE, &INDICATOR, &EVIDENCE, &ABSENT, &MARKS];
        for list in lists.into_iter().chain(others).chain(of_checklists) {
            assert!(!list.first.is_empty());
        }
        assert_eq!(across_words().columns.len(), 3);
    }
}
