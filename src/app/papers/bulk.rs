//! Many papers in one go: every Puskesmas beside the others, each paper made and checked as a single one is. One that
//! fails stops no other. Writes no file: whoever asks takes each paper as it comes.

use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use super::PaperService;
use super::request::{ReportFile, ReportRequest};
use crate::domain::name::slug;
use crate::domain::written::cluster_words;
use crate::domain::{Date, FileFormat, Period, ReportKind, format};
use crate::report::Paper;

/// Puskesmas under way or waiting to be taken, for each thread: bounds the papers that are held in memory.
const AHEAD: usize = 2;

/// Papers that are wanted in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkRequest {
    /// Period that all of them are about.
    pub period: Period,
    /// Day of evaluation, the same for all.
    pub as_of: Date,
    /// Puskesmas named as the store names them, in the order of the papers.
    pub puskesmas: Vec<String>,
    /// Kinds. The recapitulation of several Puskesmas is made once, and only where there are several.
    pub kinds: Vec<ReportKind>,
    /// Formats of each; the bundle for accreditation is one ZIP.
    pub formats: Vec<FileFormat>,
    /// Clusters of which the recapitulation is made, as written: one each. Empty: one of all Puskesmas there are.
    pub clusters: Vec<String>,
    /// True if each paper is made in the office's own templates too.
    pub has_templates: bool,
}

impl BulkRequest {
    /// Every kind of report that is made for such a period; letters are made one by one.
    pub fn kinds_for(period: Period) -> Vec<ReportKind> {
        let reports = ReportKind::ALL.into_iter().filter(|kind| !kind.is_letter());
        reports.filter(|kind| kind.periods().contains(&period.kind())).collect()
    }

    /// Returns the number of papers that the request makes, each format counted.
    pub fn papers(&self) -> usize {
        self.units().iter().map(|unit| self.papers_of(unit).len()).sum()
    }

    /// One a Puskesmas, and one a cluster or one of all together.
    fn units(&self) -> Vec<Unit<'_>> {
        let mut about: Vec<PaperSubject<'_>> =
            self.puskesmas.iter().map(|name| PaperSubject::Puskesmas(name)).collect();
        about.extend(self.clusters.iter().map(|name| PaperSubject::Cluster(name)));
        if self.clusters.is_empty() && self.puskesmas.len() > 1 {
            about.push(PaperSubject::Everybody);
        }
        let mut units: Vec<Unit<'_>> = Vec::new();
        for about in about {
            let base = about.folder();
            let mut folder = base.clone();
            let mut number = 2;
            while units.iter().any(|unit| unit.folder == folder) {
                folder = format!("{base}-{number}");
                number += 1;
            }
            units.push(Unit { about, folder });
        }
        units
    }

    fn papers_of(&self, unit: &Unit<'_>) -> Vec<(ReportKind, FileFormat)> {
        let is_of_one = matches!(unit.about, PaperSubject::Puskesmas(_));
        let kinds = self.kinds.iter().filter(|kind| (**kind == ReportKind::Cluster) != is_of_one);
        kinds
            .flat_map(|kind| {
                let formats = if *kind == ReportKind::Accreditation { &self.formats[..1] } else { &self.formats[..] };
                formats.iter().map(|format| (*kind, *format))
            })
            .collect()
    }
}

/// Puskesmas, cluster or whole folder whose papers one thread makes, and the folder that they go into.
#[derive(Debug)]
struct Unit<'a> {
    about: PaperSubject<'a>,
    folder: String,
}

/// Puskesmas, cluster or folder that papers are about.
#[derive(Clone, Copy, Debug)]
enum PaperSubject<'a> {
    Puskesmas(&'a str),
    /// The Puskesmas of one cluster together.
    Cluster(&'a str),
    /// All Puskesmas of the data folder together.
    Everybody,
}

impl PaperSubject<'_> {
    fn folder(self) -> String {
        match self {
            Self::Puskesmas(name) => slug(name),
            Self::Cluster(name) => slug(&cluster_words(name)),
            Self::Everybody => "semua-puskesmas".to_owned(),
        }
    }

    fn words(self) -> String {
        match self {
            Self::Puskesmas(name) => name.to_owned(),
            Self::Cluster(name) => cluster_words(name),
            Self::Everybody => "semua Puskesmas".to_owned(),
        }
    }

    fn request(self, kind: ReportKind, period: Period, as_of: Date) -> ReportRequest {
        let (puskesmas, cluster) = match self {
            Self::Puskesmas(name) => (Some(name.to_owned()), None),
            Self::Cluster(name) => (None, Some(name.to_owned())),
            Self::Everybody => (None, None),
        };
        ReportRequest { kind, period, as_of: Some(as_of), puskesmas, cluster }
    }
}

/// A paper that was made and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkPaper {
    /// Period that the paper is about.
    pub period: Period,
    /// A name for the folder of its Puskesmas: safe in every file system, and no other Puskesmas' in this go.
    pub folder: String,
    /// Content of the paper, with name and media type.
    pub file: ReportFile,
}

/// A paper that could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkFailure {
    /// Name of the Puskesmas or cluster, or `semua Puskesmas`.
    pub about: String,
    /// Kind of paper that was to be made.
    pub kind: ReportKind,
    /// Format that it was to have.
    pub format: FileFormat,
    /// Reason, as a message for the user.
    pub why: String,
}

impl fmt::Display for BulkFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}.{}: {}", self.about, self.kind.code(), self.format.ending(), self.why)
    }
}

/// Progress while papers are made: papers come in the order of the request, however many threads make them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// So many are done; this one just ended.
    Working {
        /// Paper that just ended, in words.
        now: &'a str,
        /// Number of papers that ended, made or failed.
        done: usize,
        /// Number of papers that the request makes.
        total: usize,
    },
    /// It is ready to be taken.
    Made(BulkPaper),
    /// It could not be made.
    Failed(BulkFailure),
}

