//! Three Puskesmas with data of every sort, one account of each role, and their browsers.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::{LazyLock, Mutex};

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use simpul::accounts::hashing::Hashing;
use simpul::app::App;
use simpul::app::accounts::{AccountService, AccountTools, CameFrom, LogInRequest, SignedIn};
use simpul::app::entries::{Typing, Values};
use simpul::app::import::Upload;
use simpul::app::papers::letters::NumberWish;
use simpul::app::papers::reports::ReportRequest;
use simpul::domain::access::{Grant, Origin, Role};
use simpul::domain::form::TableForm;
use simpul::domain::{EvidenceOf, ReportKind, Table};
use simpul::jobs::Lock;
use simpul::store::{NewFormWord, NewProfile, NewRun, RunId, RunReason, RunState, StoredAccount};

use crate::accounts::{CHEAP, Foreseeable, PASSWORD, address, from, person};
use crate::web::site::{Answer, Site, own};

/// Puskesmas of nearly everybody here.
pub const OWN: &str = "UPT PUSKESMAS MEKARSARI";
/// Another of the same cluster.
pub const NEIGHBOUR: &str = "UPT PUSKESMAS MELATI";
/// One that nobody of the others may learn of.
pub const FOREIGN: &str = "UPT PUSKESMAS RAHASIA TIMURLAUT";
/// One that there is not.
pub const NOWHERE: &str = "UPT PUSKESMAS RAHASIA TIMURLAUX";
/// Word that stands in everything of the foreign one, small letters.
pub const SECRET: &str = "timurlaut";
/// Facility whose account is `faskes`.
pub const FACILITY: &str = "Klinik Mekar";
/// Word of another facility of the same Puskesmas, small letters.
pub const OTHER_FACILITY: &str = "duasisi";

/// Entries of a world that could not be typed.
static WRONG: Mutex<Vec<String>> = Mutex::new(Vec::new());
static HASHING: Hashing = Hashing::new(CHEAP);
static RANDOMNESS: LazyLock<Foreseeable> = LazyLock::new(Foreseeable::default);

/// Numbers and names by which addresses name what a Puskesmas has.
#[derive(Clone, Debug)]
pub struct Ids {
    pub puskesmas: String,
    pub facility: String,
    pub batch: i64,
    pub entry: String,
    pub evidence: i64,
    pub sha256: String,
    pub edition: i64,
    pub snapshot: String,
    pub evaluation: String,
    pub draft: i64,
    pub account: i64,
}

/// Somebody with a browser.
#[derive(Clone)]
pub struct Visitor {
    pub name: String,
    pub token: String,
    pub signed_in: SignedIn,
}

/// A site with everything in it.
pub struct World {
    pub site: Site,
    pub own: Ids,
    pub foreign: Ids,
    pub run: RunId,
    people: BTreeMap<String, Visitor>,
    /// As a running service holds it.
    _lock: Option<Lock>,
}

/// The same for all tests that change nothing.
pub static WORLD: LazyLock<World> = LazyLock::new(|| std::thread::spawn(World::full).join().unwrap());

/// Roles with the account that each has here, and one that mixes two.
pub const PEOPLE: [&str; 9] =
    ["admin", "dinas", "tpcb", "kepala", "koordinator", "pengelola", "faskes", "pembaca", "campur"];

fn grants(name: &str) -> Vec<Grant> {
    let puskesmas = OWN.to_owned();
    match name {
        "admin" => vec![Grant::Administrator],
        "dinas" => vec![Grant::District],
        "tpcb" => vec![Grant::ClusterTeam { cluster: "Utara".to_owned() }],
        "kepala" => vec![Grant::Head { puskesmas }],
        "koordinator" => vec![Grant::Coordinator { puskesmas }],
        "pengelola" => vec![Grant::ProgrammeHolder { puskesmas, services: ["K1".to_owned()].into() }],
        "faskes" => vec![Grant::Facility { puskesmas, facility: FACILITY.to_owned() }],
        "pembaca" => vec![Grant::Viewer { puskesmas }],
        "campur" => vec![
            Grant::Facility { puskesmas, facility: FACILITY.to_owned() },
            Grant::Viewer { puskesmas: NEIGHBOUR.to_owned() },
        ],
        _ => vec![Grant::Coordinator { puskesmas: FOREIGN.to_owned() }],
    }
}

