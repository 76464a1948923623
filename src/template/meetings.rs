//! Lokmin and Laporan as sheets, of a month and of a year.

use std::collections::{BTreeMap, BTreeSet};

use super::context::TemplateContext;
use super::lists::List;
use super::plan::{
    ColumnLook, Computed, InputRule, PlanColumn, PlannedCell, SPARE_AFTER_KNOWN, SPARE_LINES, SheetPlan, Total,
};
use super::{month_line, year_line};
use crate::domain::facts::LokminSort;
use crate::domain::records::{LokminRow, ReportRow};
use crate::domain::{Month, ReportReceipt, format};

const YES_NO: [&str; 2] = ["Ya", "Tidak"];
const SORTS: &[&str] = &["Bulanan", "Tribulanan"];
const ATTENDED: &str = "√";
const ABSENT: &str = "-";
/// Column of *Tanggal Diterima*.
const RECEIVED_ON: usize = 3;

fn name_column() -> PlanColumn {
    PlanColumn::new("Nama Jaringan/Jejaring", 34.0, ColumnLook::Text)
        .rule(InputRule::Suggested(List::Names))
        .help("Nama seperti di Daftar Identifikasi.", "Sudah terisi; baris tambahan: pilih dari daftar.")
}

fn spare_rows(names: &[&str]) -> usize {
    if names.is_empty() { SPARE_LINES } else { SPARE_AFTER_KNOWN }
}

fn lokmin_row(row: &LokminRow) -> Vec<PlannedCell> {
    let sort = match row.sort {
        LokminSort::Monthly => PlannedCell::Blank,
        LokminSort::Quarterly => PlannedCell::Text(row.sort.label().to_owned()),
    };
    vec![
        PlannedCell::Blank,
        PlannedCell::fixed(&row.facility),
        PlannedCell::word(row.invited, YES_NO),
        PlannedCell::word(row.attended, YES_NO),
        sort,
    ]
}

/// Lokmin of the month: a row for every facility; a second one where it was at the three-monthly meeting too.
pub(super) fn lokmin(context: &TemplateContext) -> SheetPlan {
    let mut held: BTreeMap<&str, Vec<&LokminRow>> = BTreeMap::new();
    for row in context.records.lokmin.iter().filter(|row| row.month == context.month) {
        held.entry(row.facility.as_str()).or_default().push(row);
    }
    let names = context.names(context.month, context.month, held.keys().copied());
    let mut rows = Vec::new();
    for name in &names {
        match held.get(name) {
            Some(own) => rows.extend(own.iter().map(|row| lokmin_row(row))),
            None => rows.push(vec![
                PlannedCell::Blank,
                PlannedCell::fixed(name),
                PlannedCell::Blank,
                PlannedCell::Blank,
                PlannedCell::Blank,
            ]),
        }
    }
    SheetPlan {
        sheet: "Lokmin".to_owned(),
        title: "DAFTAR HADIR LOKAKARYA MINI",
        period: vec![year_line(context.month), month_line(context.month)],
        purpose: "Siapa diundang dan hadir pada lokakarya mini bulan ini.".to_owned(),
        columns: vec![
            PlanColumn::ordinal(),
            name_column(),
            PlanColumn::new("Diundang", 14.0, ColumnLook::Mark)
                .rule(InputRule::Words(&YES_NO))
                .total(Total::Count(YES_NO[0]))
                .help("Diundang ke lokmin.", "Ya atau Tidak. Kosong dianggap tidak diundang."),
            PlanColumn::new("Hadir", 14.0, ColumnLook::Mark)
                .rule(InputRule::Words(&YES_NO))
                .total(Total::Count(YES_NO[0]))
                .help("Hadir di lokmin.", "Ya atau Tidak. Yang hadir dianggap diundang."),
            PlanColumn::new("Jenis", 16.0, ColumnLook::Mark)
                .rule(InputRule::Words(SORTS))
                .help("Lokmin bulanan atau tribulanan.", "Kosong: Bulanan. Tribulanan: pakai baris tambahan."),
        ],
        name_column: 1,
        rows,
        spare_rows: spare_rows(&names),
    }
}

