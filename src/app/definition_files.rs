//! Definition files of a data folder, read as texts. Knows nothing of what they say.

use std::fs;
use std::io;
use std::path::Path;

use super::AppError;
use crate::definitions::{self, SourceFile};
use crate::diagnostic::Diagnostic;

/// Folders of definition files below the data folder.
pub const DEFINITION_FOLDERS: [&str; 4] = ["jobs", "dashboards", "dashboards/indicators", "letters"];
/// Bytes of a definition file that are read at most.
const DEFINITION_BYTES_MAX: u64 = 1 << 20;
/// Definition files that are read at most.
const DEFINITION_FILES_MAX: usize = 1_000;

/// The definition files of the data folder: `jobs/*.toml`, `dashboards/*.toml`, `dashboards/indicators/*.toml`,
/// `letters/*.toml`, `limits.toml`; and what is no text. Named like one but with another ending (`a.toml.txt`, which the
/// Windows Notepad makes of `a.toml`) it is handed on too, so that it is missed by name.
pub(super) fn own_definitions(data: &Path) -> Result<(Vec<SourceFile>, Vec<Diagnostic>), AppError> {
    let mut files = Vec::new();
    let mut unreadable = Vec::new();
    let mut take = |file: &Path, name: String| -> Result<(), AppError> {
        match read_definition(file, name)? {
            Ok(file) => files.push(file),
            Err(diagnostic) => unreadable.push(diagnostic),
        }
        Ok(())
    };
    let limits = data.join(definitions::LIMITS_FILE);
    if limits.is_file() {
        take(&limits, definitions::LIMITS_FILE.to_owned())?;
    }
    for folder in DEFINITION_FOLDERS {
        let path = data.join(folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(source) => return Err(AppError::Folder { path, source }),
        };
        for entry in entries.take(DEFINITION_FILES_MAX) {
            let file = entry.map_err(|source| AppError::Folder { path: path.clone(), source })?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if is_meant_as_definition(&name) {
                take(&file, format!("{folder}/{name}"))?;
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok((files, unreadable))
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
