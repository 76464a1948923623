//! The elements of accreditation criteria 1.2.3 (network of services and partners) and 1.7.1 (coaching by the
//! district), and the evidence that each asks for. Plain data: whether it is there is told elsewhere.

use super::evidence_kind::EvidenceKind;
use super::lokmin::DecidingMeeting;

/// An element of assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// 1.2.3 a: indicators of coaching performance are set.
    IndicatorsSet,
    /// 1.2.3 b: jaringan and jejaring are identified.
    NetworkIdentified,
    /// 1.2.3 c: a coaching programme is drawn up and carried out.
    CoachingCarriedOut,
    /// 1.2.3 d: indicators are evaluated and followed up.
    CoachingEvaluated,
    /// 1.7.1 a: organisation of the Puskesmas set.
    OrganisationSet,
    /// 1.7.1 b: policy and schedule of integrated coaching.
    DistrictSchedule,
    /// 1.7.1 c: integrated coaching carried out.
    DistrictCoaching,
    /// 1.7.1 d: results delivered, feedback given.
    DistrictFeedback,
    /// 1.7.1 e: assistance in drawing up RUK and RPK.
    PlansAssisted,
    /// 1.7.1 f: follow-up of lokmin and management review.
    ReviewFollowedUp,
    /// 1.7.1 g: verification of and feedback on performance.
    PerformanceVerified,
    /// 1.7.1 h: feedback received and followed up.
    FeedbackFollowedUp,
}

/// One piece of evidence that an element asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Words of the instrument, shortened.
    pub asked: &'static str,
    /// Way in which it is given.
    pub given: EvidenceGiven,
}

/// Way in which a piece of evidence is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceGiven {
    /// A file of this kind.
    File(EvidenceKind),
    /// Content that Simpul holds and prints.
    Kept(Holding),
    /// A file of this kind, or else content that Simpul holds and prints.
    Either(EvidenceKind, Holding),
    /// Asked in an interview: not kept in Simpul.
    Interview,
}

/// Content of Simpul's own that is evidence for an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// Indicators and targets in force.
    Indicators,
    /// Register of the network.
    Register,
    /// The year's plan with persons in charge.
    Plan,
    /// Visits and their findings.
    Visits,
    /// Evidence of each visit, by its form.
    VisitEvidence,
    /// Evidence files of lokmin.
    Meetings,
    /// Evaluation of the period.
    Evaluation,
    /// Follow-ups with their proof.
    FollowUps,
    /// The report to the district's team.
    DistrictReport,
    /// Coaching by the district's team, as it was written down.
    DistrictCoaching,
    /// Assessment of the eight parameters by the Puskesmas itself.
    SelfAssessed,
    /// The same parameters as both sides assess them, with their gaps.
    AssessmentCompared,
    /// Items of coaching that were sent to the Puskesmas.
    FeedbackSent,
    /// Matters of a kind of meeting that were handed to the district, with its decisions.
    MattersRaised(DecidingMeeting),
    /// Matters of a kind of meeting that were settled, with proof.
    MattersSettled(DecidingMeeting),
    /// Verification of the performance evaluation.
    PerformanceVerified,
    /// Verdicts of the district's team on PKP, program by program.
    PkpVerified,
    /// Feedback on the performance evaluation.
    PerformanceFeedback,
    /// Items of coaching that the Puskesmas received.
    CoachingReceived,
    /// Items of coaching that were followed up, with proof.
    CoachingFollowedUp,
    /// Items on performance that the Puskesmas received.
    PerformanceReceived,
    /// Items on performance that were followed up, with proof.
    PerformanceFollowedUp,
    /// Proposals of RUK, with their links to the five-year plan.
    ProposedActivities,
    /// Activities of RPK.
    PlannedActivities,
    /// Meetings in which the district's team helped to draw up RUK and RPK.
    PlanSessions,
    /// Papers of one kind of those meetings.
    SessionPapers(EvidenceKind),
    /// Verdicts of the district's team on the proposals.
    ProposalsReviewed,
}

