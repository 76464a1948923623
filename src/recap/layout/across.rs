//! Tables with months or indicators across: which column holds which figure of which indicator and month.

use super::figures::{ColumnLevels, FigureColumn, MERE_WORDS, Parts, Unclear, column_levels, figure, fixed_columns};
use super::head::{HeadingFrame, MONTHS_MIN, is_week, month_of};
use super::head_column::{HeadColumn, Level};
use super::persons::{MonthColumn, by_month, in_charge};
use super::reports::reports;
use super::subject::{RowsOf, Titled};
use super::years::{year_above, year_written, years_above};
use super::{CountingWords, FigureLayout, Group, Heading, Layout, MonthPair, RowSum, Shared};
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::recap::heading::{ColumnMeaning, INDICATOR};
use crate::recap::heading_figures::{Leaf, People, Sex, is_total, month_until, months_summed};
use crate::recap::heading_plan::is_plan_leaf;

/// The same where Sasaran stands beside them.
const MONTHS_BESIDE_SASARAN_MIN: usize = 2;
/// The same beside a column of people that may be one.
const MONTHS_BESIDE_PEOPLE_MIN: usize = 2;

/// The heading of such a table, where it is one.
pub(super) fn across(head: &[HeadColumn], frame: &HeadingFrame, rows: RowsOf, titled: Titled) -> Option<Heading> {
    let is_named = match rows {
        RowsOf::Many | RowsOf::Villages => true,
        RowsOf::OneFacility => false,
        RowsOf::Notes => return None,
    };
    let mut columns = fixed_columns(head, frame, rows)?;
    let persons = by_month(head);
    columns.retain(|column, place| {
        *column != ColumnMeaning::Person || persons.iter().all(|person| person.column != *place)
    });
    let is_after = |column: &&HeadColumn| {
        !columns.values().any(|c| *c == column.column) && persons.iter().all(|person| person.column != column.column)
    };
    let after: Vec<&HeadColumn> = head.iter().filter(is_after).collect();
    let figures = Figures::from_columns(&after);
    let row_sums = row_sums(&after);
    let (table, layout) = layout(&figures, &after, &persons, HeadingAbout { anchor: frame.anchor, titled })?;
    // Where no column names the facility, months stand down: across they would need its name beside them.
    if !is_named && !matches!(layout, Layout::Groups(_)) {
        return None;
    }
    let has_villages = rows == RowsOf::Villages;
    // Attendance and plans are of facilities.
    if has_villages && table.is_none() {
        return None;
    }
    if table.is_some() && names_no_indicator(&layout) {
        columns.extend(indicator_column(head));
    }
    let shared = figures.shared_beside(&layout, frame.anchor);
    let mut layout = layout;
    if let (Layout::Groups(groups), false) = (&mut layout, shared.is_empty()) {
        let all = || (0..shared.len()).collect();
        groups.iter_mut().filter(|group| group.denominator.is_none()).for_each(|group| group.served_by = all());
    }
    let years = years_above(&after);
    let written_year = year_written(&after);
    let unread = figures.unread;
    // A plan may have a column called Sasaran, too.
    if matches!(layout, Layout::Months(_) | Layout::YearNumerators { .. }) {
        columns.remove(&ColumnMeaning::Person);
        let person = in_charge(head).filter(|place| persons.iter().all(|person| person.column != *place));
        columns.extend(person.map(|place| (ColumnMeaning::Person, place)));
    }
    let counts_until = matches!(layout, Layout::YearNumerators { .. }) && counts_until(after.iter().copied());
    let heading = frame.heading(table, layout, columns);
    Some(Heading { has_villages, counts_until, shared, row_sums, persons, years, written_year, unread, ..heading })
}

/// Reports whether months stand across of which each counts since January: `S/D JAN`, `S/D FEB`.
fn counts_until<'h>(columns: impl Iterator<Item = &'h HeadColumn>) -> bool {
    let is_it = |column: &&HeadColumn| matches!(&column.levels[..], [level] if month_until(&level.key).is_some());
    columns.filter(is_it).count() > 1
}

/// Reports whether no heading of a table of figures names an indicator.
fn names_no_indicator(layout: &Layout) -> bool {
    match layout {
        Layout::Groups(groups) => groups.iter().all(|group| group.heading.is_empty()),
        Layout::YearNumerators { .. } | Layout::YearPairs(_) => true,
        Layout::Columns | Layout::Months(_) | Layout::Receipts(_) | Layout::Unreadable(_) => false,
    }
}

