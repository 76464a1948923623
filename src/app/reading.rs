//! The tables of all files of a call, read on a thread of its own in the order in which they serve each other, while
//! what was read so far is stored in the order of the files. Knows neither how a row is judged nor how it is kept.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, SyncSender};

use super::known::{Reader, Visits};
use crate::diagnostic::Issue;
use crate::domain::records::{Recap, Rows};
use crate::domain::{Month, Table};
use crate::recap::FoundTable;
use crate::store::Known;

/// Pieces of tables that wait to be stored before reading waits too.
pub(super) const PIECES_WAITING_MAX: usize = 8;

/// A table of a call: place of its file, and its own in it.
pub(super) type Place = (usize, usize);

/// A table to be read: whose it is and where it stands.
pub(super) struct Job<'r, 'w> {
    /// Key of its Puskesmas.
    pub(super) owner: String,
    /// The table.
    pub(super) table: &'r FoundTable<'w>,
    /// Where it stands.
    pub(super) place: Place,
}

impl Job<'_, '_> {
    /// What must be read first comes first: registers before what needs them, within a Puskesmas.
    pub(super) fn order(&self) -> (&str, Table, Month, Place) {
        (&self.owner, self.table.table, self.table.received.rank_month(), self.place)
    }
}

/// What is told of a table.
pub(super) enum Word {
    /// Its next rows.
    Rows(Rows),
    /// Its last rows, what is to be said of it as a whole, and its issues.
    End(Recap, Vec<Issue>),
}

/// Reads the tables of each Puskesmas, in their order, until nobody listens any more.
pub(super) fn read_all(owners: &[(Known, Vec<Job<'_, '_>>)], say: &SyncSender<(Place, Word)>) {
    for (known, jobs) in owners {
        let Some(first) = jobs.first() else { continue };
        let mut reader = Reader::new(&first.owner, known);
        for (number, job) in jobs.iter().enumerate() {
            let is_asked = jobs[number..].iter().any(|later| later.table.table == Table::FollowUps);
            let visits = if is_asked { Visits::AskedFor } else { Visits::Unasked };
            let mut is_heard = true;
            let (recap, issues) = reader.read_in_pieces(job.table, visits, &mut |rows| {
                is_heard = is_heard && say.send((job.place, Word::Rows(rows))).is_ok();
            });
            if !is_heard || say.send((job.place, Word::End(recap, issues))).is_err() {
                return;
            }
        }
    }
}

/// Takes in what is read, and gives it out table by table in any order.
pub(super) struct Inbox {
    hear: Receiver<(Place, Word)>,
    /// What came before it was asked for.
    early: BTreeMap<Place, VecDeque<Word>>,
}

impl Inbox {
    pub(super) fn new(hear: Receiver<(Place, Word)>) -> Self {
        Self { hear, early: BTreeMap::new() }
    }

    /// The next word about a table; none where the reading broke off.
    pub(super) fn next(&mut self, table: Place) -> Option<Word> {
        if let Some(word) = self.early.get_mut(&table).and_then(VecDeque::pop_front) {
            return Some(word);
        }
        loop {
            let (place, word) = self.hear.recv().ok()?;
            if place == table {
                return Some(word);
            }
            // Of files that are done with nothing is asked any more.
            if place.0 >= table.0 {
                self.early.entry(place).or_default().push_back(word);
            }
        }
    }

    /// Lets go of what came of a file.
    pub(super) fn forget(&mut self, file: usize) {
        self.early.retain(|(of, _), _| *of > file);
    }
}
