//! The yearly assessment (PKP) as a page and a paper show it: a row for each *upaya*, program, variabel and sub variabel,
//! the programs around a centre, the change to the year before, and where the sheet's own figures differ.

use crate::charts::{Chart, ChartKind, MarkAnswer, Radar, RadarAxis, RadarWords};
use crate::domain::exact::{Decimal, Exact};
use crate::domain::name::plain_words;
use crate::domain::pkp::{PkpBands, PkpLevel, PkpNode, PkpScale, PkpUnit, PkpValue, PkpYear};
use crate::domain::records::Field;
use crate::domain::{Facts, Status, format};

/// Decimal places of performances: one would show 90,96 as 91, which is another class.
const PLACES: usize = 2;
/// Fewest axes that make a shape.
const AXES_MIN: usize = 3;
/// Most axes whose names can be read.
const AXES_MAX: usize = 24;

/// A row of the assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct PkpRow {
    /// Path of numbers from the *upaya* down.
    pub code: String,
    /// Level of the row.
    pub level: PkpLevel,
    /// Name of the row.
    pub name: String,
    /// Target as written; empty where it has none.
    pub target: String,
    /// Unit in which is counted.
    pub measure: String,
    /// Total of the population.
    pub population: Option<f64>,
    /// Target of the population, as it follows, else as the sheet has it.
    pub planned: Option<f64>,
    /// Count that was reached.
    pub reached: Option<f64>,
    /// *Cakupan riil* with its unit; empty where there is none.
    pub coverage: String,
    /// Performance, unrounded; `None` where [`PkpRow::reason`] says why.
    pub performance: Option<f64>,
    /// Performance as it is shown, or the words for what is missing.
    pub shown: String,
    /// Reason why there is none, or what is missing below it; empty where nothing is.
    pub reason: String,
    /// Class; none while something is missing.
    pub class: Status,
    /// Difference to the year before, in the unit of the performance; both complete.
    pub change: Option<f64>,
    /// True for management: points of ten.
    pub is_of_points: bool,
    /// Cause, plan of follow-up, follow-up and evaluation, as somebody wrote them.
    pub words: [String; 4],
}

/// A figure of the sheet that is not what follows from its counts.
#[derive(Clone, Debug, PartialEq)]
pub struct PkpDisagreement {
    /// Path of the row.
    pub code: String,
    /// Name of the row.
    pub name: String,
    /// Figure of the row that differs.
    pub field: Field,
    /// Figure of the sheet with its unit.
    pub written: String,
    /// Figure that follows with its unit.
    pub computed: String,
}

/// The assessment of a year.
#[derive(Clone, Debug, PartialEq)]
pub struct PkpAssessment {
    /// Year that is shown.
    pub year: i32,
    /// Years of which there are rows, the latest first.
    pub years: Vec<i32>,
    /// Bounds of the classes.
    pub bands: PkpBands,
    /// Every row in order.
    pub rows: Vec<PkpRow>,
    /// Programs around a centre; `None` where they are too few or too many.
    pub chart: Option<Chart>,
    /// Figures of the sheet that differ.
    pub differences: Vec<PkpDisagreement>,
    /// Ends of the tree that have a performance …
    pub reported: usize,
    /// … of so many.
    pub asked: usize,
}

impl PkpAssessment {
    /// Computes the assessment of a year of the only Puskesmas of some facts, or of the latest year that there is.
    pub fn new(facts: &Facts, asked: Option<i32>) -> Self {
        Self::of_puskesmas(facts, 0, asked)
    }

