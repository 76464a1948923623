//! Names that leave out the kind of facility because the heading of their column says it: `Melati` under `Nama Posyandu`.

use super::Reader;
use super::row::RowReader;
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::recap::FoundTable;
use crate::recap::cells::{is_blank, is_dash, is_ditto};
use crate::recap::heading::{ColumnMeaning, key};
use crate::recap::kinds::{KindWords, kind_of_name};
use crate::workbook::Row;

/// A kind as it is written for a row, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KindBeside {
    pub(super) written: String,
    place: CellRef,
}

/// The column of kinds of a table that is no register.
pub(super) fn kind_column(reader: &Reader<'_>) -> Option<u32> {
    const HEADINGS: [&str; 8] = [
        "jenis",
        "jenisfaskes",
        "jenisfasyankes",
        "jenisjejaring",
        "jenisjaringanjejaring",
        "jenissarana",
        "jenisunit",
        "kategorifaskes",
    ];
    let heading = &reader.table.heading;
    heading.columns.get(&ColumnMeaning::Name).filter(|_| reader.table.table != Table::Facilities)?;
    let (first, last) = heading.extent;
    let is_free = |column: &u32| !heading.columns.values().any(|held| held == column);
    let is_of_kinds = |column: &u32| {
        let texts = heading.texts(reader.table.sheet, *column);
        texts.last().is_some_and(|(_, text)| HEADINGS.contains(&key(text).as_str()))
    };
    (first..=last).filter(is_free).find(is_of_kinds)
}

impl RowReader<'_, '_> {
    /// The kind that a column beside the name says, or the title above the row.
    pub(super) fn kind_beside(&self) -> Option<KindBeside> {
        let Some(column) = self.reader.kind_column else {
            let (written, place) = self.reader.kind_title.clone()?;
            return Some(KindBeside { written, place });
        };
        let sheet = self.reader.table.sheet;
        let bottom = self.reader.table.heading.bottom;
        // Marks for the same as above, and merged cells, lead to the row that says it.
        let mut row = self.place_in(column).row;
        while row > bottom {
            let (place, value) = sheet.seen(CellRef { row, column }).filter(|(at, _)| at.row > bottom)?;
            let text = value.text().filter(|text| !is_blank(Some(value)) && !is_dash(text))?;
            if !is_ditto(text) {
                return Some(KindBeside { written: text.trim().to_owned(), place });
            }
            row = place.row.checked_sub(1)?;
        }
        None
    }
}

/// The one kind that the title above a table names: `REKAP PEMBINAAN PUSTU`.
pub(super) fn titled_kind(table: &FoundTable<'_>) -> Option<(String, CellRef)> {
    let titles = table.titles.first().filter(|_| table.table != Table::Facilities)?;
    let said = titles.iter().rev().find_map(|(title, place)| {
        let said = KindWords::from_text(title);
        (!said.kinds.is_empty()).then(|| (said.kind().map(str::to_owned), *place))
    });
    said.and_then(|(kind, place)| Some((kind?, place)))
}

/// Kinds that a heading of names may say, and the word that then stands before each name.
const KINDS: [(&str, &str); 12] = [
    ("posyandu", "Posyandu"),
    ("posbindu", "Posbindu"),
    ("pustu", "Pustu"),
    ("puskesmaspembantu", "Pustu"),
    ("polindes", "Polindes"),
    ("ponkesdes", "Ponkesdes"),
    ("poskesdes", "Poskesdes"),
    ("klinik", "Klinik"),
    ("apotek", "Apotek"),
    ("apotik", "Apotek"),
    ("bidan", MIDWIFE),
    ("laboratorium", "Laboratorium"),
];

/// The word before the name of a midwife's practice.
const MIDWIFE: &str = "BPM";

/// A kind that a heading of names says, as names begin with it, and where it stands.
pub(super) struct KindAbove {
    pub(super) kind: &'static str,
    place: CellRef,
    heading: String,
}

