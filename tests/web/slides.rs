//! The slides of a lokmin as PPTX: a whole package that another program opens, with the figures of the API in native
//! charts, nothing beyond a slide's edge, and hostile names as text.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::process::Command;

use axum::http::{StatusCode, header};
use calamine::{Data, Reader, Xlsx};
use quick_xml::events::Event;

use super::intake::workbook;
use super::site::{ABCDE, Site};

const WIDTH: i64 = 12_192_000;
const HEIGHT: i64 = 6_858_000;

type Archive = zip::ZipArchive<Cursor<Vec<u8>>>;

async fn slides(site: &Site, period: &str) -> Vec<u8> {
    let answer = site.get(&format!("/laporan/lokmin.pptx?periode={period}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(answer.header(header::CONTENT_TYPE).ends_with("presentationml.presentation"));
    assert!(answer.header(header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"salindia-lokmin-"));
    answer.bytes
}

fn archive(bytes: Vec<u8>) -> Archive {
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap()
}

fn part(archive: &mut Archive, path: &str) -> String {
    let mut text = String::new();
    archive.by_name(path).expect(path).read_to_string(&mut text).unwrap();
    text
}

fn names(archive: &Archive) -> BTreeSet<String> {
    archive.file_names().map(|name| name.unwrap().into_owned()).collect()
}

fn numbered(archive: &Archive, start: &str) -> usize {
    names(archive).iter().filter(|name| name.starts_with(start)).count()
}

/// Values of an attribute in the order in which they stand.
fn attributes<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
    text.split(start).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

fn assert_whole(archive: &mut Archive) {
    let names = names(archive);
    let types = part(archive, "[Content_Types].xml");
    for name in &names {
        let ending = name.rsplit('.').next().unwrap();
        if ["xml", "rels"].contains(&ending) {
            let text = part(archive, name);
            let mut reader = quick_xml::Reader::from_str(&text);
            while !matches!(reader.read_event().expect(name), Event::Eof) {}
        }
        if ending == "xml" && name != "[Content_Types].xml" {
            assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name} has no type");
        }
        if let Some((folder, file)) = name.split_once("_rels/") {
            let text = part(archive, name);
            let base = if folder.is_empty() { "" } else { folder };
            for target in attributes(&text, "Target=\"") {
                let mut path: Vec<&str> = base.split('/').filter(|piece| !piece.is_empty()).collect();
                for piece in target.split('/') {
                    if piece == ".." {
                        path.pop();
                    } else {
                        path.push(piece);
                    }
                }
                assert!(names.contains(&path.join("/")), "{file}: {target} is not there");
            }
        }
    }
    for target in attributes(&types, "PartName=\"/") {
        assert!(names.contains(target), "{target} is not there");
    }
}

fn assert_within(archive: &mut Archive) {
    for number in 1..=numbered(archive, "ppt/slides/slide") {
        let text = part(archive, &format!("ppt/slides/slide{number}.xml"));
        let number_of = |text: &str| text.parse::<i64>().unwrap();
        let (x, y) = (attributes(&text, "<a:off x=\""), text.split("<a:off x=\"").skip(1));
        let ends = y.map(|rest| {
            let y = number_of(rest.split("y=\"").nth(1).unwrap().split('"').next().unwrap());
            let wide = number_of(rest.split("cx=\"").nth(1).unwrap().split('"').next().unwrap());
            let high = number_of(rest.split("cy=\"").nth(1).unwrap().split('"').next().unwrap());
            [y, wide, high]
        });
        let areas: Vec<(i64, [i64; 3])> = x.into_iter().map(number_of).zip(ends).collect();
        assert!(areas.len() >= 4, "slide {number}: {text}");
        for (x, [y, wide, high]) in areas {
            assert!(
                x >= 0 && y >= 0 && x + wide <= WIDTH && y + high <= HEIGHT,
                "slide {number}: {x} {y} {wide} {high}"
            );
        }
        // A table is as high as its rows, whatever its frame says.
        let table = text.split("<a:tbl>").nth(1).unwrap_or_default();
        let rows: i64 = attributes(table, "<a:tr h=\"").into_iter().map(number_of).sum();
        assert!(rows <= 4_700_000, "slide {number}: rows of {rows}");
    }
}

/// Categories and values of the first series, from the chart's own cache.
fn cached(chart: &str) -> Vec<(String, Option<f64>)> {
    let series = chart.split("<c:ser>").nth(1).unwrap();
    let points = |block: &str| -> Vec<(usize, String)> {
        block
            .split("<c:pt idx=\"")
            .skip(1)
            .map(|point| {
                let value = point.split("<c:v>").nth(1).unwrap().split("</c:v>").next().unwrap();
                let value = quick_xml::escape::unescape(value).unwrap().into_owned();
                (point.split('"').next().unwrap().parse().unwrap(), value)
            })
            .collect()
    };
    let names = points(series.split("<c:cat>").nth(1).unwrap().split("</c:cat>").next().unwrap());
    let values = points(series.split("<c:val>").nth(1).unwrap());
    let value = |place: usize| values.iter().find(|(at, _)| *at == place).map(|(_, text)| text.parse().unwrap());
    names.into_iter().map(|(place, name)| (name, value(place))).collect()
}

#[tokio::test]
async fn charts_hold_the_figures_of_the_api_and_their_workbooks_too() {
    let bytes = slides(&ABCDE, "2023-08").await;
    assert_eq!(bytes, slides(&ABCDE, "2023-08").await, "the same slides are the same bytes");
    let mut archive = archive(bytes);
    assert_whole(&mut archive);
    assert_within(&mut archive);
    let charts = numbered(&archive, "ppt/charts/chart");
    assert!(charts >= 4);
    let mut compared = 0;
    for number in 1..=charts {
        let cached = cached(&part(&mut archive, &format!("ppt/charts/chart{number}.xml")));
        let mut bytes = Vec::new();
        let path = format!("ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx");
        archive.by_name(&path).unwrap().read_to_end(&mut bytes).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range("Data").unwrap();
        let held: Vec<(String, Option<f64>)> = sheet
            .rows()
            .skip(1)
            .map(|row| {
                let value = match row[1] {
                    Data::Float(value) => Some(value),
                    _ => None,
                };
                (row[0].to_string(), value)
            })
            .collect();
        assert_eq!(cached, held, "chart {number}");
        for code in ["K6", "IDL", "HT", "RUJ", "OBT"] {
            let table = ABCDE.get(&format!("/api/v1/tables/lokmin/pws?periode=2023-08&indikator={code}")).await.json();
            let rows = table["rows"].as_array().unwrap();
            let value = |name: &str| {
                let row = rows.iter().find(|row| row["faskes"] == name)?;
                row["kumulatif"]["value"].as_f64()
            };
            let facilities: Vec<&(String, Option<f64>)> =
                cached.iter().filter(|(name, value)| name != "Puskesmas" && value.is_some()).collect();
            // The JSON parser of the test may be a last bit off.
            let is_same = |shown: f64, told: f64| (shown - told).abs() < 1e-9;
            let is_told =
                |(name, shown): &&(String, Option<f64>)| shown.zip(value(name)).is_some_and(|(a, b)| is_same(a, b));
            if facilities.iter().all(is_told) {
                compared += 1;
            }
        }
    }
    assert_eq!(compared, charts, "each chart shows the figures of one indicator");
}

#[tokio::test]
async fn another_program_opens_every_slide() {
    let mut archive = archive(slides(&ABCDE, "2023-Q3").await);
    let count = numbered(&archive, "ppt/slides/slide");
    assert_eq!(count, numbered(&archive, "ppt/notesSlides/notesSlide"));
    assert!(part(&mut archive, "ppt/notesSlides/notesSlide1.xml").contains("Sumber: "));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rapat.pptx");
    std::fs::write(&file, archive.into_inner().into_inner()).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("libreoffice").display());
    let run = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&file)
        .output()
        .expect("LibreOffice is there: tests/run.sh installs it");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let pages = Command::new("pdftotext").arg(folder.path().join("rapat.pdf")).arg("-").output().unwrap();
    let pages = String::from_utf8(pages.stdout).unwrap();
    assert_eq!(pages.matches('\u{c}').count(), count, "a page a slide: {pages}");
    for words in ["Lokakarya mini", "Keputusan rapat ini", "Terima kasih", "Yang perlu dibicarakan"] {
        assert!(pages.contains(words), "{words}: {pages}");
    }
}

