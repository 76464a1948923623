//! A paper as plain data: letterhead, parts, headings, sentences, tables of typed cells, charts, forms to fill,
//! signatures. What it says is decided elsewhere; how it looks in PDF, DOCX or XLSX is each writer's matter.

use super::mark::PaperMark;
use crate::charts::Chart;
use crate::domain::{Date, Month, VisitDate, format};

/// Paper as plain data, the same for every format.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Title (`Evaluasi pembinaan jaringan dan jejaring`).
    pub title: String,
    /// Below the title: period, Puskesmas.
    pub subtitle: String,
    /// Authorities, name, address and logo above everything else.
    pub letterhead: Letterhead,
    /// Lines of a letter below the subtitle: name and value of each (number, date, attachments, subject).
    pub lines: Vec<(String, String)>,
    /// Sections that people wrote instead of drafted sentences; blank where all is drafted. Printed in the parts.
    pub written: String,
    /// Words of the footer of every page.
    pub stamp: Stamp,
    /// Code by which the paper proves itself; `None`: nobody signed it.
    pub mark: Option<PaperMark>,
    /// Order of what stands below the letterhead.
    pub form: DocumentForm,
    /// Parts in order; each is a sheet of the workbook.
    pub parts: Vec<Part>,
}

/// Order of what stands below the letterhead of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DocumentForm {
    /// Title, subtitle and lines in the middle.
    #[default]
    Report,
    /// A letter to somebody: place and date at the right, number and subject at the left.
    Letter {
        /// `Abcde, 4 September 2023`; dotted where not known.
        place_and_date: String,
    },
    /// An order or a decree: the title, below it its number and what it is about.
    Order {
        /// Lines below the number (`TENTANG`); may be empty.
        about: Vec<String>,
    },
}

/// Sender of a paper: authorities, name, address, logo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// Lines above the name (`PEMERINTAH KABUPATEN …`).
    pub above: Vec<String>,
    /// Name of the Puskesmas or team, the strongest line.
    pub name: String,
    /// Lines below the name; may be blank.
    pub address: String,
    /// PNG to the left of the lines.
    pub logo: Option<Vec<u8>>,
}

/// Height to width of a PNG, from its first chunk; that of a usual picture where the bytes are none.
pub(super) fn png_aspect(png: &[u8]) -> f64 {
    let number =
        |at: usize| png.get(at..at + 4).map(|bytes| bytes.iter().fold(0.0, |sum, byte| sum * 256.0 + f64::from(*byte)));
    match (number(16), number(20)) {
        (Some(width), Some(height)) if width > 0.0 => height / width,
        _ => 0.6,
    }
}

impl Document {
    /// Says which revision of a numbered paper this is: beside the number and in the footer.
    pub fn set_revision(&mut self, revision: u32) {
        self.stamp.revision = revision;
        if let Some((_, number)) = self.lines.iter_mut().find(|(name, _)| revision > 0 && name == NUMBER_LINE) {
            *number = format!("{number} ({})", revision_words(revision));
        }
    }

    /// Returns the number of letterheads that are printed: one, and one for each further letter.
    pub(super) fn letterheads(&self) -> usize {
        let printed = self.parts.iter().filter(|part| part.reach == PartFormats::Everywhere);
        1 + printed.skip(1).filter(|part| part.opening == PartOpening::Letterhead).count()
    }

    /// Returns the content of the paper, apart from the letter around it: two papers of one content say the same of the
    /// data.
    pub fn content(&self) -> String {
        let blocks = |part: &Part| {
            let is_end = |block: &&Block| match block {
                Block::Heading(text) => text == COPIES_HEADING,
                Block::Address(lines) => lines.first().is_some_and(|line| line == COPIES_HEADING),
                _ => false,
            };
            let own = part.blocks.iter().take_while(|block| !is_end(block));
            let told = own.filter(|block| !matches!(block, Block::Signatures(_)));
            told.map(|block| format!("{block:?}\n")).collect::<Vec<_>>().concat()
        };
        let parts: Vec<String> = self.parts.iter().map(|part| format!("{}\n{}", part.title, blocks(part))).collect();
        let parts = parts.concat();
        format!("{}\n{}\n{}\n{parts}", self.subtitle, self.stamp.as_of, self.stamp.completeness)
    }
}

