//! Address, names, proxies, certificate and log of the service (`simpul.toml` in the data folder). Knows no socket and no
//! certificate, only how they are written.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use super::keys::{DefinitionKey, KeyTable, KindDescription};
use super::log_settings::{self, LogSettings};
use super::raw::{DefinitionReader, Located, RawTable};
use super::service_oidc::{OIDC, OidcSettings, lower_oidc};

/// The file below the data folder.
pub const SERVICE_FILE: &str = "simpul.toml";
/// Names of the service at most.
const NAMES_MAX: usize = 20;
/// Addresses of proxies at most.
const PROXIES_MAX: usize = 20;
/// Letters of a host name at most, as the names of the internet have them.
const NAME_CHARS_MAX: usize = 253;

/// Settings of the service.
pub(super) static SERVICE: KindDescription = KindDescription {
    name: "service",
    place: SERVICE_FILE,
    says: "Alamat, nama, sertifikat, dan catatan layanan; berlaku sejak layanan dijalankan lagi.",
    root: &ROOT,
};

static ROOT: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("listen")
        .without("`127.0.0.1:8080`: komputer ini saja")
        .says("Alamat dan port tempat layanan menunggu; `serve --listen` didahulukan.")
        .like("\"0.0.0.0:8080\""),
    DefinitionKey::text("puskesmas")
        .without("nama di judul rekap pertama")
        .says("Puskesmas pemilik rekap yang tidak menyebut namanya, selama belum ada data.")
        .like("\"Puskesmas Abcde\""),
    DefinitionKey::few_texts("names", NAMES_MAX)
        .without("alamat dan nama komputer ini saja")
        .says("Nama lain yang diketik di peramban; portnya hanya bila lain dari port layanan.")
        .like("[\"simpul.dinkes.example\", \"10.0.0.5:8443\"]"),
    DefinitionKey::few_texts("proxy", PROXIES_MAX)
        .without("tidak ada perantara yang dipercaya")
        .says("Alamat perantara (Caddy, nginx) yang keterangan asalnya dipercaya.")
        .like("[\"127.0.0.1\", \"10.0.0.0/24\"]"),
    DefinitionKey::text("certificate")
        .with("key")
        .says("Berkas sertifikat (PEM, dengan rantainya) untuk https, dihitung dari folder data.")
        .like("\"rahasia/simpul.pem\""),
    DefinitionKey::text("key")
        .with("certificate")
        .says("Berkas kunci sertifikat itu (PEM, tanpa kata sandi).")
        .like("\"rahasia/simpul-key.pem\""),
    log_settings::LEVEL_KEY,
    log_settings::FORMAT_KEY,
    log_settings::FILE_KEY,
    log_settings::FILE_MB_KEY,
    log_settings::FILES_KEY,
    DefinitionKey::table("oidc", &OIDC)
        .without("tanpa penyedia identitas")
        .says("Penyedia identitas (OpenID Connect) tempat orang juga dapat masuk."),
]);

/// Settings of `simpul.toml`; what it does not name is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceSettings {
    /// Address of the listener.
    pub listen: Option<SocketAddr>,
    /// Owner of the first workbooks, where they name none.
    pub puskesmas: Option<String>,
    /// Names under which the service may be asked.
    pub names: Vec<ServedName>,
    /// Reverse proxies that are believed.
    pub proxies: Vec<AddressRange>,
    /// Files for TLS.
    pub certificate: Option<CertificatePaths>,
    /// Identity provider.
    pub oidc: Option<OidcSettings>,
    /// The log.
    pub log: LogSettings,
}

/// A name under which the service may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedName {
    /// Host name or address, in small letters.
    pub name: String,
    /// Port, where one is written.
    pub port: Option<u16>,
}

/// Files of a certificate as written: relative to the data folder, or absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificatePaths {
    /// Certificate with its chain.
    pub certificate: String,
    /// Its key.
    pub key: String,
}

/// Addresses that begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressRange {
    address: IpAddr,
    /// Number of bits in which addresses agree.
    prefix: u8,
}

