//! Any rows of any table but Capaian (`layouts` has that one), however they are laid out, decorated, spelt and stored,
//! are read as the same records as from the plain sheet.

use proptest::prelude::*;
use simpul::domain::Date;
use simpul::domain::records::{CellRef, Rows};
use simpul::recap::{ReadingContext, read_table, recognise};
use simpul::workbook::{Area, Cell, CellValue, Row, Sheet, Visibility, Workbook};

use super::NAMES;
use crate::formats::{biff8, binary12, maker, read_here};

/// What a column holds. A row holds something beside its name: one above a repeated heading might else be a title.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    /// One of the facilities, in any usual spelling.
    Name,
    /// A text that tells its row apart.
    Item,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A day, or nothing where it is not needed.
    Day {
        is_needed: bool,
    },
    /// A month of 2023.
    Month,
    MonthBefore,
    /// A whole number up to this one.
    Number(u32),
    /// Yes, no or, where it is not needed, nothing.
    Mark {
        is_needed: bool,
    },
    /// The same of what plans a visit.
    Plan {
        is_needed: bool,
    },
}

/// A table: its title, its columns each with the headings by which it goes, and what makes rows differ.
struct Spec {
    code: &'static str,
    title: &'static str,
    columns: &'static [(&'static [&'static str], Sort)],
    /// Rows have the name of a facility: titles of groups and sums may stand between them.
    is_named: bool,
}

const NAME: (&[&str], Sort) = (&["Nama Jaringan/Jejaring", "NAMA FASKES", "Nama Jejaring"], Sort::Name);
const ANY: Sort = Sort::Day { is_needed: false };
const DAY: Sort = Sort::Day { is_needed: true };
const MARK: Sort = Sort::Mark { is_needed: false };
const SAID: Sort = Sort::Mark { is_needed: true };
const PLAN: Sort = Sort::Plan { is_needed: false };
const PERSON: Sort = Sort::Word(&["Ani Lestari", "Budi, S.Kep", ""]);

const SPECS: [Spec; 13] = [
    Spec {
        code: "facilities",
        title: "DAFTAR IDENTIFIKASI",
        is_named: false,
        columns: &[
            (&["Nama Jaringan/Jejaring", "NAMA FASKES"], Sort::Item),
            (&["Jenis", "JENIS FASKES"], Sort::Word(&["Klinik", "Apotek", "Pustu"])),
            (&["Alamat"], Sort::Word(&["Jl. Melati 1", ""])),
            (&["Wajib Lapor"], Sort::Word(&["Ya", "Tidak"])),
            (&["Izin s.d."], ANY),
        ],
    },
    Spec {
        code: "service_indicators",
        title: "INDIKATOR LAYANAN",
        is_named: false,
        columns: &[
            (&["Kode"], Sort::Item),
            (&["Indikator", "Nama Indikator"], Sort::Word(&["Cakupan K6", "Imunisasi dasar"])),
            (&["Target (%)", "TARGET %"], Sort::Number(100)),
            (&["Bobot"], Sort::Number(9)),
            (&["Arah"], Sort::Word(&["Naik", "Turun"])),
            (&["Agregasi"], Sort::Word(&["Jumlah", "Kumulatif", "Terakhir"])),
        ],
    },
    Spec {
        code: "schedule_changes",
        title: "PERUBAHAN JADWAL",
        is_named: true,
        columns: &[
            NAME,
            (&["Jadwal Pelaksanaan", "JADWAL SEMULA"], Sort::Month),
            (&["Perubahan Jadwal", "Menjadi"], Sort::Month),
            (&["Ket."], Sort::Word(&["cuaca", ""])),
        ],
    },
    Spec {
        code: "visits",
        title: "REKAP PEMBINAAN",
        is_named: true,
        columns: &[
            (&["Tanggal", "TGL"], DAY),
            NAME,
            (&["Bentuk Kegiatan", "BENTUK"], Sort::Word(&["Pertemuan", "Supervisi"])),
            (&["Pembina", "PETUGAS"], PERSON),
            (&["Skor Daftar Tilik", "Nilai"], Sort::Number(20)),
            (&["Skor Maksimal", "Skor Maks."], Sort::Word(&["25", "20"])),
            (&["Daftar Hadir"], MARK),
            (&["Foto", "Dokumentasi"], MARK),
        ],
    },
    Spec {
        code: "follow_ups",
        title: "RENCANA TINDAK LANJUT",
        is_named: true,
        columns: &[
            (&["Tanggal Pembinaan", "Tgl. Pembinaan"], DAY),
            NAME,
            (&["Rencana Tindak Lanjut", "RTL"], Sort::Item),
            (&["Penanggung Jawab", "PJ"], PERSON),
            (&["Target Selesai", "Batas Waktu"], DAY),
            (&["Tanggal Selesai"], ANY),
        ],
    },
    Spec {
        code: "lokmin",
        title: "LOKMIN",
        is_named: true,
        columns: &[NAME, (&["Diundang"], SAID), (&["Hadir", "KEHADIRAN"], MARK)],
    },
    Spec {
        code: "reports",
        title: "REKAP LAPORAN",
        is_named: true,
        columns: &[NAME, (&["Bulan Laporan"], Sort::MonthBefore), (&["Tanggal Diterima", "Tgl Terima"], DAY)],
    },
    Spec {
        code: "problems",
        title: "EVALUASI",
        is_named: true,
        columns: &[
            NAME,
            (&["Masalah", "PERMASALAHAN"], Sort::Item),
            (&["Penyebab", "Akar Masalah"], Sort::Word(&["kurang staf", "dana"])),
            (&["Penanggung Jawab", "PJ"], PERSON),
        ],
    },
    Spec {
        code: "decisions",
        title: "NOTULEN LOKMIN",
        is_named: false,
        columns: &[
            (&["Tanggal", "Tanggal Rapat"], DAY),
            (&["Keputusan", "HASIL KEPUTUSAN"], Sort::Item),
            (&["Penanggung Jawab", "PIC"], PERSON),
            (&["Batas Waktu", "Tenggat"], ANY),
        ],
    },
    Spec {
        code: "district_visits",
        title: "PEMBINAAN TPCB",
        is_named: false,
        columns: &[
            (&["Tanggal"], DAY),
            (&["Jenis Pembinaan"], Sort::Word(&["Kunjungan", "Rapat"])),
            (&["Temuan Fakta", "Fakta"], Sort::Item),
            (&["Kesimpulan"], Sort::Word(&["baik", "perlu dibina"])),
        ],
    },
    Spec {
        code: "schedule",
        title: "JADWAL PEMBINAAN",
        is_named: true,
        columns: &[
            NAME,
            (&["Jan", "JANUARI", "1"], Sort::Plan { is_needed: true }),
            (&["Feb", "PEBRUARI", "2"], PLAN),
            (&["Mar", "MARET", "3"], PLAN),
            (&["Apr", "APRIL", "4"], PLAN),
        ],
    },
    Spec {
        code: "lokmin",
        title: "DAFTAR HADIR LOKMIN",
        is_named: true,
        columns: &[
            NAME,
            (&["Jan", "JANUARI"], SAID),
            (&["Feb", "PEB"], MARK),
            (&["Ags", "AGT"], MARK),
            (&["Nov", "NOP"], MARK),
        ],
    },
    Spec {
        code: "reports",
        title: "PENERIMAAN LAPORAN",
        is_named: true,
        columns: &[NAME, (&["Jan", "JANUARI"], DAY), (&["Feb", "PEB"], ANY), (&["Apr", "APRIL"], ANY)],
    },
];

/// What stands in one cell: the same number makes the same value.
type Seeds = Vec<Vec<u32>>;

/// How a sheet looks.
#[expect(clippy::struct_excessive_bools, reason = "every combination of them is a sheet of its own")]
#[derive(Clone, Debug)]
struct Style {
    /// Picks headings and spellings.
    seed: u32,
    left: u32,
    above: usize,
    is_numbered: bool,
    is_turned: bool,
    heading_rows: u32,
    has_column_numbers: bool,
    is_repeated: bool,
    has_groups: bool,
    has_gaps: bool,
    has_total: bool,
    is_signed: bool,
    format: usize,
}

const PLAIN: Style = Style {
    seed: 0,
    left: 0,
    above: 0,
    is_numbered: true,
    is_turned: false,
    heading_rows: 1,
    has_column_numbers: false,
    is_repeated: false,
    has_groups: false,
    has_gaps: false,
    has_total: false,
    is_signed: false,
    format: 0,
};

fn styles() -> impl Strategy<Value = Style> {
    let flags = prop::collection::vec(any::<bool>(), 9);
    (1_u32..1_000, 0_u32..3, 0_usize..4, 1_u32..4, 0_usize..4, flags).prop_map(
        |(seed, left, above, heading_rows, format, flags)| Style {
            seed,
            left,
            above,
            heading_rows,
            format,
            is_numbered: flags[0],
            is_turned: flags[1],
            has_column_numbers: flags[2] && flags[0],
            is_repeated: flags[3],
            has_groups: flags[4],
            has_gaps: flags[5],
            has_total: flags[6],
            is_signed: flags[7],
        },
    )
}

fn pick<T: Copy>(of: &[T], by: u32) -> T {
    of[by as usize % of.len()]
}

/// A value in one of its spellings; spelling 0 is the plain one.
fn spelt(sort: Sort, row: usize, seed: u32, spelling: u32) -> Option<CellValue> {
    let text = |text: String| (!text.is_empty()).then(|| CellValue::Text(text.into()));
    let at = u32::try_from(row).unwrap();
    match sort {
        Sort::Name => {
            let name = NAMES[row % NAMES.len()];
            let variants = [
                name.to_owned(),
                name.to_uppercase(),
                format!(" {}  ", name.to_lowercase()),
                name.replace("Apotek", "APOTIK").replace("BPM", "PMB").replace(' ', "  "),
            ];
            text(variants[spelling as usize % variants.len()].clone())
        }
        Sort::Item => text(format!("Uraian nomor {row}")),
        Sort::Word(words) => text(pick(words, seed).to_owned()),
        Sort::Day { is_needed } if !is_needed && seed.is_multiple_of(3) => {
            text(["", "-", ""][spelling as usize % 3].to_owned())
        }
        Sort::Day { .. } => {
            // A day of its own for each row.
            let day = Date::from_ymd_opt(2023, 5, 1 + at % 28).unwrap();
            match spelling % 5 {
                0 => Some(CellValue::Date(day)),
                1 => text(day.format("%d/%m/%Y").to_string()),
                2 => text(format!("{} Mei 2023", 1 + at % 28)),
                3 => text(format!("Senin, {:02}-5-23", 1 + at % 28)),
                _ => text(day.format(" %d.%m.%Y").to_string()),
            }
        }
        // A report comes after its month.
        Sort::MonthBefore => text(pick(&["April 2023", "APR 2023", "Apr-23", "4/2023"], spelling).to_owned()),
        Sort::Month => text(pick(&["November 2023", "NOP 2023", "Nov-23", "11/2023"], spelling).to_owned()),
        Sort::Number(most) => {
            let number = 1 + seed % most;
            match spelling % 4 {
                0 => Some(CellValue::Number { value: f64::from(number), percent: false }),
                1 => text(number.to_string()),
                2 => text(format!(" {number} ")),
                _ => text(format!("{number},0")),
            }
        }
        Sort::Mark { is_needed } => text(
            match seed % 3 {
                0 if !is_needed => "",
                1 => pick(&["Ada", "√", "v", "Ya", "1", "✓"], spelling),
                _ => pick(&["Tidak", "x", "-", "X"], spelling),
            }
            .to_owned(),
        ),
        Sort::Plan { is_needed } => text(
            if !is_needed && seed.is_multiple_of(2) { "" } else { pick(&["x", "√", "v", "X", "1"], spelling) }
                .to_owned(),
        ),
    }
}

/// A sheet as it grows: cells by row, and merged areas.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<(u32, CellValue)>>,
    merges: Vec<Area>,
}

