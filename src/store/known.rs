//! Registers, figures and answers of a Puskesmas that are known before a workbook is read, and the search for the same
//! bytes among accepted batches.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::achievements;
use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, instant_text, month};
use super::facts::{Registered, listed_services, registered, standing_changes};
use super::history::{issues_of, recaps_of};
use super::log::{Log, resolve};
use super::puskesmas::puskesmas_or_new;
use super::scoped::Scoped;
use super::version::bump;
use super::{BatchId, By, HeldBatch, Known, KnownPlace, LaterVersion, Scope, Store, StoreError};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::name::{name_key, puskesmas_key};
use crate::domain::records::{Accumulated, AchievementRow, ChangeRow, FacilityRow, SlotRow, VisitRow};
use crate::domain::table::DISTRICT;
use crate::domain::{Received, Table};

impl Store {
    /// Returns the registers, figures and answers of a Puskesmas; all blank where nothing of it was ever imported.
    pub fn known(&self, puskesmas: &str) -> Result<Known, StoreError> {
        if puskesmas_key(puskesmas) == puskesmas_key(DISTRICT) {
            return Ok(Known { members: self.nameable()?, ..Known::default() });
        }
        self.read(|connection| known(connection, puskesmas))
    }

    /// The Puskesmas that a list of clusters may name.
    fn nameable(&self) -> Result<Vec<String>, StoreError> {
        let mut names = self.puskesmas()?;
        names.extend(self.clusters()?.into_iter().map(|member| member.puskesmas));
        Ok(names)
    }

    /// The figures of its achievements so far, in the order in which they count: against them those of a new recap are
    /// judged, and they are asked for only where there is one.
    pub fn former_figures(&self, puskesmas: &str) -> Result<Vec<AchievementRow>, StoreError> {
        self.read(|connection| former_figures(connection, puskesmas))
    }

    /// The live batch of a Puskesmas that holds the workbook of this hash, if there is one.
    pub fn held(&self, puskesmas: &str, sha256: &str) -> Result<Option<HeldBatch>, StoreError> {
        self.read(|connection| {
            let Some(puskesmas) = connection.puskesmas_id(puskesmas)? else { return Ok(None) };
            held(connection, puskesmas, sha256)
        })
    }

    /// Names of all Puskesmas under which a workbook of this hash is live: one without banner may be known.
    pub fn holders(&self, sha256: &str) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT puskesmas_name FROM batches WHERE sha256 = $1 AND undone_at IS NULL ORDER BY 1",
            )?;
            let mut names: Vec<String> = statement.query_map([sha256], |row| row.get(0))?.collect::<Result<_, _>>()?;
            names.retain(|name| connection.reaches(name));
            Ok(names)
        })
    }

    /// Remembers that `written` means the facility that the register calls `name`; a later word of the same
    /// spelling replaces it.
    pub fn add_alias(&self, puskesmas: &str, written: &str, name: &str, by: By<'_>) -> Result<(), StoreError> {
        self.write(|connection| {
            let owner = puskesmas;
            let puskesmas = puskesmas_or_new(connection, &[Right::Import, Right::Figures], owner)?;
            let sql = "SELECT facility_name FROM aliases WHERE puskesmas_id = $1 AND key = $2";
            let former: Option<String> =
                connection.query_row(sql, (puskesmas, name_key(written)), |row| row.get(0)).optional()?;
            let entry = AuditEntry::new(AuditAction::AliasSet, format!("nama “{written}”")).about(owner);
            let before = AuditFields::none().with("Faskes", former.unwrap_or_default());
            audit::append(connection, by, &entry.before(before).after(AuditFields::none().with("Faskes", name)))?;
            connection.execute(
                "INSERT INTO aliases (puskesmas_id, key, written, facility_name, who, at) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (puskesmas_id, key) DO UPDATE SET \
                 written = excluded.written, facility_name = excluded.facility_name, who = excluded.who, \
                 at = excluded.at",
                (puskesmas, name_key(written), written, name, by.who, instant_text(by.at)),
            )?;
            bump(connection, puskesmas)
        })
    }
}

