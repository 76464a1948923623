//! Notices to another program: a POST of JSON, signed where a key is named. Knows no outbox.

use std::fmt::Write as _;
use std::path::Path;

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::JobError;
use super::secrets::{SECRETS, own_secret, secret};
use crate::definitions::Webhook;
use crate::outbound::{OutboundClient, Request};
use crate::store::OutboxNotice;

/// Characters of an answer that are kept.
const RECEIPT_CHARS_MAX: usize = 200;

/// Sends one notice, at this moment, and returns the answer. `Idempotency-Key` is the notice's key: who is told twice,
/// because the first answer was lost, can tell so.
pub fn send(data: &Path, webhook: &Webhook, notice: &OutboxNotice, now: DateTime<Utc>) -> Result<String, JobError> {
    let secrets = data.join(SECRETS);
    let failed = |what: String| JobError::Webhook { url: webhook.url.clone(), what };
    let authority = webhook.authority.as_ref().map(|name| secret(&secrets.join(name)));
    let authority = authority.transpose().map_err(failed)?;
    let client = OutboundClient::new(authority.as_deref(), webhook.is_own_machine())
        .map_err(|_no| failed("sertifikat di ca-file tidak terbaca".to_owned()))?;
    let body = notice.notice.body.as_bytes();
    let time = now.timestamp().to_string();
    let mut request = Request::post(&webhook.url)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", &notice.notice.key)
        .header("X-Simpul-Time", &time);
    if let Some(name) = &webhook.secret_file {
        let key = own_secret(&secrets.join(name)).map_err(failed)?;
        request = request.header("X-Simpul-Signature", signature(&key, &time, body));
    }
    let request = request.body(body.to_vec()).map_err(|error| failed(error.to_string()))?;
    let answer = client.send(request).map_err(|error| failed(error.to_string()))?;
    let words = String::from_utf8_lossy(answer.body());
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let receipt: String = format!("{} {words}", answer.status().as_u16()).chars().take(RECEIPT_CHARS_MAX).collect();
    let receipt = receipt.trim_end().to_owned();
    if answer.status().is_success() { Ok(receipt) } else { Err(failed(format!("menjawab {receipt}"))) }
}

/// `sha256=` and the HMAC-SHA256 (RFC 2104) of the time, a full stop and the body, in hexadecimal. The time is signed
/// too, so that a message that somebody kept cannot be sent again as a new one.
fn signature(key: &str, time: &str, body: &[u8]) -> String {
    let mut text = "sha256=".to_owned();
    // A key of any length is taken.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) {
        mac.update(time.as_bytes());
        mac.update(b".");
        mac.update(body);
        for byte in mac.finalize().into_bytes() {
            // Writing into a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_others() {
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac kunci
        assert_eq!(
            signature("kunci", "1700000000", b"{}"),
            "sha256=122761d2746f8988e92b3e325fc1bdb2b2bbc991bc043332840ce96492807d2a"
        );
    }
}