impl Wanted {
    /// The kind of file, where it is given by one.
    pub fn file(self) -> Option<EvidenceKind> {
        match self.given {
            EvidenceGiven::File(kind) | EvidenceGiven::Either(kind, _) => Some(kind),
            EvidenceGiven::Kept(_) | EvidenceGiven::Interview => None,
        }
    }
}

const fn file(kind: EvidenceKind, asked: &'static str) -> Wanted {
    Wanted { asked, given: EvidenceGiven::File(kind) }
}

const fn kept(holding: Holding, asked: &'static str) -> Wanted {
    Wanted { asked, given: EvidenceGiven::Kept(holding) }
}

const fn either(kind: EvidenceKind, holding: Holding, asked: &'static str) -> Wanted {
    Wanted { asked, given: EvidenceGiven::Either(kind, holding) }
}

const fn of_sessions(kind: EvidenceKind, asked: &'static str) -> Wanted {
    either(kind, Holding::SessionPapers(kind), asked)
}

const fn interview(asked: &'static str) -> Wanted {
    Wanted { asked, given: EvidenceGiven::Interview }
}

const INDICATORS_SET: &[Wanted] = &[
    file(EvidenceKind::Decree, "SK kepala Puskesmas tentang indikator kinerja pembinaan beserta targetnya"),
    kept(Holding::Indicators, "Indikator dan target yang berlaku"),
];
const NETWORK_IDENTIFIED: &[Wanted] = &[kept(Holding::Register, "Daftar jaringan dan jejaring")];
const CARRIED_OUT: &[Wanted] = &[
    file(EvidenceKind::TermsOfReference, "KAK program pembinaan"),
    kept(Holding::Plan, "Jadwal pembinaan dengan penanggung jawab"),
    kept(Holding::Visits, "Laporan pelaksanaan pembinaan"),
    kept(
        Holding::VisitEvidence,
        "Bukti menurut bentuk kegiatan: pertemuan daftar hadir, notulen, dan foto; selainnya daftar tilik terisi dan foto",
    ),
    kept(Holding::Meetings, "Bukti lokakarya mini bersama jaringan dan jejaring"),
    interview("PJ menjelaskan program, pelaksanaan, evaluasi, dan tindak lanjut"),
];
const EVALUATED: &[Wanted] = &[
    kept(Holding::Evaluation, "Hasil evaluasi indikator"),
    kept(Holding::FollowUps, "Bukti tindak lanjut hasil evaluasi"),
];
const ORGANISATION_SET: &[Wanted] = &[file(
    EvidenceKind::Decree,
    "SK kepala Dinas Kesehatan tentang organisasi Puskesmas: tugas, wewenang, tata hubungan, persyaratan jabatan",
)];
const DISTRICT_SCHEDULE: &[Wanted] = &[
    file(EvidenceKind::Decree, "SK TPCB dengan uraian tugas"),
    file(EvidenceKind::Schedule, "Jadwal pembinaan terpadu TPCB"),
    interview("Kebijakan dan jadwal pembinaan terpadu"),
];
const DISTRICT_COACHING: &[Wanted] = &[
    either(EvidenceKind::SelfAssessment, Holding::SelfAssessed, "Hasil self assessment Puskesmas"),
    either(EvidenceKind::Analysis, Holding::AssessmentCompared, "Analisis atas hasil self assessment"),
    file(EvidenceKind::AssignmentLetter, "Surat tugas TPCB"),
    file(EvidenceKind::Report, "Laporan hasil pembinaan TPCB, termasuk pembinaan teknis"),
    kept(Holding::DistrictCoaching, "Catatan pembinaan TPCB"),
    interview("Pelaksanaan pembinaan terpadu secara berkala"),
];
const DISTRICT_FEEDBACK: &[Wanted] = &[
    kept(Holding::DistrictReport, "Laporan pembinaan Puskesmas kepada TPCB"),
    file(EvidenceKind::Delivery, "Bukti penyampaian hasil pembinaan kepada kepala Dinas Kesehatan"),
    either(EvidenceKind::Feedback, Holding::FeedbackSent, "Bukti umpan balik resmi kepada Puskesmas"),
    interview("Penyampaian hasil dan umpan balik"),
];
const PLANS_ASSISTED: &[Wanted] = &[
    either(EvidenceKind::ActivityProposal, Holding::ProposedActivities, "RUK menurut rencana lima tahunan"),
    either(EvidenceKind::ActivityPlan, Holding::PlannedActivities, "RPK"),
    kept(Holding::PlanSessions, "Pendampingan penyusunan RUK dan RPK dilaksanakan"),
    of_sessions(EvidenceKind::AssignmentLetter, "Surat tugas pendampingan"),
    of_sessions(EvidenceKind::Minutes, "Notulen pendampingan"),
    of_sessions(EvidenceKind::Photos, "Foto pendampingan"),
    of_sessions(EvidenceKind::AttendanceList, "Daftar hadir pendampingan"),
    kept(Holding::ProposalsReviewed, "Telaah TPCB atas usulan RUK dan RPK"),
    interview("Pendampingan penyusunan RUK dan RPK"),
];
const REVIEW_FOLLOWED_UP: &[Wanted] = &[
    kept(
        Holding::MattersRaised(DecidingMeeting::Lokmin),
        "Masalah lokmin yang tidak dapat diselesaikan Puskesmas, disampaikan resmi",
    ),
    kept(
        Holding::MattersRaised(DecidingMeeting::Review),
        "Masalah tinjauan manajemen yang tidak dapat diselesaikan Puskesmas, disampaikan resmi",
    ),
    either(
        EvidenceKind::FollowUp,
        Holding::MattersSettled(DecidingMeeting::Lokmin),
        "Bukti tindak lanjut masalah lokmin itu",
    ),
    either(
        EvidenceKind::FollowUp,
        Holding::MattersSettled(DecidingMeeting::Review),
        "Bukti tindak lanjut masalah tinjauan manajemen itu",
    ),
    interview("Tindak lanjut lokmin dan tinjauan manajemen"),
];
const PERFORMANCE_VERIFIED: &[Wanted] = &[
    either(EvidenceKind::Verification, Holding::PerformanceVerified, "Bukti verifikasi evaluasi kinerja Puskesmas"),
    kept(Holding::PkpVerified, "Verifikasi TPCB atas PKP, program demi program"),
    either(EvidenceKind::Feedback, Holding::PerformanceFeedback, "Bukti umpan balik pemantauan dan evaluasi"),
    interview("Verifikasi dan umpan balik kinerja"),
];
const FEEDBACK_FOLLOWED_UP: &[Wanted] = &[
    either(EvidenceKind::Receipt, Holding::CoachingReceived, "Bukti penerimaan umpan balik pembinaan"),
    either(EvidenceKind::FollowUp, Holding::CoachingFollowedUp, "Bukti tindak lanjut umpan balik pembinaan"),
    kept(Holding::PerformanceReceived, "Bukti penerimaan umpan balik evaluasi kinerja"),
    kept(Holding::PerformanceFollowedUp, "Bukti tindak lanjut umpan balik evaluasi kinerja"),
    interview("Penerimaan dan tindak lanjut umpan balik"),
];

