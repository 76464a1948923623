//! Three people in three browsers at once, one of them on a phone: the first by the code on the console, the others by
//! theirs; each sees their own, and signing out everywhere reaches the other browser.

use std::net::TcpListener;

use fantoccini::{Client, Locator};
use simpul::domain::access::Grant;
use simpul::web::serve;

use super::driver::{Browser, Window};
use super::{address, pictures, text};
use crate::access::world::{FACILITY, FOREIGN, OWN, register};
use crate::accounts::{PASSWORD, person};
use crate::web::site::Site;

async fn fill(client: &Client, fields: &[(&str, &str)]) {
    for (name, value) in fields {
        let css = format!("form.door input[name=\"{name}\"]");
        client.find(Locator::Css(&css)).await.unwrap().send_keys(value).await.unwrap();
    }
    client.find(Locator::Css("form.door button.main")).await.unwrap().click().await.unwrap();
}

/// Waits until the browser is at a page whose address holds these words.
async fn until_at(client: &Client, words: &str) {
    for _ in 0..150 {
        if address(client).await.contains(words) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{} instead of {words}: {}", address(client).await, text(client, "main").await);
}

async fn enter(client: &Client, base: &str, name: &str, code: &str) {
    client.goto(&format!("{base}/kode")).await.unwrap();
    fill(client, &[("kode", code), ("sandi", PASSWORD), ("ulang", PASSWORD)]).await;
    until_at(client, "/masuk").await;
    sign_in(client, name).await;
}

/// Fills in the page of signing in, and waits until it leads on.
async fn sign_in(client: &Client, name: &str) {
    fill(client, &[("nama", name), ("sandi", PASSWORD)]).await;
    for _ in 0..150 {
        if !address(client).await.contains("/masuk") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{name} is not let in: {}", text(client, "main").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_people_in_three_browsers_see_their_own() {
    let site =
        Site::with(&[register(OWN, "Mekar", &[FACILITY]), register(FOREIGN, "Timurlaut", &["Klinik Timurlaut"])]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let accounts = site.app.accounts();
    let code = accounts.make_set_up_code().unwrap();
    tokio::spawn(serve(site.app.clone(), listener, std::future::pending()));
    let browser = Browser::start();
    let [laptop, phone, other] =
        [browser.open(Window::Laptop).await, browser.open(Window::Phone).await, browser.open(Window::Projector).await];

    laptop.goto(&format!("{base}/mulai")).await.unwrap();
    let first = [("kode", code.code.reveal()), ("nama", "ibu.kepala"), ("sandi", PASSWORD), ("ulang", PASSWORD)];
    fill(&laptop, &first).await;
    until_at(&laptop, "/masuk").await;
    sign_in(&laptop, "ibu.kepala").await;
    laptop.goto(&format!("{base}/pengguna")).await.unwrap();
    assert!(text(&laptop, "main").await.contains("ibu.kepala"));

    let viewer = accounts.create(&person("siti"), &[Grant::Viewer { puskesmas: OWN.to_owned() }]).unwrap().1;
    let stranger = accounts.create(&person("budi"), &[Grant::Coordinator { puskesmas: FOREIGN.to_owned() }]).unwrap().1;
    enter(&phone, &base, "siti", viewer.code.reveal()).await;
    enter(&other, &base, "budi", stranger.code.reveal()).await;
    for (client, own, foreign) in [(&phone, FACILITY, "Timurlaut"), (&other, "Klinik Timurlaut", "Mekar")] {
        client.goto(&format!("{base}/faskes")).await.unwrap();
        let page = client.source().await.unwrap();
        assert!(page.contains(own) && !page.contains(foreign), "{page}");
    }
    let wide = "return document.documentElement.scrollWidth - window.innerWidth";
    for path in ["/", "/faskes", "/impor", "/laporan", "/akun"] {
        phone.goto(&format!("{base}{path}")).await.unwrap();
        let beyond = phone.execute(wide, Vec::new()).await.unwrap().as_i64().unwrap();
        assert!(beyond <= 0, "{path} is {beyond} px wider than the phone");
        let name = format!("akun-{}-ponsel.png", path.trim_matches('/').replace('/', "-"));
        std::fs::write(pictures().join(name), phone.screenshot().await.unwrap()).unwrap();
    }
    assert!(phone.find(Locator::Css("form[action=\"/impor/unggah\"]")).await.is_err());

    // The same person at another machine signs out everywhere: the phone is out at its next click.
    let again = browser_of(&other, &base).await;
    let everywhere = "form[action=\"/akun/sesi\"] button:not(.link)";
    let buttons = again.find_all(Locator::Css(everywhere)).await.unwrap();
    buttons.last().unwrap().click().await.unwrap();
    until_at(again, "/masuk").await;
    phone.goto(&format!("{base}/faskes")).await.unwrap();
    until_at(&phone, "/masuk?lanjut=").await;
    laptop.goto(&format!("{base}/faskes")).await.unwrap();
    assert!(address(&laptop).await.ends_with("/faskes"), "nobody else is signed out");
    for client in [laptop, phone, other] {
        client.close().await.unwrap();
    }
}

/// Signs the person at this browser out and `siti` in, at the page of her account.
async fn browser_of<'c>(client: &'c Client, base: &str) -> &'c Client {
    client.goto(&format!("{base}/akun")).await.unwrap();
    client.find(Locator::Css("form[action=\"/keluar\"] button")).await.unwrap().click().await.unwrap();
    until_at(client, "/masuk").await;
    sign_in(client, "siti").await;
    client.goto(&format!("{base}/akun")).await.unwrap();
    client
}
