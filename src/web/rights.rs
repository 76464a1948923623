//! The rights that each address asks for, in one table, and the layer that holds it. An address that the table lacks is
//! refused to everybody. Which Puskesmas a right is for, handlers and services look at themselves.

use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::{ApiError, PageError, sentence};
use super::listening::RequestSource;
use super::query::encode;
use crate::app::AppError;
use crate::domain::access::{Access, Right};

/// Path of the page that asks for name and password.
pub const SIGN_IN_PATH: &str = "/masuk";
/// Path of the page on which the first administrator is made.
pub const SET_UP_PATH: &str = "/mulai";

/// Path at which Prometheus reads.
pub const METRICS_PATH: &str = "/metrics";
/// Paths at which machines ask whether the service lives: they answer without looking who asks.
pub const PROBES: [&str; 3] = ["/livez", "/readyz", "/healthz"];
/// Path to which a session is ended.
pub const SIGN_OUT_PATH: &str = "/keluar";
/// Path of the page on which one's own password is changed.
pub const NEW_PASSWORD_PATH: &str = "/akun/sandi";

/// Conditions under which an address answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteNeed {
    /// Always: what a browser needs before anybody signed in.
    Nothing,
    /// For any account.
    Account,
    /// For whoever has one of these rights somewhere.
    One(&'static [Right]),
    /// For whoever has this right for all Puskesmas that there are and will be.
    Everywhere(Right),
    /// The same, and for programs on this machine, with nobody between.
    OnMachineOr(Right),
}

impl RouteNeed {
    /// Reports whether the address asks for more than looking.
    fn is_to_act(self) -> bool {
        let to_look = [Right::See, Right::SeeFacility];
        matches!(self, Self::One(rights) if rights.iter().any(|right| !to_look.contains(right)))
    }

    /// Reports whether the address shows one facility: elsewhere an account's facilities open nothing.
    fn is_of_facility(self) -> bool {
        let of_facility = [Right::SeeFacility, Right::AnswerFollowUps];
        matches!(self, Self::One(rights) if rights.iter().any(|right| of_facility.contains(right)))
    }
}

/// An address with what it asks for: to be read, and to be changed.
#[derive(Clone, Copy, Debug)]
pub struct RouteRights {
    /// Path as the router writes it.
    pub path: &'static str,
    /// For GET; none where it cannot be read.
    pub read: Option<RouteNeed>,
    /// For POST; none where nothing can be changed.
    pub change: Option<RouteNeed>,
}

const fn read(path: &'static str, need: RouteNeed) -> RouteRights {
    RouteRights { path, read: Some(need), change: None }
}

const fn change(path: &'static str, need: RouteNeed) -> RouteRights {
    RouteRights { path, read: None, change: Some(need) }
}

const fn both(path: &'static str, read: RouteNeed, change: RouteNeed) -> RouteRights {
    RouteRights { path, read: Some(read), change: Some(change) }
}

const SEE: RouteNeed = RouteNeed::One(&[Right::See]);
/// A facility's own page and its parts.
const SEE_FACILITY: RouteNeed = RouteNeed::One(&[Right::See, Right::SeeFacility]);
const IMPORT: RouteNeed = RouteNeed::One(&[Right::Import]);
/// Files on their way in.
const BRING: RouteNeed = RouteNeed::One(&[Right::Import, Right::Figures]);
/// Rows of forms, each table with a right of its own.
const WRITE: RouteNeed = RouteNeed::One(&[Right::Edit, Right::Figures, Right::Feedback]);
const EDIT: RouteNeed = RouteNeed::One(&[Right::Edit]);
const JOBS: RouteNeed = RouteNeed::Everywhere(Right::RunJobs);
const ANSWER: RouteNeed = RouteNeed::One(&[Right::AnswerFollowUps]);
const OWN: RouteNeed = RouteNeed::Account;
const ADMINISTER: RouteNeed = RouteNeed::Everywhere(Right::Administer);
const AUDIT: RouteNeed = RouteNeed::One(&[Right::ReadAudit]);
/// Steps of the approval of a period, each with a right of its own.
const DECIDE: RouteNeed = RouteNeed::One(&[Right::Submit, Right::Approve, Right::Verify]);
/// Steps with an item of the district team's coaching, each of one side.
const TAKE_STEP: RouteNeed = RouteNeed::One(&[Right::Edit, Right::Approve, Right::Feedback]);
/// Files of evidence: the district's side attaches to items of its coaching alone.
const ATTACH: RouteNeed = RouteNeed::One(&[Right::Edit, Right::Feedback]);
/// Matters that meetings hand to the district: raised by the Puskesmas, answered by the district.
const RAISE_OR_ANSWER: RouteNeed = RouteNeed::One(&[Right::Edit, Right::Feedback]);
const OPEN: RouteNeed = RouteNeed::Nothing;

