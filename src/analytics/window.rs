//! A period as of a date: which months and days of it count. Pure.

use crate::domain::{Date, Month, Period, VisitDate};

/// The part of a period that an evaluation sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Period that is evaluated.
    pub period: Period,
    /// Never later than the period's last day.
    pub as_of: Date,
    /// The last month that the as-of date reaches; `None` before the period begins, when nothing is applicable.
    pub last_begun: Option<Month>,
}

impl Window {
    /// Cuts `as_of` to the period.
    pub fn new(period: Period, as_of: Date) -> Self {
        let as_of = period.clamp_as_of(as_of);
        Self { period, as_of, last_begun: period.last_begun_month(as_of) }
    }

    /// Reports whether the period has begun.
    pub fn has_begun(&self) -> bool {
        self.last_begun.is_some()
    }

    /// Months of the period that have begun, in order.
    pub fn begun_months(&self) -> impl Iterator<Item = Month> + Clone + use<> {
        let first = self.period.first_month();
        let last = self.last_begun.unwrap_or_else(|| first.plus(-1));
        (first.number()..=last.number()).map(Month::from_number)
    }

    /// Months of the period that have ended, in order.
    pub fn ended_months(&self) -> impl Iterator<Item = Month> + Clone + use<> {
        let as_of = self.as_of;
        self.begun_months().filter(move |month| month.has_ended(as_of))
    }

    /// January of the period's year.
    pub fn january(&self) -> Month {
        self.period.first_month().plus(1 - i32::try_from(self.period.first_month().month()).unwrap_or(1))
    }

    /// Reports whether a fact dated `date` counts: in the period and by the as-of date.
    pub fn contains(&self, date: Date) -> bool {
        self.period.first_day() <= date && date <= self.as_of
    }

    /// Reports whether a visit counts: of a day, in the period and by the as-of date; of a month, once it has begun.
    pub fn contains_visit(&self, when: VisitDate) -> bool {
        self.contains(when.counts_from())
    }

    /// Reports whether a fact of `month` counts: in the period and begun.
    pub fn contains_month(&self, month: Month) -> bool {
        self.last_begun.is_some_and(|last| self.period.first_month() <= month && month <= last)
    }
}
