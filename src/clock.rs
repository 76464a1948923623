//! The only reader of wall time. Everything else is told what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::domain::Date;

/// Tells the time: the machine's, or one that tests set.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always this instant.
    Fixed(DateTime<Utc>),
    /// An instant that somebody else moves, in microseconds since 1970.
    Driven(Arc<AtomicI64>),
}

impl Clock {
    /// Now.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Fixed(instant) => *instant,
            Self::Driven(micros) => DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or_default(),
        }
    }

    /// An instant as the machine's zone writes it (in UTC where tests set the clock).
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        match self {
            Self::System => at.with_timezone(&chrono::Local).naive_local(),
            Self::Fixed(_) | Self::Driven(_) => at.naive_utc(),
        }
    }

    /// Today in the machine's zone (in UTC where tests set the clock).
    pub fn today(&self) -> Date {
        match self {
            Self::System => self.now().with_timezone(&chrono::Local).date_naive(),
            Self::Fixed(_) | Self::Driven(_) => self.now().date_naive(),
        }
    }
}
