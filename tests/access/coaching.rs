//! The district's coaching as a case of two parties: each takes its own steps and sees the other's, the file that both
//! exchange says the same, and a foreign Puskesmas is as if there were none.

use axum::http::{Request, StatusCode};
use simpul::app::import::Upload;
use simpul::domain::Facts;
use simpul::domain::district_case::CaseState;
use simpul::domain::district_items::CoachingItems;
use simpul::store::Scope;

use super::world::{FOREIGN, OWN, World, encoded, location, signed};
use crate::web::site::{Answer, Site, field, multipart, own, parts};

const FEEDBACK: [&str; 5] = [
    "UPT PUSKESMAS MEKARSARI",
    "PEMBINAAN TPCB TAHUN 2023",
    "No,Tanggal,Jenis Pembinaan,Temuan (Fakta),Rekomendasi Puskesmas,Rekomendasi Dinas Kesehatan,Target Waktu",
    "1,11/7/2023,Terpadu,RUK kosong,Lengkapi RUK,,31/8/2023",
    "2,11/7/2023,Terpadu,Tenaga gizi belum ada,,Tempatkan tenaga gizi,30/9/2023",
];

fn csv(name: &str, lines: &[&str]) -> Upload {
    Upload { name: format!("{name}.csv"), bytes: lines.join("\r\n").into_bytes() }
}

fn world() -> World {
    let world = World::bare();
    let receipt = world.site.app.import(&[csv("tpcb", &FEEDBACK)], None, false, &mut |_| {});
    assert_eq!(receipt.files[0].issues.len(), 0, "{:?}", receipt.files[0].issues);
    world
}

fn facts(site: &Site, puskesmas: &str) -> Facts {
    site.app.store().facts(&Scope::Puskesmas(puskesmas.to_owned())).unwrap()
}

/// Number, state and skipped steps of every item of the day.
fn states(site: &Site) -> Vec<(String, CaseState, usize)> {
    let facts = facts(site, OWN);
    let found = CoachingItems::new(&facts.written, 0, "2024-01-10".parse().unwrap());
    assert!(found.lost.is_empty(), "{:?}", found.lost);
    let item = |number: &str| found.items.iter().find(|item| item.number == number).unwrap();
    let told = |number: &str| (number.to_owned(), item(number).state(), item(number).history.skipped.len());
    vec![told(FIRST), told(SECOND)]
}

fn state_of(site: &Site, place: usize) -> CaseState {
    states(site)[place].1
}

/// Numbers of the two items: one of June is there before them.
const FIRST: &str = "2";
const SECOND: &str = "3";

const DAY: &str = "/pembinaan-tpcb/2023-07-11";

async fn step(world: &World, who: &str, fields: &[(&str, &str)]) -> Answer {
    let at = format!("{DAY}/langkah?puskesmas={}", encoded(OWN));
    world.post(Some(world.person(who)), &at, fields).await
}