/// The figures of a Puskesmas' achievements as its recaps bring them, a version after the other.
fn former_figures(connection: &Scoped<'_>, puskesmas: &str) -> Result<Vec<AchievementRow>, StoreError> {
    let log = Log::load(connection, &Scope::Puskesmas(puskesmas.to_owned()))?;
    let only: Vec<i64> =
        log.recaps_of(Table::Achievements).unwrap_or_else(|| log.recaps.iter().map(|recap| recap.id).collect());
    if only.is_empty() {
        return Ok(Vec::new());
    }
    let names: BTreeMap<i64, String> = registered(connection, &log)?
        .into_iter()
        .map(|registered| (registered.subject, registered.row.name.clone()))
        .collect();
    let codes: BTreeMap<i64, String> =
        listed_services(connection, &log)?.into_iter().map(|listed| (listed.subject, listed.definition.code)).collect();
    let mut rows = achievements::rows_in(connection, &log, &only)?;
    rows.sort_by_key(|row| (row.rank, row.ord));
    let figures = rows.into_iter().filter_map(|row| {
        Some(AchievementRow {
            facility: names.get(&row.subject)?.clone(),
            service: codes.get(&row.service)?.clone(),
            month: month(row.month).ok()?,
            numerator: row.numerator,
            denominator: row.denominator,
            accumulated: row.accumulated,
        })
    });
    Ok(figures.collect())
}

fn known(connection: &Scoped<'_>, puskesmas: &str) -> Result<Known, StoreError> {
    let log = Log::load(connection, &Scope::Puskesmas(puskesmas.to_owned()))?;
    let Some(id) = connection.puskesmas_id(puskesmas)? else { return Ok(Known::default()) };
    let register = registered(connection, &log)?;
    let name = |subject: i64| {
        let place = register.binary_search_by_key(&subject, |registered| registered.subject).ok()?;
        Some(register[place].row.name.clone())
    };
    let mut known = Known { aliases: aliases(connection, id)?, ..Known::default() };
    let mut listed: Vec<&Registered> = register.iter().collect();
    listed.sort_by_key(|registered| (registered.place.unwrap_or(u32::MAX), &registered.row.name));
    known.facilities = listed.into_iter().map(|registered| registered.row.name.clone()).collect();
    let place = |row: &FacilityRow| KnownPlace {
        facility: row.name.clone(),
        kind: row.kind.clone(),
        village: row.village.clone(),
    };
    known.places = register.iter().map(|registered| place(&registered.row)).collect();
    known.places.sort_by(|one, other| one.facility.cmp(&other.facility));
    let mut services = listed_services(connection, &log)?;
    // Ordered by year within a service: the latest definition names it.
    services.reverse();
    services.dedup_by_key(|listed| listed.subject);
    let codes: BTreeMap<i64, &str> =
        services.iter().map(|listed| (listed.subject, listed.definition.code.as_str())).collect();
    for (subject, service, month, count) in achievements::accumulated(connection, &log)? {
        let of = name(subject).zip(codes.get(&service).map(|code| (*code).to_owned()));
        known.accumulated.extend(of.map(|(facility, service)| Accumulated { facility, service, month, count }));
    }
    known.services = services.into_iter().map(|listed| (listed.definition.code, listed.definition.name)).collect();
    known.services.sort();
    for (subject, row) in resolve(log.rows::<SlotRow>(connection)?) {
        known.slots.extend(name(subject).map(|facility| SlotRow { facility, month: row.month, person: row.person }));
    }
    known.slots.sort_by(|one, other| (&one.facility, one.month).cmp(&(&other.facility, other.month)));
    let mut changes = standing_changes(log.rows::<ChangeRow>(connection)?);
    changes.sort_by_key(|change| (change.subject, change.rank, change.ord));
    for change in changes {
        let rank = log.recap(change.rank).received.rank_month();
        let named = name(change.subject).map(|facility| (rank, ChangeRow { facility, ..change.record }));
        known.changes.extend(named);
    }
    // Stable: within a facility the order in which they hold stays.
    known.changes.sort_by(|(_, one), (_, other)| one.facility.cmp(&other.facility));
    for row in log.rows::<VisitRow>(connection)? {
        known.visits.extend(name(row.subject).map(|facility| (facility, row.record.date)));
    }
    known.visits.sort();
    known.visits.dedup();
    Ok(known)
}

