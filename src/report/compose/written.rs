//! Tables of rows that people wrote beside the figures: problems with their causes, decisions of lokmin, the district's
//! coaching. Printed as they were written; nothing here finds a cause of its own.

use super::described;
use crate::dashboard::PageContext;
use crate::domain::district_items::CoachingItems;
use crate::domain::lokmin::is_lokmin;
use crate::domain::records::Field;
use crate::domain::written::{Decision, DistrictFollowUp, DistrictVisit, Owned, Problem, cluster_of};
use crate::domain::{Date, Month, Table, format};
use crate::report::Letter;
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, RowHeight};

/// Rows of this paper's Puskesmas.
fn of_puskesmas<'a, T>(context: &PageContext<'_>, rows: &'a [Owned<T>]) -> impl Iterator<Item = &'a T> {
    let puskesmas = context.subject.puskesmas;
    rows.iter().filter(move |row| row.puskesmas == puskesmas).map(|row| &row.row)
}

fn words(text: Option<&String>) -> PaperCell {
    PaperCell::words(text.map(String::as_str).unwrap_or_default())
}

fn day(date: Option<Date>) -> PaperCell {
    date.map_or(PaperCell::Blank, PaperCell::Date)
}

/// A date that the as-of day has not reached says nothing yet.
pub(super) fn reached(date: Option<Date>, as_of: Date) -> Option<Date> {
    date.filter(|date| *date <= as_of)
}

/// Problems of periods that lie in the paper's and had begun by its day.
pub(super) fn problems<'a>(context: &'a PageContext<'_>) -> Vec<&'a Problem> {
    let period = context.subject.period;
    let as_of = context.subject.as_of;
    let is_within = |row: &&Problem| {
        period.contains(row.period.first_month())
            && period.contains(row.period.last_month())
            && row.period.first_month().has_begun(as_of)
    };
    of_puskesmas(context, &context.evaluator.facts().written.problems).filter(is_within).collect()
}

/// A row of the table of problems: name, problem, cause, agreed, owner, due, proof.
pub(super) fn problem_row(context: &PageContext<'_>, row: &Problem) -> Vec<PaperCell> {
    let done = reached(row.done, context.subject.as_of).map(|date| format!("selesai {}", format::date(date)));
    let proof: Vec<String> = row.proof.clone().into_iter().chain(done).collect();
    vec![
        PaperCell::words(row.facility.as_deref().unwrap_or(context.puskesmas_name())),
        PaperCell::words(&row.problem),
        words(row.cause.as_ref()),
        words(row.agreed.as_ref()),
        words(row.owner.as_ref()),
        day(row.due),
        PaperCell::words(&proof.join("; ")),
    ]
}

/// Decisions made by the paper's day, by date.
pub(super) fn decisions<'a>(context: &'a PageContext<'_>) -> Vec<&'a Decision> {
    let as_of = context.subject.as_of;
    of_puskesmas(context, &context.evaluator.facts().written.decisions).filter(|row| row.date <= as_of).collect()
}

/// The decisions of the last meeting, and older ones that are still open, with what became of them.
pub(super) fn last_decisions(context: &PageContext<'_>) -> Block {
    let as_of = context.subject.as_of;
    let all: Vec<&Decision> = decisions(context).into_iter().filter(|row| is_lokmin(row.meeting.as_deref())).collect();
    let last = all.last().map(|row| row.date);
    let shown = all.iter().filter(|row| Some(row.date) == last || is_unsettled(row, as_of));
    let rows = shown.map(|row| former_cells(row, as_of));
    let note = last.map_or_else(String::new, |last| {
        format!("Lokmin terakhir yang dicatat: {}; yang lebih lama hanya yang belum selesai.", format::date(last))
    });
    Block::Table(numbered(PaperTable {
        title: "Keputusan lokmin sebelumnya dan tindak lanjutnya".to_owned(),
        note,
        columns: former_columns(),
        rows: rows.collect(),
        totals: Vec::new(),
        empty: "Belum ada keputusan lokmin yang dicatat sampai tanggal ini.".to_owned(),
        row_height: RowHeight::Text,
    }))
}

