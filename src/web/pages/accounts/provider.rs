//! Signing in by the district's identity provider: away to it, back from it, and the one-time code that links a person to
//! an account the first time.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::CODE_PATH;
use super::sign_in::{SignInForm, sign_in_page, signed_in};
use super::words::{ArrivalQuery, kept_nowhere, own_address};
use crate::accounts::secrets::is_same;
use crate::app::App;
use crate::app::accounts::{IdentityArrival, IdentityLogIn};
use crate::domain::access::Origin;
use crate::oidc::{OidcError, TokenFault, VerifiedIdentity};
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, see, text};
use crate::web::identity::Visitor;
use crate::web::listening::OfferedProvider;
use crate::web::pages::{PageQuery, html};
use crate::web::sign_ins::{SignInStage, SignInUnderWay};
use crate::web::site::Server;
use crate::web::view::frame::PageFrame;

/// Sentence for a browser that brings no sign-in of its own.
const NOT_UNDER_WAY: &str = "Proses masuk ini tidak dimulai di peramban ini, sudah dipakai, atau lebih lama dari sepuluh \
     menit. Tekan tombol masuk sekali lagi.";
/// Sentence for a person whom the provider does not let in.
const NOT_LET_IN: &str = "Penyedia identitas tidak memberi izin masuk. Coba sekali lagi; bila terulang, hubungi pengelola \
     akun di sana, atau masuk dengan nama akun dan kata sandi Simpul.";

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage {
    frame: PageFrame,
    label: String,
    code_path: &'static str,
    fault: String,
}

/// Answer that a provider sends back by the browser.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ProviderAnswer {
    #[serde(deserialize_with = "text")]
    code: Option<String>,
    #[serde(deserialize_with = "text")]
    state: Option<String>,
    #[serde(deserialize_with = "text")]
    iss: Option<String>,
    #[serde(deserialize_with = "text")]
    error: Option<String>,
}

fn provider(server: &Server) -> Result<&OfferedProvider, PageError> {
    server.listening().provider.as_ref().ok_or_else(|| {
        PageError::not_found("Simpul ini tidak memakai penyedia identitas. Masuk dengan nama akun dan kata sandi.")
    })
}

/// The application in the hands of the machine's owner, for a request from somewhere.
fn app_for(server: &Server, visitor: &Visitor) -> App {
    server.for_access(server.owner(Origin::Page(visitor.address))).app().clone()
}

/// `GET /masuk/penyedia`: away to the provider.
pub async fn begin(State(server): State<Server>, visitor: Visitor, PageQuery(query): PageQuery) -> PageResult {
    let asked: ArrivalQuery = query.read()?;
    let next = own_address(asked.lanjut.as_deref().unwrap_or("/")).to_owned();
    server
        .ask_provider(move |server| {
            let known = provider(server)?;
            let app = app_for(server, &visitor);
            let secrets = app.accounts().flow_secrets()?;
            let address = match known.provider.begin(&secrets, app.clock().now()) {
                Ok(address) => address,
                Err(error) => return not_let_in(server, next, &error),
            };
            let token = secrets.state.clone();
            let stage = SignInStage::AtProvider(secrets);
            server.sign_ins().keep(&token, SignInUnderWay { stage, next }, app.clock().now());
            let mut answer = kept_nowhere(see(&address));
            answer.headers_mut().extend(visitor.provider_cookie(&token).map(|cookie| (header::SET_COOKIE, cookie)));
            Ok(answer)
        })
        .await
}

/// `GET /masuk/penyedia/kembali`: back from the provider.
pub async fn back(State(server): State<Server>, visitor: Visitor, PageQuery(query): PageQuery) -> PageResult {
    let answer: ProviderAnswer = query.read()?;
    server.ask_provider(move |server| come_back(server, &visitor, answer)).await
}

