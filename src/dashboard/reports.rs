//! Monthly reports, facility by month reported on: the date received, tepat or terlambat, or what is missing.

use crate::domain::{Date, Month, ReportReceipt, Table as Recap, format};

use super::context::PageContext;
use super::table::{DataCell, DataColumn, DataRow, DataTable, Tone};

/// Reports on the months of the period's year.
pub fn reports(context: &PageContext<'_>, id: &str) -> DataTable {
    let year = context.subject.period.year();
    let mut rows = Vec::new();
    for result in context.facilities() {
        for month in (1..=12).filter_map(|month| Month::new(year, month)) {
            rows.push(row(context, result.facility, month));
        }
    }
    DataTable {
        name: id.to_owned(),
        title: format!("Laporan bulanan {year}"),
        note: format!("Laporan suatu bulan jatuh tempo tanggal {} bulan berikutnya.", context.decree.report_due_day),
        caption: format!("Data per {}", format::date(context.subject.as_of)),
        columns: vec![
            DataColumn::text("faskes", "Faskes"),
            DataColumn::text("bulan", "Bulan laporan"),
            DataColumn::text("batas", "Jatuh tempo"),
            DataColumn::text("diterima", "Diterima"),
            DataColumn::text("keadaan", "Keadaan"),
        ],
        rows,
        totals: Vec::new(),
    }
}

fn row(context: &PageContext<'_>, index: u32, month: Month) -> DataRow {
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
    DataRow {
        cells: vec![
            DataCell::Facility(index, facility.name.clone()),
            DataCell::Month(month),
            DataCell::Date(due),
            match receipt {
                Some(ReportReceipt::Day(date)) => DataCell::Date(date),
                Some(_) => DataCell::Text("tanpa tanggal".to_owned()),
                None => DataCell::Blank("belum diterima"),
            },
            DataCell::State(words.to_owned(), tone),
        ],
    }
}

fn state(context: &PageContext<'_>, month: Month, due: Date, receipt: Option<ReportReceipt>) -> (&'static str, Tone) {
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
