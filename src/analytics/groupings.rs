//! The sums over facts: polars group-bys over sorted dense codes. Returns one entry per facility of a range, or per
//! (facility, service); knows nothing of targets and scores.

use std::ops::Range;

use polars::prelude::*;

use crate::domain::{Aggregation, Month, Ratio};

use super::AnalyticsError;
use super::achievement_frame::{AGGREGATIONS, AchievementFrame};
use super::columns::rows_of;
use super::frames::{Frames, day};
use super::window::Window;

/// The pairs of one facility that come from dated facts, and whether it has any.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FacilitySums {
    /// DTK: points of checklists, out of their maximum.
    pub checklist: Ratio,
    /// BKT: pieces of evidence present, out of those required.
    pub evidence: Ratio,
    /// RTL: follow-ups done, out of those due or done.
    pub follow_ups: Ratio,
    /// LOK: lokmin attended, out of those invited to.
    pub lokmin: Ratio,
    /// KLP: reports that came, out of those owed.
    pub reports: Ratio,
    /// TPT: reports that came in time, out of those owed whose time is known.
    pub reports_in_time: Ratio,
    /// True if a visit, a report, an attendance or an achievement of the period is there.
    pub has_data: bool,
}

/// One service indicator of one facility: reported in at least one month that counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceSum {
    /// Index of the facility.
    pub facility: u32,
    /// Index of the service indicator.
    pub service: u32,
    /// Pair by the indicator's aggregation.
    pub ratio: Ratio,
    /// Number of months reported.
    pub months: u32,
    /// True if one of them lies in the period itself, and not before it (since January).
    pub in_period: bool,
}

/// The sums of the facilities in `facilities`, in their order.
pub fn facility_sums(
    frames: &Frames,
    window: &Window,
    facilities: &Range<u32>,
) -> Result<Vec<FacilitySums>, AnalyticsError> {
    let mut sums = vec![FacilitySums::default(); facilities.len()];
    if !window.has_begun() {
        return Ok(sums);
    }
    let first = lit(day(window.period.first_day()));
    let until = lit(day(window.as_of));
    let in_window = |column: &str| col(column).gt_eq(first.clone()).and(col(column).lt_eq(until.clone()));

    let aggregations = ["points", "maximum", "present", "required"].map(|column| col(column).sum());
    for (facility, [points, maximum, present, required]) in
        grouped("pembinaan", &frames.visits, facilities, in_window("day"), aggregations)?
    {
        let sums = &mut sums[facility];
        sums.checklist = Ratio { numerator: points, denominator: maximum };
        sums.evidence = Ratio { numerator: present, denominator: required };
        sums.has_data = true;
    }
    let last = lit(day(window.period.last_day()));
    let done = || col("done").lt_eq(until.clone());
    let due = col("due").gt_eq(first.clone()).and(col("due").lt_eq(last));
    let counts = due.and(col("due").lt_eq(until.clone()).or(done()));
    let aggregations = [done().sum().alias("completed"), len()];
    for (facility, [done, all]) in grouped("rtl", &frames.follow_ups, facilities, counts, aggregations)? {
        sums[facility].follow_ups = Ratio { numerator: done, denominator: all };
    }
    let aggregations = [col("attended").sum(), col("invited").sum()];
    for (facility, [attended, invited]) in
        grouped("lokmin", &frames.lokmin, facilities, months_of(window), aggregations)?
    {
        sums[facility].lokmin = Ratio { numerator: attended, denominator: invited };
        sums[facility].has_data |= attended > 0.0;
    }
    let came = col("received").lt_eq(until.clone()).sum().alias("came");
    // Of reports that came at an unknown time the ticks say nothing here.
    let timed = col("in_time").count().alias("timed");
    let in_time = col("in_time").sum();
    for (facility, [owed, came, in_time, timed]) in
        grouped("laporan", &frames.owed_reports, facilities, in_window("due"), [len(), came, in_time, timed])?
    {
        sums[facility].reports = Ratio { numerator: came, denominator: owed };
        sums[facility].reports_in_time = Ratio { numerator: in_time, denominator: timed };
        sums[facility].has_data |= came > 0.0;
    }
    Ok(sums)
}

fn months_of(window: &Window) -> Expr {
    let last = window.last_begun.map_or(i32::MIN, Month::number);
    col("month").gt_eq(lit(window.period.first_month().number())).and(col("month").lt_eq(lit(last)))
}

