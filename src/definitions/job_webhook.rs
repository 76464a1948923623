//! Where a job's notices go as JSON: the table `[notify.webhook]` of a `jobs/*.toml`, lowered. Knows no request.

use super::job::Webhook;
use super::job_smtp::checked_name;
use super::raw::{DefinitionReader, RawTable};
use super::service_oidc::{checked_url, is_own_machine};

/// Lowers the table `[notify.webhook]`.
pub(super) fn lower_webhook(reader: &mut DefinitionReader<'_>, mut table: RawTable<'_>) -> Option<Webhook> {
    let url = table.needed_text(reader, "url").and_then(|url| checked_url(reader, url));
    let secret_file = table.text(reader, "secret-file").map(|name| checked_name(reader, name));
    let authority = table.text(reader, "ca-file").map(|name| checked_name(reader, name));
    table.finish(reader);
    Some(Webhook {
        url: url?.value,
        secret_file: secret_file.map_or(Some(None), |name| name.map(Some))?,
        authority: authority.map_or(Some(None), |name| name.map(Some))?,
    })
}

impl Webhook {
    /// Reports whether the address is one of this machine, which may be told without TLS.
    pub fn is_own_machine(&self) -> bool {
        is_own_machine(&self.url)
    }
}
