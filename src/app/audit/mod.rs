//! The audit as people read it: as far as their right goes, by pages, as files, and its chain walked. Changes nothing.

mod files;

use chrono::{DateTime, Local, NaiveTime, Utc};

use super::{App, AppError};
use crate::domain::Date;
use crate::domain::access::{Reach, Right};
use crate::domain::audit::AuditAction;
use crate::domain::format;
use crate::store::{AuditBreak, AuditEntry, AuditFault, AuditFilter, AuditRow, AuditVerdict, StoreError};

pub use files::{AUDIT_HEADS, AuditLines, BOOK_ROWS_MAX, row_json};

/// Rows on one page.
pub const ROWS_PER_PAGE: u64 = 100;

/// Rows that somebody asks for; what is absent narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditAsked {
    /// First day, in the time of this machine.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Account, as it is written.
    pub account: Option<String>,
    /// Kind of act.
    pub action: Option<AuditAction>,
    /// Puskesmas, in any spelling.
    pub puskesmas: Option<String>,
    /// Words of the record or of its values.
    pub words: Option<String>,
}

/// Some rows, the newest first, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPage {
    /// Rows of this page.
    pub rows: Vec<AuditRow>,
    /// Rows on all pages.
    pub all: u64,
    /// Number of this page, from 1.
    pub page: u64,
    /// Number of pages, at least 1.
    pub pages: u64,
}

/// The audit of a data folder.
#[derive(Clone, Copy, Debug)]
pub struct AuditService<'a> {
    app: &'a App,
}

impl App {
    /// Who did what, when and from where.
    pub fn audit(&self) -> AuditService<'_> {
        AuditService { app: self }
    }
}

impl AuditService<'_> {
    /// The rows of a page; a number beyond the last is the last.
    pub fn page(self, asked: &AuditAsked, page: u64) -> Result<AuditPage, AppError> {
        let filter = self.filter(asked)?;
        let all = self.app.store().audit_count(&filter)?;
        let pages = all.div_ceil(ROWS_PER_PAGE).max(1);
        let page = page.clamp(1, pages);
        let rows = self.app.store().audit_rows(&filter, (page - 1) * ROWS_PER_PAGE, ROWS_PER_PAGE)?;
        Ok(AuditPage { rows, all, page, pages })
    }

    /// The last `count` rows.
    pub fn last(self, asked: &AuditAsked, count: u64) -> Result<Vec<AuditRow>, AppError> {
        Ok(self.app.store().audit_rows(&self.filter(asked)?, 0, count)?)
    }

    /// Accounts that may be chosen in a filter.
    pub fn accounts(self) -> Result<Vec<String>, AppError> {
        Ok(self.app.store().audit_accounts(&self.reach()?)?)
    }

    /// Puskesmas that may be chosen in a filter.
    pub fn puskesmas(self) -> Result<Vec<String>, AppError> {
        let mut names = self.app.store().puskesmas()?;
        let reach = self.reach()?;
        names.retain(|name| reach.holds(name));
        Ok(names)
    }

    /// Reports whether the rows of the installation, and the whole chain, may be read.
    pub fn is_whole(self) -> bool {
        self.app.access().may_everywhere(Right::ReadAudit)
    }

    /// Walks the whole chain once. With the hash that somebody noted earlier, it must be met on the way. Blocking.
    pub fn verify(self, expected: Option<&str>) -> Result<AuditVerdict, AppError> {
        if !self.is_whole() {
            return Err(AppError::NotAllowed { right: Right::ReadAudit });
        }
        Ok(self.app.store().verify_audit(expected)?)
    }

    /// Writes an act down that changes nothing else in the database, in the name of who works.
    pub fn note(self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.app.store().audit_event(self.app.by(), entry)
    }

    /// Puskesmas whose audit may be read.
    fn reach(self) -> Result<Reach, AppError> {
        let access = self.app.access();
        if self.is_whole() {
            return Ok(Reach::Everything);
        }
        if !access.may_somewhere(Right::ReadAudit) {
            return Err(AppError::NotAllowed { right: Right::ReadAudit });
        }
        let known: Vec<String> = match access.reach() {
            Reach::Everything => self.app.store().puskesmas()?,
            Reach::Puskesmas(keys) => keys.iter().cloned().collect(),
        };
        Ok(Reach::over(known.iter().map(String::as_str).filter(|name| access.may(Right::ReadAudit, name))))
    }

    fn filter(self, asked: &AuditAsked) -> Result<AuditFilter, AppError> {
        let AuditAsked { from, until, account, action, puskesmas, words } = asked.clone();
        let until = until.and_then(|day| day.succ_opt());
        Ok(AuditFilter {
            from: from.and_then(midnight),
            until: until.and_then(midnight),
            account,
            action,
            puskesmas,
            words,
            ..AuditFilter::within(self.reach()?)
        })
    }
}

/// The moment at which a day begins on this machine.
fn midnight(day: Date) -> Option<DateTime<Utc>> {
    day.and_time(NaiveTime::MIN).and_local_timezone(Local).earliest().map(|at| at.to_utc())
}

/// `12 Mei 2023 07.05.09`, in the time of this machine.
pub fn moment_words(at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&Local).naive_local();
    format!("{} {}", format::date(local.date()), local.format("%H.%M.%S"))
}

/// Outcome of walking the chain, in a sentence.
pub fn verdict_words(verdict: &AuditVerdict) -> String {
    let Some(fault) = &verdict.fault else {
        return match &verdict.head {
            Some(head) => format!("Jejak audit utuh: {} baris, yang terakhir nomor {}.", verdict.rows, head.seq),
            None => "Jejak audit masih kosong.".to_owned(),
        };
    };
    fault_words(fault)
}

/// A break of the chain: where, what, and what it means.
fn fault_words(fault: &AuditFault) -> String {
    let AuditFault { kind, seq, at } = fault;
    let at = DateTime::parse_from_rfc3339(at).map(|at| moment_words(at.to_utc())).unwrap_or_default();
    let place = if at.is_empty() { format!("baris {seq}") } else { format!("baris {seq} ({at})") };
    let what = match kind {
        AuditBreak::Altered => format!("isi {place} tidak lagi seperti saat dicatat"),
        AuditBreak::Missing => format!("ada baris yang hilang tepat sebelum {place}"),
        AuditBreak::Unlinked => {
            format!("{place} tidak menyambung dengan baris sebelumnya: urutannya ditukar atau salah satunya diganti")
        }
        AuditBreak::CutOff => format!("baris-baris terakhir hilang, mulai {place}"),
        AuditBreak::NotExpected => {
            "hash yang dicatat tidak ada di jejak ini: ujungnya terpotong atau jejak ditulis ulang".to_owned()
        }
    };
    format!(
        "JEJAK AUDIT TIDAK UTUH: {what}. Baris sebelumnya masih sah. Simpan salinan folder data ini, lalu bandingkan \
         dengan cadangan terakhir."
    )
}
