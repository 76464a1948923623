//! The first page: asked once on a data folder with nothing in it, and what is answered holds when the service begins
//! again.

use std::fs;

use simpul::web::ServiceEnd;
use simpul::web::listening::FreeChoices;

use super::service::{ANYWHERE, LOOPBACK, Reply, Service, Settings, exchange, head, make_administrator};

fn asking(usual_folder: Option<std::path::PathBuf>) -> Settings<'static> {
    Settings { first_page: Some(FreeChoices { usual_folder, is_address_free: true }), ..LOOPBACK }
}

/// Sends the form of the page.
fn answer(service: &Service, fields: &str) -> Reply {
    let origin = format!("http://{}", service.host());
    let length = fields.len().to_string();
    let lines = [
        ("Origin", origin.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", length.as_str()),
    ];
    exchange(&mut service.connect(), &(head("POST", "/awal", &service.host(), &lines) + fields))
}

#[test]
fn three_things_are_asked_and_the_service_begins_again() {
    let machine = tempfile::tempdir().unwrap();
    let usual = machine.path().join("usual");
    fs::create_dir(&usual).unwrap();
    let service = Service::start(asking(Some(usual.clone())));
    let first = service.get("/", &[]);
    assert_eq!((first.status, first.line("location")), (303, "/awal"), "{}", first.head);
    let page = service.get("/awal", &[]).body;
    for asked in ["name=\"puskesmas\"", "name=\"folder\"", "name=\"untuk\""] {
        assert_eq!(page.matches(asked).count(), 1, "{asked}: {page}");
    }
    let refused = answer(&service, "puskesmas=Abcde&folder=data&untuk=sendiri");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("tidak lengkap") && refused.body.contains("value=\"Abcde\""), "{}", refused.body);
    let other = machine.path().join("lain");
    let taken = answer(&service, &format!("puskesmas=Abcde&folder={}&untuk=jaringan", other.display()));
    assert_eq!(taken.status, 200, "{}", taken.body);
    assert!(taken.body.contains("href=\"/mulai\"") && taken.line("refresh").is_empty(), "{}", taken.body);
    let port = service.address.port();
    assert_eq!(service.wait(), ServiceEnd::BeginAgain);
    let text = fs::read_to_string(other.join("simpul.toml")).unwrap();
    assert!(text.contains("puskesmas = \"Abcde\"") && text.contains(&format!("listen = \"0.0.0.0:{port}\"")), "{text}");
    assert_eq!(simpul::app::first_start::chosen_folder(&usual).unwrap(), other);
}

#[test]
fn a_named_folder_stays_and_answers_may_be_left_out() {
    let service = Service::start(asking(None));
    assert!(service.get("/awal", &[]).body.contains("readonly"));
    let taken = answer(&service, "puskesmas=&folder=%2Flain&untuk=sendiri");
    assert!(taken.line("refresh").starts_with("3;"), "{}", taken.head);
    let text = fs::read_to_string(service.app.data().join("simpul.toml")).unwrap();
    assert!(!text.contains("puskesmas =") && !text.contains("listen ="), "{text}");
    assert_eq!(service.wait(), ServiceEnd::BeginAgain);
}

#[test]
fn nobody_else_is_asked_and_nobody_twice() {
    let elsewhere = Service::start(LOOPBACK);
    assert_eq!(elsewhere.get("/awal", &[]).line("location"), "/");
    let open = Service::start(Settings { first_page: Some(FreeChoices::default()), ..ANYWHERE });
    assert!(open.get("/awal", &[]).line("location").starts_with("/masuk"));
    let accounts = Service::prepared(asking(None), make_administrator);
    assert!(accounts.get("/awal", &[]).line("location").starts_with("/masuk"));
    let told = Service::prepared(asking(None), |app| {
        fs::write(app.data().join("simpul.toml"), "puskesmas = \"Abcde\"\n").unwrap();
    });
    let page = told.get("/", &[]);
    assert!(page.status == 200 && page.body.contains("memerlukan tiga hal"), "{}", page.body);
}
