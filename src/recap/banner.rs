//! The lines above a table: whose it is, for which month or year, of which indicator.

use super::cells::date_words::month_number;
use super::cells::date_words::parts;
use super::cells::{squeeze, value_text};
use super::heading::is_name_label;
use super::puskesmas_title::puskesmas_of;
use super::title_days::{full_year, is_whole_month, number_of, short_year};
use crate::domain::name::{plain_words, puskesmas_key};
use crate::domain::records::CellRef;
use crate::domain::{Month, Period, PeriodKind};
use crate::workbook::{Cell, CellValue, Row};

/// The period, the Puskesmas, the facility, the indicator and the titles that the lines above a table name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Banner {
    /// Name of the Puskesmas as written.
    pub(super) puskesmas: Option<String>,
    /// `BULAN : MEI 2023`: the month, and the year beside it.
    pub(super) month: Option<(u32, Option<i32>)>,
    /// `TAHUN 2023`.
    pub(super) year: Option<i32>,
    /// `CATURWULAN II TAHUN 2023`, `PERIODE : 2023-C2`: kind, number, and the year beside it.
    pub(super) period: Option<NamedSpan>,
    /// `INDIKATOR : …` and its cell.
    pub(super) indicator: Option<(String, CellRef)>,
    /// `NAMA JARINGAN/JEJARING : …` and its cell: the one facility of the table.
    pub(super) facility: Option<(String, CellRef)>,
    /// Lines of a single text, with their cells.
    pub(super) titles: Vec<(String, CellRef)>,
    /// Such lines that stand above other tables too.
    pub(super) wider_titles: Vec<(String, CellRef)>,
    /// All words, in lower case, one line after the other.
    pub(super) words: String,
    /// Certainty of the Puskesmas' name; lower is surer.
    puskesmas_rank: u8,
    /// A year that merely stands in a title.
    loose_year: Option<i32>,
    /// Year and its two digits behind a month, `MEI 25`: read as this century's.
    pub(super) short_year: Option<i32>,
}

/// One line of a banner: the cells of a row that stand above a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct BannerLine<'r> {
    row: u32,
    cells: &'r [Cell],
}

impl<'r> BannerLine<'r> {
    /// All of a row.
    pub(super) fn all_cells(row: &'r Row) -> Self {
        Self { row: row.index, cells: &row.cells }
    }

    /// Some columns of a row.
    pub(super) fn within(row: &'r Row, columns: (u32, u32)) -> Self {
        Self { row: row.index, cells: row.within(columns.0..=columns.1) }
    }
}

/// Most lines that are kept as titles.
const TITLES_KEPT: usize = 20;

/// Longest banner line that is looked at, characters.
const LINE_CHARS: usize = 300;

