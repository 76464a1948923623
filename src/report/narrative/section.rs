//! Sections, sentences and the numbers in them. Knows no rule.

/// Subject of a section; its code stands in the store and in forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKey {
    /// Score, statuses, gaps and changes.
    Outcome,
    /// Service indicators against their targets.
    Services,
    /// The period's slots and visits.
    Plan,
    /// Findings, evidence and follow-ups.
    FollowUps,
    /// Completeness of the data.
    Data,
    /// The register, agreements and licences.
    Network,
    /// The plan of the whole year.
    YearPlan,
    /// Topics of a meeting.
    Agenda,
    /// Several Puskesmas beside each other.
    Comparison,
    /// Conclusion of people; never drafted.
    Conclusion,
    /// Fields of a letter, one a line: name, colon, what it says.
    Details,
    /// Papers that go with a letter.
    Enclosures,
    /// Reasons of a decree.
    Considerations,
    /// Laws and rules that a decree rests on.
    LegalBasis,
}

impl SectionKey {
    /// All, in the order of the papers.
    pub const ALL: [Self; 14] = [
        Self::Outcome,
        Self::Services,
        Self::Plan,
        Self::FollowUps,
        Self::Data,
        Self::Network,
        Self::YearPlan,
        Self::Agenda,
        Self::Comparison,
        Self::Conclusion,
        Self::Details,
        Self::Enclosures,
        Self::Considerations,
        Self::LegalBasis,
    ];

    /// The word in the store and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Outcome => "hasil",
            Self::Services => "layanan",
            Self::Plan => "jadwal",
            Self::FollowUps => "tindak-lanjut",
            Self::Data => "data",
            Self::Network => "jejaring",
            Self::YearPlan => "rencana",
            Self::Agenda => "bahasan",
            Self::Comparison => "perbandingan",
            Self::Conclusion => "kesimpulan",
            Self::Details => "rincian",
            Self::Enclosures => "naskah",
            Self::Considerations => "menimbang",
            Self::LegalBasis => "mengingat",
        }
    }

    /// The section of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.code() == code)
    }

    /// Heading on page and paper.
    pub fn title(self) -> &'static str {
        match self {
            Self::Outcome => "Hasil",
            Self::Services => "Indikator layanan",
            Self::Plan => "Pelaksanaan jadwal",
            Self::FollowUps => "Temuan dan tindak lanjut",
            Self::Data => "Kelengkapan data",
            Self::Network => "Jaringan dan jejaring",
            Self::YearPlan => "Rencana setahun",
            Self::Agenda => "Pokok bahasan",
            Self::Comparison => "Perbandingan",
            Self::Conclusion => "Kesimpulan",
            Self::Details => "Isian surat",
            Self::Enclosures => "Laporan yang dikirim",
            Self::Considerations => "Menimbang",
            Self::LegalBasis => "Mengingat",
        }
    }
}

/// A number (or name) that a text rests on, in words as papers show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Name of the number (`Skor pembinaan`); one fact a name.
    pub name: String,
    /// Value in words, at the time of writing.
    pub value: String,
}

impl Fact {
    /// A fact of this name and value.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// A sentence with the numbers in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Words of the sentence, with its full stop.
    pub text: String,
    /// Numbers that the words rest on.
    pub facts: Vec<Fact>,
}

/// Section with its sentences, made by the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSection {
    /// Subject of the section.
    pub key: SectionKey,
    /// Sentences in the order of reading.
    pub sentences: Vec<Sentence>,
}

impl DraftSection {
    /// A sentence a line.
    pub fn text(&self) -> String {
        self.sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// Sentences that the rules make for a paper, and every number that a text about it may rest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Sections in the order of the paper.
    pub sections: Vec<DraftSection>,
    /// One a name, those of the sentences first.
    pub facts: Vec<Fact>,
}

impl Draft {
    /// A draft whose facts are those of its sentences.
    pub fn new(sections: Vec<DraftSection>) -> Self {
        let facts = sections.iter().flat_map(|section| &section.sentences).flat_map(|sentence| &sentence.facts);
        let facts: Vec<Fact> = facts.cloned().collect();
        let mut draft = Self { sections, facts: Vec::new() };
        draft.watch(facts);
        draft
    }

    /// Adds facts whose names are not there yet.
    pub fn watch(&mut self, facts: Vec<Fact>) {
        for fact in facts {
            if !self.facts.iter().any(|known| known.name == fact.name) {
                self.facts.push(fact);
            }
        }
    }
}
