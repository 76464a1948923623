//! Tables of the page model as JSON objects and as CSV fields.

use serde_json::{Map, Value as Json, json};

use crate::dashboard::table::{Cell, ColumnKind, Row, Table};
use crate::domain::{Facts, Value};
use crate::web::csv_text::Field;
use crate::web::view::links::Links;

/// A table as JSON: `rows` and `totals` are objects by column key.
pub fn table_json(table: &Table, links: &Links, facts: &Facts) -> Json {
    let row = |row: &Row| {
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

fn cell_json(cell: &Cell, links: &Links, facts: &Facts) -> Json {
    match cell {
        Cell::Text(text) | Cell::State(text, _) | Cell::Facility(_, text) => json!(text),
        Cell::Blank(_) => Json::Null,
        Cell::Figure(figure) => json!({
            "value": figure.value.number(),
            "missing": missing(figure.value),
            "numerator": figure.parts.map(|(numerator, _)| numerator),
            "denominator": figure.parts.map(|(_, denominator)| denominator),
            "origin": figure.origin.as_ref().map(|origin| links.origin(origin, facts)),
        }),
        Cell::Count(count) => json!(count),
        Cell::Status(standing) => json!(standing.status.code()),
        Cell::Change(change, _) => json!(change),
        Cell::Date(date) => json!(date.to_string()),
        Cell::Month(month) => json!(month.to_string()),
        Cell::Visit(when) => json!(when.to_string()),
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
pub fn table_csv(table: &Table) -> (Vec<String>, Vec<Vec<Field>>) {
    let rows = || table.rows.iter().chain(&table.totals);
    let has_parts: Vec<bool> = (0..table.columns.len())
        .map(|place| {
            let counted =
                |row: &Row| matches!(row.cells.get(place), Some(Cell::Figure(figure)) if figure.parts.is_some());
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
                let parts = if let Cell::Figure(figure) = cell { figure.parts } else { None };
                fields.push(Field::number(parts.map(|(numerator, _)| numerator)));
                fields.push(Field::number(parts.map(|(_, denominator)| denominator)));
            }
        }
        fields
    });
    (heads, fields.collect())
}

fn cell_field(cell: &Cell) -> Field {
    match cell {
        Cell::Text(text) | Cell::State(text, _) | Cell::Facility(_, text) => Field::text(text.clone()),
        Cell::Blank("belum lapor") => Field::text("belum lapor"),
        Cell::Blank(_) => Field::Blank,
        Cell::Figure(figure) => match figure.value {
            Value::Number(number) => Field::Number(number),
            Value::NotReported => Field::text("belum lapor"),
            Value::NotApplicable => Field::Blank,
            Value::CannotCompute => Field::text("tak terhitung"),
        },
        Cell::Count(count) => Field::Number(*count),
        Cell::Status(standing) => Field::text(standing.words()),
        Cell::Change(change, _) => Field::number(*change),
        Cell::Date(date) => Field::text(date.to_string()),
        Cell::Month(month) => Field::text(month.to_string()),
        Cell::Visit(when) => Field::text(when.to_string()),
    }
}
