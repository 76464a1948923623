//! The figures of a period as they are shown: those of the snapshot that was approved, as long as it is, else those of
//! now. An approved snapshot is resolved from the log as it stood, with the decrees and the approvals of that time, and
//! so its figures never change, whatever is imported, undone or decided later; a text changes where a person's data goes.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use super::frozen;
use super::record::{LockedPeriod, PeriodRecord, locked, record_over, records};
use crate::analytics::{AnalyticsError, ApprovedPeriods, ApprovedResult};
use crate::app::{App, AppError, PinState, SharedParts, Snapshot};
use crate::domain::approval::covering;
use crate::domain::facts::FactKey;
use crate::domain::name::puskesmas_key;
use crate::domain::{Date, Period};
use crate::store::{Scope, Sources, Store, StoreError, StoredStep, TracedField};

/// Figures of a period of a Puskesmas as pages and papers show them.
#[derive(Clone, Debug)]
pub struct ShownPeriod {
    /// Facts and evaluations.
    pub snapshot: Arc<Snapshot>,
    /// The approval under which the period lies; `None` where nobody took a step with it.
    pub record: Option<Arc<PeriodRecord>>,
    puskesmas: String,
    /// The store as it stood when the figures were fixed, else as it stands.
    store: Store,
}

impl ShownPeriod {
    /// Reports whether the figures are fixed.
    pub fn is_locked(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.state.is_locked())
    }

    /// Returns the files that a year's figures come from, as of a day.
    pub fn sources(&self, year: i32, as_of: Date) -> Result<Sources, StoreError> {
        self.store.sources(&self.puskesmas, year, as_of)
    }

    /// Returns the fields of one fact of a facility with the cells that they came from.
    pub fn trace(&self, facility: &str, key: &FactKey) -> Result<Vec<TracedField>, StoreError> {
        self.store.trace(&self.puskesmas, facility, key)
    }
}

impl App {
    /// The figures of a period of a Puskesmas (name as [`App::resolve_puskesmas`] gives it) as they are shown. Blocking.
    pub fn shown_period(&self, puskesmas: &str, period: Period) -> Result<ShownPeriod, AppError> {
        let latest = || self.latest_shown(puskesmas);
        let steps = self.store.period_steps(puskesmas)?;
        if steps.is_empty() {
            return latest();
        }
        let records = records(&steps);
        let Some(record) = record_over(&records, period) else { return latest() };
        let record = Some(Arc::new(record.clone()));
        let Some(fixed) = record.as_deref().and_then(PeriodRecord::locked) else {
            return Ok(ShownPeriod { record, ..latest()? });
        };
        let source = Pins { store: &self.store, shared: Some(&self.shared), puskesmas };
        let snapshot = source.snapshot(&fixed)?;
        let store = source.store_of(&fixed)?;
        Ok(ShownPeriod { snapshot, record, puskesmas: puskesmas.to_owned(), store })
    }

    /// The figures of now, whatever was approved: for pages on which people work.
    pub fn latest_shown(&self, puskesmas: &str) -> Result<ShownPeriod, AppError> {
        let snapshot = self.snapshot(puskesmas)?;
        Ok(ShownPeriod { snapshot, record: None, puskesmas: puskesmas.to_owned(), store: self.store.clone() })
    }

    /// The results that approvals fixed, of some Puskesmas, for evaluators of the facts of now.
    pub(in crate::app) fn approved_of<'n>(
        &self,
        puskesmas: impl IntoIterator<Item = &'n str>,
    ) -> Result<Option<Arc<dyn ApprovedPeriods>>, AppError> {
        let mut fixed = BTreeMap::new();
        for name in puskesmas {
            let periods = locked(&self.store.period_steps(name)?);
            if !periods.is_empty() {
                fixed.insert(puskesmas_key(name), periods);
            }
        }
        if fixed.is_empty() {
            return Ok(None);
        }
        let source = FixedResults { store: self.store.clone(), shared: Arc::downgrade(&self.shared), fixed, own: None };
        Ok(Some(Arc::new(source)))
    }
}

/// Approved snapshots of a Puskesmas, from memory or from the store.
#[derive(Clone, Copy)]
struct Pins<'a> {
    store: &'a Store,
    /// `None` while the data folder is being closed.
    shared: Option<&'a Arc<SharedParts>>,
    puskesmas: &'a str,
}

