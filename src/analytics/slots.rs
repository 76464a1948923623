//! Slots and visits of one facility and year: schedule changes, the matching in three passes, states and what
//! they mean for CAK and JDW. Pure functions over plain slices; knows no frames, facts or Puskesmas.

use crate::domain::schedule::SlotOutcome;
use crate::domain::{Date, Month, Period, Ratio, ScheduleChange, SlotState, VisitDate};

/// The plan of one facility and year after all changes, and what served it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matching {
    /// Slots of the year, by planned month.
    pub slots: Vec<SlotOutcome>,
    /// The visits that serve no slot, in order.
    pub unscheduled: Vec<VisitDate>,
}

/// A planned slot and where the changes moved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedSlot {
    /// Month of the plan, before changes.
    pub planned: Month,
    /// Month after changes; `None` where cancelled.
    pub effective: Option<Month>,
}

/// Applies `changes` in their order to the slots planned in `planned` (ascending months of one year).
///
/// A change names a slot by its original month or, failing that, by the month to which it was moved; the last
/// row wins. A change of a month without a slot and a move into another year change nothing: the import refuses both.
pub fn plan<'c>(planned: &[Month], changes: impl IntoIterator<Item = &'c ScheduleChange>) -> Vec<MovedSlot> {
    let mut slots: Vec<MovedSlot> =
        planned.iter().map(|&month| MovedSlot { planned: month, effective: Some(month) }).collect();
    for change in changes {
        apply(&mut slots, change);
    }
    slots
}

/// Applies one change, and gives the place of the slot that it holds for.
fn apply(slots: &mut [MovedSlot], change: &ScheduleChange) -> Option<usize> {
    let by_original = slots.iter().position(|slot| slot.planned == change.named);
    let by_current = || slots.iter().position(|slot| slot.effective == Some(change.named));
    let place = by_original.or_else(by_current)?;
    if change.moved_to.is_some_and(|month| month.year() != change.named.year()) {
        return None;
    }
    slots[place].effective = change.moved_to;
    Some(place)
}

/// The changes that brought the slot of `wanted` where it is, in their order. One that names the original month makes
/// those before it void; one that names the current month goes on from them.
pub fn changes_of<'c>(
    planned: &[Month],
    changes: impl IntoIterator<Item = &'c ScheduleChange>,
    wanted: Month,
) -> Vec<&'c ScheduleChange> {
    let mut slots = plan(planned, []);
    let mut standing: Vec<&ScheduleChange> = Vec::new();
    for change in changes {
        let place = apply(&mut slots, change);
        if place.is_none_or(|place| slots[place].planned != wanted) {
            continue;
        }
        if change.named == wanted {
            standing.clear();
        }
        standing.push(change);
    }
    standing
}

/// Matches the year's visits up to `as_of` with its slots (terms of `domain.md`, *Slots and visits*).
///
/// `visits` are all of that year in date order; `recap_received` says whether the Pembinaan recap of a month came.
pub fn match_slots(
    slots: &[MovedSlot],
    visits: &[VisitDate],
    as_of: Date,
    recap_received: impl Fn(Month) -> bool,
) -> Matching {
    let visits: Vec<VisitDate> = visits.iter().copied().filter(|date| date.counts_from() <= as_of).collect();
    let mut order: Vec<usize> = (0..slots.len()).filter(|&slot| slots[slot].effective.is_some()).collect();
    order.sort_by_key(|&slot| (slots[slot].effective, slots[slot].planned));
    let months: Vec<Month> = order.iter().filter_map(|&slot| slots[slot].effective).collect();
    let (serving, free) = serve(&months, &visits);
    let mut served: Vec<Option<VisitDate>> = vec![None; slots.len()];
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
    dates: &'a [VisitDate],
    free: Vec<bool>,
}

impl FreeVisits<'_> {
    /// Takes the earliest free visit in a month that fits.
    fn take_earliest(&mut self, fits: impl Fn(Month) -> bool) -> Option<VisitDate> {
        let found = (0..self.dates.len()).find(|&visit| self.free[visit] && fits(self.dates[visit].month()))?;
        self.free[found] = false;
        Some(self.dates[found])
    }

    /// Takes the latest free visit in a month that fits.
    fn take_latest(&mut self, fits: impl Fn(Month) -> bool) -> Option<VisitDate> {
        let found = (0..self.dates.len()).rev().find(|&visit| self.free[visit] && fits(self.dates[visit].month()))?;
        self.free[found] = false;
        Some(self.dates[found])
    }
}

