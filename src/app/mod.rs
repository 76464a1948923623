//! The composition root: store, definitions, clock and who, wired once and shared by the command line, the
//! jobs and the pages. Prints nothing, speaks no HTTP, and reads no clock but its own.

pub mod accounts;
pub mod approvals;
pub mod audit;
pub mod batches;
mod border_file;
mod definition_files;
pub mod dhis2;
pub mod difference;
pub mod district;
pub mod district_matters;
pub mod district_steps;
pub mod entries;
mod error;
pub mod evaluation_json;
pub mod evaluation_text;
pub mod evidence;
pub mod facts_lines;
pub mod first_start;
pub mod follow_ups;
pub mod identity_provider;
pub mod import;
pub mod indicator_sets;
pub mod intake;
mod limits;
pub mod meeting;
pub mod notices;
pub mod papers;
pub mod personal;
pub mod pkp_verifications;
pub mod plan_reviews;
pub mod readiness;
pub mod reminder;
pub mod sample;
mod snapshot;
pub mod templates;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

pub use crate::analytics::AnalyticsError;
use crate::clock::Clock;
use crate::dashboard::BorderFile;
use crate::definitions::{Definitions, HeldDefinitions};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::domain::access::{Access, Origin, Right};
use crate::domain::audit::AuditAction;
use crate::domain::facts::FactKey;
use crate::domain::name::puskesmas_key;
use crate::domain::written::ClusterMember;
use crate::domain::{Date, Period};
pub use crate::recap::typed_day;
use crate::store::{
    AuditEntry, AuditFields, By, Holdings, KeptEvaluation, RunLedger, Scope, Sources, Store, StoreError, TracedField,
    sha256,
};
use crate::workbook::{Limits, Opener, SandboxedReader};

use accounts::AccountService;
use approvals::{ApprovalService, PendingChange};
use batches::BatchService;
use border_file::HeldBorders;
use definition_files::LiveDefinitions;
use district::{DistrictService, StandingCache};
use evidence::EvidenceService;
use import::receipt::ImportReceipt;
use import::{ImportOptions, ImportProgress, ImportRequest, PersonalChoice, Upload};
use intake::IntakeService;
use papers::PaperService;

pub use definition_files::DEFINITION_FOLDERS;
pub use error::AppError;
pub use papers::Bundled;
pub use snapshot::Snapshot;

/// The database's file below the data folder.
pub const DATABASE: &str = "simpul.db";
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

/// Store, definitions, clock and caches of one data folder, in the hands of one who asks; every call of the program
/// begins here. Handles share all of it and differ in what they may see and in whose name they change it.
#[derive(Clone, Debug)]
pub struct App {
    shared: Arc<SharedParts>,
    store: Store,
    opener: Opener,
    access: Arc<Access>,
}

/// All that the handles of a data folder have in common.
#[derive(Debug)]
struct SharedParts {
    config: Config,
    definitions: LiveDefinitions,
    /// Snapshots by Puskesmas key; an entry holds as long as the Puskesmas' version and the definitions are its own.
    snapshots: Mutex<Vec<KeptSnapshot>>,
    /// Changes that wait, by what was compared; the latest last.
    pending: Mutex<Vec<(HeldPending, Option<Arc<PendingChange>>)>>,
    borders: HeldBorders,
    /// Standings of Puskesmas, for pages over several.
    standings: Mutex<StandingCache>,
}

/// Comparisons that are remembered.
const PENDING_HELD_MAX: usize = 200;

/// An approved snapshot compared with one of now.
#[derive(Debug)]
struct HeldPending {
    pin: i64,
    /// Compared by place: a snapshot that is gone is held by nobody.
    snapshot: Weak<Snapshot>,
}

/// A snapshot in memory.
#[derive(Debug)]
struct KeptSnapshot {
    puskesmas: String,
    kind: SnapshotKind,
    snapshot: Arc<Snapshot>,
}

/// State of the data that a snapshot shows.
#[derive(Debug)]
enum SnapshotKind {
    /// That of now, made with these definitions.
    Latest(Arc<HeldDefinitions>),
    /// That which was kept with an approval.
    Approved(PinState),
}

/// State of what was kept with an approval: its figures never change, but its texts do where a person's data goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) struct PinState {
    /// Number under which it was kept.
    pub pin: i64,
    /// Erasures before it was read.
    pub erasures: u64,
}

