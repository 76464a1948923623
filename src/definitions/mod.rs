//! Definition files (`jobs/*.toml`, `dashboards/**/*.toml`, `indicator-sets/*.toml`, `instruments/*.toml`, `letters/*.toml`, `limits.toml`,
//! `simpul.toml`) → checked definitions, or all that is wrong with them: file, line, column, what, hint.
//!
//! The only module that names toml. It reads no disk: the shipped files are compiled in, those of the
//! data folder are handed in. A file of the same name replaces a shipped one, a new name adds one.

pub mod cron;
pub mod dashboard;
pub mod decree;
mod held;
mod indicator_set;
mod instrument;
pub mod job;
mod job_run;
mod job_smtp;
mod job_webhook;
mod keys;
mod keys_dashboard;
mod keys_decree;
mod keys_job;
mod kind;
pub mod letter;
pub mod limits;
pub mod log_settings;
mod lower;
mod lower_decree;
mod lower_job;
mod raw;
pub mod reference;
pub mod schema;
pub mod service;
pub mod service_layers;
mod service_oidc;
mod shipped;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::raw::DefinitionReader;
use crate::diagnostic::Diagnostic;
use crate::domain::SheetBooks;
use crate::domain::decree::DecreeChange;
use crate::domain::instrument::{Instrument, InstrumentBook};
use crate::domain::name::puskesmas_key;
use crate::domain::own_indicator::{IndicatorSet, IndicatorSetBook};

pub use cron::Schedule;
pub use dashboard::{
    ComparedPeriod, ComparisonPanel, Dashboard, DashboardScope, DistrictPanel, Filter, Grouping, Panel, PanelKind,
    ParetoOf, PwsChoice, SlideKind, SlotsBy, StatusTable, TrendOf, TrendPanel, VisitPriorityPanel, Width,
};
pub use decree::DecreeDefinition;
pub use held::HeldDefinitions;
pub use job::{
    IfMissed, Job, JobAction, Login, Notify, NotifyOn, Overlap, PapersByMail, ReportRun, Retries, Security, Smtp, Tls,
    Webhook, WhichPeriod,
};
pub use keys::{DefinitionKey, KeyPresence, KeyTable, KeyValue, KindDescription};
pub use kind::DefinitionKind;
pub use letter::LetterDefinition;
pub use limits::{LIMITS_FILE, LimitName, LimitsDefinition};
pub use log_settings::{LOG_FILE_MB, LOG_FILES, LogFormat, LogLevel, LogSettings};
pub use service::{AddressRange, CertificatePaths, SERVICE_FILE, ServedName, ServiceSettings};
pub use service_layers::{HeldSetting, LayeredSettings, SettingName, SettingSource, SettingText, SettingTexts};
pub use service_oidc::OidcSettings;
pub use shipped::SHIPPED;

/// A definition file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path with forward slashes below the data folder: `dashboards/ringkasan.toml`, `jobs/impor-bulanan.toml`.
    pub name: String,
    /// Content of the file.
    pub text: String,
}

/// Everything that the definition files say, checked.
#[derive(Clone, Debug)]
pub struct Definitions {
    /// Pages in the order of the navigation, then by address.
    pub dashboards: Vec<Dashboard>,
    /// The default decree and its overrides.
    pub decree: DecreeDefinition,
    /// Jobs, ordered by name.
    pub jobs: Vec<Job>,
    /// Checklists of coaching, and ready sets of indicators.
    pub books: SheetBooks,
    /// Letter details by file.
    pub letters: Vec<LetterDefinition>,
    /// Bounds on the reading of workbooks.
    pub limits: LimitsDefinition,
    /// Address, names and certificate of the service.
    pub service: ServiceSettings,
}

impl Definitions {
    /// The letter details of a Puskesmas: its own, or those for all.
    pub fn letter(&self, puskesmas: &str) -> Option<&LetterDefinition> {
        let key = puskesmas_key(puskesmas);
        let own = self.letters.iter().find(|letter| letter.puskesmas.as_ref() == Some(&key));
        own.or_else(|| self.letters.iter().find(|letter| letter.puskesmas.is_none()))
    }
}

/// Loads the shipped files and those of the data folder. What is wrong is left out (a shipped file of the
/// same name holds then) and named in the diagnostics, all of it, ordered by file and place.
pub fn load(own: &[SourceFile]) -> (Definitions, Vec<Diagnostic>) {
    let mut collected = DefinitionsRead::default();
    for (name, text) in shipped::SHIPPED {
        collected.read(name, text);
    }
    for file in own {
        collected.read(&file.name, &file.text);
    }
    collected.finish()
}

/// All diagnostics of the shipped files and those of the data folder: what `check` prints.
pub fn check(own: &[SourceFile]) -> Vec<Diagnostic> {
    load(own).1
}

/// The fault of a job that follows another, to be told where that one turns out not to be there.
fn unknown_leader(
    reader: &mut DefinitionReader<'_>,
    stem: &str,
    after: &str,
    span: &std::ops::Range<usize>,
) -> Option<Diagnostic> {
    let what = format!("`{stem}` mengikuti `{after}`, yang tidak ada atau mengikutinya kembali");
    reader.fault(span, what, Some("tulis nama berkas tugas lain tanpa .toml, misalnya impor-bulanan".to_owned()));
    reader.faults.pop()
}

