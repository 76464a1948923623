//! Daftar Identifikasi: rows of facilities, with what title rows, titles, merged cells and addresses say of them.

use std::collections::BTreeMap;

use super::coordinates::coordinates;
use super::fill::DittoColumn;
use super::papers::{OfPaper, paper};
use super::titles::{Titles, kind_of_head, quote, split};
use crate::diagnostic::IssueCode;
use crate::domain::name::{name_key, plain_words};
use crate::domain::records::{CellRef, FacilityRow, Field, Sourced};
use crate::domain::{FacilityGroup, Month, Structure};
use crate::recap::cells::mark::{Mark, yes_no};
use crate::recap::cells::month::read_or_year;
use crate::recap::cells::{CellFault, is_ditto};
use crate::recap::heading::{ColumnMeaning, key};
use crate::recap::kind_columns::{KindColumn, kind_columns};
use crate::recap::kinds::KindWords;
use crate::recap::read::Reader;
use crate::recap::read::row::{Need, RowReader};
use crate::recap::village_words::{is_title, village_of_address};
use crate::recap::{FoundTable, SaidWord, WordSort};

/// Examples that a sentence lists.
const LISTED_MAX: usize = 12;

/// Rows of Daftar Identifikasi.
pub(in crate::recap::read) fn facilities(reader: &mut Reader<'_>) -> Vec<Sourced<FacilityRow>> {
    let mut rows = Vec::new();
    let mut seen: BTreeMap<String, Option<String>> = BTreeMap::new();
    let titles = Titles::from_reader(reader);
    reader.title_rows.clone_from(&titles.rows);
    let mut register = RegisterContext::from_reader(reader, titles);
    reader.each_row(&mut |row| {
        let record = register.facility(row);
        let key = record.as_ref().map(|record| name_key(&record.name));
        if let Some((record, before)) = record.as_ref().zip(key.as_ref().and_then(|key| seen.get(key))) {
            duplicate(row, record, before.as_deref());
        }
        if let (Some(record), Some(key), false) = (record, key, row.is_rejected()) {
            seen.insert(key, record.village.clone());
            rows.push(Sourced { record, cells: row.cells() });
        }
    });
    register.say(reader);
    rows
}

/// Names the later of two rows with one name; in another village it may be another facility.
fn duplicate(row: &mut RowReader<'_, '_>, record: &FacilityRow, before: Option<&str>) {
    let villages = record.village.as_deref().zip(before).filter(|(own, other)| plain_words(own) != plain_words(other));
    let place = row.place(ColumnMeaning::Name);
    let Some(((own, other), place)) = villages.zip(place) else { return row.duplicate("nama ini") };
    let why = format!(
        "nama ini sudah ada di baris sebelumnya untuk desa {other}, sedangkan baris ini untuk desa {own}; bila ini faskes lain, tulis nama \
         yang berbeda di sini dan di semua rekap, misalnya \"{} {own}\", bila sama, hapus baris ini",
        record.name
    );
    row.wrong(place, "Baris ganda", &CellFault { code: IssueCode::Duplicate, why });
}

/// The kind of a row, and whether its own cell says it.
#[derive(Clone, Copy)]
struct OfKind<'k> {
    kind: &'k str,
    is_own: bool,
}

/// A kind or group of all rows, with the words and the cell that say so.
struct SharedKind<T> {
    value: T,
    words: String,
    place: CellRef,
    count: u32,
}

/// Knowledge about a register beside its rows.
struct RegisterContext {
    titles: Titles,
    /// The title row that holds for the row before.
    part: Option<u32>,
    kinds: DittoColumn,
    groups: DittoColumn,
    villages: DittoColumn,
    addresses: DittoColumn,
    people: DittoColumn,
    kind: Option<SharedKind<String>>,
    /// The kind of all rows that somebody said.
    said_kind: Option<String>,
    /// Columns of kinds, the row's own ticked, and how many rows were.
    kind_columns: Vec<KindColumn>,
    ticked: u32,
    group: Option<SharedKind<FacilityGroup>>,
    /// Groups that kinds gave.
    grouped: BTreeMap<String, FacilityGroup>,
    /// Villages taken from addresses: the first with its cell, and how many.
    from_address: Option<(CellRef, String)>,
    from_address_count: u32,
    /// The column of remarks.
    remarks: Option<u32>,
}

