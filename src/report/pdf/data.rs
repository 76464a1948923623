//! The paper as JSON for the template, and its charts as files beside it.

use chrono::Datelike;
use serde_json::{Value, json};

use crate::report::document::{
    Align, Block, Document, DocumentForm, Letterhead, Orientation, PaperCell, PaperTable, Part, PartFormats,
    PartOpening, RowHeight, Signatures,
};
use crate::report::drawings::{Drawing, Drawings};
use crate::report::on_paper::paper_rows;
use crate::report::words::{cell_words, clean, stamp_words};

use super::SIGNATURE_LINK;
use super::row_height::Face;
use crate::report::mark::{ALT, PaperMark, SQUARE_MM};

/// Letters of a word from which it may be broken anywhere, so that no name leaves its column.
const LONG_WORD: usize = 18;
/// Letters of a cell up to which its row is kept on one page.
pub(in crate::report) const ROW_KEPT_LETTERS: usize = 400;
/// Letters of a cell up to which some rows are kept together on one page: they fit it.
const ROW_SHORT_LETTERS: usize = 160;
/// Height to width of a chart that still fits under a heading on an upright and on a lying page.
const TALL_UPRIGHT: f64 = 1.38;
const TALL_LYING: f64 = 0.58;
/// Height to width from which a chart begins a page of its own. Nothing but a heading fits above it anyway, and pages that
/// are begun on purpose are set side by side.
const OWN_PAGE: f64 = 1.0;

/// Name of the logo's file.
pub(super) const LOGO: &str = "/logo.png";

/// Name of the file with the code of the paper.
pub(super) const MARK: &str = "/kode.svg";

/// Name and SVG of each chart.
type Charts = Vec<(String, String)>;

/// Returns the paper as JSON for the template, and its charts as SVG.
pub(super) fn data(document: &Document, drawings: &Drawings) -> (String, Charts) {
    let mut charts = Charts::new();
    let mut groups: Vec<PageGroup> = Vec::new();
    let parts = document.parts.iter().zip(drawings.by_part()).filter(|(part, _)| part.reach == PartFormats::Everywhere);
    for (part, drawn) in parts {
        let lying = part.orientation == Orientation::Landscape;
        let mut runs = runs_of(part, &drawn, lying, &mut charts).into_iter();
        // What comes first follows the part before it, where that lies as this does.
        let heading = if part.has_heading() { words(&part.title) } else { String::new() };
        let first = runs.next().map(|blocks| json!({ "title": heading, "blocks": blocks }));
        match groups.last_mut() {
            Some(group) if group.lying == lying && part.opening == PartOpening::Heading => group.parts.extend(first),
            _ => groups.push(PageGroup {
                lying,
                has_letterhead: groups.is_empty() || part.opening == PartOpening::Letterhead,
                parts: first.into_iter().collect(),
            }),
        }
        let page = |blocks| vec![json!({ "title": "", "blocks": blocks })];
        groups.extend(runs.map(|blocks| PageGroup { lying, has_letterhead: false, parts: page(blocks) }));
    }
    let group = |group: PageGroup| {
        let parts: Vec<Value> = group.parts.into_iter().map(sign_table).collect();
        json!({ "landscape": group.lying, "head": group.has_letterhead, "parts": parts })
    };
    let groups: Vec<Value> = groups.into_iter().map(group).collect();
    let day = document.stamp.as_of;
    let line = |(name, value): &(String, String)| [words(name), words(value)];
    let lines: Vec<[String; 2]> = document.lines.iter().map(line).collect();
    let json = json!({
        "title": words(&document.title),
        "subtitle": words(&document.subtitle),
        "letterhead": letterhead_data(&document.letterhead),
        "lines": lines,
        "stamp": words(&stamp_words(&document.stamp)),
        "mark": mark_data(document.mark.as_ref()),
        "signature": SIGNATURE_LINK,
        "form": form_data(&document.form),
        "date": [day.year(), i32::try_from(day.month()).unwrap_or(1), i32::try_from(day.day()).unwrap_or(1)],
        "groups": groups,
    });
    (json.to_string(), charts)
}

/// Parts that follow each other on pages of one orientation.
struct PageGroup {
    lying: bool,
    /// True if it begins with the letterhead.
    has_letterhead: bool,
    parts: Vec<Value>,
}

fn form_data(form: &DocumentForm) -> Value {
    match form {
        DocumentForm::Report => json!({ "kind": "report" }),
        DocumentForm::Letter { place_and_date } => json!({ "kind": "letter", "place": words(place_and_date) }),
        DocumentForm::Order { about } => {
            json!({ "kind": "order", "about": about.iter().map(|line| words(line)).collect::<Vec<_>>() })
        }
    }
}

/// Puts signatures, with all that stands below them, into the table before them, below its last rows: nobody signs an
/// empty page.
fn sign_table(mut part: Value) -> Value {
    let Some(blocks) = part["blocks"].as_array_mut() else { return part };
    let Some(place) = blocks.iter().position(|block| block["kind"] == "signatures") else { return part };
    let has_rows = |block: &Value| block["rows"].as_array().is_some_and(|rows| !rows.is_empty());
    if place > 0 && has_rows(&blocks[place - 1]) {
        let tail = blocks.split_off(place);
        blocks[place - 1]["tail"] = Value::Array(tail);
    }
    part
}

