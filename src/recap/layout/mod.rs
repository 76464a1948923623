//! Where the headings of tables stand and what their columns mean: headings of one to five rows with merges, at any
//! row and column, side by side or below each other. Knows nothing of the rows below.

mod across;
mod by_columns;
mod by_place;
mod figures;
mod find;
mod head;
mod head_column;
mod number_heads;
mod papers;
mod persons;
mod ratio;
mod reports;
mod rivals;
mod shared;
mod subject;
mod years;

use std::collections::BTreeMap;

use super::cells::{is_blank, is_dash};
use super::heading::{ColumnMeaning, key};
use super::heading_figures::People;
use super::questions::{ASK_COUNTS, ASK_DENOMINATOR, ASK_FIGURES, ASK_MONTHS, ASK_VISIT_ROWS};
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::workbook::{Cell, CellValue, Row, Sheet};
pub(super) use by_columns::{follow_ups_beside, table_beside};
pub(super) use find::headings;
use head::HeadingFrame;
pub(super) use head::is_week;
pub(super) use persons::MonthColumn;
pub(super) use ratio::{letter_above, letter_below, letter_of};
pub(super) use reports::{ReceiptColumns, ReportColumn};
pub(super) use rivals::{PointsOfYear, says_absent};

/// First and last column.
pub(super) type ColumnSpan = (u32, u32);
/// The span of a table with nothing beside it.
pub(super) const WHOLE: ColumnSpan = (0, u32::MAX);

/// Where a figure stands: one column, or two that are added (L and P).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FigureLayout(Vec<u32>);

impl FigureLayout {
    pub(super) fn columns(&self) -> &[u32] {
        &self.0
    }
}

impl From<u32> for FigureLayout {
    fn from(column: u32) -> Self {
        Self(vec![column])
    }
}

/// A group of Capaian: one indicator, in one month where months stand across too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// As written; empty where only the banner names the indicator.
    pub(super) heading: String,
    /// Where it is written.
    pub(super) place: CellRef,
    pub(super) month: Option<u32>,
    pub(super) denominator: Option<FigureLayout>,
    pub(super) numerator: Option<FigureLayout>,
    /// The count since January beside the month's own.
    pub(super) accumulated: Option<FigureLayout>,
    /// The way in which the numerator counts, by its headings.
    pub(super) counted: CountingWords,
    /// Where it has no denominator of its own: those of [`Heading::shared`] that may serve it.
    pub(super) served_by: Vec<usize>,
    /// Nothing but its name in a heading speaks for it: it may be no indicator at all.
    pub(super) is_bare: bool,
    /// Nothing is missed where no indicator is called so: no heading names it.
    pub(super) is_optional: bool,
}

/// The way in which a numerator counts, by its headings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CountingWords {
    #[default]
    Unsaid,
    /// The month alone: the month before or the count since January stands beside it.
    InMonth,
    SinceJanuary,
}

/// A denominator that serves several indicators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shared {
    /// As written.
    pub(super) heading: String,
    pub(super) place: CellRef,
    pub(super) figure: FigureLayout,
    /// Of whom it is, where its heading says so.
    pub(super) people: Option<People>,
    /// Its heading is `Target`, which may be one in percent.
    pub(super) is_target: bool,
}

/// Why figures of a table cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lacking {
    /// Percentages alone.
    Counts,
    /// Counts below headings that nobody knows beside percentages.
    Figures,
    /// Numerators without denominators.
    Denominator,
    /// Sums of three months or more alone.
    Months,
    /// Visits of several months side by side in a row.
    VisitRows,
}

impl Lacking {
    /// Returns the question to the user.
    pub(super) fn question(self) -> &'static str {
        match self {
            Self::Counts => ASK_COUNTS,
            Self::Figures => ASK_FIGURES,
            Self::Denominator => ASK_DENOMINATOR,
            Self::Months => ASK_MONTHS,
            Self::VisitRows => ASK_VISIT_ROWS,
        }
    }
}

/// One month of a year's Capaian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MonthPair {
    pub(super) month: u32,
    pub(super) denominator: Option<FigureLayout>,
    pub(super) numerator: Option<FigureLayout>,
}

/// The year that is written above a month's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MonthYear {
    pub(super) column: u32,
    pub(super) year: i32,
}

/// A column that sums months of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowSum {
    pub(super) column: u32,
    /// First and last month that it sums.
    pub(super) months: (u32, u32),
}

