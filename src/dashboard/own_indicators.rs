//! Indicators of the Puskesmas itself as a page shows them: a row for each with its figure, its target, its months and
//! whether the target is reached, and the year as charts, set by set.

use std::collections::BTreeMap;

use crate::charts::{Chart, ChartKind, MarkAnswer, PwsTargets, SmallMultiples, SmallPanel};
use crate::domain::exact::Exact;
use crate::domain::own_indicator::{OwnAggregation, OwnAim, OwnFigure, OwnMeasure, OwnResult, OwnYear};
use crate::domain::{Date, Facts, Month, Period, Status, format};

/// Name of the indicators that came with no set.
const OWN_SET: &str = "Indikator sendiri";

/// A month of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnMonthCell {
    /// Month of the figure.
    pub month: Month,
    /// Figure with its unit, or the words for what is missing.
    pub shown: String,
    /// Number in its unit; `None` where there is none.
    pub value: Option<f64>,
}

/// An indicator of the Puskesmas in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRow {
    /// Code of the indicator.
    pub code: String,
    /// Name of the indicator.
    pub name: String,
    /// Set that it came with.
    pub set: String,
    /// Paper that it follows; may be empty.
    pub basis: String,
    /// Figure of the period in its unit, unrounded; `None` where `shown` says what is missing.
    pub value: Option<f64>,
    /// Figure with its unit, or the words for what is missing.
    pub shown: String,
    /// Numerator of the period.
    pub numerator: Option<f64>,
    /// Denominator of the period.
    pub denominator: Option<f64>,
    /// Target that is due, in its unit.
    pub target: Option<f64>,
    /// The same with its unit; empty where there is none.
    pub target_shown: String,
    /// Word of the unit.
    pub measure: OwnMeasure,
    /// Direction in which it is better.
    pub aim: OwnAim,
    /// Way from the months to the period.
    pub aggregation: OwnAggregation,
    /// Class by which its symbol is drawn.
    pub class: Status,
    /// Word for that class: *Tercapai*, *Belum tercapai*, a band, or why it is not judged.
    pub state: String,
    /// Months of the period that were reported, of those that have begun.
    pub reported: usize,
    /// Months of the period that have begun.
    pub begun: usize,
    /// Difference to the period before, in its unit.
    pub change: Option<f64>,
    /// Months of the year up to the last that has begun.
    pub months: Vec<OwnMonthCell>,
}

/// The indicators of the Puskesmas in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnStanding {
    /// Rows, set by set, by code.
    pub rows: Vec<OwnRow>,
    /// Charts with the name of their set.
    pub charts: Vec<(String, Chart)>,
    /// Codes of counts that no indicator in force explains.
    pub unexplained: Vec<String>,
}

impl OwnStanding {
    /// Computes the indicators of the only Puskesmas of some facts in a period, as of a day.
    pub fn new(facts: &Facts, period: Period, as_of: Date) -> Self {
        let until = period.last_begun_month(as_of);
        let own = facts.written.own_rows(0);
        let found = OwnYear::new(&own, period, until);
        let before = OwnYear::new(&own, period.previous(), Some(period.previous().last_month()));
        let former: BTreeMap<&str, &OwnResult> =
            before.results.iter().map(|result| (result.indicator.code.as_str(), result)).collect();
        let mut rows: Vec<OwnRow> = found
            .results
            .iter()
            .map(|result| row(result, former.get(result.indicator.code.as_str()).copied()))
            .collect();
        rows.sort_by(|one, other| (&one.set, &one.code).cmp(&(&other.set, &other.code)));
        let charts = until.map(|until| charts(&found.results, until)).unwrap_or_default();
        Self { rows, charts, unexplained: found.unexplained }
    }

    /// Returns the finding in a sentence.
    pub fn finding(&self) -> String {
        let judged: Vec<&OwnRow> = self
            .rows
            .iter()
            .filter(|row| row.target.is_some() && row.value.is_some() && row.aim != OwnAim::Counted)
            .collect();
        let reached = judged.iter().filter(|row| row.class == Status::Good).count();
        let silent = self.rows.iter().filter(|row| row.value.is_none()).count();
        let silent = if silent == 0 { String::new() } else { format!("; {silent} belum ada angkanya") };
        format!("{reached} dari {} indikator yang dinilai tercapai{silent}", judged.len())
    }
}

/// Returns a figure with its unit.
fn figure_words(number: &Exact, measure: OwnMeasure) -> String {
    format!("{}{}", format::number(number.to_number(), measure.decimals()), measure.sign())
}

fn figure_or_reason(figure: &OwnFigure, measure: OwnMeasure) -> String {
    match figure {
        OwnFigure::Number(number) => figure_words(number, measure),
        OwnFigure::NotReported => "belum lapor".to_owned(),
        OwnFigure::NotApplicable => "tidak ada sasaran".to_owned(),
        OwnFigure::CannotCompute(obstacle) => obstacle.words().to_owned(),
    }
}

