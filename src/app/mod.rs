//! The composition root: store, definitions, clock and who, wired once and shared by the command line, the
//! jobs and the pages. Prints nothing, speaks no HTTP, and reads no clock but its own.

pub mod around;
pub mod authors;
pub mod bulk;
pub mod bulk_archive;
mod bundle;
mod conflicts;
pub mod difference;
pub mod draft;
pub mod editions;
pub mod entries;
pub mod evaluation_json;
pub mod evaluation_text;
pub mod evidence;
pub mod facts_lines;
pub mod form_words;
pub mod forms_file;
pub mod import;
mod known;
pub mod layouts;
pub mod letters;
mod limits;
pub mod marking;
pub mod meeting;
pub mod names;
pub mod narratives;
mod opening;
mod owner;
mod paper;
pub mod preview;
mod reading;
pub mod receipt;
pub mod reminder;
pub mod reports;
pub mod sample;
mod snapshot;
pub mod templates;
mod told_once;
pub mod undo;
pub mod verified_sheets;

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub use crate::analytics::AnalyticsError;
use crate::clock::Clock;
use crate::definitions::{self, Definitions, SourceFile};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::domain::name::puskesmas_key;
use crate::domain::{Date, Period};
use crate::store::{By, KeptEvaluation, Scope, Store, StoreError, sha256};
use crate::workbook::{Limits, Opener, SandboxedReader};

use import::{ImportOptions, ImportProgress, Upload};
use receipt::ImportReceipt;

pub use bundle::Bundled;
pub use snapshot::Snapshot;

/// The database's file below the data folder.
pub const DATABASE: &str = "simpul.db";
/// Bytes of a definition file that are read at most.
const DEFINITION_BYTES_MAX: u64 = 1 << 20;
/// Definition files that are read at most.
const DEFINITION_FILES_MAX: usize = 1_000;
/// Characters of the hash that names a kept evaluation.
const EVALUATION_ID_CHARS: usize = 12;
/// Bytes of the snapshots that are kept in memory at most, about: facts, frames and evaluations of the Puskesmas that
/// were looked at last.
const SNAPSHOTS_BYTES_MAX: usize = 512 << 20;

/// Data folder, clock and account that an [`App`] is made from.
#[derive(Clone, Debug)]
pub struct Config {
    /// Path of the data folder; it is made where it is missing.
    pub data: PathBuf,
    /// Source of the time.
    pub clock: Clock,
    /// Account under which changes are kept: the operating system's user.
    pub who: String,
}

/// Failures that keep the app from working; a fault in a workbook is none of these.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The data folder or a file in it.
    #[error("`{}` tidak dapat dibuka atau dibuat: {}", path.display(), disk::why(source))]
    Folder {
        /// Folder or file that could not be used.
        path: PathBuf,
        /// Reason that the operating system gives.
        source: io::Error,
    },
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Failure of the computation.
    #[error(transparent)]
    Analytics(#[from] AnalyticsError),
    /// Failure of making a paper.
    #[error(transparent)]
    Report(#[from] crate::report::ReportError),
    /// No Puskesmas of that name.
    #[error("Puskesmas “{asked}” tidak ada di folder data ini{}", known_list(known))]
    UnknownPuskesmas {
        /// Name that was asked for.
        asked: String,
        /// The ones there are.
        known: Vec<String>,
    },
    /// Several Puskesmas and none was named.
    #[error("folder data ini berisi {} Puskesmas; sebutkan satu dengan --puskesmas{}", known.len(), known_list(known))]
    SeveralPuskesmas {
        /// The ones there are.
        known: Vec<String>,
    },
    /// No cluster of that name.
    #[error("cluster `{asked}` tidak ada{}", known_clusters(known))]
    UnknownCluster {
        /// Name that was asked for.
        asked: String,
        /// The ones there are.
        known: Vec<String>,
    },
    /// A cluster of which no Puskesmas is here.
    #[error(
        "belum ada data Puskesmas dari cluster `{0}` di folder data ini; impor rekap Puskesmasnya, atau pilih cluster lain"
    )]
    EmptyCluster(String),
    /// Somebody else just handed out another content under the same number.
    #[error("laporan bernomor ini baru saja dicetak dengan isi lain; ulangi")]
    OtherContent,
    /// Nothing was imported yet.
    #[error(
        "belum ada data; impor dahulu daftar identifikasi dan rekap, misalnya: simpul --data FOLDER import rekap.xlsx"
    )]
    NoData,
}

impl AppError {
    /// Reports whether what was asked for is not to be had, and says so itself; everything else is Simpul that failed.
    pub fn is_choice(&self) -> bool {
        matches!(self, Self::UnknownPuskesmas { .. } | Self::UnknownCluster { .. } | Self::EmptyCluster(_))
    }
}

fn known_list(known: &[String]) -> String {
    if known.is_empty() { String::new() } else { format!("; yang ada: {}", known.join(", ")) }
}

