//! Letter details of a Puskesmas: letterhead, logo, who signs, numbers.
//!
//! Details that somebody saved on the page *Pengaturan surat* count whole; without them the file in `letters/` counts;
//! what neither says is a dotted line. Signature blocks of imported workbooks are only offered on that page: nothing is
//! printed over a line to sign on that nobody confirmed.

use chrono::Datelike;

use super::PaperService;
use super::paper::Prepared;
use super::request::{ReportRequest, owner_and_code};
use crate::app::AppError;
use crate::charts::{self, LogoError};
use crate::domain::table::DISTRICT;
use crate::domain::written::cluster_words;
use crate::domain::{Date, FileFormat, Month, Period, SignatureRole, format};
use crate::report::{Dating, Letter, LetterHead, NumberedPaper, Person, ReportKind};
use crate::store::{
    KeptSignature, LetterLines, LetterNumber, LetterSettings, NewNumber, Numbering, PaperKey, SavedSettings, Signatory,
};

/// Lines above the name of the Puskesmas, and lines of its address, at most.
pub const LINES_MAX: usize = 4;
/// Members of the district's team at most.
pub const TEAM_MAX: usize = 12;
/// Letters of a field at most.
pub const FIELD_CHARS_MAX: usize = 300;
/// Lines of *Tembusan* at most.
pub const COPIES_MAX: usize = 12;
/// The largest number of a letter.
pub const NUMBER_MAX: u32 = 99_999;
/// Room to write a number, a month or a year that is not known.
const BLANK: &str = "........";

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
/// Names that a pattern of numbers may hold in braces.
const PLACEHOLDERS: [&str; 4] = ["nomor", "bulan", "bulan-romawi", "tahun"];

/// Source of letter details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterSource {
    /// Saved on the page, by whom and when.
    Saved(String, chrono::DateTime<chrono::Utc>),
    /// A file in `letters/`.
    File,
    /// Neither page nor file says anything.
    Nothing,
}

/// Person who signed an imported workbook, offered for letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureGuess {
    /// Name, NIP, and a title where it is not the usual one.
    pub person: Signatory,
    /// Town before the date.
    pub place: String,
    /// File, sheet and cell of the signature, and its date (`rekap-mei.xlsx, lembar Pembinaan, sel F40, 2 Juni 2023`).
    pub origin: String,
}

/// Letter details with all that their page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterDetails {
    /// Details as papers print them.
    pub settings: LetterSettings,
    /// Source of the details.
    pub source: LetterSource,
    /// Person who signed last as head.
    pub head: Option<SignatureGuess>,
    /// Person who signed last as coordinator.
    pub coordinator: Option<SignatureGuess>,
}

