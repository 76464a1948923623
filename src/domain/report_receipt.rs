//! That a monthly report came, as exactly as it is known: many recaps tick *lengkap* and *tepat waktu* and write no day.

use chrono::Days;

use super::Date;

/// Receipt of a monthly report, by its day or by the ticks of a recap without days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportReceipt {
    /// It came on this day.
    Day(Date),
    /// It came on or before its due day.
    InTime,
    /// After its due day.
    Late,
    /// It came on some day: nobody knows whether in time.
    Came,
    /// A recap says that it did not come.
    NotCome,
}

impl ReportReceipt {
    /// The day, where one was written.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::InTime | Self::Late | Self::Came | Self::NotCome => None,
        }
    }

    /// Returns the ticks *lengkap* and *tepat waktu* that say the same; none for a receipt with a day, which speaks for
    /// itself.
    pub fn ticks(self) -> Ticks {
        let (complete, in_time) = match self {
            Self::Day(_) => (None, None),
            Self::InTime => (Some(true), Some(true)),
            Self::Late => (Some(true), Some(false)),
            Self::Came => (Some(true), None),
            Self::NotCome => (Some(false), Some(false)),
        };
        Ticks { complete, in_time }
    }

    /// Reports whether it came at all.
    pub fn has_come(self) -> bool {
        self != Self::NotCome
    }

    /// The day from which on it counts as received, given the day on which it was due. One without a day counts from the
    /// first day on which its ticks can be true: its due day, the day after where it was late.
    pub fn counts_from(self, due: Date) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::InTime | Self::Came => Some(due),
            Self::Late => due.checked_add_days(Days::new(1)),
            Self::NotCome => None,
        }
    }

    /// Reports whether it came on or before its due day; `None` where nobody knows.
    pub fn is_in_time(self, due: Date) -> Option<bool> {
        match self {
            Self::Day(date) => Some(date <= due),
            other => other.ticks().in_time,
        }
    }

    /// Returns the receipt that counts where a later recap says `later`: a day is never taken back by ticks, nor is
    /// what is known of its time by a tick that says nothing of it.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        match (self, later) {
            (Self::Day(_), ticks) if ticks.day().is_none() => self,
            (Self::InTime | Self::Late, Self::Came) => self,
            _ => later,
        }
    }
}

/// Ticks of a report in a recap without days; `None` where a column for it lacks or is blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticks {
    /// *Lengkap*: true if the report came.
    pub complete: Option<bool>,
    /// *Tepat waktu*: true if it came by its due day.
    pub in_time: Option<bool>,
}

impl Ticks {
    /// Returns the receipt that both ticks mean together; `None` where they say nothing, or contradict each other
    /// ([`Ticks::contradict`]).
    pub fn receipt(self) -> Option<ReportReceipt> {
        match (self.complete, self.in_time) {
            (Some(true) | None, Some(true)) => Some(ReportReceipt::InTime),
            (Some(true), Some(false)) => Some(ReportReceipt::Late),
            (Some(true), None) => Some(ReportReceipt::Came),
            (Some(false), Some(false) | None) => Some(ReportReceipt::NotCome),
            // Late or not there at all: nobody knows.
            (None, Some(false) | None) | (Some(false), Some(true)) => None,
        }
    }

    /// Reports whether it was in time and did not come.
    pub fn contradict(self) -> bool {
        self.complete == Some(false) && self.in_time == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> Date {
        Date::from_ymd_opt(2025, 6, day).unwrap()
    }

    const WITHOUT_DAY: [ReportReceipt; 4] =
        [ReportReceipt::InTime, ReportReceipt::Late, ReportReceipt::Came, ReportReceipt::NotCome];

    #[test]
    fn ticks_and_receipts_say_the_same() {
        for receipt in WITHOUT_DAY {
            assert_eq!(receipt.ticks().receipt(), Some(receipt));
        }
        assert_eq!(ReportReceipt::Day(day(4)).ticks(), Ticks::default());
        let alone = |in_time| Ticks { complete: None, in_time: Some(in_time) };
        assert_eq!((alone(true).receipt(), alone(false).receipt()), (Some(ReportReceipt::InTime), None));
        let contrary = Ticks { complete: Some(false), in_time: Some(true) };
        assert!(contrary.contradict() && contrary.receipt().is_none());
    }

    #[test]
    fn each_counts_from_the_first_day_on_which_it_can_be_true() {
        let due = day(5);
        let of = |receipt: ReportReceipt| (receipt.counts_from(due), receipt.is_in_time(due));
        assert_eq!(of(ReportReceipt::Day(day(4))), (Some(day(4)), Some(true)));
        assert_eq!(of(ReportReceipt::Day(day(9))), (Some(day(9)), Some(false)));
        assert_eq!(of(ReportReceipt::InTime), (Some(due), Some(true)));
        assert_eq!(of(ReportReceipt::Late), (Some(day(6)), Some(false)));
        assert_eq!(of(ReportReceipt::Came), (Some(due), None));
        assert_eq!(of(ReportReceipt::NotCome), (None, Some(false)));
    }

    #[test]
    fn a_day_outlives_ticks_and_a_corrected_tick_corrects() {
        let on = ReportReceipt::Day(day(4));
        for ticks in WITHOUT_DAY {
            assert_eq!((on.then(ticks), ticks.then(on)), (on, on));
        }
        assert_eq!(on.then(ReportReceipt::Day(day(7))), ReportReceipt::Day(day(7)));
        assert_eq!(ReportReceipt::Late.then(ReportReceipt::Came), ReportReceipt::Late);
        assert_eq!(ReportReceipt::Came.then(ReportReceipt::InTime), ReportReceipt::InTime);
        assert_eq!(ReportReceipt::InTime.then(ReportReceipt::NotCome), ReportReceipt::NotCome);
    }
}
