//! Tables of a page as plain data: columns, rows of typed cells, totals. They become HTML, CSV and JSON
//! elsewhere; here they only know their order. Knows no markup.

use std::cmp::Ordering;

use super::figure::FigureAddress;
use crate::analytics::results::ResultBlock;
use crate::domain::indicator::Direction as Better;
use crate::domain::{CoachingIndicator, Date, Decree, FactRef, Month, Status, Value, VisitDate};

/// Reason of a blank cell where nothing is known yet: it stands in the cell in words.
pub const UNKNOWN_YET: &str = "belum ada";

/// Reports whether the reason of a blank cell stands in it in words; the others are a dash.
pub fn is_reason_in_words(reason: &str) -> bool {
    matches!(reason, "belum lapor" | UNKNOWN_YET)
}

/// A table with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct DataTable {
    /// Stable name, for addresses and downloads (`status`).
    pub name: String,
    /// Heading.
    pub title: String,
    /// The measured quantity and its unit.
    pub note: String,
    /// n of N facilities and as-of, in words.
    pub caption: String,
    /// Columns; the first names the row.
    pub columns: Vec<DataColumn>,
    /// Rows, each with one cell a column.
    pub rows: Vec<DataRow>,
    /// Totals, under the rows whatever the order.
    pub totals: Vec<DataRow>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataColumn {
    /// Stable key, for addresses, CSV and JSON.
    pub key: String,
    /// Head, short.
    pub label: String,
    /// Full name with unit, for screen readers and CSV heads.
    pub name: String,
    /// The kind of its content.
    pub kind: ColumnKind,
}

impl DataColumn {
    /// A column of text.
    pub fn text(key: &str, label: &str) -> Self {
        Self { key: key.to_owned(), label: label.to_owned(), name: label.to_owned(), kind: ColumnKind::Text }
    }

    /// A column of numbers.
    pub fn number(key: &str, label: &str, name: &str) -> Self {
        Self { key: key.to_owned(), label: label.to_owned(), name: name.to_owned(), kind: ColumnKind::Number }
    }
}

/// Content of a column; numbers are aligned on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "kinds say all")]
pub enum ColumnKind {
    Text,
    Number,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct DataRow {
    /// One cell a column.
    pub cells: Vec<DataCell>,
}

/// One typed cell. Missing is never a number.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "kinds that carry a value of the same name say all")]
pub enum DataCell {
    Text(String),
    /// The name of a facility, by its index: it leads to the facility's page.
    Facility(u32, String),
    /// Name of a group whose rows stand below it; its figures are pooled.
    Group(String),
    /// Name of a Puskesmas of which there is data: it leads to its own pages.
    Puskesmas(String),
    /// Name of a cluster of Puskesmas: it leads to its page.
    Cluster(String),
    Judged(JudgedFigure),
    /// Nothing to say, with the reason (read out and shown on hover).
    Blank(&'static str),
    /// A follow-up that is not done yet: it leads to where that is written.
    NotDone(FactRef),
    Figure(TableFigure),
    Count(f64),
    /// Status of a score.
    Status(ScoreStatus),
    /// Change or gap in points, and which way is better.
    Change(Option<f64>, Better),
    Date(Date),
    Month(Month),
    /// When a visit was: its day, or its month where no day is known.
    Visit(VisitDate),
    /// A state in words, with how it is to be seen.
    State(String, Tone),
}

/// The status of a score, with what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoreStatus {
    /// The status that pages and papers give it.
    pub status: Status,
    /// Of the nine indicators, those that it rests on.
    pub basis: u32,
}

impl ScoreStatus {
    /// The status of some results under a decree: pages and papers judge no score that rests on less than it asks for.
    pub fn judged(decree: &Decree, block: &ResultBlock) -> Self {
        let basis = block.basis();
        let is_too_little = block.score.is_some() && basis < decree.status_basis_min;
        Self { status: if is_too_little { Status::TooLittle } else { block.status }, basis }
    }

