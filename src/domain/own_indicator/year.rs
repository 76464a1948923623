//! A year of the indicators of the Puskesmas: the months as they were reported and the figure of a period, in exact
//! ratios. What nobody reported is no zero; what lacks a count says which.

use std::collections::BTreeMap;

use super::bands::OwnBands;
use super::measure::{OwnAggregation, OwnAim, OwnMeasure};
use super::rows::{OwnAchievement, OwnIndicator};
use crate::domain::exact::{Decimal, Exact};
use crate::domain::name::plain_words;
use crate::domain::{Month, Period};

/// Reason for which a figure that was reported cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnObstacle {
    /// A ratio without a denominator.
    NoDenominator,
    /// Counts without their months: figures alone do not add up.
    NoCounts,
    /// A count since January that is lower than one before it.
    Falls,
}

impl OwnObstacle {
    /// Returns the words for pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoDenominator => "penyebut belum diisi",
            Self::NoCounts => "hanya angka jadi, pembilang dan penyebutnya belum diisi",
            Self::Falls => "hitungan sejak Januari turun dari bulan sebelumnya",
        }
    }
}

/// Figure of an indicator, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnFigure {
    /// Number in the unit of the indicator.
    Number(Exact),
    /// Nobody reported anything.
    NotReported,
    /// It was reported with a population of none.
    NotApplicable,
    /// It was reported, and cannot be computed.
    CannotCompute(OwnObstacle),
}

impl OwnFigure {
    /// Returns the number, where it is one.
    pub fn number(&self) -> Option<&Exact> {
        match self {
            Self::Number(number) => Some(number),
            Self::NotReported | Self::NotApplicable | Self::CannotCompute(_) => None,
        }
    }
}

/// A month as it was reported, and its own figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnMonth {
    /// Month of the figure.
    pub month: Month,
    /// Figure of the month; of an indicator that accumulates the one since January.
    pub figure: OwnFigure,
}

/// An indicator in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnResult {
    /// Its row.
    pub indicator: OwnIndicator,
    /// Unit of the figures.
    pub measure: OwnMeasure,
    /// Direction in which it is better.
    pub aim: OwnAim,
    /// Way from the months to the period.
    pub aggregation: OwnAggregation,
    /// Bands of an index.
    pub bands: OwnBands,
    /// Numerator of the period, where there are counts.
    pub numerator: Option<Exact>,
    /// Denominator of the period, where there is one.
    pub denominator: Option<Exact>,
    /// Figure of the period.
    pub figure: OwnFigure,
    /// Target that is due by the last month of the period.
    pub target: Option<Exact>,
    /// Months of the year from January to the last that has begun.
    pub months: Vec<OwnMonth>,
    /// Months of the period that were reported …
    pub reported: usize,
    /// … of so many that have begun.
    pub begun: usize,
}

impl OwnResult {
    /// Reports whether the target is reached; `None` where there is nothing to compare.
    pub fn is_reached(&self) -> Option<bool> {
        let number = self.figure.number()?;
        let target = self.target.as_ref()?;
        match self.aim {
            OwnAim::Higher => Some(number >= target),
            OwnAim::Lower => Some(number <= target),
            OwnAim::Counted => None,
        }
    }

    /// Returns the name of the band that the figure lies in.
    pub fn band(&self) -> Option<&str> {
        self.bands.name(self.figure.number()?)
    }

    /// Returns the target that is due by a month.
    pub fn target_by(&self, month: Month) -> Option<Exact> {
        let target = self.indicator.target.as_ref()?.exact();
        if self.aggregation != OwnAggregation::Cumulative {
            return Some(target);
        }
        target.times(&Exact::from(i64::from(month.month()))).over(&Exact::from(12))
    }
}

/// The indicators of a Puskesmas in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnYear {
    /// Results in the order of sets and codes as they were written.
    pub results: Vec<OwnResult>,
    /// Codes of counts of the year that no indicator in force explains, in order.
    pub unexplained: Vec<String>,
}

