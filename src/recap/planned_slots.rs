//! Planned months of facilities, with the changes so far. Knows no recap.

use std::collections::BTreeMap;

use crate::domain::Month;

/// A slot of the plan with the month in which it stands after the changes so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedSlot {
    /// Month of the plan.
    pub original: Month,
    /// Month after changes; `None` where cancelled.
    pub current: Option<Month>,
}

/// Slots by the register's name.
#[derive(Clone, Debug, Default)]
pub(super) struct PlannedSlots(BTreeMap<String, Vec<PlannedSlot>>);

impl PlannedSlots {
    pub(super) fn add(&mut self, facility: &str, month: Month) {
        let slots = self.0.entry(facility.to_owned()).or_default();
        if let Err(place) = slots.binary_search_by_key(&month, |slot| slot.original) {
            slots.insert(place, PlannedSlot { original: month, current: Some(month) });
        }
    }

    /// Moves or cancels the slot that `named` names by its original or its current month.
    pub(super) fn apply_change(&mut self, facility: &str, named: Month, moved_to: Option<Month>) -> bool {
        let Some(slots) = self.0.get_mut(facility) else { return false };
        let by_original = slots.iter().position(|slot| slot.original == named);
        let place = by_original.or_else(|| slots.iter().position(|slot| slot.current == Some(named)));
        let Some(place) = place else { return false };
        slots[place].current = moved_to;
        true
    }

    /// Reports whether some slot of `facility` is named by this month.
    pub(super) fn names_a_slot(&self, facility: &str, month: Month) -> bool {
        self.slots_of(facility).iter().any(|slot| slot.original == month || slot.current == Some(month))
    }

    /// Original months of a facility's slots.
    pub(super) fn months_of(&self, facility: &str) -> Vec<Month> {
        self.slots_of(facility).iter().map(|slot| slot.original).collect()
    }

    fn slots_of(&self, facility: &str) -> &[PlannedSlot] {
        self.0.get(facility).map(Vec::as_slice).unwrap_or_default()
    }
}