    /// `3 dari 9 indikator`; blank where there is no score.
    pub fn basis_words(self) -> String {
        if self.status == Status::NoData {
            return String::new();
        }
        format!("{} dari {} indikator", self.basis, CoachingIndicator::COUNT)
    }

    /// `Baik`, `Data belum cukup (1 dari 9 indikator)`: what stands alone says what it lacks.
    pub fn words(self) -> String {
        match self.status {
            Status::TooLittle => format!("{} ({})", self.status.label(), self.basis_words()),
            status => status.label().to_owned(),
        }
    }

    /// Reports whether a ranking holds it.
    pub fn is_judged(self) -> bool {
        !matches!(self.status, Status::TooLittle | Status::NoData)
    }
}

/// Tone of a state: the page adds a shape, so that it is never colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Done, but not as planned.
    Fair,
    /// Not done.
    Poor,
    /// Nothing to judge, or nobody knows.
    Neutral,
}

/// A figure of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableFigure {
    /// The value or why there is none.
    pub value: Value,
    /// Numerator and denominator.
    pub parts: Option<(f64, f64)>,
    /// True where its performance lies below the threshold of Cukup.
    pub is_low: bool,
    /// True for the row's main figure.
    pub is_main: bool,
    /// Where it comes from.
    pub origin: Option<FigureAddress>,
}

/// A figure that carries its own status and change, where rows stand for whole Puskesmas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JudgedFigure {
    /// The value or why there is none.
    pub value: Value,
    /// Numerator and denominator.
    pub parts: Option<(f64, f64)>,
    /// Status of its performance against the target.
    pub status: Status,
    /// Change against the period before, in points.
    pub change: Option<f64>,
}

impl JudgedFigure {
    /// The figure alone, for files.
    pub fn plain(&self) -> TableFigure {
        TableFigure { value: self.value, parts: self.parts, is_low: false, is_main: false, origin: None }
    }
}

/// Order in which a table is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortDirection {
    /// Smallest (or A) first.
    Ascending,
    /// Largest first.
    Descending,
}

impl SortDirection {
    /// The other way.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

impl DataCell {
    /// Numerator and denominator of its figure.
    pub fn parts(&self) -> Option<(f64, f64)> {
        match self {
            Self::Figure(figure) => figure.parts,
            Self::Judged(figure) => figure.parts,
            _ => None,
        }
    }
}

impl DataTable {
    /// The table without its first column: on a page about one facility that says nothing.
    #[must_use]
    pub fn without_first_column(mut self) -> Self {
        self.columns.remove(0);
        for row in self.rows.iter_mut().chain(&mut self.totals) {
            row.cells.remove(0);
        }
        self
    }

    /// Leaves the columns of these keys beside the first; all where none of them is known.
    pub fn keep_columns(&mut self, keys: &[String]) {
        let is_kept = |key: &String| keys.contains(key);
        if !self.columns.iter().any(|column| is_kept(&column.key)) {
            return;
        }
        let kept: Vec<bool> =
            self.columns.iter().enumerate().map(|(place, column)| place == 0 || is_kept(&column.key)).collect();
        let mut places = kept.iter();
        self.columns.retain(|_| places.next() == Some(&true));
        for row in self.rows.iter_mut().chain(&mut self.totals) {
            let mut places = kept.iter();
            row.cells.retain(|_| places.next() == Some(&true));
        }
    }

    /// Puts the rows whose score rests on too little behind the others: a ranking holds none of them.
    pub fn unjudged_last(&mut self) {
        let is_unjudged = |row: &DataRow| {
            row.cells.iter().any(|cell| matches!(cell, DataCell::Status(standing) if !standing.is_judged()))
        };
        self.rows.sort_by_key(is_unjudged);
    }