/// Definitions that were read so far, by file: a later file of the same name takes the place of an earlier one.
#[derive(Default)]
struct DefinitionsRead {
    dashboards: BTreeMap<String, Dashboard>,
    decree: Option<DecreeDefinition>,
    overrides: BTreeMap<String, Vec<DecreeChange>>,
    jobs: BTreeMap<String, Job>,
    /// Faults of the files of jobs that follow others, for those whose other job is not there.
    followers: BTreeMap<String, Diagnostic>,
    instruments: BTreeMap<String, Instrument>,
    indicator_sets: BTreeMap<String, IndicatorSet>,
    letters: BTreeMap<String, LetterDefinition>,
    limits: LimitsDefinition,
    service: ServiceSettings,
    diagnostics: Vec<Diagnostic>,
}

impl DefinitionsRead {
    fn read(&mut self, name: &str, text: &str) {
        let mut reader = DefinitionReader::new(name, text);
        self.read_with(&mut reader);
        self.diagnostics.append(&mut reader.faults);
    }

    fn read_with(&mut self, reader: &mut DefinitionReader<'_>) {
        let name = reader.file;
        let stem = name.rsplit('/').next().and_then(|last| last.strip_suffix(".toml"));
        let Some(stem) = stem.and_then(|stem| lower::checked_stem(reader, stem)) else {
            if stem.is_none() {
                reader.fault(&(0..0), "bukan berkas .toml", Some("ganti nama berkasnya".to_owned()));
            }
            return;
        };
        let Some(document) = reader.parse() else { return };
        let Some(kind) = DefinitionKind::of_file(name) else {
            let hint =
                "tempatnya: dashboards/, dashboards/indicators/, indicator-sets/, instruments/, jobs/ atau letters/"
                    .to_owned();
            reader.fault(&(0..0), format!("berkas `{name}` tidak dibaca"), Some(hint));
            return;
        };
        let mut root = lower::root(&document, kind.root());
        match kind {
            DefinitionKind::Dashboard => {
                if let Some(dashboard) = lower::lower(reader, stem, root) {
                    self.dashboards.insert(stem.to_owned(), dashboard);
                }
            }
            DefinitionKind::Decree => {
                if let Some(decree) = lower_decree::lower_default(reader, root) {
                    self.decree = Some(decree);
                }
            }
            DefinitionKind::Override => {
                let overrides = lower_decree::lower_overrides(reader, &mut root);
                root.finish(reader);
                if reader.faults.is_empty() {
                    self.overrides.insert(stem.to_owned(), overrides);
                }
            }
            DefinitionKind::Job => {
                let span = root.key_span("after");
                if let Some(job) = lower_job::lower(reader, stem, root).filter(|_| reader.faults.is_empty()) {
                    let fault = job.after.as_ref().and_then(|after| unknown_leader(reader, stem, after, &span));
                    self.followers.extend(fault.map(|fault| (stem.to_owned(), fault)));
                    self.jobs.insert(stem.to_owned(), job);
                }
            }
            DefinitionKind::Instrument => {
                if let Some(instrument) = instrument::lower(reader, stem, root) {
                    self.instruments.insert(stem.to_owned(), instrument);
                }
            }
            DefinitionKind::IndicatorSet => {
                if let Some(set) = indicator_set::lower(reader, stem, root) {
                    self.indicator_sets.insert(stem.to_owned(), set);
                }
            }
            DefinitionKind::Letter => {
                if let Some(letter) = letter::lower(reader, root) {
                    self.letters.insert(stem.to_owned(), letter);
                }
            }
            DefinitionKind::Limits => {
                if let Some(limits) = limits::lower(reader, root) {
                    self.limits = limits;
                }
            }
            DefinitionKind::Service => {
                if let Some(service) = service::lower(reader, root) {
                    self.service = service;
                }
            }
        }
    }

    /// Leaves out jobs that follow one that is not there, or that follow each other in a circle.
    fn leave_out_lost_followers(&mut self) {
        loop {
            let leader = |name: &str| self.jobs.get(name).and_then(|job| job.after.as_deref());
            let is_lost = |name: &String| {
                let mut chain = std::iter::successors(leader(name), |next| leader(next)).take(self.jobs.len() + 1);
                chain.any(|next| next == name.as_str() || !self.jobs.contains_key(next))
            };
            let lost: Vec<String> = self.jobs.keys().filter(|name| is_lost(name)).cloned().collect();
            if lost.is_empty() {
                return;
            }
            for name in lost {
                self.jobs.remove(&name);
                self.diagnostics.extend(self.followers.remove(&name));
            }
        }
    }

    fn finish(mut self) -> (Definitions, Vec<Diagnostic>) {
        self.leave_out_lost_followers();
        let mut decree = self.decree.expect("the shipped decree is compiled in, and a test loads it");
        decree.book.changes.extend(self.overrides.into_values().flatten());
        decree.book.changes.sort_by_key(|change| (change.year, change.puskesmas.is_some()));
        let mut dashboards: Vec<Dashboard> = self.dashboards.into_values().collect();
        dashboards.sort_by(|a, b| (a.order, &a.slug).cmp(&(b.order, &b.slug)));
        self.diagnostics.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        (
            Definitions {
                dashboards,
                decree,
                jobs: self.jobs.into_values().collect(),
                books: SheetBooks {
                    instruments: Arc::new(InstrumentBook::new(self.instruments.into_values().collect())),
                    indicator_sets: Arc::new(IndicatorSetBook::new(self.indicator_sets.into_values().collect())),
                },
                letters: self.letters.into_values().collect(),
                limits: self.limits,
                service: self.service,
            },
            self.diagnostics,
        )
    }
}
