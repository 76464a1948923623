//! The text of a paper: drafted by rule, or written by a person and kept in versions. A text is never overwritten:
//! where its numbers have changed since, it is marked.
//!
//! A paper prints, of the versions written on data no later than the paper's own day, those with the latest day, and of
//! these the last one saved. So a paper as of an earlier day never tells of what came later.

use std::collections::BTreeMap;

use super::PaperService;
use super::paper::Prepared;
use super::request::{ReportRequest, owner_and_code};
use crate::app::AppError;
use crate::domain::{Date, Period, format};
use crate::report::{Authors, Draft, DraftSection, Fact, Narrative, ReportKind, SectionKey, WrittenText};
use crate::store::{NarrativeText, NarrativeVersion, NewNarrative, PaperKey};

/// Characters of one section's text at most.
pub const SECTION_CHARS_MAX: usize = 8_000;

/// A paper's text with all that its page shows.
#[derive(Clone, Debug)]
pub struct PaperText {
    /// Name of the Puskesmas; blank for the paper over all of them.
    pub puskesmas: String,
    /// The day of the data, cut to the period.
    pub as_of: Date,
    /// Id of the snapshot.
    pub snapshot: String,
    /// Text drafted by rule.
    pub draft: Vec<DraftSection>,
    /// Text that the paper prints.
    pub narrative: Narrative,
    /// All versions, the latest first.
    pub versions: Vec<NarrativeVersion>,
    /// Names of those who write here.
    pub authors: Authors,
    /// Name that stands for the paper.
    pub owner: String,
}

impl PaperText {
    /// The latest version there is: what a page must have seen to add another.
    pub fn latest(&self) -> Option<i64> {
        self.versions.first().map(|version| version.id)
    }
}

/// Reason for which a text is not kept. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// Somebody else saved in the meantime.
    #[error(
        "narasi ini sudah diubah orang lain sejak halaman dibuka; bandingkan dengan riwayat di bawah, lalu simpan lagi"
    )]
    Outdated,
    /// A section that is too long.
    #[error("bagian {0} terlalu panjang; paling banyak {SECTION_CHARS_MAX} huruf")]
    TooLong(&'static str),
    /// The paper's period is approved: its text is what was approved.
    #[error("{} sudah disetujui, jadi narasinya tidak diubah lagi; Kepala Puskesmas dapat membuka periodenya di halaman Persetujuan",
        format::period(*.0))]
    Approved(Period),
    /// There is no such version.
    #[error("versi narasi itu tidak ada; muat ulang halaman ini")]
    NoVersion,
    /// Any other failure of the app.
    #[error(transparent)]
    App(#[from] AppError),
}

/// Text that somebody wants a paper to print from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewText {
    /// Text of each section that is to be kept.
    Sections(BTreeMap<SectionKey, String>),
    /// The text drafted by rule.
    Draft,
    /// An earlier version, with the numbers of its time.
    Version(i64),
}

