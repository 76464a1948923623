//! Performance of a row that has no rows below it: a sub variabel, or a variable of management.

use super::item::PkpItem;
use super::target::{PkpBound, PkpRing, PkpTarget, PkpUnit};
use crate::domain::exact::{Decimal, Exact};

/// Scores that a variable of management can have.
const SCORES: [i64; 4] = [0, 4, 7, 10];

/// Scale of a performance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PkpScale {
    /// Percent, capped at 100.
    Percent,
    /// Points of ten: management.
    Points,
}

/// Performance, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PkpValue {
    /// As it was computed, unrounded.
    Number(Exact),
    /// Nobody reported what was reached.
    NotReported,
    /// There is nobody to reach.
    NotApplicable,
    /// Something that the rule needs is missing or wrong.
    CannotCompute(PkpObstacle),
}

impl PkpValue {
    /// Returns the number, where there is one.
    pub fn number(&self) -> Option<&Exact> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// Reason why a performance cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PkpObstacle {
    /// Neither a target nor steps.
    NoTarget,
    /// A target whose words nobody understands.
    UnreadTarget,
    /// Steps of which one cannot be read.
    UnreadRing,
    /// Nothing to divide by: neither total nor target of the population.
    NoPopulation,
    /// A target of nothing.
    TargetOfNothing,
    /// Something was reached of a population of nobody.
    NobodyToReach,
    /// No step holds the figure.
    OutsideRing,
    /// A score that is none of 0, 4, 7 and 10.
    WrongScore,
    /// Percentages and scores below one row.
    MixedScales,
}

impl PkpObstacle {
    /// Returns the reason in words, with what to do.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoTarget => "target kosong; isi kolom Target",
            Self::UnreadTarget => "target tidak dapat dibaca; tulis misalnya 85%, <20%, >1, atau 150-250 per mil",
            Self::UnreadRing => "nilai ring tidak dapat dibaca; tulis misalnya ≥80=10; 60-<80=7; <60=4",
            Self::NoPopulation => "total sasaran dan target sasaran kosong; isi kolom Total Sasaran",
            Self::TargetOfNothing => "target 0, jadi tidak ada pembaginya; periksa kolom Target dan Target Sasaran",
            Self::NobodyToReach => "total sasaran 0 padahal ada pencapaian; periksa kolom Total Sasaran",
            Self::OutsideRing => "cakupan di luar semua nilai ring; lengkapi kolom Nilai Ring",
            Self::WrongScore => "nilai bukan 0, 4, 7, atau 10; periksa kolom Nilai",
            Self::MixedScales => {
                "persen dan nilai 0-10 bercampur di bawah baris ini; pisahkan manajemen ke upayanya sendiri"
            }
        }
    }
}

/// Figures of a row without rows below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PkpLeaf {
    pub(super) scale: PkpScale,
    pub(super) value: PkpValue,
    /// Target of the population, T × ToS, where there is one.
    pub(super) planned: Option<Exact>,
    /// *Cakupan riil* in the unit of the target, not capped.
    pub(super) coverage: Option<Exact>,
    pub(super) unit: PkpUnit,
    /// The figure lies beyond a bound that is not to be passed: the rule for it is Simpul's.
    pub(super) is_passed: bool,
}

impl PkpLeaf {
    pub(super) fn of_item(item: &PkpItem) -> Self {
        if let Some(score) = &item.score {
            let score = score.exact();
            let is_known = SCORES.iter().any(|known| score == Exact::from(*known));
            let value =
                if is_known { PkpValue::Number(score) } else { PkpValue::CannotCompute(PkpObstacle::WrongScore) };
            return Self { scale: PkpScale::Points, ..Self::without(value) };
        }
        let measure = item.measure.as_deref().unwrap_or_default();
        let target = item.target.as_deref().map(|text| PkpTarget::parse(text, measure));
        let read = target.as_ref().and_then(Option::as_ref);
        let unit = read.map_or(PkpUnit::Percent, |target| target.unit);
        let population = item.population.as_ref().map(Decimal::exact);
        let planned = population.as_ref().zip(read).and_then(|(population, target)| target.planned(population));
        let leaf = Self { planned, unit, ..Self::without(PkpValue::NotReported) };
        let Some(reached) = item.reached.as_ref().map(Decimal::exact) else {
            let is_nobody = population.as_ref().is_some_and(Exact::is_zero);
            return if is_nobody { Self { value: PkpValue::NotApplicable, ..leaf } } else { leaf };
        };
        if population.as_ref().is_some_and(Exact::is_zero) {
            let value = if reached.is_zero() {
                PkpValue::NotApplicable
            } else {
                PkpValue::CannotCompute(PkpObstacle::NobodyToReach)
            };
            return Self { value, ..leaf };
        }
        let coverage = population.and_then(|population| reached.over(&population)).map(|ratio| unit.of_ratio(&ratio));
        let ring = item.ring.as_deref().map(PkpRing::parse);
        let found = Measured { item, reached: &reached, coverage: coverage.as_ref(), unit };
        let value = match (ring, &target) {
            (Some(None), _) => Err(PkpObstacle::UnreadRing),
            (Some(Some(ring)), _) => found.by_ring(&ring),
            (None, None) => Err(PkpObstacle::NoTarget),
            (None, Some(None)) => Err(PkpObstacle::UnreadTarget),
            (None, Some(Some(target))) => found.by_target(target),
        };
        let is_passed =
            item.ring.is_none() && found.figure().zip(read).is_some_and(|(figure, target)| target.is_passed(&figure));
        let value = value.map_or_else(PkpValue::CannotCompute, PkpValue::Number);
        Self { value, coverage, is_passed, ..leaf }
    }

    fn without(value: PkpValue) -> Self {
        Self {
            scale: PkpScale::Percent,
            value,
            planned: None,
            coverage: None,
            unit: PkpUnit::Percent,
            is_passed: false,
        }
    }
}

/// A count that was reached, and the share that it is.
struct Measured<'p> {
    item: &'p PkpItem,
    reached: &'p Exact,
    coverage: Option<&'p Exact>,
    unit: PkpUnit,
}

impl Measured<'_> {
    /// The figure that is compared with the target: the share of the population, or what was reached where it is
    /// already in the unit of the target.
    fn figure(&self) -> Option<Exact> {
        let is_in_unit = || match self.unit {
            PkpUnit::Plain => true,
            unit => PkpUnit::named(self.item.measure.as_deref().unwrap_or_default()) == Some(unit),
        };
        self.coverage.cloned().or_else(|| (self.item.planned.is_none() && is_in_unit()).then(|| self.reached.clone()))
    }

    fn by_ring(&self, ring: &PkpRing) -> Result<Exact, PkpObstacle> {
        let figure = self.figure().ok_or(PkpObstacle::NoPopulation)?;
        ring.performance(&figure).ok_or(PkpObstacle::OutsideRing)
    }

    fn by_target(&self, target: &PkpTarget) -> Result<Exact, PkpObstacle> {
        if let Some(figure) = self.figure() {
            return target.performance(&figure).ok_or(PkpObstacle::TargetOfNothing);
        }
        // Without a population the sheet's own target of it is what there is to divide by.
        match (&target.bound, &self.item.planned) {
            (PkpBound::AtLeast(_), Some(planned)) => {
                let hundred = Exact::from(100);
                let share = self.reached.times(&hundred).over(&planned.exact());
                share.map(|share| share.min(hundred)).ok_or(PkpObstacle::TargetOfNothing)
            }
            _ => Err(PkpObstacle::NoPopulation),
        }
    }
}
