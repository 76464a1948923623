//! One line for what is true of many sheets of a workbook. Knows issues, not tables.

use crate::diagnostic::{Issue, IssueCode, Severity};

/// Tells a warning that several sheets share once, at the first of them; numbers in brackets may differ, and are
/// given for each sheet.
pub(super) fn tell_once(issues: &mut Vec<Issue>) {
    let mut told: Vec<Issue> = Vec::with_capacity(issues.len());
    for issue in issues.drain(..) {
        let is_shared = |other: &&mut Issue| {
            other.code == issue.code && other.sheet != issue.sheet && is_same(&other.message, &issue.message)
        };
        let first = if may_be_shared(&issue) { told.iter_mut().find(is_shared) } else { None };
        match first {
            Some(first) => {
                let word = if first.message.contains(ALSO) { "," } else { ALSO };
                let numbers = bracketed(&issue.message).map(|numbers| format!(" ({numbers})")).unwrap_or_default();
                first.message = format!("{}{word} {}{numbers}", first.message, issue.sheet);
            }
            None => told.push(issue),
        }
    }
    *issues = told;
}

const ALSO: &str = "; begitu juga di lembar";

fn may_be_shared(issue: &Issue) -> bool {
    issue.severity == Severity::Warning
        && matches!(issue.code, IssueCode::Reading | IssueCode::UnreadColumns)
        && !issue.sheet.is_empty()
}

fn is_same(told: &str, message: &str) -> bool {
    let told = told.split(ALSO).next().unwrap_or(told);
    told == message || without_brackets(told) == without_brackets(message)
}

/// Returns the text in the first brackets.
fn bracketed(message: &str) -> Option<&str> {
    Some(message.split_once(" (")?.1.split_once(')')?.0)
}

fn without_brackets(message: &str) -> String {
    let Some((before, rest)) = message.split_once(" (") else { return message.to_owned() };
    let after = rest.split_once(')').map_or("", |(_, after)| after);
    format!("{before}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(sheet: &str, message: &str) -> Issue {
        let code = IssueCode::Reading;
        let severity = Severity::Warning;
        Issue {
            sheet: sheet.to_owned(),
            cell: "B3".to_owned(),
            code,
            severity,
            message: message.to_owned(),
            about: None,
        }
    }

    #[test]
    fn what_many_sheets_share_is_told_once_with_the_numbers_of_each() {
        let mut issues = vec![
            issue("JAN", "dibaca kumulatif; bila bukan, tulis"),
            issue("JAN", "lain"),
            issue("FEB", "dibaca kumulatif (14 − 7 = 7); bila bukan, tulis"),
            issue("MAR", "dibaca kumulatif (21 − 14 = 7); bila bukan, tulis"),
        ];
        tell_once(&mut issues);
        let told: Vec<&str> = issues.iter().map(|issue| issue.message.as_str()).collect();
        let expected = "dibaca kumulatif; bila bukan, tulis; begitu juga di lembar FEB (14 − 7 = 7), MAR (21 − 14 = 7)";
        assert_eq!(told, [expected, "lain"]);
    }

    #[test]
    fn of_one_sheet_and_of_errors_each_is_told() {
        let mut wrong = issue("FEB", "kosong");
        wrong.severity = Severity::Error;
        let mut issues = vec![issue("JAN", "kosong"), issue("JAN", "kosong"), wrong];
        tell_once(&mut issues);
        assert_eq!(issues.len(), 3);
    }
}
