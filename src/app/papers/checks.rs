//! A paper from anywhere verified: is it signed, by whom, does it say what was signed, and is that what the data say now.
//! Works without network; writes nothing but the installation's key at its first need.

use super::PaperService;
use super::request::ReportRequest;
use super::verified_sheets::sheet_reading;
use crate::app::AppError;
use crate::domain::{FileFormat, ReportKind};
use crate::proof::{ClaimFault, FigureDifference, FileSeal, PublicKey, Reading, SignedClaim, claim_words, differences};
use crate::report::Paper;
use crate::report::sealed::{SealedFormat, sealed_text};
use crate::report::verify::{office_reading, pdf_reading};
use crate::store::Edition;

/// Code of slides in a claim; they are no paper of [`ReportKind`].
pub(super) const SLIDES_KIND: &str = "SALINDIA";

/// Judgement of a file or of the text of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperVerdict {
    /// Signed, and says what was signed.
    Genuine,
    /// The text of a code alone, signed: the figures on the paper are for people to compare.
    GenuineCode,
    /// Signed, and all words and figures are those that were signed; pictures or the layout are others.
    OtherDrawings(Vec<String>),
    /// Says something else than was signed.
    Altered(Vec<FigureDifference>),
    /// The signature does not fit: code or seal were changed, or taken from another file.
    Forged,
    /// Signed with a key that is not known here.
    Foreign,
    /// There is no code.
    NoCode,
    /// There is a text, but no code that can be read.
    NoClaim(ClaimFault),
    /// It cannot be opened as a paper.
    Unreadable(String),
}

/// State of this installation's data against a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimStanding {
    /// The data and the figures are the same now.
    Current,
    /// The data changed since; what the paper would say now is the same.
    SameFigures(String),
    /// The data changed since, and the figures with them; the snapshot of now.
    Outdated(String),
    /// The data are the same and the figures are written otherwise by this version of the program.
    Reworded,
    /// Nothing here is about that Puskesmas, period or paper.
    NotHere,
}

/// All that was found out about a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperCheck {
    /// Judgement.
    pub verdict: PaperVerdict,
    /// Claim of the paper; believed only where the verdict does.
    pub claim: Option<SignedClaim>,
    /// Against the data of this installation, where the claim is believed.
    pub standing: Option<ClaimStanding>,
    /// Papers that went out from here with the snapshot of the claim.
    pub editions: Vec<Edition>,
}

impl PaperCheck {
    fn only(verdict: PaperVerdict) -> Self {
        Self { verdict, claim: None, standing: None, editions: Vec::new() }
    }
}

