//! Marks: `x` plans a visit in a schedule and denies in a checklist, so there are two readings.

use super::{CellReading, is_dash, present, trim};
use crate::domain::name::plain_words;
use crate::workbook::CellValue;

/// The meaning of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum Mark {
    /// Planned; yes.
    Yes,
    /// Not planned; no.
    No,
    /// None of the words that the column knows.
    Unknown,
}

/// Reports whether a text in lower case is a tick.
fn is_tick(text: &str) -> bool {
    matches!(text, "√" | "✓" | "✔" | "☑" | "v" | "1" | "vv" | "✅")
}

/// Returns the meaning of a word in lower case with which a yes/no cell begins.
fn of_first_word(word: &str) -> Mark {
    match word {
        "ada" | "ya" | "y" | "hadir" | "yes" | "sudah" | "ms" | "lengkap" | "true" | "benar" | "diundang"
        | "terlampir" | "iya" | "memenuhi" => Mark::Yes,
        "x" | "tidak" | "tdk" | "tak" | "0" | "no" | "belum" | "tms" | "false" | "alpa" | "absen" | "kosong" | "✗"
        | "✘" | "×" | "izin" => Mark::No,
        _ => Mark::Unknown,
    }
}

/// A cell of a schedule: any of `X x √ v ✓ 1` plans a visit.
pub(in crate::recap) fn planned(value: Option<&CellValue>) -> CellReading<Mark> {
    let Some(value) = present(value)? else { return Ok(None) };
    Ok(Some(match value {
        CellValue::Text(text) => {
            let text = trim(text).to_lowercase();
            if is_dash(&text) || text == "0" {
                Mark::No
            } else if is_tick(&text)
                || is_once(&text)
                || ["x", "×", "✗", "✘", "*", "ya", "ada"].contains(&text.as_str())
            {
                Mark::Yes
            } else {
                Mark::Unknown
            }
        }
        other => of_value(other),
    }))
}

/// Reports whether a text in lower case says that a month has one visit: `1x`, `1 kali`.
fn is_once(text: &str) -> bool {
    text.strip_prefix('1').is_some_and(|times| matches!(times.trim_start(), "x" | "×" | "kali"))
}

/// Reports whether a text under the days on which something came says that it has not: `belum`,
/// `belum kirim`, `tidak ada`.
pub(in crate::recap) fn says_not_yet(text: &str) -> bool {
    let words = plain_words(text);
    is_dash(trim(text)) || ["belum", "blm", "tidak", "tdk", "nihil"].iter().any(|word| words.starts_with(word))
}

/// A cell in which whatever stands there is yes, but for a dash, nought and words that deny.
pub(in crate::recap) fn any(value: Option<&CellValue>) -> CellReading<Mark> {
    let Some(value) = present(value)? else { return Ok(None) };
    Ok(Some(match value {
        CellValue::Text(text) if is_dash(text) || trim(text) == "0" || says_not_yet(text) => Mark::No,
        CellValue::Bool(false) => Mark::No,
        CellValue::Number { value, .. } if *value == 0.0 => Mark::No,
        _ => Mark::Yes,
    }))
}

/// A yes/no cell: `Ada Ya √ ✓ v 1` mean yes; `Tidak`, `tidak ada`, `-`, `x`, 0 no.
pub(in crate::recap) fn yes_no(value: Option<&CellValue>) -> CellReading<Mark> {
    // `#N/A` apart, "n/a" in a yes/no column is as good as a dash.
    let Some(value) = present(value)? else { return Ok(None) };
    Ok(Some(match value {
        CellValue::Text(text) => {
            let text = trim(text).to_lowercase();
            let first = text.split(|c: char| c.is_whitespace() || c == ',' || c == '.').next().unwrap_or_default();
            match of_first_word(first) {
                Mark::No => Mark::No,
                _ if is_dash(&text) => Mark::No,
                _ if is_tick(&text) => Mark::Yes,
                mark => mark,
            }
        }
        other => of_value(other),
    }))
}

/// A cell of evidence: also a link, a file's name, or how many there are (`3`, `2 lembar`).
pub(in crate::recap) fn evidence(value: Option<&CellValue>) -> CellReading<Mark> {
    let reading = yes_no(value)?;
    let (Some(Mark::Unknown), Some(value)) = (reading, value) else { return Ok(reading) };
    Ok(Some(match value {
        CellValue::Number { value, percent: false } if *value > 0.0 && value.fract() == 0.0 => Mark::Yes,
        CellValue::Text(text) if is_link_or_count(&trim(text).to_lowercase()) => Mark::Yes,
        _ => Mark::Unknown,
    }))
}

