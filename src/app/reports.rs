//! Papers of this data folder: the one function that the command line, the page and the jobs call. Speaks no HTTP
//! and writes no file.

use super::{App, AppError, verified_sheets};
use crate::domain::name::slug;
use crate::domain::{Date, Period};
use crate::report::{self, ClusterMaterial, Document, FileFormat, Narrative, ReportKind, verify};

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
        let prepared = self.prepare(request)?;
        let contexts = prepared.contexts()?;
        let draft = prepared.draft(&contexts)?;
        let narrative = Narrative::new(&draft, self.written(&prepared)?);
        let (letter, snapshot, narrative) = (self.letter(&prepared)?, prepared.id.as_str(), &narrative);
        let (contexts, letter) = (contexts.as_slice(), &letter);
        if request.kind == ReportKind::Cluster {
            return Ok(report::cluster(&ClusterMaterial { contexts, letter, snapshot, narrative })?);
        }
        let context = contexts.first().ok_or(AppError::NoData)?;
        Ok(report::document(request.kind, &report::Material { context, letter, snapshot, narrative })?)
    }

    /// A paper as a file of a format. Blocking: it takes a tenth of a second and more.
    pub fn report(&self, request: &ReportRequest, format: FileFormat) -> Result<ReportFile, AppError> {
        self.as_file(request, &self.paper(request)?, format)
    }

    /// The same where the document is at hand.
    pub(super) fn as_file(
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

/// `evaluasi-2023-C2-upt-puskesmas-abcde.pdf`.
fn file_name(request: &ReportRequest, document: &Document, ending: &str) -> String {
    format!("{}-{}-{}.{ending}", request.kind.code(), request.period, slug(&document.letterhead.name))
}
