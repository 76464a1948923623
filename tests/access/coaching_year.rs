//! A year of the district's coaching, played through by both parties: the index of accreditation then finds proof for what
//! each element of 1.7.1 asks, and says what is missing where a step is left out.

use std::io::Write as _;

use axum::http::{Request, StatusCode, header};
use simpul::app::import::Upload;
use simpul::domain::Element;

use super::world::{OWN, World, encoded, signed};
use crate::web::site::{field, multipart, own, parts};

const PARAMETERS: [(&str, &str, &str); 8] = [
    ("Sumber daya", "70", "64"),
    ("Perencanaan", "280", "232"),
    ("Pelaksanaan", "55", "50"),
    ("Penilaian kinerja", "18", "16"),
    ("Mutu", "45", "40"),
    ("PPI", "100", "97"),
    ("SKDR", "28", "24"),
    ("Cakupan program", "150", "128"),
];

/// Files that the law asks for as papers: element and kind.
const FILES: [(&str, &str); 13] = [
    ("1.7.1-a", "sk"),
    ("1.7.1-b", "sk"),
    ("1.7.1-b", "jadwal"),
    ("1.7.1-c", "surat-tugas"),
    ("1.7.1-c", "laporan"),
    ("1.7.1-d", "bukti-penyampaian"),
    ("1.7.1-e", "ruk"),
    ("1.7.1-e", "rpk"),
    ("1.7.1-e", "surat-tugas"),
    ("1.7.1-e", "notulen"),
    ("1.7.1-e", "foto"),
    ("1.7.1-e", "daftar-hadir"),
    ("1.2.3-c", "kak"),
];

