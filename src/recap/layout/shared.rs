//! Capaian in which one denominator serves several indicators, named by their headings alone or with figures of their
//! own below; and Capaian of which no figure can be read. Looked for where no other table is known.

use super::figures::{FigureColumn, MERE_WORDS, Parts, column_levels, figure, fixed_columns};
use super::head::{HeadingFrame, month_of};
use super::head_column::{HeadColumn, Level};
use super::ratio::{RatioLetters, letter_of};
use super::subject::RowsOf;
use super::{CountingWords, FigureLayout, Group, Heading, Lacking, Layout, Shared};
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::recap::heading::{ColumnMeaning as Heads, anchor, is_date_heading, key, spec_of};
use crate::recap::heading_figures::{Leaf, is_total, months_summed};

/// Headings that may stand beside indicators and are none.
const NO_INDICATORS: [&str; 14] = [
    "status",
    "ranking",
    "rangking",
    "peringkat",
    "kategori",
    "kriteria",
    "tren",
    "trend",
    "selisih",
    "ket",
    "keterangan",
    "catatan",
    "paraf",
    "analisa",
];
/// Quarters or halves across from which a table is one of them.
const SUMS_MIN: usize = 2;

/// The heading of such a table, where it is one.
pub(super) fn shared(head: &[HeadColumn], frame: &HeadingFrame, rows: RowsOf) -> Option<Heading> {
    if rows == RowsOf::Notes {
        return None;
    }
    let columns = fixed_columns(head, frame, rows)?;
    let is_dated = head.iter().any(|column| column.levels.iter().any(|level| is_date_heading(&level.text)));
    if is_dated {
        return None;
    }
    let mut found = Offers::default();
    for column in head.iter().filter(|column| !columns.values().any(|known| *known == column.column)) {
        found.take(column);
    }
    let (shared, groups) = found.figures();
    let (shared, layout) = match (shared.is_empty(), groups.is_empty()) {
        (false, false) => (shared, Layout::Groups(groups)),
        (false, true) if found.sums >= SUMS_MIN => (Vec::new(), Layout::Unreadable(Lacking::Months)),
        (true, _) if found.has_months => return None,
        // Columns of another table: what was agreed, until when.
        (true, _) if found.others > 0 => return None,
        (true, false) if found.percents > 0 && found.numerators == 0 => {
            (Vec::new(), Layout::Unreadable(Lacking::Figures))
        }
        (true, _) if found.numerators > 0 => (Vec::new(), Layout::Unreadable(Lacking::Denominator)),
        (true, _) if found.percents > 0 => (Vec::new(), Layout::Unreadable(Lacking::Counts)),
        _ => return None,
    };
    let has_villages = rows == RowsOf::Villages;
    Some(Heading { has_villages, shared, ..frame.heading(Some(Table::Achievements), layout, columns) })
}

/// Columns that belong together, by the heading over them.
enum ColumnGroup<'h> {
    Serving { level: &'h Level, leaf: Leaf, parts: Vec<FigureColumn> },
    Served { level: Option<&'h Level>, parts: Parts, is_bare: bool },
}

/// Denominators and numerators that the columns of a heading offer.
#[derive(Default)]
struct Offers<'h> {
    columns: Vec<ColumnGroup<'h>>,
    /// Percentages of one column over another: `D/S (%)`.
    ratios: Vec<(RatioLetters, CellRef)>,
    percents: usize,
    numerators: usize,
    /// Columns of sums of months.
    sums: usize,
    /// Columns that other tables have.
    others: usize,
    has_months: bool,
}

