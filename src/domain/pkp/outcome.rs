//! The performance of a year: rows as a tree, each row without rows below it by its target, each other the simple mean
//! of those below it, as PKP prescribes; and where the sheet's own figures differ.

use super::bands::PkpBands;
use super::code::{PkpCode, PkpLevel};
use super::item::PkpItem;
use super::leaf::{PkpLeaf, PkpObstacle, PkpScale, PkpValue};
use super::target::PkpUnit;
use crate::domain::Status;
use crate::domain::exact::{Decimal, Exact};
use crate::domain::field::Field;

/// Decimal places from which two figures count as one: binary fractions of a sheet's formulas end there.
const PLACES_COMPARED: usize = 8;

/// A figure of the sheet that is not what follows from the sheet's own counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PkpDifference {
    /// Field of the row that holds it.
    pub field: Field,
    /// Figure that the sheet has.
    pub written: Decimal,
    /// Figure that follows from the counts.
    pub computed: Exact,
    /// Unit of both figures.
    pub unit: PkpUnit,
}

/// A row with what follows from it and from the rows below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PkpNode {
    /// The row as it counts.
    pub item: PkpItem,
    /// Path of the row.
    pub code: PkpCode,
    /// Rows right below it, in order.
    pub children: Vec<PkpNode>,
    /// Scale of the performance.
    pub scale: PkpScale,
    /// Performance; of a row with rows below it the mean of those that have one.
    pub value: PkpValue,
    /// T × ToS, where it follows.
    pub planned: Option<Exact>,
    /// *Cakupan riil* in [`PkpNode::unit`], not capped.
    pub coverage: Option<Exact>,
    /// Unit of the coverage.
    pub unit: PkpUnit,
    /// Beyond a bound that is not to be passed: its worth is by Simpul's rule, not by PKP's.
    pub is_passed: bool,
    /// Rows at the ends below it, or itself, that have a performance …
    pub reported: usize,
    /// … of so many that should.
    pub asked: usize,
    /// Figures of the sheet that differ.
    pub differences: Vec<PkpDifference>,
}

impl PkpNode {
    /// Level of the row.
    pub fn level(&self) -> PkpLevel {
        self.code.level()
    }

    /// Reports whether every row below it, or itself, has a performance.
    pub fn is_complete(&self) -> bool {
        self.reported == self.asked
    }

    /// Returns its class; none is given while something is missing.
    pub fn class(&self, bands: &PkpBands) -> Status {
        match &self.value {
            PkpValue::Number(number) if self.is_complete() => bands.class(number, self.scale),
            PkpValue::Number(_) => Status::TooLittle,
            _ => Status::NoData,
        }
    }

    /// Returns this row and all below it, in order.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Self::all));
        all
    }

    fn from_rows(item: PkpItem, code: PkpCode, children: Vec<Self>) -> Self {
        let mut node =
            if children.is_empty() { Self::of_leaf(item, code) } else { Self::of_mean(item, code, children) };
        node.differences = node.compared();
        node
    }

    fn of_leaf(item: PkpItem, code: PkpCode) -> Self {
        let leaf = PkpLeaf::of_item(&item);
        Self {
            code,
            children: Vec::new(),
            scale: leaf.scale,
            reported: usize::from(leaf.value.number().is_some()),
            asked: usize::from(leaf.value != PkpValue::NotApplicable),
            value: leaf.value,
            planned: leaf.planned,
            coverage: leaf.coverage,
            unit: leaf.unit,
            is_passed: leaf.is_passed,
            differences: Vec::new(),
            item,
        }
    }

    fn of_mean(item: PkpItem, code: PkpCode, children: Vec<Self>) -> Self {
        let counting = || children.iter().filter(|child| child.value != PkpValue::NotApplicable);
        let scale =
            counting().find(|child| child.value.number().is_some()).map_or(PkpScale::Percent, |child| child.scale);
        let numbers: Vec<Exact> = counting().filter_map(|child| child.value.number().cloned()).collect();
        let is_mixed = counting().any(|child| child.value.number().is_some() && child.scale != scale);
        let obstacle = counting().find_map(|child| match child.value {
            PkpValue::CannotCompute(obstacle) => Some(obstacle),
            _ => None,
        });
        let value = match (is_mixed, Exact::mean(&numbers)) {
            (true, _) => PkpValue::CannotCompute(PkpObstacle::MixedScales),
            (false, Some(mean)) => PkpValue::Number(mean),
            (false, None) if counting().next().is_none() => PkpValue::NotApplicable,
            (false, None) if counting().any(|child| child.value == PkpValue::NotReported) => PkpValue::NotReported,
            (false, None) => obstacle.map_or(PkpValue::NotReported, PkpValue::CannotCompute),
        };
        Self {
            item,
            code,
            scale,
            value,
            planned: None,
            coverage: None,
            unit: PkpUnit::Percent,
            is_passed: false,
            reported: children.iter().map(|child| child.reported).sum(),
            asked: children.iter().map(|child| child.asked).sum(),
            differences: Vec::new(),
            children,
        }
    }

    /// Compares the sheet's own figures with what follows from its counts.
    fn compared(&self) -> Vec<PkpDifference> {
        let result_unit = match self.scale {
            PkpScale::Percent => PkpUnit::Percent,
            PkpScale::Points => PkpUnit::Plain,
        };
        let planned =
            difference(Field::PlannedCount, self.item.planned.as_ref(), self.planned.as_ref(), PkpUnit::Plain);
        let coverage =
            difference(Field::Coverage, self.item.sheet_coverage.as_ref(), self.coverage.as_ref(), self.unit);
        let result = difference(Field::Performance, self.item.sheet_result.as_ref(), self.value.number(), result_unit);
        [planned, coverage, result].into_iter().flatten().collect()
    }
}

