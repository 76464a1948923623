//! Papers of this data folder: the one function that the command line, the page and the jobs call. Speaks no HTTP
//! and writes no file.

use std::io::Cursor;
use std::panic::resume_unwind;
use std::thread;

use super::PaperService;
use super::bundle::Bundled;
use super::proofs::WrittenFile;
use super::request::file_name;
pub use super::request::{ReportFile, ReportRequest};
use super::verified_sheets;
use crate::app::AppError;
use crate::report::sealed::SealedFormat;
use crate::report::{self, ClusterMaterial, Document, FileFormat, Narrative, Paper, ReportKind, verify};

/// Media type of a bundle.
pub const BUNDLE_MEDIA_TYPE: &str = "application/zip";

impl PaperService<'_> {
    /// A paper as plain data. Blocking.
    pub fn paper(self, request: &ReportRequest) -> Result<Document, AppError> {
        let document = self.with_materials(request, |materials| match request.kind {
            ReportKind::Cluster => Ok(report::cluster(materials)?),
            kind => Ok(report::document(kind, &only(materials)?)?),
        })?;
        self.revised(request, document)
    }

    /// Runs `work` on what a paper of one Puskesmas is made from.
    pub(super) fn with_material<T>(
        self,
        request: &ReportRequest,
        work: impl FnOnce(&report::PaperMaterial<'_>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        self.with_materials(request, |materials| work(&only(materials)?))
    }

    fn with_materials<T>(
        self,
        request: &ReportRequest,
        work: impl FnOnce(&ClusterMaterial<'_>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let prepared = self.prepare(request)?;
        let contexts = prepared.contexts()?;
        let draft = prepared.draft(&contexts)?;
        let narrative = Narrative::new(&draft, self.written_text(&prepared)?);
        let letter = self.letter(&prepared)?;
        let snapshot = prepared.id.as_str();
        let narrative = &narrative;
        let absent = if prepared.kind == ReportKind::Cluster { prepared.absent() } else { Vec::new() };
        work(&ClusterMaterial {
            absent: &absent,
            contexts: &contexts,
            letter: &letter,
            snapshot,
            narrative,
            cluster: prepared.cluster.as_deref(),
        })
    }

    /// The invitation to the lokmin of a period as a message for a chat. Blocking.
    pub fn invitation_message(self, request: &ReportRequest) -> Result<String, AppError> {
        self.with_material(request, |material| Ok(report::invitation_message(material.narrative, material.context)))
    }

    /// A paper as a file of a format; of accreditation the bundle. Blocking: it takes a tenth of a second and more.
    pub fn report(self, request: &ReportRequest, format: FileFormat) -> Result<ReportFile, AppError> {
        if request.kind == ReportKind::Accreditation {
            let Bundled { name, snapshot, archive } = self.bundle(request, format, Cursor::new(Vec::new()))?;
            return Ok(ReportFile { name, media_type: BUNDLE_MEDIA_TYPE, snapshot, bytes: archive.into_inner() });
        }
        self.as_file(request, &Paper::new(&self.paper(request)?, &[format])?, format)
    }

    /// A paper that is one document as a file of each format, in the order of the formats: its charts are drawn once,
    /// its files written and checked side by side. Blocking.
    pub fn reports(self, request: &ReportRequest, formats: &[FileFormat]) -> Result<Vec<ReportFile>, AppError> {
        let document = self.paper(request)?;
        let paper = &Paper::new(&document, formats)?;
        thread::scope(|scope| {
            let make = |format| scope.spawn(move || self.as_file(request, paper, format));
            let threads: Vec<_> = formats.iter().copied().map(make).collect();
            let joined = threads.into_iter().map(|file| file.join().unwrap_or_else(|panic| resume_unwind(panic)));
            joined.collect()
        })
    }

    /// One format of a paper whose charts are drawn, handed out.
    pub(super) fn as_file(
        self,
        request: &ReportRequest,
        paper: &Paper<'_>,
        format: FileFormat,
    ) -> Result<ReportFile, AppError> {
        let document = paper.document();
        let bytes = self.rendered(paper, format)?;
        let name = file_name(request, &self.about_in_name(request, document)?, format.ending());
        let file = ReportFile { name, media_type: format.media_type(), snapshot: document.stamp.id.clone(), bytes };
        self.hand_out(request, document, Some((&file, format)))?;
        Ok(file)
    }

    /// Name of whom a paper is about, as its file is named after it.
    pub(super) fn about_in_name(self, request: &ReportRequest, document: &Document) -> Result<String, AppError> {
        // The team's letters are about one Puskesmas each, under one letterhead.
        if request.kind.is_team_letter() { self.about(request) } else { Ok(document.letterhead.name.clone()) }
    }

    /// A paper written in a format and sealed.
    pub(super) fn rendered(self, paper: &Paper<'_>, format: FileFormat) -> Result<Vec<u8>, AppError> {
        let written = self.written_file(paper, format)?;
        match &paper.document().mark {
            Some(mark) => self.sealed(written, &mark.claim),
            None => Ok(written.bytes),
        }
    }

    /// A paper written in a format, opened again and compared with its document: what differs is an error, no file.
    pub(super) fn written_file(self, paper: &Paper<'_>, format: FileFormat) -> Result<WrittenFile, AppError> {
        let document = paper.document();
        let bytes = paper.render(format)?;
        let (format, reading) = match format {
            FileFormat::Pdf => (SealedFormat::Pdf, verify::pdf(document, &bytes)?),
            FileFormat::Docx => (SealedFormat::Docx, verify::docx(document, &bytes)?),
            FileFormat::Xlsx => (SealedFormat::Xlsx, verified_sheets::verify(document, &bytes, self.app.limits())?),
        };
        Ok(WrittenFile { format, bytes, reading })
    }
}

/// Returns the material for a paper of one Puskesmas; [`AppError::NoData`] where there is none.
fn only<'a>(materials: &ClusterMaterial<'a>) -> Result<report::PaperMaterial<'a>, AppError> {
    let ClusterMaterial { contexts, letter, snapshot, narrative, .. } = *materials;
    let context = contexts.first().ok_or(AppError::NoData)?;
    Ok(report::PaperMaterial { context, letter, snapshot, narrative })
}
