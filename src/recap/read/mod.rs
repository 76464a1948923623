//! One recognised table → accepted rows and issues. Every wrong cell of a row is named; the row goes, the
//! rest of the table stays.

mod above;
mod achievements;
mod activity;
mod cancelled;
mod checklist_items;
mod contradicted;
mod day_parts;
mod done;
mod evidence_cells;
mod follow_ups;
mod kind_above;
mod labelled_field;
mod looks;
mod month_title;
mod offers;
mod often;
mod own;
mod pieces;
mod pkp;
mod plan;
mod plan_letters;
mod plans;
mod plausible;
mod read_columns;
mod receipts;
mod registers;
mod report_kinds;
mod row;
pub(super) mod rows;
mod stated_maximum;
mod subtotal;
mod unmade;
mod village_beside;
mod village_sums;
mod visits;
mod written;
mod yearly;

use std::collections::{BTreeMap, BTreeSet};

use super::cells::is_blank;
use super::cells::number::{Dot, PercentScale, dot_of, scale_of};
use super::cells::school_year::SchoolYear;
use super::heading::ColumnMeaning;
use super::layout::{Layout, ReceiptColumns};
use super::legend::marks::MarkLegend;
use super::relaid::CellOrigins;
use super::sum_rows::is_sum;
use super::{FoundTable, ReadingContext};
use crate::diagnostic::{About, Issue, IssueCode, Severity};
use crate::domain::name::{plain_words, puskesmas_key};
use crate::domain::records::{Accumulated, CellRef, Recap, Rows};
use crate::domain::{Month, Table};
use crate::workbook::{CellValue, Row};
use above::{Above, Dates};
pub(super) use achievements::assumed_counting;
use contradicted::Disagreement;
use looks::RefusedRow;
pub(super) use month_title::MonthTitle;
use often::Gathering;
use pieces::in_pieces;
use read_columns::ReadColumns;
pub(super) use registers::{assumed_kind, indicator_named};
use row::RowReader;
use rows::{RowKind, RowKnowledge, TotalSort, classify};

/// Reads one table: the accepted rows, and an issue for every cell that is wrong or doubtful, by cell.
pub fn read_table(table: &FoundTable<'_>, context: &ReadingContext) -> (Recap, Vec<Issue>) {
    let mut before: Option<Rows> = None;
    let (mut recap, issues) = read_table_in_pieces(table, context, &mut |piece| {
        before = Some(Rows::joined(before.take(), piece));
    });
    recap.rows = Rows::joined(before, recap.rows);
    (recap, issues)
}

/// The same of a table that may be long: its accepted rows are handed over some thousands at a time, in order, while
/// it is read; the recap that comes back holds the last of them, and what is to be said of the table as a whole.
pub fn read_table_in_pieces(
    table: &FoundTable<'_>,
    context: &ReadingContext,
    take: &mut dyn FnMut(Rows),
) -> (Recap, Vec<Issue>) {
    let Some(moved) = CellOrigins::from_sheet(table.sheet) else { return read_in_place(table, context, take) };
    let (mut recap, issues) = read_in_place(table, context, &mut |rows| take(moved.rows(rows)));
    recap.rows = moved.rows(recap.rows);
    (recap, issues.into_iter().map(|issue| moved.issue(issue)).collect())
}

