//! The status table as people use it every day: found, grouped with pooled totals, cut to columns, taken along exactly
//! as it is seen, and told in a chat.

use axum::http::{StatusCode, header};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use simpul::app::import::Upload;

use super::site::{ABCDE, Site, register};

const C2: &str = "periode=2023-C2";

/// First cells of the rows and totals on the page, groups included, as they are seen.
fn names_seen(page: &str) -> Vec<String> {
    let table = page.split("id=\"status-table\"").nth(1).unwrap().split("</table>").next().unwrap();
    let rows = table.split("<tbody>").nth(1).unwrap();
    let cells = rows.split("<th scope=\"row\"").skip(1).map(|cell| cell.split("</th>").next().unwrap());
    cells.map(|cell| cell.split('>').skip(1).map(|part| part.split('<').next().unwrap().trim()).collect()).collect()
}

fn heads_seen(page: &str) -> usize {
    let table = page.split("id=\"status-table\"").nth(1).unwrap().split("</thead>").next().unwrap();
    table.matches("<th scope=\"col\"").count()
}

#[tokio::test]
async fn words_find_facilities_by_name_kind_and_village() {
    let page = ABCDE.get(&format!("/?{C2}&cari=polindes%20se")).await.text();
    assert_eq!(names_seen(&page), ["Polindes Sedanan", "Yang tampil (1)", "Semua faskes"]);
    assert!(page.contains("1 dari 13 faskes tampil") && page.contains("value=\"polindes se\""));
    // Another spelling of the same kind is found as well.
    let page = ABCDE.get(&format!("/?{C2}&cari=apotek")).await.text();
    assert!(page.contains("4 dari 13 faskes tampil"), "apotek, apotik");
    let page = ABCDE.get(&format!("/?{C2}&cari=%3Cb%3Etidak%20ada")).await.text();
    assert!(page.contains("Tidak ada baris untuk ditampilkan") && !page.contains("<b>tidak ada"));
}

#[tokio::test]
async fn groups_pool_their_counts() {
    let address = format!("/api/v1/tables/ringkasan/status-table?{C2}&gabung=jenis");
    let table = ABCDE.get(&address).await.json();
    let rows = table["rows"].as_array().unwrap();
    let groups: Vec<usize> = (0..rows.len()).filter(|place| is_group(&rows[*place])).collect();
    assert_eq!((groups.len(), rows.len()), (5, 18));
    let ends = groups.iter().skip(1).copied().chain([rows.len()]);
    for (from, to) in groups.iter().copied().zip(ends) {
        for key in ["dtk", "lok", "tpt"] {
            let sum = |part: &str| rows[from + 1..to].iter().filter_map(|row| row[key][part].as_f64()).sum::<f64>();
            let group = &rows[from][key];
            assert!((group["numerator"].as_f64().unwrap() - sum("numerator")).abs() < 1e-9, "{group}");
            let pooled = 100.0 * sum("numerator") / sum("denominator");
            assert!((group["value"].as_f64().unwrap() - pooled).abs() < 1e-9, "{group}");
        }
    }
    // A group leads to the origin of its pooled figures, which adds up.
    let origin = rows[0]["lok"]["origin"].as_str().unwrap();
    let text = ABCDE.get(origin).await.text();
    assert!(!text.contains("tidak sama dengan angka di atas"), "{origin}");
    // What is searched for is no attribute: such a group has no address.
    let table = ABCDE.get(&format!("{address}&cari=farma")).await.json();
    assert_eq!(table["rows"][0]["faskes"], "Apotek (2 faskes)");
    assert!(table["rows"][0]["lok"]["origin"].is_null());
}

fn is_group(row: &serde_json::Value) -> bool {
    row["faskes"].as_str().unwrap().ends_with(" faskes)")
}

#[tokio::test]
async fn facilities_without_a_village_are_a_group_of_their_own() {
    let site = Site::with(&[register(&["Apotek A", "Apotek B"])]);
    let page = site.get(&format!("/?{C2}&gabung=desa")).await.text();
    assert_eq!(names_seen(&page)[..3], ["Desa tidak tercatat (2 faskes)", "Apotek A", "Apotek B"]);
    let refused = site.get(&format!("/?{C2}&gabung=warna")).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_file_holds_exactly_what_is_seen() {
    for asked in [
        "",
        "&gabung=struktur&urut=faskes&arah=naik",
        "&jenis=apotek&urut=dtk&arah=naik",
        "&cari=pustu&kolom=skor&kolom=lok&kolom=tren",
        "&status=kurang&gabung=kelompok&kolom=status,cak",
    ] {
        let seen = names_seen(&ABCDE.get(&format!("/?{C2}{asked}")).await.text());
        let address = format!("/api/v1/tables/ringkasan/status-table?{C2}{asked}");
        let csv = ABCDE.get(&format!("{address}&format=csv")).await.text();
        let lines: Vec<Vec<&str>> =
            csv.trim_start_matches('\u{feff}').lines().map(|l| l.split(';').collect()).collect();
        let names: Vec<&str> = lines.iter().skip(1).map(|line| line[0]).collect();
        assert_eq!(names, seen, "{asked}");

        let book = ABCDE.get(&format!("{address}&format=xlsx")).await;
        assert!(book.header(header::CONTENT_DISPOSITION).contains("status-table-2023-C2.xlsx"));
        let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(book.bytes)).unwrap();
        let sheet = book.worksheet_range("Status setiap faskes").unwrap();
        assert_eq!(sheet.height(), lines.len(), "{asked}");
        for (row, line) in sheet.rows().zip(&lines) {
            for (cell, field) in row.iter().zip(line) {
                match cell {
                    Data::Float(number) => assert_eq!(number.to_string().replace('.', ","), *field, "{asked}"),
                    Data::Empty => assert_eq!(*field, "", "{asked}"),
                    words => assert_eq!(words.to_string(), *field, "{asked}"),
                }
            }
        }
    }
}

