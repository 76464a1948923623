//! A sheet as plain data: banner, columns, rows and what is computed. Knows no file format.

use std::collections::BTreeSet;

use super::context::clean;
use super::lists::List;
use crate::domain::Date;
use crate::domain::records::CellRef;

/// Empty rows after the rows of known facilities.
pub(super) const SPARE_AFTER_KNOWN: usize = 5;
/// Empty rows of a table that is filled in line by line.
pub(super) const SPARE_LINES: usize = 25;

/// Table of one sheet, before it is drawn.
#[derive(Clone, Debug)]
pub(super) struct SheetPlan {
    /// Name of the sheet.
    pub sheet: String,
    /// Title above the table.
    pub title: &'static str,
    /// Lines under the title: year, month, indicator.
    pub period: Vec<String>,
    /// One sentence for the help sheet.
    pub purpose: String,
    /// Columns from left to right.
    pub columns: Vec<PlanColumn>,
    /// The column whose being filled makes a row (and whose foot says *Jumlah*).
    pub name_column: usize,
    /// Rows, one entry a column.
    pub rows: Vec<Vec<PlannedCell>>,
    /// Empty rows after them.
    pub spare_rows: usize,
}

/// Content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PlannedCell {
    /// Nothing: the cell is to be filled in.
    Blank,
    /// Text that may be changed.
    Text(String),
    /// Text that stays (a facility's name in its row).
    Fixed(String),
    Number(f64),
    Date(Date),
    /// Text that shows itself once the cell of this column is filled; may be overwritten.
    TextWith(String, usize),
}

impl PlannedCell {
    /// The text, or a blank.
    pub fn text(text: Option<&str>) -> Self {
        text.map(clean).filter(|text| !text.is_empty()).map_or(Self::Blank, Self::Text)
    }

    /// A name that stays.
    pub fn fixed(text: &str) -> Self {
        Self::Fixed(clean(text))
    }

    /// The number, or a blank.
    pub fn number(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Blank, Self::Number)
    }

    /// The date, or a blank.
    pub fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Blank, Self::Date)
    }

    /// The word for yes or no, or a blank.
    pub fn word(answer: Option<bool>, [yes, no]: [&str; 2]) -> Self {
        answer.map_or(Self::Blank, |answer| Self::Text(if answer { yes } else { no }.to_owned()))
    }

    fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The text that stands there.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Fixed(text) => Some(text),
            _ => None,
        }
    }
}

/// Appearance of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnLook {
    /// Text, to the left, wrapped.
    Text,
    /// A word or a mark, centred.
    Mark,
    /// A number as it is typed.
    Number,
    /// A count: thousands grouped.
    Count,
    /// A date as `12 Mei 2023`.
    Date,
    /// A date as `12/05/2023`, where many stand side by side.
    ShortDate,
    /// A ratio shown in percent.
    Percent,
}

/// Rule for what may be typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum InputRule {
    Anything,
    /// One of a list; other text is asked about, not refused.
    Suggested(List),
    /// One of a list, nothing else.
    Chosen(List),
    /// One of these words.
    Words(&'static [&'static str]),
    /// A date between two days; another is asked about.
    DateIn(Date, Date),
    /// A number from 0, or `-`.
    NotNegative,
    /// Points: a number from 0 up to the maximum that stands in this column.
    PointsUpTo(usize),
}

/// Value that is computed from the cells of the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Computed {
    /// Running number of the filled rows.
    Ordinal,
    /// Ratio of two columns.
    Ratio {
        /// Index of the column with the numerator.
        numerator: usize,
        /// Index of the column with the denominator.
        denominator: usize,
    },
    /// Sum of the columns, both ends included.
    Sum(usize, usize),
    /// Number of cells of the columns, both ends included, that hold the mark.
    Count(usize, usize, &'static str),
}

/// Value of a column in the row *Jumlah*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Total {
    /// The cell stays blank.
    Nothing,
    /// The sum of the column.
    Sum,
    /// Number of cells that hold the word.
    Count(&'static str),
    /// Number of cells that are filled with numbers or dates.
    Filled,
    /// Ratio of two totals.
    Ratio {
        /// Index of the column with the numerator.
        numerator: usize,
        /// Index of the column with the denominator.
        denominator: usize,
    },
}

