//! Account, moment and origin of a change, as every record of it keeps them. Plain data: knows no SQL.

use chrono::{DateTime, Utc};

use crate::domain::access::Origin;

/// Account that makes a change, the moment at which it does, and the way on which it came.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// Name of the account; of a command line the name of the system's user.
    pub who: &'a str,
    /// Moment of the change.
    pub at: DateTime<Utc>,
    /// Command, job, page or API.
    pub origin: &'a Origin,
}

impl<'a> By<'a> {
    /// A command of this account on the machine itself.
    pub fn command_line(who: &'a str, at: DateTime<Utc>) -> Self {
        Self { who, at, origin: &Origin::CommandLine }
    }
}
