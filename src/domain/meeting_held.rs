//! Attendance at a meeting (lokmin) that is being held: who may be invited, and who came, as far as facts tell.

use super::facts::LokminSort;
use super::{Date, Facts, Month, PeriodKind};

/// Days after a period's end on which a meeting about it may still be held.
const DAYS_AFTER_MAX: u64 = 92;

/// Turnout of one facility at a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turnout {
    /// It was there.
    Came,
    /// It was invited and was not there.
    Stayed,
    /// Nobody invited it.
    Uninvited,
}

impl Turnout {
    /// Every turnout, in the order of declaration.
    pub const ALL: [Self; 3] = [Self::Came, Self::Stayed, Self::Uninvited];

    /// The word in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Came => "hadir",
            Self::Stayed => "absen",
            Self::Uninvited => "tidak-diundang",
        }
    }

    /// The turnout of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|turnout| turnout.code() == code)
    }

    /// Reports whether the facility was invited.
    pub fn is_invited(self) -> bool {
        self != Self::Uninvited
    }
}

/// A facility that may be invited, with its turnout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// Name as the register writes it.
    pub name: String,
    /// Turnout as it is known so far.
    pub turnout: Turnout,
}

/// A meeting that is held: whose, on which day, of which sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeetingHeld {
    /// Index of the Puskesmas.
    pub puskesmas: u32,
    /// Day of the meeting.
    pub day: Date,
    /// Monthly or three-monthly.
    pub sort: LokminSort,
}

impl MeetingHeld {
    /// The sort of meeting that speaks about a period of this kind.
    pub fn sort_for(kind: PeriodKind) -> LokminSort {
        if kind == PeriodKind::Quarter { LokminSort::Quarterly } else { LokminSort::Monthly }
    }

    /// The day on which a meeting about the period up to `last_day` is held, unless somebody says another one: today; of a
    /// period long past the last day of the month after it.
    pub fn usual_day(last_day: Date, today: Date) -> Date {
        let latest = last_day.checked_add_days(chrono::Days::new(DAYS_AFTER_MAX));
        if latest.is_none_or(|latest| today <= latest) {
            return today;
        }
        Month::from_date(last_day).plus(1).last_day()
    }
}

/// Turnouts of every facility that may be invited to a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turnouts {
    /// Facilities that are active in its month, in the order of the register.
    pub invitees: Vec<Invitee>,
    /// True if a recap or a form told of this meeting; else all are taken as invited.
    pub is_known: bool,
}

impl Turnouts {
    /// The turnouts that facts tell of a meeting.
    pub fn from_facts(facts: &Facts, held: MeetingHeld) -> Self {
        let month = Month::from_date(held.day);
        let told = |facility: u32| {
            let mut rows = facts.lokmin.iter();
            rows.find(|row| row.facility == facility && row.month == month && row.sort == held.sort)
        };
        let own = (0..)
            .zip(&facts.facilities)
            .filter(|(_, facility)| facility.puskesmas == held.puskesmas && facility.is_active_in(month));
        let mut own: Vec<_> = own.collect();
        own.sort_by_key(|(_, facility)| facility.listing_key());
        let is_known = own.iter().any(|(index, _)| told(*index).is_some());
        let turnout = |index: u32| match told(index) {
            Some(row) if row.attended => Turnout::Came,
            Some(row) if row.invited => Turnout::Stayed,
            None if !is_known => Turnout::Stayed,
            _ => Turnout::Uninvited,
        };
        let invitee = |(index, facility): &(u32, &super::Facility)| Invitee {
            name: facility.name.clone(),
            turnout: turnout(*index),
        };
        Self { invitees: own.iter().map(invitee).collect(), is_known }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_is_held_today_unless_its_period_is_long_past() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let of = |today: &str| MeetingHeld::usual_day(day("2023-08-31"), day(today)).to_string();
        assert_eq!(of("2023-08-20"), "2023-08-20");
        assert_eq!(of("2023-09-12"), "2023-09-12");
        assert_eq!(of("2023-12-01"), "2023-12-01");
        assert_eq!(of("2024-01-10"), "2023-09-30");
        let last = day("2023-08-31") + chrono::Days::new(DAYS_AFTER_MAX);
        assert_eq!(MeetingHeld::usual_day(day("2023-08-31"), last), last);
        assert_eq!(of(&(last + chrono::Days::new(1)).to_string()), "2023-09-30");
    }
}
