//! Acts on accounts as the audit writes them down: by the account's name, which is their key. Never a secret, and
//! nothing of the person behind an account, since a row of the audit cannot be erased.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::{AccountId, AuditEntry, AuditFields, StoreError, StoredGrant};
use crate::domain::access::Grant;
use crate::domain::audit::AuditAction;

/// Hours from which on a time is told in days.
const HOURS_TOLD_IN_DAYS: i64 = 48;

/// An act on an account, of the installation.
pub(super) fn account_entry(
    connection: &Connection,
    action: AuditAction,
    id: AccountId,
) -> Result<AuditEntry, StoreError> {
    let name: String =
        connection.prepare_cached("SELECT name FROM accounts WHERE id = $1")?.query_row([id.0], |row| row.get(0))?;
    Ok(named_entry(action, &name))
}

/// An act on the account of a name.
pub(super) fn named_entry(action: AuditAction, name: &str) -> AuditEntry {
    AuditEntry::new(action, format!("akun {name}"))
}

/// Roles in words, each a field.
pub(super) fn role_fields<'g>(grants: impl IntoIterator<Item = &'g Grant>) -> AuditFields {
    grants.into_iter().fold(AuditFields::none(), |fields, grant| fields.with("Peran", grant_words(grant)))
}

/// The same of grants that are kept.
pub(super) fn kept_role_fields(held: &[StoredGrant]) -> AuditFields {
    role_fields(held.iter().map(|held| &held.grant))
}

/// Field of a number of sessions that ended; none of zero.
pub(super) fn ended_fields(sessions: usize) -> AuditFields {
    let told = if sessions == 0 { String::new() } else { sessions.to_string() };
    AuditFields::none().with("Sesi yang diakhiri", told)
}

/// A change of words about a person, without the words.
pub(super) fn change_words(before: &str, after: &str) -> &'static str {
    match (before.is_empty(), after.is_empty()) {
        _ if before == after => "",
        (true, _) => "diisi",
        (_, true) => "dikosongkan",
        _ => "diganti",
    }
}

/// Time for which something is good.
pub(super) fn life_words(from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    let hours = (until - from).num_hours();
    if hours < HOURS_TOLD_IN_DAYS { format!("{hours} jam") } else { format!("{} hari", hours / 24) }
}

/// A grant as people read it: its role and its place.
pub fn grant_words(grant: &Grant) -> String {
    let label = grant.role().label();
    match grant {
        Grant::Administrator | Grant::District => label.to_owned(),
        Grant::ClusterTeam { cluster } => format!("{label}: {cluster}"),
        Grant::Head { puskesmas } | Grant::Coordinator { puskesmas } | Grant::Viewer { puskesmas } => {
            format!("{label}: {puskesmas}")
        }
        Grant::ProgrammeHolder { puskesmas, services } => {
            let codes: Vec<&str> = services.iter().map(String::as_str).collect();
            format!("{label}: {puskesmas}, indikator {}", codes.join(", "))
        }
        Grant::Facility { puskesmas, facility } => format!("{label}: {facility}, {puskesmas}"),
    }
}
