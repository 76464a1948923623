//! Papers of this data folder: the one function that the command line, the page and the jobs call. Speaks no HTTP
//! and writes no file.

use crate::dashboard::{Choice, Context, DashboardError, Material, SourceFiles, Subject};
use crate::domain::name::slug;
use crate::domain::{Date, Period};
use crate::report::{self, Document, FileFormat, Letter, Person, ReportError, ReportKind, verify};

use super::{App, AppError, Snapshot, verified_sheets};
use crate::store::Scope;

/// Documents of the bundle for accreditation, in their order.
const BUNDLED: [ReportKind; 5] =
    [ReportKind::Register, ReportKind::Schedule, ReportKind::Activity, ReportKind::Evaluation, ReportKind::Tpcb];

/// Which paper is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRequest {
    /// Kind.
    pub kind: ReportKind,
    /// Of which period.
    pub period: Period,
    /// As of which day; `None`: today.
    pub as_of: Option<Date>,
    /// Of which Puskesmas; `None`: the only one there is.
    pub puskesmas: Option<String>,
}

/// A paper as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFile {
    /// Name under which it is saved (`evaluasi-2023-C2-abcde.pdf`).
    pub name: String,
    /// Media type.
    pub media_type: &'static str,
    /// Id of the snapshot that it shows.
    pub snapshot: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl App {
    /// A paper as plain data. Blocking.
    pub fn paper(&self, request: &ReportRequest) -> Result<Document, AppError> {
        if request.kind == ReportKind::Cluster {
            return self.cluster_paper(request);
        }
        let puskesmas = self.resolve_puskesmas(request.puskesmas.as_deref())?;
        let snapshot = self.snapshot(&puskesmas)?;
        let as_of = request.as_of.unwrap_or_else(|| self.clock().today());
        let sources = self.store().sources(&puskesmas, request.period.year())?;
        let files = SourceFiles { first: sources.first_file, last: sources.last_file };
        let subject = Subject { puskesmas: 0, facility: None, period: request.period, as_of };
        let context = context(&snapshot, subject, files)?;
        let id = snapshot.id(request.period, context.subject.as_of);
        let letter = self.letter(&puskesmas);
        let material = report::Material { context: &context, letter: &letter, snapshot: &id };
        Ok(report::document(request.kind, &material)?)
    }

    /// Letter details from the definition files; what they do not say becomes a dotted line.
    fn letter(&self, puskesmas: &str) -> Letter {
        let Some(known) = self.definitions().letter(puskesmas).cloned() else { return Letter::default() };
        let person =
            |(name, id_number): (String, Option<String>)| Person { name, id_number: id_number.unwrap_or_default() };
        Letter {
            above: known.above,
            address: known.address,
            place: known.place,
            head: known.head.map(person),
            coordinator: known.coordinator.map(person),
        }
    }

    /// All Puskesmas of the folder, in one evaluation.
    fn cluster_paper(&self, request: &ReportRequest) -> Result<Document, AppError> {
        let facts = self.store().facts(&Scope::All)?;
        let snapshot = Snapshot::new(self.store().version()?, facts, &self.definitions().decree.book)?;
        let as_of = request.as_of.unwrap_or_else(|| self.clock().today());
        let mut contexts = Vec::new();
        for (puskesmas, _) in (0..).zip(&snapshot.facts().puskesmas) {
            let subject = Subject { puskesmas, facility: None, period: request.period, as_of };
            contexts.push(context(&snapshot, subject, SourceFiles::default())?);
        }
        let id = snapshot.id(request.period, as_of);
        Ok(report::cluster(&contexts, &Letter::default(), &id)?)
    }

    /// A paper as a file of a format. Blocking: it takes a tenth of a second and more.
    pub fn report(&self, request: &ReportRequest, format: FileFormat) -> Result<ReportFile, AppError> {
        self.written(request, &self.paper(request)?, format)
    }

    /// The same where the document is at hand.
    pub(super) fn written(
        &self,
        request: &ReportRequest,
        document: &Document,
        format: FileFormat,
    ) -> Result<ReportFile, AppError> {
        if request.kind == ReportKind::Accreditation {
            return self.bundle(request, document, format);
        }
        let bytes = self.rendered(document, format)?;
        let name = file_name(request, document, format.ending());
        Ok(ReportFile { name, media_type: format.media_type(), snapshot: document.stamp.id.clone(), bytes })
    }

    /// A paper written in a format, opened again and compared with its document: what differs is an error, no file.
    fn rendered(&self, document: &Document, format: FileFormat) -> Result<Vec<u8>, AppError> {
        let bytes = report::render(document, format)?;
        match format {
            FileFormat::Pdf => verify::pdf(document, &bytes)?,
            FileFormat::Docx => verify::docx(document, &bytes)?,
            FileFormat::Xlsx => verified_sheets::verify(document, &bytes, self.limits())?,
        }
        Ok(bytes)
    }

    /// The index and every document that it names, in one ZIP.
    fn bundle(&self, request: &ReportRequest, index: &Document, format: FileFormat) -> Result<ReportFile, AppError> {
        let mut files = vec![(format!("00-indeks.{}", format.ending()), self.rendered(index, format)?)];
        for (place, kind) in BUNDLED.into_iter().enumerate() {
            let document = self.paper(&ReportRequest { kind, ..request.clone() })?;
            let name = format!("{:02}-{}.{}", place + 1, kind.code(), format.ending());
            files.push((name, self.rendered(&document, format)?));
        }
        let name = file_name(request, index, "zip");
        let (media_type, snapshot) = ("application/zip", index.stamp.id.clone());
        Ok(ReportFile { name, media_type, snapshot, bytes: report::bundle(&files)? })
    }
}

/// Results of one Puskesmas of a snapshot.
fn context(snapshot: &Snapshot, subject: Subject, files: SourceFiles) -> Result<Context<'_>, AppError> {
    let material = Material {
        evaluator: snapshot.evaluator(),
        evaluation: snapshot.evaluate(subject.period, subject.as_of)?,
        previous: snapshot.evaluate(subject.period.previous(), subject.as_of)?,
        files,
    };
    Context::new(material, subject, Choice::default()).map_err(|error| match error {
        DashboardError::UnknownPuskesmas(_) => AppError::NoData,
        other @ DashboardError::Analytics(_) => AppError::Report(ReportError::from(other)),
    })
}

/// `evaluasi-2023-C2-upt-puskesmas-abcde.pdf`.
fn file_name(request: &ReportRequest, document: &Document, ending: &str) -> String {
    let puskesmas = document.letterhead.last().map_or("", String::as_str);
    format!("{}-{}-{}.{ending}", request.kind.code(), request.period, slug(puskesmas))
}
