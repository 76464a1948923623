//! The kinds of facility that somebody names in one cell, and whether a facility is of one of them. Knows no table.

use super::facility::Facility;
use super::name::{name_key, plain_words};

/// Words for one kind; the first is the key's. Beside them hold the variants of names.
const KIND_VARIANTS: [&[&str]; 3] = [
    &[
        "bpm",
        "bidan praktik mandiri",
        "bidan praktek mandiri",
        "praktik mandiri bidan",
        "bidan praktik",
        "praktik bidan",
    ],
    &["dpm", "dokter praktik mandiri", "dokter praktek mandiri", "praktik mandiri dokter", "dokter praktik"],
    &["pos ukk", "pos upaya kesehatan kerja"],
];
/// Words that name every kind.
const EVERYBODY: [&str; 4] = ["semua", "semua faskes", "semua jenis", "seluruh faskes"];

/// Kinds as somebody wrote them, in order; none where nothing was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedKinds(Vec<String>);

impl NamedKinds {
    /// The kinds of a text like `Pustu, Polindes dan Ponkesdes`.
    pub fn of_text(text: &str) -> Self {
        let parts = text.split([',', ';', '/', '\n', '+', '&']).flat_map(|part| part.split(" dan "));
        let parts = parts.map(str::trim).filter(|part| !plain_words(part).is_empty());
        Self(parts.map(ToOwned::to_owned).collect())
    }

    /// Reports whether none is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kinds, as written.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// Returns the text by which a cell of a workbook writes them.
    pub fn text(&self) -> String {
        self.0.join(", ")
    }

    /// Reports whether the facility is of a kind that is named, or of a group that is: *Klinik* names *Klinik Pratama*
    /// too.
    pub fn name(&self, facility: &Facility) -> bool {
        let kind = kind_words(&facility.kind);
        let group = facility.group.map(|group| plain_words(group.label()));
        self.0.iter().any(|named| {
            let plain = plain_words(named);
            let words = kind_words(named);
            EVERYBODY.contains(&plain.as_str())
                || group.as_ref() == Some(&plain)
                || name_key(named) == name_key(&facility.kind)
                || words == kind
                || kind.strip_prefix(words.as_str()).is_some_and(|rest| rest.starts_with(' '))
        })
    }
}

/// The words of a kind, its variants as one.
fn kind_words(kind: &str) -> String {
    let plain = plain_words(kind);
    for variants in KIND_VARIANTS {
        if variants.contains(&plain.as_str()) {
            return variants[0].to_owned();
        }
    }
    plain.split(' ').map(name_key).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facility::FacilityGroup;
    use crate::domain::period::Month;

    fn facility_named(kind: &str, group: FacilityGroup) -> Facility {
        Facility {
            puskesmas: 0,
            name: "A".to_owned(),
            kind: kind.to_owned(),
            group: Some(group),
            structures: Vec::new(),
            address: None,
            village: None,
            person_in_charge: None,
            owes_reports: true,
            active_from: Month::from_number(0),
            active_until: None,
            agreement: None,
            licence: None,
            coordinates: None,
            register_place: None,
        }
    }

    #[test]
    fn a_kind_is_named_in_any_usual_way() {
        let jejaring = FacilityGroup::Jejaring;
        for (text, kind, is_named) in [
            ("Pustu, Polindes", "Pustu", true),
            ("pustu; POLINDES", "Polindes", true),
            ("Pustu dan Ponkesdes", "Ponkesdes", true),
            ("Puskesmas Pembantu", "Pustu", true),
            ("Apotek", "Apotik", true),
            ("PMB", "BPM", true),
            ("Bidan Praktik Mandiri", "TPMB", true),
            ("Bidan Praktik Mandiri", "Praktik Bidan", true),
            ("Klinik", "Klinik Pratama", true),
            ("Klinik Pratama", "Klinik", false),
            ("Posyandu", "Sekolah", false),
            ("Semua", "Sekolah", true),
            ("Jejaring", "Sekolah", true),
            ("Jaringan", "Sekolah", false),
        ] {
            assert_eq!(NamedKinds::of_text(text).name(&facility_named(kind, jejaring)), is_named, "{text}: {kind}");
        }
        assert!(NamedKinds::of_text(" , ").is_empty());
    }
}
