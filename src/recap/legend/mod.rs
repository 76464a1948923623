//! The legends of a sheet: the meanings that it gives its signs and colours itself, in the texts of its cells (`● = rencana`,
//! `H = Hadir  TH = Tidak Hadir`, `Merah | tidak terlaksana`) or by a filled cell with words beside it. What a meaning comes
//! to in a plan, an attendance or reports, the files of this room say. Knows no table.

pub(super) mod colours;
pub(super) mod marks;
pub(super) mod persons;
mod plan_words;
pub(super) mod receipts;
pub(super) mod signs;

use std::sync::{Arc, OnceLock};

use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::{is_blank, trim, value_text};
use crate::recap::colours::{ColourWord, NamedColour, colour_words_in, distance, fill_at};
use crate::recap::layout::Heading;
use crate::workbook::{FillColour, Row, Sheet};

/// Longest legend, bytes.
const LEGEND_BYTES: usize = 300;
/// Texts that are looked at for legends.
const TEXTS_MAX: usize = 200_000;
/// Longest sign, characters.
const SIGN_CHARS: usize = 4;
/// Columns beside a sign or a colour in which its words may stand.
const COLUMNS_BESIDE: u32 = 3;
/// Colours of a sheet that are explained.
const COLOURS_MAX: usize = 200;
/// Words before a sign that say nothing of it.
const MERE_WORDS: [&str; 11] =
    ["ket", "keterangan", "catatan", "tanda", "simbol", "kode", "huruf", "inisial", "petugas", "nb", "legenda"];
/// Words before a sign that make it one of a team.
const TEAM_WORDS: [&str; 5] = ["tim", "team", "regu", "kelompok", "kel"];
/// Labels that look like signs.
const NO_SIGNS: [&str; 12] = ["ket", "nb", "no", "nip", "tgl", "hal", "kec", "kab", "upt", "uptd", "desa", "jam"];

/// The legends of one sheet, read when they are first asked for.
#[derive(Clone, Debug)]
pub(super) struct Legend<'w> {
    sheet: &'w Sheet,
    signs: Arc<OnceLock<Vec<ExplainedSign>>>,
}

/// A sign and the words by which a sheet explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ExplainedSign {
    /// The cell of the explanation.
    pub(super) place: CellRef,
    /// As written.
    pub(super) sign: String,
    /// Nothing stands before the sign that it could be the end of.
    pub(super) is_alone: bool,
    /// A word for a team stands before it: `Tim A`.
    pub(super) is_team: bool,
    /// The words up to the next comma.
    pub(super) said: String,
    /// The words up to the next sign.
    pub(super) all_said: String,
}

impl<'w> Legend<'w> {
    /// The legends of a sheet.
    pub(super) fn from_sheet(sheet: &'w Sheet) -> Self {
        Self { sheet, signs: Arc::default() }
    }

    /// The signs that are explained, in the order of their cells.
    pub(super) fn signs(&self) -> &[ExplainedSign] {
        self.signs.get_or_init(|| signs_of(self.sheet))
    }

    /// The signs that these rows explain.
    pub(super) fn signs_among(&self, rows: &[Row]) -> impl Iterator<Item = &ExplainedSign> {
        let first = rows.first().map_or(u32::MAX, |row| row.index);
        let last = rows.last().map_or(0, |row| row.index);
        self.signs().iter().filter(move |one| (first..=last).contains(&one.place.row))
    }

    /// The colours that are explained, but for what stands in cells that are `is_own` to a table; below its last row the
    /// words may stand in the filled cell itself.
    pub(super) fn colours(&self, last_row: u32, is_own: &dyn Fn(CellRef) -> bool) -> Vec<ExplainedColour> {
        let mut found: Vec<ExplainedColour> = Vec::new();
        let mut looked_at = 0;
        for row in &self.sheet.rows {
            for cell in &row.cells {
                let place = CellRef { row: row.index, column: cell.column };
                let Some(text) = cell.value.text().filter(|_| !is_own(place)) else { continue };
                looked_at += 1;
                if looked_at > TEXTS_MAX || found.len() > COLOURS_MAX {
                    return found;
                }
                if text.len() <= LEGEND_BYTES {
                    found.extend(named(row, place, text));
                    let shown = shown_by_fill(self.sheet, place, text);
                    found.extend(shown.filter(|shown| !shown.is_in_fill || row.index > last_row));
                }
            }
        }
        found
    }
}

