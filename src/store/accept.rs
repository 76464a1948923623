//! Taking a workbook into the log, in one transaction: its bytes, its rows, its issues, and which rows of
//! former versions it lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rusqlite::Connection;

use super::accept_acts::{FormerEntry, ImportAct, typed_act};
use super::achievements;
use super::audit;
use super::codec::{FigureCells, cells, instant_text, months_text};
use super::covered_months::{CoveredRows, covered_issue, is_year_over};
use super::differing_scores;
use super::entries::{Replaced, TakenRows, rows_taken_out};
use super::insert::{RowPlace, insert};
use super::known::is_held;
use super::log::{LiveRecap, Log};
use super::names::{NameIds, facility_names, next_id, service_codes};
use super::puskesmas::{puskesmas_or_new, settle};
use super::rows::{RowKey, Stored};
use super::scoped::Scoped;
use super::signatures;
use super::tables::{with_record, with_rows};
use super::{Accepted, BatchId, Content, GoneRow, NewBatch, Store, StoreError, sha256};
use crate::diagnostic::Issue;
use crate::domain::access::Right;
use crate::domain::format;
use crate::domain::records::{Recap, Rows};
use crate::domain::{Month, Received, Signature, Table};

/// Rows by (subject, key) of one table and span of months.
type Keys = BTreeSet<(i64, RowKey)>;

impl Store {
    /// Accepts one workbook: all of it in one transaction, or nothing.
    pub fn accept(&self, batch: &NewBatch<'_>, content: &Content<'_>) -> Result<Accepted, StoreError> {
        let original = Original::of_batch(batch)?;
        self.write(|connection| {
            let mut accepting = Accepting::begin(*connection, batch, &original, None)?;
            accepting.content(content)?;
            accepting.finish()
        })
    }

    /// Accepts rows that add to what is there and are no version of a recap: nothing is missed in them.
    pub fn accept_addition(&self, batch: &NewBatch<'_>, content: &Content<'_>) -> Result<Accepted, StoreError> {
        let original = Original::of_batch(batch)?;
        self.write(|connection| {
            let mut accepting = Accepting::begin(*connection, batch, &original, None)?;
            accepting.is_addition = true;
            accepting.content(content)?;
            accepting.finish()
        })
    }

    /// Accepts what a form wrote: rows that add, in the place of the entry that they replace. `None`, and nothing written,
    /// where that entry does not stand any more.
    pub fn accept_entry(
        &self,
        batch: &NewBatch<'_>,
        content: &Content<'_>,
        replaced: Option<Replaced<'_>>,
    ) -> Result<Option<Accepted>, StoreError> {
        let original = Original::of_batch(batch)?;
        self.write_if(|connection| {
            let mut accepting = Accepting::begin(*connection, batch, &original, None)?;
            accepting.is_addition = true;
            connection.execute("UPDATE batches SET by_form = 1 WHERE id = $1", [accepting.id])?;
            let mut former = None;
            if let Some(replaced) = replaced {
                let Some(taken) = accepting.take_out(replaced)? else { return Ok(None) };
                former = Some(FormerEntry { table: replaced.table, fields: taken.fields });
            }
            accepting.content(content)?;
            let accepted = accepting.store()?;
            audit::append(connection, batch.by, &typed_act(batch, content, former))?;
            Ok(Some(accepted))
        })
    }

    /// Accepts a workbook of which `hand_over` brings the content, perhaps while it is still being read: all of it in
    /// one transaction, or nothing. `None`, and nothing written or asked for, where the Puskesmas holds these bytes by
    /// now: another process may have brought them since the caller looked.
    pub fn accept_new(
        &self,
        batch: &NewBatch<'_>,
        hand_over: impl FnOnce(&mut Accepting<'_, '_>) -> Result<(), StoreError>,
    ) -> Result<Option<Accepted>, StoreError> {
        let original = Original::of_batch(batch)?;
        self.write_if(|connection| {
            if is_held(connection, batch.puskesmas, &original.sha256)? {
                return Ok(None);
            }
            let mut accepting = Accepting::begin(*connection, batch, &original, None)?;
            hand_over(&mut accepting)?;
            accepting.finish().map(Some)
        })
    }

