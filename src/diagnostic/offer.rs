//! What a person can say to an issue with the table in sight, once for all tables of its form. Knows no page and no
//! table's rules: what a word does, `recap` decides.

use crate::domain::Table;

/// Which table of its sheet an issue is about, and what can be said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Which table.
    pub table: Table,
    /// First row of its heading, from 0.
    pub top: u32,
    /// What can be said.
    pub offers: Vec<Offer>,
}

/// One thing that can be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Stable code of what it is about.
    pub sort: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// How it is said.
    pub shape: OfferShape,
    /// What was said, or else what is assumed; blank where neither.
    pub value: String,
    /// Whether somebody said it.
    pub is_said: bool,
}

/// How something is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferShape {
    /// One of these.
    Choices(Vec<OfferChoice>),
    /// A number is typed.
    Number,
    /// A word is typed.
    Text,
    /// For each part one of the choices.
    Pairs {
        /// What is asked about one by one.
        parts: Vec<OfferPart>,
        /// What each can be.
        choices: Vec<OfferChoice>,
    },
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferChoice {
    /// As it is said.
    pub code: String,
    /// As it is read.
    pub label: String,
}

impl OfferChoice {
    /// A choice.
    pub fn new(code: impl Into<String>, label: impl Into<String>) -> Self {
        Self { code: code.into(), label: label.into() }
    }
}

/// One part of what is asked in pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferPart {
    /// As it is said.
    pub name: String,
    /// As it is read.
    pub label: String,
    /// What it is taken for; blank where nobody knows.
    pub value: String,
}
