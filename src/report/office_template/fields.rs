//! Everything that a template can name of one paper: values, rows and pictures by their names, taken from the document
//! that built-in papers are written from. Computes nothing; knows no format.

use std::collections::BTreeMap;

use super::tag::name_key;
use crate::domain::format;
use crate::report::document::{
    Align, Block, COPIES_HEADING, Document, DocumentForm, PaperCell, PaperTable, Part, PartFormats, PartOpening,
    Signatures, png_aspect,
};
use crate::report::drawings::{Drawings, Picture};
use crate::report::mark::{self, PaperMark};
use crate::report::words::{cell_words, clean};
use crate::report::{ReportError, ReportKind};

/// Name of the loop over all parts of a paper.
pub(super) const PARTS: &str = "bagian";

/// Kinds of what can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TemplateFieldKind {
    /// A single value: `{{nama}}`.
    Value,
    /// Rows: `{{ulang: nama}} … {{akhir}}`.
    Rows,
    /// A picture: `{{gambar: nama}}`.
    Picture,
}

/// A picture with its alternative text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FieldPicture {
    pub(super) png: Vec<u8>,
    /// Height divided by width.
    pub(super) aspect: f64,
    pub(super) alt: String,
    /// True for what is small by nature: a logo, a code.
    pub(super) is_small: bool,
}

/// Something that can be named.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TemplateField {
    Value(PaperCell),
    Rows(FieldRows),
    /// Pieces one below the other.
    Picture(Vec<FieldPicture>),
}

/// Rows, and what each of them has a name for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FieldRows {
    pub(super) pattern: FieldScope,
    pub(super) rows: Vec<FieldScope>,
}

/// Fields by their names as names are compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FieldScope {
    fields: BTreeMap<String, (String, TemplateField)>,
}

impl FieldScope {
    fn put(&mut self, name: &str, field: TemplateField) {
        self.fields.insert(name_key(name), (name.to_owned(), field));
    }

    fn value(&mut self, name: &str, text: &str) {
        self.put(name, TemplateField::Value(words(text)));
    }

    fn rows(&mut self, name: &str, names: &[&str], rows: Vec<Vec<PaperCell>>) {
        let scope = |cells: Vec<PaperCell>| {
            let mut scope = Self::default();
            for (name, cell) in names.iter().zip(cells) {
                scope.put(name, TemplateField::Value(cell));
            }
            scope
        };
        let pattern = scope(vec![PaperCell::Blank; names.len()]);
        self.put(name, TemplateField::Rows(FieldRows { pattern, rows: rows.into_iter().map(scope).collect() }));
    }

    fn take_in(&mut self, prefix: &str, other: &Self) {
        for (name, field) in other.fields.values() {
            self.put(&format!("{prefix}.{name}"), field.clone());
        }
    }

    /// A field by the key of its name.
    pub(super) fn get(&self, key: &str) -> Option<&TemplateField> {
        self.fields.get(key).map(|(_, field)| field)
    }

    /// All names with their kind; of rows what is in them too, behind a `/`.
    pub(super) fn names(&self) -> BTreeMap<String, TemplateFieldKind> {
        let mut names = BTreeMap::new();
        self.gather("", &mut names);
        names
    }

    fn gather(&self, prefix: &str, names: &mut BTreeMap<String, TemplateFieldKind>) {
        for (name, field) in self.fields.values() {
            let path = format!("{prefix}{name}");
            let kind = match field {
                TemplateField::Value(_) => TemplateFieldKind::Value,
                TemplateField::Picture(_) => TemplateFieldKind::Picture,
                TemplateField::Rows(rows) => {
                    rows.pattern.gather(&format!("{path}/"), names);
                    TemplateFieldKind::Rows
                }
            };
            names.insert(path, kind);
        }
    }
}

/// Everything of a document; pictures where drawings are at hand, else only their names.
pub(super) fn fields(
    kind: ReportKind,
    document: &Document,
    drawings: Option<&Drawings>,
) -> Result<FieldScope, ReportError> {
    let mut scope = head(document);
    scope.put("logo", TemplateField::Picture(logo(document).into_iter().collect()));
    scope.put("kode_qr", TemplateField::Picture(code(document, drawings.is_some())?.into_iter().collect()));
    let pictures = drawings.map(Drawings::pictures_by_part).transpose()?;
    let mut every = FieldRows::default();
    let mut names = Vec::new();
    for (place, part) in document.parts.iter().enumerate() {
        let mut pictures = pictures.iter().flat_map(|by_part| by_part[place].iter());
        let own = part_fields(part, &mut || pictures.next().map_or(&[], Vec::as_slice));
        // Of letters to many there is one part each, named after who gets it: no name for a template.
        if kind != ReportKind::FacilityFeedback || part.opening != PartOpening::Letterhead {
            scope.take_in(&unique(&mut names, &part.title), &own);
        }
        if part.reach == PartFormats::Everywhere {
            every.pattern.fields.extend(own.fields.clone().into_iter().map(|(key, (name, field))| {
                let blank = match field {
                    TemplateField::Value(_) => TemplateField::Value(PaperCell::Blank),
                    TemplateField::Picture(_) => TemplateField::Picture(Vec::new()),
                    TemplateField::Rows(rows) => TemplateField::Rows(FieldRows { rows: Vec::new(), ..rows }),
                };
                (key, (name, blank))
            }));
            every.rows.push(own);
        }
    }
    scope.put(PARTS, TemplateField::Rows(every));
    Ok(scope)
}

