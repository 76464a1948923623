//! Lengths of sessions, and when it is noted that one was used. Knows no token and no table.

use chrono::{DateTime, Duration, Utc};

/// Hours without a request after which a session has ended: a working day.
pub const SESSION_IDLE: Duration = Duration::hours(12);
/// Days after which a session has ended whatever was done.
pub const SESSION_LIFE: Duration = Duration::days(7);
/// Time after which it is noted again that a session was used.
pub const TOUCH_AFTER: Duration = Duration::minutes(1);
/// Sessions that an account has at once; the one unused longest ends for a new one.
pub const SESSIONS_MAX: u32 = 20;
/// Devices and networks that an account is known from; the one unused longest is forgotten.
pub const PLACES_MAX: u32 = 30;
/// Days for which a device or a network is known since it was last used.
pub const PLACE_LIFE: Duration = Duration::days(180);
/// Characters of the words about a device that are kept.
pub const DEVICE_WORDS_CHARS_MAX: usize = 200;

/// Moments of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTimes {
    /// Log-in.
    pub begun: DateTime<Utc>,
    /// Last request that was noted.
    pub seen: DateTime<Utc>,
}

impl SessionTimes {
    /// Reports whether the session lasts at `now`. One that begins after `now` does not: the clock was wrong then or is
    /// wrong now, and logging in once more settles it.
    pub fn is_live(self, now: DateTime<Utc>) -> bool {
        let tolerance = TOUCH_AFTER;
        now + tolerance >= self.begun && now < self.begun + SESSION_LIFE && now < self.seen + SESSION_IDLE
    }

    /// Reports whether a request at `now` is to be noted.
    pub fn is_to_be_noted(self, now: DateTime<Utc>) -> bool {
        now >= self.seen + TOUCH_AFTER
    }
}

/// Words about a device as they are kept: one line, bounded.
pub fn device_words(given: &str) -> String {
    let plain = given.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    plain.take(DEVICE_WORDS_CHARS_MAX).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_unused_and_in_the_end() {
        let begun = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let used = |hours| SessionTimes { begun, seen: begun + Duration::hours(hours) };
        assert!(used(0).is_live(begun) && used(0).is_live(begun + Duration::hours(11)));
        assert!(!used(0).is_live(begun + SESSION_IDLE));
        assert!(used(160).is_live(begun + Duration::hours(167)));
        assert!(!used(167).is_live(begun + SESSION_LIFE));
        assert!(!used(0).is_live(begun - Duration::hours(1)));
        assert!(!used(0).is_to_be_noted(begun + Duration::seconds(59)) && used(0).is_to_be_noted(begun + TOUCH_AFTER));
    }

    #[test]
    fn words_of_a_device_are_one_short_line() {
        assert_eq!(device_words(" Firefox\r\nSet-Cookie: x "), "Firefox  Set-Cookie: x");
        assert_eq!(device_words(&"x".repeat(1000)).len(), DEVICE_WORDS_CHARS_MAX);
    }
}
