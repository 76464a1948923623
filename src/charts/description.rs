//! Content of a chart as plain data: names, numbers, words. Knows nothing of how it is drawn,
//! and computes nothing that the page would have to say too.

use std::sync::Arc;

use super::answer::MarkAnswer;
use crate::domain::coordinates::BorderCorner;
use crate::domain::{Coordinates, SlotState, Status};

/// One chart: what its frame says, and what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The finding or the question.
    pub title: String,
    /// Measure and unit.
    pub subtitle: String,
    /// Footer: sources, as-of date, n of N facilities; wrapped where it is long.
    pub source: String,
    /// Text alternative: what a person would say who describes the picture.
    pub description: String,
    /// The kind of chart, with its data.
    pub kind: ChartKind,
}

/// The kinds of chart.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartKind {
    /// Horizontal bars, one a facility.
    Bars(Bars),
    /// Facility × month: visits planned and done.
    HeatMap(HeatMap),
    /// Figures over periods.
    Trend(TrendChart),
    /// Pemantauan wilayah setempat.
    Pws(Pws),
    /// Indicators around a centre ("sarang laba-laba").
    Radar(Radar),
    /// Two periods of every facility.
    Dumbbell(Dumbbell),
    /// Causes from many to few.
    Pareto(Pareto),
    /// Slots stacked by their states.
    SlotBars(SlotBars),
    /// The year of one figure, a small chart for each facility or indicator.
    SmallMultiples(SmallMultiples),
    /// Facilities where they lie.
    Map(FacilityMap),
}

/// A target and the words at its line.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetLine {
    /// In the unit of the values.
    pub value: f64,
    /// As `target Baik 91`; the number stands in it as the page writes it.
    pub label: String,
}

/// Horizontal bars; the drawing sorts them from high to low (missing last, then by name).
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// Written behind each value where it is short (`%`); empty for scores.
    pub unit: String,
    /// Target, where there is one.
    pub target: Option<TargetLine>,
    /// In any order.
    pub bars: Vec<Bar>,
}

/// The bar of one facility.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Name of the facility.
    pub name: String,
    /// Unrounded; `None` is drawn hatched with the words *belum ada data*.
    pub value: Option<f64>,
    /// Decides colour, shape and pattern.
    pub status: Status,
    /// Said when pointed at.
    pub answer: MarkAnswer,
}

/// Facilities (rows) by months (columns).
#[derive(Clone, Debug, PartialEq)]
pub struct HeatMap {
    /// Heads of the columns (`Jan` …).
    pub months: Vec<String>,
    /// In the order in which they are shown.
    pub rows: Vec<HeatRow>,
}

/// The months of one facility.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// Name of the facility.
    pub name: String,
    /// One for each of [`HeatMap::months`].
    pub cells: Vec<HeatCell>,
    /// Answer of the row and of each of its cells.
    pub answer: MarkAnswer,
}

/// One facility in one month; without marks nothing was planned and nothing happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatCell {
    /// Visits of the cell, most important first; at most three are drawn, the rest counted in the table.
    pub marks: Vec<VisitMark>,
    /// Said when pointed at (`Rencana Mei 2023, dikunjungi 3 Juni 2023`); may be empty.
    pub detail: String,
}

/// Meaning of one mark in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VisitMark {
    /// A planned visit and what became of it.
    Slot(SlotState),
    /// A visit that serves no slot.
    Unscheduled,
}

impl VisitMark {
    /// Every mark, in the order of the legend.
    pub const ALL: [Self; 9] = [
        Self::Slot(SlotState::OnSchedule),
        Self::Slot(SlotState::Rescheduled),
        Self::Slot(SlotState::Late),
        Self::Slot(SlotState::Early),
        Self::Slot(SlotState::Missed),
        Self::Slot(SlotState::Unreported),
        Self::Slot(SlotState::NotDue),
        Self::Slot(SlotState::Cancelled),
        Self::Unscheduled,
    ];

    /// The words of legend and table.
    pub fn label(self) -> &'static str {
        match self {
            Self::Slot(state) => state.label(),
            Self::Unscheduled => "Di luar jadwal",
        }
    }
}

