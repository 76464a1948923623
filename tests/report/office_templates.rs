//! Word documents of the office's own: what people do in Word gives the right paper, mistakes are named all at once, and
//! hostile files are refused.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use simpul::app::papers::checks::{ClaimStanding, PaperVerdict};
use simpul::app::papers::office_templates::{OFFICE_TEMPLATES_MAX, OfficeTemplateError, TEMPLATE_NAME_CHARS_MAX};
use simpul::app::papers::reports::ReportRequest;
use simpul::domain::{FileFormat, ReportKind, format};
use simpul::report::document::{Block, PaperCell, PaperTable};
use simpul::report::office_template::{TemplateNames, document_names};
use simpul::report::{Document, Paper};
use zip::write::SimpleFileOptions;

use super::read_back::pdf_lines;
use crate::web::site::{ABCDE, Site, abcde};

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml""#;
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A Word document with this body; further parts by their path, each related to the document by its kind.
fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut types = format!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>"#
    );
    let mut relations = String::new();
    let mut references = String::new();
    for (place, (path, _)) in more.iter().enumerate() {
        let kind = path.trim_end_matches(".xml").trim_end_matches(|c: char| c.is_ascii_digit());
        types.extend([format!(r#"<Override PartName="/word/{path}" ContentType="{TYPE}.{kind}+xml"/>"#)]);
        relations.extend([format!(r#"<Relationship Id="r{place}" Type="{OFFICE}/{kind}" Target="{path}"/>"#)]);
        if matches!(kind, "header" | "footer") {
            references.extend([format!(r#"<w:{kind}Reference w:type="default" r:id="r{place}"/>"#)]);
        }
    }
    relations.extend([format!(
        r#"<Relationship Id="rMail" Type="{OFFICE}/hyperlink" Target="mailto:pkm@abcde.go.id" TargetMode="External"/>"#
    )]);
    let document = format!(
        r#"<w:document {W}><w:body>{body}<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="500" w:footer="500" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    );
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), format!("{types}</Types>")),
        (
            "_rels/.rels".to_owned(),
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"#
            ),
        ),
        ("word/document.xml".to_owned(), document),
        (
            "word/_rels/document.xml.rels".to_owned(),
            format!(r#"<Relationships xmlns="{package}">{relations}</Relationships>"#),
        ),
    ];
    parts.extend(more.iter().map(|(path, xml)| (format!("word/{path}"), (*xml).to_owned())));
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, xml) in parts {
        writer.start_file(path, SimpleFileOptions::default()).unwrap();
        writer.write_all(xml.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn bold(text: &str) -> String {
    format!(r#"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn line(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

fn rows(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| format!(r#"<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{}</w:tc>"#, line(text));
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<Vec<_>>().concat());
    format!(
        "<w:tbl><w:tblPr/><w:tblGrid>{}</w:tblGrid>{}</w:tbl><w:p/>",
        "<w:gridCol w:w=\"3000\"/>".repeat(rows[0].len()),
        rows.iter().map(row).collect::<Vec<_>>().concat()
    )
}

fn request(kind: ReportKind, period: &str) -> ReportRequest {
    let as_of = Some("2023-08-31".parse().unwrap());
    ReportRequest { kind, period: period.parse().unwrap(), as_of, puskesmas: None, cluster: None }
}

fn evaluation() -> ReportRequest {
    request(ReportKind::Evaluation, "2023-C2")
}

fn document() -> Document {
    ABCDE.app.papers().paper(&evaluation()).unwrap()
}

fn table(document: &Document, part: &str) -> PaperTable {
    let part = document.parts.iter().find(|known| known.title == part).unwrap();
    let mut tables = part.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table.clone()),
        _ => None,
    });
    tables.next().unwrap()
}

/// Paragraphs of a part as plain text, text boxes apart: a reader of its own, which shares nothing with the filling.
fn paragraphs(docx: &[u8], part: &str) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    archive.by_name(part).unwrap().read_to_string(&mut xml).unwrap();
    let ends = xml.split("</w:p>");
    let text = |paragraph: &str| {
        let start = paragraph.rfind("<w:p>").or_else(|| paragraph.rfind("<w:p ")).unwrap_or(0);
        let texts = paragraph[start..].split("<w:t").skip(1).filter(|rest| rest.starts_with(['>', ' ']));
        let texts = texts.filter_map(|rest| Some(rest.split_once('>')?.1.split_once("</w:t>")?.0.to_owned()));
        let text: String = texts.collect();
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&amp;", "&")
    };
    ends.map(text).filter(|text| !text.is_empty()).collect()
}

fn filled_of(site: &Site, request: &ReportRequest, template: &[u8]) -> Vec<u8> {
    site.app.papers().preview_in_template(request, template).unwrap().bytes
}

fn filled(body: &str) -> Vec<u8> {
    filled_of(&ABCDE, &evaluation(), &docx(body, &[]))
}

fn body_of(body: &str) -> Vec<String> {
    paragraphs(&filled(body), "word/document.xml")
}

fn faults(body: &str, more: &[(&str, &str)]) -> Vec<String> {
    match ABCDE.app.papers().check_office_template(&evaluation(), &docx(body, more)) {
        Err(OfficeTemplateError::Faults(faults)) => faults.0.iter().map(ToString::to_string).collect(),
        other => unreachable!("{other:?}"),
    }
}

/// Facilities with their scores, as the built-in paper prints them.
fn scores() -> Vec<[String; 2]> {
    let table = table(&document(), "Indikator setiap faskes");
    let words = |cell: &PaperCell| match cell {
        PaperCell::Text(text) | PaperCell::Missing(text) => text.clone(),
        PaperCell::Figure(number, _) => format::percent(*number),
        other => unreachable!("{other:?}"),
    };
    table.rows.iter().map(|row| [words(&row[0]), words(&row[1])]).collect()
}

const NAME: &str = "UPT PUSKESMAS ABCDE";

#[test]
fn fields_are_found_however_word_split_them() {
    let split =
        |pieces: &[&str]| format!("<w:p>{}</w:p>", pieces.iter().map(|piece| run(piece)).collect::<Vec<_>>().concat());
    let three = format!("<w:p>{}{}{}</w:p>", bold("Kepada {{"), run("puskesmas"), bold("}} di tempat"));
    let marked = format!(
        "<w:p>{}<w:proofErr w:type=\"spellStart\"/><w:bookmarkStart w:id=\"0\" w:name=\"a\"/>{}<w:bookmarkEnd w:id=\"0\"/></w:p>",
        run("{{pus"),
        run("kesmas}}")
    );
    let tracked = format!(
        "<w:p><w:ins w:id=\"1\" w:author=\"a\">{}</w:ins><w:del w:id=\"2\"><w:r><w:delText>{{{{lama}}}}</w:delText></w:r></w:del></w:p>",
        run("{{puskesmas}}")
    );
    let control = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", line("{{puskesmas}}"));
    let linked = format!("<w:p><w:hyperlink r:id=\"rMail\">{}</w:hyperlink>{}</w:p>", run("{{pusk"), run("esmas}}"));
    for (what, body, expected) in [
        ("one run", line("{{puskesmas}}"), NAME.to_owned()),
        ("three runs", three, format!("Kepada {NAME} di tempat")),
        ("braces apart", split(&["{", "{", "puskesmas", "}", "}"]), NAME.to_owned()),
        ("letter by letter", split(&["{{p", "u", "s", "k", "e", "s", "m", "a", "s}", "}."]), format!("{NAME}.")),
        ("spelling and bookmarks", marked, NAME.to_owned()),
        ("tracked changes", tracked, NAME.to_owned()),
        ("a content control", control, NAME.to_owned()),
        ("a link", linked, NAME.to_owned()),
        ("capitals and blanks", line("{{ Puskesmas\u{a0}}}"), NAME.to_owned()),
        ("two in a line", line("{{puskesmas}}/{{puskesmas}}"), format!("{NAME}/{NAME}")),
        ("a cell", rows(&[&["Nama", "{{puskesmas}}"]]), format!("Nama|{NAME}")),
        (
            "a table in a table",
            rows(&[&["{{puskesmas}}"]]).replace("<w:p><w:r>", &format!("{}<w:p><w:r>", rows(&[&["dalam"]]))),
            format!("dalam|{NAME}"),
        ),
    ] {
        assert_eq!(body_of(&body).join("|"), expected, "{what}");
    }
    // The looks of the place where it begins.
    let xml = String::from_utf8(part(
        &filled(&format!("<w:p>{}{}</w:p>", bold("{{pusk"), run("esmas}}"))),
        "word/document.xml",
    ));
    assert!(xml.unwrap().contains(&bold(NAME)));
}

/// The document with other words in its text.
fn with_other_words(docx: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            bytes = String::from_utf8(bytes).unwrap().replace(from, to).into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn part(docx: &[u8], path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    zip::ZipArchive::new(Cursor::new(docx)).unwrap().by_name(path).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn heads_feet_boxes_and_footnotes_are_filled_in() {
    let page = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
    let header = format!("<w:hdr {W}>{}</w:hdr>", line("{{puskesmas}}"));
    let footer = format!("<w:ftr {W}><w:p>{}{page}</w:p></w:ftr>", run("Versi data {{versi_data}} halaman "));
    let notes =
        format!("<w:footnotes {W}><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>", line("Data per {{data_per}}"));
    let boxed = |wrap: &str| format!("<{wrap}><w:txbxContent>{}</w:txbxContent></{wrap}>", line("{{periode}}"));
    let shape = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{}</w:drawing></mc:Choice><mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>",
        boxed("wps:txbx"),
        boxed("v:textbox"),
        run("di luar {{puskesmas}}")
    );
    let more = [("header1.xml", header.as_str()), ("footer1.xml", &footer), ("footnotes.xml", &notes)];
    let made = filled_of(&ABCDE, &evaluation(), &docx(&shape, &more));
    let id = document().stamp.id;
    assert_eq!(paragraphs(&made, "word/header1.xml"), [NAME]);
    assert_eq!(paragraphs(&made, "word/footer1.xml"), [format!("Versi data {id} halaman ")]);
    assert_eq!(paragraphs(&made, "word/footnotes.xml"), ["Data per 31 Agustus 2023"]);
    let xml = String::from_utf8(part(&made, "word/document.xml")).unwrap();
    assert_eq!(xml.matches("Caturwulan II 2023 (Mei–Agustus)").count(), 2, "shape and what old programs show");
    assert!(xml.contains(&format!("di luar </w:t></w:r><w:r><w:t xml:space=\"preserve\">{NAME}")));
}

#[test]
fn rows_paragraphs_and_sentences_are_repeated() {
    let expected: Vec<String> = scores().into_iter().flatten().collect();
    let head: &[&str] = &["Faskes", "Skor"];
    let own = rows(&[head, &["{{ulang: indikator_setiap_faskes.tabel}}{{faskes}}", "{{skor}}{{akhir}}"]]);
    let found = body_of(&own);
    assert_eq!((found[..2].join("|"), &found[2..]), ("Faskes|Skor".to_owned(), &expected[..]));
    let marked = rows(&[
        head,
        &["{{ulang: Indikator setiap faskes.tabel}}", ""],
        &["{{faskes}}", "{{skor}}"],
        &["{{akhir}}", ""],
        &["Jumlah", "akhir"],
    ]);
    let found = body_of(&marked);
    assert_eq!(&found[2..found.len() - 2], &expected[..]);
    let list = [
        line("{{ulang: indikator_setiap_faskes.tabel}}"),
        line("- {{faskes}}: {{skor}}"),
        line("{{akhir}}"),
        line("selesai"),
    ]
    .concat();
    let mut lines: Vec<String> = scores().iter().map(|[name, score]| format!("- {name}: {score}")).collect();
    lines.push("selesai".to_owned());
    assert_eq!(body_of(&list), lines);
    let sentence = line("Faskes: {{ulang: indikator_setiap_faskes.tabel}}{{faskes}}; {{akhir}}tamat.");
    let names: Vec<String> = scores().iter().map(|[name, _]| format!("{name}; ")).collect();
    let names = names.concat();
    assert_eq!(body_of(&sentence), [format!("Faskes: {names}tamat.")]);
    // Rows within rows: each part of the paper with its sentences.
    let nested = [
        line("{{ulang: bagian}}"),
        line("{{judul}}"),
        line("{{ulang: kalimat}}"),
        line("* {{isi}}"),
        line("{{akhir}}"),
        line("{{akhir}}"),
    ];
    let found = body_of(&nested.concat());
    assert_eq!(found[0], "Ringkasan");
    assert!(found[1].starts_with("* Skor pembinaan") && found.contains(&"Kesimpulan".to_owned()), "{found:?}");
}

#[test]
fn what_is_not_there_is_said_and_missing_is_no_number() {
    // No row: the table goes, the words for it stand.
    let body = rows(&[&["{{ulang: formulir_perubahan_jadwal.tabel}}{{no}}", "{{akhir}}"]]) + &line("{{gambar: logo}}");
    assert!(body_of(&body).contains(&"belum ada data".to_owned()));
    let lacking = table(&document(), "Indikator setiap faskes");
    let missing = lacking.rows.iter().flatten().filter(|cell| matches!(cell, PaperCell::Missing(_))).count();
    assert!(missing > 0);
    let columns = ["skor", "status", "tren", "cakupan", "jadwal", "tilik", "bukti", "rtl", "lokmin", "lapor_lengkap"];
    let cells: String = columns.map(|name| format!("{{{{{name}}}}}|")).concat();
    let body = line(&format!("{{{{ulang: indikator_setiap_faskes.tabel}}}}{cells}{{{{akhir}}}}"));
    let found = body_of(&body).concat();
    assert!(found.contains("|–|") && !found.contains("||"), "{found}");
}

#[test]
fn charts_and_the_code_are_placed() {
    let header = format!("<w:hdr {W}>{}</w:hdr>", line("{{gambar: kode_qr, 25 mm}}"));
    let body = line("{{gambar: ringkasan.grafik}}") + &rows(&[&["{{gambar: ringkasan.grafik, 9 cm}}", "b"]]);
    let made = filled_of(&ABCDE, &evaluation(), &docx(&body, &[("header1.xml", &header)]));
    let xml = String::from_utf8(part(&made, "word/document.xml")).unwrap();
    assert_eq!(xml.matches("<w:drawing>").count(), 2);
    // In a cell no wider than the cell, though more was asked for.
    let widths: Vec<f64> = xml
        .split("<wp:extent cx=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse::<f64>().unwrap() / 36_000.0)
        .collect();
    assert!((widths[0] - 170.0).abs() < 1.0 && widths[1] < 53.0, "{widths:?}");
    let relations = String::from_utf8(part(&made, "word/_rels/header1.xml.rels")).unwrap();
    let target = relations.split("Target=\"/").nth(1).unwrap().split('"').next().unwrap();
    assert!(part(&made, target).starts_with(b"\x89PNG"));
    assert!(
        xml.contains("descr=\"")
            && String::from_utf8(part(&made, "[Content_Types].xml")).unwrap().contains("image/png")
    );
}

#[test]
fn mistakes_are_named_all_at_once_with_place_and_nearest_name() {
    let header = format!("<w:hdr {W}>{}</w:hdr>", line("{{ulang: kop}}{{isi}}"));
    let body = [
        line("{{puskesmes}}"),
        line("Daftar {{ulang: indikator_setiap_faskes.tabl}}{{faskes}}{{akhir}}"),
        line("{{gambar: puskesmas}}"),
        line("{{ulang: indikator_setiap_faskes.tabel}}{{nilai_skor_akhir}}{{akhir}}"),
        line("{{ulang temuan}}"),
        line("{{tidak ditutup"),
    ];
    let said = faults(&body.concat(), &[("header1.xml", &header)]);
    let expected = [
        "isi dokumen, alinea 1: isian “puskesmes” tidak dikenal; mungkin maksudnya {{puskesmas}}",
        "isi dokumen, alinea 2: daftar “indikator_setiap_faskes.tabl” tidak dikenal; mungkin maksudnya {{ulang: indikator_setiap_faskes.tabel}} … {{akhir}}",
        "isi dokumen, alinea 3: “puskesmas” bukan gambar, melainkan isian; tulis {{puskesmas}}",
    ];
    assert_eq!(said[..3], expected);
    assert_eq!(said.len(), 7, "{said:?}");
    assert!(said[6].starts_with("kepala atau kaki halaman (header1), alinea 1"), "{said:?}");
    for (body, why) in [
        (line("{{ulang: kop}}") + &line("{{isi}}"), "tanpa {{akhir}}"),
        (line("{{puskesmas}}{{akhir}}"), "tanpa {{ulang"),
        (line("{{ulang: kop}}") + &rows(&[&["{{isi}}{{akhir}}"]]), "tempat yang setara"),
        (line("Kop {{ulang: kop}}") + &line("{{isi}}{{akhir}}"), "didahului tulisan lain"),
        (line("{{ulang: kop}}") + &line("{{isi}}{{akhir}} tamat"), "ada tulisan lain"),
        (line("tanpa isian"), "tidak memuat satu isian pun"),
        ("<w:p><w:r><a:t xmlns:a=\"a\">{{puskesmas}}</a:t></w:r></w:p>".to_owned(), "WordArt"),
        (
            format!(
                "<w:p>{}<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>DDEAUTO cmd</w:instrText></w:r></w:p>",
                run("{{puskesmas}}")
            ),
            "DDEAUTO",
        ),
    ] {
        let said = faults(&body, &[]).join(" | ");
        assert!(said.contains(why), "{why}: {said}");
    }
}

#[test]
fn a_template_of_every_kind_of_paper_is_filled_in_and_compared() {
    let body = [
        line("{{puskesmas}}"),
        line("{{ulang: bagian}}"),
        line("{{judul}}"),
        line("{{teks}}"),
        line("{{ulang: isian}}{{nama}}: {{nilai}}{{akhir}}"),
        line("{{akhir}}"),
        line("{{ulang: kop}}{{isi}} {{akhir}}{{ulang: tembusan}}{{isi}} {{akhir}}"),
        line("{{kode_surat}} {{versi_data}}"),
    ];
    let template = docx(&body.concat(), &[]);
    for kind in ReportKind::ALL.into_iter().filter(|kind| *kind != ReportKind::Accreditation) {
        let period = if kind.periods().contains(&"2023".parse::<simpul::domain::Period>().unwrap().kind()) {
            "2023"
        } else {
            "2023-08"
        };
        let file = ABCDE.app.papers().preview_in_template(&request(kind, period), &template);
        assert!(file.is_ok(), "{}: {:?}", kind.code(), file.err());
    }
    let refused = ABCDE.app.papers().check_office_template(&request(ReportKind::Accreditation, "2023"), &template);
    assert!(matches!(refused, Err(OfficeTemplateError::Bundle)));
}

#[test]
fn names_that_no_data_has_are_blank_and_hostile_data_stays_text() {
    let names = ["<w:p>&amp;", "{{puskesmas}}", "=1+1 \"'"];
    let site = Site::with(&[crate::web::site::register(&names)]);
    let request = ReportRequest { puskesmas: None, ..request(ReportKind::Register, "2023") };
    let document = site.app.papers().paper(&request).unwrap();
    let list = document_names(request.kind, &document);
    let in_rows = list.iter().filter_map(|(name, _)| name.split_once('/'));
    let mut of_tables =
        in_rows.filter(|(rows, column)| rows.strip_suffix(".tabel").is_some() && column.starts_with("nama"));
    let (table, column) = of_tables.next().unwrap();
    let body = line(&format!("{{{{ulang: {table}}}}}")) + &line(&format!("{{{{{column}}}}}")) + &line("{{akhir}}");
    let made = paragraphs(&filled_of(&site, &request, &docx(&body, &[])), "word/document.xml");
    assert_eq!(made.iter().filter(|text| names.contains(&text.as_str())).count(), 3, "{made:?}");
}

#[test]
fn a_template_is_kept_used_and_removed_and_the_paper_proves_itself() {
    let site = abcde();
    let papers = || site.app.papers();
    let request = evaluation();
    let template = docx(&line("{{puskesmas}}: {{ringkasan.teks}}"), &[]);
    papers().add_office_template(&request, "Format Dinas", &template).unwrap();
    let known = papers().office_templates(&request).unwrap();
    assert_eq!((known[0].name.as_str(), known[0].format), ("Format Dinas", FileFormat::Docx));
    let file = papers().report_in_template(&request, "format dinas").unwrap();
    assert_eq!(file.name, "evaluasi-2023-C2-upt-puskesmas-abcde-format-dinas.docx");
    assert!(paragraphs(&file.bytes, "word/document.xml")[0].starts_with(&format!("{NAME}: Skor pembinaan")));
    let check = papers().check_file("a.docx", &file.bytes, &[]).unwrap();
    assert_eq!((check.verdict, check.standing), (PaperVerdict::Genuine, Some(ClaimStanding::Current)));
    // A word that somebody changed is found.
    let altered = with_other_words(&file.bytes, "Skor pembinaan", "Skor bohong");
    let check = papers().check_file("a.docx", &altered, &[]).unwrap();
    assert!(matches!(check.verdict, PaperVerdict::Altered(_)), "{:?}", check.verdict);
    let wrong = papers().report_in_template(&request, "lain");
    assert!(wrong.unwrap_err().to_string().contains("yang ada: Format Dinas"));
    let long = "a".repeat(TEMPLATE_NAME_CHARS_MAX + 1);
    for name in ["", " ", long.as_str()] {
        let refused = papers().add_office_template(&request, name, &template);
        assert!(matches!(refused, Err(OfficeTemplateError::BadName)), "{name}");
    }
    // Any kind counts; this one is made quickly.
    let letter = self::request(ReportKind::Covering, "2023-08");
    let short = docx(&line("{{puskesmas}}"), &[]);
    for number in 1..OFFICE_TEMPLATES_MAX {
        papers().add_office_template(&letter, &format!("Templat {number}"), &short).unwrap();
    }
    let refused = papers().add_office_template(&request, "Satu lagi", &template);
    assert!(matches!(refused, Err(OfficeTemplateError::TooMany)));
    papers().add_office_template(&request, "FORMAT DINAS", &template).unwrap();
    papers().remove_office_template(&request, "Format Dinas").unwrap();
    assert!(papers().report_in_template(&request, "Format Dinas").is_err());
}

#[test]
fn libreoffice_opens_what_was_filled_in() {
    let page = r#"<w:fldSimple w:instr=" PAGE "/>"#;
    let footer = format!("<w:ftr {W}><w:p>{}{page}</w:p></w:ftr>", run("{{versi_data}} "));
    let body = [
        format!("<w:p>{}{}{}</w:p>", bold("{{"), run("puskesmas"), bold("}}")),
        rows(&[&["Faskes", "Skor"], &["{{ulang: indikator_setiap_faskes.tabel}}{{faskes}}", "{{skor}}{{akhir}}"]]),
        line("{{gambar: ringkasan.grafik}}"),
        rows(&[&["{{ulang: kop}}{{isi}}{{akhir}}"]]),
    ];
    let made = filled_of(&ABCDE, &evaluation(), &docx(&body.concat(), &[("footer1.xml", &footer)]));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docx");
    fs::write(&path, made).unwrap();
    let home = format!("-env:UserInstallation=file://{}", folder.path().join("lo").display());
    let done = std::process::Command::new("soffice")
        .args([&home, "--headless", "--convert-to", "pdf", "--outdir"])
        .args([folder.path(), Path::new(&path)])
        .output()
        .unwrap();
    assert!(done.status.success());
    let text = pdf_lines(&folder.path().join("a.pdf")).join("\n");
    assert!(text.contains(NAME) && text.contains(&document().stamp.id), "{text}");
    for [name, score] in scores() {
        let short: String = name.split_whitespace().next().unwrap().to_owned();
        assert!(text.contains(&short) && text.contains(&score), "{name} {score}");
    }
}

/// `SIMPUL_UPDATE_DOCS=1 cargo test template_names` writes the list and its page anew.
#[test]
fn template_names_are_those_of_a_year_of_sample_data() {
    let mut list = String::new();
    for kind in ReportKind::ALL.into_iter().filter(|kind| *kind != ReportKind::Accreditation) {
        let mut lines = std::collections::BTreeSet::new();
        for period in kind.periods() {
            for month in [4, 8, 12] {
                let month = simpul::domain::Month::new(2023, month).unwrap();
                let period = simpul::domain::Period::containing(*period, month);
                let request = ReportRequest { as_of: Some(period.last_day()), period, ..request(kind, "2023") };
                let document = ABCDE.app.papers().paper(&request).unwrap();
                lines.extend(document_names(kind, &document).lines(kind).lines().map(ToOwned::to_owned));
            }
        }
        list.extend(lines.into_iter().map(|line| line + "\n"));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = root.join("src/report/office_template/names.txt");
    let page = root.join("docs/templat-nama.md");
    if std::env::var_os("SIMPUL_UPDATE_DOCS").is_some() {
        fs::write(&listed, &list).unwrap();
        fs::write(&page, names_page(&list)).unwrap();
    }
    assert!(fs::read_to_string(&listed).unwrap() == list, "SIMPUL_UPDATE_DOCS=1 cargo test template_names");
    assert!(fs::read_to_string(&page).unwrap() == names_page(&list), "SIMPUL_UPDATE_DOCS=1 cargo test template_names");
    let known: usize = ReportKind::ALL.into_iter().map(|kind| TemplateNames::known(kind).iter().count()).sum();
    assert_eq!(known, list.lines().count());
}

#[test]
fn a_paper_of_another_month_lacks_what_the_list_names_and_is_made() {
    // A chart that only some months have: the template holds, and says that there is nothing.
    let site = Site::with(&[crate::web::site::register(&["Apotek Satu"])]);
    let request = request(ReportKind::Lokmin, "2023-08");
    let body = line("{{puskesmas}} {{gambar: pemantauan_wilayah_setempat.grafik}}");
    let made = filled_of(&site, &request, &docx(&body, &[]));
    assert_eq!(paragraphs(&made, "word/document.xml"), ["UPT PUSKESMAS UJI belum ada data"]);
    let document = site.app.papers().paper(&request).unwrap();
    assert!(Paper::new(&document, &[FileFormat::Docx]).is_ok());
}

/// The page with the names of every kind of paper: columns behind their list.
fn names_page(list: &str) -> String {
    let mut page = String::from(
        "# Nama yang dapat ditulis dalam templat\n\nDibuat dari program (`SIMPUL_UPDATE_DOCS=1 cargo test template_names`); cara \
         memakainya di [templat.md](templat.md).\n",
    );
    for kind in ReportKind::ALL {
        let prefix = format!("{} ", kind.code());
        let names: Vec<&str> = list.lines().filter_map(|line| line.strip_prefix(&prefix)).collect();
        if names.is_empty() {
            continue;
        }
        page.extend([format!("\n## {} (`{}`)\n", kind.title(), kind.code())]);
        for (word, title) in [("isian ", "Isian"), ("ulang ", "Daftar"), ("gambar ", "Gambar")] {
            page.extend([format!("\n{title}:\n\n")]);
            let of_kind = names.iter().filter_map(|line| line.strip_prefix(word)).filter(|name| !name.contains('/'));
            for name in of_kind {
                let inside = format!("{name}/");
                let columns = names.iter().filter_map(|line| line.split_once(' ')?.1.strip_prefix(inside.as_str()));
                let columns: Vec<String> =
                    columns.filter(|column| !column.contains('/')).map(|column| format!("`{column}`")).collect();
                let columns = if columns.is_empty() { String::new() } else { format!(": {}", columns.join(", ")) };
                page.extend([format!("- `{name}`{columns}\n")]);
            }
        }
    }
    page
}
