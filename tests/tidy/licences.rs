//! Every dependency that ships carries a licence that allows it.

use std::process::Command;

/// Licence identifiers that may ship in one binary with ours.
const ALLOWED: [&str; 17] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unlicense",
    "CC0-1.0",
    "Unicode-3.0",
    "BSL-1.0",
    "OFL-1.1",
    "LLVM-exception",
    "MPL-2.0",
    "bzip2-1.0.6",
    // Mozilla's list of certificate authorities, as data.
    "CDLA-Permissive-2.0",
];

#[test]
fn dependencies_have_allowed_licences() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(super::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "the list of packages is not plausible");
    let faults: Vec<String> = packages
        .iter()
        .filter(|package| !is_allowed(package["license"].as_str().unwrap_or("")))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Whether one alternative of the expression consists of allowed licences only.
fn is_allowed(expression: &str) -> bool {
    expression.replace('/', " OR ").split(" OR ").any(|alternative| {
        let words = alternative.replace(['(', ')'], " ").replace(" WITH ", " ").replace(" AND ", " ");
        let mut licences = words.split_whitespace().peekable();
        licences.peek().is_some() && licences.all(|licence| ALLOWED.contains(&licence))
    })
}

#[test]
fn expressions_are_understood() {
    assert!(is_allowed("MIT OR Apache-2.0"));
    assert!(is_allowed("Unlicense/MIT"));
    assert!(is_allowed("Apache-2.0 WITH LLVM-exception"));
    assert!(is_allowed("(MIT OR GPL-3.0) AND MIT"));
    assert!(!is_allowed("GPL-3.0-only"));
    assert!(!is_allowed(""));
}
