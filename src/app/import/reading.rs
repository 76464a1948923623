//! The tables of all files of a call, read on a thread of its own in the order in which they serve each other, while
//! what was read so far is stored in the order of the files. Knows neither how a row is judged nor how it is kept.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, SyncSender};

use super::conflicts::{ReadTable, may_conflict, reject};
use super::known::{TablesReader, Visits};
use crate::diagnostic::Issue;
use crate::domain::SheetBooks;
use crate::domain::records::{Recap, Rows};
use crate::domain::{Month, Table};
use crate::recap::FoundTable;
use crate::store::Known;

/// Pieces of tables that wait to be stored before reading waits too.
pub(super) const PIECES_WAITING_MAX: usize = 8;

/// A table of a call: place of its file, and its own in it.
pub(super) type TablePosition = (usize, usize);

/// A table to be read: whose it is and where it stands.
pub(super) struct ReadingTask<'r, 'w> {
    /// Key of its Puskesmas.
    pub(super) owner: String,
    /// Table as recognition found it.
    pub(super) table: &'r FoundTable<'w>,
    /// Place of its file in the call, and its own in the file.
    pub(super) place: TablePosition,
}

impl ReadingTask<'_, '_> {
    fn is_of_follow_ups(&self) -> bool {
        self.table.table == Table::FollowUps
    }

    /// Key by which tables are read in order within a Puskesmas: registers come before what needs them.
    pub(super) fn order(&self) -> (&str, Table, Month, TablePosition) {
        (&self.owner, self.table.table, self.table.received.rank_month(), self.place)
    }
}

/// Message about a table from the thread that reads.
pub(super) enum TableMessage {
    /// The next rows of the table.
    Rows(Rows),
    /// Its last rows, what is to be said of it as a whole, and its issues.
    End(Recap, Vec<Issue>),
}

/// Reads the tables of each Puskesmas, in their order, until nobody listens any more.
pub(super) fn read_all(
    owners: &[(Known, Vec<ReadingTask<'_, '_>>)],
    books: &SheetBooks,
    say: &SyncSender<(TablePosition, TableMessage)>,
) {
    for (known, jobs) in owners {
        let Some(first) = jobs.first() else { continue };
        let mut reader = TablesReader::new(&first.owner, known, books.clone());
        let mut held: Vec<(TablePosition, ReadTable)> = Vec::new();
        for (number, job) in jobs.iter().enumerate() {
            let later = &jobs[number + 1..];
            let is_asked = job.table.table == Table::FollowUps || later.iter().any(ReadingTask::is_of_follow_ups);
            let visits = if is_asked { Visits::AskedFor } else { Visits::Unasked };
            let is_heard = if is_one_of_several(jobs, job) {
                let read = read_whole(&mut reader, job, visits);
                held.push((job.place, read));
                // Tables of one workbook that may contradict each other are compared before any of them is told.
                later.iter().any(|later| is_beside(later, job)) || tell_compared(&mut held, job.place.0, say)
            } else {
                tell_in_pieces(&mut reader, job, visits, say)
            };
            if !is_heard {
                return;
            }
        }
    }
}

/// Reports whether two tables are of one kind and of one workbook.
fn is_beside(one: &ReadingTask<'_, '_>, other: &ReadingTask<'_, '_>) -> bool {
    one.place != other.place && one.place.0 == other.place.0 && one.table.table == other.table.table
}

fn is_one_of_several(jobs: &[ReadingTask<'_, '_>], job: &ReadingTask<'_, '_>) -> bool {
    may_conflict(job.table.table) && jobs.iter().any(|other| is_beside(other, job))
}

fn read_whole(reader: &mut TablesReader, job: &ReadingTask<'_, '_>, visits: Visits) -> ReadTable {
    let mut before: Option<Rows> = None;
    let (mut recap, issues) = reader.read_in_pieces(job.table, visits, &mut |piece| {
        before = Some(Rows::joined(before.take(), piece));
    });
    recap.rows = Rows::joined(before, recap.rows);
    ReadTable { recap, issues }
}