fn words(text: &str) -> PaperCell {
    PaperCell::words(&clean(text))
}

/// Names around the text: letterhead, number, state of the data, who signs.
fn head(document: &Document) -> FieldScope {
    let mut scope = FieldScope::default();
    let letterhead = &document.letterhead;
    scope.value("judul", &document.title);
    scope.value("anak_judul", &document.subtitle);
    scope.value("puskesmas", &letterhead.name);
    scope.value("alamat", &letterhead.address);
    scope.rows("kop", &["isi"], letterhead.above.iter().map(|line| vec![words(line)]).collect());
    if let Some((_, period)) = document.subtitle.rsplit_once(" · ") {
        scope.value("periode", period);
    }
    for (name, value) in &document.lines {
        scope.value(&field_name(name), value);
    }
    if let DocumentForm::Letter { place_and_date } = &document.form {
        scope.value("tempat_tanggal", place_and_date);
    }
    if let DocumentForm::Order { about } = &document.form {
        scope.rows("tentang", &["isi"], about.iter().map(|line| vec![words(line)]).collect());
    }
    scope.value("versi_data", &document.stamp.id);
    scope.put("data_per", TemplateField::Value(PaperCell::Date(document.stamp.as_of)));
    scope.value("kelengkapan", &document.stamp.completeness);
    scope.value("kode_surat", &document.mark.as_ref().map(PaperMark::line).unwrap_or_default());
    let blocks = || document.parts.iter().flat_map(|part| &part.blocks);
    let signing = blocks().find_map(|block| match block {
        Block::Signatures(signatures) => Some(signatures),
        _ => None,
    });
    if let Some(signatures) = signing {
        sign(&mut scope, signatures);
    }
    let copies: Vec<&String> = blocks()
        .find_map(|block| match block {
            Block::Address(lines) if lines.first().is_some_and(|line| line == COPIES_HEADING) => Some(lines),
            _ => None,
        })
        .map(|lines| lines.iter().skip(1).collect())
        .unwrap_or_default();
    scope.rows("tembusan", &["isi"], copies.into_iter().map(|line| vec![words(line)]).collect());
    scope
}

fn sign(scope: &mut FieldScope, signatures: &Signatures) {
    scope.value("tempat_tanggal", &signatures.place_and_date);
    let cells = signatures.signers.iter().map(|signer| [&signer.role, &signer.name, &signer.id_number]);
    let rows: Vec<Vec<PaperCell>> = cells.map(|cells| cells.iter().map(|text| words(text)).collect()).collect();
    for (place, cells) in rows.iter().enumerate() {
        for (name, cell) in SIGNER.iter().zip(cells) {
            scope.put(&format!("penanda_tangan_{}.{name}", place + 1), TemplateField::Value(cell.clone()));
        }
    }
    scope.rows("penanda_tangan", &SIGNER, rows);
}

const SIGNER: [&str; 3] = ["jabatan", "nama", "nip"];

fn logo(document: &Document) -> Option<FieldPicture> {
    let png = document.letterhead.logo.clone()?;
    Some(FieldPicture {
        aspect: png_aspect(&png),
        png,
        alt: format!("Logo {}", document.letterhead.name),
        is_small: true,
    })
}

fn code(document: &Document, is_drawn: bool) -> Result<Option<FieldPicture>, ReportError> {
    let Some(own) = document.mark.as_ref().filter(|_| is_drawn) else { return Ok(None) };
    let png = own.picture()?.png().map_err(|error| ReportError::Write(std::io::Error::other(error)))?;
    Ok(Some(FieldPicture { png, aspect: 1.0, alt: mark::ALT.to_owned(), is_small: true }))
}

/// A name for a heading: small letters and digits, `_` between words.
fn field_name(words: &str) -> String {
    let letters: String = words.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.to_lowercase().split_whitespace().collect::<Vec<_>>().join("_")
}

/// The name for a heading, with a number where another has it already.
fn unique(taken: &mut Vec<String>, words: &str) -> String {
    let base = match field_name(words) {
        name if name.is_empty() => "tanpa_judul".to_owned(),
        name => name,
    };
    let count = taken.iter().filter(|known| **known == base).count();
    taken.push(base.clone());
    if count == 0 { base } else { format!("{base}_{}", count + 1) }
}

