//! Bytes and requests of a first and of later pages, as a browser fetches them: printed, and held.

use std::collections::BTreeSet;

use axum::http::{Request, StatusCode, header};

use super::site::{ABCDE, Answer};

/// Bytes over the wire of a page and all that it needs, for a browser that has nothing yet.
const FIRST_BYTES_MAX: usize = 100_000;
/// Bytes over the wire of a page for a browser that has been here; *Ringkasan* is the heaviest.
const LATER_BYTES_MAX: usize = 20_000;
/// Pages that people open daily.
const PAGES: [&str; 12] = [
    "/?periode=2023-C2",
    "/faskes?periode=2023-C2",
    "/halaman/lokmin?periode=2023-05",
    "/halaman/evaluasi?periode=2023-C2",
    "/catatan",
    "/catatan/pembinaan",
    "/bukti?periode=2023-C2",
    "/laporan?periode=2023-C2",
    "/laporan/evaluasi/narasi?periode=2023-C2",
    "/impor",
    "/pekerjaan",
    "/lokmin/rapat?periode=2023-05",
];

async fn fetched(path: &str) -> Answer {
    let answer = ABCDE.send(Request::get(path).header(header::ACCEPT_ENCODING, "gzip, deflate, br")).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}

/// Addresses between `before` and the next quotation mark.
fn addresses(text: &str, before: &str) -> Vec<String> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|found| found.replace("&amp;", "&"))
        .collect()
}

/// Addresses of all that a page needs besides itself, with the fonts of its letters.
async fn needed(path: &str) -> BTreeSet<String> {
    let page = ABCDE.get(path).await.text();
    let mut needed: BTreeSet<String> = ["/favicon.svg".to_owned()].into();
    needed.extend(addresses(&page, "<script src=\""));
    needed.extend(addresses(&page, "<img src=\"").into_iter().filter(|found| !found.starts_with("data:")));
    for sheet in addresses(&page, "<link rel=\"stylesheet\" href=\"") {
        let style = ABCDE.get(&sheet).await.text();
        for face in style.split("@font-face").skip(1) {
            let ranges = face.split("unicode-range:").nth(1).and_then(|rest| rest.split('}').next()).unwrap();
            if page.chars().any(|letter| is_within(letter, ranges)) {
                needed.extend(addresses(face, "url(\""));
            }
        }
        needed.insert(sheet);
    }
    needed
}

fn is_within(letter: char, ranges: &str) -> bool {
    ranges.split(',').any(|range| {
        let mut ends = range.trim_start_matches("U+").split('-').map(|end| u32::from_str_radix(end, 16).unwrap());
        let first = ends.next().unwrap();
        (first..=ends.next().unwrap_or(first)).contains(&u32::from(letter))
    })
}

#[tokio::test]
async fn pages_are_light() {
    let mut lines = Vec::new();
    let mut faults = Vec::new();
    for page in PAGES {
        let later = fetched(page).await.bytes.len();
        let needed = needed(page).await;
        let mut first = later;
        for address in &needed {
            first += fetched(address).await.bytes.len();
        }
        let line = format!("{page}: first {first} B in {} requests, later {later} B", needed.len() + 1);
        if first > FIRST_BYTES_MAX || later > LATER_BYTES_MAX {
            faults.push(line.clone());
        }
        lines.push(line);
    }
    #[expect(clippy::print_stdout, reason = "the table is what the test is asked for")]
    {
        println!("{}", lines.join("\n"));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn every_text_is_compressed() {
    for path in
        ["/", "/catatan/pembinaan", "/pekerjaan", "/api/v1/evaluation?periode=2023-C2", "/tidak-ada", "/aset/simpul.js"]
    {
        let answer = ABCDE.send(Request::get(path).header(header::ACCEPT_ENCODING, "gzip")).await;
        assert_eq!(answer.header(header::CONTENT_ENCODING), "gzip", "{path}");
        let by_brotli = ABCDE.send(Request::get(path).header(header::ACCEPT_ENCODING, "gzip, br")).await;
        assert_eq!(by_brotli.header(header::CONTENT_ENCODING), "br", "{path}");
        assert!(by_brotli.bytes.len() < answer.bytes.len(), "{path}");
        let plain = ABCDE.get(path).await;
        assert_eq!(plain.header(header::CONTENT_ENCODING), "", "{path}");
        assert!(answer.bytes.len() < plain.bytes.len(), "{path}");
    }
}

#[tokio::test]
async fn a_rare_letter_finds_its_font() {
    let style = ABCDE.get("/aset/simpul.css").await.text();
    let range_of = |file: &str| {
        let face = style.split("@font-face").find(|face| face.contains(file)).unwrap();
        face.split("unicode-range:").nth(1).unwrap().split('}').next().unwrap().to_owned()
    };
    for (letter, has_small, has_whole) in
        [('a', true, false), ('é', true, false), ('●', true, false), ('ł', false, true), ('漢', false, false)]
    {
        assert_eq!(is_within(letter, &range_of("NotoSans-Regular-1.ttf")), has_small, "{letter}");
        assert_eq!(is_within(letter, &range_of("NotoSans-Regular.ttf")), has_whole, "{letter}");
    }
}
