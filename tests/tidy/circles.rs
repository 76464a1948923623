//! Files of a room do not use each other in a circle: helpers lie below, what dispatches lies above. A file uses what
//! its `use` lines and its paths (`super::x::y`) name; that a module's file names its own parts is its list of contents
//! and counts for nothing. The numbers are those that are there, and may only fall.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::{files, relative};

/// A module as a path from the root: `["web", "pages", "letter"]`.
type Module = Vec<String>;

fn module_of(file: &str) -> Module {
    let below = file.strip_prefix("src/").unwrap().trim_end_matches(".rs");
    let mut module: Module = below.split('/').map(ToOwned::to_owned).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

/// Product code without comments and unit tests.
fn code_of(text: &str) -> String {
    let product = text.split("#[cfg(test)]\nmod ").next().unwrap();
    product.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
}

/// Paths of a use tree, each written out: `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn written_out(prefix: &str, tree: &str, paths: &mut Vec<String>) {
    let mut depth = 0_usize;
    let parts = tree.split(|letter: char| {
        depth = match letter {
            '{' => depth + 1,
            '}' => depth.saturating_sub(1),
            _ => depth,
        };
        letter == ',' && depth == 0
    });
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('{') {
            Some((head, rest)) => written_out(&format!("{prefix}{head}"), rest.trim_end().trim_end_matches('}'), paths),
            None => paths.push(format!("{prefix}{}", part.split(" as ").next().unwrap())),
        }
    }
}

/// All paths that a file's code names: those of its `use` lines, and those that stand in it.
fn paths_of(code: &str) -> Vec<String> {
    let starts = ["use ", "pub use ", "pub(super) use ", "pub(crate) use "];
    let mut paths = Vec::new();
    let mut open: Option<String> = None;
    for line in code.lines().map(str::trim) {
        match (&mut open, starts.iter().find_map(|start| line.strip_prefix(start))) {
            (Some(tree), _) => tree.push_str(line),
            (None, Some(tree)) => open = Some(tree.to_owned()),
            (None, None) => {
                let words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':');
                let is_path =
                    |word: &&str| ["crate::", "super::", "self::"].iter().any(|start| word.starts_with(start));
                paths.extend(words.filter(is_path).map(ToOwned::to_owned));
            }
        }
        if let Some(tree) = open.take_if(|tree| tree.ends_with(';')) {
            written_out("", tree.trim_end_matches(';'), &mut paths);
        }
    }
    paths
}

/// The module in which `path` ends when `from` names it.
fn target(from: &Module, path: &str, known: &BTreeSet<Module>) -> Option<Module> {
    let mut segments = path.split("::").map(str::trim).peekable();
    let mut module = from.clone();
    match segments.peek() {
        Some(&"crate") => module.clear(),
        Some(&"super" | &"self") => {}
        // A part of its own, or another crate: neither closes a circle.
        _ => return None,
    }
    while let Some(step) = segments.next_if(|segment| matches!(*segment, "crate" | "super" | "self")) {
        if step == "super" {
            module.pop();
        }
    }
    let mut found = known.contains(&module).then(|| module.clone());
    for segment in segments {
        module.push(segment.to_owned());
        if !known.contains(&module) {
            break;
        }
        found = Some(module.clone());
    }
    found.filter(|found| !found.starts_with(from))
}

/// Modules that `from` reaches by one step or more.
fn reached(from: &Module, uses: &BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<Module> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Module> = vec![from];
    while let Some(module) = open.pop() {
        for next in uses.get(module).into_iter().flatten() {
            if reached.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    reached
}

/// Groups of files of one room that all reach each other.
fn circles(uses: &BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<BTreeSet<Module>> {
    let reach: BTreeMap<&Module, BTreeSet<Module>> =
        uses.keys().map(|module| (module, reached(module, uses))).collect();
    let round = |module: &Module| -> BTreeSet<Module> {
        reach[module]
            .iter()
            .filter(|other| reach.get(other).is_some_and(|back| back.contains(module)))
            .cloned()
            .collect()
    };
    uses.keys().map(round).filter(|circle| !circle.is_empty()).collect()
}

#[test]
fn files_of_a_room_do_not_use_each_other_in_a_circle() {
    let texts: BTreeMap<Module, String> = files("src", &["rs"])
        .iter()
        .map(|path| (relative(path), fs::read_to_string(path).unwrap()))
        .filter(|(file, _)| !file.ends_with("/tests.rs") && !file.contains("/tests/"))
        .map(|(file, text)| (module_of(&file), code_of(&text)))
        .collect();
    let known: BTreeSet<Module> = texts.keys().cloned().collect();
    let mut rooms: BTreeMap<&str, BTreeMap<Module, BTreeSet<Module>>> = BTreeMap::new();
    for (module, code) in texts.iter().filter(|(module, _)| !module.is_empty()) {
        let used = paths_of(code).into_iter().filter_map(|path| target(module, &path, &known));
        let own: BTreeSet<Module> = used.filter(|used| used.first() == module.first()).collect();
        rooms.entry(&module[0]).or_default().insert(module.clone(), own);
    }
    for (room, uses) in rooms {
        let found = circles(&uses);
        let names: Vec<String> = found
            .iter()
            .map(|circle| circle.iter().map(|module| module.join("::")).collect::<Vec<_>>().join(", "))
            .collect();
        assert!(
            found.is_empty(),
            "{room}: {} circles:
{}",
            found.len(),
            names.join(
                "
"
            )
        );
    }
}

#[test]
fn a_circle_is_seen() {
    let module = |path: &str| -> Module { path.split("::").map(ToOwned::to_owned).collect() };
    let known: BTreeSet<Module> = ["web", "web::a", "web::b", "web::c"].map(module).into();
    let uses: BTreeMap<Module, BTreeSet<Module>> = [
        ("web::a", "use super::{b::{One, Two}, c};"),
        ("web::b", "fn f() { crate::web::a::g(); }"),
        ("web::c", "use super::Shared;"),
        ("web", "mod a;\npub use self::c::Shared;"),
    ]
    .map(|(from, code)| {
        let from = module(from);
        let used = paths_of(code).into_iter().filter_map(|path| target(&from, &path, &known)).collect();
        (from, used)
    })
    .into();
    let found: Vec<BTreeSet<Module>> = circles(&uses).into_iter().collect();
    assert_eq!(found, [["web::a", "web::b"].map(module).into()]);
}
