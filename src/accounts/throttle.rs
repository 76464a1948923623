//! Slows guesses of passwords down, by device, by network and by account, in such a way that nobody can keep somebody
//! else out: a device that logged in before answers for its own failures alone. Pure: counts and the time are handed in.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};

/// Time for which a failure counts.
pub const FAILURES_COUNT_FOR: Duration = Duration::hours(1);
/// Attempts that are kept at most.
pub const ATTEMPTS_KEPT_MAX: u32 = 50_000;
/// Time for which attempts are kept.
pub const ATTEMPTS_KEPT_FOR: Duration = Duration::hours(24);

/// Time within which failures of one kind from one network are one row of the audit.
pub const FAILURES_TOLD_EVERY: Duration = Duration::minutes(1);
/// Rows of the audit about failures of one kind within that time, from however many networks.
pub const FAILURE_ROWS_MAX: u32 = 5;

/// Growth of the delay after each failure: none at first, then doubling from a second on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DelayGrowth {
    /// Failures that cost nothing.
    free: u32,
    /// Seconds that one has to wait at most.
    most_seconds: i64,
}

/// A device that logged in to this account before.
const DEVICE: DelayGrowth = DelayGrowth { free: 5, most_seconds: 60 };
/// An account from one network, since it last logged in from there.
const PAIR: DelayGrowth = DelayGrowth { free: 5, most_seconds: 300 };
/// All accounts from one network: a whole Puskesmas may stand behind one address.
const NETWORK: DelayGrowth = DelayGrowth { free: 30, most_seconds: 300 };
/// An account from networks that it never logged in from.
const ACCOUNT: DelayGrowth = DelayGrowth { free: 20, most_seconds: 60 };

/// Codes typed from one network: they are too long to be guessed, and a wrong one must not keep a colleague waiting.
const CODES: DelayGrowth = DelayGrowth { free: 5, most_seconds: 2 };

/// Failures that count, and the last of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// Number of failures.
    pub count: u32,
    /// The last one.
    pub last: Option<DateTime<Utc>>,
}

/// Failures before an attempt, from every side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FailuresBefore {
    /// Those of the device, where it logged in to this account before.
    pub device: Option<Failures>,
    /// Those of this account from this network.
    pub pair: Failures,
    /// Those of all accounts from this network.
    pub network: Failures,
    /// Those of this account from everywhere.
    pub account: Failures,
    /// The account logged in from this network before.
    pub knows_network: bool,
}

/// Seconds that an attempt has to wait; none: it may go on.
pub fn seconds_to_wait(before: &FailuresBefore, now: DateTime<Utc>) -> Option<i64> {
    let waits = match before.device {
        Some(own) => vec![wait(DEVICE, own, now)],
        None if before.knows_network => vec![wait(PAIR, before.pair, now)],
        None => {
            vec![wait(PAIR, before.pair, now), wait(NETWORK, before.network, now), wait(ACCOUNT, before.account, now)]
        }
    };
    waits.into_iter().max().filter(|seconds| *seconds > 0)
}

/// Seconds that typing a one-time code has to wait after wrong ones from the same network; none: it may go on.
pub fn seconds_to_wait_for_code(before: &FailuresBefore, now: DateTime<Utc>) -> Option<i64> {
    Some(wait(CODES, before.pair, now)).filter(|seconds| *seconds > 0)
}

fn wait(growth: DelayGrowth, failures: Failures, now: DateTime<Utc>) -> i64 {
    let Some(last) = failures.last.filter(|_last| failures.count >= growth.free) else { return 0 };
    let doublings = (failures.count - growth.free).min(20);
    let delay = (1_i64 << doublings).min(growth.most_seconds);
    // Rounded up: whoever waits as long as told is let in. A failure after `now` is of a clock that was set back.
    let gone = (now - last).num_milliseconds().max(0);
    ((delay * 1000 - gone).max(0) + 999).div_euclid(1000)
}

/// The network of an address: an address of IPv4 itself, of IPv6 the /64 that one household or office is given.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000, 0).unwrap()
    }

    fn failed(count: u32, seconds_ago: i64) -> Failures {
        Failures { count, last: Some(now() - Duration::seconds(seconds_ago)) }
    }

    #[test]
    fn delays_grow_and_end() {
        let of_pair =
            |count, ago| seconds_to_wait(&FailuresBefore { pair: failed(count, ago), ..Default::default() }, now());
        assert_eq!(of_pair(4, 0), None);
        assert_eq!([5, 6, 9].map(|count| of_pair(count, 0)), [Some(1), Some(2), Some(16)]);
        assert_eq!((of_pair(60, 0), of_pair(60, 299), of_pair(60, 300)), (Some(300), Some(1), None));
        assert_eq!(of_pair(60, -86_400), Some(300), "a clock that was set back keeps nobody out for longer");
    }

    #[test]
    fn a_known_device_answers_for_itself_alone() {
        let flood = failed(10_000, 0);
        let mut before = FailuresBefore { pair: flood, network: flood, account: flood, ..Default::default() };
        assert_eq!(seconds_to_wait(&before, now()), Some(300));
        before.device = Some(Failures::default());
        assert_eq!(seconds_to_wait(&before, now()), None);
        before.device = Some(failed(8, 0));
        assert_eq!(seconds_to_wait(&before, now()), Some(8));
    }

    #[test]
    fn a_known_network_does_not_answer_for_others() {
        let flood = failed(10_000, 0);
        let before = FailuresBefore { network: flood, account: flood, knows_network: true, ..Default::default() };
        assert_eq!(seconds_to_wait(&before, now()), None);
        assert_eq!(seconds_to_wait(&FailuresBefore { knows_network: false, ..before }, now()), Some(300));
    }

    #[test]
    fn addresses_of_one_office_are_one_network() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    }
}
