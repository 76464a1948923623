//! *Laporan periodik kepada TPCB*: state, trend, service indicators, findings, what is overdue, and the feedback of
//! the team with its follow-up, or the form for it, and the steps of both sides.

use super::activity::findings_table;
use super::lokmin::overdue;
use super::{described, district_steps, district_year, figures, signatures, with_signatures, written};
use crate::dashboard::PageContext;
use crate::definitions::{Grouping, PanelKind, TrendOf, TrendPanel};
use crate::domain::records::Field;
use crate::domain::{CoachingIndicator, Table};
use crate::report::cells::{numbered, panel, status_table};
use crate::report::document::{Block, PaperCell, PaperTable, Part, RowHeight};
use crate::report::{PaperMaterial, ReportError};

/// Periods of the trend.
const TREND_PERIODS: u32 = 6;
/// Rows of the form for the team's answer.
const ANSWER_ROWS: usize = 8;

/// The parts of the paper.
pub(super) fn parts(material: &PaperMaterial<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let all = CoachingIndicator::ALL.to_vec();
    let mut summary = material.narrative.blocks();
    summary.extend(panel(context, PanelKind::Trend(TrendPanel { of: TrendOf::Score, periods: TREND_PERIODS }))?);
    let mut facilities = status_table(context)?;
    facilities.extend(panel(context, PanelKind::Totals { by: vec![Grouping::Group] })?);
    let mut plan = panel(context, PanelKind::VisitHeatmap)?;
    plan.extend(panel(context, PanelKind::Completeness)?);
    let mut parts = vec![
        Part::portrait("Ringkasan", summary),
        Part::portrait("Indikator", panel(context, PanelKind::Indicators { indicators: all })?),
        Part::portrait("Pelaksanaan dan kelengkapan", plan),
        Part::portrait("RTL lewat batas waktu", vec![overdue(context)]),
        Part::landscape("Faskes", facilities),
        Part::landscape("Temuan", vec![findings_table(context)]),
        Part::landscape(
            "Umpan balik TPCB",
            vec![
                written::district_head(context, material.letter),
                answer(context),
                written::district_answers(context, ANSWER_ROWS),
            ],
        ),
    ];
    parts.extend(district_steps::part(context));
    parts.extend(district_year::parts(context));
    parts.push(figures::part(context));
    Ok(with_signatures(parts, signatures(material)))
}

/// Lists what the district's team found and advised, or the form on which it does.
fn answer(context: &PageContext<'_>) -> Block {
    let mut rows = written::district_rows(context);
    let row_height = if rows.is_empty() { RowHeight::Form } else { RowHeight::Text };
    let note = if rows.is_empty() {
        "Diisi TPCB; Puskesmas menjawab setiap butir."
    } else {
        "Puskesmas menjawab setiap butir."
    };
    if rows.is_empty() {
        rows = vec![vec![PaperCell::Blank; 8]; ANSWER_ROWS];
    }
    Block::Table(numbered(PaperTable {
        title: "Umpan balik TPCB".to_owned(),
        note: note.to_owned(),
        columns: vec![
            described(Table::DistrictVisits, Field::Date, 16.0),
            described(Table::DistrictVisits, Field::Form, 16.0),
            described(Table::DistrictVisits, Field::Fact, 20.0),
            described(Table::DistrictVisits, Field::Conclusion, 20.0),
            described(Table::DistrictVisits, Field::ForPuskesmas, 20.0),
            described(Table::DistrictVisits, Field::ForDistrict, 20.0),
            described(Table::DistrictVisits, Field::Due, 16.0),
            described(Table::DistrictVisits, Field::ItemNumber, 9.0),
        ],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height,
    }))
}
