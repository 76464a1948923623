//! Forms of the tables that the evaluation rests on: corrections of what a recap brought, withdrawing, pasting, names
//! that nobody knows, other Puskesmas.

use axum::http::{StatusCode, header};
use simpul::app::import::Upload;
use simpul::domain::{Facts, Table};
use simpul::store::Scope;

use super::site::Site;

const ABCDE: &str = "UPT PUSKESMAS ABCDE";
const HOSTILE: &str = "<script>alert(1)</script> =cmd|' /C calc'!A0";

fn csv(name: &str, lines: &[&str]) -> Upload {
    Upload { name: name.to_owned(), bytes: lines.join("\r\n").into_bytes() }
}

fn register() -> Upload {
    csv(
        "register.csv",
        &[
            ABCDE,
            "DAFTAR IDENTIFIKASI TAHUN 2023",
            "No,Nama Jaringan/Jejaring,Jenis,Kelompok",
            "1,Klinik Alvi,Klinik,Jejaring",
            "2,Pustu Ngasem,Pustu,Jaringan",
        ],
    )
}

fn may(points: &str) -> Upload {
    csv(
        "rekap-mei.csv",
        &[
            ABCDE,
            "REKAPITULASI PEMBINAAN",
            "BULAN : MEI 2023",
            "No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,Skor Daftar Tilik,Skor Maksimal",
            &format!("1,12/5/2023,Klinik Alvi,Supervisi,Ani,{points},100"),
        ],
    )
}

fn follow_ups(month: &str, done: &str) -> Upload {
    csv(
        &format!("rtl-{month}.csv"),
        &[
            ABCDE,
            "RENCANA TINDAK LANJUT",
            &format!("BULAN : {month} 2023"),
            "No,Tanggal Pembinaan,Nama Jaringan/Jejaring,Rencana Tindak Lanjut,Penanggung Jawab,Target Selesai,Tanggal Selesai",
            &format!("1,12 Mei 2023,Klinik Alvi,Papan nama,Ani,1 Juni 2023,{done}"),
        ],
    )
}

fn import(site: &Site, file: Upload) {
    let receipt = site.app.import(&[file], None, false, &mut |_| {});
    assert_eq!(receipt.files[0].error, None);
}

fn facts(site: &Site) -> Facts {
    site.app.store().facts(&Scope::All).unwrap()
}

fn key(site: &Site, table: Table) -> String {
    site.app.entries(ABCDE, table, None).unwrap()[0].id.clone()
}

async fn send(site: &Site, slug: &str, fields: &[(&str, &str)]) -> super::site::Answer {
    let fields: Vec<(&str, &str)> = [("puskesmas", ABCDE)].iter().chain(fields).copied().collect();
    site.post(&format!("/catatan/{slug}"), &fields).await
}

fn batch(answer: &super::site::Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header(header::LOCATION).rsplit('=').next().unwrap().to_owned()
}

fn points(site: &Site) -> Option<f64> {
    facts(site).visits[0].points
}

#[tokio::test]
async fn a_correction_stands_until_a_later_recap_says_something_else() {
    let site = Site::with(&[register(), may("70")]);
    let id = key(&site, Table::Visits);
    let visit = |points: &'static str| {
        [
            ("tanggal", "12 Mei 2023"),
            ("nama", "Klinik Alvi"),
            ("bentuk", "Supervisi"),
            ("pembina", "Ani"),
            ("skor", points),
            ("maksimal", "100"),
        ]
    };
    let changed: Vec<(&str, &str)> = [("kunci", id.as_str())].into_iter().chain(visit("85")).collect();
    let saved = batch(&send(&site, "pembinaan", &changed).await);
    assert_eq!(points(&site), Some(85.0));
    let page = site.get("/catatan/pembinaan").await.text();
    assert!(page.contains("diketik di halaman ini") && page.contains("mengubah rekap-mei.csv"), "{page}");
    // Where the figure comes from says who typed it.
    let origin = site.get("/asal-angka?periode=2023-05&angka=DTK&faskes=Klinik%20Alvi").await.text();
    assert!(origin.contains("diketik oleh penguji pada "), "{origin}");
    // The same bytes again change nothing, a corrected recap does.
    import(&site, may("70"));
    assert_eq!(points(&site), Some(85.0));
    import(&site, may("90"));
    assert_eq!(points(&site), Some(90.0));
    let receipt = site.app.import(&[may("91")], None, false, &mut |_| {});
    let told: Vec<&str> = receipt.files[0].issues.iter().map(|issue| issue.message.as_str()).collect();
    assert!(told.iter().all(|message| !message.contains("catatan-")), "a typed row is no former version: {told:?}");
    assert_eq!(points(&site), Some(91.0));
    let undone = site.post(&format!("/impor/{saved}/batal"), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert_eq!(points(&site), Some(91.0));
}

