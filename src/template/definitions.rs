//! The register, the list of service indicators and the decree as sheets.

use super::context::TemplateContext;
use super::lists::List;
use super::plan::{ColumnLook, InputRule, PlanColumn, PlannedCell, SPARE_AFTER_KNOWN, SPARE_LINES, SheetPlan};
use super::year_line;
use crate::domain::Month;
use crate::domain::facility::{FacilityGroup, LicencePaper};
use crate::domain::indicator::{Aggregation, CoachingIndicator, Direction};
use crate::domain::records::FacilityRow;

const YES_NO: [&str; 2] = ["Ya", "Tidak"];
const DIRECTIONS: &[&str] = &["Naik", "Turun"];
const AGGREGATIONS: &[&str] = &["Jumlah", "Kumulatif", "Terakhir"];

/// Papers and activity: any day that a register can mean.
fn any_day(context: &TemplateContext) -> InputRule {
    let january = context.january();
    InputRule::DateIn(Month::from_number(1950 * 12).first_day(), january.plus(12 * 20 - 1).last_day())
}

fn register_columns(context: &TemplateContext) -> Vec<PlanColumn> {
    let day = any_day(context);
    let paper_end = "Tanggal, misalnya 31 Desember 2025. Kosong bila tidak ada.";
    vec![
        PlanColumn::ordinal(),
        PlanColumn::new("Nama Jaringan/Jejaring", 30.0, ColumnLook::Text)
            .help("Nama yang dipakai di semua rekap.", "Satu nama satu baris; tulis sama di semua formulir."),
        PlanColumn::new("Jenis", 16.0, ColumnLook::Text)
            .rule(InputRule::Suggested(List::Kinds))
            .help("Jenis fasilitas.", "Pilih dari daftar, atau tulis jenis lain."),
        PlanColumn::new("Kelompok", 11.0, ColumnLook::Mark)
            .rule(InputRule::Chosen(List::Groups))
            .help("Jaringan milik Puskesmas; jejaring milik pihak lain.", "Jaringan atau Jejaring."),
        PlanColumn::new("Struktur Jejaring", 22.0, ColumnLook::Text).rule(InputRule::Suggested(List::Structures)).help(
            "Struktur jejaring tempat fasilitas ini termasuk.",
            "Pilih satu; bila lebih dari satu, tulis dengan koma, misalnya: Sekolah, Lintas Sektor.",
        ),
        PlanColumn::new("Alamat", 28.0, ColumnLook::Text).help("Alamat.", "Teks bebas."),
        PlanColumn::new("Penanggung Jawab", 20.0, ColumnLook::Text).help("Penanggung jawab fasilitas.", "Nama orang."),
        PlanColumn::new("Wajib Lapor", 9.0, ColumnLook::Mark)
            .rule(InputRule::Words(&YES_NO))
            .help("Apakah wajib mengirim laporan bulanan.", "Ya atau Tidak. Kosong dianggap Ya."),
        PlanColumn::new("Desa", 15.0, ColumnLook::Text).help("Desa atau kelurahan.", "Teks bebas."),
        PlanColumn::new("No. PKS", 15.0, ColumnLook::Text)
            .help("Nomor perjanjian kerja sama.", "Seperti tertulis di PKS."),
        PlanColumn::new("PKS s.d.", 17.0, ColumnLook::Date)
            .rule(day.clone())
            .help("Hari terakhir PKS berlaku.", paper_end),
        PlanColumn::new("No. Izin", 15.0, ColumnLook::Text).help("Nomor izin.", "Seperti tertulis di surat izin."),
        PlanColumn::new("Izin s.d.", 17.0, ColumnLook::Date)
            .rule(day.clone())
            .help("Hari terakhir izin berlaku.", paper_end),
        PlanColumn::new("Aktif Sejak", 17.0, ColumnLook::Date)
            .rule(day.clone())
            .help("Sejak kapan dibina.", "Tanggal; yang dipakai bulannya. Kosong: sejak Januari tahun ini."),
        PlanColumn::new("Aktif s.d.", 17.0, ColumnLook::Date)
            .rule(day)
            .help("Sampai kapan dibina.", "Tanggal; yang dipakai bulannya. Kosong: masih aktif."),
        PlanColumn::new("Koordinat", 22.0, ColumnLook::Text)
            .help("Letak di peta.", "Lintang lalu bujur, misalnya -7,12345; 110,45678. Boleh kosong."),
    ]
}

