//! Fields of Word itself in a template: page numbers and the like are kept, what fetches files, runs something or asks is
//! refused.

use std::collections::BTreeSet;

use super::fault::TemplateFault;
use super::xml_tree::XmlElement;

/// Fields that show something of the document itself, or that a person clicks.
const KEPT: [&str; 16] = [
    "PAGE",
    "NUMPAGES",
    "SECTION",
    "SECTIONPAGES",
    "PAGEREF",
    "REF",
    "NOTEREF",
    "SEQ",
    "STYLEREF",
    "TOC",
    "HYPERLINK",
    "DATE",
    "TIME",
    "CREATEDATE",
    "SAVEDATE",
    "PRINTDATE",
];

/// Fields and elements of a part that are refused.
pub(super) fn refused(root: &XmlElement, title: &str) -> Vec<TemplateFault> {
    let mut words = BTreeSet::new();
    let mut open: Vec<String> = Vec::new();
    let mut judge = |instruction: &str| {
        let word = instruction.split_whitespace().next().unwrap_or_default().to_uppercase();
        let is_file = word == "HYPERLINK" && instruction.to_lowercase().contains("file:");
        if !KEPT.contains(&word.as_str()) || is_file {
            words.insert(if word.is_empty() { "bidang tanpa nama".to_owned() } else { word });
        }
    };
    root.visit(&mut |element| match element.local() {
        "fldSimple" => judge(element.attribute("w:instr").unwrap_or_default()),
        "instrText" => {
            if let Some(instruction) = open.last_mut() {
                instruction.push_str(&element.text());
            }
        }
        "fldChar" => match element.attribute("w:fldCharType") {
            Some("begin") => open.push(String::new()),
            Some("end") => {
                if let Some(instruction) = open.pop() {
                    judge(&instruction);
                }
            }
            _ => {}
        },
        "altChunk" | "object" | "subDoc" | "control" => judge(element.local()),
        _ => {}
    });
    // One that is never closed is judged too.
    for instruction in open {
        judge(&instruction);
    }
    let fault = |word: String| {
        TemplateFault::new(
            title,
            format!("memuat bidang Word {word}, yang dapat mengambil berkas lain atau menjalankan sesuatu"),
            "hapus bidangnya; yang boleh: nomor halaman, tanggal, daftar isi, tautan web",
        )
    };
    words.into_iter().map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::super::xml_tree::parse;
    use super::*;

    fn words(inside: &str) -> String {
        let root = parse("p", format!("<w:p>{inside}</w:p>").as_bytes()).unwrap();
        refused(&root, "isi").iter().map(ToString::to_string).collect()
    }

    fn complex(pieces: &[&str]) -> String {
        let pieces: Vec<String> =
            pieces.iter().map(|piece| format!("<w:r><w:instrText>{piece}</w:instrText></w:r>")).collect();
        let pieces = pieces.concat();
        let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        format!("{}{pieces}{}<w:r><w:t>1</w:t></w:r>{}", mark("begin"), mark("separate"), mark("end"))
    }

    #[test]
    fn page_numbers_are_kept_and_what_fetches_is_refused() {
        assert_eq!(words(&complex(&[" PAGE ", " \\* MERGEFORMAT "])), "");
        assert_eq!(words("<w:fldSimple w:instr=\" NUMPAGES \"/>"), "");
        assert!(words(&complex(&["DDE", "AUTO c:\\\\x cmd"])).contains("DDEAUTO"));
        assert!(words(&complex(&["INCLUDEPICTURE \"http://a/b\""])).contains("INCLUDEPICTURE"));
        assert!(words("<w:fldSimple w:instr=\"LINK Excel\"/>").contains("LINK"));
        assert!(words("<w:altChunk/>").contains("ALTCHUNK"));
        assert!(
            words("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>MACROBUTTON a</w:instrText></w:r>")
                .contains("MACROBUTTON")
        );
        // A field made of fields has no name of its own.
        let inner = complex(&["QUOTE 68"]);
        let nested = format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{inner}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        );
        assert!(words(&nested).contains("tanpa nama"));
        assert!(words(&complex(&["HYPERLINK \"file:///c:/a.exe\""])).contains("HYPERLINK"));
    }
}