/// The same with the cells of the table's sheet, wherever they stand in the file.
fn read_in_place(table: &FoundTable<'_>, context: &ReadingContext, take: &mut dyn FnMut(Rows)) -> (Recap, Vec<Issue>) {
    let mut reader = Reader::new(table, context);
    reader.village_column = village_beside::village_column(&reader);
    reader.kind_column = kind_above::kind_column(&reader);
    reader.look_at_colours();
    reader.tell_fills();
    if let Some(told) = table.school_year_told() {
        reader.reading(table.heading.anchor, told);
    }
    let (rows, services) = match (table.table, &table.heading.layout) {
        (Table::Facilities, _) => (Rows::Facilities(registers::facilities(&mut reader)), Vec::new()),
        (Table::ServiceIndicators, _) => (Rows::ServiceIndicators(registers::services(&mut reader)), Vec::new()),
        (Table::Decree, _) => (Rows::Decree(registers::decree(&mut reader)), Vec::new()),
        (Table::Schedule, Layout::Columns) => (Rows::Schedule(plan::listed(&mut reader)), Vec::new()),
        (Table::Schedule, layout) => (Rows::Schedule(plan::schedule(&mut reader, months(layout))), Vec::new()),
        (Table::ScheduleChanges, _) => (Rows::ScheduleChanges(plan::changes(&mut reader)), Vec::new()),
        (Table::Visits, Layout::Months(months)) => (Rows::Visits(done::visits(&mut reader, months)), Vec::new()),
        (Table::Visits, _) => {
            let rows = in_pieces(Rows::Visits, take, |rows| visits::visits(&mut reader, rows));
            (rows, Vec::new())
        }
        (Table::FollowUps, _) => {
            let rows = in_pieces(Rows::FollowUps, take, |rows| follow_ups::follow_ups(&mut reader, rows));
            (rows, Vec::new())
        }
        (Table::ChecklistItems, _) => {
            let rows = in_pieces(Rows::ChecklistItems, take, |rows| checklist_items::items(&mut reader, rows));
            (rows, Vec::new())
        }
        (Table::Lokmin, Layout::Months(months)) => (Rows::Lokmin(yearly::lokmin(&mut reader, months)), Vec::new()),
        (Table::Lokmin, _) => (Rows::Lokmin(activity::lokmin(&mut reader)), Vec::new()),
        (Table::MonthlyReports, Layout::Receipts(months)) => {
            (Rows::MonthlyReports(receipts::across(&mut reader, months)), Vec::new())
        }
        (Table::MonthlyReports, Layout::Months(months)) => {
            let months: Vec<ReceiptColumns> =
                months.iter().map(|(month, column)| ReceiptColumns::of_days(*month, *column)).collect();
            (Rows::MonthlyReports(receipts::across(&mut reader, &months)), Vec::new())
        }
        (Table::MonthlyReports, _) => (Rows::MonthlyReports(activity::reports(&mut reader)), Vec::new()),
        (Table::Achievements, layout) => {
            let mut services = Vec::new();
            let rows = in_pieces(Rows::Achievements, take, |rows| {
                services = achievements::achievements(&mut reader, layout, rows);
            });
            (rows, services)
        }
        (written, _) => {
            let rows = Rows::read_written(written, &mut written::WrittenTables { reader: &mut reader });
            (rows, Vec::new())
        }
    };
    reader.finish(rows, services)
}

fn months(layout: &Layout) -> &[(u32, u32)] {
    match layout {
        Layout::Months(months) => months,
        _ => &[],
    }
}