impl Grid {
    fn texts(&mut self, first: u32, texts: &[&str]) {
        let cells = (first..).zip(texts).filter(|(_, text)| !text.is_empty());
        self.rows.push(cells.map(|(column, text)| (column, CellValue::Text((*text).into()))).collect());
    }

    fn sheet(self) -> Sheet {
        let cell = |(column, value)| Cell { column, value };
        let rows = (0..).zip(self.rows).map(|(index, mut cells)| {
            cells.sort_by_key(|(column, _)| *column);
            Row { index, cells: cells.into_iter().map(cell).collect() }
        });
        let rows = rows.filter(|row| !row.cells.is_empty()).collect();
        Sheet::new("Lembar".to_owned(), Visibility::Visible, rows, self.merges)
    }
}

/// The order of a spec's columns and where each stands.
fn places(spec: &Spec, style: &Style) -> Vec<(u32, usize)> {
    let order = 0..spec.columns.len();
    let order: Vec<usize> = if style.is_turned { order.rev().collect() } else { order.collect() };
    (style.left + u32::from(style.is_numbered)..).zip(order).collect()
}

fn heading(grid: &mut Grid, spec: &Spec, style: &Style) {
    let top = u32::try_from(grid.rows.len()).unwrap();
    let mut cells: Vec<(u32, CellValue)> = Vec::new();
    if style.is_numbered {
        cells.push((style.left, CellValue::Text("No.".into())));
    }
    for (column, place) in places(spec, style) {
        cells.push((column, CellValue::Text(pick(spec.columns[place].0, style.seed).into())));
    }
    let columns: Vec<u32> = cells.iter().map(|(column, _)| *column).collect();
    grid.rows.push(cells);
    for _ in 1..style.heading_rows {
        grid.rows.push(Vec::new());
    }
    if style.heading_rows > 1 {
        let last = top + style.heading_rows - 1;
        let merged = |column: &u32| Area {
            first: CellRef { row: top, column: *column },
            last: CellRef { row: last, column: *column },
        };
        grid.merges.extend(columns.iter().map(merged));
    }
}

