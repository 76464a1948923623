//! Notices of what Simpul is built of: licences of its libraries and fonts, as `release/notices.sh` wrote them. Knows no
//! data folder.

/// The licence of Simpul itself.
pub const OWN_LICENCE: &str = include_str!("../../LICENSE");
/// Licences and notices of everything in the program, one part each.
pub const THIRD_PARTIES: &str = include_str!("../../release/notices.txt");
/// Beginning of the line that heads a part.
const HEADING: &str = "──── ";

/// One text of a licence, or one notice, with what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThirdPartyNotice {
    /// Name of the licence and its SPDX code.
    pub title: &'static str,
    /// Names of libraries with their versions.
    pub libraries: Vec<&'static str>,
    /// The text, word for word.
    pub text: &'static str,
}

/// All notices, in the order of their titles.
pub fn third_parties() -> Vec<ThirdPartyNotice> {
    THIRD_PARTIES.split(HEADING).skip(1).map(notice).collect()
}

/// The texts of one licence for the same libraries: some libraries are built of files with a dozen of holders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryLicences {
    /// Names of libraries with their versions.
    pub libraries: Vec<&'static str>,
    /// The texts, word for word.
    pub texts: Vec<&'static str>,
}

/// Gathers what is for the same libraries, in the order in which they come first.
pub fn by_libraries(notices: Vec<ThirdPartyNotice>) -> Vec<LibraryLicences> {
    let mut gathered: Vec<LibraryLicences> = Vec::new();
    for notice in notices {
        match gathered.iter_mut().find(|former| former.libraries == notice.libraries) {
            Some(former) => former.texts.push(notice.text),
            None => gathered.push(LibraryLicences { libraries: notice.libraries, texts: vec![notice.text] }),
        }
    }
    gathered
}

fn notice(part: &'static str) -> ThirdPartyNotice {
    let (title, rest) = part.split_once('\n').unwrap_or((part, ""));
    let (libraries, text) = rest.split_once("\n\n").unwrap_or((rest, ""));
    let libraries = libraries.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    ThirdPartyNotice { title, libraries, text: text.trim_end() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_for_the_same_libraries_stand_together() {
        let notice = |library, text| ThirdPartyNotice { title: "MIT", libraries: vec![library], text };
        let gathered = by_libraries(vec![notice("a 1", "x"), notice("b 1", "y"), notice("a 1", "z")]);
        let texts: Vec<_> = gathered.iter().map(|library| (library.libraries[0], library.texts.join("+"))).collect();
        assert_eq!(texts, [("a 1", "x+z".to_owned()), ("b 1", "y".to_owned())]);
    }

    #[test]
    fn every_notice_has_a_title_libraries_and_a_text() {
        let notices = third_parties();
        assert!(notices.len() > 20);
        let is_whole = |notice: &ThirdPartyNotice| {
            !notice.title.is_empty() && !notice.libraries.is_empty() && notice.text.len() > 100
        };
        let poor: Vec<_> = notices.iter().filter(|notice| !is_whole(notice)).collect();
        assert!(poor.is_empty(), "{poor:#?}");
        for title in ["SIL Open Font License 1.1 (OFL-1.1)", "MIT License (MIT)"] {
            assert!(notices.iter().any(|notice| notice.title == title), "{title}");
        }
    }
}
