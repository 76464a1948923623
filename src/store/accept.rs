//! Taking a workbook into the log, in one transaction: its bytes, its rows, its issues, and which rows of
//! former versions it lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rusqlite::{Connection, params_from_iter};

use super::achievements;
use super::codec::{FigureCells, cells, cells_text, instant_text};
use super::entries;
use super::facts::puskesmas_names;
use super::known::is_held;
use super::log::{LiveRecap, Log, puskesmas_id};
use super::names::{Names, facility_names, next_id, service_codes};
use super::rows::{Bound, RowKey, Stored, Subject};
use super::signatures;
use super::{Accepted, BatchId, GoneRow, NewBatch, Store, StoreError, sha256};
use crate::diagnostic::Issue;
use crate::domain::format;
use crate::domain::name::puskesmas_key;
use crate::domain::records::{
    ChangeRow, DecreeRecord, FacilityRow, FollowUpRow, LokminRow, Recap, ReportRow, Rows, SlotRow, Sourced, VisitRow,
};
use crate::domain::written::{ClusterMember, Decision, DistrictFollowUp, DistrictVisit, Problem};
use crate::domain::{Month, Received, ServiceDefinition, Table};

/// Rows by (subject, key) of one table and span of months.
type Keys = BTreeSet<(i64, RowKey)>;

impl Store {
    /// Accepts one workbook: all of it in one transaction, or nothing.
    pub fn accept(&self, batch: &NewBatch<'_>) -> Result<Accepted, StoreError> {
        let deflated = deflate(batch.bytes)?;
        self.write(|connection| Acceptance::begin(connection, batch, &deflated, None)?.run())
    }

    /// Accepts rows that add to what is there and are no version of a recap: nothing is missed in them.
    pub fn accept_addition(&self, batch: &NewBatch<'_>) -> Result<Accepted, StoreError> {
        let deflated = deflate(batch.bytes)?;
        self.write(|connection| {
            let mut acceptance = Acceptance::begin(connection, batch, &deflated, None)?;
            acceptance.is_addition = true;
            acceptance.run()
        })
    }

    /// Accepts what a form wrote: rows that add, in the place of the entry (table and id) that they replace. `None`, and
    /// nothing written, where that entry does not stand any more.
    pub fn accept_entry(
        &self,
        batch: &NewBatch<'_>,
        replaced: Option<(Table, &str)>,
    ) -> Result<Option<Accepted>, StoreError> {
        let deflated = deflate(batch.bytes)?;
        self.write_if(|connection| {
            let mut acceptance = Acceptance::begin(connection, batch, &deflated, None)?;
            acceptance.is_addition = true;
            if let Some(entry) = replaced
                && !acceptance.take_out(entry)?
            {
                return Ok(None);
            }
            acceptance.run().map(Some)
        })
    }

    /// The same, unless the Puskesmas holds these bytes by now: another process may have brought them since the
    /// caller looked. `None` then, and nothing written.
    pub fn accept_new(&self, batch: &NewBatch<'_>) -> Result<Option<Accepted>, StoreError> {
        let deflated = deflate(batch.bytes)?;
        self.write_if(|connection| {
            if is_held(connection, batch.puskesmas, &sha256(batch.bytes))? {
                return Ok(None);
            }
            Acceptance::begin(connection, batch, &deflated, None)?.run().map(Some)
        })
    }

    /// Takes a live batch's workbook in anew: of `batch` the rows that the former reading rejected are added, and
    /// they rank where that workbook ranks; with `replace`, rows of versions before it that it lacks go.
    /// `None`, and nothing written, where that changes nothing.
    pub fn accept_retried(&self, batch: &NewBatch<'_>, former: BatchId) -> Result<Option<Accepted>, StoreError> {
        let deflated = deflate(batch.bytes)?;
        self.write_if(|connection| {
            let accepted = Acceptance::begin(connection, batch, &deflated, Some(former))?.run()?;
            Ok((accepted.rows_added > 0 || !accepted.gone.is_empty()).then_some(accepted))
        })
    }
}

