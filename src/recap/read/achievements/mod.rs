//! Capaian: by month with indicators across, or by indicator with months across or down. A wrong cell rejects only
//! its (facility, indicator).

mod columns_held;
mod commas;
mod cumulative;
mod doubt;
mod magnitude;
mod plausible;
mod sections;
mod served;
mod service;
mod shared_cell;

use std::collections::BTreeSet;

use super::looks::STRUCK_FIGURE;
use super::pieces::Pieces;
use super::row::RowReader;
use super::subtotal::tell_subtotal;
use super::yearly::check_row_sums;
use super::{Carried, Reader};
use crate::diagnostic::IssueCode;
use crate::domain::records::{AchievementRow, CellRef, Field};
use crate::domain::{Month, format};
use crate::recap::cells::number::{Dot, read};
use crate::recap::cells::{CellFault, is_blank};
use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::{CountingWords, FigureLayout, Group, Layout, MonthPair, Shared};
use crate::recap::{Chosen, SaidWord, WordSort};
use columns_held::{
    has_numbers, holds_percent, is_target_in_percent, is_titled_percent, tell_by_place, tell_other_year, tell_target,
    year_in,
};
pub(super) use commas::sum_of;
use commas::{Comma, read_grouped};
pub(in crate::recap) use cumulative::assumed_counting;
use cumulative::{Counting, CumulativeNote, PairOf, counting};
use plausible::is_plausible;
use sections::Sections;
use service::{service, year_service};
use shared_cell::is_of_several;

/// Rows of Capaian; the codes of the services that it has columns for.
pub(super) fn achievements(
    reader: &mut Reader<'_>,
    layout: &Layout,
    rows: &mut Pieces<'_, AchievementRow>,
) -> Vec<String> {
    let services = all_rows(reader, layout, rows);
    if reader.is_contradicted {
        rows.discard();
        reader.accumulated.clear();
        reader.rows_rejected = reader.rows_seen;
    }
    services
}

fn all_rows(reader: &mut Reader<'_>, layout: &Layout, rows: &mut Pieces<'_, AchievementRow>) -> Vec<String> {
    for (heading, place) in &reader.table.heading.unread {
        let message = format!(
            "\"{heading}\" tidak dibaca: kolomnya tidak memuat jumlah, dan tidak jelas bagian mana yang harus dijumlahkan (misalnya hanya ada L tanpa P); tambahkan kolom Jumlah lalu impor lagi"
        );
        reader.error(*place, IssueCode::UnknownValue, message);
    }
    if is_titled_percent(reader) {
        reader.each_row(&mut |row| row.refuse());
        return Vec::new();
    }
    let across = match layout {
        Layout::Groups(groups) if groups.is_empty() => {
            reader.each_row(&mut |row| row.refuse());
            return Vec::new();
        }
        Layout::Groups(groups) => return by_groups(reader, groups, rows),
        Layout::YearPairs(pairs) => YearColumns::Pairs(pairs),
        Layout::YearNumerators { denominator, months } => {
            if is_target_in_percent(reader, denominator, reader.table.heading.anchor) {
                return Vec::new();
            }
            tell_target(reader, denominator);
            YearColumns::Numerators { denominator, months }
        }
        Layout::Columns | Layout::Months(_) | Layout::Receipts(_) | Layout::Unreadable(_) => return Vec::new(),
    };
    if reader.table.heading.columns.contains_key(&ColumnMeaning::IndicatorName) {
        return by_year(reader, None, &across, rows);
    }
    let sections = Sections::from_reader(reader);
    if !sections.is_empty() {
        return by_year(reader, Some(&mut ServiceSource::Titles(sections)), &across, rows);
    }
    let Some(service) = year_service(reader) else { return Vec::new() };
    let _ = by_year(reader, Some(&mut ServiceSource::Whole(service.clone())), &across, rows);
    vec![service]
}

/// Whose indicator the rows of a year are of.
enum ServiceSource {
    /// All of one.
    Whole(String),
    /// Each of the title above it.
    Titles(Sections),
}

impl ServiceSource {
    fn service_of(&mut self, row: &mut RowReader<'_, '_>) -> Option<String> {
        match self {
            Self::Whole(code) => Some(code.clone()),
            Self::Titles(sections) => sections.service_of(row),
        }
    }
}

