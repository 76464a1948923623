//! Every page as axe-core judges it, on a screen, on a wall and on paper: also slides of a meeting with its windows,
//! forms with an error, a preview with questions, and pages of accounts as each role has them. The pages are told by the
//! router's own lines: a new one that is not looked at here fails.

use std::path::Path;
use std::process::Command;

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use simpul::app::App;
use simpul::app::approvals::StepDecision;
use simpul::app::import::Upload;
use simpul::domain::access::Grant;
use simpul::domain::approval::ApprovalStep;
use simpul::web::listening::Listening;
use simpul::web::{Entrance, serve, serve_at};
use url::{ParseError, Url};

use super::driver::{Browser, Window};
use crate::access::world::{OWN, World, typed};
use crate::accounts::{PASSWORD, person};
use crate::lan::provider::Provider;
use crate::web::site::{ABCDE, Site, register};

/// Service that a page is looked at on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    /// The worked year.
    Year,
    /// A folder with a preview that asks.
    Preview,
    /// A folder with jobs that ran, failed and were missed.
    Jobs,
    /// A folder with an approved period, and an import that waits.
    Approved,
    /// A folder with accounts, in the hands of this one; of nobody where it is blank.
    As(&'static str),
}

impl On {
    /// Place among the services.
    fn place(self) -> usize {
        match self {
            Self::Year => 0,
            Self::Preview => 1,
            Self::Jobs => 2,
            Self::Approved => 3,
            Self::As(_) => 4,
        }
    }

    /// Account in whose hands the browser is; blank: nobody's.
    fn account(self) -> &'static str {
        if let Self::As(name) = self { name } else { "" }
    }
}

