//! Cells of a paper as words: what PDF and DOCX print. Knows no format of either.

use crate::domain::format;

use super::document::{PaperCell, Stamp, revision_words};

/// Returns the words of a cell, and those that stand small below them; blank where there are none.
pub(super) fn cell_words(cell: &PaperCell) -> (String, String) {
    let alone = |text: String| (text, String::new());
    match cell {
        PaperCell::Text(text) | PaperCell::Missing(text) => alone(clean(text)),
        PaperCell::Blank => alone(String::new()),
        PaperCell::Figure(value, parts) => {
            let small = parts
                .map(|(numerator, denominator)| format!("{}/{}", format::count(numerator), format::count(denominator)));
            (format::percent(*value), small.unwrap_or_default())
        }
        PaperCell::Change(change) => alone(change_words(*change)),
        PaperCell::Count(count) => alone(format::count(*count)),
        PaperCell::Date(date) => alone(format::date(*date)),
        PaperCell::Month(month) => alone(format::month(*month)),
    }
}

/// Writes a change in points with its sign: `+1,5`, `−2,0`, `0,0`.
pub(super) fn change_words(change: f64) -> String {
    let words = format::percent(change);
    if change > 0.0 && words != "0,0" { format!("+{words}") } else { words }
}

/// Returns the words of the footer, before the page number.
pub fn stamp_words(stamp: &Stamp) -> String {
    let revision = if stamp.revision > 0 { format!(" · {}", revision_words(stamp.revision)) } else { String::new() };
    format!("Data per {} · {} · Versi data {}{revision}", format::date(stamp.as_of), stamp.completeness, stamp.id)
}

/// Text without what no paper can show: control characters become spaces, except line breaks.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}
