//! Logging in while somebody guesses: the owner still gets in, nobody learns which accounts there are, and no token that
//! was handed in is adopted.

use simpul::accounts::hashing::{HashCost, Hashing};
use simpul::app::accounts::{AccountError, AccountTools, CameFrom, LogInRequest};

use super::{CHEAP, Foreseeable, OFFICE, PASSWORD, World, coordinator, from};

/// Guesses until one is refused for its number; gives how many were looked at.
fn guesses_looked_at(world: &World, name: &str, from: CameFrom<'_>) -> u32 {
    (0..1000)
        .find(|number| {
            let guess = world.log_in_from(name, &format!("tebakan nomor {number}"), from);
            matches!(guess, Err(AccountError::Wait { .. }))
        })
        .unwrap()
}

#[test]
fn guesses_are_slowed_down_and_the_delay_ends() {
    let world = World::with_administrator();
    assert_eq!(guesses_looked_at(&world, "admin", from("203.0.113.5", None)), 5);
    let told = world.log_in_from("admin", PASSWORD, from("203.0.113.5", None)).unwrap_err();
    assert!(matches!(told, AccountError::Wait { seconds: 1 }), "even the right password has to wait: {told:?}");
    assert!(told.to_string().contains("tunggu 1 detik"), "{told}");
    // As many as an attacker can place in a day from one address.
    let mut looked_at = 0;
    for _second in 0..86_400 / 10 {
        world.wait(10);
        let guess = world.log_in_from("admin", "tebakan", from("203.0.113.5", None));
        looked_at += u32::from(matches!(guess, Err(AccountError::Refused)));
    }
    assert!((150..400).contains(&looked_at), "{looked_at} guesses a day");
    world.wait(301);
    assert!(world.log_in_from("admin", PASSWORD, from("203.0.113.5", None)).is_ok());
}

#[test]
fn nobody_keeps_the_owner_out() {
    let world = World::with_administrator();
    world.made("siti", &[coordinator("Mekarsari")]);
    let device = world.log_in("siti", PASSWORD).unwrap().device.unwrap();
    // A colleague behind the same address, and a crowd of others all over the world.
    guesses_looked_at(&world, "siti", from(OFFICE, None));
    for number in 0..40 {
        let crowd = format!("203.0.113.{number}");
        for guess in 0..6 {
            drop(world.log_in_from("siti", &format!("tebakan {guess}"), from(&crowd, None)));
        }
    }
    let elsewhere = world.log_in_from("siti", PASSWORD, from("198.51.100.77", None));
    assert!(matches!(elsewhere, Err(AccountError::Wait { .. })), "a place that nobody knows waits: {elsewhere:?}");
    let known = Some(device.reveal());
    for place in [OFFICE, "198.51.100.77"] {
        let logged_in = world.log_in_from("siti", PASSWORD, from(place, known)).unwrap();
        assert!(logged_in.device.is_none(), "the device keeps its token");
    }
}

#[test]
fn a_known_network_lets_the_owner_in_while_others_guess_elsewhere() {
    let world = World::with_administrator();
    world.log_in("admin", PASSWORD).unwrap();
    for number in 0..40 {
        drop(world.log_in_from("admin", "tebakan", from(&format!("203.0.113.{number}"), None)));
    }
    assert!(matches!(world.log_in_from("admin", PASSWORD, from("198.51.100.9", None)), Err(AccountError::Wait { .. })));
    assert!(world.log_in("admin", PASSWORD).is_ok());
}

#[test]
fn a_devices_token_opens_nothing_and_helps_no_other_account() {
    let world = World::with_administrator();
    world.made("siti", &[coordinator("Mekarsari")]);
    let device = world.log_in("siti", PASSWORD).unwrap().device.unwrap();
    let known = from("203.0.113.5", Some(device.reveal()));
    assert_eq!(guesses_looked_at(&world, "admin", known), 5);
    assert_eq!(guesses_looked_at(&world, "siti", known), 5, "a stolen device is slowed down like any other");
    assert!(world.known(device.reveal()).is_none());
}

#[test]
fn many_accounts_from_one_address_are_slowed_down() {
    let world = World::with_administrator();
    let tried = (0..1000).find(|number| {
        let spray = world.log_in_from(&format!("orang{number}"), "Puskesmas2024!", from("203.0.113.5", None));
        matches!(spray, Err(AccountError::Wait { .. }))
    });
    assert_eq!(tried, Some(30));
    // Of IPv6, the whole network counts as one address.
    let tried = (0..1000).find(|number| {
        let spray = world.log_in_from(&format!("orang{number}"), "x", from(&format!("2001:db8::{number:x}"), None));
        matches!(spray, Err(AccountError::Wait { .. }))
    });
    assert_eq!(tried, Some(30));
}

