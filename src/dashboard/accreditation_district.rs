//! Evidence for criterion 1.7.1 that the case of two parties gives: which steps are there, and which items lack theirs. Feedback on
//! coaching and feedback on performance are told apart. Prints nothing.

use super::context::{PageContext, Subject};
use super::evidence_standing::{Found, Standing, own};
use super::pkp_verification::{self, PkpVerifications};
use crate::domain::accreditation::Holding;
use crate::domain::district_assessment::YearAssessment;
use crate::domain::district_case::{CaseSide, CaseStep};
use crate::domain::district_items::{CoachingItem, CoachingItems, is_of_performance, number_key};
use crate::domain::district_parameter::DistrictParameter;
use crate::domain::lokmin::DecidingMeeting;
use crate::domain::written::{Decision, DistrictMatter, DistrictVisit};
use crate::domain::{AttachedFile, EvidenceKind, EvidenceOf, Month, Ratio, format};

/// State of what is kept of the district's coaching.
pub(super) fn kept<'a>(context: &PageContext<'a>, holding: Holding) -> Found<'a> {
    let coaching = StepsWanted { is_of_performance: false, step: CaseStep::Sent };
    let performance = StepsWanted { is_of_performance: true, ..coaching };
    match holding {
        Holding::SelfAssessed => self_assessed(context),
        Holding::AssessmentCompared => compared(context),
        Holding::FeedbackSent => coaching.found(context),
        Holding::CoachingReceived => StepsWanted { step: CaseStep::Received, ..coaching }.found(context),
        Holding::CoachingFollowedUp => StepsWanted { step: CaseStep::FollowedUp, ..coaching }.found(context),
        Holding::PkpVerified => pkp_verified(context),
        Holding::PerformanceFeedback => performance.found(context),
        Holding::PerformanceReceived => StepsWanted { step: CaseStep::Received, ..performance }.found(context),
        Holding::PerformanceFollowedUp => StepsWanted { step: CaseStep::FollowedUp, ..performance }.found(context),
        Holding::MattersRaised(meeting) => matters_raised(context, meeting),
        Holding::MattersSettled(meeting) => matters_settled(context, meeting),
        _ => performance_verified(context),
    }
}

/// A step that each item of a kind of coaching is to have.
#[derive(Clone, Copy)]
struct StepsWanted {
    is_of_performance: bool,
    step: CaseStep,
}

impl StepsWanted {
    fn found<'a>(self, context: &PageContext<'a>) -> Found<'a> {
        let about = if self.is_of_performance { "evaluasi kinerja" } else { "pembinaan" };
        let items = items(context);
        let own_items: Vec<&CoachingItem<'_>> = items
            .within(context.subject.period)
            .filter(|item| is_of_performance(item.visit) == self.is_of_performance)
            .collect();
        if own_items.is_empty() {
            let said = format!("Belum ada butir {about} TPCB pada periode ini");
            let standing = if self.step == CaseStep::Sent { Standing::Missing } else { Standing::NothingDue };
            return (standing, said, Vec::new());
        }
        let mut files = Vec::new();
        let mut lacking = Vec::new();
        for item in &own_items {
            let attached = files_of(context, item);
            let taken = item.history.counted().filter(|taken| taken.step == self.step);
            let is_proved = |words: &str| !self.step.needs_proof() || !words.trim().is_empty() || !attached.is_empty();
            let proved = taken.map(|taken| is_proved(&taken.proof)).collect::<Vec<_>>();
            match (proved.is_empty(), proved.iter().any(|is| *is)) {
                (true, _) => lacking.push(item.number.clone()),
                (false, false) => lacking.push(format!("{} (tanpa bukti)", item.number)),
                (false, true) => {}
            }
            files.extend(attached.into_iter().filter(|file| self.asks_for(file.kind)));
        }
        let all = own_items.len();
        let word = self.step.label().to_lowercase();
        let there = all - lacking.len();
        let rest = if lacking.is_empty() { String::new() } else { format!("; belum: butir {}", lacking.join(", ")) };
        (Standing::from_ratio(ratio(there, all)), format!("{there} dari {all} butir {about} {word}{rest}"), files)
    }

    /// Reports whether a kind of file belongs to the step.
    fn asks_for(self, kind: EvidenceKind) -> bool {
        match self.step {
            CaseStep::Sent => kind == EvidenceKind::Feedback,
            CaseStep::Received => kind == EvidenceKind::Receipt,
            _ => !matches!(kind, EvidenceKind::Feedback | EvidenceKind::Receipt),
        }
    }
}

