//! The form that chooses Puskesmas, year, period and as-of date; works without scripts.

use askama::Template;

use crate::domain::format::{self, MONTHS};
use crate::domain::{Date, Period, PeriodKind};
use crate::web::chosen::{AS_OF, ResolvedRequest};
use crate::web::query::Query;

/// Years offered at most, counted back from the latest.
const YEARS_MAX: i32 = 12;

/// Years offered beside the latest on a page about several Puskesmas.
const YEARS_BESIDE: i32 = 4;

/// Subject of a page about several Puskesmas.
#[derive(Clone, Copy, Debug)]
pub struct SeveralSubject<'a> {
    /// As asked, in a fixed form.
    pub query: &'a Query,
    pub period: Period,
    /// As-of day that was asked for.
    pub as_of: Option<Date>,
    /// Year of the latest recap.
    pub latest_year: i32,
}

/// The form; its `Display` is the markup.
#[derive(Clone, Debug, Template)]
#[template(path = "_picker.html")]
pub struct Picker {
    pub action: String,
    /// Names and values of the address that the form carries along.
    pub hidden: Vec<(String, String)>,
    /// Puskesmas to choose from; one alone is only named.
    pub puskesmas: Vec<PickerOption>,
    pub years: Vec<PickerOption>,
    /// Periods within the year, by kind.
    pub kinds: Vec<(&'static str, Vec<PickerOption>)>,
    /// As-of date as asked for, in words; blank: today, or the period's last day.
    pub as_of: String,
    /// Words above its field.
    pub as_of_label: &'static str,
}

#[derive(Clone, Debug)]
pub struct PickerOption {
    pub value: String,
    pub label: String,
    /// True for the one chosen.
    pub is_chosen: bool,
}

impl Picker {
    /// The form for a page about several Puskesmas, leading to `action`, offering `kinds` and the years to `latest`.
    pub fn over_several(subject: &SeveralSubject<'_>, action: &str, kinds: &[PeriodKind]) -> Self {
        let period = subject.period;
        let mut offered = kinds.to_vec();
        if !offered.contains(&period.kind()) {
            offered.push(period.kind());
        }
        let last = subject.latest_year.max(period.year());
        let years = (period.year().min(last - YEARS_BESIDE)..=last).rev();
        Self {
            action: action.to_owned(),
            hidden: subject.query.except(&["puskesmas", "tahun", "periode", "per"]),
            puskesmas: Vec::new(),
            years: years.map(|year| year_option(year, period.year())).collect(),
            kinds: offered.into_iter().map(|kind| (kind_label(kind), periods(kind, period))).collect(),
            as_of: subject.as_of.map(format::date).unwrap_or_default(),
            as_of_label: AS_OF.label,
        }
    }

    /// The form for `chosen`, leading to `action`, offering `kinds`.
    pub fn new(chosen: &ResolvedRequest, action: &str, kinds: &[PeriodKind]) -> Self {
        let period = chosen.subject.period;
        let mut offered = kinds.to_vec();
        if !offered.contains(&period.kind()) {
            offered.push(period.kind());
        }
        Self {
            action: action.to_owned(),
            hidden: chosen.query.except(&["puskesmas", "tahun", "periode", "per"]),
            puskesmas: chosen
                .known
                .iter()
                .map(|name| PickerOption {
                    value: name.clone(),
                    label: name.clone(),
                    is_chosen: *name == chosen.puskesmas,
                })
                .collect(),
            years: years(chosen),
            kinds: offered.into_iter().map(|kind| (kind_label(kind), periods(kind, period))).collect(),
            as_of: if chosen.is_as_of_given { format::date(chosen.subject.as_of) } else { String::new() },
            as_of_label: AS_OF.label,
        }
    }
}

fn years(chosen: &ResolvedRequest) -> Vec<PickerOption> {
    let shown = chosen.subject.period.year();
    let received = chosen.snapshot.facts().received.iter().map(|row| row.received.year());
    let (first, last) = received.fold((shown, shown), |(first, last), year| (first.min(year), last.max(year)));
    (first.max(last - YEARS_MAX).min(shown)..=last).rev().map(|year| year_option(year, shown)).collect()
}

fn year_option(year: i32, shown: i32) -> PickerOption {
    PickerOption { value: year.to_string(), label: year.to_string(), is_chosen: year == shown }
}

fn kind_label(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Month => "Bulan",
        PeriodKind::Quarter => "Triwulan",
        PeriodKind::FourMonth => "Caturwulan",
        PeriodKind::HalfYear => "Semester",
        PeriodKind::Year => "Tahun",
    }
}

fn periods(kind: PeriodKind, shown: Period) -> Vec<PickerOption> {
    let numbers = (1..=kind.per_year()).filter_map(|number| Period::new(kind, shown.year(), number));
    numbers
        .map(|period| {
            let text = period.to_string();
            let value = text.split_once('-').map_or("tahun", |(_, rest)| rest).to_owned();
            PickerOption { value, label: label(period), is_chosen: period == shown }
        })
        .collect()
}

fn label(period: Period) -> String {
    let place = usize::try_from(period.number() - 1).unwrap_or(0);
    let roman = ["I", "II", "III", "IV"][place.min(3)];
    match period.kind() {
        PeriodKind::Month => MONTHS[place.min(11)].to_owned(),
        PeriodKind::Year => "Setahun".to_owned(),
        kind => format!("{} {roman}", kind_label(kind)),
    }
}
