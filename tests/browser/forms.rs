//! Five forms that leave much open, through preview and questions by clicks alone: at most three actions the first
//! time, accepting among them, and none but accepting the next month.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use fantoccini::{Client, Locator};
use rust_xlsxwriter::{Color, Format, Workbook};
use simpul::domain::Facts;
use simpul::store::Scope;
use simpul::web::serve;

use super::driver::{Browser, Window};
use super::intake::{BANNER, book, picture, wait_for};
use super::text;
use crate::web::site::Site;

/// Actions that a form may take the first time.
const ACTIONS_MAX: usize = 3;

/// What a person does at a form.
enum Act {
    /// Clicks.
    Click(&'static str),
    /// Chooses in a list.
    Choose(&'static str, &'static str),
}

/// A form of two months.
struct Form {
    name: &'static str,
    months: [PathBuf; 2],
    acts: Vec<Act>,
    /// What counts after both.
    counts: fn(&Facts) -> usize,
    expected: usize,
}

fn register(folder: &Path) -> PathBuf {
    let mut rows =
        vec![vec![BANNER], vec!["TAHUN 2025"], vec!["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Desa"]];
    for (name, kind, village) in [
        ("Pustu Ngasem", "Pustu", "Ngasem"),
        ("Polindes Ngasem", "Polindes", "Ngasem"),
        ("Pustu Kedungrejo", "Pustu", "Kedungrejo"),
        ("Polindes Kedungrejo", "Polindes", "Kedungrejo"),
    ] {
        rows.push(vec!["1", name, kind, "Jaringan", village]);
    }
    book(folder, "daftar.xlsx", "Daftar", &rows)
}

fn services(folder: &Path) -> PathBuf {
    let mut rows =
        vec![vec![BANNER], vec!["TAHUN 2025"], vec!["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"]];
    for (code, name) in [("K6", "Kunjungan ibu hamil K6"), ("HT", "Layanan hipertensi")] {
        rows.push(vec![code, name, "100", "1", "naik", "jumlah"]);
    }
    book(folder, "indikator.xlsx", "Indikator", &rows)
}

/// The year's attendance without any sign for absent: one month more each time.
fn attendance(folder: &Path) -> Form {
    let of = |file: &str, may: &'static str| {
        let head = vec!["No", "Nama Faskes", "JAN", "FEB", "MAR", "APR", "MEI"];
        let rows = vec![
            vec![BANNER],
            vec!["DAFTAR HADIR LOKMIN TAHUN 2025"],
            head,
            vec!["1", "Pustu Ngasem", "√", "√", "√", "√", may],
            vec!["2", "Pustu Kedungrejo", "√", "", "", "√", ""],
        ];
        book(folder, file, "LOKMIN", &rows)
    };
    Form {
        name: "hadir",
        months: [of("lokmin-april.xlsx", ""), of("lokmin-mei.xlsx", "√")],
        acts: vec![Act::Click(".readings .word button[value='tidak-hadir']")],
        counts: |facts| facts.lokmin.iter().filter(|row| !row.attended).count(),
        expected: 3,
    }
}

/// A plan of two colours and no legend.
fn plan(folder: &Path) -> Form {
    let of = |file: &str, year: &str| {
        let mut made = Workbook::new();
        let page = made.add_worksheet();
        page.set_name("Jadwal").unwrap();
        page.write(0, 0, BANNER).unwrap();
        page.write(1, 0, format!("JADWAL PEMBINAAN TAHUN {year}")).unwrap();
        for (column, head) in (0..).zip(["No", "Nama Faskes", "JAN", "FEB", "MAR", "APR", "MEI", "JUN"]) {
            page.write(2, column, head).unwrap();
        }
        let fill = |colour: Color| Format::new().set_background_color(colour);
        let names = ["Pustu Ngasem", "Polindes Ngasem", "Pustu Kedungrejo", "Polindes Kedungrejo"];
        for (row, name) in (3_u32..).zip(names) {
            page.write(row, 0, row - 2).unwrap();
            page.write(row, 1, name).unwrap();
            page.write_blank(row, u16::try_from(row).unwrap() - 1, &fill(Color::Yellow)).unwrap();
        }
        page.write_blank(3, 6, &fill(Color::Red)).unwrap();
        page.write_blank(5, 2, &fill(Color::Red)).unwrap();
        let path = folder.join(file);
        made.save(&path).unwrap();
        path
    };
    Form {
        name: "warna",
        months: [of("jadwal-2025.xlsx", "2025"), of("jadwal-2026.xlsx", "2026")],
        acts: vec![Act::Choose(".asks select[name='arti-1']", "hiasan"), Act::Click(".asks .word button:not(.link)")],
        counts: |facts| facts.slots.len(),
        expected: 8,
    }
}

