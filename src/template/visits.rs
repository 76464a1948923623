//! Pembinaan and RTL as sheets, of a month or of a year.

use super::context::TemplateContext;
use super::described::DescribedSheet;
use super::plan::{InputRule, PlanColumn, PlannedCell, SPARE_LINES, SheetPlan};
use super::{month_line, year_line};
use crate::domain::records::{FollowUpRow, VisitRow};
use crate::domain::{Month, Table, VisitDate, format};

const PRESENT: [&str; 2] = ["Ada", "Tidak"];
/// Empty rows of a whole year's sheet.
const SPARE_LINES_YEAR: usize = 60;

/// Time that one sheet covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SheetSpan {
    /// The month of the context.
    Month,
    /// The year of that month, all twelve months.
    Year,
}

impl SheetSpan {
    fn months(self, context: &TemplateContext) -> (Month, Month) {
        match self {
            Self::Month => (context.month, context.month),
            Self::Year => (context.january(), context.january().plus(11)),
        }
    }

    fn contains(self, context: &TemplateContext, month: Month) -> bool {
        let (first, last) = self.months(context);
        (first..=last).contains(&month)
    }

    fn lines(self, context: &TemplateContext) -> Vec<String> {
        match self {
            Self::Month => vec![year_line(context.month), month_line(context.month)],
            Self::Year => vec![year_line(context.month)],
        }
    }

    fn spare_rows(self) -> usize {
        match self {
            Self::Month => SPARE_LINES,
            Self::Year => SPARE_LINES_YEAR,
        }
    }
}

fn visit_columns(context: &TemplateContext, span: SheetSpan) -> Vec<PlanColumn> {
    let (first, last) = span.months(context);
    let days = InputRule::DateIn(first.first_day(), last.last_day());
    DescribedSheet::new(Table::Visits, days.clone(), days).columns()
}

fn visit_row(visit: &VisitRow) -> Vec<PlannedCell> {
    let when = match visit.date {
        VisitDate::Day(date) => PlannedCell::Date(date),
        VisitDate::Month(month) => PlannedCell::text(Some(&format::month(month))),
    };
    vec![
        PlannedCell::Blank,
        when,
        PlannedCell::text(Some(&visit.facility)),
        PlannedCell::text(Some(&visit.form)),
        PlannedCell::text(visit.coach.as_deref()),
        PlannedCell::number(visit.points),
        PlannedCell::number(visit.maximum),
        PlannedCell::word(visit.attendance_list, PRESENT),
        PlannedCell::word(visit.minutes, PRESENT),
        PlannedCell::word(visit.photos, PRESENT),
        PlannedCell::text(visit.aspect.as_deref()),
        PlannedCell::text(visit.finding.as_deref()),
    ]
}

/// Plans the sheet *Pembinaan* of the span's months.
pub(super) fn visits(context: &TemplateContext, span: SheetSpan) -> SheetPlan {
    let visits = context.records.visits.iter().filter(|visit| span.contains(context, visit.date.month()));
    SheetPlan {
        sheet: "Pembinaan".to_owned(),
        title: "REKAPITULASI PEMBINAAN JARINGAN DAN JEJARING",
        period: span.lines(context),
        purpose: "Satu baris untuk setiap kunjungan atau pertemuan pembinaan.".to_owned(),
        columns: visit_columns(context, span),
        name_column: 2,
        rows: visits.map(visit_row).collect(),
        spare_rows: span.spare_rows(),
    }
}

fn follow_up_columns(context: &TemplateContext, span: SheetSpan) -> Vec<PlanColumn> {
    let (first, last) = span.months(context);
    let earliest = first.plus(-12).first_day();
    let visited = InputRule::DateIn(earliest, last.last_day());
    let promised = InputRule::DateIn(earliest, last.plus(24).last_day());
    DescribedSheet::new(Table::FollowUps, visited, promised).columns()
}

fn follow_up_row(row: &FollowUpRow) -> Vec<PlannedCell> {
    vec![
        PlannedCell::Blank,
        PlannedCell::Date(row.visit_date),
        PlannedCell::text(Some(&row.facility)),
        PlannedCell::text(Some(&row.item)),
        PlannedCell::text(row.owner.as_deref()),
        PlannedCell::Date(row.due),
        PlannedCell::date(row.done),
    ]
}

/// Plans the sheet *RTL* of the span's months.
pub(super) fn follow_ups(context: &TemplateContext, span: SheetSpan) -> SheetPlan {
    let rows = context.records.follow_ups.iter().filter(|row| span.contains(context, Month::from_date(row.visit_date)));
    SheetPlan {
        sheet: "RTL".to_owned(),
        title: "RENCANA TINDAK LANJUT",
        period: span.lines(context),
        purpose: "Rencana tindak lanjut hasil pembinaan, termasuk yang lama bila baru selesai bulan ini.".to_owned(),
        columns: follow_up_columns(context, span),
        name_column: 2,
        rows: rows.map(follow_up_row).collect(),
        spare_rows: span.spare_rows(),
    }
}
