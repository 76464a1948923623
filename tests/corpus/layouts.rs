//! Any achievements of a year, written in every supported layout with any decoration, are read back as the same facts.

use proptest::prelude::*;

use super::{NAMES, Page, import, page};

const MONTHS: [&str; 12] =
    ["Januari", "PEB", "Maret", "April", "Mei", "Juni", "Juli", "AGS", "September", "Okt", "NOP", "Desember"];
const SERVICES: [&str; 2] = ["K6", "HT"];

/// Numerators by facility, service and month; the denominators follow from facility and service.
type Year = [[[Option<u32>; 12]; 2]; 4];

fn denominator(facility: usize, service: usize) -> u32 {
    50 + u32::try_from(facility * 7 + service).unwrap()
}

/// Pages of a year.
type Layout = fn(&Year, Style) -> Vec<Page<'static>>;

/// What stands around and between the rows.
#[expect(clippy::struct_excessive_bools, reason = "every combination of them is a sheet of its own")]
#[derive(Clone, Copy, Debug)]
struct Style {
    left: usize,
    above: usize,
    is_numbered: bool,
    is_merged: bool,
    has_column_numbers: bool,
    has_totals: bool,
    is_repeated: bool,
    is_signed: bool,
}

fn styles() -> impl Strategy<Value = Style> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (0_usize..3, 0_usize..4, flags).prop_map(|(left, above, flags)| {
        let (is_numbered, is_merged, has_column_numbers, has_totals, is_repeated, is_signed) = flags;
        Style { left, above, is_numbered, is_merged, has_column_numbers, has_totals, is_repeated, is_signed }
    })
}

type Cells = Vec<String>;

fn number(value: u32) -> String {
    format!("={value}")
}

/// A group heading over Sasaran, Capaian and %; an indicator or a month.
fn groups(names: &[&str]) -> [Cells; 2] {
    let above = names.iter().flat_map(|name| [(*name).to_owned(), String::new(), String::new()]);
    let below = names.iter().flat_map(|_| ["Sasaran", "Capaian", "%"].map(str::to_owned));
    [above.collect(), below.collect()]
}

fn pair(year: &Year, facility: usize, service: usize, month: usize) -> [String; 3] {
    match year[facility][service][month] {
        Some(reached) => [number(denominator(facility, service)), number(reached), "#DIV/0!".to_owned()],
        None => [String::new(), "-".to_owned(), String::new()],
    }
}

/// A table: its banner, the heading of its first columns, the rest of its heading in one or two rows, and its rows.
struct Drawn {
    banner: Vec<String>,
    first: &'static str,
    heading: Vec<Cells>,
    rows: Vec<(String, Cells)>,
}

impl Drawn {
    /// Its rows with all decoration, and its merged areas.
    fn draw(&self, style: Style) -> (Vec<Cells>, Vec<[u32; 4]>) {
        let indent = |cells: Cells| std::iter::repeat_n(String::new(), style.left).chain(cells).collect::<Cells>();
        let line = |number: &str, first: &str, rest: &Cells| {
            let numbered = style.is_numbered.then(|| number.to_owned());
            indent(numbered.into_iter().chain([first.to_owned()]).chain(rest.iter().cloned()).collect())
        };
        let heading = || {
            let firsts = std::iter::once(("No", self.first)).chain(std::iter::repeat(("", "")));
            self.heading.iter().zip(firsts).map(|(rest, (number, first))| line(number, first, rest)).collect::<Vec<_>>()
        };
        let mut rows: Vec<Cells> = vec![vec!["UPT PUSKESMAS ABCDE".to_owned()], vec!["TAHUN 2023".to_owned()]];
        rows.extend(self.banner.iter().map(|banner| vec![banner.clone()]));
        rows.extend(std::iter::repeat_n(Vec::new(), style.above));
        let top = rows.len();
        rows.extend(heading());
        let width = rows[top].len();
        if style.has_column_numbers && style.is_numbered {
            rows.push(indent((1..=width - style.left).map(|column| format!("({column})")).collect()));
        }
        for (place, (first, rest)) in self.rows.iter().enumerate() {
            if style.is_repeated && place == 2 {
                rows.extend(heading());
            }
            rows.push(line(&number(u32::try_from(place + 1).unwrap()), first, rest));
        }
        if style.has_totals {
            let sum = |column: usize| -> u32 {
                let cells = self.rows.iter().filter_map(|(_, cells)| cells[column].strip_prefix('='));
                cells.map(|cell| cell.parse::<u32>().unwrap()).sum()
            };
            let sums = (0..self.heading[0].len()).map(|column| number(sum(column))).collect();
            rows.push(line("", "JUMLAH", &sums));
        }
        if style.is_signed {
            rows.push(Vec::new());
            rows.push(indent(vec!["Mengetahui,".to_owned(), String::new(), "Abcde, 5 Januari 2024".to_owned()]));
            rows.push(indent(vec!["Kepala UPT Puskesmas Abcde".to_owned(), String::new(), "Pengelola".to_owned()]));
            rows.extend([Vec::new(), Vec::new()]);
            rows.push(indent(vec!["dr. Budi".to_owned(), String::new(), "Citra".to_owned()]));
            rows.push(indent(vec!["NIP. 19700101 199903 1 001".to_owned(), String::new(), "NIP. -".to_owned()]));
        }
        (rows, self.merges(style, top))
    }