/// The role of an account of [`PEOPLE`].
pub fn role(name: &str) -> Option<Role> {
    Role::from_code(name)
}

/// Files of one Puskesmas, all named after it.
pub fn register(puskesmas: &str, mark: &str, facilities: &[&str]) -> Upload {
    let mut lines = vec![
        puskesmas.to_owned(),
        "DAFTAR IDENTIFIKASI TAHUN 2023".to_owned(),
        "No,Nama Jaringan/Jejaring,Jenis,Kelompok,Alamat,Penanggung Jawab".to_owned(),
    ];
    for (number, name) in (1..).zip(facilities) {
        lines.push(format!("{number},{name},Klinik,Jejaring,Jl. {mark},Ibu {mark}"));
    }
    Upload { name: format!("{mark}.csv"), bytes: lines.join("\r\n").into_bytes() }
}

pub fn typed(app: &App, puskesmas: &str, slug: &str, fields: &[(&str, &str)]) {
    let form = TableForm::from_slug(slug).unwrap();
    let value = |name: &str| fields.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let values: Values = form.fields.iter().filter_map(|field| Some((field.name, value(field.name)?))).collect();
    let typing = Typing { puskesmas, table: form.table, values: &values, replaced: None, year: 2023 };
    if let Err(error) = app.write_entry(typing) {
        WRONG
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .push(format!("{slug} of {puskesmas}: {error:?}"));
    }
}

/// Everything typed of one facility: each text holds the mark.
fn type_all(app: &App, puskesmas: &str, mark: &str, facility: &str) {
    let text = |what: &str| format!("{what} {mark}");
    let visit = [
        ("tanggal", "3 Mei 2023"),
        ("nama", facility),
        ("bentuk", "Supervisi"),
        ("pembina", &text("Ani")),
        ("skor", "70"),
        ("maksimal", "100"),
        ("temuan", &text("Temuan")),
    ];
    typed(app, puskesmas, "pembinaan", &visit);
    let plan = text("Rencana");
    let owner = text("Bidan");
    let follow_up = [
        ("tanggal", "3 Mei 2023"),
        ("nama", facility),
        ("rencana", plan.as_str()),
        ("pj", &owner),
        ("batas", "1 Juni 2023"),
    ];
    typed(app, puskesmas, "rtl", &follow_up);
    typed(app, puskesmas, "jadwal", &[("tahun", "2023"), ("nama", facility), ("pj", &text("Pj")), ("bulan", "5")]);
    let figures =
        |code| [("bulan", "2023-05"), ("nama", facility), ("indikator", code), ("sasaran", "10"), ("capaian", "7")];
    typed(app, puskesmas, "capaian", &figures("K1"));
    typed(app, puskesmas, "capaian", &figures("K4"));
    typed(app, puskesmas, "lokmin", &[("bulan", "2023-05"), ("nama", facility), ("diundang", "Ya"), ("hadir", "Ya")]);
}

