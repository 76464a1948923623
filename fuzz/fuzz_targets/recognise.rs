//! Any table of text → recognised tables and issues; never a panic. The bytes are lines with `;` between
//! cells, so that the fuzzer works on headings and values and not on zips.
#![no_main]

use libfuzzer_sys::fuzz_target;
use simpul::recap;
use simpul::workbook::{Limits, read};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { rows: 500, columns: 60, cells: 5_000, ..Limits::default() };
    if let Ok(book) = read("rekap-2023-05.csv", bytes, &limits) {
        let _recognised = recap::recognise(&book);
    }
});
