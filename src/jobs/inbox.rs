//! The watched folder `masuk/` and the folders (one a Puskesmas) below it: which files are whole and may be taken, and
//! where each of them ends: `selesai/` or `ditolak/`, never lost, never twice. Knows nothing of workbooks.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::JobError;
use super::context::{Hook, Point};
use super::outgoing::write_whole;
use crate::disk;
use crate::domain::name::is_device;

/// Folder in which files end that were imported or known already.
pub const DONE: &str = "selesai";
/// Folder in which files end that could not be imported.
pub const REFUSED: &str = "ditolak";
/// A file that changed less than this long ago may still be half-written.
const QUIET_FOR: Duration = Duration::from_secs(5);
/// Somebody who asks for a run waits until sizes stand still for so long …
pub const STILL_FOR: Duration = Duration::from_secs(2);
/// … and so long at most: what still grows then is named and left.
const STILL_WAIT_MAX: Duration = Duration::from_secs(20);
/// A workbook without its end is waited for so long.
const UNFINISHED_FOR: Duration = Duration::from_hours(1);
/// A file this young is looked at twice.
const RECENT: Duration = Duration::from_mins(10);
/// Puskesmas folders looked into.
const FOLDERS_MAX: usize = 1_000;
/// Tries for a free name before giving up.
const NAME_TRIES_MAX: u32 = 10_000;
/// Characters of a name that are kept.
const NAME_CHARS_MAX: usize = 120;
/// Files that the Windows Explorer leaves in folders, hidden there but not on a shared disk.
const OF_THE_EXPLORER: [&str; 2] = ["desktop.ini", "thumbs.db"];

/// Outcome of a file that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InboxOutcome {
    /// Imported, or known already.
    Done,
    /// It is not readable as a workbook of ours.
    Refused,
}

/// A file that lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Path of the file as it lies there.
    pub path: PathBuf,
    /// Name of the file, without folders.
    pub name: String,
    /// Name of the folder below the watched one; `None` where it lies in the watched one itself.
    pub puskesmas: Option<String>,
    size: u64,
    modified: SystemTime,
}

/// Files that lie in the watched folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lying {
    /// Files that may be taken, by folder and name.
    pub waiting: Vec<Waiting>,
    /// Names of files that came or changed moments ago, in order: they are taken by a later run.
    pub fresh: Vec<String>,
}

/// Content with which a taken file ends.
#[derive(Clone, Copy, Debug)]
pub enum InboxContent<'c> {
    /// The file as it came.
    AsItCame(&'c [u8]),
    /// A copy without personal data, under a name of its own format; what came is removed.
    Cleared {
        /// Name of the copy.
        name: &'c str,
        /// Content of the copy.
        bytes: &'c [u8],
    },
}

impl<'c> InboxContent<'c> {
    fn bytes(self) -> &'c [u8] {
        match self {
            Self::AsItCame(bytes) | Self::Cleared { bytes, .. } => bytes,
        }
    }

    fn name(self, came: &'c str) -> &'c str {
        match self {
            Self::AsItCame(_) => came,
            Self::Cleared { name, .. } => name,
        }
    }
}

/// Note and marked copy that are put beside a file where it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Companions {
    /// A note for people; blank where there is nothing to say.
    pub note: String,
    /// The ending of its name (`.bertanda.xlsx`) and a copy with the wrong cells marked.
    pub marked: Option<(String, Vec<u8>)>,
}

/// Place of a file after it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedFile {
    /// All that stands in the new place, the file first.
    pub written: Vec<PathBuf>,
    /// True if the file is gone from the watched folder; not where another program has opened it since. The next run
    /// then knows its bytes and moves it.
    pub is_moved: bool,
}

/// The watched folder of one data folder.
#[derive(Clone, Debug)]
pub struct Inbox {
    data: PathBuf,
    incoming: PathBuf,
}

