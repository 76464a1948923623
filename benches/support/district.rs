//! Workbooks as a district sends them, for benches: one sheet of a year's visits as large as a sheet may be, and the
//! register and month of forty Puskesmas. Deterministic. Knows nothing of how they are read.

use std::error::Error;
use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use simpul::domain::facts::LokminSort;
use simpul::domain::records::{AchievementRow, FacilityRow, FollowUpRow, LokminRow, ReportRow, VisitRow};
use simpul::domain::{
    Aggregation, Date, Direction, FacilityGroup, Month, NamedKinds, ReportReceipt, ServiceDefinition, Structure,
};
use simpul::template::{TemplateContext, TemplateKind, workbook};

/// Rows of the large sheet.
pub const ROWS: u32 = 200_000;
/// Its columns.
pub const COLUMNS: u16 = 12;
/// Puskesmas of the district.
pub const PUSKESMAS: u32 = 40;

/// Facilities that the large sheet names.
const FACILITIES_OF_LARGE: u32 = 800;
/// Facilities, service indicators and visits of each Puskesmas' month.
const FACILITIES: u32 = 60;
const SERVICES: u32 = 12;
const VISITS: u32 = 120;
const YEAR: i32 = 2023;
/// Excel's number of 1 January of that year.
const JANUARY_1: f64 = 44_927.0;

/// Of these the names of the Puskesmas are made.
const BEGINNINGS: [&str; 5] = ["suka", "karang", "banyu", "wono", "tanjung"];
const ENDS: [&str; 8] = ["maju", "jaya", "rejo", "asri", "sari", "mulyo", "harjo", "wangi"];

const FORMS: [&str; 4] = ["Supervisi fasilitatif", "Pertemuan", "Bimbingan teknis", "Kunjungan bersama lintas program"];
const ASPECTS: [&str; 5] = ["Administrasi", "Pelayanan", "Pelaporan", "Sarana dan prasarana", "Mutu"];
const HEADINGS: [&str; COLUMNS as usize] = [
    "No",
    "Tanggal Pembinaan",
    "Nama Jaringan/Jejaring",
    "Bentuk Kegiatan",
    "Petugas",
    "Skor Daftar Tilik",
    "Skor Maksimal",
    "Daftar Hadir",
    "Notulen",
    "Foto",
    "Aspek",
    "Temuan",
];

/// Writes `besar.xlsx`, the register that it needs (`besar-identifikasi.xlsx`), and below `bulan` the registers and
/// months of the district's Puskesmas.
pub fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    let month_folder = folder.join("bulan");
    fs::create_dir_all(&month_folder)?;
    large_sheet()?.save(folder.join("besar.xlsx"))?;
    let register = workbook(TemplateKind::Register, &puskesmas("UPT PUSKESMAS BESAR", FACILITIES_OF_LARGE))?;
    fs::write(folder.join("besar-identifikasi.xlsx"), register)?;
    for place in 0..PUSKESMAS {
        let name = format!("{}{}", BEGINNINGS[place as usize / ENDS.len()], ENDS[place as usize % ENDS.len()]);
        let mut context = puskesmas(&format!("UPT PUSKESMAS {}", name.to_uppercase()), FACILITIES);
        let register = workbook(TemplateKind::Register, &context)?;
        fs::write(month_folder.join(format!("identifikasi-{name}.xlsx")), register)?;
        add_month(&mut context, place);
        let recap = workbook(TemplateKind::MonthlyRecap, &context)?;
        fs::write(month_folder.join(format!("rekap-{name}-2023-05.xlsx")), recap)?;
    }
    Ok(())
}

/// A year of visits on one sheet, as Excel writes it: shared strings, styles, dates as numbers.
fn large_sheet() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Pembinaan")?;
    let cell = Format::new().set_border(FormatBorder::Thin);
    let date = cell.clone().set_num_format("dd/mm/yyyy");
    let heading = cell.clone().set_bold().set_align(FormatAlign::Center);
    sheet.write_string(0, 0, "REKAP PEMBINAAN JARINGAN DAN JEJARING")?;
    sheet.write_string(1, 0, "UPT PUSKESMAS BESAR")?;
    sheet.write_string(2, 0, format!("TAHUN {YEAR}"))?;
    for (column, text) in (0..).zip(HEADINGS) {
        sheet.write_string_with_format(4, column, text, &heading)?;
    }
    for place in 0..ROWS {
        let row = 5 + place;
        // Each facility, day and form once: so every row is a fact of its own.
        let (facility, rest) = (place % FACILITIES_OF_LARGE, place / FACILITIES_OF_LARGE);
        let (form, day) = (rest as usize % FORMS.len(), rest / 4 * 5 % 360);
        let maximum = 20 + place % 5 * 20;
        sheet.write_number_with_format(row, 0, place + 1, &cell)?;
        sheet.write_number_with_format(row, 1, JANUARY_1 + f64::from(day), &date)?;
        sheet.write_string_with_format(row, 2, facility_name(facility), &cell)?;
        sheet.write_string_with_format(row, 3, FORMS[form], &cell)?;
        sheet.write_string_with_format(row, 4, format!("dr. Petugas {:03}", place % 97), &cell)?;
        sheet.write_number_with_format(row, 5, place % 7 * maximum / 6, &cell)?;
        sheet.write_number_with_format(row, 6, maximum, &cell)?;
        for (column, one_in) in [(7, 9), (8, 5), (9, 3)] {
            sheet.write_string_with_format(row, column, ["Ada", "Tidak"][usize::from(place % one_in == 0)], &cell)?;
        }
        sheet.write_string_with_format(row, 10, ASPECTS[place as usize % ASPECTS.len()], &cell)?;
        sheet.write_string_with_format(row, 11, format!("Register nomor {} belum lengkap", place % 499), &cell)?;
    }
    Ok(book)
}