    /// Sorts the rows by the column `key`; rows without a value there come last either way, equal rows keep
    /// their order. An unknown key changes nothing and returns false.
    pub fn sort_by(&mut self, key: &str, direction: SortDirection) -> bool {
        let Some(place) = self.columns.iter().position(|column| column.key == key) else {
            return false;
        };
        self.rows.sort_by(|a, b| match (SortKey::from_cell(&a.cells[place]), SortKey::from_cell(&b.cells[place])) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(a), Some(b)) if direction == SortDirection::Descending => b.compare(&a),
            (Some(a), Some(b)) => a.compare(&b),
        });
        true
    }
}

enum SortKey {
    Number(f64),
    Text(String),
}

impl SortKey {
    fn from_cell(cell: &DataCell) -> Option<Self> {
        match cell {
            DataCell::Text(text)
            | DataCell::Facility(_, text)
            | DataCell::Group(text)
            | DataCell::Puskesmas(text)
            | DataCell::Cluster(text) => Some(Self::Text(text.to_lowercase())),
            DataCell::Judged(figure) => figure.value.number().map(Self::Number),
            DataCell::Figure(figure) => figure.value.number().map(Self::Number),
            DataCell::Count(count) => Some(Self::Number(*count)),
            DataCell::Blank(_) | DataCell::NotDone(_) => None,
            DataCell::Status(standing) if !standing.is_judged() => None,
            DataCell::Status(standing) => {
                let worst_first = Status::ALL.iter().rev().position(|other| *other == standing.status)?;
                Some(Self::Number(f64::from(u32::try_from(worst_first).ok()?)))
            }
            DataCell::Change(change, _) => change.map(Self::Number),
            DataCell::Month(month) => Some(Self::Text(month.to_string())),
            DataCell::Date(date) | DataCell::Visit(VisitDate::Day(date)) => Some(Self::Text(date.to_string())),
            // Behind the month's days.
            DataCell::Visit(VisitDate::Month(month)) => Some(Self::Text(format!("{month}-99"))),
            DataCell::State(label, _) => Some(Self::Text(label.to_lowercase())),
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(values: &[Option<f64>]) -> DataTable {
        let figure = |value: &Option<f64>| {
            value.map_or(DataCell::Blank("tidak berlaku"), |number| {
                DataCell::Figure(TableFigure {
                    value: Value::Number(number),
                    parts: None,
                    is_low: false,
                    is_main: false,
                    origin: None,
                })
            })
        };
        DataTable {
            name: "t".to_owned(),
            title: String::new(),
            note: String::new(),
            caption: String::new(),
            columns: vec![DataColumn::number("skor", "Skor", "Skor")],
            rows: values.iter().map(|value| DataRow { cells: vec![figure(value)] }).collect(),
            totals: Vec::new(),
        }
    }

    fn numbers(table: &DataTable) -> Vec<Option<f64>> {
        table
            .rows
            .iter()
            .map(|row| match &row.cells[0] {
                DataCell::Figure(figure) => figure.value.number(),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn missing_figures_come_last_either_way() {
        let mut sorted = table(&[None, Some(1.0), Some(0.0)]);
        assert!(sorted.sort_by("skor", SortDirection::Ascending));
        assert_eq!(numbers(&sorted), [Some(0.0), Some(1.0), None]);
        assert!(sorted.sort_by("skor", SortDirection::Descending));
        assert_eq!(numbers(&sorted), [Some(1.0), Some(0.0), None]);
        assert!(!sorted.sort_by("tak-ada", SortDirection::Descending));
    }

    proptest! {
        #[test]
        fn sorting_loses_no_row(values in prop::collection::vec(prop::option::of(-1e6_f64..1e6), 0..30)) {
            let mut sorted = table(&values);
            sorted.sort_by("skor", SortDirection::Descending);
            let mut before: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
            let mut after: Vec<String> = numbers(&sorted).iter().map(|value| format!("{value:?}")).collect();
            before.sort();
            after.sort();
            prop_assert_eq!(before, after);
        }
    }
}