/// The state of reading one table: what was found so far, and what is to be said of it.
struct Reader<'r> {
    table: &'r FoundTable<'r>,
    context: &'r ReadingContext,
    /// The school year that its title names: found out once, since every date of every row asks for it.
    school_year: Option<SchoolYear>,
    /// Columns by what they mean, for every cell of every row.
    places: Vec<Option<u32>>,
    issues: Vec<(CellRef, Issue)>,
    rows_seen: u32,
    rows_rejected: u32,
    /// The meaning of a lone dot, by column; found out where one occurs.
    dots: BTreeMap<u32, Dot>,
    /// By column, once asked.
    scales: BTreeMap<u32, PercentScale>,
    sums: BTreeMap<u32, Sum>,
    /// Columns whose commas group thousands.
    comma_columns: BTreeSet<u32>,
    /// Set where a written sum says that other rows were read than those that it sums: nothing of the table is accepted.
    is_contradicted: bool,
    /// Set where rows were refused that may be sums themselves: no sum can be compared.
    are_sums_unclear: bool,
    /// Counts since January of this table.
    accumulated: Vec<Accumulated>,
    /// The months for which it counts as received, where those are not the ones that it covers.
    due_months: Option<Vec<Month>>,
    /// Whose the rows without a name are, where each row names its indicator.
    carried: Carried,
    /// Villages and the facilities for which they were read.
    villages: BTreeMap<String, String>,
    /// Readings that were told already.
    readings: BTreeSet<(CellRef, String)>,
    /// Codes of the issues that have an offer.
    offered: BTreeSet<&'static str>,
    /// Rows that their colour refuses, in order.
    refused: Vec<RefusedRow>,
    /// Rows of a register that are titles of its parts.
    title_rows: BTreeSet<u32>,
    above: Above<'r>,
    dates: Dates,
    often: Gathering,
    /// The month that a title between the rows names.
    month_title: Option<MonthTitle>,
    /// The meanings of marks by the legend of the sheet.
    legend: MarkLegend,
    /// Crosses alone stand in the columns of evidence.
    is_evidence_unclear: bool,
    /// The column of villages beside the names, where the table has no field of it.
    village_column: Option<u32>,
    /// The kind that the title above the rows names.
    kind_title: Option<(String, CellRef)>,
    /// The column of kinds beside the names, where the table has no field of it.
    kind_column: Option<u32>,
}

/// The rows that belong to a table: its data and its sums, as far as the signatures. Each is told apart when it is asked
/// for, so whoever wants to know of the first rows alone takes them alone.
fn rows_of<'r>(table: &'r FoundTable<'r>, context: &'r ReadingContext) -> impl Iterator<Item = (&'r Row, RowKind<'r>)> {
    let start = table.sheet.rows.partition_point(|row| row.index <= table.heading.bottom);
    let mut repeated = table.repeated.iter().peekable();
    let mut has_ended = false;
    let columns = ReadColumns::from_heading(&table.heading);
    let rows = table.sheet.rows[start..].iter().take_while(move |row| row.index <= table.last_row);
    rows.filter_map(move |row| {
        while repeated.next_if(|(_, last)| *last < row.index).is_some() {
            has_ended = false;
        }
        let is_repeated = repeated.peek().is_some_and(|(first, _)| *first <= row.index);
        let is_done = table.plan_rows.as_ref().is_some_and(|rows| rows.is_done(row));
        let is_of_visits = table.plan_rows.is_some() && table.table == Table::Visits;
        if is_repeated || is_done && !is_of_visits {
            return None;
        }
        match classify(table, RowKnowledge { context, columns: &columns }, row) {
            RowKind::End => {
                has_ended = true;
                None
            }
            RowKind::Data { is_certain: false, .. } if has_ended => None,
            RowKind::Data { .. } if is_of_visits && (!is_done || is_below_sum(table, row)) => None,
            kind => Some((row, kind)),
        }
    })
}

/// Reports whether a row of what was done has no name of its own and a row of sums above it.
fn is_below_sum(table: &FoundTable<'_>, row: &Row) -> bool {
    let is_nameless = table.heading.key_column().is_some_and(|column| is_blank(row.get(column)));
    let above = row.index.checked_sub(1).and_then(|above| table.sheet.row(above));
    is_nameless && above.is_some_and(|above| is_sum(above, &table.heading))
}

/// The name above rows without one.
#[derive(Clone, Debug, PartialEq)]
enum Carried {
    /// None yet.
    Nobody,
    /// As written, and where.
    Name(String, CellRef),
    /// A row of sums stands above them.
    Sums,
}

/// The running sums of a column.
#[derive(Clone, Debug, Default)]
struct Sum {
    all: f64,
    /// `all` at the last rows of sums: a sum may be one of some rows, or of some sums.
    marks: Vec<f64>,
    /// Rows that reported something.
    count: u32,
    /// The figure of the last of them.
    last: f64,
    /// The row of the last of them.
    row: Option<u32>,
    /// The largest of them.
    largest: f64,
    /// Something of the column was rejected: no sum can be compared.
    is_incomplete: bool,
}

