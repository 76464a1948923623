//! When a job is to run, as a pure function of its schedule, what was settled before, and now.

use chrono::{DateTime, Duration, Utc};

use crate::definitions::{IfMissed, Job};

/// Due times looked at in one settlement; a longer absence is settled in several.
const DUE_TIMES_MAX: usize = 10_000;
/// A due time this recent is run even where missed ones are only marked.
const GRACE: Duration = Duration::minutes(10);

/// What is to be done now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    /// Due times to mark as missed, in order.
    pub missed: Vec<DateTime<Utc>>,
    /// The due time to run for.
    pub run: Option<DateTime<Utc>>,
}

/// Settles every due time after `settled` (the last one run or marked) up to `now`: one run for the latest of them;
/// the earlier ones are caught up by it or marked missed, as the job says. A clock set back settles nothing.
pub fn settle(job: &Job, settled: DateTime<Utc>, now: DateTime<Utc>) -> Settlement {
    let mut due = Vec::new();
    let mut after = settled;
    while let Some(next) = job.schedule.next_after(after) {
        if next > now || due.len() >= DUE_TIMES_MAX {
            break;
        }
        due.push(next);
        after = next;
    }
    let Some(latest) = due.last().copied() else {
        return Settlement::default();
    };
    match job.if_missed {
        IfMissed::CatchUp => Settlement { missed: Vec::new(), run: Some(latest) },
        IfMissed::Mark if now - latest <= GRACE => {
            due.pop();
            Settlement { missed: due, run: Some(latest) }
        }
        IfMissed::Mark => Settlement { missed: due, run: None },
    }
}