/// Sentences and values below one heading.
#[derive(Default)]
struct PartSection {
    sentences: Vec<PaperCell>,
    notes: Vec<PaperCell>,
    facts: Vec<(String, PaperCell)>,
}

impl PartSection {
    fn put_into(self, scope: &mut FieldScope) {
        let text: Vec<String> = self.sentences.iter().map(|cell| cell_words(cell).0).collect();
        scope.value("teks", &text.join("\n"));
        scope.rows("kalimat", &["isi"], self.sentences.into_iter().map(|cell| vec![cell]).collect());
        scope.rows("catatan", &["isi"], self.notes.into_iter().map(|cell| vec![cell]).collect());
        let mut taken = Vec::new();
        for (label, value) in self.facts.iter().filter(|(label, _)| !label.is_empty()) {
            scope.put(&format!("isian.{}", unique(&mut taken, label)), TemplateField::Value(value.clone()));
        }
        let rows = self.facts.into_iter().map(|(label, value)| vec![words(&label), value]).collect();
        scope.rows("isian", &["nama", "nilai"], rows);
    }
}

/// Gathers all that one part of the paper has.
fn part_fields<'p>(part: &Part, next_picture: &mut dyn FnMut() -> &'p [Picture<'p>]) -> FieldScope {
    let mut scope = FieldScope::default();
    scope.value("judul", &part.title);
    let mut whole = PartSection::default();
    let mut below: Vec<(String, PartSection)> = Vec::new();
    let mut tables = Vec::new();
    let mut charts = Vec::new();
    let mut headings = Vec::new();
    for block in &part.blocks {
        let mut say = |into: &mut dyn FnMut(&mut PartSection)| {
            into(&mut whole);
            if let Some((_, section)) = below.last_mut() {
                into(section);
            }
        };
        match block {
            Block::Heading(text) => below.push((unique(&mut headings, text), PartSection::default())),
            Block::Paragraph(text) | Block::Centered(text) => say(&mut |at| at.sentences.push(words(text))),
            Block::List(lines) | Block::Address(lines) => {
                say(&mut |at| at.sentences.extend(lines.iter().map(|line| words(line))));
            }
            Block::Note(text) => say(&mut |at| at.notes.push(words(text))),
            Block::Facts(facts) => {
                say(&mut |at| at.facts.extend(facts.iter().map(|(label, value)| (label.clone(), words(value)))));
            }
            Block::Table(table) => table_fields(&mut scope, &unique(&mut tables, "tabel"), table),
            Block::Chart(_) => {
                let pieces = next_picture().iter().map(|picture| FieldPicture {
                    png: picture.png.to_vec(),
                    aspect: picture.drawing.aspect(),
                    alt: picture.drawing.alt(),
                    is_small: false,
                });
                scope.put(&unique(&mut charts, "grafik"), TemplateField::Picture(pieces.collect()));
            }
            Block::Lines(_) | Block::Signatures(_) => {}
        }
    }
    whole.put_into(&mut scope);
    for (name, section) in below {
        let mut own = FieldScope::default();
        section.put_into(&mut own);
        scope.take_in(&name, &own);
    }
    scope
}

/// Rows of a table by the names of its columns; of numbers with counts the counts as `….pecahan`.
fn table_fields(scope: &mut FieldScope, name: &str, table: &PaperTable) {
    let mut taken = Vec::new();
    let columns: Vec<String> = table.columns.iter().map(|column| unique(&mut taken, &column.label)).collect();
    let row = |cells: &[PaperCell]| {
        let mut row = FieldScope::default();
        for ((column, name), cell) in table.columns.iter().zip(&columns).zip(cells) {
            row.put(name, TemplateField::Value(cell.clone()));
            if column.align == Align::Right {
                row.value(&format!("{name}.pecahan"), &cell_words(cell).1);
            }
        }
        row
    };
    let rows = |cells: &[Vec<PaperCell>]| FieldRows {
        pattern: row(&vec![PaperCell::Blank; columns.len()]),
        rows: cells.iter().map(|cells| row(cells)).collect(),
    };
    scope.put(name, TemplateField::Rows(rows(&table.rows)));
    scope.put(&format!("{name}.jumlah"), TemplateField::Rows(rows(&table.totals)));
    scope.value(&format!("{name}.judul"), &table.title);
    scope.value(&format!("{name}.catatan"), &table.note);
    let empty = if table.rows.is_empty() { table.empty.as_str() } else { "" };
    scope.value(&format!("{name}.kosong"), empty);
}

/// Words that a value prints.
pub(super) fn value_words(cell: &PaperCell) -> String {
    match cell {
        PaperCell::Date(day) => format::date(*day),
        cell => cell_words(cell).0,
    }
}
