//! A lokmin held by keys alone: every slide fits the room, attendance and decisions are written while the slides go on,
//! some of it without a network, and all of it stands where it belongs: in the minutes, at its facility, and on the
//! second slide of the next meeting.

use std::net::TcpListener;

use axum::http::Method;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use simpul::app::import::Upload;
use simpul::domain::Facts;
use simpul::store::Scope;
use simpul::web::serve;
use url::{ParseError, Url};

use super::driver::{Browser, Window};
use super::{pictures, text};
use crate::report::read_back::{docx_xml, pdf_lines};
use crate::web::site::{Site, abcde};

/// Time from a key to a painted slide, milliseconds.
const SLIDE_MS_MAX: f64 = 100.0;

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
            Math.max(...[...body.querySelectorAll('*')].map((one) => Math.round(one.getBoundingClientRect().right))) > innerWidth]";
    let found = client.execute(look, Vec::new()).await.unwrap();
    let numbers: Vec<i64> = (1..4).map(|place| found[place].as_i64().unwrap()).collect();
    assert!(numbers[0] <= 0, "{}: higher than the window: {found}", window.name());
    assert!(numbers[1] <= 0, "{}: content over the foot: {found}", window.name());
    assert_eq!(numbers[2], 0, "{}: small type: {found}", window.name());
    assert_eq!(found[4], false, "{}: wider than the window: {found}", window.name());
}

/// Writes into the focused field, and goes on to the next.
async fn type_on(client: &Client, words: &str) {
    client.active_element().await.unwrap().send_keys(&format!("{words}{}", char::from(Key::Tab))).await.unwrap();
}

struct Typed<'t> {
    what: &'t str,
    who: &'t str,
    until: &'t str,
}

/// Writes a decision by keys: K, what, who, by when, Enter.
async fn decide(client: &Client, typed: Typed<'_>) {
    press(client, "k").await;
    type_on(client, typed.what).await;
    picture(client, "rapat-keputusan").await;
    type_on(client, typed.who).await;
    let until = client.active_element().await.unwrap();
    until.send_keys(&format!("{}{}", typed.until, char::from(Key::Enter))).await.unwrap();
}

async fn wait_until_closed(client: &Client) {
    client.wait().for_element(Locator::Css("#keputusan:not([open])")).await.unwrap();
}

async fn wait_until_told(client: &Client, words: &str) {
    let told = "return document.querySelector('body > .state').textContent";
    let mut said = String::new();
    for _ in 0..600 {
        client.execute(told, Vec::new()).await.unwrap().as_str().unwrap().clone_into(&mut said);
        if said.contains(words) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(said.contains(words), "not told: {words}, but: {said}");
}

/// Milliseconds from a key to the next painted frame.
async fn painted_after(client: &Client, key: &str) -> f64 {
    let look = "const done = arguments[1], begun = performance.now();
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true }));
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun), 0));";
    client.execute_async(look, vec![key.into()]).await.unwrap().as_f64().unwrap()
}

