//! The fields of records, for lineage, storage and forms. Knows no record.

/// The fields whose cells are kept, over all tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Name of the facility.
    Name,
    /// Any other text column of a register or definition row, gathered.
    Attributes,
    /// Mark of a planned month; named month of a change; month reported on.
    Month,
    /// New month of a change.
    MovedTo,
    /// Reason of a change (*Ket.*).
    Reason,
    /// Date of the visit.
    Date,
    /// Form of the visit.
    Form,
    /// Person who coached, who owns a follow-up, or who is in charge of a planned visit.
    Person,
    /// Points reached on the checklist.
    Points,
    /// Maximum of the checklist.
    Maximum,
    /// Mark of an attendance list.
    AttendanceList,
    /// Mark of minutes.
    Minutes,
    /// Mark of photos.
    Photos,
    /// Aspect that was coached.
    Aspect,
    /// Finding of a visit.
    Finding,
    /// Item of a follow-up.
    Item,
    /// Day by which something is to be done.
    Due,
    /// Day on which it was done.
    Done,
    /// Mark of an invitation to a lokmin.
    Invited,
    /// Mark of attendance at a lokmin.
    Attended,
    /// Day on which a monthly report came.
    ReceivedOn,
    /// Tick of a report that came.
    Complete,
    /// Tick of a report that came in time.
    InTime,
    /// Denominator (*sasaran*) of an achievement.
    Denominator,
    /// Numerator (*capaian*) of an achievement.
    Numerator,
    /// Count of an achievement since January.
    Accumulated,
    /// Problem of a period, or subject of a decision.
    Problem,
    /// Cause of a problem.
    Cause,
    /// Follow-up that was agreed, or what was done about it.
    Agreed,
    /// Proof that a follow-up was done.
    Proof,
    /// Decision of a meeting.
    Decision,
    /// Name of a cluster.
    Cluster,
    /// Finding of the district's team: fact.
    Fact,
    /// Finding of the district's team: conclusion.
    Conclusion,
    /// Recommendation to the Puskesmas.
    ForPuskesmas,
    /// Recommendation to the district office.
    ForDistrict,
    /// Date on which feedback was sent.
    Sent,
    /// Date on which it was answered.
    Answered,
    /// Calendar year of a list or a plan.
    Year,
    /// Kind of a facility.
    Kind,
    /// Group of a facility: *jaringan* or *jejaring*.
    Group,
    /// Structures of a facility.
    Structure,
    /// Address of a facility.
    Address,
    /// Village of a facility.
    Village,
    /// Duty of a facility to report.
    OwesReports,
    /// Number of the PKS.
    AgreementNumber,
    /// Last day of the PKS.
    AgreementUntil,
    /// Number of the licence.
    LicenceNumber,
    /// Last day of the licence.
    LicenceUntil,
    /// Place of a facility on the map.
    Coordinates,
    /// First month in which a facility is active.
    ActiveFrom,
    /// Last month in which a facility is active.
    ActiveUntil,
    /// Code of an indicator.
    Code,
    /// Name of a service indicator, or the one that was counted.
    Indicator,
    /// Target of an indicator, percent.
    Target,
    /// Weight of an indicator.
    Weight,
    /// Direction of an indicator.
    Direction,
    /// Aggregation of an indicator.
    Aggregation,
    /// Kinds of facility to which an indicator applies.
    AppliesTo,
    /// Sort of a lokmin.
    Sort,
    /// Number of the letter by which a change was approved.
    LetterNumber,
    /// Person or office that approved a change.
    Approver,
}

impl Field {
    /// Every field, in the order of declaration.
    pub const ALL: [Self; 62] = [
        Self::Name,
        Self::Attributes,
        Self::Month,
        Self::MovedTo,
        Self::Reason,
        Self::Date,
        Self::Form,
        Self::Person,
        Self::Points,
        Self::Maximum,
        Self::AttendanceList,
        Self::Minutes,
        Self::Photos,
        Self::Aspect,
        Self::Finding,
        Self::Item,
        Self::Due,
        Self::Done,
        Self::Invited,
        Self::Attended,
        Self::ReceivedOn,
        Self::Complete,
        Self::InTime,
        Self::Denominator,
        Self::Numerator,
        Self::Accumulated,
        Self::Problem,
        Self::Cause,
        Self::Agreed,
        Self::Proof,
        Self::Decision,
        Self::Cluster,
        Self::Fact,
        Self::Conclusion,
        Self::ForPuskesmas,
        Self::ForDistrict,
        Self::Sent,
        Self::Answered,
        Self::Year,
        Self::Kind,
        Self::Group,
        Self::Structure,
        Self::Address,
        Self::Village,
        Self::OwesReports,
        Self::AgreementNumber,
        Self::AgreementUntil,
        Self::LicenceNumber,
        Self::LicenceUntil,
        Self::Coordinates,
        Self::ActiveFrom,
        Self::ActiveUntil,
        Self::Code,
        Self::Indicator,
        Self::Target,
        Self::Weight,
        Self::Direction,
        Self::Aggregation,
        Self::AppliesTo,
        Self::Sort,
        Self::LetterNumber,
        Self::Approver,
    ];

