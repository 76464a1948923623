//! Sheets of INM, SPM, PIS-PK and IKP in the layouts that occur, made here from counts that are known: each is read as the
//! same counts by indicator and month, a wrong figure of the sheet is named by its cell, and nothing missing becomes zero.

use std::collections::BTreeMap;

use proptest::prelude::*;
use simpul::domain::exact::Exact;
use simpul::domain::format::MONTHS_SHORT;

use super::{Brought, Page, import, page};
use crate::import::facts;

/// The six of INM, as sheets write them.
const INM: [(&str, &str); 6] = [
    ("INM-1", "Kepatuhan Kebersihan Tangan"),
    ("INM-2", "Kepatuhan Penggunaan APD"),
    ("INM-3", "Kepatuhan Identifikasi Pasien"),
    ("INM-4", "Keberhasilan Pengobatan Pasien TB Semua Kasus Sensitif Obat (SO)"),
    ("INM-5", "Ibu Hamil yang Mendapatkan Pelayanan ANC Sesuai Standar"),
    ("INM-6", "Kepuasan Pasien"),
];
const KINDS: [(&str, &str); 5] =
    [("IKP-KPC", "KPC"), ("IKP-KNC", "KNC"), ("IKP-KTC", "KTC"), ("IKP-KTD", "KTD"), ("IKP-SENTINEL", "Sentinel")];

/// Counts of an indicator and a month: numerator and denominator.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Counts {
    numerator: u32,
    denominator: u32,
}

/// Counts by indicator, then by month; `None`: nobody reported.
type World = Vec<[Option<Counts>; 12]>;

/// Way in which a year of INM is written.
#[derive(Clone, Copy, Debug)]
enum Layout {
    /// Months across, each merged over numerator, denominator and percentage.
    MonthGroups,
    /// The same without merged cells.
    LooseGroups,
    /// Months across; below each indicator a row for each count, the indicator merged beside them.
    Triples,
    /// The same, the indicator in a row of its own.
    Below,
    /// Months down, indicators across.
    MonthsDown,
    /// A sheet for each indicator, months down.
    SheetEach,
    /// A sheet for each month.
    SheetMonth,
}

const LAYOUTS: [Layout; 7] = [
    Layout::MonthGroups,
    Layout::LooseGroups,
    Layout::Triples,
    Layout::Below,
    Layout::MonthsDown,
    Layout::SheetEach,
    Layout::SheetMonth,
];

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn titles(more: &str) -> Vec<Vec<String>> {
    vec![texts(&["UPT PUSKESMAS ABCDE"]), texts(&["CAPAIAN INDIKATOR NASIONAL MUTU (INM)"]), texts(&[more])]
}

fn signed() -> Vec<Vec<String>> {
    vec![Vec::new(), texts(&["", "Mengetahui,"]), texts(&["", "Kepala UPT Puskesmas Abcde"])]
}

/// Numerator, denominator and percentage as cells.
fn triple(counts: Option<Counts>, place: usize) -> [String; 3] {
    let Some(Counts { numerator, denominator }) = counts else {
        return [String::new(), String::new(), "#DIV/0!".to_owned()];
    };
    let factor = if place == 5 { 25.0 } else { 100.0 };
    let percent = f64::from(numerator) / f64::from(denominator) * factor;
    [format!("={numerator}"), format!("={denominator}"), format!("={percent}")]
}

/// A sheet in the making: rows and merged areas.
#[derive(Default)]
struct Drawn {
    name: String,
    rows: Vec<Vec<String>>,
    merges: Vec<[u32; 4]>,
}

impl Drawn {
    fn page(&self) -> Page<'_> {
        Page { rows: self.rows.clone(), ..page(&self.name, &[]) }.merged(&self.merges)
    }

    fn row(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap()
    }
}

const THREE: [&str; 3] = ["Numerator", "Denumerator", "%"];

fn month_groups(world: &World, is_merged: bool) -> Drawn {
    let mut drawn = Drawn { name: "INM".to_owned(), rows: titles("TAHUN 2025"), ..Drawn::default() };
    let at = drawn.row();
    let mut top = texts(&["No", "Indikator", "Target (%)"]);
    let mut below = texts(&["", "", ""]);
    for (place, month) in (0_u32..).zip(MONTHS_SHORT) {
        top.extend(texts(&[month, "", ""]));
        below.extend(texts(&THREE));
        if is_merged {
            drawn.merges.push([at, 3 + place * 3, at, 5 + place * 3]);
        }
    }
    top.push("Keterangan".to_owned());
    drawn.rows.extend([top, below]);
    for (place, months) in world.iter().enumerate() {
        let mut row = vec![(place + 1).to_string(), INM[place].1.to_owned(), "=85".to_owned()];
        row.extend(months.iter().flat_map(|counts| triple(*counts, place)));
        drawn.rows.push(row);
    }
    drawn.rows.extend(signed());
    drawn
}