fn fill(app: &App, puskesmas: &str, mark: &str, facility: &str) {
    let text = |what: &str| format!("{what} {mark}");
    for code in ["K1", "K4"] {
        let name = text(code);
        typed(
            app,
            puskesmas,
            "indikator-layanan",
            &[
                ("tahun", "2023"),
                ("kode", code),
                ("indikator", &name),
                ("arah", "Naik"),
                ("target", "80"),
                ("bobot", "1"),
                ("agregasi", "Jumlah"),
            ],
        );
    }
    type_all(app, puskesmas, mark, facility);
    let problem = [("periode", "2023-C2"), ("nama", facility), ("masalah", &text("Masalah")), ("penyebab", "Sebab")];
    typed(app, puskesmas, "evaluasi", &problem);
    typed(
        app,
        puskesmas,
        "notulen",
        &[("tanggal", "20 Mei 2023"), ("masalah", &text("Soal")), ("keputusan", &text("Putusan"))],
    );
    typed(app, puskesmas, "pembinaan-tpcb", &[("tanggal", "7 Juni 2023"), ("fakta", &text("Fakta"))]);
    app.intake().add_alias(puskesmas, &text("Kl"), facility).unwrap();
    let place = (format!("{mark}.xlsx"), text("Lembar"));
    let profile = NewProfile {
        puskesmas,
        fingerprint: mark,
        table: Table::Visits,
        columns: "date:1",
        rows_to_data: 1,
        indicator: None,
        place: (&place.0, &place.1),
        by: app.by(),
    };
    app.store().add_profile(&profile).unwrap();
    let word = NewFormWord {
        puskesmas,
        fingerprint: mark,
        table: Table::Visits,
        sort: "bulan",
        word: "5",
        place: (&place.0, &place.1),
        by: app.by(),
    };
    app.store().add_form_word(&word).unwrap();
}

fn evidence(app: &App, ids: &mut Ids, mark: &str) {
    let of = EvidenceOf::FollowUp {
        facility: ids.facility.clone(),
        visit_date: "2023-05-03".parse().unwrap(),
        item: format!("Rencana {mark}"),
    };
    let file = Upload { name: format!("{mark}.pdf"), bytes: format!("%PDF-1.7\n{mark}").into_bytes() };
    app.evidence().attach(&ids.puskesmas, &of, of.kinds()[0], vec![file]).unwrap();
    let kept = app.evidence().files(&ids.puskesmas).unwrap().remove(0);
    ids.evidence = kept.id;
    ids.sha256 = kept.file.sha256;
}

pub fn paper_of(puskesmas: &str) -> ReportRequest {
    ReportRequest {
        kind: ReportKind::Evaluation,
        period: "2023-C2".parse().unwrap(),
        as_of: Some("2023-08-31".parse().unwrap()),
        puskesmas: Some(puskesmas.to_owned()),
        cluster: None,
    }
}

fn papers(app: &App, ids: &mut Ids, mark: &str) {
    let papers = app.papers();
    let mut settings = papers.letter_details(&ids.puskesmas).unwrap().settings;
    settings.above = format!("DINAS {mark}");
    settings.number_pattern = format!("{{nomor}}/{mark}/{{tahun}}");
    papers.save_letter(&ids.puskesmas, &settings).unwrap();
    papers.set_author(Some(&ids.puskesmas), &format!("Penulis {mark}")).unwrap();
    let paper = paper_of(&ids.puskesmas);
    papers.give_number(&paper, NumberWish::default()).unwrap();
    let edition = papers.editions(&paper).unwrap().remove(0);
    ids.edition = edition.id;
    ids.snapshot = edition.snapshot;
    let kept = app.evaluation_to_keep(&ids.puskesmas, paper.period, "2023-08-31".parse().unwrap()).unwrap();
    app.ledger().keep_evaluation(&kept, app.by()).unwrap();
    ids.evaluation = kept.id;
}

impl World {
    /// Registers and accounts alone: for tests that change something.
    pub fn bare() -> Self {
        Self::new(false)
    }

    fn full() -> Self {
        Self::new(true)
    }

