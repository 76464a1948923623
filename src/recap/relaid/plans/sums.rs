//! Sums of RUK and RPK as the sheet writes them, compared with what its activities come to. They never count.

use crate::domain::exact::Exact;
use crate::domain::format::rupiah as rupiah_words;
use crate::domain::records::CellRef;
use crate::recap::cells::{is_blank, rupiah};
use crate::workbook::{Remark, Row};

/// Words of a sum over all sections.
const OF_ALL: [&str; 5] = ["grand", "seluruh", "seluruhnya", "keseluruhan", "semua"];

/// Cost of an activity: whole, and by the columns in which its parts stand.
pub(super) struct ActivityCost {
    pub(super) whole: Option<Exact>,
    pub(super) by_column: Vec<(u32, Exact)>,
}

/// Writes an amount in words.
pub(super) fn words(amount: &Exact) -> String {
    amount.rounded(0).as_ref().map(rupiah_words).unwrap_or_default()
}

/// A sum in a cell of the sheet.
#[derive(Clone, Debug)]
pub(super) struct WrittenSum {
    place: CellRef,
    /// Whole cost, or what comes from one source of money.
    is_cost: bool,
    /// The amount; none where the cell holds none.
    amount: Option<Exact>,
}

/// Reads the sum in a column of a row; none where the cell is blank.
pub(super) fn written_sum(row: &Row, column: u32, is_cost: bool) -> Option<WrittenSum> {
    let value = row.get(column).filter(|value| !is_blank(Some(value)))?;
    let amount = match rupiah::read(Some(value)) {
        Ok(None) => return None,
        Ok(Some(amount)) => Some(amount.exact()),
        Err(_) => None,
    };
    Some(WrittenSum { place: CellRef { row: row.index, column }, is_cost, amount })
}

/// A sum with the activities that it is of.
#[derive(Clone, Debug)]
struct SumOf {
    written: WrittenSum,
    from: usize,
    /// Place behind the last one; none: up to the next section.
    to: Option<usize>,
    is_of_all: bool,
}

/// The sums of a sheet.
#[derive(Debug, Default)]
pub(super) struct Sums {
    found: Vec<SumOf>,
    /// Places at which sections begin.
    sections: Vec<usize>,
    rows: usize,
}

impl Sums {
    /// Begins a section, whose title may hold its sum.
    pub(super) fn begin_section(&mut self, written: Vec<WrittenSum>, at: usize) {
        self.sections.push(at);
        self.found.extend(written.into_iter().map(|written| SumOf { written, from: at, to: None, is_of_all: false }));
    }

    /// Ends a section by a row of sums.
    pub(super) fn end_section(&mut self, written: Vec<WrittenSum>, at: usize, label: &str) {
        let from = self.sections.iter().rev().copied().find(|from| *from < at).unwrap_or(0);
        let is_of_all = label.split(' ').any(|word| OF_ALL.contains(&word));
        self.found.extend(written.into_iter().map(|written| SumOf { written, from, to: Some(at), is_of_all }));
        self.sections.push(at);
        self.rows += 1;
    }

    /// Returns the number of rows of sums.
    pub(super) fn count(&self) -> usize {
        self.rows
    }

    /// Tells of every sum that the activities do not come to.
    pub(super) fn differences(self, activities: &[ActivityCost]) -> Vec<Remark> {
        let last_row = self.found.iter().map(|sum| sum.written.place.row).max();
        let mut told = Vec::new();
        for sum in &self.found {
            let next = self.sections.iter().copied().find(|at| *at > sum.from).unwrap_or(activities.len());
            let section = (sum.from, sum.to.unwrap_or(next));
            let all = (0, activities.len());
            let is_last = Some(sum.written.place.row) == last_row && sum.to.is_some();
            let ranges = if sum.is_of_all || is_last && section.0 == section.1 { vec![all] } else { vec![section] };
            let ranges = if is_last { [ranges, vec![all]].concat() } else { ranges };
            told.extend(sum.written.difference(activities, &ranges));
        }
        told
    }
}

impl WrittenSum {
    /// Tells where none of the ranges of activities comes to it; the last one is what it should be.
    fn difference(&self, activities: &[ActivityCost], ranges: &[(usize, usize)]) -> Option<Remark> {
        let Some(written) = &self.amount else {
            let message =
                "jumlah ini bukan rupiah bulat, jadi tidak dapat dibandingkan; yang dipakai hasil hitung ulang";
            return Some(Remark { place: self.place, message: message.to_owned() });
        };
        let computed = ranges.iter().map(|(from, to)| self.computed(&activities[*from..*to.max(from)]));
        let computed: Vec<ComputedSum> = computed.collect();
        if computed.iter().any(|sum| sum.amount == *written) {
            return None;
        }
        let ComputedSum { amount, stated, missing } = computed.last()?;
        let without = if *missing > 0 { format!(", {missing} kegiatan tanpa biaya") } else { String::new() };
        let message = format!(
            "jumlah tertulis {}, hasil hitung ulang {} dari {stated} kegiatan{without}; yang dipakai hasil hitung ulang, \
             periksa sel ini",
            words(written),
            words(amount)
        );
        Some(Remark { place: self.place, message })
    }

    fn computed(&self, activities: &[ActivityCost]) -> ComputedSum {
        let cost = |activity: &ActivityCost| {
            if self.is_cost {
                return activity.whole.clone();
            }
            let mut columns = activity.by_column.iter();
            columns.find(|(column, _)| *column == self.place.column).map(|(_, cost)| cost.clone())
        };
        let costs: Vec<Exact> = activities.iter().filter_map(cost).collect();
        let amount = costs.iter().fold(Exact::zero(), |sum, cost| sum.plus(cost));
        ComputedSum { amount, stated: costs.len(), missing: activities.len() - costs.len() }
    }
}

/// Sum of the costs that are stated.
struct ComputedSum {
    amount: Exact,
    stated: usize,
    missing: usize,
}
