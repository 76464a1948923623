//! Two versions of a plan in one workbook: what a revision plans of a facility goes before what the first version did.

use std::collections::BTreeSet;

use super::FoundTable;
use super::issue::{IssueKind, issue};
use super::layout::Layout;
use crate::diagnostic::{Issue, IssueCode};
use crate::domain::Table;
use crate::domain::name::{name_key, plain_words};
use crate::workbook::{CellValue, Row};

/// Words that say of a plan that it is the newer one.
const NEWER: [&str; 13] = [
    "revisi",
    "rev",
    "direvisi",
    "perubahan",
    "perbaikan",
    "pembaruan",
    "diperbarui",
    "update",
    "penyesuaian",
    "baru",
    "terbaru",
    "terkini",
    "final",
];

/// The age of a plan by its sheet's name and its titles: 0 the first, then its revisions by their numbers.
fn version(table: &FoundTable<'_>) -> u32 {
    let of = |text: &str| {
        let words = plain_words(text);
        let mut words = words.split(' ').skip_while(|word| !NEWER.contains(word));
        words.next()?;
        let number = words.next().map(|word| word.trim_start_matches("ke"));
        let number = number.and_then(|word| match word {
            "i" => Some(1),
            "ii" => Some(2),
            "iii" => Some(3),
            word => word.parse().ok().filter(|number| *number < 100),
        });
        Some(number.unwrap_or(1))
    };
    of(&table.sheet.name).into_iter().chain(of(&table.words)).max().unwrap_or(0)
}

/// The rows of a plan with their names.
fn named_rows<'t>(table: &'t FoundTable<'_>) -> impl Iterator<Item = (&'t Row, String)> + 't {
    let rows = &table.sheet.rows;
    let start = rows.partition_point(|row| row.index <= table.heading.bottom);
    let column = table.heading.key_column();
    let name = move |row: &'t Row| Some((row, name_key(row.get(column?).and_then(CellValue::text)?)));
    rows[start..].iter().take_while(|row| row.index <= table.last_row).filter_map(name)
}

/// Takes out of each plan the rows of the facilities that a newer version plans, and tells of it.
pub(super) fn leave_out_revised(tables: &mut [FoundTable<'_>]) -> Vec<Issue> {
    let mut told = Vec::new();
    let is_plan =
        |table: &FoundTable<'_>| table.table == Table::Schedule && matches!(table.heading.layout, Layout::Months(_));
    let versions: Vec<Option<u32>> = tables.iter().map(|table| is_plan(table).then(|| version(table))).collect();
    for place in 0..tables.len() {
        let Some(own) = versions[place] else { continue };
        let is_newer = |other: usize| {
            versions[other].is_some_and(|version| version > own)
                && tables[other].puskesmas == tables[place].puskesmas
                && tables[other].received.year() == tables[place].received.year()
        };
        let Some(newer) = (0..tables.len()).find(|other| is_newer(*other)) else { continue };
        let names: BTreeSet<String> = (0..tables.len())
            .filter(|other| is_newer(*other))
            .flat_map(|other| named_rows(&tables[other]).map(|(_, name)| name).collect::<Vec<String>>())
            .collect();
        let old = &tables[place];
        let left_out: Vec<u32> =
            named_rows(old).filter(|(_, name)| names.contains(name)).map(|(row, _)| row.index).collect();
        if left_out.is_empty() {
            continue;
        }
        let message = format!(
            "rencana di lembar \"{}\" adalah perubahan dari lembar \"{}\": {} baris di lembar lama tidak dibaca karena nama yang sama \
             ada di rencana baru; bila keduanya berlaku, gabungkan dalam satu lembar, dan bila bulannya dipindah, catat di tabel \
             Perubahan Jadwal",
            tables[newer].sheet.name,
            old.sheet.name,
            left_out.len()
        );
        told.push(issue(old.sheet, Some(old.heading.anchor), IssueKind::warning(IssueCode::Reading), message));
        let table = &mut tables[place];
        table.repeated.extend(left_out.into_iter().map(|row| (row, row)));
        table.repeated.sort_unstable();
    }
    told
}
