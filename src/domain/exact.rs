//! Numbers without rounding: decimals as people write them and ratios of whole numbers of any length. For figures that
//! are averages of averages, which binary fractions would let drift. Knows no rule of any figure.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;

/// Longest decimal that is taken, characters: no figure of a sheet is longer.
const DECIMAL_CHARS_MAX: usize = 40;

/// A number that is not negative, as people write it: `1234.5`, without idle zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal(String);

impl Decimal {
    /// Takes a number of a cell, by the shortest digits that mean it; `None` where it is negative or endless.
    pub fn from_number(number: f64) -> Option<Self> {
        if number.is_finite() && number >= 0.0 { Self::parse(&number.to_string()) } else { None }
    }

    /// Takes digits with at most one point between them; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || text.len() > DECIMAL_CHARS_MAX || !is_digits(whole) || !is_digits(part) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let part = part.trim_end_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        Some(Self(if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }))
    }

    /// Returns the digits with a point, as they are stored.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Number of digits behind the point.
    pub fn places(&self) -> usize {
        self.0.split_once('.').map_or(0, |(_, part)| part.len())
    }

    /// Returns it with a decimal comma and nothing between thousands, as forms take it back.
    pub fn words(&self) -> String {
        self.0.replace('.', ",")
    }

    /// Returns the nearest binary number, for cells of workbooks and for charts.
    pub fn to_number(&self) -> f64 {
        self.0.parse().unwrap_or(0.0)
    }

    /// Returns the same number as a ratio.
    pub fn exact(&self) -> Exact {
        let digits = self.0.replace('.', "");
        let numerator = digits.parse().unwrap_or_default();
        let places = u32::try_from(self.places()).unwrap_or(u32::MAX);
        Exact { numerator, denominator: BigInt::from(10).pow(places) }.reduced()
    }
}

/// A ratio of whole numbers in lowest terms, its denominator positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact {
    numerator: BigInt,
    denominator: BigInt,
}

impl Exact {
    /// The number of nothing.
    pub fn zero() -> Self {
        Self::from(0)
    }

    /// Reports whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.numerator == BigInt::from(0)
    }

    /// Returns the sum of both.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let numerator = &self.numerator * &other.denominator + &other.numerator * &self.denominator;
        Self { numerator, denominator: &self.denominator * &other.denominator }.reduced()
    }

    /// Returns what is left without the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let numerator = &self.numerator * &other.denominator - &other.numerator * &self.denominator;
        Self { numerator, denominator: &self.denominator * &other.denominator }.reduced()
    }

    /// Returns the product of both.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let numerator = &self.numerator * &other.numerator;
        Self { numerator, denominator: &self.denominator * &other.denominator }.reduced()
    }

    /// Returns the quotient; `None` where it is divided by nothing.
    pub fn over(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        let numerator = &self.numerator * &other.denominator;
        Some(Self { numerator, denominator: &self.denominator * &other.numerator }.reduced())
    }

    /// Returns the simple mean; `None` of nothing.
    pub fn mean(all: &[Self]) -> Option<Self> {
        let sum = all.iter().fold(Self::zero(), |sum, one| sum.plus(one));
        sum.over(&Self::from(i64::try_from(all.len()).ok()?))
    }

    /// Returns the distance to another.
    #[must_use]
    pub fn distance(&self, other: &Self) -> Self {
        let difference = self.minus(other);
        if difference < Self::zero() { Self::zero().minus(&difference) } else { difference }
    }

    /// Returns the decimal nearest to it, halves upwards; `None` of what is negative.
    pub fn rounded(&self, places: usize) -> Option<Decimal> {
        if *self < Self::zero() {
            return None;
        }
        let scale = BigInt::from(10).pow(u32::try_from(places).ok()?);
        let twice = &self.denominator * BigInt::from(2);
        let whole = (&self.numerator * scale * BigInt::from(2) + &self.denominator) / twice;
        let digits = format!("{:0>width$}", whole.to_string(), width = places + 1);
        let (before, behind) = digits.split_at(digits.len() - places);
        Decimal::parse(&if behind.is_empty() { before.to_owned() } else { format!("{before}.{behind}") })
    }

    /// Returns the nearest binary number to twelve places, for charts and cells.
    pub fn to_number(&self) -> f64 {
        const PLACES: usize = 12;
        self.rounded(PLACES).map_or(0.0, |decimal| decimal.to_number())
    }

    fn reduced(self) -> Self {
        let divisor = greatest_common_divisor(self.numerator.clone(), self.denominator.clone());
        let divisor = if self.denominator < BigInt::from(0) { -divisor } else { divisor };
        Self { numerator: self.numerator / &divisor, denominator: self.denominator / divisor }
    }
}

