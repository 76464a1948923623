//! A data folder with a clock that tests move, jobs of its own, and engines that can be cut off.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Utc};
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::jobs::{Engine, Hook};
use tempfile::TempDir;

/// A folder and its clock.
pub struct World {
    folder: TempDir,
    micros: Arc<AtomicI64>,
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

impl World {
    /// Only these jobs run: shipped ones are replaced by files that are never due in a test's time.
    pub fn new(now: &str, jobs: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("jobs")).unwrap();
        let never = "title = \"Tidur\"\ncron = \"0 0 29 2 *\"\nzone = \"WIB\"\n[run.prune]\n";
        for shipped in ["cadangan", "evaluasi-caturwulan", "impor-bulanan", "laporan-tpcb", "pengingat"] {
            fs::write(folder.path().join(format!("jobs/{shipped}.toml")), never).unwrap();
        }
        for (name, text) in jobs {
            fs::write(folder.path().join(format!("jobs/{name}.toml")), text).unwrap();
        }
        Self { folder, micros: Arc::new(AtomicI64::new(at(now).timestamp_micros())) }
    }

    /// With the shipped jobs as they are.
    pub fn shipped(now: &str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), micros: Arc::new(AtomicI64::new(at(now).timestamp_micros())) }
    }

    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.micros.load(Ordering::SeqCst)).unwrap()
    }

    pub fn set(&self, now: DateTime<Utc>) {
        self.micros.store(now.timestamp_micros(), Ordering::SeqCst);
    }

    pub fn pass(&self, time: Duration) {
        self.set(self.now() + time);
    }

    pub fn app(&self) -> App {
        let clock = Clock::Driven(self.micros.clone());
        let app = App::open(Config { data: self.data().to_owned(), clock, who: "penguji".to_owned() }).unwrap();
        assert_eq!(app.diagnostics(), []);
        app
    }

    /// As a process that starts.
    pub fn engine(&self, hook: Hook) -> Engine {
        Engine::with_hook(self.app(), hook)
    }

    /// Files of a folder below the data folder, and one level below it, by name; none where it is not there.
    pub fn files(&self, folder: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.data().join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found.sort();
        found
    }
}

/// Numbers without rhyme but the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}
