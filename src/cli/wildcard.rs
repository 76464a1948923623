//! `*` and `?` in the names of files to import: the shells of Windows hand them over as they were typed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files that a path means, by name: itself, or where its last part holds `*` or `?` those that match, without the
/// owner files of open workbooks and hidden files.
pub fn expand(path: &Path) -> io::Result<Vec<PathBuf>> {
    let pattern = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    if !pattern.contains(['*', '?']) || fs::exists(path).unwrap_or(false) {
        return Ok(vec![path.to_owned()]);
    }
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_meant = !name.starts_with("~$") && !name.starts_with('.') && matches(&pattern, &name.to_lowercase());
        if is_meant && entry.path().is_file() {
            found.push(path.with_file_name(entry.file_name()));
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok(found)
}

/// Reports whether `*` (any letters) and `?` (one letter) of the pattern can stand for what the name has there.
fn matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let mut at = 0;
    let mut read = 0;
    // The last `*`, and how far it reached.
    let mut star: Option<(usize, usize)> = None;
    while read < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(&c) if c == '?' || c == name[read] => (at, read) = (at + 1, read + 1),
            _ => {
                let Some((place, reached)) = star else { return false };
                star = Some((place, reached + 1));
                (at, read) = (place + 1, reached + 1);
            }
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stars_and_question_marks_stand_for_letters() {
        for (pattern, name) in [
            ("*.xlsx", "rekap.xlsx"),
            ("rekap-2023-0?.xlsx", "rekap-2023-05.xlsx"),
            ("*", ""),
            ("*a*b", "xaybab"),
            ("**.xls*", "é.xlsm"),
        ] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("*.xlsx", "rekap.xls"), ("?", ""), ("a*b", "abc"), ("rekap-?.xlsx", "rekap-10.xlsx")] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }

    proptest! {
        #[test]
        fn any_part_may_be_a_star(before in "[a-c]{0,6}", part in "[a-c]{0,6}", after in "[a-c]{0,6}") {
            let name = format!("{before}{part}{after}");
            let stars = format!("{before}*{after}");
            let marks = format!("{before}{}{after}", "?".repeat(part.len()));
            prop_assert!(matches(&stars, &name) && matches(&marks, &name));
            let longer = format!("{marks}?");
            prop_assert!(!matches(&longer, &name));
        }
    }

    #[test]
    fn a_pattern_means_the_files_that_match() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("c.xlsx")).unwrap();
        for name in ["b.XLSX", "a.xlsx", "~$a.xlsx", ".a.xlsx", "a.pdf"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let names = |pattern: &str| {
            expand(&folder.path().join(pattern)).map_err(|error| error.kind()).map(|found| {
                found.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect::<Vec<_>>()
            })
        };
        assert_eq!(names("*.xlsx"), Ok(vec!["a.xlsx".to_owned(), "b.XLSX".to_owned()]));
        assert_eq!(names("*.ods"), Err(io::ErrorKind::NotFound));
        assert_eq!(names("tidak-ada.xlsx"), Ok(vec!["tidak-ada.xlsx".to_owned()]));
    }
}
