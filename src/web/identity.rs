//! Who asks: the session of a cookie, the token of an API call, the machine's owner, or nobody. Knows no page and no
//! right; what an account may do stands in its access.

use std::net::IpAddr;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};

use super::error::PageError;
use super::listening::RequestSource;
use super::memo;
use super::rights::METRICS_PATH;
use super::sign_ins::SIGN_IN_WITHIN;
use super::site::Server;
use crate::accounts::session::SESSION_LIFE;
use crate::app::accounts::{AccountError, LoggedIn, SignedIn};
use crate::domain::access::{Access, Origin};

/// Cookie of a session.
const SESSION_COOKIE: &str = "simpul-sesi";
/// Cookie by which a device is known again at the next log-in.
const DEVICE_COOKIE: &str = "simpul-perangkat";
/// Cookie of a sign-in at the identity provider.
const PROVIDER_COOKIE: &str = "simpul-penyedia";
/// Time for which a browser keeps the device's cookie, seconds: a year.
const DEVICE_SECONDS: u32 = 365 * 24 * 60 * 60;
/// Longest token that is looked up, bytes.
const TOKEN_BYTES_MAX: usize = 200;
/// Longest description of a browser that is looked at, bytes.
const DEVICE_WORDS_BYTES_MAX: usize = 400;

/// The one who asks.
#[derive(Clone)]
pub struct Identity {
    /// The account with what it may do.
    pub access: Access,
    /// The session, where there is one.
    pub signed_in: Option<SignedIn>,
}

impl Identity {
    /// The part of an answer's key in memory that keeps the answers of different people apart; blank for the owner.
    pub fn key(&self) -> String {
        if self.access.is_owner() {
            return String::new();
        }
        let session = self.signed_in.as_ref().map_or(0, |signed_in| signed_in.session.id);
        format!("{}\n{session}\n{:x}", self.access.account(), memo::mix(0, &format!("{:?}", self.access)))
    }
}

/// The address and the secrets that a request carries.
#[derive(Clone)]
pub struct Credentials {
    source: RequestSource,
    session: Option<String>,
    bearer: Option<String>,
    is_api: bool,
}

impl Credentials {
    /// Reads them from a request that came from there.
    pub fn of_request(request: &Request, source: RequestSource) -> Self {
        let headers = request.headers();
        let path = request.uri().path();
        let is_api = path.starts_with("/api/") || path == METRICS_PATH && headers.contains_key(header::AUTHORIZATION);
        let bearer = bearer(headers).filter(|_token| is_api);
        Self { source, session: cookie(headers, SESSION_COOKIE), bearer, is_api }
    }
}

impl Server {
    /// Finds out who sends a request. Off the async threads: asks the database.
    pub async fn identify(&self, carried: Credentials) -> Result<Identity, PageError> {
        let server = self.clone();
        match tokio::task::spawn_blocking(move || server.look_up(&carried)).await {
            Ok(found) => found,
            Err(error) => Err(PageError::Fault(error.into())),
        }
    }

    fn look_up(&self, carried: &Credentials) -> Result<Identity, PageError> {
        let origin =
            if carried.is_api { Origin::Api(carried.source.address) } else { Origin::Page(carried.source.address) };
        if self.is_open_to_owner(&carried.source)? {
            return Ok(Identity { access: self.owner(origin), signed_in: None });
        }
        let accounts = self.root().accounts();
        let nobody = Identity { access: Access::nobody(origin.clone()), signed_in: None };
        if let Some(token) = &carried.bearer {
            let caller = accounts.api_caller(token, carried.source.address)?;
            return Ok(caller.map_or(nobody, |caller| Identity { access: caller.access, signed_in: None }));
        }
        let Some(token) = &carried.session else { return Ok(nobody) };
        let found = accounts.session(token, origin)?;
        Ok(found.map_or(nobody, |signed_in| Identity { access: signed_in.access.clone(), signed_in: Some(signed_in) }))
    }
}

