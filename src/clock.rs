//! The only reader of wall time. Everything else is told what time it is.

use chrono::{DateTime, Utc};

use crate::domain::Date;

/// Tells the time: the machine's, or a fixed one in tests.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always this instant.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// Now.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Fixed(instant) => *instant,
        }
    }

    /// Today in the machine's zone (in UTC where the clock is fixed).
    pub fn today(&self) -> Date {
        match self {
            Self::System => self.now().with_timezone(&chrono::Local).date_naive(),
            Self::Fixed(instant) => instant.date_naive(),
        }
    }
}
