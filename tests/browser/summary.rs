//! *Ringkasan* as it is met on a laptop: three screens, the answer on the first, few stops for the Tab key, and what is
//! chosen stays chosen; what is closed comes when it is opened, on paper at once, and the wall shows a screen a part.

use fantoccini::{Client, Locator};

use fantoccini::wd::PrintConfigurationBuilder;

use super::driver::{Browser, Window};
use super::{address, start_service, text};

/// Heights of a laptop's screen that the page may take, pixels: three.
const HEIGHT_MAX: f64 = 3.0 * 768.0;
/// Pixels from the top within which the status table's head ends, with room for a browser's own bars.
const HEAD_BOTTOM_MAX: f64 = 640.0;
/// Stops of the Tab key on the page as it opens.
const STOPS_MAX: f64 = 80.0;
/// Screens of 1024×768 that the projected page may take: lead, table, two charts, what stands elsewhere, and a link.
const WALL_SCREENS_MAX: f64 = 5.2;

async fn number(client: &Client, script: &str) -> f64 {
    client.execute(script, Vec::new()).await.unwrap().as_f64().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_summary_is_three_screens_with_the_answer_on_the_first() {
    let base = start_service();
    let browser = Browser::start();
    let client = browser.open(Window::Laptop).await;
    client.goto(&format!("{base}/?periode=2023-C2")).await.unwrap();
    let height = number(&client, "return document.documentElement.scrollHeight").await;
    assert!(height <= HEIGHT_MAX, "{height} px");
    let head =
        number(&client, "return document.querySelector('#status-table thead').getBoundingClientRect().bottom").await;
    assert!(head <= HEAD_BOTTOM_MAX, "the table's head ends at {head} px");
    let stops = number(
        &client,
        "return [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]')]\
         .filter(e => e.tabIndex >= 0 && e.checkVisibility({ contentVisibilityAuto: true })).length",
    )
    .await;
    assert!(stops <= STOPS_MAX, "{stops} stops");
    stays_in_sight(&client).await;
    the_keyboard_walks_the_table(&client).await;
    columns_are_remembered(&client, &base).await;
    the_message_is_copied(&client, &base).await;
    a_picture_is_copied(&client).await;
    paper_has_what_nobody_opened(&client, &base).await;
    a_part_comes_when_it_is_opened(&client, &base).await;
    client.close().await.unwrap();
}

/// The picture goes to the clipboard, or to a file where the browser refuses; either is told.
async fn a_picture_is_copied(client: &Client) {
    client.find(Locator::Css("[data-gambar]")).await.unwrap().click().await.unwrap();
    let told = "//*[@class='share screen']//*[@role='status'][starts-with(., 'Gambar ')]";
    client.wait().for_element(Locator::XPath(told)).await.unwrap();
}

async fn paper_has_what_nobody_opened(client: &Client, base: &str) {
    client.goto(&format!("{base}/?periode=2023-C2")).await.unwrap();
    assert!(number(client, "return document.querySelectorAll('.fold > [data-muat]').length").await >= 5.0);
    client.print(PrintConfigurationBuilder::default().build().unwrap()).await.unwrap();
    assert!(number(client, "return document.querySelectorAll('.fold > [data-muat]').length").await < 1.0);
    let tables = "return document.querySelectorAll('#panel-totals table').length";
    assert!(number(client, tables).await >= 3.0, "the page is whole once it was printed");
    assert!(number(client, "return document.querySelectorAll('.fold[open]').length").await < 1.0, "and closed again");
}

async fn a_part_comes_when_it_is_opened(client: &Client, base: &str) {
    client.goto(&format!("{base}/?periode=2023-C2")).await.unwrap();
    client.find(Locator::Css("#panel-pws summary")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("#panel-pws .picture.color[aria-label*=panah] svg")).await.unwrap();
    client.find(Locator::Css("#panel-score-bars .numbers summary")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("#panel-score-bars .numbers tbody tr:nth-child(13)")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_wall_shows_a_part_a_screen() {
    let base = start_service();
    let browser = Browser::start();
    let client = browser.open(Window::Projector).await;
    client.goto(&format!("{base}/?periode=2023-C2&tampilan=proyektor")).await.unwrap();
    let screens = number(&client, "return document.documentElement.scrollHeight / innerHeight").await;
    assert!(screens <= WALL_SCREENS_MAX, "{screens} screens");
    let tallest =
        "return Math.max(...[...document.querySelectorAll('section.panel')].map(p => p.offsetHeight)) / innerHeight";
    assert!(number(&client, tallest).await <= 1.01, "{}", number(&client, tallest).await);
    client.find(Locator::Css("body")).await.unwrap().send_keys("\u{e00f}").await.unwrap();
    let at = "return Math.abs(document.querySelector('#panel-status-table').getBoundingClientRect().top)";
    assert!(number(&client, at).await < 2.0, "one key, one part");
    client.close().await.unwrap();
}

/// Puskesmas and period stay above, and cover no anchor.
async fn stays_in_sight(client: &Client) {
    client.execute("location.hash = '#panel-score-bars'", Vec::new()).await.unwrap();
    let covered = "return document.querySelector('#panel-score-bars h2').getBoundingClientRect().top - \
                   document.querySelector('.head').getBoundingClientRect().bottom";
    assert!(number(client, covered).await >= 0.0);
    client
        .execute("document.querySelectorAll('#status-table tbody tr')[8].scrollIntoView()", Vec::new())
        .await
        .unwrap();
    let heads = "return document.querySelector('#status-table thead th').getBoundingClientRect().top - \
                 document.querySelector('.head').getBoundingClientRect().bottom";
    assert!(number(client, heads).await.abs() < 3.0, "the table's heads stay in sight");
    assert_eq!(text(client, ".who b").await, "Caturwulan II 2023");
    assert!(number(client, "return document.querySelector('.head').getBoundingClientRect().top").await.abs() < 1.0);
}

async fn the_keyboard_walks_the_table(client: &Client) {
    client.execute("document.querySelector('#status-table tbody a').focus()", Vec::new()).await.unwrap();
    for key in ["\u{e015}", "\u{e014}"] {
        client.active_element().await.unwrap().send_keys(key).await.unwrap();
    }
    let href = client.active_element().await.unwrap().attr("href").await.unwrap().unwrap();
    assert!(href.contains("angka=SKOR"), "down, then right: {href}");
}

async fn columns_are_remembered(client: &Client, base: &str) {
    client.goto(&format!("{base}/?periode=2023-C2&kolom=skor,lok")).await.unwrap();
    client.goto(&format!("{base}/?periode=2023-C1")).await.unwrap();
    client.wait().for_element(Locator::Css("#status-table thead th:nth-child(3):last-child")).await.unwrap();
    assert!(address(client).await.contains("kolom=skor"));
    client.goto(&format!("{base}/?periode=2023-C1&kolom=semua")).await.unwrap();
    client.goto(&format!("{base}/?periode=2023-C1")).await.unwrap();
    client.wait().for_element(Locator::Css("#status-table thead th:nth-child(13)")).await.unwrap();
}

async fn the_message_is_copied(client: &Client, base: &str) {
    client.goto(&format!("{base}/?periode=2023-C2")).await.unwrap();
    client.find(Locator::Css(".share summary")).await.unwrap().click().await.unwrap();
    client
        .wait()
        .for_element(Locator::XPath("//*[@class='share screen']//*[@role='status'][string-length() > 0]"))
        .await
        .unwrap();
    let chosen = "const t = document.querySelector('.share textarea'); return t.selectionEnd - t.selectionStart";
    assert!(number(client, chosen).await > 100.0, "the text stands there, chosen for Ctrl+C");
}
