//! Tables of the page model as JSON objects and as CSV fields.

use serde_json::{Map, Value as Json, json};

use crate::dashboard::table::{ColumnKind, DataCell, DataRow, DataTable};
use crate::domain::{Facts, Value};
use crate::web::csv_text::CsvField;
use crate::web::view::links::Links;

/// A table as JSON: `rows` and `totals` are objects by column key.
pub fn table_json(table: &DataTable, links: &Links, facts: &Facts) -> Json {
    let row = |row: &DataRow| {
        let cells = row.cells.iter().zip(&table.columns);
        Json::Object(
            cells.map(|(cell, column)| (column.key.clone(), cell_json(cell, links, facts))).collect::<Map<_, _>>(),
        )
    };
    json!({
        "name": table.name,
        "title": table.title,
        "note": table.note,
        "caption": table.caption,
        "columns": table.columns.iter().map(|column| json!({"key": column.key, "name": column.name})).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
        "totals": table.totals.iter().map(row).collect::<Vec<_>>(),
    })
}

fn cell_json(cell: &DataCell, links: &Links, facts: &Facts) -> Json {
    match cell {
        DataCell::Text(text) | DataCell::State(text, _) | DataCell::Facility(_, text) | DataCell::Group(text) => {
            json!(text)
        }
        DataCell::Blank(_) | DataCell::NotDone(_) => Json::Null,
        DataCell::Figure(figure) => json!({
            "value": figure.value.number(),
            "missing": missing(figure.value),
            "numerator": figure.parts.map(|(numerator, _)| numerator),
            "denominator": figure.parts.map(|(_, denominator)| denominator),
            "origin": figure.origin.as_ref().map(|origin| links.origin(origin, facts)),
        }),
        DataCell::Count(count) => json!(count),
        DataCell::Status(standing) => json!(standing.status.code()),
        DataCell::Change(change, _) => json!(change),
        DataCell::Date(date) => json!(date.to_string()),
        DataCell::Month(month) => json!(month.to_string()),
        DataCell::Visit(when) => json!(when.to_string()),
    }
}

fn missing(value: Value) -> Option<&'static str> {
    match value {
        Value::Number(_) => None,
        Value::NotReported => Some("not_reported"),
        Value::NotApplicable => Some("not_applicable"),
        Value::CannotCompute => Some("cannot_compute"),
    }
}

/// Heads and rows as CSV: a column with counts becomes three.
pub fn table_csv(table: &DataTable) -> (Vec<String>, Vec<Vec<CsvField>>) {
    let rows = || table.rows.iter().chain(&table.totals);
    let has_parts: Vec<bool> = (0..table.columns.len())
        .map(|place| {
            let counted =
                |row: &DataRow| matches!(row.cells.get(place), Some(DataCell::Figure(figure)) if figure.parts.is_some());
            table.columns[place].kind == ColumnKind::Number && rows().any(counted)
        })
        .collect();
    let mut heads = Vec::new();
    for (column, has_parts) in table.columns.iter().zip(&has_parts) {
        heads.push(column.name.clone());
        if *has_parts {
            heads.push(format!("{} pembilang", column.label));
            heads.push(format!("{} penyebut", column.label));
        }
    }
    let fields = rows().map(|row| {
        let mut fields = Vec::new();
        for (cell, has_parts) in row.cells.iter().zip(&has_parts) {
            fields.push(cell_field(cell));
            if *has_parts {
                let parts = if let DataCell::Figure(figure) = cell { figure.parts } else { None };
                fields.push(CsvField::number(parts.map(|(numerator, _)| numerator)));
                fields.push(CsvField::number(parts.map(|(_, denominator)| denominator)));
            }
        }
        fields
    });
    (heads, fields.collect())
}

fn cell_field(cell: &DataCell) -> CsvField {
    match cell {
        DataCell::Text(text) | DataCell::State(text, _) | DataCell::Facility(_, text) | DataCell::Group(text) => {
            CsvField::text(text.clone())
        }
        DataCell::Blank("belum lapor") => CsvField::text("belum lapor"),
        DataCell::Blank(_) | DataCell::NotDone(_) => CsvField::Blank,
        DataCell::Figure(figure) => match figure.value {
            Value::Number(number) => CsvField::Number(number),
            Value::NotReported => CsvField::text("belum lapor"),
            Value::NotApplicable => CsvField::Blank,
            Value::CannotCompute => CsvField::text("tak terhitung"),
        },
        DataCell::Count(count) => CsvField::Number(*count),
        DataCell::Status(standing) => CsvField::text(standing.words()),
        DataCell::Change(change, _) => CsvField::number(*change),
        DataCell::Date(date) => CsvField::text(date.to_string()),
        DataCell::Month(month) => CsvField::text(month.to_string()),
        DataCell::Visit(when) => CsvField::text(when.to_string()),
    }
}
