//! States of pieces of evidence, with the visits and files by which they are told. Asks for nothing itself.

use super::context::PageContext;
use crate::domain::facts::Visit;
use crate::domain::{AttachedFile, Ratio};

/// State of a piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There.
    There,
    /// Some of it is there.
    Partly,
    /// Missing.
    Missing,
    /// Nothing was due that could be proved.
    NothingDue,
    /// Not kept in Simpul: told in an interview.
    NotKept,
}

impl Standing {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::There => "Ada",
            Self::Partly => "Sebagian",
            Self::Missing => "Belum ada",
            Self::NothingDue => "Tidak ada yang jatuh tempo",
            Self::NotKept => "Tidak disimpan di Simpul",
        }
    }

    /// The state of so many out of so many.
    pub(super) fn from_ratio(ratio: Ratio) -> Self {
        if ratio.denominator <= 0.0 {
            Self::NothingDue
        } else if ratio.numerator >= ratio.denominator {
            Self::There
        } else if ratio.numerator > 0.0 {
            Self::Partly
        } else {
            Self::Missing
        }
    }
}

/// State of a piece, a sentence about it without full stop, and its files.
pub(super) type Found<'a> = (Standing, String, Vec<&'a AttachedFile>);

/// The period's visits up to the day, by date.
pub fn visits<'a>(context: &PageContext<'a>) -> Vec<&'a Visit> {
    let period = context.subject.period;
    let visits = context.evaluator.facts().visits.iter();
    let mut found: Vec<&Visit> = visits
        .filter(|visit| context.facility_result(visit.facility).is_some())
        .filter(|visit| visit.date.counts_from() <= context.subject.as_of && period.contains(visit.date.month()))
        .collect();
    let key = |visit: &Visit| context.facility(visit.facility).listing_key();
    found.sort_by(|a, b| (a.date, key(a), &a.form).cmp(&(b.date, key(b), &b.form)));
    found
}

/// Attached files of the Puskesmas.
pub(super) fn own<'a>(context: &PageContext<'a>) -> impl Iterator<Item = &'a AttachedFile> + use<'a> {
    let puskesmas = context.subject.puskesmas;
    context.evaluator.facts().attached.iter().filter(move |file| file.puskesmas == puskesmas)
}
