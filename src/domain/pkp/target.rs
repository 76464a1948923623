//! The measure of a sub variabel of PKP: a target in percent, a bound or a range, or steps that each have a
//! score (*nilai ring*). Reads the words of its cell and judges a figure by them. Knows no row and no mean.

use crate::domain::exact::{Decimal, Exact};

/// The unit of a target, and so that of the figure that is compared with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PkpUnit {
    /// Parts of a hundred.
    Percent,
    /// Parts of a thousand.
    PerMille,
    /// Bare numbers: a ratio, days, an index.
    Plain,
}

impl PkpUnit {
    /// Returns the figure in this unit of what is a ratio.
    pub fn of_ratio(self, ratio: &Exact) -> Exact {
        ratio.times(&Exact::from(self.parts_of_whole()))
    }

    fn parts_of_whole(self) -> i64 {
        match self {
            Self::Percent => 100,
            Self::PerMille => 1000,
            Self::Plain => 1,
        }
    }

    /// Returns the sign behind numbers of it.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Percent => " %",
            Self::PerMille => " ‰",
            Self::Plain => "",
        }
    }

    /// Returns the unit that words name; `None` where they name none.
    pub(super) fn named(words: &str) -> Option<Self> {
        let words = words.to_lowercase();
        let per_mille = ["‰", "per mil", "permil", "per seribu", "per 1000"];
        if per_mille.iter().any(|word| words.contains(word)) {
            return Some(Self::PerMille);
        }
        ["%", "persen", "prosen"].iter().any(|word| words.contains(word)).then_some(Self::Percent)
    }
}

/// Bounds of a target; each counts itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PkpBound {
    /// At least this: more is better. `true` where it says so by a sign rather than by a bare number.
    AtLeast(Exact),
    /// At most this: less is better.
    AtMost(Exact),
    /// From the first to the second.
    Between(Exact, Exact),
}

/// A target with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PkpTarget {
    /// Bounds in the unit.
    pub bound: PkpBound,
    /// Unit of the bounds.
    pub unit: PkpUnit,
}

impl PkpTarget {
    /// Reads a target as sheets write it: `85`, `85 %`, `≥ 85%`, `< 20 %`, `> 1`, `150–250 per mil`. A bare number is a
    /// percentage; one behind a sign is in the row's unit of measure, where that names a percentage or per mil.
    pub fn parse(written: &str, measure: &str) -> Option<Self> {
        let text = written.trim().replace('\u{a0}', " ");
        let bare = text.trim_start_matches(|c: char| "<>=≤≥ ".contains(c));
        let sign = &text[..text.len() - bare.len()];
        let numbers = numbers_of(bare)?;
        let named = PkpUnit::named(&text);
        let behind_sign = || PkpUnit::named(measure).unwrap_or(PkpUnit::Plain);
        let target = |bound, unit| Some(Self { bound, unit });
        match (numbers.as_slice(), sign) {
            ([one], sign) if sign.contains(['<', '≤']) => {
                target(PkpBound::AtMost(one.exact()), named.unwrap_or_else(behind_sign))
            }
            ([one], sign) if sign.contains(['>', '≥']) => {
                target(PkpBound::AtLeast(one.exact()), named.unwrap_or_else(behind_sign))
            }
            ([one], _) => target(PkpBound::AtLeast(one.exact()), named.unwrap_or(PkpUnit::Percent)),
            ([low, high], _) if low.exact() <= high.exact() => {
                target(PkpBound::Between(low.exact(), high.exact()), named.unwrap_or_else(behind_sign))
            }
            _ => None,
        }
    }

    /// Returns the count that the target asks for of a population; `None` of a range, and of what is no share.
    pub fn planned(&self, population: &Exact) -> Option<Exact> {
        match (&self.bound, self.unit) {
            (_, PkpUnit::Plain) | (PkpBound::Between(..), _) => None,
            (PkpBound::AtLeast(bound) | PkpBound::AtMost(bound), unit) => {
                bound.times(population).over(&Exact::from(unit.parts_of_whole()))
            }
        }
    }

