//! Capaian as sheets: of a month for all indicators, of a year one sheet an indicator.

use std::collections::BTreeMap;

use super::context::{TemplateContext, clean};
use super::lists::List;
use super::plan::{
    ColumnLook, Computed, InputRule, PlanColumn, PlannedCell, SPARE_AFTER_KNOWN, SPARE_LINES, SheetPlan, Total,
};
use super::{month_line, year_line};
use crate::domain::indicator::{Aggregation, ServiceDefinition};
use crate::domain::name::plain_words;
use crate::domain::records::AchievementRow;
use crate::domain::{Month, format};

const TITLE: &str = "REKAP CAPAIAN INDIKATOR LAYANAN";
const DENOMINATOR: &str = "Angka mulai dari 0. Kosong atau -: tidak dilaporkan.";
const NUMERATOR: &str = "Angka mulai dari 0. Kosong atau -: belum dilaporkan, bukan nol.";

fn name_column() -> PlanColumn {
    PlanColumn::new("Nama Jaringan/Jejaring", 32.0, ColumnLook::Text)
        .rule(InputRule::Suggested(List::Names))
        .help("Nama seperti di Daftar Identifikasi.", "Sudah terisi; baris tambahan: pilih dari daftar.")
}

fn count(heading: &str, width: f64) -> PlanColumn {
    PlanColumn::new(heading, width, ColumnLook::Count).rule(InputRule::NotNegative).total(Total::Sum)
}

fn percent(numerator: usize, denominator: usize) -> PlanColumn {
    PlanColumn::new("%", 9.0, ColumnLook::Percent)
        .computed(Computed::Ratio { numerator, denominator })
        .total(Total::Ratio { numerator, denominator })
}

fn spare_rows(names: &[&str]) -> usize {
    if names.is_empty() { SPARE_LINES } else { SPARE_AFTER_KNOWN }
}

/// The achievements of a year by facility, service and month.
type KnownAchievements<'c> = BTreeMap<(&'c str, &'c str, Month), &'c AchievementRow>;

fn known(context: &TemplateContext, first: Month, last: Month) -> KnownAchievements<'_> {
    let rows = context.records.achievements.iter().filter(|row| (first..=last).contains(&row.month));
    rows.map(|row| ((row.facility.as_str(), row.service.as_str(), row.month), row)).collect()
}

/// Capaian of the month, three columns an indicator; nothing where no indicator is known.
pub(super) fn month(context: &TemplateContext) -> Option<SheetPlan> {
    if context.services.is_empty() {
        return None;
    }
    let month = context.month;
    let known = known(context, month, month);
    let names = context.names(month, month, known.keys().map(|(name, ..)| *name));
    let mut columns = vec![PlanColumn::ordinal(), name_column()];
    for (place, service) in context.services.iter().enumerate() {
        let at = columns.len();
        let is_first = place == 0;
        let words = |text: &'static str| if is_first { text } else { "" };
        let group = clean(&service.code);
        columns.push(count("Sasaran", 10.0).under(&group).help(words("Sasaran indikator."), DENOMINATOR));
        columns.push(count("Capaian", 10.0).under(&group).help(words("Yang tercapai bulan ini."), NUMERATOR));
        columns.push(percent(at + 1, at).under(&group).help(words("Capaian dibagi sasaran."), "Terhitung sendiri."));
    }
    let rows = names.iter().map(|name| {
        let cells = context.services.iter().flat_map(|service| {
            let row = known.get(&(*name, service.code.as_str(), month));
            let denominator = PlannedCell::number(row.and_then(|row| row.denominator));
            [denominator, PlannedCell::number(row.and_then(|row| row.numerator)), PlannedCell::Blank]
        });
        [PlannedCell::Blank, PlannedCell::fixed(name)].into_iter().chain(cells).collect()
    });
    Some(SheetPlan {
        sheet: "Capaian".to_owned(),
        title: TITLE,
        period: vec![year_line(month), month_line(month)],
        purpose: "Sasaran dan capaian bulan ini (bukan kumulatif) untuk setiap indikator layanan.".to_owned(),
        columns,
        name_column: 1,
        rows: rows.collect(),
        spare_rows: spare_rows(&names),
    })
}

/// Capaian of the year, a sheet an indicator.
pub(super) fn year(context: &TemplateContext) -> Vec<SheetPlan> {
    let first = context.january();
    let last = context.january().plus(11);
    let known = known(context, first, last);
    let names = context.names(first, last, known.keys().map(|(name, ..)| *name));
    let plans = context.services.iter().map(|service| {
        let annual = (service.aggregation == Aggregation::Cumulative)
            .then(|| annual_denominators(context, &known, &names, service))
            .flatten();
        match annual {
            Some(annual) => annual_plan(context, &known, &names, service, &annual),
            None => monthly_plan(context, &known, &names, service),
        }
    });
    plans.collect()
}

