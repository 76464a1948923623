//! `licenses`: the licence of Simpul, and those of the libraries and fonts in it. Needs no data folder.

use std::process::ExitCode;

use crate::app::notices::{OWN_LICENCE, THIRD_PARTIES};

use super::print;

/// Prints all of them.
pub fn run() -> anyhow::Result<ExitCode> {
    print(OWN_LICENCE.trim_end())?;
    print(format_args!("\n{}", THIRD_PARTIES.trim_end()))?;
    Ok(ExitCode::SUCCESS)
}
