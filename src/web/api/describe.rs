//! Tables of the page model as JSON objects and as CSV fields.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use utoipa::ToSchema;

use crate::dashboard::table::{ColumnKind, DataCell, DataRow, DataTable, is_reason_in_words};
use crate::domain::{Facts, Value};
use crate::web::csv_text::CsvField;
use crate::web::view::links::Links;

/// A table of a page.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TableAnswer {
    /// Stable name, for addresses.
    pub name: String,
    /// Heading.
    pub title: String,
    /// The measured quantity and its unit.
    pub note: String,
    /// Facilities of how many, and the day of the data, in words.
    pub caption: String,
    /// Columns; the first names the row.
    pub columns: Vec<ColumnAnswer>,
    /// Rows by the keys of the columns: texts, numbers, null, or a figure with `value`, `missing`, `numerator`,
    /// `denominator` and `origin`.
    #[schema(value_type = Vec<Object>)]
    pub rows: Vec<Json>,
    /// Totals, of the same shape.
    #[schema(value_type = Vec<Object>)]
    pub totals: Vec<Json>,
}

/// Column of a table.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnAnswer {
    /// Stable key, by which rows name their values.
    pub key: String,
    /// Full name with unit.
    pub name: String,
}

/// A table for programs: `rows` and `totals` are objects by column key.
pub fn table_json(table: &DataTable, links: &Links, facts: &Facts) -> TableAnswer {
    let row = |row: &DataRow| {
        let cells = row.cells.iter().zip(&table.columns);
        Json::Object(
            cells.map(|(cell, column)| (column.key.clone(), cell_json(cell, links, facts))).collect::<Map<_, _>>(),
        )
    };
    let columns =
        table.columns.iter().map(|column| ColumnAnswer { key: column.key.clone(), name: column.name.clone() });
    TableAnswer {
        name: table.name.clone(),
        title: table.title.clone(),
        note: table.note.clone(),
        caption: table.caption.clone(),
        columns: columns.collect(),
        rows: table.rows.iter().map(row).collect(),
        totals: table.totals.iter().map(row).collect(),
    }
}

fn cell_json(cell: &DataCell, links: &Links, facts: &Facts) -> Json {
    match cell {
        DataCell::Text(text)
        | DataCell::State(text, _)
        | DataCell::Facility(_, text)
        | DataCell::Group(text)
        | DataCell::Puskesmas(text)
        | DataCell::Cluster(text) => json!(text),
        DataCell::Judged(figure) => cell_json(&DataCell::Figure(figure.plain()), links, facts),
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
            let counted = |row: &DataRow| row.cells.get(place).is_some_and(|cell| cell.parts().is_some());
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
                let parts = cell.parts();
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
        DataCell::Text(text)
        | DataCell::State(text, _)
        | DataCell::Facility(_, text)
        | DataCell::Group(text)
        | DataCell::Puskesmas(text)
        | DataCell::Cluster(text) => CsvField::text(text.clone()),
        DataCell::Judged(figure) => cell_field(&DataCell::Figure(figure.plain())),
        DataCell::Blank(reason) if is_reason_in_words(reason) => CsvField::text(*reason),
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