/// The year's denominator of every facility, where one number a year says all that is known.
fn annual_denominators(
    context: &TemplateContext,
    known: &KnownAchievements<'_>,
    names: &[&str],
    service: &ServiceDefinition,
) -> Option<Vec<Option<f64>>> {
    names
        .iter()
        .map(|name| {
            let mut annual = None;
            for month in context.months() {
                let Some(row) = known.get(&(*name, service.code.as_str(), month)) else { continue };
                match (row.numerator, row.denominator, annual) {
                    (None, None, _) => {}
                    (Some(_), Some(denominator), None) => annual = Some(denominator),
                    (Some(_), Some(denominator), Some(known)) if denominator.total_cmp(&known).is_eq() => {}
                    _ => return None,
                }
            }
            Some(annual)
        })
        .collect()
}

/// `INDIKATOR : ` with the name, or the code where the name would not tell it apart.
fn indicator_line(context: &TemplateContext, service: &ServiceDefinition) -> String {
    let name = clean(&service.name);
    let key = plain_words(&name);
    let same = |other: &&ServiceDefinition| plain_words(&other.name) == key || plain_words(&other.code) == key;
    let is_unique = !key.is_empty() && context.services.iter().filter(same).count() == 1;
    format!("INDIKATOR : {}", if is_unique { name } else { clean(&service.code) })
}

fn year_plan(
    context: &TemplateContext,
    service: &ServiceDefinition,
    columns: Vec<PlanColumn>,
    rows: Vec<Vec<PlannedCell>>,
    purpose: &str,
) -> SheetPlan {
    SheetPlan {
        sheet: service.code.clone(),
        title: TITLE,
        period: vec![year_line(context.month), indicator_line(context, service)],
        purpose: purpose.to_owned(),
        columns,
        name_column: 1,
        spare_rows: if rows.is_empty() { SPARE_LINES } else { SPARE_AFTER_KNOWN },
        rows,
    }
}

fn annual_plan(
    context: &TemplateContext,
    known: &KnownAchievements<'_>,
    names: &[&str],
    service: &ServiceDefinition,
    annual: &[Option<f64>],
) -> SheetPlan {
    let mut columns = vec![PlanColumn::ordinal(), name_column()];
    columns.push(count("Sasaran", 10.0).help("Sasaran setahun.", DENOMINATOR));
    columns.extend(format::MONTHS_SHORT.iter().enumerate().map(|(place, month)| {
        let meaning = if place == 0 { "Yang tercapai pada bulan itu saja, Jan sampai Des." } else { "" };
        count(month, 7.5).label("Jan – Des").help(meaning, NUMERATOR)
    }));
    columns.push(
        PlanColumn::new("Jumlah", 10.0, ColumnLook::Count)
            .computed(Computed::Sum(3, 14))
            .total(Total::Sum)
            .help("Jumlah Jan sampai Des.", "Terhitung sendiri."),
    );
    columns.push(percent(15, 2).help("Jumlah dibagi sasaran.", "Terhitung sendiri."));
    let rows = names.iter().zip(annual).map(|(name, annual)| {
        let months = context.months().map(|month| {
            let row = known.get(&(*name, service.code.as_str(), month));
            PlannedCell::number(row.and_then(|row| row.numerator))
        });
        let head = [PlannedCell::Blank, PlannedCell::fixed(name), PlannedCell::number(*annual)];
        head.into_iter().chain(months).chain([PlannedCell::Blank, PlannedCell::Blank]).collect()
    });
    let purpose = "Indikator kumulatif: sasaran setahun, lalu capaian setiap bulan. Satu lembar satu indikator.";
    year_plan(context, service, columns, rows.collect(), purpose)
}

fn monthly_plan(
    context: &TemplateContext,
    known: &KnownAchievements<'_>,
    names: &[&str],
    service: &ServiceDefinition,
) -> SheetPlan {
    let mut columns = vec![PlanColumn::ordinal(), name_column()];
    for (place, month) in format::MONTHS.iter().enumerate() {
        let words = |text: &'static str| if place == 0 { text } else { "" };
        let denominator = count("Sasaran", 8.5).under(*month);
        columns.push(denominator.help(words("Sasaran bulan itu."), DENOMINATOR));
        let numerator = count("Capaian", 8.5).under(*month);
        columns.push(numerator.help(words("Yang tercapai bulan itu."), NUMERATOR));
    }
    let rows = names.iter().map(|name| {
        let cells = context.months().flat_map(|month| {
            let row = known.get(&(*name, service.code.as_str(), month));
            [
                PlannedCell::number(row.and_then(|row| row.denominator)),
                PlannedCell::number(row.and_then(|row| row.numerator)),
            ]
        });
        [PlannedCell::Blank, PlannedCell::fixed(name)].into_iter().chain(cells).collect()
    });
    let purpose = "Sasaran dan capaian setiap bulan. Satu lembar satu indikator.";
    year_plan(context, service, columns, rows.collect(), purpose)
}
