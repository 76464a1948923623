//! Keys of definition files: for each one that is declared, reader and schema take the same values, its example and its
//! default are true, and the reference names it.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use simpul::definitions::{
    DefinitionKey, DefinitionKind, KeyPresence, KeyTable, KeyValue, SHIPPED, SourceFile, check, load, reference, schema,
};
use toml::{Table, Value};

/// Wrong definitions that no schema of single keys can refuse: a time, a zone, and what two keys say together.
const BEYOND_SCHEMA: [&str; 3] = ["bad-cron", "clusters-of-nothing", "unknown-zone"];

/// Returns what the schema refuses; fails at a word of JSON Schema that is not understood here.
fn refused(schema: &Json, value: &Json, place: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (word, meant) in schema.as_object().unwrap() {
        let keeps = match word.as_str() {
            "$schema" | "title" | "description" | "default" | "examples" => true,
            "type" => match meant.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_i64(),
                "number" => value.is_number(),
                other => unreachable!("type {other}"),
            },
            "enum" => meant.as_array().unwrap().contains(value),
            "pattern" => {
                assert_eq!(meant, "\\S");
                value.as_str().is_none_or(|text| !text.trim().is_empty())
            }
            "minimum" => value.as_f64().is_none_or(|number| number >= meant.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= meant.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() >= count(meant)),
            "maxItems" => value.as_array().is_none_or(|items| items.len() <= count(meant)),
            "uniqueItems" => {
                value.as_array().is_none_or(|items| (1..items.len()).all(|end| !items[..end].contains(&items[end])))
            }
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    faults.extend(refused(meant, item, place));
                }
                true
            }
            "properties" => {
                for (name, below) in value.as_object().into_iter().flatten() {
                    let known = meant.get(name).map(|schema| refused(schema, below, &format!("{place}.{name}")));
                    faults.extend(known.unwrap_or_default());
                }
                true
            }
            "additionalProperties" => {
                assert_eq!(meant, &Json::Bool(false));
                value.as_object().is_none_or(|table| table.keys().all(|key| schema["properties"].get(key).is_some()))
            }
            "required" => has_all(value, meant),
            "dependentRequired" => {
                meant.as_object().unwrap().iter().all(|(key, with)| value.get(key).is_none() || has_all(value, with))
            }
            "anyOf" => meant.as_array().unwrap().iter().any(|one| refused(one, value, place).is_empty()),
            "allOf" => meant.as_array().unwrap().iter().all(|one| refused(one, value, place).is_empty()),
            "oneOf" => {
                meant.as_array().unwrap().iter().filter(|one| refused(one, value, place).is_empty()).count() == 1
            }
            other => unreachable!("{other} is not understood here"),
        };
        if !keeps {
            faults.push(format!("{place}: {word}"));
        }
    }
    faults
}

fn count(number: &Json) -> usize {
    usize::try_from(number.as_u64().unwrap()).unwrap()
}

fn has_all(value: &Json, names: &Json) -> bool {
    names.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some())
}

fn refused_text(kind: DefinitionKind, text: &str) -> Vec<String> {
    refused(&schema::schema(kind), &schema::document(text).unwrap(), kind.code())
}

