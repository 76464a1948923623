//! Hashes of passwords by Argon2id. Counts its work, so that a test can tell that a known and an unknown name cost the
//! same; knows no account.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

use super::password::normal_form;
use super::secrets::{NoRandomness, Randomness};

/// Cost of a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashCost {
    /// Memory that it takes, in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// Lanes of that memory.
    pub lanes: u32,
}

/// Cost of the hashes that people's passwords get: more than OWASP's least (19 MiB, 2 passes, 1 lane).
pub const PRODUCTION_COST: HashCost = HashCost { memory_kib: 32 * 1024, passes: 2, lanes: 1 };
/// Most of each that a stored hash may ask for; more is no hash of ours.
const COST_MAX: HashCost = HashCost { memory_kib: 256 * 1024, passes: 16, lanes: 8 };
/// Hashes that are worked out at once: each takes its memory, and whoever asks is anybody.
const HASHES_AT_ONCE_MAX: usize = 4;
/// Bytes of a salt.
const SALT_BYTES: usize = 16;
/// Salt of the hash that is worked out where there is none to compare with.
const NOBODYS_SALT: [u8; SALT_BYTES] = *b"simpul-tanpaakun";

/// Failure of working out a hash.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The machine has no memory left for it.
    #[error("kata sandi tidak dapat diperiksa karena memori komputer tidak cukup; tutup program lain, lalu coba lagi")]
    Argon2(#[from] argon2::password_hash::Error),
    /// Parameters that Argon2 does not know.
    #[error("kata sandi tidak dapat diperiksa: {0}")]
    Cost(argon2::Error),
    /// The machine gives no random numbers.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// Outcome of comparing a password with a stored hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The password is the one that was hashed.
    pub is_right: bool,
    /// The stored hash cost less than hashes cost now: it is worth making anew.
    pub is_weak: bool,
}

/// Makes and compares hashes, some at a time.
#[derive(Debug)]
pub struct Hashing {
    cost: HashCost,
    worked_out: AtomicU64,
    busy: Mutex<usize>,
    is_free: Condvar,
}

/// One of the places at which hashes are worked out.
struct Place<'a>(&'a Hashing);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.busy.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.is_free.notify_one();
    }
}

impl Hashing {
    /// Makes hashes of a cost.
    pub const fn new(cost: HashCost) -> Self {
        Self { cost, worked_out: AtomicU64::new(0), busy: Mutex::new(0), is_free: Condvar::new() }
    }

    /// Number of hashes that were worked out so far.
    pub fn worked_out(&self) -> u64 {
        self.worked_out.load(Ordering::SeqCst)
    }

    /// The hash of a password, with its salt and cost, as text (PHC).
    pub fn hash(&self, password: &str, randomness: &dyn Randomness) -> Result<String, HashError> {
        let mut salt = [0; SALT_BYTES];
        randomness.fill(&mut salt)?;
        Ok(self.work_out(password, &salt)?.to_string())
    }

    /// Compares a password with a stored hash. Where there is none to compare with, the same work is done for nothing.
    pub fn compare(&self, password: &str, stored: Option<&str>) -> Result<Comparison, HashError> {
        let known = stored.and_then(|text| PasswordHash::new(text).ok()).and_then(|hash| {
            let params = Params::try_from(&hash).ok()?;
            let is_ours = Algorithm::try_from(hash.algorithm.as_str()).ok() == Some(Algorithm::Argon2id);
            (is_ours && is_within(&params)).then_some((hash, params))
        });
        let Some((hash, params)) = known else {
            self.work_out(password, &NOBODYS_SALT)?;
            return Ok(Comparison { is_right: false, is_weak: false });
        };
        let _place = self.take_place();
        let is_right = Argon2::default().verify_password(normal_form(password).as_bytes(), &hash).is_ok();
        let is_weak = params.m_cost() < self.cost.memory_kib
            || params.t_cost() < self.cost.passes
            || params.p_cost() < self.cost.lanes;
        Ok(Comparison { is_right, is_weak })
    }

    fn work_out(&self, password: &str, salt: &[u8]) -> Result<PasswordHash, HashError> {
        let HashCost { memory_kib, passes, lanes } = self.cost;
        let params = Params::new(memory_kib, passes, lanes, None).map_err(HashError::Cost)?;
        let _place = self.take_place();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(argon2.hash_password_with_salt(normal_form(password).as_bytes(), salt)?)
    }

    /// Waits for a place, and counts the work that begins.
    fn take_place(&self) -> Place<'_> {
        let busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |busy: &mut usize| *busy >= HASHES_AT_ONCE_MAX;
        let mut busy = self.is_free.wait_while(busy, is_full).unwrap_or_else(PoisonError::into_inner);
        *busy += 1;
        self.worked_out.fetch_add(1, Ordering::SeqCst);
        Place(self)
    }
}

fn is_within(params: &Params) -> bool {
    params.m_cost() <= COST_MAX.memory_kib && params.t_cost() <= COST_MAX.passes && params.p_cost() <= COST_MAX.lanes
}

#[cfg(test)]
mod tests {
    use super::super::secrets::SystemRandomness;
    use super::*;

    const CHEAP: HashCost = HashCost { memory_kib: 64, passes: 1, lanes: 1 };

    #[test]
    fn a_hash_knows_its_password_alone() {
        let hashing = Hashing::new(CHEAP);
        let stored = hashing.hash("kucing lompat pagar", &SystemRandomness).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
        assert!(hashing.compare("kucing lompat pagar", Some(&stored)).unwrap().is_right);
        assert!(!hashing.compare("kucing lompat pagaR", Some(&stored)).unwrap().is_right);
        assert_ne!(stored, hashing.hash("kucing lompat pagar", &SystemRandomness).unwrap());
    }

    #[test]
    fn nobody_costs_as_much_as_somebody() {
        let hashing = Hashing::new(CHEAP);
        let stored = hashing.hash("kucing lompat pagar", &SystemRandomness).unwrap();
        let greedy = stored.replace("m=64", &format!("m={}", COST_MAX.memory_kib + 1));
        let long = stored.replace("t=1", &format!("t={}", COST_MAX.passes + 1));
        let wide = stored.replace("m=64,t=1,p=1", &format!("m=1024,t=1,p={}", COST_MAX.lanes + 1));
        let other = stored.replace("argon2id", "argon2i");
        for stored in
            [Some(stored.as_str()), None, Some("rusak"), Some(&greedy), Some(&long), Some(&wide), Some(&other)]
        {
            let before = hashing.worked_out();
            let compared = hashing.compare("salah sama sekali", stored).unwrap();
            assert_eq!((compared.is_right, hashing.worked_out() - before), (false, 1), "{stored:?}");
        }
    }

    #[test]
    fn a_cheaper_hash_is_told() {
        let stored = Hashing::new(CHEAP).hash("kucing lompat pagar", &SystemRandomness).unwrap();
        let dearer = Hashing::new(HashCost { passes: 2, ..CHEAP });
        assert_eq!(
            dearer.compare("kucing lompat pagar", Some(&stored)).unwrap(),
            Comparison { is_right: true, is_weak: true }
        );
        assert!(!Hashing::new(CHEAP).compare("kucing lompat pagar", Some(&stored)).unwrap().is_weak);
        const { assert!(PRODUCTION_COST.memory_kib >= 19 * 1024 && PRODUCTION_COST.passes >= 2) };
    }
}
