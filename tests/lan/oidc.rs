//! Signing in by an identity provider: the person who is linked comes in, and nobody else, whatever the provider's answer
//! looks like; a provider that is down stops nothing.

use serde_json::json;
use simpul::app::App;
use simpul::app::accounts::NewPerson;
use simpul::domain::access::{Grant, Reach};
use simpul::store::AuditFilter;

use super::provider::{Provider, SignedBy};
use super::service::{LOOPBACK, Reply, Service, Settings, exchange, head, make_administrator};

/// Change of a token's claims.
type ClaimChange = fn(&mut serde_json::Value);

/// A service with a provider, and a browser that keeps its cookies.
struct Browser<'s> {
    service: &'s Service,
    cookies: Vec<(String, String)>,
}

impl<'s> Browser<'s> {
    fn new(service: &'s Service) -> Self {
        Self { service, cookies: Vec::new() }
    }

    fn cookie(&self, name: &str) -> &str {
        self.cookies.iter().find(|cookie| cookie.0 == name).map_or("", |cookie| cookie.1.as_str())
    }

    fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, "")
    }

    fn post(&mut self, path: &str, body: &str) -> Reply {
        self.send("POST", path, body)
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|cookie| format!("{}={}", cookie.0, cookie.1)).collect();
        let length = body.len().to_string();
        let host = self.service.host();
        let origin = format!("http://{host}");
        let mut lines = vec![("Cookie", cookies.join("; "))];
        if method == "POST" {
            lines.push(("Content-Type", "application/x-www-form-urlencoded".to_owned()));
            lines.push(("Content-Length", length));
            lines.push(("Origin", origin));
        }
        let lines: Vec<(&str, &str)> = lines.iter().map(|line| (line.0, line.1.as_str())).collect();
        let reply = exchange(&mut self.service.connect(), &(head(method, path, &host, &lines) + body));
        let set = reply.head.lines().filter_map(|line| line.split_once(": "));
        for (_, cookie) in set.filter(|line| line.0.eq_ignore_ascii_case("set-cookie")) {
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|known| known.0 != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        reply
    }

    /// Goes to the provider, signs in there and comes back.
    fn sign_in(&mut self, provider: &Provider, subject: &str) -> Reply {
        let back = self.go(provider, subject);
        self.get(&back)
    }

    /// The address to which the browser comes back.
    fn go(&mut self, provider: &Provider, subject: &str) -> String {
        let away = self.get("/masuk/penyedia?lanjut=%2Ffaskes");
        assert_eq!(away.status, 303, "{}", away.body);
        format!("/masuk/penyedia/kembali?{}", provider.sign_in(away.line("location"), subject))
    }

    fn is_in(&mut self) -> bool {
        self.get("/akun").status == 200
    }
}

fn service(provider: &Provider, claim: Option<&str>) -> Service {
    let settings = Settings { provider: Some(provider.known(claim)), ..LOOPBACK };
    Service::prepared(settings, make_administrator)
}

/// Makes an account and gives its one-time code.
fn make(app: &App, name: &str, grant: Grant) -> String {
    let person = NewPerson { name, full_name: "", title: "" };
    let (_account, handed) = app.accounts().create(&person, &[grant]).unwrap();
    handed.code.reveal().to_owned()
}

fn viewer() -> Grant {
    Grant::Viewer { puskesmas: "Mekarsari".to_owned() }
}

/// An account `rina` that is linked to the provider's `sub-rina`.
fn linked(service: &Service, provider: &Provider) {
    let code = make(&service.app, "rina", viewer());
    let mut browser = Browser::new(service);
    browser.sign_in(provider, "sub-rina");
    assert_eq!(browser.post("/masuk/penyedia", &format!("kode={code}")).status, 303);
}

fn actions(app: &App) -> Vec<String> {
    let rows = app.store().audit_rows(&AuditFilter::within(Reach::Everything), 0, 1_000).unwrap();
    rows.iter().map(|row| format!("{row:?}")).collect()
}

