//! Scores of visits by the items of their checklists: a visit whose recap gives no score has the one of its items; where
//! both are there and differ, the visit's own counts and both are told. Knows no sheet and no store.

use super::Date;
use super::checklist::{ChecklistItem, ChecklistSums, VisitKey};
use super::facts::Visit;
use super::format;
use super::instrument::{ItemSum, is_same_points};
use super::name::plain_words;
use super::period::Month;
use super::visit_date::VisitDate;

impl ChecklistSums {
    /// The sum of a visit's items; `None` where no checklist of it was handed in.
    pub fn of_visit(&self, visit: &Visit) -> Option<&ItemSum> {
        self.by_visit.get(&key_of(visit))
    }

    /// Both scores of a visit where its recap gives another than its items.
    pub fn differing(&self, visit: &Visit) -> Option<DifferingScores> {
        let items = *self.of_visit(visit)?;
        items.score()?;
        let (points, maximum) = visit.score()?;
        let both = DifferingScores { points, maximum, items };
        (!both.is_same()).then_some(both)
    }

    /// The visit that the sheet of a facility, day and form is of.
    pub fn visit_of_sheet(&self, facility: u32, date: Date, form: &str) -> Option<&VisitKey> {
        self.visit_of_sheet.get(&(facility, date, plain_words(form)))
    }
}

/// Score of a full checklist where people write percentages.
const PERCENT_MAXIMUM: f64 = 100.0;
/// Percentages nearer than this are the same where the recap rounds to whole ones.
const WHOLE_PERCENT: f64 = 0.5;
/// The same where it writes decimals.
const DECIMAL_PERCENT: f64 = 0.05;
/// Percentages nearer than this are the same however they were summed.
const SAME_PERCENT: f64 = 1e-6;

/// Two scores of one visit: by its recap, which counts, and by the items of its checklist.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DifferingScores {
    /// Points that the recap gives.
    pub points: f64,
    /// Maximum that the recap gives.
    pub maximum: f64,
    /// Sum of the items.
    pub items: ItemSum,
}

impl DifferingScores {
    /// Reports whether both say the same, a percentage in the recap within its rounding.
    fn is_same(&self) -> bool {
        let Self { points, maximum, items } = *self;
        if is_same_points(maximum, items.maximum) {
            return is_same_points(points, items.points);
        }
        let rounding = if !is_same_points(maximum, PERCENT_MAXIMUM) {
            0.0
        } else if points.fract() == 0.0 {
            WHOLE_PERCENT
        } else {
            DECIMAL_PERCENT
        };
        (points / maximum - items.points / items.maximum).abs() * 100.0 <= rounding + SAME_PERCENT
    }

    /// `18 dari 20`: the score of the recap.
    pub fn recap_words(&self) -> String {
        format!("{} dari {}", format::count(self.points), format::count(self.maximum))
    }

    /// `15 dari 20`, with how many items were not answered.
    pub fn items_words(&self) -> String {
        let ItemSum { points, maximum, unanswered, .. } = self.items;
        format!("{} dari {}{}", format::count(points), format::count(maximum), unanswered_words(unanswered))
    }
}

/// ` (2 item belum dijawab)`; empty where all are answered.
pub fn unanswered_words(unanswered: u32) -> String {
    if unanswered == 0 { String::new() } else { format!(" ({unanswered} item belum dijawab)") }
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
        let sheet = (first.facility, first.date, plain_words(&first.form));
        sums.visit_of_sheet.insert(sheet, key.clone());
        let sum = sums.by_visit.entry(key.clone()).or_default();
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

/// The key by which items name their visit.
pub fn key_of(visit: &Visit) -> VisitKey {
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
        assert_eq!(sums.differing(&visits[0]), None);
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
        let both = sums.differing(&visits[0]).unwrap();
        assert_eq!(both.recap_words(), "9 dari 10");
        assert_eq!(both.items_words(), "2 dari 4 (1 item belum dijawab)");
        let sheet = sums.visit_of_sheet(0, "2025-05-12".parse().unwrap(), "");
        assert_eq!(sheet, Some(&key_of(&visits[0])));
    }

    #[test]
    fn a_percentage_in_the_recap_may_be_rounded() {
        let items = ItemSum { points: 12.0, maximum: 14.0, ..ItemSum::default() };
        let is_same = |points: f64, maximum: f64| DifferingScores { points, maximum, items }.is_same();
        // 12 of 14 are 85.714 %.
        assert!(is_same(86.0, 100.0) && is_same(85.7, 100.0) && is_same(85.71, 100.0) && is_same(6.0, 7.0));
        assert!(!is_same(85.0, 100.0) && !is_same(85.6, 100.0) && !is_same(11.0, 14.0) && !is_same(17.0, 20.0));
        // Of the same maximum nothing is rounded.
        let items = ItemSum { points: 86.5, maximum: 100.0, ..ItemSum::default() };
        assert!(!DifferingScores { points: 86.0, maximum: 100.0, items }.is_same());
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
