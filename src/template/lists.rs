//! Choices of the drop-downs. The lists stand in ranges of a hidden sheet: a list inside a rule ends at 255 characters
//! and breaks on commas.

use super::context::{TemplateContext, clean};
use crate::domain::facility::{FacilityGroup, Structure};
use crate::domain::format;
use crate::domain::name::name_key;

/// Name of the hidden sheet.
pub(super) const SHEET: &str = "Daftar";
/// First row of the lists, after the mark and their titles.
pub(super) const FIRST_ROW: u32 = 2;

/// Kinds of facilities that registers know.
const KINDS: [&str; 15] = [
    "Pustu",
    "Puskesmas Keliling",
    "Polindes",
    "Ponkesdes",
    "Poskesdes",
    "Klinik",
    "Dokter Praktik",
    "Dokter Gigi Praktik",
    "Bidan Praktik",
    "Apotek",
    "Laboratorium",
    "Rumah Sakit",
    "Posyandu",
    "Sekolah",
    "Tempat Kerja",
];

/// Forms of coaching; *Pertemuan* needs other evidence than the rest.
const FORMS: [&str; 4] = ["Supervisi fasilitatif", "Pembinaan", "Pertemuan", "Kunjungan lapangan"];

/// The word by which a planned visit is taken out.
pub(super) const CANCELLED: &str = "Dibatalkan";

/// List behind the drop-downs of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Facilities of the register.
    Names,
    /// The usual kinds of facility, then others of the register.
    Kinds,
    /// The groups *Jaringan* and *Jejaring*.
    Groups,
    /// The five network structures.
    Structures,
    /// Forms of coaching (*bentuk kegiatan*).
    Forms,
    /// The months of the year in words.
    Months,
    /// The months and *Dibatalkan*.
    Changes,
    /// The months, and December before: a report on December comes in January.
    ReportMonths,
}

impl List {
    /// Every list; the place is its column on the hidden sheet.
    pub const ALL: [Self; 8] = [
        Self::Names,
        Self::Kinds,
        Self::Groups,
        Self::Structures,
        Self::Forms,
        Self::Months,
        Self::Changes,
        Self::ReportMonths,
    ];

    /// Its column on the hidden sheet.
    pub fn column(self) -> u16 {
        self as u16
    }

    /// Title over the list.
    pub fn title(self) -> &'static str {
        match self {
            Self::Names => "Jaringan dan jejaring",
            Self::Kinds => "Jenis faskes",
            Self::Groups => "Kelompok faskes",
            Self::Structures => "Struktur",
            Self::Forms => "Bentuk",
            Self::Months => "Bulan",
            Self::Changes => "Bulan baru",
            Self::ReportMonths => "Bulan yang dilaporkan",
        }
    }

    /// Returns the choices in order; empty where there is nothing to choose from.
    pub fn items(self, context: &TemplateContext) -> Vec<String> {
        let months = || context.months().map(format::month);
        match self {
            Self::Names => {
                context.facilities.iter().map(|row| clean(&row.name)).filter(|name| !name.is_empty()).collect()
            }
            Self::Kinds => {
                let mut kinds: Vec<String> = KINDS.iter().map(|kind| (*kind).to_owned()).collect();
                for kind in context.facilities.iter().filter_map(|row| row.kind.as_deref()).map(clean) {
                    if !kind.is_empty() && !kinds.iter().any(|known| name_key(known) == name_key(&kind)) {
                        kinds.push(kind);
                    }
                }
                kinds
            }
            Self::Groups => FacilityGroup::ALL.iter().map(|group| group.label().to_owned()).collect(),
            Self::Structures => Structure::ALL.iter().map(|structure| structure.label().to_owned()).collect(),
            Self::Forms => FORMS.iter().map(|form| (*form).to_owned()).collect(),
            Self::Months => months().collect(),
            Self::Changes => months().chain([CANCELLED.to_owned()]).collect(),
            Self::ReportMonths => [format::month(context.january().plus(-1))].into_iter().chain(months()).collect(),
        }
    }

    /// `=Daftar!$A$3:$A$15`; `None` where the list is empty.
    pub fn range(self, context: &TemplateContext) -> Option<String> {
        let count = u32::try_from(self.items(context).len()).ok().filter(|count| *count > 0)?;
        let column = char::from(b'A' + u8::try_from(self.column()).ok()?);
        Some(format!("={SHEET}!${column}${}:${column}${}", FIRST_ROW + 1, FIRST_ROW + count))
    }
}
