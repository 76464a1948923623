//! The year of a service indicator in small charts: one for each facility to which it applies, the one that is furthest
//! behind first; on the page of a facility one for each indicator that applies to it.

use crate::analytics::{MonthlyRow, MonthlyTable, monthly};
use crate::charts::{Chart, ChartKind, MarkAnswer, MarkTarget, MarkedFigure, PwsTargets, SmallMultiples, SmallPanel};
use crate::definitions::PwsChoice;
use crate::domain::{Aggregation, Direction, Month, Period, PeriodKind, Ratio, Value, format, reaches};

use super::context::PageContext;
use super::figure::Measure;
use super::mark;
use super::page::{PanelBody, PwsPanel};
use super::table::{DataCell, DataColumn, DataRow, DataTable, TableFigure};

/// The small charts of the indicator that the panel names or the reader chose, or of one facility.
pub fn small_multiples(context: &PageContext<'_>, of: &PwsChoice, id: &str) -> PanelBody {
    let subject = context.subject;
    let year = subject.period.year();
    let services = context.evaluator.services(subject.puskesmas, year);
    let Some(until) = subject.period.last_begun_month(subject.as_of) else {
        return PanelBody::Empty(format!("Belum ada bulan tahun {year} yang dapat ditampilkan."));
    };
    let table = |service: u32| monthly(context.evaluator, subject.puskesmas, service, until, subject.as_of);
    let wanted = match of {
        PwsChoice::Service(code) => Some(code.as_str()),
        PwsChoice::Each if subject.facility.is_some() => None,
        PwsChoice::Each => context.choice.service.as_deref(),
    };
    let is_wanted = |code: &str| wanted.is_none_or(|wanted| code.eq_ignore_ascii_case(wanted));
    let mut tables = services.iter().filter(|(_, service)| is_wanted(&service.code));
    if let Some(facility) = subject.facility {
        return of_facility(context, facility, tables.filter_map(|(service, _)| table(*service)).collect());
    }
    let Some(table) = tables.next().and_then(|(service, _)| table(*service)) else {
        return PanelBody::Empty(format!("Belum ada indikator layanan yang dapat dipantau untuk tahun {year}."));
    };
    if table.rows.is_empty() {
        return PanelBody::Empty(format!("{} tidak berlaku bagi faskes mana pun tahun {year}.", table.definition.name));
    }
    let choices = match of {
        PwsChoice::Service(_) => Vec::new(),
        PwsChoice::Each => services.iter().map(|(_, d)| (d.code.clone(), d.name.clone())).collect(),
    };
    let rows = by_need(context, &table);
    PanelBody::Pws(Box::new(PwsPanel {
        choices,
        chosen: table.definition.code.clone(),
        chart: chart(context, &table, &rows),
        analysis: analysis(context, &table, &rows, id),
    }))
}

/// The last reported month of a row, with its place in the year.
fn last_known(row: &MonthlyRow) -> Option<(usize, Ratio)> {
    row.months.iter().enumerate().rev().find_map(|(place, month)| Some((place, (*month)?)))
}

/// Points by which the last reported month is better than its target; negative where it is behind.
fn lead(table: &MonthlyTable, row: &MonthlyRow) -> Option<f64> {
    let (place, ratio) = last_known(row)?;
    let above = ratio.percent()? - table.targets[place];
    Some(if table.definition.direction == Direction::LowerIsBetter { -above } else { above })
}

/// Rows with the one that is furthest behind first; those without figures last, else in the order of the register.
fn by_need<'t>(context: &PageContext<'_>, table: &'t MonthlyTable) -> Vec<&'t MonthlyRow> {
    let mut rows: Vec<&MonthlyRow> = table.rows.iter().collect();
    rows.sort_by_key(|row| context.facility(row.facility).listing_key());
    let behind = |row: &MonthlyRow| lead(table, row).unwrap_or(f64::INFINITY);
    rows.sort_by(|a, b| behind(a).total_cmp(&behind(b)));
    rows
}

fn month_of(table: &MonthlyTable) -> usize {
    table.until.month() as usize - 1
}