/// Column of a table, with its rule and its total.
#[derive(Clone, Debug)]
pub(super) struct PlanColumn {
    /// Heading over several columns; neighbours with the same one share it.
    pub group: Option<String>,
    /// Heading of the column itself.
    pub heading: String,
    /// Name on the help sheet, where the column stands for its neighbours too.
    pub label: Option<&'static str>,
    /// Width in characters.
    pub width: f64,
    /// Appearance of its cells.
    pub look: ColumnLook,
    /// Rule for what may be typed.
    pub rule: InputRule,
    /// Computation that fills it instead of a person.
    pub computed: Option<Computed>,
    /// Value in the row *Jumlah*.
    pub total: Total,
    /// Meaning of the column; empty: the help sheet passes over it.
    pub meaning: &'static str,
    /// Values that are accepted; also shown where the cell is entered.
    pub accepted: &'static str,
}

impl PlanColumn {
    /// A column to fill in.
    pub fn new(heading: impl Into<String>, width: f64, look: ColumnLook) -> Self {
        Self {
            group: None,
            heading: heading.into(),
            label: None,
            width,
            look,
            rule: InputRule::Anything,
            computed: None,
            total: Total::Nothing,
            meaning: "",
            accepted: "",
        }
    }

    /// Column *No*: the running number of filled rows.
    pub fn ordinal() -> Self {
        Self::new("No", 5.0, ColumnLook::Mark)
            .computed(Computed::Ordinal)
            .help("Nomor urut.", "Terisi sendiri begitu baris diisi.")
    }

    pub fn rule(self, rule: InputRule) -> Self {
        Self { rule, ..self }
    }

    pub fn computed(self, computed: Computed) -> Self {
        Self { computed: Some(computed), ..self }
    }

    pub fn total(self, total: Total) -> Self {
        Self { total, ..self }
    }

    pub fn under(self, group: impl Into<String>) -> Self {
        Self { group: Some(group.into()), ..self }
    }

    pub fn label(self, label: &'static str) -> Self {
        Self { label: Some(label), ..self }
    }

    pub fn help(self, meaning: &'static str, accepted: &'static str) -> Self {
        Self { meaning, accepted, ..self }
    }
}

/// A formula with the value it has now; `None`: it shows nothing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Formula {
    pub text: String,
    pub result: Option<f64>,
}

/// Rows of data of a drawn plan, counted from 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowSpan {
    /// First row of data.
    pub first: u32,
    /// Last row of data, spare ones included.
    pub last: u32,
}

/// Address of a cell, counted from 0: `C8` for row 7 of column 2.
pub(super) fn address(row: u32, column: usize) -> String {
    CellRef { row, column: u32::try_from(column).unwrap_or(u32::MAX) }.to_string()
}

impl SheetPlan {
    /// Number of cells of the table, spare rows included.
    pub fn cells(&self) -> usize {
        (self.rows.len() + self.spare_rows) * self.columns.len()
    }

    /// Reports whether the heading has two rows.
    pub fn has_groups(&self) -> bool {
        self.columns.iter().any(|column| column.group.is_some())
    }

    /// Reports whether there is a row *Jumlah*.
    pub fn has_total(&self) -> bool {
        self.columns.iter().any(|column| column.total != Total::Nothing)
    }

    /// The value of a numeric cell, computed where it is one.
    fn value(&self, row: &[PlannedCell], column: usize) -> Option<f64> {
        match self.columns[column].computed {
            None => row.get(column)?.as_number(),
            Some(Computed::Ordinal) => None,
            Some(Computed::Ratio { numerator, denominator }) => {
                ratio(self.value(row, numerator), self.value(row, denominator))
            }
            Some(Computed::Sum(first, last)) => sum((first..=last).map(|place| self.value(row, place))),
            Some(Computed::Count(first, last, mark)) => count(row.get(first..=last)?, mark),
        }
    }