impl<'r> Reader<'r> {
    /// The kind that the heading of the names says.
    pub(super) fn kind_above(&self) -> Option<KindAbove> {
        let table = self.table;
        let column = *table.heading.columns.get(&ColumnMeaning::Name)?;
        let (place, heading) = table.heading.texts(table.sheet, column).pop()?;
        let said = key(&heading);
        let said = said.strip_prefix("nama").unwrap_or(&said);
        let (_, kind) = KINDS.iter().find(|(word, _)| *word == said)?;
        Some(KindAbove { kind, place, heading })
    }

    /// The registered facility of which a name is the rest, where the heading above it says the kind; told.
    pub(super) fn of_kind_above(&mut self, written: &str) -> Option<&'r str> {
        let above = self.kind_above()?;
        let name = self.context.facility(&format!("{} {written}", above.kind))?;
        self.tell_kind_above(&above, written, name);
        Some(name)
    }

    /// The name that a facility of a register gets whose kind the heading says and its name does not; told. A midwife is
    /// called by her own name, and a facility of another kind by its own.
    pub(super) fn with_kind_above(&mut self, written: String, kind: Option<&str>) -> String {
        let is_its_own = |above: &KindAbove| {
            let of_heading = kind_of_name(above.kind);
            above.kind != MIDWIFE && kind.is_none_or(|kind| KindWords::from_text(kind).kind() == of_heading)
        };
        let above = self.kind_above().filter(|_| kind_of_name(&written).is_none()).filter(is_its_own);
        let Some(above) = above else { return written };
        let name = format!("{} {written}", above.kind);
        self.tell_kind_above(&above, &written, &name);
        name
    }

    fn tell_kind_above(&mut self, KindAbove { place, heading, .. }: &KindAbove, written: &str, name: &str) {
        let message = format!(
            "nama tanpa jenisnya dibaca menurut judul kolom \"{heading}\", misalnya \"{written}\" = {name}; bila bukan, tulis nama lengkapnya"
        );
        self.reading_once(*place, message);
    }

    /// Takes the kind that a title between the rows names for those below it.
    pub(super) fn carry_kind(&mut self, row: &Row) {
        let cells = self.table.heading.cells(row).iter();
        let texts = cells.filter_map(|cell| Some((cell.column, cell.value.text()?.trim())));
        // Beside it stands a letter at most.
        let mut texts = texts.filter(|(_, text)| text.chars().filter(|c| c.is_alphanumeric()).count() > 2);
        let Some((column, text)) = texts.next() else { return };
        if texts.next().is_some() {
            return;
        }
        let place = CellRef { row: row.index, column };
        let said = KindWords::from_text(
            text.split_once(['.', ')']).map_or(text, |(mark, rest)| if mark.len() > 3 { text } else { rest }),
        );
        self.kind_title = said.kind().filter(|_| said.is_known()).map(|kind| (kind.to_owned(), place));
    }

    /// The registered facility of which a name is the rest, where its kind is said beside or above it; told.
    pub(super) fn of_kind(&mut self, written: &str, kind: Option<KindBeside>) -> Option<&'r str> {
        let KindBeside { written: said, place } = kind?;
        let context = self.context;
        let canonical = KindWords::from_text(&said).kind();
        let short = |kind: &str| KINDS.iter().filter(|(_, word)| *word == kind).map(|(_, word)| *word).next();
        let of_midwives = canonical.filter(|kind| *kind == "Bidan Praktik Mandiri").map(|_| "BPM");
        let words = [Some(said.as_str()), canonical, canonical.and_then(short), of_midwives];
        let mut names: Vec<&'r str> =
            words.into_iter().flatten().filter_map(|kind| context.facility(&format!("{kind} {written}"))).collect();
        names.sort_unstable();
        names.dedup();
        let [name] = names[..] else { return None };
        let message = format!(
            "nama tanpa jenisnya dibaca menurut \"{said}\", misalnya \"{written}\" = {name}; bila bukan, tulis nama lengkapnya"
        );
        self.reading_once(place, message);
        Some(name)
    }
}
