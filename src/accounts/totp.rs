//! The second factor: codes of an authenticator on a phone (TOTP, RFC 6238), each good once. Knows no account but the
//! name that the phone shows.

use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::name::AccountName;
use super::secrets::{NoRandomness, Randomness};

/// Bytes of a shared secret: as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// Digits of a code.
const DIGITS: u8 = 6;
/// Seconds for which a code is shown.
const STEP_SECONDS: u64 = 30;
/// Steps that a phone's clock may be off.
const STEPS_OFF_MAX: u16 = 1;
/// Name under which a phone lists the account.
const ISSUER: &str = "Simpul";
/// Recovery codes that an account gets.
pub const RECOVERY_CODES: usize = 10;

/// A shared secret does not read as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "rahasia dua langkah akun ini tidak dapat dibuka dengan kunci di folder data; kembalikan berkas kunci yang dulu, atau minta administrator menghapus dua langkah akun ini, lalu pasang lagi"
)]
pub struct BrokenSecret;

/// A secret that a phone and Simpul share.
pub struct SharedSecret(Totp);

impl SharedSecret {
    /// A new one.
    pub fn fresh(randomness: &dyn Randomness) -> Result<Self, NoRandomness> {
        let mut bytes = vec![0; SECRET_BYTES];
        randomness.fill(&mut bytes)?;
        Ok(Self(with_secret(Secret::from(bytes))))
    }

    /// The one that [`SharedSecret::text`] wrote.
    pub fn read(text: &str) -> Result<Self, BrokenSecret> {
        let secret = Secret::try_from_base32(text).map_err(|_error| BrokenSecret)?;
        if secret.as_ref().len() == SECRET_BYTES { Ok(Self(with_secret(secret))) } else { Err(BrokenSecret) }
    }

    /// Its text in base32, as it is kept, and typed where no camera is at hand.
    pub fn text(&self) -> String {
        self.0.secret().to_base32()
    }

    /// Address that a phone reads from a QR code.
    pub fn uri(&self, name: &AccountName) -> String {
        // Names hold no sign that would have to be escaped but `@`.
        let name = name.as_str().replace('@', "%40");
        let secret = self.text();
        format!(
            "otpauth://totp/{ISSUER}:{name}?secret={secret}&issuer={ISSUER}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}"
        )
    }

    /// The step to which a typed code belongs; none where it is wrong at `unix_seconds`, or of a step that was used.
    pub fn step_of(&self, typed: &str, unix_seconds: i64, last_used: Option<i64>) -> Option<i64> {
        let digits: String = typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').take(20).collect();
        if digits.len() != usize::from(DIGITS) || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let step = self.0.check(&digits, u64::try_from(unix_seconds).ok()?)?;
        i64::try_from(step).ok().filter(|step| last_used.is_none_or(|used| *step > used))
    }

    /// The code of a moment: what a phone shows.
    pub fn code_at(&self, unix_seconds: i64) -> String {
        self.0.generate(u64::try_from(unix_seconds).unwrap_or_default()).to_string()
    }
}

fn with_secret(secret: Secret) -> Totp {
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(DIGITS).with_skew(STEPS_OFF_MAX);
    builder.with_step_duration(STEP_SECONDS).with_secret(secret).build_noncompliant()
}

#[cfg(test)]
mod tests {
    use super::super::secrets::SystemRandomness;
    use super::*;

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B: the last six of its eight digits.
        let secret = SharedSecret(with_secret(Secret::from(b"12345678901234567890".to_vec())));
        for (at, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(secret.code_at(at), code);
            assert!(secret.step_of(code, at, None).is_some());
        }
    }

    #[test]
    fn a_code_is_good_once_and_not_for_long() {
        let secret = SharedSecret::fresh(&SystemRandomness).unwrap();
        let secret = SharedSecret::read(&secret.text()).unwrap();
        let at = 1_700_000_010;
        let code = secret.code_at(at);
        let spaced = format!(" {} {}", &code[..3], &code[3..]);
        let step = secret.step_of(&spaced, at, None).unwrap();
        assert_eq!(step, at / 30);
        assert_eq!(secret.step_of(&code, at, Some(step)), None);
        assert_eq!(secret.step_of(&code, at + 30, None), Some(step));
        assert_eq!(secret.step_of(&code, at + 300, None), None);
        for typed in ["", "12345", "1234567", "abcdef", "１２３４５６", &"1".repeat(1 << 20)] {
            assert_eq!(secret.step_of(typed, at, None), None);
        }
    }

    #[test]
    fn phones_read_the_address() {
        let secret = SharedSecret::fresh(&SystemRandomness).unwrap();
        let uri = secret.uri(&AccountName::parse("siti@contoh.id").unwrap());
        assert!(uri.starts_with("otpauth://totp/Simpul:siti%40contoh.id?secret="), "{uri}");
        assert!(uri.contains("&issuer=Simpul&algorithm=SHA1&digits=6&period=30"), "{uri}");
        assert!(SharedSecret::read("bukan base32!").is_err() && SharedSecret::read("ORSXG5A=").is_err());
    }
}
