//! A row for each cluster, its counts pooled over its Puskesmas, and counts of how the Puskesmas stand. Percentages are
//! never averaged. Knows no single Puskesmas' row.

use super::puskesmas_table::{indicator_columns, median_cells, pooled_cells};
use super::{ClusterRows, DistrictContext, DistrictRow, NO_DATA, PuskesmasStanding};
use crate::dashboard::page::{NamedCount, PanelBody};
use crate::dashboard::table::{DataCell, DataColumn, DataRow, DataTable, ScoreStatus};
use crate::domain::{CoachingIndicator, Status, format};

/// Counts of the page, and the rows by cluster.
pub fn clusters(context: &DistrictContext, indicators: &[CoachingIndicator], id: &str) -> PanelBody {
    PanelBody::Counts(counts(context), table(context, indicators, id))
}

fn counts(context: &DistrictContext) -> Vec<NamedCount> {
    let named = |name: &str, count: String, note: String| NamedCount { name: name.to_owned(), count, note };
    let of = |status: Status| {
        let standing = |row: &DistrictRow| row.standing.as_ref().map_or(Status::NoData, |one| one.standing.status);
        context.rows.iter().filter(|row| standing(row) == status).count()
    };
    let statuses: Vec<String> = Status::ALL
        .into_iter()
        .filter(|status| of(*status) > 0)
        .map(|status| format!("{} {}", of(status), status.label()))
        .collect();
    let reporting = context.standings().filter(|standing| standing.has_data()).count();
    let whole = context.standings().filter(|standing| standing.missing_recaps(context.today) == 0).count();
    let late = context.standings().filter(|standing| standing.late_recaps() > 0).count();
    let approved = context.standings().filter(|standing| standing.is_approved).count();
    let score = context
        .pooled(context.standings().map(|standing| &standing.total))
        .and_then(|pooled| pooled.score)
        .map_or_else(|| NO_DATA.to_owned(), format::percent);
    let median = context.median_score().map_or_else(|| NO_DATA.to_owned(), format::percent);
    vec![
        named("Puskesmas", format!("{reporting} dari {}", context.rows.len()), "punya data".to_owned()),
        named("Status", statuses.join(", "), "Puskesmas menurut status skornya".to_owned()),
        named("Skor gabungan", score, format!("hitungan semua faskes dijumlahkan; median Puskesmas {median}")),
        named(
            "Rekap lengkap",
            format!("{whole} dari {}", context.rows.len()),
            format!("tanpa rekap yang lewat batas; {late} Puskesmas pernah terlambat"),
        ),
        named(
            "Disetujui",
            format!("{approved} dari {}", context.rows.len()),
            "angka periode ini tidak berubah lagi".to_owned(),
        ),
    ]
}

fn table(context: &DistrictContext, indicators: &[CoachingIndicator], id: &str) -> DataTable {
    let mut columns = vec![
        DataColumn::text("klaster", "Cluster"),
        DataColumn::number("puskesmas", "Puskesmas", "Jumlah Puskesmas"),
        DataColumn::number("punya-data", "Punya data", "Puskesmas yang punya data"),
        DataColumn::number("skor", "Skor", "Skor pembinaan (0–100), hitungan digabung"),
        DataColumn::text("status", "Status"),
        DataColumn::number("tren", "Tren", "Perubahan skor terhadap periode sebelumnya (poin)"),
    ];
    columns.extend(indicator_columns(indicators));
    let rows: Vec<&DistrictRow> = context.rows.iter().collect();
    let everyone = ClusterRows { name: None, rows };
    let name = if context.cluster.is_some() { "Cluster ini, digabung" } else { "Semua, digabung" };
    let mut medians = vec![DataCell::Text("Median Puskesmas".to_owned()), DataCell::Blank(""), DataCell::Blank("")];
    medians.extend(median_cells(context, indicators));
    DataTable {
        name: id.to_owned(),
        title: "Cluster".to_owned(),
        note: "Pembilang dan penyebut dijumlahkan lebih dulu, baru dihitung persennya; median: nilai tengah Puskesmas."
            .to_owned(),
        caption: context.caption(),
        columns,
        rows: context
            .by_cluster()
            .iter()
            .map(|cluster| {
                let name = cluster.name.map_or_else(
                    || DataCell::Text("Belum masuk cluster".to_owned()),
                    |name| DataCell::Cluster(name.to_owned()),
                );
                row(context, name, cluster, indicators)
            })
            .collect(),
        totals: vec![row(context, DataCell::Text(name.to_owned()), &everyone, indicators), DataRow { cells: medians }],
    }
}

fn row(
    context: &DistrictContext,
    name: DataCell,
    cluster: &ClusterRows<'_>,
    indicators: &[CoachingIndicator],
) -> DataRow {
    let standings = cluster.rows.iter().filter_map(|row| row.standing.as_deref());
    let count = |count: usize| DataCell::Count(f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
    let mut cells =
        vec![name, count(cluster.rows.len()), count(standings.clone().filter(|standing| standing.has_data()).count())];
    let previous = standings.clone().filter_map(|standing: &PuskesmasStanding| standing.previous.as_ref());
    if let Some(now) = context.pooled(standings.map(|standing| &standing.total)) {
        cells.extend(pooled_cells(&now, context.pooled(previous).as_ref(), &context.decree, indicators));
    } else {
        cells.push(DataCell::Blank(NO_DATA));
        cells.push(DataCell::Status(ScoreStatus { status: Status::NoData, basis: 0 }));
        cells.resize(cells.len() + indicators.len() + 1, DataCell::Blank(NO_DATA));
    }
    DataRow { cells }
}
