//! A paper as DOCX: real headings, tables with repeated heads, drawings with their text, fields for page numbers.
//!
//! WordprocessingML is written here and packed with `zip`, which the tree has already: the crates for it bring a
//! second zip, draw no alternative text and set no language.

mod body;
mod fixed;
mod xml;

use super::ReportError;
use super::document::Document;
use super::drawings::Drawings;
use super::pack::pack;
use body::{DocxBody, Media, WIDTH_LYING, WIDTH_UPRIGHT};

/// Packs the document as DOCX; the same paper gives the same bytes.
pub(super) fn render(document: &Document, drawings: &Drawings) -> Result<Vec<u8>, ReportError> {
    let body = DocxBody::from_document(document, drawings)?;
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), fixed::CONTENT_TYPES.as_bytes().to_vec()),
        ("_rels/.rels".to_owned(), fixed::RELATIONS.as_bytes().to_vec()),
        ("docProps/core.xml".to_owned(), fixed::properties(document).into_bytes()),
        ("word/document.xml".to_owned(), body.document.into_bytes()),
        ("word/styles.xml".to_owned(), fixed::STYLES.as_bytes().to_vec()),
        ("word/numbering.xml".to_owned(), fixed::NUMBERING.as_bytes().to_vec()),
        ("word/settings.xml".to_owned(), fixed::SETTINGS.as_bytes().to_vec()),
        ("word/footer1.xml".to_owned(), fixed::footer(document, WIDTH_UPRIGHT).into_bytes()),
        ("word/footer2.xml".to_owned(), fixed::footer(document, WIDTH_LYING).into_bytes()),
        ("word/_rels/document.xml.rels".to_owned(), fixed::document_relations(&body.media).into_bytes()),
    ];
    files.extend(body.media.into_iter().map(|Media { name, bytes }| (format!("word/media/{name}"), bytes)));
    pack(&files)
}
