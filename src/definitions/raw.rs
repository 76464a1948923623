//! TOML with positions, read key by key: each mistake becomes a diagnostic and reading goes on, so that
//! all of them are named at once. (A deserializer would stop at the first.) Knows no definition.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{KeyTable, KeyValue};
use crate::diagnostic::Diagnostic;

/// A value and where it stands (bytes in the text).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// One file, and what was found wrong with it so far.
pub(super) struct DefinitionReader<'a> {
    pub(super) file: &'a str,
    text: &'a str,
    pub(super) faults: Vec<Diagnostic>,
}

impl<'a> DefinitionReader<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, faults: Vec::new() }
    }

    /// Names a fault at the start of `span`.
    pub(super) fn fault(&mut self, span: &Range<usize>, what: impl Into<String>, hint: impl Into<Option<String>>) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |place| place + 1);
        let source_line = self.text[line_start..].lines().next().unwrap_or("");
        self.faults.push(Diagnostic {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what: what.into(),
            hint: hint.into(),
            source_line: (!source_line.trim().is_empty()).then(|| source_line.to_owned()),
        });
    }

    /// Parses the text; syntax faults are named, and nothing is returned then.
    pub(super) fn parse(&mut self) -> Option<Spanned<DeTable<'a>>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let span = error.span().unwrap_or(0..0);
            let (what, hint) = explain_syntax(error.message());
            self.fault(&span, what, hint);
        }
        errors.is_empty().then_some(table)
    }
}

/// The parser's English sentence, put so that a coordinator can act on it.
fn explain_syntax(message: &str) -> (String, String) {
    let hint = if message.contains("duplicate key") {
        "hapus atau ganti salah satu kunci yang sama"
    } else if message.contains("quote") || message.contains("string") {
        "teks ditulis di antara tanda petik, misalnya title = \"Ringkasan\""
    } else if message.contains("key") && message.contains("equal") || message.contains("`=`") {
        "setiap baris berbentuk kunci = nilai"
    } else {
        "periksa tanda petik, kurung siku dan tanda = pada baris ini"
    };
    (format!("bukan TOML yang benar ({})", message.replace('\n', "; ")), hint.to_owned())
}

/// A table being read: keys that nobody asked for are faults.
pub(super) struct RawTable<'t> {
    entries: &'t DeTable<'t>,
    /// Place that faults name where something is missing in it, in bytes.
    pub(super) span: Range<usize>,
    asked: BTreeSet<&'static str>,
    keys: &'static KeyTable,
}

impl<'t> RawTable<'t> {
    pub(super) fn new(entries: &'t DeTable<'t>, span: Range<usize>, keys: &'static KeyTable) -> Self {
        Self { entries, span, asked: BTreeSet::new(), keys }
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        debug_assert!(self.keys.find(key).is_some(), "`{key}` is read and is no declared key");
        self.asked.insert(key);
        self.entries.get(key)
    }

    /// Reports whether the key stands there; counts as asked for.
    pub(super) fn has(&mut self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// The keys that stand there of those of which there is to be exactly one.
    pub(super) fn chosen(&mut self) -> Vec<&'static str> {
        self.keys.one_of.iter().map(|key| key.name).filter(|name| self.has(name)).collect()
    }

    /// The keys of which there is to be exactly one, for a hint.
    pub(super) fn choices(&self) -> String {
        self.keys.one_of.iter().map(|key| key.name).collect::<Vec<_>>().join(", ")
    }

    /// Reports whether a table stands there that nobody asked for: most likely a known one, mistyped.
    pub(super) fn has_unknown_table(&self) -> bool {
        self.entries.iter().any(|(key, value)| {
            let name: &str = key.get_ref();
            !self.asked.contains(name) && value.get_ref().is_table()
        })
    }

    /// Place of the key itself, in bytes.
    pub(super) fn key_span(&self, key: &str) -> Range<usize> {
        self.entries.get_key_value(key).map_or(self.span.clone(), |(name, _)| name.span())
    }