    /// Takes a live batch's workbook in anew: of its content the rows that the former reading rejected are added, and
    /// they rank where that workbook ranks; with `replace`, rows of versions before it that it lacks go.
    /// `None`, and nothing written, where that changes nothing.
    pub fn accept_retried(
        &self,
        batch: &NewBatch<'_>,
        former: BatchId,
        hand_over: impl FnOnce(&mut Accepting<'_, '_>) -> Result<(), StoreError>,
    ) -> Result<Option<Accepted>, StoreError> {
        let original = Original::of_batch(batch)?;
        self.write_if(|connection| {
            let mut accepting = Accepting::begin(*connection, batch, &original, Some(former))?;
            hand_over(&mut accepting)?;
            let accepted = accepting.finish()?;
            Ok((accepted.rows_added > 0 || !accepted.gone.is_empty()).then_some(accepted))
        })
    }
}

/// First bytes of a package, whose parts are packed already.
const ZIP: &[u8] = b"PK";

/// Bytes as they are kept; what is packed already is only wrapped.
pub(super) fn deflate(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let is_packed = bytes.starts_with(ZIP);
    let level = if is_packed { Compression::none() } else { Compression::fast() };
    let room = if is_packed { bytes.len() + bytes.len() / 1_000 + 64 } else { bytes.len() / 2 };
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(room), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// The bytes of a workbook as they are kept: made before the transaction, which others wait for.
struct Original {
    sha256: String,
    size: i64,
    deflated: Vec<u8>,
    kept_sha256: Option<String>,
    kept_as: Option<&'static str>,
}

impl Original {
    fn of_batch(batch: &NewBatch<'_>) -> Result<Self, StoreError> {
        let (bytes, kept_as) = batch.kept.bytes(batch.bytes);
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let kept_sha256 = kept_as.map(|_| sha256(bytes));
        Ok(Self { sha256: sha256(batch.bytes), size, deflated: deflate(bytes)?, kept_sha256, kept_as })
    }

    /// Keeps it. Where a copy without personal data lies already and now the file as it came is to be kept, that takes
    /// its place.
    fn keep(&self, connection: &Connection) -> Result<(), StoreError> {
        connection.execute(
            "INSERT INTO originals (sha256, size, deflated, kept_sha256, kept_as) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (sha256) DO UPDATE SET size = excluded.size, deflated = excluded.deflated, \
             kept_sha256 = excluded.kept_sha256, kept_as = excluded.kept_as \
             WHERE excluded.kept_as IS NULL AND kept_as IN ('package', 'cells', 'nothing')",
            (&self.sha256, self.size, &self.deflated, &self.kept_sha256, self.kept_as),
        )?;
        Ok(())
    }
}

/// A workbook on its way into the log, within one transaction. Its tables come one after the other: each begins, brings
/// its rows in any number of pieces, and ends.
pub struct Accepting<'c, 'b> {
    connection: &'c Connection,
    scoped: Scoped<'c>,
    batch: &'b NewBatch<'b>,
    /// The batch whose rejected rows are tried again.
    continues: Option<BatchId>,
    /// True if the rows add to what is there: nothing is compared with former versions.
    is_addition: bool,
    id: i64,
    sequence: i64,
    puskesmas: i64,
    sha256: String,
    names: NameIds<'c>,
    /// The log before this batch.
    former: Log,
    /// Keys of the rows that a continued batch holds, taken out since or not.
    held: BTreeMap<(Table, Received), Keys>,
    /// Keys of the new rows, where there is a former version to compare with.
    new_keys: BTreeMap<(Table, Received), Keys>,
    /// Tables that have begun so far, in order; the last one is open.
    taken: Vec<BatchTable>,
    issues_added: i64,
    rows_added: u64,
}

/// A table of the batch.
struct BatchTable {
    id: i64,
    sheet: String,
    span: (Table, Received),
    services: BTreeSet<i64>,
    /// Rows that came so far, held already or not.
    rows: i64,
    /// Rows of which something was rejected.
    rejected: u32,
}

impl<'c, 'b> Accepting<'c, 'b> {
    fn begin(
        scoped: Scoped<'c>,
        batch: &'b NewBatch<'b>,
        original: &Original,
        continues: Option<BatchId>,
    ) -> Result<Self, StoreError> {
        let puskesmas = puskesmas_or_new(&scoped, &Right::TO_WRITE, batch.puskesmas)?;
        if let Some(former) = continues {
            scoped.require_batch(former)?;
        }
        let connection = scoped.connection();
        let former = Log::select(connection, Some(puskesmas))?;
        original.keep(connection)?;
        let id = next_id(connection, "batches")?;
        let sequence = match continues {
            Some(former) => sequence_of(connection, former)?,
            None => id,
        };
        let hash = &original.sha256;
        let at = instant_text(batch.by.at);
        connection.execute(
            "INSERT INTO batches (id, puskesmas_id, puskesmas_name, file_name, sha256, who, at, sequence) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            (id, puskesmas, batch.puskesmas, batch.file_name, hash, batch.by.who, at, sequence),
        )?;
        let names = NameIds::load(connection, puskesmas)?;
        let mut accepting = Self {
            connection,
            scoped,
            batch,
            continues,
            is_addition: false,
            id,
            sequence,
            puskesmas,
            sha256: original.sha256.clone(),
            names,
            former,
            held: BTreeMap::new(),
            new_keys: BTreeMap::new(),
            taken: Vec::new(),
            issues_added: 0,
            rows_added: 0,
        };
        if continues.is_some() {
            accepting.collect_held()?;
        }
        Ok(accepting)
    }

    /// All of a content that was read before.
    pub fn content(&mut self, content: &Content<'_>) -> Result<(), StoreError> {
        for recap in content.recaps {
            self.begin_table(&recap.sheet, recap.rows.table(), recap.received)?;
            self.end_table(recap)?;
        }
        self.issues(content.issues)?;
        self.signatures(content.signatures)
    }

    /// Rows that came so far and were not held already.
    pub fn rows_added(&self) -> u64 {
        self.rows_added
    }

    /// Opens the next table of the workbook; its rows follow by [`Self::rows`], and [`Self::end_table`] closes it.
    pub fn begin_table(&mut self, sheet: &str, table: Table, received: Received) -> Result<(), StoreError> {
        self.scoped.require(Right::to_write(table), self.batch.puskesmas)?;
        let id = next_id(self.connection, "recaps")?;
        let place = i64::try_from(self.taken.len()).unwrap_or(i64::MAX);
        let (first, last) = received.months();
        self.connection.execute(
            "INSERT INTO recaps (id, batch_id, place, sheet, record, first_month, last_month, rows_seen, \
             rows_rejected) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0)",
            (id, self.id, place, sheet, table.code(), first.number(), last.number()),
        )?;
        let sheet = sheet.to_owned();
        let span = (table, received);
        let services = BTreeSet::new();
        self.taken.push(BatchTable { id, sheet, span, services, rows: 0, rejected: 0 });
        Ok(())
    }

    /// The table ends: with its last rows, and with what is known of it as a whole.
    pub fn end_table(&mut self, recap: &Recap) -> Result<(), StoreError> {
        self.rows(&recap.rows)?;
        let services: BTreeSet<i64> =
            recap.services.iter().map(|code| self.names.service(code)).collect::<Result<_, _>>()?;
        let Some(taken) = self.taken.last_mut() else { return Ok(()) };
        for service in &services {
            self.connection
                .execute("INSERT INTO recap_services (recap_id, service_id) VALUES ($1, $2)", (taken.id, service))?;
        }
        taken.services = services;
        taken.rejected = recap.rows_rejected;
        self.connection.execute(
            "UPDATE recaps SET rows_seen = $1, rows_rejected = $2, due_months = $3 WHERE id = $4",
            (recap.rows_seen, recap.rows_rejected, recap.due_months.as_deref().map(months_text), taken.id),
        )?;
        Ok(())
    }

    /// Ends what a workbook brought, and writes it down: one row a workbook, however many rows it has.
    fn finish(self) -> Result<Accepted, StoreError> {
        let connection = self.connection;
        let by = self.batch.by;
        let mut act = self.act();
        let accepted = self.store()?;
        act.gone = accepted.gone.len();
        act.rows = accepted.rows_added;
        audit::append(connection, by, &act.entry(accepted.batch))?;
        Ok(accepted)
    }

    fn act(&self) -> ImportAct {
        let tables = self.taken.iter().map(|taken| {
            let (table, received) = taken.span;
            format!(
                "{} {} ({} baris, {} ditolak)",
                table.label(),
                format::received(received),
                taken.rows,
                taken.rejected
            )
        });
        ImportAct {
            puskesmas: self.batch.puskesmas.to_owned(),
            file: self.batch.file_name.to_owned(),
            sha256: self.sha256.clone(),
            tables: tables.collect::<Vec<_>>().join("; "),
            continues: self.continues,
            is_replacing: self.batch.replace,
            personal: self.batch.kept.personal_words(),
            rows: 0,
            gone: 0,
        }
    }

    fn store(mut self) -> Result<Accepted, StoreError> {
        // Without `replace`, a workbook taken in anew was warned about when it came first.
        let tells_gone = !self.is_addition && (self.continues.is_none() || self.batch.replace);
        let covered = self.covered_by_years()?;
        let gone = if tells_gone { self.gone()? } else { Vec::new() };
        settle(self.connection, self.puskesmas)?;
        let mut warnings = GoneRow::issues(&gone, self.batch.replace);
        warnings.extend(covered);
        if self.taken.iter().any(|taken| matches!(taken.span.0, Table::Visits | Table::ChecklistItems)) {
            warnings.extend(differing_scores::warnings(self.connection, self.puskesmas, self.id)?);
        }
        self.issues(&warnings)?;
        Ok(Accepted { batch: self.id, rows_added: self.rows_added, gone, warnings })
    }

    /// Takes the rows of an entry out that make way; `None` where the entry has none.
    fn take_out(&self, replaced: Replaced<'_>) -> Result<Option<TakenRows>, StoreError> {
        let taken = rows_taken_out(self.connection, &self.former, self.puskesmas, replaced)?;
        let Some(taken) = taken else { return Ok(None) };
        for (recap, ord) in &taken.rows {
            self.connection
                .execute("INSERT INTO removals (batch_id, recap_id, ord) VALUES ($1, $2, $3)", (self.id, recap, ord))?;
        }
        Ok(Some(taken))
    }

    /// Collects the keys of rows that the continued batch holds already, with those that were taken out since.
    fn collect_held(&mut self) -> Result<(), StoreError> {
        let log = Log::select(self.connection, Some(self.puskesmas))?.with_removed_rows();
        for recap in log.recaps.iter().filter(|recap| recap.sequence == self.sequence) {
            let keys = keys_of(self.connection, &log, recap)?;
            self.held.entry((recap.table, recap.received)).or_default().extend(keys);
        }
        Ok(())
    }

    /// The next rows of the table that began last.
    pub fn rows(&mut self, rows: &Rows) -> Result<(), StoreError> {
        self.scoped.require_rows(self.batch.puskesmas, rows)?;
        let Some(taken) = self.taken.last_mut() else { return Ok(()) };
        let span = taken.span;
        let place = RowPlace { recap: taken.id, first: taken.rows };
        let held = self.held.remove(&span).unwrap_or_default();
        let is_version = |former: &LiveRecap| {
            !former.by_form && ((former.table, former.received) == span || is_year_over(former, span))
        };
        let compares = self.former.recaps.iter().any(is_version);
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
        self.rows_added += with_rows!(
            rows,
            list => insert(names, place, list, &mut is_held)?,
            achievements => achievements::insert(names, place, list, &mut is_held)?
        );
        taken.rows += i64::try_from(rows.len()).unwrap_or(i64::MAX);
        self.held.insert(span, held);
        self.new_keys.insert(span, new_keys);
        Ok(())
    }

    /// Warns of rows of a month that a table of its whole year holds too: that one counts as December's, so its rows hold.
    fn covered_by_years(&self) -> Result<Vec<Issue>, StoreError> {
        let mut warnings = Vec::new();
        for (span, keys) in &self.new_keys {
            let Some(taken) = self.taken.iter().find(|taken| taken.span == *span) else { continue };
            for year in self.former.recaps.iter().filter(|recap| !recap.by_form && is_year_over(recap, *span)) {
                let count = keys_of(self.connection, &self.former, year)?.intersection(keys).count();
                if count > 0 {
                    warnings.push(covered_issue(&taken.sheet, year, &CoveredRows { span: *span, count }));
                }
            }
        }
        Ok(warnings)
    }

    /// Rows of former versions that this one lacks; with `replace` they are taken out.
    fn gone(&mut self) -> Result<Vec<GoneRow>, StoreError> {
        let facilities = facility_names(self.connection, self.puskesmas)?;
        let services = service_codes(self.connection, self.puskesmas)?;
        let shown = NamesById { facilities, services };
        let mut gone: BTreeMap<(Table, i64, RowKey), GoneRow> = BTreeMap::new();
        for (span, new_keys) in &std::mem::take(&mut self.new_keys) {
            let of_span = || self.taken.iter().filter(|taken| taken.span == *span);
            let covered: BTreeSet<i64> = of_span().flat_map(|taken| &taken.services).copied().collect();
            let sheet = of_span().next().map(|taken| taken.sheet.as_str()).unwrap_or_default();
            // What forms wrote is no version of the recap.
            let is_before = |recap: &&LiveRecap| !recap.by_form && recap.sequence < self.sequence;
            let former = self.former.recaps.iter().filter(is_before);
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
                    let file_name = recap.file_name.clone();
                    let sheet = sheet.to_owned();
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

    /// Adds issues to the batch, in order, after those that it has.
    pub fn issues(&mut self, issues: &[Issue]) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO issues (batch_id, place, sheet, cell, code, severity, message) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )?;
        for issue in issues {
            let code = issue.code.code();
            let severity = issue.severity.code();
            let place = self.issues_added;
            statement.execute((self.id, place, &issue.sheet, &issue.cell, code, severity, &issue.message))?;
            self.issues_added += 1;
        }
        Ok(())
    }

    /// Keeps the people who signed the workbook.
    pub fn signatures(&mut self, signatures: &[Signature]) -> Result<(), StoreError> {
        signatures::keep(self.connection, self.id, signatures)
    }
}

fn sequence_of(connection: &Connection, batch: i64) -> Result<i64, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT sequence FROM batches WHERE id = $1 AND undone_at IS NULL")?;
    let mut rows = statement.query([batch])?;
    let row = rows.next()?.ok_or(StoreError::NoSuchBatch(batch))?;
    Ok(row.get(0)?)
}

