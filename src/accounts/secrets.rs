//! Secrets that are handed out once and kept as hashes: tokens of sessions and of the API, codes that are read aloud.
//! Randomness is passed in; knows nothing of what a secret opens.

use std::fmt;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;

/// Bytes of a token: 256 bits.
pub const TOKEN_BYTES: usize = 32;
/// Begins every token of the API, so that one that was left in a file or a message is recognised.
pub const API_TOKEN_PREFIX: &str = "simpul_";
/// Signs of codes: none that looks like another, and few that sound alike in Indonesian.
const CODE_SIGNS: &[u8; 24] = b"23456789ACEFGHJKMPQRTWXY";
/// Signs of a group of a code.
const GROUP_SIGNS: usize = 4;
/// Groups of a code that opens an account: 73 bits.
pub const ONE_TIME_GROUPS: usize = 4;
/// Groups of a recovery code, which is asked for besides a password: 55 bits.
pub const RECOVERY_GROUPS: usize = 3;
/// Characters of a typed code that are looked at.
const TYPED_CHARS_MAX: usize = 100;

/// The machine gives no random numbers.
#[derive(Debug, thiserror::Error)]
#[error("sistem operasi tidak memberi bilangan acak ({0}); nyalakan ulang komputer, lalu coba lagi")]
pub struct NoRandomness(pub String);

/// Source of random bytes that nobody can guess.
pub trait Randomness: fmt::Debug + Send + Sync {
    /// Fills all bytes.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// Random bytes of the operating system.
#[derive(Clone, Copy, Debug)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|error| NoRandomness(error.to_string()))
    }
}

/// A secret as it is handed out, once. Never logged: its debug form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct FreshSecret(String);

impl fmt::Debug for FreshSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FreshSecret(…)")
    }
}

impl FreshSecret {
    /// The text to hand out.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Hash under which it is kept.
    pub fn hash(&self) -> String {
        hash_of(&self.0)
    }
}

/// A token of 256 bits, in hexadecimal.
pub fn fresh_token(randomness: &dyn Randomness) -> Result<FreshSecret, NoRandomness> {
    let mut bytes = [0; TOKEN_BYTES];
    randomness.fill(&mut bytes)?;
    Ok(FreshSecret(hexadecimal(&bytes)))
}

/// A token of the API.
pub fn fresh_api_token(randomness: &dyn Randomness) -> Result<FreshSecret, NoRandomness> {
    Ok(FreshSecret(format!("{API_TOKEN_PREFIX}{}", fresh_token(randomness)?.reveal())))
}

/// A code to be read aloud and typed: `K7WM-3HXP-9TRA-6YCE`.
pub fn fresh_code(groups: usize, randomness: &dyn Randomness) -> Result<FreshSecret, NoRandomness> {
    let wanted = groups * GROUP_SIGNS;
    let mut signs = String::with_capacity(wanted + groups);
    let mut count = 0;
    while count < wanted {
        let mut byte = [0];
        randomness.fill(&mut byte)?;
        let place = usize::from(byte[0]);
        // Bytes above the last whole round would make some signs more frequent.
        if place >= 256 - 256 % CODE_SIGNS.len() {
            continue;
        }
        if count > 0 && count % GROUP_SIGNS == 0 {
            signs.push('-');
        }
        signs.push(char::from(CODE_SIGNS[place % CODE_SIGNS.len()]));
        count += 1;
    }
    Ok(FreshSecret(signs))
}

/// Hash of a code as somebody typed it: in any case, with any spaces and dashes. None where it cannot be one.
pub fn typed_code_hash(typed: &str, groups: usize) -> Option<String> {
    let plain: String = typed.chars().take(TYPED_CHARS_MAX).nfkc().filter(|sign| sign.is_alphanumeric()).collect();
    let signs = plain.to_uppercase();
    let is_code = signs.len() == groups * GROUP_SIGNS && signs.bytes().all(|sign| CODE_SIGNS.contains(&sign));
    let groups: Vec<&str> = if is_code {
        (0..groups).map(|group| &signs[group * GROUP_SIGNS..][..GROUP_SIGNS]).collect()
    } else {
        Vec::new()
    };
    is_code.then(|| hash_of(&groups.join("-")))
}