impl Inbox {
    /// The folders below `data`, made where absent.
    pub fn open(data: &Path, folder: &str) -> io::Result<Self> {
        let inbox = Self { data: data.to_owned(), incoming: data.join(folder) };
        for folder in [&inbox.incoming, &data.join(DONE), &data.join(REFUSED)] {
            fs::create_dir_all(folder)?;
        }
        Ok(inbox)
    }

    /// Files that lie there: those that have been left alone for some seconds before `now`, and the names of the
    /// others. Owner files of open workbooks (`~$…`), hidden files, what the Explorer leaves there, and links are
    /// passed over.
    pub fn lying(&self, now: SystemTime) -> io::Result<Lying> {
        self.looked(|modified| age(modified, now) < QUIET_FOR)
    }

    /// Files that lie there for somebody who stands by: those that came moments ago are waited for until their sizes
    /// stand still, a short while at most; `pause` sleeps between two looks, and ends the wait by its error.
    pub fn lying_still(
        &self,
        now: SystemTime,
        pause: &mut dyn FnMut(Duration) -> Result<(), JobError>,
    ) -> Result<Lying, JobError> {
        let lying = self.lying(now)?;
        if lying.fresh.is_empty() {
            return Ok(lying);
        }
        let mut before = self.looked(|_| false)?;
        let mut waited = Duration::ZERO;
        loop {
            pause(STILL_FOR)?;
            waited += STILL_FOR;
            let after = self.looked(|_| false)?;
            if after == before || waited >= STILL_WAIT_MAX {
                let (still, moving) = after.waiting.into_iter().partition(|file| before.waiting.contains(file));
                let mut fresh: Vec<String> = Vec::<Waiting>::into_iter(moving).map(|file| file.name).collect();
                fresh.sort();
                return Ok(Lying { waiting: still, fresh });
            }
            before = after;
        }
    }

    fn looked(&self, is_fresh: impl Fn(SystemTime) -> bool) -> io::Result<Lying> {
        let mut lying = Lying::default();
        list(&self.incoming, None, &is_fresh, &mut lying)?;
        let mut folders = Vec::new();
        for entry in fs::read_dir(&self.incoming)?.take(FOLDERS_MAX) {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() && !name.starts_with('.') {
                folders.push((name, entry.path()));
            }
        }
        for (name, path) in folders {
            list(&path, Some(&name), &is_fresh, &mut lying)?;
        }
        lying.waiting.sort_by(|one, other| (&one.puskesmas, &one.name).cmp(&(&other.puskesmas, &other.name)));
        lying.fresh.sort();
        Ok(lying)
    }

    /// Moves a taken file to where it ends, with what lies beside it.
    ///
    /// Cut off anywhere, a second call ends the same: what stands there with the same bytes is the same file.
    pub fn settle(
        &self,
        file: &Waiting,
        content: InboxContent<'_>,
        outcome: InboxOutcome,
        beside: &Companions,
        hook: &Hook,
    ) -> Result<MovedFile, JobError> {
        let mut folder = self.data.join(if outcome == InboxOutcome::Done { DONE } else { REFUSED });
        if let Some(puskesmas) = &file.puskesmas {
            folder = folder.join(plain_name(puskesmas));
            fs::create_dir_all(&folder)?;
        }
        let name = content.name(&file.name);
        let place = Destination::find(&folder, &plain_name(name), content.bytes())?;
        let mut written = vec![place.path.clone()];
        if !beside.note.is_empty() {
            hook.at(Point::WritingNote)?;
            let note = beside_name(&place.path, ".catatan.txt");
            write_whole(&note, beside.note.as_bytes())?;
            written.push(note);
        }
        if let Some((ending, marked)) = &beside.marked {
            let copy = beside_name(&place.path, ending);
            write_whole(&copy, marked)?;
            written.push(copy);
        }
        if !place.is_there {
            // A link fails where the name is taken meanwhile; a rename would put one file over the other.
            let is_other = matches!(content, InboxContent::Cleared { .. });
            if is_other || fs::hard_link(&file.path, &place.path).is_err() {
                copy_new(&place.path, content.bytes())?;
            }
        }
        hook.at(Point::FileLinked)?;
        match fs::remove_file(&file.path) {
            Err(error) if disk::is_held(&error) => return Ok(MovedFile { written, is_moved: false }),
            removed => removed?,
        }
        hook.at(Point::FileMoved)?;
        Ok(MovedFile { written, is_moved: true })
    }
}

