//! Codes of PKP rows: a path of numbers from the *upaya* down, by which rows are ordered and belong to each other.

use std::fmt;

use crate::domain::name::plain_words;

/// Level of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PkpLevel {
    /// Row of an *upaya*.
    Effort,
    /// Row of a program.
    Program,
    /// Row of a *variabel*.
    Variable,
    /// *Sub variabel*, at any depth below.
    SubVariable,
}

impl PkpLevel {
    /// Returns the word on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Effort => "Upaya",
            Self::Program => "Program",
            Self::Variable => "Variabel",
            Self::SubVariable => "Sub variabel",
        }
    }

    /// Returns the code of the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Effort => "effort",
            Self::Program => "program",
            Self::Variable => "variable",
            Self::SubVariable => "sub_variable",
        }
    }
}

/// One step of a path: a number, or words where somebody typed such.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CodeStep {
    Number(u32),
    Word(String),
}

/// A path in the order of its rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PkpCode(Vec<CodeStep>);

impl PkpCode {
    /// Reads a path; steps are parted by dots.
    pub fn parse(text: &str) -> Self {
        let steps = text.split('.').map(str::trim).filter(|step| !step.is_empty());
        let step = |step: &str| step.parse().map_or_else(|_| CodeStep::Word(step.to_lowercase()), CodeStep::Number);
        Self(steps.map(step).collect())
    }

    /// The path of these numbers.
    pub fn from_numbers(numbers: &[u32]) -> Self {
        Self(numbers.iter().map(|number| CodeStep::Number(*number)).collect())
    }

    /// Number of steps of the path.
    pub fn depth(&self) -> usize {
        self.0.len()
    }

    /// Returns the level of its row.
    pub fn level(&self) -> PkpLevel {
        match self.depth() {
            0 | 1 => PkpLevel::Effort,
            2 => PkpLevel::Program,
            3 => PkpLevel::Variable,
            _ => PkpLevel::SubVariable,
        }
    }

    /// Reports whether another row stands below this one.
    pub fn is_above(&self, other: &Self) -> bool {
        self.depth() < other.depth() && other.0.starts_with(&self.0)
    }
}

impl fmt::Display for PkpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = self.0.iter().map(|step| match step {
            CodeStep::Number(number) => number.to_string(),
            CodeStep::Word(word) => word.clone(),
        });
        f.write_str(&steps.collect::<Vec<_>>().join("."))
    }
}

/// An *upaya* that sheets name in several ways: its rows have one number, whatever sheet they stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownEffort {
    /// First step of the codes of its rows.
    pub number: u32,
    /// Name where the sheet has none.
    pub name: &'static str,
    words: &'static [&'static str],
}

impl KnownEffort {
    /// Every one; what is more special stands first.
    pub const ALL: &'static [Self] = &[
        Self {
            number: 1,
            name: "UKM Esensial",
            words: &["ukm esensial", "ukm essensial", "esensial", "essensial", "upaya kesehatan wajib", "upaya wajib"],
        },
        Self { number: 2, name: "UKM Pengembangan", words: &["pengembangan"] },
        Self {
            number: 3,
            name: "UKP, Kefarmasian, dan Laboratorium",
            words: &["upaya kesehatan perorangan", "upaya kesehatan perseorangan", "ukp", "ukpp"],
        },
        Self {
            number: 4,
            name: "Manajemen Puskesmas",
            words: &["manajemen puskesmas", "administrasi manajemen", "administrasi dan manajemen", "manajemen"],
        },
        Self { number: 5, name: "Mutu Pelayanan", words: &["mutu pelayanan", "pelayanan mutu", "mutu"] },
    ];
    /// First number of those that nobody knows.
    pub const OTHERS: u32 = 11;

    /// Returns the one that words name, if they name one.
    pub fn named(text: &str) -> Option<Self> {
        let words = format!(" {} ", plain_words(text));
        Self::ALL.iter().copied().find(|effort| effort.words.iter().any(|word| words.contains(&format!(" {word} "))))
    }

    /// Reports whether a text is nothing but the name of one: a title over its programs. *Manajemen Peralatan* is a
    /// program of management.
    pub fn is_title(text: &str) -> bool {
        const LONGEST: usize = 90;
        const OPENING: [&str; 5] = ["ukm", "ukp", "ukpp", "upaya", "esensial"];
        let words = plain_words(text);
        let is_number = |part: &&str| part.len() == 1 || part.chars().all(|c| "ivx".contains(c));
        let parts: Vec<&str> = words.split(' ').skip_while(is_number).collect();
        let bare = parts.join(" ");
        let Some(effort) = Self::named(&bare).filter(|_| words.len() <= LONGEST) else { return false };
        let is_called = |word: &str| bare == word || word.contains(' ') && bare.starts_with(word);
        effort.words.iter().any(|word| is_called(word)) || parts.first().is_some_and(|first| OPENING.contains(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_ordered_by_number() {
        let mut codes: Vec<PkpCode> = ["1.10", "1.2", "1", "1.2.1", "2"].into_iter().map(PkpCode::parse).collect();
        codes.sort();
        let shown: Vec<String> = codes.iter().map(PkpCode::to_string).collect();
        assert_eq!(shown, ["1", "1.2", "1.2.1", "1.10", "2"]);
        assert!(codes[1].is_above(&codes[2]) && !codes[1].is_above(&codes[3]) && !codes[1].is_above(&codes[1]));
        assert_eq!(PkpCode::from_numbers(&[1, 2]), PkpCode::parse(" 1. 2 "));
        assert_eq!(PkpCode::parse("1.2.3.4.5").level(), PkpLevel::SubVariable);
    }

    #[test]
    fn efforts_are_known_by_their_words() {
        let number = |text: &str| KnownEffort::named(text).map(|effort| effort.number);
        assert_eq!(number("I. UKM ESENSIAL DAN PERKESMAS"), Some(1));
        assert_eq!(number("Upaya Kesehatan Masyarakat Pengembangan"), Some(2));
        assert_eq!(number("UKP"), Some(3));
        assert_eq!(number("Administrasi dan Manajemen"), Some(4));
        assert_eq!(number("Promosi Kesehatan"), None);
        assert!(KnownEffort::is_title("II. UKM Pengembangan") && !KnownEffort::is_title("Pengembangan UKBM"));
        assert!(
            KnownEffort::is_title("IV. MANAJEMEN") && KnownEffort::is_title("Administrasi dan Manajemen Puskesmas")
        );
        assert!(!KnownEffort::is_title("2. Manajemen Peralatan") && !KnownEffort::is_title("Upaya Berhenti Merokok"));
    }
}
