//! Formulas of an xls workbook that were never computed. Libraries that write such files store a zero or an empty text
//! for each; Excel computes what it saves and leaves its mark. One formula with another value tells that all were.
//!
//! Layouts: [MS-XLS] 2.4.127 (Formula) and 2.4.215 (RecalcId).

use super::biff::{BiffRecords, Record};

const RECALC_ID: u16 = 0x01C1;
/// The flag by which a writer asks for the value to be computed when the workbook is opened.
const ON_LOAD: u16 = 0x0002;

/// Reports whether no formula shows anything but zero or nothing, and no program that computes has saved the workbook.
pub(super) fn are_uncomputed(records: BiffRecords<'_>) -> bool {
    let mut has_formula = false;
    let mut is_of_excel = false;
    let mut all_ask = true;
    for record in records {
        match record.number {
            RECALC_ID => is_of_excel |= record.u32(4).is_some_and(|engine| engine != 0),
            0x0006 | 0x0206 | 0x0406 => {
                if shows_something(&record) {
                    return false;
                }
                has_formula = true;
                all_ask &= record.u16(14).is_some_and(|flags| flags & ON_LOAD != 0);
            }
            _ => {}
        }
    }
    has_formula && (all_ask || !is_of_excel)
}

fn shows_something(record: &Record<'_>) -> bool {
    match record.bytes().get(6..14) {
        // An empty text.
        Some([3, .., 0xFF, 0xFF]) | None => false,
        Some(value) => value.iter().any(|byte| *byte != 0),
    }
}
