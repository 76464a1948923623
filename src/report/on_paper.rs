//! What paper cannot hold in one piece: long charts in pages, tables cut with a word on where the rest is.

use crate::charts::{Bars, Chart, ChartKind, HeatMap};

use super::PAPER_ROWS_MAX;
use super::document::{PaperCell, PaperTable};

/// Facilities of one chart on paper; more become a second picture, so that type stays readable.
const CHART_ROWS_MAX: usize = 30;

/// The chart, or its pieces one below the other.
pub(super) fn paper_charts(chart: &Chart) -> Vec<Chart> {
    match &chart.kind {
        ChartKind::Bars(bars) if bars.bars.len() > CHART_ROWS_MAX => {
            let mut sorted = bars.bars.clone();
            // As the drawing sorts them: high to low, missing last, then by name.
            sorted.sort_by(|a, b| match (a.value, b.value) {
                (Some(one), Some(other)) => other.total_cmp(&one).then_with(|| a.name.cmp(&b.name)),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => a.name.cmp(&b.name),
            });
            pieces(chart, &sorted, |piece| ChartKind::Bars(Bars { bars: piece, ..bars.clone() }))
        }
        ChartKind::HeatMap(map) if map.rows.len() > CHART_ROWS_MAX => {
            pieces(chart, &map.rows, |rows| ChartKind::HeatMap(HeatMap { rows, months: map.months.clone() }))
        }
        _ => vec![chart.clone()],
    }
}

fn pieces<T: Clone>(chart: &Chart, rows: &[T], kind: impl Fn(Vec<T>) -> ChartKind) -> Vec<Chart> {
    let count = rows.len().div_ceil(CHART_ROWS_MAX);
    let size = rows.len().div_ceil(count);
    rows.chunks(size)
        .enumerate()
        .map(|(place, piece)| Chart {
            title: format!("{} ({} dari {count})", chart.title, place + 1),
            kind: kind(piece.to_vec()),
            ..chart.clone()
        })
        .collect()
}

/// The rows that are printed, and a word on those that are not.
pub(super) fn paper_rows(table: &PaperTable) -> (&[Vec<PaperCell>], String) {
    let all = table.rows.len();
    if all <= PAPER_ROWS_MAX {
        return (&table.rows, String::new());
    }
    let note = format!("{PAPER_ROWS_MAX} dari {all} baris dicetak; semuanya ada dalam bentuk XLSX laporan ini.");
    (&table.rows[..PAPER_ROWS_MAX], note)
}
