//! Files that typst may see: the template, the paper's data and charts, the embedded Noto Sans. Nothing else exists.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::report::ReportError;

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF]
        .into_iter()
        .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
        .collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(&*FONTS)));
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The world of one paper.
pub(super) struct PaperWorld {
    main: Source,
    files: Vec<(FileId, Bytes)>,
}

impl PaperWorld {
    /// A world with this template and these files, by absolute name.
    pub(super) fn new(template: &str, files: BTreeMap<String, Bytes>) -> Result<Self, ReportError> {
        let main = Source::new(id("/main.typ")?, template.to_owned());
        let files = files.into_iter().map(|(name, bytes)| Ok((id(&name)?, bytes)));
        Ok(Self { main, files: files.collect::<Result<_, ReportError>>()? })
    }
}

fn id(name: &str) -> Result<FileId, ReportError> {
    let path = VirtualPath::new(name).map_err(|fault| ReportError::Pdf(format!("{name}: {fault:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(known, _)| *known == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// A paper shows its as-of date; the clock is none of its business.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