struct ServiceColumns {
    /// Its code; none where each row names it.
    service: Option<String>,
    month: Option<u32>,
    denominator: Option<FigureLayout>,
    numerator: Option<FigureLayout>,
    /// The count since January beside it.
    accumulated: Option<FigureLayout>,
    is_cumulative: bool,
    /// The denominator was added to the sums by columns before it.
    is_added: bool,
}

/// The columns that can be read, of what each group says.
fn columns_of(reader: &mut Reader<'_>, groups: &[Group], counting: Counting, has_titles: bool) -> Vec<ServiceColumns> {
    let is_long = reader.table.heading.columns.contains_key(&ColumnMeaning::IndicatorName);
    let mut columns: Vec<ServiceColumns> = Vec::new();
    let mut served: Vec<(String, String)> = Vec::new();
    for group in groups {
        let is_known = reader.context.service(&group.heading).is_some();
        if !is_known && (group.is_optional || group.is_bare && !has_numbers(reader, group)) {
            continue;
        }
        let service = match (is_long, group.heading.as_str()) {
            (true, _) => None,
            (false, "") if has_titles => None,
            (false, "") => Some(year_service(reader)),
            // The same in two years beside each other.
            (false, heading) if year_in(heading) == Some(reader.table.received.year()) => Some(year_service(reader)),
            (false, heading) if year_in(heading).is_some() => {
                tell_other_year(reader, group);
                continue;
            }
            (false, heading) => Some(service(reader, heading, group.place)),
        };
        let service = match service {
            Some(None) => continue,
            Some(found) => found,
            None => None,
        };
        if group.is_bare && holds_percent(reader, group) {
            continue;
        }
        let mut denominator = group.denominator.clone();
        if denominator.is_none() && !group.served_by.is_empty() {
            let code = service.clone().unwrap_or_default();
            let Some(found) = served::denominator_of(reader, group, &code) else { continue };
            let of = |shared: &&Shared| shared.figure == found;
            let heading = reader.table.heading.shared.iter().find(of).map(|shared| shared.heading.clone());
            let is_guess = !code.is_empty() && reader.table.paired(WordSort::Denominators, &code).is_none();
            served.extend(heading.filter(|_| is_guess).map(|heading| (heading, code)));
            denominator = Some(found);
        }
        if denominator.as_ref().is_some_and(|figure| is_target_in_percent(reader, figure, group.place)) {
            continue;
        }
        tell_by_place(reader, group);
        let is_cumulative = match (counting, group.counted) {
            (Counting::Monthly, _) | (_, CountingWords::InMonth) => false,
            (Counting::Cumulative, _) | (_, CountingWords::SinceJanuary) => true,
            _ => false,
        };
        let is_added = columns.iter().any(|before| before.denominator == denominator);
        let month = group.month;
        let numerator = group.numerator.clone();
        let accumulated = group.accumulated.clone().filter(|_| counting != Counting::Monthly);
        columns.push(ServiceColumns { service, month, denominator, numerator, accumulated, is_cumulative, is_added });
    }
    served::tell_served(reader, &served);
    columns
}