/// Figures over periods.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendChart {
    /// Written behind the last value (`%`); empty for scores.
    pub unit: String,
    /// Labels of the periods, oldest first (`C1 2023`).
    pub periods: Vec<String>,
    /// Target, where there is one.
    pub target: Option<TargetLine>,
    /// Lines; at most four are labelled directly.
    pub series: Vec<Series>,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Label at its end.
    pub name: String,
    /// One for each of [`TrendChart::periods`]; `None` is a gap.
    pub values: Vec<Option<f64>>,
    /// Weight with which it is drawn.
    pub emphasis: Emphasis,
    /// One for each value, or none.
    pub answers: Vec<MarkAnswer>,
}

/// Weight with which a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// The total, or the facility that the page is about: thick, with its values.
    Main,
    /// Others, for comparison: thin and muted.
    Context,
}

/// The PWS chart of one service indicator and month.
#[derive(Clone, Debug, PartialEq)]
pub struct Pws {
    /// This month, 1–12.
    pub month: u32,
    /// Targets in percent.
    pub targets: PwsTargets,
    /// Facilities in any order; the drawing sorts them from high to low (missing last, then by name).
    pub columns: Vec<PwsColumn>,
    /// The Puskesmas' total, last at the right.
    pub total: PwsColumn,
}

/// Targets of a PWS chart.
#[derive(Clone, Debug, PartialEq)]
pub enum PwsTargets {
    /// Cumulative: what is due by the end of each month, January first.
    Monthly([f64; 12]),
    /// Not cumulative: the same in every month.
    Flat(f64),
}

impl PwsTargets {
    /// The target of a month (1–12).
    pub fn of_month(&self, month: u32) -> f64 {
        match self {
            Self::Monthly(targets) => targets[(month.clamp(1, 12) - 1) as usize],
            Self::Flat(target) => *target,
        }
    }
}

/// One column of a PWS chart, in percent, unrounded; `None` is *belum lapor*.
#[derive(Clone, Debug, PartialEq)]
pub struct PwsColumn {
    /// Name of the facility.
    pub name: String,
    /// To this month (for indicators that do not accumulate: the figure of the month).
    pub cumulative: Option<f64>,
    /// This month alone.
    pub this_month: Option<f64>,
    /// The month before (January: December before).
    pub last_month: Option<f64>,
    /// `None` where one of the two months is missing.
    pub trend: Option<PwsTrend>,
    /// Said when pointed at.
    pub answer: MarkAnswer,
}

/// This month's figure against the month before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PwsTrend {
    /// Higher than the month before (*naik*).
    Rising,
    /// Lower than the month before (*turun*).
    Falling,
    /// As high as the month before (*tetap*).
    Level,
}

impl PwsTrend {
    /// The word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rising => "naik",
            Self::Falling => "turun",
            Self::Level => "tetap",
        }
    }
}

/// Indicators around a centre, with their targets as second polygon.
#[derive(Clone, Debug, PartialEq)]
pub struct Radar {
    /// Whose values they are (`Semua faskes`).
    pub name: String,
    /// Clockwise from the top.
    pub axes: Vec<RadarAxis>,
    /// Words of what the axes mean.
    pub words: RadarWords,
}

/// Words of a radar that differ by what its axes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RadarWords {
    /// Said on an axis without a value.
    pub absent: &'static str,
    /// Name of the second polygon.
    pub bound: &'static str,
}

impl RadarWords {
    /// Indicators with their targets.
    pub const TARGETS: Self = Self { absent: "tidak berlaku", bound: "Target" };
    /// Performances with the bound of a class.
    pub const CLASS_BOUND: Self = Self { absent: "belum ada angka", bound: "Batas Baik" };
    /// Assessments out of full marks.
    pub const FULL_MARKS: Self = Self { absent: "persen belum ada", bound: "Nilai penuh" };
}

/// One axis, in percent.
#[derive(Clone, Debug, PartialEq)]
pub struct RadarAxis {
    /// Name of the indicator.
    pub name: String,
    /// Unrounded; `None` does not apply (or is not known) and is shown as such.
    pub value: Option<f64>,
    /// Target in percent.
    pub target: f64,
    /// Said when pointed at.
    pub answer: MarkAnswer,
}

