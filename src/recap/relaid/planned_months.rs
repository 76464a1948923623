//! Plans that list the months of a facility in one cell (`Februari, Juni dan Oktober`): each month a row of its own. A
//! frequency that says another number is asked about.

use super::page::{NewCell, NewSheet, replaced};
use super::rows::{column_of, up_to_signatures};
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::{month_number, parts, year_of};
use crate::recap::cells::{is_blank, trim, value_text};
use crate::recap::heading::{NAME, is_month_heading, key};
use crate::recap::heading_plan::titles_a_plan;
use crate::recap::questions::frequency_asked;
use crate::recap::sections::sections;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Headings of a column that says when.
const HEADINGS: [&str; 22] = [
    "bulanrencana",
    "bulan",
    "bln",
    "bulanpelaksanaan",
    "bulanpembinaan",
    "bulankunjungan",
    "bulankegiatan",
    "bulansupervisi",
    "rencanabulan",
    "waktu",
    "waktupelaksanaan",
    "waktupembinaan",
    "waktukunjungan",
    "waktukegiatan",
    "rencanawaktu",
    "jadwal",
    "jadwalpelaksanaan",
    "jadwalpembinaan",
    "jadwalkunjungan",
    "rencana",
    "rencanapelaksanaan",
    "rencanapembinaan",
];
/// Headings of a column that says how often.
const OFTEN: [&str; 9] = [
    "frekuensi",
    "frek",
    "frekuensipembinaan",
    "kali",
    "berapakali",
    "volume",
    "vol",
    "jumlahkunjungan",
    "jumlahpembinaan",
];
/// Words that a frequency of a year has beside its number.
const YEARLY: [&str; 10] = ["x", "kali", "per", "dalam", "tahun", "thn", "th", "setahun", "satu", "se"];
/// Fewest months of a cell that lists them.
const MONTHS_MIN: usize = 2;

/// The columns of such a plan, and the place of its heading among the rows of the sheet.
struct ListedPlan {
    at: usize,
    name: u32,
    months: u32,
    often: Option<u32>,
    /// Its heading is that of months.
    is_known: bool,
}

/// The sheet with a row for each month.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let plan = (0..sheet.rows.len()).find_map(|at| ListedPlan::at(sheet, at))?;
    let banner = Banner::read(sheet.rows[..plan.at].iter().map(BannerLine::all_cells));
    if !titles_a_plan(&banner.words) {
        return None;
    }
    let (rows, tail) = up_to_signatures(&sheet.rows[plan.at + 1..]);
    let listed = |row: &Row| row.get(plan.months).and_then(CellValue::text).and_then(months_in);
    let all: Vec<Vec<String>> = rows.iter().filter_map(listed).collect();
    let lists_months = all.iter().any(|months| months.len() >= MONTHS_MIN);
    // One month in each cell, under a heading that may be of days.
    let filled = rows.iter().filter(|row| !is_blank(row.get(plan.months)) && !is_blank(row.get(plan.name))).count();
    let is_of_months = || !plan.is_known && all.len() == filled;
    let first = all.iter().find(|months| months.len() >= MONTHS_MIN).or(all.first())?;
    if !lists_months && !is_of_months() {
        return None;
    }
    let heading = &sheet.rows[plan.at];
    let place = CellRef { row: heading.index, column: plan.months };
    if let Some(asked) = rows.iter().find_map(|row| plan.contradicted(row, &listed(row)?)) {
        return Some(Relaid::Asked(asked));
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..plan.at]);
    page.split(heading, vec![plan.line(heading, "Bulan")]);
    for row in rows {
        match listed(row).filter(|_| !is_blank(row.get(plan.name))) {
            Some(months) => page.split(row, months.iter().map(|month| plan.line(row, month)).collect()),
            None => page.copy(std::slice::from_ref(row)),
        }
    }
    page.copy(tail);
    let page = page.finish_alike();
    if sections(&page, &[]).is_empty() {
        return None;
    }
    let shown: Vec<String> = first.iter().map(|month| format!("\"{month}\"")).collect();
    let heading = heading.get(plan.months).and_then(CellValue::text).unwrap_or_default().trim();
    let message = if lists_months {
        format!(
            "beberapa bulan dalam satu sel dibaca sebagai satu rencana untuk setiap bulan, misalnya {}",
            shown.join(" dan ")
        )
    } else {
        format!("kolom \"{heading}\" berisi bulan, jadi dibaca sebagai bulan rencananya")
    };
    Some(Relaid::Table(Box::new(page), vec![Remark { place, message }]))
}