/// Hash under which a secret of 256 bits, or a code, is kept: SHA-256 in hexadecimal.
pub fn hash_of(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

/// Compares two texts in a time that does not tell where they differ.
pub fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes that [`hexadecimal`] wrote; none where a text is none of its.
pub(super) fn bytes_of_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| if let [high, low] = pair { Some(value(*high)? << 4 | value(*low)?) } else { None }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Bytes one after the other from a list, over and over.
    #[derive(Debug)]
    struct Listed(std::sync::Mutex<std::iter::Cycle<std::vec::IntoIter<u8>>>);

    impl Randomness for Listed {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
            let mut listed = self.0.lock().unwrap();
            bytes.fill_with(|| listed.next().unwrap());
            Ok(())
        }
    }

    fn listed(mut bytes: Vec<u8>) -> Listed {
        bytes.push(7);
        Listed(std::sync::Mutex::new(bytes.into_iter().cycle()))
    }

    proptest! {
        #[test]
        fn a_code_is_known_however_it_is_typed(
            bytes in proptest::collection::vec(any::<u8>(), 1..40),
            lower in any::<bool>(),
            between in "[ \u{a0}\u{2013}\u{2011}.,_/-]{0,3}",
        ) {
            let code = fresh_code(ONE_TIME_GROUPS, &listed(bytes)).unwrap();
            prop_assert_eq!(code.reveal().len(), 19);
            let shown = if lower { code.reveal().to_lowercase() } else { code.reveal().to_owned() };
            let typed = format!(" {}\n", shown.replace('-', &between));
            prop_assert_eq!(typed_code_hash(&typed, ONE_TIME_GROUPS), Some(code.hash()));
            let wide: String =
                shown.chars().map(|sign| char::from_u32(sign as u32 + 0xfee0).filter(|_| sign != '-').unwrap_or(sign)).collect();
            prop_assert_eq!(typed_code_hash(&wide, ONE_TIME_GROUPS), Some(code.hash()));
            prop_assert_eq!(typed_code_hash(&typed[..typed.len() - 2], ONE_TIME_GROUPS), None);
        }

        #[test]
        fn any_text_may_be_typed(typed in any::<String>()) {
            let _hash = typed_code_hash(&typed, RECOVERY_GROUPS);
        }
    }

    #[test]
    fn a_typed_code_is_looked_at_to_its_bound() {
        let code = fresh_code(ONE_TIME_GROUPS, &listed(vec![1, 2, 3])).unwrap();
        let before = |signs: usize| format!("{}{}", "-".repeat(signs), code.reveal());
        let room = TYPED_CHARS_MAX - code.reveal().len();
        assert_eq!(typed_code_hash(&before(room), ONE_TIME_GROUPS), Some(code.hash()));
        assert_eq!(typed_code_hash(&before(room + 1), ONE_TIME_GROUPS), None);
    }

    #[test]
    fn no_sign_looks_like_another() {
        for sign in "01IOLSZBUV".bytes() {
            assert!(!CODE_SIGNS.contains(&sign), "{}", char::from(sign));
        }
    }

    #[test]
    fn tokens_have_their_bits_and_differ() {
        let token = fresh_token(&SystemRandomness).unwrap();
        assert_eq!(token.reveal().len(), 2 * TOKEN_BYTES);
        assert_ne!(token, fresh_token(&SystemRandomness).unwrap());
        assert_ne!(token.hash(), token.reveal());
        assert!(!format!("{token:?}").contains(token.reveal()));
        assert!(fresh_api_token(&SystemRandomness).unwrap().reveal().starts_with("simpul_"));
        assert!(is_same("abc", "abc") && !is_same("abc", "abd") && !is_same("abc", "ab"));
    }
}