fn known_clusters(known: &[String]) -> String {
    if known.is_empty() {
        "; impor dahulu daftar Cluster (templat: cluster), atau catat di halaman Catatan".to_owned()
    } else {
        format!("; yang ada: {}", known.join(", "))
    }
}

/// Store, definitions, clock and caches of one data folder; every call of the program begins here.
#[derive(Debug)]
pub struct App {
    config: Config,
    store: Store,
    definitions: Definitions,
    diagnostics: Vec<Diagnostic>,
    opener: Opener,
    /// Snapshots by Puskesmas key; an entry holds as long as the store's version is its own.
    snapshots: Mutex<Vec<(String, Arc<Snapshot>)>>,
}

impl App {
    /// Opens the data folder (made where absent), its database and its definitions.
    pub fn open(config: Config) -> Result<Self, AppError> {
        fs::create_dir_all(&config.data).map_err(|source| AppError::Folder { path: config.data.clone(), source })?;
        let store = Store::open(&config.data.join(DATABASE))?;
        let (own, mut unreadable) = own_definitions(&config.data)?;
        let (definitions, mut diagnostics) = definitions::load(&own);
        diagnostics.append(&mut unreadable);
        let opener = Opener::Here(limits::bounded(&definitions.limits));
        Ok(Self { config, store, definitions, diagnostics, opener, snapshots: Mutex::default() })
    }

    /// The same, but every workbook is parsed in a child process of `program` (this very binary): what a service
    /// and a command line do with files from outside.
    #[must_use]
    pub fn parsing_in_child(mut self, program: PathBuf) -> Self {
        self.opener = Opener::Child(SandboxedReader::new(program, *self.opener.limits()));
        self
    }

    /// Path of the data folder.
    pub fn data(&self) -> &Path {
        &self.config.data
    }

    /// Clock that all times come from.
    pub fn clock(&self) -> &Clock {
        &self.config.clock
    }

    /// Account under which changes are kept.
    pub fn who(&self) -> &str {
        &self.config.who
    }

    /// Account and moment under which a change that is made now is kept.
    pub fn by(&self) -> By<'_> {
        By { who: self.who(), at: self.clock().now() }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Dashboards, jobs and default decree.
    pub fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// Bounds on each workbook.
    pub fn limits(&self) -> &Limits {
        self.opener.limits()
    }

    /// Opens workbooks within those bounds.
    pub fn opener(&self) -> &Opener {
        &self.opener
    }