impl AddressRange {
    /// The range of a text such as `10.0.0.0/24` or `127.0.0.1`.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().ok()?;
        let address = address.to_canonical();
        let most = if address.is_ipv4() { 32 } else { 128 };
        let is_plain = |prefix: &&str| !prefix.is_empty() && prefix.bytes().all(|digit| digit.is_ascii_digit());
        let prefix = match prefix {
            Some(prefix) => Some(prefix).filter(is_plain)?.parse().ok().filter(|bits| *bits <= most)?,
            None => most,
        };
        Some(Self { address, prefix })
    }

    /// Reports whether an address lies within.
    pub fn holds(self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let apart = u32::from(own) ^ u32::from(other);
                apart.leading_zeros() >= u32::from(self.prefix)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let apart = u128::from(own) ^ u128::from(other);
                apart.leading_zeros() >= u32::from(self.prefix)
            }
            _ => false,
        }
    }
}

impl ServedName {
    /// The name of a text such as `simpul.example` or `simpul.example:8443`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(address) = text.parse::<IpAddr>() {
            return Some(Self { name: host_of(address), port: None });
        }
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Some(Self { name: host_of(address.ip()), port: Some(address.port()) });
        }
        let (name, port) = match text.split_once(':') {
            Some((name, port)) => (name, Some(port.parse().ok().filter(|port| *port > 0)?)),
            None => (text, None),
        };
        let is_label = |label: &str| {
            let is_sign = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_';
            !label.is_empty() && label.chars().all(is_sign) && !label.starts_with('-')
        };
        let is_name = name.len() <= NAME_CHARS_MAX && name.split('.').all(is_label);
        is_name.then(|| Self { name: name.to_ascii_lowercase(), port })
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_one = self.prefix == if self.address.is_ipv4() { 32 } else { 128 };
        if is_one { write!(f, "{}", self.address) } else { write!(f, "{}/{}", self.address, self.prefix) }
    }
}

impl fmt::Display for ServedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// An address as a Host header writes it.
fn host_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// The text of a first file, made from what the first page was told.
pub fn first_text(puskesmas: &str, listen: Option<SocketAddr>) -> String {
    let mut table = toml::Table::new();
    if !puskesmas.is_empty() {
        table.insert("puskesmas".to_owned(), puskesmas.into());
    }
    if let Some(address) = listen {
        table.insert("listen".to_owned(), address.to_string().into());
    }
    format!("# Ditulis oleh halaman pertama Simpul; berlaku sejak layanan dijalankan lagi.\n{table}")
}

/// Lowers the file; `None` where something is wrong.
pub(super) fn lower(reader: &mut DefinitionReader<'_>, mut root: RawTable<'_>) -> Option<ServiceSettings> {
    let before = reader.faults.len();
    let listen = root.text(reader, "listen").and_then(|text| listen_address(reader, &text));
    let puskesmas = root.text(reader, "puskesmas").map(|name| name.value);
    let names = read_each(
        reader,
        &mut root,
        &ListReading {
            key: "names",
            most: NAMES_MAX,
            what: "bukan nama komputer",
            hint: "tulis nama seperti di peramban tanpa http:// dan tanpa /, misalnya simpul.dinkes.example",
        },
        ServedName::parse,
    );
    let proxies = read_each(
        reader,
        &mut root,
        &ListReading {
            key: "proxy",
            most: PROXIES_MAX,
            what: "bukan alamat IP",
            hint: "tulis alamat perantaranya, misalnya 127.0.0.1 atau 10.0.0.0/24",
        },
        AddressRange::parse,
    );
    let certificate = certificate(reader, &mut root);
    let oidc = root.table_if_there(reader, "oidc").and_then(|table| lower_oidc(reader, table));
    let log = log_settings::lower(reader, &mut root);
    root.finish(reader);
    let service = ServiceSettings { listen, puskesmas, names, proxies, certificate, oidc, log };
    (reader.faults.len() == before).then_some(service)
}

fn listen_address(reader: &mut DefinitionReader<'_>, text: &Located<String>) -> Option<SocketAddr> {
    let address = text.value.parse().ok();
    if address.is_none() {
        let hint =
            "tulis alamat:port, misalnya 0.0.0.0:8080 untuk semua jaringan atau 127.0.0.1:8080 untuk komputer ini";
        reader.fault(&text.span, format!("`{}` bukan alamat dengan port", text.value), Some(hint.to_owned()));
    }
    address
}

