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
        let chair = signer("Mengetahui,\nKepala Dinas Kesehatan", None);
        Signatures { place_and_date: self.place_and_date(date), signers: vec![chair, signer("\nKetua TPCB", None)] }
    }

    fn head_signer(&self, lead: &str, puskesmas: &str) -> Signer {
        let title = title(self.head.as_ref(), format!("Kepala {puskesmas}"));
        signer(&format!("{lead}\n{title}"), self.head.as_ref())
    }

    fn place_and_date(&self, date: Date) -> String {
        format!("{}, {}", self.place.as_deref().unwrap_or("...................."), format::date(date))
    }
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
