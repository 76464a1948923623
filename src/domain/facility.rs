//! A coached facility (jaringan or jejaring) as the register describes it.

use super::Date;
use super::coordinates::Coordinates;
use super::period::Month;

/// Jaringan (the Puskesmas' own outposts) or jejaring (the others).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "both words are the field's own")]
pub enum FacilityGroup {
    Jaringan,
    Jejaring,
}

impl FacilityGroup {
    /// Both groups.
    pub const ALL: [Self; 2] = [Self::Jaringan, Self::Jejaring];

    /// The word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Jaringan => "Jaringan",
            Self::Jejaring => "Jejaring",
        }
    }
}

/// The five network structures; a facility belongs to one or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Structure {
    /// Wilayah administratif.
    AdministrativeArea,
    /// Sekolah.
    School,
    /// Tempat kerja.
    Workplace,
    /// Sistem rujukan.
    ReferralSystem,
    /// Lintas sektor.
    CrossSector,
}

impl Structure {
    /// All five.
    pub const ALL: [Self; 5] =
        [Self::AdministrativeArea, Self::School, Self::Workplace, Self::ReferralSystem, Self::CrossSector];

    /// The words of the register.
    pub fn label(self) -> &'static str {
        match self {
            Self::AdministrativeArea => "Wilayah Administratif",
            Self::School => "Sekolah",
            Self::Workplace => "Tempat Kerja",
            Self::ReferralSystem => "Sistem Rujukan",
            Self::CrossSector => "Lintas Sektor",
        }
    }
}

/// One facility of the register, its attributes resolved over all accepted registers.
#[derive(Clone, Debug, PartialEq)]
pub struct Facility {
    /// Index of its Puskesmas in [`crate::domain::Facts::puskesmas`].
    pub puskesmas: u32,
    /// Name as the register writes it.
    pub name: String,
    /// Kind as the register writes it (`Pustu`, `Apotek`, …).
    pub kind: String,
    /// Jaringan or jejaring, where the register says so.
    pub group: Option<FacilityGroup>,
    /// Network structures that it belongs to; empty where the register does not say.
    pub structures: Vec<Structure>,
    /// Address as the register writes it.
    pub address: Option<String>,
    /// Village (*desa/kelurahan*) as the register writes it.
    pub village: Option<String>,
    /// Person in charge (*penanggung jawab*) as the register writes it.
    pub person_in_charge: Option<String>,
    /// True if it owes monthly reports (*Wajib Lapor*; yes unless said otherwise).
    pub owes_reports: bool,
    /// First month in which it is active.
    pub active_from: Month,
    /// Last month in which it is active, where it ended.
    pub active_until: Option<Month>,
    /// Number and last day of the cooperation agreement (PKS).
    pub agreement: Option<LicencePaper>,
    /// Number and last day of the licence (izin).
    pub licence: Option<LicencePaper>,
    /// Place on the map, where the register says so.
    pub coordinates: Option<Coordinates>,
    /// Place in the order of the register, where one tells it.
    pub register_place: Option<u32>,
}

/// A paper with a number and an end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicencePaper {
    /// Number as the register writes it.
    pub number: Option<String>,
    /// Last day of validity.
    pub valid_until: Option<Date>,
}

impl Facility {
    /// Returns the key by which lists of facilities are ordered: Puskesmas, place in the register, name. Facilities of
    /// which no register tells a place come last.
    pub fn listing_key(&self) -> (u32, u32, &str) {
        (self.puskesmas, self.register_place.unwrap_or(u32::MAX), &self.name)
    }

    /// Reports whether it is active in `month`.
    pub fn is_active_in(&self, month: Month) -> bool {
        self.active_from <= month && self.active_until.is_none_or(|until| month <= until)
    }

    /// Reports whether it is active in some month of `year`: then an evaluation lists it.
    pub fn is_listed_in(&self, year: i32) -> bool {
        self.active_from.year() <= year && self.active_until.is_none_or(|until| until.year() >= year)
    }
}
