//! The signatures below a table: who, in which capacity, with which NIP, where and when. They stand in columns
//! side by side, each a title, some empty rows, a name, a NIP; or all of it in one cell. Never rows of a table.

use super::cells::date::parse;
use super::cells::date_words::month_number;
use super::cells::date_words::{WEEKDAYS, parts};
use super::cells::{is_blank, squeeze};
use crate::domain::name::plain_words;
use crate::domain::period::{YEAR_MAX, YEAR_MIN};
use crate::domain::records::CellRef;
use crate::domain::{Date, Signature, SignatureRole};
use crate::workbook::{CellValue, Row, Sheet};

/// Rows at the end of a table that are searched for its signatures.
const ROWS_SEARCHED: usize = 40;
/// Longest line of a signature, characters; longer text is a note.
const LINE_CHARS: usize = 120;
/// Digits of a NIP.
const NIP_DIGITS: usize = 18;

/// Beginnings of the lines that open a block of signatures.
const OPENINGS: [&str; 21] = [
    "mengetahui",
    "menyetujui",
    "mengesahkan",
    "nip",
    "kepala upt",
    "kepala uptd",
    "kepala puskesmas",
    "kepala blud",
    "plt kepala",
    "plh kepala",
    "pj kepala",
    "yang membuat",
    "yang melaporkan",
    "dibuat oleh",
    "pj jejaring",
    "pj jaringan",
    "penanggung jawab jejaring",
    "penanggung jawab jaringan",
    "koordinator jejaring",
    "pengelola jejaring",
    "pengelola program",
];
/// Words that only say that somebody signs, before the title.
const LEADS: [&str; 3] = ["mengetahui", "menyetujui", "mengesahkan"];
/// Beginnings of titles.
const TITLES: [&str; 12] = [
    "kepala",
    "pj",
    "plt",
    "plh",
    "penanggung jawab",
    "koordinator",
    "pengelola",
    "pelaksana",
    "petugas",
    "pembina",
    "yang membuat",
    "dibuat oleh",
];

/// Reports whether a text opens a block of signatures: `Mengetahui,`, a title, a NIP, or `Kota, 5 Juni 2023`.
pub(super) fn is_opening(text: &str) -> bool {
    let words = plain_words(text) + " ";
    OPENINGS.iter().any(|opening| words.starts_with(&format!("{opening} "))) || place_and_date(text).is_some()
}

/// The signatures below the tables of a sheet that end in these rows.
pub(super) fn signatures(sheet: &Sheet, ends: &[u32]) -> Vec<Signature> {
    let mut found: Vec<Signature> = Vec::new();
    for end in ends {
        let end = sheet.rows.partition_point(|row| row.index <= *end);
        let tail = &sheet.rows[end.saturating_sub(ROWS_SEARCHED)..end];
        let Some(start) = tail.iter().position(opens) else { continue };
        let more = SignatureBlock::from_rows(&tail[start..]).signatures(&sheet.name);
        found
            .extend(more.into_iter().filter(|one| !found.iter().any(|held| held.cell == one.cell)).collect::<Vec<_>>());
    }
    found
}

/// Reports whether a row holds nothing but such texts.
fn opens(row: &Row) -> bool {
    let mut texts = row.cells.iter().filter(|cell| !is_blank(Some(&cell.value))).peekable();
    texts.peek().is_some()
        && texts.all(|cell| match &cell.value {
            CellValue::Text(text) => {
                text.lines().map(plain_words).any(|line| title_of(&line).is_some()) || is_opening(text)
            }
            CellValue::Date(_) => true,
            _ => false,
        })
        && row.cells.iter().any(|cell| cell.value.text().is_some_and(|text| text.lines().any(is_opening)))
}

/// One line of text in a column.
struct TextLine {
    /// Row, and the line within its cell.
    at: (u32, u32),
    place: CellRef,
    text: String,
    words: String,
}

/// A title under which a name is looked for.
struct Office<'l> {
    line: &'l TextLine,
    below: Vec<&'l TextLine>,
}

