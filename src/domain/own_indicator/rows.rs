//! The two tables of indicators of the Puskesmas as they are kept. Computes nothing.

use crate::domain::Period;
use crate::domain::exact::Decimal;
use crate::domain::field::Field;
use crate::domain::name::plain_words;
use crate::domain::written_row::{WrittenField, WrittenSource, WrittenValue, written_row};

/// A row of *Indikator Puskesmas*: what counts from a year on; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnIndicator {
    /// Year from which it counts, until a row of a later year says otherwise.
    pub year: i32,
    /// Code; with the year the key.
    pub code: String,
    /// Name on pages.
    pub name: String,
    /// Set that it came with.
    pub set: Option<String>,
    /// Target in its unit; `None`: it is not judged.
    pub target: Option<Decimal>,
    /// Word of its unit, one of [`super::OwnMeasure`]; `None`: percent.
    pub measure: Option<String>,
    /// Word of its direction, one of [`super::OwnAim`]; `None`: higher is better.
    pub direction: Option<String>,
    /// Word of its aggregation, one of [`super::OwnAggregation`]; `None`: months add up.
    pub aggregation: Option<String>,
    /// Bands of an index, as [`super::OwnBands`] reads them.
    pub bands: Option<String>,
    /// Paper that it follows.
    pub basis: Option<String>,
    /// `Tidak`: it counts no more from this year on.
    pub in_force: Option<String>,
}

written_row!(OwnIndicator of OwnIndicators in "own_indicator_rows", named by [Code, Indicator, Year],
    again "kode indikator Puskesmas ini" {
    year: Year in ["year"],
    code: Code in ["code"],
    name: Indicator in ["name"],
    set: IndicatorSet in ["indicator_set"],
    target: Target in ["target"],
    measure: Measure in ["measure"],
    direction: Direction in ["direction"],
    aggregation: Aggregation in ["aggregation"],
    bands: Ring in ["bands"],
    basis: Basis in ["basis"],
    in_force: InForce in ["in_force"],
});

impl OwnIndicator {
    /// Reports whether it counts from its year on; else it counts no more.
    pub fn is_in_force(&self) -> bool {
        self.in_force.as_deref().is_none_or(|word| plain_words(word) != "tidak")
    }
}

/// A row of *Capaian Puskesmas*: the counts of one indicator and month; `None` where nobody reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAchievement {
    /// Month of the counts.
    pub month: Period,
    /// Code of the indicator; with the month the key.
    pub code: String,
    /// Count of the month, or of its end.
    pub numerator: Option<Decimal>,
    /// Count since January, the month included.
    pub accumulated: Option<Decimal>,
    /// Population of the month, or of the year.
    pub denominator: Option<Decimal>,
    /// Figure in the indicator's unit where the counts are not known.
    pub figure: Option<Decimal>,
    /// Figure of the sheet beside its counts.
    pub sheet_figure: Option<Decimal>,
}

written_row!(OwnAchievement of OwnAchievements in "own_achievement_rows", named by [Code, Month],
    again "indikator dan bulan ini" {
    month: Month in ["first_month", "last_month"],
    code: Code in ["code"],
    numerator: Numerator in ["numerator"],
    accumulated: Accumulated in ["accumulated"],
    denominator: Denominator in ["denominator"],
    figure: Figure in ["figure"],
    sheet_figure: Coverage in ["sheet_figure"],
});

impl OwnAchievement {
    /// A month of which nothing is known.
    pub fn unreported(month: Period, code: &str) -> Self {
        Self {
            month,
            code: code.to_owned(),
            numerator: None,
            accumulated: None,
            denominator: None,
            figure: None,
            sheet_figure: None,
        }
    }

    /// Reports whether it says what was reached.
    pub fn is_reported(&self) -> bool {
        self.numerator.is_some() || self.accumulated.is_some() || self.figure.is_some()
    }
}
