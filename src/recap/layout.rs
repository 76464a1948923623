//! Where the heading of a table stands and what its columns mean: headings of one to five rows with merges,
//! at any row and column. Knows nothing of the rows below.

use std::collections::BTreeMap;

use super::cells::month::month_number;
use super::cells::shown;
use super::heading::{
    ACROSS_WORDS, Anchor, Column, Leaf, Spec, anchor, column_of, is_strong_name, is_total, key, leaf, specs,
};
use crate::domain::Table;
use crate::domain::format::MONTHS;
use crate::domain::records::CellRef;
use crate::workbook::{CellValue, Row, Sheet};

/// Most rows of a heading below the one with the name column.
const ROWS_BELOW: u32 = 4;
/// Most rows of group headings above it.
const ROWS_ABOVE: u32 = 3;
/// Months across from which a table is one of a year.
const MONTHS_MIN: usize = 3;

/// A group of Capaian: one indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// As written.
    pub(super) heading: String,
    /// Where it is written.
    pub(super) place: CellRef,
    pub(super) denominator: Option<u32>,
    pub(super) numerator: Option<u32>,
}

/// One month of a year's Capaian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MonthPair {
    pub(super) month: u32,
    pub(super) denominator: Option<u32>,
    pub(super) numerator: Option<u32>,
}

/// How the columns of a table lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// One column for each field.
    Columns,
    /// (month, column): Jadwal, or Lokmin or Laporan of a year.
    Months(Vec<(u32, u32)>),
    /// Indicators, each over Sasaran and Capaian.
    Groups(Vec<Group>),
    /// Capaian of one indicator: the year's Sasaran, then (month, column) of numerators.
    YearNumerators { denominator: u32, months: Vec<(u32, u32)> },
    /// Capaian of one indicator: months, each over Sasaran and Capaian.
    YearPairs(Vec<MonthPair>),
}

/// A recognised heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) top: u32,
    pub(super) bottom: u32,
    /// The cell that it was recognised by.
    pub(super) anchor: CellRef,
    /// Which table; not yet known where months alone stand across.
    pub(super) table: Option<Table>,
    pub(super) layout: Layout,
    pub(super) columns: BTreeMap<Column, u32>,
    /// A column of row sums, where there is one.
    pub(super) row_total: Option<u32>,
}

impl Heading {
    /// The column by which a row is known: the name, the code of an indicator, or what stands for them.
    pub(super) fn key_column(&self) -> Option<u32> {
        Column::KEYS.iter().find_map(|column| self.columns.get(column)).copied()
    }

    /// The column of days by which a table without names is ordered.
    pub(super) fn day_column(&self) -> Option<u32> {
        let day = match self.table? {
            Table::Decisions => Column::Meeting,
            Table::DistrictVisits => Column::Date,
            Table::DistrictFollowUps => Column::Done,
            _ => return None,
        };
        self.columns.get(&day).copied()
    }

    /// Whether `other` repeats this heading (page breaks).
    pub(super) fn is_repeated_by(&self, other: &Self) -> bool {
        let is_same_layout = match (&self.layout, &other.layout) {
            (Layout::Groups(mine), Layout::Groups(others)) => {
                let columns = |groups: &[Group]| {
                    groups.iter().map(|g| (key(&g.heading), g.denominator, g.numerator)).collect::<Vec<_>>()
                };
                columns(mine) == columns(others)
            }
            (mine, others) => mine == others,
        };
        self.table == other.table && self.columns == other.columns && is_same_layout
    }
}

/// The headings of a sheet, top down.
pub(super) fn headings(sheet: &Sheet) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    for row in &sheet.rows {
        if found.last().is_some_and(|heading| row.index <= heading.bottom) {
            continue;
        }
        let named = anchor_of(row).and_then(|anchor| heading_at(sheet, anchor));
        if let Some(heading) = named.or_else(|| nameless_heading(sheet, row)) {
            found.push(heading);
        }
    }
    found
}

