//! The evaluation for spreadsheets (CSV, one row a figure) and for the terminal (a plain table, one row a facility).
//! Prints nothing itself.

use crate::analytics::results::{Evaluation, PuskesmasResult, ResultBlock};
use crate::domain::{CoachingIndicator, Facts, Value, format};

use super::evaluation_json::{BlockJson, FigureJson};

/// Columns of the CSV.
pub const CSV_HEADINGS: [&str; 11] = [
    "puskesmas",
    "periode",
    "per_tanggal",
    "faskes",
    "jenis",
    "indikator",
    "pembilang",
    "penyebut",
    "nilai",
    "target",
    "kinerja",
];

/// Name of the row that pools all facilities.
const TOTAL: &str = "TOTAL";
/// Code of the rows that hold the score.
const SCORE: &str = "SKOR";

/// The evaluation as CSV with headings: numbers with a decimal point, unrounded; blank where there is none.
///
/// The score stands in rows of its own: `SKOR` with the score as `nilai` and the status' word as `kinerja`.
pub fn evaluation_csv(facts: &Facts, evaluation: &Evaluation, result: &PuskesmasResult) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(CSV_HEADINGS)?;
    let head = [
        format::spreadsheet_text(&facts.puskesmas[result.puskesmas as usize].name),
        evaluation.period.to_string(),
        evaluation.as_of.to_string(),
    ];
    for (name, kind, block) in named_blocks(facts, result) {
        let name = format::spreadsheet_text(name);
        let kind = format::spreadsheet_text(kind);
        for row in block_rows(block) {
            let fields = head.iter().map(String::as_str).chain([name.as_str(), kind.as_str()]);
            writer.write_record(fields.chain(row.iter().map(String::as_str)))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The evaluation as a table of fixed columns: score, status and the nine indicators in percent.
pub fn evaluation_table(facts: &Facts, evaluation: &Evaluation, result: &PuskesmasResult) -> String {
    let mut rows = vec![table_headings()];
    rows.extend(named_blocks(facts, result).map(|(name, _, block)| table_row(name, block)));
    let reported = &result.completeness;
    format!(
        "{} · {} · data per {}\n\n{}\n{} dari {} faskes ada datanya; rekap {} dari {} bulan diterima.\n",
        facts.puskesmas[result.puskesmas as usize].name,
        format::period_with_months(evaluation.period),
        format::date(evaluation.as_of),
        aligned(&rows),
        reported.facilities_with_data,
        reported.facilities,
        reported.months.received,
        reported.months.of,
    )
}

fn named_blocks<'a>(
    facts: &'a Facts,
    result: &'a PuskesmasResult,
) -> impl Iterator<Item = (&'a str, &'a str, &'a ResultBlock)> {
    let facilities = result.facilities.iter().map(|facility| {
        let register = &facts.facilities[facility.facility as usize];
        (register.name.as_str(), register.kind.as_str(), &facility.block)
    });
    facilities.chain([(TOTAL, "", &result.total)])
}

/// Indicator, numerator, denominator, value, target, performance.
fn block_rows(block: &ResultBlock) -> Vec<[String; 6]> {
    let shown = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let figure = |(code, figure): &(String, FigureJson)| {
        [
            code.clone(),
            shown(figure.numerator),
            shown(figure.denominator),
            shown(figure.value),
            figure.target.to_string(),
            shown(figure.performance),
        ]
    };
    let json = BlockJson::new(block);
    let score = [
        SCORE.to_owned(),
        String::new(),
        String::new(),
        shown(block.score),
        String::new(),
        block.status.label().to_owned(),
    ];
    [score].into_iter().chain(json.indicators.0.iter().chain(&json.service.0).map(figure)).collect()
}

fn table_headings() -> Vec<String> {
    let codes = CoachingIndicator::ALL.map(|indicator| indicator.code().to_owned());
    ["Faskes", "Skor", "Status"].map(str::to_owned).into_iter().chain(codes).collect()
}

fn table_row(name: &str, block: &ResultBlock) -> Vec<String> {
    let score = block.score.map_or_else(|| "–".to_owned(), format::percent);
    let values = CoachingIndicator::ALL.map(|indicator| match block.indicator(indicator).value {
        Value::Number(number) => format::percent(number),
        Value::NotReported => "belum lapor".to_owned(),
        Value::NotApplicable => "–".to_owned(),
        Value::CannotCompute => "tak terhitung".to_owned(),
    });
    [name.to_owned(), score, block.status.label().to_owned()].into_iter().chain(values).collect()
}

/// Columns as wide as their widest cell: words to the left (the first and third), figures to the right.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(
                |(column, (cell, &width))| {
                    if column == 0 || column == 2 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                },
            )
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}
