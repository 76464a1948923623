//! What the colours of a sheet mean by its own account: legends such as `merah = tidak terlaksana`, or a filled cell
//! with words beside it. Knows nothing of tables.

use super::cells::{is_blank, shown};
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::workbook::{FillColour, Row, Sheet};

/// Colours that a marked copy puts on wrong cells; they are Simpul's own and mean nothing.
const OF_MARKED_COPIES: [u32; 2] = [0xF2_A19C, 0xFF_EB94];
/// Texts that are looked at for legends.
const TEXTS_MAX: usize = 200_000;
/// Longest legend, bytes.
const LEGEND_BYTES: usize = 300;
/// Legends of a sheet that are kept.
const LEGENDS_MAX: usize = 40;
/// Columns to the right of a colour in which its words may stand.
const COLUMNS_BESIDE: u32 = 3;
/// How far the parts of a colour lie apart at most where it is a grey, of 255.
const GREY_MAX: i32 = 24;

/// Reports whether the fill of a cell is that of a marked copy, which covers its own.
pub(super) fn is_covered(sheet: &Sheet, place: CellRef) -> bool {
    sheet.marks.fill_at(place).is_some_and(|FillColour(colour)| OF_MARKED_COPIES.contains(&colour))
}

/// The fill of a cell that somebody gave it.
pub(super) fn fill_at(sheet: &Sheet, place: CellRef) -> Option<FillColour> {
    sheet.marks.fill_at(place).filter(|FillColour(colour)| !OF_MARKED_COPIES.contains(colour))
}

/// The colour of a cell that somebody gave it: of its area, else of its text.
pub(super) fn colour_at(sheet: &Sheet, place: CellRef) -> Option<FillColour> {
    fill_at(sheet, place).or_else(|| sheet.marks.ink_at(place))
}

/// A word for colours: their middle on the colour circle and how far they reach from it, degrees; none for grey.
#[derive(Debug, PartialEq, Eq)]
struct ColourWord {
    word: &'static str,
    circle: Option<Arc>,
}

/// A part of the colour circle, degrees.
#[derive(Debug, PartialEq, Eq)]
struct Arc {
    middle: i32,
    reach: i32,
}

const fn word(word: &'static str, middle: i32, reach: i32) -> ColourWord {
    ColourWord { word, circle: Some(Arc { middle, reach }) }
}

static WORDS: [ColourWord; 14] = [
    word("merah", 0, 28),
    word("pink", 335, 40),
    word("oranye", 25, 22),
    word("orange", 25, 22),
    word("jingga", 25, 22),
    word("coklat", 20, 18),
    word("cokelat", 20, 18),
    word("kuning", 54, 18),
    word("hijau", 115, 57),
    word("biru", 212, 48),
    word("ungu", 280, 35),
    ColourWord { word: "abu", circle: None },
    ColourWord { word: "abuabu", circle: None },
    ColourWord { word: "grey", circle: None },
];

/// Degrees on the colour circle; none for a grey.
fn degrees(FillColour(colour): FillColour) -> Option<i32> {
    let part = |shift: u32| i32::try_from(colour >> shift & 0xFF).unwrap_or(0);
    let red = part(16);
    let green = part(8);
    let blue = part(0);
    let most = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    let chroma = most - least;
    if chroma <= GREY_MAX {
        return None;
    }
    let turned = if most == red {
        60 * (green - blue) / chroma
    } else if most == green {
        120 + 60 * (blue - red) / chroma
    } else {
        240 + 60 * (red - green) / chroma
    };
    Some(turned.rem_euclid(360))
}

/// How far a colour is from a word, where the word can mean it.
fn distance(word: &ColourWord, colour: FillColour) -> Option<i32> {
    match (&word.circle, degrees(colour)) {
        (None, None) => Some(0),
        (Some(Arc { middle, reach }), Some(degrees)) => {
            let apart = (degrees - middle).rem_euclid(360);
            Some(apart.min(360 - apart)).filter(|apart| apart <= reach)
        }
        _ => None,
    }
}

/// The word that people have for a colour.
pub(super) fn word_of(colour: FillColour) -> String {
    let nearest = WORDS.iter().filter_map(|word| Some((distance(word, colour)?, word.word))).min();
    nearest.map_or_else(|| "warna lain".to_owned(), |(_, word)| word.to_owned())
}

/// Reports whether people would call a colour red.
pub(super) fn is_red(colour: FillColour) -> bool {
    distance(&WORDS[0], colour).is_some()
}

/// What a legend says that a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColourMeaning {
    /// Called off.
    Cancelled,
    /// Did not take place.
    NotDone,
    /// Has not taken place yet.
    Open,
    /// Took place.
    Done,
    /// Planned, or a group of facilities.
    Planned,
    /// Anything else.
    Other,
}

