//! What pages ask of whom, what they judge, and whose page they are: few facilities, many kinds, several Puskesmas.

use axum::http::{Request, StatusCode, header};
use simpul::app::import::Upload;

use super::site::{ABCDE, Site, register_of};

const HEAD: &str = "UPT PUSKESMAS UJI;;;;;;;\nTAHUN 2023;;;;;;;\n";

fn csv(name: &str, text: &str) -> Upload {
    Upload { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn kinds() -> Upload {
    let rows = "1;Pustu Satu;Pustu;Jaringan\n2;Pustu Dua;Pustu;Jaringan\n3;SDN Satu;Sekolah;Jejaring\n4;Apotek Tiga;Apotek;Jejaring\n";
    csv(
        "daftar.csv",
        &format!(
            "DAFTAR IDENTIFIKASI JARINGAN DAN JEJARING;;;\n{HEAD}\nNo;Nama Jaringan/Jejaring;Jenis;Kelompok\n{rows}"
        ),
    )
}

fn services(applies_to: &str) -> Upload {
    let head = "Kode;Indikator;Target (%);Bobot;Arah;Agregasi;Berlaku Untuk";
    csv(
        "indikator.csv",
        &format!("INDIKATOR LAYANAN;;;;;;\n{HEAD}\n{head}\nK6;Cakupan K6 ibu hamil;95;1;Naik;Kumulatif;{applies_to}\n"),
    )
}

fn achievements(month: &str, rows: &str) -> Upload {
    csv(
        &format!("capaian-{}.csv", month.to_lowercase()),
        &format!(
            "REKAP CAPAIAN INDIKATOR LAYANAN;;;;\nUPT PUSKESMAS UJI;;;;\nTAHUN 2023;;;;\nBULAN : {month} 2023;;;;\n\nNo;Nama Jaringan/Jejaring;K6;;\n;;Sasaran;Capaian;%\n{rows}"
        ),
    )
}

#[tokio::test]
async fn no_school_is_asked_for_antenatal_care() {
    for applies_to in ["Pustu", ""] {
        let rows = "1;Pustu Satu;100;10;\n2;Pustu Dua;100;5;\n";
        let files = [kinds(), services(applies_to), achievements("JANUARI", rows)];
        let site = Site::with(&files);
        let page = site.get("/?periode=2023-01&lengkap=ya").await.text();
        let pws = page.split("id=\"panel-pws\"").nth(1).or_else(|| page.split("Analisis PWS").nth(1)).unwrap();
        let table = pws.split("</table>").find(|part| part.contains("Saran tindak lanjut")).unwrap_or(pws);
        assert!(table.contains("Pustu Satu") && !table.contains("SDN Satu"), "{applies_to}: {table}");
        assert!(!table.contains("Apotek Tiga"), "{applies_to}");
        assert!(page.contains("2 dari 2 faskes melapor K6 Januari 2023"), "{applies_to}");
        let told = site.get("/api/v1/pws/K6?periode=2023-01").await.json();
        assert_eq!(told["rows"].as_array().unwrap().len(), 3, "two facilities and the total");
    }
}

#[tokio::test]
async fn advice_names_the_month_that_is_missing() {
    let files = [
        kinds(),
        services("Pustu"),
        achievements("JANUARI", "1;Pustu Satu;100;10;\n"),
        achievements("FEBRUARI", "2;Pustu Dua;100;5;\n"),
    ];
    let site = Site::with(&files);
    let page = site.get("/?periode=2023-02&lengkap=ya").await.text();
    assert!(page.contains("Minta laporan Februari 2023"), "of the one that reported last month");
    assert!(page.contains("Lengkapi laporan Januari 2023 agar tren dapat dibaca"), "of the one that did not");
    assert!(page.contains("1 dari 2 faskes melapor K6 Februari 2023"));
    let none = site.get("/?periode=2022-05&lengkap=ya").await.text();
    assert!(!none.contains("0 dari 0 faskes di atas target"), "{none}");
}

#[tokio::test]
async fn a_score_on_one_indicator_is_no_verdict() {
    let lokmin = "DAFTAR HADIR LOKAKARYA MINI;;;\nUPT PUSKESMAS UJI;;;\nTAHUN 2023;;;\nBULAN : JANUARI 2023;;;\n\nNo;Nama Jaringan/Jejaring;Diundang;Hadir\n1;Pustu Satu;Ya;Ya\n";
    let site = Site::with(&[kinds(), csv("lokmin.csv", lokmin)]);
    let page = site.get("/?periode=2023-C1&per=2023-01-31").await.text();
    assert!(page.contains("Data belum cukup") && page.contains("1 dari 9 indikator"), "{page}");
    let told = site.get("/api/v1/tables/ringkasan/status-table?periode=2023-C1&per=2023-01-31").await;
    if told.status == StatusCode::OK {
        let rows = told.json()["rows"].as_array().unwrap().clone();
        assert!(rows.iter().any(|row| row["status"] == "too_little"), "{rows:?}");
    }
    // The contract says what it always said.
    let evaluation = site.get("/api/v1/evaluation?periode=2023-C1&per=2023-01-31").await.json();
    let facility = evaluation["facilities"].as_array().unwrap().iter().find(|one| one["name"] == "Pustu Satu").unwrap();
    assert_eq!((facility["score"].as_f64(), facility["status"].as_str()), (Some(100.0), Some("good")));
}

#[tokio::test]
async fn pages_are_about_the_puskesmas_that_was_looked_at_last() {
    let names = ["UPT PUSKESMAS ANGGREK", "UPT PUSKESMAS MELATI"];
    let site = Site::with(&names.map(|name| register_of(name, &["Apotek Satu"])));
    let who = |text: &str| text.split("<span class=\"who\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(who(&site.get("/").await.text()), names[0]);
    let chosen = site.get("/?puskesmas=MELATI").await;
    let cookie = chosen.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
    let with = |path: &str| Request::get(path).header(header::COOKIE, cookie.clone());
    for path in ["/", "/templat", "/impor", "/faskes", "/catatan"] {
        assert_eq!(who(&site.send(with(path)).await.text()), names[1], "{path}");
        assert_eq!(who(&site.get(path).await.text()), names[0], "{path}: another browser");
    }
    let templates = site.send(with("/templat")).await.text();
    assert!(templates.contains("<option selected>UPT PUSKESMAS MELATI"), "{templates}");
    let told = site.send(with("/api/v1/facilities")).await;
    assert_eq!(told.text(), site.get("/api/v1/facilities").await.text(), "programs get what they ask for");
    let stranger = Request::get("/").header(header::COOKIE, "simpul-puskesmas=Lain");
    assert_eq!(who(&site.send(stranger).await.text()), names[0]);
}

#[tokio::test]
async fn the_district_sees_all_beside_each_other() {
    let names = ["UPT PUSKESMAS ANGGREK", "UPT PUSKESMAS MELATI"];
    let site = Site::with(&names.map(|name| register_of(name, &["Apotek Satu"])));
    for (name, cluster) in [("ANGGREK", "Utara"), ("MELATI", "Selatan")] {
        let fields = [("tahun", "2023"), ("anggota", name), ("cluster", cluster)];
        assert_eq!(site.post("/catatan/cluster", &fields).await.status, StatusCode::SEE_OTHER);
    }
    let page = site.get("/kabupaten?periode=2023-C1").await.text();
    assert!(names.iter().all(|name| page.contains(name)), "{page}");
    assert!(page.contains("20 rekap lewat batas dan belum masuk"), "{page}");
    let own = site.get("/kabupaten/Selatan?periode=2023-C1").await.text();
    let table = own.split("id=\"puskesmas-table\"").nth(1).unwrap();
    assert!(table.contains(names[1]) && !table.contains(names[0]), "{table}");
    assert!(site.get("/").await.text().contains("href=\"/kabupaten"));
    assert!(!ABCDE.get("/").await.text().contains("href=\"/kabupaten"), "one alone needs no such page");
}

#[tokio::test]
async fn a_figure_ends_at_its_row() {
    let page = ABCDE.get("/asal-angka?periode=2023-C2&angka=DTK&faskes=Apotik%20Sendang%20Farma").await.text();
    let href = page.split("href=\"/impor/").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
    let path = format!("/impor/{}", href.split('#').next().unwrap());
    let row = ABCDE.get(&path).await;
    let text = row.text();
    assert_eq!(row.status, StatusCode::OK, "{path}: {text}");
    assert!(text.contains("Sel yang dicari: ") && text.contains("Apotik Sendang Farma"), "{text}");
    assert!(text.contains("Tanggal") && text.contains("/berkas\" download"), "headings and the file itself");
    for wrong in ["/impor/1/sel", "/impor/1/sel?lembar=Lain&sel=A1", "/impor/999/sel?lembar=A&sel=A1"] {
        assert_eq!(ABCDE.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn a_change_of_schedule_says_why() {
    let page = ABCDE.get("/halaman/evaluasi?periode=2023-C1").await.text();
    let form = page.split("id=\"schedule-changes\"").nth(1).unwrap();
    assert!(form.contains("Bentrok Posyandu"), "{form}");
}

#[tokio::test]
async fn a_long_chart_is_printed_in_pieces_that_can_be_read() {
    let rows: Vec<String> = (1..=40).map(|place| format!("{place},Klinik Nomor {place},Klinik,Jejaring")).collect();
    let head = "UPT PUSKESMAS ABCDE\nDAFTAR IDENTIFIKASI TAHUN 2023\nNo,Nama Jaringan/Jejaring,Jenis,Kelompok";
    let plan = (1..=40).map(|place| format!("{place},Klinik Nomor {place},X{}", ",".repeat(11))).collect::<Vec<_>>();
    let months = "UPT PUSKESMAS ABCDE\nJADWAL TAHUN 2023\nNo,Nama Jaringan/jejaring,1,2,3,4,5,6,7,8,9,10,11,12";
    let file = |name: &str, head: &str, rows: &[String]| Upload {
        name: name.to_owned(),
        bytes: format!("{head}\n{}\n", rows.join("\n")).into_bytes(),
    };
    let site = Site::with(&[file("daftar.csv", head, &rows), file("jadwal.csv", months, &plan)]);
    let page = site.get("/?periode=2023&lengkap=ya").await.text();
    let pieces: Vec<&str> = page.split("<div class=\"picture paper\"").skip(1).collect();
    assert!(pieces.iter().any(|piece| piece.contains("(1/2)")), "{page}");
    assert!(pieces.iter().any(|piece| piece.contains("(2/2)")), "{page}");
}
