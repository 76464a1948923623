//! Who may take which step, and in which capacity it is kept.

use simpul::app::accounts::NewPerson;
use simpul::app::approvals::{DecisionError, StepDecision};
use simpul::app::{App, AppError};
use simpul::domain::access::Grant;
use simpul::domain::approval::ApprovalStep;

use super::world::{PUSKESMAS, World, decide, period};

fn is_refused(app: &App, step: ApprovalStep) -> bool {
    matches!(decide(app, step, "2023-C2"), Err(DecisionError::App(AppError::NotAllowed { .. })))
}

#[test]
fn each_step_is_somebodys() {
    let world = World::new();
    let named = || PUSKESMAS.to_owned();
    let coordinator = world.acting("rina", Grant::Coordinator { puskesmas: named() });
    let head = world.acting("ani", Grant::Head { puskesmas: "Abcde".to_owned() });
    let other_head = world.acting("budi", Grant::Head { puskesmas: "Lain".to_owned() });
    let viewer = world.acting("tamu", Grant::Viewer { puskesmas: named() });
    let district = world.acting("dinas", Grant::District);

    for app in [&head, &other_head, &viewer, &district] {
        assert!(is_refused(app, ApprovalStep::Submit));
    }
    let record = decide(&coordinator, ApprovalStep::Submit, "2023-C2").unwrap();
    let step = record.last().unwrap();
    // An account decides in its own name, whatever the form says.
    assert_eq!(
        (step.name.as_str(), step.capacity.as_str(), step.who.as_str()),
        ("rina", "Koordinator jejaring", "rina")
    );

    for app in [&coordinator, &other_head, &viewer, &district] {
        assert!(is_refused(app, ApprovalStep::Approve) && is_refused(app, ApprovalStep::SendBack));
    }
    decide(&head, ApprovalStep::Approve, "2023-C2").unwrap();
    for app in [&coordinator, &head, &other_head, &viewer] {
        assert!(is_refused(app, ApprovalStep::Verify) && is_refused(app, ApprovalStep::Return));
    }
    let record = decide(&district, ApprovalStep::Verify, "2023-C2").unwrap();
    assert_eq!(record.last().unwrap().capacity, "Dinas kesehatan");
    for app in [&coordinator, &other_head, &viewer, &district] {
        assert!(is_refused(app, ApprovalStep::Unlock));
    }
    decide(&head, ApprovalStep::Unlock, "2023-C2").unwrap();
    // What is out of sight is not there.
    assert!(other_head.approvals().records(PUSKESMAS).unwrap().is_empty());
    assert_eq!(viewer.approvals().records(PUSKESMAS).unwrap().len(), 1);
}

#[test]
fn an_account_decides_under_its_persons_name() {
    let world = World::new();
    let accounts = world.app.accounts();
    let person = |name, full_name| NewPerson { name, full_name, title: "" };
    accounts.create(&person("admin", ""), &[Grant::Administrator]).unwrap();
    let grant = Grant::Coordinator { puskesmas: PUSKESMAS.to_owned() };
    accounts.create(&person("rina", "Rina Astuti, SKM"), std::slice::from_ref(&grant)).unwrap();
    let record = decide(&world.acting("rina", grant), ApprovalStep::Submit, "2023-C2").unwrap();
    let step = record.last().unwrap();
    assert_eq!((step.name.as_str(), step.who.as_str()), ("Rina Astuti, SKM", "rina"));
}

#[test]
fn the_owner_of_the_machine_says_who_decides_and_why() {
    let world = World::new();
    let take = |step, name: &str, reason: &str| {
        let puskesmas = PUSKESMAS;
        world.app.approvals().take(&StepDecision {
            puskesmas,
            period: period("2023-C2"),
            step,
            name,
            reason,
            seen: None,
        })
    };
    assert!(matches!(take(ApprovalStep::Submit, " ", ""), Err(DecisionError::NoName)));
    let record = take(ApprovalStep::Submit, "Rina", "").unwrap();
    let step = record.last().unwrap();
    assert_eq!(
        (step.name.as_str(), step.capacity.as_str(), step.who.as_str()),
        ("Rina", "Koordinator jejaring", "penguji")
    );
    assert!(matches!(take(ApprovalStep::SendBack, "Ani", " "), Err(DecisionError::NoReason(_))));
    for (name, reason) in [("x".repeat(121), "data kurang".to_owned()), ("Ani".to_owned(), "x".repeat(1_001))] {
        assert!(matches!(take(ApprovalStep::SendBack, &name, &reason), Err(DecisionError::TooLong(..))), "{name}");
    }
}
