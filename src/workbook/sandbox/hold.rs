//! The parent's hold on a child: on Windows a job object, which the child cannot leave. On Unix the child bounds itself
//! (`confine`), so that nothing needs holding here.

use std::process::{Child, Command};

use super::super::Limits;

/// Lets the child be no one's but the parent's: Ctrl+C in the console ends the service, which lets go of its work in
/// order, and must not end the child under its hands, as if the workbook had done that.
#[cfg(unix)]
pub(super) fn set_apart(command: &mut Command) -> &mut Command {
    std::os::unix::process::CommandExt::process_group(command, 0)
}

/// The same, also for the console's window that is closed: the child has no part in any. And the one variable of the
/// environment without which parts of Windows do not load.
#[cfg(windows)]
pub(super) fn set_apart(command: &mut Command) -> &mut Command {
    const DETACHED_PROCESS: u32 = 0x8;
    const ROOT: &str = "SystemRoot";
    if let Some(root) = std::env::var_os(ROOT) {
        command.env(ROOT, root);
    }
    std::os::windows::process::CommandExt::creation_flags(command, DETACHED_PROCESS)
}

#[cfg(not(any(unix, windows)))]
pub(super) fn set_apart(command: &mut Command) -> &mut Command {
    command
}

/// Holds as long as it lives.
#[derive(Debug)]
pub(super) struct Hold {
    #[cfg(windows)]
    _job: Option<win32job::Job>,
}

impl Hold {
    /// Bounds the memory of a child that was not told its order yet, keeps it from starting others, and ends it when this
    /// value goes, be it with the parent. Where the system refuses that, the parent's clock and its checks hold alone.
    #[cfg(windows)]
    pub(super) fn on(child: &Child, limits: &Limits) -> Self {
        Self { _job: job(child, limits).ok() }
    }

    #[cfg(not(windows))]
    pub(super) fn on(_child: &Child, _limits: &Limits) -> Self {
        Self {}
    }
}

#[cfg(windows)]
fn job(child: &Child, limits: &Limits) -> Result<win32job::Job, win32job::JobError> {
    use std::os::windows::io::AsRawHandle;

    /// `JOB_OBJECT_LIMIT_ACTIVE_PROCESS`.
    const PROCESSES: u32 = 0x8;
    /// `JOB_OBJECT_LIMIT_PROCESS_MEMORY`: an allocation that would commit more fails.
    const MEMORY: u32 = 0x100;
    /// `JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION`: no window that waits for a click.
    const NO_QUESTIONS: u32 = 0x400;

    let mut info = win32job::ExtendedLimitInfo::new();
    info.limit_kill_on_job_close();
    info.0.BasicLimitInformation.LimitFlags |= PROCESSES | MEMORY | NO_QUESTIONS;
    info.0.BasicLimitInformation.ActiveProcessLimit = 1;
    info.0.ProcessMemoryLimit = usize::try_from(limits.memory_bytes).unwrap_or(usize::MAX);
    let job = win32job::Job::create_with_limit_info(&mut info)?;
    job.assign_process(child.as_raw_handle().cast())?;
    Ok(job)
}

#[cfg(all(test, windows))]
mod tests {
    use std::process::Stdio;

    use super::*;

    /// A program that waits until it is ended.
    fn waiting() -> Child {
        let mut command = Command::new("cmd.exe");
        set_apart(command.args(["/c", "pause"])).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap()
    }

    #[test]
    fn a_child_ends_with_the_hold_on_it() {
        let mut child = waiting();
        // Open, so that it does not end by itself.
        let _stdin = child.stdin.take();
        let job = job(&child, &Limits::default()).unwrap();
        assert_eq!(job.query_process_id_list().unwrap(), [usize::try_from(child.id()).unwrap()]);
        assert_eq!(child.try_wait().unwrap(), None);
        drop(job);
        child.wait().unwrap();
    }

    #[test]
    fn the_job_says_what_it_bounds() {
        let mut child = waiting();
        let job = job(&child, &Limits { memory_bytes: 48 << 20, ..Limits::default() }).unwrap();
        let info = job.query_extended_limit_info().unwrap();
        drop(job);
        child.wait().unwrap();
        // What Wine does not keep it reads back as nothing.
        assert!([0, 48 << 20].contains(&info.0.ProcessMemoryLimit));
    }
}