    /// The formula of a computed cell in the row with this place among the rows.
    pub fn formula(&self, computed: Computed, place: usize, at: u32, span: RowSpan) -> Formula {
        let blank = Vec::new();
        let row = self.rows.get(place).unwrap_or(&blank);
        let cell = |column| address(at, column);
        match computed {
            Computed::Ordinal => {
                let name = cell(self.name_column);
                let top = address(span.first, self.name_column);
                let is_filled = |row: &Vec<PlannedCell>| {
                    row.get(self.name_column).is_some_and(|entry| *entry != PlannedCell::Blank)
                };
                let filled = self.rows.iter().take(place + 1).filter(|row| is_filled(row)).count();
                let result = is_filled(row).then(|| u32::try_from(filled).map_or(0.0, f64::from));
                // `B$8:B12`: the top of the range stays where it is when rows are put in.
                let (letters, digits) = top.split_at(top.find(|c: char| c.is_ascii_digit()).unwrap_or(0));
                Formula { text: format!("=IF({name}=\"\",\"\",COUNTA({letters}${digits}:{name}))"), result }
            }
            Computed::Ratio { numerator, denominator } => {
                let result = ratio(self.value(row, numerator), self.value(row, denominator));
                Formula { text: ratio_text(&cell(numerator), &cell(denominator)), result }
            }
            Computed::Sum(first, last) => {
                let result = sum((first..=last).map(|place| self.value(row, place)));
                Formula { text: sum_text(&cell(first), &cell(last)), result }
            }
            Computed::Count(first, last, mark) => {
                let result = row.get(first..=last).and_then(|cells| count(cells, mark));
                Formula { text: count_text(&cell(first), &cell(last), mark), result }
            }
        }
    }

    /// The formula in the row *Jumlah* of a column.
    pub fn total(&self, column: usize, at: u32, span: RowSpan) -> Option<Formula> {
        let top = address(span.first, column);
        let bottom = address(span.last, column);
        let cells = || self.rows.iter().filter_map(move |row| row.get(column));
        Some(match self.columns[column].total {
            Total::Nothing => return None,
            Total::Sum => Formula { text: sum_text(&top, &bottom), result: self.column_sum(column) },
            Total::Count(word) => {
                let entries: Vec<PlannedCell> = cells().cloned().collect();
                Formula { text: count_text(&top, &bottom, word), result: count(&entries, word) }
            }
            Total::Filled => {
                let filled =
                    cells().filter(|entry| matches!(entry, PlannedCell::Number(_) | PlannedCell::Date(_))).count();
                let result = (filled > 0).then(|| u32::try_from(filled).map_or(0.0, f64::from));
                Formula { text: format!("=IF(COUNT({top}:{bottom})=0,\"\",COUNT({top}:{bottom}))"), result }
            }
            Total::Ratio { numerator, denominator } => Formula {
                text: ratio_text(&address(at, numerator), &address(at, denominator)),
                result: ratio(self.column_sum(numerator), self.column_sum(denominator)),
            },
        })
    }

    fn column_sum(&self, column: usize) -> Option<f64> {
        sum(self.rows.iter().map(|row| self.value(row, column)))
    }
}

fn ratio(numerator: Option<f64>, denominator: Option<f64>) -> Option<f64> {
    let numerator = numerator?;
    let denominator = denominator?;
    (denominator > 0.0).then(|| numerator / denominator)
}

fn sum(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    values.flatten().fold(None, |sum, value| Some(sum.unwrap_or(0.0) + value))
}

fn count(entries: &[PlannedCell], word: &str) -> Option<f64> {
    let is_filled = entries.iter().any(|entry| *entry != PlannedCell::Blank);
    let holding = entries.iter().filter(|entry| entry.as_text() == Some(word)).count();
    is_filled.then(|| u32::try_from(holding).map_or(0.0, f64::from))
}

fn ratio_text(numerator: &str, denominator: &str) -> String {
    format!(
        "=IF(AND(ISNUMBER({numerator}),ISNUMBER({denominator})),IF({denominator}>0,{numerator}/{denominator},\"\"),\"\")"
    )
}

fn sum_text(first: &str, last: &str) -> String {
    format!("=IF(COUNT({first}:{last})=0,\"\",SUM({first}:{last}))")
}

fn count_text(first: &str, last: &str, word: &str) -> String {
    format!("=IF(COUNTA({first}:{last})=0,\"\",COUNTIF({first}:{last},\"{word}\"))")
}

