//! The records of the log as rows of their tables: columns out and in, keys, which field wins, and how a row is
//! shown. Achievements, which may be ten million, have a place of their own.

use rusqlite::types::{Null, ToSqlOutput};

use super::StoreError;
use super::codec::{Columns, day, visit_number, word};
use super::tables::with_record;
use crate::domain::facts::LokminSort;
use crate::domain::format;
use crate::domain::name::plain_words;
use crate::domain::records::{ChangeRow, DecreeRecord, Field, FollowUpRow, LokminRow, ReportRow, SlotRow, VisitRow};
use crate::domain::{ChangeApproval, CoachingIndicator, Date, Month, Table, VisitDate};

/// SQL table of achievements, which are no [`Stored`] record.
pub(super) const ACHIEVEMENT_ROWS: &str = "achievement_rows";

/// Facility, service indicator or Puskesmas that a row is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum RowSubject<'a> {
    /// A facility, by the register's name.
    Facility(&'a str),
    /// A service indicator, by its code.
    Service(&'a str),
    Puskesmas,
}

/// Key of a row within its subject: a day or month, and a text in its normal form.
pub(super) type RowKey = (i64, String);

/// A record of the log with a table of its own.
pub(super) trait Stored: Sized {
    /// Table of the workbooks whose rows these are.
    const TABLE: Table;
    /// Name of the SQL table.
    const SQL_TABLE: &'static str;
    /// Columns after recap_id, ord, subject_id and cells.
    const COLUMNS: &'static [&'static str];

    /// Returns the facility, service indicator or Puskesmas that the row is about.
    fn subject(&self) -> RowSubject<'_>;
    /// Its columns, in their order.
    fn values(&self) -> Vec<Bound<'_>>;
    /// The inverse of `values`; names that stand in the subject stay blank.
    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError>;
    /// Its key within the subject.
    fn key(&self) -> RowKey;
    /// Takes over what a later row of the same key says; blank says nothing.
    fn overlay(&mut self, later: Self);
    /// Fields that are not blank, as pages show them.
    fn field_texts(&self) -> Vec<(Field, String)>;
    /// Returns the words that distinguish the row within its subject, for people; blank where the subject says it all.
    fn describe(&self) -> String;
}

/// Name of the SQL table that holds the rows of a table of the workbooks.
pub(super) fn sql_table(table: Table) -> &'static str {
    with_record!(table, Record => Record::SQL_TABLE, achievements => ACHIEVEMENT_ROWS)
}

/// Takes over a field that is not blank.
pub(super) fn keep<T>(field: &mut Option<T>, later: Option<T>) {
    if later.is_some() {
        *field = later;
    }
}

/// A value on its way into a column; text is borrowed.
pub(super) type Bound<'v> = ToSqlOutput<'v>;

/// Returns the value that a column holds for a field which says nothing.
pub(super) fn blank() -> Bound<'static> {
    Bound::from(Null)
}

pub(super) fn text(value: &str) -> Bound<'_> {
    Bound::from(value)
}

pub(super) fn text_or_blank(value: Option<&String>) -> Bound<'_> {
    value.map_or_else(|| Bound::from(Null), |value| text(value))
}

pub(super) fn date_or_blank(value: Option<Date>) -> Bound<'static> {
    value.map_or_else(blank, |date| Bound::from(day(date)))
}

pub(super) fn truth_or_blank(value: Option<bool>) -> Bound<'static> {
    value.map_or_else(blank, |truth| Bound::from(i64::from(truth)))
}

pub(super) fn month_value(month: Month) -> Bound<'static> {
    Bound::from(month_number(month))
}

pub(super) fn number_or_blank(value: Option<f64>) -> Bound<'static> {
    value.map_or_else(blank, Bound::from)
}

fn month_number(month: Month) -> i64 {
    i64::from(month.number())
}

/// Returns the word by which pages show a truth value.
pub(super) fn yes_no(value: bool) -> String {
    if value { "Ada" } else { "Tidak" }.to_owned()
}

/// Stable code of a sort of meeting.
pub(super) fn sort_code(sort: LokminSort) -> &'static str {
    match sort {
        LokminSort::Monthly => "monthly",
        LokminSort::Quarterly => "quarterly",
    }
}

/// The inverse of [`sort_code`].
pub(super) fn sort_from_code(code: &str) -> Option<LokminSort> {
    [LokminSort::Monthly, LokminSort::Quarterly].into_iter().find(|sort| sort_code(*sort) == code)
}

