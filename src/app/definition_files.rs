//! Definition files of a data folder, read as texts, and looked at again while a service runs. Knows nothing of what they
//! say.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use super::AppError;
use crate::definitions::{self, HeldDefinitions, SourceFile};
use crate::diagnostic::Diagnostic;

/// Folders of definition files below the data folder.
pub const DEFINITION_FOLDERS: [&str; 6] =
    ["jobs", "dashboards", "dashboards/indicators", "indicator-sets", "instruments", "letters"];
/// Bytes of a definition file that are read at most.
const DEFINITION_BYTES_MAX: u64 = 1 << 20;
/// Definition files of one folder at most.
const DEFINITION_FILES_MAX: usize = 1_000;

/// Definitions of a running service, with the state of their files.
#[derive(Debug)]
pub(super) struct LiveDefinitions {
    loaded: RwLock<Arc<HeldDefinitions>>,
    seen: Mutex<SeenFiles>,
}

/// States of the files: the one that was loaded, and the one seen last.
#[derive(Debug)]
struct SeenFiles {
    loaded: Vec<FileState>,
    last: Vec<FileState>,
}

/// State of one file as the folder tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FileState {
    name: String,
    size: u64,
    changed: Option<SystemTime>,
}

impl LiveDefinitions {
    /// Loads the definitions of a data folder.
    pub(super) fn open(data: &Path) -> Result<Self, AppError> {
        // Looked at before they are read: a change in between is then seen at the next look.
        let loaded = states(data)?;
        let own = own_definitions(data)?;
        let held = HeldDefinitions::first(&own.files, own.unreadable);
        let last = loaded.clone();
        Ok(Self { loaded: RwLock::new(Arc::new(held)), seen: Mutex::new(SeenFiles { loaded, last }) })
    }