    /// The first columns merged downwards, the groups across.
    fn merges(&self, style: Style, top: usize) -> Vec<[u32; 4]> {
        if !style.is_merged || self.heading.len() < 2 {
            return Vec::new();
        }
        let at = |number: usize| u32::try_from(number).unwrap();
        let firsts = style.left..style.left + 1 + usize::from(style.is_numbered);
        let across = self.heading[0].iter().enumerate().filter(|(_, text)| !text.is_empty());
        let down = firsts.clone().map(|column| [at(top), at(column), at(top + 1), at(column)]);
        let across = across.map(|(place, _)| [at(top), at(firsts.end + place), at(top), at(firsts.end + place + 2)]);
        down.chain(across).collect()
    }

    fn page<'a>(&self, name: &'a str, style: Style) -> Page<'a> {
        let (rows, merges) = self.draw(style);
        Page { rows, merges, ..page(name, &[]) }
    }
}

fn by_facility(year: &Year, cells: impl Fn(&Year, usize) -> Cells) -> Vec<(String, Cells)> {
    (0..NAMES.len()).map(|facility| (NAMES[facility].to_owned(), cells(year, facility))).collect()
}

fn month_table(year: &Year, month: usize, banner: String) -> Drawn {
    let cells = |year: &Year, facility| (0..2).flat_map(|service| pair(year, facility, service, month)).collect();
    let (banner, heading) = (vec![banner], groups(&SERVICES).to_vec());
    Drawn { banner, first: "Nama Jaringan/Jejaring", heading, rows: by_facility(year, cells) }
}

/// A sheet a month.
fn monthly(year: &Year, style: Style) -> Vec<Page<'static>> {
    (0..12).map(|month| month_table(year, month, "CAPAIAN".to_owned()).page(MONTHS[month], style)).collect()
}

/// A sheet an indicator, months each over Sasaran and Capaian.
fn months_in_pairs(year: &Year, style: Style) -> Vec<Page<'static>> {
    let page = |service: usize| {
        let cells = |year: &Year, facility| (0..12).flat_map(|month| pair(year, facility, service, month)).collect();
        let banner = vec![format!("INDIKATOR : {}", SERVICES[service])];
        let drawn =
            Drawn { banner, first: "Nama Faskes", heading: groups(&MONTHS).to_vec(), rows: by_facility(year, cells) };
        drawn.page(SERVICES[service], style)
    };
    vec![page(0), page(1)]
}

