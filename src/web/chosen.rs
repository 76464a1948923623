//! Resolves a request against the data: Puskesmas, period, as-of date, filters, order.
//! Refuses what cannot be understood, and says what can be written instead.

use std::sync::Arc;

use axum::http::StatusCode;
use serde::Deserialize;

use super::day::DayField;
use super::error::PageError;
use super::form::text;
use super::query::{LIST_JOINT, Query};
use super::site::Site;
use super::standing::PeriodStanding;
use crate::analytics::Selection;
use crate::analytics::received::MONTHLY_TABLES;
use crate::app::Snapshot;
use crate::app::approvals::{ShownPeriod, WaitingPeriod};
use crate::dashboard::table::SortDirection;
use crate::dashboard::{Material, PageChoice, PageContext, SourceFiles, Subject};
use crate::definitions::Grouping;
use crate::domain::access::Right;
use crate::domain::name::{name_key, puskesmas_key};
use crate::domain::{Date, FacilityGroup, Facts, Month, Period, PeriodKind, Status, Structure};

/// Names in addresses that say what the data is about, carried from page to page.
pub const SUBJECT_NAMES: [&str; 3] = ["puskesmas", "periode", "per"];

/// Attributes by which a table may be grouped, in the order in which they are offered.
pub const GROUPINGS: [Grouping; 4] = [Grouping::Group, Grouping::Kind, Grouping::Structure, Grouping::Village];

/// The day as of which the data is shown.
pub const AS_OF: DayField = DayField { name: "per", label: "Data per tanggal (kosong = terbaru)" };

#[derive(Clone, Debug)]
pub struct ResolvedRequest {
    /// As asked, in a fixed form.
    pub query: Query,
    /// All Puskesmas there are.
    pub known: Vec<String>,
    /// The one chosen.
    pub puskesmas: String,
    /// Its facts and evaluations, as they are shown: of an approved period those that were approved.
    pub snapshot: Arc<Snapshot>,
    /// The same with the files behind them.
    pub shown: ShownPeriod,
    /// The period's approval; `None` where nobody took a step with it, and on pages on which people work.
    pub standing: Option<PeriodStanding>,
    /// Approved periods in which something waits for a decision, on pages on which people work.
    pub waiting: Vec<WaitingPeriod>,
    /// Period and as-of date (not cut).
    pub subject: Subject,
    pub choice: PageChoice,
    /// True where the as-of date was asked for.
    pub is_as_of_given: bool,
    /// Keys of the facilities to which the sight of the one who asks is limited; none: it sees all.
    facilities: Option<Vec<String>>,
}

/// Figures that a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShownFigures {
    /// Those that count: of an approved period the approved ones.
    Counting,
    /// Those of now: on pages on which people write, attach and import.
    Latest,
}

/// Figures that are shown, and the right of which whoever asks needs to see them.
#[derive(Clone, Copy, Debug)]
struct ShownTo {
    figures: ShownFigures,
    right: Right,
}

impl ResolvedRequest {
    /// Resolves `query`; `None` where there is no data at all. A page about no kind of period is one on which people work:
    /// it shows the data of now.
    pub fn read(site: &Site, query: &Query, kinds: &[PeriodKind]) -> Result<Option<Self>, PageError> {
        let figures = if kinds.is_empty() { ShownFigures::Latest } else { ShownFigures::Counting };
        Self::resolve(site, query, kinds, ShownTo { figures, right: Right::See })
    }

    /// The same for the pages of one facility, which its own account sees too.
    pub fn need_for_facility(site: &Site, query: &Query, kinds: &[PeriodKind]) -> Result<Self, PageError> {
        let shown = ShownTo { figures: ShownFigures::Counting, right: Right::SeeFacility };
        Self::resolve(site, query, kinds, shown)?.ok_or_else(no_data)
    }