/// A cell below *Tanggal Diterima*: the day, or what is known without one, in words that are read back.
fn received(receipt: ReportReceipt) -> PlannedCell {
    let words = match receipt {
        ReportReceipt::Day(date) => return PlannedCell::Date(date),
        ReportReceipt::InTime => "Tepat waktu",
        ReportReceipt::Late => "Terlambat",
        ReportReceipt::Came => "Diterima",
        // Below a day what has not come is blank.
        ReportReceipt::NotCome => return PlannedCell::Blank,
    };
    PlannedCell::Text(words.to_owned())
}

/// Laporan received in the month: a row for every facility that owes one, on the month before.
pub(super) fn reports(context: &TemplateContext) -> SheetPlan {
    let before = context.month.plus(-1);
    // One without a day stands where it was due.
    let month_of = |report: &ReportRow| report.received.day().map_or(report.month.plus(1), Month::from_date);
    let came = context.records.reports.iter().filter(|report| month_of(report) == context.month);
    let mut rows: Vec<Vec<PlannedCell>> = came
        .clone()
        .map(|report| {
            vec![
                PlannedCell::Blank,
                PlannedCell::fixed(&report.facility),
                PlannedCell::Text(format::month(report.month)),
                received(report.received),
            ]
        })
        .collect();
    let on_before: BTreeSet<&str> =
        came.filter(|report| report.month == before).map(|report| report.facility.as_str()).collect();
    let owing = context.active(before, before).filter(|row| row.owes_reports != Some(false));
    for facility in owing {
        if !on_before.contains(facility.name.as_str()) {
            // Of what did not come nothing is said: the month shows itself with the date.
            let month = PlannedCell::TextWith(format::month(before), RECEIVED_ON);
            rows.push(vec![PlannedCell::Blank, PlannedCell::fixed(&facility.name), month, PlannedCell::Blank]);
        }
    }
    let spare_rows = if rows.is_empty() { SPARE_LINES } else { SPARE_AFTER_KNOWN };
    SheetPlan {
        sheet: "Laporan".to_owned(),
        title: "PENERIMAAN LAPORAN BULANAN",
        period: vec![year_line(context.month), month_line(context.month)],
        purpose: "Laporan bulanan yang diterima bulan ini, biasanya tentang bulan sebelumnya.".to_owned(),
        columns: vec![
            PlanColumn::ordinal(),
            name_column(),
            PlanColumn::new("Bulan Laporan", 22.0, ColumnLook::Mark)
                .rule(InputRule::Suggested(List::ReportMonths))
                .help("Bulan yang dilaporkan.", "Muncul sendiri (bulan lalu) saat tanggal diisi; boleh diganti."),
            PlanColumn::new("Tanggal Diterima", 22.0, ColumnLook::Date)
                .rule(InputRule::DateIn(context.january().first_day(), context.month.last_day()))
                .total(Total::Filled)
                .help(
                    "Tanggal laporan diterima.",
                    "Tanggal. Kosong: belum diterima. Tanpa tanggal: Tepat waktu atau Terlambat.",
                ),
        ],
        name_column: 1,
        rows,
        spare_rows,
    }
}

