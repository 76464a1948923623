//! Text that a paper prints: the draft, or a person's text, marked where its numbers have changed since.

use std::collections::BTreeMap;

use super::section::{Draft, Fact, SectionKey};
use crate::domain::{Date, format};
use crate::report::document::Block;

/// Changed numbers that a paper names; the page names all.
const CHANGES_PRINTED_MAX: usize = 8;

/// Text that a person wrote, and the numbers and data that it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenText {
    /// Text of each section, a sentence a line; blank: nothing is printed there.
    pub sections: BTreeMap<SectionKey, String>,
    /// The numbers of that time.
    pub facts: Vec<Fact>,
    /// Id of the snapshot of that time.
    pub snapshot: String,
    /// Day that the data showed at that time.
    pub as_of: Date,
    /// Author in words (`oleh Sri Wahyuni`, `di komputer ini`).
    pub by: String,
    /// Moment of writing, in words.
    pub at: String,
}

impl WrittenText {
    /// `oleh Sri Wahyuni, 10 Januari 2024 pukul 08.00, atas data per …`.
    pub fn when(&self) -> String {
        let as_of = format::date(self.as_of);
        format!("{}, {}, atas data per {as_of} (versi data {}).", self.by, self.at, self.snapshot)
    }
}

/// A number that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Name of the number.
    pub name: String,
    /// Value at the time of writing.
    pub old: String,
    /// Value now; `None`: the rules no longer speak of it.
    pub new: Option<String>,
}

impl Change {
    /// `Skor pembinaan: 84,9 (Cukup) → 85,3 (Cukup)`.
    pub fn words(&self) -> String {
        format!("{}: {} → {}", self.name, self.old, self.now())
    }

    /// Returns the value now, in words.
    pub fn now(&self) -> &str {
        self.new.as_deref().unwrap_or("tidak disebut lagi")
    }
}

/// The text of a paper, section by section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrative {
    sections: Vec<(SectionKey, String)>,
    written: Option<WrittenText>,
    changes: Vec<Change>,
}

impl Narrative {
    /// The draft, or what was written in its place; a section that nobody wrote keeps drafting itself.
    pub fn new(draft: &Draft, written: Option<WrittenText>) -> Self {
        let written = written.filter(|written| !written.sections.is_empty());
        let section = |section: &super::DraftSection| {
            let own = written.as_ref().and_then(|written| written.sections.get(&section.key));
            (section.key, own.cloned().unwrap_or_else(|| section.text()))
        };
        let sections = draft.sections.iter().map(section).collect();
        let changes = written.as_ref().map(|written| changes(&written.facts, &draft.facts)).unwrap_or_default();
        Self { sections, written, changes }
    }

    /// Text that a person wrote; `None`: all is drafted.
    pub fn written_by_hand(&self) -> Option<&WrittenText> {
        self.written.as_ref()
    }

    /// Numbers that changed since the text was written; empty for a draft.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The text of a section; blank where the paper has none.
    pub fn text(&self, key: SectionKey) -> &str {
        self.sections.iter().find(|(known, _)| *known == key).map_or("", |(_, text)| text.as_str())
    }

    /// The sentences of a section.
    pub(in crate::report) fn sentences(&self, key: SectionKey) -> Vec<String> {
        self.text(key).lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
    }

    /// Every section under its heading, but for the conclusion, which stands where the paper ends; who wrote it, and
    /// whether its numbers have changed, comes first.
    pub(in crate::report) fn blocks(&self) -> Vec<Block> {
        let mut blocks = self.remarks();
        let told: Vec<(SectionKey, Vec<String>)> = self
            .sections
            .iter()
            .filter(|(key, _)| *key != SectionKey::Conclusion)
            .map(|(key, _)| (*key, self.sentences(*key)))
            .filter(|(_, sentences)| !sentences.is_empty())
            .collect();
        let alone = told.len() == 1;
        for (key, sentences) in told {
            if !alone {
                blocks.push(Block::Heading(key.title().to_owned()));
            }
            blocks.push(Block::List(sentences));
        }
        blocks
    }

    /// Remarks on who wrote the text, and on numbers that have changed since.
    pub(in crate::report) fn remarks(&self) -> Vec<Block> {
        let Some(written) = &self.written else { return Vec::new() };
        let mut remarks = vec![Block::Note(format!("{} {}", self.whose(), written.when()))];
        remarks.extend(self.older().map(Block::Note));
        remarks
    }

    /// Reports whether a person wrote a section.
    pub fn is_written(&self, key: SectionKey) -> bool {
        self.written.as_ref().is_some_and(|written| written.sections.contains_key(&key))
    }

