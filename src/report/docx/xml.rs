//! Small pieces of WordprocessingML: escaped text, runs, paragraphs.

pub(super) use crate::report::escaped::escaped;

/// Namespace of the text.
pub(super) const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

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
    fn line_breaks_become_breaks() {
        assert_eq!(runs("a\nb", "<w:b/>").matches("<w:br/>").count(), 1);
    }
}
