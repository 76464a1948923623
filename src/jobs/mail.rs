//! Notices by mail, to a server of the own network: the only file that names lettre. Plain SMTP without log-in: no
//! password ever crosses the network. Knows no outbox.

use std::time::{Duration, SystemTime};

use lettre::message::{Mailbox, header::ContentType};
use lettre::{Message, SmtpTransport, Transport};

use super::JobError;
use crate::definitions::Smtp;
use crate::store::Notice;

/// How long a server may take for one answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Sends one notice to all recipients. Its Message-ID is made from the notice's key: a server that is told twice,
/// because the first answer was lost, can tell so.
pub fn send(smtp: &Smtp, notice: &Notice) -> Result<(), JobError> {
    let message = message(smtp, notice)?;
    let transport = SmtpTransport::builder_dangerous(&smtp.host).port(smtp.port).timeout(Some(ANSWER_WITHIN)).build();
    match transport.send(&message) {
        Ok(_) => Ok(()),
        Err(error) => Err(JobError::Mail(format!("{}:{} menjawab: {error}", smtp.host, smtp.port))),
    }
}

fn message(smtp: &Smtp, notice: &Notice) -> Result<Message, JobError> {
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
