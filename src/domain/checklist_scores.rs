//! Scores of visits by the items of their checklists: a visit whose recap gives no score has the one of its items; where
//! both are there and differ, the visit's own counts and both are told. Knows no sheet and no store.

use super::checklist::{ChecklistItem, ChecklistSums, VisitKey};
use super::facts::Visit;
use super::instrument::ItemSum;
use super::name::plain_words;
use super::period::Month;
use super::visit_date::VisitDate;

impl ChecklistSums {
    /// The sum of a visit's items; `None` where no checklist of it was handed in.
    pub fn of_visit(&self, visit: &Visit) -> Option<&ItemSum> {
        self.0.get(&(visit.facility, visit.date, plain_words(&visit.form)))
    }

    /// The sum of the items where it is another than the score that the visit's recap gives.
    pub fn other_than_own(&self, visit: &Visit) -> Option<(f64, f64)> {
        let items = self.of_visit(visit)?.score()?;
        let own = visit.score()?;
        (own != items).then_some(items)
    }
}

/// Gives each visit the score of its items where its recap gives none; of items whose visit no recap tells, the visit
/// itself. The visits must be ordered, and stay so.
pub fn score_visits(visits: &mut Vec<Visit>, items: &[ChecklistItem]) -> ChecklistSums {
    let mut sums = ChecklistSums::default();
    let is_of_one = |one: &ChecklistItem, other: &ChecklistItem| {
        (one.facility, one.date) == (other.facility, other.date) && plain_words(&one.form) == plain_words(&other.form)
    };
    let mut added: Vec<Visit> = Vec::new();
    for same in items.chunk_by(is_of_one) {
        let Some(first) = same.first() else { continue };
        let key = visit_of_items(visits, first);
        let sum = sums.0.entry(key.clone()).or_default();
        for item in same {
            sum.add(item.answer, item.maximum);
        }
        let is_told = visits.iter().chain(&added).any(|visit| key_of(visit) == key);
        if !is_told {
            added.push(visit_of(first));
        }
    }
    visits.append(&mut added);
    visits.sort_by(|one, other| (one.facility, one.date, &one.form).cmp(&(other.facility, other.date, &other.form)));
    for visit in visits.iter_mut().filter(|visit| visit.points.is_none()) {
        if let Some((points, maximum)) = sums.of_visit(visit).and_then(ItemSum::score) {
            visit.points = Some(points);
            visit.maximum = Some(maximum);
        }
    }
    sums
}

fn key_of(visit: &Visit) -> VisitKey {
    (visit.facility, visit.date, plain_words(&visit.form))
}

/// The visit that items are of. A sheet that names no form is of the visit of its facility and day, of several the first
/// without a score; without one, of the only visit of that month of which no day is known.
fn visit_of_items(visits: &[Visit], item: &ChecklistItem) -> VisitKey {
    let day = VisitDate::Day(item.date);
    let own = || visits.iter().filter(|visit| visit.facility == item.facility);
    if item.form.is_empty() {
        let of_day = || own().filter(|visit| visit.date == day);
        if let Some(visit) = of_day().find(|visit| visit.points.is_none()).or_else(|| of_day().next()) {
            return key_of(visit);
        }
        let mut of_month = own().filter(|visit| visit.date == VisitDate::Month(Month::from_date(item.date)));
        if let (Some(visit), None) = (of_month.next(), of_month.next()) {
            return key_of(visit);
        }
    }
    (item.facility, day, plain_words(&item.form))
}

/// The visit that a filled checklist proves where no recap tells of it.
fn visit_of(item: &ChecklistItem) -> Visit {
    Visit {
        facility: item.facility,
        date: VisitDate::Day(item.date),
        form: item.form.clone(),
        coach: item.coach.clone(),
        points: None,
        maximum: None,
        attendance_list: false,
        minutes: false,
        photos: false,
        aspect: None,
        finding: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instrument::ItemAnswer;

    fn item(form: &str, code: &str, answer: Option<ItemAnswer>) -> ChecklistItem {
        ChecklistItem {
            facility: 0,
            date: "2025-05-12".parse().unwrap(),
            form: form.to_owned(),
            instrument: "pustu".to_owned(),
            code: code.to_owned(),
            text: "Papan nama".to_owned(),
            aspect: "KMP".to_owned(),
            is_critical: false,
            answer,
            maximum: 2.0,
            coach: Some("Bd. Ani".to_owned()),
            note: None,
        }
    }

    fn visit(form: &str, points: Option<f64>) -> Visit {
        let blank = visit_of(&item(form, "A1", None));
        Visit { points, maximum: points.map(|_| 10.0), coach: None, ..blank }
    }

    fn items() -> Vec<ChecklistItem> {
        vec![
            item("", "A1", Some(ItemAnswer::Points(2.0))),
            item("", "A2", Some(ItemAnswer::Points(0.0))),
            item("", "A3", Some(ItemAnswer::NotApplicable)),
            item("", "A4", None),
        ]
    }

    #[test]
    fn a_visit_without_a_score_has_that_of_its_items() {
        let mut visits = vec![visit("Supervisi", None)];
        let sums = score_visits(&mut visits, &items());
        assert_eq!(visits.len(), 1, "the sheet is of the visit that a recap tells");
        assert_eq!(visits[0].score(), Some((2.0, 4.0)));
        let sum = sums.of_visit(&visits[0]).unwrap();
        assert_eq!([sum.answered, sum.unanswered, sum.not_applicable], [2, 1, 1]);
        assert_eq!(sums.other_than_own(&visits[0]), None);
    }

    #[test]
    fn a_visit_of_a_month_takes_the_sheet_of_a_day_of_it() {
        let month = VisitDate::Month(Month::from_date("2025-05-01".parse().unwrap()));
        let mut visits = vec![Visit { date: month, ..visit("Supervisi", None) }];
        score_visits(&mut visits, &items());
        let told: Vec<_> = visits.iter().map(|visit| (visit.date, visit.points)).collect();
        assert_eq!(told, [(month, Some(2.0))]);
    }

    #[test]
    fn the_score_of_the_recap_counts_and_the_other_is_told() {
        let mut visits = vec![visit("Supervisi", Some(9.0))];
        let sums = score_visits(&mut visits, &items());
        assert_eq!(visits[0].score(), Some((9.0, 10.0)));
        assert_eq!(sums.other_than_own(&visits[0]), Some((2.0, 4.0)));
    }

    #[test]
    fn a_sheet_of_which_no_recap_tells_is_a_visit() {
        let mut visits = Vec::new();
        score_visits(&mut visits, &items());
        assert_eq!(visits.len(), 1);
        assert_eq!((visits[0].form.as_str(), visits[0].coach.as_deref()), ("", Some("Bd. Ani")));
        assert_eq!(visits[0].score(), Some((2.0, 4.0)));
        // One that names its form is of that one alone.
        let mut visits = vec![visit("Supervisi", None)];
        score_visits(&mut visits, &[item("Pertemuan", "A1", Some(ItemAnswer::Points(1.0)))]);
        let scores: Vec<_> = visits.iter().map(|visit| (visit.form.as_str(), visit.points)).collect();
        assert_eq!(scores, [("Pertemuan", Some(1.0)), ("Supervisi", None)]);
        // Of nothing but unanswered items the visit has no score.
        let mut visits = Vec::new();
        score_visits(&mut visits, &[item("", "A1", None)]);
        assert_eq!(visits[0].score(), None);
    }
}
