//! Every page answers, says what it should, and keeps what was chosen.

use axum::http::{StatusCode, header};

use super::site::{ABCDE, Site, register};

const C2: &str = "periode=2023-C2";

#[tokio::test]
async fn every_page_is_there_and_whole() {
    for path in [
        "/",
        "/?periode=2023-C2",
        "/?tahun=2023&periode=05",
        "/?periode=2023",
        "/?periode=2023-C2&per=2023-06-20",
        "/?periode=2023-C2&tampilan=proyektor",
        "/?periode=2022-C1",
        "/?periode=2031-C1",
        "/faskes",
        "/faskes/Apotik%20Alvi",
        "/faskes/APOTEK.%20alvi?periode=2023-C1",
        "/halaman/evaluasi?periode=2023-C2",
        "/halaman/lokmin?periode=2023-08&indikator=HT",
        "/asal-angka?periode=2023-C2",
        "/asal-angka?periode=2023-C2&angka=IND",
        "/asal-angka?periode=2023-C2&angka=layanan:K6&kelompok=jaringan",
        "/impor",
        "/impor/1",
        "/laporan?periode=2023-C2",
        "/pekerjaan",
        "/bantuan",
        "/bantuan/definisi",
        "/bantuan/lisensi",
        "/gaya",
        "/gaya/rapat",
        "/gaya?tampilan=proyektor",
        "/lokmin/rapat?periode=2023-08",
        "/lokmin/rapat?periode=2023-Q3",
        "/lokmin/rapat?periode=2022-01",
    ] {
        let answer = ABCDE.get(path).await;
        let text = answer.text();
        assert_eq!(answer.status, StatusCode::OK, "{path}: {text}");
        assert!(answer.header(header::CONTENT_TYPE).starts_with("text/html"), "{path}");
        assert!(text.starts_with("<!doctype html>") && text.trim_end().ends_with("</html>"), "{path}");
        assert_eq!(text.matches("<h1").count(), 1, "{path}");
        for element in ["table", "tr", "td", "th", "a", "svg", "details", "figure", "section", "select", "form", "ul"] {
            let opened = text.matches(&format!("<{element} ")).count() + text.matches(&format!("<{element}>")).count();
            assert_eq!(opened, text.matches(&format!("</{element}>")).count(), "{path}: <{element}>");
        }
        assert!(!text.contains(" style=\"") && !text.contains("<style"), "{path}: the policy refuses inline styles");
        for reference in ["src=\"http", "href=\"http", "url(http"] {
            assert!(!text.contains(reference), "{path}: asks another host");
        }
    }
}

