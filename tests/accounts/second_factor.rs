//! Two steps: a code is good once, a recovery code too, and nobody gets around them.

use simpul::accounts::totp::SharedSecret;
use simpul::app::accounts::{AccountError, LogInRequest, LoggedIn, SEALING_KEY_FILE};

use super::{OFFICE, PASSWORD, World, from};

fn log_in(world: &World, second: Option<&str>) -> Result<LoggedIn, AccountError> {
    let from = from(OFFICE, None);
    world.accounts().log_in(&LogInRequest { name: "admin", password: PASSWORD, second, from, former: None })
}

/// The code that a phone shows now.
fn shown(world: &World, secret: &str) -> String {
    SharedSecret::read(secret).unwrap().code_at(world.app.clock().now().timestamp())
}

/// Takes two steps into use; gives the secret and the recovery codes.
fn enrol(world: &World) -> (String, Vec<String>) {
    let known = world.signed_in("admin");
    let enrolled = world.accounts().enrol_totp(&known).unwrap();
    assert!(enrolled.uri.starts_with("otpauth://totp/Simpul:admin?secret="), "{}", enrolled.uri);
    assert!(log_in(world, None).is_ok(), "it is not asked for before it was confirmed");
    assert!(matches!(world.accounts().confirm_totp(&known, "000000"), Err(AccountError::SecondFactorWrong)));
    let codes = world.accounts().confirm_totp(&known, &shown(world, &enrolled.secret)).unwrap();
    (enrolled.secret, codes.iter().map(|code| code.reveal().to_owned()).collect())
}

#[test]
fn a_code_is_asked_for_and_good_once() {
    let world = World::with_administrator();
    let (secret, _codes) = enrol(&world);
    assert!(matches!(log_in(&world, None), Err(AccountError::SecondFactorNeeded)));
    assert!(matches!(log_in(&world, Some(" ")), Err(AccountError::SecondFactorNeeded)));
    let confirmed = shown(&world, &secret);
    assert!(matches!(log_in(&world, Some(&confirmed)), Err(AccountError::SecondFactorWrong)), "it was used to confirm");
    world.wait(30);
    let code = shown(&world, &secret);
    assert!(log_in(&world, Some(&format!("{} {}", &code[..3], &code[3..]))).is_ok());
    assert!(matches!(log_in(&world, Some(&code)), Err(AccountError::SecondFactorWrong)));
    world.wait(30);
    assert!(log_in(&world, Some(&shown(&world, &secret))).is_ok());
    let wrong = LogInRequest {
        name: "admin",
        password: "salah sama sekali",
        second: Some(&shown(&world, &secret)),
        from: from(OFFICE, None),
        former: None,
    };
    assert!(matches!(world.accounts().log_in(&wrong), Err(AccountError::Refused)), "the password counts first");
}

