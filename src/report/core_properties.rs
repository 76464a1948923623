//! The part of an office file that says its title, author and day. Knows no format of ours.

use super::escaped::escaped;
use crate::domain::Date;

/// Words and day of the part.
#[derive(Clone, Copy, Debug)]
pub(super) struct CoreProperties<'a> {
    pub(super) title: &'a str,
    pub(super) subtitle: &'a str,
    /// Name of the Puskesmas.
    pub(super) author: &'a str,
    /// Day that the data shows, not that of the clock: the same paper is the same bytes.
    pub(super) as_of: Date,
}

impl CoreProperties<'_> {
    pub(super) fn xml(self) -> String {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{} – {}</dc:title><dc:creator>{}</dc:creator><dc:language>id-ID</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{}T00:00:00Z</dcterms:created></cp:coreProperties>"#,
            escaped(self.title),
            escaped(self.subtitle),
            escaped(self.author),
            self.as_of
        )
    }
}
