//! The columns of Capaian before their rows are read: figures at all, percentages, targets in percent.

use crate::diagnostic::IssueCode;
use crate::domain::records::CellRef;
use crate::recap::cells::number::{Dot, read};
use crate::recap::heading::key;
use crate::recap::heading_figures::{Leaf, figure_word};
use crate::recap::layout::{FigureLayout, Group};
use crate::recap::read::Reader;
use crate::workbook::CellValue;

/// Reports whether a denominator under `Target` may be one in percent, which is said.
pub(super) fn is_target_in_percent(reader: &mut Reader<'_>, figure: &FigureLayout, place: CellRef) -> bool {
    let Some(column) = figure.columns().first().copied() else { return false };
    let texts = reader.table.heading.texts(reader.table.sheet, column);
    let is_target = texts.last().is_some_and(|(_, text)| figure_word(&key(text)) == Some(Leaf::Target));
    if !is_target {
        return false;
    }
    let values: Vec<f64> = reader
        .cells_of(column)
        .filter_map(|value| read(Some(value), Dot::Thousands).ok().flatten())
        .map(|number| number.value)
        .collect();
    let is_small = values.iter().all(|value| *value <= 100.0);
    let is_same = values.len() > 1 && values.windows(2).all(|pair| (pair[0] - pair[1]).abs() < f64::EPSILON);
    let is_fraction = values.iter().any(|value| value.fract() != 0.0);
    let is_text = reader.cells_of(column).any(|value| value.text().is_some_and(|text| text.contains('%')));
    let is_percent = is_small && (is_same || values == [100.0]) || is_fraction || is_text;
    if is_percent {
        let message = "kolom Target tampaknya target persen, bukan jumlah orang, jadi capaiannya tidak dibaca; tambahkan kolom Sasaran (jumlah orang) di sampingnya".to_owned();
        reader.error(place, IssueCode::InvalidNumber, message);
    }
    is_percent
}

/// Reports whether a title says that the figures are percentages and no column is one of them: then nobody knows whether
/// they count people, which is said.
pub(super) fn is_titled_percent(reader: &mut Reader<'_>) -> bool {
    let table = reader.table;
    let says_percent = |title: &str| {
        let words = title.to_lowercase();
        let has_counts = ["absolut", "abs", "jumlah", "orang"].iter().any(|word| words.contains(word));
        (words.contains('%') || words.contains("persen") || words.contains("prosen")) && !has_counts
    };
    let titles = table.titles.iter().flatten();
    let Some(place) = titles.filter(|(title, _)| says_percent(title)).map(|(_, place)| *place).next() else {
        return false;
    };
    let (first, last) = table.heading.extent;
    let heads = (first..=last).flat_map(|column| table.heading.texts(table.sheet, column));
    let has_percents = heads.map(|(_, text)| key(&text)).any(|key| key.contains('%') || key.contains("persen"));
    if has_percents {
        return false;
    }
    let message = "judul ini menyebut persen, jadi tidak jelas apakah angka di bawahnya jumlah orang; hapus (%) dari judul \
                   bila jumlah orang, bila persen, isi jumlah orangnya, lalu impor lagi";
    reader.error(place, IssueCode::InvalidNumber, message.to_owned());
    true
}

/// Reports whether the column of a mere name holds figures.
pub(super) fn has_numbers(reader: &Reader<'_>, group: &Group) -> bool {
    let columns = group.numerator.iter().flat_map(FigureLayout::columns);
    let is_number = |value: &CellValue| matches!(read(Some(value), Dot::Thousands), Ok(Some(_)));
    columns.into_iter().any(|column| reader.cells_of(*column).any(is_number))
}

/// Reports whether such a column holds percentages, which is said.
pub(super) fn holds_percent(reader: &mut Reader<'_>, group: &Group) -> bool {
    let columns = group.numerator.iter().flat_map(FigureLayout::columns);
    let is_percent = |value: &CellValue| match value {
        CellValue::Number { value, .. } => value.fract() != 0.0,
        CellValue::Text(text) => text.contains('%'),
        _ => false,
    };
    let is_it = columns.into_iter().any(|column| reader.cells_of(*column).any(is_percent));
    if is_it {
        let message = format!(
            "kolom {} berisi pecahan atau persen, bukan jumlah orang, jadi tidak dibaca; isi jumlah orang yang dilayani",
            group.heading
        );
        reader.error(group.place, IssueCode::InvalidNumber, message);
    }
    is_it
}

/// Tells that the Sasaran of a year is the column called Target.
pub(super) fn tell_target(reader: &mut Reader<'_>, figure: &FigureLayout) {
    let Some(column) = figure.columns().first().copied() else { return };
    let Some((place, text)) = reader.table.heading.texts(reader.table.sheet, column).pop() else { return };
    if figure_word(&key(&text)) == Some(Leaf::Target) {
        let message = format!(
            "kolom \"{}\" dibaca sebagai Sasaran (jumlah orang setahun); bila bukan, tambahkan kolom Sasaran di sampingnya",
            text.trim()
        );
        reader.reading(place, message);
    }
}

/// Tells a denominator that its place alone says to be one.
pub(super) fn tell_by_place(reader: &mut Reader<'_>, group: &Group) {
    let column = group.denominator.as_ref().and_then(|figure| figure.columns().first());
    let Some((place, text)) = column.and_then(|column| reader.table.heading.texts(reader.table.sheet, *column).pop())
    else {
        return;
    };
    let outside = text.split('(').next().unwrap_or_default();
    let is_known =
        |text: &str| figure_word(&key(text)).is_some() || crate::recap::heading_figures::sex(&key(text)).is_some();
    if !group.heading.is_empty() && !group.heading.contains('/') && !is_known(&text) && !is_known(outside) {
        let message = format!(
            "kolom \"{}\" di bawah {} dibaca sebagai sasarannya; bila bukan, tulis Sasaran dan Capaian di bawah judul itu",
            text.trim(),
            group.heading
        );
        reader.reading(place, message);
    }
}

/// The year that a heading is, and nothing else.
pub(super) fn year_in(heading: &str) -> Option<i32> {
    let digits = heading.trim();
    let is_year = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.starts_with("20");
    if is_year { digits.parse().ok() } else { None }
}

/// Tells that the columns of another year than the table's are not read.
pub(super) fn tell_other_year(reader: &mut Reader<'_>, group: &Group) {
    let message = format!(
        "kolom tahun {} tidak dibaca, karena tabel ini rekap tahun {}; bila perlu, impor rekap tahun itu tersendiri",
        group.heading.trim(),
        reader.table.received.year()
    );
    reader.reading(group.place, message);
}