    /// Returns the performance in percent of a figure in the unit, between 0 and 100: the share of the bound that was
    /// reached; above a bound that is not to be passed, as of service indicators, `(2t − a) / t × 100`. `None` where the
    /// bound is nothing.
    pub fn performance(&self, figure: &Exact) -> Option<Exact> {
        let hundred = Exact::from(100);
        let share = |part: &Exact, whole: &Exact| Some(part.over(whole)?.times(&hundred).min(hundred.clone()));
        let below = |bound: &Exact, figure: &Exact| bound.plus(bound).minus(figure).max(Exact::zero());
        match &self.bound {
            PkpBound::AtLeast(bound) => share(figure, bound),
            PkpBound::AtMost(bound) if figure <= bound => Some(hundred),
            PkpBound::AtMost(bound) => share(&below(bound, figure), bound),
            PkpBound::Between(low, _) if figure < low => share(figure, low),
            PkpBound::Between(_, high) if figure > high => share(&below(high, figure), high),
            PkpBound::Between(..) => Some(hundred),
        }
    }

    /// Reports whether a figure lies beyond a bound that it should not pass, where no rule of PKP says what it is worth.
    pub fn is_passed(&self, figure: &Exact) -> bool {
        match &self.bound {
            PkpBound::AtLeast(_) => false,
            PkpBound::AtMost(high) | PkpBound::Between(_, high) => figure > high,
        }
    }
}

/// One step of a ring.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RingStep {
    /// Lowest figure, and whether it is of the step itself; `None` from nothing on.
    from: Option<(Exact, bool)>,
    /// Highest figure, and whether it is of the step itself; `None` without end.
    until: Option<(Exact, bool)>,
    score: Exact,
}

impl RingStep {
    fn holds(&self, figure: &Exact) -> bool {
        let is_from = self.from.as_ref().is_none_or(|(from, own)| figure > from || *own && figure == from);
        is_from && self.until.as_ref().is_none_or(|(until, own)| figure < until || *own && figure == until)
    }

    /// Reads `≥ 80`, `60–<80`, `60 s.d. 80`, `< 60`, `80`.
    fn parse(bounds: &str, score: Exact) -> Option<Self> {
        let text = bounds.trim();
        let numbers = numbers_of(text)?;
        let is_open_end = text.contains('<') && !text.contains("<=");
        let is_open_start = text.contains('>') && !text.contains(">=");
        let exact = |decimal: &Decimal| decimal.exact();
        match numbers.as_slice() {
            [one] if text.contains(['<', '≤']) => {
                Some(Self { from: None, until: Some((exact(one), !is_open_end)), score })
            }
            [one] if text.contains(['>', '≥']) => {
                Some(Self { from: Some((exact(one), !is_open_start)), until: None, score })
            }
            [one] => Some(Self { from: Some((exact(one), true)), until: Some((exact(one), true)), score }),
            [low, high] if low.exact() <= high.exact() => {
                Some(Self { from: Some((exact(low), !is_open_start)), until: Some((exact(high), !is_open_end)), score })
            }
            _ => None,
        }
    }
}

/// Steps of a figure that each have a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PkpRing {
    steps: Vec<RingStep>,
    /// Score that stands for 100 %.
    full: Exact,
}

impl PkpRing {
    /// Reads steps as sheets write them, parted by semicolons or lines: `≥80 = 10; 60–<80 = 7; <60 = 4`. Scores up to ten
    /// are of ten, others of a hundred. `None` where a step cannot be read: then nothing is guessed.
    pub fn parse(written: &str) -> Option<Self> {
        let parts = written.split([';', '\n', '|']).map(str::trim).filter(|part| !part.is_empty());
        let mut steps = Vec::new();
        for part in parts {
            // `>=` is a sign: the score stands behind the last sign of equality or colon.
            let at = part.rfind(['=', ':', '→'])?;
            let (bounds, score) = part.split_at(at);
            let score = score.trim_start_matches(['=', ':', '→']).trim();
            steps.push(RingStep::parse(bounds, single_number(score)?.exact())?);
        }
        let most = steps.iter().map(|step| step.score.clone()).max()?;
        let ten = Exact::from(10);
        let full = if most <= ten { ten } else { Exact::from(100) };
        (most <= full).then_some(Self { steps, full })
    }

    /// Returns the performance in percent of a figure: that of the highest step that holds it; `None` where none does.
    pub fn performance(&self, figure: &Exact) -> Option<Exact> {
        let holding = self.steps.iter().filter(|step| step.holds(figure));
        let step = holding.max_by_key(|step| step.from.as_ref().map(|(from, _)| from.clone()))?;
        Some(step.score.over(&self.full)?.times(&Exact::from(100)))
    }
}

