//! Achievements of service indicators: plain numbers in columns, scanned once and put in order in memory.

use rusqlite::Connection;

use super::StoreError;
use super::accept::RowPlace;
use super::codec::{Columns, FigureCells};
use super::facts::Places;
use super::log::{Log, Select};
use super::names::Names;
use super::rows::RowKey;
use crate::domain::Table;
use crate::domain::facts::Achievements;
use crate::domain::records::{AchievementRow, Field, Sourced};

const SQL_TABLE: &str = "achievement_rows";

/// One value on its way into order: 32 bytes, as ten million of them may be held at once.
struct Entry {
    /// Facility's place, then service's place.
    who: u64,
    /// Month's number, then rank.
    when: u64,
    /// NaN where blank (the database stores no NaN).
    numerator: f64,
    /// NaN where blank.
    denominator: f64,
}

impl Entry {
    fn key(&self) -> (u64, u64) {
        (self.who, self.when >> 32)
    }
}

/// A row of the log with its cells, for tracing and for comparing versions.
pub(super) struct LoggedAchievement {
    pub rank: u32,
    pub ord: i64,
    pub subject: i64,
    pub service: i64,
    pub month: i64,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    pub numerator_cells: Option<FigureCells>,
    pub denominator_cells: Option<FigureCells>,
}

impl LoggedAchievement {
    /// Key within the facility.
    pub(super) fn key(&self) -> RowKey {
        (self.month, self.service.to_string())
    }
}

/// Adds rows of a recap, but those that `is_held` knows already; returns how many.
pub(super) fn insert(
    names: &mut Names<'_>,
    RowPlace { recap, first }: RowPlace,
    rows: &[Sourced<AchievementRow>],
    is_held: &mut dyn FnMut(i64, &dyn Fn() -> RowKey) -> bool,
) -> Result<u64, StoreError> {
    let connection = names.connection();
    let mut statement = connection.prepare_cached(
        "INSERT INTO achievement_rows (recap_id, ord, subject_id, service_id, month, numerator, denominator, \
         numerator_cell, denominator_cell) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )?;
    let mut added = 0;
    for (ord, Sourced { record, cells }) in (first..).zip(rows) {
        let subject = names.facility(&record.facility)?;
        let service = names.service(&record.service)?;
        let month = i64::from(record.month.number());
        if is_held(subject, &|| (month, service.to_string())) {
            continue;
        }
        let place = |wanted: Field| {
            let of_field = cells.iter().filter(|(field, _)| *field == wanted).map(|(_, cell)| *cell);
            FigureCells::of(of_field).map(FigureCells::number)
        };
        statement.execute((
            recap,
            ord,
            subject,
            service,
            month,
            record.numerator,
            record.denominator,
            place(Field::Numerator),
            place(Field::Denominator),
        ))?;
        added += 1;
    }
    Ok(added)
}

/// All achievements that count, resolved per field and ordered by (facility, service, month).
pub(super) fn resolved(
    connection: &Connection,
    log: &Log,
    facilities: &Places,
    services: &Places,
) -> Result<Achievements, StoreError> {
    let mut entries: Vec<Entry> = Vec::new();
    let columns = "subject_id, service_id, month, numerator, denominator";
    let only = log.recaps_of(Table::Achievements);
    log.scan(connection, &Select { sql_table: SQL_TABLE, columns }, only.as_deref(), |rank, _ord, columns| {
        let (facility, service) = (facilities.get(columns.get()?), services.get(columns.get()?));
        let (Some(facility), Some(service)) = (facility, service) else { return Ok(()) };
        entries.push(Entry {
            who: u64::from(facility) << 32 | u64::from(service),
            when: u64::from(columns.count()?) << 32 | u64::from(rank),
            numerator: columns.get::<Option<f64>>()?.unwrap_or(f64::NAN),
            denominator: columns.get::<Option<f64>>()?.unwrap_or(f64::NAN),
        });
        Ok(())
    })?;
    entries.sort_unstable_by_key(|entry| (entry.who, entry.when));
    fold(&entries)
}

fn fold(entries: &[Entry]) -> Result<Achievements, StoreError> {
    let mut folded = Achievements::default();
    let mut last = None;
    for entry in entries {
        let (numerator, denominator) = (known(entry.numerator), known(entry.denominator));
        if last == Some(entry.key()) {
            if let Some(held) = folded.numerator.last_mut() {
                *held = numerator.or(*held);
            }
            if let Some(held) = folded.denominator.last_mut() {
                *held = denominator.or(*held);
            }
            continue;
        }
        last = Some(entry.key());
        let broken = |_range| StoreError::Corrupt("kunci capaian".to_owned());
        folded.facility.push(u32::try_from(entry.who >> 32).map_err(broken)?);
        folded.service.push(u32::try_from(entry.who & u64::from(u32::MAX)).map_err(broken)?);
        folded.month.push(i32::try_from(entry.when >> 32).map_err(broken)?);
        folded.numerator.push(numerator);
        folded.denominator.push(denominator);
    }
    Ok(folded)
}

fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// Rows of some recaps with their cells.
pub(super) fn rows_in(connection: &Connection, log: &Log, only: &[i64]) -> Result<Vec<LoggedAchievement>, StoreError> {
    let columns = "subject_id, service_id, month, numerator, denominator, numerator_cell, denominator_cell";
    let mut rows = Vec::new();
    let place = |columns: &mut Columns<'_, '_>| columns.get::<Option<i64>>()?.map(FigureCells::from_number).transpose();
    log.scan(connection, &Select { sql_table: SQL_TABLE, columns }, Some(only), |rank, ord, columns| {
        rows.push(LoggedAchievement {
            rank,
            ord,
            subject: columns.get()?,
            service: columns.get()?,
            month: columns.get()?,
            numerator: columns.get()?,
            denominator: columns.get()?,
            numerator_cells: place(columns)?,
            denominator_cells: place(columns)?,
        });
        Ok(())
    })?;
    Ok(rows)
}
