//! Each Puskesmas beside the median of the page's Puskesmas, in points. Knows no pooled figure: a median is one of
//! percentages as they were reported, and says so.

use super::{DistrictContext, PuskesmasStanding, score_cell};
use crate::analytics::trend_points;
use crate::dashboard::table::{DataCell, DataColumn, DataRow, DataTable};
use crate::domain::indicator::Direction as Better;
use crate::domain::{CoachingIndicator, Value};

/// Differences to the median: of the score, then of each indicator.
pub fn table(context: &DistrictContext, indicators: &[CoachingIndicator], id: &str) -> DataTable {
    let mut columns = vec![
        DataColumn::text("puskesmas", "Puskesmas"),
        DataColumn::number("skor", "Skor", "Skor pembinaan (0–100)"),
        DataColumn::number("selisih", "Selisih skor", "Selisih skor terhadap median (poin)"),
    ];
    columns.extend(indicators.iter().map(|indicator| {
        let name = format!("{}: selisih terhadap median (poin)", indicator.name());
        DataColumn::number(&indicator.code().to_lowercase(), indicator.short_name(), &name)
    }));
    let median = context.median_score();
    let medians: Vec<Option<f64>> = indicators.iter().map(|indicator| context.median_of(*indicator)).collect();
    let row = |standing: &PuskesmasStanding| {
        let mut cells = vec![
            DataCell::Puskesmas(standing.name.clone()),
            score_cell(standing.total.score),
            gap(standing.judged_score().map_or(Value::NotApplicable, Value::Number), median),
        ];
        let values = indicators.iter().map(|indicator| standing.total.indicator(*indicator).value);
        cells.extend(values.zip(&medians).map(|(value, median)| gap(value, *median)));
        DataRow { cells }
    };
    let mut medians_row = vec![DataCell::Text("Median Puskesmas".to_owned()), score_cell(median), DataCell::Blank("")];
    medians_row.extend(medians.iter().map(|median| score_cell(*median)));
    let mut table = DataTable {
        name: id.to_owned(),
        title: "Terhadap median sesama".to_owned(),
        note: "Selisih dalam poin terhadap nilai tengah (median) Puskesmas di halaman ini; median bukan gabungan."
            .to_owned(),
        caption: context.caption(),
        columns,
        rows: context.standings().map(row).collect(),
        totals: vec![DataRow { cells: medians_row }],
    };
    table.sort_by("selisih", crate::dashboard::table::SortDirection::Ascending);
    table
}

/// The difference of a figure to the median; what is no number says why.
fn gap(value: Value, median: Option<f64>) -> DataCell {
    match value {
        Value::Number(number) => DataCell::Change(trend_points(Some(number), median), Better::HigherIsBetter),
        Value::NotReported => DataCell::Blank("belum lapor"),
        Value::NotApplicable => DataCell::Blank("tidak berlaku"),
        Value::CannotCompute => DataCell::Blank("tak terhitung"),
    }
}
