//! Where workbooks are parsed: in a child process under its limits, or (tests, benches) in this one.

use std::path::PathBuf;

use crate::workbook::{Limits, OpenError, SandboxedReader, Workbook, read};

/// Who parses the bytes of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// This process: nothing holds the limits of memory and time.
    InProcess,
    /// A child for each file: this program, by its path.
    Child(PathBuf),
}

impl Reading {
    /// Reads a workbook within the limits. Blocking.
    ///
    /// # Errors
    /// As [`crate::workbook::read`] and [`SandboxedReader::read`].
    pub fn read(&self, file_name: &str, bytes: &[u8], limits: &Limits) -> Result<Workbook, OpenError> {
        match self {
            Self::InProcess => read(file_name, bytes, limits),
            Self::Child(program) => SandboxedReader::new(program.clone(), *limits).read(file_name, bytes),
        }
    }
}
