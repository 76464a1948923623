//! A person at the pages, in a real browser: picks a period, filters, sorts, opens a chart and the origin of a
//! number, by clicks alone; and pictures of every page as it looks on a laptop, on the wall, on a phone, on paper.
//!
//! Fails where Chromium and ChromeDriver are missing: `tests/run.sh` installs them.

#[cfg(test)]
mod accounts;
mod axe;
mod days;
mod driver;
mod entries;
mod forms;
mod intake;
mod jobs;
mod meeting;
mod summary;
mod words;

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use fantoccini::wd::PrintConfigurationBuilder;
use fantoccini::{Client, Locator};
use simpul::web::serve;

use crate::web::site::ABCDE;
use driver::{Browser, Window};

/// Pages that are pictured: name and address.
const PAGES: [(&str, &str); 10] = [
    ("ringkasan", "/?periode=2023-C2"),
    ("faskes", "/faskes?periode=2023-C2"),
    ("faskes-satu", "/faskes/Apotik%20Sendang%20Farma?periode=2023-C2"),
    ("evaluasi", "/halaman/evaluasi?periode=2023-C2"),
    ("lokmin", "/halaman/lokmin?periode=2023-08"),
    ("asal-angka", "/asal-angka?periode=2023-C2&angka=CAK&faskes=Apotik%20Sendang%20Farma"),
    ("impor", "/impor"),
    ("pekerjaan", "/pekerjaan"),
    ("bantuan", "/bantuan"),
    ("tidak-ditemukan", "/tidak-ada"),
];

/// Starts the service on a free port of this machine; it ends with the test's runtime.
fn start_service() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(ABCDE.app.clone(), listener, std::future::pending()));
    format!("http://{address}")
}

fn pictures() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_finds_the_way_from_the_summary_to_a_cell() {
    let base = start_service();
    let browser = Browser::start();
    let client = browser.open(Window::Laptop).await;
    client.goto(&base).await.unwrap();

    choose_a_period(&client).await;
    filter_and_sort(&client).await;
    look_at_a_chart(&client, &base).await;
    follow_a_number_to_its_cell(&client, &base).await;
    the_keyboard_reaches_the_content(&client, &base).await;
    client.close().await.unwrap();
}

async fn choose_a_period(client: &Client) {
    let period = client.find(Locator::Css(".pick select[name=periode]")).await.unwrap();
    period.select_by_value("C2").await.unwrap();
    client.find(Locator::Css(".pick > button")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("a.score")).await.unwrap();
    assert_eq!(text(client, "h1").await, "Ringkasan pembinaan Caturwulan II 2023");
    assert!(text(client, "a.score").await.contains("89,9"));
}

async fn filter_and_sort(client: &Client) {
    let status = client.find(Locator::Css(".filter select[name=status]")).await.unwrap();
    status.select_by_value("kurang").await.unwrap();
    client.find(Locator::Css(".filter button")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::LinkText("hapus saringan")).await.unwrap();
    assert_eq!(client.find_all(Locator::Css("#status-table tbody tr")).await.unwrap().len(), 6);
    assert!(address(client).await.contains("periode=2023-C2"), "the period stays chosen");

    client.find(Locator::LinkText("hapus saringan")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("#status-table tbody tr:nth-child(13)")).await.unwrap();
    let head = Locator::XPath("//table[@id='status-table']//thead//a[starts-with(., 'Skor')]");
    client.find(head).await.unwrap().click().await.unwrap();
    let sorted = Locator::Css("#status-table th[aria-sort=ascending]");
    client.wait().for_element(sorted).await.unwrap();
    assert_eq!(text(client, "#status-table tbody tr:first-child th").await, "Polindes Sedanan");
    client.back().await.unwrap();
    client.wait().for_element(Locator::Css("#status-table th[aria-sort=descending]")).await.unwrap();
}

