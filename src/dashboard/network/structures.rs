//! The five structures of the network: how many facilities each has, with how many an agreement is in force, and how many
//! took each step. A facility may stand in several.

use crate::domain::Structure;
use crate::domain::network::NetworkStage;

use super::Share;
use super::agreements::AgreementTable;
use super::stages::{StageRow, StageTable, share};
use crate::dashboard::context::PageContext;

/// One structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructureRow {
    /// Name of the structure, or the words for facilities of which the register names none.
    pub name: &'static str,
    /// Facilities that belong to it.
    pub facilities: usize,
    /// Agreements in force out of those expected or known.
    pub agreements: Share,
    /// Facilities with each step out of those of which it is asked.
    pub stages: [Share; 5],
}

/// Words for facilities of which the register names no structure.
const UNKNOWN: &str = "Struktur belum ditulis";

/// Counts the five structures, and last the facilities without one where there are any.
pub fn structure_rows(
    context: &PageContext<'_>,
    agreements: &AgreementTable,
    stages: &StageTable,
) -> Vec<StructureRow> {
    let row = |name: &'static str, structure: Option<Structure>| {
        let is_of_it = |index: u32| {
            let structures = &context.facility(index).structures;
            structure.map_or(structures.is_empty(), |structure| structures.contains(&structure))
        };
        let own: Vec<&StageRow> = stages.rows.iter().filter(|row| is_of_it(row.facility)).collect();
        let agreed = agreements.rows.iter().filter(|row| is_of_it(row.facility));
        let agreed: Vec<bool> = agreed.map(|row| row.standing.state.is_in_force()).collect();
        StructureRow {
            name,
            facilities: own.len(),
            agreements: Share { count: agreed.iter().filter(|in_force| **in_force).count(), of: agreed.len() },
            stages: NetworkStage::ALL.map(|stage| share(own.iter().copied(), stage)),
        }
    };
    let mut rows: Vec<StructureRow> =
        Structure::ALL.map(|structure| row(structure.label(), Some(structure))).into_iter().collect();
    rows.push(row(UNKNOWN, None));
    rows.retain(|row| row.name != UNKNOWN || row.facilities > 0);
    rows
}
