//! Bare numbers as headings: months below a word that says so, below none in a table of a year, or where there are twelve
//! of them. Else they are days, weeks, items or meetings, and no month is made of them.

use super::head::month_of;
use super::head_column::HeadColumn;
use super::subject::Titled;
use crate::domain::records::CellRef;
use crate::recap::cells::date_words::roman_month;

/// Months of a year.
const MONTHS: u32 = 12;
/// A run of columns with a bare number or numeral each, below the same heading or none.
struct NumberRun {
    above: Option<(CellRef, String)>,
    /// Places among the columns of the head, with their numbers.
    columns: Vec<(usize, u32)>,
}

/// Takes the meaning of a month from numbers that are none, and gives it to Roman ones below *Bulan*.
pub(super) fn settle(head: &mut [HeadColumn], titled: Titled) {
    for run in runs(head, &roman_month).iter().filter(|run| run.says_month()) {
        run.columns.iter().for_each(|(at, number)| rename(head, *at, number.to_string()));
    }
    let number = |key: &str| key.parse().ok().filter(|number| (1..=31).contains(number));
    for run in runs(head, &number).iter().filter(|run| !run.is_of_months(titled)) {
        run.columns.iter().for_each(|(at, number)| rename(head, *at, format!("ke{number}")));
    }
}

fn rename(head: &mut [HeadColumn], at: usize, key: String) {
    if let Some(level) = head[at].levels.last_mut() {
        level.key = key;
    }
}

fn runs(head: &[HeadColumn], number_of: &dyn Fn(&str) -> Option<u32>) -> Vec<NumberRun> {
    let mut runs: Vec<NumberRun> = Vec::new();
    for (at, column) in head.iter().enumerate() {
        let Some((lowest, above)) = column.levels.split_last() else { continue };
        let Some(number) = number_of(&lowest.key) else { continue };
        let above = above.last().map(|level| (level.place, level.key.clone()));
        // What is not merged stands over the first of its columns alone.
        let is_same = |run: &&mut NumberRun| {
            let is_below = run.above.as_ref().map(|(place, _)| place) == above.as_ref().map(|(place, _)| place);
            let goes_on = run.columns.last().is_some_and(|(_, last)| *last + 1 == number);
            is_below && (above.is_some() || goes_on) || above.is_none() && goes_on
        };
        match runs.last_mut().filter(is_same) {
            Some(run) => run.columns.push((at, number)),
            None => runs.push(NumberRun { above, columns: vec![(at, number)] }),
        }
    }
    runs
}

impl NumberRun {
    fn says_month(&self) -> bool {
        self.above.as_ref().is_some_and(|(_, key)| key.contains("bulan") || key.contains("bln"))
    }

    fn is_of_months(&self, titled: Titled) -> bool {
        let has_more = self.columns.iter().any(|(_, number)| *number > MONTHS);
        // The weeks or days of a month are told from it where they are read.
        let is_below_month = self.above.as_ref().is_some_and(|(_, key)| month_of(key).is_some());
        let is_whole = self.columns.iter().map(|(_, number)| *number).eq(1..=MONTHS);
        // Below no word they are what the title says: of a year its months.
        let is_unsaid = (self.above.is_none() || is_whole) && !titled.is_of_one_month;
        is_below_month || !has_more && (self.says_month() || is_unsaid)
    }
}
