//! A figure over periods: the total (or the facility) against the groups (or the total) beside it.

use crate::analytics::results::{Evaluation, ResultBlock};
use crate::analytics::{HistoryPoint, Selection, history, trend_points};
use crate::charts::{Chart, ChartKind, Emphasis, Series, TargetLine, TrendChart};
use crate::definitions::{TrendOf, TrendPanel};
use crate::domain::{FacilityGroup, format};

use super::context::{DashboardError, PageContext};
use super::page::PanelBody;

/// The trend up to the chosen period; periods before the first recap are left out.
pub fn trend(context: &PageContext<'_>, options: &TrendPanel) -> Result<PanelBody, DashboardError> {
    let points = points(context, options.periods)?;
    if points.is_empty() {
        return Ok(PanelBody::Empty("Belum ada rekap untuk periode ini dan sebelumnya.".to_owned()));
    }
    let series = series(context, &points, &options.of);
    let (measure, unit, target) = match options.of {
        TrendOf::Score => {
            let good_from = context.decree.thresholds.good_from;
            let label = format!("target Baik {}", format::count(good_from));
            ("Skor pembinaan".to_owned(), "", TargetLine { value: good_from, label })
        }
        TrendOf::Indicator(indicator) => {
            let target = context.decree.rule(indicator).target;
            let label = format!("target {} %", format::count(target));
            (indicator.name().to_owned(), "%", TargetLine { value: target, label })
        }
    };
    let unit_words = if unit.is_empty() { "0–100" } else { "persen" };
    Ok(PanelBody::Chart(Chart {
        title: finding(&measure, &points, &series[0]),
        subtitle: format!("{measure}, {unit_words}, menurut {}", format::period_kind(context.subject.period.kind())),
        source: context.source(),
        description: describe(&points, &series[0]),
        kind: ChartKind::Trend(TrendChart {
            unit: unit.to_owned(),
            periods: points.iter().map(|point| format::period_short(point.period)).collect(),
            target: Some(target),
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

fn value(block: &ResultBlock, of: &TrendOf) -> Option<f64> {
    match of {
        TrendOf::Score => block.score,
        TrendOf::Indicator(indicator) => block.indicator(*indicator).value.number(),
    }
}

fn series(context: &PageContext<'_>, points: &[HistoryPoint], of: &TrendOf) -> Vec<Series> {
    let total: Vec<Option<f64>> = points.iter().map(|point| value(&point.result.total, of)).collect();
    let whole = "Semua faskes".to_owned();
    let Some(facility) = context.subject.facility else {
        let mut all = vec![Series { name: whole, values: total, emphasis: Emphasis::Main }];
        all.extend(FacilityGroup::ALL.map(|group| Series {
            name: group.label().to_owned(),
            values: points.iter().map(|point| value(&pooled(context, point, group), of)).collect(),
            emphasis: Emphasis::Context,
        }));
        all.retain(|series| series.emphasis == Emphasis::Main || series.values.iter().any(Option::is_some));
        return all;
    };
    let own = |point: &HistoryPoint| {
        let result = point.result.facilities.iter().find(|result| result.facility == facility)?;
        value(&result.block, of)
    };
    vec![
        Series {
            name: context.facility(facility).name.clone(),
            values: points.iter().map(own).collect(),
            emphasis: Emphasis::Main,
        },
        Series { name: whole, values: total, emphasis: Emphasis::Context },
    ]
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
