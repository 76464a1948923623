//! One facility's year of slots and visits out of the facts: finds its rows and hands them to [`super::slots`].

use crate::domain::{Date, Facts, Month, ScheduleChange, Table, VisitDate};

use super::frames::Frames;
use super::received::ReceivedMonths;
use super::slots::{self, Matching};

/// The rows of `facility` in a list that is ordered by facility.
pub fn rows_of_facility<T>(rows: &[T], facility: u32, of: impl Fn(&T) -> u32) -> &[T] {
    let start = rows.partition_point(|row| of(row) < facility);
    let length = rows[start..].partition_point(|row| of(row) == facility);
    &rows[start..start + length]
}

/// Matches the slots and visits of one facility in one year, as of a date.
pub fn matching(
    facts: &Facts,
    frames: &Frames,
    received: &ReceivedMonths,
    facility: u32,
    year: i32,
    as_of: Date,
) -> Matching {
    let puskesmas = facts.facilities[facility as usize].puskesmas;
    let slots = planned_months(facts, facility, year);
    let visits = rows_of_facility(&frames.visit_dates, facility, |&(facility, _)| facility);
    let visits: Vec<VisitDate> =
        visits.iter().map(|&(_, date)| date).filter(|&date| date.month().year() == year).collect();
    slots::match_slots(&slots::plan(&slots, changes_in(frames, facility, year)), &visits, as_of, |month| {
        received.contains(puskesmas, Table::Visits, month)
    })
}

/// The changes that brought one planned slot where it is, in their order.
pub fn changes_of_slot<'f>(
    facts: &Facts,
    frames: &'f Frames,
    facility: u32,
    planned: Month,
) -> Vec<&'f ScheduleChange> {
    let months = planned_months(facts, facility, planned.year());
    slots::changes_of(&months, changes_in(frames, facility, planned.year()), planned)
}

/// The months planned for a facility in a year.
fn planned_months(facts: &Facts, facility: u32, year: i32) -> Vec<Month> {
    let slots = rows_of_facility(&facts.slots, facility, |slot| slot.facility).iter();
    slots.map(|slot| slot.month).filter(|month| month.year() == year).collect()
}

/// The changes of a facility in a year, in the order in which they hold.
fn changes_in(frames: &Frames, facility: u32, year: i32) -> impl Iterator<Item = &ScheduleChange> {
    let changes = rows_of_facility(&frames.changes, facility, |change| change.facility);
    changes.iter().filter(move |change| change.named.year() == year)
}
