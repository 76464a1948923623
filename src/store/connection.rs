//! Opening the database, the one writer, the pool of readers, and what can go wrong.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::moment::Moment;
use super::schema;
use super::scoped::{HandleBounds, Scoped};
use crate::domain::access::Access;

/// Time that one process waits for another's write to end.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(30);
/// Between two tries to open.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(20);
/// Page cache of each connection, in KiB.
const CACHE_KIB: i64 = 16_384;
/// Readers kept open between uses; more are opened where more are needed at once.
const READERS_KEPT_MAX: usize = 4;

/// Failures of the store itself; a fault in the user's data is none of these.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or failed.
    #[error("basis data gagal: {0}")]
    Database(#[from] rusqlite::Error),
    /// The file was written by a later version of Simpul.
    #[error(
        "basis data ini dibuat oleh versi Simpul yang lebih baru (skema {found}, yang dikenal sampai {known}); pakai versi itu atau yang lebih baru"
    )]
    TooNew {
        /// Schema in the file.
        found: i64,
        /// Latest schema known here.
        known: i64,
    },
    /// The file was written by a trial before the first release.
    #[error(
        "basis data ini dibuat oleh versi percobaan Simpul (skema {found}), yang tidak dibaca lagi; pakai folder data baru dan impor lagi rekap aslinya (ada di folder selesai)"
    )]
    TooOld {
        /// Schema in the file.
        found: i64,
    },
    /// Something stored cannot be read back.
    #[error("isi basis data tidak dapat dibaca: {0}")]
    Corrupt(String),
    /// A change of data of a Puskesmas that the one who asks does not reach; blank: of all of them.
    #[error("akun ini tidak berwenang atas data {}", if .0.is_empty() { "semua Puskesmas" } else { .0 })]
    OutOfReach(String),
    /// Achievements of other indicators than those whose holder the account is.
    #[error(
        "berkas ini berisi capaian indikator lain; akun ini hanya boleh mengisi capaian {}; keluarkan baris atau kolom \
         indikator lain dari berkasnya, atau minta koordinator mengimpornya",
        .0.join(", ")
    )]
    OtherIndicators(Vec<String>),
    /// There is no such batch, or it was undone.
    #[error("impor nomor {0} tidak ada atau sudah dibatalkan")]
    NoSuchBatch(i64),
    /// The database lives in memory: nothing else can be done beside it.
    #[error("basis data ini hanya di memori; pratinjau memerlukan basis data di folder data")]
    OnlyInMemory,
    /// There is no such draft, or it is decided.
    #[error("draf impor nomor {0} tidak ada atau sudah diputuskan")]
    NoSuchDraft(i64),
    /// A thing would have more evidence files than it may.
    #[error("sudah ada {held} berkas bukti di sini, paling banyak {limit}; hapus dahulu yang tidak diperlukan")]
    TooMuchEvidence {
        /// Files that it has.
        held: usize,
        /// Files that it may have.
        limit: usize,
    },
    /// The data folder would hold more bytes of evidence than it may.
    #[error(
        "ruang berkas bukti penuh (batas {} MB); perkecil pindaian atau foto, atau simpan selebihnya di luar Simpul",
        limit >> 20
    )]
    EvidenceFull {
        /// Bytes that it may hold.
        limit: u64,
    },
    /// Whoever read a workbook stopped before its end.
    #[error("pembacaan berkas ini berhenti sebelum selesai, dan tidak ada yang disimpan; impor lagi berkas ini")]
    BrokenOff,
    /// Whoever hands a workbook over found nothing in it that can count.
    #[error("tidak satu baris pun dapat diterima, dan tidak ada yang disimpan")]
    NothingCounts,
    /// Original bytes could not be packed or unpacked.
    #[error("berkas asli tidak dapat dibaca kembali: {0}")]
    Original(#[from] std::io::Error),
}

