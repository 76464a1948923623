//! The service of accounts refuses by itself: whoever keeps no accounts, and everybody at somebody else's account.

use std::collections::BTreeSet;

use simpul::app::accounts::{AccountError, AccountService, TokenWish};
use simpul::app::entries::EntryError;
use simpul::domain::access::{Grant, Role};
use simpul::store::{AccountId, TokenScope};

use super::world::{OWN, PEOPLE, WORLD, World};
use crate::accounts::people::wish;
use crate::accounts::{PASSWORD, person};

type Probe<'a> = (&'static str, Box<dyn Fn() -> Result<(), AccountError> + 'a>);

fn probe<'a, T>(name: &'static str, ask: impl Fn() -> Result<T, AccountError> + 'a) -> Probe<'a> {
    (name, Box::new(move || ask().map(|_answer| ())))
}

/// Every method that is an administrator's.
fn administrators(accounts: AccountService<'_>, id: AccountId) -> Vec<Probe<'_>> {
    let viewer = || Grant::Viewer { puskesmas: OWN.to_owned() };
    vec![
        probe("list", move || accounts.list()),
        probe("create", move || accounts.create(&person("penyusup"), &[viewer()])),
        probe("disable", move || accounts.disable(id)),
        probe("enable", move || accounts.enable(id)),
        probe("grant", move || accounts.grant(id, &viewer())),
        probe("revoke", move || accounts.revoke(id, &wish(Role::Coordinator, ""))),
        probe("revoke_number", move || accounts.revoke_number(id, 1)),
        probe("erase", move || accounts.erase(id)),
        probe("reset_password", move || accounts.reset_password(id)),
        probe("remove_totp_of", move || accounts.remove_totp_of(id)),
        probe("make_set_up_code", move || accounts.make_set_up_code()),
    ]
}

/// Every method that is an administrator's and the person's.
fn persons<'a>(accounts: AccountService<'a>, id: AccountId, name: &'a str) -> Vec<Probe<'a>> {
    let token = move || TokenWish {
        name: "x".to_owned(),
        scope: TokenScope::Read,
        puskesmas: None,
        expires: WORLD.site.app.clock().now() + chrono::Duration::days(1),
    };
    vec![
        probe("find", move || accounts.find(name)),
        probe("account", move || accounts.account(id)),
        probe("set_person", move || accounts.set_person(id, "Nama", "")),
        probe("export", move || accounts.export(id)),
        probe("grants", move || accounts.grants(id)),
        probe("has_totp", move || accounts.has_totp(id)),
        probe("recovery_codes_left", move || accounts.recovery_codes_left(id)),
        probe("sessions", move || accounts.sessions(id)),
        probe("places", move || accounts.places(id)),
        probe("end_session", move || accounts.end_session(id, 987_654)),
        probe("api_tokens", move || accounts.api_tokens(id)),
        probe("make_api_token", move || accounts.make_api_token(id, &token())),
        probe("revoke_api_token", move || accounts.revoke_api_token(id, 987_654)),
    ]
}

#[test]
fn only_an_administrator_keeps_accounts_whatever_page_forgot_to_ask() {
    let world = &*WORLD;
    let other = AccountId(world.foreign.account);
    let before = format!("{:?}", world.accounts().export(other).unwrap());
    for name in PEOPLE.into_iter().filter(|name| *name != "admin") {
        let app = world.app_of(name);
        for (method, ask) in administrators(app.accounts(), other) {
            let refused = ask().unwrap_err();
            assert!(matches!(refused, AccountError::NotAdministrator), "{method} by {name}: {refused:?}");
            assert!(refused.to_string().contains("tidak berwenang"), "{refused}");
        }
        let own = world.person(name).signed_in.account.id;
        for (method, ask) in administrators(app.accounts(), own) {
            assert!(matches!(ask(), Err(AccountError::NotAdministrator)), "{method} by {name} on itself");
        }
    }
    assert_eq!(format!("{:?}", world.accounts().export(other).unwrap()), before);
}

#[test]
fn nobody_looks_at_or_changes_somebody_elses_account() {
    let world = &*WORLD;
    let other = AccountId(world.foreign.account);
    for name in PEOPLE.into_iter().filter(|name| *name != "admin") {
        let app = world.app_of(name);
        for (id, called) in [(other, "asing-timurlaut"), (AccountId(987_654), "tidak-ada")] {
            for (method, ask) in persons(app.accounts(), id, called) {
                let refused = ask().unwrap_err();
                assert!(matches!(refused, AccountError::NotOwnAccount), "{method} by {name}: {refused:?}");
            }
            assert!(matches!(app.accounts().end_all_sessions(id), Err(AccountError::NotOwnAccount)));
        }
        let own = &world.person(name).signed_in;
        for (method, ask) in persons(app.accounts(), own.account.id, name) {
            let is_refused = ask().is_err_and(|error| error.is_refusal());
            assert!(!is_refused, "{method} by {name} on itself");
        }
        // A session is its own person's alone.
        let theirs = &world.person("asing-timurlaut").signed_in;
        let accounts = app.accounts();
        let refusals = [
            accounts.enrol_totp(theirs).map(|_| ()),
            accounts.confirm_totp(theirs, "123456").map(|_| ()),
            accounts.remove_totp(theirs, PASSWORD),
            accounts.end_other_sessions(theirs).map(|_| ()),
            accounts.change_password(theirs, PASSWORD, "kuda lumping menari").map(|_| ()),
        ];
        assert!(refusals.iter().all(|one| matches!(one, Err(AccountError::NotOwnAccount))), "{refusals:?}");
    }
}

/// Names of the methods whose description ends in these words.
fn described(words: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in ["codes", "grants", "log_in", "mod", "people", "personal_data", "second_factor", "sessions", "tokens"] {
        let path = format!("{}/src/app/accounts/{file}.rs", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let mut about = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(words) = line.strip_prefix("/// ") {
                about = format!("{about} {words}");
            } else if let Some(name) = line.strip_prefix("pub fn ") {
                if about.ends_with(words) {
                    found.insert(name.split(['(', '<']).next().unwrap().to_owned());
                }
                about.clear();
            } else {
                about.clear();
            }
        }
    }
    found
}

#[test]
fn every_method_that_says_so_has_its_probe() {
    let world = World::bare();
    let accounts = world.site.app.accounts();
    let probed: BTreeSet<String> =
        administrators(accounts, AccountId(1)).iter().map(|(name, _)| (*name).to_owned()).collect();
    let said = described("For administrators.");
    assert!(said.len() > 8 && said.is_subset(&probed), "{said:?} without {probed:?}");
    let mut persons: BTreeSet<String> =
        persons(accounts, AccountId(1), "admin").iter().map(|(name, _)| (*name).to_owned()).collect();
    persons.insert("end_all_sessions".to_owned());
    let said = described("For administrators and the person.");
    assert!(said.len() > 5 && said.is_subset(&persons), "{said:?} without {persons:?}");
}

#[test]
fn a_programme_holder_writes_its_own_indicators_alone() {
    let world = World::bare();
    let app = world.app_of("pengelola");
    let write = |slug: &str, fields: &[(&'static str, &str)]| {
        let form = simpul::domain::form::TableForm::from_slug(slug).unwrap();
        let values = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let typing = simpul::app::entries::Typing {
            puskesmas: OWN,
            table: form.table,
            values: &values,
            replaced: None,
            year: 2023,
        };
        app.write_entry(typing)
    };
    let figure = |code| {
        [("bulan", "2023-06"), ("nama", "Klinik Mekar"), ("indikator", code), ("sasaran", "10"), ("capaian", "8")]
    };
    assert!(write("capaian", &figure("K1")).is_ok());
    let other = write("capaian", &figure("K4")).unwrap_err();
    assert!(matches!(&other, EntryError::NotAllowed(words) if words.contains("K1")), "{other:?}");
    let visit = [("tanggal", "5 Mei 2023"), ("nama", "Klinik Mekar"), ("bentuk", "Supervisi")];
    assert!(matches!(write("pembinaan", &visit), Err(EntryError::NotAllowed(_))));
    let register = super::world::register(OWN, "Mekar2023b", &["Klinik Mekar", "Klinik Selundupan"]);
    let receipt = app.import(&[register], None, false, &mut |_| {});
    let told = receipt.files[0].error.as_ref().unwrap().to_string();
    assert!(told.contains("hanya boleh mengimpor capaian"), "{told}");
}