    #[expect(clippy::too_many_lines, reason = "a line for each thing that a Puskesmas has")]
    fn new(is_full: bool) -> Self {
        let files = [
            register(OWN, "Mekar", &[FACILITY, "Apotek Duasisi"]),
            register(NEIGHBOUR, "Melati", &["Klinik Melati"]),
            register(FOREIGN, "Timurlaut", &["Klinik Timurlaut"]),
        ];
        let site = Site::with(&files);
        for (puskesmas, cluster) in [(OWN, "Utara"), (NEIGHBOUR, "Utara"), (FOREIGN, "Gugus Timurlaut")] {
            typed(&site.app, puskesmas, "cluster", &[("tahun", "2023"), ("anggota", puskesmas), ("cluster", cluster)]);
        }
        let ids = |puskesmas: &str, facility: &str| Ids {
            puskesmas: puskesmas.to_owned(),
            facility: facility.to_owned(),
            batch: 0,
            entry: String::new(),
            evidence: 0,
            sha256: String::new(),
            edition: 0,
            snapshot: String::new(),
            evaluation: String::new(),
            draft: 0,
            account: 0,
        };
        let lock = Lock::service(site.app.data()).unwrap();
        let mut world = Self {
            site,
            own: ids(OWN, FACILITY),
            foreign: ids(FOREIGN, "Klinik Timurlaut"),
            run: 0,
            people: BTreeMap::new(),
            _lock: lock,
        };
        for name in PEOPLE.into_iter().chain(["asing-timurlaut"]) {
            let visitor = world.made(name, &grants(name));
            world.people.insert(name.to_owned(), visitor);
        }
        world.own.account = world.person("koordinator").signed_in.account.id.0;
        world.foreign.account = world.person("asing-timurlaut").signed_in.account.id.0;
        fill(&world.site.app, OWN, "Mekar", FACILITY);
        type_all(&world.site.app, OWN, "Duasisi", "Apotek Duasisi");
        fill(&world.site.app, FOREIGN, "Timurlaut", "Klinik Timurlaut");
        let app = world.site.app.clone();
        assert_eq!(*WRONG.lock().unwrap_or_else(std::sync::PoisonError::into_inner), [""; 0]);
        let batch = |puskesmas: &str| app.store().known(puskesmas).unwrap().facilities.len();
        assert_eq!((batch(OWN), batch(FOREIGN)), (2, 1));
        for ids in [&mut world.own, &mut world.foreign] {
            let history = app.batches().history(&simpul::store::Scope::Puskesmas(ids.puskesmas.clone())).unwrap();
            ids.batch = history.iter().find(|batch| !batch.by_form).unwrap().batch;
            let mark = if ids.puskesmas == OWN { "Mekar" } else { "Timurlaut" };
            ids.entry = app
                .entries(&ids.puskesmas, Table::FollowUps, None)
                .unwrap()
                .into_iter()
                .find(|entry| entry.fields.iter().any(|(_, value)| value.contains(mark)))
                .unwrap()
                .id;
            evidence(&app, ids, mark);
            if is_full {
                papers(&app, ids, mark);
            }
        }
        world.own.draft = world.draft_of("koordinator", "Mekar");
        world.foreign.draft = world.draft_of("asing-timurlaut", "Timurlaut");
        let now = app.clock().now();
        let run = NewRun {
            job: "cadangan".to_owned(),
            due: now,
            since: now,
            covers: 1,
            reason: RunReason::Manual,
            state: RunState::Skipped,
            who: "asing-timurlaut".to_owned(),
            message: "Dilewati demi Timurlaut".to_owned(),
        };
        world.run = app.ledger().enter_manual(&run, app.by()).unwrap().unwrap();
        world
    }

