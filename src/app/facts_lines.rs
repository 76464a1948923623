//! Every fact that counts, one a line, with the cell that it came from: JSON lines or CSV. The shape stands here
//! alone; the command line prints it and the API sends it, both piece by piece. Prints nothing itself.

use std::collections::VecDeque;
use std::io::{self, Write};

use serde_json::Value;

use super::evaluation_json::Ordered;
use super::{App, AppError};
use crate::analytics::{DecreesByYear, report_due};
use crate::domain::exact::Decimal;
use crate::domain::facility::LicencePaper;
use crate::domain::facts::{LokminSort, MonthlyReport};
use crate::domain::instrument::ItemAnswer;
use crate::domain::own_indicator::{OwnAggregation, OwnAim, OwnMeasure};
use crate::domain::{Aggregation, Coordinates, Date, Direction, FacilityGroup, Facts, Month, Table, format};
use crate::store::CountedFacts;

/// Bytes of a piece, about: what is held of the lines at once.
const PIECE_BYTES: usize = 64 << 10;

/// The columns of the CSV: those of all tables.
const COLUMNS: [&str; 69] = [
    "table",
    "puskesmas",
    "facility",
    "name",
    "kind",
    "group",
    "structures",
    "address",
    "village",
    "person_in_charge",
    "owes_reports",
    "active_from",
    "active_until",
    "agreement_number",
    "agreement_until",
    "licence_number",
    "licence_until",
    "latitude",
    "longitude",
    "code",
    "indicator",
    "year",
    "target",
    "weight",
    "direction",
    "aggregation",
    "applies_to",
    "date",
    "month",
    "from",
    "to",
    "cancelled",
    "reason",
    "person",
    "form",
    "coach",
    "points",
    "maximum",
    "attendance_list",
    "minutes",
    "photos",
    "aspect",
    "finding",
    "visit",
    "item",
    "owner",
    "due",
    "done",
    "instrument",
    "critical",
    "answered",
    "applicable",
    "note",
    "sort",
    "invited",
    "attended",
    "received",
    "complete",
    "in_time",
    "numerator",
    "denominator",
    "cumulative",
    "set",
    "measure",
    "figure",
    "in_force",
    "file",
    "sheet",
    "cell",
];

/// Format of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineForm {
    /// One JSON object a line.
    Json,
    /// CSV with commas and decimal points, for programs.
    Csv,
    /// CSV as an Indonesian Excel opens it: semicolons, decimal commas, a byte-order mark.
    SpreadsheetCsv,
}

/// Lines still to be written.
#[derive(Debug)]
pub struct FactLines {
    form: LineForm,
    /// The file whose facts are wanted, in lower case; `None` for all.
    file: Option<String>,
    waiting: VecDeque<String>,
    /// The facts of the Puskesmas under way, and the next place in them.
    current: Option<(CountedFacts, FactPosition)>,
    has_begun: bool,
}

/// A place in the lists of some facts, in the order in which they are written.
#[derive(Clone, Copy, Debug, Default)]
struct FactPosition {
    /// Index in [`TABLES`].
    table: usize,
    /// Place in the list of that table.
    index: usize,
}

/// A table, under the name that lines give it.
#[derive(Clone, Copy)]
struct NamedTable {
    table: Table,
    name: &'static str,
}

/// Tables in the order in which they are written.
const TABLES: [NamedTable; 13] = [
    NamedTable { table: Table::Facilities, name: "facilities" },
    NamedTable { table: Table::ServiceIndicators, name: "services" },
    NamedTable { table: Table::Decree, name: "decree" },
    NamedTable { table: Table::Schedule, name: "slots" },
    NamedTable { table: Table::ScheduleChanges, name: "changes" },
    NamedTable { table: Table::Visits, name: "visits" },
    NamedTable { table: Table::FollowUps, name: "follow_ups" },
    NamedTable { table: Table::ChecklistItems, name: "checklist_items" },
    NamedTable { table: Table::Lokmin, name: "lokmin" },
    NamedTable { table: Table::MonthlyReports, name: "reports" },
    NamedTable { table: Table::Achievements, name: "achievements" },
    NamedTable { table: Table::OwnIndicators, name: "own_indicators" },
    NamedTable { table: Table::OwnAchievements, name: "own_achievements" },
];