impl Sum {
    /// Rows of sums that are looked back to.
    const MARKS_MAX: usize = 20;

    /// Returns the figures that a row of sums or means could rightly show; the first is ours.
    fn candidates(&self, total: TotalSort, has_months_down: bool) -> Vec<f64> {
        let mut sums = vec![self.all];
        sums.extend(self.marks.iter().map(|mark| self.all - mark));
        // The year's Sasaran stands in each month's row and in its sums alike.
        sums.extend(has_months_down.then_some(self.last));
        match total {
            TotalSort::Sum => sums,
            TotalSort::Mean => {
                let mean = self.all / f64::from(self.count.max(1));
                std::iter::once(mean).chain(sums).collect()
            }
        }
    }
}

/// Sums nearer than this are the same.
const SUM_TOLERANCE: f64 = 1e-6;
/// Means nearer than this are the same: people show one decimal.
const MEAN_TOLERANCE: f64 = 0.51;

impl<'r> Reader<'r> {
    fn new(table: &'r FoundTable<'_>, context: &'r ReadingContext) -> Self {
        let mut places = Vec::new();
        for (column, place) in &table.heading.columns {
            places.resize(places.len().max(*column as usize + 1), None);
            places[*column as usize] = Some(*place);
        }
        let has_marks = matches!(table.table, Table::Visits | Table::Lokmin);
        Self {
            table,
            context,
            school_year: table.school_year(),
            places,
            issues: Vec::new(),
            rows_seen: 0,
            rows_rejected: 0,
            dots: BTreeMap::new(),
            scales: BTreeMap::new(),
            sums: BTreeMap::new(),
            comma_columns: BTreeSet::new(),
            is_contradicted: false,
            are_sums_unclear: false,
            accumulated: Vec::new(),
            due_months: None,
            carried: Carried::Nobody,
            villages: BTreeMap::new(),
            readings: BTreeSet::new(),
            offered: BTreeSet::new(),
            refused: Vec::new(),
            title_rows: BTreeSet::new(),
            above: Above::default(),
            dates: Dates::default(),
            often: Gathering::default(),
            month_title: None,
            legend: if has_marks { MarkLegend::from_legend(&table.legend) } else { MarkLegend::default() },
            is_evidence_unclear: false,
            village_column: None,
            kind_title: kind_above::titled_kind(table),
            kind_column: None,
        }
    }

    /// Calls `read` for every data row; it says whether something of the row was rejected.
    fn each_row(&mut self, read: &mut dyn FnMut(&mut RowReader<'_, 'r>)) {
        for (row, kind) in rows_of(self.table, self.context) {
            match kind {
                _ if self.title_rows.contains(&row.index) => self.above.end_block(),
                RowKind::Total(total) => {
                    self.above.end_block();
                    self.carried = Carried::Sums;
                    self.check_totals(row.index, total);
                }
                RowKind::Data { facility, .. } => self.read_row(row, facility, read),
                RowKind::Nothing => {
                    self.above.end_block();
                    self.carry_section(row);
                    self.carry_kind(row);
                    self.enter_month(row);
                }
                RowKind::End => {}
            }
        }
    }

