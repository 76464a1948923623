//! Sheets of PKP in the layouts that occur, made here from counts that are known: what is recomputed is what follows from
//! them, exactly; a wrong figure of the sheet is named by its cell; nothing that is missing becomes zero.
#![expect(
    clippy::struct_excessive_bools,
    clippy::trivially_copy_pass_by_ref,
    reason = "a style is a handful of independent habits, handed on as a whole"
)]

use proptest::prelude::*;
use simpul::domain::exact::{Decimal, Exact};
use simpul::domain::pkp::{PkpNode, PkpValue, PkpYear};

use super::{Brought, Page, import, page};
use crate::import::facts;

/// Way in which the hierarchy is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Layout {
    /// `I`, `A`, `1`, `a` in a column of numbers.
    Numbered,
    /// `1`, `1.1`, `1.1.1` before the names, no column of numbers.
    Dotted,
    /// Names further right, no numbers.
    Indented,
    /// Titles of programs between the rows, numbers below them; the *upaya* above the table.
    Sections,
    /// A column for each level, written once above its rows.
    Columns,
    /// A column for each level, written in every row.
    RepeatedColumns,
}

const LAYOUTS: [Layout; 6] =
    [Layout::Numbered, Layout::Dotted, Layout::Indented, Layout::Sections, Layout::Columns, Layout::RepeatedColumns];

/// Looks of the figures.
#[derive(Clone, Copy, Debug)]
struct Style {
    layout: Layout,
    /// Percentages as fractions under a format of percent.
    is_percent_format: bool,
    has_column_numbers: bool,
    has_analysis: bool,
    /// The sheet's own figures are there.
    has_results: bool,
}

/// A sub variabel: target, total, reached.
#[derive(Clone, Copy, Debug)]
struct Sub {
    target: u32,
    population: u32,
    reached: Option<u32>,
}

/// Programs over variabel over sub variabel.
type Tree = Vec<Vec<Vec<Sub>>>;

fn exact(number: u32) -> Exact {
    Exact::from(i64::from(number))
}

impl Sub {
    fn performance(self) -> Option<Exact> {
        let planned = exact(self.target).times(&exact(self.population)).over(&exact(100))?;
        let share = exact(self.reached?).over(&planned)?.times(&exact(100));
        Some(if share > exact(100) { exact(100) } else { share })
    }
}

fn mean(all: impl Iterator<Item = Option<Exact>>) -> Option<Exact> {
    Exact::mean(&all.flatten().collect::<Vec<_>>())
}

fn of_variable(subs: &[Sub]) -> Option<Exact> {
    mean(subs.iter().map(|sub| sub.performance()))
}

fn of_program(variables: &[Vec<Sub>]) -> Option<Exact> {
    mean(variables.iter().map(|subs| of_variable(subs)))
}

fn letter(place: usize, first: u8) -> String {
    char::from(first + u8::try_from(place).unwrap()).to_string()
}

/// One line of a sheet before its columns are known.
struct Line {
    depth: usize,
    places: Vec<usize>,
    sub: Option<Sub>,
    result: Option<Exact>,
}

fn line(places: &[usize], sub: Option<Sub>, result: Option<Exact>) -> Line {
    Line { depth: places.len(), places: places.to_vec(), sub, result }
}

fn lines(tree: &Tree) -> Vec<Line> {
    let mut lines = vec![line(&[0], None, mean(tree.iter().map(|variables| of_program(variables))))];
    for (program, variables) in tree.iter().enumerate() {
        lines.push(line(&[0, program], None, of_program(variables)));
        for (variable, subs) in variables.iter().enumerate() {
            lines.push(line(&[0, program, variable], None, of_variable(subs)));
            for (at, sub) in subs.iter().enumerate() {
                lines.push(line(&[0, program, variable, at], Some(*sub), sub.performance()));
            }
        }
    }
    lines
}

fn name(places: &[usize]) -> String {
    let words = ["Upaya Kesehatan Masyarakat Esensial", "Pokja", "Cakupan", "Sasaran"][places.len() - 1];
    let path: Vec<String> = places[1..].iter().map(|place| (place + 1).to_string()).collect();
    if path.is_empty() { words.to_owned() } else { format!("{words} ke {}", path.join(" ")) }
}

fn percent(value: Option<&Exact>, style: &Style) -> String {
    let Some(value) = value else { return String::new() };
    if style.is_percent_format { format!("%{}", value.to_number() / 100.0) } else { format!("={}", value.to_number()) }
}

