//! The matrix: every address of the service, asked by every role and by nobody, for its own Puskesmas.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::StatusCode;
use simpul::web::{ROUTES, RouteRights};

use super::matrix_expected::{EXPECTED, Expected};
use super::world::{Ids, NOWHERE, PEOPLE, SECRET, Visitor, WORLD, World, encoded, is_refused, location, role, words};
use crate::web::site::Answer;

/// Longer than any page of a test takes.
const PATIENCE: Duration = Duration::from_mins(2);
/// Answers that go on until the service stops.
const ENDLESS: [&str; 2] = ["/laporan-semua/kabar", "/pekerjaan-kabar"];

/// Things that no Puskesmas has.
pub fn nothing() -> Ids {
    Ids {
        puskesmas: NOWHERE.to_owned(),
        facility: "Klinik Timurlaux".to_owned(),
        batch: 987_654,
        entry: "0123456789abcdef".to_owned(),
        evidence: 987_654,
        sha256: String::new(),
        edition: 987_654,
        snapshot: "AAAAAAAAAAAA".to_owned(),
        evaluation: "aaaaaaaaaaaa".to_owned(),
        draft: 987_654,
        account: 987_654,
    }
}

fn panel(world: &World, slug: &str, title: &str) -> String {
    let definitions = world.site.app.definitions();
    let page = definitions.dashboards.iter().find(|page| page.slug == slug).unwrap();
    page.panels
        .iter()
        .find(|panel| panel.title.as_deref().is_some_and(|known| known.starts_with(title)))
        .unwrap()
        .id
        .clone()
}

/// The address of a route for what these ids name.
pub fn address(world: &World, path: &str, ids: &Ids) -> String {
    let facility = encoded(&ids.facility);
    let chart = panel(world, "faskes", "Arah skor");
    let filled = match path {
        "/faskes/{name}" | "/faskes/{name}/tindak-lanjut" => path.replace("{name}", &facility),
        "/halaman/{slug}" => path.replace("{slug}", "evaluasi"),
        "/laporan/{name}" => path.replace("{name}", "evaluasi.docx"),
        "/grafik/{page}/{file}" => format!("/grafik/faskes/{chart}.svg"),
        "/bagian/{page}/{panel}" => format!("/bagian/faskes/{chart}"),
        "/api/v1/tables/{page}/{table}" => {
            format!("/api/v1/tables/ringkasan/{}", panel(world, "ringkasan", "Status setiap faskes"))
        }
        "/api/v1/charts/{page}/{panel}" => {
            format!("/api/v1/charts/ringkasan/{}", panel(world, "ringkasan", "Arah skor"))
        }
        "/api/v1/pws/{code}" => path.replace("{code}", "K1"),
        "/api/{*rest}" => "/api/v1/tidak-ada".to_owned(),
        "/impor/draf/{id}"
        | "/impor/draf/{id}/terima"
        | "/impor/draf/{id}/pemilik"
        | "/impor/draf/{id}/buang"
        | "/impor/draf/{id}/kata"
        | "/impor/draf/{id}/masa"
        | "/impor/draf/{id}/lembar" => path.replace("{id}", &ids.draft.to_string()),
        "/bukti/berkas/{id}" | "/bukti/berkas/{id}/tarik" | "/bukti/berkas/{id}/hapus" => {
            path.replace("{id}", &ids.evidence.to_string())
        }
        "/catatan/{table}"
        | "/catatan/{table}/tarik"
        | "/catatan/{table}/tempel"
        | "/catatan/{table}/tempel/simpan" => path.replace("{table}", "capaian"),
        "/bantuan/gambar/{name}" => path.replace("{name}", "ringkasan.png"),
        "/aset/{name}" => path.replace("{name}", "simpul.css"),
        "/cuplikan/{id}" => path.replace("{id}", &ids.snapshot),
        "/cuplikan/berkas/{edition}/{format}" => format!("/cuplikan/berkas/{}/pdf", ids.edition),
        "/templat/{kind}" => path.replace("{kind}", "identifikasi"),
        "/daftar-tilik/{name}" => path.replace("{name}", "lembar.docx"),
        "/pekerjaan/{name}/{run}" => format!("/pekerjaan/cadangan/{}", world.run),
        "/berkas-pekerjaan/{run}/{place}" => format!("/berkas-pekerjaan/{}/1", world.run),
        "/evaluasi-tersimpan/{id}" => path.replace("{id}", &ids.evaluation),
        "/pengguna/{id}" => path.replace("{id}", &ids.account.to_string()),
        _ => path
            .replace("{cluster}", "Utara")
            .replace("{step}", "1")
            .replace("{day}", "2023-06-07")
            .replace("{batch}", &ids.batch.to_string())
            .replace("{kind}", "evaluasi")
            .replace("{name}", "cadangan"),
    };
    let subject = format!("puskesmas={}&periode=2023-C2&per=2023-08-31", encoded(&ids.puskesmas));
    let more = match path {
        "/grafik/{page}/{file}" | "/bagian/{page}/{panel}" => format!("&faskes={facility}"),
        "/asal-angka" | "/api/v1/lineage" => format!("&angka=BKT&faskes={facility}"),
        "/impor/{batch}/sel" => "&lembar=Mekar&sel=A4".to_owned(),
        "/api/v1/entries" => "&tabel=follow_ups".to_owned(),
        "/bukti/lampirkan" => {
            format!("&untuk=rtl&faskes={facility}&tanggal=2023-05-03&rencana=Rencana%20Mekar&butir=Rencana%20Mekar")
        }
        "/impor/draf/{id}/lembar" => "&berkas=0&lembar=Mekar-baru".to_owned(),
        "/lokmin/rapat" => "&bulan=2023-05".to_owned(),
        "/templat/{kind}" => "&tahun=2023".to_owned(),
        "/daftar-tilik/{name}" => "&instrumen=contoh-apotek".to_owned(),
        "/daftar-tilik/isi" => format!("&faskes={facility}&instrumen=contoh-apotek"),
        _ => String::new(),
    };
    match path {
        "/impor/{batch}/sel" | "/lokmin/rapat" => {
            format!("{filled}?{}{more}", subject.replace("periode=2023-C2", "periode=2023-05"))
        }
        _ => format!("{filled}?{subject}{more}"),
    }
}

