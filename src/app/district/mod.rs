//! Several Puskesmas beside each other: which of them the one who asks may see, in which cluster each stands, and the
//! standing of each, evaluated by itself and kept by its own version. Speaks no HTTP and makes no table.

mod cache;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};
use std::thread;

use super::approvals::ShownPeriod;
use super::{App, AppError, Snapshot};
use crate::analytics::received::MONTHLY_TABLES;
use crate::dashboard::district::{DistrictContext, DistrictRow, PuskesmasStanding, StandingMaterial};
use crate::domain::access::Right;
use crate::domain::approval::PeriodState;
use crate::domain::name::{plain_words, puskesmas_key};
use crate::domain::written::{ClusterMember, clusters_in, members_by_key, members_in};
use crate::domain::{Date, Month, Period};

pub use cache::StandingCache;
use cache::{StandingKey, StandingState};

/// Puskesmas that one thread evaluates at least: fewer do not pay for it.
const SHARE_MIN: usize = 4;

/// Period, day and cluster that a page over several Puskesmas is about.
#[derive(Clone, Copy, Debug)]
pub struct DistrictRequest<'a> {
    /// Period.
    pub period: Period,
    /// As-of day as asked for; `None`: today.
    pub as_of: Option<Date>,
    /// Name of the only cluster, in any spelling; `None`: all that may be seen.
    pub cluster: Option<&'a str>,
}

/// Puskesmas beside each other, as far as the one who asks sees them.
#[derive(Clone, Copy, Debug)]
pub struct DistrictService<'a> {
    app: &'a App,
}

impl<'a> DistrictService<'a> {
    /// The service of an app's data folder.
    pub(super) fn new(app: &'a App) -> Self {
        Self { app }
    }

    /// Reports whether the one who asks may see several Puskesmas.
    pub fn is_open(self) -> bool {
        self.app.access().sees_several()
    }

    /// Returns the names of the Puskesmas with data that may be seen whole, ordered.
    pub fn puskesmas(self) -> Result<Vec<String>, AppError> {
        let mut known = self.app.puskesmas()?;
        known.retain(|name| self.app.access().may(Right::See, name));
        Ok(known)
    }

    /// Returns the names of the clusters that stand in a year and have a member that may be seen, ordered.
    pub fn clusters(self, year: i32) -> Result<Vec<String>, AppError> {
        Ok(clusters_in(&self.members()?, year))
    }

    /// Returns the latest month, no later than today, of which anything came.
    pub fn latest_month(self) -> Result<Month, AppError> {
        let this = Month::from_date(self.app.clock().today());
        Ok(self.app.store().latest_recap_month(&MONTHLY_TABLES)?.map_or(this, |latest| latest.min(this)))
    }

    /// Gathers what the panels of a page are computed from. `None` where a cluster is asked for of which nothing may be
    /// seen: one that there is not and a foreign one are the same. Blocking.
    pub fn context(self, asked: &DistrictRequest<'_>) -> Result<Option<DistrictContext>, AppError> {
        let year = asked.period.year();
        let members = self.members()?;
        let cluster = match asked.cluster {
            None => None,
            Some(name) => {
                let clusters = clusters_in(&members, year);
                let Some(known) = clusters.into_iter().find(|known| plain_words(known) == plain_words(name)) else {
                    return Ok(None);
                };
                Some(known)
            }
        };
        let today = asked.as_of.unwrap_or_else(|| self.app.clock().today());
        let as_of = asked.period.clamp_as_of(today);
        let mut rows = self.places(&members, year)?;
        rows.retain(|row| match (&cluster, &row.cluster) {
            (None, _) => true,
            (Some(wanted), Some(own)) => plain_words(wanted) == plain_words(own),
            (Some(_), None) => false,
        });
        self.fill(&mut rows, asked.period, as_of)?;
        Ok(Some(DistrictContext {
            period: asked.period,
            as_of,
            today,
            cluster,
            rows,
            decree: self.app.definitions().decree.book.default.clone(),
            earlier: Vec::new(),
            borders: self.app.borders(),
            sort: None,
        }))
    }

    /// Adds the periods before, as many as make `periods` with that of the context. Blocking.
    pub fn with_earlier(self, mut context: DistrictContext, periods: u32) -> Result<DistrictContext, AppError> {
        let mut period = context.period;
        for _ in 1..periods {
            period = period.previous();
            let asked = DistrictRequest { period, as_of: Some(context.today), cluster: context.cluster.as_deref() };
            // In a year before the cluster's first list there is no such cluster.
            let Some(earlier) = self.context(&asked)? else { break };
            context.earlier.insert(0, earlier);
        }
        Ok(context)
    }

