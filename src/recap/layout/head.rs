//! The rows of a heading and the texts above each of its columns.

use std::collections::BTreeMap;

use super::head_column::{HeadColumn, Level};
use super::papers::{is_bare_part, names_a_paper};
use super::rivals::is_day_of_pair;
use super::years::{has_different_years, is_year};
use super::{ColumnSpan, Heading, Layout, ReportColumn};
use crate::domain::format::MONTHS;
use crate::domain::records::CellRef;
use crate::domain::{Month, Table};
use crate::recap::cells::date::parse;
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::month::with_year;
use crate::recap::cells::value_text;
use crate::recap::heading::{ColumnMeaning, anchor as known_heading, key, spec_of};
use crate::recap::heading_figures::{Leaf, Sex, figure_word, is_total, months_summed, sex};
use crate::workbook::{Cell, CellValue, Row, Sheet};

/// Most rows of a heading below the one with the name column.
const ROWS_BELOW: u32 = 4;
/// Most rows of group headings above it.
const ROWS_ABOVE: u32 = 4;
/// Columns of a merged heading that are looked at.
const MERGED_COLUMNS_MAX: u32 = 100;
/// Fewest and most weeks of a month across.
const WEEKS_MIN: usize = 4;
const WEEKS_MAX: f64 = 5.0;
/// Months across from which a table is one of a year.
pub(super) const MONTHS_MIN: usize = 3;

/// Where a heading stands.
pub(super) struct HeadingFrame {
    pub(super) top: u32,
    pub(super) bottom: u32,
    /// The cell that it was recognised by.
    pub(super) anchor: CellRef,
    pub(super) span: ColumnSpan,
}

impl HeadingFrame {
    /// A heading in this place.
    pub(super) fn heading(
        &self,
        table: Option<Table>,
        layout: Layout,
        columns: BTreeMap<ColumnMeaning, u32>,
    ) -> Heading {
        let Self { top, bottom, anchor, span } = *self;
        let extent = (anchor.column, anchor.column);
        Heading {
            top,
            bottom,
            anchor,
            table,
            layout,
            columns,
            sentences: Vec::new(),
            has_villages: false,
            counts_until: false,
            has_titles: false,
            shared: Vec::new(),
            row_sums: Vec::new(),
            persons: Vec::new(),
            years: Vec::new(),
            written_year: None,
            unread: Vec::new(),
            points_of_years: Vec::new(),
            extent,
            span,
        }
    }
}

/// The month of a key: a name, or 1 to 12.
pub(super) fn month_of(key: &str) -> Option<u32> {
    month_number(key).or_else(|| key.parse().ok().filter(|month| (1..=12).contains(month)))
}

/// Reports whether a key is a week of a month: `I`, `Minggu II`, `M3`, 4.
pub(in crate::recap) fn is_week(key: &str) -> bool {
    let prefixes = ["minggu", "mingguke", "mgg", "mg", "pekan", "week", "m", "w"];
    let bare = prefixes.iter().filter_map(|word| key.strip_prefix(word)).min_by_key(|rest| rest.len()).unwrap_or(key);
    ["i", "ii", "iii", "iv", "v", "1", "2", "3", "4", "5"].contains(&bare)
}

/// The last row of a heading.
pub(super) fn bottom_of(sheet: &Sheet, anchor: CellRef, span: ColumnSpan) -> u32 {
    let most = anchor.row + ROWS_BELOW;
    let mut bottom = sheet.merge_at(anchor).map_or(anchor.row, |area| area.last.row.min(most));
    while bottom < most {
        let Some(next) = sheet.row(bottom + 1) else { break };
        let is_heading = match continuation(next, anchor, span) {
            Continuation::Words => true,
            // Months as numbers stand below one group heading; column numbers below a heading each.
            Continuation::Months => texts_over(sheet.row(bottom), next, anchor, span) <= 1,
            Continuation::None => {
                is_below_wide(sheet, next, bottom, span) || is_below_unmerged(sheet, next, bottom, span)
            }
        };
        if !is_heading {
            break;
        }
        bottom += 1;
    }
    bottom
}