fn triples(world: &World, is_below: bool) -> Drawn {
    let mut drawn = Drawn { name: "INM".to_owned(), rows: titles("TAHUN 2025"), ..Drawn::default() };
    let labels = if is_below { texts(&["No", "Indikator"]) } else { texts(&["No", "Indikator", "Uraian"]) };
    drawn.rows.push(labels.iter().cloned().chain(MONTHS_SHORT.map(str::to_owned)).collect());
    for (place, months) in world.iter().enumerate() {
        let number = (place + 1).to_string();
        if is_below {
            drawn.rows.push(vec![number.clone(), INM[place].1.to_owned()]);
        }
        let at = drawn.row();
        for (which, label) in THREE.into_iter().enumerate() {
            let mut row = if is_below {
                texts(&["", label])
            } else if which == 0 {
                vec![number.clone(), INM[place].1.to_owned(), label.to_owned()]
            } else {
                texts(&["", "", label])
            };
            row.extend(months.iter().map(|counts| triple(*counts, place)[which].clone()));
            drawn.rows.push(row);
        }
        if !is_below {
            drawn.merges.push([at, 1, at + 2, 1]);
        }
    }
    drawn.rows.extend(signed());
    drawn
}

fn months_down(world: &World) -> Drawn {
    let mut drawn = Drawn { name: "INM".to_owned(), rows: titles("TAHUN 2025"), ..Drawn::default() };
    let at = drawn.row();
    let mut top = texts(&["Bulan"]);
    let mut below = texts(&[""]);
    for (place, (_, name)) in (0_u32..).zip(&INM[..world.len()]) {
        top.extend(texts(&[name, "", ""]));
        below.extend(texts(&THREE));
        drawn.merges.push([at, 1 + place * 3, at, 3 + place * 3]);
    }
    drawn.rows.extend([top, below]);
    for (month, name) in MONTHS_SHORT.into_iter().enumerate() {
        let mut row = vec![name.to_owned()];
        row.extend(world.iter().enumerate().flat_map(|(place, months)| triple(months[month], place)));
        drawn.rows.push(row);
    }
    drawn.rows.push(texts(&["JUMLAH", "=1", "=2", "=3"]));
    drawn
}

fn sheet_each(world: &World) -> Vec<Drawn> {
    let one = |(place, months): (usize, &[Option<Counts>; 12])| {
        let mut rows = titles("TAHUN 2025");
        rows.push(texts(&["Indikator :", INM[place].1]));
        rows.push(texts(&["No", "Bulan", "Numerator", "Denumerator", "Capaian", "Analisis"]));
        for (month, name) in MONTHS_SHORT.into_iter().enumerate() {
            let mut row = vec![format!("={}", month + 1), name.to_owned()];
            row.extend(triple(months[month], place));
            row.push("Baik".to_owned());
            rows.push(row);
        }
        Drawn { name: format!("Indikator {}", place + 1), rows, ..Drawn::default() }
    };
    world.iter().enumerate().map(one).collect()
}

fn sheet_month(world: &World) -> Vec<Drawn> {
    let one = |(month, name): (usize, &str)| {
        let mut rows = titles(&format!("BULAN : {} 2025", name.to_uppercase()));
        rows.push(texts(&["No", "Indikator", "Numerator", "Denumerator", "Hasil (%)", "Target (%)"]));
        for (place, months) in world.iter().enumerate() {
            let mut row = vec![format!("={}", place + 1), format!("{}. {}", place + 1, INM[place].1)];
            row.extend(triple(months[month], place));
            row.push("=85".to_owned());
            rows.push(row);
        }
        rows.extend(signed());
        Drawn { name: name.to_owned(), rows, ..Drawn::default() }
    };
    let is_told = |month: &(usize, &str)| world.iter().any(|months| months[month.0].is_some());
    MONTHS_SHORT.into_iter().enumerate().filter(is_told).map(one).collect()
}

