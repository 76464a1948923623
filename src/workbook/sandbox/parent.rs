//! The parent's side: starts a child for one file, feeds it, watches it, and says in one sentence what
//! became of it.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::super::collector::Collector;
use super::super::intake::Intake;
use super::super::read::check_name_and_size;
use super::super::{Excess, Limits, OpenError, Workbook};
use super::hold::{Hold, set_apart};
use super::wire::{ReadOrder, StreamEnd, receive};

/// The verb under which the program is its own child. Not for people: it has no help.
pub const VERB: &str = "__baca-buku-kerja";

/// Bytes of what the child complains of that are looked at.
const COMPLAINT_BYTES: u64 = 4_096;
/// Time that a child has beyond its own limit before the parent kills it.
const GRACE: Duration = Duration::from_millis(500);
/// Time between two looks at whether a child that has closed its output has ended.
const ASKED_EVERY: Duration = Duration::from_millis(1);

/// Reads workbooks from outside, each in a child process. Cheap to clone; any number may read at a time,
/// so that callers who accept files from many people bound that number themselves.
#[derive(Clone, Debug)]
pub struct SandboxedReader {
    /// The program that answers to [`VERB`] with [`child_main`](super::child_main): an absolute path,
    /// normally this program's own.
    pub program: PathBuf,
    /// Bounds on each workbook.
    pub limits: Limits,
}

impl SandboxedReader {
    /// A reader that starts `program` for each file.
    pub fn new(program: PathBuf, limits: Limits) -> Self {
        Self { program, limits }
    }

    /// Reads a workbook like [`crate::workbook::read`], whatever its bytes do to the parser.
    ///
    /// Blocks until the child has ended, at most little longer than [`Limits::seconds`].
    ///
    /// # Errors
    /// As [`crate::workbook::read`]; besides, memory or time above its limit, a child that broke down
    /// ([`OpenError::Damaged`]), or one that could not be started ([`OpenError::NoReader`]).
    pub fn read(&self, file_name: &str, bytes: &[u8]) -> Result<Workbook, OpenError> {
        check_name_and_size(file_name, bytes, &self.limits)?;
        let no_reader = |detail: &dyn std::fmt::Display| OpenError::NoReader {
            file: file_name.to_owned(),
            detail: detail.to_string(),
        };
        let folder = tempfile::tempdir().map_err(|error| no_reader(&error))?;
        let mut child = start(&self.program, folder.path()).map_err(|error| no_reader(&error))?;
        let _hold = Hold::on(&child, &self.limits);
        let no_pipe = || no_reader(&"tanpa saluran");
        let stdin = child.stdin.take().ok_or_else(no_pipe)?;
        let stdout = child.stdout.take().ok_or_else(no_pipe)?;
        let stderr = child.stderr.take().ok_or_else(no_pipe)?;
        let mut collector = Collector::new(file_name);
        let mut intake = Intake::new(file_name, &self.limits, &mut collector);
        let order = ReadOrder { file: file_name.to_owned(), limits: self.limits, bytes: bytes.len() as u64 };
        let child = Mutex::new(child);
        let ended = thread::scope(|scope| {
            let (done, is_done) = channel::<()>();
            let watched = &child;
            let watch = scope.spawn(move || self.watch(watched, &is_done));
            scope.spawn(move || feed(stdin, &order, bytes));
            let complaint = scope.spawn(|| complaint(stderr));
            let received = receive(stdout, &mut intake);
            let killed = !matches!(received, StreamEnd::Whole) && give_up_on(&child, &received);
            let status = wait(&child);
            drop(done);
            let timed_out = watch.join().unwrap_or(false);
            ChildEnd { received, status, timed_out, killed, complaint: complaint.join().unwrap_or_default() }
        });
        match ended.verdict(file_name, &self.limits) {
            None => Ok(collector.finish()),
            Some(error) => Err(error),
        }
    }