impl SharedParts {
    /// A snapshot from memory.
    fn kept(&self, is_wanted: impl Fn(&KeptSnapshot) -> bool) -> Option<Arc<Snapshot>> {
        let snapshots = self.snapshots.lock().unwrap_or_else(PoisonError::into_inner);
        snapshots.iter().find(|kept| is_wanted(kept)).map(|kept| kept.snapshot.clone())
    }

    /// Keeps a snapshot in the place of those that it replaces; the oldest go where there are too many.
    fn keep(&self, new: KeptSnapshot, is_replaced: impl Fn(&KeptSnapshot) -> bool) {
        let mut snapshots = self.snapshots.lock().unwrap_or_else(PoisonError::into_inner);
        snapshots.retain(|kept| !is_replaced(kept));
        snapshots.push(new);
        while snapshots.len() > 1
            && snapshots.iter().map(|one| one.snapshot.bytes()).sum::<usize>() > SNAPSHOTS_BYTES_MAX
        {
            snapshots.remove(0);
        }
    }

    /// A remembered comparison; `None` where it was not made.
    #[expect(clippy::option_option, reason = "what waits may be nothing, and that is remembered too")]
    fn held_pending(&self, wanted: &HeldPending) -> Option<Option<Arc<PendingChange>>> {
        let held = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |known: &HeldPending| known.pin == wanted.pin && known.snapshot.ptr_eq(&wanted.snapshot);
        held.iter().find(|(known, _)| is_same(known)).map(|(_, pending)| pending.clone())
    }

    fn hold_pending(&self, compared: HeldPending, pending: Option<Arc<PendingChange>>) {
        let mut held = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(known, _)| known.snapshot.strong_count() > 0);
        held.push((compared, pending));
        let surplus = held.len().saturating_sub(PENDING_HELD_MAX);
        held.drain(..surplus);
    }

    /// The approved snapshot of this number.
    fn kept_pin(&self, puskesmas: &str, state: PinState) -> Option<Arc<Snapshot>> {
        self.kept(|kept| kept.is_of(puskesmas) && matches!(kept.kind, SnapshotKind::Approved(known) if known == state))
    }

    /// Keeps an approved snapshot in the place of the same before an erasure.
    fn keep_pin(&self, puskesmas: &str, state: PinState, snapshot: Arc<Snapshot>) {
        let new = KeptSnapshot { puskesmas: puskesmas_key(puskesmas), kind: SnapshotKind::Approved(state), snapshot };
        let is_same = |kind: &SnapshotKind| matches!(kind, SnapshotKind::Approved(known) if known.pin == state.pin);
        self.keep(new, |kept| kept.is_of(puskesmas) && is_same(&kept.kind));
    }
}

impl KeptSnapshot {
    fn is_of(&self, puskesmas: &str) -> bool {
        self.puskesmas == puskesmas_key(puskesmas)
    }
}

impl App {
    /// Opens the data folder (made where absent), its database and its definitions, for the owner of the machine.
    pub fn open(config: Config) -> Result<Self, AppError> {
        fs::create_dir_all(&config.data).map_err(|source| AppError::Folder { path: config.data.clone(), source })?;
        let database = config.data.join(DATABASE);
        // It holds the key that signs papers. Where that cannot be said, opening tells what is wrong.
        drop(disk::keep_private(&database));
        let store = Store::open(&database)?;
        let definitions = LiveDefinitions::open(&config.data)?;
        let opener = Opener::Here(limits::bounded(&definitions.now().definitions.limits));
        let access = Arc::new(Access::owner(config.who.clone(), Origin::CommandLine));
        let borders = HeldBorders::default();
        let shared = Arc::new(SharedParts {
            config,
            definitions,
            snapshots: Mutex::default(),
            pending: Mutex::default(),
            borders,
            standings: Mutex::default(),
        });
        Ok(Self { shared, store, opener, access })
    }

    /// The same data folder in the hands of somebody else, who sees no more than this handle.
    #[must_use]
    pub fn acting_as(&self, access: Access) -> Self {
        Self { store: self.store.narrowed(&access), access: Arc::new(access), ..self.clone() }
    }

    /// The one in whose hands it is.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Refuses what the one who asks may not do to the data of a Puskesmas.
    pub fn require(&self, right: Right, puskesmas: &str) -> Result<(), AppError> {
        if self.access.may(right, puskesmas) { Ok(()) } else { Err(AppError::NotAllowed { right }) }
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
        &self.shared.config.data
    }

