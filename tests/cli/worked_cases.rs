//! `simpul import` and `simpul evaluate` give the expected results and reject lists of every worked case.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Simpul, cases, sorted, workbooks};

/// Largest difference between a computed and an expected figure.
const TOLERANCE: f64 = 0.01;
/// Without `@date` in its name an expectation is of the closed period.
const LONG_AFTER: &str = "2026-01-01";

/// (file, sheet, cell, code).
type Reject = (String, String, String, String);

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn expected_rejects(case: &Path) -> BTreeSet<Reject> {
    let rejects: Value = serde_json::from_slice(&fs::read(case.join("rejects.json")).unwrap()).unwrap();
    let list = rejects.as_array().unwrap().iter();
    list.map(|r| (text(&r["file"]), text(&r["sheet"]), text(&r["cell"]), text(&r["code"]))).collect()
}

fn rejects_of(receipts: &Value) -> BTreeSet<Reject> {
    let mut found = BTreeSet::new();
    for file in receipts["files"].as_array().unwrap() {
        assert_eq!(file["status"], "imported", "{file}");
        for issue in file["issues"].as_array().unwrap().iter().filter(|issue| issue["severity"] == "error") {
            let name = text(&file["file"]).replace('\\', "/");
            let name = name.rsplit('/').next().unwrap().to_owned();
            found.insert((name, text(&issue["sheet"]), text(&issue["cell"]), text(&issue["code"])));
        }
    }
    found
}

/// Every difference between what was expected and what came, by path.
fn differences(path: &str, expected: &Value, found: &Value, into: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                differences(&format!("{path}.{key}"), value, found.get(key).unwrap_or(&Value::Null), into);
            }
            if path.ends_with(".service") || path.ends_with(".indicators") {
                let extra = found.keys().filter(|key| !expected.contains_key(*key));
                into.extend(extra.map(|key| format!("{path}.{key}: not expected")));
            }
        }
        (Value::Array(expected), Value::Array(found)) => {
            if expected.len() != found.len() {
                into.push(format!("{path}: {} expected, {} found", expected.len(), found.len()));
            }
            for (place, (expected, found)) in expected.iter().zip(found).enumerate() {
                differences(&format!("{path}[{place}]"), expected, found, into);
            }
        }
        (Value::Number(expected), Value::Number(found))
            if (expected.as_f64().unwrap() - found.as_f64().unwrap()).abs() <= TOLERANCE => {}
        _ if expected != found => into.push(format!("{path}: {expected} expected, {found} found")),
        _ => {}
    }
}

fn check_expectation(simpul: &Simpul, case: &str, file: &Path, faults: &mut Vec<String>) {
    let name = file.file_stem().unwrap().to_string_lossy().into_owned();
    let asked = name.strip_prefix("expected-").unwrap();
    let (period, as_of) = asked.split_once('@').unwrap_or((asked, LONG_AFTER));
    let expected: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    differences(&format!("{case} {asked}: "), &expected, &simpul.evaluate(period, as_of), faults);
}

#[test]
fn every_worked_case_comes_out_as_expected() {
    let cases = cases();
    assert!(cases.len() >= 6, "the worked cases are not all there");
    let mut faults = Vec::new();
    for case in cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let simpul = Simpul::new();
        let mut files = workbooks(&case);
        // Registries last: a registry in a later file serves the earlier ones.
        files.reverse();
        let rejects = rejects_of(&simpul.import(&files));
        let expected = expected_rejects(&case);
        faults.extend(expected.difference(&rejects).map(|reject| format!("{name}: not rejected: {reject:?}")));
        faults.extend(rejects.difference(&expected).map(|reject| format!("{name}: wrongly rejected: {reject:?}")));
        let is_expectation = |path: &Path| path.file_name().unwrap().to_string_lossy().starts_with("expected-");
        for file in sorted(case.clone(), is_expectation) {
            check_expectation(&simpul, &name, &file, &mut faults);
        }
    }
    assert!(faults.is_empty(), "{} differences:\n{}", faults.len(), faults.join("\n"));
}