/// The column that names the indicator of each row.
pub(super) fn indicator_column(head: &[HeadColumn]) -> Option<(ColumnMeaning, u32)> {
    let named = head.iter().filter(|column| INDICATOR.has_one(column.keys()));
    // `Indikator` itself goes before `Kegiatan` or `Program/Indikator`.
    let is_plain = |column: &&HeadColumn| column.keys().iter().any(|key| key.ends_with("indikator"));
    let columns: Vec<&HeadColumn> = named.collect();
    let best = columns.iter().copied().find(is_plain).or(columns.first().copied())?;
    Some((ColumnMeaning::IndicatorName, best.column))
}

/// Where a heading was recognised, and what the titles above it say.
#[derive(Clone, Copy)]
struct HeadingAbout {
    anchor: CellRef,
    titled: Titled,
}

/// Columns that may stand beside months of marks.
const REMARKS_BESIDE: [&str; 6] = ["ket", "keterangan", "catatan", "ttd", "paraf", "%"];

fn layout(
    figures: &Figures,
    after: &[&HeadColumn],
    persons: &[MonthColumn],
    HeadingAbout { anchor, titled }: HeadingAbout,
) -> Option<(Option<Table>, Layout)> {
    let achievements = |layout| Some((Some(Table::Achievements), layout));
    if let Some(layout) = figures.pairs() {
        return achievements(layout);
    }
    if let Some(layout) = reports(after, titled) {
        return Some((Some(Table::MonthlyReports), layout));
    }
    let denominator = figures.denominator_of_months();
    if let Some((denominator, months)) = denominator.clone().zip(figures.numerators_by_month()) {
        return achievements(Layout::YearNumerators { denominator, months });
    }
    if let Some(groups) = figures.numerators_by_indicator_and_month() {
        return achievements(Layout::Groups(groups));
    }
    let denominator = bare(&figures.loose.denominator);
    let marks = marks(after, persons);
    // In the first months of a year there are few; beside nothing else they are months all the same.
    let is_month = |column: &HeadColumn| marks.iter().any(|(_, marked)| *marked == column.column);
    let is_beside = |column: &HeadColumn| {
        let key = column.levels.last().map_or("", |level| level.key.as_str());
        is_total(key) || REMARKS_BESIDE.contains(&key)
    };
    let are_months =
        titled.is_of_months && !marks.is_empty() && after.iter().all(|column| is_month(column) || is_beside(column));
    if figures.loose.denominator.is_empty() && (marks.len() >= MONTHS_MIN || are_months) {
        return Some((None, Layout::Months(marks)));
    }
    let is_half = |group: &Group| group.denominator.is_some() && group.numerator.is_none();
    if denominator.is_none() && !figures.unread.is_empty() && figures.groups.iter().any(is_half) {
        // Nothing but what cannot be read: it is named.
        return achievements(Layout::Groups(Vec::new()));
    }
    let (numerator, counted) = figures.loose.numerator().ok()?;
    let denominator = denominator?;
    let numerator = numerator?;
    achievements(Layout::Groups(vec![Group {
        heading: String::new(),
        place: anchor,
        month: None,
        denominator: Some(denominator),
        numerator: Some(numerator),
        accumulated: figures.loose.accumulated(),
        counted,
        ..Group::default()
    }]))
}

/// (month, column) of the columns whose bottom heading is a month, each month once, or a week below its month, or what
/// stands below it beside its person.
fn marks(columns: &[&HeadColumn], persons: &[MonthColumn]) -> Vec<(u32, u32)> {
    let mut months: Vec<(u32, u32)> = Vec::new();
    let mut known: Vec<(u32, Option<i32>)> = Vec::new();
    let mut above = None;
    for column in columns {
        let Some((bottom, levels)) = column.levels.split_last() else { continue };
        if !levels.is_empty() {
            above = levels.iter().rev().find_map(|level| month_of(&level.key));
        }
        // The weeks of a month are all its own.
        if let Some(month) = above.filter(|_| is_week(&bottom.key)) {
            months.push((month, column.column));
            continue;
        }
        let has_person = |month: &u32| persons.iter().any(|person| person.month == *month);
        let beside_person = above.filter(|month| has_person(month) && is_plan_leaf(&bottom.text));
        if let Some(month) = beside_person.or_else(|| month_of(&bottom.key))
            && !known.contains(&(month, year_above(column)))
        {
            known.push((month, year_above(column)));
            months.push((month, column.column));
        }
    }
    months
}

