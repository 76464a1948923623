//! A person's data as a file that is handed over to the person: for programs, or to be opened with Excel.

use serde_json::json;

use super::{PersonFindings, PersonPlace};
use crate::domain::format::spreadsheet_text;

/// Form of what is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOverFormat {
    /// For programs.
    Json,
    /// To be opened with Excel.
    Csv,
}

const HEADS: [&str; 6] = ["Jenis", "Tempat", "Letak", "Puskesmas", "Dapat dihapus", "Isi"];
/// Without it Excel takes the letters for others.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The places that hold a person's data, in this form.
pub fn handed_over(found: &PersonFindings, format: HandOverFormat) -> String {
    match format {
        HandOverFormat::Json => {
            let told = json!({ "places": found.places, "unread": found.unread });
            format!("{told:#}\n")
        }
        HandOverFormat::Csv => {
            let heads = HEADS.map(str::to_owned);
            let lines = std::iter::once(heads).chain(found.places.iter().map(row)).map(|cells| line(&cells));
            format!("{BYTE_ORDER_MARK}{}", lines.collect::<String>())
        }
    }
}

fn row(found: &PersonPlace) -> [String; 6] {
    let erasable = if found.erasable { "ya" } else { "tidak" };
    [found.kind, &found.place, &found.at, &found.puskesmas, erasable, &found.text].map(str::to_owned)
}

/// A line of CSV of which no cell is taken for a formula.
fn line(cells: &[String; 6]) -> String {
    let quoted = cells.each_ref().map(|cell| format!("\"{}\"", spreadsheet_text(cell).replace('"', "\"\"")));
    format!("{}\r\n", quoted.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_stays_text() {
        let place = PersonPlace {
            kind: "basis data",
            place: "Pembinaan: temuan".to_owned(),
            at: "impor 2, a.xlsx".to_owned(),
            puskesmas: String::new(),
            batch: Some(2),
            erasable: true,
            text: "=HYPERLINK(\"x\";\"y\")".to_owned(),
        };
        let found = PersonFindings { places: vec![place], unread: Vec::new() };
        let text = handed_over(&found, HandOverFormat::Csv);
        assert!(text.ends_with("\"ya\";\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\"\r\n"), "{text}");
    }
}
