//! Every figure of the evaluation, one a row: for the workbook, where it is computed with.

use crate::analytics::results::ResultBlock as Results;
use crate::dashboard::PageContext;
use crate::domain::{CoachingIndicator, Ratio, Value};
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};

/// The part of the workbook that holds all of them, facilities first, the total last.
pub(super) fn part(context: &PageContext<'_>) -> Part {
    let mut rows = Vec::new();
    for result in context.facilities() {
        let facility = context.facility(result.facility);
        block_rows(&facility.name, &facility.kind, &result.block, &mut rows);
    }
    block_rows("TOTAL", "", &context.result().total, &mut rows);
    figures_part(["Faskes", "Jenis"], context.caption(), rows)
}

/// The same over several Puskesmas: each one's total, in their order, then all together.
pub(super) fn of_several(contexts: &[&PageContext<'_>], everyone: &Results, caption: &str) -> Part {
    let mut rows = Vec::new();
    for context in contexts {
        block_rows(context.puskesmas_name(), "", &context.result().total, &mut rows);
    }
    block_rows("TOTAL", "", everyone, &mut rows);
    figures_part(["Puskesmas", "Keterangan"], caption.to_owned(), rows)
}

fn figures_part([name, kind]: [&str; 2], note: String, rows: Vec<Vec<PaperCell>>) -> Part {
    let columns = vec![
        PaperColumn::text(name, 30.0),
        PaperColumn::text(kind, 14.0),
        PaperColumn::text("Indikator", 12.0),
        PaperColumn::number("Pembilang", 11.0),
        PaperColumn::number("Penyebut", 11.0),
        PaperColumn::number("Nilai (%)", 11.0),
        PaperColumn::number("Target (%)", 11.0),
        PaperColumn::number("Kinerja", 11.0),
    ];
    Part::workbook_only(
        "Rincian angka",
        vec![Block::Table(PaperTable {
            title: "Setiap angka dengan pembilang dan penyebutnya".to_owned(),
            note,
            columns,
            rows,
            totals: Vec::new(),
            empty: "Belum ada faskes yang terdaftar pada tahun ini.".to_owned(),
            row_height: RowHeight::Text,
        })],
    )
}

fn block_rows(name: &str, kind: &str, block: &Results, rows: &mut Vec<Vec<PaperCell>>) {
    let mut push = |code: &str, ratio: Option<Ratio>, value: Value, target: Option<f64>, performance: Option<f64>| {
        let number = |number: Option<f64>| number.map_or(PaperCell::Blank, |number| PaperCell::Figure(number, None));
        let ratio = ratio.filter(|ratio| ratio.denominator > 0.0);
        let count = |count: Option<f64>| count.map_or(PaperCell::Blank, PaperCell::Count);
        rows.push(vec![
            PaperCell::words(name),
            PaperCell::words(kind),
            PaperCell::words(code),
            count(ratio.map(|ratio| ratio.numerator)),
            count(ratio.map(|ratio| ratio.denominator)),
            number(value.number()),
            number(target),
            number(performance),
        ]);
    };
    push("SKOR", None, block.score.map_or(Value::NotApplicable, Value::Number), None, None);
    for indicator in CoachingIndicator::ALL {
        let result = block.indicator(indicator);
        push(indicator.code(), result.ratio, result.value, Some(result.target), result.performance);
    }
    for service in &block.service {
        push(&service.code, Some(service.ratio), service.value, Some(service.target), service.performance);
    }
}
