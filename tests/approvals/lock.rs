//! The lock: nothing of an approved period moves until somebody decides.

use proptest::prelude::*;
use simpul::app::approvals::DecisionError;
use simpul::domain::approval::{ApprovalStep, PeriodState};

use super::world::{NAMES, PUSKESMAS, VisitRow, World, period, visits};

#[test]
fn an_import_into_an_approved_period_waits() {
    let world = World::new();
    world.approve("2023-C2");
    let before = (world.shown("2023-C2"), world.facts("2023-C2"), world.shown("2023-05"));
    let batch = world.import(visits(6, 5, &[(3, 0, 10), (9, 2, 100)])).unwrap();
    assert_eq!((world.shown("2023-C2"), world.facts("2023-C2"), world.shown("2023-05")), before);

    let pending = world.app.approvals().all_pending(PUSKESMAS).unwrap();
    let [pending] = pending.as_slice() else { panic!("{pending:?}") };
    assert_eq!(pending.period, period("2023-C2"));
    assert!(pending.is_open() && pending.is_by(batch));
    let total =
        pending.figures.iter().find(|change| change.facility.is_none() && change.figure.starts_with("DTK")).unwrap();
    assert_eq!((total.old.as_str(), total.new.as_str()), ("85,0 % (170 dari 200)", "66,7 % (200 dari 300)"));
    assert!(pending.figures.iter().any(|change| change.facility.as_deref() == Some(NAMES[2])));
    assert_eq!(pending.facts.len(), 2, "{:?}", pending.facts);
    assert!(pending.words().contains("rekap-6.csv"), "{}", pending.words());

    // What is not of the period waits for nobody.
    world.import(visits(7, 9, &[(3, 0, 10)]));
    assert_eq!(world.app.approvals().all_pending(PUSKESMAS).unwrap().len(), 1);
    // Undone, nothing waits any more.
    world.app.batches().undo(batch).unwrap();
    assert!(world.app.approvals().all_pending(PUSKESMAS).unwrap().is_empty());
    assert_eq!(world.facts("2023-C2"), before.1);
}

#[test]
fn what_waits_is_taken_over_or_left() {
    let world = World::new();
    world.approve("2023-C2");
    world.decide(ApprovalStep::Verify, "2023-C2").unwrap();
    assert!(matches!(world.decide(ApprovalStep::TakeOver, "2023-C2"), Err(DecisionError::NothingWaits(_))));
    let before = world.shown("2023-C2");
    world.import(visits(6, 5, &[(9, 2, 100)]));
    world.decide(ApprovalStep::Leave, "2023-C2").unwrap();
    assert_eq!(world.shown("2023-C2"), before);
    let pending = world.app.approvals().all_pending(PUSKESMAS).unwrap();
    assert!(!pending[0].is_open());
    // Something else of another period comes: what was left stays left.
    world.import(visits(7, 9, &[(3, 0, 10)]));
    assert!(!world.app.approvals().all_pending(PUSKESMAS).unwrap()[0].is_open());
    // Something more of this one: it is open again.
    world.import(visits(8, 6, &[(3, 0, 10)]));
    assert!(world.app.approvals().all_pending(PUSKESMAS).unwrap()[0].is_open());
    let record = world.decide(ApprovalStep::TakeOver, "2023-C2").unwrap();
    assert_eq!(record.state, PeriodState::Approved, "other figures are not verified");
    assert_ne!(world.shown("2023-C2"), before);
    assert!(world.app.approvals().all_pending(PUSKESMAS).unwrap().is_empty());
    // The former figures stay readable.
    let former: Vec<i64> = record.former().map(|step| step.id).collect();
    let kept = world.app.approvals().former(PUSKESMAS, period("2023-C2"), former[0]).unwrap().unwrap();
    assert_eq!(kept.contract, before);
}

#[test]
fn unlocking_leaves_the_former_figures_readable() {
    let world = World::new();
    world.approve("2023-C2");
    let before = world.shown("2023-C2");
    world.import(visits(6, 5, &[(9, 2, 100)]));
    let record = world.decide(ApprovalStep::Unlock, "2023-C2").unwrap();
    assert_eq!((record.state, record.last().unwrap().reason.as_str()), (PeriodState::Open, "angka Mei keliru"));
    assert_ne!(world.shown("2023-C2"), before);
    let step = record.former().next().unwrap().id;
    assert_eq!(world.app.approvals().former(PUSKESMAS, period("2023-C2"), step).unwrap().unwrap().contract, before);
    world.approve("2023-C2");
    assert!(world.app.approvals().unsound().unwrap().is_empty());
}

