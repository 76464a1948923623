//! Letter details of one Puskesmas: letterhead, place, names and numbers of those who sign. What is not known is a
//! dotted line to write on, never a guess.

use crate::domain::{Date, ReportKind, format};

use super::author::Authors;
use super::document::{Block, COPIES_HEADING, Letterhead, NUMBER_LINE, Part, PartFormats, Signatures, Signer};

/// A line to write on.
pub const DOTTED: &str = "................................";

/// A short line to write a place or a date on.
pub const DOTTED_SHORT: &str = "....................";

/// Date that stands beside the signatures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dating {
    /// The day that the data shows: the paper is no letter.
    #[default]
    OfData,
    /// None yet: the letter has no number.
    Open,
    /// The date of the letter itself.
    On(Date),
}

/// Lines that a letter prints above its text, as somebody wrote them; a blank one is not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LetterHead {
    /// *Perihal*: the subject of the letter.
    pub subject: String,
    /// *Lampiran*: the number and kind of its attachments.
    pub attachments: String,
    /// *Tembusan*, one a line.
    pub copies: Vec<String>,
}

/// Details of letters; blank fields become dotted lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// Lines above the Puskesmas' name (`PEMERINTAH KABUPATEN …`, `DINAS KESEHATAN`).
    pub above: Vec<String>,
    /// Address below the name.
    pub address: Option<String>,
    /// Town in which letters are signed.
    pub place: Option<String>,
    /// Head of the Puskesmas.
    pub head: Option<Person>,
    /// Person who keeps the network (PJ jaringan dan jejaring).
    pub coordinator: Option<Person>,
    /// Members of the district's team.
    pub team: Vec<String>,
    /// Logo as PNG; `None`: the letterhead has none.
    pub logo: Option<Vec<u8>>,
    /// Number of this paper; blank: papers carry none.
    pub number: String,
    /// Date beside the signatures.
    pub dating: Dating,
    /// Lines above its text.
    pub head_lines: LetterHead,
    /// State of approval of the paper's period; blank: nothing is said of it.
    pub approval: String,
    /// Names of those who write here, by the time from which they are known.
    pub authors: Authors,
    /// Numbers of other papers of the same period; looked up where a letter names them.
    pub numbered: Vec<NumberedPaper>,
}

/// A paper that has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedPaper {
    /// Kind of the paper.
    pub kind: ReportKind,
    /// Number in words.
    pub number: String,
    /// Date of it as a letter.
    pub day: Date,
}

/// A name with its NIP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Title; blank: the usual one.
    pub title: String,
    /// Name with academic titles.
    pub name: String,
    /// NIP, as it was entered.
    pub id_number: String,
}

impl Letter {
    /// The letterhead of a Puskesmas.
    pub fn letterhead(&self, name: &str) -> Letterhead {
        let usual = ["PEMERINTAH KABUPATEN/KOTA ....................", "DINAS KESEHATAN"];
        let above = if self.above.is_empty() { usual.map(ToOwned::to_owned).to_vec() } else { self.above.clone() };
        let address = self.address.clone().unwrap_or_default();
        Letterhead { above, name: name.to_owned(), address, logo: self.logo.clone() }
    }

