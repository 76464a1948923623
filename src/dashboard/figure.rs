//! The address of a figure: what leads from a number on a page back to its *Asal angka*.
//! Plain data; how it is written into a link is `web`'s matter.

use crate::domain::{CoachingIndicator, Date, Period};

/// Whose figure: one facility, or those pooled into a total.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One facility, by its index in [`crate::domain::Facts::facilities`].
    Facility(u32),
    /// A total.
    Total(Selection),
}

/// Which facilities a total pools or a table shows; everything left open means all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selection {
    /// Kind as the register writes it.
    pub kind: Option<String>,
    /// Jaringan or jejaring.
    pub group: Option<crate::domain::FacilityGroup>,
    /// One of the five structures.
    pub structure: Option<crate::domain::Structure>,
}

impl Selection {
    /// Whether `facility` belongs to it.
    pub fn holds(&self, facility: &crate::domain::Facility) -> bool {
        self.kind.as_ref().is_none_or(|kind| *kind == facility.kind)
            && self.group.is_none_or(|group| facility.group == Some(group))
            && self.structure.is_none_or(|structure| facility.structures.contains(&structure))
    }

    /// Whether it holds everything.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// In words: `Semua faskes`, `Jaringan`, `Apotek, Lintas Sektor`.
    pub fn label(&self) -> String {
        let mut words: Vec<&str> = Vec::new();
        words.extend(self.kind.as_deref());
        words.extend(self.group.map(crate::domain::FacilityGroup::label));
        words.extend(self.structure.map(crate::domain::Structure::label));
        if words.is_empty() { "Semua faskes".to_owned() } else { words.join(", ") }
    }
}

/// Which figure of a facility or a total.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureAddress {
    /// Index of the Puskesmas.
    pub puskesmas: u32,
    /// Whose.
    pub scope: Scope,
    /// Which.
    pub measure: Measure,
    /// Of which period.
    pub period: Period,
    /// As of which day.
    pub as_of: Date,
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
