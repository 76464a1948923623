//! Headings of figures that mean something only where they stand: a month beside `s/d` the same month, indicators below
//! months or months below indicators, letters of `D/S`, `T | R`. They get the keys of the words that they stand for; their
//! texts stay. Knows nothing of the rows below.

use super::figures::MERE_WORDS;
use super::head::{is_week, month_of};
use super::head_column::{HeadColumn, Level};
use super::ratio::{RatioLetters, letter_of};
use super::reports::ReportColumn;
use crate::domain::records::CellRef;
use crate::recap::heading::{anchor, key};
use crate::recap::heading_figures::{Leaf, figure_word, is_total, month_until, months_summed, sex};
use crate::recap::heading_plan::is_plan_leaf;

/// Key of a numerator, of one that is the month's own beside a count since January, and of a denominator.
const NUMERATOR: &str = "capaian";
const IN_MONTH: &str = "bulanini";
const DENOMINATOR: &str = "sasaran";
/// Headings of the month's own count beside one since January.
const OWN_MONTH: [&str; 7] = ["bln", "bulan", "bl", "perbulan", "perbln", "bulanan", "sebulan"];
/// Fewest indicators and months of a grid of both.
const GRID_MIN: usize = 2;

/// Gives such headings the keys that they stand for.
pub(super) fn understand(head: &mut [HeadColumn], anchor: CellRef) {
    own_months(head);
    months_beside_until(head);
    targets_and_results(head);
    ratios(head);
    grid(head, anchor);
}

/// The cell of the heading right above the lowest one.
fn parent(column: &HeadColumn) -> Option<CellRef> {
    let above = column.levels.len().checked_sub(2)?;
    Some(column.levels[above].place)
}

fn bottom(column: &HeadColumn) -> Option<&Level> {
    column.levels.last()
}

/// Columns below the same heading, or below none, as runs of places.
fn families(head: &[HeadColumn]) -> Vec<Vec<usize>> {
    let mut all: Vec<(Option<CellRef>, Vec<usize>)> = Vec::new();
    for (at, column) in head.iter().enumerate() {
        let over = parent(column);
        match all.iter_mut().find(|(known, _)| *known == over) {
            Some((_, members)) => members.push(at),
            None => all.push((over, vec![at])),
        }
    }
    all.into_iter().map(|(_, members)| members).collect()
}

fn rename(column: &mut HeadColumn, key: &str) {
    if let Some(level) = column.levels.last_mut() {
        key.clone_into(&mut level.key);
    }
}

fn is_cumulative(column: &HeadColumn) -> bool {
    bottom(column).is_some_and(|level| figure_word(&level.key) == Some(Leaf::Cumulative))
}

/// `Bln | Kum`: the month's own beside the count since January.
fn own_months(head: &mut [HeadColumn]) {
    for family in families(head) {
        if !family.iter().any(|at| is_cumulative(&head[*at])) {
            continue;
        }
        for at in family {
            if bottom(&head[at]).is_some_and(|level| OWN_MONTH.contains(&level.key.as_str())) {
                rename(&mut head[at], IN_MONTH);
            }
        }
    }
}

/// `Mei | s/d Mei`: both are of May, the first is its own.
fn months_beside_until(head: &mut [HeadColumn]) {
    for family in families(head) {
        let key_at =
            |head: &[HeadColumn], at: usize| bottom(&head[at]).map(|level| level.key.clone()).unwrap_or_default();
        let until: Vec<(usize, u32)> =
            family.iter().filter_map(|at| Some((*at, month_until(&key_at(head, *at))?))).collect();
        // Beside other months one is the count of a year.
        let months = family.iter().filter(|at| month_of(&key_at(head, **at)).is_some()).count();
        if months != until.len() {
            continue;
        }
        for (since, month) in until {
            let own = family.iter().copied().find(|at| month_of(&key_at(head, *at)) == Some(month));
            let Some(own) = own else { continue };
            let Some(of_month) = bottom(&head[own]).cloned() else { continue };
            for at in [own, since] {
                let before = head[at].levels.len() - 1;
                head[at].levels.insert(before, of_month.clone());
            }
            if let Some(level) = head[own].levels.last_mut() {
                IN_MONTH.clone_into(&mut level.key);
            }
        }
    }
}

/// `T | R` below one heading.
fn targets_and_results(head: &mut [HeadColumn]) {
    for family in families(head) {
        let of = |letter: &str| {
            family.iter().copied().find(|at| bottom(&head[*at]).is_some_and(|level| level.key == letter))
        };
        let Some([target, result]) = of("t").zip(of("r")).map(<[usize; 2]>::from) else { continue };
        if parent(&head[target]).is_some() {
            rename(&mut head[target], "target");
            rename(&mut head[result], "realisasi");
        }
    }
}

