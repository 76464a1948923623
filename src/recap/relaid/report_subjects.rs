//! Books of letters that came in (`Tgl Masuk | Asal Laporan | Perihal`): the subject names the month that a report is on.
//! Reports of several kinds are asked about.

use std::collections::BTreeSet;

use super::page::{NewCell, NewSheet, replaced};
use super::rows::{column_of, up_to_signatures};
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::recap::cells::date_words::{month_number, parts, year_of};
use crate::recap::cells::is_blank;
use crate::recap::heading::{ColumnMeaning, NAME, is_number_heading, key, spec_of};
use crate::recap::questions::ASK_SUBJECTS;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Fewest subjects that name a report.
const SUBJECTS_MIN: usize = 2;
/// Words around the month of a report that do not say which report it is.
const AROUND: [&str; 16] = [
    "laporan",
    "lap",
    "bulan",
    "bln",
    "bulanan",
    "tahun",
    "thn",
    "th",
    "periode",
    "pengiriman",
    "penyampaian",
    "mengirim",
    "kegiatan",
    "hasil",
    "untuk",
    "dan",
];

/// The report that a subject names: its month as it is to be read, and the words that say which report.
struct ReportSubject {
    month: String,
    kind: String,
}

/// The sheet with months in the place of subjects.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let (at, column) =
        sheet.rows.iter().enumerate().find_map(|(at, row)| Some((at, subject_column(sheet, at, row)?)))?;
    let heading = &sheet.rows[at];
    let (rows, tail) = up_to_signatures(&sheet.rows[at + 1..]);
    let of_row = |row: &Row| row.get(column).and_then(CellValue::text).and_then(subject);
    let kinds: BTreeSet<String> = rows.iter().filter_map(of_row).map(|subject| subject.kind).collect();
    let place = CellRef { row: heading.index, column };
    if kinds.len() > 1 {
        return Some(Relaid::Asked(Remark { place, message: ASK_SUBJECTS.to_owned() }));
    }
    let line =
        |row: &Row, text: &str| replaced(row, &|cell, from| (cell.column == column).then(|| NewCell::text(text, from)));
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    page.split(heading, vec![line(heading, "Bulan Laporan")]);
    for row in rows {
        match of_row(row) {
            Some(subject) => page.split(row, vec![line(row, &subject.month)]),
            None => page.copy(std::slice::from_ref(row)),
        }
    }
    page.copy(tail);
    let written = heading.get(column).and_then(CellValue::text).unwrap_or_default().trim();
    let message = format!("kolom \"{written}\" menyebut laporan bulan apa, jadi dibaca sebagai Bulan Laporan");
    Some(Relaid::Table(Box::new(page.finish_alike()), vec![Remark { place, message }]))
}

/// The column of subjects below a row of headings that tells when reports came and not of which month they are.
fn subject_column(sheet: &Sheet, at: usize, row: &Row) -> Option<u32> {
    let spec = spec_of(Table::MonthlyReports)?;
    let is = |wanted: ColumnMeaning| move |key: &str| spec.column_of(&[key.to_owned()]) == Some(wanted);
    let came = column_of(row, &is(ColumnMeaning::ReceivedOn))?;
    if column_of(row, &is(ColumnMeaning::ReportMonth)).is_some() {
        return None;
    }
    let texts = row.cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?)));
    let is_other = |column: u32, text: &str| column == came || is_number_heading(text) || NAME.has(&key(text));
    let (rows, _) = up_to_signatures(&sheet.rows[at + 1..]);
    let holds_subjects = |column: &u32| {
        let filled = rows.iter().filter(|row| !is_blank(row.get(*column))).count();
        let named =
            rows.iter().filter_map(|row| row.get(*column)?.text()).filter(|text| subject(text).is_some()).count();
        named >= SUBJECTS_MIN && named * 3 >= filled * 2
    };
    texts.filter(|(column, text)| !is_other(*column, text)).map(|(column, _)| column).find(holds_subjects)
}

/// The report that a text names: it says so, and names one month.
fn subject(text: &str) -> Option<ReportSubject> {
    let words = parts(text);
    if !words.iter().any(|word| word == "laporan" || word == "lap") {
        return None;
    }
    let is_month = |word: &&String| word.as_str() != "lap" && month_number(word).is_some();
    let [month] = words.iter().filter(is_month).collect::<Vec<_>>()[..] else { return None };
    let is_year = |word: &&String| word.len() == 4 && year_of(word).is_some_and(|year| year > 1990);
    let years: Vec<&String> = words.iter().filter(is_year).collect();
    let year = match years[..] {
        [] => None,
        [year] => Some(year),
        _ => return None,
    };
    let is_around = |word: &&String| {
        AROUND.contains(&word.as_str()) || *word == month || Some(*word) == year || month_number(word).is_some()
    };
    let kind: Vec<&str> = words.iter().filter(|word| !is_around(word)).map(String::as_str).collect();
    let month = year.map_or(month.clone(), |year| format!("{month} {year}"));
    Some(ReportSubject { month, kind: kind.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_name_the_month_of_a_report() {
        for (text, month, kind) in [
            ("Laporan bulan Januari 2025", "januari 2025", ""),
            ("Lap. Bln Pebruari 2025", "pebruari 2025", ""),
            ("Laporan Bulanan Maret", "maret", ""),
            ("Laporan LB1 bulan Januari 2025", "januari 2025", "lb 1"),
        ] {
            let found = subject(text).unwrap();
            assert_eq!((found.month.as_str(), found.kind.as_str()), (month, kind), "{text}");
        }
        for other in ["Undangan rapat Januari", "Laporan tahunan 2024", "Laporan Januari - Maret 2025", "Januari 2025"]
        {
            assert!(subject(other).is_none(), "{other}");
        }
    }
}