/// A page to look at: its route as the router writes it, an address, and the link to follow from there; empty: none.
struct Look(&'static str, On, &'static str, &'static str);

const LOOKS: &[Look] = &[
    Look("\"/\"", On::Year, "/?periode=2023-C2", ""),
    Look("\"/\"", On::Jobs, "/", ""),
    Look("\"/halaman/{slug}\"", On::Year, "/halaman/evaluasi?periode=2023-C2", ""),
    Look("\"/halaman/{slug}\"", On::Year, "/halaman/lokmin?periode=2023-08", ""),
    Look("\"/halaman/{slug}\"", On::Year, "/halaman/perbandingan?periode=2023-C2", ""),
    Look("\"/halaman/{slug}\"", On::Year, "/halaman/peta?periode=2023-C2", ""),
    Look("\"/halaman/{slug}\"", On::Year, "/halaman/perbandingan?periode=2023-C2&lengkap=ya", ""),
    Look("\"/bagian/{page}/{panel}\"", On::Year, "/bagian/ringkasan/visit-heatmap?periode=2023-C2", ""),
    Look("meeting::PATH", On::Year, "/lokmin/rapat?periode=2023-08", ""),
    Look("\"/kabupaten/{cluster}\"", On::As("tpcb"), "/kabupaten/Utara?periode=2023-C2", ""),
    Look("DISTRICT_PATH", On::Year, "/kabupaten?periode=2023-C2", ""),
    Look("OWN_INDICATORS_PATH", On::Year, "/indikator-puskesmas?periode=2023", ""),
    Look("NETWORK_PATH", On::Year, "/jejaring?periode=2023", ""),
    Look("PKP_PATH", On::Year, "/pkp?tahun=2023", ""),
    Look("\"/faskes\"", On::Year, "/faskes?periode=2023-C2", ""),
    Look("\"/faskes/{name}\"", On::Year, "/faskes/Apotik%20Alvi?periode=2023-C2", ""),
    Look("\"/asal-angka\"", On::Year, "/asal-angka?periode=2023-C2&angka=DTK&faskes=Apotik%20Sendang%20Farma", ""),
    Look("\"/impor\"", On::Year, "/impor", ""),
    Look("\"/impor/{batch}\"", On::Year, "/impor/1", ""),
    Look("\"/impor/{batch}/batal\"", On::Year, "/impor/1/batal", ""),
    Look(
        "\"/impor/{batch}/sel\"",
        On::Year,
        "/asal-angka?periode=2023-C2&angka=DTK&faskes=Apotik%20Sendang%20Farma",
        "a[href*='/sel']",
    ),
    Look("\"/impor/nama\"", On::Year, "/impor/nama", ""),
    Look("\"/impor/draf/{id}\"", On::Preview, "DRAF", ""),
    Look("\"/impor/draf/{id}/lembar\"", On::Preview, "DRAF", "a[href*='/lembar']"),
    Look("evidence::PATH", On::Year, "/bukti?periode=2023", ""),
    Look("evidence::THING", On::Year, "/bukti?periode=2023", "a[href*='/bukti/lampirkan']"),
    Look("paper::LIST", On::Year, "/laporan?periode=2023-C2", ""),
    Look("\"/laporan/{kind}/narasi\"", On::Year, "/laporan/evaluasi/narasi?periode=2023-C2", ""),
    Look("\"/laporan/{kind}/templat\"", On::Year, "/laporan/evaluasi/templat?periode=2023-C2", ""),
    Look("dhis2::PATH", On::Year, "/dhis2?periode=2023-05", ""),
    Look("paper::LETTER", On::Year, "/pengaturan-surat", ""),
    Look("entries::PATH", On::Year, "/catatan?periode=2023-C2", ""),
    Look("\"/catatan/{table}\"", On::Year, "/catatan/pembinaan?periode=2023-C2", ""),
    Look("\"/catatan/{table}\"", On::Year, "/catatan/jadwal?periode=2023-C2", ""),
    Look("\"/catatan/{table}\"", On::Year, "/catatan/capaian?periode=2023-C2", ""),
    Look("\"/catatan/{table}\"", On::Year, "/catatan/faskes?periode=2023-C2", ""),
    Look("help::PATH", On::Year, "/bantuan", ""),
    Look("help::DEFINITIONS_PATH", On::Year, "/bantuan/definisi", ""),
    Look("notices::PATH", On::Year, "/bantuan/lisensi", ""),
    Look("gallery::PATH", On::Year, "/gaya", ""),
    Look("gallery::SLIDES_PATH", On::Year, "/gaya/rapat", ""),
    Look("printed::PATH", On::Year, "/cuplikan", ""),
    Look("paper_check::PATH", On::Year, "/periksa-surat?kode=SIMPUL-SURAT%201", ""),
    Look("\"/cuplikan/{id}\"", On::Year, "/cuplikan/CC15288A55", ""),
    Look("checklists::PATH", On::Year, "/daftar-tilik", ""),
    Look("checklists::TYPING", On::Year, "/daftar-tilik", "a[href*='/daftar-tilik/isi']"),
    Look("\"/templat\"", On::Year, "/templat", ""),
    Look("\"/pekerjaan\"", On::Jobs, "/pekerjaan", ""),
    Look("\"/pekerjaan/{name}\"", On::Jobs, "/pekerjaan/pengingat", ""),
    Look("\"/pekerjaan/{name}/{run}\"", On::Jobs, "/pekerjaan/pengingat", "a[href*='/pekerjaan/pengingat/']"),
    Look("\"/evaluasi-tersimpan/{id}\"", On::Jobs, "/pekerjaan/evaluasi-caturwulan", "a[href*='/evaluasi-tersimpan/']"),
    Look("audit::PATH", On::Year, "/jejak", ""),
    Look("audit::PATH", On::Jobs, "/jejak?periksa=ya", ""),
    Look("accounts::CODE_PATH", On::Year, "/kode", ""),
    Look("accounts::SET_UP_PATH", On::Year, "/mulai", ""),
    Look("first_start::PATH", On::Year, "/awal", ""),
    Look("accounts::USERS_PATH", On::Year, "/pengguna", ""),
    Look("personal::PATH", On::Year, "/data-pribadi", ""),
    Look("bulk::PATH", On::Year, "/laporan-semua", ""),
    Look("approvals::PATH", On::Approved, "/persetujuan?periode=2023-C2", ""),
    Look("approvals::FORMER", On::Approved, "/persetujuan/angka/2?periode=2023-C2", ""),
    Look("\"/halaman/{slug}\"", On::Approved, "/halaman/evaluasi?periode=2023-C2", ""),
    Look("rights::SIGN_IN_PATH", On::As(""), "/masuk", ""),
    Look("rights::SIGN_IN_PATH", On::As(""), "/masuk?kabar=keluar", ""),
    Look("accounts::OWN_PATH", On::As("pembaca"), "/akun", ""),
    Look("accounts::OWN_PATH", On::As("admin"), "/akun", ""),
    Look("rights::NEW_PASSWORD_PATH", On::As("kepala"), "/akun/sandi", ""),
    Look("accounts::USERS_PATH", On::As("admin"), "/pengguna", ""),
    Look("\"/pengguna/{id}\"", On::As("admin"), "/pengguna", "th a[href^='/pengguna/']"),
    Look("\"/\"", On::As("pembaca"), "/?periode=2023-C2", ""),
    Look("\"/\"", On::As("faskes"), "/?periode=2023-C2", ""),
    Look("\"/faskes/{name}\"", On::As("faskes"), "/faskes/Klinik%20Mekar?periode=2023-C2", ""),
    Look("\"/faskes/{name}\"", On::As("koordinator"), "/faskes/Klinik%20Mekar?periode=2023-C2", ""),
    Look("DISTRICT_PATH", On::As("dinas"), "/kabupaten?periode=2023-C2", ""),
    Look("entries::PATH", On::As("tpcb"), "/catatan?periode=2023-C2", ""),
    Look("\"/catatan/{table}\"", On::As("pembaca"), "/catatan/rtl?periode=2023-C2", ""),
    Look("\"/catatan/{table}\"", On::As("pengelola"), "/catatan/capaian?periode=2023-C2", ""),
    Look("\"/impor\"", On::As("pembaca"), "/impor", ""),
    Look("\"/impor\"", On::As("koordinator"), "/impor", ""),
    Look("paper::LIST", On::As("pembaca"), "/laporan?periode=2023-C2", ""),
    Look("paper::LETTER", On::As("pembaca"), "/pengaturan-surat", ""),
    Look("matters::PATH", On::As("koordinator"), "/masalah-dinas?periode=2023", ""),
    Look("annual_plans::PATH", On::As("tpcb"), "/ruk-rpk?periode=2023", ""),
    Look("coaching::PATH", On::As("koordinator"), "/pembinaan-tpcb?periode=2023", ""),
    Look("coaching::ONE", On::As("tpcb"), "/pembinaan-tpcb?periode=2023", "th a[href*='/pembinaan-tpcb/']"),
    Look("approvals::PATH", On::As("kepala"), "/persetujuan?periode=2023-C2", ""),
    Look("approvals::PATH", On::As("koordinator"), "/persetujuan?periode=2023-C2", ""),
    Look("audit::PATH", On::As("kepala"), "/jejak", ""),
    Look("paper_check::PATH", On::As("pembaca"), "/periksa-surat", ""),
    Look("\"/pekerjaan\"", On::As("admin"), "/pekerjaan", ""),
];

/// Routes that answer with a file, data or a piece of a page.
const NO_PAGES: [&str; 27] = [
    // Leads to where the page is now.
    "\"/semua-puskesmas\"",
    "accounts::PROVIDER_PATH",
    // Its page is looked at by a browser that comes back from a provider.
    "RETURN_PATH",
    "\"/akun/data.json\"",
    "\"/impor/{batch}/berkas\"",
    "\"/impor/{batch}/bertanda\"",
    "\"/laporan/{name}\"",
    "dhis2::FILE",
    "\"/laporan/{kind}/templat/isi\"",
    "\"/laporan/{kind}/templat/berkas\"",
    "\"/grafik/{page}/{file}\"",
    "intake::forms::PATH",
    "\"/bukti/berkas/{id}\"",
    "\"/bantuan/gambar/{name}\"",
    "\"/cuplikan/berkas/{edition}/{format}\"",
    "\"/templat/{kind}\"",
    "checklists::FILE",
    "\"/livez\"",
    "\"/readyz\"",
    "\"/healthz\"",
    "\"/pekerjaan-kabar\"",
    "\"/berkas-pekerjaan/{run}/{place}\"",
    "\"/laporan-semua/kabar\"",
    "\"/laporan-semua/arsip\"",
    "rights::METRICS_PATH",
    "\"/pengaturan-surat/logo.png\"",
    "bundle::PATH",
];

/// Routes of the router that are asked by GET, as it writes them.
fn routes() -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/router.rs")).unwrap();
    let lines = text.split(".route(").skip(1).filter_map(|rest| rest.split_once(", "));
    let asked = lines.filter(|(_, method)| method.starts_with("get("));
    asked.map(|(route, _)| route.to_owned()).collect()
}