/// Reason for which letter details are not kept. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// A field that is too long.
    #[error("{0} terlalu panjang; paling banyak {FIELD_CHARS_MAX} huruf")]
    TooLong(&'static str),
    /// More lines of a field than fit; the field and the most that do.
    #[error("{0} paling banyak {1} baris")]
    TooManyLines(&'static str, usize),
    /// A pattern without a place for the number.
    #[error("pola nomor harus memuat {{nomor}}, misalnya 440/{{nomor}}/PKM/{{bulan-romawi}}/{{tahun}}")]
    NoNumber,
    /// A pattern with something unknown in braces.
    #[error("pola nomor memuat {0} yang tidak dikenal; yang ada: {{nomor}}, {{bulan}}, {{bulan-romawi}}, {{tahun}}")]
    UnknownPlaceholder(String),
    /// A number that cannot be.
    #[error("nomor harus bilangan dari 1 sampai {NUMBER_MAX}")]
    BadNumber,
    /// The paper has a number already.
    #[error("laporan ini sudah bernomor {}, bertanggal {}; cabut dahulu bila keliru", .0.number, format::date(.0.day))]
    HasOne(LetterNumber),
    /// The number is another paper's.
    #[error("nomor {} tahun {} sudah dipakai laporan {} {}", .0.number, .0.day.year(), .0.kind, .0.period)]
    Taken(LetterNumber),
    /// A paper that carries no number.
    #[error("laporan ini tidak diberi nomor: pola nomor belum diisi di Pengaturan surat")]
    NotNumbered,
    /// The logo cannot be drawn.
    #[error(transparent)]
    Logo(#[from] LogoError),
    /// Any other failure of the app.
    #[error(transparent)]
    App(#[from] AppError),
}

/// The number that a paper is to get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberWish {
    /// Number that is wanted; `None`: the next free one of the year of the letter's date.
    pub number: Option<u32>,
    /// The letter's date; `None`: today.
    pub day: Option<Date>,
}

/// Number that a paper has or could get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperNumber {
    /// Number as it is printed.
    pub words: String,
    /// The number that it has.
    pub given: Option<LetterNumber>,
    /// The next free one of this year.
    pub next: u32,
}

impl PaperService<'_> {
    /// Letter details of a Puskesmas (name as [`App::resolve_puskesmas`](crate::app::App::resolve_puskesmas) gives it),
    /// or of the district's team ([`DISTRICT`]): its papers are about several Puskesmas and are signed by others.
    pub fn letter_details(self, puskesmas: &str) -> Result<LetterDetails, AppError> {
        let (settings, source) = self.letter_settings(puskesmas)?;
        let signatures = self.app.store().signatures(puskesmas)?;
        let guess = |role| signatures.iter().find(|kept| kept.signature.role == role).map(guess);
        Ok(LetterDetails {
            settings,
            source,
            head: guess(SignatureRole::Head),
            coordinator: guess(SignatureRole::Coordinator),
        })
    }

    /// The same as papers need it: without who signed workbooks.
    pub(super) fn letter_settings(self, puskesmas: &str) -> Result<(LetterSettings, LetterSource), AppError> {
        Ok(match self.app.store().letter_settings(puskesmas)? {
            Some(SavedSettings { settings: Some(settings), who, at }) => (settings, LetterSource::Saved(who, at)),
            _ => match self.file_settings(puskesmas) {
                Some(settings) => (settings, LetterSource::File),
                None => (LetterSettings { first_number: 1, ..LetterSettings::default() }, LetterSource::Nothing),
            },
        })
    }

    fn file_settings(self, puskesmas: &str) -> Option<LetterSettings> {
        // A file for every Puskesmas names who signs for a Puskesmas: not for the team.
        let definitions = self.app.definitions();
        let known = definitions.letter(puskesmas).filter(|letter| puskesmas != DISTRICT || letter.puskesmas.is_some());
        let known = known?.clone();
        let person = |person: Option<(String, Option<String>)>| {
            let (name, id_number) = person.unwrap_or_default();
            Signatory { title: String::new(), name, id_number: id_number.unwrap_or_default() }
        };
        Some(LetterSettings {
            above: known.above.join("\n"),
            address: known.address.unwrap_or_default(),
            place: known.place.unwrap_or_default(),
            head: person(known.head),
            coordinator: person(known.coordinator),
            number_pattern: String::new(),
            first_number: 1,
            team: known.team.join("\n"),
            logo: None,
        })
    }

    /// Keeps letter details in the name of who works.
    pub fn save_letter(self, puskesmas: &str, settings: &LetterSettings) -> Result<(), LetterError> {
        checked(settings)?;
        self.app.store().set_letter(puskesmas, Some(settings), self.app.by()).map_err(AppError::from)?;
        Ok(())
    }

    /// Gives way to the file in `letters/` again.
    pub fn reset_letter(self, puskesmas: &str) -> Result<(), AppError> {
        Ok(self.app.store().set_letter(puskesmas, None, self.app.by())?)
    }

    /// Keeps a logo beside the other details; `None` takes it away. Blocking.
    pub fn set_logo(self, puskesmas: &str, picture: Option<&[u8]>) -> Result<(), LetterError> {
        let logo = match picture {
            None => None,
            Some(bytes) => Some(
                self.app.store().add_logo(puskesmas, &charts::logo(bytes)?, self.app.by()).map_err(AppError::from)?,
            ),
        };
        let settings = LetterSettings { logo, ..self.letter_settings(puskesmas)?.0 };
        self.save_letter(puskesmas, &settings)
    }

    /// The logo that papers of a Puskesmas carry, as PNG.
    pub fn logo(self, puskesmas: &str) -> Result<Option<Vec<u8>>, AppError> {
        match self.letter_settings(puskesmas)?.0.logo {
            None => Ok(None),
            Some(hash) => Ok(self.app.store().logo(puskesmas, &hash)?),
        }
    }

    /// Returns the number that a paper has or could get; `None` where papers carry no number.
    pub fn paper_number(self, request: &ReportRequest) -> Result<Option<PaperNumber>, AppError> {
        let (owner, code) = self.numbered(request)?;
        let (settings, _) = self.letter_settings(&owner)?;
        if settings.number_pattern.is_empty() {
            return Ok(None);
        }
        let key = PaperKey { puskesmas: &owner, kind: &code, period: request.period };
        let given = self.app.store().letter_number(&key)?;
        let words = number_words(&settings.number_pattern, given.as_ref());
        let next = self.next_number(&owner, settings.first_number, self.app.clock().today())?;
        Ok(Some(PaperNumber { words, given, next }))
    }

    /// The next free number of the year of a day.
    fn next_number(self, owner: &str, first: u32, day: Date) -> Result<u32, AppError> {
        let numbers = self.app.store().letter_numbers(owner, day.year())?;
        Ok(numbers.iter().map(|given| given.number + 1).max().unwrap_or(1).max(first))
    }

    /// Gives a paper a number and a date, in the name of who works, and keeps what it says now as the content of that
    /// number. Blocking: the paper is made.
    pub fn give_number(self, request: &ReportRequest, wish: NumberWish) -> Result<(), LetterError> {
        if self.paper_number(request)?.is_none() {
            return Err(LetterError::NotNumbered);
        }
        let (owner, code) = self.numbered(request)?;
        let key = PaperKey { puskesmas: &owner, kind: &code, period: request.period };
        let day = wish.day.unwrap_or_else(|| self.app.clock().today());
        let first = self.letter_settings(&owner)?.0.first_number;
        let number = wish.number.map_or_else(|| self.next_number(&owner, first, day), Ok)?;
        if number == 0 || number > NUMBER_MAX {
            return Err(LetterError::BadNumber);
        }
        let new = NewNumber { number, day, by: self.app.by() };
        match self.app.store().give_letter_number(&key, new).map_err(AppError::from)? {
            Numbering::Given => {
                // A number without the paper that it was given for would stand for nothing.
                if let Err(error) = self.report(request, FileFormat::Pdf) {
                    self.revoke_number(request)?;
                    return Err(error.into());
                }
                Ok(())
            }
            Numbering::HasOne(own) => Err(LetterError::HasOne(own)),
            Numbering::Taken(other) => Err(LetterError::Taken(other)),
        }
    }

    /// Returns the lines that a paper prints as a letter beside its number.
    pub fn letter_lines(self, request: &ReportRequest) -> Result<LetterLines, AppError> {
        let (owner, code) = self.numbered(request)?;
        Ok(self.app.store().letter_lines(&PaperKey { puskesmas: &owner, kind: &code, period: request.period })?)
    }

    /// Keeps what a paper says as a letter beside its number, in the name of who works.
    pub fn set_letter_lines(self, request: &ReportRequest, lines: &LetterLines) -> Result<(), LetterError> {
        let fields = [("perihal", &lines.subject), ("lampiran", &lines.attachments)];
        let fields = fields.into_iter().map(|(name, text)| (name, text.as_str()));
        let copies = lines.copies.lines().map(|line| ("tembusan", line));
        if let Some((name, _)) = fields.chain(copies).find(|(_, text)| text.chars().count() > FIELD_CHARS_MAX) {
            return Err(LetterError::TooLong(name));
        }
        if lines.copies.lines().count() > COPIES_MAX {
            return Err(LetterError::TooManyLines("tembusan", COPIES_MAX));
        }
        let (owner, code) = self.numbered(request)?;
        let key = PaperKey { puskesmas: &owner, kind: &code, period: request.period };
        let by = self.app.by();
        self.app.store().set_letter_lines(&key, lines, by).map_err(AppError::from)?;
        Ok(())
    }

    /// Name that stands for the paper: a Puskesmas, or the district's team.
    pub fn owner_of(self, request: &ReportRequest) -> Result<String, AppError> {
        Ok(self.numbered(request)?.0)
    }

    /// Takes a paper's number back, in the name of who works; `false` where it has none.
    pub fn revoke_number(self, request: &ReportRequest) -> Result<bool, AppError> {
        let (owner, code) = self.numbered(request)?;
        let key = PaperKey { puskesmas: &owner, kind: &code, period: request.period };
        Ok(self.app.store().revoke_letter_number(&key, self.app.by())?)
    }

    /// Owner of the number that a paper carries, and the code under which it is kept: the team's ([`DISTRICT`]) where
    /// it is about several Puskesmas, one for each cluster.
    pub(super) fn numbered(self, request: &ReportRequest) -> Result<(String, String), AppError> {
        if request.kind != ReportKind::Cluster {
            let puskesmas = self.app.resolve_puskesmas(request.puskesmas.as_deref())?;
            return Ok(owner_and_code(request.kind, puskesmas));
        }
        Ok((DISTRICT.to_owned(), numbered_code(request.kind, self.cluster(request)?.as_deref())))
    }

    /// Letter details as a paper prints them.
    pub(super) fn letter(self, prepared: &Prepared) -> Result<Letter, AppError> {
        let (owner, code) = match &prepared.puskesmas {
            Some(puskesmas) => owner_and_code(prepared.kind, puskesmas.clone()),
            None => (DISTRICT.to_owned(), numbered_code(prepared.kind, prepared.cluster.as_deref())),
        };
        let owner = owner.as_str();
        let (settings, _) = self.letter_settings(owner)?;
        let key = PaperKey { puskesmas: owner, kind: &code, period: prepared.period };
        let numbered = match prepared.kind {
            ReportKind::Covering => self.numbered_papers(owner, &settings.number_pattern, prepared.period)?,
            _ => Vec::new(),
        };
        let (number, dating) = match settings.number_pattern.as_str() {
            "" => (String::new(), Dating::OfData),
            pattern => {
                let given = self.app.store().letter_number(&key)?;
                let dating = given.as_ref().map_or(Dating::Open, |given| Dating::On(given.day));
                (number_words(pattern, given.as_ref()), dating)
            }
        };
        let LetterLines { subject, attachments, copies } = self.app.store().letter_lines(&key)?;
        let logo = match &settings.logo {
            None => None,
            Some(hash) => self.app.store().logo(owner, hash)?,
        };
        let team = match settings.team.as_str() {
            "" if owner != DISTRICT => self.letter_settings(DISTRICT)?.0.team,
            own => own.to_owned(),
        };
        let known = |text: String| (!text.is_empty()).then_some(text);
        Ok(Letter {
            above: lines_of(&settings.above),
            address: known(settings.address),
            place: known(settings.place),
            head: person(settings.head),
            coordinator: person(settings.coordinator),
            team: lines_of(&team),
            logo,
            number,
            dating,
            head_lines: LetterHead { subject, attachments, copies: lines_of(&copies) },
            approval: prepared.approval.clone(),
            authors: self.authors(owner)?,
            numbered,
        })
    }

    /// The numbers that other papers of a Puskesmas have for a period.
    fn numbered_papers(self, owner: &str, pattern: &str, period: Period) -> Result<Vec<NumberedPaper>, AppError> {
        let mut numbered = Vec::new();
        for kind in ReportKind::ALL.into_iter().filter(|kind| !pattern.is_empty() && !kind.is_letter()) {
            let key = PaperKey { puskesmas: owner, kind: kind.code(), period };
            if let Some(given) = self.app.store().letter_number(&key)? {
                numbered.push(NumberedPaper { kind, number: number_words(pattern, Some(&given)), day: given.day });
            }
        }
        Ok(numbered)
    }
}

