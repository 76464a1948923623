//! Fields of a form as its page shows them: values, what can be chosen, what is wrong.

use crate::app::App;
use crate::app::entries::{CANCELLED_CODE, FieldFault, Values, months_of};
use crate::domain::form::{CANCELLED, FieldKind, FormField};
use crate::domain::name::name_key;
use crate::domain::{CoachingIndicator, Month, Period, PeriodKind, format};
use crate::store::{StoreError, StoredEntry};
use crate::web::chosen::ResolvedRequest;
use crate::web::query::encode;

/// Kinds of facility that registers know, whether or not one of them is there yet.
const KINDS: [&str; 12] = [
    "Pustu",
    "Polindes",
    "Ponkesdes",
    "Poskesdes",
    "Klinik",
    "Dokter Praktik",
    "Bidan Praktik",
    "Apotek",
    "Laboratorium",
    "Rumah Sakit",
    "Posyandu",
    "Sekolah",
];

/// One field of a form.
pub struct FieldView {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub value: String,
    pub fault: String,
    /// Where it is asked who a name is that no register knows; blank where that is not what is wrong.
    pub ask: String,
    pub is_needed: bool,
    pub kind: FieldKind,
    /// Keys that a phone offers; blank: all of them.
    pub inputmode: &'static str,
    pub is_focus: bool,
    /// Value and words; empty: it is typed.
    pub options: Vec<(String, String)>,
    /// Offered, not demanded.
    pub offered: Vec<String>,
    pub months: Vec<MonthTick>,
}

impl FieldView {
    pub fn is_prose(&self) -> bool {
        self.kind == FieldKind::Prose
    }

    pub fn is_day(&self) -> bool {
        self.kind == FieldKind::Day
    }
}

/// A month that can be ticked.
pub struct MonthTick {
    pub number: u32,
    pub label: &'static str,
    pub is_chosen: bool,
}

/// Choices that the fields of a Puskesmas offer.
pub struct FieldOffers {
    puskesmas: String,
    facilities: Vec<String>,
    /// Code and words.
    services: Vec<(String, String)>,
    kinds: Vec<String>,
    known: Vec<String>,
    year: i32,
}

impl FieldOffers {
    pub fn new(app: &App, chosen: Option<&ResolvedRequest>, year: i32) -> Result<Self, StoreError> {
        let mut kinds: Vec<String> = KINDS.map(ToOwned::to_owned).to_vec();
        let Some(chosen) = chosen else {
            let known = app.puskesmas()?;
            let puskesmas = String::new();
            return Ok(Self { puskesmas, facilities: Vec::new(), services: Vec::new(), kinds, known, year });
        };
        let facts = chosen.snapshot.facts();
        for facility in &facts.facilities {
            if !kinds.iter().any(|kind| name_key(kind) == name_key(&facility.kind)) {
                kinds.push(facility.kind.clone());
            }
        }
        let service = |service: &crate::domain::facts::Service| {
            let name =
                service.definitions.last().map(|(_, _, definition)| definition.name.as_str()).unwrap_or_default();
            (service.code.clone(), format!("{} · {name}", service.code))
        };
        Ok(Self {
            puskesmas: chosen.puskesmas.clone(),
            facilities: facts.listed().into_iter().map(|facility| facility.name.clone()).collect(),
            services: facts.services.iter().map(service).collect(),
            kinds,
            known: chosen.known.clone(),
            year,
        })
    }

    /// A field with its value and its fault.
    pub fn view(&self, field: &'static FormField, values: &Values, faults: &[FieldFault], focus: &str) -> FieldView {
        let value = values.get(field.name).cloned().unwrap_or_default();
        let fault = faults.iter().find(|fault| fault.field == field.name);
        let mut options = self.options(field, &value);
        if !options.is_empty() && !options.iter().any(|(known, _)| *known == value) {
            let words = value.parse::<Period>().map_or_else(|_unknown| value.clone(), format::period);
            options.insert(0, (value.clone(), words));
        }
        let chosen = months_of(&value);
        let tick =
            |(number, label): (u32, &'static str)| MonthTick { number, label, is_chosen: chosen.contains(&number) };
        let months = (1..).zip(format::MONTHS).map(tick);
        FieldView {
            name: field.name,
            label: field.label,
            hint: field.hint,
            fault: fault.map(|fault| fault.message.clone()).unwrap_or_default(),
            ask: fault
                .and_then(|fault| fault.unknown_name.as_deref())
                .map(|name| self.ask([name].into_iter()))
                .unwrap_or_default(),
            is_needed: field.is_needed,
            kind: field.kind,
            inputmode: if field.kind == FieldKind::Number { "decimal" } else { "" },
            is_focus: field.name == focus,
            offered: match field.kind {
                FieldKind::Facility => self.facilities.clone(),
                FieldKind::Puskesmas => self.known.clone(),
                FieldKind::KindOfFacility => self.kinds.clone(),
                _ => Vec::new(),
            },
            months: if field.kind == FieldKind::Months { months.collect() } else { Vec::new() },
            options,
            value,
        }
    }

    /// The address at which it is asked who these written names are.
    pub fn ask<'n>(&self, names: impl Iterator<Item = &'n str>) -> String {
        let asked = (0..).zip(names).map(|(place, name): (u32, &str)| format!("&tulis-{place}={}", encode(name)));
        format!("/impor/nama?puskesmas={}{}", encode(&self.puskesmas), asked.collect::<String>())
    }