/// Place of a unit in its chunk and the outcome of one of its papers, on the way from the thread that made it.
type PaperResult = (usize, Result<BulkPaper, BulkFailure>);

impl PaperService<'_> {
    /// Makes them over all cores. What takes the steps may break off: papers under way are finished, none begun.
    /// Blocking.
    pub fn bulk(self, request: &BulkRequest, take: &mut dyn FnMut(Step<'_>) -> ControlFlow<()>) {
        let units = request.units();
        let total = request.papers();
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let is_stopped = AtomicBool::new(false);
        let mut done = 0;
        for chunk in units.chunks(threads * AHEAD) {
            let ended = self.chunk(request, chunk, &is_stopped, &mut |now| {
                done += 1;
                take(Step::Working { now, done, total })
            });
            for (_, ended) in ended {
                let step = match ended {
                    Ok(paper) => Step::Made(paper),
                    Err(failure) => Step::Failed(failure),
                };
                if take(step).is_break() {
                    return;
                }
            }
            if is_stopped.load(Ordering::SeqCst) {
                return;
            }
        }
    }

    /// Some units side by side; what they made, in their order.
    fn chunk(
        self,
        request: &BulkRequest,
        units: &[Unit<'_>],
        is_stopped: &AtomicBool,
        tell: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Vec<PaperResult> {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(units.len());
        let next = AtomicUsize::new(0);
        let mut ended = Vec::new();
        thread::scope(|scope| {
            let (send, papers) = sync_channel(threads);
            for _ in 0..threads {
                let send = send.clone();
                let next = &next;
                scope.spawn(move || {
                    loop {
                        let place = next.fetch_add(1, Ordering::SeqCst);
                        let Some(unit) = units.get(place) else { return };
                        self.unit(request, unit, is_stopped, &|paper| send_paper(&send, place, paper));
                    }
                });
            }
            drop(send);
            for (place, paper) in papers {
                if tell(&now(&paper)).is_break() {
                    is_stopped.store(true, Ordering::SeqCst);
                }
                ended.push((place, paper));
            }
        });
        // Papers of one unit came in their order; units come in theirs.
        ended.sort_by_key(|(place, _)| *place);
        ended
    }

    /// The papers of one unit, one after the other: its snapshot is made once.
    fn unit(
        self,
        request: &BulkRequest,
        unit: &Unit<'_>,
        is_stopped: &AtomicBool,
        give: &dyn Fn(Result<BulkPaper, BulkFailure>),
    ) {
        let papers = request.papers_of(unit);
        for of_a_kind in papers.chunk_by(|one, next| one.0 == next.0) {
            let kind = of_a_kind[0].0;
            let one = unit.about.request(kind, request.period, request.as_of);
            // One document, drawn once, for all its formats; the bundle makes its own.
            let document = (kind != ReportKind::Accreditation).then(|| guarded(|| self.paper(&one)));
            let paper = document.as_ref().map(|document| match document {
                Ok(document) => guarded(|| Ok(Paper::new(document, &request.formats)?)),
                Err(why) => Err(why.clone()),
            });
            for (_, format) in of_a_kind {
                if is_stopped.load(Ordering::SeqCst) {
                    return;
                }
                let file = match &paper {
                    None => guarded(|| self.report(&one, *format)),
                    Some(Ok(paper)) => guarded(|| self.as_file(&one, paper, *format)),
                    Some(Err(why)) => Err(why.clone()),
                };
                give(match file {
                    Ok(file) => Ok(BulkPaper { period: request.period, folder: unit.folder.clone(), file }),
                    Err(why) => Err(BulkFailure { about: unit.about.words(), kind, format: *format, why }),
                });
            }
            if let Some(Ok(paper)) = paper.as_ref().filter(|_| request.has_templates) {
                self.in_templates(&one, paper, &mut |format, file| {
                    give(match file {
                        Ok(file) => Ok(BulkPaper { period: request.period, folder: unit.folder.clone(), file }),
                        Err(why) => Err(BulkFailure { about: unit.about.words(), kind, format, why }),
                    });
                });
            }
        }
    }
}

impl PaperService<'_> {
    /// A paper in each of the office's own templates for it.
    fn in_templates(
        self,
        request: &ReportRequest,
        paper: &Paper<'_>,
        give: &mut dyn FnMut(FileFormat, Result<ReportFile, String>),
    ) {
        match guarded(|| self.office_templates(request)) {
            Ok(templates) => {
                for known in templates {
                    give(known.format, guarded(|| self.in_template(request, paper, &known)));
                }
            }
            Err(why) => give(FileFormat::Docx, Err(why)),
        }
    }
}

fn send_paper(send: &SyncSender<PaperResult>, place: usize, paper: Result<BulkPaper, BulkFailure>) {
    // The other end lives as long as the threads do.
    drop(send.send((place, paper)));
}

/// The result, or why there is none in words; a fault of the program costs one paper, not all.
fn guarded<T>(work: impl FnOnce() -> Result<T, crate::app::AppError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(made)) => Ok(made),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_panic) => Err("kesalahan Simpul saat membuat laporan ini".to_owned()),
    }
}

fn now(paper: &Result<BulkPaper, BulkFailure>) -> String {
    match paper {
        Ok(paper) => format!("{} ({} KB)", paper.file.name, format::count(kilobytes(paper.file.bytes.len()))),
        Err(failure) => format!("gagal: {}.{}", failure.kind.code(), failure.format.ending()),
    }
}

fn kilobytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes.div_ceil(1_000)).unwrap_or(u32::MAX))
}