    /// Borders for maps: those of the data folder's map file as it stands now.
    pub fn borders(&self) -> BorderFile {
        self.shared.borders.current(&self.shared.config.data)
    }

    /// State of the map file: answers that were kept hold as long as it is the same.
    pub fn borders_stamp(&self) -> String {
        border_file::stamp(&self.shared.config.data)
    }

    /// Clock that all times come from.
    pub fn clock(&self) -> &Clock {
        &self.shared.config.clock
    }

    /// Account under which changes are kept.
    pub fn who(&self) -> &str {
        self.access.account()
    }

    /// Account and moment under which a change that is made now is kept.
    pub fn by(&self) -> By<'_> {
        By { who: self.who(), at: self.clock().now(), origin: self.access.origin() }
    }

    /// Papers: their text, letterhead and number, and each as a checked file.
    pub fn papers(&self) -> PaperService<'_> {
        PaperService::new(self)
    }

    /// Files on their way in, and what people say about them.
    pub fn intake(&self) -> IntakeService<'_> {
        IntakeService::new(self)
    }

    /// Personal data: what becomes of them at import, and a person's data found, handed over and erased.
    pub fn personal(&self) -> personal::PersonalService<'_> {
        personal::PersonalService::new(self)
    }

    /// Accepted files: their history, marked copies, and taking one back.
    pub fn batches(&self) -> BatchService<'_> {
        BatchService::new(self)
    }

    /// Accounts, sessions and tokens.
    pub fn accounts(&self) -> AccountService<'_> {
        AccountService::new(self)
    }

    /// Approval of periods.
    pub fn approvals(&self) -> ApprovalService<'_> {
        ApprovalService::new(self)
    }

    /// Several Puskesmas beside each other.
    pub fn district(&self) -> DistrictService<'_> {
        DistrictService::new(self)
    }

    /// Evidence files.
    pub fn evidence(&self) -> EvidenceService<'_> {
        EvidenceService::new(self)
    }

    /// Runs of jobs, what waits to be told, and kept evaluations.
    pub fn ledger(&self) -> RunLedger<'_> {
        self.store.ledger()
    }

    /// The store: for the services of this room and for tests. Pages, jobs and commands are handed services.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Dashboards, jobs and default decree, as they count now.
    pub fn definitions(&self) -> Arc<Definitions> {
        self.shared.definitions.now().definitions.clone()
    }

    /// The same with the faults of their files, and what goes on in the place of wrong ones.
    pub fn held_definitions(&self) -> Arc<HeldDefinitions> {
        self.shared.definitions.now()
    }

    /// Looks at the definition files and takes in what changed since; two looks apart, so that a file is not read while
    /// it is being written. Returns true where others count now. Blocking.
    pub fn refresh_definitions(&self) -> Result<bool, AppError> {
        let changed = self.shared.definitions.refresh(self.data())?;
        if !changed.is_empty() {
            let fields = changed.iter().fold(AuditFields::none(), |fields, (name, change)| fields.with(name, change));
            self.audit().note(&AuditEntry::new(AuditAction::DefinitionsChanged, "berkas definisi").after(fields))?;
        }
        Ok(!changed.is_empty())
    }

    /// Bounds on each workbook; `limits.toml` counts from the start of the program.
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
        self.import_as(files, &ImportRequest { puskesmas, replace, keeps_because: None }, progress)
    }

    /// The same, as somebody asks for it. Where nobody says what becomes of personal data, the folder's setting does.
    pub fn import_as(
        &self,
        files: &[Upload],
        asked: &ImportRequest<'_>,
        progress: &mut dyn FnMut(ImportProgress<'_>) -> ControlFlow<()>,
    ) -> ImportReceipt {
        let stop = Arc::<AtomicBool>::default();
        let mut options =
            ImportOptions { replace: asked.replace, stop: stop.clone(), ..self.import_options(asked.puskesmas) };
        // Where the setting cannot be read they are cleared.
        let keeps_because = asked.keeps_because.map(ToOwned::to_owned);
        options.personal.keeps_because = keeps_because.or_else(|| self.personal().keeps_because().ok().flatten());
        import::import(&self.store, files, &options, &mut |at| {
            if progress(at).is_break() {
                stop.store(true, Ordering::SeqCst);
            }
        })
    }

    /// Options of an import that begins now, in the name of who works: nothing is replaced, nothing stops it.
    fn import_options(&self, puskesmas: Option<&str>) -> ImportOptions {
        ImportOptions {
            puskesmas: puskesmas.map(ToOwned::to_owned),
            expected: self.definitions().service.puskesmas.clone(),
            replace: false,
            access: self.access.clone(),
            at: self.shared.config.clock.now(),
            opener: self.opener.clone(),
            stop: Arc::default(),
            books: self.definitions().books.clone(),
            personal: PersonalChoice::default(),
        }
    }

    /// Faults of definition files; those named here are not in [`App::definitions`].
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.shared.definitions.now().diagnostics.clone()
    }

    /// Returns the names of all Puskesmas of which something counts, ordered.
    pub fn puskesmas(&self) -> Result<Vec<String>, StoreError> {
        self.store.puskesmas()
    }

    /// Returns the members of all clusters, by year, cluster and Puskesmas.
    pub fn clusters(&self) -> Result<Vec<ClusterMember>, StoreError> {
        self.store.clusters()
    }

    /// Returns a number that changes whenever facts change, also where another process wrote them.
    pub fn version(&self) -> Result<u64, StoreError> {
        self.store.version()
    }

    /// Returns the files that a year's figures of a Puskesmas come from, as of a day.
    pub fn sources(&self, puskesmas: &str, year: i32, as_of: Date) -> Result<Sources, StoreError> {
        self.store.sources(puskesmas, year, as_of)
    }

    /// Returns the fields of one fact of a facility with the cells that they came from.
    pub fn trace(&self, puskesmas: &str, facility: &str, key: &FactKey) -> Result<Vec<TracedField>, StoreError> {
        self.store.trace(puskesmas, facility, key)
    }

    /// Checks the database and names each problem; empty where all is well.
    pub fn check_store(&self) -> Result<Vec<String>, StoreError> {
        self.store.check()
    }

    /// Copies the database, whole and as of one moment, into a new file; says what the copy holds.
    pub fn back_up_to(&self, path: &Path) -> Result<Holdings, StoreError> {
        drop(disk::keep_private(path));
        self.store.copy_to(path)
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
        let snapshot = self.shown_period(puskesmas, period)?.snapshot;
        let evaluation = snapshot.evaluate(period, as_of)?;
        let result = Snapshot::result_of(&evaluation).ok_or(AppError::NoData)?;
        let json = evaluation_json::EvaluationJson::new(snapshot.facts(), &evaluation, result);
        let contract = json.contract();
        let id: String = sha256(contract.as_bytes()).chars().take(EVALUATION_ID_CHARS).collect();
        let period = json.period;
        let as_of = json.as_of;
        let made = self.shared.config.clock.now();
        Ok(KeptEvaluation { id, puskesmas: json.puskesmas, period, as_of, made, contract })
    }

    /// Facts and evaluator of one Puskesmas (name as [`App::resolve_puskesmas`] gives it) as of now, from memory where
    /// nothing of it changed since. Blocking: call it off the async threads.
    pub fn snapshot(&self, puskesmas: &str) -> Result<Arc<Snapshot>, AppError> {
        if !self.access.reach().holds(puskesmas) {
            return Err(AppError::UnknownPuskesmas { asked: puskesmas.to_owned(), known: self.puskesmas()? });
        }
        let key = puskesmas_key(puskesmas);
        let version = self.store.puskesmas_version(puskesmas)?;
        let definitions = self.shared.definitions.now();
        let is_latest = |kept: &KeptSnapshot| kept.puskesmas == key && matches!(kept.kind, SnapshotKind::Latest(_));
        let is_current = |kept: &KeptSnapshot| {
            let is_same = matches!(&kept.kind, SnapshotKind::Latest(known) if Arc::ptr_eq(known, &definitions));
            is_same && kept.puskesmas == key && kept.snapshot.version() == version
        };
        if let Some(snapshot) = self.shared.kept(is_current) {
            return Ok(snapshot);
        }
        // Built outside the lock: other Puskesmas' pages go on meanwhile.
        let facts = self.store.facts(&Scope::Puskesmas(puskesmas.to_owned()))?;
        let approved = self.approved_of([puskesmas])?;
        let snapshot = Arc::new(Snapshot::new(version, facts, &definitions.definitions.decree.book, approved)?);
        let kind = SnapshotKind::Latest(definitions.clone());
        self.shared.keep(KeptSnapshot { puskesmas: key.clone(), kind, snapshot: snapshot.clone() }, is_latest);
        Ok(snapshot)
    }
}