/// Name of the line with the number.
pub const NUMBER_LINE: &str = "Nomor";

/// Heading above those who get a copy of the letter: the end of a paper.
pub const COPIES_HEADING: &str = "Tembusan";

/// Returns the words for a revision: `Revisi 1`.
pub fn revision_words(revision: u32) -> String {
    format!("Revisi {revision}")
}

/// State of the data that a paper shows: in the footer of every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Id made from the snapshot's inputs.
    pub id: String,
    /// Day that the data shows.
    pub as_of: Date,
    /// Completeness of the data, in words.
    pub completeness: String,
    /// Number of different contents that went out under the paper's number before this one.
    pub revision: u32,
}

/// Orientation of a part on the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Upright page, higher than wide.
    Portrait,
    /// Lying, for wide tables.
    Landscape,
}

/// Formats in which a part is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartFormats {
    /// Every format: PDF, DOCX and XLSX.
    Everywhere,
    /// The workbook only: figures in detail, too long for paper.
    WorkbookOnly,
}

/// Beginning of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOpening {
    /// Its heading, where the part before it ended.
    Heading,
    /// Its heading on a page of its own: an attachment.
    NewPage,
    /// No heading but the letterhead, on a page of its own: a letter.
    Letterhead,
}

/// One part: a heading and what stands below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Heading, and name of the sheet.
    pub title: String,
    /// Orientation of its pages.
    pub orientation: Orientation,
    /// Formats in which it is found.
    pub reach: PartFormats,
    /// Beginning of it on paper.
    pub opening: PartOpening,
    /// Blocks in the order of reading.
    pub blocks: Vec<Block>,
}

impl Part {
    /// A part of upright pages, in every format.
    pub fn portrait(title: &str, blocks: Vec<Block>) -> Self {
        Self {
            title: title.to_owned(),
            orientation: Orientation::Portrait,
            reach: PartFormats::Everywhere,
            opening: PartOpening::Heading,
            blocks,
        }
    }

    /// A letter, or the text of an order: it begins with the letterhead.
    pub fn letter(title: &str, blocks: Vec<Block>) -> Self {
        Self { opening: PartOpening::Letterhead, ..Self::portrait(title, blocks) }
    }

    /// An attachment to a letter, on pages of its own.
    pub fn attachment(title: &str, blocks: Vec<Block>) -> Self {
        Self { opening: PartOpening::NewPage, ..Self::portrait(title, blocks) }
    }

    /// Reports whether its title is printed above it.
    pub fn has_heading(&self) -> bool {
        self.opening != PartOpening::Letterhead
    }

    /// A part with wide tables.
    pub fn landscape(title: &str, blocks: Vec<Block>) -> Self {
        Self { orientation: Orientation::Landscape, ..Self::portrait(title, blocks) }
    }

    /// Reports whether it holds words, lines to write on and signatures alone: it reads the same upright and lying.
    pub fn is_words(&self) -> bool {
        !self.blocks.iter().any(|block| matches!(block, Block::Table(_) | Block::Chart(_)))
    }

    /// Reports whether the block at that place is followed by the signatures under it: nobody signs an empty page, so
    /// that its end stands on theirs.
    pub fn is_signed(&self, place: usize) -> bool {
        matches!(self.blocks.get(place + 1), Some(Block::Signatures(_)))
    }

    /// A part of the workbook alone.
    pub fn workbook_only(title: &str, blocks: Vec<Block>) -> Self {
        Self { reach: PartFormats::WorkbookOnly, ..Self::landscape(title, blocks) }
    }
}