    /// Members of clusters that may be seen.
    fn members(self) -> Result<Vec<ClusterMember>, AppError> {
        let mut members = self.app.clusters()?;
        members.retain(|member| self.app.access().may(Right::See, &member.puskesmas));
        Ok(members)
    }

    /// Every Puskesmas that may be seen, by name, without its figures: those with data, then members of clusters of
    /// which nothing came.
    fn places(self, members: &[ClusterMember], year: i32) -> Result<Vec<DistrictRow>, AppError> {
        let mut names = self.puskesmas()?;
        let known: BTreeSet<String> = names.iter().map(|name| puskesmas_key(name)).collect();
        names.extend(members_in(members, None, year).into_iter().filter(|name| !known.contains(&puskesmas_key(name))));
        names.sort();
        let placed = members_by_key(members, year);
        let row = |name: String| DistrictRow {
            cluster: placed.get(&puskesmas_key(&name)).map(|member| member.cluster.clone()),
            name,
            standing: None,
        };
        Ok(names.into_iter().map(row).collect())
    }

    /// Puts the standing of each Puskesmas into its row, those that are not in memory evaluated side by side.
    fn fill(self, rows: &mut [DistrictRow], period: Period, as_of: Date) -> Result<(), AppError> {
        let known = self.puskesmas()?;
        let versions = self.app.store().puskesmas_versions()?;
        let definitions = self.app.held_definitions().number;
        let mut open: Vec<OpenStanding> = Vec::new();
        {
            let kept = self.app.shared.standings.lock().unwrap_or_else(PoisonError::into_inner);
            for (place, row) in rows.iter_mut().enumerate() {
                if known.binary_search(&row.name).is_err() {
                    continue;
                }
                let key = StandingKey { puskesmas: puskesmas_key(&row.name), period, as_of };
                let state = StandingState { version: versions.get(&key.puskesmas).copied().unwrap_or(0), definitions };
                row.standing = kept.get(&key, state);
                if row.standing.is_none() {
                    open.push(OpenStanding { place, name: row.name.clone(), key, state });
                }
            }
        }
        for (place, standing) in self.evaluated(&open)? {
            rows[place].standing = standing;
        }
        Ok(())
    }

    /// Evaluates Puskesmas over the processors that there are, and keeps what came out.
    fn evaluated(self, open: &[OpenStanding]) -> Result<BTreeMap<usize, Option<Arc<PuskesmasStanding>>>, AppError> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut made = Vec::new();
            while let Some(one) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
                made.push((one.place, self.standing(one)?));
            }
            Ok::<_, AppError>(made)
        };
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let threads = processors.min(open.len().div_ceil(SHARE_MIN)).max(1);
        let made = thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut made = vec![work()];
            for other in others {
                match other.join() {
                    Ok(more) => made.push(more),
                    // As if it had been made here.
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            made
        });
        let mut all = BTreeMap::new();
        for share in made {
            all.extend(share?);
        }
        Ok(all)
    }

    /// Evaluates one Puskesmas; `None` where nothing of it counts in that period's snapshot.
    fn standing(self, open: &OpenStanding) -> Result<Option<Arc<PuskesmasStanding>>, AppError> {
        let StandingKey { period, as_of, .. } = open.key;
        let shown = self.app.shown_period(&open.name, period)?;
        let evaluation = shown.snapshot.evaluate(period, as_of)?;
        let previous = shown.snapshot.evaluate(period.previous(), as_of)?;
        let Some(result) = Snapshot::result_of(&evaluation) else { return Ok(None) };
        let arrivals = self.app.store().recap_arrivals(&open.name)?;
        let clock = self.app.clock();
        let material = StandingMaterial {
            evaluator: shown.snapshot.evaluator(),
            result,
            previous: Snapshot::result_of(&previous),
            period,
            as_of,
            approval: approval_word(&shown),
            is_approved: shown.is_locked(),
        };
        let standing = Arc::new(PuskesmasStanding::new(&material, |table, month| {
            arrivals.get(&(table, month)).map(|at| clock.local(*at).date())
        }));
        let mut kept = self.app.shared.standings.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put(open.key.clone(), open.state, standing.clone());
        Ok(Some(standing))
    }
}

/// A Puskesmas whose standing is not in memory.
struct OpenStanding {
    /// Place of its row.
    place: usize,
    name: String,
    key: StandingKey,
    state: StandingState,
}

/// State of the approval over a period, in a word; blank where nobody took a step, or it was opened again.
fn approval_word(shown: &ShownPeriod) -> &'static str {
    let state = shown.record.as_ref().map(|record| record.state);
    state.filter(|state| *state != PeriodState::Open).map_or("", PeriodState::label)
}
