//! The progress of a follow-up in words: `sudah`, `belum (menunggu dana)`, `50 %`, `√`, `selesai tgl 18 Juni 2025`.

use super::date::Implied;
use super::date_text::DateText;
use super::date_words::parts;
use super::{is_dash, mark, present, trim};
use crate::domain::Date;
use crate::workbook::CellValue;

/// The progress of a follow-up by a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum ReadProgress {
    /// Done, it does not say when.
    Done,
    /// Done on that day.
    DoneOn(Date),
    /// Not done, or nothing said.
    Open,
    /// Words that nobody knows.
    Unknown,
}

/// Words of what is done.
const DONE: [&str; 25] = [
    "sudah",
    "sdh",
    "udah",
    "selesai",
    "telah",
    "terlaksana",
    "dilaksanakan",
    "dilakukan",
    "terealisasi",
    "realisasi",
    "tuntas",
    "beres",
    "tercapai",
    "terpenuhi",
    "done",
    "finish",
    "finished",
    "closed",
    "close",
    "complete",
    "completed",
    "ok",
    "oke",
    "ya",
    "rampung",
];
/// Words of what is not.
const OPEN: [&str; 38] = [
    "belum",
    "blm",
    "blum",
    "tidak",
    "tdk",
    "bukan",
    "proses",
    "diproses",
    "progress",
    "progres",
    "progess",
    "berjalan",
    "sedang",
    "berlangsung",
    "dalam",
    "menunggu",
    "nunggu",
    "tunggu",
    "rencana",
    "direncanakan",
    "akan",
    "ditunda",
    "tunda",
    "tertunda",
    "pending",
    "open",
    "sebagian",
    "ongoing",
    "on",
    "usul",
    "diusulkan",
    "dijadwalkan",
    "batal",
    "hampir",
    "nyaris",
    "segera",
    "setengah",
    "separuh",
];
/// Words that say nothing by themselves.
const FILLERS: [&str; 17] = [
    "tgl",
    "tanggal",
    "pada",
    "pd",
    "di",
    "dan",
    "semua",
    "seluruhnya",
    "ditindaklanjuti",
    "tindak",
    "lanjut",
    "penuh",
    "dengan",
    "baik",
    "hasil",
    "rtl",
    "ada",
];

/// Reads a cell; a day without its year is completed by `implied`.
pub(in crate::recap) fn read(value: Option<&CellValue>, implied: Implied) -> ReadProgress {
    let Ok(value) = present(value) else { return ReadProgress::Unknown };
    match value {
        None | Some(CellValue::Bool(false)) => ReadProgress::Open,
        Some(CellValue::Bool(true)) => ReadProgress::Done,
        Some(CellValue::Date(date)) => ReadProgress::DoneOn(*date),
        Some(CellValue::Number { value, percent }) => of_number(*value, *percent),
        Some(CellValue::Text(text)) => of_text(text, implied),
        Some(_) => ReadProgress::Unknown,
    }
}

fn of_number(value: f64, percent: bool) -> ReadProgress {
    let is = |whole: f64| (value - whole).abs() < f64::EPSILON;
    if is(1.0) || !percent && is(100.0) {
        ReadProgress::Done
    } else if (0.0..1.0).contains(&value) || !percent && (0.0..100.0).contains(&value) {
        ReadProgress::Open
    } else {
        ReadProgress::Unknown
    }
}

fn of_text(text: &str, implied: Implied) -> ReadProgress {
    if is_dash(text) {
        return ReadProgress::Open;
    }
    if let Some(date) = date_of(text, implied) {
        return ReadProgress::DoneOn(date);
    }
    if let Some(percent) = percent_of(text) {
        return of_number(percent, false);
    }
    let words = parts(text);
    let done = places_of(&words, &DONE);
    let open = places_of(&words, &OPEN);
    match (done.first(), open.first()) {
        // `Belum selesai`: the first word counts; `sudah, menunggu hasil` says both.
        (Some(done), Some(open)) if open > done => ReadProgress::Unknown,
        (_, Some(_)) => ReadProgress::Open,
        (Some(_), None) => of_done_words(text, &words, implied),
        (None, None) if words.len() <= 1 && has_mark(text) => ReadProgress::Done,
        (None, None) if trim(text).eq_ignore_ascii_case("x") => ReadProgress::Open,
        (None, None) => ReadProgress::Unknown,
    }
}

