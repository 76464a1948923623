//! Forms whose headings do not tell: a person says which table a sheet holds, which row is its heading and which
//! column is what; the answer is known again by the heading row. Also what such a form is likely to be.

use std::collections::BTreeMap;

use super::cells::{is_blank, shown};
use super::heading::{ACROSS_WORDS, Column, column_of, key, specs};
use super::layout::{Group, Heading, Layout};
use crate::domain::format::MONTHS;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::domain::{Received, Table};
use crate::workbook::{CellValue, Row, Sheet};

/// Texts that a heading row must have at least to be known again.
const HEADINGS_MIN: usize = 2;
/// Columns of a form that are looked at.
const COLUMNS_MAX: u32 = 200;
/// Rows of a sheet among which its heading is looked for.
const HEADING_ROWS_MAX: usize = 40;
/// How near a heading must be to a known word to be guessed (Jaro–Winkler, 0–1).
const GUESSED_FROM: f64 = 0.86;

/// What was said about forms and sheets, for one workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Forms of the Puskesmas.
    pub profiles: Vec<Profile>,
    /// Months of sheets that do not tell them, by the sheet's name.
    pub periods: Vec<(String, Received)>,
}

impl Hints {
    pub(super) fn period(&self, sheet: &str) -> Option<Received> {
        self.periods.iter().find(|(name, _)| name == sheet).map(|(_, period)| *period)
    }
}

/// A form that somebody explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its heading row in its normal form ([`fingerprint`]).
    pub fingerprint: String,
    /// Which table it is.
    pub table: Table,
    /// (column from 0, code of a [`Choice`]).
    pub columns: Vec<(u32, String)>,
}

/// What a column can be in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Stable code.
    pub code: String,
    /// What a person reads.
    pub label: String,
    /// Whether the table cannot do without.
    pub is_needed: bool,
}

/// What is wrong with what was said about a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// A column that the table cannot do without.
    #[error("kolom {} belum ditunjuk; pilih kolomnya, karena tabel ini tidak dapat dibaca tanpa itu", .0.join(", "))]
    Missing(Vec<String>),
    /// Two columns for one thing.
    #[error("{0} ditunjuk di dua kolom; pilih satu saja")]
    Twice(String),
    /// The row has too few texts to be known again.
    #[error("baris judul itu hampir kosong; pilih baris yang berisi nama-nama kolom")]
    NoHeading,
}

impl Profile {
    /// Columns as one text.
    pub fn columns_text(&self) -> String {
        self.columns.iter().map(|(column, code)| format!("{column}={code}")).collect::<Vec<_>>().join("\n")
    }

    /// The inverse of [`Profile::columns_text`]; what cannot be read is left out.
    pub fn columns_from(text: &str) -> Vec<(u32, String)> {
        let pair = |line: &str| {
            let (column, code) = line.split_once('=')?;
            Some((column.parse().ok()?, code.to_owned()))
        };
        text.lines().filter_map(pair).collect()
    }

    /// Whether a table can be read by it.
    ///
    /// # Errors
    /// Names the columns that are missing or said twice.
    pub fn check(&self) -> Result<(), ProfileError> {
        if self.fingerprint.is_empty() {
            return Err(ProfileError::NoHeading);
        }
        let mut codes: Vec<&str> = self.columns.iter().map(|(_, code)| code.as_str()).collect();
        codes.sort_unstable();
        if let Some(pair) = codes.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(ProfileError::Twice(label_of(self.table, pair[0])));
        }
        let needed = choices(self.table, &[]).into_iter().filter(|choice| choice.is_needed);
        let mut missing: Vec<String> =
            needed.filter(|choice| !codes.contains(&choice.code.as_str())).map(|choice| choice.label).collect();
        let has = |prefix: &str| codes.iter().any(|code| code.starts_with(prefix));
        match self.table {
            Table::Schedule if !has(MONTH) => missing.push("bulan".to_owned()),
            Table::Lokmin | Table::MonthlyReports if has(MONTH) => missing.retain(|label| label.starts_with("Nama")),
            Table::Achievements if !has(NUMERATOR) => missing.push("Capaian".to_owned()),
            Table::Achievements if !has(DENOMINATOR) => missing.push("Sasaran".to_owned()),
            _ => {}
        }
        if missing.is_empty() { Ok(()) } else { Err(ProfileError::Missing(missing)) }
    }

    /// The heading that this form has in `row`.
    fn heading(&self, row: u32) -> Option<Heading> {
        let mut columns: BTreeMap<Column, u32> = BTreeMap::new();
        let mut months: Vec<(u32, u32)> = Vec::new();
        let mut groups: Vec<Group> = Vec::new();
        for (place, code) in &self.columns {
            if let Some(month) = code.strip_prefix(MONTH).and_then(|month| month.parse().ok()) {
                months.push((month, *place));
            } else if let Some(service) = code.strip_prefix(DENOMINATOR) {
                group_of(&mut groups, service, row, *place).denominator = Some((*place).into());
            } else if let Some(service) = code.strip_prefix(NUMERATOR) {
                group_of(&mut groups, service, row, *place).numerator = Some((*place).into());
            } else if let Some(column) = column_of(std::slice::from_ref(code), words_of(self.table)) {
                columns.insert(column, *place);
            }
        }
        let anchor = Column::KEYS.iter().find_map(|column| columns.get(column)).copied()?;
        months.sort_unstable();
        let layout = match self.table {
            Table::Achievements => Layout::Groups(groups),
            Table::Schedule => Layout::Months(months),
            _ if !months.is_empty() => Layout::Months(months),
            _ => Layout::Columns,
        };
        let anchor = CellRef { row, column: anchor };
        Some(Heading::of_row(anchor, self.table, layout, columns))
    }
}