/// The rows of one Puskesmas, in the order of years and months.
#[derive(Clone, Debug, Default)]
pub struct OwnRows<'r> {
    /// Indicators, each from its year on.
    pub indicators: Vec<&'r OwnIndicator>,
    /// Counts by month.
    pub achievements: Vec<&'r OwnAchievement>,
}

impl<'r> OwnRows<'r> {
    /// Returns the indicators that count in a year: of each code the row of the latest year up to it, without those that
    /// count no more; by code.
    pub fn in_force(&self, year: i32) -> Vec<&'r OwnIndicator> {
        let mut latest: BTreeMap<String, &OwnIndicator> = BTreeMap::new();
        // By year: a later row replaces the one before.
        for row in self.indicators.iter().copied().filter(|row| row.year <= year) {
            let held = latest.entry(plain_words(&row.code)).or_insert(row);
            if held.year <= row.year {
                *held = row;
            }
        }
        latest.into_values().filter(|row| row.is_in_force()).collect()
    }
}

impl OwnYear {
    /// Computes the indicators of a Puskesmas in a period, as far as its months have begun.
    pub fn new(own: &OwnRows<'_>, period: Period, until: Option<Month>) -> Self {
        let year = period.year();
        let mut rows: BTreeMap<String, BTreeMap<u32, &OwnAchievement>> = BTreeMap::new();
        for row in own.achievements.iter().copied().filter(|row| row.month.year() == year) {
            rows.entry(plain_words(&row.code)).or_default().insert(row.month.last_month().month(), row);
        }
        let mut results = Vec::new();
        for indicator in own.in_force(year) {
            let counts = rows.remove(&plain_words(&indicator.code)).unwrap_or_default();
            results.push(OwnSeries { period, until, counts }.result(indicator));
        }
        let left = rows.into_values().filter_map(|months| months.into_values().find(|row| row.is_reported()));
        Self { results, unexplained: left.map(|row| row.code.clone()).collect() }
    }
}

/// The counts of one indicator in a year, by number of the month.
struct OwnSeries<'r> {
    period: Period,
    until: Option<Month>,
    counts: BTreeMap<u32, &'r OwnAchievement>,
}

/// Counts on the way to a figure.
#[derive(Clone, Debug, Default)]
struct CountsSoFar {
    numerator: Option<Exact>,
    denominator: Option<Exact>,
    figure: Option<Exact>,
    obstacle: Option<OwnObstacle>,
}

impl CountsSoFar {
    fn figure(&self, measure: OwnMeasure) -> OwnFigure {
        // What is only counted needs no denominator.
        let is_met = self.obstacle == Some(OwnObstacle::NoDenominator) && !measure.is_ratio();
        if let Some(obstacle) = self.obstacle.filter(|_| !is_met) {
            return OwnFigure::CannotCompute(obstacle);
        }
        let Some(numerator) = &self.numerator else {
            return self.figure.clone().map_or(OwnFigure::NotReported, OwnFigure::Number);
        };
        if !measure.is_ratio() {
            return OwnFigure::Number(numerator.clone());
        }
        let Some(denominator) = &self.denominator else {
            // The figure of the sheet stands where its counts are only half there.
            let known = self.figure.clone().map(OwnFigure::Number);
            return known.unwrap_or(OwnFigure::CannotCompute(OwnObstacle::NoDenominator));
        };
        let share = numerator.times(&measure.factor()).over(denominator);
        share.map_or(OwnFigure::NotApplicable, OwnFigure::Number)
    }

