//! PKP between two sides: the district's team verifies a program or the whole, the Puskesmas answers; a figure that changes
//! afterwards takes the proof away; the paper is made with its verdicts.

use axum::http::StatusCode;
use simpul::app::import::Upload;
use simpul::domain::pkp::PkpVerification;
use simpul::store::Scope;
use simpul::workbook::{Limits, read};

use super::world::{FOREIGN, OWN, World, encoded};
use crate::corpus::{file, page as sheet};
use crate::web::site::{Answer, Site};

/// A sheet of three programs, of which the first reached so many.
fn pkp(reached: &str) -> Upload {
    let head = ["No", "Program/Variabel/Sub Variabel", "Target (T) %", "Satuan", "Total Sasaran", "Pencapaian"];
    let rows: &[&[&str]] = &[
        &["PENILAIAN KINERJA PUSKESMAS TAHUN 2023"],
        &[OWN],
        &["UKM ESENSIAL"],
        &head,
        &["A", "Promosi <b>Kesehatan</b>"],
        &["1", "PHBS"],
        &["a", "Rumah tangga dikaji", "=80", "rumah", "=100", reached],
        &["B", "Gizi"],
        &["1", "Balita"],
        &["a", "Balita ditimbang", "=100", "balita", "=50", "=40"],
        &["C", "Kesehatan Lingkungan"],
        &["1", "Air"],
        &["a", "Sarana diperiksa", "=100", "sarana", "=50", "=50"],
    ];
    file("pkp.xlsx", &[sheet("PKP", rows)])
}

fn import(site: &Site, file: Upload) {
    let receipt = site.app.import(&[file], None, false, &mut |_| {});
    assert_eq!(receipt.files[0].error, None, "{:?}", receipt.files[0].issues);
}

fn world() -> World {
    let world = World::bare();
    import(&world.site, pkp("=72"));
    world
}

fn at() -> String {
    format!("/pkp?puskesmas={}&tahun=2023", encoded(OWN))
}

async fn page(world: &World, who: &str) -> String {
    let answer = world.get(Some(world.person(who)), &at()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.dense()
}

async fn send(world: &World, who: &str, fields: &[(&str, &str)]) -> Answer {
    world.post(Some(world.person(who)), &at(), fields).await
}

/// Sentences of the page *Bukti* about the verification of PKP.
async fn evidence(world: &World) -> String {
    let at = format!("/bukti?puskesmas={}&periode=2023", encoded(OWN));
    let page = world.get(Some(world.person("pembaca")), &at).await.dense();
    let row = page.split("Verifikasi TPCB atas PKP, program demi program").nth(1).unwrap();
    row.split("</tr>").next().unwrap().to_owned()
}

fn kept(site: &Site) -> Vec<PkpVerification> {
    let facts = site.app.store().facts(&Scope::Puskesmas(OWN.to_owned())).unwrap();
    facts.written.pkp_verifications.into_iter().map(|owned| owned.row).collect()
}

const MEND: [(&str, &str); 6] = [
    ("tindakan", "verifikasi"),
    ("program-dipilih", "Promosi <b>Kesehatan</b>"),
    ("hasil", "Perlu diperbaiki"),
    ("catatan", "Sasaran <i>lama</i>"),
    ("diverifikasi", "5/1/2024"),
    ("surat", "440/17/2023"),
];

#[tokio::test]
async fn the_team_verifies_a_program_with_a_reason_and_the_puskesmas_answers() {
    let world = world();
    let theirs = page(&world, "tpcb").await;
    assert!(theirs.contains("PKP 2023: 0 dari 3 program diverifikasi TPCB"), "{theirs}");
    assert!(theirs.contains("Verifikasi seluruhnya") && theirs.contains("program=Gizi"), "{theirs}");
    let readers = page(&world, "pembaca").await;
    assert!(!readers.contains("program=") && readers.contains("Belum diverifikasi"), "{readers}");
    assert!(
        evidence(&world).await.contains("belum: Promosi &#60;b&#62;Kesehatan&#60;/b&#62;, Gizi, Kesehatan Lingkungan")
    );

    assert_eq!(send(&world, "koordinator", &MEND).await.status, StatusCode::FORBIDDEN);
    let bare: Vec<(&str, &str)> = MEND.iter().filter(|(name, _)| *name != "catatan").copied().collect();
    let refused = send(&world, "tpcb", &bare).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Tulis catatannya") && refused.text().contains("Simpan verifikasi"));
    let early = [&MEND[..4], &[("diverifikasi", "1/1/2090")]].concat();
    assert!(send(&world, "tpcb", &early).await.text().contains("belum tiba"));
    let unknown = [MEND[0], ("program-dipilih", "Tidak ada"), ("hasil", "Sesuai")];
    assert_eq!(send(&world, "tpcb", &unknown).await.status, StatusCode::NOT_FOUND);
    let reply = [("tindakan", "tanggapi"), MEND[1], ("tanggapan", "Sasaran diganti"), ("ditanggapi", "9/1/2024")];
    assert_eq!(send(&world, "koordinator", &reply).await.status, StatusCode::NOT_FOUND, "nothing to answer yet");
    assert_eq!(send(&world, "tpcb", &MEND).await.status, StatusCode::SEE_OTHER);
    assert_eq!(kept(&world.site)[0].figure.as_deref(), Some("90,00 %"));

    let front = format!("/?puskesmas={}&periode=2023", encoded(OWN));
    let front = world.get(Some(world.person("koordinator")), &front).await.text();
    assert!(front.contains("1 verifikasi PKP belum ditanggapi"), "{front}");
    let ours = page(&world, "koordinator").await;
    assert!(ours.contains("1 Perlu diperbaiki") && ours.contains("Sasaran &#60;i&#62;lama"), "{ours}");
    assert!(ours.contains(">Tanggapi</a>") && !ours.contains("Verifikasi lagi"), "{ours}");
    assert_eq!(send(&world, "tpcb", &reply).await.status, StatusCode::FORBIDDEN);
    assert_eq!(send(&world, "koordinator", &reply).await.status, StatusCode::SEE_OTHER);
    assert!(page(&world, "tpcb").await.contains("Sasaran diganti"));
    assert!(!world.get(Some(world.person("koordinator")), &front_of()).await.text().contains("verifikasi PKP belum"));
    assert_eq!(kept(&world.site)[0].verdict, "Perlu diperbaiki", "an answer leaves the verdict as it stands");

    let table = format!("/catatan/verifikasi-pkp?puskesmas={}", encoded(OWN));
    let typed = [("puskesmas", OWN), ("tahun", "2023"), ("program", "Gizi"), ("hasil", "Sesuai")];
    let answer = world.post(Some(world.person("koordinator")), &table, &typed).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "a verdict is the team's: {}", answer.text());
    let told = format!("/api/v1/pkp?puskesmas={}&tahun=2023", encoded(OWN));
    let told = world.get(Some(world.person("pembaca")), &told).await.json();
    assert_eq!(told["verifications"][0]["letter"], "440/17/2023");
    assert_eq!(told["verifications"][0]["reply"], "Sasaran diganti");
    let foreign = format!("/pkp?puskesmas={}", encoded(FOREIGN));
    assert_eq!(world.get(Some(world.person("tpcb")), &foreign).await.status, StatusCode::NOT_FOUND);
}

