//! The fields that the columns of a table can be, in the words that people choose from.

use crate::domain::Table;
use crate::domain::format::MONTHS;
use crate::recap::heading::{ColumnMeaning, TableWords, across_words, spec_of};

/// A field that a column of a table can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    /// Stable code.
    pub code: String,
    /// Its name on the page.
    pub label: String,
    /// The table cannot do without it.
    pub is_needed: bool,
}

/// A month's mark, date or numerator: `bulan:5`.
pub(super) const MONTH: &str = "bulan:";
/// A month's denominator: `sasaran-bulan:5`.
pub(super) const MONTH_DENOMINATOR: &str = "sasaran-bulan:";
/// The denominator of the sheet's indicator.
pub(super) const DENOMINATOR: &str = "sasaran";
/// The numerator of the sheet's indicator.
pub(super) const NUMERATOR: &str = "capaian";
/// The denominator of an indicator: `sasaran:K6`.
pub(super) const DENOMINATOR_OF: &str = "sasaran:";
/// The numerator of an indicator: `capaian:K6`.
pub(super) const NUMERATOR_OF: &str = "capaian:";

pub(super) fn words_of(table: Table) -> &'static TableWords {
    spec_of(table).map_or_else(across_words, |spec| &spec.words)
}

/// Returns the fields of a table, in the order of the template; `services` are the codes of the known service
/// indicators.
pub fn choices(table: Table, services: &[String]) -> Vec<ColumnChoice> {
    let spec = spec_of(table);
    let is_needed = |column: ColumnMeaning| match spec {
        Some(spec) => spec.required.contains(&column) || table == Table::FollowUps && column == ColumnMeaning::Due,
        None => column == ColumnMeaning::Name,
    };
    let mut choices: Vec<ColumnChoice> = words_of(table)
        .columns
        .iter()
        .map(|held| ColumnChoice {
            code: held.words.first.clone(),
            label: held.column.label().to_owned(),
            is_needed: is_needed(held.column),
        })
        .collect();
    let mut add = |code: String, label: String| choices.push(ColumnChoice { code, label, is_needed: false });
    match table {
        Table::Schedule | Table::Visits | Table::Lokmin | Table::MonthlyReports => {
            for (number, name) in (1..).zip(MONTHS) {
                add(format!("{MONTH}{number}"), format!("Bulan {name}"));
            }
        }
        Table::Achievements => {
            add(DENOMINATOR.to_owned(), "Sasaran (satu indikator)".to_owned());
            add(NUMERATOR.to_owned(), "Capaian (satu indikator, satu bulan)".to_owned());
            for (number, name) in (1..).zip(MONTHS) {
                add(format!("{MONTH}{number}"), format!("Capaian {name}"));
            }
            for (number, name) in (1..).zip(MONTHS) {
                add(format!("{MONTH_DENOMINATOR}{number}"), format!("Sasaran {name}"));
            }
            for service in services {
                add(format!("{DENOMINATOR_OF}{service}"), format!("Sasaran {service}"));
                add(format!("{NUMERATOR_OF}{service}"), format!("Capaian {service}"));
            }
        }
        _ => {}
    }
    choices
}

pub(super) fn label_of(table: Table, code: &str) -> String {
    let named = choices(table, &[]).into_iter().find(|choice| choice.code == code);
    named.map_or_else(|| code.replace(':', " "), |choice| choice.label)
}
