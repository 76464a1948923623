//! The data folder of a command that names none. Opens nothing.

use std::path::PathBuf;

use anyhow::Context;

use crate::app::first_start;

/// Name of the folder below that in which the system keeps the data of programs.
const NAME: &str = if cfg!(windows) { "Simpul" } else { "simpul" };

/// The usual data folder of this account: `~/.local/share/simpul`, `%LOCALAPPDATA%\Simpul`.
pub fn usual() -> anyhow::Result<PathBuf> {
    let kept = dirs::data_local_dir()
        .context("folder data belum disebut; tulis `simpul --data FOLDER …`, atau isi variabel SIMPUL_DATA")?;
    Ok(kept.join(NAME))
}

/// The folder named, or the usual one, or the one that was chosen in its place.
pub fn folder(named: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    match named {
        Some(folder) => Ok(folder),
        None => Ok(first_start::chosen_folder(&usual()?)?),
    }
}
