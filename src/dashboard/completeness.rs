//! Numbers of months and facilities that reported: every other figure rests on them.

use crate::domain::{CoachingIndicator, Month, Table as Recap, format};

use super::context::PageContext;
use super::page::{NamedCount, PanelBody};
use super::table::{DataCell, DataColumn, DataRow, DataTable, Tone};

const MONTHLY: [Recap; 5] =
    [Recap::Visits, Recap::FollowUps, Recap::Lokmin, Recap::MonthlyReports, Recap::Achievements];

/// Counts and the table of received recaps.
pub fn completeness(context: &PageContext<'_>, id: &str) -> PanelBody {
    let completeness = context.result().completeness;
    let reports = context.result().total.indicator(CoachingIndicator::Klp).ratio.unwrap_or_default();
    let mut counts = vec![
        NamedCount {
            name: "Faskes punya data".to_owned(),
            count: format!("{} dari {}", completeness.facilities_with_data, completeness.facilities),
            note: "minimal satu kunjungan, laporan, kehadiran atau capaian".to_owned(),
        },
        NamedCount {
            name: "Bulan dengan rekap".to_owned(),
            count: format!("{} dari {}", completeness.months.received, completeness.months.of),
            note: "bulan yang sudah mulai pada tanggal data".to_owned(),
        },
    ];
    if reports.denominator > 0.0 {
        counts.push(NamedCount {
            name: "Laporan bulanan masuk".to_owned(),
            count: format!("{} dari {}", format::count(reports.numerator), format::count(reports.denominator)),
            note: "yang jatuh tempo pada periode ini".to_owned(),
        });
    }
    PanelBody::Counts(counts, received_table(context, id))
}

fn received_table(context: &PageContext<'_>, id: &str) -> DataTable {
    let mut columns = vec![DataColumn::text("bulan", "Bulan")];
    columns.extend(MONTHLY.map(|table| DataColumn::text(table.code(), table.label())));
    DataTable {
        name: id.to_owned(),
        title: "Rekap yang diterima".to_owned(),
        note: "Yang belum diterima tidak dihitung sebagai nol, terlambat atau absen.".to_owned(),
        caption: format!("Data per {}", format::date(context.subject.as_of)),
        columns,
        rows: context.subject.period.months().map(|month| row(context, month)).collect(),
        totals: Vec::new(),
    }
}

fn row(context: &PageContext<'_>, month: Month) -> DataRow {
    let subject = context.subject;
    let mut cells = vec![DataCell::Month(month)];
    cells.extend(MONTHLY.map(|table| {
        if context.evaluator.received().contains(subject.puskesmas, table, month) {
            DataCell::State("diterima".to_owned(), Tone::Good)
        } else if month.has_begun(subject.as_of) {
            DataCell::State("belum diterima".to_owned(), Tone::Neutral)
        } else {
            DataCell::Blank("belum waktunya")
        }
    }));
    DataRow { cells }
}
