//! Cells that mean "as above": blank below a filled name or date, `"`, `idem`; and what is told of them. And the dates
//! of columns, of which each is read as its neighbours say.

use std::collections::BTreeMap;

use super::Reader;
use super::row::RowReader;
use crate::domain::records::{CellRef, Field};
use crate::domain::{Date, Received, Table};
use crate::recap::cells::date;
use crate::recap::cells::date::Implied;
use crate::recap::cells::date_column::{DateAssumptions, DateColumn, StampedCell};
use crate::recap::cells::{CellReading, is_blank, is_dash, is_ditto, quoted};
use crate::recap::heading::ColumnMeaning;
use crate::workbook::{CellValue, Row};

/// Columns in which `idem` is as above.
const COLUMNS: [(ColumnMeaning, Field); 13] = [
    (ColumnMeaning::Name, Field::Name),
    (ColumnMeaning::Date, Field::Date),
    (ColumnMeaning::ReportMonth, Field::Month),
    (ColumnMeaning::Year, Field::Date),
    (ColumnMeaning::Person, Field::Person),
    (ColumnMeaning::Reason, Field::Reason),
    (ColumnMeaning::LetterNumber, Field::LetterNumber),
    (ColumnMeaning::Approver, Field::Approver),
    (ColumnMeaning::Form, Field::Form),
    (ColumnMeaning::Aspect, Field::Aspect),
    (ColumnMeaning::Item, Field::Item),
    (ColumnMeaning::Due, Field::Due),
    (ColumnMeaning::Done, Field::Done),
];
/// Columns that are filled in once something took place.
const CONTENT: [ColumnMeaning; 6] = [
    ColumnMeaning::Points,
    ColumnMeaning::AttendanceList,
    ColumnMeaning::Minutes,
    ColumnMeaning::Photos,
    ColumnMeaning::Finding,
    ColumnMeaning::Item,
];

/// The last row's values, and what was filled from such so far.
#[derive(Debug, Default)]
pub(super) struct Above<'r> {
    row: u32,
    values: Vec<(ColumnMeaning, &'r CellValue)>,
    filled: BTreeMap<ColumnMeaning, Filled>,
}

/// The cells of a column that were filled from above: the first of them, its value, and their number.
#[derive(Debug)]
struct Filled {
    place: CellRef,
    shown: String,
    label: &'static str,
    count: u32,
}

/// The dates of the columns looked at, and what was assumed of them.
#[derive(Debug, Default)]
pub(super) struct Dates {
    columns: BTreeMap<u32, DateColumn>,
    told: BTreeMap<(ColumnMeaning, u8), (&'static str, DateAssumptions)>,
}

impl RowReader<'_, '_> {
    /// Fills the row's cells that mean "as above" from the row above it, if that is of the same block.
    pub(super) fn fill_down(&mut self) {
        let row = self.place_in(0).row;
        let before = std::mem::take(&mut self.reader.above.values);
        // Rows of what was done stand between those of a plan.
        let gap = if self.reader.table.plan_rows.is_some() { 2 } else { 1 };
        let is_next = (self.reader.above.row + 1..=self.reader.above.row + gap).contains(&row);
        let mut blanks = self.blanks_that_mean_above();
        if self.is_month_as_above() {
            blanks.extend([ColumnMeaning::ReportMonth, ColumnMeaning::Year]);
        }
        let is_of_one_row = self.is_split_from_above();
        let mut values = Vec::with_capacity(before.len());
        for (column, field) in COLUMNS {
            let Some(place) = self.place(column) else { continue };
            let own = self.seen(column).filter(|value| !is_blank(Some(value)));
            let is_above = match own.and_then(CellValue::text) {
                Some(text) => is_ditto(text),
                None => own.is_none() && blanks.contains(&column),
            };
            let held = before.iter().find(|(known, _)| *known == column && is_next && is_above);
            match (held, own) {
                (Some((_, value)), _) => {
                    self.fill(column, value);
                    if !is_of_one_row {
                        self.reader.above.count(column, place, field.label(), value);
                    }
                    values.push((column, *value));
                }
                (None, Some(own)) if !is_above && !own.text().is_some_and(is_dash) => values.push((column, own)),
                _ => {}
            }
        }
        self.reader.above.row = row;
        self.reader.above.values = values;
    }

