//! Account and moment of a change, as every record of it keeps them. Plain data: knows no SQL.

use chrono::{DateTime, Utc};

/// Account that makes a change, and the moment at which it does.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// Name of the account; of a command line the name of the system's user.
    pub who: &'a str,
    /// Moment of the change.
    pub at: DateTime<Utc>,
}
