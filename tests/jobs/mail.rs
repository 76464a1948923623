//! Mail with TLS and log-in, to a server of the test's own: the password goes through TLS or nowhere.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use simpul::definitions::{SourceFile, check};
use simpul::jobs::{Hook, JobError, Point};

use super::world::World;

/// What the server heard: `bersih` before TLS, `tls` within.
type Heard = Arc<Mutex<Vec<(&'static str, String)>>>;

fn pem(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jobs/tls").join(name)
}

fn tls() -> Arc<ServerConfig> {
    let certificate = CertificateDer::from_pem_file(pem("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(pem("server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap())
}

/// A server that offers STARTTLS, or (`offers` false) does not; knows one name and password.
fn server(offers: bool) -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Heard::default();
    let told = heard.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            drop(converse(stream.unwrap(), offers, &told));
        }
    });
    (port, heard)
}

fn converse(mut stream: TcpStream, offers: bool, heard: &Heard) -> std::io::Result<()> {
    stream.write_all(b"220 uji ESMTP\r\n")?;
    let offer: &[u8] = if offers { b"250-uji\r\n250 STARTTLS\r\n" } else { b"250-uji\r\n250 AUTH PLAIN\r\n" };
    if !speak(&mut stream, "bersih", offer, heard)? {
        return Ok(());
    }
    let mut secured = StreamOwned::new(ServerConnection::new(tls()).map_err(std::io::Error::other)?, stream);
    speak(&mut secured, "tls", b"250-uji\r\n250 AUTH PLAIN LOGIN\r\n", heard).map(drop)
}

/// Speaks until the end, or until STARTTLS is asked for (`true`).
fn speak(stream: &mut (impl Read + Write), way: &'static str, offer: &[u8], heard: &Heard) -> std::io::Result<bool> {
    // One byte at a time: nothing of what follows STARTTLS may be swallowed.
    let mut line = String::new();
    loop {
        line.clear();
        let mut byte = [0];
        while !line.ends_with('\n') {
            if stream.read(&mut byte)? == 0 {
                return Ok(false);
            }
            line.push(char::from(byte[0]));
        }
        heard.lock().unwrap().push((way, line.trim_end().to_owned()));
        let said: &[u8] = match line.split_whitespace().next().unwrap_or("").to_uppercase().as_str() {
            "EHLO" => offer,
            "STARTTLS" => {
                stream.write_all(b"220 silakan\r\n")?;
                return Ok(true);
            }
            // base64 of "\0simpul\0rahasia sekali"
            "AUTH" if line.contains("AHNpbXB1bAByYWhhc2lhIHNla2FsaQ==") => b"235 dikenal\r\n",
            "AUTH" => b"535 tidak dikenal\r\n",
            "DATA" => {
                stream.write_all(b"354 silakan\r\n")?;
                let mut lines = BufReader::new(&mut *stream).lines();
                while lines.next().transpose()?.is_some_and(|line| line != ".") {}
                b"250 diterima\r\n"
            }
            "QUIT" => {
                stream.write_all(b"221 sampai jumpa\r\n")?;
                return Ok(false);
            }
            _ => b"250 baik\r\n",
        };
        stream.write_all(said)?;
        stream.flush()?;
    }
}

/// A world whose job always fails and tells so by mail; gives how the notices stand: sent, and the last problem.
#[cfg_attr(not(unix), expect(unused_variables, reason = "only Unix has such rights"))]
fn told(port: u16, settings: &str, password: &str, rights: u32) -> Vec<(bool, String)> {
    let job = format!(
        "title = \"Cadangan\"\ncron = \"0 6 * * *\"\nzone = \"WIB\"\n[retries]\nmost = 0\n[run.back-up]\n\
         [notify]\nwhen = [\"failed\"]\n[notify.smtp]\nserver = \"localhost:{port}\"\nfrom = \"simpul@uji.example\"\n\
         to = [\"pj@uji.example\"]\n{settings}"
    );
    let world = World::new("2026-05-01T00:00:00Z", &[("cadangan", &job)]);
    let secrets = world.data().join("rahasia");
    fs::create_dir(&secrets).unwrap();
    fs::copy(pem("ca.pem"), secrets.join("ca.pem")).unwrap();
    fs::write(secrets.join("surel.txt"), password).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(secrets.join("surel.txt"), fs::Permissions::from_mode(rights)).unwrap();
    }
    let hook = Hook(Some(Arc::new(|point| match point {
        Point::Copying => Err(JobError::Folder(std::io::Error::from(std::io::ErrorKind::StorageFull))),
        _ => Ok(()),
    })));
    let engine = world.engine(hook);
    engine.request("cadangan").unwrap();
    engine.run_ready().unwrap();
    engine.deliver().unwrap();
    let notices = engine.app().store().ledger().notices(10).unwrap();
    let mailed = notices.into_iter().filter(|notice| notice.notice.channel == "smtp");
    mailed.map(|notice| (notice.sent.is_some(), notice.problem)).collect()
}