impl Stored for DecreeRecord {
    const TABLE: Table = Table::Decree;
    const SQL_TABLE: &'static str = "decree_rows";
    const COLUMNS: &'static [&'static str] = &["indicator", "target", "weight"];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Puskesmas
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![text(self.indicator.code()), number_or_blank(self.target), number_or_blank(self.weight)]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        let indicator = word(&columns.get::<String>()?, CoachingIndicator::from_code)?;
        Ok(Self { indicator, target: columns.get()?, weight: columns.get()? })
    }

    fn key(&self) -> RowKey {
        (0, self.indicator.code().to_owned())
    }

    fn overlay(&mut self, later: Self) {
        keep(&mut self.target, later.target);
        keep(&mut self.weight, later.weight);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        let target = self.target.map(|target| format!("target {}", format::count(target)));
        let weight = self.weight.map(|weight| format!("bobot {}", format::count(weight)));
        vec![(Field::Attributes, [target, weight].into_iter().flatten().collect::<Vec<_>>().join(", "))]
    }

    fn describe(&self) -> String {
        self.indicator.code().to_owned()
    }
}

impl Stored for SlotRow {
    const TABLE: Table = Table::Schedule;
    const SQL_TABLE: &'static str = "slot_rows";
    const COLUMNS: &'static [&'static str] = &["month", "person"];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Facility(&self.facility)
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![month_value(self.month), text_or_blank(self.person.as_ref())]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self { facility: String::new(), month: columns.month()?, person: columns.get()? })
    }

    fn key(&self) -> RowKey {
        (month_number(self.month), String::new())
    }

    fn overlay(&mut self, later: Self) {
        keep(&mut self.person, later.person);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        let person = self.person.clone().map(|person| (Field::Person, person));
        [(Field::Month, format::month(self.month))].into_iter().chain(person).collect()
    }

    fn describe(&self) -> String {
        format::month(self.month)
    }
}

impl Stored for ChangeRow {
    const TABLE: Table = Table::ScheduleChanges;
    const SQL_TABLE: &'static str = "change_rows";
    const COLUMNS: &'static [&'static str] = &["named", "moved_to", "reason", "letter_number", "approver"];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Facility(&self.facility)
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![
            month_value(self.named),
            self.moved_to.map_or_else(blank, month_value),
            text_or_blank(self.reason.as_ref()),
            text_or_blank(self.approval.number.as_ref()),
            text_or_blank(self.approval.approver.as_ref()),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            facility: String::new(),
            named: columns.month()?,
            moved_to: columns.month_or_blank()?,
            reason: columns.get()?,
            approval: ChangeApproval { number: columns.get()?, approver: columns.get()? },
        })
    }

    fn key(&self) -> RowKey {
        (month_number(self.named), String::new())
    }

    /// No new month is a cancellation and not a blank.
    fn overlay(&mut self, later: Self) {
        self.moved_to = later.moved_to;
        keep(&mut self.reason, later.reason);
        self.approval = later.approval.or(&self.approval);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        let moved_to = self.moved_to.map_or_else(|| "Dibatalkan".to_owned(), format::month);
        let fields = [
            (Field::Month, Some(format::month(self.named))),
            (Field::MovedTo, Some(moved_to)),
            (Field::Reason, self.reason.clone()),
            (Field::LetterNumber, self.approval.number.clone()),
            (Field::Approver, self.approval.approver.clone()),
        ];
        fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
    }

    fn describe(&self) -> String {
        format::month(self.named)
    }
}

impl Stored for VisitRow {
    const TABLE: Table = Table::Visits;
    const SQL_TABLE: &'static str = "visit_rows";
    const COLUMNS: &'static [&'static str] = &[
        "day",
        "month",
        "form",
        "coach",
        "points",
        "maximum",
        "attendance_list",
        "minutes",
        "photos",
        "aspect",
        "finding",
    ];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Facility(&self.facility)
    }

    fn values(&self) -> Vec<Bound<'_>> {
        let month = match self.date {
            VisitDate::Day(_) => blank(),
            VisitDate::Month(month) => month_value(month),
        };
        vec![
            date_or_blank(self.date.day()),
            month,
            text(&self.form),
            text_or_blank(self.coach.as_ref()),
            number_or_blank(self.points),
            number_or_blank(self.maximum),
            truth_or_blank(self.attendance_list),
            truth_or_blank(self.minutes),
            truth_or_blank(self.photos),
            text_or_blank(self.aspect.as_ref()),
            text_or_blank(self.finding.as_ref()),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            facility: String::new(),
            date: columns.visit_date()?,
            form: columns.get()?,
            coach: columns.get()?,
            points: columns.get()?,
            maximum: columns.get()?,
            attendance_list: columns.truth_or_blank()?,
            minutes: columns.truth_or_blank()?,
            photos: columns.truth_or_blank()?,
            aspect: columns.get()?,
            finding: columns.get()?,
        })
    }

    fn key(&self) -> RowKey {
        (visit_number(self.date), plain_words(&self.form))
    }

    fn overlay(&mut self, later: Self) {
        self.form = later.form;
        keep(&mut self.coach, later.coach);
        keep(&mut self.points, later.points);
        keep(&mut self.maximum, later.maximum);
        keep(&mut self.attendance_list, later.attendance_list);
        keep(&mut self.minutes, later.minutes);
        keep(&mut self.photos, later.photos);
        keep(&mut self.aspect, later.aspect);
        keep(&mut self.finding, later.finding);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        let form = Some(self.form.clone()).filter(|form| !form.is_empty());
        let fields = [
            (Field::Date, Some(format::visit_date(self.date))),
            (Field::Form, form),
            (Field::Person, self.coach.clone()),
            (Field::Points, self.points.map(format::count)),
            (Field::Maximum, self.maximum.map(format::count)),
            (Field::AttendanceList, self.attendance_list.map(yes_no)),
            (Field::Minutes, self.minutes.map(yes_no)),
            (Field::Photos, self.photos.map(yes_no)),
            (Field::Aspect, self.aspect.clone()),
            (Field::Finding, self.finding.clone()),
        ];
        fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
    }

    fn describe(&self) -> String {
        let form = if self.form.is_empty() { "bentuk kegiatan kosong" } else { &self.form };
        format!("{}, {form}", format::visit_date(self.date))
    }
}

