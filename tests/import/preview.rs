//! What a preview shows is what acceptance does, on the worked cases and on corrections; undoing leads back exactly.

use proptest::prelude::*;
use simpul::app::difference::{Fate, difference, ledger};
use simpul::app::import::Upload;
use simpul::app::import::receipt::FileStatus;
use simpul::app::intake::draft::{Acceptance, DraftDecision, DraftView};
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::domain::Facts;
use simpul::store::Scope;
use tempfile::TempDir;

use super::workbooks;

struct Folder {
    app: App,
    _folder: TempDir,
}

fn folder() -> Folder {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::Fixed("2024-01-10T03:00:00Z".parse().unwrap());
    let config = Config { data: folder.path().to_owned(), clock, who: "penguji".to_owned() };
    Folder { app: App::open(config).unwrap(), _folder: folder }
}

fn facts(app: &App) -> Facts {
    app.store().facts(&Scope::All).unwrap()
}

fn wanted(view: &DraftView) -> Acceptance {
    let seals = view.files.iter().map(|(place, file)| (*place, file.seal())).collect();
    Acceptance { seals, ..Acceptance::default() }
}

/// Previews, accepts, and compares what was shown with what happened.
fn take_in(app: &App, files: &[Upload]) {
    let before = facts(app);
    let id = app.intake().add_draft(files).unwrap();
    let view = app.intake().preview(id, None).unwrap();
    assert_eq!(facts(app), before, "a preview changes nothing");
    let decision = app.intake().accept_draft(id, &wanted(&view)).unwrap();
    assert!(matches!(decision, DraftDecision::Accepted(_)), "{decision:?}");
    let after = facts(app);
    let happened = difference(&ledger(&before), &ledger(&after));
    if files.len() == 1 {
        let mut shown: Vec<_> = view.files[0].1.elsewhere.clone();
        shown.extend(view.files[0].1.sheets.iter().flat_map(|sheet| sheet.changes.iter().map(|(c, _)| c.clone())));
        shown.sort_by(|one, other| one.id.cmp(&other.id));
        assert_eq!(shown, happened);
    }
    // Over several files: what one adds another may change, but nothing is shown that does not happen.
    let all = view.files.iter().flat_map(|(_, file)| {
        file.sheets.iter().flat_map(|sheet| sheet.changes.iter().map(|(change, _)| change)).chain(&file.elsewhere)
    });
    let mut ids: Vec<_> = all.map(|change| change.id.clone()).collect();
    ids.sort();
    ids.dedup();
    let happened_ids: Vec<_> = happened.iter().map(|change| change.id.clone()).collect();
    assert!(happened_ids.iter().all(|id| ids.contains(id)), "something happened that was not shown");
    let net = ids.iter().filter(|id| !happened_ids.contains(id)).count();
    assert_eq!(net, 0, "something was shown that did not happen");
}

#[test]
fn what_is_shown_of_a_worked_case_is_what_happens() {
    for case in crate::support::cases() {
        let folder = folder();
        let files = workbooks(&case);
        take_in(&folder.app, &files);
        // Again: nothing new.
        let id = folder.app.intake().add_draft(&files).unwrap();
        let view = folder.app.intake().preview(id, None).unwrap();
        let changes = view.files.iter().flat_map(|(_, file)| &file.sheets).map(|sheet| sheet.count(Fate::New));
        assert_eq!(changes.sum::<usize>(), 0, "{}", case.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn in_any_order_and_grouping_it_is_what_happens(seed in any::<u64>(), group in 1_usize..5) {
        let cases = crate::support::cases();
        let case = cases.iter().find(|case| case.ends_with("abcde-2023")).unwrap();
        let mut files = workbooks(case);
        let mut state = seed;
        for place in (1..files.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            files.swap(place, usize::try_from(state >> 33).unwrap() % (place + 1));
        }
        let folder = folder();
        for files in files.chunks(group) {
            take_in(&folder.app, files);
        }
    }
}

#[test]
fn undoing_leads_back_step_by_step() {
    let cases = crate::support::cases();
    let case = cases.iter().find(|case| case.ends_with("abcde-2023")).unwrap();
    let folder = folder();
    let mut states = Vec::new();
    for file in workbooks(case) {
        let before = facts(&folder.app);
        let receipt = folder.app.import(&[file], None, false, &mut |_| {});
        if let (FileStatus::Imported, Some(batch)) = (receipt.files[0].status, receipt.files[0].batch) {
            states.push((batch, before));
        }
    }
    for (batch, before) in states.into_iter().rev() {
        let now = facts(&folder.app);
        let plan = folder.app.batches().undo_plan(batch).unwrap();
        assert_eq!(facts(&folder.app), now, "asking changes nothing");
        assert_eq!(plan.changes, difference(&ledger(&now), &ledger(&before)));
        folder.app.batches().undo(batch).unwrap();
        assert_eq!(facts(&folder.app), before);
    }
}

#[test]
fn a_look_waits_for_nobody_and_shows_what_it_would_alone() {
    let cases = crate::support::cases();
    let case = |name: &str| cases.iter().find(|case| case.ends_with(name)).unwrap();
    let (alone, beside) = (folder(), folder());
    let mut files = workbooks(case("abcde-2023"));
    let last = files.pop().unwrap();
    alone.app.import(&files, None, false, &mut |_| {});
    // Beside others, which came before and in between.
    let others = |app: &App, name: &str| {
        let register = super::flow::register(name, &["Klinik Bina", "Apotek Alvi"]);
        let receipt = app.import(&[super::flow::workbook("lain.xlsx", &[register])], None, false, &mut |_| {});
        assert_eq!(receipt.files[0].status, FileStatus::Imported);
    };
    others(&beside.app, "PUSKESMAS ZAMRUD");
    for file in &files {
        beside.app.import(std::slice::from_ref(file), None, false, &mut |_| {});
    }
    others(&beside.app, "PUSKESMAS INTAN");
    let seal = |app: &App, id| app.intake().preview(id, None).unwrap().files[0].1.seal();
    let [shown_alone, shown_beside] = [&alone.app, &beside.app].map(|app| {
        let id = app.intake().add_draft(std::slice::from_ref(&last)).unwrap();
        let puskesmas = app.resolve_puskesmas(Some("Abcde")).unwrap();
        let scope = Scope::Puskesmas(puskesmas.clone());
        let batch = app.store().history(&scope).unwrap()[0].batch;
        let free = (seal(app, id), app.batches().undo_plan(batch).unwrap().changes);
        // Somebody writes meanwhile, and does not end.
        let writing = app.store().begin_whole().unwrap();
        assert_eq!((seal(app, id), app.batches().undo_plan(batch).unwrap().changes), free);
        drop(writing);
        // What is set apart is the Puskesmas as it is, and no other.
        let aside = app.store().aside().unwrap();
        aside.set_apart(&[puskesmas]).unwrap();
        assert_eq!(aside.facts(&scope).unwrap(), app.store().facts(&scope).unwrap());
        assert_eq!(aside.facts(&Scope::All).unwrap(), app.store().facts(&scope).unwrap());
        // A look that goes on keeps nobody from writing, and sees nothing of it.
        app.batches().undo(batch).unwrap();
        assert_ne!(aside.facts(&scope).unwrap(), app.store().facts(&scope).unwrap());
        free.0
    });
    assert_eq!(shown_alone, shown_beside);
}
