//! What the papers for engineers and users name is there.

use std::fs;

use super::{files, relative, root};

#[test]
fn links_of_the_papers_lead_somewhere() {
    let mut papers = files("docs", &["md"]);
    papers.extend(["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map(|name| root().join(name)));
    papers.extend(["src/ARCHITECTURE.md", "benches/README.md", "fuzz/README.md"].map(|name| root().join(name)));
    let mut broken = Vec::new();
    for paper in papers {
        let text = fs::read_to_string(&paper).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap();
            let is_elsewhere = path.is_empty() || path.contains("://") || path.contains("::");
            if !is_elsewhere && !paper.parent().unwrap().join(path).exists() {
                broken.push(format!("{}: {target}", relative(&paper)));
            }
        }
    }
    assert_eq!(broken, [] as [String; 0]);
}

/// Lines that somebody reads who only wants to know what this is.
const README_LINES: usize = 150;

#[test]
fn the_readme_is_read_in_one_go() {
    let lines = fs::read_to_string(root().join("README.md")).unwrap().lines().count();
    assert!(lines <= README_LINES, "{lines} lines; what administrators set stands in docs");
}

/// Words of a paragraph that somebody takes in at once.
const PARAGRAPH_WORDS: usize = 120;

#[test]
fn paragraphs_of_the_architecture_are_taken_in_at_once() {
    let text = fs::read_to_string(root().join("src/ARCHITECTURE.md")).unwrap().replace("\n- ", "\n\n- ");
    let paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.starts_with('|'));
    let long = paragraphs.filter(|paragraph| paragraph.split_whitespace().count() > PARAGRAPH_WORDS);
    assert_eq!(long.collect::<Vec<_>>(), [] as [&str; 0]);
}
