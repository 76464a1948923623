//! Instruments of coaching (`instruments/*.toml`): items by aspect for kinds of facility. Knows no sheet.

use super::keys::{DefinitionKey, KeyTable, KindDescription, words_of};
use super::lower::checked_stem;
use super::raw::{DefinitionReader, Located, RawTable, choose};
use crate::domain::NamedKinds;
use crate::domain::instrument::{Aspect, Instrument, InstrumentItem, POINT_STEP, repeated_items};

/// Parts of an instrument at most: one an aspect.
const PARTS_MAX: usize = Aspect::ALL.len();
/// Items of one part at most.
const ITEMS_MAX: usize = 200;
/// Points of one item at most.
const POINTS_MAX: f64 = 100.0;

/// The words of yes and no in definition files.
const CRITICAL: [(&str, bool); 2] = [("ya", true), ("tidak", false)];

pub(super) static INSTRUMENT: KindDescription = KindDescription {
    name: "instrument",
    place: "instruments/*.toml",
    says: "Daftar tilik per jenis faskes: itemnya menurut aspek, skornya, dan mana yang kritis.",
    root: &ROOT,
};

static ROOT: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("title").required().says("Nama daftar tilik.").like("\"Daftar tilik pembinaan Pustu\""),
    DefinitionKey::text("basis").required().says("Dasarnya, bagi pembaca.").like("\"SK Kepala Dinas Nomor …\""),
    DefinitionKey::texts("kinds")
        .required()
        .says("Jenis faskes yang dibina dengannya, seperti di Daftar Identifikasi.")
        .like("[\"Pustu\", \"Polindes\"]"),
    DefinitionKey::some_tables("aspect", &PART, 1, PARTS_MAX)
        .required()
        .says("Bagian daftar tilik, masing-masing satu aspek."),
]);

static PART: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::word("name", || words_of(&aspects())).required().says("Aspek pembinaan.").like("\"UKP\""),
    DefinitionKey::some_tables("item", &ITEM, 1, ITEMS_MAX).required().says("Item, dalam urutan lembarnya."),
]);

static ITEM: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("code").required().says("Kode, sekali dalam satu daftar tilik.").like("\"B2\""),
    DefinitionKey::text("text")
        .required()
        .says("Kalimatnya, seperti di lembar daftar tilik.")
        .like("\"Papan nama terpasang\""),
    DefinitionKey::number("points", POINT_STEP, POINTS_MAX)
        .or("1")
        .says("Skor bila terpenuhi, kelipatan 0,25.")
        .like("2"),
    DefinitionKey::word("critical", || words_of(&CRITICAL))
        .or("\"tidak\"")
        .says("Apakah harus terpenuhi; yang tidak terpenuhi didahulukan.")
        .like("\"ya\""),
]);

