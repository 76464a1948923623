//! Moments as people read them, in a zone.

use chrono::{DateTime, TimeZone, Timelike, Utc};

use crate::domain::format;

/// `12 Mei 2023 07.05`, in the zone's own time.
pub fn moment<Z: TimeZone>(at: DateTime<Utc>, zone: &Z) -> String {
    let local = at.with_timezone(zone).naive_local();
    format!("{} {:02}.{:02}", format::date(local.date()), local.hour(), local.minute())
}
