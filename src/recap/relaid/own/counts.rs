//! The counts of a set's sheet, gathered by indicator and month, and the rows that they make.

use std::collections::BTreeMap;

use super::super::page::NewCell;
use super::grid::OwnGrid;
use super::role::OwnRole;
use super::span::{CountedSpan, month_name};
use crate::domain::own_indicator::{OwnAggregation, SetIndicator};
use crate::domain::records::CellRef;
use crate::recap::cells::is_blank;
use crate::recap::questions::ASK_OWN_SPAN;
use crate::workbook::{CellValue, Remark, Sheet};

/// Cells of one indicator and month.
#[derive(Clone, Debug, Default)]
struct CellsOfMonth {
    numerator: Option<NewCell>,
    denominator: Option<NewCell>,
    figure: Option<NewCell>,
    result: Option<NewCell>,
}

/// The counts of a sheet, by indicator in its order and by month; without a month those of the whole sheet.
#[derive(Debug)]
pub(super) struct OwnCounts<'s> {
    held: BTreeMap<usize, (&'s SetIndicator, BTreeMap<Option<u32>, CellsOfMonth>)>,
    has_months: bool,
    told: Vec<Remark>,
}

/// Rows of the table, and what is said of them.
pub(super) struct LaidRows {
    pub(super) lines: Vec<Vec<NewCell>>,
    pub(super) indicators: usize,
    pub(super) told: Vec<Remark>,
}

impl<'s> OwnCounts<'s> {
    /// Gathers the cells of a sheet.
    pub(super) fn gather(sheet: &Sheet, grid: &OwnGrid<'s>) -> Self {
        let mut counts = Self { held: BTreeMap::new(), has_months: grid.has_months(), told: Vec::new() };
        let is_population =
            |role: Option<OwnRole>| role.and_then(|role| grid.roles.plain(role)) == Some(OwnRole::Denominator);
        let has_population = grid.rows.values().chain(grid.columns.values()).any(|line| is_population(line.role));
        let mut order: Vec<&str> = Vec::new();
        for at in grid.top..grid.end {
            for column in grid.columns.keys() {
                let place = CellRef { row: sheet.rows[at].index, column: *column };
                let cell = NewCell::from_sheet(sheet, place);
                if is_blank(cell.value.as_ref()) {
                    continue;
                }
                let Some(line) = grid.line_at(at, *column) else { continue };
                let Some(indicator) = line.indicator else { continue };
                let Some(role) = line.plain_role(grid.roles, has_population) else { continue };
                let known = order.iter().position(|code| *code == indicator.code);
                let rank = known.unwrap_or_else(|| {
                    order.push(&indicator.code);
                    order.len() - 1
                });
                let months = &mut counts.held.entry(rank).or_insert((indicator, BTreeMap::new())).1;
                if let Err(second) = months.entry(line.month).or_default().put(role, cell) {
                    let message = format!(
                        "{}: angka bulan yang sama sudah ada di sel lain, jadi sel ini tidak dibaca; sisakan satu",
                        indicator.code
                    );
                    counts.told.push(Remark { place: second.from, message });
                }
            }
        }
        counts
    }

    /// Reports whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Reports whether figures stand there without any count.
    pub(super) fn are_figures_alone(&self) -> bool {
        let cells = || self.held.values().flat_map(|(_, months)| months.values());
        !cells().any(|cells| cells.numerator.is_some() || cells.figure.is_some() || cells.denominator.is_some())
    }

    /// Makes the rows; a question where it is not clear since when something is counted.
    pub(super) fn rows(self, span: CountedSpan, place: CellRef) -> Result<LaidRows, Remark> {
        let mut lines = Vec::new();
        let mut told = self.told;
        let mut reading = None;
        let indicators = self.held.len();
        for (indicator, mut months) in self.held.into_values() {
            let whole =
                if self.has_months { months.remove(&None).unwrap_or_default() } else { CellsOfMonth::default() };
            for (month, cells) in months {
                let since_january = if month.is_some() {
                    span.is_so_far && indicator.aggregation == OwnAggregation::Cumulative
                } else {
                    let found = since_january(span, indicator)
                        .ok_or_else(|| Remark { place, message: ASK_OWN_SPAN.to_owned() })?;
                    reading = reading.or_else(|| span_told(span, indicator, found));
                    found
                };
                let named = month.map_or(span.last_name(), month_name);
                lines.extend(cells.line(indicator, &LineMonth { named, since_january, place }, &whole));
            }
        }
        told.extend(reading.map(|message| Remark { place, message }));
        Ok(LaidRows { lines, indicators, told })
    }
}

