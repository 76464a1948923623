//! Capaian: by month with indicators across, or by indicator with months across. A wrong cell rejects only
//! its (facility, indicator).

use std::collections::BTreeSet;

use super::Reader;
use super::row::RowReader;
use super::yearly::check_row_total;
use crate::diagnostic::IssueCode;
use crate::domain::records::{AchievementRow, CellRef, Field, Sourced};
use crate::domain::{Month, format};
use crate::recap::layout::{Group, Layout, MonthPair};

/// Rows of Capaian, and the codes of the services that it has columns for.
pub(super) fn achievements(reader: &mut Reader<'_>, layout: &Layout) -> (Vec<Sourced<AchievementRow>>, Vec<String>) {
    match layout {
        Layout::Groups(groups) => by_groups(reader, groups),
        Layout::YearPairs(pairs) => match year_service(reader) {
            Some(service) => (by_year(reader, &service, &Across::Pairs(pairs)), vec![service]),
            None => (Vec::new(), Vec::new()),
        },
        Layout::YearNumerators { denominator, months } => match year_service(reader) {
            Some(service) => {
                let across = Across::Numerators { denominator: *denominator, months };
                (by_year(reader, &service, &across), vec![service])
            }
            None => (Vec::new(), Vec::new()),
        },
        Layout::Columns | Layout::Months(_) => (Vec::new(), Vec::new()),
    }
}

/// The code of a heading's service, or `unknown_indicator` at the heading.
fn service(reader: &mut Reader<'_>, heading: &str, place: CellRef) -> Option<String> {
    let found = reader.context.service(heading).map(ToOwned::to_owned);
    if found.is_none() {
        let known: Vec<&str> = reader.context.service_codes().collect();
        let hint = if known.is_empty() {
            "impor Indikator Layanan dulu".to_owned()
        } else {
            format!("yang dikenal {}", known.join(", "))
        };
        let message = format!(
            "\"{heading}\" bukan indikator layanan; {hint}; perbaiki judulnya atau tambahkan ke Indikator Layanan"
        );
        reader.error(place, IssueCode::UnknownIndicator, message);
    }
    found
}

/// The service that a year's sheet is of: its banner says it, else the sheet's name.
fn year_service(reader: &mut Reader<'_>) -> Option<String> {
    let (heading, place) = indicator_of_sheet(reader);
    service(reader, &heading, place)
}

fn indicator_of_sheet(reader: &Reader<'_>) -> (String, CellRef) {
    let table = reader.table;
    table.indicator.clone().unwrap_or_else(|| (table.sheet.name.clone(), table.heading.anchor))
}

/// One service's columns.
struct Columns {
    service: String,
    denominator: Option<u32>,
    numerator: Option<u32>,
}

fn by_groups(reader: &mut Reader<'_>, groups: &[Group]) -> (Vec<Sourced<AchievementRow>>, Vec<String>) {
    let month = reader.table.received.rank_month();
    let mut columns: Vec<Columns> = Vec::new();
    for group in groups {
        let (heading, place) =
            if group.heading.is_empty() { indicator_of_sheet(reader) } else { (group.heading.clone(), group.place) };
        if let Some(service) = service(reader, &heading, place) {
            columns.push(Columns { service, denominator: group.denominator, numerator: group.numerator });
        }
    }
    let mut rows = Vec::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let facility = row.facility();
        let name_cells = row.cells();
        let mut accepted = Vec::new();
        let mut is_duplicate = false;
        for group in &columns {
            let Some(pair) = pair(row, group.denominator, group.numerator) else { continue };
            let Some(facility) = &facility else { continue };
            let key = (facility.clone(), group.service.clone());
            if seen.contains(&key) {
                is_duplicate = true;
                continue;
            }
            seen.insert(key);
            accepted.push((group.service.clone(), pair));
        }
        if is_duplicate {
            row.duplicate("capaian untuk nama ini");
        }
        let Some(facility) = facility else { return };
        for (service, pair) in accepted {
            warn_above(row, &pair);
            let (record, cells) = pair.record(&facility, service, month);
            rows.push(Sourced { record, cells: name_cells.iter().copied().chain(cells).collect() });
        }
    });
    let mut services: Vec<String> = Vec::new();
    for group in columns {
        if !services.contains(&group.service) {
            services.push(group.service);
        }
    }
    (rows, services)
}

/// Denominator and numerator with their cells; at least one is there.
#[derive(Clone, Copy, Debug)]
struct Pair {
    denominator: Option<(f64, CellRef)>,
    numerator: Option<(f64, CellRef)>,
}

impl Pair {
    fn record(self, facility: &str, service: String, month: Month) -> (AchievementRow, Vec<(Field, CellRef)>) {
        let mut cells = Vec::new();
        cells.extend(self.denominator.map(|(_, place)| (Field::Denominator, place)));
        cells.extend(self.numerator.map(|(_, place)| (Field::Numerator, place)));
        let record = AchievementRow {
            facility: facility.to_owned(),
            service,
            month,
            numerator: self.numerator.map(|(value, _)| value),
            denominator: self.denominator.map(|(value, _)| value),
        };
        (record, cells)
    }
}