impl PaperService<'_> {
    /// A paper's text. Blocking.
    pub fn paper_text(self, request: &ReportRequest) -> Result<PaperText, AppError> {
        let prepared = self.prepare(request)?;
        let draft = prepared.draft(&prepared.contexts()?)?;
        let versions = self.versions(&prepared)?;
        let owner = self.owner_of(request)?;
        let authors = self.authors(&owner)?;
        let narrative = Narrative::new(&draft, self.chosen_text(&versions, prepared.as_of, &authors));
        Ok(PaperText {
            authors,
            owner,
            puskesmas: prepared.puskesmas.unwrap_or_default(),
            as_of: prepared.as_of,
            snapshot: prepared.id,
            draft: draft.sections,
            narrative,
            versions,
        })
    }

    /// Reports whether anybody ever wrote a text for this paper; cheaper than [`Self::paper_text`].
    pub fn has_text(self, request: &ReportRequest) -> Result<bool, AppError> {
        let (owner, code) = match request.kind {
            ReportKind::Cluster => (self.cluster(request)?.unwrap_or_default(), request.kind.code().to_owned()),
            kind => owner_and_code(kind, self.app.resolve_puskesmas(request.puskesmas.as_deref())?),
        };
        let key = PaperKey { puskesmas: &owner, kind: &code, period: request.period };
        Ok(!self.app.store().narratives(&key)?.is_empty())
    }

    /// Keeps a text in the name of who works; `base` is the latest version that they saw. Blocking.
    pub fn write_text(self, request: &ReportRequest, base: Option<i64>, text: NewText) -> Result<(), TextError> {
        let prepared = self.prepare(request)?;
        if prepared.is_approved {
            return Err(TextError::Approved(prepared.period));
        }
        let key = prepared.key();
        let mut new = NewNarrative {
            paper: key,
            base,
            as_of: prepared.as_of,
            snapshot: &prepared.id,
            counts_from: prepared.as_of,
            text: None,
            by: self.app.by(),
        };
        let (sections, facts, former);
        match text {
            NewText::Draft => {}
            NewText::Sections(written) => {
                let draft = prepared.draft(&prepared.contexts()?)?;
                sections = coded(written, &draft)?;
                if sections.is_empty() {
                    let latest = self.app.store().narratives(&key).map_err(AppError::from)?.into_iter().next();
                    // Nothing was written, and nothing is.
                    if !latest.is_some_and(|latest| latest.is_written) {
                        return Ok(());
                    }
                    return self.keep_text(&new);
                }
                facts = draft.facts.into_iter().map(|fact| (fact.name, fact.value)).collect::<Vec<_>>();
                new.text = Some(NarrativeText { sections: &sections, facts: &facts });
            }
            NewText::Version(id) => {
                let versions = self.versions(&prepared)?;
                let found = versions.into_iter().find(|version| version.id == id && version.is_written);
                former = found.ok_or(TextError::NoVersion)?;
                new.snapshot = &former.snapshot;
                new.as_of = former.as_of;
                // A text of a later day may not come back on an earlier one.
                new.counts_from = former.counts_from.max(prepared.as_of);
                new.text = Some(NarrativeText { sections: &former.sections, facts: &former.facts });
            }
        }
        self.keep_text(&new)
    }

    fn keep_text(self, new: &NewNarrative<'_>) -> Result<(), TextError> {
        let is_kept = self.app.store().add_narrative(new).map_err(AppError::from)?;
        if is_kept { Ok(()) } else { Err(TextError::Outdated) }
    }

    /// Returns the text that a person wrote for a paper, as it counts on its day; `None` where the draft counts.
    pub(super) fn written_text(self, prepared: &Prepared) -> Result<Option<WrittenText>, AppError> {
        let versions = self.versions(prepared)?;
        let authors = self.authors(prepared.author_owner())?;
        Ok(self.chosen_text(&versions, prepared.as_of, &authors))
    }

    /// The versions of a paper's text, the latest first.
    fn versions(self, prepared: &Prepared) -> Result<Vec<NarrativeVersion>, AppError> {
        Ok(self.app.store().narratives(&prepared.key())?)
    }

    fn chosen_text(self, versions: &[NarrativeVersion], as_of: Date, authors: &Authors) -> Option<WrittenText> {
        let in_time = versions.iter().filter(|version| version.counts_from <= as_of);
        let version =
            in_time.max_by_key(|version| (version.counts_from, version.id)).filter(|version| version.is_written)?;
        let sections = version.sections.iter();
        let facts = version.facts.iter();
        let at = self.app.clock().local(version.at);
        Some(WrittenText {
            sections: sections.filter_map(|(code, text)| Some((SectionKey::from_code(code)?, text.clone()))).collect(),
            facts: facts.map(|(name, value)| Fact::new(name, value)).collect(),
            snapshot: version.snapshot.clone(),
            as_of: version.as_of,
            by: authors.by(version.at),
            at: format!("{} pukul {}", format::date(at.date()), at.format("%H.%M")),
        })
    }
}

/// Code and text of each section that says something else than the draft.
fn coded(written: BTreeMap<SectionKey, String>, draft: &Draft) -> Result<Vec<(String, String)>, TextError> {
    let mut sections = Vec::new();
    for (key, text) in written {
        if text.chars().count() > SECTION_CHARS_MAX {
            return Err(TextError::TooLong(key.title()));
        }
        let text = tidied(&text);
        let drafted = draft.sections.iter().find(|section| section.key == key).map(DraftSection::text);
        if tidied(&drafted.unwrap_or_default()) != text {
            sections.push((key.code().to_owned(), text));
        }
    }
    Ok(sections)
}

/// A text without space at the ends of its lines.
pub fn tidied(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}