    fn add(&mut self, row: &OwnAchievement, aggregation: OwnAggregation) {
        let numerator = row.numerator.as_ref().map(Decimal::exact);
        let denominator = row.denominator.as_ref().map(Decimal::exact);
        match aggregation {
            OwnAggregation::Last => {
                *self =
                    Self { numerator, denominator, figure: row.figure.as_ref().map(Decimal::exact), obstacle: None };
            }
            OwnAggregation::Sum => self.add_up(row, numerator, denominator),
            OwnAggregation::Cumulative => {
                let so_far = row.accumulated.as_ref().map(Decimal::exact);
                if let (Some(count), Some(before)) = (&so_far, &self.numerator)
                    && count < before
                {
                    self.obstacle = Some(OwnObstacle::Falls);
                }
                let added = || numerator.map(|own| self.numerator.clone().unwrap_or_else(Exact::zero).plus(&own));
                self.numerator = so_far.or_else(added).or_else(|| self.numerator.clone());
                self.denominator = denominator.or_else(|| self.denominator.clone());
                self.figure = row.figure.as_ref().map(Decimal::exact).or_else(|| self.figure.clone());
            }
        }
    }

    /// Adds the pair of a month to those before; half a pair, or a figure alone beside others, cannot be added.
    fn add_up(&mut self, row: &OwnAchievement, numerator: Option<Exact>, denominator: Option<Exact>) {
        let is_first = self.numerator.is_none() && self.figure.is_none();
        let Some(numerator) = numerator else {
            self.obstacle = if is_first { self.obstacle } else { Some(OwnObstacle::NoCounts) };
            self.figure = row.figure.as_ref().map(Decimal::exact);
            return;
        };
        if !is_first && (self.numerator.is_none() || self.denominator.is_some() != denominator.is_some()) {
            let is_alone = self.numerator.is_none();
            self.obstacle = Some(if is_alone { OwnObstacle::NoCounts } else { OwnObstacle::NoDenominator });
        }
        self.figure = row.figure.as_ref().map(Decimal::exact);
        let plus = |held: &Option<Exact>, more: Exact| held.clone().unwrap_or_else(Exact::zero).plus(&more);
        self.numerator = Some(plus(&self.numerator, numerator));
        self.denominator = denominator.map(|more| plus(&self.denominator, more)).or_else(|| self.denominator.clone());
    }
}