/// Reports whether all that a row holds are texts below headings that are merged across several columns: parts of
/// those.
fn is_below_wide(sheet: &Sheet, row: &Row, above: u32, span: ColumnSpan) -> bool {
    let cells = row.within(span.0..=span.1);
    let is_part = |cell: &Cell| {
        let area = sheet.merge_at(CellRef { row: above, column: cell.column });
        cell.value.text().is_some()
            && area.is_some_and(|area| area.first.column < area.last.column && area.last.row == above)
    };
    cells.len() > 1 && cells.iter().all(is_part)
}

/// Reports whether a heading is one of points.
fn is_points(key: &str) -> bool {
    spec_of(Table::Visits).and_then(|spec| spec.column_of(&[key.to_owned()])) == Some(ColumnMeaning::Points)
}

/// Reports whether a heading is the day on which a report came.
fn is_day_of_receipt(key: &str) -> bool {
    spec_of(Table::MonthlyReports).and_then(|spec| spec.column_of(&[key.to_owned()])) == Some(ColumnMeaning::ReceivedOn)
}

/// Reports whether all that a row holds are texts below one heading and the blank ones right of it, which were not merged:
/// parts of a score, or kinds of reports below the day on which they came.
fn is_below_unmerged(sheet: &Sheet, row: &Row, above: u32, span: ColumnSpan) -> bool {
    let cells = row.within(span.0..=span.1);
    let over = |cell: &Cell| sheet.seen(CellRef { row: above, column: cell.column }).map(|(_, value)| value);
    let Some((first, rest)) = cells.split_first().filter(|(_, rest)| !rest.is_empty()) else { return false };
    let are_beside = cells.windows(2).all(|pair| pair[0].column + 1 == pair[1].column);
    let are_texts = cells.iter().all(|cell| cell.value.text().is_some());
    let are_words =
        || cells.iter().filter_map(|cell| cell.value.text()).all(|text| is_named(text) && parse(text).is_none());
    let is_group = |key: &str| is_points(key) || is_day_of_receipt(key) && are_words();
    let is_over_first = over(first).and_then(CellValue::text).is_some_and(|text| is_group(&key(text)));
    are_beside && are_texts && is_over_first && rest.iter().all(|cell| over(cell).is_none())
}

/// Reports whether a text may name a kind of report: no mark, no dash.
fn is_named(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() > 1
}

/// Headings after the name column that have something below them, words apart: `Penanggung` over `Jawab` and what is
/// merged downwards have no month and no column number.
fn texts_over(row: Option<&Row>, below: &Row, anchor: CellRef, span: ColumnSpan) -> usize {
    let cells = row.map(|row| row.within(span.0..=span.1)).unwrap_or_default();
    let is_over = |column: u32| match below.get(column) {
        Some(CellValue::Text(text)) => key(text).parse::<u32>().is_ok(),
        value => value.is_some(),
    };
    let after = cells.iter().filter(|cell| cell.column > anchor.column && cell.value.text().is_some());
    after.filter(|cell| is_over(cell.column)).count()
}

/// The part that a row below the name column can have in a heading.
enum Continuation {
    Words,
    /// 1, 2, 3 … or dates: months, or mere column numbers.
    Months,
    /// Not part of it.
    None,
}