/// Decisions of management reviews that are still open, apart from those of lokmin; none where there is none.
pub(super) fn open_reviews(context: &PageContext<'_>) -> Option<Block> {
    let as_of = context.subject.as_of;
    let all = decisions(context).into_iter().filter(|row| !is_lokmin(row.meeting.as_deref()));
    let rows: Vec<Vec<PaperCell>> =
        all.filter(|row| is_unsettled(row, as_of)).map(|row| former_cells(row, as_of)).collect();
    let table = PaperTable {
        title: "Keputusan tinjauan manajemen yang belum selesai".to_owned(),
        note: String::new(),
        columns: former_columns(),
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Text,
    };
    (!table.rows.is_empty()).then(|| Block::Table(numbered(table)))
}

fn former_columns() -> Vec<PaperColumn> {
    let date = vec![described(Table::Decisions, Field::Date, 16.0)];
    [date, decision_columns(), vec![PaperColumn::text("Keadaan", 13.0)]].concat()
}

fn former_cells(row: &Decision, as_of: Date) -> Vec<PaperCell> {
    let mut cells = vec![PaperCell::Date(row.date)];
    let follow_up = row.follow_up.as_deref().filter(|_| row.done.is_none_or(|done| done <= as_of));
    cells.extend(decision_cells(row, follow_up));
    cells.push(PaperCell::words(&state(row, as_of)));
    cells
}

/// Reports whether nobody wrote that something was done about a decision by `as_of`.
fn is_unsettled(row: &Decision, as_of: Date) -> bool {
    let is_told = row.follow_up.is_some() && row.done.is_none();
    !is_told && reached(row.done, as_of).is_none()
}

fn state(row: &Decision, as_of: Date) -> String {
    match reached(row.done, as_of) {
        Some(done) => format!("selesai {}", format::date(done)),
        None if row.is_overdue(as_of) => "lewat batas".to_owned(),
        None if row.follow_up.is_some() && row.done.is_none() => "ditindaklanjuti".to_owned(),
        None => "belum".to_owned(),
    }
}

/// Problem, decision, owner, due date, follow-up.
pub(super) fn decision_columns() -> Vec<PaperColumn> {
    vec![
        described(Table::Decisions, Field::Problem, 22.0),
        described(Table::Decisions, Field::Decision, 24.0),
        described(Table::Decisions, Field::Person, 16.0),
        described(Table::Decisions, Field::Due, 16.0),
        described(Table::Decisions, Field::Agreed, 18.0),
    ]
}

/// The cells below [`decision_columns`], with what is told of the follow-up.
pub(super) fn decision_cells(row: &Decision, follow_up: Option<&str>) -> Vec<PaperCell> {
    // The facility stands before what was spoken about, unless that names it already.
    let about = match (&row.facility, &row.problem) {
        (Some(facility), Some(problem)) if !problem.contains(facility.as_str()) => format!("{facility}: {problem}"),
        (Some(facility), None) => facility.clone(),
        (_, problem) => problem.clone().unwrap_or_default(),
    };
    vec![
        PaperCell::words(&about),
        PaperCell::words(&row.decision),
        words(row.owner.as_ref()),
        day(row.due),
        PaperCell::words(follow_up.unwrap_or_default()),
    ]
}

/// Coaching by the district's team in the paper's period, up to its day.
pub(super) fn district_visits<'a>(context: &'a PageContext<'_>) -> Vec<&'a DistrictVisit> {
    let period = context.subject.period;
    let as_of = context.subject.as_of;
    let is_within = |row: &&DistrictVisit| row.date <= as_of && period.contains(Month::from_date(row.date));
    of_puskesmas(context, &context.evaluator.facts().written.district_visits).filter(is_within).collect()
}