/// `tpcb-cluster Cluster Utara`; the kind's own code where it is about no cluster alone.
fn numbered_code(kind: ReportKind, cluster: Option<&str>) -> String {
    cluster.map_or_else(|| kind.code().to_owned(), |cluster| format!("{} {}", kind.code(), cluster_words(cluster)))
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(ToOwned::to_owned).collect()
}

fn person(signatory: Signatory) -> Option<Person> {
    let Signatory { title, name, id_number } = signatory;
    (!(title.is_empty() && name.is_empty())).then_some(Person { title, name, id_number })
}

/// Returns what a signature block offers for a letter; a title is worth a word only where somebody acts for another.
fn guess(KeptSignature { signature, file }: &KeptSignature) -> SignatureGuess {
    let title = if signature.is_acting { signature.title.clone() } else { String::new() };
    let id_number = signature.nip.as_deref().map(grouped_nip).unwrap_or_default();
    let date = signature.date.map(|date| format!(", {}", format::date(date))).unwrap_or_default();
    SignatureGuess {
        person: Signatory { title, name: signature.name.clone(), id_number },
        place: signature.place.clone().unwrap_or_default(),
        origin: format!("{file}, lembar {}, sel {}{date}", signature.sheet, signature.cell),
    }
}

/// `19700101 199503 1 001`: birth, appointment, sex, order, as letters write the 18 digits.
fn grouped_nip(digits: &str) -> String {
    let parts = [digits.get(..8), digits.get(8..14), digits.get(14..15), digits.get(15..18)];
    match parts {
        [Some(birth), Some(since), Some(sex), Some(order)] if digits.len() == 18 => {
            format!("{birth} {since} {sex} {order}")
        }
        _ => digits.to_owned(),
    }
}

