//! The package of a template: its parts, bounded, and what is refused in it before anything is read: macros, passwords,
//! programs, and whatever would be fetched from elsewhere when the paper is opened. Knows no tag.

use std::io::{Cursor, Read};

use super::fault::{TemplateFault, TemplateFaults};
use super::xml_tree::{XmlElement, XmlNode, parse, xml_bytes};
use crate::archive::Archive;
use crate::domain::FileFormat;
use crate::report::ReportError;
use crate::report::pack::pack;

/// Bytes that a template may have.
pub const TEMPLATE_BYTES_MAX: usize = 4 << 20;
/// Parts that its package may have.
pub(super) const PARTS_MAX: usize = 1_000;
/// Bytes of all parts, unpacked.
pub(super) const UNPACKED_BYTES_MAX: u64 = 64 << 20;

const TYPES: &str = "[Content_Types].xml";
/// Main part of each format, and the word of its content type.
const MAIN: [(FileFormat, &str, &str); 2] = [
    (FileFormat::Docx, "word/document.xml", "wordprocessingml.document.main+xml"),
    (FileFormat::Xlsx, "xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
];
/// Paths of parts that are programs, foreign files or bring them in, in small letters, and their name for people.
const REFUSED_PARTS: [(&str, &str); 13] = [
    ("vbaproject", "makro"),
    ("vbadata", "makro"),
    ("/macrosheets/", "makro"),
    ("/dialogsheets/", "makro"),
    ("customui/", "tombol buatan sendiri (customUI)"),
    ("/activex/", "kontrol ActiveX"),
    ("/ctrlprops/", "kontrol formulir"),
    ("/embeddings/", "berkas yang disisipkan (OLE)"),
    ("word/afchunk", "potongan berkas lain (altChunk)"),
    ("/externallinks/", "tautan ke buku kerja lain"),
    ("xl/connections.xml", "sambungan ke sumber data"),
    ("/querytables/", "sambungan ke sumber data"),
    ("/pivot", "tabel pivot"),
];
/// Parts that are left out of what is made: the former seal and properties, signatures, and the order of formulas.
const DROPPED: [&str; 5] =
    ["docprops/custom.xml", "customxml/simpul.xml", "_xmlsignatures/", "xl/calcchain.xml", "docprops/thumbnail"];
/// Relations to somewhere else that are only followed by a person's click.
const LINK: &str = "/hyperlink";
/// Relations to the template of Word that the file was made from: only its path, left out.
const ATTACHED: &str = "/attachedTemplate";

/// TemplatePackage with its parts unpacked.
#[derive(Clone, Debug)]
pub(super) struct TemplatePackage {
    pub(super) format: FileFormat,
    /// Path and bytes of each part, as they lie.
    files: Vec<(String, Vec<u8>)>,
}

impl TemplatePackage {
    /// Unpacks; every reason to refuse is named.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, TemplateFaults> {
        let files = unpacked(bytes)?;
        let mut faults: Vec<TemplateFault> = Vec::new();
        for (path, _) in &files {
            let lower = path.to_lowercase();
            let refused = REFUSED_PARTS.iter().find(|(word, _)| format!("/{lower}").contains(word));
            if let Some((_, what)) = refused {
                faults.push(TemplateFault::new(
                    path.as_str(),
                    format!("memuat {what}"),
                    "hapus dari berkasnya, lalu simpan sebagai .docx biasa",
                ));
            }
        }
        let dropped = |path: &str| DROPPED.iter().any(|start| path.to_lowercase().starts_with(start));
        let types = files.iter().find(|(path, _)| path == TYPES).map(|(_, bytes)| bytes.as_slice()).unwrap_or_default();
        let format = format_of(&files, types)?;
        let mut package = Self { format, files: files.into_iter().filter(|(path, _)| !dropped(path)).collect() };
        faults.extend(package.without_links());
        package.forget_dropped()?;
        if faults.is_empty() { Ok(package) } else { Err(TemplateFaults(faults)) }
    }

    /// Bytes of a part.
    pub(super) fn part(&self, path: &str) -> Option<&[u8]> {
        self.files.iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.as_slice())
    }

    /// A part as a tree; an empty element where there is none.
    pub(super) fn tree(&self, path: &str) -> Result<Option<XmlElement>, TemplateFault> {
        self.part(path).map(|bytes| parse(path, bytes)).transpose()
    }

    /// Paths of all parts.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str())
    }

    /// Replaces a part, or adds it.
    pub(super) fn put(&mut self, path: &str, bytes: Vec<u8>) {
        match self.files.iter_mut().find(|(known, _)| known == path) {
            Some((_, old)) => *old = bytes,
            None => self.files.push((path.to_owned(), bytes)),
        }
    }

    /// Says that files with an ending have a type, where nothing says so yet.
    pub(super) fn declare_ending(&mut self, ending: &str, media_type: &str) -> Result<(), TemplateFault> {
        let Some(mut types) = self.tree(TYPES)? else { return Ok(()) };
        let is_known = |element: &XmlElement| {
            element.local() == "Default"
                && element.attribute("Extension").is_some_and(|known| known.eq_ignore_ascii_case(ending))
        };
        if !types.elements().any(is_known) {
            let mut default = XmlElement::new("Default", Vec::new());
            default.set("Extension", ending);
            default.set("ContentType", media_type);
            types.children.insert(0, XmlNode::Element(default));
            self.put(TYPES, xml_bytes(&types));
        }
        Ok(())
    }

    /// Relations of a part, made where there are none.
    pub(super) fn relations(&self, part: &str) -> Result<XmlElement, TemplateFault> {
        let empty = || {
            let mut root = XmlElement::new("Relationships", Vec::new());
            root.set("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships");
            root
        };
        Ok(self.tree(&relations_path(part))?.unwrap_or_else(empty))
    }

    /// Writes the relations of a part.
    pub(super) fn put_relations(&mut self, part: &str, relations: &XmlElement) {
        self.put(&relations_path(part), xml_bytes(relations));
    }

    /// Packs the parts again.
    pub(super) fn packed(&self) -> Result<Vec<u8>, ReportError> {
        pack(&self.files)
    }

    /// Names relations that would fetch something, and takes out the path of Word's own template.
    fn without_links(&mut self) -> Vec<TemplateFault> {
        let mut faults = Vec::new();
        let paths: Vec<String> = self.paths().filter(|path| has_ending(path, "rels")).map(ToOwned::to_owned).collect();
        for path in paths {
            let mut tree = match self.tree(&path) {
                Ok(Some(tree)) => tree,
                Ok(None) => continue,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            let before = tree.children.len();
            tree.children.retain(|node| {
                !node.element().is_some_and(|one| one.attribute("Type").is_some_and(|kind| kind.ends_with(ATTACHED)))
            });
            let is_changed = tree.children.len() != before;
            for relation in tree.elements() {
                let kind = relation.attribute("Type").unwrap_or_default();
                let target = relation.attribute("Target").unwrap_or_default();
                let is_away =
                    relation.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("External"));
                let is_plain = ["http://", "https://", "mailto:"].iter().any(|start| target.starts_with(start));
                if is_away && !(kind.ends_with(LINK) && is_plain) {
                    faults.push(TemplateFault::new(
                        path.as_str(),
                        format!("mengambil sesuatu dari luar berkas ({target})"),
                        "sisipkan gambarnya ke dalam berkas, atau hapus tautannya",
                    ));
                }
            }
            if is_changed {
                self.put(&path, xml_bytes(&tree));
            }
        }
        if let Ok(Some(mut settings)) = self.tree("word/settings.xml") {
            let count = settings.children.len();
            settings.children.retain(|node| !node.is("w:attachedTemplate"));
            if settings.child("w:mailMerge").is_some() {
                faults.push(TemplateFault::of_file(
                    "berkas ini surat gabungan (Mail Merge) dengan sumber data sendiri",
                    "di Word pilih Surat › Mulai Gabung Surat › Dokumen Word Biasa, lalu simpan lagi",
                ));
            }
            if settings.children.len() != count {
                self.put("word/settings.xml", xml_bytes(&settings));
            }
        }
        faults
    }

    /// Takes parts that are left out off the lists that name them.
    fn forget_dropped(&mut self) -> Result<(), TemplateFault> {
        let is_dropped = |target: &str| {
            let target = target.trim_start_matches('/').to_lowercase();
            DROPPED.iter().any(|start| target.starts_with(start) || format!("xl/{target}").starts_with(start))
        };
        for (path, attribute) in [
            (TYPES, "PartName"),
            ("_rels/.rels", "Target"),
            ("xl/_rels/workbook.xml.rels", "Target"),
            ("word/_rels/document.xml.rels", "Target"),
        ] {
            let Some(mut tree) = self.tree(path)? else { continue };
            tree.children.retain(|node| {
                let target = node.element().and_then(|element| element.attribute(attribute)).unwrap_or_default();
                !is_dropped(target) && !is_dropped(target.trim_start_matches("../"))
            });
            self.put(path, xml_bytes(&tree));
        }
        Ok(())
    }
}