    /// Reports whether this row and the one above it are one in the file: nothing is blank there.
    fn is_split_from_above(&self) -> bool {
        let sheet = self.reader.table.sheet;
        let of_file = |row: &Row| {
            let cell = row.cells.first()?;
            Some(sheet.origin(CellRef { row: row.index, column: cell.column }).row)
        };
        let at = sheet.rows.partition_point(|row| row.index < self.row.index);
        let above = at.checked_sub(1).and_then(|above| of_file(&sheet.rows[above]));
        above.is_some() && above == of_file(self.row)
    }

    /// Of name and date the blank ones that a reader fills with what stands above. A name that is blank in a numbered
    /// row is missing; a blank date beside a name is as above only where dates stand first and something was noted.
    fn blanks_that_mean_above(&self) -> Vec<ColumnMeaning> {
        let Some(name) = self.place(ColumnMeaning::Name) else { return Vec::new() };
        if self.reader.table.table == Table::ScheduleChanges {
            // A second change of the facility above, numbered or not.
            let is_further = is_blank(self.seen(ColumnMeaning::Name)) && self.holds(ColumnMeaning::Planned);
            return if is_further { vec![ColumnMeaning::Name] } else { Vec::new() };
        }
        let Some(date) = self.place(ColumnMeaning::Date) else { return self.blank_months(name) };
        let is_nameless = is_blank(self.seen(ColumnMeaning::Name));
        let is_undated = is_blank(self.seen(ColumnMeaning::Date));
        if !is_nameless && !is_undated {
            return Vec::new();
        }
        let holds = |column: ColumnMeaning| self.holds(column);
        let has_content = self.has_content();
        let is_numbered = holds(ColumnMeaning::No);
        let is_follow_up = self.reader.table.table == Table::FollowUps && holds(ColumnMeaning::Item);
        match (is_nameless, is_undated) {
            (true, true) if !is_numbered && is_follow_up => vec![ColumnMeaning::Name, ColumnMeaning::Date],
            (true, false) if !is_numbered => vec![ColumnMeaning::Name],
            (false, true) if has_content && date.column < name.column => vec![ColumnMeaning::Date],
            _ => Vec::new(),
        }
    }

    /// The same of months in the place of dates: a blank one before a name is as above in a plan and an attendance, and
    /// elsewhere where something was noted.
    fn blank_months(&self, name: CellRef) -> Vec<ColumnMeaning> {
        if self.place(ColumnMeaning::ReportMonth).is_none_or(|month| month.column > name.column) {
            return Vec::new();
        }
        let is_blank_in = |column| is_blank(self.seen(column));
        let is_plan = matches!(self.reader.table.table, Table::Schedule | Table::Lokmin);
        let is_noted = || CONTENT.into_iter().any(|column| !is_blank_in(column));
        let is_as_above =
            is_blank_in(ColumnMeaning::ReportMonth) && !is_blank_in(ColumnMeaning::Name) && (is_plan || is_noted());
        if is_as_above { vec![ColumnMeaning::ReportMonth] } else { Vec::new() }
    }

    /// Reports whether something was noted of what took place.
    pub(super) fn has_content(&self) -> bool {
        CONTENT.into_iter().any(|column| self.holds(column))
    }

    fn holds(&self, column: ColumnMeaning) -> bool {
        let value = self.seen(column).filter(|value| !is_blank(Some(value)));
        value.is_some_and(|value| !value.text().is_some_and(is_dash))
    }

