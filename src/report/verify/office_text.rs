//! Texts of one XML part of an office file, by paragraphs and cells. Knows elements by their local names, whatever program
//! wrote them.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::Mismatch;
use crate::proof::Reading;
use crate::report::sealed::SealedFormat;

/// Sorts of parts, in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PartKind {
    /// Text of a document or a slide.
    Text,
    /// Notes, comments, words in drawings.
    Beside,
    /// A chart with its own figures.
    Chart,
    /// A sheet of a workbook, of which only formulas are looked for.
    Sheet,
    /// Formats of a workbook.
    Styles,
    /// Heads and feet of pages.
    Around,
    /// A picture or an embedded file.
    Picture,
    Other,
}

impl PartKind {
    /// The sort of a part by its path, in small letters.
    pub(super) fn from_path(format: SealedFormat, path: &str) -> Self {
        let path = path.to_lowercase();
        let starts = |starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
        if path.rsplit_once('.').is_none_or(|(_, ending)| ending != "xml") {
            let pictures =
                ["word/media/", "word/embeddings/", "word/afchunk", "xl/media/", "xl/embeddings/", "ppt/media/"];
            return if starts(&pictures) || path.starts_with("ppt/embeddings/") { Self::Picture } else { Self::Other };
        }
        match format {
            SealedFormat::Docx if path == "word/document.xml" => Self::Text,
            SealedFormat::Docx if starts(&["word/header", "word/footer"]) => Self::Around,
            SealedFormat::Docx
                if starts(&["word/footnotes", "word/endnotes", "word/comments.", "word/diagrams/data"]) =>
            {
                Self::Beside
            }
            SealedFormat::Docx if starts(&["word/charts/chart"]) => Self::Chart,
            SealedFormat::Pptx if starts(&["ppt/slides/slide"]) => Self::Text,
            SealedFormat::Pptx if starts(&["ppt/notesslides/", "ppt/comments/"]) => Self::Beside,
            SealedFormat::Pptx if starts(&["ppt/charts/chart"]) => Self::Chart,
            SealedFormat::Xlsx if starts(&["xl/worksheets/sheet"]) => Self::Sheet,
            SealedFormat::Xlsx if starts(&["xl/drawings/drawing", "xl/comments"]) => Self::Beside,
            SealedFormat::Xlsx if starts(&["xl/charts/chart"]) => Self::Chart,
            SealedFormat::Xlsx if path == "xl/styles.xml" => Self::Styles,
            _ => Self::Other,
        }
    }
}

pub(super) struct OfficePart {
    kind: PartKind,
    /// Words before a place (`salindia 3`).
    title: String,
    /// Texts of the paragraphs that are open; a text box stands within one.
    open: Vec<String>,
    /// Tables that are open: number, row and column.
    tables: Vec<[u32; 3]>,
    tables_seen: u32,
    paragraphs: u32,
    in_text: bool,
    /// Runs that are hidden, text that was moved away, and page numbers, which each program counts itself.
    skipped: u32,
    fields: u32,
    in_run: bool,
    is_hidden: bool,
    /// Cell of a sheet, and whether it computes.
    cell: String,
}

impl OfficePart {
    pub(super) fn new(kind: PartKind, path: &str) -> Self {
        let number: String = path.chars().filter(char::is_ascii_digit).collect();
        let title = match kind {
            PartKind::Text if path.starts_with("ppt") => format!("salindia {number}"),
            PartKind::Beside => "catatan atau tulisan di gambar".to_owned(),
            PartKind::Chart => format!("grafik {number}"),
            PartKind::Sheet => format!("lembar ke-{number}"),
            PartKind::Styles => "bentuk angka".to_owned(),
            _ => String::new(),
        };
        Self {
            kind,
            title,
            open: Vec::new(),
            tables: Vec::new(),
            tables_seen: 0,
            paragraphs: 0,
            in_text: false,
            skipped: 0,
            fields: 0,
            in_run: false,
            is_hidden: false,
            cell: String::new(),
        }
    }

