//! Items of the district team's coaching with their numbers and histories, put together from the tables that both sides
//! write; and the duties of the team over a year. Knows no page and no account.

use std::collections::{BTreeMap, BTreeSet};

use super::district_case::{CaseHistory, CaseSide, CaseState, CaseStep, TakenStep};
use super::name::plain_words;
use super::written::{DistrictStep, DistrictVisit, Owned, WrittenRecords};
use super::{Date, Month, Period, PeriodKind};

/// Word of a kind of coaching that verifies the performance evaluation.
const OF_PERFORMANCE: &str = "kinerja";
/// Words of a kind of coaching that is a meeting of the team itself.
const TEAM_MEETING: [&str; 2] = ["rapat", "pertemuan tim"];

/// An item: one finding with its recommendations, and what became of it.
#[derive(Clone, Debug)]
pub struct CoachingItem<'a> {
    /// Number within the Puskesmas and the year.
    pub number: String,
    /// True where the number is written in its row; else it is the next free one and is written with the first step.
    pub is_numbered: bool,
    /// Row of the coaching.
    pub visit: &'a DistrictVisit,
    /// Side that has to do what the item asks for.
    pub doer: CaseSide,
    /// Steps and state.
    pub history: CaseHistory,
}

impl CoachingItem<'_> {
    /// State by the day that it was asked for.
    pub fn state(&self) -> CaseState {
        self.history.state
    }

    /// The words by which people name it: the recommendation, else the conclusion or the fact.
    pub fn title(&self) -> &str {
        let DistrictVisit { for_puskesmas, for_district, conclusion, fact, .. } = self.visit;
        [for_puskesmas, for_district, conclusion, fact].into_iter().flatten().next().map_or("", String::as_str)
    }

    /// Reports whether it should have been followed up by `as_of` and was not.
    pub fn is_overdue(&self, as_of: Date) -> bool {
        self.history.is_overdue(self.visit.due, as_of)
    }

    /// The side whose turn it is; none once it is closed.
    pub fn turn(&self) -> Option<CaseSide> {
        self.state().turn(self.doer)
    }
}

/// The coaching of one Puskesmas as of a day.
#[derive(Clone, Debug, Default)]
pub struct CoachingItems<'a> {
    /// Items, by date and number.
    pub items: Vec<CoachingItem<'a>>,
    /// Coaching of which no finding and no recommendation was written: meetings, visits without findings.
    pub bare: Vec<&'a DistrictVisit>,
    /// Steps with an item that there is not.
    pub lost: Vec<&'a DistrictStep>,
}

impl<'a> CoachingItems<'a> {
    /// Puts the items of a Puskesmas together as of a day: what was coached later is not there yet, and what was done
    /// later was not done yet.
    pub fn new(written: &'a WrittenRecords, puskesmas: u32, as_of: Date) -> Self {
        let visits = rows_of(&written.district_visits, puskesmas).filter(|visit| visit.date <= as_of);
        let (visits, bare): (Vec<_>, Vec<_>) = visits.partition(|visit| is_item(visit));
        let steps: Vec<&DistrictStep> =
            rows_of(&written.district_steps, puskesmas).filter(|step| step.date <= as_of).collect();
        let mut found = BTreeSet::new();
        let numbered = numbers(&visits);
        let mut items: Vec<CoachingItem<'a>> = visits
            .into_iter()
            .zip(numbered)
            .map(|(visit, (number, is_numbered))| {
                let is_of_it =
                    |step: &DistrictStep| step.coached == visit.date && number_key(&step.number) == number_key(&number);
                let own = steps.iter().enumerate().filter(|(_, step)| is_of_it(step));
                let taken = own.filter_map(|(place, step)| {
                    let taken = taken(step)?;
                    found.insert(place);
                    Some(taken)
                });
                let taken: Vec<TakenStep> = taken.collect();
                let doer = doer(visit);
                let all = with_days_of_row(visit, as_of, taken);
                CoachingItem { number, is_numbered, visit, doer, history: CaseHistory::new(visit.date, doer, all) }
            })
            .collect();
        items.sort_by_cached_key(|item| (item.visit.date, number_order(&item.number)));
        let lost = steps.into_iter().enumerate().filter(|(place, _)| !found.contains(place)).map(|(_, step)| step);
        Self { items, bare, lost: lost.collect() }
    }

