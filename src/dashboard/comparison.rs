//! A figure of every facility in this period and in another: this year against last year, or against the period before.

use chrono::{Datelike, Months};

use crate::analytics::results::{PuskesmasResult, ResultBlock};
use crate::charts::{Chart, ChartKind, Dumbbell, DumbbellRow, MarkAnswer};
use crate::definitions::{ComparedPeriod, ComparisonPanel, TrendOf};
use crate::domain::{Date, Period, format};

use super::context::{DashboardError, PageContext};
use super::measured;
use super::page::PanelBody;

/// Change from which a figure is said to have moved, in points.
const MOVED: f64 = 0.05;

/// The comparison; empty where nothing of the other period was received.
pub fn comparison(context: &PageContext<'_>, options: &ComparisonPanel) -> Result<PanelBody, DashboardError> {
    let subject = context.subject;
    let other = compared(subject.period, options.against);
    let as_of = compared_day(subject.as_of, options.against);
    let evaluation = context.evaluator.evaluate_one(subject.puskesmas, other, other.clamp_as_of(as_of))?;
    let before = evaluation.puskesmas.iter().find(|result| result.puskesmas == subject.puskesmas);
    let before = before.filter(|result| has_figures(result, &options.of));
    let Some(before) = before.filter(|_| has_figures(context.result(), &options.of)) else {
        let name = measured::words(context, &options.of).name;
        let now = format::period(subject.period);
        let then = format::period(other);
        return Ok(PanelBody::Empty(format!(
            "{name}: {now} dan {then} belum sama-sama punya angka untuk dibandingkan."
        )));
    };
    Ok(PanelBody::chart(chart(context, &options.of, &ComparedResult { result: before, period: other })))
}

/// Results of the other period.
struct ComparedResult<'r> {
    result: &'r PuskesmasResult,
    period: Period,
}

fn compared(period: Period, against: ComparedPeriod) -> Period {
    match against {
        ComparedPeriod::Previous => period.previous(),
        ComparedPeriod::LastYear => Period::containing(period.kind(), period.first_month().plus(-12)),
    }
}

/// The day up to which the other period counts: of a running period only as much of last year's.
fn compared_day(as_of: Date, against: ComparedPeriod) -> Date {
    match against {
        ComparedPeriod::Previous => as_of,
        ComparedPeriod::LastYear if as_of.succ_opt().is_some_and(|next| next.month() != as_of.month()) => {
            // The last day of a month stands for the whole month, in leap years too.
            crate::domain::Month::from_date(as_of).plus(-12).last_day()
        }
        ComparedPeriod::LastYear => as_of.checked_sub_months(Months::new(12)).unwrap_or(as_of),
    }
}

fn has_figures(result: &PuskesmasResult, of: &TrendOf) -> bool {
    let blocks = result.facilities.iter().map(|facility| &facility.block).chain([&result.total]);
    blocks.into_iter().any(|block| measured::value(block, of).is_some())
}

fn chart(context: &PageContext<'_>, of: &TrendOf, before: &ComparedResult<'_>) -> Chart {
    let words = measured::words(context, of);
    let rows: Vec<DumbbellRow> = context
        .result()
        .facilities
        .iter()
        .map(|now| {
            let name = context.facility(now.facility).name.clone();
            let earlier = before.result.facility(now.facility).map(|result| &result.block);
            let answer = answer(context, of, Some(now.facility), &now.block);
            row(name, of, earlier, &now.block, answer)
        })
        .collect();
    let block = &context.result().total;
    let total = row("Semua faskes".to_owned(), of, Some(&before.result.total), block, answer(context, of, None, block));
    let now = format::period_short(context.subject.period);
    let then = format::period_short(before.period);
    let finding = finding(&rows);
    Chart {
        title: format!("{}: {finding}", words.name),
        subtitle: format!(
            "{}, {}; {} dibanding {}",
            words.name,
            words.scale,
            format::period(context.subject.period),
            format::period(before.period)
        ),
        source: context.source(),
        description: format!(
            "Setiap faskes satu garis dengan dua titik: {then} dan {now}, urut dari nilai {now} tertinggi. {finding}."
        ),
        kind: ChartKind::Dumbbell(Dumbbell {
            unit: words.unit.to_owned(),
            before: then,
            now,
            target: Some(words.target),
            rows,
            total,
        }),
    }
}

fn answer(context: &PageContext<'_>, of: &TrendOf, facility: Option<u32>, block: &ResultBlock) -> MarkAnswer {
    MarkAnswer::new(measured::details(block, of), context.marked(facility, &measured::measure(of)))
}

fn row(name: String, of: &TrendOf, before: Option<&ResultBlock>, now: &ResultBlock, answer: MarkAnswer) -> DumbbellRow {
    DumbbellRow {
        name,
        before: before.and_then(|block| measured::value(block, of)),
        now: measured::value(now, of),
        is_before_small: before.is_some_and(|block| measured::is_small(block, of)),
        is_now_small: measured::is_small(now, of),
        answer,
    }
}

/// `5 naik, 3 turun, 2 tetap; 3 faskes belum dapat dibandingkan`.
fn finding(rows: &[DumbbellRow]) -> String {
    let changes: Vec<f64> =
        rows.iter().filter_map(|row| Some(format::as_shown(row.now?) - format::as_shown(row.before?))).collect();
    let count = |wanted: &dyn Fn(f64) -> bool| changes.iter().filter(|change| wanted(**change)).count();
    let risen = count(&|change| change >= MOVED);
    let fallen = count(&|change| change <= -MOVED);
    let level = changes.len() - risen - fallen;
    let unknown = rows.len() - changes.len();
    let rest = if unknown > 0 { format!("; {unknown} faskes belum dapat dibandingkan") } else { String::new() };
    format!("{risen} faskes naik, {fallen} turun, {level} tetap{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_period_is_compared_with_as_much_of_last_year() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let last_year = |text: &str| compared_day(day(text), ComparedPeriod::LastYear);
        assert_eq!(last_year("2023-06-20"), day("2022-06-20"));
        assert_eq!(last_year("2024-02-29"), day("2023-02-28"));
        assert_eq!(last_year("2025-02-28"), day("2024-02-29"));
        assert_eq!(compared_day(day("2023-06-20"), ComparedPeriod::Previous), day("2023-06-20"));
        let period: Period = "2023-C2".parse().unwrap();
        assert_eq!(compared(period, ComparedPeriod::LastYear).to_string(), "2022-C2");
        assert_eq!(compared(period, ComparedPeriod::Previous).to_string(), "2023-C1");
    }

    #[test]
    fn what_is_missing_is_neither_risen_nor_fallen() {
        let row = |before, now| DumbbellRow {
            name: String::new(),
            before,
            now,
            is_before_small: false,
            is_now_small: false,
            answer: MarkAnswer::default(),
        };
        let rows = [row(Some(0.0), Some(5.0)), row(None, Some(5.0)), row(Some(7.0), Some(5.0)), row(Some(5.0), None)];
        assert_eq!(finding(&rows), "1 faskes naik, 1 turun, 0 tetap; 2 faskes belum dapat dibandingkan");
    }
}
