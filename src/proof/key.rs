//! The installation's key: signs what papers say of themselves. Its secret never leaves the data folder; the public half is
//! a line of text that anybody may have.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use super::alphabet;

/// Bytes of the secret.
pub const SECRET_BYTES: usize = 32;
/// Bytes of a signature.
pub(super) const SIGNATURE_BYTES: usize = 64;
/// Bytes of the id of a key.
const ID_BYTES: usize = 5;
/// Word before a public key.
const WORD: &str = "SIMPUL-KUNCI";

/// Secret and public half of an installation's key.
#[derive(Clone)]
pub struct InstallationKey(SigningKey);

impl fmt::Debug for InstallationKey {
    /// Names the key and tells no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InstallationKey({})", self.public().id())
    }
}

impl InstallationKey {
    /// The key of a secret.
    pub fn from_secret(secret: &[u8; SECRET_BYTES]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, message: &str) -> [u8; SIGNATURE_BYTES] {
        self.0.sign(message.as_bytes()).to_bytes()
    }
}

/// The half of a key by which anybody tells its signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Short id that stands in every code.
    pub fn id(&self) -> String {
        alphabet::spelled(&Sha256::digest(self.0.as_bytes())[..ID_BYTES])
    }

    pub(super) fn has_signed(&self, message: &str, signature: &[u8; SIGNATURE_BYTES]) -> bool {
        self.0.verify_strict(message.as_bytes(), &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for PublicKey {
    /// `SIMPUL-KUNCI ID KEY`: what is handed to whoever shall verify papers elsewhere.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{WORD} {} {}", self.id(), alphabet::spelled(self.0.as_bytes()))
    }
}

/// A text is no public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("bukan kunci umum Simpul; tulis seluruh baris yang dimulai dengan {WORD}")]
pub struct NoPublicKey;

impl FromStr for PublicKey {
    type Err = NoPublicKey;

    fn from_str(text: &str) -> Result<Self, NoPublicKey> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [word, id, key] = words.as_slice() else { return Err(NoPublicKey) };
        let bytes = alphabet::read(key).filter(|_| word.eq_ignore_ascii_case(WORD)).ok_or(NoPublicKey)?;
        let key = VerifyingKey::from_bytes(&bytes).map(Self).map_err(|_error| NoPublicKey)?;
        if key.id().eq_ignore_ascii_case(id) { Ok(key) } else { Err(NoPublicKey) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_key_is_a_line_and_knows_its_signatures() {
        let key = InstallationKey::from_secret(&[7; SECRET_BYTES]);
        let public: PublicKey = key.public().to_string().parse().unwrap();
        assert_eq!(public, key.public());
        let signature = key.sign("81,5");
        assert!(public.has_signed("81,5", &signature));
        assert!(!public.has_signed("91,5", &signature));
        let other = InstallationKey::from_secret(&[8; SECRET_BYTES]).public();
        assert!(!other.has_signed("81,5", &signature));
        assert!(!format!("{key:?}").contains("7, 7"));
        assert_eq!("SIMPUL-KUNCI X Y".parse::<PublicKey>(), Err(NoPublicKey));
    }
}
