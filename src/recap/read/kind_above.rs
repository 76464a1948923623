//! Names that leave out the kind of facility because the heading of their column says it: `Melati` under `Nama Posyandu`.

use super::Reader;
use crate::recap::heading::{Column, key};

/// Kinds that a heading of names may say, and the word that then stands before each name.
const KINDS: [(&str, &str); 12] = [
    ("posyandu", "Posyandu"),
    ("posbindu", "Posbindu"),
    ("pustu", "Pustu"),
    ("puskesmaspembantu", "Pustu"),
    ("polindes", "Polindes"),
    ("ponkesdes", "Ponkesdes"),
    ("poskesdes", "Poskesdes"),
    ("klinik", "Klinik"),
    ("apotek", "Apotek"),
    ("apotik", "Apotek"),
    ("bidan", "BPM"),
    ("laboratorium", "Laboratorium"),
];

impl<'r> Reader<'r> {
    /// The registered facility of which a name is the rest, where the heading above it says the kind; told.
    pub(super) fn of_kind_above(&mut self, written: &str) -> Option<&'r str> {
        let table = self.table;
        let column = *table.heading.columns.get(&Column::Name)?;
        let (place, heading) = table.heading.texts(table.sheet, column).pop()?;
        let said = key(&heading);
        let said = said.strip_prefix("nama").unwrap_or(&said);
        let (_, kind) = KINDS.iter().find(|(word, _)| *word == said)?;
        let name = self.context.facility(&format!("{kind} {written}"))?;
        let message = format!(
            "nama tanpa jenisnya dibaca menurut judul kolom \"{heading}\", misalnya \"{written}\" = {name}; bila bukan, tulis nama lengkapnya"
        );
        self.reading_once(place, message);
        Some(name)
    }
}