    /// Kills the child when its time is over; says whether it was.
    fn watch(&self, child: &Mutex<Child>, is_done: &Receiver<()>) -> bool {
        let limit = Duration::from_secs(self.limits.seconds).saturating_add(GRACE);
        let timed_out = is_done.recv_timeout(limit) == Err(RecvTimeoutError::Timeout);
        if timed_out {
            kill(child);
        }
        timed_out
    }
}

fn start(program: &Path, folder: &Path) -> std::io::Result<Child> {
    set_apart(Command::new(program).arg(VERB).env_clear().current_dir(folder))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

/// Sends the order and the file. A child that no longer listens says so elsewhere.
fn feed(mut stdin: ChildStdin, order: &ReadOrder, bytes: &[u8]) {
    let _child_ended = order.write(&mut stdin).and_then(|()| stdin.write_all(bytes));
}

/// The beginning of what the child complains of; the rest is drained so that it cannot block.
fn complaint(mut stderr: impl Read) -> String {
    let mut start = Vec::new();
    let _child_ended = stderr.by_ref().take(COMPLAINT_BYTES).read_to_end(&mut start);
    let _child_ended = std::io::copy(&mut stderr, &mut std::io::sink());
    String::from_utf8_lossy(&start).into_owned()
}

fn kill(child: &Mutex<Child>) {
    let _already_ended = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
}

/// A child whose stream is of no more use must not go on; one that broke off may still be dying of its own
/// cause, which is what the user is told. Says whether it had to be killed.
fn give_up_on(child: &Mutex<Child>, received: &StreamEnd) -> bool {
    let patience = if matches!(received, StreamEnd::Broken { .. }) { GRACE } else { Duration::ZERO };
    let until = Instant::now() + patience;
    loop {
        if has_ended(child) {
            return false;
        }
        if Instant::now() >= until {
            kill(child);
            return true;
        }
        thread::sleep(ASKED_EVERY);
    }
}

fn has_ended(child: &Mutex<Child>) -> bool {
    !matches!(child.lock().unwrap_or_else(PoisonError::into_inner).try_wait(), Ok(None))
}

/// Waits without holding the lock, so that the watch can kill meanwhile.
fn wait(child: &Mutex<Child>) -> Option<ExitStatus> {
    loop {
        match child.lock().unwrap_or_else(PoisonError::into_inner).try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) => {}
            Err(_error) => return None,
        }
        thread::sleep(ASKED_EVERY);
    }
}

/// End of a child, as the parent saw it.
struct ChildEnd {
    received: StreamEnd,
    status: Option<ExitStatus>,
    timed_out: bool,
    /// By this side, because what came was of no use.
    killed: bool,
    complaint: String,
}

impl ChildEnd {
    /// The sentence, where there is no workbook. The child's own words are only weighed, never shown.
    fn verdict(self, file_name: &str, limits: &Limits) -> Option<OpenError> {
        let file = file_name.to_owned();
        let greeted = match self.received {
            StreamEnd::Whole => return None,
            StreamEnd::Refused(error) => return Some(error),
            StreamEnd::Broken { greeted } => greeted,
        };
        let signal = self.status.and_then(signal);
        Some(if self.timed_out || signal == Some(SIGXCPU) {
            OpenError::TooLarge { file, excess: Excess::Seconds(limits.seconds) }
        } else if self.complaint.contains("memory allocation of") || (signal == Some(SIGKILL) && !self.killed) {
            OpenError::TooLarge { file, excess: Excess::MemoryBytes(limits.memory_bytes) }
        } else if greeted {
            OpenError::Damaged { file, detail: "pembacanya berhenti mendadak".to_owned() }
        } else {
            OpenError::NoReader { file, detail: "tidak menjawab".to_owned() }
        })
    }
}

/// The signal of a process that used up its processor time.
const SIGXCPU: i32 = 24;
/// The signal by which a system short of memory ends a process.
const SIGKILL: i32 = 9;

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_status: ExitStatus) -> Option<i32> {
    None
}
