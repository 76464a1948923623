//! Who is let in: nobody without an account from beyond loopback, the owner on loopback until there is one, and no name
//! that is not the service's own.

use super::service::{ANYWHERE, LOOPBACK, Reply, Service, Settings, make_administrator};

/// Pages, parts, papers and figures of which none may say anything.
const SECRET: [&str; 8] =
    ["/", "/faskes", "/impor", "/laporan", "/api/v1/puskesmas", "/api/v1/facts", "/pekerjaan", "/bantuan"];

fn assert_shows_nobody_anything(service: &Service) {
    for path in SECRET {
        let reply = service.get(path, &[]);
        if path.starts_with("/api/") {
            assert_eq!(reply.status, 401, "{path}: {}", reply.head);
        } else {
            assert_eq!(reply.status, 303, "{path}: {}", reply.head);
            assert!(reply.line("location").starts_with("/masuk"), "{path}: {}", reply.head);
        }
    }
    let health = service.get("/healthz", &[]);
    assert_eq!((health.status, health.body.as_str()), (200, "ok\n"));
    assert_eq!(service.get("/aset/simpul.css", &[]).status, 200);
}

#[test]
fn beyond_loopback_nobody_is_shown_anything_without_an_account() {
    let service = Service::start(ANYWHERE);
    assert_shows_nobody_anything(&service);
    let origin = format!("http://{}", service.host());
    let change = service.ask("POST", "/impor/nama", &[("Origin", &origin), ("Content-Length", "0")]);
    assert_eq!(change.status, 401, "{}", change.head);
}

#[test]
fn on_loopback_the_owner_is_let_in_until_there_is_an_account() {
    let service = Service::start(LOOPBACK);
    assert_eq!(service.get("/faskes", &[]).status, 200);
    assert_eq!(service.get("/", &[]).status, 200);
    make_administrator(&service.app);
    // Also what was in memory for the owner is shown to nobody any more.
    std::thread::sleep(std::time::Duration::from_millis(600));
    assert_shows_nobody_anything(&service);
}

#[test]
fn with_accounts_nobody_is_let_in_without_one() {
    assert_shows_nobody_anything(&Service::prepared(ANYWHERE, make_administrator));
    assert_shows_nobody_anything(&Service::prepared(LOOPBACK, make_administrator));
}

#[test]
fn a_code_for_the_first_administrator_makes_nobody_and_opens_nothing() {
    let service = Service::prepared(ANYWHERE, |app| {
        app.accounts().make_set_up_code().unwrap();
        assert!(!app.accounts().has_accounts().unwrap());
    });
    assert_shows_nobody_anything(&service);
    make_administrator(&service.app);
    assert!(service.app.accounts().make_set_up_code().is_err(), "there is an account");
}

#[test]
fn a_stranger_between_is_not_the_owner() {
    let service = Service::start(LOOPBACK);
    for line in [("X-Forwarded-For", "203.0.113.9"), ("Forwarded", "for=203.0.113.9"), ("X-Real-IP", "203.0.113.9")] {
        assert_eq!(service.get("/faskes", &[line]).status, 303, "{line:?}");
    }
    assert_eq!(service.get("/faskes", &[]).status, 200);
}

#[test]
fn foreign_names_are_refused() {
    let service = Service::start(Settings { names: &["simpul.example"], ..ANYWHERE });
    let asked = |host: &str| service.get("/healthz", &[("Host", host)]);
    let port = service.address.port();
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", "192.0.2.7:8080", "simpul.example.evil.example", ""] {
        let reply = asked(host);
        assert_eq!(reply.status, 421, "{host}: {}", reply.head);
        assert!(reply.body.contains("`names` dalam simpul.toml"), "{host}: {}", reply.body);
        assert!(!reply.body.contains("evil.example"), "{host} is offered");
    }
    for host in ["simpul.example".to_owned(), format!("SIMPUL.example:{port}"), format!("localhost:{port}")] {
        assert_eq!(asked(&host).status, 200, "{host}");
    }
    let two = service.get("/healthz", &[("Host", "evil.example"), ("Host", &service.host())]);
    assert_eq!(two.status, 421, "{}", two.head);
}

#[test]
fn every_answer_has_a_number_that_nobody_else_chooses() {
    let service = Service::start(LOOPBACK);
    let number = |reply: &Reply| reply.line("x-request-id").to_owned();
    let own = service.get("/tidak-ada", &[("X-Request-Id", "pilihan-saya")]);
    assert_eq!(own.status, 404);
    assert!(own.body.contains(&number(&own)) && number(&own).len() > 10, "{}\n{}", own.head, own.body);
    assert!(!own.head.contains("pilihan-saya") && !own.body.contains("pilihan-saya"));
    let api = service.get("/api/v1/tidak-ada", &[]);
    assert!(api.body.contains(&format!("\"request_id\":\"{}\"", number(&api))), "{}", api.body);
    let numbers = [0, 1].map(|_| number(&service.get("/healthz", &[])));
    assert!(!numbers[0].is_empty() && numbers[0] != numbers[1], "{numbers:?}");
    let refused = service.get("/", &[("Host", "evil.example")]);
    assert!(refused.body.contains(&number(&refused)), "{}", refused.body);
}
