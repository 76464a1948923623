//! Evaluasi, Notulen, Cluster and Pembinaan TPCB with its follow-up as sheets.

use super::context::TemplateContext;
use super::lists::List;
use super::plan::{ColumnLook, InputRule, PlanColumn, PlannedCell, SPARE_LINES, SheetPlan};
use super::year_line;
use crate::domain::written::{ClusterMember, Decision, DistrictFollowUp, DistrictVisit, Problem};
use crate::domain::{Date, Month, Period, PeriodKind, format};

/// Years around the workbook's in which a date that is due or done may lie without a question.
const MONTHS_AROUND: i32 = 24;

/// The four months of the context's month.
pub(super) fn period(month: Month) -> Period {
    Period::containing(PeriodKind::FourMonth, month)
}

fn around(context: &TemplateContext) -> InputRule {
    let first = context.january();
    let last = context.january().plus(11);
    InputRule::DateIn(first.plus(-MONTHS_AROUND).first_day(), last.plus(MONTHS_AROUND).last_day())
}

fn within_year(context: &TemplateContext) -> InputRule {
    InputRule::DateIn(context.january().first_day(), context.january().plus(11).last_day())
}

fn is_of_year(context: &TemplateContext, date: Date) -> bool {
    Month::of(date).year() == context.month.year()
}

fn prose(heading: &str, meaning: &'static str) -> PlanColumn {
    PlanColumn::new(heading, 30.0, ColumnLook::Text).help(meaning, "Teks bebas, boleh kosong.")
}

fn owner() -> PlanColumn {
    PlanColumn::new("Penanggung Jawab", 20.0, ColumnLook::Text).help("Yang mengerjakan.", "Nama orang, boleh kosong.")
}

fn date(heading: &str, meaning: &'static str, context: &TemplateContext) -> PlanColumn {
    PlanColumn::new(heading, 17.0, ColumnLook::Date).rule(around(context)).help(meaning, "Tanggal, boleh kosong.")
}

fn text(text: Option<&String>) -> PlannedCell {
    PlannedCell::text(text.map(String::as_str))
}

/// Evaluasi of the four months in which the context's month lies.
pub(super) fn problems(context: &TemplateContext) -> SheetPlan {
    let period = period(context.month);
    let rows = context.records.problems.iter().filter(|row| row.period == period);
    let whole = |row: &Problem| row.facility.clone().unwrap_or_else(|| context.puskesmas.clone());
    SheetPlan {
        sheet: "Evaluasi".to_owned(),
        title: "EVALUASI PEMBINAAN: MASALAH, PENYEBAB, DAN TINDAK LANJUT",
        period: vec![format::period(period).to_uppercase(), year_line(context.month)],
        purpose: "Masalah, penyebab, dan tindak lanjut yang disepakati untuk setiap faskes pada periode ini."
            .to_owned(),
        columns: vec![
            PlanColumn::ordinal(),
            PlanColumn::new("Nama", 28.0, ColumnLook::Text).rule(InputRule::Suggested(List::Names)).help(
                "Nama seperti di Daftar Identifikasi.",
                "Pilih dari daftar. Tulis nama Puskesmas bila masalahnya bukan milik satu faskes.",
            ),
            PlanColumn::new("Masalah", 30.0, ColumnLook::Text)
                .help("Yang belum tercapai.", "Satu masalah satu baris. Wajib diisi."),
            prose("Penyebab", "Mengapa, menurut yang menilai. Simpul tidak pernah mengisinya sendiri."),
            prose("Tindak Lanjut", "Yang disepakati."),
            owner(),
            date("Batas Waktu", "Batas waktu.", context),
            date("Tanggal Selesai", "Tanggal selesai.", context),
            PlanColumn::new("Bukti", 22.0, ColumnLook::Text).help("Bukti tindak lanjut.", "Teks bebas, boleh kosong."),
        ],
        name_column: 1,
        rows: rows
            .map(|row| {
                vec![
                    PlannedCell::Blank,
                    PlannedCell::text(Some(&whole(row))),
                    PlannedCell::text(Some(&row.problem)),
                    text(row.cause.as_ref()),
                    text(row.agreed.as_ref()),
                    text(row.owner.as_ref()),
                    PlannedCell::date(row.due),
                    PlannedCell::date(row.done),
                    text(row.proof.as_ref()),
                ]
            })
            .collect(),
        spare_rows: SPARE_LINES,
    }
}

fn decision_row(row: &Decision) -> Vec<PlannedCell> {
    vec![
        PlannedCell::Blank,
        PlannedCell::Date(row.date),
        text(row.problem.as_ref()),
        text(row.facility.as_ref()),
        PlannedCell::text(Some(&row.decision)),
        text(row.owner.as_ref()),
        PlannedCell::date(row.due),
        text(row.follow_up.as_ref()),
        PlannedCell::date(row.done),
    ]
}

