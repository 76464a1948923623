//! The files of one import opened, several at a time, each as far as needed; in the order given whichever is ready
//! first. Knows nothing of what their tables mean.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

use super::known::Forms;
use super::options::{ImportOptions, ImportProgress, ImportStep, STOPPED, Upload, base_name};
use super::personal::{ClearedCopy, PersonalWorkbook};
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::recap::{self, Recognised};
use crate::store::{HeldBatch, Store, StoreError, sha256};
use crate::workbook::{Limits, Workbook};

/// Bytes of memory that the processes which parse at the same time may take together: four at the usual limit of one.
const AT_ONCE_MEMORY_BYTES: u64 = 4 << 30;

/// A file of a call, opened as far as needed.
pub(super) enum Opened {
    Workbook {
        hash: String,
        workbook: Box<Workbook>,
        /// The same without the personal data that were found in it.
        personal: Option<Box<PersonalWorkbook>>,
    },
    /// It cannot be opened, for this reason.
    Failed(String),
    /// The same bytes stand earlier in this call.
    SameAs(usize),
    /// The store holds it for this Puskesmas, and there is nothing to try again.
    Known(String, Box<HeldBatch>),
}

/// Options of a call for the file at a place of it.
#[derive(Clone, Copy)]
pub(super) struct FileOptions<'o> {
    pub(super) place: usize,
    pub(super) options: &'o ImportOptions,
}

impl Opened {
    /// The copy that is kept of a file; `None`: the file as it came.
    pub(super) fn copy_to_keep(
        &self,
        file: &Upload,
        FileOptions { place, options }: FileOptions<'_>,
    ) -> Option<ClearedCopy> {
        match self {
            Self::Workbook { personal: Some(personal), .. } if options.personal.keeps(place).is_none() => {
                Some(personal.copy(file))
            }
            _ => None,
        }
    }

    /// Reason for which the personal data of a file are kept; `None` where it has none, or they are cleared.
    pub(super) fn keeps_personal_data<'o>(&self, FileOptions { place, options }: FileOptions<'o>) -> Option<&'o str> {
        match self {
            Self::Workbook { personal: Some(_), .. } => options.personal.keeps(place),
            _ => None,
        }
    }

    /// The tables of a workbook, by its headings and by what was said about its forms.
    pub(super) fn recognise(
        &self,
        store: &Store,
        forms: &Forms,
        reading: FileOptions<'_>,
    ) -> Result<Option<Recognised<'_>>, StoreError> {
        let FileOptions { place, options } = reading;
        match self {
            Self::Workbook { hash, workbook, personal } => {
                let keeps_because = options.personal.keeps(place);
                let cleared = personal.as_ref().filter(|_| keeps_because.is_none());
                let workbook = cleared.map_or(&**workbook, |personal| personal.cleared());
                let hints = forms.hints(store, hash, workbook, options.puskesmas.as_deref())?;
                let mut recognised = recap::recognise_with(workbook, &hints);
                recognised.issues.extend(workbook.notices.iter().map(|notice| Issue {
                    sheet: String::new(),
                    cell: String::new(),
                    code: IssueCode::FileNotice,
                    severity: Severity::Warning,
                    message: notice.to_string(),
                    about: None,
                }));
                recognised.issues.extend(personal.iter().flat_map(|personal| personal.notices(keeps_because)));
                Ok(Some(recognised))
            }
            Self::Failed(_) | Self::SameAs(_) | Self::Known(..) => Ok(None),
        }
    }
}

