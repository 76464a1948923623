//! The reference of all keys (`docs/definisi.md`), in Markdown and Indonesian, from the keys that the reader asks for.

use std::fmt::Write as _;

use super::keys::{DefinitionKey, KeyPresence, KeyTable, KeyValue};
use super::kind::DefinitionKind;

const HEAD: &str = "# Kunci berkas definisi

Halaman, rapat, tugas otomatis, SK, surat dan batas ditulis dalam berkas TOML di folder data. Berkas yang disimpan
berlaku dalam dua detik; yang keliru tidak dipakai, dan halamannya menunjukkan baris dan kolomnya. `simpul check`
memeriksa semuanya.

Daftar ini dibuat dari kode yang membaca berkas-berkas itu. Editor yang mengenal JSON Schema dapat menawarkan kuncinya
dan menandai yang keliru: simpan keluaran `simpul definitions schema dashboard` di folder data sebagai
`skema-dashboard.json`, lalu tulis di baris pertama berkasnya `#:schema ../skema-dashboard.json`. Tanpa internet pun
berlaku.
";

/// The whole reference.
pub fn reference() -> String {
    let mut text = HEAD.to_owned();
    for kind in DefinitionKind::ALL {
        let described = kind.description();
        push(&mut text, format_args!("\n## {}\n\n{}\n", described.place, described.says));
        push(&mut text, format_args!("Skema: `simpul definitions schema {}`.\n", described.name));
        let mut written = Vec::new();
        push_table(&mut text, described.root, "", &mut written);
    }
    text
}

fn push(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what).expect("text takes what is written to it");
}

/// Writes the keys of a table, then the tables below it; one that was written is not written again.
fn push_table(text: &mut String, table: &'static KeyTable, path: &str, written: &mut Vec<&'static KeyTable>) {
    written.push(table);
    if !table.keys.is_empty() {
        text.push_str("\n| Kunci | Isi | Bila tidak ditulis | Kegunaan | Contoh |\n| --- | --- | --- | --- | --- |\n");
        for key in table.keys {
            push_row(text, key, path);
        }
    }
    if !table.one_of.is_empty() {
        text.push_str("\nTepat satu dari:\n\n| Kunci | Kegunaan |\n| --- | --- |\n");
        for key in table.one_of {
            push(text, format_args!("| `{}` | {} |\n", head(key, path), key.says));
        }
    }
    for key in table.all() {
        let (KeyValue::Table(below) | KeyValue::Tables { of: below, .. }) = &key.value else { continue };
        if below.all().next().is_none() {
            continue;
        }
        push(text, format_args!("\n### {}\n", head(key, path)));
        if written.iter().any(|known| std::ptr::eq(*known, *below)) {
            text.push_str("\nKuncinya sama dengan tabel yang sama di atas.\n");
            continue;
        }
        push_table(text, below, &path_of(key, path), written);
    }
}

fn path_of(key: &DefinitionKey, path: &str) -> String {
    if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) }
}

/// The key as a file writes its head.
fn head(key: &DefinitionKey, path: &str) -> String {
    let path = path_of(key, path);
    if matches!(key.value, KeyValue::Tables { .. }) { format!("[[{path}]]") } else { format!("[{path}]") }
}

fn push_row(text: &mut String, key: &DefinitionKey, path: &str) {
    let is_table = matches!(key.value, KeyValue::Table(_) | KeyValue::Tables { .. });
    let name = if is_table { head(key, path) } else { key.name.to_owned() };
    let example = if is_table { head(key, path) } else { format!("{} = {}", key.name, key.example) };
    let presence = presence(key.presence);
    let cells = format_args!("| `{name}` | {} | {presence} | {} | `{example}` |\n", value(&key.value), key.says);
    push(text, cells);
}

fn presence(presence: KeyPresence) -> String {
    match presence {
        KeyPresence::Required => "**wajib**".to_owned(),
        KeyPresence::Unless(other) => format!("**wajib**, kecuali ada `{other}`"),
        KeyPresence::With(other) => format!("**wajib** bersama `{other}`"),
        KeyPresence::Default(value) => format!("`{value}`"),
        KeyPresence::Optional(meaning) => meaning.to_owned(),
    }
}

fn value(value: &KeyValue) -> String {
    let quoted = |known: &fn() -> Vec<&'static str>| {
        known().iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", ")
    };
    match value {
        KeyValue::Text => "teks".to_owned(),
        KeyValue::Word(known) => format!("salah satu: {}", quoted(known)),
        KeyValue::Words(known) => format!("daftar dari: {}", quoted(known)),
        KeyValue::Texts { most: Some(most) } => format!("daftar teks, paling banyak {most}"),
        KeyValue::Texts { most: None } => "daftar teks".to_owned(),
        KeyValue::Whole { from, to } => format!("bilangan bulat {from}–{to}"),
        KeyValue::Number { from, to } => format!("bilangan {from}–{to}"),
        KeyValue::Table(_) => "tabel".to_owned(),
        KeyValue::Tables { least, most: Some(most), .. } if least == most => format!("tabel, {most} kali"),
        KeyValue::Tables { least, most: Some(most), .. } => format!("tabel, {least}–{most} kali"),
        KeyValue::Tables { most: None, .. } => "tabel, boleh berulang".to_owned(),
    }
}