impl App {
    /// The facts that count of one Puskesmas or of all, of one file or of all.
    pub fn fact_lines(
        &self,
        puskesmas: Option<&str>,
        file: Option<&str>,
        form: LineForm,
    ) -> Result<FactLines, AppError> {
        let waiting = match puskesmas {
            Some(asked) => vec![self.resolve_puskesmas(Some(asked))?],
            None => self.store().puskesmas()?,
        };
        let file = file.map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase());
        Ok(FactLines { form, file, waiting: waiting.into(), current: None, has_begun: false })
    }
}

impl FactLines {
    /// The next lines, a bounded number of them; `None` where all are written. Blocking.
    pub fn next_piece(&mut self, app: &App) -> Result<Option<Vec<u8>>, AppError> {
        let mut piece = Vec::new();
        if !self.has_begun {
            self.has_begun = true;
            head(self.form, &mut piece);
        }
        let definitions = app.definitions();
        while piece.len() < PIECE_BYTES {
            if self.current.is_none() {
                let Some(name) = self.waiting.pop_front() else { break };
                self.current = Some((app.store().counted_facts(&name)?, FactPosition::default()));
            }
            let Some((counted, at)) = &mut self.current else { break };
            let mut decrees = DecreesByYear::new(counted.facts(), &definitions.decree.book);
            let mut is_at_end = false;
            while piece.len() < PIECE_BYTES && !is_at_end {
                match at.next(counted.facts()) {
                    Some((table, index)) => {
                        if let Some(mut line) = line(counted, table, index, self.file.as_deref()) {
                            if table.table == Table::MonthlyReports {
                                add_ticks(&mut line, counted.facts().reports[index], &mut decrees);
                            }
                            write(self.form, &line, &mut piece).map_err(|source| failed(app, source))?;
                        }
                    }
                    None => is_at_end = true,
                }
            }
            if is_at_end {
                self.current = None;
            }
        }
        Ok(Some(piece).filter(|piece| !piece.is_empty()))
    }
}

fn failed(app: &App, source: io::Error) -> AppError {
    AppError::Folder { path: app.data().to_owned(), source }
}

impl FactPosition {
    /// This place, where a fact stands there or behind it; goes on behind it.
    fn next(&mut self, facts: &Facts) -> Option<(NamedTable, usize)> {
        while let Some(table) = TABLES.get(self.table) {
            if self.index < len(facts, table.table) {
                self.index += 1;
                return Some((*table, self.index - 1));
            }
            *self = Self { table: self.table + 1, index: 0 };
        }
        None
    }
}

fn len(facts: &Facts, table: Table) -> usize {
    match table {
        Table::Facilities => facts.facilities.len(),
        Table::ServiceIndicators => facts.services.iter().map(|service| service.definitions.len()).sum(),
        Table::Decree => facts.decree_rows.len(),
        Table::Schedule => facts.slots.len(),
        Table::ScheduleChanges => facts.changes.len(),
        Table::Visits => facts.visits.len(),
        Table::FollowUps => facts.follow_ups.len(),
        Table::ChecklistItems => facts.checklist_items.len(),
        Table::Lokmin => facts.lokmin.len(),
        Table::MonthlyReports => facts.reports.len(),
        Table::Achievements => facts.achievements.month.len(),
        Table::OwnIndicators => facts.written.own_indicators.len(),
        Table::OwnAchievements => facts.written.own_achievements.len(),
        _ => 0,
    }
}

/// Names and values of one line, in order.
type FactLine = Vec<(String, Value)>;

