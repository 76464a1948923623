//! The provider: what it says of itself (asked at the first need and kept for an hour), the address at which people sign
//! in, and the code that they bring back changed for who they are. Time and secrets are passed in.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdToken, CoreProviderMetadata,
};
use openidconnect::url::Url;
use openidconnect::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, DiscoveryError, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    TokenResponse, TokenUrl,
};

use super::error::{OidcError, TokenFault};
use super::token::{CheckedAgainst, VerifiedIdentity, verified};
use crate::outbound::{NoAnswer, OutboundClient};

/// Time for which what the provider says of itself is believed without asking again.
const METADATA_HOLDS: Duration = Duration::hours(1);
/// Time for which a provider that did not answer is not asked again.
const REST_AFTER_FAILURE: Duration = Duration::seconds(10);
/// Time between two questions for keys that were not known.
const KEYS_ASKED_EVERY: Duration = Duration::minutes(1);
/// Bytes of a code that a browser brings back.
const CODE_BYTES_MAX: usize = 4 << 10;
/// Scopes beside `openid`: those of which the usual names of people come.
const SCOPES: [&str; 1] = ["profile"];
/// Hosts of this machine, which may be asked without TLS.
const OWN_HOSTS: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Agreement of this installation with its provider.
#[derive(Clone)]
pub struct ProviderSettings {
    /// Issuer, as the provider writes it.
    pub issuer: String,
    /// Name of this installation there.
    pub client_id: String,
    /// Password of this installation there; none where the provider asks for none.
    pub client_secret: Option<String>,
    /// Address to which browsers come back.
    pub redirect: String,
    /// Certificates (PEM) of an own authority; none: the public ones.
    pub authority: Option<String>,
    /// Claim that is read beside the subject; none: no claim.
    pub claim: Option<String>,
}

/// Secrets of one sign-in, each made for it alone.
#[derive(Clone)]
pub struct FlowSecrets {
    /// Told by the browser when it comes back.
    pub state: String,
    /// Told by the token.
    pub nonce: String,
    /// Told with the code; the provider was told its hash (PKCE).
    pub verifier: String,
}

/// The provider of an installation.
pub struct IdentityProvider {
    settings: ProviderSettings,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    client: OutboundClient,
    known: Mutex<KnownProvider>,
}

impl std::fmt::Debug for IdentityProvider {
    /// Names the provider and tells no secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IdentityProvider({})", self.settings.issuer)
    }
}

/// The provider's last word about itself, or that it gave none.
#[derive(Default)]
struct KnownProvider {
    metadata: Option<CoreProviderMetadata>,
    /// Moment at which it was asked last.
    asked: Option<DateTime<Utc>>,
    failure: Option<OidcError>,
}

impl KnownProvider {
    /// Reports whether it was asked within a time, also where the clock was set back since.
    fn was_asked_within(&self, time: Duration, now: DateTime<Utc>) -> bool {
        self.asked.is_some_and(|asked| (now - asked).abs() < time)
    }
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

impl IdentityProvider {
    /// The provider of an agreement; nobody is asked yet. The sentence says what is wrong with the agreement.
    pub fn new(settings: ProviderSettings) -> Result<Self, &'static str> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_error| "`issuer` bukan alamat https")?;
        let is_plain_allowed = is_own_host(issuer.url());
        if !may_be_asked(issuer.url(), is_plain_allowed) {
            return Err("`issuer` bukan alamat https");
        }
        let redirect = RedirectUrl::new(settings.redirect.clone()).map_err(|_error| "`address` bukan alamat https")?;
        let client = OutboundClient::new(settings.authority.as_deref(), is_plain_allowed);
        let client = client.map_err(|_broken| "`ca-file` bukan sertifikat PEM")?;
        Ok(Self { settings, issuer, redirect, client, known: Mutex::default() })
    }