    /// Reads the part to its end.
    pub(super) fn read(mut self, xml: &[u8], reading: &mut Reading) -> Result<(), Mismatch> {
        let mut reader = Reader::from_reader(xml);
        reader.config_mut().check_end_names = true;
        loop {
            let event = reader.read_event().map_err(|error| Mismatch::new(format!("bukan XML yang utuh ({error})")))?;
            match event {
                Event::Start(start) => {
                    self.look(&start, reading);
                    self.start(&start);
                }
                Event::Empty(empty) => self.look(&empty, reading),
                Event::End(end) => self.end(end.local_name().as_ref(), reading),
                Event::Text(text) => self.say(&text.xml10_content()),
                Event::CData(text) => self.say(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let named = resolve_predefined_entity(&reference).map(ToOwned::to_owned);
                    let letter = named.or_else(|| Some(reference.resolve_char_ref().ok()??.to_string()));
                    self.say(&letter.unwrap_or_default());
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "tbl" => {
                self.tables_seen += 1;
                self.tables.push([self.tables_seen, 0, 0]);
            }
            "tr" => {
                if let Some([_, row, column]) = self.tables.last_mut() {
                    *row += 1;
                    *column = 0;
                }
            }
            "tc" => {
                if let Some([_, _, column]) = self.tables.last_mut() {
                    *column += 1;
                }
            }
            "p" => self.open.push(String::new()),
            "r" => {
                self.in_run = true;
                self.is_hidden = false;
            }
            "t" => self.in_text = true,
            "v" if self.kind == PartKind::Chart => {
                self.open.push(String::new());
                self.in_text = true;
            }
            "moveFrom" | "fld" | "fldSimple" | "Fallback" => self.skipped += 1,
            _ => {}
        }
    }

    /// Takes in what an element says by being there.
    fn look(&mut self, element: &BytesStart<'_>, reading: &mut Reading) {
        let attribute = |name: &str| {
            let found = element.try_get_attribute(name).ok().flatten();
            found.map(|found| found.value.to_string()).unwrap_or_default()
        };
        match element.local_name().as_ref() {
            "vanish" | "webHidden" if self.in_run => {
                let value = attribute("w:val");
                self.is_hidden = !matches!(value.as_str(), "0" | "false" | "off");
            }
            "fldChar" => match attribute("w:fldCharType").as_str() {
                "begin" => self.fields += 1,
                "end" => self.fields = self.fields.saturating_sub(1),
                _ => {}
            },
            "c" if self.kind == PartKind::Sheet => self.cell = attribute("r"),
            "f" if self.kind == PartKind::Sheet => {
                reading.say(format!("{}, sel {}", self.title, self.cell), "rumus di tempat angka");
            }
            "cfRule" if self.kind == PartKind::Sheet => reading.say(self.title.clone(), "format bersyarat"),
            "numFmt" if self.kind == PartKind::Styles && shows_figures(&attribute("formatCode")) => {
                reading.say(self.title.clone(), &format!("tulisan tetap: {}", attribute("formatCode")));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, reading: &mut Reading) {
        match name {
            "p" => {
                let text = self.open.pop().unwrap_or_default();
                self.paragraphs += 1;
                reading.say(self.place(), &text);
            }
            "v" if self.kind == PartKind::Chart => {
                let text = self.open.pop().unwrap_or_default();
                self.in_text = false;
                reading.say(self.place(), &text);
            }
            "tbl" => drop(self.tables.pop()),
            "r" => self.in_run = false,
            "t" => {
                self.in_text = false;
                // A workbook's comments hold texts without paragraphs.
                if self.open.is_empty() {
                    reading.say(self.place(), &std::mem::take(&mut self.cell));
                }
            }
            "moveFrom" | "fld" | "fldSimple" | "Fallback" => self.skipped = self.skipped.saturating_sub(1),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        let is_page_number = self.fields > 0 && text.bytes().all(|letter| letter.is_ascii_digit());
        let is_counted = self.kind == PartKind::Around && is_page_number;
        if !self.in_text || self.skipped > 0 || self.is_hidden && self.in_run || is_counted {
            return;
        }
        match self.open.last_mut() {
            Some(open) => open.push_str(text),
            None if self.kind == PartKind::Beside => self.cell.push_str(text),
            None => {}
        }
    }

    fn place(&self) -> String {
        let within = match self.tables.last() {
            Some([table, row, column]) => format!("tabel {table}, baris {row}, kolom {column}"),
            None if self.title.is_empty() => format!("alinea {}", self.paragraphs),
            None => String::new(),
        };
        [self.title.as_str(), &within].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Reports whether a number format writes figures of its own, whatever the cell holds.
fn shows_figures(code: &str) -> bool {
    let mut letters = code.chars();
    let mut in_quotes = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => in_quotes = !in_quotes,
            '\\' if letters.next().is_some_and(|next| next.is_ascii_digit()) => return true,
            '[' if !in_quotes => drop(letters.by_ref().find(|letter| *letter == ']')),
            digit if digit.is_ascii_digit() && (in_quotes || !matches!(digit, '0')) => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(kind: PartKind, path: &str, xml: &str) -> Vec<String> {
        let mut reading = Reading::default();
        OfficePart::new(kind, path).read(xml.as_bytes(), &mut reading).unwrap();
        reading.words.into_iter().map(|piece| format!("{}: {}", piece.place, piece.text)).collect()
    }

    #[test]
    fn cells_have_places_and_what_is_hidden_is_not_said() {
        let xml = r#"<w:document xmlns:w="w"><w:p><w:r><w:t>Satu</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>81</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>A &amp; B</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>81,5</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:document>"#;
        let expected = ["alinea 1: Satu", "tabel 1, baris 1, kolom 1: A&B", "tabel 1, baris 1, kolom 2: 81,5"];
        assert_eq!(words(PartKind::Text, "word/document.xml", xml), expected);
    }

    #[test]
    fn a_formula_and_a_format_that_writes_figures_are_told() {
        let sheet = r#"<sheetData><row><c r="B7"><f>1+1</f><v>2</v></c></row></sheetData>"#;
        assert_eq!(
            words(PartKind::Sheet, "xl/worksheets/sheet2.xml", sheet),
            ["lembar ke-2, sel B7: rumusditempatangka"]
        );
        for plain in ["0.0", "#,##0.##", "[$-421]d mmmm yyyy", "+0.0;-0.0;0.0", "General", "[$-421]d\\ mmmm\\ yyyy"] {
            assert!(!shows_figures(plain), "{plain}");
        }
        for telling in ["\"95,0\"", "\\9\\5", "0\"1\""] {
            assert!(shows_figures(telling), "{telling}");
        }
    }
}
