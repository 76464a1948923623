//! When a job is to run, as a pure function of its schedule, how far it is settled, and now.

use std::collections::VecDeque;

use chrono::{DateTime, Duration, Utc};

use crate::definitions::{IfMissed, Schedule};

/// Due times looked at in one settlement; a longer absence is settled in several.
pub const DUE_TIMES_MAX: usize = 5_000;
/// Missed due times that get a row each in one settlement; the earlier ones share one.
pub const MISSED_NAMED_MAX: usize = 500;
/// A due time this recent is on time.
pub const GRACE: Duration = Duration::minutes(10);
/// A clock this far behind the mark was set back, not merely corrected.
pub const SET_BACK_FROM: Duration = Duration::hours(1);

/// A due time to run for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueRun {
    /// Due time, as the schedule gives it.
    pub due: DateTime<Utc>,
    /// True if its time has just come, rather than passed while nothing ran.
    pub is_on_time: bool,
}

/// Due times that passed and are not run, as one entry of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The first of them.
    pub since: DateTime<Utc>,
    /// The last of them: mostly the same one.
    pub due: DateTime<Utc>,
    /// Number of due times in the entry.
    pub count: u32,
}

/// Rows to be entered now. Every due time after the mark and up to the new mark stands in exactly one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Due times that are not run, in order.
    pub missed: Vec<Missed>,
    /// Due times to run for, in order; all of them later than the missed ones.
    pub runs: Vec<DueRun>,
    /// The new mark: everything up to it is settled.
    pub settled_until: DateTime<Utc>,
    /// True if more is to be settled at once: the absence was longer than one settlement.
    pub is_partial: bool,
}

/// Settles the due times after `settled` and up to `now`.
///
/// Where the clock stands before the mark nothing is due; where it stands far before it (the clock was set back),
/// the mark goes back with it, so that due times come again. Their rows stand in the ledger already: it is the
/// ledger that keeps a due time from running twice.
pub fn settle(schedule: &Schedule, if_missed: IfMissed, settled: DateTime<Utc>, now: DateTime<Utc>) -> Settlement {
    if now <= settled {
        let settled_until = if settled - now > SET_BACK_FROM { now } else { settled };
        return Settlement { missed: Vec::new(), runs: Vec::new(), settled_until, is_partial: false };
    }
    let (due, is_partial) = due_between(schedule, settled, now);
    let most = match if_missed {
        IfMissed::RunAll { most } => usize::try_from(most).unwrap_or(usize::MAX),
        IfMissed::RunOnce | IfMissed::Skip => 1,
    };
    // What comes after a partial settlement decides which due times are the latest: these are left to it.
    let kept_back = if is_partial { most } else { 0 };
    let settled_now = &due[..due.len() - kept_back.min(due.len())];
    let from = if is_partial { settled_now.len() } else { settled_now.len().saturating_sub(most) };
    let (passed, latest) = settled_now.split_at(from);
    let is_on_time = |due: DateTime<Utc>| now - due <= GRACE;
    let is_run = |due: DateTime<Utc>| if_missed != IfMissed::Skip || is_on_time(due);
    let runs: Vec<DueRun> = latest
        .iter()
        .filter(|due| is_run(**due))
        .map(|due| DueRun { due: *due, is_on_time: is_on_time(*due) })
        .collect();
    let unrun = latest.iter().filter(|due| !is_run(**due));
    let missed: Vec<DateTime<Utc>> = passed.iter().chain(unrun).copied().collect();
    let settled_until = if is_partial { settled_now.last().copied().unwrap_or(settled) } else { now };
    Settlement { missed: folded(&missed), runs, settled_until, is_partial }
}

/// Due times in order, and whether there are more than one settlement takes.
fn due_between(schedule: &Schedule, after: DateTime<Utc>, until: DateTime<Utc>) -> (Vec<DateTime<Utc>>, bool) {
    let mut due = VecDeque::new();
    let mut last = after;
    while let Some(next) = schedule.next_after(last).filter(|next| *next <= until) {
        if due.len() >= DUE_TIMES_MAX {
            return (due.into(), true);
        }
        due.push_back(next);
        last = next;
    }
    (due.into(), false)
}