    /// Issuer, as the provider writes it.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Name of the claim by which accounts are linked; none: by codes alone.
    pub fn claim(&self) -> Option<&str> {
        self.settings.claim.as_deref()
    }

    /// The address at which somebody signs in. Blocking: may ask the provider.
    pub fn begin(&self, secrets: &FlowSecrets, now: DateTime<Utc>) -> Result<String, OidcError> {
        let client = self.client_of(self.metadata(now)?)?;
        let verifier = PkceCodeVerifier::new(secrets.verifier.clone());
        let state = secrets.state.clone();
        let nonce = secrets.nonce.clone();
        let asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        Ok(asked.url().0.into())
    }

    /// Who brought a code back. Blocking: asks the provider.
    pub fn finish(&self, code: &str, secrets: &FlowSecrets, now: DateTime<Utc>) -> Result<VerifiedIdentity, OidcError> {
        if code.is_empty() || code.len() > CODE_BYTES_MAX {
            return Err(OidcError::CodeRefused("no code, or one that is too long".to_owned()));
        }
        let metadata = self.metadata(now)?;
        let token = self.token(metadata.clone(), code, secrets)?;
        let against = |metadata: &CoreProviderMetadata| CheckedAgainst {
            issuer: self.issuer.clone(),
            client_id: ClientId::new(self.settings.client_id.clone()),
            keys: metadata.jwks().clone(),
            nonce: Nonce::new(secrets.nonce.clone()),
            now,
        };
        let claim = self.settings.claim.as_deref();
        match verified(&token, against(&metadata), claim) {
            // Keys change: those of now may be other ones.
            Err(TokenFault::Signature) => {
                let metadata = self.newer_metadata(now)?;
                verified(&token, against(&metadata), claim).map_err(OidcError::Token)
            }
            checked => checked.map_err(OidcError::Token),
        }
    }

    fn token(
        &self,
        metadata: CoreProviderMetadata,
        code: &str,
        secrets: &FlowSecrets,
    ) -> Result<CoreIdToken, OidcError> {
        let client = self.client_of(metadata)?;
        let request = client.exchange_code(AuthorizationCode::new(code.to_owned()));
        let request = request.map_err(|_missing| OidcError::Misfit("token_endpoint tidak ada".to_owned()))?;
        let verifier = PkceCodeVerifier::new(secrets.verifier.clone());
        let answer = request.set_pkce_verifier(verifier).request(&|request| self.client.send(request));
        let answer = answer.map_err(|error| match error {
            RequestTokenError::Request(error) => OidcError::Unreachable(error.to_string()),
            RequestTokenError::ServerResponse(refusal) => match refusal.error() {
                CoreErrorResponseType::InvalidGrant => OidcError::CodeRefused(refusal.to_string()),
                CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient => {
                    OidcError::Misfit("client-id atau kata sandinya ditolak".to_owned())
                }
                _ => OidcError::Unreachable(refusal.to_string()),
            },
            RequestTokenError::Parse(error, _answer) => OidcError::Unreachable(error.to_string()),
            RequestTokenError::Other(words) => OidcError::Unreachable(words),
        })?;
        answer.id_token().cloned().ok_or(OidcError::Token(TokenFault::Missing))
    }

    fn client_of(&self, metadata: CoreProviderMetadata) -> Result<Client, OidcError> {
        let is_plain_allowed = is_own_host(self.issuer.url());
        let addresses = [Some(metadata.authorization_endpoint().url()), metadata.token_endpoint().map(TokenUrl::url)];
        if !addresses.into_iter().flatten().all(|address| may_be_asked(address, is_plain_allowed)) {
            return Err(OidcError::Misfit("alamatnya bukan https".to_owned()));
        }
        let methods = metadata.token_endpoint_auth_methods_supported().cloned();
        let secret = self.settings.client_secret.clone().map(ClientSecret::new);
        let id = ClientId::new(self.settings.client_id.clone());
        let client = CoreClient::from_provider_metadata(metadata, id, secret).set_redirect_uri(self.redirect.clone());
        let takes = |method: CoreClientAuthMethod| methods.as_ref().is_none_or(|known| known.contains(&method));
        let is_in_body =
            !takes(CoreClientAuthMethod::ClientSecretBasic) && takes(CoreClientAuthMethod::ClientSecretPost);
        Ok(if is_in_body { client.set_auth_type(AuthType::RequestBody) } else { client })
    }

