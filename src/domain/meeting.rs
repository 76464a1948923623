//! Meeting (lokmin) that minutes are about: its kind, month and day, as recaps and written decisions tell. Knows no
//! paper.

use super::facts::{LokminAttendance, LokminSort};
use super::lokmin::is_lokmin;
use super::written::Decision;
use super::{Date, Facts, Month, Period, PeriodKind};

/// One meeting of a Puskesmas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Monthly or three-monthly.
    pub sort: LokminSort,
    /// Its month; `None` where no recap tells in which month of the period it was.
    pub month: Option<Month>,
    /// Its day; `None` where nobody wrote a decision of it.
    pub day: Option<Date>,
    /// Days of other meetings of that month before it.
    pub earlier: Vec<Date>,
    /// True if recaps tell of a monthly and of a three-monthly meeting of that month: which day is whose is assumed.
    pub is_one_of_two: bool,
}

/// Puskesmas, period and day of a meeting that is looked for.
#[derive(Clone, Copy, Debug)]
pub struct MeetingSought {
    /// Index of the Puskesmas.
    pub puskesmas: u32,
    /// Period of the minutes.
    pub period: Period,
    /// Nothing later is looked at; the day of a meeting itself asks for that one.
    pub as_of: Date,
}

impl Meeting {
    /// The meeting that minutes of a period are about: of a quarter the three-monthly one, of a month the monthly one,
    /// where there was none the three-monthly one; the last one up to the day.
    pub fn from_facts(facts: &Facts, sought: MeetingSought) -> Self {
        let MeetingSought { puskesmas, period, as_of } = sought;
        let has = |month: Month, sort: LokminSort| {
            attendance_of(facts, puskesmas).any(|row| row.month == month && row.sort == sort)
        };
        let begun: Vec<Month> = period.months().filter(|month| month.has_begun(as_of)).collect();
        let month = match period.kind() {
            PeriodKind::Month => begun.last().copied(),
            PeriodKind::Quarter => begun.iter().rev().copied().find(|month| has(*month, LokminSort::Quarterly)),
            PeriodKind::FourMonth | PeriodKind::HalfYear | PeriodKind::Year => {
                let last = days(facts, sought).filter(|day| period.contains(Month::from_date(*day))).last();
                last.map(Month::from_date).or_else(|| begun.last().copied())
            }
        };
        let is_quarterly = |month: Month| has(month, LokminSort::Quarterly);
        let is_monthly = |month: Month| has(month, LokminSort::Monthly);
        let is_of_quarter = period.kind() == PeriodKind::Quarter
            || month.is_some_and(|month| is_quarterly(month) && !is_monthly(month));
        let sort = if is_of_quarter { LokminSort::Quarterly } else { LokminSort::Monthly };
        let is_one_of_two = month.is_some_and(|month| is_quarterly(month) && is_monthly(month));
        let days: Vec<Date> = days(facts, sought).filter(|day| Some(Month::from_date(*day)) == month).collect();
        let day = match days.as_slice() {
            [.., last] if *last == as_of => Some(*last),
            // The three-monthly meeting closes its month.
            [.., before, _] if is_one_of_two && sort == LokminSort::Monthly => Some(*before),
            [.., last] => Some(*last),
            [] => None,
        };
        let earlier = days.into_iter().filter(|other| day.is_some_and(|day| *other < day)).collect();
        Self { sort, month, day, earlier, is_one_of_two }
    }

    /// Returns the facilities of a Puskesmas that were invited; none where no recap tells.
    pub fn invited<'f>(&self, facts: &'f Facts, puskesmas: u32) -> Vec<&'f LokminAttendance> {
        let is_of_it = |row: &&LokminAttendance| Some(row.month) == self.month && row.sort == self.sort;
        attendance_of(facts, puskesmas).filter(is_of_it).filter(|row| row.invited || row.attended).collect()
    }

    /// Returns the decisions that were written of it; none where its day is not known.
    pub fn decisions<'f>(&self, facts: &'f Facts, puskesmas: u32) -> Vec<&'f Decision> {
        let own = facts.written.decisions.iter().filter(|row| row.puskesmas == puskesmas).map(|row| &row.row);
        own.filter(|row| Some(row.date) == self.day && is_lokmin(row.meeting.as_deref())).collect()
    }
}

fn attendance_of(facts: &Facts, puskesmas: u32) -> impl Iterator<Item = &LokminAttendance> {
    let is_own = move |row: &&LokminAttendance| {
        usize::try_from(row.facility)
            .ok()
            .and_then(|place| facts.facilities.get(place))
            .is_some_and(|facility| facility.puskesmas == puskesmas)
    };
    facts.lokmin.iter().filter(is_own)
}

/// Days of which decisions are known up to the day sought, each once, in order.
fn days(facts: &Facts, sought: MeetingSought) -> impl Iterator<Item = Date> {
    let own = facts.written.decisions.iter().filter(move |row| row.puskesmas == sought.puskesmas);
    // A management review is a meeting of its own: its day is no day of a lokmin.
    let own = own.filter(|row| is_lokmin(row.row.meeting.as_deref()));
    let mut days: Vec<Date> = own.map(|row| row.row.date).filter(|day| *day <= sought.as_of).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter()
}