fn draw(spec: &Spec, seeds: &Seeds, style: &Style) -> Sheet {
    let mut grid = Grid::default();
    grid.texts(0, &["UPT PUSKESMAS ABCDE"]);
    grid.texts(0, &[spec.title]);
    grid.texts(0, &if style.seed.is_multiple_of(2) { vec!["TAHUN 2023"] } else { vec!["Tahun", ":", "2023"] });
    if matches!(spec.title, "LOKMIN" | "REKAP LAPORAN") {
        grid.texts(0, &["BULAN : MEI 2023"]);
    }
    grid.rows.extend(std::iter::repeat_n(Vec::new(), style.above));
    heading(&mut grid, spec, style);
    let width = u32::try_from(spec.columns.len()).unwrap() + u32::from(style.is_numbered);
    if style.has_column_numbers {
        let numbers = (0..width).map(|n| (style.left + n, CellValue::Text(format!("({})", n + 1).into())));
        grid.rows.push(numbers.collect());
    }
    for (row, seeds) in seeds.iter().enumerate() {
        if style.is_repeated && row == 2 {
            heading(&mut grid, spec, style);
        }
        if style.has_groups && spec.is_named && row % 2 == 0 {
            let name = places(spec, style).iter().find(|(_, place)| spec.columns[*place].1 == Sort::Name).unwrap().0;
            grid.texts(name, &[["A. JARINGAN", "JEJARING"][row / 2 % 2]]);
        }
        if style.has_gaps && row == 1 {
            grid.rows.push(Vec::new());
        }
        let mut cells: Vec<(u32, CellValue)> = Vec::new();
        if style.is_numbered {
            cells.push((
                style.left,
                CellValue::Number { value: f64::from(u32::try_from(row).unwrap() + 1), percent: false },
            ));
        }
        for (column, place) in places(spec, style) {
            let spelling = if style.seed == 0 { 0 } else { style.seed + u32::try_from(row * 7 + place).unwrap() };
            cells.extend(spelt(spec.columns[place].1, row, seeds[place], spelling).map(|value| (column, value)));
        }
        grid.rows.push(cells);
    }
    if style.has_total && spec.is_named {
        let name = places(spec, style).iter().find(|(_, place)| spec.columns[*place].1 == Sort::Name).unwrap().0;
        grid.texts(name, &["JUMLAH"]);
    }
    if style.is_signed {
        grid.rows.push(Vec::new());
        grid.texts(style.left + 1, &["Mengetahui,", "", "Abcde, 5 Juni 2023"]);
        grid.texts(style.left + 1, &["Kepala UPT Puskesmas Abcde", "", "Pengelola Program"]);
        grid.rows.extend([Vec::new(), Vec::new()]);
        grid.texts(style.left + 1, &["dr. Budi", "", "Citra"]);
        grid.texts(style.left + 1, &["NIP. 19700101 199903 1 001", "", "NIP. 1985"]);
    }
    grid.sheet()
}

