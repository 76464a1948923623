//! The order in which the registers list the facilities: that of the latest one, row by row. What a later register does
//! not list keeps its place, so that one row or one sheet of a register does not tear the list apart. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::StoreError;
use super::codec::cells;
use super::log::{Log, Logged};
use crate::domain::records::FacilityRow;

/// One row of a register in the order of the lists: which register, then which sheet and row of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RegisterLine {
    puskesmas: i64,
    register: YearRegister,
    /// Place of the table within its file.
    table: i64,
    /// Row of the sheet.
    row: u32,
    rank: u32,
    ord: i64,
    subject: i64,
}

/// A register: all lists of one year that one file brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct YearRegister {
    year: i32,
    sequence: i64,
}

/// The place of each facility, by its id, among those of its Puskesmas.
pub(super) fn places(log: &Log, rows: &[Logged<FacilityRow>]) -> Result<BTreeMap<i64, u32>, StoreError> {
    let mut lines = rows.iter().map(|row| line(log, row)).collect::<Result<Vec<RegisterLine>, StoreError>>()?;
    lines.sort_unstable();
    let mut places = BTreeMap::new();
    for of_puskesmas in lines.chunk_by(|one, other| one.puskesmas == other.puskesmas) {
        let mut order: Vec<i64> = Vec::new();
        for register in of_puskesmas.chunk_by(|one, other| one.register == other.register) {
            let subjects: Vec<i64> = register.iter().map(|line| line.subject).collect();
            order = taken_in(order, &subjects);
        }
        places.extend(order.into_iter().zip(0..));
    }
    Ok(places)
}

fn line(log: &Log, row: &Logged<FacilityRow>) -> Result<RegisterLine, StoreError> {
    let recap = log.recap(row.rank);
    let first = cells(&row.cells)?.iter().map(|(_, cell)| cell.row).min();
    Ok(RegisterLine {
        puskesmas: recap.puskesmas,
        register: YearRegister { year: recap.received.year(), sequence: recap.sequence },
        table: recap.place,
        row: first.unwrap_or(0),
        rank: row.rank,
        ord: row.ord,
        subject: row.subject,
    })
}

/// The order after a further register: its facilities take the places that they have among them in its own order, and
/// each new one stands behind the one above it, or before the first where it heads the list.
fn taken_in(order: Vec<i64>, register: &[i64]) -> Vec<i64> {
    let mut seen = BTreeSet::new();
    let register: Vec<i64> = register.iter().copied().filter(|subject| seen.insert(*subject)).collect();
    let known: BTreeSet<i64> = order.iter().copied().filter(|subject| seen.contains(subject)).collect();
    let mut heading: Vec<i64> = Vec::new();
    let mut behind: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut above = None;
    for subject in &register {
        match above {
            _ if known.contains(subject) => above = Some(*subject),
            None => heading.push(*subject),
            Some(above) => behind.entry(above).or_default().push(*subject),
        }
    }
    let mut own = register.iter().copied().filter(|subject| known.contains(subject)).peekable();
    let first = own.peek().copied();
    let mut merged = Vec::with_capacity(order.len() + register.len());
    for held in order {
        let held = if known.contains(&held) { own.next().unwrap_or(held) } else { held };
        if Some(held) == first {
            merged.append(&mut heading);
        }
        merged.push(held);
        merged.extend(behind.remove(&held).unwrap_or_default());
    }
    // Nothing of it was known.
    merged.append(&mut heading);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(registers: &[&[i64]]) -> Vec<i64> {
        registers.iter().fold(Vec::new(), |order, register| taken_in(order, register))
    }

    #[test]
    fn the_latest_register_orders_what_it_lists() {
        assert_eq!(after(&[&[3, 1, 2]]), [3, 1, 2]);
        assert_eq!(after(&[&[3, 1, 2], &[1, 2, 3]]), [1, 2, 3]);
        assert_eq!(after(&[&[1, 2, 1]]), [1, 2], "the first row counts");
    }

    #[test]
    fn one_row_or_one_sheet_leaves_the_others_where_they_are() {
        assert_eq!(after(&[&[3, 1, 2], &[1]]), [3, 1, 2], "a corrected row");
        assert_eq!(after(&[&[3, 1, 2], &[9]]), [3, 1, 2, 9], "a new facility");
        assert_eq!(after(&[&[3, 1], &[8, 7]]), [3, 1, 8, 7], "a sheet of jejaring behind one of jaringan");
        assert_eq!(after(&[&[3, 1], &[8, 7], &[1, 3, 4]]), [1, 3, 4, 8, 7], "jaringan of the year after");
    }

    #[test]
    fn a_new_row_stands_below_the_one_above_it() {
        assert_eq!(after(&[&[3, 1, 2], &[3, 9, 1, 2]]), [3, 9, 1, 2]);
        assert_eq!(after(&[&[3, 1, 2], &[9, 8, 3, 1, 2]]), [9, 8, 3, 1, 2]);
        assert_eq!(after(&[&[3, 1, 2], &[2, 9, 1]]), [3, 2, 9, 1], "what is not listed any more keeps its place");
    }
}
