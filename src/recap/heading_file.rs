//! The words of headings as `judul.txt` lists them: groups of words, and for each table its columns. The file says how it is
//! written. Knows no sheet.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::heading_words::{ColumnMeaning, WordList, key};
use crate::domain::Table;

const FILE: &str = include_str!("judul.txt");
/// Section of the groups of words.
const GROUPS: &str = "Kelompok kata";
/// Section of the tables with months or indicators across.
const ACROSS: &str = "Melebar";

/// Line of the words that titles have.
const TITLES: &str = "Judul lembar";

/// The words of one column.
#[derive(Debug)]
pub(super) struct ColumnHeadings {
    pub(super) column: ColumnMeaning,
    pub(super) words: WordList,
}

/// The columns of one table, and the one that each word names.
#[derive(Debug, Default)]
pub(super) struct TableWords {
    /// Columns in the order of the file.
    pub(super) columns: Vec<ColumnHeadings>,
    /// Column of each word; of two with one word the first.
    by_word: BTreeMap<String, ColumnMeaning>,
    /// Words that name two columns.
    #[cfg(test)]
    shared: Vec<String>,
}

impl TableWords {
    /// The column that one of `keys` (best first) names.
    pub(super) fn column_of(&self, keys: &[String]) -> Option<ColumnMeaning> {
        keys.iter().find_map(|key| self.by_word.get(key).copied())
    }

    /// Reports whether a key names one of these columns.
    pub(super) fn names(&self, key: &str, columns: &[ColumnMeaning]) -> bool {
        self.columns.iter().any(|held| columns.contains(&held.column) && held.words.has(key))
    }

    /// The word that stands for a column; `None` where the table lacks it.
    pub(super) fn code_of(&self, column: ColumnMeaning) -> Option<&str> {
        self.columns.iter().find(|held| held.column == column).map(|held| held.words.first.as_str())
    }

    fn add(&mut self, column: ColumnMeaning, words: Vec<String>) {
        for word in &words {
            #[cfg(test)]
            if self.by_word.contains_key(word) {
                self.shared.push(word.clone());
            }
            self.by_word.entry(word.clone()).or_insert(column);
        }
        self.columns.push(ColumnHeadings { column, words: WordList::new(words) });
    }
}

/// The headings of one table.
#[derive(Debug)]
pub(super) struct Spec {
    pub(super) table: Table,
    /// All of these must be there …
    pub(super) required: Vec<ColumnMeaning>,
    /// … and this many …
    pub(super) supporting_needed: usize,
    /// … of these.
    pub(super) supporting: Vec<ColumnMeaning>,
    pub(super) words: TableWords,
    /// Words above a heading that speak for the table.
    pub(super) titles: Vec<String>,
}

impl Spec {
    /// Reports whether its rows are about facilities or indicators.
    pub(super) fn has_names(&self) -> bool {
        self.required
            .iter()
            .any(|column| matches!(column, ColumnMeaning::Name | ColumnMeaning::Code | ColumnMeaning::IndicatorName))
    }

    /// The column that one of `keys` (best first) names.
    pub(super) fn column_of(&self, keys: &[String]) -> Option<ColumnMeaning> {
        self.words.column_of(keys)
    }
}

/// All that the file lists.
#[derive(Debug, Default)]
pub(super) struct HeadingFile {
    groups: BTreeMap<String, Vec<String>>,
    /// Tables with one column for each field, in the order in which they are tried.
    pub(super) specs: Vec<Spec>,
    /// Columns of the tables with months or indicators across, beside those.
    pub(super) across: TableWords,
    /// Lines that say nothing known; of the embedded file there are none.
    faults: Vec<String>,
}

pub(super) static HEADINGS: LazyLock<HeadingFile> = LazyLock::new(|| HeadingFile::parse(FILE));

/// Section that a line belongs to.
enum FileSection {
    Groups,
    Across,
    Spec,
    Unknown,
}

impl HeadingFile {
    /// The words of a group; none where the file lacks it.
    pub(super) fn group(&self, name: &str) -> WordList {
        WordList::new(self.groups.get(name).cloned().unwrap_or_default())
    }

