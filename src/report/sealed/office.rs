//! The seal of an office file: a part of the package with all of it, and two properties with claim and signature, which
//! office programs keep when they save the file again.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::SealedFormat;
use crate::archive::Archive;
use crate::proof::{CLAIM_PROPERTY, SEAL_PROPERTY, SealedText};
use crate::report::ReportError;
use crate::report::escaped::escaped;
use crate::report::pack::put;

/// Path of the part with the whole seal.
const PART: &str = "customXml/simpul.xml";
/// Path of the part with properties.
const PROPERTIES: &str = "docProps/custom.xml";
const TYPES: &str = "[Content_Types].xml";
const RELATIONS: &str = "_rels/.rels";
/// Entries of a package at most, and bytes of one of its parts that is read here.
const ENTRIES_MAX: usize = 20_000;
const PART_BYTES_MAX: u64 = 32 << 20;
const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// Tells the format of a package by its main part.
pub(super) fn format(bytes: &[u8]) -> Option<SealedFormat> {
    let archive = Archive::open(Cursor::new(bytes), ENTRIES_MAX).ok()?;
    let of = |(path, format): &(&str, SealedFormat)| archive.place(path).map(|_| *format);
    let main = [
        ("word/document.xml", SealedFormat::Docx),
        ("xl/workbook.xml", SealedFormat::Xlsx),
        ("ppt/presentation.xml", SealedFormat::Pptx),
    ];
    main.iter().find_map(of)
}

/// The package with the seal; every other part as it lies.
pub(super) fn seal(bytes: &[u8], text: &SealedText) -> Result<Vec<u8>, ReportError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + (16 << 10))));
    for place in 0..archive.len() {
        let name = String::from_utf8_lossy(archive.by_index_raw(place)?.name_raw()).into_owned();
        let added = match name.as_str() {
            TYPES => format!(
                r#"<Override PartName="/{PROPERTIES}" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/><Override PartName="/{PART}" ContentType="application/xml"/></Types>"#
            ),
            RELATIONS => format!(
                r#"<Relationship Id="rIdSimpul" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" Target="{PROPERTIES}"/></Relationships>"#
            ),
            _ => {
                writer.raw_copy_file(archive.by_index_raw(place)?)?;
                continue;
            }
        };
        let mut xml = String::new();
        archive.by_index(place)?.read_to_string(&mut xml)?;
        let end = added.rfind("</").map_or(added.as_str(), |end| &added[end..]);
        put(&mut writer, &name, xml.replacen(end, &added, 1).as_bytes(), CompressionMethod::Deflated)?;
    }
    let whole =
        format!(r#"{DECLARATION}<simpul xmlns="urn:simpul:surat">{}</simpul>"#, quick_xml::escape::escape(text.text()));
    put(&mut writer, PROPERTIES, properties(text).as_bytes(), CompressionMethod::Deflated)?;
    put(&mut writer, PART, whole.as_bytes(), CompressionMethod::Deflated)?;
    Ok(writer.finish()?.into_inner())
}

fn properties(text: &SealedText) -> String {
    let property = |id: u32, name: &str, value: &str| {
        format!(
            r#"<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{id}" name="{name}"><vt:lpwstr>{}</vt:lpwstr></property>"#,
            escaped(value)
        )
    };
    format!(
        r#"{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{}{}</Properties>"#,
        property(2, CLAIM_PROPERTY, &text.claim),
        property(3, SEAL_PROPERTY, &text.seal)
    )
}

/// The seal of a package; without the pieces where only its properties are left.
pub(super) fn sealed_text(bytes: &[u8]) -> Option<SealedText> {
    let mut archive = Archive::open(Cursor::new(bytes), ENTRIES_MAX).ok()?;
    let mut part = |path: &str| {
        let mut text = String::new();
        archive.entry(path)?.take(PART_BYTES_MAX).read_to_string(&mut text).ok()?;
        Some(text)
    };
    if let Some(whole) = part(PART) {
        let texts = texts(&whole, "simpul");
        return texts.first().map(|(_, text)| SealedText::from_text(text));
    }
    let properties = texts(&part(PROPERTIES)?, "property");
    let of = |name: &str| properties.iter().find(|(known, _)| known == name).map(|(_, text)| text.trim().to_owned());
    Some(SealedText { claim: of(CLAIM_PROPERTY)?, seal: of(SEAL_PROPERTY)?, reading: None })
}

/// Text below each element of a name, with its own attribute `name`.
fn texts(xml: &str, element: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let mut found: Vec<(String, String)> = Vec::new();
    let mut is_open = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if start.local_name().as_ref() == element => {
                let name = start.try_get_attribute("name").ok().flatten();
                found.push((name.map(|name| name.value.to_string()).unwrap_or_default(), String::new()));
                is_open = true;
            }
            Ok(Event::End(end)) if end.local_name().as_ref() == element => is_open = false,
            Ok(Event::Text(text)) if is_open => {
                if let Some((_, open)) = found.last_mut() {
                    open.push_str(&text.xml10_content());
                }
            }
            Ok(Event::GeneralRef(reference)) if is_open => {
                if let Some((_, open)) = found.last_mut() {
                    open.push_str(resolve_predefined_entity(&reference).unwrap_or_default());
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
