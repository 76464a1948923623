//! Charts whose marks are links: the answers of all marks, whatever the kind of chart. Knows no address itself.

use super::answer::{MarkAnswer, MarkTarget};
use super::description::{Chart, ChartKind};

impl Chart {
    /// The same with an address at every mark that leads somewhere.
    #[must_use]
    pub fn with_addresses(&self, address: impl Fn(&MarkTarget) -> String) -> Self {
        let mut chart = self.clone();
        for answer in answers(&mut chart.kind) {
            answer.href = answer.target.as_ref().map(&address);
        }
        chart
    }

    /// The same with nothing but what the picture shows: places of facilities in the facts do not change it.
    pub(super) fn without_answers(&self) -> Self {
        let mut chart = self.clone();
        for answer in answers(&mut chart.kind) {
            *answer = MarkAnswer::default();
        }
        chart
    }
}

fn answers(kind: &mut ChartKind) -> Vec<&mut MarkAnswer> {
    match kind {
        ChartKind::Bars(bars) => bars.bars.iter_mut().map(|bar| &mut bar.answer).collect(),
        ChartKind::HeatMap(map) => map.rows.iter_mut().map(|row| &mut row.answer).collect(),
        ChartKind::Trend(trend) => trend.series.iter_mut().flat_map(|series| &mut series.answers).collect(),
        ChartKind::Pws(pws) => pws.columns.iter_mut().chain([&mut pws.total]).map(|c| &mut c.answer).collect(),
        ChartKind::Dumbbell(pairs) => pairs.rows.iter_mut().chain([&mut pairs.total]).map(|r| &mut r.answer).collect(),
        ChartKind::Pareto(causes) => causes.rows.iter_mut().map(|row| &mut row.answer).collect(),
        ChartKind::SlotBars(slots) => slots.rows.iter_mut().map(|row| &mut row.answer).collect(),
        ChartKind::SmallMultiples(panels) => panels.panels.iter_mut().map(|panel| &mut panel.answer).collect(),
        ChartKind::Map(map) => map.points.iter_mut().map(|point| &mut point.answer).collect(),
        ChartKind::Radar(radar) => radar.axes.iter_mut().map(|axis| &mut axis.answer).collect(),
    }
}
