//! Where a job's notices go by mail: the table `[notify.smtp]` of a `jobs/*.toml`, lowered. A log-in without TLS cannot be
//! written down.

use super::job::{Login, PapersByMail, Security, Smtp, Tls};
use super::raw::{DefinitionReader, Located, RawTable, word};

/// Addresses that one notice goes to at most.
pub(super) const RECIPIENTS_MAX: usize = 20;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum TlsMode {
    None,
    Tls,
    StartTls,
}

pub(super) const SECURITY: [(&str, TlsMode); 3] =
    [("none", TlsMode::None), ("tls", TlsMode::Tls), ("starttls", TlsMode::StartTls)];

pub(super) const PAPERS: [(&str, PapersByMail); 2] =
    [("named", PapersByMail::Named), ("attached", PapersByMail::Attached)];

/// Lowers the table `[notify.smtp]`.
pub(super) fn lower_smtp(reader: &mut DefinitionReader<'_>, mut table: RawTable<'_>) -> Option<Smtp> {
    let server = table.needed_text(reader, "server");
    let from = table.needed_text(reader, "from").and_then(|from| checked_address(reader, from));
    if !table.has("to") {
        table.missing(reader, "to", "to = [\"kepala@puskesmas.example\"]");
    }
    let to = table.texts(reader, "to");
    let security = lower_security(reader, &mut table);
    let papers = word(reader, &mut table, "papers", &PAPERS, PapersByMail::Named);
    table.finish(reader);
    let (host, port) = server.and_then(|server| checked_server(reader, &server))?;
    let to = to?;
    if to.value.len() > RECIPIENTS_MAX {
        let hint = format!("paling banyak {RECIPIENTS_MAX} alamat; pakai satu alamat kelompok");
        reader.fault(&to.span, "terlalu banyak penerima", Some(hint));
        return None;
    }
    let to: Vec<String> = to.value.into_iter().filter_map(|address| checked_address(reader, address)).collect();
    (!to.is_empty()).then_some(Smtp { host, port, security: security?, from: from?, to, papers })
}

/// Log-in and authority go with TLS only: neither is taken without it.
fn lower_security(reader: &mut DefinitionReader<'_>, table: &mut RawTable<'_>) -> Option<Security> {
    let security = word(reader, table, "security", &SECURITY, TlsMode::None);
    let user = table.text(reader, "user");
    let authority = table.text(reader, "ca-file").and_then(|name| checked_name(reader, name));
    if user.is_some() && !table.has("password-file") {
        table.missing(reader, "password-file", "password-file = \"surel.txt\"");
        return None;
    }
    let password = table.text(reader, "password-file");
    if security == TlsMode::None {
        let secret = user.as_ref().or(password.as_ref());
        if let Some(secret) = secret {
            let hint = "tambahkan security = \"starttls\" (porta 587) atau \"tls\" (porta 465)".to_owned();
            reader.fault(&secret.span, "nama dan kata sandi tidak dikirim tanpa TLS", Some(hint));
            return None;
        }
        return Some(Security::Plain);
    }
    let login = match (user, password) {
        (None, _) => None,
        (Some(user), password) => Some(Login { user: user.value, password_file: checked_name(reader, password?)? }),
    };
    let tls = Tls { login, authority };
    Some(if security == TlsMode::Tls { Security::Tls(tls) } else { Security::StartTls(tls) })
}

/// A file's name without any path.
pub(super) fn checked_name(reader: &mut DefinitionReader<'_>, name: Located<String>) -> Option<String> {
    let is_plain =
        !name.value.starts_with('.') && !name.value.contains(['/', '\\', ':', '\0']) && !name.value.is_empty();
    if is_plain {
        return Some(name.value);
    }
    let hint = "sebutkan nama berkas di folder rahasia/ tanpa garis miring, misalnya \"surel.txt\"".to_owned();
    reader.fault(&name.span, format!("`{}` bukan nama berkas", name.value), Some(hint));
    None
}

/// `host:port`; the port of mail where none is written.
fn checked_server(reader: &mut DefinitionReader<'_>, server: &Located<String>) -> Option<(String, u16)> {
    let (host, port) = match server.value.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok().filter(|port| *port > 0)),
        None => (server.value.as_str(), Some(25)),
    };
    let is_host = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let found = port.filter(|_| is_host).map(|port| (host.to_owned(), port));
    if found.is_none() {
        let hint = "tulis host:porta, misalnya \"mail.dinkes.example:25\"".to_owned();
        reader.fault(&server.span, format!("peladen surat `{}` tidak dapat dibaca", server.value), Some(hint));
    }
    found
}

/// A plain mail address; nothing in it may start another header.
fn checked_address(reader: &mut DefinitionReader<'_>, address: Located<String>) -> Option<String> {
    let plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'))
    };
    if address.value.split_once('@').is_some_and(|(user, host)| plain(user) && plain(host)) {
        return Some(address.value);
    }
    let hint = "tulis seperti pj@puskesmas.example".to_owned();
    reader.fault(&address.span, format!("alamat surel `{}` tidak dapat dibaca", address.value), Some(hint));
    None
}