/// Block of a part.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading below the part's.
    Heading(String),
    /// Text of one paragraph.
    Paragraph(String),
    /// Sentences, one a line.
    List(Vec<String>),
    /// A remark in small type.
    Note(String),
    /// Label and value, one a line; a blank value is a dotted line to fill, a blank label goes on with the one above.
    Facts(Vec<(String, String)>),
    /// Lines close below each other: to whom a letter goes.
    Address(Vec<String>),
    /// A strong line in the middle (`MEMUTUSKAN`).
    Centered(String),
    /// A table of typed cells.
    Table(PaperTable),
    /// A chart, in patterns for paper.
    Chart(Box<Chart>),
    /// Blank lines to write on.
    Lines(u32),
    /// Place, date and who signs.
    Signatures(Signatures),
}

/// A table on paper.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperTable {
    /// Title above the table.
    pub title: String,
    /// Below the title: unit, as-of; may be empty.
    pub note: String,
    /// Columns from left to right.
    pub columns: Vec<PaperColumn>,
    /// Each with one cell a column.
    pub rows: Vec<Vec<PaperCell>>,
    /// Below the rows, stronger.
    pub totals: Vec<Vec<PaperCell>>,
    /// Said where there is no row.
    pub empty: String,
    /// Height of a row to be written in.
    pub row_height: RowHeight,
}

/// Height of the rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowHeight {
    /// As high as the text needs.
    Text,
    /// High enough for handwriting.
    Form,
}

/// A column on paper.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperColumn {
    /// Heading of the column.
    pub label: String,
    /// Share of the width, against the other columns'.
    pub share: f64,
    /// Alignment of its cells.
    pub align: Align,
}

/// Alignment of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// To the left, for words.
    Left,
    /// Centred, for marks.
    Center,
    /// To the right, for numbers.
    Right,
}

impl PaperColumn {
    /// A column of words.
    pub fn text(label: &str, share: f64) -> Self {
        Self { label: label.to_owned(), share, align: Align::Left }
    }

    /// A column of marks.
    pub fn mark(label: &str, share: f64) -> Self {
        Self { align: Align::Center, ..Self::text(label, share) }
    }

    /// A column of numbers.
    pub fn number(label: &str, share: f64) -> Self {
        Self { align: Align::Right, ..Self::text(label, share) }
    }
}

/// A typed cell. Missing is never a number.
#[derive(Clone, Debug, PartialEq)]
pub enum PaperCell {
    /// Words as they are printed.
    Text(String),
    /// Nothing: to be filled in, or nothing to say.
    Blank,
    /// There is no figure, in words (`belum lapor`, `–`).
    Missing(String),
    /// A percentage or score, unrounded, shown with one decimal; below it numerator and denominator.
    Figure(f64, Option<(f64, f64)>),
    /// A change in points, with its sign.
    Change(f64),
    /// A count, thousands grouped.
    Count(f64),
    /// A day, written in full.
    Date(Date),
    /// A month, written in full.
    Month(Month),
}

impl PaperCell {
    /// Words; blank where there are none.
    pub fn words(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }

    /// Writes the day of a visit, or the month's name where no day is known.
    pub fn visit(when: VisitDate) -> Self {
        match when {
            VisitDate::Day(date) => Self::Date(date),
            VisitDate::Month(month) => Self::Text(format::month(month)),
        }
    }

    /// A running number, from 1.
    pub fn running(place: usize) -> Self {
        Self::Count(f64::from(u32::try_from(place + 1).unwrap_or(u32::MAX)))
    }
}

/// People who sign, with place and date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatures {
    /// `Abcde, 31 Agustus 2023`; dotted where not known.
    pub place_and_date: String,
    /// Signers from left to right.
    pub signers: Vec<Signer>,
}

/// Person who signs, with office and NIP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// `Mengetahui, Kepala UPT Puskesmas Abcde`.
    pub role: String,
    /// Name; dotted where not known.
    pub name: String,
    /// NIP; dotted where not known.
    pub id_number: String,
}