    /// The items coached in a period.
    pub fn within(&self, period: Period) -> impl Iterator<Item = &CoachingItem<'a>> {
        self.items.iter().filter(move |item| period.contains(Month::from_date(item.visit.date)))
    }

    /// The items of one coaching.
    pub fn of_day(&self, coached: Date) -> impl Iterator<Item = &CoachingItem<'a>> {
        self.items.iter().filter(move |item| item.visit.date == coached)
    }

    /// Days of coaching within a period, with or without findings; meetings of the team itself apart.
    pub fn visits_within(&self, period: Period) -> BTreeSet<Date> {
        let all = self.items.iter().map(|item| item.visit).chain(self.bare.iter().copied());
        let visits = all.filter(|visit| !is_team_meeting(visit)).map(|visit| visit.date);
        visits.filter(|date| period.contains(Month::from_date(*date))).collect()
    }

    /// Last day of coaching up to the day that was asked for.
    pub fn last_visit(&self) -> Option<Date> {
        let all = self.items.iter().map(|item| item.visit).chain(self.bare.iter().copied());
        all.filter(|visit| !is_team_meeting(visit)).map(|visit| visit.date).max()
    }

    /// Months of a year, ended by `as_of`, in which no written feedback was sent: one a month is the team's duty.
    pub fn months_without_feedback(&self, year: i32, as_of: Date) -> Vec<Month> {
        let of_items = self.items.iter().flat_map(|item| item.history.counted());
        let of_items = of_items.filter(|taken| taken.step == CaseStep::Sent).map(|taken| taken.date);
        let of_bare = self.bare.iter().filter_map(|visit| visit.sent).filter(|sent| *sent <= as_of);
        let sent: BTreeSet<Month> = of_items.chain(of_bare).map(Month::from_date).collect();
        let ended = Period::whole_year(year).months().filter(|month| month.has_ended(as_of));
        ended.filter(|month| !sent.contains(month)).collect()
    }

    /// Quarters of a year, ended by `as_of`, in which the team did not meet: one meeting a quarter is its duty.
    pub fn quarters_without_meeting(&self, year: i32, as_of: Date) -> Vec<Period> {
        let all = self.items.iter().map(|item| item.visit).chain(self.bare.iter().copied());
        let met: BTreeSet<Month> =
            all.filter(|visit| is_team_meeting(visit)).map(|visit| Month::from_date(visit.date)).collect();
        let quarters = (1..=PeriodKind::Quarter.per_year())
            .filter_map(|number| Period::new(PeriodKind::Quarter, year, number))
            .filter(|quarter| quarter.last_day() <= as_of);
        quarters.filter(|quarter| !met.iter().any(|month| quarter.contains(*month))).collect()
    }
}

fn rows_of<T>(rows: &[Owned<T>], puskesmas: u32) -> impl Iterator<Item = &T> {
    rows.iter().filter(move |owned| owned.puskesmas == puskesmas).map(|owned| &owned.row)
}

/// Reports whether a row says something that somebody can follow up.
fn is_item(visit: &DistrictVisit) -> bool {
    let DistrictVisit { fact, conclusion, for_puskesmas, for_district, .. } = visit;
    [fact, conclusion, for_puskesmas, for_district].into_iter().any(Option::is_some)
}

/// Reports whether a row is a meeting of the team itself and no coaching.
pub fn is_team_meeting(visit: &DistrictVisit) -> bool {
    let sort = plain_words(visit.sort.as_deref().unwrap_or_default());
    TEAM_MEETING.iter().any(|words| sort.contains(words))
}

/// Reports whether a row verifies the performance evaluation of the Puskesmas, and is no coaching beside it: criterion
/// 1.7.1 asks for the two apart.
pub fn is_of_performance(visit: &DistrictVisit) -> bool {
    plain_words(visit.sort.as_deref().unwrap_or_default()).contains(OF_PERFORMANCE)
}

/// A recommendation that is for the district alone is the district's to carry out; every other the Puskesmas'.
fn doer(visit: &DistrictVisit) -> CaseSide {
    if visit.for_puskesmas.is_none() && visit.for_district.is_some() { CaseSide::Team } else { CaseSide::Puskesmas }
}

/// The normal form of a number: `03.` is 3.
pub fn number_key(number: &str) -> String {
    let plain = plain_words(number);
    plain.parse::<u32>().map_or(plain, |number| number.to_string())
}