/// Lokmin of the year, months across. Lokmin bulanan only: the layout has no place for the sort.
pub(super) fn lokmin_of_year(context: &TemplateContext) -> SheetPlan {
    let first = context.january();
    let last = context.january().plus(11);
    let held: BTreeMap<(&str, Month), &LokminRow> = context
        .records
        .lokmin
        .iter()
        .filter(|row| (first..=last).contains(&row.month) && row.sort == LokminSort::Monthly)
        .map(|row| ((row.facility.as_str(), row.month), row))
        .collect();
    let names = context.names(first, last, held.keys().map(|(name, _)| *name));
    let rows = names.iter().map(|name| {
        let marks = context.months().map(|month| {
            let row = held.get(&(*name, month));
            match row.map(|row| (row.invited, row.attended)) {
                Some((_, Some(true))) => PlannedCell::Text(ATTENDED.to_owned()),
                Some((Some(true), _)) => PlannedCell::Text(ABSENT.to_owned()),
                _ => PlannedCell::Blank,
            }
        });
        [PlannedCell::Blank, PlannedCell::fixed(name)].into_iter().chain(marks).chain([PlannedCell::Blank]).collect()
    });
    let mut columns = vec![PlanColumn::ordinal(), name_column()];
    columns.extend(format::MONTHS_SHORT.iter().enumerate().map(|(place, month)| {
        let column = PlanColumn::new(*month, 6.5, ColumnLook::Mark)
            .rule(InputRule::Words(&[ATTENDED, ABSENT]))
            .total(Total::Count(ATTENDED));
        let meaning = if place == 0 { "Kehadiran per bulan, Jan sampai Des." } else { "" };
        column.label("Jan – Des").help(meaning, "√ hadir, - diundang tetapi tidak hadir. Kosong: tidak diundang.")
    }));
    columns.push(
        PlanColumn::new("Jumlah", 9.0, ColumnLook::Mark)
            .computed(Computed::Count(2, 13, ATTENDED))
            .help("Berapa kali hadir.", "Terhitung sendiri."),
    );
    SheetPlan {
        sheet: "Lokmin".to_owned(),
        title: "REKAP KEHADIRAN LOKAKARYA MINI",
        period: vec![year_line(context.month)],
        purpose: "Kehadiran lokakarya mini bulanan setahun.".to_owned(),
        columns,
        name_column: 1,
        rows: rows.collect(),
        spare_rows: spare_rows(&names),
    }
}

/// Laporan on the months of the year, months across.
pub(super) fn reports_of_year(context: &TemplateContext) -> SheetPlan {
    let first = context.january();
    let last = context.january().plus(11);
    let on: BTreeMap<(&str, Month), ReportReceipt> = context
        .records
        .reports
        .iter()
        .filter(|row| (first..=last).contains(&row.month))
        .map(|row| ((row.facility.as_str(), row.month), row.received))
        .collect();
    let names = context.names(first, last, on.keys().map(|(name, _)| *name));
    let rows = names.iter().map(|name| {
        let dates =
            context.months().map(|month| on.get(&(*name, month)).map_or(PlannedCell::Blank, |told| received(*told)));
        [PlannedCell::Blank, PlannedCell::fixed(name)].into_iter().chain(dates).collect()
    });
    let mut columns = vec![PlanColumn::ordinal(), name_column()];
    columns.extend(format::MONTHS.iter().enumerate().map(|(place, month)| {
        let column = PlanColumn::new(*month, 11.5, ColumnLook::ShortDate)
            .rule(InputRule::DateIn(first.first_day(), last.plus(12).last_day()))
            .total(Total::Filled);
        let meaning = if place == 0 { "Tanggal laporan tentang bulan itu diterima." } else { "" };
        column
            .label("Januari – Desember")
            .help(meaning, "Tanggal laporan tentang bulan ini diterima. Kosong: belum diterima. Tanpa tanggal: Tepat waktu atau Terlambat.")
    }));
    SheetPlan {
        sheet: "Laporan".to_owned(),
        title: "REKAP PENERIMAAN LAPORAN BULANAN",
        period: vec![year_line(context.month)],
        purpose: "Tanggal laporan bulanan diterima, menurut bulan yang dilaporkan.".to_owned(),
        columns,
        name_column: 1,
        rows: rows.collect(),
        spare_rows: spare_rows(&names),
    }
}