#[test]
fn every_route_is_a_page_that_is_looked_at_or_none() {
    let routes = routes();
    assert!(routes.len() > 50, "{routes:?}");
    let is_file = |route: &str| {
        ["api::OPENAPI_PATH", "\"/api/", "\"/aset/", "\"/favicon", "\"/api/v1\""]
            .iter()
            .any(|start| route.starts_with(start))
    };
    for route in routes.iter().filter(|route| !is_file(route)) {
        let is_looked_at = LOOKS.iter().any(|look| look.0 == route);
        assert_ne!(is_looked_at, NO_PAGES.contains(&route.as_str()), "{route}: looked at by axe, or no page");
    }
    for known in LOOKS.iter().map(|look| look.0).chain(NO_PAGES) {
        assert!(routes.iter().any(|route| route == known), "{known} is no route any more");
    }
}

/// The judge's script; fetched from the npm registry where it is not there yet.
fn script() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fetched = Command::new("bash").arg(root.join("tests/axe.sh")).output().unwrap();
    assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));
    let found = std::fs::read_dir(root.join("target/axe")).unwrap().map(|entry| entry.unwrap().path());
    let found: Vec<_> = found.filter(|path| path.extension().is_some_and(|ending| ending == "js")).collect();
    std::fs::read_to_string(&found[0]).unwrap()
}

