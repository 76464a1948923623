//! Secrets that have to be read again (those of second factors), sealed with a key that lies outside the database. Knows
//! no file and no account: what a seal is for is told as words that have to be the same when it is opened.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};

use super::secrets::{NoRandomness, Randomness, bytes_of_hexadecimal, hexadecimal};

/// Bytes of the key.
const KEY_BYTES: usize = 32;
/// Bytes of a seal's nonce: so many that they may be drawn by chance.
const NONCE_BYTES: usize = 24;
/// Word before a sealed text, with the number of its form.
const MARK: &str = "segel1:";

/// A sealed text cannot be opened: another key, another purpose, or it was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenSeal;

/// A key that seals and opens secrets.
#[derive(Clone)]
pub struct SealingKey([u8; KEY_BYTES]);

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(…)")
    }
}

impl SealingKey {
    /// A new one.
    pub fn fresh(randomness: &dyn Randomness) -> Result<Self, NoRandomness> {
        let mut bytes = [0; KEY_BYTES];
        randomness.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The one that [`SealingKey::text`] wrote; none where a text is no key.
    pub fn read(text: &str) -> Option<Self> {
        bytes_of_hexadecimal(text.trim())?.try_into().ok().map(Self)
    }

    /// Its text, as its file holds it.
    pub fn text(&self) -> String {
        hexadecimal(&self.0)
    }

    /// Seals a secret for a purpose.
    pub fn sealed(&self, secret: &str, purpose: &str, randomness: &dyn Randomness) -> Result<String, NoRandomness> {
        let mut nonce = [0; NONCE_BYTES];
        randomness.fill(&mut nonce)?;
        let payload = Payload { msg: secret.as_bytes(), aad: purpose.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        // The cipher refuses texts of hundreds of gigabytes alone.
        let sealed = sealed.map_err(|error| NoRandomness(error.to_string()))?;
        Ok(format!("{MARK}{}{}", hexadecimal(&nonce), hexadecimal(&sealed)))
    }

    /// Opens what was sealed with this key for the same purpose.
    pub fn opened(&self, sealed: &str, purpose: &str) -> Result<String, BrokenSeal> {
        let bytes = sealed.strip_prefix(MARK).and_then(bytes_of_hexadecimal).ok_or(BrokenSeal)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or(BrokenSeal)?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        let secret = self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_error| BrokenSeal)?;
        String::from_utf8(secret).map_err(|_error| BrokenSeal)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::secrets::SystemRandomness;
    use super::*;

    #[test]
    fn only_the_same_key_opens_a_seal_for_the_same_purpose() {
        let key = SealingKey::fresh(&SystemRandomness).unwrap();
        let sealed = key.sealed("JBSWY3DP", "akun 1", &SystemRandomness).unwrap();
        assert!(sealed.starts_with("segel1:") && !sealed.contains("JBSWY3DP"), "{sealed}");
        assert_ne!(sealed, key.sealed("JBSWY3DP", "akun 1", &SystemRandomness).unwrap());
        let again = SealingKey::read(&format!("{}\n", key.text())).unwrap();
        assert_eq!(again.opened(&sealed, "akun 1").as_deref(), Ok("JBSWY3DP"));
        assert_eq!(key.opened(&sealed, "akun 2"), Err(BrokenSeal));
        let other = SealingKey::fresh(&SystemRandomness).unwrap();
        assert_eq!(other.opened(&sealed, "akun 1"), Err(BrokenSeal));
        assert!(!format!("{key:?}").contains(&key.text()));
    }

    #[test]
    fn whatever_was_changed_is_not_opened() {
        let key = SealingKey::fresh(&SystemRandomness).unwrap();
        let sealed = key.sealed("JBSWY3DP", "akun 1", &SystemRandomness).unwrap();
        for place in MARK.len()..sealed.len() {
            let other = if sealed.as_bytes()[place] == b'0' { "1" } else { "0" };
            let mut changed = sealed.clone();
            changed.replace_range(place..=place, other);
            assert_eq!(key.opened(&changed, "akun 1"), Err(BrokenSeal), "{place}");
        }
        for text in ["", "JBSWY3DP", "segel1:", "segel1:00", "segel1:é", &sealed[..sealed.len() - 1]] {
            assert_eq!(key.opened(text, "akun 1"), Err(BrokenSeal), "{text}");
        }
        for text in ["", "00", "zz", &"0".repeat(63), &"g".repeat(64)] {
            assert!(SealingKey::read(text).is_none(), "{text}");
        }
    }
}
