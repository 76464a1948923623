//! Visits planned and done, facility by month of one year: what the heat map shows.

use crate::domain::schedule::SlotOutcome;
use crate::domain::{Date, Month, Period, Table, VisitDate};

use super::Evaluator;
use super::plans::rows_of_facility;

/// One facility in one month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CalendarCell {
    /// Slots whose effective month this is; cancelled ones stand in their original month.
    pub slots: Vec<SlotOutcome>,
    /// All visits in this month, by the as-of date.
    pub visits: Vec<VisitDate>,
    /// Number of these that serve no slot.
    pub unscheduled: u32,
    /// True if the Pembinaan recap of this month was received.
    pub received: bool,
    /// True if the month has begun by the as-of date.
    pub begun: bool,
}

/// Months of one facility in the year.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarRow {
    /// Index of the facility.
    pub facility: u32,
    /// Cells from January to December.
    pub months: [CalendarCell; 12],
}

/// Slots and visits of one Puskesmas in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Year that the cells are of.
    pub year: i32,
    /// Day of evaluation, never later than the year's last.
    pub as_of: Date,
    /// Facilities listed that year, by name.
    pub rows: Vec<CalendarRow>,
}

/// The year's calendar of one Puskesmas.
pub fn calendar(evaluator: &Evaluator, puskesmas: u32, year: i32, as_of: Date) -> Calendar {
    let as_of = Period::whole_year(year).clamp_as_of(as_of);
    let rows = evaluator
        .facilities_of(puskesmas)
        .filter(|&facility| evaluator.facts().facilities[facility as usize].is_listed_in(year))
        .map(|facility| row(evaluator, puskesmas, facility, year, as_of))
        .collect();
    Calendar { year, as_of, rows }
}

fn row(evaluator: &Evaluator, puskesmas: u32, facility: u32, year: i32, as_of: Date) -> CalendarRow {
    let mut months: [CalendarCell; 12] = std::array::from_fn(|place| {
        let month = Month::from_number(year * 12).plus(i32::try_from(place).unwrap_or(0));
        CalendarCell {
            received: evaluator.received().contains(puskesmas, Table::Visits, month),
            begun: month.has_begun(as_of),
            ..CalendarCell::default()
        }
    });
    let matching = evaluator.matching(facility, year, as_of);
    for slot in matching.slots {
        months[place(slot.effective.unwrap_or(slot.planned))].slots.push(slot);
    }
    for date in matching.unscheduled {
        months[place(date.month())].unscheduled += 1;
    }
    for visit in rows_of_facility(&evaluator.facts().visits, facility, |visit| visit.facility) {
        if visit.date.month().year() == year && visit.date.counts_from() <= as_of {
            months[place(visit.date.month())].visits.push(visit.date);
        }
    }
    CalendarRow { facility, months }
}

/// Place of a month in its year, from 0.
fn place(month: Month) -> usize {
    month.month() as usize - 1
}