fn book(sheets: Vec<Sheet>) -> Workbook {
    Workbook { file: "rekap.xlsx".to_owned(), sheets, counts_from_1904: false, notices: Vec::new() }
}

/// The workbook as one of the formats brings it back.
fn stored(book: &Workbook, format: usize) -> Workbook {
    match format {
        0 => read_here("rekap.xlsx", &maker::xlsx(book)),
        1 => read_here("rekap.ods", &maker::ods(book)),
        2 => read_here("rekap.xls", &biff8::xls(book)),
        _ => read_here("rekap.xlsb", &binary12::xlsb(book)),
    }
    .unwrap()
}

fn context() -> ReadingContext {
    let mut context = ReadingContext::new();
    for name in NAMES {
        context.add_facility(name);
        context.add_slot(name, simpul::domain::Month::new(2023, 11).unwrap());
        (1..29).for_each(|day| context.add_visit(name, Date::from_ymd_opt(2023, 5, day).unwrap()));
    }
    context
}

/// Table, records and issues of a workbook, a line each; where the records stood does not count.
fn lines(book: &Workbook) -> Vec<String> {
    let found = recognise(book);
    let mut lines: Vec<String> = found.issues.iter().map(|issue| format!("{issue:?}")).collect();
    for table in &found.tables {
        let (recap, issues) = read_table(table, &context());
        lines.push(format!(
            "{} {:?} {} rows, {} rejected",
            table.table.code(),
            recap.received,
            recap.rows_seen,
            recap.rows_rejected
        ));
        // Months across come in the order of their columns.
        let mut records = records(&recap.rows);
        records.sort();
        lines.extend(records);
        lines.extend(issues.iter().map(|issue| format!("{issue:?}")));
    }
    lines
}

