//! A slide for each service indicator: its bars, the facilities that the room is to talk about, and what was decided on
//! it before.

use super::decisions;
use super::slide::{Gap, ROWS_MAX, Slide, SlideBar, SlideBars, SlideBody};
use crate::analytics::{self, PwsRow, PwsTable};
use crate::dashboard::context::PageContext;
use crate::domain::written::Decision;
use crate::domain::{Date, Direction, Ratio, format};

/// Facilities of an indicator that the room is to talk about.
const TALKED_ABOUT: usize = 3;

pub(super) fn service_indicators(context: &PageContext<'_>, day: Date) -> Vec<Slide> {
    let subject = context.subject;
    let Some(month) = subject.period.last_begun_month(subject.as_of) else { return Vec::new() };
    let services = context.evaluator.services(subject.puskesmas, subject.period.year());
    let tables = services.iter().filter_map(|(service, _)| {
        analytics::pws(context.evaluator, subject.puskesmas, *service, month, subject.as_of)
    });
    tables.map(|table| service_indicator(context, &table, day)).collect()
}

fn service_indicator(context: &PageContext<'_>, table: &PwsTable, day: Date) -> Slide {
    let name = table.definition.name.trim();
    let reported: Vec<&PwsRow> = table.rows.iter().filter(|row| percent(row.cumulative).is_some()).collect();
    let reached = reported.iter().filter(|row| row.above_target == Some(is_more_better(table))).count();
    let target = format!("{} %", format::percent(table.target_due));
    let title = if reported.is_empty() {
        format!("{name}: belum ada yang melapor sampai {}", format::month(table.month))
    } else {
        format!("{name}: {reached} dari {} faskes mencapai target {target}", reported.len())
    };
    let bars: Vec<SlideBar> = reported.iter().map(|row| bar(context, table, row)).collect();
    let (bars, gap) = shown(bars);
    let unreported = table.rows.iter().filter(|row| percent(row.cumulative).is_none());
    let behind = farthest_behind(table, &reported);
    let talk: Vec<String> = behind.iter().map(|row| lacking(context, table, row)).collect();
    let mut notes = talk.clone();
    notes.extend(decided_about(context, name, day));
    Slide {
        subject: title.clone(),
        facilities: behind.iter().map(|row| name_of(context, row)).collect(),
        title,
        subtitle: format!("Persen sampai {}; garis: target {target}", format::month(table.month)),
        notes,
        body: SlideBody::Bars(SlideBars {
            bars,
            gap,
            target: table.target_due,
            total: bar(context, table, &table.total),
            unreported: unreported.map(|row| name_of(context, row)).collect(),
            talk,
        }),
    }
}

fn is_more_better(table: &PwsTable) -> bool {
    table.definition.direction == Direction::HigherIsBetter
}

fn percent(ratio: Option<Ratio>) -> Option<f64> {
    ratio.and_then(Ratio::percent)
}

fn name_of(context: &PageContext<'_>, row: &PwsRow) -> String {
    row.facility.map_or_else(|| "Puskesmas".to_owned(), |facility| context.facility(facility).name.clone())
}

fn bar(context: &PageContext<'_>, table: &PwsTable, row: &PwsRow) -> SlideBar {
    let words = match (row.cumulative, percent(row.cumulative)) {
        (Some(ratio), Some(percent)) => {
            let counts = format!("{} dari {}", format::count(ratio.numerator), format::count(ratio.denominator));
            format!("{} % ({counts})", format::percent(percent))
        }
        _ => "belum lapor".to_owned(),
    };
    SlideBar {
        name: name_of(context, row),
        percent: percent(row.cumulative),
        words,
        is_reached: row.above_target.map(|above| above == is_more_better(table)),
    }
}

/// The bars that a slide holds: where there are too many, the first and the last, with a gap between.
fn shown(mut bars: Vec<SlideBar>) -> (Vec<SlideBar>, Option<Gap>) {
    if bars.len() <= ROWS_MAX {
        return (bars, None);
    }
    let after = ROWS_MAX / 2;
    let last = ROWS_MAX - after - 1;
    let count = bars.len() - after - last;
    bars.drain(after..after + count);
    (bars, Some(Gap { after, count }))
}

/// The facilities farthest from the target.
fn farthest_behind<'r>(table: &PwsTable, reported: &[&'r PwsRow]) -> Vec<&'r PwsRow> {
    let mut behind: Vec<&PwsRow> =
        reported.iter().copied().filter(|row| row.above_target == Some(!is_more_better(table))).collect();
    behind.sort_by(|a, b| {
        let a = percent(a.cumulative).unwrap_or(0.0);
        let b = percent(b.cumulative).unwrap_or(0.0);
        if is_more_better(table) { a.total_cmp(&b) } else { b.total_cmp(&a) }
    });
    behind.truncate(TALKED_ABOUT);
    behind
}

/// Returns what meetings before decided on an indicator and is not done: its slide's title began with the name.
fn decided_about(context: &PageContext<'_>, name: &str, day: Date) -> Vec<String> {
    let start = format!("{}:", name.to_lowercase());
    let is_about = |decision: &&Decision| {
        let problem = decision.problem.as_deref().unwrap_or_default().to_lowercase();
        problem == name.to_lowercase() || problem.starts_with(&start)
    };
    let open = decisions::before(context, day).into_iter().filter(|decision| !decision.is_done(day));
    let told = |decision: &Decision| {
        format!(
            "Keputusan {}: {} ({})",
            format::date(decision.date),
            decision.decision,
            decisions::undone_state(decision, day)
        )
    };
    open.filter(is_about).map(told).collect()
}

fn lacking(context: &PageContext<'_>, table: &PwsTable, row: &PwsRow) -> String {
    let name = name_of(context, row);
    let Some(ratio) = row.cumulative else { return name };
    let gap = table.target_due / 100.0 * ratio.denominator - ratio.numerator;
    // A hair of rounding is no further person.
    let people = if is_more_better(table) { (gap - 1e-9).ceil() } else { (-gap - 1e-9).ceil() };
    let word = if is_more_better(table) { "kurang" } else { "lebih" };
    let trend = row.trend.map(|trend| format!(", {} dari bulan lalu", trend.label())).unwrap_or_default();
    format!("{name}: {word} {} dari target{trend}", format::count(people.max(0.0)))
}
