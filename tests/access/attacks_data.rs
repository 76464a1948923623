//! Attacks by what is stored: markup and formulas in every name that a person can write; drafts and archives of others.

use axum::http::{StatusCode, header};
use simpul::app::accounts::{CameFrom, LogInRequest, TokenWish};
use simpul::app::import::Upload;
use simpul::domain::access::Grant;
use simpul::store::TokenScope;
use simpul::web::ROUTES;

use super::matrix::{address, read};
use super::world::{FACILITY, OWN, Visitor, World, encoded, typed, words};
use crate::accounts::{PASSWORD, address as machine};

const MARKUP: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
const FORMULA: &str = "=HYPERLINK(\"http://lain.example\",\"x\")";

/// A world in which every name holds a text, and an administrator whose own names hold it too.
fn hostile(text: &str) -> (World, Visitor) {
    let world = World::bare();
    let app = &world.site.app;
    let quoted = format!("\"{}\"", text.replace('"', "\"\""));
    let lines = [
        OWN.to_owned(),
        "DAFTAR IDENTIFIKASI TAHUN 2023".to_owned(),
        "No,Nama Jaringan/Jejaring,Jenis,Kelompok,Alamat,Penanggung Jawab".to_owned(),
        format!("1,{quoted},Klinik,Jejaring,{quoted},{quoted}"),
        format!("2,{FACILITY},Klinik,Jejaring,{quoted},{quoted}"),
    ];
    let name = format!("{text}.csv");
    let receipt = app.import(&[Upload { name, bytes: lines.join("\r\n").into_bytes() }], None, false, &mut |_| {});
    assert!(receipt.files[0].batch.is_some(), "{receipt:?}");
    let visit = [
        ("tanggal", "9 Mei 2023"),
        ("nama", FACILITY),
        ("bentuk", "Supervisi"),
        ("pembina", text),
        ("aspek", text),
        ("temuan", text),
    ];
    typed(app, OWN, "pembinaan", &visit);
    let follow_up =
        [("tanggal", "9 Mei 2023"), ("nama", FACILITY), ("rencana", text), ("pj", text), ("batas", "1 Juli 2023")];
    typed(app, OWN, "rtl", &follow_up);
    typed(app, OWN, "notulen", &[("tanggal", "9 Mei 2023"), ("masalah", text), ("keputusan", text), ("pj", text)]);
    typed(app, OWN, "evaluasi", &[("periode", "2023-C2"), ("nama", ""), ("masalah", text), ("penyebab", text)]);
    typed(app, OWN, "pembinaan-tpcb", &[("tanggal", "9 Mei 2023"), ("fakta", text), ("kesimpulan", text)]);
    app.intake().add_alias(OWN, text.trim_start_matches('='), FACILITY).ok();
    let mut settings = app.papers().letter_details(OWN).unwrap().settings;
    text.clone_into(&mut settings.above);
    text.clone_into(&mut settings.address);
    text.clone_into(&mut settings.head.name);
    app.papers().save_letter(OWN, &settings).unwrap();
    let account = world.account("wati", &[Grant::Administrator]);
    world.accounts().set_person(account.id, text, text).unwrap();
    let from = CameFrom { address: machine("127.0.0.1"), device: text, device_token: None };
    let request = LogInRequest { name: "wati", password: PASSWORD, second: None, from, former: None };
    let token = world.accounts().log_in(&request).unwrap().session.reveal().to_owned();
    let expires = app.clock().now() + chrono::Duration::days(1);
    let wish = TokenWish { name: text.chars().take(60).collect(), scope: TokenScope::Read, puskesmas: None, expires };
    world.accounts().make_api_token(account.id, &wish).unwrap();
    let origin = simpul::domain::access::Origin::Page(machine("127.0.0.1"));
    let signed_in = world.accounts().session(&token, origin).unwrap().unwrap();
    (world, Visitor { name: "wati".to_owned(), token, signed_in })
}

#[tokio::test]
async fn markup_in_any_name_stays_text_on_every_page() {
    let (world, who) = hostile(MARKUP);
    let mut seen = 0;
    let mut failures = Vec::new();
    let mut ids = world.own.clone();
    let history = world.site.app.batches().history(&simpul::store::Scope::Puskesmas(OWN.to_owned())).unwrap();
    ids.batch = history.iter().find(|batch| batch.file_name.contains("script")).unwrap().batch;
    for route in ROUTES.iter().filter(|route| route.read.is_some()) {
        for ids in [&world.own, &ids] {
            let Some(answer) = read(&world, Some(&who), route.path, &address(&world, route.path, ids)).await else {
                continue;
            };
            let media = answer.header(header::CONTENT_TYPE).to_owned();
            if !media.contains("html") && !media.contains("svg") {
                continue;
            }
            let page = answer.text();
            seen += usize::from(page.contains("alert(1)"));
            if page.contains("<script>alert") || page.contains("<img src=x") {
                failures.push(route.path);
            }
        }
    }
    assert!(failures.is_empty(), "{failures:?}");
    assert!(seen >= 12, "the text reaches {seen} pages only");
}

