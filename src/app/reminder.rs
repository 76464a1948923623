//! Matters that a coordinator should be reminded of as of a day: recaps that have not come, licences and PKS that end
//! soon, follow-ups past their date. Pure: facts in, plain text out.

use crate::analytics::received::ReceivedMonths;
use crate::domain::district_items::CoachingItems;
use crate::domain::facility::LicencePaper;
use crate::domain::lokmin::DecidingMeeting;
use crate::domain::network::{AgreementBook, AgreementState};
use crate::domain::written::Decision;
use crate::domain::{Date, Facts, Month, format};

/// Lines named in each part.
const LINES_MAX: usize = 100;
/// Months looked back for recaps.
const MONTHS_BACK: i32 = 12;

/// Something that should have been done by now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OverdueMatter {
    /// Day by which it was to be done.
    pub due: Date,
    /// Action as somebody wrote it.
    pub what: String,
    /// Person or unit that has to do it, and for whom; may be blank.
    pub who: String,
}

/// Matters of one Puskesmas that are late or end soon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reminder {
    /// Months without a recap, with the day on which each was due.
    pub recaps: Vec<(Month, Date)>,
    /// Facility, paper (`Izin`, `PKS`), its last day.
    pub papers: Vec<(String, &'static str, Date)>,
    /// Facility, item, owner, due date.
    pub follow_ups: Vec<(String, String, String, Date)>,
    /// Decisions of lokmin of which nobody wrote that something was done.
    pub decisions: Vec<OverdueMatter>,
    /// The same of management reviews.
    pub reviews: Vec<OverdueMatter>,
    /// Recommendations of the district's team that were not followed up, and what the Puskesmas meant to do about them.
    pub district: Vec<OverdueMatter>,
}

impl Reminder {
    /// Looks through the facts of one Puskesmas. A month's recap is late after `recap_due_day` of the month after; a
    /// paper is named from `days_ahead` days before its end on.
    pub fn new(facts: &Facts, as_of: Date, days_ahead: u32, recap_due_day: u32) -> Self {
        Self {
            recaps: late_recaps(facts, as_of, recap_due_day),
            papers: ending_papers(facts, as_of, days_ahead),
            follow_ups: overdue(facts, as_of),
            decisions: overdue_decisions(facts, as_of, DecidingMeeting::Lokmin),
            reviews: overdue_decisions(facts, as_of, DecidingMeeting::Review),
            district: overdue_of_district(facts, as_of),
        }
    }

    /// Returns the number of matters.
    pub fn len(&self) -> usize {
        let of_meetings = self.decisions.len() + self.reviews.len();
        self.recaps.len() + self.papers.len() + self.follow_ups.len() + of_meetings + self.district.len()
    }

    /// Reports whether there is nothing to be reminded of.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text to hand over.
    pub fn text(&self, puskesmas: &str, as_of: Date) -> String {
        let mut lines =
            vec![format!("PENGINGAT PEMBINAAN – {puskesmas}"), format!("per {}", format::date(as_of)), String::new()];
        let recaps =
            self.recaps.iter().map(|(month, due)| format!("{} (batas {})", format::month(*month), format::date(*due)));
        part(&mut lines, "Rekap bulanan yang belum masuk", recaps.collect());
        let papers = self.papers.iter().map(|(name, paper, until)| {
            let days = (*until - as_of).num_days();
            let when = match days {
                ..0 => format!("sudah berakhir {}", format::date(*until)),
                0 => "berakhir hari ini".to_owned(),
                _ => format!("berakhir {} ({days} hari lagi)", format::date(*until)),
            };
            format!("{name}: {paper} {when}")
        });
        part(&mut lines, "Izin dan PKS yang berakhir", papers.collect());
        let follow_ups = self.follow_ups.iter().map(|(name, item, owner, due)| {
            let owner = if owner.is_empty() { String::new() } else { format!(", {owner}") };
            format!("{name}: {item} (batas {}{owner})", format::date(*due))
        });
        part(&mut lines, "Tindak lanjut lewat batas", follow_ups.collect());
        part(&mut lines, "Keputusan lokmin lewat batas", self.decisions.iter().map(OverdueMatter::line).collect());
        let reviews = self.reviews.iter().map(OverdueMatter::line).collect();
        part(&mut lines, "Keputusan tinjauan manajemen lewat batas", reviews);
        let district = self.district.iter().map(OverdueMatter::line).collect();
        part(&mut lines, "Rekomendasi dan tindak lanjut TPCB lewat batas", district);
        if self.is_empty() {
            lines.push("Tidak ada yang terlambat atau segera berakhir.".to_owned());
        }
        lines.join("\r\n").trim_end().to_owned() + "\r\n"
    }
}