fn single_number(text: &str) -> Option<Decimal> {
    match numbers_of(text)?.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// Returns the numbers of a text with a decimal comma or point, in order; `None` where one cannot be read.
fn numbers_of(text: &str) -> Option<Vec<Decimal>> {
    // `per 1000` is a unit.
    let text = text.to_lowercase().replace("per 1000", "");
    let mut numbers = Vec::new();
    for piece in text.split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')) {
        let piece = piece.trim_matches(['.', ',']);
        if !piece.is_empty() {
            numbers.push(Decimal::parse(&piece.replace(',', "."))?);
        }
    }
    (!numbers.is_empty()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Decimal::parse(text).unwrap().exact()
    }

    fn performance(target: &str, measure: &str, figure: &str) -> String {
        let target = PkpTarget::parse(target, measure).unwrap();
        target.performance(&exact(figure)).unwrap().rounded(2).unwrap().digits().to_owned()
    }

    #[test]
    fn targets_are_read_as_sheets_write_them() {
        let bound =
            |text: &str, measure: &str| PkpTarget::parse(text, measure).map(|target| (target.bound, target.unit));
        let at_least = |number: &str, unit| Some((PkpBound::AtLeast(exact(number)), unit));
        let at_most = |number: &str, unit| Some((PkpBound::AtMost(exact(number)), unit));
        for text in ["85", "85%", " 85 % ", "≥85%", ">= 85 %", "85,0%"] {
            assert_eq!(bound(text, ""), at_least("85", PkpUnit::Percent), "{text}");
        }
        assert_eq!(bound("<20 %", ""), at_most("20", PkpUnit::Percent));
        assert_eq!(bound("≤ 20", "%"), at_most("20", PkpUnit::Percent));
        assert_eq!(bound(">1", "rasio"), at_least("1", PkpUnit::Plain));
        assert_eq!(bound("> 76,61", ""), at_least("76.61", PkpUnit::Plain));
        let range = Some((PkpBound::Between(exact("150"), exact("250")), PkpUnit::PerMille));
        for text in ["150–250 per mil", "150-250‰", "150 s.d. 250 permil"] {
            assert_eq!(bound(text, ""), range, "{text}");
        }
        for text in ["", "ada", "250-150", "1-2-3", "1.2.3"] {
            assert_eq!(bound(text, ""), None, "{text}");
        }
    }

    #[test]
    fn performance_is_capped_and_turns_at_its_bound() {
        assert_eq!(performance("80%", "", "60"), "75");
        assert_eq!(performance("80%", "", "95"), "100");
        assert_eq!(performance("<20%", "", "20"), "100");
        assert_eq!(performance("<20%", "", "0"), "100");
        assert_eq!(performance("<20%", "", "25"), "75");
        assert_eq!(performance("150-250‰", "", "149"), "99.33");
        assert_eq!(performance("150-250‰", "", "150"), "100");
        assert_eq!(performance("150-250‰", "", "250"), "100");
        assert_eq!(performance("150-250‰", "", "300"), "80");
        assert_eq!(performance("150-250‰", "", "600"), "0");
        let none = PkpTarget::parse("0%", "").unwrap().performance(&exact("5"));
        assert_eq!(none, None);
    }

    #[test]
    fn a_ring_gives_the_score_of_the_step_that_holds_a_figure() {
        let ring = PkpRing::parse("≥80 = 10; 60–<80 = 7; 40-<60 : 4; <40 = 0").unwrap();
        let score = |figure: &str| ring.performance(&exact(figure)).map(|score| score.rounded(0).unwrap().words());
        for (figure, found) in [("0", "0"), ("39.9", "0"), ("40", "40"), ("60", "70"), ("79.99", "70"), ("80", "100")] {
            assert_eq!(score(figure), Some(found.to_owned()), "{figure}");
        }
        let closed = PkpRing::parse("0-50 = 50\n50-100 = 100").unwrap();
        assert_eq!(closed.performance(&exact("50")).unwrap(), Exact::from(100));
        assert_eq!(closed.performance(&exact("101")), None);
        for text in ["", "80", "≥80 = tinggi", "≥80 = 120"] {
            assert_eq!(PkpRing::parse(text), None, "{text}");
        }
    }
}