    /// Computes the assessment of a year of one Puskesmas among some, or of its latest year that there is.
    pub fn of_puskesmas(facts: &Facts, puskesmas: u32, asked: Option<i32>) -> Self {
        let items = || facts.written.pkp.iter().filter(|owned| owned.puskesmas == puskesmas).map(|owned| &owned.row);
        let mut years: Vec<i32> = items().map(|item| item.year).collect();
        years.sort_unstable_by(|one, other| other.cmp(one));
        years.dedup();
        let year = asked.or_else(|| years.first().copied()).unwrap_or_default();
        let found = PkpYear::from_items(year, items());
        let former = PkpYear::from_items(year - 1, items());
        let before = named(&former);
        let bands = PkpBands::in_year(year);
        let rows: Vec<PkpRow> = named(&found)
            .iter()
            .map(|own| {
                let former = before.iter().find(|former| former.path == own.path).map(|former| former.node);
                row(own.node, &bands, former)
            })
            .collect();
        let differences = found.all().into_iter().flat_map(disagreements).collect();
        let chart = radar(&found, &bands);
        Self {
            year,
            years,
            bands,
            chart,
            differences,
            reported: found.efforts.iter().map(|node| node.reported).sum(),
            asked: found.efforts.iter().map(|node| node.asked).sum(),
            rows,
        }
    }

    /// Returns the rows of a level.
    pub fn of_level(&self, level: PkpLevel) -> impl Iterator<Item = &PkpRow> {
        self.rows.iter().filter(move |row| row.level == level)
    }

    /// Returns the finding in a sentence: `3 dari 5 program Baik; paling rendah Kesling (62,10 %)`.
    pub fn finding(&self) -> String {
        let judged = |row: &&PkpRow| matches!(row.class, Status::Good | Status::Fair | Status::Poor);
        let programs: Vec<&PkpRow> = self.of_level(PkpLevel::Program).collect();
        let of = programs.iter().filter(|row| judged(row)).count();
        let good = programs.iter().filter(|row| row.class == Status::Good).count();
        let is_percent = |row: &&&PkpRow| judged(row) && !row.is_of_points;
        let lowest = programs
            .iter()
            .filter(is_percent)
            .min_by(|one, other| one.performance.unwrap_or(0.0).total_cmp(&other.performance.unwrap_or(0.0)));
        let lowest = lowest.map(|row| format!("; paling rendah {} ({})", row.name, row.shown)).unwrap_or_default();
        if of == 0 {
            return format!(
                "{} dari {} baris punya kinerja; belum ada program yang lengkap",
                self.reported, self.asked
            );
        }
        format!("{good} dari {of} program yang lengkap Baik{lowest}")
    }
}

/// A node with the names of the rows above it and its own: numbers may change from year to year.
struct NamedNode<'y> {
    path: Vec<String>,
    node: &'y PkpNode,
}

fn named(year: &PkpYear) -> Vec<NamedNode<'_>> {
    fn add<'y>(found: &mut Vec<NamedNode<'y>>, above: &[String], nodes: &'y [PkpNode]) {
        for node in nodes {
            let mut path = above.to_vec();
            path.push(plain_words(&node.item.name));
            found.push(NamedNode { path: path.clone(), node });
            add(found, &path, &node.children);
        }
    }
    let mut found = Vec::new();
    add(&mut found, &[], &year.efforts);
    found
}

fn row(node: &PkpNode, bands: &PkpBands, former: Option<&PkpNode>) -> PkpRow {
    let item = &node.item;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let written = |decimal: &Option<Decimal>| decimal.as_ref().map(Decimal::to_number);
    let is_of_points = node.scale == PkpScale::Points;
    PkpRow {
        code: node.code.to_string(),
        level: node.level(),
        name: item.name.clone(),
        target: text(&item.target),
        measure: text(&item.measure),
        population: written(&item.population),
        planned: node.planned.as_ref().map(Exact::to_number).or_else(|| written(&item.planned)),
        reached: written(&item.reached).or_else(|| written(&item.score)),
        coverage: node.coverage.as_ref().map(|coverage| with_unit(coverage, node.unit)).unwrap_or_default(),
        performance: node.value.number().map(Exact::to_number),
        shown: performance_words(node),
        reason: reason(node),
        class: node.class(bands),
        change: former.and_then(|former| change(node, former)),
        is_of_points,
        words: [text(&item.cause), text(&item.plan), text(&item.follow_up), text(&item.evaluation)],
    }
}