    /// Imports files in any order, as of now and in the name of who works; one receipt a file. Blocking.
    pub fn import(
        &self,
        files: &[Upload],
        puskesmas: Option<&str>,
        replace: bool,
        progress: &mut dyn FnMut(ImportProgress<'_>),
    ) -> ImportReceipt {
        self.import_until(files, puskesmas, replace, &mut |at| {
            progress(at);
            ControlFlow::Continue(())
        })
    }

    /// The same; broken off between two files where `progress` says so.
    pub fn import_until(
        &self,
        files: &[Upload],
        puskesmas: Option<&str>,
        replace: bool,
        progress: &mut dyn FnMut(ImportProgress<'_>) -> ControlFlow<()>,
    ) -> ImportReceipt {
        let stop = Arc::<AtomicBool>::default();
        let options = ImportOptions {
            puskesmas: puskesmas.map(ToOwned::to_owned),
            replace,
            who: self.config.who.clone(),
            at: self.config.clock.now(),
            opener: self.opener.clone(),
            stop: stop.clone(),
        };
        import::import(&self.store, files, &options, &mut |at| {
            if progress(at).is_break() {
                stop.store(true, Ordering::SeqCst);
            }
        })
    }

    /// Faults of definition files; those named here are not in [`App::definitions`].
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The name, as the store writes it, of the Puskesmas asked for; without one the only one there is.
    pub fn resolve_puskesmas(&self, asked: Option<&str>) -> Result<String, AppError> {
        let mut known = self.store.puskesmas()?;
        let Some(asked) = asked else {
            return match known.len() {
                0 => Err(AppError::NoData),
                1 => Ok(known.remove(0)),
                _ => Err(AppError::SeveralPuskesmas { known }),
            };
        };
        let key = puskesmas_key(asked);
        match known.iter().position(|name| puskesmas_key(name) == key) {
            Some(place) => Ok(known.remove(place)),
            None => Err(AppError::UnknownPuskesmas { asked: asked.to_owned(), known }),
        }
    }

    /// One Puskesmas' evaluation as the contract's JSON, with an id made from it: the same inputs give the same id.
    pub fn evaluation_to_keep(&self, puskesmas: &str, period: Period, as_of: Date) -> Result<KeptEvaluation, AppError> {
        let snapshot = self.snapshot(puskesmas)?;
        let evaluation = snapshot.evaluate(period, as_of)?;
        let result = Snapshot::result_of(&evaluation).ok_or(AppError::NoData)?;
        let json = evaluation_json::EvaluationJson::new(snapshot.facts(), &evaluation, result);
        let contract = serde_json::to_string(&json).map_err(io::Error::from);
        let contract = contract.map_err(|source| AppError::Folder { path: self.config.data.clone(), source })?;
        let id: String = sha256(contract.as_bytes()).chars().take(EVALUATION_ID_CHARS).collect();
        let period = json.period;
        let as_of = json.as_of;
        let made = self.config.clock.now();
        Ok(KeptEvaluation { id, puskesmas: json.puskesmas, period, as_of, made, contract })
    }

    /// Facts and evaluator of one Puskesmas (name as [`App::resolve_puskesmas`] gives it) as of now, from memory where
    /// nothing changed since. Blocking: call it off the async threads.
    pub fn snapshot(&self, puskesmas: &str) -> Result<Arc<Snapshot>, AppError> {
        let key = puskesmas_key(puskesmas);
        let version = self.store.version()?;
        let kept = |snapshots: &Vec<(String, Arc<Snapshot>)>| {
            snapshots
                .iter()
                .find(|(known, kept)| *known == key && kept.version() == version)
                .map(|(_, kept)| kept.clone())
        };
        if let Some(snapshot) = kept(&self.snapshots.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(snapshot);
        }
        // Built outside the lock: other Puskesmas' pages go on meanwhile.
        let facts = self.store.facts(&Scope::Puskesmas(puskesmas.to_owned()))?;
        let snapshot = Arc::new(Snapshot::new(version, facts, &self.definitions.decree.book)?);
        let mut snapshots = self.snapshots.lock().unwrap_or_else(PoisonError::into_inner);
        snapshots.retain(|(known, _)| *known != key);
        snapshots.push((key, snapshot.clone()));
        while snapshots.len() > 1 && snapshots.iter().map(|(_, one)| one.bytes()).sum::<usize>() > SNAPSHOTS_BYTES_MAX {
            snapshots.remove(0);
        }
        Ok(snapshot)
    }
}

/// Folders of definition files below the data folder.
pub const DEFINITION_FOLDERS: [&str; 4] = ["jobs", "dashboards", "dashboards/indicators", "letters"];

/// The definition files of the data folder: `jobs/*.toml`, `dashboards/*.toml`, `dashboards/indicators/*.toml`,
/// `letters/*.toml`, `limits.toml`; and what is no text. Named like one but with another ending (`a.toml.txt`, which the
/// Windows Notepad makes of `a.toml`) it is handed on too, so that it is missed by name.
fn own_definitions(data: &Path) -> Result<(Vec<SourceFile>, Vec<Diagnostic>), AppError> {
    let mut files = Vec::new();
    let mut unreadable = Vec::new();
    let mut take = |file: &Path, name: String| -> Result<(), AppError> {
        match read_definition(file, name)? {
            Ok(file) => files.push(file),
            Err(diagnostic) => unreadable.push(diagnostic),
        }
        Ok(())
    };
    let limits = data.join(definitions::LIMITS_FILE);
    if limits.is_file() {
        take(&limits, definitions::LIMITS_FILE.to_owned())?;
    }
    for folder in DEFINITION_FOLDERS {
        let path = data.join(folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(source) => return Err(AppError::Folder { path, source }),
        };
        for entry in entries.take(DEFINITION_FILES_MAX) {
            let file = entry.map_err(|source| AppError::Folder { path: path.clone(), source })?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if is_meant_as_definition(&name) {
                take(&file, format!("{folder}/{name}"))?;
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok((files, unreadable))
}

fn is_meant_as_definition(name: &str) -> bool {
    let name = name.to_lowercase();
    let as_toml = name.strip_suffix(".txt").unwrap_or(&name);
    Path::new(as_toml).extension().is_some_and(|ending| ending == "toml")
}

fn read_definition(file: &Path, name: String) -> Result<Result<SourceFile, Diagnostic>, AppError> {
    let failed = |source| AppError::Folder { path: file.to_owned(), source };
    let size = fs::metadata(file).map_err(failed)?.len();
    if size > DEFINITION_BYTES_MAX {
        let reason = format!("lebih besar dari {DEFINITION_BYTES_MAX} bita");
        return Err(failed(io::Error::new(io::ErrorKind::InvalidData, reason)));
    }
    Ok(match String::from_utf8(fs::read(file).map_err(failed)?) {
        // The mark that Windows puts before UTF-8 is no character of the first line.
        Ok(text) => Ok(SourceFile { name, text: text.trim_start_matches('\u{FEFF}').to_owned() }),
        Err(_not_utf8) => Err(Diagnostic {
            file: name,
            line: 0,
            column: 0,
            what: "bukan teks UTF-8, jadi tidak dibaca".to_owned(),
            hint: Some("simpan lagi dari Notepad: Simpan Sebagai, Pengodean UTF-8".to_owned()),
            source_line: None,
        }),
    })
}