/// The arrangement of a table's columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// One column for each field.
    Columns,
    /// (month, column): Jadwal, or Lokmin or Laporan of a year.
    Months(Vec<(u32, u32)>),
    /// Laporan of a year: months, each over columns that say how its report came.
    Receipts(Vec<ReceiptColumns>),
    /// Indicators, each over Sasaran and Capaian.
    Groups(Vec<Group>),
    /// Capaian of one indicator: the year's Sasaran, then numerators by month.
    YearNumerators { denominator: FigureLayout, months: Vec<(u32, FigureLayout)> },
    /// Capaian of one indicator: months, each over Sasaran and Capaian.
    YearPairs(Vec<MonthPair>),
    /// Capaian of which no figure can be read.
    Unreadable(Lacking),
}

impl Layout {
    /// The columns that are read beside those of [`Heading::columns`].
    fn places(&self) -> Vec<u32> {
        fn column_indexes<'f>(figures: impl IntoIterator<Item = &'f FigureLayout>) -> Vec<u32> {
            figures.into_iter().flat_map(FigureLayout::columns).copied().collect()
        }
        match self {
            Self::Columns | Self::Unreadable(_) => Vec::new(),
            Self::Months(months) => months.iter().map(|(_, column)| *column).collect(),
            Self::Receipts(months) => months.iter().flat_map(ReceiptColumns::all).collect(),
            Self::Groups(groups) => {
                let figures =
                    groups.iter().flat_map(|group| [&group.denominator, &group.numerator, &group.accumulated]);
                column_indexes(figures.flatten())
            }
            Self::YearNumerators { denominator, months } => {
                column_indexes(std::iter::once(denominator).chain(months.iter().map(|(_, figure)| figure)))
            }
            Self::YearPairs(pairs) => {
                column_indexes(pairs.iter().flat_map(|pair| pair.denominator.iter().chain(&pair.numerator)))
            }
        }
    }
}

/// A recognised heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) top: u32,
    pub(super) bottom: u32,
    /// The cell that it was recognised by.
    pub(super) anchor: CellRef,
    /// The table; not yet known where months alone stand across.
    pub(super) table: Option<Table>,
    pub(super) layout: Layout,
    pub(super) columns: BTreeMap<ColumnMeaning, u32>,
    /// Columns that were known by the words of a sentence: a guess that is told.
    pub(super) sentences: Vec<u32>,
    /// The names are those of villages.
    pub(super) has_villages: bool,
    /// Each month across counts since January by its heading.
    pub(super) counts_until: bool,
    /// Titles between the rows name the facilities.
    pub(super) has_titles: bool,
    /// Denominators beside which no numerator of their own stands.
    pub(super) shared: Vec<Shared>,
    /// Columns of row sums.
    pub(super) row_sums: Vec<RowSum>,
    /// Columns of who is in charge of a month's planned visits.
    pub(super) persons: Vec<MonthColumn>,
    /// The years written above its months, by column, where there are several.
    pub(super) years: Vec<MonthYear>,
    /// The one year that its months themselves write: `Jan 2025`.
    pub(super) written_year: Option<MonthYear>,
    /// Groups of which no figure can be told for certain: L without P, unknown parts.
    pub(super) unread: Vec<(String, CellRef)>,
    /// Columns of points that are each of a year: the table's counts.
    pub(super) points_of_years: Vec<PointsOfYear>,
    /// The columns that its headings take.
    pub(super) extent: ColumnSpan,
    /// The columns that are its own, as far as the tables beside it.
    pub(super) span: ColumnSpan,
}

impl Heading {
    /// A heading of one row with nothing beside it.
    pub(super) fn of_row(anchor: CellRef, table: Table, layout: Layout, columns: BTreeMap<ColumnMeaning, u32>) -> Self {
        let frame = HeadingFrame { top: anchor.row, bottom: anchor.row, anchor, span: WHOLE };
        let mut heading = frame.heading(Some(table), layout, columns);
        heading.extent = heading.reach(heading.extent);
        heading
    }

    /// The column by which a row is known: the name, the code of an indicator, or what stands for them; where the
    /// whole table is of one facility, the month or the date.
    pub(super) fn key_column(&self) -> Option<u32> {
        let known = ColumnMeaning::KEYS.iter().chain(&[ColumnMeaning::ReportMonth, ColumnMeaning::Date]);
        known.filter_map(|column| self.columns.get(column)).copied().next()
    }

    /// The column of days by which a table without names is ordered.
    pub(super) fn day_column(&self) -> Option<u32> {
        let day = match self.table? {
            Table::Decisions | Table::DistrictMatters => ColumnMeaning::Meeting,
            Table::DistrictVisits | Table::PlanSessions => ColumnMeaning::Date,
            Table::DistrictFollowUps => ColumnMeaning::Done,
            Table::DistrictSteps => ColumnMeaning::StepDay,
            _ => return None,
        };
        self.columns.get(&day).copied()
    }

