//! Signing in and out, one-time codes, and the first account of an installation.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::words::{ArrivalQuery, kept_nowhere, own_address};
use super::{CODE_PATH, PROVIDER_PATH, SET_UP_PATH};
use crate::app::accounts::{AccountError, AccountService, LogInRequest, LoggedIn, NewPerson};
use crate::domain::access::Origin;
use crate::store::StoredAccount;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, see};
use crate::web::identity::{OwnSession, Visitor};
use crate::web::pages::{PageQuery, html};
use crate::web::query::encode;
use crate::web::rights::{NEW_PASSWORD_PATH, SIGN_IN_PATH};
use crate::web::site::Server;
use crate::web::view::frame::PageFrame;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: PageFrame,
    name: String,
    next: String,
    notice: &'static str,
    fault: String,
    /// Words and address of the identity provider's button; none: without one.
    provider: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "redeem.html")]
struct RedeemPage {
    frame: PageFrame,
    /// True for the first account, which has no name yet.
    is_first: bool,
    action: &'static str,
    form: RedeemForm,
    fault: String,
}

/// `GET /masuk`: the form for name and password.
pub async fn ask(
    State(server): State<Server>,
    own: Option<Extension<OwnSession>>,
    PageQuery(query): PageQuery,
) -> PageResult {
    if !server.hash(Server::has_accounts).await? {
        return Ok(see(SET_UP_PATH));
    }
    let asked: ArrivalQuery = query.read()?;
    let next = own_address(asked.lanjut.as_deref().unwrap_or("/")).to_owned();
    if own.is_some() {
        return Ok(see(&next));
    }
    let notice = match asked.kabar.as_str() {
        "keluar" => "Anda sudah keluar.",
        "sandi" => "Kata sandi tersimpan. Sekarang masuklah dengannya.",
        _ => "",
    };
    sign_in_page(&server, SignInForm::leading_to(next), notice, String::new())
}

pub(super) fn sign_in_page(server: &Server, form: SignInForm, notice: &'static str, fault: String) -> PageResult {
    let frame = PageFrame::outside("Masuk ke Simpul");
    let address = || format!("{PROVIDER_PATH}?lanjut={}", encode(&form.next));
    let provider = server.listening().provider.as_ref().map(|known| (known.label.clone(), address()));
    html(&SignInPage { frame, name: form.name, next: form.next, notice, fault, provider }).map(kept_nowhere)
}

/// Name and password as they were sent.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    #[serde(rename = "nama")]
    name: String,
    #[serde(rename = "sandi")]
    password: String,
    #[serde(rename = "kode")]
    second: String,
    #[serde(rename = "lanjut")]
    next: String,
}

impl SignInForm {
    /// An empty one that leads on to an address.
    pub(super) fn leading_to(next: String) -> Self {
        Self { next, ..Self::default() }
    }
}

/// `POST /masuk`: checks name and password and begins a session.
pub async fn sign_in(
    State(server): State<Server>,
    visitor: Visitor,
    Submitted(form): Submitted<SignInForm>,
) -> PageResult {
    server
        .hash(move |server| {
            let app = server.for_access(server.owner(Origin::Page(visitor.address)));
            let request = LogInRequest {
                name: &form.name,
                password: &form.password,
                second: Some(form.second.as_str()),
                from: visitor.came_from(),
                former: visitor.session.as_deref(),
            };
            match app.app().accounts().log_in(&request) {
                Ok(begun) => Ok(signed_in(&visitor, &begun, own_address(&form.next))),
                Err(error) => refused(server, form, error),
            }
        })
        .await
}

