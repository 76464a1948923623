//! Figures of a paper as one digest, the same whatever its format. Knows no code and no key.

use super::document::{Block, Document, PaperTable};
use super::on_paper::paper_rows;
use super::verify::printed;
use super::words::cell_words;
use crate::domain::format;
use crate::proof::{DIGEST_BYTES, digest};

/// Digest of the figures of a paper as it prints them: every cell of its tables, and the numbers in its sentences and of
/// its charts. The letter around them says nothing of the data.
pub fn figures(document: &Document) -> [u8; DIGEST_BYTES] {
    let mut texts = vec![document.subtitle.clone(), format::date(document.stamp.as_of)];
    for block in printed(document).flat_map(|part| &part.blocks) {
        match block {
            Block::Table(table) => cells(table, &mut texts),
            Block::Paragraph(text) | Block::Note(text) | Block::Heading(text) => texts.push(numbers(text)),
            Block::List(items) => texts.extend(items.iter().map(|item| numbers(item))),
            Block::Facts(facts) => texts.extend(facts.iter().map(|(_, value)| value.clone())),
            Block::Chart(chart) => texts.push(numbers(&chart.description)),
            Block::Lines(_) | Block::Signatures(_) | Block::Address(_) | Block::Centered(_) => {}
        }
    }
    digest(texts.iter().map(String::as_str))
}

fn cells(table: &PaperTable, texts: &mut Vec<String>) {
    let (printed, _) = paper_rows(table);
    for row in printed.iter().chain(&table.totals) {
        for cell in row {
            let (text, small) = cell_words(cell);
            texts.push(text + "/" + &small);
        }
    }
}

/// The numbers of a sentence, in their order.
fn numbers(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| word.chars().any(|letter| letter.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}