/// First bytes of a package, whose parts are packed already.
const ZIP: &[u8] = b"PK";

/// Bytes as they are kept; what is packed already is only wrapped.
pub(super) fn deflate(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let level = if bytes.starts_with(ZIP) { Compression::none() } else { Compression::fast() };
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// One acceptance under way.
struct Acceptance<'c, 'b> {
    connection: &'c Connection,
    batch: &'b NewBatch<'b>,
    /// The batch whose rejected rows are tried again.
    continues: Option<BatchId>,
    /// Nothing is compared with former versions.
    is_addition: bool,
    id: i64,
    sequence: i64,
    puskesmas: i64,
    names: Names<'c>,
    /// The log before this batch.
    former: Log,
    /// Keys of the rows that a continued batch holds, taken out since or not.
    held: BTreeMap<(Table, Received), Keys>,
    /// Keys of the new rows, where there is a former version to compare with.
    new_keys: BTreeMap<(Table, Received), Keys>,
    rows_added: u64,
}

impl<'c, 'b> Acceptance<'c, 'b> {
    fn begin(
        connection: &'c Connection,
        batch: &'b NewBatch<'b>,
        deflated: &[u8],
        continues: Option<BatchId>,
    ) -> Result<Self, StoreError> {
        let puskesmas = puskesmas_or_new(connection, batch.puskesmas)?;
        let former = Log::select(connection, Some(puskesmas))?;
        let hash = keep_original(connection, batch.bytes, deflated)?;
        let id = next_id(connection, "batches")?;
        let sequence = match continues {
            Some(former) => sequence_of(connection, former)?,
            None => id,
        };
        connection.execute(
            "INSERT INTO batches (id, puskesmas_id, puskesmas_name, file_name, sha256, who, at, sequence) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            (id, puskesmas, batch.puskesmas, batch.file_name, hash, batch.who, instant_text(batch.at), sequence),
        )?;
        let names = Names::load(connection, puskesmas)?;
        let (held, new_keys) = (BTreeMap::new(), BTreeMap::new());
        Ok(Self {
            connection,
            batch,
            continues,
            is_addition: false,
            id,
            sequence,
            puskesmas,
            names,
            former,
            held,
            new_keys,
            rows_added: 0,
        })
    }

    fn run(mut self) -> Result<Accepted, StoreError> {
        if self.continues.is_some() {
            self.collect_held()?;
        }
        for (place, recap) in (0_i64..).zip(self.batch.recaps) {
            self.add_recap(place, recap)?;
        }
        // Without `replace`, a workbook taken in anew was warned about when it came first.
        let tells_gone = !self.is_addition && (self.continues.is_none() || self.batch.replace);
        let gone = if tells_gone { self.gone()? } else { Vec::new() };
        let warnings = GoneRow::issues(&gone, self.batch.replace);
        self.add_issues(&warnings)?;
        signatures::keep(self.connection, self.id, self.batch.signatures)?;
        settle(self.connection, self.puskesmas)?;
        Ok(Accepted { batch: self.id, rows_added: self.rows_added, gone, warnings })
    }

    /// Takes every row of an entry out; whether there was one.
    fn take_out(&self, entry: (Table, &str)) -> Result<bool, StoreError> {
        let rows = entries::rows_of(self.connection, &self.former, entry)?;
        for (recap, ord) in &rows {
            self.connection
                .execute("INSERT INTO removals (batch_id, recap_id, ord) VALUES ($1, $2, $3)", (self.id, recap, ord))?;
        }
        Ok(!rows.is_empty())
    }

    /// What the continued batch holds already, the rows that were taken out since then included.
    fn collect_held(&mut self) -> Result<(), StoreError> {
        let log = Log::select(self.connection, Some(self.puskesmas))?.with_removed_rows();
        for recap in log.recaps.iter().filter(|recap| recap.sequence == self.sequence) {
            let keys = keys_of(self.connection, &log, recap)?;
            self.held.entry((recap.table, recap.received)).or_default().extend(keys);
        }
        Ok(())
    }

    fn add_recap(&mut self, place: i64, recap: &Recap) -> Result<(), StoreError> {
        let id = next_id(self.connection, "recaps")?;
        let (first, last) = recap.received.months();
        self.connection.execute(
            "INSERT INTO recaps (id, batch_id, place, sheet, record, first_month, last_month, rows_seen, \
             rows_rejected) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            (
                id,
                self.id,
                place,
                &recap.sheet,
                recap.rows.table().code(),
                first.number(),
                last.number(),
                recap.rows_seen,
                recap.rows_rejected,
            ),
        )?;
        let services: BTreeSet<i64> =
            recap.services.iter().map(|code| self.names.service(code)).collect::<Result<_, _>>()?;
        for service in services {
            self.connection
                .execute("INSERT INTO recap_services (recap_id, service_id) VALUES ($1, $2)", (id, service))?;
        }
        self.add_rows(id, recap)
    }

    fn add_rows(&mut self, id: i64, recap: &Recap) -> Result<(), StoreError> {
        let span = (recap.rows.table(), recap.received);
        let held = self.held.remove(&span).unwrap_or_default();
        let compares = self.former.recaps.iter().any(|former| (former.table, former.received) == span);
        let mut new_keys = self.new_keys.remove(&span).unwrap_or_default();
        let mut is_held = |subject: i64, key: &dyn Fn() -> RowKey| {
            if held.is_empty() && !compares {
                return false;
            }
            let key = (subject, key());
            let is_held = held.contains(&key);
            new_keys.insert(key);
            is_held
        };
        let names = &mut self.names;
        self.rows_added += match &recap.rows {
            Rows::Facilities(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::ServiceIndicators(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::Decree(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::Schedule(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::ScheduleChanges(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::Visits(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::FollowUps(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::Lokmin(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::MonthlyReports(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::Achievements(rows) => achievements::insert(names, id, rows, &mut is_held)?,
            Rows::Problems(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::Decisions(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::Clusters(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::DistrictVisits(rows) => insert(names, id, rows, &mut is_held)?,
            Rows::DistrictFollowUps(rows) => insert(names, id, rows, &mut is_held)?,
        };
        self.held.insert(span, held);
        self.new_keys.insert(span, new_keys);
        Ok(())
    }

    /// Rows of former versions that this one lacks; with `replace` they are taken out.
    fn gone(&mut self) -> Result<Vec<GoneRow>, StoreError> {
        let facilities = facility_names(self.connection, self.puskesmas)?;
        let services = service_codes(self.connection, self.puskesmas)?;
        let shown = Shown { facilities, services };
        let mut gone: BTreeMap<(Table, i64, RowKey), GoneRow> = BTreeMap::new();
        for (span, new_keys) in &std::mem::take(&mut self.new_keys) {
            let covered = self.services_covered(*span)?;
            let sheet = self.batch.recaps.iter().find(|recap| (recap.rows.table(), recap.received) == *span);
            let sheet = sheet.map(|recap| recap.sheet.as_str()).unwrap_or_default();
            let former = self.former.recaps.iter().filter(|recap| recap.sequence < self.sequence);
            for recap in former.filter(|recap| (recap.table, recap.received) == *span) {
                for row in former_rows(self.connection, &self.former, recap, &shown)? {
                    let is_other_holders = row.service.is_some_and(|service| !covered.contains(&service));
                    if is_other_holders || new_keys.contains(&(row.subject, row.key.clone())) {
                        continue;
                    }
                    if self.batch.replace {
                        self.connection.execute(
                            "INSERT INTO removals (batch_id, recap_id, ord) VALUES ($1, $2, $3)",
                            (self.id, recap.id, row.ord),
                        )?;
                    }
                    let place = format!("{}!{}", recap.sheet, row.cell);
                    let (file_name, sheet) = (recap.file_name.clone(), sheet.to_owned());
                    gone.insert(
                        (span.0, row.subject, row.key),
                        GoneRow { sheet, table: span.0, what: row.what, file_name, place },
                    );
                }
            }
        }
        let mut gone: Vec<GoneRow> = gone.into_values().collect();
        gone.sort();
        Ok(gone)
    }

    fn services_covered(&mut self, span: (Table, Received)) -> Result<BTreeSet<i64>, StoreError> {
        let recaps = self.batch.recaps.iter().filter(|recap| (recap.rows.table(), recap.received) == span);
        recaps.flat_map(|recap| &recap.services).map(|code| self.names.service(code)).collect()
    }

    fn add_issues(&self, warnings: &[Issue]) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO issues (batch_id, place, sheet, cell, code, severity, message) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )?;
        for (place, issue) in (0_i64..).zip(self.batch.issues.iter().chain(warnings)) {
            statement.execute((
                self.id,
                place,
                &issue.sheet,
                &issue.cell,
                issue.code.code(),
                issue.severity.code(),
                &issue.message,
            ))?;
        }
        Ok(())
    }
}

/// What every change of a Puskesmas' log ends with: its shown name is worked out, and facts changed.
pub(super) fn settle(connection: &Connection, puskesmas: i64) -> Result<(), StoreError> {
    let log = Log::select(connection, Some(puskesmas))?;
    let name = puskesmas_names(&log).remove(&puskesmas);
    connection.execute("UPDATE puskesmas SET name = $1 WHERE id = $2", (name, puskesmas))?;
    bump(connection)
}

/// Says that facts changed.
pub(super) fn bump(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'facts'", [])?;
    Ok(())
}

pub(super) fn puskesmas_or_new(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    if let Some(id) = puskesmas_id(connection, name)? {
        return Ok(id);
    }
    let id = next_id(connection, "puskesmas")?;
    connection.execute("INSERT INTO puskesmas (id, key) VALUES ($1, $2)", (id, puskesmas_key(name)))?;
    Ok(id)
}

fn keep_original(connection: &Connection, bytes: &[u8], deflated: &[u8]) -> Result<String, StoreError> {
    let hash = sha256(bytes);
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    connection.execute(
        "INSERT INTO originals (sha256, size, deflated) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING",
        (&hash, size, deflated),
    )?;
    Ok(hash)
}

fn sequence_of(connection: &Connection, batch: i64) -> Result<i64, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT sequence FROM batches WHERE id = $1 AND undone_at IS NULL")?;
    let mut rows = statement.query([batch])?;
    let row = rows.next()?.ok_or(StoreError::NoSuchBatch(batch))?;
    Ok(row.get(0)?)
}

/// Adds the rows of a recap, but those that `is_held` knows already; returns how many.
fn insert<T: Stored>(
    names: &mut Names<'_>,
    recap: i64,
    rows: &[Sourced<T>],
    is_held: &mut dyn FnMut(i64, &dyn Fn() -> RowKey) -> bool,
) -> Result<u64, StoreError> {
    let places: Vec<String> = (1..=4 + T::COLUMNS.len()).map(|place| format!("${place}")).collect();
    let (table, columns) = (T::SQL_TABLE, T::COLUMNS.join(", "));
    let connection = names.connection();
    let mut statement = connection.prepare_cached(&format!(
        "INSERT INTO {table} (recap_id, ord, subject_id, cells, {columns}) VALUES ({})",
        places.join(", ")
    ))?;
    let mut added = 0;
    for (ord, Sourced { record, cells }) in (0_i64..).zip(rows) {
        let subject = match record.subject() {
            Subject::Facility(name) => names.facility(name)?,
            Subject::Service(code) => names.service(code)?,
            Subject::Puskesmas => names.puskesmas(),
        };
        if is_held(subject, &|| record.key()) {
            continue;
        }
        let head = [Bound::from(recap), Bound::from(ord), Bound::from(subject), Bound::from(cells_text(cells))];
        statement.execute(params_from_iter(head.into_iter().chain(record.values())))?;
        added += 1;
    }
    Ok(added)
}

/// A row of a former version, as far as comparing and naming it needs.
struct FormerRow {
    ord: i64,
    subject: i64,
    key: RowKey,
    /// Of an achievement.
    service: Option<i64>,
    what: String,
    cell: String,
}

/// Names for people, by id.
#[derive(Default)]
struct Shown {
    facilities: BTreeMap<i64, String>,
    services: BTreeMap<i64, String>,
}

impl Shown {
    fn subject(&self, table: Table, id: i64) -> &str {
        let named = match table {
            Table::ServiceIndicators => &self.services,
            Table::Decree => return "",
            table if table.is_written() => return "",
            _ => &self.facilities,
        };
        named.get(&id).map(String::as_str).unwrap_or_default()
    }
}

fn keys_of(connection: &Connection, log: &Log, recap: &LiveRecap) -> Result<Keys, StoreError> {
    let rows = former_rows(connection, log, recap, &Shown::default())?;
    Ok(rows.into_iter().map(|row| (row.subject, row.key)).collect())
}

fn former_rows(
    connection: &Connection,
    log: &Log,
    recap: &LiveRecap,
    shown: &Shown,
) -> Result<Vec<FormerRow>, StoreError> {
    match recap.table {
        Table::Facilities => former::<FacilityRow>(connection, log, recap, shown),
        Table::ServiceIndicators => former::<ServiceDefinition>(connection, log, recap, shown),
        Table::Decree => former::<DecreeRecord>(connection, log, recap, shown),
        Table::Schedule => former::<SlotRow>(connection, log, recap, shown),
        Table::ScheduleChanges => former::<ChangeRow>(connection, log, recap, shown),
        Table::Visits => former::<VisitRow>(connection, log, recap, shown),
        Table::FollowUps => former::<FollowUpRow>(connection, log, recap, shown),
        Table::Lokmin => former::<LokminRow>(connection, log, recap, shown),
        Table::MonthlyReports => former::<ReportRow>(connection, log, recap, shown),
        Table::Achievements => former_achievements(connection, log, recap, shown),
        Table::Problems => former::<Problem>(connection, log, recap, shown),
        Table::Decisions => former::<Decision>(connection, log, recap, shown),
        Table::Clusters => former::<ClusterMember>(connection, log, recap, shown),
        Table::DistrictVisits => former::<DistrictVisit>(connection, log, recap, shown),
        Table::DistrictFollowUps => former::<DistrictFollowUp>(connection, log, recap, shown),
    }
}

fn former<T: Stored>(
    connection: &Connection,
    log: &Log,
    recap: &LiveRecap,
    shown: &Shown,
) -> Result<Vec<FormerRow>, StoreError> {
    let rows = log.rows_in::<T>(connection, Some(&[recap.id]))?;
    let former = rows.into_iter().map(|row| {
        let parts = [shown.subject(T::TABLE, row.subject).to_owned(), row.record.describe()];
        let what: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let cell = cells(&row.cells)?.first().map(|(_, cell)| cell.to_string()).unwrap_or_default();
        let (ord, subject) = (row.ord, row.subject);
        Ok(FormerRow { ord, subject, key: row.record.key(), service: None, what: what.join(", "), cell })
    });
    former.collect()
}

fn former_achievements(
    connection: &Connection,
    log: &Log,
    recap: &LiveRecap,
    shown: &Shown,
) -> Result<Vec<FormerRow>, StoreError> {
    let rows = achievements::rows_in(connection, log, &[recap.id])?;
    let former = rows.into_iter().map(|row| {
        let month = i32::try_from(row.month).map(Month::from_number).map(format::month).unwrap_or_default();
        let code = shown.services.get(&row.service).map(String::as_str).unwrap_or_default();
        let what = format!("{}, {code} {month}", shown.subject(Table::Achievements, row.subject));
        let cell = row.numerator_cells.or(row.denominator_cells).map(FigureCells::shown).unwrap_or_default();
        let (ord, subject, service) = (row.ord, row.subject, Some(row.service));
        FormerRow { ord, subject, key: row.key(), service, what, cell }
    });
    Ok(former.collect())
}
