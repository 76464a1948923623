//! Parts of a page that are sent when somebody opens them: which those are, and how much of a page an address asks for.
//! Knows no markup.

use crate::charts::{Chart, ChartKind, ROWS_MAX};
use crate::dashboard::PageChoice;
use crate::definitions::{Panel, PanelKind};
use crate::web::query::Query;

/// Name of an address that asks for a page with all its parts, as paper needs it.
pub const WHOLE_NAME: &str = "lengkap";
/// Its value.
pub const WHOLE: &str = "ya";
/// Rows of a chart at most that is drawn before somebody opens it.
const DRAWN_ROWS_MAX: usize = 30;
/// The same on a wall, where a chart fits one screen and is still read from the back.
const WALL_ROWS_MAX: usize = 13;
/// Bars that are left of a longer chart there.
const WALL_BARS: usize = 10;

/// Parts of a page that are in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageExtent {
    /// Parts that stand open; the rest has pages of its own.
    Opened,
    /// Everything, open: for paper.
    Whole,
    /// One panel on a page of its own.
    Single,
}

impl PageExtent {
    /// The extent that an address asks for.
    pub fn asked(query: &Query) -> Self {
        if query.get(WHOLE_NAME) == Some(WHOLE) { Self::Whole } else { Self::Opened }
    }

    /// Reports whether the panel waits until somebody opens it. What an address chooses an indicator of is what the
    /// reader came for.
    pub fn leaves_out(self, panel: &Panel, choice: &PageChoice) -> bool {
        let takes_service = matches!(panel.kind, PanelKind::Pws { .. } | PanelKind::SmallMultiples { .. });
        let is_chosen = takes_service && choice.service.is_some();
        self == Self::Opened && panel.is_folded && !is_chosen
    }

    /// Reports whether a chart is too long to be sent before somebody opens it; one that cannot be drawn says so at once.
    pub fn postpones(self, chart: &Chart, is_projected: bool) -> bool {
        let rows = rows_of(chart);
        let limit = if is_projected { WALL_ROWS_MAX } else { DRAWN_ROWS_MAX };
        self == Self::Opened && rows > limit && rows <= ROWS_MAX
    }
}

/// A chart as it fits a wall: of many bars the lowest, which are what is talked about; others stay as they are.
pub fn on_the_wall(chart: &Chart) -> Chart {
    let mut chart = chart.clone();
    if let ChartKind::Bars(bars) = &mut chart.kind
        && bars.bars.len() > WALL_ROWS_MAX
    {
        let all = bars.bars.len();
        bars.bars.retain(|bar| bar.value.is_some());
        bars.bars.sort_by(|a, b| a.value.unwrap_or_default().total_cmp(&b.value.unwrap_or_default()));
        bars.bars.truncate(WALL_BARS);
        let shown = bars.bars.len();
        chart.subtitle = format!("{}; {shown} terendah dari {all} faskes", chart.subtitle);
    }
    chart
}

fn rows_of(chart: &Chart) -> usize {
    match &chart.kind {
        ChartKind::Bars(bars) => bars.bars.len(),
        ChartKind::HeatMap(map) => map.rows.len(),
        ChartKind::Trend(trend) => trend.series.len(),
        ChartKind::Pws(pws) => pws.columns.len(),
        ChartKind::Radar(radar) => radar.axes.len(),
        ChartKind::Dumbbell(pairs) => pairs.rows.len(),
        ChartKind::Pareto(causes) => causes.rows.len(),
        ChartKind::SlotBars(slots) => slots.rows.len(),
        ChartKind::SmallMultiples(multiples) => multiples.panels.len(),
        // One picture, however many facilities it shows.
        ChartKind::Map(_) => 1,
    }
}