impl Waiting {
    /// The same look at the file again: whether it is as it was.
    pub fn is_unchanged(&self) -> bool {
        fs::symlink_metadata(&self.path)
            .and_then(|metadata| Ok((metadata.len(), metadata.modified()?)))
            .is_ok_and(|seen| seen == (self.size, self.modified))
    }

    /// Reports whether `bytes` may be a workbook that is still being copied: an archive without its end, not old yet.
    pub fn is_unfinished(&self, bytes: &[u8], now: SystemTime) -> bool {
        let is_cut = bytes.is_empty() || bytes.starts_with(b"PK\x03\x04") && !has_archive_end(bytes);
        is_cut && age(self.modified, now) < UNFINISHED_FOR
    }

    /// Reports whether it came so lately that it is worth another look before it is taken.
    pub fn is_recent(&self, now: SystemTime) -> bool {
        age(self.modified, now) < RECENT
    }

    /// Size in bytes when it was looked at.
    pub fn size(&self) -> u64 {
        self.size
    }
}

/// The record at an archive's end, within the room that its comment may take.
fn has_archive_end(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    tail.windows(4).any(|window| window == b"PK\x05\x06")
}

/// Between two instants, whichever is first: a clock that was set back must not make a file wait for ever.
fn age(one: SystemTime, other: SystemTime) -> Duration {
    other.duration_since(one).unwrap_or_else(|ahead| ahead.duration())
}

fn list(
    folder: &Path,
    puskesmas: Option<&str>,
    is_fresh: &dyn Fn(SystemTime) -> bool,
    lying: &mut Lying,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((metadata, modified)) = seen(&entry.path()) else { continue };
        let is_of_others = name.starts_with("~$")
            || OF_THE_EXPLORER.contains(&name.to_lowercase().as_str())
            || disk::is_hidden(&name, &metadata);
        if !metadata.is_file() || is_of_others {
            continue;
        }
        if is_fresh(modified) {
            lying.fresh.push(name);
            continue;
        }
        let path = entry.path();
        let puskesmas = puskesmas.map(ToOwned::to_owned);
        lying.waiting.push(Waiting { path, name, puskesmas, size: metadata.len(), modified });
    }
    Ok(())
}

/// Without following links; `None` where the file is gone meanwhile.
fn seen(path: &Path) -> Option<(Metadata, SystemTime)> {
    let metadata = fs::symlink_metadata(path).ok()?;
    let modified = metadata.modified().ok()?;
    Some((metadata, modified))
}

/// A name without anything that could be a path or that some file system refuses; its ending stays.
pub fn plain_name(name: &str) -> String {
    let cleaned: String =
        name.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c }).collect();
    let cleaned = cleaned.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, ending) = match cleaned.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 8 => (stem, format!(".{ending}")),
        _ => (cleaned, String::new()),
    };
    let stem: String = stem.chars().take(NAME_CHARS_MAX).collect();
    if stem.is_empty() || is_device(&stem) {
        return format!("berkas_{stem}{ending}");
    }
    format!("{stem}{ending}")
}

