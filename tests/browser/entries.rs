//! A table filled by keys alone: a row added, changed, withdrawn and brought back, a block pasted from the clipboard
//! with a wrong cell mended in its place; and pictures of the forms.

use std::net::TcpListener;

use fantoccini::{Client, Locator};
use simpul::domain::Facts;
use simpul::store::Scope;
use simpul::web::serve;

use super::driver::{Browser, Window};
use super::{pictures, text};
use crate::web::site::{Site, abcde};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const CONTROL: &str = "\u{e009}";
const RELEASE: &str = "\u{e000}";

/// Pages that are pictured: name and address.
const PAGES: [(&str, &str); 6] = [
    ("catatan", "/catatan?periode=2023-C2"),
    ("catatan-pembinaan", "/catatan/pembinaan?periode=2023-C2"),
    ("catatan-jadwal", "/catatan/jadwal?periode=2023-C2"),
    ("catatan-faskes", "/catatan/faskes?periode=2023-C2"),
    ("catatan-capaian", "/catatan/capaian?periode=2023-C2"),
    ("catatan-evaluasi", "/catatan/evaluasi?periode=2023-C2"),
];

fn facts(site: &Site) -> Facts {
    site.app.store().facts(&Scope::All).unwrap()
}

/// Types into what has the focus.
async fn type_in(client: &Client, keys: &str) {
    client.active_element().await.unwrap().send_keys(keys).await.unwrap();
}

async fn focus(client: &Client, css: &str) {
    client.execute("document.querySelector(arguments[0]).focus()", vec![css.into()]).await.unwrap();
}

