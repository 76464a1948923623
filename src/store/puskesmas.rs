//! Puskesmas of the log: their ids, the names under which they are shown, and the end of a change of one's log.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::StoreError;
use super::log::Log;
use super::names::next_id;
use super::scoped::Scoped;
use super::version::bump;
use crate::domain::Table;
use crate::domain::access::Right;
use crate::domain::name::puskesmas_key;

/// Returns the id of a Puskesmas within reach by its name; it gets one where it has none.
pub(super) fn puskesmas_or_new(connection: &Scoped<'_>, rights: &[Right], name: &str) -> Result<i64, StoreError> {
    connection.require(rights, name)?;
    if let Some(id) = connection.puskesmas_id(name)? {
        return Ok(id);
    }
    let id = next_id(connection, "puskesmas")?;
    connection.execute("INSERT INTO puskesmas (id, key) VALUES ($1, $2)", (id, puskesmas_key(name)))?;
    Ok(id)
}

/// Ends a change of a Puskesmas' log: works out anew the name under which it is shown, and notes that facts changed.
pub(super) fn settle(connection: &Connection, puskesmas: i64) -> Result<(), StoreError> {
    let log = Log::select(connection, Some(puskesmas))?;
    let name = puskesmas_names(&log).remove(&puskesmas);
    connection.execute("UPDATE puskesmas SET name = $1 WHERE id = $2", (name, puskesmas))?;
    bump(connection, puskesmas)
}

/// The name of each Puskesmas by id: as its latest register writes it, else its latest recap.
pub(super) fn puskesmas_names(log: &Log) -> BTreeMap<i64, String> {
    let mut names: BTreeMap<i64, (bool, &str)> = BTreeMap::new();
    // A list of clusters is of the district's team, which is no Puskesmas.
    for recap in log.recaps.iter().filter(|recap| recap.table != Table::Clusters) {
        let is_register = recap.table == Table::Facilities;
        let name = names.entry(recap.puskesmas).or_insert((is_register, &recap.puskesmas_name));
        if is_register || !name.0 {
            *name = (is_register, &recap.puskesmas_name);
        }
    }
    names.into_iter().map(|(id, (_, name))| (id, name.to_owned())).collect()
}