/// The answer to a reader; none where it goes on for ever.
pub async fn read(world: &World, who: Option<&Visitor>, path: &str, address: &str) -> Option<Answer> {
    // Packing a whole bundle for each role would take minutes; that it is refused, and of whom, is asked all the same.
    let is_packed = path == "/laporan/akreditasi.zip" && !address.contains("RAHASIA");
    if is_packed && who.is_some_and(|who| who.name != "faskes") {
        return None;
    }
    if ENDLESS.contains(&path) {
        return tokio::time::timeout(Duration::from_millis(300), world.get(who, address)).await.ok();
    }
    Some(tokio::time::timeout(PATIENCE, world.get(who, address)).await.unwrap())
}

fn expected(path: &str) -> &'static Expected {
    EXPECTED.iter().find(|row| row.path == path).unwrap_or_else(|| panic!("no row for {path}: who may use it?"))
}

/// The letter of a role in the table.
pub fn letter(name: &str) -> char {
    match name {
        "pembaca" | "campur" => 'v',
        "koordinator" => 'o',
        other => other.chars().next().unwrap(),
    }
}

pub fn may(letters: &str, name: &str) -> bool {
    letters == "*" || (letters.contains(letter(name)) || name == "campur" && letters.contains('f')) && letters != "n"
}

#[test]
fn the_table_names_every_route_of_the_router_once() {
    let named: Vec<&str> = EXPECTED.iter().map(|row| row.path).collect();
    let distinct: BTreeSet<&str> = named.iter().copied().collect();
    assert_eq!(named.len(), distinct.len());
    let held: BTreeSet<&str> = ROUTES.iter().map(|route| route.path).collect();
    assert_eq!(distinct, held);
    for route in ROUTES {
        let row = expected(route.path);
        assert_eq!((route.read.is_some(), route.change.is_some()), (row.read != "n", row.change != "n"), "{route:?}");
    }
    // As many as the router has: each of its lines is one address, written out or by a constant.
    let router = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/web/router.rs")).unwrap();
    let lines = router.lines().map(str::trim).filter_map(|line| line.strip_prefix(".route("));
    let mut written: Vec<&str> = lines.map(|line| line.split([',', ')']).next().unwrap()).collect();
    written.sort_unstable();
    written.dedup();
    let literal: BTreeSet<&str> = written.iter().filter_map(|name| name.strip_prefix('"')?.strip_suffix('"')).collect();
    assert!(literal.is_subset(&held), "{:?}", literal.difference(&held).collect::<Vec<_>>());
    assert_eq!(written.len(), held.len(), "a route lacks its row, or a row its route");
    assert!(PEOPLE.iter().filter(|name| role(name).is_some()).count() == simpul::domain::access::Role::ALL.len());
}

fn check_reader(route: &RouteRights, name: Option<&str>, answer: &Answer, failures: &mut Vec<String>) {
    let row = expected(route.path);
    let is_api = route.path.starts_with("/api/");
    let leads_to_door = answer.status == StatusCode::SEE_OTHER && location(answer).starts_with("/masuk");
    let is_let_in = match name {
        None => row.read == "*",
        Some(name) => may(row.read, name),
    };
    let is_right = match (is_let_in, name) {
        (true, _) => !is_refused(answer.status) && !answer.status.is_server_error(),
        (false, None) if is_api => answer.status == StatusCode::UNAUTHORIZED,
        (false, None) => leads_to_door,
        (false, Some(_)) => answer.status == StatusCode::FORBIDDEN,
    };
    if !is_right || name.is_some() && leads_to_door && row.read != "*" {
        failures.push(format!("{} {name:?}: {}", route.path, answer.status));
    }
    if name != Some("admin") && name != Some("dinas") && words(answer).contains(SECRET) {
        failures.push(format!("{} tells {name:?} of the foreign one", route.path));
    }
}

