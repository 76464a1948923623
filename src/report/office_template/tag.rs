//! Tags of a template, `{{…}}`: found in a text and understood. Capitals, blanks and `_` in names say nothing, so that
//! a text without its blanks has the same tags. Knows no name.

use std::ops::Range;

use super::fault::TemplateFault;

/// Letters that may stand between the braces.
pub(super) const TAG_CHARS_MAX: usize = 200;
/// Widths of a picture that can be asked for, millimetres.
const WIDTHS_MM: std::ops::RangeInclusive<f64> = 5.0..=400.0;

/// One thing that a template asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TemplateTag {
    /// A value by its name: `{{nama}}`.
    Value(TagName),
    /// `{{gambar: nama}}`, `{{gambar: nama, 8 cm}}`.
    Picture {
        /// Name of the picture.
        name: TagName,
        /// Width that is asked for.
        width_mm: Option<f64>,
    },
    /// `{{ulang: nama}}`: what follows stands once for each row.
    Loop(TagName),
    /// `{{akhir}}`: end of what is repeated.
    End,
}

/// A name as it is written, and as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TagName {
    pub(super) words: String,
    pub(super) key: String,
}

impl TagName {
    pub(super) fn new(words: &str) -> Self {
        Self { words: words.trim().to_owned(), key: name_key(words) }
    }
}

/// A name as names are compared.
pub(super) fn name_key(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && *c != '_' && *c != '\u{200b}').flat_map(char::to_lowercase).collect()
}

/// A tag and its bytes in a text, braces included.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FoundTag {
    pub(super) range: Range<usize>,
    pub(super) tag: TemplateTag,
}

/// Finds the tags of a text. Two braces that are no tag are a mistake.
pub(super) fn tags(text: &str) -> Result<Vec<FoundTag>, TemplateFault> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{{") {
        let start = at + start;
        let Some(length) = text[start + 2..].find("}}") else {
            let begun: String = text[start..].chars().take(30).collect();
            return Err(TemplateFault::of_file(
                format!("“{begun}” dibuka dengan {{{{ dan tidak ditutup dengan }}}}"),
                "tutup dalam alinea atau sel yang sama",
            ));
        };
        let end = start + 2 + length + 2;
        found.push(FoundTag { range: start..end, tag: tag(&text[start + 2..end - 2])? });
        at = end;
    }
    Ok(found)
}

/// Reports whether the text begins a tag.
pub(super) fn has_braces(text: &str) -> bool {
    text.contains("{{")
}

fn tag(inside: &str) -> Result<TemplateTag, TemplateFault> {
    let refused = |advice: &str| TemplateFault::of_file(format!("{{{{{inside}}}}} tidak dimengerti"), advice);
    if inside.chars().count() > TAG_CHARS_MAX {
        let begun: String = inside.chars().take(30).collect();
        return Err(TemplateFault::of_file(
            format!("{{{{{begun}… terlalu panjang"),
            format!("paling banyak {TAG_CHARS_MAX} huruf"),
        ));
    }
    if inside.contains('{') || inside.contains('}') {
        return Err(refused("periksa kurung kurawalnya: dua pembuka, dua penutup"));
    }
    let (word, rest) = match inside.split_once(':') {
        Some((word, rest)) => (name_key(word), rest),
        None if name_key(inside) == "akhir" => return Ok(TemplateTag::End),
        None => {
            let name = TagName::new(inside);
            let is_word = inside.trim().to_lowercase();
            if is_word.starts_with("ulang ") || is_word.starts_with("gambar ") {
                return Err(refused(
                    "tulis titik dua sesudah kata ulang atau gambar, misalnya {{ulang: temuan.tabel}}",
                ));
            }
            return if name.key.is_empty() {
                Err(refused("tulis satu nama di dalamnya"))
            } else {
                Ok(TemplateTag::Value(name))
            };
        }
    };
    match word.as_str() {
        "akhir" => Ok(TemplateTag::End),
        "ulang" => Ok(TemplateTag::Loop(TagName::new(rest))),
        "gambar" => {
            let (name, width) = rest.split_once(',').unwrap_or((rest, ""));
            let width_mm = match name_key(width).as_str() {
                "" => None,
                width => Some(width_mm(width).ok_or_else(|| refused("tulis lebarnya seperti {{gambar: logo, 8 cm}}"))?),
            };
            Ok(TemplateTag::Picture { name: TagName::new(name), width_mm })
        }
        _ => Err(refused("kata sebelum titik dua: ulang, gambar, atau akhir")),
    }
}

fn width_mm(text: &str) -> Option<f64> {
    let (number, scale) = match text.strip_suffix("mm") {
        Some(number) => (number, 1.0),
        None => (text.strip_suffix("cm")?, 10.0),
    };
    let width = number.replace(',', ".").parse::<f64>().ok()? * scale;
    WIDTHS_MM.contains(&width).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only_tag(text: &str) -> TemplateTag {
        tags(text).unwrap().remove(0).tag
    }

    #[test]
    fn tags_are_read_in_any_spelling() {
        assert_eq!(only_tag("{{ Nama Puskesmas }}"), TemplateTag::Value(TagName::new("Nama Puskesmas")));
        assert_eq!(TagName::new("Nama Puskesmas").key, TagName::new("nama_puskesmas").key);
        assert!(matches!(only_tag("{{ULANG : temuan.tabel}}"), TemplateTag::Loop(name) if name.key == "temuan.tabel"));
        assert!(matches!(only_tag("{{ulang:temuan.tabel}}"), TemplateTag::Loop(_)));
        assert_eq!(only_tag("{{akhir}}"), TemplateTag::End);
        assert_eq!(only_tag("{{akhir: temuan.tabel}}"), TemplateTag::End);
        assert!(
            matches!(only_tag("{{gambar: logo, 8 cm}}"), TemplateTag::Picture { width_mm: Some(width), .. } if (width - 80.0).abs() < 0.01)
        );
        for width in ["85mm", "8,5 cm", "8.5cm"] {
            let tag = only_tag(&format!("{{{{gambar:logo,{width}}}}}"));
            assert!(
                matches!(tag, TemplateTag::Picture { width_mm: Some(width), .. } if (width - 85.0).abs() < 0.01),
                "{tag:?}"
            );
        }
        assert_eq!(tags("a {{b}} {c} {{d}}").unwrap().len(), 2);
    }

    #[test]
    fn what_is_no_tag_is_said() {
        for (text, why) in [
            ("{{nama", "tidak ditutup"),
            ("{{}}", "tulis satu nama"),
            ("{{ulang temuan.tabel}}", "titik dua"),
            ("{{jika: x}}", "ulang, gambar, atau akhir"),
            ("{{gambar: logo, besar}}", "8 cm"),
            ("{{gambar: logo, 900 cm}}", "8 cm"),
            ("{{{nama}}}", "kurung kurawal"),
        ] {
            let fault = tags(text).unwrap_err().to_string();
            assert!(fault.contains(why), "{text}: {fault}");
        }
        let long = |letters: usize| tags(&format!("{{{{{}}}}}", "a".repeat(letters)));
        assert!(long(TAG_CHARS_MAX).is_ok() && long(TAG_CHARS_MAX + 1).is_err());
    }
}
