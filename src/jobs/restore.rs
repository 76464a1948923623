//! The way back from a backup: refuses to put an older state in the place of a newer one unasked, and keeps what it
//! replaces.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::JobError;
use super::back_up::FOLDER;
use super::lock::Lock;
use super::own_files;
use crate::app::DATABASE;
use crate::disk::{give_name, keep_private};
use crate::store::{By, Holdings, PutBack, Store, examine_copy};

/// Outcome of putting a backup back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Counts of the database as it is now.
    pub holdings: Holdings,
    /// Path of the state before it; `None` where there was none.
    pub former: Option<PathBuf>,
    /// There are accounts in it: nobody is logged in, and no token of the API is good.
    pub has_accounts: bool,
    /// Own definition files that were put back.
    pub definitions: usize,
}

/// Puts the copy at `file` into the data folder. `overwrite`: even where the folder holds what the copy does not.
pub fn restore(data: &Path, file: &Path, overwrite: bool, by: By<'_>) -> Result<Restored, JobError> {
    let refused = |text: String| Err(JobError::Refused(text));
    if let Err(error) = examine_copy(file) {
        return refused(format!("cadangan `{}` tidak dapat dipakai: {error}", file.display()));
    }
    fs::create_dir_all(data)?;
    let Some(_service) = Lock::service(data)? else {
        return refused(
            "layanan sedang berjalan pada folder data ini; hentikan dahulu (Ctrl+C), lalu ulangi".to_owned(),
        );
    };
    let differing = own_files::differing(data, file)?;
    if !differing.is_empty() && !overwrite {
        return refused(format!(
            "berkas definisi ini sudah diubah sejak cadangan dibuat: {}; tambahkan --overwrite bila memang harus diganti",
            differing.join(", ")
        ));
    }
    let (holdings, former) = put_back(data, file, overwrite, by)?;
    if !differing.is_empty() {
        // What is replaced is kept, as the database is.
        let aside = data.join(FOLDER);
        fs::create_dir_all(&aside)?;
        let stamp = by.at.format("%Y%m%d-%H%M%S");
        own_files::keep(data, former.as_deref().unwrap_or(&aside.join(format!("sebelum-pulih-{stamp}.db"))))?;
    }
    let definitions = own_files::put_back(data, file)?;
    let has_accounts = Store::open(&data.join(DATABASE))?.account_book().has_accounts()?;
    Ok(Restored { holdings, former, has_accounts, definitions })
}

/// The database alone: what it holds now, and where the former state is kept.
fn put_back(data: &Path, file: &Path, overwrite: bool, by: By<'_>) -> Result<(Holdings, Option<PathBuf>), JobError> {
    let refused = |text: String| Err(JobError::Refused(text));
    let copy = examine_copy(file)?;
    let database = data.join(DATABASE);
    if !database.exists() {
        return Ok((Store::restore_from(PutBack { file, former: None }, &database, by)?, None));
    }
    let aside = data.join(FOLDER);
    fs::create_dir_all(&aside)?;
    let stamp = free_stamp(&aside, by.at)?;
    match Store::open(&database).and_then(|store| Ok((store.holdings()?, store))) {
        Ok((held, store)) => {
            if is_newer(&held, &copy) && !overwrite {
                return refused(newer_text(&held, &copy));
            }
            let former = aside.join(format!("sebelum-pulih-{stamp}.db"));
            drop(keep_private(&former));
            store.copy_to(&former)?;
            drop(store);
            let put_back = PutBack { file, former: Some(&former) };
            Ok((Store::restore_from(put_back, &database, by)?, Some(former)))
        }
        Err(error) => {
            // Nobody can say what a database holds that cannot be read: it is put aside, never thrown away.
            if !overwrite {
                return refused(format!(
                    "basis data sekarang tidak terbaca ({error}); tambahkan --overwrite untuk menyisihkannya ke {FOLDER}/ dan memulihkan cadangan"
                ));
            }
            let former = aside.join(format!("rusak-{stamp}.db"));
            for ending in ["", "-wal", "-shm"] {
                let from = data.join(format!("{DATABASE}{ending}"));
                if from.exists() {
                    give_name(&from, &aside.join(format!("rusak-{stamp}.db{ending}")))?;
                }
            }
            Ok((Store::restore_from(PutBack { file, former: None }, &database, by)?, Some(former)))
        }
    }
}

/// The second of `now`, and a number where that second is taken: what is kept aside is never overwritten.
fn free_stamp(aside: &Path, now: DateTime<Utc>) -> std::io::Result<String> {
    let second = now.format("%Y%m%d-%H%M%S").to_string();
    let taken: Vec<String> = fs::read_dir(aside)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<std::io::Result<_>>()?;
    let mut stamp = second.clone();
    let mut number = 1;
    while taken.iter().any(|name| name.contains(&format!("-{stamp}.db"))) {
        number += 1;
        stamp = format!("{second}-{number}");
    }
    Ok(stamp)
}

/// Reports whether the folder holds something that the copy does not know.
fn is_newer(held: &Holdings, copy: &Holdings) -> bool {
    held.version > copy.version
        || held.last_change > copy.last_change
        || held.rows.iter().zip(&copy.rows).any(|((_, held), (_, copy))| held > copy)
}

fn newer_text(held: &Holdings, copy: &Holdings) -> String {
    let more = held.rows_of("batches").saturating_sub(copy.rows_of("batches"));
    let said = |at: Option<DateTime<Utc>>| {
        at.map_or_else(
            || "belum ada".to_owned(),
            |at| at.with_timezone(&chrono::Local).format("%d-%m-%Y %H.%M").to_string(),
        )
    };
    format!(
        "folder data ini lebih baru daripada cadangan: {more} impor belum ada di cadangan (perubahan terakhir {}, di cadangan {}); tambahkan --overwrite bila memang harus diganti",
        said(held.last_change),
        said(copy.last_change)
    )
}
