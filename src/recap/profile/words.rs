//! Words that a person says once about the tables of a form, beside its columns, as they are typed, kept and read by
//! people. Said, they are no guess any more. The readers of tables decide what they do.

use std::fmt;

use crate::domain::name::plain_words;
use crate::domain::{ReportReceipt, Table};

/// Points that a checklist can be out of at most.
const MAXIMUM_MAX: f64 = 10_000.0;
/// Letters of a kind, a code or a heading at most.
const WORD_CHARS_MAX: usize = 60;
/// Pairs of one word at most.
const PAIRS_MAX: usize = 60;
/// Marks between the two sides of a pair, and between pairs.
const PAIR_MARKS: [char; 2] = ['=', ';'];

/// A matter that can be settled by a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordSort {
    /// Figures count by month or since January.
    Counting,
    /// The maximum of the points of all rows.
    Maximum,
    /// The kind of all rows.
    Kind,
    /// The meaning of blank cells of an attendance.
    Blank,
    /// Rows are villages, and of one kind of facility.
    Villages,
    /// The service indicator of a table that names none.
    Indicator,
    /// The column that names the indicator of each row.
    IndicatorColumn,
    /// The indicators that each denominator serves.
    Denominators,
    /// The meanings of colours.
    Colours,
    /// The meanings of words under a status.
    Statuses,
    /// The markers of planned rows and of those of what was done.
    PlanRows,
    /// The marks that count.
    Marks,
    /// Numbers below months are days or counts.
    Numbers,
    /// Rows of visits are follow-ups too, or not.
    TwoTables,
    /// The place that tells the month: title, or name of sheet or file.
    MonthFrom,
    /// The same of the year.
    YearFrom,
}

impl WordSort {
    /// Every sort.
    pub const ALL: [Self; 16] = [
        Self::Counting,
        Self::Maximum,
        Self::Kind,
        Self::Blank,
        Self::Villages,
        Self::Indicator,
        Self::IndicatorColumn,
        Self::Denominators,
        Self::Colours,
        Self::Statuses,
        Self::PlanRows,
        Self::Marks,
        Self::Numbers,
        Self::TwoTables,
        Self::MonthFrom,
        Self::YearFrom,
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Counting => "hitungan",
            Self::Maximum => "skor-maksimal",
            Self::Kind => "jenis",
            Self::Blank => "sel-kosong",
            Self::Villages => "desa",
            Self::Indicator => "indikator",
            Self::IndicatorColumn => "kolom-indikator",
            Self::Denominators => "sasaran",
            Self::Colours => "warna",
            Self::Statuses => "status",
            Self::PlanRows => "baris",
            Self::Marks => "tanda",
            Self::Numbers => "angka",
            Self::TwoTables => "dua-tabel",
            Self::MonthFrom => "bulan-dari",
            Self::YearFrom => "tahun-dari",
        }
    }

    /// The sort of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }

    /// Returns its name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Counting => "Angka tabel ini",
            Self::Maximum => "Skor maksimal semua baris",
            Self::Kind => "Jenis semua baris",
            Self::Blank => "Sel kosong pada bulan yang ada pertemuannya",
            Self::Villages => "Baris desa berarti",
            Self::Indicator => "Indikator tabel ini",
            Self::IndicatorColumn => "Kolom yang menyebut indikator",
            Self::Denominators => "Sasaran setiap indikator",
            Self::Colours => "Arti warna",
            Self::Statuses => "Arti kata status",
            Self::PlanRows => "Baris rencana dan pelaksanaan",
            Self::Marks => "Tanda yang dihitung",
            Self::Numbers => "Angka di bawah bulan",
            Self::TwoTables => "Rencana tindak lanjut di baris pembinaan",
            Self::MonthFrom => "Bulan tabel ini menurut",
            Self::YearFrom => "Tahun tabel ini menurut",
        }
    }

    /// Reports whether each part of the table has a word of its own.
    fn is_of_pairs(self) -> bool {
        matches!(self, Self::Denominators | Self::Colours | Self::Statuses | Self::PlanRows)
    }

    /// Returns the answers to choose from, where they are the same for every table.
    pub fn chosen(self) -> impl Iterator<Item = Chosen> {
        Chosen::ALL.into_iter().filter(move |chosen| chosen.sort() == self)
    }
}