/// The three passes: for each month of `slots` (ascending) the visit that serves it, and which visits stay free.
fn serve(slots: &[Month], visits: &[VisitDate]) -> (Vec<Option<VisitDate>>, Vec<bool>) {
    let mut visits = FreeVisits { dates: visits, free: vec![true; visits.len()] };
    let mut serving: Vec<Option<VisitDate>> =
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

/// Returns the state of a slot as of a day; one without a visit is missed only where the recap of its month was
/// received.
fn state(slot: MovedSlot, visit: Option<VisitDate>, as_of: Date, recap_received: impl Fn(Month) -> bool) -> SlotState {
    let Some(effective) = slot.effective else { return SlotState::Cancelled };
    match visit.map(VisitDate::month) {
        Some(visited) if visited > effective => SlotState::Late,
        Some(visited) if visited < effective => SlotState::Early,
        Some(_) if slot.planned == effective => SlotState::OnSchedule,
        Some(_) => SlotState::Rescheduled,
        None if !effective.has_ended(as_of) => SlotState::NotDue,
        None if recap_received(effective) => SlotState::Missed,
        None => SlotState::Unreported,
    }
}

/// Returns the pair that a slot adds to CAK in `period`: in the denominator where its effective month lies in the
/// period and it is neither due later nor unreported nor cancelled, in the numerator where it was visited.
pub fn coverage(slot: &SlotOutcome, period: Period) -> Ratio {
    let counts = slot.effective.is_some_and(|month| period.contains(month))
        && !matches!(slot.state, SlotState::NotDue | SlotState::Unreported | SlotState::Cancelled);
    Ratio { numerator: one_if(counts && slot.visit.is_some()), denominator: one_if(counts) }
}

/// Returns the pair that a slot adds to JDW in `period`: in the denominator where its original month lies in the
/// period, it is not unreported, and it was visited or its original month has ended; in the numerator where it was
/// visited in it.
pub fn punctuality(slot: &SlotOutcome, period: Period, as_of: Date) -> Ratio {
    let counts = period.contains(slot.planned)
        && slot.state != SlotState::Unreported
        && (slot.visit.is_some() || slot.planned.has_ended(as_of));
    let punctual = slot.visit.is_some_and(|date| date.month() == slot.planned);
    Ratio { numerator: one_if(counts && punctual), denominator: one_if(counts) }
}

fn one_if(counts: bool) -> f64 {
    if counts { 1.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ChangeApproval;
    use proptest::prelude::*;

    fn month(number: u32) -> Month {
        Month::new(2023, number).unwrap()
    }

    fn date(text: &str) -> Date {
        format!("2023-{text}").parse().unwrap()
    }

    fn change(named: u32, moved_to: Option<u32>) -> ScheduleChange {
        ScheduleChange {
            facility: 0,
            named: month(named),
            moved_to: moved_to.map(month),
            reason: None,
            approval: ChangeApproval::default(),
        }
    }

    fn planned(slots: &[u32], changes: &[ScheduleChange]) -> Vec<MovedSlot> {
        plan(&slots.iter().map(|&number| month(number)).collect::<Vec<_>>(), changes)
    }

    fn effective(slots: &[u32], changes: &[ScheduleChange]) -> Vec<Option<u32>> {
        planned(slots, changes).iter().map(|slot| slot.effective.map(Month::month)).collect()
    }

    /// A visit of `05-12`, or of `05` where no day is known.
    fn visit(text: &str) -> VisitDate {
        format!("2023-{text}").parse().unwrap()
    }

    /// State and visit of each slot, `as_of` the year's end, every recap received but those of `missing`.
    fn outcomes(slots: &[MovedSlot], visits: &[&str], missing: &[u32]) -> Vec<(SlotState, Option<String>)> {
        let visits: Vec<VisitDate> = visits.iter().map(|text| visit(text)).collect();
        let matching = match_slots(slots, &visits, date("12-31"), |month| !missing.contains(&month.month()));
        let visit = |slot: &SlotOutcome| slot.visit.map(|visit| visit.to_string()["2023-".len()..].to_owned());
        matching.slots.iter().map(|slot| (slot.state, visit(slot))).collect()
    }

    fn outcome(state: SlotState, visit: &str) -> (SlotState, Option<String>) {
        (state, (!visit.is_empty()).then(|| visit.to_owned()))
    }

    #[test]
    fn a_change_names_the_original_or_the_current_month_and_the_last_row_wins() {
        assert_eq!(effective(&[5, 11], &[change(11, Some(4))]), [Some(5), Some(4)]);
        assert_eq!(effective(&[5], &[change(5, Some(6)), change(6, Some(8))]), [Some(8)]);
        assert_eq!(effective(&[5], &[change(5, Some(6)), change(5, Some(8))]), [Some(8)]);
        assert_eq!(effective(&[5], &[change(5, None)]), [None]);
        assert_eq!(effective(&[5], &[change(5, None), change(5, Some(9))]), [Some(9)]);
        assert_eq!(effective(&[5], &[change(5, Some(6)), change(6, Some(5))]), [Some(5)]);
    }

    #[test]
    fn changes_of_a_slot_are_those_that_brought_it_where_it_is() {
        let named = |changes: &[ScheduleChange], slot| -> Vec<(u32, Option<u32>)> {
            let found = changes_of(&[month(5), month(8)], changes, month(slot));
            found.iter().map(|change| (change.named.month(), change.moved_to.map(Month::month))).collect()
        };
        let moved_on = [change(5, Some(6)), change(6, Some(7)), change(8, None)];
        assert_eq!(named(&moved_on, 5), [(5, Some(6)), (6, Some(7))]);
        assert_eq!(named(&moved_on, 8), [(8, None)]);
        assert_eq!(named(&[change(5, Some(6)), change(5, Some(7))], 5), [(5, Some(7))], "the last row wins");
        assert_eq!(named(&[change(3, Some(5)), change(9, Some(8))], 5), [], "of no slot of the plan");
    }

    #[test]
    fn the_original_month_goes_before_the_current_one() {
        assert_eq!(effective(&[5, 6], &[change(5, Some(6)), change(6, Some(8))]), [Some(6), Some(8)]);
    }

    #[test]
    fn a_month_without_a_slot_and_another_year_change_nothing() {
        let other_year = ScheduleChange {
            facility: 0,
            named: month(5),
            moved_to: Month::new(2024, 1),
            reason: None,
            approval: ChangeApproval::default(),
        };
        assert_eq!(effective(&[5], &[change(7, Some(8)), other_year]), [Some(5)]);
    }

    #[test]
    fn a_move_to_the_same_month_is_no_change() {
        let slots = planned(&[5], &[change(5, Some(5))]);
        assert_eq!(outcomes(&slots, &["05-03"], &[]), [outcome(SlotState::OnSchedule, "05-03")]);
    }

    #[test]
    fn exact_visits_are_on_schedule_or_rescheduled() {
        let slots = planned(&[5, 9], &[change(9, Some(8))]);
        let found = outcomes(&slots, &["05-20", "05-21", "08-01"], &[]);
        assert_eq!(found, [outcome(SlotState::OnSchedule, "05-20"), outcome(SlotState::Rescheduled, "08-01")]);
    }

    #[test]
    fn a_late_visit_lies_no_later_than_the_month_of_the_next_slot() {
        let slots = planned(&[2, 5], &[]);
        let found = outcomes(&slots, &["05-02", "05-09"], &[]);
        assert_eq!(found, [outcome(SlotState::Late, "05-09"), outcome(SlotState::OnSchedule, "05-02")]);
        let found = outcomes(&slots, &["06-02"], &[]);
        assert_eq!(found, [outcome(SlotState::Missed, ""), outcome(SlotState::Late, "06-02")]);
    }

    #[test]
    fn an_early_visit_lies_after_the_month_of_the_slot_before() {
        let slots = planned(&[2, 8], &[]);
        let found = outcomes(&slots, &["02-01", "02-20"], &[]);
        assert_eq!(found, [outcome(SlotState::OnSchedule, "02-01"), outcome(SlotState::Missed, "")]);
        let found = outcomes(&slots, &["02-01", "03-01", "04-01"], &[]);
        assert_eq!(found[1], outcome(SlotState::Early, "04-01"));
        let found = outcomes(&planned(&[8], &[]), &["01-02", "03-01"], &[]);
        assert_eq!(found, [outcome(SlotState::Early, "03-01")]);
    }

    #[test]
    fn late_goes_before_early() {
        let slots = planned(&[2, 8], &[]);
        let found = outcomes(&slots, &["04-01"], &[]);
        assert_eq!(found, [outcome(SlotState::Late, "04-01"), outcome(SlotState::Missed, "")]);
    }

    #[test]
    fn two_slots_moved_into_one_month_are_ordered_by_their_original_months() {
        let slots = planned(&[4, 9], &[change(9, Some(4))]);
        let found = outcomes(&slots, &["04-03"], &[]);
        assert_eq!(found, [outcome(SlotState::OnSchedule, "04-03"), outcome(SlotState::Missed, "")]);
        let found = outcomes(&slots, &["04-03", "04-04"], &[]);
        assert_eq!(found[1], outcome(SlotState::Rescheduled, "04-04"));
    }

    #[test]
    fn what_was_not_received_is_not_missed() {
        let slots = planned(&[5, 9], &[change(9, Some(10))]);
        let found = outcomes(&slots, &[], &[5]);
        assert_eq!(found, [outcome(SlotState::Unreported, ""), outcome(SlotState::Missed, "")]);
        let found = outcomes(&slots, &[], &[9, 10]);
        assert_eq!(found[1], outcome(SlotState::Unreported, ""));
    }

    #[test]
    fn a_month_that_has_not_ended_is_not_due_and_later_visits_are_not_known() {
        let slots = planned(&[5], &[]);
        let matching = match_slots(&slots, &[visit("05-31")], date("05-30"), |_| true);
        assert_eq!(matching.slots[0].state, SlotState::NotDue);
        assert!(matching.unscheduled.is_empty());
        let matching = match_slots(&slots, &[], date("05-31"), |_| true);
        assert_eq!(matching.slots[0].state, SlotState::Missed);
    }

    #[test]
    fn a_visit_of_a_month_serves_a_slot_of_it_once_the_month_has_begun() {
        let slots = planned(&[5, 6], &[]);
        let found = outcomes(&slots, &["05", "06-30", "06"], &[]);
        assert_eq!(found, [outcome(SlotState::OnSchedule, "05"), outcome(SlotState::OnSchedule, "06-30")]);
        assert_eq!(outcomes(&slots, &["06", "07"], &[])[0], outcome(SlotState::Missed, ""), "no later than the next");
        let as_of = |day| match_slots(&slots, &[visit("05"), visit("06")], date(day), |_| true);
        assert_eq!(as_of("05-01").slots[0].state, SlotState::OnSchedule);
        assert_eq!(as_of("05-31").slots[1].state, SlotState::NotDue);
        assert_eq!(as_of("04-30").slots[0].visit, None);
    }

    #[test]
    fn a_cancelled_slot_takes_no_visit() {
        let slots = planned(&[5], &[change(5, None)]);
        let matching = match_slots(&slots, &[visit("05-02")], date("12-31"), |_| true);
        assert_eq!(matching.slots[0].state, SlotState::Cancelled);
        assert_eq!(matching.unscheduled, [visit("05-02")]);
    }

    /// Returns the pairs that the slot planned in May adds to CAK and JDW of the second four months as of their end.
    fn added(changes: &[ScheduleChange], visits: &[&str], missing: &[u32]) -> [(f64, f64); 2] {
        let period: Period = "2023-C2".parse().unwrap();
        let visits: Vec<VisitDate> = visits.iter().map(|text| visit(text)).collect();
        let received = |month: Month| !missing.contains(&month.month());
        let matching = match_slots(&planned(&[5], changes), &visits, period.last_day(), received);
        [coverage(&matching.slots[0], period), punctuality(&matching.slots[0], period, period.last_day())]
            .map(|ratio| (ratio.numerator, ratio.denominator))
    }

    #[test]
    fn coverage_and_punctuality_of_each_state() {
        assert_eq!(added(&[], &["05-02"], &[]), [(1.0, 1.0), (1.0, 1.0)], "on schedule");
        assert_eq!(added(&[change(5, Some(7))], &["07-02"], &[]), [(1.0, 1.0), (0.0, 1.0)], "rescheduled");
        assert_eq!(added(&[], &["06-02"], &[]), [(1.0, 1.0), (0.0, 1.0)], "late");
        assert_eq!(added(&[], &["04-02"], &[]), [(1.0, 1.0), (0.0, 1.0)], "early");
        assert_eq!(added(&[], &[], &[]), [(0.0, 1.0), (0.0, 1.0)], "missed");
        assert_eq!(added(&[], &[], &[5]), [(0.0, 0.0), (0.0, 0.0)], "unreported");
        assert_eq!(added(&[change(5, None)], &[], &[]), [(0.0, 0.0), (0.0, 1.0)], "cancelled");
        assert_eq!(added(&[change(5, Some(9))], &[], &[]), [(0.0, 0.0), (0.0, 1.0)], "moved out, not due");
        assert_eq!(added(&[change(5, Some(7))], &["05-02"], &[]), [(1.0, 1.0), (1.0, 1.0)], "visited before its move");
    }

    prop_compose! {
        fn year()(
            slots in prop::collection::btree_set(1_u32..=12, 0..5),
            changes in prop::collection::vec((1_u32..=12, prop::option::weighted(0.8, 1_u32..=12)), 0..4),
            visits in prop::collection::vec((1_u32..=12, 0_u32..=28), 0..8),
            as_of in (1_u32..=12, 1_u32..=28),
            received in prop::collection::vec(any::<bool>(), 12),
        ) -> (Vec<MovedSlot>, Vec<VisitDate>, Date, Vec<bool>) {
            let day = |(number, day): (u32, u32)| Date::from_ymd_opt(2023, number, day).unwrap();
            let changes: Vec<_> = changes.into_iter().map(|(named, to)| change(named, to)).collect();
            let visit = |(number, date): (u32, u32)| match date {
                0 => VisitDate::Month(month(number)),
                _ => day((number, date)).into(),
            };
            let mut visits: Vec<VisitDate> = visits.into_iter().map(visit).collect();
            visits.sort_unstable();
            (planned(&slots.into_iter().collect::<Vec<_>>(), &changes), visits, day(as_of), received)
        }
    }

    proptest! {
        #[test]
        fn every_known_visit_serves_one_slot_or_none((slots, visits, as_of, received) in year()) {
            let matching = match_slots(&slots, &visits, as_of, |month| received[month.month() as usize - 1]);
            let mut used: Vec<VisitDate> = matching.slots.iter().filter_map(|slot| slot.visit).collect();
            used.extend(&matching.unscheduled);
            used.sort_unstable();
            let known: Vec<VisitDate> = visits.iter().copied().filter(|visit| visit.counts_from() <= as_of).collect();
            prop_assert_eq!(used, known);
        }

        #[test]
        fn nothing_that_fits_is_left_over((slots, visits, as_of, received) in year()) {
            let matching = match_slots(&slots, &visits, as_of, |month| received[month.month() as usize - 1]);
            let mut order: Vec<&SlotOutcome> =
                matching.slots.iter().filter(|slot| slot.effective.is_some()).collect();
            order.sort_by_key(|slot| (slot.effective, slot.planned));
            for (place, slot) in order.iter().enumerate().filter(|(_, slot)| slot.visit.is_none()) {
                let after = place.checked_sub(1).and_then(|before| order[before].effective);
                let until = order.get(place + 1).and_then(|next| next.effective);
                let month = slot.effective.unwrap();
                for &visit in &matching.unscheduled {
                    let visited = visit.month();
                    let late = visited >= month && until.is_none_or(|until| visited <= until);
                    let early = visited < month && after.is_none_or(|after| visited > after);
                    prop_assert!(!late && !early, "{visit} fits {month}");
                }
            }
        }

        #[test]
        fn states_say_what_happened((slots, visits, as_of, received) in year()) {
            let received = |month: Month| received[month.month() as usize - 1];
            for slot in match_slots(&slots, &visits, as_of, received).slots {
                let visited = slot.visit.map(VisitDate::month);
                let moved = slot.effective != Some(slot.planned);
                let holds = match (slot.state, slot.effective) {
                    (SlotState::Cancelled, None) => visited.is_none(),
                    (SlotState::OnSchedule, Some(_)) => !moved && visited == slot.effective,
                    (SlotState::Rescheduled, Some(_)) => moved && visited == slot.effective,
                    (SlotState::Late, Some(month)) => visited.is_some_and(|visited| visited > month),
                    (SlotState::Early, Some(month)) => visited.is_some_and(|visited| visited < month),
                    (SlotState::Missed, Some(month)) => visited.is_none() && month.has_ended(as_of) && received(month),
                    (SlotState::Unreported, Some(month)) => {
                        visited.is_none() && month.has_ended(as_of) && !received(month)
                    }
                    (SlotState::NotDue, Some(month)) => visited.is_none() && !month.has_ended(as_of),
                    _ => false,
                };
                prop_assert!(holds, "{slot:?}");
            }
        }

        #[test]
        fn numerators_never_exceed_denominators((slots, visits, as_of, received) in year(), number in 1_i32..=3) {
            let period = Period::new(crate::domain::PeriodKind::FourMonth, 2023, number).unwrap();
            let as_of = period.clamp_as_of(as_of);
            for slot in match_slots(&slots, &visits, as_of, |month| received[month.month() as usize - 1]).slots {
                let coverage = coverage(&slot, period);
                let punctuality = punctuality(&slot, period, as_of);
                prop_assert!(coverage.numerator <= coverage.denominator);
                prop_assert!(punctuality.numerator <= punctuality.denominator);
            }
        }
    }
}