/// The latest ones by themselves, all earlier ones as one entry.
fn folded(missed: &[DateTime<Utc>]) -> Vec<Missed> {
    let (early, named) = missed.split_at(missed.len().saturating_sub(MISSED_NAMED_MAX));
    let together = early.first().zip(early.last()).map(|(since, due)| Missed {
        since: *since,
        due: *due,
        count: u32::try_from(early.len()).unwrap_or(u32::MAX),
    });
    let alone = named.iter().map(|due| Missed { since: *due, due: *due, count: 1 });
    together.into_iter().chain(alone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::cron::zone;
    use proptest::prelude::*;

    const CRONS: [&str; 8] = [
        "0 6 * * *",
        "*/15 * * * *",
        "5 7-17 * * 1-6",
        "30 2 * * *",
        "0 0 31 * *",
        "0 7 6 1,5,9 *",
        "0 0 29 2 *",
        "59 23 28-31 * *",
    ];
    const ZONES: [&str; 5] = ["WIB", "WITA", "WIT", "Europe/Berlin", "America/St_Johns"];

    fn schedule(cron: &str, zone_name: &str) -> Schedule {
        Schedule::parse(cron, zone(zone_name).unwrap()).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// All settlements until nothing is left, and how many due times each of them placed.
    fn settle_all(
        schedule: &Schedule,
        if_missed: IfMissed,
        mut settled: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> (Vec<Missed>, Vec<DueRun>, DateTime<Utc>) {
        let mut missed = Vec::new();
        let mut runs = Vec::new();
        loop {
            let mut settlement = settle(schedule, if_missed, settled, now);
            missed.append(&mut settlement.missed);
            runs.append(&mut settlement.runs);
            settled = settlement.settled_until;
            if !settlement.is_partial {
                return (missed, runs, settled);
            }
        }
    }

    fn policies() -> impl Strategy<Value = IfMissed> {
        prop_oneof![
            Just(IfMissed::RunOnce),
            Just(IfMissed::Skip),
            (1_u32..40).prop_map(|most| IfMissed::RunAll { most }),
        ]
    }

    /// Down for a moment, an hour, three weeks, a year, and anything between.
    fn absences() -> impl Strategy<Value = Vec<Duration>> {
        let absence = prop_oneof![
            (0_i64..120).prop_map(Duration::seconds),
            Just(Duration::hours(1)),
            Just(Duration::weeks(3)),
            (0_i64..40_000).prop_map(Duration::minutes),
            Just(Duration::days(366)),
        ];
        proptest::collection::vec(absence, 1..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn every_due_time_is_settled_exactly_once(
            cron in 0..CRONS.len(), zone_name in 0..ZONES.len(), start in 1_600_000_000_i64..1_800_000_000,
            absences in absences(), if_missed in policies(),
        ) {
            let schedule = schedule(CRONS[cron], ZONES[zone_name]);
            // A quarter of an hour for three years would be slow to list, not to settle.
            let absences: Vec<Duration> =
                absences.into_iter().map(|d| if cron == 1 { d.min(Duration::weeks(3)) } else { d }).collect();
            let start = DateTime::from_timestamp(start, 0).unwrap();
            let mut settled = start;
            let mut now = start;
            let mut placed = Vec::new();
            for absence in absences {
                now += absence;
                let (missed, runs, mark) = settle_all(&schedule, if_missed, settled, now);
                prop_assert_eq!(mark, now.max(settled));
                settled = mark;
                if let IfMissed::RunAll { most } = if_missed {
                    prop_assert!(runs.len() <= most as usize);
                } else {
                    prop_assert!(runs.len() <= 1);
                }
                for entry in missed {
                    let mut due = entry.since;
                    for _ in 1..entry.count {
                        placed.push(due);
                        due = schedule.next_after(due).unwrap();
                    }
                    prop_assert_eq!(due, entry.due);
                    placed.push(due);
                }
                if if_missed == IfMissed::Skip {
                    prop_assert!(runs.iter().all(|run| run.is_on_time));
                }
                placed.extend(runs.iter().map(|run| run.due));
            }
            let mut expected = Vec::new();
            let mut last = start;
            while let Some(next) = schedule.next_after(last).filter(|next| *next <= now) {
                expected.push(next);
                last = next;
            }
            prop_assert_eq!(placed, expected);
        }
    }

    #[test]
    fn an_absence_longer_than_one_settlement_is_settled_in_several() {
        let schedule = schedule("* * * * *", "WIB");
        let start = at("2026-01-01T00:00:00Z");
        let now = at("2026-01-12T00:00:30Z");
        for (if_missed, ran) in [(IfMissed::RunOnce, 1), (IfMissed::Skip, 1), (IfMissed::RunAll { most: 7 }, 7)] {
            let first = settle(&schedule, if_missed, start, now);
            assert!(first.is_partial && first.runs.is_empty());
            assert_eq!(first.missed.len(), MISSED_NAMED_MAX + 1);
            let (missed, runs, mark) = settle_all(&schedule, if_missed, start, now);
            let placed = missed.iter().map(|entry| entry.count as usize).sum::<usize>() + runs.len();
            assert_eq!((placed, runs.len(), mark), (11 * 24 * 60, ran, now));
            assert_eq!(runs.last().unwrap().due, at("2026-01-12T00:00:00Z"));
        }
    }

    #[test]
    fn after_lebaran_one_run_catches_up_and_the_rest_is_marked() {
        // 06.00 in Jakarta is 23.00 the day before in UTC.
        let schedule = schedule("0 6 * * *", "WIB");
        let settlement = settle(&schedule, IfMissed::RunOnce, at("2026-03-16T23:00:00Z"), at("2026-03-23T02:00:00Z"));
        assert_eq!(settlement.missed.len(), 5);
        assert_eq!(settlement.runs, [DueRun { due: at("2026-03-22T23:00:00Z"), is_on_time: false }]);
    }

    #[test]
    fn a_clock_set_back_settles_nothing_and_its_mark_follows_only_a_real_jump() {
        let schedule = schedule("*/5 * * * *", "WIT");
        let mark = at("2026-03-16T12:00:00Z");
        for (now, after) in [("2026-03-16T11:59:00Z", mark), ("2026-03-15T12:00:00Z", at("2026-03-15T12:00:00Z"))] {
            let settlement = settle(&schedule, IfMissed::RunAll { most: 9 }, mark, at(now));
            assert_eq!((settlement.missed.len(), settlement.runs.len()), (0, 0));
            assert_eq!(settlement.settled_until, after);
        }
    }
}