/// Shows the page as paper has it, or as a screen.
#[derive(Debug)]
struct Media(&'static str);

impl WebDriverCompatibleCommand for Media {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap()))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        let asked = json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "media": self.0 } });
        (Method::POST, Some(asked.to_string()))
    }
}

fn start(app: &App) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve(app.clone(), listener, std::future::pending()));
    address
}

/// The same with an identity provider beside the accounts.
fn start_with(app: &App, provider: &Provider) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let base = format!("http://{address}");
    let listening = Listening { provider: Some(provider.known_at(&base, None)), ..Listening::plain(address) };
    let entrance = Entrance { listener, listening, certificate: None };
    tokio::spawn(serve_at(app.clone(), entrance, std::future::pending()));
    base
}

/// The judge at work, with what it found.
struct Judge {
    client: Client,
    script: String,
    found: Vec<String>,
    looked: usize,
}

impl Judge {
    /// Judges the page as it stands.
    async fn look(&mut self, name: &str) {
        self.client.execute(&self.script, Vec::new()).await.unwrap();
        let run = "const done = arguments[0];
            axe.run(document, { resultTypes: ['violations'] }).then((result) => done(result.violations.map((one) =>
                [one.id, one.nodes.slice(0, 3).map((node) => node.target.join(' ') + ' ' + node.html.slice(0, 160)
                    + ' ' + (node.failureSummary || '').replace(/\\s+/g, ' ').slice(0, 240))])),
                (error) => done([['error', [String(error)]]]))";
        let violations = self.client.execute_async(run, Vec::new()).await.unwrap();
        self.looked += 1;
        for violation in violations.as_array().unwrap() {
            let places: Vec<&str> = violation[1].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            self.found.push(format!("{name}: {}\n    {}", violation[0].as_str().unwrap(), places.join("\n    ")));
        }
    }

    /// Judges the page on the screen and on paper.
    async fn look_twice(&mut self, name: &str) {
        self.look(name).await;
        self.look_at_paper(name).await;
    }

    /// Judges the page on paper, without loading it again.
    async fn look_at_paper(&mut self, name: &str) {
        self.client.issue_cmd(Media("print")).await.unwrap();
        self.look(&format!("{name}, paper")).await;
        self.client.issue_cmd(Media("")).await.unwrap();
    }

