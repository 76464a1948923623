//! Sheets of visits and empty instruments as files: a form to fill in has no number, no text of its own and no code.

use super::PaperService;
use super::request::ReportFile;
use crate::app::AppError;
use crate::domain::Month;
use crate::domain::instrument::Instrument;
use crate::domain::name::{name_key, slug};
use crate::domain::{Date, Facts, Period, PeriodKind};
use crate::report::{FileFormat, Letter, Paper, VisitSheetMaterial, visit_sheet};

/// Sheet that is wanted: of a facility, or an instrument alone.
#[derive(Clone, Copy, Debug)]
pub struct VisitSheetRequest<'r> {
    /// Puskesmas that coaches.
    pub puskesmas: &'r str,
    /// Name of the facility; `None`: the empty instrument.
    pub facility: Option<&'r str>,
    /// Code of the instrument; `None`: all those for the facility.
    pub instrument: Option<&'r str>,
    /// Day that the facts show.
    pub as_of: Date,
}

impl PaperService<'_> {
    /// The sheet as a file of a format, opened again and compared like every paper. Blocking.
    ///
    /// # Errors
    /// [`AppError::UnknownFacility`] and [`AppError::UnknownInstrument`] name what there is.
    pub fn visit_sheet(self, request: &VisitSheetRequest<'_>, format: FileFormat) -> Result<ReportFile, AppError> {
        let puskesmas = self.app.resolve_puskesmas(Some(request.puskesmas))?;
        let snapshot = self.app.snapshot(&puskesmas)?;
        let facts = snapshot.facts();
        let facility = request.facility.map(|name| facility_index(facts, name)).transpose()?;
        let definitions = self.app.definitions();
        let known = &definitions.books.instruments;
        let instruments: Vec<&Instrument> = match (request.instrument, facility) {
            (Some(code), _) => vec![known.find(code).ok_or_else(|| AppError::UnknownInstrument {
                asked: code.to_owned(),
                known: known.all().iter().map(|instrument| instrument.code.clone()).collect(),
            })?],
            (None, Some(facility)) => known.of_facility(&facts.facilities[facility as usize]).collect(),
            (None, None) => known.all().iter().collect(),
        };
        let year = Period::containing(PeriodKind::Year, Month::from_date(request.as_of));
        let letter = self.sheet_letter(&puskesmas)?;
        let id = snapshot.id(year, request.as_of);
        let document = visit_sheet(&VisitSheetMaterial {
            facts,
            puskesmas: &puskesmas,
            as_of: request.as_of,
            snapshot: &id,
            letter: &letter,
            facility,
            instruments,
        });
        let bytes = self.written_file(&Paper::new(&document, &[format])?, format)?.bytes;
        let about = facility.map(|index| facts.facilities[index as usize].name.as_str()).or(request.instrument);
        let kind = if facility.is_some() { "lembar-kunjungan" } else { "daftar-tilik" };
        let name = format!("{kind}-{}.{}", slug(about.unwrap_or("semua")), format.ending());
        Ok(ReportFile { name, media_type: format.media_type(), snapshot: id, bytes })
    }

    /// Letterhead and place of a Puskesmas: a form to fill in has no number and no date.
    fn sheet_letter(self, puskesmas: &str) -> Result<Letter, AppError> {
        let (settings, _) = self.letter_settings(puskesmas)?;
        let logo = match &settings.logo {
            None => None,
            Some(hash) => self.app.store().logo(puskesmas, hash)?,
        };
        let known = |text: String| (!text.is_empty()).then_some(text);
        Ok(Letter {
            above: settings.above.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect(),
            address: known(settings.address),
            place: known(settings.place),
            logo,
            authors: self.authors(puskesmas)?,
            ..Letter::default()
        })
    }
}

fn facility_index(facts: &Facts, name: &str) -> Result<u32, AppError> {
    let key = name_key(name);
    let exact = facts.facilities.iter().position(|facility| facility.name == name);
    let place = exact.or_else(|| facts.facilities.iter().position(|facility| name_key(&facility.name) == key));
    let index = place.and_then(|place| u32::try_from(place).ok());
    index.ok_or_else(|| AppError::UnknownFacility(name.to_owned()))
}
