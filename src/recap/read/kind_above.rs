//! Names that leave out the kind of facility because the heading of their column says it: `Melati` under `Nama Posyandu`.

use super::Reader;
use crate::domain::records::CellRef;
use crate::recap::heading::{Column, key};
use crate::recap::kinds::{Said, kind_of_name};

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
    ("bidan", MIDWIFE),
    ("laboratorium", "Laboratorium"),
];

/// The word before the name of a midwife's practice.
const MIDWIFE: &str = "BPM";

/// A kind that a heading of names says, as names begin with it, and where it stands.
pub(super) struct KindAbove {
    pub(super) kind: &'static str,
    place: CellRef,
    heading: String,
}

impl<'r> Reader<'r> {
    /// The kind that the heading of the names says.
    pub(super) fn kind_above(&self) -> Option<KindAbove> {
        let table = self.table;
        let column = *table.heading.columns.get(&Column::Name)?;
        let (place, heading) = table.heading.texts(table.sheet, column).pop()?;
        let said = key(&heading);
        let said = said.strip_prefix("nama").unwrap_or(&said);
        let (_, kind) = KINDS.iter().find(|(word, _)| *word == said)?;
        Some(KindAbove { kind, place, heading })
    }

    /// The registered facility of which a name is the rest, where the heading above it says the kind; told.
    pub(super) fn of_kind_above(&mut self, written: &str) -> Option<&'r str> {
        let above = self.kind_above()?;
        let name = self.context.facility(&format!("{} {written}", above.kind))?;
        self.tell_kind_above(&above, written, name);
        Some(name)
    }

    /// The name that a facility of a register gets whose kind the heading says and its name does not; told. A midwife is
    /// called by her own name, and a facility of another kind by its own.
    pub(super) fn with_kind_above(&mut self, written: String, kind: Option<&str>) -> String {
        let is_its_own = |above: &KindAbove| {
            let of_heading = kind_of_name(above.kind);
            above.kind != MIDWIFE && kind.is_none_or(|kind| Said::of(kind).kind() == of_heading)
        };
        let above = self.kind_above().filter(|_| kind_of_name(&written).is_none()).filter(is_its_own);
        let Some(above) = above else { return written };
        let name = format!("{} {written}", above.kind);
        self.tell_kind_above(&above, &written, &name);
        name
    }

    fn tell_kind_above(&mut self, KindAbove { place, heading, .. }: &KindAbove, written: &str, name: &str) {
        let message = format!(
            "nama tanpa jenisnya dibaca menurut judul kolom \"{heading}\", misalnya \"{written}\" = {name}; bila bukan, tulis nama lengkapnya"
        );
        self.reading_once(*place, message);
    }
}
