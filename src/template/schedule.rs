//! Jadwal and Perubahan Jadwal as sheets.

use std::collections::{BTreeMap, BTreeSet};

use super::context::TemplateContext;
use super::lists::{CANCELLED, List};
use super::plan::{ColumnLook, InputRule, PlanColumn, PlannedCell, SPARE_AFTER_KNOWN, SPARE_LINES, SheetPlan, Total};
use super::year_line;
use crate::domain::{Month, format};

const MARK: &str = "X";

/// Jadwal: a row for every facility, a mark where a visit is planned.
pub(super) fn slots(context: &TemplateContext) -> SheetPlan {
    let year = context.month.year();
    let mut planned: BTreeMap<(&str, Option<&str>), BTreeSet<Month>> = BTreeMap::new();
    for slot in context.records.slots.iter().filter(|slot| slot.month.year() == year) {
        planned.entry((&slot.facility, slot.person.as_deref())).or_default().insert(slot.month);
    }
    let first = context.january();
    let last = context.january().plus(11);
    let names = context.names(first, last, planned.keys().map(|(name, _)| *name));
    let row = |name: &str, person: Option<&str>, months: &BTreeSet<Month>| -> Vec<PlannedCell> {
        let mark =
            |month| if months.contains(&month) { PlannedCell::Text(MARK.to_owned()) } else { PlannedCell::Blank };
        let marks = context.months().map(mark);
        [PlannedCell::Blank, PlannedCell::fixed(name)]
            .into_iter()
            .chain(marks)
            .chain([PlannedCell::text(person)])
            .collect()
    };
    // A facility has a row for each person in charge of some of its visits.
    let rows: Vec<Vec<PlannedCell>> = names
        .iter()
        .flat_map(|name| {
            let of_name = planned.iter().filter(|((planned, _), _)| planned == name);
            let rows: Vec<Vec<PlannedCell>> = of_name.map(|((_, person), months)| row(name, *person, months)).collect();
            if rows.is_empty() { vec![row(name, None, &BTreeSet::new())] } else { rows }
        })
        .collect();
    let mut columns = vec![
        PlanColumn::ordinal(),
        PlanColumn::new("Nama Jaringan/jejaring", 34.0, ColumnLook::Text)
            .rule(InputRule::Suggested(List::Names))
            .help("Nama seperti di Daftar Identifikasi.", "Pilih dari daftar."),
    ];
    columns.extend((1..=12).map(|month| {
        let column = PlanColumn::new(month.to_string(), 6.5, ColumnLook::Mark)
            .under("B u l a n")
            .rule(InputRule::Words(&[MARK]))
            .total(Total::Count(MARK));
        let help = if month == 1 { "Bulan 1 sampai 12 yang direncanakan untuk kunjungan." } else { "" };
        column.label("1 – 12").help(help, "X bila kunjungan direncanakan. Kosong: tidak ada.")
    }));
    columns.push(PlanColumn::new("Penanggung Jawab", 24.0, ColumnLook::Text).help(
        "Petugas Puskesmas yang melaksanakan kunjungan.",
        "Nama, boleh kosong. Bila berganti di tengah tahun, tulis dua baris untuk nama itu.",
    ));
    SheetPlan {
        sheet: "Jadwal".to_owned(),
        title: "JADWAL PELAKSANAAN KEGIATAN PEMBINAAN JARINGAN DAN JEJARING",
        period: vec![year_line(context.month)],
        purpose: "Rencana kunjungan setahun. Pindahkan jadwal di lembar Perubahan Jadwal, bukan di sini.".to_owned(),
        columns,
        name_column: 1,
        rows,
        spare_rows: if names.is_empty() { SPARE_LINES } else { SPARE_AFTER_KNOWN },
    }
}

/// Plans the sheet *Perubahan Jadwal*.
pub(super) fn changes(context: &TemplateContext) -> SheetPlan {
    let year = context.month.year();
    let rows = context.records.changes.iter().filter(|change| change.named.year() == year).map(|change| {
        let moved_to = change.moved_to.map_or_else(|| CANCELLED.to_owned(), format::month);
        vec![
            PlannedCell::Blank,
            PlannedCell::text(Some(&change.facility)),
            PlannedCell::Text(format::month(change.named)),
            PlannedCell::Text(moved_to),
            PlannedCell::text(change.reason.as_deref()),
            PlannedCell::text(change.approval.number.as_deref()),
            PlannedCell::text(change.approval.approver.as_deref()),
        ]
    });
    SheetPlan {
        sheet: "Perubahan Jadwal".to_owned(),
        title: "PERUBAHAN JADWAL PEMBINAAN",
        period: vec![year_line(context.month)],
        purpose: "Jadwal yang disetujui pindah bulan atau batal. Bila berubah dua kali, baris terakhir yang berlaku."
            .to_owned(),
        columns: vec![
            PlanColumn::ordinal(),
            PlanColumn::new("Jaringan/Jejaring", 34.0, ColumnLook::Text)
                .rule(InputRule::Suggested(List::Names))
                .help("Nama seperti di Daftar Identifikasi.", "Pilih dari daftar."),
            PlanColumn::new("Jadwal Pelaksanaan", 22.0, ColumnLook::Mark)
                .rule(InputRule::Chosen(List::Months))
                .help("Bulan yang direncanakan di lembar Jadwal.", "Pilih bulannya."),
            PlanColumn::new("Perubahan Jadwal", 22.0, ColumnLook::Mark)
                .rule(InputRule::Chosen(List::Changes))
                .help("Bulan yang baru.", "Pilih bulannya, atau Dibatalkan."),
            PlanColumn::new("Ket.", 34.0, ColumnLook::Text)
                .help("Alasan, seperti permintaan klinik.", "Teks bebas, boleh kosong."),
            PlanColumn::new("Nomor Surat", 22.0, ColumnLook::Text)
                .help("Surat persetujuan perubahan.", "Teks bebas, boleh kosong."),
            PlanColumn::new("Disetujui Oleh", 24.0, ColumnLook::Text)
                .help("Yang menyetujui perubahan, misalnya Kepala Puskesmas.", "Nama atau jabatan, boleh kosong."),
        ],
        name_column: 1,
        rows: rows.collect(),
        spare_rows: SPARE_LINES,
    }
}