fn refused(server: &Server, form: SignInForm, error: AccountError) -> PageResult {
    if error.is_failure() {
        return Err(PageError::Fault(error.into()));
    }
    let status = match error {
        AccountError::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = sign_in_page(server, form, "", sentence(&error.to_string()))?;
    Ok((status, page).into_response())
}

/// Leads on with the cookies of a new session.
pub(super) fn signed_in(visitor: &Visitor, begun: &LoggedIn, next: &str) -> Response {
    let next = if begun.must_change { NEW_PASSWORD_PATH } else { next };
    let mut answer = kept_nowhere(see(next));
    for cookie in visitor.cookies_of(begun) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// `POST /keluar`: ends the session.
pub async fn sign_out(State(server): State<Server>, visitor: Visitor) -> PageResult {
    server
        .hash(move |server| {
            if let Some(token) = &visitor.session {
                let site = server.for_access(server.owner(Origin::Page(visitor.address)));
                site.app().accounts().log_out(token)?;
            }
            let mut answer = see(&format!("{SIGN_IN_PATH}?kabar=keluar"));
            answer.headers_mut().extend(visitor.ended_cookie().map(|cookie| (header::SET_COOKIE, cookie)));
            Ok(answer)
        })
        .await
}

/// A one-time code with what is chosen by it.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct RedeemForm {
    #[serde(rename = "kode")]
    code: String,
    #[serde(rename = "nama")]
    name: String,
    #[serde(rename = "lengkap")]
    full_name: String,
    #[serde(rename = "jabatan")]
    title: String,
    #[serde(rename = "sandi")]
    password: String,
    #[serde(rename = "ulang")]
    again: String,
}

fn redeem_page(form: RedeemForm, is_first: bool, fault: String) -> PageResult {
    let title = if is_first { "Akun pertama" } else { "Memilih kata sandi" };
    let action = if is_first { SET_UP_PATH } else { CODE_PATH };
    let form = RedeemForm { password: String::new(), again: String::new(), ..form };
    html(&RedeemPage { frame: PageFrame::outside(title), is_first, action, form, fault }).map(kept_nowhere)
}

/// `GET /kode`: the form that takes a one-time code and a new password.
pub async fn code_page() -> PageResult {
    redeem_page(RedeemForm::default(), false, String::new())
}

/// `GET /mulai`: the form for the first account, as long as there is none.
pub async fn set_up_page(State(server): State<Server>) -> PageResult {
    let has_accounts = server.hash(Server::has_accounts).await?;
    if has_accounts {
        return Ok(see(SIGN_IN_PATH));
    }
    redeem_page(RedeemForm::default(), true, String::new())
}

const NOT_THE_SAME: &str = "Kedua kata sandi tidak sama; ketik kata sandi yang sama dua kali.";

/// Redeems a code with the password that was typed twice, or shows the form again with what is wrong.
fn redeemed(
    server: &Server,
    visitor: &Visitor,
    form: RedeemForm,
    is_first: bool,
    redeem: impl FnOnce(AccountService<'_>, &RedeemForm) -> Result<StoredAccount, AccountError>,
) -> PageResult {
    let fault = if form.password == form.again {
        let site = server.for_access(server.owner(Origin::Page(visitor.address)));
        match redeem(site.app().accounts(), &form) {
            Ok(_account) => {
                site.changed();
                return Ok(see(&format!("{SIGN_IN_PATH}?kabar=sandi")));
            }
            Err(error) if error.is_failure() => return Err(PageError::Fault(error.into())),
            Err(error) => sentence(&error.to_string()),
        }
    } else {
        NOT_THE_SAME.to_owned()
    };
    let page = redeem_page(form, is_first, fault)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /kode`: chooses the password of the account that the code opens.
pub async fn redeem(
    State(server): State<Server>,
    visitor: Visitor,
    Submitted(form): Submitted<RedeemForm>,
) -> PageResult {
    server
        .hash(move |server| {
            redeemed(server, &visitor, form, false, |accounts, form| {
                accounts.redeem_code(&form.code, &form.password, visitor.came_from())
            })
        })
        .await
}

/// `POST /mulai`: makes the first administrator.
pub async fn set_up(
    State(server): State<Server>,
    visitor: Visitor,
    Submitted(form): Submitted<RedeemForm>,
) -> PageResult {
    server
        .hash(move |server| {
            redeemed(server, &visitor, form, true, |accounts, form| {
                let person = NewPerson { name: &form.name, full_name: &form.full_name, title: &form.title };
                accounts.redeem_set_up_code(&form.code, &person, &form.password, visitor.came_from())
            })
        })
        .await
}
