//! Indicators with numerator, denominator, target, gap and change; for one facility also period by period.

use crate::analytics::results::{ResultBlock, ServiceResult};
use crate::analytics::{HistoryPoint, history, trend_points};
use crate::definitions::DashboardScope;
use crate::domain::indicator::Direction as Better;
use crate::domain::{CoachingIndicator, Period, Value, format};

use super::context::{DashboardError, PageContext};
use super::figure::Measure;
use super::table::{DataCell, DataColumn, DataRow, DataTable, TableFigure};

/// Remark at an indicator that is better the lower it is.
const LOWER_IS_BETTER: &str = "makin rendah makin baik";
/// Explains the gap of such an indicator.
const LOWER_NOTE: &str = " Pada indikator yang makin rendah makin baik, target adalah batas atas: selisih negatif \
                          berarti target tercapai, selisih positif berarti terlampaui.";

/// Figure, target and the period before, of one indicator.
struct Judged {
    value: Value,
    target: f64,
    before: Option<f64>,
    better: Better,
}

/// The indicators of the period, the service indicators behind IND, and (for a facility) those of the year's periods.
pub fn indicators(
    context: &PageContext<'_>,
    indicators: &[CoachingIndicator],
    scope: DashboardScope,
    id: &str,
) -> Result<Vec<DataTable>, DashboardError> {
    let mut tables = vec![of_period(context, indicators, id)];
    if !context.block().service.is_empty() {
        tables.push(services(context, id));
    }
    if scope == DashboardScope::Facility {
        tables.push(over_the_year(context, indicators, id)?);
    }
    Ok(tables)
}

fn heads() -> Vec<DataColumn> {
    vec![
        DataColumn::text("indikator", "Indikator"),
        DataColumn::number("pembilang", "Pembilang", "Pembilang"),
        DataColumn::number("penyebut", "Penyebut", "Penyebut"),
        DataColumn::number("capaian", "Capaian %", "Capaian (persen)"),
        DataColumn::number("target", "Target %", "Target (persen)"),
        DataColumn::number("selisih", "Selisih", "Capaian dikurangi target (poin)"),
        DataColumn::number("perubahan", "Perubahan", "Perubahan terhadap periode sebelumnya (poin)"),
    ]
}

fn of_period(context: &PageContext<'_>, indicators: &[CoachingIndicator], id: &str) -> DataTable {
    let block = context.block();
    let before = context.previous_block();
    let rows = indicators.iter().map(|indicator| {
        let result = block.indicator(*indicator);
        let parts = result.ratio.filter(|ratio| ratio.denominator > 0.0).map(|r| (r.numerator, r.denominator));
        let mut figure = context.indicator_cell(context.whose(), block, *indicator);
        if let DataCell::Figure(figure) = &mut figure {
            figure.parts = None;
        }
        let old = before.and_then(|block| block.indicator(*indicator).value.number());
        let judged = Judged { value: result.value, target: result.target, before: old, better: Better::HigherIsBetter };
        cells(indicator.name(), parts, figure, &judged)
    });
    DataTable {
        name: id.to_owned(),
        title: "Indikator kinerja pembinaan".to_owned(),
        note: format!("Perubahan dalam poin persen terhadap {}.", format::period(context.subject.period.previous())),
        caption: context.caption(),
        columns: heads(),
        rows: rows.collect(),
        totals: vec![score_row(context, block)],
    }
}

fn score_row(context: &PageContext<'_>, block: &ResultBlock) -> DataRow {
    let before = context.previous_block().and_then(|block| block.score);
    let target = context.decree.thresholds.good_from;
    let gap = block.score.map_or(DataCell::Blank("belum ada data"), |score| {
        DataCell::Change(trend_points(Some(score), Some(target)), Better::HigherIsBetter)
    });
    DataRow {
        cells: vec![
            DataCell::Text("Skor".to_owned()),
            DataCell::Blank("skor adalah rata-rata tertimbang"),
            DataCell::Blank("skor adalah rata-rata tertimbang"),
            context.score_cell(context.whose(), block),
            DataCell::Count(target),
            gap,
            DataCell::Change(trend_points(block.score, before), Better::HigherIsBetter),
        ],
    }
}

fn cells(name: &str, parts: Option<(f64, f64)>, figure: DataCell, judged: &Judged) -> DataRow {
    let Judged { value, target, before, better } = *judged;
    let part = |number: Option<f64>| number.map_or(DataCell::Blank("tidak berlaku"), DataCell::Count);
    DataRow {
        cells: vec![
            DataCell::Text(name.to_owned()),
            part(parts.map(|(numerator, _)| numerator)),
            part(parts.map(|(_, denominator)| denominator)),
            figure,
            DataCell::Count(target),
            value.number().map_or(DataCell::Blank("tidak berlaku"), |number| {
                DataCell::Change(trend_points(Some(number), Some(target)), better)
            }),
            DataCell::Change(trend_points(value.number(), before), better),
        ],
    }
}

