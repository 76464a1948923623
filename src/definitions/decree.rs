//! The decree (SK indikator) as definition files give it, with its legal basis.
//! Rows of imported decrees come after it and are not known here.

use crate::domain::CoachingIndicator;
use crate::domain::decree::DecreeBook;

/// The decrees and their legal basis.
#[derive(Clone, Debug, PartialEq)]
pub struct DecreeDefinition {
    /// The default and what was changed.
    pub book: DecreeBook,
    /// Legal basis of the whole.
    pub basis: String,
    /// Legal basis by [`CoachingIndicator::index`].
    pub indicator_basis: [String; CoachingIndicator::COUNT],
}