    /// The same with the data of now, whatever was approved.
    pub fn read_latest(site: &Site, query: &Query, kinds: &[PeriodKind]) -> Result<Option<Self>, PageError> {
        Self::resolve(site, query, kinds, ShownTo { figures: ShownFigures::Latest, right: Right::See })
    }

    fn resolve(
        site: &Site,
        query: &Query,
        kinds: &[PeriodKind],
        ShownTo { figures, right }: ShownTo,
    ) -> Result<Option<Self>, PageError> {
        let app = site.app();
        let mut known = app.puskesmas()?;
        known.retain(|name| app.access().may(right, name));
        let Some(puskesmas) = puskesmas_of(query, &known)? else { return Ok(None) };
        let latest = app.latest_shown(&puskesmas)?;
        let today = app.clock().today();
        let as_of = AS_OF.chosen_in(query)?;
        let period = period_of(query, latest.snapshot.facts(), kinds, as_of.unwrap_or(today))?;
        let shown = match figures {
            ShownFigures::Counting => app.shown_period(&puskesmas, period)?,
            ShownFigures::Latest => latest,
        };
        let standing = PeriodStanding::new(app, &puskesmas, shown.record.as_ref(), period)?;
        let waiting = match figures {
            ShownFigures::Counting => Vec::new(),
            ShownFigures::Latest => app.approvals().alerts(&puskesmas, None)?,
        };
        let snapshot = shown.snapshot.clone();
        let mut canonical = query.clone();
        canonical.set("tahun", "");
        canonical.set(AS_OF.name, &as_of.map(|day| day.to_string()).unwrap_or_default());
        canonical.set("periode", &period.to_string());
        canonical.set("puskesmas", if known.len() > 1 { &puskesmas } else { "" });
        let subject = Subject { puskesmas: 0, facility: None, period, as_of: as_of.unwrap_or(today) };
        let choice = choice_of(query)?;
        let is_as_of_given = as_of.is_some();
        let facilities = app.access().facilities_only(&puskesmas);
        let facilities = facilities.map(|names| names.into_iter().map(name_key).collect());
        Ok(Some(Self {
            query: canonical,
            known,
            puskesmas,
            snapshot,
            shown,
            standing,
            waiting,
            subject,
            choice,
            is_as_of_given,
            facilities,
        }))
    }

    /// The same for addresses that make no sense without data: refused instead.
    pub fn need(site: &Site, query: &Query, kinds: &[PeriodKind]) -> Result<Self, PageError> {
        Self::read(site, query, kinds)?.ok_or_else(no_data)
    }

    /// The same with the data of now, whatever was approved.
    pub fn need_latest(site: &Site, query: &Query, kinds: &[PeriodKind]) -> Result<Self, PageError> {
        Self::read_latest(site, query, kinds)?.ok_or_else(no_data)
    }

    /// Reports whether there is more than one Puskesmas, spelling variants apart.
    pub fn knows_several(&self) -> bool {
        let mut keys: Vec<String> = self.known.iter().map(|name| puskesmas_key(name)).collect();
        keys.sort();
        keys.dedup();
        keys.len() > 1
    }

    /// The facility of this name, without regard to spelling variants.
    pub fn facility(&self, name: &str) -> Result<u32, PageError> {
        let key = name_key(name);
        let facilities = &self.snapshot.facts().facilities;
        let exact = facilities.iter().position(|facility| facility.name == name);
        let place = exact.or_else(|| facilities.iter().position(|facility| name_key(&facility.name) == key));
        let place = place.filter(|_| self.facilities.as_ref().is_none_or(|own| own.contains(&key)));
        place.and_then(|place| u32::try_from(place).ok()).ok_or_else(|| {
            PageError::not_found(format!(
                "Tidak ada faskes bernama “{name}” di daftar identifikasi {}. Lihat halaman Faskes untuk nama-nama yang ada.",
                self.puskesmas
            ))
        })
    }