/// Returns the part of a row below the name column in the heading: none where something stands up to that column, or no
/// heading after it.
fn continuation(row: &Row, anchor: CellRef, span: ColumnSpan) -> Continuation {
    let mut words = 0;
    let mut numbers: Vec<f64> = Vec::new();
    let mut dates = 0;
    for cell in row.within(span.0..=span.1) {
        let is_after = cell.column > anchor.column;
        match &cell.value {
            CellValue::Text(text) if text.trim().is_empty() => {}
            CellValue::Text(text) if is_after => {
                let key = key(text);
                match key.parse::<u32>() {
                    Ok(number) => numbers.push(f64::from(number)),
                    Err(_) => words += usize::from(is_heading_word(text, &key)),
                }
            }
            CellValue::Number { value, .. } if is_after && (1.0..=12.0).contains(value) => numbers.push(*value),
            CellValue::Date(_) if is_after => dates += 1,
            _ => return Continuation::None,
        }
    }
    // 1 2 3 4 | 1 2 3 4 | …: the weeks of months.
    let are_weeks = numbers.len() >= 2 * WEEKS_MIN
        && numbers.iter().all(|number| *number <= WEEKS_MAX)
        && numbers.windows(2).any(|pair| pair[1] < pair[0])
        && numbers
            .windows(2)
            .all(|pair| (pair[1] - pair[0] - 1.0).abs() < f64::EPSILON || (pair[1] - 1.0).abs() < f64::EPSILON);
    let is_from_one = numbers.first().is_some_and(|first| (first - 1.0).abs() < f64::EPSILON);
    let is_counting = numbers.windows(2).all(|pair| (pair[1] - pair[0] - 1.0).abs() < f64::EPSILON);
    if words > 0 || are_weeks && is_from_one {
        Continuation::Words
    } else if dates >= MONTHS_MIN || numbers.len() >= MONTHS_MIN && is_from_one && is_counting {
        Continuation::Months
    } else {
        Continuation::None
    }
}

fn is_heading_word(text: &str, key: &str) -> bool {
    figure_word(key).is_some()
        || month_of(key).is_some()
        || with_year(text).is_some()
        || sex(key).is_some()
        || is_total(key)
        || months_summed(key).is_some()
        || known_heading(text).is_some()
        || is_week(key)
        || ReportColumn::by(key).is_some()
}

/// The first row of a heading.
pub(super) fn top_of(sheet: &Sheet, anchor: CellRef, span: ColumnSpan) -> u32 {
    let mut top = anchor.row;
    while top > 0 && anchor.row - top < ROWS_ABOVE && is_group_row(sheet, anchor, top - 1, span) {
        top -= 1;
    }
    top
}

/// Reports whether a row above the name column holds group headings of the columns after it.
fn is_group_row(sheet: &Sheet, anchor: CellRef, row: u32, span: ColumnSpan) -> bool {
    let cells = sheet.row(row).map(|row| row.within(span.0..=span.1)).unwrap_or_default();
    // One year alone is a title's.
    let has_years = cells.iter().filter(|cell| is_year(&cell.value)).count() > 1;
    let are_different = has_different_years(cells);
    let is_heading = cells.iter().all(|cell| {
        let place = CellRef { row, column: cell.column };
        let is_short = cell.value.text().is_some_and(|text| !text.contains(':') && !text.contains("20"));
        let below = sheet.get(CellRef { row: anchor.row, column: cell.column }).and_then(CellValue::text);
        let is_over_leaf = below
            .map(key)
            .is_some_and(|key| figure_word(&key).is_some() || sex(&key).is_some_and(|sex| sex != Sex::Both));
        // `Izin` over `Nomor`, not merged.
        let is_of_paper = below.is_some_and(is_bare_part) && cell.value.text().is_some_and(names_a_paper);
        let is_wide = sheet.merge_at(place).is_some_and(|area| area.last.column > area.first.column);
        let is_year = has_years && is_year(&cell.value);
        let is_over_month = || are_different && below.is_some_and(|below| month_number(&key(below)).is_some());
        let is_over_its_own = is_wide || is_over_leaf || is_of_paper || is_year && is_over_month();
        (is_short || is_year) && cell.column > anchor.column && is_over_its_own
    });
    !cells.is_empty() && is_heading && sheet.seen(CellRef { row, column: anchor.column }).is_none()
}