    /// Returns the sections that people wrote, each under its code; blank where all is drafted.
    pub fn written_text(&self) -> String {
        let own = self.sections.iter().filter(|(key, _)| self.is_written(*key));
        own.map(|(key, text)| format!("{}\n{text}\n", key.code())).collect::<Vec<_>>().concat()
    }

    /// `Narasi ditulis`, or of which sections where others are drafted.
    fn whose(&self) -> String {
        let titles = |is_written: bool| -> Vec<&str> {
            let of = self.sections.iter().filter(|(key, _)| self.is_written(*key) == is_written);
            // A section that is blank is not printed.
            of.filter(|(_, text)| is_written || !text.is_empty()).map(|(key, _)| key.title()).collect()
        };
        if titles(false).is_empty() {
            return "Narasi ditulis".to_owned();
        }
        format!("Bagian {} ditulis", titles(true).join(", "))
    }

    /// That the text is older than its numbers, with the difference; `None` where it is not.
    pub fn older(&self) -> Option<String> {
        if self.changes.is_empty() {
            return None;
        }
        let shown: Vec<String> = self.changes.iter().take(CHANGES_PRINTED_MAX).map(Change::words).collect();
        let rest = self.changes.len().saturating_sub(CHANGES_PRINTED_MAX);
        let rest = if rest > 0 { format!("; dan {rest} angka lain") } else { String::new() };
        Some(format!(
            "Perhatian: narasi ini lebih lama daripada angkanya. Sejak ditulis berubah: {}{rest}. Tabel dan grafik \
             memuat angka terbaru.",
            shown.join("; ")
        ))
    }
}

/// Returns the old numbers that differ, in the order of the new ones, then those that are gone.
fn changes(old: &[Fact], new: &[Fact]) -> Vec<Change> {
    let known: BTreeMap<&str, &str> = old.iter().map(|fact| (fact.name.as_str(), fact.value.as_str())).collect();
    let now: BTreeMap<&str, &str> = new.iter().map(|fact| (fact.name.as_str(), fact.value.as_str())).collect();
    // A number that nobody had before their eyes is in no text.
    let changed = new.iter().filter_map(|fact| {
        let before = known.get(fact.name.as_str()).filter(|before| **before != fact.value)?;
        Some(Change { name: fact.name.clone(), old: (*before).to_owned(), new: Some(fact.value.clone()) })
    });
    let gone = old.iter().filter(|fact| !now.contains_key(fact.name.as_str())).map(|fact| Change {
        name: fact.name.clone(),
        old: fact.value.clone(),
        new: None,
    });
    changed.chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::narrative::{DraftSection, Sentence};

    fn draft(score: &str) -> Draft {
        let sentence = Sentence { text: format!("Skor {score}."), facts: vec![Fact::new("Skor pembinaan", score)] };
        Draft::new(vec![
            DraftSection { key: SectionKey::Outcome, sentences: vec![sentence] },
            DraftSection { key: SectionKey::Conclusion, sentences: Vec::new() },
        ])
    }

    fn written(score: &str) -> WrittenText {
        WrittenText {
            sections: BTreeMap::from([(SectionKey::Outcome, "Kami puas.\n\n Benar. ".to_owned())]),
            facts: draft(score).facts,
            snapshot: "AB".to_owned(),
            as_of: "2023-08-31".parse().unwrap(),
            by: "oleh Ani".to_owned(),
            at: "1 September 2023 08.00".to_owned(),
        }
    }

    #[test]
    fn a_draft_is_printed_as_it_is_and_without_remark() {
        let narrative = Narrative::new(&draft("84,9"), None);
        assert_eq!(narrative.blocks(), vec![Block::List(vec!["Skor 84,9.".to_owned()])]);
        assert_eq!(narrative.older(), None);
    }

    #[test]
    fn a_written_text_stays_when_its_numbers_change_and_says_so() {
        let narrative = Narrative::new(&draft("85,3"), Some(written("84,9")));
        assert_eq!(narrative.sentences(SectionKey::Outcome), ["Kami puas.", "Benar."]);
        assert!(narrative.older().unwrap().contains("Skor pembinaan: 84,9 → 85,3"), "{:?}", narrative.older());
        assert_eq!(narrative.remarks().len(), 2);
        let same = Narrative::new(&draft("84,9"), Some(written("84,9")));
        assert_eq!((same.older(), same.remarks().len()), (None, 1));
    }

    #[test]
    fn numbers_that_change_or_go_are_named() {
        let old = [Fact::new("A", "1"), Fact::new("B", "2"), Fact::new("D", "4")];
        let new = [Fact::new("B", "2"), Fact::new("C", "3"), Fact::new("D", "5")];
        let words: Vec<String> = changes(&old, &new).iter().map(Change::words).collect();
        assert_eq!(words, ["D: 4 → 5", "A: 1 → tidak disebut lagi"]);
    }
}
