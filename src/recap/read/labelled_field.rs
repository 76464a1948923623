//! A field and the words by which people call its column.

use crate::domain::records::Field;

/// A field with its label in sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LabelledField<'l> {
    pub(super) field: Field,
    pub(super) label: &'l str,
}

impl LabelledField<'static> {
    /// A field by its own label.
    pub(super) fn from_field(field: Field) -> Self {
        Self { field, label: field.label() }
    }
}