impl OverdueMatter {
    fn line(&self) -> String {
        let who = if self.who.is_empty() { String::new() } else { format!(", {}", self.who) };
        format!("{} (batas {}{who})", self.what, format::date(self.due))
    }
}

fn part(lines: &mut Vec<String>, title: &str, found: Vec<String>) {
    if found.is_empty() {
        return;
    }
    lines.push(format!("{title} ({}):", found.len()));
    let more = found.len().saturating_sub(LINES_MAX);
    lines.extend(found.into_iter().take(LINES_MAX).map(|line| format!("- {line}")));
    if more > 0 {
        lines.push(format!("… dan {more} lainnya"));
    }
    lines.push(String::new());
}

/// Months since the first recap ever, of the last twelve, whose day has passed without any table of them.
fn late_recaps(facts: &Facts, as_of: Date, due_day: u32) -> Vec<(Month, Date)> {
    let received = ReceivedMonths::new(&facts.received);
    let this = Month::from_date(as_of);
    let all = (this.number() - MONTHS_BACK..this.number()).map(Month::from_number);
    let Some(first) =
        (0..MONTHS_BACK * 50).rev().map(|back| this.plus(-back)).find(|month| received.contains_any(0, *month))
    else {
        return Vec::new();
    };
    all.filter(|month| *month >= first && !received.contains_any(0, *month))
        .filter_map(|month| {
            let due = month.plus(1).first_day().checked_add_days(chrono::Days::new(u64::from(due_day) - 1))?;
            (as_of > due).then_some((month, due))
        })
        .collect()
}

fn ending_papers(facts: &Facts, as_of: Date, days_ahead: u32) -> Vec<(String, &'static str, Date)> {
    let mut found = Vec::new();
    let agreements = AgreementBook::new(&facts.written, 0);
    for facility in facts.facilities.iter().filter(|facility| facility.is_active_in(Month::from_date(as_of))) {
        let until = |paper: &Option<LicencePaper>| paper.as_ref().and_then(|paper| paper.valid_until);
        // An agreement that was ended before its last day ended because somebody wanted it.
        let agreement = Some(agreements.standing(facility, as_of)).filter(|held| held.state != AgreementState::Ended);
        let agreement = agreement.and_then(|held| held.until);
        for (word, until) in [("Izin", until(&facility.licence)), ("PKS", agreement)] {
            let is_near = |until: &Date| (*until - as_of).num_days() <= i64::from(days_ahead);
            if let Some(until) = until.filter(is_near) {
                found.push((facility.name.clone(), word, until));
            }
        }
    }
    found.sort_by(|one, other| (one.2, &one.0, one.1).cmp(&(other.2, &other.0, other.1)));
    found
}

fn overdue(facts: &Facts, as_of: Date) -> Vec<(String, String, String, Date)> {
    let is_open = |done: Option<Date>| done.is_none_or(|done| done > as_of);
    let late =
        facts.follow_ups.iter().filter(|item| item.due < as_of && item.visit_date <= as_of && is_open(item.done));
    let mut found: Vec<_> = late
        .map(|item| {
            let name = facts.facilities[item.facility as usize].name.clone();
            (name, item.item.clone(), item.owner.clone().unwrap_or_default(), item.due)
        })
        .collect();
    found.sort_by(|one, other| (one.3, &one.0, &one.1).cmp(&(other.3, &other.0, &other.1)));
    found
}

fn overdue_decisions(facts: &Facts, as_of: Date, meeting: DecidingMeeting) -> Vec<OverdueMatter> {
    let overdue = facts.written.overdue_decisions(0, as_of).into_iter();
    let overdue = overdue.filter(|decision| DecidingMeeting::from_kind(decision.meeting.as_deref()) == meeting);
    let matter = |decision: &Decision| {
        let named = [decision.owner.clone(), decision.facility.clone()];
        let mut named: Vec<String> = named.into_iter().flatten().collect();
        named.dedup();
        Some(OverdueMatter { due: decision.due?, what: decision.decision.clone(), who: named.join(", ") })
    };
    overdue.filter_map(matter).collect()
}