fn is_behind(table: &MonthlyTable, ratio: Ratio) -> Option<bool> {
    let percent = ratio.percent()?;
    let target = table.targets[month_of(table)];
    Some(match table.definition.direction {
        Direction::HigherIsBetter => !reaches(percent, target),
        Direction::LowerIsBetter => !reaches(target, percent),
    })
}

/// Counts of the last month, target, months reported.
fn detail(table: &MonthlyTable, row: &MonthlyRow) -> String {
    let counts = mark::counts(row.months[month_of(table)]);
    mark::detail([counts, Some(format!("{} bulan dilaporkan", reported(table, row)))])
}

/// `5 dari 8`.
fn reported(table: &MonthlyTable, row: &MonthlyRow) -> String {
    let due = month_of(table) + 1;
    format!("{} dari {due}", row.months[..due].iter().flatten().count())
}

fn panel(table: &MonthlyTable, row: &MonthlyRow, name: &str, target: MarkTarget) -> SmallPanel {
    let is_small = |ratio: Ratio| (1.0..mark::SMALL_DENOMINATOR).contains(&ratio.denominator);
    let targets = match table.definition.aggregation {
        Aggregation::Cumulative => PwsTargets::Monthly(table.targets),
        Aggregation::Sum | Aggregation::Last => PwsTargets::Flat(table.targets[month_of(table)]),
    };
    SmallPanel {
        name: name.to_owned(),
        values: row.months.map(|ratio| ratio.and_then(Ratio::percent)),
        targets,
        is_small: row.months[month_of(table)].is_some_and(is_small),
        answer: MarkAnswer::new(detail(table, row), target),
    }
}

fn measure_words(table: &MonthlyTable) -> &'static str {
    match table.definition.aggregation {
        Aggregation::Cumulative => "Persen kumulatif terhadap sasaran setahun",
        Aggregation::Sum | Aggregation::Last => "Persen setiap bulan",
    }
}

fn chart(context: &PageContext<'_>, table: &MonthlyTable, rows: &[&MonthlyRow]) -> Chart {
    let month = format::month(table.until);
    let judged: Vec<bool> = rows.iter().filter_map(|row| is_behind(table, row.months[month_of(table)]?)).collect();
    let behind = judged.iter().filter(|is_behind| **is_behind).count();
    let side = match table.definition.direction {
        Direction::HigherIsBetter => "di bawah target",
        Direction::LowerIsBetter => "di atas garis (arah turun)",
    };
    let finding = match judged.len() {
        0 => format!("belum ada faskes yang melapor {month}"),
        known => format!("{behind} dari {known} faskes {side} pada {month}"),
    };
    let heard = format!("{} dari {} faskes melapor {} {month}", judged.len(), rows.len(), table.definition.code);
    let target = format::percent(table.targets[month_of(table)]);
    let panels = rows
        .iter()
        .map(|row| panel(table, row, &context.facility(row.facility).name, MarkTarget::Facility(row.facility)))
        .collect();
    Chart {
        title: format!("{}: {finding}", table.definition.name.trim()),
        subtitle: format!(
            "{}, {}; angka tertulis: {month}, target {target} %; yang paling tertinggal lebih dulu",
            measure_words(table),
            table.until.year()
        ),
        source: context.source_of(&heard),
        description: format!(
            "Satu grafik garis kecil per faskes dari Januari sampai Desember di samping target. {finding}."
        ),
        kind: ChartKind::SmallMultiples(SmallMultiples {
            noun: "faskes".to_owned(),
            until: table.until.month(),
            panels,
        }),
    }
}

