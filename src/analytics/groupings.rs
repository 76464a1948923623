//! The sums over facts: polars group-bys over sorted dense codes. Returns one entry per facility of a range, or per
//! (facility, service); knows nothing of targets and scores.

use std::ops::Range;

use polars::prelude::*;

use crate::domain::{Aggregation, Month, Ratio};

use super::AnalyticsError;
use super::frames::{Frames, day, rows_of};
use super::window::Window;

/// The pairs of one facility that come from dated facts, and whether it has any.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FacilitySums {
    /// DTK.
    pub checklist: Ratio,
    /// BKT.
    pub evidence: Ratio,
    /// RTL.
    pub follow_ups: Ratio,
    /// LOK.
    pub lokmin: Ratio,
    /// KLP.
    pub reports: Ratio,
    /// TPT.
    pub reports_in_time: Ratio,
    /// Whether a visit, a report, an attendance or an achievement of the period is there.
    pub has_data: bool,
}

/// One service indicator of one facility: reported in at least one month that counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceSum {
    /// Index of the facility.
    pub facility: u32,
    /// Index of the service indicator.
    pub service: u32,
    /// By the indicator's aggregation.
    pub ratio: Ratio,
    /// Months reported.
    pub months: u32,
    /// Whether one of them lies in the period itself (and not before it, since January).
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
    let (first, until) = (lit(day(window.period.first_day())), lit(day(window.as_of)));
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
    let in_time = col("received").lt_eq(col("due")).sum().alias("in_time");
    for (facility, [owed, came, in_time]) in
        grouped("laporan", &frames.owed_reports, facilities, in_window("due"), [len(), came, in_time])?
    {
        sums[facility].reports = Ratio { numerator: came, denominator: owed };
        sums[facility].reports_in_time = Ratio { numerator: in_time, denominator: owed };
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

/// What one service indicator's rows become, `None` where it is not in force.
pub type AggregationByService = [Option<Aggregation>];

/// The service indicators of the facilities in `facilities`, by (facility, service).
///
/// One group-by over the pairs' slices gives sum and last of both counts; the aggregation then takes its own.
/// Rows count from January (cumulative) or from the period's first month on, to the last month begun.
pub fn service_sums(
    frames: &Frames,
    window: &Window,
    facilities: &Range<u32>,
    aggregations: &AggregationByService,
) -> Result<Vec<ServiceSum>, AnalyticsError> {
    let Some(last) = window.last_begun else { return Ok(Vec::new()) };
    let what = "capaian";
    let start = frames.pairs.partition_point(|&(facility, _)| facility < facilities.start);
    let end = frames.pairs.partition_point(|&(facility, _)| facility < facilities.end);
    let pairs = u32::try_from(start).unwrap_or(u32::MAX)..u32::try_from(end).unwrap_or(u32::MAX);
    let rows = rows_of(&frames.achievements, &pairs).map_err(AnalyticsError::during(what))?;
    let sums = sum_pairs(rows, window, last.number(), aggregations).map_err(AnalyticsError::during(what))?;
    let first = window.period.first_month().number();
    read_pairs(&sums, first, &frames.pairs, aggregations).map_err(AnalyticsError::during(what))
}

/// From which month on the rows of each service indicator count.
fn first_months(window: &Window, aggregations: &AggregationByService) -> Series {
    let first = |aggregation: &Option<Aggregation>| match aggregation {
        Some(Aggregation::Cumulative) => window.january().number(),
        Some(Aggregation::Sum | Aggregation::Last) => window.period.first_month().number(),
        None => i32::MAX,
    };
    Series::new("from".into(), aggregations.iter().map(first).collect::<Vec<i32>>())
}

fn sum_pairs(
    rows: DataFrame,
    window: &Window,
    last: i32,
    aggregations: &AggregationByService,
) -> PolarsResult<DataFrame> {
    let has_gaps = rows.column("denominator")?.null_count() > 0;
    let from = lit(first_months(window, aggregations)).gather(col("service"), false);
    let counting = rows.lazy().filter(col("month").gt_eq(from).and(col("month").lt_eq(lit(last))));
    let mut sums = vec![
        col("numerator").sum().alias("numerators"),
        col("denominator").sum().alias("denominators"),
        len().cast(DataType::UInt32).alias("months"),
        col("month").last().alias("last_month"),
    ];
    if !has_gaps {
        sums.extend([
            col("numerator").last().alias("last_numerator"),
            col("denominator").last().alias("last_denominator"),
        ]);
        return counting.group_by_stable([col("pair")]).agg(sums).collect();
    }
    let paired = when(col("denominator").is_not_null()).then(col("numerator")).otherwise(lit(NULL));
    sums.extend([
        col("paired").sum().alias("paired_numerators"),
        col("paired").count().cast(DataType::UInt32).alias("paired_months"),
        col("paired").drop_nulls().last().alias("last_numerator"),
        col("denominator").drop_nulls().last().alias("last_denominator"),
    ]);
    counting.with_column(paired.alias("paired")).group_by_stable([col("pair")]).agg(sums).collect()
}

/// A column of numbers; null only where no row had one.
fn numbers(sums: &DataFrame, name: &str) -> PolarsResult<Vec<Option<f64>>> {
    Ok(sums.column(name)?.f64()?.iter().collect())
}

/// Lets each pair's aggregation take its own numerator and denominator.
fn read_pairs(
    sums: &DataFrame,
    first_month: i32,
    pairs: &[(u32, u32)],
    aggregations: &AggregationByService,
) -> PolarsResult<Vec<ServiceSum>> {
    let or = |name: &'static str, otherwise: &'static str| {
        if sums.column(name).is_ok() { name } else { otherwise }
    };
    let codes = sums.column("pair")?.u32()?;
    let numerators = numbers(sums, "numerators")?;
    let paired = numbers(sums, or("paired_numerators", "numerators"))?;
    let last_numerator = numbers(sums, "last_numerator")?;
    let denominators = numbers(sums, "denominators")?;
    let last_denominator = numbers(sums, "last_denominator")?;
    let months: Vec<u32> = sums.column("months")?.u32()?.into_no_null_iter().collect();
    let paired_months: Vec<u32> = sums.column(or("paired_months", "months"))?.u32()?.into_no_null_iter().collect();
    let last_month = sums.column("last_month")?.i32()?;
    let rows = codes.into_no_null_iter().zip(last_month.into_no_null_iter()).enumerate();
    let read = |(row, (pair, last_month)): (usize, (u32, i32))| {
        let (facility, service) = pairs[usize::try_from(pair).ok()?];
        let aggregation = aggregations[usize::try_from(service).ok()?]?;
        let (numerator, denominator, months) = match aggregation {
            Aggregation::Sum => (paired[row], denominators[row], paired_months[row]),
            Aggregation::Cumulative => (numerators[row], last_denominator[row], months[row]),
            Aggregation::Last => (last_numerator[row], last_denominator[row], paired_months[row]),
        };
        let ratio = Ratio { numerator: numerator.unwrap_or(0.0), denominator: denominator.unwrap_or(0.0) };
        (months > 0).then_some(ServiceSum { facility, service, ratio, months, in_period: last_month >= first_month })
    };
    Ok(rows.filter_map(read).collect())
}