impl RegisterContext {
    fn from_reader(reader: &Reader<'_>, titles: Titles) -> Self {
        let has_kinds = titles.gives(|given| given.kind.is_some());
        let has_groups = titles.gives(|given| given.group.is_some());
        let has_villages = titles.gives(|given| given.village.is_some());
        Self {
            part: None,
            kinds: DittoColumn::by_blocks(reader, ColumnMeaning::Kind, "Jenis", has_kinds),
            groups: DittoColumn::by_blocks(reader, ColumnMeaning::Group, "Kelompok", has_groups),
            villages: DittoColumn::by_blocks(reader, ColumnMeaning::Village, "Desa", has_villages),
            addresses: DittoColumn::by_words(ColumnMeaning::Address, "Alamat"),
            people: DittoColumn::by_words(ColumnMeaning::Person, "Penanggung Jawab"),
            kind: common_kind(reader.table),
            said_kind: reader.table.said_text(WordSort::Kind).map(str::to_owned),
            kind_columns: kind_columns(reader.table.sheet, &reader.table.heading),
            ticked: 0,
            group: common_group(reader.table),
            grouped: BTreeMap::new(),
            from_address: None,
            from_address_count: 0,
            remarks: remarks_of(reader.table),
            titles,
        }
    }

    fn facility(&mut self, row: &mut RowReader<'_, '_>) -> Option<FacilityRow> {
        let index = row.place_in(0).row;
        let held = self.titles.given(index).cloned();
        if self.part != held.as_ref().map(|(from, _)| *from) {
            self.part = held.as_ref().map(|(from, _)| *from);
            self.kinds.forget();
            self.groups.forget();
            self.villages.forget();
        }
        let given = held.map(|(_, given)| given).unwrap_or_default();
        let name = name(row);
        // `Apotik` is `Apotek` written otherwise.
        let is_apotek = |kind: &String| plain_words(kind) == "apotik";
        let own_kind = if self.kind_columns.is_empty() {
            self.kinds.text(row).filter(|kind| !is_tick(row, kind))
        } else {
            self.ticked_kind(row)
        };
        let own_kind = own_kind.map(|kind| if is_apotek(&kind) { "Apotek".to_owned() } else { kind });
        // What a kind of its own column belongs to is no guess: outposts are jaringan, the others jejaring.
        let is_own_kind = own_kind.is_some();
        let kind = own_kind.or_else(|| self.said_kind.clone()).or(given.kind).or_else(|| take(&mut self.kind));
        let by_kind = kind.as_deref().map(|kind| OfKind { kind, is_own: is_own_kind });
        let group = self.group(row, by_kind, given.group, name.as_deref());
        let mut structures = structures(row);
        if structures.is_empty() {
            structures.extend(given.structure);
        }
        let address = self.addresses.text(row);
        let village = self.village(row, given.village, address.as_deref());
        let person_in_charge = self.people.text(row);
        let owes_reports = row.yes_no(ColumnMeaning::OwesReports, Field::Attributes);
        let active_from = month(row, ColumnMeaning::ActiveFrom, 1);
        let active_until = month(row, ColumnMeaning::ActiveUntil, 12);
        let agreement = paper(row, OfPaper::AGREEMENT);
        let licence = paper(row, OfPaper::LICENCE);
        let coordinates = coordinates(row);
        let mut name = row.reader.with_kind_above(name?, kind.as_deref());
        // One that is registered with its kind, or without, is the same.
        let context = row.reader.context;
        if let Some(known) = context.of_kind(&name, kind.as_deref()).filter(|_| !context.is_registered(&name)) {
            known.clone_into(&mut name);
        }
        self.remark(row, &name, active_until);
        Some(FacilityRow {
            name,
            kind,
            group,
            structures,
            address,
            village,
            person_in_charge,
            owes_reports,
            active_from,
            active_until,
            agreement,
            licence,
            coordinates,
        })
    }

    /// The kind whose column is ticked; of several ticks none is the row's for sure.
    fn ticked_kind(&mut self, row: &mut RowReader<'_, '_>) -> Option<String> {
        let is_yes = |of: &&KindColumn| matches!(yes_no(row.value_in(of.column)), Ok(Some(Mark::Yes)));
        let ticked: Vec<&KindColumn> = self.kind_columns.iter().filter(is_yes).collect();
        match ticked[..] {
            [] => None,
            [of] => {
                self.ticked += 1;
                row.note(Field::Attributes, row.place_in(of.column));
                Some(of.kind.clone())
            }
            [first, ..] => {
                let place = row.place_in(first.column);
                row.unknown_value(place, "Jenis", "beberapa jenis dicentang; sisakan satu centang");
                None
            }
        }
    }

