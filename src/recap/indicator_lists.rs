//! Lists of indicators told apart, the service indicators' and the decree's on coaching, and the year's column among
//! several of targets.

use super::banner::Banner;
use super::cells::{is_blank, value_text};
use super::heading::{ColumnMeaning, key};
use super::layout::Heading;
use super::read::indicator_named;
use super::sum_rows::{is_signed, is_sum};
use crate::domain::name::plain_words;
use crate::domain::{CoachingIndicator, Table};
use crate::workbook::{Row, Sheet};

/// Rows that are looked at.
const ROWS_LOOKED_AT: usize = 200;

/// Words of titles of the decree.
const DECREE_WORDS: [&str; 6] = [
    "kinerja pembinaan",
    "indikator pembinaan",
    "pembinaan jaringan",
    "pembinaan jejaring",
    "kinerja jaringan",
    "kinerja jejaring",
];
/// Words of titles of service indicators.
const SERVICE_WORDS: [&str; 16] = [
    "layanan",
    "pelayanan minimal",
    "indikator pelayanan",
    "spm",
    "pkp",
    "program",
    "cakupan",
    "pws",
    "indikator dan target",
    "target indikator",
    "kia",
    "gizi",
    "imunisasi",
    "upaya kesehatan",
    "ptm",
    "target dan",
];
/// Words of titles of lists that are neither.
const OTHER_WORDS: [&str; 5] = ["mutu", "keselamatan pasien", "risiko", "skp", "pegawai"];

/// The table of a list of indicators; `None` where title and rows do not tell.
pub(super) fn list_of(heading: &Heading, banner: &Banner, rows: &[Row]) -> Option<Table> {
    let has = |column: ColumnMeaning| heading.columns.contains_key(&column);
    let has_code = has(ColumnMeaning::Code);
    if has_code && (has(ColumnMeaning::Direction) || has(ColumnMeaning::Aggregation)) {
        return Some(Table::ServiceIndicators);
    }
    let text = |row: &Row, column: ColumnMeaning| {
        let value = heading.columns.get(&column).and_then(|column| row.get(*column));
        value.filter(|value| !is_blank(Some(value))).map(value_text)
    };
    let column = if has_code { ColumnMeaning::Code } else { ColumnMeaning::IndicatorName };
    let rows = rows.iter().take_while(|row| !is_signed(row, heading)).filter(|row| !is_sum(row, heading));
    let rows: Vec<&Row> = rows.filter(|row| text(row, ColumnMeaning::Target).is_some()).take(ROWS_LOOKED_AT).collect();
    let written: Vec<String> = rows.iter().filter_map(|row| text(row, column)).collect();
    let names = rows.iter().filter_map(|row| text(row, ColumnMeaning::IndicatorName));
    let of_coaching = names.filter(|name| indicator_named(name).is_some()).count();
    let words = banner.words.replace(" | ", " ");
    let says = |all: &[&str]| all.iter().any(|one| format!(" {words} ").contains(&format!(" {one} ")));
    if has_code {
        let is_coaching = written.iter().any(|code| CoachingIndicator::from_code(code).is_some());
        // Codes of its own beside the names of the decree make no service of them.
        let is_named = of_coaching * 2 > written.len();
        let is_decree = is_coaching || written.is_empty() || is_named || says(&DECREE_WORDS);
        return Some(if is_decree { Table::Decree } else { Table::ServiceIndicators });
    }
    match (says(&DECREE_WORDS), says(&SERVICE_WORDS)) {
        (true, false) => Some(Table::Decree),
        (true, true) if of_coaching * 2 > written.len() => Some(Table::Decree),
        (false, true) if of_coaching * 2 <= written.len() && !says(&OTHER_WORDS) => Some(Table::ServiceIndicators),
        (false, false) if of_coaching > 0 && of_coaching == written.len() => Some(Table::Decree),
        _ => None,
    }
}

