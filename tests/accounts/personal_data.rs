//! A person's data: handed over whole and without secrets, erased wherever it stands, while deeds stay one person's.

use simpul::app::accounts::{AccountError, NewPerson};
use simpul::domain::access::Grant;

use super::{OFFICE, PASSWORD, World, coordinator, from};

#[test]
fn what_is_kept_is_handed_over_without_secrets() {
    let world = World::with_administrator();
    let person = NewPerson { name: "siti", full_name: "Siti Aminah", title: "Bidan" };
    let (siti, code) = world.accounts().create(&person, &[coordinator("Mekarsari")]).unwrap();
    world.accounts().redeem_code(code.code.reveal(), PASSWORD, from(OFFICE, None)).unwrap();
    let session = world.log_in("siti", PASSWORD).unwrap().session;
    let secret = world.accounts().enrol_totp(&world.known(session.reveal()).unwrap()).unwrap().secret;
    let told = world.accounts().export(siti.id).unwrap();
    assert_eq!((told["account"].as_str(), told["full_name"].as_str()), (Some("siti"), Some("Siti Aminah")));
    assert_eq!(told["grants"][0]["puskesmas"], "Mekarsari");
    assert_eq!(told["sessions"][0]["address"], OFFICE);
    assert_eq!(told["known_from"].as_array().unwrap().len(), 2);
    let text = told.to_string();
    let hash = world.app.store().account_book().password_hash(siti.id).unwrap().unwrap();
    for secret in [secret.as_str(), &hash, session.reveal(), &session.hash(), code.code.reveal()] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn erasing_takes_the_person_out_and_leaves_the_deeds() {
    let world = World::with_administrator();
    let person = NewPerson { name: "siti.aminah", full_name: "Siti Aminah Rahmawati", title: "Bidan" };
    let (siti, code) = world.accounts().create(&person, &[coordinator("Mekarsari")]).unwrap();
    world.accounts().redeem_code(code.code.reveal(), PASSWORD, from(OFFICE, None)).unwrap();
    let session = world.log_in_from("siti.aminah", PASSWORD, from("203.0.113.77", None)).unwrap().session;
    let new = simpul::store::NewAuthor {
        puskesmas: None,
        name: "Tim Jejaring",
        by: simpul::store::By::command_line("siti.aminah", world.app.clock().now()),
    };
    world.app.store().set_author(&new).unwrap();
    assert_eq!(world.accounts().export(siti.id).unwrap()["records"][0]["table"], "authors");

    let other = world.accounts().erase(siti.id).unwrap();
    assert_eq!(other, format!("dihapus-{}", siti.id.0));
    assert!(world.known(session.reveal()).is_none());
    assert!(matches!(world.accounts().find("siti.aminah"), Err(AccountError::NoAccount(_))));
    let erased = world.accounts().find(&other).unwrap();
    assert!(erased.erased.is_some() && !erased.has_password && erased.full_name.is_empty());
    let records = world.accounts().export(siti.id).unwrap()["records"].clone();
    assert!(records.to_string().contains("authors"), "the deed stays, under the other name: {records}");
    for refused in [
        world.accounts().erase(siti.id).unwrap_err(),
        world.accounts().enable(siti.id).unwrap_err(),
        world.accounts().disable(siti.id).unwrap_err(),
        world.accounts().reset_password(siti.id).map(|_code| ()).unwrap_err(),
        world.accounts().grant(siti.id, &Grant::District).unwrap_err(),
        world.accounts().set_person(siti.id, "Siti", "").unwrap_err(),
    ] {
        assert!(matches!(refused, AccountError::Erased(_)), "{refused:?}");
    }
    // In no page of the database any more, free ones included.
    let copy = world.folder.path().join("salinan.db");
    world.app.back_up_to(&copy).unwrap();
    let holds = |word: &str| {
        let bytes = std::fs::read(&copy).unwrap();
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    };
    assert!(!holds("Siti Aminah Rahmawati") && !holds("Bidan"));
    // But for the audit, which stays a chain: the account's name is the key of its acts, the address where it came from.
    assert_eq!(world.app.audit().verify(None).unwrap().fault, None);
    let raw = rusqlite::Connection::open(&copy).unwrap();
    raw.execute_batch("DROP TRIGGER audit_is_never_removed; DELETE FROM audit; VACUUM").unwrap();
    drop(raw);
    assert!(!holds("siti.aminah") && !holds("203.0.113.77"));
    // The name is free for somebody else.
    assert!(world.accounts().create(&person, &[]).is_ok());
}
