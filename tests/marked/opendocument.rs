//! The marked copy of an ods: every other part as it lies, and `content.xml` the same once the marks are out and runs
//! of equal cells are put together again; read back the same by two readers.

use std::fs;
use std::io::{Cursor, Read};

use calamine::{Ods, Reader};
use proptest::prelude::*;
use simpul::diagnostic::{Issue, NOTES_SHEET, Severity};
use simpul::marked::{Form, MarkError, form, mark};

use super::originals::{damage, recapped};
use super::parts::{error, issue, notes, opened, parts, text, with_parts};
use crate::formats::maker::ods_of;
use crate::tidy;

/// Raw bytes of each entry with its name and method, in order.
fn entries(bytes: &[u8]) -> Vec<(String, String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entries = Vec::new();
    for place in 0..archive.len() {
        let mut entry = archive.by_index_raw(place).unwrap();
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let method = format!("{:?}", entry.compression());
        let mut raw = Vec::new();
        entry.read_to_end(&mut raw).unwrap();
        entries.push((name, method, raw));
    }
    entries
}

/// Everything from one text to another is left out, each time.
fn without(text: &str, from: &str, to: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(from) {
        kept.push_str(before);
        rest = after.split_once(to).unwrap().1;
    }
    kept + rest
}

/// `content.xml` with the marks taken out, by other means than the program's.
fn unmarked(content: &str) -> String {
    let mut text = without(content, "<style:style style:name=\"simpul.", "</style:style>");
    text = without(&text, &format!("<table:table table:name=\"{NOTES_SHEET}"), "</table:table>");
    for letter in ["k", "p"] {
        text = without(&text, &format!(" table:style-name=\"simpul.{letter}."), "\"");
    }
    text = text.replace("\"simpul.K.", "\"").replace("\"simpul.P.", "\"");
    // A note of ours alone, then ours below another's.
    let mut pieces = text.split("<office:annotation");
    let mut kept = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (note, after) = piece.split_once("</office:annotation>").unwrap();
        if !note.contains("<dc:creator>Simpul</dc:creator>") {
            let theirs = note.split("<text:p>──── Simpul ────</text:p>").next().unwrap();
            kept.extend(["<office:annotation", theirs, "</office:annotation>"]);
        }
        kept.push_str(after);
    }
    kept
}

/// A text cut at the elements of a name, which hold none of their own kind: what stands between, and each with its
/// attributes and what it holds.
fn elements<'x>(text: &'x str, names: &[&str]) -> Vec<Result<(&'x str, &'x str), &'x str>> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let start = names
            .iter()
            .filter_map(|name| {
                rest.match_indices(name)
                    .map(|(at, _)| (at, *name))
                    .find(|(at, name)| matches!(rest.as_bytes()[at + name.len()], b' ' | b'/' | b'>'))
            })
            .min();
        let Some((start, name)) = start else { break };
        found.push(Err(&rest[..start]));
        let tag_end = start + rest[start..].find('>').unwrap();
        let attributes = rest[start + name.len()..tag_end].trim_end_matches('/');
        if rest.as_bytes()[tag_end - 1] == b'/' {
            found.push(Ok((attributes, "")));
            rest = &rest[tag_end + 1..];
        } else {
            let closing = format!("</{}>", &name[1..]);
            let end = tag_end + rest[tag_end..].find(&closing).unwrap();
            found.push(Ok((attributes, &rest[tag_end + 1..end])));
            rest = &rest[end + closing.len()..];
        }
    }
    found.push(Err(rest));
    found
}

/// Takes the number of repetitions out of the attributes.
fn counted(attributes: &str, name: &str) -> (u64, String) {
    match attributes.split_once(&format!(" {name}=\"")) {
        Some((before, after)) => {
            let (count, after) = after.split_once('"').unwrap();
            (count.parse().unwrap_or(1), format!("{before}{after}"))
        }
        None => (1, attributes.to_owned()),
    }
}