fn items<'a>(context: &PageContext<'a>) -> CoachingItems<'a> {
    let Subject { puskesmas, as_of, .. } = context.subject;
    CoachingItems::new(&context.evaluator.facts().written, puskesmas, as_of)
}

fn files_of<'a>(context: &PageContext<'a>, item: &CoachingItem<'_>) -> Vec<&'a AttachedFile> {
    let of = EvidenceOf::CoachingItem { coached: item.visit.date, number: number_key(&item.number) };
    own(context).filter(|file| file.of == of).collect()
}

/// Rows that verify the performance evaluation, with or without findings.
fn performance_verified<'a>(context: &PageContext<'a>) -> Found<'a> {
    let Subject { puskesmas, period, as_of, .. } = context.subject;
    let visits = context.evaluator.facts().written.district_visits.iter();
    let visits = visits.filter(|owned| owned.puskesmas == puskesmas).map(|owned| &owned.row);
    let is_within = |visit: &&DistrictVisit| visit.date <= as_of && period.contains(Month::from_date(visit.date));
    let mut days: Vec<String> = visits
        .filter(is_within)
        .filter(|visit| is_of_performance(visit))
        .map(|visit| format::date(visit.date))
        .collect();
    days.dedup();
    days.extend(pkp(context).iter().flat_map(PkpVerifications::days).map(format::date));
    days.dedup();
    if days.is_empty() {
        let said = "Verifikasi evaluasi kinerja belum tercatat; catat di halaman PKP, atau di Pembinaan TPCB dengan jenis \
             “Verifikasi kinerja”";
        return (Standing::Missing, said.to_owned(), Vec::new());
    }
    (Standing::There, format!("Evaluasi kinerja diverifikasi {}", days.join(", ")), Vec::new())
}

/// Verifications of the PKP that the period's evidence is about.
fn pkp(context: &PageContext<'_>) -> Option<PkpVerifications> {
    let Subject { puskesmas, period, .. } = context.subject;
    let horizon = pkp_verification::horizon(&context.subject);
    pkp_verification::of_period(context.evaluator.facts(), puskesmas, period.year(), horizon)
}

/// Programs of PKP that the district's team verified; one whose figure has changed since is verified no more.
fn pkp_verified<'a>(context: &PageContext<'a>) -> Found<'a> {
    let Some(found) = pkp(context) else {
        let year = context.subject.period.year();
        let said = format!("PKP tahun {year} atau {} belum diimpor, jadi belum ada yang diverifikasi", year - 1);
        return (Standing::Missing, said, Vec::new());
    };
    let standing = match found.programs.len() {
        0 => Standing::There,
        all => Standing::from_ratio(ratio(found.verified(), all)),
    };
    (standing, format!("PKP {}: {}", found.year, found.summary()), Vec::new())
}

fn assessment(context: &PageContext<'_>, side: CaseSide) -> YearAssessment {
    let Subject { puskesmas, period, .. } = context.subject;
    YearAssessment::new(&context.evaluator.facts().written, puskesmas, period.year(), side)
}

fn self_assessed<'a>(context: &PageContext<'a>) -> Found<'a> {
    let all = DistrictParameter::ALL.len();
    let own = assessment(context, CaseSide::Puskesmas);
    let year = context.subject.period.year();
    let said = match own.assessed() {
        0 => format!("Penilaian mandiri tahun {year} belum tercatat dan belum dilampirkan"),
        count => format!("Penilaian mandiri tahun {year}: {count} dari {all} parameter dinilai"),
    };
    (Standing::from_ratio(ratio(own.assessed(), all)), said, Vec::new())
}