fn front_of() -> String {
    format!("/?puskesmas={}&periode=2023", encoded(OWN))
}

#[tokio::test]
async fn the_whole_proves_every_program_until_a_figure_changes() {
    let world = world();
    let whole =
        [("tindakan", "verifikasi"), ("program-dipilih", "*"), ("hasil", "Sesuai"), ("diverifikasi", "5/1/2024")];
    assert_eq!(send(&world, "tpcb", &whole).await.status, StatusCode::SEE_OTHER);
    let told = evidence(&world).await;
    assert!(told.contains("Ada") && told.contains("PKP 2023: 3 dari 3 program diverifikasi TPCB (3 Sesuai)"), "{told}");
    let bukti = format!("/bukti?puskesmas={}&periode=2023", encoded(OWN));
    let bukti = world.get(Some(world.person("pembaca")), &bukti).await.text();
    assert!(bukti.contains("Evaluasi kinerja diverifikasi 5 Januari 2024"), "{bukti}");

    import(&world.site, pkp("=76"));
    let told = evidence(&world).await;
    assert!(told.contains("0 dari 3") && told.contains("3 angkanya berubah sesudah diverifikasi"), "{told}");
    let theirs = page(&world, "tpcb").await;
    assert!(
        theirs.contains("Angka berubah sesudah diverifikasi") && theirs.contains("Sesuai untuk Promosi"),
        "{theirs}"
    );
    let gizi =
        [("tindakan", "verifikasi"), ("program-dipilih", "Gizi"), ("hasil", "Sesuai"), ("diverifikasi", "7/1/2024")];
    assert_eq!(send(&world, "tpcb", &gizi).await.status, StatusCode::SEE_OTHER);
    let told = evidence(&world).await;
    assert!(told.contains("Sebagian") && told.contains("1 dari 3") && told.contains("1 Sesuai"), "{told}");
    assert_eq!(send(&world, "tpcb", &whole).await.status, StatusCode::SEE_OTHER);
    assert!(evidence(&world).await.contains("3 dari 3"), "verified once more");
    assert_eq!(kept(&world.site).len(), 2, "a second verification of the same takes the place of the first");
}

#[tokio::test]
async fn the_paper_holds_the_verdicts_in_every_format() {
    let world = world();
    assert_eq!(send(&world, "tpcb", &MEND).await.status, StatusCode::SEE_OTHER);
    for format in ["pdf", "docx", "xlsx"] {
        let path = format!("/laporan/pkp.{format}?puskesmas={}&periode=2023", encoded(OWN));
        let paper = world.get(Some(world.person("tpcb")), &path).await;
        assert_eq!(paper.status, StatusCode::OK, "{format}: {}", paper.text());
        if format != "xlsx" {
            continue;
        }
        let book = read("pkp.xlsx", &paper.bytes, &Limits::default()).unwrap();
        let sheet = book.sheets.iter().find(|sheet| sheet.name == "Verifikasi TPCB").unwrap();
        let cells = sheet.rows.iter().flat_map(|row| &row.cells);
        let texts: Vec<&str> = cells.filter_map(|cell| cell.value.text()).collect();
        for words in ["440/17/2023", "Perlu diperbaiki", "90,00 %", "Belum diverifikasi"] {
            assert!(texts.contains(&words), "{words}: {texts:?}");
        }
    }
}
