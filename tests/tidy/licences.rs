//! Every dependency carries a licence that `deny.toml` allows, comes from a registry named there, and is of a version.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

/// Packages of the dependency graph as cargo describes them.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(super::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().clone();
    assert!(packages.len() > 50, "the list of packages is not plausible");
    packages
}

/// A list of texts in `deny.toml`.
fn rule(section: &str, key: &str) -> BTreeSet<String> {
    let rules: toml::Table = fs::read_to_string(super::root().join("deny.toml")).unwrap().parse().unwrap();
    let list = rules[section][key].as_array().unwrap();
    list.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn dependencies_have_allowed_licences() {
    let allowed = rule("licenses", "allow");
    let packages = packages();
    let faults: Vec<String> = packages
        .iter()
        .filter(|package| !is_allowed(package["license"].as_str().unwrap_or(""), &allowed))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn dependencies_come_from_named_registries() {
    let registries = rule("sources", "allow-registry");
    let is_named = |source: &str| source.strip_prefix("registry+").is_some_and(|url| registries.contains(url));
    let packages = packages();
    // Our own package has none.
    let foreign = packages.iter().filter(|package| package["name"] != "simpul");
    let faults: Vec<String> = foreign
        .filter(|package| !package["source"].as_str().is_some_and(is_named))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["source"]))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let own = packages.iter().find(|package| package["name"] == "simpul").unwrap();
    let dependencies = own["dependencies"].as_array().unwrap();
    assert!(dependencies.iter().all(|dependency| dependency["req"] != "*"), "a dependency of any version");
}

/// Reports whether one alternative of the expression consists of allowed licences only.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    expression.replace('/', " OR ").split(" OR ").any(|alternative| {
        let words = alternative.replace(['(', ')'], " ").replace(" WITH ", " ").replace(" AND ", " ");
        let mut licences = words.split_whitespace().peekable();
        licences.peek().is_some() && licences.all(|licence| allowed.contains(licence))
    })
}

#[test]
fn expressions_are_understood() {
    let allowed = rule("licenses", "allow");
    let is_allowed = |expression| is_allowed(expression, &allowed);
    assert!(is_allowed("MIT OR Apache-2.0"));
    assert!(is_allowed("Unlicense/MIT"));
    assert!(is_allowed("Apache-2.0 WITH LLVM-exception"));
    assert!(is_allowed("(MIT OR GPL-3.0) AND MIT"));
    assert!(!is_allowed("GPL-3.0-only"));
    assert!(!is_allowed(""));
}