fn checked(settings: &LetterSettings) -> Result<(), LetterError> {
    let fields = [
        ("kop surat", &settings.above),
        ("alamat", &settings.address),
        ("tempat", &settings.place),
        ("jabatan", &settings.head.title),
        ("nama", &settings.head.name),
        ("NIP", &settings.head.id_number),
        ("jabatan", &settings.coordinator.title),
        ("nama", &settings.coordinator.name),
        ("NIP", &settings.coordinator.id_number),
        ("pola nomor", &settings.number_pattern),
    ];
    let members = settings.team.lines().map(|line| ("anggota tim", line));
    let fields = fields.into_iter().map(|(name, text)| (name, text.as_str()));
    if let Some((name, _)) = fields.chain(members).find(|(_, text)| text.chars().count() > FIELD_CHARS_MAX) {
        return Err(LetterError::TooLong(name));
    }
    let lines = [("kop surat", &settings.above, LINES_MAX), ("alamat", &settings.address, LINES_MAX)];
    let lines = lines.into_iter().chain([("anggota tim", &settings.team, TEAM_MAX)]);
    if let Some((name, _, most)) = lines.into_iter().find(|(_, text, most)| text.lines().count() > *most) {
        return Err(LetterError::TooManyLines(name, most));
    }
    if settings.first_number == 0 || settings.first_number > NUMBER_MAX {
        return Err(LetterError::BadNumber);
    }
    checked_pattern(&settings.number_pattern)
}

