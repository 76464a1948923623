//! Ready workbooks for a Puskesmas: what the register and the decree say goes into their lists and rows.

use super::App;
use super::batches::marking::Handed;
use crate::domain::decree::Decree;
use crate::domain::name::puskesmas_key;
use crate::domain::records::{DecreeRecord, FacilityRow};
use crate::domain::{CoachingIndicator, Facts, Month};
use crate::store::{Scope, StoreError};
use crate::template::{TemplateContext, TemplateError, TemplateKind, workbook};

/// Reason for which no workbook can be made. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum TemplatesError {
    /// The workbook cannot be made.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// The workbook of one kind for a Puskesmas, known or new, and a month. Blocking.
    pub fn template(&self, kind: TemplateKind, puskesmas: &str, month: Month) -> Result<Handed, TemplatesError> {
        let known = self.store().puskesmas()?;
        let name = known.iter().find(|name| puskesmas_key(name) == puskesmas_key(puskesmas));
        let mut context = TemplateContext::blank(name.map_or(puskesmas, String::as_str), month);
        let facts = name.map(|name| self.store().facts(&Scope::Puskesmas(name.clone()))).transpose()?;
        if let Some(facts) = &facts {
            fill(&mut context, facts);
        }
        let decree = self.definitions().decree.book.in_force(puskesmas, month.year());
        context.decree = decree_rows(&decree, facts.as_ref(), month.year());
        Ok(Handed { name: kind.file_name(month), bytes: workbook(kind, &context)? })
    }
}

/// Register, services and decree rows as they stand in the context's year.
fn fill(context: &mut TemplateContext, facts: &Facts) {
    let year = context.month.year();
    context.facilities = facts
        .listed()
        .into_iter()
        .map(|facility| FacilityRow {
            name: facility.name.clone(),
            kind: Some(facility.kind.clone()).filter(|kind| !kind.is_empty()),
            group: facility.group,
            structures: facility.structures.clone(),
            address: facility.address.clone(),
            village: facility.village.clone(),
            person_in_charge: facility.person_in_charge.clone(),
            owes_reports: Some(facility.owes_reports),
            active_from: Some(facility.active_from),
            active_until: facility.active_until,
            agreement: facility.agreement.clone(),
            licence: facility.licence.clone(),
            coordinates: facility.coordinates,
        })
        .collect();
    let mut services: Vec<_> = facts
        .services
        .iter()
        .filter_map(|service| {
            let in_force = service.definitions.iter().rfind(|(from, _, _)| *from <= year);
            in_force.or_else(|| service.definitions.first())
        })
        .collect();
    services.sort_by_key(|(_, place, _)| *place);
    context.services = services.into_iter().map(|(_, _, definition)| definition.clone()).collect();
}

/// Targets and weights of the decree, changed by what imported decrees say up to the year.
fn decree_rows(decree: &Decree, facts: Option<&Facts>, year: i32) -> Vec<DecreeRecord> {
    let rows = CoachingIndicator::ALL.map(|indicator| {
        let rule = decree.rule(indicator);
        let mut row = DecreeRecord { indicator, target: Some(rule.target), weight: Some(rule.weight) };
        let imported = facts.iter().flat_map(|facts| &facts.decree_rows);
        for said in imported.filter(|said| said.indicator == indicator && said.year <= year) {
            row.target = said.target.or(row.target);
            row.weight = said.weight.or(row.weight);
        }
        row
    });
    rows.to_vec()
}
