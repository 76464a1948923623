//! Knowledge that a workbook is read with: forms that people explained, and the context of a Puskesmas. Stands between
//! `store`, which keeps it, and `recap`, which reads by it.

use crate::diagnostic::Issue;
use crate::domain::SheetBooks;
use crate::domain::name::puskesmas_key;
use crate::domain::records::{ChangeRow, Recap, Rows};
use crate::domain::{Month, Table, VisitDate};
use crate::recap::{self, FormWord, FoundTable, Hints, Profile, ReadingContext, SaidWord, WordSort};
use crate::store::{Known, Store, StoreError, StoredFormWord, StoredProfile};
use crate::workbook::Workbook;

/// Forms that people explained, of all Puskesmas.
pub(in crate::app) struct Forms {
    profiles: Vec<StoredProfile>,
    words: Vec<StoredFormWord>,
}

impl Forms {
    /// All that the store keeps.
    pub(in crate::app) fn load(store: &Store) -> Result<Self, StoreError> {
        Ok(Self { profiles: store.profiles()?, words: store.form_words()? })
    }

    /// Returns what people said about a workbook: forms of the Puskesmas that it names, else of the one asked for, else
    /// of the only one that has any; and the months of its sheets.
    pub(in crate::app) fn hints(
        &self,
        store: &Store,
        hash: &str,
        workbook: &Workbook,
        puskesmas: Option<&str>,
    ) -> Result<Hints, StoreError> {
        let periods = store.sheet_periods(hash)?;
        if self.profiles.is_empty() && self.words.is_empty() {
            return Ok(Hints { periods, ..Hints::default() });
        }
        let mut owners: Vec<String> = recap::puskesmas_named(workbook).iter().map(|name| puskesmas_key(name)).collect();
        if owners.is_empty() {
            owners.extend(puskesmas.iter().map(|name| puskesmas_key(name)));
        }
        if owners.is_empty() {
            owners.extend(store.puskesmas()?.iter().map(|name| puskesmas_key(name)));
        }
        let own = self.profiles.iter().filter(|profile| owners.contains(&profile.puskesmas_key));
        let profiles = own.map(|profile| Profile {
            fingerprint: profile.fingerprint.clone(),
            table: profile.table,
            columns: Profile::columns_from(&profile.columns),
            rows_to_data: profile.rows_to_data,
            indicator: profile.indicator.clone(),
        });
        let own = self.words.iter().filter(|said| owners.contains(&said.puskesmas_key));
        Ok(Hints { profiles: profiles.collect(), words: own.filter_map(form_word).collect(), periods })
    }
}

/// A word as it was kept; what cannot be read is left out.
fn form_word(kept: &StoredFormWord) -> Option<FormWord> {
    let word = SaidWord::parse(WordSort::from_code(&kept.sort)?, &kept.word).ok()?;
    Some(FormWord { fingerprint: kept.fingerprint.clone(), table: kept.table, word })
}

/// Builds the context that rows are judged by: names, indicators, slots and visits; changes of schedule apart.
pub(in crate::app) fn context(known: &Known) -> ReadingContext {
    let mut context = ReadingContext::new();
    for name in &known.facilities {
        context.add_facility(name);
    }
    for place in &known.places {
        context.add_place(&place.facility, place.kind.as_deref(), place.village.as_deref());
    }
    add_aliases(&mut context, &known.aliases);
    for (code, name) in &known.services {
        context.add_service(code, name);
    }
    for slot in &known.slots {
        context.add_slot(&slot.facility, slot.month);
    }
    for (facility, date) in &known.visits {
        context.add_visit(facility, *date);
    }
    for counted in &known.accumulated {
        context.add_accumulated(counted);
    }
    for figures in &known.figures {
        context.add_figures(figures);
    }
    for name in &known.members {
        context.add_puskesmas(name);
    }
    context
}

/// Adds the variants of registered names.
fn add_aliases(context: &mut ReadingContext, aliases: &[(String, String)]) {
    for (written, name) in aliases {
        // The register may write the name otherwise by now.
        if let Some(name) = context.facility(name).map(str::to_owned) {
            context.add_alias(written, &name);
        }
    }
}

/// Reads the tables of one Puskesmas, each against what was known before it.
pub(in crate::app) struct TablesReader {
    context: ReadingContext,
    /// Changes of schedule that are known and not applied yet, by the month of their recap: a table of
    /// changes is judged against those of the months before it, not against its own former version.
    changes: Vec<(Month, ChangeRow)>,
    /// Variants, some perhaps of names that only a register of this import brings.
    aliases: Vec<(String, String)>,
}

impl TablesReader {
    /// With what the store knows.
    pub(in crate::app) fn new(puskesmas: &str, known: &Known, books: SheetBooks) -> Self {
        let mut changes = known.changes.clone();
        let mut context = context(known);
        context.set_puskesmas(&puskesmas_key(puskesmas));
        context.set_books(books);
        changes.sort_by_key(|(month, _)| *month);
        Self { context, changes, aliases: known.aliases.clone() }
    }

    /// Reads a table, and learns what it makes known.
    pub(in crate::app) fn read(&mut self, table: &FoundTable<'_>) -> (Recap, Vec<Issue>) {
        self.apply_changes_before(table);
        let (recap, issues) = recap::read_table(table, &self.context);
        self.learn(&recap);
        (recap, issues)
    }

    /// The same of a table that may be long: its rows go to `take` a piece at a time, as
    /// [`recap::read_table_in_pieces`] brings them. Visits are learnt only where they are `asked_for` later.
    pub(in crate::app) fn read_in_pieces(
        &mut self,
        table: &FoundTable<'_>,
        asked_for: Visits,
        take: &mut dyn FnMut(Rows),
    ) -> (Recap, Vec<Issue>) {
        self.apply_changes_before(table);
        let mut visits: Vec<(String, VisitDate)> = Vec::new();
        let (recap, issues) = recap::read_table_in_pieces(table, &self.context, &mut |piece| {
            if let (Visits::AskedFor, Rows::Visits(rows)) = (asked_for, &piece) {
                visits.extend(rows.iter().map(|row| (row.record.facility.clone(), row.record.date)));
            }
            take(piece);
        });
        for (facility, date) in visits {
            self.context.add_visit(&facility, date);
        }
        self.learn(&recap);
        (recap, issues)
    }

    /// Takes in the changes of schedule that were known before those of this table.
    fn apply_changes_before(&mut self, table: &FoundTable<'_>) {
        if table.table == Table::ScheduleChanges {
            let rank = table.received.rank_month();
            let before = self.changes.partition_point(|(month, _)| *month < rank);
            for (_, change) in self.changes.drain(..before) {
                self.context.apply_change(&change.facility, change.named, change.moved_to);
            }
        }
    }

    fn learn(&mut self, recap: &Recap) {
        self.context.learn(recap);
        if recap.rows.table() == Table::Facilities {
            add_aliases(&mut self.context, &self.aliases);
        }
    }
}

/// Use of a table's visits by tables that are read later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Visits {
    /// Follow-ups look for them.
    AskedFor,
    /// No table looks for them.
    Unasked,
}
