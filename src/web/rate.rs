//! A token bucket for each of many keys: so many at once, then so many a second. Knows no request; the moment is handed
//! in.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Keys that are kept at most; beyond it those that could ask at once anyway are forgotten, and if there are none,
/// further keys are not counted.
const KEYS_MAX: usize = 20_000;

/// Size of a bucket and the speed at which it fills.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Requests that may come at once.
    pub burst: u32,
    /// Requests a second that may come for ever.
    pub per_second: u32,
}

/// Buckets by key. Of each the moment is kept at which it is full again.
#[derive(Debug)]
pub struct Buckets<K> {
    rate: Rate,
    full_again: Mutex<BTreeMap<K, Instant>>,
}

impl<K: Ord + Clone> Buckets<K> {
    /// Full buckets.
    pub const fn new(rate: Rate) -> Self {
        Self { rate, full_again: Mutex::new(BTreeMap::new()) }
    }

    /// Takes one out of a bucket; from an empty one the time until there is one again.
    pub fn take(&self, key: &K, now: Instant) -> Result<(), Duration> {
        let each = Duration::from_secs(1) / self.rate.per_second.max(1);
        let mut buckets = self.full_again.lock().unwrap_or_else(PoisonError::into_inner);
        let full_again = buckets.get(key).copied().map_or(now, |full_again| full_again.max(now));
        let after = full_again + each;
        let over = after.saturating_duration_since(now + each * self.rate.burst.max(1));
        if !over.is_zero() {
            return Err(over);
        }
        if buckets.len() >= KEYS_MAX && !buckets.contains_key(key) {
            buckets.retain(|_, full_again| *full_again > now);
            if buckets.len() >= KEYS_MAX {
                return Ok(());
            }
        }
        buckets.insert(key.clone(), after);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 10, per_second: 2 };

    fn taken(buckets: &Buckets<u32>, key: u32, at: Instant) -> usize {
        (0..100).take_while(|_| buckets.take(&key, at).is_ok()).count()
    }

    #[test]
    fn a_bucket_empties_at_once_and_fills_slowly() {
        let buckets = Buckets::new(RATE);
        let start = Instant::now();
        assert_eq!(taken(&buckets, 1, start), 10);
        assert_eq!(buckets.take(&1, start), Err(Duration::from_millis(500)));
        assert_eq!(taken(&buckets, 2, start), 10, "another key has a bucket of its own");
        assert_eq!(taken(&buckets, 1, start + Duration::from_secs(2)), 4);
        assert_eq!(taken(&buckets, 1, start + Duration::from_hours(1)), 10, "never more than a full one");
    }

    #[test]
    fn keys_are_bounded() {
        let buckets = Buckets::new(RATE);
        let start = Instant::now();
        let many = u32::try_from(KEYS_MAX).unwrap();
        for key in 0..many + 10 {
            assert_eq!(buckets.take(&key, start), Ok(()));
        }
        assert_eq!(buckets.full_again.lock().unwrap().len(), KEYS_MAX);
        let later = start + Duration::from_mins(1);
        assert_eq!(buckets.take(&(many + 10), later), Ok(()));
        assert_eq!(buckets.full_again.lock().unwrap().len(), 1, "full ones are forgotten");
    }
}
