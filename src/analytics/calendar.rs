//! Visits planned and done, facility by month of one year: what the heat map shows.

use crate::domain::Date;
use crate::domain::schedule::SlotOutcome;

use super::Evaluator;

/// One facility in one month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CalendarCell {
    /// Slots whose effective month this is; cancelled ones stand in their original month.
    pub slots: Vec<SlotOutcome>,
    /// Dates of all visits in this month, by the as-of date.
    pub visits: Vec<Date>,
    /// Of these, how many serve no slot.
    pub unscheduled: u32,
    /// Whether the Pembinaan recap of this month was received.
    pub received: bool,
    /// Whether the month has begun by the as-of date.
    pub begun: bool,
}

/// One facility's year.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarRow {
    /// Index of the facility.
    pub facility: u32,
    /// January to December.
    pub months: [CalendarCell; 12],
}

/// One Puskesmas' year.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Which year.
    pub year: i32,
    /// As of which day (never later than the year's last).
    pub as_of: Date,
    /// Facilities listed that year, by name.
    pub rows: Vec<CalendarRow>,
}

/// The year's calendar of one Puskesmas.
pub fn calendar(evaluator: &Evaluator, puskesmas: u32, year: i32, as_of: Date) -> Calendar {
    todo!()
}