#[tokio::test]
async fn the_guide_is_there_without_internet_and_every_page_leads_to_it() {
    assert!(ABCDE.get("/").await.text().contains("<a class=\"screen\" href=\"/bantuan\">Bantuan</a>"));
    let guide = ABCDE.get("/bantuan").await.text();
    assert!(
        guide.contains("<a href=\"#impor-pertama\">Impor pertama</a>") && guide.contains("<h2 id=\"impor-pertama\">")
    );
    let picture = ABCDE.get("/bantuan/gambar/pws.png").await;
    assert_eq!((picture.status, picture.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/png"));
    assert_eq!(ABCDE.get("/bantuan/gambar/..%2FCargo.toml").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn ids_are_unique_on_a_page() {
    for path in
        ["/?periode=2023-C2", "/faskes/Apotik%20Alvi?periode=2023-C2", "/halaman/lokmin?periode=2023-08", "/bantuan"]
    {
        let text = ABCDE.get(path).await.text();
        let mut ids: Vec<&str> = text.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{path}");
    }
}

#[tokio::test]
async fn the_summary_shows_the_expected_score() {
    let text = ABCDE.get("/?periode=2023-C2").await.text();
    for words in ["89,9", "6 faskes berstatus Kurang", "terendah Polindes Sedanan (48,7)", "13 dari 13 faskes"] {
        assert!(text.contains(words), "{words}");
    }
}

#[tokio::test]
async fn without_a_choice_the_last_reported_period_is_shown() {
    assert!(ABCDE.get("/").await.text().contains("Caturwulan III 2023"));
}

fn names_in_order(page: &str) -> Vec<String> {
    let table = page.split("<table class=\"full\" id=\"status-table\">").nth(1).unwrap();
    let body = table.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    body.split("<th scope=\"row\">")
        .skip(1)
        .map(|cell| cell.split("</a>").next().unwrap().rsplit('>').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_table_sorts_by_links_alone() {
    let best = names_in_order(&ABCDE.get(&format!("/?{C2}")).await.text());
    assert_eq!((best[0].as_str(), best[12].as_str()), ("BPM Titik Budi", "Polindes Sedanan"));
    let page = ABCDE.get(&format!("/?{C2}&urut=skor&arah=naik")).await.text();
    assert_eq!(names_in_order(&page)[0], "Polindes Sedanan");
    assert!(page.contains("aria-sort=\"ascending\""));
    let by_name = names_in_order(&ABCDE.get(&format!("/?{C2}&urut=faskes&arah=naik")).await.text());
    assert!(by_name.is_sorted_by_key(|name| name.to_lowercase()));
    // What has no figure comes last, whichever way.
    for arah in ["naik", "turun"] {
        let page = ABCDE.get(&format!("/?{C2}&urut=cak&arah={arah}")).await.text();
        let last: Vec<String> = names_in_order(&page).split_off(10);
        assert!(last.contains(&"Polindes Sedanan".to_owned()), "{arah}: {last:?}");
    }
}

#[tokio::test]
async fn the_table_filters_by_a_form() {
    let page = ABCDE.get(&format!("/?{C2}&status=kurang")).await.text();
    assert_eq!(names_in_order(&page).len(), 6);
    assert!(page.contains("6 dari 13 faskes tampil") && page.contains("Yang tampil (6)"));
    let page = ABCDE.get(&format!("/?{C2}&jenis=apotik&kelompok=jejaring")).await.text();
    assert_eq!(names_in_order(&page).len(), 4);
    assert!(page.contains("<option value=\"apotek\" selected>"));
    let page = ABCDE.get(&format!("/?{C2}&struktur=sekolah")).await.text();
    assert!(page.contains("Tidak ada baris untuk ditampilkan"));
}

#[tokio::test]
async fn every_number_of_the_status_table_leads_to_an_origin_that_adds_up() {
    let page = ABCDE.get(&format!("/?{C2}")).await.text();
    let table = page.split("id=\"status-table\"").nth(1).unwrap().split("</table>").next().unwrap();
    let links: Vec<String> = table
        .split("href=\"/asal-angka?")
        .skip(1)
        .map(|rest| {
            format!("/asal-angka?{}", rest.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&"))
        })
        .collect();
    assert!(links.len() > 100, "{}", links.len());
    for link in links {
        let answer = ABCDE.get(&link).await;
        assert_eq!(answer.status, StatusCode::OK, "{link}");
        let text = answer.text();
        assert!(!text.contains("tidak sama dengan angka di atas"), "{link}");
    }
}

#[tokio::test]
async fn a_projected_table_has_as_many_columns_as_can_be_read_and_loses_none() {
    let numbers = |page: &str| -> Vec<String> {
        let panel =
            page.split("Evaluasi jadwal dan indikator</h2>").nth(1).unwrap().split("</section>").next().unwrap();
        panel.split("<a class=\"num\"").skip(1).map(|cell| cell.split("</a>").next().unwrap().to_owned()).collect()
    };
    let screen = ABCDE.get(&format!("/halaman/evaluasi?{C2}")).await.text();
    let room = ABCDE.get(&format!("/halaman/evaluasi?{C2}&tampilan=proyektor")).await.text();
    for table in room.split("<table").skip(1) {
        let heads = table.split("</thead>").next().unwrap().matches("<th ").count();
        assert!(heads <= 14, "{heads} columns");
    }
    let plain = |numbers: Vec<String>| -> Vec<String> {
        numbers
            .iter()
            .map(|number| number.split('>').nth(1).unwrap().split_whitespace().next().unwrap().into())
            .collect()
    };
    let shown = plain(numbers(&screen));
    assert!(shown.len() > 100);
    assert_eq!(plain(numbers(&room)), shown);
    assert!(room.contains("id=\"evaluation-angka\"") || room.contains("-angka\""));
}

#[tokio::test]
async fn an_origin_names_file_sheet_and_cell() {
    let text = ABCDE.get(&format!("/asal-angka?{C2}&angka=DTK&faskes=Apotik%20Sendang%20Farma")).await.dense();
    for words in ["30 ÷ 50 × 100 = 60,0 %", "rekap-2023-05.xlsx › Pembinaan!F13", "cocok dengan angka di atas"] {
        assert!(text.contains(words), "{words}");
    }
    let start = text.find("<table class=\"full\" id=\"fakta\">").unwrap();
    let end = text[start..].find("</table>").unwrap();
    // The time of acceptance is the machine's zone's.
    let table = text[start..start + end]
        .split(" title=\"Diimpor")
        .map(|part| part.split_once('"').filter(|_| part.starts_with(" penguji")).map_or(part, |(_, rest)| rest));
    insta::assert_snapshot!("origin_of_dtk", table.collect::<Vec<_>>().join(""));
}

#[tokio::test]
async fn hostile_names_stay_text() {
    let names = ["<script>alert(1)</script>", "Apotek \"x\" onmouseover=alert(1) & 'y'", "../../etc?a=b#c", "=1+1"];
    let site = Site::with(&[register(&names)]);
    for path in ["/", "/faskes", "/halaman/evaluasi", "/grafik/ringkasan/score-bars.svg", "/asal-angka", "/impor"] {
        let answer = site.get(&format!("{path}?periode=2023-C2")).await;
        assert!(answer.status == StatusCode::OK || answer.status == StatusCode::NOT_FOUND, "{path}: {answer:?}");
        let text = answer.text();
        assert!(!text.contains("<script>alert") && !text.contains("<b>Satu"), "{path}");
        assert!(!text.contains("\"x\" onmouseover"), "{path}");
    }
    let list = site.get("/faskes?periode=2023-C2").await.text();
    let links: Vec<&str> = list.split("href=\"/faskes/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(links.len(), names.len());
    for link in links {
        let page = site.get(&format!("/faskes/{link}")).await;
        assert_eq!(page.status, StatusCode::OK, "{link}");
        assert!(!page.text().contains("<script>alert") && !page.text().contains("<b>Satu"), "{link}");
    }
}

#[tokio::test]
async fn an_empty_folder_teaches_how_to_fill_it() {
    let site = Site::empty();
    let page = site.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("Belum ada data") && text.contains("import 01-identifikasi.xlsx") && text.contains("masuk"));
    for path in ["/impor", "/pekerjaan"] {
        assert_eq!(site.get(path).await.status, StatusCode::OK, "{path}");
    }
    let teaching = [
        ("/faskes", "semua jaringan dan jejaring yang dibina"),
        ("/bukti", "kriteria akreditasi 1.2.3 dan 1.7.1"),
        ("/laporan", "dapat dilihat dan diunduh"),
        ("/pengaturan-surat", "kop surat"),
        ("/halaman/lokmin", "bahan lokakarya mini"),
    ];
    for (path, shows) in teaching {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text().contains(shows) && page.text().contains("Unggah berkas Excel"), "{path}");
    }
    for path in ["/grafik/ringkasan/score-bars.svg", "/asal-angka"] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().contains("Impor rekap"), "{path}");
    }
}

#[tokio::test]
async fn an_import_shows_within_a_moment() {
    let site = Site::empty();
    assert!(site.get("/").await.text().contains("Belum ada data"));
    site.app.import(&[register(&["Apotek Baru"])], None, false, &mut |_| {});
    tokio::time::sleep(std::time::Duration::from_millis(60)).await;
    assert!(site.get("/?periode=2023-C2").await.text().contains("Apotek Baru"));
}

#[tokio::test]
async fn charts_come_as_svg_and_png_for_every_medium() {
    for medium in ["layar", "sempit", "proyektor", "cetak"] {
        for panel in ["score-bars", "visit-heatmap", "trend", "radar", "pws"] {
            let answer = ABCDE.get(&format!("/grafik/ringkasan/{panel}.svg?{C2}&media={medium}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{panel} {medium}");
            assert!(answer.header(header::CONTENT_TYPE).starts_with("image/svg+xml"));
            assert!(answer.text().contains("Sumber: rekap-2023-01.xlsx"), "{panel} {medium}");
        }
    }
    let png = ABCDE.get(&format!("/grafik/ringkasan/radar.png?{C2}&media=sempit")).await;
    assert!(png.bytes.starts_with(b"\x89PNG"));
}

/// Addresses of the marks of a page's charts, each once.
fn mark_addresses(page: &str) -> std::collections::BTreeSet<String> {
    let opened = page.split("<a class=\"mark\" href=\"").skip(1);
    opened.map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&")).collect()
}

#[tokio::test]
async fn marks_of_charts_lead_where_their_figure_comes_from() {
    for path in ["/halaman/lokmin?periode=2023-08", "/halaman/perbandingan?periode=2023-C2", "/?periode=2023-C2"] {
        let page = ABCDE.get(path).await;
        let addresses = mark_addresses(&page.text());
        assert!(addresses.len() >= 10, "{path}: {addresses:?}");
        for address in addresses.iter().step_by(7) {
            assert_eq!(ABCDE.get(address).await.status, StatusCode::OK, "{path}: {address}");
        }
    }
    let lokmin = ABCDE.get("/halaman/lokmin?periode=2023-08").await.text();
    let told = "59 dari 90; target 63,3 %; Agustus 2023 dilaporkan";
    assert!(lokmin.contains(told));
    // A picture to take away leads nowhere.
    let file = ABCDE.get("/grafik/lokmin/pws.svg?periode=2023-08").await.text();
    assert!(file.contains(told) && !file.contains("href"));
}

#[tokio::test]
async fn two_periods_are_compared_where_both_have_figures() {
    let page = ABCDE.get(&format!("/halaman/perbandingan?{C2}")).await.text();
    assert!(page.contains("Caturwulan II 2023 dan Caturwulan II 2022 belum sama-sama punya angka"), "{page}");
    let picture = ABCDE.get(&format!("/grafik/perbandingan/comparison-2.svg?{C2}&media=proyektor")).await;
    assert_eq!(picture.status, StatusCode::OK);
    assert!(picture.text().contains(">Cw I 2023<") && picture.text().contains(">Cw II 2023<"));
}

#[tokio::test]
async fn what_is_cached_is_compressed_once_and_not_sent_twice() {
    let path = format!("/grafik/ringkasan/score-bars.svg?{C2}");
    let plain = ABCDE.get(&path).await;
    let etag = plain.header(header::ETAG).to_owned();
    assert!(!etag.is_empty() && plain.headers.get(header::CONTENT_ENCODING).is_none());
    let packed = ABCDE.send(axum::http::Request::get(&path).header("accept-encoding", "gzip")).await;
    assert_eq!(packed.header(header::CONTENT_ENCODING), "gzip");
    let mut unpacked = Vec::new();
    std::io::copy(&mut flate2::read::GzDecoder::new(packed.bytes.as_slice()), &mut unpacked).unwrap();
    assert_eq!(unpacked, plain.bytes);
    let again = ABCDE.send(axum::http::Request::get(&path).header("if-none-match", &etag)).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn the_original_workbook_comes_back_byte_for_byte() {
    let answer = ABCDE.get("/impor/1/berkas").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header(header::CONTENT_DISPOSITION).starts_with("attachment; filename*=UTF-8''"));
    assert!(answer.bytes.starts_with(b"PK"));
    let name = answer.header(header::CONTENT_DISPOSITION).rsplit('\'').next().unwrap().to_owned();
    let case = crate::support::cases().into_iter().find(|case| case.ends_with("abcde-2023")).unwrap();
    assert_eq!(answer.bytes, std::fs::read(case.join("workbooks").join(name)).unwrap());
}

#[tokio::test]
async fn a_report_is_shown_or_refused() {
    let answer = ABCDE.get("/laporan/jadwal.pdf?periode=2023-C2").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/pdf");
    assert!(answer.header(header::CONTENT_DISPOSITION).contains("jadwal-2023-C2-upt-puskesmas-abcde.pdf"));
    for path in ["/laporan/jadwal.odt", "/laporan/anggaran.pdf", "/laporan/akreditasi.pdf", "/laporan/jadwal"] {
        assert_eq!(ABCDE.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn months_slots_and_places_have_charts_whose_marks_lead_somewhere() {
    let page = ABCDE.get(&format!("/halaman/perbandingan?{C2}")).await.text();
    for said in ["jadwal tidak terlaksana", "Jadwal menurut bulan", "Capaian dari bulan ke bulan", "bulan belum lapor"]
    {
        assert!(page.contains(said), "{said}");
    }
    for chart in ["slot-bars", "slot-bars-2", "small-multiples"] {
        for medium in ["layar", "sempit", "proyektor", "cetak"] {
            let picture = ABCDE.get(&format!("/grafik/perbandingan/{chart}.svg?{C2}&media={medium}")).await;
            assert_eq!(picture.status, StatusCode::OK, "{chart} {medium}");
            assert!(!picture.text().contains("href"), "a picture to take away leads nowhere");
        }
    }
    let facility = ABCDE.get(&format!("/faskes/Apotik%20Alvi?{C2}")).await;
    assert_eq!(facility.status, StatusCode::OK);
    assert!(facility.text().contains("Capaian indikator layanan dari bulan ke bulan"));
    let map = ABCDE.get(&format!("/halaman/peta?{C2}")).await.text();
    assert!(map.contains("Belum ada faskes yang punya koordinat") && map.contains("-7,12345; 110,45678"), "{map}");
}
