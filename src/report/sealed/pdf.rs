//! A PDF's seal as private data of the catalog, and the free signature field, both in an update at the end of the file: what
//! typst wrote stays as it is. The field takes the place of a link that the template draws over the head's signature.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Stream};

use crate::proof::SealedText;
use crate::report::pdf::SIGNATURE_LINK;

/// Name of the field as signing tools list it.
const FIELD: &str = "TandaTanganKepala";

pub(super) fn seal(mut bytes: Vec<u8>, text: &SealedText) -> Result<Vec<u8>, &'static str> {
    let mut update = PdfUpdate::from_bytes(&bytes).ok_or("bentuk PDF yang disusun tidak dikenal")?;
    let catalog_number = update.root;
    let mut catalog = update.object(&bytes, catalog_number).ok_or("PDF yang disusun tidak berkatalog")?;
    let stream = update.add(stream(text.text().as_bytes()).ok_or("segel tidak dapat dimampatkan")?);
    let stamp = "D:20000101000000Z";
    catalog = with_entry(&catalog, &format!("/PieceInfo<</Simpul<</LastModified({stamp})/Private {stream} 0 R>>>>"));
    if let Some(field) = update.take_field(&bytes) {
        catalog = with_entry(&catalog, &format!("/AcroForm<</Fields[{field} 0 R]/SigFlags 0>>"));
    }
    update.put(catalog_number, catalog.into_bytes());
    update.write(&mut bytes);
    Ok(bytes)
}

/// The object that holds the seal.
fn stream(text: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).ok()?;
    let packed = encoder.finish().ok()?;
    let mut object = format!("<</Length {}/Filter/FlateDecode>>\nstream\n", packed.len()).into_bytes();
    object.extend_from_slice(&packed);
    object.extend_from_slice(b"\nendstream");
    Some(object)
}

/// A dictionary with one more entry.
fn with_entry(dict: &str, entry: &str) -> String {
    match dict.trim_end().strip_suffix(">>") {
        Some(open) => format!("{open}{entry}>>"),
        None => dict.to_owned(),
    }
}

/// Objects that are added to a PDF or take the place of others.
struct PdfUpdate {
    /// Number of the catalog.
    root: u32,
    /// Number of the first object that is free.
    size: u32,
    /// Place of each object in the file; 0: none.
    offsets: Vec<usize>,
    /// Place of the list of objects before.
    previous: usize,
    /// Other entries of the end of the file: information and ids.
    trailer: String,
    objects: Vec<(u32, Vec<u8>)>,
}