fn draw(world: &World, layout: Layout) -> Vec<Drawn> {
    match layout {
        Layout::MonthGroups => vec![month_groups(world, true)],
        Layout::LooseGroups => vec![month_groups(world, false)],
        Layout::Triples => vec![triples(world, false)],
        Layout::Below => vec![triples(world, true)],
        Layout::MonthsDown => vec![months_down(world)],
        Layout::SheetEach => sheet_each(world),
        Layout::SheetMonth => sheet_month(world),
    }
}

fn brought(sheets: &[Drawn]) -> Brought {
    let pages: Vec<Page<'_>> = sheets.iter().map(Drawn::page).collect();
    import("rekap.xlsx", &pages)
}

/// Numerator, count since January, denominator and figure by code and month.
type Read = BTreeMap<(String, u32), [Option<String>; 4]>;

fn read(brought: &Brought) -> Read {
    let digits = |number: &Option<simpul::domain::exact::Decimal>| number.as_ref().map(|own| own.digits().to_owned());
    let rows = facts(&brought.store).written.own_achievements;
    rows.iter()
        .filter(|owned| owned.row.is_reported() || owned.row.denominator.is_some())
        .map(|owned| {
            let row = &owned.row;
            let key = (row.code.clone(), row.month.last_month().month());
            assert_eq!(row.month.year(), 2025);
            (key, [&row.numerator, &row.accumulated, &row.denominator, &row.figure].map(digits))
        })
        .collect()
}

fn expected(world: &World) -> Read {
    let mut read = Read::new();
    for (place, months) in world.iter().enumerate() {
        for (month, counts) in (1..).zip(months) {
            if let Some(Counts { numerator, denominator }) = counts {
                let pair = [Some(numerator.to_string()), None, Some(denominator.to_string()), None];
                read.insert((INM[place].0.to_owned(), month), pair);
            }
        }
    }
    read
}

fn doubts(brought: &Brought) -> Vec<&String> {
    brought.issues.iter().filter(|issue| !issue.ends_with("reading")).collect()
}

fn example() -> World {
    let months = |place: u32| {
        std::array::from_fn(|month| {
            let month = u32::try_from(month).unwrap();
            let numerator = (place * 7 + month * 3) % 20;
            (month + place != 4).then_some(Counts { numerator, denominator: 20 + place })
        })
    };
    (0..6).map(months).collect()
}

#[test]
fn every_layout_of_inm_is_read_as_it_was_meant() {
    let world = example();
    for layout in LAYOUTS {
        let brought = brought(&draw(&world, layout));
        assert_eq!(read(&brought), expected(&world), "{layout:?}: {:?}", brought.receipt.issues);
        assert!(doubts(&brought).is_empty(), "{layout:?}: {:?}", brought.receipt.issues);
        assert!(brought.facts.is_empty(), "{layout:?}: {:?}", brought.facts);
    }
}

#[test]
fn wrong_figures_and_wrong_cells_are_named() {
    let world = example();
    let mut sheet = month_groups(&world, true);
    // Row 6 holds the first indicator: January in D, E, F.
    sheet.rows[5][5] = "=12.5".to_owned();
    sheet.rows[6][3] = "banyak".to_owned();
    let brought = brought(&[sheet]);
    assert_eq!(
        doubts(&brought),
        ["INM!F6 total_differs", "INM!D7 invalid_number", "INM!F7 missing_value"],
        "{:?}",
        brought.receipt.issues
    );
    let told = brought.receipt.issues.iter().find(|issue| issue.cell == "F6").unwrap();
    assert!(told.message.contains("angka di lembar 12,5 %, hasil hitung ulang 0 %"), "{}", told.message);
    let read = read(&brought);
    assert_eq!(read[&("INM-2".to_owned(), 1)], [None, None, Some("21".to_owned()), None]);
    assert_eq!(read[&("INM-1".to_owned(), 1)][0].as_deref(), Some("0"));
}

