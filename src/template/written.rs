//! Evaluasi, Notulen, Cluster and Pembinaan TPCB with its follow-up as sheets.

use super::context::TemplateContext;
use super::lists::List;
use super::plan::{Column, ColumnLook, Entry, Plan, Rule, SPARE_LINES};
use super::year_line;
use crate::domain::written::{ClusterMember, Decision, DistrictFollowUp, DistrictVisit, Problem};
use crate::domain::{Date, Month, Period, PeriodKind, format};

/// Years around the workbook's in which a date that is due or done may lie without a question.
const MONTHS_AROUND: i32 = 24;

/// The four months of the context's month.
pub(super) fn period(month: Month) -> Period {
    Period::containing(PeriodKind::FourMonth, month)
}

fn around(context: &TemplateContext) -> Rule {
    let first = context.january();
    let last = context.january().plus(11);
    Rule::DateIn(first.plus(-MONTHS_AROUND).first_day(), last.plus(MONTHS_AROUND).last_day())
}

fn within_year(context: &TemplateContext) -> Rule {
    Rule::DateIn(context.january().first_day(), context.january().plus(11).last_day())
}

fn is_of_year(context: &TemplateContext, date: Date) -> bool {
    Month::of(date).year() == context.month.year()
}

fn prose(heading: &str, meaning: &'static str) -> Column {
    Column::new(heading, 30.0, ColumnLook::Text).help(meaning, "Teks bebas, boleh kosong.")
}

fn owner() -> Column {
    Column::new("Penanggung Jawab", 20.0, ColumnLook::Text).help("Yang mengerjakan.", "Nama orang, boleh kosong.")
}

fn date(heading: &str, meaning: &'static str, context: &TemplateContext) -> Column {
    Column::new(heading, 17.0, ColumnLook::Date).rule(around(context)).help(meaning, "Tanggal, boleh kosong.")
}

fn text(text: Option<&String>) -> Entry {
    Entry::text(text.map(String::as_str))
}

/// Evaluasi of the four months in which the context's month lies.
pub(super) fn problems(context: &TemplateContext) -> Plan {
    let period = period(context.month);
    let rows = context.records.problems.iter().filter(|row| row.period == period);
    let whole = |row: &Problem| row.facility.clone().unwrap_or_else(|| context.puskesmas.clone());
    Plan {
        sheet: "Evaluasi".to_owned(),
        title: "EVALUASI PEMBINAAN: MASALAH, PENYEBAB, DAN TINDAK LANJUT",
        period: vec![format::period(period).to_uppercase(), year_line(context.month)],
        purpose: "Masalah, penyebab, dan tindak lanjut yang disepakati untuk setiap faskes pada periode ini."
            .to_owned(),
        columns: vec![
            Column::ordinal(),
            Column::new("Nama", 28.0, ColumnLook::Text).rule(Rule::Suggested(List::Names)).help(
                "Nama seperti di Daftar Identifikasi.",
                "Pilih dari daftar. Tulis nama Puskesmas bila masalahnya bukan milik satu faskes.",
            ),
            Column::new("Masalah", 30.0, ColumnLook::Text)
                .help("Yang belum tercapai.", "Satu masalah satu baris. Wajib diisi."),
            prose("Penyebab", "Mengapa, menurut yang menilai. Simpul tidak pernah mengisinya sendiri."),
            prose("Tindak Lanjut", "Yang disepakati."),
            owner(),
            date("Batas Waktu", "Batas waktu.", context),
            date("Tanggal Selesai", "Tanggal selesai.", context),
            Column::new("Bukti", 22.0, ColumnLook::Text).help("Bukti tindak lanjut.", "Teks bebas, boleh kosong."),
        ],
        name_column: 1,
        rows: rows
            .map(|row| {
                vec![
                    Entry::Blank,
                    Entry::text(Some(&whole(row))),
                    Entry::text(Some(&row.problem)),
                    text(row.cause.as_ref()),
                    text(row.agreed.as_ref()),
                    text(row.owner.as_ref()),
                    Entry::date(row.due),
                    Entry::date(row.done),
                    text(row.proof.as_ref()),
                ]
            })
            .collect(),
        spare_rows: SPARE_LINES,
    }
}

fn decision_row(row: &Decision) -> Vec<Entry> {
    vec![
        Entry::Blank,
        Entry::Date(row.date),
        text(row.problem.as_ref()),
        Entry::text(Some(&row.decision)),
        text(row.owner.as_ref()),
        Entry::date(row.due),
        text(row.follow_up.as_ref()),
        Entry::date(row.done),
    ]
}

/// Notulen of the year.
pub(super) fn decisions(context: &TemplateContext) -> Plan {
    let rows = context.records.decisions.iter().filter(|row| is_of_year(context, row.date));
    Plan {
        sheet: "Notulen".to_owned(),
        title: "NOTULEN LOKAKARYA MINI: KEPUTUSAN DAN TINDAK LANJUT",
        period: vec![year_line(context.month)],
        purpose: "Keputusan lokakarya mini setahun, dengan tindak lanjutnya.".to_owned(),
        columns: vec![
            Column::ordinal(),
            Column::new("Tanggal", 17.0, ColumnLook::Date)
                .rule(within_year(context))
                .help("Tanggal lokmin.", "Tanggal. Wajib diisi di setiap baris."),
            prose("Masalah", "Yang dibahas."),
            Column::new("Keputusan", 32.0, ColumnLook::Text)
                .help("Yang diputuskan.", "Satu keputusan satu baris. Wajib diisi."),
            owner(),
            date("Batas Waktu", "Batas waktu.", context),
            prose("Tindak Lanjut", "Yang sudah dikerjakan; kosong berarti belum ditindaklanjuti."),
            date("Tanggal Selesai", "Tanggal selesai.", context),
        ],
        name_column: 3,
        rows: rows.map(decision_row).collect(),
        spare_rows: SPARE_LINES,
    }
}

