//! Pembinaan and RTL as sheets, of a month or of a year.

use super::context::TemplateContext;
use super::lists::List;
use super::plan::{Column, ColumnLook, Entry, Plan, Rule, SPARE_LINES};
use super::{month_line, year_line};
use crate::domain::records::{FollowUpRow, VisitRow};
use crate::domain::{Month, VisitDate, format};

const PRESENT: [&str; 2] = ["Ada", "Tidak"];
/// Empty rows of a whole year's sheet.
const SPARE_LINES_YEAR: usize = 60;

/// Time that one sheet covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// The month of the context.
    Month,
    /// The year of that month, all twelve months.
    Year,
}

impl Span {
    fn months(self, context: &TemplateContext) -> (Month, Month) {
        match self {
            Self::Month => (context.month, context.month),
            Self::Year => (context.january(), context.january().plus(11)),
        }
    }

    fn contains(self, context: &TemplateContext, month: Month) -> bool {
        let (first, last) = self.months(context);
        (first..=last).contains(&month)
    }

    fn lines(self, context: &TemplateContext) -> Vec<String> {
        match self {
            Self::Month => vec![year_line(context.month), month_line(context.month)],
            Self::Year => vec![year_line(context.month)],
        }
    }

    fn spare_rows(self) -> usize {
        match self {
            Self::Month => SPARE_LINES,
            Self::Year => SPARE_LINES_YEAR,
        }
    }
}

fn name_column() -> Column {
    Column::new("Nama Jaringan/Jejaring", 28.0, ColumnLook::Text)
        .rule(Rule::Suggested(List::Names))
        .help("Nama seperti di Daftar Identifikasi.", "Pilih dari daftar.")
}

fn visit_columns(context: &TemplateContext, span: Span) -> Vec<Column> {
    let (first, last) = span.months(context);
    let present = |heading: &str, meaning| {
        Column::new(heading, 9.0, ColumnLook::Mark)
            .rule(Rule::Words(&PRESENT))
            .help(meaning, "Ada atau Tidak. Kosong dianggap Tidak.")
    };
    vec![
        Column::ordinal(),
        Column::new("Tanggal", 17.0, ColumnLook::Date).rule(Rule::DateIn(first.first_day(), last.last_day())).help(
            "Tanggal pembinaan dilaksanakan.",
            "Tanggal dalam masa rekap ini, misalnya 12 Mei 2023. Tidak tahu tanggalnya: bulannya saja, Mei 2023.",
        ),
        name_column(),
        Column::new("Bentuk Kegiatan", 20.0, ColumnLook::Text).rule(Rule::Suggested(List::Forms)).help(
            "Bentuk pembinaan. Pertemuan dinilai dari daftar hadir, notulen, dan foto; yang lain dari daftar tilik \
             dan foto.",
            "Pilih dari daftar, atau tulis bentuk lain.",
        ),
        Column::new("Pembina", 20.0, ColumnLook::Text).help("Petugas yang membina.", "Nama orang."),
        Column::new("Skor Daftar Tilik", 10.0, ColumnLook::Number).rule(Rule::PointsUpTo(6)).help(
            "Jumlah skor daftar tilik.",
            "Angka, paling tinggi sebesar Skor Maksimal. Kosong atau -: tidak dinilai.",
        ),
        Column::new("Skor Maksimal", 10.0, ColumnLook::Number)
            .rule(Rule::NotNegative)
            .help("Skor tertinggi daftar tilik itu.", "Angka. Wajib bila skor diisi."),
        present("Daftar Hadir", "Bukti daftar hadir."),
        present("Notulen", "Bukti notulen."),
        present("Foto", "Bukti foto kegiatan."),
        Column::new("Aspek", 16.0, ColumnLook::Text).help("Aspek yang dibina.", "Teks bebas, boleh kosong."),
        Column::new("Temuan", 28.0, ColumnLook::Text).help("Temuan pembinaan.", "Teks bebas, boleh kosong."),
    ]
}