/// Every address of the service.
pub const ROUTES: &[RouteRights] = &[
    read("/", SEE_FACILITY),
    read("/halaman/{slug}", SEE),
    read("/lokmin/rapat", SEE),
    read("/kabupaten", SEE),
    read("/kabupaten/{cluster}", SEE),
    read("/semua-puskesmas", SEE),
    both("/pkp", SEE, RAISE_OR_ANSWER),
    read("/jejaring", SEE),
    read("/faskes", SEE),
    read("/faskes/{name}", SEE_FACILITY),
    change("/faskes/{name}/tindak-lanjut", ANSWER),
    read("/asal-angka", SEE),
    read("/impor/{batch}", SEE),
    read("/impor/{batch}/berkas", SEE),
    read("/impor/{batch}/sel", SEE),
    read("/bukti", SEE),
    read("/laporan", SEE),
    read("/laporan/{name}", SEE),
    read("/grafik/{page}/{file}", SEE_FACILITY),
    read("/bagian/{page}/{panel}", SEE_FACILITY),
    read("/api/v1", RouteNeed::Account),
    read("/api/v1/openapi.json", RouteNeed::Account),
    read("/api/v1/puskesmas", SEE),
    read("/api/v1/facilities", SEE),
    read("/api/v1/evaluation", SEE),
    read("/api/v1/tables/{page}/{table}", SEE),
    read("/api/v1/charts/{page}/{panel}", SEE),
    read("/api/v1/calendar", SEE),
    read("/api/v1/pws/{code}", SEE),
    read("/api/v1/lineage", SEE),
    read("/api/v1/imports", SEE),
    read("/api/v1/entries", SEE),
    read("/api/v1/pkp", SEE),
    read("/api/v1/plans", SEE),
    read("/api/v1/network", SEE),
    read("/api/v1/own-indicators", SEE),
    read("/api/v1/evidence", SEE),
    read("/api/v1/dhis2", SEE),
    read("/api/v1/facts", SEE),
    read("/api/v1/jobs", JOBS),
    read("/api/{*rest}", RouteNeed::Account),
    read("/impor", SEE),
    read("/impor/{batch}/bertanda", SEE),
    both("/impor/{batch}/batal", IMPORT, IMPORT),
    change("/impor/{batch}/jelaskan", IMPORT),
    both("/impor/nama", BRING, BRING),
    both("/impor/bentuk", SEE, IMPORT),
    change("/impor/nama/cabut", IMPORT),
    change("/impor/unggah", BRING),
    read("/impor/draf/{id}", BRING),
    change("/impor/draf/{id}/terima", BRING),
    change("/impor/draf/{id}/pemilik", BRING),
    change("/impor/draf/{id}/buang", BRING),
    change("/impor/draf/{id}/kata", BRING),
    change("/impor/draf/{id}/masa", BRING),
    both("/impor/draf/{id}/lembar", BRING, BRING),
    read("/catatan", SEE),
    both("/catatan/{table}", SEE, WRITE),
    change("/catatan/{table}/tarik", WRITE),
    change("/catatan/{table}/tempel", WRITE),
    change("/catatan/{table}/tempel/simpan", WRITE),
    both("/bukti/lampirkan", SEE, ATTACH),
    read("/bukti/berkas/{id}", SEE),
    change("/bukti/berkas/{id}/tarik", EDIT),
    change("/bukti/berkas/{id}/hapus", EDIT),
    change("/lokmin/rapat/keputusan", EDIT),
    change("/lokmin/rapat/selesai", EDIT),
    change("/lokmin/rapat/hadir", EDIT),
    read("/bantuan", RouteNeed::Account),
    read("/bantuan/definisi", RouteNeed::Account),
    read("/bantuan/lisensi", RouteNeed::Account),
    read("/bantuan/gambar/{name}", RouteNeed::Account),
    read("/gaya", RouteNeed::Account),
    read("/gaya/rapat", RouteNeed::Account),
    read("/cuplikan", SEE),
    read("/cuplikan/{id}", SEE),
    read("/cuplikan/berkas/{edition}/{format}", SEE),
    read("/daftar-tilik", SEE),
    read("/daftar-tilik/{name}", SEE),
    both("/daftar-tilik/isi", SEE, EDIT),
    read("/templat", SEE),
    read("/templat/{kind}", SEE),
    read("/healthz", RouteNeed::Nothing),
    read("/favicon.svg", RouteNeed::Nothing),
    read("/favicon.ico", RouteNeed::Nothing),
    read("/aset/{name}", RouteNeed::Nothing),
    read("/pekerjaan", JOBS),
    read("/pekerjaan-kabar", JOBS),
    read("/pekerjaan/{name}", JOBS),
    change("/pekerjaan/{name}/jalankan", JOBS),
    change("/pekerjaan/{name}/jeda", JOBS),
    change("/pekerjaan/{name}/lanjut", JOBS),
    read("/pekerjaan/{name}/{run}", JOBS),
    read("/berkas-pekerjaan/{run}/{place}", JOBS),
    read("/evaluasi-tersimpan/{id}", SEE),
    read("/livez", RouteNeed::Nothing),
    read("/readyz", RouteNeed::Nothing),
    read("/metrics", RouteNeed::OnMachineOr(Right::ReadMetrics)),
    both("/laporan-semua", SEE, SEE),
    read("/laporan-semua/kabar", SEE),
    read("/laporan-semua/arsip", SEE),
    read("/laporan/akreditasi.zip", SEE),
    both("/laporan/{kind}/narasi", SEE, EDIT),
    change("/laporan/{kind}/nomor", EDIT),
    change("/laporan/{kind}/surat", EDIT),
    change("/laporan/{kind}/penulis", EDIT),
    read("/dhis2", SEE),
    read("/dhis2/nilai.json", SEE),
    both("/laporan/{kind}/templat", SEE, EDIT),
    read("/laporan/{kind}/templat/isi", SEE),
    read("/laporan/{kind}/templat/berkas", SEE),
    change("/laporan/{kind}/templat/hapus", EDIT),
    both("/pengaturan-surat", SEE, EDIT),
    change("/pengaturan-surat/penulis", EDIT),
    change("/pengaturan-surat/logo", EDIT),
    read("/pengaturan-surat/logo.png", SEE),
    both("/periksa-surat", OWN, OWN),
    both("/persetujuan", SEE, DECIDE),
    read("/pembinaan-tpcb", SEE),
    both("/indikator-puskesmas", SEE, EDIT),
    both("/masalah-dinas", SEE, RAISE_OR_ANSWER),
    both("/ruk-rpk", SEE, RAISE_OR_ANSWER),
    read("/pembinaan-tpcb/{day}", SEE),
    change("/pembinaan-tpcb/{day}/langkah", TAKE_STEP),
    read("/persetujuan/angka/{step}", SEE),
    read("/api/v1/approvals", SEE),
    read("/jejak", AUDIT),
    read("/api/v1/audit", AUDIT),
    both("/masuk", OPEN, OPEN),
    both("/masuk/penyedia", OPEN, OPEN),
    read("/masuk/penyedia/kembali", OPEN),
    change("/keluar", OPEN),
    both("/kode", OPEN, OPEN),
    both("/mulai", OPEN, OPEN),
    both("/awal", ADMINISTER, ADMINISTER),
    read("/akun", OWN),
    both("/akun/sandi", OWN, OWN),
    change("/akun/sesi", OWN),
    change("/akun/sesi-lain", OWN),
    change("/akun/dua-langkah", OWN),
    change("/akun/dua-langkah/pastikan", OWN),
    change("/akun/dua-langkah/hapus", OWN),
    change("/akun/token", OWN),
    change("/akun/token/cabut", OWN),
    read("/akun/data.json", OWN),
    both("/data-pribadi", ADMINISTER, ADMINISTER),
    change("/data-pribadi/unduh", ADMINISTER),
    change("/data-pribadi/hapus", ADMINISTER),
    change("/data-pribadi/impor", ADMINISTER),
    both("/pengguna", ADMINISTER, ADMINISTER),
    both("/pengguna/{id}", ADMINISTER, ADMINISTER),
];