/// The session of a request, for the pages of one's own account.
#[derive(Clone)]
pub struct OwnSession(pub SignedIn);

impl<S: Send + Sync> FromRequestParts<S> for OwnSession {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, PageError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            PageError::not_found(
                "Halaman ini untuk orang yang masuk dengan akun. Di komputer ini belum ada akun; buat di halaman Pengguna.",
            )
        })
    }
}

/// Where a request comes from, as a log-in is told apart from others.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Address of the browser.
    pub address: IpAddr,
    /// Words about the browser.
    pub device: String,
    /// Token of the device, from its cookie.
    pub device_token: Option<String>,
    /// Token of the session, from its cookie.
    pub session: Option<String>,
    /// Token of a sign-in at the identity provider, from its cookie.
    pub provider: Option<String>,
    /// The connection is encrypted.
    pub is_encrypted: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, PageError> {
        let source = parts.extensions.get::<RequestSource>();
        let source = source.ok_or_else(|| PageError::Fault(anyhow::anyhow!("a request came past the door")))?;
        let device = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self {
            address: source.address,
            device: device.chars().take(DEVICE_WORDS_BYTES_MAX).collect(),
            device_token: cookie(&parts.headers, DEVICE_COOKIE),
            session: cookie(&parts.headers, SESSION_COOKIE),
            provider: cookie(&parts.headers, PROVIDER_COOKIE),
            is_encrypted: source.is_https,
        })
    }
}

impl Visitor {
    /// The same as the service of accounts wants it.
    pub fn came_from(&self) -> crate::app::accounts::CameFrom<'_> {
        crate::app::accounts::CameFrom {
            address: self.address,
            device: &self.device,
            device_token: self.device_token.as_deref(),
        }
    }

    /// Cookies that begin a session, and make the device known.
    pub fn cookies_of(&self, begun: &LoggedIn) -> Vec<HeaderValue> {
        let session = self.session_cookie(begun.session.reveal());
        let device = begun.device.as_ref();
        let device = device.map(|token| self.cookie(DEVICE_COOKIE, token.reveal(), i64::from(DEVICE_SECONDS)));
        session.into_iter().chain(device.flatten()).collect()
    }

    /// Cookie of a session.
    pub fn session_cookie(&self, token: &str) -> Option<HeaderValue> {
        self.cookie(SESSION_COOKIE, token, SESSION_LIFE.num_seconds())
    }

    /// Cookie of a sign-in at the identity provider.
    pub fn provider_cookie(&self, token: &str) -> Option<HeaderValue> {
        self.cookie(PROVIDER_COOKIE, token, SIGN_IN_WITHIN.num_seconds())
    }

    /// Cookie that ends the session in the browser.
    pub fn ended_cookie(&self) -> Option<HeaderValue> {
        self.cookie(SESSION_COOKIE, "", 0)
    }

    fn cookie(&self, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self.is_encrypted { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&text).ok()
    }
}

/// Value of a cookie, where it is no longer than a token is.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let texts = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = texts.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(known, _)| *known == name)?;
    Some(value.to_owned()).filter(|value| !value.is_empty() && value.len() <= TOKEN_BYTES_MAX)
}

/// Token of an API call.
fn bearer(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let token = text.strip_prefix("Bearer ")?.trim();
    Some(token.to_owned()).filter(|token| !token.is_empty() && token.len() <= TOKEN_BYTES_MAX)
}

/// A page for what the service of accounts refuses.
pub fn refusal_page(error: AccountError) -> PageError {
    if error.is_failure() {
        return PageError::Fault(error.into());
    }
    let advice = super::error::sentence(&error.to_string());
    if error.is_refusal() {
        return PageError::refused(axum::http::StatusCode::FORBIDDEN, "Tidak berwenang", advice);
    }
    PageError::refused(axum::http::StatusCode::CONFLICT, "Belum dapat dilakukan", advice)
}
