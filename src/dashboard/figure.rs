//! The address of a figure: what leads from a number on a page back to its *Asal angka*.
//! Plain data; how it is written into a link is `web`'s matter.

use crate::analytics::Selection;
use crate::domain::{CoachingIndicator, Date, Period};

/// Whose figure: one facility, or those pooled into a total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One facility, by its index in [`crate::domain::Facts::facilities`].
    Facility(u32),
    /// A total.
    Total(Selection),
}

/// The measure of a facility or a total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The weighted score.
    Score,
    /// One coaching indicator.
    Coaching(CoachingIndicator),
    /// One service indicator, by its code.
    Service(String),
}

impl Measure {
    /// The code in addresses: `SKOR`, `CAK`, `layanan:K6`.
    pub fn code(&self) -> String {
        match self {
            Self::Score => "SKOR".to_owned(),
            Self::Coaching(indicator) => indicator.code().to_owned(),
            Self::Service(code) => format!("layanan:{code}"),
        }
    }

    /// The measure of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some(service) = code.strip_prefix("layanan:") {
            return Some(Self::Service(service.to_owned()));
        }
        if code.eq_ignore_ascii_case("SKOR") {
            return Some(Self::Score);
        }
        CoachingIndicator::from_code(code).map(Self::Coaching)
    }
}

/// Everything that names one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureAddress {
    /// Index of the Puskesmas.
    pub puskesmas: u32,
    /// Whose.
    pub whose: Whose,
    /// Which.
    pub measure: Measure,
    /// Of which period.
    pub period: Period,
    /// As of which day.
    pub as_of: Date,
}

/// A selection in words: `Semua faskes`, `Jaringan`, `Apotek, Lintas Sektor`.
pub fn selection_label(selection: &Selection) -> String {
    let mut words: Vec<&str> = Vec::new();
    words.extend(selection.kind.as_deref());
    words.extend(selection.group.map(crate::domain::FacilityGroup::label));
    words.extend(selection.structure.map(crate::domain::Structure::label));
    words.extend(selection.village.as_deref());
    if words.is_empty() { "Semua faskes".to_owned() } else { words.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for measure in
            [Measure::Score, Measure::Coaching(CoachingIndicator::Rtl), Measure::Service("K6 & co".to_owned())]
        {
            assert_eq!(Measure::from_code(&measure.code()), Some(measure));
        }
        assert_eq!(Measure::from_code("XYZ"), None);
    }
}
