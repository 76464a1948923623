//! Charts and tables that no page holds in one piece: long charts in pages, tables cut with a word on where the rest
//! is.

use std::cmp::Ordering;

use crate::charts::{Bars, Chart, ChartKind, Dumbbell, HeatMap, Pws, SlotBars, SmallMultiples};

use super::PAPER_ROWS_MAX;
use super::document::{PaperCell, PaperTable};

/// Facilities of one chart on paper; more become a second picture, so that type stays readable.
const CHART_ROWS_MAX: usize = 30;
/// The same where they stand side by side: two tiers fill a page.
const CHART_COLUMNS_MAX: usize = 21;
/// Small charts of one picture: they fill a page.
const SMALL_CHARTS_MAX: usize = 24;

/// The chart, or its pieces one below the other.
pub fn paper_charts(chart: &Chart) -> Vec<Chart> {
    match &chart.kind {
        ChartKind::Bars(bars) if bars.bars.len() > CHART_ROWS_MAX => {
            let mut sorted = bars.bars.clone();
            sorted.sort_by(|a, b| high_to_low((a.value, &a.name), (b.value, &b.name)));
            pieces(chart, &sorted, CHART_ROWS_MAX, |piece| ChartKind::Bars(Bars { bars: piece, ..bars.clone() }))
        }
        ChartKind::HeatMap(map) if map.rows.len() > CHART_ROWS_MAX => {
            pieces(chart, &map.rows, CHART_ROWS_MAX, |rows| {
                ChartKind::HeatMap(HeatMap { rows, months: map.months.clone() })
            })
        }
        ChartKind::Pws(pws) if pws.columns.len() > CHART_COLUMNS_MAX => {
            let mut sorted = pws.columns.clone();
            sorted.sort_by(|a, b| high_to_low((a.cumulative, &a.name), (b.cumulative, &b.name)));
            pieces(chart, &sorted, CHART_COLUMNS_MAX, |columns| ChartKind::Pws(Pws { columns, ..pws.clone() }))
        }
        ChartKind::Dumbbell(pairs) if pairs.rows.len() > CHART_ROWS_MAX => {
            let mut sorted = pairs.rows.clone();
            sorted.sort_by(|a, b| high_to_low((a.now, &a.name), (b.now, &b.name)));
            pieces(chart, &sorted, CHART_ROWS_MAX, |rows| ChartKind::Dumbbell(Dumbbell { rows, ..pairs.clone() }))
        }
        ChartKind::SlotBars(slots) if slots.rows.len() > CHART_ROWS_MAX => {
            pieces(chart, &slots.rows, CHART_ROWS_MAX, |rows| ChartKind::SlotBars(SlotBars { rows, ..slots.clone() }))
        }
        ChartKind::SmallMultiples(small) if small.panels.len() > SMALL_CHARTS_MAX => {
            pieces(chart, &small.panels, SMALL_CHARTS_MAX, |panels| {
                ChartKind::SmallMultiples(SmallMultiples { panels, ..small.clone() })
            })
        }
        _ => vec![chart.clone()],
    }
}

/// Compares as drawings sort facilities: high to low, missing last, then by name.
fn high_to_low(a: (Option<f64>, &String), b: (Option<f64>, &String)) -> Ordering {
    let by_value = match (a.0, b.0) {
        (Some(one), Some(other)) => other.total_cmp(&one),
        (one, other) => other.is_some().cmp(&one.is_some()),
    };
    by_value.then_with(|| a.1.cmp(b.1))
}

fn pieces<T: Clone>(chart: &Chart, rows: &[T], most: usize, kind: impl Fn(Vec<T>) -> ChartKind) -> Vec<Chart> {
    let count = rows.len().div_ceil(most);
    let size = rows.len().div_ceil(count);
    rows.chunks(size)
        .enumerate()
        .map(|(place, piece)| Chart {
            // One word: a title that is wrapped keeps it whole.
            title: format!("{} ({}/{count})", chart.title, place + 1),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{MarkAnswer, PwsColumn, PwsTargets};

    #[test]
    fn a_long_pws_chart_stands_in_pieces_that_can_be_read_each_with_the_total() {
        let column = |name: String, cumulative| {
            let answer = MarkAnswer::default();
            PwsColumn { name, cumulative, this_month: None, last_month: None, trend: None, answer }
        };
        let columns =
            (0..60_u32).map(|place| column(format!("Faskes {place:02}"), (place % 2 == 0).then(|| f64::from(place))));
        let pws = Pws {
            month: 5,
            targets: PwsTargets::Flat(80.0),
            columns: columns.collect(),
            total: column("PUSKESMAS".to_owned(), Some(40.0)),
        };
        let text = |text: &str| text.to_owned();
        let title = text("K6");
        let subtitle = text("persen");
        let source = text("");
        let description = text("");
        let chart = Chart { title, subtitle, source, description, kind: ChartKind::Pws(pws) };
        let pieces = paper_charts(&chart);
        let titles: Vec<&str> = pieces.iter().map(|piece| piece.title.as_str()).collect();
        assert_eq!(titles, ["K6 (1/3)", "K6 (2/3)", "K6 (3/3)"]);
        let of = |piece: &Chart| match &piece.kind {
            ChartKind::Pws(pws) => (pws.columns.clone(), pws.total.name.clone()),
            other => unreachable!("{other:?}"),
        };
        let (columns, totals): (Vec<Vec<PwsColumn>>, Vec<String>) = pieces.iter().map(of).unzip();
        assert!(totals.iter().all(|total| total == "PUSKESMAS"));
        assert!(columns.iter().all(|piece| piece.len() <= CHART_COLUMNS_MAX));
        let names: Vec<String> = columns.concat().into_iter().map(|column| column.name).collect();
        // High to low, then those that did not report, by name.
        assert_eq!(
            (names[0].as_str(), names[29].as_str(), names[30].as_str()),
            ("Faskes 58", "Faskes 00", "Faskes 01")
        );
        assert_eq!(names.len(), 60);
    }
}
