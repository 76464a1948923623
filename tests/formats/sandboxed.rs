//! The child process: it reads what this process reads, and whatever happens to it ends in one sentence
//! while the parent and other readings go on.

use std::fs;
use std::path::PathBuf;
use std::thread;

use simpul::workbook::{Limits, OpenError, SandboxedReader, Workbook};

use super::{in_tests, read_here, sentence};

fn reader(limits: Limits) -> SandboxedReader {
    SandboxedReader::new(PathBuf::from(env!("CARGO_BIN_EXE_simpul")), limits)
}

/// A script in the child's place.
#[cfg(unix)]
fn pretender(script: &str) -> (tempfile::TempDir, SandboxedReader) {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("child");
    fs::write(&path, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let limits = Limits { seconds: 1, ..Limits::default() };
    (folder, SandboxedReader::new(path, limits))
}

fn shapes(ending: &str) -> Vec<u8> {
    fs::read(in_tests("workbooks").join(format!("shapes.{ending}"))).unwrap()
}

#[test]
fn the_child_reads_what_this_process_reads() {
    for ending in ["xlsx", "ods", "xls"] {
        let name = format!("shapes.{ending}");
        let read = reader(Limits::default()).read(&name, &shapes(ending)).unwrap();
        assert_eq!(read, read_here(&name, &shapes(ending)).unwrap());
    }
}

#[test]
fn the_child_refuses_what_this_process_refuses() {
    for (name, bytes) in [("a.xlsx", &b"PK\x03\x04"[..]), ("b.xlsx", b"%PDF-1.7"), ("~$c.xlsx", b"x"), ("d.xlsx", b"")]
    {
        let error = reader(Limits::default()).read(name, bytes).unwrap_err();
        assert_eq!(Err(error.clone()), read_here(name, bytes));
        sentence(name, &error);
    }
}

/// Memory is bounded: an inline string of many megabytes is within the limit of inflated bytes.
#[test]
#[cfg(target_os = "linux")]
fn memory_above_its_limit_is_named() {
    use super::hostile::{sheet_of, xlsx_of};
    use simpul::workbook::Excess;

    let text = "a".repeat(100 << 20);
    let cell = format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>");
    let bytes = xlsx_of(&sheet_of(&cell));
    drop((text, cell));
    let limits = Limits { memory_bytes: 48 << 20, ..Limits::default() };
    let error = reader(limits).read("besar.xlsx", &bytes).unwrap_err();
    let expected = Excess::MemoryBytes(48 << 20);
    assert!(matches!(&error, OpenError::TooLarge { excess, .. } if *excess == expected), "{error}");
    assert!(sentence("besar.xlsx", &error).contains("48 MB memori"));
}

#[test]
#[cfg(unix)]
fn a_child_that_hangs_is_ended() {
    use simpul::workbook::Excess;
    use std::time::{Duration, Instant};

    for script in ["exec sleep 60", "printf 'simpul-cells\\n'; while :; do :; done", "cat > /dev/null; exec sleep 60"] {
        let (_folder, reader) = pretender(script);
        let start = Instant::now();
        let error = reader.read("lama.xlsx", &vec![7; 1 << 20]).unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(5), "{script}");
        assert!(matches!(&error, OpenError::TooLarge { excess: Excess::Seconds(1), .. }), "{script}: {error}");
        sentence("lama.xlsx", &error);
    }
}

#[test]
#[cfg(unix)]
fn a_child_that_breaks_down_or_lies_is_a_sentence() {
    let scripts = [
        ("exit 3", "tidak menjawab"),
        ("kill -SEGV $$", "tidak menjawab"),
        ("printf 'simpul-cells\\n'; kill -ABRT $$", "berhenti mendadak"),
        ("printf 'simpul-cells\\n\\000\\001A\\000'; kill -SEGV $$", "berhenti mendadak"),
        ("printf 'simpul-cells\\n'; exec cat /dev/urandom", "berhenti mendadak"),
        ("exec cat /dev/zero", "tidak menjawab"),
        ("exec yes >&2", "tidak menjawab"),
        ("printf 'simpul-cells\\n'; echo memory allocation of 9 bytes failed >&2; kill -ABRT $$", "memori"),
        ("printf 'simpul-cells\\n'; kill -KILL $$", "memori"),
        // A cell beyond the limits: the parent does not take the child's word.
        (
            "printf 'simpul-cells\\n\\016\\000\\000\\000\\000\\001A\\000\\001\\377\\377\\377\\377\\017\\000\\005\\001\\012'",
            "baris",
        ),
    ];
    for (script, expected) in scripts {
        let (_folder, reader) = pretender(script);
        let error = reader.read("a.xlsx", b"a;b\nc;d\n").unwrap_err();
        assert!(sentence("a.xlsx", &error).contains(expected), "{script}: {error}");
    }
}

/// Ctrl+C in the console goes to the group of processes that holds it: a child in there would die under the service's
/// hands, and its workbook be refused for it.
#[test]
#[cfg(target_os = "linux")]
fn a_child_is_in_a_group_of_its_own() {
    // The fifth field of the line about a process is its group.
    let script = "read -r _ _ _ _ group _ < /proc/$$/stat; [ $group = $$ ] && printf 'simpul-cells\\n'; kill -SEGV $$";
    let (_folder, reader) = pretender(script);
    let error = reader.read("a.xlsx", b"a;b\nc;d\n").unwrap_err();
    assert!(error.to_string().contains("berhenti mendadak"), "{error}");
}

#[test]
fn a_program_that_is_not_there_is_a_sentence() {
    let reader = SandboxedReader::new(PathBuf::from("/tidak/ada"), Limits::default());
    let error = reader.read("a.xlsx", b"x").unwrap_err();
    assert!(matches!(error, OpenError::NoReader { .. }), "{error}");
}

#[test]
fn several_read_at_a_time() {
    let bytes = shapes("xlsx");
    let reader = reader(Limits::default());
    let books: Vec<Workbook> = thread::scope(|scope| {
        let readings: Vec<_> = (0..8).map(|_| scope.spawn(|| reader.read("a.xlsx", &bytes).unwrap())).collect();
        readings.into_iter().map(|reading| reading.join().unwrap()).collect()
    });
    assert!(books.windows(2).all(|pair| pair[0] == pair[1]));
}
