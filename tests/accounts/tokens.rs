//! Tokens of the API: in scope, in place, in time, and never more than their account.

use chrono::Duration;
use simpul::app::accounts::{AccountError, ApiCaller, TokenWish};
use simpul::domain::access::{Grant, Right, Role};
use simpul::store::TokenScope;

use super::{OFFICE, World, address, coordinator};

fn wish(world: &World, scope: TokenScope, puskesmas: Option<&str>) -> TokenWish {
    TokenWish {
        name: "dasbor dinas".to_owned(),
        scope,
        puskesmas: puskesmas.map(ToOwned::to_owned),
        expires: world.app.clock().now() + Duration::days(30),
    }
}

fn caller(world: &World, token: &str) -> Option<ApiCaller> {
    world.accounts().api_caller(token, address(OFFICE)).unwrap()
}

#[test]
fn a_token_reads_and_no_more() {
    let world = World::with_administrator();
    let siti = world.made("siti", &[coordinator("Mekarsari"), Grant::Viewer { puskesmas: "Bendosari".to_owned() }]);
    let token = world.accounts().make_api_token(siti.id, &wish(&world, TokenScope::Read, None)).unwrap();
    assert!(token.reveal().starts_with("simpul_"));
    let read = caller(&world, token.reveal()).unwrap();
    assert_eq!((read.account.name.as_str(), read.access.account()), ("siti", "siti"));
    assert!(read.access.may(Right::See, "Mekarsari") && read.access.may(Right::See, "Bendosari"));
    assert!(!read.access.may_somewhere(Right::Import) && !read.access.may_somewhere(Right::Edit));
    assert!(!read.access.may(Right::See, "Sukamaju"));
    assert!(world.known(token.reveal()).is_none(), "a token is no session");
}

#[test]
fn a_token_stays_in_its_puskesmas() {
    let world = World::with_administrator();
    let siti = world.made("siti", &[coordinator("Mekarsari"), Grant::Viewer { puskesmas: "Bendosari".to_owned() }]);
    let make = |scope, puskesmas| world.accounts().make_api_token(siti.id, &wish(&world, scope, puskesmas));
    let token = make(TokenScope::Import, Some("Mekarsari")).unwrap();
    let imports = caller(&world, token.reveal()).unwrap();
    assert!(imports.access.may(Right::Import, "mekarsari") && !imports.access.may(Right::See, "Bendosari"));
    assert!(!imports.access.reach().holds("Bendosari") && !imports.access.may_somewhere(Right::Edit));
    for (scope, puskesmas) in [(TokenScope::Import, "Bendosari"), (TokenScope::Read, "Sukamaju")] {
        assert!(matches!(make(scope, Some(puskesmas)), Err(AccountError::TokenScope)), "{puskesmas}");
    }
    // What the account loses, its tokens lose.
    let revoked = simpul::app::accounts::GrantWish {
        role: Role::Coordinator,
        puskesmas: "Mekarsari".to_owned(),
        facility: String::new(),
        cluster: String::new(),
        services: Vec::new(),
    };
    world.accounts().revoke(siti.id, &revoked).unwrap();
    assert!(!caller(&world, token.reveal()).unwrap().access.may_somewhere(Right::See));
}

#[test]
fn a_token_ends() {
    let world = World::with_administrator();
    let admin = world.accounts().find("admin").unwrap();
    let make = |wish: &TokenWish| world.accounts().make_api_token(admin.id, wish);
    let good = wish(&world, TokenScope::Read, None);
    let now = world.app.clock().now();
    for expires in [now, now - Duration::days(1), now + Duration::days(367)] {
        assert!(matches!(make(&TokenWish { expires, ..good.clone() }), Err(AccountError::TokenEnd)));
    }
    for name in ["", "  ", "dua\nbaris", &"x".repeat(81)] {
        assert!(matches!(make(&TokenWish { name: name.to_owned(), ..good.clone() }), Err(AccountError::TokenName)));
    }
    let token = make(&good).unwrap();
    world.wait(30 * 86_400 - 1);
    assert!(caller(&world, token.reveal()).is_some());
    world.wait(1);
    assert!(caller(&world, token.reveal()).is_none());
}

#[test]
fn a_token_is_taken_back_and_its_account_s_end_is_its_own() {
    let world = World::with_administrator();
    let siti = world.made("siti", &[coordinator("Mekarsari")]);
    let admin = world.accounts().find("admin").unwrap();
    let token = world.accounts().make_api_token(siti.id, &wish(&world, TokenScope::Read, None)).unwrap();
    let listed = world.accounts().api_tokens(siti.id).unwrap().remove(0);
    assert_eq!((listed.name.as_str(), listed.seen), ("dasbor dinas", None));
    caller(&world, token.reveal()).unwrap();
    assert!(world.accounts().api_tokens(siti.id).unwrap()[0].seen.is_some());
    assert!(matches!(world.accounts().revoke_api_token(admin.id, listed.id), Err(AccountError::NoSuchToken)));
    world.accounts().disable(siti.id).unwrap();
    assert!(caller(&world, token.reveal()).is_none());
    world.accounts().enable(siti.id).unwrap();
    assert!(caller(&world, token.reveal()).is_some());
    world.accounts().revoke_api_token(siti.id, listed.id).unwrap();
    assert!(caller(&world, token.reveal()).is_none());
    for wrong in ["", "simpul_", &token.reveal()[..70], &token.reveal().replace("simpul_", "")] {
        assert!(caller(&world, wrong).is_none());
    }
}

#[test]
fn a_token_rests_while_its_account_has_to_choose_another_password() {
    let world = World::with_administrator();
    let siti = world.made("siti", &[coordinator("Mekarsari")]);
    let token = world.accounts().make_api_token(siti.id, &wish(&world, TokenScope::Read, None)).unwrap();
    let book = world.app.store().account_book();
    let hash = book.password_hash(siti.id).unwrap().unwrap();
    book.rehash_password(siti.id, &hash, true).unwrap();
    assert!(caller(&world, token.reveal()).is_none());
    book.rehash_password(siti.id, &hash, false).unwrap();
    assert!(caller(&world, token.reveal()).is_some());
}

#[test]
fn tokens_of_an_account_are_bounded() {
    let world = World::with_administrator();
    let admin = world.accounts().find("admin").unwrap();
    let good = wish(&world, TokenScope::Read, None);
    for _time in 0..20 {
        world.accounts().make_api_token(admin.id, &good).unwrap();
    }
    assert!(matches!(world.accounts().make_api_token(admin.id, &good), Err(AccountError::TooManyTokens)));
    let first = world.accounts().api_tokens(admin.id).unwrap().remove(0);
    world.accounts().revoke_api_token(admin.id, first.id).unwrap();
    assert!(world.accounts().make_api_token(admin.id, &good).is_ok());
}