/// The rights that an address asks for; none where there is no such address, or not to be used in this way.
pub fn need_of(path: &str, method: &Method) -> Option<RouteNeed> {
    need_of_route(ROUTES.iter().find(|route| route.path == path)?, method)
}

/// The rights that a route asks for; none where it is not to be used in this way.
pub fn need_of_route(route: &RouteRights, method: &Method) -> Option<RouteNeed> {
    match *method {
        Method::GET | Method::HEAD => route.read,
        Method::POST => route.change,
        _ => None,
    }
}

/// The route to which a path leads, as the router chooses it: of several that fit, the one with more words of its own.
pub fn route_of(path: &str) -> Option<&'static RouteRights> {
    let fitting = ROUTES.iter().filter(|route| own_words(route.path, path).is_some());
    fitting.max_by_key(|route| own_words(route.path, path))
}

/// Marks each part of a path that a pattern names itself, the first in the highest place; none where it does not fit.
fn own_words(pattern: &str, path: &str) -> Option<u32> {
    let mut marks = 0;
    let mut parts = path.split('/');
    for named in pattern.split('/') {
        if named.starts_with("{*") {
            return Some(marks);
        }
        let part = parts.next()?;
        let is_named = !named.starts_with('{');
        if is_named && named != part || !is_named && part.is_empty() {
            return None;
        }
        marks = 2 * marks + u32::from(is_named);
    }
    parts.next().is_none().then_some(marks)
}

