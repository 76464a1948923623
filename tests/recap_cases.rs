//! Every worked case's workbooks through `workbook` and `recap`: what is rejected is exactly what its
//! `rejects.json` lists.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use simpul::diagnostic::{Issue, Severity};
use simpul::domain::Table;
use simpul::domain::records::{Recap, Rows};
use simpul::recap::{ReadingContext, read_table, recognise};
use simpul::workbook::{Limits, Workbook, read};

/// One table's outcome with its file.
struct Outcome {
    file: String,
    recap: Recap,
    issues: Vec<Issue>,
}

fn case_folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case)
}

fn workbooks(case: &str) -> Vec<Workbook> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(case_folder(case).join("workbooks")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap();
            read(name, &fs::read(file).unwrap(), &Limits::default()).unwrap()
        })
        .collect()
}

/// Reads a case as an import of all its files would.
fn import(workbooks: &[Workbook]) -> Vec<Outcome> {
    let mut tables: Vec<_> = workbooks
        .iter()
        .flat_map(|book| recognise(book).tables.into_iter().map(|table| (book.file.clone(), table)))
        .collect();
    tables.sort_by_key(|(_, table)| table.table);
    let mut context = ReadingContext::new();
    let mut outcomes = Vec::new();
    for (file, table) in tables {
        let (recap, issues) = read_table(&table, &context);
        context.learn(&recap);
        outcomes.push(Outcome { file, recap, issues });
    }
    outcomes
}

fn check(case: &str) {
    let books = workbooks(case);
    for book in &books {
        let found = recognise(book);
        let errors: Vec<&Issue> = found.issues.iter().filter(|issue| issue.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{case} {}: {errors:?}", book.file);
        for note in &found.sheets {
            assert_eq!(note.tables.len(), usize::from(!note.hidden), "{case} {} {}", book.file, note.name);
        }
    }
    let mut found: Vec<(String, String, String, String)> = Vec::new();
    for outcome in import(&books) {
        for issue in outcome.issues.into_iter().filter(|issue| issue.severity == Severity::Error) {
            found.push((outcome.file.clone(), issue.sheet, issue.cell, issue.code.code().to_owned()));
        }
    }
    let text = fs::read_to_string(case_folder(case).join("rejects.json")).unwrap();
    let listed: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let field = |value: &serde_json::Value, name: &str| value[name].as_str().unwrap().to_owned();
    let mut expected: Vec<_> = listed
        .iter()
        .map(|value| (field(value, "file"), field(value, "sheet"), field(value, "cell"), field(value, "code")))
        .collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{case}");
}

#[test]
fn clean_workbooks_have_no_rejects() {
    check("abcde-2023");
    check("clean-11");
    check("partial-21");
}

#[test]
fn the_year_in_one_workbook_has_none() {
    check("annual-19");
}

#[test]
fn wild_workbooks_reject_what_is_listed() {
    check("wild-12");
    check("wild-13");
}

#[test]
fn every_table_of_a_year_is_received() {
    let outcomes = import(&workbooks("annual-19"));
    let of = |table: Table| outcomes.iter().filter(|outcome| outcome.recap.rows.table() == table).count();
    assert_eq!(
        (of(Table::Visits), of(Table::Lokmin), of(Table::MonthlyReports), of(Table::Achievements)),
        (1, 1, 1, 5)
    );
    let lokmin = outcomes.iter().find_map(|outcome| match &outcome.recap.rows {
        Rows::Lokmin(rows) => Some(rows),
        _ => None,
    });
    // SDN Sunggahan 2: ten ticks and two dashes.
    let first: Vec<_> = lokmin.unwrap().iter().filter(|row| row.record.facility == "SDN Sunggahan 2").collect();
    assert_eq!(first.len(), 12);
    assert_eq!(first.iter().filter(|row| row.record.attended == Some(true)).count(), 10);
}

/// What a case expects of one facility's year: (numerator, denominator) of an indicator, by facility.
fn expected_pairs(case: &str, group: &str, code: &str) -> BTreeMap<String, (f64, f64)> {
    let text = fs::read_to_string(case_folder(case).join("expected-2023.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
    let facilities = expected["facilities"].as_array().unwrap().iter();
    let pair = |facility: &serde_json::Value| {
        let indicator = &facility[group][code];
        Some((indicator["numerator"].as_f64()?, indicator["denominator"].as_f64()?))
    };
    let named = |facility: &serde_json::Value| Some((facility["name"].as_str()?.to_owned(), pair(facility)?));
    facilities.filter_map(named).filter(|(_, pair)| *pair != (0.0, 0.0)).collect()
}

/// The same from the records: the last recap of a key counts.
fn read_pairs(outcomes: &[Outcome], code: &str) -> BTreeMap<String, (f64, f64)> {
    let mut by_key: BTreeMap<(String, String), (f64, f64)> = BTreeMap::new();
    for outcome in outcomes {
        match (&outcome.recap.rows, code) {
            (Rows::Visits(rows), "DTK") => {
                for row in rows.iter().map(|row| &row.record) {
                    let key = (row.facility.clone(), format!("{} {}", row.date, row.form));
                    by_key.extend(row.points.zip(row.maximum).map(|score| (key, score)));
                }
            }
            (Rows::Lokmin(rows), "LOK") => {
                for row in rows.iter().map(|row| &row.record) {
                    let yes = |mark: Option<bool>| f64::from(u8::from(mark == Some(true)));
                    let (invited, attended) = (yes(row.invited), yes(row.attended));
                    let key = (row.facility.clone(), row.month.to_string());
                    by_key.insert(key, (attended, invited.max(attended)));
                }
            }
            (Rows::Achievements(rows), service) => {
                for row in rows.iter().map(|row| &row.record).filter(|row| row.service == service) {
                    let key = (row.facility.clone(), row.month.to_string());
                    by_key.extend(row.numerator.zip(row.denominator).map(|pair| (key, pair)));
                }
            }
            _ => {}
        }
    }
    let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for ((facility, _), (numerator, denominator)) in by_key {
        let sum = sums.entry(facility).or_default();
        *sum = (sum.0 + numerator, sum.1 + denominator);
    }
    sums.retain(|_, pair| *pair != (0.0, 0.0));
    sums
}

#[test]
fn what_is_accepted_adds_up_to_what_is_expected() {
    for case in ["abcde-2023", "annual-19", "clean-11", "partial-21", "wild-12", "wild-13"] {
        let outcomes = import(&workbooks(case));
        for (group, code) in [("indicators", "DTK"), ("indicators", "LOK"), ("service", "HT"), ("service", "RUJ")] {
            assert_eq!(read_pairs(&outcomes, code), expected_pairs(case, group, code), "{case} {code}");
        }
    }
}