#[tokio::test]
async fn every_role_reads_what_it_may_and_learns_of_nobody_else() {
    let world = &*WORLD;
    let mut failures = Vec::new();
    for route in ROUTES.iter().filter(|route| route.read.is_some()) {
        let address = address(world, route.path, &world.own);
        let bare = address.split('?').next().unwrap().to_owned();
        for name in PEOPLE.iter().filter(|name| **name != "campur") {
            for asked in [&address, &bare] {
                let Some(answer) = read(world, Some(world.person(name)), route.path, asked).await else { continue };
                check_reader(route, Some(name), &answer, &mut failures);
                let opens = answer.status == StatusCode::OK || answer.status == StatusCode::SEE_OTHER;
                let has_none = [
                    "/laporan-semua/arsip",
                    "/masuk/penyedia",
                    "/masuk/penyedia/kembali",
                    "/persetujuan/angka/{step}",
                    "/pengaturan-surat/logo.png",
                    "/api/{*rest}",
                    "/impor/{batch}/bertanda",
                    "/impor/{batch}/sel",
                    "/impor/draf/{id}/lembar",
                    "/berkas-pekerjaan/{run}/{place}",
                    // Of templates and tables of codes that nobody brought.
                    "/laporan/{kind}/templat/isi",
                    "/laporan/{kind}/templat/berkas",
                    "/dhis2/nilai.json",
                    "/api/v1/dhis2",
                    // For those who see several Puskesmas: `only_who_sees_several_finds_the_district`.
                    "/kabupaten",
                    "/kabupaten/{cluster}",
                ]
                .contains(&route.path);
                if *name == "koordinator"
                    && asked == &address
                    && may(expected(route.path).read, name)
                    && !opens
                    && !has_none
                {
                    failures.push(format!("{asked}: {} for whom it should open", answer.status));
                }
            }
        }
        if let Some(answer) = read(world, None, route.path, &address).await {
            check_reader(route, None, &answer, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[tokio::test]
async fn every_role_changes_what_it_may() {
    let world = &*WORLD;
    let mut failures = Vec::new();
    // Of things that there are not, so that nothing is changed by whoever may.
    let ids = nothing();
    for route in ROUTES.iter().filter(|route| route.change.is_some() && route.path != "/masuk") {
        let address = address(world, route.path, &ids);
        let row = expected(route.path);
        for name in PEOPLE.iter().filter(|name| **name != "campur") {
            let visitor = if route.path == "/keluar" { world.logged_in(name) } else { world.person(name).clone() };
            let fields = [("puskesmas", NOWHERE), ("periode", "salah"), ("nomor", "987654")];
            let answer = world.post(Some(&visitor), &address, &fields).await;
            let is_right = if may(row.change, name) {
                !is_refused(answer.status) && !answer.status.is_server_error()
            } else {
                answer.status == StatusCode::FORBIDDEN
            };
            let tells = name != &"admin" && name != &"dinas" && words(&answer).contains(SECRET);
            if !is_right || tells {
                failures.push(format!("{} {name}: {}", route.path, answer.status));
            }
        }
        let answer = world.post(None, &address, &[]).await;
        let is_open = row.change == "*";
        if is_open == (answer.status == StatusCode::UNAUTHORIZED) || answer.status.is_server_error() {
            failures.push(format!("{} nobody: {}", route.path, answer.status));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[tokio::test]
async fn only_who_sees_several_finds_the_district() {
    let world = &*WORLD;
    for (name, district, own, foreign) in [
        ("admin", 200, 200, 200),
        ("dinas", 200, 200, 200),
        ("tpcb", 200, 200, 404),
        ("kepala", 404, 404, 404),
        ("koordinator", 404, 404, 404),
        ("pengelola", 404, 404, 404),
        ("pembaca", 404, 404, 404),
        ("campur", 404, 404, 404),
        ("faskes", 403, 403, 403),
    ] {
        for (path, status) in
            [("/kabupaten", district), ("/kabupaten/Utara", own), ("/kabupaten/Gugus%20Timurlaut", foreign)]
        {
            let answer = world.get(Some(world.person(name)), &format!("{path}?periode=2023-C2")).await;
            assert_eq!(answer.status.as_u16(), status, "{name} {path}: {}", answer.text());
            if !["admin", "dinas"].contains(&name) && !path.contains("Timurlaut") {
                assert!(!words(&answer).contains(SECRET), "{path} tells {name} of the foreign one");
            }
        }
    }
}
