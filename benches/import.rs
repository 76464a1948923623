//! The hands of `benches/peers/import.py`: writes the workbooks that it reads, and reads them by calamine alone, cell by
//! cell, which is the floor for whoever builds on it. Measures nothing itself.

#![expect(clippy::print_stdout, reason = "a benchmark reports on standard output")]

#[path = "support/district.rs"]
mod district;

use std::error::Error;
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx, open_workbook};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.split_first() {
        Some((verb, [folder])) if verb == "make" => district::write(Path::new(folder)),
        Some((verb, files)) if verb == "floor" => {
            let cells = files.iter().map(|file| cells(Path::new(file))).sum::<Result<u64, _>>()?;
            println!("{cells}");
            Ok(())
        }
        _ => {
            println!("import: run benches/peers/import.py, which calls `make FOLDER` and `floor FILES...` here");
            Ok(())
        }
    }
}

/// Cells with a value on the sheets of a workbook.
fn cells(path: &Path) -> Result<u64, Box<dyn Error>> {
    let mut book: Xlsx<_> = open_workbook(path)?;
    let mut cells = 0;
    for sheet in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&sheet)?;
        while let Some(cell) = reader.next_cell()? {
            cells += u64::from(*cell.get_value() != DataRef::Empty);
        }
    }
    Ok(cells)
}