/// The right that somebody lacks for what a route asks; none where it may be used. Whoever has signed in lacks no account.
/// At a place, a Puskesmas, the rights to act count that hold there; what is only read is judged by itself when it is asked.
pub fn lacking(need: RouteNeed, access: &Access, place: Option<&str>) -> Option<Right> {
    if let (RouteNeed::One(rights), Some(place)) = (need, place)
        && need.is_to_act()
        && !rights.iter().any(|right| access.may(*right, place))
    {
        return rights.first().copied();
    }
    match refusal(need, access, false) {
        Some(RouteRefusal::Lacks(right)) => Some(right),
        Some(RouteRefusal::NotSignedIn) | None => None,
    }
}

/// Lets a request through to its handler where the one who asks may use the address.
pub async fn hold(mut request: Request, next: Next) -> Response {
    let Some(path) = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str) else {
        return next.run(request).await;
    };
    let Some(need) = need_of(path, request.method()) else {
        // The router tells apart what is not there and what is asked in a wrong way, where the table knows the path.
        let is_known = ROUTES.iter().any(|route| route.path == path);
        if is_known {
            return next.run(request).await;
        }
        let missing = anyhow::anyhow!("the address {path} has no rights in the table");
        return PageError::Fault(missing).into_response();
    };
    let Some(access) = request.extensions().get::<Access>() else {
        return PageError::Fault(anyhow::anyhow!("a request came past the front")).into_response();
    };
    let is_on_machine = request.extensions().get::<RequestSource>().is_some_and(|source| source.is_on_machine);
    match refusal(need, access, is_on_machine) {
        None => {
            if !need.is_of_facility() {
                let whole = access.clone().of_whole_puskesmas();
                request.extensions_mut().insert(whole);
            }
            next.run(request).await
        }
        Some(refusal) => refused(refusal, &request),
    }
}

/// Why somebody may not use an address.
#[derive(Clone, Copy, Debug)]
enum RouteRefusal {
    /// Nobody has signed in.
    NotSignedIn,
    /// The account lacks this right.
    Lacks(Right),
}

fn refusal(need: RouteNeed, access: &Access, is_on_machine: bool) -> Option<RouteRefusal> {
    let lacks = match need {
        RouteNeed::Nothing => return None,
        RouteNeed::OnMachineOr(_) if is_on_machine => return None,
        _ if access.is_nobody() => return Some(RouteRefusal::NotSignedIn),
        RouteNeed::Account => return None,
        RouteNeed::One(rights) if rights.iter().any(|right| access.may_somewhere(*right)) => return None,
        RouteNeed::One(rights) => *rights.first()?,
        RouteNeed::Everywhere(right) | RouteNeed::OnMachineOr(right) if access.may_everywhere(right) => return None,
        RouteNeed::Everywhere(right) | RouteNeed::OnMachineOr(right) => right,
    };
    Some(RouteRefusal::Lacks(lacks))
}

fn refused(refusal: RouteRefusal, request: &Request) -> Response {
    let path = request.uri().path();
    // A program that brings a token wants no page on which to sign in.
    let brings_token = path == METRICS_PATH && request.headers().contains_key(header::AUTHORIZATION);
    let is_api = path.starts_with("/api/") || brings_token;
    match refusal {
        RouteRefusal::NotSignedIn if is_api || request.method() != Method::GET => {
            let advice = "Masuk dahulu di halaman /masuk (untuk API: sertakan token), lalu ulangi.";
            refusal_answer(PageError::refused(StatusCode::UNAUTHORIZED, "Belum masuk", advice), is_api)
        }
        RouteRefusal::NotSignedIn => {
            let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
            let address = format!("{SIGN_IN_PATH}?lanjut={}", encode(wanted));
            (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
        }
        RouteRefusal::Lacks(right) => {
            let advice = sentence(&AppError::NotAllowed { right }.to_string());
            refusal_answer(PageError::refused(StatusCode::FORBIDDEN, "Tidak berwenang", advice), is_api)
        }
    }
}

fn refusal_answer(error: PageError, is_api: bool) -> Response {
    if is_api { ApiError::from(error).into_response() } else { error.into_response() }
}