    /// The provider's word about itself, asked an hour ago at the longest.
    fn metadata(&self, now: DateTime<Utc>) -> Result<CoreProviderMetadata, OidcError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(metadata) = known.metadata.clone().filter(|_known| known.was_asked_within(METADATA_HOLDS, now)) {
            return Ok(metadata);
        }
        if let Some(failure) = known.failure.clone().filter(|_known| known.was_asked_within(REST_AFTER_FAILURE, now)) {
            return Err(failure);
        }
        self.ask(&mut known, now)
    }

    /// The same asked anew, a minute after the last time at the earliest.
    fn newer_metadata(&self, now: DateTime<Utc>) -> Result<CoreProviderMetadata, OidcError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match known.metadata.clone().filter(|_known| known.was_asked_within(KEYS_ASKED_EVERY, now)) {
            Some(metadata) => Ok(metadata),
            None => self.ask(&mut known, now),
        }
    }

    fn ask(&self, known: &mut KnownProvider, now: DateTime<Utc>) -> Result<CoreProviderMetadata, OidcError> {
        let asked = CoreProviderMetadata::discover(&self.issuer, &|request| self.client.send(request));
        let asked = asked.map_err(|error| discovery_failure(&error));
        *known = KnownProvider {
            metadata: asked.as_ref().ok().cloned(),
            asked: Some(now),
            failure: asked.as_ref().err().cloned(),
        };
        asked
    }
}

fn discovery_failure(error: &DiscoveryError<NoAnswer>) -> OidcError {
    match error {
        DiscoveryError::Request(error) => OidcError::Unreachable(error.to_string()),
        DiscoveryError::Validation(words) => OidcError::Misfit(words.clone()),
        other => OidcError::Unreachable(other.to_string()),
    }
}

fn is_own_host(address: &Url) -> bool {
    address.host_str().is_some_and(|host| OWN_HOSTS.contains(&host))
}

/// Reports whether an address may be asked: with TLS, or on this machine where its provider is.
fn may_be_asked(address: &Url, is_plain_allowed: bool) -> bool {
    address.scheme() == "https" || is_plain_allowed && address.scheme() == "http" && is_own_host(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: &str) -> ProviderSettings {
        ProviderSettings {
            issuer: issuer.to_owned(),
            client_id: "simpul".to_owned(),
            client_secret: None,
            redirect: "https://simpul.example/masuk/penyedia/kembali".to_owned(),
            authority: None,
            claim: None,
        }
    }

    #[test]
    fn only_this_machine_is_asked_without_tls() {
        for issuer in ["https://id.example", "http://127.0.0.1:9000/realms/dinkes", "http://localhost:1"] {
            assert!(IdentityProvider::new(settings(issuer)).is_ok(), "{issuer}");
        }
        for issuer in ["http://id.example", "ftp://127.0.0.1", "id.example", "", "http://127.0.0.1.example"] {
            assert!(IdentityProvider::new(settings(issuer)).is_err(), "{issuer}");
        }
        let broken = ProviderSettings { authority: Some("bukan PEM".to_owned()), ..settings("https://id.example") };
        assert!(IdentityProvider::new(broken).is_err());
        let known = IdentityProvider::new(ProviderSettings {
            client_secret: Some("sangat rahasia".to_owned()),
            ..settings("https://id.example")
        });
        assert!(!format!("{:?}", known.unwrap()).contains("rahasia"));
    }
}
