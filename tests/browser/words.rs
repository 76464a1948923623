//! A form that leaves something open, through the preview, by clicks and keys alone: what was guessed is said once, and
//! the next month's file of that form needs nothing but being brought. Every action is counted.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use fantoccini::{Client, Locator};
use simpul::domain::Facts;
use simpul::store::Scope;
use simpul::web::serve;

use super::driver::{Browser, Window};
use super::intake::{BANNER, book, picture, wait_for};
use super::text;
use crate::web::site::Site;

/// A person at a page: what is done is counted.
struct Person<'c> {
    client: &'c Client,
    actions: usize,
}

impl Person<'_> {
    async fn click(&mut self, css: &str) {
        self.actions += 1;
        self.client.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
    }

    async fn type_into(&mut self, css: &str, typed: &str) {
        self.actions += 1;
        let field = self.client.find(Locator::Css(css)).await.unwrap();
        if !css.contains("#berkas") {
            field.clear().await.unwrap();
        }
        field.send_keys(typed).await.unwrap();
    }

    async fn bring(&mut self, base: &str, file: &Path) {
        self.client.goto(&format!("{base}/impor")).await.unwrap();
        self.type_into("#berkas", &file.display().to_string()).await;
        self.click(".drop button.main").await;
        wait_for(self.client, "Yang akan dihitung").await;
    }

    async fn accept(&mut self) {
        self.click("#terima button.main").await;
        wait_for(self.client, "Diterima").await;
    }
}

fn recap(folder: &Path, file: &str, month: &str, day: &str) -> PathBuf {
    let banner = format!("BULAN : {month}");
    let mut rows = vec![
        vec![BANNER],
        vec![&banner],
        vec!["No", "Tanggal", "Nama Jaringan/Jejaring", "Bentuk Kegiatan", "Pembina", "Skor Daftar Tilik", "Paraf"],
    ];
    for (name, points) in [("Apotek Alvi", "30"), ("Klinik Bina Sehat", "24")] {
        rows.push(vec!["1", day, name, "Supervisi", "Ani", points, "ada"]);
    }
    book(folder, file, "Pembinaan", &rows)
}

fn register(folder: &Path) -> PathBuf {
    let mut rows =
        vec![vec![BANNER], vec!["TAHUN 2023"], vec!["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Alamat"]];
    for name in ["Apotek Alvi", "Klinik Bina Sehat"] {
        rows.push(vec!["1", name, "Apotek", "Jejaring", "Jl. Melati 1"]);
    }
    book(folder, "identifikasi.xlsx", "Identifikasi", &rows)
}

fn maxima(facts: &Facts) -> Vec<Option<f64>> {
    facts.visits.iter().map(|visit| visit.maximum).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guess_is_answered_in_two_actions_and_never_again() {
    let site = Site::empty();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve(site.app.clone(), listener, std::future::pending()));
    let folder = tempfile::tempdir().unwrap();
    let browser = Browser::start();
    let client = browser.open(Window::Laptop).await;
    let mut person = Person { client: &client, actions: 0 };
    person.bring(&base, &register(folder.path())).await;
    person.accept().await;

    person.actions = 0;
    person.bring(&base, &recap(folder.path(), "rekap-2023-05.xlsx", "MEI 2023", "2 Mei 2023")).await;
    let first = text(&client, ".first tbody tr").await;
    assert!(first.contains("Apotek Alvi") && first.contains("30") && first.contains("100"), "{first}");
    picture(&client, "impor-fakta", Window::Laptop).await;
    let phone = browser.open(Window::Phone).await;
    phone.goto(client.current_url().await.unwrap().as_str()).await.unwrap();
    picture(&phone, "impor-fakta", Window::Phone).await;
    phone.close().await.unwrap();
    person.type_into(".readings input[name=kata]", "40").await;
    person.click(".readings .word button").await;
    wait_for(&client, "Diingat untuk bentuk ini").await;
    let first = text(&client, ".first tbody tr").await;
    assert!(first.contains("40") && !first.contains("100"), "{first}");
    person.accept().await;
    assert_eq!(person.actions, 5, "choose, upload, say, remember, accept");

    person.actions = 0;
    person.bring(&base, &recap(folder.path(), "rekap-2023-06.xlsx", "JUNI 2023", "2 Juni 2023")).await;
    person.accept().await;
    assert_eq!(person.actions, 3, "choose, upload, accept");
    assert_eq!(maxima(&site.app.store().facts(&Scope::All).unwrap()), [Some(40.0); 4]);
    client.close().await.unwrap();
}