    /// The cells of some columns in the data rows: sums and signatures apart.
    fn data_cells<'c>(&self, columns: &'c [u32]) -> impl Iterator<Item = &'r CellValue> + use<'r, 'c> {
        rows_of(self.table, self.context)
            .filter(|(_, kind)| matches!(kind, RowKind::Data { .. }))
            .flat_map(move |(row, _)| columns.iter().filter_map(move |column| row.get(*column)))
    }

    /// Takes the name of a section, where the rows below it name their indicators alone.
    fn carry_section(&mut self, row: &Row) {
        let heading = &self.table.heading;
        if !heading.columns.contains_key(&ColumnMeaning::IndicatorName) && !heading.has_titles {
            return;
        }
        let cells = self.table.heading.cells(row);
        let texts = || cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?.trim())));
        let key = self.table.heading.key_column();
        let text = texts().find(|(column, _)| Some(*column) == key).or_else(|| texts().next());
        if let Some((column, text)) = text.filter(|(_, text)| !text.is_empty()) {
            let name = text.rsplit(':').next().unwrap_or(text).trim();
            self.carried = Carried::Name(name.to_owned(), CellRef { row: row.index, column });
        }
    }

    /// Reports whether a name means the Puskesmas as a whole: its own, or a word for all.
    fn means_all(&self, written: &str) -> bool {
        let key = puskesmas_key(written);
        let own = self.table.puskesmas.as_deref().map(puskesmas_key);
        let is_all = ["semua", "semua faskes", "seluruh faskes", "semua jaringan dan jejaring"];
        // Nothing is left of `UPT Puskesmas`.
        key.is_empty() && !plain_words(written).is_empty()
            || own.as_deref().or(self.context.puskesmas()).is_some_and(|own| own == key)
            || is_all.contains(&plain_words(written).as_str())
    }

    fn read_row(&mut self, row: &'r Row, facility: Option<&'r str>, read: &mut dyn FnMut(&mut RowReader<'_, 'r>)) {
        let is_counted = !self.table.shares_rows || self.table.heading.has_item(row);
        self.rows_seen += u32::from(is_counted);
        if let Some((place, why)) = self.refusal_by_looks(row) {
            self.rows_rejected += u32::from(is_counted);
            // What does not count says nothing of the rows below it.
            self.above.end_block();
            return self.tell_refused(place, why);
        }
        if !is_counted {
            // A visit without follow-ups still says whose and of when the next rows are.
            RowReader::new(self, row, facility).fill_down();
            return;
        }
        self.tell_struck_words(row);
        let mut reading = RowReader::new(self, row, facility);
        read(&mut reading);
        if reading.is_rejected() {
            self.rows_rejected += 1;
        }
    }

    fn error(&mut self, place: CellRef, code: IssueCode, message: String) {
        self.push(place, code, Severity::Error, message);
    }

    fn warn(&mut self, place: CellRef, code: IssueCode, message: String) {
        self.push(place, code, Severity::Warning, message);
    }

    /// Tells what was assumed, each sentence once a cell.
    fn reading(&mut self, place: CellRef, message: String) {
        if self.readings.insert((place, message.clone())) {
            self.push(place, IssueCode::Reading, Severity::Warning, message);
        }
    }

    /// Tells the first of what was assumed about a cell.
    fn reading_once(&mut self, place: CellRef, message: String) {
        if !self.readings.iter().any(|(known, _)| *known == place) {
            self.reading(place, message);
        }
    }

    fn push(&mut self, place: CellRef, code: IssueCode, severity: Severity, message: String) {
        let sheet = self.table.sheet.name.clone();
        let about = About { table: self.table.table, top: self.table.heading.top, offers: Vec::new() };
        let issue = Issue { sheet, cell: place.to_string(), code, severity, message, about: Some(about) };
        // Merged names bring the same cell up once a row.
        let is_same = |held: &Issue| held.code == issue.code && held.message == issue.message;
        let is_known = self.issues.iter().rev().take(4).any(|(known, held)| *known == place && is_same(held));
        if !is_known {
            self.issues.push((place, issue));
        }
    }

    /// Returns the meaning of a lone dot in a column.
    fn dot(&mut self, column: u32) -> Dot {
        if let Some(dot) = self.dots.get(&column) {
            return *dot;
        }
        let dot = dot_of(self.cells_of(column));
        self.dots.insert(column, dot);
        dot
    }

    /// In what the bare numbers of a column of percentages are written.
    fn scale(&mut self, column: u32) -> PercentScale {
        if let Some(scale) = self.scales.get(&column) {
            return *scale;
        }
        let scale = scale_of(self.cells_of(column));
        self.scales.insert(column, scale);
        scale
    }

    /// The cells of a column below the heading.
    fn cells_of(&self, column: u32) -> impl Iterator<Item = &CellValue> {
        self.placed_cells_of(column).map(|(_, value)| value)
    }

    /// The same with their places.
    fn placed_cells_of(&self, column: u32) -> impl Iterator<Item = (CellRef, &CellValue)> {
        let table = self.table;
        let start = table.sheet.rows.partition_point(|row| row.index <= table.heading.bottom);
        let rows = table.sheet.rows[start..].iter().take_while(|row| row.index <= table.last_row);
        rows.filter_map(move |row| Some((CellRef { row: row.index, column }, row.get(column)?)))
    }

    /// Adds a figure to the sum of its column, once a row: D may be the count of `D/S` and the denominator of `N/D`.
    fn add_to_sum(&mut self, place: CellRef, number: Option<f64>) {
        let sum = self.sums.entry(place.column).or_default();
        match number {
            Some(_) if sum.row == Some(place.row) => {}
            Some(number) => {
                sum.row = Some(place.row);
                sum.largest = sum.largest.max(number);
                sum.all += number;
                sum.count += 1;
                sum.last = number;
            }
            None => sum.is_incomplete = true,
        }
    }

    /// Compares a row of sums with ours: of the whole table so far, or since some such row before.
    fn check_totals(&mut self, row: u32, total: TotalSort) {
        let table = self.table;
        let Some(cells) = table.sheet.row(row).filter(|_| !self.are_sums_unclear) else { return };
        let has_months_down = table.heading.has_months_down();
        let mut doubts = Vec::new();
        for (column, sum) in &mut self.sums {
            let dot = dot_of(cells.get(*column).into_iter());
            let theirs = super::cells::number::read(cells.get(*column), dot).ok().flatten().map(|number| number.value);
            let with_comma = || achievements::sum_of(cells.get(*column));
            let theirs = if self.comma_columns.contains(column) { with_comma().or(theirs) } else { theirs };
            let differs = |ours: f64, theirs: f64| (ours - theirs).abs() > SUM_TOLERANCE * ours.abs().max(1.0);
            // A mean is shown rounded.
            let differs = |ours: f64, theirs: f64| {
                differs(ours, theirs) && (total == TotalSort::Sum || (ours - theirs).abs() > MEAN_TOLERANCE)
            };
            let candidates = sum.candidates(total, has_months_down);
            if let Some(theirs) = theirs
                && !sum.is_incomplete
                && candidates.iter().all(|ours| differs(*ours, theirs))
            {
                let place = CellRef { row, column: *column };
                doubts.push(Disagreement { place, theirs, ours: candidates[0], largest: sum.largest });
            }
            if sum.marks.len() < Sum::MARKS_MAX && sum.marks.last().is_none_or(|last| differs(*last, sum.all)) {
                sum.marks.push(sum.all);
            }
        }
        if total == TotalSort::Sum && self.is_contradicted_by(&doubts) {
            return;
        }
        for Disagreement { place, theirs, ours, .. } in doubts {
            self.warn_total(place, theirs, ours);
        }
    }

    fn warn_total(&mut self, place: CellRef, theirs: f64, ours: f64) {
        use crate::domain::format::count;
        let message = format!(
            "jumlah tertulis {}, hasil hitung ulang dari barisnya {}; yang dipakai hasil hitung ulang",
            count(theirs),
            count(ours)
        );
        self.warn(place, IssueCode::TotalDiffers, message);
    }

    fn finish(mut self, rows: Rows, services: Vec<String>) -> (Recap, Vec<Issue>) {
        self.tell_assumed();
        self.tell_often();
        self.issues.sort_by_key(|(place, issue)| (*place, issue.code));
        let recap = Recap {
            sheet: self.table.sheet.name.clone(),
            received: self.table.received,
            due_months: self.due_months,
            services,
            rows,
            accumulated: self.accumulated,
            rows_seen: self.rows_seen,
            rows_rejected: self.rows_rejected,
        };
        (recap, self.issues.into_iter().map(|(_, issue)| issue).collect())
    }
}