fn services(context: &PageContext<'_>, id: &str) -> DataTable {
    let before = context.previous_block();
    let definitions = context.evaluator.services(context.subject.puskesmas, context.subject.period.year());
    let rows = context.block().service.iter().map(|result| {
        let name = definitions
            .iter()
            .find(|(index, _)| *index == result.service)
            .map_or(&*result.code, |(_, definition)| definition.name.as_str());
        let old = before.and_then(|block| block.service.iter().find(|other| other.service == result.service));
        let parts = Some((result.ratio.numerator, result.ratio.denominator));
        let old = old.and_then(|old| old.value.number());
        let judged = Judged { value: result.value, target: result.target, before: old, better: result.direction };
        let name = match result.direction {
            Better::HigherIsBetter => name.to_owned(),
            Better::LowerIsBetter => format!("{name} ({LOWER_IS_BETTER})"),
        };
        cells(&name, parts, service_cell(context, result), &judged)
    });
    let falls = context.block().service.iter().any(|result| result.direction == Better::LowerIsBetter);
    let how = if falls { LOWER_NOTE } else { "" };
    DataTable {
        name: format!("{id}-layanan"),
        title: "Indikator layanan".to_owned(),
        note: format!("Target indikator kumulatif adalah yang jatuh tempo sampai bulan terakhir periode.{how}"),
        caption: context.caption(),
        columns: heads(),
        rows: rows.collect(),
        totals: Vec::new(),
    }
}

fn service_cell(context: &PageContext<'_>, result: &ServiceResult) -> DataCell {
    DataCell::Figure(TableFigure {
        value: result.value,
        parts: None,
        is_low: result.performance.is_some_and(|performance| performance < context.decree.thresholds.fair_from),
        is_main: false,
        origin: Some(context.address(context.whose(), Measure::Service(result.code.to_string()))),
    })
}

/// All periods of this kind in the year, side by side.
fn over_the_year(
    context: &PageContext<'_>,
    indicators: &[CoachingIndicator],
    id: &str,
) -> Result<DataTable, DashboardError> {
    let subject = context.subject;
    let kind = subject.period.kind();
    let periods: Vec<Period> = (1..=kind.per_year())
        .filter_map(|number| Period::new(kind, subject.period.year(), number))
        .filter(|period| period.first_day() <= subject.as_of)
        .collect();
    let history = history(context.evaluator, subject.puskesmas, &periods, subject.as_of)?;
    let mut columns = vec![DataColumn::text("indikator", "Indikator")];
    columns.extend(periods.iter().map(|period| {
        let words = format::period(*period);
        DataColumn::number(&period.to_string().to_lowercase(), &words, &words)
    }));
    let mut rows: Vec<DataRow> = indicators
        .iter()
        .map(|indicator| DataRow {
            cells: std::iter::once(DataCell::Text(indicator.name().to_owned()))
                .chain(history.points.iter().map(|point| at_point(context, point, Some(*indicator))))
                .collect(),
        })
        .collect();
    let score = DataRow {
        cells: std::iter::once(DataCell::Text("Skor".to_owned()))
            .chain(history.points.iter().map(|point| at_point(context, point, None)))
            .collect(),
    };
    rows.retain(|row| row.cells.len() == columns.len());
    Ok(DataTable {
        name: format!("{id}-setahun"),
        title: format!("Sepanjang tahun {}", subject.period.year()),
        note: "Persen; di bawahnya pembilang/penyebut.".to_owned(),
        caption: context.caption(),
        columns,
        rows,
        totals: vec![score],
    })
}

fn at_point(context: &PageContext<'_>, point: &HistoryPoint, indicator: Option<CoachingIndicator>) -> DataCell {
    let block = match context.subject.facility {
        None => Some(&point.result.total),
        Some(index) => point.result.facilities.iter().find(|r| r.facility == index).map(|r| &r.block),
    };
    let Some(block) = block else { return DataCell::Blank("belum terdaftar") };
    let mut cell = match indicator {
        Some(indicator) => context.indicator_cell(context.whose(), block, indicator),
        None => context.score_cell(context.whose(), block),
    };
    if let DataCell::Figure(figure) = &mut cell {
        figure.is_main = false;
        if let Some(origin) = &mut figure.origin {
            origin.period = point.period;
            origin.as_of = point.as_of;
        }
    }
    cell
}