fn aspects() -> [(&'static str, Aspect); PARTS_MAX] {
    Aspect::ALL.map(|aspect| (aspect.label(), aspect))
}

/// An item that was read, with the place of its code.
struct ReadItem {
    item: InstrumentItem,
    code: Located<String>,
}

/// Lowers a file; `None` where something is wrong.
pub(super) fn lower(reader: &mut DefinitionReader<'_>, stem: &str, mut root: RawTable<'_>) -> Option<Instrument> {
    let before = reader.faults.len();
    let code = checked_stem(reader, stem)?.to_owned();
    let title = root.needed_text(reader, "title");
    let basis = root.needed_text(reader, "basis");
    for (key, example) in [("kinds", "kinds = [\"Pustu\"]"), ("aspect", "[[aspect]] dengan name dan [[aspect.item]]")] {
        if !root.has(key) {
            root.missing(reader, key, example);
        }
    }
    let kinds = root.texts(reader, "kinds");
    let mut items = Vec::new();
    let mut seen = Vec::new();
    for part in root.tables(reader, "aspect") {
        lower_part(reader, part, &mut seen, &mut items);
    }
    root.finish(reader);
    name_repeated(reader, &items);
    if reader.faults.len() > before {
        return None;
    }
    let kinds: Vec<String> = kinds?.value.into_iter().map(|kind| kind.value).collect();
    Some(Instrument {
        code,
        title: title?.value,
        basis: basis?.value,
        kinds: NamedKinds::of_text(&kinds.join(",")),
        items: items.into_iter().map(|read| read.item).collect(),
    })
}

fn lower_part(
    reader: &mut DefinitionReader<'_>,
    mut part: RawTable<'_>,
    seen: &mut Vec<Aspect>,
    items: &mut Vec<ReadItem>,
) {
    let name = part.needed_text(reader, "name");
    let aspect = name.as_ref().and_then(|name| choose(reader, "aspek", name, &aspects()));
    if let (Some(name), Some(aspect)) = (&name, aspect) {
        if seen.contains(&aspect) {
            let hint = "gabungkan itemnya di bawah satu [[aspect]]".to_owned();
            reader.fault(&name.span, format!("aspek `{}` disebut dua kali", name.value), Some(hint));
        }
        seen.push(aspect);
    }
    if !part.has("item") {
        part.missing(reader, "item", "[[aspect.item]] dengan code dan text");
    }
    let tables = part.tables(reader, "item");
    if tables.len() > ITEMS_MAX {
        let hint = format!("paling banyak {ITEMS_MAX} item dalam satu aspek");
        reader.fault(&part.key_span("item"), "item terlalu banyak", Some(hint));
    }
    for table in tables {
        items.extend(lower_item(reader, table, aspect));
    }
    part.finish(reader);
}

fn lower_item(reader: &mut DefinitionReader<'_>, mut table: RawTable<'_>, aspect: Option<Aspect>) -> Option<ReadItem> {
    let code = table.needed_text(reader, "code");
    let text = table.needed_text(reader, "text");
    let span = table.key_span("points");
    let points = if table.has("points") { table.number(reader, "points") } else { Some(1.0) };
    if let Some(points) = points.filter(|points| (points / POINT_STEP).fract() != 0.0) {
        let hint = "tulis kelipatan 0,25, misalnya 1 atau 0.5".to_owned();
        reader.fault(&span, format!("`points` {points} bukan kelipatan 0,25"), Some(hint));
    }
    let critical = table.text(reader, "critical");
    let is_critical = critical.and_then(|word| choose(reader, "`critical`", &word, &CRITICAL)).unwrap_or(false);
    table.finish(reader);
    let code = code?;
    let item =
        InstrumentItem { code: code.value.clone(), text: text?.value, aspect: aspect?, points: points?, is_critical };
    Some(ReadItem { item, code })
}

/// Names items whose code or words stood before.
fn name_repeated(reader: &mut DefinitionReader<'_>, items: &[ReadItem]) {
    let plain: Vec<InstrumentItem> = items.iter().map(|read| read.item.clone()).collect();
    for place in repeated_items(&plain) {
        let code = &items[place].code;
        let hint = "kode dan kalimat setiap item harus berbeda dalam satu daftar tilik".to_owned();
        reader.fault(&code.span, format!("kode atau kalimat item `{}` sudah ada di atas", code.value), Some(hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{SourceFile, load};

    const RIGHT: &str = "title = \"Daftar tilik\"\nbasis = \"SK\"\nkinds = [\"Pustu\"]\n\
        [[aspect]]\nname = \"UKP\"\n\
        [[aspect.item]]\ncode = \"A1\"\ntext = \"Papan nama\"\npoints = 0.5\n\
        [[aspect.item]]\ncode = \"A2\"\ntext = \"Lemari obat\"\ncritical = \"ya\"\n";

    fn loaded(text: &str) -> (Option<Instrument>, Vec<String>) {
        let file = SourceFile { name: "instruments/contoh-sendiri.toml".to_owned(), text: text.to_owned() };
        let (definitions, faults) = load(&[file]);
        let own = definitions.books.instruments.find("contoh-sendiri").cloned();
        (own, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_is_written_holds() {
        let (own, faults) = loaded(RIGHT);
        assert_eq!(faults, Vec::<String>::new());
        let own = own.unwrap();
        let items: Vec<_> = own.items.iter().map(|item| (item.code.as_str(), item.points, item.is_critical)).collect();
        assert_eq!(items, [("A1", 0.5, false), ("A2", 1.0, true)]);
        assert_eq!(own.kinds.names(), ["Pustu"]);
    }

    #[test]
    fn every_mistake_is_named() {
        for (from, to, told) in [
            ("name = \"UKP\"", "name = \"UKPP\"", "maksud Anda `UKP`?"),
            ("points = 0.5", "points = 0.3", "bukan kelipatan 0,25"),
            ("code = \"A2\"", "code = \"a1\"", "sudah ada di atas"),
            ("text = \"Lemari obat\"", "text = \"PAPAN NAMA\"", "sudah ada di atas"),
            ("critical = \"ya\"", "critical = \"iya\"", "maksud Anda `ya`?"),
            ("kinds = [\"Pustu\"]\n", "", "`kinds` tidak ada"),
            ("basis = \"SK\"\n", "", "`basis` tidak ada"),
        ] {
            let (own, faults) = loaded(&RIGHT.replacen(from, to, 1));
            assert!(own.is_none() && faults.join("\n").contains(told), "{to}: {faults:?}");
        }
        let twice = format!("{RIGHT}[[aspect]]\nname = \"UKP\"\n[[aspect.item]]\ncode = \"B1\"\ntext = \"Lain\"\n");
        assert!(loaded(&twice).1.join("\n").contains("disebut dua kali"));
        assert!(
            loaded("title = \"x\"\nbasis = \"y\"\nkinds = [\"Pustu\"]\n").1.join("\n").contains("`aspect` tidak ada")
        );
    }

    #[test]
    fn every_aspect_may_have_a_part_and_points_are_bounded() {
        let part = |aspect: Aspect| {
            let code = aspect as usize;
            format!(
                "[[aspect]]\nname = \"{}\"\n[[aspect.item]]\ncode = \"A{code}\"\ntext = \"Item nomor {code}\"\n",
                aspect.label()
            )
        };
        let head = "title = \"x\"\nbasis = \"y\"\nkinds = [\"Pustu\"]\n";
        let whole = Aspect::ALL.into_iter().fold(head.to_owned(), |text, aspect| text + &part(aspect));
        assert_eq!(loaded(&whole).0.map(|own| own.items.len()), Some(PARTS_MAX));
        let points = |points: f64| loaded(&RIGHT.replacen("points = 0.5", &format!("points = {points:.2}"), 1)).1;
        assert_eq!(points(POINTS_MAX), Vec::<String>::new());
        assert!(points(POINTS_MAX + POINT_STEP).join("\n").contains("di luar batas"));
    }

    #[test]
    fn a_part_is_bounded_in_items() {
        let items = |count: usize| {
            let item =
                |number: usize| format!("[[aspect.item]]\ncode = \"A{number}\"\ntext = \"Item nomor {number}\"\n");
            let list: String = (0..count).map(item).collect();
            loaded(&format!("title = \"x\"\nbasis = \"y\"\nkinds = [\"Pustu\"]\n[[aspect]]\nname = \"UKP\"\n{list}")).1
        };
        assert_eq!(items(ITEMS_MAX), Vec::<String>::new());
        assert!(items(ITEMS_MAX + 1).join("\n").contains("item terlalu banyak"));
    }
}