fn signs_of(sheet: &Sheet) -> Vec<ExplainedSign> {
    let mut found = Vec::new();
    let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
    for (row, cell) in cells.take(TEXTS_MAX) {
        let Some(text) = cell.value.text().filter(|text| text.len() <= LEGEND_BYTES) else { continue };
        if text.contains(['=', ':']) || text.contains(" berarti ") || text.contains(" artinya ") {
            let place = CellRef { row: row.index, column: cell.column };
            let beside = Beside::from_row(row, cell.column);
            found.extend(explained(text, &beside).into_iter().map(|meaning| ExplainedSign { place, ..meaning }));
        }
    }
    found
}

/// The words in the cells to the left and to the right of an explanation: `● | = | rencana`.
#[derive(Default)]
struct Beside {
    left: String,
    right: String,
}

impl Beside {
    fn from_row(row: &Row, column: u32) -> Self {
        let at = row.cells.partition_point(|cell| cell.column < column);
        let words = |cell: &crate::workbook::Cell| value_text(&cell.value);
        let after = row.cells.get(at + 1).filter(|cell| cell.column <= column + COLUMNS_BESIDE);
        Self {
            left: at.checked_sub(1).map(|before| words(&row.cells[before])).unwrap_or_default(),
            right: after.map(words).unwrap_or_default(),
        }
    }
}

/// The signs that a text explains.
fn explained(text: &str, beside: &Beside) -> Vec<ExplainedSign> {
    let text = text.replace(" berarti ", " = ").replace(" artinya ", " = ");
    let mut found = Vec::new();
    for line in text.split([';', '\n', '|']) {
        let mut of_line: Vec<ExplainedSign> = Vec::new();
        for part in line.split(',') {
            let sides: Vec<&str> = part.split(['=', ':']).collect();
            if let ([more], Some(last)) = (&sides[..], of_line.last_mut()) {
                last.all_said.push_str(", ");
                last.all_said.push_str(trim(more));
                continue;
            }
            let is_equated = part.contains('=');
            for (at, pair) in sides.windows(2).enumerate() {
                let is_last = at + 2 == sides.len();
                // The sign of the next meaning stands behind this one.
                let said = if is_last { trim(pair[1]) } else { without_sign(pair[1]) };
                let said = if said.is_empty() && is_last { trim(&beside.right) } else { said };
                let left = if at == 0 { beside.left.as_str() } else { "" };
                let found = explained_sign(pair[0], left, said).filter(|one| is_equated || !is_figure(&one.sign));
                // What stands before a further sign is the meaning of the one before it.
                of_line.extend(found.map(|found| ExplainedSign { is_alone: found.is_alone || at > 0, ..found }));
            }
        }
        found.append(&mut of_line);
    }
    found
}

/// The sign at the end of the words before a meaning, or in the cell left of it.
fn explained_sign(before: &str, left: &str, said: &str) -> Option<ExplainedSign> {
    let is_beside = sign_in(before).is_empty();
    let text = if is_beside { left } else { before };
    let sign = sign_in(text);
    let words = plain_words(without_sign(text));
    let is_sign = !sign.is_empty() && sign.chars().count() <= SIGN_CHARS && !said.is_empty();
    if !is_sign || NO_SIGNS.contains(&plain_words(sign).as_str()) {
        return None;
    }
    let is_team = words.split(' ').next_back().is_some_and(|last| TEAM_WORDS.contains(&last));
    let is_mere = |word: &str| word.is_empty() || MERE_WORDS.contains(&word) || TEAM_WORDS.contains(&word);
    let is_alone = words.split(' ').all(is_mere);
    // A cell of its own holds nothing but the sign.
    if is_beside && !is_alone {
        return None;
    }
    Some(ExplainedSign {
        place: CellRef::default(),
        sign: sign.to_owned(),
        is_alone,
        is_team,
        said: said.to_owned(),
        all_said: said.to_owned(),
    })
}

