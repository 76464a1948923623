//! Totals: numerators and denominators of any group of facilities are pooled first, then computed; percentages are
//! never averaged.

use crate::domain::name::name_key;
use crate::domain::{Facility, FacilityGroup, Structure};

/// Which facilities a total is over; an empty selection takes all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Of this Puskesmas.
    pub puskesmas: Option<u32>,
    /// Of this kind, without regard to spelling variants.
    pub kind: Option<String>,
    /// Jaringan or jejaring.
    pub group: Option<FacilityGroup>,
    /// In this network structure.
    pub structure: Option<Structure>,
    /// In this village (desa).
    pub village: Option<String>,
}

impl Selection {
    /// Whether the facility belongs to it.
    pub fn contains(&self, facility: &Facility) -> bool {
        let same = |asked: &Option<String>, known: Option<&str>| {
            asked.as_deref().is_none_or(|asked| known.is_some_and(|known| name_key(known) == name_key(asked)))
        };
        self.puskesmas.is_none_or(|puskesmas| puskesmas == facility.puskesmas)
            && same(&self.kind, Some(&facility.kind))
            && self.group.is_none_or(|group| facility.group == Some(group))
            && self.structure.is_none_or(|structure| facility.structures.contains(&structure))
            && same(&self.village, facility.village.as_deref())
    }
}