impl Pins<'_> {
    /// The store as it stood when a period was fixed.
    fn store_of(self, fixed: &LockedPeriod) -> Result<Store, StoreError> {
        Ok(self.store.at(self.puskesmas, self.store.moment(self.puskesmas, fixed.pin)?))
    }

    /// The snapshot of a fixed period.
    fn snapshot(self, fixed: &LockedPeriod) -> Result<Arc<Snapshot>, AppError> {
        let state = PinState { pin: fixed.pin, erasures: self.store.erasure_count()? };
        if let Some(kept) = self.shared.and_then(|shared| shared.kept_pin(self.puskesmas, state)) {
            return Ok(kept);
        }
        let snapshot = Arc::new(self.made(fixed)?);
        if let Some(shared) = self.shared {
            shared.keep_pin(self.puskesmas, state, snapshot.clone());
        }
        Ok(snapshot)
    }

    fn made(self, fixed: &LockedPeriod) -> Result<Snapshot, AppError> {
        let broken = || StoreError::Corrupt(format!("versi data yang disetujui nomor {}", fixed.pin));
        let pin = self.store.period_pin(self.puskesmas, fixed.pin)?.ok_or_else(broken)?;
        let book = frozen::thawed(&pin.decrees).ok_or_else(broken)?;
        let facts = self.store_of(fixed)?.facts(&Scope::Puskesmas(self.puskesmas.to_owned()))?;
        let snapshot = Snapshot::new(0, facts, &book, self.approved_before(fixed)?)?;
        Ok(snapshot)
    }

    /// Periods that were fixed when this one was: its comparisons stay those of that day.
    fn approved_before(self, fixed: &LockedPeriod) -> Result<Option<Arc<dyn ApprovedPeriods>>, AppError> {
        let steps = self.store.period_steps(self.puskesmas)?;
        let before: Vec<&StoredStep> = steps.iter().filter(|step| step.id < fixed.step).collect();
        let mut periods = locked(before);
        periods.retain(|other| other.period != fixed.period);
        if periods.is_empty() {
            return Ok(None);
        }
        let shared = self.shared.map(Arc::downgrade).unwrap_or_default();
        let fixed_before = [(puskesmas_key(self.puskesmas), periods)].into();
        let own = Some(fixed.period);
        Ok(Some(Arc::new(FixedResults { store: self.store.clone(), shared, fixed: fixed_before, own })))
    }
}

/// Results that approvals fixed, up to some step.
#[derive(Debug)]
struct FixedResults {
    store: Store,
    /// Memory for snapshots. A snapshot lies in it: it must not hold it.
    shared: Weak<SharedParts>,
    /// Fixed periods by Puskesmas key.
    fixed: BTreeMap<String, Vec<LockedPeriod>>,
    /// Period of the snapshot itself, whose own results count.
    own: Option<Period>,
}

impl ApprovedPeriods for FixedResults {
    fn approved(&self, puskesmas: &str, period: Period, as_of: Date) -> Result<Option<ApprovedResult>, AnalyticsError> {
        let Some(fixed) = self.fixed.get(&puskesmas_key(puskesmas)) else { return Ok(None) };
        let periods = fixed.iter().map(|fixed| fixed.period).chain(self.own);
        let Some(over) = covering(periods, period).filter(|over| Some(*over) != self.own) else { return Ok(None) };
        let Some(fixed) = fixed.iter().find(|fixed| fixed.period == over) else { return Ok(None) };
        let shared = self.shared.upgrade();
        let pins = Pins { store: &self.store, shared: shared.as_ref(), puskesmas };
        let snapshot = pins.snapshot(fixed).map_err(|error| AnalyticsError::of_approved(&error))?;
        let evaluation = snapshot.evaluate(period, as_of)?;
        Ok(Some(ApprovedResult { facts: snapshot.shared_facts(), evaluation }))
    }

    fn name(&self, but: Period) -> String {
        let others = self.fixed.values().flatten().filter(|fixed| fixed.period != but);
        others.fold(String::new(), |name, fixed| format!("{name}{} {};", fixed.period, fixed.snapshot))
    }
}
