//! Evidence that accreditation asks for, element by element: there, partly there, missing, or not kept in Simpul, and
//! from
//! which attached files. The page *Bukti* and the paper *Berkas akreditasi* tell the same from here.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::accreditation::{EvidenceGiven, Holding, Wanted};
use crate::domain::facts::{FollowUp, LokminSort, Visit};
use crate::domain::lokmin::is_lokmin;
use crate::domain::written::DistrictVisit;
use crate::domain::{AttachedFile, CoachingIndicator, Element, EvidenceKind, EvidenceOf, Month, Ratio, format};

use super::accreditation_district;
use super::accreditation_plans;
use super::accreditation_rules;
use super::context::{PageContext, Subject};
use super::evidence_standing::{Found, own};
use super::network::agreements::AgreementTable;

pub use super::accreditation_rules::evaluated_periods;
pub use super::evidence_standing::{Standing, visits};

/// One piece of evidence as it stands.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// The request of the element.
    pub wanted: Wanted,
    /// State of the piece.
    pub standing: Standing,
    /// A sentence without full stop: what there is and what is missing.
    pub said: String,
    /// Attached files behind it.
    pub files: Vec<&'a AttachedFile>,
}

/// One element with its pieces.
#[derive(Clone, Debug)]
pub struct ElementEvidence<'a> {
    /// Which.
    pub element: Element,
    /// Pieces that it asks for, in order.
    pub pieces: Vec<Piece<'a>>,
    /// Files attached to it that no piece asks for.
    pub others: Vec<&'a AttachedFile>,
}

impl<'a> ElementEvidence<'a> {
    /// All its files, piece after piece.
    pub fn files(&self) -> impl Iterator<Item = &'a AttachedFile> + use<'a, '_> {
        self.pieces.iter().flat_map(|piece| &piece.files).chain(&self.others).copied()
    }
}

/// All elements as they stand at the context's period and day.
pub fn elements<'a>(context: &PageContext<'a>) -> Vec<ElementEvidence<'a>> {
    Element::ALL.into_iter().map(|element| of_element(context, element)).collect()
}

/// Files that are attached to a visit.
pub fn files_of_visit<'a>(context: &PageContext<'a>, visit: &Visit) -> Vec<&'a AttachedFile> {
    let is_of_it = |of: &EvidenceOf<u32>| {
        matches!(of, EvidenceOf::Visit { facility, date, form }
            if (*facility, *date) == (visit.facility, visit.date) && *form == visit.form)
    };
    own(context).filter(|file| is_of_it(&file.of)).collect()
}

/// Meetings of the period to which some facility was invited, by (month, sort).
pub fn meetings(context: &PageContext<'_>) -> BTreeSet<(Month, LokminSort)> {
    let period = context.subject.period;
    let as_of = context.subject.as_of;
    let held = context.evaluator.facts().lokmin.iter().filter(|row| row.invited);
    held.filter(|row| context.facility(row.facility).puskesmas == context.subject.puskesmas)
        .filter(|row| period.contains(row.month) && row.month.has_begun(as_of))
        .map(|row| (row.month, row.sort))
        .collect()
}

/// Months of the period in which a lokmin decided something: the minutes of the others would be a blank form.
pub fn months_with_decisions(context: &PageContext<'_>) -> BTreeSet<Month> {
    let Subject { puskesmas, period, as_of, .. } = context.subject;
    let rows = context.evaluator.facts().written.decisions.iter().filter(|owned| owned.puskesmas == puskesmas);
    let of_lokmin = rows.filter(|owned| is_lokmin(owned.row.meeting.as_deref()));
    let held = of_lokmin.map(|owned| owned.row.date).filter(|date| *date <= as_of);
    held.map(Month::from_date).filter(|month| period.contains(*month)).collect()
}

fn of_element<'a>(context: &PageContext<'a>, element: Element) -> ElementEvidence<'a> {
    let pieces: Vec<Piece<'a>> = element.wanted().iter().map(|wanted| piece(context, element, *wanted)).collect();
    let asked: Vec<EvidenceKind> = element.wanted().iter().filter_map(|wanted| wanted.file()).collect();
    let year = context.subject.period.year();
    let others = own(context).filter(|file| {
        matches!(file.of, EvidenceOf::Element { element: known, year: of } if known == element && of == year)
            && !asked.contains(&file.kind)
            && !pieces.iter().any(|piece| piece.files.contains(file))
    });
    let others = others.collect();
    ElementEvidence { element, pieces, others }
}

