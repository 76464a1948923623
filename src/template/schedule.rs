//! Jadwal and Perubahan Jadwal as sheets.

use std::collections::BTreeSet;

use super::context::TemplateContext;
use super::lists::{CANCELLED, List};
use super::plan::{Column, Entry, Look, Plan, Rule, SPARE_AFTER_KNOWN, SPARE_LINES, Total};
use super::year_line;
use crate::domain::{Month, format};

const MARK: &str = "X";

/// Jadwal: a row for every facility, a mark where a visit is planned.
pub(super) fn slots(context: &TemplateContext) -> Plan {
    let year = context.month.year();
    let planned: BTreeSet<(&str, Month)> = context
        .records
        .slots
        .iter()
        .filter(|slot| slot.month.year() == year)
        .map(|slot| (slot.facility.as_str(), slot.month))
        .collect();
    let (first, last) = (context.january(), context.january().plus(11));
    let names = context.names(first, last, planned.iter().map(|(name, _)| *name));
    let rows = names.iter().map(|name| {
        let marks = context.months().map(|month| {
            let is_planned = planned.contains(&(*name, month));
            if is_planned { Entry::Text(MARK.to_owned()) } else { Entry::Blank }
        });
        [Entry::Blank, Entry::fixed(name)].into_iter().chain(marks).collect()
    });
    let mut columns = vec![
        Column::ordinal(),
        Column::new("Nama Jaringan/jejaring", 34.0, Look::Text)
            .rule(Rule::Suggested(List::Names))
            .help("Nama seperti di Daftar Identifikasi.", "Pilih dari daftar."),
    ];
    columns.extend((1..=12).map(|month| {
        let column = Column::new(month.to_string(), 6.5, Look::Mark)
            .under("B u l a n")
            .rule(Rule::Words(&[MARK]))
            .total(Total::Count(MARK));
        let help = if month == 1 { "Bulan 1 sampai 12 yang direncanakan untuk kunjungan." } else { "" };
        column.label("1 – 12").help(help, "X bila kunjungan direncanakan. Kosong: tidak ada.")
    }));
    Plan {
        sheet: "Jadwal".to_owned(),
        title: "JADWAL PELAKSANAAN KEGIATAN PEMBINAAN JARINGAN DAN JEJARING",
        period: vec![year_line(context.month)],
        purpose: "Rencana kunjungan setahun. Pindahkan jadwal di lembar Perubahan Jadwal, bukan di sini.".to_owned(),
        columns,
        name_column: 1,
        rows: rows.collect(),
        spare_rows: if names.is_empty() { SPARE_LINES } else { SPARE_AFTER_KNOWN },
    }
}

/// Perubahan Jadwal.
pub(super) fn changes(context: &TemplateContext) -> Plan {
    let year = context.month.year();
    let rows = context.records.changes.iter().filter(|change| change.named.year() == year).map(|change| {
        let moved_to = change.moved_to.map_or_else(|| CANCELLED.to_owned(), format::month);
        vec![
            Entry::Blank,
            Entry::text(Some(&change.facility)),
            Entry::Text(format::month(change.named)),
            Entry::Text(moved_to),
            Entry::text(change.reason.as_deref()),
        ]
    });
    Plan {
        sheet: "Perubahan Jadwal".to_owned(),
        title: "PERUBAHAN JADWAL PEMBINAAN",
        period: vec![year_line(context.month)],
        purpose: "Jadwal yang disetujui pindah bulan atau batal. Bila berubah dua kali, baris terakhir yang berlaku."
            .to_owned(),
        columns: vec![
            Column::ordinal(),
            Column::new("Jaringan/Jejaring", 34.0, Look::Text)
                .rule(Rule::Suggested(List::Names))
                .help("Nama seperti di Daftar Identifikasi.", "Pilih dari daftar."),
            Column::new("Jadwal Pelaksanaan", 22.0, Look::Mark)
                .rule(Rule::Chosen(List::Months))
                .help("Bulan yang direncanakan di lembar Jadwal.", "Pilih bulannya."),
            Column::new("Perubahan Jadwal", 22.0, Look::Mark)
                .rule(Rule::Chosen(List::Changes))
                .help("Bulan yang baru.", "Pilih bulannya, atau Dibatalkan."),
            Column::new("Ket.", 34.0, Look::Text).help("Alasan.", "Teks bebas, boleh kosong."),
        ],
        name_column: 1,
        rows: rows.collect(),
        spare_rows: SPARE_LINES,
    }
}
