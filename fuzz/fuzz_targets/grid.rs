//! Any bytes → a grid within its limits or a sentence; never a crash, never a hang.
#![no_main]

use libfuzzer_sys::fuzz_target;
use simpul::workbook::{Limits, read};

fuzz_target!(|bytes: &[u8]| {
    // Small limits: what is looked for is a limit that does not hold.
    let limits = Limits { inflated_bytes: 8 << 20, rows: 2_000, columns: 256, cells: 20_000, ..Limits::default() };
    if let Ok(book) = read("fuzz.xlsx", bytes, &limits) {
        let cells: usize = book.sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.cells.len()).sum();
        assert!(cells <= 20_000);
        for sheet in &book.sheets {
            assert!(sheet.rows.windows(2).all(|pair| pair[0].index < pair[1].index));
            assert!(sheet.rows.iter().all(|row| row.cells.windows(2).all(|pair| pair[0].column < pair[1].column)));
        }
    }
});