#[test]
fn whoever_obeys_what_is_said_of_a_sheet_ends_with_its_truth() {
    let saying = |brought: &Brought, words: &str| {
        brought.receipt.issues.iter().filter(|issue| issue.message.contains(words)).count()
    };
    let world = example();
    let right = || month_groups(&world, true);
    // A name that nobody knows.
    let mut wrong = right();
    wrong.rows[5][1] = "Kebersihan ruangan".to_owned();
    let unknown = "betulkan namanya, atau tambahkan di Indikator Puskesmas";
    let told = brought(&[wrong]);
    assert_eq!((saying(&told, unknown), read(&told).len()), (1, expected(&world).len() - 11));
    let obeyed = brought(&[right()]);
    assert_eq!((saying(&obeyed, unknown), read(&obeyed)), (0, expected(&world)));
    // Percentages alone.
    let mut alone = sheet_month(&world).remove(0);
    for row in alone.rows.iter_mut().skip(3) {
        if row.len() > 3 {
            row.drain(2..4);
        }
    }
    let counts = "tambahkan kolom Numerator dan Denumerator (jumlah) di samping persennya";
    let told = brought(&[alone]);
    assert_eq!((saying(&told, counts), read(&told).len()), (1, 0), "{:?}", told.receipt.issues);
    assert_eq!(saying(&brought(&sheet_month(&world)), counts), 0);
    // A percentage whose numerator is blank, and a denominator that is.
    let mut half = right();
    half.rows[5][3] = String::new();
    half.rows[5][7] = String::new();
    half.rows[5][8] = "=10".to_owned();
    half.rows[5][6] = "=3".to_owned();
    half.rows[5][5] = "=40".to_owned();
    let half = brought(&[half]);
    assert_eq!(saying(&half, "isi pembilangnya"), 1, "{:?}", half.receipt.issues);
    assert_eq!(saying(&half, "isi penyebutnya"), 1, "{:?}", half.receipt.issues);
    // The same month twice.
    let mut twice = right();
    twice.rows[3][6] = "Jan".to_owned();
    twice.merges.retain(|area| area[1] != 6);
    let twice = brought(&[twice]);
    let same_month = "angka bulan yang sama sudah ada di sel lain";
    assert!(saying(&twice, same_month) > 0, "{:?}", twice.receipt.issues);
    assert_eq!(saying(&obeyed, same_month), 0);
}

fn service_sheet(title: &str) -> Drawn {
    let mut rows = vec![texts(&["UPT PUSKESMAS ABCDE"]), texts(&["STANDAR PELAYANAN MINIMAL BIDANG KESEHATAN"])];
    rows.push(texts(&[title]));
    rows.push(texts(&["No", "Jenis Pelayanan", "Sasaran", "Target", "Realisasi", "%"]));
    rows.push(texts(&["1", "Pelayanan Kesehatan Ibu Hamil", "=400", "=100", "=120", "=30"]));
    rows.push(texts(&["2", "Pelayanan kesehatan pada usia lanjut", "1.200", "=100", "=0", "=0"]));
    rows.push(texts(&["3", "Pelayanan Kesehatan Orang Terduga TB", "=90", "=100", "-", ""]));
    rows.push(texts(&["4", "Pelayanan Kesehatan Penderita DM", "=55", "=100", "=11", "=20"]));
    rows.push(texts(&["", "Jumlah", "=1745", "", "=131", ""]));
    Drawn { name: "SPM".to_owned(), rows, ..Drawn::default() }
}

#[test]
fn services_of_spm_count_since_january_where_the_title_says_so() {
    let counts = |brought: &Brought, code: &str, month: u32| read(brought).get(&(code.to_owned(), month)).cloned();
    let some = |text: &str| Some(text.to_owned());
    let year = brought(&[service_sheet("TAHUN 2025")]);
    assert_eq!(
        counts(&year, "SPM-BUMIL", 12),
        Some([None, some("120"), some("400"), None]),
        "{:?}",
        year.receipt.issues
    );
    assert_eq!(counts(&year, "SPM-LANSIA", 12), Some([None, some("0"), some("1200"), None]));
    assert_eq!(counts(&year, "SPM-TB", 12), Some([None, None, some("90"), None]));
    assert_eq!(counts(&year, "SPM-DM", 12), Some([None, some("11"), some("55"), None]));
    let so_far = brought(&[service_sheet("S/D JUNI 2025")]);
    assert_eq!(
        counts(&so_far, "SPM-BUMIL", 6),
        Some([None, some("120"), some("400"), None]),
        "{:?}",
        so_far.receipt.issues
    );
    let month = brought(&[service_sheet("BULAN : JUNI 2025")]);
    assert_eq!(counts(&month, "SPM-BUMIL", 6), Some([some("120"), None, some("400"), None]));
    let month_alone = "bila hitungan sejak Januari, tulis S/D Juni di judulnya";
    let told =
        |brought: &Brought, words: &str| brought.receipt.issues.iter().any(|issue| issue.message.contains(words));
    assert!(told(&month, month_alone) && !told(&so_far, month_alone));
    let quarter = brought(&[service_sheet("TRIWULAN II TAHUN 2025")]);
    assert!(told(&quarter, "tulis S/D di depan bulan terakhirnya di judul"), "{:?}", quarter.receipt.issues);
    assert!(read(&quarter).is_empty());
    let obeyed = brought(&[service_sheet("TRIWULAN II S/D JUNI 2025")]);
    assert!(!told(&obeyed, "tulis S/D di depan bulan terakhirnya di judul"), "{:?}", obeyed.receipt.issues);
    assert_eq!(counts(&obeyed, "SPM-BUMIL", 6), Some([None, some("120"), some("400"), None]));
}