fn by_groups(reader: &mut Reader<'_>, groups: &[Group], rows: &mut Pieces<'_, AchievementRow>) -> Vec<String> {
    let year = reader.table.received.year();
    let counting = counting(reader.table);
    if !can_be_monthly(reader, counting) {
        return Vec::new();
    }
    let may_have_titles = groups.iter().any(|group| group.heading.is_empty());
    let mut sections = if may_have_titles { Sections::from_reader(reader) } else { Sections::default() };
    let mut columns = columns_of(reader, groups, counting, !sections.is_empty());
    let is_long = reader.table.heading.columns.contains_key(&ColumnMeaning::IndicatorName);
    let mut services = services_of(&columns);
    let mut seen: BTreeSet<(String, String, Month)> = BTreeSet::new();
    let mut told = CumulativeNote::default();
    told.why = doubt::rising(reader, &mut columns, counting);
    let mut above = None;
    reader.each_row(&mut |row| {
        let (facility, of_row) = if is_long {
            let Some(named) = named_by_row(row, &columns, &mut above) else { return };
            (named.facility, named.service)
        } else if sections.is_empty() {
            (row.facility(), None)
        } else {
            (row.facility(), sections.service_of(row))
        };
        let month = row.month_of_row();
        let name_cells = row.cells();
        let mut accepted = Vec::new();
        let mut is_duplicate = false;
        for group in &columns {
            let Some(pair) = pair(row, group) else { continue };
            let month = group.month.map_or(month, |month| Month::new(year, month));
            let Some(service) = group.service.clone().or_else(|| of_row.clone()) else { continue };
            let Some((facility, month)) = facility.as_ref().zip(month) else { continue };
            if !seen.insert((facility.clone(), service.clone(), month)) {
                is_duplicate = true;
                continue;
            }
            if !is_plausible(row, &pair) {
                continue;
            }
            let of = PairOf { facility, service: &service, month };
            magnitude::tell_far(row.reader, of, &pair, group.is_cumulative);
            let pair = if group.is_cumulative {
                cumulative::since_january(row.reader, of, pair, &mut told)
            } else {
                cumulative::compare(row.reader, of, &pair);
                pair
            };
            accepted.push((service, month, pair));
        }
        if is_duplicate {
            row.duplicate("capaian untuk nama ini");
        }
        let Some(facility) = facility else { return };
        if !accepted.is_empty() {
            tell_subtotal(row);
        }
        for (service, month, pair) in accepted {
            if !services.contains(&service) {
                services.push(service.clone());
            }
            let (record, cells) = pair.record(&facility, service, month);
            rows.push(record, name_cells.iter().copied().chain(cells).collect());
        }
    });
    let all_cumulative = columns.iter().any(|columns| columns.is_cumulative);
    tell(reader, all_cumulative, &told);
    services
}

/// The services of columns, each once.
fn services_of(columns: &[ServiceColumns]) -> Vec<String> {
    let mut services: Vec<String> = Vec::new();
    for service in columns.iter().filter_map(|columns| columns.service.as_ref()) {
        if !services.contains(service) {
            services.push(service.clone());
        }
    }
    services
}

/// Says where the figures are those of several months, of which none can be told.
fn can_be_monthly(reader: &mut Reader<'_>, counting: Counting) -> bool {
    if counting == Counting::Span {
        let message = "menurut judulnya angka tabel ini mencakup beberapa bulan yang tidak dimulai dari Januari, jadi tidak dibaca; buat satu tabel untuk setiap bulan, atau tulis BUKAN KUMULATIF pada judul di atas tabel bila angkanya capaian bulan itu saja".to_owned();
        reader.error(reader.table.heading.anchor, IssueCode::InvalidNumber, message);
        reader.each_row(&mut |row| row.refuse());
    }
    counting != Counting::Span
}

/// Says what was assumed of the whole table.
fn tell(reader: &mut Reader<'_>, is_cumulative: bool, told: &CumulativeNote) {
    let anchor = reader.table.heading.anchor;
    let is_said = reader.table.chosen(WordSort::Counting).is_some();
    if is_cumulative && !is_said && !reader.accumulated.is_empty() {
        reader.reading(anchor, told.sentence());
        reader.offer(anchor, WordSort::Counting.offer(Some(&SaidWord::Chosen(Chosen::Cumulative))));
    }
    reader.tell_villages(anchor);
}

/// The facility and the indicator that a row names.
struct RowNames {
    facility: Option<String>,
    service: Option<String>,
}

/// The facility and the indicator of a row that names its own; blank as above. None where the row is only a title.
fn named_by_row(
    row: &mut RowReader<'_, '_>,
    columns: &[ServiceColumns],
    above: &mut Option<(String, CellRef)>,
) -> Option<RowNames> {
    let figures = columns.iter().flat_map(|columns| columns.numerator.iter().chain(&columns.denominator));
    let is_filled = figures.flat_map(FigureLayout::columns).any(|column| !is_blank(row.value_in(*column)));
    let name = row.place(ColumnMeaning::Name).zip(row.text_or_same(ColumnMeaning::Name));
    if let Some((place, name)) = &name {
        row.reader.carried = Carried::Name(name.clone(), *place);
    }
    if !is_filled {
        return None;
    }
    let facility = match (&name, row.reader.carried.clone()) {
        (None, Carried::Sums) => return None,
        (None, Carried::Name(written, place)) => row.known_facility(written, place),
        _ => row.facility(),
    };
    let written = row.text_or_same(ColumnMeaning::IndicatorName).zip(row.place(ColumnMeaning::IndicatorName));
    if written.is_some() {
        above.clone_from(&written);
    }
    let service = if let Some((written, place)) = above.clone() {
        let found = service(row.reader, &written, place);
        if found.is_none() {
            row.refuse();
        }
        found
    } else {
        if let Some(place) = row.place(ColumnMeaning::IndicatorName) {
            row.missing(place, "Indikator", "ada capaian");
        }
        None
    };
    Some(RowNames { facility, service })
}