/// The line of one fact; `None` where another file is wanted.
fn line(counted: &CountedFacts, named: NamedTable, index: usize, only: Option<&str>) -> Option<FactLine> {
    let NamedTable { table, name } = named;
    let place = counted.place(table, index);
    if only.is_some_and(|only| place.as_ref().is_none_or(|place| place.file.to_lowercase() != only)) {
        return None;
    }
    let facts = counted.facts();
    let puskesmas = facts.puskesmas.first().map(|puskesmas| puskesmas.name.as_str());
    let mut line = vec![field("table", name), field("puskesmas", puskesmas)];
    line.extend(match table {
        Table::Facilities => facility(facts, index),
        Table::ServiceIndicators => service(facts, index)?,
        Table::Decree => decree(facts, index),
        Table::Schedule | Table::ScheduleChanges => planned(facts, table, index),
        Table::Visits => visit(facts, index),
        Table::FollowUps => follow_up(facts, index),
        Table::ChecklistItems => checklist_item(facts, index),
        Table::Lokmin | Table::MonthlyReports => monthly(facts, table, index),
        Table::OwnIndicators => own_indicator(facts, index),
        Table::OwnAchievements => own_achievement(facts, index),
        _ => achievement(facts, index),
    });
    let file = place.as_ref().map(|place| place.file);
    let sheet = place.as_ref().map(|place| place.sheet);
    line.extend([
        field("file", file),
        field("sheet", sheet),
        field("cell", place.as_ref().and_then(|p| p.cell.clone())),
    ]);
    Some(line)
}

fn field(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.to_owned(), value.into())
}

fn facility_name(facts: &Facts, facility: u32) -> (String, Value) {
    field("facility", facts.facilities.get(facility as usize).map(|facility| facility.name.as_str()))
}

fn month(month: Month) -> String {
    month.to_string()
}

fn date(date: Date) -> String {
    date.to_string()
}

