//! Accounts through their service, with cheap hashes, foreseeable secrets and a clock that the tests move.

mod codes;
mod log_in;
pub mod people;
mod personal_data;
mod second_factor;
mod sessions;
mod tokens;
mod written_down;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use simpul::accounts::hashing::{HashCost, Hashing};
use simpul::accounts::secrets::{NoRandomness, Randomness};
use simpul::app::accounts::{
    AccountError, AccountService, AccountTools, CameFrom, LogInRequest, LoggedIn, NewPerson, SignedIn,
};
use simpul::app::{App, Config, DATABASE};
use simpul::clock::Clock;
use simpul::domain::access::{Grant, Origin};
use simpul::store::{StoredAccount, sha256};
use tempfile::TempDir;

/// Password of everybody who has none of their own.
pub const PASSWORD: &str = "kucing lompat pagar";
/// Cost of hashes that tests can afford.
pub const CHEAP: HashCost = HashCost { memory_kib: 64, passes: 1, lanes: 1 };
/// Address of the office.
pub const OFFICE: &str = "192.0.2.10";

/// Bytes that look random and are the same in every run.
#[derive(Debug, Default)]
pub struct Foreseeable(AtomicU64);

impl Randomness for Foreseeable {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for chunk in bytes.chunks_mut(32) {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            let digits = sha256(&number.to_le_bytes());
            let pairs = (0..chunk.len()).map(|place| u8::from_str_radix(&digits[2 * place..][..2], 16).unwrap());
            chunk.iter_mut().zip(pairs).for_each(|(byte, random)| *byte = random);
        }
        Ok(())
    }
}

/// A data folder with its app, and what its accounts work with.
pub struct World {
    pub folder: TempDir,
    pub app: App,
    pub hashing: Hashing,
    randomness: Foreseeable,
    micros: Arc<AtomicI64>,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let micros = Arc::new(AtomicI64::new(1_700_000_000_000_000));
        let app = open(&folder, &micros);
        Self { folder, app, hashing: Hashing::new(CHEAP), randomness: Foreseeable::default(), micros }
    }

    /// A world with an administrator `admin`, who logs in with [`PASSWORD`].
    pub fn with_administrator() -> Self {
        let world = Self::new();
        world.made("admin", &[Grant::Administrator]);
        world
    }

    pub fn accounts(&self) -> AccountService<'_> {
        let tools = AccountTools { hashing: &self.hashing, randomness: &self.randomness };
        self.app.accounts().with_tools(tools)
    }

    /// Lets time pass.
    pub fn wait(&self, seconds: i64) {
        self.micros.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// Stops the program and starts it again.
    pub fn restarted(mut self) -> Self {
        self.app = open(&self.folder, &self.micros);
        self
    }

    pub fn database(&self) -> std::path::PathBuf {
        self.folder.path().join(DATABASE)
    }

    /// An account with [`PASSWORD`].
    pub fn made(&self, name: &str, grants: &[Grant]) -> StoredAccount {
        let (_account, code) = self.accounts().create(&person(name), grants).unwrap();
        self.accounts().redeem_code(code.code.reveal(), PASSWORD, from("198.51.100.1", None)).unwrap()
    }

    /// Logs in from the office.
    pub fn log_in(&self, name: &str, password: &str) -> Result<LoggedIn, AccountError> {
        self.log_in_from(name, password, from(OFFICE, None))
    }

    pub fn log_in_from(&self, name: &str, password: &str, from: CameFrom<'_>) -> Result<LoggedIn, AccountError> {
        self.accounts().log_in(&LogInRequest { name, password, second: None, from, former: None })
    }

    /// Logs in and gives the session.
    pub fn signed_in(&self, name: &str) -> SignedIn {
        let logged_in = self.log_in(name, PASSWORD).unwrap();
        self.known(logged_in.session.reveal()).unwrap()
    }

    /// The session of a token, as a page looks it up.
    pub fn known(&self, token: &str) -> Option<SignedIn> {
        self.accounts().session(token, Origin::Page(address(OFFICE))).unwrap()
    }
}

fn open(folder: &TempDir, micros: &Arc<AtomicI64>) -> App {
    let data = folder.path().to_owned();
    App::open(Config { data, clock: Clock::Driven(micros.clone()), who: "pemilik".to_owned() }).unwrap()
}

pub fn person(name: &str) -> NewPerson<'_> {
    NewPerson { name, full_name: "", title: "" }
}

pub fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

pub fn from<'a>(text: &str, device_token: Option<&'a str>) -> CameFrom<'a> {
    CameFrom { address: address(text), device: "Firefox", device_token }
}

pub fn coordinator(puskesmas: &str) -> Grant {
    Grant::Coordinator { puskesmas: puskesmas.to_owned() }
}