/// Equal neighbours as one; nothing at the end that says nothing.
fn folded(items: Vec<(u64, String)>, blank: impl Fn(&str) -> bool) -> String {
    let mut runs: Vec<(u64, String)> = Vec::new();
    for (count, item) in items {
        match runs.last_mut().filter(|last| last.1 == item) {
            Some(last) => last.0 += count,
            None => runs.push((count, item)),
        }
    }
    while runs.last().is_some_and(|(_, item)| blank(item)) {
        runs.pop();
    }
    let lines: Vec<String> = runs.iter().map(|(count, item)| format!("{count}×{item}\n")).collect();
    lines.concat()
}

/// A row's cells, and then a sheet's rows, in one spelling, however runs of equal ones are cut.
fn spelt(content: &str) -> String {
    let mut spelt = String::new();
    let mut rows: Vec<(u64, String)> = Vec::new();
    for piece in elements(content, &["<table:table-row"]) {
        match piece {
            Ok((attributes, inner)) => {
                let (count, attributes) = counted(attributes, "table:number-rows-repeated");
                let cells = elements(inner, &["<table:table-cell", "<table:covered-table-cell"]).into_iter();
                let cells = cells.filter_map(Result::ok).map(|(attributes, inner)| {
                    let (count, attributes) = counted(attributes, "table:number-columns-repeated");
                    (count, format!("{attributes}|{inner}"))
                });
                rows.push((count, format!("{attributes} {}", folded(cells.collect(), |cell| cell == "|"))));
            }
            Err("") => {}
            Err(between) => {
                spelt.push_str(&folded(std::mem::take(&mut rows), |row| row.trim().is_empty()));
                spelt.push_str(between);
            }
        }
    }
    spelt
}

/// How many ids there are; those of the property test are one a cell.
fn ids(content: &str) -> usize {
    content.matches("xml:id=").count()
}

/// The root may name more namespaces than before.
fn without_root(content: &str) -> &str {
    let start = content.find("<office:document-content").unwrap();
    &content[start + content[start..].find('>').unwrap()..]
}

/// Marks an ods and asserts all that a copy promises.
fn checked(original: &[u8], issues: &[Issue]) -> Vec<u8> {
    let marked = mark(original, issues, &notes()).unwrap();
    assert_eq!(form(&marked), Ok(Form::OpenDocument));
    assert!(mark(&marked, issues, &notes()).unwrap() == marked, "marking twice differs");
    let (before, after) = (entries(original), entries(&marked));
    assert_eq!(before.len(), after.len());
    for (old, new) in before.iter().zip(&after) {
        assert!((&old.0, &old.1) == (&new.0, &new.1), "{} has another place or method", old.0);
        assert!(old == new || old.0 == "content.xml", "{} has changed", old.0);
    }
    let (old, new) = (text(original, "content.xml"), text(&marked, "content.xml"));
    let plain = |content: &str| spelt(&unmarked(without_root(content)).replace(" xml:id=\"i\"", ""));
    assert_eq!(plain(&new), plain(&old));
    assert_eq!(ids(&new), ids(&old), "an id stands twice");
    assert_same_grids(original, &marked);
    marked
}

fn assert_same_grids(original: &[u8], marked: &[u8]) {
    let (before, mut after) = (opened(original), opened(marked));
    assert!(after.sheets.pop().is_some_and(|list| list.is_notes()), "no list");
    let kept: Vec<_> = before.sheets.iter().filter(|sheet| !sheet.is_notes()).cloned().collect();
    assert_eq!(after.sheets, kept);
    // The second reader lays sheets out whole, so it gets those of a bearable size.
    let mut readers = [original, marked].map(|bytes| Ods::new(Cursor::new(bytes)).unwrap());
    for sheet in &kept {
        let [one, other] = readers.each_mut().map(|reader| reader.worksheet_range(&sheet.name).unwrap());
        let cells = |range: &calamine::Range<calamine::Data>| {
            let start = range.start().unwrap_or_default();
            let place = |(row, column): (usize, usize)| (start.0 as usize + row, start.1 as usize + column);
            let cells = range.used_cells().map(|(row, column, value)| (place((row, column)), value.clone()));
            cells.collect::<Vec<_>>()
        };
        assert_eq!(cells(&one), cells(&other), "{}", sheet.name);
    }
}