    /// Number, date, attachments, subject and approval, of those that are there.
    pub fn lines(&self) -> Vec<(String, String)> {
        let dated = match self.dating {
            Dating::On(day) => format::date(day),
            Dating::OfData | Dating::Open => String::new(),
        };
        let LetterHead { subject, attachments, copies: _ } = &self.head_lines;
        let lines = [
            (NUMBER_LINE, self.number.as_str()),
            ("Tanggal", &dated),
            ("Lampiran", attachments),
            ("Perihal", subject),
            ("Persetujuan", &self.approval),
        ];
        let told = lines.into_iter().filter(|(_, value)| !value.is_empty());
        told.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// Parts of a paper with *Tembusan* at the end of what is printed, where anybody gets a copy.
    pub fn with_copies(&self, mut parts: Vec<Part>) -> Vec<Part> {
        let copies = &self.head_lines.copies;
        let last = parts.iter_mut().rev().find(|part| part.reach == PartFormats::Everywhere);
        if let Some(last) = last.filter(|_| !copies.is_empty()) {
            last.blocks.push(Block::Heading(COPIES_HEADING.to_owned()));
            let numbered = copies.iter().enumerate().map(|(place, copy)| format!("{}. {copy}", place + 1));
            last.blocks.extend(numbered.map(Block::Paragraph));
        }
        parts
    }

    /// The block of head and coordinator; of a paper that is no letter dated with the day that the data shows.
    pub fn signatures(&self, puskesmas: &str, date: Date) -> Signatures {
        let head = self.head_signer("Mengetahui,", puskesmas);
        let title = title(self.coordinator.as_ref(), "PJ Jaringan dan Jejaring".to_owned());
        let coordinator = signer(&format!("\n{title}"), self.coordinator.as_ref());
        Signatures { place_and_date: self.place_and_date(date), signers: vec![head, coordinator] }
    }

    /// Who signs for the district's team, name and NIP to be written by hand.
    pub fn team_signer() -> Signer {
        signer("Untuk TPCB,\nKetua tim", None)
    }

    /// The block of a meeting: who led it and who wrote the minutes, on its day.
    pub fn meeting_signatures(&self, puskesmas: &str, day: Option<Date>) -> Signatures {
        let head = self.head_signer("Pimpinan rapat,", puskesmas);
        let place_and_date = match (day, &self.dating) {
            (Some(day), Dating::OfData) => self.place_and_date(day),
            (None, Dating::OfData) => self.place_and(DOTTED_SHORT),
            (_, Dating::Open | Dating::On(_)) => self.place_and_date(Date::default()),
        };
        Signatures { place_and_date, signers: vec![head, signer("\nNotulis", None)] }
    }

    /// Place and date at the head of a letter, or above who signs an order; never the day of the data.
    pub fn written_at(&self) -> String {
        match self.dating {
            Dating::OfData | Dating::Open => self.place_and(DOTTED_SHORT),
            Dating::On(day) => self.place_and(&format::date(day)),
        }
    }

    /// The head of the Puskesmas alone, below a letter that has its date above.
    pub fn head_signature(&self, puskesmas: &str) -> Signatures {
        let title = title(self.head.as_ref(), format!("Kepala {puskesmas}"));
        Signatures { place_and_date: String::new(), signers: vec![signer(&format!("{title},"), self.head.as_ref())] }
    }

    /// The head of the district office alone.
    pub fn office_signature(&self) -> Signatures {
        let title = title(self.head.as_ref(), "Kepala Dinas Kesehatan".to_owned());
        Signatures { place_and_date: String::new(), signers: vec![signer(&format!("{title},"), self.head.as_ref())] }
    }

    /// The block of who hands a letter over and who receives it: names to be written in.
    pub fn receipt_signatures() -> Signatures {
        let signers = vec![signer("Yang menyerahkan,", None), signer("Yang menerima,", None)];
        Signatures { place_and_date: format!("{DOTTED_SHORT}, {DOTTED_SHORT}"), signers }
    }

    /// The block of the district's team.
    pub fn team_signatures(&self, date: Date) -> Signatures {
        let head = title(self.head.as_ref(), "Kepala Dinas Kesehatan".to_owned());
        let chair = title(self.coordinator.as_ref(), "Ketua TPCB".to_owned());
        let head = signer(&format!("Mengetahui,\n{head}"), self.head.as_ref());
        let chair = signer(&format!("\n{chair}"), self.coordinator.as_ref());
        Signatures { place_and_date: self.place_and_date(date), signers: vec![head, chair] }
    }

    /// The district's health office, as the letterhead names it (`Dinas Kesehatan Kabupaten Contoh`): its own line, and
    /// where that says no more than what it is, the line of the government above it. `None` where neither tells.
    pub fn health_office(&self) -> Option<String> {
        const OFFICE: &str = "Dinas Kesehatan";
        let above = |start: &str| self.above.iter().find_map(|line| after(line, start));
        let of = above(OFFICE)?;
        let of = if of.is_empty() { above("Pemerintah")? } else { of };
        Some(format!("{OFFICE} {}", capitalised(of)))
    }

    fn head_signer(&self, lead: &str, puskesmas: &str) -> Signer {
        let title = title(self.head.as_ref(), format!("Kepala {puskesmas}"));
        signer(&format!("{lead}\n{title}"), self.head.as_ref())
    }

    /// Place, and the letter's own date; of a paper that is no letter the day that its data shows.
    fn place_and_date(&self, date: Date) -> String {
        match self.dating {
            Dating::OfData => self.place_and(&format::date(date)),
            Dating::Open => self.place_and(DOTTED_SHORT),
            Dating::On(day) => self.place_and(&format::date(day)),
        }
    }

    fn place_and(&self, date: &str) -> String {
        format!("{}, {date}", self.place.as_deref().unwrap_or(DOTTED_SHORT))
    }
}

/// Returns the text behind the words with which a line starts; `None` where it starts otherwise.
fn after<'l>(line: &'l str, start: &str) -> Option<&'l str> {
    let line = line.trim();
    let is_start = line.get(..start.len())?.eq_ignore_ascii_case(start);
    line.get(start.len()..).filter(|_| is_start).map(str::trim)
}

/// `KABUPATEN CONTOH` as running text writes it; what is not in capitals throughout stays as it is.
fn capitalised(words: &str) -> String {
    if words.chars().any(char::is_lowercase) {
        return words.to_owned();
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| format!("{first}{}", letters.as_str().to_lowercase()))
    };
    words.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

fn title(person: Option<&Person>, usual: String) -> String {
    person.map(|person| person.title.clone()).filter(|title| !title.is_empty()).unwrap_or(usual)
}

fn signer(role: &str, person: Option<&Person>) -> Signer {
    let known = |text: Option<&str>| text.filter(|text| !text.is_empty()).unwrap_or(DOTTED).to_owned();
    Signer {
        role: role.to_owned(),
        name: known(person.map(|person| person.name.as_str())),
        id_number: known(person.map(|person| person.id_number.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letterhead_names_the_health_office() {
        let office = |above: &[&str]| {
            let above = above.iter().map(|line| (*line).to_owned()).collect();
            Letter { above, ..Letter::default() }.health_office()
        };
        let expected = Some("Dinas Kesehatan Kabupaten Contoh".to_owned());
        assert_eq!(office(&["PEMERINTAH KABUPATEN CONTOH", "DINAS KESEHATAN"]), expected);
        assert_eq!(office(&["Pemerintah Kabupaten Contoh", "Dinas Kesehatan Kabupaten Contoh"]), expected);
        assert_eq!(office(&["DINAS KESEHATAN DKI Jakarta"]).as_deref(), Some("Dinas Kesehatan DKI Jakarta"));
        for unknown in [&[][..], &["DINAS KESEHATAN"], &["PEMERINTAH KABUPATEN CONTOH"], &["ÄÖ"]] {
            assert_eq!(office(unknown), None, "{unknown:?}");
        }
    }
}
