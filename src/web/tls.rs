//! The certificate of the service: read from two PEM files, checked with a sentence for each fault, and read anew when the
//! files change. Knows no socket and no request.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::ResolvesServerCert;
use rustls::sign::CertifiedKey;
use rustls::{InconsistentKeys, ServerConfig};
use tokio::sync::watch;
use yasna::{ASN1Result, BERReader, Tag};

/// Bytes of a certificate with its chain, and of a key, at most.
const FILE_BYTES_MAX: u64 = 1 << 20;
/// Time between two looks at the files: a change counts once the files stand still for that long.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Days before its end from which a certificate is warned of.
const WARNED_DAYS: i64 = 30;
/// Mark of a key that a password protects.
const ENCRYPTED: &str = "ENCRYPTED";

/// Files of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFiles {
    /// Certificate with its chain, PEM.
    pub certificate: PathBuf,
    /// Its key, PEM.
    pub key: PathBuf,
}

/// Reason for which a certificate cannot be used. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "files and reasons of the system say all")]
pub enum CertificateError {
    /// A file cannot be read.
    #[error("berkas `{}` untuk https tidak dapat dibaca; periksa `certificate` dan `key` dalam simpul.toml (letaknya dihitung dari folder data)", .path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    /// A file has no certificate.
    #[error("berkas `{}` tidak memuat sertifikat PEM; isinya harus berawal -----BEGIN CERTIFICATE-----. Berkas .pfx, .p12, atau .der diubah dahulu menjadi PEM", .0.display())]
    NoCertificate(PathBuf),
    /// A file has no key.
    #[error("berkas `{}` tidak memuat kunci PEM; isinya harus berawal -----BEGIN PRIVATE KEY-----. Periksa apakah `certificate` dan `key` tertukar", .0.display())]
    NoKey(PathBuf),
    /// A key is protected.
    #[error("kunci `{}` dilindungi kata sandi; simpan tanpa kata sandi, misalnya: openssl pkey -in LAMA -out BARU", .0.display())]
    Protected(PathBuf),
    /// The key is another's.
    #[error("kunci `{}` bukan pasangan sertifikat `{}`; pakai kunci yang dibuat bersama sertifikat itu, dan tulis sertifikat servernya paling atas", .key.display(), .certificate.display())]
    AnothersKey {
        /// File of the certificate.
        certificate: PathBuf,
        /// File of the key.
        key: PathBuf,
    },
    #[error("sertifikat `{}` tidak dapat dipakai: {why}", .path.display())]
    Unusable { path: PathBuf, why: String },
}

/// A certificate that was read, and its end.
#[derive(Debug)]
struct LoadedCertificate {
    key: Arc<CertifiedKey>,
    expires: Option<DateTime<Utc>>,
}

/// The certificate of a running service; cloning shares it.
#[derive(Clone, Debug)]
pub struct HeldCertificate {
    files: CertificateFiles,
    config: Arc<ServerConfig>,
    current: Arc<CurrentKey>,
    expires: Option<DateTime<Utc>>,
}