    /// Gathers the evaluations from which a page is computed.
    pub fn context(&self, site: &Site) -> Result<PageContext<'_>, PageError> {
        let subject = self.subject;
        let sources = self.shown.sources(subject.period.year(), subject.as_of)?;
        let material = Material {
            evaluator: self.snapshot.evaluator(),
            evaluation: self.snapshot.evaluate(subject.period, subject.as_of)?,
            previous: self.snapshot.evaluate(subject.period.previous(), subject.as_of)?,
            year_before: self.snapshot.evaluate(subject.period.year_before(), subject.as_of)?,
            files: SourceFiles { first: sources.first_file, last: sources.last_file },
            borders: site.app().borders(),
        };
        Ok(PageContext::new(material, subject, self.choice.clone())?)
    }
}

fn no_data() -> PageError {
    let advice = "Impor rekap lebih dulu; caranya ada di halaman pertama.";
    PageError::refused(StatusCode::NOT_FOUND, "Belum ada data", advice)
}

fn puskesmas_of(query: &Query, known: &[String]) -> Result<Option<String>, PageError> {
    let named = |name: &str| {
        let key = puskesmas_key(name);
        known.iter().find(|name| puskesmas_key(name) == key).cloned()
    };
    let Some(asked) = query.get("puskesmas") else {
        return Ok(query.last_puskesmas().and_then(named).or_else(|| known.first().cloned()));
    };
    match named(asked) {
        Some(name) => Ok(Some(name)),
        None if known.is_empty() => Ok(None),
        None => Err(PageError::not_found(format!("Puskesmas “{asked}” tidak ada. Yang ada: {}.", known.join(", ")))),
    }
}

/// `periode=2023-C2`, or `tahun=2023` with `periode=C2` as the form sends it; else the period of the last recap.
fn period_of(query: &Query, facts: &Facts, kinds: &[PeriodKind], today: Date) -> Result<Period, PageError> {
    let latest = || Month::from_date(last_reported(facts, today).unwrap_or(today));
    period_in(query, || Period::containing(kinds.first().copied().unwrap_or(PeriodKind::FourMonth), latest()))
}

/// The period that an address names; the fallback where it names none, and in its year or of its kind where it names half.
pub fn period_in(query: &Query, fallback: impl Fn() -> Period) -> Result<Period, PageError> {
    let text = match (query.get("tahun"), query.get("periode")) {
        (None, None) => return Ok(fallback()),
        (Some(year), None) => {
            let usual = fallback().to_string();
            usual.split_once('-').map_or_else(|| year.to_owned(), |(_, rest)| format!("{year}-{rest}"))
        }
        (None, Some(period)) => period.to_owned(),
        (Some(year), Some(period)) => match period.split_once('-') {
            Some((_, rest)) => format!("{year}-{rest}"),
            None if period.len() == 4 || period == "tahun" => year.to_owned(),
            None => format!("{year}-{period}"),
        },
    };
    text.parse().map_err(|error: crate::domain::period::UnknownPeriod| PageError::bad_request(format!("{error}.")))
}

/// First day of the last month, no later than today, for which a monthly recap came.
fn last_reported(facts: &Facts, today: Date) -> Option<Date> {
    let monthly = facts.received.iter().filter(|row| MONTHLY_TABLES.contains(&row.table));
    let days = monthly.map(|row| row.received.rank_month().first_day());
    days.max().map(|last| last.min(today))
}

/// Filters and order, as an address names them; blank: not asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskedChoice {
    #[serde(rename = "jenis", deserialize_with = "text")]
    kind: Option<String>,
    #[serde(rename = "kelompok", deserialize_with = "text")]
    group: Option<String>,
    #[serde(rename = "struktur", deserialize_with = "text")]
    structure: Option<String>,
    #[serde(rename = "desa", deserialize_with = "text")]
    village: Option<String>,
    #[serde(deserialize_with = "text")]
    status: Option<String>,
    #[serde(rename = "urut", deserialize_with = "text")]
    sort: Option<String>,
    #[serde(rename = "arah")]
    direction: AskedDirection,
    #[serde(rename = "indikator", deserialize_with = "text")]
    service: Option<String>,
    #[serde(rename = "cari", deserialize_with = "text")]
    search: Option<String>,
    #[serde(rename = "kolom", deserialize_with = "text")]
    columns: Option<String>,
    #[serde(rename = "gabung", deserialize_with = "text")]
    grouping: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