/// Reads a pair; `None` where both are blank or something is wrong (which is named).
fn pair(row: &mut RowReader<'_, '_>, denominator: Option<u32>, numerator: Option<u32>) -> Option<Pair> {
    let before = row.faults();
    let denominator = denominator.map(|column| (row.place_in(column), number(row, column, Field::Denominator)));
    let sound = row.faults() == before;
    let numerator = numerator.map(|column| (row.place_in(column), number(row, column, Field::Numerator)));
    let known = |found: Option<(CellRef, Option<f64>)>| found.and_then(|(place, value)| Some((value?, place)));
    let pair = Pair { denominator: known(denominator), numerator: known(numerator) };
    if let (Some((_, place)), None, true) = (pair.numerator, pair.denominator, sound) {
        row.missing(denominator.map_or(place, |(place, _)| place), "Sasaran", "ada capaian");
    }
    if row.faults() > before {
        // What was rejected is missing from their sums as from ours: no comparison.
        for column in [denominator, numerator].into_iter().flatten().map(|(place, _)| place.column) {
            row.reader.add_to_sum(column, None);
        }
        return None;
    }
    for (value, place) in [pair.denominator, pair.numerator].into_iter().flatten() {
        row.reader.add_to_sum(place.column, Some(value));
    }
    (pair.denominator.is_some() || pair.numerator.is_some()).then_some(pair)
}

fn number(row: &mut RowReader<'_, '_>, column: u32, field: Field) -> Option<f64> {
    let place = row.place_in(column);
    let number = row.number_at(place, field, field.label())?;
    let thousandth =
        |value: f64| (value.fract() != 0.0).then(|| ((value * 1000.0).round() - value * 1000.0).abs() < 1e-9);
    let is_tenth_or_hundredth = ((number * 100.0).round() - number * 100.0).abs() < 1e-9;
    if thousandth(number) == Some(true) && !is_tenth_or_hundredth && number >= 1.0 && !is_text(row, column) {
        let message = format!(
            "{}: terbaca {}; bila maksudnya ribuan ({}), tulis tanpa titik",
            field.label(),
            format::number(number, 3),
            format::number(number * 1000.0, 0)
        );
        row.reader.warn(place, IssueCode::DoubtfulNumber, message);
    }
    Some(number)
}

fn is_text(row: &RowReader<'_, '_>, column: u32) -> bool {
    row.value_in(column).is_some_and(|value| value.text().is_some())
}

fn warn_above(row: &mut RowReader<'_, '_>, pair: &Pair) {
    if let (Some((denominator, _)), Some((numerator, place))) = (pair.denominator, pair.numerator)
        && numerator > denominator
    {
        let message = format!(
            "Capaian: {} melebihi sasaran {}; tetap dipakai, periksa keduanya",
            format::count(numerator),
            format::count(denominator)
        );
        row.reader.warn(place, IssueCode::NumeratorAboveDenominator, message);
    }
}

/// A year's columns of one service.
enum Across<'l> {
    Pairs(&'l [MonthPair]),
    Numerators { denominator: u32, months: &'l [(u32, u32)] },
}

fn by_year(reader: &mut Reader<'_>, service: &str, across: &Across<'_>) -> Vec<Sourced<AchievementRow>> {
    let year = reader.table.received.year();
    let mut rows = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let facility = row.facility();
        let name_cells = row.cells();
        let found = match across {
            Across::Pairs(pairs) => month_pairs(row, pairs),
            Across::Numerators { denominator, months } => month_numerators(row, *denominator, months),
        };
        let Some(facility) = facility else { return };
        if !found.is_empty() && seen.contains(&facility) {
            row.duplicate("capaian untuk nama ini");
        }
        if row.is_rejected() || found.is_empty() {
            return;
        }
        let sum = found.iter().filter_map(|(_, pair)| pair.numerator).map(|(value, _)| value).sum();
        if matches!(across, Across::Numerators { .. }) {
            check_row_total(row, sum);
        }
        for (month, pair) in found {
            let Some(month) = Month::new(year, month) else { continue };
            warn_above(row, &pair);
            let (record, cells) = pair.record(&facility, service.to_owned(), month);
            rows.push(Sourced { record, cells: name_cells.iter().copied().chain(cells).collect() });
        }
        seen.insert(facility);
    });
    rows
}

fn month_pairs(row: &mut RowReader<'_, '_>, pairs: &[MonthPair]) -> Vec<(u32, Pair)> {
    let read = pairs.iter().map(|month| (month.month, pair(row, month.denominator, month.numerator)));
    read.filter_map(|(month, pair)| Some((month, pair?))).collect()
}

/// Numerators by month over the year's denominator.
fn month_numerators(row: &mut RowReader<'_, '_>, denominator: u32, months: &[(u32, u32)]) -> Vec<(u32, Pair)> {
    let before = row.faults();
    let place = row.place_in(denominator);
    let year = number(row, denominator, Field::Denominator).map(|value| (value, place));
    let is_sound = row.faults() == before;
    let mut found = Vec::new();
    for (month, column) in months {
        let place = row.place_in(*column);
        if let Some(value) = number(row, *column, Field::Numerator) {
            found.push((*month, Pair { denominator: year, numerator: Some((value, place)) }));
        }
    }
    if is_sound && year.is_none() && !found.is_empty() {
        row.missing(place, "Sasaran", "ada capaian");
    }
    found
}