/// Two periods of every facility, each a point on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Dumbbell {
    /// Written behind values in the table alternative (`%`); empty for scores.
    pub unit: String,
    /// Label of the earlier period.
    pub before: String,
    /// Label of the later period.
    pub now: String,
    /// Target, where there is one.
    pub target: Option<TargetLine>,
    /// In any order; the drawing sorts them by the later figure.
    pub rows: Vec<DumbbellRow>,
    /// The total, last.
    pub total: DumbbellRow,
}

/// One facility's two figures, unrounded; `None` is drawn as no point.
#[derive(Clone, Debug, PartialEq)]
pub struct DumbbellRow {
    /// Name of the facility.
    pub name: String,
    /// Figure of the earlier period.
    pub before: Option<f64>,
    /// Figure of the later period.
    pub now: Option<f64>,
    /// True if the earlier figure rests on a small denominator.
    pub is_before_small: bool,
    /// True if the later figure rests on a small denominator.
    pub is_now_small: bool,
    /// Said when pointed at.
    pub answer: MarkAnswer,
}

/// Causes with how often each occurs.
#[derive(Clone, Debug, PartialEq)]
pub struct Pareto {
    /// Noun of the causes (`faskes`, `aspek`).
    pub noun: String,
    /// In any order; the drawing sorts them from many to few and leaves out those that do not occur.
    pub rows: Vec<ParetoRow>,
}

/// One cause.
#[derive(Clone, Debug, PartialEq)]
pub struct ParetoRow {
    /// Name of the cause.
    pub name: String,
    /// Times that it occurs.
    pub count: u32,
    /// Said when pointed at.
    pub answer: MarkAnswer,
}

/// Slots counted by their states, a bar for each month or facility.
#[derive(Clone, Debug, PartialEq)]
pub struct SlotBars {
    /// Noun of the bars (`bulan`, `faskes`).
    pub noun: String,
    /// In the order in which they are shown.
    pub rows: Vec<SlotBar>,
}

/// Slots of one month or facility.
#[derive(Clone, Debug, PartialEq)]
pub struct SlotBar {
    /// Name of the month or facility.
    pub name: String,
    /// One for each of [`SlotState::ALL`].
    pub counts: [u32; SlotState::ALL.len()],
    /// Said when pointed at.
    pub answer: MarkAnswer,
}

/// The year of a percentage, a small chart for each facility or indicator, all on one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallMultiples {
    /// Noun of the small charts (`faskes`, `indikator`).
    pub noun: String,
    /// Month up to which figures are due, 1–12; its figure is written.
    pub until: u32,
    /// In the order in which they are shown; where not all are drawn, the first are.
    pub panels: Vec<SmallPanel>,
}

/// One small chart.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallPanel {
    /// Name of the facility or indicator.
    pub name: String,
    /// Percentages from January to December, unrounded; `None` up to the month due is a gap.
    pub values: [Option<f64>; 12],
    /// Targets in percent.
    pub targets: PwsTargets,
    /// True if its last figure rests on a small denominator.
    pub is_small: bool,
    /// Said when pointed at.
    pub answer: MarkAnswer,
}

/// Facilities where they lie, by status.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilityMap {
    /// In the order in which they are listed.
    pub points: Vec<MapPoint>,
    /// Names of the facilities whose place nobody wrote.
    pub unplaced: Vec<String>,
    /// Borders, each a line of corners.
    pub borders: Arc<Vec<Vec<BorderCorner>>>,
    /// Sentences below the map.
    pub notes: Vec<String>,
}

/// One facility on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPoint {
    /// Name of the facility.
    pub name: String,
    /// Place of the facility.
    pub place: Coordinates,
    /// Decides shape and colour of the marker.
    pub status: Status,
    /// Said when pointed at.
    pub answer: MarkAnswer,
}

/// The table alternative of a chart: what it shows, in words and numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartTable {
    /// Title and subtitle.
    pub caption: String,
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// Rows; each as long as the heads.
    pub rows: Vec<Vec<String>>,
}
