//! Values that several verbs take: a day, a month, and the form of what is printed.

use clap::ValueEnum;

use crate::domain::{Date, Month};

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

/// Reads a month as commands take it.
pub fn parse_month(text: &str) -> Result<Month, String> {
    let parts = text.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    parts.and_then(|(year, month)| Month::new(year, month)).ok_or_else(|| "tulis seperti 2023-05".to_owned())
}
