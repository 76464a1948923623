//! Papers as they were handed out. A number stands for one content: another content under it is a revision. Of a
//! numbered paper the very files are kept, of any other which paper it was: its files can be made again only while the
//! data are the same.

use super::PaperService;
use super::letters::number_words;
use super::request::{ReportFile, ReportRequest};
use crate::app::AppError;
use crate::domain::FileFormat;
use crate::report::Document;
use crate::store::{
    Edition, EditionFile, EditionNumber, LetterNumber, NewEdition, NewEditionFile, PaperKey, Prints, sha256,
};

/// Number and revision of a paper as it would be handed out now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperStanding {
    /// The number in words.
    pub number: String,
    /// Number of other contents that went out under this number before; 0 for the first.
    pub revision: u32,
}

/// Hashes of a document.
#[derive(Default)]
struct Hashes {
    inputs: String,
    content: String,
    whole: String,
}

impl Hashes {
    fn from_document(document: &Document) -> Self {
        let inputs = format!("{}\n{}\n{}", document.stamp.id, document.stamp.as_of, document.written);
        Self {
            inputs: sha256(inputs.as_bytes()),
            content: sha256(document.content().as_bytes()),
            whole: sha256(format!("{document:?}").as_bytes()),
        }
    }
}

impl PaperService<'_> {
    /// The document with its revision: that of the same content that went out before, else the next one. The same data
    /// and the same written text are the same content too, however a later Simpul words it. Signed with its code.
    pub(super) fn revised(self, request: &ReportRequest, document: Document) -> Result<Document, AppError> {
        let document = self.with_revision(request, document)?;
        self.marked(request, document)
    }

    fn with_revision(self, request: &ReportRequest, mut document: Document) -> Result<Document, AppError> {
        let (owner, code) = self.numbered(request)?;
        let key = PaperKey { puskesmas: &owner, kind: &code, period: request.period };
        let Some((given, _)) = self.given_number(&key)? else { return Ok(document) };
        let editions = self.app.store().editions_of_number(given.id)?;
        let hashes = Hashes::from_document(&document);
        let same = editions.iter().find(|edition| edition.content == hashes.content);
        let same = same.or_else(|| editions.iter().find(|edition| edition.inputs == hashes.inputs));
        let next = || editions.iter().map(|edition| edition.revision + 1).max().unwrap_or(0);
        document.set_revision(same.map_or_else(next, |edition| edition.revision));
        Ok(document)
    }

    /// Keeps that a paper is handed out; of a numbered one the file, where it is Simpul's own form of it.
    pub(super) fn hand_out(
        self,
        request: &ReportRequest,
        document: &Document,
        file: Option<(&ReportFile, FileFormat)>,
    ) -> Result<(), AppError> {
        let (owner, code) = self.numbered(request)?;
        let key = PaperKey { puskesmas: &owner, kind: &code, period: request.period };
        let given = self.given_number(&key)?;
        let kept =
            file.map(|(file, format)| NewEditionFile { format: format.ending(), name: &file.name, bytes: &file.bytes });
        // Of what carries no number nothing is compared.
        let hashes = given.as_ref().map_or_else(Hashes::default, |_| Hashes::from_document(document));
        let edition = NewEdition {
            paper: key,
            number: given.as_ref().map(|(given, words)| EditionNumber { id: given.id, words, dated: given.day }),
            revision: document.stamp.revision,
            title: &document.title,
            subtitle: &document.subtitle,
            snapshot: &document.stamp.id,
            as_of: document.stamp.as_of,
            prints: Prints { inputs: &hashes.inputs, content: &hashes.content, whole: &hashes.whole },
            by: self.app.by(),
        };
        let is_kept = self.app.store().keep_edition(&edition, kept.filter(|_| given.is_some()))?;
        if is_kept { Ok(()) } else { Err(AppError::OtherContent) }
    }

    /// Number and revision that a paper would carry now; `None` where no number is given.
    pub fn paper_standing(self, request: &ReportRequest) -> Result<Option<PaperStanding>, AppError> {
        let (owner, code) = self.numbered(request)?;
        let key = PaperKey { puskesmas: &owner, kind: &code, period: request.period };
        let Some((_, number)) = self.given_number(&key)? else { return Ok(None) };
        Ok(Some(PaperStanding { number, revision: self.paper(request)?.stamp.revision }))
    }

    /// Returns the contents that went out under a paper's number, the oldest first.
    pub fn editions(self, request: &ReportRequest) -> Result<Vec<Edition>, AppError> {
        let (owner, code) = self.numbered(request)?;
        let key = PaperKey { puskesmas: &owner, kind: &code, period: request.period };
        match self.given_number(&key)? {
            Some((given, _)) => Ok(self.app.store().editions_of_number(given.id)?),
            None => Ok(Vec::new()),
        }
    }

    /// Returns the papers that were handed out with the id of a snapshot as papers print it, the oldest first.
    pub fn snapshot_editions(self, id: &str) -> Result<Vec<Edition>, AppError> {
        Ok(self.app.store().editions_of_snapshot(&id.trim().to_uppercase())?)
    }

    /// A file that was handed out, as it was; `None` where it is not kept.
    pub fn edition_file(self, edition: i64, format: FileFormat) -> Result<Option<EditionFile>, AppError> {
        Ok(self.app.store().edition_file(edition, format.ending())?)
    }

    /// The number of a paper, with its words; none where papers carry no number.
    fn given_number(self, key: &PaperKey<'_>) -> Result<Option<(LetterNumber, String)>, AppError> {
        let (settings, _) = self.letter_settings(key.puskesmas)?;
        if settings.number_pattern.is_empty() {
            return Ok(None);
        }
        let given = self.app.store().letter_number(key)?;
        Ok(given.map(|given| {
            let words = number_words(&settings.number_pattern, Some(&given));
            (given, words)
        }))
    }
}
