//! https by certificate files: spoken, renewed while the service runs, and every wrong file told in a sentence.

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertificateParams, CertifiedKey, KeyPair};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use simpul::web::tls::{CertificateError, CertificateFiles, HeldCertificate};

use super::service::{ANYWHERE, Reply, Service, Settings, exchange, head};

/// A certificate for `localhost` made on the spot.
fn made() -> CertifiedKey<KeyPair> {
    rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap()
}

/// Writes a certificate and its key into a folder.
fn written(folder: &Path, made: &CertifiedKey<KeyPair>) -> CertificateFiles {
    let files = CertificateFiles { certificate: folder.join("simpul.pem"), key: folder.join("simpul-key.pem") };
    fs::write(&files.certificate, made.cert.pem()).unwrap();
    fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    files
}

/// Asks by https, trusting one certificate alone.
fn asked(service: &Service, trusted: &CertificateDer<'static>, path: &str) -> Result<Reply, std::io::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_root_certificates(roots).with_no_client_auth());
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = StreamOwned::new(ClientConnection::new(config, name).unwrap(), service.connect());
    let host = format!("localhost:{}", service.address.port());
    // The handshake: a certificate that is not trusted fails here.
    stream.flush()?;
    stream.conn.complete_io(&mut stream.sock)?;
    Ok(exchange(&mut stream, &head("GET", path, &host, &[])))
}

#[test]
fn a_certificate_is_spoken_and_renewed_while_the_service_runs() {
    let folder = tempfile::tempdir().unwrap();
    let first = made();
    let files = written(folder.path(), &first);
    let held = HeldCertificate::open(files.clone()).unwrap();
    let service = Service::start(Settings { certificate: Some(held), ..ANYWHERE });
    let reply = asked(&service, first.cert.der(), "/healthz").unwrap();
    assert_eq!((reply.status, reply.body.as_str()), (200, "ok\n"));
    assert!(reply.line("strict-transport-security").starts_with("max-age="), "{}", reply.head);
    assert_eq!(asked(&service, first.cert.der(), "/").unwrap().status, 303);

    // Whoever is silent, or speaks http, is in nobody's way.
    let silent: Vec<TcpStream> = (0..20).map(|_| service.connect()).collect();
    let plain = service.get("/healthz", &[]);
    assert_eq!(plain.status, 400);
    assert!(plain.body.contains("Tulis https:// di depannya"), "{}", plain.body);
    assert_eq!(asked(&service, first.cert.der(), "/healthz").unwrap().status, 200);
    drop(silent);

    // A wrong pair leaves the former one in use.
    fs::write(&files.certificate, made().cert.pem()).unwrap();
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(asked(&service, first.cert.der(), "/healthz").unwrap().status, 200);
    let second = made();
    written(folder.path(), &second);
    let is_renewed = || asked(&service, second.cert.der(), "/healthz").is_ok_and(|reply| reply.status == 200);
    assert!((0..100).any(|_| is_renewed() || pause()), "the new certificate is not spoken");
    assert!(asked(&service, first.cert.der(), "/healthz").is_err(), "the former one still is");
}

/// Waits a moment; never true, for use between tries.
fn pause() -> bool {
    std::thread::sleep(Duration::from_millis(100));
    false
}

#[test]
fn every_wrong_file_is_told_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let own = made();
    let good = written(folder.path(), &own);
    assert!(HeldCertificate::open(good.clone()).is_ok());
    let kept = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let told = |certificate: &Path, key: &Path| {
        let files = CertificateFiles { certificate: certificate.to_owned(), key: key.to_owned() };
        HeldCertificate::open(files).unwrap_err()
    };
    let other = kept("lain.pem", &made().signing_key.serialize_pem());
    let protected = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let protected = kept("terkunci.pem", protected);
    let broken = kept("rusak.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    let none = folder.path().join("tidak-ada.pem");
    let large = kept("besar.pem", &" ".repeat((1 << 20) + 1));
    for (certificate, key, words) in [
        (none.as_path(), good.key.as_path(), "tidak dapat dibaca"),
        (&good.certificate, &none, "tidak dapat dibaca"),
        (&good.key, &good.key, "tidak memuat sertifikat PEM"),
        (&good.certificate, &good.certificate, "tertukar"),
        (&good.certificate, &protected, "tanpa kata sandi"),
        (&good.certificate, &other, "bukan pasangan sertifikat"),
        (&broken, &good.key, "tidak dapat dipakai"),
        (folder.path(), &good.key, "tidak dapat dibaca"),
        (&large, &good.key, "tidak dapat dibaca"),
    ] {
        let error = told(certificate, key);
        assert!(error.to_string().contains(words), "{words}: {error}");
    }
    assert!(matches!(told(&good.certificate, &other), CertificateError::AnothersKey { .. }));
}

#[test]
fn a_certificate_that_ends_soon_is_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2026, 3, 1);
    let cert = params.self_signed(&key).unwrap();
    let held = HeldCertificate::open(written(folder.path(), &CertifiedKey { cert, signing_key: key })).unwrap();
    let warning = |day: &str| held.warning(format!("{day}T00:00:00Z").parse().unwrap());
    assert_eq!(warning("2026-01-15"), None);
    let soon = warning("2026-02-20").unwrap();
    assert!(soon.contains("berakhir 9 hari lagi (01-03-2026)"), "{soon}");
    let past = warning("2026-03-02").unwrap();
    assert!(past.contains("sudah berakhir pada 01-03-2026"), "{past}");
}
