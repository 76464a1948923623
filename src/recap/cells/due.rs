//! The day by which something is to be done: a date, a month (its last day), a time after the visit (`2 minggu`).

use chrono::{Days, Months};

use super::date_words::month_number;
use super::date_words::{parts, year_of};
use super::month;
use super::{CellFault, CellReading, quoted};
use crate::diagnostic::IssueCode;
use crate::domain::{Date, Month};
use crate::recap::heading_figures::months_summed;
use crate::workbook::CellValue;

/// A due day that is not written as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum Due {
    /// The last day of a month.
    EndOf(Month, Date),
    /// So long after the visit.
    After(Date),
}

impl Due {
    pub(in crate::recap) fn date(self) -> Date {
        match self {
            Self::EndOf(_, date) | Self::After(date) => date,
        }
    }
}

/// Words that say nothing of how long.
const FILLERS: [&str; 19] = [
    "dalam",
    "waktu",
    "setelah",
    "sesudah",
    "kunjungan",
    "pembinaan",
    "visit",
    "lagi",
    "maks",
    "maksimal",
    "paling",
    "lambat",
    "selama",
    "kedepan",
    "ke",
    "depan",
    "sejak",
    "dari",
    "akhir",
];
const NUMBERS: [&str; 12] =
    ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas", "duabelas"];
/// Longest time that is taken for one, in its unit.
const LONGEST: u32 = 366;

/// Reads a cell that is no date, of the follow-up of a visit; a month without a year is the first from the visit on.
pub(in crate::recap) fn read(value: &CellValue, visit: Date) -> CellReading<Due> {
    let due = match value {
        CellValue::Text(text) => {
            after(text, visit).or_else(|| end_of_part(text, visit)).or_else(|| end_of_month(text, visit))
        }
        _ => None,
    };
    due.map(Some).ok_or_else(|| CellFault {
        code: IssueCode::InvalidDate,
        why: format!(
            "{} tidak menyebut tanggalnya; tulis tanggal (misalnya 12 Juni 2023), bulan (Juni 2023) atau lamanya (2 minggu)",
            quoted(value)
        ),
    })
}

/// `TW II 2025`, `Semester I`: the last day of its last month; without a year the first from the visit on.
fn end_of_part(text: &str, visit: Date) -> Option<Due> {
    let words: Vec<String> =
        parts(text).into_iter().filter(|word| !["akhir", "tahun"].contains(&word.as_str())).collect();
    let (part, year) = match &words[..] {
        [name, number] => (format!("{name}{number}"), None),
        [name, number, year] => (format!("{name}{number}"), Some(year_of(year).filter(|_| year.len() == 4)?)),
        _ => return None,
    };
    let (_, last) = months_summed(&part)?;
    let of_visit = Month::from_date(visit);
    let month = Month::new(year.unwrap_or(of_visit.year()), last)?;
    let month = if year.is_none() && month < of_visit { month.plus(12) } else { month };
    Some(Due::EndOf(month, month.last_day()))
}

fn end_of_month(text: &str, visit: Date) -> Option<Due> {
    let words: Vec<String> = parts(text).into_iter().filter(|word| word != "akhir").collect();
    // A lone number is no month here.
    if !words.iter().any(|word| month_number(word).is_some()) && words.len() < 2 {
        return None;
    }
    let has_year = words.iter().any(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let written = CellValue::Text(words.join(" ").into());
    let of_visit = Month::from_date(visit);
    let month = month::read(Some(&written), of_visit.year(), false).ok().flatten()?;
    let month = if !has_year && month < of_visit { month.plus(12) } else { month };
    Some(Due::EndOf(month, month.last_day()))
}

/// `2 minggu`, `1 (satu) bulan`, `seminggu`, `14 hari setelah kunjungan`.
fn after(text: &str, visit: Date) -> Option<Due> {
    let mut words: Vec<String> = parts(text).into_iter().filter(|word| !FILLERS.contains(&word.as_str())).collect();
    // `1 (satu) bulan` says it twice.
    if let [number, word, _] = &words[..]
        && number_of(word).is_some_and(|said| number.parse() == Ok(said))
    {
        words.remove(1);
    }
    let (count, unit) = match &words[..] {
        [count, unit] => (count.parse().ok().or_else(|| number_of(count))?, unit.as_str()),
        [word] => (1, word.strip_prefix("se").filter(|_| word != "segera")?),
        _ => return None,
    };
    if !(1..=LONGEST).contains(&count) {
        return None;
    }
    let date = match unit {
        "hari" | "hr" | "hri" => visit.checked_add_days(Days::new(u64::from(count)))?,
        "minggu" | "mgg" | "mg" | "pekan" => visit.checked_add_days(Days::new(u64::from(count) * 7))?,
        "bulan" | "bln" | "bl" => visit.checked_add_months(Months::new(count))?,
        "tahun" | "thn" | "th" => visit.checked_add_months(Months::new(count * 12))?,
        _ => return None,
    };
    super::date::is_in_range(date).then_some(Due::After(date))
}

fn number_of(word: &str) -> Option<u32> {
    (1..).zip(NUMBERS).find(|(_, known)| *known == word).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(text: &str) -> Option<String> {
        let visit = "2025-05-11".parse().unwrap();
        let read = read(&CellValue::Text(text.into()), visit).ok().flatten();
        read.map(|due| due.date().to_string())
    }

    #[test]
    fn months_end_and_times_run_from_the_visit() {
        for (text, expected) in [
            ("Juni 2025", "2025-06-30"),
            ("Juni", "2025-06-30"),
            ("bulan Agustus", "2025-08-31"),
            ("akhir Juni 2025", "2025-06-30"),
            ("Jan", "2026-01-31"),
            ("06/2025", "2025-06-30"),
            ("Feb 2026", "2026-02-28"),
            ("TW II 2025", "2025-06-30"),
            ("Triwulan III", "2025-09-30"),
            ("TW I", "2026-03-31"),
            ("Semester 1 2025", "2025-06-30"),
            ("2 minggu", "2025-05-25"),
            ("2 mgg", "2025-05-25"),
            ("dalam 2 minggu", "2025-05-25"),
            ("14 hari", "2025-05-25"),
            ("14hr", "2025-05-25"),
            ("1 bulan", "2025-06-11"),
            ("1 (satu) bulan", "2025-06-11"),
            ("dua minggu", "2025-05-25"),
            ("seminggu", "2025-05-18"),
            ("sebulan", "2025-06-11"),
            ("3 bulan setelah kunjungan", "2025-08-11"),
        ] {
            assert_eq!(due(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["segera", "6", "2025", "3 hari kerja", "1-2 minggu", "minggu ke-2", "awal Juni", "minggu 2 Juni"] {
            assert_eq!(due(text), None, "{text}");
        }
    }
}
