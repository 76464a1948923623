//! Letter details of one Puskesmas: letterhead, place, names and numbers of those who sign. What is not known is a
//! dotted line to write on, never a guess.

use crate::domain::{Date, format};

use super::document::{Letterhead, Signatures, Signer};

/// A line to write on.
pub const DOTTED: &str = "................................";

/// Details of letters; blank fields become dotted lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// Lines above the Puskesmas' name (`PEMERINTAH KABUPATEN …`, `DINAS KESEHATAN`).
    pub above: Vec<String>,
    /// Address below the name.
    pub address: Option<String>,
    /// Where letters are signed.
    pub place: Option<String>,
    /// Head of the Puskesmas.
    pub head: Option<Person>,
    /// Who keeps the network (PJ jaringan dan jejaring).
    pub coordinator: Option<Person>,
    /// Members of the district's team.
    pub team: Vec<String>,
    /// Logo as PNG.
    pub logo: Option<Vec<u8>>,
    /// Number of this paper; blank: papers carry none.
    pub number: String,
}

/// A name with its NIP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Title; blank: the usual one.
    pub title: String,
    /// With titles.
    pub name: String,
    /// NIP.
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

    /// The block of head and coordinator, dated with the day that the data shows.
    pub fn signatures(&self, puskesmas: &str, date: Date) -> Signatures {
        let head = self.head_signer("Mengetahui,", puskesmas);
        let title = title(self.coordinator.as_ref(), "PJ Jaringan dan Jejaring".to_owned());
        let coordinator = signer(&format!("\n{title}"), self.coordinator.as_ref());
        Signatures { place_and_date: self.place_and_date(date), signers: vec![head, coordinator] }
    }

    /// The block of a meeting: who led it and who wrote the minutes.
    pub fn meeting_signatures(&self, puskesmas: &str) -> Signatures {
        let head = self.head_signer("Pimpinan rapat,", puskesmas);
        let place = self.place.as_deref().unwrap_or("....................");
        Signatures {
            place_and_date: format!("{place}, ...................."),
            signers: vec![head, signer("\nNotulis", None)],
        }
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

    fn place_and_date(&self, date: Date) -> String {
        format!("{}, {}", self.place.as_deref().unwrap_or("...................."), format::date(date))
    }
}

/// What stands behind the words with which a line starts.
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