/// The sums of each facility that has rows after `filter`: its place in `facilities` and one number per aggregation.
fn grouped<const N: usize>(
    what: &'static str,
    frame: &DataFrame,
    facilities: &Range<u32>,
    filter: Expr,
    aggregations: [Expr; N],
) -> Result<Vec<(usize, [f64; N])>, AnalyticsError> {
    let numbers = aggregations.map(|aggregation| aggregation.cast(DataType::Float64));
    let sums = rows_of(frame, facilities)
        .and_then(|rows| rows.lazy().filter(filter).group_by_stable([col("facility")]).agg(numbers).collect());
    sums.and_then(|sums| numbers_by_facility(&sums, facilities.start)).map_err(AnalyticsError::during(what))
}

fn numbers_by_facility<const N: usize>(sums: &DataFrame, first: u32) -> PolarsResult<Vec<(usize, [f64; N])>> {
    let codes = sums.column("facility")?.u32()?.rechunk();
    let mut rows: Vec<(usize, [f64; N])> =
        codes.into_no_null_iter().map(|code| (usize::try_from(code - first).unwrap_or(0), [0.0; N])).collect();
    for (place, column) in sums.columns().iter().skip(1).take(N).enumerate() {
        for (row, number) in rows.iter_mut().zip(column.f64()?.iter()) {
            row.1[place] = number.unwrap_or(0.0);
        }
    }
    Ok(rows)
}

/// The service indicators of the facilities in `facilities`, one list for each of [`AGGREGATIONS`], each by (facility,
/// service).
///
/// Rows count from January (cumulative) or from the period's first month on, to the last month begun.
pub fn service_sums(
    frames: &Frames,
    window: &Window,
    facilities: &Range<u32>,
) -> Result<[Vec<ServiceSum>; 3], AnalyticsError> {
    let Some(last) = window.last_begun else { return Ok(AGGREGATIONS.map(|_| Vec::new())) };
    let sums = |place: usize| {
        sums_of(&frames.achievements[place], AGGREGATIONS[place], window, last, facilities)
            .map_err(AnalyticsError::during("capaian"))
    };
    // polars' filters and last steps run on one core: three queries side by side keep the others busy.
    let (sum, cumulative, last) = std::thread::scope(|scope| {
        let sum = scope.spawn(|| sums(0));
        let cumulative = scope.spawn(|| sums(1));
        let last = sums(2);
        (joined(sum), joined(cumulative), last)
    });
    Ok([sum?, cumulative?, last?])
}

/// Waits for a thread, and lets its panic go on in this one.
pub fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn sums_of(
    frame: &AchievementFrame,
    aggregation: Aggregation,
    window: &Window,
    last: Month,
    facilities: &Range<u32>,
) -> PolarsResult<Vec<ServiceSum>> {
    let code =
        |bound: u32| u32::try_from(frame.pairs.partition_point(|&(facility, _)| facility < bound)).unwrap_or(u32::MAX);
    let first = match aggregation {
        Aggregation::Cumulative => window.january(),
        Aggregation::Sum | Aggregation::Last => window.period.first_month(),
    };
    let counts = col("month").gt_eq(lit(first.number())).and(col("month").lt_eq(lit(last.number())));
    let (numerator, denominator) = match aggregation {
        Aggregation::Sum => (col("numerator").sum(), col("denominator").sum()),
        Aggregation::Cumulative | Aggregation::Last => (col("numerator").last(), col("denominator").last()),
    };
    let months = len().cast(DataType::UInt32).alias("months");
    let sums = rows_of(&frame.rows, &(code(facilities.start)..code(facilities.end)))?
        .lazy()
        .filter(counts)
        .group_by_stable([col("pair")])
        .agg([numerator, denominator, months, col("month").last()])
        .collect()?;
    read_sums(&sums, &frame.pairs, window.period.first_month())
}

fn read_sums(sums: &DataFrame, pairs: &[(u32, u32)], first: Month) -> PolarsResult<Vec<ServiceSum>> {
    let codes = sums.column("pair")?.u32()?.into_no_null_iter();
    let mut read: Vec<ServiceSum> = codes
        .map(|code| {
            let (facility, service) = pairs[code as usize];
            ServiceSum { facility, service, ratio: Ratio::default(), months: 0, in_period: false }
        })
        .collect();
    for (sum, numerator) in read.iter_mut().zip(sums.column("numerator")?.f64()?.into_no_null_iter()) {
        sum.ratio.numerator = numerator;
    }
    for (sum, denominator) in read.iter_mut().zip(sums.column("denominator")?.f64()?.iter()) {
        sum.ratio.denominator = denominator.unwrap_or(0.0);
    }
    for (sum, months) in read.iter_mut().zip(sums.column("months")?.u32()?.into_no_null_iter()) {
        sum.months = months;
    }
    for (sum, last) in read.iter_mut().zip(sums.column("month")?.i32()?.into_no_null_iter()) {
        sum.in_period = last >= first.number();
    }
    Ok(read)
}