    fn group(
        &mut self,
        row: &mut RowReader<'_, '_>,
        kind: Option<OfKind<'_>>,
        given: Option<FacilityGroup>,
        name: Option<&str>,
    ) -> Option<FacilityGroup> {
        if let Some(place) = row.place(ColumnMeaning::Group) {
            let text = self.groups.text(row);
            let words = text.as_deref().map(plain_words).unwrap_or_default();
            let known = FacilityGroup::ALL.into_iter().find(|group| plain_words(group.label()) == words);
            if known.is_none() && text.is_some_and(|text| !is_ditto(&text)) {
                row.unknown_value(place, "Kelompok", "tulis Jaringan atau Jejaring");
            }
            return known.or(given);
        }
        if given.is_some() {
            return given;
        }
        if let Some((OfKind { kind, is_own }, group)) =
            kind.and_then(|of| Some((of, KindWords::from_text(of.kind).kind_group()?)))
        {
            if !is_own {
                self.grouped.insert(kind.to_owned(), group);
            }
            return Some(group);
        }
        // A title over all rows does not overrule a name that says its kind: a list of agreements holds others too.
        let by_name = name.and_then(|name| KindWords::from_text(name).kind_group());
        if self.group.as_ref().is_some_and(|title| by_name.is_some_and(|group| group != title.value)) {
            return None;
        }
        take(&mut self.group)
    }

    fn village(&mut self, row: &mut RowReader<'_, '_>, given: Option<String>, address: Option<&str>) -> Option<String> {
        if row.place(ColumnMeaning::Village).is_some() {
            return self.villages.text(row).map(|village| without_title(&village)).or(given);
        }
        if given.is_some() {
            return given;
        }
        let place = row.place(ColumnMeaning::Address)?;
        let address = address?;
        let village = village_of_address(address)?;
        self.from_address_count += 1;
        self.from_address.get_or_insert_with(|| (place, format!("{} dibaca desa \"{village}\"", quote(address))));
        Some(village)
    }

    /// A remark that the facility is closed is not read: that must not be lost in silence.
    fn remark(&self, row: &mut RowReader<'_, '_>, name: &str, active_until: Option<Month>) {
        let Some(column) = self.remarks.filter(|_| active_until.is_none()) else { return };
        let Some(text) = row.value_in(column).and_then(|value| value.text().map(str::to_owned)) else { return };
        if !says_closed(&text) {
            return;
        }
        let place = row.place_in(column);
        let message = format!(
            "keterangan {} pada \"{name}\" tidak dibaca, faskes ini tetap dianggap aktif; tulis bulan terakhirnya di \
             kolom Aktif s.d. bila sudah tidak aktif",
            quote(&text)
        );
        row.reader.warn(place, IssueCode::UnknownValue, message);
    }

    /// Says what was assumed.
    fn say(self, reader: &mut Reader<'_>) {
        let anchor = reader.table.heading.anchor;
        if let Some((place, _)) = self.titles.told.first() {
            let told = self.titles.told.iter().map(|(place, meaning)| format!("{place} {meaning}"));
            let message = format!(
                "baris judul bagian dibaca untuk baris di bawahnya yang tidak menyebutnya sendiri: {}; baris itu bukan \
                 faskes; tambahkan kolom Jenis, Kelompok, Struktur atau Desa bila lain",
                listed(told)
            );
            reader.reading(*place, message);
        }
        if let Some(first) = self.kind_columns.first().filter(|_| self.ticked > 0) {
            let kinds = listed(self.kind_columns.iter().map(|of| of.kind.clone()));
            let message = format!(
                "jenis {} baris dibaca dari kolom yang dicentang: {kinds}; bila bukan, tulis jenisnya di satu kolom Jenis",
                self.ticked
            );
            reader.reading(CellRef { row: anchor.row, column: first.column }, message);
        }
        if let Some(kind) = self.kind.filter(|kind| kind.count > 0) {
            let message = format!(
                "jenis {} baris tanpa jenis dibaca \"{}\" dari \"{}\"; tambahkan kolom Jenis bila lain",
                kind.count, kind.value, kind.words
            );
            reader.reading(kind.place, message);
            let kind_said = SaidWord::Text(WordSort::Kind, kind.value.clone());
            reader.offer(kind.place, WordSort::Kind.offer(Some(&kind_said)));
        }
        if let Some(group) = self.group.filter(|group| group.count > 0) {
            let message = format!(
                "kelompok {} baris dibaca {} dari judul \"{}\"; tambahkan kolom Kelompok bila lain",
                group.count,
                group.value.label(),
                group.words
            );
            reader.reading(group.place, message);
        }
        if !self.grouped.is_empty() {
            let told = self.grouped.iter().map(|(kind, group)| format!("{kind} = {}", group.label()));
            let message =
                format!("kelompok diturunkan dari jenis: {}; tambahkan kolom Kelompok bila lain", listed(told));
            reader.reading(anchor, message);
        }
        if let Some((place, example)) = self.from_address {
            let message = format!(
                "desa {} baris diambil dari Alamat, misalnya {example}; tambahkan kolom Desa bila lain",
                self.from_address_count
            );
            reader.reading(place, message);
        }
        for fill in [self.kinds, self.groups, self.villages, self.addresses, self.people] {
            fill.say(reader);
        }
    }
}