fn register_row(row: &FacilityRow) -> Vec<PlannedCell> {
    let structures: Vec<&str> = row.structures.iter().map(|structure| structure.label()).collect();
    let number =
        |paper: &Option<LicencePaper>| PlannedCell::text(paper.as_ref().and_then(|paper| paper.number.as_deref()));
    let end = |paper: &Option<LicencePaper>| PlannedCell::date(paper.as_ref().and_then(|paper| paper.valid_until));
    vec![
        PlannedCell::Blank,
        PlannedCell::text(Some(&row.name)),
        PlannedCell::text(row.kind.as_deref()),
        PlannedCell::text(row.group.map(FacilityGroup::label)),
        PlannedCell::text(Some(&structures.join(", "))),
        PlannedCell::text(row.address.as_deref()),
        PlannedCell::text(row.person_in_charge.as_deref()),
        PlannedCell::word(row.owes_reports, YES_NO),
        PlannedCell::text(row.village.as_deref()),
        number(&row.agreement),
        end(&row.agreement),
        number(&row.licence),
        end(&row.licence),
        PlannedCell::date(row.active_from.map(Month::first_day)),
        PlannedCell::date(row.active_until.map(Month::last_day)),
        PlannedCell::text(row.coordinates.map(|place| place.to_string()).as_deref()),
    ]
}

/// Daftar Identifikasi.
pub(super) fn register(context: &TemplateContext) -> SheetPlan {
    SheetPlan {
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
pub(super) fn services(context: &TemplateContext) -> SheetPlan {
    let rows = context.services.iter().map(|service| {
        vec![
            PlannedCell::text(Some(&service.code)),
            PlannedCell::text(Some(&service.name)),
            PlannedCell::number(Some(service.target)),
            PlannedCell::number(Some(service.weight)),
            PlannedCell::Text(direction_word(service.direction).to_owned()),
            PlannedCell::Text(aggregation_word(service.aggregation).to_owned()),
            PlannedCell::text(Some(&service.applies_to.text())),
        ]
    });
    SheetPlan {
        sheet: "Indikator Layanan".to_owned(),
        title: "INDIKATOR LAYANAN",
        period: vec![year_line(context.month)],
        purpose: "Indikator yang capaiannya direkap setiap bulan. Kosongkan bila belum ada.".to_owned(),
        columns: vec![
            PlanColumn::new("Kode", 12.0, ColumnLook::Text)
                .help("Kode pendek, dipakai di lembar Capaian.", "Misalnya K6."),
            PlanColumn::new("Indikator", 46.0, ColumnLook::Text).help("Nama lengkap indikator.", "Teks bebas."),
            PlanColumn::new("Target (%)", 12.0, ColumnLook::Number)
                .rule(InputRule::NotNegative)
                .help("Target setahun dalam persen.", "Angka tanpa tanda %, misalnya 95."),
            PlanColumn::new("Bobot", 10.0, ColumnLook::Number)
                .rule(InputRule::NotNegative)
                .help("Bobot dalam nilai capaian layanan.", "Angka; 0 berarti tidak dihitung."),
            PlanColumn::new("Arah", 12.0, ColumnLook::Mark)
                .rule(InputRule::Words(DIRECTIONS))
                .help("Naik: makin tinggi makin baik. Turun: makin rendah makin baik.", "Naik atau Turun."),
            PlanColumn::new("Agregasi", 14.0, ColumnLook::Mark).rule(InputRule::Words(AGGREGATIONS)).help(
                "Jumlah: semua bulan dijumlah. Kumulatif: dari Januari terhadap sasaran setahun. \
                 Terakhir: bulan lapor terakhir.",
                "Jumlah, Kumulatif, atau Terakhir.",
            ),
            PlanColumn::new("Berlaku Untuk", 26.0, ColumnLook::Text).rule(InputRule::Suggested(List::Kinds)).help(
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
pub(super) fn decree(context: &TemplateContext) -> SheetPlan {
    let rows = CoachingIndicator::ALL.into_iter().map(|indicator| {
        let rule = context.decree.iter().rfind(|rule| rule.indicator == indicator);
        vec![
            PlannedCell::fixed(indicator.code()),
            PlannedCell::fixed(indicator.name()),
            PlannedCell::number(rule.and_then(|rule| rule.target)),
            PlannedCell::number(rule.and_then(|rule| rule.weight)),
        ]
    });
    SheetPlan {
        sheet: "SK Indikator".to_owned(),
        title: "INDIKATOR KINERJA PEMBINAAN",
        period: vec![year_line(context.month)],
        purpose: "Target dan bobot menurut SK Kepala Puskesmas. Yang kosong tetap seperti sebelumnya.".to_owned(),
        columns: vec![
            PlanColumn::new("Kode", 12.0, ColumnLook::Text).help("Kode indikator.", "Sudah terisi, jangan diubah."),
            PlanColumn::new("Indikator", 46.0, ColumnLook::Text).help("Nama indikator.", "Sudah terisi."),
            PlanColumn::new("Target (%)", 12.0, ColumnLook::Number)
                .rule(InputRule::NotNegative)
                .help("Target dalam persen.", "Angka tanpa tanda %, misalnya 80."),
            PlanColumn::new("Bobot", 10.0, ColumnLook::Number)
                .rule(InputRule::NotNegative)
                .help("Bobot dalam nilai akhir.", "Angka; 0 berarti tidak dihitung."),
        ],
        name_column: 0,
        rows: rows.collect(),
        spare_rows: 0,
    }
}
