//! Indikator Layanan, and lists of indicators that lack codes, weights, directions or aggregations.

use std::collections::BTreeSet;

use super::codes::code_for;
use super::programmes::skip_titles;
use super::target::{direction_by_sign, target, weight};
use super::titles::quote;
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, Field, Sourced};
use crate::domain::{Aggregation, Direction, NamedKinds, ServiceDefinition};
use crate::recap::FoundTable;
use crate::recap::cells::{CellFault, is_blank, value_text};
use crate::recap::heading::{ColumnMeaning, key};
use crate::recap::read::Reader;
use crate::recap::read::row::{Need, RowReader};

/// Words of what is better when it is rarer.
const RARER_IS_BETTER: [&str; 26] = [
    "kematian",
    "stunting",
    "bblr",
    "drop out",
    "dropout",
    "putus obat",
    "gizi buruk",
    "gizi kurang",
    "underweight",
    "wasting",
    "kesakitan",
    "insiden",
    "insidens",
    "prevalensi",
    "kek",
    "anemia",
    "bgm",
    "2t",
    "kejadian",
    "keluhan",
    "abortus",
    "mangkir",
    "perokok",
    "merokok",
    "kecacatan",
    "obesitas",
];
/// Words of what is done about it: then more is better.
const DONE_ABOUT_IT: [&str; 31] = [
    "ditangani",
    "penanganan",
    "mendapat",
    "mendapatkan",
    "dilayani",
    "pelayanan",
    "perawatan",
    "dirawat",
    "dirujuk",
    "tatalaksana",
    "tata laksana",
    "diobati",
    "pengobatan",
    "skrining",
    "audit",
    "intervensi",
    "penemuan",
    "ditemukan",
    "deteksi",
    "penurunan",
    "pencegahan",
    "pemeriksaan",
    "diperiksa",
    "bebas",
    "tanpa",
    "tidak",
    "cakupan",
    "konseling",
    "penyelidikan",
    "kunjungan",
    "ditindaklanjuti",
];
/// Words for which way is better.
const DIRECTIONS: [(&str, Direction); 22] = [
    ("naik", Direction::HigherIsBetter),
    ("turun", Direction::LowerIsBetter),
    ("makin rendah", Direction::LowerIsBetter),
    ("semakin rendah", Direction::LowerIsBetter),
    ("lebih rendah", Direction::LowerIsBetter),
    ("makin kecil", Direction::LowerIsBetter),
    ("semakin kecil", Direction::LowerIsBetter),
    ("makin sedikit", Direction::LowerIsBetter),
    ("semakin sedikit", Direction::LowerIsBetter),
    ("menurun", Direction::LowerIsBetter),
    ("negatif", Direction::LowerIsBetter),
    ("minimasi", Direction::LowerIsBetter),
    ("minimize", Direction::LowerIsBetter),
    ("makin tinggi", Direction::HigherIsBetter),
    ("semakin tinggi", Direction::HigherIsBetter),
    ("lebih tinggi", Direction::HigherIsBetter),
    ("makin besar", Direction::HigherIsBetter),
    ("semakin besar", Direction::HigherIsBetter),
    ("makin banyak", Direction::HigherIsBetter),
    ("meningkat", Direction::HigherIsBetter),
    ("positif", Direction::HigherIsBetter),
    ("maksimasi", Direction::HigherIsBetter),
];
/// Target above which nothing is better when it is rarer, percent.
const RARE_MAX: f64 = 50.0;
/// Largest target that no sign of percent is needed for.
const PERCENT_MAX: f64 = 100.0;
/// Codes that a sentence lists.
const LISTED_MAX: usize = 30;

/// The guesses about rows of a table.
#[derive(Default)]
struct ServiceAssumptions {
    first: Option<CellRef>,
    codes: Vec<String>,
    /// Names of those of which less is better.
    lower: Vec<String>,
    rows: u32,
}

