//! Turns of phrase that the rules share: names in a row, counts out of counts, changes.

use crate::domain::{Ratio, format};

/// Facilities named in one sentence; the rest is counted.
pub(super) const NAMED_MAX: usize = 4;
/// Letters of a quoted text; a longer one is cut with `…`.
const QUOTED_LETTERS_MAX: usize = 140;

/// Names in a row: `A dan B`; `A, B, C, D, dan 3 lainnya`.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        names if names.len() <= NAMED_MAX => enumerated(names),
        names => format!("{}, dan {} lainnya", names[..NAMED_MAX].join(", "), names.len() - NAMED_MAX),
    }
}

/// Everything in a row, however long: `5 Baik, 3 Cukup, dan 1 Kurang`.
pub(super) fn enumerated(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first, second] => format!("{first} dan {second}"),
        [rest @ .., last] => format!("{}, dan {last}", rest.join(", ")),
    }
}

/// Writes a pair as a count of a whole: `12 dari 14`.
pub(super) fn out_of(ratio: Ratio) -> String {
    format!("{} dari {}", format::count(ratio.numerator), format::count(ratio.denominator))
}

/// `naik 2,1 poin dari`, `tidak berubah dibanding`.
pub(super) fn direction(change: f64) -> String {
    let amount = format::percent(change.abs());
    match amount.as_str() {
        "0,0" => "tidak berubah dibanding".to_owned(),
        _ if change > 0.0 => format!("naik {amount} poin dari"),
        _ => format!("turun {amount} poin dari"),
    }
}

/// A text of a workbook within a sentence: on one line, not endless, in quotation marks.
pub(super) fn quoted(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = words.chars().count() > QUOTED_LETTERS_MAX;
    let kept: String = words.chars().take(QUOTED_LETTERS_MAX).collect();
    if cut { format!("“{}…”", kept.trim_end()) } else { format!("“{kept}”") }
}

/// Sorts from low to high and, among equals, by name.
pub(super) fn by_value(entries: &mut [(f64, String)]) {
    entries.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_row_are_counted_beyond_four() {
        let names: Vec<String> = ["A", "B", "C", "D", "E", "F"].map(ToOwned::to_owned).to_vec();
        assert_eq!(listed(&names[..1]), "A");
        assert_eq!(listed(&names[..2]), "A dan B");
        assert_eq!(listed(&names[..4]), "A, B, C, dan D");
        assert_eq!(listed(&names), "A, B, C, D, dan 2 lainnya");
        assert_eq!(enumerated(&names), "A, B, C, D, E, dan F");
    }

    #[test]
    fn changes_that_round_to_nothing_are_none() {
        assert_eq!(direction(0.04), "tidak berubah dibanding");
        assert_eq!(direction(-2.06), "turun 2,1 poin dari");
        assert_eq!(direction(2.0), "naik 2,0 poin dari");
    }

    #[test]
    fn quoted_text_stays_on_one_line_and_short() {
        assert_eq!(quoted("memasang\n jadwal\t dinding "), "“memasang jadwal dinding”");
        assert_eq!(quoted(&"x".repeat(500)).chars().count(), QUOTED_LETTERS_MAX + 3);
    }
}