/// An answer that is chosen and not typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Figures count since January.
    Cumulative,
    /// Each month stands for itself.
    Monthly,
    /// Whose cell is blank was invited and did not come.
    BlankIsAbsent,
    /// Whose cell is blank was not invited.
    BlankIsNotInvited,
    /// Rows are facilities.
    NoVillages,
    /// Whatever stands there counts.
    AnyMark,
    /// Nothing but a tick counts.
    TicksAlone,
    /// Numbers are days of the month.
    NumbersAreDays,
    /// Numbers tell how often.
    NumbersAreCounts,
    /// They are follow-ups.
    FollowUps,
    /// They are remarks about the visit.
    Remarks,
    /// The sheet's name tells the month.
    MonthOfSheet,
    /// The title tells the month.
    MonthOfTitle,
    /// The file's name tells the month.
    MonthOfFile,
    /// The sheet's name tells the year.
    YearOfSheet,
    /// The title tells the year.
    YearOfTitle,
    /// The file's name tells the year.
    YearOfFile,
}

impl Chosen {
    /// Everything that can be chosen.
    pub const ALL: [Self; 17] = [
        Self::Cumulative,
        Self::Monthly,
        Self::BlankIsAbsent,
        Self::BlankIsNotInvited,
        Self::NoVillages,
        Self::AnyMark,
        Self::TicksAlone,
        Self::NumbersAreDays,
        Self::NumbersAreCounts,
        Self::FollowUps,
        Self::Remarks,
        Self::MonthOfSheet,
        Self::MonthOfTitle,
        Self::MonthOfFile,
        Self::YearOfSheet,
        Self::YearOfTitle,
        Self::YearOfFile,
    ];

    /// Returns the matter that it settles.
    pub fn sort(self) -> WordSort {
        match self {
            Self::Cumulative | Self::Monthly => WordSort::Counting,
            Self::BlankIsAbsent | Self::BlankIsNotInvited => WordSort::Blank,
            Self::NoVillages => WordSort::Villages,
            Self::AnyMark | Self::TicksAlone => WordSort::Marks,
            Self::NumbersAreDays | Self::NumbersAreCounts => WordSort::Numbers,
            Self::FollowUps | Self::Remarks => WordSort::TwoTables,
            Self::MonthOfSheet | Self::MonthOfTitle | Self::MonthOfFile => WordSort::MonthFrom,
            Self::YearOfSheet | Self::YearOfTitle | Self::YearOfFile => WordSort::YearFrom,
        }
    }

    /// As it is said.
    pub fn code(self) -> &'static str {
        match self {
            Self::Cumulative => "kumulatif",
            Self::Monthly => "bulanan",
            Self::BlankIsAbsent => "tidak-hadir",
            Self::BlankIsNotInvited => "tidak-diundang",
            Self::NoVillages => "faskes",
            Self::AnyMark => "semua",
            Self::TicksAlone => "centang",
            Self::NumbersAreDays => "tanggal",
            Self::NumbersAreCounts => "kali",
            Self::FollowUps => "ya",
            Self::Remarks => "bukan",
            Self::MonthOfSheet | Self::YearOfSheet => "lembar",
            Self::MonthOfTitle | Self::YearOfTitle => "judul",
            Self::MonthOfFile | Self::YearOfFile => "berkas",
        }
    }

    /// As a person reads it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Cumulative => "kumulatif sejak Januari",
            Self::Monthly => "bukan kumulatif, capaian bulan itu saja",
            Self::BlankIsAbsent => "diundang, tidak hadir",
            Self::BlankIsNotInvited => "tidak diundang",
            Self::NoVillages => "nama faskes, bukan desa",
            Self::AnyMark => "tanda apa pun, juga x",
            Self::TicksAlone => "hanya √ (atau v, 1, ya)",
            Self::NumbersAreDays => "tanggal dalam bulan itu",
            Self::NumbersAreCounts => "berapa kali dalam bulan itu",
            Self::FollowUps => "RTL",
            Self::Remarks => "hanya catatan, bukan RTL",
            Self::MonthOfSheet | Self::YearOfSheet => "nama lembarnya",
            Self::MonthOfTitle | Self::YearOfTitle => "judulnya",
            Self::MonthOfFile | Self::YearOfFile => "nama berkasnya",
        }
    }
}