#[test]
fn evidence_and_definitions_change_nothing() {
    let world = World::new();
    world.attach(3);
    world.approve("2023-C2");
    let before = (world.shown("2023-C2"), world.facts("2023-C2"));
    world.withdraw_all();
    world.attach(4);
    let (name, text) = simpul::definitions::SHIPPED[2];
    let changed = text.replace("target = 80", "target = 55");
    assert_ne!(changed, text);
    std::fs::create_dir_all(world.folder.path().join("dashboards/indicators")).unwrap();
    std::fs::write(world.folder.path().join(name), changed).unwrap();
    // Another process on the same folder: nothing of it is in memory.
    let config = simpul::app::Config {
        data: world.folder.path().to_owned(),
        clock: world.app.clock().clone(),
        who: "penguji".to_owned(),
    };
    let other = World { app: simpul::app::App::open(config).unwrap(), folder: tempfile::tempdir().unwrap() };
    assert_eq!((other.shown("2023-C2"), other.facts("2023-C2")), before);
    let pending = other.app.approvals().all_pending(PUSKESMAS).unwrap();
    assert!(pending[0].has_other_decrees && pending[0].figures.iter().any(|change| change.new.contains("target 55")));
    assert!(other.app.approvals().unsound().unwrap().is_empty());
}

#[test]
fn comparisons_find_what_was_approved() {
    let world = World::new();
    world.approve("2023-C1");
    let first = world.shown("2023-C1");
    let live = |text: &str| {
        let snapshot = world.app.snapshot(PUSKESMAS).unwrap();
        let evaluation = snapshot.evaluate(period(text), period(text).last_day()).unwrap();
        evaluation.puskesmas[0].total.score
    };
    let score = live("2023-C1");
    let month = live("2023-01");
    world.import(visits(6, 1, &[(3, 0, 10), (9, 2, 1)]));
    assert_eq!((live("2023-C1"), live("2023-01")), (score, month), "a page of C2 compares with it");
    world.approve("2023-C2");
    let page = || {
        let shown = world.app.shown_period(PUSKESMAS, period("2023-C2")).unwrap();
        let before = shown.snapshot.evaluate(period("2023-C1"), period("2023-C1").last_day()).unwrap();
        (before, shown.snapshot.id(period("2023-C2"), period("2023-C2").last_day()))
    };
    let compared = page();
    // Even a later decision about the first period leaves the page of the second one as it was approved.
    world.decide(ApprovalStep::TakeOver, "2023-C1").unwrap();
    assert_ne!(world.shown("2023-C1"), first);
    assert_eq!(page(), compared);
}

#[test]
fn only_what_has_ended_and_came_is_handed_in() {
    let world = World::new();
    assert!(matches!(world.decide(ApprovalStep::Submit, "2024-C1"), Err(DecisionError::NotEnded(_))));
    assert!(matches!(world.decide(ApprovalStep::Submit, "2023-C3"), Err(DecisionError::Nothing(_))));
    assert!(matches!(world.decide(ApprovalStep::Approve, "2023-C2"), Err(DecisionError::NotNow { .. })));
    world.approve("2023-C2");
    assert!(matches!(world.decide(ApprovalStep::Submit, "2023-05"), Err(DecisionError::Within { .. })));
    let refused = world.decide(ApprovalStep::Submit, "2023-C2").unwrap_err().to_string();
    assert!(refused.starts_with("Caturwulan II 2023 berstatus disetujui"), "{refused}");
}

/// Something that happens after the approval.
#[derive(Clone, Debug)]
enum Event {
    Import(usize, Vec<VisitRow>),
    Undo(usize),
    Attach(u32),
    Withdraw,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let row = (1_u32..6, 0_usize..NAMES.len(), 0_u32..100);
    let event = prop_oneof![
        4 => (1_usize..9, prop::collection::vec(row, 1..4)).prop_map(|(month, rows)| Event::Import(month, rows)),
        3 => (0_usize..12).prop_map(Event::Undo),
        1 => (3_u32..5).prop_map(Event::Attach),
        1 => Just(Event::Withdraw),
    ];
    prop::collection::vec(event, 1..9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever comes and goes in whatever order, an approved period shows what was approved.
    #[test]
    fn nothing_moves_an_approved_period(before in events(), after in events()) {
        let world = World::new();
        let mut number = 100;
        let mut happen = |event: &Event| match event {
            Event::Import(month, rows) => {
                number += 1;
                world.import(visits(number, *month, rows));
            }
            Event::Undo(place) => {
                let history = world.app.store().history(&simpul::store::Scope::All).unwrap();
                // The register stays: without one there is nobody to evaluate.
                let mut live = history.iter().filter(|batch| batch.undone.is_none() && batch.file_name != "daftar.csv");
                if let Some(batch) = live.nth(*place) {
                    world.app.batches().undo(batch.batch).unwrap();
                }
            }
            Event::Attach(day) => world.attach(*day),
            Event::Withdraw => world.withdraw_all(),
        };
        before.iter().for_each(&mut happen);
        happen(&Event::Import(6, vec![(2, 1, 50)]));
        world.approve("2023-C2");
        let fixed = (world.shown("2023-C2"), world.facts("2023-C2"), world.shown("2023-06"));
        for event in &after {
            happen(event);
            prop_assert_eq!(&(world.shown("2023-C2"), world.facts("2023-C2"), world.shown("2023-06")), &fixed);
        }
        prop_assert!(world.app.approvals().unsound().unwrap().is_empty());
    }
}
