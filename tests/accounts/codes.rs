//! Codes that open an account once: replayed, past their end, typed as people type, and guessed.

use simpul::app::accounts::AccountError;
use simpul::domain::access::Right;

use super::{OFFICE, PASSWORD, World, coordinator, from, person};

#[test]
fn the_first_administrator_is_made_once() {
    let world = World::new();
    assert!(!world.accounts().has_accounts().unwrap());
    let earlier = world.accounts().make_set_up_code().unwrap();
    let handed = world.accounts().make_set_up_code().unwrap();
    let redeem = |code: &str, name: &str, password: &str| {
        world.accounts().redeem_set_up_code(code, &person(name), password, from(OFFICE, None))
    };
    let earlier = redeem(earlier.code.reveal(), "siti", PASSWORD);
    assert!(matches!(earlier, Err(AccountError::BadCode)), "a new code takes the place of the former: {earlier:?}");
    let typed = format!(" {} ", handed.code.reveal().to_lowercase().replace('-', " "));
    assert!(matches!(redeem(&typed, "siti", "pendek"), Err(AccountError::Password(_))), "leaves the code good");
    assert!(matches!(redeem(&typed, "s i t i", PASSWORD), Err(AccountError::Name(_))));
    let made = redeem(&typed, "Siti", PASSWORD).unwrap();
    assert_eq!((made.name.as_str(), made.made.who.as_str()), ("siti", "siti"));
    assert!(world.signed_in("siti").access.may_everywhere(Right::Administer));
    // Replayed, and asked for once more.
    assert!(matches!(redeem(&typed, "maling", PASSWORD), Err(AccountError::AccountsExist)));
    assert!(matches!(world.accounts().make_set_up_code(), Err(AccountError::AccountsExist)));
}

#[test]
fn the_code_for_the_first_administrator_ends_after_an_hour_and_with_the_first_account() {
    let world = World::new();
    let redeem = |code: &str| world.accounts().redeem_set_up_code(code, &person("siti"), PASSWORD, from(OFFICE, None));
    let handed = world.accounts().make_set_up_code().unwrap();
    world.wait(3600);
    assert!(matches!(redeem(handed.code.reveal()), Err(AccountError::BadCode)));
    let handed = world.accounts().make_set_up_code().unwrap();
    world.made("budi", &[simpul::domain::access::Grant::Administrator]);
    assert!(matches!(redeem(handed.code.reveal()), Err(AccountError::AccountsExist)));
}

#[test]
fn two_who_redeem_one_code_at_once_make_one_account() {
    let world = World::new();
    let handed = world.accounts().make_set_up_code().unwrap();
    let code = handed.code.reveal();
    let made: usize = std::thread::scope(|scope| {
        let redeem = |name: &'static str| {
            let made = world.accounts().redeem_set_up_code(code, &person(name), PASSWORD, from(OFFICE, None));
            usize::from(made.is_ok())
        };
        let both = ["siti", "budi"].map(|name| scope.spawn(move || redeem(name)));
        both.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!((made, world.accounts().list().unwrap().len()), (1, 1));
}

#[test]
fn a_new_account_chooses_its_password_once() {
    let world = World::with_administrator();
    let (siti, handed) = world.accounts().create(&person("siti"), &[coordinator("Mekarsari")]).unwrap();
    let redeem = |code: &str, password: &str| world.accounts().redeem_code(code, password, from(OFFICE, None));
    assert!(matches!(redeem(handed.code.reveal(), "siti siti siti siti"), Err(AccountError::Password(_))));
    assert_eq!(redeem(handed.code.reveal(), PASSWORD).unwrap().id, siti.id);
    assert!(world.log_in("siti", PASSWORD).is_ok());
    let replayed = redeem(handed.code.reveal(), "kata sandi si maling");
    assert!(matches!(replayed, Err(AccountError::BadCode)), "{replayed:?}");
    assert!(world.log_in("siti", PASSWORD).is_ok());
}

#[test]
fn a_reset_ends_sessions_and_the_old_password() {
    let world = World::with_administrator();
    let siti = world.made("siti", &[coordinator("Mekarsari")]);
    let session = world.log_in("siti", PASSWORD).unwrap().session;
    let handed = world.accounts().reset_password(siti.id).unwrap();
    assert!(world.known(session.reveal()).is_none());
    assert!(matches!(world.log_in("siti", PASSWORD), Err(AccountError::Refused)));
    let second = world.accounts().reset_password(siti.id).unwrap();
    let redeem = |code: &str| world.accounts().redeem_code(code, "kuda lumping menari", from(OFFICE, None));
    assert!(matches!(redeem(handed.code.reveal()), Err(AccountError::BadCode)), "the later code counts alone");
    redeem(second.code.reveal()).unwrap();
    assert!(world.log_in("siti", "kuda lumping menari").is_ok());
    let late = world.accounts().reset_password(siti.id).unwrap();
    world.wait(24 * 3600);
    assert!(matches!(redeem(late.code.reveal()), Err(AccountError::BadCode)));
}

#[test]
fn a_code_of_one_sort_is_none_of_another_and_none_of_a_disabled_account() {
    let world = World::new();
    let set_up = world.accounts().make_set_up_code().unwrap();
    let misused = world.accounts().redeem_code(set_up.code.reveal(), PASSWORD, from(OFFICE, None));
    assert!(matches!(misused, Err(AccountError::BadCode)));
    world.made("admin", &[simpul::domain::access::Grant::Administrator]);
    let (siti, handed) = world.accounts().create(&person("siti"), &[coordinator("Mekarsari")]).unwrap();
    world.accounts().disable(siti.id).unwrap();
    let redeem = || world.accounts().redeem_code(handed.code.reveal(), PASSWORD, from(OFFICE, None));
    assert!(matches!(redeem(), Err(AccountError::BadCode)));
    world.accounts().enable(siti.id).unwrap();
    assert!(matches!(redeem(), Err(AccountError::BadCode)), "its code is gone for good");
}

#[test]
fn guessed_codes_slow_their_guesser_down_and_nobody_else() {
    let world = World::with_administrator();
    let (_siti, handed) = world.accounts().create(&person("siti"), &[coordinator("Mekarsari")]).unwrap();
    let guess = |place: &str| world.accounts().redeem_code("AAAA-AAAA-AAAA-AAAA", PASSWORD, from(place, None));
    for number in 0..40 {
        for _time in 0..8 {
            drop(guess(&format!("203.0.113.{number}")));
        }
    }
    assert!(matches!(guess("203.0.113.1"), Err(AccountError::Wait { seconds: 1 })));
    // A colleague behind the guesser's own address waits a second or two, and may take any number of tries at a password.
    world.wait(2);
    for _time in 0..20 {
        let weak = world.accounts().redeem_code(handed.code.reveal(), "password1234", from("203.0.113.1", None));
        assert!(matches!(weak, Err(AccountError::Password(_))), "{weak:?}");
    }
    assert!(world.accounts().redeem_code(handed.code.reveal(), PASSWORD, from(OFFICE, None)).is_ok());
}
