//! Scheduled work: when ([`due`], pure) and what (one file a kind). The ledger in the store says what became of every
//! due time; [`Engine`] settles, runs and tells; [`Scheduler`] is the thin loop around it while a service runs, and
//! the command line takes the same steps. Knows no HTTP.

mod announcement;
mod attachments;
mod back_up;
mod check_data;
mod context;
mod dhis2;
pub mod due;
mod engine;
mod evaluate;
mod import;
mod inbox;
mod kinds;
mod lock;
mod mail;
mod notices;
pub mod outgoing;
mod own_files;
mod prune;
mod report;
mod restore;
mod scheduler;
mod secrets;
pub mod standing;
mod webhook;
pub mod words;

use crate::app::AppError;
use crate::disk;
use crate::store::StoreError;

pub use context::{Hook, Point};
pub use engine::{Engine, RunResult, request};
pub use lock::Lock;
pub use restore::{Restored, restore};
pub use scheduler::Scheduler;

/// Reason that stopped a run, or kept it from beginning.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Failure of the app.
    #[error(transparent)]
    App(#[from] AppError),
    /// The folders of the job.
    #[error("berkas atau folder tugas otomatis tidak dapat dibaca atau ditulis: {}", disk::why(.0))]
    Folder(#[from] std::io::Error),
    /// The ledger, or the data.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Failure of the computation.
    #[error(transparent)]
    Analytics(#[from] crate::app::AnalyticsError),
    /// A result does not hold what it should.
    #[error("hasilnya diperiksa dan tidak cocok: {0}")]
    Unsound(String),
    /// Some papers could not be made; the others stand where they belong.
    #[error("{failed} laporan gagal dibuat, {made} jadi; yang pertama gagal: {first}")]
    Papers {
        /// Number of papers that could not be made.
        failed: usize,
        /// Number of papers that were made.
        made: usize,
        /// The first: which, and why.
        first: String,
    },
    /// An export that cannot be made; the sentence says of whom and why.
    #[error("{0}")]
    Export(String),
    /// The time limit passed.
    #[error("dihentikan: melewati batas {minutes} menit")]
    TooLong {
        /// Time limit of the job.
        minutes: u64,
    },
    /// The service stops; the run is tried again at the next start.
    #[error("layanan berhenti")]
    Stopped,
    /// A fault of the program.
    #[error("kesalahan Simpul: {0}")]
    Panicked(String),
    /// There is no job of that name.
    #[error("tugas otomatis `{name}` tidak ada; yang ada: {}", known.join(", "))]
    UnknownJob {
        /// Name that was asked for.
        name: String,
        /// The ones there are.
        known: Vec<String>,
    },
    /// It runs or waits already.
    #[error("tugas otomatis `{name}` sedang berjalan atau menunggu giliran; tidak dijalankan dua kali")]
    Open {
        /// Name of the job.
        name: String,
    },
    /// The mail server refused or did not answer.
    #[error("surat tidak terkirim: {0}")]
    Mail(String),
    /// Another program refused or did not answer.
    #[error("{url} tidak menerima: {what}")]
    Webhook {
        /// Address of the program.
        url: String,
        /// Answer, or what went wrong.
        what: String,
    },
    /// A backup cannot be put back.
    #[error("{0}")]
    Refused(String),
    /// Stands for the end of the process in tests.
    #[error("proses mati")]
    Killed,
}