#[tokio::test]
async fn each_side_takes_its_own_steps_and_sees_those_of_the_other() {
    let world = world();
    let page = format!("{DAY}?puskesmas={}", encoded(OWN));
    let sent = |item| [("butir", item), ("langkah", "Dikirim"), ("tanggal", "15/7/2023")];
    assert_eq!(step(&world, "koordinator", &sent(FIRST)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(step(&world, "kepala", &sent(FIRST)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(step(&world, "pembaca", &sent(FIRST)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        states(&world.site),
        [(FIRST.to_owned(), CaseState::Drafted, 0), (SECOND.to_owned(), CaseState::Drafted, 0)]
    );
    assert_eq!(step(&world, "tpcb", &sent(FIRST)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(step(&world, "tpcb", &sent(SECOND)).await.status, StatusCode::SEE_OTHER);
    let twice = step(&world, "tpcb", &sent(FIRST)).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.text());

    let theirs = world.get(Some(world.person("tpcb")), &page).await.text();
    assert!(!theirs.contains("Terima umpan balik"), "the team receives nothing: {theirs}");
    let ours = world.get(Some(world.person("kepala")), &page).await.text();
    assert!(ours.contains("Terima umpan balik") && ours.contains("15 Juli 2023"), "{ours}");
    assert!(!world.get(Some(world.person("pembaca")), &page).await.text().contains("Terima umpan balik"));

    let received = [("butir", FIRST), ("langkah", "Diterima"), ("tanggal", "17/7/2023")];
    let answer = step(&world, "kepala", &received).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(location(&answer).contains("diambil=Diterima"));
    let silent =
        step(&world, "koordinator", &[("butir", FIRST), ("langkah", "Dijawab"), ("tanggal", "18/7/2023")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.text().contains("Tulis jawabannya"), "{}", silent.text());
    let early = [("butir", FIRST), ("langkah", "Dijawab"), ("tanggal", "16/7/2023"), ("catatan", "Siap")];
    assert!(step(&world, "koordinator", &early).await.text().contains("lebih awal daripada langkah sebelumnya"));
    let late = [("butir", FIRST), ("langkah", "Dijawab"), ("tanggal", "11/1/2024"), ("catatan", "Siap")];
    assert!(step(&world, "koordinator", &late).await.text().contains("belum tiba"));
    let answered =
        [("butir", FIRST), ("langkah", "Dijawab"), ("tanggal", "18/7/2023"), ("catatan", "RUK <b>dilengkapi</b>")];
    assert_eq!(step(&world, "koordinator", &answered).await.status, StatusCode::SEE_OTHER);
    let bare = [("butir", FIRST), ("langkah", "Ditindaklanjuti"), ("tanggal", "20/8/2023")];
    assert!(step(&world, "koordinator", &bare).await.text().contains("Tulis buktinya"));
    let done = [&bare[..], &[("bukti", "RUK 2024")]].concat();
    assert_eq!(step(&world, "koordinator", &done).await.status, StatusCode::SEE_OTHER);
    let own_word = [("butir", FIRST), ("langkah", "Diverifikasi"), ("tanggal", "21/8/2023")];
    assert_eq!(step(&world, "koordinator", &own_word).await.status, StatusCode::FORBIDDEN);
    let back =
        [("butir", FIRST), ("langkah", "Dikembalikan"), ("tanggal", "21/8/2023"), ("catatan", "Belum ditandatangani")];
    assert_eq!(step(&world, "dinas", &back).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state_of(&world.site, 0), CaseState::Returned);
    let listed = format!("/pembinaan-tpcb?puskesmas={}&periode=2023", encoded(OWN));
    let list = world.get(Some(world.person("koordinator")), &listed).await.text();
    assert!(
        list.contains("lewat batas") && list.contains("Dikembalikan") && list.contains("menunggu Puskesmas"),
        "{list}"
    );
    let again =
        [("butir", FIRST), ("langkah", "Ditindaklanjuti"), ("tanggal", "21/8/2023"), ("bukti", "RUK bertanda tangan")];
    assert_eq!(step(&world, "koordinator", &again).await.status, StatusCode::SEE_OTHER);
    assert_eq!(step(&world, "tpcb", &own_word).await.status, StatusCode::SEE_OTHER);
    let closed = [("butir", FIRST), ("langkah", "Selesai"), ("tanggal", "1/9/2023")];
    assert_eq!(step(&world, "tpcb", &closed).await.status, StatusCode::SEE_OTHER);
    assert_eq!(states(&world.site)[0], (FIRST.to_owned(), CaseState::Closed, 0));
    let page = world.get(Some(world.person("pembaca")), &page).await.text();
    assert!(
        page.contains("RUK &#60;b&#62;dilengkapi") && page.contains("koordinator") && page.contains("tpcb"),
        "{page}"
    );
}

#[tokio::test]
async fn what_is_for_the_district_alone_is_done_by_the_district_and_verified_by_the_puskesmas() {
    let world = world();
    let steps: [(&str, &[(&str, &str)]); 5] = [
        ("tpcb", &[("langkah", "Dikirim"), ("tanggal", "15/7/2023")]),
        ("koordinator", &[("langkah", "Diterima"), ("tanggal", "16/7/2023")]),
        ("tpcb", &[("langkah", "Dijawab"), ("tanggal", "17/7/2023"), ("catatan", "Diusulkan ke BKD")]),
        ("tpcb", &[("langkah", "Ditindaklanjuti"), ("tanggal", "1/9/2023"), ("bukti", "SK penempatan")]),
        ("kepala", &[("langkah", "Diverifikasi"), ("tanggal", "4/9/2023")]),
    ];
    for (who, fields) in steps {
        let fields: Vec<(&str, &str)> = [("butir", SECOND)].iter().chain(fields).copied().collect();
        if who != "tpcb" {
            assert_eq!(step(&world, "dinas", &fields).await.status, StatusCode::FORBIDDEN, "{fields:?}");
        }
        let answer = step(&world, who, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{fields:?}: {}", answer.text());
    }
    assert_eq!(states(&world.site)[1], (SECOND.to_owned(), CaseState::Verified, 0));
}

#[tokio::test]
async fn steps_of_the_other_side_are_refused_in_the_table_too_and_a_foreign_puskesmas_is_not_there() {
    let world = world();
    let row = |step: &'static str| {
        [
            ("puskesmas", OWN),
            ("pembinaan", "11/7/2023"),
            ("nomor", FIRST),
            ("langkah", step),
            ("tanggal", "20/7/2023"),
            ("bukti", "Foto"),
        ]
    };
    let at = format!("/catatan/langkah-tpcb?puskesmas={}", encoded(OWN));
    for (who, refused, taken) in [("koordinator", "Diverifikasi", "Ditindaklanjuti"), ("tpcb", "Diterima", "Dikirim")] {
        let answer = world.post(Some(world.person(who)), &at, &row(refused)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who}: {}", answer.text());
        let answer = world.post(Some(world.person(who)), &at, &row(taken)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{who}: {}", answer.text());
    }
    // Sent and followed up on one day: received and answered are told as skipped.
    assert_eq!(states(&world.site)[0], (FIRST.to_owned(), CaseState::FollowedUp, 2));
    for path in ["/pembinaan-tpcb".to_owned(), DAY.to_owned(), "/pembinaan-tpcb/2023-06-07".to_owned()] {
        let at = format!("{path}?puskesmas={}", encoded(FOREIGN));
        assert_eq!(world.get(Some(world.person("tpcb")), &at).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let foreign = format!("{DAY}/langkah?puskesmas={}", encoded(FOREIGN));
    let sent = [("butir", FIRST), ("langkah", "Dikirim"), ("tanggal", "15/7/2023")];
    assert_eq!(world.post(Some(world.person("tpcb")), &foreign, &sent).await.status, StatusCode::NOT_FOUND);
    for none in ["/pembinaan-tpcb/2023-07-12", "/pembinaan-tpcb/kemarin"] {
        let at = format!("{none}?puskesmas={}", encoded(OWN));
        assert_eq!(world.get(Some(world.person("tpcb")), &at).await.status, StatusCode::NOT_FOUND, "{none}");
    }
    let nobody = [("butir", "9"), ("langkah", "Dikirim"), ("tanggal", "15/7/2023")];
    assert_eq!(step(&world, "tpcb", &nobody).await.status, StatusCode::NOT_FOUND);
}

/// Sends a PDF for a thing in somebody's hands.
async fn attach(world: &World, who: &str, thing: &str, kind: &str) -> Answer {
    let who = world.person(who);
    let mut body = Vec::new();
    for (name, value) in [("_kunci", who.signed_in.csrf()), ("jenis-bukti", kind)] {
        body.extend(field(name, value));
    }
    let file = Upload { name: "bukti.pdf".to_owned(), bytes: b"%PDF-1.7\nbukti".to_vec() };
    body.extend(parts(&[file]));
    let at = format!("/bukti/lampirkan?puskesmas={}&{thing}", encoded(OWN));
    let request = multipart(signed(own(Request::post(at)), Some(who)));
    world.site.send_with(request, axum::body::Body::from(body)).await
}

#[tokio::test]
async fn both_sides_prove_their_steps_with_files_and_a_file_is_proof_enough() {
    let world = world();
    let item = "untuk=butir-tpcb&tanggal=2023-07-11&butir=2";
    let answer = attach(&world, "tpcb", item, "umpan-balik").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let none = attach(&world, "tpcb", "untuk=butir-tpcb&tanggal=2023-07-11&butir=9", "umpan-balik").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let element = "untuk=elemen&elemen=1.7.1-d&untuk-tahun=2023";
    assert_eq!(attach(&world, "tpcb", element, "umpan-balik").await.status, StatusCode::FORBIDDEN);
    assert_eq!(attach(&world, "koordinator", element, "umpan-balik").await.status, StatusCode::SEE_OTHER);
    let page = format!("/bukti/lampirkan?puskesmas={}&{element}", encoded(OWN));
    assert!(!world.get(Some(world.person("tpcb")), &page).await.text().contains("type=\"file\""));
    for (who, kind, day) in [
        ("tpcb", "Dikirim", "15/7/2023"),
        ("koordinator", "Diterima", "16/7/2023"),
        ("koordinator", "Dijawab", "17/7/2023"),
        ("koordinator", "Ditindaklanjuti", "18/7/2023"),
    ] {
        let fields = [("butir", FIRST), ("langkah", kind), ("tanggal", day), ("catatan", "Siap")];
        let answer = step(&world, who, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{kind}: {}", answer.text());
    }
    let page = world.get(Some(world.person("pembaca")), &format!("{DAY}?puskesmas={}", encoded(OWN))).await.text();
    assert!(page.contains("1 berkas bukti terlampir"), "{page}");
}

#[tokio::test]
async fn a_new_item_has_the_next_number_and_keeps_it() {
    let world = world();
    let at = format!("/catatan/pembinaan-tpcb?puskesmas={}", encoded(OWN));
    let sent = [("butir", FIRST), ("langkah", "Dikirim"), ("tanggal", "15/7/2023")];
    assert_eq!(step(&world, "tpcb", &sent).await.status, StatusCode::SEE_OTHER);
    let earlier =
        [("puskesmas", OWN), ("tanggal", "1/2/2023"), ("jenis", "Teknis"), ("fakta", "Suhu kulkas tidak dicatat")];
    let answer = world.post(Some(world.person("tpcb")), &at, &earlier).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let written = facts(&world.site, OWN).written;
    let numbers: Vec<(String, Option<String>)> = written
        .district_visits
        .iter()
        .map(|owned| (owned.row.fact.clone().unwrap_or_default(), owned.row.number.clone()))
        .collect();
    let row = |fact: &str, number: Option<&str>| (fact.to_owned(), number.map(str::to_owned));
    assert_eq!(
        numbers,
        [
            row("Suhu kulkas tidak dicatat", Some("4")),
            row("Fakta Mekar", Some("1")),
            row("RUK kosong", Some(FIRST)),
            row("Tenaga gizi belum ada", None)
        ]
    );
    assert_eq!(state_of(&world.site, 0), CaseState::Sent, "an earlier item takes no number away");
}

#[tokio::test]
async fn the_workbook_of_both_sides_brings_the_case_to_an_office_without_a_network() {
    let world = world();
    for (who, item, kind, day, note) in [
        ("tpcb", FIRST, "Dikirim", "15/7/2023", ""),
        ("koordinator", FIRST, "Diterima", "17/7/2023", ""),
        ("koordinator", FIRST, "Dijawab", "18/7/2023", "Dilengkapi"),
        ("tpcb", SECOND, "Dikirim", "15/7/2023", ""),
    ] {
        let fields = [("butir", item), ("langkah", kind), ("tanggal", day), ("catatan", note)];
        assert_eq!(step(&world, who, &fields).await.status, StatusCode::SEE_OTHER, "{fields:?}");
    }
    let paper = format!("/laporan/tpcb.xlsx?puskesmas={}&periode=2023-C2&per=2023-08-31", encoded(OWN));
    let paper = world.get(Some(world.person("koordinator")), &paper).await;
    assert_eq!(paper.status, StatusCode::OK);
    let register = super::world::register(OWN, "Mekar", &["Klinik Mekar"]);
    let other = Site::with(&[register]);
    let file = Upload { name: "laporan-tpcb.xlsx".to_owned(), bytes: paper.bytes };
    let receipt = other.app.import(&[file], Some(OWN), false, &mut |_| {});
    assert_eq!(receipt.files[0].error, None);
    let rows = |site: &Site| -> Vec<_> {
        facts(site, OWN).written.district_steps.into_iter().map(|owned| owned.row).collect()
    };
    assert_eq!(rows(&other), rows(&world.site));
    assert_eq!(states(&other), states(&world.site));
}
