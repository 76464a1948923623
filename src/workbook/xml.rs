//! Attributes and entities, for all XML formats. None of a document's own entities is ever expanded.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart};

/// The value of an attribute, by its whole name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    Some(attribute.normalized_value(XmlVersion::Explicit1_0).ok()?.into_owned())
}

/// The value of an attribute, whatever its prefix.
pub(super) fn local_attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
    let attribute = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(attribute.normalized_value(XmlVersion::Explicit1_0).ok()?.into_owned())
}

/// `&amp;`, `&#xE9;`; an entity of the document's own stays as it is written.
pub(super) fn resolved(entity: &BytesRef<'_>) -> String {
    match entity.resolve_char_ref() {
        Ok(Some(letter)) => letter.to_string(),
        _ => resolve_predefined_entity(entity).map_or_else(|| format!("&{};", entity.as_ref()), str::to_owned),
    }
}