/// `Sudah dilaksanakan tgl 18 Juni 2025`: the day behind the words; words that are none of a day are let be.
fn of_done_words(text: &str, words: &[String], implied: Implied) -> ReadProgress {
    if !words.iter().any(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
        return ReadProgress::Done;
    }
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let says_nothing = |piece: &&str| {
        let words = parts(piece);
        words.iter().all(|word| DONE.contains(&word.as_str()) || FILLERS.contains(&word.as_str()))
    };
    let from = pieces.iter().take_while(|piece| says_nothing(piece)).count();
    match date_of(&pieces[from..].join(" "), implied) {
        Some(date) => ReadProgress::DoneOn(date),
        None => ReadProgress::Unknown,
    }
}

fn date_of(text: &str, implied: Implied) -> Option<Date> {
    let text = DateText::read(text).filter(|text| text.month.is_some())?;
    match (text.year, text.numbers) {
        (Some(_), _) => text.date(),
        (None, None) => implied.day_of(text),
        // `1/2` may be half of it.
        (None, Some(_)) => None,
    }
}

/// `100 %`, `50%`, `75 persen`.
fn percent_of(text: &str) -> Option<f64> {
    let plain = trim(text).to_lowercase().replace("persen", "%");
    let (before, _) = plain.split_once('%')?;
    let number = before.trim_end().rsplit(' ').next()?.replace(',', ".");
    number.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

fn places_of(words: &[String], known: &[&str]) -> Vec<usize> {
    words.iter().enumerate().filter(|(_, word)| known.contains(&word.as_str())).map(|(place, _)| place).collect()
}

fn has_mark(text: &str) -> bool {
    let value = CellValue::Text(trim(text).into());
    matches!(mark::yes_no(Some(&value)), Ok(Some(mark::Mark::Yes))) || ["✅", "☑", "🗸", "✔️"].contains(&trim(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Month;

    fn progress_in(text: &str) -> ReadProgress {
        let may = Month::new(2025, 5).unwrap();
        read(Some(&CellValue::Text(text.into())), Implied::From(may))
    }

    #[test]
    fn what_is_done() {
        for text in [
            "sudah",
            "Sudah",
            "SELESAI",
            "selesai.",
            "sdh",
            "100 %",
            "100%",
            "√",
            "V",
            "v",
            "✓",
            "sudah dilaksanakan",
            "Sudah ditindaklanjuti",
            "Telah dilakukan perbaikan",
            "Ya",
            "sudah selesai 100%",
            "Done",
            "terlaksana",
        ] {
            assert_eq!(progress_in(text), ReadProgress::Done, "{text}");
        }
        let number = |value, percent| read(Some(&CellValue::Number { value, percent }), Implied::Undecided);
        assert_eq!((number(1.0, true), number(100.0, false)), (ReadProgress::Done, ReadProgress::Done));
        assert_eq!((number(0.5, true), number(50.0, false)), (ReadProgress::Open, ReadProgress::Open));
        assert_eq!(number(0.0, false), ReadProgress::Open);
    }

    #[test]
    fn when_it_was_done() {
        let june = ReadProgress::DoneOn("2025-06-18".parse().unwrap());
        for text in [
            "Sudah dilaksanakan tgl 18 Juni 2025",
            "selesai 18/6/2025",
            "Selesai (18 Juni 2025)",
            "18 Juni 2025",
            "sudah, tanggal 18 Juni",
            "sdh tgl 18-06-2025",
        ] {
            assert_eq!(progress_in(text), june, "{text}");
        }
    }

    #[test]
    fn what_is_not_done() {
        for text in [
            "",
            "-",
            "belum",
            "Belum",
            "blm",
            "proses",
            "dalam proses",
            "Belum (menunggu template)",
            "50%",
            "75 persen",
            "belum selesai",
            "hampir selesai",
            "setengah selesai",
            "akan selesai Juni",
            "tidak terlaksana",
            "on progress",
            "Menunggu dana",
            "x",
            "selesai 50%",
            "sebagian",
        ] {
            assert_eq!(progress_in(text), ReadProgress::Open, "{text}");
        }
        for text in ["sudah, menunggu hasil lab", "lihat lampiran", "selesai tahap 2", "12", "1/2", "150%"] {
            assert_eq!(progress_in(text), ReadProgress::Unknown, "{text}");
        }
    }
}