fn is_figure(sign: &str) -> bool {
    sign.chars().all(|c| c.is_ascii_digit())
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"' | '\'' | '“' | '”')
}

/// The sign that stands last in a text, without brackets and quotes: `Ket. (x)` → `x`.
fn sign_in(text: &str) -> &str {
    text.trim_end_matches(is_between).rsplit(is_between).next().unwrap_or_default()
}

/// Returns the words before that sign.
fn without_sign(text: &str) -> &str {
    let text = text.trim_end_matches(is_between);
    trim(text.strip_suffix(sign_in(text)).unwrap_or(text))
}

/// Reports whether a row begins the legend or notes below a table.
pub(super) fn begins_notes(row: &Row, heading: &Heading) -> bool {
    let first = heading.cells(row).iter().find(|cell| !is_blank(Some(&cell.value)));
    let words = first.and_then(|cell| cell.value.text()).map(plain_words).unwrap_or_default();
    let first = words.split(' ').next().unwrap_or_default();
    ["ket", "keterangan", "catatan", "legenda", "legend", "warna", "nb", "note"].contains(&first)
}

/// The colour of a legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LegendColour {
    Named(&'static ColourWord),
    Shown(FillColour),
}

/// A colour and the words by which a sheet explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ExplainedColour {
    /// The cell of the explanation.
    pub(super) place: CellRef,
    colour: LegendColour,
    /// The words that say the meaning.
    pub(super) said: String,
    /// The whole text, as it is written.
    pub(super) text: String,
    /// The words stand in the filled cell itself: titles and sums are filled too, and mean nothing by it.
    pub(super) is_in_fill: bool,
}

impl ExplainedColour {
    /// Returns the distance of a colour from the explained one, where that can mean it; less than nought where they are the same.
    pub(super) fn distance(&self, colour: FillColour) -> Option<i32> {
        match self.colour {
            LegendColour::Named(word) => distance(word, colour),
            LegendColour::Shown(shown) => (shown == colour).then_some(-1),
        }
    }

    /// The word of an explained colour that is named, or the hexadecimal digits of one that is shown.
    #[cfg(test)]
    pub(super) fn name(&self) -> String {
        match self.colour {
            LegendColour::Named(word) => word.word.to_owned(),
            LegendColour::Shown(FillColour(colour)) => format!("{colour:06X}"),
        }
    }
}

/// The colours that a text names with their meanings.
fn named(row: &Row, place: CellRef, text: &str) -> Vec<ExplainedColour> {
    let lower = text.to_lowercase().replace("abu-abu", "abuabu");
    let named = colour_words_in(&lower);
    let meaning = |word, said: &str, text: &str| ExplainedColour {
        place,
        colour: LegendColour::Named(word),
        said: said.to_owned(),
        text: text.trim().to_owned(),
        is_in_fill: false,
    };
    let Some(first) = named.first() else { return Vec::new() };
    let mere = ["warna", "ket", "keterangan", "sel", "baris", "muda", "tua", "blok", "merah", "kuning", "hijau"];
    let is_mere = plain_words(&lower).split(' ').all(|word| mere.contains(&word) || word == first.word.word);
    if is_mere {
        // `Merah | = tidak terlaksana`
        let beside = (place.column + 1..=place.column + COLUMNS_BESIDE).filter_map(|column| row.get(column));
        let said = beside.filter(|value| !is_blank(Some(value))).map(value_text).next();
        return said.map(|said| meaning(first.word, &said, &format!("{} {said}", text.trim()))).into_iter().collect();
    }
    let mut found: Vec<ExplainedColour> = Vec::new();
    for (place, NamedColour { word, end, .. }) in named.iter().enumerate() {
        let next = named.get(place + 1).map_or(lower.len(), |next| next.start);
        let after = &lower[*end..next];
        let Some(separator) = after.find(['=', ':', '→', '–']).or_else(|| after.find(" - ")) else { continue };
        let only_shade = plain_words(&after[..separator]);
        let said = after[separator..].split(['\n', ';', ',']).next().unwrap_or_default();
        if ["", "muda", "tua"].contains(&only_shade.as_str()) && !plain_words(said).is_empty() {
            found.push(meaning(word, said, text));
        }
    }
    // `tidak terlaksana = merah`, `Yang batal diberi warna merah`
    let is_about = lower.contains('=') || lower.contains("warna") || lower.contains('(') || lower.contains("arsir");
    if found.is_empty() && is_about {
        found.extend(named.iter().map(|one| meaning(one.word, &lower, text)));
    }
    found
}

