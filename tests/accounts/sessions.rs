//! Sessions: kept over a restart, ended unused, rotated, listed, ended, and dead after a restored copy.

use simpul::app::accounts::AccountError;
use simpul::domain::access::{Right, Role};
use simpul::store::{By, PutBack, Store, TokenScope};

use super::{OFFICE, PASSWORD, World, coordinator, from};

#[test]
fn a_session_outlives_a_restart_and_ends_unused() {
    let world = World::with_administrator();
    let session = world.log_in("admin", PASSWORD).unwrap().session;
    let world = world.restarted();
    let known = world.known(session.reveal()).unwrap();
    assert_eq!((known.account.name.as_str(), known.access.account()), ("admin", "admin"));
    assert!(!known.access.is_owner() && known.access.may_everywhere(Right::Administer));
    for _hour in 0..24 {
        world.wait(3600);
        assert!(world.known(session.reveal()).is_some());
    }
    world.wait(12 * 3600);
    assert!(world.known(session.reveal()).is_none());
}

#[test]
fn a_session_ends_after_a_week_whatever_is_done() {
    let world = World::with_administrator();
    let session = world.log_in("admin", PASSWORD).unwrap().session;
    let hours = (0..24 * 8)
        .find(|_hour| {
            world.wait(3600);
            world.known(session.reveal()).is_none()
        })
        .unwrap();
    assert_eq!(hours + 1, 7 * 24);
}

#[test]
fn use_is_noted_once_a_minute() {
    let world = World::with_administrator();
    let session = world.log_in("admin", PASSWORD).unwrap().session;
    let begun = world.known(session.reveal()).unwrap().session.seen;
    world.wait(59);
    assert_eq!(world.known(session.reveal()).unwrap().session.seen, begun);
    world.wait(1);
    assert_eq!(world.known(session.reveal()).unwrap().session.seen, begun + chrono::Duration::seconds(60));
}

#[test]
fn tokens_and_secrets_are_kept_as_hashes() {
    let world = World::with_administrator();
    let logged_in = world.log_in("admin", PASSWORD).unwrap();
    let known = world.known(logged_in.session.reveal()).unwrap();
    assert!(known.is_own_form(known.csrf()) && !known.is_own_form("") && !known.is_own_form(&"0".repeat(64)));
    assert_ne!(known.csrf(), logged_in.session.reveal());
    let copy = world.folder.path().join("salinan.db");
    std::fs::copy(world.database(), &copy).unwrap();
    let mut bytes = std::fs::read(&copy).unwrap();
    bytes.extend(std::fs::read(world.folder.path().join("simpul.db-wal")).unwrap_or_default());
    for secret in [logged_in.session.reveal(), logged_in.device.as_ref().unwrap().reveal(), PASSWORD] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
}

#[test]
fn a_changed_password_ends_every_other_session_and_rotates_this_one() {
    let world = World::with_administrator();
    let other = world.log_in("admin", PASSWORD).unwrap().session;
    let own = world.log_in("admin", PASSWORD).unwrap().session;
    let known = world.known(own.reveal()).unwrap();
    let change = |old: &str, new: &str| world.accounts().change_password(&known, old, new);
    assert!(matches!(change("salah sama sekali", "kuda lumping menari"), Err(AccountError::WrongOldPassword)));
    assert!(matches!(change(PASSWORD, PASSWORD), Err(AccountError::SamePassword)));
    assert!(matches!(change(PASSWORD, "password1234"), Err(AccountError::Password(_))));
    assert!(world.known(other.reveal()).is_some(), "nothing happened so far");
    let rotated = change(PASSWORD, "kuda lumping menari").unwrap();
    assert!(world.known(other.reveal()).is_none() && world.known(own.reveal()).is_none());
    let after = world.known(rotated.reveal()).unwrap();
    assert_ne!(after.csrf(), known.csrf());
    assert!(world.log_in("admin", PASSWORD).is_err() && world.log_in("admin", "kuda lumping menari").is_ok());
}

#[test]
fn an_open_session_does_not_let_its_finder_guess_the_password() {
    let world = World::with_administrator();
    let known = world.signed_in("admin");
    let looked_at = (0..100).find(|number| {
        let guess = world.accounts().change_password(&known, &format!("tebakan {number}"), "kuda lumping menari");
        matches!(guess, Err(AccountError::Wait { .. }))
    });
    assert_eq!(looked_at, Some(5));
    assert!(world.log_in("admin", PASSWORD).is_ok(), "the log-in is no worse for it");
}