#[test]
fn every_shipped_file_keeps_its_schema() {
    for (name, text) in SHIPPED {
        assert_eq!(refused_text(DefinitionKind::of_file(name).unwrap(), text), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_schema_refuses_wrong_definitions() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    let mut taken = Vec::new();
    for case in fs::read_dir(root).unwrap() {
        let case = case.unwrap().path();
        let files = crate::definitions::files_of(&case);
        let is_refused = |file: &SourceFile| match schema::document(&file.text) {
            Some(_) => !refused_text(DefinitionKind::of_file(&file.name).unwrap(), &file.text).is_empty(),
            None => true,
        };
        if !files.iter().any(is_refused) {
            taken.push(case.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    taken.sort();
    assert_eq!(taken, BEYOND_SCHEMA);
}

/// Part of the keys that a made file holds.
#[derive(Clone, Copy, PartialEq)]
enum Fill {
    /// Those that must stand there, and the tables that may.
    Least,
    /// All.
    Full,
}

fn value_of(written: &str) -> Value {
    format!("value = {written}").parse::<Table>().unwrap().remove("value").unwrap()
}

fn is_wanted(table: &KeyTable, key: &DefinitionKey, fill: Fill) -> bool {
    let has = |other: &str| {
        table.keys.iter().any(|key| key.name == other && !matches!(key.presence, KeyPresence::Optional(_)))
    };
    fill == Fill::Full
        || match key.presence {
            KeyPresence::Required | KeyPresence::Unless(_) => true,
            KeyPresence::With(other) => has(other),
            KeyPresence::Default(_) | KeyPresence::Optional(_) => matches!(key.value, KeyValue::Table(_)),
        }
}

/// Makes the values of a key: one, or one for each choice of a table below it.
fn values(key: &DefinitionKey, fill: Fill) -> Vec<Value> {
    match &key.value {
        KeyValue::Table(below) => tables(below, fill).into_iter().map(Value::Table).collect(),
        KeyValue::Tables { of, least, .. } => {
            let count = (*least).max(usize::from(fill == Fill::Full));
            let many =
                |first: Table| Value::Array((0..count).map(|place| Value::Table(turned(of, &first, place))).collect());
            tables(of, fill).into_iter().map(many).collect()
        }
        _ => vec![value_of(key.example)],
    }
}

/// The table as the `place`th of several: each word is another, and what tells of it in text is gone.
fn turned(keys: &KeyTable, first: &Table, place: usize) -> Table {
    let mut table = first.clone();
    for key in keys.keys {
        if let KeyValue::Word(known) = &key.value
            && place > 0
        {
            let known = known();
            let start = known.iter().position(|word| Value::from(*word) == first[key.name]).unwrap();
            table.insert(key.name.to_owned(), Value::from(known[(start + place) % known.len()]));
            table.remove("name");
        }
    }
    table
}

fn tables(keys: &'static KeyTable, fill: Fill) -> Vec<Table> {
    let mut made = vec![Table::new()];
    for key in keys.keys.iter().filter(|key| is_wanted(keys, key, fill)) {
        let values = values(key, fill);
        made = with_each(&made, key, &values);
    }
    if keys.one_of.is_empty() {
        return made;
    }
    keys.one_of.iter().flat_map(|key| with_each(&made, key, &values(key, fill))).collect()
}

fn with_each(made: &[Table], key: &DefinitionKey, values: &[Value]) -> Vec<Table> {
    let with = |table: &Table, value: &Value| {
        let mut table = table.clone();
        table.insert(key.name.to_owned(), value.clone());
        table
    };
    made.iter().flat_map(|table| values.iter().map(|value| with(table, value)).collect::<Vec<_>>()).collect()
}

fn file_of(kind: DefinitionKind, table: &Table) -> SourceFile {
    SourceFile { name: kind.description().place.replace('*', "uji"), text: toml::to_string(table).unwrap() }
}

/// The table with each scope that a page can have: some panels are for one alone.
fn scoped(kind: DefinitionKind, table: &Table) -> Vec<Table> {
    if kind != DefinitionKind::Dashboard || !table.contains_key("scope") {
        return vec![table.clone()];
    }
    let scope = kind.root().keys.iter().find(|key| key.name == "scope").unwrap();
    let KeyValue::Word(scopes) = &scope.value else { unreachable!("scope is a word") };
    let values: Vec<Value> = scopes().into_iter().map(Value::from).collect();
    with_each(std::slice::from_ref(table), scope, &values)
}

/// Returns the first way in which the reader takes the table, else what it says.
fn taken(kind: DefinitionKind, table: &Table) -> Result<Table, String> {
    let mut said = String::new();
    for table in scoped(kind, table) {
        let faults = check(&[file_of(kind, &table)]);
        if faults.is_empty() {
            return Ok(table);
        }
        said = format!("{table}\n{faults:?}");
    }
    Err(said)
}

/// A key of a made file, and the way to its table.
#[derive(Clone)]
struct Spot {
    way: Vec<&'static str>,
    table: &'static KeyTable,
    key: &'static DefinitionKey,
}

fn spots(table: &'static KeyTable, made: &Table, way: &[&'static str]) -> Vec<Spot> {
    let mut found = Vec::new();
    for key in table.all() {
        let spot = Spot { way: way.to_vec(), table, key };
        let below = match (&key.value, made.get(key.name)) {
            (KeyValue::Table(below), Some(Value::Table(inner))) => Some((*below, inner)),
            (KeyValue::Tables { of, .. }, Some(Value::Array(items))) => Some((*of, items[0].as_table().unwrap())),
            _ => None,
        };
        if let Some((below, inner)) = below {
            found.extend(spots(below, inner, &[way, &[key.name]].concat()));
        }
        found.push(spot);
    }
    found
}

/// The table at the end of a way; of several the first.
fn table_at<'t>(made: &'t mut Table, way: &[&str]) -> &'t mut Table {
    way.iter().fold(made, |table, name| match table.get_mut(*name).unwrap() {
        Value::Table(below) => below,
        Value::Array(items) => items[0].as_table_mut().unwrap(),
        other => unreachable!("{other} is no table"),
    })
}

fn wrong_values(key: &DefinitionKey) -> Vec<Value> {
    let list = |texts: &[&str]| Value::Array(texts.iter().map(|text| Value::from(*text)).collect());
    match &key.value {
        KeyValue::Text => vec![Value::from(7), Value::from("  ")],
        KeyValue::Word(_) => vec![Value::from(7), Value::from("bukan-kata")],
        KeyValue::Words(known) => {
            let first = known()[0];
            vec![Value::from(first), list(&[]), list(&["bukan-kata"]), list(&[first, first])]
        }
        KeyValue::Texts { most } => {
            let mut wrong = vec![Value::from("teks"), list(&[]), Value::Array(vec![Value::from(7)])];
            wrong.extend(most.map(|most| list(&vec!["a@b.example"; most + 1])));
            wrong
        }
        KeyValue::Whole { from, to } => {
            vec![Value::from(i64::from(*from) - 1), Value::from(i64::from(*to) + 1), Value::from(1.5), Value::from("7")]
        }
        KeyValue::Number { from, to } => vec![Value::from(from - 1.0), Value::from(to + 1.0), Value::from("7")],
        KeyValue::Table(_) => vec![Value::from(7)],
        KeyValue::Tables { most, .. } => {
            let mut wrong = vec![Value::from(7), Value::Array(vec![Value::from(7)])];
            wrong.extend(most.map(|most| Value::Array(vec![Value::Table(Table::new()); most + 1])));
            wrong
        }
    }
}

fn is_refused_by_both(kind: DefinitionKind, table: &Table) -> bool {
    let text = toml::to_string(table).unwrap();
    !check(&[file_of(kind, table)]).is_empty() && !refused_text(kind, &text).is_empty()
}

#[test]
fn every_example_is_taken_by_reader_and_schema() {
    for kind in DefinitionKind::ALL {
        for made in tables(kind.root(), Fill::Full) {
            let table = taken(kind, &made).unwrap();
            assert_eq!(refused_text(kind, &toml::to_string(&table).unwrap()), Vec::<String>::new(), "{table}");
        }
        for made in tables(kind.root(), Fill::Least) {
            let table = taken(kind, &made).unwrap();
            assert_eq!(refused_text(kind, &toml::to_string(&table).unwrap()), Vec::<String>::new(), "{table}");
        }
    }
}

#[test]
fn what_the_reader_refuses_in_a_key_the_schema_refuses() {
    let mut tried = 0;
    for kind in DefinitionKind::ALL {
        let mut known: BTreeSet<String> = BTreeSet::new();
        for made in tables(kind.root(), Fill::Full) {
            let made = taken(kind, &made).unwrap();
            for Spot { way, key, .. } in spots(kind.root(), &made, &[]) {
                let is_there = table_at(&mut made.clone(), &way).contains_key(key.name);
                if !is_there || !known.insert(format!("{way:?} {}", key.name)) {
                    continue;
                }
                let mut wrong: Vec<Option<Value>> = wrong_values(key).into_iter().map(Some).collect();
                if key.presence == KeyPresence::Required {
                    wrong.push(None);
                }
                for value in wrong {
                    let mut table = made.clone();
                    let place = table_at(&mut table, &way);
                    match value.clone() {
                        Some(value) => drop(place.insert(key.name.to_owned(), value)),
                        None => drop(place.remove(key.name)),
                    }
                    assert!(is_refused_by_both(kind, &table), "{kind:?} {way:?} {} = {value:?}", key.name);
                    tried += 1;
                }
                let mut table = made.clone();
                table_at(&mut table, &way).insert("tidak-dikenal".to_owned(), Value::from(1));
                assert!(is_refused_by_both(kind, &table), "{kind:?} {way:?}: an unknown key");
            }
        }
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn every_default_is_what_holds_without_it() {
    for kind in DefinitionKind::ALL {
        for made in tables(kind.root(), Fill::Least) {
            let made = taken(kind, &made).unwrap();
            let without = format!("{:?}", load(&[file_of(kind, &made)]));
            for Spot { way, table: keys, key } in spots(kind.root(), &made, &[]) {
                let KeyPresence::Default(default) = key.presence else { continue };
                assert!(keys.keys.iter().any(|known| known.name == key.name));
                let mut table = made.clone();
                table_at(&mut table, &way).insert(key.name.to_owned(), value_of(default));
                assert_eq!(format!("{:?}", load(&[file_of(kind, &table)])), without, "{kind:?} {way:?} {}", key.name);
            }
        }
    }
}

/// Fails where `docs/definisi.md` is not what the code says; `SIMPUL_UPDATE_DOCS=1` writes it anew.
#[test]
fn the_reference_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/definisi.md");
    let made = reference::reference();
    if std::env::var_os("SIMPUL_UPDATE_DOCS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == made, "docs/definisi.md is old; SIMPUL_UPDATE_DOCS=1 cargo test definition_keys writes it");
}
