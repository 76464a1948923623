//! Differences between two states of the facts: every fact by name, every field old and new. Pure.

mod written;

use std::collections::BTreeMap;

use crate::domain::facility::LicencePaper;
use crate::domain::facts::LokminSort;
use crate::domain::indicator::{Aggregation, Direction};
use crate::domain::instrument::ItemAnswer;
use crate::domain::name::{name_key, plain_words};
use crate::domain::records::{CellRef, Recap, Rows, Sourced};
use crate::domain::{Date, Facts, Month, Table, VisitDate, format};

/// Identity of a fact: its table, whom it is about and what distinguishes it there. Ordered as pages list facts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FactId {
    /// Table that the fact belongs to.
    pub table: Table,
    /// Key of the facility or service; blank for what is about the Puskesmas.
    pub subject: String,
    /// Key among the facts of that table and subject, such as a month or a day and a form.
    pub key: String,
}

/// A fact as a person reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactText {
    /// Description of the fact for people (`Apotek Sehat, 12 Mei 2023, Supervisi`).
    pub what: String,
    /// Its fields that are not blank: label and value.
    pub fields: Vec<(&'static str, String)>,
}

/// All facts of one Puskesmas by their names.
pub type Ledger = BTreeMap<FactId, FactText>;

/// Kind of difference between two states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It was not there before.
    New,
    /// Some field has another value.
    Changed,
    /// It is not there any more.
    Gone,
}

/// A field that differs; blank is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Label of the field, as pages show it.
    pub label: &'static str,
    /// Value before, as pages show it.
    pub old: String,
    /// Value after, as pages show it.
    pub new: String,
}

/// One fact that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactChange {
    /// Identity of the fact, the same in both states.
    pub id: FactId,
    /// Description of the fact for people, of the later state where it is there.
    pub what: String,
    /// Kind of difference.
    pub fate: Fate,
    /// Its fields that differ, in the order of the table.
    pub fields: Vec<FieldChange>,
}

/// Returns the facts that differ between two states, in the order of their ids; empty where none does.
pub fn difference(before: &Ledger, after: &Ledger) -> Vec<FactChange> {
    let mut changes: Vec<FactChange> = Vec::new();
    for (id, old) in before {
        match after.get(id) {
            None => changes.push(change(id, old, Fate::Gone, &old.fields, &[])),
            Some(new) if new != old => changes.push(change(id, new, Fate::Changed, &old.fields, &new.fields)),
            Some(_) => {}
        }
    }
    let new = after.iter().filter(|(id, _)| !before.contains_key(id));
    changes.extend(new.map(|(id, new)| change(id, new, Fate::New, &[], &new.fields)));
    changes.sort_by(|one, other| one.id.cmp(&other.id));
    changes
}

