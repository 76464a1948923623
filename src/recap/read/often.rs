//! Warnings that many rows bring: told once a table, with how many there are and the first cells.

use std::collections::BTreeMap;

use super::Reader;
use crate::diagnostic::IssueCode;
use crate::domain::records::CellRef;

/// Cells that are named.
const NAMED_MAX: usize = 3;

/// The part of a warning that is the same in every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Often {
    pub(super) code: IssueCode,
    /// The field: `Tanggal`.
    pub(super) label: &'static str,
    /// The fault that so many of them have: `tanggal di luar bulan pada judul`.
    pub(super) many: &'static str,
    pub(super) remedy: &'static str,
}

/// One row of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Once {
    pub(super) place: CellRef,
    /// The whole sentence where it is the only row.
    pub(super) alone: String,
    /// The same in a few words, beside its cell.
    pub(super) shown: String,
}

/// The rows of one warning.
#[derive(Debug)]
struct RepeatedWarning {
    first: Once,
    named: Vec<String>,
    count: usize,
}

/// All that are gathered.
#[derive(Debug, Default)]
pub(super) struct Gathering(BTreeMap<Often, RepeatedWarning>);

impl Reader<'_> {
    /// Warns of a row, together with the others of its kind.
    pub(super) fn warn_once(&mut self, often: Often, once: Once) {
        let named = format!("{} ({})", once.place, once.shown);
        let gathered =
            self.often.0.entry(often).or_insert_with(|| RepeatedWarning { first: once, named: Vec::new(), count: 0 });
        gathered.count += 1;
        if gathered.named.len() < NAMED_MAX {
            gathered.named.push(named);
        }
    }

    /// Tells what was gathered.
    pub(super) fn tell_often(&mut self) {
        for (often, gathered) in std::mem::take(&mut self.often).0 {
            let RepeatedWarning { first: Once { place, alone, .. }, named, count } = gathered;
            let Often { code, label, many, remedy } = often;
            let rest = if count > named.len() { ", …" } else { "" };
            let message = match count {
                1 => alone,
                _ => format!("{label}: {count} {many}: {}{rest}; {remedy}", named.join(", ")),
            };
            self.warn(place, code, message);
        }
    }
}