    fn options(&self, field: &FormField, value: &str) -> Vec<(String, String)> {
        let blank = || (String::new(), String::new());
        let same = |word: &str| (word.to_owned(), word.to_owned());
        match field.kind {
            FieldKind::FacilityOrAll if self.puskesmas.is_empty() => Vec::new(),
            FieldKind::FacilityOrAll => {
                let whole = (String::new(), format!("{} (seluruhnya)", self.puskesmas));
                [whole].into_iter().chain(self.facilities.iter().map(|name| same(name))).collect()
            }
            FieldKind::Period => [self.year, self.year - 1].into_iter().flat_map(periods).map(worded).collect(),
            FieldKind::Month => [blank()].into_iter().chain(self.months()).collect(),
            FieldKind::MonthOrCancelled => {
                let cancelled = (CANCELLED_CODE.to_owned(), CANCELLED.to_owned());
                [blank(), cancelled].into_iter().chain(self.months()).collect()
            }
            FieldKind::Word(words) => [blank()].into_iter().chain(words.iter().map(|word| same(word))).collect(),
            FieldKind::CoachingIndicator => {
                let code = |one: CoachingIndicator| (one.code().to_owned(), format!("{} · {}", one.code(), one.name()));
                [blank()].into_iter().chain(CoachingIndicator::ALL.map(code)).collect()
            }
            FieldKind::ServiceIndicator if self.services.is_empty() && value.is_empty() => Vec::new(),
            FieldKind::ServiceIndicator => [blank()].into_iter().chain(self.services.iter().cloned()).collect(),
            _ => Vec::new(),
        }
    }

    /// The months of the year at hand, then those of the years around it.
    fn months(&self) -> impl Iterator<Item = (String, String)> {
        let years = [self.year, self.year - 1, self.year + 1];
        years
            .into_iter()
            .flat_map(|year| Period::whole_year(year).months())
            .map(|month| (month_code(month), format::month(month)))
    }

    /// Months and years as which a block can count, the usual one first.
    pub fn block_periods(&self, is_monthly: bool) -> Vec<(String, String)> {
        let years = [self.year, self.year - 1, self.year + 1];
        let whole = |year: i32| worded(Period::whole_year(year));
        if is_monthly {
            return years
                .into_iter()
                .flat_map(|year| {
                    Period::whole_year(year)
                        .months()
                        .map(|month| worded(Period::containing(PeriodKind::Month, month)))
                        .chain([whole(year)])
                })
                .collect();
        }
        years.into_iter().map(whole).collect()
    }

    /// Every period of the year at hand and the one before.
    pub fn all_periods(&self) -> Vec<(String, String)> {
        [self.year, self.year - 1].into_iter().flat_map(periods).map(worded).collect()
    }
}

fn worded(period: Period) -> (String, String) {
    (period.to_string(), format::period(period))
}

/// `2023-05`.
pub fn month_code(month: Month) -> String {
    Period::containing(PeriodKind::Month, month).to_string()
}

/// Every period of a year, four months first: that is the rhythm of evaluations.
fn periods(year: i32) -> Vec<Period> {
    use PeriodKind::{FourMonth, HalfYear, Month, Quarter, Year};
    let numbered = |kind: PeriodKind| (1..=kind.per_year()).filter_map(move |number| Period::new(kind, year, number));
    [FourMonth, Quarter, HalfYear, Year, Month].into_iter().flat_map(numbered).collect()
}

/// The value of a field as its form takes it: of a month or a period its code.
pub fn typed(field: &FormField, entry: &StoredEntry) -> String {
    let value = entry.value(field.field);
    match field.kind {
        FieldKind::MonthOrCancelled if value == CANCELLED => CANCELLED_CODE.to_owned(),
        FieldKind::Period | FieldKind::Month | FieldKind::MonthOrCancelled => period_code(value),
        FieldKind::Months => {
            period_of(value).map(|period| period.first_month().month().to_string()).unwrap_or_default()
        }
        _ => value.to_owned(),
    }
}

fn period_of(words: &str) -> Option<Period> {
    let year = words.split(' ').next_back().and_then(|year| year.parse().ok())?;
    periods(year).into_iter().find(|period| format::period(*period) == words)
}

fn period_code(words: &str) -> String {
    period_of(words).map(|period| period.to_string()).unwrap_or_default()
}
