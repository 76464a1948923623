//! Papers of this data folder: the one function that the command line, the page and the jobs call. Speaks no HTTP
//! and writes no file.

use crate::dashboard::{Choice, Context, DashboardError, Material, SourceFiles, Subject};
use crate::domain::{Date, Period};
use crate::report::{self, Document, FileFormat, Letter, ReportError, ReportKind};

use super::{App, AppError, Snapshot};

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
    /// Content.
    pub bytes: Vec<u8>,
}

impl App {
    /// A paper as plain data. Blocking.
    pub fn paper(&self, request: &ReportRequest) -> Result<Document, AppError> {
        let puskesmas = self.resolve_puskesmas(request.puskesmas.as_deref())?;
        let snapshot = self.snapshot(&puskesmas)?;
        let as_of = request.as_of.unwrap_or_else(|| self.clock().today());
        let context = self.context(&snapshot, &puskesmas, request.period, as_of)?;
        let id = snapshot.id(request.period, context.subject.as_of);
        let letter = Letter::default();
        let material = report::Material { context: &context, letter: &letter, snapshot: &id };
        Ok(report::document(request.kind, &material)?)
    }

    /// A paper as a file of a format. Blocking: it takes a tenth of a second and more.
    pub fn report(&self, request: &ReportRequest, format: FileFormat) -> Result<ReportFile, AppError> {
        let document = self.paper(request)?;
        let bytes = report::render(&document, format)?;
        Ok(ReportFile { name: file_name(request, &document, format), media_type: format.media_type(), bytes })
    }

    fn context<'a>(
        &self,
        snapshot: &'a Snapshot,
        puskesmas: &str,
        period: Period,
        as_of: Date,
    ) -> Result<Context<'a>, AppError> {
        let sources = self.store().sources(puskesmas, period.year())?;
        let material = Material {
            evaluator: snapshot.evaluator(),
            evaluation: snapshot.evaluate(period, as_of)?,
            previous: snapshot.evaluate(period.previous(), as_of)?,
            files: SourceFiles { first: sources.first_file, last: sources.last_file },
        };
        let subject = Subject { puskesmas: 0, facility: None, period, as_of };
        Context::new(material, subject, Choice::default()).map_err(|error| match error {
            DashboardError::UnknownPuskesmas(_) => AppError::NoData,
            other @ DashboardError::Analytics(_) => AppError::Report(ReportError::from(other)),
        })
    }
}

/// `evaluasi-2023-C2-upt-puskesmas-abcde.pdf`.
fn file_name(request: &ReportRequest, document: &Document, format: FileFormat) -> String {
    let puskesmas = document.letterhead.last().map_or("", String::as_str);
    let mut slug = String::new();
    for letter in puskesmas.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_matches('-').chars().take(60).collect();
    format!("{}-{}-{slug}.{}", request.kind.code(), request.period, format.ending())
}