/// Returns the greatest whole number that divides both, of which the second is not nothing.
fn greatest_common_divisor(mut one: BigInt, mut other: BigInt) -> BigInt {
    let nothing = BigInt::from(0);
    while other != nothing {
        let rest = &one % &other;
        one = other;
        other = rest;
    }
    if one < nothing { -one } else { one }
}

impl From<i64> for Exact {
    fn from(number: i64) -> Self {
        Self { numerator: number.into(), denominator: 1.into() }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.numerator * &other.denominator).cmp(&(&other.numerator * &self.denominator))
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> Exact {
        Exact::from(numerator).over(&Exact::from(denominator)).unwrap()
    }

    #[test]
    fn decimals_are_kept_as_written() {
        for (text, kept) in [("007.50", "7.5"), ("0", "0"), ("0.0", "0"), ("12", "12"), ("0.05", "0.05")] {
            assert_eq!(Decimal::parse(text).unwrap().digits(), kept);
        }
        assert_eq!(Decimal::parse(&"1".repeat(DECIMAL_CHARS_MAX + 1)), None);
        for text in ["", ".5", "1.2.3", "-1", "1e3", "x"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!(Decimal::from_number(0.1).unwrap().exact(), ratio(1, 10));
        assert_eq!([Decimal::from_number(-1.0), Decimal::from_number(f64::NAN)], [None, None]);
        assert_eq!(Decimal::parse("1234.5").unwrap().words(), "1234,5");
    }

    #[test]
    fn thirds_do_not_drift() {
        let mean = Exact::mean(&[ratio(1, 3), ratio(1, 3), ratio(1, 3)]).unwrap();
        assert_eq!(mean, ratio(1, 3));
        assert_eq!((Exact::mean(&[]), ratio(1, 3).over(&Exact::zero())), (None, None));
        assert_eq!(ratio(-1, -3).to_string(), "1/3");
        assert_eq!(ratio(1, 3).distance(&ratio(1, 2)), ratio(1, 6));
    }

    #[test]
    fn halves_are_rounded_upwards() {
        let shown = |exact: Exact, places| exact.rounded(places).map(|decimal| decimal.digits().to_owned());
        assert_eq!(shown(ratio(1, 8), 2), Some("0.13".to_owned()));
        assert_eq!(shown(ratio(2, 3), 3), Some("0.667".to_owned()));
        assert_eq!(shown(ratio(91, 1), 0), Some("91".to_owned()));
        assert_eq!(shown(ratio(-1, 3), 1), None);
    }

    proptest! {
        #[test]
        fn sums_and_products_are_those_of_fractions(a in 0_i64..10_000, b in 1_i64..10_000, c in 0_i64..10_000, d in 1_i64..10_000) {
            let sum = ratio(a, b).plus(&ratio(c, d));
            prop_assert_eq!(&sum, &ratio(a * d + c * b, b * d));
            prop_assert_eq!(sum.minus(&ratio(c, d)), ratio(a, b));
            prop_assert_eq!(ratio(a, b).times(&ratio(c, d)), ratio(a * c, b * d));
            prop_assert_eq!(ratio(a, b) < ratio(c, d), a * d < c * b);
        }

        #[test]
        fn a_decimal_comes_back(number in 0.0_f64..1e9) {
            let decimal = Decimal::from_number(number).unwrap();
            prop_assert_eq!(decimal.to_number().to_bits(), number.to_bits());
            prop_assert_eq!(Decimal::parse(decimal.digits()), Some(decimal));
        }
    }
}
