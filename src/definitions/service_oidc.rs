//! The identity provider of an installation: the table `[oidc]` of `simpul.toml`, lowered. Nothing that could be asked
//! without TLS beyond this machine can be written down.

use super::job_smtp::checked_name;
use super::keys::{DefinitionKey, KeyTable};
use super::raw::{DefinitionReader, Located, RawTable};

/// Words of the button where none are written.
const LABEL: &str = "akun dinas";
/// Letters of the words of the button.
const LABEL_CHARS_MAX: usize = 60;
/// Beginnings of addresses of this machine, which needs no TLS to itself.
const OWN_MACHINE: [&str; 3] = ["http://127.0.0.1", "http://localhost", "http://[::1]"];

/// Keys of the table.
pub(super) static OIDC: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("issuer")
        .required()
        .says("Alamat penyedia (issuer), persis seperti ditulisnya sendiri.")
        .like("\"https://masuk.dinkes.example/realms/dinkes\""),
    DefinitionKey::text("client-id").required().says("Nama Simpul ini di penyedia.").like("\"simpul\""),
    DefinitionKey::text("secret-file")
        .without("klien umum, dengan PKCE saja")
        .says("Berkas di rahasia/ yang berisi kata sandi klien (client secret).")
        .like("\"oidc.txt\""),
    DefinitionKey::text("address")
        .required()
        .says("Alamat Simpul ini di peramban; yang didaftarkan di penyedia: alamat ini dan /masuk/penyedia/kembali.")
        .like("\"https://simpul.dinkes.example\""),
    DefinitionKey::text("label")
        .or("\"akun dinas\"")
        .says("Kata di tombol sesudah “Masuk dengan”.")
        .like("\"akun Dinkes Sukamaju\""),
    DefinitionKey::text("claim")
        .without("hanya dengan kode sekali pakai")
        .says("Keterangan penyedia yang sama dengan nama akun; hanya bila orangnya tidak dapat mengubahnya sendiri.")
        .like("\"preferred_username\""),
    DefinitionKey::text("ca-file")
        .without("sertifikat umum")
        .says("Berkas di rahasia/ dengan sertifikat (PEM) jaringan sendiri.")
        .like("\"dinkes.pem\""),
]);

/// Agreement with a provider, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OidcSettings {
    /// Issuer.
    pub issuer: String,
    /// Name of this installation there.
    pub client_id: String,
    /// File in `rahasia/` with its password there.
    pub secret_file: Option<String>,
    /// Address of this installation in browsers, without a slash at its end.
    pub address: String,
    /// Words of the button after *Masuk dengan*.
    pub label: String,
    /// Claim that is the account's name.
    pub claim: Option<String>,
    /// File in `rahasia/` with the certificate (PEM) of the network's own authority; without it the public ones count.
    pub authority_file: Option<String>,
}

/// Lowers the table `[oidc]`.
pub(super) fn lower_oidc(reader: &mut DefinitionReader<'_>, mut table: RawTable<'_>) -> Option<OidcSettings> {
    let issuer = table.needed_text(reader, "issuer").and_then(|text| checked_url(reader, text));
    let client_id = table.needed_text(reader, "client-id");
    let secret_file = table.text(reader, "secret-file").map(|name| checked_name(reader, name));
    let address = table.needed_text(reader, "address").and_then(|text| checked_url(reader, text));
    let address = address.and_then(|text| checked_origin(reader, &text));
    let label = table.text(reader, "label").and_then(|text| checked_label(reader, text));
    let claim = table.text(reader, "claim");
    let authority_file = table.text(reader, "ca-file").map(|name| checked_name(reader, name));
    table.finish(reader);
    Some(OidcSettings {
        issuer: issuer?.value,
        client_id: client_id?.value,
        secret_file: secret_file.map_or(Some(None), |name| name.map(Some))?,
        address: address?,
        label: label.unwrap_or_else(|| LABEL.to_owned()),
        claim: claim.map(|claim| claim.value),
        authority_file: authority_file.map_or(Some(None), |name| name.map(Some))?,
    })
}

