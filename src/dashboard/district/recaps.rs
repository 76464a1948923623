//! Who has not sent what, and what came late: a row for each Puskesmas of which a recap lacks or was late, and a text that
//! reminds them. Knows no channel by which it is sent.

use std::cmp::Reverse;

use super::{DistrictContext, DistrictRow, MonthRecaps, PuskesmasStanding};
use crate::dashboard::page::PanelBody;
use crate::dashboard::table::{DataCell, DataColumn, DataRow, DataTable, Tone};
use crate::domain::{Date, Month, format};

/// Puskesmas that a reminder names at most: a longer message is not read.
const NAMED_MAX: usize = 60;

/// The table and the reminder.
pub fn recaps(context: &DistrictContext, id: &str) -> PanelBody {
    let mut rows: Vec<&DistrictRow> = context.rows.iter().filter(|row| is_to_show(context, row)).collect();
    let counts = |row: &DistrictRow| {
        let of = |count: fn(&PuskesmasStanding, Date) -> usize| {
            row.standing.as_deref().map_or(usize::MAX, |standing| count(standing, context.today))
        };
        (Reverse(of(PuskesmasStanding::missing_recaps)), Reverse(of(|standing, _today| standing.late_recaps())))
    };
    rows.sort_by(|one, other| counts(one).cmp(&counts(other)).then_with(|| one.name.cmp(&other.name)));
    let lacking: Vec<&DistrictRow> = rows.iter().copied().filter(|row| lacks(context, row)).collect();
    PanelBody::Message(table(context, &rows, id), reminder(context, &lacking))
}

fn lacks(context: &DistrictContext, row: &DistrictRow) -> bool {
    row.standing.as_ref().is_none_or(|standing| standing.missing_recaps(context.today) > 0)
}

fn is_to_show(context: &DistrictContext, row: &DistrictRow) -> bool {
    lacks(context, row) || row.standing.as_ref().is_some_and(|standing| standing.late_recaps() > 0)
}

fn table(context: &DistrictContext, rows: &[&DistrictRow], id: &str) -> DataTable {
    let months: Vec<Month> = context.period.months().filter(|month| month.has_begun(context.as_of)).collect();
    let mut columns = vec![
        DataColumn::text("puskesmas", "Puskesmas"),
        DataColumn::text("klaster", "Cluster"),
        DataColumn::number("belum", "Belum", "Tabel rekap yang lewat batas dan belum masuk"),
        DataColumn::number("terlambat", "Terlambat", "Tabel rekap yang masuk sesudah batasnya"),
    ];
    columns.extend(months.iter().map(|month| DataColumn::text(&month.to_string(), &format::month(*month))));
    let lacking = rows.iter().filter(|row| lacks(context, row)).count();
    DataTable {
        name: id.to_owned(),
        title: "Rekap yang belum masuk dan yang terlambat".to_owned(),
        note: format!(
            "Batas rekap: tanggal {} bulan berikutnya; terlambat dihitung dari hari rekap itu pertama kali diterima di sini. \
             Yang belum masuk tidak dihitung nol.",
            super::RECAP_DUE_DAY
        ),
        caption: format!("{lacking} dari {} Puskesmas belum lengkap · {}", context.rows.len(), context.caption()),
        columns,
        rows: rows.iter().map(|row| recap_row(context, row, &months)).collect(),
        totals: Vec::new(),
    }
}

fn recap_row(context: &DistrictContext, row: &DistrictRow, months: &[Month]) -> DataRow {
    let mut cells = vec![row.name_cell(), row.cluster_cell()];
    let count = |count: usize| DataCell::Count(f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
    match &row.standing {
        None => {
            cells.extend([DataCell::Blank("belum ada satu pun rekap"), DataCell::Blank("belum ada satu pun rekap")]);
            cells.extend(months.iter().map(|_| DataCell::State("belum masuk".to_owned(), Tone::Poor)));
        }
        Some(standing) => {
            cells.push(count(standing.missing_recaps(context.today)));
            cells.push(count(standing.late_recaps()));
            cells.extend(standing.months.iter().map(|month| month_cell(month, context.today)));
        }
    }
    DataRow { cells }
}

fn month_cell(month: &MonthRecaps, today: Date) -> DataCell {
    let missing = month.not_received();
    if missing.is_empty() {
        return match month.last_late() {
            None => DataCell::State("masuk".to_owned(), Tone::Good),
            Some(day) => DataCell::State(format!("terlambat, {}", format::date(day)), Tone::Fair),
        };
    }
    if today <= month.due {
        return DataCell::State("belum jatuh tempo".to_owned(), Tone::Neutral);
    }
    if missing.len() == month.tables.len() {
        return DataCell::State("belum masuk".to_owned(), Tone::Poor);
    }
    DataCell::State(format!("belum: {}", missing.join(", ")), Tone::Poor)
}

/// The text to send to those whose recaps lack; blank where nobody's do.
fn reminder(context: &DistrictContext, lacking: &[&DistrictRow]) -> String {
    if lacking.is_empty() {
        return String::new();
    }
    let mut lines = vec![
        format!("*Rekap pembinaan jaringan dan jejaring, {}*", format::period(context.period)),
        format!("Per {} rekap berikut belum kami terima:", format::date(context.today)),
    ];
    lines.extend(lacking.iter().take(NAMED_MAX).map(|row| format!("- {}: {}", row.name, lacking_words(context, row))));
    let more = lacking.len().saturating_sub(NAMED_MAX);
    if more > 0 {
        lines.push(format!("… dan {more} Puskesmas lain."));
    }
    lines.push("Mohon dikirim. Terima kasih.".to_owned());
    lines.join("\n")
}

/// `Juli 2023 (batas 10 Agustus 2023); Juni 2023: RTL, Laporan`.
fn lacking_words(context: &DistrictContext, row: &DistrictRow) -> String {
    let Some(standing) = &row.standing else { return "belum ada satu pun rekap".to_owned() };
    let months = standing.months.iter().filter(|month| context.today > month.due).filter_map(|month| {
        let missing = month.not_received();
        let name = format::month(month.month);
        match missing.len() {
            0 => None,
            all if all == month.tables.len() => Some(format!("{name} (batas {})", format::date(month.due))),
            _ => Some(format!("{name}: {}", missing.join(", "))),
        }
    });
    months.collect::<Vec<_>>().join("; ")
}
