//! The service indicator of a table, a heading or a row.

use std::collections::BTreeSet;

use crate::diagnostic::{IssueCode, OfferChoice};
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::WordSort;
use crate::recap::cells::date_words::month_number;
use crate::recap::part_titles::named_part;
use crate::recap::read::Reader;

/// The code of a heading's service, or `unknown_indicator` at the heading.
pub(super) fn service(reader: &mut Reader<'_>, heading: &str, place: CellRef) -> Option<String> {
    let mut found = reader.context.service(heading).map(ToOwned::to_owned);
    let by_words = || {
        reader.context.service_of_words(heading).or_else(|| reader.context.service_of_words(&without_usual(heading)))
    };
    if let (None, Some(code)) = (&found, by_words()) {
        let message = format!("\"{heading}\" dibaca sebagai indikator {code}; bila bukan, tulis kode indikatornya");
        reader.reading(place, message);
        found = Some(code.to_owned());
    }
    if found.is_none() {
        let known: Vec<&str> = reader.context.service_codes().collect();
        // The name of the sheet is the last resort of a table that names no indicator.
        let is_nameless = place == reader.table.heading.anchor && heading == reader.table.sheet.name;
        let message = match (known.as_slice(), is_nameless) {
            ([], false) => format!(
                "\"{heading}\" belum dapat dibaca karena Indikator Layanan Puskesmas ini belum diimpor; impor daftar itu, lalu impor lagi berkas ini"
            ),
            ([], true) => "capaian ini belum dapat dibaca karena Indikator Layanan Puskesmas ini belum diimpor; impor daftar itu, lalu impor lagi berkas ini".to_owned(),
            (known, false) => format!(
                "\"{heading}\" bukan indikator layanan; yang dikenal {}; perbaiki judulnya atau tambahkan ke Indikator Layanan",
                known.join(", ")
            ),
            (known, true) => format!(
                "capaian ini tidak menyebut indikatornya, dan nama lembar \"{heading}\" bukan indikator layanan; tulis INDIKATOR : dan salah satu dari {} di atas tabel, lalu impor lagi",
                known.join(", ")
            ),
        };
        reader.error(place, IssueCode::UnknownIndicator, message);
        if is_nameless {
            offer_indicator(reader, place, None);
        }
    }
    found
}

/// Offers to say which indicator a table is of, or which column names it.
fn offer_indicator(reader: &mut Reader<'_>, place: CellRef, assumed: Option<&str>) {
    let context = reader.context;
    let label = |code: &str| format!("{code} {}", context.service_name(code).unwrap_or_default());
    let codes: Vec<OfferChoice> = context.service_codes().map(|code| OfferChoice::new(code, label(code))).collect();
    if !codes.is_empty() {
        reader.offer(place, WordSort::Indicator.offer_of(codes, assumed.unwrap_or_default().to_owned()));
    }
    let columns = reader.table.text_headings().into_iter().map(|heading| OfferChoice::new(heading.clone(), heading));
    let columns: Vec<OfferChoice> = columns.collect();
    if assumed.is_none() && !columns.is_empty() {
        reader.offer(place, WordSort::IndicatorColumn.offer_of(columns, String::new()));
    }
}

/// The service that a whole table is of: its banner says it, with or without a label, else the sheet's name.
pub(super) fn year_service(reader: &mut Reader<'_>) -> Option<String> {
    let table = reader.table;
    if let Some((heading, place)) = &table.indicator {
        return service(reader, heading, *place);
    }
    // Its own lines speak first; where they name none, those that it shares with the tables beside it.
    for titles in &table.titles {
        let titled: BTreeSet<&str> = titles.iter().filter_map(|(title, _)| titled_service(reader, title)).collect();
        match titled.iter().collect::<Vec<_>>()[..] {
            // A title of its own that nobody knows is not that of a neighbour.
            [] if titles.iter().all(|(title, _)| is_mere(title)) => {}
            [only] => return Some((*only).to_owned()),
            _ => break,
        }
    }
    for (at, titles) in table.titles.iter().enumerate() {
        match service_of_titles(reader, titles) {
            NamedByTitles::Only(code) => return Some(code),
            NamedByTitles::Several => break,
            NamedByTitles::Nothing => {}
        }
        if let Some(code) = service_of_title_words(reader, titles) {
            return Some(code);
        }
        // A title of its own that nobody knows ends what was said above it.
        if let (0, Some((part, place))) = (at, part_of_own(reader)) {
            return service(reader, &part, place);
        }
    }
    service(reader, &table.sheet.name, table.heading.anchor)
}

