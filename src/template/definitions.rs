//! The register, the list of service indicators and the decree as sheets.

use super::context::TemplateContext;
use super::lists::List;
use super::plan::{Column, ColumnLook, Entry, Plan, Rule, SPARE_AFTER_KNOWN, SPARE_LINES};
use super::year_line;
use crate::domain::Month;
use crate::domain::facility::{FacilityGroup, Paper};
use crate::domain::indicator::{Aggregation, CoachingIndicator, Direction};
use crate::domain::records::FacilityRow;

const YES_NO: [&str; 2] = ["Ya", "Tidak"];
const DIRECTIONS: &[&str] = &["Naik", "Turun"];
const AGGREGATIONS: &[&str] = &["Jumlah", "Kumulatif", "Terakhir"];

/// Papers and activity: any day that a register can mean.
fn any_day(context: &TemplateContext) -> Rule {
    let january = context.january();
    Rule::DateIn(Month::from_number(1950 * 12).first_day(), january.plus(12 * 20 - 1).last_day())
}

fn register_columns(context: &TemplateContext) -> Vec<Column> {
    let day = any_day(context);
    let paper_end = "Tanggal, misalnya 31 Desember 2025. Kosong bila tidak ada.";
    vec![
        Column::ordinal(),
        Column::new("Nama Jaringan/Jejaring", 30.0, ColumnLook::Text)
            .help("Nama yang dipakai di semua rekap.", "Satu nama satu baris; tulis sama di semua formulir."),
        Column::new("Jenis", 16.0, ColumnLook::Text)
            .rule(Rule::Suggested(List::Kinds))
            .help("Jenis fasilitas.", "Pilih dari daftar, atau tulis jenis lain."),
        Column::new("Kelompok", 11.0, ColumnLook::Mark)
            .rule(Rule::Chosen(List::Groups))
            .help("Jaringan milik Puskesmas; jejaring milik pihak lain.", "Jaringan atau Jejaring."),
        Column::new("Struktur Jejaring", 22.0, ColumnLook::Text).rule(Rule::Suggested(List::Structures)).help(
            "Struktur jejaring tempat fasilitas ini termasuk.",
            "Pilih satu; bila lebih dari satu, tulis dengan koma, misalnya: Sekolah, Lintas Sektor.",
        ),
        Column::new("Alamat", 28.0, ColumnLook::Text).help("Alamat.", "Teks bebas."),
        Column::new("Penanggung Jawab", 20.0, ColumnLook::Text).help("Penanggung jawab fasilitas.", "Nama orang."),
        Column::new("Wajib Lapor", 9.0, ColumnLook::Mark)
            .rule(Rule::Words(&YES_NO))
            .help("Apakah wajib mengirim laporan bulanan.", "Ya atau Tidak. Kosong dianggap Ya."),
        Column::new("Desa", 15.0, ColumnLook::Text).help("Desa atau kelurahan.", "Teks bebas."),
        Column::new("No. PKS", 15.0, ColumnLook::Text).help("Nomor perjanjian kerja sama.", "Seperti tertulis di PKS."),
        Column::new("PKS s.d.", 17.0, ColumnLook::Date).rule(day.clone()).help("Hari terakhir PKS berlaku.", paper_end),
        Column::new("No. Izin", 15.0, ColumnLook::Text).help("Nomor izin.", "Seperti tertulis di surat izin."),
        Column::new("Izin s.d.", 17.0, ColumnLook::Date)
            .rule(day.clone())
            .help("Hari terakhir izin berlaku.", paper_end),
        Column::new("Aktif Sejak", 17.0, ColumnLook::Date)
            .rule(day.clone())
            .help("Sejak kapan dibina.", "Tanggal; yang dipakai bulannya. Kosong: sejak Januari tahun ini."),
        Column::new("Aktif s.d.", 17.0, ColumnLook::Date)
            .rule(day)
            .help("Sampai kapan dibina.", "Tanggal; yang dipakai bulannya. Kosong: masih aktif."),
    ]
}

fn register_row(row: &FacilityRow) -> Vec<Entry> {
    let structures: Vec<&str> = row.structures.iter().map(|structure| structure.label()).collect();
    let number = |paper: &Option<Paper>| Entry::text(paper.as_ref().and_then(|paper| paper.number.as_deref()));
    let end = |paper: &Option<Paper>| Entry::date(paper.as_ref().and_then(|paper| paper.valid_until));
    vec![
        Entry::Blank,
        Entry::text(Some(&row.name)),
        Entry::text(row.kind.as_deref()),
        Entry::text(row.group.map(FacilityGroup::label)),
        Entry::text(Some(&structures.join(", "))),
        Entry::text(row.address.as_deref()),
        Entry::text(row.person_in_charge.as_deref()),
        Entry::word(row.owes_reports, YES_NO),
        Entry::text(row.village.as_deref()),
        number(&row.agreement),
        end(&row.agreement),
        number(&row.licence),
        end(&row.licence),
        Entry::date(row.active_from.map(Month::first_day)),
        Entry::date(row.active_until.map(Month::last_day)),
    ]
}

