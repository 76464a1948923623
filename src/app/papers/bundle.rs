//! *Berkas akreditasi*: every document that the criteria ask for and every attached file into one ZIP, the index of
//! all of them in front. Documents are held together, attached files come and go one by one.

use std::collections::BTreeSet;
use std::io::{Read, Seek, Write};
use std::ops::ControlFlow;

use super::PaperService;
use super::request::{ReportRequest, file_name};
use crate::app::AppError;
use crate::dashboard::accreditation::{ElementEvidence, elements, evaluated_periods, meetings, months_with_decisions};
use crate::dashboard::{PageContext, Subject, pkp_verification};
use crate::domain::plan_year::YearPlan;
use crate::domain::{AttachedFile, Date, Element, EvidenceKind, EvidenceOf, Facts, Month, Period, PeriodKind, format};
use crate::report::bundle::{ArchiveEntry, Bundle, FileWords, Paths};
use crate::report::{self, Authors, Document, FileFormat, Packed, Paper, ReportKind, UNNAMED};
use crate::store::StoreError;

/// Documents about the whole period that stand before its evaluations, in their order.
const OF_THE_PERIOD: [ReportKind; 3] = [ReportKind::Register, ReportKind::Schedule, ReportKind::Activity];
/// Folder of the documents.
const DOCUMENTS: &str = "dokumen";
/// Formats of the index: to read, to edit, to sort.
const INDEX_FORMATS: [FileFormat; 3] = FileFormat::ALL;

/// An attached file on its way into the bundle.
struct PlannedFile {
    path: String,
    sha256: String,
    packed: Packed,
}

/// Told before each document: what is made, how many are done, how many there are; a break ends it.
pub type Tell<'t> = dyn FnMut(&str, usize, usize) -> ControlFlow<()> + 't;

/// Documents that were made, with what the index says of each.
type Documents = Vec<(Packed, Vec<u8>)>;

/// Documents, attached files and the index that lists them.
struct BundleContent {
    documents: Documents,
    files: Vec<PlannedFile>,
    index: Document,
}

/// A document of the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct BundlePaper {
    kind: ReportKind,
    period: Period,
}

/// The documents that hold something: the year's evaluations so far, the report to the district's team where a recap of
/// the period came, of each month with a lokmin what it talked about, and its minutes where it decided something. What
/// would be a blank form stays out: it proves nothing.
fn chosen(context: &PageContext<'_>, day: Date) -> Vec<BundlePaper> {
    let period = context.subject.period;
    let mut evaluations: Vec<Period> = evaluated_periods(period, day);
    if !evaluations.contains(&period) {
        evaluations.push(period);
    }
    let mut chosen: Vec<BundlePaper> = OF_THE_PERIOD.map(|kind| BundlePaper { kind, period }).to_vec();
    chosen.extend(evaluations.into_iter().map(|period| BundlePaper { kind: ReportKind::Evaluation, period }));
    if context.result().completeness.months.received > 0 || has_district_coaching(context) {
        chosen.push(BundlePaper { kind: ReportKind::Tpcb, period });
    }
    if has_managed_network(context) {
        chosen.push(BundlePaper { kind: ReportKind::Network, period: Period::whole_year(period.year()) });
    }
    let puskesmas = context.subject.puskesmas;
    let horizon = pkp_verification::horizon(&context.subject);
    let facts = context.evaluator.facts();
    if !YearPlan::of_year(&facts.written, puskesmas, period.year()).is_empty() {
        chosen.push(BundlePaper { kind: ReportKind::PlanReview, period: Period::whole_year(period.year()) });
    }
    if let Some(pkp) = pkp_verification::of_period(facts, puskesmas, period.year(), horizon) {
        chosen.push(BundlePaper { kind: ReportKind::Pkp, period: Period::whole_year(pkp.year) });
    }
    let with_decisions = months_with_decisions(context);
    let held: BTreeSet<Month> = meetings(context).into_iter().map(|(month, _)| month).collect();
    for month in held.union(&with_decisions) {
        let period = Period::containing(PeriodKind::Month, *month);
        chosen.extend(held.contains(month).then_some(BundlePaper { kind: ReportKind::Lokmin, period }));
        chosen.extend(with_decisions.contains(month).then_some(BundlePaper { kind: ReportKind::Minutes, period }));
    }
    chosen
}