#[tokio::test]
async fn an_emptied_field_is_empty_and_a_moved_visit_moves() {
    let site = Site::with(&[register(), may("70")]);
    let id = key(&site, Table::Visits);
    let answer = send(
        &site,
        "pembinaan",
        &[("kunci", &id), ("tanggal", "13/5/2023"), ("nama", "Klinik Alvi"), ("bentuk", "Supervisi")],
    )
    .await;
    let saved = batch(&answer);
    let visits = facts(&site).visits;
    assert_eq!((visits.len(), visits[0].date.to_string().as_str(), visits[0].points), (1, "2023-05-13", None));
    site.post(&format!("/impor/{saved}/batal"), &[]).await;
    assert_eq!((facts(&site).visits.len(), points(&site)), (1, Some(70.0)));
}

#[tokio::test]
async fn a_withdrawn_correction_lets_the_recap_count_again_and_a_recap_is_not_withdrawn() {
    let site = Site::with(&[register(), may("70")]);
    let id = key(&site, Table::Visits);
    let refused = send(&site, "pembinaan/tarik", &[("kunci", &id)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("rekap-mei.csv"), "{}", refused.text());
    let page = site.get("/catatan/pembinaan").await.text();
    assert!(page.contains("Batalkan impornya") && !page.contains("pembinaan/tarik"), "{page}");

    let fields = [
        ("kunci", id.as_str()),
        ("tanggal", "12 Mei 2023"),
        ("nama", "Klinik Alvi"),
        ("bentuk", "Supervisi"),
        ("pembina", "Budi"),
        ("skor", "80,5"),
        ("maksimal", "100"),
    ];
    batch(&send(&site, "pembinaan", &fields).await);
    assert_eq!(points(&site), Some(80.5));
    let withdrawn = batch(&send(&site, "pembinaan/tarik", &[("kunci", &id)]).await);
    assert_eq!((points(&site), facts(&site).visits[0].coach.as_deref()), (Some(70.0), Some("Ani")));
    site.post(&format!("/impor/{withdrawn}/batal"), &[]).await;
    assert_eq!(points(&site), Some(80.5));
}

#[tokio::test]
async fn a_follow_up_is_marked_as_done_above_the_latest_recap() {
    let site = Site::with(&[register(), follow_ups("MEI", ""), follow_ups("JULI", "")]);
    let page = site.get("/faskes/Klinik%20Alvi?periode=2023-C2").await.dense();
    assert!(page.contains("Catat kunjungan") && page.contains("/catatan/pembinaan?"), "{page}");
    let href = page.split(">Tandai selesai").next().unwrap().rsplit("href=\"").next().unwrap();
    let href = href.split('"').next().unwrap().replace("&#38;", "&");
    let form = site.get(href.split('#').next().unwrap()).await.text();
    assert!(form.contains("value=\"10 Januari 2024\"") && form.contains("autofocus"), "{form}");
    assert!(form.contains("Papan nama"), "{form}");
    let id = key(&site, Table::FollowUps);
    let fields = [
        ("kunci", id.as_str()),
        ("tanggal", "12 Mei 2023"),
        ("nama", "Klinik Alvi"),
        ("rencana", "Papan nama"),
        ("pj", "Ani"),
        ("batas", "1 Juni 2023"),
        ("selesai", "28/5"),
    ];
    batch(&send(&site, "rtl?periode=2023-C2", &fields).await);
    assert_eq!(facts(&site).follow_ups[0].done.unwrap().to_string(), "2023-05-28");
    // A recap of a later month that leaves it blank does not erase it, one that tells another day counts.
    import(&site, follow_ups("AGUSTUS", ""));
    assert_eq!(facts(&site).follow_ups[0].done.unwrap().to_string(), "2023-05-28");
    import(&site, follow_ups("SEPTEMBER", "30 Mei 2023"));
    assert_eq!(facts(&site).follow_ups[0].done.unwrap().to_string(), "2023-05-30");
    // Another address than above: what is in memory of that one may be a moment old.
    let page = site.get("/faskes/Klinik%20Alvi?periode=2023").await.text();
    assert!(!page.contains("Tandai selesai"), "{page}");
}

#[tokio::test]
async fn faults_stand_at_their_fields_with_the_codes_of_the_import() {
    let site = Site::with(&[register()]);
    let fields =
        [("tanggal", "31/2/2023"), ("nama", "Klinik Alfi"), ("skor", "12"), ("maksimal", "10"), ("temuan", HOSTILE)];
    let answer = send(&site, "pembinaan", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    for words in ["id=\"e-tanggal\"", "id=\"e-nama\"", "id=\"e-skor\"", "Klinik Alvi", "Jawab siapa itu"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("&#60;script&#62;alert(1)") && !page.contains("<script>alert"));
    assert_eq!(facts(&site).visits, []);
    // The name is asked about, and known once it was answered.
    let asked = site.get("/impor/nama?tulis-0=Klinik%20Alfi").await.text();
    assert!(asked.contains("“Klinik Alfi” itu siapa?"), "{asked}");
    let answers = [("puskesmas", ABCDE), ("tulis-0", "Klinik Alfi"), ("jawab-0", "=Klinik Alvi")];
    assert_eq!(site.post("/impor/nama", &answers).await.status, StatusCode::SEE_OTHER);
    assert!(!site.get("/impor/nama?tulis-0=Klinik%20Alfi").await.text().contains("itu siapa?"));
    batch(&send(&site, "pembinaan", &[("tanggal", "12/5/2023"), ("nama", "Klinik Alfi")]).await);
    assert_eq!(facts(&site).visits.len(), 1);
    let unplanned = [("nama", "Klinik Alvi"), ("jadwal", "2023-05"), ("menjadi", "2023-06")];
    let answer = send(&site, "perubahan-jadwal", &unplanned).await;
    assert!(answer.text().contains("id=\"e-jadwal\""), "{}", answer.text());
}

#[tokio::test]
async fn of_another_puskesmas_nothing_is_seen_or_changed() {
    let other = csv(
        "lain.csv",
        &[
            "UPT PUSKESMAS LAIN",
            "DAFTAR IDENTIFIKASI TAHUN 2023",
            "No,Nama Jaringan/Jejaring,Jenis,Kelompok",
            "1,Klinik Alvi,Klinik,Jejaring",
        ],
    );
    let site = Site::with(&[register(), other, may("70")]);
    let id = key(&site, Table::Visits);
    let foreign = "puskesmas=UPT%20PUSKESMAS%20LAIN";
    assert_eq!(site.get(&format!("/catatan/pembinaan?{foreign}&ubah={id}")).await.status, StatusCode::NOT_FOUND);
    let as_other = |fields: &[(&'static str, String)]| -> Vec<(String, String)> {
        let own = [("puskesmas".to_owned(), "UPT PUSKESMAS LAIN".to_owned())];
        own.into_iter().chain(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone()))).collect()
    };
    for path in ["/catatan/pembinaan", "/catatan/pembinaan/tarik"] {
        let fields =
            as_other(&[("kunci", id.clone()), ("tanggal", "12/5/2023".to_owned()), ("nama", "Klinik Alvi".to_owned())]);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(site.post(path, &fields).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for table in ["pembinaan", "faskes", "notulen"] {
        let fields = [("puskesmas", "Puskesmas Antah"), ("nama", "X"), ("jenis", "Klinik"), ("tanggal", "1/2/2023")];
        let fields: Vec<(&str, &str)> = fields.into_iter().chain([("tahun", "2023"), ("keputusan", "Y")]).collect();
        let answer = site.post(&format!("/catatan/{table}"), &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{table}: nobody brings a Puskesmas into being");
    }
    assert_eq!(points(&site), Some(70.0));
}

async fn preview(site: &Site, slug: &str, period: &str, text: &str) -> super::site::Answer {
    let fields = [("puskesmas", ABCDE), ("masa", period), ("blok", text)];
    site.post(&format!("/catatan/{slug}/tempel"), &fields).await
}

#[tokio::test]
async fn a_block_is_shown_with_its_wrong_cells_and_accepted_as_one_batch() {
    let site = Site::with(&[register(), may("70")]);
    let heading = "No\tTgl\tNama Faskes\tKegiatan\tPetugas\tSkor\tSkor Maks.";
    let rows = [
        "1\t12/5/2023\tKlinik Alvi\tSupervisi\tAni\t88\t100",
        "2\t15/5/2023\tPustu Ngasem\tSupervisi\tBudi\tdelapan\t100",
        "3\t16/5/2023\tPustu Ngasem\tPertemuan\t\"Budi\ndan Ani\"\t\t",
    ];
    let text = format!("{heading}\r\n{}\r\n", rows.join("\r\n"));
    let answer = preview(&site, "pembinaan", "2023-05", &text).await;
    let page = answer.dense();
    assert_eq!(answer.status, StatusCode::OK, "{page}");
    for words in
        ["Baris 3, kolom F:", "“delapan”", "1 baru, 1 mengubah yang ada", "Simpan yang benar saja", "wrong-cell"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(points(&site), Some(70.0), "a look changes nothing");
    let seal = page.split("name=\"segel\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let other = text.replace("88", "89");
    let fields = [("puskesmas", ABCDE), ("masa", "2023-05"), ("blok", other.as_str()), ("segel", seal.as_str())];
    let again = site.post("/catatan/pembinaan/tempel/simpan", &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "what was not seen is not accepted");
    let fields = [("puskesmas", ABCDE), ("masa", "2023-05"), ("blok", text.as_str()), ("segel", seal.as_str())];
    let saved = batch(&site.post("/catatan/pembinaan/tempel/simpan", &fields).await);
    let visits = facts(&site).visits;
    assert_eq!((visits.len(), visits[0].points, visits[1].coach.as_deref()), (2, Some(88.0), Some("Budi dan Ani")));
    site.post(&format!("/impor/{saved}/batal"), &[]).await;
    assert_eq!((facts(&site).visits.len(), points(&site)), (1, Some(70.0)));
}

#[tokio::test]
async fn a_block_without_its_heading_is_read_in_the_order_of_the_template() {
    let site = Site::with(&[register()]);
    for text in ["1\tKlinik Alvi\tYa\tYa\n2\tPustu Ngasem\tYa\tTidak", "Klinik Alvi\tYa\tYa\nPustu Ngasem\tYa\tTidak"] {
        let answer = preview(&site, "lokmin", "2023-05", text).await;
        let page = answer.text();
        assert!(page.contains("2 kehadiran: 2 baru") && page.contains("urutan kolom templat"), "{page}");
    }
    let empty = preview(
        &site,
        "pembinaan",
        "2023-05",
        "No\tTanggal\tNama Faskes\tBentuk Kegiatan\tPembina\tSkor\tSkor Maksimal",
    )
    .await
    .text();
    assert!(empty.contains("tercatat diterima tanpa isi"), "{empty}");
    for (text, words) in [
        ("", "Kotak masih kosong"),
        ("hanya teks", "Judul kolom tidak dikenali"),
        ("No\tNama Faskes\tDiundang\tHadir", "terbaca sebagai tabel Lokmin"),
        ("UPT PUSKESMAS LAIN\nNo\tTanggal\tNama Faskes\tKegiatan", "UPT PUSKESMAS LAIN"),
    ] {
        let page = preview(&site, "pembinaan", "2023-05", text).await.text();
        assert!(page.contains(words) && !page.contains("tempel/simpan\">"), "{words}: {page}");
    }
    let long = "1\t1/5/2023\tKlinik Alvi\n".repeat(300);
    assert!(preview(&site, "pembinaan", "2023-05", &long).await.text().contains("paling banyak 200"));
    let hostile = format!("1\t1/5/2023\t{HOSTILE}\tSupervisi\n");
    let page = preview(&site, "pembinaan", "2023-05", &hostile).await.text();
    assert!(page.contains("&#60;script&#62;alert(1)") && !page.contains("<script>alert"));
}

#[tokio::test]
async fn registers_keep_their_names_and_their_first_year() {
    let site = Site::with(&[register()]);
    let entries = site.app.entries(ABCDE, Table::Facilities, None).unwrap();
    let alvi = entries.iter().find(|entry| entry.value(simpul::domain::records::Field::Name) == "Klinik Alvi").unwrap();
    let fields = [
        ("kunci", alvi.id.as_str()),
        ("nama", "Klinik Alvita"),
        ("jenis", "Klinik"),
        ("kelompok", "Jejaring"),
        ("tahun", "2024"),
    ];
    let refused = send(&site, "faskes", &fields).await;
    assert!(refused.text().contains("dipakai tabel lain"), "{}", refused.text());
    let fields = [("kunci", alvi.id.as_str()), ("nama", "Klinik Alvi"), ("jenis", "Klinik"), ("tahun", "2024")];
    batch(&send(&site, "faskes", &fields).await);
    let facts = facts(&site);
    let alvi = facts.facilities.iter().find(|facility| facility.name == "Klinik Alvi").unwrap();
    assert_eq!((alvi.group, alvi.active_from.to_string().as_str()), (None, "2023-01"));
    let listed: Vec<&str> = facts.listed().into_iter().map(|facility| facility.name.as_str()).collect();
    assert_eq!(listed.len(), 2);
}