/// Rows of Indikator Layanan.
pub(in crate::recap::read) fn services(reader: &mut Reader<'_>) -> Vec<Sourced<ServiceDefinition>> {
    let mut rows = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut assumed = ServiceAssumptions::default();
    skip_titles(reader);
    let unit = unit_column(reader.table);
    let has_codes = reader.table.heading.columns.contains_key(&ColumnMeaning::Code);
    reader.each_row(&mut |row| {
        let record = service(row, &seen, unit, &mut assumed);
        let key = record.as_ref().map(|record| plain_words(&record.code));
        if key.as_ref().is_some_and(|key| seen.contains(key)) {
            row.duplicate("kode ini");
        }
        let name = record.as_ref().map(|record| plain_words(&record.name)).filter(|_| !has_codes);
        if name.as_ref().is_some_and(|name| names.contains(name)) {
            row.duplicate("indikator ini");
        }
        if let (Some(record), Some(key), false) = (record, key, row.is_rejected()) {
            if !has_codes {
                assumed.codes.push(format!("{} = {}", quote(&record.name), record.code));
            }
            seen.insert(key);
            names.extend(name);
            rows.push(Sourced { record, cells: row.cells() });
        }
    });
    assumed.say(reader);
    rows
}

fn service(
    row: &mut RowReader<'_, '_>,
    taken: &BTreeSet<String>,
    unit: Option<u32>,
    assumed: &mut ServiceAssumptions,
) -> Option<ServiceDefinition> {
    let has_codes = row.place(ColumnMeaning::Code).is_some();
    let code = if has_codes { row.checked_text(ColumnMeaning::Code, Field::Name, Need::Required) } else { None };
    let field = if has_codes { Field::Attributes } else { Field::Name };
    let name = row.checked_text(ColumnMeaning::IndicatorName, field, Need::Required);
    let target = target(row, Need::Required);
    check_unit(row, unit, target);
    // Without a column of weights all weigh the same.
    let weight = if row.place(ColumnMeaning::Weight).is_some() { weight(row, Need::Required) } else { Some(1.0) };
    let direction = if row.place(ColumnMeaning::Direction).is_some() {
        word(row, ColumnMeaning::Direction, "Arah", "tulis Naik atau Turun", &DIRECTIONS)
    } else {
        direction_of(row, name.as_deref(), target, assumed)
    };
    let aggregation = word(
        row,
        ColumnMeaning::Aggregation,
        "Agregasi",
        "tulis Jumlah, Kumulatif atau Terakhir",
        &[("jumlah", Aggregation::Sum), ("kumulatif", Aggregation::Cumulative), ("terakhir", Aggregation::Last)],
    );
    let applies_to = row.checked_text(ColumnMeaning::AppliesTo, Field::Attributes, Need::Optional);
    let name = name?;
    let code = if has_codes { code? } else { code_for(&name, taken) };
    assumed.rows += 1;
    assumed.first = assumed.first.or_else(|| row.place(ColumnMeaning::IndicatorName));
    Some(ServiceDefinition {
        code,
        name,
        target: target?,
        weight: weight?,
        direction: direction?,
        aggregation: aggregation?,
        applies_to: applies_to.map(|text| NamedKinds::of_text(&text)).unwrap_or_default(),
    })
}

/// Returns the better direction, where no column says it: by the sign of the target, else by the name.
fn direction_of(
    row: &mut RowReader<'_, '_>,
    name: Option<&str>,
    target: Option<f64>,
    assumed: &mut ServiceAssumptions,
) -> Option<Direction> {
    let name = name?;
    let place = row.place(ColumnMeaning::IndicatorName)?;
    let words = format!(" {} ", plain_words(name));
    let has = |word: &&str| words.contains(&format!(" {word} "));
    let is_rare = RARER_IS_BETTER.iter().any(&has) && !DONE_ABOUT_IT.iter().any(&has);
    let direction = match direction_by_sign(row) {
        Some(direction) => direction,
        None if !is_rare => Direction::HigherIsBetter,
        None if target.is_none_or(|target| target <= RARE_MAX) => Direction::LowerIsBetter,
        None => {
            let why = format!(
                "{} tidak jelas apakah lebih tinggi atau lebih rendah yang baik; tambahkan kolom Arah dan tulis Naik \
                 atau Turun di setiap baris",
                quote(name)
            );
            row.wrong(place, "Arah", &CellFault { code: IssueCode::UnknownValue, why });
            return None;
        }
    };
    if direction == Direction::LowerIsBetter {
        assumed.lower.push(quote(name));
    }
    Some(direction)
}

/// The column of units.
fn unit_column(table: &FoundTable<'_>) -> Option<u32> {
    let (first, last) = table.heading.extent;
    let key_of = |column: u32| {
        let texts = table.heading.texts(table.sheet, column);
        texts.last().map(|(_, text)| key(text)).unwrap_or_default()
    };
    (first..=last).find(|column| ["satuan", "unit", "satuantarget"].contains(&key_of(*column).as_str()))
}