impl Element {
    /// All, in their order.
    pub const ALL: [Self; 12] = [
        Self::IndicatorsSet,
        Self::NetworkIdentified,
        Self::CoachingCarriedOut,
        Self::CoachingEvaluated,
        Self::OrganisationSet,
        Self::DistrictSchedule,
        Self::DistrictCoaching,
        Self::DistrictFeedback,
        Self::PlansAssisted,
        Self::ReviewFollowedUp,
        Self::PerformanceVerified,
        Self::FeedbackFollowedUp,
    ];

    /// Criterion and letter, as in addresses, columns and folders (`1.2.3-a`).
    pub fn code(self) -> &'static str {
        self.words().0
    }

    /// Returns the code of the criterion that it belongs to (`1.2.3`).
    pub fn criterion(self) -> &'static str {
        self.code().split('-').next().unwrap_or_default()
    }

    /// Its letter with the sorts of evidence (R written rule, D document, W interview): `c (R, D, W)`.
    pub fn letter(self) -> &'static str {
        self.words().1
    }

    /// Returns the request of the instrument in a line.
    pub fn title(self) -> &'static str {
        self.words().2
    }

    /// The inverse of [`Element::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|element| element.code() == code)
    }

    /// The pieces of evidence that it asks for.
    pub fn wanted(self) -> &'static [Wanted] {
        match self {
            Self::IndicatorsSet => INDICATORS_SET,
            Self::NetworkIdentified => NETWORK_IDENTIFIED,
            Self::CoachingCarriedOut => CARRIED_OUT,
            Self::CoachingEvaluated => EVALUATED,
            Self::OrganisationSet => ORGANISATION_SET,
            Self::DistrictSchedule => DISTRICT_SCHEDULE,
            Self::DistrictCoaching => DISTRICT_COACHING,
            Self::DistrictFeedback => DISTRICT_FEEDBACK,
            Self::PlansAssisted => PLANS_ASSISTED,
            Self::ReviewFollowedUp => REVIEW_FOLLOWED_UP,
            Self::PerformanceVerified => PERFORMANCE_VERIFIED,
            Self::FeedbackFollowedUp => FEEDBACK_FOLLOWED_UP,
        }
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::IndicatorsSet => ("1.2.3-a", "a (R)", "Indikator kinerja pembinaan ditetapkan"),
            Self::NetworkIdentified => ("1.2.3-b", "b (D)", "Jaringan dan jejaring diidentifikasi"),
            Self::CoachingCarriedOut => ("1.2.3-c", "c (R, D, W)", "Program pembinaan disusun dan dilaksanakan"),
            Self::CoachingEvaluated => ("1.2.3-d", "d (D)", "Indikator dievaluasi dan ditindaklanjuti"),
            Self::OrganisationSet => ("1.7.1-a", "a (R)", "Organisasi Puskesmas ditetapkan"),
            Self::DistrictSchedule => ("1.7.1-b", "b (R, D, W)", "Kebijakan dan jadwal pembinaan terpadu"),
            Self::DistrictCoaching => ("1.7.1-c", "c (D, W)", "Pembinaan terpadu dilaksanakan berkala"),
            Self::DistrictFeedback => ("1.7.1-d", "d (D, W)", "Hasil disampaikan, umpan balik diberikan"),
            Self::PlansAssisted => ("1.7.1-e", "e (R, D, W)", "Pendampingan penyusunan RUK dan RPK"),
            Self::ReviewFollowedUp => ("1.7.1-f", "f (D, W)", "Tindak lanjut lokmin dan tinjauan manajemen"),
            Self::PerformanceVerified => ("1.7.1-g", "g (D, W)", "Verifikasi dan umpan balik evaluasi kinerja"),
            Self::FeedbackFollowedUp => ("1.7.1-h", "h (D, W)", "Umpan balik diterima dan ditindaklanjuti"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_read_back_and_none_asks_for_nothing() {
        for element in Element::ALL {
            assert_eq!(Element::from_code(element.code()), Some(element));
            assert!(!element.wanted().is_empty());
            assert!(element.letter().starts_with(element.code().chars().last().unwrap()));
        }
        let of = |criterion| Element::ALL.iter().filter(|element| element.criterion() == criterion).count();
        assert_eq!((of("1.2.3"), of("1.7.1")), (4, 8));
    }
}