fn facts(site: &Site) -> Facts {
    site.app.store().facts(&Scope::All).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_meeting_is_held_by_keys_alone_and_survives_a_network_that_is_gone() {
    let site = abcde();
    let base = start(&site);
    let browser = Browser::start();
    let client = browser.open(Window::Projector).await;
    client.goto(&format!("{base}/halaman/lokmin?periode=2023-08")).await.unwrap();
    client
        .find(Locator::LinkText("Mulai rapat"))
        .await
        .unwrap()
        .send_keys(&char::from(Key::Enter).to_string())
        .await
        .unwrap();
    client.wait().for_element(Locator::Css(".slide.kini")).await.unwrap();
    assert!(text(&client, "#s1 .body").await.contains("Hasil Agustus 2023"));
    let day = client.find(Locator::Css("form.day [name=tanggal]")).await.unwrap().prop("value").await.unwrap().unwrap();
    assert_eq!(day, "30 September 2023", "of a period long past: the month after it");

    tick_attendance(&client, &site).await;
    let count = walk(&client).await;
    present(&client).await;
    let about = write_decisions(&client, &site).await;
    cut_the_network(&client, &site, count).await;

    let written = facts(&site).written.decisions;
    let decided: Vec<(&str, Option<&str>)> =
        written.iter().map(|row| (row.row.decision.as_str(), row.row.problem.as_deref())).collect();
    assert_eq!(decided.len(), 3, "{decided:?}");
    assert!(decided.contains(&("Jadwalkan kelas ibu hamil", Some(about.as_str()))), "{decided:?}");
    let due =
        |what: &str| written.iter().find(|row| row.row.decision == what).unwrap().row.due.map(|due| due.to_string());
    assert_eq!(due("Jadwalkan kelas ibu hamil").as_deref(), Some("2023-10-15"), "15/10 is the next one");
    assert_eq!(due("Lengkapi laporan obat").as_deref(), Some("2024-01-05"), "and 5/1 is of the next year");
    minutes_carry_it(&client, &base, came(&site).len()).await;
    the_next_meeting_opens_with_it(&client, &base, &site).await;
    client.close().await.unwrap();
}

async fn picture(client: &Client, name: &str) {
    std::fs::write(pictures().join(format!("{name}.png")), client.screenshot().await.unwrap()).unwrap();
}

/// P opens a second window for whoever leads: the notes, the time, and the next slide; its keys turn the slides too.
async fn present(client: &Client) {
    let room = client.window().await.unwrap();
    client.active_element().await.unwrap().send_keys("p").await.unwrap();
    let mut windows = Vec::new();
    for _ in 0..100 {
        windows = client.windows().await.unwrap();
        if windows.len() > 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let second = windows.into_iter().find(|window| *window != room).expect("a second window");
    client.switch_to_window(second).await.unwrap();
    assert_eq!(text(client, ".title").await, "Keputusan rapat lalu");
    picture(client, "rapat-pemimpin").await;
    client.find(Locator::Css("body")).await.unwrap().send_keys(&char::from(Key::PageDown).to_string()).await.unwrap();
    assert!(text(client, ".place").await.starts_with("Salindia 3 dari"));
    assert!(!text(client, ".said").await.is_empty(), "notes");
    client.find(Locator::Css("body")).await.unwrap().send_keys(&char::from(Key::PageUp).to_string()).await.unwrap();
    client.switch_to_window(room).await.unwrap();
}

/// H, names and Enter, and out by Esc: kept as lokmin data like those of a recap.
async fn tick_attendance(client: &Client, site: &Site) {
    // A recap told of this month already: what is ticked corrects it.
    let before = came(site);
    let listed = facts(site).facilities;
    let absent: Vec<&str> = listed
        .iter()
        .map(|facility| facility.name.as_str())
        .filter(|name| !before.contains(&(*name).to_owned()))
        .collect();
    assert!(absent.len() > 1, "{before:?}");
    press(client, "h").await;
    let enter = char::from(Key::Enter);
    picture(client, "rapat-hadir").await;
    let keys = absent[..2].join(&enter.to_string());
    client
        .active_element()
        .await
        .unwrap()
        .send_keys(&format!("{keys}{enter}{}", char::from(Key::Escape)))
        .await
        .unwrap();
    wait_until_told(client, "Daftar hadir tersimpan").await;
    let after = came(site);
    assert_eq!(after.len(), before.len() + 2, "{after:?}");
    assert!(absent[..2].iter().all(|name| after.contains(&(*name).to_owned())), "{after:?}");
    let told = text(client, "#s1 .turnout").await;
    assert!(told.starts_with(&format!("Hadir {} dari ", after.len())), "{told}");
}

/// Facilities that came to the lokmin of September.
fn came(site: &Site) -> Vec<String> {
    let facts = facts(site);
    let of_month = facts.lokmin.iter().filter(|row| row.month.to_string() == "2023-09" && row.attended);
    of_month.map(|row| facts.facilities[row.facility as usize].name.clone()).collect()
}

/// Every slide by its key, timed; back to the second.
async fn walk(client: &Client) -> usize {
    let count = client.find_all(Locator::Css(".slide")).await.unwrap().len();
    let mut times = Vec::new();
    for number in 2..=count {
        times.push(painted_after(client, if number % 2 == 0 { "ArrowRight" } else { "PageDown" }).await);
        let place = text(client, ".slide.kini .place").await;
        assert_eq!(place, format!("{number} / {count}"));
    }
    times.sort_by(f64::total_cmp);
    let median = times[times.len() / 2];
    let told = format!("key to painted slide: median {median:.1} ms, slowest {:.1} ms", times[times.len() - 1]);
    std::fs::write(pictures().join("rapat-waktu.txt"), told).unwrap();
    assert!(median < SLIDE_MS_MAX, "{times:?}");
    press(client, "Home").await;
    press(client, "ArrowRight").await;
    assert_eq!(text(client, ".slide.kini h2").await, "Keputusan rapat lalu");
    count
}

/// Two decisions: one about the indicator at hand, one for a facility, in which a fault stands first.
async fn write_decisions(client: &Client, site: &Site) -> String {
    press(client, "PageDown").await;
    let about = text(client, ".slide.kini h2").await;
    decide(client, Typed { what: "Jadwalkan kelas ibu hamil", who: "Ibu Ani", until: "15/10" }).await;
    wait_until_closed(client).await;
    wait_until_told(client, "Keputusan tersimpan").await;
    decide(client, Typed { what: "Lengkapi laporan obat", who: "Apotik Alvi", until: "besok lusa" }).await;
    client.wait().for_element(Locator::Css("#keputusan .wrong:not(:empty)")).await.unwrap();
    assert!(text(client, "#keputusan .wrong").await.contains("besok lusa"), "a fault stands in the form");
    let until = client.active_element().await.unwrap();
    until.clear().await.unwrap();
    until.send_keys(&format!("5 jan{}", char::from(Key::Enter))).await.unwrap();
    wait_until_closed(client).await;
    wait_until_told(client, "Keputusan tersimpan").await;
    assert_eq!(facts(site).written.decisions.len(), 2);
    about
}

/// Without a network slides go on, and what is written waits; also over a reload of the page.
async fn cut_the_network(client: &Client, site: &Site, count: usize) {
    client.issue_cmd(Network { is_cut: true }).await.unwrap();
    press(client, "End").await;
    assert_eq!(text(client, ".slide.kini .place").await, format!("{count} / {count}"));
    press(client, "PageUp").await;
    assert_eq!(text(client, ".slide.kini h2").await, "Keputusan rapat ini");
    decide(client, Typed { what: "Kirim surat ke klinik", who: "", until: "" }).await;
    wait_until_told(client, "1 keputusan belum tersimpan").await;
    assert!(text(client, ".taken").await.contains("Kirim surat ke klinik"));
    assert_eq!(facts(site).written.decisions.len(), 2);
    client.issue_cmd(Network { is_cut: false }).await.unwrap();
    wait_until_told(client, "Semua keputusan tersimpan").await;
}

/// The closing slide offers the minutes of this meeting; both formats carry who came and what was decided.
async fn minutes_carry_it(client: &Client, base: &str, came: usize) {
    let came = format!(" faskes, hadir {came}, tidak hadir ");
    press(client, "End").await;
    let links = client.find_all(Locator::Css(".slide.kini .papers a")).await.unwrap();
    assert_eq!(links.len(), 2);
    let folder = tempfile::tempdir().unwrap();
    for link in links {
        let href = link.attr("href").await.unwrap().unwrap();
        let fetched = "const done = arguments[1]; fetch(arguments[0]).then((answer) => answer.arrayBuffer()).then((bytes) =>
            { let text = ''; for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte); done(btoa(text)); });";
        let packed = client.execute_async(fetched, vec![format!("{base}{href}").into()]).await.unwrap();
        let is_pdf = href.contains(".pdf");
        let paper = folder.path().join(if is_pdf { "notulen.pdf" } else { "notulen.docx" });
        std::fs::write(&paper, decoded(packed.as_str().unwrap())).unwrap();
        let words = if is_pdf { pdf_lines(&paper).join(" ") } else { docx_xml(&paper) };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        for said in [
            "Jadwalkan kelas ibu hamil",
            "Lengkapi laporan obat",
            "Kirim surat ke klinik",
            "Sabtu, 30 September 2023",
            &came,
            "Apotik Alvi",
        ] {
            assert!(words.contains(said), "{href}: {said}: {words}");
        }
    }
}

