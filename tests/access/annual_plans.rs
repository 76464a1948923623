//! RUK and RPK between two sides: the district's team reviews each proposal, the Puskesmas answers, both see the same page;
//! the paper that they exchange brings the same rows to another office, and a foreign Puskesmas is as if there were none.

use axum::http::{Request, StatusCode};
use simpul::app::import::Upload;
use simpul::domain::annual_plan::PlanProposal;
use simpul::store::Scope;

use super::world::{FOREIGN, OWN, World, encoded, signed};
use crate::web::site::{Answer, Site, field, multipart, own, parts};

const RUK: [&str; 5] = [
    "UPT PUSKESMAS MEKARSARI",
    "RENCANA USULAN KEGIATAN (RUK) TAHUN 2024",
    "No;Program;Kegiatan;Sasaran;Kebutuhan Anggaran;Sumber Dana;Renstra",
    "1;KIA;Kelas <b>ibu</b> hamil;Ibu hamil;Rp 1.250.000,-;BOK;1.2",
    "2;Gizi;Pemantauan garam;Rumah tangga;;BLUD;",
];

fn world() -> World {
    let world = World::bare();
    let file = Upload { name: "ruk.csv".to_owned(), bytes: RUK.join("\r\n").into_bytes() };
    let receipt = world.site.app.import(&[file], None, false, &mut |_| {});
    assert_eq!(receipt.files[0].error, None);
    assert_eq!(proposals(&world.site).len(), 2, "{:?}", receipt.files[0].issues);
    world
}

fn proposals(site: &Site) -> Vec<PlanProposal> {
    let facts = site.app.store().facts(&Scope::Puskesmas(OWN.to_owned())).unwrap();
    facts.written.plan_proposals.into_iter().map(|owned| owned.row).collect()
}

fn at() -> String {
    format!("/ruk-rpk?puskesmas={}&periode=2023", encoded(OWN))
}