/// A row of a former version, as far as comparing and naming it needs.
struct FormerRow {
    ord: i64,
    subject: i64,
    key: RowKey,
    /// Id of the service indicator, for an achievement; its key does not hold it.
    service: Option<i64>,
    what: String,
    cell: String,
}

/// Names for people, by id.
#[derive(Default)]
struct NamesById {
    facilities: BTreeMap<i64, String>,
    services: BTreeMap<i64, String>,
}

impl NamesById {
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
    let rows = former_rows(connection, log, recap, &NamesById::default())?;
    Ok(rows.into_iter().map(|row| (row.subject, row.key)).collect())
}

fn former_rows(
    connection: &Connection,
    log: &Log,
    recap: &LiveRecap,
    shown: &NamesById,
) -> Result<Vec<FormerRow>, StoreError> {
    with_record!(
        recap.table,
        Record => former::<Record>(connection, log, recap, shown),
        achievements => former_achievements(connection, log, recap, shown)
    )
}

fn former<T: Stored>(
    connection: &Connection,
    log: &Log,
    recap: &LiveRecap,
    shown: &NamesById,
) -> Result<Vec<FormerRow>, StoreError> {
    let rows = log.rows_in::<T>(connection, Some(&[recap.id]))?;
    let former = rows.into_iter().map(|row| {
        let parts = [shown.subject(T::TABLE, row.subject).to_owned(), row.record.describe()];
        let what: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let cell = cells(&row.cells)?.first().map(|(_, cell)| cell.to_string()).unwrap_or_default();
        let ord = row.ord;
        let subject = row.subject;
        Ok(FormerRow { ord, subject, key: row.record.key(), service: None, what: what.join(", "), cell })
    });
    former.collect()
}

fn former_achievements(
    connection: &Connection,
    log: &Log,
    recap: &LiveRecap,
    shown: &NamesById,
) -> Result<Vec<FormerRow>, StoreError> {
    let rows = achievements::rows_in(connection, log, &[recap.id])?;
    let former = rows.into_iter().map(|row| {
        let month = i32::try_from(row.month).map(Month::from_number).map(format::month).unwrap_or_default();
        let code = shown.services.get(&row.service).map(String::as_str).unwrap_or_default();
        let what = format!("{}, {code} {month}", shown.subject(Table::Achievements, row.subject));
        let cell = row.main_cells().map(FigureCells::words).unwrap_or_default();
        let ord = row.ord;
        let subject = row.subject;
        let service = Some(row.service);
        FormerRow { ord, subject, key: row.key(), service, what, cell }
    });
    Ok(former.collect())
}