impl PdfUpdate {
    /// Reads the list of objects as typst writes it; `None` where it is written otherwise.
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let end = last(bytes, b"startxref")?;
        let previous: usize = text(&bytes[end + 9..]).split_whitespace().next()?.parse().ok()?;
        let list = text(bytes.get(previous..)?);
        let mut lines = list.lines();
        let size: u32 = match (lines.next()?.trim(), lines.next()?.trim().split_once(' ')?) {
            ("xref", ("0", size)) => size.parse().ok()?,
            _ => return None,
        };
        let entry = |line: &str| {
            let mut words = line.split_whitespace();
            let offset = words.next()?.parse::<usize>().ok()?;
            Some(if words.nth(1)? == "n" { offset } else { 0 })
        };
        let offsets: Vec<usize> = lines.by_ref().take(size as usize).map(entry).collect::<Option<_>>()?;
        let trailer = list.split_once("trailer")?.1.split_once("startxref")?.0.trim();
        let trailer = trailer.strip_prefix("<<")?.strip_suffix(">>")?;
        let root = trailer.split_once("/Root ")?.1.split_whitespace().next()?.parse().ok()?;
        let rest = trailer.split_once(&format!("/Size {size}"))?;
        Some(Self { root, size, offsets, previous, trailer: format!("{}{}", rest.0, rest.1), objects: Vec::new() })
    }

    /// The text of an object that is no stream.
    fn object(&self, bytes: &[u8], number: u32) -> Option<String> {
        let offset = self.offsets.get(number as usize).copied().filter(|offset| *offset > 0)?;
        let body = bytes.get(offset..)?;
        let start = format!("{number} 0 obj");
        let body = body.strip_prefix(start.as_bytes())?;
        let end = body.windows(6).position(|word| word == b"endobj")?;
        Some(String::from_utf8(body[..end].to_vec()).ok()?.trim().to_owned())
    }

    fn add(&mut self, object: Vec<u8>) -> u32 {
        let number = self.size;
        self.size += 1;
        self.objects.push((number, object));
        number
    }

    fn put(&mut self, number: u32, object: Vec<u8>) {
        self.objects.push((number, object));
    }

    /// Turns the link over the signature into a free field, and its place in the structure into a form's; the number of
    /// the field. Later links of that kind lead nowhere any more.
    fn take_field(&mut self, bytes: &[u8]) -> Option<u32> {
        let mut field = None;
        let mut elements = Vec::new();
        for number in 1..u32::try_from(self.offsets.len()).ok()? {
            let Some(object) = self.object(bytes, number) else { continue };
            if object.contains("/Link") && object.contains(SIGNATURE_LINK) && object.contains("/Annot") {
                let widget = widget(&object)?;
                if field.is_none() {
                    field = Some(number);
                    self.put(number, widget.into_bytes());
                }
            } else if object.contains("/OBJR") && object.contains("/S/Link") {
                elements.push((number, object));
            }
        }
        let number = field?;
        let own = format!("/Obj {number} 0 R");
        let element = elements.into_iter().find(|(_, object)| object.contains(&own));
        if let Some((element, object)) = element {
            self.put(element, object.replacen("/S/Link", "/S/Form", 1).into_bytes());
        }
        field
    }

    /// Writes the objects, their list and the end.
    fn write(mut self, bytes: &mut Vec<u8>) {
        self.objects.sort_by_key(|(number, _)| *number);
        let mut list = String::from("xref\n");
        for (number, object) in &self.objects {
            if !bytes.ends_with(b"\n") {
                bytes.push(b'\n');
            }
            list = format!("{list}{number} 1\n{:010} 00000 n \n", bytes.len());
            bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            bytes.extend_from_slice(object);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let start = bytes.len();
        let end = format!(
            "{list}trailer\n<<{}/Size {}/Prev {}>>\nstartxref\n{start}\n%%EOF\n",
            self.trailer, self.size, self.previous
        );
        bytes.extend_from_slice(end.as_bytes());
    }
}

/// The field in the place of a link: its rectangle and its place in the structure stay.
fn widget(link: &str) -> Option<String> {
    let part = |name: &str, end: char| {
        let (_, rest) = link.split_once(name)?;
        let (value, _) = rest.split_once(end)?;
        Some(format!("{name}{value}{end}"))
    };
    let rectangle = part("/Rect[", ']').or_else(|| part("/Rect [", ']'))?;
    let parent = link.split_once("/StructParent ").map(|(_, rest)| {
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        format!("/StructParent {number}")
    });
    let parent = parent.unwrap_or_default();
    Some(format!(
        "<</Type/Annot/Subtype/Widget/FT/Sig/T({FIELD})/TU(Tanda tangan elektronik kepala)/F 4{rectangle}{parent}>>"
    ))
}

fn last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|found| found == word)
}

/// The bytes as text, each a letter.
fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The seal of a PDF, whatever was appended behind it.
pub(super) fn sealed_text(bytes: &[u8]) -> Option<SealedText> {
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let own = catalog.get::<Dict<'_>>("PieceInfo")?.get::<Dict<'_>>("Simpul")?;
    let stream = own.get::<Stream<'_>>("Private")?;
    let text = stream.decoded().ok()?;
    Some(SealedText::from_text(std::str::from_utf8(&text).ok()?))
}