/// Returns the difference of a figure of the sheet to the computed one; none where one of them is missing.
fn difference(
    field: Field,
    written: Option<&Decimal>,
    computed: Option<&Exact>,
    unit: PkpUnit,
) -> Option<PkpDifference> {
    let written = written?.clone();
    let computed = computed?.clone();
    (!is_same(&written, &computed)).then_some(PkpDifference { field, written, computed, unit })
}

/// Reports whether a figure of a sheet is the computed one, as it was rounded there.
fn is_same(written: &Decimal, computed: &Exact) -> bool {
    let places = written.places().min(PLACES_COMPARED);
    let half = Exact::from(10_i64.pow(u32::try_from(places).unwrap_or_default()) * 2);
    let tolerance = Exact::from(1).over(&half).unwrap_or_else(Exact::zero);
    written.exact().distance(computed) <= tolerance
}

/// The PKP of a Puskesmas in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PkpYear {
    /// Year that is assessed.
    pub year: i32,
    /// Rows at the top, in order.
    pub efforts: Vec<PkpNode>,
}

impl PkpYear {
    /// Computes a year from its rows; rows of other years are passed over.
    pub fn from_items<'i>(year: i32, items: impl IntoIterator<Item = &'i PkpItem>) -> Self {
        let mut rows: Vec<(PkpCode, &PkpItem)> =
            items.into_iter().filter(|item| item.year == year).map(|item| (PkpCode::parse(&item.code), item)).collect();
        rows.sort_by(|one, other| one.0.cmp(&other.0));
        Self { year, efforts: nodes(&rows) }
    }

    /// Returns every row in order.
    pub fn all(&self) -> Vec<&PkpNode> {
        self.efforts.iter().flat_map(PkpNode::all).collect()
    }

    /// Reports whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.efforts.is_empty()
    }

    /// Returns the rows of a level in order.
    pub fn of_level(&self, level: PkpLevel) -> Vec<&PkpNode> {
        self.all().into_iter().filter(|node| node.level() == level).collect()
    }
}