/// The meaning that somebody gives to a colour or a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// Planned.
    Planned,
    /// Done; attended.
    Done,
    /// Not done; absent.
    Not,
    /// A report came in time.
    InTime,
    /// A report came late.
    Late,
    /// Nothing: decoration.
    Nothing,
}

impl Meant {
    /// Every meaning.
    pub const ALL: [Self; 6] = [Self::Planned, Self::Done, Self::Not, Self::InTime, Self::Late, Self::Nothing];

    /// As it is said.
    pub fn code(self) -> &'static str {
        match self {
            Self::Planned => "rencana",
            Self::Done => "dilaksanakan",
            Self::Not => "tidak",
            Self::InTime => "tepat-waktu",
            Self::Late => "terlambat",
            Self::Nothing => "hiasan",
        }
    }

    /// The meaning of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meant| meant.code() == code)
    }

    /// Reports whether cells of a table can mean it.
    pub(in crate::recap) fn is_of(self, table: Table) -> bool {
        match self {
            Self::Planned => table != Table::MonthlyReports,
            Self::InTime | Self::Late => table == Table::MonthlyReports,
            Self::Done | Self::Not | Self::Nothing => true,
        }
    }

    /// The receipt of a report whose cell means it.
    pub(in crate::recap) fn receipt(self) -> Option<ReportReceipt> {
        match self {
            Self::Done => Some(ReportReceipt::Came),
            Self::Not => Some(ReportReceipt::NotCome),
            Self::InTime => Some(ReportReceipt::InTime),
            Self::Late => Some(ReportReceipt::Late),
            Self::Planned | Self::Nothing => None,
        }
    }
}

/// A word that somebody said.
#[derive(Clone, Debug, PartialEq)]
pub enum SaidWord {
    /// One of some choices.
    Chosen(Chosen),
    /// All points are out of this.
    Maximum(f64),
    /// A kind, a code or the text of a heading.
    Text(WordSort, String),
    /// The meaning of each part of the table.
    Pairs(WordSort, Vec<(String, String)>),
}

/// Why something cannot be said so. The display is the message for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordError {
    /// None of the choices.
    #[error("{}: pilih {}", .0.label(), choices_of(*.0))]
    Choice(WordSort),
    /// No maximum.
    #[error("skor maksimal harus angka lebih dari 0 dan paling besar 10.000, misalnya 100")]
    Maximum,
    /// No kind, code or heading.
    #[error("{} harus berupa kata, paling panjang {WORD_CHARS_MAX} huruf", .0.label().to_lowercase())]
    Text(WordSort),
    /// No pairs.
    #[error("{}: tulis pasangan seperti {}", .0.label(), pairs_of(*.0))]
    Pairs(WordSort),
    /// It names what the table, or the Puskesmas, does not have.
    #[error("\"{named}\" tidak ada {place}; yang ada: {known}")]
    Unknown {
        /// The part that it names.
        named: String,
        /// Where it would have to be.
        place: &'static str,
        /// The parts that are there.
        known: String,
    },
    /// It is said of tables of another sort.
    #[error("{} tidak dapat dikatakan tentang tabel {}", .0.label().to_lowercase(), .1.label())]
    OtherTable(WordSort, Table),
}

fn choices_of(sort: WordSort) -> String {
    sort.chosen().map(Chosen::code).collect::<Vec<_>>().join(" atau ")
}

fn pairs_of(sort: WordSort) -> &'static str {
    match sort {
        WordSort::Denominators => "K6 = Sasaran Ibu Hamil; IDL = Sasaran Bayi",
        WordSort::Colours => {
            "#00B050 = rencana; #FF0000 = hiasan (rencana, dilaksanakan, tidak atau hiasan; pada laporan juga tepat-waktu atau terlambat)"
        }
        WordSort::Statuses => "ok = selesai; jalan = belum",
        _ => "R = rencana; L = dilaksanakan",
    }
}