struct SignatureBlock {
    lines: Vec<TextLine>,
    place: Option<String>,
    date: Option<Date>,
}

impl SignatureBlock {
    fn from_rows(rows: &[Row]) -> Self {
        let mut block = Self { lines: Vec::new(), place: None, date: None };
        for row in rows {
            for (cell, next) in row.cells.iter().zip(row.cells.iter().skip(1).map(Some).chain([None])) {
                let Some(text) = cell.value.text() else { continue };
                let place = CellRef { row: row.index, column: cell.column };
                for (line, text) in (0..).zip(text.lines()) {
                    block.take((row.index, line), place, text, next.map(|next| &next.value));
                }
            }
        }
        block
    }

    fn take(&mut self, at: (u32, u32), place: CellRef, text: &str, next: Option<&CellValue>) {
        let text = squeeze(text);
        let words = plain_words(&text);
        if words.is_empty() || text.chars().count() > LINE_CHARS {
            return;
        }
        let beside = || match next {
            Some(CellValue::Date(date)) => format!("{text} {}", date.format("%d-%m-%Y")),
            Some(CellValue::Text(next)) => format!("{text} {next}"),
            _ => String::new(),
        };
        let written = place_and_date(&text).or_else(|| text.ends_with(',').then(|| place_and_date(&beside()))?);
        match written {
            Some((place, date)) => {
                self.place.get_or_insert(place);
                self.date = self.date.or(date);
            }
            None => self.lines.push(TextLine { at, place, text, words }),
        }
    }

    fn signatures(&self, sheet: &str) -> Vec<Signature> {
        let mut offices: Vec<Office<'_>> = Vec::new();
        for line in &self.lines {
            if title_of(&line.words).is_some() {
                offices.push(Office { line, below: Vec::new() });
                continue;
            }
            // The nearest column; of two above each other the lower one.
            let nearest = offices.iter_mut().rev().filter(|office| office.line.at.0 <= line.at.0);
            if let Some(office) = nearest.min_by_key(|office| office.line.place.column.abs_diff(line.place.column)) {
                office.below.push(line);
            }
        }
        offices.iter().filter_map(|office| self.signature(office, sheet)).collect()
    }

    fn signature(&self, office: &Office<'_>, sheet: &str) -> Option<Signature> {
        let nip_at = office.below.iter().position(|line| is_nip(&line.words));
        let named = if let Some(nip) = nip_at {
            nip.checked_sub(1)?
        } else {
            // Without a NIP a name stands below a gap for the signature.
            let before = std::iter::once(office.line).chain(office.below.iter().copied());
            before.zip(&office.below).position(|(above, line)| is_gap(above.at, line.at))?
        };
        let name = name_of(&office.below[named].text)?;
        let (_, title) = title_of(&office.line.words)?;
        let words = plain_words(&office.line.text);
        let skipped = words.split(' ').count() - title.split(' ').count();
        let first = office.line.text.split_whitespace().filter(|piece| !plain_words(piece).is_empty()).skip(skipped);
        let more = office.below[..named].iter().flat_map(|line| line.text.split_whitespace());
        let title = first.chain(more).collect::<Vec<_>>().join(" ").trim_end_matches([',', ':']).to_owned();
        let (role, is_acting) = role_of(&plain_words(&title));
        Some(Signature {
            sheet: sheet.to_owned(),
            cell: office.below[named].place,
            role,
            is_acting,
            title,
            name,
            nip: nip_at.and_then(|nip| nip_of(&office.below[nip..])),
            place: self.place.clone(),
            date: self.date,
        })
    }
}

/// The beginning of a title and the words from there on; none where the words are no title.
fn title_of(words: &str) -> Option<(&'static str, &str)> {
    let rest = LEADS.iter().find_map(|lead| words.strip_prefix(lead)).unwrap_or(words).trim_start();
    let title = TITLES
        .iter()
        .find(|title| rest.strip_prefix(**title).is_some_and(|after| !after.starts_with(char::is_alphanumeric)))?;
    Some((title, rest))
}

