//! A lokmin held by keys alone: every slide fits the room, three decisions are written while the slides go on, one of
//! them without a network, and all of them stand where decisions stand.

use std::net::TcpListener;

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use simpul::store::Scope;
use simpul::web::serve;
use url::{ParseError, Url};

use super::driver::{Browser, Window};
use super::{pictures, text};
use crate::web::site::{Site, abcde};

/// Cuts the browser off from every network, or lets it back.
#[derive(Debug)]
struct Network {
    is_cut: bool,
}

impl WebDriverCompatibleCommand for Network {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/chromium/network_conditions", session.unwrap()))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        let conditions = serde_json::json!({ "offline": self.is_cut, "latency": 0, "throughput": -1 });
        (Method::POST, Some(serde_json::json!({ "network_conditions": conditions }).to_string()))
    }
}

/// Starts a service over a site of its own; gives its address.
fn start(site: &Site) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve(site.app.clone(), listener, std::future::pending()));
    address
}

async fn press(client: &Client, key: &str) {
    let event = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true }))";
    client.execute(event, vec![key.into()]).await.unwrap();
}

/// What of the slide at hand does not fit: its own height, that of its content, type below 24 px.
async fn assert_fits(client: &Client, window: Window) {
    let look = "const slide = document.querySelector('.slide.kini'), body = slide.querySelector('.body');
        const small = [...body.querySelectorAll('*')].filter((one) => one.textContent.trim() && !one.closest('.hidden') && !one.matches('kbd'))
            .map((one) => parseFloat(getComputedStyle(one).fontSize)).filter((size) => size < 24);
        const low = Math.max(...[...body.children].map((one) => one.getBoundingClientRect().bottom));
        return [slide.querySelector('h2').textContent, slide.scrollHeight - slide.clientHeight,
            Math.round(low - slide.querySelector('footer').getBoundingClientRect().top), small.length,
            document.documentElement.scrollWidth - document.documentElement.clientWidth]";
    let found = client.execute(look, Vec::new()).await.unwrap();
    let numbers: Vec<i64> = (1..5).map(|place| found[place].as_i64().unwrap()).collect();
    assert!(numbers[0] <= 0, "{}: higher than the window: {found}", window.name());
    assert!(numbers[1] <= 0, "{}: content over the foot: {found}", window.name());
    assert_eq!((numbers[2], numbers[3]), (0, 0), "{}: {found}", window.name());
}

async fn decide(client: &Client, what: &str, who: &str, until: &str) {
    press(client, "k").await;
    for (name, value) in [("keputusan", what), ("pj", who), ("batas", until)] {
        client.find(Locator::Css(&format!("#keputusan [name={name}]"))).await.unwrap().send_keys(value).await.unwrap();
    }
    client.find(Locator::Css("#keputusan .button.main")).await.unwrap().click().await.unwrap();
}

async fn wait_until_told(client: &Client, words: &str) {
    let told = "return document.querySelector('body > .state').textContent";
    let mut is_told = false;
    for _ in 0..600 {
        is_told = client.execute(told, Vec::new()).await.unwrap().as_str().unwrap().contains(words);
        if is_told {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(is_told, "not told: {words}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_meeting_is_held_by_keys_and_survives_a_network_that_is_gone() {
    let site = abcde();
    let base = start(&site);
    let browser = Browser::start();
    let client = browser.open(Window::Projector).await;
    client.goto(&format!("{base}/halaman/lokmin?periode=2023-08")).await.unwrap();
    client.find(Locator::LinkText("Mulai rapat")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css(".slide.kini")).await.unwrap();
    assert!(text(&client, "#s1 .body").await.contains("Hasil Agustus 2023"));
    press(&client, "ArrowRight").await;
    assert_eq!(text(&client, ".slide.kini h2").await, "Keputusan rapat lalu");

    press(&client, "PageDown").await;
    let about = text(&client, ".slide.kini h2").await;
    decide(&client, "Jadwalkan kelas ibu hamil", "Ibu Ani", "15/9/2023").await;
    client.wait().for_element(Locator::Css("#keputusan:not([open])")).await.unwrap();
    wait_until_told(&client, "Keputusan tersimpan").await;
    decide(&client, "Salah tanggal", "Budi", "besok lusa").await;
    client.wait().for_element(Locator::Css("#keputusan .wrong:not(:empty)")).await.unwrap();
    assert!(text(&client, "#keputusan .wrong").await.contains("besok lusa"), "a fault stands in the form");
    let until = client.find(Locator::Css("#keputusan [name=batas]")).await.unwrap();
    until.clear().await.unwrap();
    until.send_keys("20 September 2023").await.unwrap();
    client.find(Locator::Css("#keputusan .button.main")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("#keputusan:not([open])")).await.unwrap();
    wait_until_told(&client, "Keputusan tersimpan").await;

    client.issue_cmd(Network { is_cut: true }).await.unwrap();
    press(&client, "End").await;
    press(&client, "PageUp").await;
    assert_eq!(text(&client, ".slide.kini h2").await, "Keputusan rapat ini");
    decide(&client, "Kirim surat ke klinik", "", "").await;
    wait_until_told(&client, "1 keputusan belum tersimpan").await;
    assert!(text(&client, ".taken").await.contains("Kirim surat ke klinik"));
    client.issue_cmd(Network { is_cut: false }).await.unwrap();
    wait_until_told(&client, "Semua keputusan tersimpan").await;
    let written = site.app.store().facts(&Scope::All).unwrap().written.decisions;
    let decided: Vec<(&str, Option<&str>)> =
        written.iter().map(|row| (row.row.decision.as_str(), row.row.problem.as_deref())).collect();
    assert_eq!(decided.len(), 3, "{decided:?}");
    assert!(decided.contains(&("Jadwalkan kelas ibu hamil", Some(about.as_str()))), "{decided:?}");
    assert!(decided.contains(&("Kirim surat ke klinik", None)), "{decided:?}");
    client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_slide_fits_the_room() {
    let site = abcde();
    let base = start(&site);
    let browser = Browser::start();
    for window in [Window::Projector, Window::Laptop] {
        let client = browser.open(window).await;
        for (name, period) in [("rapat", "2023-08"), ("rapat-triwulan", "2023-Q3")] {
            client.goto(&format!("{base}/lokmin/rapat?periode={period}")).await.unwrap();
            client.wait().for_element(Locator::Css(".slide.kini")).await.unwrap();
            let count = client.find_all(Locator::Css(".slide")).await.unwrap().len();
            assert!(count >= 9, "{count} slides");
            for number in 1..=count {
                assert_fits(&client, window).await;
                let file = pictures().join(format!("{name}-{number}-{}.png", window.name()));
                std::fs::write(file, client.screenshot().await.unwrap()).unwrap();
                press(&client, "ArrowRight").await;
            }
        }
        client.close().await.unwrap();
    }
}