/// An address with TLS, or one of this machine.
pub(super) fn checked_url(reader: &mut DefinitionReader<'_>, text: Located<String>) -> Option<Located<String>> {
    let after = |start: &str| text.value.strip_prefix(start);
    let is_own = is_own_machine(&text.value);
    let is_plain = text.value.bytes().all(|sign| sign.is_ascii_graphic() && !matches!(sign, b'?' | b'#' | b'@'));
    if is_plain && (is_own || after("https://").is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))) {
        return Some(text);
    }
    let hint = "tulis alamat lengkap dengan https://, misalnya \"https://masuk.dinkes.example\"".to_owned();
    reader.fault(&text.span, format!("`{}` bukan alamat https", text.value), Some(hint));
    None
}

/// Reports whether an address without TLS is one of this machine.
pub(super) fn is_own_machine(url: &str) -> bool {
    let after = |start: &&str| url.strip_prefix(*start);
    OWN_MACHINE.iter().any(|start| after(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])))
}

/// An address without a path.
fn checked_origin(reader: &mut DefinitionReader<'_>, text: &Located<String>) -> Option<String> {
    let bare = text.value.trim_end_matches('/');
    if bare.split("://").nth(1).is_some_and(|host| !host.contains('/')) {
        return Some(bare.to_owned());
    }
    let hint = "tulis alamatnya saja, misalnya \"https://simpul.dinkes.example\"".to_owned();
    reader.fault(&text.span, format!("`{}` memuat lebih dari alamat", text.value), Some(hint));
    None
}

fn checked_label(reader: &mut DefinitionReader<'_>, text: Located<String>) -> Option<String> {
    if text.value.chars().count() <= LABEL_CHARS_MAX && !text.value.chars().any(char::is_control) {
        return Some(text.value);
    }
    let hint = format!("tulis satu baris, paling banyak {LABEL_CHARS_MAX} huruf");
    reader.fault(&text.span, "kata tombol terlalu panjang", Some(hint));
    None
}

#[cfg(test)]
mod tests {
    use crate::definitions::{SERVICE_FILE, SourceFile, load};

    fn file(lines: &str) -> SourceFile {
        SourceFile { name: SERVICE_FILE.to_owned(), text: format!("[oidc]\n{lines}") }
    }

    #[test]
    fn what_is_written_holds() {
        let text = "issuer = \"https://id.example/realms/a\"\nclient-id = \"simpul\"\naddress = \"https://simpul.example/\"\n\
                    secret-file = \"oidc.txt\"\nclaim = \"preferred_username\"\nca-file = \"ca.pem\"\n";
        let (definitions, faults) = load(&[file(text)]);
        assert!(faults.is_empty(), "{faults:?}");
        let oidc = definitions.service.oidc.unwrap();
        assert_eq!((oidc.address.as_str(), oidc.label.as_str()), ("https://simpul.example", "akun dinas"));
        assert_eq!((oidc.secret_file.as_deref(), oidc.authority_file.as_deref()), (Some("oidc.txt"), Some("ca.pem")));
        assert!(load(&[]).0.service.oidc.is_none());
    }

    #[test]
    fn every_mistake_is_named_and_nothing_holds() {
        let text = "issuer = \"http://id.example\"\nclient-id = \"simpul\"\naddress = \"https://simpul.example/jalan\"\n\
                    secret-file = \"../oidc.txt\"\nclient_secret = \"x\"\n";
        let (definitions, faults) = load(&[file(text)]);
        assert!(definitions.service.oidc.is_none());
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 4, 5, 6], "{said:#?}");
        let (_, missing) = load(&[file("issuer = \"http://127.0.0.1.example\"\n")]);
        assert_eq!(missing.len(), 3, "{missing:#?}");
    }
}