    /// Reports whether no column names the facility: then something above the table does.
    pub(super) fn is_nameless(&self) -> bool {
        !self.columns.contains_key(&ColumnMeaning::Name) && !self.columns.contains_key(&ColumnMeaning::Code)
    }

    /// Reports whether a row says what was agreed.
    pub(super) fn has_item(&self, row: &Row) -> bool {
        let item = self.columns.get(&ColumnMeaning::Item).and_then(|column| row.get(*column));
        !is_blank(item) && !item.and_then(CellValue::text).is_some_and(|text| is_dash(text) || says_none(text))
    }

    /// Reports whether months stand as rows.
    pub(super) fn has_months_down(&self) -> bool {
        let is_of_months = match self.table {
            Some(Table::Achievements | Table::Lokmin) => true,
            Some(Table::Visits) => !self.columns.contains_key(&ColumnMeaning::Date),
            _ => false,
        };
        is_of_months && self.columns.contains_key(&ColumnMeaning::ReportMonth)
    }

    /// The cells of a row that are this table's own.
    pub(super) fn cells<'r>(&self, row: &'r Row) -> &'r [Cell] {
        row.within(self.span.0..=self.span.1)
    }

    /// Columns that hold something that is read as a figure, mark or text of a record.
    pub(super) fn read_columns(&self) -> Vec<u32> {
        match &self.layout {
            Layout::Columns => self.columns.values().copied().collect(),
            across => {
                let shared = self.shared.iter().flat_map(|shared| shared.figure.columns());
                across.places().into_iter().chain(shared.copied()).collect()
            }
        }
    }

    /// Takes the columns beside its own as far as headings stand without a gap, known or not: a guess names what it
    /// does not read.
    pub(super) fn widen(&mut self, sheet: &Sheet) {
        let has_text = |row: u32, column: u32| sheet.get(CellRef { row, column }).and_then(CellValue::text).is_some();
        let is_headed = |column: u32| (self.top..=self.bottom).any(|row| has_text(row, column));
        while is_headed(self.extent.1 + 1) {
            self.extent.1 += 1;
        }
    }

    /// The texts above a column of a sheet, top down, with their cells.
    pub(super) fn texts(&self, sheet: &Sheet, column: u32) -> Vec<(CellRef, String)> {
        let Self { top, bottom, anchor, span, .. } = *self;
        let levels = head::levels(sheet, &HeadingFrame { top, bottom, anchor, span }, column);
        levels.into_iter().map(|level| (level.place, level.text)).collect()
    }

    /// The columns within reach whose lowest heading has one of these keys.
    pub(super) fn columns_headed(&self, sheet: &Sheet, keys: &[&str]) -> Vec<u32> {
        let is_headed = |column: &u32| {
            self.texts(sheet, *column).last().is_some_and(|(_, text)| keys.contains(&key(text).as_str()))
        };
        (self.extent.0..=self.extent.1).filter(is_headed).collect()
    }

    /// Reports whether two headings stand over the same columns.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        overlap(self.extent, other.extent)
    }

    /// Reports whether `other` repeats this heading (page breaks).
    pub(super) fn is_repeated_by(&self, other: &Self) -> bool {
        let is_same_layout = match (&self.layout, &other.layout) {
            (Layout::Groups(mine), Layout::Groups(others)) => {
                let columns = |groups: &[Group]| {
                    let one = |g: &Group| (key(&g.heading), g.month, g.denominator.clone(), g.numerator.clone());
                    groups.iter().map(one).collect::<Vec<_>>()
                };
                columns(mine) == columns(others)
            }
            (mine, others) => mine == others,
        };
        let figures = |heading: &Self| heading.shared.iter().map(|shared| shared.figure.clone()).collect::<Vec<_>>();
        self.table == other.table && figures(self) == figures(other) && self.columns == other.columns && is_same_layout
    }

    /// A span widened to all columns that are read.
    fn reach(&self, span: ColumnSpan) -> ColumnSpan {
        let all = self.columns.values().copied().chain(self.layout.places());
        let all = all.chain(self.shared.iter().flat_map(|shared| shared.figure.columns()).copied());
        all.chain(self.row_sums.iter().map(|sum| sum.column))
            .chain(self.persons.iter().map(|person| person.column))
            .fold(span, |span, column| (span.0.min(column), span.1.max(column)))
    }
}

/// Reports whether a text says that nothing was agreed: `nihil`, `tidak ada`.
fn says_none(text: &str) -> bool {
    ["nihil", "tidakada", "tdkada", "takada", "belumada", "kosong"].contains(&key(text).as_str())
}

/// Reports whether two spans share a column.
pub(super) fn overlap(one: ColumnSpan, other: ColumnSpan) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}
