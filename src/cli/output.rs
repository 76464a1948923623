//! The two forms in which verbs print. Decides nothing.

use clap::ValueEnum;

/// Output of `import`, `alias` and `words`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// Dibaca orang
    #[value(alias = "text")]
    Teks,
    /// Dibaca program
    Json,
}