/// Reports whether a tick stands in the place of a kind, which is said: the kind is a heading's.
fn is_tick(row: &mut RowReader<'_, '_>, kind: &str) -> bool {
    const TICKS: [&str; 7] = ["√", "✓", "✔", "v", "x", "1", "ya"];
    let is_it = TICKS.contains(&kind.trim().to_lowercase().as_str());
    if let Some(place) = row.place(ColumnMeaning::Kind).filter(|_| is_it) {
        row.unknown_value(place, "Jenis", "tulis jenisnya di satu kolom Jenis, misalnya Pustu, Klinik atau Apotek");
    }
    is_it
}

fn listed(told: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = told.collect();
    let more = all.len().saturating_sub(LISTED_MAX);
    all.truncate(LISTED_MAX);
    let more = if more > 0 { format!(" dan {more} lagi") } else { String::new() };
    format!("{}{more}", all.join(", "))
}

fn take<T: Clone>(common: &mut Option<SharedKind<T>>) -> Option<T> {
    let common = common.as_mut()?;
    common.count += 1;
    Some(common.value.clone())
}

/// The lines above a table, the nearest first, its sheet's name behind them.
fn lines(table: &FoundTable<'_>) -> Vec<(String, CellRef)> {
    let mut lines: Vec<(String, CellRef)> = table.titles[0].iter().rev().cloned().collect();
    lines.push((table.sheet.name.clone(), table.heading.anchor));
    lines
}

/// The kind that is assumed of all rows that say none.
pub(in crate::recap) fn assumed_kind(table: &FoundTable<'_>) -> Option<String> {
    common_kind(table).map(|common| common.value)
}

/// The kind of all rows that say none: a title names it, else the sheet's name, else the heading (`Nama Klinik`).
fn common_kind(table: &FoundTable<'_>) -> Option<SharedKind<String>> {
    let of_line = |(words, place): (String, CellRef)| {
        // `A. PUSKESMAS PEMBANTU`
        let (_, bare) = split(&words);
        let said = KindWords::from_text(&bare);
        let plain = plain_words(&bare);
        let is_title = said.unknown == 0
            || ["daftar", "identifikasi", "data", "register"]
                .iter()
                .any(|title| plain.split(' ').any(|word| word == *title));
        // An address or a letterhead may hold such a word too.
        let kind = said.kind().filter(|_| is_title)?;
        Some(SharedKind { value: kind.to_owned(), words, place, count: 0 })
    };
    lines(table).into_iter().find_map(of_line).or_else(|| {
        let column = table.heading.columns.get(&ColumnMeaning::Name)?;
        let texts = table.heading.texts(table.sheet, *column);
        let (place, words) = texts.into_iter().next_back()?;
        let value = kind_of_head(&words)?.to_owned();
        Some(SharedKind { value, words, place, count: 0 })
    })
}

fn common_group(table: &FoundTable<'_>) -> Option<SharedKind<FacilityGroup>> {
    // The nearest line that names a group; one that names both names none of them for sure.
    let names_a_group = |line: &(String, CellRef)| {
        let words = plain_words(&line.0);
        words.contains("jaringan") || words.contains("jejaring")
    };
    let names_both = |words: &str| words.contains("jaringan") && words.contains("jejaring");
    let nearest = lines(table).into_iter().find(names_a_group);
    let Some((words, place)) = nearest.filter(|(words, _)| !names_both(&plain_words(words))) else {
        return group_of_head(table);
    };
    let value = KindWords::from_text(&split(&words).1).named_group()?;
    Some(SharedKind { value, words, place, count: 0 })
}

