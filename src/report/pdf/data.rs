//! The paper as JSON for the template, and its charts as files beside it.

use chrono::Datelike;
use serde_json::{Value, json};

use crate::charts::{self, Chart, Medium};
use crate::report::ReportError;
use crate::report::document::{
    Align, Block, Document, Letterhead, Orientation, PaperCell, PaperTable, Part, Reach, RowHeight, Signatures,
};
use crate::report::on_paper::{paper_charts, paper_rows};
use crate::report::words::{cell_words, clean, stamp_words};

/// Letters of a word from which it may be broken anywhere, so that no name leaves its column.
const LONG_WORD: usize = 18;
/// Letters of a cell up to which its row is kept on one page.
pub(in crate::report) const ROW_KEPT_LETTERS: usize = 400;
/// Height to width of a chart that still fits under a heading on an upright and on a lying page.
const TALL_UPRIGHT: f64 = 1.38;
const TALL_LYING: f64 = 0.58;

/// Name of the logo's file.
pub(super) const LOGO: &str = "/logo.png";

/// Name and SVG of each chart.
type Charts = Vec<(String, String)>;

/// JSON and charts.
pub(super) fn data(document: &Document) -> Result<(String, Charts), ReportError> {
    let mut charts = Charts::new();
    let mut groups: Vec<Value> = Vec::new();
    let parts: Vec<&Part> = document.parts.iter().filter(|part| part.reach == Reach::Everywhere).collect();
    for group in parts.chunk_by(|one, next| one.orientation == next.orientation) {
        let lying = group[0].orientation == Orientation::Landscape;
        let mut members = Vec::new();
        for part in group {
            let mut blocks = Vec::new();
            for block in &part.blocks {
                blocks.extend(block_data(block, &part.title, lying, &mut charts)?);
            }
            members.push(json!({ "title": words(&part.title), "blocks": blocks }));
        }
        groups.push(json!({ "landscape": lying, "parts": members }));
    }
    let day = document.stamp.as_of;
    let json = json!({
        "title": words(&document.title),
        "subtitle": words(&document.subtitle),
        "letterhead": letterhead_data(&document.letterhead),
        "number": words(&document.number),
        "stamp": words(&stamp_words(&document.stamp)),
        "date": [day.year(), i32::try_from(day.month()).unwrap_or(1), i32::try_from(day.day()).unwrap_or(1)],
        "groups": groups,
    });
    Ok((json.to_string(), charts))
}

fn letterhead_data(head: &Letterhead) -> Value {
    let lines = |lines: &mut dyn Iterator<Item = &str>| lines.map(words).collect::<Vec<_>>();
    json!({
        "above": lines(&mut head.above.iter().map(String::as_str)),
        "name": words(&head.name),
        "address": lines(&mut head.address.lines()),
        "logo": if head.logo.is_some() { LOGO } else { "" },
    })
}

fn block_data(block: &Block, part: &str, lying: bool, charts: &mut Charts) -> Result<Vec<Value>, ReportError> {
    Ok(match block {
        Block::Heading(text) => vec![json!({ "kind": "heading", "text": words(text) })],
        Block::Paragraph(text) => vec![json!({ "kind": "paragraph", "text": words(text) })],
        Block::List(items) => {
            vec![json!({ "kind": "list", "items": items.iter().map(|item| words(item)).collect::<Vec<_>>() })]
        }
        Block::Note(text) => vec![json!({ "kind": "note", "text": words(text) })],
        Block::Facts(facts) => {
            let facts: Vec<[String; 2]> = facts.iter().map(|(name, value)| [words(name), words(value)]).collect();
            vec![json!({ "kind": "facts", "facts": facts })]
        }
        Block::Table(table) => vec![table_data(table, part)],
        Block::Lines(count) => vec![json!({ "kind": "lines", "count": count })],
        Block::Signatures(signatures) => vec![signatures_data(signatures)],
        Block::Chart(chart) => {
            let mut blocks = Vec::new();
            for chart in paper_charts(chart) {
                blocks.push(chart_data(&chart, lying, charts)?);
            }
            blocks
        }
    })
}