impl Banner {
    /// Reads the rows above a table, top down.
    pub(super) fn read<'r>(lines: impl Iterator<Item = BannerLine<'r>>) -> Self {
        let mut banner = Self { puskesmas_rank: u8::MAX, ..Self::default() };
        for line in lines.filter(|line| !line.cells.is_empty()) {
            banner.read_line(line);
        }
        banner.year = banner.year.or(banner.loose_year);
        banner
    }

    /// This banner with another year.
    pub(super) fn of_year(mut self, year: i32) -> Self {
        self.month = self.month.map(|(month, _)| (month, Some(year)));
        self.year = Some(year);
        self
    }

    /// This banner, with what it lacks taken from `other`. Month and year stay together.
    pub(super) fn or(mut self, other: &Self) -> Self {
        if self.month.is_none() && self.year.is_none() {
            self.month = other.month;
            self.short_year = other.short_year;
            self.period = self.period.or(other.period);
        }
        self.year = self.year.or(other.year);
        self.wider_titles.extend(other.titles.iter().chain(&other.wider_titles).cloned());
        self.puskesmas = self.puskesmas.or_else(|| other.puskesmas.clone());
        if self.words.is_empty() || !self.says_sort() && other.says_sort() {
            self.words = format!("{}{}", self.words, other.words);
        }
        self
    }

    /// Returns what stands above all of several tables side by side: of each matter what only one of their banners says.
    pub(super) fn common<'b>(banners: impl Iterator<Item = &'b Self>) -> Self {
        let banners: Vec<&Self> = banners.collect();
        if let [alone] = banners[..] {
            return alone.clone();
        }
        let only =
            |says: &dyn Fn(&Self) -> bool| match banners.iter().filter(|banner| says(banner)).collect::<Vec<_>>()[..] {
                [only] => Some(*only),
                _ => None,
            };
        let of_all = |place: &CellRef| {
            let above = |banner: &&&Self| banner.titles.iter().any(|(_, title)| title.row == place.row);
            banners.iter().filter(above).count() == 1
        };
        let indicator = only(&|banner| banner.indicator.is_some()).and_then(|banner| banner.indicator.clone());
        let titles = banners.iter().flat_map(|banner| &banner.titles).filter(|(_, place)| of_all(place)).cloned();
        Self {
            titles: indicator.into_iter().chain(titles).collect(),
            puskesmas: only(&|banner| banner.puskesmas.is_some()).and_then(|banner| banner.puskesmas.clone()),
            month: only(&|banner| banner.month.is_some()).and_then(|banner| banner.month),
            year: only(&|banner| banner.year.is_some()).and_then(|banner| banner.year),
            words: only(&Self::says_sort).map(|banner| banner.words.clone()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Reports whether it says what the months across are of.
    fn says_sort(&self) -> bool {
        ["jadwal", "kehadiran", "daftar hadir", "absensi", "lokmin", "lokakarya", "laporan", "realisasi", "pelaksanaan"]
            .iter()
            .any(|word| self.words.contains(word))
    }

    /// Reports whether it says something that makes the table below it another one than that below `other`.
    pub(super) fn differs_from(&self, other: &Self) -> bool {
        let says_other = |mine: bool, same: bool| mine && !same;
        says_other(self.month.is_some(), self.month == other.month)
            || says_other(self.year.is_some(), self.year == other.year)
            || says_other(
                self.indicator.is_some(),
                self.indicator.as_ref().map(|i| &i.0) == other.indicator.as_ref().map(|i| &i.0),
            )
            || says_other(
                self.puskesmas.is_some(),
                self.puskesmas.as_deref().map(puskesmas_key) == other.puskesmas.as_deref().map(puskesmas_key),
            )
    }

    /// Reports whether it says of months across that they are of another sort than those below `other`: a plan and what
    /// was done.
    pub(super) fn has_other_sort(&self, other: &Self) -> bool {
        const SORTS: [&[&str]; 5] = [
            &["jadwal", "rencana"],
            &["realisasi", "pelaksanaan", "terlaksana", "rekap"],
            &["kehadiran", "daftar hadir", "absensi", "lokmin", "lokakarya"],
            &["laporan"],
            &["capaian", "cakupan"],
        ];
        let of = |words: &str| SORTS.map(|sort| sort.iter().any(|word| words.contains(word)));
        let mine = of(&self.words);
        mine.contains(&true) && mine != of(&other.words)
    }

    /// Reports whether it names another period of several months than `other`.
    pub(super) fn has_other_period(&self, other: &Self) -> bool {
        self.period.is_some() && self.period != other.period
    }

    /// The year that the month line names, else the year line's.
    pub(super) fn any_year(&self) -> Option<i32> {
        self.month.and_then(|(_, year)| year).or(self.year)
    }

    fn read_line(&mut self, row: BannerLine<'_>) {
        let mut line = String::new();
        for cell in row.cells {
            let text = match &cell.value {
                CellValue::Date(date) => format!("{}", date.format("%m-%Y")),
                value => value_text(value),
            };
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&text);
            if line.chars().count() > LINE_CHARS {
                return;
            }
        }
        let words = plain_words(&line);
        if self.indicator.is_none() && (words.starts_with("indikator") || words.contains("indikator ")) {
            let named = labelled(row, &|label| INDICATOR_LABELS.contains(&plain_words(label).as_str()));
            self.indicator = named.map(|(value, place)| (without_period(&value).to_owned(), place));
        }
        if self.facility.is_none() && line.contains(':') {
            self.facility = labelled(row, &is_name_label);
        }
        if let [cell] = row.cells
            && self.titles.len() < TITLES_KEPT
        {
            self.titles.push((squeeze(&line), CellRef { row: row.row, column: cell.column }));
        }
        self.read_puskesmas(&line, &words);
        self.read_period(&words);
        self.words.push_str(&words);
        self.words.push_str(" | ");
    }

    fn read_puskesmas(&mut self, line: &str, words: &str) {
        let Some((name, rank)) = puskesmas_of(line, words) else { return };
        if rank < self.puskesmas_rank {
            self.puskesmas_rank = rank;
            self.puskesmas = Some(name);
        }
    }

    fn read_period(&mut self, words: &str) {
        // A regulation's year is nobody's period.
        if ["nomor", "permenkes", "peraturan", "keputusan"].iter().any(|word| words.contains(word)) {
            return;
        }
        let tokens: Vec<String> = parts(words);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let months = month_places(&tokens);
        match months[..] {
            [(place, month)] => {
                let year = tokens[place + 1..].iter().find_map(|token| full_year(token));
                let short = short_year(&tokens[place + 1..]).filter(|_| year.is_none());
                let year = year.or(short);
                let before = tokens[..place].iter().rev().take(2);
                let is_labelled = before.clone().any(|token| ["bulan", "bln", "periode", "masa"].contains(token));
                // A day before it makes it a date of printing or meeting.
                let is_whole = is_whole_month(&tokens[..place]);
                let is_date = place > 0 && tokens[place - 1].parse::<u32>().is_ok() && !is_labelled && !is_whole;
                if (is_labelled || year.is_some() || tokens.len() == 1) && !is_date && self.month.is_none() {
                    self.month = Some((month, year));
                    self.short_year = short;
                }
            }
            [] => self.read_numbered_month(&tokens),
            // From month to month: a period of its own, of which the year is known.
            _ => {}
        }
        self.period = self.period.or_else(|| NamedSpan::read(&tokens));
        let labelled = tokens.iter().position(|token| *token == "tahun");
        let year = labelled.and_then(|place| tokens[place + 1..].iter().take(2).find_map(|token| full_year(token)));
        self.year = self.year.or(year);
        let is_date = months.len() == 1 && self.month.is_none();
        if !is_date {
            self.loose_year = self.loose_year.or_else(|| tokens.iter().find_map(|token| full_year(token)));
        }
    }

    /// `BULAN : 5`, or a date cell beside the label.
    fn read_numbered_month(&mut self, tokens: &[&str]) {
        let Some(place) = tokens.iter().position(|token| ["bulan", "periode"].contains(token)) else { return };
        let Some(month) = tokens.get(place + 1).and_then(|token| token.parse::<u32>().ok()) else { return };
        if (1..=12).contains(&month) && self.month.is_none() {
            self.month = Some((month, tokens.get(place + 2).and_then(|token| full_year(token))));
        }
    }
}

const INDICATOR_LABELS: [&str; 4] = ["indikator", "nama indikator", "indikator layanan", "kode indikator"];

/// `TB BULAN JULI 2025` → `TB`: the period behind an indicator is the title's.
fn without_period(value: &str) -> &str {
    const PERIODS: [&str; 3] = ["bulan", "tahun", "periode"];
    let mut places = value.match_indices(' ').map(|(place, _)| place);
    let begins_a_period = |place: &usize| {
        let rest = plain_words(&value[*place..]);
        let mut words = rest.split(' ');
        let is_named = words.next().is_some_and(|word| PERIODS.contains(&word));
        is_named && words.next().is_some_and(|word| month_number(word).is_some() || full_year(word).is_some())
    };
    let end = places.find(begins_a_period).filter(|place| !value[..*place].trim().is_empty());
    end.map_or(value, |place| value[..place].trim_end_matches([' ', ',', '-', '–']))
}

/// `INDIKATOR : K6`, in one cell or as label, colon and value; the value and its cell.
fn labelled(line: BannerLine<'_>, is_label: &dyn Fn(&str) -> bool) -> Option<(String, CellRef)> {
    let mut label_seen = false;
    for cell in line.cells {
        let place = CellRef { row: line.row, column: cell.column };
        let text = value_text(&cell.value);
        if label_seen {
            let value = squeeze(text.trim_start_matches([':', '=', ' ']));
            if !value.is_empty() {
                return Some((value, place));
            }
            continue;
        }
        match text.split_once(':') {
            Some((label, value)) if is_label(label) => {
                let value = squeeze(value);
                if !value.is_empty() {
                    return Some((value, place));
                }
                label_seen = true;
            }
            _ => label_seen = is_label(&text) && line.cells.len() > 1,
        }
    }
    None
}

/// A period of several months that a line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NamedSpan {
    kind: PeriodKind,
    number: i32,
    year: Option<i32>,
}