/// The cell of a row by which it may be a heading: a name or code column, with another known heading in the
/// row or unmistakable by itself.
fn anchor_of(row: &Row) -> Option<CellRef> {
    let texts = row.cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?)));
    let mut begins: Option<(u32, &str)> = None;
    let mut known = 0;
    for (column, text) in texts {
        match anchor(text) {
            Some(Anchor::Begins) => {
                known += 1;
                let is_better = begins.is_none_or(|(_, held)| !is_strong_name(held) && is_strong_name(text));
                if is_better {
                    begins = Some((column, text));
                }
            }
            Some(Anchor::Marks | Anchor::Belongs) => known += 1,
            None => {}
        }
    }
    let (column, text) = begins?;
    (known >= 2 || is_strong_name(text)).then_some(CellRef { row: row.index, column })
}

/// The heading of a table without names that stands in a row: known by a word that only such a table has.
fn nameless_heading(sheet: &Sheet, row: &Row) -> Option<Heading> {
    let texts = || row.cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?)));
    let known: Vec<(u32, Anchor)> = texts().filter_map(|(column, text)| Some((column, anchor(text)?))).collect();
    let is_marked = known.iter().any(|(_, anchor)| *anchor == Anchor::Marks);
    // `Puskesmas | : | X | Cluster | : | I` is a line of the banner.
    let is_banner = texts().map(|(_, text)| text.trim()).any(|text| text.starts_with(':') || text.ends_with(':'));
    if !is_marked || known.len() < 2 || is_banner {
        return None;
    }
    let anchor = CellRef { row: row.index, column: known[0].0 };
    let (top, bottom) = (row.index, bottom_of(sheet, anchor));
    let head = head_columns(sheet, top, bottom);
    by_columns(&head, (top, bottom), anchor, specs().filter(|spec| !spec.has_names()))
}

/// One heading text of one column.
struct Level {
    place: CellRef,
    text: String,
    key: String,
}

/// The heading texts of one column, top down.
struct HeadColumn {
    column: u32,
    levels: Vec<Level>,
}

impl HeadColumn {
    /// Keys by which the column may be known, best first.
    fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        if self.levels.len() > 1 {
            keys.push(self.levels.iter().map(|level| level.key.as_str()).collect());
            keys.push(self.levels.iter().rev().take(2).rev().map(|level| level.key.as_str()).collect());
        }
        keys.extend(self.levels.iter().rev().map(|level| level.key.clone()));
        if let Some(text) = self.levels.last().map(|level| &level.text) {
            // `Sasaran (orang)`, `Nama Faskes *)`
            let outside: String = text.split('(').next().unwrap_or_default().to_owned();
            keys.push(key(&outside));
        }
        keys
    }

    fn leaf(&self) -> Option<Leaf> {
        let bottom = self.levels.last()?;
        leaf(&bottom.key).or_else(|| leaf(&key(bottom.text.split('(').next()?)))
    }

    fn month(&self) -> Option<u32> {
        month_of(&self.levels.last()?.key)
    }

    fn group(&self) -> Option<&Level> {
        self.levels.len().checked_sub(2).and_then(|place| self.levels.get(place))
    }
}

fn month_of(key: &str) -> Option<u32> {
    month_number(key).or_else(|| key.parse().ok().filter(|month| (1..=12).contains(month)))
}

fn heading_at(sheet: &Sheet, anchor: CellRef) -> Option<Heading> {
    let bottom = bottom_of(sheet, anchor);
    let top = top_of(sheet, anchor);
    let head = head_columns(sheet, top, bottom);
    let named = || by_columns(&head, (top, bottom), anchor, specs().filter(|spec| spec.has_names()));
    across(&head, top, bottom, anchor).or_else(named)
}