fn change(node: &PkpNode, former: &PkpNode) -> Option<f64> {
    let are_whole = node.is_complete() && former.is_complete() && node.scale == former.scale;
    let difference = node.value.number()?.minus(former.value.number()?);
    let is_lower = difference < Exact::zero();
    let size = difference.distance(&Exact::zero()).to_number();
    are_whole.then_some(if is_lower { -size } else { size })
}

fn performance_words(node: &PkpNode) -> String {
    match &node.value {
        PkpValue::Number(number) if node.scale == PkpScale::Points => with_unit(number, PkpUnit::Plain),
        PkpValue::Number(number) => with_unit(number, PkpUnit::Percent),
        PkpValue::NotReported => "belum lapor".to_owned(),
        PkpValue::NotApplicable => "tidak berlaku".to_owned(),
        PkpValue::CannotCompute(_) => "tidak dapat dihitung".to_owned(),
    }
}

fn reason(node: &PkpNode) -> String {
    match &node.value {
        PkpValue::CannotCompute(obstacle) => obstacle.words().to_owned(),
        PkpValue::Number(_) if !node.is_complete() => format!("{} dari {} dilaporkan", node.reported, node.asked),
        PkpValue::NotApplicable => "tidak ada sasarannya".to_owned(),
        _ => String::new(),
    }
}

fn with_unit(exact: &Exact, unit: PkpUnit) -> String {
    format!("{}{}", format::number(exact.to_number(), PLACES), unit.sign())
}

fn disagreements(node: &PkpNode) -> Vec<PkpDisagreement> {
    let one = |difference: &crate::domain::pkp::PkpDifference| PkpDisagreement {
        code: node.code.to_string(),
        name: node.item.name.clone(),
        field: difference.field,
        written: format!("{}{}", difference.written.words(), difference.unit.sign()),
        computed: with_unit(&difference.computed, difference.unit),
    };
    node.differences.iter().map(one).collect()
}

/// The *sarang laba-laba* of the programs, with the bound of Baik as second polygon.
fn radar(year: &PkpYear, bands: &PkpBands) -> Option<Chart> {
    let programs: Vec<&PkpNode> =
        year.of_level(PkpLevel::Program).into_iter().filter(|node| node.scale == PkpScale::Percent).collect();
    if !(AXES_MIN..=AXES_MAX).contains(&programs.len()) || programs.iter().all(|node| node.value.number().is_none()) {
        return None;
    }
    let target: f64 = bands.percent.good.parse().unwrap_or(0.0);
    // A mean of fewer than all is no whole program: its axis says so.
    let name = |node: &PkpNode| {
        if node.is_complete() {
            return node.item.name.clone();
        }
        format!("{} ({} dari {})", node.item.name, node.reported, node.asked)
    };
    let to_axis = |node: &&PkpNode| RadarAxis {
        name: name(node),
        value: node.value.number().map(Exact::to_number),
        target,
        answer: MarkAnswer { detail: reason(node), ..MarkAnswer::default() },
    };
    let axes: Vec<RadarAxis> = programs.iter().map(to_axis).collect();
    let whole: Vec<&&PkpNode> = programs.iter().filter(|node| node.is_complete()).collect();
    let reached = whole.iter().filter(|node| node.class(bands) == Status::Good).count();
    let words: Vec<String> =
        programs.iter().map(|node| format!("{} {}", node.item.name, performance_words(node))).collect();
    Some(Chart {
        title: match (whole.len(), programs.len()) {
            (0, _) => "Belum ada program yang lengkap dilaporkan".to_owned(),
            (of, all) if of == all => format!("{reached} dari {of} program Baik"),
            (of, _) => format!("{reached} dari {of} program yang lengkap Baik"),
        },
        subtitle: format!("Kinerja program PKP {}, persen; garis kedua batas Baik {} %", year.year, bands.percent.good),
        source: format!("Sumber: lembar PKP {}, dihitung ulang", year.year),
        description: format!("Sarang laba-laba: {}; batas Baik {} %.", words.join("; "), bands.percent.good),
        kind: ChartKind::Radar(Radar { name: format!("PKP {}", year.year), axes, words: RadarWords::CLASS_BOUND }),
    })
}
