//! Cells that say of a report how it came: in words, by ticks, or by the day.

use super::mark::{Mark, says_not_yet, yes_no};
use super::{CellFault, CellReading, is_dash, trim};
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::domain::{ReportReceipt, Ticks};
use crate::workbook::CellValue;

const LATE: [&str; 5] = ["terlambat", "telat", "lambat", "keterlambatan", "lewat"];
const IN_TIME: [&str; 5] = ["tepat", "tepatwaktu", "tw", "ontime", "ketepatan"];
const DENIED: [&str; 4] = ["tidak", "tdk", "tak", "bukan"];
const DAYS: [&str; 2] = ["hari", "hr"];
const CAME: [&str; 14] = [
    "diterima", "terima", "masuk", "lengkap", "terkirim", "dikirim", "kirim", "lapor", "melapor", "ada", "sudah",
    "sdh", "telah", "ya",
];

/// Returns how a report came, by words: `tepat waktu`, `terlambat 3 hari`, `belum kirim`, `diterima`; none of a text
/// without such words.
pub(in crate::recap) fn in_words(text: &str) -> Option<ReportReceipt> {
    let written = plain_words(text);
    let words: Vec<&str> = written.split(' ').collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let first = *words.first()?;
    if ["belum", "blm"].contains(&first) {
        return Some(ReportReceipt::NotCome);
    }
    let late = |is_late: bool| Some(if is_late { ReportReceipt::Late } else { ReportReceipt::InTime });
    let days = words.windows(2).find(|pair| DAYS.contains(&pair[1])).and_then(|pair| pair[0].parse::<u32>().ok());
    if has(&LATE) {
        return late(!has(&DENIED) && days != Some(0));
    }
    if has(&IN_TIME) || written == "on time" {
        return late(has(&DENIED));
    }
    match days {
        Some(days) if words.len() == 2 => late(days > 0),
        _ if !is_dash(trim(text)) && says_not_yet(text) => Some(ReportReceipt::NotCome),
        _ => CAME.contains(&first).then_some(ReportReceipt::Came),
    }
}

/// The content of a cell of ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum TickValue {
    /// Yes or no to what its column asks.
    Tick(bool),
    /// More than that.
    Receipt(ReportReceipt),
}

/// A cell below *lengkap* or *tepat waktu*.
pub(in crate::recap) fn tick(value: Option<&CellValue>) -> CellReading<TickValue> {
    let words = value.and_then(CellValue::text).and_then(in_words);
    match (yes_no(value)?, words) {
        (Some(Mark::Unknown), Some(receipt)) | (_, Some(receipt @ (ReportReceipt::Late | ReportReceipt::InTime))) => {
            Ok(Some(TickValue::Receipt(receipt)))
        }
        (Some(Mark::No), Some(_)) if is_not_yet(value) => Ok(Some(TickValue::Receipt(ReportReceipt::NotCome))),
        (Some(Mark::Yes), _) => Ok(Some(TickValue::Tick(true))),
        (Some(Mark::No), _) => Ok(Some(TickValue::Tick(false))),
        (Some(Mark::Unknown), None) => Err(unknown(value)),
        (None, _) => Ok(None),
    }
}

fn is_not_yet(value: Option<&CellValue>) -> bool {
    let words = value.and_then(CellValue::text).map(plain_words).unwrap_or_default();
    let mut words = words.split(' ');
    match words.next() {
        Some("belum" | "blm") => true,
        // `tidak lapor`
        Some(first) if DENIED.contains(&first) => words.next().is_some_and(|second| CAME.contains(&second)),
        _ => false,
    }
}

/// A cell below *terlambat*: a tick, or by how many days.
pub(in crate::recap) fn late(value: Option<&CellValue>) -> CellReading<TickValue> {
    match value {
        Some(CellValue::Number { value, percent: false }) if *value >= 0.0 => Ok(Some(TickValue::Tick(*value > 0.0))),
        Some(CellValue::Text(text)) => match trim(text).parse::<u32>() {
            Ok(days) => Ok(Some(TickValue::Tick(days > 0))),
            Err(_) => tick(value),
        },
        _ => tick(value),
    }
}

fn unknown(value: Option<&CellValue>) -> CellFault {
    let why = format!(
        "{} bukan tanda yang dikenal; tulis √ atau -, atau tulis Tepat waktu, Terlambat atau Belum",
        value.map(super::quoted).unwrap_or_default()
    );
    CellFault { code: IssueCode::UnknownValue, why }
}

/// The ticks of one report; nothing where a column lacks or its cell is blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::recap) struct Ticked {
    pub(in crate::recap) complete: Option<bool>,
    pub(in crate::recap) in_time: Option<bool>,
    pub(in crate::recap) late: Option<bool>,
}