/// A text, or null where it is blank.
fn text(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn facility(facts: &Facts, index: usize) -> FactLine {
    let held = &facts.facilities[index];
    let structures: Vec<&str> = held.structures.iter().map(|structure| structure.label()).collect();
    let number = |paper: &Option<LicencePaper>| paper.as_ref().and_then(|paper| paper.number.clone());
    let until = |paper: &Option<LicencePaper>| paper.as_ref().and_then(|paper| paper.valid_until).map(date);
    vec![
        field("facility", held.name.as_str()),
        field("name", held.name.as_str()),
        field("kind", text(&held.kind)),
        field("group", held.group.map(FacilityGroup::label)),
        field("structures", structures),
        field("address", held.address.clone()),
        field("village", held.village.clone()),
        field("person_in_charge", held.person_in_charge.clone()),
        field("owes_reports", held.owes_reports),
        field("active_from", month(held.active_from)),
        field("active_until", held.active_until.map(month)),
        field("agreement_number", number(&held.agreement)),
        field("agreement_until", until(&held.agreement)),
        field("licence_number", number(&held.licence)),
        field("licence_until", until(&held.licence)),
        field("latitude", held.coordinates.map(Coordinates::latitude)),
        field("longitude", held.coordinates.map(Coordinates::longitude)),
    ]
}

fn service(facts: &Facts, index: usize) -> Option<FactLine> {
    let definitions = facts.services.iter().flat_map(|service| &service.definitions);
    let (year, _, held) = definitions.into_iter().nth(index)?;
    let direction = match held.direction {
        Direction::HigherIsBetter => "higher",
        Direction::LowerIsBetter => "lower",
    };
    let aggregation = match held.aggregation {
        Aggregation::Sum => "sum",
        Aggregation::Cumulative => "cumulative",
        Aggregation::Last => "last",
    };
    Some(vec![
        field("year", *year),
        field("code", held.code.as_str()),
        field("name", held.name.as_str()),
        field("target", held.target),
        field("weight", held.weight),
        field("direction", direction),
        field("aggregation", aggregation),
        field("applies_to", held.applies_to.names().to_vec()),
    ])
}

fn decree(facts: &Facts, index: usize) -> FactLine {
    let held = &facts.decree_rows[index];
    vec![
        field("year", held.year),
        field("indicator", held.indicator.code()),
        field("name", held.indicator.name()),
        field("target", held.target),
        field("weight", held.weight),
    ]
}

fn planned(facts: &Facts, table: Table, index: usize) -> FactLine {
    if table == Table::Schedule {
        let held = &facts.slots[index];
        return vec![
            facility_name(facts, held.facility),
            field("month", month(held.month)),
            field("person", held.person.clone()),
        ];
    }
    let held = &facts.changes[index];
    vec![
        facility_name(facts, held.facility),
        field("from", month(held.named)),
        field("to", held.moved_to.map(month)),
        field("cancelled", held.moved_to.is_none()),
        field("reason", held.reason.clone()),
        field("letter_number", held.approval.number.clone()),
        field("approver", held.approval.approver.clone()),
    ]
}

fn visit(facts: &Facts, index: usize) -> FactLine {
    let held = &facts.visits[index];
    vec![
        facility_name(facts, held.facility),
        field("date", held.date.day().map(date)),
        field("month", month(held.date.month())),
        field("form", text(&held.form)),
        field("coach", held.coach.clone()),
        field("points", held.points),
        field("maximum", held.maximum),
        field("attendance_list", held.attendance_list),
        field("minutes", held.minutes),
        field("photos", held.photos),
        field("aspect", held.aspect.clone()),
        field("finding", held.finding.clone()),
    ]
}

fn follow_up(facts: &Facts, index: usize) -> FactLine {
    let held = &facts.follow_ups[index];
    vec![
        facility_name(facts, held.facility),
        field("visit", date(held.visit_date)),
        field("item", held.item.as_str()),
        field("owner", held.owner.clone()),
        field("due", date(held.due)),
        field("done", held.done.map(date)),
    ]
}

fn checklist_item(facts: &Facts, index: usize) -> FactLine {
    let held = &facts.checklist_items[index];
    let points = match held.answer {
        Some(ItemAnswer::Points(points)) => Some(points),
        _ => None,
    };
    vec![
        facility_name(facts, held.facility),
        field("date", date(held.date)),
        field("month", month(Month::from_date(held.date))),
        field("form", text(&held.form)),
        field("coach", held.coach.clone()),
        field("instrument", held.instrument.as_str()),
        field("code", held.code.as_str()),
        field("item", held.text.as_str()),
        field("aspect", held.aspect.as_str()),
        field("critical", held.is_critical),
        field("answered", held.answer.is_some()),
        field("applicable", held.answer.map(|answer| answer != ItemAnswer::NotApplicable)),
        field("points", points),
        field("maximum", held.maximum),
        field("note", held.note.clone()),
    ]
}

fn monthly(facts: &Facts, table: Table, index: usize) -> FactLine {
    if table == Table::MonthlyReports {
        let held = facts.reports[index];
        return vec![
            facility_name(facts, held.facility),
            field("month", month(held.month)),
            field("received", held.received.day().map(date)),
        ];
    }
    let held = facts.lokmin[index];
    let sort = match held.sort {
        LokminSort::Monthly => "monthly",
        LokminSort::Quarterly => "quarterly",
    };
    vec![
        facility_name(facts, held.facility),
        field("month", month(held.month)),
        field("sort", sort),
        field("invited", held.invited),
        field("attended", held.attended),
    ]
}

/// Adds behind the day of a report whether it came and whether it did so by its due day, which the decree says.
fn add_ticks(line: &mut FactLine, report: MonthlyReport, decrees: &mut DecreesByYear<'_>) {
    let due_month = report.month.plus(1);
    let due = report_due(due_month, decrees.of_facility(report.facility, due_month.year()));
    let place = line.iter().position(|(name, _)| name == "received").map_or(line.len(), |place| place + 1);
    let ticks = [field("complete", report.received.has_come()), field("in_time", report.received.is_in_time(due))];
    line.splice(place..place, ticks);
}

fn achievement(facts: &Facts, index: usize) -> FactLine {
    let held = &facts.achievements;
    let service = facts.services.get(held.service[index] as usize).map(|service| service.code.as_str());
    vec![
        facility_name(facts, held.facility[index]),
        field("indicator", service),
        field("month", month(Month::from_number(held.month[index]))),
        field("numerator", held.numerator[index]),
        field("denominator", held.denominator[index]),
        field("cumulative", held.accumulated.get(&index).copied()),
    ]
}

fn own_indicator(facts: &Facts, index: usize) -> FactLine {
    let held = &facts.written.own_indicators[index].row;
    let aim = held.direction.as_deref().and_then(OwnAim::from_label).unwrap_or(OwnAim::Higher);
    let direction = match aim {
        OwnAim::Higher => "higher",
        OwnAim::Lower => "lower",
        OwnAim::Counted => "counted",
    };
    let aggregation = held.aggregation.as_deref().and_then(OwnAggregation::from_label).unwrap_or(OwnAggregation::Sum);
    let aggregation = match aggregation {
        OwnAggregation::Sum => "sum",
        OwnAggregation::Cumulative => "cumulative",
        OwnAggregation::Last => "last",
    };
    let measure = held.measure.as_deref().and_then(OwnMeasure::from_label).unwrap_or(OwnMeasure::Percent);
    vec![
        field("year", held.year),
        field("code", held.code.as_str()),
        field("name", held.name.as_str()),
        field("target", held.target.as_ref().map(Decimal::to_number)),
        field("direction", direction),
        field("aggregation", aggregation),
        field("set", held.set.as_deref()),
        field("measure", measure.label()),
        field("in_force", held.is_in_force()),
    ]
}

fn own_achievement(facts: &Facts, index: usize) -> FactLine {
    let held = &facts.written.own_achievements[index].row;
    let number = |digits: &Option<Decimal>| digits.as_ref().map(Decimal::to_number);
    vec![
        field("indicator", held.code.as_str()),
        field("month", month(held.month.last_month())),
        field("numerator", number(&held.numerator)),
        field("denominator", number(&held.denominator)),
        field("cumulative", number(&held.accumulated)),
        field("figure", number(&held.figure)),
    ]
}

/// Writes the line of headings; JSON has none.
fn head(form: LineForm, out: &mut Vec<u8>) {
    let (start, delimiter, end) = match form {
        LineForm::Json => return,
        LineForm::Csv => ("", ",", "\n"),
        LineForm::SpreadsheetCsv => ("\u{feff}", ";", "\r\n"),
    };
    out.extend_from_slice(format!("{start}{}{end}", COLUMNS.join(delimiter)).as_bytes());
}

fn write(form: LineForm, line: &FactLine, out: &mut Vec<u8>) -> io::Result<()> {
    if form == LineForm::Json {
        serde_json::to_writer(&mut *out, &Ordered(line.clone()))?;
        return out.write_all(b"\n");
    }
    let mut builder = csv::WriterBuilder::new();
    if form == LineForm::SpreadsheetCsv {
        builder.delimiter(b';').terminator(csv::Terminator::CRLF);
    }
    let cell = |column: &&str| {
        let value = line.iter().find(|(name, _)| name == column).map_or(&Value::Null, |(_, value)| value);
        csv_text(form, value)
    };
    let mut writer = builder.from_writer(out);
    writer.write_record(COLUMNS.iter().map(cell)).map_err(io::Error::other)?;
    writer.flush()
}

/// A value as text of a CSV field; words that a spreadsheet would run as a formula are disarmed.
fn csv_text(form: LineForm, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => format::spreadsheet_text(text),
        Value::Array(list) => {
            let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            format::spreadsheet_text(&words.join(", "))
        }
        Value::Number(number) if form == LineForm::SpreadsheetCsv => plain(number).replace('.', ","),
        Value::Number(number) => plain(number),
        other => other.to_string(),
    }
}

/// A number without the `.0` of a whole one.
fn plain(number: &serde_json::Number) -> String {
    number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string())
}
