//! `restore`: one backup in the place of the database.

use std::path::Path;
use std::process::ExitCode;

use crate::clock::Clock;
use crate::jobs::restore;
use crate::store::By;

use super::args::RestoreArgs;
use super::print;

/// Puts the backup back; refuses where the folder holds what it does not, unless told otherwise.
pub fn run(data: &Path, args: &RestoreArgs) -> anyhow::Result<ExitCode> {
    let restored = restore(data, &args.file, args.overwrite, By::command_line(&super::account(), Clock::System.now()))?;
    print(format_args!(
        "Dipulihkan dari {}: {} impor, {} berkas asli.",
        args.file.display(),
        restored.holdings.rows_of("batches"),
        restored.holdings.rows_of("originals")
    ))?;
    if restored.definitions > 0 {
        print(format_args!("Berkas definisi (tugas otomatis, dasbor, surat) dikembalikan: {}.", restored.definitions))?;
    }
    if restored.has_accounts {
        print(
            "Akun, peran dan kata sandi kembali seperti saat cadangan dibuat; semua orang masuk lagi, dan token API dibuat lagi. Periksa: user list",
        )?;
    }
    if let Some(former) = restored.former {
        print(format_args!("Keadaan sebelumnya disimpan di {}.", former.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}