type FieldTexts = [(&'static str, String)];

fn change(id: &FactId, shown: &FactText, fate: Fate, old: &FieldTexts, new: &FieldTexts) -> FactChange {
    let value = |fields: &FieldTexts, label: &str| {
        fields.iter().find(|(known, _)| *known == label).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut labels: Vec<&'static str> = new.iter().map(|(label, _)| *label).collect();
    labels.extend(old.iter().map(|(label, _)| *label).filter(|label| !new.iter().any(|(known, _)| known == label)));
    let fields = labels.into_iter().filter_map(|label| {
        let old = value(old, label);
        let new = value(new, label);
        (old != new).then_some(FieldChange { label, old, new })
    });
    FactChange { id: id.clone(), what: shown.what.clone(), fate, fields: fields.collect() }
}

/// Fields gathered; blanks are left out.
#[derive(Default)]
struct GatheredFields(Vec<(&'static str, String)>);

impl GatheredFields {
    fn with(mut self, label: &'static str, value: Option<String>) -> Self {
        self.0.extend(value.filter(|value| !value.is_empty()).map(|value| (label, value)));
        self
    }
}

fn yes_no(value: bool) -> String {
    if value { "Ada" } else { "Tidak" }.to_owned()
}

/// A number as it is, no digit rounded away: two that differ must look different.
fn exact(value: f64) -> String {
    value.to_string().replace('.', ",")
}

fn paper(paper: &LicencePaper) -> String {
    let until = paper.valid_until.map(|date| format!("s.d. {}", format::date(date)));
    [paper.number.clone(), until].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::HigherIsBetter => "naik",
        Direction::LowerIsBetter => "turun",
    }
}

fn aggregation(aggregation: Aggregation) -> &'static str {
    match aggregation {
        Aggregation::Sum => "jumlah",
        Aggregation::Cumulative => "kumulatif",
        Aggregation::Last => "terakhir",
    }
}

/// Every fact of the scope by its name.
pub fn ledger(facts: &Facts) -> Ledger {
    let mut ledger = Ledger::new();
    add_registers(&mut ledger, facts);
    add_plan(&mut ledger, facts);
    add_visits(&mut ledger, facts);
    add_checklists(&mut ledger, facts);
    add_monthly(&mut ledger, facts);
    written::add(&mut ledger, facts);
    for row in &facts.received {
        let id = FactId { table: row.table, subject: String::new(), key: format!("rekap {:?}", row.received) };
        let what = format!("Rekap {} {} diterima", row.table.label(), format::received(row.received));
        ledger.insert(id, FactText { what, fields: Vec::new() });
    }
    ledger
}

fn put(ledger: &mut Ledger, id: FactId, what: String, fields: GatheredFields) {
    ledger.insert(id, FactText { what, fields: fields.0 });
}

fn add_registers(ledger: &mut Ledger, facts: &Facts) {
    for facility in &facts.facilities {
        let structures: Vec<&str> = facility.structures.iter().map(|structure| structure.label()).collect();
        let fields = GatheredFields::default()
            .with("Nama", Some(facility.name.clone()))
            .with("Jenis", Some(facility.kind.clone()))
            .with("Kelompok", facility.group.map(|group| group.label().to_owned()))
            .with("Struktur", Some(structures.join(", ")))
            .with("Alamat", facility.address.clone())
            .with("Desa", facility.village.clone())
            .with("Penanggung jawab", facility.person_in_charge.clone())
            .with("Wajib lapor", Some(yes_no(facility.owes_reports)))
            .with("Aktif sejak", Some(format::month(facility.active_from)))
            .with("Aktif s.d.", facility.active_until.map(format::month))
            .with("PKS", facility.agreement.as_ref().map(paper))
            .with("Izin", facility.licence.as_ref().map(paper))
            .with("Koordinat", facility.coordinates.map(|place| place.to_string()));
        put(ledger, id(Table::Facilities, &facility.name, String::new()), facility.name.clone(), fields);
    }
    for service in &facts.services {
        for (year, _, definition) in &service.definitions {
            let key = service_key(&service.code, *year);
            let fields = GatheredFields::default()
                .with("Nama", Some(definition.name.clone()))
                .with("Target (%)", Some(exact(definition.target)))
                .with("Bobot", Some(exact(definition.weight)))
                .with("Arah", Some(direction(definition.direction).to_owned()))
                .with("Agregasi", Some(aggregation(definition.aggregation).to_owned()));
            put(ledger, key, format!("{} ({year})", service.code), fields);
        }
    }
    for row in &facts.decree_rows {
        let fields =
            GatheredFields::default().with("Target (%)", row.target.map(exact)).with("Bobot", row.weight.map(exact));
        let what = format!("{} ({})", row.indicator.code(), row.year);
        put(ledger, decree_key(row.indicator.code(), row.year), what, fields);
    }
}

fn add_plan(ledger: &mut Ledger, facts: &Facts) {
    let name = |facility: u32| facts.facilities[facility as usize].name.as_str();
    for slot in &facts.slots {
        let what = format!("{}, {}", name(slot.facility), format::month(slot.month));
        let fields = GatheredFields::default().with("Penanggung jawab", slot.person.clone());
        put(ledger, id(Table::Schedule, name(slot.facility), month_key(slot.month)), what, fields);
    }
    for change in &facts.changes {
        let id = id(Table::ScheduleChanges, name(change.facility), month_key(change.named));
        let what = format!("{}, {}", name(change.facility), format::month(change.named));
        let moved = change.moved_to.map_or_else(|| "Dibatalkan".to_owned(), format::month);
        // A slot may move on: then one month is named twice, and both words hold.
        let shown = ledger.entry(id).or_insert_with(|| FactText { what, fields: Vec::new() });
        let approved = Some(change.approval.words()).filter(|words| !words.is_empty());
        let said = [("Perubahan jadwal", Some(moved)), ("Alasan", change.reason.clone()), ("Persetujuan", approved)];
        for (label, value) in said {
            let Some(value) = value else { continue };
            match shown.fields.iter_mut().find(|(known, _)| *known == label) {
                Some((_, before)) if label != "Perubahan jadwal" && *before == value => {}
                Some((_, before)) => *before = format!("{before}, lalu {value}"),
                None => shown.fields.push((label, value)),
            }
        }
    }
}

fn add_visits(ledger: &mut Ledger, facts: &Facts) {
    let name = |facility: u32| facts.facilities[facility as usize].name.as_str();
    for visit in &facts.visits {
        let form = if visit.form.is_empty() { "bentuk kegiatan kosong" } else { &visit.form };
        let what = format!("{}, {}, {form}", name(visit.facility), format::visit_date(visit.date));
        let fields = GatheredFields::default()
            .with("Bentuk kegiatan", Some(visit.form.clone()))
            .with("Pembina", visit.coach.clone())
            .with("Skor daftar tilik", visit.points.map(exact))
            .with("Skor maksimal", visit.maximum.map(exact))
            .with("Daftar hadir", Some(yes_no(visit.attendance_list)))
            .with("Notulen", Some(yes_no(visit.minutes)))
            .with("Foto", Some(yes_no(visit.photos)))
            .with("Aspek", visit.aspect.clone())
            .with("Temuan", visit.finding.clone());
        put(ledger, id(Table::Visits, name(visit.facility), text_key(visit.date, &visit.form)), what, fields);
    }
    for follow_up in &facts.follow_ups {
        let date = follow_up.visit_date;
        let what = format!("{}, {}, {}", name(follow_up.facility), format::date(date), follow_up.item);
        let fields = GatheredFields::default()
            .with("Rencana tindak lanjut", Some(follow_up.item.clone()))
            .with("Penanggung jawab", follow_up.owner.clone())
            .with("Target selesai", Some(format::date(follow_up.due)))
            .with("Tanggal selesai", follow_up.done.map(format::date));
        put(
            ledger,
            id(Table::FollowUps, name(follow_up.facility), text_key(date.into(), &follow_up.item)),
            what,
            fields,
        );
    }
}

fn add_checklists(ledger: &mut Ledger, facts: &Facts) {
    for item in &facts.checklist_items {
        let name = facts.facilities[item.facility as usize].name.as_str();
        let answer = match item.answer {
            None => "belum dijawab".to_owned(),
            Some(ItemAnswer::NotApplicable) => "tidak berlaku".to_owned(),
            Some(ItemAnswer::Points(points)) => format!("{} dari {}", exact(points), exact(item.maximum)),
        };
        let what = format!("{name}, {}, {} {}", format::date(item.date), item.code, item.text);
        let fields = GatheredFields::default()
            .with("Bentuk kegiatan", Some(item.form.clone()))
            .with("Jawaban", Some(answer))
            .with("Pembina", item.coach.clone())
            .with("Catatan", item.note.clone());
        put(
            ledger,
            id(Table::ChecklistItems, name, item_key(item.date, [&item.form, &item.instrument, &item.code])),
            what,
            fields,
        );
    }
}

fn add_monthly(ledger: &mut Ledger, facts: &Facts) {
    let name = |facility: u32| facts.facilities[facility as usize].name.as_str();
    for held in &facts.lokmin {
        let key = lokmin_key(held.month, held.sort);
        let what = format!("{}, {} ({})", name(held.facility), format::month(held.month), held.sort.label());
        let fields = GatheredFields::default()
            .with("Diundang", Some(yes_no(held.invited)))
            .with("Hadir", Some(yes_no(held.attended)));
        put(ledger, id(Table::Lokmin, name(held.facility), key), what, fields);
    }
    for report in &facts.reports {
        let what = format!("{}, {}", name(report.facility), format::month(report.month));
        let ticks = report.received.ticks();
        let tick = |said: Option<bool>| said.map(|said| format::yes_no(said).to_owned());
        let fields = GatheredFields::default()
            .with("Tanggal diterima", report.received.day().map(format::date))
            .with("Lengkap", tick(ticks.complete))
            .with("Tepat waktu", tick(ticks.in_time));
        put(ledger, id(Table::MonthlyReports, name(report.facility), month_key(report.month)), what, fields);
    }
    let achievements = &facts.achievements;
    for place in 0..achievements.facility.len() {
        let month = Month::from_number(achievements.month[place]);
        let code = &facts.services[achievements.service[place] as usize].code;
        let facility = name(achievements.facility[place]);
        let fields = GatheredFields::default()
            .with("Sasaran", achievements.denominator[place].map(exact))
            .with("Capaian", achievements.numerator[place].map(exact))
            .with("Capaian kumulatif", achievements.accumulated.get(&place).copied().map(exact));
        let what = format!("{facility}, {code} {}", format::month(month));
        put(ledger, id(Table::Achievements, facility, service_month_key(code, month)), what, fields);
    }
}

fn id(table: Table, facility: &str, key: String) -> FactId {
    FactId { table, subject: name_key(facility), key }
}

fn service_key(code: &str, year: i32) -> FactId {
    FactId { table: Table::ServiceIndicators, subject: plain_words(code), key: year.to_string() }
}

fn decree_key(code: &str, year: i32) -> FactId {
    FactId { table: Table::Decree, subject: code.to_owned(), key: year.to_string() }
}

fn month_key(month: Month) -> String {
    month.to_string()
}

fn text_key(date: VisitDate, text: &str) -> String {
    format!("{date} {}", plain_words(text))
}

/// Key of an item: its day, and form, instrument and code.
fn item_key(date: Date, [form, instrument, code]: [&String; 3]) -> String {
    text_key(date.into(), &format!("{form} {instrument} {code}"))
}

fn lokmin_key(month: Month, sort: LokminSort) -> String {
    format!("{month} {}", sort.label())
}

fn service_month_key(code: &str, month: Month) -> String {
    format!("{} {month}", plain_words(code))
}

/// The facts that the rows of a recap speak of, each with the row's first cell, in the order of the rows.
pub fn rows_of(recap: &Recap) -> Vec<(FactId, Option<CellRef>)> {
    fn facts_in<T>(rows: &[Sourced<T>], id: impl Fn(&T) -> FactId) -> Vec<(FactId, Option<CellRef>)> {
        rows.iter().map(|row| (id(&row.record), row.cells.iter().map(|(_, cell)| *cell).min())).collect()
    }
    let year = recap.received.year();
    match &recap.rows {
        Rows::Facilities(rows) => facts_in(rows, |row| id(Table::Facilities, &row.name, String::new())),
        Rows::ServiceIndicators(rows) => facts_in(rows, |row| service_key(&row.code, year)),
        Rows::Decree(rows) => facts_in(rows, |row| decree_key(row.indicator.code(), year)),
        Rows::Schedule(rows) => facts_in(rows, |row| id(Table::Schedule, &row.facility, month_key(row.month))),
        Rows::ScheduleChanges(rows) => {
            facts_in(rows, |row| id(Table::ScheduleChanges, &row.facility, month_key(row.named)))
        }
        Rows::Visits(rows) => facts_in(rows, |row| id(Table::Visits, &row.facility, text_key(row.date, &row.form))),
        Rows::FollowUps(rows) => {
            facts_in(rows, |row| id(Table::FollowUps, &row.facility, text_key(row.visit_date.into(), &row.item)))
        }
        Rows::ChecklistItems(rows) => facts_in(rows, |row| {
            let key = item_key(row.date, [&row.form, &row.instrument, &row.code]);
            id(Table::ChecklistItems, &row.facility, key)
        }),
        Rows::Lokmin(rows) => facts_in(rows, |row| id(Table::Lokmin, &row.facility, lokmin_key(row.month, row.sort))),
        Rows::MonthlyReports(rows) => {
            facts_in(rows, |row| id(Table::MonthlyReports, &row.facility, month_key(row.month)))
        }
        Rows::Achievements(rows) => {
            facts_in(rows, |row| id(Table::Achievements, &row.facility, service_month_key(&row.service, row.month)))
        }
        written => {
            let mut ids = written::WrittenIds::default();
            written.show_written(&mut ids);
            ids.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(fields: &[(&'static str, &str)]) -> FactText {
        FactText { what: "X".into(), fields: fields.iter().map(|(label, value)| (*label, (*value).into())).collect() }
    }

    fn fact_id(key: &str) -> FactId {
        FactId { table: Table::Visits, subject: "x".into(), key: key.into() }
    }

    #[test]
    fn what_differs_is_named_field_by_field() {
        let before = Ledger::from([(fact_id("a"), shown(&[("Skor", "80")])), (fact_id("b"), shown(&[("Skor", "1")]))]);
        let after =
            Ledger::from([(fact_id("b"), shown(&[("Skor", "2"), ("Foto", "Ada")])), (fact_id("c"), shown(&[]))]);
        let found = difference(&before, &after);
        let fates: Vec<(&str, Fate)> = found.iter().map(|change| (change.id.key.as_str(), change.fate)).collect();
        assert_eq!(fates, [("a", Fate::Gone), ("b", Fate::Changed), ("c", Fate::New)]);
        let field = |label, old: &str, new: &str| FieldChange { label, old: old.into(), new: new.into() };
        assert_eq!(found[1].fields, [field("Skor", "1", "2"), field("Foto", "", "Ada")]);
        assert_eq!(difference(&after, &after), []);
    }
}
