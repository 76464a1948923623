//! Decrees of definition files, kept with an approval as JSON, so that a file that is edited later changes no figure that
//! was approved. Numbers are kept as texts: they come back to the last bit.

use serde::{Deserialize, Serialize};

use crate::domain::decree::{DecreeBook, DecreeChange, Evidence, EvidenceRule};
use crate::domain::{CoachingIndicator, Decree, IndicatorRule, PwsStatus, StatusThresholds};

/// Pieces of evidence with their words.
const EVIDENCE: [(Evidence, &str); 4] = [
    (Evidence::AttendanceList, "attendance_list"),
    (Evidence::Minutes, "minutes"),
    (Evidence::Photos, "photos"),
    (Evidence::Checklist, "checklist"),
];
const PWS: [PwsStatus; 4] = [PwsStatus::Baik, PwsStatus::Cukup, PwsStatus::Kurang, PwsStatus::Jelek];

#[derive(Serialize, Deserialize)]
struct FrozenBook {
    default: FrozenDecree,
    /// Decrees that replace it, each from its year on.
    years: Vec<(i32, FrozenDecree)>,
}

#[derive(Serialize, Deserialize)]
struct FrozenDecree {
    /// Code, target and weight of each indicator.
    rules: Vec<(String, String, String)>,
    good_from: String,
    fair_from: String,
    report_due_day: u32,
    /// Evidence by form.
    evidence: Vec<(String, Vec<String>)>,
    evidence_otherwise: Vec<String>,
    pws_level_below: String,
    status_basis_min: u32,
}

/// The decrees of a book that hold for one Puskesmas, as JSON.
pub(super) fn frozen(book: &DecreeBook, puskesmas: &str) -> String {
    let mut years: Vec<i32> = book.changes.iter().map(|change| change.year).collect();
    years.sort_unstable();
    years.dedup();
    let of_year = |year| (year, FrozenDecree::new(&book.in_force(puskesmas, year)));
    let frozen =
        FrozenBook { default: FrozenDecree::new(&book.default), years: years.into_iter().map(of_year).collect() };
    serde_json::to_string(&frozen).unwrap_or_default()
}

/// The book that was kept; `None` where the text is none.
pub(super) fn thawed(text: &str) -> Option<DecreeBook> {
    let frozen: FrozenBook = serde_json::from_str(text).ok()?;
    let changes = frozen.years.iter().map(|(year, decree)| Some(change(*year, decree.thawed()?)));
    Some(DecreeBook { default: frozen.default.thawed()?, changes: changes.collect::<Option<_>>()? })
}

fn change(year: i32, decree: Decree) -> DecreeChange {
    DecreeChange {
        puskesmas: None,
        year,
        targets: decree.indicators.map(|rule| Some(rule.target)),
        weights: decree.indicators.map(|rule| Some(rule.weight)),
        thresholds: Some(decree.thresholds),
        report_due_day: Some(decree.report_due_day),
        evidence: Some((decree.evidence, decree.evidence_otherwise)),
        pws_level_below: Some(decree.pws_level_below),
        status_basis_min: Some(decree.status_basis_min),
    }
}

impl FrozenDecree {
    fn new(decree: &Decree) -> Self {
        let rule = |indicator: CoachingIndicator| {
            let IndicatorRule { target, weight } = decree.rule(indicator);
            (indicator.code().to_owned(), target.to_string(), weight.to_string())
        };
        Self {
            rules: CoachingIndicator::ALL.map(rule).to_vec(),
            good_from: decree.thresholds.good_from.to_string(),
            fair_from: decree.thresholds.fair_from.to_string(),
            report_due_day: decree.report_due_day,
            evidence: decree.evidence.iter().map(|rule| (rule.form.clone(), words(&rule.required))).collect(),
            evidence_otherwise: words(&decree.evidence_otherwise),
            pws_level_below: decree.pws_level_below.label().to_owned(),
            status_basis_min: decree.status_basis_min,
        }
    }

    fn thawed(&self) -> Option<Decree> {
        let rule = |indicator: CoachingIndicator| {
            let (_, target, weight) = self.rules.iter().find(|(code, ..)| code == indicator.code())?;
            Some(IndicatorRule { target: target.parse().ok()?, weight: weight.parse().ok()? })
        };
        let rules: Vec<IndicatorRule> = CoachingIndicator::ALL.into_iter().map(rule).collect::<Option<_>>()?;
        let evidence = self
            .evidence
            .iter()
            .map(|(form, required)| Some(EvidenceRule { form: form.clone(), required: pieces(required)? }));
        Some(Decree {
            indicators: rules.try_into().ok()?,
            thresholds: StatusThresholds {
                good_from: self.good_from.parse().ok()?,
                fair_from: self.fair_from.parse().ok()?,
            },
            report_due_day: self.report_due_day,
            evidence: evidence.collect::<Option<_>>()?,
            evidence_otherwise: pieces(&self.evidence_otherwise)?,
            pws_level_below: PWS.into_iter().find(|status| status.label() == self.pws_level_below)?,
            status_basis_min: self.status_basis_min,
        })
    }
}

fn words(required: &[Evidence]) -> Vec<String> {
    let word = |piece: &Evidence| EVIDENCE.iter().find(|(known, _)| known == piece).map_or("", |(_, word)| word);
    required.iter().map(|piece| word(piece).to_owned()).collect()
}

fn pieces(words: &[String]) -> Option<Vec<Evidence>> {
    let piece = |word: &String| EVIDENCE.iter().find(|(_, known)| known == word).map(|(piece, _)| *piece);
    words.iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions;

    #[test]
    fn a_book_comes_back_to_the_last_bit() {
        let mut default = definitions::load(&[]).0.decree.book.default;
        default.indicators[0].target = 100.0 / 3.0;
        let mut book = DecreeBook::from_decree(default.clone());
        let mut later = default;
        later.indicators[3].weight = 0.1 + 0.2;
        later.pws_level_below = PwsStatus::Cukup;
        book.changes.push(DecreeChange { puskesmas: Some("ABCDE".to_owned()), ..change(2023, later) });
        let back = thawed(&frozen(&book, "abcde")).unwrap();
        for year in [2022, 2023, 2024] {
            assert_eq!(back.in_force("abcde", year), book.in_force("abcde", year), "{year}");
        }
        assert_eq!(frozen(&back, "abcde"), frozen(&book, "abcde"));
        assert!(thawed("{}").is_none());
    }
}
