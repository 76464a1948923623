//! The slides of a lokmin as a file: what the meeting shows on the screen, for whoever would rather edit and show it with
//! an office program. Speaks no HTTP and writes no file.

use super::PaperService;
use super::checks::SLIDES_KIND;
use super::proofs::WrittenFile;
use super::request::{ReportFile, ReportRequest};
use crate::app::AppError;
use crate::dashboard::meeting;
use crate::definitions::{Dashboard, DashboardScope};
use crate::domain::meeting_held::MeetingHeld;
use crate::domain::name::slug;
use crate::domain::{Period, PeriodKind};
use crate::proof::{PaperClaim, SignedClaim, claim_words, digest};
use crate::report::sealed::SealedFormat;
use crate::report::verify::{Mismatch, office_reading};
use crate::report::{self, PaperMark, ReportError, ReportKind, SlidesMaterial, Stamp};

/// Ending of the file's name.
pub const ENDING: &str = "pptx";
/// Its media type for HTTP.
const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

impl PaperService<'_> {
    /// The definition of the meeting that is held about such a period; `None` where none is.
    pub fn meeting_definition(self, period: Period) -> Option<Dashboard> {
        let definitions = self.app.definitions();
        meetings(&definitions.dashboards).find(|definition| definition.periods.contains(&period.kind())).cloned()
    }

    /// The kinds of period that a meeting is held about.
    pub fn meeting_periods(self) -> Vec<PeriodKind> {
        let definitions = self.app.definitions();
        meetings(&definitions.dashboards).flat_map(|definition| definition.periods.iter().copied()).collect()
    }

    /// The slides of the lokmin about the request's period as PPTX; [`AppError::NoMeeting`] where the paper or the period
    /// is none of a meeting. Blocking.
    pub fn slides(self, request: &ReportRequest) -> Result<ReportFile, AppError> {
        let is_of_meeting = matches!(request.kind, ReportKind::Lokmin | ReportKind::Minutes);
        let definition =
            self.meeting_definition(request.period).filter(|_| is_of_meeting).ok_or(AppError::NoMeeting)?;
        // Minutes say nothing later than their meeting; the slides are made before it.
        let request = ReportRequest { kind: ReportKind::Lokmin, ..request.clone() };
        let bare = self.written_slides(&request, &definition, None)?;
        let claim = self.claim_of_slides(&request, &bare)?;
        let mut file = self.written_slides(&request, &definition, Some(&PaperMark { claim: claim.clone() }))?;
        let format = SealedFormat::Pptx;
        let reading = office_reading(format, &file.bytes).map_err(unsound)?;
        file.bytes = self.sealed(WrittenFile { format, bytes: file.bytes, reading }, &claim)?;
        Ok(file)
    }

    /// The claim that slides would make now.
    pub(super) fn slides_claim(self, request: &ReportRequest) -> Result<SignedClaim, AppError> {
        let definition = self.meeting_definition(request.period).ok_or(AppError::NoMeeting)?;
        let bare = self.written_slides(request, &definition, None)?;
        self.claim_of_slides(request, &bare)
    }

    /// Signs what slides say; the code itself is no part of it.
    fn claim_of_slides(self, request: &ReportRequest, bare: &ReportFile) -> Result<SignedClaim, AppError> {
        let said = office_reading(SealedFormat::Pptx, &bare.bytes).map_err(unsound)?;
        let today = self.app.clock().today();
        let claim = PaperClaim {
            kind: SLIDES_KIND.to_owned(),
            about: claim_words(&self.about(request)?),
            period: request.period,
            as_of: request.period.clamp_as_of(request.as_of.unwrap_or(today)),
            snapshot: bare.snapshot.clone(),
            figures: digest(said.words.iter().map(|piece| piece.text.as_str())),
        };
        Ok(claim.signed(&self.installation_key()?))
    }

    fn written_slides(
        self,
        request: &ReportRequest,
        definition: &Dashboard,
        mark: Option<&PaperMark>,
    ) -> Result<ReportFile, AppError> {
        self.with_material(request, |material| {
            let context = material.context;
            let today = self.app.clock().today();
            let day = MeetingHeld::usual_day(context.subject.period.last_day(), today);
            let show = meeting::meeting(definition, context, day);
            let bytes = report::slides(&SlidesMaterial {
                show: &show,
                letterhead: material.letter.letterhead(context.puskesmas_name()),
                source: context.source(),
                stamp: Stamp {
                    id: material.snapshot.to_owned(),
                    as_of: context.subject.as_of,
                    completeness: context.reported(),
                    revision: 0,
                },
                mark: mark.cloned(),
            })?;
            Ok(ReportFile {
                name: format!("salindia-lokmin-{}-{}.{ENDING}", request.period, slug(context.puskesmas_name())),
                media_type: MEDIA_TYPE,
                snapshot: material.snapshot.to_owned(),
                bytes,
            })
        })
    }
}

fn unsound(what: Mismatch) -> AppError {
    AppError::Report(ReportError::Unsound { format: "PPTX", what })
}

fn meetings(pages: &[Dashboard]) -> impl Iterator<Item = &Dashboard> {
    pages.iter().filter(|page| page.scope == DashboardScope::Meeting)
}