fn aliases(connection: &Connection, puskesmas: i64) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT written, facility_name FROM aliases WHERE puskesmas_id = $1 ORDER BY written")?;
    let pairs = statement.query_map([puskesmas], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(pairs.collect::<Result<_, _>>()?)
}

/// Reports whether a batch of this Puskesmas that stands holds the workbook of this hash.
pub(super) fn is_held(connection: &Scoped<'_>, puskesmas: &str, sha256: &str) -> Result<bool, StoreError> {
    let Some(puskesmas) = connection.puskesmas_id(puskesmas)? else { return Ok(false) };
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM batches WHERE puskesmas_id = $1 AND sha256 = $2 AND undone_at IS NULL LIMIT 1",
    )?;
    Ok(statement.exists((puskesmas, sha256))?)
}

fn held(connection: &Connection, puskesmas: i64, sha256: &str) -> Result<Option<HeldBatch>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, sequence FROM batches \
         WHERE puskesmas_id = $1 AND sha256 = $2 AND undone_at IS NULL ORDER BY id",
    )?;
    let mut rows = statement.query((puskesmas, sha256))?;
    let mut chain: Vec<(BatchId, i64)> = Vec::new();
    while let Some(row) = rows.next()? {
        chain.push((row.get(0)?, row.get(1)?));
    }
    let Some((batch, sequence)) = chain.first() else { return Ok(None) };
    let Some((last, _)) = chain.last() else { return Ok(None) };
    let log = Log::select(connection, Some(puskesmas))?;
    Ok(Some(HeldBatch {
        batch: *batch,
        recaps: recaps_of(connection, *last)?,
        issues: issues_of(connection, *last)?,
        later: later_versions(connection, &log, *last, *sequence)?,
    }))
}

/// Returns, for each recap of a batch, the last one of the same table and months that was accepted after it.
fn later_versions(
    connection: &Connection,
    log: &Log,
    batch: BatchId,
    sequence: i64,
) -> Result<Vec<LaterVersion>, StoreError> {
    let mut later = Vec::new();
    for recap in log.recaps.iter().filter(|recap| recap.batch == batch) {
        let covers = services_of(connection, recap.id)?;
        let mut last = None;
        for other in &log.recaps {
            let same: (Table, Received) = (other.table, other.received);
            if other.by_form || same != (recap.table, recap.received) || other.sequence <= sequence {
                continue;
            }
            let shares = || -> Result<bool, StoreError> {
                Ok(services_of(connection, other.id)?.iter().any(|service| covers.contains(service)))
            };
            if recap.table != Table::Achievements || shares()? {
                last = Some(other);
            }
        }
        later.extend(last.map(|other| LaterVersion {
            sheet: recap.sheet.clone(),
            table: recap.table,
            received: recap.received,
            file_name: other.file_name.clone(),
            at: other.at,
        }));
    }
    Ok(later)
}

fn services_of(connection: &Connection, recap: i64) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT service_id FROM recap_services WHERE recap_id = $1")?;
    let mut rows = statement.query([recap])?;
    let mut services = Vec::new();
    while let Some(row) = rows.next()? {
        services.push(Columns::new(row).get()?);
    }
    Ok(services)
}