#[test]
fn a_one_time_code_links_a_person_once_and_the_provider_lets_them_in_from_then_on() {
    let provider = Provider::start();
    let service = service(&provider, None);
    let code = make(&service.app, "rina", viewer());
    let mut browser = Browser::new(&service);
    let page = browser.get("/masuk");
    assert!(page.body.contains("Masuk dengan akun dinas"), "{}", page.body);
    let asks = browser.sign_in(&provider, "sub-rina");
    assert_eq!(asks.status, 200);
    assert!(asks.body.contains("belum terhubung dengan akun Simpul") && !browser.is_in(), "{}", asks.body);
    let wrong = browser.post("/masuk/penyedia", "kode=AAAA-AAAA-AAAA-AAAA");
    assert!(wrong.status == 422 && wrong.body.contains("minta kode baru"), "{}", wrong.body);
    let begun = browser.post("/masuk/penyedia", &format!("kode={}", code.to_lowercase()));
    assert_eq!((begun.status, begun.line("location")), (303, "/faskes"), "{}", begun.body);
    assert!(browser.is_in());
    assert!(browser.get("/akun").body.contains(&provider.issuer()));

    // From then on without a code, in another browser; the former session of a browser ends.
    let mut other = Browser::new(&service);
    assert_eq!(other.sign_in(&provider, "sub-rina").line("location"), "/faskes");
    let former = other.cookie("simpul-sesi").to_owned();
    assert_eq!(other.sign_in(&provider, "sub-rina").status, 303);
    assert_ne!(other.cookie("simpul-sesi"), former);
    let mut old = Browser::new(&service);
    old.cookies = vec![("simpul-sesi".to_owned(), former)];
    assert!(other.is_in() && browser.is_in() && !old.is_in());

    // The code is used up, and a second person does not get in by it.
    let mut stranger = Browser::new(&service);
    stranger.sign_in(&provider, "sub-lain");
    assert_eq!(stranger.post("/masuk/penyedia", &format!("kode={code}")).status, 422);
    assert!(!stranger.is_in());
    let told = actions(&service.app).join("\n");
    for words in ["identity.link", "kode sekali pakai", "penyedia identitas", "belum dihubungkan dengan akun"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("sub-rina"), "the audit keeps no word for the person");
}

#[test]
fn a_claim_links_the_account_of_that_name_but_never_an_administrator() {
    let provider = Provider::start();
    let service = service(&provider, Some("preferred_username"));
    make(&service.app, "rina", viewer());
    let mut browser = Browser::new(&service);
    assert_eq!(browser.sign_in(&provider, "rina").status, 303);
    assert!(browser.is_in());
    // The subject counts from then on: whoever gets the name later is somebody else.
    provider.conduct().claims = |claims| claims["sub"] = json!("sub-penerus");
    let mut successor = Browser::new(&service);
    assert_eq!(successor.sign_in(&provider, "rina").status, 200);
    assert!(!successor.is_in());
    provider.conduct().claims = |_claims| {};
    let mut administrator = Browser::new(&service);
    assert_eq!(administrator.sign_in(&provider, "siti").status, 200);
    assert!(!administrator.is_in());
    assert_eq!(Browser::new(&service).sign_in(&provider, "tidak.ada").status, 200);
}

#[test]
fn an_address_of_mail_counts_only_where_the_provider_verified_it() {
    let provider = Provider::start();
    let service = service(&provider, Some("email"));
    make(&service.app, "rina@dinkes.example", viewer());
    provider.conduct().claims = |claims| claims["email"] = json!("rina@dinkes.example");
    assert_eq!(Browser::new(&service).sign_in(&provider, "a").status, 200);
    provider.conduct().claims = |claims| {
        claims["email"] = json!("rina@dinkes.example");
        claims["email_verified"] = json!(true);
    };
    assert_eq!(Browser::new(&service).sign_in(&provider, "a").status, 303);
}

