//! The fields of records, for lineage, storage and forms. Knows no record.

/// Declares the fields with their codes in the database and the words by which pages and receipts name them.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $code:literal, $label:literal;)*) => {
        /// The fields whose cells are kept, over all tables.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $name,)*
        }

        impl Field {
            /// Every field, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Stable code for the database.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// The word on pages.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)*
                }
            }
        }
    };
}

fields! {
    /// Name of the facility.
    Name: "name", "Nama";
    /// Any other text column of a register or definition row, gathered.
    Attributes: "attributes", "Keterangan";
    /// Mark of a planned month; named month of a change; month reported on.
    Month: "month", "Bulan";
    /// New month of a change.
    MovedTo: "moved_to", "Perubahan jadwal";
    /// Reason of a change (*Ket.*).
    Reason: "reason", "Alasan";
    /// Date of the visit.
    Date: "date", "Tanggal";
    /// Form of the visit.
    Form: "form", "Bentuk kegiatan";
    /// Person who coached, who owns a follow-up, or who is in charge of a planned visit.
    Person: "person", "Petugas";
    /// Points reached on the checklist.
    Points: "points", "Skor daftar tilik";
    /// Maximum of the checklist.
    Maximum: "maximum", "Skor maksimal";
    /// Mark of an attendance list.
    AttendanceList: "attendance_list", "Daftar hadir";
    /// Mark of minutes.
    Minutes: "minutes", "Notulen";
    /// Mark of photos.
    Photos: "photos", "Foto";
    /// Aspect that was coached.
    Aspect: "aspect", "Aspek";
    /// Finding of a visit.
    Finding: "finding", "Temuan";
    /// Item of a follow-up.
    Item: "item", "Rencana tindak lanjut";
    /// Day by which something is to be done.
    Due: "due", "Target selesai";
    /// Day on which it was done.
    Done: "done", "Tanggal selesai";
    /// Mark of an invitation to a lokmin.
    Invited: "invited", "Diundang";
    /// Mark of attendance at a lokmin.
    Attended: "attended", "Hadir";
    /// Day on which a monthly report came.
    ReceivedOn: "received_on", "Tanggal diterima";
    /// Tick of a report that came.
    Complete: "complete", "Lengkap";
    /// Tick of a report that came in time.
    InTime: "in_time", "Tepat waktu";
    /// Denominator (*sasaran*) of an achievement.
    Denominator: "denominator", "Sasaran";
    /// Numerator (*capaian*) of an achievement.
    Numerator: "numerator", "Capaian";
    /// Count of an achievement since January.
    Accumulated: "accumulated", "Capaian kumulatif";
    /// Problem of a period, or subject of a decision.
    Problem: "problem", "Masalah";
    /// Cause of a problem.
    Cause: "cause", "Penyebab";
    /// Follow-up that was agreed, or what was done about it.
    Agreed: "agreed", "Tindak lanjut";
    /// Proof that a follow-up was done.
    Proof: "proof", "Bukti";
    /// Decision of a meeting.
    Decision: "decision", "Keputusan";
    /// Name of a cluster.
    Cluster: "cluster", "Cluster";
    /// Finding of the district's team: fact.
    Fact: "fact", "Temuan: fakta";
    /// Finding of the district's team: conclusion.
    Conclusion: "conclusion", "Temuan: kesimpulan";
    /// Recommendation to the Puskesmas.
    ForPuskesmas: "for_puskesmas", "Rekomendasi untuk Puskesmas";
    /// Recommendation to the district office.
    ForDistrict: "for_district", "Rekomendasi untuk Dinas Kesehatan";
    /// Date on which feedback was sent.
    Sent: "sent", "Tanggal dikirim";
    /// Date on which it was answered.
    Answered: "answered", "Tanggal ditanggapi";
    /// Number of an item of the district team's coaching, within the Puskesmas and the year.
    ItemNumber: "item_number", "Nomor butir";
    /// Step that somebody took with such an item.
    Step: "step", "Langkah";
    /// Day on which it was taken.
    StepDay: "step_day", "Tanggal langkah";
    /// Party that took a step or gave an assessment.
    Side: "side", "Pihak";
    /// Parameter of the assessment by the district's team.
    Parameter: "parameter", "Parameter";
    /// Kind of the meeting that decided something.
    Meeting: "meeting", "Jenis rapat";
    /// Calendar year of a list or a plan.
    Year: "year", "Tahun";
    /// Kind of a facility.
    Kind: "kind", "Jenis";
    /// Group of a facility: *jaringan* or *jejaring*.
    Group: "group", "Kelompok";
    /// Structures of a facility.
    Structure: "structure", "Struktur jejaring";
    /// Address of a facility.
    Address: "address", "Alamat";
    /// Village of a facility.
    Village: "village", "Desa";
    /// Duty of a facility to report.
    OwesReports: "owes_reports", "Wajib lapor";
    /// Number of the PKS.
    AgreementNumber: "agreement_number", "No. PKS";
    /// Last day of the PKS.
    AgreementUntil: "agreement_until", "PKS s.d.";
    /// Mark of help by the district office.
    Facilitated: "facilitated", "Difasilitasi dinas";
    /// Number of the licence.
    LicenceNumber: "licence_number", "No. izin";
    /// Last day of the licence.
    LicenceUntil: "licence_until", "Izin s.d.";
    /// Place of a facility on the map.
    Coordinates: "coordinates", "Koordinat";
    /// First month in which a facility is active.
    ActiveFrom: "active_from", "Aktif sejak";
    /// Last month in which a facility is active.
    ActiveUntil: "active_until", "Aktif s.d.";
    /// Code of an indicator.
    Code: "code", "Kode";
    /// Name of a service indicator, or the one that was counted.
    Indicator: "indicator", "Indikator";
    /// Target of an indicator, percent.
    Target: "target", "Target (%)";
    /// Weight of an indicator.
    Weight: "weight", "Bobot";
    /// Direction of an indicator.
    Direction: "direction", "Arah";
    /// Aggregation of an indicator.
    Aggregation: "aggregation", "Agregasi";
    /// Kinds of facility to which an indicator applies.
    AppliesTo: "applies_to", "Berlaku untuk";
    /// Sort of a lokmin.
    Sort: "sort", "Jenis lokmin";
    /// Instrument of a filled checklist.
    Instrument: "instrument", "Daftar tilik";
    /// Code of an item of a checklist.
    ItemCode: "item_code", "Kode item";
    /// Words of an item of a checklist.
    ItemText: "item_text", "Item";
    /// Ready set that an indicator of the Puskesmas came with.
    IndicatorSet: "indicator_set", "Set indikator";
    /// Paper that a definition follows.
    Basis: "basis", "Dasar hukum";
    /// Mark of an indicator that counts from a year on, or no more.
    InForce: "in_force", "Dipakai";
    /// Figure in its unit where the counts are not known.
    Figure: "figure", "Angka jadi";
    /// Answer to an item of a checklist.
    Answer: "answer", "Jawaban";
    /// Number of the letter by which a change was approved.
    LetterNumber: "letter_number", "Nomor surat";
    /// Unit in which something is counted.
    Measure: "measure", "Satuan";
    /// Count that is aimed at.
    PlannedCount: "planned_count", "Target sasaran";
    /// Steps of a figure and their scores.
    Ring: "ring", "Nilai ring";
    /// Score 0, 4, 7 or 10 of management.
    Score: "score", "Nilai (0, 4, 7, 10)";
    /// Share that was reached, not capped.
    Coverage: "coverage", "% cakupan riil";
    /// Performance in percent, or the mean of scores.
    Performance: "performance", "% kinerja";
    /// Evaluation of what was done.
    Evaluation: "evaluation", "Evaluasi";
    /// Plan of a year: RUK or RPK.
    PlanDocument: "plan_document", "Dokumen";
    /// *Upaya* or program that an activity belongs to.
    Program: "program", "Program";
    /// Activity that a plan proposes.
    Activity: "activity", "Kegiatan";
    /// Purpose of an activity.
    Purpose: "purpose", "Tujuan";
    /// People or places that an activity is for.
    TargetGroup: "target_group", "Sasaran";
    /// Amount of an activity, as somebody wrote it.
    Volume: "volume", "Volume";
    /// Cost in whole rupiah.
    Cost: "cost", "Biaya (Rp)";
    /// Source of the money.
    FundSource: "fund_source", "Sumber dana";
    /// Months of an activity, as somebody wrote them.
    PlannedTime: "planned_time", "Waktu pelaksanaan";
    /// Item of the five-year plan that an activity serves.
    FiveYearItem: "five_year_item", "Butir rencana lima tahunan";
    /// Verdict of the district's team on a proposed activity.
    Verdict: "verdict", "Telaah TPCB";
    /// Person or office that approved a change.
    Approver: "approver", "Disetujui oleh";
}

impl Field {
    /// The field of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.code() == code)
    }
}