    fn parse(text: &str) -> Self {
        let mut file = Self::default();
        let mut section = FileSection::Unknown;
        for line in joined_lines(text) {
            if let Some(title) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = file.open(title);
            } else if !file.take(&section, &line) {
                file.faults.push(line);
            }
        }
        file
    }

    /// Begins a section: `Pembinaan, 2 pendukung`, `Laporan (centang), 2 pendukung`.
    fn open(&mut self, title: &str) -> FileSection {
        let mut parts = title.splitn(2, ',');
        let name = parts.next().unwrap_or_default();
        let count = parts.next().and_then(|rest| rest.trim().split(' ').next()?.parse().ok());
        let name = name.split(" (").next().unwrap_or_default();
        match name {
            GROUPS => return FileSection::Groups,
            ACROSS => return FileSection::Across,
            _ => {}
        }
        let Some(table) = Table::ALL.into_iter().find(|table| table.label() == name) else {
            self.faults.push(title.to_owned());
            return FileSection::Unknown;
        };
        self.specs.push(Spec {
            table,
            required: Vec::new(),
            supporting_needed: count.unwrap_or(0),
            supporting: Vec::new(),
            words: TableWords::default(),
            titles: Vec::new(),
        });
        FileSection::Spec
    }

    /// Takes a line of a section; `false` where it says nothing known.
    fn take(&mut self, section: &FileSection, line: &str) -> bool {
        let mut parts = line.splitn(2, '=');
        let name = parts.next().unwrap_or_default().trim();
        let Some(words) = parts.next().and_then(|list| self.words(list)) else { return false };
        if let (TITLES, FileSection::Spec, Some(spec)) = (name, section, self.specs.last_mut()) {
            spec.titles = parts_of(line);
            return true;
        }
        let label = name.trim_start_matches(['*', '+']).trim();
        let column = ColumnMeaning::from_label(label);
        match (section, column, self.specs.last_mut()) {
            (FileSection::Groups, ..) => self.groups.insert(name.to_owned(), words).is_none(),
            (FileSection::Across, Some(column), _) => {
                self.across.add(column, words);
                true
            }
            (FileSection::Spec, Some(column), Some(spec)) => {
                if name.starts_with('*') {
                    spec.required.push(column);
                } else if name.starts_with('+') {
                    spec.supporting.push(column);
                }
                spec.words.add(column, words);
                true
            }
            _ => false,
        }
    }

    /// The keys of a list of words and groups; `None` where one is blank or no group.
    fn words(&self, list: &str) -> Option<Vec<String>> {
        let mut words = Vec::new();
        for item in list.split(',').map(str::trim) {
            match item.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(group) => words.extend(self.groups.get(group)?.iter().cloned()),
                None => words.push(Some(key(item)).filter(|key| !key.is_empty())?),
            }
        }
        Some(words)
    }
}

/// The words behind a sign of equality, as they stand.
fn parts_of(line: &str) -> Vec<String> {
    let list = line.split_once('=').map(|parts| parts.1).unwrap_or_default();
    list.split(',').map(|word| word.trim().to_owned()).collect()
}

/// The lines that are no remark, each with those that continue it.
fn joined_lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        match lines.last_mut() {
            Some(before) if line.starts_with(' ') => before.extend([" ", line.trim()]),
            _ => lines.push(line.trim().to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_known() {
        assert_eq!(HEADINGS.faults, Vec::<String>::new());
        let is_across = |table: &Table| matches!(table, Table::Schedule | Table::Achievements);
        for table in Table::ALL.iter().filter(|table| !is_across(table)) {
            assert!(HEADINGS.specs.iter().any(|spec| spec.table == *table), "{table:?}");
        }
        for spec in &HEADINGS.specs {
            assert!(spec.supporting.len() >= spec.supporting_needed && !spec.required.is_empty(), "{:?}", spec.table);
        }
    }

    #[test]
    fn no_word_names_two_columns_of_a_table() {
        for spec in &HEADINGS.specs {
            let known: &[&str] = if spec.table == Table::Facilities { &["jaringanjejaring"] } else { &[] };
            assert_eq!(spec.words.shared, known, "{:?}", spec.table);
            let columns: Vec<ColumnMeaning> = spec.words.columns.iter().map(|held| held.column).collect();
            let mut once = columns.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), columns.len(), "{:?}", spec.table);
        }
    }

    #[test]
    fn a_line_that_says_nothing_known_is_a_fault() {
        for fault in
            ["[Tabel Lain]", "[RTL]\nKolom Lain = kata", "[RTL]\nTahun = {tidak ada}", "[RTL]\nTahun = th,, thn"]
        {
            assert_eq!(HeadingFile::parse(fault).faults.len(), 1, "{fault}");
        }
        let file = HeadingFile::parse(
            "# x\n[Kelompok kata]\na = th,\n  t h n\n\n[RTL (x), 3 pendukung]\n* Tahun = {a}, ThX\n",
        );
        assert_eq!(file.faults, Vec::<String>::new());
        assert_eq!(file.specs[0].supporting_needed, 3);
        assert_eq!(file.specs[0].required, [ColumnMeaning::Year]);
        assert_eq!(file.specs[0].words.columns[0].words.iter().collect::<Vec<_>>(), ["th", "thn", "thx"]);
    }
}
