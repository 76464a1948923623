//! Places of facilities and service indicators in the facts, by their ids in the database. Knows no SQL.

/// Place of no facility: no live register names it.
const NOWHERE: u32 = u32::MAX;

/// Dense places by database id.
#[derive(Debug, Default)]
pub(super) struct FactIndexes(Vec<u32>);

impl FactIndexes {
    /// Gives an id its place.
    pub(super) fn set(&mut self, id: i64, place: usize) {
        let Ok(id) = usize::try_from(id) else { return };
        let Ok(place) = u32::try_from(place) else { return };
        if self.0.len() <= id {
            self.0.resize(id + 1, NOWHERE);
        }
        self.0[id] = place;
    }

    /// The place of an id, if it has one.
    pub(super) fn get(&self, id: i64) -> Option<u32> {
        let place = usize::try_from(id).ok().and_then(|id| self.0.get(id)).copied();
        place.filter(|place| *place != NOWHERE)
    }

    /// The ids in the order of their places.
    pub(super) fn ids(&self) -> Vec<i64> {
        let mut placed: Vec<(u32, i64)> =
            (0..).zip(&self.0).filter(|(_, place)| **place != NOWHERE).map(|(id, place)| (*place, id)).collect();
        placed.sort_unstable();
        placed.into_iter().map(|(_, id)| id).collect()
    }
}
