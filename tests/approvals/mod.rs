//! Approved periods: what is shown of them is what was approved, whatever is imported, undone, attached, withdrawn or
//! defined later, until somebody decides; who may decide what; and that former figures stay readable.

mod lock;
mod papers;
mod rights;
pub mod world;