fn bottom_of(sheet: &Sheet, anchor: CellRef) -> u32 {
    let most = anchor.row + ROWS_BELOW;
    let mut bottom = sheet.merge_at(anchor).map_or(anchor.row, |area| area.last.row.min(most));
    while bottom < most {
        let Some(next) = sheet.row(bottom + 1) else { break };
        let is_heading = match continuation(next, anchor) {
            Continuation::Words => true,
            // Months as numbers stand below one group heading; column numbers below a heading each.
            Continuation::Months => texts_after(sheet.row(bottom), anchor) <= 1,
            Continuation::None => false,
        };
        if !is_heading {
            break;
        }
        bottom += 1;
    }
    bottom
}

fn texts_after(row: Option<&Row>, anchor: CellRef) -> usize {
    let cells = row.map(|row| row.cells.as_slice()).unwrap_or_default();
    cells.iter().filter(|cell| cell.column > anchor.column && cell.value.text().is_some()).count()
}

/// What a row below the name column can be to a heading.
enum Continuation {
    /// Headings.
    Words,
    /// 1, 2, 3 … or dates: months, or mere column numbers.
    Months,
    /// Not part of it.
    None,
}

/// Whether a row below the name column can belong to the heading: nothing up to the name column, only
/// headings after it.
fn continuation(row: &Row, anchor: CellRef) -> Continuation {
    let mut words = 0;
    let mut numbers: Vec<f64> = Vec::new();
    let mut dates = 0;
    for cell in &row.cells {
        let is_after = cell.column > anchor.column;
        match &cell.value {
            CellValue::Text(text) if text.trim().is_empty() => {}
            CellValue::Text(text) if is_after => {
                let key = key(text);
                match key.parse::<u32>() {
                    Ok(number) => numbers.push(f64::from(number)),
                    Err(_) => {
                        words += usize::from(leaf(&key).is_some() || month_of(&key).is_some() || heading_word(text));
                    }
                }
            }
            CellValue::Number { value, .. } if is_after && (1.0..=12.0).contains(value) => numbers.push(*value),
            CellValue::Date(_) if is_after => dates += 1,
            _ => return Continuation::None,
        }
    }
    let is_from_one = numbers.first().is_some_and(|first| (first - 1.0).abs() < f64::EPSILON);
    let is_counting = numbers.windows(2).all(|pair| (pair[1] - pair[0] - 1.0).abs() < f64::EPSILON);
    if words > 0 {
        Continuation::Words
    } else if dates >= MONTHS_MIN || numbers.len() >= MONTHS_MIN && is_from_one && is_counting {
        Continuation::Months
    } else {
        Continuation::None
    }
}

fn heading_word(text: &str) -> bool {
    anchor(text).is_some()
}

fn top_of(sheet: &Sheet, anchor: CellRef) -> u32 {
    let mut top = anchor.row;
    while top > 0 && anchor.row - top < ROWS_ABOVE && is_group_row(sheet, anchor, top - 1) {
        top -= 1;
    }
    top
}

/// Whether a row above the name column holds group headings of the columns after it.
fn is_group_row(sheet: &Sheet, anchor: CellRef, row: u32) -> bool {
    let Some(cells) = sheet.row(row).map(|row| &row.cells) else { return false };
    let is_heading = cells.iter().all(|cell| {
        let place = CellRef { row, column: cell.column };
        let is_short = cell.value.text().is_some_and(|text| !text.contains(':') && !text.contains("20"));
        let below = sheet.get(CellRef { row: anchor.row, column: cell.column }).and_then(CellValue::text);
        let is_over_leaf = below.is_some_and(|text| leaf(&key(text)).is_some());
        let is_wide = sheet.merge_at(place).is_some_and(|area| area.last.column > area.first.column);
        is_short && cell.column > anchor.column && (is_wide || is_over_leaf)
    });
    is_heading && sheet.seen(CellRef { row, column: anchor.column }).is_none()
}

