//! Changes of one's own account: password, sessions, second factor, tokens; and the copy of what is kept of oneself.

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use chrono::Duration;
use serde::Deserialize;

use super::OWN_PATH;
use super::own::{OwnNews, own_page, password};
use super::words::kept_nowhere;
use crate::app::accounts::{AccountError, TokenWish};
use crate::store::TokenScope;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, number, see};
use crate::web::identity::{OwnSession, Visitor, refusal_page};
use crate::web::site::Site;

/// Days for which a token is good where nobody says how many.
const TOKEN_DAYS: i64 = 90;

/// A change of one's own password.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    #[serde(rename = "lama")]
    old: String,
    #[serde(rename = "sandi")]
    new: String,
    #[serde(rename = "ulang")]
    again: String,
}

/// `POST /akun/sandi`: another password, which ends the other sessions.
pub async fn change_password(
    site: Site,
    OwnSession(signed_in): OwnSession,
    visitor: Visitor,
    Submitted(form): Submitted<PasswordForm>,
) -> PageResult {
    site.take_in(move |site| {
        let refuse = |fault: String| {
            let page = password(site, &signed_in, fault)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        };
        if form.new != form.again {
            return refuse("Kedua kata sandi baru tidak sama; ketik kata sandi yang sama dua kali.".to_owned());
        }
        match site.app().accounts().change_password(&signed_in, &form.old, &form.new) {
            Ok(token) => {
                let mut answer = kept_nowhere(see(&format!("{OWN_PATH}?kabar=sandi")));
                let cookie = visitor.session_cookie(token.reveal());
                answer.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
                Ok(answer)
            }
            Err(error) if error.is_failure() => Err(PageError::Fault(error.into())),
            Err(error) => refuse(sentence(&error.to_string())),
        }
    })
    .await
}

/// A thing of the account by its number.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ChosenNumber {
    #[serde(rename = "nomor", deserialize_with = "number")]
    number: Option<i64>,
}

/// `POST /akun/sesi`: ends one session; without a number all of them, this one too.
pub async fn end_session(
    site: Site,
    OwnSession(signed_in): OwnSession,
    Submitted(form): Submitted<ChosenNumber>,
) -> PageResult {
    site.take_in(move |site| {
        let accounts = site.app().accounts();
        match form.number {
            Some(session) => accounts.end_session(signed_in.account.id, session).map_err(refusal_page)?,
            None => {
                accounts.end_all_sessions(signed_in.account.id).map_err(refusal_page)?;
            }
        }
        Ok(see(&format!("{OWN_PATH}?kabar=sesi")))
    })
    .await
}

/// `POST /akun/sesi-lain`: ends all sessions but this one.
pub async fn end_others(site: Site, OwnSession(signed_in): OwnSession) -> PageResult {
    site.take_in(move |site| {
        let count = site.app().accounts().end_other_sessions(&signed_in).map_err(refusal_page)?;
        let notice = format!("{count} sesi lain diakhiri; yang ini berjalan terus.");
        own_page(site, &signed_in, OwnNews { notice, ..OwnNews::default() })
    })
    .await
}

/// Shows the page again with what became of an action.
fn after(site: &Site, session: &OwnSession, news: Result<OwnNews, AccountError>) -> PageResult {
    match news {
        Ok(news) => own_page(site, &session.0, news),
        Err(error) if error.is_failure() => Err(PageError::Fault(error.into())),
        Err(error) => {
            let fault = sentence(&error.to_string());
            let page = own_page(site, &session.0, OwnNews { fault, ..OwnNews::default() })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// `POST /akun/dua-langkah`: makes a shared secret.
pub async fn enrol_totp(site: Site, session: OwnSession) -> PageResult {
    site.take_in(move |site| {
        let enrolled = site.app().accounts().enrol_totp(&session.0);
        after(site, &session, enrolled.map(|enrolled| OwnNews { enrolled: Some(enrolled), ..OwnNews::default() }))
    })
    .await
}

/// A code or a password that is typed to confirm something.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    #[serde(rename = "kode")]
    code: String,
    #[serde(rename = "sandi")]
    password: String,
}

/// `POST /akun/dua-langkah/pastikan`: takes the shared secret into use.
pub async fn confirm_totp(site: Site, session: OwnSession, Submitted(form): Submitted<ConfirmForm>) -> PageResult {
    site.take_in(move |site| {
        let codes = site.app().accounts().confirm_totp(&session.0, &form.code);
        let news = codes.map(|codes| OwnNews {
            notice: "Dua langkah dipakai mulai sekarang.".to_owned(),
            recovery: codes.iter().map(|code| code.reveal().to_owned()).collect(),
            ..OwnNews::default()
        });
        after(site, &session, news)
    })
    .await
}

/// `POST /akun/dua-langkah/hapus`: ends the second factor, on the password.
pub async fn remove_totp(site: Site, session: OwnSession, Submitted(form): Submitted<ConfirmForm>) -> PageResult {
    site.take_in(move |site| match site.app().accounts().remove_totp(&session.0, &form.password) {
        Ok(()) => Ok(see(&format!("{OWN_PATH}?kabar=langkah"))),
        Err(error) => after(site, &session, Err(error)),
    })
    .await
}

/// A token that is asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    #[serde(rename = "nama")]
    name: String,
    #[serde(rename = "lingkup")]
    scope: String,
    puskesmas: String,
    #[serde(rename = "hari", deserialize_with = "number")]
    days: Option<i64>,
}

/// `POST /akun/token`: makes a token, shown once.
pub async fn make_token(site: Site, session: OwnSession, Submitted(form): Submitted<TokenForm>) -> PageResult {
    site.take_in(move |site| {
        let days = form.days.unwrap_or(TOKEN_DAYS);
        let life = Duration::try_days(days).unwrap_or(Duration::MAX);
        let now = site.app().clock().now();
        let wish = TokenWish {
            name: form.name,
            scope: TokenScope::from_code(&form.scope).unwrap_or(TokenScope::Read),
            puskesmas: Some(form.puskesmas).filter(|name| !name.is_empty()),
            expires: now.checked_add_signed(life).unwrap_or(chrono::DateTime::<chrono::Utc>::MAX_UTC),
        };
        let made = site.app().accounts().make_api_token(session.0.account.id, &wish);
        let news = made.map(|token| OwnNews { token: token.reveal().to_owned(), ..OwnNews::default() });
        after(site, &session, news)
    })
    .await
}

/// `POST /akun/token/cabut`: takes a token of one's own back.
pub async fn revoke_token(
    site: Site,
    OwnSession(signed_in): OwnSession,
    Submitted(form): Submitted<ChosenNumber>,
) -> PageResult {
    site.take_in(move |site| {
        let number = form.number.ok_or(AccountError::NoSuchToken).map_err(refusal_page)?;
        site.app().accounts().revoke_api_token(signed_in.account.id, number).map_err(refusal_page)?;
        Ok(see(&format!("{OWN_PATH}?kabar=token")))
    })
    .await
}

/// `GET /akun/data.json`: all that is kept of the account's person.
pub async fn export(site: Site, OwnSession(signed_in): OwnSession) -> PageResult {
    site.compute(move |site| {
        let kept = site.app().accounts().export(signed_in.account.id).map_err(refusal_page)?;
        let heads = [
            (header::CONTENT_TYPE, "application/json; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"akun-saya.json\""),
        ];
        let text = serde_json::to_string_pretty(&kept)?;
        Ok(kept_nowhere((heads, text).into_response()))
    })
    .await
}
