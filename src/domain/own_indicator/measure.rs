//! Unit, direction and aggregation of an indicator of the Puskesmas, each with its word in sheets and definition files.

use crate::domain::exact::Exact;
use crate::domain::name::plain_words;

/// Unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnMeasure {
    /// Numerator of denominator, in percent.
    Percent,
    /// Numerator of denominator as it is: 0 to 1.
    Index,
    /// Numerator of denominator, times a thousand.
    PerMil,
    /// Mean of answers from 1 to 4, times 25: the scale of satisfaction, 25 to 100.
    Satisfaction,
    /// The numerator alone.
    Count,
}

impl OwnMeasure {
    /// Every unit.
    pub const ALL: [Self; 5] = [Self::Percent, Self::Index, Self::PerMil, Self::Satisfaction, Self::Count];
    /// Their words, in the same order.
    pub const WORDS: &'static [&'static str] = &["%", "indeks", "per mil", "nilai", "jumlah"];

    /// Returns the word in sheets and definition files.
    pub fn label(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// Returns the unit of a word.
    pub fn from_label(label: &str) -> Option<Self> {
        let is_it = |own: &Self| own.label() == label.trim() || plain_words(own.label()) == plain_words(label);
        if label.trim().is_empty() { None } else { Self::ALL.into_iter().find(is_it) }
    }

    /// Returns the sign behind a figure, with a space before it; blank where it has none.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Percent => " %",
            Self::PerMil => " ‰",
            Self::Index | Self::Satisfaction | Self::Count => "",
        }
    }

    /// Number of decimals that are shown.
    pub fn decimals(self) -> usize {
        match self {
            Self::Percent | Self::Satisfaction => 2,
            Self::Index => 3,
            Self::PerMil => 1,
            Self::Count => 0,
        }
    }

    /// Reports whether a figure needs a denominator.
    pub fn is_ratio(self) -> bool {
        self != Self::Count
    }

    /// Returns the number by which numerator over denominator is multiplied.
    pub fn factor(self) -> Exact {
        Exact::from(match self {
            Self::Percent => 100,
            Self::PerMil => 1_000,
            Self::Satisfaction => 25,
            Self::Index | Self::Count => 1,
        })
    }
}

/// Direction in which an indicator is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnAim {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
    /// It is counted and not judged.
    Counted,
}

impl OwnAim {
    /// Every direction.
    pub const ALL: [Self; 3] = [Self::Higher, Self::Lower, Self::Counted];
    /// Their words, in the same order.
    pub const WORDS: &'static [&'static str] = &["naik", "turun", "dihitung"];

    /// Returns the word in sheets and definition files.
    pub fn label(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// Returns the direction of a word.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aim| aim.label() == plain_words(label))
    }
}

/// Way from the months to the figure of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnAggregation {
    /// Months add up.
    Sum,
    /// Numerators since January over the denominator of the year; the target falls due in twelfths.
    Cumulative,
    /// The last month that was reported.
    Last,
}

impl OwnAggregation {
    /// Every aggregation.
    pub const ALL: [Self; 3] = [Self::Sum, Self::Cumulative, Self::Last];
    /// Their words, in the same order.
    pub const WORDS: &'static [&'static str] = &["jumlah", "kumulatif", "terakhir"];

    /// Returns the word in sheets and definition files.
    pub fn label(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// Returns the aggregation of a word.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aggregation| aggregation.label() == plain_words(label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back() {
        for measure in OwnMeasure::ALL {
            assert_eq!(OwnMeasure::from_label(measure.label()), Some(measure));
        }
        for aim in OwnAim::ALL {
            assert_eq!(OwnAim::from_label(aim.label()), Some(aim));
        }
        for aggregation in OwnAggregation::ALL {
            assert_eq!(OwnAggregation::from_label(aggregation.label()), Some(aggregation));
        }
        assert_eq!([OwnMeasure::from_label(""), OwnMeasure::from_label("orang")], [None, None]);
        assert_eq!(OwnMeasure::from_label("Per Mil"), Some(OwnMeasure::PerMil));
    }
}