    /// Takes the text of a key; one that is blank, or no text, is a fault.
    pub(super) fn text(&mut self, reader: &mut DefinitionReader<'_>, key: &'static str) -> Option<Located<String>> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                reader.fault(
                    &value.span(),
                    format!("`{key}` kosong"),
                    Some(format!("isi `{key}` atau hapus barisnya")),
                );
                None
            }
            Some(text) => Some(Located { value: text.trim().to_owned(), span: value.span() }),
            None => {
                wrong_type(reader, key, value, "teks di antara tanda petik");
                None
            }
        }
    }

    /// Text that must be there.
    pub(super) fn needed_text(
        &mut self,
        reader: &mut DefinitionReader<'_>,
        key: &'static str,
    ) -> Option<Located<String>> {
        if !self.has(key) {
            self.missing(reader, key, &format!("{key} = \"…\""));
        }
        self.text(reader, key)
    }

    /// A number within the key's bounds.
    pub(super) fn number(&mut self, reader: &mut DefinitionReader<'_>, key: &'static str) -> Option<f64> {
        let value = self.value(key)?;
        let bounds = match self.keys.find(key)?.value {
            KeyValue::Number { from, to } => from..=to,
            _ => f64::MIN..=f64::MAX,
        };
        let number = match value.get_ref() {
            DeValue::Integer(integer) => plain_number(integer.as_str()),
            DeValue::Float(float) => plain_number(float.as_str()),
            _ => {
                wrong_type(reader, key, value, "bilangan");
                return None;
            }
        };
        let number = number.filter(|number| bounds.contains(number));
        if number.is_none() {
            let hint = format!("bilangan dari {} sampai {}", bounds.start(), bounds.end());
            reader.fault(&value.span(), format!("`{key}` di luar batas"), Some(hint));
        }
        number
    }

    /// A whole number within the key's bounds.
    pub(super) fn whole(&mut self, reader: &mut DefinitionReader<'_>, key: &'static str) -> Option<u32> {
        let value = self.value(key)?;
        let bounds = match self.keys.find(key)?.value {
            KeyValue::Whole { from, to } => from..=to,
            _ => u32::MIN..=u32::MAX,
        };
        let DeValue::Integer(integer) = value.get_ref() else {
            wrong_type(reader, key, value, "bilangan bulat");
            return None;
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
        let number = number.and_then(|number| u32::try_from(number).ok()).filter(|number| bounds.contains(number));
        if number.is_none() {
            let hint = format!("bilangan bulat dari {} sampai {}", bounds.start(), bounds.end());
            reader.fault(&value.span(), format!("`{key}` di luar batas"), Some(hint));
        }
        number
    }

    /// A list of texts; an empty list is a fault.
    pub(super) fn texts(
        &mut self,
        reader: &mut DefinitionReader<'_>,
        key: &'static str,
    ) -> Option<Located<Vec<Located<String>>>> {
        let value = self.value(key)?;
        let Some(array) = value.get_ref().as_array() else {
            wrong_type(reader, key, value, "daftar teks, misalnya [\"a\", \"b\"]");
            return None;
        };
        if array.is_empty() {
            reader.fault(&value.span(), format!("`{key}` kosong"), Some("sebutkan paling sedikit satu".to_owned()));
            return None;
        }
        let mut texts = Vec::new();
        for item in array {
            match item.get_ref().as_str() {
                Some(text) => texts.push(Located { value: text.trim().to_owned(), span: item.span() }),
                None => wrong_type(reader, key, item, "teks di antara tanda petik"),
            }
        }
        Some(Located { value: texts, span: value.span() })
    }

    /// A table below this one.
    pub(super) fn table(&mut self, reader: &mut DefinitionReader<'_>, key: &'static str) -> Option<RawTable<'t>> {
        let value = self.value(key)?;
        if let Some(table) = value.get_ref().as_table() {
            return Some(RawTable::new(table, head_span(&self.key_span(key), &value.span()), self.keys.below(key)));
        }
        wrong_type(reader, key, value, &format!("tabel, misalnya [{key}]"));
        None
    }

    /// The same where the key stands there at all.
    pub(super) fn table_if_there(
        &mut self,
        reader: &mut DefinitionReader<'_>,
        key: &'static str,
    ) -> Option<RawTable<'t>> {
        if self.has(key) { self.table(reader, key) } else { None }
    }

    /// Tables below this one (`[[key]]`).
    pub(super) fn tables(&mut self, reader: &mut DefinitionReader<'_>, key: &'static str) -> Vec<RawTable<'t>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            wrong_type(reader, key, value, &format!("satu atau beberapa [[{key}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in array {
            match item.get_ref().as_table() {
                Some(table) => tables.push(RawTable::new(table, item.span(), self.keys.below(key))),
                None => wrong_type(reader, key, item, &format!("tabel, misalnya [[{key}]]")),
            }
        }
        tables
    }

    /// Names a key that must be there and is not.
    pub(super) fn missing(&self, reader: &mut DefinitionReader<'_>, key: &str, example: &str) {
        reader.fault(&self.span, format!("`{key}` tidak ada"), Some(format!("tambahkan: {example}")));
    }

    /// Names every key that nobody asked for.
    pub(super) fn finish(self, reader: &mut DefinitionReader<'_>) {
        for (key, _) in self.entries {
            let name: &str = key.get_ref();
            if !self.asked.contains(name) {
                let hint = suggest(name, self.asked.iter().copied());
                reader.fault(&key.span(), format!("kunci `{name}` tidak dikenal"), Some(hint));
            }
        }
    }
}

