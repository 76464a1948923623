//! From the log to what counts of that which people wrote beside the figures.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::fact_indexes::FactIndexes;
use super::log::{Log, resolve};
use super::scoped::Scoped;
use super::{Store, StoreError};
use crate::domain::Facts;
use crate::domain::name::{name_key, puskesmas_key};
use crate::domain::written::{ClusterMember, Owned, Problem, WrittenLog, WrittenRecords};
use crate::domain::written_row::WrittenRow;

impl Store {
    /// Members of all clusters, by (year, cluster, Puskesmas).
    pub fn clusters(&self) -> Result<Vec<ClusterMember>, StoreError> {
        self.read(|connection| clusters(connection, &Facts::default()))
    }
}

/// All of a scope whose registers are resolved already.
pub(super) fn resolved(
    connection: &Scoped<'_>,
    log: &Log,
    facts: &Facts,
    puskesmas: &FactIndexes,
) -> Result<WrittenRecords, StoreError> {
    let written = WrittenRecords::gather(&OwnedRows { connection, log, puskesmas }, clusters(connection, facts)?)?;
    Ok(WrittenRecords { problems: problems(written.problems, facts), ..written })
}

/// The rows of a scope as they count.
struct OwnedRows<'a> {
    connection: &'a Connection,
    log: &'a Log,
    puskesmas: &'a FactIndexes,
}

impl WrittenLog for OwnedRows<'_> {
    type Error = StoreError;

    fn rows<T: WrittenRow>(&self) -> Result<Vec<Owned<T>>, StoreError> {
        let resolved = resolve(self.log.rows::<T>(self.connection)?).into_iter();
        Ok(resolved.filter_map(|(id, row)| Some(Owned { puskesmas: self.puskesmas.get(id)?, row })).collect())
    }
}

/// Facilities under the names that the register has now; what no register names any more does not count.
fn problems(rows: Vec<Owned<Problem>>, facts: &Facts) -> Vec<Owned<Problem>> {
    let names: BTreeMap<(u32, String), &str> = facts
        .facilities
        .iter()
        .map(|facility| ((facility.puskesmas, name_key(&facility.name)), facility.name.as_str()))
        .collect();
    let known = rows.into_iter().filter_map(|Owned { puskesmas, row }| {
        let facility = match &row.facility {
            Some(name) => Some((*names.get(&(puskesmas, name_key(name)))?).to_owned()),
            None => None,
        };
        Some(Owned { puskesmas, row: Problem { facility, ..row } })
    });
    let mut known: Vec<Owned<Problem>> = known.collect();
    known.sort_by(|Owned { puskesmas: a, row: one }, Owned { puskesmas: b, row: other }| {
        let of = |row: &Problem| (row.period.first_month(), row.period.last_month());
        (a, of(one), &one.facility, &one.problem).cmp(&(b, of(other), &other.facility, &other.problem))
    });
    known
}

/// The members of clusters: whatever the scope, they stand in the district's log. In the facts of one Puskesmas its
/// own, so that they change only with it.
fn clusters(connection: &Scoped<'_>, facts: &Facts) -> Result<Vec<ClusterMember>, StoreError> {
    let Some(district) = connection.district_id()? else { return Ok(Vec::new()) };
    let log = Log::select_at(connection, Some(district))?;
    let rows = resolve(log.rows::<ClusterMember>(connection)?).into_iter().map(|(_, row)| row);
    let only = match facts.puskesmas.as_slice() {
        [one] => Some(puskesmas_key(&one.name)),
        _ => None,
    };
    let rows = rows.filter(|row| connection.reaches(&row.puskesmas));
    let mut members: Vec<ClusterMember> =
        rows.filter(|row| only.as_ref().is_none_or(|only| puskesmas_key(&row.puskesmas) == *only)).collect();
    members.sort_by(|one, other| {
        (one.year, &one.cluster, &one.puskesmas).cmp(&(other.year, &other.cluster, &other.puskesmas))
    });
    Ok(members)
}