#[test]
fn own_sessions_are_listed_and_ended() {
    let world = World::with_administrator();
    let siti = world.made("siti", &[coordinator("Mekarsari")]);
    let tokens: Vec<String> =
        (0..3).map(|_time| world.log_in("siti", PASSWORD).unwrap().session.reveal().to_owned()).collect();
    let admin = world.log_in("admin", PASSWORD).unwrap().session;
    let listed = world.accounts().sessions(siti.id).unwrap();
    assert_eq!(listed.len(), 3);
    assert!(listed.iter().all(|session| session.address == OFFICE && session.device == "Firefox"));
    let first = world.known(&tokens[0]).unwrap();
    world.accounts().end_session(siti.id, first.session.id).unwrap();
    assert!(world.known(&tokens[0]).is_none() && world.known(&tokens[1]).is_some());
    // Nobody ends somebody else's.
    let others = world.known(admin.reveal()).unwrap().session.id;
    assert!(matches!(world.accounts().end_session(siti.id, others), Err(AccountError::NoSuchSession)));
    assert_eq!(world.accounts().end_other_sessions(&world.known(&tokens[1]).unwrap()).unwrap(), 1);
    assert!(world.known(&tokens[1]).is_some() && world.known(&tokens[2]).is_none());
    world.accounts().log_out(&tokens[1]).unwrap();
    assert!(world.known(&tokens[1]).is_none() && world.known(admin.reveal()).is_some());
    assert_eq!(world.accounts().end_all_sessions(siti.id).unwrap(), 0);
    assert!(world.accounts().places(siti.id).unwrap().is_empty());
}

#[test]
fn sessions_and_devices_of_an_account_are_bounded() {
    let world = World::with_administrator();
    let first = world.log_in("admin", PASSWORD).unwrap().session;
    for number in 0..45 {
        world.wait(61);
        world.log_in_from("admin", PASSWORD, from(&format!("192.0.2.{number}"), None)).unwrap();
    }
    assert!(world.known(first.reveal()).is_none());
    let admin = world.accounts().find("admin").unwrap();
    assert_eq!(world.accounts().sessions(admin.id).unwrap().len(), 20);
    assert_eq!(world.accounts().places(admin.id).unwrap().len(), 60);
}

#[test]
fn what_an_account_may_do_follows_its_grants_at_once() {
    let world = World::with_administrator();
    let siti = world.made("siti", &[coordinator("Mekarsari")]);
    let session = world.log_in("siti", PASSWORD).unwrap().session;
    assert!(world.known(session.reveal()).unwrap().access.may(Right::Import, "UPT Puskesmas Mekarsari"));
    let wish = simpul::app::accounts::GrantWish {
        role: Role::Coordinator,
        puskesmas: String::new(),
        facility: String::new(),
        cluster: String::new(),
        services: Vec::new(),
    };
    world.accounts().revoke(siti.id, &wish).unwrap();
    assert!(!world.known(session.reveal()).unwrap().access.may_somewhere(Right::See));
    world.accounts().disable(siti.id).unwrap();
    assert!(world.known(session.reveal()).is_none());
    world.accounts().enable(siti.id).unwrap();
    assert!(world.known(session.reveal()).is_none(), "it does not come back to life");
}

#[test]
fn a_copy_and_what_is_restored_from_one_log_nobody_in() {
    let world = World::with_administrator();
    let admin = world.accounts().find("admin").unwrap();
    let session = world.log_in("admin", PASSWORD).unwrap().session;
    let handed = world.accounts().reset_password(world.made("siti", &[coordinator("Mekarsari")]).id).unwrap();
    let wish = simpul::app::accounts::TokenWish {
        name: "dasbor dinas".to_owned(),
        scope: TokenScope::Read,
        puskesmas: None,
        expires: world.app.clock().now() + chrono::Duration::days(30),
    };
    let token = world.accounts().make_api_token(admin.id, &wish).unwrap();
    let address = super::address(OFFICE);
    assert!(world.accounts().api_caller(token.reveal(), address).unwrap().is_some());

    let copy = world.folder.path().join("cadangan.db");
    world.app.back_up_to(&copy).unwrap();
    let held = Store::open(&copy).unwrap();
    let book = held.account_book();
    assert_eq!((book.sessions(admin.id).unwrap().len(), book.attempts_kept().unwrap()), (0, 0));
    drop(held);
    // The database itself, as somebody may copy it by hand while nothing runs.
    let by_hand = world.folder.path().join("disalin.db");
    let source = world.database();
    std::fs::copy(&source, &by_hand).unwrap();
    std::fs::copy(source.with_extension("db-wal"), by_hand.with_extension("db-wal")).unwrap();
    assert!(world.known(session.reveal()).is_some(), "copying ends nobody's session here");

    for from_copy in [copy, by_hand] {
        let now = world.app.clock().now();
        let put_back = PutBack { file: &from_copy, former: None };
        Store::restore_from(put_back, &world.database(), By::command_line("uji", now)).unwrap();
        assert!(world.known(session.reveal()).is_none());
        let code = world.accounts().redeem_code(handed.code.reveal(), PASSWORD, from(OFFICE, None));
        assert!(matches!(code, Err(AccountError::BadCode)));
        assert!(world.accounts().api_caller(token.reveal(), address).unwrap().is_none());
        let told = world.accounts().api_tokens(admin.id).unwrap().remove(0);
        assert_eq!(told.revoked.unwrap().who, "pemulihan cadangan");
        assert!(world.log_in("admin", PASSWORD).is_ok(), "accounts and passwords are those of the copy");
    }
}
