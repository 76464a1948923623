//! Text as it may stand in the XML of an office file. Knows no element.

/// Text as it may stand in XML: markup escaped, what XML cannot hold left out.
pub(super) fn escaped(text: &str) -> String {
    let kept = text.chars().filter(|letter| !matches!(letter, '\u{fffe}' | '\u{ffff}'));
    let kept: String = kept.map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    quick_xml::escape::escape(kept).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(escaped("<w:p>&\"\u{0}\u{ffff}"), "&lt;w:p&gt;&amp;&quot; ");
    }
}