/// Cluster of the year.
pub(super) fn clusters(context: &TemplateContext) -> Plan {
    let rows = context.records.clusters.iter().filter(|row| row.year == context.month.year());
    let row = |row: &ClusterMember| {
        vec![Entry::Blank, Entry::text(Some(&row.puskesmas)), Entry::text(Some(&row.cluster)), Entry::Blank]
    };
    Plan {
        sheet: "Cluster".to_owned(),
        title: "PEMBAGIAN CLUSTER BINAAN TPCB",
        period: vec![year_line(context.month)],
        purpose: "Puskesmas mana masuk cluster mana. Berlaku untuk semua Puskesmas di Simpul ini.".to_owned(),
        columns: vec![
            Column::ordinal(),
            Column::new("Puskesmas", 36.0, ColumnLook::Text)
                .help("Nama Puskesmas.", "UPT dan huruf besar boleh, tidak membedakan."),
            Column::new("Cluster", 22.0, ColumnLook::Text)
                .help("Nama cluster.", "Misalnya I, atau Cluster Utara. Wajib diisi."),
            Column::new("Keterangan", 24.0, ColumnLook::Text)
                .help("Puskesmas yang datanya belum ada di Simpul.", "Tulis: belum ada data. Lainnya boleh kosong."),
        ],
        name_column: 1,
        rows: rows.map(row).collect(),
        spare_rows: SPARE_LINES,
    }
}

fn district_visit_row(row: &DistrictVisit) -> Vec<Entry> {
    vec![
        Entry::Blank,
        Entry::Date(row.date),
        text(row.sort.as_ref()),
        text(row.fact.as_ref()),
        text(row.conclusion.as_ref()),
        text(row.for_puskesmas.as_ref()),
        text(row.for_district.as_ref()),
        Entry::date(row.due),
        Entry::date(row.sent),
        Entry::date(row.received),
        Entry::date(row.answered),
        Entry::date(row.followed_up),
    ]
}

/// Pembinaan TPCB of the year.
pub(super) fn district_visits(context: &TemplateContext) -> Plan {
    let rows = context.records.district_visits.iter().filter(|row| is_of_year(context, row.date));
    let found = |heading, meaning| prose(heading, meaning).under("Temuan");
    let advised = |heading, meaning| prose(heading, meaning).under("Rekomendasi");
    Plan {
        sheet: "Pembinaan TPCB".to_owned(),
        title: "LAPORAN PEMBINAAN TPCB",
        period: vec![year_line(context.month)],
        purpose: "Pembinaan oleh TPCB: temuan, rekomendasi, dan kapan umpan baliknya dikirim dan dijawab.".to_owned(),
        columns: vec![
            Column::ordinal(),
            Column::new("Tanggal", 17.0, ColumnLook::Date)
                .rule(within_year(context))
                .help("Tanggal pembinaan.", "Tanggal. Wajib diisi di setiap baris."),
            Column::new("Jenis Pembinaan", 20.0, ColumnLook::Text)
                .help("Jenis pembinaan.", "Misalnya Terpadu atau Teknis."),
            found("Fakta", "Temuan: apa adanya."),
            found("Kesimpulan", "Temuan: artinya."),
            advised("Puskesmas", "Rekomendasi untuk Puskesmas."),
            advised("Dinas Kesehatan", "Rekomendasi untuk Dinas Kesehatan."),
            date("Target Waktu", "Batas waktu.", context),
            date("Tanggal Dikirim", "Umpan balik dikirim.", context),
            date("Tanggal Diterima", "Umpan balik diterima Puskesmas.", context),
            date("Tanggal Ditanggapi", "Umpan balik dijawab Puskesmas.", context),
            date("Tanggal Ditindaklanjuti", "Umpan balik selesai ditindaklanjuti.", context),
        ],
        name_column: 1,
        rows: rows.map(district_visit_row).collect(),
        spare_rows: SPARE_LINES,
    }
}

/// Tindak lanjut TPCB of the year.
pub(super) fn district_follow_ups(context: &TemplateContext) -> Plan {
    let is_of_year = |row: &&DistrictFollowUp| row.coached.is_none_or(|coached| is_of_year(context, coached));
    let rows = context.records.district_follow_ups.iter().filter(is_of_year).map(|row| {
        vec![
            Entry::Blank,
            Entry::date(row.coached),
            Entry::text(Some(&row.item)),
            text(row.owner.as_ref()),
            Entry::date(row.due),
            Entry::date(row.done),
        ]
    });
    Plan {
        sheet: "Tindak Lanjut TPCB".to_owned(),
        title: "TINDAK LANJUT PEMBINAAN TPCB",
        period: vec![year_line(context.month)],
        purpose: "Jawaban Puskesmas atas setiap rekomendasi TPCB.".to_owned(),
        columns: vec![
            Column::ordinal(),
            date("Tanggal Pembinaan", "Tanggal pembinaan yang dijawab.", context),
            Column::new("Rencana Tindak Lanjut", 40.0, ColumnLook::Text)
                .help("Yang akan dikerjakan.", "Satu tindakan satu baris."),
            owner(),
            date("Batas Waktu", "Batas waktu.", context),
            date("Tanggal Pelaksanaan", "Tanggal dilaksanakan.", context),
        ],
        name_column: 2,
        rows: rows.collect(),
        spare_rows: SPARE_LINES,
    }
}
