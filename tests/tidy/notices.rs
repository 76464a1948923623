//! What is shipped has its licence in `release/notices.txt`: every library of both systems, of the version at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::Value;

const TARGETS: [&str; 2] = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-gnu"];

/// Names and versions of the libraries in the program on this system.
fn shipped(target: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", target])
        .current_dir(super::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let names: BTreeMap<&str, String> = packages
        .iter()
        .map(|package| {
            let [id, name, version] = ["id", "name", "version"].map(|key| package[key].as_str().unwrap());
            (id, format!("{name} {version}"))
        })
        .collect();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (node["id"].as_str().unwrap(), node)).collect();
    let root = metadata["resolve"]["root"].as_str().unwrap();
    let mut open = vec![root];
    let mut seen = BTreeSet::from([root]);
    while let Some(id) = open.pop() {
        for edge in nodes[id]["deps"].as_array().unwrap() {
            let is_shipped = edge["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null());
            let used = edge["pkg"].as_str().unwrap();
            if is_shipped && seen.insert(used) {
                open.push(used);
            }
        }
    }
    seen.remove(root);
    assert!(seen.len() > 50, "the list of libraries is not plausible");
    seen.into_iter().map(|id| names[id].clone()).collect()
}

#[test]
fn every_shipped_library_has_its_licence() {
    let shipped: BTreeSet<String> = TARGETS.into_iter().flat_map(shipped).collect();
    let notices = fs::read_to_string(super::root().join("release/notices.txt")).unwrap();
    let named: BTreeSet<String> =
        notices.lines().filter_map(|line| line.strip_prefix("- ")).map(str::to_owned).collect();
    let missing: Vec<_> = shipped.difference(&named).collect();
    assert!(missing.is_empty(), "without a licence: {missing:?}; `bash release/notices.sh` writes it anew");
    let gone: Vec<_> = named.difference(&shipped).filter(|name| name.split(' ').count() == 2).collect();
    assert!(gone.is_empty(), "no longer shipped: {gone:?}; `bash release/notices.sh` writes it anew");
}
