//! Answers to what is asked once, of a data folder in which nothing is yet: the name of the Puskesmas, where the data
//! lie, and who may look. They are written as `simpul.toml`; another folder than the usual one is named in a file of the
//! usual one. Knows no page.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{App, AppError, DATABASE};
use crate::definitions::{SERVICE_FILE, service};
use crate::disk;
use crate::domain::name::puskesmas_key;

/// File of the usual data folder that names another in its place.
const ELSEWHERE_FILE: &str = "folder-data.txt";
/// Letters of the name of a Puskesmas at most.
const NAME_CHARS_MAX: usize = 120;

/// Answers of the first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstAnswers {
    /// Name of the Puskesmas; empty where the first recap is to tell it.
    pub puskesmas: String,
    /// Folder in which data shall lie.
    pub folder: PathBuf,
    /// Address at which others are let in; none where the service is for this machine alone.
    pub listen: Option<SocketAddr>,
}

/// Reasons for which answers cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum FirstStartError {
    /// A name without a letter, or too long.
    #[error("nama Puskesmas memuat huruf, paling banyak {NAME_CHARS_MAX}; boleh juga dikosongkan")]
    Name,
    /// Half a path.
    #[error("folder `{}` tidak lengkap; tulis dari awal, misalnya {}", .0.display(), example())]
    HalfPath(PathBuf),
    /// Something else lies there.
    #[error("folder `{}` sudah berisi berkas lain; pilih folder kosong, atau folder data Simpul yang lama", .0.display())]
    Occupied(PathBuf),
    /// The system refuses.
    #[error("folder `{}` tidak dapat dipakai: {}", .folder.display(), disk::why(.source))]
    Unusable {
        /// Path of the folder.
        folder: PathBuf,
        /// Word of the system.
        source: io::Error,
    },
    /// The folder that was chosen once is not there.
    #[error(
        "folder data `{}` tidak ada; sambungkan disknya, atau pilih folder lain dengan menghapus `{}`",
        .folder.display(),
        .named_in.display()
    )]
    Gone {
        /// Path of the folder.
        folder: PathBuf,
        /// File that names it.
        named_in: PathBuf,
    },
}

fn example() -> &'static str {
    if cfg!(windows) { r"D:\Simpul" } else { "/home/nama/simpul" }
}

/// The data folder of a machine on which none is named: the usual one, or the one that was chosen in its place.
pub fn chosen_folder(usual: &Path) -> Result<PathBuf, FirstStartError> {
    let named_in = usual.join(ELSEWHERE_FILE);
    let folder = match fs::read_to_string(&named_in) {
        Ok(text) => PathBuf::from(text.trim()),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(usual.to_owned()),
        Err(source) => return Err(FirstStartError::Unusable { folder: usual.to_owned(), source }),
    };
    // Made anew it would look as if all data were lost.
    if folder.join(SERVICE_FILE).exists() { Ok(folder) } else { Err(FirstStartError::Gone { folder, named_in }) }
}

impl App {
    /// Reports whether nothing was said about the data folder and nothing lies in it yet.
    pub fn is_untouched(&self) -> Result<bool, AppError> {
        Ok(!self.data().join(SERVICE_FILE).exists() && self.puskesmas()?.is_empty())
    }

    /// The data folder from the root on, for whoever looks for it in a file manager.
    pub fn whole_data_path(&self) -> PathBuf {
        std::path::absolute(self.data()).unwrap_or_else(|_unknown_place| self.data().to_owned())
    }

    /// Keeps answers; `usual` is the usual data folder where another may be chosen in its place. They hold from the next
    /// start on. A folder of Simpul that is there already keeps what was said of it.
    pub fn take_first_answers(&self, answers: &FirstAnswers, usual: Option<&Path>) -> Result<(), FirstStartError> {
        let name = answers.puskesmas.as_str();
        if !name.is_empty() && puskesmas_key(name).is_empty() || name.chars().count() > NAME_CHARS_MAX {
            return Err(FirstStartError::Name);
        }
        let elsewhere = usual.filter(|_| answers.folder != self.data());
        let folder = if elsewhere.is_some() { answers.folder.as_path() } else { self.data() };
        if elsewhere.is_some() {
            make_ready(folder)?;
        }
        let unusable = |source| FirstStartError::Unusable { folder: folder.to_owned(), source };
        if !folder.join(SERVICE_FILE).exists() {
            write(folder, SERVICE_FILE, &service::first_text(name, answers.listen)).map_err(unusable)?;
        }
        match elsewhere {
            Some(usual) => write(usual, ELSEWHERE_FILE, &format!("{}\n", folder.display())).map_err(unusable),
            None => Ok(()),
        }
    }
}

