//! A connection together with the reach of the one for whom it works: every read and write of this room is handed one,
//! and only through it does the name of a Puskesmas lead to its id. Knows no table beside those of Puskesmas and batches.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use super::moment::Moment;
use super::{BatchId, StoreError};
use crate::domain::access::{Access, Grant, Origin, Reach, Right};
use crate::domain::name::{name_key, puskesmas_key};
use crate::domain::records::Rows;
use crate::domain::table::DISTRICT;

/// The one in whose hands a handle is, and the handle from which it was narrowed: what is refused there is refused here.
#[derive(Clone, Debug)]
pub(super) struct HandleBounds {
    access: Access,
    above: Option<Arc<HandleBounds>>,
    /// The log as it stood then; none: as it stands now.
    moment: Option<Moment>,
}

impl HandleBounds {
    /// Bounds of the machine's owner: none.
    pub(super) fn none() -> Self {
        Self { access: Access::owner(String::new(), Origin::CommandLine), above: None, moment: None }
    }

    /// The bounds of somebody to whom a handle is given on.
    pub(super) fn narrowed(self: &Arc<Self>, access: &Access) -> Self {
        Self { access: access.clone(), above: Some(self.clone()), moment: self.moment.clone() }
    }

    /// The bounds of a handle on the data of one Puskesmas as they stood at a moment: it changes nothing.
    pub(super) fn at(self: &Arc<Self>, puskesmas: &str, moment: Moment) -> Self {
        let reader = Grant::Viewer { puskesmas: puskesmas.to_owned() };
        let access = Access::of_account(self.access.account(), Origin::CommandLine, vec![reader], &[]);
        Self { access, above: Some(self.clone()), moment: Some(moment) }
    }

    fn sees_everything(&self) -> bool {
        *self.access.reach() == Reach::Everything && self.above.as_ref().is_none_or(|above| above.sees_everything())
    }

    fn seen_within(&self, reach: &Reach) -> Reach {
        let seen = self.access.reach().within(reach);
        self.above.as_ref().map_or_else(|| seen.clone(), |above| above.seen_within(&seen))
    }

    fn sees(&self, puskesmas: &str) -> bool {
        self.access.reach().holds(puskesmas) && self.above.as_ref().is_none_or(|above| above.sees(puskesmas))
    }

    fn is_of(&self, account: &str) -> bool {
        let is_own = self.access.is_owner() || self.access.account() == account;
        is_own && self.above.as_ref().is_none_or(|above| above.is_of(account))
    }

    fn may_somewhere(&self, rights: &[Right]) -> bool {
        let has = |right: &Right| self.access.may_somewhere(*right);
        rights.iter().any(has) && self.above.as_ref().is_none_or(|above| above.may_somewhere(rights))
    }

    fn may(&self, rights: &[Right], owner: &str) -> bool {
        let has = |right: &Right| {
            if is_shared(owner) { self.access.may_everywhere(*right) } else { self.access.may(*right, owner) }
        };
        rights.iter().any(has) && self.above.as_ref().is_none_or(|above| above.may(rights, owner))
    }
}

/// Reports whether an owner is the district's team, or (blank) all Puskesmas together.
fn is_shared(owner: &str) -> bool {
    owner.is_empty() || puskesmas_key(owner) == puskesmas_key(DISTRICT)
}

/// A connection within a transaction, and how far the one who asks may see.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scoped<'c> {
    connection: &'c Connection,
    bounds: &'c HandleBounds,
}

impl Deref for Scoped<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl<'c> Scoped<'c> {
    /// A connection for somebody who reaches this far.
    pub(super) fn new(connection: &'c Connection, bounds: &'c HandleBounds) -> Self {
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
        self.bounds.sees_everything()
    }

    /// As much of a reach as may be seen.
    pub(super) fn seen_within(&self, reach: &Reach) -> Reach {
        self.bounds.seen_within(reach)
    }

    /// Reports whether what is kept under this owner may be seen. What is of the district's team, or (under a blank
    /// name) of all Puskesmas together, is for those who see everything.
    pub(super) fn reaches(&self, owner: &str) -> bool {
        if is_shared(owner) { self.reaches_everything() } else { self.bounds.sees(owner) }
    }

    /// Refuses to change what is not within reach, or for which the one who asks has none of these rights.
    pub(super) fn require(&self, rights: &[Right], owner: &str) -> Result<(), StoreError> {
        let is_allowed = self.reaches(owner) && self.bounds.may(rights, owner);
        if is_allowed { Ok(()) } else { Err(StoreError::OutOfReach(owner.to_owned())) }
    }

    /// Refuses whoever has none of these rights anywhere: for what is of no Puskesmas yet.
    pub(super) fn require_somewhere(&self, rights: &[Right]) -> Result<(), StoreError> {
        if self.bounds.may_somewhere(rights) { Ok(()) } else { Err(StoreError::OutOfReach(String::new())) }
    }

    /// Refuses rows of a table that the one who asks may not bring: of other indicators or facilities than its own.
    pub(super) fn require_rows(&self, owner: &str, rows: &Rows) -> Result<(), StoreError> {
        match rows {
            Rows::Achievements(rows) => {
                let Some(codes) = self.bounds.access.services_only(owner) else { return Ok(()) };
                let keys: BTreeSet<String> = codes.iter().map(|code| name_key(code)).collect();
                let are_own = rows.iter().all(|row| keys.contains(&name_key(&row.record.service)));
                if are_own { Ok(()) } else { Err(StoreError::OtherIndicators(codes.into_iter().collect())) }
            }
            Rows::FollowUps(rows) => {
                let Some(names) = self.bounds.access.facilities_only(owner) else { return Ok(()) };
                let keys: BTreeSet<String> = names.into_iter().map(name_key).collect();
                let are_own = rows.iter().all(|row| keys.contains(&name_key(&row.record.facility)));
                if are_own { Ok(()) } else { Err(StoreError::OutOfReach(owner.to_owned())) }
            }
            _ => Ok(()),
        }
    }

    /// Reports whether what is kept for an account alone is for the one who asks: the machine's owner is handed all.
    pub(super) fn is_of(&self, account: &str) -> bool {
        self.bounds.is_of(account)
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

    /// The one Puskesmas within reach, whose is what nobody named an owner of; blank where there are several or none.
    pub(super) fn only_puskesmas(&self) -> Result<String, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT COALESCE(name, key) FROM puskesmas WHERE key <> $1")?;
        let names = statement.query_map([puskesmas_key(DISTRICT)], |row| row.get(0))?;
        let mut names: Vec<String> = names.collect::<Result<_, _>>()?;
        names.retain(|name| self.reaches(name));
        Ok(if names.len() == 1 { names.remove(0) } else { String::new() })
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
    pub(super) fn changed_puskesmas_id(&self, rights: &[Right], name: &str) -> Result<Option<i64>, StoreError> {
        let id = self.puskesmas_id(name)?;
        if id.is_some() {
            self.require(rights, name)?;
        }
        Ok(id)
    }

    /// Refuses a batch that is not there or not within reach, in the same words.
    pub(super) fn require_batch(&self, batch: BatchId) -> Result<(), StoreError> {
        if self.has_batch(batch)? { Ok(()) } else { Err(StoreError::NoSuchBatch(batch)) }
    }
}

fn id_of(connection: &Connection, name: &str) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM puskesmas WHERE key = $1")?;
    let mut rows = statement.query([puskesmas_key(name)])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}