impl<'h> Offers<'h> {
    fn take(&mut self, column: &'h HeadColumn) {
        let said = column_levels(column);
        let part = FigureColumn { sex: said.sex, column: column.column };
        let telling = said.above.iter().rev().find(|level| !MERE_WORDS.contains(&level.key.as_str()));
        let is_summed = column.levels.iter().any(|level| months_summed(&level.key).is_some());
        self.has_months |= column.levels.iter().any(|level| month_of(&level.key).is_some());
        if is_summed {
            self.sums += 1;
            return;
        }
        match (said.leaf, telling) {
            (Some(Leaf::Percent), _) => self.percents += 1,
            (Some(leaf @ (Leaf::Denominator | Leaf::Target | Leaf::People(_))), None) => {
                // The level that says it: `Sasaran` over `L`, else the lowest.
                let below = usize::from(said.sex.is_some());
                let Some(level) = column.levels.iter().rev().nth(below) else { return };
                match self.columns.last_mut() {
                    Some(ColumnGroup::Serving { level: known, parts, .. }) if known.place == level.place => {
                        parts.push(part);
                    }
                    _ => self.columns.push(ColumnGroup::Serving { level, leaf, parts: vec![part] }),
                }
            }
            (Some(leaf), level) => {
                self.numerators += usize::from(leaf == Leaf::Numerator || leaf == Leaf::Cumulative);
                self.served(level, leaf, part, false);
            }
            (None, Some(level)) => {
                self.percents += usize::from(level.text.contains('%'));
                self.ratios.extend(RatioLetters::from_text(&level.text).map(|ratio| (ratio, level.place)));
                let is_known = NO_INDICATORS.contains(&level.key.as_str()) || is_total(&level.key);
                self.others += usize::from(!is_known && is_of_another(&level.text));
                if !is_known && anchor(&level.text).is_none() && !level.text.contains('%') {
                    self.served(Some(level), Leaf::Numerator, part, true);
                }
            }
            (None, None) => {}
        }
    }

    fn served(&mut self, level: Option<&'h Level>, leaf: Leaf, part: FigureColumn, is_bare: bool) {
        let place = level.map(|level| level.place);
        let is_same = matches!(self.columns.last(), Some(ColumnGroup::Served { level, .. }) if level.map(|level| level.place) == place);
        if !is_same {
            self.columns.push(ColumnGroup::Served { level, parts: Parts::default(), is_bare });
        }
        if let Some(ColumnGroup::Served { parts, .. }) = self.columns.last_mut()
            && let Some(parts) = parts.columns_for(leaf)
        {
            parts.push(part);
        }
    }

    /// Denominators, and the groups that they serve: each the ones nearest to its left, or the only one there is.
    fn figures(&self) -> (Vec<Shared>, Vec<Group>) {
        let mut shared: Vec<Shared> = Vec::new();
        let mut groups: Vec<Group> = Vec::new();
        let mut nearest: Vec<usize> = Vec::new();
        let mut was_serving = false;
        for column in &self.columns {
            match column {
                ColumnGroup::Serving { level, leaf, parts } => {
                    let Some(figure) = figure(parts).ok().flatten() else { continue };
                    if !was_serving {
                        nearest.clear();
                    }
                    nearest.push(shared.len());
                    let people = if let Leaf::People(people) = leaf { Some(*people) } else { None };
                    let heading = level.text.clone();
                    let place = level.place;
                    let is_target = *leaf == Leaf::Target;
                    shared.push(Shared { heading, place, figure, people, is_target });
                    was_serving = true;
                }
                ColumnGroup::Served { level, parts, is_bare } => {
                    was_serving = false;
                    let Ok((Some(numerator), counted)) = parts.numerator() else { continue };
                    let made = group(*level, numerator, counted, *is_bare, nearest.clone());
                    groups.push(Group { accumulated: parts.accumulated(), ..made });
                }
            }
        }
        for group in groups.iter_mut().filter(|group| group.served_by.is_empty()) {
            group.served_by = (0..shared.len()).collect();
        }
        self.add_ratios(&mut groups, &shared);
        of_ratios(&mut groups, &shared);
        (shared, groups)
    }
}

