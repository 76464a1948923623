//! Files as operating systems treat them: opening one alone, giving a finished one its name, and saying in the users'
//! words why one cannot be had. Windows neither replaces nor removes a file that another program has open, and a virus
//! scanner holds new files for a moment. Knows no folder of Simpul and nothing of what files hold.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// Tries before a file counts as held.
const TRIES: u32 = 8;
/// Time between two tries to rename a file that another program holds open.
const PAUSE: Duration = Duration::from_millis(60);
/// Windows' error codes for a file that another program has open: the whole of it, or a part.
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;
/// Windows' error code for a name with `* ? : " < > |` in it.
const INVALID_NAME: i32 = 123;

/// Reports whether another program has the file open in a way that keeps this one from it. On Unix none can.
pub fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && error.raw_os_error().is_some_and(means_held)
}

fn means_held(code: i32) -> bool {
    [SHARING_VIOLATION, LOCK_VIOLATION].contains(&code)
}

/// Why a file or folder cannot be read or written, and what to do: the end of a sentence, without its period.
pub fn why(error: &io::Error) -> String {
    let known = error.raw_os_error().filter(|_| cfg!(windows)).and_then(why_on_windows);
    known.or_else(|| why_anywhere(error.kind())).map_or_else(|| error.to_string(), ToOwned::to_owned)
}

fn why_anywhere(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "tidak ada; periksa nama dan foldernya",
        ErrorKind::PermissionDenied => {
            "tidak diizinkan; tutup dahulu bila masih terbuka di Excel, Word, atau program lain, atau periksa izinnya"
        }
        ErrorKind::IsADirectory => "itu folder; sebutkan berkas-berkas di dalamnya",
        ErrorKind::StorageFull => "disk penuh; kosongkan sebagian, lalu ulangi",
        ErrorKind::ReadOnlyFilesystem => "tempat itu hanya dapat dibaca; pilih tempat lain",
        _ => return None,
    })
}

/// Explains Windows' error codes that the standard library has no [`ErrorKind`] for; `None` for any other.
fn why_on_windows(code: i32) -> Option<&'static str> {
    if means_held(code) {
        return Some("sedang dibuka di Excel, Word, atau program lain; tutup di sana, lalu ulangi");
    }
    (code == INVALID_NAME).then_some("nama itu tidak dapat dipakai di Windows; hindari tanda * ? : \" < > |")
}

/// Opens a file to read and, where the system can promise that (Windows), alone: while it is open in Excel it could be
/// read there, but neither moved nor removed.
pub fn open_alone(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 0);
    patiently(is_held, || options.open(path))
}

/// Lets only the owner read and write a file, which is made where it is not there; systems without such rights leave it as
/// it is. An existing file is not opened: closing it again would let go of the locks that a database holds.
pub fn keep_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::fs::Permissions;
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        /// Read and write for the owner alone.
        const OWNER_ONLY: u32 = 0o600;
        match File::options().write(true).create_new(true).mode(OWNER_ONLY).open(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                fs::set_permissions(path, Permissions::from_mode(OWNER_ONLY))
            }
            made => made.map(drop),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Ok(())
    }
}

/// Bytes that are free for this program where a file or folder lies.
pub fn available_bytes(path: &Path) -> io::Result<u64> {
    fs4::available_space(path)
}

/// Gives a file or folder that is finished its name, in the place of what has that name.
pub fn give_name(passing: &Path, name: &Path) -> io::Result<()> {
    // A file that a scanner looks at is refused in either word.
    let may_pass = |error: &io::Error| is_held(error) || cfg!(windows) && error.kind() == ErrorKind::PermissionDenied;
    patiently(may_pass, || fs::rename(passing, name))
}

/// Tries again for about half a second what `may_pass`.
fn patiently<T>(may_pass: impl Fn(&io::Error) -> bool, mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 1..TRIES {
        match act() {
            Err(error) if may_pass(&error) => thread::sleep(PAUSE),
            done => return done,
        }
    }
    act()
}