    async fn go(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// Gives the browser the session of an account in the place of another, or none where the name is blank.
    async fn become_account(&self, world: &World, name: &str) {
        self.client.delete_all_cookies().await.unwrap();
        if name.is_empty() {
            return;
        }
        let cookie = format!("simpul-sesi={}; path=/", world.logged_in(name).token);
        self.client.execute("document.cookie = arguments[0]", vec![cookie.into()]).await.unwrap();
    }

    /// Presses a button, and waits for what the next page has.
    async fn press(&self, button: &str, then: &str) {
        self.client.find(Locator::Css(button)).await.unwrap().click().await.unwrap();
        self.client.wait().for_element(Locator::Css(then)).await.unwrap();
    }

    /// The address that the page offers for the room; none where it has no such view.
    async fn view_for_the_room(&self) -> Option<String> {
        let link =
            "const link = document.querySelector('.foot a[href*=\"tampilan=proyektor\"]'); return link && link.href";
        self.client.execute(link, Vec::new()).await.unwrap().as_str().map(ToOwned::to_owned)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_any_page_in_its_three_dresses() {
    let (preview, draft) = preview().await;
    let world = super::jobs::world();
    let approved = approved();
    let people = World::bare();
    let coached = [("tanggal", "7 Juni 2023"), ("jenis", "Terpadu"), ("fakta", "RUK kosong"), ("batas", "1 Juli 2023")];
    typed(&people.site.app, OWN, "pembinaan-tpcb", &coached);
    let apps = [&ABCDE.app, &preview.app, &world.app(), &approved.app, &people.site.app];
    let mut bases = apps.map(start);
    let provider = Provider::start_at(people.site.app.clock().clone());
    bases[4] = start_with(&people.site.app, &provider);
    let browser = Browser::start();
    let client = browser.open(Window::Laptop).await;
    let mut judge = Judge { client, script: script(), found: Vec::new(), looked: 0 };
    let mut account = "";
    for Look(_, on, path, link) in LOOKS {
        let base = &bases[on.place()];
        if on.account() != account {
            account = on.account();
            judge.become_account(&people, account).await;
        }
        judge.go(&format!("{base}{}", if *path == "DRAF" { &draft } else { *path })).await;
        if !link.is_empty() {
            let address = judge.client.find(Locator::Css(link)).await.unwrap().attr("href").await.unwrap().unwrap();
            judge.go(&format!("{base}{address}")).await;
        }
        let name = format!("{path} {link}");
        judge.look_twice(&name).await;
        if let Some(room) = judge.view_for_the_room().await {
            judge.go(&room).await;
            judge.look(&format!("{name}, wall")).await;
        }
    }
    judge.go(&format!("{}/tidak-ada", bases[0])).await;
    judge.look("a page that is not there").await;
    windows_of_a_meeting(&mut judge, &bases[0]).await;
    forms_with_an_error(&mut judge, &bases[0]).await;
    secrets_shown_once(&mut judge, &people, &bases[4]).await;
    judge.client.clone().close().await.unwrap();
    assert!(judge.looked > 160, "{}", judge.looked);
    assert!(judge.found.is_empty(), "{} violations:\n{}", judge.found.len(), judge.found.join("\n"));
}

/// A folder with an approved period, and an import that would change it.
fn approved() -> Site {
    let visits = |name: &str, points: u32| Upload {
        name: name.to_owned(),
        bytes: format!(
            "UPT PUSKESMAS UJI\nBULAN : MEI 2023\nNo,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,\
             Skor Daftar Tilik,Skor Maksimal\n1,3 Mei 2023,Apotek Satu,Supervisi,Ani,{points},100\n"
        )
        .into_bytes(),
    };
    let site = Site::with(&[register(&["Apotek Satu"]), visits("rekap-mei.csv", 80)]);
    for step in [ApprovalStep::Submit, ApprovalStep::Approve] {
        let decision = StepDecision {
            puskesmas: "UPT PUSKESMAS UJI",
            period: "2023-C2".parse().unwrap(),
            step,
            name: "dr. Ani",
            reason: "",
            seen: None,
        };
        site.app.approvals().take(&decision).unwrap();
    }
    site.app.import(&[visits("rekap-mei-2.csv", 20)], None, false, &mut |_| {});
    site
}

/// A folder in which uploaded files wait for answers, and the address of their preview.
async fn preview() -> (Site, String) {
    let site = Site::empty();
    let folder = tempfile::tempdir().unwrap();
    let upload = |path: &std::path::PathBuf| Upload {
        name: path.file_name().unwrap().to_str().unwrap().to_owned(),
        bytes: std::fs::read(path).unwrap(),
    };
    let files: Vec<Upload> = super::intake::files(folder.path()).iter().map(upload).collect();
    let answer = site.upload(&files).await;
    let draft = answer.header(axum::http::header::LOCATION).to_owned();
    assert!(draft.starts_with("/impor/draf/"), "{draft}: {}", answer.text());
    (site, draft)
}

/// Every slide of a running meeting, the window for decisions, and that for attendance.
async fn windows_of_a_meeting(judge: &mut Judge, base: &str) {
    let press = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true }))";
    judge.go(&format!("{base}/lokmin/rapat?periode=2023-08")).await;
    judge.client.wait().for_element(Locator::Css("body.berjalan")).await.unwrap();
    for key in ["k", "h"] {
        judge.client.execute(press, vec![key.into()]).await.unwrap();
        judge.client.wait().for_element(Locator::Css("dialog[open]")).await.unwrap();
        judge.look(&format!("a meeting after {key}")).await;
        judge.client.execute("document.querySelector('dialog[open]').close()", Vec::new()).await.unwrap();
    }
    let slides = judge.client.find_all(Locator::Css(".slide")).await.unwrap().len();
    for slide in 1..slides {
        judge.client.execute(press, vec!["ArrowRight".into()]).await.unwrap();
        judge.look(&format!("slide {}", slide + 1)).await;
    }
}

