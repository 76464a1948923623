//! Tokens of the API: made by an account for itself, never able to do more than it, with an end.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};

use crate::accounts::secrets::{API_TOKEN_PREFIX, FreshSecret, fresh_api_token, hash_of};
use crate::accounts::session::TOUCH_AFTER;
use crate::domain::access::{Access, Origin, Reach, Right};
use crate::store::{AccountId, NewApiToken, StoredAccount, StoredApiToken, TokenScope};

use super::{AccountError, AccountService};

/// Time for which a token is good at most.
pub const TOKEN_LIFE_MAX: Duration = Duration::days(366);
/// Tokens of an account that are good at once.
pub const TOKENS_MAX: u32 = 20;
/// Characters of a token's name.
pub const TOKEN_NAME_CHARS_MAX: usize = 80;

/// A token that somebody asks for.
#[derive(Clone, Debug)]
pub struct TokenWish {
    /// Name that tells what it is for.
    pub name: String,
    /// Scope.
    pub scope: TokenScope,
    /// Puskesmas to which it is narrowed; none: all of the account.
    pub puskesmas: Option<String>,
    /// Moment from which it is good no more.
    pub expires: DateTime<Utc>,
}

/// Whoever calls the API with a token.
#[derive(Clone)]
pub struct ApiCaller {
    /// Account in whose name it acts.
    pub account: StoredAccount,
    /// The token.
    pub token: StoredApiToken,
    /// Rights of the account, within those of the token.
    pub access: Access,
}

impl AccountService<'_> {
    /// Makes a token of an account for itself; the text is shown once.
    pub fn make_api_token(self, id: AccountId, wish: &TokenWish) -> Result<FreshSecret, AccountError> {
        self.require_own(id)?;
        let account = self.open_account(id)?;
        let name = wish.name.trim();
        if name.is_empty() || name.chars().count() > TOKEN_NAME_CHARS_MAX || name.chars().any(char::is_control) {
            return Err(AccountError::TokenName);
        }
        let now = self.now();
        if wish.expires <= now || wish.expires > now + TOKEN_LIFE_MAX {
            return Err(AccountError::TokenEnd);
        }
        let puskesmas = wish.puskesmas.as_deref().map(|written| self.puskesmas_of(written)).transpose()?;
        let access = self.access_of(&account, Origin::CommandLine, self.grants(id)?)?;
        let needed: &[Right] = match wish.scope {
            TokenScope::Read => &[Right::See, Right::SeeFacility],
            TokenScope::Import => &[Right::Import, Right::Figures],
            TokenScope::Metrics => &[Right::ReadMetrics],
        };
        // Metrics are of the whole service.
        let is_everywhere = wish.scope == TokenScope::Metrics;
        let may = |right: &Right| match &puskesmas {
            Some(_) if is_everywhere => false,
            None if is_everywhere => access.may_everywhere(*right),
            Some(puskesmas) => access.may(*right, puskesmas),
            None => access.may_somewhere(*right),
        };
        if !needed.iter().any(may) {
            return Err(AccountError::TokenScope);
        }
        let token = fresh_api_token(self.tools.randomness)?;
        let new = NewApiToken {
            account: id,
            name,
            hash: &token.hash(),
            scope: wish.scope,
            puskesmas: puskesmas.as_deref(),
            expires: wish.expires,
        };
        if self.book().keep_api_token(&new, TOKENS_MAX, self.by())? {
            Ok(token)
        } else {
            Err(AccountError::TooManyTokens)
        }
    }

    /// Tokens of an account, the latest first, those taken back and past their end too.
    pub fn api_tokens(self, id: AccountId) -> Result<Vec<StoredApiToken>, AccountError> {
        self.require_own(id)?;
        Ok(self.book().api_tokens(id)?)
    }

    /// Takes a token of an account back.
    pub fn revoke_api_token(self, id: AccountId, token: i64) -> Result<(), AccountError> {
        self.require_own(id)?;
        if self.book().revoke_api_token(id, token, self.by())? { Ok(()) } else { Err(AccountError::NoSuchToken) }
    }

    /// Whoever calls the API with a token; none where it is no token, was taken back, is past its end, or its account
    /// may not log in or has to choose another password first. What it may do follows the account's grants of now, narrowed to the token's scope and Puskesmas.
    pub fn api_caller(self, token: &str, address: IpAddr) -> Result<Option<ApiCaller>, AccountError> {
        if !token.starts_with(API_TOKEN_PREFIX) {
            return Ok(None);
        }
        let now = self.now();
        let Some(mut token) = self.book().api_token(&hash_of(token))? else { return Ok(None) };
        if token.revoked.is_some() || token.expires <= now {
            return Ok(None);
        }
        let is_good = |account: &StoredAccount| account.is_open() && !account.must_change;
        let Some(account) = self.book().account(token.account)?.filter(is_good) else { return Ok(None) };
        if token.seen.is_none_or(|seen| now >= seen + TOUCH_AFTER) {
            self.book().touch_api_token(token.id, now)?;
            token.seen = Some(now);
        }
        let rights: &[Right] = match token.scope {
            TokenScope::Read => &[Right::See, Right::SeeFacility],
            TokenScope::Import => &[Right::See, Right::SeeFacility, Right::Import, Right::Figures],
            TokenScope::Metrics => &[Right::ReadMetrics],
        };
        let within = token.puskesmas.as_deref().map_or(Reach::Everything, |name| Reach::over([name]));
        let access =
            self.access_of(&account, Origin::Api(address), self.grants(account.id)?)?.narrowed(rights, &within);
        Ok(Some(ApiCaller { account, token, access }))
    }
}
