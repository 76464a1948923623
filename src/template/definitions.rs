//! The register, the list of service indicators and the decree as sheets.

use super::context::TemplateContext;
use super::described::DescribedSheet;
use super::plan::{ColumnLook, InputRule, PlanColumn, PlannedCell, SPARE_AFTER_KNOWN, SPARE_LINES, SheetPlan};
use super::year_line;
use crate::domain::facility::{FacilityGroup, LicencePaper};
use crate::domain::indicator::{Aggregation, CoachingIndicator, Direction};
use crate::domain::records::{FacilityRow, Field};
use crate::domain::{Month, Table};

const YES_NO: [&str; 2] = ["Ya", "Tidak"];
const DIRECTIONS: &[&str] = &["Naik", "Turun"];
const AGGREGATIONS: &[&str] = &["Jumlah", "Kumulatif", "Terakhir"];

/// Papers and activity: any day that a register can mean.
fn any_day(context: &TemplateContext) -> InputRule {
    let january = context.january();
    InputRule::DateIn(Month::from_number(1950 * 12).first_day(), january.plus(12 * 20 - 1).last_day())
}

fn register_columns(context: &TemplateContext) -> Vec<PlanColumn> {
    let days = any_day(context);
    // The form of the office has the village behind the duty to report.
    DescribedSheet::new(Table::Facilities, days.clone(), days)
        .with_before(Field::Village, Field::AgreementNumber)
        .columns()
}

/// Columns of a list of indicators, which hold no day and whose rows have a code in the place of a number.
fn indicator_columns(table: Table) -> Vec<PlanColumn> {
    DescribedSheet::new(table, InputRule::Anything, InputRule::Anything).bare_columns()
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

/// Plans the sheet *Daftar Identifikasi*.
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

/// Plans the sheet *Indikator Layanan*.
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
        columns: indicator_columns(Table::ServiceIndicators),
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
    let mut columns = indicator_columns(Table::Decree);
    let name = PlanColumn::new("Indikator", 46.0, ColumnLook::Text).help("Nama indikator.", "Sudah terisi.");
    columns.insert(1, name);
    SheetPlan {
        sheet: "SK Indikator".to_owned(),
        title: "INDIKATOR KINERJA PEMBINAAN",
        period: vec![year_line(context.month)],
        purpose: "Target dan bobot menurut SK Kepala Puskesmas. Yang kosong tetap seperti sebelumnya.".to_owned(),
        columns,
        name_column: 0,
        rows: rows.collect(),
        spare_rows: 0,
    }
}
