//! Small pieces of WordprocessingML: escaped text, runs, paragraphs.

/// Namespace of the text.
pub(super) const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// Text as it may stand in XML: markup escaped, what XML cannot hold left out.
pub(super) fn escaped(text: &str) -> String {
    let kept = text.chars().filter(|letter| !matches!(letter, '\u{fffe}' | '\u{ffff}'));
    let kept: String = kept.map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    quick_xml::escape::escape(kept).into_owned()
}

/// Runs of a text; line breaks become breaks. `properties` is the inside of `w:rPr`.
pub(super) fn runs(text: &str, properties: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    let run = |line: &str| match line {
        "" => String::new(),
        line => format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(line)),
    };
    text.split('\n').map(run).collect::<Vec<_>>().join("<w:r><w:br/></w:r>")
}

/// A paragraph of a style; `more` is the rest of `w:pPr`.
pub(super) fn paragraph(style: &str, more: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>{runs}</w:p>")
}

/// A paragraph of plain text.
pub(super) fn plain(style: &str, text: &str) -> String {
    paragraph(style, "", &runs(text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(escaped("<w:p>&\"\u{0}\u{ffff}"), "&lt;w:p&gt;&amp;&quot; ");
        assert_eq!(runs("a\nb", "<w:b/>").matches("<w:br/>").count(), 1);
    }
}
