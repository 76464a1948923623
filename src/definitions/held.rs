//! Definition files that change while a service runs: a wrong file does not count, its last right text goes on. Reads no
//! disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Definitions, SourceFile, load};
use crate::diagnostic::Diagnostic;

/// Definitions that count, with what is wrong with the files as they are.
#[derive(Clone, Debug)]
pub struct HeldDefinitions {
    /// Definitions that count.
    pub definitions: Arc<Definitions>,
    /// Faults of the files as they are, ordered by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Names of wrong files whose former text goes on.
    pub held: BTreeSet<String>,
    /// Number of the loading: definitions of another number are others.
    pub number: u64,
    /// Last right text of each file.
    right: BTreeMap<String, String>,
}

impl HeldDefinitions {
    /// Loads the files of a data folder for the first time.
    pub fn first(own: &[SourceFile], unreadable: Vec<Diagnostic>) -> Self {
        Self::after(&BTreeMap::new(), 0, own, unreadable)
    }

    /// Loads the files as they are now; those in `unreadable` are no text at all.
    #[must_use]
    pub fn next(&self, own: &[SourceFile], unreadable: Vec<Diagnostic>) -> Self {
        Self::after(&self.right, self.number + 1, own, unreadable)
    }

    fn after(former: &BTreeMap<String, String>, number: u64, own: &[SourceFile], unreadable: Vec<Diagnostic>) -> Self {
        let (mut definitions, mut diagnostics) = load(own);
        diagnostics.extend(unreadable);
        let wrong: BTreeSet<String> = diagnostics.iter().map(|fault| fault.file.clone()).collect();
        let mut right: BTreeMap<String, String> = own
            .iter()
            .filter(|file| !wrong.contains(&file.name))
            .map(|file| (file.name.clone(), file.text.clone()))
            .collect();
        let mut held = BTreeSet::new();
        for name in &wrong {
            if let Some(text) = former.get(name) {
                right.insert(name.clone(), text.clone());
                held.insert(name.clone());
            }
        }
        if !held.is_empty() {
            let others = own.iter().filter(|file| !held.contains(&file.name)).cloned();
            let texts = held.iter().filter_map(|name| Some((name, right.get(name)?)));
            let former = texts.map(|(name, text)| SourceFile { name: name.clone(), text: text.clone() });
            let counting: Vec<SourceFile> = others.chain(former).collect();
            let (with_former, left) = load(&counting);
            definitions = with_former;
            // A file that was wrong only for want of another, whose former text goes on, is not wrong.
            let is_unchanged =
                |name: &str| own.iter().any(|file| file.name == name && right.get(name) == Some(&file.text));
            let is_mended = |name: &str| is_unchanged(name) && left.iter().all(|fault| fault.file != name);
            diagnostics.retain(|fault| !is_mended(&fault.file));
            held.retain(|name| !is_mended(name));
        }
        diagnostics.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        Self { definitions: Arc::new(definitions), diagnostics, held, number, right }
    }

    /// Faults of one file, each as a page shows it.
    pub fn faults_of(&self, file: &str) -> Vec<String> {
        self.told(|fault| fault.file == file)
    }

    /// Faults of all files, each as a page shows it.
    pub fn faults(&self) -> Vec<String> {
        self.told(|_| true)
    }

    fn told(&self, is_asked: impl Fn(&Diagnostic) -> bool) -> Vec<String> {
        let asked = self.diagnostics.iter().filter(|fault| is_asked(fault));
        asked
            .map(|fault| {
                let end = if self.held.contains(&fault.file) {
                    "\n  sampai diperbaiki, isi lamanya yang dipakai"
                } else {
                    ""
                };
                format!("{fault}{end}")
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOB: &str = "title = \"Rapikan\"\ncron = \"0 2 * * *\"\nzone = \"WIB\"\n[run.prune]\n";

    fn file(name: &str, text: &str) -> SourceFile {
        SourceFile { name: name.to_owned(), text: text.to_owned() }
    }

    fn title(loaded: &HeldDefinitions, job: &str) -> Option<String> {
        loaded.definitions.jobs.iter().find(|known| known.name == job).map(|job| job.title.clone())
    }

    #[test]
    fn a_wrong_file_leaves_its_former_text_in_force() {
        let first = HeldDefinitions::first(&[file("jobs/rapi.toml", JOB)], Vec::new());
        assert_eq!(title(&first, "rapi").as_deref(), Some("Rapikan"));
        let wrong = first.next(&[file("jobs/rapi.toml", "title = \"Baru\"\ncron = \"0 2 * *\"\n")], Vec::new());
        assert_eq!(title(&wrong, "rapi").as_deref(), Some("Rapikan"));
        let told = wrong.faults_of("jobs/rapi.toml").join("\n");
        assert!(told.contains('^') && told.contains("isi lamanya yang dipakai"), "{told}");
        // Wrong in another way, the text that counts is still the last right one.
        let wrong = wrong.next(&[file("jobs/rapi.toml", "")], Vec::new());
        assert_eq!(title(&wrong, "rapi").as_deref(), Some("Rapikan"));
        let mended = wrong.next(&[file("jobs/rapi.toml", &JOB.replace("Rapikan", "Baru"))], Vec::new());
        assert_eq!((title(&mended, "rapi").as_deref(), mended.faults().len()), (Some("Baru"), 0));
        let gone = mended.next(&[], Vec::new());
        assert_eq!(title(&gone, "rapi"), None);
    }

    #[test]
    fn a_file_that_is_wrong_from_the_start_leaves_the_shipped_one_in_force() {
        let loaded = HeldDefinitions::first(&[file("jobs/cadangan.toml", "title = 1\n")], Vec::new());
        assert!(title(&loaded, "cadangan").is_some());
        let told = loaded.faults().join("\n");
        assert!(told.contains("jobs/cadangan.toml") && !told.contains("isi lamanya"), "{told}");
    }

    #[test]
    fn one_that_follows_a_wrong_file_is_not_blamed() {
        let follower = file("jobs/ikut.toml", "title = \"Ikut\"\nafter = \"rapi\"\n[run.prune]\n");
        let first = HeldDefinitions::first(&[file("jobs/rapi.toml", JOB), follower.clone()], Vec::new());
        assert_eq!(first.faults(), Vec::<String>::new());
        let wrong = first.next(&[file("jobs/rapi.toml", "titel = 1\n"), follower], Vec::new());
        assert!(title(&wrong, "ikut").is_some() && title(&wrong, "rapi").is_some());
        assert_eq!(wrong.faults_of("jobs/ikut.toml"), Vec::<String>::new());
        assert!(!wrong.faults_of("jobs/rapi.toml").is_empty());
    }
}
