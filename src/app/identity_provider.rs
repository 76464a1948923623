//! The identity provider of `simpul.toml`, with the secrets that lie in the data folder. Asks nobody.

use std::fs;
use std::io;
use std::path::Path;

use crate::definitions::OidcSettings;
use crate::disk;
use crate::oidc::{IdentityProvider, ProviderSettings};

/// Folder of secrets below the data folder.
const SECRETS: &str = "rahasia";
/// Path to which browsers come back from a provider.
pub const RETURN_PATH: &str = "/masuk/penyedia/kembali";

/// Reason for which the provider cannot be used. The display is the message for whoever starts the service.
#[derive(Debug, thiserror::Error)]
pub enum ProviderFault {
    /// A file cannot be read.
    #[error("berkas {SECRETS}/{name} untuk [oidc] dalam simpul.toml tidak terbaca: {}", disk::why(.error))]
    File {
        /// Its name.
        name: String,
        /// Reason.
        error: io::Error,
    },
    /// The agreement is none.
    #[error("[oidc] dalam simpul.toml tidak dapat dipakai: {0}")]
    Agreement(&'static str),
}

/// The provider that a data folder names.
pub fn identity_provider(data: &Path, settings: &OidcSettings) -> Result<IdentityProvider, ProviderFault> {
    let read = |name: &Option<String>| {
        let text = name.as_ref().map(|name| {
            let failed = |error| ProviderFault::File { name: name.clone(), error };
            fs::read_to_string(data.join(SECRETS).join(name)).map_err(failed)
        });
        text.transpose()
    };
    let secret = read(&settings.secret_file)?;
    let agreement = ProviderSettings {
        issuer: settings.issuer.clone(),
        client_id: settings.client_id.clone(),
        client_secret: secret.map(|secret| secret.trim_end_matches(['\r', '\n']).to_owned()),
        redirect: format!("{}{RETURN_PATH}", settings.address),
        authority: read(&settings.authority_file)?,
        claim: settings.claim.clone(),
    };
    IdentityProvider::new(agreement).map_err(ProviderFault::Agreement)
}
