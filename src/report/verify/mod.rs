//! A paper is done only after what was written was opened again and says what its document says: each format is read
//! back by a reader that shares nothing with its writer. Knows no file and no store.

mod bundle;
mod docx;
mod office;
mod office_text;
mod pdf;
mod pdf_drawing;
mod pdf_text;

use super::ReportError;
use super::document::{Block, Document, PaperCell, PaperTable, Part, PartFormats};
use super::on_paper::paper_rows;
use super::sealed::SealedFormat;
use super::words::{cell_words, clean, stamp_words};
use crate::proof::Reading;

pub(super) use bundle::verify as bundle;
pub use office::office_reading;
pub use pdf::pdf_reading;

/// Difference between a format, opened again, and its document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Mismatch(String);

impl Mismatch {
    /// Says in a sentence what was looked for, and where.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

/// Opens a PDF again and compares it with its document: pages, title, headings, every row of every table, and the
/// snapshot's stamp on every page. Gives all that it says.
pub fn pdf(document: &Document, bytes: &[u8]) -> Result<Reading, ReportError> {
    pdf::verify(document, bytes).map_err(|what| ReportError::Unsound { format: "PDF", what })
}

/// Opens a DOCX again and compares it with its document: headings, tables cell by cell, pictures, the stamp.
/// Gives all that it says.
pub fn docx(document: &Document, bytes: &[u8]) -> Result<Reading, ReportError> {
    let unsound = |what| ReportError::Unsound { format: "DOCX", what };
    docx::verify(document, bytes).map_err(unsound)?;
    office_reading(SealedFormat::Docx, bytes).map_err(unsound)
}

/// Parts that are printed.
pub(super) fn printed(document: &Document) -> impl Iterator<Item = &Part> {
    document.parts.iter().filter(|part| part.reach == PartFormats::Everywhere)
}

/// Headings in order, with their level from 1.
fn headings(document: &Document) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    for part in printed(document) {
        if part.has_heading() {
            found.push((1, clean(&part.title)));
        }
        for block in &part.blocks {
            let below = match block {
                Block::Heading(text) => text,
                Block::Table(table) if table.title != part.title && !table.title.is_empty() => &table.title,
                _ => continue,
            };
            found.push((2, clean(below)));
        }
    }
    found
}

/// Tables that are printed with at least one row, in order.
fn tables(document: &Document) -> impl Iterator<Item = &PaperTable> {
    let blocks = printed(document).flat_map(|part| &part.blocks);
    blocks.filter_map(|block| match block {
        Block::Table(table) if table.rows.len() + table.totals.len() > 0 => Some(table),
        _ => None,
    })
}

/// Rows of a table as they are printed, totals last: words of each cell, the small ones behind.
fn rows(table: &PaperTable) -> impl Iterator<Item = Vec<String>> + '_ {
    let words = |cell: &PaperCell| {
        let (text, small) = cell_words(cell);
        text + &small
    };
    let (printed, _) = paper_rows(table);
    printed.iter().chain(&table.totals).map(move |row| row.iter().map(words).collect())
}

/// Returns the words of the footer before the page's number.
fn stamp(document: &Document) -> String {
    clean(&stamp_words(&document.stamp))
}

/// The letters alone: what breaks lines and words differs from format to format.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// A text for an error, cut to a length that a person reads.
fn quoted(text: &str) -> String {
    const LETTERS_MAX: usize = 60;
    match text.char_indices().nth(LETTERS_MAX) {
        Some((end, _)) => format!("“{}…”", &text[..end]),
        None => format!("“{text}”"),
    }
}