fn chart_data(chart: &Chart, lying: bool, charts: &mut Charts) -> Result<Value, ReportError> {
    let svg = charts::svg(chart, Medium::Print)?;
    let name = format!("/chart-{}.svg", charts.len());
    let limit = if lying { TALL_LYING } else { TALL_UPRIGHT };
    // A taller one is made smaller rather than cut.
    let width = aspect(&svg).map_or(100.0, |aspect| 100.0 * (limit / aspect).min(1.0));
    charts.push((name.clone(), svg));
    let alt = format!("{}. {}", chart.title, chart.description);
    Ok(json!({ "kind": "chart", "file": name, "alt": words(&alt), "width": width }))
}

/// Height to width, from the SVG's own first tag.
fn aspect(svg: &str) -> Option<f64> {
    let tag = svg.split('>').next()?;
    let number = |name: &str| -> Option<f64> {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split('"').next()?.parse().ok()
    };
    let (width, height) = (number("width")?, number("height")?);
    (width > 0.0).then(|| height / width)
}

fn table_data(table: &PaperTable, part: &str) -> Value {
    let (rows, note) = paper_rows(table);
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(|column| {
            let align = match column.align {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            };
            json!({ "label": words(&column.label), "share": column.share, "align": align })
        })
        .collect();
    let row = |cells: &Vec<PaperCell>| {
        let texts: Vec<[String; 2]> = cells.iter().map(cell_data).collect();
        let longest = texts.iter().map(|[text, _]| text.chars().count()).max().unwrap_or(0);
        json!({ "cells": texts, "kept": longest <= ROW_KEPT_LETTERS })
    };
    let title = if table.title == part { String::new() } else { words(&table.title) };
    let notes: Vec<String> = [table.note.clone(), note].into_iter().filter(|text| !text.is_empty()).collect();
    json!({
        "kind": "table",
        "title": title,
        "note": words(&notes.join(" ")),
        "columns": columns,
        "rows": rows.iter().map(row).collect::<Vec<_>>(),
        "totals": table.totals.iter().map(row).collect::<Vec<_>>(),
        "empty": words(&table.empty),
        "form": table.row_height == RowHeight::Form,
    })
}

fn cell_data(cell: &PaperCell) -> [String; 2] {
    let (text, small) = cell_words(cell);
    [words(&text), small]
}

fn signatures_data(signatures: &Signatures) -> Value {
    let signers: Vec<Value> = signatures
        .signers
        .iter()
        .map(|signer| {
            json!({ "role": words(&signer.role), "name": words(&signer.name), "id": words(&signer.id_number) })
        })
        .collect();
    json!({ "kind": "signatures", "place": words(&signatures.place_and_date), "signers": signers })
}

/// Text that stays in its column: long words may be broken.
fn words(text: &str) -> String {
    let text = clean(text);
    let mut broken = String::with_capacity(text.len());
    let mut run = 0;
    for letter in text.chars() {
        if letter.is_whitespace() || letter == '.' || letter == '-' {
            run = 0;
        } else {
            run += 1;
            if run > LONG_WORD {
                broken.push('\u{200b}');
                run = 1;
            }
        }
        broken.push(letter);
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_may_be_broken_and_others_stay() {
        assert_eq!(words("Apotek Sehat Bersama"), "Apotek Sehat Bersama");
        assert_eq!(words(&"x".repeat(40)).matches('\u{200b}').count(), 2);
        assert_eq!(words("a\tb\u{7}c"), "a b c");
    }

    #[test]
    fn the_aspect_is_read_from_the_first_tag() {
        assert_eq!(aspect("<svg xmlns=\"x\" width=\"200\" height=\"100\"><rect width=\"9\"/></svg>"), Some(0.5));
        assert_eq!(aspect("<svg><rect width=\"9\" height=\"9\"/></svg>"), None);
    }
}
