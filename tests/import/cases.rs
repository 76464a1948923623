//! The worked cases.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use simpul::app::import::Upload;
use simpul::app::import::receipt::{FileReceipt, FileStatus};
use simpul::domain::facts::FactKey;
use simpul::domain::records::Field;
use simpul::store::Store;

use super::{facts, run, status, workbooks};

/// (file, sheet, cell, code).
type Reject = (String, String, String, String);

fn rejects(receipts: &[FileReceipt]) -> BTreeSet<Reject> {
    let of_file = |file: &FileReceipt| {
        let of_issue = |issue: &simpul::app::import::receipt::IssueReceipt| {
            (file.file.clone(), issue.sheet.clone(), issue.cell.clone(), issue.code.to_owned())
        };
        file.errors().map(of_issue).collect::<Vec<_>>()
    };
    receipts.iter().flat_map(of_file).collect()
}

fn expected(case: &Path) -> BTreeSet<Reject> {
    let list: serde_json::Value = serde_json::from_slice(&fs::read(case.join("rejects.json")).unwrap()).unwrap();
    let text = |value: &serde_json::Value, key: &str| value[key].as_str().unwrap().to_owned();
    let list = list.as_array().unwrap().iter();
    list.map(|r| (text(r, "file"), text(r, "sheet"), text(r, "cell"), text(r, "code"))).collect()
}

/// Three orders besides the given one: backwards, and two that tear neighbours apart.
fn orders(files: &[Upload]) -> Vec<Vec<Upload>> {
    let backwards = files.iter().rev().cloned().collect();
    let stride = |step: usize| (0..step).flat_map(|start| files.iter().skip(start).step_by(step).cloned()).collect();
    vec![files.to_vec(), backwards, stride(3), stride(5)]
}

#[test]
fn every_case_gives_its_rejects_and_the_same_facts_in_any_order() {
    for case in crate::support::cases() {
        let files = workbooks(&case);
        let mut first = None;
        for order in orders(&files) {
            let store = Store::in_memory().unwrap();
            let receipts = run(&store, &order);
            for receipt in &receipts {
                assert_eq!(receipt.status, FileStatus::Imported, "{}: {receipt:?}", case.display());
            }
            let (expected, found) = (expected(&case), rejects(&receipts));
            let missing: Vec<_> = expected.difference(&found).collect();
            let wrong: Vec<_> = found.difference(&expected).collect();
            assert!(
                missing.is_empty() && wrong.is_empty(),
                "{}: not rejected {missing:#?}, wrongly {wrong:#?}",
                case.display()
            );
            let facts = facts(&store);
            assert!(!facts.visits.is_empty() && !facts.achievements.facility.is_empty(), "{}", case.display());
            assert_eq!(*first.get_or_insert_with(|| facts.clone()), facts, "{}: the order shows", case.display());
        }
    }
}

#[test]
fn one_file_a_call_gives_the_same_facts_as_all_at_once() {
    let case = &crate::support::cases()[0];
    let files = workbooks(case);
    let (at_once, one_by_one) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
    run(&at_once, &files);
    for file in &files {
        run(&one_by_one, std::slice::from_ref(file));
    }
    assert_eq!(facts(&at_once), facts(&one_by_one));
}

#[test]
fn importing_twice_changes_nothing() {
    for case in crate::support::cases() {
        let files = workbooks(&case);
        let store = Store::in_memory().unwrap();
        let first = run(&store, &files);
        let (before, version) = (facts(&store), store.version().unwrap());
        let mut again = files.clone();
        again.reverse();
        let mut receipts = run(&store, &again);
        assert!(status(&receipts).iter().all(|status| *status == FileStatus::Unchanged), "{receipts:?}");
        assert_eq!((facts(&store), store.version().unwrap()), (before, version));
        receipts.reverse();
        let sheets = |receipts: &[FileReceipt]| receipts.iter().map(|r| r.sheets.clone()).collect::<Vec<_>>();
        assert_eq!(sheets(&receipts), sheets(&first));
        assert_eq!(rejects(&receipts), rejects(&first));
    }
}

#[test]
fn rejected_rows_are_tried_again_once_the_register_knows_them() {
    let case = crate::support::cases().into_iter().find(|case| case.ends_with("abcde-2023")).unwrap();
    let files = workbooks(&case);
    let all_at_once = Store::in_memory().unwrap();
    run(&all_at_once, &files);
    let store = Store::in_memory().unwrap();
    let (registers, recaps): (Vec<Upload>, Vec<Upload>) =
        files.iter().cloned().partition(|file| file.name.starts_with('0'));
    let early = run(&store, &recaps);
    assert!(early.iter().all(|receipt| receipt.errors().count() > 0), "nobody is known yet");
    assert!(facts(&store).visits.is_empty());
    run(&store, &registers);
    let retried = run(&store, &recaps);
    assert!(status(&retried).iter().all(|status| *status == FileStatus::Imported), "{retried:?}");
    assert!(retried.iter().all(|receipt| receipt.errors().count() == 0));
    assert_eq!(facts(&store), facts(&all_at_once));
    assert!(status(&run(&store, &recaps)).iter().all(|status| *status == FileStatus::Unchanged));
}

#[test]
fn traces_of_a_real_workbook_lead_to_its_cells() {
    let case = crate::support::cases().into_iter().find(|case| case.ends_with("abcde-2023")).unwrap();
    let store = Store::in_memory().unwrap();
    run(&store, &workbooks(&case));
    let facts = facts(&store);
    let puskesmas = &facts.puskesmas[0].name;
    for visit in &facts.visits {
        let name = &facts.facilities[visit.facility as usize].name;
        let traced = store.trace(puskesmas, name, &FactKey::Visit(visit.date, visit.form.clone())).unwrap();
        let dated = traced.iter().find(|field| field.field == Field::Date).unwrap();
        assert!(!dated.place.sheet_and_cell().1.is_empty() && dated.file_name.starts_with("rekap-2023"), "{dated:?}");
        assert_eq!(visit.points.is_some(), traced.iter().any(|field| field.field == Field::Points));
    }
    for place in 0..facts.achievements.facility.len() {
        let achievements = &facts.achievements;
        let name = &facts.facilities[achievements.facility[place] as usize].name;
        let code = facts.services[achievements.service[place] as usize].code.clone();
        let month = simpul::domain::Month::from_number(achievements.month[place]);
        let traced = store.trace(puskesmas, name, &FactKey::Achievement(code, month)).unwrap();
        let found =
            traced.iter().any(|field| field.field == Field::Numerator && !field.place.sheet_and_cell().1.is_empty());
        assert_eq!(achievements.numerator[place].is_some(), found);
    }
    assert!(store.check().unwrap().is_empty());
}
