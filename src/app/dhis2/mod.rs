//! Counts of service indicators of one month as DHIS2 takes them (`dataValueSets`): mapped codes alone, what is reported
//! alone. What has no code is named; what is not reported is left out and never 0. Sends nothing anywhere.

pub mod mapping;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};

use serde::Serialize;
use utoipa::ToSchema;

use self::mapping::{CountPart, Dhis2Mapping, MAPPING_BYTES_MAX, MAPPING_FILE, Mapped};
use super::{App, AppError};
use crate::analytics::achievements;
use crate::domain::{Month, Period, PeriodKind};

/// A month in the form of DHIS2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataValueSet {
    /// Values by facility and indicator, in the order of facts.
    pub data_values: Vec<DataValue>,
}

/// Value of one data element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataValue {
    /// UID of the data element.
    pub data_element: String,
    /// Month in the form `yyyyMM`.
    pub period: String,
    /// UID of the organisation unit.
    pub org_unit: String,
    /// UID of the category option combination; left out: the element's default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_option_combo: Option<String>,
    /// The count, as it was reported.
    pub value: String,
}

/// An export with all that is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dhis2Export {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Month of the counts (`2023-05`).
    pub month: String,
    /// Set of values that DHIS2 takes.
    pub data_value_set: DataValueSet,
    /// Facilities and counts with values but without a code, in words.
    pub unmapped: Vec<String>,
    /// Counts of mapped facilities and indicators that nobody reported: they are not in the set.
    pub not_reported: Vec<String>,
}

/// Reason for which there is no export. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum Dhis2Error {
    /// No file with codes.
    #[error(
        "belum ada {MAPPING_FILE} di folder data; buat tabel dengan kolom jenis, nama, kode, kategori (lihat Bantuan, bagian Ekspor ke DHIS2)"
    )]
    NoMapping,
    /// A file that cannot be read.
    #[error("{MAPPING_FILE} tidak dapat dibaca: {0}")]
    Unreadable(String),
    /// Mistakes in the file, all of them.
    #[error("{MAPPING_FILE} keliru: {}", .0.join("; "))]
    Wrong(Vec<String>),
    /// Two facts would become one value of DHIS2.
    #[error(
        "{0} bertemu pada satu nilai DHIS2 (faskes, elemen, dan kategori yang sama); beri kode atau kategori yang berbeda"
    )]
    Twice(String),
    /// Any other failure of the app.
    #[error(transparent)]
    App(#[from] AppError),
}

impl App {
    /// Counts of a month of one Puskesmas, as its pages show them (of an approved period as approved). Blocking.
    pub fn dhis2_export(&self, puskesmas: &str, month: Month) -> Result<Dhis2Export, Dhis2Error> {
        let mapping = self.dhis2_mapping()?;
        let shown = self.shown_period(puskesmas, Period::containing(PeriodKind::Month, month))?;
        let facts = shown.snapshot.facts();
        let mut export = Dhis2Export {
            puskesmas: puskesmas.to_owned(),
            month: month.to_string(),
            data_value_set: DataValueSet { data_values: Vec::new() },
            unmapped: Vec::new(),
            not_reported: Vec::new(),
        };
        let mut unmapped = BTreeSet::new();
        let mut keys = BTreeSet::new();
        for (place, facility) in (0..).zip(&facts.facilities) {
            for (number, service) in (0..).zip(&facts.services) {
                if service.puskesmas != facility.puskesmas {
                    continue;
                }
                let row = achievements(facts, place, number, month, month).pop();
                for part in CountPart::ALL {
                    let reported = row.as_ref().filter(|row| row.numerator.is_some());
                    let value = reported.and_then(|row| match part {
                        CountPart::Numerator => row.numerator,
                        CountPart::Denominator => row.denominator,
                    });
                    let of_facility = mapping.facility(&facility.name);
                    let of_count = mapping.count(&service.code, part);
                    let words = format!("{}, {} {}", facility.name, part.word(), service.code);
                    match (of_facility, of_count, value) {
                        (Some(Mapped::Left), _, _) | (_, Some(Mapped::Left), _) => {}
                        (Some(Mapped::Sent(unit)), Some(Mapped::Sent(code)), Some(value)) => {
                            let value = DataValue {
                                data_element: code.element.clone(),
                                period: format!("{:04}{:02}", month.year(), month.month()),
                                org_unit: unit.clone(),
                                category_option_combo: code.category.clone(),
                                value: value.to_string(),
                            };
                            let key = (value.org_unit.clone(), code.element.clone(), code.category.clone());
                            if !keys.insert(key) {
                                return Err(Dhis2Error::Twice(words));
                            }
                            export.data_value_set.data_values.push(value);
                        }
                        (Some(_), Some(_), None) => export.not_reported.push(words),
                        (None, _, Some(_)) => {
                            unmapped.insert(format!("faskes {}", facility.name));
                            if of_count.is_none() {
                                unmapped.insert(format!("{} {}", part.word(), service.code));
                            }
                        }
                        (Some(_), None, Some(_)) => {
                            unmapped.insert(format!("{} {}", part.word(), service.code));
                        }
                        (_, _, None) => {}
                    }
                }
            }
        }
        export.unmapped = unmapped.into_iter().collect();
        Ok(export)
    }

    /// The codes of the data folder.
    fn dhis2_mapping(&self) -> Result<Dhis2Mapping, Dhis2Error> {
        let unreadable = |error: io::Error| Dhis2Error::Unreadable(crate::disk::why(&error));
        let file = match File::open(self.data().join(MAPPING_FILE)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Dhis2Error::NoMapping),
            Err(error) => return Err(unreadable(error)),
        };
        let mut bytes = Vec::new();
        file.take(MAPPING_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() > MAPPING_BYTES_MAX {
            let most = MAPPING_BYTES_MAX >> 20;
            return Err(Dhis2Error::Unreadable(format!("lebih dari {most} MB; hapus baris yang tidak dipakai")));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_error| Dhis2Error::Unreadable("bukan UTF-8; di Excel simpan sebagai CSV UTF-8".to_owned()))?;
        Dhis2Mapping::read(&text).map_err(Dhis2Error::Wrong)
    }
}

impl DataValueSet {
    /// The file that DHIS2 imports: JSON with `dataValues`.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
