//! Workbooks from outside are parsed in a child process, the same program under a hidden verb, because a
//! parser can be made to allocate without end, to abort or to loop by a file of 1 KB, and catching a panic
//! does not help against any of it.
//!
//! The bytes go in through its standard input, the cells come back through its standard output as a stream
//! (`wire`) while it still parses, so that both processors work and neither side holds a sheet twice. A text that many
//! cells share crosses once.
//!
//! The child is held, by platform:
//!
//! | | Linux | other Unix | Windows |
//! | --- | --- | --- | --- |
//! | memory ([`Limits::memory_bytes`]) | address space | address space, where the system heeds it | committed memory, by a job object |
//! | time ([`Limits::seconds`]) | processor time, and killed by the parent | the same | killed by the parent, and with it |
//! | files, sockets | no new descriptor; Landlock where the kernel has it | no new descriptor | not held |
//! | processes | none can be started | none can be started | none can be started, by the job object |
//! | environment | empty | empty | `SystemRoot` alone |
//! | working directory | empty | empty | empty |
//! | Ctrl+C in the console | does not reach it | does not reach it | does not reach it |
//!
//! On Windows all this was tried under Wine only. Wine takes the job object and ends the child with it, but does not heed
//! its bounds on memory and processes; that a child whose memory is refused is told from one that broke down was seen by
//! bounding Wine itself.
//!
//! Whatever the child does, the parent checks what comes back against the same limits.

mod child;
mod confine;
mod hold;
mod parent;
mod wire;

pub use child::child_main;
pub use parent::{SandboxedReader, VERB};

#[cfg(doc)]
use super::Limits;