/// Returns the Puskesmas' answers to the period's coaching; an answer that names no coaching is always among them.
pub(super) fn district_follow_ups<'a>(context: &'a PageContext<'_>) -> Vec<&'a DistrictFollowUp> {
    let period = context.subject.period;
    let as_of = context.subject.as_of;
    let is_within = |row: &&DistrictFollowUp| {
        row.coached.is_none_or(|coached| coached <= as_of && period.contains(Month::from_date(coached)))
    };
    of_puskesmas(context, &context.evaluator.facts().written.district_follow_ups).filter(is_within).collect()
}

/// The head of a coaching report; what Simpul does not know is a dotted line.
pub(super) fn district_head(context: &PageContext<'_>, letter: &Letter) -> Block {
    let members = &context.evaluator.facts().written.clusters;
    let cluster = cluster_of(members, context.puskesmas_name(), context.subject.period.year());
    let mut days: Vec<Date> = district_visits(context).iter().map(|row| row.date).collect();
    days.dedup();
    let count = if days.is_empty() { String::new() } else { format!("{} kali pada periode ini", days.len()) };
    Block::Facts(vec![
        ("Dinas Kesehatan".to_owned(), letter.health_office().unwrap_or_default()),
        ("Anggota tim".to_owned(), letter.team.join("; ")),
        ("Cluster".to_owned(), cluster.map(|member| member.cluster.clone()).unwrap_or_default()),
        ("Jumlah pembinaan".to_owned(), count),
    ])
}

/// The items of the paper's Puskesmas as of its day.
pub(super) fn coaching_items<'a>(context: &'a PageContext<'_>) -> CoachingItems<'a> {
    let subject = context.subject;
    CoachingItems::new(&context.evaluator.facts().written, subject.puskesmas, subject.as_of)
}

/// The team's findings and advice as rows of its official table, each with the number by which its steps name it.
pub(super) fn district_rows(context: &PageContext<'_>) -> Vec<Vec<PaperCell>> {
    let found = coaching_items(context);
    let number_of =
        |row: &DistrictVisit| found.items.iter().find(|item| item.visit == row).map_or("", |item| item.number.as_str());
    let row = |row: &DistrictVisit| {
        vec![
            PaperCell::Date(row.date),
            words(row.sort.as_ref()),
            words(row.fact.as_ref()),
            words(row.conclusion.as_ref()),
            words(row.for_puskesmas.as_ref()),
            words(row.for_district.as_ref()),
            day(row.due),
            PaperCell::words(number_of(row)),
        ]
    };
    district_visits(context).into_iter().map(row).collect()
}

/// The follow-up sheet; blank rows to fill where nothing was written.
pub(super) fn district_answers(context: &PageContext<'_>, blank_rows: usize) -> Block {
    let as_of = context.subject.as_of;
    let row = |row: &DistrictFollowUp| {
        vec![PaperCell::words(&row.item), words(row.owner.as_ref()), day(row.due), day(reached(row.done, as_of))]
    };
    let mut rows: Vec<Vec<PaperCell>> = district_follow_ups(context).into_iter().map(row).collect();
    let row_height = if rows.is_empty() { RowHeight::Form } else { RowHeight::Text };
    if rows.is_empty() {
        rows = vec![vec![PaperCell::Blank; 4]; blank_rows];
    }
    Block::Table(numbered(PaperTable {
        title: "Tindak lanjut Puskesmas".to_owned(),
        note: String::new(),
        columns: vec![
            described(Table::DistrictFollowUps, Field::Item, 40.0),
            described(Table::DistrictFollowUps, Field::Person, 20.0),
            described(Table::DistrictFollowUps, Field::Due, 16.0),
            described(Table::DistrictFollowUps, Field::Done, 16.0),
        ],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height,
    }))
}
