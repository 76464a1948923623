//! Pages of accounts: signing in, the first account, one's own account, and everybody's for administrators. They ask and
//! show; every rule stands in the service of accounts.

mod own;
mod own_actions;
mod provider;
mod sign_in;
mod users;
mod words;

pub use own::{password_page, show};
pub use own_actions::{
    change_password, confirm_totp, end_others, end_session, enrol_totp, export, make_token, remove_totp, revoke_token,
};
pub use provider::{back, begin, link};
pub use sign_in::{ask, code_page, redeem, set_up, set_up_page, sign_in, sign_out};
pub use users::{change_user, make_user, user, users};

pub use crate::web::rights::SET_UP_PATH;

/// Page of one's own account.
pub const OWN_PATH: &str = "/akun";
/// Page of all accounts.
pub const USERS_PATH: &str = "/pengguna";
/// Page from which somebody is sent to the identity provider.
pub const PROVIDER_PATH: &str = "/masuk/penyedia";
/// Page on which a one-time code is typed.
pub const CODE_PATH: &str = "/kode";
