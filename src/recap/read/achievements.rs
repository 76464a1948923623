//! Capaian: by month with indicators across, or by indicator with months across or down. A wrong cell rejects only
//! its (facility, indicator).

use std::collections::BTreeSet;

use super::Reader;
use super::pieces::Pieces;
use super::row::RowReader;
use super::yearly::check_row_sums;
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::domain::records::{AchievementRow, CellRef, Field};
use crate::domain::{Month, format};
use crate::recap::cells::month::month_number;
use crate::recap::layout::{Figure, Group, Layout, MonthPair};

/// Rows of Capaian; the codes of the services that it has columns for.
pub(super) fn achievements(
    reader: &mut Reader<'_>,
    layout: &Layout,
    rows: &mut Pieces<'_, AchievementRow>,
) -> Vec<String> {
    for (heading, place) in &reader.table.heading.unread {
        let message = format!(
            "\"{heading}\" tidak dibaca: kolomnya tidak memuat jumlah, dan tidak jelas bagian mana yang harus dijumlahkan (misalnya hanya ada L tanpa P); tambahkan kolom Jumlah lalu impor lagi"
        );
        reader.error(*place, IssueCode::UnknownValue, message);
    }
    let across = match layout {
        Layout::Groups(groups) => return by_groups(reader, groups, rows),
        Layout::YearPairs(pairs) => Across::Pairs(pairs),
        Layout::YearNumerators { denominator, months } => Across::Numerators { denominator, months },
        Layout::Columns | Layout::Months(_) => return Vec::new(),
    };
    let Some(service) = year_service(reader) else { return Vec::new() };
    by_year(reader, &service, &across, rows);
    vec![service]
}

/// The code of a heading's service, or `unknown_indicator` at the heading.
fn service(reader: &mut Reader<'_>, heading: &str, place: CellRef) -> Option<String> {
    let found = reader.context.service(heading).map(ToOwned::to_owned);
    if found.is_none() {
        let known: Vec<&str> = reader.context.service_codes().collect();
        // The name of the sheet is the last resort of a table that names no indicator.
        let is_nameless = place == reader.table.heading.anchor && heading == reader.table.sheet.name;
        let message = match (known.as_slice(), is_nameless) {
            ([], false) => format!(
                "\"{heading}\" belum dapat dibaca karena Indikator Layanan Puskesmas ini belum diimpor; impor daftar itu, lalu impor lagi berkas ini"
            ),
            ([], true) => "capaian ini belum dapat dibaca karena Indikator Layanan Puskesmas ini belum diimpor; impor daftar itu, lalu impor lagi berkas ini".to_owned(),
            (known, false) => format!(
                "\"{heading}\" bukan indikator layanan; yang dikenal {}; perbaiki judulnya atau tambahkan ke Indikator Layanan",
                known.join(", ")
            ),
            (known, true) => format!(
                "capaian ini tidak menyebut indikatornya, dan nama lembar \"{heading}\" bukan indikator layanan; tulis INDIKATOR : dan salah satu dari {} di atas tabel, lalu impor lagi",
                known.join(", ")
            ),
        };
        reader.error(place, IssueCode::UnknownIndicator, message);
    }
    found
}

/// The service that a whole table is of: its banner says it, with or without a label, else the sheet's name.
fn year_service(reader: &mut Reader<'_>) -> Option<String> {
    let table = reader.table;
    if let Some((heading, place)) = &table.indicator {
        return service(reader, heading, *place);
    }
    // Its own lines speak first; where they name none, those that it shares with the tables beside it.
    for titles in &table.titles {
        let titled: BTreeSet<&str> = titles.iter().filter_map(|(title, _)| titled_service(reader, title)).collect();
        match titled.iter().collect::<Vec<_>>()[..] {
            // A title of its own that nobody knows is not that of a neighbour.
            [] if titles.iter().all(|(title, _)| is_mere(title)) => {}
            [only] => return Some((*only).to_owned()),
            _ => break,
        }
    }
    service(reader, &table.sheet.name, table.heading.anchor)
}

/// The service that a line above a table names, alone or among the usual words of a title.
fn titled_service<'r>(reader: &Reader<'r>, title: &str) -> Option<&'r str> {
    let context = reader.context;
    context.service(title).or_else(|| context.service(&telling_words(title)))
}

/// Whether a title tells nothing but the period or what every such table is.
fn is_mere(title: &str) -> bool {
    telling_words(title).is_empty()
}