fn originals() -> Vec<(String, Vec<u8>)> {
    let files = tidy::files("tests/workbooks", &["ods"]);
    assert!(files.len() > 10, "the workbooks are not where they were");
    files.iter().map(|path| (tidy::relative(path), fs::read(path).unwrap())).collect()
}

#[test]
fn recaps_as_libreoffice_writes_them_are_kept() {
    for (name, original) in originals() {
        let (mut issues, told) = recapped(&original);
        let sheet = opened(&original).sheets[0].name.clone();
        // Where nothing is, within a run of blank rows and far right.
        issues.extend(["B2", "M40", "A1", "AZ3", "C5000"].map(|cell| error(&sheet, cell)));
        let marked = checked(&original, &issues);
        assert_eq!(recapped(&marked).1, told, "{name}");
        let mended = checked(&marked, &[]);
        assert!(!text(&mended, "content.xml").contains("<dc:creator>Simpul"), "{name}");
    }
}

/// A document of these rows, with a style of each sort.
fn ods(rows: &str) -> Vec<u8> {
    let table = format!(
        "<table:table table:name=\"Mei 'n\" table:style-name=\"ta1\"><table:table-column table:default-cell-style-name=\"ce1\"/><table:table-column table:number-columns-repeated=\"9\"/>{rows}</table:table>"
    );
    let content = text(&ods_of(&table), "content.xml").replace(
        "</office:automatic-styles>",
        "<style:style style:name=\"ce1\" style:family=\"table-cell\"><style:table-cell-properties fo:border=\"none\" fo:background-color=\"#ddebf7\"/></style:style></office:automatic-styles>",
    );
    with_content(&ods_of(""), &content)
}

fn with_content(bytes: &[u8], content: &str) -> Vec<u8> {
    let mut all = parts(bytes);
    all.insert("content.xml".to_owned(), content.as_bytes().to_vec());
    super::parts::package(all.iter().map(|(name, part)| (name.as_str(), part.as_slice())))
}

/// The rows of the first sheet of a copy, its notes shortened.
fn rows_of(marked: &[u8]) -> String {
    let content = text(marked, "content.xml");
    let rows = content.split_once("repeated=\"9\"/>").unwrap().1.split_once("</table:table>").unwrap().0;
    let mut pieces = rows.split("<office:annotation office:display");
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |all, piece| format!("{all}[!]{}", piece.split_once("</office:annotation>").unwrap().1))
}

#[test]
fn runs_are_split_and_what_is_not_there_is_made() {
    let original = ods(
        "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell office:value-type=\"float\" office:value=\"1\"/><table:table-cell table:style-name=\"ce1\" table:number-columns-repeated=\"4\"/></table:table-row><table:table-row/>",
    );
    let marked = checked(
        &original,
        &[error("Mei 'n", "C2"), issue("Mei 'n", "A2", Severity::Warning, "w"), error("Mei 'n", "A4")],
    );
    let plain = "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/><table:table-cell table:style-name=\"ce1\" table:number-columns-repeated=\"4\"/></table:table-row>";
    assert_eq!(
        rows_of(&marked),
        format!(
            "{plain}<table:table-row><table:table-cell table:style-name=\"simpul.p.ce1\" office:value-type=\"float\" office:value=\"1\">[!]</table:table-cell><table:table-cell table:style-name=\"ce1\"/><table:table-cell table:style-name=\"simpul.K.ce1\">[!]</table:table-cell><table:table-cell table:style-name=\"ce1\" table:number-columns-repeated=\"2\"/></table:table-row>{plain}<table:table-row><table:table-cell table:style-name=\"simpul.k.ce1\">[!]</table:table-cell></table:table-row>"
        )
    );
    let marked = checked(&original, &[error("Mei 'n", "G1"), error("Mei 'n", "B7")]);
    let rows = rows_of(&marked);
    assert!(rows.contains("table:number-columns-repeated=\"4\"/><table:table-cell/><table:table-cell table:style-name=\"simpul.k.Default\">[!]</table:table-cell></table:table-row>"), "{rows}");
    assert!(rows.ends_with("<table:table-row/><table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row><table:table-row><table:table-cell/><table:table-cell table:style-name=\"simpul.k.Default\">[!]</table:table-cell></table:table-row>"), "{rows}");
    let content = text(&marked, "content.xml");
    assert!(content.contains("xlink:href=\"#'Mei ''n'.B7\""), "{content}");
}

