//! The persons behind the letters of a plan, by the legend of its sheet: `A = dr. Sari, B = bidan Rina`, `Tim A : Ani`.
//! Judges no row.

use std::collections::BTreeMap;

use super::plan_words::meaning;
use super::{ExplainedSign, Legend, TEAM_WORDS, is_figure};
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::trim;

/// Most letters of initials.
const INITIALS_MAX: usize = 4;
/// Marks between several letters in one cell.
const MARKS_BETWEEN: [char; 5] = ['/', ',', '+', '&', ';'];

/// Persons by their letters; a letter that is explained in two ways has no name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::recap) struct PersonLegend(BTreeMap<String, Option<PersonNamed>>);

/// A person as a legend names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::recap) struct PersonNamed {
    pub(in crate::recap) letter: String,
    pub(in crate::recap) name: String,
    /// The cell of the legend.
    pub(in crate::recap) place: CellRef,
}

impl PersonLegend {
    /// The legend of a sheet.
    pub(in crate::recap) fn from_legend(legend: &Legend<'_>) -> Self {
        Self::among(legend.signs().iter())
    }

    /// The persons among some signs.
    pub(in crate::recap) fn among<'s>(explained: impl Iterator<Item = &'s ExplainedSign>) -> Self {
        let mut found = Self::default();
        for ExplainedSign { place, sign, all_said, .. } in explained.filter(|one| is_of_person(one)) {
            let named = PersonNamed { letter: sign.clone(), name: all_said.clone(), place: *place };
            let known = found.0.entry(sign.clone()).or_insert_with(|| Some(named.clone()));
            if known.as_ref().is_some_and(|known| known.name != named.name) {
                *known = None;
            }
        }
        found
    }

    /// Reports whether a text is nothing but letters of persons: `A`, `A/B`, `Tim A`.
    pub(in crate::recap) fn explains(&self, text: &str) -> bool {
        letters_in(text).all(|letter| self.0.contains_key(letter))
    }

    /// Returns the persons whose letters a text is made of; none where one of them is not known.
    pub(in crate::recap) fn named(&self, text: &str) -> Option<Vec<&PersonNamed>> {
        letters_in(text).map(|letter| self.0.get(letter)?.as_ref()).collect()
    }
}

/// The letters of a text, without the word for a team before them.
fn letters_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(MARKS_BETWEEN).flat_map(|part| part.split(" dan ")).map(|part| {
        let part = trim(part);
        match part.rsplit_once(' ') {
            Some((team, letter)) if TEAM_WORDS.contains(&plain_words(team).as_str()) => letter,
            _ => part,
        }
    })
}

fn is_of_person(explained: &ExplainedSign) -> bool {
    let ExplainedSign { sign, said, is_alone, is_team, .. } = explained;
    let is_sign = is_of_initials(sign) || is_letter(sign) && !is_absence(said) || *is_team && is_figure(sign);
    *is_alone && is_sign && meaning(said).is_none()
}

fn is_letter(sign: &str) -> bool {
    let mut characters = sign.chars();
    matches!((characters.next(), characters.next()), (Some(first), None) if first.is_uppercase() && !"XV".contains(first))
}

/// Reports whether a legend explains a letter of an attendance.
fn is_absence(said: &str) -> bool {
    let words = plain_words(said);
    ["hadir", "sakit", "izin", "ijin", "alpa", "cuti", "dinas luar", "absen"].iter().any(|word| words.contains(word))
}

/// Reports whether a text may be the initials of who goes there: `IP`, `NH/SA`.
pub(in crate::recap) fn is_of_initials(text: &str) -> bool {
    let is_one = |part: &str| {
        let part = trim(part);
        (2..=INITIALS_MAX).contains(&part.chars().count()) && part.chars().all(char::is_uppercase)
    };
    text.split(['/', ',', '+', '&']).all(is_one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, CellValue, Row, Sheet, Visibility};

    fn names(legend: &str, text: &str) -> Option<Vec<String>> {
        let cells = vec![Cell { column: 1, value: CellValue::Text(legend.into()) }];
        let rows = vec![Row { index: 20, cells }];
        let sheet = Sheet::new("Jadwal".to_owned(), Visibility::Visible, rows, Vec::new());
        let persons = PersonLegend::from_legend(&Legend::from_sheet(&sheet));
        Some(persons.named(text)?.into_iter().map(|person| person.name.clone()).collect())
    }

    #[test]
    fn letters_are_persons() {
        for (legend, text, found) in [
            ("A = dr. Sari, B = bidan Rina", "A", Some(vec!["dr. Sari"])),
            ("A = dr. Sari, Sp.A, B = bidan Rina", "A & B", Some(vec!["dr. Sari, Sp.A", "bidan Rina"])),
            ("Tim A : Ani; Tim B : Budi", "Tim B", Some(vec!["Budi"])),
            ("Tim 1 = Ani, Tim 2 = Budi", "Tim 1 dan Tim 2", Some(vec!["Ani", "Budi"])),
            ("A = dr. Sari", "A/D", None),
            ("A = dr. Sari, A = Rina", "A", None),
            ("A = alpa", "A", None),
        ] {
            let found = found.map(|names| names.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(names(legend, text), found, "{legend}: {text}");
        }
    }
}