fn piece<'a>(context: &PageContext<'a>, element: Element, wanted: Wanted) -> Piece<'a> {
    let (standing, said, files) = match wanted.given {
        EvidenceGiven::File(kind) => attached(context, element, kind),
        EvidenceGiven::Interview => (Standing::NotKept, "Ditanyakan saat wawancara".to_owned(), Vec::new()),
        EvidenceGiven::Kept(holding) => kept(context, holding),
        EvidenceGiven::Either(kind, holding) => either(context, element, kind, holding),
    };
    Piece { wanted, standing, said, files }
}

/// A file of the kind where one is attached, else what Simpul holds itself; of that a sentence says what is missing.
fn either<'a>(context: &PageContext<'a>, element: Element, kind: EvidenceKind, holding: Holding) -> Found<'a> {
    let attached = attached(context, element, kind);
    if attached.0 == Standing::There { attached } else { kept(context, holding) }
}

/// Files of a kind for an element: the period's year, and for a decree the last year that has one.
fn attached<'a>(context: &PageContext<'a>, element: Element, kind: EvidenceKind) -> Found<'a> {
    let year = context.subject.period.year();
    let mut by_year: BTreeMap<i32, Vec<&AttachedFile>> = BTreeMap::new();
    for file in own(context).filter(|file| file.kind == kind) {
        if let EvidenceOf::Element { element: known, year: of } = file.of
            && known == element
        {
            by_year.entry(of).or_default().push(file);
        }
    }
    let found = match kind {
        EvidenceKind::Decree => by_year.range(..=year).next_back(),
        _ => by_year.get_key_value(&year),
    };
    match found {
        None => (Standing::Missing, format!("{} tahun {year} belum dilampirkan", kind.label()), Vec::new()),
        Some((of, files)) => {
            let since = if *of == year { String::new() } else { format!(", SK tahun {of} masih berlaku") };
            (Standing::There, format!("{} berkas terlampir{since}", files.len()), files.clone())
        }
    }
}

fn kept<'a>(context: &PageContext<'a>, holding: Holding) -> Found<'a> {
    let without = |(standing, said): (Standing, String)| (standing, said, Vec::new());
    match holding {
        Holding::Indicators => without(indicators(context)),
        Holding::Register => without(register(context)),
        Holding::Plan => accreditation_rules::plan(context),
        Holding::Visits => without(accreditation_rules::visits_told(context)),
        Holding::VisitEvidence => visit_evidence(context),
        Holding::Meetings => meeting_evidence(context),
        Holding::Evaluation => without(accreditation_rules::evaluations(context)),
        Holding::FollowUps => follow_ups(context),
        Holding::DistrictReport => without(accreditation_rules::district_report(context)),
        Holding::DistrictCoaching => without(match district_visits(context).len() {
            0 => (Standing::Missing, "Belum ada pembinaan TPCB yang tercatat pada periode ini".to_owned()),
            count => (Standing::There, format!("{count} catatan pembinaan TPCB pada periode ini")),
        }),
        Holding::ProposedActivities
        | Holding::PlannedActivities
        | Holding::PlanSessions
        | Holding::SessionPapers(_)
        | Holding::ProposalsReviewed => accreditation_plans::kept(context, holding),
        _ => accreditation_district::kept(context, holding),
    }
}

fn district_visits<'a>(context: &PageContext<'a>) -> Vec<&'a DistrictVisit> {
    let Subject { puskesmas, period, as_of, .. } = context.subject;
    let rows = context.evaluator.facts().written.district_visits.iter().filter(|owned| owned.puskesmas == puskesmas);
    rows.map(|owned| &owned.row)
        .filter(|row| row.date <= as_of && period.contains(Month::from_date(row.date)))
        .collect()
}

fn indicators(context: &PageContext<'_>) -> (Standing, String) {
    let puskesmas = context.subject.puskesmas;
    let year = context.subject.period.year();
    let rows = context.evaluator.facts().decree_rows.iter();
    let own = rows.filter(|row| row.puskesmas == puskesmas && row.year <= year).map(|row| row.year).max();
    match own {
        Some(since) => (Standing::There, format!("Tabel SK indikator tahun {since} berlaku untuk tahun {year}")),
        None => (
            Standing::Partly,
            format!("Indikator dan target bawaan Simpul dipakai untuk tahun {year}; impor tabel SK Puskesmas sendiri"),
        ),
    }
}

