//! Words that can be said of a table in a preview, as the fields of a small form: buttons where there are few choices,
//! a list
//! or a field where there are more. Knows no word's meaning.

use crate::diagnostic::{About, Offer, OfferChoice, OfferPart, OfferShape};
use crate::domain::Table;

/// Choices that are buttons; more are a list.
const BUTTONS_MAX: usize = 4;

/// The place of a table in a file.
#[derive(Clone, Copy, Debug)]
pub struct TableAt<'a> {
    pub sheet: &'a str,
    /// The kind of table.
    pub table: Table,
    /// First row of its heading, from 0.
    pub top: u32,
}

/// One word that can be said of a table, with the field that asks for it.
#[derive(Clone, Debug)]
pub struct WordView {
    pub sheet: String,
    /// Code of the table.
    pub table: &'static str,
    /// The table's name as a user knows it.
    pub table_label: &'static str,
    /// First row of its heading, from 0.
    pub top: u32,
    /// Code of what is said.
    pub sort: &'static str,
    /// Label of the field.
    pub label: &'static str,
    /// The word that was said, or else the assumed one; blank where neither.
    pub value: String,
    /// True where somebody said it.
    pub is_said: bool,
    /// The kind of field.
    pub field: OfferField,
}

/// The field that asks for a word.
#[derive(Clone, Debug)]
pub enum OfferField {
    /// A button for each choice.
    Buttons(Vec<OfferRow>),
    List(Vec<OfferRow>),
    /// A number is typed.
    Number,
    /// A word is typed.
    Text,
    /// A list for each part.
    Parts(Vec<OfferPartView>),
}

#[derive(Clone, Debug)]
pub struct OfferRow {
    /// As it is sent.
    pub code: String,
    /// As it is read.
    pub label: String,
    /// True for the choice that was said or is assumed.
    pub is_chosen: bool,
}

/// One part with its choices.
#[derive(Clone, Debug)]
pub struct OfferPartView {
    /// As it is sent.
    pub name: String,
    /// As it is read.
    pub label: String,
    /// True for a colour, which is shown beside its name.
    pub is_colour: bool,
    /// Meanings it can have.
    pub choices: Vec<OfferRow>,
}

fn choices(all: &[OfferChoice], chosen: &str) -> Vec<OfferRow> {
    let of = |choice: &OfferChoice| OfferRow {
        code: choice.code.clone(),
        label: choice.label.clone(),
        is_chosen: choice.code == chosen,
    };
    all.iter().map(of).collect()
}

impl WordView {
    /// Of an offer at a table.
    pub fn new(at: TableAt<'_>, offer: &Offer) -> Self {
        let field = match &offer.shape {
            OfferShape::Choices(all) if all.len() <= BUTTONS_MAX => OfferField::Buttons(choices(all, &offer.value)),
            OfferShape::Choices(all) => OfferField::List(choices(all, &offer.value)),
            OfferShape::Number => OfferField::Number,
            OfferShape::Text => OfferField::Text,
            OfferShape::Pairs { parts, choices: all } => OfferField::Parts(
                parts
                    .iter()
                    .map(|OfferPart { name, label, value }| OfferPartView {
                        name: name.clone(),
                        label: label.clone(),
                        is_colour: is_colour(name),
                        choices: choices(all, value),
                    })
                    .collect(),
            ),
        };
        Self {
            sheet: at.sheet.to_owned(),
            table: at.table.code(),
            table_label: at.table.label(),
            top: at.top,
            sort: offer.sort,
            label: offer.label,
            value: offer.value.clone(),
            is_said: offer.is_said,
            field,
        }
    }

    /// Of all that can be said to an issue.
    pub fn of_issue(sheet: &str, about: Option<&About>) -> Vec<Self> {
        let Some(About { table, top, offers }) = about else { return Vec::new() };
        let at = TableAt { sheet, table: *table, top: *top };
        offers.iter().map(|offer| Self::new(at, offer)).collect()
    }
}

/// `#FF0000`, and nothing that could be anything else in a style.
fn is_colour(name: &str) -> bool {
    let digits = name.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}