/// The heading with a column of ways to aggregate that is called otherwise (`Cara Hitung`), where its cells hold nothing
/// else: elsewhere such a column explains at length.
pub(super) fn with_aggregation(sheet: &Sheet, mut heading: Heading, rows: &[Row]) -> Heading {
    const HEADINGS: [&str; 5] = ["carahitung", "caramenghitung", "caraperhitungan", "metodehitung", "sifatcapaian"];
    const WAYS: [&str; 3] = ["jumlah", "kumulatif", "terakhir"];
    if heading.columns.contains_key(&ColumnMeaning::Aggregation) {
        return heading;
    }
    let is_headed = |column: &u32| {
        heading.texts(sheet, *column).last().is_some_and(|(_, text)| HEADINGS.contains(&key(text).as_str()))
    };
    let rows = rows.iter().take_while(|row| !is_signed(row, &heading));
    let rows: Vec<&Row> = rows.filter(|row| !is_sum(row, &heading)).take(ROWS_LOOKED_AT).collect();
    let tells = |column: &u32| {
        let cells = rows.iter().filter_map(|row| row.get(*column)).filter(|value| !is_blank(Some(value)));
        let ways: Vec<String> = cells.map(|value| plain_words(&value_text(value))).collect();
        !ways.is_empty() && ways.iter().all(|way| WAYS.contains(&way.as_str()))
    };
    let column = (heading.extent.0..=heading.extent.1).filter(is_headed).find(tells);
    heading.columns.extend(column.map(|column| (ColumnMeaning::Aggregation, column)));
    heading
}

/// The year's column of several columns of targets: `None` where there is one without a year, `Some(Err)` where none is
/// of this year.
pub(super) fn target_of_year(sheet: &Sheet, heading: &Heading, year: i32) -> Option<Result<u32, Vec<i32>>> {
    let (first, last) = heading.extent;
    let of_year = |column: u32| {
        let texts = heading.texts(sheet, column);
        let words = key(&texts.iter().map(|(_, text)| text.as_str()).collect::<String>());
        Some((year_of_target(&words)?, column))
    };
    let targets: Vec<(i32, u32)> = (first..=last).filter_map(of_year).collect();
    let own = heading.columns.get(&ColumnMeaning::Target)?;
    if !targets.iter().any(|(_, column)| column == own) {
        return None;
    }
    let found = targets.iter().find(|(of, _)| *of == year).map(|(_, column)| *column);
    Some(found.ok_or_else(|| targets.iter().map(|(of, _)| *of).collect()))
}

/// The year in a heading such as `TARGET 2025` or `Target Tahun 2025 (%)`.
pub(super) fn year_of_target(key: &str) -> Option<i32> {
    let rest = key.trim_matches('%').strip_prefix("target")?.replace('%', "");
    let rest = rest.strip_prefix("tahun").unwrap_or(&rest);
    let rest = rest.strip_prefix("target").unwrap_or(rest);
    let is_year = rest.len() == 4 && rest.starts_with("20");
    rest.parse().ok().filter(|_| is_year)
}

/// Reports whether a title above a register says that a list of facilities follows: `DAFTAR POSYANDU DI WILAYAH …`.
pub(super) fn titles_a_register(text: &str) -> bool {
    const TITLES: [&str; 5] = ["daftar", "identifikasi", "data", "register", "inventarisasi"];
    const OTHERS: [&str; 26] = [
        "hadir",
        "kehadiran",
        "pembinaan",
        "dibina",
        "laporan",
        "jadwal",
        "undangan",
        "peserta",
        "lokmin",
        "lokakarya",
        "capaian",
        "rekap",
        "rekapitulasi",
        "kunjungan",
        "penerima",
        "sasaran",
        "kader",
        "indikator",
        "evaluasi",
        "monitoring",
        "absensi",
        "jumlah",
        "nilai",
        "hasil",
        "tilik",
        "rencana",
    ];
    let plain = plain_words(text);
    let has = |words: &[&str]| plain.split(' ').any(|word| words.contains(&word));
    has(&TITLES) && !has(&OTHERS) && super::kinds::KindWords::from_text(text).is_of_facilities()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_name_their_year() {
        for (heading, year) in [
            ("target2025", Some(2025)),
            ("targettahun2024", Some(2024)),
            ("target%2025", Some(2025)),
            ("target2025%", Some(2025)),
            ("target", None),
            ("target80", None),
            ("capaian2024", None),
        ] {
            assert_eq!(year_of_target(heading), year, "{heading}");
        }
    }

    #[test]
    fn lists_of_facilities_have_their_title() {
        for title in
            ["DAFTAR POSYANDU DI WILAYAH KERJA UPT PUSKESMAS ABCDE", "DATA JEJARING PUSKESMAS", "Identifikasi Klinik"]
        {
            assert!(titles_a_register(title), "{title}");
        }
        for title in ["DAFTAR HADIR JEJARING", "REKAP PEMBINAAN POSYANDU", "DATA PEGAWAI", "DATA KADER POSYANDU"] {
            assert!(!titles_a_register(title), "{title}");
        }
    }
}
