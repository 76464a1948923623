//! Words with which the name of a facility begins, in titles and names of sheets, and the tables whose rows are of one.
//! Knows no register.

use crate::domain::Table;
use crate::domain::name::plain_words;
use crate::workbook::Row;

/// Words with which the name of a facility begins.
const FACILITY_WORDS: [&str; 42] = [
    "klinik",
    "apotek",
    "apotik",
    "pustu",
    "pusban",
    "puskesmas pembantu",
    "pusling",
    "puskesmas keliling",
    "bpm",
    "pmb",
    "tpmb",
    "bps",
    "praktik",
    "praktek",
    "dr",
    "drg",
    "dokter",
    "bidan",
    "polindes",
    "poskesdes",
    "poskesri",
    "pkd",
    "ponkesdes",
    "poskeskel",
    "posyandu",
    "posbindu",
    "lab",
    "laboratorium",
    "rs",
    "rsu",
    "rsia",
    "rsud",
    "rumah sakit",
    "optik",
    "toko obat",
    "sd",
    "sdn",
    "smp",
    "smpn",
    "sma",
    "smk",
    "pos ukk",
];

/// Cells of a title that names a facility: a letter or number, and the name.
const TITLE_CELLS_MAX: usize = 2;

/// Reports whether some row is nothing but the name of a facility, perhaps behind a letter: a title of the rows below
/// it.
pub(super) fn has_titles_of_facilities(rows: &[Row]) -> bool {
    let is_title = |row: &Row| {
        let texts: Option<Vec<&str>> = row.cells.iter().map(|cell| cell.value.text()).collect();
        let texts = texts.filter(|texts| texts.len() <= TITLE_CELLS_MAX);
        texts.and_then(|texts| texts.last().copied()).is_some_and(|text| {
            let behind_mark = text.split_once(['.', ')', ':']).map_or(text, |(_, rest)| rest.trim());
            is_facility(text) || is_facility(behind_mark)
        })
    };
    rows.iter().any(is_title)
}

pub(super) fn is_facility(text: &str) -> bool {
    let words = plain_words(text);
    FACILITY_WORDS.iter().any(|word| words.strip_prefix(*word).is_some_and(|rest| rest.starts_with(' ')))
}

/// Reports whether the rows of a table each belong to a facility, and the facility may stand above them.
pub(super) fn is_of_facilities(table: Table) -> bool {
    matches!(table, Table::Visits | Table::FollowUps | Table::Lokmin | Table::MonthlyReports | Table::Achievements)
}