/// A title without the usual words, months and years.
fn telling_words(title: &str) -> String {
    const USUAL: [&str; 8] = ["rekap", "rekapitulasi", "laporan", "capaian", "indikator", "tahun", "bulan", "layanan"];
    let words = plain_words(title);
    let is_year = |word: &str| word.len() == 4 && word.parse::<u32>().is_ok();
    let is_telling = |word: &&str| !USUAL.contains(word) && !is_year(word) && month_number(word).is_none();
    words.split(' ').filter(is_telling).collect::<Vec<_>>().join(" ")
}

/// One service's columns.
struct Columns {
    service: String,
    month: Option<u32>,
    denominator: Option<Figure>,
    numerator: Option<Figure>,
}

fn by_groups(reader: &mut Reader<'_>, groups: &[Group], rows: &mut Pieces<'_, AchievementRow>) -> Vec<String> {
    let year = reader.table.received.year();
    let mut columns: Vec<Columns> = Vec::new();
    for group in groups {
        let Group { heading, place, month, denominator, numerator } = group.clone();
        let found = if heading.is_empty() { year_service(reader) } else { service(reader, &heading, place) };
        columns.extend(found.map(|service| Columns { service, month, denominator, numerator }));
    }
    let mut seen: BTreeSet<(String, String, Month)> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let facility = row.facility();
        let month = row.month_of_row();
        let name_cells = row.cells();
        let mut accepted = Vec::new();
        let mut is_duplicate = false;
        for group in &columns {
            let Some(pair) = pair(row, group.denominator.as_ref(), group.numerator.as_ref()) else { continue };
            let month = group.month.map_or(month, |month| Month::new(year, month));
            let (Some(facility), Some(month)) = (&facility, month) else { continue };
            if !seen.insert((facility.clone(), group.service.clone(), month)) {
                is_duplicate = true;
                continue;
            }
            accepted.push((group.service.clone(), month, pair));
        }
        if is_duplicate {
            row.duplicate("capaian untuk nama ini");
        }
        let Some(facility) = facility else { return };
        for (service, month, pair) in accepted {
            warn_above(row, &pair);
            let (record, cells) = pair.record(&facility, service, month);
            rows.push(record, name_cells.iter().copied().chain(cells).collect());
        }
    });
    let mut services: Vec<String> = Vec::new();
    for group in columns {
        if !services.contains(&group.service) {
            services.push(group.service);
        }
    }
    services
}

/// A figure and the cells that it was made of.
#[derive(Clone, Debug)]
struct Reported {
    value: f64,
    parts: Vec<(f64, CellRef)>,
}

/// Denominator and numerator with their cells; at least one is there.
#[derive(Clone, Debug)]
struct Pair {
    denominator: Option<Reported>,
    numerator: Option<Reported>,
}

impl Pair {
    fn record(self, facility: &str, service: String, month: Month) -> (AchievementRow, Vec<(Field, CellRef)>) {
        let both = [(Field::Denominator, &self.denominator), (Field::Numerator, &self.numerator)];
        let parts = |(field, figure): (Field, &Option<Reported>)| {
            let parts = figure.iter().flat_map(|figure| &figure.parts);
            parts.map(|(_, place)| (field, *place)).collect::<Vec<_>>()
        };
        let cells = both.into_iter().flat_map(parts).collect();
        let record = AchievementRow {
            facility: facility.to_owned(),
            service,
            month,
            numerator: self.numerator.map(|figure| figure.value),
            denominator: self.denominator.map(|figure| figure.value),
        };
        (record, cells)
    }
}

/// Reads a pair; `None` where both are blank or something is wrong (which is named).
fn pair(row: &mut RowReader<'_, '_>, denominator: Option<&Figure>, numerator: Option<&Figure>) -> Option<Pair> {
    let before = row.faults();
    let below = denominator.and_then(|figure| reported(row, figure, Field::Denominator));
    let is_sound = row.faults() == before;
    let above = numerator.and_then(|figure| reported(row, figure, Field::Numerator));
    if let (Some(above), None, true) = (&above, &below, is_sound) {
        let of_numerator = above.parts.first().map(|(_, place)| *place);
        let place = denominator.and_then(|figure| figure.columns().first()).map(|column| row.place_in(*column));
        if let Some(place) = place.or(of_numerator) {
            row.missing(place, "Sasaran", "ada capaian");
        }
    }
    if row.faults() > before {
        // What was rejected is missing from their sums as from ours: no comparison.
        for column in [denominator, numerator].into_iter().flatten().flat_map(Figure::columns) {
            row.reader.add_to_sum(*column, None);
        }
        return None;
    }
    for (value, place) in [&below, &above].into_iter().flatten().flat_map(|figure| &figure.parts) {
        row.reader.add_to_sum(place.column, Some(*value));
    }
    (below.is_some() || above.is_some()).then_some(Pair { denominator: below, numerator: above })
}

