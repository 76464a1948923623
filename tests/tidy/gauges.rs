//! Gauges of the house that may only fall: each counts what it should not find, and holds the number that is there. Who
//! brings one down writes the new number here; nobody writes a greater one.

use std::collections::BTreeMap;
use std::fs;

use super::{files, relative};

/// Columns of a line that a designer can still read.
const TEMPLATE_COLUMNS: usize = 120;

/// One line of a product file.
pub(super) struct Line {
    place: String,
    pub(super) text: String,
}

impl Line {
    /// The file that it stands in.
    pub(super) fn file(&self) -> &str {
        self.place.rsplit_once(':').unwrap().0
    }
}

/// Lines of product code: what stands before a file's unit tests.
pub(super) fn product_lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for path in files("src", &["rs"]) {
        let file = relative(&path);
        if file.ends_with("/tests.rs") || file.contains("/tests/") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let product = text.split("#[cfg(test)]\nmod ").next().unwrap();
        let numbered = (1..).zip(product.lines());
        lines.extend(numbered.map(|(number, line)| Line { place: format!("{file}:{number}"), text: line.to_owned() }));
    }
    lines
}

/// Fails where more lines answer to `is_found` than `most`, and where fewer do: then the number here is to be lowered.
fn assert_at_most(most: usize, what: &str, lines: &[Line], is_found: impl Fn(&str) -> bool) {
    let found: Vec<&Line> = lines.iter().filter(|line| is_found(line.text.trim())).collect();
    let last: Vec<String> = found.iter().map(|line| format!("{}: {}", line.place, line.text.trim())).collect();
    assert!(found.len() <= most, "{what}: {} and at most {most} are allowed:\n{}", found.len(), last.join("\n"));
    assert!(found.len() == most, "{what}: only {} are left of {most}; write the new number here", found.len());
}

#[test]
fn no_parameter_is_a_tuple_taken_apart() {
    let is_found = |line: &str| line.contains("): (") && !line.starts_with("let ") && !line.contains('|');
    assert_at_most(TUPLE_PARAMETERS, "parameters that are a tuple pattern", &product_lines(), is_found);
}

#[test]
fn two_values_are_not_bound_as_a_pair() {
    let is_found = |line: &str| line.starts_with("let (") && line.contains(") = (");
    assert_at_most(PAIRED_BINDINGS, "`let (a, b) = (x, y)`", &product_lines(), is_found);
}

#[test]
fn docs_begin_with_a_verb_or_a_noun() {
    let words = ["What ", "Whether ", "How ", "Which "];
    let is_found = |line: &str| {
        let text = line.strip_prefix("/// ").or_else(|| line.strip_prefix("//! "));
        text.is_some_and(|text| words.iter().any(|word| text.starts_with(word)))
    };
    assert_at_most(DOCS_BY_QUESTION, "doc lines that begin as a question", &product_lines(), is_found);
}

#[test]
fn templates_can_be_read_by_a_designer() {
    let mut lines = Vec::new();
    for path in files("src/web/templates", &["html"]) {
        let (file, text) = (relative(&path), fs::read_to_string(&path).unwrap());
        lines.extend(
            (1..)
                .zip(text.lines())
                .map(|(number, line)| Line { place: format!("{file}:{number}"), text: line.to_owned() }),
        );
    }
    let is_found = |line: &str| line.chars().count() > TEMPLATE_COLUMNS;
    assert_at_most(WIDE_TEMPLATE_LINES, "lines of templates over 120 columns", &lines, is_found);
}

/// Most docs say more than the name; `#[expect(missing_docs, reason = …)]` stands where a name says all.
#[test]
fn few_docs_are_of_three_words_or_fewer() {
    let mut docs = 0;
    let mut short = Vec::new();
    let mut doc: Vec<String> = Vec::new();
    for line in product_lines() {
        if let Some(text) = line.text.trim().strip_prefix("/// ") {
            doc.extend(text.split_whitespace().map(str::to_owned));
        } else if !doc.is_empty() {
            docs += 1;
            if doc.len() <= SHORT_DOC_WORDS {
                short.push(format!("{}: {}", line.place, doc.join(" ")));
            }
            doc.clear();
        }
    }
    let most = docs * SHORT_DOCS_PERCENT / 100;
    assert!(
        short.len() <= most,
        "{} of {docs} docs are short, at most {most} may be:\n{}",
        short.len(),
        short.join("\n")
    );
}

/// Forms and addresses are read into structs (`web::form`); what is left are addresses that ask for one thing.
#[test]
fn pages_read_fields_by_name_and_type() {
    let mut lines = product_lines();
    lines.retain(|line| line.place.starts_with("src/web/"));
    assert_at_most(FIELDS_BY_TEXT, "fields that are looked up by a text", &lines, |line| line.contains(".get(\""));
}

/// Names that say nothing where they are read: `of` where a constructor takes something apart may stay, and is counted.
#[test]
fn functions_are_called_by_what_they_do() {
    let words = ["of", "one", "each", "own", "told", "shown", "said", "whole", "written"];
    let is_found = |line: &str| {
        let name = line.split("fn ").nth(1).and_then(|rest| rest.split(['(', '<']).next());
        name.is_some_and(|name| words.contains(&name)) && !line.starts_with("//")
    };
    assert_at_most(VAGUE_FUNCTIONS, "functions with a vague name", &product_lines(), is_found);
}

#[test]
fn a_type_has_a_name_of_its_own() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in product_lines() {
        let text = line.text.trim();
        let text = text.strip_prefix("pub(crate) ").or_else(|| text.strip_prefix("pub(super) ")).unwrap_or(text);
        let text = text.strip_prefix("pub ").unwrap_or(text);
        let name = ["struct ", "enum ", "trait "].iter().find_map(|word| text.strip_prefix(word));
        if let Some(name) = name.and_then(|name| name.split(|c: char| !c.is_alphanumeric() && c != '_').next()) {
            places.entry(name.to_owned()).or_default().push(line.place.clone());
        }
    }
    let repeated: Vec<String> = places
        .iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(name, places)| format!("{name}: {}", places.join(", ")))
        .collect();
    assert!(
        repeated.is_empty(),
        "names of several types:
{}",
        repeated.join(
            "
"
        )
    );
}

const TUPLE_PARAMETERS: usize = 0;
const PAIRED_BINDINGS: usize = 12;
const DOCS_BY_QUESTION: usize = 0;
/// Words up to which a doc counts as short.
const SHORT_DOC_WORDS: usize = 3;
/// Docs of a hundred that may be short: units, formats, words of the field.
const SHORT_DOCS_PERCENT: usize = 5;
const WIDE_TEMPLATE_LINES: usize = 0;
const VAGUE_FUNCTIONS: usize = 17;
const FIELDS_BY_TEXT: usize = 34;