    /// Stable code for the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Attributes => "attributes",
            Self::Month => "month",
            Self::MovedTo => "moved_to",
            Self::Reason => "reason",
            Self::Date => "date",
            Self::Form => "form",
            Self::Person => "person",
            Self::Points => "points",
            Self::Maximum => "maximum",
            Self::AttendanceList => "attendance_list",
            Self::Minutes => "minutes",
            Self::Photos => "photos",
            Self::Aspect => "aspect",
            Self::Finding => "finding",
            Self::Item => "item",
            Self::Due => "due",
            Self::Done => "done",
            Self::Invited => "invited",
            Self::Attended => "attended",
            Self::ReceivedOn => "received_on",
            Self::Complete => "complete",
            Self::InTime => "in_time",
            Self::Denominator => "denominator",
            Self::Numerator => "numerator",
            Self::Accumulated => "accumulated",
            Self::Problem => "problem",
            Self::Cause => "cause",
            Self::Agreed => "agreed",
            Self::Proof => "proof",
            Self::Decision => "decision",
            Self::Cluster => "cluster",
            Self::Fact => "fact",
            Self::Conclusion => "conclusion",
            Self::ForPuskesmas => "for_puskesmas",
            Self::ForDistrict => "for_district",
            Self::Sent => "sent",
            Self::Answered => "answered",
            Self::Year => "year",
            Self::Kind => "kind",
            Self::Group => "group",
            Self::Structure => "structure",
            Self::Address => "address",
            Self::Village => "village",
            Self::OwesReports => "owes_reports",
            Self::AgreementNumber => "agreement_number",
            Self::AgreementUntil => "agreement_until",
            Self::LicenceNumber => "licence_number",
            Self::LicenceUntil => "licence_until",
            Self::Coordinates => "coordinates",
            Self::ActiveFrom => "active_from",
            Self::ActiveUntil => "active_until",
            Self::Code => "code",
            Self::Indicator => "indicator",
            Self::Target => "target",
            Self::Weight => "weight",
            Self::Direction => "direction",
            Self::Aggregation => "aggregation",
            Self::AppliesTo => "applies_to",
            Self::Sort => "sort",
            Self::LetterNumber => "letter_number",
            Self::Approver => "approver",
        }
    }

    /// The word on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Nama",
            Self::Attributes => "Keterangan",
            Self::Month => "Bulan",
            Self::MovedTo => "Perubahan jadwal",
            Self::Reason => "Alasan",
            Self::Date => "Tanggal",
            Self::Form => "Bentuk kegiatan",
            Self::Person => "Petugas",
            Self::Points => "Skor daftar tilik",
            Self::Maximum => "Skor maksimal",
            Self::AttendanceList => "Daftar hadir",
            Self::Minutes => "Notulen",
            Self::Photos => "Foto",
            Self::Aspect => "Aspek",
            Self::Finding => "Temuan",
            Self::Item => "Rencana tindak lanjut",
            Self::Due => "Target selesai",
            Self::Done => "Tanggal selesai",
            Self::Invited => "Diundang",
            Self::Attended => "Hadir",
            Self::ReceivedOn => "Tanggal diterima",
            Self::Complete => "Lengkap",
            Self::InTime => "Tepat waktu",
            Self::Denominator => "Sasaran",
            Self::Numerator => "Capaian",
            Self::Accumulated => "Capaian kumulatif",
            Self::Problem => "Masalah",
            Self::Cause => "Penyebab",
            Self::Agreed => "Tindak lanjut",
            Self::Proof => "Bukti",
            Self::Decision => "Keputusan",
            Self::Cluster => "Cluster",
            Self::Fact => "Temuan: fakta",
            Self::Conclusion => "Temuan: kesimpulan",
            Self::ForPuskesmas => "Rekomendasi untuk Puskesmas",
            Self::ForDistrict => "Rekomendasi untuk Dinas Kesehatan",
            Self::Sent => "Tanggal dikirim",
            Self::Answered => "Tanggal ditanggapi",
            Self::Year => "Tahun",
            Self::Kind => "Jenis",
            Self::Group => "Kelompok",
            Self::Structure => "Struktur jejaring",
            Self::Address => "Alamat",
            Self::Village => "Desa",
            Self::OwesReports => "Wajib lapor",
            Self::AgreementNumber => "No. PKS",
            Self::AgreementUntil => "PKS s.d.",
            Self::LicenceNumber => "No. izin",
            Self::LicenceUntil => "Izin s.d.",
            Self::Coordinates => "Koordinat",
            Self::ActiveFrom => "Aktif sejak",
            Self::ActiveUntil => "Aktif s.d.",
            Self::Code => "Kode",
            Self::Indicator => "Indikator",
            Self::Target => "Target (%)",
            Self::Weight => "Bobot",
            Self::Direction => "Arah",
            Self::Aggregation => "Agregasi",
            Self::AppliesTo => "Berlaku untuk",
            Self::Sort => "Jenis lokmin",
            Self::LetterNumber => "Nomor surat",
            Self::Approver => "Disetujui oleh",
        }
    }

    /// The field of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }
}
