//! Kinds of paper that evidence files hold, with their codes and words. Knows nothing of what they are evidence of.

/// Kind of paper that a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// SK: decree of the head of the Puskesmas.
    Decree,
    /// KAK (*kerangka acuan kegiatan*): terms of reference.
    TermsOfReference,
    /// Schedule of visits or of a meeting.
    Schedule,
    /// Invitation to a visit or a meeting.
    Invitation,
    /// Attendance list (*daftar hadir*), signed.
    AttendanceList,
    /// Minutes (*notulen*) of a visit or a meeting.
    Minutes,
    /// Photos of a visit or a meeting.
    Photos,
    /// Filled checklist: proof of a score, which itself comes with the recap.
    Checklist,
    /// Letter of assignment (*surat tugas*).
    AssignmentLetter,
    /// Report on an activity.
    Report,
    /// Self assessment of the Puskesmas.
    SelfAssessment,
    /// Analysis of results.
    Analysis,
    /// RUK: proposed activities of the next year.
    ActivityProposal,
    /// RPK: activities of the year.
    ActivityPlan,
    /// Proof that something was delivered.
    Delivery,
    /// Feedback on performance (*umpan balik*).
    Feedback,
    /// Proof that a follow-up was done.
    FollowUp,
    /// Proof that performance was verified.
    Verification,
    /// Proof that feedback was received.
    Receipt,
    /// Any other paper.
    Other,
}

impl EvidenceKind {
    /// All, in the order in which they are listed.
    pub const ALL: [Self; 20] = [
        Self::Decree,
        Self::TermsOfReference,
        Self::Schedule,
        Self::Invitation,
        Self::AttendanceList,
        Self::Minutes,
        Self::Photos,
        Self::Checklist,
        Self::AssignmentLetter,
        Self::Report,
        Self::SelfAssessment,
        Self::Analysis,
        Self::ActivityProposal,
        Self::ActivityPlan,
        Self::Delivery,
        Self::Feedback,
        Self::FollowUp,
        Self::Verification,
        Self::Receipt,
        Self::Other,
    ];

    /// Its word in addresses, columns and names of packed files: small letters and hyphens.
    pub fn code(self) -> &'static str {
        self.words().0
    }

    /// Its word for people.
    pub fn label(self) -> &'static str {
        self.words().1
    }

    /// The inverse of [`EvidenceKind::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Decree => ("sk", "SK"),
            Self::TermsOfReference => ("kak", "KAK"),
            Self::Schedule => ("jadwal", "Jadwal"),
            Self::Invitation => ("undangan", "Undangan"),
            Self::AttendanceList => ("daftar-hadir", "Daftar hadir"),
            Self::Minutes => ("notulen", "Notulen"),
            Self::Photos => ("foto", "Foto"),
            Self::Checklist => ("daftar-tilik", "Daftar tilik terisi"),
            Self::AssignmentLetter => ("surat-tugas", "Surat tugas"),
            Self::Report => ("laporan", "Laporan"),
            Self::SelfAssessment => ("self-assessment", "Self assessment"),
            Self::Analysis => ("analisis", "Analisis"),
            Self::ActivityProposal => ("ruk", "RUK"),
            Self::ActivityPlan => ("rpk", "RPK"),
            Self::Delivery => ("bukti-penyampaian", "Bukti penyampaian"),
            Self::Feedback => ("umpan-balik", "Umpan balik"),
            Self::FollowUp => ("bukti-tindak-lanjut", "Bukti tindak lanjut"),
            Self::Verification => ("bukti-verifikasi", "Bukti verifikasi"),
            Self::Receipt => ("bukti-penerimaan", "Bukti penerimaan"),
            Self::Other => ("lainnya", "Lainnya"),
        }
    }
}
