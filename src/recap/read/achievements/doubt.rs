//! Months across that look like counts since January though nothing says so: read as such, and told.

use std::collections::BTreeSet;

use super::ServiceColumns;
use super::commas::figure as count_of;
use super::cumulative::Counting;
use crate::domain::format;
use crate::recap::layout::{FigureLayout, Heading, RowSum};
use crate::recap::read::{Reader, SUM_TOLERANCE};
use crate::recap::sum_rows::is_sum;
use crate::workbook::Row;

/// Months that must be there to tell.
const MONTHS_MIN: usize = 3;
/// Of so many rows one may be otherwise.
const ROWS_PER_EXCEPTION: usize = 10;
/// So many twelfths of the year's denominator are more than a month's count would be.
const SHARES_OF_A_MONTH: f64 = 1.5;
/// Increases over all rows, without a fall, that are no chance.
const INCREASES_MIN: usize = 8;

struct YearOfRow {
    name: String,
    denominator: f64,
    months: Vec<(u32, f64)>,
    /// A column sums its months, to no more than its denominator: then they are months.
    is_added_up: bool,
}

impl YearOfRow {
    fn from_row(
        row: &Row,
        heading: &Heading,
        denominator: &FigureLayout,
        months: &[(u32, FigureLayout)],
    ) -> Option<Self> {
        let key = heading.key_column();
        let sums = &heading.row_sums;
        let value = |figure: &FigureLayout| {
            figure.columns().iter().map(|column| count_of(row.get(*column))).sum::<Option<f64>>()
        };
        let name = key.and_then(|key| row.get(key)).and_then(|value| value.text()).unwrap_or_default().to_owned();
        let months: Vec<(u32, f64)> =
            months.iter().filter_map(|(month, figure)| Some((*month, value(figure)?))).collect();
        let denominator = value(denominator)?;
        let is_added_up = sums.iter().any(|RowSum { column, months: (first, last) }| {
            let within = months.iter().filter(|(month, _)| (first..=last).contains(&month));
            let sum: f64 = within.map(|(_, count)| count).sum();
            let written = value(&FigureLayout::from(*column));
            sum <= denominator && written.is_some_and(|written| (written - sum).abs() < SUM_TOLERANCE)
        });
        (months.len() >= MONTHS_MIN).then_some(Self { name, denominator, months, is_added_up })
    }

    fn ends(&self) -> Option<(f64, f64)> {
        Some((self.months.first()?.1, self.months.last()?.1))
    }

    fn is_rising(&self) -> bool {
        self.months.windows(2).all(|pair| pair[0].1 <= pair[1].1)
    }

    /// Strict increases from month to month.
    fn increases(&self) -> usize {
        self.months.windows(2).filter(|pair| pair[0].1 < pair[1].1).count()
    }
}

/// Returns what speaks for counts since January, in words: nearly no row falls from month to month, all of them come to
/// so much more in their last month than in the first, no column adds them up, and that is more than a month's share of
/// the year's denominator (or the counts rise too often for chance).
pub(super) fn seems_cumulative(
    reader: &Reader<'_>,
    denominator: &FigureLayout,
    months: &[(u32, FigureLayout)],
) -> Option<String> {
    let table = reader.table;
    let heading = &table.heading;
    let rows = table.sheet.rows.iter().filter(|row| row.index > heading.bottom && row.index <= table.last_row);
    let rows = rows.filter(|row| !is_sum(row, heading));
    let all: Vec<YearOfRow> = rows.filter_map(|row| YearOfRow::from_row(row, heading, denominator, months)).collect();
    let rising = all.iter().filter(|series| series.is_rising()).count();
    let total = |of: fn(&YearOfRow) -> f64| all.iter().map(of).sum::<f64>();
    let first = total(|series| series.ends().map_or(0.0, |(first, _)| first));
    let last = total(|series| series.ends().map_or(0.0, |(_, last)| last));
    let length = all.iter().map(|series| series.months.len()).max().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "at most twelve months")]
    let is_steep = last > first && last >= first * length as f64 / 2.0;
    let begins_in_january = all.iter().all(|series| series.months.first().is_some_and(|(month, _)| *month == 1));
    let is_nearly_all = !all.is_empty() && rising + all.len() / ROWS_PER_EXCEPTION >= all.len();
    let is_too_much = last > total(|series| series.denominator) / 12.0 * SHARES_OF_A_MONTH;
    let increases: usize = all.iter().map(YearOfRow::increases).sum();
    let is_no_chance = rising == all.len() && increases >= INCREASES_MIN;
    let is_added_up = all.iter().all(|series| series.is_added_up);
    if is_added_up || !(is_nearly_all && begins_in_january && is_steep && (is_too_much || is_no_chance)) {
        return None;
    }
    let example = all.iter().find(|series| series.is_rising() && series.increases() > 0)?;
    let counts: Vec<String> = example.months.iter().map(|(_, count)| format::count(*count)).collect();
    Some(format!(
        "judulnya tidak menyebut kumulatif, tetapi angkanya tidak pernah turun dari bulan ke bulan, misalnya {}: {} dari sasaran setahun {}",
        example.name,
        counts.join(", "),
        format::count(example.denominator)
    ))
}

/// Takes the months of an indicator as counts since January where they look so; why, in words.
pub(super) fn rising(reader: &Reader<'_>, columns: &mut [ServiceColumns], counting: Counting) -> Option<String> {
    if counting != Counting::Unsaid {
        return None;
    }
    let services: BTreeSet<String> = columns.iter().filter_map(|columns| columns.service.clone()).collect();
    let mut why = None;
    for service in services {
        let is_it =
            |columns: &ServiceColumns| columns.service.as_ref() == Some(&service) && columns.accumulated.is_none();
        let own = || columns.iter().filter(|columns| is_it(columns));
        let months = own().filter_map(|columns| Some((columns.month?, columns.numerator.clone()?)));
        let months: Vec<(u32, FigureLayout)> = months.collect();
        let Some(denominator) = own().find_map(|columns| columns.denominator.clone()) else { continue };
        let is_shared = own().all(|columns| columns.denominator.as_ref() == Some(&denominator));
        let Some(found) = seems_cumulative(reader, &denominator, &months).filter(|_| is_shared) else {
            continue;
        };
        why.get_or_insert(found);
        columns.iter_mut().filter(|columns| is_it(columns)).for_each(|columns| columns.is_cumulative = true);
    }
    why
}
