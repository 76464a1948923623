//! Notices by mail: the only file that names lettre. A log-in goes through TLS or not at all. Knows no outbox.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use lettre::message::{Mailbox, header::ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client;
use lettre::{Message, SmtpTransport, Transport};

use super::JobError;
use crate::definitions::{Login, Security, Smtp, Tls};
use crate::store::OutboxNotice;

/// Folder of passwords and certificates, below the data folder; no backup holds it.
pub const SECRETS: &str = "rahasia";
/// Time that a server may take for one answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Bytes of a password or a certificate.
const SECRET_BYTES_MAX: u64 = 64 << 10;

/// Sends one notice to all recipients. Its Message-ID is made from the notice's key: a server that is told twice,
/// because the first answer was lost, can tell so.
pub fn send(data: &Path, smtp: &Smtp, notice: &OutboxNotice) -> Result<(), JobError> {
    let message = message(smtp, notice)?;
    let answered =
        |error: &dyn std::fmt::Display| JobError::Mail(format!("{}:{} menjawab: {error}", smtp.host, smtp.port));
    let mut builder = SmtpTransport::builder_dangerous(&smtp.host).port(smtp.port).timeout(Some(ANSWER_WITHIN));
    let tls = match &smtp.security {
        Security::Plain => None,
        Security::Tls(tls) | Security::StartTls(tls) => Some(tls),
    };
    if let Some(tls) = tls {
        let secrets = data.join(SECRETS);
        let parameters = parameters(&secrets, &smtp.host, tls)?;
        // Required: a server that offers no TLS is told nothing.
        builder = builder.tls(match smtp.security {
            Security::Tls(_) => client::Tls::Wrapper(parameters),
            _ => client::Tls::Required(parameters),
        });
        if let Some(login) = &tls.login {
            builder = builder.credentials(credentials(&secrets, login)?);
        }
    }
    builder.build().send(&message).map(drop).map_err(|error| answered(&error))
}

fn parameters(secrets: &Path, host: &str, tls: &Tls) -> Result<client::TlsParameters, JobError> {
    let mut builder = client::TlsParameters::builder(host.to_owned());
    if let Some(name) = &tls.authority {
        let pem = bounded(&secrets.join(name))?;
        let authority = client::Certificate::from_pem(pem.as_bytes());
        let authority = authority.map_err(|error| JobError::Mail(format!("{SECRETS}/{name}: {error}")))?;
        // The network's own authority alone: whoever names it does not mean the public ones.
        builder = builder.certificate_store(client::CertificateStore::None).add_root_certificate(authority);
    }
    builder.build().map_err(|error| JobError::Mail(error.to_string()))
}

/// Name and password; a password that others on this machine can read is not used.
fn credentials(secrets: &Path, login: &Login) -> Result<Credentials, JobError> {
    let path = secrets.join(&login.password_file);
    let password = bounded(&path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if fs::metadata(&path)?.permissions().mode() & 0o077 != 0 {
            let advice = format!("chmod 600 {}", path.display());
            let file = &login.password_file;
            return Err(JobError::Mail(format!("{SECRETS}/{file} dapat dibaca pengguna lain; jalankan: {advice}")));
        }
    }
    Ok(Credentials::new(login.user.clone(), password.trim_end_matches(['\r', '\n']).to_owned()))
}

fn bounded(path: &Path) -> Result<String, JobError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let failed = |error: &dyn std::fmt::Display| JobError::Mail(format!("{SECRETS}/{name} tidak terbaca: {error}"));
    let size = fs::metadata(path).map_err(|error| failed(&error))?.len();
    if size > SECRET_BYTES_MAX {
        return Err(failed(&format!("lebih besar dari {SECRET_BYTES_MAX} bita")));
    }
    fs::read_to_string(path).map_err(|error| failed(&error))
}

fn message(smtp: &Smtp, notice: &OutboxNotice) -> Result<Message, JobError> {
    let mailbox = |address: &str| {
        address.parse::<Mailbox>().map_err(|error| JobError::Mail(format!("alamat `{address}`: {error}")))
    };
    let host = smtp.from.split_once('@').map_or("simpul", |(_, host)| host);
    let mut builder = Message::builder()
        .from(mailbox(&smtp.from)?)
        .subject(&notice.notice.subject)
        .date(SystemTime::from(notice.made))
        .message_id(Some(format!("<simpul-{}@{host}>", notice.notice.key)))
        .header(ContentType::TEXT_PLAIN);
    for address in &smtp.to {
        builder = builder.to(mailbox(address)?);
    }
    builder.body(notice.notice.body.clone()).map_err(|error| JobError::Mail(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_bounded_in_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kata-sandi");
        let with = |bytes: u64| {
            fs::write(&path, vec![b'x'; usize::try_from(bytes).unwrap()]).unwrap();
            bounded(&path).map(|text| text.len())
        };
        assert_eq!(with(SECRET_BYTES_MAX).unwrap(), 64 << 10);
        let refused = with(SECRET_BYTES_MAX + 1).unwrap_err().to_string();
        assert!(refused.contains("kata-sandi tidak terbaca: lebih besar dari 65536 bita"), "{refused}");
    }
}