/// A figure of one column, or of L and P, of which one alone is not the whole.
fn reported(row: &mut RowReader<'_, '_>, figure: &Figure, field: Field) -> Option<Reported> {
    let before = row.faults();
    let mut parts = Vec::new();
    let mut blank = None;
    for column in figure.columns() {
        let place = row.place_in(*column);
        match number(row, *column, field) {
            Some(value) => parts.push((value, place)),
            None => blank = Some(place),
        }
    }
    if let (Some(place), false, true) = (blank, parts.is_empty(), row.faults() == before) {
        row.missing(place, field.label(), "bagian lainnya (L atau P) terisi");
    }
    let is_whole = row.faults() == before && !parts.is_empty();
    is_whole.then(|| Reported { value: parts.iter().map(|(value, _)| value).sum(), parts })
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
    if let (Some(denominator), Some(numerator)) = (&pair.denominator, &pair.numerator)
        && numerator.value > denominator.value
        && let Some((_, place)) = numerator.parts.first()
    {
        let message = format!(
            "Capaian: {} melebihi sasaran {}; tetap dipakai, periksa keduanya",
            format::count(numerator.value),
            format::count(denominator.value)
        );
        row.reader.warn(*place, IssueCode::NumeratorAboveDenominator, message);
    }
}

/// A year's columns of one service.
enum Across<'l> {
    Pairs(&'l [MonthPair]),
    Numerators { denominator: &'l Figure, months: &'l [(u32, Figure)] },
}

fn by_year(reader: &mut Reader<'_>, service: &str, across: &Across<'_>, rows: &mut Pieces<'_, AchievementRow>) {
    let year = reader.table.received.year();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let facility = row.facility();
        let name_cells = row.cells();
        let found = match across {
            Across::Pairs(pairs) => month_pairs(row, pairs),
            Across::Numerators { denominator, months } => month_numerators(row, denominator, months),
        };
        let Some(facility) = facility else { return };
        if !found.is_empty() && seen.contains(&facility) {
            row.duplicate("capaian untuk nama ini");
        }
        if row.is_rejected() || found.is_empty() {
            return;
        }
        if matches!(across, Across::Numerators { .. }) {
            let numerator = |(month, pair): &(u32, Pair)| Some((*month, pair.numerator.as_ref()?.value));
            check_row_sums(row, &found.iter().filter_map(numerator).collect::<Vec<_>>());
        }
        for (month, pair) in found {
            let Some(month) = Month::new(year, month) else { continue };
            warn_above(row, &pair);
            let (record, cells) = pair.record(&facility, service.to_owned(), month);
            rows.push(record, name_cells.iter().copied().chain(cells).collect());
        }
        seen.insert(facility);
    });
}

fn month_pairs(row: &mut RowReader<'_, '_>, pairs: &[MonthPair]) -> Vec<(u32, Pair)> {
    let read = pairs.iter().map(|month| (month.month, pair(row, month.denominator.as_ref(), month.numerator.as_ref())));
    read.filter_map(|(month, pair)| Some((month, pair?))).collect()
}

/// Numerators by month over the year's denominator.
fn month_numerators(row: &mut RowReader<'_, '_>, denominator: &Figure, months: &[(u32, Figure)]) -> Vec<(u32, Pair)> {
    let before = row.faults();
    let year = reported(row, denominator, Field::Denominator);
    let is_sound = row.faults() == before;
    let mut found = Vec::new();
    for (month, figure) in months {
        if let Some(numerator) = reported(row, figure, Field::Numerator) {
            found.push((*month, Pair { denominator: year.clone(), numerator: Some(numerator) }));
        }
    }
    if let (true, None, false, Some(column)) = (is_sound, &year, found.is_empty(), denominator.columns().first()) {
        row.missing(row.place_in(*column), "Sasaran", "ada capaian");
    }
    let is_whole = row.faults() == before;
    for figure in months.iter().map(|(_, figure)| figure).chain([denominator]) {
        for column in figure.columns() {
            let parts =
                found.iter().flat_map(|(_, pair)| &pair.numerator).chain(&year).flat_map(|figure| &figure.parts);
            let value = parts.clone().find(|(_, place)| place.column == *column).map(|(value, _)| *value);
            if value.is_some() || !is_whole {
                row.reader.add_to_sum(*column, value.filter(|_| is_whole));
            }
        }
    }
    found
}