/// Columns before the figures.
fn head(style: &Style, line: &Line) -> Vec<String> {
    let place = *line.places.last().unwrap();
    let number = match line.depth {
        1 => "I".to_owned(),
        2 => letter(place, b'A'),
        3 => (place + 1).to_string(),
        _ => letter(place, b'a'),
    };
    let own = name(&line.places);
    let levels = |is_repeated: bool| {
        let of = |depth: usize| {
            let is_own = line.depth == depth;
            let is_above = line.depth > depth && (is_repeated || line.places[depth..].iter().all(|place| *place == 0));
            if is_own || is_above { name(&line.places[..depth]) } else { String::new() }
        };
        (2..=4).map(of).collect()
    };
    match style.layout {
        Layout::Numbered | Layout::Sections => vec![number, own],
        Layout::Dotted => {
            let path: Vec<String> = line.places.iter().map(|place| (place + 1).to_string()).collect();
            vec![format!("{}{} {own}", path.join("."), if path.len() == 1 { "." } else { "" })]
        }
        Layout::Indented => vec![format!("{}{own}", "   ".repeat(line.depth - 1))],
        Layout::Columns => levels(false),
        Layout::RepeatedColumns => levels(true),
    }
}

fn headings(style: &Style) -> Vec<&'static str> {
    let mut headings = match style.layout {
        Layout::Numbered | Layout::Sections => vec!["No", "Upaya Kesehatan/Program/Variabel/Sub Variabel"],
        Layout::Dotted | Layout::Indented => vec!["Upaya/Program/Variabel/Sub Variabel"],
        Layout::Columns | Layout::RepeatedColumns => vec!["Program", "Variabel", "Sub Variabel"],
    };
    headings.extend(["Target Tahun 2024 (T) dalam %", "Satuan Sasaran", "Total Sasaran (ToS)", "Target Sasaran (TS)"]);
    headings.extend(["Pencapaian (dalam satuan sasaran)", "% Cakupan Riil"]);
    headings.extend(["% Kinerja Sub Variabel", "% Kinerja Variabel", "% Kinerja Program"]);
    if style.has_analysis {
        headings.extend(["Analisa Akar Penyebab", "Rencana Tindak Lanjut", "Tindak Lanjut", "Evaluasi"]);
    }
    headings
}

fn figures(style: &Style, line: &Line) -> Vec<String> {
    let mut cells = vec![String::new(); 6];
    if let Some(Sub { target, population, reached }) = line.sub {
        let planned = exact(target).times(&exact(population)).over(&exact(100));
        let coverage = reached.and_then(|reached| exact(reached).times(&exact(100)).over(&exact(population)));
        let target =
            if style.is_percent_format { format!("%{}", f64::from(target) / 100.0) } else { format!("={target}") };
        cells = vec![target, "orang".to_owned(), format!("={population}"), String::new(), String::new(), String::new()];
        cells[4] = reached.map(|reached| format!("={reached}")).unwrap_or_default();
        if style.has_results {
            cells[3] = planned.map(|planned| format!("={}", planned.to_number())).unwrap_or_default();
            cells[5] = percent(coverage.as_ref(), style);
        }
    }
    let result = |depth: usize| {
        let is_here = style.has_results && line.depth == depth;
        if is_here { percent(line.result.as_ref(), style) } else { String::new() }
    };
    cells.extend([result(4), result(3), result(2)]);
    if style.has_analysis && line.depth == 4 {
        cells.extend(["Kader kurang", "Pelatihan", "", ""].map(str::to_owned));
    }
    cells
}

/// Rows of the sheet; columns of levels leave out the rows of what has rows below it.
fn rows(tree: &Tree, style: &Style) -> Vec<Vec<String>> {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let mut rows = vec![texts(&["PENILAIAN KINERJA PUSKESMAS TAHUN 2024"]), texts(&["UPT PUSKESMAS ABCDE"])];
    rows.extend([texts(&["UKM ESENSIAL"]), Vec::new(), texts(&headings(style))]);
    if style.has_column_numbers {
        rows.push((1..=headings(style).len()).map(|number| format!("({number})")).collect());
    }
    let by_columns = matches!(style.layout, Layout::Columns | Layout::RepeatedColumns);
    for line in lines(tree) {
        let is_left_out = match style.layout {
            Layout::Sections | Layout::Columns | Layout::RepeatedColumns => line.depth == 1,
            _ => false,
        };
        if is_left_out || by_columns && line.depth < 4 {
            continue;
        }
        rows.push(head(style, &line).into_iter().chain(figures(style, &line)).collect());
    }
    rows.extend([Vec::new(), texts(&["", "Mengetahui,"]), texts(&["", "Kepala UPT Puskesmas Abcde"])]);
    rows
}

