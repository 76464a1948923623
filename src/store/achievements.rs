//! Achievements of service indicators: plain numbers in columns, scanned once and put in order in memory.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::StoreError;
use super::codec::{Columns, FigureCells};
use super::fact_indexes::FactIndexes;
use super::insert::{AddedRows, RowPlace};
use super::log::{Log, Select};
use super::names::NameIds;
use super::rows::{ACHIEVEMENT_ROWS, Bound, RowKey, blank, number_or_blank};
use crate::domain::accumulated::derive_months;
use crate::domain::facts::Achievements;
use crate::domain::records::{AchievementRow, Field, Sourced};
use crate::domain::{Month, Table};

/// One value on its way into order: 32 bytes, as ten million of them may be held at once.
struct OrderedValue {
    /// Facility's place, then service's place.
    who: u64,
    /// Month's number, then rank.
    when: u64,
    /// NaN where blank (the database stores no NaN).
    numerator: f64,
    /// NaN where blank.
    denominator: f64,
}

impl OrderedValue {
    fn key(&self) -> (u64, u64) {
        (self.who, self.when >> 32)
    }

    /// With the count since January of the same row, where it has one.
    fn row_counts(&self, accumulated: &[Ranked]) -> RowCounts {
        let rank = u32::try_from(self.when & u64::from(u32::MAX)).unwrap_or(u32::MAX);
        let of_row = accumulated.iter().find(|count| count.rank == rank);
        RowCounts { rank, numerator: known(self.numerator), accumulated: of_row.map(|held| held.count) }
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
    pub accumulated: Option<f64>,
    pub numerator_cells: Option<FigureCells>,
    pub denominator_cells: Option<FigureCells>,
    pub accumulated_cells: Option<FigureCells>,
}

impl LoggedAchievement {
    /// Key within the facility.
    pub(super) fn key(&self) -> RowKey {
        (self.month, self.service.to_string())
    }

    /// The cells of its count, or of what it has instead.
    pub(super) fn main_cells(&self) -> Option<FigureCells> {
        self.numerator_cells.or(self.accumulated_cells).or(self.denominator_cells)
    }
}

/// Adds rows of a recap, but those that `is_held` knows already; returns how many.
pub(super) fn insert(
    names: &mut NameIds<'_>,
    RowPlace { recap, first }: RowPlace,
    rows: &[Sourced<AchievementRow>],
    is_held: &mut dyn FnMut(i64, &dyn Fn() -> RowKey) -> bool,
) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 11] = [
        "recap_id",
        "ord",
        "subject_id",
        "service_id",
        "month",
        "numerator",
        "denominator",
        "numerator_cell",
        "denominator_cell",
        "accumulated",
        "accumulated_cell",
    ];
    let mut added = AddedRows::into_table(names.connection(), ACHIEVEMENT_ROWS, &COLUMNS);
    for (ord, Sourced { record, cells }) in (first..).zip(rows) {
        let subject = names.facility(&record.facility)?;
        let service = names.service(&record.service)?;
        let month = i64::from(record.month.number());
        if is_held(subject, &|| (month, service.to_string())) {
            continue;
        }
        let place = |wanted: Field| {
            let of_field = cells.iter().filter(|(field, _)| *field == wanted).map(|(_, cell)| *cell);
            FigureCells::from_cells(of_field).map(FigureCells::number).map_or_else(blank, Bound::from)
        };
        added.add([
            Bound::from(recap),
            Bound::from(ord),
            Bound::from(subject),
            Bound::from(service),
            Bound::from(month),
            number_or_blank(record.numerator),
            number_or_blank(record.denominator),
            place(Field::Numerator),
            place(Field::Denominator),
            number_or_blank(record.accumulated),
            place(Field::Accumulated),
        ])?;
    }
    added.finish()
}

/// The counts since January by key, in no order.
type AccumulatedByKey = BTreeMap<(u64, u64), Vec<Ranked>>;

/// A count and the rank of its recap.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub rank: u32,
    pub count: f64,
}

/// The two counts of a row.
#[derive(Clone, Copy, Debug)]
struct RowCounts {
    rank: u32,
    numerator: Option<f64>,
    accumulated: Option<f64>,
}

/// The months' own counts and those since January of the rows of one key, in the order in which they count.
#[derive(Debug, Default)]
pub(super) struct MonthCounts {
    numerators: Vec<Ranked>,
    accumulated: Vec<Ranked>,
}

impl MonthCounts {
    /// Takes rows with their cells, in the order in which they count.
    pub(super) fn of_logged<'r>(log: &Log, rows: impl Iterator<Item = &'r LoggedAchievement>) -> Self {
        let mut standing = Self::default();
        for LoggedAchievement { rank, month, numerator, accumulated, .. } in rows {
            let said = RowCounts { rank: *rank, numerator: *numerator, accumulated: *accumulated };
            standing.take(log, i32::try_from(*month).unwrap_or_default(), said);
        }
        standing
    }

    /// The month's own count that counts.
    pub(super) fn numerator(&self) -> Option<Ranked> {
        self.numerators.last().copied()
    }

    /// The count since January that counts.
    pub(super) fn accumulated(&self) -> Option<Ranked> {
        self.accumulated.last().copied()
    }

    /// Takes in the next row. Where it is of a later version of the same recap and calls a month's own what that called
    /// since January, or the other way round, the number was read anew: it does not count as both. (January's is both.)
    fn take(&mut self, log: &Log, month: i32, said: RowCounts) {
        let RowCounts { rank, numerator, accumulated } = said;
        let is_read_anew = |former: &Ranked, same: f64| {
            same.total_cmp(&former.count).is_eq() && is_later_version(log, former.rank, rank)
        };
        let is_january = Month::from_number(month).month() == 1;
        match (numerator, accumulated) {
            (Some(same), None) if !is_january => self.accumulated.retain(|former| !is_read_anew(former, same)),
            (None, Some(same)) if !is_january => self.numerators.retain(|former| !is_read_anew(former, same)),
            _ => {}
        }
        self.numerators.extend(numerator.map(|count| Ranked { rank, count }));
        self.accumulated.extend(accumulated.map(|count| Ranked { rank, count }));
    }
}