/// A form that comes back with its error.
async fn forms_with_an_error(judge: &mut Judge, base: &str) {
    judge.go(&format!("{base}/catatan/pembinaan?periode=2023-C2")).await;
    let send = "const form = document.querySelector('form.entry'); form.noValidate = true;
        const day = form.querySelector('[name=tanggal]'); if (day) day.value = '31 Februari'; form.submit()";
    judge.client.execute(send, Vec::new()).await.unwrap();
    judge.client.wait().for_element(Locator::Css(".wrong, .note.warn[role=alert]")).await.unwrap();
    judge.look_twice("a form with an error").await;
}

/// Pages of accounts after their buttons: what is shown once, what is refused, and a password that has to be changed.
async fn secrets_shown_once(judge: &mut Judge, people: &World, base: &str) {
    judge.go(base).await;
    judge.become_account(people, "").await;
    judge.go(&format!("{base}/masuk")).await;
    fill(judge, "form.door", &[("nama", "kepala"), ("sandi", "bukan kata sandinya")]).await;
    judge.press("form.door button.main", ".note.warn[role=alert]").await;
    judge.look_twice("a log-in that is refused").await;

    judge.go(&format!("{base}/masuk/penyedia?lanjut=%2Fakun")).await;
    judge.client.wait().for_element(Locator::Css("form[action='/masuk/penyedia']")).await.unwrap();
    judge.look_twice("a person of the provider without an account").await;
    let code = people.accounts().create(&person("lewat.penyedia"), &[Grant::District]).unwrap().1;
    fill(judge, "form.door", &[("kode", code.code.reveal())]).await;
    judge.press("form.door button.main", "form[action='/akun/token']").await;
    judge.look_twice("an account that a provider opens").await;

    judge.become_account(people, "pembaca").await;
    judge.go(&format!("{base}/pengguna")).await;
    judge.look_twice("a page that the account may not see").await;
    judge.go(&format!("{base}/akun")).await;
    fill(judge, "form[action='/akun/token']", &[("nama", "Dasbor dinas")]).await;
    judge.press("form[action='/akun/token'] button", ".secret").await;
    judge.look_twice("a new token").await;
    judge.press("form[action='/akun/dua-langkah'] button", "img[alt^='Kode QR']").await;
    judge.look_twice("a second factor that is begun").await;

    judge.become_account(people, "admin").await;
    judge.go(&format!("{base}/pengguna")).await;
    fill(judge, "form[action='/pengguna']", &[("nama", "orang.baru"), ("puskesmas", "Mekarsari")]).await;
    judge.press("form[action='/pengguna'] button.main", ".secret").await;
    judge.look_twice("the code of a new account").await;

    // A weak password from before a rule was made has to be changed at the log-in.
    people.must_change("pengelola");
    judge.become_account(people, "pengelola").await;
    judge.go(&format!("{base}/faskes")).await;
    assert!(judge.client.current_url().await.unwrap().as_str().ends_with("/akun/sandi"));
    judge.look_twice("a password that has to be changed").await;
    fill(judge, "form.door", &[("lama", "keliru sekali"), ("sandi", PASSWORD), ("ulang", PASSWORD)]).await;
    judge.press("form.door button.main", ".note.warn[role=alert]").await;
    judge.look_twice("a password that is refused").await;
}

async fn fill(judge: &Judge, form: &str, fields: &[(&str, &str)]) {
    for (name, value) in fields {
        let css = format!("{form} [name='{name}']");
        judge.client.find(Locator::Css(&css)).await.unwrap().send_keys(value).await.unwrap();
    }
}
