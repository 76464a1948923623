//! The code on a paper by which it proves itself: its QR code, its short code, and the figures that it is about.

use super::document::{Block, Document, PaperTable};
use super::on_paper::paper_rows;
use super::verify::printed;
use super::words::cell_words;
use crate::charts::{QrPicture, TooLongForQr};
use crate::domain::format;
use crate::proof::{DIGEST_BYTES, SignedClaim, digest};

/// Length of a square of the code on paper, millimetres: a printer of 300 dots an inch draws six dots of it.
pub(super) const SQUARE_MM: f64 = 0.5;
/// Words of the picture for those who do not see it.
pub(super) const ALT: &str = "Kode QR untuk memeriksa surat ini";

/// Signed claim of a paper, printed as a QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperMark {
    /// What the paper says of itself.
    pub claim: SignedClaim,
}

impl PaperMark {
    /// The code as squares.
    pub(super) fn picture(&self) -> Result<QrPicture, TooLongForQr> {
        QrPicture::new(&self.claim.to_string())
    }

    /// The line beside the code.
    pub fn line(&self) -> String {
        format!(
            "Kode surat {}. Periksa surat ini: halaman Periksa surat, atau simpul verify BERKAS",
            self.claim.claim.code()
        )
    }
}

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
            Block::Lines(_) | Block::Signatures(_) => {}
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