/// A sheet an indicator: the year's Sasaran, then Capaian by month with its quarters and their sum.
fn months_below_one_denominator(year: &Year, style: Style) -> Vec<Page<'static>> {
    let page = |service: usize| {
        let sum = |facility: usize, months: std::ops::Range<usize>| {
            number(year[facility][service][months].iter().flatten().sum())
        };
        let cells = |year: &Year, facility: usize| {
            let mut cells = vec![number(denominator(facility, service))];
            for quarter in 0..4 {
                let months = quarter * 3..quarter * 3 + 3;
                let figure = |month: &Option<u32>| month.map_or_else(String::new, number);
                cells.extend(year[facility][service][months.clone()].iter().map(figure));
                cells.push(sum(facility, months));
            }
            cells.push(sum(facility, 0..12));
            cells
        };
        let mut heading: Cells = vec!["Sasaran".to_owned()];
        for (quarter, months) in ["TRIWULAN I", "TW II", "Triwulan 3", "TW IV"].iter().zip(MONTHS.chunks(3)) {
            heading.extend(months.iter().chain([quarter]).map(|text| (*text).to_owned()));
        }
        heading.push("Jumlah".to_owned());
        let banner = vec![format!("INDIKATOR : {}", SERVICES[service])];
        let drawn = Drawn { banner, first: "Nama Jejaring", heading: vec![heading], rows: by_facility(year, cells) };
        drawn.page(SERVICES[service], style)
    };
    vec![page(0), page(1)]
}

/// A sheet a facility, months as rows with their quarters between.
fn months_down(year: &Year, style: Style) -> Vec<Page<'static>> {
    let page = |facility: usize| {
        let mut rows: Vec<(String, Cells)> = Vec::new();
        for (month, name) in MONTHS.iter().enumerate() {
            rows.push(((*name).to_owned(), (0..2).flat_map(|service| pair(year, facility, service, month)).collect()));
        }
        let heading = groups(&SERVICES).to_vec();
        let drawn = Drawn { banner: vec!["CAPAIAN".to_owned()], first: "Bulan", heading, rows };
        drawn.page(NAMES[facility], style)
    };
    (0..NAMES.len()).map(page).collect()
}

/// One sheet, four months beside each other, three times below each other.
fn side_by_side(year: &Year, style: Style) -> Vec<Page<'static>> {
    let style = Style { is_merged: false, left: 0, is_signed: false, ..style };
    let mut rows: Vec<Cells> = Vec::new();
    for quarter in 0..3 {
        let tables: Vec<Vec<Cells>> = (quarter * 4..quarter * 4 + 4)
            .map(|month| month_table(year, month, format!("BULAN : {}", MONTHS[month])).draw(style).0)
            .collect();
        let width = tables.iter().flatten().map(Vec::len).max().unwrap_or(0);
        for row in 0..tables[0].len() {
            let mut cells = Cells::new();
            for table in &tables {
                let mut own = table[row].clone();
                own.resize(width + 1, String::new());
                cells.extend(own);
            }
            rows.push(cells);
        }
        rows.push(Vec::new());
    }
    vec![Page { rows, ..page("Rekap", &[]) }]
}

fn expected(year: &Year) -> Vec<String> {
    let mut lines = Vec::new();
    for (facility, name) in NAMES.iter().enumerate() {
        for (service, code) in SERVICES.iter().enumerate() {
            for (month, reached) in (1..).zip(year[facility][service]) {
                let of = denominator(facility, service);
                lines.extend(reached.map(|reached| format!("{name}: {code} 2023-{month:02} {reached}/{of}")));
            }
        }
    }
    lines.sort();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_layout_brings_the_same_facts(
        reached in prop::collection::vec(prop::option::of(0_u32..50), 4 * 2 * 12),
        style in styles(),
    ) {
        let year: Year = std::array::from_fn(|facility| {
            std::array::from_fn(|service| std::array::from_fn(|month| reached[(facility * 2 + service) * 12 + month]))
        });
        let layouts: [(&str, Layout); 5] = [
            ("a sheet a month", monthly),
            ("months in pairs", months_in_pairs),
            ("months below one Sasaran", months_below_one_denominator),
            ("months down", months_down),
            ("side by side", side_by_side),
        ];
        for (name, pages) in layouts {
            let found = import("rekap.xlsx", &pages(&year, style));
            prop_assert_eq!(&found.facts, &expected(&year), "{}: {:?}", name, found.receipt);
            // Figures thrown by dice may lie far apart: that is told, and changes nothing.
            let faults = found.issues.iter().filter(|issue| !issue.ends_with("doubtful_number")).count();
            prop_assert_eq!(faults, 0, "{}: {:?}", name, found.receipt);
        }
    }
}
