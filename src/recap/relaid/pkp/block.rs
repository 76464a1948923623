//! The rows below one heading of a PKP sheet: their names and places, and which figure is of which row.

use super::draft::{PkpColumn, PkpDraft};
use super::heading::{PkpHeading, PkpRole};
use super::outline::{Outline, OutlineRow, is_marker, leading};
use crate::domain::name::plain_words;
use crate::domain::pkp::{KnownEffort, PkpLevel};
use crate::domain::records::CellRef;
use crate::recap::cells::mark::{Mark, yes_no};
use crate::recap::cells::number::{Dot, PercentScale, is_bare, percent_of, read_percent, scale_of};
use crate::recap::cells::{is_blank, is_dash, squeeze, value_text};
use crate::recap::relaid::page::NewCell;
use crate::workbook::{CellValue, Row, Sheet};

/// Words of which the label of a row of means is made.
const SUM_WORDS: [&str; 16] = [
    "jumlah",
    "total",
    "rata",
    "rerata",
    "ratarata",
    "nilai",
    "kinerja",
    "program",
    "puskesmas",
    "variabel",
    "upaya",
    "capaian",
    "hasil",
    "akhir",
    "keseluruhan",
    "jml",
];
/// First words of such labels.
const SUM_OPENINGS: [&str; 7] = ["jumlah", "total", "rata", "rerata", "ratarata", "jml", "nilai"];
/// Spaces before a name that make one step of its indentation.
const SPACES_PER_STEP: u32 = 1;
/// Steps of indentation for each column that a name stands further right.
const STEPS_PER_COLUMN: u32 = 20;

/// A heading with the rows below it.
pub(super) struct PkpBlock<'s> {
    pub(super) sheet: &'s Sheet,
    pub(super) heading: &'s PkpHeading,
    pub(super) rows: &'s [Row],
    /// The *upaya* that a title names.
    pub(super) title: Option<(KnownEffort, CellRef)>,
}

/// A name with its cell and the columns by which it stands further right.
struct NamedCell<'s> {
    text: &'s str,
    place: CellRef,
    indent: u32,
}

impl<'s> PkpBlock<'s> {
    /// Adds the rows; fails with the cell of a figure that stands in a row without a name.
    pub(super) fn add_to(&self, draft: &mut PkpDraft<'_>) -> Result<(), CellRef> {
        let place = CellRef { row: self.heading_row(), column: 0 };
        if !self.begins_with_effort() {
            draft.open(self.title, place);
        }
        let opened = draft.depth();
        let mut outline = Outline::new(self.is_indented());
        let names = self.heading.names();
        let mut carried: Vec<String> = vec![String::new(); names.len()];
        let mut base = opened;
        for row in self.rows.iter().filter(|row| !self.heading.is_repeated(row)) {
            if names.len() > 1 {
                self.add_by_columns(draft, row, &names, &mut carried)?;
                continue;
            }
            let Some(name) = self.name(row) else {
                self.nameless(row)?;
                continue;
            };
            if self.is_sum(row, name.text) {
                continue;
            }
            let outlined = self.outlined(row, &name);
            if !outlined.has_figures && KnownEffort::is_title(name.text) {
                base = 0;
            }
            let placed = outline.place(&outlined);
            let text = without_marker(name.text, &outlined.number);
            draft.add(base + placed.depth, placed.number, NewCell::text(&squeeze(text), name.place), placed.is_plain);
            self.put_figures(draft, row);
        }
        Ok(())
    }

    fn heading_row(&self) -> u32 {
        self.sheet.rows[self.heading.at].index
    }

    /// Reports whether the first named row is the title of an *upaya*.
    fn begins_with_effort(&self) -> bool {
        let names = self.heading.names();
        if names.len() > 1 {
            return names.iter().any(|(_, level)| *level == PkpLevel::Effort);
        }
        let first = self.rows.iter().find_map(|row| Some((row, self.name(row)?)));
        first.is_some_and(|(row, name)| !self.has_figures(row) && KnownEffort::is_title(name.text))
    }

    /// The columns of names: from the one that is called so as far as the next known one.
    fn name_columns(&self) -> (u32, u32) {
        let own =
            self.heading.column(PkpRole::Name).or_else(|| self.heading.names().first().map(|(column, _)| *column));
        let first = own.unwrap_or_default();
        let next = self.heading.columns.iter().map(|(column, _)| *column).filter(|column| *column > first).min();
        (first, next.map_or(first, |next| next - 1))
    }

