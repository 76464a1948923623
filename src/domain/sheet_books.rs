//! Definitions by which sheets without Simpul's own headings are known: checklists and ready sets of indicators.

use std::sync::Arc;

use super::instrument::InstrumentBook;
use super::own_indicator::IndicatorSetBook;

/// Both of them, shared by whoever reads workbooks.
#[derive(Clone, Debug, Default)]
pub struct SheetBooks {
    /// Checklists of coaching.
    pub instruments: Arc<InstrumentBook>,
    /// Ready sets of indicators of the Puskesmas.
    pub indicator_sets: Arc<IndicatorSetBook>,
}