impl ColourMeaning {
    fn of(said: &str) -> Self {
        let words = format!(" {} ", plain_words(said));
        let says = |known: &[&str]| known.iter().any(|word| words.contains(&format!(" {word} ")));
        let of_quality = ["lengkap", "memenuhi", "tercapai", "mencapai", "sesuai", "target", "skor", "nilai", "bukti"];
        if says(&of_quality) || says(&["notulen", "foto", "dokumentasi"]) {
            return Self::Other;
        }
        let called_off =
            ["batal", "dibatalkan", "pembatalan", "tidak jadi", "tdk jadi", "dihapus", "dicoret", "tidak berlaku"];
        if says(&called_off) {
            Self::Cancelled
        } else if says(&["belum", "blm"]) {
            Self::Open
        } else if says(&["tidak", "tdk", "gagal", "ditunda", "tunda", "absen", "alpa", "urung", "bukan"]) {
            Self::NotDone
        } else if says(&["hadir", "libur", "cuti", "tutup"]) {
            Self::Other
        } else if says(&["terlaksana", "dilaksanakan", "realisasi", "pelaksanaan", "selesai", "sudah"])
            || says(&["terealisasi", "dikunjungi"])
        {
            Self::Done
        } else if says(&["rencana", "direncanakan", "terencana", "jadwal", "dijadwalkan", "terjadwal", "pembinaan"])
            || says(&["kunjungan", "jaringan", "jejaring", "pustu", "polindes", "klinik", "posyandu", "apotek"])
        {
            Self::Planned
        } else {
            Self::Other
        }
    }
}

/// The colour of a legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Colour {
    Said(&'static ColourWord),
    Shown(FillColour),
}

/// A colour and what a sheet says that it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Legend {
    /// Where that stands.
    pub(super) place: CellRef,
    colour: Colour,
    pub(super) meaning: ColourMeaning,
    /// As it is written.
    pub(super) text: String,
}

impl Legend {
    fn distance(&self, colour: FillColour) -> Option<i32> {
        match self.colour {
            Colour::Said(word) => distance(word, colour),
            Colour::Shown(shown) => (shown == colour).then_some(-1),
        }
    }
}

/// The legend of a colour, the nearest where several could be meant.
pub(super) fn legend_of(legends: &[Legend], colour: FillColour) -> Option<&Legend> {
    let near = legends.iter().filter_map(|legend| Some((legend.distance(colour)?, legend)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, legend)| legend)
}

/// The legends of a sheet, but for what stands in cells that are `is_own` to a table; those below its last row may
/// also be words in a filled cell.
pub(super) fn legends(sheet: &Sheet, last_row: u32, is_own: &dyn Fn(CellRef) -> bool) -> Vec<Legend> {
    let mut found: Vec<Legend> = Vec::new();
    let mut looked_at = 0;
    for row in &sheet.rows {
        for cell in &row.cells {
            let place = CellRef { row: row.index, column: cell.column };
            let Some(text) = cell.value.text().filter(|_| !is_own(place)) else { continue };
            looked_at += 1;
            if looked_at > TEXTS_MAX || found.len() > LEGENDS_MAX {
                return found;
            }
            if text.len() <= LEGEND_BYTES {
                said(row, place, text, &mut found);
                shown_by_fill(sheet, place, text, row.index > last_row, &mut found);
            }
        }
    }
    found
}

/// Legends that name the colour.
fn said(row: &Row, place: CellRef, text: &str, found: &mut Vec<Legend>) {
    let lower = text.to_lowercase().replace("abu-abu", "abuabu");
    let named = named_colours(&lower);
    let legend = |word, meaning: &str, text: &str| Legend {
        place,
        colour: Colour::Said(word),
        meaning: ColourMeaning::of(meaning),
        text: text.trim().to_owned(),
    };
    let Some(first) = named.first() else { return };
    let mere = ["warna", "ket", "keterangan", "sel", "baris", "muda", "tua", "blok", "merah", "kuning", "hijau"];
    let is_mere = plain_words(&lower).split(' ').all(|word| mere.contains(&word) || word == first.word.word);
    if is_mere {
        // `Merah | = tidak terlaksana`
        let beside = (place.column + 1..=place.column + COLUMNS_BESIDE).filter_map(|column| row.get(column));
        let beside = beside.filter(|value| !is_blank(Some(value))).map(shown);
        if let Some(meaning) = beside.into_iter().next() {
            found.push(legend(first.word, &meaning, &format!("{} {meaning}", text.trim())));
        }
        return;
    }
    let mut is_said = false;
    for (place, one) in named.iter().enumerate() {
        let end = named.get(place + 1).map_or(lower.len(), |next| next.start);
        let after = &lower[one.end..end];
        let Some(separator) = after.find(['=', ':', '→', '–']).or_else(|| after.find(" - ")) else { continue };
        let only_shade = plain_words(&after[..separator]);
        let meaning = after[separator..].split(['\n', ';', ',']).next().unwrap_or_default();
        if ["", "muda", "tua"].contains(&only_shade.as_str()) && !plain_words(meaning).is_empty() {
            is_said = true;
            found.push(legend(one.word, meaning, text));
        }
    }
    // `tidak terlaksana = merah`, `Yang batal diberi warna merah`
    let is_about = lower.contains('=') || lower.contains("warna") || lower.contains('(') || lower.contains("arsir");
    if !is_said && is_about {
        found.extend(named.iter().map(|one| legend(one.word, &lower, text)));
    }
}

