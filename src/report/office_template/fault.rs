//! Faults of an office template: where, what, and what to do. Knows no format.

use std::fmt;

/// One mistake in a template; its display is a sentence for the user.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TemplateFault {
    /// Place in the file (`isi dokumen, alinea 3`); blank: the file itself.
    pub place: String,
    /// Fault in words that people know.
    pub what: String,
    /// Advice on the way out.
    pub advice: String,
}

impl TemplateFault {
    /// A mistake at a place.
    pub(super) fn new(place: impl Into<String>, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into(), advice: advice.into() }
    }

    /// A mistake of the file itself.
    pub fn of_file(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::new("", what, advice)
    }

    /// The same mistake at a place, where it has none yet.
    pub(super) fn at(mut self, place: &str) -> Self {
        if self.place.is_empty() {
            place.clone_into(&mut self.place);
        }
        self
    }
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}", self.what)?;
        if !self.advice.is_empty() {
            write!(f, "; {}", self.advice)?;
        }
        Ok(())
    }
}

/// Mistakes of a template, all that were found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("templat ini tidak dapat dipakai: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "))]
pub struct TemplateFaults(pub Vec<TemplateFault>);

impl From<TemplateFault> for TemplateFaults {
    fn from(fault: TemplateFault) -> Self {
        Self(vec![fault])
    }
}
