//! Values that several verbs take: a day, and the form of what is printed.

use clap::ValueEnum;

use crate::domain::Date;

/// Output of verbs that print for people or for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// Dibaca orang
    #[value(alias = "text")]
    Teks,
    /// Dibaca program
    Json,
}

/// Reads a day as commands take it.
pub fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_error| "tulis tanggal sebagai TTTT-BB-HH, misalnya 2023-08-31".to_owned())
}