/// Orders numbers as numbers, before those that are words.
fn number_order(number: &str) -> (u32, String) {
    let key = number_key(number);
    (key.parse().unwrap_or(u32::MAX), key)
}

/// The number of each row, and whether it is written there. Of rows of a year with one number the first keeps it; rows
/// without one have the next free numbers of their year, in their order.
fn numbers(visits: &[&DistrictVisit]) -> Vec<(String, bool)> {
    let mut taken: BTreeMap<i32, BTreeSet<String>> = BTreeMap::new();
    let mut numbers: Vec<Option<String>> = Vec::with_capacity(visits.len());
    for visit in visits {
        let known = taken.entry(Month::from_date(visit.date).year()).or_default();
        let written = visit.number.clone().filter(|number| !number_key(number).is_empty());
        numbers.push(written.filter(|number| known.insert(number_key(number))));
    }
    let next = |year: i32, taken: &mut BTreeMap<i32, BTreeSet<String>>| {
        let known = taken.entry(year).or_default();
        let free = first_free(known);
        known.insert(free.clone());
        free
    };
    let rows = visits.iter().zip(numbers);
    rows.map(|(visit, number)| match number {
        Some(number) => (number, true),
        None => (next(Month::from_date(visit.date).year(), &mut taken), false),
    })
    .collect()
}

/// The next free number of a year among the rows of a Puskesmas.
pub fn next_number(written: &WrittenRecords, puskesmas: u32, year: i32) -> String {
    let visits: Vec<&DistrictVisit> = rows_of(&written.district_visits, puskesmas)
        .filter(|visit| is_item(visit) && Month::from_date(visit.date).year() == year)
        .collect();
    let known: BTreeSet<String> = numbers(&visits).into_iter().map(|(number, _)| number_key(&number)).collect();
    first_free(&known)
}

/// The smallest number that is not taken: one of as many as there are, or the next.
fn first_free(taken: &BTreeSet<String>) -> String {
    (1..=taken.len() + 1).map(|number| number.to_string()).find(|number| !taken.contains(number)).unwrap_or_default()
}

/// A row as a step; none where its word is none.
fn taken(row: &DistrictStep) -> Option<TakenStep> {
    Some(TakenStep {
        date: row.date,
        step: CaseStep::from_label(&row.step)?,
        side: row.side.as_deref().and_then(CaseSide::from_label),
        who: row.who.clone().unwrap_or_default(),
        note: row.note.clone().unwrap_or_default(),
        proof: row.proof.clone().unwrap_or_default(),
    })
}