/// Reports whether anything of the district's side is written of the period: its report then holds more than a form.
fn has_district_coaching(context: &PageContext<'_>) -> bool {
    let Subject { puskesmas, period, .. } = context.subject;
    let written = &context.evaluator.facts().written;
    let is_within = |date: Date| period.contains(Month::from_date(date));
    written.district_visits.iter().any(|owned| owned.puskesmas == puskesmas && is_within(owned.row.date))
        || written.district_matters.iter().any(|owned| owned.puskesmas == puskesmas && is_within(owned.row.date))
        || written.plan_sessions.iter().any(|row| row.puskesmas == puskesmas && is_within(row.row.planned))
        || written.district_assessments.iter().any(|row| row.puskesmas == puskesmas && row.row.year == period.year())
}

/// Reports whether anything is written of managing the network: the report on it then holds more than other papers do.
fn has_managed_network(context: &PageContext<'_>) -> bool {
    let Subject { puskesmas, period, as_of, .. } = context.subject;
    let written = &context.evaluator.facts().written;
    let is_of_year = |date: Date| Month::from_date(date).year() == period.year() && date <= as_of;
    written.agreement_steps.iter().any(|owned| owned.puskesmas == puskesmas && owned.row.date <= as_of)
        || written.network_steps.iter().any(|owned| owned.puskesmas == puskesmas && is_of_year(owned.row.date))
        || written.integration_scores.iter().any(|row| row.puskesmas == puskesmas && row.row.year == period.year())
}

/// Archive that is written and compared, with its name and the snapshot that it shows.
#[derive(Debug)]
pub struct Bundled<W> {
    /// Name under which it is saved.
    pub name: String,
    /// Id of the snapshot that it shows.
    pub snapshot: String,
    /// The archive, read back and compared.
    pub archive: W,
}

impl PaperService<'_> {
    /// Writes the bundle, its documents in `format`, into `into`. The same snapshot gives the same bytes. Blocking: it
    /// takes seconds.
    pub fn bundle<W: Read + Write + Seek>(
        self,
        request: &ReportRequest,
        format: FileFormat,
        into: W,
    ) -> Result<Bundled<W>, AppError> {
        let unbroken = self.bundle_told(request, format, into, &mut |_, _, _| ControlFlow::Continue(()))?;
        unbroken.ok_or(AppError::NoData)
    }

    /// The same, telling before each document what is made, how many are done and how many there are; `None` where
    /// `tell` broke off. Blocking.
    pub fn bundle_told<W: Read + Write + Seek>(
        self,
        request: &ReportRequest,
        format: FileFormat,
        into: W,
        tell: &mut Tell<'_>,
    ) -> Result<Option<Bundled<W>>, AppError> {
        let puskesmas = self.app.resolve_puskesmas(request.puskesmas.as_deref())?;
        let day = request.as_of.unwrap_or_else(|| self.app.clock().today());
        let Some(content) = self.bundle_content(request, format, day, tell)? else { return Ok(None) };
        let BundleContent { documents, files, index } = content;
        let mut bundle = Bundle::new(into);
        let index_paper = Paper::new(&index, &INDEX_FORMATS)?;
        for format in INDEX_FORMATS {
            let file = self.as_file(request, &index_paper, format)?;
            bundle.add(&format!("00-indeks.{}", format.ending()), &file.bytes)?;
        }
        for (Packed { entry, .. }, bytes) in &documents {
            bundle.add(&entry.path, bytes)?;
        }
        drop(documents);
        for PlannedFile { path, sha256, .. } in &files {
            let bytes = self.app.store().evidence_bytes(&puskesmas, sha256)?;
            let bytes = bytes.ok_or_else(|| StoreError::Corrupt(format!("berkas bukti {sha256} hilang")))?;
            bundle.add_packed(path, &bytes)?;
        }
        let name = file_name(request, &index.letterhead.name, "zip");
        let snapshot = index.stamp.id.clone();
        Ok(Some(Bundled { name, snapshot, archive: bundle.finish()? }))
    }

    /// Everything that goes into the bundle; `None` where `tell` broke off.
    fn bundle_content(
        self,
        request: &ReportRequest,
        format: FileFormat,
        day: Date,
        tell: &mut Tell<'_>,
    ) -> Result<Option<BundleContent>, AppError> {
        let puskesmas = self.app.resolve_puskesmas(request.puskesmas.as_deref())?;
        let made = self.with_material(request, |material| {
            let Some(documents) = self.documents(request, format, &chosen(material.context, day), tell)? else {
                return Ok(None);
            };
            let mut files = planned(
                &elements(material.context),
                EvidenceIndex { facts: material.context.evaluator.facts(), authors: &material.letter.authors },
            );
            // Of an approved period a file may have been erased since.
            let mut is_kept = Vec::new();
            for file in &files {
                is_kept.push(self.app.store().has_evidence_bytes(&puskesmas, &file.sha256)?);
            }
            let mut is_kept = is_kept.into_iter();
            files.retain(|_file| is_kept.next().unwrap_or(false));
            let of_documents = documents.iter().map(|(packed, _)| packed);
            let packed: Vec<Packed> = of_documents.chain(files.iter().map(|file| &file.packed)).cloned().collect();
            let index = report::index(material, &packed);
            Ok(Some(BundleContent { documents, files, index }))
        })?;
        let Some(content) = made else { return Ok(None) };
        let index = self.revised(request, content.index)?;
        Ok(Some(BundleContent { index, ..content }))
    }

    /// The index of a bundle as it would be made now. Blocking: it makes every document for it.
    pub(super) fn accreditation_index(self, request: &ReportRequest) -> Result<Document, AppError> {
        let day = request.as_of.unwrap_or_else(|| self.app.clock().today());
        let content = self.bundle_content(request, FileFormat::Pdf, day, &mut |_, _, _| ControlFlow::Continue(()))?;
        content.map(|content| content.index).ok_or(AppError::NoData)
    }

    fn documents(
        self,
        request: &ReportRequest,
        format: FileFormat,
        chosen: &[BundlePaper],
        tell: &mut Tell<'_>,
    ) -> Result<Option<Documents>, AppError> {
        let mut documents = Vec::new();
        for (place, BundlePaper { kind, period }) in chosen.iter().copied().enumerate() {
            let now = format!("{}, {}", kind.title(), crate::domain::format::period(period));
            if tell(&now, place, chosen.len()).is_break() {
                return Ok(None);
            }
            let request = ReportRequest { kind, period, ..request.clone() };
            let document = self.paper(&request)?;
            let bytes = self.as_file(&request, &Paper::new(&document, &[format])?, format)?.bytes;
            let path = format!("{DOCUMENTS}/{:02}-{}-{period}.{}", place + 1, kind.code(), format.ending());
            let what = format!("{}, {}", document.title, crate::domain::format::period(period));
            documents.push((Packed { entry: ArchiveEntry::new(path, &bytes), what, brought: String::new() }, bytes));
        }
        Ok(Some(documents))
    }
}

