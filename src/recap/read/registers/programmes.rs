//! Rows of a list of indicators that name a programme (`A. GIZI`) and are no indicator.

use super::titles::{RowNumbering, TitleRow, body, is_counted_on, is_repeated};
use crate::domain::name::plain_words;
use crate::recap::heading::ColumnMeaning;
use crate::recap::read::Reader;

/// Words with which programmes are named.
const PROGRAMMES: [&str; 28] = [
    "program",
    "upaya",
    "ukm",
    "ukp",
    "kia",
    "kib",
    "kb",
    "gizi",
    "imunisasi",
    "ptm",
    "p2",
    "p2p",
    "p2m",
    "p2ptm",
    "pengendalian",
    "promkes",
    "promosi",
    "kesling",
    "kesehatan",
    "penyehatan",
    "lansia",
    "jiwa",
    "remaja",
    "anak",
    "ibu",
    "surveilans",
    "esensial",
    "pelayanan",
];

/// Passes over the rows that name a programme, and says so.
pub(super) fn skip_titles(reader: &mut Reader<'_>) {
    let table = reader.table;
    let names = [ColumnMeaning::IndicatorName];
    let rows = body(table);
    let mut told = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        if is_repeated(table, row) {
            continue;
        }
        let Some(title) = TitleRow::from_table(table, row, &names) else { continue };
        let is_title = match title.mark {
            RowNumbering::Upper => true,
            RowNumbering::Number(number) => !is_counted_on(table, &rows[place + 1..], number),
            // An indicator without its target must be named, not passed over.
            RowNumbering::None | RowNumbering::Lower => is_programme(&title.text),
        };
        if is_title {
            reader.title_rows.insert(row.index);
            told.push((title.place, title.text));
        }
    }
    if let Some((place, _)) = told.first() {
        let texts: Vec<String> = told.iter().map(|(place, text)| format!("{place} \"{text}\"")).collect();
        let message = format!(
            "baris judul bagian, bukan indikator: {}; isi targetnya bila baris itu indikator",
            texts.join(", ")
        );
        reader.reading(*place, message);
    }
}

fn is_programme(text: &str) -> bool {
    let is_shouted = !text.chars().any(char::is_lowercase) && !text.chars().any(|c| c.is_ascii_digit());
    let words = plain_words(text);
    is_shouted && text.chars().any(char::is_alphabetic)
        || words.split(' ').next().is_some_and(|word| PROGRAMMES.contains(&word))
            && !words.split(' ').any(|word| word == "cakupan")
            && words.split(' ').count() <= 4
}