#[test]
fn services_of_spm_by_month_share_the_population_of_the_year() {
    let mut rows = vec![texts(&["UPT PUSKESMAS ABCDE"]), texts(&["CAPAIAN SPM TAHUN 2025"])];
    let months = MONTHS_SHORT.map(str::to_owned);
    let heading = texts(&["No", "Jenis Layanan", "Sasaran"]).into_iter().chain(months);
    rows.push(heading.chain(texts(&["Jumlah", "%"])).collect());
    rows.push(texts(&[
        "1",
        "Ibu hamil",
        "=400",
        "=10",
        "=0",
        "",
        "=5",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "=15",
        "=3.75",
    ]));
    rows.push(texts(&["2", "Ibu bersalin", "=390", "", "=7", "", "", "", "", "", "", "", "", "", "", "=7", "=1.79"]));
    rows.push(texts(&["3", "Hipertensi", "=900", "=1", "", "", "", "", "", "", "", "", "", "", "", "=1", ""]));
    let found = brought(&[Drawn { name: "SPM".to_owned(), rows, ..Drawn::default() }]);
    let numerators: Vec<(String, u32, Option<String>, Option<String>)> =
        read(&found).into_iter().map(|((code, month), [own, _, all, _])| (code, month, own, all)).collect();
    let row =
        |code: &str, month, own: &str, all: &str| (code.to_owned(), month, Some(own.to_owned()), Some(all.to_owned()));
    assert_eq!(
        numerators,
        [
            row("SPM-BULIN", 2, "7", "390"),
            row("SPM-BUMIL", 1, "10", "400"),
            row("SPM-BUMIL", 2, "0", "400"),
            row("SPM-BUMIL", 4, "5", "400"),
            row("SPM-HT", 1, "1", "900"),
        ],
        "{:?}",
        found.receipt.issues
    );
}

#[test]
fn incidents_are_counted_by_kind_and_month_either_way() {
    let counts: BTreeMap<(usize, usize), u32> = [((0, 0), 2), ((1, 0), 0), ((3, 4), 1), ((4, 11), 0)].into();
    let cell =
        |kind: usize, month: usize| counts.get(&(kind, month)).map_or(String::new(), |count| format!("={count}"));
    let top = vec![texts(&["UPT PUSKESMAS ABCDE"]), texts(&["LAPORAN INSIDEN KESELAMATAN PASIEN TAHUN 2025"])];
    let mut down = top.clone();
    down.push(
        texts(&["No", "Jenis Insiden"])
            .into_iter()
            .chain(MONTHS_SHORT.map(str::to_owned))
            .chain(texts(&["Total"]))
            .collect(),
    );
    for (kind, (_, name)) in KINDS.into_iter().enumerate() {
        let row = vec![(kind + 1).to_string(), name.to_owned()];
        down.push(row.into_iter().chain((0..12).map(|month| cell(kind, month))).chain(texts(&["=9"])).collect());
    }
    let mut across = top;
    across.push(
        texts(&["Bulan"]).into_iter().chain(KINDS.map(|(_, name)| name.to_owned())).chain(texts(&["Jumlah"])).collect(),
    );
    for (month, name) in MONTHS_SHORT.into_iter().enumerate() {
        across.push(
            [name.to_owned()].into_iter().chain((0..5).map(|kind| cell(kind, month))).chain(texts(&["=9"])).collect(),
        );
    }
    let truth: Read = counts
        .iter()
        .map(|((kind, month), count)| {
            let key = (KINDS[*kind].0.to_owned(), u32::try_from(*month).unwrap() + 1);
            (key, [Some(count.to_string()), None, None, None])
        })
        .collect();
    for rows in [down, across] {
        let found = brought(&[Drawn { name: "IKP".to_owned(), rows, ..Drawn::default() }]);
        assert_eq!(read(&found), truth, "{:?}", found.receipt.issues);
        assert!(doubts(&found).is_empty(), "{:?}", found.receipt.issues);
    }
}

