//! A PDF against its document: as many pages as it counts itself, title and outline, every table's rows in their
//! order, the stamp on every page.

use hayro_syntax::Pdf;

use super::pdf_text::{outline, pages, title};
use super::{Mismatch, headings, letters, pdf_drawing, quoted, rows, stamp, tables};
use crate::proof::Reading;
use crate::report::document::{Document, PaperTable};
use crate::report::pdf::ROW_KEPT_LETTERS;
use crate::report::words::clean;

/// Compares; the first difference is the answer.
pub(super) fn verify(document: &Document, bytes: &[u8]) -> Result<Reading, Mismatch> {
    // The reader mends what it can: a file that was cut off is no finished file all the same.
    if !bytes.starts_with(b"%PDF-") || !bytes.trim_ascii_end().ends_with(b"%%EOF") {
        return Err(Mismatch::new("berkasnya terpotong"));
    }
    let opened = Pdf::new(bytes.to_vec());
    let pdf = opened.map_err(|error| Mismatch::new(format!("tidak dapat dibuka lagi ({error:?})")))?;
    let told = pages(&pdf);
    let pages: Vec<String> = told.iter().map(|page| letters(page)).collect();
    if pages.is_empty() {
        return Err(Mismatch::new("tidak berhalaman"));
    }
    check_title(document, &pdf, &pages[0])?;
    check_headings(document, &pdf)?;
    check_footers(document, &pages)?;
    let mut reader = PageReader { text: pages.concat(), at: 0 };
    for table in tables(document) {
        reader.check_table(table)?;
    }
    Ok(reading(&pdf, &told))
}

/// Reads whatever a PDF says and draws, also one that another program added to.
pub fn pdf_reading(bytes: &[u8]) -> Result<Reading, Mismatch> {
    let opened = Pdf::new(bytes.to_vec());
    let pdf = opened.map_err(|error| Mismatch::new(format!("tidak dapat dibuka ({error:?})")))?;
    Ok(reading(&pdf, &pages(&pdf)))
}

fn reading(pdf: &Pdf, pages: &[String]) -> Reading {
    let mut reading = Reading::default();
    for (place, page) in pages.iter().enumerate() {
        for line in page.lines() {
            reading.say(format!("halaman {}", place + 1), line);
        }
    }
    pdf_drawing::add_to(&mut reading, pdf);
    reading
}

fn check_title(document: &Document, pdf: &Pdf, first_page: &str) -> Result<(), Mismatch> {
    let expected = clean(&document.title);
    let found = title(pdf);
    if !letters(&found).contains(&letters(&expected)) {
        return Err(Mismatch::new(format!("judul berkasnya {}, seharusnya {}", quoted(&found), quoted(&expected))));
    }
    if is_plain(&expected) && !first_page.contains(&letters(&expected)) {
        return Err(Mismatch::new(format!("judul {} tidak ada di halaman pertama", quoted(&expected))));
    }
    Ok(())
}

fn check_headings(document: &Document, pdf: &Pdf) -> Result<(), Mismatch> {
    let expected = headings(document);
    let found = outline(pdf);
    let differs = expected
        .iter()
        .zip(&found)
        .find(|((level, text), (found_level, found))| level != found_level || letters(text) != letters(found));
    if let Some(((_, expected), (_, found))) = differs {
        return Err(Mismatch::new(format!("judul bagian {} terbaca {}", quoted(expected), quoted(found))));
    }
    if expected.len() != found.len() {
        let what = format!("{} judul bagian terbaca, seharusnya {}", found.len(), expected.len());
        return Err(Mismatch::new(what));
    }
    Ok(())
}

fn check_footers(document: &Document, pages: &[String]) -> Result<(), Mismatch> {
    let stamp = stamp(document);
    let is_readable = is_plain(&stamp);
    let stamp = letters(&stamp);
    for (place, page) in pages.iter().enumerate() {
        let number = format!("Halaman{}dari{}", place + 1, pages.len());
        if !page.contains(&number) || is_readable && !page.contains(&stamp) {
            let what = format!("halaman {} dari {} tidak memuat versi data dan nomornya", place + 1, pages.len());
            return Err(Mismatch::new(what));
        }
    }
    Ok(())
}

/// Reads all pages once from front to back.
struct PageReader {
    text: String,
    at: usize,
}

impl PageReader {
    fn check_table(&mut self, table: &PaperTable) -> Result<(), Mismatch> {
        for (place, row) in rows(table).enumerate() {
            if !self.has_row(&row) {
                let name = row.iter().find(|cell| !cell.is_empty()).map_or("", String::as_str);
                let title = quoted(&table.title);
                return Err(Mismatch::new(format!(
                    "baris {} tabel {title} ({}) tidak terbaca",
                    place + 1,
                    quoted(name)
                )));
            }
        }
        Ok(())
    }

    /// Reports whether the row stands behind what was read so far. Rows that may be broken over pages stand there in
    /// pieces; of those, and of cells that are not drawn from left to right, only the words are looked for.
    fn has_row(&mut self, row: &[String]) -> bool {
        let is_kept = row.iter().all(|cell| cell.chars().count() <= ROW_KEPT_LETTERS);
        if is_kept && row.iter().all(|cell| is_plain(cell)) {
            return self.passes(&letters(&row.concat()));
        }
        // One mark of direction turns every word of its cell.
        let words = row.iter().filter(|cell| is_plain(cell)).flat_map(|cell| cell.split_whitespace());
        let rest = &self.text[self.at..];
        words.into_iter().all(|word| rest.contains(&letters(word)))
    }

    fn passes(&mut self, wanted: &str) -> bool {
        let found = self.text[self.at..].find(wanted);
        self.at += found.map_or(0, |before| before + wanted.len());
        found.is_some()
    }
}

/// Reports whether the text is drawn letter by letter from left to right in the papers' own font.
fn is_plain(text: &str) -> bool {
    text.chars().all(|letter| {
        matches!(letter, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{17f}' | '\u{200b}' | '–' | '—' | '’' | '“' | '”'
            | '…' | '•' | '−' | '≥' | '≤' | '\n')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_drawn_from_left_to_right_is_not_plain() {
        assert!(is_plain("Apotek “Sehat” – 81,5 (−2,0)…"));
        for text in ["\u{202e}abc", "صيدلية", "e\u{301}", "薬局", "soft\u{ad}hyphen"] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
