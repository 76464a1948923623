//! Takes from this process what a parser does not need. Irreversible; for the child only.

use super::super::Limits;

/// Bounds memory and processor time, and gives up new files, sockets and processes, as far as the platform
/// lets a process without privileges do so. What it cannot give up stays; the parent's checks hold anyway.
#[cfg(unix)]
pub(super) fn confine(limits: &Limits) {
    use rlimit::{Resource, setrlimit};

    // The program itself takes address space before it has read a byte.
    let memory = own_address_space().saturating_add(limits.memory_bytes);
    let bounds = [
        (Resource::AS, memory, memory),
        // The parent's clock comes first; this one is for a parent that is gone.
        (Resource::CPU, limits.seconds.saturating_add(1), limits.seconds.saturating_add(2)),
        (Resource::CORE, 0, 0),
        (Resource::FSIZE, 0, 0),
    ];
    for (resource, soft, hard) in bounds {
        let _not_heeded_here = setrlimit(resource, soft, hard);
    }
    landlock();
    // No descriptor beside the three it was given: no file, no socket of any sort, no process.
    let _not_heeded_here = setrlimit(Resource::NOFILE, 3, 3);
    let _not_heeded_here = setrlimit(Resource::NPROC, 0, 0);
}

/// Nothing can be given up here by safe means: the parent's hold (`hold`), its clock and its checks do what is done.
#[cfg(not(unix))]
pub(super) fn confine(_limits: &Limits) {}

/// Bytes of address space in use, where the system tells; else a generous guess.
#[cfg(unix)]
fn own_address_space() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<u64>().ok());
    kibibytes.map_or(1 << 30, |number| number << 10)
}

/// No file may be opened, no TCP port used, no signal sent out.
#[cfg(target_os = "linux")]
fn landlock() {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, Scope};

    let ruleset = Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V6))
        .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(ABI::V6)))
        .and_then(|ruleset| ruleset.scope(Scope::from_all(ABI::V6)));
    // A kernel without it leaves the bound on descriptors.
    let _status = ruleset.and_then(Ruleset::create).and_then(landlock::RulesetCreated::restrict_self);
}

#[cfg(all(unix, not(target_os = "linux")))]
fn landlock() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::{TcpListener, UdpSocket};
    use std::process::Command;

    use super::*;

    /// Runs the test below in a process of its own: it cannot be undone.
    #[test]
    fn a_confined_process_reaches_nothing() {
        let name = "workbook::sandbox::confine::tests::confined";
        let output = Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact", "--ignored", "--nocapture", "--test-threads=1"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}{output:?}");
    }

    #[test]
    #[ignore = "only in a process of its own"]
    fn confined() {
        std::fs::read("/etc/hostname").or_else(|_| std::fs::read("/etc/passwd")).unwrap();
        confine(&Limits { memory_bytes: 64 << 20, ..Limits::default() });
        assert!(std::fs::read("/etc/passwd").is_err(), "a file was read");
        assert!(std::fs::write("/tmp/simpul-confined", "x").is_err(), "a file was written");
        assert!(TcpListener::bind("127.0.0.1:0").is_err(), "a port was opened");
        assert!(UdpSocket::bind("127.0.0.1:0").is_err(), "a socket was opened");
        assert!(Command::new("/bin/true").spawn().is_err(), "a process was started");
        let mut much: Vec<u8> = Vec::new();
        assert!(much.try_reserve_exact(1 << 30).is_err(), "memory was given");
    }
}