/// The next month's second slide holds the decisions, and a digit says that one is done; the one for a facility stands
/// among its follow-ups, and no indicator counts it.
async fn the_next_meeting_opens_with_it(client: &Client, base: &str, site: &Site) {
    client.goto(&format!("{base}/lokmin/rapat?periode=2023-09")).await.unwrap();
    client.wait().for_element(Locator::Css(".slide.kini")).await.unwrap();
    press(client, "ArrowRight").await;
    assert_eq!(text(client, ".slide.kini h2").await, "Keputusan rapat lalu: 0 dari 3 selesai");
    let rows = text(client, ".slide.kini tbody").await;
    assert!(rows.contains("Lengkapi laporan obat") && rows.contains("■ lewat batas"), "{rows}");
    press(client, "1").await;
    wait_until_told(client, "Keputusan ditandai selesai").await;
    assert_eq!(text(client, ".slide.kini h2").await, "Keputusan rapat lalu: 1 dari 3 selesai");
    let done: Vec<String> = facts(site)
        .written
        .decisions
        .iter()
        .filter_map(|row| Some(format!("{} {}", row.row.decision, row.row.done?)))
        .collect();
    assert_eq!(done.len(), 1);
    assert!(done[0].ends_with("2023-10-31"), "{done:?}");
    client.goto(&format!("{base}/faskes/Apotik%20Alvi?periode=2023-C3")).await.unwrap();
    let page = text(client, "main").await;
    assert!(page.contains("Lengkapi laporan obat") && page.contains("Lokmin"), "{page}");
    assert!(page.contains("1 keputusan lokmin, tidak dihitung dalam indikator RTL"), "{page}");
}

