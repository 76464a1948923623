//! Whose a workbook is: by the Puskesmas that its title names, else by what was said, else the only one there is. A
//! Puskesmas comes into being by the list of its facilities or by an explicit yes, never by a name in a title alone:
//! one slip of the pen would make a second Puskesmas, and half of the figures would be missed in the first.

use std::collections::{BTreeMap, BTreeSet};

use super::options::{ImportOptions, base_name};
use super::receipt::Refusal;
use crate::diagnostic::{Issue, Severity};
use crate::domain::Table;
use crate::domain::name::puskesmas_key;
use crate::domain::table::DISTRICT;
use crate::recap::Recognised;
use crate::store::{Store, StoreError};

/// Names in a refusal that are told.
const NAMES_TOLD_MAX: usize = 20;

/// Puskesmas that may own the workbooks of one call.
pub(super) struct Owners {
    /// The owner of workbooks that name none; where it cannot be told, the Puskesmas there are.
    default: Result<String, Vec<String>>,
    /// The Puskesmas there are.
    known: Vec<String>,
    /// Keys of those that a title may name.
    may_be_named: BTreeSet<String>,
}

impl Owners {
    /// Collects them from the store, the titles of these workbooks and what was said.
    pub(super) fn from_store(
        store: &Store,
        recognised: &[Option<Recognised<'_>>],
        options: &ImportOptions,
    ) -> Result<Self, StoreError> {
        let known = store.puskesmas()?;
        let mut all: BTreeMap<String, String> = known.iter().map(|name| (puskesmas_key(name), name.clone())).collect();
        let mut may_be_named: BTreeSet<String> = all.keys().cloned().collect();
        let mut in_titles = BTreeSet::new();
        for workbook in recognised.iter().flatten() {
            let brings_register = workbook.tables.iter().any(|table| table.table == Table::Facilities);
            for name in titles(workbook) {
                let key = puskesmas_key(name);
                all.entry(key.clone()).or_insert_with(|| name.to_owned());
                if brings_register {
                    may_be_named.insert(key.clone());
                }
                in_titles.insert(key);
            }
        }
        if let Some(asked) = &options.puskesmas {
            may_be_named.insert(puskesmas_key(asked));
            let default = all.remove(&puskesmas_key(asked)).unwrap_or_else(|| asked.clone());
            return Ok(Self { default: Ok(default), known, may_be_named });
        }
        // Where there is no Puskesmas yet, the only one that is named can be mixed up with no other.
        if known.is_empty() && in_titles.len() == 1 {
            may_be_named.append(&mut in_titles);
        }
        let mut names: Vec<String> = all.into_values().collect();
        if names.is_empty() {
            names.extend(options.expected.clone());
        }
        let default = if names.len() == 1 { Ok(names.remove(0)) } else { Err(names) };
        Ok(Self { default, known, may_be_named })
    }

    /// Returns the owner of a workbook: one Puskesmas a workbook.
    pub(super) fn owner(&self, file: &str, recognised: &Recognised<'_>) -> Result<String, Refusal> {
        let file = base_name(file);
        if recognised.tables.is_empty() {
            let asked = recognised.issues.iter().find(|issue| issue.severity == Severity::Error);
            let why = |issue: &Issue| format!("{file}: lembar {}: {}", issue.sheet, issue.message);
            return Err(asked.map_or_else(|| nothing_known(file), why).into());
        }
        let of_district = recognised.tables.iter().filter(|table| table.table == Table::Clusters).count();
        if of_district == recognised.tables.len() {
            return Ok(DISTRICT.to_owned());
        }
        if of_district > 0 {
            return Err(format!(
                "{file}: daftar Cluster berlaku untuk banyak Puskesmas; simpan lembarnya sebagai buku kerja sendiri, lalu impor keduanya"
            )
            .into());
        }
        let mut named: BTreeMap<String, &str> = BTreeMap::new();
        for name in titles(recognised) {
            named.entry(puskesmas_key(name)).or_insert(name);
        }
        if named.len() > 1 {
            let all: Vec<&str> = named.into_values().collect();
            return Err(format!(
                "{file}: menyebut lebih dari satu Puskesmas ({}); pisahkan menjadi satu buku kerja untuk tiap Puskesmas",
                all.join(", ")
            )
            .into());
        }
        match named.pop_first() {
            None => self.default.clone().map_err(|known| Refusal::NoOwner { file: file.to_owned(), known }),
            Some((key, name)) if self.may_be_named.contains(&key) => Ok(name.to_owned()),
            Some((_, name)) => Err(self.is_new(file, name)),
        }
    }

    fn is_new(&self, file: &str, named: &str) -> Refusal {
        let mut known: Vec<String> = self.known.iter().take(NAMES_TOLD_MAX).cloned().collect();
        let more = self.known.len().saturating_sub(known.len());
        if more > 0 {
            known.push(format!("dan {more} lain"));
        }
        Refusal::NewPuskesmas { file: file.to_owned(), named: named.to_owned(), known }
    }
}

/// Names of Puskesmas in the titles of a workbook.
fn titles<'r>(recognised: &'r Recognised<'_>) -> impl Iterator<Item = &'r str> {
    let names = recognised.tables.iter().filter_map(|table| table.puskesmas.as_deref());
    names.filter(|name| !puskesmas_key(name).is_empty())
}

/// Said of a workbook without any table.
pub(super) fn nothing_known(file: &str) -> String {
    format!(
        "{}: tidak ada tabel yang dikenal; pastikan lembarnya tidak tersembunyi dan judul kolomnya seperti pada format rekap (misalnya No, Tanggal, Nama Jaringan/Jejaring)",
        base_name(file)
    )
}