fn compared<'a>(context: &PageContext<'a>) -> Found<'a> {
    let own = assessment(context, CaseSide::Puskesmas);
    let team = assessment(context, CaseSide::Team);
    let is_compared = |parameter: &DistrictParameter| team.difference(&own, *parameter).is_some();
    let all = DistrictParameter::ALL.len();
    let compared = DistrictParameter::ALL.iter().filter(|parameter| is_compared(parameter)).count();
    let said = match compared {
        0 => "Belum ada parameter yang dinilai kedua pihak, dan analisis belum dilampirkan".to_owned(),
        count => format!("Selisih penilaian mandiri dan TPCB: {count} dari {all} parameter"),
    };
    (Standing::from_ratio(ratio(compared, all)), said, Vec::new())
}

/// Matters that a kind of meeting handed on in the period.
fn matters<'a>(context: &PageContext<'a>, meeting: DecidingMeeting) -> Vec<&'a DistrictMatter> {
    let Subject { puskesmas, period, as_of, .. } = context.subject;
    let rows = context.evaluator.facts().written.district_matters.iter();
    let rows = rows.filter(|owned| owned.puskesmas == puskesmas).map(|owned| &owned.row);
    let of_meeting = rows.filter(|row| DecidingMeeting::from_kind(row.meeting.as_deref()) == meeting);
    of_meeting.filter(|row| row.date <= as_of && period.contains(Month::from_date(row.date))).collect()
}

/// Tells how many decisions a kind of meeting took in the period, and how many of them are done.
fn decided(context: &PageContext<'_>, meeting: DecidingMeeting) -> String {
    let Subject { puskesmas, period, as_of, .. } = context.subject;
    let rows = context.evaluator.facts().written.decisions.iter();
    let own = rows.filter(|owned| owned.puskesmas == puskesmas).map(|owned| &owned.row);
    let of_meeting = own.filter(|row| DecidingMeeting::from_kind(row.meeting.as_deref()) == meeting);
    let taken: Vec<&Decision> =
        of_meeting.filter(|row| row.date <= as_of && period.contains(Month::from_date(row.date))).collect();
    let open = taken.iter().filter(|row| row.is_open(as_of)).count();
    match taken.len() {
        0 => format!("belum ada keputusan {} pada periode ini", meeting.words()),
        all => format!("{all} keputusan {}, {} sudah ditindaklanjuti", meeting.words(), all - open),
    }
}

/// Matters that were handed to the district; the number of its letter shows that one was delivered formally.
fn matters_raised<'a>(context: &PageContext<'a>, meeting: DecidingMeeting) -> Found<'a> {
    let all = matters(context, meeting);
    let sent: Vec<&&DistrictMatter> = all.iter().filter(|row| row.is_sent(context.subject.as_of)).collect();
    let letters: Vec<&str> = sent.iter().filter_map(|row| row.letter.as_deref()).collect();
    let decided = decided(context, meeting);
    let said = match (all.len(), letters.len()) {
        (0, _) => format!("Belum ada masalah {} untuk Dinas Kesehatan pada periode ini; {decided}", meeting.words()),
        (count, 0) => format!("{count} masalah, {} sudah disampaikan, tanpa nomor surat; {decided}", sent.len()),
        (count, _) => {
            let told = letters.join(", ");
            format!("{count} masalah, {} sudah disampaikan, dengan surat {told}; {decided}", sent.len())
        }
    };
    // Delivered formally is delivered by a letter.
    let standing = match Standing::from_ratio(ratio(sent.len(), all.len())) {
        Standing::There if letters.len() < sent.len() => Standing::Partly,
        standing => standing,
    };
    (standing, said, Vec::new())
}

fn matters_settled<'a>(context: &PageContext<'a>, meeting: DecidingMeeting) -> Found<'a> {
    let as_of = context.subject.as_of;
    let all = matters(context, meeting);
    let answered = all.iter().filter(|row| row.is_answered(as_of)).count();
    let is_settled = |row: &&&DistrictMatter| row.is_done(as_of) && row.proof.is_some();
    let settled = all.iter().filter(is_settled).count();
    let said = match all.len() {
        0 => format!("Belum ada masalah {} untuk Dinas Kesehatan pada periode ini", meeting.words()),
        count => format!("{count} masalah: {answered} dijawab dinas, {settled} selesai dengan bukti"),
    };
    (Standing::from_ratio(ratio(settled, all.len())), said, Vec::new())
}

fn ratio(numerator: usize, denominator: usize) -> Ratio {
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    Ratio { numerator: count(numerator), denominator: count(denominator) }
}
