//! Decree and list of service indicators that hold for a Puskesmas in a year: a later year's replaces an earlier one
//! and never rewrites the years before. Pure; knows no frames.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::decree::DecreeBook;
use crate::domain::facts::{DecreeRow, Service};
use crate::domain::{Decree, Facts, ServiceDefinition};

/// The rules of one Puskesmas and year.
#[derive(Clone, Debug, PartialEq)]
pub struct InForce<'a> {
    /// Decree of the year: targets, weights, thresholds and evidence.
    pub decree: Decree,
    /// The service indicators in the order of their list.
    pub services: Vec<ServiceInForce<'a>>,
}

/// One service indicator of the list in force.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceInForce<'a> {
    /// Index in [`Facts::services`].
    pub service: u32,
    /// Code as this list writes it.
    pub code: Arc<str>,
    /// Definition of that year: aggregation, target, weight and facilities that it applies to.
    pub definition: &'a ServiceDefinition,
}

impl InForce<'_> {
    /// Place of a service indicator in the list.
    pub fn place(&self, service: u32) -> Option<usize> {
        // The list mostly stands in the order of the indexes: look there first.
        let first = self.services.first()?.service;
        let guess = usize::try_from(service.wrapping_sub(first)).ok()?;
        match self.services.get(guess) {
            Some(in_force) if in_force.service == service => Some(guess),
            _ => self.services.iter().position(|in_force| in_force.service == service),
        }
    }
}

/// Returns the decree and the service indicators that hold for one Puskesmas in `year`.
pub fn in_force<'a>(facts: &'a Facts, book: &DecreeBook, puskesmas: u32, year: i32) -> InForce<'a> {
    InForce {
        decree: decree_in(facts, book, puskesmas, year),
        services: services_in(facts, puskesmas, year)
            .into_iter()
            .map(|(service, definition)| ServiceInForce {
                service,
                code: Arc::from(definition.code.as_str()),
                definition,
            })
            .collect(),
    }
}

/// The decree of one Puskesmas in `year`: the book's, overridden row by row by imported ones of years up to it.
pub fn decree_in(facts: &Facts, book: &DecreeBook, puskesmas: u32, year: i32) -> Decree {
    let name = facts.puskesmas.get(puskesmas as usize).map_or("", |puskesmas| puskesmas.name.as_str());
    let mut decree = book.in_force(name, year);
    let rows = &facts.decree_rows;
    let start = rows.partition_point(|row| row.puskesmas < puskesmas);
    let mut rows: Vec<&DecreeRow> =
        rows[start..].iter().take_while(|row| row.puskesmas == puskesmas).filter(|row| row.year <= year).collect();
    rows.sort_by_key(|row| row.year);
    for row in rows {
        let rule = &mut decree.indicators[row.indicator.index()];
        rule.target = row.target.unwrap_or(rule.target);
        rule.weight = row.weight.unwrap_or(rule.weight);
    }
    decree
}

/// Decrees by Puskesmas and year, each worked out once.
#[derive(Debug)]
pub struct DecreesByYear<'a> {
    facts: &'a Facts,
    book: &'a DecreeBook,
    known: BTreeMap<(u32, i32), Decree>,
}

impl<'a> DecreesByYear<'a> {
    /// None worked out yet.
    pub fn new(facts: &'a Facts, book: &'a DecreeBook) -> Self {
        Self { facts, book, known: BTreeMap::new() }
    }

    /// The decree that holds for a facility in a year.
    pub fn of_facility(&mut self, facility: u32, year: i32) -> &Decree {
        let puskesmas = self.facts.facilities.get(facility as usize).map_or(0, |facility| facility.puskesmas);
        self.known.entry((puskesmas, year)).or_insert_with(|| decree_in(self.facts, self.book, puskesmas, year))
    }
}

/// The service indicators in force for one Puskesmas in `year`, in the order of their list, by index in
/// [`Facts::services`]: the latest list of that year or before it holds as a whole.
pub fn services_in(facts: &Facts, puskesmas: u32, year: i32) -> Vec<(u32, &ServiceDefinition)> {
    let start = facts.services.partition_point(|service| service.puskesmas < puskesmas);
    let first = u32::try_from(start).unwrap_or(u32::MAX);
    let of_puskesmas = || {
        let same = move |(_, service): &(u32, &Service)| service.puskesmas == puskesmas;
        (first..).zip(&facts.services[start..]).take_while(same)
    };
    let years = of_puskesmas().flat_map(|(_, service)| service.definitions.iter().map(|&(from, _, _)| from));
    let Some(list) = years.filter(|&from| from <= year).max() else { return Vec::new() };
    let mut services: Vec<(u32, u32, &ServiceDefinition)> = of_puskesmas()
        .flat_map(|(index, service)| service.definitions.iter().map(move |definition| (index, definition)))
        .filter(|(_, (from, _, _))| *from == list)
        .map(|(index, (_, place, definition))| (*place, index, definition))
        .collect();
    services.sort_by_key(|&(place, index, _)| (place, index));
    services.into_iter().map(|(_, index, definition)| (index, definition)).collect()
}
