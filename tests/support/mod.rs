//! What several tests need: the built binary on a folder of its own, and the worked cases.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Headings of Pembinaan, as the template has them.
pub const VISIT_HEADINGS: [&str; 10] = [
    "No",
    "Tanggal",
    "Nama Jaringan/Jejaring",
    "Bentuk Kegiatan",
    "Pembina",
    "Skor Daftar Tilik",
    "Skor Maksimal",
    "Daftar Hadir",
    "Notulen",
    "Foto",
];

/// A data folder that goes away with the test, and the binary that works on it.
pub struct Simpul {
    folder: TempDir,
}

/// What a run of the binary left.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Simpul {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// Runs `simpul --data FOLDER args…` in the project's folder.
    pub fn run<I, S>(&self, args: I) -> Run
    where
        I: IntoIterator<Item = S>,
        S: AsRef<std::ffi::OsStr>,
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_simpul"));
        command.arg("--data").arg(self.data()).args(args).current_dir(env!("CARGO_MANIFEST_DIR"));
        finish(&mut command)
    }

    /// Imports files, asserts success, and gives the receipts.
    pub fn import(&self, files: &[PathBuf]) -> serde_json::Value {
        let mut args: Vec<std::ffi::OsString> = vec!["import".into(), "--format".into(), "json".into()];
        args.extend(files.iter().map(|file| file.clone().into_os_string()));
        let run = self.run(args);
        assert_eq!(run.status, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    }

    /// Evaluates as JSON; asserts success.
    pub fn evaluate(&self, period: &str, as_of: &str) -> serde_json::Value {
        let run = self.run(["evaluate", period, "--as-of", as_of, "--format", "json"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    }
}

/// Runs a command to its end.
pub fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The worked cases: folders below `tests/cases`.
pub fn cases() -> Vec<PathBuf> {
    sorted(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), Path::is_dir)
}

/// The workbooks of a case, by name.
pub fn workbooks(case: &Path) -> Vec<PathBuf> {
    sorted(case.join("workbooks"), |path| path.extension().is_some_and(|ending| ending == "xlsx"))
}

/// Entries of a folder that are wanted, by name.
pub fn sorted(folder: PathBuf, wanted: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| wanted(path)).collect();
    found.sort();
    found
}