/// Columns that sum months of their row: `Jumlah`, `TRIWULAN I`, `TRIWULAN I | Jumlah`.
fn row_sums(columns: &[&HeadColumn]) -> Vec<RowSum> {
    let one = |column: &&HeadColumn| {
        let (bottom, above) = column.levels.split_last()?;
        let part = |levels: &[Level]| levels.iter().rev().find_map(|level| months_summed(&level.key));
        let is_bare = || above.iter().all(|level| MERE_WORDS.contains(&level.key.as_str()));
        let months = match months_summed(&bottom.key) {
            Some(months) => Some(months),
            None if is_total(&bottom.key) => part(above).or_else(|| is_bare().then_some((1, 12))),
            None => None,
        };
        Some(RowSum { column: column.column, months: months? })
    };
    columns.iter().filter_map(one).collect()
}

/// Columns of L, P or both below one heading, of which nothing says what they count.
struct SexedParts<'h> {
    above: &'h [Level],
    parts: Vec<FigureColumn>,
}

impl<'h> SexedParts<'h> {
    /// The heading right above them.
    fn level(&self) -> &'h Level {
        &self.above[self.above.len() - 1]
    }

    /// Reports whether a column stands right of them.
    fn is_before(&self, part: FigureColumn) -> bool {
        self.parts.last().is_some_and(|last| last.column + 1 == part.column)
    }

    fn has_one_alone(&self) -> bool {
        self.parts.iter().any(|part| part.sex != Some(Sex::Both))
    }
}

/// The figures that a heading offers.
struct Figures {
    groups: Vec<Group>,
    /// Sasaran and Capaian below no group.
    loose: Parts,
    /// Those of it that count people: `Bumil`.
    people: Vec<FigureColumn>,
    /// The same, each as a denominator for several.
    of_people: Vec<Shared>,
    /// Columns below months, of the numerator.
    months: Vec<(u32, FigureLayout)>,
    unread: Vec<(String, CellRef)>,
}

impl Figures {
    fn from_columns(columns: &[&HeadColumn]) -> Self {
        let mut found = Self {
            groups: Vec::new(),
            loose: Parts::default(),
            people: Vec::new(),
            of_people: Vec::new(),
            months: Vec::new(),
            unread: Vec::new(),
        };
        let counts_until = counts_until(columns.iter().copied());
        let mut groups: Vec<(&[Level], Parts)> = Vec::new();
        let mut months: Vec<(u32, &Level, Vec<FigureColumn>)> = Vec::new();
        let mut sexed: Vec<SexedParts<'_>> = Vec::new();
        let mut last: Option<(u32, Leaf)> = None;
        for column in columns {
            let ColumnLevels { leaf, sex, above } = column_levels(column);
            // `L | P` without their own Sasaran above each, where headings were centred instead of merged.
            let is_beside = last.is_some_and(|(before, _)| before + 1 == column.column);
            let leaf =
                leaf.or_else(|| last.filter(|_| is_beside && sex.is_some() && above.is_empty()).map(|(_, leaf)| leaf));
            last = leaf.map(|leaf| (column.column, leaf));
            let part = FigureColumn { sex, column: column.column };
            if let (true, [level]) = (counts_until, &column.levels[..])
                && let Some(month) = month_until(&level.key)
            {
                months.push((month, level, vec![part]));
                continue;
            }
            let Some(leaf) = leaf else {
                if let Some((level, month)) = above.last().and_then(|level| Some((level, month_of(&level.key)?))) {
                    // Each month once: what comes again below another heading is another figure.
                    match months.iter_mut().find(|(known, ..)| *known == month) {
                        Some((_, at, parts)) if at.place == level.place => parts.push(part),
                        Some(_) => {}
                        None => months.push((month, level, vec![part])),
                    }
                } else if let (Some(_), Some(level)) = (sex, above.last()) {
                    match sexed.iter_mut().find(|held| held.level().place == level.place) {
                        Some(held) => held.parts.push(part),
                        None => sexed.push(SexedParts { above, parts: vec![part] }),
                    }
                } else if let Some(held) =
                    sexed.last_mut().filter(|held| sex == Some(Sex::Both) && held.is_before(part))
                {
                    // `Jumlah` in the row of the indicators, right of its L and P.
                    held.parts.push(part);
                }
                continue;
            };
            let is_new = above.last().is_some_and(|level| {
                groups.last().is_none_or(|(held, _)| held.last().map(|l| l.place) != Some(level.place))
            });
            if is_new {
                groups.push((above, Parts::default()));
            }
            // A group heading that was centred instead of merged stands over its first column only.
            let of_group = groups.last_mut().filter(|(held, _)| !(above.is_empty() && stands_beside(column, held)));
            let parts = of_group.map_or(&mut found.loose, |(_, parts)| parts);
            if let Some(parts) = parts.columns_for(leaf) {
                parts.push(part);
            }
            if let (Leaf::People(people), true) = (leaf, above.is_empty()) {
                found.people.push(part);
                found
                    .of_people
                    .extend(column.levels.last().filter(|_| sex.is_none()).map(|level| of_people(level, people, part)));
            }
        }
        found.settle_months(months);
        found.settle_sexes(sexed, &mut groups);
        for (levels, parts) in groups {
            found.group(levels, &parts);
        }
        found.months.sort_by_key(|(_, figure)| figure.columns().first().copied());
        found
    }