impl PaperService<'_> {
    /// Verifies a file; `others` are public keys that are trusted beside the own one. Blocking.
    pub fn check_file(self, name: &str, bytes: &[u8], others: &[PublicKey]) -> Result<PaperCheck, AppError> {
        let Some(format) = SealedFormat::from_bytes(bytes) else {
            return Ok(PaperCheck::only(PaperVerdict::Unreadable(
                "bukan PDF, DOCX, XLSX, atau PPTX yang utuh".to_owned(),
            )));
        };
        let Some(text) = sealed_text(format, bytes) else { return Ok(PaperCheck::only(PaperVerdict::NoCode)) };
        let Ok(claim) = text.claim.parse::<SignedClaim>() else { return Ok(PaperCheck::only(PaperVerdict::Forged)) };
        let Ok(seal) = text.seal.parse::<FileSeal>() else { return Ok(PaperCheck::only(PaperVerdict::Forged)) };
        let reading = match self.reading_of(format, name, bytes) {
            Ok(reading) => reading,
            Err(why) => return Ok(PaperCheck::only(PaperVerdict::Unreadable(why))),
        };
        let verdict = match self.key_of(&claim, others)? {
            None => PaperVerdict::Foreign,
            Some(key) if !claim.is_signed_by(&key) || !seal.is_signed_by(&key, &claim, format.code()) => {
                PaperVerdict::Forged
            }
            Some(_) if !seal.holds_words(&reading) => {
                let kept = text.reading.filter(|reading| seal.holds_words(reading));
                let signed = kept.or_else(|| self.remade(format, &claim).filter(|reading| seal.holds_words(reading)));
                let places = signed.map(|signed| differences(&signed.words, &reading.words));
                PaperVerdict::Altered(places.unwrap_or_default())
            }
            Some(_) if !seal.holds_drawings(&reading) => {
                let signed = text.reading.filter(|reading| seal.holds_drawings(reading));
                PaperVerdict::OtherDrawings(signed.map(|signed| other_drawings(&signed, &reading)).unwrap_or_default())
            }
            Some(_) => PaperVerdict::Genuine,
        };
        self.with_standing(claim, verdict)
    }

    /// Verifies the text of a code, as a phone shows it.
    pub fn check_code(self, text: &str, others: &[PublicKey]) -> Result<PaperCheck, AppError> {
        let claim: SignedClaim = match text.parse() {
            Ok(claim) => claim,
            Err(fault) => return Ok(PaperCheck::only(PaperVerdict::NoClaim(fault))),
        };
        let verdict = match self.key_of(&claim, others)? {
            None => PaperVerdict::Foreign,
            Some(key) if claim.is_signed_by(&key) => PaperVerdict::GenuineCode,
            Some(_) => PaperVerdict::Forged,
        };
        self.with_standing(claim, verdict)
    }

    fn key_of(self, claim: &SignedClaim, others: &[PublicKey]) -> Result<Option<PublicKey>, AppError> {
        let own = self.public_key()?;
        let known = others.iter().chain([&own]).find(|key| key.id() == claim.key_id);
        Ok(known.cloned())
    }

    fn reading_of(self, format: SealedFormat, name: &str, bytes: &[u8]) -> Result<Reading, String> {
        let read = match format {
            SealedFormat::Pdf => pdf_reading(bytes),
            SealedFormat::Docx | SealedFormat::Pptx | SealedFormat::Xlsx => office_reading(format, bytes),
        };
        let mut reading = read.map_err(|why| why.to_string())?;
        if format == SealedFormat::Xlsx {
            let book = self.app.opener().read(name, bytes).map_err(|error| error.to_string())?;
            let cells = sheet_reading(&book);
            reading.words.splice(0..0, cells.words);
        }
        Ok(reading)
    }

    fn with_standing(self, claim: SignedClaim, verdict: PaperVerdict) -> Result<PaperCheck, AppError> {
        if matches!(verdict, PaperVerdict::Forged | PaperVerdict::Foreign) {
            return Ok(PaperCheck { claim: Some(claim), ..PaperCheck::only(verdict) });
        }
        // What an altered file says is not what was signed: whether that is current is of no use.
        let is_altered = matches!(verdict, PaperVerdict::Altered(_));
        let standing = if is_altered { None } else { Some(self.standing(&claim)?) };
        let editions = self.snapshot_editions(&claim.claim.snapshot)?;
        Ok(PaperCheck { verdict, claim: Some(claim), standing, editions })
    }

    /// The wish for the paper that a claim is about; `None` where nothing of it is here.
    pub fn request_of(self, claim: &SignedClaim) -> Result<Option<ReportRequest>, AppError> {
        let claim = &claim.claim;
        let kind = if claim.kind == SLIDES_KIND { Ok(ReportKind::Lokmin) } else { claim.kind.parse() };
        let Ok(kind) = kind else { return Ok(None) };
        let named = |name: &String| claim_words(name) == claim.about;
        let mut request =
            ReportRequest { kind, period: claim.period, as_of: Some(claim.as_of), puskesmas: None, cluster: None };
        if kind != ReportKind::Cluster {
            request.puskesmas = self.app.puskesmas()?.into_iter().find(named);
            return Ok(request.puskesmas.is_some().then_some(request));
        }
        if !claim.about.is_empty() {
            let clusters = crate::domain::written::clusters_in(&self.app.clusters()?, claim.period.year());
            request.cluster = clusters.into_iter().find(named);
            return Ok(request.cluster.is_some().then_some(request));
        }
        Ok(Some(request))
    }

    fn standing(self, claim: &SignedClaim) -> Result<ClaimStanding, AppError> {
        let Some(request) = self.request_of(claim)? else { return Ok(ClaimStanding::NotHere) };
        let now = match self.claim_of_now(claim, &request) {
            Ok(now) => now,
            Err(AppError::Store(error)) => return Err(AppError::Store(error)),
            Err(_) => return Ok(ClaimStanding::NotHere),
        };
        let [is_same_data, is_same_figures] =
            [now.claim.snapshot == claim.claim.snapshot, now.claim.figures == claim.claim.figures];
        Ok(match (is_same_data, is_same_figures) {
            (true, true) => ClaimStanding::Current,
            (true, false) => ClaimStanding::Reworded,
            (false, true) => ClaimStanding::SameFigures(now.claim.snapshot),
            (false, false) => ClaimStanding::Outdated(now.claim.snapshot),
        })
    }

    /// Reading of the same paper in that format, made again; `None` where it cannot be made.
    fn remade(self, format: SealedFormat, claim: &SignedClaim) -> Option<Reading> {
        let request = self.request_of(claim).ok().flatten()?;
        let document = self.paper(&request).ok().filter(|_| request.kind != ReportKind::Accreditation)?;
        let format = match format {
            SealedFormat::Pdf => FileFormat::Pdf,
            SealedFormat::Docx => FileFormat::Docx,
            SealedFormat::Xlsx => FileFormat::Xlsx,
            SealedFormat::Pptx => return None,
        };
        let paper = Paper::new(&document, &[format]).ok()?;
        self.written_file(&paper, format).ok().map(|file| file.reading)
    }

    /// The claim that the same paper would make now.
    fn claim_of_now(self, claim: &SignedClaim, request: &ReportRequest) -> Result<SignedClaim, AppError> {
        if claim.claim.kind == SLIDES_KIND {
            return self.slides_claim(request);
        }
        let document = match request.kind {
            ReportKind::Accreditation => self.accreditation_index(request)?,
            _ => self.paper(request)?,
        };
        document.mark.map(|mark| mark.claim).ok_or(AppError::NoData)
    }
}

/// Places of the pictures that are others.
fn other_drawings(signed: &Reading, found: &Reading) -> Vec<String> {
    let is_known = |text: &str| signed.drawings.iter().any(|piece| piece.text == text);
    let other = found.drawings.iter().filter(|piece| !is_known(&piece.text));
    let mut places: Vec<String> = other.map(|piece| piece.place.clone()).collect();
    places.dedup();
    places
}