fn role_of(title: &str) -> (SignatureRole, bool) {
    let words: Vec<&str> = title.split(' ').collect();
    let has = |word: &str| words.contains(&word);
    let is_acting = has("plt") || has("plh") || title.starts_with("pj kepala");
    let is_of_puskesmas = ["upt", "uptd", "puskesmas", "blud", "pkm"].into_iter().any(has);
    let is_network = has("jejaring") || has("jaringan");
    let is_coordinator = has("pj") || title.contains("penanggung jawab") || has("koordinator");
    let role = if has("kepala") && is_of_puskesmas && !has("dinas") && !title.contains("tata usaha") {
        SignatureRole::Head
    } else if is_coordinator && (is_network || words.len() <= 2) {
        SignatureRole::Coordinator
    } else if has("pengelola") {
        SignatureRole::Manager
    } else {
        SignatureRole::Other
    };
    (role, is_acting)
}

fn is_nip(words: &str) -> bool {
    words.strip_prefix("nip").is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

/// The digits of `NIP. 19700101 199903 1 001`, or of the cell beside it.
fn nip_of(lines: &[&TextLine]) -> Option<String> {
    let first = lines.first()?;
    let beside = lines.iter().skip(1).filter(|line| line.at.0 == first.at.0);
    let texts = std::iter::once(first).chain(beside).map(|line| line.text.as_str());
    let digits: String = texts.flat_map(str::chars).filter(char::is_ascii_digit).collect();
    (digits.len() == NIP_DIGITS).then_some(digits)
}

/// Reports whether rows, or lines of one cell, lie between two lines.
fn is_gap(above: (u32, u32), below: (u32, u32)) -> bool {
    if above.0 == below.0 { below.1 > above.1 + 1 } else { below.0 > above.0 + 1 }
}

/// A name without the brackets or dots on which it is written; none where nobody wrote one.
fn name_of(text: &str) -> Option<String> {
    let name = squeeze(text.trim_matches(|c: char| matches!(c, '(' | ')' | '_' | '…') || c.is_whitespace()));
    let name = name.trim_start_matches(['.', ' ']);
    (name.chars().filter(|c| c.is_alphabetic()).count() >= 3).then(|| name.to_owned())
}

/// `Bendosari, 5 Juni 2023`: the town, and the date where it is one (`0 April 2024` is none).
fn place_and_date(text: &str) -> Option<(String, Option<Date>)> {
    if text.len() > LINE_CHARS {
        return None;
    }
    let (place, rest) = text.split_once(',')?;
    let words = plain_words(place);
    let is_place = words.chars().all(|c| c.is_alphabetic() || c == ' ')
        && (1..=4).contains(&words.split(' ').filter(|word| !word.is_empty()).count())
        && title_of(&words).is_none()
        && !WEEKDAYS.contains(&words.replace(' ', "").as_str())
        && !LEADS.iter().any(|lead| words.starts_with(lead));
    let date = parse(rest).filter(|date| (YEAR_MIN..=YEAR_MAX).contains(&chrono::Datelike::year(date)));
    let parts = parts(rest);
    let is_year =
        |part: &String| part.len() == 4 && part.parse().is_ok_and(|year| (YEAR_MIN..=YEAR_MAX).contains(&year));
    let is_dated = date.is_some()
        || parts.len() <= 3 && parts.iter().any(|part| month_number(part).is_some()) && parts.iter().any(is_year)
        || parts.len() == 1 && parts.iter().all(is_year) && rest.contains("..");
    (is_place && is_dated).then(|| (squeeze(place), date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, Visibility};

    fn sheet(rows: &[(u32, &[(u32, &str)])]) -> Sheet {
        let rows = rows.iter().map(|(index, cells)| Row {
            index: *index,
            cells: cells
                .iter()
                .map(|(column, text)| Cell { column: *column, value: CellValue::Text((*text).into()) })
                .collect(),
        });
        Sheet::new("Mei".to_owned(), Visibility::Visible, rows.collect(), Vec::new())
    }

    fn read(rows: &[(u32, &[(u32, &str)])]) -> Vec<Signature> {
        signatures(&sheet(rows), &[u32::MAX])
    }

    #[test]
    fn two_signatures_side_by_side() {
        let found = read(&[
            (5, &[(1, "Apotek Alvi"), (4, "PJ Jejaring")]),
            (8, &[(7, "Bendosari, 0 April 2024")]),
            (9, &[(1, "Mengetahui,")]),
            (10, &[(1, "Plt. Kepala UPT Puskesmas"), (7, "PJ. Jejaring dan Jaringan")]),
            (11, &[(1, "Abcde")]),
            (15, &[(2, "dr. Budi Santoso, M.Kes"), (7, "Citra Dewi, A.Md.Keb")]),
            (16, &[(2, "NIP. 19700101 199903 1 001"), (7, "NIP 198502022010012002")]),
        ]);
        let [head, coordinator] = &found[..] else { unreachable!("two: {found:?}") };
        assert_eq!((head.role, head.is_acting), (SignatureRole::Head, true));
        assert_eq!(head.title, "Plt. Kepala UPT Puskesmas Abcde");
        assert_eq!((head.name.as_str(), head.nip.as_deref()), ("dr. Budi Santoso, M.Kes", Some("197001011999031001")));
        assert_eq!((head.place.as_deref(), head.date), (Some("Bendosari"), None));
        assert_eq!(head.cell.to_string(), "C16");
        assert_eq!((coordinator.role, coordinator.is_acting), (SignatureRole::Coordinator, false));
        assert_eq!(coordinator.nip.as_deref(), Some("198502022010012002"));
    }

    #[test]
    fn one_cell_no_nip_and_brackets() {
        let cell = "Mengetahui,\nKepala Puskesmas Abcde\n\n\n\n( dr. Budi )\nNIP. 1985";
        let found = read(&[(9, &[(1, cell)]), (10, &[(6, "Abcde, 5 Juni 2023")])]);
        let [head] = &found[..] else { unreachable!("one: {found:?}") };
        assert_eq!((head.title.as_str(), head.name.as_str()), ("Kepala Puskesmas Abcde", "dr. Budi"));
        assert_eq!((head.nip.as_deref(), head.date), (None, Date::from_ymd_opt(2023, 6, 5)));
        let found = read(&[
            (1, &[(0, "Mengetahui Kepala UPT Puskesmas Abcde"), (5, "Pengelola Program")]),
            (5, &[(0, "…………"), (5, "Citra")]),
        ]);
        let [manager] = &found[..] else { unreachable!("one: {found:?}") };
        assert_eq!(
            (manager.role, manager.name.as_str(), manager.place.as_deref()),
            (SignatureRole::Manager, "Citra", None)
        );
    }

    #[test]
    fn rows_of_a_table_are_no_signatures() {
        let rows: &[(u32, &[(u32, &str)])] = &[
            (1, &[(0, "Apotek Alvi"), (1, "Kepala Puskesmas")]),
            (2, &[(0, "Senin, 12 Mei 2023"), (1, "PJ Jejaring")]),
            (3, &[(0, "Klinik Alvi"), (1, "NIP. 19700101 199903 1 001")]),
        ];
        assert_eq!(read(rows), []);
        for text in
            ["Senin, 12 Mei 2023", "Jum'at, 12 Mei 2023", "Jl. Melati 5, Desa Ngatri", "Klinik A, B", "Klinik Mei 2023"]
        {
            assert!(!is_opening(text), "{text}");
        }
        for text in
            ["Abcde, 0 April 2024", "Abcde,     Januari 2024", "Kota Abcde, …. April 2024", "NIP. 1970", "Mengetahui :"]
        {
            assert!(is_opening(text), "{text}");
        }
    }
}
