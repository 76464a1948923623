//! Every address in one table, and what stands around all of them.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::error::{ApiError, PageError};
use super::listening::Listening;
use super::memo;
use super::pages::{
    accounts, annual_plans, answers, approvals, around, audit, bulk, bundle, charts, checklists, coaching, dashboards,
    dhis2, district, entries, evidence, facilities, first_start, gallery, health, help, imports, intake, job, jobs,
    letter, matters, meeting, meeting_said, narrative, network, notices, office_templates, origin, own_indicators,
    panel, paper, paper_check, paper_letter, personal, pkp, printed, reports, templates,
};
use super::site::Server;
use super::view::frame::{NETWORK_PATH, OWN_INDICATORS_PATH, PKP_PATH};
use super::view::links::DISTRICT_PATH;
use super::{api, assets, door, front, rights};
use crate::app::App;
use crate::app::identity_provider::RETURN_PATH;
use crate::charts::LOGO_BYTES_MAX;

/// Bytes of a form at most; uploads have limits of their own.
const BODY_BYTES_MAX: usize = 64 << 10;
/// Bytes of a form that holds the text of a paper (five sections, every letter written as `%E2%80%9C`), or a logo.
const TEXT_BYTES_MAX: usize = LOGO_BYTES_MAX + (64 << 10);
/// Bytes of any request at most: above the bounds of uploads, which name the file that is too large.
const REQUEST_BYTES_MAX: usize = 512 << 20;
/// A request that takes longer is given up.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(30);
/// The same for uploads over a slow line, and for trying many files out.
const UPLOAD_TIME_MAX: Duration = Duration::from_mins(10);

/// All of it, for a service on `port` of this machine.
pub fn router(app: App, port: u16) -> Router {
    routes(Server::new(app, Listening::plain(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))))
}

/// The same over a service that somebody else stops.
pub(super) fn routes(service: Server) -> Router {
    let remembered = Router::new()
        .route("/", get(dashboards::overview))
        .route("/halaman/{slug}", get(dashboards::page))
        .route(meeting::PATH, get(meeting::show))
        .route(DISTRICT_PATH, get(district::show))
        .route("/kabupaten/{cluster}", get(district::cluster))
        .route("/semua-puskesmas", get(district::former))
        .route(NETWORK_PATH, get(network::show))
        .route("/faskes", get(facilities::list))
        .route("/faskes/{name}", get(facilities::one))
        .route("/asal-angka", get(origin::show))
        .route("/impor/{batch}", get(imports::one))
        .route("/impor/{batch}/berkas", get(imports::original))
        .route("/impor/{batch}/sel", get(around::show))
        .route(evidence::PATH, get(evidence::show))
        .route(paper::LIST, get(reports::list))
        .route("/laporan/{name}", get(reports::file))
        .route(approvals::FORMER, get(approvals::former))
        .route("/grafik/{page}/{file}", get(charts::file))
        .route("/bagian/{page}/{panel}", get(panel::show))
        .route("/api/v1", get(api::index))
        .route("/api/v1/puskesmas", get(api::puskesmas))
        .route("/api/v1/facilities", get(api::facilities))
        .route("/api/v1/evaluation", get(api::evaluation))
        .route("/api/v1/tables/{page}/{table}", get(api::table))
        .route("/api/v1/charts/{page}/{panel}", get(api::chart))
        .route("/api/v1/approvals", get(api::approvals))
        .route("/api/v1/calendar", get(api::calendar))
        .route("/api/v1/pws/{code}", get(api::pws))
        .route("/api/v1/lineage", get(api::lineage))
        .route("/api/v1/imports", get(api::imports))
        .route("/api/v1/entries", get(api::entries))
        .route("/api/v1/evidence", get(api::evidence))
        .route("/api/v1/pkp", get(api::pkp))
        .route("/api/v1/plans", get(api::plans))
        .route("/api/v1/network", get(api::network))
        .route("/api/v1/own-indicators", get(api::own_indicators))
        .route("/api/v1/facts", get(api::facts))
        .route_layer(map_response(front::mark));
    let quick = remembered
        .merge(fresh())
        .merge(scheduled())
        .route("/api/{*rest}", get(unknown_api))
        .fallback(unknown_page)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIME_MAX))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX));
    quick
        .merge(written())
        .merge(slow())
        .merge(doors())
        .route_layer(from_fn(rights::hold))
        .with_state(service.clone())
        .layer(CatchPanicLayer::custom(panicked))
        // No route is without a bound on bytes and time, also one that has none of its own.
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, UPLOAD_TIME_MAX))
        .layer(RequestBodyLimitLayer::new(REQUEST_BYTES_MAX))
        .layer(from_fn_with_state(service.clone(), front::front))
        .layer(from_fn_with_state(service, door::pass))
}

