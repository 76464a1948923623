//! Standings of Puskesmas in memory: each holds as long as its Puskesmas' own version and the definitions are the same,
//! so that an import here leaves the others' where they are. Bounded; knows no store.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::dashboard::district::PuskesmasStanding;
use crate::domain::{Date, Period};

/// Standings kept at most: a thousand Puskesmas in sixteen periods, about 64 MB.
const STANDINGS_MAX: usize = 16_000;

/// Puskesmas (by key), period and as-of day that a standing is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StandingKey {
    /// Key of the Puskesmas' name.
    pub puskesmas: String,
    /// Period.
    pub period: Period,
    /// As-of day, within the period.
    pub as_of: Date,
}

/// State of the data for which a standing holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandingState {
    /// Version of the Puskesmas' facts.
    pub version: u64,
    /// Number of the loading of definition files.
    pub definitions: u64,
}

/// Standings by what they are about; the one that was added first goes first.
#[derive(Debug, Default)]
pub struct StandingCache {
    kept: BTreeMap<StandingKey, (StandingState, Arc<PuskesmasStanding>)>,
    order: VecDeque<StandingKey>,
}

impl StandingCache {
    /// Returns the standing that is kept for this state; `None` where there is none or it is of another state.
    pub fn get(&self, key: &StandingKey, state: StandingState) -> Option<Arc<PuskesmasStanding>> {
        self.kept.get(key).filter(|(known, _)| *known == state).map(|(_, standing)| standing.clone())
    }

    /// Keeps a standing in the place of the one before; the oldest go where there are too many.
    pub fn put(&mut self, key: StandingKey, state: StandingState, standing: Arc<PuskesmasStanding>) {
        if self.kept.insert(key.clone(), (state, standing)).is_none() {
            self.order.push_back(key);
        }
        while self.kept.len() > STANDINGS_MAX {
            let Some(oldest) = self.order.pop_front() else { break };
            self.kept.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::district::PuskesmasStanding;

    fn key(number: usize) -> StandingKey {
        let period = "2023-C2".parse().unwrap();
        StandingKey { puskesmas: format!("{number}"), period, as_of: "2023-08-31".parse().unwrap() }
    }

    fn state(version: u64) -> StandingState {
        StandingState { version, definitions: 1 }
    }

    #[test]
    fn a_standing_holds_for_its_own_version_and_replaces_the_one_before() {
        let mut cache = StandingCache::default();
        let standing = Arc::new(PuskesmasStanding::empty("Melati"));
        cache.put(key(1), state(1), standing.clone());
        assert!(cache.get(&key(1), state(1)).is_some() && cache.get(&key(2), state(1)).is_none());
        assert!(cache.get(&key(1), state(2)).is_none());
        assert!(cache.get(&key(1), StandingState { version: 1, definitions: 2 }).is_none());
        cache.put(key(1), state(2), standing);
        assert!(cache.get(&key(1), state(1)).is_none() && cache.get(&key(1), state(2)).is_some());
        assert_eq!((cache.kept.len(), cache.order.len()), (1, 1));
    }

    #[test]
    fn the_oldest_go_where_there_are_too_many() {
        let mut cache = StandingCache::default();
        let standing = Arc::new(PuskesmasStanding::empty("Melati"));
        for number in 0..=STANDINGS_MAX {
            cache.put(key(number), state(1), standing.clone());
        }
        assert_eq!((cache.kept.len(), cache.order.len()), (STANDINGS_MAX, STANDINGS_MAX));
        assert!(cache.get(&key(0), state(1)).is_none() && cache.get(&key(STANDINGS_MAX), state(1)).is_some());
        // About the memory that the limit stands for: two totals without services.
        assert!(standing.bytes() < 4 << 10, "{}", standing.bytes());
    }
}