fn group_of<'g>(groups: &'g mut Vec<Group>, service: &str, row: u32, column: u32) -> &'g mut Group {
    let place = groups.iter().position(|group| group.heading == service);
    let place = place.unwrap_or_else(|| {
        let place = CellRef { row, column };
        groups.push(Group { heading: service.to_owned(), place, month: None, denominator: None, numerator: None });
        groups.len() - 1
    });
    &mut groups[place]
}

const MONTH: &str = "bulan:";
const DENOMINATOR: &str = "sasaran:";
const NUMERATOR: &str = "capaian:";

type Words = &'static [(Column, &'static [&'static str])];

fn words_of(table: Table) -> Words {
    specs().find(|spec| spec.table == table).map_or(ACROSS_WORDS, |spec| spec.words)
}

/// What the columns of a table can be, in the order of the template; `services` are the codes of the known
/// service indicators.
pub fn choices(table: Table, services: &[String]) -> Vec<Choice> {
    let spec = specs().find(|spec| spec.table == table);
    let is_needed = |column: Column| match spec {
        Some(spec) => spec.required.contains(&column) || table == Table::FollowUps && column == Column::Due,
        None => column == Column::Name,
    };
    let words = words_of(table).iter().filter_map(|(column, words)| Some((column, words.first()?)));
    let mut choices: Vec<Choice> = words
        .map(|(column, code)| Choice {
            code: (*code).to_owned(),
            label: column.label().to_owned(),
            is_needed: is_needed(*column),
        })
        .collect();
    if matches!(table, Table::Schedule | Table::Lokmin | Table::MonthlyReports) {
        choices.extend((1..).zip(MONTHS).map(|(number, name)| Choice {
            code: format!("{MONTH}{number}"),
            label: format!("Bulan {name}"),
            is_needed: false,
        }));
    }
    if table == Table::Achievements {
        for service in services {
            let of = |prefix: &str, word: &str| Choice {
                code: format!("{prefix}{service}"),
                label: format!("{word} {service}"),
                is_needed: false,
            };
            choices.extend([of(DENOMINATOR, "Sasaran"), of(NUMERATOR, "Capaian")]);
        }
    }
    choices
}

fn label_of(table: Table, code: &str) -> String {
    let named = choices(table, &[]).into_iter().find(|choice| choice.code == code);
    named.map_or_else(|| code.replace(':', " "), |choice| choice.label)
}

/// A row in its normal form: each text with its column, case, spacing and years apart; empty where there are too
/// few texts.
pub fn fingerprint(row: &Row) -> String {
    let texts = row.cells.iter().filter(|cell| cell.column < COLUMNS_MAX && !is_blank(Some(&cell.value)));
    let parts: Vec<String> = texts
        .filter_map(|cell| {
            let text = match &cell.value {
                CellValue::Text(text) => plain_words(text),
                CellValue::Number { .. } => shown(&cell.value),
                _ => return None,
            };
            let is_year = |word: &&str| word.len() == 4 && word.starts_with("20") && word.parse::<u32>().is_ok();
            let words: Vec<&str> = text.split(' ').filter(|word| !is_year(word)).collect();
            let words = words.concat();
            (!words.is_empty()).then(|| format!("{}={words}", cell.column))
        })
        .collect();
    let texts = parts.iter().filter(|part| part.chars().any(char::is_alphabetic)).count();
    if texts < HEADINGS_MIN { String::new() } else { parts.join("|") }
}

/// The headings of a sheet that somebody explained, top down.
pub(super) fn explained(sheet: &Sheet, profiles: &[Profile]) -> Vec<Heading> {
    if profiles.is_empty() {
        return Vec::new();
    }
    let known = sheet.rows.iter().filter_map(|row| {
        let found = fingerprint(row);
        if found.is_empty() {
            return None;
        }
        profiles.iter().find(|profile| profile.fingerprint == found)?.heading(row.index)
    });
    known.collect()
}

/// What a sheet that is not recognised may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Row of the heading, from 0.
    pub row: u32,
    /// Which table.
    pub table: Table,
    /// (column from 0, code of a [`Choice`]), as far as there is a guess.
    pub columns: Vec<(u32, String)>,
}