impl NamedSpan {
    /// `caturwulan ii`, `triwulan 2`, `semester i`, `2023 c2`, `januari s d april`.
    fn read(tokens: &[&str]) -> Option<Self> {
        let year = tokens.iter().find_map(|token| full_year(token));
        let by_word = tokens.windows(2).find_map(|pair| Some((kind_of(pair[0])?, number_of(pair[1])?)));
        let by_code = || {
            let mut codes = tokens.windows(3).filter(|three| full_year(three[0]).is_some());
            codes.find_map(|three| Some((code_of(three[1])?, number_of(three[2])?)))
        };
        let by_months = || match month_places(tokens)[..] {
            [(_, first), (_, last)] if first < last => {
                let [first, last] = [Month::new(2000, first)?, Month::new(2000, last)?];
                let period = Period::between(first, last);
                let is_whole = period.first_month() == first && period.last_month() == last;
                (is_whole && period.kind() != PeriodKind::Year).then(|| (period.kind(), period.number()))
            }
            _ => None,
        };
        let (kind, number) = by_word.or_else(by_code).or_else(by_months)?;
        Some(Self { kind, number, year })
    }

    /// The period, with the year of the table where the line names none.
    pub(super) fn period(self, year: Option<i32>) -> Option<Period> {
        Period::new(self.kind, self.year.or(year)?, self.number)
    }
}