/// Names a target that is no percentage: its unit is another, or it exceeds 100 without a sign of percent.
fn check_unit(row: &mut RowReader<'_, '_>, unit: Option<u32>, target: Option<f64>) {
    let Some((place, target)) = row.place(ColumnMeaning::Target).zip(target) else { return };
    let table = row.reader.table;
    let is_head_percent = table.heading.texts(table.sheet, place.column).iter().any(|(_, text)| says_percent(text));
    let is_cell_percent = match row.cell(place.column) {
        Some(crate::workbook::CellValue::Number { percent, .. }) => *percent,
        Some(value) => says_percent(&value_text(value)),
        None => false,
    };
    if is_head_percent || is_cell_percent {
        return;
    }
    let unit = unit.and_then(|column| row.cell(column)).filter(|value| !is_blank(Some(value))).map(value_text);
    let other = unit.filter(|unit| !says_percent(unit) && !crate::recap::cells::is_dash(unit));
    let why = match other {
        Some(unit) => {
            format!("satuannya \"{unit}\", padahal target dihitung dalam persen; tulis persentasenya, misalnya 80%")
        }
        None if target > PERCENT_MAX => {
            format!("{target} lebih dari 100, padahal target dihitung dalam persen; tulis dengan tanda %, misalnya 80%")
        }
        None => return,
    };
    row.wrong(place, "Target", &CellFault { code: IssueCode::InvalidNumber, why });
}

fn says_percent(text: &str) -> bool {
    text.contains('%') || text.to_lowercase().contains("persen")
}

impl ServiceAssumptions {
    /// Says what was assumed, once a table.
    fn say(self, reader: &mut Reader<'_>) {
        let Some(first) = self.first else { return };
        let columns = &reader.table.heading.columns;
        let lower = if self.lower.is_empty() {
            "arah Naik".to_owned()
        } else {
            format!("arah Naik, kecuali {} Turun", self.lower.join(", "))
        };
        let missing = [
            (ColumnMeaning::Weight, "Bobot", "bobot 1".to_owned()),
            (ColumnMeaning::Direction, "Arah", lower),
            (ColumnMeaning::Aggregation, "Agregasi", "agregasi Jumlah".to_owned()),
        ];
        let missing: Vec<_> = missing.into_iter().filter(|(column, _, _)| !columns.contains_key(column)).collect();
        let anchor = reader.table.heading.anchor;
        if !missing.is_empty() {
            let names: Vec<&str> = missing.iter().map(|(_, name, _)| *name).collect();
            let values: Vec<&str> = missing.iter().map(|(_, _, value)| value.as_str()).collect();
            let message = format!(
                "tabel ini tidak mempunyai kolom {}; {} indikator dibaca dengan {}; tambahkan kolomnya bila lain",
                names.join(", "),
                self.rows,
                values.join(", ")
            );
            reader.reading(anchor, message);
        }
        if !self.codes.is_empty() {
            let more = self.codes.len().saturating_sub(LISTED_MAX);
            let more = if more > 0 { format!(" dan {more} lagi") } else { String::new() };
            let codes: Vec<&str> = self.codes.iter().take(LISTED_MAX).map(String::as_str).collect();
            let message = format!(
                "kode indikator diambil dari namanya: {}{more}; tambahkan kolom Kode bila lain",
                codes.join(", ")
            );
            reader.reading(first, message);
        }
    }
}

/// One of the words that a column knows; the first stands for a column that is not there.
fn word<T: Copy>(
    row: &mut RowReader<'_, '_>,
    column: ColumnMeaning,
    label: &str,
    remedy: &str,
    words: &[(&str, T)],
) -> Option<T> {
    let Some(place) = row.place(column) else { return words.first().map(|(_, value)| *value) };
    let before = row.faults();
    let text = row.checked_text(column, Field::Attributes, Need::Required);
    let Some(text) = text else {
        debug_assert!(row.faults() > before, "a needed text is there or named");
        return None;
    };
    let plain = plain_words(&text);
    let known = words.iter().find(|(word, _)| format!(" {plain} ").contains(&format!(" {word} ")));
    if known.is_none() {
        let why = format!("\"{text}\" tidak dikenal; {remedy}");
        row.wrong(place, label, &CellFault { code: IssueCode::UnknownValue, why });
    }
    known.map(|(_, value)| *value)
}