fn brought(rows: &[Vec<String>]) -> Brought {
    let page = Page { rows: rows.to_vec(), ..page("PKP", &[]) };
    import("pkp.xlsx", &[page])
}

fn year(brought: &Brought) -> PkpYear {
    let facts = facts(&brought.store);
    PkpYear::from_items(2024, facts.written.pkp.iter().map(|owned| &owned.row))
}

fn told(node: &PkpNode) -> (String, Option<Exact>) {
    (node.item.name.clone(), node.value.number().cloned())
}

fn expected(tree: &Tree) -> Vec<(String, Option<Exact>)> {
    let named = |line: Line| {
        let name = if line.depth == 1 { "UKM Esensial".to_owned() } else { name(&line.places) };
        (name, line.result)
    };
    lines(tree).into_iter().map(named).collect()
}

fn sub() -> impl Strategy<Value = Sub> {
    let reached = prop_oneof![1 => Just(None), 1 => Just(Some(0)), 8 => (0_u32..4000).prop_map(Some)];
    (1_u32..=100, 1_u32..3000, reached).prop_map(|(target, population, reached)| {
        // A share above 1000 % under a format of percent would be one that was scaled twice.
        let reached = reached.map(|reached: u32| reached % (population * 9));
        Sub { target, population, reached }
    })
}

fn tree() -> impl Strategy<Value = Tree> {
    let variable = prop::collection::vec(sub(), 1..=4);
    let program = prop::collection::vec(variable, 1..=4);
    prop::collection::vec(program, 1..=4)
}

