//! The columns that headings name, the words that several tables share, and the key under which a heading is looked up: case,
//! spacing, dots and other marks do not count (`B u l a n` = `bulan`, `Skor Maks.` = `skormaks`); `%` does.

use crate::domain::Table;

/// Columns with a meaning, over all tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ColumnMeaning {
    No,
    Name,
    Date,
    Form,
    Person,
    Points,
    Maximum,
    AttendanceList,
    Minutes,
    Photos,
    /// All pieces of evidence in one cell.
    Evidence,
    /// The day for which a visit was planned.
    PlannedDay,
    Aspect,
    Finding,
    Item,
    Due,
    Done,
    Status,
    Invited,
    Attended,
    Sort,
    ReportMonth,
    Year,
    ReceivedOn,
    Complete,
    InTime,
    Late,
    Planned,
    Moved,
    Reason,
    LetterNumber,
    Approver,
    Kind,
    Group,
    Structure,
    Address,
    Village,
    OwesReports,
    AgreementNumber,
    AgreementUntil,
    LicenceNumber,
    LicenceUntil,
    ActiveFrom,
    ActiveUntil,
    /// Latitude and longitude in one cell.
    Coordinates,
    Latitude,
    Longitude,
    Code,
    IndicatorName,
    Target,
    Weight,
    Direction,
    Aggregation,
    AppliesTo,
    Problem,
    Cause,
    Agreed,
    Proof,
    Meeting,
    /// The facility that a decision is for.
    For,
    Decision,
    Puskesmas,
    Cluster,
    Fact,
    Conclusion,
    ForPuskesmas,
    ForDistrict,
    Sent,
    Answered,
}

impl ColumnMeaning {
    /// Columns by which a row is known, where a table has several of them the first.
    pub(super) const KEYS: [Self; 7] =
        [Self::Name, Self::Code, Self::IndicatorName, Self::Puskesmas, Self::Decision, Self::Fact, Self::Item];
}

/// The headings of one table.
pub(super) struct Spec {
    pub(super) table: Table,
    /// All of these must be there …
    pub(super) required: &'static [ColumnMeaning],
    /// … and this many of these.
    pub(super) supporting: (usize, &'static [ColumnMeaning]),
    pub(super) words: &'static [(ColumnMeaning, &'static [&'static str])],
}

impl Spec {
    /// Reports whether its rows are about facilities or indicators.
    pub(super) fn has_names(&self) -> bool {
        self.required
            .iter()
            .any(|column| matches!(column, ColumnMeaning::Name | ColumnMeaning::Code | ColumnMeaning::IndicatorName))
    }
}

pub(super) const NO: (ColumnMeaning, &[&str]) = (ColumnMeaning::No, &["no", "nomor", "nourut", "nomorurut"]);

pub(super) const NAME_WORDS: &[&str] = &[
    "namajaringanjejaring",
    "namajejaringjaringan",
    "namajaringandanjejaring",
    "namajejaringdanjaringan",
    "namajaringanataujejaring",
    "namafaskes",
    "namafasilitas",
    "namafasilitaskesehatan",
    "namafasyankes",
    "namajejaring",
    "namajaringan",
    "namajaringanjejaringfaskes",
    "namaunit",
    "namatempat",
    "tempat",
    "tempatkegiatan",
    "unit",
    "sasaranpembinaan",
    "sasarankunjungan",
    "sasaransupervisi",
    "tempattujuan",
    "namainstansi",
    "instansi",
    "unitkerja",
    "namaunitkerja",
    "namasarana",
    "namasaranakesehatan",
    "namafaskesjejaring",
    "namalokasi",
    "lokasipembinaan",
    "lokasikegiatan",
    "lokasikunjungan",
    "lokasisupervisi",
    "tempatpembinaan",
    "tempatkunjungan",
    "tempatsupervisi",
    "saranakesehatan",
    "lokasi",
    "lokus",
    "namaklinik",
    "namaapotek",
    "namaapotik",
    "namaposyandu",
    "namaposbindu",
    "namapustu",
    "namapolindes",
    "namaponkesdes",
    "namaposkesdes",
    "namasekolah",
    "namalaboratorium",
    "faskessasaran",
    "faskesyangdibina",
    "jejaringyangdibina",
    "jejaringyangdiundang",
    "faskesyangdiundang",
    "jaringanjejaringyangdiundang",
    "namayangdiundang",
    "undanganjejaring",
    "namasaranapelayanan",
    "namafktp",
    "nama",
    "jaringanjejaring",
    "jejaringjaringan",
    "jaringandanjejaring",
    "jejaringdanjaringan",
    "faskes",
    "fasyankes",
    "fasilitaskesehatan",
    "jejaring",
    "jaringan",
];

pub(super) const NAME: (ColumnMeaning, &[&str]) = (ColumnMeaning::Name, NAME_WORDS);

pub(super) const PERSON_IN_CHARGE: (ColumnMeaning, &[&str]) = (
    ColumnMeaning::Person,
    &[
        "penanggungjawab",
        "pj",
        "namapenanggungjawab",
        "pic",
        "pimpinan",
        "namapimpinan",
        "namapimpinanpj",
        "pimpinanpenanggungjawab",
        "namapj",
        "namapenanggungjawabfaskes",
        "dokterpenanggungjawab",
        "apotekerpenanggungjawab",
        "bidanpenanggungjawab",
        "perawatpenanggungjawab",
        "penanggungjawabfaskes",
        "penanggungjawabklinik",
    ],
);

/// Headings of a column of months in tables with months as rows.
pub(super) const MONTH_WORDS: &[&str] = &["bulan", "bln", "namabulan", "bulanlokmin", "bulankegiatan", "periode"];

/// Headings of a day by which something is to be done.
pub(super) const DUE: (ColumnMeaning, &[&str]) = (
    ColumnMeaning::Due,
    &[
        "targetselesai",
        "bataswaktu",
        "targetwaktu",
        "targetpenyelesaian",
        "tenggat",
        "tenggatwaktu",
        "target",
        "tanggaltarget",
        "jatuhtempo",
        "deadline",
        "waktupenyelesaian",
        "tanggaltargetselesai",
        "tgltargetselesai",
        "targettanggal",
        "bataswaktupenyelesaian",
        "bataspenyelesaian",
        "bataswaktutindaklanjut",
        "bataswakturtl",
        "targetpenyelesaianrtl",
        "rencanaselesai",
    ],
);

/// The key of a heading.
pub(super) fn key(text: &str) -> String {
    key_characters(text).collect()
}

/// The characters of a heading that count, in lower case.
fn key_characters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric() || *c == '%').flat_map(char::to_lowercase)
}

/// The column that one of `keys` (best first) names among `words`.
pub(super) fn column_of(keys: &[String], words: &[(ColumnMeaning, &[&str])]) -> Option<ColumnMeaning> {
    keys.iter().find_map(|key| words.iter().find(|(_, words)| words.contains(&key.as_str())).map(|(column, _)| *column))
}