/// Items of the district's coaching that are open past their day, with the side whose turn it is; coaching without a
/// finding of which nothing says that it was followed up; what the Puskesmas meant to do, with who was to do it; what
/// meetings handed to the district; and meetings about RUK and RPK that did not take place.
fn overdue_of_district(facts: &Facts, as_of: Date) -> Vec<OverdueMatter> {
    let is_open = |done: Option<Date>| done.is_none_or(|done| done > as_of);
    let late = |due: Option<Date>, done: Option<Date>| due.filter(|due| *due < as_of && is_open(done));
    let coaching = CoachingItems::new(&facts.written, 0, as_of);
    let items = coaching.items.iter().filter(|item| item.is_overdue(as_of)).filter_map(|item| {
        let about = format!("Pembinaan TPCB {}, butir {}", format::date(item.visit.date), item.number);
        let who = item.turn().map(|side| format!("giliran {}", side.label())).unwrap_or_default();
        Some(OverdueMatter { due: item.visit.due?, what: format!("{about}: {}", item.title()), who })
    });
    let bare = coaching.bare.iter().filter_map(|visit| {
        let what = format!("Pembinaan TPCB {}: tindak lanjut", format::date(visit.date));
        Some(OverdueMatter { due: late(visit.due, visit.followed_up)?, what, who: String::new() })
    });
    let answers = facts.written.district_follow_ups.iter().map(|row| &row.row);
    let answers = answers.filter(|answer| answer.coached.is_none_or(|coached| coached <= as_of));
    let answers = answers.filter_map(|answer| {
        let who = answer.owner.clone().unwrap_or_default();
        Some(OverdueMatter { due: late(answer.due, answer.done)?, what: answer.item.clone(), who })
    });
    let matters = facts.written.district_matters.iter().map(|row| &row.row);
    let matters = matters.filter(|matter| matter.date <= as_of && matter.is_overdue(as_of)).filter_map(|matter| {
        let what = format!("Masalah untuk dinas: {}", matter.problem);
        Some(OverdueMatter { due: matter.due?, what, who: matter.owner.clone().unwrap_or_default() })
    });
    let sessions = facts.written.plan_sessions.iter().map(|row| &row.row).filter(|row| row.is_overdue(as_of));
    let sessions = sessions.map(|row| OverdueMatter {
        due: row.planned,
        what: format!("Pendampingan {}", row.document),
        who: row.helper.clone().unwrap_or_default(),
    });
    let mut found: Vec<OverdueMatter> = items.chain(bare).chain(answers).chain(matters).chain(sessions).collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::{FollowUp, Puskesmas, ReceivedTable};
    use crate::domain::network::AgreementStep;
    use crate::domain::written::{DistrictFollowUp, DistrictVisit, Owned};
    use crate::domain::{Facility, Received, Table};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn month(text: &str) -> Month {
        Month::from_date(day(&format!("{text}-01")))
    }

    #[test]
    fn an_agreement_that_goes_on_or_was_ended_is_no_matter_any_more() {
        let named = |step: &str, until: Option<&str>| {
            let mut facts = facts();
            let row = AgreementStep {
                facility: "Apotek Sehat".to_owned(),
                step: step.to_owned(),
                date: day("2023-11-20"),
                number: None,
                until: until.map(day),
                facilitated: None,
                note: None,
                proof: None,
            };
            facts.written.agreement_steps.push(Owned::first(row));
            let found = ending_papers(&facts, day("2023-12-01"), 60);
            found.into_iter().filter(|(_, paper, _)| *paper == "PKS").map(|(.., until)| until).collect::<Vec<_>>()
        };
        assert_eq!(named("Disusun", None), [day("2023-12-31")], "the old one ends, whatever is drafted");
        assert_eq!(named("Diperpanjang", Some("2025-12-31")), []);
        assert_eq!(named("Diperpanjang", Some("2024-01-10")), [day("2024-01-10")]);
        assert_eq!(named("Diakhiri", None), []);
    }

    fn facts() -> Facts {
        let facility = Facility {
            puskesmas: 0,
            name: "Apotek Sehat".to_owned(),
            kind: "Apotek".to_owned(),
            group: None,
            structures: Vec::new(),
            address: None,
            village: None,
            person_in_charge: None,
            owes_reports: true,
            active_from: month("2023-01"),
            active_until: None,
            agreement: Some(LicencePaper { number: None, valid_until: Some(day("2023-12-31")) }),
            licence: Some(LicencePaper { number: None, valid_until: Some(day("2023-06-01")) }),
            coordinates: None,
            register_place: None,
        };
        let follow_up = |due: &str, done: Option<&str>| FollowUp {
            facility: 0,
            visit_date: day("2023-03-01"),
            item: format!("perbaiki {due}"),
            owner: None,
            due: day(due),
            done: done.map(day),
        };
        let received =
            |text: &str| ReceivedTable { puskesmas: 0, table: Table::Visits, received: Received::Month(month(text)) };
        Facts {
            puskesmas: vec![Puskesmas { name: "UPT PUSKESMAS UJI".to_owned() }],
            facilities: vec![facility],
            follow_ups: vec![
                follow_up("2023-04-01", None),
                follow_up("2023-04-02", Some("2023-04-20")),
                follow_up("2023-05-12", None),
            ],
            received: vec![received("2023-02"), received("2023-04")],
            ..Facts::default()
        }
    }

    #[test]
    fn what_is_late_or_ends_soon_is_named_as_of_the_day() {
        let reminder = Reminder::new(&facts(), day("2023-05-10"), 60, 10);
        // April's is due on this very day; January came before the first recap.
        assert_eq!(reminder.recaps, [(month("2023-03"), day("2023-04-10"))]);
        assert_eq!(reminder.papers, [("Apotek Sehat".to_owned(), "Izin", day("2023-06-01"))]);
        assert_eq!(reminder.follow_ups.len(), 1);
        let earlier = Reminder::new(&facts(), day("2023-04-10"), 20, 10);
        assert_eq!((earlier.recaps.len(), earlier.papers.len(), earlier.follow_ups.len()), (0, 0, 2));
        let text = reminder.text("UPT PUSKESMAS UJI", day("2023-05-10"));
        assert!(text.contains("- Maret 2023 (batas 10 April 2023)\r\n"), "{text}");
        assert!(text.contains("Izin berakhir 1 Juni 2023 (22 hari lagi)"), "{text}");
    }

    #[test]
    fn decisions_and_matters_of_the_district_are_named_once_they_are_late() {
        let mut facts = facts();
        let decision = |due: Option<&str>, done: Option<&str>| Owned {
            puskesmas: 0,
            row: Decision {
                date: day("2023-04-05"),
                problem: None,
                facility: Some("Apotek Sehat".to_owned()),
                decision: "Lengkapi izin".to_owned(),
                owner: Some("Bu Ani".to_owned()),
                due: due.map(day),
                follow_up: None,
                done: done.map(day),
                meeting: None,
            },
        };
        facts.written.decisions = vec![
            decision(Some("2023-05-09"), None),
            decision(Some("2023-05-01"), Some("2023-05-08")),
            decision(None, None),
        ];
        let mut of_review = decision(Some("2023-05-09"), None);
        of_review.row.meeting = Some("Tinjauan manajemen".to_owned());
        facts.written.decisions.push(of_review);
        let answer = |due: &str| Owned {
            puskesmas: 0,
            row: DistrictFollowUp {
                coached: Some(day("2023-03-02")),
                item: format!("RUK {due}"),
                owner: None,
                due: Some(day(due)),
                done: None,
            },
        };
        facts.written.district_follow_ups = vec![answer("2023-05-10"), answer("2023-04-30")];
        let reminder = Reminder::new(&facts, day("2023-05-10"), 20, 10);
        assert_eq!((reminder.decisions.len(), reminder.district.len(), reminder.len()), (1, 1, 5));
        assert_eq!(reminder.reviews.len(), 1, "a management review is no lokmin");
        assert!(reminder.text("Uji", day("2023-05-10")).contains("Keputusan tinjauan manajemen lewat batas"));
        let text = reminder.text("UPT PUSKESMAS UJI", day("2023-05-10"));
        for words in [
            "Keputusan lokmin lewat batas (1):\r\n- Lengkapi izin (batas 9 Mei 2023, Bu Ani, Apotek Sehat)",
            "TPCB lewat batas (1):\r\n- RUK 2023-04-30 (batas 30 April 2023)",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }

    #[test]
    fn an_item_of_coaching_is_named_with_whose_turn_it_is_until_it_is_followed_up() {
        let mut facts = facts();
        let item = |due: &str, followed_up: Option<&str>| Owned {
            puskesmas: 0,
            row: DistrictVisit {
                date: day("2023-03-02"),
                sort: None,
                fact: Some(format!("RUK {due}")),
                conclusion: None,
                for_puskesmas: None,
                for_district: None,
                due: Some(day(due)),
                sent: Some(day("2023-03-05")),
                received: None,
                answered: None,
                followed_up: followed_up.map(day),
                number: None,
            },
        };
        facts.written.district_visits =
            vec![item("2023-04-30", None), item("2023-05-01", Some("2023-05-02")), item("2023-05-10", None)];
        let reminder = Reminder::new(&facts, day("2023-05-10"), 20, 10);
        let told: Vec<String> = reminder.district.iter().map(OverdueMatter::line).collect();
        assert_eq!(
            told,
            ["Pembinaan TPCB 2 Maret 2023, butir 1: RUK 2023-04-30 (batas 30 April 2023, giliran Puskesmas)"]
        );
    }

    #[test]
    fn nothing_late_is_said_too() {
        let reminder = Reminder::new(&Facts::default(), day("2023-05-10"), 60, 10);
        assert!(reminder.is_empty());
        assert!(reminder.text("X", day("2023-05-10")).contains("Tidak ada yang terlambat"));
    }
}
