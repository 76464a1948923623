//! Which decree and which list of service indicators hold for a Puskesmas in a year: a later year's replaces an
//! earlier one and never rewrites the years before. Pure; knows no frames.

use crate::domain::{Decree, Facts, ServiceDefinition};

/// The decree of one Puskesmas in `year`: the default one, overridden row by row by those of years up to it.
pub fn decree_in(facts: &Facts, default_decree: &Decree, puskesmas: u32, year: i32) -> Decree {
    let mut decree = default_decree.clone();
    let mut rows: Vec<_> =
        facts.decree_rows.iter().filter(|row| row.puskesmas == puskesmas && row.year <= year).collect();
    rows.sort_by_key(|row| row.year);
    for row in rows {
        let rule = &mut decree.indicators[row.indicator.index()];
        rule.target = row.target.unwrap_or(rule.target);
        rule.weight = row.weight.unwrap_or(rule.weight);
    }
    decree
}

/// The service indicators in force for one Puskesmas in `year`, in the order of their list, by index in
/// [`Facts::services`]: the latest list of that year or before it holds as a whole.
pub fn services_in(facts: &Facts, puskesmas: u32, year: i32) -> Vec<(u32, &ServiceDefinition)> {
    let of_puskesmas = || (0_u32..).zip(&facts.services).filter(|(_, service)| service.puskesmas == puskesmas);
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