/// Guesses table, heading row and columns; what is given is not guessed.
pub fn guess(sheet: &Sheet, given: (Option<u32>, Option<Table>), services: &[String]) -> Guess {
    let rows = || sheet.rows.iter().take(HEADING_ROWS_MAX);
    let tables: Vec<Table> = given.1.map_or_else(|| Table::ALL.to_vec(), |table| vec![table]);
    let mut best: Option<(usize, Guess)> = None;
    for row in rows().filter(|row| given.0.is_none_or(|asked| asked == row.index)) {
        for table in &tables {
            let columns = guess_columns(row, *table, services);
            let needed = choices(*table, &[]).into_iter().filter(|choice| choice.is_needed);
            let there = needed.filter(|choice| columns.iter().any(|(_, code)| *code == choice.code)).count();
            let score = columns.len() + 2 * there;
            if best.as_ref().is_none_or(|(held, _)| score > *held) {
                best = Some((score, Guess { row: row.index, table: *table, columns }));
            }
        }
    }
    let widest = || rows().max_by_key(|row| (fingerprint(row).split('|').count(), u32::MAX - row.index));
    match best {
        Some((score, guess)) if score > 1 || given.0.is_some() => guess,
        _ => Guess {
            row: given.0.or_else(|| widest().map(|row| row.index)).unwrap_or(0),
            table: given.1.unwrap_or(Table::Visits),
            columns: Vec::new(),
        },
    }
}

fn guess_columns(row: &Row, table: Table, services: &[String]) -> Vec<(u32, String)> {
    let mut guessed: Vec<(f64, u32, String)> = Vec::new();
    for cell in row.cells.iter().filter(|cell| cell.column < COLUMNS_MAX && !is_blank(Some(&cell.value))) {
        let text = key(&shown(&cell.value));
        if text.is_empty() {
            continue;
        }
        let scored = words_of(table).iter().filter_map(|(_, words)| {
            let near = words.iter().map(|word| nearness(&text, word)).max_by(f64::total_cmp)?;
            Some((near, (*words.first()?).to_owned()))
        });
        let months = choices(table, services).into_iter().filter(|choice| choice.code.contains(':'));
        let others = months.map(|choice| {
            let label = key(&choice.label);
            let bare = label.trim_start_matches("bulan");
            let is_month = choice.code.starts_with(MONTH);
            let number = choice.code.trim_start_matches(MONTH);
            let is_it = text == label || is_month && (text == number || text.len() > 2 && bare.starts_with(&text));
            (f64::from(u8::from(is_it)), choice.code)
        });
        let best = scored.chain(others).max_by(|one, other| one.0.total_cmp(&other.0));
        guessed.extend(best.filter(|(near, _)| *near >= GUESSED_FROM).map(|(near, code)| (near, cell.column, code)));
    }
    guessed.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut columns: Vec<(u32, String)> = Vec::new();
    for (_, column, code) in guessed {
        if !columns.iter().any(|(_, known)| *known == code) {
            columns.push((column, code));
        }
    }
    columns.sort();
    columns
}

fn nearness(text: &str, word: &str) -> f64 {
    if text == word {
        return 1.0;
    }
    let is_part = word.len() > 4 && text.contains(word) || text.len() > 4 && word.contains(text);
    // The more of it is the same, the nearer: "hari dan tgl pembinaan" is a date before it is a "pembina".
    let shared = strsim::normalized_levenshtein(text, word);
    strsim::jaro_winkler(text, word).max(if is_part { 0.95 + shared / 25.0 } else { 0.0 }) - 0.001
}