/// Answers of the API that rest on more than the data: made anew each time, and told apart by the tag of their bytes.
fn tagged() -> Router<Server> {
    Router::new()
        .route(api::OPENAPI_PATH, get(api::description))
        .route("/api/v1/audit", get(api::audit))
        .route("/api/v1/dhis2", get(api::dhis2))
        .route("/api/v1/jobs", get(api::jobs))
        .route_layer(from_fn(memo::tagged))
}

/// Routes whose answers change with the clock, and not with the data alone.
fn fresh() -> Router<Server> {
    Router::new()
        .route("/impor", get(imports::list))
        .route("/impor/{batch}/bertanda", get(imports::marked))
        .route("/impor/{batch}/batal", get(intake::undo::ask).post(intake::undo::carry_out))
        .route("/impor/{batch}/jelaskan", post(intake::layout::again))
        .route("/impor/nama", get(intake::names::show).post(intake::names::answer))
        .route(intake::forms::PATH, get(intake::forms::download))
        .route("/impor/nama/cabut", post(intake::names::revoke))
        .route("/impor/draf/{id}/pemilik", post(intake::draft::own))
        .route("/impor/draf/{id}/buang", post(intake::draft::discard))
        .route("/impor/draf/{id}/kata", post(intake::words::say))
        .route("/impor/draf/{id}/masa", post(intake::layout::say_period))
        .route("/impor/draf/{id}/lembar", get(intake::layout::show).post(intake::layout::explain))
        .route(entries::PATH, get(entries::index))
        .route("/catatan/{table}", get(entries::show).post(entries::write))
        .route("/catatan/{table}/tarik", post(entries::withdraw))
        .route("/bukti/berkas/{id}", get(evidence::download))
        .route("/bukti/berkas/{id}/tarik", post(evidence::withdraw))
        .route("/bukti/berkas/{id}/hapus", post(evidence::erase))
        .route("/faskes/{name}/tindak-lanjut", post(answers::answer))
        .route(meeting_said::DECISION, post(meeting_said::decide))
        .route(meeting_said::DONE, post(meeting_said::tick))
        .route(approvals::PATH, get(approvals::show).post(approvals::take))
        .route(coaching::PATH, get(coaching::list))
        .route(OWN_INDICATORS_PATH, get(own_indicators::show).post(own_indicators::switch))
        .route(matters::PATH, get(matters::show).post(matters::act))
        .route(PKP_PATH, get(pkp::show).post(pkp::act))
        .route(annual_plans::PATH, get(annual_plans::show).post(annual_plans::act))
        .route(coaching::ONE, get(coaching::show))
        .route(coaching::STEP, post(coaching::take))
        .route(help::PATH, get(help::show))
        .route(gallery::PATH, get(gallery::show))
        .route(gallery::SLIDES_PATH, get(gallery::show_slides))
        .route(help::DEFINITIONS_PATH, get(help::definitions))
        .route(notices::PATH, get(notices::show))
        .route("/bantuan/gambar/{name}", get(help::picture))
        .route(printed::PATH, get(printed::ask))
        .route("/cuplikan/{id}", get(printed::show))
        .route("/cuplikan/berkas/{edition}/{format}", get(printed::file))
        .route(checklists::PATH, get(checklists::list))
        .route(checklists::FILE, get(checklists::file))
        .route(checklists::TYPING, get(checklists::show_typing).post(checklists::write_typing))
        .route("/templat", get(templates::list))
        .route("/templat/{kind}", get(templates::one))
        .route(audit::PATH, get(audit::show))
        .route(dhis2::PATH, get(dhis2::show))
        .route(dhis2::FILE, get(dhis2::file))
        .merge(tagged())
        .route("/livez", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/healthz", get(health::health))
        .route("/favicon.svg", get(assets::favicon))
        .route("/favicon.ico", get(assets::favicon))
        .route("/aset/{name}", get(assets::asset))
}

/// Scheduled jobs, and papers in one go: they change with the clock and the ledger.
fn scheduled() -> Router<Server> {
    Router::new()
        .route("/pekerjaan", get(jobs::list))
        .route("/pekerjaan-kabar", get(jobs::news))
        .route("/pekerjaan/{name}", get(job::one))
        .route("/pekerjaan/{name}/jalankan", post(jobs::run_now))
        .route("/pekerjaan/{name}/jeda", post(jobs::pause))
        .route("/pekerjaan/{name}/lanjut", post(jobs::resume))
        .route("/pekerjaan/{name}/{run}", get(job::run))
        .route("/berkas-pekerjaan/{run}/{place}", get(job::file))
        .route("/evaluasi-tersimpan/{id}", get(job::evaluation))
        .route(bulk::PATH, get(bulk::show).post(bulk::start))
        .route("/laporan-semua/kabar", get(bulk::watch))
        .route("/laporan-semua/arsip", get(bulk::archive))
        .route(rights::METRICS_PATH, get(jobs::prometheus))
}

/// Signing in and out, one's own account, and everybody's.
fn doors() -> Router<Server> {
    Router::new()
        .route(rights::SIGN_IN_PATH, get(accounts::ask).post(accounts::sign_in))
        .route(accounts::PROVIDER_PATH, get(accounts::begin).post(accounts::link))
        .route(RETURN_PATH, get(accounts::back))
        .route(rights::SIGN_OUT_PATH, post(accounts::sign_out))
        .route(accounts::CODE_PATH, get(accounts::code_page).post(accounts::redeem))
        .route(accounts::SET_UP_PATH, get(accounts::set_up_page).post(accounts::set_up))
        .route(accounts::OWN_PATH, get(accounts::show))
        .route(rights::NEW_PASSWORD_PATH, get(accounts::password_page).post(accounts::change_password))
        .route("/akun/sesi", post(accounts::end_session))
        .route("/akun/sesi-lain", post(accounts::end_others))
        .route("/akun/dua-langkah", post(accounts::enrol_totp))
        .route("/akun/dua-langkah/pastikan", post(accounts::confirm_totp))
        .route("/akun/dua-langkah/hapus", post(accounts::remove_totp))
        .route("/akun/token", post(accounts::make_token))
        .route("/akun/token/cabut", post(accounts::revoke_token))
        .route("/akun/data.json", get(accounts::export))
        .route(accounts::USERS_PATH, get(accounts::users).post(accounts::make_user))
        .route("/pengguna/{id}", get(accounts::user).post(accounts::change_user))
        .route(first_start::PATH, get(first_start::ask).post(first_start::take))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIME_MAX))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
}