#[test]
fn of_a_merged_area_the_first_cell_is_marked_and_another_note_stays() {
    let original = ods(
        "<table:table-row><table:table-cell table:number-columns-spanned=\"3\" table:number-rows-spanned=\"1\" office:value-type=\"string\"><office:annotation><dc:creator>Bu Ani</dc:creator><text:p>cek</text:p></office:annotation><text:p>Kepala</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated=\"2\"/></table:table-row>",
    );
    let marked = checked(&original, &[error("Mei 'n", "C1")]);
    let content = text(&marked, "content.xml");
    assert!(
        content.contains("<text:p>cek</text:p><text:p>──── Simpul ────</text:p><text:p>KESALAHAN: sel C1"),
        "{content}"
    );
    assert_eq!(content.matches("<office:annotation").count(), 1);
    let mended = checked(&marked, &[]);
    assert!(text(&mended, "content.xml").contains("<text:p>cek</text:p></office:annotation><text:p>Kepala"));
}

#[test]
fn hostile_messages_and_names_stay_text() {
    let original = ods("<table:table-row><table:table-cell/></table:table-row>");
    let message = "=cmd|' /C calc'!A0 <b>\u{0}\u{202E}&\"_x0041_";
    let marked = checked(&original, &[issue("Mei 'n", "A1", Severity::Error, message)]);
    let content = text(&marked, "content.xml");
    assert!(
        content.contains("=cmd|' /C calc'!A0 &lt;b&gt;&amp;&quot;_x0041_</text:p>")
            && !content.contains("table:formula")
    );
    let list = opened(&marked).sheets.pop().unwrap();
    assert!(
        list.rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| cell.value.text() == Some("=cmd|' /C calc'!A0 <b>&\"_x0041_"))
    );
}

#[test]
fn limits_and_damage_end_in_a_sentence() {
    let long = "x".repeat(60_000);
    let row = format!(
        "<table:table-row table:number-rows-repeated=\"4000\"><table:table-cell><text:p>{long}</text:p></table:table-cell></table:table-row>"
    );
    let issues: Vec<Issue> = (1..4_000).map(|row| error("Mei 'n", &format!("A{row}"))).collect();
    let said = mark(&ods(&row), &issues, &notes()).unwrap_err();
    assert!(matches!(said, MarkError::TooLarge { .. }) && said.to_string().contains("128 MB"), "{said}");
    let many = "<table:table table:name=\"a\"/>".repeat(1_001);
    assert!(matches!(mark(&ods_of(&many), &[], &notes()), Err(MarkError::TooLarge { .. })));
    // A thousand million blank cells cost nothing.
    let endless = "<table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell table:number-columns-repeated=\"4000000000\"/></table:table-row>";
    checked(&ods(endless), &[error("Mei 'n", "XFD1048576"), error("Mei 'n", "A1")]);
    for content in [
        "",
        "<a/>",
        "<office:document-content>",
        "<office:document-content/>",
        "<office:document-content xmlns:fo=\"x\"><office:body/></office:document-content>",
    ] {
        let said = mark(&with_content(&ods_of(""), content), &[], &notes()).unwrap_err();
        assert!(said.to_string().starts_with("salinan bertanda"), "{said}");
    }
}

#[test]
fn a_copy_is_called_as_what_it_is() {
    let cases = [
        (Form::OpenDocument, "a.ODS", "ODS"),
        (Form::OpenDocument, "a.xls", "ods"),
        (Form::Workbook, "a.xlsm", "xlsm"),
        (Form::Workbook, "a", "xlsx"),
        (Form::Workbook, "a.xls", "xlsx"),
    ];
    for (form, name, ending) in cases {
        assert_eq!(form.ending(name), ending, "{name}");
    }
    let workbook = with_parts(&ods_of(""), &[("[Content_Types].xml", "<Types/>")]);
    assert_eq!(form(&workbook), Ok(Form::Workbook));
}

