//! Facts, batches and runs in SQLite: the only module with SQL. Everything is synchronous; one writer, a few
//! readers, and any number of other processes on the same file. Knows nothing of workbooks' layout, of
//! evaluation or of pages.

mod accept;
mod accept_acts;
mod account_acts;
mod account_codes;
mod account_erasure;
mod account_identities;
mod account_sessions;
mod accounts;
mod achievements;
mod answers;
mod api_tokens;
mod approvals;
mod arrivals;
mod aside;
mod audit;
mod audit_read;
mod audit_restored;
mod authors;
mod batch;
mod by;
mod checklist;
mod codec;
mod connection;
mod copy;
mod counted;
mod covered_months;
mod differing_scores;
mod drafts;
mod editions;
mod entries;
mod erasures;
mod evidence;
mod fact_indexes;
mod facts;
mod form_words;
mod free_texts;
mod history;
mod insert;
mod installation;
mod kept_moments;
mod known;
mod ledger;
mod ledger_details;
mod ledger_types;
mod letters;
mod log;
mod login_attempts;
mod moment;
mod names;
mod narratives;
mod office_templates;
mod outbox;
mod personal;
mod puskesmas;
mod register_order;
mod rows;
mod rows_register;
mod rows_written;
mod schema;
mod scoped;
mod signatures;
mod tables;
mod tallies;
mod trace;
mod typed;
mod version;
mod written;

use sha2::{Digest, Sha256};

pub use accept::Accepting;
pub use account_acts::grant_words;
pub use account_codes::{CodePurpose, NewOneTimeCode, SetUpOutcome, StoredOneTimeCode, StoredTotp};
pub use account_erasure::RecordsBy;
pub use account_identities::{IdentityKey, LinkGround, StoredIdentity};
pub use account_sessions::{EndedSessions, KnownFrom, NewSession, SessionBounds, StoredPlace, StoredSession};
pub use accounts::{AccountBook, AccountDeed, AccountId, NewAccount, StoredAccount, StoredGrant};
pub use answers::{Answer, AnswerSort, NewProfile, StoredProfile};
pub use api_tokens::{NewApiToken, StoredApiToken, TokenScope};
pub use approvals::{NewPeriodStep, NewPin, PeriodPin, StepOutcome, StoredStep};
pub use arrivals::RecapArrivals;
pub use aside::Aside;
pub use audit::{AuditEntry, AuditFields};
pub use audit_read::{AuditBreak, AuditFault, AuditFilter, AuditHead, AuditRow, AuditVerdict};
pub use audit_restored::PutBack;
pub use authors::{NewAuthor, StoredAuthor};
pub use batch::{
    Accepted, BatchId, BatchSummary, Content, GoneRow, HeldBatch, KeptOriginal, Known, KnownPlace, LaterVersion,
    NewBatch, RecapSummary, Scope, Sources, TableFacts, TracedField, TracedPlace,
};
pub use by::By;
pub use connection::{Store, StoreError, Whole};
pub use copy::{Holdings, examine_copy};
pub use counted::{CountedFacts, FactPlace};
pub use drafts::{DraftFile, DraftId, DraftOutcome, DraftState, ImportDraft, NewDraft};
pub use editions::{Edition, EditionFile, EditionNumber, NewEdition, NewEditionFile, Prints};
pub use entries::{EntriesOf, ReadEntry, Replaced, StoredEntry, TakenOut, fact_entry_id, read_entries};
pub use erasures::{NewErasure, RewrittenWorkbook, StoredErasure};
pub use evidence::{EvidenceId, EvidenceLimits, NewEvidence, StoredEvidence};
pub use form_words::{NewFormWord, StoredFormWord};
pub use kept_moments::LogChange;
pub use ledger::RunLedger;
pub use ledger_types::{
    Artefact, JobRun, JobState, NewRun, RunEnd, RunId, RunLine, RunReason, RunState, RunTotals, RunTrail,
};
pub use letters::{LetterLines, LetterNumber, LetterSettings, NewNumber, Numbering, SavedSettings, Signatory};
pub use login_attempts::{AttemptId, AttemptTallies, FailedAttempt, FailureTally, NewAttempt};
pub use moment::Moment;
pub use narratives::{NarrativeText, NarrativeVersion, NewNarrative, PaperKey};
pub use office_templates::{NewOfficeTemplate, StoredOfficeTemplate};
pub use outbox::{KeptEvaluation, NewNotice, OutboxNotice};
pub use personal::{KeptWorkbook, TextOrigin, TextPlace};
pub use signatures::KeptSignature;
pub use tallies::{BatchTally, EditionTally, StoreTallies};

/// SHA-256 of some bytes in hexadecimal: the name of a workbook's content.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