async fn look_at_a_chart(client: &Client, base: &str) {
    let drawn = client.find_all(Locator::Css("figure .color svg")).await.unwrap();
    assert!(drawn.len() >= 2, "{} charts", drawn.len());
    client.find(Locator::Css("#panel-pws .fold > summary")).await.unwrap().click().await.unwrap();
    // What stood closed comes now.
    let hypertension = Locator::Css("#panel-pws .tabs a[title*='hipertensi']");
    client.wait().for_element(hypertension).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("#panel-pws .tabs a[title*='hipertensi'][aria-current]")).await.unwrap();
    // Below the head that stays in sight.
    let centred = "document.querySelector('#panel-score-bars .numbers').scrollIntoView({ block: 'center' })";
    client.execute(centred, Vec::new()).await.unwrap();
    client.find(Locator::Css("#panel-score-bars .numbers summary")).await.unwrap().click().await.unwrap();
    let row = Locator::Css("#panel-score-bars .numbers tbody tr");
    client.wait().for_element(row).await.unwrap();
    let rows = client.find_all(row).await.unwrap();
    assert_eq!(rows.len(), 13, "the table alternative names every facility");
    let svg = client.find(Locator::Css("#panel-score-bars .take a")).await.unwrap();
    let link = svg.attr("href").await.unwrap().unwrap();
    client.goto(&format!("{base}{link}")).await.unwrap();
    assert!(client.source().await.unwrap().contains("<svg"));
    client.back().await.unwrap();
}

async fn follow_a_number_to_its_cell(client: &Client, base: &str) {
    client.goto(&format!("{base}/?periode=2023-C2")).await.unwrap();
    let figure = Locator::XPath("//table[@id='status-table']//tr[th='Apotik Sendang Farma']/td[6]/a");
    client.find(figure).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("#fakta")).await.unwrap();
    assert_eq!(text(client, "h1").await, "Asal angka: skor daftar tilik Apotik Sendang Farma");
    let facts = text(client, "#fakta").await;
    assert!(facts.contains("rekap-2023-05.xlsx › Pembinaan!F13") && facts.contains("cocok"), "{facts}");
    client.find(Locator::XPath("//a[contains(., 'Pembinaan!F13')]")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::XPath("//a[contains(., 'Unduh rekap-2023-05.xlsx')]")).await.unwrap();
}

async fn the_keyboard_reaches_the_content(client: &Client, base: &str) {
    client.goto(base).await.unwrap();
    client.find(Locator::Css("body")).await.unwrap().send_keys("\u{e004}").await.unwrap();
    let first = client.active_element().await.unwrap();
    assert_eq!(first.attr("href").await.unwrap().as_deref(), Some("#isi"), "the skip link comes first");
}

async fn text(client: &Client, css: &str) -> String {
    client.find(Locator::Css(css)).await.unwrap().text().await.unwrap()
}

async fn address(client: &Client) -> String {
    client.current_url().await.unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_pictured() {
    let base = start_service();
    let browser = Browser::start();
    let folder = pictures();
    for window in [Window::Laptop, Window::Projector, Window::Phone] {
        let client = browser.open(window).await;
        for (name, path) in PAGES {
            let joint = if path.contains('?') { '&' } else { '?' };
            let view = if window == Window::Projector { format!("{joint}tampilan=proyektor") } else { String::new() };
            client.goto(&format!("{base}{path}{view}")).await.unwrap();
            let file = folder.join(format!("{name}-{}.png", window.name()));
            std::fs::write(file, client.screenshot().await.unwrap()).unwrap();
            let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            let overflow = client.execute(overflow, Vec::new()).await.unwrap();
            assert!(overflow.as_i64().unwrap() <= 0, "{name} is wider than the {} by {overflow}", window.name());
            if window == Window::Laptop {
                assert_no_complaint(&client, name).await;
                let paper = PrintConfigurationBuilder::default().build().unwrap();
                std::fs::write(folder.join(format!("{name}-cetak.pdf")), client.print(paper).await.unwrap()).unwrap();
            }
        }
        client.close().await.unwrap();
    }
}

/// Nothing on the page was refused by its own policy: every style, font and picture came.
async fn assert_no_complaint(client: &Client, name: &str) {
    let loaded = "return document.fonts.ready.then(() => document.fonts.check('16px \"Noto Sans\"') && \
         getComputedStyle(document.body).fontFamily.includes('Noto Sans'))";
    assert_eq!(client.execute(loaded, Vec::new()).await.unwrap(), true, "{name}: the font did not come");
    let foreign =
        "return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin))";
    let foreign = client.execute(foreign, Vec::new()).await.unwrap();
    assert_eq!(foreign, serde_json::json!([]), "{name} asks another host");
}
