//! Papers in Word documents of the office's own: a template checked, tried on the data at hand and kept; a paper filled
//! into it, read again, compared with the same figures as Simpul's own form of it, and sealed.

use super::PaperService;
use super::proofs::WrittenFile;
use super::request::{ReportFile, ReportRequest, file_name};
use crate::app::AppError;
use crate::domain::FileFormat;
use crate::domain::name::{plain_words, slug};
use crate::report::office_template::{OfficeTemplate, TemplateFault, TemplateFaults};
use crate::report::sealed::SealedFormat;
use crate::report::{Paper, ReportError, ReportKind};
use crate::store::{NewOfficeTemplate, StoredOfficeTemplate};

/// Templates of one Puskesmas or team.
pub const OFFICE_TEMPLATES_MAX: usize = 40;
/// Letters of a template's name.
pub const TEMPLATE_NAME_CHARS_MAX: usize = 60;

/// Reason for which a template is not taken, or no paper made from it. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum OfficeTemplateError {
    /// Mistakes in the template itself, all of them.
    #[error(transparent)]
    Faults(#[from] TemplateFaults),
    /// A name that is blank or too long.
    #[error("beri templat ini nama, paling banyak {TEMPLATE_NAME_CHARS_MAX} huruf")]
    BadName,
    /// More templates than are kept.
    #[error("sudah ada {OFFICE_TEMPLATES_MAX} templat; hapus dahulu yang tidak dipakai lagi")]
    TooMany,
    /// A kind that is more than one document.
    #[error("berkas akreditasi adalah ZIP berisi banyak dokumen; buat templat untuk laporan di dalamnya")]
    Bundle,
    /// No template of that name.
    #[error("templat “{name}” untuk laporan {kind} tidak ada{}", known_list(known))]
    Unknown {
        /// Name that was asked for.
        name: String,
        /// Code of the kind of paper.
        kind: &'static str,
        /// The names there are.
        known: Vec<String>,
    },
    /// Any other failure of the app.
    #[error(transparent)]
    App(AppError),
}

fn known_list(known: &[String]) -> String {
    if known.is_empty() { "; unggah dahulu".to_owned() } else { format!("; yang ada: {}", known.join(", ")) }
}

impl From<AppError> for OfficeTemplateError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Report(ReportError::Template(faults)) => Self::Faults(faults),
            other => Self::App(other),
        }
    }
}