async fn page(world: &World, who: &str) -> String {
    let answer = world.get(Some(world.person(who)), &at()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.text()
}

async fn send(world: &World, who: &str, fields: &[(&str, &str)]) -> Answer {
    world.post(Some(world.person(who)), &at(), fields).await
}

/// Id of the first proposal whose row offers an act.
fn first_id(page: &str) -> String {
    let after = page.split("usulan=").nth(1).unwrap_or_else(|| panic!("no act is offered: {page}"));
    after.split(['&', '#', '"']).next().unwrap().to_owned()
}

#[tokio::test]
async fn the_team_reviews_with_a_reason_and_the_puskesmas_answers() {
    let world = world();
    let theirs = page(&world, "tpcb").await;
    for words in
        ["RUK 2024", "2 usulan: 2 belum ditelaah", "Rp 1.250.000 (1 usulan tanpa biaya", "belum disebut", "1 dari 2"]
    {
        assert!(theirs.contains(words), "{words}: {theirs}");
    }
    assert!(theirs.contains("Kelas &#60;b&#62;ibu") && !theirs.contains("<b>ibu"), "{theirs}");
    assert!(!page(&world, "pembaca").await.contains("usulan="), "who may do nothing is offered nothing");
    let id = first_id(&theirs);
    let review = [("tindakan", "telaah"), ("kunci", id.as_str()), ("telaah", "Perlu diubah"), ("ditelaah", "5/3/2023")];
    assert_eq!(send(&world, "koordinator", &review).await.status, StatusCode::FORBIDDEN);
    let bare = send(&world, "tpcb", &review).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.text().contains("Tulis alasannya"), "{}", bare.text());
    let reply = [("tindakan", "tanggapi"), ("kunci", id.as_str()), ("tanggapan", "Volume dikurangi")];
    let early = send(&world, "koordinator", &reply).await;
    assert!(early.text().contains("belum ditelaah TPCB"), "{}", early.text());
    let whole = [&review[..], &[("catatan", "Kurangi <i>volume</i>")]].concat();
    assert_eq!(send(&world, "tpcb", &whole).await.status, StatusCode::SEE_OTHER);
    let ours = page(&world, "koordinator").await;
    assert!(ours.contains("1 perlu diubah, 1 belum ditelaah") && ours.contains("Tanggapi"), "{ours}");
    assert!(ours.contains("Kurangi &#60;i&#62;volume"), "{ours}");
    assert_eq!(send(&world, "tpcb", &reply).await.status, StatusCode::FORBIDDEN);
    assert_eq!(send(&world, "koordinator", &reply).await.status, StatusCode::SEE_OTHER);
    assert!(page(&world, "tpcb").await.contains("Volume dikurangi"));
    let kept = proposals(&world.site);
    let reviewed: Vec<&PlanProposal> = kept.iter().filter(|row| row.verdict.is_some()).collect();
    assert_eq!((kept.len(), reviewed.len()), (2, 1), "{kept:?}");
    assert_eq!(reviewed[0].reply.as_deref(), Some("Volume dikurangi"));
    assert_eq!(kept.iter().filter(|row| row.cost.is_some()).count(), 1, "a review leaves the cost as it stands");
    let told = format!("/api/v1/plans?puskesmas={}&periode=2023", encoded(OWN));
    let told = world.get(Some(world.person("pembaca")), &told).await.json();
    let plan = &told["plans"][0];
    assert_eq!((plan["document"].as_str(), plan["year"].as_i64()), (Some("ruk"), Some(2024)), "{told}");
    assert_eq!(plan["cost"], serde_json::json!({"proposals": 2, "stated": 1, "rupiah": "1250000"}));
    let verdicts: Vec<Option<&str>> =
        plan["proposals"].as_array().unwrap().iter().map(|row| row["verdict"].as_str()).collect();
    assert_eq!(verdicts.iter().filter(|verdict| **verdict == Some("to_change")).count(), 1, "{told}");
    assert!(verdicts.contains(&None), "what nobody spoke of has no verdict: {told}");
    let unknown = [("tindakan", "telaah"), ("kunci", "tidak-ada"), ("telaah", "Diterima")];
    assert_eq!(send(&world, "tpcb", &unknown).await.status, StatusCode::NOT_FOUND);
    let foreign = format!("/ruk-rpk?puskesmas={}", encoded(FOREIGN));
    assert_eq!(world.get(Some(world.person("tpcb")), &foreign).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_paper_brings_proposals_and_reviews_to_an_office_without_a_network() {
    let world = world();
    let id = first_id(&page(&world, "tpcb").await);
    let review = [
        ("tindakan", "telaah"),
        ("kunci", id.as_str()),
        ("telaah", "Tidak diterima"),
        ("catatan", "Bukan prioritas"),
        ("ditelaah", "5/3/2023"),
    ];
    assert_eq!(send(&world, "tpcb", &review).await.status, StatusCode::SEE_OTHER);
    let paper = format!("/laporan/telaah-ruk-rpk.xlsx?puskesmas={}&periode=2023&per=2023-12-31", encoded(OWN));
    let paper = world.get(Some(world.person("koordinator")), &paper).await;
    assert_eq!(paper.status, StatusCode::OK);
    let other = Site::with(&[super::world::register(OWN, "Mekar", &["Klinik Mekar"])]);
    let file = Upload { name: "telaah.xlsx".to_owned(), bytes: paper.bytes };
    let receipt = other.app.import(&[file], Some(OWN), false, &mut |_| {});
    assert_eq!(receipt.files[0].error, None, "{receipt:?}");
    let brought = proposals(&other);
    assert_eq!(brought, proposals(&world.site), "{:?}", receipt.files[0].issues);
    for format in ["pdf", "docx"] {
        let path = format!("/laporan/telaah-ruk-rpk.{format}?puskesmas={}&periode=2023", encoded(OWN));
        assert_eq!(world.get(Some(world.person("tpcb")), &path).await.status, StatusCode::OK, "{format}");
    }
}

#[tokio::test]
async fn a_meeting_is_whole_with_its_papers_and_both_sides_attach_them() {
    let world = world();
    let entries = format!("/catatan/pendampingan-ruk-rpk?puskesmas={}", encoded(OWN));
    let session = [("puskesmas", OWN), ("rencana", "10/2/2023"), ("dokumen", "RUK"), ("surat", "440/7/2023")];
    let answer = world.post(Some(world.person("tpcb")), &entries, &session).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let overdue = page(&world, "koordinator").await;
    assert!(overdue.contains("Lewat jadwal"), "{overdue}");
    let front = format!("/?puskesmas={}&periode=2023&per=2023-12-31", encoded(OWN));
    let front = world.get(Some(world.person("koordinator")), &front).await.text();
    assert!(front.contains("1 pendampingan RUK dan RPK lewat jadwal"), "{front}");
    let held = [&session[..], &[("dilaksanakan", "12/2/2023")]].concat();
    let replaced = world.get(Some(world.person("tpcb")), &entries).await.text();
    assert!(replaced.contains("10 Februari 2023"), "{replaced}");
    let again = world.post(Some(world.person("tpcb")), &entries, &held).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "the key stands: {}", again.text());
    let later = [
        ("puskesmas", OWN),
        ("rencana", "1/3/2023"),
        ("dokumen", "RUK dan RPK"),
        ("surat", "440/8/2023"),
        ("dilaksanakan", "2/3/2023"),
    ];
    let answer = world.post(Some(world.person("koordinator")), &entries, &later).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(page(&world, "tpcb").await.contains("belum ada notulen, daftar hadir, foto"));
    let thing = "untuk=pendampingan&tanggal=2023-03-01&dokumen=RUK+dan+RPK";
    for (who, kind) in [("tpcb", "notulen"), ("koordinator", "daftar-hadir"), ("koordinator", "foto")] {
        let person = world.person(who);
        let mut body = Vec::new();
        for (name, value) in [("_kunci", person.signed_in.csrf()), ("jenis-bukti", kind)] {
            body.extend(field(name, value));
        }
        let bytes = format!("%PDF-1.7\n{kind}").into_bytes();
        body.extend(parts(&[Upload { name: format!("{kind}.pdf"), bytes }]));
        let at = format!("/bukti/lampirkan?puskesmas={}&{thing}", encoded(OWN));
        let request = multipart(signed(own(Request::post(at)), Some(person)));
        let answer = world.site.send_with(request, axum::body::Body::from(body)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{kind}: {}", answer.text());
    }
    let whole = page(&world, "tpcb").await;
    assert!(whole.contains("Lengkap") && whole.contains("3 berkas, lampirkan"), "{whole}");
    let evidence = format!("/bukti?puskesmas={}&periode=2023&per=2023-12-31", encoded(OWN));
    let evidence = world.get(Some(world.person("pembaca")), &evidence).await.text();
    for words in [
        "1 dari 2 pendampingan terlaksana, 1 lewat jadwal",
        "Notulen ada untuk 1 dari 1 pendampingan",
        "RUK 2024: 2 usulan, 1 di antaranya menyebut butir rencana lima tahunan",
        "RUK 2024: 2 usulan: 2 belum ditelaah",
    ] {
        assert!(evidence.contains(words), "{words}: {evidence}");
    }
}