fn kind_of(token: &str) -> Option<PeriodKind> {
    match token {
        "caturwulan" | "cawu" => Some(PeriodKind::FourMonth),
        "triwulan" | "tribulan" | "tw" => Some(PeriodKind::Quarter),
        "semester" | "smt" => Some(PeriodKind::HalfYear),
        _ => None,
    }
}

/// The letter of `2023-C2`, as the command line writes periods.
fn code_of(token: &str) -> Option<PeriodKind> {
    match token {
        "c" => Some(PeriodKind::FourMonth),
        "q" => Some(PeriodKind::Quarter),
        "s" => Some(PeriodKind::HalfYear),
        _ => None,
    }
}

fn month_places(tokens: &[&str]) -> Vec<(usize, u32)> {
    tokens.iter().enumerate().filter_map(|(place, token)| Some((place, month_number(token)?))).collect()
}

/// A month or year that a sheet's or file's name tells: `OKT 2024`, `JAN`, `rekap-2023-05.xlsx`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NamedPeriod {
    pub(super) month: Option<u32>,
    pub(super) year: Option<i32>,
}

impl NamedPeriod {
    pub(super) fn read(name: &str) -> Self {
        let parts = parts(name);
        let tokens: Vec<&str> = parts.iter().map(String::as_str).collect();
        let year = tokens.iter().find_map(|token| full_year(token));
        let places = month_places(&tokens);
        let by_name = match places[..] {
            [(_, month)] => Some(month),
            _ => None,
        };
        let short = || places.first().and_then(|(place, _)| short_year(&tokens[place + 1..]));
        let year = year.or_else(|| by_name.and_then(|_| short()));
        let numbered = |token: &str| {
            (token.len() == 2).then(|| token.parse::<u32>().ok()).flatten().filter(|month| (1..=12).contains(month))
        };
        let by_number = tokens.windows(2).find_map(|pair| match (full_year(pair[0]), full_year(pair[1])) {
            (Some(_), None) => numbered(pair[1]),
            (None, Some(_)) => numbered(pair[0]),
            _ => None,
        });
        Self { month: by_name.or(by_number), year }
    }