fn decoded(base64: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = base64.bytes().filter_map(|byte| LETTERS.iter().position(|letter| *letter == byte));
    let bits: Vec<usize> = bits.collect();
    let group = |four: &[usize]| {
        let value = four.iter().fold(0, |sum, part| sum << 6 | part) << (6 * (4 - four.len()));
        [value >> 16, value >> 8, value].map(|byte| u8::try_from(byte & 0xff).unwrap())[..four.len() - 1].to_vec()
    };
    bits.chunks(4).flat_map(group).collect()
}

/// A Puskesmas with so many facilities, long names among them, that are late, weak and behind in everything.
fn crowded(count: usize) -> Site {
    let names: Vec<String> = (1..=count)
        .map(|number| match number % 3 {
            0 => format!("Posyandu Dahlia Sumbermulyo Dusun Krajan Wetan {number}"),
            1 => format!("TPMB Siti Nurhalimah Kusumaningrum, A.Md.Keb. {number}"),
            _ => format!("SDN {number}"),
        })
        .collect();
    let register = names.iter().enumerate().map(|(row, name)| format!("{},\"{name}\",Klinik,Jejaring,Ya", row + 1));
    let mut files = vec![csv(
        "register",
        "DAFTAR IDENTIFIKASI JARINGAN DAN JEJARING",
        "No,Nama Jaringan/Jejaring,Jenis,Kelompok,Wajib Lapor",
        register,
    )];
    let services = [
        "1,K6,Kunjungan ibu hamil enam kali (K6),100,1,naik,kumulatif",
        "2,IDL,Imunisasi dasar lengkap,95,1,naik,kumulatif",
    ];
    files.push(csv(
        "indikator",
        "INDIKATOR LAYANAN",
        "No,Kode,Indikator,Target (%),Bobot,Arah,Agregasi",
        services.map(str::to_owned).into_iter(),
    ));
    let plan = names.iter().enumerate().map(|(row, name)| format!("{},\"{name}\",,,,,,,,x,x,x,x,x", row + 1));
    files.push(csv("jadwal", "JADWAL PEMBINAAN", "No,Nama Jaringan/Jejaring,1,2,3,4,5,6,7,8,9,10,11,12", plan));
    let figures = names.iter().enumerate().filter(|(row, _)| row % 5 != 4);
    let figures = figures.map(|(row, name)| format!("{},\"{name}\",{},{},,,,", row + 1, 100 + row, row));
    let mut lines =
        vec!["CAPAIAN INDIKATOR LAYANAN".to_owned(), PUSKESMAS.to_owned(), "BULAN : AGUSTUS 2023".to_owned()];
    lines.extend([
        "No,Nama Jaringan/Jejaring,K6,,,IDL,,".to_owned(),
        ",,Sasaran,Capaian,%,Sasaran,Capaian,%".to_owned(),
    ]);
    lines.extend(figures);
    files.push(Upload { name: "capaian.csv".to_owned(), bytes: lines.join("\n").into_bytes() });
    let follow_ups = names.iter().enumerate().map(|(row, name)| {
        format!("{},3/8/2023,\"{name}\",Melengkapi pencatatan suhu lemari obat dan kartu stok setiap hari kerja {row},Petugas farmasi,10/8/2023,", row + 1)
    });
    files.push(csv("rtl", "RENCANA TINDAK LANJUT", "No,Tanggal Pembinaan,Nama Jaringan/Jejaring,Rencana Tindak Lanjut,Penanggung Jawab,Target Selesai,Tanggal Selesai", follow_ups));
    let decisions = names.iter().take(14).enumerate().map(|(row, name)| {
        format!("{},9/8/2023,Cakupan rendah,\"{name}\",Sweeping sasaran bersama kader dan bidan desa di semua dusun {row},Bidan koordinator dan kader,1/9/2023", row + 1)
    });
    files.push(csv(
        "notulen",
        "NOTULEN LOKAKARYA MINI",
        "No,Tanggal,Masalah,Untuk Faskes,Keputusan,Penanggung Jawab,Batas Waktu",
        decisions,
    ));
    Site::with(&files)
}