/// The indicators that the words of lines name.
enum NamedByTitles {
    Nothing,
    Only(String),
    Several,
}

/// The service that stands among the words of a line above the table, where all lines that name one name the same.
fn service_of_titles(reader: &mut Reader<'_>, titles: &[(String, CellRef)]) -> NamedByTitles {
    let named = |(title, place): &(String, CellRef)| Some((reader.context.service_within(title)?, *place));
    let found: Vec<(&str, CellRef)> = titles.iter().filter_map(named).collect();
    let Some((code, place)) = found.first() else { return NamedByTitles::Nothing };
    if found.iter().any(|(other, _)| other != code) {
        return NamedByTitles::Several;
    }
    let message = format!(
        "menurut judulnya tabel ini dibaca sebagai capaian {code}; bila bukan, tulis INDIKATOR : (kode) di atas tabel"
    );
    let code = (*code).to_owned();
    let place = *place;
    reader.reading(place, message);
    offer_indicator(reader, place, Some(&code));
    NamedByTitles::Only(code)
}

/// The thing that the table's own title names, where other titles stand above it too.
fn part_of_own(reader: &Reader<'_>) -> Option<(String, CellRef)> {
    let [own, wider] = &reader.table.titles;
    let has_others = wider.iter().any(|title| !own.contains(title));
    let part = |(title, place): &(String, CellRef)| Some((named_part(title)?, *place));
    own.iter().rev().find_map(part).filter(|_| has_others)
}

/// A heading without words that stand before many indicators.
fn without_usual(heading: &str) -> String {
    const BEFORE_MANY: [&str; 5] = ["kesehatan", "program", "cakupan", "capaian", "indikator"];
    let words = plain_words(heading);
    words.split(' ').filter(|word| !BEFORE_MANY.contains(word)).collect::<Vec<_>>().join(" ")
}

/// The service of whose name a line above the table has words: `CAPAIAN PELAYANAN HIPERTENSI (KUMULATIF)`.
fn service_of_title_words(reader: &mut Reader<'_>, titles: &[(String, CellRef)]) -> Option<String> {
    const BESIDE: [&str; 30] = [
        "kumulatif",
        "komulatif",
        "kum",
        "akumulasi",
        "s",
        "d",
        "sd",
        "sampai",
        "dengan",
        "per",
        "menurut",
        "desa",
        "kelurahan",
        "faskes",
        "posyandu",
        "wilayah",
        "jaringan",
        "jejaring",
        "dan",
        "hasil",
        "data",
        "pencapaian",
        "cakupan",
        "program",
        "pws",
        "pemantauan",
        "setempat",
        "kegiatan",
        "bukan",
        "pada",
    ];
    let named = |(title, place): &(String, CellRef)| {
        let words = telling_words(title);
        let words: Vec<&str> = words.split(' ').filter(|word| !BESIDE.contains(word)).collect();
        Some((reader.context.service_of_words(&words.join(" "))?, *place))
    };
    let found: Vec<(&str, CellRef)> = titles.iter().filter_map(named).collect();
    let (code, place) = found.first()?;
    if found.iter().any(|(other, _)| other != code) {
        return None;
    }
    let code = (*code).to_owned();
    let message = format!(
        "menurut judulnya tabel ini dibaca sebagai capaian {code}; bila bukan, tulis INDIKATOR : (kode) di atas tabel"
    );
    reader.reading(*place, message);
    Some(code)
}

/// The service that a line above a table names, alone or among the usual words of a title.
fn titled_service<'r>(reader: &Reader<'r>, title: &str) -> Option<&'r str> {
    let context = reader.context;
    context.service(title).or_else(|| context.service(&telling_words(title)))
}

/// Reports whether a title tells nothing but the period or what every such table is.
fn is_mere(title: &str) -> bool {
    telling_words(title).is_empty()
}

/// A title without the usual words, months and years.
fn telling_words(title: &str) -> String {
    const USUAL: [&str; 8] = ["rekap", "rekapitulasi", "laporan", "capaian", "indikator", "tahun", "bulan", "layanan"];
    let words = plain_words(title);
    let is_year = |word: &str| word.len() == 4 && word.parse::<u32>().is_ok();
    let is_telling = |word: &&str| !USUAL.contains(word) && !is_year(word) && month_number(word).is_none();
    words.split(' ').filter(is_telling).collect::<Vec<_>>().join(" ")
}