/// Daftar Identifikasi.
pub(super) fn register(context: &TemplateContext) -> Plan {
    Plan {
        sheet: "Daftar Identifikasi".to_owned(),
        title: "DAFTAR IDENTIFIKASI JARINGAN PELAYANAN DAN JEJARING",
        period: vec![year_line(context.month)],
        purpose: "Satu baris untuk setiap jaringan dan jejaring. Hanya nama di sini yang dikenal rekap.".to_owned(),
        columns: register_columns(context),
        name_column: 1,
        rows: context.facilities.iter().map(register_row).collect(),
        spare_rows: SPARE_LINES,
    }
}

fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::HigherIsBetter => DIRECTIONS[0],
        Direction::LowerIsBetter => DIRECTIONS[1],
    }
}

fn aggregation_word(aggregation: Aggregation) -> &'static str {
    match aggregation {
        Aggregation::Sum => AGGREGATIONS[0],
        Aggregation::Cumulative => AGGREGATIONS[1],
        Aggregation::Last => AGGREGATIONS[2],
    }
}

/// Indikator Layanan.
pub(super) fn services(context: &TemplateContext) -> Plan {
    let rows = context.services.iter().map(|service| {
        vec![
            Entry::text(Some(&service.code)),
            Entry::text(Some(&service.name)),
            Entry::number(Some(service.target)),
            Entry::number(Some(service.weight)),
            Entry::Text(direction_word(service.direction).to_owned()),
            Entry::Text(aggregation_word(service.aggregation).to_owned()),
            Entry::text(Some(&service.applies_to.text())),
        ]
    });
    Plan {
        sheet: "Indikator Layanan".to_owned(),
        title: "INDIKATOR LAYANAN",
        period: vec![year_line(context.month)],
        purpose: "Indikator yang capaiannya direkap setiap bulan. Kosongkan bila belum ada.".to_owned(),
        columns: vec![
            Column::new("Kode", 12.0, ColumnLook::Text).help("Kode pendek, dipakai di lembar Capaian.", "Misalnya K6."),
            Column::new("Indikator", 46.0, ColumnLook::Text).help("Nama lengkap indikator.", "Teks bebas."),
            Column::new("Target (%)", 12.0, ColumnLook::Number)
                .rule(Rule::NotNegative)
                .help("Target setahun dalam persen.", "Angka tanpa tanda %, misalnya 95."),
            Column::new("Bobot", 10.0, ColumnLook::Number)
                .rule(Rule::NotNegative)
                .help("Bobot dalam nilai capaian layanan.", "Angka; 0 berarti tidak dihitung."),
            Column::new("Arah", 12.0, ColumnLook::Mark)
                .rule(Rule::Words(DIRECTIONS))
                .help("Naik: makin tinggi makin baik. Turun: makin rendah makin baik.", "Naik atau Turun."),
            Column::new("Agregasi", 14.0, ColumnLook::Mark).rule(Rule::Words(AGGREGATIONS)).help(
                "Jumlah: semua bulan dijumlah. Kumulatif: dari Januari terhadap sasaran setahun. \
                 Terakhir: bulan lapor terakhir.",
                "Jumlah, Kumulatif, atau Terakhir.",
            ),
            Column::new("Berlaku Untuk", 26.0, ColumnLook::Text).rule(Rule::Suggested(List::Kinds)).help(
                "Jenis faskes yang melaporkan indikator ini; yang lain tidak ditagih.",
                "Jenis dengan koma, misalnya: Pustu, Polindes. Kosong: faskes yang pernah melaporkannya.",
            ),
        ],
        name_column: 0,
        rows: rows.collect(),
        spare_rows: if context.services.is_empty() { SPARE_LINES } else { SPARE_AFTER_KNOWN },
    }
}

/// Indikator Kinerja Pembinaan: one row for each of the nine.
pub(super) fn decree(context: &TemplateContext) -> Plan {
    let rows = CoachingIndicator::ALL.into_iter().map(|indicator| {
        let rule = context.decree.iter().rfind(|rule| rule.indicator == indicator);
        vec![
            Entry::fixed(indicator.code()),
            Entry::fixed(indicator.name()),
            Entry::number(rule.and_then(|rule| rule.target)),
            Entry::number(rule.and_then(|rule| rule.weight)),
        ]
    });
    Plan {
        sheet: "SK Indikator".to_owned(),
        title: "INDIKATOR KINERJA PEMBINAAN",
        period: vec![year_line(context.month)],
        purpose: "Target dan bobot menurut SK Kepala Puskesmas. Yang kosong tetap seperti sebelumnya.".to_owned(),
        columns: vec![
            Column::new("Kode", 12.0, ColumnLook::Text).help("Kode indikator.", "Sudah terisi, jangan diubah."),
            Column::new("Indikator", 46.0, ColumnLook::Text).help("Nama indikator.", "Sudah terisi."),
            Column::new("Target (%)", 12.0, ColumnLook::Number)
                .rule(Rule::NotNegative)
                .help("Target dalam persen.", "Angka tanpa tanda %, misalnya 80."),
            Column::new("Bobot", 10.0, ColumnLook::Number)
                .rule(Rule::NotNegative)
                .help("Bobot dalam nilai akhir.", "Angka; 0 berarti tidak dihitung."),
        ],
        name_column: 0,
        rows: rows.collect(),
        spare_rows: 0,
    }
}