fn head_columns(sheet: &Sheet, top: u32, bottom: u32) -> Vec<HeadColumn> {
    let rows = (top..=bottom).filter_map(|row| sheet.row(row));
    let mut last = rows.filter_map(|row| row.cells.last()).map(|cell| cell.column).max().unwrap_or(0);
    for row in (top..=bottom).filter_map(|row| sheet.row(row)) {
        if let Some(cell) = row.cells.last() {
            let place = CellRef { row: row.index, column: cell.column };
            last = last.max(sheet.merge_at(place).map_or(0, |area| area.last.column.min(place.column + 100)));
        }
    }
    (0..=last)
        .map(|column| {
            let mut levels: Vec<Level> = Vec::new();
            for row in top..=bottom {
                let Some((place, value)) = sheet.seen(CellRef { row, column }) else { continue };
                if place.row < top || levels.last().is_some_and(|level| level.place == place) {
                    continue;
                }
                let text = heading_text(value);
                let key = key(&text);
                if !key.is_empty() {
                    levels.push(Level { place, text, key });
                }
            }
            HeadColumn { column, levels }
        })
        .filter(|column| !column.levels.is_empty())
        .collect()
}

fn heading_text(value: &CellValue) -> String {
    use chrono::Datelike;
    match value {
        CellValue::Date(date) => MONTHS[date.month0() as usize].to_owned(),
        value => shown(value),
    }
}

/// Tables with months or indicators across.
fn across(head: &[HeadColumn], top: u32, bottom: u32, anchor: CellRef) -> Option<Heading> {
    let mut columns: BTreeMap<Column, u32> = BTreeMap::new();
    for column in head {
        if let Some(known) = column_of(&column.keys(), ACROSS_WORDS) {
            columns.entry(known).or_insert(column.column);
        }
    }
    columns.insert(Column::Name, anchor.column);
    if !head
        .iter()
        .any(|column| column.column == anchor.column && column_of(&column.keys(), ACROSS_WORDS) == Some(Column::Name))
    {
        return None;
    }
    let after: Vec<&HeadColumn> = head.iter().filter(|column| !columns.values().any(|c| *c == column.column)).collect();
    let row_total = after
        .iter()
        .find(|column| column.levels.first().is_some_and(|level| is_total(&level.key)) && column.levels.len() == 1)
        .map(|column| column.column);
    let heading = |table, layout| Heading { top, bottom, anchor, table, layout, columns: columns.clone(), row_total };
    if let Some(layout) = pairs(&after) {
        return Some(heading(Some(Table::Achievements), layout));
    }
    let months: Vec<(u32, u32)> = months(&after);
    let denominator = after.iter().find(|column| column.levels.len() == 1 && column.leaf() == Some(Leaf::Denominator));
    if months.len() >= MONTHS_MIN {
        return Some(match denominator {
            Some(column) => {
                heading(Some(Table::Achievements), Layout::YearNumerators { denominator: column.column, months })
            }
            None => heading(None, Layout::Months(months)),
        });
    }
    let numerator = after.iter().find(|column| column.leaf() == Some(Leaf::Numerator));
    let (denominator, numerator) = (denominator?, numerator?);
    let group = Group {
        heading: String::new(),
        place: anchor,
        denominator: Some(denominator.column),
        numerator: Some(numerator.column),
    };
    Some(heading(Some(Table::Achievements), Layout::Groups(vec![group])))
}

/// (month, column) of the columns whose bottom heading is a month, each month once.
fn months(columns: &[&HeadColumn]) -> Vec<(u32, u32)> {
    let mut months: Vec<(u32, u32)> = Vec::new();
    for column in columns {
        if let Some(month) = column.month()
            && !months.iter().any(|(known, _)| *known == month)
        {
            months.push((month, column.column));
        }
    }
    months
}

