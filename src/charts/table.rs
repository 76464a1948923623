//! The table alternative: the same names, numbers and words as the picture, in its order.

use super::bars::{self, NO_DATA_WORDS, written};
use super::description::{
    Bars, Chart, ChartKind, ChartTable, Dumbbell, HeatMap, Pareto, Pws, PwsTrend, Radar, TrendChart,
};
use super::heatmap::cell_words;
use super::pws::{self, NOT_REPORTED};
use super::text::clean;
use super::{dumbbell, map, pareto, slot_bars, small_multiples};
use crate::domain::format;

type Cells = (Vec<String>, Vec<Vec<String>>);

pub(super) fn table(chart: &Chart) -> ChartTable {
    let (heads, rows) = match &chart.kind {
        ChartKind::Bars(bars) => of_bars(bars),
        ChartKind::HeatMap(map) => of_heatmap(map),
        ChartKind::Trend(trend) => of_trend(trend),
        ChartKind::Pws(pws) => of_pws(pws),
        ChartKind::Radar(radar) => of_radar(radar),
        ChartKind::Dumbbell(pairs) => of_dumbbell(pairs),
        ChartKind::Pareto(causes) => of_pareto(causes),
        ChartKind::Map(places) => map::table(places),
        ChartKind::SlotBars(slots) => slot_bars::table(slots),
        ChartKind::SmallMultiples(panels) => small_multiples::table(panels),
    };
    let parts = [clean(&chart.title), clean(&chart.subtitle)];
    let caption = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    ChartTable { caption, heads, rows }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn of_bars(chart: &Bars) -> Cells {
    let mut heads = owned(&["Nama", "Nilai", "Status"]);
    heads.extend(chart.target.as_ref().map(|target| clean(&target.label)));
    let row = |bar: &&super::Bar| {
        let value = written(bar.value, &chart.unit, NO_DATA_WORDS);
        let mut row = vec![clean(&bar.name), value, bar.status.label().to_owned()];
        if let Some(target) = &chart.target {
            // The picture shows on which side of the line a bar ends.
            let side =
                bars::number(bar.value).map_or("–", |value| if value >= target.value { "di atas" } else { "di bawah" });
            row.push(side.to_owned());
        }
        row
    };
    (heads, bars::sorted(&chart.bars).iter().map(row).collect())
}

fn of_heatmap(chart: &HeatMap) -> Cells {
    let mut heads = owned(&["Nama"]);
    heads.extend(chart.months.iter().map(|month| clean(month)));
    let rows = chart.rows.iter().map(|row| {
        let mut cells = vec![clean(&row.name)];
        cells.extend(row.cells.iter().map(cell_words));
        cells.resize(heads.len(), String::new());
        cells
    });
    let rows = rows.collect();
    (heads, rows)
}

fn of_trend(chart: &TrendChart) -> Cells {
    let mut heads = owned(&["Periode"]);
    heads.extend(chart.series.iter().map(|series| clean(&series.name)));
    heads.extend(chart.target.as_ref().map(|target| clean(&target.label)));
    let rows = chart.periods.iter().enumerate().map(|(place, period)| {
        let mut row = vec![clean(period)];
        let value = |values: &[Option<f64>]| written(values.get(place).copied().flatten(), &chart.unit, NO_DATA_WORDS);
        row.extend(chart.series.iter().map(|series| value(&series.values)));
        row.extend(chart.target.as_ref().map(|target| written(Some(target.value), &chart.unit, NO_DATA_WORDS)));
        row
    });
    let rows = rows.collect();
    (heads, rows)
}

fn of_pws(chart: &Pws) -> Cells {
    let mut heads = owned(&["Nama"]);
    heads.extend(owned(&pws::row_heads(&chart.targets)));
    heads.extend(owned(&["Tren", "Target"]));
    let target = format::percent(chart.targets.of_month(chart.month));
    let rows = pws::sorted(chart).into_iter().map(|column| {
        let mut row = vec![clean(&column.name)];
        row.extend(
            [column.cumulative, column.this_month, column.last_month].map(|value| written(value, "", NOT_REPORTED)),
        );
        row.push(column.trend.map_or("–", PwsTrend::label).to_owned());
        row.push(target.clone());
        row
    });
    (heads, rows.collect())
}

fn of_dumbbell(chart: &Dumbbell) -> Cells {
    let mut heads = vec!["Nama".to_owned(), clean(&chart.before), clean(&chart.now), "Selisih".to_owned()];
    heads.extend(chart.target.as_ref().map(|target| clean(&target.label)));
    let rows = dumbbell::sorted(chart).into_iter().map(|row| {
        let figure = |value: Option<f64>, is_small: bool| {
            let note = if is_small && value.is_some() { " (penyebut kecil)" } else { "" };
            format!("{}{note}", written(value, &chart.unit, NO_DATA_WORDS))
        };
        let mut cells = vec![
            clean(&row.name),
            figure(row.before, row.is_before_small),
            figure(row.now, row.is_now_small),
            dumbbell::change(row),
        ];
        if let Some(target) = &chart.target {
            let reached = |value| if value >= target.value { "di atas" } else { "di bawah" };
            cells.push(bars::number(row.now).map_or("–", reached).to_owned());
        }
        cells
    });
    let rows = rows.collect();
    (heads, rows)
}

fn of_pareto(chart: &Pareto) -> Cells {
    let heads = owned(&["Nama", "Jumlah", "Kumulatif"]);
    let rows = pareto::shared(chart).into_iter().map(|row| {
        let count = format::count(f64::from(row.row.count));
        vec![clean(&row.row.name), count, format!("{} %", format::percent(row.share))]
    });
    (heads, rows.collect())
}

fn of_radar(chart: &Radar) -> Cells {
    let heads = vec!["Indikator".to_owned(), clean(&chart.name), chart.words.bound.to_owned()];
    let rows = chart.axes.iter().map(|axis| {
        vec![
            clean(&axis.name),
            written(axis.value, "%", chart.words.absent),
            written(Some(axis.target), "%", chart.words.absent),
        ]
    });
    (heads, rows.collect())
}