/// A colour's word within a text.
struct NamedColour {
    word: &'static ColourWord,
    start: usize,
    end: usize,
}

fn named_colours(text: &str) -> Vec<NamedColour> {
    let is_edge = |character: Option<char>| !character.is_some_and(char::is_alphanumeric);
    let mut named: Vec<NamedColour> = Vec::new();
    for word in &WORDS {
        for (start, found) in text.match_indices(word.word) {
            let end = start + found.len();
            if is_edge(text[..start].chars().next_back()) && is_edge(text[end..].chars().next()) {
                named.push(NamedColour { word, start, end });
            }
        }
    }
    named.sort_by_key(|one| one.start);
    named
}

/// A filled cell with words in it, or beside them and blank.
fn shown_by_fill(sheet: &Sheet, place: CellRef, text: &str, is_below: bool, found: &mut Vec<Legend>) {
    let legend =
        |colour, meaning| Legend { place, colour: Colour::Shown(colour), meaning, text: text.trim().to_owned() };
    if let Some(colour) = fill_at(sheet, place) {
        // Sums and titles are filled too, and mean nothing by it.
        let meaning = ColourMeaning::of(text);
        found.extend((is_below && meaning != ColourMeaning::Other).then(|| legend(colour, meaning)));
        return;
    }
    let before = place.column.checked_sub(1).map(|column| CellRef { row: place.row, column });
    let Some(before) = before.filter(|before| is_blank(sheet.get(*before))) else { return };
    if let Some(colour) = fill_at(sheet, before) {
        found.push(legend(colour, ColourMeaning::of(text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, CellValue, Visibility};

    fn found(texts: &[&str]) -> Vec<(String, ColourMeaning)> {
        let rows = (0..).zip(texts).map(|(index, text)| {
            let cells =
                (0..).zip(text.split('|')).map(|(column, text)| Cell { column, value: CellValue::Text(text.into()) });
            Row { index, cells: cells.collect() }
        });
        let sheet = Sheet::new("Mei".to_owned(), Visibility::Visible, rows.collect(), Vec::new());
        let word = |legend: Legend| match legend.colour {
            Colour::Said(word) => (word.word.to_owned(), legend.meaning),
            Colour::Shown(FillColour(colour)) => (format!("{colour:06X}"), legend.meaning),
        };
        legends(&sheet, 0, &|_| false).into_iter().map(word).collect()
    }

    #[test]
    fn legends_of_many_spellings() {
        let of = |word: &str, meaning| vec![(word.to_owned(), meaning)];
        assert_eq!(found(&["merah = tidak terlaksana"]), of("merah", ColourMeaning::NotDone));
        assert_eq!(found(&["Ket: kuning = belum"]), of("kuning", ColourMeaning::Open));
        assert_eq!(found(&["warna merah: batal"]), of("merah", ColourMeaning::Cancelled));
        assert_eq!(found(&["Merah|: tidak jadi"]), of("merah", ColourMeaning::Cancelled));
        assert_eq!(found(&["Baris yang tidak terlaksana diberi warna merah"]), of("merah", ColourMeaning::NotDone));
        assert_eq!(found(&["abu-abu = libur"]), of("abuabu", ColourMeaning::Other));
        let two = [("kuning".to_owned(), ColourMeaning::Planned), ("hijau".to_owned(), ColourMeaning::Done)];
        assert_eq!(found(&["Keterangan : kuning = rencana, hijau = terlaksana"]), two);
        assert_eq!(found(&["merah = skor tidak memenuhi"]), of("merah", ColourMeaning::Other));
        assert_eq!(found(&["JADWAL PEMBINAAN", "Tablet merah muda", "Praktik dr. Hijauwati"]), []);
    }

    #[test]
    fn colours_have_the_names_that_people_give_them() {
        let named = |colour: u32| {
            let near = WORDS.iter().filter_map(|word| Some((distance(word, FillColour(colour))?, word.word)));
            near.min().map(|(_, word)| word)
        };
        for (colour, word) in [
            (0xFF_0000, "merah"),
            (0xFF_C7CE, "merah"),
            (0xFF_FF00, "kuning"),
            (0xFF_C000, "kuning"),
            (0x92_D050, "hijau"),
            (0x00_B050, "hijau"),
            (0x00_B0F0, "biru"),
            (0xBD_D7EE, "biru"),
            (0xF4_B084, "jingga"),
            (0xD9_D9D9, "abu"),
            (0x70_30A0, "ungu"),
        ] {
            assert_eq!(named(colour), Some(word), "{colour:06X}");
        }
        assert!(is_red(FillColour(0xC0_0000)) && !is_red(FillColour(0xFF_FF00)) && !is_red(FillColour(0)));
    }
}