/// The blocks of a part, by runs of pages: the first begins where the part before it ended, every other a page.
fn runs_of(part: &Part, drawn: &[&[Drawing]], lying: bool, charts: &mut Charts) -> Vec<Vec<Value>> {
    let mut drawn = drawn.iter();
    let mut runs = vec![Vec::new()];
    for (place, block) in part.blocks.iter().enumerate() {
        let Block::Chart(_) = block else {
            let mut block = block_data(block, part, lying);
            block["signed"] = Value::Bool(part.is_signed(place));
            push(&mut runs, block);
            continue;
        };
        for piece in drawn.next().into_iter().copied().flatten() {
            let is_first = matches!(runs.as_slice(), [only] if only.is_empty());
            if piece.aspect() >= OWN_PAGE && !lying && !is_first {
                runs.push(Vec::new());
            }
            push(&mut runs, chart_data(piece, lying, charts));
        }
    }
    runs
}

fn push(runs: &mut [Vec<Value>], block: Value) {
    if let Some(run) = runs.last_mut() {
        run.push(block);
    }
}

/// The line beside the code and the length of a side; blank where there is none.
fn mark_data(mark: Option<&PaperMark>) -> Value {
    let Some((mark, picture)) = mark.and_then(|mark| Some((mark, mark.picture().ok()?))) else { return Value::Null };
    let side = f64::from(u32::try_from(picture.side()).unwrap_or(0)) * SQUARE_MM;
    json!({ "file": MARK, "side": side, "line": words(&mark.line()), "alt": ALT })
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

/// A block that is no chart.
fn block_data(block: &Block, part: &Part, lying: bool) -> Value {
    match block {
        Block::Heading(text) => json!({ "kind": "heading", "text": words(text) }),
        Block::Paragraph(text) => json!({ "kind": "paragraph", "text": words(text) }),
        Block::List(items) => {
            json!({ "kind": "list", "items": items.iter().map(|item| words(item)).collect::<Vec<_>>() })
        }
        Block::Note(text) => json!({ "kind": "note", "text": words(text) }),
        Block::Facts(facts) => {
            let facts: Vec<[String; 2]> = facts.iter().map(|(name, value)| [words(name), words(value)]).collect();
            json!({ "kind": "facts", "facts": facts })
        }
        Block::Address(lines) => {
            json!({ "kind": "address", "lines": lines.iter().map(|line| words(line)).collect::<Vec<_>>() })
        }
        Block::Centered(text) => json!({ "kind": "centered", "text": words(text) }),
        Block::Table(table) => table_data(table, &part.title, lying),
        Block::Lines(count) => json!({ "kind": "lines", "count": count }),
        Block::Signatures(signatures) => signatures_data(signatures),
        Block::Chart(_) => Value::Null,
    }
}

fn chart_data(drawing: &Drawing, lying: bool, charts: &mut Charts) -> Value {
    let name = format!("/chart-{}.svg", charts.len());
    let limit = if lying { TALL_LYING } else { TALL_UPRIGHT };
    // A taller one is made smaller rather than cut.
    let width = 100.0 * (limit / drawing.aspect()).min(1.0);
    charts.push((name.clone(), drawing.svg.clone()));
    json!({ "kind": "chart", "file": name, "alt": words(&drawing.alt()), "width": width })
}

fn table_data(table: &PaperTable, part: &str, lying: bool) -> Value {
    let (rows, note) = paper_rows(table);
    let face = Face::from_table(table, lying);
    let columns: Vec<Value> = table
        .columns
        .iter()
        .zip(&face.shares)
        .map(|(column, share)| {
            let align = match column.align {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            };
            json!({ "label": words(&column.label), "share": share, "align": align })
        })
        .collect();
    let row = |cells: &Vec<PaperCell>| {
        let texts: Vec<[String; 2]> = cells.iter().map(cell_data).collect();
        let longest = texts.iter().map(|[text, _]| text.chars().count()).max().unwrap_or(0);
        let height = face.height(&texts);
        let cells: Vec<Value> = texts.into_iter().map(short).collect();
        json!({ "cells": cells, "kept": longest <= ROW_KEPT_LETTERS, "short": longest <= ROW_SHORT_LETTERS, "height": height })
    };
    let title = if table.title == part { String::new() } else { words(&table.title) };
    let notes: Vec<String> = [table.note.clone(), note].into_iter().filter(|text| !text.is_empty()).collect();
    json!({
        "kind": "table",
        "title": title,
        "note": words(&notes.join(" ")),
        "columns": columns,
        "size": face.size,
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

/// A cell for the template: its text, with the small line below where there is one.
fn short([text, small]: [String; 2]) -> Value {
    if small.is_empty() { Value::String(text) } else { json!([text, small]) }
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
}