/// Texts of papers, letter details, logos and pasted blocks: longer than other forms.
fn written() -> Router<Server> {
    Router::new()
        .route("/laporan/{kind}/narasi", get(narrative::show).post(narrative::change))
        .route("/laporan/{kind}/nomor", post(paper_letter::number))
        .route("/laporan/{kind}/surat", post(paper_letter::lines))
        .route("/laporan/{kind}/penulis", post(paper_letter::author))
        .route("/laporan/{kind}/templat/isi", get(office_templates::filled))
        .route("/laporan/{kind}/templat/berkas", get(office_templates::file))
        .route("/laporan/{kind}/templat/hapus", post(office_templates::remove))
        .route("/pengaturan-surat/penulis", post(letter::save_author))
        .route(paper::LETTER, get(letter::show).post(letter::save))
        .route("/pengaturan-surat/logo", post(letter::save_logo))
        .route("/catatan/{table}/tempel", post(entries::preview_block))
        .route("/catatan/{table}/tempel/simpan", post(entries::accept_block))
        .route(intake::forms::PATH, post(intake::forms::take))
        .route(meeting_said::ATTENDANCE, post(meeting_said::attend))
        .route("/pengaturan-surat/logo.png", get(letter::logo))
        .layer(DefaultBodyLimit::max(TEXT_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIME_MAX))
        .layer(RequestBodyLimitLayer::new(TEXT_BYTES_MAX))
}

/// Routes that take files in and try them out, the bundle of all papers, and searches through all that is kept: larger
/// and slower than a page.
fn slow() -> Router<Server> {
    let small = Router::new()
        .route("/impor/draf/{id}", get(intake::draft::show))
        .route("/impor/draf/{id}/terima", post(intake::draft::accept))
        .route(bundle::PATH, get(bundle::download))
        .route(personal::PATH, get(personal::show).post(personal::seek))
        .route(personal::HAND_OVER_PATH, post(personal::hand_over))
        .route(personal::ERASE_PATH, post(personal::erase))
        .route(personal::SETTING_PATH, post(personal::set_fate))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX));
    Router::new()
        .route("/impor/unggah", post(intake::upload::receive))
        .route(paper_check::PATH, get(paper_check::show).post(paper_check::judge))
        .route("/laporan/{kind}/templat", get(office_templates::show).post(office_templates::receive))
        .route(evidence::THING, get(evidence::thing).post(evidence::receive))
        // The handlers count the bytes themselves, file by file, and say which file is too large.
        .layer(DefaultBodyLimit::disable())
        .merge(small)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, UPLOAD_TIME_MAX))
}

async fn unknown_page() -> PageError {
    PageError::not_found("Alamat ini tidak ada di Simpul. Mungkin salah ketik; mulailah dari halaman pertama.")
}

async fn unknown_api() -> ApiError {
    PageError::not_found("Alamat API ini tidak ada; lihat /api/v1.").into()
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the cause over")]
fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().cloned();
    let text = text.or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default();
    PageError::Fault(anyhow::anyhow!("panic: {text}")).into_response()
}
