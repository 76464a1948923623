//! One facility's year of slots and visits out of the facts: finds its rows and hands them to [`super::slots`].

use crate::domain::{Date, Facts, Month, Table, VisitDate};

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
    let slots: Vec<Month> = rows_of_facility(&facts.slots, facility, |slot| slot.facility)
        .iter()
        .map(|slot| slot.month)
        .filter(|month| month.year() == year)
        .collect();
    let changes: Vec<_> = rows_of_facility(&frames.changes, facility, |change| change.facility)
        .iter()
        .filter(|change| change.named.year() == year)
        .copied()
        .collect();
    let visits = rows_of_facility(&frames.visit_dates, facility, |&(facility, _)| facility);
    let visits: Vec<VisitDate> =
        visits.iter().map(|&(_, date)| date).filter(|&date| date.month().year() == year).collect();
    slots::match_slots(&slots::plan(&slots, &changes), &visits, as_of, |month| {
        received.contains(puskesmas, Table::Visits, month)
    })
}
