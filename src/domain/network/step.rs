//! The five steps of managing a facility of the network, as people write them down. What other facts prove is worked out
//! elsewhere. Knows no page.

use crate::domain::Date;
use crate::domain::field::Field;
use crate::domain::name::plain_words;
use crate::domain::written_row::{WrittenField, WrittenSource, WrittenValue, written_row};

/// A step of managing the network with one facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NetworkStage {
    /// The cooperation was formed (PKS/MoU).
    Formed,
    /// Its priority problems were identified.
    Problems,
    /// A plan of follow-up was drawn up.
    Plan,
    /// The plan was carried out.
    CarriedOut,
    /// It was monitored and evaluated.
    Monitored,
}

impl NetworkStage {
    /// All five, in their order.
    pub const ALL: [Self; 5] = [Self::Formed, Self::Problems, Self::Plan, Self::CarriedOut, Self::Monitored];
    /// Their words, in the same order.
    pub const WORDS: &'static [&'static str] =
        &["Dibentuk", "Masalah diidentifikasi", "RTL disusun", "RTL dilaksanakan", "Dipantau dan dievaluasi"];

    /// The words on pages and sheets.
    pub fn label(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The stage of some words.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| plain_words(stage.label()) == plain_words(label))
    }
}

/// A row of *Langkah Jejaring*; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkStep {
    /// Register's name of the facility.
    pub facility: String,
    /// Words of the step.
    pub step: String,
    /// Day on which it was taken.
    pub date: Date,
    /// Remark, as somebody wrote it.
    pub note: Option<String>,
    /// Proof, as somebody wrote it.
    pub proof: Option<String>,
}

written_row!(NetworkStep of NetworkSteps in "network_step_rows", named by [Name, Step, StepDay],
    again "langkah yang sama untuk faskes ini pada tanggal yang sama" {
    facility: Name in ["facility"],
    step: Step in ["step"],
    date: StepDay in ["step_day"],
    note: Reason in ["note"],
    proof: Proof in ["proof"],
});
