//! Arguments of the verbs about the program itself: help, completions, man pages. Decides nothing, opens nothing.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// `help`.
#[derive(Debug, Args)]
pub struct HelpArgs {
    /// Perintah yang dijelaskan, misalnya import, atau job run; tanpa ini: semua perintah
    #[arg(value_name = "PERINTAH")]
    pub verbs: Vec<String>,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Cangkang: bash, zsh, fish, powershell atau elvish
    #[arg(value_name = "CANGKANG", hide_possible_values = true)]
    pub shell: Shell,
}

/// `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Folder untuk halaman manual, satu berkas satu perintah; dibuat bila belum ada
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
}
