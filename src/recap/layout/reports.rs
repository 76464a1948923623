//! Reports of a year with several columns a month: the day on which each came, whether it was complete, in time or late.
//! Knows headings, no cell below them.

use super::Layout;
use super::head::month_of;
use super::head_column::{HeadColumn, Level};
use super::subject::Titled;
use crate::recap::heading::key;

/// Months that must have such columns.
const MONTHS_MIN: usize = 2;

const COMPLETE: [&str; 7] = ["l", "k", "lkp", "lengkap", "kelengkapan", "kelengkapanlaporan", "laporanlengkap"];
const IN_TIME: [&str; 9] =
    ["t", "tw", "tpt", "tepat", "tepatwaktu", "ketepatan", "ketepatanwaktu", "ketepatanlaporan", "tepatwaktulaporan"];
const LATE: [&str; 10] = [
    "tl",
    "tlb",
    "terlambat",
    "telat",
    "lambat",
    "keterlambatan",
    "terlambathari",
    "hariterlambat",
    "hariketerlambatan",
    "keterlambatanhari",
];
const DAY: [&str; 8] =
    ["tgl", "tanggal", "tglterima", "tanggalterima", "tglditerima", "tanggalditerima", "tglmasuk", "tanggalmasuk"];

/// The fact about a report that a column tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum ReportColumn {
    /// The day on which it came.
    Day,
    /// It came or not.
    Complete,
    /// It came in time or not.
    InTime,
    /// It came late or not, or by how many days.
    Late,
}

impl ReportColumn {
    /// By the key of a heading.
    pub(in crate::recap) fn by(key: &str) -> Option<Self> {
        let words: [(Self, &[&str]); 4] =
            [(Self::Day, &DAY), (Self::Complete, &COMPLETE), (Self::InTime, &IN_TIME), (Self::Late, &LATE)];
        words.into_iter().find(|(_, words)| words.contains(&key)).map(|(told, _)| told)
    }
}

/// The columns of one month of such reports, or of one report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::recap) struct ReceiptColumns {
    /// 1 to 12; 0 where it is no month's.
    pub(in crate::recap) month: u32,
    /// The day on which it came.
    pub(in crate::recap) day: Option<u32>,
    /// Column of ticks for what came.
    pub(in crate::recap) complete: Option<u32>,
    /// Column of ticks for what came in time.
    pub(in crate::recap) in_time: Option<u32>,
    /// Column of ticks, or of days, for what came late.
    pub(in crate::recap) late: Option<u32>,
}

impl ReceiptColumns {
    /// A month with one column, of days or of whatever says how its report came.
    pub(in crate::recap) fn of_days(month: u32, column: u32) -> Self {
        Self { month, day: Some(column), ..Self::default() }
    }

    pub(in crate::recap) fn all(&self) -> impl Iterator<Item = u32> {
        self.day.into_iter().chain(self.ticks())
    }

    pub(in crate::recap) fn ticks(&self) -> impl Iterator<Item = u32> {
        [self.complete, self.in_time, self.late].into_iter().flatten()
    }

    /// Notes what a column tells, where none does yet.
    pub(in crate::recap) fn add(&mut self, told: ReportColumn, column: u32) {
        let place = match told {
            ReportColumn::Day => &mut self.day,
            ReportColumn::Complete => &mut self.complete,
            ReportColumn::InTime => &mut self.in_time,
            ReportColumn::Late => &mut self.late,
        };
        place.get_or_insert(column);
    }
}

/// Returns what a column tells by its heading, without what stands in brackets.
fn told_by(level: &Level) -> Option<ReportColumn> {
    let outside = || key(level.text.split('(').next().unwrap_or_default());
    ReportColumn::by(&level.key).or_else(|| ReportColumn::by(&outside()))
}

/// Remarks beside a day: how a report came, where no day is written.
const REMARKS: [&str; 4] = ["ket", "keterangan", "status", "catatan"];
/// Days that are of reports alone.
const DAY_OF_RECEIPT: [&str; 6] =
    ["tglterima", "tanggalterima", "tglditerima", "tanggalditerima", "tglmasuk", "tanggalmasuk"];

/// The layout of such reports, where at least two months have two such columns each; below a title of reports, or where the
/// day can be of nothing else, a remark counts as one.
pub(super) fn reports(columns: &[&HeadColumn], titled: Titled) -> Option<Layout> {
    let is_of_receipts = columns.iter().any(|column| {
        let is_below = column.levels.len() > 1;
        is_below && column.levels.last().is_some_and(|level| DAY_OF_RECEIPT.contains(&level.key.as_str()))
    });
    let may_be_remarked = titled.is_of_reports || is_of_receipts;
    let mut months: Vec<ReceiptColumns> = Vec::new();
    let mut month = None;
    let mut group = None;
    for column in columns {
        let Some((bottom, above)) = column.levels.split_last() else { continue };
        // What is not merged stands over the first of its columns alone.
        if !above.is_empty() {
            month = above.iter().rev().find_map(|level| month_of(&level.key));
            group = above.iter().rev().find_map(told_by);
        }
        // The ticks of a month below it, or the months of a tick.
        let (month, told) = if let Some(own) = month_of(&bottom.key) {
            (Some(own), group)
        } else {
            let is_remark = may_be_remarked && REMARKS.contains(&bottom.key.as_str());
            let has_day = || months.last().is_some_and(|known| Some(known.month) == month && known.day.is_some());
            let remark = is_remark && has_day();
            (month, told_by(bottom).or_else(|| remark.then_some(ReportColumn::InTime)))
        };
        let Some((month, told)) = month.zip(told) else { continue };
        let place = months.iter().position(|known| known.month == month).unwrap_or(months.len());
        if place == months.len() {
            months.push(ReceiptColumns { month, ..ReceiptColumns::default() });
        }
        months[place].add(told, column.column);
    }
    let is_told = months.iter().filter(|month| month.all().count() > 1).count() >= MONTHS_MIN;
    is_told.then_some(Layout::Receipts(months))
}