/// The colour of a filled cell with words in it, or of a blank one left of them.
fn shown_by_fill(sheet: &Sheet, place: CellRef, text: &str) -> Option<ExplainedColour> {
    let meaning = |colour, is_in_fill| ExplainedColour {
        place,
        colour: LegendColour::Shown(colour),
        said: text.to_owned(),
        text: text.trim().to_owned(),
        is_in_fill,
    };
    if let Some(colour) = fill_at(sheet, place) {
        return Some(meaning(colour, true));
    }
    let before = CellRef { row: place.row, column: place.column.checked_sub(1)? };
    let colour = fill_at(sheet, before).filter(|_| is_blank(sheet.get(before)))?;
    Some(meaning(colour, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, CellValue, Visibility};

    fn said(row: &[&str]) -> Vec<(String, String)> {
        let cells = (0..).zip(row).filter(|(_, text)| !text.is_empty());
        let cells = cells.map(|(column, text)| Cell { column, value: CellValue::Text((*text).into()) }).collect();
        let rows = vec![Row { index: 20, cells }];
        let sheet = Sheet::new("Mei".to_owned(), Visibility::Visible, rows, Vec::new());
        Legend::from_sheet(&sheet).signs().iter().map(|one| (one.sign.clone(), one.all_said.clone())).collect()
    }

    #[test]
    fn signs_of_many_spellings() {
        let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(sign, said)| ((*sign).to_owned(), (*said).to_owned())).collect()
        };
        for (row, found) in [
            (&["Ket: ● = rencana, × = batal"][..], &[("●", "rencana"), ("×", "batal")][..]),
            (&["● = rencana  ○ = batal"], &[("●", "rencana"), ("○", "batal")]),
            (&["H = Hadir  TH = Tidak Hadir"], &[("H", "Hadir"), ("TH", "Tidak Hadir")]),
            (&["●", "= rencana"], &[("●", "rencana")]),
            (&["●", "=", "rencana"], &[("●", "rencana")]),
            (&["A :", "dr. Sari"], &[("A", "dr. Sari")]),
            (&["tanda (x) berarti hadir"], &[("x", "hadir")]),
            (&["A = dr. Sari, Sp.A, B = bidan Rina, S.Keb"], &[("A", "dr. Sari, Sp.A"), ("B", "bidan Rina, S.Keb")]),
            (&["Tim A : dr. Sari; Tim B : Rina"], &[("A", "dr. Sari"), ("B", "Rina")]),
            (&["TAHUN : 2025", "NIP : 1972"], &[]),
            (&["1 : satu"], &[]),
            (&["1 = ada"], &[("1", "ada")]),
        ] {
            assert_eq!(said(row), pairs(found), "{row:?}");
        }
    }

    #[test]
    fn words_before_a_sign_tell_what_it_is_of() {
        let beside = Beside::default();
        for (text, is_alone, is_team) in
            [("Ket. A = Sari", true, false), ("Tim A = Sari", true, true), ("Bulan I = Januari", false, false)]
        {
            let found = explained(text, &beside);
            assert_eq!((found[0].is_alone, found[0].is_team), (is_alone, is_team), "{text}");
        }
    }
}
