//! Reports of a year with several columns a month: the day on which each came, or only whether it was complete and in
//! time. Knows headings, no cell below them.

use super::head::{HeadColumn, month_of};
use super::{Lacking, Layout};

/// Months that must have such columns.
const MONTHS_MIN: usize = 2;

const COMPLETE: [&str; 4] = ["l", "lengkap", "kelengkapan", "lkp"];
const IN_TIME: [&str; 6] = ["t", "tepat", "tepatwaktu", "ketepatan", "tw", "ketepatanwaktu"];
const DAY: [&str; 8] =
    ["tgl", "tanggal", "tglterima", "tanggalterima", "tglditerima", "tanggalditerima", "tglmasuk", "tanggalmasuk"];

/// The layout of such reports: by the day where it is there; marks alone cannot be kept.
pub(super) fn reports(columns: &[&HeadColumn]) -> Option<Layout> {
    let mut found: Vec<(u32, u32, &str)> = Vec::new();
    let mut month = None;
    for column in columns {
        let Some((bottom, above)) = column.levels.split_last() else { continue };
        // A month that is not merged stands over the first of its columns alone.
        if !above.is_empty() {
            month = above.iter().rev().find_map(|level| month_of(&level.key));
        }
        found.extend(month.map(|month| (month, column.column, bottom.key.as_str())));
    }
    let of = |words: &[&str]| -> Vec<(u32, u32)> {
        let mut months: Vec<(u32, u32)> = Vec::new();
        for (month, column, key) in &found {
            if words.contains(key) && !months.iter().any(|(known, _)| known == month) {
                months.push((*month, *column));
            }
        }
        months
    };
    let (complete, in_time, days) = (of(&COMPLETE), of(&IN_TIME), of(&DAY));
    if days.len() >= MONTHS_MIN && (complete.len() >= MONTHS_MIN || in_time.len() >= MONTHS_MIN) {
        return Some(Layout::Months(days));
    }
    let are_marks = complete.len() >= MONTHS_MIN && in_time.len() >= MONTHS_MIN;
    are_marks.then_some(Layout::Unreadable(Lacking::ReceivedDays))
}