    /// Takes the months whose columns make one figure.
    fn settle_months(&mut self, months: Vec<(u32, &Level, Vec<FigureColumn>)>) {
        for (month, level, parts) in months {
            match figure(&parts) {
                Ok(Some(figure)) => self.months.push((month, figure)),
                Ok(None) => {}
                Err(Unclear) => self.leave(Some(level)),
            }
        }
    }

    /// Takes L, P and both below an indicator as its count, where its Sasaran stands beside them and no other count.
    fn settle_sexes(&mut self, sexed: Vec<SexedParts<'_>>, groups: &mut [(&[Level], Parts)]) {
        for of_sexes in sexed {
            let level = of_sexes.level();
            let own = groups.iter_mut().find(|(held, _)| held.last().is_some_and(|held| held.place == level.place));
            let is_figure = matches!(figure(&of_sexes.parts), Ok(Some(_)));
            match own {
                Some((_, parts)) if is_figure && parts.lacks_numerator() => parts.numerator = of_sexes.parts,
                Some((_, parts)) if !parts.lacks_numerator() => {}
                // L or P below an indicator, and nothing says of what.
                _ if of_sexes.has_one_alone() => self.leave(Some(level)),
                _ => {}
            }
        }
    }

    fn leave(&mut self, level: Option<&Level>) {
        if let Some(level) = level.filter(|level| !self.unread.iter().any(|(_, place)| *place == level.place)) {
            self.unread.push((level.text.clone(), level.place));
        }
    }

    fn group(&mut self, levels: &[Level], parts: &Parts) {
        let Some((own, above)) = levels.split_last() else { return };
        if is_total(&own.key) || months_summed(&own.key).is_some() {
            return;
        }
        let is_beside = !(self.loose.denominator.is_empty() && self.of_people.is_empty())
            && parts.weak.iter().all(|part| part.sex.is_none());
        let (Ok(denominator), Ok((numerator, counted))) = (parts.denominator(is_beside), parts.numerator()) else {
            return self.leave(Some(own));
        };
        if denominator.is_none() && numerator.is_none() {
            return;
        }
        let says_something =
            |level: &&Level| !MERE_WORDS.contains(&level.key.as_str()) && months_summed(&level.key).is_none();
        let mut others = above.iter().rev().filter(says_something);
        let (month, named) = match month_of(&own.key) {
            Some(month) => (Some(month), others.next()),
            None => (others.find_map(|level| month_of(&level.key)), Some(own)),
        };
        let heading = named.map(|level| level.text.clone()).unwrap_or_default();
        let place = named.map_or(own.place, |level| level.place);
        let accumulated = parts.accumulated();
        let group = Group { heading, place, month, denominator, numerator, accumulated, counted, ..Group::default() };
        self.groups.push(group);
    }

