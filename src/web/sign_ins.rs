//! Sign-ins at the identity provider that are under way, in memory: each in the browser that began it, good once and for
//! some minutes. Knows no provider and no account.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};

use crate::accounts::secrets::hash_of;
use crate::oidc::{FlowSecrets, VerifiedIdentity};

/// Time that somebody has for signing in at the provider, and for typing a code after it.
pub const SIGN_IN_WITHIN: Duration = Duration::minutes(10);
/// Sign-ins under way at most; beyond them the oldest is given up.
const UNDER_WAY_MAX: usize = 10_000;

/// A sign-in under way.
#[derive(Clone)]
pub struct SignInUnderWay {
    /// Stage that it reached.
    pub stage: SignInStage,
    /// Address to go on to at its end.
    pub next: String,
}

/// Stage of a sign-in.
#[derive(Clone)]
pub enum SignInStage {
    /// The browser is at the provider.
    AtProvider(FlowSecrets),
    /// The person is known, and linked to no account yet.
    Known(VerifiedIdentity),
}

/// All sign-ins under way, by the hash of the token that the browser's cookie holds.
#[derive(Default)]
pub struct SignIns(Mutex<BTreeMap<String, (DateTime<Utc>, SignInUnderWay)>>);

impl std::fmt::Debug for SignIns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignIns(…)")
    }
}

impl SignIns {
    /// Keeps one for the browser that is given this token.
    pub fn keep(&self, token: &str, under_way: SignInUnderWay, now: DateTime<Utc>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_hash, kept| is_good(kept.0, now));
        if all.len() >= UNDER_WAY_MAX
            && let Some(oldest) = all.iter().min_by_key(|entry| entry.1.0).map(|entry| entry.0.clone())
        {
            all.remove(&oldest);
        }
        all.insert(hash_of(token), (now, under_way));
    }

    /// Takes the one of a token: it is good once.
    pub fn take(&self, token: &str, now: DateTime<Utc>) -> Option<SignInUnderWay> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.remove(&hash_of(token))?;
        is_good(kept.0, now).then_some(kept.1)
    }
}

/// Reports whether a sign-in may go on; one that began later than now, before the clock was set back, may not.
fn is_good(began: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    began <= now && now - began <= SIGN_IN_WITHIN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn under_way(next: &str) -> SignInUnderWay {
        let secrets = FlowSecrets { state: String::new(), nonce: String::new(), verifier: String::new() };
        SignInUnderWay { stage: SignInStage::AtProvider(secrets), next: next.to_owned() }
    }

    #[test]
    fn a_sign_in_is_good_once_and_for_minutes() {
        let all = SignIns::default();
        let now = DateTime::UNIX_EPOCH + Duration::days(1);
        all.keep("a", under_way("/a"), now);
        all.keep("b", under_way("/b"), now);
        assert!(all.take("c", now).is_none());
        assert_eq!(all.take("a", now + SIGN_IN_WITHIN).map(|one| one.next).as_deref(), Some("/a"));
        assert!(all.take("a", now).is_none());
        assert!(all.take("b", now + SIGN_IN_WITHIN + Duration::seconds(1)).is_none());
        all.keep("d", under_way("/d"), now);
        assert!(all.take("d", now - Duration::seconds(1)).is_none());
    }

    #[test]
    fn memory_is_bounded() {
        let all = SignIns::default();
        let now = DateTime::UNIX_EPOCH + Duration::days(1);
        for number in 0..=UNDER_WAY_MAX {
            all.keep(&number.to_string(), under_way(""), now + Duration::milliseconds(i64::try_from(number).unwrap()));
        }
        let later = now + Duration::minutes(1);
        assert!(all.take("0", later).is_none() && all.take("1", later).is_some());
    }
}