/// The steps of an item and those whose days stand in its row, unless the same step of that day stands among them.
fn with_days_of_row(visit: &DistrictVisit, as_of: Date, mut steps: Vec<TakenStep>) -> Vec<TakenStep> {
    let days = [
        (CaseStep::Sent, visit.sent),
        (CaseStep::Received, visit.received),
        (CaseStep::Answered, visit.answered),
        (CaseStep::FollowedUp, visit.followed_up),
    ];
    for (step, date) in days.into_iter().filter_map(|(step, date)| Some((step, date?))) {
        let is_known = steps.iter().any(|taken| taken.step == step && taken.date == date);
        if date <= as_of && !is_known {
            let blank = String::new;
            steps.push(TakenStep { date, step, side: None, who: blank(), note: blank(), proof: blank() });
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn visit(date: &str, fact: &str, number: Option<&str>) -> Owned<DistrictVisit> {
        Owned::first(DistrictVisit {
            date: day(date),
            sort: Some("Terpadu".to_owned()),
            fact: Some(fact.to_owned()).filter(|fact| !fact.is_empty()),
            conclusion: None,
            for_puskesmas: None,
            for_district: None,
            due: Some(day("2026-04-30")),
            sent: None,
            received: None,
            answered: None,
            followed_up: None,
            number: number.map(str::to_owned),
        })
    }

    fn step(coached: &str, number: &str, kind: CaseStep, date: &str) -> Owned<DistrictStep> {
        Owned::first(DistrictStep {
            coached: day(coached),
            number: number.to_owned(),
            step: kind.label().to_owned(),
            date: day(date),
            side: None,
            who: None,
            note: None,
            proof: None,
        })
    }

    fn numbered(written: &WrittenRecords, as_of: &str) -> Vec<(String, String, CaseState)> {
        let found = CoachingItems::new(written, 0, day(as_of));
        found.items.iter().map(|item| (item.number.clone(), item.title().to_owned(), item.state())).collect()
    }

    #[test]
    fn rows_without_a_number_take_the_free_ones_and_steps_find_their_item() {
        let written = WrittenRecords {
            district_visits: vec![
                visit("2026-03-02", "A", None),
                visit("2026-03-02", "B", Some("1")),
                visit("2026-03-02", "C", Some("01.")),
            ],
            district_steps: vec![
                step("2026-03-02", "2", CaseStep::Sent, "2026-03-05"),
                step("2026-03-02", "1", CaseStep::Sent, "2026-03-06"),
                step("2026-03-02", "9", CaseStep::Sent, "2026-03-06"),
                step("2026-03-03", "1", CaseStep::Received, "2026-03-07"),
            ],
            ..WrittenRecords::default()
        };
        let row = |number: &str, title: &str, state| (number.to_owned(), title.to_owned(), state);
        assert_eq!(
            numbered(&written, "2026-03-31"),
            [row("1", "B", CaseState::Sent), row("2", "A", CaseState::Sent), row("3", "C", CaseState::Drafted)]
        );
        assert_eq!(numbered(&written, "2026-03-05")[0].2, CaseState::Drafted, "sent on the day after");
        assert_eq!(numbered(&written, "2026-03-01"), []);
        let lost: Vec<&str> =
            CoachingItems::new(&written, 0, day("2026-03-31")).lost.iter().map(|step| step.number.as_str()).collect();
        assert_eq!(lost, ["9", "1"], "a number that there is not, a day that there is not");
        assert_eq!(next_number(&written, 0, 2026), "4");
        assert_eq!(next_number(&written, 0, 2027), "1");
        assert!(CoachingItems::new(&written, 1, day("2026-03-31")).items.is_empty(), "another Puskesmas'");
    }

    #[test]
    fn days_in_the_row_are_steps_and_what_is_for_the_district_alone_is_its_own_to_do() {
        let mut own = visit("2026-03-02", "A", Some("1"));
        own.row.sent = Some(day("2026-03-04"));
        own.row.followed_up = Some(day("2026-04-01"));
        let mut theirs = visit("2026-03-02", "B", Some("2"));
        theirs.row.for_district = Some("Tambah tenaga".to_owned());
        let written = WrittenRecords { district_visits: vec![own, theirs], ..WrittenRecords::default() };
        let found = CoachingItems::new(&written, 0, day("2026-05-01"));
        let [own, theirs] = found.items.as_slice() else { panic!("{found:?}") };
        assert_eq!((own.state(), own.turn()), (CaseState::FollowedUp, Some(CaseSide::Team)));
        assert_eq!(own.history.skipped, [CaseStep::Received, CaseStep::Answered]);
        assert!(!own.is_overdue(day("2026-05-01")) && theirs.is_overdue(day("2026-05-01")));
        assert_eq!(
            (theirs.doer, theirs.turn(), theirs.title()),
            (CaseSide::Team, Some(CaseSide::Team), "Tambah tenaga")
        );
    }

    #[test]
    fn months_without_feedback_and_quarters_without_a_meeting_are_told_once_they_ended() {
        let mut meeting = visit("2026-02-10", "", None);
        meeting.row.sort = Some("Rapat tim TPCB".to_owned());
        let mut bare = visit("2026-01-20", "", None);
        bare.row.sent = Some(day("2026-01-25"));
        let written = WrittenRecords {
            district_visits: vec![bare, meeting, visit("2026-03-02", "A", Some("1"))],
            district_steps: vec![step("2026-03-02", "1", CaseStep::Sent, "2026-03-05")],
            ..WrittenRecords::default()
        };
        let found = CoachingItems::new(&written, 0, day("2026-07-10"));
        let months: Vec<String> =
            found.months_without_feedback(2026, day("2026-07-10")).iter().map(ToString::to_string).collect();
        assert_eq!(months, ["2026-02", "2026-04", "2026-05", "2026-06"], "July has not ended");
        let quarters: Vec<String> =
            found.quarters_without_meeting(2026, day("2026-07-10")).iter().map(ToString::to_string).collect();
        assert_eq!(quarters, ["2026-Q2"]);
        assert_eq!(found.last_visit(), Some(day("2026-03-02")), "a meeting is no visit");
        assert_eq!(found.visits_within(Period::whole_year(2026)).len(), 2);
    }
}