/// Achievements by village, of which each has two facilities.
fn villages(folder: &Path) -> Form {
    let of = |file: &str, month: &str, achieved: &'static str| {
        let title = format!("CAPAIAN BULAN {month}");
        let rows = vec![
            vec![BANNER],
            vec![&title],
            vec!["INDIKATOR : K6"],
            vec!["No", "Desa", "Sasaran", "Capaian"],
            vec!["1", "Ngasem", "88", achieved],
            vec!["2", "Kedungrejo", "76", "4"],
        ];
        book(folder, file, "K6", &rows)
    };
    Form {
        name: "desa",
        months: [of("k6-mei.xlsx", "MEI 2025", "7"), of("k6-juni.xlsx", "JUNI 2025", "9")],
        acts: vec![Act::Click(".asks .word button[value='polindes']")],
        counts: |facts| facts.achievements.facility.len(),
        expected: 4,
    }
}

/// Follow-ups with words of one's own for their state.
fn follow_ups(folder: &Path) -> Form {
    let of = |file: &str, month: &str, day: &'static str| {
        let title = format!("RENCANA TINDAK LANJUT HASIL PEMBINAAN BULAN {month}");
        let head = vec!["NO", "TGL PEMBINAAN", "NAMA FASKES", "RENCANA TINDAK LANJUT", "BATAS WAKTU", "STATUS"];
        let row = |item, word| vec!["1", day, "Pustu Ngasem", item, "31/12/2025", word];
        let rows = vec![vec![BANNER], vec![&title], head, row("Isi kohort", "OK"), row("Lengkapi APD", "jalan")];
        book(folder, file, "RTL", &rows)
    };
    Form {
        name: "rtl",
        months: [of("rtl-mei.xlsx", "MEI 2025", "6/5/2025"), of("rtl-juni.xlsx", "JUNI 2025", "6/6/2025")],
        acts: vec![
            Act::Choose(".word select[name='arti-0']", "belum"),
            Act::Click(".asks .word fieldset button:not(.link)"),
        ],
        counts: |facts| facts.follow_ups.len() * 10 + facts.follow_ups.iter().filter(|row| row.done.is_some()).count(),
        expected: 42,
    }
}

/// Counts since January below denominators of which two might serve.
fn shared(folder: &Path) -> Form {
    let of = |file: &str, month: &str, achieved: &'static str| {
        let title = format!("CAPAIAN KUMULATIF S/D BULAN {month}");
        let rows = vec![
            vec![BANNER],
            vec![&title],
            vec!["No", "Nama Faskes", "Sasaran Ibu Hamil", "Sasaran Bayi", "K6", "HT"],
            vec!["1", "Pustu Kedungrejo", "80", "90", achieved, "7"],
        ];
        book(folder, file, month.split(' ').next().unwrap(), &rows)
    };
    Form {
        name: "sasaran",
        months: [of("pws-mei.xlsx", "MEI 2025", "30"), of("pws-juni.xlsx", "JUNI 2025", "36")],
        acts: vec![
            Act::Choose(".asks select[name='arti-1']", "Sasaran Bayi"),
            Act::Click(".asks .word button:not(.link)"),
        ],
        counts: |facts| facts.achievements.denominator.iter().filter(|one| **one == Some(90.0)).count(),
        expected: 2,
    }
}