/// Reports whether counts of a whole sheet are those since January; `None` where nothing tells.
fn since_january(span: CountedSpan, indicator: &SetIndicator) -> Option<bool> {
    if indicator.aggregation != OwnAggregation::Cumulative {
        return Some(false);
    }
    if span.is_so_far || span.begins_the_year() {
        return Some(true);
    }
    span.is_month().then_some(false)
}

/// Says how the counts of a whole sheet are taken, where its titles leave that open.
fn span_told(span: CountedSpan, indicator: &SetIndicator, since_january: bool) -> Option<String> {
    let month = span.last_name();
    match indicator.aggregation {
        OwnAggregation::Cumulative if since_january && span.is_so_far => None,
        OwnAggregation::Cumulative if since_january => {
            Some(format!("angka dibaca sebagai hitungan sejak Januari sampai {month}"))
        }
        OwnAggregation::Cumulative => Some(format!(
            "angka dibaca sebagai hitungan bulan {month} saja; bila hitungan sejak Januari, tulis S/D {month} di judulnya"
        )),
        OwnAggregation::Sum | OwnAggregation::Last if span.is_month() => None,
        OwnAggregation::Sum => Some(format!("angka beberapa bulan ini dicatat pada bulan terakhirnya, {month}")),
        OwnAggregation::Last => Some(format!("angka ini dicatat sebagai keadaan bulan {month}")),
    }
}

/// Month of a row, and since when its numerator counts.
struct LineMonth {
    named: &'static str,
    since_january: bool,
    /// Cell for which the words of the row stand.
    place: CellRef,
}

impl CellsOfMonth {
    /// Puts a cell in its place; gives it back where that is taken. A figure that is no number says nothing.
    fn put(&mut self, role: OwnRole, cell: NewCell) -> Result<(), NewCell> {
        let held = match role {
            OwnRole::Numerator => &mut self.numerator,
            OwnRole::Denominator => &mut self.denominator,
            OwnRole::Index => &mut self.figure,
            OwnRole::Result if matches!(cell.value, Some(CellValue::Number { .. })) => &mut self.result,
            OwnRole::Result | OwnRole::Reached | OwnRole::Planned | OwnRole::Target => return Ok(()),
        };
        // A merged cell is seen from each of its places.
        if held.as_ref().is_some_and(|held| held.from != cell.from) {
            return Err(cell);
        }
        *held = Some(cell);
        Ok(())
    }

    /// Makes the row of a month; what the whole sheet says of the indicator stands where the month says nothing.
    fn line(self, indicator: &SetIndicator, month: &LineMonth, whole: &Self) -> Option<Vec<NewCell>> {
        let from = [&self.numerator, &self.figure, &self.denominator, &self.result].into_iter().flatten().next()?.from;
        let blank = NewCell { value: None, from: month.place };
        let cell = |cell: Option<NewCell>| cell.unwrap_or_else(|| blank.clone());
        let is_counted = self.numerator.is_some();
        let (own, so_far) = if month.since_january { (None, self.numerator) } else { (self.numerator, None) };
        // An index beside its counts follows from them.
        let (figure, beside) = if is_counted { (None, self.figure) } else { (self.figure, None) };
        Some(vec![
            NewCell::text(month.named, from),
            NewCell::text(&indicator.code, from),
            cell(own),
            cell(so_far),
            cell(self.denominator.or_else(|| whole.denominator.clone())),
            cell(figure),
            cell(self.result.or(beside)),
        ])
    }
}