    /// The definitions that count.
    pub(super) fn now(&self) -> Arc<HeldDefinitions> {
        self.loaded.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks at the files and loads them where they changed and stand still since the last look, so that none is read
    /// while it is being written. Returns the files that changed and how, none where nothing did. Files that cannot be
    /// read are tried again.
    pub(super) fn refresh(&self, data: &Path) -> Result<Vec<(String, &'static str)>, AppError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = states(data)?;
        let is_still = seen.last == now;
        seen.last.clone_from(&now);
        if now == seen.loaded || !is_still {
            return Ok(Vec::new());
        }
        let own = own_definitions(data)?;
        let next = Arc::new(self.now().next(&own.files, own.unreadable));
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = next;
        let changes = changes(&seen.loaded, &now);
        seen.loaded = now;
        Ok(changes)
    }
}

/// Names of files whose state differs, with the word for it.
fn changes(before: &[FileState], after: &[FileState]) -> Vec<(String, &'static str)> {
    let is_named = |states: &[FileState], name: &str| states.iter().any(|state| state.name == name);
    let gone = before.iter().filter(|state| !is_named(after, &state.name)).map(|state| (state.name.clone(), "dihapus"));
    let other = after.iter().filter(|state| !before.contains(state)).map(|state| {
        let word = if is_named(before, &state.name) { "diubah" } else { "ditambah" };
        (state.name.clone(), word)
    });
    gone.chain(other).collect()
}

/// Definition files as texts, and what is no text.
struct OwnDefinitions {
    files: Vec<SourceFile>,
    unreadable: Vec<Diagnostic>,
}

/// A file that is meant as a definition.
struct FoundFile {
    /// Path below the data folder, as the user knows it.
    name: String,
    path: PathBuf,
}

/// The definition files of the data folder, by name: `jobs/*.toml`, `dashboards/*.toml`,
/// `dashboards/indicators/*.toml`, `indicator-sets/*.toml`, `instruments/*.toml`, `letters/*.toml`, `limits.toml`,
/// `simpul.toml`. Named like one but with another ending
/// (`a.toml.txt`, which the Windows Notepad makes of `a.toml`) it is handed on too, so that it is missed by name.
fn found_files(data: &Path) -> Result<Vec<FoundFile>, AppError> {
    let mut found = Vec::new();
    for file in [definitions::LIMITS_FILE, definitions::SERVICE_FILE] {
        for name in [file.to_owned(), format!("{file}.txt")] {
            let path = data.join(&name);
            if path.is_file() {
                found.push(FoundFile { name, path });
            }
        }
    }
    for folder in DEFINITION_FOLDERS {
        let path = data.join(folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(source) => return Err(AppError::Folder { path, source }),
        };
        let before = found.len();
        for entry in entries {
            let file = entry.map_err(|source| AppError::Folder { path: path.clone(), source })?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if is_meant_as_definition(&name) {
                found.push(FoundFile { name: format!("{folder}/{name}"), path: file });
            }
            // None is left out in silence: which one that is would be chance.
            if found.len() - before > DEFINITION_FILES_MAX {
                let reason = format!("lebih dari {DEFINITION_FILES_MAX} berkas definisi");
                return Err(AppError::Folder { path, source: io::Error::new(io::ErrorKind::InvalidData, reason) });
            }
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// States of the definition files; one that is gone by now is left out.
fn states(data: &Path) -> Result<Vec<FileState>, AppError> {
    let state = |file: FoundFile| {
        let known = fs::metadata(&file.path).ok()?;
        Some(FileState { name: file.name, size: known.len(), changed: known.modified().ok() })
    };
    Ok(found_files(data)?.into_iter().filter_map(state).collect())
}

fn own_definitions(data: &Path) -> Result<OwnDefinitions, AppError> {
    let mut own = OwnDefinitions { files: Vec::new(), unreadable: Vec::new() };
    for found in found_files(data)? {
        match read_definition(&found.path, found.name)? {
            Ok(file) => own.files.push(file),
            Err(diagnostic) => own.unreadable.push(diagnostic),
        }
    }
    Ok(own)
}

fn is_meant_as_definition(name: &str) -> bool {
    let name = name.to_lowercase();
    let as_toml = name.strip_suffix(".txt").unwrap_or(&name);
    Path::new(as_toml).extension().is_some_and(|ending| ending == "toml")
}

fn read_definition(file: &Path, name: String) -> Result<Result<SourceFile, Diagnostic>, AppError> {
    let failed = |source| AppError::Folder { path: file.to_owned(), source };
    let size = fs::metadata(file).map_err(failed)?.len();
    if size > DEFINITION_BYTES_MAX {
        let reason = format!("lebih besar dari {DEFINITION_BYTES_MAX} bita");
        return Err(failed(io::Error::new(io::ErrorKind::InvalidData, reason)));
    }
    Ok(match String::from_utf8(fs::read(file).map_err(failed)?) {
        // The mark that Windows puts before UTF-8 is no character of the first line.
        Ok(text) => Ok(SourceFile { name, text: text.trim_start_matches('\u{FEFF}').to_owned() }),
        Err(_not_utf8) => Err(Diagnostic {
            file: name,
            line: 0,
            column: 0,
            what: "bukan teks UTF-8, jadi tidak dibaca".to_owned(),
            hint: Some("simpan lagi dari Notepad: Simpan Sebagai, Pengodean UTF-8".to_owned()),
            source_line: None,
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_is_bounded_in_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let with = |bytes: u64| {
            fs::write(&path, vec![b'#'; usize::try_from(bytes).unwrap()]).unwrap();
            read_definition(&path, "a.toml".to_owned())
        };
        assert!(matches!(with(DEFINITION_BYTES_MAX), Ok(Ok(_))));
        assert!(with(DEFINITION_BYTES_MAX + 1).is_err_and(|error| causes(&error).contains("lebih besar dari 1048576")));
    }

    #[test]
    fn a_folder_is_bounded_in_definitions_and_none_is_left_out_in_silence() {
        let folder = tempfile::tempdir().unwrap();
        let jobs = folder.path().join("jobs");
        fs::create_dir(&jobs).unwrap();
        for number in 0..DEFINITION_FILES_MAX {
            fs::write(jobs.join(format!("{number}.toml")), "").unwrap();
            fs::write(jobs.join(format!("{number}.catatan")), "").unwrap();
        }
        assert_eq!(found_files(folder.path()).unwrap().len(), DEFINITION_FILES_MAX, "others do not count");
        fs::write(jobs.join("lebih.toml"), "").unwrap();
        let error = found_files(folder.path()).err().unwrap();
        assert!(causes(&error).contains("lebih dari 1000 berkas definisi"), "{}", causes(&error));
    }

    fn causes(error: &AppError) -> String {
        let mut words = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(one) = cause {
            words = format!("{words}: {one}");
            cause = one.source();
        }
        words
    }
}