/// Notulen of the year.
pub(super) fn decisions(context: &TemplateContext) -> SheetPlan {
    let rows = context.records.decisions.iter().filter(|row| is_of_year(context, row.date));
    SheetPlan {
        sheet: "Notulen".to_owned(),
        title: "NOTULEN LOKAKARYA MINI: KEPUTUSAN DAN TINDAK LANJUT",
        period: vec![year_line(context.month)],
        purpose: "Keputusan lokakarya mini setahun, dengan tindak lanjutnya.".to_owned(),
        columns: vec![
            PlanColumn::ordinal(),
            PlanColumn::new("Tanggal", 17.0, ColumnLook::Date)
                .rule(within_year(context))
                .help("Tanggal lokmin.", "Tanggal. Wajib diisi di setiap baris."),
            prose("Masalah", "Yang dibahas."),
            PlanColumn::new("Untuk Faskes", 26.0, ColumnLook::Text)
                .rule(InputRule::Suggested(List::Names))
                .help("Faskes yang dituju.", "Pilih dari daftar; kosong bila bukan untuk satu faskes."),
            PlanColumn::new("Keputusan", 32.0, ColumnLook::Text)
                .help("Yang diputuskan.", "Satu keputusan satu baris. Wajib diisi."),
            owner(),
            date("Batas Waktu", "Batas waktu.", context),
            prose("Tindak Lanjut", "Yang sudah dikerjakan; kosong berarti belum ditindaklanjuti."),
            date("Tanggal Selesai", "Tanggal selesai.", context),
        ],
        name_column: 4,
        rows: rows.map(decision_row).collect(),
        spare_rows: SPARE_LINES,
    }
}

/// Cluster of the year.
pub(super) fn clusters(context: &TemplateContext) -> SheetPlan {
    let rows = context.records.clusters.iter().filter(|row| row.year == context.month.year());
    let row = |row: &ClusterMember| {
        vec![
            PlannedCell::Blank,
            PlannedCell::text(Some(&row.puskesmas)),
            PlannedCell::text(Some(&row.cluster)),
            PlannedCell::Blank,
        ]
    };
    SheetPlan {
        sheet: "Cluster".to_owned(),
        title: "PEMBAGIAN CLUSTER BINAAN TPCB",
        period: vec![year_line(context.month)],
        purpose: "Puskesmas mana masuk cluster mana. Berlaku untuk semua Puskesmas di Simpul ini.".to_owned(),
        columns: vec![
            PlanColumn::ordinal(),
            PlanColumn::new("Puskesmas", 36.0, ColumnLook::Text)
                .help("Nama Puskesmas.", "UPT dan huruf besar boleh, tidak membedakan."),
            PlanColumn::new("Cluster", 22.0, ColumnLook::Text)
                .help("Nama cluster.", "Misalnya I, atau Cluster Utara. Wajib diisi."),
            PlanColumn::new("Keterangan", 24.0, ColumnLook::Text)
                .help("Puskesmas yang datanya belum ada di Simpul.", "Tulis: belum ada data. Lainnya boleh kosong."),
        ],
        name_column: 1,
        rows: rows.map(row).collect(),
        spare_rows: SPARE_LINES,
    }
}

fn district_visit_row(row: &DistrictVisit) -> Vec<PlannedCell> {
    vec![
        PlannedCell::Blank,
        PlannedCell::Date(row.date),
        text(row.sort.as_ref()),
        text(row.fact.as_ref()),
        text(row.conclusion.as_ref()),
        text(row.for_puskesmas.as_ref()),
        text(row.for_district.as_ref()),
        PlannedCell::date(row.due),
        PlannedCell::date(row.sent),
        PlannedCell::date(row.received),
        PlannedCell::date(row.answered),
        PlannedCell::date(row.followed_up),
    ]
}

/// Pembinaan TPCB of the year.
pub(super) fn district_visits(context: &TemplateContext) -> SheetPlan {
    let rows = context.records.district_visits.iter().filter(|row| is_of_year(context, row.date));
    let found = |heading, meaning| prose(heading, meaning).under("Temuan");
    let advised = |heading, meaning| prose(heading, meaning).under("Rekomendasi");
    SheetPlan {
        sheet: "Pembinaan TPCB".to_owned(),
        title: "LAPORAN PEMBINAAN TPCB",
        period: vec![year_line(context.month)],
        purpose: "Pembinaan oleh TPCB: temuan, rekomendasi, dan kapan umpan baliknya dikirim dan dijawab.".to_owned(),
        columns: vec![
            PlanColumn::ordinal(),
            PlanColumn::new("Tanggal", 17.0, ColumnLook::Date)
                .rule(within_year(context))
                .help("Tanggal pembinaan.", "Tanggal. Wajib diisi di setiap baris."),
            PlanColumn::new("Jenis Pembinaan", 20.0, ColumnLook::Text)
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
pub(super) fn district_follow_ups(context: &TemplateContext) -> SheetPlan {
    let is_of_year = |row: &&DistrictFollowUp| row.coached.is_none_or(|coached| is_of_year(context, coached));
    let rows = context.records.district_follow_ups.iter().filter(is_of_year).map(|row| {
        vec![
            PlannedCell::Blank,
            PlannedCell::date(row.coached),
            PlannedCell::text(Some(&row.item)),
            text(row.owner.as_ref()),
            PlannedCell::date(row.due),
            PlannedCell::date(row.done),
        ]
    });
    SheetPlan {
        sheet: "Tindak Lanjut TPCB".to_owned(),
        title: "TINDAK LANJUT PEMBINAAN TPCB",
        period: vec![year_line(context.month)],
        purpose: "Jawaban Puskesmas atas setiap rekomendasi TPCB.".to_owned(),
        columns: vec![
            PlanColumn::ordinal(),
            date("Tanggal Pembinaan", "Tanggal pembinaan yang dijawab.", context),
            PlanColumn::new("Rencana Tindak Lanjut", 40.0, ColumnLook::Text)
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