#[test]
fn an_answer_that_cannot_be_believed_lets_nobody_in() {
    let provider = Provider::start();
    let service = service(&provider, None);
    linked(&service, &provider);
    let wrong: [(&str, ClaimChange, SignedBy); 9] = [
        ("dibuat untuk program lain", |claims| claims["aud"] = json!("lain"), SignedBy::Provider),
        ("dibuat untuk program lain", |claims| claims["aud"] = json!(["simpul", "lain"]), SignedBy::Provider),
        (
            "waktunya sudah lewat",
            |claims| claims["exp"] = json!(claims["iat"].as_i64().unwrap() - 300),
            SignedBy::Provider,
        ),
        (
            "waktunya sudah lewat",
            |claims| claims["iat"] = json!(claims["iat"].as_i64().unwrap() + 600),
            SignedBy::Provider,
        ),
        ("bukan jawaban atas permintaan ini", |claims| claims["nonce"] = json!("lain"), SignedBy::Provider),
        ("dibuat penyedia lain", |claims| claims["iss"] = json!("https://lain.example"), SignedBy::Provider),
        ("tanda tangannya", |_claims| {}, SignedBy::Stranger),
        ("tanda tangannya", |_claims| {}, SignedBy::Nobody),
        ("tanda tangannya", |_claims| {}, SignedBy::ClientSecret),
    ];
    for (words, claims, signed_by) in wrong {
        {
            let mut conduct = provider.conduct();
            conduct.claims = claims;
            conduct.signed_by = signed_by;
        }
        let mut browser = Browser::new(&service);
        let reply = browser.sign_in(&provider, "sub-rina");
        assert!(reply.status == 422 && reply.body.contains(words), "{words} {signed_by:?}: {}", reply.body);
        assert!(!browser.is_in(), "{words}");
    }
    {
        let mut conduct = provider.conduct();
        conduct.signed_by = SignedBy::Provider;
        // Clocks that are a minute apart are none.
        conduct.claims = |claims| {
            claims["iat"] = json!(claims["iat"].as_i64().unwrap() + 60);
            claims["exp"] = json!(claims["iat"].as_i64().unwrap() - 120);
        };
    }
    assert_eq!(Browser::new(&service).sign_in(&provider, "sub-rina").status, 303);
}

#[test]
fn only_the_browser_that_began_comes_back_and_only_once() {
    let provider = Provider::start();
    let service = service(&provider, None);
    linked(&service, &provider);
    let mut browser = Browser::new(&service);
    let back = browser.go(&provider, "sub-rina");
    // Somebody who is sent another person's answer is not signed in as them.
    let mut victim = Browser::new(&service);
    assert_eq!(victim.get(&back).status, 422);
    victim.go(&provider, "sub-lain");
    let planted = victim.get(&back);
    assert!(planted.status == 422 && planted.body.contains("tidak dimulai di peramban ini"), "{}", planted.body);
    assert!(!victim.is_in());
    let state = back.split("state=").nth(1).unwrap();
    assert_eq!(browser.get(&back.replace(state, &"0".repeat(64))).status, 422);
    assert_eq!(browser.get(&back).status, 303);
    // The same answer again, with the session gone.
    browser.cookies.retain(|cookie| cookie.0 != "simpul-sesi");
    assert!(browser.get(&back).status == 422 && !browser.is_in());
    // A code that was used up at the provider.
    let again = browser.go(&provider, "sub-rina");
    let used = back.split("code=").nth(1).unwrap().split('&').next().unwrap();
    let replayed = again.replace(again.split("code=").nth(1).unwrap().split('&').next().unwrap(), used);
    provider.conduct().asked.clear();
    let told = browser.get(&replayed);
    assert!(told.status == 422 && told.body.contains("kode itu sudah dipakai"), "{}", told.body);
    assert_eq!(provider.conduct().asked, ["/token"]);
    // An answer of another issuer, and a refusal.
    let foreign = browser.go(&provider, "sub-rina") + "&iss=https%3A%2F%2Flain.example";
    assert!(browser.get(&foreign).body.contains("dibuat penyedia lain"));
    let asked = browser.go(&provider, "sub-rina");
    let state = asked.split("state=").nth(1).unwrap();
    let refused = browser
        .get(&format!("/masuk/penyedia/kembali?error=access_denied&error_description=%3Cb%3Ehalo&state={state}"));
    assert!(refused.body.contains("tidak memberi izin masuk") && !refused.body.contains("halo"), "{}", refused.body);
    assert!(!browser.is_in());
}

