//! Answers of people to an issue with the table in sight, once for all tables of its form. Knows no page and no
//! table's rules: what a word does, `recap` decides.

use crate::domain::Table;

/// Table of a sheet that an issue is about, with the answers that a person can give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Kind of table.
    pub table: Table,
    /// First row of its heading, from 0.
    pub top: u32,
    /// Questions that a person can answer about the table.
    pub offers: Vec<Offer>,
}

/// One thing that can be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Stable code of what it is about.
    pub sort: &'static str,
    /// Question as pages show it.
    pub label: &'static str,
    /// Form field by which it is answered.
    pub shape: OfferShape,
    /// Answer that was given, or else the one assumed; blank where there is neither.
    pub value: String,
    /// True if a person answered; false for an assumption.
    pub is_said: bool,
}

/// Form field by which a question is answered.
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
        /// Parts that are asked about one by one.
        parts: Vec<OfferPart>,
        /// Choices for each part.
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
    /// Code of the choice that is assumed; blank where none is.
    pub value: String,
}