impl Stored for FollowUpRow {
    const TABLE: Table = Table::FollowUps;
    const SQL_TABLE: &'static str = "follow_up_rows";
    const COLUMNS: &'static [&'static str] = &["visit_day", "item", "owner", "due_day", "done_day"];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Facility(&self.facility)
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![
            Bound::from(day(self.visit_date)),
            text(&self.item),
            text_or_blank(self.owner.as_ref()),
            Bound::from(day(self.due)),
            date_or_blank(self.done),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            facility: String::new(),
            visit_date: columns.date()?,
            item: columns.get()?,
            owner: columns.get()?,
            due: columns.date()?,
            done: columns.date_or_blank()?,
        })
    }

    fn key(&self) -> RowKey {
        (day(self.visit_date), plain_words(&self.item))
    }

    fn overlay(&mut self, later: Self) {
        self.item = later.item;
        self.due = later.due;
        keep(&mut self.owner, later.owner);
        keep(&mut self.done, later.done);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        let fields = [
            (Field::Date, Some(format::date(self.visit_date))),
            (Field::Item, Some(self.item.clone())),
            (Field::Person, self.owner.clone()),
            (Field::Due, Some(format::date(self.due))),
            (Field::Done, self.done.map(format::date)),
        ];
        fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
    }

    fn describe(&self) -> String {
        format!("{}, {}", format::date(self.visit_date), self.item)
    }
}

impl Stored for LokminRow {
    const TABLE: Table = Table::Lokmin;
    const SQL_TABLE: &'static str = "lokmin_rows";
    const COLUMNS: &'static [&'static str] = &["month", "kind", "invited", "attended"];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Facility(&self.facility)
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![
            month_value(self.month),
            text(sort_code(self.sort)),
            truth_or_blank(self.invited),
            truth_or_blank(self.attended),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            facility: String::new(),
            month: columns.month()?,
            sort: word(&columns.get::<String>()?, sort_from_code)?,
            invited: columns.truth_or_blank()?,
            attended: columns.truth_or_blank()?,
        })
    }

    fn key(&self) -> RowKey {
        (month_number(self.month), sort_code(self.sort).to_owned())
    }

    fn overlay(&mut self, later: Self) {
        keep(&mut self.invited, later.invited);
        keep(&mut self.attended, later.attended);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        let fields = [(Field::Invited, self.invited.map(yes_no)), (Field::Attended, self.attended.map(yes_no))];
        fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
    }

    fn describe(&self) -> String {
        format!("lokmin {} {}", self.sort.label().to_lowercase(), format::month(self.month))
    }
}

impl Stored for ReportRow {
    const TABLE: Table = Table::MonthlyReports;
    const SQL_TABLE: &'static str = "report_rows";
    const COLUMNS: &'static [&'static str] = &["month", "received_day", "complete", "in_time"];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Facility(&self.facility)
    }

    fn values(&self) -> Vec<Bound<'_>> {
        let ticks = self.received.ticks();
        vec![
            month_value(self.month),
            date_or_blank(self.received.day()),
            truth_or_blank(ticks.complete),
            truth_or_blank(ticks.in_time),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self { facility: String::new(), month: columns.month()?, received: columns.receipt()? })
    }

    fn key(&self) -> RowKey {
        (month_number(self.month), String::new())
    }

    fn overlay(&mut self, later: Self) {
        self.received = self.received.then(later.received);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        let ticks = self.received.ticks();
        let fields = [
            (Field::Month, Some(format::month(self.month))),
            (Field::ReceivedOn, self.received.day().map(format::date)),
            (Field::Complete, ticks.complete.map(|complete| format::yes_no(complete).to_owned())),
            (Field::InTime, ticks.in_time.map(|in_time| format::yes_no(in_time).to_owned())),
        ];
        fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
    }

    fn describe(&self) -> String {
        format!("laporan {}", format::month(self.month))
    }
}
