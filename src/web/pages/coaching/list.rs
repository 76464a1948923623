//! The items of a year as rows, and the duties of the district's team beside them.

use super::day_path;
use crate::domain::district_case::{CaseSide, CaseState};
use crate::domain::district_items::{CoachingItem, CoachingItems};
use crate::domain::written::DistrictStep;
use crate::domain::{Date, Period, format};
use crate::web::view::links::Links;
use crate::web::view::symbol::Symbol;

/// An item in the list.
pub(super) struct CaseRow {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) href: String,
    /// Kind and day of the coaching.
    pub(super) coached: String,
    pub(super) symbol: Symbol,
    pub(super) state: &'static str,
    /// `lewat batas 31 hari`; may be empty.
    pub(super) late: String,
    /// Whose turn it is, since when.
    pub(super) turn: String,
    pub(super) due: String,
}

/// The symbol of an item: late or sent back is a square, closed or accepted a disc, what is under way a triangle.
pub(super) fn symbol(item: &CoachingItem<'_>, as_of: Date) -> Symbol {
    match item.state() {
        _ if item.is_overdue(as_of) => Symbol::Poor,
        CaseState::Returned => Symbol::Poor,
        CaseState::Verified | CaseState::Closed => Symbol::Good,
        CaseState::Drafted => Symbol::Neutral,
        _ => Symbol::Fair,
    }
}

/// `lewat batas 31 hari`; empty where it is not late.
pub(super) fn late_words(item: &CoachingItem<'_>, as_of: Date) -> String {
    let due = item.visit.due.filter(|_| item.is_overdue(as_of));
    let late = due.and_then(|due| i32::try_from((as_of - due).num_days()).ok());
    late.map(|days| format!("lewat batas {} hari", format::count(f64::from(days)))).unwrap_or_default()
}

/// `menunggu Puskesmas sejak 3 Mei 2026`.
pub(super) fn turn_words(item: &CoachingItem<'_>) -> String {
    let Some(side) = item.turn() else { return String::new() };
    let since = item.history.since.unwrap_or(item.visit.date);
    format!("menunggu {} sejak {}", side.label(), format::date(since))
}

/// The items of a year: overdue ones first, the longest overdue before the rest; then by their due day, open before done.
pub(super) fn rows(found: &CoachingItems<'_>, year: Period, as_of: Date, links: &Links) -> Vec<CaseRow> {
    let mut items: Vec<&CoachingItem<'_>> = found.within(year).collect();
    items.sort_by_key(|item| {
        let due = item.visit.due.unwrap_or(Date::MAX);
        (!item.is_overdue(as_of), item.turn().is_none(), due, item.visit.date)
    });
    let row = |item: &CoachingItem<'_>| {
        let sort = item.visit.sort.clone().map(|sort| format!("{sort}, ")).unwrap_or_default();
        CaseRow {
            number: item.number.clone(),
            title: item.title().to_owned(),
            href: format!(
                "{}#butir-{}",
                links.page(&day_path(item.visit.date)),
                crate::web::query::encode(&item.number)
            ),
            coached: format!("{sort}{}", format::date(item.visit.date)),
            symbol: symbol(item, as_of),
            state: item.state().label(),
            late: late_words(item, as_of),
            turn: turn_words(item),
            due: item.visit.due.map(format::date).unwrap_or_default(),
        }
    };
    items.into_iter().map(row).collect()
}

/// `12 butir: 3 lewat batas, 5 menunggu Puskesmas, 2 menunggu TPCB, 2 selesai.`
pub(super) fn summary(found: &CoachingItems<'_>, year: Period, as_of: Date) -> String {
    let items: Vec<&CoachingItem<'_>> = found.within(year).collect();
    if items.is_empty() {
        return "Belum ada temuan atau rekomendasi TPCB yang dicatat pada tahun ini.".to_owned();
    }
    let of = |is: &dyn Fn(&CoachingItem<'_>) -> bool| items.iter().filter(|item| is(item)).count();
    let parts = [
        (of(&|item| item.is_overdue(as_of)), "lewat batas"),
        (of(&|item| item.turn() == Some(CaseSide::Puskesmas)), "menunggu Puskesmas"),
        (of(&|item| item.turn() == Some(CaseSide::Team)), "menunggu TPCB"),
        (of(&|item| item.turn().is_none()), "selesai"),
    ];
    let parts: Vec<String> = parts.iter().map(|(count, words)| format!("{count} {words}")).collect();
    format!("{} butir: {}.", items.len(), parts.join(", "))
}

/// A step with an item that there is not.
pub(super) fn lost_words(step: &DistrictStep) -> String {
    format!(
        "{} {} untuk butir {} pembinaan {}",
        step.step,
        format::date(step.date),
        step.number,
        format::date(step.coached)
    )
}

/// Duties of the team: at least one visit a year, written feedback a month, a meeting a quarter.
pub(super) struct DutiesView {
    pub(super) last_visit: String,
    pub(super) visits: usize,
    /// Months that ended without written feedback.
    pub(super) months: Vec<&'static str>,
    /// Quarters that ended without a meeting of the team.
    pub(super) quarters: Vec<String>,
}

impl DutiesView {
    pub(super) fn new(found: &CoachingItems<'_>, year: i32, as_of: Date) -> Self {
        Self {
            last_visit: found.last_visit().map(format::date).unwrap_or_default(),
            visits: found.visits_within(Period::whole_year(year)).len(),
            months: found.months_without_feedback(year, as_of).into_iter().map(format::month_name).collect(),
            quarters: found.quarters_without_meeting(year, as_of).into_iter().map(format::period).collect(),
        }
    }
}
