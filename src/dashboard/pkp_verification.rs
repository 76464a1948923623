//! PKP of a year with what the district's team said of it: program by program, or of all of them at once. A verdict about
//! figures that have changed since proves nothing about those of now.

use super::context::Subject;
use super::pkp::{PkpAssessment, PkpRow};
use crate::domain::name::plain_words;
use crate::domain::pkp::{PkpLevel, PkpVerdict, PkpVerification};
use crate::domain::{Date, Facts, Status, format};

/// Standing of a program before the district's team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerifiedStanding {
    /// Nobody verified it.
    Waiting,
    /// Verified, and its figure is still the same.
    Verified(PkpVerdict),
    /// Its figure is another than the one that was verified.
    Outdated(PkpVerdict),
}

impl VerifiedStanding {
    /// Returns its words on pages and papers.
    pub fn words(self) -> &'static str {
        match self {
            Self::Waiting => "Belum diverifikasi",
            Self::Verified(verdict) => verdict.label(),
            Self::Outdated(_) => "Angka berubah sesudah diverifikasi",
        }
    }
}

/// A program of PKP with its verification.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedProgram {
    /// Word by which its verification names it.
    pub key: String,
    /// Path of numbers.
    pub code: String,
    /// Name of the program.
    pub name: String,
    /// Performance as it is shown.
    pub shown: String,
    /// Class of the performance.
    pub class: Status,
    /// Verification that counts for it: its own, else that of the whole.
    pub by: Option<PkpVerification>,
    /// Standing by the day that was asked for.
    pub standing: VerifiedStanding,
}

/// Verifications of a year of PKP as of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct PkpVerifications {
    /// Year that PKP assesses.
    pub year: i32,
    /// Programs in the order of the sheet.
    pub programs: Vec<VerifiedProgram>,
    /// Every verification of the year that counts by the day, the whole first.
    pub rows: Vec<PkpVerification>,
    /// Figures of all programs in words: what a verification of the whole is about.
    pub figures: String,
}

impl PkpVerifications {
    /// Joins the programs of a year with their verifications.
    pub fn new(facts: &Facts, puskesmas: u32, found: &PkpAssessment, as_of: Date) -> Self {
        let own = facts.written.pkp_verifications.iter().filter(|owned| owned.puskesmas == puskesmas);
        let of_year = own.map(|owned| &owned.row).filter(|row| row.year == found.year && row.verdict(as_of).is_some());
        let rows: Vec<PkpVerification> = of_year.cloned().collect();
        let programs: Vec<&PkpRow> = found.of_level(PkpLevel::Program).collect();
        let figures: Vec<String> = programs.iter().map(|row| format!("{} {}", row.name, row.shown)).collect();
        let figures = figures.join("; ");
        let whole = rows.iter().find(|row| row.program.is_none());
        let to_verified = |program: &&PkpRow| {
            let key = key_of(program, &programs);
            let named = |row: &&PkpVerification| row.program.as_deref().map(plain_words) == Some(plain_words(&key));
            let own = rows.iter().find(named);
            let held = if own.is_some() { program.shown.as_str() } else { figures.as_str() };
            let by = own.or(whole);
            let standing = by.map_or(VerifiedStanding::Waiting, |row| standing(row, held, as_of));
            VerifiedProgram {
                key,
                code: program.code.clone(),
                name: program.name.clone(),
                shown: program.shown.clone(),
                class: program.class,
                by: by.cloned(),
                standing,
            }
        };
        let programs = programs.iter().map(to_verified).collect();
        Self { year: found.year, programs, rows, figures }
    }

    /// Returns the number of programs whose figures of now were verified.
    pub fn verified(&self) -> usize {
        let is_verified = |program: &&VerifiedProgram| matches!(program.standing, VerifiedStanding::Verified(_));
        self.programs.iter().filter(is_verified).count()
    }

    /// Returns the days of the verifications, each once.
    pub fn days(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self.rows.iter().filter_map(|row| row.verified).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Returns what there is in a sentence without full stop.
    pub fn summary(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let count = |standing: VerifiedStanding| self.programs.iter().filter(|row| row.standing == standing).count();
        for verdict in PkpVerdict::ALL {
            match count(VerifiedStanding::Verified(verdict)) {
                0 => {}
                number => parts.push(format!("{number} {}", verdict.label())),
            }
        }
        let outdated: usize =
            PkpVerdict::ALL.into_iter().map(|verdict| count(VerifiedStanding::Outdated(verdict))).sum();
        if outdated > 0 {
            parts.push(format!("{outdated} angkanya berubah sesudah diverifikasi"));
        }
        let waiting = self.programs.iter().filter(|row| row.standing == VerifiedStanding::Waiting);
        let waiting: Vec<&str> = waiting.map(|row| row.name.as_str()).collect();
        if !waiting.is_empty() {
            parts.push(format!("belum: {}", waiting.join(", ")));
        }
        let detail = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) };
        let said = match (self.programs.len(), self.rows.first()) {
            (0, None) => "belum diverifikasi TPCB".to_owned(),
            (0, Some(row)) => format!("diverifikasi TPCB: {}", row.verdict),
            (all, _) => format!("{} dari {all} program diverifikasi TPCB{detail}", self.verified()),
        };
        let mut letters: Vec<&str> = self.rows.iter().filter_map(|row| row.letter.as_deref()).collect();
        letters.dedup();
        let letters = if letters.is_empty() { String::new() } else { format!("; surat {}", letters.join(", ")) };
        format!("{said}{letters}")
    }
}

/// The word by which a verification names a program: its name, and its number before it where two have one name.
fn key_of(program: &PkpRow, all: &[&PkpRow]) -> String {
    let is_same = |other: &&&PkpRow| plain_words(&other.name) == plain_words(&program.name);
    if all.iter().filter(is_same).count() > 1 {
        return format!("{} {}", program.code, program.name);
    }
    program.name.clone()
}

fn standing(row: &PkpVerification, shown: &str, as_of: Date) -> VerifiedStanding {
    let is_same = row.figure.as_deref().is_none_or(|figure| plain_words(figure) == plain_words(shown));
    match row.verdict(as_of) {
        None => VerifiedStanding::Waiting,
        Some(verdict) if is_same => VerifiedStanding::Verified(verdict),
        Some(verdict) => VerifiedStanding::Outdated(verdict),
    }
}

/// Returns the day up to which verifications count for a period. PKP of a year is verified after its end: at the period's
/// last day, at which later days are cut off, all of them count.
pub fn horizon(subject: &Subject) -> Date {
    if subject.as_of >= subject.period.last_day() { Date::MAX } else { subject.as_of }
}

/// Returns the verifications of the year that a period's evidence is about: PKP of that year where anything of it was
/// verified by the day, else of the year before where anything was, else the later of both that there is. A year ends
/// before its PKP is verified.
pub fn of_period(facts: &Facts, puskesmas: u32, year: i32, as_of: Date) -> Option<PkpVerifications> {
    let of_year = |year: i32| {
        let found = PkpAssessment::of_puskesmas(facts, puskesmas, Some(year));
        PkpVerifications::new(facts, puskesmas, &found, as_of)
    };
    let both = [year, year - 1].map(of_year);
    let verified = both.iter().find(|of_year| !of_year.rows.is_empty());
    verified.or_else(|| both.iter().find(|of_year| !of_year.programs.is_empty())).cloned()
}

/// Returns the days in words: `5 Februari 2024, 7 Februari 2024`.
pub fn day_words(days: &[Date]) -> String {
    days.iter().map(|day| format::date(*day)).collect::<Vec<_>>().join(", ")
}