#[test]
fn one_code_for_two_log_ins_at_once_lets_one_in() {
    let world = World::with_administrator();
    let (secret, _codes) = enrol(&world);
    world.wait(30);
    let code = shown(&world, &secret);
    let let_in: usize = std::thread::scope(|scope| {
        let tries: Vec<_> =
            (0..4).map(|_one| scope.spawn(|| usize::from(log_in(&world, Some(&code)).is_ok()))).collect();
        tries.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(let_in, 1);
}

#[test]
fn recovery_codes_are_good_once_each() {
    let world = World::with_administrator();
    let (_secret, codes) = enrol(&world);
    let admin = world.accounts().find("admin").unwrap();
    assert_eq!((codes.len(), world.accounts().recovery_codes_left(admin.id).unwrap()), (10, 10));
    assert!(log_in(&world, Some(&codes[0].to_lowercase().replace('-', " "))).is_ok());
    assert!(matches!(log_in(&world, Some(&codes[0])), Err(AccountError::SecondFactorWrong)));
    assert!(log_in(&world, Some(&codes[9])).is_ok());
    assert_eq!(world.accounts().recovery_codes_left(admin.id).unwrap(), 8);
}

#[test]
fn guessing_codes_is_slowed_down() {
    let world = World::with_administrator();
    enrol(&world);
    let place = from("203.0.113.5", None);
    let guess = |number: usize| {
        let code = format!("{number:06}");
        let request =
            LogInRequest { name: "admin", password: PASSWORD, second: Some(&code), from: place, former: None };
        world.accounts().log_in(&request)
    };
    assert_eq!((0..100).find(|number| matches!(guess(*number), Err(AccountError::Wait { .. }))), Some(5));
}

#[test]
fn it_is_removed_by_password_or_by_an_administrator_and_stays_over_a_reset() {
    let world = World::with_administrator();
    let (secret, _codes) = enrol(&world);
    world.wait(30);
    let session = log_in(&world, Some(&shown(&world, &secret))).unwrap().session;
    let known = world.known(session.reveal()).unwrap();
    assert!(matches!(world.accounts().enrol_totp(&known), Err(AccountError::TotpHeld)));
    assert!(matches!(world.accounts().remove_totp(&known, "salah"), Err(AccountError::WrongOldPassword)));
    let handed = world.accounts().reset_password(known.account.id).unwrap();
    world.accounts().redeem_code(handed.code.reveal(), PASSWORD, from(OFFICE, None)).unwrap();
    assert!(matches!(log_in(&world, None), Err(AccountError::SecondFactorNeeded)));
    world.accounts().remove_totp_of(known.account.id).unwrap();
    assert!(log_in(&world, None).is_ok());
    assert!(matches!(world.accounts().remove_totp_of(known.account.id), Err(AccountError::NoTotp)));
    enrol(&world);
    world.accounts().remove_totp(&known, PASSWORD).unwrap();
    assert!(log_in(&world, None).is_ok());
}

/// Everything that the data folder holds beside the key: the database with its log.
fn kept_bytes(world: &World) -> Vec<u8> {
    let files = std::fs::read_dir(world.folder.path()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap()).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn the_database_holds_no_secret_that_could_be_read() {
    let world = World::with_administrator();
    let (secret, _codes) = enrol(&world);
    let kept = kept_bytes(&world);
    assert!(holds(&kept, "segel1:") && !holds(&kept, &secret));
    let key = world.folder.path().join(SEALING_KEY_FILE);
    let text = std::fs::read_to_string(&key).unwrap();
    assert!(!holds(&kept, text.trim()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // A second account, and a program that is started again, use the same key.
    let world = world.restarted();
    world.made("siti", &[]);
    world.accounts().enrol_totp(&world.signed_in("siti")).unwrap();
    assert_eq!(std::fs::read_to_string(&key).unwrap(), text);
    world.wait(30);
    assert!(log_in(&world, Some(&shown(&world, &secret))).is_ok());
}

#[test]
fn without_its_key_a_second_factor_lets_nobody_in_and_says_what_to_do() {
    let world = World::with_administrator();
    let (secret, codes) = enrol(&world);
    let key = world.folder.path().join(SEALING_KEY_FILE);
    let right = std::fs::read_to_string(&key).unwrap();
    world.wait(30);
    let code = shown(&world, &secret);
    let refusal = || log_in(&world, Some(&code)).unwrap_err();
    std::fs::remove_file(&key).unwrap();
    let told = refusal();
    assert!(!told.is_failure() && told.to_string().contains("rahasia/dua-langkah.kunci"), "{told}");
    assert!(!key.exists(), "a key is made for a new secret alone");
    for wrong in ["", "bukan kunci", &"0".repeat(64)] {
        std::fs::write(&key, wrong).unwrap();
        let told = refusal();
        assert!(!told.is_failure() && told.to_string().contains("minta administrator"), "{told}");
    }
    std::fs::write(&key, right).unwrap();
    assert!(log_in(&world, Some(&code)).is_ok() && log_in(&world, Some(&codes[0])).is_ok());
}