impl Column {
    /// What a person calls it.
    fn label(self) -> &'static str {
        match self {
            Self::No => "Nomor urut",
            Self::Name => "Nama jaringan/jejaring",
            Self::Date => "Tanggal pembinaan",
            Self::Form => "Bentuk kegiatan",
            Self::Person => "Petugas / penanggung jawab",
            Self::Points => "Skor daftar tilik",
            Self::Maximum => "Skor maksimal",
            Self::AttendanceList => "Daftar hadir (bukti)",
            Self::Minutes => "Notulen",
            Self::Photos => "Foto",
            Self::Aspect => "Aspek",
            Self::Finding => "Temuan",
            Self::Item => "Rencana tindak lanjut",
            Self::Due => "Target selesai",
            Self::Done => "Tanggal selesai",
            Self::Invited => "Diundang",
            Self::Attended => "Hadir",
            Self::Sort => "Jenis lokmin",
            Self::ReportMonth => "Bulan laporan",
            Self::ReceivedOn => "Tanggal diterima",
            Self::Planned => "Jadwal semula",
            Self::Moved => "Jadwal baru",
            Self::Kind => "Jenis faskes",
            Self::Group => "Kelompok (jaringan atau jejaring)",
            Self::Structure => "Struktur jejaring",
            Self::Address => "Alamat",
            Self::Village => "Desa",
            Self::OwesReports => "Wajib lapor",
            Self::AgreementNumber => "Nomor PKS",
            Self::AgreementUntil => "PKS s.d.",
            Self::LicenceNumber => "Nomor izin",
            Self::LicenceUntil => "Izin s.d.",
            Self::ActiveFrom => "Aktif sejak",
            Self::ActiveUntil => "Aktif s.d.",
            Self::Code => "Kode",
            Self::IndicatorName => "Nama indikator",
            Self::Target => "Target (%)",
            Self::Weight => "Bobot",
            Self::Direction => "Arah",
            Self::Aggregation => "Agregasi",
            Self::Problem => "Masalah",
            Self::Cause => "Penyebab",
            Self::Agreed => "Tindak lanjut",
            Self::Proof => "Bukti",
            Self::Meeting => "Tanggal rapat",
            Self::Decision => "Keputusan",
            Self::Puskesmas => "Puskesmas",
            Self::Cluster => "Cluster",
            Self::Fact => "Temuan: fakta",
            Self::Conclusion => "Temuan: kesimpulan",
            Self::ForPuskesmas => "Rekomendasi untuk Puskesmas",
            Self::ForDistrict => "Rekomendasi untuk Dinas Kesehatan",
            Self::Sent => "Tanggal dikirim",
            Self::Answered => "Tanggal ditanggapi",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, Visibility};

    fn row(index: u32, texts: &[&str]) -> Row {
        let cells = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
        Row {
            index,
            cells: cells.map(|(column, text)| Cell { column, value: CellValue::Text((*text).into()) }).collect(),
        }
    }

    #[test]
    fn a_heading_row_is_known_without_case_spacing_and_years() {
        let one = fingerprint(&row(3, &["NO", "Nama  Tempat Usaha", "Tgl. 2023"]));
        assert_eq!(one, fingerprint(&row(9, &["No.", "nama tempat usaha", "TGL 2024"])));
        assert_ne!(one, fingerprint(&row(3, &["NO", "", "Nama  Tempat Usaha", "Tgl."])));
        assert_eq!(fingerprint(&row(3, &["NO"])), "");
    }

    #[test]
    fn what_is_missing_is_named() {
        let profile = |columns: &[(u32, &str)]| Profile {
            fingerprint: "0=a|1=b".to_owned(),
            table: Table::Visits,
            columns: columns.iter().map(|(column, code)| (*column, (*code).to_owned())).collect(),
        };
        let name = "namajaringanjejaring";
        assert_eq!(profile(&[(0, name)]).check(), Err(ProfileError::Missing(vec!["Tanggal pembinaan".to_owned()])));
        assert_eq!(profile(&[(0, name), (1, "tanggalpembinaan")]).check(), Ok(()));
        assert!(matches!(profile(&[(0, name), (1, name)]).check(), Err(ProfileError::Twice(_))));
        let whole = profile(&[(0, name), (1, "tanggalpembinaan")]);
        assert_eq!(Profile::columns_from(&whole.columns_text()), whole.columns);
    }

    #[test]
    fn every_choice_is_a_column() {
        for table in Table::ALL {
            for choice in choices(table, &["K6".to_owned()]).iter().filter(|choice| !choice.code.contains(':')) {
                let found = column_of(std::slice::from_ref(&choice.code), words_of(table)).map(Column::label);
                assert_eq!(found, Some(choice.label.as_str()), "{table:?} {}", choice.code);
            }
        }
    }

    #[test]
    fn a_sheet_is_guessed() {
        let rows = vec![
            row(0, &["BUKU KUNJUNGAN"]),
            row(2, &["Urut", "Hari dan Tgl Pembinaan", "Tempat yang dikunjungi", "Pembinanya"]),
            row(3, &["1", "12 Mei 2023", "Apotek Alvi", "Ani"]),
        ];
        let sheet = Sheet::new("Buku".to_owned(), Visibility::Visible, rows, Vec::new());
        let guess = guess(&sheet, (None, None), &[]);
        assert_eq!((guess.row, guess.table), (2, Table::Visits), "{guess:?}");
        assert!(guess.columns.contains(&(1, "tanggalpembinaan".to_owned())), "{guess:?}");
    }
}