impl PaperService<'_> {
    /// Templates for a kind of paper, by name; of a paper over several Puskesmas the team's.
    pub fn office_templates(self, request: &ReportRequest) -> Result<Vec<StoredOfficeTemplate>, AppError> {
        let all = self.app.store().office_templates(&self.owner_of(request)?)?;
        Ok(all.into_iter().filter(|known| known.kind == request.kind).collect())
    }

    /// Checks a file as a template for a paper: everything that is wrong is in the error. Gives its format.
    pub fn check_office_template(
        self,
        request: &ReportRequest,
        bytes: &[u8],
    ) -> Result<FileFormat, OfficeTemplateError> {
        Ok(self.opened(request, bytes)?.format())
    }

    /// The paper in a template that is not kept. Blocking.
    pub fn preview_in_template(self, request: &ReportRequest, bytes: &[u8]) -> Result<ReportFile, OfficeTemplateError> {
        let template = self.opened(request, bytes)?;
        let document = self.paper(request)?;
        let paper = Paper::new(&document, &[template.format()]).map_err(AppError::from)?;
        Ok(self.filled(request, &paper, &template, "pratinjau")?)
    }

    /// Keeps a template, after its paper was made once with the data at hand. Blocking.
    pub fn add_office_template(
        self,
        request: &ReportRequest,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), OfficeTemplateError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > TEMPLATE_NAME_CHARS_MAX {
            return Err(OfficeTemplateError::BadName);
        }
        let owner = self.owner_of(request)?;
        let known = self.app.store().office_templates(&owner).map_err(AppError::from)?;
        let is_same =
            |known: &StoredOfficeTemplate| known.kind == request.kind && plain_words(&known.name) == plain_words(name);
        if known.len() >= OFFICE_TEMPLATES_MAX && !known.iter().any(is_same) {
            return Err(OfficeTemplateError::TooMany);
        }
        self.preview_in_template(request, bytes)?;
        let format = self.check_office_template(request, bytes)?;
        let by = self.app.by();
        let new = NewOfficeTemplate { puskesmas: &owner, kind: request.kind, name, format, bytes, by };
        Ok(self.app.store().add_office_template(&new).map_err(AppError::from)?)
    }

    /// Removes a template by its name.
    pub fn remove_office_template(self, request: &ReportRequest, name: &str) -> Result<(), OfficeTemplateError> {
        let known = self.office_template(request, name)?;
        let owner = self.owner_of(request)?;
        self.app.store().remove_office_template(&owner, known.id, self.app.by()).map_err(AppError::from)?;
        Ok(())
    }

    /// A template by its name, whatever its capitals.
    pub fn office_template(
        self,
        request: &ReportRequest,
        name: &str,
    ) -> Result<StoredOfficeTemplate, OfficeTemplateError> {
        let all = self.office_templates(request)?;
        let found = all.iter().find(|known| plain_words(&known.name) == plain_words(name));
        found.cloned().ok_or_else(|| OfficeTemplateError::Unknown {
            name: name.to_owned(),
            kind: request.kind.code(),
            known: all.into_iter().map(|known| known.name).collect(),
        })
    }

    /// The file of a template as it came.
    pub fn office_template_file(self, request: &ReportRequest, name: &str) -> Result<ReportFile, OfficeTemplateError> {
        let known = self.office_template(request, name)?;
        let bytes = self.template_bytes(request, &known)?;
        let name = format!("templat-{}-{}.{}", known.kind.code(), slug(&known.name), known.format.ending());
        Ok(ReportFile { name, media_type: known.format.media_type(), snapshot: String::new(), bytes })
    }

    /// The paper in a template that is kept, handed out. Blocking.
    pub fn report_in_template(self, request: &ReportRequest, name: &str) -> Result<ReportFile, OfficeTemplateError> {
        let known = self.office_template(request, name)?;
        let document = self.paper(request)?;
        let paper = Paper::new(&document, &[known.format]).map_err(AppError::from)?;
        Ok(self.in_template(request, &paper, &known)?)
    }

    /// A paper whose charts are drawn in a template that is kept, handed out.
    pub(super) fn in_template(
        self,
        request: &ReportRequest,
        paper: &Paper<'_>,
        known: &StoredOfficeTemplate,
    ) -> Result<ReportFile, AppError> {
        let bytes = self.template_bytes(request, known)?;
        let template = OfficeTemplate::open(&bytes).map_err(ReportError::from)?;
        let file = self.filled(request, paper, &template, &known.name)?;
        // The number's own files stay Simpul's form of the paper: there is one of each format.
        self.hand_out(request, paper.document(), None)?;
        Ok(file)
    }

    fn template_bytes(self, request: &ReportRequest, known: &StoredOfficeTemplate) -> Result<Vec<u8>, AppError> {
        let bytes = self.app.store().office_template_bytes(&self.owner_of(request)?, known.id)?;
        bytes.ok_or_else(|| {
            let gone = TemplateFault::of_file(format!("templat “{}” baru saja dihapus", known.name), "unggah lagi");
            AppError::Report(ReportError::Template(gone.into()))
        })
    }

    /// Opens a template and checks it against the names of its kind of paper, and of this paper where there is data.
    fn opened(self, request: &ReportRequest, bytes: &[u8]) -> Result<OfficeTemplate, OfficeTemplateError> {
        if request.kind == ReportKind::Accreditation {
            return Err(OfficeTemplateError::Bundle);
        }
        let template = OfficeTemplate::open(bytes)?;
        let document = match self.paper(request) {
            Ok(document) => Some(document),
            Err(AppError::NoData | AppError::UnknownPuskesmas { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        template.check(request.kind, document.as_ref())?;
        Ok(template)
    }

    /// Fills a template in, reads the file again, compares and seals it: what differs is an error, no file.
    fn filled(
        self,
        request: &ReportRequest,
        paper: &Paper<'_>,
        template: &OfficeTemplate,
        template_name: &str,
    ) -> Result<ReportFile, AppError> {
        let document = paper.document();
        let filled = template.fill(request.kind, paper)?;
        let reading = template.verified_docx(request.kind, &filled, paper)?;
        let written = WrittenFile { format: SealedFormat::Docx, bytes: filled.bytes, reading };
        let bytes = match &document.mark {
            Some(mark) => self.sealed(written, &mark.claim)?,
            None => written.bytes,
        };
        let about = format!("{} {template_name}", self.about_in_name(request, document)?);
        let format = template.format();
        let name = file_name(request, &about, format.ending());
        Ok(ReportFile { name, media_type: format.media_type(), snapshot: document.stamp.id.clone(), bytes })
    }
}