async fn enter(world: &World, who: &str, slug: &str, fields: &[(&str, &str)]) {
    let at = format!("/catatan/{slug}?puskesmas={}", encoded(OWN));
    let fields: Vec<(&str, &str)> = [("puskesmas", OWN)].iter().chain(fields).copied().collect();
    let answer = world.post(Some(world.person(who)), &at, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{slug} by {who}: {}", answer.text());
}

async fn attach(world: &World, element: &str, kind: &str) {
    let mut body = Vec::new();
    let who = world.person("koordinator");
    for (name, value) in [("_kunci", who.signed_in.csrf()), ("jenis-bukti", kind)] {
        body.extend(field(name, value));
    }
    let mut pdf = Vec::new();
    write!(pdf, "%PDF-1.7\n{element} {kind}").unwrap();
    body.extend(parts(&[Upload { name: format!("{kind}.pdf"), bytes: pdf }]));
    let at = format!("/bukti/lampirkan?puskesmas={}&untuk=elemen&elemen={element}&untuk-tahun=2023", encoded(OWN));
    let request = multipart(signed(own(Request::post(at)), Some(who)));
    let answer = world.site.send_with(request, axum::body::Body::from(body)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{element} {kind}: {}", answer.text());
    assert!(answer.header(header::LOCATION).contains("dilampirkan=1"), "{element} {kind}");
}

/// Steps of a whole life of an item, each by the side that takes it.
const LIFE: [(&str, &str, &str); 6] = [
    ("tpcb", "Dikirim", "15/7/2023"),
    ("kepala", "Diterima", "17/7/2023"),
    ("koordinator", "Dijawab", "18/7/2023"),
    ("koordinator", "Ditindaklanjuti", "20/8/2023"),
    ("tpcb", "Diverifikasi", "25/8/2023"),
    ("dinas", "Selesai", "26/8/2023"),
];

async fn live(world: &World, day: &str, number: &str, steps: &[(&str, &str, &str)]) {
    for (who, step, date) in steps {
        let at = format!("/pembinaan-tpcb/{day}/langkah?puskesmas={}", encoded(OWN));
        let fields = [
            ("butir", number),
            ("langkah", *step),
            ("tanggal", *date),
            ("catatan", "Sesuai kesepakatan"),
            ("bukti", "Dokumen terlampir"),
        ];
        let answer = world.post(Some(world.person(who)), &at, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{number} {step} by {who}: {}", answer.text());
    }
}

/// The year up to the steps: register, coaching, verification of performance, assessments, a matter, and papers.
async fn year() -> World {
    let world = World::bare();
    let visit = |day, sort, fact| [("tanggal", day), ("jenis", sort), ("fakta", fact), ("untuk-puskesmas", "Lengkapi")];
    enter(&world, "tpcb", "pembinaan-tpcb", &visit("11/7/2023", "Terpadu", "RUK kosong")).await;
    enter(&world, "tpcb", "pembinaan-tpcb", &visit("12/7/2023", "Verifikasi kinerja", "PKP belum ditandatangani"))
        .await;
    for (parameter, own, team) in PARAMETERS {
        for (who, side, points) in [("koordinator", "Puskesmas", own), ("tpcb", "TPCB", team)] {
            let fields = [("tahun", "2023"), ("pihak", side), ("parameter", parameter), ("nilai", points)];
            enter(&world, who, "penilaian-tpcb", &fields).await;
        }
    }
    let session = [("rencana", "10/2/2023"), ("dokumen", "RUK"), ("dilaksanakan", "12/2/2023")];
    enter(&world, "tpcb", "pendampingan-ruk-rpk", &session).await;
    let reviewed = [
        ("tahun", "2024"),
        ("dokumen", "RUK"),
        ("kegiatan", "Kelas ibu hamil"),
        ("biaya", "1.250.000"),
        ("telaah", "Diterima"),
        ("ditelaah", "1/3/2023"),
    ];
    enter(&world, "tpcb", "usulan-ruk-rpk", &reviewed).await;
    let pkp: [&[(&str, &str)]; 4] = [
        &[("kode", "1"), ("uraian", "UKM Esensial")],
        &[("kode", "1.1"), ("uraian", "Gizi")],
        &[("kode", "1.1.1"), ("uraian", "Balita")],
        &[
            ("kode", "1.1.1.1"),
            ("uraian", "Balita ditimbang"),
            ("target", "80%"),
            ("total-sasaran", "100"),
            ("pencapaian", "72"),
        ],
    ];
    for row in pkp {
        enter(&world, "koordinator", "pkp", &[&[("tahun", "2023")], row].concat()).await;
    }
    for (element, kind) in FILES {
        attach(&world, element, kind).await;
    }
    world
}

async fn matter(world: &World) {
    let at = format!("/masalah-dinas?puskesmas={}&periode=2023", encoded(OWN));
    let raise = [
        ("tindakan", "ajukan"),
        ("tanggal", "20/6/2023"),
        ("jenis-rapat", "Tinjauan manajemen"),
        ("masalah", "Tenaga gizi belum ada"),
        ("usulan", "Penempatan tenaga gizi"),
        ("surat", "440/12/2023"),
        ("disampaikan", "22/6/2023"),
    ];
    assert_eq!(world.post(Some(world.person("tpcb")), &at, &raise).await.status, StatusCode::FORBIDDEN);
    let answer = world.post(Some(world.person("koordinator")), &at, &raise).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let theirs = world.get(Some(world.person("tpcb")), &at).await.text();
    assert!(theirs.contains("Menunggu jawaban") && theirs.contains("Simpan jawaban"), "{theirs}");
    let id = theirs.split("name=\"kunci\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let reply = [("tindakan", "jawab"), ("kunci", id.as_str()), ("jawaban", "Diusulkan"), ("dijawab", "1/7/2023")];
    assert_eq!(world.post(Some(world.person("koordinator")), &at, &reply).await.status, StatusCode::FORBIDDEN);
    let answer = world.post(Some(world.person("tpcb")), &at, &reply).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(world.post(Some(world.person("tpcb")), &at, &reply).await.status, StatusCode::CONFLICT);
    let ours = world.get(Some(world.person("koordinator")), &at).await.text();
    assert!(ours.contains("Diusulkan") && ours.contains("Dijawab"), "{ours}");
    let bare = [("tindakan", "selesai"), ("kunci", id.as_str())];
    let refused = world.post(Some(world.person("koordinator")), &at, &bare).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Tulis bukti penyelesaiannya"), "{}", refused.text());
    let settle = [bare[0], bare[1], ("selesai", "1/9/2023"), ("bukti", "SK penempatan")];
    let answer = world.post(Some(world.person("koordinator")), &at, &settle).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

/// A piece of evidence as the page *Bukti* tells it: code of its element, words asked, state, sentence.
struct ToldPiece {
    code: String,
    asked: String,
    state: String,
    said: String,
}

/// Pieces of criterion 1.7.1 that are neither there nor asked in an interview.
async fn lacking(world: &World) -> Vec<ToldPiece> {
    let at = format!("/bukti?puskesmas={}&periode=2023&per=2023-12-31", encoded(OWN));
    let page = world.get(Some(world.person("pembaca")), &at).await.dense();
    // What stands behind the first `from` up to the next `to`.
    let between = |text: &str, from: &str, to: &str| -> String {
        let found = text.split_once(from).and_then(|(_, rest)| rest.split(to).next());
        found.unwrap_or_default().trim().to_owned()
    };
    let mut pieces = Vec::new();
    for element in Element::ALL.into_iter().filter(|element| element.criterion() == "1.7.1") {
        let head = format!("{} · {}", element.letter(), element.title());
        let body = between(&page, &head, "</tbody>");
        for row in body.split("<th scope=\"row\">").skip(1) {
            pieces.push(ToldPiece {
                code: element.code().to_owned(),
                asked: row.split("</th>").next().unwrap().to_owned(),
                state: between(row, "</svg>", "</span>"),
                said: between(row, "<td class=\"wrap\">", "</td>"),
            });
        }
    }
    assert!(pieces.len() > 25, "{}: {page}", pieces.len());
    pieces.retain(|piece| piece.state != "Ada" && piece.state != "Tidak disimpan di Simpul");
    pieces
}

/// The district's team finds all programs of the year's PKP as they were told.
async fn verify_pkp(world: &World) {
    let verified = [
        ("tindakan", "verifikasi"),
        ("program-dipilih", "*"),
        ("hasil", "Sesuai"),
        ("diverifikasi", "20/12/2023"),
        ("surat", "440/99/2023"),
    ];
    let at = format!("/pkp?puskesmas={}&tahun=2023", encoded(OWN));
    let answer = world.post(Some(world.person("tpcb")), &at, &verified).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[tokio::test]
async fn a_year_with_every_step_proves_every_element_and_a_step_left_out_is_told() {
    let world = year().await;
    live(&world, "2023-06-07", "1", &LIFE).await;
    live(&world, "2023-07-11", "2", &LIFE[..3]).await;
    let early = lacking(&world).await;
    let said = |element: Element| -> Vec<&str> {
        early.iter().filter(|piece| piece.code == element.code()).map(|piece| piece.said.as_str()).collect()
    };
    assert_eq!(
        said(Element::ReviewFollowedUp),
        [
            "Belum ada masalah lokmin untuk Dinas Kesehatan pada periode ini; 1 keputusan lokmin, 0 sudah ditindaklanjuti.",
            "Belum ada masalah tinjauan manajemen untuk Dinas Kesehatan pada periode ini; belum ada keputusan tinjauan \
             manajemen pada periode ini.",
            "Belum ada masalah lokmin untuk Dinas Kesehatan pada periode ini.",
            "Belum ada masalah tinjauan manajemen untuk Dinas Kesehatan pada periode ini."
        ]
    );
    assert_eq!(
        said(Element::PerformanceVerified),
        [
            "PKP 2023: 0 dari 1 program diverifikasi TPCB (belum: Gizi).",
            "0 dari 1 butir evaluasi kinerja dikirim; belum: butir 3."
        ]
    );
    assert_eq!(
        said(Element::FeedbackFollowedUp),
        [
            "1 dari 2 butir pembinaan ditindaklanjuti; belum: butir 2.",
            "0 dari 1 butir evaluasi kinerja diterima; belum: butir 3.",
            "0 dari 1 butir evaluasi kinerja ditindaklanjuti; belum: butir 3."
        ]
    );
    assert_eq!(said(Element::DistrictCoaching), [""; 0]);

    live(&world, "2023-07-11", "2", &LIFE[3..]).await;
    live(&world, "2023-07-12", "3", &LIFE).await;
    matter(&world).await;
    let decided = [("tanggal", "20/6/2023"), ("keputusan", "Minta tenaga gizi"), ("jenis-rapat", "Tinjauan manajemen")];
    enter(&world, "koordinator", "notulen", &[&decided[..], &[("selesai", "22/6/2023")]].concat()).await;
    verify_pkp(&world).await;
    // The report to the team rests on recaps, of which this year has none.
    let rest: Vec<String> = lacking(&world)
        .await
        .into_iter()
        .map(|piece| format!("{} {}: {}", piece.code, piece.asked, piece.said))
        .collect();
    // The matter came from a management review: lokmin, which decided something and handed nothing on, is told apart.
    assert_eq!(
        rest[1..],
        [
            "1.7.1-f Masalah lokmin yang tidak dapat diselesaikan Puskesmas, disampaikan resmi: Belum ada masalah lokmin \
             untuk Dinas Kesehatan pada periode ini; 1 keputusan lokmin, 0 sudah ditindaklanjuti.",
            "1.7.1-f Bukti tindak lanjut masalah lokmin itu: Belum ada masalah lokmin untuk Dinas Kesehatan pada periode ini."
        ]
    );
    let all = format!("/bukti?puskesmas={}&periode=2023&per=2023-12-31", encoded(OWN));
    let all = world.get(Some(world.person("pembaca")), &all).await.text();
    let of_review = "1 masalah, 1 sudah disampaikan, dengan surat 440/12/2023; 1 keputusan tinjauan manajemen, 1 sudah ditindaklanjuti";
    assert!(all.contains(of_review), "{all}");
    assert!(rest[0].starts_with("1.7.1-d Laporan pembinaan Puskesmas kepada TPCB"), "{rest:?}");

    let page = format!("/pembinaan-tpcb?puskesmas={}&periode=2023", encoded(OWN));
    let page = world.get(Some(world.person("tpcb")), &page).await.text();
    for words in ["3 butir: 0 lewat batas", "3 selesai", "<b>Baik</b>", "232 dari 290 (80,0 %)", "16,6"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}