enum AskedDirection {
    #[serde(rename = "naik")]
    Ascending,
    #[default]
    #[serde(other)]
    Descending,
}

/// The one of `all` that the asked text labels, without regard to spelling variants; `name` says what it is.
fn labelled<T: Copy>(
    name: &str,
    asked: Option<&str>,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> Result<Option<T>, PageError> {
    let Some(asked) = asked else { return Ok(None) };
    let found = all.iter().copied().find(|one| name_key(label(*one)) == name_key(asked));
    found.map(Some).ok_or_else(|| PageError::bad_request(format!("{name} “{asked}” tidak dikenal.")))
}

/// The attribute as addresses name it.
pub fn grouping_word(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Group => "kelompok",
        Grouping::Kind => "jenis",
        Grouping::Structure => "struktur",
        Grouping::Village => "desa",
    }
}

/// Filters and order that an address names; refused where it names what there is not.
pub fn choice_of(query: &Query) -> Result<PageChoice, PageError> {
    let asked: AskedChoice = query.read()?;
    let direction = match asked.direction {
        AskedDirection::Ascending => SortDirection::Ascending,
        AskedDirection::Descending => SortDirection::Descending,
    };
    let group = labelled("Kelompok", asked.group.as_deref(), &FacilityGroup::ALL, FacilityGroup::label)?;
    let structure = labelled("Struktur", asked.structure.as_deref(), &Structure::ALL, Structure::label)?;
    Ok(PageChoice {
        selection: Selection { puskesmas: None, kind: asked.kind, group, structure, village: asked.village },
        status: labelled("Status", asked.status.as_deref(), &Status::ALL, Status::label)?,
        sort: asked.sort.map(|key| (key, direction)),
        service: asked.service,
        search: asked.search,
        columns: asked.columns.iter().flat_map(|keys| keys.split(LIST_JOINT)).map(str::to_owned).collect(),
        grouping: labelled("Gabungan menurut", asked.grouping.as_deref(), &GROUPINGS, grouping_word)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> Query {
        Query::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn period(pairs: &[(&str, &str)]) -> Option<String> {
        let today = "2023-09-10".parse().unwrap();
        period_of(&query(pairs), &Facts::default(), &[PeriodKind::FourMonth], today).ok().map(|p| p.to_string())
    }

    #[test]
    fn periods_are_taken_whole_or_in_parts() {
        assert_eq!(period(&[]).as_deref(), Some("2023-C3"));
        assert_eq!(period(&[("periode", "2023-C2")]).as_deref(), Some("2023-C2"));
        assert_eq!(period(&[("tahun", "2022"), ("periode", "C2")]).as_deref(), Some("2022-C2"));
        assert_eq!(period(&[("tahun", "2022"), ("periode", "05")]).as_deref(), Some("2022-05"));
        assert_eq!(period(&[("tahun", "2022"), ("periode", "2023-Q1")]).as_deref(), Some("2022-Q1"));
        assert_eq!(period(&[("tahun", "2022"), ("periode", "tahun")]).as_deref(), Some("2022"));
        assert_eq!(period(&[("tahun", "2022")]).as_deref(), Some("2022-C3"));
        assert_eq!(period(&[("periode", "apa")]), None);
    }

    #[test]
    fn unknown_choices_are_refused() {
        assert!(choice_of(&query(&[("status", "hebat")])).is_err());
        assert!(choice_of(&query(&[("kelompok", "jejaring"), ("status", "belum ada data")])).is_ok());
        assert!(AS_OF.chosen_in(&query(&[("per", "31-08-2023")])).is_ok());
        assert!(AS_OF.chosen_in(&query(&[("per", "31-09-2023")])).is_err());
    }
}