impl SaidWord {
    /// A word as it is typed or kept.
    ///
    /// # Errors
    /// Says what can be written.
    pub fn parse(sort: WordSort, text: &str) -> Result<Self, WordError> {
        let text = one_line(text);
        if let Some(chosen) = sort.chosen().find(|chosen| chosen.code() == text) {
            return Ok(Self::Chosen(chosen));
        }
        match sort {
            WordSort::Maximum => {
                let maximum = text.replace(',', ".").parse::<f64>().ok();
                let maximum = maximum.filter(|maximum| *maximum > 0.0 && *maximum <= MAXIMUM_MAX);
                maximum.map(Self::Maximum).ok_or(WordError::Maximum)
            }
            WordSort::Kind | WordSort::Villages | WordSort::Indicator | WordSort::IndicatorColumn => {
                let is_word = text.chars().any(char::is_alphabetic) && text.chars().count() <= WORD_CHARS_MAX;
                if is_word { Ok(Self::Text(sort, text)) } else { Err(WordError::Text(sort)) }
            }
            _ if sort.is_of_pairs() => pairs(sort, &text),
            _ => Err(WordError::Choice(sort)),
        }
    }

    /// Returns the matter that it settles.
    pub fn sort(&self) -> WordSort {
        match self {
            Self::Chosen(chosen) => chosen.sort(),
            Self::Maximum(_) => WordSort::Maximum,
            Self::Text(sort, _) | Self::Pairs(sort, _) => *sort,
        }
    }

    /// As a person reads it.
    pub fn phrase(&self) -> String {
        match self {
            Self::Chosen(chosen) => chosen.phrase().to_owned(),
            Self::Text(WordSort::Villages, kind) => format!("{kind} di desa itu"),
            Self::Maximum(_) | Self::Text(..) | Self::Pairs(..) => self.to_string(),
        }
    }

    /// This word with what was said before of other parts of the table.
    #[must_use]
    pub fn with_former(self, former: Option<&Self>) -> Self {
        match (self, former) {
            (Self::Pairs(sort, mut pairs), Some(Self::Pairs(_, former))) if sort != WordSort::PlanRows => {
                let own: Vec<String> = pairs.iter().map(|(name, _)| plain_words(name)).collect();
                pairs.extend(former.iter().filter(|(name, _)| !own.contains(&plain_words(name))).cloned());
                Self::Pairs(sort, pairs)
            }
            (word, _) => word,
        }
    }
}

impl fmt::Display for SaidWord {
    /// The inverse of [`SaidWord::parse`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chosen(chosen) => f.write_str(chosen.code()),
            Self::Maximum(maximum) => f.write_str(&maximum.to_string().replace('.', ",")),
            Self::Text(_, text) => f.write_str(text),
            Self::Pairs(_, pairs) => {
                let pairs: Vec<String> = pairs.iter().map(|(name, said)| format!("{name} = {said}")).collect();
                f.write_str(&pairs.join("; "))
            }
        }
    }
}

