//! A provider's word about a person (an ID token), verified: signature, issuer, audience, time and nonce. Pure.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use openidconnect::core::{CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJwsSigningAlgorithm as Algorithm};
use openidconnect::{ClaimsVerificationError, ClientId, IssuerUrl, Nonce};

use super::error::TokenFault;

/// Time by which two clocks may differ.
const CLOCKS_APART_MAX: Duration = Duration::minutes(2);
/// Bytes of a subject, as the standard bounds it.
const SUBJECT_BYTES_MAX: usize = 255;
/// Signatures that are believed: those whose key the provider alone has.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

/// Somebody whom the provider knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedIdentity {
    /// Issuer.
    pub issuer: String,
    /// Subject: the provider's own, lasting word for the person.
    pub subject: String,
    /// Value of the claim that the settings name; none where the token has none that is a text.
    pub claim: Option<String>,
}

/// Agreement that a token has to be in.
pub(super) struct CheckedAgainst {
    pub(super) issuer: IssuerUrl,
    pub(super) client_id: ClientId,
    pub(super) keys: CoreJsonWebKeySet,
    pub(super) nonce: Nonce,
    pub(super) now: DateTime<Utc>,
}

/// The person of a token.
pub(super) fn verified(
    token: &CoreIdToken,
    against: CheckedAgainst,
    claim: Option<&str>,
) -> Result<VerifiedIdentity, TokenFault> {
    let CheckedAgainst { issuer, client_id, keys, nonce, now } = against;
    let is_of_the_past = move |issued: DateTime<Utc>| {
        if issued <= now + CLOCKS_APART_MAX { Ok(()) } else { Err("issued in the future".to_owned()) }
    };
    // Never with the client's secret: whoever knows it could sign for anybody.
    let verifier = CoreIdTokenVerifier::new_public_client(client_id, issuer.clone(), keys)
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || now - CLOCKS_APART_MAX)
        .set_issue_time_verifier_fn(is_of_the_past);
    let claims = token.claims(&verifier, &nonce).map_err(|error| fault_of(&error))?;
    let subject = claims.subject().as_str();
    if subject.is_empty() || subject.len() > SUBJECT_BYTES_MAX || subject.chars().any(char::is_control) {
        return Err(TokenFault::Subject);
    }
    Ok(VerifiedIdentity {
        issuer: issuer.as_str().to_owned(),
        subject: subject.to_owned(),
        claim: claim.and_then(|name| claim_of(token, name)),
    })
}

fn fault_of(error: &ClaimsVerificationError) -> TokenFault {
    match error {
        ClaimsVerificationError::Expired(_) | ClaimsVerificationError::InvalidAuthTime(_) => TokenFault::Time,
        ClaimsVerificationError::InvalidAudience(_) => TokenFault::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => TokenFault::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => TokenFault::Nonce,
        ClaimsVerificationError::InvalidSubject(_) => TokenFault::Subject,
        ClaimsVerificationError::SignatureVerification(_) => TokenFault::Signature,
        _ => TokenFault::Other,
    }
}

/// A claim of a token that was verified. An address of mail counts only where the provider says that it verified it.
fn claim_of(token: &CoreIdToken, name: &str) -> Option<String> {
    let text = token.to_string();
    let payload = URL_SAFE_NO_PAD.decode(text.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    if name == "email" && claims.get("email_verified") != Some(&serde_json::Value::Bool(true)) {
        return None;
    }
    claims.get(name)?.as_str().map(str::to_owned)
}