/// The group that the heading of the names says, where the other one heads a table in the same row: `Jaringan` beside
/// `Jejaring`. Alone such a heading stands over both.
fn group_of_head(table: &FoundTable<'_>) -> Option<SharedKind<FacilityGroup>> {
    let group_of = |text: &str| match key(text).as_str() {
        "jaringan" | "namajaringan" => Some(FacilityGroup::Jaringan),
        "jejaring" | "namajejaring" => Some(FacilityGroup::Jejaring),
        _ => None,
    };
    let column = table.heading.columns.get(&ColumnMeaning::Name)?;
    let (place, words) = table.heading.texts(table.sheet, *column).pop()?;
    let value = group_of(&words)?;
    let row = table.sheet.rows.iter().find(|row| row.index == place.row)?;
    let mut groups = row.cells.iter().filter_map(|cell| group_of(cell.value.text()?));
    groups.any(|other| other != value).then_some(SharedKind { value, words, place, count: 0 })
}

/// The column of remarks or of the state.
fn remarks_of(table: &FoundTable<'_>) -> Option<u32> {
    const REMARKS: [&str; 6] = ["ket", "keterangan", "status", "statusfaskes", "statusaktif", "kondisi"];
    table.heading.columns_headed(table.sheet, &REMARKS).first().copied()
}

fn says_closed(text: &str) -> bool {
    let words = format!(" {} ", plain_words(text));
    let closed = [
        " tutup ",
        " ditutup ",
        " tidak aktif ",
        " tdk aktif ",
        " non aktif ",
        " nonaktif ",
        " pindah ",
        " berhenti ",
        " tidak beroperasi ",
        " tidak operasional ",
        " tdk beroperasi ",
        " bubar ",
        " sudah tidak ",
        " vakum ",
    ];
    closed.iter().any(|word| words.contains(word))
}

/// The name of a facility; words for "as above" are none.
fn name(row: &mut RowReader<'_, '_>) -> Option<String> {
    let name = row.checked_text(ColumnMeaning::Name, Field::Name, Need::Required)?;
    if is_ditto(&name) {
        if let Some(place) = row.place(ColumnMeaning::Name) {
            row.missing(place, "Nama", "setiap faskes memerlukan namanya sendiri");
        }
        return None;
    }
    Some(name)
}

/// `Ds. Ngasem` → `Ngasem`.
fn without_title(village: &str) -> String {
    let rest = village.split_once([' ', '.']).filter(|(title, _)| is_title(title));
    let rest = rest.map(|(_, rest)| rest.trim_start_matches(['.', ' ', ':'])).filter(|rest| !rest.is_empty());
    rest.unwrap_or(village).to_owned()
}

fn structures(row: &mut RowReader<'_, '_>) -> Vec<Structure> {
    let mut structures = Vec::new();
    let Some(place) = row.place(ColumnMeaning::Structure) else { return structures };
    let Some(text) = row.text(ColumnMeaning::Structure, Field::Attributes) else { return structures };
    let words = format!(" {} ", plain_words(&text));
    for structure in Structure::ALL {
        if words.contains(&format!(" {} ", plain_words(structure.label()))) {
            structures.push(structure);
        }
    }
    // "Wilayah" and "Rujukan" are what people write for short.
    for (short, structure) in [("wilayah", Structure::AdministrativeArea), ("rujukan", Structure::ReferralSystem)] {
        if words.contains(&format!(" {short} ")) && !structures.contains(&structure) {
            structures.push(structure);
        }
    }
    if structures.is_empty() {
        let remedy = "tulis Wilayah Administratif, Sekolah, Tempat Kerja, Sistem Rujukan atau Lintas Sektor";
        row.unknown_value(place, "Struktur", remedy);
    }
    structures
}

fn month(row: &mut RowReader<'_, '_>, column: ColumnMeaning, month_of_year: u32) -> Option<Month> {
    let place = row.place(column)?;
    let (value, _, from_1904) = row.month_value(column);
    let label = if column == ColumnMeaning::ActiveFrom { "Aktif Sejak" } else { "Aktif s.d." };
    row.take(place, Field::Attributes, label, read_or_year(value, month_of_year, from_1904))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn villages_lose_their_title() {
        for (written, village) in [
            ("Ds. Ngasem", "Ngasem"),
            ("Desa Ngasem", "Ngasem"),
            ("Kelapa Dua", "Kelapa Dua"),
            ("Ngasem", "Ngasem"),
            ("Ds.Ngasem", "Ngasem"),
        ] {
            assert_eq!(without_title(written), village);
        }
    }

    #[test]
    fn words_for_closed_facilities() {
        assert!(says_closed("Tutup per Maret") && says_closed("TIDAK AKTIF"));
        assert!(!says_closed("Aktif") && !says_closed("Buka 24 jam"));
    }
}
