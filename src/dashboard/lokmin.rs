//! Lokmin attendance, facility by month: hadir, tidak hadir, tidak diundang, belum ada rekap.

use crate::domain::facts::LokminAttendance;
use crate::domain::{Month, Table as Recap, format};

use super::context::PageContext;
use super::table::{DataCell, DataColumn, DataRow, DataTable, Tone};

/// Attendance over the period's year: facility by month, or the months of one facility below each other.
pub fn lokmin(context: &PageContext<'_>, id: &str) -> DataTable {
    let year = context.subject.period.year();
    let months: Vec<Month> = (1..=12).filter_map(|month| Month::new(year, month)).collect();
    if let Some(facility) = context.subject.facility {
        return of_one(context, facility, &months, id);
    }
    let mut columns = vec![DataColumn::text("faskes", "Faskes")];
    columns.extend(months.iter().map(|month| DataColumn {
        name: format::month(*month),
        ..DataColumn::text(&month.to_string(), &format::month_name(*month)[..3])
    }));
    columns.push(DataColumn::number("hadir", "Hadir", "Jumlah hadir dari yang diundang"));
    let rows = context.facilities().map(|result| row(context, result.facility, &months)).collect();
    DataTable {
        name: id.to_owned(),
        title: format!("Kehadiran lokmin {year}"),
        note: String::new(),
        caption: format!("Data per {}", format::date(context.subject.as_of)),
        columns,
        rows,
        totals: Vec::new(),
    }
}

fn of_one(context: &PageContext<'_>, facility: u32, months: &[Month], id: &str) -> DataTable {
    let mut cells = row(context, facility, months).cells;
    let sum = cells.pop().unwrap_or(DataCell::Blank(""));
    let of_months = months.iter().zip(cells.into_iter().skip(1));
    DataTable {
        name: id.to_owned(),
        title: format!("Kehadiran lokmin {}", context.subject.period.year()),
        note: String::new(),
        caption: format!("Data per {}", format::date(context.subject.as_of)),
        columns: vec![DataColumn::text("bulan", "Bulan lokmin"), DataColumn::text("kehadiran", "Kehadiran")],
        rows: of_months.map(|(month, cell)| DataRow { cells: vec![DataCell::Month(*month), cell] }).collect(),
        totals: vec![DataRow { cells: vec![DataCell::Text("Hadir dari undangan".to_owned()), sum] }],
    }
}

fn row(context: &PageContext<'_>, facility: u32, months: &[Month]) -> DataRow {
    let meetings: Vec<&LokminAttendance> = context
        .evaluator
        .facts()
        .lokmin
        .iter()
        .filter(|meeting| meeting.facility == facility && meeting.month.has_begun(context.subject.as_of))
        .collect();
    let mut cells = vec![DataCell::Facility(facility, context.facility(facility).name.clone())];
    let mut invited = 0_u32;
    let mut attended = 0_u32;
    for month in months {
        let of_month: Vec<_> = meetings.iter().filter(|m| m.month == *month && (m.invited || m.attended)).collect();
        invited += u32::try_from(of_month.len()).unwrap_or(0);
        attended += u32::try_from(of_month.iter().filter(|m| m.attended).count()).unwrap_or(0);
        cells.push(month_cell(context, &of_month, *month));
    }
    cells.push(if invited == 0 {
        DataCell::Blank("tidak pernah diundang")
    } else {
        DataCell::Text(format!("{attended}/{invited}"))
    });
    DataRow { cells }
}

fn month_cell(context: &PageContext<'_>, meetings: &[&&LokminAttendance], month: Month) -> DataCell {
    let subject = context.subject;
    if !month.has_begun(subject.as_of) {
        return DataCell::Blank("belum waktunya");
    }
    let attended = meetings.iter().filter(|meeting| meeting.attended).count();
    match (meetings.len(), attended) {
        (0, _) if context.evaluator.received().contains(subject.puskesmas, Recap::Lokmin, month) => {
            DataCell::Blank("tidak diundang")
        }
        (0, _) => DataCell::State("belum lapor".to_owned(), Tone::Neutral),
        (1, 1) => DataCell::State("hadir".to_owned(), Tone::Good),
        (1, _) => DataCell::State("absen".to_owned(), Tone::Poor),
        (all, attended) if all == attended => DataCell::State(format!("hadir {attended}/{all}"), Tone::Good),
        (all, 0) => DataCell::State(format!("absen 0/{all}"), Tone::Poor),
        (all, attended) => DataCell::State(format!("hadir {attended}/{all}"), Tone::Fair),
    }
}
