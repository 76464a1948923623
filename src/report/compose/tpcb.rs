//! *Laporan periodik kepada TPCB*: state, trend, service indicators, findings, what is overdue, and the form on which
//! the team answers.

use super::activity::findings_table;
use super::lokmin::overdue;
use super::{figures, signed};
use crate::definitions::{Grouping, PanelKind, TrendOf, TrendPanel};
use crate::domain::CoachingIndicator;
use crate::report::cells::{numbered, panel, status_table};
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::{Material, ReportError};

/// Periods of the trend.
const TREND_PERIODS: u32 = 6;
/// Rows of the form for the team's answer.
const ANSWER_ROWS: usize = 8;

/// The parts of the paper.
pub(super) fn parts(material: &Material<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let all = CoachingIndicator::ALL.to_vec();
    let mut summary = material.narrative.blocks();
    summary.extend(panel(context, PanelKind::Trend(TrendPanel { of: TrendOf::Score, periods: TREND_PERIODS }))?);
    let mut facilities = status_table(context)?;
    facilities.extend(panel(context, PanelKind::Totals { by: vec![Grouping::Group] })?);
    let mut plan = panel(context, PanelKind::VisitHeatmap)?;
    plan.extend(panel(context, PanelKind::Completeness)?);
    Ok(vec![
        Part::portrait("Ringkasan", summary),
        Part::portrait("Indikator", panel(context, PanelKind::Indicators { indicators: all })?),
        Part::portrait("Pelaksanaan dan kelengkapan", plan),
        Part::portrait("RTL lewat batas waktu", vec![overdue(context)]),
        Part::landscape("Faskes", facilities),
        Part::landscape("Temuan", vec![findings_table(context)]),
        Part::landscape("Umpan balik TPCB", vec![answer()]),
        signed("Pengesahan", Vec::new(), material),
        figures::part(context),
    ])
}

fn answer() -> Block {
    Block::Table(numbered(PaperTable {
        title: "Umpan balik TPCB".to_owned(),
        note: "Diisi TPCB; Puskesmas menjawab setiap butir.".to_owned(),
        columns: vec![
            PaperColumn::text("Tanggal", 12.0),
            PaperColumn::text("Jenis Pembinaan", 16.0),
            PaperColumn::text("Temuan: Fakta", 20.0),
            PaperColumn::text("Temuan: Kesimpulan", 20.0),
            PaperColumn::text("Rekomendasi Puskesmas", 20.0),
            PaperColumn::text("Rekomendasi Dinas Kesehatan", 20.0),
            PaperColumn::text("Target Waktu", 12.0),
        ],
        rows: vec![vec![PaperCell::Blank; 7]; ANSWER_ROWS],
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Form,
    }))
}
