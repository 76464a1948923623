//! An identity provider of the district (OpenID Connect): where its people are sent to sign in, and who the one is that it
//! sends back. The only room that names openidconnect. Knows
//! no account, no page and no clock: whom an identity belongs to is decided elsewhere.

mod error;
mod provider;
mod token;

pub use error::{OidcError, TokenFault};
pub use provider::{FlowSecrets, IdentityProvider, ProviderSettings};
pub use token::VerifiedIdentity;