impl ListedPlan {
    /// The plan whose heading is a row.
    fn at(sheet: &Sheet, at: usize) -> Option<Self> {
        let row = &sheet.rows[at];
        let name = column_of(row, &|key| NAME.has(key))?;
        let months = column_of(row, &|key| HEADINGS.contains(&key)).filter(|column| *column != name)?;
        let heads = sheet.rows[at..].iter().take(2).flat_map(|row| &row.cells).filter(|cell| cell.column != months);
        let is_across = heads.filter_map(|cell| cell.value.text()).any(|text| month_number(&key(text)).is_some());
        let often = column_of(row, &|key| OFTEN.contains(&key));
        let is_known = row.get(months).and_then(CellValue::text).is_some_and(is_month_heading);
        (!is_across).then_some(Self { at, name, months, often, is_known })
    }

    /// The question about a row that says how often otherwise than its months do.
    fn contradicted(&self, row: &Row, months: &[String]) -> Option<Remark> {
        let column = self.often?;
        let often = row.get(column).and_then(times_in)?;
        let message = frequency_asked(row.index + 1, often, &months.join(", "));
        (often != months.len()).then_some(Remark { place: CellRef { row: row.index, column }, message })
    }

    /// The cells of a row with another text in the column of months.
    fn line(&self, row: &Row, text: &str) -> Vec<(u32, NewCell)> {
        replaced(row, &|cell, from| (cell.column == self.months).then(|| NewCell::text(text, from)))
    }
}

/// The months that a cell lists, each as it is to be read; none where it says anything else, or one of them twice.
fn months_in(text: &str) -> Option<Vec<String>> {
    if ["setiapbulan", "tiapbulan", "setiapbln", "tiapbln"].contains(&key(text).as_str()) {
        return Some(crate::domain::format::MONTHS.map(str::to_owned).to_vec());
    }
    let lines = text.replace(" dan ", ",").replace(" serta ", ",").replace("\ndan ", ",");
    let written = lines.split([',', ';', '/', '&', '+', '\n']).map(|part| trim(part).trim_start_matches("dan "));
    let written: Vec<&str> = written.filter(|part| !part.is_empty()).collect();
    let mut months: Vec<(u32, Option<i32>)> = Vec::new();
    for part in written {
        let words = parts(part);
        let words: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| !["bulan", "bln"].contains(word)).collect();
        let (name, year) = match words[..] {
            [name] => (name, None),
            [name, year] if year.len() == 4 => (name, Some(year_of(year)?)),
            _ => return None,
        };
        let month = month_number(name).filter(|_| name.chars().all(char::is_alphabetic))?;
        if months.iter().any(|(known, _)| *known == month) {
            return None;
        }
        months.push((month, year));
    }
    // `Februari dan Juni 2025`: the year behind the last is that of all.
    let year = months.last()?.1.filter(|_| months.iter().filter(|(_, year)| year.is_some()).count() == 1);
    let named = |(month, own): &(u32, Option<i32>)| {
        let name = crate::domain::format::MONTHS[*month as usize - 1];
        own.or(year).map_or(name.to_owned(), |year| format!("{name} {year}"))
    };
    Some(months.iter().map(named).collect())
}

/// The number of times in a year that a cell says: 3, `3x`, `3 kali setahun`.
fn times_in(value: &CellValue) -> Option<usize> {
    let text = value_text(value);
    let words = parts(&text.replace('×', "x"));
    let (number, rest) = words.split_first()?;
    let is_of_year = rest.iter().all(|word| YEARLY.contains(&word.as_str()));
    number.parse().ok().filter(|_| is_of_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_told_from_other_texts() {
        for (text, months) in [
            ("Februari, Juni dan Oktober", &["Februari", "Juni", "Oktober"][..]),
            ("April & September", &["April", "September"]),
            ("Feb\nJuni\nOkt", &["Februari", "Juni", "Oktober"]),
            ("Mar/Sep", &["Maret", "September"]),
            ("Bulan Maret, dan Agustus 2025", &["Maret 2025", "Agustus 2025"]),
            ("Nopember 2024; Januari 2025", &["November 2024", "Januari 2025"]),
            ("Mei", &["Mei"]),
        ] {
            assert_eq!(
                months_in(text).as_deref(),
                Some(&months.iter().map(ToString::to_string).collect::<Vec<_>>()[..])
            );
        }
        assert_eq!(months_in("Setiap bulan").map(|months| months.len()), Some(12));
        for other in ["Jan - Mar", "setiap minggu", "12 Mei 2025", "Triwulan I", "Mei, Mei", "", "2, 6 dan 10", "-"] {
            assert_eq!(months_in(other), None, "{other}");
        }
    }

    #[test]
    fn a_frequency_is_a_number_of_the_year() {
        let times = |text: &str| times_in(&CellValue::Text(text.into()));
        assert_eq!(["3x", "3 kali", "2 X setahun", "4", "2×/tahun"].map(times), [3, 3, 2, 4, 2].map(Some));
        assert_eq!(["3 bulan sekali", "1x sebulan", "sering", ""].map(times), [None; 4]);
    }
}
