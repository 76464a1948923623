//! Titles between the rows of Capaian that name the indicator of the rows below them: `INDIKATOR : K1`, `A. K1`.

use super::service::{service, year_service};
use crate::domain::records::CellRef;
use crate::recap::cells::value_text;
use crate::recap::part_titles::named_part;
use crate::recap::read::row::RowReader;
use crate::recap::read::rows::RowKind;
use crate::recap::read::{Reader, rows_of};

/// The indicator of the rows above the first title.
#[derive(Clone, Debug, Default)]
enum Before {
    #[default]
    Unasked,
    Asked(Option<String>),
}

/// The indicators that the titles of a table name, by their rows.
#[derive(Debug, Default)]
pub(super) struct Sections {
    /// Row and code; none where nobody knows the indicator, which is said.
    titles: Vec<(u32, Option<String>)>,
    /// The indicator of the rows above the first title.
    before: Before,
}

impl Sections {
    /// Looks through the titles; none where no title names an indicator.
    pub(super) fn from_reader(reader: &mut Reader<'_>) -> Self {
        let mut found: Vec<(CellRef, String)> = Vec::new();
        let mut unknown: Vec<(CellRef, String)> = Vec::new();
        let table = reader.table;
        let context = reader.context;
        for (row, kind) in rows_of(table, context) {
            let cells = table.heading.cells(row);
            let texts: Vec<_> =
                cells.iter().filter(|cell| cell.value.text().is_some_and(|text| !text.trim().is_empty())).collect();
            let (RowKind::Nothing, Some(first)) = (kind, texts.first()) else { continue };
            let line = texts.iter().map(|cell| value_text(&cell.value)).collect::<Vec<_>>().join(" ");
            let place = CellRef { row: row.index, column: first.column };
            let lower = line.to_lowercase();
            let labelled =
                lower.find("indikator").filter(|at| lower[..*at].chars().filter(|c| c.is_alphabetic()).count() <= 3);
            match (labelled, line.split_once(':')) {
                (Some(_), Some((_, named))) if !named.trim().is_empty() => {
                    found.push((place, named.trim().to_owned()));
                }
                _ => {
                    let bare = line
                        .split_once(['.', ')'])
                        .filter(|(mark, _)| mark.len() <= 4)
                        .map_or(line.as_str(), |(_, rest)| rest);
                    let alone = value_text(&texts[texts.len() - 1].value);
                    let named = [line.as_str(), bare.trim(), alone.as_str()];
                    let known = named.into_iter().find(|text| context.service(text).is_some());
                    let part = || named_part(&line);
                    let within = || part().and_then(|_| context.service_within(&line)).map(ToOwned::to_owned);
                    match known.map(ToOwned::to_owned).or_else(within) {
                        Some(known) => found.push((place, known)),
                        // A part of the table that nobody knows ends the one before it.
                        None => unknown.extend(
                            part().filter(|_| bare.len() < line.len()).map(|_| (place, bare.trim().to_owned())),
                        ),
                    }
                }
            }
        }
        if !found.is_empty() {
            found.extend(unknown);
            found.sort_by_key(|(place, _)| *place);
        }
        let titles = found.into_iter().map(|(place, named)| (place.row, service(reader, &named, place))).collect();
        Self { titles, before: Before::Unasked }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.titles.is_empty()
    }

    /// The indicator of a row; a row below a title that nobody knows is refused.
    pub(super) fn service_of(&mut self, row: &mut RowReader<'_, '_>) -> Option<String> {
        let index = row.place_in(0).row;
        let title = self.titles.iter().rev().find(|(above, _)| *above < index).map(|(_, code)| code.clone());
        let code = match title {
            Some(code) => code,
            None => self.before(row),
        };
        if code.is_none() {
            row.refuse();
        }
        code
    }

    fn before(&mut self, row: &mut RowReader<'_, '_>) -> Option<String> {
        if let Before::Unasked = self.before {
            self.before = Before::Asked(year_service(row.reader));
        }
        match &self.before {
            Before::Asked(code) => code.clone(),
            Before::Unasked => None,
        }
    }
}
