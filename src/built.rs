//! Version and commit of this program, as its build was told. Knows nothing else.

/// Version by `Cargo.toml`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Beginning of the commit; empty in a build that was told none and asked no git.
pub const COMMIT: &str = env!("SIMPUL_BUILT_COMMIT");
/// Version with its commit, as `--version` prints it.
pub const VERSION_LINE: &str = env!("SIMPUL_BUILT_VERSION");