/// Tells of the tables held of a file, without the rows that contradict each other; whether somebody listens.
fn tell_compared(
    held: &mut Vec<(TablePosition, ReadTable)>,
    file: usize,
    say: &SyncSender<(TablePosition, TableMessage)>,
) -> bool {
    let is_of_file = |(place, _): &(TablePosition, ReadTable)| place.0 == file;
    let (places, mut tables): (Vec<TablePosition>, Vec<ReadTable>) =
        held.extract_if(.., |read| is_of_file(read)).unzip();
    reject(&mut tables);
    let mut read = places.into_iter().zip(tables);
    read.all(|(place, ReadTable { recap, issues })| say.send((place, TableMessage::End(recap, issues))).is_ok())
}

/// Tells of a table while it is read; whether somebody listens.
fn tell_in_pieces(
    reader: &mut TablesReader,
    job: &ReadingTask<'_, '_>,
    visits: Visits,
    say: &SyncSender<(TablePosition, TableMessage)>,
) -> bool {
    let mut is_heard = true;
    let (recap, issues) = reader.read_in_pieces(job.table, visits, &mut |rows| {
        is_heard = is_heard && say.send((job.place, TableMessage::Rows(rows))).is_ok();
    });
    is_heard && say.send((job.place, TableMessage::End(recap, issues))).is_ok()
}

/// Takes in what is read, and gives it out table by table in any order.
pub(super) struct TableBuffer {
    hear: Receiver<(TablePosition, TableMessage)>,
    /// Messages about a table that came before it was asked for.
    early: BTreeMap<TablePosition, VecDeque<TableMessage>>,
}

impl TableBuffer {
    pub(super) fn new(hear: Receiver<(TablePosition, TableMessage)>) -> Self {
        Self { hear, early: BTreeMap::new() }
    }

    /// Waits for the next word about a table; none where the reading broke off.
    pub(super) fn wait_for(&mut self, table: TablePosition) -> Option<()> {
        while self.early.get(&table).is_none_or(VecDeque::is_empty) {
            let (place, word) = self.hear.recv().ok()?;
            // Of files that are done with nothing is asked any more.
            if place.0 >= table.0 {
                self.early.entry(place).or_default().push_back(word);
            }
        }
        Some(())
    }

    /// The next word about a table; none where the reading broke off.
    pub(super) fn next(&mut self, table: TablePosition) -> Option<TableMessage> {
        self.wait_for(table)?;
        self.early.get_mut(&table)?.pop_front()
    }

    /// Lets go of what came of a file and of those before it.
    pub(super) fn forget(&mut self, file: usize) {
        self.early.retain(|(of, _), _| *of > file);
    }
}

/// Index of the table that is read last, of those of a file: once it is begun, all others are read.
pub(super) fn last_read(tables: &[FoundTable<'_>]) -> Option<usize> {
    let order = |(place, table): &(usize, &FoundTable<'_>)| (table.table, table.received.rank_month(), *place);
    tables.iter().enumerate().max_by_key(order).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;
    use std::thread;

    use super::*;

    fn piece(rows: usize) -> TableMessage {
        let row = crate::domain::records::DecreeRecord {
            indicator: crate::domain::CoachingIndicator::ALL[0],
            target: None,
            weight: None,
        };
        let rows = vec![crate::domain::records::Sourced { record: row, cells: Vec::new() }; rows];
        TableMessage::Rows(Rows::Decree(rows))
    }

    fn rows(word: Option<TableMessage>) -> Option<usize> {
        word.map(|word| match word {
            TableMessage::Rows(rows) => rows.len(),
            TableMessage::End(recap, _) => recap.rows.len(),
        })
    }

    #[test]
    fn what_comes_early_waits_and_a_reading_that_breaks_off_is_told() {
        let (say, hear) = sync_channel(1);
        thread::scope(|scope| {
            scope.spawn(move || {
                for (place, count) in [((1, 0), 1), ((0, 1), 2), ((2, 0), 3), ((1, 0), 4), ((0, 0), 5), ((0, 0), 6)] {
                    say.send((place, piece(count))).unwrap();
                }
            });
            let mut inbox = TableBuffer::new(hear);
            assert_eq!([(0, 0), (0, 0), (0, 1)].map(|table| rows(inbox.next(table))), [Some(5), Some(6), Some(2)]);
            inbox.forget(1);
            assert_eq!(rows(inbox.next((2, 0))), Some(3));
            assert_eq!((rows(inbox.next((2, 0))), rows(inbox.next((1, 0)))), (None, None));
        });
    }
}
