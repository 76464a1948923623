//! Forms of *Catatan*: added, changed, withdrawn, undone; what is wrong is told at its field and stays typed.

use axum::http::{StatusCode, header};
use simpul::app::import::Upload;
use simpul::domain::Facts;
use simpul::store::Scope;

use super::site::Site;

const ABCDE: &str = "UPT PUSKESMAS ABCDE";
const HOSTILE: &str = "<script>alert(1)</script> =cmd|' /C calc'!A0";

fn site() -> Site {
    let lines = [
        "UPT PUSKESMAS ABCDE",
        "DAFTAR IDENTIFIKASI TAHUN 2023",
        "No,Nama Jaringan/Jejaring,Jenis,Kelompok,Alamat",
        "1,Klinik Alvi,Klinik,Jejaring,Jl. Melati",
    ];
    Site::with(&[Upload { name: "register.csv".to_owned(), bytes: lines.join("\r\n").into_bytes() }])
}

fn facts(site: &Site) -> Facts {
    site.app.store().facts(&Scope::All).unwrap()
}

/// The key of the first entry that a page lists.
fn first_key(page: &str) -> String {
    let listed = page.split("/tarik").nth(1).unwrap();
    listed.split("name=\"kunci\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_entry_is_added_changed_withdrawn_and_comes_back_by_undoing() {
    let site = site();
    let path = "/catatan/notulen";
    let fields = [
        ("puskesmas", ABCDE),
        ("tanggal", "12 Mei 2023"),
        ("masalah", "K6 turun"),
        ("keputusan", "Kelas ibu hamil"),
        ("pj", "Ani"),
        ("batas", "1/6/2023"),
    ];
    let answer = site.post(path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let row = facts(&site).written.decisions[0].row.clone();
    assert_eq!((row.decision.as_str(), row.due.unwrap().to_string().as_str()), ("Kelas ibu hamil", "2023-06-01"));
    let page = site.get(answer.header(header::LOCATION)).await.text();
    for words in ["Tersimpan.", "Kelas ibu hamil", "penguji", "diketik di halaman ini"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let key = first_key(&page);
    let form = site.get(&format!("{path}?ubah={key}")).await.text();
    assert!(form.contains("value=\"12 Mei 2023\"") && form.contains("Simpan perubahan"), "{form}");

    // A field that is emptied is empty then, and the problem may be worded anew.
    let changed = [
        ("puskesmas", ABCDE),
        ("kunci", key.as_str()),
        ("tanggal", "12 Mei 2023"),
        ("masalah", "K6 turun tajam"),
        ("keputusan", "Kelas ibu hamil"),
        ("tindak-lanjut", "Sudah"),
    ];
    let answer = site.post(path, &changed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let after = facts(&site).written.decisions;
    let row = &after[0].row;
    assert_eq!(after.len(), 1);
    assert_eq!((row.problem.as_deref(), row.owner.as_deref(), row.due), (Some("K6 turun tajam"), None, None));
    assert_eq!(site.post(path, &changed).await.status, StatusCode::CONFLICT, "that entry is gone");

    let key = first_key(&site.get(path).await.text());
    let answer = site.post(&format!("{path}/tarik"), &[("puskesmas", ABCDE), ("kunci", &key)]).await;
    let location = answer.header(header::LOCATION).to_owned();
    assert_eq!(facts(&site).written.decisions, []);
    let batch = location.split("ditarik=").nth(1).unwrap();
    assert!(site.get(&location).await.text().contains(&format!("/impor/{batch}/batal")));
    let asked = site.get(&format!("/impor/{batch}/batal")).await.text();
    assert!(asked.contains("Batalkan perubahan catatan ini?") && !asked.contains(".csv"), "{asked}");
    assert_eq!(site.post(&format!("/impor/{batch}/batal"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(facts(&site).written.decisions, after);
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_stays_typed() {
    let site = site();
    let path = "/catatan/evaluasi";
    let before = facts(&site);
    let fields = [
        ("puskesmas", ABCDE),
        ("periode", "2023-C2"),
        ("nama", "Klinik Alfi"),
        ("masalah", HOSTILE),
        ("batas", "32 Mei 2023"),
    ];
    let answer = site.post(path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    for words in [
        "id=\"e-nama\"",
        "mungkin maksudnya &#34;Klinik Alvi&#34;",
        "id=\"e-batas\"",
        "value=\"32 Mei 2023\"",
        "&#60;script&#62;alert(1)",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("<script>alert"));
    let empty = site.post(path, &[("puskesmas", ABCDE), ("periode", "2023-C2")]).await;
    assert!(empty.text().contains("Masalah harus diisi."));
    assert_eq!(facts(&site), before);
}

/// A form of each written table, filled in.
const SENT: [(&str, &[(&str, &str)]); 14] = [
    ("evaluasi", &[("periode", "2023-05"), ("nama", ""), ("masalah", HOSTILE), ("penyebab", "\"a\", b\nc")]),
    ("notulen", &[("tanggal", "1-2-2023"), ("keputusan", HOSTILE)]),
    ("pembinaan-tpcb", &[("tanggal", "1-2-2023"), ("fakta", HOSTILE), ("dikirim", "3 Februari 2023")]),
    ("tindak-lanjut-tpcb", &[("rencana", HOSTILE), ("selesai", "4 Februari 2023")]),
    (
        "langkah-tpcb",
        &[
            ("pembinaan", "1-2-2023"),
            ("nomor", "1"),
            ("langkah", "Dikirim"),
            ("tanggal", "3/2/2023"),
            ("catatan", HOSTILE),
        ],
    ),
    (
        "penilaian-tpcb",
        &[("tahun", "2023"), ("pihak", "TPCB"), ("parameter", "Mutu"), ("nilai", "0"), ("catatan", HOSTILE)],
    ),
    ("masalah-dinas", &[("tanggal", "1-2-2023"), ("masalah", HOSTILE), ("usulan", "Tambah tenaga")]),
    (
        "proses-pks",
        &[
            ("nama", "Klinik Alvi"),
            ("langkah", "Ditandatangani"),
            ("tanggal", "3/2/2023"),
            ("sampai", "2 Februari 2028"),
            ("difasilitasi", "Ya"),
            ("catatan", HOSTILE),
        ],
    ),
    (
        "langkah-jejaring",
        &[("nama", "Klinik Alvi"), ("langkah", "RTL disusun"), ("tanggal", "3/2/2023"), ("catatan", HOSTILE)],
    ),
    (
        "penilaian-integrasi",
        &[
            ("tahun", "2023"),
            ("nama", "Klinik Alvi"),
            ("aspek", "Kader"),
            ("nilai", "0"),
            ("maksimal", "4"),
            ("catatan", HOSTILE),
        ],
    ),
    ("pendampingan-ruk-rpk", &[("rencana", "1-2-2023"), ("dokumen", "RUK"), ("hasil", HOSTILE)]),
    ("usulan-ruk-rpk", &[("tahun", "2023"), ("dokumen", "RUK"), ("kegiatan", HOSTILE), ("biaya", "Rp 1.250.000,-")]),
    ("verifikasi-pkp", &[("tahun", "2023"), ("hasil", "Sesuai"), ("diverifikasi", "3/2/2023"), ("tanggapan", HOSTILE)]),
    ("cluster", &[("tahun", "2023"), ("anggota", "Puskesmas Abcde"), ("cluster", HOSTILE)]),
];

#[tokio::test]
async fn every_table_has_its_form_and_hostile_text_stays_text() {
    let site = site();
    for (slug, fields) in SENT {
        let path = format!("/catatan/{slug}");
        let fields: Vec<(&str, &str)> = [("puskesmas", ABCDE)].iter().chain(fields).copied().collect();
        let answer = site.post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{slug}: {}", answer.text());
        let again = site.post(&path, &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{slug}");
        assert!(again.text().contains("sudah ada"), "{slug}");
        let page = site.get(&path).await.text();
        assert!(page.contains("&#60;script&#62;alert(1)") && !page.contains("<script>alert"), "{slug}");
        let form = site.get(&format!("{path}?ubah={}", first_key(&page))).await;
        assert_eq!(form.status, StatusCode::OK, "{slug}");
    }
    let written = facts(&site).written;
    assert_eq!((written.problems.len(), written.problems[0].row.period.to_string().as_str()), (1, "2023-05"));
    assert_eq!(written.problems[0].row.cause.as_deref(), Some("\"a\", b c"));
    assert_eq!((written.clusters.len(), written.district_visits.len()), (1, 1));
    assert_eq!(written.district_follow_ups.len(), 1);
    let told = site.get("/api/v1/entries?tabel=problems").await.json();
    assert_eq!(told["entries"][0]["fields"]["problem"], HOSTILE);
    assert_eq!(site.get("/api/v1/entries?tabel=apa").await.status, StatusCode::BAD_REQUEST);
    let index = site.get("/catatan").await.text();
    assert!(index.contains("Keputusan lokmin"), "{index}");
    // What was written by a form is no import.
    assert!(!site.get("/impor").await.text().contains("catatan-"));
    let told = site.get("/api/v1/imports").await.json();
    assert!(told["imports"].as_array().unwrap().iter().any(|one| one["by_form"] == true));
    let unknown = [("tahun", "2023"), ("anggota", "Puskesmas Salah"), ("cluster", "Utara")];
    let refused = site.post("/catatan/cluster", &unknown).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("tidak ada di folder data ini"), "{}", refused.text());
    assert_eq!(site.get("/catatan/lain").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_form_wrote_is_a_workbook_that_reads_back_and_a_withdrawn_row_of_a_workbook_stays_out() {
    let site = site();
    let fields =
        [("puskesmas", ABCDE), ("periode", "2023-C2"), ("nama", "Klinik Alvi"), ("masalah", "Terlambat; \"lagi\"")];
    assert_eq!(site.post("/catatan/evaluasi", &fields).await.status, StatusCode::SEE_OTHER);
    let entry = site.app.entries(ABCDE, simpul::domain::Table::Problems, None).unwrap().remove(0);
    let (name, bytes) = site.app.store().original(entry.batch).unwrap();
    let other = self::site();
    other.app.import(&[Upload { name: name.clone(), bytes: bytes.clone() }], None, false, &mut |_| {});
    assert_eq!(facts(&other).written, facts(&site).written);
    let path = "/catatan/evaluasi/tarik";
    let answer = other.post(path, &[("puskesmas", ABCDE), ("kunci", &entry.id)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    other.app.import(&[Upload { name, bytes }], None, false, &mut |_| {});
    assert_eq!(facts(&other).written.problems, []);
}

#[tokio::test]
async fn an_overdue_decision_needs_attention_on_the_lokmin_page() {
    let site = site();
    let fields =
        [("puskesmas", ABCDE), ("tanggal", "12 Mei 2023"), ("keputusan", "Kelas ibu hamil"), ("batas", "1/6/2023")];
    site.post("/catatan/notulen", &fields).await;
    let page = site.get("/halaman/lokmin?periode=2023-06").await.text();
    assert!(page.contains("1 keputusan lokmin lewat batas waktu") && page.contains("/catatan/notulen"), "{page}");
    assert!(!site.get("/halaman/lokmin?periode=2023-05").await.text().contains("keputusan lokmin lewat"));
    let of_review = [&fields[..], &[("jenis-rapat", "Tinjauan manajemen")]].concat();
    let other: Vec<(&str, &str)> = of_review
        .into_iter()
        .map(|(name, value)| if name == "keputusan" { (name, "Ganti alat") } else { (name, value) })
        .collect();
    assert_eq!(site.post("/catatan/notulen", &other).await.status, StatusCode::SEE_OTHER);
    let page = site.get("/halaman/lokmin?periode=2023-06").await.text();
    assert!(page.contains("1 keputusan lokmin lewat batas waktu"), "a management review is no lokmin: {page}");
    assert!(page.contains("1 keputusan tinjauan manajemen lewat batas waktu"), "{page}");
}