/// Reports whether a file is hidden: by its name (Unix), or by an attribute (Windows, which hides its own files so).
pub fn is_hidden(name: &str, metadata: &Metadata) -> bool {
    name.starts_with('.') || is_marked_hidden(metadata)
}

#[cfg(windows)]
fn is_marked_hidden(metadata: &Metadata) -> bool {
    /// `FILE_ATTRIBUTE_HIDDEN` and `FILE_ATTRIBUTE_SYSTEM`.
    const HIDDEN_OR_SYSTEM: u32 = 0x2 | 0x4;
    std::os::windows::fs::MetadataExt::file_attributes(metadata) & HIDDEN_OR_SYSTEM != 0
}

#[cfg(not(windows))]
fn is_marked_hidden(_metadata: &Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_tried_again_and_nothing_else_is() {
        let try_with = |first: ErrorKind, fails: u32| {
            let mut tries = 0;
            let done = patiently(
                |error| error.kind() == ErrorKind::ResourceBusy,
                || {
                    tries += 1;
                    if tries <= fails { Err(io::Error::from(first)) } else { Ok(tries) }
                },
            );
            (done.map_err(|error| error.kind()), tries)
        };
        assert_eq!(try_with(ErrorKind::ResourceBusy, 3), (Ok(4), 4));
        assert_eq!(try_with(ErrorKind::ResourceBusy, 99), (Err(ErrorKind::ResourceBusy), TRIES));
        assert_eq!(try_with(ErrorKind::NotFound, 99), (Err(ErrorKind::NotFound), 1));
    }

    #[test]
    fn reasons_are_told_in_the_users_words() {
        assert!(why(&io::Error::from(ErrorKind::PermissionDenied)).contains("Excel"));
        assert!(why_on_windows(SHARING_VIOLATION).is_some_and(|why| why.contains("tutup")));
        assert!(why_on_windows(INVALID_NAME).is_some_and(|why| why.contains('?')));
        assert_eq!(why_on_windows(2), None);
        assert_eq!(why(&io::Error::other("rusak")), "rusak");
        // The same numbers mean other things elsewhere.
        assert_eq!(is_held(&io::Error::from_raw_os_error(SHARING_VIOLATION)), cfg!(windows));
    }

    #[test]
    fn a_name_is_given_in_the_place_of_what_had_it() {
        let folder = tempfile::tempdir().unwrap();
        let passing = folder.path().join("a.sementara");
        let name = folder.path().join("a");
        fs::write(&name, "lama").unwrap();
        fs::write(&passing, "baru").unwrap();
        give_name(&passing, &name).unwrap();
        assert_eq!(fs::read_to_string(&name).unwrap(), "baru");
        assert!(!passing.exists());
        assert_eq!(give_name(&passing, &name).unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[test]
    fn hidden_files_are_known_by_their_name() {
        let folder = tempfile::tempdir().unwrap();
        let metadata = fs::metadata(folder.path()).unwrap();
        assert!(is_hidden(".simpan", &metadata) && !is_hidden("rekap.xlsx", &metadata));
    }

    /// What Excel does to a workbook, and Word to a paper.
    #[cfg(windows)]
    #[test]
    fn a_file_that_is_open_elsewhere_is_held() {
        use std::os::windows::fs::OpenOptionsExt;
        const FILE_SHARE_READ: u32 = 1;
        let folder = tempfile::tempdir().unwrap();
        let passing = folder.path().join("a.sementara");
        let name = folder.path().join("a");
        fs::write(&name, "lama").unwrap();
        fs::write(&passing, "baru").unwrap();
        let open = File::options().read(true).write(true).share_mode(FILE_SHARE_READ).open(&name).unwrap();
        assert!(is_held(&open_alone(&name).unwrap_err()));
        assert!(is_held(&fs::remove_file(&name).unwrap_err()));
        let refused = give_name(&passing, &name).unwrap_err();
        assert!(why(&refused).contains("tutup"), "{refused}");
        drop(open);
        drop(open_alone(&name).unwrap());
        give_name(&passing, &name).unwrap();
        assert_eq!(fs::read_to_string(&name).unwrap(), "baru");
    }
}