/// Reports whether two recaps of different files are of the same months.
fn is_later_version(log: &Log, former: u32, later: u32) -> bool {
    let former = log.recap(former);
    let later = log.recap(later);
    former.received == later.received && former.sequence != later.sequence
}

/// All achievements that count, resolved per field and ordered by (facility, service, month); the months' own counts
/// of those that counts since January stand for.
pub(super) fn resolved(
    connection: &Connection,
    log: &Log,
    facilities: &FactIndexes,
    services: &FactIndexes,
) -> Result<Achievements, StoreError> {
    let mut entries: Vec<OrderedValue> = Vec::new();
    let mut accumulated = AccumulatedByKey::new();
    let columns = "subject_id, service_id, month, numerator, denominator, accumulated";
    let only = log.recaps_of(Table::Achievements);
    log.scan(connection, &Select { sql_table: ACHIEVEMENT_ROWS, columns }, only.as_deref(), |rank, _ord, columns| {
        let facility = facilities.get(columns.get()?);
        let service = services.get(columns.get()?);
        let Some(facility) = facility else { return Ok(()) };
        let Some(service) = service else { return Ok(()) };
        let entry = OrderedValue {
            who: u64::from(facility) << 32 | u64::from(service),
            when: u64::from(columns.count()?) << 32 | u64::from(rank),
            numerator: columns.get::<Option<f64>>()?.unwrap_or(f64::NAN),
            denominator: columns.get::<Option<f64>>()?.unwrap_or(f64::NAN),
        };
        if let Some(count) = columns.get()? {
            accumulated.entry(entry.key()).or_default().push(Ranked { rank, count });
        }
        entries.push(entry);
        Ok(())
    })?;
    entries.sort_unstable_by_key(|entry| (entry.who, entry.when));
    let mut folded = fold(log, &entries, &accumulated)?;
    derive_months(&mut folded);
    Ok(folded)
}

fn fold(log: &Log, entries: &[OrderedValue], accumulated: &AccumulatedByKey) -> Result<Achievements, StoreError> {
    let mut folded = Achievements::default();
    let broken = |_range| StoreError::Corrupt("kunci capaian".to_owned());
    for same in entries.chunk_by(|one, other| one.key() == other.key()) {
        let (who, month) = same[0].key();
        let month = i32::try_from(month).map_err(broken)?;
        let last = |of: fn(&OrderedValue) -> f64| same.iter().rev().find_map(|entry| known(of(entry)));
        let mut numerator = last(|entry| entry.numerator);
        if let Some(counts) = accumulated.get(&(who, same[0].when >> 32)) {
            let mut standing = MonthCounts::default();
            for entry in same {
                standing.take(log, month, entry.row_counts(counts));
            }
            numerator = standing.numerator().map(|held| held.count);
            folded.accumulated.extend(standing.accumulated().map(|held| (folded.month.len(), held.count)));
        }
        folded.facility.push(u32::try_from(who >> 32).map_err(broken)?);
        folded.service.push(u32::try_from(who & u64::from(u32::MAX)).map_err(broken)?);
        folded.month.push(month);
        folded.numerator.push(numerator);
        folded.denominator.push(last(|entry| entry.denominator));
    }
    Ok(folded)
}

fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// A count since January: ids of facility and service, the month, the count.
type Count = (i64, i64, Month, f64);

/// All counts since January, in the order in which they count.
pub(super) fn accumulated(connection: &Connection, log: &Log) -> Result<Vec<Count>, StoreError> {
    let sql = "SELECT recap_id, ord, subject_id, service_id, month, accumulated FROM achievement_rows \
               WHERE accumulated IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut counts: Vec<((u32, i64), Count)> = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let recap = columns.get()?;
        let ord = columns.get()?;
        let Some(rank) = log.rank(recap).filter(|_| !log.is_removed(recap, ord)) else { continue };
        counts.push(((rank, ord), (columns.get()?, columns.get()?, columns.month()?, columns.get()?)));
    }
    counts.sort_by_key(|(place, _)| *place);
    Ok(counts.into_iter().map(|(_, count)| count).collect())
}

/// Rows of some recaps with their cells.
pub(super) fn rows_in(connection: &Connection, log: &Log, only: &[i64]) -> Result<Vec<LoggedAchievement>, StoreError> {
    let columns = "subject_id, service_id, month, numerator, denominator, numerator_cell, denominator_cell, \
                   accumulated, accumulated_cell";
    let mut rows = Vec::new();
    let place = |columns: &mut Columns<'_, '_>| columns.get::<Option<i64>>()?.map(FigureCells::from_number).transpose();
    log.scan(connection, &Select { sql_table: ACHIEVEMENT_ROWS, columns }, Some(only), |rank, ord, columns| {
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
            accumulated: columns.get()?,
            accumulated_cells: place(columns)?,
        });
        Ok(())
    })?;
    Ok(rows)
}
