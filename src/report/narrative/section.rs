//! Sections, sentences and the numbers in them. Knows no rule.

/// What a section is about; its code stands in the store and in forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKey {
    /// Score, statuses, gaps and changes.
    Outcome,
    /// Service indicators against their targets.
    Services,
    /// The period's slots and visits.
    Plan,
    /// Findings, evidence, follow-ups.
    FollowUps,
    /// How complete the data is.
    Data,
    /// The register, agreements and licences.
    Network,
    /// The year's plan.
    YearPlan,
    /// What a meeting is to talk about.
    Agenda,
    /// Several Puskesmas beside each other.
    Comparison,
    /// What people conclude; never drafted.
    Conclusion,
}

impl SectionKey {
    /// All.
    pub const ALL: [Self; 10] = [
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
        }
    }
}

/// A number (or name) that a text rests on, in words as papers show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is (`Skor pembinaan`); one fact a name.
    pub name: String,
    /// What it was.
    pub value: String,
}

impl Fact {
    /// A fact.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// A sentence with the numbers in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The words.
    pub text: String,
    /// What they rest on.
    pub facts: Vec<Fact>,
}

/// A drafted section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSection {
    /// About what.
    pub key: SectionKey,
    /// Sentence by sentence.
    pub sentences: Vec<Sentence>,
}

impl DraftSection {
    /// A sentence a line.
    pub fn text(&self) -> String {
        self.sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// What the rules say of a paper, and every number that a text about it may rest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// In the order of the paper.
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
