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