fn checked_pattern(pattern: &str) -> Result<(), LetterError> {
    let mut rest = pattern;
    while let Some((_, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        if !PLACEHOLDERS.contains(&name) {
            return Err(LetterError::UnknownPlaceholder(format!("{{{name}}}")));
        }
        rest = tail;
    }
    if pattern.is_empty() || pattern.contains("{nomor}") { Ok(()) } else { Err(LetterError::NoNumber) }
}

/// The number as it is printed: with room to write where none was given.
pub(super) fn number_words(pattern: &str, given: Option<&LetterNumber>) -> String {
    let of_day = |words: fn(Date) -> String| given.map_or_else(|| BLANK.to_owned(), |given| words(given.day));
    let number = given.map_or_else(|| BLANK.to_owned(), |given| given.number.to_string());
    pattern
        .replace("{nomor}", &number)
        .replace("{bulan}", &of_day(|day| format!("{:02}", day.month())))
        .replace("{bulan-romawi}", &of_day(|day| ROMAN[day.month0() as usize].to_owned()))
        .replace("{tahun}", &of_day(|day| Month::from_date(day).year().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_out_or_left_to_be_written() {
        let given = LetterNumber {
            id: 1,
            number: 57,
            kind: "evaluasi".to_owned(),
            period: "2023-C2".to_owned(),
            day: "2023-09-04".parse().unwrap(),
            who: "ani".to_owned(),
            at: "2023-09-04T01:00:00Z".parse().unwrap(),
        };
        let pattern = "440/{nomor}/PKM-ABC/{bulan-romawi}/{tahun}";
        assert_eq!(number_words(pattern, Some(&given)), "440/57/PKM-ABC/IX/2023");
        assert_eq!(number_words("{nomor}.{bulan}", Some(&given)), "57.09");
        assert_eq!(number_words(pattern, None), "440/......../PKM-ABC/......../........");
    }

    #[test]
    fn patterns_are_checked() {
        for good in ["", "{nomor}", "440/{nomor}/{bulan}/{bulan-romawi}/{tahun}"] {
            assert!(checked_pattern(good).is_ok(), "{good}");
        }
        assert!(matches!(checked_pattern("440/PKM"), Err(LetterError::NoNumber)));
        for bad in ["{nomor}/{hari}", "{nomor}/{", "{{nomor}}"] {
            assert!(matches!(checked_pattern(bad), Err(LetterError::UnknownPlaceholder(_))), "{bad}");
        }
    }

    #[test]
    fn the_digits_of_a_nip_are_grouped() {
        assert_eq!(grouped_nip("197001011995031001"), "19700101 199503 1 001");
        assert_eq!(grouped_nip("1970"), "1970");
    }
}