fn records(rows: &Rows) -> Vec<String> {
    macro_rules! each {
        ($($sort:ident),*) => {
            match rows { $(Rows::$sort(rows) => rows.iter().map(|row| format!("{:?}", row.record)).collect()),* }
        };
    }
    each!(
        Facilities,
        ServiceIndicators,
        Decree,
        Schedule,
        ScheduleChanges,
        Visits,
        FollowUps,
        ChecklistItems,
        Lokmin,
        MonthlyReports,
        Achievements,
        Problems,
        Decisions,
        Clusters,
        DistrictVisits,
        DistrictFollowUps,
        DistrictSteps,
        DistrictAssessments,
        DistrictMatters,
        PlanSessions,
        PlanProposals,
        Pkp,
        PkpVerifications,
        OwnIndicators,
        OwnAchievements,
        AgreementSteps,
        NetworkSteps,
        IntegrationScores
    )
}

fn seeds() -> impl Strategy<Value = Seeds> {
    // No more rows than facilities, so that no key stands twice.
    prop::collection::vec(prop::collection::vec(0_u32..60, 8), 3..=NAMES.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_table_in_any_dress_has_the_same_records(seeds in seeds(), style in styles()) {
        for spec in &SPECS {
            let plain = lines(&book(vec![draw(spec, &seeds, &PLAIN)]));
            let rows = seeds.len();
            let start = format!("{} ", spec.code);
            prop_assert!(plain[0].starts_with(&start) && plain[0].ends_with(&format!("{rows} rows, 0 rejected")), "{:?}", plain);
            let dressed = stored(&book(vec![draw(spec, &seeds, &style)]), style.format);
            prop_assert_eq!(lines(&dressed), plain, "{}", spec.title);
        }
    }

    #[test]
    fn tables_of_names_beside_each_other_keep_their_records(
        seeds in seeds(),
        style in styles(),
        pair in prop::sample::subsequence(vec![2, 3, 4, 7], 2),
    ) {
        let style = Style { left: 0, heading_rows: 1, has_groups: false, is_numbered: true, is_turned: false, ..style };
        let [one, other] = [&SPECS[pair[0]], &SPECS[pair[1]]].map(|spec| draw(spec, &seeds, &style));
        let width = one.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column).max().unwrap_or(0) + 2;
        let mut rows = one.rows.clone();
        for row in &mut rows {
            let beside = other.row(row.index).map(|row| row.cells.as_slice()).unwrap_or_default();
            row.cells.extend(beside.iter().map(|cell| Cell { column: cell.column + width, value: cell.value.clone() }));
        }
        let both = Sheet::new("Lembar".to_owned(), Visibility::Visible, rows, Vec::new());
        let mut expected = lines(&book(vec![draw(&SPECS[pair[0]], &seeds, &PLAIN)]));
        expected.extend(lines(&book(vec![draw(&SPECS[pair[1]], &seeds, &PLAIN)])));
        prop_assert_eq!(lines(&stored(&book(vec![both]), style.format)), expected);
    }
}
