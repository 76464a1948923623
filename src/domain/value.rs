//! Values of figures, the ratio behind them and the status of a score.

/// One figure: a number (a real zero included) or the reason why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A computed number, unrounded.
    Number(f64),
    /// The recap that would say was not received (*belum lapor*).
    NotReported,
    /// There is nothing to judge (no denominator).
    NotApplicable,
    /// Data is there, but the figure cannot be computed (0 of 0).
    CannotCompute,
}

impl Value {
    /// The number, where there is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::NotReported | Self::NotApplicable | Self::CannotCompute => None,
        }
    }
}

/// Numerator and denominator of a figure in percent; totals add these and never average percentages.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ratio {
    /// Count that was reached.
    pub numerator: f64,
    /// Count that could be reached; 0 where there is nothing to judge.
    pub denominator: f64,
}

impl Ratio {
    /// Returns the percentage, or `None` without a denominator.
    pub fn percent(self) -> Option<f64> {
        (self.denominator > 0.0).then(|| self.numerator / self.denominator * 100.0)
    }
}

/// Percentage points by which one computed in binary may lie from the exact one.
const ROUNDING: f64 = 1e-9;

/// Reports whether `value` is at or above `bound`, both exact but for the last binary digits: a third of 300 % reaches
/// 100 %, and a weighted mean of exactly 91 is not 90.999… because of its sum's order.
pub fn reaches(value: f64, bound: f64) -> bool {
    value >= bound - ROUNDING
}

impl std::ops::Add for Ratio {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { numerator: self.numerator + other.numerator, denominator: self.denominator + other.denominator }
    }
}

/// Status of a score: decided on the unrounded score, against the decree's thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Good (*Baik*): from the decree's first threshold on.
    Good,
    /// Fair (*Cukup*): from the second threshold on.
    Fair,
    /// Poor (*Kurang*): below both thresholds.
    Poor,
    /// Data belum cukup: a score that rests on fewer indicators than the decree asks for. Said on pages and papers
    /// alone; an evaluation itself never says it.
    TooLittle,
    /// No figure to judge (*Belum ada data*).
    NoData,
}

impl Status {
    /// Every status, best first.
    pub const ALL: [Self; 5] = [Self::Good, Self::Fair, Self::Poor, Self::TooLittle, Self::NoData];

    /// The code of the command-line contract and of the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
            Self::TooLittle => "too_little",
            Self::NoData => "no_data",
        }
    }

    /// The word on pages and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Good => "Baik",
            Self::Fair => "Cukup",
            Self::Poor => "Kurang",
            Self::TooLittle => "Data belum cukup",
            Self::NoData => "Belum ada data",
        }
    }
}

/// PWS's own four words; not those of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PwsStatus {
    /// Above the target, rising or level.
    Baik,
    /// Below the target, rising.
    Cukup,
    /// Above the target, falling.
    Kurang,
    /// Below the target, falling (or level, unless the decree says otherwise).
    Jelek,
}

impl PwsStatus {
    /// Word on pages and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Baik => "Baik",
            Self::Cukup => "Cukup",
            Self::Kurang => "Kurang",
            Self::Jelek => "Jelek",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::StatusThresholds;

    #[test]
    fn what_is_exactly_on_the_bound_reaches_it_whatever_binary_makes_of_it() {
        let third = Ratio { numerator: 1.0, denominator: 3.0 }.percent().unwrap();
        let due = 100.0 * 4.0 / 12.0;
        assert!(third < due, "binary fractions lie below each other");
        assert!(reaches(third, due));
        assert!(!reaches(33.333, due));
        let thresholds = StatusThresholds { good_from: 91.0, fair_from: 81.0 };
        // 910 of 1000 in tenths, summed in an unlucky order.
        let score = 91.0 - f64::EPSILON * 64.0;
        assert_eq!(thresholds.status(Some(score)), Status::Good);
        assert_eq!(thresholds.status(Some(81.0)), Status::Fair);
        assert_eq!(thresholds.status(Some(90.9999)), Status::Fair);
        assert_eq!(thresholds.status(Some(80.9999)), Status::Poor);
        assert_eq!(thresholds.status(None), Status::NoData);
    }
}
