//! Bytes of text → characters: a byte order mark, else UTF-8, else what a page declares, else Windows-1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Text and how sure its encoding is.
pub(super) struct Decoded<'b> {
    /// The characters, without a byte order mark.
    pub(super) text: Cow<'b, str>,
    /// Neither a mark nor the bytes themselves told the encoding.
    pub(super) is_guess: bool,
}

/// Decodes; `declared` is the label of an encoding that the text itself names (`windows-1252`).
pub(super) fn decode<'b>(bytes: &'b [u8], declared: Option<&str>) -> Decoded<'b> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Decoded { text, is_guess: false };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), is_guess: false };
    }
    // What says UTF-8 and is not: the legacy encoding of office computers loses fewer letters.
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|label| *label != UTF_8);
    let (text, _) = declared.unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes);
    Decoded { text, is_guess: declared.is_none() }
}

/// Bytes of an XML document that are searched for its declaration.
const DECLARED_WITHIN: usize = 200;

/// The `encoding=` of an XML document's first line.
pub(super) fn declared_in_xml(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).into_owned();
    let declaration = head.split_once("?>")?.0;
    let rest = declaration.split_once("encoding=")?.1.trim_start_matches(['"', '\'']);
    Some(rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')).collect())
}

/// Reports whether a byte order mark stands at the front.
pub(super) fn has_mark(bytes: &[u8]) -> bool {
    Encoding::for_bom(bytes).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_utf8_and_the_legacy_encoding() {
        for (bytes, text, is_guess) in [
            (&b"\xEF\xBB\xBFNo\xC3\xA9"[..], "Noé", false),
            (b"No\xC3\xA9", "Noé", false),
            (b"No\xE9", "Noé", true),
            (b"\xFF\xFEN\0o\0", "No", false),
        ] {
            let decoded = decode(bytes, None);
            assert_eq!((&*decoded.text, decoded.is_guess), (text, is_guess));
        }
        assert!(!decode(b"No\xE9", Some("iso-8859-1")).is_guess);
    }
}