/// Everything Simpul keeps, in one SQLite file, as far as one who asks may see it. Clones and narrower handles share the
/// connections; a handle never becomes wider.
#[derive(Clone, Debug)]
pub struct Store {
    connections: Arc<Connections>,
    bounds: Arc<HandleBounds>,
}

#[derive(Debug)]
struct Connections {
    writer: Mutex<Connection>,
    /// `None` where the database lives in memory: then the writer reads too.
    readers: Option<Readers>,
}

#[derive(Debug)]
struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

/// A connection lent out for reading.
enum LentReader<'a> {
    Pooled { connection: Option<Connection>, home: &'a Readers },
    Shared(MutexGuard<'a, Connection>),
}

impl Deref for LentReader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Self::Pooled { connection, .. } => connection.as_ref().expect("it is taken out only when dropped"),
            Self::Shared(connection) => connection,
        }
    }
}

impl Drop for LentReader<'_> {
    fn drop(&mut self) {
        if let Self::Pooled { connection, home } = self {
            let mut idle = home.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < READERS_KEPT_MAX {
                idle.extend(connection.take());
            }
        }
    }
}

impl Store {
    /// Opens the database at `path`, made if it is not there, and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let begun = Instant::now();
        loop {
            match Self::open_once(path) {
                Err(error) if is_busy(&error) && begun.elapsed() < BUSY_TIMEOUT => thread::sleep(LOOK_AGAIN_AFTER),
                opened => return opened,
            }
        }
    }

    /// Two that open a new file at once may stand in each other's way while it gets its journal: SQLite then refuses one
    /// at once instead of having it wait (seldom on Linux, nearly always as a Windows program under Wine).
    fn open_once(path: &Path) -> Result<Self, StoreError> {
        let mut writer = Connection::open(path)?;
        configure(&writer)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        schema::migrate(&mut writer)?;
        let readers = Readers { path: path.to_owned(), idle: Mutex::new(Vec::new()) };
        Ok(Self::unbounded(Connections { writer: Mutex::new(writer), readers: Some(readers) }))
    }

    /// A database that ends with this value: for tests and benches.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut writer = Connection::open_in_memory()?;
        configure(&writer)?;
        schema::migrate(&mut writer)?;
        Ok(Self::unbounded(Connections { writer: Mutex::new(writer), readers: None }))
    }

    /// A handle that reaches everything: for the machine's owner.
    fn unbounded(connections: Connections) -> Self {
        Self { connections: Arc::new(connections), bounds: Arc::new(HandleBounds::none()) }
    }

    /// The same store for somebody who sees and changes no more than `access` allows, and no more than this handle.
    #[must_use]
    pub fn narrowed(&self, access: &Access) -> Self {
        Self { connections: self.connections.clone(), bounds: Arc::new(self.bounds.narrowed(access)) }
    }

    /// The data of one Puskesmas as they stood at a moment: it shows nothing else, and changes nothing.
    #[must_use]
    pub fn at(&self, puskesmas: &str, moment: Moment) -> Self {
        Self { connections: self.connections.clone(), bounds: Arc::new(self.bounds.at(puskesmas, moment)) }
    }

    /// Runs `work` in one write transaction: all of it holds, or nothing.
    pub(super) fn write<T>(&self, work: impl FnOnce(&Scoped<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        // A panic while writing rolled its transaction back: the connection itself is sound.
        let mut writer = self.connections.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if !writer.is_autocommit() {
            // Within a [`Whole`]: a part of its transaction.
            let part = writer.savepoint()?;
            let result = work(&Scoped::new(&part, &self.bounds))?;
            part.commit()?;
            return Ok(result);
        }
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&Scoped::new(&transaction, &self.bounds))?;
        transaction.commit()?;
        Ok(result)
    }

    /// The same; where `work` gives `None`, nothing of it holds.
    pub(super) fn write_if<T>(
        &self,
        work: impl FnOnce(&Scoped<'_>) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut writer = self.connections.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if !writer.is_autocommit() {
            // A savepoint that is dropped is rolled back.
            let part = writer.savepoint()?;
            let result = work(&Scoped::new(&part, &self.bounds))?;
            if result.is_some() {
                part.commit()?;
            }
            return Ok(result);
        }
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&Scoped::new(&transaction, &self.bounds))?;
        if result.is_some() {
            transaction.commit()?;
        } else {
            transaction.rollback()?;
        }
        Ok(result)
    }

    /// Runs `work` on one snapshot of the database.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Scoped<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let reader = self.reader()?;
        if !reader.is_autocommit() {
            return work(&Scoped::new(&reader, &self.bounds));
        }
        let snapshot = reader.unchecked_transaction()?;
        let result = work(&Scoped::new(&snapshot, &self.bounds))?;
        snapshot.finish()?;
        Ok(result)
    }

    /// A second way into the same database, all in one transaction: what is done through it holds together
    /// with [`Whole::commit`], or not at all. Others wait meanwhile with their writes (not with reading), so
    /// do everything slow before.
    pub fn begin_whole(&self) -> Result<Whole, StoreError> {
        let connection = Connection::open(self.path()?)?;
        configure(&connection)?;
        connection.execute_batch("BEGIN IMMEDIATE; SAVEPOINT beginning")?;
        Ok(Whole { store: self.within(connection) })
    }

    /// Empties the log of writing, in which overwritten pages lie until they are written over. Where somebody reads or
    /// writes at that moment, a later one does it: nobody waits.
    pub(super) fn empty_log(&self) -> Result<(), StoreError> {
        let writer = self.connections.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if !writer.is_autocommit() {
            return Ok(());
        }
        writer.busy_timeout(Duration::ZERO)?;
        let emptied = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_row| Ok(()));
        writer.busy_timeout(BUSY_TIMEOUT)?;
        Ok(emptied?)
    }

    /// The file of the database.
    pub(super) fn path(&self) -> Result<&Path, StoreError> {
        self.connections.readers.as_ref().map(|home| home.path.as_path()).ok_or(StoreError::OnlyInMemory)
    }

    /// The store as one connection sees it, in a transaction that it has begun.
    pub(super) fn within(&self, connection: Connection) -> Self {
        let connections = Connections { writer: Mutex::new(connection), readers: None };
        Self { connections: Arc::new(connections), bounds: self.bounds.clone() }
    }

    fn reader(&self) -> Result<LentReader<'_>, StoreError> {
        let Some(home) = &self.connections.readers else {
            return Ok(LentReader::Shared(self.connections.writer.lock().unwrap_or_else(PoisonError::into_inner)));
        };
        let idle = home.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = if let Some(connection) = idle {
            connection
        } else {
            let connection = Connection::open(&home.path)?;
            configure(&connection)?;
            connection.pragma_update(None, "query_only", true)?;
            connection
        };
        Ok(LentReader::Pooled { connection: Some(connection), home })
    }
}

/// The store within one transaction; see [`Store::begin_whole`]. Dropped without [`Whole::commit`], nothing holds.
#[derive(Debug)]
pub struct Whole {
    store: Store,
}

impl Deref for Whole {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Whole {
    /// Takes back what was done so far, and keeps others waiting.
    pub fn begin_again(&self) -> Result<(), StoreError> {
        self.batch("ROLLBACK TO beginning")
    }

    /// Makes all of it hold.
    pub fn commit(self) -> Result<(), StoreError> {
        self.batch("RELEASE beginning; COMMIT")
    }

    fn batch(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.store.connections.writer.lock().unwrap_or_else(PoisonError::into_inner).execute_batch(sql)?)
    }
}

fn is_busy(error: &StoreError) -> bool {
    matches!(error, StoreError::Database(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy))
}

pub(super) fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What goes is written over, through whichever connection: files that waited, and what is erased on purpose.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}