    fn name(&self, row: &'s Row) -> Option<NamedCell<'s>> {
        let (first, last) = self.name_columns();
        let number = self.heading.column(PkpRole::Number).filter(|column| *column < first);
        let texts = |from: u32| {
            row.within(from..=last).iter().filter_map(move |cell| {
                let text = cell.value.text().filter(|text| !is_blank(Some(&CellValue::Text((*text).into()))))?;
                let place = CellRef { row: row.index, column: cell.column };
                let spaces = text.chars().take_while(|c| c.is_whitespace()).count();
                let steps = u32::try_from(spaces).unwrap_or_default() * SPACES_PER_STEP;
                Some(NamedCell { text, place, indent: cell.column.saturating_sub(first) * STEPS_PER_COLUMN + steps })
            })
        };
        // Numbers of lower levels may stand in the columns of names: `| a | Rumah tangga`.
        let mut named = texts(first);
        let found = named.next();
        let behind = named.next();
        let is_number = found.as_ref().is_some_and(|cell| is_marker(cell.text)) && behind.is_some();
        let own = if is_number { behind } else { found };
        // A title may stand merged over all columns, in the one of the numbers.
        own.or_else(|| texts(number?).find(|cell| !is_marker(cell.text)))
    }

    fn outlined(&self, row: &Row, name: &NamedCell<'s>) -> OutlineRow<'s> {
        let (first, _) = self.name_columns();
        let number = self.heading.column(PkpRole::Number).filter(|column| *column != name.place.column);
        let held = number.and_then(|column| row.get(column)).map(value_text).unwrap_or_default();
        // A number within the columns of names is of the lowest level in its row.
        let within = row.within(first..=name.place.column.saturating_sub(1).max(first));
        let mut inner =
            within.iter().filter(|cell| cell.column < name.place.column).map(|cell| value_text(&cell.value));
        let number = inner.rfind(|text| !text.is_empty()).unwrap_or(held);
        OutlineRow { number, name: name.text.trim(), indent: name.indent, has_figures: self.has_figures(row) }
    }

    /// Reports whether names are indented and have no numbers.
    fn is_indented(&self) -> bool {
        let plain = self.rows.iter().filter_map(|row| Some((row, self.name(row)?)));
        let plain = plain
            .filter(|(row, name)| self.outlined(row, name).number.is_empty() && leading(name.text.trim()).is_none());
        plain.filter(|(_, name)| name.indent > 0).count() > 0
    }

    fn has_figures(&self, row: &Row) -> bool {
        self.heading.has_figures(row)
    }

    /// Reports whether a row is one of means or sums: its label is nothing but such words, and it has no counts.
    fn is_sum(&self, row: &Row, name: &str) -> bool {
        let words = plain_words(name);
        let opens = words.split(' ').next().is_some_and(|first| SUM_OPENINGS.contains(&first));
        let is_bare = words.split(' ').all(|word| SUM_WORDS.contains(&word));
        let counts = [PkpRole::Population, PkpRole::Planned, PkpRole::Reached];
        let has_counts =
            counts.into_iter().filter_map(|role| self.heading.column(role)).any(|column| !is_blank(row.get(column)));
        opens && is_bare && !has_counts
    }

    /// Fails where a row without a name has counts: they would be nobody's.
    fn nameless(&self, row: &Row) -> Result<(), CellRef> {
        let counts = [PkpRole::Population, PkpRole::Reached, PkpRole::Score];
        let mut held = counts.into_iter().filter_map(|role| self.heading.column(role));
        let is_number = |column: &u32| matches!(row.get(*column), Some(CellValue::Number { .. }));
        let label = row.cells.iter().find_map(|cell| cell.value.text()).unwrap_or_default();
        match held.find(is_number) {
            Some(column) if !is_sum_label(label) => Err(CellRef { row: row.index, column }),
            _ => Ok(()),
        }
    }

    /// Adds the rows of a sheet with a column for each level: a name that is new begins a row of its level.
    fn add_by_columns(
        &self,
        draft: &mut PkpDraft<'_>,
        row: &'s Row,
        names: &[(u32, PkpLevel)],
        carried: &mut [String],
    ) -> Result<(), CellRef> {
        let has_effort = names.iter().any(|(_, level)| *level == PkpLevel::Effort);
        let mut is_new = false;
        for (at, (column, level)) in names.iter().enumerate() {
            let Some(text) = row
                .get(*column)
                .and_then(CellValue::text)
                .map(str::trim)
                .filter(|text| !text.is_empty() && !is_dash(text))
            else {
                continue;
            };
            if at == 0 && self.is_sum(row, text) {
                return Ok(());
            }
            if !is_new && carried[at] == text {
                continue;
            }
            is_new = true;
            text.clone_into(&mut carried[at]);
            carried[at + 1..].fill(String::new());
            let wanted = match level {
                PkpLevel::Effort => 0,
                PkpLevel::Program => 1,
                PkpLevel::Variable => 2,
                PkpLevel::SubVariable => 3,
            };
            let place = CellRef { row: row.index, column: *column };
            let depth = wanted.min(draft.depth());
            let marker = leading(text).unwrap_or_default();
            let name = NewCell::text(&squeeze(without_marker(text, marker)), place);
            draft.add(if has_effort || depth > 0 { depth } else { 1 }, None, name, false);
        }
        if !is_new {
            return self.nameless(row);
        }
        self.put_figures(draft, row);
        Ok(())
    }

    /// Puts the figures of a row where they belong: its own in its row, those of higher levels in theirs.
    fn put_figures(&self, draft: &mut PkpDraft<'_>, row: &Row) {
        for (column, role) in &self.heading.columns {
            let Some(value) = row.get(*column).filter(|value| !is_blank(Some(value))) else { continue };
            let place = CellRef { row: row.index, column: *column };
            let plain = NewCell { value: Some(value.clone()), from: place };
            let own = match role {
                PkpRole::Target => (PkpColumn::Target, self.target(value, place)),
                PkpRole::Measure => (PkpColumn::Measure, plain),
                PkpRole::Population => (PkpColumn::Population, plain),
                PkpRole::Planned => (PkpColumn::Planned, plain),
                PkpRole::Reached => (PkpColumn::Reached, plain),
                PkpRole::Ring => (PkpColumn::Ring, plain),
                PkpRole::Score => (PkpColumn::Score, plain),
                PkpRole::Scale(number) if self.is_scored(value) => (
                    PkpColumn::Score,
                    NewCell {
                        value: Some(CellValue::Number {
                            value: f64::from(i8::try_from(*number).unwrap_or_default()),
                            percent: false,
                        }),
                        from: place,
                    },
                ),
                PkpRole::Coverage => (PkpColumn::Coverage, self.percentage(value, place)),
                PkpRole::Performance(level) => {
                    let cell = self.percentage(value, place);
                    let owner = match level {
                        Some(PkpLevel::Effort) => draft.at_depth(0),
                        Some(PkpLevel::Program) => draft.at_depth(1),
                        Some(PkpLevel::Variable) => draft.at_depth(2),
                        Some(PkpLevel::SubVariable) | None => draft.last(),
                    };
                    if let Some(row) = owner {
                        row.put(PkpColumn::Performance, cell.clone());
                    }
                    continue;
                }
                PkpRole::Cause => (PkpColumn::Cause, plain),
                PkpRole::Plan => (PkpColumn::Plan, plain),
                PkpRole::FollowUp => (PkpColumn::FollowUp, plain),
                PkpRole::Evaluation => (PkpColumn::Evaluation, plain),
                PkpRole::Number | PkpRole::Name | PkpRole::NameOf(_) | PkpRole::Scale(_) => continue,
            };
            draft.last().into_iter().for_each(|row| row.put(own.0, own.1.clone()));
        }
    }

    /// Reports whether a cell below a score is the mark for it, where no column holds the score itself.
    fn is_scored(&self, value: &CellValue) -> bool {
        let is_mark = matches!(yes_no(Some(value)), Ok(Some(Mark::Yes)));
        is_mark && self.heading.column(PkpRole::Score).is_none()
    }

    /// A target as text, in percent where its number is one.
    fn target(&self, value: &CellValue, place: CellRef) -> NewCell {
        match value {
            CellValue::Number { .. } => self.percentage(value, place),
            CellValue::Text(text) if text.trim().parse::<f64>().is_ok() => self.percentage(value, place),
            _ => NewCell { value: Some(value.clone()), from: place },
        }
    }

    /// A percentage as text with its sign, whatever the cell's own scale; what is no number stays as it is.
    fn percentage(&self, value: &CellValue, place: CellRef) -> NewCell {
        let cells = |column: u32| self.rows.iter().filter_map(move |row| row.get(column));
        // Beside targets such as 85 no result is a fraction, however small all of them are.
        let target = self.heading.column(PkpRole::Target).filter(|column| *column != place.column);
        let is_of_hundred =
            target.is_some_and(|column| scale_of(cells(column)) == PercentScale::Percent && cells(column).any(is_bare));
        let is_fraction = is_bare(value) && !is_of_hundred && scale_of(cells(place.column)) == PercentScale::Fractions;
        match read_percent(Some(value), Dot::Decimal) {
            Ok(Some(number)) => {
                let percent = if is_fraction { percent_of(number.value) } else { number.value };
                NewCell::text(&format!("{}%", percent.to_string().replace('.', ",")), place)
            }
            _ => NewCell { value: Some(value.clone()), from: place },
        }
    }
}

/// A name without the number before it.
fn without_marker<'n>(name: &'n str, number: &str) -> &'n str {
    let name = name.trim();
    let marker = leading(name).unwrap_or_default();
    let rest = name.strip_prefix(marker).unwrap_or(name).trim();
    if marker.is_empty() || rest.is_empty() || !number.is_empty() && number != marker { name } else { rest }
}

fn is_sum_label(label: &str) -> bool {
    plain_words(label).split(' ').next().is_some_and(|first| SUM_OPENINGS.contains(&first))
}
