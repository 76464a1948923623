//! A service on a real socket in this process, and requests written by hand.

use std::fmt::Write as _;
use std::future::IntoFuture;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;

use simpul::app::accounts::{AccountTools, CameFrom, NewPerson};
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::definitions::{AddressRange, ServedName};
use simpul::web::listening::{FreeChoices, Listening, OfferedProvider};
use simpul::web::tls::HeldCertificate;
use simpul::web::{Entrance, ServiceEnd, serve_at};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// Longer than any answer of a test takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// Settings of a service under test.
pub struct Settings<'a> {
    pub listen: &'a str,
    pub names: &'a [&'a str],
    pub proxies: &'a [&'a str],
    pub certificate: Option<HeldCertificate>,
    pub provider: Option<OfferedProvider>,
    pub first_page: Option<FreeChoices>,
}

/// A service on every address of this machine.
pub const ANYWHERE: Settings<'static> =
    Settings { listen: "0.0.0.0:0", names: &[], proxies: &[], certificate: None, provider: None, first_page: None };
/// One for this machine alone.
pub const LOOPBACK: Settings<'static> = Settings { listen: "127.0.0.1:0", ..ANYWHERE };
/// One behind a proxy on this machine.
pub const BEHIND: Settings<'static> = Settings { names: &["simpul.example"], proxies: &["127.0.0.1"], ..LOOPBACK };

/// A running service, which ends with the test.
pub struct Service {
    pub address: SocketAddr,
    pub app: App,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<ServiceEnd>>,
    _folder: TempDir,
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.stop.take());
        drop(self.running.take().map(JoinHandle::join));
    }
}

/// A data folder with nothing in it, on the machine's clock.
pub fn empty_app(folder: &TempDir) -> App {
    App::open(Config { data: folder.path().to_owned(), clock: Clock::System, who: "pemilik".to_owned() }).unwrap()
}

impl Service {
    pub fn start(settings: Settings<'_>) -> Self {
        Self::prepared(settings, |_| {})
    }

    /// The same with something done to the data first.
    pub fn prepared(settings: Settings<'_>, prepare: impl FnOnce(&App)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = empty_app(&folder);
        prepare(&app);
        let listener = TcpListener::bind(settings.listen).unwrap();
        let address = listener.local_addr().unwrap();
        let listening = Listening {
            names: settings.names.iter().map(|name| ServedName::parse(name).unwrap()).collect(),
            proxies: settings.proxies.iter().map(|range| AddressRange::parse(range).unwrap()).collect(),
            provider: settings.provider,
            first_page: settings.first_page,
            ..Listening::plain(address)
        };
        let entrance = Entrance { listener, listening, certificate: settings.certificate };
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = app.clone();
        let running = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            let until = async { drop(stopped.into_future().await) };
            let end = runtime.block_on(serve_at(serving, entrance, until)).unwrap();
            runtime.shutdown_background();
            end
        });
        Self { address, app, stop: Some(stop), running: Some(running), _folder: folder }
    }

    /// Waits until the service ended by itself.
    pub fn wait(mut self) -> ServiceEnd {
        self.running.take().unwrap().join().unwrap()
    }

    /// A connection from this machine.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.address.port())).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Host under which this machine asks.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.address.port())
    }

    /// Asks for a path, with more lines in the head.
    pub fn get(&self, path: &str, lines: &[(&str, &str)]) -> Reply {
        self.ask("GET", path, lines)
    }

    pub fn ask(&self, method: &str, path: &str, lines: &[(&str, &str)]) -> Reply {
        exchange(&mut self.connect(), &head(method, path, &self.host(), lines))
    }
}

/// The head of a request that is the last of its connection; a Host among `lines` goes before `host`.
pub fn head(method: &str, path: &str, host: &str, lines: &[(&str, &str)]) -> String {
    let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !lines.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        write!(text, "Host: {host}\r\n").unwrap();
    }
    for (name, value) in lines {
        write!(text, "{name}: {value}\r\n").unwrap();
    }
    text + "\r\n"
}

/// Sends a request and reads until the connection is closed.
pub fn exchange(stream: &mut (impl Read + Write), request: &str) -> Reply {
    // A service that refuses early may close before all is written.
    drop(stream.write_all(request.as_bytes()));
    let mut bytes = Vec::new();
    drop(stream.read_to_end(&mut bytes));
    Reply::parse(&bytes)
}

/// One answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// Value of a line of the head; empty where there is none.
    pub fn line(&self, name: &str) -> &str {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next().unwrap_or("")
    }
}

/// Makes the first administrator as somebody does who reads the code on the console.
pub fn make_administrator(app: &App) {
    static CHEAP: simpul::accounts::hashing::Hashing =
        simpul::accounts::hashing::Hashing::new(simpul::accounts::hashing::HashCost {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
        });
    let randomness = simpul::accounts::secrets::SystemRandomness;
    let accounts = app.accounts().with_tools(AccountTools { hashing: &CHEAP, randomness: &randomness });
    let code = accounts.make_set_up_code().unwrap();
    let person = NewPerson { name: "siti", full_name: "Siti", title: "" };
    let from = CameFrom { address: "127.0.0.1".parse().unwrap(), device: "uji", device_token: None };
    accounts.redeem_set_up_code(code.code.reveal(), &person, "sandi yang cukup panjang", from).unwrap();
}
