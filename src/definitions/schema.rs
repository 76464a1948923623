//! JSON Schema of each kind of definition file, for editors, from the keys that the reader asks for. It says all that
//! stands in one key; what two keys say together is left to `check`.

use serde_json::{Map, Value, json};

use super::keys::{DefinitionKey, KeyPresence, KeyTable, KeyValue};
use super::kind::DefinitionKind;

/// The schema of a kind (draft 2020-12).
pub fn schema(kind: DefinitionKind) -> Value {
    let described = kind.description();
    let mut schema = table(described.root);
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!(described.place));
    schema.insert("description".to_owned(), json!(described.says));
    Value::Object(schema)
}

fn table(keys: &'static KeyTable) -> Map<String, Value> {
    let properties: Map<String, Value> = keys.all().map(|key| (key.name.to_owned(), property(key))).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), json!(false));
    let names = |is_meant: fn(KeyPresence) -> bool| -> Vec<&str> {
        keys.keys.iter().filter(|key| is_meant(key.presence)).map(|key| key.name).collect()
    };
    let required = names(|presence| presence == KeyPresence::Required);
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    let mut dependent = Map::new();
    let mut either = Vec::new();
    for key in keys.keys {
        match key.presence {
            KeyPresence::With(other) => drop(dependent.insert(other.to_owned(), json!([key.name]))),
            KeyPresence::Unless(other) => {
                either.push(json!({ "anyOf": [{ "required": [key.name] }, { "required": [other] }] }));
            }
            _ => {}
        }
    }
    if !dependent.is_empty() {
        schema.insert("dependentRequired".to_owned(), Value::Object(dependent));
    }
    if !either.is_empty() {
        schema.insert("allOf".to_owned(), Value::Array(either));
    }
    if !keys.one_of.is_empty() {
        let one: Vec<Value> = keys.one_of.iter().map(|key| json!({ "required": [key.name] })).collect();
        schema.insert("oneOf".to_owned(), Value::Array(one));
    }
    schema
}

fn property(key: &'static DefinitionKey) -> Value {
    let mut schema = match &key.value {
        KeyValue::Text => json!({ "type": "string", "pattern": "\\S" }),
        KeyValue::Word(known) => json!({ "type": "string", "enum": known() }),
        KeyValue::Words(known) => json!({
            "type": "array", "minItems": 1, "uniqueItems": true, "items": { "type": "string", "enum": known() },
        }),
        KeyValue::Texts { .. } => json!({ "type": "array", "minItems": 1, "items": { "type": "string" } }),
        KeyValue::Whole { from, to } => json!({ "type": "integer", "minimum": from, "maximum": to }),
        KeyValue::Number { from, to } => json!({ "type": "number", "minimum": from, "maximum": to }),
        KeyValue::Table(of) => Value::Object(table(of)),
        KeyValue::Tables { of, least, .. } => json!({ "type": "array", "minItems": least, "items": table(of) }),
    };
    if let KeyValue::Texts { most: Some(most) } | KeyValue::Tables { most: Some(most), .. } = key.value {
        schema["maxItems"] = json!(most);
    }
    if !key.says.is_empty() {
        schema["description"] = json!(key.says);
    }
    if let KeyPresence::Default(value) = key.presence
        && let Some(value) = toml_value(value)
    {
        schema["default"] = value;
    }
    if let Some(example) = toml_value(key.example) {
        schema["examples"] = json!([example]);
    }
    schema
}

/// A value as written in TOML, as JSON; `None` where there is none.
fn toml_value(written: &str) -> Option<Value> {
    let table: toml::Table = format!("value = {written}").parse().ok()?;
    json_of(table.get("value")?)
}

fn json_of(value: &toml::Value) -> Option<Value> {
    Some(match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(answer) => json!(answer),
        toml::Value::Datetime(_) => return None,
        toml::Value::Array(items) => Value::Array(items.iter().map(json_of).collect::<Option<_>>()?),
        toml::Value::Table(table) => {
            let entries = table.iter().map(|(key, value)| Some((key.clone(), json_of(value)?)));
            Value::Object(entries.collect::<Option<_>>()?)
        }
    })
}

/// A definition file's text as JSON, as an editor holds it against the schema; `None` where it is no TOML.
pub fn document(text: &str) -> Option<Value> {
    json_of(&toml::Value::Table(text.parse().ok()?))
}
