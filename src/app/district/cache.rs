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
