//! *Berkas akreditasi*: every document that the criteria ask for and every attached file into one ZIP, the index of
//! all of them in front. Documents are held together, attached files come and go one by one.

use std::collections::BTreeSet;
use std::io::{Read, Seek, Write};

use super::reports::{ReportRequest, file_name};
use super::{App, AppError};
use crate::dashboard::accreditation::{ElementEvidence, elements, meetings};
use crate::domain::{AttachedFile, Element, EvidenceKind, EvidenceOf, Facts, Month, Period, PeriodKind, format};
use crate::report::bundle::{Bundle, Entry, Paths};
use crate::report::{self, Authors, FileFormat, Packed, Paper, ReportKind, UNNAMED};
use crate::store::StoreError;

/// Documents about the whole period, in their order.
const OF_THE_PERIOD: [ReportKind; 5] =
    [ReportKind::Register, ReportKind::Schedule, ReportKind::Activity, ReportKind::Evaluation, ReportKind::Tpcb];
/// Documents about each month with a lokmin.
const OF_A_MEETING: [ReportKind; 2] = [ReportKind::Lokmin, ReportKind::Minutes];
/// Folder of the documents.
const DOCUMENTS: &str = "dokumen";
/// Formats of the index: to read, to edit, to sort.
const INDEX_FORMATS: [FileFormat; 3] = FileFormat::ALL;

/// An attached file on its way into the bundle.
struct Planned {
    path: String,
    sha256: String,
    packed: Packed,
}

/// A finished bundle.
#[derive(Debug)]
pub struct Bundled<W> {
    /// Name under which it is saved.
    pub name: String,
    /// Id of the snapshot that it shows.
    pub snapshot: String,
    /// The archive, read back and compared.
    pub archive: W,
}

impl App {
    /// Writes the bundle, its documents in `format`, into `into`. The same snapshot gives the same bytes. Blocking: it
    /// takes seconds.
    pub fn bundle<W: Read + Write + Seek>(
        &self,
        request: &ReportRequest,
        format: FileFormat,
        into: W,
    ) -> Result<Bundled<W>, AppError> {
        let puskesmas = self.resolve_puskesmas(request.puskesmas.as_deref())?;
        let (documents, files, index) = self.with_material(request, |material| {
            let months = meetings(material.context).into_iter().map(|(month, _)| month).collect();
            let documents = self.documents(request, format, &months)?;
            let files = planned(
                &elements(material.context),
                Known { facts: material.context.evaluator.facts(), authors: &material.letter.authors },
            );
            let of_documents = documents.iter().map(|(packed, _)| packed);
            let packed: Vec<Packed> = of_documents.chain(files.iter().map(|file| &file.packed)).cloned().collect();
            Ok((documents, files, report::index(material, &packed)))
        })?;
        let index = self.revised(request, index)?;
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
        for Planned { path, sha256, .. } in &files {
            let bytes = self.store().evidence_bytes(&puskesmas, sha256)?;
            let bytes = bytes.ok_or_else(|| StoreError::Corrupt(format!("berkas bukti {sha256} hilang")))?;
            bundle.add_packed(path, &bytes)?;
        }
        let (name, snapshot) = (file_name(request, &index, "zip"), index.stamp.id.clone());
        Ok(Bundled { name, snapshot, archive: bundle.finish()? })
    }

    fn documents(
        &self,
        request: &ReportRequest,
        format: FileFormat,
        months: &BTreeSet<Month>,
    ) -> Result<Vec<(Packed, Vec<u8>)>, AppError> {
        let of_period = OF_THE_PERIOD.map(|kind| (kind, request.period));
        let of_month = months
            .iter()
            .flat_map(|month| OF_A_MEETING.map(|kind| (kind, Period::containing(PeriodKind::Month, *month))));
        let mut documents = Vec::new();
        for (place, (kind, period)) in of_period.into_iter().chain(of_month).enumerate() {
            let request = ReportRequest { kind, period, ..request.clone() };
            let document = self.paper(&request)?;
            let bytes = self.as_file(&request, &Paper::new(&document, &[format])?, format)?.bytes;
            let path = format!("{DOCUMENTS}/{:02}-{}-{period}.{}", place + 1, kind.code(), format.ending());
            let what = format!("{}, {}", document.title, crate::domain::format::period(period));
            documents.push((Packed { entry: Entry::new(path, &bytes), what, brought: String::new() }, bytes));
        }
        Ok(documents)
    }
}

/// What tells about attached files.
#[derive(Clone, Copy)]
struct Known<'a> {
    facts: &'a Facts,
    authors: &'a Authors,
}

/// Attached files with their paths, element by element.
fn planned(elements: &[ElementEvidence<'_>], known: Known<'_>) -> Vec<Planned> {
    let mut paths = Paths::default();
    let files = elements.iter().flat_map(|evidence| evidence.files().map(|file| (evidence.element, file)));
    files.map(|(element, attached)| plan_file(element, attached, &mut paths, known)).collect()
}

fn plan_file(element: Element, attached: &AttachedFile, paths: &mut Paths, known: Known<'_>) -> Planned {
    let Known { facts, authors } = known;
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
        EvidenceOf::Element { year, .. } => {
            let year = if *kind == EvidenceKind::Decree { format!("{year} ") } else { String::new() };
            (year.clone(), format!("elemen {} {}", element.criterion(), element.letter()))
        }
    };
    let path = paths.next(element.code(), (*kind, file.format), &about, &file.name);
    let entry = Entry { path: path.clone(), size: file.size, sha256: file.sha256.clone() };
    let what = format!("{}, {}: {}", kind.label(), words.trim(), file.name);
    let brought = format!("{}, {}", authors.at(file.at).unwrap_or(UNNAMED), format::date(file.at.date_naive()));
    Planned { path, sha256: file.sha256.clone(), packed: Packed { entry, what, brought } }
}
