//! Cells of a register that say "as above": by a word, by a merged area, or by being blank below the first row of a
//! block.

use super::titles::{body, is_repeated};
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, Field};
use crate::recap::cells::{self, is_blank, is_ditto, value_text};
use crate::recap::heading::ColumnMeaning;
use crate::recap::kinds::{KindWords, kind_of_name};
use crate::recap::read::Reader;
use crate::recap::read::read_columns::ReadColumns;
use crate::recap::read::row::RowReader;
use crate::recap::read::rows::{RowKind, RowKnowledge, classify};

/// Of so many filled cells at most one more than this many is beside each blank one in a column of blocks.
const FILLED_PER_BLANK: usize = 2;
/// Rows of a block below its first one, on the average, up to which it is one.
const BLANKS_PER_FILLED: usize = 8;

/// One column whose cells may say "as above".
pub(super) struct DittoColumn {
    column: ColumnMeaning,
    label: &'static str,
    /// A blank cell repeats the one above it.
    is_block: bool,
    above: Option<(String, CellRef)>,
    /// The first cell that was filled so, what it was filled with, and how many there were.
    told: Option<(CellRef, String)>,
    count: u32,
}

impl DittoColumn {
    /// A column in which only words and merged areas say so.
    pub(super) fn by_words(column: ColumnMeaning, label: &'static str) -> Self {
        Self { column, label, is_block: false, above: None, told: None, count: 0 }
    }

    /// A column in which blanks may say so too; where title rows give the same, they don't.
    pub(super) fn by_blocks(reader: &Reader<'_>, column: ColumnMeaning, label: &'static str, is_given: bool) -> Self {
        Self { is_block: !is_given && is_of_blocks(reader, column), ..Self::by_words(column, label) }
    }

    /// Forgets what stands above: a new part begins.
    pub(super) fn forget(&mut self) {
        self.above = None;
    }

    /// The text of a row in this column.
    pub(super) fn text(&mut self, row: &mut RowReader<'_, '_>) -> Option<String> {
        let place = row.place(self.column)?;
        let own = row.cell(place.column);
        let is_own_blank = is_blank(own);
        let before = row.faults();
        let written = row.text(self.column, Field::Attributes);
        if row.faults() > before {
            self.above = None;
            return None;
        }
        match written {
            Some(text) if is_ditto(&text) => {
                let filled = self.fill(row, place);
                if filled.is_none() {
                    row.unknown_value(place, self.label, "tidak ada nilai di atasnya; tulis nilainya");
                }
                filled
            }
            Some(text) => {
                if is_own_blank {
                    self.tell(place, &text);
                }
                self.above = Some((text.clone(), place));
                Some(text)
            }
            None if is_own_blank && self.is_block => self.fill(row, place),
            None => None,
        }
    }

    fn fill(&mut self, row: &mut RowReader<'_, '_>, place: CellRef) -> Option<String> {
        let (text, source) = self.above.clone()?;
        row.note(Field::Attributes, source);
        self.tell(place, &text);
        Some(text)
    }

    fn tell(&mut self, place: CellRef, text: &str) {
        self.count += 1;
        self.told.get_or_insert_with(|| (place, text.to_owned()));
    }

    /// Says what was filled, once for the column.
    pub(super) fn say(self, reader: &mut Reader<'_>) {
        let Some((place, text)) = self.told else { return };
        let message = format!(
            "{}: {} sel kosong, gabung atau idem dibaca sama dengan sel di atasnya, misalnya {place} = \"{text}\"; \
             tulis nilainya di setiap baris bila lain",
            self.label, self.count
        );
        reader.reading(place, message);
    }
}

/// Reports whether a column is written once a block: its first row is filled, no two neighbours hold the same, there
/// are many blanks, and no name begins with another kind than the one above it.
fn is_of_blocks(reader: &Reader<'_>, column: ColumnMeaning) -> bool {
    let table = reader.table;
    let Some(place) = table.heading.columns.get(&column).copied() else { return false };
    let name = table.heading.columns.get(&ColumnMeaning::Name).copied();
    let columns = ReadColumns::from_heading(&table.heading);
    let known = RowKnowledge { context: reader.context, columns: &columns };
    let mut above: Option<String> = None;
    let mut filled = 0;
    let mut blanks = 0;
    let mut confirmed = 0;
    let mut is_right_below = false;
    for row in body(table) {
        let is_data = || matches!(classify(table, known, row), RowKind::Data { .. });
        let is_named = name.is_some_and(|name| !is_blank(row.get(name)));
        if is_repeated(table, row) || reader.title_rows.contains(&row.index) || !is_named || !is_data() {
            continue;
        }
        if let Some(value) = row.get(place).filter(|value| !is_blank(Some(value))) {
            let words = plain_words(&value_text(value));
            let is_word = value.text().is_some_and(|text| is_ditto(text) || cells::is_dash(text));
            if is_word || is_right_below && above.as_ref() == Some(&words) {
                return false;
            }
            filled += 1;
            is_right_below = true;
            above = Some(words);
        } else {
            let Some(above) = &above else { return false };
            let named = name.and_then(|name| row.get(name)).map(value_text).and_then(|name| kind_of_name(&name));
            let said = KindWords::from_text(above).kind();
            if column == ColumnMeaning::Kind && named.zip(said).is_some_and(|(named, said)| !are_alike(named, said)) {
                return false;
            }
            confirmed += usize::from(column == ColumnMeaning::Kind && named.is_some() && said.is_some());
            is_right_below = false;
            blanks += 1;
        }
    }
    // One value alone is no pattern, unless every name below begins with it.
    blanks > 0
        && filled <= blanks * FILLED_PER_BLANK + 1
        && (confirmed == blanks || filled > 1 && blanks <= filled * BLANKS_PER_FILLED)
}

/// `Klinik` and `Klinik Pratama`.
fn are_alike(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}
