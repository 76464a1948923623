//! No false alarm: the worked cases, the samples and the shapes of workbooks seen hold no patient's data.

use std::fs;
use std::path::{Path, PathBuf};

use simpul::privacy::PersonalFindings;
use simpul::workbook::{Limits, Opener};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn recaps_without_patients_are_left_alone() {
    let mut found = Vec::new();
    for folder in ["tests/cases", "tests/workbooks", "sample-data"] {
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    let mut opened = 0;
    let mut told = Vec::new();
    for path in found {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_workbook = ["xlsx", "xls", "ods", "csv", "xlsm", "xlsb"].iter().any(|end| name.ends_with(end));
        let Some(Ok(book)) =
            is_workbook.then(|| Opener::Here(Limits::default()).read(&name, &fs::read(&path).unwrap()))
        else {
            continue;
        };
        opened += 1;
        for (sheet, cells) in PersonalFindings::of_workbook(&book).sheets {
            let cells =
                cells.iter().map(|cell| format!("{name} {} {} {:?}", book.sheets[sheet].name, cell.cell, cell.data));
            told.extend(cells);
        }
    }
    assert!(opened > 50, "{opened}");
    assert!(told.is_empty(), "{}", told.join("\n"));
}