fn beside_name(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// Path that a file goes to.
struct Destination {
    path: PathBuf,
    /// True if the very bytes stand there already.
    is_there: bool,
}

impl Destination {
    fn find(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<Self> {
        let (stem, ending) =
            name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
        for number in 1..NAME_TRIES_MAX {
            let name = if number == 1 { name.to_owned() } else { format!("{stem} ({number}){ending}") };
            let path = folder.join(name);
            match fs::symlink_metadata(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self { path, is_there: false }),
                Err(error) => return Err(error),
                Ok(metadata) => {
                    let is_same_size = u64::try_from(bytes.len()).is_ok_and(|size| size == metadata.len());
                    if metadata.is_file() && is_same_size && fs::read(&path)? == bytes {
                        return Ok(Self { path, is_there: true });
                    }
                }
            }
        }
        Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("terlalu banyak berkas bernama `{name}`")))
    }
}

/// Writes a new file with these bytes, whole or not at all: for file systems without links.
fn copy_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.exists() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("`{}` sudah ada", path.display())));
    }
    write_whole(path, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000)
    }

    fn settle(inbox: &Inbox, file: &Waiting, note: &str) -> MovedFile {
        let bytes = fs::read(&file.path).unwrap();
        let beside = Companions { note: note.to_owned(), marked: None };
        inbox.settle(file, InboxContent::AsItCame(&bytes), InboxOutcome::Refused, &beside, &Hook::default()).unwrap()
    }

    #[test]
    fn half_written_owner_and_hidden_files_wait() {
        let data = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(data.path(), "masuk").unwrap();
        fs::create_dir(data.path().join("masuk/Puskesmas B")).unwrap();
        for name in ["b.xlsx", "a.xlsx", "~$a.xlsx", ".simpan", "Desktop.ini", "Thumbs.db", "Puskesmas B/c.xlsx"] {
            fs::write(data.path().join("masuk").join(name), "x").unwrap();
        }
        let found = inbox.lying(later()).unwrap();
        assert!(found.fresh.is_empty());
        let found = found.waiting;
        let names: Vec<_> = found.iter().map(|file| (file.puskesmas.as_deref(), file.name.as_str())).collect();
        assert_eq!(names, [(None, "a.xlsx"), (None, "b.xlsx"), (Some("Puskesmas B"), "c.xlsx")]);
        let written = fs::metadata(data.path().join("masuk/a.xlsx")).unwrap().modified().unwrap();
        let fresh = inbox.lying(written + Duration::from_secs(1)).unwrap();
        assert!(fresh.waiting.is_empty());
        assert_eq!(fresh.fresh, ["a.xlsx", "b.xlsx", "c.xlsx"], "the next run takes them, and says so");
        // A clock that was set back a day does not make them wait.
        assert_eq!(inbox.lying(written - Duration::from_hours(24)).unwrap().waiting.len(), 3);
        assert!(found[0].is_unchanged());
        fs::write(&found[0].path, "xy").unwrap();
        assert!(!found[0].is_unchanged());
        let now = written + Duration::from_secs(10);
        assert!(found[0].is_unfinished(b"PK\x03\x04 half", now) && found[0].is_unfinished(b"", now));
        assert!(!found[0].is_unfinished(b"PK\x03\x04 half", later()));
        assert!(!found[0].is_unfinished(b"PK\x03\x04 whole PK\x05\x06....", now));
        assert!(!found[0].is_unfinished(b"not an archive", now));
    }

    #[test]
    fn who_stands_by_waits_until_files_stand_still() {
        let data = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(data.path(), "masuk").unwrap();
        let path = |name: &str| data.path().join("masuk").join(name);
        fs::write(path("a.xlsx"), "x").unwrap();
        fs::write(path("b.xlsx"), "x").unwrap();
        let now = fs::metadata(path("a.xlsx")).unwrap().modified().unwrap();
        assert!(inbox.lying(now).unwrap().waiting.is_empty(), "a scheduled run leaves them");
        // One grows during the first wait, then stands still; both are taken.
        let mut looks = 0;
        let mut pause = |how_long: Duration| {
            assert_eq!(how_long, STILL_FOR);
            looks += 1;
            if looks == 1 {
                fs::write(path("b.xlsx"), "xyz").unwrap();
            }
            Ok(())
        };
        let lying = inbox.lying_still(now, &mut pause).unwrap();
        assert_eq!(lying.waiting.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["a.xlsx", "b.xlsx"]);
        assert!(lying.fresh.is_empty());
        assert_eq!(looks, 2);
        // What never stands still is named and left.
        let mut grown = 3;
        let mut pause = |_| {
            grown += 1;
            fs::write(path("b.xlsx"), "x".repeat(grown)).unwrap();
            Ok(())
        };
        let lying = inbox.lying_still(now, &mut pause).unwrap();
        assert_eq!(lying.waiting.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["a.xlsx"]);
        assert_eq!(lying.fresh, ["b.xlsx"]);
    }

    #[test]
    fn nothing_is_overwritten_and_the_same_file_ends_once() {
        let data = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(data.path(), "masuk").unwrap();
        for content in ["pertama", "kedua", "pertama"] {
            fs::write(data.path().join("masuk/rekap.xlsx"), content).unwrap();
            assert!(settle(&inbox, &inbox.lying(later()).unwrap().waiting[0], &format!("catatan {content}")).is_moved);
        }
        let read = |name: &str| fs::read_to_string(data.path().join("ditolak").join(name)).unwrap();
        assert_eq!((read("rekap.xlsx").as_str(), read("rekap (2).xlsx").as_str()), ("pertama", "kedua"));
        assert_eq!(read("rekap (2).xlsx.catatan.txt"), "catatan kedua");
        assert_eq!(fs::read_dir(data.path().join("ditolak")).unwrap().count(), 4);
        assert_eq!(inbox.lying(later()).unwrap(), Lying::default());
    }

    #[test]
    fn names_are_never_paths() {
        assert_eq!(plain_name("../../x.xlsx"), "_.._x.xlsx");
        assert_eq!(plain_name("a:b\\c\u{1}.xlsx"), "a_b_c_.xlsx");
        assert_eq!(plain_name("CON.xlsx"), "berkas_CON.xlsx");
        assert_eq!(plain_name("lpt9.mei.xlsx"), "berkas_lpt9.mei.xlsx");
        assert_eq!(plain_name(" rekap \u{1F4CA}. "), "rekap \u{1F4CA}");
        assert_eq!(plain_name(".."), "berkas_");
        assert!(plain_name(&"x".repeat(500)).len() <= NAME_CHARS_MAX);
    }

    #[cfg(windows)]
    #[test]
    fn a_file_that_is_open_elsewhere_is_moved_by_the_next_run() {
        use std::os::windows::fs::OpenOptionsExt;
        const FILE_SHARE_READ: u32 = 1;
        let data = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(data.path(), "masuk").unwrap();
        let path = data.path().join("masuk/rekap.xlsx");
        fs::write(&path, "isi").unwrap();
        let open = fs::File::options().read(true).write(true).share_mode(FILE_SHARE_READ).open(&path).unwrap();
        let file = &inbox.lying(later()).unwrap().waiting[0];
        let settle = || {
            inbox
                .settle(
                    file,
                    InboxContent::AsItCame(b"isi"),
                    InboxOutcome::Done,
                    &Companions::default(),
                    &Hook::default(),
                )
                .unwrap()
        };
        assert!(!settle().is_moved && path.exists());
        drop(open);
        assert!(settle().is_moved && !path.exists());
        assert_eq!(fs::read_dir(data.path().join(DONE)).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let data = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(data.path(), "masuk").unwrap();
        fs::write(data.path().join("rahasia.xlsx"), "x").unwrap();
        std::os::unix::fs::symlink(data.path().join("rahasia.xlsx"), data.path().join("masuk/a.xlsx")).unwrap();
        std::os::unix::fs::symlink(data.path(), data.path().join("masuk/folder")).unwrap();
        assert_eq!(inbox.lying(later()).unwrap(), Lying::default());
    }
}
