//! To which facilities a service indicator applies: those of the kinds that its list names; where it names none, those
//! that reported it in that year or the year before. Pure.

use crate::domain::{Date, Facts, Month, ServiceDefinition};

use super::achievements::{Achievement, achievements};

/// A service indicator in one year, seen from one day.
#[derive(Clone, Copy, Debug)]
pub struct Applying<'a> {
    /// Facts that hold the facilities and their achievements.
    pub facts: &'a Facts,
    /// Index of the service indicator.
    pub service: u32,
    /// Its definition in that year.
    pub definition: &'a ServiceDefinition,
    /// Year whose definition it is.
    pub year: i32,
    /// Only months that had begun by this day are known.
    pub as_of: Date,
}

impl Applying<'_> {
    /// Reports whether it applies to the facility with this index.
    pub fn to(&self, facility: u32) -> bool {
        if !self.definition.applies_to.is_empty() {
            return self.definition.applies_to.name(&self.facts.facilities[facility as usize]);
        }
        let january = Month::from_number(self.year * 12);
        let rows = achievements(self.facts, facility, self.service, january.plus(-12), january.plus(11));
        rows.iter().any(|row| row.month.has_begun(self.as_of) && Achievement::is_counted(row))
    }
}
