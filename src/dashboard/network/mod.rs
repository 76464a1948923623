//! Management of the network as a page and a paper show it: agreements, the five steps and structures, how far facilities
//! are integrated, and which evidence each phase has. Counts and sentences are made here once for both.

pub(super) mod agreements;
mod integration;
mod phases;
mod stages;
mod structures;

pub use agreements::{AgreementRow, AgreementTable};
pub use integration::{IntegrationRow, IntegrationTable, aspect_words, total_words};
pub use phases::{ManagementPhase, PhaseEvidence, PhaseItem, PhaseTarget};
pub use stages::{StageCell, StageProof, StageRow, StageTable};
pub use structures::{StructureRow, structure_rows};

use super::context::PageContext;

/// Everything of one year.
#[derive(Clone, Debug)]
pub struct NetworkManagement {
    /// Agreements, those that press first.
    pub agreements: AgreementTable,
    /// The five steps of each facility.
    pub stages: StageTable,
    /// Facilities, agreements and steps by structure.
    pub structures: Vec<StructureRow>,
    /// The seven aspects.
    pub integration: IntegrationTable,
    /// Evidence by phase.
    pub phases: Vec<PhaseEvidence>,
}

impl NetworkManagement {
    /// Puts it together for the context's year and day.
    pub fn new(context: &PageContext<'_>) -> Self {
        let agreements = AgreementTable::new(context);
        let stages = StageTable::new(context);
        let integration = IntegrationTable::new(context);
        Self {
            structures: structure_rows(context, &agreements, &stages),
            phases: phases::phases(
                context,
                &phases::ManagedNetwork { agreements: &agreements, stages: &stages, integration: &integration },
            ),
            agreements,
            stages,
            integration,
        }
    }
}

/// Count out of all: `3 dari 9`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that count …
    pub count: usize,
    /// … of so many.
    pub of: usize,
}

impl Share {
    /// The words `3 dari 9`.
    pub fn words(self) -> String {
        format!("{} dari {}", self.count, self.of)
    }

    /// The same as a cell of a table: a dash where there is nothing to count.
    pub fn cell_words(self) -> String {
        if self.of == 0 { "–".to_owned() } else { self.words() }
    }
}
