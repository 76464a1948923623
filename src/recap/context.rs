//! Knowledge by which rows are judged: registered names, service indicators, planned slots, visits. Filled by the
//! importer from the store and from the tables of the same import ([`Context::learn`]).

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::bare_names::BareNames;
use super::kinds::title_case;
use super::planned_slots::PlannedSlots;
use super::spelling::{village_key, without_mark};
use crate::domain::SheetBooks;
use crate::domain::instrument::InstrumentBook;
use crate::domain::name::{name_key, plain_words, puskesmas_key};
use crate::domain::own_indicator::IndicatorSetBook;
use crate::domain::records::{Accumulated, AchievementRow, Recap, Rows};
use crate::domain::{Date, Month, VisitDate};
use crate::recap::kinds::{KindWords, kind_of_name, split_kind};

#[derive(Clone, Debug)]
struct KnownService {
    code: String,
    code_key: String,
    name_key: String,
}

/// Known names, indicators, slots and visits of one Puskesmas.
#[derive(Clone, Debug, Default)]
pub struct ReadingContext {
    /// Key of the Puskesmas, where it is known.
    puskesmas: Option<String>,
    /// Name key → the register's name.
    names: BTreeMap<String, String>,
    /// The same without degrees, where they tell one facility.
    bare: BareNames,
    /// Names as the register writes them: most rows write them so too, and then need no key.
    registered: BTreeSet<String>,
    services: Vec<KnownService>,
    plan: PlannedSlots,
    /// Kind and village by the register's name.
    places: BTreeMap<String, KindAndVillage>,
    /// Kind by the register's name.
    kinds: BTreeMap<String, String>,
    /// Counts since January by facility, service and month.
    accumulated: BTreeMap<(String, String, Month), f64>,
    /// The figures reported so far, by facility and service.
    figures: BTreeMap<(String, String), MonthlyFigures>,
    /// Dates by the register's name.
    visits: BTreeMap<String, BTreeSet<VisitDate>>,
    /// Checklists of coaching.
    books: SheetBooks,
    /// Key → name of the Puskesmas that may be members of a cluster.
    members: BTreeMap<String, String>,
}

/// The figures of a facility and service by month.
#[derive(Clone, Debug, Default)]
pub(super) struct MonthlyFigures {
    pub(super) denominators: BTreeMap<Month, f64>,
    /// The months' own counts.
    pub(super) numerators: BTreeMap<Month, f64>,
}

/// Kind and village of a facility.
#[derive(Clone, Debug)]
struct KindAndVillage {
    kind: String,
    village: String,
}

/// Kinds that people count instead of naming each.
const KINDS_COUNTED: [&str; 10] =
    ["posyandu", "posbindu", "klinik", "pustu", "polindes", "ponkesdes", "bidan", "apotek", "sekolah", "faskes"];

/// Kinds of which facilities in several villages often bear one name: `Posyandu Melati`.
const KINDS_WITH_COMMON_NAMES: [&str; 10] =
    ["posyandu", "posbindu", "sekolah", "paud", "tk", "sd", "mi", "ukbm", "poskestren", "uks"];

/// Kinds of which a village has its own: its row in a table of villages is theirs.
const KINDS_OF_VILLAGES: [&str; 12] = [
    "pkd",
    "poskesri",
    "pos kesehatan desa",
    "pustu",
    "puskesmas pembantu",
    "polindes",
    "pondok bersalin",
    "poskesdes",
    "ponkesdes",
    "poskeskel",
    "bidan desa",
    "bides",
];

/// Posts of volunteers, of which a village may have one.
const POSTS_OF_VILLAGES: [&str; 3] = ["posyandu", "posbindu", "pos ukk"];

/// Words of an indicator's name that alone do not tell which one is meant.
const WORDS_OF_MANY: [&str; 26] = [
    "bayi",
    "balita",
    "ibu",
    "hamil",
    "anak",
    "bersalin",
    "nifas",
    "lansia",
    "remaja",
    "nakes",
    "fasyankes",
    "faskes",
    "puskesmas",
    "desa",
    "kunjungan",
    "pelayanan",
    "cakupan",
    "penderita",
    "imunisasi",
    "skrining",
    "pemeriksaan",
    "lengkap",
    "produktif",
    "kesehatan",
    "persen",
    "baru",
];