#[tokio::test]
async fn no_export_holds_a_formula() {
    let (world, who) = hostile(FORMULA);
    let q = format!("puskesmas={}&periode=2023-C2&per=2023-08-31", encoded(OWN));
    let table = address(&world, "/api/v1/tables/{page}/{table}", &world.own);
    let table = table.split('?').next().unwrap();
    let follow_ups = "/api/v1/tables/evaluasi/follow-ups";
    let mut told = 0;
    for path in [
        format!("{table}?{q}"),
        format!("{follow_ups}?{q}"),
        format!("/api/v1/facilities?{q}"),
        format!("/api/v1/puskesmas?{q}"),
        format!("/api/v1/entries?tabel=follow_ups&{q}"),
        format!("/api/v1/entries?tabel=problems&{q}"),
        format!("/api/v1/imports?{q}"),
        format!("/api/v1/evidence?{q}"),
        format!("/api/v1/facts?{q}"),
        format!("/api/v1/lineage?angka=BKT&{q}"),
        format!("/api/v1/calendar?{q}"),
    ] {
        let answer = world.get(Some(&who), &format!("{path}&format=csv")).await;
        if answer.status != StatusCode::OK || !answer.header(header::CONTENT_TYPE).contains("csv") {
            continue;
        }
        let text = answer.text();
        told += usize::from(text.contains("HYPERLINK"));
        for cell in text.trim_start_matches('\u{feff}').lines().flat_map(|line| line.split(';')) {
            let cell = cell.trim_matches('"').trim_start();
            assert!(!cell.starts_with(['=', '@', '+', '\t']), "{path}: {cell}");
        }
    }
    assert!(told >= 3, "{told}");
    for path in [
        format!("{table}?{q}&format=xlsx"),
        format!("/laporan/evaluasi.xlsx?{q}"),
        format!("/laporan/daftar-jejaring.xlsx?{q}"),
    ] {
        let answer = world.get(Some(&who), &path).await;
        if answer.status == StatusCode::OK {
            let all = words(&answer);
            assert!(!all.contains("<f>") && !all.contains("<f "), "{path}");
            assert!(!all.contains("targetmode=\"external\""), "{path}");
        }
    }
}

#[tokio::test]
async fn drafts_and_archives_are_of_whoever_began_them() {
    let world = World::bare();
    let second = world.made("rina", &[Grant::Coordinator { puskesmas: OWN.to_owned() }]);
    let first = world.person("koordinator");
    let draft = world.own.draft;
    for path in [format!("/impor/draf/{draft}"), format!("/impor/draf/{draft}/lembar?berkas=0&lembar=x")] {
        assert_eq!(world.get(Some(&second), &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for act in ["terima", "pemilik", "buang", "kata", "masa", "lembar"] {
        let fields = [("berkas", "0"), ("puskesmas", OWN), ("lembar", "x"), ("terima-0", "1"), ("segel-0", "x")];
        let answer = world.post(Some(&second), &format!("/impor/draf/{draft}/{act}"), &fields).await;
        assert!(answer.status.is_client_error(), "{act}: {}", answer.status);
    }
    assert!(!words(&world.get(Some(&second), "/impor").await).contains("mekar-baru"));
    assert!(words(&world.get(Some(first), "/impor").await).contains("mekar-baru"));
    assert_eq!(world.get(Some(first), &format!("/impor/draf/{draft}")).await.status, StatusCode::OK);
    let app = world.site.app.acting_as(second.signed_in.access.clone());
    let now = app.clock().now();
    assert!(app.store().draft(draft, now).unwrap().is_none() && app.store().draft_bytes(draft, 0).is_err());
    assert!(app.store().drafts_waiting("koordinator", now).unwrap().is_empty());
    assert!(app.store().set_draft_owner(draft, None, app.by()).is_err());
    // An archive that somebody began shows itself to nobody else.
    let begun = world.post(Some(first), "/laporan-semua", &[("berkas", "akreditasi"), ("periode", "2023-C2")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    assert!(world.get(Some(first), "/laporan-semua").await.text().contains("Berkas akreditasi"));
    assert!(!world.get(Some(&second), "/laporan-semua").await.text().contains("Berkas akreditasi"));
    assert_eq!(world.get(Some(&second), "/laporan-semua/arsip").await.status, StatusCode::NOT_FOUND);
}
