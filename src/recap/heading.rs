//! The words of headings: which column a heading names in which table. Case, spacing, dots and other marks
//! do not count (`B u l a n` = `bulan`, `Skor Maks.` = `skormaks`); `%` does.

use std::sync::LazyLock;

use super::heading_activity::{ACTIVITY, DATE_OF_VISIT};
use super::heading_register::{CODE, INDICATOR_NAME, KIND_NAMES, REGISTERS};
use super::heading_written::{MARKS, WRITTEN};
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

pub(super) const NO: (ColumnMeaning, &[&str]) = (ColumnMeaning::No, &["no", "nomor", "nourut", "nomorurut"]);
impl Spec {
    /// Reports whether its rows are about facilities or indicators.
    pub(super) fn has_names(&self) -> bool {
        self.required
            .iter()
            .any(|column| matches!(column, ColumnMeaning::Name | ColumnMeaning::Code | ColumnMeaning::IndicatorName))
    }
}

const NAME_WORDS: &[&str] = &[
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

/// Every table with one column for each field.
pub(super) fn specs() -> impl Iterator<Item = &'static Spec> {
    REGISTERS.iter().chain(&ACTIVITY).chain(&WRITTEN)
}

/// The headings of a table; none of one that has months or indicators across only.
pub(super) fn spec_of(table: Table) -> Option<&'static Spec> {
    specs().find(|spec| spec.table == table)
}

/// Columns of the tables with months or indicators across, beside those.
pub(super) const ACROSS_WORDS: &[(ColumnMeaning, &[&str])] = &[NO, NAME, PERSON_IN_CHARGE];

/// Reports whether a text heads the column of numbers.
pub(super) fn is_number_heading(text: &str) -> bool {
    NO.1.contains(&key(text).as_str())
}

/// Headings of the names where each row is of a village.
pub(super) const VILLAGE: (ColumnMeaning, &[&str]) = (
    ColumnMeaning::Village,
    &[
        "desa",
        "desakelurahan",
        "kelurahan",
        "desakel",
        "kelurahandesa",
        "namadesa",
        "namadesakelurahan",
        "namakelurahan",
        "wilayah",
        "desafaskes",
        "faskesdesa",
        "desawilayah",
        "wilayahdesa",
        "desabinaan",
        "desawilayahkerja",
        "wilayahkerja",
        "wilayahkerjadesa",
    ],
);

/// Headings of the indicators where each row is of one.
pub(super) const INDICATOR: (ColumnMeaning, &[&str]) = (
    ColumnMeaning::IndicatorName,
    &[
        "indikator",
        "namaindikator",
        "programindikator",
        "indikatorprogram",
        "indikatorlayanan",
        "kegiatan",
        "jenislayanan",
        "layanan",
        "variabel",
        "faskesindikator",
        "namafaskesindikator",
        "jejaringindikator",
    ],
);

/// Reports whether a text heads a column of indicators.
pub(super) fn is_indicator_heading(text: &str) -> bool {
    INDICATOR.1.contains(&key(text).as_str())
}

/// Reports whether a text heads a column of villages.
pub(super) fn is_village_heading(text: &str) -> bool {
    VILLAGE.1.contains(&key(text).as_str())
}

/// Reports whether a text heads a column of months.
pub(super) fn is_month_heading(text: &str) -> bool {
    let key = key(text);
    let of_reports = specs().filter(|spec| spec.table == Table::MonthlyReports).flat_map(|spec| spec.words);
    let mut words =
        of_reports.filter(|(column, _)| *column == ColumnMeaning::ReportMonth).flat_map(|(_, words)| *words);
    MONTH_WORDS.contains(&key.as_str()) || words.any(|word| *word == key)
}

/// Reports whether a text heads the column of dates of visits.
pub(super) fn is_date_heading(text: &str) -> bool {
    DATE_OF_VISIT.1.contains(&key(text).as_str())
}

/// The key of a heading.
pub(super) fn key(text: &str) -> String {
    key_characters(text).collect()
}

fn key_characters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric() || *c == '%').flat_map(char::to_lowercase)
}

/// Longest text that can be a heading of one column, bytes: longer than the longest known word, written out.
const HEADING_BYTES: usize = 60;

/// Every known word, ordered: each cell of a sheet is looked up here.
static ANCHORS: LazyLock<Vec<(&str, HeadingAnchor)>> = LazyLock::new(|| {
    let begins = NAME_WORDS
        .iter()
        .chain(KIND_NAMES.1)
        .chain(CODE.1)
        .chain(INDICATOR_NAME.1)
        .map(|word| (*word, HeadingAnchor::Begins));
    let marks = MARKS.iter().map(|word| (*word, HeadingAnchor::Marks));
    // Remarks stand in every table: they speak for no heading.
    let telling = specs().flat_map(|spec| spec.words).filter(|(column, _)| *column != ColumnMeaning::Reason);
    let belongs = telling.flat_map(|(_, words)| *words);
    let belongs = belongs.chain(VILLAGE.1).map(|word| (*word, HeadingAnchor::Belongs));
    let mut anchors: Vec<(&str, HeadingAnchor)> = begins.chain(marks).chain(belongs).collect();
    // Of one word that does several, the first: what begins a heading.
    anchors.sort_by_key(|(word, anchor)| (*word, *anchor));
    anchors.dedup_by_key(|(word, _)| *word);
    anchors
});

