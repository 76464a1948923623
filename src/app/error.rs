//! Failures of the app, each with its message for the user.

use std::io;
use std::path::PathBuf;

use crate::analytics::AnalyticsError;
use crate::disk;
use crate::domain::access::Right;
use crate::store::StoreError;

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
    /// The one who asks may not do that.
    #[error("akun ini tidak berwenang {}; minta orang yang berwenang, atau minta administrator memberi peran itu", right.label())]
    NotAllowed {
        /// Right that is missing.
        right: Right,
    },
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
    /// No facility of that name.
    #[error("tidak ada faskes bernama “{0}” di daftar identifikasi; lihat halaman Faskes untuk nama-nama yang ada")]
    UnknownFacility(String),
    /// No instrument of that code.
    #[error("daftar tilik “{asked}” tidak ada{}", known_list(known))]
    UnknownInstrument {
        /// Code that was asked for.
        asked: String,
        /// The ones there are.
        known: Vec<String>,
    },
    /// A cluster of which no Puskesmas is here.
    #[error(
        "belum ada data Puskesmas dari cluster `{0}` di folder data ini; impor rekap Puskesmasnya, atau pilih cluster lain"
    )]
    EmptyCluster(String),
    /// The operating system gave no random bytes.
    #[error("kunci penanda tangan tidak dapat dibuat: sistem operasi tidak memberi bilangan acak ({0})")]
    NoRandomness(String),
    /// Somebody else just handed out another content under the same number.
    #[error("laporan bernomor ini baru saja dicetak dengan isi lain; ulangi")]
    OtherContent,
    /// Slides of a paper or of a period that no meeting is held about.
    #[error(
        "salindia (pptx) dibuat untuk rapat lokmin satu bulan atau satu triwulan; tulis misalnya: report lokmin 2023-05 --format pptx. Laporan lain: pdf, docx, atau xlsx"
    )]
    NoMeeting,
    /// Nothing was imported yet.
    #[error(
        "belum ada data; impor dahulu daftar identifikasi dan rekap, misalnya: simpul --data FOLDER import rekap.xlsx"
    )]
    NoData,
}

impl AppError {
    /// Reports whether the one who asks may not do that.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::NotAllowed { .. } | Self::Store(StoreError::OutOfReach(_)))
    }

    /// Reports whether what was asked for is not to be had, and says so itself; everything else is Simpul that failed.
    pub fn is_choice(&self) -> bool {
        matches!(
            self,
            Self::UnknownPuskesmas { .. }
                | Self::UnknownCluster { .. }
                | Self::UnknownFacility(_)
                | Self::UnknownInstrument { .. }
                | Self::EmptyCluster(_)
                | Self::NoMeeting
        )
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
