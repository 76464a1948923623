//! Parts of pages that are sent when somebody opens them, long tables a page at a time, and charts as pictures that say
//! whose they are.

use axum::http::StatusCode;
use simpul::app::import::Upload;

use super::site::{ABCDE, Site, register};

const C2: &str = "periode=2023-C2";
/// Panels of *Ringkasan* that stand closed.
const CLOSED: [&str; 6] = ["visit-priority", "pws", "trend", "radar", "totals", "completeness"];

/// A Puskesmas with facilities that came to a lokmin or did not.
fn site_of(count: usize) -> Site {
    let names: Vec<String> = (1..=count).map(|number| format!("Apotek Nomor {number:03}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let head = ["KEHADIRAN LOKMIN", "UPT PUSKESMAS UJI", "BULAN MEI 2023", "", "Nama Jaringan/Jejaring,Diundang,Hadir"];
    let came = |place: usize| if place.is_multiple_of(3) { "Tidak" } else { "Ya" };
    let rows = names.iter().enumerate().map(|(place, name)| format!("{name},Ya,{}", came(place)));
    let text = head.map(ToOwned::to_owned).into_iter().chain(rows).collect::<Vec<_>>().join("\r\n");
    Site::with(&[register(&names), Upload { name: "lokmin.csv".to_owned(), bytes: text.into_bytes() }])
}

/// Names of facilities in the rows of the table.
fn facilities(page: &str, table: &str) -> Vec<String> {
    let table = page.split(&format!("id=\"{table}\"")).nth(1).unwrap().split("</table>").next().unwrap();
    let rows = table.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    rows.split("/faskes/").skip(1).map(|rest| rest.split(['?', '"']).next().unwrap().replace("%20", " ")).collect()
}

fn foot(page: &str) -> String {
    page.split("<tfoot>").nth(1).unwrap().split("</tfoot>").next().unwrap().to_owned()
}

#[tokio::test]
async fn a_closed_panel_has_a_page_of_its_own() {
    let page = ABCDE.get(&format!("/?{C2}")).await.text();
    for panel in CLOSED {
        let address = format!("/bagian/ringkasan/{panel}?{C2}");
        assert!(page.contains(&format!("href=\"{address}\"")), "{panel}");
        let alone = ABCDE.get(&address).await;
        assert_eq!(alone.status, StatusCode::OK, "{panel}");
        let alone = alone.text();
        assert_eq!(alone.matches("<section class=\"panel\"").count(), 1, "{panel}");
        assert_eq!(alone.matches("<details class=\"take\">").count(), 1, "{panel}: one menu of files");
        assert!(alone.contains("<table") && !alone.contains("data-muat"), "{panel} is whole");
    }
    assert!(!page.contains("Menurut struktur jejaring"), "nobody asked");
    let refused = ABCDE.get(&format!("/bagian/ringkasan/tak-ada?{C2}")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    // On paper everything stands, with one address.
    assert!(page.contains(&format!("href=\"/?{C2}&#38;lengkap=ya\"")));
    let whole = ABCDE.get(&format!("/?{C2}&lengkap=ya")).await.text();
    assert!(whole.contains("Menurut struktur jejaring") && !whole.contains("<details class=\"fold\">"));
    assert!(!whole.contains("data-lengkap"));
    // Of the page of a facility too.
    let table = ABCDE.get(&format!("/bagian/faskes/nothing?{C2}")).await;
    assert_eq!(table.status, StatusCode::BAD_REQUEST, "which facility?");
}

#[tokio::test]
async fn the_wall_names_what_it_does_not_show() {
    let room = ABCDE.get(&format!("/?{C2}&tampilan=proyektor")).await.text();
    for panel in CLOSED {
        assert!(room.contains(&format!("/bagian/ringkasan/{panel}?tampilan=proyektor&#38;{C2}")), "{panel}");
    }
    assert!(room.contains("/lokmin/rapat?periode=2023-08"), "the charts of indicators are in the meeting");
    assert!(!room.contains("class=\"fold\""));
    assert_eq!(facilities(&room, "status-table").len(), 10, "a screen of rows");
    // Of more bars than fit a wall the lowest stand there.
    let room = site_of(25).get(&format!("/?{C2}&tampilan=proyektor")).await.text();
    assert!(room.contains("10 terendah dari 25 faskes"));
}

#[tokio::test]
async fn a_chart_lies_in_the_chat_with_its_puskesmas_and_period() {
    let page = ABCDE.get(&format!("/?{C2}")).await.text();
    let pictures: Vec<&str> = page
        .split("<a href=\"/grafik/")
        .skip(1)
        .filter(|link| link.split('>').next().unwrap().contains("data-gambar"))
        .collect();
    assert_eq!(pictures.len(), 5, "{pictures:?}");
    for picture in pictures {
        let address = format!("/grafik/{}", picture.split('"').next().unwrap().replace("&#38;", "&"));
        let png = ABCDE.get(&address).await;
        assert_eq!(&png.bytes[1..4], b"PNG", "{address}");
        let width = u32::from_be_bytes(png.bytes[16..20].try_into().unwrap());
        assert!(width >= 1_080, "{address}: {width} pixels");
        let svg = ABCDE.get(&address.replace(".png", ".svg")).await.text();
        assert!(svg.contains("UPT PUSKESMAS ABCDE · ") && svg.contains("Caturwulan II 2023"), "{address}");
    }
}

#[tokio::test]
async fn a_long_table_comes_a_page_at_a_time() {
    let site = site_of(250);
    let first = site.get(&format!("/?{C2}&urut=faskes&arah=naik")).await.text();
    let second = site.get(&format!("/?{C2}&urut=faskes&arah=naik&halaman-status-table=2")).await.text();
    let last = site.get(&format!("/?{C2}&urut=faskes&arah=naik&halaman-status-table=9")).await.text();
    let names = |page: &str| facilities(page, "status-table");
    assert_eq!([names(&first).len(), names(&second).len(), names(&last).len()], [100, 100, 50]);
    assert_eq!(names(&second)[0], "Apotek Nomor 101");
    assert!(first.len() < 300_000, "{} bytes", first.len());
    assert!(first.contains("Baris 1–100 dari 250") && first.contains("250 dari 250 faskes tampil"));
    assert_eq!(foot(&first), foot(&second), "the totals are of all rows");
    // Order and filters begin at the first page again, and stay when pages are turned.
    assert!(second.contains("urut=skor&#38;arah=turun#status-table"));
    assert!(second.contains("urut=faskes&#38;arah=naik&#38;periode=2023-C2&#38;halaman-status-table=3#status-table"));
    let form = second.split("data-kolom").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(!form.contains("halaman-status-table"));
    let found = site.get(&format!("/?{C2}&cari=nomor%20001&halaman-status-table=3")).await.text();
    assert_eq!(names(&found), ["Apotek Nomor 001"]);
    // The list of facilities and the tables of other pages do the same.
    let register_page = site.get(&format!("/faskes?{C2}&halaman-faskes=3")).await.text();
    assert_eq!(facilities(&register_page, "faskes").len(), 50);
    for path in ["/halaman/evaluasi", "/halaman/lokmin"] {
        let page = site.get(&format!("{path}?periode=2023-05")).await.text();
        assert!(page.len() < 300_000, "{path}: {} bytes", page.len());
    }
}

#[tokio::test]
async fn files_say_of_which_rows_they_are() {
    let site = site_of(250);
    let asked = "urut=faskes&arah=naik&gabung=kelompok&halaman-status-table=2";
    let page = site.get(&format!("/?{C2}&{asked}")).await.dense();
    let menu = page.split("Excel (XLSX): ").skip(1).map(|rest| rest.split('<').next().unwrap()).collect::<Vec<_>>();
    assert!(menu.starts_with(&["semua 251 baris", "baris 101–200"]), "{menu:?}");
    let lines =
        |text: String| text.lines().skip(1).map(|line| line.split(';').next().unwrap().to_owned()).collect::<Vec<_>>();
    let address = format!("/api/v1/tables/ringkasan/status-table?{C2}&format=csv&{asked}");
    let seen = lines(site.get(&address).await.text());
    assert_eq!(seen[0], "Jejaring (250 faskes) – lanjutan");
    assert_eq!((seen[1].as_str(), seen.len()), ("Apotek Nomor 100", 102));
    let all = lines(site.get(&address.replace("&halaman-status-table=2", "")).await.text());
    assert_eq!(all.len(), 252);
}

#[tokio::test]
async fn a_chart_of_many_rows_waits_until_it_is_opened() {
    let page = site_of(40).get(&format!("/?{C2}")).await.text();
    let panel = page.split("id=\"panel-score-bars\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(panel.contains("data-muat") && !panel.contains("<svg"), "{panel}");
}
