//! Accounts as an administrator keeps them: one administrator always stays, names are one, grants hold in their place.

use simpul::app::accounts::{AccountError, GrantWish, NewPerson};
use simpul::domain::access::{Grant, Right, Role};

use super::{PASSWORD, World, coordinator, person};

pub fn wish(role: Role, puskesmas: &str) -> GrantWish {
    GrantWish {
        role,
        puskesmas: puskesmas.to_owned(),
        facility: String::new(),
        cluster: String::new(),
        services: Vec::new(),
    }
}

#[test]
fn the_last_administrator_stays() {
    let world = World::with_administrator();
    let admin = world.accounts().find("admin").unwrap();
    let keeps = || {
        let accounts = world.accounts();
        for refused in [
            accounts.disable(admin.id).unwrap_err(),
            accounts.revoke(admin.id, &wish(Role::Administrator, "")).unwrap_err(),
            accounts.erase(admin.id).unwrap_err(),
        ] {
            assert!(matches!(refused, AccountError::LastAdministrator(_)), "{refused:?}");
        }
        assert!(world.signed_in("admin").access.may_everywhere(Right::Administer));
    };
    keeps();
    // One who has not chosen a password yet, one who is disabled, and one without the role are none.
    world.accounts().create(&person("budi"), &[Grant::Administrator]).unwrap();
    world.made("siti", &[coordinator("Mekarsari")]);
    let wati = world.made("wati", &[Grant::Administrator]);
    world.accounts().disable(wati.id).unwrap();
    keeps();
    world.accounts().enable(wati.id).unwrap();
    world.accounts().grant(admin.id, &coordinator("Mekarsari")).unwrap();
    world.accounts().revoke(admin.id, &wish(Role::Administrator, "")).unwrap();
    let known = world.signed_in("admin");
    assert!(!known.access.may_somewhere(Right::Administer) && known.access.may(Right::Import, "Mekarsari"));
    assert!(matches!(world.accounts().disable(wati.id), Err(AccountError::LastAdministrator(_))));
}

