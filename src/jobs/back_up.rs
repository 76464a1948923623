//! The job that copies the database (with the original workbooks in it) into `cadangan/`, the own definition files
//! beside it, checks the copy, and keeps the last copies of some days and months. Knows nothing of when it runs.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use chrono::{Datelike, NaiveDateTime};
use sha2::{Digest, Sha256};

use super::JobError;
use super::context::{Point, RunContext};
use super::outgoing::passing_name;
use super::own_files;
use crate::disk::give_name;
use crate::domain::format;
use crate::store::examine_copy;

/// Folder of the copies.
pub const FOLDER: &str = "cadangan";
const PREFIX: &str = "simpul-";
const ENDING: &str = ".db";
const STAMP: &str = "%Y%m%d-%H%M%S";

/// Copies, checks, gives the copy its name, and takes old ones away. Says what happened.
pub fn run(context: &RunContext<'_>, daily: u32, monthly: u32) -> Result<String, JobError> {
    let folder = context.folder(FOLDER)?;
    sweep(&folder)?;
    let local = context.run().due.with_timezone(&context.job().schedule.zone()).naive_local();
    let path = folder.join(name_of(local));
    if !path.exists() {
        copy(context, &path)?;
    }
    // A try that was cut off after the copy had its name is checked again all the same.
    let held = examine_copy(&path)?;
    let definitions = own_files::keep(context.app().data(), &path)?;
    let (size, hash) = hash_file(&path)?;
    context.artefact_known(&path, size, hash);
    let number = |table| usize::try_from(held.rows_of(table)).unwrap_or(usize::MAX);
    context.count("impor dalam salinan", number("batches"));
    context.count("berkas asli dalam salinan", number("originals"));
    context.count("berkas definisi dalam salinan", definitions);
    let gone = prune(&folder, daily, monthly)?;
    context.count("salinan lama dihapus", gone.len());
    for name in &gone {
        context.log(&format!("salinan lama dihapus: {name}"))?;
    }
    Ok(format!(
        "disalin dan diperiksa: {} impor, {} berkas asli, {} KB; {} salinan lama dihapus",
        held.rows_of("batches"),
        held.rows_of("originals"),
        format::count(bytes_shown(size)),
        gone.len()
    ))
}

/// Kilobytes, rounded up, for people.
fn bytes_shown(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes.div_ceil(1_000)).unwrap_or(u32::MAX))
}

/// A copy that holds what the database held, under a passing name until it is checked.
fn copy(context: &RunContext<'_>, path: &Path) -> Result<(), JobError> {
    let passing = passing_name(path);
    context.progress("menyalin", 0, 2);
    context.at(Point::Copying)?;
    let copied = context.app().back_up_to(&passing);
    context.at(Point::Copied)?;
    let held = copied?;
    context.check()?;
    context.progress("memeriksa salinan", 1, 2);
    let found = examine_copy(&passing)?;
    if found != held {
        return Err(JobError::Unsound(format!("salinan berisi {found:?}, seharusnya {held:?}")));
    }
    File::options().read(true).write(true).open(&passing)?.sync_all()?;
    give_name(&passing, path)?;
    context.at(Point::CopyNamed)
}

/// Takes away what a try that was cut off left under a passing name.
fn sweep(folder: &Path) -> io::Result<()> {
    let mark = passing_name(Path::new(PREFIX)).to_string_lossy().into_owned();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&mark) {
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}

fn name_of(local: NaiveDateTime) -> String {
    format!("{PREFIX}{}{ENDING}", local.format(STAMP))
}

/// Due time of a copy, read from its name; `None` where the name is not ours.
fn time_of(name: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(name.strip_prefix(PREFIX)?.strip_suffix(ENDING)?, STAMP).ok()
}

fn prune(folder: &Path, daily: u32, monthly: u32) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    let gone = to_go(names, daily, monthly);
    for name in &gone {
        let definitions = own_files::beside(&folder.join(name));
        if definitions.is_dir() {
            fs::remove_dir_all(definitions)?;
        }
        fs::remove_file(folder.join(name))?;
    }
    Ok(gone)
}

/// The copies that neither the last days nor the last months need, in order; names that are not ours are left alone.
fn to_go(names: Vec<String>, daily: u32, monthly: u32) -> Vec<String> {
    let mut copies: Vec<(NaiveDateTime, String)> =
        names.into_iter().filter_map(|name| time_of(&name).map(|time| (time, name))).collect();
    copies.sort();
    let mut days = BTreeSet::new();
    let mut months = BTreeSet::new();
    let count = |limit: u32| usize::try_from(limit).unwrap_or(usize::MAX);
    let mut gone = Vec::new();
    for (time, name) in copies.into_iter().rev() {
        let is_last_of_day = days.len() < count(daily) && days.insert(time.date());
        let month = (time.year(), time.month());
        let is_last_of_month = months.len() < count(monthly) && months.insert(month);
        if !is_last_of_day && !is_last_of_month {
            gone.push(name);
        }
    }
    gone.reverse();
    gone
}

/// Size and hash, read in pieces.
fn hash_file(path: &Path) -> io::Result<(u64, String)> {
    let mut digest = Sha256::new();
    let mut file = File::open(path)?;
    let mut piece = vec![0; 1 << 16];
    let mut size = 0;
    loop {
        let read = io::Read::read(&mut file, &mut piece)?;
        if read == 0 {
            break;
        }
        size += u64::try_from(read).unwrap_or(0);
        digest.update(&piece[..read]);
    }
    Ok((size, hex(&digest.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;

    #[test]
    fn the_last_copy_of_seven_days_and_twelve_months_stays() {
        let start = "2025-01-01T12:30:00".parse::<NaiveDateTime>().unwrap();
        let mut held: Vec<String> = Vec::new();
        for day in 0..420 {
            for minute in [0, 10] {
                held.push(name_of(start + Days::new(day) + chrono::Duration::minutes(minute)));
                let gone = to_go(held.clone(), 7, 12);
                held.retain(|name| !gone.contains(name));
            }
        }
        // 24 February 2026 is the last day: seven days, and the ends of eleven months before February.
        assert_eq!(held.len(), 7 + 11);
        assert_eq!(held[0], "simpul-20250331-124000.db");
        assert_eq!(held[17], "simpul-20260224-124000.db");
    }

    #[test]
    fn files_that_are_not_ours_are_left_alone() {
        let names = ["catatan.txt", "simpul-lama.db", "simpul-20250101-000000.db.zip", "sebelum-pulih.db"];
        assert!(to_go(names.map(str::to_owned).to_vec(), 1, 0).is_empty());
        let ours = ["simpul-20250101-000000.db", "simpul-20250102-000000.db"].map(str::to_owned).to_vec();
        assert_eq!(to_go(ours, 1, 0), ["simpul-20250101-000000.db"]);
    }
}