#[test]
fn families_are_counted_by_indicator_and_the_index_stands_alone() {
    let mut rows = vec![texts(&["UPT PUSKESMAS ABCDE"]), texts(&["REKAPITULASI PIS-PK BULAN JUNI 2025"])];
    rows.push(texts(&["No", "Indikator", "Keluarga bernilai 1", "Jumlah keluarga", "Cakupan (%)"]));
    rows.push(texts(&["1", "Keluarga mengikuti program Keluarga Berencana (KB)", "=310", "=420", "=73.81"]));
    rows.push(texts(&["2", "Ibu melakukan persalinan di fasilitas kesehatan", "=48", "=50", "=96"]));
    rows.push(texts(&["3", "Bayi mendapat imunisasi dasar lengkap", "=0", "=0", "#DIV/0!"]));
    rows.push(texts(&["", "Indeks Keluarga Sehat (IKS)", "=502", "=618", "=0.812"]));
    let found = brought(&[Drawn { name: "IKS".to_owned(), rows, ..Drawn::default() }]);
    let read = read(&found);
    let pair = |code: &str| {
        let row = &read[&(code.to_owned(), 6)];
        (row[0].clone().unwrap(), row[2].clone().unwrap())
    };
    assert_eq!(pair("PISPK-KB"), ("310".to_owned(), "420".to_owned()), "{:?}", found.receipt.issues);
    assert_eq!(pair("PISPK-IMUNISASI"), ("0".to_owned(), "0".to_owned()));
    assert_eq!(pair("IKS"), ("502".to_owned(), "618".to_owned()));
    assert!(doubts(&found).is_empty(), "{:?}", found.receipt.issues);
    let mut alone = vec![texts(&["UPT PUSKESMAS ABCDE"]), texts(&["INDEKS KELUARGA SEHAT BULAN JUNI 2025"])];
    alone.push(texts(&["No", "Indikator", "Keluarga bernilai 1", "Jumlah keluarga", "IKS"]));
    alone.push(texts(&["1", "Persalinan di faskes", "=48", "=50", ""]));
    alone.push(texts(&["2", "IKS Puskesmas", "", "", "=0.812"]));
    let found = brought(&[Drawn { name: "Rekap".to_owned(), rows: alone, ..Drawn::default() }]);
    assert_eq!(self::read(&found)[&("IKS".to_owned(), 6)][3].as_deref(), Some("0.812"), "{:?}", found.receipt.issues);
}

#[test]
fn a_list_by_facility_stays_one_of_facilities() {
    let rows: &[&[&str]] = &[
        &["UPT PUSKESMAS ABCDE"],
        &["CAPAIAN SPM BULAN MEI 2025"],
        &["No", "Nama Faskes", "K6", ""],
        &["", "", "Sasaran", "Capaian"],
        &["=1", "Apotek Alvi", "=20", "=10"],
    ];
    let found = super::sheet(rows);
    assert_eq!(found.facts.len(), 1, "{:?}", found.receipt.issues);
    assert!(read(&found).is_empty());
}

fn worlds() -> impl Strategy<Value = World> {
    let counts = prop_oneof![
        1 => Just(None),
        4 => (0_u32..200, 1_u32..200).prop_map(|(numerator, denominator)| {
            Some(Counts { numerator: numerator % (denominator + 1), denominator })
        }),
    ];
    let months = prop::collection::vec(counts, 12).prop_map(|months| <[Option<Counts>; 12]>::try_from(months).unwrap());
    prop::collection::vec(months, 3..=6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_year_in_any_layout_is_the_same_year(world in worlds(), layout in 0..LAYOUTS.len()) {
        let truth = expected(&world);
        prop_assume!(!truth.is_empty());
        let found = brought(&draw(&world, LAYOUTS[layout]));
        prop_assert_eq!(read(&found), truth, "{:?}", found.receipt.issues);
        // Sums of what was read are those of the world, exactly.
        let sum: u32 = world.iter().flatten().flatten().map(|counts| counts.numerator).sum();
        let numerators = facts(&found.store).written.own_achievements;
        let read = numerators.iter().filter_map(|owned| owned.row.numerator.as_ref());
        let total = read.fold(Exact::zero(), |total, own| total.plus(&own.exact()));
        prop_assert_eq!(total, Exact::from(i64::from(sum)));
    }
}