/// How much a text speaks for a heading row: it may begin one, or it belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HeadingAnchor {
    /// The name or code column.
    Begins,
    /// A column that only a table without names has.
    Marks,
    /// Another known heading.
    Belongs,
}

/// By the first and the last byte of a key ([`ends`]), a bit for each length (bytes) that known words between those have:
/// what nearly all cells of a sheet fail at.
static LENGTHS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut lengths = vec![0; 1 << 12];
    for (word, _) in ANCHORS.iter() {
        if let Some(ends) = ends(word.as_bytes()) {
            lengths[ends] |= 1 << word.len().min(63);
        }
    }
    lengths
});

/// The first and the last byte of a key, six bits of each.
fn ends(key: &[u8]) -> Option<usize> {
    Some(usize::from(key.first()? & 63) << 6 | usize::from(key.last()? & 63))
}

/// What a text is in a heading row, if anything.
pub(super) fn anchor(text: &str) -> Option<HeadingAnchor> {
    if text.len() > HEADING_BYTES {
        return None;
    }
    let mut characters = [0; HEADING_BYTES];
    let owned;
    let key = if let Some(length) = ascii_key(text, &mut characters) {
        &characters[..length]
    } else {
        owned = key(text);
        owned.as_bytes()
    };
    if LENGTHS[ends(key)?] & (1 << key.len().min(63)) == 0 {
        return None;
    }
    let place = ANCHORS.binary_search_by(|(word, _)| word.as_bytes().cmp(key)).ok()?;
    Some(ANCHORS[place].1)
}

/// What a byte of an ASCII text is in its key; 0 where it is not in it.
const FOLDED: [u8; 128] = {
    let mut folded = [0; 128];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() || byte == b'%' {
            folded[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// Puts the key of a text that is all ASCII into `characters` and gives its length.
fn ascii_key(text: &str, characters: &mut [u8; HEADING_BYTES]) -> Option<usize> {
    let mut length = 0;
    for byte in text.bytes() {
        let folded = *FOLDED.get(usize::from(byte))?;
        // One behind the key is written over.
        *characters.get_mut(length)? = folded;
        length += usize::from(folded != 0);
    }
    Some(length)
}

/// Reports whether a text names the facility outright (`Nama …`): then it begins a heading even alone.
pub(super) fn is_strong_name(text: &str) -> bool {
    if text.len() > HEADING_BYTES {
        return false;
    }
    let key = key(text);
    let is_outright = key.len() > 4 && (key.starts_with("nama") || key.contains("jaringanjejaring"));
    is_outright && NAME_WORDS.contains(&key.as_str())
}

/// Reports whether a text before a colon names the one facility of a table: `Nama Jaringan/Jejaring`, `Nama Klinik`.
pub(super) fn is_name_label(text: &str) -> bool {
    const KINDS: [&str; 8] = ["klinik", "apotek", "apotik", "posyandu", "pustu", "bpm", "pmb", "sekolah"];
    if text.len() > HEADING_BYTES {
        return false;
    }
    let key = key(text);
    NAME_WORDS.contains(&key.as_str()) || key.strip_prefix("nama").is_some_and(|kind| KINDS.contains(&kind))
}

/// The column that one of `keys` (best first) names among `words`.
pub(super) fn column_of(keys: &[String], words: &[(ColumnMeaning, &[&str])]) -> Option<ColumnMeaning> {
    keys.iter().find_map(|key| words.iter().find(|(_, words)| words.contains(&key.as_str())).map(|(column, _)| *column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_without_case_spacing_and_dots() {
        assert_eq!(key("B u l a n"), "bulan");
        assert_eq!(key("Nama Jaringan / Jejaring"), "namajaringanjejaring");
        assert_eq!(key("Target (%)"), "target%");
        assert_eq!(anchor("NAMA  FASKES"), Some(HeadingAnchor::Begins));
        assert_eq!(anchor("Skor Maks."), Some(HeadingAnchor::Belongs));
        assert_eq!(anchor("Klinik Alvi"), None);
    }

    #[test]
    fn every_word_is_found_however_it_is_written() {
        for (word, found) in ANCHORS.iter() {
            assert_eq!(anchor(word), Some(*found), "{word}");
            assert_eq!(anchor(&format!(" {} ", word.to_uppercase())), Some(*found), "{word}");
            assert_eq!(anchor(&format!("–{word}…")), Some(*found), "{word}");
            assert_eq!(anchor(&format!("{word}x9")), None, "{word}");
        }
    }

    #[test]
    fn a_mark_is_a_word_of_a_table_without_names() {
        for mark in MARKS {
            let mut nameless = specs().filter(|spec| !spec.has_names());
            assert!(nameless.any(|spec| spec.words.iter().any(|(_, words)| words.contains(mark))), "{mark}");
        }
    }

    #[test]
    fn every_word_is_a_key() {
        for (_, words) in specs().flat_map(|spec| spec.words) {
            for word in *words {
                assert_eq!(*word, key(word));
            }
        }
    }

    #[test]
    fn no_word_names_two_columns_of_a_table() {
        for spec in specs() {
            let mut words: Vec<&str> = spec.words.iter().flat_map(|(_, words)| words.iter().copied()).collect();
            words.sort_unstable();
            let mut shared: Vec<&str> = words.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
            shared.dedup();
            let known: &[&str] = if spec.table == Table::Facilities { &["jaringanjejaring"] } else { &[] };
            assert_eq!(shared, known, "{:?}", spec.table);
        }
    }
}
