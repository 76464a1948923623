//! Letters in the place of persons in a plan: read as the names that the legend of the sheet gives them, and told.

use std::collections::BTreeMap;

use super::Reader;
use crate::domain::records::CellRef;
use crate::recap::FoundTable;
use crate::recap::legend::persons::{PersonLegend, PersonNamed};

/// The persons of a legend, and those of them that were read.
pub(super) struct PlanLetters {
    persons: PersonLegend,
    read: BTreeMap<String, PersonNamed>,
    /// The first cell with such a letter.
    first: Option<CellRef>,
}

impl PlanLetters {
    /// The letters of a table's sheet.
    pub(super) fn from_table(table: &FoundTable<'_>) -> Self {
        Self { persons: PersonLegend::from_legend(&table.legend), read: BTreeMap::new(), first: None }
    }

    /// Returns the names behind the letters of a cell; none where it holds anything else.
    pub(super) fn names(&mut self, text: &str, place: CellRef) -> Option<String> {
        let persons = self.persons.named(text)?;
        let names: Vec<&str> = persons.iter().map(|person| person.name.as_str()).collect();
        let names = names.join(", ");
        self.read.extend(persons.into_iter().map(|person| (person.letter.clone(), person.clone())));
        self.first.get_or_insert(place);
        Some(names)
    }

    /// Tells which letters were read as whom.
    pub(super) fn tell(self, reader: &mut Reader<'_>) {
        let Some((place, PersonNamed { place: legend, .. })) = self.first.zip(self.read.values().next()) else {
            return;
        };
        let named: Vec<String> =
            self.read.values().map(|person| format!("{} = {}", person.letter, person.name)).collect();
        let message = format!(
            "huruf petugas dibaca menurut keterangan di {legend}: {}; bila bukan, tulis namanya sebagai ganti huruf",
            named.join(", ")
        );
        reader.reading(place, message);
    }
}