/// Cells as a run: how many, and of which sort.
fn cell() -> impl Strategy<Value = String> {
    let inner = prop::sample::select(vec![
        "/>",
        " table:style-name=\"ce1\"/>",
        " office:value-type=\"float\" office:value=\"4.5\"><text:p>4,5</text:p></table:table-cell>",
        " table:style-name=\"ce2\" office:value-type=\"string\"><text:p>a<text:s/>b</text:p><text:p>c</text:p></table:table-cell>",
        " table:formula=\"of:=1+1\" office:value-type=\"float\" office:value=\"2\"><text:p>2</text:p></table:table-cell>",
        " office:value-type=\"string\"><office:annotation><dc:creator>Ani</dc:creator><text:p>x</text:p></office:annotation><text:p>y</text:p></table:table-cell>",
        " office:value-type=\"percentage\" office:value=\"0.5\" xml:id=\"i\"><text:p>50%</text:p></table:table-cell>",
    ]);
    (1_u32..5, inner).prop_map(|(count, inner)| match count {
        1 => format!("<table:table-cell{inner}"),
        count => format!("<table:table-cell table:number-columns-repeated=\"{count}\"{inner}"),
    })
}

fn row() -> impl Strategy<Value = String> {
    let attributes =
        prop::sample::select(vec!["", " table:style-name=\"ro1\"", " table:default-cell-style-name=\"ce2\""]);
    (1_u32..5, attributes, prop::collection::vec(cell(), 0..5)).prop_map(|(count, attributes, cells)| {
        let repeated = if count == 1 { String::new() } else { format!(" table:number-rows-repeated=\"{count}\"") };
        let cells = cells.concat();
        if cells.is_empty() {
            return format!("<table:table-row{attributes}{repeated}/>");
        }
        format!("<table:table-row{attributes}{repeated}>{cells}</table:table-row>")
    })
}

fn any_issue() -> impl Strategy<Value = Issue> {
    (0_u8..22, 1_u32..24, any::<bool>()).prop_map(|(column, row, is_error)| {
        let cell = format!("{}{row}", char::from(b'A' + column));
        issue("Mei 'n", &cell, if is_error { Severity::Error } else { Severity::Warning }, "salah")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_cells_of_any_rows_leave_the_rest_as_it_was(
        rows in prop::collection::vec(row(), 0..6),
        first in prop::collection::vec(any_issue(), 0..12),
        second in prop::collection::vec(any_issue(), 0..12),
    ) {
        let original = ods(&rows.concat());
        let marked = checked(&original, &first);
        let again = checked(&marked, &second);
        // Marks of one import give way to the next.
        let places = |bytes: &[u8]| text(bytes, "content.xml").matches("<dc:creator>Simpul").count();
        let direct = mark(&original, &second, &notes()).unwrap();
        prop_assert_eq!(places(&again), places(&direct));
    }

    #[test]
    fn no_damage_makes_it_panic(from in 0.0..1.0_f64, length in 0_usize..60, by in damage()) {
        let original = ods("<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"2\"><text:p>x</text:p></table:table-cell></table:table-row>");
        let content = text(&mark(&original, &[error("Mei 'n", "B2")], &notes()).unwrap(), "content.xml");
        let places: Vec<usize> = content.char_indices().map(|(place, _)| place).collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a length")]
        let start = (from * places.len() as f64) as usize;
        let end = (start + length).min(places.len() - 1).max(start);
        let damaged = format!("{}{by}{}", &content[..places[start]], &content[places[end]..]);
        match mark(&with_content(&original, &damaged), &[error("Mei 'n", "A2"), error("Mei 'n", "C9")], &notes()) {
            Ok(marked) => prop_assert!(!parts(&marked).is_empty()),
            Err(error) => prop_assert!(error.to_string().starts_with("salinan bertanda"), "{error}"),
        }
    }
}