#[test]
fn a_disabled_or_unlinked_account_stays_outside() {
    let provider = Provider::start();
    let service = service(&provider, None);
    linked(&service, &provider);
    let accounts = service.app.accounts();
    let rina = accounts.find("rina").unwrap();
    accounts.disable(rina.id).unwrap();
    let mut browser = Browser::new(&service);
    let told = browser.sign_in(&provider, "sub-rina");
    assert!(told.status == 422 && told.body.contains("tidak aktif"), "{}", told.body);
    accounts.enable(rina.id).unwrap();
    assert_eq!(browser.sign_in(&provider, "sub-rina").status, 303);
    accounts.unlink_identities(rina.id).unwrap();
    assert!(!browser.is_in(), "its sessions end with the link");
    assert_eq!(browser.sign_in(&provider, "sub-rina").status, 200);
    // What is kept of the person goes when the account is erased.
    let code = accounts.reset_password(rina.id).unwrap();
    browser.sign_in(&provider, "sub-rina");
    assert_eq!(browser.post("/masuk/penyedia", &format!("kode={}", code.code.reveal())).status, 303);
    accounts.erase(rina.id).unwrap();
    assert!(service.app.store().account_book().identities(rina.id).unwrap().is_empty());
    assert!(!browser.is_in());
}

#[test]
fn a_provider_that_is_down_stops_nobody_and_is_not_asked_over_and_over() {
    let provider = Provider::start();
    let service = service(&provider, None);
    assert_eq!(provider.conduct().asked, [""; 0], "nobody is asked before somebody wants to sign in");
    provider.conduct().is_broken = true;
    let mut browser = Browser::new(&service);
    for _time in 0..3 {
        let told = browser.get("/masuk/penyedia");
        assert!(told.status == 503 && told.body.contains("tidak menjawab"), "{}", told.body);
        assert!(told.body.contains("name=\"sandi\""), "the password is still asked for");
    }
    assert_eq!(provider.conduct().asked.len(), 1);
    assert_eq!(browser.get("/masuk").status, 200);
}

#[test]
fn a_provider_that_says_something_else_of_itself_is_not_believed() {
    let wrong: [ClaimChange; 2] = [
        |metadata| metadata["issuer"] = json!("https://lain.example"),
        |metadata| metadata["token_endpoint"] = json!("http://lain.example/token"),
    ];
    for metadata in wrong {
        let provider = Provider::start();
        provider.conduct().metadata = metadata;
        let service = service(&provider, None);
        let told = Browser::new(&service).get("/masuk/penyedia");
        assert!(told.status == 503 && told.body.contains("tidak cocok"), "{}", told.body);
    }
}

#[test]
fn keys_that_changed_are_asked_for_once() {
    let provider = Provider::start();
    let service = service(&provider, None);
    linked(&service, &provider);
    provider.conduct().has_new_key = true;
    // A minute has to pass before keys are asked for again: a flood of wrong tokens asks nobody.
    let mut browser = Browser::new(&service);
    assert_eq!(browser.sign_in(&provider, "sub-rina").status, 422);
    let keys_asked = || provider.conduct().asked.iter().filter(|path| *path == "/keys").count();
    assert_eq!(keys_asked(), 1);
    let known = provider.known(None).provider;
    let fresh = || service.app.accounts().flow_secrets().unwrap();
    let now = service.app.clock().now();
    provider.conduct().has_new_key = false;
    let secrets = fresh();
    let query = provider.sign_in(&known.begin(&secrets, now).unwrap(), "sub-rina");
    provider.conduct().has_new_key = true;
    let code = query.split(['=', '&']).nth(1).unwrap();
    let identity = known.finish(code, &secrets, now + chrono::Duration::seconds(61)).unwrap();
    assert_eq!((identity.subject.as_str(), keys_asked()), ("sub-rina", 3));
}

#[test]
fn without_a_provider_its_addresses_are_not_there() {
    let service = Service::prepared(LOOPBACK, make_administrator);
    let mut browser = Browser::new(&service);
    assert!(!browser.get("/masuk").body.contains("Masuk dengan"));
    assert_eq!(browser.get("/masuk/penyedia").status, 404);
    assert_eq!(browser.get("/masuk/penyedia/kembali?code=a&state=b").status, 404);
    assert_eq!(browser.post("/masuk/penyedia", "kode=a").status, 404);
}