    /// The month, where both parts are told.
    pub(super) fn month(self) -> Option<Month> {
        Month::new(self.year?, self.month?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn banner(lines: &[&[&str]]) -> Banner {
        let rows: Vec<Row> = (0..)
            .zip(lines)
            .map(|(index, texts)| Row {
                index,
                cells: (0..)
                    .zip(*texts)
                    .map(|(column, text)| Cell { column, value: CellValue::Text((*text).into()) })
                    .collect(),
            })
            .collect();
        Banner::read(rows.iter().map(BannerLine::all_cells))
    }

    #[test]
    fn the_usual_lines() {
        let found = banner(&[
            &["PEMERINTAH KABUPATEN"],
            &["REKAPITULASI PEMBINAAN JARINGAN DAN JEJARING"],
            &["UPT PUSKESMAS BENDOSARI"],
            &["TAHUN 2023"],
            &["BULAN : FEBRUARI 2023"],
        ]);
        assert_eq!(found.puskesmas.as_deref(), Some("UPT PUSKESMAS BENDOSARI"));
        assert_eq!((found.month, found.year), (Some((2, Some(2023))), Some(2023)));
    }

    #[test]
    fn scattered_lines_and_titles() {
        let found = banner(&[&["Puskesmas", ":", "Abcde"], &["BULAN", ":", "MEI"], &["TAHUN", ":", "2023"]]);
        assert_eq!(found.puskesmas.as_deref(), Some("Abcde"));
        assert_eq!((found.month, found.year), (Some((5, None)), Some(2023)));
        let title = banner(&[&["REKAP PEMBINAAN UPT PUSKESMAS ABCDE KABUPATEN X BULAN NOPEMBER TAHUN 2023"]]);
        assert_eq!(title.puskesmas.as_deref(), Some("UPT PUSKESMAS ABCDE"));
        assert_eq!((title.month, title.year), (Some((11, Some(2023))), Some(2023)));
        let of = |title: &str| banner(&[&[title]]).puskesmas;
        assert_eq!(of("PEMBINAAN JEJARING PUSKESMAS ABCDE TAHUN 2023").as_deref(), Some("PUSKESMAS ABCDE"));
        for none in
            ["JARINGAN PELAYANAN PUSKESMAS DAN JEJARING", "Kepala Puskesmas", "Jl. Puskesmas No. 5", "UPT PUSKESMAS"]
        {
            assert_eq!(of(none), None, "{none}");
        }
        let year = banner(&[&["JANUARI S.D. DESEMBER 2023"], &["PERMENKES NOMOR 43 TAHUN 2019"]]);
        assert_eq!((year.month, year.year), (None, Some(2023)));
        let printed = banner(&[&["TAHUN 2023"], &["Dicetak 5 Januari 2024"]]);
        assert_eq!((printed.month, printed.year), (None, Some(2023)));
    }

    #[test]
    fn an_indicator_has_its_cell() {
        let found = banner(&[&["INDIKATOR LAYANAN"], &["INDIKATOR : Cakupan K6 ibu hamil"]]);
        assert_eq!(found.indicator, Some(("Cakupan K6 ibu hamil".to_owned(), CellRef { row: 1, column: 0 })));
        let dated = banner(&[&["INDIKATOR : TB BULAN JULI 2025"]]);
        assert_eq!(dated.indicator.as_ref().map(|(name, _)| name.as_str()), Some("TB"));
        let cells = banner(&[&["Indikator", ":", "K6"]]);
        assert_eq!(cells.indicator, Some(("K6".to_owned(), CellRef { row: 0, column: 2 })));
        assert_eq!(banner(&[&["INDIKATOR LAYANAN"]]).indicator, None);
    }

    #[test]
    fn names_tell_periods() {
        assert_eq!(NamedPeriod::read("rekap-2023-05.xlsx").month(), Month::new(2023, 5));
        assert_eq!(NamedPeriod::read("OKT 2024").month(), Month::new(2024, 10));
        assert_eq!(NamedPeriod::read("JAN"), NamedPeriod { month: Some(1), year: None });
        assert_eq!(NamedPeriod::read("rekap-tahunan-2023.xlsx"), NamedPeriod { month: None, year: Some(2023) });
        assert_eq!(NamedPeriod::read("01-identifikasi.xlsx"), NamedPeriod::default());
        assert_eq!(NamedPeriod::read("report (32).xlsx"), NamedPeriod::default());
    }
}
