//! Keys that two sheets of one workbook hold with different values (a copy of a sheet that was left in it): neither
//! counts, and both cells are named. Knows records and their cells, not how a row is judged or kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, Field, Recap, Rows, Sourced};
use crate::domain::{Table, format};

/// A table that was read, with its issues, before its rows are handed over.
pub(super) struct ReadTable {
    pub(super) recap: Recap,
    pub(super) issues: Vec<Issue>,
}

/// Reports whether the rows of two sheets of this kind of table may have the same key.
pub(super) fn may_conflict(table: Table) -> bool {
    matches!(
        table,
        Table::Visits
            | Table::FollowUps
            | Table::ChecklistItems
            | Table::Lokmin
            | Table::MonthlyReports
            | Table::Achievements
    )
}

/// Takes out the rows whose key another table of the same workbook holds with other values, and names them.
pub(super) fn reject(tables: &mut [ReadTable]) {
    let mut rows: BTreeMap<String, Vec<HeldRow>> = BTreeMap::new();
    for (table, read) in tables.iter().enumerate() {
        for (row, keyed) in keyed(&read.recap.rows).into_iter().enumerate() {
            let Keyed { key, cell, values } = keyed;
            rows.entry(key).or_default().push(HeldRow { table, row, cell, values });
        }
    }
    let mut dropped: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for held in rows.into_values().filter(|held| held.len() > 1) {
        let Some(difference) = first_difference(&held) else { continue };
        for own in &held {
            let message = difference.message(tables, own);
            let read = &mut tables[own.table];
            let sheet = read.recap.sheet.clone();
            let code = IssueCode::Conflict;
            let severity = Severity::Error;
            read.issues.push(Issue { sheet, cell: own.cell.to_string(), code, severity, message, about: None });
            dropped.entry(own.table).or_default().insert(own.row);
        }
    }
    for (table, rows) in dropped {
        let recap = &mut tables[table].recap;
        recap.rows_rejected += u32::try_from(rows.len()).unwrap_or(u32::MAX);
        without(&mut recap.rows, &rows);
    }
}

/// A value of a row by its field; none where it is blank.
type FieldValue = (Field, Option<String>);

struct Keyed {
    key: String,
    cell: CellRef,
    values: Vec<FieldValue>,
}

struct HeldRow {
    table: usize,
    row: usize,
    cell: CellRef,
    values: Vec<FieldValue>,
}

/// Two rows of different tables that say different things of one field.
struct Difference<'h> {
    one: &'h HeldRow,
    other: &'h HeldRow,
    field: Field,
    values: [String; 2],
}

impl Difference<'_> {
    fn message(&self, tables: &[ReadTable], own: &HeldRow) -> String {
        let place = |held: &HeldRow| format!("lembar {} sel {}", tables[held.table].recap.sheet, held.cell);
        let Self { one, other, field, values } = self;
        let also = if std::ptr::eq(own, *one) || std::ptr::eq(own, *other) { "" } else { "; baris ini kuncinya sama" };
        format!(
            "dua lembar berkas ini berbeda untuk baris yang sama ({}): {} di {}, {} di {}{also}; tidak satu pun dipakai, \
             hapus lembar atau baris yang keliru lalu impor lagi",
            field.label(),
            values[0],
            place(one),
            values[1],
            place(other),
        )
    }
}

fn first_difference(held: &[HeldRow]) -> Option<Difference<'_>> {
    held.iter().enumerate().find_map(|(number, one)| {
        held[number + 1..].iter().filter(|other| other.table != one.table).find_map(|other| {
            one.values.iter().zip(&other.values).find_map(|((field, one_value), (_, other_value))| {
                let values = [one_value.clone()?, other_value.clone()?];
                (values[0] != values[1]).then_some(Difference { one, other, field: *field, values })
            })
        })
    })
}

fn number(value: Option<f64>) -> Option<String> {
    value.map(format::count)
}

fn mark(value: Option<bool>) -> Option<String> {
    value.map(|value| if value { "ya" } else { "tidak" }.to_owned())
}

/// The keys of rows and what they say in numbers, dates and marks: two teams may word one visit differently.
fn keyed(rows: &Rows) -> Vec<Keyed> {
    match rows {
        Rows::Visits(rows) => rows_of(rows, |row| {
            let values = vec![
                (Field::Points, number(row.points)),
                (Field::Maximum, number(row.maximum)),
                (Field::AttendanceList, mark(row.attendance_list)),
                (Field::Minutes, mark(row.minutes)),
                (Field::Photos, mark(row.photos)),
            ];
            (format!("{}|{}|{}", row.facility, row.date, plain_words(&row.form)), values)
        }),
        Rows::FollowUps(rows) => rows_of(rows, |row| {
            let values = vec![(Field::Due, Some(format::date(row.due))), (Field::Done, row.done.map(format::date))];
            (format!("{}|{}|{}", row.facility, row.visit_date, plain_words(&row.item)), values)
        }),
        Rows::ChecklistItems(rows) => rows_of(rows, |row| {
            let values = vec![(Field::Answer, row.answer.map(|answer| format!("{answer:?}")))];
            (
                format!("{}|{}|{}|{}|{}", row.facility, row.date, plain_words(&row.form), row.instrument, row.code),
                values,
            )
        }),
        Rows::Lokmin(rows) => rows_of(rows, |row| {
            let values = vec![(Field::Invited, mark(row.invited)), (Field::Attended, mark(row.attended))];
            (format!("{}|{}|{:?}", row.facility, row.month, row.sort), values)
        }),
        Rows::MonthlyReports(rows) => rows_of(rows, |row| {
            let ticks = row.received.ticks();
            let values = vec![
                (Field::ReceivedOn, row.received.day().map(format::date)),
                (Field::Complete, mark(ticks.complete)),
                (Field::InTime, mark(ticks.in_time)),
            ];
            (format!("{}|{}", row.facility, row.month), values)
        }),
        Rows::Achievements(rows) => rows_of(rows, |row| {
            let values = vec![
                (Field::Denominator, number(row.denominator)),
                (Field::Numerator, number(row.numerator)),
                (Field::Accumulated, number(row.accumulated)),
            ];
            (format!("{}|{}|{}", row.facility, row.service, row.month), values)
        }),
        _ => Vec::new(),
    }
}

fn rows_of<T>(rows: &[Sourced<T>], read: impl Fn(&T) -> (String, Vec<FieldValue>)) -> Vec<Keyed> {
    let one = |row: &Sourced<T>| {
        let (key, values) = read(&row.record);
        let named = row.cells.iter().find(|(field, _)| *field == Field::Name).or_else(|| row.cells.first());
        Keyed { key, cell: named.map_or(CellRef { row: 0, column: 0 }, |(_, cell)| *cell), values }
    };
    rows.iter().map(one).collect()
}

fn without(rows: &mut Rows, dropped: &BTreeSet<usize>) {
    fn retain<T>(rows: &mut Vec<T>, dropped: &BTreeSet<usize>) {
        let mut place = 0;
        rows.retain(|_| {
            place += 1;
            !dropped.contains(&(place - 1))
        });
    }
    match rows {
        Rows::Visits(rows) => retain(rows, dropped),
        Rows::FollowUps(rows) => retain(rows, dropped),
        Rows::ChecklistItems(rows) => retain(rows, dropped),
        Rows::Lokmin(rows) => retain(rows, dropped),
        Rows::MonthlyReports(rows) => retain(rows, dropped),
        Rows::Achievements(rows) => retain(rows, dropped),
        _ => {}
    }
}