/// A name as one side of a pair: without the marks that part pairs.
pub(in crate::recap) fn as_side(text: &str) -> String {
    one_line(&text.replace(PAIR_MARKS, " "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Pairs as they are written; a part without a word is left out.
fn pairs(sort: WordSort, text: &str) -> Result<SaidWord, WordError> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for written in text.split(';').map(str::trim).filter(|written| !written.is_empty()) {
        let (name, said) = written.split_once('=').ok_or(WordError::Pairs(sort))?;
        let name = one_line(name);
        let said = one_line(said);
        let is_fit = match sort {
            WordSort::Denominators => said.chars().count() <= WORD_CHARS_MAX * 2,
            WordSort::Statuses => matches!(said.as_str(), "selesai" | "belum"),
            WordSort::PlanRows => matches!(said.as_str(), "rencana" | "dilaksanakan"),
            _ => Meant::from_code(&said).is_some(),
        };
        if said.is_empty() && !name.is_empty() {
            continue;
        }
        let is_new = !pairs.iter().any(|(known, _)| plain_words(known) == plain_words(&name));
        if name.is_empty() || name.chars().count() > WORD_CHARS_MAX * 2 || !is_fit || !is_new {
            return Err(WordError::Pairs(sort));
        }
        pairs.push((name, said));
    }
    let is_whole = match sort {
        WordSort::PlanRows => {
            pairs.len() == 2 && ["rencana", "dilaksanakan"].iter().all(|row| pairs.iter().any(|(_, said)| said == row))
        }
        _ => (1..=PAIRS_MAX).contains(&pairs.len()),
    };
    if is_whole { Ok(SaidWord::Pairs(sort, pairs)) } else { Err(WordError::Pairs(sort)) }
}

/// A word about the tables of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormWord {
    /// The text by which the form is known again.
    pub fingerprint: String,
    /// The kind of table.
    pub table: Table,
    /// The word itself.
    pub word: SaidWord,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_as_they_are_typed() {
        for (sort, typed, kept) in [
            (WordSort::Counting, "kumulatif", "kumulatif"),
            (WordSort::Counting, " bulanan ", "bulanan"),
            (WordSort::Maximum, "36,5", "36,5"),
            (WordSort::Maximum, "100", "100"),
            (WordSort::Kind, " Pos  UKK ", "Pos UKK"),
            (WordSort::Villages, "Polindes", "Polindes"),
            (WordSort::Villages, "faskes", "faskes"),
            (WordSort::Denominators, "K6=Sasaran  Bumil ;IDL = Bayi;", "K6 = Sasaran Bumil; IDL = Bayi"),
            (WordSort::Statuses, "ok = selesai; jalan = belum; x =", "ok = selesai; jalan = belum"),
            (WordSort::PlanRows, "R = rencana; L = dilaksanakan", "R = rencana; L = dilaksanakan"),
        ] {
            let word = SaidWord::parse(sort, typed).unwrap();
            assert_eq!((word.sort(), word.to_string().as_str()), (sort, kept));
            assert_eq!(SaidWord::parse(sort, kept), Ok(word));
        }
        for (sort, typed) in [
            (WordSort::Counting, "mungkin"),
            (WordSort::Maximum, "0"),
            (WordSort::Maximum, "NaN"),
            (WordSort::Maximum, "inf"),
            (WordSort::Maximum, "seratus"),
            (WordSort::Kind, "12"),
            (WordSort::Blank, "kosong"),
            (WordSort::Statuses, "ok"),
            (WordSort::Statuses, "ok = mungkin"),
            (WordSort::Statuses, "ok = selesai; OK = belum"),
            (WordSort::Colours, "= rencana"),
            (WordSort::PlanRows, "R = rencana; L = rencana"),
        ] {
            assert!(SaidWord::parse(sort, typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_word_is_bounded_in_letters_pairs_and_points() {
        let is_taken = |sort, typed: &str| SaidWord::parse(sort, typed).is_ok();
        let letters = |count: usize| "x".repeat(count);
        assert!(is_taken(WordSort::Kind, &letters(WORD_CHARS_MAX)));
        assert!(!is_taken(WordSort::Kind, &letters(WORD_CHARS_MAX + 1)));
        assert!(is_taken(WordSort::Denominators, &format!("K6 = {}", letters(WORD_CHARS_MAX * 2))));
        assert!(!is_taken(WordSort::Denominators, &format!("K6 = {}", letters(WORD_CHARS_MAX * 2 + 1))));
        assert!(!is_taken(WordSort::Statuses, &format!("{} = selesai", letters(WORD_CHARS_MAX * 2 + 1))));
        let pairs = |count: usize| (0..count).map(|number| format!("s{number} = belum")).collect::<Vec<_>>().join(";");
        assert!(is_taken(WordSort::Statuses, &pairs(PAIRS_MAX)));
        assert!(!is_taken(WordSort::Statuses, &pairs(PAIRS_MAX + 1)));
        assert!(is_taken(WordSort::Maximum, &MAXIMUM_MAX.to_string()));
        assert!(!is_taken(WordSort::Maximum, &(MAXIMUM_MAX + 1.0).to_string()));
    }

    #[test]
    fn a_later_word_adds_to_the_pairs_said_before() {
        let of = |text| SaidWord::parse(WordSort::Statuses, text).unwrap();
        let both = of("ok = belum").with_former(Some(&of("OK = selesai; jalan = belum")));
        assert_eq!(both.to_string(), "ok = belum; jalan = belum");
    }
}