const PUSKESMAS: &str = "UPT PUSKESMAS SUMBERMULYO UTARA";

fn csv(name: &str, title: &str, heads: &str, rows: impl Iterator<Item = String>) -> Upload {
    let mut lines = vec![title.to_owned(), PUSKESMAS.to_owned(), "TAHUN 2023".to_owned(), heads.to_owned()];
    lines.extend(rows);
    Upload { name: format!("{name}.csv"), bytes: lines.join("\n").into_bytes() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_slide_fits_the_room_at_8_13_and_60_facilities() {
    let browser = Browser::start();
    for (count, site) in [(8, crowded(8)), (13, abcde()), (60, crowded(60))] {
        let base = start(&site);
        for window in [Window::Projector, Window::Laptop] {
            let client = browser.open(window).await;
            for (name, period) in [("rapat", "2023-08"), ("rapat-triwulan", "2023-Q3")] {
                client.goto(&format!("{base}/lokmin/rapat?periode={period}")).await.unwrap();
                client.wait().for_element(Locator::Css(".slide.kini")).await.unwrap();
                let slides = client.find_all(Locator::Css(".slide")).await.unwrap().len();
                assert!(slides >= 9, "{slides} slides");
                for number in 1..=slides {
                    assert_fits(&client, window).await;
                    let file = pictures().join(format!("{name}-{count}-{number}-{}.png", window.name()));
                    std::fs::write(file, client.screenshot().await.unwrap()).unwrap();
                    press(&client, "ArrowRight").await;
                }
            }
            client.close().await.unwrap();
        }
    }
}
