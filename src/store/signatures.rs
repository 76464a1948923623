//! Who signed the workbooks: kept with each batch, read back as the latest holder of each office.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::codec::{Columns, cell, cell_number, day, month, word};
use super::{BatchId, Store, StoreError};
use crate::domain::{Month, Signature, SignatureRole};

/// A signature with the file that brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSignature {
    /// Name, office and date as the workbook says them.
    pub signature: Signature,
    /// Name of the imported file.
    pub file: String,
}

/// A signature's own date decides its order only this near to the months of its sheet: a slip of the year must
/// not hold for ever.
const DATE_MONTHS_MAX: i32 = 24;

impl Store {
    /// The latest signature of each office of a Puskesmas, by office: of batches that were not undone the one
    /// with the latest date (without a date: month of its sheet), then the one accepted last.
    pub fn signatures(&self, puskesmas: &str) -> Result<Vec<KeptSignature>, StoreError> {
        self.read(|connection| {
            let Some(puskesmas) = connection.puskesmas_id(puskesmas)? else { return Ok(Vec::new()) };
            let mut latest: BTreeMap<(SignatureRole, String), (Rank, KeptSignature)> = BTreeMap::new();
            for (rank, kept) in live(connection, puskesmas)? {
                let office = kept.signature.office();
                if latest.get(&office).is_none_or(|(held, _)| *held <= rank) {
                    latest.insert(office, (rank, kept));
                }
            }
            Ok(latest.into_values().map(|(_, kept)| kept).collect())
        })
    }
}

/// Month, order of acceptance, place in the batch.
type Rank = (Option<Month>, i64, i64);

fn live(connection: &Connection, puskesmas: i64) -> Result<Vec<(Rank, KeptSignature)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT s.sheet, s.cell, s.role, s.acting, s.title, s.name, s.nip, s.town, s.signed_on, s.place, b.sequence, b.file_name, \
         (SELECT MAX(r.first_month) FROM recaps r WHERE r.batch_id = b.id AND r.sheet = s.sheet) \
         FROM signatures s JOIN batches b ON b.id = s.batch_id \
         WHERE b.puskesmas_id = $1 AND b.undone_at IS NULL ORDER BY b.id, s.place",
    )?;
    let mut rows = statement.query([puskesmas])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let signature = Signature {
            sheet: columns.get()?,
            cell: cell(columns.get()?)?,
            role: word(&columns.get::<String>()?, SignatureRole::from_code)?,
            is_acting: columns.get::<i64>()? != 0,
            title: columns.get()?,
            name: columns.get()?,
            nip: columns.get()?,
            place: columns.get()?,
            date: columns.date_or_blank()?,
        };
        let place = columns.get()?;
        let sequence = columns.get()?;
        let file = columns.get()?;
        let of_sheet = columns.get::<Option<i64>>()?.map(month).transpose()?;
        let signed = signature.date.map(Month::from_date);
        let is_near = |(signed, sheet): (Month, Month)| (signed.number() - sheet.number()).abs() <= DATE_MONTHS_MAX;
        let month = signed.filter(|signed| of_sheet.is_none_or(|sheet| is_near((*signed, sheet)))).or(of_sheet);
        found.push(((month, sequence, place), KeptSignature { signature, file }));
    }
    Ok(found)
}

/// Keeps the signatures of a batch.
pub(super) fn keep(connection: &Connection, batch: BatchId, signatures: &[Signature]) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO signatures (batch_id, place, sheet, cell, role, acting, title, name, nip, town, signed_on) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )?;
    for (place, signature) in (0_i64..).zip(signatures) {
        statement.execute((
            batch,
            place,
            &signature.sheet,
            cell_number(signature.cell),
            signature.role.code(),
            i64::from(signature.is_acting),
            &signature.title,
            &signature.name,
            &signature.nip,
            &signature.place,
            signature.date.map(day),
        ))?;
    }
    Ok(())
}
