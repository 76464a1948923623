//! Charts in papers: the drawing itself in a DOCX, with a picture for what knows no drawings; every format in one go.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::Path;

use quick_xml::events::Event;
use simpul::charts::{Bar, Bars, Chart, ChartKind, MarkAnswer};
use simpul::domain::{FileFormat, Status};
use simpul::report::document::{Block, Document, DocumentForm, Letterhead, Part, Stamp};
use simpul::report::{render, verify};

use super::read_back::{checked_pages, docx_xml, paper, pdf_lines};
use crate::support::Simpul;

/// Everything in a package, by name.
fn files(package: impl Read + Seek) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(package).unwrap();
    let mut files = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

const HOSTILE: [&str; 3] =
    ["#let x = 1; *tebal* <label>", "</text><script>alert(1)</script>", "url(#x) href='https://example.org/' &#0;"];

/// A paper with so many charts of hostile names.
fn charts(count: usize) -> Document {
    let bar = |name: &str| Bar {
        name: name.to_owned(),
        value: Some(85.0),
        status: Status::Fair,
        answer: MarkAnswer::default(),
    };
    let chart = Chart {
        title: HOSTILE[1].to_owned(),
        subtitle: HOSTILE[0].to_owned(),
        source: HOSTILE[2].to_owned(),
        description: HOSTILE[1].to_owned(),
        kind: ChartKind::Bars(Bars { unit: String::new(), target: None, bars: HOSTILE.map(bar).to_vec() }),
    };
    Document {
        title: "Evaluasi pembinaan".to_owned(),
        subtitle: "Caturwulan II 2023".to_owned(),
        letterhead: Letterhead { name: "UPT PUSKESMAS ABCDE".to_owned(), ..Letterhead::default() },
        lines: Vec::new(),
        written: String::new(),
        stamp: Stamp {
            id: "1A2B3C4D5E".to_owned(),
            as_of: "2023-08-31".parse().unwrap(),
            completeness: String::new(),
            revision: 0,
        },
        mark: None,
        form: DocumentForm::Report,
        parts: vec![Part::portrait("Hasil", vec![Block::Chart(Box::new(chart)); count])],
    }
}

#[test]
fn charts_of_a_docx_are_drawings_of_plain_text_with_a_picture_each() {
    let written = render(&charts(2), FileFormat::Docx).unwrap();
    verify::docx(&charts(2), &written).unwrap();
    let refused = verify::docx(&charts(3), &written).unwrap_err().to_string();
    assert!(refused.contains("2 gambar garis terbaca, seharusnya 3"), "{refused}");
    let files = files(Cursor::new(written));
    let text = String::from_utf8(files["word/document.xml"].clone()).unwrap();
    let relations = String::from_utf8(files["word/_rels/document.xml.rels"].clone()).unwrap();
    let drawings: Vec<_> = files.iter().filter(|(name, _)| name.contains(".svg")).collect();
    assert!(drawings.len() == 2, "{:?}", files.keys());
    assert!(String::from_utf8_lossy(&files["[Content_Types].xml"]).contains("image/svg+xml"));
    let mut said = String::new();
    for (name, bytes) in drawings {
        let own = name.strip_prefix("word/").unwrap();
        let id = relations.split("<Relationship ").find(|one| one.contains(&format!("Target=\"{own}\""))).unwrap();
        let id = id.split("Id=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(text.matches(&format!("<asvg:svgBlip r:embed=\"{id}\"/>")).count(), 1, "{id}");
        let picture = &files[&name.replace(".svg", ".png")];
        assert!(picture.starts_with(b"\x89PNG"), "{name} has no picture");
        said.push_str(&plain_words(std::str::from_utf8(bytes).unwrap()));
    }
    assert!(said.contains("#let x = 1; *tebal*") && said.contains("<script>alert(1)"), "{said}");
}

/// What a drawing says; asserts that nothing in it runs, loads or needs more than the plainest reader.
fn plain_words(svg: &str) -> String {
    const PLAIN: [&str; 11] =
        ["svg", "title", "desc", "path", "g", "rect", "polyline", "polygon", "circle", "text", "line"];
    let mut reader = quick_xml::Reader::from_str(svg);
    let mut words = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name().as_ref().to_owned();
                assert!(PLAIN.contains(&name.as_str()), "{name}");
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref();
                    assert!(!key.starts_with("on") && !key.ends_with("href") && key != "style", "{key}");
                    assert!(key == "aria-label" || !attribute.value.contains("url("), "{key}");
                }
            }
            Event::Text(text) => words.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                words.push_str(quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or("?"));
            }
            Event::Eof => return words,
            _ => {}
        }
    }
}

#[test]
fn every_format_is_made_in_one_go_from_one_snapshot() {
    let simpul = Simpul::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    simpul.import(&["01-identifikasi.xlsx", "02-jadwal.xlsx", "rekap-2023-05.xlsx"].map(|file| sample.join(file)));
    let out = simpul.data().join("lokmin-23.05");
    let run = simpul.run(["report", "lokmin", "2023-05", "--format", "semua", "--out", &out.to_string_lossy()]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let named = |ending: &str| simpul.data().join(format!("lokmin-23.05.{ending}"));
    assert!(checked_pages(&named("pdf")) > 1);
    let lines = pdf_lines(&named("pdf")).join("\n");
    let id = lines.split("Versi data ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    assert!(docx_xml(&named("docx")).contains("Bahan lokakarya mini"));
    assert!(String::from_utf8_lossy(&files(File::open(named("docx")).unwrap())["word/footer1.xml"]).contains(&id));
    // The same file as when it is asked for alone.
    for ending in ["pdf", "docx", "xlsx"] {
        let alone = std::fs::read(paper(&simpul, "lokmin", "2023-05", ending)).unwrap();
        assert!(alone == std::fs::read(named(ending)).unwrap(), "{ending} differs");
    }
    // Another format's ending gives way.
    let out = simpul.data().join("rapat.pdf");
    let run = simpul.run(["report", "lokmin", "2023-05", "--format", "semua", "--out", &out.to_string_lossy()]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(["pdf", "docx", "xlsx"].iter().all(|ending| simpul.data().join(format!("rapat.{ending}")).exists()));
}

#[test]
fn what_has_no_three_formats_says_so() {
    let simpul = Simpul::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/01-identifikasi.xlsx");
    simpul.import(&[sample]);
    for (kind, out, why) in [("lokmin", "-", "tiga berkas"), ("akreditasi", "x.zip", "satu ZIP")] {
        let period = if kind == "lokmin" { "2023-05" } else { "2023-C2" };
        let out = if out == "-" { out.to_owned() } else { simpul.data().join(out).to_string_lossy().into_owned() };
        let run = simpul.run(["report", kind, period, "--format", "semua", "--out", &out]);
        assert!(run.status != 0 && run.stderr.contains(why), "{kind}: {}", run.stderr);
    }
    let run = simpul.run(["report", "lokmin", "2023-05", "--format", "odt", "--out", "x"]);
    assert!(run.status != 0 && run.stderr.contains("atau semua"), "{}", run.stderr);
}