/// The columns of a heading with a text.
pub(super) fn head_columns(sheet: &Sheet, frame: &HeadingFrame) -> Vec<HeadColumn> {
    let HeadingFrame { top, bottom, span, .. } = *frame;
    let mut last = span.0;
    for row in (top..=bottom).filter_map(|row| sheet.row(row)) {
        if let Some(cell) = row.within(span.0..=span.1).last() {
            let place = CellRef { row: row.index, column: cell.column };
            let merged =
                sheet.merge_at(place).map_or(0, |area| area.last.column.min(place.column + MERGED_COLUMNS_MAX));
            last = last.max(cell.column).max(merged.min(span.1));
        }
    }
    let columns = (span.0..=last).map(|column| HeadColumn::new(column, levels(sheet, frame, column)));
    let mut columns: Vec<HeadColumn> = columns.filter(|column| !column.levels.is_empty()).collect();
    spread(sheet, frame, &mut columns);
    columns
}

/// A group heading that is not merged stands over the first of its columns alone: it is of those to its right too, as
/// far as they have a figure's heading and none of their own in its row or above.
fn spread(sheet: &Sheet, frame: &HeadingFrame, columns: &mut [HeadColumn]) {
    let is_wide = |level: &Level| sheet.merge_at(level.place).is_some_and(|area| area.last.column > area.first.column);
    for right in 1..columns.len() {
        let (before, after) = columns.split_at_mut(right);
        let Some((left, own)) = before.last().zip(after.first_mut()) else { continue };
        let Some((top, bottom)) = own.levels.first().zip(own.levels.last()) else { continue };
        let is_part = left.levels.first().is_some_and(|level| is_points(&level.key) || is_day_of_receipt(&level.key));
        let is_known = figure_word(&bottom.key).is_some() || sex(&bottom.key).is_some();
        let is_figure = is_part || is_known || is_day_of_pair(&bottom.key);
        let is_own = own.levels.iter().all(|level| sheet.get(level.place).is_some());
        if left.column + 1 != own.column || !is_figure || !is_own || left.levels.len() < 2 {
            continue;
        }
        let row = top.place.row;
        let of_group = |level: &&Level| {
            level.place.row < row
                && level.place.column > frame.anchor.column
                && figure_word(&level.key) != Some(Leaf::Percent)
        };
        let groups: Vec<Level> = left.levels.iter().filter(of_group).cloned().collect();
        if !groups.iter().any(is_wide) {
            own.levels.splice(0..0, groups);
        }
    }
}

/// The heading texts above a column.
pub(super) fn levels(sheet: &Sheet, frame: &HeadingFrame, column: u32) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for row in frame.top..=frame.bottom {
        let Some((place, value)) = sheet.seen(CellRef { row, column }) else { continue };
        if place.row < frame.top || levels.last().is_some_and(|level| level.place == place) {
            continue;
        }
        let HeadingText { text, year } = HeadingText::from_value(value);
        let key = key(&text);
        if !key.is_empty() {
            levels.push(Level { place, text, key, year });
        }
    }
    levels
}

/// The text of a heading, that of a month without its year.
struct HeadingText {
    text: String,
    year: Option<i32>,
}

impl HeadingText {
    fn from_value(value: &CellValue) -> Self {
        let of_month =
            |month: Month| Self { text: MONTHS[month.month() as usize - 1].to_owned(), year: Some(month.year()) };
        match value {
            CellValue::Date(date) => of_month(Month::from_date(*date)),
            CellValue::Text(text) => match parse(text) {
                // `10 Jan 2025` over a column of that day's meeting.
                Some(date) if text.chars().any(|c| c.is_ascii_digit()) => of_month(Month::from_date(date)),
                _ => with_year(text).map_or_else(|| Self { text: value_text(value), year: None }, of_month),
            },
            value => Self { text: value_text(value), year: None },
        }
    }
}