/// Makes a folder for data, or takes one of Simpul as it is.
fn make_ready(folder: &Path) -> Result<(), FirstStartError> {
    if !folder.is_absolute() {
        return Err(FirstStartError::HalfPath(folder.to_owned()));
    }
    let unusable = |source| FirstStartError::Unusable { folder: folder.to_owned(), source };
    fs::create_dir_all(folder).map_err(unusable)?;
    let is_empty = fs::read_dir(folder).map_err(unusable)?.next().is_none();
    if is_empty || folder.join(DATABASE).exists() { Ok(()) } else { Err(FirstStartError::Occupied(folder.to_owned())) }
}

/// Writes a whole file or none.
fn write(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let mut passing = NamedTempFile::new_in(folder)?;
    passing.write_all(text.as_bytes())?;
    passing.as_file().sync_all()?;
    passing.persist(folder.join(name)).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Config;
    use crate::clock::Clock;

    fn open(folder: &Path) -> App {
        let at = "2026-11-30T01:00:00Z".parse().unwrap();
        App::open(Config { data: folder.to_owned(), clock: Clock::Fixed(at), who: "ani".to_owned() }).unwrap()
    }

    #[test]
    fn answers_hold_from_the_next_start_on() {
        let machine = tempfile::tempdir().unwrap();
        let [usual, other] = ["usual", "other"].map(|name| machine.path().join(name));
        assert_eq!(chosen_folder(&usual).unwrap(), usual);
        let app = open(&usual);
        assert!(app.is_untouched().unwrap());
        let listen = Some("0.0.0.0:8080".parse().unwrap());
        let answers = FirstAnswers { puskesmas: "Abcde \"1\"".to_owned(), folder: other.clone(), listen };
        app.take_first_answers(&answers, Some(&usual)).unwrap();
        assert_eq!(chosen_folder(&usual).unwrap(), other);
        let app = open(&other);
        assert!(!app.is_untouched().unwrap() && app.diagnostics().is_empty(), "{:?}", app.diagnostics());
        let service = app.definitions().service.clone();
        assert_eq!((service.puskesmas.as_deref(), service.listen), (Some("Abcde \"1\""), listen));
        drop(app);
        fs::remove_dir_all(&other).unwrap();
        assert!(chosen_folder(&usual).unwrap_err().to_string().contains("sambungkan disknya"));
    }

    #[test]
    fn a_folder_that_was_named_stays() {
        let machine = tempfile::tempdir().unwrap();
        let app = open(machine.path());
        let answers = FirstAnswers { puskesmas: String::new(), folder: machine.path().join("other"), listen: None };
        app.take_first_answers(&answers, None).unwrap();
        assert!(!app.is_untouched().unwrap() && !machine.path().join("other").exists());
        assert_eq!(app.definitions().service.puskesmas, None);
    }

    #[test]
    fn answers_that_cannot_be_are_refused() {
        let machine = tempfile::tempdir().unwrap();
        let usual = machine.path().join("usual");
        let app = open(&usual);
        let full = machine.path().join("full");
        fs::create_dir(&full).unwrap();
        fs::write(full.join("surat.docx"), "x").unwrap();
        for (puskesmas, folder, said) in [
            ("", full.as_path(), "berkas lain"),
            ("", Path::new("data"), "tidak lengkap"),
            ("…", usual.as_path(), "memuat huruf"),
        ] {
            let answers = FirstAnswers { puskesmas: puskesmas.to_owned(), folder: folder.to_owned(), listen: None };
            let refused = app.take_first_answers(&answers, Some(&usual)).unwrap_err().to_string();
            assert!(refused.contains(said), "{refused}");
        }
        assert!(app.is_untouched().unwrap());
        assert_eq!(chosen_folder(&usual).unwrap(), usual);
    }
}