/// A figure and the cells that it was made of.
#[derive(Clone, Debug)]
struct Reported {
    value: f64,
    parts: Vec<(f64, CellRef)>,
}

/// Denominator and numerator with their cells; at least one is there. Beside the numerator, or instead of it, the count
/// since January.
#[derive(Clone, Debug)]
struct Pair {
    denominator: Option<Reported>,
    numerator: Option<Reported>,
    accumulated: Option<Reported>,
}

impl Pair {
    fn record(self, facility: &str, service: String, month: Month) -> (AchievementRow, Vec<(Field, CellRef)>) {
        let all = [
            (Field::Denominator, &self.denominator),
            (Field::Numerator, &self.numerator),
            (Field::Accumulated, &self.accumulated),
        ];
        let parts = |(field, figure): (Field, &Option<Reported>)| {
            let parts = figure.iter().flat_map(|figure| &figure.parts);
            parts.map(|(_, place)| (field, *place)).collect::<Vec<_>>()
        };
        let cells = all.into_iter().flat_map(parts).collect();
        let record = AchievementRow {
            facility: facility.to_owned(),
            service,
            month,
            numerator: self.numerator.map(|figure| figure.value),
            denominator: self.denominator.map(|figure| figure.value),
            accumulated: self.accumulated.map(|figure| figure.value),
        };
        (record, cells)
    }
}

/// Reads a pair; `None` where both are blank or something is wrong (which is named).
fn pair(row: &mut RowReader<'_, '_>, columns: &ServiceColumns) -> Option<Pair> {
    let denominator = columns.denominator.as_ref();
    let numerator = columns.numerator.as_ref();
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
        for column in [denominator, numerator].into_iter().flatten().flat_map(FigureLayout::columns) {
            let place = row.place_in(*column);
            row.reader.add_to_sum(place, None);
        }
        return None;
    }
    let added = if columns.is_added { [&None, &above] } else { [&below, &above] };
    for (value, place) in added.into_iter().flatten().flat_map(|figure| &figure.parts) {
        let place = row.place_in(place.column);
        row.reader.add_to_sum(place, Some(*value));
    }
    let accumulated = above.as_ref().and(columns.accumulated.as_ref()).and_then(|figure| beside(row, figure));
    (below.is_some() || above.is_some()).then_some(Pair { denominator: below, numerator: above, accumulated })
}

/// The count since January beside a month's own, where it can be read: that of the month stands without it.
fn beside(row: &RowReader<'_, '_>, figure: &FigureLayout) -> Option<Reported> {
    let part = |column: &u32| {
        let number = read(row.value_in(*column), Dot::Thousands).ok().flatten()?;
        Some((number.value, row.place_in(*column)))
    };
    let parts: Vec<(f64, CellRef)> = figure.columns().iter().map(part).collect::<Option<_>>()?;
    Some(Reported { value: parts.iter().map(|(value, _)| value).sum(), parts })
}

