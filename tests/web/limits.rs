//! Limits that somebody reaches by a form: one beyond each is refused in words, what is within it is taken, and nothing
//! of what was refused is kept.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use simpul::app::import::Upload;

use super::site::{Site, abcde, field, multipart, own, parts, register};

const UJI: &str = "UPT PUSKESMAS UJI";

/// A form with one field that is as long as it may be, and the same a bit longer.
struct Limit {
    path: &'static str,
    field: &'static str,
    within: String,
    beyond: String,
    words: &'static str,
}

fn limits() -> Vec<Limit> {
    let lines = |count: usize| ["x"; 40][..count].join("\n");
    vec![
        Limit {
            path: "/laporan/evaluasi/nomor?periode=2023-C2",
            field: "nomor",
            within: "99999".to_owned(),
            beyond: "100000".to_owned(),
            words: "dari 1 sampai 99999",
        },
        Limit {
            path: "/laporan/evaluasi/narasi?periode=2023-C2",
            field: "bagian-hasil",
            within: "a".repeat(8_000),
            beyond: "a".repeat(8_001),
            words: "paling banyak 8000 huruf",
        },
        Limit {
            path: "/pengaturan-surat",
            field: "tempat",
            within: "a".repeat(300),
            beyond: "a".repeat(301),
            words: "paling banyak 300 huruf",
        },
        Limit {
            path: "/pengaturan-surat/penulis",
            field: "penulis",
            within: "a".repeat(100),
            beyond: "a".repeat(101),
            words: "paling banyak 100 huruf",
        },
        Limit {
            path: "/pengaturan-surat?untuk=tpcb",
            field: "anggota",
            within: lines(12),
            beyond: lines(13),
            words: "paling banyak 12",
        },
        Limit {
            path: "/laporan/evaluasi/surat?periode=2023-C2",
            field: "tembusan",
            within: lines(12),
            beyond: lines(13),
            words: "paling banyak 12",
        },
    ]
}

#[tokio::test]
async fn one_beyond_the_limit_of_a_field_is_refused_in_words() {
    let site = abcde();
    site.post("/pengaturan-surat", &[("pola", "440/{nomor}")]).await;
    for Limit { path, field, within, beyond, words } in limits() {
        // A form of a text names the version that it began with.
        let page = site.get(path).await.text();
        let base = page.split_once("name=\"dasar\" value=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap());
        let sent = |value| [("dasar", base), (field, value)];
        let refused = site.post(path, &sent(beyond.as_str())).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {field}");
        assert!(refused.text().contains(words), "{path} {field}: {}", refused.text());
        let taken = site.post(path, &sent(within.as_str())).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{path} {field}: {}", taken.text());
    }
}

#[tokio::test]
async fn a_form_is_bounded_in_bytes() {
    let site = abcde();
    let refused = site.post("/pengaturan-surat", &[("tempat", &"a".repeat(3 << 20))]).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", refused.text());
    assert!(!site.get("/pengaturan-surat").await.text().contains(&"a".repeat(400)));
}

#[tokio::test]
async fn a_pasted_block_is_bounded_in_rows_and_columns() {
    let site = Site::with(&[register(&["Klinik Alvi"])]);
    let heading = "No\tTanggal\tNama Faskes\tKegiatan\tTemuan\n";
    let row = "1\t1/5/2023\tKlinik Alvi\tSupervisi\t";
    for (block, words) in [
        (format!("{heading}{}", format!("{row}x\n").repeat(204)), "paling banyak 200"),
        (format!("{heading}{row}{}\n", "x\t".repeat(121)), "lebih dari 120 kolom"),
    ] {
        let fields = [("puskesmas", UJI), ("masa", "2023-05"), ("blok", block.as_str())];
        let answer = site.post("/catatan/pembinaan/tempel", &fields).await;
        assert!(answer.text().contains(words), "{words}: {}", answer.dense());
        assert!(!answer.text().contains("tempel/simpan\">"), "{words}: can be accepted");
    }
}

#[tokio::test]
async fn a_field_of_an_entry_is_bounded_in_letters() {
    let site = Site::with(&[register(&["Klinik Alvi"])]);
    let post = |decision: String| {
        let site = &site;
        async move {
            let fields =
                [("puskesmas", UJI), ("tanggal", "12 Mei 2023"), ("masalah", "K6 turun"), ("keputusan", &decision)];
            site.post("/catatan/notulen", &fields).await
        }
    };
    let refused = post("x".repeat(2_001)).await;
    assert!(refused.text().contains("paling banyak 2000 huruf"), "{}", refused.dense());
    let taken = post("x".repeat(2_000)).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.dense());
}

#[tokio::test]
async fn drafts_that_wait_are_bounded() {
    let site = Site::empty();
    let file = || Upload { name: "a.xlsx".to_owned(), bytes: b"x".to_vec() };
    for _ in 0..20 {
        assert_eq!(site.upload(&[file()]).await.status, StatusCode::SEE_OTHER);
    }
    let answer = site.upload(&[file()]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.text());
}

#[tokio::test]
async fn an_upload_is_bounded_in_fields_and_their_bytes() {
    let site = Site::empty();
    let before = |fields: &[(&str, String)]| {
        let mut body: Vec<u8> = fields.iter().flat_map(|(name, value)| field(name, value)).collect();
        body.extend(parts(&[register(&["Klinik Alvi"])]));
        body
    };
    let send = |body: Vec<u8>| site.send_with(own(multipart(Request::post("/impor/unggah"))), Body::from(body));
    let many: Vec<(&str, String)> = (0..21).map(|_| ("puskesmas", "x".to_owned())).collect();
    assert_eq!(send(before(&many)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = [("puskesmas", "x".repeat((4 << 10) + 1))];
    assert_eq!(send(before(&long)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send(before(&many[..1])).await.status, StatusCode::SEE_OTHER);
    assert!(site.app.puskesmas().unwrap().is_empty(), "a preview stores nothing");
}