    /// Groups over Sasaran and Capaian: indicators, or months of one indicator.
    fn pairs(&self) -> Option<Layout> {
        if !self.groups.iter().any(|group| group.denominator.is_some() && group.numerator.is_some()) {
            return None;
        }
        let by_month: Vec<MonthPair> = self
            .groups
            .iter()
            .filter(|group| group.heading.is_empty())
            .filter_map(|group| {
                let Group { denominator, numerator, .. } = group.clone();
                Some(MonthPair { month: group.month?, denominator, numerator })
            })
            .collect();
        let is_monthly = self.groups.iter().all(|group| group.counted != CountingWords::SinceJanuary);
        Some(if by_month.len() == self.groups.len() && is_monthly {
            Layout::YearPairs(by_month)
        } else {
            Layout::Groups(self.groups.clone())
        })
    }

    /// Numerators of indicators and months, all without a denominator of their own beside one for several.
    fn numerators_by_indicator_and_month(&self) -> Option<Vec<Group>> {
        let is_it = |group: &Group| group.month.is_some() && group.denominator.is_none() && group.numerator.is_some();
        let has_denominator = !self.loose.denominator.is_empty() || !self.of_people.is_empty();
        let is_all = !self.groups.is_empty() && self.groups.iter().all(is_it) && has_denominator;
        is_all.then(|| self.groups.clone())
    }

    /// Numerators below months, bare or as the Capaian of each, where there are enough of them.
    fn numerators_by_month(&self) -> Option<Vec<(u32, FigureLayout)>> {
        let of_group = |group: &Group| {
            Some((
                group.month.filter(|_| group.heading.is_empty() && group.counted != CountingWords::SinceJanuary)?,
                group.numerator.clone()?,
            ))
        };
        let grouped: Option<Vec<(u32, FigureLayout)>> = self.groups.iter().map(of_group).collect();
        let bare = || Some(self.months.clone());
        // Beside Sasaran itself, and no Capaian, even the first month of a year is no chance.
        let is_alone = || self.loose.numerator().is_ok_and(|(numerator, _)| numerator.is_none());
        let least = match self.loose.denominator.is_empty() {
            true => MONTHS_BESIDE_PEOPLE_MIN,
            false if is_alone() => 1,
            false => MONTHS_BESIDE_SASARAN_MIN,
        };
        grouped.filter(|months| !months.is_empty()).or_else(bare).filter(|months| months.len() >= least)
    }

    /// The denominator of months across: one of people where there is no Sasaran.
    fn denominator_of_months(&self) -> Option<FigureLayout> {
        let people = || match self.people[..] {
            [_] => bare(&self.people),
            _ => None,
        };
        bare(&self.loose.denominator).or_else(people)
    }

    /// The denominator below no group, where some group beside it has none of its own.
    fn shared_beside(&self, layout: &Layout, anchor: CellRef) -> Vec<Shared> {
        let Layout::Groups(groups) = layout else { return Vec::new() };
        let is_lacking = groups.iter().any(|group| group.denominator.is_none() && group.numerator.is_some());
        let figure = bare(&self.loose.denominator).filter(|_| is_lacking);
        if figure.is_none() && is_lacking {
            return self.of_people.clone();
        }
        let shared = figure.map(|figure| {
            let place = CellRef { row: anchor.row, column: figure.columns().first().copied().unwrap_or(anchor.column) };
            Shared { heading: "Sasaran".to_owned(), place, figure, people: None, is_target: false }
        });
        shared.into_iter().collect()
    }
}

/// Reports whether a column stands in the row of a group's heading, or above it: it is beside the group, not below it. A
/// denominator between two groups is not the left one's.
fn stands_beside(column: &HeadColumn, group: &[Level]) -> bool {
    let rows = column.levels.last().zip(group.last());
    rows.is_some_and(|(own, group)| own.place.row <= group.place.row)
}

/// A column of people as a denominator of several.
fn of_people(level: &Level, people: People, part: FigureColumn) -> Shared {
    let figure = part.column.into();
    Shared { heading: level.text.clone(), place: level.place, figure, people: Some(people), is_target: false }
}

/// A figure below no group; of several whole ones nobody knows which serves whom.
fn bare(parts: &[FigureColumn]) -> Option<FigureLayout> {
    let whole = parts.iter().filter(|part| part.sex.is_none()).count();
    figure(parts).ok().flatten().filter(|_| whole <= 1)
}