async fn bring(client: &Client, base: &str, file: &Path) {
    client.goto(&format!("{base}/impor")).await.unwrap();
    let field = client.find(Locator::Css("#berkas")).await.unwrap();
    field.send_keys(&file.display().to_string()).await.unwrap();
    client.find(Locator::Css(".drop button.main")).await.unwrap().click().await.unwrap();
    wait_for(client, "Apa yang akan berubah?").await;
}

async fn accept(client: &Client) -> usize {
    client.find(Locator::Css("#terima button.main")).await.unwrap().click().await.unwrap();
    wait_for(client, "Diterima").await;
    1
}

async fn act(client: &Client, act: &Act) -> usize {
    match act {
        Act::Click(css) => {
            client.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
            wait_for(client, "Diingat untuk bentuk ini").await;
        }
        Act::Choose(css, value) => {
            client.find(Locator::Css(css)).await.unwrap().select_by_value(value).await.unwrap();
        }
    }
    1
}

/// A picture with the question in sight.
async fn show_question(client: &Client, name: &str, window: Window) {
    picture(client, name, window).await;
    let scroll = "document.querySelector('.word').scrollIntoView({ block: 'center' })";
    client.execute(scroll, Vec::new()).await.unwrap();
    picture(client, &format!("{name}-kata"), window).await;
}

/// Every field and button of what can be said is named for those who cannot see it, and the keyboard reaches it.
async fn named_and_reachable(client: &Client, name: &str) {
    let nameless = "return [...document.querySelectorAll('.word button, .word select, .word input:not([type=hidden])')]\
        .filter(e => e.tabIndex < 0 || !((e.labels && e.labels.length) || e.textContent.trim())).length";
    assert_eq!(client.execute(nameless, Vec::new()).await.unwrap(), 0, "{name}");
    let loose =
        "return [...document.querySelectorAll('.word fieldset')].filter(e => !e.querySelector('legend')).length";
    assert_eq!(client.execute(loose, Vec::new()).await.unwrap(), 0, "{name}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hardest_forms_take_three_actions_and_then_none() {
    let site = Site::empty();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve(site.app.clone(), listener, std::future::pending()));
    let folder = tempfile::tempdir().unwrap();
    let browser = Browser::start();
    let client = browser.open(Window::Laptop).await;
    let others = [
        (Window::Projector, browser.open(Window::Projector).await),
        (Window::Phone, browser.open(Window::Phone).await),
    ];
    for file in [register(folder.path()), services(folder.path())] {
        bring(&client, &base, &file).await;
        accept(&client).await;
    }
    let path = folder.path();
    for form in [attendance(path), plan(path), villages(path), follow_ups(path), shared(path)] {
        let [first, next] = &form.months;
        bring(&client, &base, first).await;
        let page = format!("tanya-{}", form.name);
        named_and_reachable(&client, form.name).await;
        show_question(&client, &page, Window::Laptop).await;
        for (window, other) in &others {
            other.goto(client.current_url().await.unwrap().as_str()).await.unwrap();
            show_question(other, &page, *window).await;
        }
        let mut actions = 0;
        for one in &form.acts {
            actions += act(&client, one).await;
        }
        assert!(!text(&client, "main").await.contains("Yang perlu dijawab"), "{}: still asked", form.name);
        picture(&client, &format!("{page}-sudah"), Window::Laptop).await;
        actions += accept(&client).await;
        assert!(actions <= ACTIONS_MAX, "{}: {actions} actions", form.name);

        bring(&client, &base, next).await;
        let main = text(&client, "main").await;
        assert!(
            !main.contains("Yang perlu dijawab") && !main.contains("Tidak dapat diterima"),
            "{}: {main}",
            form.name
        );
        accept(&client).await;
        let facts = site.app.store().facts(&Scope::All).unwrap();
        assert_eq!((form.counts)(&facts), form.expected, "{}", form.name);
    }
    for (_, other) in others {
        other.close().await.unwrap();
    }
    client.close().await.unwrap();
}