impl Ticked {
    /// Returns how the report came by all its ticks. Fails where they contradict each other, or leave open whether it
    /// came at all.
    pub(in crate::recap) fn receipt(self) -> CellReading<ReportReceipt> {
        let ticks = match self {
            Self { in_time: Some(true), late: Some(true), .. } => {
                return Err(contrary("bertanda tepat waktu dan terlambat sekaligus; hapus yang keliru"));
            }
            Self { complete: Some(false), late: Some(true), .. } => {
                return Err(contrary(
                    "bertanda terlambat tetapi tidak lengkap; tulis √ pada kolom lengkap bila laporannya diterima, \
                     atau hapus tanda terlambatnya bila belum",
                ));
            }
            Self { complete, late: Some(true), .. } => {
                Ticks { complete: complete.or(Some(true)), in_time: Some(false) }
            }
            Self { complete: Some(true), in_time: None, late: Some(false) } => {
                Ticks { complete: Some(true), in_time: Some(true) }
            }
            // Neither in time nor late.
            Self { complete: None, in_time: Some(false), late: Some(false) } => {
                Ticks { complete: Some(false), in_time: Some(false) }
            }
            Self { complete, in_time, .. } => Ticks { complete, in_time },
        };
        match ticks.receipt() {
            None if ticks.contradict() => Err(contrary(
                "bertanda tepat waktu tetapi tidak lengkap; tulis √ pada keduanya bila diterima tepat waktu, - pada \
                 keduanya bila belum diterima",
            )),
            None if ticks.in_time.is_some() => Err(contrary(
                "tidak tepat waktu dapat berarti terlambat atau belum diterima; tulis Terlambat bila diterima sesudah \
                 batasnya, Belum bila belum diterima",
            )),
            receipt => Ok(receipt),
        }
    }
}

fn contrary(why: &str) -> CellFault {
    CellFault { code: IssueCode::UnknownValue, why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::ReportReceipt::{Came, InTime, Late, NotCome};
    use super::*;

    #[test]
    fn words_of_receipts() {
        for (text, receipt) in [
            ("Tepat waktu", Some(InTime)),
            ("tepat", Some(InTime)),
            ("TW", Some(InTime)),
            ("tidak tepat waktu", Some(Late)),
            ("Terlambat", Some(Late)),
            ("terlambat 3 hari", Some(Late)),
            ("3 hari", Some(Late)),
            ("0 hari", Some(InTime)),
            ("tidak terlambat", Some(InTime)),
            ("belum kirim", Some(NotCome)),
            ("Belum", Some(NotCome)),
            ("tidak lapor", Some(NotCome)),
            ("sudah diterima", Some(Came)),
            ("Diterima", Some(Came)),
            ("-", None),
            ("√", None),
            ("entah", None),
            ("12 Mei 2025", None),
        ] {
            assert_eq!(in_words(text), receipt, "{text}");
        }
    }

    #[test]
    fn cells_of_ticks() {
        let text = |text: &str| CellValue::Text(text.into());
        let number = |value| CellValue::Number { value, percent: false };
        for (cell, said) in [
            (text("√"), Some(TickValue::Tick(true))),
            (text("Lengkap"), Some(TickValue::Tick(true))),
            (text("-"), Some(TickValue::Tick(false))),
            (text("tidak"), Some(TickValue::Tick(false))),
            (number(1.0), Some(TickValue::Tick(true))),
            (text("terlambat 2 hari"), Some(TickValue::Receipt(Late))),
            (text("Tepat"), Some(TickValue::Receipt(InTime))),
            (text("belum kirim"), Some(TickValue::Receipt(NotCome))),
            (text(" "), None),
        ] {
            assert_eq!(tick(Some(&cell)), Ok(said), "{cell:?}");
        }
        assert!(tick(Some(&text("●"))).is_err());
        assert_eq!(late(Some(&number(3.0))), Ok(Some(TickValue::Tick(true))));
        assert_eq!(late(Some(&text("0"))), Ok(Some(TickValue::Tick(false))));
    }

    #[test]
    fn ticks_together() {
        let of = |complete, in_time, late| Ticked { complete, in_time, late }.receipt();
        let yes = Some(true);
        let no = Some(false);
        for (ticked, receipt) in [
            (of(yes, yes, None), Some(InTime)),
            (of(yes, no, None), Some(Late)),
            (of(no, no, None), Some(NotCome)),
            (of(no, None, None), Some(NotCome)),
            (of(yes, None, None), Some(Came)),
            (of(None, yes, None), Some(InTime)),
            (of(yes, None, yes), Some(Late)),
            (of(yes, None, no), Some(InTime)),
            (of(None, no, no), Some(NotCome)),
            (of(None, None, yes), Some(Late)),
            (of(None, None, no), None),
            (of(None, None, None), None),
        ] {
            assert_eq!(ticked, Ok(receipt));
        }
        for contrary in [of(no, yes, None), of(None, no, None), of(yes, yes, yes), of(no, None, yes)] {
            assert_eq!(contrary.unwrap_err().code, IssueCode::UnknownValue);
        }
    }
}