/// The facility for which a village stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OfVillage<'c> {
    /// The only one of a kind that villages have.
    Only(&'c str),
    /// Several of these kinds, or only others; none where the register names no such village.
    Unclear(Vec<&'c str>),
}

/// Least likeness of a name to be suggested (Jaro–Winkler, 0–1).
const SUGGESTED_FROM: f64 = 0.75;
/// Most names that are suggested.
const SUGGESTED_MAX: usize = 3;

impl ReadingContext {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says whose workbooks are read, by the key of the name.
    pub fn set_puskesmas(&mut self, key: &str) {
        self.puskesmas = Some(key.to_owned());
    }

    /// Says by which checklists and sets of indicators sheets are read.
    pub fn set_books(&mut self, books: SheetBooks) {
        self.books = books;
    }

    /// The checklists that are known.
    pub(super) fn instruments(&self) -> &InstrumentBook {
        &self.books.instruments
    }

    /// The sets of indicators that are known.
    pub(super) fn indicator_sets(&self) -> &IndicatorSetBook {
        &self.books.indicator_sets
    }

    /// Key of the Puskesmas whose workbooks are read.
    pub(super) fn puskesmas(&self) -> Option<&str> {
        self.puskesmas.as_deref()
    }

    /// Adds a Puskesmas that a list of clusters may name.
    pub fn add_puskesmas(&mut self, name: &str) {
        self.members.entry(puskesmas_key(name)).or_insert_with(|| name.to_owned());
    }

    /// Reports whether a list of clusters may name this Puskesmas; `None` where none is known to compare it with.
    pub(super) fn is_member(&self, written: &str) -> Option<bool> {
        (!self.members.is_empty()).then(|| self.members.contains_key(&puskesmas_key(written)))
    }

    /// Known Puskesmas nearest to a written name, best first.
    pub(super) fn nearest_puskesmas(&self, written: &str) -> Vec<&str> {
        nearest(&self.members, &puskesmas_key(written))
    }

    /// Adds a registered facility by the register's name.
    pub fn add_facility(&mut self, name: &str) {
        if let Entry::Vacant(place) = self.names.entry(name_key(name)) {
            place.insert(name.to_owned());
            self.bare.add(name);
            self.registered.insert(name.to_owned());
        }
    }

    /// Says kind and village of a registered facility.
    pub fn add_place(&mut self, name: &str, kind: Option<&str>, village: Option<&str>) {
        self.kinds.extend(kind.map(|kind| (name.to_owned(), kind.to_owned())));
        let Some(village) = village.map(village_key).filter(|key| !key.is_empty()) else { return };
        let kind = plain_words(kind.unwrap_or(name));
        self.places.insert(name.to_owned(), KindAndVillage { kind, village });
    }

    /// The facility for which a village stands: the one of `kind`, else the only one of those that villages have.
    pub(super) fn of_village(&self, written: &str, kind: Option<&str>) -> OfVillage<'_> {
        let said = kind.map(plain_words);
        self.in_village(written, &|place| match &said {
            Some(kind) => place.kind.starts_with(kind),
            None => KINDS_OF_VILLAGES.iter().any(|kind| place.kind.starts_with(kind)),
        })
    }

    /// The facility that was coached in a village: the only one of those that villages have, posts included.
    pub(super) fn coached_in_village(&self, written: &str) -> OfVillage<'_> {
        self.in_village(written, &|place| {
            KINDS_OF_VILLAGES.iter().chain(&POSTS_OF_VILLAGES).any(|kind| place.kind.starts_with(kind))
        })
    }

    /// The only facility of a village that is meant.
    fn in_village(&self, written: &str, is_own: &dyn Fn(&KindAndVillage) -> bool) -> OfVillage<'_> {
        let key = village_key(written);
        let there: Vec<(&str, &KindAndVillage)> = self
            .places
            .iter()
            .filter(|(_, place)| place.village == key)
            .map(|(name, place)| (name.as_str(), place))
            .collect();
        let own: Vec<&str> = there.iter().filter(|(_, place)| is_own(place)).map(|(name, _)| *name).collect();
        match own[..] {
            [only] => OfVillage::Only(only),
            [] => OfVillage::Unclear(there.into_iter().map(|(name, _)| name).collect()),
            _ => OfVillage::Unclear(own),
        }
    }

    /// The register's name of a facility that has the village in its name: `Posyandu Melati Mekarjaya`.
    pub(super) fn facility_of(&self, written: &str, village: &str) -> Option<&str> {
        self.facility(&format!("{written} {}", village_key(village)))
    }

    /// The village of a facility, where it is another than the written one and every village may have a facility of that
    /// kind and name.
    pub(super) fn other_village(&self, name: &str, written: &str) -> Option<String> {
        let KindAndVillage { kind, village } = self.places.get(name)?;
        let key = village_key(written);
        let is_part = |whole: &str, part: &str| format!(" {whole} ").contains(&format!(" {part} "));
        let is_same = is_part(village, &key) || is_part(&key, village);
        let has_many = KINDS_WITH_COMMON_NAMES.iter().any(|common| kind.starts_with(common));
        (has_many && !is_same).then(|| title_case(village))
    }

    /// Reports whether a facility stands in a village.
    pub(super) fn is_in_village(&self, facility: &str, village: &str) -> bool {
        let key = village_key(village);
        let place = self.facility(facility).and_then(|name| self.places.get(name));
        place.is_some_and(|place| place.village == key)
    }

    /// The kinds of the facilities that stand in some village, each once.
    pub(super) fn village_kinds(&self) -> Vec<String> {
        let kind = |place: &KindAndVillage| {
            let known = KINDS_OF_VILLAGES.iter().find(|kind| place.kind.starts_with(**kind));
            known.map_or_else(|| place.kind.clone(), |kind| (*kind).to_owned())
        };
        let kinds: BTreeSet<String> = self.places.values().map(kind).filter(|kind| !kind.is_empty()).collect();
        kinds.into_iter().collect()
    }

    /// Adds a count since January, in the place of a former one.
    pub fn add_accumulated(&mut self, counted: &Accumulated) {
        let Accumulated { facility, service, month, count } = counted;
        self.accumulated.insert((facility.clone(), service.clone(), *month), *count);
    }

    /// Returns the figures reported so far of a facility and service, by former recaps and the tables of this call.
    pub(super) fn series(&self, facility: &str, service: &str) -> Option<&MonthlyFigures> {
        if self.figures.is_empty() {
            return None;
        }
        self.figures.get(&(facility.to_owned(), service.to_owned()))
    }

    /// Adds figures that were reported, in the place of former ones of their month.
    pub fn add_figures(&mut self, row: &AchievementRow) {
        let AchievementRow { facility, service, month, numerator, denominator, .. } = row;
        let series = self.figures.entry((facility.clone(), service.clone())).or_default();
        series.denominators.extend(denominator.map(|denominator| (*month, denominator)));
        series.numerators.extend(numerator.map(|numerator| (*month, numerator)));
    }

    /// The count since January up to the end of a month.
    pub(super) fn accumulated(&self, facility: &str, service: &str, month: Month) -> Option<f64> {
        self.accumulated.get(&(facility.to_owned(), service.to_owned(), month)).copied()
    }

    /// Reports whether a text means several facilities: their names one after the other, or their number (*8 Posyandu*).
    pub(super) fn names_several(&self, written: &str) -> bool {
        let parts = written.split([',', ';', '/', '&', '\n', '+']).flat_map(|part| part.split(" dan "));
        let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
        let words = plain_words(written);
        let counted = words.split_once(' ').filter(|(count, _)| count.parse::<u32>().is_ok_and(|count| count > 1));
        let is_counted = counted.is_some_and(|(_, what)| KINDS_COUNTED.iter().any(|kind| what.starts_with(kind)));
        is_counted
            || ["semua ", "seluruh "].iter().any(|word| words.starts_with(word))
            || parts.len() > 1 && parts.iter().all(|part| self.facility(part).is_some())
    }

    /// Adds a known variant (`written`) of a registered name.
    pub fn add_alias(&mut self, written: &str, name: &str) {
        self.names.entry(name_key(written)).or_insert_with(|| name.to_owned());
    }

    /// Adds a service indicator.
    pub fn add_service(&mut self, code: &str, name: &str) {
        let known = KnownService { code: code.to_owned(), code_key: plain_words(code), name_key: plain_words(name) };
        match self.services.iter_mut().find(|service| service.code_key == known.code_key) {
            Some(service) => service.name_key = known.name_key,
            None => self.services.push(known),
        }
    }

    /// Adds a planned slot of a registered facility.
    pub fn add_slot(&mut self, facility: &str, month: Month) {
        self.plan.add(facility, month);
    }

    /// Moves (or, with `None`, cancels) the slot of `facility` that `named` names by its original or its
    /// current month. `false` where there is no such slot.
    pub fn apply_change(&mut self, facility: &str, named: Month, moved_to: Option<Month>) -> bool {
        self.plan.apply_change(facility, named, moved_to)
    }

    /// The slots as they stand.
    pub(super) fn plan(&self) -> PlannedSlots {
        self.plan.clone()
    }

    /// Adds a visit of a registered facility (its follow-ups are then not warned about).
    pub fn add_visit(&mut self, facility: &str, date: impl Into<VisitDate>) {
        let date = date.into();
        match self.visits.get_mut(facility) {
            Some(dates) => _ = dates.insert(date),
            None => _ = self.visits.insert(facility.to_owned(), BTreeSet::from([date])),
        }
    }

    /// Reports whether a visit of that date is known, or one of its month without a day.
    pub fn has_visit(&self, facility: &str, date: Date) -> bool {
        self.visits.get(facility).is_some_and(|dates| {
            dates.contains(&VisitDate::Day(date)) || dates.contains(&VisitDate::Month(Month::from_date(date)))
        })
    }

    /// Takes in what an accepted recap makes known: names, indicators, slots, changes, visits. Read the
    /// tables of an import in the order of [`crate::domain::Table::ALL`] and learn each before the next.
    pub fn learn(&mut self, recap: &Recap) {
        for counted in &recap.accumulated {
            self.add_accumulated(counted);
        }
        match &recap.rows {
            Rows::Facilities(rows) => {
                for row in rows {
                    self.add_facility(&row.record.name);
                    let name = self.facility(&row.record.name).unwrap_or(&row.record.name).to_owned();
                    self.add_place(&name, row.record.kind.as_deref(), row.record.village.as_deref());
                }
            }
            Rows::ServiceIndicators(rows) => {
                for row in rows {
                    self.add_service(&row.record.code, &row.record.name);
                }
            }
            Rows::Schedule(rows) => {
                for row in rows {
                    self.add_slot(&row.record.facility, row.record.month);
                }
            }
            Rows::ScheduleChanges(rows) => {
                for row in rows {
                    self.apply_change(&row.record.facility, row.record.named, row.record.moved_to);
                }
            }
            Rows::Visits(rows) => {
                for row in rows {
                    self.add_visit(&row.record.facility, row.record.date);
                }
            }
            Rows::Achievements(rows) => {
                for row in rows {
                    self.add_figures(&row.record);
                }
            }
            _ => {}
        }
    }

    /// The register's name of a written one.
    pub fn facility(&self, written: &str) -> Option<&str> {
        let registered = self.registered.get(written);
        let known = registered.or_else(|| self.names.get(&name_key(written)));
        // `a. Klinik Sehat`, `2) Klinik Sehat`: an item of a list.
        let known = known.or_else(|| self.names.get(&name_key(without_mark(written)?)));
        let known = known.map(String::as_str).or_else(|| self.bare.get(written));
        known.or_else(|| self.of_kind(written, None))
    }

    /// Reports whether a facility is registered by this very name.
    pub(super) fn is_registered(&self, name: &str) -> bool {
        self.names.contains_key(&name_key(name))
    }

    /// The registered facility of that kind whose name lacks the kind with which a written one begins, or has it where
    /// the written one, of the kind given, lacks it: Posyandu Melati and Melati, a posyandu.
    pub(super) fn of_kind(&self, written: &str, kind: Option<&str>) -> Option<&str> {
        let is_of = |name: &str, kind: &str| {
            let known = self.kinds.get(name).is_some_and(|known| KindWords::from_text(known).kind() == Some(kind));
            known || kind_of_name(name) == Some(kind)
        };
        let registered = |key: &str, kind: &str| self.names.get(key).filter(|name| is_of(name, kind));
        let found = match (split_kind(written), kind.and_then(|kind| KindWords::from_text(kind).kind())) {
            (Some((kind, rest)), _) => registered(&name_key(&rest), kind),
            (None, Some(kind)) => registered(&name_key(&format!("{kind} {written}")), kind),
            (None, None) => None,
        };
        found.map(String::as_str)
    }

    /// The code of a service indicator named by its code, its name or both (`K6`, `Cakupan K6 ibu hamil`).
    pub fn service(&self, written: &str) -> Option<&str> {
        let key = plain_words(written);
        let exact = self.services.iter().find(|service| service.code_key == key || service.name_key == key);
        // `D/S` is the code `DS`.
        let closed = |text: &str| text.replace(' ', "");
        let spaced = || self.services.iter().find(|service| closed(&service.code_key) == closed(&key));
        let both = || {
            self.services.iter().find(|service| {
                let code = &service.code_key;
                let name = &service.name_key;
                key == format!("{code} {name}") || key == format!("{name} {code}")
            })
        };
        let found = exact.or_else(both).or_else(spaced).map(|service| service.code.as_str());
        // `K6 (target 100 %)`, `Jml K6`
        let targeted = || written.split_once('(').filter(|(_, behind)| behind.to_lowercase().contains("target"));
        let counted = || {
            let (first, rest) = key.split_once(' ')?;
            ["jml", "jumlah"].contains(&first).then_some(rest)
        };
        found.or_else(|| self.service(targeted()?.0)).or_else(|| counted().and_then(|rest| self.service(rest)))
    }

    /// The code of the only service indicator of whose name these are words: `Persalinan Nakes`, `ASI Eksklusif`.
    pub(super) fn service_of_words(&self, written: &str) -> Option<&str> {
        let key = plain_words(written);
        let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
        // Nor does a letter: `D` stands in D/S and in N/D.
        let telling = words.iter().filter(|word| word.len() > 1 && !WORDS_OF_MANY.contains(word)).count();
        let fits = |service: &&KnownService| {
            let name: Vec<&str> = service.name_key.split(' ').collect();
            let is_last = || words.last() == name.last();
            words.iter().all(|word| name.contains(word)) && telling > 0 && (words.len() > 1 || is_last())
        };
        let mut fitting = self.services.iter().filter(fits);
        let only = fitting.next()?;
        fitting.next().is_none().then_some(only.code.as_str())
    }

    /// The code of the only service indicator whose code or name stands among the words of a title.
    pub(super) fn service_within(&self, title: &str) -> Option<&str> {
        let words = format!(" {} ", plain_words(title));
        let is_in = |key: &str| !key.is_empty() && words.contains(&format!(" {key} "));
        let mut named = self.services.iter().filter(|service| is_in(&service.code_key) || is_in(&service.name_key));
        let only = named.next()?;
        named.next().is_none().then_some(only.code.as_str())
    }

    /// The name of a service indicator, in plain words.
    pub(super) fn service_name(&self, code: &str) -> Option<&str> {
        self.services.iter().find(|service| service.code == code).map(|service| service.name_key.as_str())
    }

    /// Registered names nearest to a written one, best first.
    pub fn nearest_facilities(&self, written: &str) -> Vec<&str> {
        nearest(&self.names, &name_key(written))
    }

    /// Names of the known service indicators' codes, in the order of the list.
    pub fn service_codes(&self) -> impl Iterator<Item = &str> {
        self.services.iter().map(|service| service.code.as_str())
    }
}