/// The class and the word for it.
fn judged(result: &OwnResult) -> (Status, String) {
    let Some(number) = result.figure.number() else {
        return (Status::NoData, figure_or_reason(&result.figure, result.measure));
    };
    if let (Some(name), Some((place, bands))) = (result.band(), result.bands.place(number)) {
        let class = match place {
            0 => Status::Good,
            place if place + 1 < bands => Status::Fair,
            _ => Status::Poor,
        };
        return (class, name.to_owned());
    }
    match result.is_reached() {
        Some(true) => (Status::Good, "Tercapai".to_owned()),
        Some(false) => (Status::Poor, "Belum tercapai".to_owned()),
        None if result.aim == OwnAim::Counted => (Status::NoData, "Hanya dihitung".to_owned()),
        None => (Status::NoData, "Tanpa target".to_owned()),
    }
}

fn row(result: &OwnResult, former: Option<&OwnResult>) -> OwnRow {
    let number = |exact: &Option<Exact>| exact.as_ref().map(Exact::to_number);
    let (class, state) = judged(result);
    let value = result.figure.number();
    let before = former.filter(|former| former.measure == result.measure).and_then(|former| former.figure.number());
    let month = |month: &crate::domain::own_indicator::OwnMonth| OwnMonthCell {
        month: month.month,
        shown: figure_or_reason(&month.figure, result.measure),
        value: month.figure.number().map(Exact::to_number),
    };
    OwnRow {
        code: result.indicator.code.clone(),
        name: result.indicator.name.clone(),
        set: result.indicator.set.clone().unwrap_or_else(|| OWN_SET.to_owned()),
        basis: result.indicator.basis.clone().unwrap_or_default(),
        value: value.map(Exact::to_number),
        shown: figure_or_reason(&result.figure, result.measure),
        numerator: number(&result.numerator),
        denominator: number(&result.denominator).filter(|_| result.measure.is_ratio()),
        target: number(&result.target),
        target_shown: result.target.as_ref().map(|target| target_words(target, result)).unwrap_or_default(),
        measure: result.measure,
        aim: result.aim,
        aggregation: result.aggregation,
        class,
        state,
        reported: result.reported,
        begun: result.begun,
        // One decimal is shown: of an index that says nothing.
        change: value
            .zip(before)
            .filter(|_| result.measure != OwnMeasure::Index)
            .map(|(now, before)| now.to_number() - before.to_number()),
        months: result.months.iter().map(month).collect(),
    }
}

fn target_words(target: &Exact, result: &OwnResult) -> String {
    let sign = match result.aim {
        OwnAim::Higher => "≥ ",
        OwnAim::Lower => "≤ ",
        OwnAim::Counted => "",
    };
    format!("{sign}{}", figure_words(target, result.measure))
}

/// The charts of each set: its percentages with targets, month by month. Counts, indexes and what has no target stand in
/// the table alone: on an axis of percentages they would look like something else.
fn charts(results: &[OwnResult], until: Month) -> Vec<(String, Chart)> {
    let mut sets: BTreeMap<&str, Vec<&OwnResult>> = BTreeMap::new();
    let is_drawn = |result: &&OwnResult| {
        let has_figures = result.months.iter().any(|month| month.figure.number().is_some());
        result.measure == OwnMeasure::Percent && result.target.is_some() && has_figures
    };
    for result in results.iter().filter(is_drawn) {
        sets.entry(result.indicator.set.as_deref().unwrap_or(OWN_SET)).or_default().push(result);
    }
    sets.into_iter().map(|(set, results)| (set.to_owned(), year_chart(set, &results, until))).collect()
}

fn year_chart(set: &str, results: &[&OwnResult], until: Month) -> Chart {
    let behind = results.iter().filter(|result| result.is_reached() == Some(false)).count();
    let panel = |result: &&OwnResult| {
        let mut values = [None; 12];
        for month in &result.months {
            values[(month.month.month() - 1) as usize] = month.figure.number().map(Exact::to_number);
        }
        let target = |month: u32| {
            let month = Month::new(until.year(), month)?;
            result.target_by(month).map(|target| target.to_number())
        };
        let targets: [f64; 12] =
            std::array::from_fn(|place| u32::try_from(place + 1).ok().and_then(target).unwrap_or_default());
        SmallPanel {
            name: result.indicator.name.clone(),
            values,
            targets: PwsTargets::Monthly(targets),
            is_small: false,
            answer: MarkAnswer { detail: counts_words(result), ..MarkAnswer::default() },
        }
    };
    Chart {
        title: format!("{set}: {behind} dari {} indikator belum mencapai target", results.len()),
        subtitle: format!("Persen menurut bulan sampai {}, garis target", format::month(until)),
        source: "Sumber: Capaian Puskesmas".to_owned(),
        description: description(set, results),
        kind: ChartKind::SmallMultiples(SmallMultiples {
            noun: "indikator".to_owned(),
            until: until.month(),
            panels: results.iter().map(panel).collect(),
        }),
    }
}

fn counts_words(result: &OwnResult) -> String {
    let words = |number: &Exact| format::number(number.to_number(), 0);
    match (&result.numerator, &result.denominator) {
        (Some(numerator), Some(denominator)) => format!("{} dari {}", words(numerator), words(denominator)),
        _ => String::new(),
    }
}

fn description(set: &str, results: &[&OwnResult]) -> String {
    let words: Vec<String> = results
        .iter()
        .map(|result| format!("{} {}", result.indicator.name, figure_or_reason(&result.figure, result.measure)))
        .collect();
    format!("{set}: {}.", words.join("; "))
}
