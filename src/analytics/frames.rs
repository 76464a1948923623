//! Facts as polars frames: dense codes, days and months as numbers, sorted by facility (and flagged so), built once.
//! Also the few columns that matching needs as plain slices. Decides nothing that depends on a period.

use chrono::Datelike;
use polars::prelude::*;

use super::decrees::DecreesByYear;
use crate::domain::decree::{DecreeBook, Evidence};
use crate::domain::facts::Visit;
use crate::domain::name::name_key;
use crate::domain::{Date, Decree, Facts, Month, ReportReceipt, ScheduleChange, Table, VisitDate};

use super::AnalyticsError;
use super::achievement_frame::{self, AchievementFrame};
use super::columns::{frame, sorted};
use super::received::ReceivedMonths;

/// The frames. Every one starts with a sorted column of `u32`: `facility`, or `pair` for achievements.
#[derive(Debug)]
pub struct Frames {
    /// `facility`, `day` from which it counts, `points` and `maximum` (null where unscored), `present` and `required` pieces of evidence.
    pub visits: DataFrame,
    /// `facility`, `due`, `done` (null where open), as days.
    pub follow_ups: DataFrame,
    /// `facility`, `month`, `invited`, `attended`.
    pub lokmin: DataFrame,
    /// Reports that are owed and whose due month's Laporan table was received: `facility`, `due`, `received` from which
    /// it counts (null where the report did not come), as days, and `in_time` (null where nobody knows).
    pub owed_reports: DataFrame,
    /// Reported achievements by the aggregation of their service indicator.
    pub achievements: [AchievementFrame; 3],
    /// (facility, date) of every visit, ascending.
    pub visit_dates: Vec<(u32, VisitDate)>,
    /// Schedule changes by facility, in the order in which they hold.
    pub changes: Vec<ScheduleChange>,
}

/// Day number used in frames.
pub fn day(date: Date) -> i32 {
    date.num_days_from_ce()
}

/// The day on which the report on the month before `due_month` is due.
pub fn report_due(due_month: Month, decree: &Decree) -> Date {
    due_month.first_day().with_day(decree.report_due_day).unwrap_or_else(|| due_month.last_day())
}

/// Evidence of a visit: pieces present, pieces required by its form.
pub fn evidence(visit: &Visit, decree: &Decree) -> (u32, u32) {
    let required = decree.required_evidence(&name_key(&visit.form));
    let present = required.iter().filter(|piece| match piece {
        Evidence::AttendanceList => visit.attendance_list,
        Evidence::Minutes => visit.minutes,
        Evidence::Photos => visit.photos,
        Evidence::Checklist => visit.score().is_some(),
    });
    let count = |pieces: usize| u32::try_from(pieces).unwrap_or(u32::MAX);
    (count(present.count()), count(required.len()))
}

impl Frames {
    /// Builds them; the decrees give due days and the evidence required, each for its own year.
    pub fn new(facts: &Facts, received: &ReceivedMonths, book: &DecreeBook) -> Result<Self, AnalyticsError> {
        let mut decrees = DecreesByYear::new(facts, book);
        let mut changes = facts.changes.clone();
        changes.sort_by_key(|change| change.facility);
        Ok(Self {
            visits: visits(facts, &mut decrees)?,
            follow_ups: follow_ups(facts)?,
            lokmin: lokmin(facts)?,
            owed_reports: owed_reports(facts, received, &mut decrees)?,
            achievements: achievement_frame::build(facts)?,
            visit_dates: facts.visits.iter().map(|visit| (visit.facility, visit.date)).collect(),
            changes,
        })
    }
}

fn visits(facts: &Facts, decrees: &mut DecreesByYear<'_>) -> Result<DataFrame, AnalyticsError> {
    let scores = || facts.visits.iter().map(Visit::score);
    let days = facts.visits.iter().map(|visit| day(visit.date.counts_from()));
    let (present, required): (Vec<f64>, Vec<f64>) = facts
        .visits
        .iter()
        .map(|visit| evidence(visit, decrees.of_facility(visit.facility, visit.date.month().year())))
        .map(|(present, required)| (f64::from(present), f64::from(required)))
        .unzip();
    frame(
        "pembinaan",
        vec![
            sorted("facility", facts.visits.iter().map(|visit| visit.facility).collect()),
            Column::new("day".into(), days.collect::<Vec<_>>()),
            Column::new("points".into(), scores().map(|score| score.map(|(points, _)| points)).collect::<Vec<_>>()),
            Column::new("maximum".into(), scores().map(|score| score.map(|(_, most)| most)).collect::<Vec<_>>()),
            Column::new("present".into(), present),
            Column::new("required".into(), required),
        ],
    )
}

fn follow_ups(facts: &Facts) -> Result<DataFrame, AnalyticsError> {
    let rows = &facts.follow_ups;
    frame(
        "rtl",
        vec![
            sorted("facility", rows.iter().map(|row| row.facility).collect()),
            Column::new("due".into(), rows.iter().map(|row| day(row.due)).collect::<Vec<_>>()),
            Column::new("done".into(), rows.iter().map(|row| row.done.map(day)).collect::<Vec<_>>()),
        ],
    )
}

fn lokmin(facts: &Facts) -> Result<DataFrame, AnalyticsError> {
    let rows = &facts.lokmin;
    frame(
        "lokmin",
        vec![
            sorted("facility", rows.iter().map(|row| row.facility).collect()),
            Column::new("month".into(), rows.iter().map(|row| row.month.number()).collect::<Vec<_>>()),
            Column::new("invited".into(), rows.iter().map(|row| row.invited || row.attended).collect::<Vec<_>>()),
            Column::new("attended".into(), rows.iter().map(|row| row.attended).collect::<Vec<_>>()),
        ],
    )
}

/// One row for every month that a facility owes a report on and whose due month's Laporan table was received.
fn owed_reports(
    facts: &Facts,
    received: &ReceivedMonths,
    decrees: &mut DecreesByYear<'_>,
) -> Result<DataFrame, AnalyticsError> {
    let mut facilities = Vec::new();
    let mut due = Vec::new();
    let mut came = Vec::new();
    let mut in_time = Vec::new();
    let mut reports = facts.reports.iter().peekable();
    for (index, facility) in (0_u32..).zip(&facts.facilities) {
        if !facility.owes_reports {
            continue;
        }
        for due_month in received.months_of(facility.puskesmas, Table::MonthlyReports) {
            let month = due_month.plus(-1);
            if !facility.is_active_in(month) {
                continue;
            }
            while reports.next_if(|report| (report.facility, report.month) < (index, month)).is_some() {}
            let report = reports.next_if(|report| (report.facility, report.month) == (index, month));
            facilities.push(index);
            let due_day = report_due(due_month, decrees.of_facility(index, due_month.year()));
            let receipt = report.map_or(ReportReceipt::NotCome, |report| report.received);
            due.push(day(due_day));
            came.push(receipt.counts_from(due_day).map(day));
            in_time.push(receipt.is_in_time(due_day));
        }
    }
    frame(
        "laporan",
        vec![
            sorted("facility", facilities),
            Column::new("due".into(), due),
            Column::new("received".into(), came),
            Column::new("in_time".into(), in_time),
        ],
    )
}