/// Groups over Sasaran and Capaian: indicators, or months of one indicator.
fn pairs(columns: &[&HeadColumn]) -> Option<Layout> {
    let mut groups: Vec<Group> = Vec::new();
    for column in columns {
        let Some(leaf) = column.leaf() else { continue };
        match column.group() {
            Some(group) if groups.last().is_none_or(|last| last.place != group.place) => groups.push(Group {
                heading: group.text.clone(),
                place: group.place,
                denominator: None,
                numerator: None,
            }),
            // A group heading that was centred instead of merged stands over its first column only.
            Some(_) | None => {}
        }
        let Some(group) = groups.last_mut() else { continue };
        let place = match leaf {
            Leaf::Denominator => &mut group.denominator,
            Leaf::Numerator => &mut group.numerator,
            Leaf::Percent => continue,
        };
        place.get_or_insert(column.column);
    }
    groups
        .retain(|group| (group.denominator.is_some() || group.numerator.is_some()) && !is_total(&key(&group.heading)));
    if !groups.iter().any(|group| group.denominator.is_some() && group.numerator.is_some()) {
        return None;
    }
    let by_month: Vec<MonthPair> = groups
        .iter()
        .filter_map(|group| {
            let month = month_of(&key(&group.heading))?;
            Some(MonthPair { month, denominator: group.denominator, numerator: group.numerator })
        })
        .collect();
    Some(if by_month.len() == groups.len() { Layout::YearPairs(by_month) } else { Layout::Groups(groups) })
}

/// Tables with one column for each field: of `specs` the one with the most known headings.
fn by_columns(
    head: &[HeadColumn],
    (top, bottom): (u32, u32),
    anchor: CellRef,
    specs: impl Iterator<Item = &'static Spec>,
) -> Option<Heading> {
    let mut best: Option<(usize, Heading)> = None;
    for spec in specs {
        let columns = columns_by(head, spec);
        let has = |column: &Column| columns.contains_key(column);
        let (needed, supporting) = spec.supporting;
        let is_there =
            spec.required.iter().all(has) && supporting.iter().filter(|column| has(column)).count() >= needed;
        if is_there && best.as_ref().is_none_or(|(score, _)| columns.len() > *score) {
            let heading = Heading {
                top,
                bottom,
                anchor,
                table: Some(spec.table),
                layout: Layout::Columns,
                columns: columns.clone(),
                row_total: None,
            };
            best = Some((columns.len(), heading));
        }
    }
    best.map(|(_, heading)| heading)
}

/// The columns that a table's words name; of two for one field the first, for the name the plainer one.
fn columns_by(head: &[HeadColumn], spec: &Spec) -> BTreeMap<Column, u32> {
    let mut columns: BTreeMap<Column, u32> = BTreeMap::new();
    let mut spare: Vec<&HeadColumn> = Vec::new();
    for column in head {
        let Some(known) = column_of(&column.keys(), spec.words) else { continue };
        match columns.get(&known) {
            None => {
                columns.insert(known, column.column);
            }
            Some(_) => spare.push(column),
        }
    }
    let is_plain_name = |column: &HeadColumn| column.keys().iter().any(|key| key.starts_with("nama"));
    // "Jaringan/Jejaring" beside "Nama …" is the group, whichever stands first.
    if let Some(named) =
        spare.iter().find(|column| is_plain_name(column) && column_of(&column.keys(), spec.words) == Some(Column::Name))
    {
        let displaced = columns.insert(Column::Name, named.column);
        let is_free = spec.table == Table::Facilities && !columns.contains_key(&Column::Group);
        if let Some(displaced) = displaced.filter(|_| is_free) {
            columns.insert(Column::Group, displaced);
        }
    } else if spec.table == Table::Facilities && !columns.contains_key(&Column::Group) {
        let second = spare.iter().find(|column| column_of(&column.keys(), spec.words) == Some(Column::Name));
        if let Some(second) = second {
            columns.insert(Column::Group, second.column);
        }
    }
    columns
}