fn register(context: &PageContext<'_>) -> (Standing, String) {
    match context.facilities().count() {
        0 => (Standing::Missing, "Daftar identifikasi belum diimpor".to_owned()),
        all => {
            let agreements = AgreementTable::new(context).summary();
            (Standing::There, format!("{all} jaringan dan jejaring terdaftar; {agreements}"))
        }
    }
}

fn visit_evidence<'a>(context: &PageContext<'a>) -> Found<'a> {
    let ratio = context.block().indicator(CoachingIndicator::Bkt).ratio.unwrap_or_default();
    let visits = visits(context);
    let files: Vec<&AttachedFile> = visits.iter().flat_map(|visit| files_of_visit(context, visit)).collect();
    let said = format!(
        "{} dari {} bukti kunjungan ada; {} berkas terlampir",
        format::count(ratio.numerator),
        format::count(ratio.denominator),
        files.len()
    );
    // A mark in a recap says that a piece is somewhere; who examines sees what is attached.
    let with_file = visits.iter().filter(|visit| !files_of_visit(context, visit).is_empty()).count();
    let standing = match Standing::from_ratio(ratio) {
        Standing::There if with_file < visits.len() => Standing::Partly,
        standing => standing,
    };
    (standing, said, files)
}

/// Files that a lokmin must leave behind to be complete.
const OF_A_MEETING: [EvidenceKind; 4] =
    [EvidenceKind::Invitation, EvidenceKind::AttendanceList, EvidenceKind::Minutes, EvidenceKind::Photos];

fn meeting_evidence<'a>(context: &PageContext<'a>) -> Found<'a> {
    let period = context.subject.period;
    let as_of = context.subject.as_of;
    let mut held: BTreeMap<(Month, LokminSort), BTreeSet<EvidenceKind>> =
        meetings(context).into_iter().map(|meeting| (meeting, BTreeSet::new())).collect();
    let mut files = Vec::new();
    for file in own(context) {
        if let EvidenceOf::Meeting { month, sort } = file.of
            && period.contains(month)
            && month.has_begun(as_of)
        {
            held.entry((month, sort)).or_default().insert(file.kind);
            files.push(file);
        }
    }
    let pieces = held.len() * OF_A_MEETING.len();
    let there: usize = held.values().map(|kinds| OF_A_MEETING.iter().filter(|kind| kinds.contains(kind)).count()).sum();
    let said = format!(
        "{} lokmin tercatat; {there} dari {pieces} bukti (undangan, daftar hadir, notulen, foto) terlampir",
        held.len()
    );
    (Standing::from_ratio(ratio(there, pieces)), said, files)
}

fn follow_ups<'a>(context: &PageContext<'a>) -> Found<'a> {
    let period = context.subject.period;
    let as_of = context.subject.as_of;
    let rows = context.evaluator.facts().follow_ups.iter();
    let due: Vec<&FollowUp> = rows
        .filter(|row| context.facility_result(row.facility).is_some() && period.contains(Month::from_date(row.due)))
        .collect();
    let done: Vec<&&FollowUp> = due.iter().filter(|row| row.done.is_some_and(|done| done <= as_of)).collect();
    let mut files = Vec::new();
    let mut proved = 0;
    for row in &due {
        let of: EvidenceOf<u32> =
            EvidenceOf::FollowUp { facility: row.facility, visit_date: row.visit_date, item: row.item.clone() };
        let of_it: Vec<&AttachedFile> = own(context).filter(|file| file.of == of).collect();
        if !of_it.is_empty() && row.done.is_some_and(|done| done <= as_of) {
            proved += 1;
        }
        files.extend(of_it);
    }
    let said = format!(
        "{} RTL jatuh tempo pada periode ini, {} selesai, {proved} di antaranya dengan berkas bukti",
        due.len(),
        done.len()
    );
    (Standing::from_ratio(ratio(proved, due.len())), said, files)
}

fn ratio(numerator: usize, denominator: usize) -> Ratio {
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    Ratio { numerator: count(numerator), denominator: count(denominator) }
}