/// Counts below `D/S` are called by its letters; below an indicator one is called as itself, and the other is of whom.
fn ratios(head: &mut [HeadColumn]) {
    for family in families(head) {
        let Some(over) = family.first().and_then(|at| head[*at].levels.iter().rev().nth(1)).cloned() else { continue };
        let is_count = |at: &usize| {
            bottom(&head[*at]).is_some_and(|level| !level.text.contains('%') && figure_word(&level.key).is_none())
        };
        let counts: Vec<usize> = family.iter().copied().filter(|at| is_count(at)).collect();
        let letter = |at: usize| bottom(&head[at]).and_then(|level| letter_of(&level.text));
        let renamed: Vec<(usize, &str)> = if let Some(ratio) = RatioLetters::from_text(&over.text) {
            let part = |at: &usize| match letter(*at) {
                Some(found) if found == ratio.above => Some((*at, NUMERATOR)),
                Some(found) if found == ratio.below => Some((*at, DENOMINATOR)),
                _ => None,
            };
            counts.iter().filter_map(part).collect()
        } else {
            let is_itself = |at: &&usize| bottom(&head[**at]).is_some_and(|level| level.key == over.key);
            let itself: Vec<usize> = counts.iter().filter(is_itself).copied().collect();
            let others: Vec<usize> = counts.iter().copied().filter(|at| !itself.contains(at)).collect();
            match (&itself[..], &others[..]) {
                ([own], [other]) if letter(*other).is_some() => vec![(*own, NUMERATOR), (*other, DENOMINATOR)],
                ([own], []) if counts.len() < family.len() => vec![(*own, NUMERATOR)],
                _ => Vec::new(),
            }
        };
        for (at, key) in renamed {
            rename(&mut head[at], key);
        }
    }
}

/// Reports whether a heading may name an indicator: no figure, no sum, no week, nothing of a plan, a report or a visit.
fn may_name(level: &Level) -> bool {
    let key = level.key.as_str();
    month_of(key).is_none()
        && figure_word(key).is_none()
        && sex(key).is_none()
        && !is_total(key)
        && months_summed(key).is_none()
        && !is_week(key)
        && !MERE_WORDS.contains(&key)
        && !is_plan_leaf(&level.text)
        && ReportColumn::by(key).is_none()
        && anchor(&level.text).is_none()
        && !level.text.contains('%')
}

/// A column below a month and an indicator.
struct GridColumn {
    at: usize,
    month: u32,
    name: String,
}

/// Months over indicators or indicators over months, each with each, beside a denominator: counts of each.
fn grid(head: &mut [HeadColumn], anchor: CellRef) {
    let after = || head.iter().enumerate().filter(|(_, column)| column.column > anchor.column);
    let is_denominator = |column: &HeadColumn| {
        let leaf = bottom(column).and_then(|level| {
            let outside = || figure_word(&key(level.text.split('(').next().unwrap_or_default()));
            figure_word(&level.key).or_else(outside)
        });
        matches!(leaf, Some(Leaf::Denominator | Leaf::People(_)))
    };
    if !after().any(|(_, column)| is_denominator(column)) {
        return;
    }
    let of_grid = |(at, column): (usize, &HeadColumn)| {
        let below = column.levels.iter().rev().take(2).collect::<Vec<_>>();
        let [low, high] = below[..] else { return None };
        let (month, name) = match (month_of(&low.key), month_of(&high.key)) {
            (Some(month), None) if may_name(high) => (month, high),
            (None, Some(month)) if may_name(low) => (month, low),
            _ => return None,
        };
        Some(GridColumn { at, month, name: name.key.clone() })
    };
    let columns: Vec<GridColumn> = after().filter_map(of_grid).collect();
    let mut months: Vec<u32> = columns.iter().map(|column| column.month).collect();
    let mut names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    months.sort_unstable();
    months.dedup();
    names.sort_unstable();
    names.dedup();
    let is_grid = months.len() >= GRID_MIN && names.len() >= GRID_MIN && columns.len() == months.len() * names.len();
    if !is_grid {
        return;
    }
    for at in columns.iter().map(|column| column.at).collect::<Vec<_>>() {
        let Some(place) = bottom(&head[at]).map(|level| level.place) else { continue };
        head[at].levels.push(Level { place, text: "Capaian".to_owned(), key: NUMERATOR.to_owned(), year: None });
    }
}