#[tokio::test]
async fn hostile_and_long_names_stay_text_within_the_slide() {
    let site = Site::empty();
    let long = "Posyandu ".to_owned() + &"Sangat ".repeat(30) + "Panjang";
    let names = ["=cmd|' /C calc'!A0", "</a:t><script>&\"", "Apotek \u{202e}terbalik", long.as_str()];
    let head = ["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok"];
    let mut rows: Vec<Vec<&str>> =
        vec![vec!["PUSKESMAS <UJI> & CO"], vec!["DAFTAR IDENTIFIKASI TAHUN 2023"], head.to_vec()];
    rows.extend(names.map(|name| vec!["1", name, "Apotek", "Jejaring"]));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let many = workbook("daftar.xlsx", "Daftar", &rows);
    let receipt = site.app.import(&[many], None, false, &mut |_| {});
    assert_eq!(receipt.files[0].error, None);
    let mut archive = archive(slides(&site, "2023-08").await);
    assert_whole(&mut archive);
    assert_within(&mut archive);
    assert!(part(&mut archive, "ppt/slides/slide1.xml").contains("PUSKESMAS &lt;UJI&gt;"));
}

#[tokio::test]
async fn only_a_meeting_has_slides() {
    for path in ["/laporan/evaluasi.pptx?periode=2023-C2", "/laporan/lokmin.pptx?periode=2023"] {
        let answer = ABCDE.get(path).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(answer.text().contains("satu bulan atau satu triwulan"), "{path}: {}", answer.text());
    }
    let list = ABCDE.get("/laporan?periode=2023-08").await.text();
    assert!(list.contains("/laporan/lokmin.pptx?") && !list.contains("evaluasi.pptx"), "{list}");
    assert!(ABCDE.get("/halaman/lokmin?periode=2023-08").await.text().contains("Unduh PowerPoint"));
}