/// Names whose keys are nearest to a key, best first.
fn nearest<'n>(names: &'n BTreeMap<String, String>, key: &str) -> Vec<&'n str> {
    let mut scored: Vec<(f64, &str)> = names
        .iter()
        .map(|(known, name)| (strsim::jaro_winkler(key, known), name.as_str()))
        .filter(|(score, _)| *score >= SUGGESTED_FROM)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let mut names: Vec<&str> = Vec::new();
    for (_, name) in scored {
        if names.len() < SUGGESTED_MAX && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(number: u32) -> Month {
        Month::new(2023, number).unwrap()
    }

    #[test]
    fn names_are_known_in_their_variants_and_others_suggested() {
        let mut context = ReadingContext::new();
        for name in ["Apotek Alvi", "Klinik Alvi", "BPM I Made Oka"] {
            context.add_facility(name);
        }
        context.add_alias("Bidan Oka", "BPM I Made Oka");
        assert_eq!(context.facility(" APOTIK  ALVI"), Some("Apotek Alvi"));
        assert_eq!(context.facility("bidan oka"), Some("BPM I Made Oka"));
        assert_eq!(context.facility("Apotek Alfi"), None);
        assert_eq!(context.facility("a. Klinik Alvi"), Some("Klinik Alvi"));
        assert_eq!((context.facility("dr. Klinik Alvi"), context.facility("a.Klinik Alvi")), (None, None));
        assert_eq!(context.nearest_facilities("Apotek Alfi").first(), Some(&"Apotek Alvi"));
        assert_eq!(context.nearest_facilities("Zzz"), Vec::<&str>::new());
    }

    #[test]
    fn a_name_is_known_with_its_kind_and_without() {
        let mut context = ReadingContext::new();
        for (name, kind) in [("Melati", "Posyandu"), ("Posyandu Mawar", "Posyandu"), ("Kenanga", "Klinik")] {
            context.add_facility(name);
            context.add_place(name, Some(kind), None);
        }
        assert_eq!(context.facility("Posyandu Melati"), Some("Melati"));
        assert_eq!(context.facility("Klinik Melati"), None, "another kind is another facility");
        assert_eq!(context.facility("Mawar"), None, "nothing says that it is a posyandu");
        assert_eq!(context.of_kind("Mawar", Some("Posyandu")), Some("Posyandu Mawar"));
        assert_eq!(context.of_kind("Kenanga", Some("Posyandu")), None);
    }

    #[test]
    fn a_service_is_known_by_code_name_or_both() {
        let mut context = ReadingContext::new();
        context.add_service("K6", "Cakupan K6 ibu hamil");
        for written in ["k6", "CAKUPAN  K6 IBU HAMIL", "K6 - Cakupan K6 ibu hamil", "Cakupan K6 ibu hamil (K6)"] {
            assert_eq!(context.service(written), Some("K6"), "{written}");
        }
        assert_eq!(context.service("K4"), None);
    }

    #[test]
    fn a_slot_is_named_by_its_original_or_current_month() {
        let mut context = ReadingContext::new();
        context.add_slot("Apotek Alvi", month(5));
        assert!(context.apply_change("Apotek Alvi", month(5), Some(month(8))));
        assert!(
            context.plan.names_a_slot("Apotek Alvi", month(5)) && context.plan.names_a_slot("Apotek Alvi", month(8))
        );
        assert!(context.apply_change("Apotek Alvi", month(8), None));
        assert!(!context.plan.names_a_slot("Apotek Alvi", month(8)));
        assert!(!context.apply_change("Apotek Alvi", month(9), None));
        assert!(!context.apply_change("Klinik Alvi", month(5), None));
    }
}