    /// The service of accounts in the hands of the machine's owner, with cheap hashes.
    pub fn accounts(&self) -> AccountService<'_> {
        self.site.app.accounts().with_tools(AccountTools { hashing: &HASHING, randomness: &*RANDOMNESS })
    }

    /// Makes an account and logs it in.
    pub fn made(&self, name: &str, grants: &[Grant]) -> Visitor {
        let account = self.account(name, grants);
        self.logged_in(&account.name)
    }

    /// Makes an account with [`PASSWORD`].
    pub fn account(&self, name: &str, grants: &[Grant]) -> StoredAccount {
        let (_account, code) = self.accounts().create(&person(name), grants).unwrap();
        self.accounts().redeem_code(code.code.reveal(), PASSWORD, from("198.51.100.1", None)).unwrap()
    }

    /// Another session of an account.
    pub fn logged_in(&self, name: &str) -> Visitor {
        let from: CameFrom<'_> = from("127.0.0.1", None);
        let request = LogInRequest { name, password: PASSWORD, second: None, from, former: None };
        let token = self.accounts().log_in(&request).unwrap().session.reveal().to_owned();
        let signed_in = self.accounts().session(&token, Origin::Page(address("127.0.0.1"))).unwrap().unwrap();
        Visitor { name: name.to_owned(), token, signed_in }
    }

    /// Makes an account choose another password at its next request.
    pub fn must_change(&self, name: &str) {
        let password = HASHING.hash(PASSWORD, &*RANDOMNESS).unwrap();
        let id = self.person(name).signed_in.account.id;
        self.site.app.store().account_book().rehash_password(id, &password, true).unwrap();
    }

    pub fn person(&self, name: &str) -> &Visitor {
        &self.people[name]
    }

    /// The application in somebody's hands.
    pub fn app_of(&self, name: &str) -> App {
        self.site.app.acting_as(self.person(name).signed_in.access.clone())
    }

    fn draft_of(&self, name: &str, mark: &str) -> i64 {
        let puskesmas = if mark == "Mekar" { OWN } else { FOREIGN };
        let file = register(puskesmas, &format!("{mark}-baru"), &[&format!("Klinik {mark} Baru")]);
        self.app_of(name).intake().add_draft(&[file]).unwrap()
    }

    pub async fn get(&self, who: Option<&Visitor>, path: &str) -> Answer {
        self.site.send(signed(Request::get(path), who)).await
    }

    /// Sends a form with the key of its session.
    pub async fn post(&self, who: Option<&Visitor>, path: &str, fields: &[(&str, &str)]) -> Answer {
        let key = who.map(|who| ("_kunci", who.signed_in.csrf().to_owned()));
        let own_fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let pairs: Vec<String> =
            key.into_iter().chain(own_fields).map(|(name, value)| format!("{name}={}", encoded(&value))).collect();
        let request = signed(own(Request::post(path)), who);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.site.send_with(request, Body::from(pairs.join("&"))).await
    }
}

/// A request with somebody's cookie.
pub fn signed(request: axum::http::request::Builder, who: Option<&Visitor>) -> axum::http::request::Builder {
    match who {
        Some(who) => request.header(header::COOKIE, format!("simpul-sesi={}", who.token)),
        None => request,
    }
}

pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// All words of an answer in small letters: status, headers, body, and what is packed in it.
pub fn words(answer: &Answer) -> String {
    let mut text = headers(&answer.headers);
    unpack(&answer.bytes, &mut text);
    text.to_lowercase()
}

fn headers(headers: &HeaderMap) -> String {
    let mut text = String::new();
    for (name, value) in headers {
        text.push_str(name.as_str());
        text.push_str(": ");
        text.push_str(&String::from_utf8_lossy(value.as_bytes()));
        text.push('\n');
    }
    text
}

fn unpack(bytes: &[u8], text: &mut String) {
    if !bytes.starts_with(b"PK") {
        text.push_str(&String::from_utf8_lossy(bytes));
        return;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        text.push_str(&file.name().unwrap());
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        unpack(&content, text);
    }
}

/// The page that an answer leads to; blank where it is none.
pub fn location(answer: &Answer) -> &str {
    answer.header(header::LOCATION)
}

pub fn is_refused(status: StatusCode) -> bool {
    status == StatusCode::FORBIDDEN || status == StatusCode::UNAUTHORIZED
}