    /// The date of a column, read as the whole column says.
    pub(super) fn dated(
        &mut self,
        column: ColumnMeaning,
        label: &'static str,
        implied: Option<Implied>,
    ) -> CellReading<Date> {
        let Some(place) = self.place(column) else { return Ok(None) };
        let value = self.value(column);
        let from_1904 = self.reader.table.counts_from_1904;
        let reader = &mut *self.reader;
        reader.look_at_dates(column, place.column);
        let Some(neighbours) = reader.dates.columns.get(&place.column) else { return Ok(None) };
        let Some(dated) = neighbours.read(value, from_1904, implied)? else { return Ok(None) };
        if let Some(assumed) = dated.assumed {
            let because = || neighbours.month_first_because(value);
            let of = |dated| DateAssumptions::first(place, value, dated, because());
            let told = reader.dates.told.entry((column, assumed as u8)).or_insert_with(|| (label, of(dated)));
            told.1.count();
        }
        Ok(Some(dated.date))
    }
}

impl Above<'_> {
    fn count(&mut self, column: ColumnMeaning, place: CellRef, label: &'static str, value: &CellValue) {
        let first = || Filled { place, shown: quoted(value), label, count: 0 };
        self.filled.entry(column).or_insert_with(first).count += 1;
    }

    /// Forgets the last row: a block has ended.
    pub(super) fn end_block(&mut self) {
        self.values.clear();
    }
}

impl Reader<'_> {
    /// Looks through a column's dates, once.
    fn look_at_dates(&mut self, column: ColumnMeaning, place: u32) {
        if self.dates.columns.contains_key(&place) {
            return;
        }
        let of = |reader: &Self, place: u32, month| {
            let from_1904 = reader.table.counts_from_1904;
            DateColumn::from_cells(reader.placed_cells_of(place), from_1904, month)
        };
        let month = match self.table.received {
            Received::Month(month) if column == ColumnMeaning::Date && self.table.table == Table::Visits => Some(month),
            _ => None,
        };
        let mut dates = of(self, place, month);
        for other in [ColumnMeaning::Date, ColumnMeaning::Due, ColumnMeaning::Done] {
            let other = self.places.get(other as usize).copied().flatten();
            if let Some(other) = other.filter(|other| *other != place) {
                dates.or_order_of(&of(self, other, None));
            }
        }
        if column == ColumnMeaning::Date {
            let stamped = self.stamped_cells(place);
            dates.look_at_stamps(stamped.into_iter());
        }
        self.dates.columns.insert(place, dates);
    }

    /// The dates of a column beside the moments at which an online form was sent.
    fn stamped_cells(&self, place: u32) -> Vec<StampedCell<'_>> {
        const STAMPS: [&str; 6] =
            ["timestamp", "capwaktu", "stempelwaktu", "waktupengisian", "tanggalpengisian", "tglpengisian"];
        let table = self.table;
        let Some(stamps) = table.heading.columns_headed(table.sheet, &STAMPS).first().copied() else {
            return Vec::new();
        };
        let start = table.sheet.rows.partition_point(|row| row.index <= table.heading.bottom);
        let rows = table.sheet.rows[start..].iter().take_while(|row| row.index <= table.last_row);
        rows.filter_map(|row| {
            let stamp = date::read(row.get(stamps), table.counts_from_1904).ok().flatten()?;
            let text = row.get(place)?.text()?;
            Some(StampedCell { place: CellRef { row: row.index, column: place }, text, stamp })
        })
        .collect()
    }

    /// Tells what was filled and assumed.
    pub(super) fn tell_assumed(&mut self) {
        for (_, filled) in std::mem::take(&mut self.above.filled) {
            let Filled { place, shown, label, count } = filled;
            let message = format!(
                "{label}: {count} sel kosong atau bertanda sama (\", idem, sda) dibaca sama dengan sel di atasnya, \
                 misalnya {place} dibaca {shown}; bila bukan, isi selnya"
            );
            self.reading(place, message);
        }
        for (_, (label, told)) in std::mem::take(&mut self.dates.told) {
            self.reading(told.place, told.sentence(label));
        }
    }
}