fn styles() -> impl Strategy<Value = Style> {
    (0..LAYOUTS.len(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(layout, is_percent_format, has_column_numbers, has_analysis, has_results)| Style {
            layout: LAYOUTS[layout],
            is_percent_format,
            has_column_numbers,
            has_analysis,
            has_results,
        },
    )
}

fn example() -> Tree {
    let sub = |target, population, reached| Sub { target, population, reached };
    vec![
        vec![vec![sub(100, 3, Some(1)), sub(50, 100, Some(70))], vec![sub(80, 90, Some(36)), sub(100, 10, None)]],
        vec![vec![sub(85, 123, Some(100))]],
        vec![vec![sub(100, 7, Some(0))], vec![sub(90, 11, Some(9))]],
    ]
}

const PLAIN: Style = Style {
    layout: Layout::Numbered,
    is_percent_format: false,
    has_column_numbers: true,
    has_analysis: true,
    has_results: true,
};

#[test]
fn every_layout_is_read_as_it_was_meant() {
    let tree = example();
    for layout in LAYOUTS {
        let style = Style { layout, ..PLAIN };
        let brought = brought(&rows(&tree, &style));
        let found: Vec<_> = year(&brought).all().into_iter().map(told).collect();
        assert_eq!(found, expected(&tree), "{layout:?}: {:?}", brought.receipt.issues);
        let doubts: Vec<&String> = brought.issues.iter().filter(|issue| !issue.ends_with("reading")).collect();
        assert!(doubts.is_empty(), "{layout:?}: {doubts:?}");
    }
}

#[test]
fn figures_of_the_sheet_that_are_wrong_are_named_by_their_cells() {
    let tree = example();
    let mut sheet = rows(&tree, &PLAIN);
    // Row 10 holds the second sub variabel: its performance is 100, its target of the population 50.
    assert_eq!(sheet[10][1], "Sasaran ke 1 1 2");
    sheet[10][5] = "=60".to_owned();
    sheet[10][8] = "=99.5".to_owned();
    sheet[7][10] = "=12".to_owned();
    let brought = brought(&sheet);
    let named: Vec<&str> =
        brought.issues.iter().filter(|issue| issue.ends_with("total_differs")).map(String::as_str).collect();
    assert_eq!(named, ["PKP!K8 total_differs", "PKP!F11 total_differs", "PKP!I11 total_differs"]);
    let told = brought.receipt.issues.iter().find(|issue| issue.cell == "F11").unwrap();
    assert!(told.message.contains("tertulis 60") && told.message.contains("hitung ulang 50"), "{}", told.message);
}

#[test]
fn what_cannot_be_read_is_named_and_counts_as_missing() {
    let mut sheet = rows(&example(), &PLAIN);
    sheet[9][6] = "banyak".to_owned();
    let brought = brought(&sheet);
    assert!(brought.issues.contains(&"PKP!G10 invalid_number".to_owned()), "{:?}", brought.issues);
    let year = year(&brought);
    let all = year.all();
    let node = all.iter().find(|node| node.item.name == "Sasaran ke 1 1 1").unwrap();
    assert_eq!(node.value, PkpValue::NotReported);
    let variable = all.iter().find(|node| node.item.name == "Cakupan ke 1 1").unwrap();
    assert_eq!((variable.reported, variable.asked), (1, 2));
    sheet[9][1] = String::new();
    let asked = self::brought(&sheet);
    assert!(facts(&asked.store).written.pkp.is_empty() && !asked.issues.is_empty());
}

/// Messages that hold the words.
fn saying(brought: &Brought, words: &str) -> usize {
    brought.receipt.issues.iter().filter(|issue| issue.message.contains(words)).count()
}

#[test]
fn whoever_obeys_what_is_said_of_a_sheet_ends_with_its_truth() {
    let tree = example();
    let right = rows(&tree, &PLAIN);
    let truth = expected(&tree);
    let found = |brought: &Brought| year(brought).all().into_iter().map(told).collect::<Vec<_>>();
    let changed = |row: usize, column: usize, text: &str| {
        let mut sheet = right.clone();
        sheet[row][column] = text.to_owned();
        brought(&sheet)
    };
    let nameless = "tulis nama variabel atau sub variabelnya di baris ini, atau hapus angkanya";
    assert_eq!(saying(&changed(9, 1, ""), nameless), 1);
    let rewritten = "yang dipakai hasil hitung ulang, periksa rumus sel ini";
    assert_eq!(saying(&changed(10, 5, "=60"), rewritten), 1);
    let obeyed = brought(&right);
    assert_eq!((saying(&obeyed, nameless), saying(&obeyed, rewritten)), (0, 0));
    assert_eq!(found(&obeyed), truth);
    let arranged = "bila keliru, beri setiap baris nomor bertingkat (I, A, 1, a)";
    let by_title = brought(&rows(&tree, &Style { layout: Layout::Sections, ..PLAIN }));
    assert_eq!(saying(&by_title, arranged), 1);
    // Obeyed, it is the sheet whose rows are numbered.
    assert_eq!(found(&by_title), found(&obeyed));
}

#[test]
fn bounds_ranges_and_rings_are_read() {
    let row = |name: &str, target: &str, unit: &str, ring: &str, population: &str, reached: &str| {
        ["a", name, target, unit, ring, population, reached].map(str::to_owned).to_vec()
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let mut sheet = vec![texts(&["PENILAIAN KINERJA PUSKESMAS TAHUN 2024"]), texts(&["UKM ESENSIAL"])];
    sheet.push(texts(&[
        "No",
        "Program/Variabel/Sub variabel",
        "Target",
        "Satuan",
        "Nilai Ring",
        "Total Sasaran",
        "Pencapaian",
    ]));
    sheet.extend([texts(&["A", "Gizi"]), texts(&["1", "Balita"])]);
    sheet.push(row("Stunting", "<20 %", "balita", "", "=200", "=50"));
    sheet.push(row("Rasio", ">1", "rasio", "", "", "=2"));
    sheet.push(row("Angka kontak", "150–250 per mil", "orang", "", "=1000", "=200"));
    sheet.push(row("Bertingkat", "100%", "orang", "≥80=10; 60-<80=7; <60=4", "=100", "=60"));
    for (place, row) in sheet.iter_mut().skip(5).enumerate() {
        row[0] = letter(place, b'a');
    }
    let brought = self::brought(&sheet);
    let year = self::year(&brought);
    let found: Vec<String> = year
        .all()
        .into_iter()
        .map(|node| node.value.number().and_then(|number| number.rounded(2)).map_or("-".to_owned(), |n| n.words()))
        .collect();
    assert_eq!(found, ["86,25", "86,25", "86,25", "75", "100", "100", "70"], "{:?}", brought.receipt.issues);
    assert!(brought.issues.contains(&"PKP!C6 reading".to_owned()), "{:?}", brought.issues);
    let passed = "bila aturannya lain, tulis Nilai Ring";
    assert_eq!(saying(&brought, passed), 1, "{:?}", brought.receipt.issues);
    sheet[5][4] = "≥20=4; <20=10".to_owned();
    let obeyed = self::brought(&sheet);
    assert_eq!(saying(&obeyed, passed), 0, "{:?}", obeyed.receipt.issues);
    let stunting = self::year(&obeyed).all().into_iter().find(|node| node.item.name == "Stunting").map(told);
    assert_eq!(
        stunting.and_then(|(_, result)| result).and_then(|n| n.rounded(2)).map(|n| n.words()).as_deref(),
        Some("40")
    );
}

#[test]
fn management_is_scored_by_0_4_7_and_10() {
    let rows: Vec<Vec<String>> = [
        &["PENILAIAN KINERJA PUSKESMAS TAHUN 2024"][..],
        &["MANAJEMEN PUSKESMAS"],
        &["No", "Jenis Variabel", "Definisi Operasional", "Skala", "", "", "", "Nilai Hasil"],
        &["", "", "", "=0", "=4", "=7", "=10", ""],
        &["1", "Manajemen Umum", "", "", "", "", "", "=8.5"],
        &["1.1", "Lokakarya mini bulanan", "Lokmin", "tidak ada", "<5 kali", "5-8 kali", "9-12 kali", "=10"],
        &["1.2", "Rencana lima tahunan", "RLT", "tidak ada", "tidak lengkap", "lengkap", "disahkan", "=7"],
        &["2", "Manajemen Peralatan", "", "", "", "", "", ""],
        &["2.1", "Inventaris", "Inventaris", "tidak", "sebagian", "hampir", "semua", "=5"],
    ]
    .into_iter()
    .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
    .collect();
    let brought = brought(&rows);
    let year = year(&brought);
    let found: Vec<(String, String)> = year
        .all()
        .into_iter()
        .map(|node| {
            (
                node.code.to_string(),
                node.value.number().and_then(|n| n.rounded(2)).map_or("-".to_owned(), |n| n.words()),
            )
        })
        .collect();
    let expected = [("4", "8,5"), ("4.1", "8,5"), ("4.1.1", "10"), ("4.1.2", "7"), ("4.2", "-"), ("4.2.1", "-")];
    let expected: Vec<_> = expected.map(|(code, shown)| (code.to_owned(), shown.to_owned())).to_vec();
    assert_eq!(found, expected, "{:?}", brought.receipt.issues);
    assert!(brought.issues.contains(&"PKP!H9 missing_value".to_owned()), "{:?}", brought.issues);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_recomputed_is_what_follows_from_the_counts(tree in tree(), style in styles()) {
        let brought = brought(&rows(&tree, &style));
        let found: Vec<_> = year(&brought).all().into_iter().map(told).collect();
        prop_assert_eq!(&found, &expected(&tree), "{:?} {:?}", style, brought.receipt.issues);
        let named = brought.issues.iter().filter(|issue| issue.ends_with("total_differs")).count();
        prop_assert_eq!(named, 0, "{:?}", brought.receipt.issues);
    }

    #[test]
    fn a_wrong_figure_is_named(tree in tree(), style in styles(), at in any::<prop::sample::Index>(), more in 1_u32..50) {
        let style = Style { layout: Layout::Numbered, is_percent_format: false, has_results: true, ..style };
        let mut sheet = rows(&tree, &style);
        let first = sheet.iter().position(|row| row.first().is_some_and(|cell| cell == "I")).unwrap();
        let is_result = |row: &Vec<String>| (8..=10).find(|column| row.get(*column).is_some_and(|cell| cell.starts_with('=')));
        let results: Vec<(usize, usize)> =
            sheet.iter().enumerate().skip(first).filter_map(|(place, row)| Some((place, is_result(row)?))).collect();
        if results.is_empty() {
            return Ok(());
        }
        let (row, column) = results[at.index(results.len())];
        let right: f64 = sheet[row][column][1..].parse().unwrap();
        sheet[row][column] = format!("={}", right + f64::from(more));
        let brought = brought(&sheet);
        let wrong = format!("PKP!{}{} total_differs", letter(column, b'A'), row + 1);
        let named: Vec<&String> = brought.issues.iter().filter(|issue| issue.ends_with("total_differs")).collect();
        prop_assert_eq!(named, vec![&wrong], "{:?}", brought.receipt.issues);
    }
}

#[test]
fn a_title_right_above_the_heading_names_the_effort() {
    let mut sheet = rows(&example(), &Style { layout: Layout::Sections, ..PLAIN });
    sheet.retain(|row| !row.is_empty());
    sheet[2] = vec!["UKM PENGEMBANGAN".to_owned()];
    let brought = brought(&sheet);
    let year = year(&brought);
    assert_eq!(
        (year.efforts[0].code.to_string(), year.efforts[0].item.name.as_str()),
        ("2".to_owned(), "UKM Pengembangan")
    );
}

#[test]
fn decimals_of_a_sheet_are_exact() {
    let tenth = Decimal::from_number(0.1).unwrap().exact();
    assert_eq!(tenth.plus(&Decimal::from_number(0.2).unwrap().exact()), Decimal::parse("0.3").unwrap().exact());
}
