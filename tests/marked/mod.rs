//! The marked copy: equal to its original outside the marks, read back as the original, the same when marked
//! again; and what hostile files do to it.

mod cells;
mod hostile;
mod originals;
pub mod parts;