fn is_link_or_count(text: &str) -> bool {
    const FILES: [&str; 7] = [".jpg", ".jpeg", ".png", ".pdf", ".doc", ".docx", ".heic"];
    const UNITS: [&str; 16] = [
        "foto", "lembar", "lbr", "buah", "bh", "file", "berkas", "lampiran", "dokumen", "dok", "rangkap", "halaman",
        "hal", "orang", "org", "peserta",
    ];
    const KEPT: [&str; 14] = [
        "link",
        "tautan",
        "di",
        "drive",
        "gdrive",
        "google",
        "folder",
        "scan",
        "tersimpan",
        "tersedia",
        "terdokumentasi",
        "dokumentasi",
        "wa",
        "whatsapp",
    ];
    let is_link = text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.");
    let is_kept = || text.split(|c: char| !c.is_alphanumeric()).next().is_some_and(|first| KEPT.contains(&first));
    let is_count = || {
        let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let count = &text[..text.len() - unit.len()];
        let unit = unit.trim().trim_end_matches('.');
        count.parse::<u32>().is_ok_and(|count| count > 0) && (unit.is_empty() || UNITS.contains(&unit))
    };
    is_link || is_kept() || FILES.iter().any(|end| text.ends_with(end)) || is_count()
}

/// A cell of an attendance: also `H` for hadir, and `A`, `I`, `S` for alpa, izin and sakit, which elsewhere may mean
/// other things.
pub(in crate::recap) fn attended(value: Option<&CellValue>) -> CellReading<Mark> {
    let reading = yes_no(value)?;
    let (Some(Mark::Unknown), Some(CellValue::Text(text))) = (reading, value) else { return Ok(reading) };
    Ok(Some(match trim(text).trim_end_matches('.').to_lowercase().as_str() {
        "h" | "hdr" => Mark::Yes,
        "a" | "i" | "s" | "alfa" | "alpha" | "sakit" | "ijin" | "th" => Mark::No,
        _ => Mark::Unknown,
    }))
}

fn of_value(value: &CellValue) -> Mark {
    match value {
        CellValue::Bool(true) => Mark::Yes,
        CellValue::Bool(false) => Mark::No,
        CellValue::Number { value, .. } if (*value - 1.0).abs() < f64::EPSILON => Mark::Yes,
        CellValue::Number { value, .. } if value.abs() < f64::EPSILON => Mark::No,
        _ => Mark::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x_plans_and_denies() {
        let x = CellValue::Text(" X ".into());
        assert_eq!(planned(Some(&x)), Ok(Some(Mark::Yes)));
        let plan = |text: &str| planned(Some(&CellValue::Text(text.into())));
        assert_eq!(["1X", "1 x", "1 Kali"].map(plan), [const { Ok(Some(Mark::Yes)) }; 3]);
        // Twice in a month is one slot or two: asked.
        assert_eq!(["2X", "11x"].map(plan), [const { Ok(Some(Mark::Unknown)) }; 2]);
        assert_eq!(yes_no(Some(&x)), Ok(Some(Mark::No)));
    }

    #[test]
    fn evidence_may_be_a_link_or_a_count() {
        let mark = |text: &str| evidence(Some(&CellValue::Text(text.into()))).unwrap();
        for text in [
            "https://drive.google.com/open?id=1",
            "IMG_01.JPG",
            "3",
            "2 foto",
            "1lbr.",
            "Link",
            "di drive",
            "scan PDF",
            "12 orang",
            "Ada",
            "√",
        ] {
            assert_eq!(mark(text), Some(Mark::Yes), "{text}");
        }
        for text in ["-", "Tidak", "0", "belum"] {
            assert_eq!(mark(text), Some(Mark::No), "{text}");
        }
        assert_eq!((mark("menyusul"), mark("2 hari")), (Some(Mark::Unknown), Some(Mark::Unknown)));
    }

    #[test]
    fn letters_of_an_attendance() {
        let mark = |letter: &str| attended(Some(&CellValue::Text(letter.into())));
        assert_eq!(["H", " h ", "√"].map(mark), [const { Ok(Some(Mark::Yes)) }; 3]);
        assert_eq!(["A", "i", "S", "Sakit", "x", "-"].map(mark), [const { Ok(Some(Mark::No)) }; 6]);
        assert_eq!((mark("B"), mark(" ")), (Ok(Some(Mark::Unknown)), Ok(None)));
        assert_eq!(yes_no(Some(&CellValue::Text("A".into()))), Ok(Some(Mark::Unknown)));
    }

    #[test]
    fn the_words_of_the_columns() {
        for word in ["√", "v", "V", "✓", "1", "x"] {
            assert_eq!(planned(Some(&CellValue::Text(word.into()))), Ok(Some(Mark::Yes)), "{word}");
        }
        for word in ["Ada", "ADA", "Ya", "ya ", "√", "✓", "v", "1"] {
            assert_eq!(yes_no(Some(&CellValue::Text(word.into()))), Ok(Some(Mark::Yes)), "{word}");
        }
        for word in ["Tidak", "tidak ada", "-", "x", "0", "Tidak hadir"] {
            assert_eq!(yes_no(Some(&CellValue::Text(word.into()))), Ok(Some(Mark::No)), "{word}");
        }
        assert_eq!(yes_no(Some(&CellValue::Text("mungkin".into()))), Ok(Some(Mark::Unknown)));
        assert_eq!(yes_no(Some(&CellValue::Text("  ".into()))), Ok(None));
        assert_eq!(yes_no(None), Ok(None));
    }
}