const LOGIN: &str = "security = \"starttls\"\nuser = \"simpul\"\npassword-file = \"surel.txt\"\nca-file = \"ca.pem\"\n";

#[test]
fn the_password_goes_through_tls_and_the_mail_arrives() {
    let (port, heard) = server(true);
    assert_eq!(told(port, LOGIN, "rahasia sekali\n", 0o600), [(true, String::new())]);
    let heard = heard.lock().unwrap();
    assert!(heard.iter().any(|(way, line)| *way == "tls" && line.starts_with("AUTH ")), "{heard:?}");
    let clear: Vec<_> = heard.iter().filter(|(way, _)| *way == "bersih").map(|(_, line)| line.as_str()).collect();
    assert!(clear.len() == 2 && clear[0].starts_with("EHLO") && clear[1] == "STARTTLS", "{clear:?}");
}

#[test]
fn a_server_without_tls_is_told_nothing_and_the_notice_waits() {
    let (port, heard) = server(false);
    let notices = told(port, LOGIN, "rahasia sekali", 0o600);
    assert!(!notices[0].0 && notices[0].1.contains("menjawab"), "{notices:?}");
    let heard = heard.lock().unwrap();
    assert!(!heard.iter().any(|(_, line)| line.starts_with("AUTH") || line.starts_with("MAIL")), "{heard:?}");
}

#[test]
fn a_stranger_s_certificate_a_wrong_password_and_nobody_there_leave_the_notice_waiting() {
    let (port, heard) = server(true);
    let public = LOGIN.replace("ca-file = \"ca.pem\"\n", "");
    assert!(!told(port, &public, "rahasia sekali", 0o600)[0].0, "no public authority vouches for it");
    assert!(!heard.lock().unwrap().iter().any(|(_, line)| line.starts_with("AUTH")));
    assert!(told(port, LOGIN, "keliru", 0o600)[0].1.contains("535"));
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert!(!told(nobody, LOGIN, "rahasia sekali", 0o600)[0].0);
}

#[cfg(unix)]
#[test]
fn a_password_that_others_can_read_is_not_used() {
    let (port, heard) = server(true);
    let notices = told(port, LOGIN, "rahasia sekali", 0o644);
    assert!(!notices[0].0 && notices[0].1.contains("chmod 600"), "{notices:?}");
    assert!(heard.lock().unwrap().is_empty());
}

#[test]
fn a_login_without_tls_cannot_be_written_down() {
    let job = |more: &str| SourceFile {
        name: "jobs/uji.toml".to_owned(),
        text: format!(
            "title = \"Uji\"\ncron = \"0 6 * * *\"\nzone = \"WIB\"\n[run.back-up]\n[notify.smtp]\nserver = \"a.example\"\n\
             from = \"a@b.example\"\nto = [\"c@d.example\"]\n{more}"
        ),
    };
    let said = |more: &str| check(&[job(more)]).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert_eq!(said(LOGIN), "");
    let plain = said("user = \"simpul\"\npassword-file = \"surel.txt\"\n");
    assert!(plain.contains("tidak dikirim tanpa TLS") && plain.contains("starttls"), "{plain}");
    assert!(said("security = \"tls\"\nuser = \"simpul\"\n").contains("password-file"));
    let path = said("security = \"tls\"\nuser = \"simpul\"\npassword-file = \"../x\"\n");
    assert!(path.contains("bukan nama berkas"), "{path}");
}