/// Small charts of all indicators that apply to a facility.
fn of_facility(context: &PageContext<'_>, facility: u32, tables: Vec<MonthlyTable>) -> PanelBody {
    let row = |table: &MonthlyTable| table.rows.iter().find(|row| row.facility == facility).copied();
    let found: Vec<(MonthlyTable, MonthlyRow)> =
        tables.into_iter().filter_map(|table| row(&table).map(|row| (table, row))).collect();
    let Some(until) = found.first().map(|(table, _)| table.until) else {
        return PanelBody::Empty("Tidak ada indikator layanan yang berlaku bagi faskes ini.".to_owned());
    };
    let panels: Vec<SmallPanel> = found
        .iter()
        .map(|(table, row)| {
            let target = figure_target(context, table, facility, until);
            panel(table, row, &format!("{} ({})", table.definition.name.trim(), table.definition.code), target)
        })
        .collect();
    let month = format::month(until);
    let judged: Vec<bool> =
        found.iter().filter_map(|(table, row)| is_behind(table, row.months[month_of(table)]?)).collect();
    let reached = judged.iter().filter(|is_behind| !**is_behind).count();
    let finding = match judged.len() {
        0 => format!("Belum ada capaian {month} yang dilaporkan"),
        known => format!("{reached} dari {known} indikator mencapai target {month}"),
    };
    PanelBody::chart(Chart {
        title: finding.clone(),
        subtitle: format!(
            "Persen, {}; kumulatif di mana indikatornya kumulatif; angka tertulis: {month}",
            until.year()
        ),
        source: context.source(),
        description: format!(
            "Satu grafik garis kecil per indikator layanan dari Januari sampai Desember di samping target. {finding}."
        ),
        kind: ChartKind::SmallMultiples(SmallMultiples { noun: "indikator".to_owned(), until: until.month(), panels }),
    })
}

/// The figure behind a small chart: of the month where the indicator does not accumulate.
fn figure_target(context: &PageContext<'_>, table: &MonthlyTable, facility: u32, until: Month) -> MarkTarget {
    let period = match table.definition.aggregation {
        Aggregation::Cumulative => context.subject.period,
        Aggregation::Sum | Aggregation::Last => Period::containing(PeriodKind::Month, until),
    };
    let measure = Measure::Service(table.definition.code.clone()).code();
    MarkTarget::Figure(MarkedFigure { facility: Some(facility), group: None, measure, period })
}

fn analysis(context: &PageContext<'_>, table: &MonthlyTable, rows: &[&MonthlyRow], id: &str) -> DataTable {
    let month = format::month(table.until);
    DataTable {
        name: id.to_owned(),
        title: "Selisih terhadap target".to_owned(),
        note: "Selisih dihitung dari bulan terakhir yang dilaporkan terhadap target bulan itu.".to_owned(),
        caption: format!("{month} · {}", context.caption()),
        columns: vec![
            DataColumn::text("faskes", "Faskes"),
            DataColumn::text("bulan", "Bulan terakhir"),
            DataColumn::number("capaian", "Capaian", "Capaian (persen)"),
            DataColumn::number("target", "Target", "Target (persen)"),
            DataColumn::number("selisih", "Selisih", "Selisih (poin)"),
            DataColumn::text("melapor", "Bulan dilaporkan"),
        ],
        rows: rows.iter().map(|row| analysis_row(context, table, row)).collect(),
        totals: Vec::new(),
    }
}

fn analysis_row(context: &PageContext<'_>, table: &MonthlyTable, row: &MonthlyRow) -> DataRow {
    let name = DataCell::Facility(row.facility, context.facility(row.facility).name.clone());
    let reported = DataCell::Text(reported(table, row));
    let Some((place, ratio)) = last_known(row) else {
        let blank = || DataCell::Blank("belum lapor");
        return DataRow { cells: vec![name, blank(), blank(), blank(), blank(), reported] };
    };
    let plain = |value: Option<f64>, parts| {
        DataCell::Figure(TableFigure {
            value: value.map_or(Value::CannotCompute, Value::Number),
            parts,
            is_low: false,
            is_main: false,
            origin: None,
        })
    };
    let percent = ratio.percent();
    let target = table.targets[place];
    DataRow {
        cells: vec![
            name,
            DataCell::Text(format::MONTHS_SHORT[place].to_owned()),
            plain(percent, Some((ratio.numerator, ratio.denominator))),
            plain(Some(target), None),
            plain(percent.map(|percent| percent - target), None),
            reported,
        ],
    }
}
