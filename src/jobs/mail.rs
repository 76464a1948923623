//! Notices by mail, with papers where they are to be attached: the only file that names lettre. A log-in goes through TLS
//! or not at all. Knows no outbox.

use std::path::Path;
use std::time::{Duration, SystemTime};

use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client;
use lettre::{Message, SmtpTransport, Transport};

use super::JobError;
use super::attachments::Attached;
use super::secrets::{SECRETS, own_secret, secret};
use crate::definitions::{Login, Security, Smtp, Tls};
use crate::store::OutboxNotice;

/// Time that a server may take for one answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Characters of a server's answer that are kept.
const RECEIPT_CHARS_MAX: usize = 200;

/// Sends one notice to all recipients and returns the server's answer. Its Message-ID is made from the notice's key: a
/// server that is told twice, because the first answer was lost, can tell so.
pub fn send(data: &Path, smtp: &Smtp, notice: &OutboxNotice) -> Result<String, JobError> {
    let message = message(smtp, notice, Attached::read(data, &notice.notice.files)?)?;
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
    let answer = builder.build().send(&message).map_err(|error| answered(&error))?;
    let words = answer.message().collect::<Vec<_>>().join(" ");
    Ok(format!("{} {words}", answer.code()).chars().take(RECEIPT_CHARS_MAX).collect())
}

fn parameters(secrets: &Path, host: &str, tls: &Tls) -> Result<client::TlsParameters, JobError> {
    let mut builder = client::TlsParameters::builder(host.to_owned());
    if let Some(name) = &tls.authority {
        let pem = secret(&secrets.join(name)).map_err(JobError::Mail)?;
        let authority = client::Certificate::from_pem(pem.as_bytes());
        let authority = authority.map_err(|error| JobError::Mail(format!("{SECRETS}/{name}: {error}")))?;
        // The network's own authority alone: whoever names it does not mean the public ones.
        builder = builder.certificate_store(client::CertificateStore::None).add_root_certificate(authority);
    }
    builder.build().map_err(|error| JobError::Mail(error.to_string()))
}

/// Name and password; a password that others on this machine can read is not used.
fn credentials(secrets: &Path, login: &Login) -> Result<Credentials, JobError> {
    let password = own_secret(&secrets.join(&login.password_file)).map_err(JobError::Mail)?;
    Ok(Credentials::new(login.user.clone(), password))
}

fn message(smtp: &Smtp, notice: &OutboxNotice, attached: Attached) -> Result<Message, JobError> {
    let mailbox = |address: &str| {
        address.parse::<Mailbox>().map_err(|error| JobError::Mail(format!("alamat `{address}`: {error}")))
    };
    let host = smtp.from.split_once('@').map_or("simpul", |(_, host)| host);
    let mut builder = Message::builder()
        .from(mailbox(&smtp.from)?)
        .subject(&notice.notice.subject)
        .date(SystemTime::from(notice.made))
        .message_id(Some(format!("<simpul-{}@{host}>", notice.notice.key)));
    for address in &smtp.to {
        builder = builder.to(mailbox(address)?);
    }
    let text = notice.notice.body.clone() + &attached.missing;
    if attached.files.is_empty() {
        let builder = builder.header(ContentType::TEXT_PLAIN);
        return builder.body(text).map_err(|error| JobError::Mail(error.to_string()));
    }
    let mut parts = MultiPart::mixed().singlepart(SinglePart::plain(text));
    for file in attached.files {
        let kind = ContentType::parse(file.media_type).map_err(|error| JobError::Mail(error.to_string()))?;
        parts = parts.singlepart(Attachment::new(file.name).body(file.bytes, kind));
    }
    builder.multipart(parts).map_err(|error| JobError::Mail(error.to_string()))
}
