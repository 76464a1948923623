//! Monthly reports, facility by month reported on: the date received, tepat or terlambat, or what is missing.

use crate::domain::{Date, Month, ReportReceipt, Table as Recap, format};

use super::context::Context;
use super::table::{Cell, Column, Row, Table, Tone};

/// Reports on the months of the period's year.
pub fn reports(context: &Context<'_>, id: &str) -> Table {
    let year = context.subject.period.year();
    let mut rows = Vec::new();
    for result in context.facilities() {
        for month in (1..=12).filter_map(|month| Month::new(year, month)) {
            rows.push(row(context, result.facility, month));
        }
    }
    Table {
        name: id.to_owned(),
        title: format!("Laporan bulanan {year}"),
        note: format!("Laporan suatu bulan jatuh tempo tanggal {} bulan berikutnya.", context.decree.report_due_day),
        caption: format!("Data per {}", format::date(context.subject.as_of)),
        columns: vec![
            Column::text("faskes", "Faskes"),
            Column::text("bulan", "Bulan laporan"),
            Column::text("batas", "Jatuh tempo"),
            Column::text("diterima", "Diterima"),
            Column::text("keadaan", "Keadaan"),
        ],
        rows,
        totals: Vec::new(),
    }
}

fn row(context: &Context<'_>, index: u32, month: Month) -> Row {
    let facility = context.facility(index);
    let due = month.plus(1).first_day() + chrono::Days::new(u64::from(context.decree.report_due_day.max(1)) - 1);
    let facts = context.evaluator.facts();
    let report = facts.reports.iter().find(|report| report.facility == index && report.month == month);
    let is_known = |receipt: &ReportReceipt| receipt.counts_from(due).is_some_and(|from| from <= context.subject.as_of);
    let receipt = report.map(|report| report.received).filter(is_known);
    let (words, tone) = if !facility.owes_reports || !facility.is_active_in(month) {
        ("Tidak wajib lapor", Tone::Neutral)
    } else {
        state(context, month, due, receipt)
    };
    Row {
        cells: vec![
            Cell::Facility(index, facility.name.clone()),
            Cell::Month(month),
            Cell::Date(due),
            match receipt {
                Some(ReportReceipt::Day(date)) => Cell::Date(date),
                Some(_) => Cell::Text("tanpa tanggal".to_owned()),
                None => Cell::Blank("belum diterima"),
            },
            Cell::State(words.to_owned(), tone),
        ],
    }
}

fn state(context: &Context<'_>, month: Month, due: Date, receipt: Option<ReportReceipt>) -> (&'static str, Tone) {
    let subject = context.subject;
    match receipt.map(|receipt| receipt.is_in_time(due)) {
        Some(Some(true)) => ("Tepat waktu", Tone::Good),
        Some(Some(false)) => ("Terlambat", Tone::Fair),
        Some(None) => ("Diterima, waktunya tidak diketahui", Tone::Neutral),
        None if due > subject.as_of => ("Belum jatuh tempo", Tone::Neutral),
        None if !context.evaluator.received().contains(subject.puskesmas, Recap::MonthlyReports, month.plus(1)) => {
            ("Rekap laporan belum diterima", Tone::Neutral)
        }
        None => ("Belum lapor", Tone::Poor),
    }
}
