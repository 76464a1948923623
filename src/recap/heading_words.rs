//! The columns that headings name, lists of words, and the key under which a heading is looked up: case, spacing, dots and
//! other marks do not count (`B u l a n` = `bulan`, `Skor Maks.` = `skormaks`); `%` does. Knows no table.

use std::collections::BTreeSet;

/// Declares the columns with the names that pages and `judul.txt` have for them.
macro_rules! column_meanings {
    ($($(#[$doc:meta])* $name:ident => $label:literal,)*) => {
        /// Columns with a meaning, over all tables.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum ColumnMeaning {
            $($(#[$doc])* $name,)*
        }

        impl ColumnMeaning {
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Returns its name on the page.
            pub(in crate::recap) fn label(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)*
                }
            }
        }
    };
}

column_meanings! {
    No => "Nomor urut",
    Name => "Nama jaringan/jejaring",
    Date => "Tanggal pembinaan",
    Form => "Bentuk kegiatan",
    Person => "Petugas / penanggung jawab",
    Points => "Skor daftar tilik",
    Maximum => "Skor maksimal",
    AttendanceList => "Daftar hadir (bukti)",
    Minutes => "Notulen",
    Photos => "Foto",
    /// All pieces of evidence in one cell.
    Evidence => "Bukti (daftar hadir, notulen, foto) dalam satu kolom",
    /// The day for which a visit was planned.
    PlannedDay => "Tanggal rencana",
    Aspect => "Aspek",
    Finding => "Temuan",
    Item => "Rencana tindak lanjut",
    Due => "Target selesai",
    Done => "Tanggal selesai",
    Status => "Status (sudah atau belum)",
    Invited => "Diundang",
    Attended => "Hadir",
    Sort => "Jenis lokmin",
    ReportMonth => "Bulan laporan",
    Year => "Tahun",
    ReceivedOn => "Tanggal diterima",
    Complete => "Lengkap (diterima)",
    InTime => "Tepat waktu",
    Late => "Terlambat",
    Planned => "Jadwal semula",
    Moved => "Jadwal baru",
    Reason => "Keterangan (alasan)",
    LetterNumber => "Nomor surat",
    Approver => "Disetujui oleh",
    Kind => "Jenis faskes",
    Group => "Kelompok (jaringan atau jejaring)",
    Structure => "Struktur jejaring",
    Address => "Alamat",
    Village => "Desa",
    OwesReports => "Wajib lapor",
    AgreementNumber => "Nomor PKS",
    AgreementUntil => "PKS s.d.",
    LicenceNumber => "Nomor izin",
    LicenceUntil => "Izin s.d.",
    ActiveFrom => "Aktif sejak",
    ActiveUntil => "Aktif s.d.",
    /// Latitude and longitude in one cell.
    Coordinates => "Koordinat (lintang dan bujur)",
    Latitude => "Lintang",
    Longitude => "Bujur",
    Code => "Kode",
    IndicatorName => "Nama indikator",
    Target => "Target (%)",
    Weight => "Bobot",
    Direction => "Arah",
    Aggregation => "Agregasi",
    AppliesTo => "Berlaku untuk (jenis faskes)",
    Problem => "Masalah",
    Cause => "Penyebab",
    Agreed => "Tindak lanjut",
    Proof => "Bukti",
    Meeting => "Tanggal rapat",
    /// The facility that a decision is for.
    For => "Faskes yang dituju",
    Decision => "Keputusan",
    Puskesmas => "Puskesmas",
    Cluster => "Cluster",
    Fact => "Temuan: fakta",
    Conclusion => "Temuan: kesimpulan",
    ForPuskesmas => "Rekomendasi untuk Puskesmas",
    ForDistrict => "Rekomendasi untuk Dinas Kesehatan",
    /// Instrument of a filled checklist.
    Instrument => "Instrumen",
    ItemCode => "Kode item",
    ItemText => "Kalimat item",
    Answer => "Jawaban",
    ItemPoints => "Nilai item",
    ItemMaximum => "Nilai item maksimal",
    Sent => "Tanggal dikirim",
    Answered => "Tanggal ditanggapi",
    ItemNumber => "Nomor butir",
    Step => "Langkah",
    StepDay => "Tanggal langkah",
    Side => "Pihak",
    Parameter => "Parameter",
    MeetingKind => "Jenis rapat",
    /// Path of a row of PKP.
    PkpCode => "Kode PKP",
    PkpName => "Uraian PKP",
    PkpTarget => "Target PKP",
    Measure => "Satuan",
    Population => "Total sasaran",
    PlannedCount => "Target sasaran",
    Reached => "Pencapaian",
    Ring => "Nilai ring",
    Score => "Nilai (0, 4, 7, 10)",
    Coverage => "% cakupan riil",
    Performance => "% kinerja",
    PkpCause => "Analisa akar penyebab",
    PkpPlan => "RTL PKP",
    PkpFollowUp => "Tindak lanjut PKP",
    Evaluation => "Evaluasi PKP",
    /// Code of an indicator of the Puskesmas itself.
    OwnCode => "Kode indikator Puskesmas",
    OwnName => "Nama indikator Puskesmas",
    OwnTarget => "Target indikator Puskesmas",
    IndicatorSet => "Set indikator",
    Basis => "Dasar hukum",
    InForce => "Dipakai",
    SinceJanuary => "Pembilang sejak Januari",
    ReadyFigure => "Angka jadi",
    SheetFigure => "Angka di lembar",
    /// Step in the life of an agreement.
    AgreementStage => "Langkah PKS",
    Facilitated => "Difasilitasi dinas",
    /// Step of managing the network.
    NetworkStage => "Langkah pengelolaan jejaring",
    IntegrationAspect => "Aspek integrasi",
    PlanDocument => "Dokumen RUK atau RPK",
    PlanYear => "Tahun rencana",
    Program => "Program usulan",
    Activity => "Kegiatan usulan",
    Purpose => "Tujuan kegiatan",
    TargetGroup => "Sasaran kegiatan",
    TargetCount => "Target sasaran kegiatan",
    Volume => "Volume",
    Cost => "Biaya (Rp)",
    FundSource => "Sumber dana",
    PlannedTime => "Waktu pelaksanaan",
    FiveYearItem => "Butir rencana lima tahunan",
    Verdict => "Telaah TPCB",
    PkpVerdict => "Hasil verifikasi PKP",
    /// Performance at the time of a verification.
    VerifiedFigure => "Kinerja saat diverifikasi",
}

impl ColumnMeaning {
    /// Columns by which a row is known, where a table has several of them the first.
    pub(super) const KEYS: [Self; 14] = [
        Self::Name,
        Self::Code,
        Self::IndicatorName,
        Self::Puskesmas,
        Self::Decision,
        Self::Fact,
        Self::Item,
        Self::Step,
        Self::Parameter,
        Self::ForDistrict,
        Self::PkpCode,
        Self::OwnCode,
        Self::Activity,
        Self::PkpVerdict,
    ];

    /// The column of a name.
    pub(super) fn from_label(label: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.label() == label)
    }
}

/// Words by which a heading is known; each is a key.
#[derive(Debug, Default)]
pub(super) struct WordList {
    /// Best known word, which stands for the rest.
    pub(super) first: String,
    words: BTreeSet<String>,
}

impl WordList {
    /// The list of these keys.
    pub(super) fn new(words: Vec<String>) -> Self {
        Self { first: words.first().cloned().unwrap_or_default(), words: words.into_iter().collect() }
    }

    /// Reports whether a key is one of the words.
    pub(super) fn has(&self, key: &str) -> bool {
        self.words.contains(key)
    }

    /// Reports whether one of `keys` is one of the words.
    pub(super) fn has_one(&self, keys: &[String]) -> bool {
        keys.iter().any(|key| self.has(key))
    }

    /// The words in the order of the alphabet.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

/// The key of a heading.
pub(super) fn key(text: &str) -> String {
    key_characters(text).collect()
}

/// The characters of a heading that count, in lower case.
fn key_characters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric() || *c == '%').flat_map(char::to_lowercase)
}