/// Facts and names of authors that the list of attached files is written from.
#[derive(Clone, Copy)]
struct EvidenceIndex<'a> {
    facts: &'a Facts,
    authors: &'a Authors,
}

/// Attached files with their paths, element by element.
fn planned(elements: &[ElementEvidence<'_>], known: EvidenceIndex<'_>) -> Vec<PlannedFile> {
    let mut paths = Paths::default();
    let files = elements.iter().flat_map(|evidence| evidence.files().map(|file| (evidence.element, file)));
    files.map(|(element, attached)| plan_file(element, attached, &mut paths, known)).collect()
}

fn plan_file(element: Element, attached: &AttachedFile, paths: &mut Paths, known: EvidenceIndex<'_>) -> PlannedFile {
    let EvidenceIndex { facts, authors } = known;
    let AttachedFile { of, kind, file, .. } = attached;
    let name = |index: u32| facts.facilities.get(index as usize).map_or("", |facility| facility.name.as_str());
    let (about, words) = match of {
        EvidenceOf::Visit { facility, date, form } => (
            format!("{date} {}", name(*facility)),
            format!("kunjungan {} {} {form}", name(*facility), format::visit_date(*date)),
        ),
        EvidenceOf::FollowUp { facility, visit_date, item } => (
            format!("{visit_date} {}", name(*facility)),
            format!("RTL {} {}: {item}", name(*facility), format::date(*visit_date)),
        ),
        EvidenceOf::Meeting { month, sort } => (
            format!("{month} {}", sort.label()),
            format!("lokmin {} {}", sort.label().to_lowercase(), format::month(*month)),
        ),
        EvidenceOf::CoachingItem { coached, number } => {
            (format!("{coached} butir {number}"), format!("butir {number} pembinaan TPCB {}", format::date(*coached)))
        }
        EvidenceOf::PlanSession { planned, document } => {
            (format!("{planned} {document}"), format!("pendampingan {document} {}", format::date(*planned)))
        }
        EvidenceOf::Element { year, .. } => {
            let year = if *kind == EvidenceKind::Decree { format!("{year} ") } else { String::new() };
            (year.clone(), format!("elemen {} {}", element.criterion(), element.letter()))
        }
    };
    let path =
        paths.next(element.code(), FileWords { kind: *kind, format: file.format, about: &about, name: &file.name });
    let entry = ArchiveEntry { path: path.clone(), size: file.size, sha256: file.sha256.clone() };
    let what = format!("{}, {}: {}", kind.label(), words.trim(), file.name);
    let brought = format!("{}, {}", authors.at(file.at).unwrap_or(UNNAMED), format::date(file.at.date_naive()));
    PlannedFile { path, sha256: file.sha256.clone(), packed: Packed { entry, what, brought } }
}