/// Reports whether a path has this ending, whatever its capitals.
pub(super) fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
}

/// Path of the part that lists the relations of a part.
fn relations_path(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, TemplateFault> {
    const SAVE_AGAIN: &str = "simpan dari Word sebagai .docx tanpa kata sandi";
    if bytes.len() > TEMPLATE_BYTES_MAX {
        return Err(TemplateFault::of_file(
            format!("berkasnya lebih dari {} MB", TEMPLATE_BYTES_MAX >> 20),
            "kecilkan gambar di dalamnya",
        ));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(TemplateFault::of_file("berkasnya berkata sandi atau berformat lama (.doc, .xls)", SAVE_AGAIN));
    }
    let opened = Archive::open(Cursor::new(bytes), PARTS_MAX);
    let mut archive = opened.map_err(|why| TemplateFault::of_file(format!("bukan berkas Word ({why})"), SAVE_AGAIN))?;
    if archive.is_encrypted || archive.doubled.is_some() {
        return Err(TemplateFault::of_file("berkasnya berkata sandi atau memuat dua bagian bernama sama", SAVE_AGAIN));
    }
    let mut files = Vec::new();
    let mut left = UNPACKED_BYTES_MAX;
    for place in 0..archive.len() {
        let broken = || TemplateFault::of_file("isinya rusak", SAVE_AGAIN);
        let entry = archive.nth(place).map_err(|_error| broken())?;
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/").trim_start_matches('/').to_owned();
        if name.ends_with('/') {
            continue;
        }
        let mut content = Vec::new();
        entry.take(left + 1).read_to_end(&mut content).map_err(|_error| broken())?;
        left = left.checked_sub(content.len() as u64).ok_or_else(|| {
            let most = UNPACKED_BYTES_MAX >> 20;
            TemplateFault::of_file(format!("isinya lebih dari {most} MB bila dibuka"), "kecilkan gambar di dalamnya")
        })?;
        files.push((name, content));
    }
    Ok(files)
}

fn format_of(files: &[(String, Vec<u8>)], types: &[u8]) -> Result<FileFormat, TemplateFault> {
    const PLAIN: &str = "simpan sebagai Dokumen Word (.docx)";
    let types = String::from_utf8_lossy(types).to_lowercase();
    if types.contains("macroenabled") {
        return Err(TemplateFault::of_file("berkasnya boleh berisi makro (.docm, .xlsm)", PLAIN));
    }
    let is_of = |path: &str, word: &str| files.iter().any(|(known, _)| known == path) && types.contains(word);
    if is_of(MAIN[1].1, MAIN[1].2) {
        return Err(TemplateFault::of_file(
            "templat Excel tidak diisi: rumusnya dapat menunjukkan angka lain daripada laporannya",
            "tulis bentuknya di Word (.docx); laporan bawaan juga ada sebagai .xlsx",
        ));
    }
    let found = MAIN.into_iter().find(|(_, path, word)| is_of(path, word)).map(|(format, ..)| format);
    found.ok_or_else(|| TemplateFault::of_file("bukan dokumen Word biasa", PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCX: &str = r#"<Types><Override PartName="/word/document.xml" ContentType="x.wordprocessingml.document.main+xml"/></Types>"#;

    fn packed(more: &[(&str, &[u8])]) -> Vec<u8> {
        let mut files = vec![
            (TYPES.to_owned(), DOCX.as_bytes().to_vec()),
            ("word/document.xml".to_owned(), b"<w:document/>".to_vec()),
        ];
        files.extend(more.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())));
        pack(&files).unwrap()
    }

    fn refused(more: &[(&str, &[u8])]) -> String {
        TemplatePackage::open(&packed(more)).unwrap_err().to_string()
    }

    fn relation(kind: &str, target: &str) -> String {
        format!(
            r#"<Relationships><Relationship Type="x/{kind}" Target="{target}" TargetMode="External"/></Relationships>"#
        )
    }

    #[test]
    fn programs_and_links_are_named_all_at_once() {
        let linked = relation("image", "http://10.0.0.1/a.png");
        let said = refused(&[
            ("word/vbaProject.bin", b""),
            ("word/embeddings/oleObject1.bin", b""),
            ("word/activeX/activeX1.xml", b""),
            ("word/_rels/document.xml.rels", linked.as_bytes()),
        ]);
        for word in ["makro", "OLE", "ActiveX", "dari luar berkas (http://10.0.0.1/a.png)"] {
            assert!(said.contains(word), "{word}: {said}");
        }
        for (kind, target) in [("hyperlink", "file:///c:/x.exe"), ("oleObject", "https://a"), ("frame", "mailto:a@b")] {
            let rels = relation(kind, target);
            assert!(refused(&[("word/_rels/header1.xml.rels", rels.as_bytes())]).contains("dari luar"), "{kind}");
        }
    }

    #[test]
    fn what_word_itself_writes_is_taken() {
        let attached = relation("attachedTemplate", "file:///C:/Users/a/Normal.dotm");
        let mail = relation("hyperlink", "mailto:pkm@abcde.go.id");
        let package = TemplatePackage::open(&packed(&[
            ("word/_rels/settings.xml.rels", attached.as_bytes()),
            ("word/settings.xml", b"<w:settings><w:attachedTemplate/><w:zoom/></w:settings>"),
            ("word/_rels/document.xml.rels", mail.as_bytes()),
            ("docProps/custom.xml", b"<a/>"),
        ]))
        .unwrap();
        let text = |path: &str| String::from_utf8(package.part(path).unwrap().to_vec()).unwrap();
        assert!(
            !text("word/_rels/settings.xml.rels").contains("Normal") && !text("word/settings.xml").contains("attached")
        );
        assert!(
            text("word/_rels/document.xml.rels").contains("mailto") && package.part("docProps/custom.xml").is_none()
        );
    }

    #[test]
    fn packages_are_bounded() {
        assert!(TemplatePackage::open(&vec![0; TEMPLATE_BYTES_MAX + 1]).unwrap_err().to_string().contains("MB"));
        assert!(TemplatePackage::open(b"%PDF-1.7").unwrap_err().to_string().contains("bukan berkas Word"));
        assert!(TemplatePackage::open(&[0xd0, 0xcf, 0x11, 0xe0, 0]).unwrap_err().to_string().contains("sandi"));
        let bomb = vec![0_u8; usize::try_from(UNPACKED_BYTES_MAX).unwrap()];
        assert!(refused(&[("word/media/bomb.bin", &bomb)]).contains("bila dibuka"));
        let many: Vec<String> = (0..PARTS_MAX).map(|place| format!("word/{place}.xml")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|path| (path.as_str(), b"<a/>".as_slice())).collect();
        assert!(TemplatePackage::open(&packed(&many[..PARTS_MAX - 2])).is_ok());
        assert!(refused(&many).contains("terlalu banyak"));
        let macros = DOCX.replace("wordprocessingml", "macroEnabled.wordprocessingml");
        let files = [(TYPES.to_owned(), macros.into_bytes()), ("word/document.xml".to_owned(), Vec::new())];
        assert!(TemplatePackage::open(&pack(&files).unwrap()).unwrap_err().to_string().contains("makro"));
    }
}