#[test]
fn two_administrators_who_disable_each_other_at_once_leave_one() {
    let world = World::with_administrator();
    let ids = [world.accounts().find("admin").unwrap().id, world.made("wati", &[Grant::Administrator]).id];
    let done: usize = std::thread::scope(|scope| {
        let both = ids.map(|id| {
            scope.spawn({
                let world = &world;
                move || usize::from(world.accounts().disable(id).is_ok())
            })
        });
        both.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(done, 1);
}

#[test]
fn the_first_account_is_an_administrators() {
    let world = World::new();
    let made = world.accounts().create(&person("siti"), &[coordinator("Mekarsari")]);
    assert!(matches!(made, Err(AccountError::FirstAdministers)));
    assert!(world.accounts().create(&person("siti"), &[Grant::Administrator]).is_ok());
}

#[test]
fn a_name_is_taken_in_any_spelling_and_hostile_ones_are_refused() {
    let world = World::with_administrator();
    assert!(matches!(
        world.accounts().create(&person(" ADMIN "), &[coordinator("X")]),
        Err(AccountError::NameTaken(_))
    ));
    for name in ["'; DROP TABLE accounts; --", "<script>", "a\u{0}b", "..", "siti\u{202e}", "=1+1", "dihapus-1", ""] {
        assert!(matches!(world.accounts().create(&person(name), &[]), Err(AccountError::Name(_))), "{name:?}");
        let missing = world.accounts().find(name).unwrap_err();
        assert!(matches!(missing, AccountError::NoAccount(_)) && !missing.to_string().contains('\u{0}'));
    }
    let long = "x".repeat(121);
    for person in [
        NewPerson { name: "siti", full_name: "dua\nbaris", title: "" },
        NewPerson { name: "siti", full_name: &long, title: "" },
        NewPerson { name: "siti", full_name: "", title: "a\u{7}b" },
    ] {
        assert!(matches!(world.accounts().create(&person, &[]), Err(AccountError::PersonWords(_))));
    }
    // Names of people are theirs: text, whatever it holds.
    let person = NewPerson { name: "siti", full_name: " =HYPERLINK(\"x\") <b>Siti</b>, A.Md.Keb ", title: "Bidan" };
    let (siti, _code) = world.accounts().create(&person, &[]).unwrap();
    assert_eq!((siti.full_name.as_str(), siti.title.as_str()), ("=HYPERLINK(\"x\") <b>Siti</b>, A.Md.Keb", "Bidan"));
    world.accounts().set_person(siti.id, "Siti Aminah", "Bidan koordinator").unwrap();
    assert_eq!(world.accounts().account(siti.id).unwrap().full_name, "Siti Aminah");
}

#[test]
fn grants_are_given_and_taken_back_by_role_and_place() {
    let world = World::with_administrator();
    let siti = world.made("siti", &[]);
    let accounts = world.accounts();
    for puskesmas in ["Mekarsari", "Bendosari"] {
        accounts.grant(siti.id, &accounts.grant_of(&wish(Role::Coordinator, puskesmas)).unwrap()).unwrap();
    }
    assert!(matches!(accounts.grant(siti.id, &coordinator("Mekarsari")), Err(AccountError::GrantHeld(_))));
    let holder =
        GrantWish { services: vec![" K1 ".to_owned(), "K4".to_owned()], ..wish(Role::ProgrammeHolder, "Mekarsari") };
    accounts.grant(siti.id, &accounts.grant_of(&holder).unwrap()).unwrap();
    let facility = GrantWish { facility: "Klinik Alvi".to_owned(), ..wish(Role::Facility, "Bendosari") };
    accounts.grant(siti.id, &accounts.grant_of(&facility).unwrap()).unwrap();
    let cluster = GrantWish { cluster: "Klaster 1".to_owned(), ..wish(Role::ClusterTeam, "") };
    accounts.grant(siti.id, &accounts.grant_of(&cluster).unwrap()).unwrap();
    let held: Vec<String> =
        accounts.grants(siti.id).unwrap().iter().map(|held| simpul::app::accounts::grant_words(&held.grant)).collect();
    assert_eq!(
        held,
        [
            "Koordinator jejaring: Mekarsari",
            "Koordinator jejaring: Bendosari",
            "Pengelola program: Mekarsari, indikator K1, K4",
            "Faskes: Klinik Alvi, Bendosari",
            "TPCB klaster: Klaster 1",
        ]
    );
    assert_eq!(accounts.revoke(siti.id, &wish(Role::Coordinator, "UPT PUSKESMAS MEKARSARI")).unwrap().len(), 1);
    assert!(matches!(accounts.revoke(siti.id, &wish(Role::Head, "")), Err(AccountError::NoSuchGrant(_))));
    let known = world.signed_in("siti");
    assert_eq!(known.access.services_only("Mekarsari"), Some(["K1".to_owned(), "K4".to_owned()].into()));
    assert_eq!(known.access.services_only("Bendosari"), None);
}

#[test]
fn a_role_without_its_place_is_asked_for_it_and_an_unknown_place_is_told() {
    let world = World::with_administrator();
    for role in [Role::Head, Role::Coordinator, Role::ProgrammeHolder, Role::Facility, Role::Viewer, Role::ClusterTeam]
    {
        let refused = world.accounts().grant_of(&wish(role, " ")).unwrap_err();
        assert!(matches!(refused, AccountError::GrantPlace(_)) && refused.to_string().contains("perlu"), "{refused}");
    }
    assert!(matches!(world.accounts().grant_of(&wish(Role::Head, "Puskesmas")), Err(AccountError::GrantPlace(_))));
    let grant = world.accounts().grant_of(&wish(Role::Head, "Mekarsari")).unwrap();
    let doubts = world.accounts().grant_doubts(&grant).unwrap();
    assert!(doubts[0].contains("belum ada data Puskesmas “Mekarsari”"), "{doubts:?}");
    assert!(world.accounts().grant_doubts(&Grant::District).unwrap().is_empty());
}

#[test]
fn a_password_that_is_no_good_any_more_has_to_be_changed() {
    let world = World::with_administrator();
    // As if the list of common passwords had grown since.
    let siti = world.made("siti", &[]);
    let hash = world.hashing.hash("password1234", &super::Foreseeable::default()).unwrap();
    world.app.store().account_book().rehash_password(siti.id, &hash, false).unwrap();
    let logged_in = world.log_in("siti", "password1234").unwrap();
    let known = world.known(logged_in.session.reveal()).unwrap();
    assert!(logged_in.must_change && known.account.must_change);
    let rotated = world.accounts().change_password(&known, "password1234", PASSWORD).unwrap();
    assert!(!world.known(rotated.reveal()).unwrap().account.must_change);
}
