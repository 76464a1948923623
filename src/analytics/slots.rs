//! Slots and visits of one facility and year: schedule changes, the matching in three passes, states and what
//! they mean for CAK and JDW. Pure functions over plain slices; knows no frames, facts or Puskesmas.

use crate::domain::schedule::SlotOutcome;
use crate::domain::{Date, Month, Period, Ratio, ScheduleChange, SlotState};

/// The plan of one facility and year after all changes, and what served it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matching {
    /// By planned month.
    pub slots: Vec<SlotOutcome>,
    /// Dates of the visits that serve no slot, in order.
    pub unscheduled: Vec<Date>,
}

/// A planned slot and where the changes moved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedSlot {
    /// Original month.
    pub planned: Month,
    /// Month after changes; `None` where cancelled.
    pub effective: Option<Month>,
}

/// Applies `changes` in their order to the slots planned in `planned` (ascending months of one year).
///
/// A change names a slot by its original month or, failing that, by the month to which it was moved; the last
/// row wins. A change of a month without a slot and a move into another year change nothing: the import refuses both.
pub fn plan(planned: &[Month], changes: &[ScheduleChange]) -> Vec<PlannedSlot> {
    let mut slots: Vec<PlannedSlot> =
        planned.iter().map(|&month| PlannedSlot { planned: month, effective: Some(month) }).collect();
    for change in changes {
        let by_original = slots.iter().position(|slot| slot.planned == change.named);
        let by_current = || slots.iter().position(|slot| slot.effective == Some(change.named));
        let Some(place) = by_original.or_else(by_current) else { continue };
        if change.moved_to.is_some_and(|month| month.year() != change.named.year()) {
            continue;
        }
        slots[place].effective = change.moved_to;
    }
    slots
}

/// Matches the year's visits up to `as_of` with its slots (terms of `domain.md`, *Slots and visits*).
///
/// `visits` are all of that year in date order; `recap_received` says whether the Pembinaan recap of a month came.
pub fn match_slots(
    slots: &[PlannedSlot],
    visits: &[Date],
    as_of: Date,
    recap_received: impl Fn(Month) -> bool,
) -> Matching {
    let visits = &visits[..visits.partition_point(|&date| date <= as_of)];
    let mut order: Vec<usize> = (0..slots.len()).filter(|&slot| slots[slot].effective.is_some()).collect();
    order.sort_by_key(|&slot| (slots[slot].effective, slots[slot].planned));
    let months: Vec<Month> = order.iter().filter_map(|&slot| slots[slot].effective).collect();
    let (serving, free) = serve(&months, visits);
    let mut served: Vec<Option<Date>> = vec![None; slots.len()];
    for (&slot, visit) in order.iter().zip(serving) {
        served[slot] = visit;
    }
    let slots = slots
        .iter()
        .zip(served)
        .map(|(slot, visit)| SlotOutcome {
            planned: slot.planned,
            effective: slot.effective,
            visit,
            state: state(*slot, visit, as_of, &recap_received),
        })
        .collect();
    let unscheduled = visits.iter().zip(free).filter_map(|(&date, free)| free.then_some(date)).collect();
    Matching { slots, unscheduled }
}

/// Visits in date order, of which each serves at most one slot.
struct FreeVisits<'a> {
    dates: &'a [Date],
    free: Vec<bool>,
}

impl FreeVisits<'_> {
    /// Takes the earliest free visit in a month that fits.
    fn take_earliest(&mut self, fits: impl Fn(Month) -> bool) -> Option<Date> {
        let found = (0..self.dates.len()).find(|&visit| self.free[visit] && fits(Month::of(self.dates[visit])))?;
        self.free[found] = false;
        Some(self.dates[found])
    }

    /// Takes the latest free visit in a month that fits.
    fn take_latest(&mut self, fits: impl Fn(Month) -> bool) -> Option<Date> {
        let found =
            (0..self.dates.len()).rev().find(|&visit| self.free[visit] && fits(Month::of(self.dates[visit])))?;
        self.free[found] = false;
        Some(self.dates[found])
    }
}

/// The three passes: for each month of `slots` (ascending) the visit that serves it, and which visits stay free.
fn serve(slots: &[Month], visits: &[Date]) -> (Vec<Option<Date>>, Vec<bool>) {
    let mut visits = FreeVisits { dates: visits, free: vec![true; visits.len()] };
    let mut serving: Vec<Option<Date>> =
        slots.iter().map(|&month| visits.take_earliest(|visited| visited == month)).collect();
    for (slot, &month) in slots.iter().enumerate() {
        if serving[slot].is_none() {
            let next = slots.get(slot + 1);
            serving[slot] = visits.take_earliest(|visited| visited > month && next.is_none_or(|&next| visited <= next));
        }
    }
    for (slot, &month) in slots.iter().enumerate() {
        if serving[slot].is_none() {
            let before = slot.checked_sub(1).map(|before| slots[before]);
            serving[slot] =
                visits.take_latest(|visited| visited < month && before.is_none_or(|before| visited > before));
        }
    }
    (serving, visits.free)
}

/// What became of a slot.
fn state(slot: PlannedSlot, visit: Option<Date>, as_of: Date, recap_received: impl Fn(Month) -> bool) -> SlotState {
    let Some(effective) = slot.effective else { return SlotState::Cancelled };
    match visit.map(Month::of) {
        Some(visited) if visited > effective => SlotState::Late,
        Some(visited) if visited < effective => SlotState::Early,
        Some(_) if slot.planned == effective => SlotState::OnSchedule,
        Some(_) => SlotState::Rescheduled,
        None if !effective.has_ended(as_of) => SlotState::NotDue,
        None if recap_received(effective) => SlotState::Missed,
        None => SlotState::Unreported,
    }
}

/// What a slot adds to CAK in `period`: in the denominator where its effective month lies in the period and it is
/// neither due later nor unreported nor cancelled, in the numerator where it was visited.
pub fn coverage(slot: &SlotOutcome, period: Period) -> Ratio {
    let counts = slot.effective.is_some_and(|month| period.contains(month))
        && !matches!(slot.state, SlotState::NotDue | SlotState::Unreported | SlotState::Cancelled);
    Ratio { numerator: one_if(counts && slot.visit.is_some()), denominator: one_if(counts) }
}

/// What a slot adds to JDW in `period`: in the denominator where its original month lies in the period, it is not
/// unreported, and it was visited or its original month has ended; in the numerator where it was visited in it.
pub fn punctuality(slot: &SlotOutcome, period: Period, as_of: Date) -> Ratio {
    let counts = period.contains(slot.planned)
        && slot.state != SlotState::Unreported
        && (slot.visit.is_some() || slot.planned.has_ended(as_of));
    let punctual = slot.visit.is_some_and(|date| Month::of(date) == slot.planned);
    Ratio { numerator: one_if(counts && punctual), denominator: one_if(counts) }
}

fn one_if(counts: bool) -> f64 {
    if counts { 1.0 } else { 0.0 }
}
