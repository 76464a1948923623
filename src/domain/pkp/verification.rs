//! Verification of PKP by the district's team: a verdict on a program or on the whole of a year, and the answer of the
//! Puskesmas. Knows no sheet and no page.

use crate::domain::Date;
use crate::domain::field::Field;
use crate::domain::name::plain_words;
use crate::domain::written_row::{WrittenField, WrittenSource, WrittenValue, written_row};

/// A row of Verifikasi PKP; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PkpVerification {
    /// Year that PKP assesses.
    pub year: i32,
    /// Program that was verified; `None`: PKP as a whole.
    pub program: Option<String>,
    /// Word of the verdict ([`PkpVerdict`]).
    pub verdict: String,
    /// Performance at that time, in the words of the page: where it is another now, the verdict is about other figures.
    pub figure: Option<String>,
    /// Reason, or what is to be mended.
    pub note: Option<String>,
    /// Person of the district's team who verified.
    pub verifier: Option<String>,
    /// Day of the verification.
    pub verified: Option<Date>,
    /// Number of the letter that told the Puskesmas.
    pub letter: Option<String>,
    /// Answer of the Puskesmas.
    pub reply: Option<String>,
    /// Day of that answer.
    pub replied: Option<Date>,
}

written_row!(PkpVerification of PkpVerifications in "pkp_verification_rows", named by [Year, Program],
    again "verifikasi program yang sama" {
    year: Year in ["year"],
    program: Program in ["program"],
    verdict: Verdict in ["verdict"],
    figure: Performance in ["figure"],
    note: Reason in ["note"],
    verifier: Person in ["verifier"],
    verified: StepDay in ["verified_day"],
    letter: LetterNumber in ["letter_number"],
    reply: Agreed in ["reply"],
    replied: Answered in ["reply_day"],
});

impl PkpVerification {
    /// Returns the verdict by `as_of`; one without a day counts from the first.
    pub fn verdict(&self, as_of: Date) -> Option<PkpVerdict> {
        let is_given = self.verified.is_none_or(|day| day <= as_of);
        PkpVerdict::from_label(&self.verdict).filter(|_| is_given)
    }

    /// Reports whether the Puskesmas had answered by `as_of`.
    pub fn is_replied(&self, as_of: Date) -> bool {
        self.reply.is_some() && self.replied.is_none_or(|day| day <= as_of)
    }

    /// Reports whether the verdict waits for an answer of the Puskesmas.
    pub fn awaits_reply(&self, as_of: Date) -> bool {
        self.verdict(as_of) == Some(PkpVerdict::ToMend) && !self.is_replied(as_of)
    }
}

/// Verdict of the district's team on figures of PKP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PkpVerdict {
    /// The figures agree with what proves them.
    Fits,
    /// They do, but for something that is noted.
    Noted,
    /// They are to be mended.
    ToMend,
}

impl PkpVerdict {
    /// All, in the order in which forms offer them.
    pub const ALL: [Self; 3] = [Self::Fits, Self::Noted, Self::ToMend];
    /// Their words, in the same order.
    pub const WORDS: &'static [&'static str] = &["Sesuai", "Sesuai dengan catatan", "Perlu diperbaiki"];

    /// Returns its word on pages, papers and sheets.
    pub fn label(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// Returns the verdict of a word, without regard to case and marks.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| plain_words(verdict.label()) == plain_words(label))
    }

    /// Reports whether it says nothing without a reason.
    pub fn needs_reason(self) -> bool {
        self != Self::Fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_counts_from_its_day_and_waits_for_an_answer_where_something_is_to_be_mended() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let mut row = PkpVerification {
            year: 2023,
            program: None,
            verdict: "perlu DIPERBAIKI".to_owned(),
            figure: None,
            note: None,
            verifier: None,
            verified: Some(day("2024-02-05")),
            letter: None,
            reply: None,
            replied: None,
        };
        assert_eq!((row.verdict(day("2024-02-04")), row.awaits_reply(day("2024-02-04"))), (None, false));
        assert_eq!(row.verdict(day("2024-02-05")), Some(PkpVerdict::ToMend));
        assert!(row.awaits_reply(day("2024-02-05")));
        row.reply = Some("Sudah".to_owned());
        row.replied = Some(day("2024-02-10"));
        assert!(row.awaits_reply(day("2024-02-09")) && !row.awaits_reply(day("2024-02-10")));
        row.verdict = PkpVerdict::Noted.label().to_owned();
        assert!(!row.awaits_reply(day("2024-02-06")), "a note asks for no answer");
        for verdict in PkpVerdict::ALL {
            assert_eq!(PkpVerdict::from_label(verdict.label()), Some(verdict));
        }
    }
}