#[test]
fn unknown_wrong_and_disabled_are_one_sentence_and_one_hash() {
    let world = World::with_administrator();
    let siti = world.made("siti", &[coordinator("Mekarsari")]);
    world.accounts().disable(siti.id).unwrap();
    let (budi, _code) = world.accounts().create(&super::person("budi"), &[coordinator("Mekarsari")]).unwrap();
    assert!(!budi.has_password);
    let mut told = Vec::new();
    let long = "x".repeat(1 << 20);
    for (number, (name, password)) in [
        ("admin", "salah sama sekali"),
        ("admin", &long),
        ("siti", PASSWORD),
        ("siti", "salah sama sekali"),
        ("budi", PASSWORD),
        ("tidakada", PASSWORD),
        ("<script>", PASSWORD),
        (&long, PASSWORD),
        ("", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let before = world.hashing.worked_out();
        let refused = world.log_in_from(name, password, from(&format!("203.0.113.{number}"), None)).unwrap_err();
        assert_eq!(world.hashing.worked_out() - before, 1, "{number}");
        told.push(refused.to_string());
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("keliru"), "{told:?}");
    // Names that nobody has are slowed down like those that somebody has.
    let known = guesses_looked_at(&world, "admin", from("203.0.113.100", None));
    assert_eq!(known, guesses_looked_at(&world, "tidakada", from("203.0.113.101", None)));
}

#[test]
fn a_name_is_one_in_any_spelling_for_its_guessers_too() {
    let world = World::with_administrator();
    assert!(world.log_in(" ADMIN ", PASSWORD).is_ok());
    for number in 0..5 {
        let name = ["admin", "Admin", " ADMIN", "ａｄｍｉｎ", "aDmin "][number];
        drop(world.log_in_from(name, "tebakan", from("203.0.113.5", None)));
    }
    assert!(matches!(world.log_in_from("admin", PASSWORD, from("203.0.113.5", None)), Err(AccountError::Wait { .. })));
}

#[test]
fn guesses_at_once_count_like_one_after_the_other() {
    let world = World::with_administrator();
    let looked_at: usize = std::thread::scope(|scope| {
        let guess = |number: usize| {
            let guess = world.log_in_from("admin", &format!("tebakan {number}"), from("203.0.113.5", None));
            usize::from(matches!(guess, Err(AccountError::Refused)))
        };
        let guesses: Vec<_> = (0..16).map(|number| scope.spawn(move || guess(number))).collect();
        guesses.into_iter().map(|guess| guess.join().unwrap()).sum()
    });
    assert_eq!(looked_at, 5);
}

#[test]
fn a_token_that_was_handed_in_is_never_adopted() {
    let world = World::with_administrator();
    let planted = "0".repeat(64);
    let request = LogInRequest {
        name: "admin",
        password: PASSWORD,
        second: None,
        from: from(OFFICE, Some(&planted)),
        former: Some(&planted),
    };
    let logged_in = world.accounts().log_in(&request).unwrap();
    assert_ne!(logged_in.session.reveal(), planted);
    assert!(world.known(&planted).is_none());
    assert_ne!(logged_in.device.unwrap().reveal(), planted, "a device's token is ours too");
    // The session that the browser had ends, whosever it was.
    let former = logged_in.session.reveal().to_owned();
    let again = world.accounts().log_in(&LogInRequest { former: Some(&former), ..request }).unwrap();
    assert!(world.known(&former).is_none() && world.known(again.session.reveal()).is_some());
}

#[test]
fn a_weaker_hash_is_made_anew_when_its_owner_logs_in() {
    let world = World::with_administrator();
    let dearer = Hashing::new(HashCost { passes: 2, ..CHEAP });
    let randomness = Foreseeable::default();
    let strong = world.accounts().with_tools(AccountTools { hashing: &dearer, randomness: &randomness });
    let request =
        LogInRequest { name: "admin", password: PASSWORD, second: None, from: from(OFFICE, None), former: None };
    let hash_of = || {
        let book = world.app.store().account_book();
        book.password_hash(book.account_named("admin").unwrap().unwrap().id).unwrap().unwrap()
    };
    assert!(hash_of().contains("t=1"));
    strong.log_in(&request).unwrap();
    assert!(hash_of().contains("t=2"));
    let before = dearer.worked_out();
    strong.log_in(&request).unwrap();
    assert_eq!(dearer.worked_out() - before, 1);
}

#[test]
fn attempts_do_not_pile_up() {
    let world = World::with_administrator();
    for number in 0..50 {
        drop(world.log_in_from(&format!("orang{number}"), "x", from(&format!("203.0.113.{number}"), None)));
    }
    world.wait(25 * 3600);
    world.log_in("admin", PASSWORD).unwrap();
    assert_eq!(world.app.store().account_book().attempts_kept().unwrap(), 1);
}
