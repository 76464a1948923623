//! A figure over periods: the total (or the facility) against the groups (or the total) beside it.

use std::borrow::Cow;

use crate::analytics::results::{Evaluation, ResultBlock};
use crate::analytics::{HistoryPoint, Selection, history, trend_points};
use crate::charts::{Chart, ChartKind, Emphasis, MarkAnswer, MarkTarget, MarkedFigure, Series, TrendChart};
use crate::definitions::{TrendOf, TrendPanel};
use crate::domain::{FacilityGroup, format};

use super::context::{DashboardError, PageContext};
use super::measured;
use super::page::PanelBody;

/// The trend up to the chosen period; periods before the first recap are left out.
pub fn trend(context: &PageContext<'_>, options: &TrendPanel) -> Result<PanelBody, DashboardError> {
    let points = points(context, options.periods)?;
    if points.is_empty() {
        return Ok(PanelBody::Empty("Belum ada rekap untuk periode ini dan sebelumnya.".to_owned()));
    }
    let series = series(context, &points, &options.of);
    let words = measured::words(context, &options.of);
    let measure = words.name;
    Ok(PanelBody::chart(Chart {
        title: finding(&measure, &points, &series[0]),
        subtitle: format!("{measure}, {}, menurut {}", words.scale, format::period_kind(context.subject.period.kind())),
        source: context.source(),
        description: describe(&points, &series[0]),
        kind: ChartKind::Trend(TrendChart {
            unit: words.unit.to_owned(),
            periods: points.iter().map(|point| format::period_short(point.period)).collect(),
            target: Some(words.target),
            series,
        }),
    }))
}

fn points(context: &PageContext<'_>, count: u32) -> Result<Vec<HistoryPoint>, DashboardError> {
    let mut periods = vec![context.subject.period];
    while periods.len() < count as usize {
        periods.push(periods[periods.len() - 1].previous());
    }
    periods.reverse();
    let history = history(context.evaluator, context.subject.puskesmas, &periods, context.subject.as_of)?;
    Ok(history.points.into_iter().skip_while(|point| point.result.completeness.months.received == 0).collect())
}

/// Whose line it is: a facility's, a group's, or that of all.
#[derive(Clone, Copy)]
struct LineOwner {
    facility: Option<u32>,
    group: Option<FacilityGroup>,
}

fn series(context: &PageContext<'_>, points: &[HistoryPoint], of: &TrendOf) -> Vec<Series> {
    let everyone = LineOwner { facility: None, group: None };
    let line = |name: &str, emphasis, owner| line_of(context, points, of, NamedLine { name, emphasis, owner });
    let Some(facility) = context.subject.facility else {
        let mut all = vec![line("Semua faskes", Emphasis::Main, everyone)];
        let group = |group: FacilityGroup| LineOwner { facility: None, group: Some(group) };
        all.extend(FacilityGroup::ALL.map(|of| line(of.label(), Emphasis::Context, group(of))));
        all.retain(|series| series.emphasis == Emphasis::Main || series.values.iter().any(Option::is_some));
        return all;
    };
    let owner = LineOwner { facility: Some(facility), group: None };
    vec![
        line(&context.facility(facility).name, Emphasis::Main, owner),
        line("Semua faskes", Emphasis::Context, everyone),
    ]
}

/// A line's name and weight, and whose it is.
#[derive(Clone, Copy)]
struct NamedLine<'n> {
    name: &'n str,
    emphasis: Emphasis,
    owner: LineOwner,
}

fn line_of(context: &PageContext<'_>, points: &[HistoryPoint], of: &TrendOf, line: NamedLine<'_>) -> Series {
    let mut values = Vec::new();
    let mut answers = Vec::new();
    for point in points {
        let block = block_of(context, point, line.owner);
        values.push(block.as_deref().and_then(|block| measured::value(block, of)));
        answers.push(MarkAnswer::new(
            block.as_deref().map(|block| measured::details(block, of)).unwrap_or_default(),
            MarkTarget::Figure(MarkedFigure {
                facility: line.owner.facility,
                group: line.owner.group,
                measure: measured::measure(of).code(),
                period: point.period,
            }),
        ));
    }
    Series { name: line.name.to_owned(), values, emphasis: line.emphasis, answers }
}

fn block_of<'p>(context: &PageContext<'_>, point: &'p HistoryPoint, owner: LineOwner) -> Option<Cow<'p, ResultBlock>> {
    match (owner.facility, owner.group) {
        (Some(facility), _) => point.result.facility(facility).map(|result| Cow::Borrowed(&result.block)),
        (None, Some(group)) => Some(Cow::Owned(pooled(context, point, group))),
        (None, None) => Some(Cow::Borrowed(&point.result.total)),
    }
}

fn pooled(context: &PageContext<'_>, point: &HistoryPoint, group: FacilityGroup) -> ResultBlock {
    let evaluation = Evaluation { period: point.period, as_of: point.as_of, puskesmas: vec![point.result.clone()] };
    let selection = Selection { group: Some(group), ..context.everyone() };
    context.evaluator.pool_selection(&evaluation, &selection)
}

fn finding(measure: &str, points: &[HistoryPoint], main: &Series) -> String {
    let known: Vec<(usize, f64)> =
        main.values.iter().enumerate().filter_map(|(place, value)| value.map(|value| (place, value))).collect();
    match known.as_slice() {
        [.., (before, old), (now, new)] => {
            let change = trend_points(Some(*new), Some(*old)).unwrap_or_default();
            let verb = if change.abs() < 0.05 {
                "tidak berubah".to_owned()
            } else if change > 0.0 {
                format!("naik {}", format::percent(change))
            } else {
                format!("turun {}", format::percent(-change))
            };
            let from = format::period(points[*before].period);
            let to = format::period(points[*now].period);
            format!("{measure} {verb} dari {from} ke {to}")
        }
        _ => format!("{measure} dari periode ke periode"),
    }
}

fn describe(points: &[HistoryPoint], main: &Series) -> String {
    let words: Vec<String> = points
        .iter()
        .zip(&main.values)
        .map(|(point, value)| {
            let value = value.map_or_else(|| "belum ada data".to_owned(), format::percent);
            format!("{} {value}", format::period(point.period))
        })
        .collect();
    format!("Garis {}: {}.", main.name, words.join("; "))
}