/// Builds the nodes of rows in order: each holds the rows after it that stand below it.
fn nodes(mut rows: &[(PkpCode, &PkpItem)]) -> Vec<PkpNode> {
    let mut built = Vec::new();
    while let Some(((code, item), rest)) = rows.split_first() {
        let below = rest.iter().take_while(|(other, _)| code.is_above(other)).count();
        built.push(PkpNode::from_rows((*item).clone(), code.clone(), nodes(&rest[..below])));
        rows = &rest[below..];
    }
    built
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(code: &str, target: &str, population: &str, reached: Option<&str>) -> PkpItem {
        PkpItem {
            target: Some(target.to_owned()),
            population: Decimal::parse(population),
            reached: reached.and_then(Decimal::parse),
            ..PkpItem::named(2024, code, "Sub")
        }
    }

    fn year(items: &[PkpItem]) -> PkpYear {
        PkpYear::from_items(2024, items)
    }

    fn shown(node: &PkpNode) -> String {
        match &node.value {
            PkpValue::Number(number) => number.rounded(4).unwrap().words(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn means_are_those_of_means() {
        let items = [
            PkpItem::named(2024, "1", "UKM Esensial"),
            PkpItem::named(2024, "1.1", "Promkes"),
            PkpItem::named(2024, "1.1.1", "PHBS"),
            leaf("1.1.1.1", "100%", "3", Some("1")),
            leaf("1.1.1.2", "50%", "100", Some("70")),
            leaf("1.1.2", "80%", "90", Some("36")),
            leaf("9.1", "80%", "90", None),
        ];
        let found = year(&items);
        let results: Vec<String> =
            found.all().into_iter().map(|node| format!("{} {}", node.code, shown(node))).collect();
        let expected = [
            "1 58,3333",
            "1.1 58,3333",
            "1.1.1 66,6667",
            "1.1.1.1 33,3333",
            "1.1.1.2 100",
            "1.1.2 50",
            "9.1 NotReported",
        ];
        assert_eq!(results, expected);
        let subs = found.of_level(PkpLevel::SubVariable);
        assert_eq!(subs[1].coverage, Some(Exact::from(70)));
        assert_eq!(subs[1].planned, Some(Exact::from(50)));
        assert_eq!(found.efforts[0].class(&PkpBands::in_year(2024)), Status::Poor);
    }

    #[test]
    fn what_is_missing_is_no_zero_and_has_no_class() {
        let items = [
            PkpItem::named(2024, "1.1.1", "Variabel"),
            leaf("1.1.1.1", "100%", "10", Some("10")),
            leaf("1.1.1.2", "100%", "10", None),
            leaf("1.1.1.3", "100%", "0", Some("0")),
            leaf("1.1.1.4", "100%", "10", Some("0")),
        ];
        let found = year(&items);
        let node = &found.efforts[0];
        assert_eq!((shown(node).as_str(), node.reported, node.asked), ("50", 2, 3));
        assert_eq!(node.class(&PkpBands::in_year(2024)), Status::TooLittle);
        assert_eq!(node.children[1].value, PkpValue::NotReported);
        assert_eq!(node.children[2].value, PkpValue::NotApplicable);
        assert_eq!(shown(&node.children[3]), "0");
        let unreported = year(&[PkpItem::named(2024, "1", "Upaya"), leaf("1.1", "100%", "10", None)]);
        assert_eq!(unreported.efforts[0].value, PkpValue::NotReported);
        assert_eq!(unreported.efforts[0].class(&PkpBands::in_year(2024)), Status::NoData);
    }

    #[test]
    fn every_obstacle_is_told() {
        let with = |change: fn(&mut PkpItem)| {
            let mut item = leaf("1", "100%", "10", Some("5"));
            change(&mut item);
            year(&[item]).efforts.remove(0).value
        };
        let cannot = PkpValue::CannotCompute;
        assert_eq!(with(|item| item.target = None), cannot(PkpObstacle::NoTarget));
        assert_eq!(with(|item| item.target = Some("baik".to_owned())), cannot(PkpObstacle::UnreadTarget));
        assert_eq!(with(|item| item.target = Some("0%".to_owned())), cannot(PkpObstacle::TargetOfNothing));
        assert_eq!(with(|item| item.population = None), cannot(PkpObstacle::NoPopulation));
        assert_eq!(with(|item| item.population = Decimal::parse("0")), cannot(PkpObstacle::NobodyToReach));
        assert_eq!(with(|item| item.ring = Some("tinggi".to_owned())), cannot(PkpObstacle::UnreadRing));
        assert_eq!(with(|item| item.ring = Some("≥80=10".to_owned())), cannot(PkpObstacle::OutsideRing));
        assert_eq!(with(|item| item.score = Decimal::parse("5")), cannot(PkpObstacle::WrongScore));
        let mixed = [
            PkpItem::named(2024, "1", "Upaya"),
            leaf("1.1", "100%", "10", Some("5")),
            PkpItem { score: Decimal::parse("7"), ..PkpItem::named(2024, "1.2", "Lokmin") },
        ];
        assert_eq!(year(&mixed).efforts[0].value, cannot(PkpObstacle::MixedScales));
    }

    #[test]
    fn scores_of_management_are_averaged() {
        let score = |code: &str, score: &str| PkpItem {
            score: Decimal::parse(score),
            ..PkpItem::named(2024, code, "Variabel")
        };
        let items = [PkpItem::named(2024, "4.1", "Manajemen umum"), score("4.1.1", "10"), score("4.1.2", "7")];
        let found = year(&items);
        assert_eq!((shown(&found.efforts[0]).as_str(), found.efforts[0].scale), ("8,5", PkpScale::Points));
        assert_eq!(found.efforts[0].class(&PkpBands::in_year(2024)), Status::Good);
    }

    #[test]
    fn figures_of_the_sheet_that_differ_are_named() {
        let item = PkpItem {
            planned: Decimal::parse("105"),
            sheet_coverage: Decimal::parse("81.30081300813008"),
            sheet_result: Decimal::parse("95.2"),
            ..leaf("1.1.1.1", "85%", "123", Some("100"))
        };
        let found = year(&[item]);
        // 104,55 is 105 rounded; 95,648 is not 95,2.
        let fields: Vec<Field> = found.efforts[0].differences.iter().map(|difference| difference.field).collect();
        assert_eq!(fields, [Field::Performance]);
        assert_eq!(found.efforts[0].differences[0].computed.rounded(3).unwrap().words(), "95,648");
    }

    #[test]
    fn a_target_of_the_population_serves_where_its_total_is_missing() {
        let item =
            PkpItem { population: None, planned: Decimal::parse("200"), ..leaf("1.1.1.1", "85%", "1", Some("150")) };
        assert_eq!(shown(&year(&[item]).efforts[0]), "75");
        let days = PkpItem { target: Some(">1".to_owned()), population: None, ..leaf("1.1", ">1", "1", Some("0.5")) };
        assert_eq!(shown(&year(&[days]).efforts[0]), "50");
    }
}