/// A figure of one column, or of L and P, of which one alone is not the whole.
fn reported(row: &mut RowReader<'_, '_>, figure: &FigureLayout, field: Field) -> Option<Reported> {
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
    if is_of_several(row, place, field) {
        return None;
    }
    if row.reader.is_struck(place) {
        row.wrong(place, field.label(), &CellFault { code: IssueCode::StruckRow, why: STRUCK_FIGURE.to_owned() });
        return None;
    }
    match read_grouped(row, place, field) {
        Some(Comma::Count(count)) => return Some(count),
        Some(Comma::Asked) => return None,
        None => {}
    }
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

/// A year's columns of one service.
enum YearColumns<'l> {
    Pairs(&'l [MonthPair]),
    Numerators { denominator: &'l FigureLayout, months: &'l [(u32, FigureLayout)] },
}

/// Rows of a year; the codes of the services that they name themselves.
fn by_year(
    reader: &mut Reader<'_>,
    mut source: Option<&mut ServiceSource>,
    across: &YearColumns<'_>,
    rows: &mut Pieces<'_, AchievementRow>,
) -> Vec<String> {
    let year = reader.table.received.year();
    let counting = counting(reader.table);
    let mut told = CumulativeNote::default();
    if let (Counting::Unsaid, YearColumns::Numerators { denominator, months }) = (counting, across) {
        told.why = doubt::seems_cumulative(reader, denominator, months);
    }
    let is_cumulative = counting == Counting::Cumulative || told.why.is_some();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    let mut services: Vec<String> = Vec::new();
    let mut above = None;
    let columns = across.columns();
    reader.each_row(&mut |row| {
        let (facility, of_row) = if let Some(source) = &mut source {
            (row.facility(), source.service_of(row))
        } else {
            let Some(named) = named_by_row(row, &columns, &mut above) else { return };
            (named.facility, named.service)
        };
        let name_cells = row.cells();
        let found = match across {
            YearColumns::Pairs(_) => month_pairs(row, &columns),
            YearColumns::Numerators { denominator, months } => month_numerators(row, denominator, months),
        };
        let Some((facility, service)) = facility.zip(of_row) else { return };
        if !found.is_empty() && seen.contains(&(facility.clone(), service.clone())) {
            row.duplicate("capaian untuk nama ini");
        }
        if row.is_rejected() || found.is_empty() {
            return;
        }
        if matches!(across, YearColumns::Numerators { .. }) && !is_cumulative {
            let numerator = |(month, pair): &(u32, Pair)| Some((*month, pair.numerator.as_ref()?.value));
            check_row_sums(row, &found.iter().filter_map(numerator).collect::<Vec<_>>());
        }
        for (month, pair) in found {
            let Some(month) = Month::new(year, month) else { continue };
            if !is_plausible(row, &pair) {
                continue;
            }
            let of = PairOf { facility: &facility, service: &service, month };
            magnitude::tell_far(row.reader, of, &pair, is_cumulative);
            let pair = if is_cumulative { cumulative::since_january(row.reader, of, pair, &mut told) } else { pair };
            let (record, cells) = pair.record(&facility, service.clone(), month);
            rows.push(record, name_cells.iter().copied().chain(cells).collect());
        }
        if !services.contains(&service) {
            services.push(service.clone());
        }
        seen.insert((facility, service));
    });
    tell(reader, is_cumulative, &told);
    services
}

impl YearColumns<'_> {
    /// Its columns by month.
    fn columns(&self) -> Vec<ServiceColumns> {
        let one = |month: u32, denominator: Option<FigureLayout>, numerator: Option<FigureLayout>| ServiceColumns {
            service: None,
            month: Some(month),
            denominator,
            numerator,
            accumulated: None,
            is_cumulative: false,
            is_added: false,
        };
        match self {
            Self::Pairs(pairs) => {
                pairs.iter().map(|pair| one(pair.month, pair.denominator.clone(), pair.numerator.clone())).collect()
            }
            Self::Numerators { denominator, months } => months
                .iter()
                .map(|(month, figure)| one(*month, Some((*denominator).clone()), Some(figure.clone())))
                .collect(),
        }
    }
}

fn month_pairs(row: &mut RowReader<'_, '_>, columns: &[ServiceColumns]) -> Vec<(u32, Pair)> {
    columns.iter().filter_map(|columns| Some((columns.month?, pair(row, columns)?))).collect()
}

/// Numerators by month over the year's denominator.
fn month_numerators(
    row: &mut RowReader<'_, '_>,
    denominator: &FigureLayout,
    months: &[(u32, FigureLayout)],
) -> Vec<(u32, Pair)> {
    let before = row.faults();
    let year = reported(row, denominator, Field::Denominator);
    let is_sound = row.faults() == before;
    let mut found = Vec::new();
    for (month, figure) in months {
        if let Some(numerator) = reported(row, figure, Field::Numerator) {
            found.push((*month, Pair { denominator: year.clone(), numerator: Some(numerator), accumulated: None }));
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
                let place = row.place_in(*column);
                row.reader.add_to_sum(place, value.filter(|_| is_whole));
            }
        }
    }
    found
}
