//! Where workbooks are parsed: in this process (tests, benches) or in a child that a hostile file cannot leave.

use super::read::read;
use super::sandbox::SandboxedReader;
use super::{Limits, OpenError, Workbook};

/// Opens workbooks under limits.
#[derive(Clone, Debug)]
pub enum Opener {
    /// In this process: for files that one trusts.
    Here(Limits),
    /// Each in a child process: for files from outside.
    Child(SandboxedReader),
}

impl Opener {
    /// Returns the bounds on each workbook.
    pub fn limits(&self) -> &Limits {
        match self {
            Self::Here(limits) => limits,
            Self::Child(reader) => &reader.limits,
        }
    }

    /// Reads a workbook as [`read`] does, there.
    pub fn read(&self, file_name: &str, bytes: &[u8]) -> Result<Workbook, OpenError> {
        match self {
            Self::Here(limits) => read(file_name, bytes, limits),
            Self::Child(reader) => reader.read(file_name, bytes),
        }
    }
}