/// A Puskesmas with its register, nothing reported.
fn puskesmas(name: &str, facilities: u32) -> TemplateContext {
    let mut context = TemplateContext::blank(name, may());
    context.facilities.extend((0..facilities).map(facility));
    context.services.extend((0..SERVICES).map(service));
    context
}

fn facility(place: u32) -> FacilityRow {
    let is_own = place.is_multiple_of(4);
    FacilityRow {
        name: facility_name(place),
        kind: Some(if is_own { "Pustu" } else { "Apotek" }.to_owned()),
        group: Some(if is_own { FacilityGroup::Jaringan } else { FacilityGroup::Jejaring }),
        structures: vec![Structure::AdministrativeArea],
        address: Some(format!("Jalan Raya nomor {place}")),
        village: Some(format!("Desa {}", place % 12)),
        person_in_charge: None,
        owes_reports: Some(true),
        active_from: None,
        active_until: None,
        agreement: None,
        licence: None,
        coordinates: None,
    }
}

fn facility_name(place: u32) -> String {
    format!("{} Sehat Sentosa {place:03}", ["Pustu", "Apotek", "Klinik", "Praktik dr."][place as usize % 4])
}

fn service(place: u32) -> ServiceDefinition {
    ServiceDefinition {
        code: format!("L{place:02}"),
        name: format!("Indikator layanan {place}"),
        target: 90.0,
        weight: 1.0,
        direction: Direction::HigherIsBetter,
        aggregation: Aggregation::Sum,
        applies_to: NamedKinds::default(),
    }
}

/// What a Puskesmas reports in May.
fn add_month(context: &mut TemplateContext, puskesmas: u32) {
    let month = may();
    let day = |place: u32| month.first_day() + chrono::Days::new(u64::from(place % 28));
    for place in 0..VISITS {
        let facility = facility_name(place % FACILITIES);
        let date: Date = day(place / FACILITIES + puskesmas + place);
        context.records.visits.push(VisitRow {
            facility: facility.clone(),
            date: date.into(),
            form: FORMS[(place / FACILITIES) as usize % FORMS.len()].to_owned(),
            coach: Some(format!("dr. Petugas {:02}", place % 7)),
            points: Some(f64::from(60 + place % 40)),
            maximum: Some(100.0),
            attendance_list: Some(true),
            minutes: Some(!place.is_multiple_of(5)),
            photos: Some(!place.is_multiple_of(3)),
            aspect: Some(ASPECTS[place as usize % ASPECTS.len()].to_owned()),
            finding: Some(format!("Register nomor {} belum lengkap", place + puskesmas)),
        });
        if place.is_multiple_of(3) {
            let due = date + chrono::Days::new(30);
            let item = format!("Melengkapi register nomor {place}");
            context.records.follow_ups.push(FollowUpRow {
                facility,
                visit_date: date,
                item,
                owner: None,
                due,
                done: None,
            });
        }
    }
    for place in 0..FACILITIES {
        let facility = facility_name(place);
        let attended = Some(!place.is_multiple_of(6));
        let (sort, invited) = (LokminSort::Monthly, Some(true));
        context.records.lokmin.push(LokminRow { facility: facility.clone(), month, sort, invited, attended });
        let report = ReportRow {
            facility: facility.clone(),
            month: month.plus(-1),
            received: ReportReceipt::Day(day(place % 7)),
        };
        context.records.reports.push(report);
        context.records.achievements.extend((0..SERVICES).map(|service| AchievementRow {
            facility: facility.clone(),
            service: format!("L{service:02}"),
            month,
            numerator: Some(f64::from((place + service + puskesmas) % 41)),
            denominator: Some(40.0),
            accumulated: None,
        }));
    }
}

fn may() -> Month {
    Month::new(YEAR, 5).unwrap_or_else(|| unreachable!("a month of the year"))
}
