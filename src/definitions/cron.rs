//! When a job is due: five fields as in crontab(5), in a zone. Pure: told what time it is.

use chrono::{DateTime, Utc};

/// A checked cron expression with its zone.
#[derive(Clone, Debug)]
pub struct Schedule {
    expression: String,
    zone: chrono_tz::Tz,
}

impl Schedule {
    /// As written: five fields.
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// The zone in which the fields are read.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.zone
    }

    /// The first due time after `after`; `None` where there is none any more.
    pub fn next_after(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let _ = after;
        None
    }
}