/// Reports whether a heading says what was agreed or until when.
fn is_of_another(text: &str) -> bool {
    let key = key(text);
    spec_of(Table::FollowUps).is_some_and(|spec| spec.words.names(&key, &[Heads::Item, Heads::Due, Heads::Done]))
}

impl Offers<'_> {
    /// Adds what columns S, D and N are counted for: the percentages of them that have headings, or else D/S and N/D.
    fn add_ratios(&self, groups: &mut Vec<Group>, shared: &[Shared]) {
        let letters: Vec<char> = shared
            .iter()
            .map(|shared| &shared.heading)
            .chain(groups.iter().filter(|group| group.is_bare).map(|group| &group.heading))
            .filter(|heading| heading.trim().chars().count() == 1)
            .filter_map(|heading| letter_of(heading))
            .collect();
        let has = |letter: char| letters.contains(&letter);
        if !(has('s') && has('d')) {
            return;
        }
        let place_of = |letter: char| {
            let of_group = groups.iter().find(|group| group.is_bare && letter_of(&group.heading) == Some(letter));
            of_group.map(|group| group.place)
        };
        let usual = [("D/S", 'd', 's'), ("N/D", 'n', 'd'), ("K/S", 'k', 's')];
        let usual = usual.into_iter().filter(|(_, above, below)| has(*above) && has(*below));
        let usual = usual.filter_map(|(ratio, above, _)| Some((ratio.to_owned(), place_of(above)?)));
        let written = self.ratios.iter().map(|(ratio, place)| (ratio.label(), *place));
        for (heading, place) in written.chain(usual.collect::<Vec<_>>()) {
            let is_there = |group: &Group| group.heading.trim().eq_ignore_ascii_case(&heading);
            if !groups.iter().any(is_there) {
                let is_optional = heading == "K/S" && !self.ratios.iter().any(|(ratio, _)| ratio.label() == heading);
                groups.push(Group { heading, place, is_bare: true, is_optional, ..Group::default() });
            }
        }
    }
}

fn group(
    level: Option<&Level>,
    numerator: FigureLayout,
    counted: CountingWords,
    is_bare: bool,
    served_by: Vec<usize>,
) -> Group {
    let heading = level.map(|level| level.text.clone()).unwrap_or_default();
    let place = level.map_or(CellRef::default(), |level| level.place);
    let month = None;
    let denominator = None;
    let numerator = Some(numerator);
    Group { heading, place, month, denominator, numerator, counted, served_by, is_bare, ..Group::default() }
}

/// `D/S` beside `D` and `S` is a percentage of theirs: its counts stand in those.
fn of_ratios(groups: &mut Vec<Group>, shared: &[Shared]) {
    let counts = |name: &str, groups: &[Group]| -> Option<FigureLayout> {
        let letter = letter_of(name).filter(|_| name.trim().len() == 1);
        let is_it = |heading: &str| {
            heading.trim().eq_ignore_ascii_case(name.trim()) || letter.is_some() && letter_of(heading) == letter
        };
        let serving = shared.iter().find(|shared| is_it(&shared.heading)).map(|shared| shared.figure.clone());
        serving.or_else(|| groups.iter().find(|group| is_it(&group.heading))?.numerator.clone())
    };
    let mut used: Vec<FigureLayout> = Vec::new();
    let all = groups.clone();
    for group in groups.iter_mut().filter(|group| group.is_bare) {
        let Some((above, below)) = group.heading.split_once('/') else { continue };
        let Some((numerator, denominator)) = counts(above, &all).zip(counts(below, &all)) else { continue };
        used.extend([numerator.clone(), denominator.clone()]);
        group.numerator = Some(numerator);
        group.denominator = Some(denominator);
    }
    groups.retain(|group| {
        let is_used = group.numerator.as_ref().is_some_and(|figure| used.contains(figure));
        let is_read = group.numerator.is_some() && (group.denominator.is_some() || !group.heading.contains('/'));
        group.denominator.is_some() || is_read && !is_used || !group.is_bare
    });
}