/// Opens all files; what was opened stands in the order given.
pub(super) fn open_all(
    store: &Store,
    files: &[Upload],
    options: &ImportOptions,
    progress: &mut dyn FnMut(ImportProgress<'_>),
) -> Vec<Opened> {
    let mut first_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut hashed: Vec<(String, usize)> = Vec::with_capacity(files.len());
    for (place, file) in files.iter().enumerate() {
        let hash = sha256(&file.bytes);
        let first = *first_of.entry(hash.clone()).or_insert(place);
        hashed.push((hash, first));
    }
    let open_one = |place: usize| match &hashed[place] {
        _ if options.is_stopped() => Opened::Failed(STOPPED.to_owned()),
        (_, first) if *first < place => Opened::SameAs(*first),
        (hash, _) => open(store, &files[place], hash.clone(), options),
    };
    in_parallel(files.len(), at_once(options.opener.limits()), &open_one, &mut |place, done| {
        progress(ImportProgress { step: ImportStep::Opening, done, total: files.len(), file: &files[place].name });
    })
}

/// Number of workbooks that are parsed at the same time: as many as there are processors and memory for.
fn at_once(limits: &Limits) -> usize {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let in_memory = AT_ONCE_MEMORY_BYTES / limits.memory_bytes.max(1);
    usize::try_from(in_memory).unwrap_or(usize::MAX).clamp(1, processors)
}

/// Returns what `work` makes of each of `count` places, by place, with `workers` of them at work at a time. `begun` is
/// told, on this thread, of each place that is begun and how many are done by then; where one worker is enough, it is
/// this thread.
fn in_parallel<T: Send>(
    count: usize,
    workers: usize,
    work: &(dyn Fn(usize) -> T + Sync),
    begun: &mut dyn FnMut(usize, usize),
) -> Vec<T> {
    enum OpeningMessage<T> {
        Begun(usize),
        Done(usize, T),
    }
    if workers.min(count) <= 1 {
        let here = |place| {
            begun(place, place);
            work(place)
        };
        return (0..count).map(here).collect();
    }
    let next = AtomicUsize::new(0);
    let (say, heard) = channel::<OpeningMessage<T>>();
    let mut results: BTreeMap<usize, T> = BTreeMap::new();
    thread::scope(|scope| {
        for _ in 0..workers.min(count) {
            let say = say.clone();
            let next = &next;
            scope.spawn(move || {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    if place >= count || say.send(OpeningMessage::Begun(place)).is_err() {
                        return;
                    }
                    let _listens_to_the_end = say.send(OpeningMessage::Done(place, work(place)));
                }
            });
        }
        drop(say);
        for word in heard {
            match word {
                OpeningMessage::Begun(place) => begun(place, results.len()),
                OpeningMessage::Done(place, result) => _ = results.insert(place, result),
            }
        }
    });
    results.into_values().collect()
}

fn open(store: &Store, file: &Upload, hash: String, options: &ImportOptions) -> Opened {
    match known_without_opening(store, &hash, options) {
        Ok(Some((puskesmas, held))) => return Opened::Known(puskesmas, Box::new(held)),
        Ok(None) => {}
        Err(error) => return Opened::Failed(error.to_string()),
    }
    match options.opener.read(base_name(&file.name), &file.bytes) {
        Ok(mut workbook) => {
            let personal = PersonalWorkbook::find(&workbook, &options.books).map(Box::new);
            recap::lay_out(&mut workbook, &options.books);
            Opened::Workbook { hash, workbook: Box::new(workbook), personal }
        }
        Err(error) => Opened::Failed(error.to_string()),
    }
}

/// A workbook that one Puskesmas holds, with nothing to be tried again, need not be opened to say so.
fn known_without_opening(
    store: &Store,
    hash: &str,
    options: &ImportOptions,
) -> Result<Option<(String, HeldBatch)>, StoreError> {
    if options.puskesmas.is_some() {
        return Ok(None);
    }
    let mut holders = store.holders(hash)?;
    let Some(puskesmas) = holders.pop() else { return Ok(None) };
    if !holders.is_empty() {
        return Ok(None);
    }
    let held = store.held(&puskesmas, hash)?.filter(|held| !may_change(held, options));
    Ok(held.map(|held| (puskesmas, held)))
}

/// Reports whether reading a held workbook again can change anything: rows rejected then, rows to be taken out now,
/// sheets that nobody had explained then.
pub(super) fn may_change(held: &HeldBatch, options: &ImportOptions) -> bool {
    let has_unknown = || held.issues.iter().any(|issue| issue.code == IssueCode::UnknownTable);
    options.replace || held.has_rejections() || has_unknown()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn results_stand_by_place_though_the_first_is_ready_last() {
        let (say, hear) = sync_channel::<()>(1);
        let hear = Mutex::new(hear);
        let mut begun = Vec::new();
        let work = |place: usize| {
            match place {
                0 => hear.lock().unwrap().recv().unwrap(),
                7 => say.send(()).unwrap(),
                _ => {}
            }
            place * 10
        };
        let results = in_parallel(8, 2, &work, &mut |place, done| begun.push((place, done)));
        assert_eq!(results, [0, 10, 20, 30, 40, 50, 60, 70]);
        begun.sort_unstable();
        assert_eq!(begun.iter().map(|(place, _)| *place).collect::<Vec<_>>(), (0..8).collect::<Vec<_>>());
        assert!(begun.iter().all(|(_, done)| *done < 8));
    }

    #[test]
    fn memory_bounds_how_many_parse_at_once() {
        let with = |memory_bytes| at_once(&Limits { memory_bytes, ..Limits::default() });
        assert_eq!((with(AT_ONCE_MEMORY_BYTES), with(u64::MAX)), (1, 1));
        assert!(with(1) <= thread::available_parallelism().unwrap().get());
        assert!(in_parallel(0, with(0), &|_| (), &mut |_, _| ()).is_empty());
    }
}