/// Longest name of a sheet in Excel.
const SHEET_NAME_CHARS: usize = 31;

/// Makes the names of sheets such that Excel takes them: no forbidden sign, none twice, 31 characters.
pub(super) fn name_sheets(plans: &mut [SheetPlan]) {
    let mut taken: BTreeSet<String> =
        ["contoh", "petunjuk", "daftar", "history"].into_iter().map(ToOwned::to_owned).collect();
    for plan in plans {
        let legal: String = plan.sheet.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
        let legal = clean(&legal);
        let stem = if legal.is_empty() { "Indikator" } else { legal.as_str() };
        // One more number than there are names: one of them is free.
        let name = (1..=taken.len() + 1)
            .map(|number| {
                let suffix = if number == 1 { String::new() } else { format!(" ({number})") };
                let room = SHEET_NAME_CHARS - suffix.chars().count();
                let kept: String = stem.chars().take(room).collect();
                format!("{}{suffix}", kept.trim_end())
            })
            .find(|name| taken.insert(name.to_lowercase()));
        plan.sheet = name.unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(rows: Vec<Vec<PlannedCell>>) -> SheetPlan {
        let ratio = Computed::Ratio { numerator: 2, denominator: 1 };
        let foot = Total::Ratio { numerator: 2, denominator: 1 };
        SheetPlan {
            sheet: "K6".to_owned(),
            title: "",
            period: Vec::new(),
            purpose: String::new(),
            columns: vec![
                PlanColumn::new("Nama", 1.0, ColumnLook::Text),
                PlanColumn::new("Sasaran", 1.0, ColumnLook::Count).total(Total::Sum),
                PlanColumn::new("Capaian", 1.0, ColumnLook::Count).total(Total::Sum),
                PlanColumn::new("%", 1.0, ColumnLook::Percent).computed(ratio).total(foot),
            ],
            name_column: 0,
            rows,
            spare_rows: 1,
        }
    }

    fn row(denominator: Option<f64>, numerator: Option<f64>) -> Vec<PlannedCell> {
        vec![
            PlannedCell::fixed("Klinik"),
            PlannedCell::number(denominator),
            PlannedCell::number(numerator),
            PlannedCell::Blank,
        ]
    }

    #[test]
    fn a_total_pools_and_never_averages() {
        let plan = plan(vec![row(Some(10.0), Some(5.0)), row(Some(90.0), Some(9.0)), row(Some(0.0), None)]);
        let span = RowSpan { first: 7, last: 10 };
        let total = plan.total(3, 11, span).unwrap();
        assert_eq!(total.result, Some(0.14));
        assert!(total.text.contains("C12/B12"), "{}", total.text);
        let sum = Formula { text: "=IF(COUNT(B8:B11)=0,\"\",SUM(B8:B11))".to_owned(), result: Some(100.0) };
        assert_eq!(plan.total(1, 11, span), Some(sum));
    }

    #[test]
    fn nothing_over_nothing_shows_nothing() {
        let plan = plan(vec![row(Some(0.0), Some(0.0)), row(None, None)]);
        let span = RowSpan { first: 7, last: 9 };
        let ratio = plan.columns[3].computed.unwrap();
        for (place, at) in [(0, 7), (1, 8), (2, 9)] {
            assert_eq!(plan.formula(ratio, place, at, span).result, None);
        }
        assert_eq!(plan.total(3, 10, span).unwrap().result, None);
    }

    #[test]
    fn sheets_have_names_that_excel_takes() {
        let with_sheet = |name: &str| SheetPlan { sheet: name.to_owned(), ..plan(Vec::new()) };
        let long = "Kode yang panjangnya lebih dari tiga puluh satu";
        let mut plans = ["K/6", "k 6", "Contoh", "'", long, long].map(with_sheet);
        name_sheets(&mut plans);
        let names: Vec<&str> = plans.iter().map(|plan| plan.sheet.as_str()).collect();
        assert_eq!(names[..4], ["K 6", "k 6 (2)", "Contoh (2)", "Indikator"]);
        assert!(names[4] != names[5] && names.iter().all(|name| name.chars().count() <= SHEET_NAME_CHARS));
    }
}