#[tokio::test]
async fn columns_are_chosen_in_the_address() {
    let page = ABCDE.get(&format!("/?{C2}")).await.text();
    assert_eq!(heads_seen(&page), 13);
    let page = ABCDE.get(&format!("/?{C2}&kolom=skor&kolom=lok")).await.text();
    assert_eq!(heads_seen(&page), 3);
    assert!(page.contains("urut=skor&#38;arah=naik#status-table") && page.contains("kolom=skor%2Clok"));
    assert!(page.contains("semua kolom"));
    for all in ["semua", "tak-ada"] {
        assert_eq!(heads_seen(&ABCDE.get(&format!("/?{C2}&kolom={all}")).await.text()), 13, "{all}");
    }
}

#[tokio::test]
async fn the_findings_are_a_message_that_can_be_copied() {
    let page = ABCDE.get(&format!("/?{C2}")).await.text();
    let message = page.split("<textarea readonly").nth(1).unwrap().split("</textarea>").next().unwrap();
    for words in
        ["Skor 89,9 (", "UPT PUSKESMAS ABCDE", "- 6 faskes berstatus Kurang; terendah", "Data per 31 Agustus 2023"]
    {
        assert!(message.contains(words), "{words}: {message}");
    }
}

#[tokio::test]
async fn every_panel_has_one_menu_of_files() {
    let page = ABCDE.get(&format!("/?{C2}")).await.text();
    for panel in page.split("<section class=\"panel\"").skip(2) {
        let panel = panel.split("</section>").next().unwrap();
        let is_open = !panel.contains("<details class=\"fold\">");
        assert_eq!(panel.matches("<details class=\"take\">").count(), usize::from(is_open), "{panel}");
    }
    let chosen = ABCDE.get(&format!("/?{C2}&indikator=HT")).await.text();
    assert_eq!(chosen.matches("<details class=\"fold\" open>").count(), 1, "the chosen indicator is seen");
}

#[tokio::test]
async fn the_same_period_of_last_year_stands_beside_the_period_before() {
    assert!(!ABCDE.get(&format!("/?{C2}")).await.text().contains("Thn lalu"), "2022 has no data");
    // The quarters of 2024 have no visits: only where a score is does a comparison stand.
    let table = ABCDE.get("/api/v1/tables/ringkasan/status-table?periode=2024-C2&per=2024-08-31").await.json();
    let total = &table["totals"].as_array().unwrap()[0];
    let score = |value: &serde_json::Value| value["skor"]["value"].as_f64();
    let before = ABCDE.get(&format!("/api/v1/tables/ringkasan/status-table?{C2}")).await.json();
    let before = score(before["totals"].as_array().unwrap().last().unwrap());
    if let (Some(now), Some(before)) = (score(total), before) {
        assert!((total["tahunlalu"].as_f64().unwrap() - (now - before)).abs() < 1e-9);
    }
    assert!(total.get("tahunlalu").is_some(), "2023 has data");
}

#[tokio::test]
async fn more_facilities_than_a_chart_holds_still_have_their_page() {
    let names: Vec<String> = (0..320).map(|number| format!("Apotek Nomor {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let recap =
        ["KEHADIRAN LOKMIN", "UPT PUSKESMAS UJI", "BULAN MEI 2023", "", "Nama Jaringan/Jejaring,Diundang,Hadir"];
    let rows = names.iter().map(|name| format!("{name},Ya,Ya"));
    let text = recap.map(ToOwned::to_owned).into_iter().chain(rows).collect::<Vec<_>>().join("\r\n");
    let site = Site::with(&[register(&names), Upload { name: "lokmin.csv".to_owned(), bytes: text.into_bytes() }]);
    let answer = site.get(&format!("/?{C2}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(answer.text().contains("320 dari 320 faskes tampil"));
    assert!(answer.text().contains("Grafik ini memuat paling banyak 300 faskes; di sini ada 320."));
    let drawn = site.get(&format!("/grafik/ringkasan/score-bars.svg?{C2}")).await;
    assert_eq!(drawn.status, StatusCode::NOT_FOUND, "{}", drawn.text());
}
