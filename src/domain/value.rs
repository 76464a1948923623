//! What a figure can be, the ratio behind it and the status of a score.

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
    /// What was reached.
    pub numerator: f64,
    /// Out of how much.
    pub denominator: f64,
}

impl Ratio {
    /// In percent, or `None` without a denominator.
    pub fn percent(self) -> Option<f64> {
        (self.denominator > 0.0).then(|| self.numerator / self.denominator * 100.0)
    }
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
    /// Baik.
    Good,
    /// Cukup.
    Fair,
    /// Kurang.
    Poor,
    /// Belum ada data.
    NoData,
}

impl Status {
    /// Every status, best first.
    pub const ALL: [Self; 4] = [Self::Good, Self::Fair, Self::Poor, Self::NoData];

    /// The code of the command-line contract and of the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
            Self::NoData => "no_data",
        }
    }

    /// The word on pages and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Good => "Baik",
            Self::Fair => "Cukup",
            Self::Poor => "Kurang",
            Self::NoData => "Belum ada data",
        }
    }
}