fn certificate(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Option<CertificatePaths> {
    let certificate = root.text(reader, "certificate");
    let key = root.text(reader, "key");
    match (root.has("certificate"), root.has("key")) {
        (true, false) => root.missing(reader, "key", "key = \"rahasia/simpul-key.pem\""),
        (false, true) => root.missing(reader, "certificate", "certificate = \"rahasia/simpul.pem\""),
        _ => {}
    }
    Some(CertificatePaths { certificate: certificate?.value, key: key?.value })
}

/// A list of texts of one kind, and the words about one that is none.
struct ListReading {
    key: &'static str,
    most: usize,
    what: &'static str,
    hint: &'static str,
}

fn read_each<T>(
    reader: &mut DefinitionReader<'_>,
    root: &mut RawTable<'_>,
    list: &ListReading,
    parse: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    let Some(texts) = root.texts(reader, list.key) else { return Vec::new() };
    if texts.value.len() > list.most {
        let hint = format!("tulis paling banyak {}", list.most);
        reader.fault(&texts.span, format!("`{}` terlalu banyak", list.key), Some(hint));
    }
    let mut read = Vec::new();
    for text in texts.value {
        match parse(&text.value) {
            Some(value) => read.push(value),
            None => reader.fault(&text.span, format!("`{}` {}", text.value, list.what), Some(list.hint.to_owned())),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{SourceFile, load};

    fn file(text: &str) -> SourceFile {
        SourceFile { name: SERVICE_FILE.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_name_is_no_longer_than_the_internet_has_them() {
        assert!(ServedName::parse(&"x".repeat(NAME_CHARS_MAX)).is_some());
        assert!(ServedName::parse(&"x".repeat(NAME_CHARS_MAX + 1)).is_none());
    }

    #[test]
    fn what_is_written_holds() {
        let text = "listen = \"0.0.0.0:8080\"\nnames = [\"Simpul.Example\", \"10.0.0.5:8443\", \"fd00::1\"]\n\
                    proxy = [\"127.0.0.1\", \"10.0.0.0/24\"]\ncertificate = \"a.pem\"\nkey = \"b.pem\"\n";
        let (definitions, faults) = load(&[file(text)]);
        assert!(faults.is_empty(), "{faults:?}");
        let service = definitions.service;
        assert_eq!(service.listen, Some("0.0.0.0:8080".parse().unwrap()));
        let names: Vec<(&str, Option<u16>)> =
            service.names.iter().map(|name| (name.name.as_str(), name.port)).collect();
        assert_eq!(names, [("simpul.example", None), ("10.0.0.5", Some(8443)), ("[fd00::1]", None)]);
        let holds = |address: &str| service.proxies.iter().any(|range| range.holds(address.parse().unwrap()));
        for (address, is_held) in [
            ("127.0.0.1", true),
            ("::ffff:127.0.0.1", true),
            ("127.0.0.2", false),
            ("10.0.0.255", true),
            ("10.0.1.0", false),
            ("::1", false),
        ] {
            assert_eq!(holds(address), is_held, "{address}");
        }
        let paths = CertificatePaths { certificate: "a.pem".to_owned(), key: "b.pem".to_owned() };
        assert_eq!(service.certificate, Some(paths));
    }

    #[test]
    fn every_mistake_is_named_and_nothing_holds() {
        let text = "listen = \"8080\"\nnames = [\"http://a.example\", \"*\", \"a:0\"]\nproxy = [\"10.0.0.0/33\", \"x\", \
                    \"10.0.0.0/+8\"]\nkey = \"b.pem\"\nport = 1\n";
        let (definitions, faults) = load(&[file(text)]);
        assert_eq!(definitions.service, ServiceSettings::default());
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 3, 3, 5], "{said:#?}");
        let all = said.join("\n");
        for words in [
            "bukan alamat dengan port",
            "0.0.0.0:8080",
            "`http://a.example` bukan nama komputer",
            "`10.0.0.0/33` bukan alamat IP",
            "`certificate` tidak ada",
            "kunci `port` tidak dikenal",
        ] {
            assert!(all.contains(words), "{words}: {all}");
        }
    }

    #[test]
    fn a_range_takes_all_of_a_family_with_no_bit_agreed() {
        let all = AddressRange::parse("0.0.0.0/0").unwrap();
        assert!(all.holds("203.0.113.9".parse().unwrap()) && !all.holds("::1".parse().unwrap()));
        assert_eq!(AddressRange::parse(""), None);
        assert_eq!(AddressRange::parse("10.0.0.0/"), None);
    }
}
