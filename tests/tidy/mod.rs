//! The house rules, held by tests: direction of dependencies, confinement of libraries, module docs,
//! file sizes, licences of what is shipped, snapshots that no test names.

mod audited;
mod circles;
mod gallery;
mod gauges;
mod layers;
mod limits;
mod links;
mod notices;
mod snapshots;
mod sources;

use std::fs;
use std::path::{Path, PathBuf};

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` (relative to the project) with one of these endings, in a fixed order.
pub fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if endings.iter().any(|ending| path.extension().is_some_and(|e| e == *ending)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// `path` below the project's folder, with `/`.
pub fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}