/// Puts a text on the clipboard, as a copy in a spreadsheet does.
async fn copy(client: &Client, words: &str) {
    let script =
        "const held = document.createElement('textarea'); held.value = arguments[0]; document.body.append(held);
        held.id = 'salin'; held.focus(); held.select()";
    client.execute(script, vec![words.into()]).await.unwrap();
    type_in(client, &format!("{CONTROL}c{RELEASE}")).await;
    client.execute("document.querySelector('#salin').remove()", Vec::new()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_is_filled_changed_and_pasted_by_keys() {
    let site = abcde();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve(site.app.clone(), listener, std::future::pending()));
    let before = facts(&site).visits.len();
    let browser = Browser::start();
    let client = browser.open(Window::Laptop).await;
    add_from_a_facility(&client, &base).await;
    assert_eq!(facts(&site).visits.len(), before + 1);
    change_withdraw_and_undo(&client, &site).await;
    paste_and_mend(&client, &base).await;
    assert_eq!(facts(&site).visits.len(), before + 3);
    client.close().await.unwrap();
    for window in [Window::Laptop, Window::Projector, Window::Phone] {
        look_at_the_pages(&browser, &base, window).await;
    }
}

async fn add_from_a_facility(client: &Client, base: &str) {
    // From the page of a facility: its name is filled in, the date comes first.
    client.goto(&format!("{base}/faskes/Apotik%20Alvi?periode=2023-C2")).await.unwrap();
    client.find(Locator::LinkText("Catat kunjungan")).await.unwrap().send_keys(ENTER).await.unwrap();
    client.wait().for_element(Locator::Css("#f-tanggal")).await.unwrap();
    let first = client.active_element().await.unwrap();
    assert_eq!(first.attr("id").await.unwrap().as_deref(), Some("f-tanggal"));
    // The calendar of the date and the name that is filled in are passed over.
    for keys in ["17/8/2023", TAB, TAB, TAB, "Supervisi", TAB, "Ibu Ani", TAB, "45,5", TAB, "50", ENTER] {
        type_in(client, keys).await;
    }
    client.wait().for_element(Locator::Css(".note[role=status]")).await.unwrap();
    assert!(text(client, "#daftar tbody").await.contains("diketik di halaman ini"));
}

/// Changes the new row, withdraws it, and brings it back by undoing.
async fn change_withdraw_and_undo(client: &Client, site: &Site) {
    let count = facts(site).visits.len();
    let row = "//tr[contains(., '17 Agustus 2023') and contains(., 'Ibu Ani')]";
    let change = format!("{row}//a[starts-with(., 'Ubah')]");
    client.find(Locator::XPath(&change)).await.unwrap().send_keys(ENTER).await.unwrap();
    client.wait().for_element(Locator::XPath("//h2[.='Ubah']")).await.unwrap();
    focus(client, "#f-pembina").await;
    for keys in ["\u{e009}a\u{e000}", "Pak Budi", ENTER] {
        type_in(client, keys).await;
    }
    client
        .wait()
        .for_element(Locator::XPath("//tr[contains(., '17 Agustus 2023') and contains(., 'Pak Budi')]"))
        .await
        .unwrap();
    let withdraw = "//tr[contains(., 'Pak Budi')]//button[contains(., 'Hapus')]";
    client.find(Locator::XPath(withdraw)).await.unwrap().send_keys(ENTER).await.unwrap();
    client.wait().for_element(Locator::XPath("//*[@role='status'][contains(., 'Dihapus')]")).await.unwrap();
    assert_eq!(facts(site).visits.len(), count - 1);
    client.find(Locator::LinkText("Batalkan perubahan ini")).await.unwrap().send_keys(ENTER).await.unwrap();
    let yes = "//button[contains(., 'Ya, batalkan perubahan')]";
    client.wait().for_element(Locator::XPath(yes)).await.unwrap().send_keys(ENTER).await.unwrap();
    client.wait().for_element(Locator::Css("h1")).await.unwrap();
    for _ in 0..50 {
        if facts(site).visits.len() == count {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(facts(site).visits.len(), count);
}

/// Pastes a block from a spreadsheet, one cell of which is mended where it was pasted.
async fn paste_and_mend(client: &Client, base: &str) {
    client.goto(&format!("{base}/catatan/pembinaan?periode=2023-C2")).await.unwrap();
    let block = "No\tTanggal\tNama Faskes\tBentuk Kegiatan\tPembina\tSkor\tSkor Maksimal\n\
                 1\t18/8/2023\tApotik Alvi\tSupervisi\tAni\t40\t50\n2\tbesok\tApotik Alvi\tPertemuan\tBudi\t\t";
    copy(client, block).await;
    focus(client, "#tempel summary").await;
    type_in(client, ENTER).await;
    focus(client, "#tempel textarea").await;
    type_in(client, &format!("{CONTROL}v{RELEASE}")).await;
    type_in(client, TAB).await;
    picture(client, "catatan-tempel", Window::Laptop).await;
    type_in(client, ENTER).await;
    client.wait().for_element(Locator::Css(".faults")).await.unwrap();
    let told = text(client, ".faults").await;
    assert!(told.contains("Baris 3, kolom B") && told.contains("besok"), "{told}");
    picture(client, "catatan-pratinjau", Window::Laptop).await;
    let mend = "const box = document.querySelector('#blok'); box.focus(); const at = box.value.indexOf('besok');
        box.setSelectionRange(at, at + 5)";
    client.execute(mend, Vec::new()).await.unwrap();
    type_in(client, "19/8/2023").await;
    client.find(Locator::XPath("//button[contains(., 'Lihat lagi')]")).await.unwrap().send_keys(ENTER).await.unwrap();
    client.wait().for_element(Locator::XPath("//h2[contains(., '2 pembinaan: 2 baru')]")).await.unwrap();
    client.find(Locator::Css("form.paste .button.main")).await.unwrap().send_keys(ENTER).await.unwrap();
    client.wait().for_element(Locator::Css(".note[role=status]")).await.unwrap();
}

async fn look_at_the_pages(browser: &Browser, base: &str, window: Window) {
    let client = browser.open(window).await;
    for (name, path) in PAGES {
        client.goto(&format!("{base}{path}")).await.unwrap();
        picture(&client, name, window).await;
        let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let wider = client.execute(wide, Vec::new()).await.unwrap();
        assert_eq!(wider.as_i64(), Some(0), "{name} on {}: wider than the window", window.name());
    }
    client.close().await.unwrap();
}

async fn picture(client: &Client, name: &str, window: Window) {
    let png = client.screenshot().await.unwrap();
    std::fs::write(pictures().join(format!("{name}-{}.png", window.name())), png).unwrap();
}