/// Place that stands for a sub-table: its head, or the key of an inline one.
fn head_span(key: &Range<usize>, value: &Range<usize>) -> Range<usize> {
    if value.start < key.start { value.clone() } else { key.clone() }
}

fn plain_number(text: &str) -> Option<f64> {
    text.replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())
}

fn wrong_type(reader: &mut DefinitionReader<'_>, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
    let found = match value.get_ref() {
        DeValue::String(_) => "teks",
        DeValue::Integer(_) => "bilangan bulat",
        DeValue::Float(_) => "bilangan pecahan",
        DeValue::Boolean(_) => "true/false",
        DeValue::Datetime(_) => "tanggal",
        DeValue::Array(_) => "daftar",
        DeValue::Table(_) => "tabel",
    };
    reader.fault(&value.span(), format!("`{key}` berisi {found}"), Some(format!("tulis {wanted}")));
}

/// `maksud Anda …?` with the nearest of the known words, else all of them.
pub(super) fn suggest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.collect();
    let lower = word.to_lowercase();
    let nearest = known
        .iter()
        .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), *candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 3);
    match nearest {
        Some((_, candidate)) => format!("maksud Anda `{candidate}`?"),
        None if known.is_empty() => "hapus".to_owned(),
        None => format!("yang dikenal: {}", known.join(", ")),
    }
}

/// The value of a word out of those known; anything else is a fault.
pub(super) fn choose<T: Copy>(
    reader: &mut DefinitionReader<'_>,
    what: &str,
    word: &Located<String>,
    known: &[(&str, T)],
) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == word.value).map(|(_, value)| *value);
    if found.is_none() {
        let hint = suggest(&word.value, known.iter().map(|(name, _)| *name));
        reader.fault(&word.span, format!("{what} `{}` tidak dikenal", word.value), Some(hint));
    }
    found
}

/// [`choose`] for each word of a list; a word that stands twice is a fault.
pub(super) fn choose_each<T: Copy + PartialEq>(
    reader: &mut DefinitionReader<'_>,
    what: &str,
    words: &[Located<String>],
    known: &[(&str, T)],
) -> Vec<T> {
    let mut chosen = Vec::new();
    for word in words {
        let Some(value) = choose(reader, what, word, known) else { continue };
        if chosen.contains(&value) {
            reader.fault(
                &word.span,
                format!("{what} `{}` disebut dua kali", word.value),
                Some("hapus salah satu".into()),
            );
        } else {
            chosen.push(value);
        }
    }
    chosen
}

/// Reads an optional word of `known` under `key`; `otherwise` where it is absent or unknown.
pub(super) fn word<T: Copy>(
    reader: &mut DefinitionReader<'_>,
    table: &mut RawTable<'_>,
    key: &'static str,
    known: &[(&str, T)],
    otherwise: T,
) -> T {
    table.text(reader, key).and_then(|word| choose(reader, &format!("`{key}`"), &word, known)).unwrap_or(otherwise)
}
