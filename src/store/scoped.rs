//! A connection together with the reach of the one for whom it works: every read and write of this room is handed one,
//! and only through it does the name of a Puskesmas lead to its id. Knows no table beside those of Puskesmas and batches.

use std::ops::Deref;

use rusqlite::{Connection, OptionalExtension};

use super::moment::Moment;
use super::{BatchId, StoreError};
use crate::domain::access::Reach;
use crate::domain::name::puskesmas_key;
use crate::domain::table::DISTRICT;

/// Puskesmas whose data the holder of a handle sees, and those whose data it may change.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    pub seen: Reach,
    pub changed: Reach,
    /// The log as it stood then; none: as it stands now.
    pub moment: Option<Moment>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { seen: Reach::Everything, changed: Reach::Everything, moment: None }
    }
}

/// A connection within a transaction, and how far the one who asks may see.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scoped<'c> {
    connection: &'c Connection,
    bounds: &'c Bounds,
}

impl Deref for Scoped<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl<'c> Scoped<'c> {
    /// A connection for somebody who reaches this far.
    pub(super) fn new(connection: &'c Connection, bounds: &'c Bounds) -> Self {
        Self { connection, bounds }
    }

    /// The connection without the reach: for what is looked up by an id that came through it.
    pub(super) fn connection(&self) -> &'c Connection {
        self.connection
    }

    /// The log as it stood then; none: as it stands now.
    pub(super) fn moment(&self) -> Option<&'c Moment> {
        self.bounds.moment.as_ref()
    }

    /// Reports whether all that there is may be seen.
    pub(super) fn reaches_everything(&self) -> bool {
        self.bounds.seen == Reach::Everything
    }

    /// Reports whether what is kept under this owner may be seen. What is of the district's team, or (under a blank
    /// name) of all Puskesmas together, is for those who see everything.
    pub(super) fn reaches(&self, owner: &str) -> bool {
        is_within(&self.bounds.seen, owner)
    }

    /// Refuses to change what is not within reach.
    pub(super) fn require(&self, owner: &str) -> Result<(), StoreError> {
        let is_allowed = self.reaches(owner) && is_within(&self.bounds.changed, owner);
        if is_allowed { Ok(()) } else { Err(StoreError::OutOfReach(owner.to_owned())) }
    }

    /// Refuses what is about the whole database.
    pub(super) fn require_everything(&self) -> Result<(), StoreError> {
        if self.reaches_everything() { Ok(()) } else { Err(StoreError::OutOfReach(String::new())) }
    }

    /// The id of a Puskesmas within reach that was ever imported; any other one is as if it had never been.
    pub(super) fn puskesmas_id(&self, name: &str) -> Result<Option<i64>, StoreError> {
        if self.reaches(name) { id_of(self.connection, name) } else { Ok(None) }
    }

    /// The id of the district's team, whose list of clusters tells each Puskesmas where it belongs: whoever reads it
    /// leaves out the members that are not within reach.
    pub(super) fn district_id(&self) -> Result<Option<i64>, StoreError> {
        id_of(self.connection, DISTRICT)
    }

    /// Name of the Puskesmas of a batch; none where there is no batch of this number within reach.
    pub(super) fn batch_owner(&self, batch: BatchId) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT puskesmas_name FROM batches WHERE id = $1")?;
        let owner: Option<String> = statement.query_row([batch], |row| row.get(0)).optional()?;
        Ok(owner.filter(|owner| self.reaches(owner)))
    }

    /// Reports whether there is a batch of this number within reach.
    pub(super) fn has_batch(&self, batch: BatchId) -> Result<bool, StoreError> {
        Ok(self.batch_owner(batch)?.is_some())
    }

    /// Refuses to change the data of a Puskesmas that is looked up first; it is as if it were not there.
    pub(super) fn changed_puskesmas_id(&self, name: &str) -> Result<Option<i64>, StoreError> {
        let id = self.puskesmas_id(name)?;
        if id.is_some() {
            self.require(name)?;
        }
        Ok(id)
    }

    /// Refuses a batch that is not there or not within reach, in the same words.
    pub(super) fn require_batch(&self, batch: BatchId) -> Result<(), StoreError> {
        if self.has_batch(batch)? { Ok(()) } else { Err(StoreError::NoSuchBatch(batch)) }
    }
}

fn is_within(reach: &Reach, owner: &str) -> bool {
    let is_shared = owner.is_empty() || puskesmas_key(owner) == puskesmas_key(DISTRICT);
    if is_shared { *reach == Reach::Everything } else { reach.holds(owner) }
}

fn id_of(connection: &Connection, name: &str) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM puskesmas WHERE key = $1")?;
    let mut rows = statement.query([puskesmas_key(name)])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}