impl OwnSeries<'_> {
    fn result(&self, indicator: &OwnIndicator) -> OwnResult {
        let measure = indicator.measure.as_deref().and_then(OwnMeasure::from_label).unwrap_or(OwnMeasure::Percent);
        let aim = indicator.direction.as_deref().and_then(OwnAim::from_label).unwrap_or(OwnAim::Higher);
        let aggregation =
            indicator.aggregation.as_deref().and_then(OwnAggregation::from_label).unwrap_or(OwnAggregation::Sum);
        let first = self.period.first_month().month();
        let last = self.until.map_or(0, Month::month);
        let reported = self.counts.iter().filter(|(_, row)| row.is_reported());
        let reported = reported.filter(|(month, _)| (first..=last).contains(*month)).count();
        let found = self.counted(aggregation, if aggregation == OwnAggregation::Cumulative { 1 } else { first }, last);
        let mut result = OwnResult {
            indicator: indicator.clone(),
            measure,
            aim,
            aggregation,
            bands: indicator.bands.as_deref().and_then(OwnBands::parse).unwrap_or_default(),
            figure: found.figure(measure),
            numerator: found.numerator,
            denominator: found.denominator,
            target: None,
            months: self.months(aggregation, measure, last),
            reported,
            begun: usize::try_from((last + 1).saturating_sub(first)).unwrap_or(0),
        };
        result.target = self.until.and_then(|until| result.target_by(until));
        result
    }

    /// Gathers the counts from one month to another.
    fn counted(&self, aggregation: OwnAggregation, first: u32, last: u32) -> CountsSoFar {
        let mut so_far = CountsSoFar::default();
        for (month, row) in &self.counts {
            if (first..=last).contains(month) && row.is_reported() {
                so_far.add(row, aggregation);
            }
        }
        so_far
    }

    fn months(&self, aggregation: OwnAggregation, measure: OwnMeasure, last: u32) -> Vec<OwnMonth> {
        let figure = |number: u32| {
            if !self.counts.get(&number).is_some_and(|row| row.is_reported()) {
                return OwnFigure::NotReported;
            }
            let first = if aggregation == OwnAggregation::Cumulative { 1 } else { number };
            self.counted(aggregation, first, number).figure(measure)
        };
        let month = |number: u32| Month::new(self.period.year(), number);
        (1..=last).filter_map(|number| Some(OwnMonth { month: month(number)?, figure: figure(number) })).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::PeriodKind;

    fn indicator(code: &str, aggregation: &str, measure: &str, target: Option<&str>) -> OwnIndicator {
        OwnIndicator {
            year: 2025,
            code: code.to_owned(),
            name: code.to_owned(),
            set: None,
            target: target.and_then(Decimal::parse),
            measure: Some(measure.to_owned()),
            direction: None,
            aggregation: Some(aggregation.to_owned()),
            bands: None,
            basis: None,
            in_force: None,
        }
    }

    fn month(number: u32) -> Period {
        Period::containing(PeriodKind::Month, Month::new(2025, number).unwrap())
    }

    fn counts(number: u32, numerator: Option<&str>, denominator: Option<&str>) -> OwnAchievement {
        let digits = |text: Option<&str>| text.and_then(Decimal::parse);
        OwnAchievement {
            numerator: digits(numerator),
            denominator: digits(denominator),
            ..OwnAchievement::unreported(month(number), "A")
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "each test makes its own")]
    fn year_of(indicator: OwnIndicator, rows: Vec<OwnAchievement>, period: Period, until: u32) -> OwnResult {
        let own = OwnRows { indicators: vec![&indicator], achievements: rows.iter().collect() };
        OwnYear::new(&own, period, Month::new(2025, until)).results.remove(0)
    }

    fn ratio(numerator: i64, denominator: i64) -> OwnFigure {
        OwnFigure::Number(Exact::from(numerator).over(&Exact::from(denominator)).unwrap())
    }

    #[test]
    fn months_add_up_and_what_nobody_reported_is_no_zero() {
        let rows = vec![counts(1, Some("8"), Some("10")), counts(2, Some("0"), Some("5")), counts(4, None, Some("9"))];
        let found = year_of(indicator("A", "jumlah", "%", Some("85")), rows, Period::whole_year(2025), 6);
        assert_eq!(found.figure, ratio(800, 15));
        assert_eq!((found.reported, found.begun, found.is_reached()), (2, 6, Some(false)));
        assert_eq!(found.months[1].figure, ratio(0, 1));
        assert_eq!(found.months[3].figure, OwnFigure::NotReported);
        let none = year_of(indicator("A", "jumlah", "%", None), Vec::new(), Period::whole_year(2025), 6);
        assert_eq!((none.figure, none.target), (OwnFigure::NotReported, None));
        let nobody = vec![counts(3, Some("0"), Some("0"))];
        let nobody = year_of(indicator("A", "jumlah", "%", None), nobody, month(3), 3);
        assert_eq!(nobody.figure, OwnFigure::NotApplicable);
        let half = vec![counts(3, Some("4"), None)];
        let half = year_of(indicator("A", "jumlah", "%", None), half, month(3), 3);
        assert_eq!(half.figure, OwnFigure::CannotCompute(OwnObstacle::NoDenominator));
    }

    #[test]
    fn what_accumulates_counts_since_january_and_its_target_falls_due_in_twelfths() {
        let since = |number, count: &str| OwnAchievement {
            accumulated: Decimal::parse(count),
            denominator: Decimal::parse("200"),
            ..OwnAchievement::unreported(month(number), "A")
        };
        let of = |rows, until| year_of(indicator("A", "kumulatif", "%", Some("100")), rows, month(until), until);
        let found = of(vec![since(3, "40"), counts(4, Some("10"), None)], 4);
        assert_eq!(
            (found.figure.clone(), found.target.clone()),
            (ratio(25, 1), Exact::from(100).over(&Exact::from(3)))
        );
        assert_eq!(found.is_reached(), Some(false));
        let fallen = of(vec![since(3, "40"), since(4, "39")], 4);
        assert_eq!(fallen.figure, OwnFigure::CannotCompute(OwnObstacle::Falls));
    }

    #[test]
    fn the_last_month_stands_and_an_index_has_a_band() {
        let mut own = indicator("A", "terakhir", "indeks", None);
        own.bands = Some(">0,8 = Sehat; >=0,5 = Pra-sehat; <0,5 = Tidak sehat".to_owned());
        let index = OwnAchievement { figure: Decimal::parse("0.812"), ..OwnAchievement::unreported(month(6), "A") };
        let rows = vec![counts(2, Some("1"), Some("2")), index];
        let found = year_of(own.clone(), rows.clone(), Period::whole_year(2025), 12);
        assert_eq!((found.figure.clone(), found.band()), (ratio(812, 1000), Some("Sehat")));
        let before = year_of(own, rows, Period::whole_year(2025), 5);
        assert_eq!((before.figure.clone(), before.band()), (ratio(1, 2), Some("Pra-sehat")));
    }

    #[test]
    fn a_figure_alone_stands_for_its_month_and_adds_to_nothing() {
        let alone =
            |number| OwnAchievement { figure: Decimal::parse("90"), ..OwnAchievement::unreported(month(number), "A") };
        let of = |rows, period, until| year_of(indicator("A", "jumlah", "%", None), rows, period, until).figure;
        assert_eq!(of(vec![alone(1)], month(1), 1), ratio(90, 1));
        let both = vec![alone(1), counts(2, Some("1"), Some("2"))];
        assert_eq!(of(both, Period::whole_year(2025), 2), OwnFigure::CannotCompute(OwnObstacle::NoCounts));
    }

    #[test]
    fn a_later_year_replaces_and_ends() {
        let row = |year, target: &str, in_force: Option<&str>| {
            let in_force = in_force.map(str::to_owned);
            OwnIndicator { year, in_force, ..indicator("A", "jumlah", "%", Some(target)) }
        };
        let rows = [row(2023, "80", None), row(2025, "90", None), row(2027, "90", Some("Tidak"))];
        let other = OwnAchievement { code: "B".to_owned(), ..counts(1, Some("1"), Some("1")) };
        let own = OwnRows { indicators: rows.iter().collect(), achievements: vec![&other] };
        let target = |year| own.in_force(year).first().and_then(|row| row.target.clone());
        assert_eq!(
            [target(2022), target(2024), target(2026), target(2027)],
            [None, Decimal::parse("80"), Decimal::parse("90"), None]
        );
        let found = OwnYear::new(&own, Period::whole_year(2025), Month::new(2025, 12));
        assert_eq!(found.unexplained, ["B"]);
    }

    proptest! {
        #[test]
        fn a_period_is_the_ratio_of_its_sums(pairs in proptest::collection::vec((0_u32..500, 1_u32..500), 1..=12)) {
            let rows = (1..).zip(&pairs).map(|(number, (numerator, denominator))| {
                counts(number, Some(&numerator.to_string()), Some(&denominator.to_string()))
            });
            let found = year_of(indicator("A", "jumlah", "%", None), rows.collect(), Period::whole_year(2025), 12);
            let sum = |of: fn(&(u32, u32)) -> u32| pairs.iter().map(|pair| i64::from(of(pair))).sum::<i64>();
            prop_assert_eq!(found.figure, ratio(sum(|pair| pair.0) * 100, sum(|pair| pair.1)));
            prop_assert_eq!(found.reported, pairs.len());
        }
    }
}