fn come_back(server: &Server, visitor: &Visitor, answer: ProviderAnswer) -> PageResult {
    let known = provider(server)?;
    let app = app_for(server, visitor);
    let now = app.clock().now();
    let token = visitor.provider.as_deref().unwrap_or_default();
    let told = answer.state.unwrap_or_default();
    // Another browser's answer takes nothing away from this one's.
    let under_way = if is_same(token, &told) { server.sign_ins().take(token, now) } else { None };
    let Some(SignInUnderWay { stage: SignInStage::AtProvider(secrets), next }) = under_way else {
        return refused(server, "/".to_owned(), NOT_UNDER_WAY.to_owned());
    };
    if answer.iss.as_deref().is_some_and(|issuer| issuer != known.provider.issuer()) {
        return not_let_in(server, next, &OidcError::Token(TokenFault::Issuer));
    }
    if let Some(error) = answer.error {
        tracing::warn!("penyedia identitas: {}", error.chars().take(80).collect::<String>().escape_debug());
        return refused(server, next, NOT_LET_IN.to_owned());
    }
    let identity = match known.provider.finish(&answer.code.unwrap_or_default(), &secrets, now) {
        Ok(identity) => identity,
        Err(error) => return not_let_in(server, next, &error),
    };
    match app.accounts().log_in_by_identity(&arrival(known, &identity, visitor)) {
        Ok(IdentityLogIn::Begun(begun)) => Ok(signed_in(visitor, &begun, &next)),
        Ok(IdentityLogIn::Unlinked) => {
            ask_for_code(server, visitor, SignInUnderWay { stage: SignInStage::Known(identity), next }, String::new())
        }
        Err(error) if error.is_failure() => Err(PageError::Fault(error.into())),
        Err(error) => refused(server, next, sentence(&error.to_string())),
    }
}

fn arrival<'a>(
    known: &'a OfferedProvider,
    identity: &'a VerifiedIdentity,
    visitor: &'a Visitor,
) -> IdentityArrival<'a> {
    IdentityArrival {
        identity,
        claim_name: known.provider.claim(),
        from: visitor.came_from(),
        former: visitor.session.as_deref(),
    }
}

/// A page that asks for a one-time code; the person stays known to this browser for some minutes.
fn ask_for_code(server: &Server, visitor: &Visitor, under_way: SignInUnderWay, fault: String) -> PageResult {
    let known = provider(server)?;
    let app = app_for(server, visitor);
    let token = app.accounts().flow_secrets()?.state;
    server.sign_ins().keep(&token, under_way, app.clock().now());
    let frame = PageFrame::outside("Hubungkan dengan akun Simpul");
    let status = if fault.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = html(&LinkPage { frame, label: known.label.clone(), code_path: CODE_PATH, fault })?;
    let mut answer = kept_nowhere((status, page).into_response());
    answer.headers_mut().extend(visitor.provider_cookie(&token).map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(answer)
}

/// A one-time code that links a person to an account.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    #[serde(rename = "kode")]
    code: String,
}

/// `POST /masuk/penyedia`: links the person to the account that a code opens.
pub async fn link(State(server): State<Server>, visitor: Visitor, Submitted(form): Submitted<LinkForm>) -> PageResult {
    server
        .ask_provider(move |server| {
            let known = provider(server)?;
            let app = app_for(server, &visitor);
            let token = visitor.provider.as_deref().unwrap_or_default();
            let under_way = server.sign_ins().take(token, app.clock().now());
            let Some(SignInUnderWay { stage: SignInStage::Known(identity), next }) = under_way else {
                return refused(server, "/".to_owned(), NOT_UNDER_WAY.to_owned());
            };
            match app.accounts().link_by_code(&form.code, &arrival(known, &identity, &visitor)) {
                Ok(begun) => Ok(signed_in(&visitor, &begun, &next)),
                Err(error) if error.is_failure() => Err(PageError::Fault(error.into())),
                Err(error) => {
                    let under_way = SignInUnderWay { stage: SignInStage::Known(identity), next };
                    ask_for_code(server, &visitor, under_way, sentence(&error.to_string()))
                }
            }
        })
        .await
}

/// The page for signing in, with what the provider's refusal means.
fn not_let_in(server: &Server, next: String, error: &OidcError) -> PageResult {
    tracing::warn!("penyedia identitas: {}", error.detail());
    let page = refused(server, next, sentence(&error.to_string()))?;
    match error {
        OidcError::Unreachable(_) | OidcError::Misfit(_) => Ok((StatusCode::SERVICE_UNAVAILABLE, page).into_response()),
        _ => Ok(page),
    }
}

fn refused(server: &Server, next: String, fault: String) -> PageResult {
    let page = sign_in_page(server, SignInForm::leading_to(next), "", fault)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