/// The certificate that counts now, for connections to come.
#[derive(Debug)]
struct CurrentKey(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for CurrentKey {
    fn resolve(&self, _hello: rustls::server::ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

impl HeldCertificate {
    /// Reads and checks the files. Blocking.
    pub fn open(files: CertificateFiles) -> Result<Self, CertificateError> {
        let provider = Arc::new(default_provider());
        let loaded = load(&files, &provider)?;
        let current = Arc::new(CurrentKey(RwLock::new(loaded.key)));
        let unusable =
            |why: rustls::Error| CertificateError::Unusable { path: files.certificate.clone(), why: why.to_string() };
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let mut config = builder.map_err(unusable)?.with_no_client_auth().with_cert_resolver(current.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), current, expires: loaded.expires, files })
    }

    /// Settings of TLS for a connection.
    pub(super) fn config(&self) -> Arc<ServerConfig> {
        self.config.clone()
    }

    /// A sentence where the certificate ended or ends soon.
    pub fn warning(&self, now: DateTime<Utc>) -> Option<String> {
        end_warning(&self.files.certificate, self.expires?, now)
    }

    /// Looks at the files until the service stops, and takes in what changed. Files that are wrong leave the former
    /// certificate in use.
    pub(super) async fn follow_files(self, mut stopping: watch::Receiver<bool>) {
        let mut known = self.state();
        let mut last = known;
        loop {
            let stopped = stopping.wait_for(|is_stopping| *is_stopping);
            if tokio::time::timeout(LOOK_EVERY, stopped).await.is_ok() {
                return;
            }
            let now = self.state();
            let is_still = now == last;
            last = now;
            if now == known || !is_still {
                continue;
            }
            known = now;
            match load(&self.files, &Arc::new(default_provider())) {
                Ok(loaded) => {
                    *self.current.0.write().unwrap_or_else(PoisonError::into_inner) = loaded.key;
                    tracing::info!("sertifikat baru dipakai: {}", self.files.certificate.display());
                }
                Err(error) => tracing::error!("{error}; sertifikat lama tetap dipakai"),
            }
        }
    }

    /// Size and time of both files; none for one that is not there.
    fn state(&self) -> [Option<(u64, Option<SystemTime>)>; 2] {
        [&self.files.certificate, &self.files.key].map(|path| {
            let known = fs::metadata(path).ok()?;
            Some((known.len(), known.modified().ok()))
        })
    }
}

fn end_warning(path: &Path, expires: DateTime<Utc>, now: DateTime<Utc>) -> Option<String> {
    let day = expires.format("%d-%m-%Y");
    let path = path.display();
    if expires <= now {
        return Some(format!(
            "sertifikat `{path}` sudah berakhir pada {day}, jadi peramban menolaknya; pasang yang baru di tempat yang sama"
        ));
    }
    let days = (expires - now).num_days();
    (days < WARNED_DAYS).then(|| {
        format!(
            "sertifikat `{path}` berakhir {days} hari lagi ({day}); siapkan yang baru, lalu simpan di tempat yang sama"
        )
    })
}

fn load(files: &CertificateFiles, provider: &Arc<CryptoProvider>) -> Result<LoadedCertificate, CertificateError> {
    let text = read(&files.certificate)?;
    let chain: Result<Vec<CertificateDer<'static>>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty());
    let chain = chain.ok_or_else(|| CertificateError::NoCertificate(files.certificate.clone()))?;
    let text = read(&files.key)?;
    let key = PrivateKeyDer::from_pem_slice(&text).map_err(|_no_key| {
        if String::from_utf8_lossy(&text).contains(ENCRYPTED) {
            CertificateError::Protected(files.key.clone())
        } else {
            CertificateError::NoKey(files.key.clone())
        }
    })?;
    let expires = chain.first().and_then(|own| end_of(own));
    let key = CertifiedKey::from_der(chain, key, provider).map_err(|error| match error {
        rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
            CertificateError::AnothersKey { certificate: files.certificate.clone(), key: files.key.clone() }
        }
        other => CertificateError::Unusable { path: files.certificate.clone(), why: other.to_string() },
    })?;
    Ok(LoadedCertificate { key: Arc::new(key), expires })
}

/// The moment at which a certificate ends; none where it cannot be read.
fn end_of(certificate: &CertificateDer<'_>) -> Option<DateTime<Utc>> {
    let end = yasna::parse_der(certificate, |reader| {
        reader.read_sequence(|reader| {
            let end = reader.next().read_sequence(|reader| {
                reader.read_optional(|reader| reader.read_tagged(Tag::context(0), whole_element))?;
                // Serial number, algorithm and issuer stand before it; subject, key and extensions after it.
                for _before in 0..3 {
                    reader.next().read_der()?;
                }
                let end = reader.next().read_sequence(|reader| {
                    reader.next().read_der()?;
                    end_timestamp(reader.next())
                })?;
                while reader.read_optional(whole_element)?.is_some() {}
                Ok(end)
            })?;
            reader.next().read_der()?;
            reader.next().read_der()?;
            Ok(end)
        })
    });
    DateTime::from_timestamp(end.ok()?, 0)
}

/// An element as it stands, whatever it says.
fn whole_element(reader: BERReader<'_, '_>) -> ASN1Result<Vec<u8>> {
    reader.read_der()
}

/// Seconds since 1970 of a moment in either of the forms that certificates have.
fn end_timestamp(reader: BERReader<'_, '_>) -> ASN1Result<i64> {
    if reader.lookahead_tag()? == yasna::tags::TAG_UTCTIME {
        Ok(reader.read_utctime()?.datetime().unix_timestamp())
    } else {
        Ok(reader.read_generalized_time()?.datetime().unix_timestamp())
    }
}

fn read(path: &Path) -> Result<Vec<u8>, CertificateError> {
    let failed = |source| CertificateError::Unreadable { path: path.to_owned(), source };
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > FILE_BYTES_MAX {
        let reason = format!("lebih besar dari {FILE_BYTES_MAX} bita");
        return Err(failed(io::Error::new(io::ErrorKind::InvalidData, reason)));
    }
    fs::read(path).map_err(failed)
}
