//! *Akun saya*: roles, password, sessions and devices, the second factor, tokens for programs.

use askama::Template;

use super::words::{ArrivalQuery, kept_nowhere, moment};
use crate::app::accounts::{AccountService, EnrolledTotp, SignedIn, TOKEN_LIFE_MAX, device_name, grant_words};
use crate::charts::QrPicture;
use crate::store::{StoredApiToken, TokenScope};
use crate::web::error::{PageError, PageResult};
use crate::web::identity::OwnSession;
use crate::web::pages::{PageQuery, html};
use crate::web::query::encode;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;

/// A session in the list.
struct SessionRow {
    id: i64,
    device: String,
    address: String,
    begun: String,
    seen: String,
    is_this: bool,
}

/// A token in the list.
struct TokenRow {
    id: i64,
    name: String,
    scope: &'static str,
    puskesmas: String,
    expires: String,
    seen: String,
    /// Blank where it is good; else the word for its end.
    ended: &'static str,
}

/// Words and secrets that the page shows once, after an action.
#[derive(Default)]
pub(super) struct OwnNews {
    /// A sentence about what was done.
    pub notice: String,
    /// A sentence about what was not.
    pub fault: String,
    /// A token that was just made.
    pub token: String,
    /// A second factor that waits for its first code.
    pub enrolled: Option<EnrolledTotp>,
    /// Recovery codes that were just made.
    pub recovery: Vec<String>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    frame: PageFrame,
    name: String,
    full_name: String,
    title: String,
    roles: Vec<String>,
    sessions: Vec<SessionRow>,
    devices: Vec<[String; 3]>,
    /// Providers by which the account is opened: issuer and day of the link.
    identities: Vec<(String, String)>,
    has_totp: bool,
    recovery_left: u32,
    tokens: Vec<TokenRow>,
    scopes: Vec<(&'static str, &'static str)>,
    token_days_max: i64,
    /// Picture of the address for an authenticator, as data.
    totp_picture: String,
    news: OwnNews,
}

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage {
    frame: PageFrame,
    must_change: bool,
    fault: String,
}

/// `GET /akun`: the account of who is logged in, its sessions and tokens.
pub async fn show(site: Site, OwnSession(signed_in): OwnSession, PageQuery(query): PageQuery) -> PageResult {
    let asked: ArrivalQuery = query.read()?;
    let notice = match asked.kabar.as_str() {
        "sandi" => "Kata sandi diganti. Semua sesi lain diakhiri.",
        "sesi" => "Sesi itu diakhiri.",
        "token" => "Token itu dicabut.",
        "langkah" => "Dua langkah tidak dipakai lagi.",
        _ => "",
    };
    let news = OwnNews { notice: notice.to_owned(), ..OwnNews::default() };
    site.compute(move |site| own_page(site, &signed_in, news)).await
}

pub(super) fn own_page(site: &Site, signed_in: &SignedIn, news: OwnNews) -> PageResult {
    let accounts = site.app().accounts();
    let account = &signed_in.account;
    let mut frame = PageFrame::new(site.app(), None, "Akun saya", super::OWN_PATH);
    frame.subtitle.clone_from(&account.name);
    let totp_picture = news.enrolled.as_ref().map(|enrolled| picture(&enrolled.uri)).unwrap_or_default();
    let page = AccountPage {
        frame,
        name: account.name.clone(),
        full_name: account.full_name.clone(),
        title: account.title.clone(),
        roles: accounts.grants(account.id)?.iter().map(|held| grant_words(&held.grant)).collect(),
        sessions: session_rows(accounts, signed_in)?,
        devices: device_rows(accounts, signed_in)?,
        identities: identity_rows(accounts, signed_in)?,
        has_totp: accounts.has_totp(account.id)?,
        recovery_left: accounts.recovery_codes_left(account.id)?,
        tokens: token_rows(site, accounts.api_tokens(account.id)?),
        scopes: TokenScope::ALL.map(|scope| (scope.code(), scope_words(scope))).to_vec(),
        token_days_max: TOKEN_LIFE_MAX.num_days(),
        totp_picture,
        news,
    };
    html(&page).map(kept_nowhere)
}

fn session_rows(accounts: AccountService<'_>, signed_in: &SignedIn) -> Result<Vec<SessionRow>, PageError> {
    let sessions = accounts.sessions(signed_in.account.id)?.into_iter();
    let rows = sessions.map(|session| SessionRow {
        id: session.id,
        device: device_name(&session.device),
        address: session.address,
        begun: moment(session.begun),
        seen: moment(session.seen),
        is_this: session.id == signed_in.session.id,
    });
    Ok(rows.collect())
}

fn device_rows(accounts: AccountService<'_>, signed_in: &SignedIn) -> Result<Vec<[String; 3]>, PageError> {
    let places = accounts.places(signed_in.account.id)?.into_iter();
    Ok(places.map(|place| [device_name(&place.shown), moment(place.begun), moment(place.seen)]).collect())
}

fn identity_rows(accounts: AccountService<'_>, signed_in: &SignedIn) -> Result<Vec<(String, String)>, PageError> {
    let identities = accounts.identities(signed_in.account.id)?.into_iter();
    Ok(identities.map(|identity| (identity.issuer, moment(identity.linked.at))).collect())
}

fn token_rows(site: &Site, tokens: Vec<StoredApiToken>) -> Vec<TokenRow> {
    let now = site.app().clock().now();
    let row = |token: StoredApiToken| TokenRow {
        id: token.id,
        ended: match &token.revoked {
            Some(_) => "dicabut",
            None if token.expires <= now => "berakhir",
            None => "",
        },
        name: token.name,
        scope: scope_words(token.scope),
        puskesmas: token.puskesmas.unwrap_or_default(),
        expires: moment(token.expires),
        seen: token.seen.map(moment).unwrap_or_default(),
    };
    tokens.into_iter().map(row).collect()
}

fn scope_words(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => "membaca",
        TokenScope::Import => "membaca dan mengimpor",
        TokenScope::Metrics => "membaca metrik layanan",
    }
}

/// The address of an authenticator as a QR code in SVG, as the source of a picture; blank where it does not fit in one.
fn picture(uri: &str) -> String {
    let Ok(code) = QrPicture::new(uri) else { return String::new() };
    format!("data:image/svg+xml,{}", encode(&code.svg()))
}

/// `GET /akun/sandi`: the form for another password.
pub async fn password_page(site: Site, OwnSession(signed_in): OwnSession) -> PageResult {
    site.compute(move |site| password(site, &signed_in, String::new())).await
}

pub(super) fn password(site: &Site, signed_in: &SignedIn, fault: String) -> PageResult {
    let must_change = signed_in.account.must_change;
    let title = "Ganti kata sandi";
    if must_change {
        return html(&PasswordPage { frame: PageFrame::outside(title), must_change, fault }).map(kept_nowhere);
    }
    let mut frame = PageFrame::new(site.app(), None, title, super::OWN_PATH);
    frame.crumbs = vec![("Akun saya".to_owned(), super::OWN_PATH.to_owned()), ("Kata sandi".to_owned(), String::new())];
    html(&PasswordPage { frame, must_change, fault }).map(kept_nowhere)
}