fn visit_row(visit: &VisitRow) -> Vec<Entry> {
    let when = match visit.date {
        VisitDate::Day(date) => Entry::Date(date),
        VisitDate::Month(month) => Entry::text(Some(&format::month(month))),
    };
    vec![
        Entry::Blank,
        when,
        Entry::text(Some(&visit.facility)),
        Entry::text(Some(&visit.form)),
        Entry::text(visit.coach.as_deref()),
        Entry::number(visit.points),
        Entry::number(visit.maximum),
        Entry::word(visit.attendance_list, PRESENT),
        Entry::word(visit.minutes, PRESENT),
        Entry::word(visit.photos, PRESENT),
        Entry::text(visit.aspect.as_deref()),
        Entry::text(visit.finding.as_deref()),
    ]
}

/// Pembinaan.
pub(super) fn visits(context: &TemplateContext, span: Span) -> Plan {
    let visits = context.records.visits.iter().filter(|visit| span.contains(context, visit.date.month()));
    Plan {
        sheet: "Pembinaan".to_owned(),
        title: "REKAPITULASI PEMBINAAN JARINGAN DAN JEJARING",
        period: span.lines(context),
        purpose: "Satu baris untuk setiap kunjungan atau pertemuan pembinaan.".to_owned(),
        columns: visit_columns(context, span),
        name_column: 2,
        rows: visits.map(visit_row).collect(),
        spare_rows: span.spare_rows(),
    }
}

fn follow_up_columns(context: &TemplateContext, span: Span) -> Vec<Column> {
    let (first, last) = span.months(context);
    let earliest = first.plus(-12).first_day();
    let latest = last.plus(24).last_day();
    vec![
        Column::ordinal(),
        Column::new("Tanggal Pembinaan", 19.0, ColumnLook::Date).rule(Rule::DateIn(earliest, last.last_day())).help(
            "Tanggal pembinaan yang menghasilkan RTL ini.",
            "Tanggal yang sama dengan di lembar Pembinaan; boleh dari bulan sebelumnya.",
        ),
        name_column(),
        Column::new("Rencana Tindak Lanjut", 40.0, ColumnLook::Text)
            .help("Yang disepakati.", "Satu tindakan satu baris."),
        Column::new("Penanggung Jawab", 22.0, ColumnLook::Text).help("Yang mengerjakan.", "Nama orang."),
        Column::new("Target Selesai", 18.0, ColumnLook::Date)
            .rule(Rule::DateIn(earliest, latest))
            .help("Batas waktu.", "Tanggal. Wajib diisi."),
        Column::new("Tanggal Selesai", 18.0, ColumnLook::Date)
            .rule(Rule::DateIn(earliest, latest))
            .help("Tanggal selesai.", "Tanggal. Kosong: belum selesai; boleh diisi pada rekap bulan berikutnya."),
    ]
}

fn follow_up_row(row: &FollowUpRow) -> Vec<Entry> {
    vec![
        Entry::Blank,
        Entry::Date(row.visit_date),
        Entry::text(Some(&row.facility)),
        Entry::text(Some(&row.item)),
        Entry::text(row.owner.as_deref()),
        Entry::Date(row.due),
        Entry::date(row.done),
    ]
}

/// RTL.
pub(super) fn follow_ups(context: &TemplateContext, span: Span) -> Plan {
    let rows = context.records.follow_ups.iter().filter(|row| span.contains(context, Month::of(row.visit_date)));
    Plan {
        sheet: "RTL".to_owned(),
        title: "RENCANA TINDAK LANJUT",
        period: span.lines(context),
        purpose: "Rencana tindak lanjut hasil pembinaan, termasuk yang lama bila baru selesai bulan ini.".to_owned(),
        columns: follow_up_columns(context, span),
        name_column: 2,
        rows: rows.map(follow_up_row).collect(),
        spare_rows: span.spare_rows(),
    }
}
